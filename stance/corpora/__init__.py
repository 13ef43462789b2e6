"""Text corpora that labels point at: indexed once under the user's cache folder, resolved by offset and hash."""

from stance.corpora.resolve import Corpora, Resolution
from stance.corpora.store import CorpusStore, cache_folder

__all__ = ["Corpora", "CorpusStore", "Resolution", "cache_folder"]
