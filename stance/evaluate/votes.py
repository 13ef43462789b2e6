"""How states voted in the UN General Assembly: two scales that stances are held against."""

import tomllib
from importlib.resources import files
from pathlib import Path

import pandas as pd

from stance.actors import Gazetteer
from stance.errors import DataError

COLUMNS = ("rcid", "date", "issues", "country", "vote")

MIDDLE_EAST = "me"
"""The issue of votes on the Palestinian conflict."""


def read_votes(path: Path, first: int, last: int) -> pd.DataFrame:
    """Read roll calls.

    Parameters
    ----------
    path : Path
        CSV (also gzipped) with the columns of `COLUMNS`: number of the vote, date, issues joined by ``|``, name of
        the state, and ``yes``, ``no`` or ``abstain`` (Voeten, "Data and analyses of voting in the UN General
        Assembly", 2013).
    first, last : int
        Years that are kept.

    Returns
    -------
    DataFrame
        With a column ``actor`` of codes; states without one are left out.

    Raises
    ------
    DataError
        If the file cannot be read, a column is missing or no vote falls in the years.
    """
    try:
        table = pd.read_csv(path, dtype=str, keep_default_na=False)
    except (OSError, ValueError) as error:
        raise DataError(f"{path}: not a table of roll calls ({error}); expected CSV") from None
    missing = [name for name in COLUMNS if name not in table.columns]
    if missing:
        raise DataError(f"{path}: missing column {', '.join(missing)}; roll calls have {', '.join(COLUMNS)}")
    table = table[table["date"].str[:4].between(str(first), str(last))].copy()
    if table.empty:
        raise DataError(f"{path}: no vote in the years {first}-{last}")
    table["actor"] = table["country"].map({name: code_of(name) for name in table["country"].unique()})
    return table[table["actor"] != ""]


def code_of(name: str) -> str:
    """Return the code of a state as roll calls name it, an empty text if it has none."""
    text = files("stance.evaluate").joinpath("data/votes.toml").read_text(encoding="utf-8")
    listed: dict[str, str] = tomllib.loads(text)["states"]
    if name in listed:
        return listed[name]
    folded = name.casefold()
    return next((a.code for a in Gazetteer.default().actors() if folded in map(str.casefold, a.names)), "")


def share_of_yes(votes: pd.DataFrame, issue: str = MIDDLE_EAST) -> pd.Series:
    """Return for each state the share of yes among its votes (yes, no, abstain) on an issue; in [0, 1]."""
    chosen = votes[votes["issues"].str.split("|").map(lambda issues: issue in issues)]
    return (chosen["vote"] == "yes").groupby(chosen["actor"]).mean()


def agreement_with(votes: pd.DataFrame, actor: str) -> pd.Series:
    """Return for each state how often it voted as another did, among votes where both said yes or no; in [0, 1]."""
    plain = votes[votes["vote"].isin(["yes", "no"])]
    theirs = plain[plain["actor"] == actor].set_index("rcid")["vote"]
    others = plain[(plain["actor"] != actor) & plain["rcid"].isin(theirs.index)]
    same = others["vote"] == others["rcid"].map(theirs)
    return same.groupby(others["actor"]).mean()
