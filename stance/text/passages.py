"""Passages: the unit that is classified, cut from longer statements at sentence ends."""

from stance.text.sentences import sentences
from stance.text.words import words

# The labelled passages hold 74-109 words from the first to the last quartile's edge.
PASSAGE_WORDS = 110


def passages(text: str, max_words: int = PASSAGE_WORDS) -> list[tuple[int, int]]:
    """Cut a text into passages of whole sentences.

    Sentences are taken in order as long as the passage holds at most `max_words` words; a sentence that is
    longer on its own is cut at a clause mark or, failing that, at white space. The last two passages are balanced
    so that no short rest is left without its context.

    Parameters
    ----------
    text : str
        Any text.
    max_words : int, default=110
        Words a passage holds at most; at least 1.

    Returns
    -------
    list of (int, int)
        Code points of start and end of each passage, in order, without overlap; together they hold every word.
        Empty for a text without words.

    Raises
    ------
    ValueError
        If `max_words` is below 1.
    """
    if max_words < 1:
        raise ValueError(f"max_words={max_words}; a passage holds at least 1 word")
    pieces = [piece for span in sentences(text) for piece in _pieces(text, *span, max_words)]
    if not pieces:
        return []
    groups: list[list[tuple[int, int, int]]] = [[]]
    for piece in pieces:
        if groups[-1] and _words(groups[-1]) + piece[2] > max_words:
            groups.append([])
        groups[-1].append(piece)
    # A short rest takes sentences from the passage before it while that makes the two more even.
    while len(groups) > 1 and len(groups[-2]) > 1:
        moved = groups[-2][-1][2]
        if _words(groups[-1]) + moved >= _words(groups[-2]):
            break
        groups[-1].insert(0, groups[-2].pop())
    return [(group[0][0], group[-1][1]) for group in groups]


def _words(group: list[tuple[int, int, int]]) -> int:
    return sum(count for _, _, count in group)


def _pieces(text: str, start: int, end: int, max_words: int) -> list[tuple[int, int, int]]:
    """Cut a sentence into (start, end, words), one piece unless it is longer than a passage."""
    found = words(text[start:end])
    if len(found) <= max_words:
        return [(start, end, len(found))] if found else []
    pieces = []
    first = 0
    while first < len(found):
        last = min(first + max_words, len(found))
        if last < len(found):
            for cut in range(last, first + max_words // 2, -1):
                between = text[start + found[cut - 1].end : start + found[cut].start]
                if any(mark in between for mark in ";:,–—\n،、，؛"):
                    last = cut
                    break
        stop = end if last == len(found) else start + found[last].start
        begin = start if first == 0 else start + found[first].start
        pieces.append((begin, begin + len(text[begin:stop].rstrip()), last - first))
        first = last
    return pieces
