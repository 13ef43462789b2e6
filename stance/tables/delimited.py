"""Tables of delimited text, CSV and TSV, after RFC 4180.

Read line by line and not with the `csv` module: that one counts lines by its own rule, finds out at the end of
the file that a quote was never closed, has held the rest of the file by then, and limits the size of a cell for
the whole process.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from stance.errors import DataError
from stance.statement import Refusal
from stance.tables.columns import check_header
from stance.tables.rows import EXTRA, LINE, Row, Table, display_name, shorten
from stance.tables.source import Line, Source, read_lines

DELIMITERS = {"csv": ",", "tsv": "\t"}


@dataclass(frozen=True, slots=True)
class _Record:
    """A row before its fields are matched with the columns."""

    line: int
    fields: list[str]
    fault: str | None = None
    raw: str = ""


class _Records:
    """The records of a file, in order."""

    def __init__(self, source: Source, delimiter: str, encoding: str, limit: int) -> None:
        self._name = source.name
        self._shown = display_name(source.name)
        self._delimiter = delimiter
        self._limit = limit
        self._lines = read_lines(source, encoding, limit)
        self.columns: tuple[str, ...] = ()

    def __iter__(self) -> Iterator[_Record]:
        for line in self._lines:
            body = line.text.rstrip("\r\n")
            if not body and line.is_whole:
                continue
            if '"' in body:
                yield self._quoted(line)
            elif not line.is_whole:
                yield self._too_long(line)
            else:
                yield _Record(line.number, body.split(self._delimiter))

    def _quoted(self, first: Line) -> _Record:
        """Take a record apart that holds quotes, reading on where a quoted cell goes over the line end."""
        line, place = first, 0
        total = first.size
        fields: list[str] = []
        while True:
            text = line.text
            if not text.startswith('"', place):
                end = text.find(self._delimiter, place)
                if end < 0:
                    fields.append(text[place:].rstrip("\r\n"))
                    return _Record(first.number, fields) if line.is_whole else self._too_long(first)
                fields.append(text[place:end])
                place = end + 1
                continue
            opened, parts, place = line, [], place + 1
            while True:
                end = text.find('"', place)
                if end < 0:
                    parts.append(text[place:])
                    following = next(self._lines, None) if line.is_whole else line
                    if following is None:
                        raise self._unclosed(
                            opened, len(fields), parts, f"the file ends on line {line.number}"
                        )
                    line, place, text = following, 0, following.text
                    total += line.size
                    if total > self._limit:
                        raise self._unclosed(
                            opened,
                            len(fields),
                            parts,
                            f"the row has more than {self._limit:,} characters by line {line.number}; "
                            "if it really is so long, raise --max-chars",
                        )
                    continue
                parts.append(text[place:end])
                if not text.startswith('"', end + 1):
                    break
                parts.append('"')
                place = end + 2
            fields.append("".join(parts))
            place = end + 1
            rest = text[place:]
            if rest.startswith(self._delimiter):
                place += 1
            elif not rest.rstrip("\r\n"):
                return _Record(first.number, fields) if line.is_whole else self._too_long(first)
            else:
                return self._after_quote(first, opened, line, fields, rest)

    def _after_quote(self, first: Line, opened: Line, line: Line, fields: list[str], rest: str) -> _Record:
        """Deal with text behind a closing quote: a fault of one line, or one that nobody knows the end of."""
        at = shorten(rest.rstrip("\r\n"))[:40]
        begun = fields.pop()
        if opened is not line:
            raise self._unclosed(
                opened, len(fields), [begun], f"line {line.number} closes it in front of {at!r}"
            )
        if rest.count('"') % 2 or not line.is_whole:
            raise self._unclosed(
                opened, len(fields), [begun], f"it is closed in front of {at!r}, and one more opens"
            )
        fault = (
            f"behind the closing quote stands {at!r}; "
            'write a quote inside a quoted cell twice (""), or leave the cell without quotes'
        )
        return _Record(first.number, [*fields, begun], fault, first.text.rstrip("\r\n"))

    def _unclosed(self, opened: Line, index: int, parts: list[str], why: str) -> DataError:
        begun = shorten("".join(part[:60] for part in parts[:60]))[:60]
        return DataError(
            f"{self._shown}, line {opened.number}, column {self.column(index)}: the quote that opens here is likely "
            f'unclosed ({why}): {begun!r}; close it, or write a quote inside a quoted cell twice ("")'
        )

    def _too_long(self, line: Line) -> _Record:
        fault = f"the line has {line.size:,} characters; cut the statement, or raise --max-chars"
        return _Record(line.number, [], fault, shorten(line.text))

    def column(self, index: int) -> str:
        """Give the name of a column, or its number where the header names none."""
        return self.columns[index] if index < len(self.columns) else str(index + 1)


def open_delimited(source: Source, format: str, encoding: str, limit: int) -> Table:
    """Open a table of delimited text.

    Parameters
    ----------
    source : Source
        The input.
    format : str
        ``csv`` or ``tsv``.
    encoding : str
        Encoding of the text.
    limit : int
        Characters that a row can have.

    Raises
    ------
    DataError
        If the input is empty, its header is at fault, its bytes are not in the encoding (here or while the
        rows are read), or a quote is not closed.
    """
    records = _Records(source, DELIMITERS[format], encoding, limit)
    stream = iter(records)
    header = next(stream, None)
    if header is None:
        raise DataError(f"{display_name(source.name)}: is empty; it must begin with a line of column names")
    if header.fault is not None:
        raise DataError(f"{display_name(source.name)}, line {header.line}: {header.fault}")
    records.columns = check_header(source.name, header.line, header.fields)

    def rows(wanted: Collection[str]) -> Iterator[Row | Refusal]:
        for record in stream:
            yield _row(source.name, record, records)

    return Table(source.name, records.columns, rows)


def _row(name: str, record: _Record, records: _Records) -> Row | Refusal:
    columns, fields = records.columns, record.fields
    if record.fault is not None:
        column = records.column(len(fields) - 1) if fields else None
        value = shorten(fields[-1] if fields else record.raw)
        return Refusal(name, record.line, record.fault, column, value, {LINE: record.raw})
    if len(fields) == len(columns):
        return Row(record.line, dict(zip(columns, fields, strict=True)))
    row: dict[str, object] = dict(zip(columns, fields, strict=False))
    counts = f"{len(fields)} field{'s' * (len(fields) != 1)}, the header has {len(columns)}"
    if len(fields) > len(columns):
        row[EXTRA] = fields[len(columns) :]
        extra = shorten(fields[len(columns)])
        reason = (
            f"too many fields: {counts}, the first extra value is {extra!r}; "
            "put a cell that holds the delimiter in double quotes"
        )
        return Refusal(name, record.line, reason, str(len(columns) + 1), extra, row)
    missing = columns[len(fields)]
    reason = (
        f"too few fields: {counts}, the first missing column is {missing!r}; add the cells that are missing"
    )
    return Refusal(name, record.line, reason, missing, shorten(fields[-1]), row)
