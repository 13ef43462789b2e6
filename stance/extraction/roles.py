"""What words say of the voice of a source: analysts, media, regimes; and which phrases are no speaker at all."""

import re
import tomllib
from functools import cache
from importlib.resources import files
from typing import Any

from stance.actors import ActorMention

# Mentions that name a state by itself.
STATE_KINDS = frozenset(("name", "demonym", "capital", "seat"))


@cache
def roles() -> dict[str, Any]:
    """Lists of words by the kind of voice they tell of, from ``roles.toml``."""
    return tomllib.loads(files("stance.extraction").joinpath("data/roles.toml").read_text(encoding="utf-8"))


@cache
def role_pattern(name: str) -> re.Pattern[str]:
    """Pattern that finds the words of one list as whole words."""
    words = "|".join(re.escape(word) for word in sorted(roles()[name], key=len, reverse=True))
    return re.compile(rf"(?<![\w-])(?:{words})(?![\w])", re.IGNORECASE)


def is_thing(before: str, after: str) -> bool:
    """Whether the head of a phrase is a thing, not the state beside it: *the talks between ...*, *Israel's war*."""
    words = re.findall(r"[^\W\d_]+(?:-[^\W\d_]+)*", before.lower())
    if any(word in roles()["links"] for word in words[1:]) and not role_pattern("regime").search(before):
        return True
    match = re.match(r"['’]s?\s+(.+)", after)
    return match is not None and not role_pattern("regime").search(match[1])


def is_vague(mention: ActorMention) -> bool:
    """Whether an institution is the government by another name (*the Castro regime*) or no body in particular."""
    name = mention.name.lower()
    return name in roles()["vague_institutions"] or name.split()[-1] in ("regime", "dictatorship")
