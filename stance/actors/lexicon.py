"""The lexicon: every form of one language in a trie over folded tokens."""

from __future__ import annotations

import re
from typing import Any

from stance.actors.tokens import fold

Trie = dict[str, Any]
LEAF = ""
_FORM_TOKEN = re.compile(r"(?:[^\W\d_a-zà-ÿ]{1,2}\.){2,}|[^\W_][\w\u0300-\u036f]*")

ACTOR, INSTITUTION, GENERIC, TITLE, PERSON, SURNAME, NOTHING = "AIGTPSN"
_PRIORITY = {NOTHING: 0, PERSON: 1, ACTOR: 2, INSTITUTION: 3, GENERIC: 4, TITLE: 5, SURNAME: 6}


class Entry:
    """What a form means.

    Attributes
    ----------
    role : str
        One letter: ``A`` actor, ``I`` institution, ``G`` generic institution, ``T`` title, ``P`` full name
        of a holder, ``S`` short name of a holder, ``N`` a phrase that means none of these.
    code : str
        Actor code, or empty.
    kind : str
        For an actor ``name``, ``demonym``, ``capital``; for an institution ``seat`` or ``institution``.
    name : str
        Name of the actor or institution, or the office.
    type : str
        Actor type.
    use : str
        ``free``, ``joined`` or ``named``.
    posting : bool
        Whether a place of work may follow.
    office_by_actor : dict of str to str
        For titles: the office where the actor asks for another one.
    people : list of (str, str)
        For names: (actor, full name) of all who bear it.
    """

    __slots__ = ("code", "kind", "name", "office_by_actor", "people", "posting", "role", "type", "use")

    def __init__(self, role: str, code: str = "", kind: str = "", name: str = "", type: str = "") -> None:
        self.role = role
        self.code = code
        self.kind = kind
        self.name = name
        self.type = type
        self.use = "free"
        self.posting = False
        self.office_by_actor: dict[str, str] = {}
        self.people: list[tuple[str, str]] = []


def tokens_of(form: str) -> list[str]:
    """Cut a form of the data into tokens as written."""
    return _FORM_TOKEN.findall(form)


def case_pattern(tokens: list[str]) -> str:
    """Say for each token how it must be written: ``U`` in capitals, ``C`` with a capital, ``-`` anyhow."""
    pattern = ""
    for token in tokens:
        if not token[0].isupper():
            pattern += "-"
        elif token.isupper() and len(token) > 1 and (len(token) <= 5 or "." in token):
            pattern += "U"
        else:
            pattern += "C"
    return pattern


def add(trie: Trie, form: str, entry: Entry, any_case: bool = False) -> None:
    """Put a form into the trie; several meanings of one form are kept in order of priority."""
    tokens = form.split(" ") if form.isascii() and form.replace(" ", "").isalnum() else tokens_of(form)
    node = trie
    for token in tokens:
        key = token.lower() if token.isascii() and "." not in token else fold(token)
        below = node.get(key)
        if below is None:
            below = node[key] = {}
        node = below
    if node is trie:
        return
    pattern = "" if any_case or form.islower() else case_pattern(tokens)
    leaves = node.get(LEAF)
    if leaves is None:
        node[LEAF] = [(pattern, entry)]
        return
    for index, (_, other) in enumerate(leaves):
        if _PRIORITY[entry.role] < _PRIORITY[other.role]:
            leaves.insert(index, (pattern, entry))
            return
    leaves.append((pattern, entry))


def case_fits(pattern: str, raw: list[str], start: int) -> bool:
    """Whether the tokens from ``start`` on are written as the pattern asks."""
    for offset, wanted in enumerate(pattern):
        if wanted == "-":
            continue
        token = raw[start + offset]
        if not token[0].isupper() or (wanted == "U" and not token.isupper()):
            return False
    return True
