"""Reports from result objects."""

from stance.report.markdown import to_markdown

__all__ = ["to_markdown"]
