"""Labelled passages as pairs: what training and evaluation share."""

from collections.abc import Iterable

import numpy as np
import numpy.typing as npt
import pandas as pd

from stance.errors import LabelError
from stance.labels import SELF, LabelledPassage


class TrainingData:
    """Labelled (passage, target) pairs.

    Pairs labelled ``self`` are left out, as are targets that a passage has no label for.

    Parameters
    ----------
    passages : iterable of LabelledPassage
        With their texts.

    Attributes
    ----------
    passages : list of LabelledPassage
    frame : DataFrame
        A row a pair: ``text, target, lang, year``.
    labels : ndarray of str, shape (n_pairs,)
    groups : ndarray of str, shape (n_pairs,)
        The document of each pair.
    passage_of : ndarray of int, shape (n_pairs,)
        The passage of each pair.

    Raises
    ------
    LabelError
        If nothing is left.
    """

    def __init__(self, passages: Iterable[LabelledPassage]) -> None:
        self.passages = list(passages)
        rows = [
            (number, passage, target, label)
            for number, passage in enumerate(self.passages)
            for target, label in passage.labels.items()
            if label != SELF
        ]
        if not rows:
            raise LabelError(
                f"{len(self.passages)} passage(s) with text hold no label other than 'self'; "
                "index the corpus that the labels point at (`stance corpus add`), or give more label files"
            )
        self.frame = pd.DataFrame(
            {
                "text": [passage.text for _, passage, _, _ in rows],
                "target": [target for _, _, target, _ in rows],
                "lang": [passage.lang for _, passage, _, _ in rows],
                "year": pd.array([passage.year for _, passage, _, _ in rows], dtype="Int64"),
            }
        )
        self.labels: npt.NDArray[np.object_] = np.array([label for _, _, _, label in rows], dtype=object)
        self.groups: npt.NDArray[np.object_] = np.array(
            [passage.group for _, passage, _, _ in rows], dtype=object
        )
        self.passage_of: npt.NDArray[np.int64] = np.array([number for number, *_ in rows], dtype=np.int64)

    def __len__(self) -> int:
        return len(self.labels)

    def documents(self) -> list[str]:
        """Return the documents that the passages stand in, sorted; one that stands alone by the sha256 of its text."""
        return sorted({passage.group for passage in self.passages})
