"""Text as the rest of the package sees it: words, sentences and passages with exact offsets."""

from stance.text.passages import PASSAGE_WORDS, passages
from stance.text.sentences import sentences
from stance.text.words import Word, fold, words

__all__ = ["PASSAGE_WORDS", "Word", "fold", "passages", "sentences", "words"]
