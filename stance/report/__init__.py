"""Reports from result objects."""

from stance.files import check_output
from stance.report.markdown import to_markdown
from stance.report.write import public, write_report

__all__ = ["check_output", "public", "to_markdown", "write_report"]
