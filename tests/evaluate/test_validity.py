"""Stances of states against votes."""

import hashlib
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from scipy.stats import spearmanr

from stance.corpora import CorpusStore
from stance.errors import DataError, UsageError
from stance.evaluate import validity
from stance.evaluate.attributes import genres
from stance.evaluate.validity import balance, is_reserved, rho, rho_interval, validate
from stance.evaluate.votes import agreement_with, code_of, read_votes, share_of_yes
from stance.targets import TargetRegistry

HEAD = "rcid,date,unres,issues,country,iso2,vote\n"
STATES = {"Bolivia": "BOL", "France": "FRA", "Kenya": "KEN", "Indonesia": "IDN", "Mexico": "MEX"}


@pytest.fixture
def votes(tmp_path):
    file = tmp_path / "votes.csv"
    rows = []
    for number in range(20):
        for at, state in enumerate(STATES):
            said = "yes" if number % 5 >= at else "no"
            rows.append(f"{number},2005-11-0{1 + number % 9},R/1,me|hr,{state},,{said}")
        rows.append(f"{number},2005-11-01,R/1,me,United States,US,no")
    rows.append("99,1995-01-01,R/0,me,France,,yes")
    file.write_text(HEAD + "\n".join(rows) + "\n")
    return file


def test_scales_of_votes(votes):
    calls = read_votes(votes, 2000, 2019)
    yes = share_of_yes(calls)
    assert [yes[code] for code in STATES.values()] == [1.0, 0.8, 0.6, 0.4, 0.2]
    same = agreement_with(calls, "USA")
    assert [same[code] for code in STATES.values()] == pytest.approx([0.0, 0.2, 0.4, 0.6, 0.8])


def test_names_of_states_as_roll_calls_write_them():
    assert [
        code_of(name)
        for name in ("Myanmar (Burma)", "Congo - Kinshasa", "France", "Yemen Arab Republic", "Atlantis")
    ] == [
        "MMR",
        "COD",
        "FRA",
        "",
        "",
    ]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("rcid,date\n1,2005\n", "missing column issues, country, vote"),
        (HEAD + "1,1970-01-01,R/1,me,France,FR,yes\n", "no vote in the years 2000-2019"),
        ("", "not a table of roll calls"),
    ],
)
def test_a_bad_file_of_votes_is_refused(tmp_path, text, message):
    file = tmp_path / "votes.csv"
    file.write_text(text)
    with pytest.raises(DataError, match=message):
        read_votes(file, 2000, 2019)


def test_rho_equals_that_of_scipy():
    rng = np.random.default_rng(0)
    a = rng.integers(0, 6, 40).astype(float)
    b = a + rng.normal(0, 3, 40)
    assert rho(a, b) == pytest.approx(spearmanr(a, b).statistic)
    low, high = rho_interval(a, b, 2000, 0)
    assert low < rho(a, b) < high
    assert rho(np.ones(4), np.arange(4.0)) is None


def test_balance_draws_few_passages_toward_all():
    found = balance(pd.Series([0.0, 10.0]), pd.Series([1.0, 10.0]))
    overall = (10 - 11) / 21
    assert found.tolist() == pytest.approx([(-1 + 2 * overall) / 3, 2 * overall / 22])


def _documents():
    """Yield speeches of five states, from critical to supportive of Israel and the United States."""
    for at, code in enumerate(STATES.values()):
        for year in range(2000, 2010):
            said = ("We condemn {} for the attack.", "We thank {} for its help.")[(year + at) % 5 < at]
            parts = [said.format(name) for name in ("Israel", "the United States")]
            yield f"ungdc/{code}_{year - 1945}_{year}", " ".join(parts * 12)


def test_speeches_are_scored_and_held_against_votes(tmp_path, data, votes, monkeypatch):
    CorpusStore.write(tmp_path / "ungdc", _documents())
    monkeypatch.setattr(validity, "LEAST", {"ISR": 3, "USA": 3})
    parameters = {"calibration_folds": 2, "min_df": 1, "targets": TargetRegistry.default()}
    found = validate(data, parameters, votes, folds=2, resamples=200, corpora=tmp_path)
    kept = [doc for doc, _ in _documents() if not is_reserved(doc)]
    assert found.speeches == len(kept) < 50
    israel = found.targets["ISR"]
    assert israel["states"] == 5 and israel["rho"] < -0.5
    assert found.targets["USA"]["rho"] > 0.5
    assert {row["actor"] for row in israel["table"]} == set(STATES.values())
    assert set(israel["others"]) >= {"mean", "region"}


def test_without_the_speeches_the_user_is_told_how_to_get_them(tmp_path, data, votes):
    with pytest.raises(UsageError, match="index them with `stance corpus add ungdc PATH`"):
        validate(data, {}, votes, corpora=tmp_path)


def test_reserved_is_decided_by_the_name_alone():
    names = [f"ungdc/AAA_{n}_{1945 + n}" for n in range(200)]
    assert [is_reserved(name) for name in names] == [
        int.from_bytes(hashlib.sha1(name.encode()).digest(), "big") % 5 == 0 for name in names
    ]


def test_genres_are_texts():
    found = genres()
    assert found["ungdc"] == "UN General Debate" and all(
        isinstance(name, str) and name for name in found.values()
    )
    assert Path(validity.__file__).with_name("data").joinpath("genres.toml").exists()
