"""The shallow analysis of an article: paragraphs, tokens with their closed classes, sentences, quotations."""

import re

from stance.extraction.lexicon import DET, SUBJ, Cue, Lexicon
from stance.extraction.quotes import Quote, pair_quotes

_TOKEN = re.compile(
    r"(?:[^\W_]+-)?(?:[^\W\d_]\.){2,}"  # U.S., anti-U.S.
    r"|['’](?:s|S|re|ve|ll|d|m)\b"  # a clitic
    r"|[^\W_]+(?:[-‐‑](?=[^\W_])[^\W_]+|['’](?!(?:s|S|re|ve|ll|d|m)\b)(?=[^\W\d_])[^\W_]+|(?<=\d)[.,](?=\d)[\d]+)*"
    r"|''|``|\.{2,}|--|[^\w\s]|_"
)
WINDOW = 250  # tokens on each side of a cue that are looked at: a longer sentence is a list, or no prose
_BREAK = re.compile(r"\n")
_STOPS = frozenset((".", "!", "?", "…", "...", "..", "....", "。", "؟"))
_CLOSERS = frozenset(("”", '"', "»", "’", "'", "''", ")", "]", "›"))
_OPENERS = frozenset(("“", '"', "«", "‘", "'", "''", "„", "``", "(", "["))


def paragraphs(text: str) -> list[tuple[int, int]]:
    """Cut a text at line ends, except where a line was only wrapped.

    Returns
    -------
    list of (int, int)
        Code points of start and end, without surrounding white space.
    """
    found: list[tuple[int, int]] = []
    begin = 0
    for match in _BREAK.finditer(text):
        end = match.start()
        if not _is_wrap(text, begin, end, match.end()):
            _append(found, text, begin, end)
            begin = match.end()
    _append(found, text, begin, len(text))
    return found


def _append(found: list[tuple[int, int]], text: str, begin: int, end: int) -> None:
    piece = text[begin:end]
    stripped = piece.strip()
    if stripped:
        start = begin + len(piece) - len(piece.lstrip())
        found.append((start, start + len(stripped)))


def _is_wrap(text: str, begin: int, end: int, after: int) -> bool:
    """A long line without a stop at its end, and a small letter at the start of the next, is one paragraph."""
    if after >= len(text) or end - text.rfind("\n", begin, end) < 45:
        return False
    following = text[after]
    return following.islower() and text[end - 1] not in '.!?:”"»…'


