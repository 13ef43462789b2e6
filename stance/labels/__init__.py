"""Label files: reading, checking, resolving."""

from stance.labels.read import file_hashes, label_files, read_labels
from stance.labels.records import LABELS, SELF, LabelledPassage
from stance.labels.resolve import Resolved, resolve

__all__ = [
    "LABELS",
    "SELF",
    "LabelledPassage",
    "Resolved",
    "file_hashes",
    "label_files",
    "read_labels",
    "resolve",
]
