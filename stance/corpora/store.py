"""A corpus on disk: one file of flat texts and an index of where each document stands."""

import csv
import hashlib
from collections.abc import Iterable
from pathlib import Path

from platformdirs import user_cache_path

from stance.corpora.readers import Document
from stance.errors import DataError
from stance.files import replace_folder

TEXTS, INDEX = "texts.utf8", "index.csv"


def cache_folder() -> Path:
    """Return the folder of indexed corpora under the user's cache folder."""
    return Path(user_cache_path("stance")) / "corpora"


class CorpusStore:
    """Documents of one corpus, read on demand.

    Parameters
    ----------
    folder : Path
        Written by `write`.

    Raises
    ------
    DataError
        If the folder holds no index.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._places: dict[str, tuple[int, int]] = {}
        self._by_hash: dict[tuple[str, str], str] = {}
        try:
            with (folder / INDEX).open(encoding="utf-8", newline="") as lines:
                for doc, start, size, digest in csv.reader(lines):
                    self._places[doc] = int(start), int(size)
                    self._by_hash[doc.rpartition("#")[0], digest] = doc
            self._texts = (folder / TEXTS).open("rb")
        except (OSError, ValueError, csv.Error) as error:
            raise DataError(
                f"{folder}: the index is damaged ({error}); run `stance corpus add` again"
            ) from None

    def __contains__(self, doc: object) -> bool:
        return doc in self._places

    def __len__(self) -> int:
        return len(self._places)

    def __enter__(self) -> "CorpusStore":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Close the file of texts."""
        self._texts.close()

    def documents(self) -> list[str]:
        """Return the names of the documents, in the order of the corpus."""
        return list(self._places)

    def text(self, doc: str) -> str:
        """Return the flat text of a document; KeyError if there is none of that name."""
        start, size = self._places[doc]
        self._texts.seek(start)
        # Damage shows in the hash of what is read.
        return self._texts.read(size).decode("utf-8", errors="replace")

    def paragraph(self, doc: str, sha256: str) -> str | None:
        """Return the name of the paragraph of a document that has that sha256, or None."""
        return self._by_hash.get((doc, sha256))

    @staticmethod
    def write(folder: Path, documents: Iterable[Document]) -> int:
        """Index documents; the folder appears whole or not at all, in place of an older one.

        Parameters
        ----------
        folder : Path
        documents : iterable of Document

        Returns
        -------
        int
            How many documents there are.

        Raises
        ------
        DataError
            If there is none.
        """
        try:
            folder.parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise DataError(
                f"{folder.parent}: the cache folder cannot be made ({error.strerror}); "
                "see to its permissions, or choose another with XDG_CACHE_HOME"
            ) from None
        count = 0
        with replace_folder(folder, force=True) as new:
            with (
                (new / TEXTS).open("wb") as texts,
                (new / INDEX).open("w", encoding="utf-8", newline="") as lines,
            ):
                index = csv.writer(lines, lineterminator="\n")
                start = 0
                for doc, text in documents:
                    content = text.encode("utf-8", errors="replace")
                    texts.write(content)
                    index.writerow([doc, start, len(content), hashlib.sha256(content).hexdigest()])
                    start += len(content)
                    count += 1
            if not count:
                raise DataError(
                    "no document found; is this the layout that the authors of the corpus publish?"
                )
        return count
