"""Which statements are official: who speaks, by what kind of cue, and where."""

from stance.extraction.candidates import Candidate
from stance.extraction.document import Document
from stance.extraction.entities import OFFICIAL_TYPES, Speaker

_MIN_WORDS = 2


def judge_official(
    doc: Document, candidate: Candidate, speaker: Speaker, *, nested: bool, headline: bool
) -> tuple[bool, str | None]:
    """Decide whether a statement is official, and say why not.

    Parameters
    ----------
    doc : Document
        The article.
    candidate : Candidate
        The attribution.
    speaker : Speaker
        Who speaks.
    nested : bool
        Whether the cue stands inside somebody's quotation.
    headline : bool
        Whether it stands in a heading.

    Returns
    -------
    official : bool
        Whether it is.
    reason : str or None
        Why not; for an official speaker without a known state, why that is.
    """
    if speaker.actor_type not in OFFICIAL_TYPES:
        return False, speaker.reason or f"{speaker.actor_type}: no official"
    if nested:
        return False, "reported inside a quotation"
    if headline:
        return False, "a heading"
    if candidate.cue.cue_class not in ("speech", "judgement"):
        return False, f"an attitude that the outlet reports (“{candidate.cue.lemma}”)"
    if candidate.negated and candidate.cue.lemma not in doc.lexicon.negation_keeps:
        return False, "a negated cue: the outlet reports that it was not said"
    first, last = candidate.content
    if sum(doc.words[at][0].isalnum() for at in range(first, last)) < _MIN_WORDS:
        return False, "a single word"
    return True, speaker.reason
