"""From an article to attributed statements."""

from stance.errors import DataError
from stance.extraction.blocks import blocks
from stance.extraction.candidates import Candidate
from stance.extraction.content import quotes_in
from stance.extraction.dates import DateReader
from stance.extraction.direct import direct_speech
from stance.extraction.document import Document, paragraphs
from stance.extraction.ends import choose_end
from stance.extraction.frames import reported_speech
from stance.extraction.language import guess_language
from stance.extraction.layout import Post, read_layout
from stance.extraction.lexicon import LANGUAGES, load_lexicon
from stance.extraction.recorder import Recorder
from stance.extraction.records import Attribution
from stance.extraction.selection import select
from stance.extraction.weighing import load_weights, weigh, weigh_by_rule

MAX_CHARS = 2_000_000
_TOO_LONG = (
    "article of {count:,} characters is longer than the cap of {cap:,}; an article is rarely longer than 100,000: "
    "cut the input into articles, or raise max_chars"
)
_MOVABLE = frozenset(("right", "noun", "adjective", "according-first"))


def extract(
    article: str,
    date: str | None = None,
    lang: str | None = None,
    *,
    all: bool = False,
    max_chars: int = MAX_CHARS,
) -> list[Attribution]:
    """Find the attributed statements of a news article.

    Parameters
    ----------
    article : str
        The article as plain text, with whatever stands around it on its page.
    date : str, optional
        Date of publication, ISO 8601; weekdays are counted back from it. Without it the date printed on the
        article is used, or that of an embedded post.
    lang : str, optional
        ``en`` or ``es``; guessed from the text where it is not given. For other languages, English cues are
        looked for.
    all : bool, default False
        Give statements of analysts, media, former officials, unknown speakers and attitudes too; their
        `official` is False.
    max_chars : int, default 2,000,000
        Longer texts are refused.

    Returns
    -------
    list of Attribution
        In the order of the text; two records of one span where two actors speak at once.

    Raises
    ------
    DataError
        The text is longer than `max_chars`.
    """
    if len(article) > max_chars:
        raise DataError(_TOO_LONG.format(count=len(article), cap=max_chars))
    language = lang if lang in LANGUAGES else guess_language(article)
    lexicon = load_lexicon(language)
    reader = DateReader.of(language)
    layout = read_layout(article, paragraphs(article), reader)
    doc = Document(article, lexicon, layout.paragraphs)
    found = candidates(doc, layout.posts)
    kept = select(found)
    return Recorder(doc, layout, reader, date, all).records(kept)


def candidates(doc: Document, posts: list[Post]) -> list[Candidate]:
    """Candidates of an article with their contents and scores."""
    set_off = blocks(doc, posts)
    opaque = [candidate.content for candidate in set_off]
    direct, taken = direct_speech(doc)
    for candidate in set_off:
        taken.update(range(*candidate.cue_span))
    reported = reported_speech(doc, taken)
    weighed = direct + reported
    weights = load_weights(doc.lexicon.lang)
    if weights is None:
        weigh_by_rule(doc, weighed)
    else:
        for candidate in reported:
            if candidate.frame in _MOVABLE:
                choose_end(
                    doc,
                    candidate,
                    doc.content_limit(candidate.cue_span[0], candidate.content[0]),
                    weights.ends,
                )
                candidate.quotes = quotes_in(doc, *candidate.content)
        weigh(doc, weighed, weights)
    # What a block says is its speaker's; nobody else's words are looked for in it.
    weighed = [c for c in weighed if not any(first <= c.cue_span[0] < last for first, last in opaque)]
    return set_off + weighed
