"""Plural and feminine forms of demonyms, by the regular rules of each language."""

from __future__ import annotations

from stance.actors.tokens import fold

_NO_PLURAL = ("ese", "ish", "ch", "s", "sh", "men", "man", "x", "z")


def english(demonym: str) -> list[str]:
    """Return an English demonym with its plural where it has a regular one ("Iranian", "Iranians")."""
    if demonym.isupper() or demonym.endswith(_NO_PLURAL):
        return [demonym]
    return [demonym, demonym + "s"]


def spanish(demonym: str) -> list[str]:
    """Return masculine, feminine and plural forms of a Spanish demonym given in the masculine singular.

    Matching takes no notice of accents, so that "alemana" may be made from "alemán" by adding a letter.
    """
    last = fold(demonym[-1])
    if last == "o":
        stem = demonym[:-1]
        return [demonym, stem + "a", stem + "os", stem + "as"]
    if last in "ae":
        return [demonym, demonym + "s"]
    if last in "iu":
        return [demonym, demonym + "s", demonym + "es"]
    if last == "s" and demonym.endswith("es") and "é" not in demonym[-3:]:
        return [demonym]
    return [demonym, demonym + "a", demonym + "es", demonym + "as"]


def french(demonym: str) -> list[str]:
    """Return masculine, feminine and plural forms of a French demonym given in the masculine singular."""
    if demonym.endswith("ien"):
        feminine = demonym + "ne"
    elif demonym.endswith("turc"):
        feminine = "turque"
    elif demonym.endswith("e"):
        feminine = demonym
    else:
        feminine = demonym + "e"
    plural = demonym if demonym.endswith(("s", "x")) else demonym + "s"
    return list(dict.fromkeys([demonym, feminine, plural, feminine + "s"]))


def portuguese(demonym: str) -> list[str]:
    """Return masculine, feminine and plural forms of a Portuguese demonym given in the masculine singular."""
    if demonym.endswith("ão"):
        stem = demonym[:-2]
        return [demonym, stem + "ã", stem + "ães", stem + "ãs"]
    return spanish(demonym)


INFLECT = {"en": english, "es": spanish, "fr": french, "pt": portuguese}
