"""Reading label files: CSV or JSONL, standoff or with text, one or a folder of them; all faults at once."""

import csv
import hashlib
import io
import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from stance.errors import LabelError, UsageError
from stance.labels.records import LABELS, LabelledPassage
from stance.targets import TargetRegistry

FIELDS = ("id", "doc", "start", "end", "sha256", "actor", "date", "year", "lang", "source", "text", "passes")
"""Columns that are no targets. ``year`` serves where there is no ``date``."""

SUFFIXES = (".csv", ".jsonl", ".ndjson")

MAX_FAULTS = 50
"""Faults that a message lists; beyond it says how many more there are."""

Row = tuple[int, dict[str, Any]]

_WHOLE = re.compile(r"[0-9]{1,15}")


def label_files(paths: Iterable[str | Path]) -> list[Path]:
    """Return the label files that paths name: files as they are, of a folder those that end in .csv or .jsonl.

    A file that is named twice (by itself and by its folder, say) counts once.

    Raises
    ------
    UsageError
        If a path does not exist, or a folder holds no label file.
    """
    files: list[Path] = []
    for path in map(Path, paths):
        if path.is_dir():
            found = sorted(file for file in path.iterdir() if file.suffix in SUFFIXES)
            if not found:
                raise UsageError(f"{path}: holds no label file (*.csv, *.jsonl)")
            files += found
        elif path.exists():
            files.append(path)
        else:
            raise UsageError(f"{path}: no such file or folder")
    return list({file.resolve(): file for file in files}.values())


def read_labels(
    paths: Iterable[str | Path], registry: TargetRegistry | None = None, labels: Sequence[str] = LABELS
) -> list[LabelledPassage]:
    """Read label files.

    Parameters
    ----------
    paths : iterable of str or Path
        Files or folders.
    registry : TargetRegistry, optional
        Which targets there are; default the one of the package.
    labels : sequence of str
        Which labels there are.

    Returns
    -------
    list of LabelledPassage
        In the order of the files.

    Raises
    ------
    LabelError
        If a file has faults; the text lists those of all files.
    UsageError
        If a path does not exist or a file has an unknown suffix.
    """
    known = registry or TargetRegistry.default()
    passages: list[LabelledPassage] = []
    faults: list[str] = []
    for file in label_files(paths):
        read = _Reader(file, known, labels)
        passages += read.passages()
        faults += read.faults
    if faults:
        raise LabelError(listed(faults))
    return passages


def listed(faults: Sequence[str]) -> str:
    """Return faults as one text, a line each."""
    shown = list(faults[:MAX_FAULTS])
    if len(faults) > MAX_FAULTS:
        shown.append(f"... and {len(faults) - MAX_FAULTS} more")
    return f"{len(faults)} fault(s) in the labels\n" + "\n".join(shown)


def file_hashes(paths: Iterable[str | Path]) -> dict[str, str]:
    """Return the sha256 of each label file by its name; of files with the same name the second is ``NAME (2)``."""
    hashes: dict[str, str] = {}
    for file in label_files(paths):
        name, number = file.name, 1
        while name in hashes:
            number += 1
            name = f"{file.name} ({number})"
        hashes[name] = hashlib.sha256(file.read_bytes()).hexdigest()
    return hashes


