"""Reading a targets file: its checks, and the terms it declares.

The form is described for its editors at the top of ``data/targets.toml``.
"""

import re
import tomllib
from dataclasses import replace
from pathlib import Path
from typing import Any

from stance.errors import TargetError
from stance.targets.terms import NEGATIVE, Target, Term
from stance.text.words import words

LISTS = {
    "names": "name",
    "demonyms": "demonym",
    "capitals": "capital",
    "institutions": "institution",
    "epithets": "epithet",
    "acts": "act",
    "not": NEGATIVE,
}
"""Keys of a language table that hold a list of terms, with the kind of the terms."""

_CODE = re.compile(r"[A-Z][A-Z0-9_-]{0,31}")
_LANGUAGE = re.compile(r"[a-z]{2}")
_TARGET_KEYS = ("name", "iso", "replace")
_GROUP_KEYS = ("terms", "with", "from", "to")
_LEADER_KEYS = ("name", "also", "surname", "office", "from", "to")
_YEARS = range(1800, 2101)
_QUOTED = 60

NOT_FOUND = "{file}: no such targets file; check the path"
NOT_READ = "{file}: cannot be read ({reason}); check that it is a file that you may read"
NOT_UTF8 = "{file}: byte {at} is not UTF-8; save the file as UTF-8"
NOT_TOML = (
    "{file}: not valid TOML: {reason}; mend the file there (a missing quote, comma or bracket, perhaps)"
)
FAULTS = "{file}: {count} in the targets file:\n{lines}"


class _Reader:
    """Turns the tables of one file into targets and gathers every fault on the way."""

    def __init__(self, known: dict[str, Target], surname_with: dict[str, tuple[str, ...]]) -> None:
        self.targets = dict(known)
        self.surname_with = dict(surname_with)
        self.faults: list[str] = []

    def fault(self, key: str, value: object, problem: str, remedy: str) -> None:
        shown = repr(value)
        if len(shown) > _QUOTED:
            shown = shown[: _QUOTED - 3] + "..."
        self.faults.append(f"  {key} = {shown}: {problem}; {remedy}")

    def is_table(self, key: str, value: object, remedy: str) -> bool:
        if isinstance(value, dict):
            return True
        self.fault(key, value, "is not a table", remedy)
        return False

    def document(self, document: dict[str, Any]) -> None:
        for key, value in document.items():
            if key == "languages" and self.is_table(key, value, "write [languages.en]"):
                for language, table in value.items():
                    self.language_rules(f"languages.{language}", language, table)
        for key, value in document.items():
            if key == "languages":
                continue
            if not _CODE.fullmatch(key):
                self.fault(
                    key, value, "is no target code", "use capitals, digits, _ and - after a capital: [TWN]"
                )
            elif self.is_table(key, value, f"write [{key}]"):
                self.target(key, value)

    def language_rules(self, place: str, language: str, table: object) -> None:
        if not _LANGUAGE.fullmatch(language):
            self.fault(place, table, "is no language code", "use ISO 639-1 in small letters: [languages.en]")
        if not self.is_table(place, table, f"write [{place}]"):
            return
        assert isinstance(table, dict)
        self.known_keys(place, table, ("surname_with",))
        patterns = self.strings(f"{place}.surname_with", table.get("surname_with", []))
        good = []
        for pattern in patterns:
            if pattern.count("{}") == 1 and words(pattern.replace("{}", " ")):
                good.append(pattern)
            else:
                self.fault(
                    f"{place}.surname_with",
                    pattern,
                    "does not say where the surname stands",
                    'write {} once beside a title: "President {}"',
                )
        self.surname_with[language] = self.surname_with.get(language, ()) + tuple(good)

    def target(self, code: str, table: dict[str, Any]) -> None:
        for key in ("name", "iso"):
            if key in table and not (isinstance(table[key], str) and table[key].strip()):
                self.fault(f"{code}.{key}", table[key], "is not a text", f'write {key} = "..."')
        if not isinstance(table.get("replace", False), bool):
            self.fault(f"{code}.replace", table["replace"], "is not true or false", "write replace = true")
        known = None if table.get("replace") is True else self.targets.get(code)
        if known is None and "name" not in table:
            self.fault(code, table, "has no name", f'add name = "..." under [{code}]')
        name = table.get("name", known.name if known else code)
        iso = table.get("iso", known.iso if known else None)
        terms = dict(known.terms) if known else {}
        for key, value in table.items():
            if key in _TARGET_KEYS:
                continue
            place = f"{code}.{key}"
            if not _LANGUAGE.fullmatch(key):
                self.fault(
                    place,
                    value,
                    "is an unknown key",
                    f"use {', '.join(_TARGET_KEYS)} or a language code such as en",
                )
            elif self.is_table(place, value, f"write [{place}]"):
                terms[key] = terms.get(key, ()) + tuple(self.language(place, key, value))
        self.targets[code] = Target(code, str(name), None if iso is None else str(iso), terms)

    def language(self, place: str, language: str, table: dict[str, Any]) -> list[Term]:
        self.known_keys(place, table, (*LISTS, "leaders"))
        terms: list[Term] = []
        for key, kind in LISTS.items():
            items = self.items(f"{place}.{key}", table.get(key, []))
            for at, item in items:
                terms.extend(self.group(at, item, kind))
        for at, item in self.items(f"{place}.leaders", table.get("leaders", [])):
            terms.extend(self.leader(at, item, self.surname_with.get(language, ())))
        return terms

    def group(self, place: str, item: object, kind: str) -> list[Term]:
        if isinstance(item, str):
            return [Term(kind, item)] if self.is_term(place, item) else []
        if not isinstance(item, dict):
            self.fault(place, item, "is no term", 'write "a term" or { terms = [...], with = [...] }')
            return []
        self.known_keys(place, item, _GROUP_KEYS)
        if "terms" not in item:
            self.fault(place, item, "has no terms", "add terms = [...]")
        first, last = self.years(place, item)
        context = tuple(self.terms(f"{place}.with", item.get("with", [])))
        return [
            Term(kind, text, first, last, context)
            for text in self.terms(f"{place}.terms", item.get("terms", []))
        ]

    def leader(self, place: str, item: object, surname_with: tuple[str, ...]) -> list[Term]:
        if not isinstance(item, dict):
            self.fault(
                place, item, "is no leader", 'write { name = "...", office = "...", from = 2001, to = 2009 }'
            )
            return []
        self.known_keys(place, item, _LEADER_KEYS)
        texts = []
        if self.is_term(f"{place}.name", item.get("name", "")):
            texts.append(item["name"])
        office = item.get("office")
        if not (isinstance(office, str) and office.strip()):
            self.fault(f"{place}.office", office, "is not a text", 'write office = "President"')
            office = None
        texts.extend(self.terms(f"{place}.also", item.get("also", [])))
        if "surname" in item and self.is_term(f"{place}.surname", item["surname"]):
            texts.extend(pattern.replace("{}", item["surname"]) for pattern in surname_with)
            if not surname_with:
                self.fault(
                    f"{place}.surname",
                    item["surname"],
                    "has no titles to stand with",
                    "add surname_with under [languages.LANGUAGE]",
                )
        first, last = self.years(place, item)
        return [Term("leader", text, first, last, (), office) for text in texts]

    def years(self, place: str, item: dict[str, Any]) -> tuple[int | None, int | None]:
        years: dict[str, int | None] = {"from": None, "to": None}
        for key in years:
            value = item.get(key)
            if value is None:
                continue
            if isinstance(value, bool) or not isinstance(value, int) or value not in _YEARS:
                self.fault(
                    f"{place}.{key}",
                    value,
                    f"is no year from {_YEARS[0]} to {_YEARS[-1]}",
                    f"write {key} = 2001",
                )
            else:
                years[key] = value
        if years["from"] is not None and years["to"] is not None and years["from"] > years["to"]:
            self.fault(
                f"{place}.to", years["to"], f"lies before from = {years['from']}", "swap the two years"
            )
        return years["from"], years["to"]

    def items(self, place: str, value: object) -> list[tuple[str, object]]:
        if isinstance(value, list):
            return [(f"{place}[{number}]", item) for number, item in enumerate(value, start=1)]
        self.fault(place, value, "is not a list", "put it in square brackets")
        return []

    def strings(self, place: str, value: object) -> list[str]:
        texts = []
        for at, item in self.items(place, value):
            if isinstance(item, str):
                texts.append(item)
            else:
                self.fault(at, item, "is not a text", "put it in double quotes")
        return texts

    def terms(self, place: str, value: object) -> list[str]:
        return [text for text in self.strings(place, value) if self.is_term(place, text)]

    def is_term(self, place: str, text: object) -> bool:
        if not isinstance(text, str):
            self.fault(place, text, "is not a text", "put it in double quotes")
            return False
        if not words(text):
            self.fault(place, text, "holds no word", "write at least one word, or delete it")
            return False
        starts = {word.start for word in words(text)}
        ends = {word.end for word in words(text)}
        if any(c == "*" and (at not in ends or at + 1 in starts) for at, c in enumerate(text)):
            self.fault(place, text, "has a * that ends no word", "write it right after a word: Palestin*")
            return False
        return True

    def known_keys(self, place: str, table: dict[str, Any], known: tuple[str, ...]) -> None:
        for key, value in table.items():
            if key not in known:
                self.fault(f"{place}.{key}", value, "is an unknown key", f"use one of {', '.join(known)}")


