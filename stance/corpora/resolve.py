"""Finding the text that a standoff label points at."""

import hashlib
from pathlib import Path
from typing import NamedTuple

from stance.corpora.readers import READERS, SOURCES
from stance.corpora.store import INDEX, CorpusStore, cache_folder
from stance.errors import UsageError


class Resolution(NamedTuple):
    """What became of a standoff label.

    Attributes
    ----------
    text : str or None
        The passage, if its hash is right.
    reason : str or None
        Why there is no text.
    """

    text: str | None
    reason: str | None


class Corpora:
    """The corpora that are indexed on this machine.

    Parameters
    ----------
    folder : Path, optional
        Default: `cache_folder`.
    """

    def __init__(self, folder: Path | None = None) -> None:
        self.folder = cache_folder() if folder is None else folder
        self._stores: dict[str, CorpusStore | None] = {}
        self._last: tuple[str, str] = ("", "")

    def __enter__(self) -> "Corpora":
        return self

    def __exit__(self, *_: object) -> None:
        for store in self._stores.values():
            if store is not None:
                store.close()
        self._stores = {}

    def add(self, name: str, path: Path) -> int:
        """Index a corpus.

        Parameters
        ----------
        name : str
            One of `READERS`.
        path : Path
            Where it lies, in the layout that its authors publish.

        Returns
        -------
        int
            Number of documents.

        Raises
        ------
        UsageError
            If the name is unknown or nothing lies at the path.
        DataError
            If it cannot be read or holds no document.
        """
        if name not in READERS:
            raise UsageError(f"unknown corpus {name!r}; known are {', '.join(READERS)}")
        if not path.exists():
            raise UsageError(f"{path}: no such file or folder; {name} is: {SOURCES[name]}")
        old = self._stores.pop(name, None)
        if old is not None:
            old.close()
        self._last = ("", "")
        return CorpusStore.write(self.folder / name, READERS[name](path))

    def installed(self) -> dict[str, int]:
        """Return the number of documents of each corpus that is indexed."""
        stores = {name: self._store(name) for name in READERS}
        return {name: len(store) for name, store in stores.items() if store is not None}

    def resolve(self, doc: str, sha256: str, start: int | None = None, end: int | None = None) -> Resolution:
        """Find a passage.

        Parameters
        ----------
        doc : str
            Document, such as ``ungdc/IRN_70_2015``.
        sha256 : str
            Of the UTF-8 bytes of the passage.
        start, end : int, optional
            Code points in the flat text; without them a paragraph with that hash is looked for.

        Returns
        -------
        Resolution
            With the text only if its hash is the one given.
        """
        corpus = doc.partition("/")[0] if doc.startswith("ungdc/") else "crossgenre"
        store = self._store(corpus)
        if store is None:
            return Resolution(
                None,
                f"the corpus {corpus} is not indexed; get {SOURCES[corpus]} and run `stance corpus add {corpus} PATH`",
            )
        if start is None or end is None:
            found = store.paragraph(doc, sha256)
            if found is None:
                return Resolution(
                    None,
                    f"{corpus} holds no paragraph of {doc} with this sha256; another edition of the corpus?",
                )
            return self._checked(store.text(found), sha256, found)
        if doc not in store:
            return Resolution(
                None, f"{corpus} as indexed holds no document {doc}; another edition of the corpus?"
            )
        if self._last[0] != doc:
            self._last = doc, store.text(doc)
        return self._checked(self._last[1][start:end], sha256, f"{doc} [{start}:{end}]")

    @staticmethod
    def _checked(text: str, sha256: str, name: str) -> Resolution:
        if hashlib.sha256(text.encode("utf-8", errors="surrogatepass")).hexdigest() != sha256:
            return Resolution(None, f"{name} has another sha256; another edition of the corpus?")
        return Resolution(text, None)

    def _store(self, name: str) -> CorpusStore | None:
        if name not in self._stores:
            folder = self.folder / name
            self._stores[name] = CorpusStore(folder) if (folder / INDEX).exists() else None
        return self._stores[name]
