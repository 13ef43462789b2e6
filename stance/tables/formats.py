"""Which format a file has."""

from pathlib import Path

from stance.errors import UsageError

FORMATS = ("csv", "tsv", "jsonl", "parquet")
STANDARD_STREAM = "-"

_SUFFIXES = {
    ".csv": "csv",
    ".tsv": "tsv",
    ".tab": "tsv",
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
    ".parquet": "parquet",
    ".pq": "parquet",
}

# Byte order marks, NUL (the other half of a UTF-16 character) and white space may stand before the first `{`.
_BEFORE_CONTENT = b"\xef\xbb\xbf\xfe\xff\x00 \t\r\n"


def guess_format(name: str | Path, format: str | None = None, *, option: str = "--format") -> str | None:
    """Give the format of a file: the one asked for, else the one that its suffix says.

    Parameters
    ----------
    name : str or Path
        The file, or ``-`` for a standard stream.
    format : str, optional
        One of `FORMATS`; it goes before the suffix.
    option : str
        The option that names the format, for errors.

    Returns
    -------
    str or None
        One of `FORMATS`; None for a standard stream of which nothing is said.

    Raises
    ------
    UsageError
        If the format or the suffix is unknown.
    """
    known = ", ".join(FORMATS)
    if format is not None:
        if format.lower() not in FORMATS:
            raise UsageError(f"{option} {format!r}: there is no such format; choose one of {known}")
        return format.lower()
    if str(name) == STANDARD_STREAM:
        return None
    suffix = Path(name).suffix.lower()
    if suffix not in _SUFFIXES:
        ending = f"the suffix {suffix!r} says" if suffix else "a name without a suffix says"
        raise UsageError(f"{name}: {ending} nothing of the format; name it with {option} (one of {known})")
    return _SUFFIXES[suffix]


def sniff_format(head: bytes) -> str:
    """Tell JSONL from CSV by the first character of the content."""
    return "jsonl" if head.lstrip(_BEFORE_CONTENT).startswith(b"{") else "csv"
