"""Reading corpora in the layouts that their authors publish."""

import json
import lzma
import re
import tarfile
import zipfile
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path

from stance.corpora.flat import flatten
from stance.errors import DataError, UsageError

Document = tuple[str, str]
"""Name of a document, such as ``ungdc/IRN_70_2015``, and its flat text."""

# What reading a damaged archive raises; RuntimeError and NotImplementedError are zipfile's (a password, a method).
_DAMAGED = (
    tarfile.TarError,
    zipfile.BadZipFile,
    lzma.LZMAError,
    zlib.error,
    EOFError,
    OSError,
    RuntimeError,
    NotImplementedError,
)

_SPEECH = re.compile(r"(?:^|/)([A-Z]{2,4}_\d{1,3}_\d{4})\.txt$")


def read_ungdc(path: Path) -> Iterator[Document]:
    """Read the UN General Debate Corpus.

    Parameters
    ----------
    path : Path
        Its archive (tar in any compression, zip) or a folder, with speeches in files ``ISO3_SESSION_YEAR.txt`` at
        any depth.

    Yields
    ------
    Document
    """
    for name, content in _files(path):
        match = _SPEECH.search(name)
        if match:
            yield f"ungdc/{match.group(1)}", flatten(content)


def read_crossgenre(path: Path) -> Iterator[Document]:
    """Read paragraphs of official speech: JSONL (also .xz) with ``corpus, doc, text``; a document is a paragraph.

    Parameters
    ----------
    path : Path

    Yields
    ------
    Document
        Named ``CORPUS/DOC#N``, N counting the paragraphs of the document in the file from 0.
    """
    counts: dict[str, int] = {}
    for number, line in enumerate(_lines(path), start=1):
        try:
            row = json.loads(line)
            doc, text = f"{row['corpus']}/{row['doc']}", row["text"]
            if not isinstance(text, str):
                raise TypeError("the text is no string")
        except (ValueError, KeyError, TypeError, RecursionError) as error:
            raise DataError(
                f"{path}, line {number}: expected an object with corpus, doc and text ({error}); "
                "get the file from its authors again"
            ) from None
        place = counts[doc] = counts.get(doc, -1) + 1
        yield f"{doc}#{place}", text


READERS: dict[str, Callable[[Path], Iterator[Document]]] = {
    "ungdc": read_ungdc,
    "crossgenre": read_crossgenre,
}
"""The corpora that can be added, by name."""

SOURCES = {
    "ungdc": "UN General Debate Corpus, Harvard Dataverse, doi:10.7910/DVN/0TJX8Y (archive of text files)",
    "crossgenre": "paragraphs of official speech in other genres, a JSONL file",
}
"""Where each corpus comes from, for messages."""


def _lines(path: Path) -> Iterator[bytes]:
    """Yield the lines of a file, which may be compressed by xz."""
    try:
        with lzma.open(path) if path.suffix == ".xz" else path.open("rb") as lines:
            yield from lines
    except (lzma.LZMAError, EOFError, OSError) as error:
        raise DataError(f"{path}: cannot be read ({error}); get it from its authors again") from None


def _files(path: Path) -> Iterator[tuple[str, bytes]]:
    """Yield name and content of the files in a folder or an archive."""
    try:
        if path.is_dir():
            for file in sorted(path.rglob("*.txt")):
                yield file.as_posix(), file.read_bytes()
        elif zipfile.is_zipfile(path):
            with zipfile.ZipFile(path) as archive:
                for member in archive.infolist():
                    yield member.filename, archive.read(member)
        elif tarfile.is_tarfile(path):
            with tarfile.open(path) as archive:
                for entry in archive:
                    stream = archive.extractfile(entry) if entry.isfile() else None
                    if stream is not None:
                        yield entry.name, stream.read()
        else:
            raise UsageError(
                f"{path}: neither a folder nor a tar or zip archive; if it should be one, download it again"
            )
    except FileNotFoundError:
        raise UsageError(f"{path}: no such file or folder") from None
    except _DAMAGED as error:
        raise DataError(f"{path}: the archive is damaged ({error}); download it again") from None
