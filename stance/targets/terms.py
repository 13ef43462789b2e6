"""The records of the registry: targets, their terms, and the mentions found in a text."""

from dataclasses import dataclass
from typing import NamedTuple

KINDS = ("name", "demonym", "capital", "leader", "institution", "epithet", "act")
"""What a term is to its target; of two terms on the same words the kind that stands first is reported."""

NEGATIVE = "not"
"""The kind of a term that is no reference to the target."""


class TargetMention(NamedTuple):
    """A place in a text that refers to a target.

    Attributes
    ----------
    target : str
        Code of the target.
    start, end : int
        Code points into the text as given.
    kind : str
        One of `KINDS`.
    alias : str
        The term that matched, as the targets file writes it.
    """

    target: str
    start: int
    end: int
    kind: str
    alias: str


@dataclass(frozen=True, slots=True)
class Term:
    """A term of a target in one language.

    Attributes
    ----------
    kind : str
        One of `KINDS`, or `NEGATIVE`.
    text : str
        The words to match; capitals match as written, ``*`` ends a word of any ending.
    first, last : int or None
        Years in which the term refers to the target; None for no bound.
    context : tuple of str
        Terms of which one must stand near; empty for none.
    office : str or None
        For a leader: the office held in those years.
    """

    kind: str
    text: str
    first: int | None = None
    last: int | None = None
    context: tuple[str, ...] = ()
    office: str | None = None


@dataclass(frozen=True, slots=True)
class Target:
    """A state, organisation or anything else that a stance can be toward.

    Attributes
    ----------
    code : str
        The code used in labels and results, such as ``ISR``.
    name : str
        The name to show to a reader.
    iso : str or None
        ISO 3166-1 alpha-3 code where the target is a state.
    terms : dict of str to tuple of Term
        Terms by language (ISO 639-1).
    """

    code: str
    name: str
    iso: str | None
    terms: dict[str, tuple[Term, ...]]
