"""The definition of features: masked passages, views of them, and their TF-IDF rows."""

from stance.features.lexicon import Lexicon
from stance.features.masking import MaskedPassage, mask
from stance.features.vectorizer import CountTable, ViewVectorizer
from stance.features.vectors import WordVectors
from stance.features.views import DEFAULT_WEIGHTS, VIEWS, Feature

__all__ = [
    "DEFAULT_WEIGHTS",
    "VIEWS",
    "CountTable",
    "Feature",
    "Lexicon",
    "MaskedPassage",
    "ViewVectorizer",
    "WordVectors",
    "mask",
]
