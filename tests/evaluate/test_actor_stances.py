"""Scored statements brought together by actor."""

import json

import numpy as np
import pytest

from stance.errors import DataError
from stance.evaluate import actor_stances
from stance.evaluate.actors import departure
from stance.evaluate.scored import Scored, read_scored
from stance.evaluate.shrinkage import probability_of_change, shrink

HEAD = "id,actor,date,target,stance,score,evidence\n"


def _line(actor, scores, target="ISR", start=2000):
    stance = lambda score: "supportive" if score > 0.2 else "critical" if score < -0.2 else "neutral"  # noqa: E731
    return [
        Scored(f"{actor}{number}", actor, target, stance(score), score, f"{start + number}-01-01")
        for number, score in enumerate(scores)
    ]


def test_small_samples_are_drawn_toward_the_group():
    rng = np.random.default_rng(0)
    many = [
        item
        for code in ("FRA", "DEU", "BEL", "NLD", "ESP", "PRT")
        for item in _line(code, rng.normal(0.3, 0.2, 30).clip(-1, 1))
    ]
    rows = {row["actor"]: row for row in actor_stances([*many, *_line("ITA", [-0.9])]).actors}
    italy = rows["ITA"]
    assert italy["group"] == "Western Europe"
    assert italy["mean"] == -0.9 < italy["estimate"] < 0.3
    assert italy["weight"] < rows["FRA"]["weight"]
    assert italy["high"] - italy["low"] > rows["FRA"]["high"] - rows["FRA"]["low"]


def test_intervals_cover_the_true_means():
    # 400 actors with true means about 0.1 and 1 to 8 statements.
    rng = np.random.default_rng(4)
    truth = rng.normal(0.1, 0.2, 400)
    counts = rng.integers(1, 9, 400).astype(float)
    said = [rng.normal(mean, 0.3, int(n)) for mean, n in zip(truth, counts, strict=True)]
    means = np.array([scores.mean() for scores in said])
    squares = np.array([((scores - scores.mean()) ** 2).sum() for scores in said])
    found = shrink(means, counts, squares, np.full(400, means.mean()), 1)
    inside = [
        low <= mean <= high for mean, (low, high) in zip(truth, map(found.interval, range(400)), strict=True)
    ]
    assert 0.92 <= np.mean(inside) <= 0.98
    assert ((found.estimate - truth) ** 2).mean() < ((means - truth) ** 2).mean()
    assert found.within == pytest.approx(0.09, rel=0.15) and found.between == pytest.approx(0.04, rel=0.3)


def test_one_actor_keeps_its_mean():
    (row,) = actor_stances(_line("FRA", [0.5, 0.7])).actors
    assert row["estimate"] == pytest.approx(0.6) and row["low"] < 0.6 < row["high"]
    assert (row["n"], row["supportive"], row["name"]) == (2, 2, "France")


def test_a_change_has_its_probability():
    turned = [*_line("FRA", [0.6] * 12, start=2000), *_line("FRA", [-0.6] * 12, start=2010)]
    dated = [
        item._replace(date="2001-05-01" if item.score > 0 else "2002-05-01", id=str(n))
        for n, item in enumerate(turned)
    ]
    steady = [
        item._replace(date=f"200{1 + n % 2}", id=f"s{n}")
        for n, item in enumerate(_line("DEU", [0.1, 0.2, 0.1, 0.2]))
    ]
    found = actor_stances([*dated, *steady], by="year")
    after = {(row["actor"], row["period"]): row for row in found.periods}
    assert after["FRA", "2001"]["change"] is None
    assert after["FRA", "2002"]["change"] < -0.5 and after["FRA", "2002"]["p_change"] > 0.99
    assert after["DEU", "2002"]["p_change"] < 0.9
    assert {row["period"] for row in actor_stances(dated, by="decade").periods} == {"2000s"}


def test_probability_of_change_is_that_of_the_normal():
    assert probability_of_change((0.0, 0.1), (0.0, 0.1)) == 0.5
    assert probability_of_change((0.0, 0.3), (0.5, 0.4)) == pytest.approx(0.8413447, abs=1e-6)
    assert probability_of_change((0.0, 0.0), (0.1, 0.0)) == 1.0


def test_the_statement_that_departs_is_found():
    found = departure(_line("CUB", [-0.8, -0.7, 0.4, -0.9]))
    assert (found["id"], found["stance"]) == ("CUB2", "supportive")
    assert found["line"] == pytest.approx(-0.8)
    assert departure(_line("CUB", [-0.8, 0.7])) is None


def test_reading_leaves_out_what_says_nothing(tmp_path):
    file = tmp_path / "scored.csv"
    words = json.dumps({"start": 0, "end": 2, "text": "we welcome"}).replace('"', '""')
    file.write_text(
        f'{HEAD}1,FRA,2001,ISR,supportive,0.5,"{words}"\n1,FRA,2001,IRN,absent,0,\n'
        "2,,2001,ISR,critical,-0.5,\n3,ISR,2001,ISR,self,,\n"
    )
    scored, nameless = read_scored(file)
    assert scored == [Scored("1", "FRA", "ISR", "supportive", 0.5, "2001", "we welcome")]
    assert nameless == 1
    lines = tmp_path / "scored.jsonl"
    lines.write_text(
        json.dumps(
            {"actor": "FRA", "target": "ISR", "stance": "neutral", "score": 0.1, "evidence": {"text": "so"}}
        )
        + "\n"
    )
    assert read_scored(lines)[0] == [Scored("1", "FRA", "ISR", "neutral", 0.1, None, "so")]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (
            "id,actor,ISR_stance\n1,FRA,neutral\n",
            "missing column target, stance, score; score again with --shape tidy",
        ),
        ("id,actor\n1,FRA\n", "missing column target, stance, score; expected what `stance score` writes"),
        (HEAD + "1,FRA,2001,ISR,critical,2,\n", "line 2, column score: '2' is no number from -1 to 1"),
        (HEAD + "1,FRA,2001,ISR,critical,,\n", "line 2, column score: None is no number from -1 to 1"),
        (HEAD + "1,FRA,2001,ISR,absent,0,\n", "no row has an actor and a stance toward a target"),
    ],
)
def test_a_bad_table_is_refused_with_its_remedy(tmp_path, text, message):
    file = tmp_path / "scored.csv"
    file.write_text(text)
    with pytest.raises(DataError, match=message):
        read_scored(file)


def test_periods_need_dates():
    undated = [item._replace(date=None) for item in _line("FRA", [0.5])]
    with pytest.raises(DataError, match="no statement has a date that begins with a year; leave out --by"):
        actor_stances(undated, by="year")
    with pytest.raises(DataError, match="period 'week'; known are year, decade"):
        actor_stances(undated, by="week")