class Document:
    """An article cut into tokens; lists run parallel over the tokens.

    Attributes
    ----------
    text : str
        The article as given.
    words, low : list of str
        Tokens, as written and in lower case.
    start, end : list of int
        Code points of the tokens.
    bits : list of int
        Closed classes of the tokens.
    quote : list of int
        Number of the outermost quotation that holds the token (marks included), or -1.
    paragraph : list of int
        Number of the paragraph.
    sentence_start, sentence_end : list of int
        Tokens at which the sentence of a token starts and ends (end exclusive), quotations being opaque.
    quotes : list of Quote
        Outermost quotations in order; `nested` holds the others.
    """

    def __init__(self, text: str, lexicon: Lexicon, spans: list[tuple[int, int]] | None = None) -> None:
        self.text = text
        self.lexicon = lexicon
        self.paragraphs = paragraphs(text) if spans is None else spans
        every = pair_quotes(text, self.paragraphs)
        self.quotes: list[Quote] = [quote for quote in every if not quote.nested]
        self.nested: list[Quote] = [quote for quote in every if quote.nested]
        self._tokenize()
        self._mark_quotes()
        self._cut_sentences()

    def _tokenize(self) -> None:
        words: list[str] = []
        start: list[int] = []
        end: list[int] = []
        paragraph: list[int] = []
        self.paragraph_tokens: list[tuple[int, int]] = []
        for number, (begin, stop) in enumerate(self.paragraphs):
            first = len(words)
            for match in _TOKEN.finditer(self.text, begin, stop):
                words.append(match.group())
                start.append(match.start())
                end.append(match.end())
            paragraph.extend([number] * (len(words) - first))
            self.paragraph_tokens.append((first, len(words)))
        self.words, self.start, self.end, self.paragraph = words, start, end, paragraph
        self.low = [word.lower() for word in words]
        get = self.lexicon.words.get
        # "US" is a state, "us" a pronoun.
        self.bits = [
            get(word, 0) if written != "US" else 0 for word, written in zip(self.low, words, strict=True)
        ]
        cue = self.lexicon.cues.get
        self.cues: list[Cue | None] = [cue(word) for word in self.low]
        phrasal = self.lexicon.phrasal
        for at, word in enumerate(self.low[:-1]):
            if word in phrasal:
                self.cues[at] = phrasal[word].get(self.low[at + 1], self.cues[at])

    def __len__(self) -> int:
        return len(self.words)

    def _mark_quotes(self) -> None:
        marks = [-1] * len(self.words)
        self.quote_tokens: list[tuple[int, int]] = []
        at, count = 0, len(self.words)
        for number, quote in enumerate(self.quotes):
            while at < count and self.start[at] < quote.start:
                at += 1
            first = at
            while at < count and self.end[at] <= quote.end:
                marks[at] = number
                at += 1
            self.quote_tokens.append((first, at))
        self.quote = marks

    def _cut_sentences(self) -> None:
        count = len(self.words)
        self.sentence_start = [0] * count
        self.sentence_end = [0] * count
        self.sentences: list[tuple[int, int]] = []
        for first, last in self.paragraph_tokens:
            begin = first
            at = first
            while at < last:
                if self._ends_at(at, last):
                    stop = at + 1
                    while stop < last and self.words[stop] in _CLOSERS and self._closes(stop):
                        stop += 1
                    self._sentence(begin, stop)
                    begin = at = stop
                else:
                    at += 1
            if begin < last:
                self._sentence(begin, last)

    def _sentence(self, begin: int, stop: int) -> None:
        self.sentences.append((begin, stop))
        for at in range(begin, stop):
            self.sentence_start[at] = begin
            self.sentence_end[at] = stop

    def _closes(self, at: int) -> bool:
        """Whether a mark ends something: the closing mark of its quotation, or a bracket."""
        word = self.words[at]
        if word in ")]":
            return True
        number = self.quote[at]
        return number >= 0 and self.quotes[number].end == self.end[at]

    def _ends_at(self, at: int, last: int) -> bool:
        word = self.words[at]
        if word not in _STOPS:
            # An acronym swallows its stop: "in the U.S. The next".
            if word[-1] == "." and len(word) > 1 and at + 1 < last:
                return (
                    bool(self.words[at + 1][0].isupper() and self.bits[at + 1] & (DET | SUBJ))
                    and self.quote[at] < 0
                )
            return False
        number = self.quote[at]
        following = at + 1
        if number >= 0 and self.quotes[number].closed:
            # Inside a quotation only a stop right before its closing mark can end the sentence around it.
            if following >= last or self.quotes[number].end != self.end[following]:
                return False
            following += 1
        while following < last and self.words[following] in _CLOSERS and self._closes(following):
            following += 1
        if following >= last:
            return True
        after = self.words[following]
        caseless = after[0].isalpha() and not after[0].islower()
        if not (caseless or after[0].isdigit() or after in _OPENERS or after[0] in "¿¡—–-•*@#"):
            return False
        if word in ("…", "...", ".."):
            return after[0].isupper() or after in _OPENERS
        if word == "." and at > 0 and number < 0:
            before = self.low[at - 1]
            if before in self.lexicon.abbreviations and self.end[at - 1] == self.start[at]:
                return False
            if len(before) == 1 and self.words[at - 1].isupper() and self.end[at - 1] == self.start[at]:
                return False
        return True

    def inner_bounds(self, at: int) -> tuple[int, int]:
        """Sentence of a token, cut at the ends of its quotation and at stops inside it."""
        low = max(self.sentence_start[at], at - WINDOW)
        high = min(self.sentence_end[at], at + WINDOW)
        number = self.quote[at]
        if number < 0:
            return low, high
        first, last = self.quote_tokens[number]
        if (
            low < first
            and at - first <= 3
            and self.words[first - 1][0].isalnum()
            and self.cues[first - 1] is None
        ):
            return low, high  # X “noted that ...”: the quotation goes on with the outlet's sentence
        low, high = max(low, first + 1), min(high, last - 1 if self.quotes[number].closed else last)
        position = at
        while position > low and self.words[position - 1] not in _STOPS:
            position -= 1
        low = position
        position = at
        while position < high and self.words[position] not in _STOPS:
            position += 1
        return low, max(position, at + 1)

    def content_limit(self, cue: int, begin: int) -> int:
        """Last place where a content that starts at `begin` may end: a quotation that it starts inside closes it."""
        high = self.inner_bounds(cue)[1]
        number = self.quote[begin] if begin < len(self.quote) else -1
        if number >= 0 and begin > 0 and self.quote[begin - 1] == number and self.quotes[number].closed:
            return min(high, self.quote_tokens[number][1] - 1)
        return high

    def slice(self, first: int, last: int) -> str:
        """The text from a token to a token (exclusive)."""
        return self.text[self.start[first] : self.end[last - 1]] if first < last else ""

    def is_capital(self, at: int) -> bool:
        """Whether a token begins with a capital."""
        return self.words[at][0].isupper()