class _Reader:
    """Reads one file and gathers its faults."""

    def __init__(self, file: Path, registry: TargetRegistry, labels: Sequence[str]) -> None:
        if file.suffix not in SUFFIXES:
            raise UsageError(
                f"{file}: unknown format {file.suffix!r}; label files end in {', '.join(SUFFIXES)}"
            )
        self.file = file
        self.registry = registry
        self.labels = labels
        self.faults: list[str] = []

    def passages(self) -> list[LabelledPassage]:
        found = []
        seen: dict[str, int] = {}
        for line, row in self._rows():
            passage = self._passage(line, row)
            if passage is None:
                continue
            if passage.id in seen:
                self._fault(
                    line, "id", passage.id, f"stands on line {seen[passage.id]} already; give each its own id"
                )
            seen.setdefault(passage.id, line)
            found.append(passage)
        return found

    def _fault(self, line: int, column: str | None, value: object, what: str) -> None:
        where = f"{self.file}, line {line}" + (f", column {column}" if column else "")
        shown = "" if value is None else f": {str(value)[:80]!r}"
        self.faults.append(f"{where}{shown}: {what}")

    def _rows(self) -> Iterator[Row]:
        try:
            content = self.file.read_bytes().decode("utf-8-sig")
        except UnicodeDecodeError as error:
            self._fault(1, None, None, f"not UTF-8 at byte {error.start}; save the file as UTF-8")
            return
        except OSError as error:
            self._fault(1, None, None, f"cannot be read ({error.strerror}); see to its permissions")
            return
        yield from self._csv_rows(content) if self.file.suffix == ".csv" else self._json_rows(content)

    def _csv_rows(self, content: str) -> Iterator[Row]:
        # Lines end where CSV says, and not also at the other line ends of Unicode, which texts may hold.
        reader = csv.reader(io.StringIO(content, newline=""), strict=True)
        begun = 1
        try:
            header = next(reader, [])
            if not self._header_is_good(header):
                return
            begun = reader.line_num + 1
            for cells in reader:
                if cells and len(cells) != len(header):
                    self._fault(
                        begun,
                        None,
                        None,
                        f"{len(cells)} fields, but the header has {len(header)}; quote commas in texts",
                    )
                elif cells:
                    yield begun, {name: cell for name, cell in zip(header, cells, strict=True) if cell != ""}
                begun = reader.line_num + 1
        except csv.Error as error:
            self._fault(begun, None, None, f"not CSV ({error}); a quote that is opened must be closed")

    def _header_is_good(self, header: list[str]) -> bool:
        before = len(self.faults)
        for name in header:
            if name not in FIELDS and name not in self.registry:
                self._fault(1, name, None, self._unknown_target())
        if len(set(header)) < len(header):
            self._fault(1, None, None, "two columns have the same name; rename one")
        if not any(name in self.registry for name in header):
            self._fault(
                1, None, None, f"no column of a target; expected some of {', '.join(self.registry.codes)}"
            )
        if "text" not in header and not {"doc", "sha256"} <= set(header):
            self._fault(1, None, None, "neither a column text nor doc, start, end, sha256")
        return len(self.faults) == before

    def _json_rows(self, content: str) -> Iterator[Row]:
        for line, source in enumerate(content.split("\n"), start=1):
            if not source.strip():
                continue
            try:
                row = json.loads(source)
            except (ValueError, RecursionError) as error:
                self._fault(line, None, None, f"not JSON ({error})")
                continue
            if not isinstance(row, dict) or not isinstance(row.get("labels"), dict):
                self._fault(line, None, None, "expected an object with an object 'labels'")
                continue
            flat = {name: value for name, value in row.items() if name in FIELDS and value is not None}
            for target, label in row["labels"].items():
                if target not in self.registry:
                    self._fault(line, f"labels.{target}", label, self._unknown_target())
                elif label is not None:
                    flat[target] = label
            yield line, flat

    def _unknown_target(self) -> str:
        return (
            f"unknown target; known are {', '.join(self.registry.codes)}; "
            "declare others in a file and give it with --targets"
        )

    def _passage(self, line: int, row: Mapping[str, Any]) -> LabelledPassage | None:
        before = len(self.faults)
        labels = {target: row[target] for target in self.registry.codes if target in row}
        for target, label in labels.items():
            if label not in self.labels:
                self._fault(line, target, label, f"unknown label; known are {', '.join(self.labels)}")
        if not labels:
            self._fault(line, None, None, "no label toward any target; fill one in or remove the row")
        text = row.get("text")
        if text is not None and (not isinstance(text, str) or not text.strip()):
            self._fault(line, "text", text, "empty text; fill it in or remove the row")
        sha256 = row.get("sha256")
        if text is None and (row.get("doc") is None or sha256 is None):
            self._fault(line, None, None, "neither text nor doc and sha256; give one of them")
        if isinstance(text, str) and sha256 is not None and _sha256(text) != sha256:
            self._fault(line, "sha256", sha256, "not the sha256 of the text; remove it or restore the text")
        start, end = self._offset(line, "start", row), self._offset(line, "end", row)
        half = (row.get("start") is None) != (row.get("end") is None)
        if half or (start is not None and end is not None and start >= end):
            self._fault(line, "end", row.get("end"), "start and end must both be there, start before end")
        passes = self._passes(line, row.get("passes"))
        if len(self.faults) > before:
            return None
        fields = {
            name: str(row[name]) for name in ("doc", "sha256", "actor", "lang", "source") if name in row
        }
        date = row.get("date", row.get("year"))
        return LabelledPassage(
            id=str(row.get("id", line)),
            labels=labels,
            text=text,
            start=start,
            end=end,
            date=None if date is None else str(date),
            passes=passes,
            file=self.file.name,
            line=line,
            **fields,
        )

    def _offset(self, line: int, name: str, row: Mapping[str, Any]) -> int | None:
        value = row.get(name)
        if value is None:
            return None
        if not _WHOLE.fullmatch(str(value)):
            self._fault(line, name, value, "expected a whole number of code points, from 0")
            return None
        return int(value)

    def _passes(self, line: int, value: Any) -> tuple[Mapping[str, str], ...]:
        """Read passes: a list of objects, in CSV as JSON."""
        try:
            given = json.loads(value) if isinstance(value, str) else value
            passes = tuple(dict(entry) for entry in given or ())
        except (ValueError, TypeError) as error:
            self._fault(line, "passes", value, f"expected a JSON list of objects ({error})")
            return ()
        return passes


def _sha256(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", errors="surrogatepass")).hexdigest()
