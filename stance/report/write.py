"""Writing a report: results.json, report.md and report.html from the same dictionary."""

import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from stance.errors import UsageError
from stance.files import replace_folder
from stance.report.markdown import to_markdown

TEXTS = ("text", "marks", "evidence")
"""What results.json leaves out: words of the passages, which may not be passed on as the figures may."""


def public(data: Any) -> Any:
    """Return results without the words of the passages."""
    if isinstance(data, Mapping):
        return {key: public(value) for key, value in data.items() if key not in TEXTS}
    if isinstance(data, list | tuple):
        return [public(value) for value in data]
    return data


def write_report(
    data: Mapping[str, Any], folder: Path, *, force: bool, tell: Callable[[str], None] = lambda _: None
) -> None:
    """Write the three files to a folder that appears whole or not at all.

    Parameters
    ----------
    data : mapping
        ``to_dict`` of a result. The pages hold passages, results.json does not.
    folder : Path
    force : bool
        Whether to replace a folder that exists.
    tell : callable

    Raises
    ------
    UsageError
        If the folder exists and `force` is off, or cannot be written.
    """
    try:
        from stance.report.page import to_html

        page: str | None = to_html(data)
    except ModuleNotFoundError as error:
        if (error.name or "").startswith("stance"):
            raise
        page = None
        tell(
            f"report.html is left out: {error.name} is not installed; get it with `pip install 'stance[report]'`"
        )
    with replace_folder(folder, force=force) as new:
        plain = json.dumps(public(data), ensure_ascii=False, indent=1, allow_nan=False)
        (new / "results.json").write_text(plain + "\n", encoding="utf-8")
        (new / "report.md").write_text(to_markdown(data), encoding="utf-8")
        if page is not None:
            (new / "report.html").write_text(page, encoding="utf-8")
    tell(f"wrote {folder}")


def read_results(path: Path) -> dict[str, Any]:
    """Read a results.json.

    Raises
    ------
    UsageError
        If it is none, or of another version of the schema.
    """
    from stance.evaluate.result import SCHEMA

    try:
        data = json.loads(path.read_text(encoding="utf-8"))
        found = data["schema"]
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise UsageError(
            f"{path}: not a results.json ({error}); `stance evaluate -o DIR` writes one"
        ) from None
    if found != SCHEMA:
        raise UsageError(f"{path}: schema {found}, but this version reads {SCHEMA}; evaluate again")
    return dict(data)
