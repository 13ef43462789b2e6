"""The registry of targets: which there are, and where a text refers to them."""

from collections.abc import Iterable, Mapping
from dataclasses import astuple
from functools import cache
from pathlib import Path
from typing import Any

from stance.errors import TargetError
from stance.targets.matcher import Matcher
from stance.targets.schema import read_targets
from stance.targets.terms import Target, TargetMention, Term

DEFAULT_PATH = Path(__file__).parent / "data" / "targets.toml"
"""The targets file that the package ships."""

FALLBACK_LANGUAGE = "en"
"""The language whose terms serve where a target has none in the language of a text."""

UNKNOWN_TARGET = "unknown target {code!r}; known are {known}; declare it in a targets file"


class TargetRegistry:
    """Targets and their terms.

    Parameters
    ----------
    targets : iterable of Target

    Attributes
    ----------
    targets : dict of str to Target
        The targets by code, in the order given.
    """

    def __init__(self, targets: Iterable[Target] = ()) -> None:
        self.targets: dict[str, Target] = {target.code: target for target in targets}
        self._matchers: dict[str, Matcher] = {}

    @property
    def codes(self) -> tuple[str, ...]:
        """The codes of the targets, in order."""
        return tuple(self.targets)

    @classmethod
    def default(cls) -> "TargetRegistry":
        """Return the registry that the package ships; the same object each time."""
        return _default()

    @classmethod
    def load(cls, *paths: str | Path) -> "TargetRegistry":
        """Read the registry that the package ships and the user's own files over it.

        Parameters
        ----------
        *paths : str or Path
            Targets files, the later over the earlier. A target with a new code is added; one whose code
            exists is extended, or replaced where the file says ``replace = true``.

        Returns
        -------
        TargetRegistry

        Raises
        ------
        TargetError
            If a file cannot be read or has faults, all of which are listed.
        """
        targets, surname_with = read_targets(DEFAULT_PATH)
        for path in paths:
            targets, surname_with = read_targets(Path(path), targets, surname_with)
        return cls(targets.values())

    @classmethod
    def for_names(cls, names: Iterable[str]) -> "TargetRegistry":
        """Return a registry of targets that no file declares: each name is code, name and only alias.

        Parameters
        ----------
        names : iterable of str
            Any texts. A name without a word in it is a target that is never found.

        Returns
        -------
        TargetRegistry
        """
        return cls().with_names(names)

    def with_names(self, names: Iterable[str]) -> "TargetRegistry":
        """Return this registry with a target for each name that is not a code of it (see `for_names`)."""
        added = {
            name: Target(name, name, None, {FALLBACK_LANGUAGE: (Term("name", name.replace("*", " ")),)})
            for name in names
            if name not in self.targets
        }
        return TargetRegistry([*self.targets.values(), *added.values()])

    def only(self, codes: Iterable[str]) -> "TargetRegistry":
        """Return a registry of some of these targets, in the order asked for.

        Raises
        ------
        TargetError
            If a code is not in this registry.
        """
        return TargetRegistry([self[code] for code in codes])

    def __getitem__(self, code: str) -> Target:
        if code not in self.targets:
            raise TargetError(UNKNOWN_TARGET.format(code=code, known=", ".join(self.targets) or "none"))
        return self.targets[code]

    def __contains__(self, code: object) -> bool:
        return code in self.targets

    def find(self, text: str, lang: str | None = "en", year: int | None = None) -> list[TargetMention]:
        """Find where a text refers to the targets.

        Parameters
        ----------
        text : str
            Any text.
        lang : str, optional
            Language of the text: ISO 639-1, of which a region is dropped (``pt-BR`` reads as ``pt``). A
            target without terms in it is matched in English, as is a text of unknown language (None, empty).
        year : int, optional
            Year of the text. Terms with years match from one year before to one year after them; without a
            year all terms match.

        Returns
        -------
        list of TargetMention
            Ordered by start, the longer first. Mentions of one target do not overlap, those of two targets
            may. Offsets are code points into `text`.
        """
        return self._matcher(lang).find(text, year)

    def _matcher(self, lang: str | None) -> Matcher:
        language = (lang or FALLBACK_LANGUAGE).replace("_", "-").partition("-")[0].lower()
        if not any(language in target.terms for target in self.targets.values()):
            language = FALLBACK_LANGUAGE
        if language not in self._matchers:
            self._matchers[language] = Matcher(
                (target, _terms(target, language)) for target in self.targets.values()
            )
        return self._matchers[language]

    def to_dict(self) -> dict[str, Any]:
        """Return the registry as plain data (for JSON) from which `from_dict` builds it again."""
        return {
            code: {
                "name": target.name,
                "iso": target.iso,
                "terms": {
                    lang: [[*astuple(term)[:4], list(term.context), term.office] for term in terms]
                    for lang, terms in target.terms.items()
                },
            }
            for code, target in self.targets.items()
        }

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> "TargetRegistry":
        """Build a registry from what `to_dict` returned.

        Raises
        ------
        TargetError
            If the data do not have that form.
        """
        try:
            return cls(
                Target(code, entry["name"], entry["iso"], {k: _read(v) for k, v in entry["terms"].items()})
                for code, entry in data.items()
            )
        except (AttributeError, KeyError, TypeError, ValueError) as error:
            raise TargetError(f"damaged registry of targets ({error!r}); build it again") from None


def _read(terms: list[Any]) -> tuple[Term, ...]:
    return tuple(
        Term(kind, text, first, last, tuple(context), office)
        for kind, text, first, last, context, office in terms
    )


def _terms(target: Target, language: str) -> tuple[Term, ...]:
    for key in (language, FALLBACK_LANGUAGE, *target.terms):
        if key in target.terms:
            return target.terms[key]
    return (Term("name", target.name),)


@cache
def _default() -> TargetRegistry:
    return TargetRegistry.load()