def read_targets(
    path: Path,
    known: dict[str, Target] | None = None,
    surname_with: dict[str, tuple[str, ...]] | None = None,
) -> tuple[dict[str, Target], dict[str, tuple[str, ...]]]:
    """Read a targets file over the targets that are known already.

    Parameters
    ----------
    path : Path
        A TOML file in UTF-8.
    known : dict of str to Target, optional
        Targets by code, which the file may extend or replace. Not changed.
    surname_with : dict of str to tuple of str, optional
        Patterns such as ``"President {}"`` by language, which the file may extend. Not changed.

    Returns
    -------
    dict of str to Target
        The known targets and those of the file.
    dict of str to tuple of str
        The patterns after the file.

    Raises
    ------
    TargetError
        If the file cannot be read, is not TOML (with line and column), or has faults; all faults are listed,
        each with its key, value and remedy.
    """
    try:
        document = tomllib.loads(path.read_bytes().decode("utf-8-sig").replace("\r\n", "\n"))
    except FileNotFoundError:
        raise TargetError(NOT_FOUND.format(file=path)) from None
    except OSError as error:
        raise TargetError(NOT_READ.format(file=path, reason=error.strerror or error)) from None
    except UnicodeDecodeError as error:
        raise TargetError(NOT_UTF8.format(file=path, at=error.start)) from None
    except (ValueError, RecursionError) as error:
        raise TargetError(NOT_TOML.format(file=path, reason=error)) from None
    reader = _Reader(known or {}, surname_with or {})
    reader.document(document)
    if reader.faults:
        count = f"{len(reader.faults)} fault" + ("s" if len(reader.faults) > 1 else "")
        raise TargetError(FAULTS.format(file=path, count=count, lines="\n".join(reader.faults)))
    targets = {
        code: replace(
            target, terms={lang: tuple(dict.fromkeys(terms)) for lang, terms in target.terms.items()}
        )
        for code, target in reader.targets.items()
    }
    return targets, reader.surname_with
