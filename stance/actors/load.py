"""Building actors, offices, holders and lexicons from the data files."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from stance.actors import lexicon
from stance.actors.inflect import INFLECT
from stance.actors.lexicon import ACTOR, GENERIC, INSTITUTION, NOTHING, PERSON, SURNAME, TITLE, Entry, Trie
from stance.actors.records import Actor, Holder
from stance.actors.tables import FOLDER, parts, read_table, read_words
from stance.actors.tokens import fold
from stance.errors import DataError

LANGUAGES = ("en", "es", "fr", "pt")
WORD_LISTS = (
    "former",
    "then",
    "future",
    "plain",
    "of",
    "inside",
    "place",
    "regions",
    "particles",
    "not_names",
    "honorifics",
    "common_words",
)
USES = ("free", "joined", "owned", "named")

# An organisation or group has no government of its own: its officials speak as it does.
TYPE_BY_KIND = {"organisation": "international organisation", "armed group": "armed group", "party": "party"}


@dataclass(slots=True)
class Office:
    """A normalised office: its class, the kind of voice, and whether a place of work may follow."""

    name: str
    family: str
    type: str
    single: bool
    posting: bool


@dataclass(slots=True)
class Doubt:
    """What an ambiguous name needs in order to count."""

    actor: str
    needs: frozenset[str]
    refused: frozenset[str]
    refused_near: frozenset[str]
    person: bool


@dataclass(slots=True)
class Person:
    """A holder of one or more offices of one actor."""

    actor: str
    name: str
    terms: list[Holder] = field(default_factory=list)
    aliases: list[str] = field(default_factory=list)
    alone: list[str] = field(default_factory=list)
    short: list[str] = field(default_factory=list)


class Knowledge:
    """All data files in memory.

    Parameters
    ----------
    folder : Path
        Where the data files lie.

    Raises
    ------
    DataError
        If a file is missing or holds a fault; the text names file, line, value and remedy.
    """

    def __init__(self, folder: Path = FOLDER) -> None:
        self.folder = folder
        self.actors: dict[str, Actor] = {}
        self.offices: dict[str, Office] = {}
        self.people: dict[tuple[str, str], Person] = {}
        self.doubts: dict[tuple[str, str], Doubt] = {}
        self.institutions = 0
        self._forms: dict[str, list[tuple[str, Entry, bool]]] = {lang: [] for lang in LANGUAGES}
        words = read_words(folder / "modifiers.toml", WORD_LISTS)
        self.phrases = {
            key: frozenset(" ".join(fold(t) for t in lexicon.tokens_of(w)) for w in words[key])
            for key in words
        }
        self.words = {
            key: frozenset(token for phrase in self.phrases[key] for token in phrase.split()) for key in words
        }
        self._read_actors()
        self._read_offices()
        self._read_institutions()
        self._read_titles()
        self._read_holders()
        self._read_traps()
        self._tries: dict[str, Trie] = {}

    def trie(self, lang: str) -> Trie:
        """Return the lexicon for texts in a language: its own forms and the English ones."""
        if lang not in self._tries:
            trie: Trie = {}
            own = self._forms[lang] if lang != "en" else []
            for form, entry, any_case in own:
                lexicon.add(trie, form, entry, any_case)
            for form, entry, any_case in self._forms["en"]:
                if lang == "en" or entry.role not in (TITLE, GENERIC):
                    lexicon.add(trie, form, entry, any_case)
            self._tries[lang] = trie
        return self._tries[lang]

    @staticmethod
    def fold_name(name: str) -> str:
        """Fold one word of a name as the texts are folded; of a hyphened name the last part."""
        tokens = lexicon.tokens_of(name)
        return fold(tokens[-1]) if tokens else ""

    def _fault(self, file: str, line: int, text: str) -> DataError:
        return DataError(f"{self.folder / file}, line {line}: {text}")

    def _actor_entry(self, code: str, kind: str) -> Entry:
        actor = self.actors[code]
        voice = TYPE_BY_KIND.get(actor.kind, "government")
        return Entry(ACTOR, code, kind, actor.name, voice if kind != "demonym" else "")

    def _read_actors(self) -> None:
        columns = (
            "code",
            "kind",
            "region",
            "group",
            "en",
            "demonym_en",
            "capital_en",
            "es",
            "demonym_es",
            "capital_es",
        )
        other = read_table(self.folder / "names_other.csv", ("code", "lang", "names", "demonyms", "capitals"))
        seats: dict[str, list[str]] = {}
        self._institution_rows = read_table(
            self.folder / "institutions.csv", ("actor", "kind", "name", "actor_type", "forms")
        )
        for _, (code, kind, _, _, forms) in self._institution_rows:
            if kind == "seat":
                seats.setdefault(code, []).extend(parts(forms))
        extra: dict[str, list[tuple[int, list[str]]]] = {}
        for line, cells in other:
            extra.setdefault(cells[0], []).append((line, cells))
        for line, row in read_table(self.folder / "actors.csv", columns):
            code, kind, region, group, en, demonym_en, capital_en, es, demonym_es, capital_es = row
            if code in self.actors:
                raise self._fault("actors.csv", line, f"code {code!r} stands twice; keep one line")
            if not en:
                raise self._fault("actors.csv", line, f"{code} has no English name; give one in column en")
            tongues = [("en", en, demonym_en, capital_en), ("es", es, demonym_es, capital_es)]
            for other_line, (_, lang, names, demonyms, capitals) in extra.pop(code, []):
                if lang not in LANGUAGES:
                    raise self._fault(
                        "names_other.csv", other_line, f"language {lang!r}; use one of {', '.join(LANGUAGES)}"
                    )
                tongues.append((lang, names, demonyms, capitals))
            self.actors[code] = Actor(
                code, en.split("|")[0], kind, region or None, group or None,
                tuple(dict.fromkeys(n for f in tongues for n in parts(f[1]))),
                tuple(dict.fromkeys(n for f in tongues for n in parts(f[2]))),
                tuple(dict.fromkeys(n for f in tongues for n in parts(f[3]))),
                tuple(seats.get(code, ())),
            )  # fmt: skip
            name, demonym, capital = (self._actor_entry(code, k) for k in ("name", "demonym", "capital"))
            for lang, names, demonyms, capitals in tongues:
                out = self._forms[lang]
                out.extend((form, name, False) for form in parts(names))
                out.extend((form, capital, False) for form in parts(capitals))
                inflect = INFLECT[lang]
                out.extend((form, demonym, False) for base in parts(demonyms) for form in inflect(base))
        for code, rows in extra.items():
            raise self._fault(
                "names_other.csv", rows[0][0], f"code {code!r} is not in actors.csv; add it there"
            )

    def _read_offices(self) -> None:
        columns = ("office", "class", "actor_type", "single", "posting")
        for line, (office, family, voice, single, posting) in read_table(
            self.folder / "offices.csv", columns
        ):
            if office in self.offices:
                raise self._fault("offices.csv", line, f"office {office!r} stands twice; keep one line")
            self.offices[office] = Office(office, family, voice, single == "yes", posting == "yes")

    def _check_actor(self, file: str, line: int, code: str) -> None:
        if code not in self.actors:
            raise self._fault(
                file, line, f"actor {code!r} is not in actors.csv; add it there or mend the code"
            )

    def _check_office(self, file: str, line: int, office: str) -> Office:
        if office not in self.offices:
            raise self._fault(
                file, line, f"office {office!r} is not in offices.csv; add it there or mend the spelling"
            )
        return self.offices[office]

    def _check_lang(self, file: str, line: int, lang: str) -> list[tuple[str, Entry, bool]]:
        if lang not in LANGUAGES:
            raise self._fault(file, line, f"language {lang!r}; use one of {', '.join(LANGUAGES)}")
        return self._forms[lang]

    def _read_institutions(self) -> None:
        for line, (code, kind, name, voice, forms) in self._institution_rows:
            self._check_actor("institutions.csv", line, code)
            if kind not in ("seat", "institution"):
                raise self._fault("institutions.csv", line, f"kind {kind!r}; use seat or institution")
            entry = Entry(INSTITUTION, code, kind, name, voice)
            # A name of its own is the same in every language, and the English lexicon is part of all.
            self._forms["en"].extend((form, entry, False) for form in parts(forms))
            self.institutions += 1
        for line, (lang, name, voice, posting, use, forms) in read_table(
            self.folder / "generic.csv", ("lang", "name", "actor_type", "posting", "use", "forms")
        ):
            out = self._check_lang("generic.csv", line, lang)
            if use not in USES[:2]:
                raise self._fault("generic.csv", line, f"use {use!r}; use free or joined")
            entry = Entry(GENERIC, "", "institution", name, voice)
            entry.posting, entry.use = posting == "yes", use
            out.extend((form, entry, False) for form in parts(forms))
            self.institutions += 1

    def _read_titles(self) -> None:
        columns = ("lang", "office", "use", "actor", "except", "forms")
        self.titles = 0
        for line, (lang, office, use, actor, exceptions, forms) in read_table(
            self.folder / "titles.csv", columns
        ):
            out = self._check_lang("titles.csv", line, lang)
            known = self._check_office("titles.csv", line, office)
            if use not in USES:
                raise self._fault("titles.csv", line, f"use {use!r}; use one of {', '.join(USES)}")
            if actor:
                self._check_actor("titles.csv", line, actor)
            entry = Entry(TITLE, actor, "title", office, known.type)
            entry.use, entry.posting = use, known.posting
            for exception in parts(exceptions):
                code, _, other = exception.partition("=")
                self._check_office("titles.csv", line, other)
                if code != "?":
                    self._check_actor("titles.csv", line, code)
                entry.office_by_actor[code] = other
            for form in parts(forms):
                self.titles += 1
                out.append((form, entry, False))
                if lang == "es" and use == "free" and " " not in form:
                    former = Entry(TITLE, actor, "former", office, known.type)
                    former.use, former.posting, former.office_by_actor = (
                        entry.use,
                        entry.posting,
                        entry.office_by_actor,
                    )
                    out.append(("ex" + form, former, False))

    def _read_holders(self) -> None:
        columns = ("actor", "office", "from", "to", "name", "aliases", "alone", "surname")
        for line, (actor, office, start, end, name, aliases, alone, surname) in read_table(
            self.folder / "holders.csv", columns
        ):
            self._check_actor("holders.csv", line, actor)
            known = self._check_office("holders.csv", line, office)
            if not name or not start or (end and end[: len(start)] < start[: len(end)]):
                raise self._fault(
                    "holders.csv", line, f"{name!r} from {start!r} to {end!r}; give a name and dates in order"
                )
            person = self.people.get((actor, name))
            if person is None:
                person = self.people[actor, name] = Person(actor, name)
            voice = (
                TYPE_BY_KIND.get(self.actors[actor].kind, known.type)
                if known.type == "government"
                else known.type
            )
            person.terms.append(Holder(actor, name, office, voice, start, end))
            person.aliases.extend(parts(aliases))
            person.alone.extend(parts(alone))
            person.short.extend(parts(surname))
        full: dict[str, Entry] = {}
        short: dict[str, Entry] = {}
        out = self._forms["en"]
        for key, person in self.people.items():
            names = [person.name, *person.aliases]
            if not person.short:
                person.short = list(
                    dict.fromkeys([n.rpartition(" ")[2] for n in names if " " in n] or [person.name])
                )
            for name in dict.fromkeys(names):
                folded = fold(name)
                if folded not in full:
                    full[folded] = Entry(PERSON)
                    out.append((name, full[folded], False))
                if key not in full[folded].people:
                    full[folded].people.append(key)
            for name in dict.fromkeys([*person.alone, *person.short]):
                folded = fold(name)
                if folded not in short:
                    short[folded] = Entry(SURNAME)
                    out.append((name, short[folded], False))
                if key not in short[folded].people:
                    short[folded].people.append(key)
        self.alone = {
            key: frozenset(fold(name) for name in person.alone) for key, person in self.people.items()
        }
        self.by_name = {**short}
        for folded, entry in full.items():
            self.by_name[folded] = entry

    def _read_traps(self) -> None:
        nothing = Entry(NOTHING)
        for line, (lang, phrase) in read_table(self.folder / "negatives.csv", ("lang", "phrase")):
            for each in ("en",) if lang == "any" else (lang,):
                self._check_lang("negatives.csv", line, each).append((phrase, nothing, False))
        columns = ("form", "actor", "needs", "refused", "person")
        for line, (form, actor, needs, refused, person) in read_table(self.folder / "ambiguous.csv", columns):
            self._check_actor("ambiguous.csv", line, actor)
            words = parts(refused)
            self.doubts[fold(form), actor] = Doubt(
                actor,
                frozenset(" ".join(fold(t) for t in lexicon.tokens_of(word)) for word in parts(needs)),
                frozenset(fold(word) for word in words if word[0] != "*"),
                frozenset(fold(word[1:]) for word in words if word[0] == "*"),
                person == "yes",
            )
