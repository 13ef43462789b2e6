"""`model.score`: a frame in, a tidy frame out."""

import json

import numpy as np
import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sample_texts import LONG

import stance
from stance.errors import BundleError, TargetError, UsageError
from stance.score import StanceModel, default_bundle, load
from stance.score.aggregate import aggregate
from stance.statement import Statement
from stance.text import passages

TIDY = [
    "id", "actor", "date", "target", "stance", "score",
    "p_supportive", "p_critical", "p_neutral", "p_absent", "evidence",
]  # fmt: skip
PRAISE, BLAME = "We thank Israel for its steady friendship.", "We condemn the illegal raids of Israel."


def frame(*texts, **columns):
    return pd.DataFrame({"text": list(texts), **columns})


def test_a_tidy_row_for_each_statement_and_target(model):
    result = model.score(
        frame(PRAISE, BLAME, id=["a", "b"], actor=["FJI", "KEN"], date=["2001-02-03", "2004"])
    )
    assert list(result.columns) == TIDY
    assert result["id"].tolist() == ["a"] * 3 + ["b"] * 3
    assert result["actor"].tolist() == ["FJI"] * 3 + ["KEN"] * 3
    assert result["date"].tolist() == ["2001-02-03"] * 3 + ["2004"] * 3
    assert result["target"].tolist() == ["ISR", "IRN", "USA"] * 2
    assert result["stance"].tolist() == ["supportive", "absent", "absent", "critical", "absent", "absent"]


def test_the_numbers_fit_together(model):
    result = model.score(frame(PRAISE, BLAME, LONG))
    numbers = result[["p_supportive", "p_critical", "p_neutral", "p_absent"]]
    np.testing.assert_allclose(numbers.sum(axis=1), 1, atol=3e-6)
    np.testing.assert_allclose(result["score"], result["p_supportive"] - result["p_critical"], atol=2e-6)
    assert numbers.to_numpy().min() >= 0
    best = numbers.rename(columns=lambda name: name.removeprefix("p_")).idxmax(axis=1)
    assert best.tolist() == result["stance"].tolist()
    assert result["score"].between(-1, 1).all()


def test_evidence_is_a_span_of_the_statement(model):
    result = model.score(frame(PRAISE, BLAME, LONG))
    for (_, row), text in zip(result.iterrows(), np.repeat([PRAISE, BLAME, LONG], 3), strict=True):
        if row["stance"] == "absent":
            assert row["evidence"] is None
        else:
            assert set(row["evidence"]) == {"start", "end", "text"}
            assert text[row["evidence"]["start"] : row["evidence"]["end"]] == row["evidence"]["text"]


def test_a_long_statement_takes_its_stance_and_evidence_from_the_passages_that_tell(model):
    result = model.score(frame(LONG)).set_index("target")
    assert result["stance"].to_dict() == {"ISR": "critical", "IRN": "supportive", "USA": "neutral"}
    assert "condemn" in result.loc["ISR", "evidence"]["text"]
    assert "thank" in result.loc["IRN", "evidence"]["text"]


def test_passages_stand_behind_the_statement(model):
    result = model.score(frame(LONG, id=["x"]), passages=True)
    assert list(result.columns) == [*TIDY[:4], "passage", "start", "end", *TIDY[4:]]
    spans = passages(LONG)
    assert len(result) == 3 * len(spans) > 6
    for target in model.targets:
        rows = result[result["target"] == target]
        assert rows["passage"].tolist() == list(range(1, len(spans) + 1))
        assert list(zip(rows["start"], rows["end"], strict=True)) == spans
        table = rows[[f"p_{label}" for label in model.classes]].to_numpy()
        whole = model.score(frame(LONG), targets=[target]).iloc[0]
        np.testing.assert_allclose(
            aggregate(table, model.classes),
            whole[[f"p_{label}" for label in model.classes]].astype(float),
            atol=1e-5,
        )
        for _, row in rows.iterrows():
            assert (
                row["evidence"] is None
                or row["start"] <= row["evidence"]["start"] < row["evidence"]["end"] <= row["end"]
            )


def test_a_short_statement_is_its_only_passage(model):
    whole, parts = model.score(frame(BLAME)), model.score(frame(BLAME), passages=True)
    pd.testing.assert_frame_equal(parts.drop(columns=["passage", "start", "end"]), whole)
    assert parts["passage"].tolist() == [1, 1, 1]
    assert set(zip(parts["start"], parts["end"], strict=True)) == {(0, len(BLAME))}


def test_wide_has_a_row_a_statement(model):
    data = frame(PRAISE, BLAME, id=["a", "b"])
    wide, tidy = model.score(data, shape="wide"), model.score(data)
    names = ["stance", "score", "p_supportive", "p_critical", "p_neutral", "p_absent", "evidence"]
    assert list(wide.columns) == ["id", "actor", "date", *(f"{t}_{n}" for t in model.targets for n in names)]
    for _, row in tidy.iterrows():
        cells = wide.set_index("id").loc[row["id"]]
        assert [cells[f"{row['target']}_{name}"] for name in names] == [row[name] for name in names]


def test_the_actor_has_no_stance_toward_itself(model):
    result = model.score(frame(PRAISE, BLAME, PRAISE, actor=["ISR", " isr ", "FJI"]))
    own = result[result["stance"] == "self"]
    assert own.index.tolist() == [0, 3]
    assert own["target"].tolist() == ["ISR", "ISR"]
    assert own[["score", "p_supportive", "p_critical", "p_neutral", "p_absent"]].isna().all(axis=None)
    assert own["evidence"].tolist() == [None, None]
    parts = model.score(frame(PRAISE, actor=["ISR"]), passages=True)
    assert parts["target"].tolist() == ["IRN", "USA"]
    wide = model.score(frame(PRAISE, actor=["ISR"]), shape="wide")
    assert wide.loc[0, "ISR_stance"] == "self" and np.isnan(wide.loc[0, "ISR_score"] or np.nan)


def test_who_speaks_changes_nothing_else(model):
    columns = [name for name in TIDY if name != "actor"]
    plain = model.score(frame(LONG))[columns]
    for actor in ("CUB", "GBR", "USA"):
        spoken = model.score(frame(LONG, actor=[actor]))[columns]
        rows = plain["target"] != actor
        pd.testing.assert_frame_equal(spoken[rows], plain[rows], check_dtype=False)


def test_the_index_is_the_id_where_there_is_none(model):
    assert model.score(frame(PRAISE).set_axis(["row-9"]), targets=["ISR"])["id"].tolist() == ["row-9"]
    data = frame(PRAISE, BLAME, PRAISE, id=["x", None, np.nan]).set_axis([7, 8, 9])
    assert model.score(data, targets=["ISR"])["id"].tolist() == ["x", "8", "9"]


@pytest.mark.parametrize("missing", [None, np.nan, pd.NA, pd.NaT])
def test_missing_values_are_missing(model, missing):
    names = ("actor", "date", "lang", "source", "exclude")
    result = model.score(frame(PRAISE, BLAME, **{name: [missing, missing] for name in names}))
    assert result["actor"].tolist() == [None] * 6
    assert result["date"].tolist() == [None] * 6
    pd.testing.assert_frame_equal(result, model.score(frame(PRAISE, BLAME)))


def test_dates_of_any_kind_are_read(model):
    text = "We condemn the crimes of President Bush."
    dates = ["2003-01-01", 2003, pd.Timestamp("2003-01-01"), np.int64(1950), "1950", None]
    result = model.score(frame(*[text] * 6, date=pd.Series(dates, dtype=object)), targets=["USA"])
    assert result["stance"].tolist() == ["critical"] * 3 + ["absent"] * 2 + ["critical"]


def test_the_frame_is_not_changed(model):
    data = frame(PRAISE, BLAME, actor=["ISR", None], exclude=[None, [[0, 2]]])
    before = data.copy(deep=True)
    model.score(data)
    pd.testing.assert_frame_equal(data, before)


def test_statements_do_not_touch_each_other(model):
    together = model.score(frame(PRAISE, LONG, BLAME, "", "rain"))
    alone = pd.concat(
        [model.score(frame(text)) for text in (PRAISE, LONG, BLAME, "", "rain")], ignore_index=True
    )
    columns = [name for name in TIDY if name != "id"]
    pd.testing.assert_frame_equal(together[columns], alone[columns])


def test_an_empty_frame_gives_an_empty_table(model):
    result = model.score(frame())
    assert list(result.columns) == TIDY
    assert len(result) == 0


def test_targets_may_be_chosen_and_are_scored_once(model):
    assert model.score(frame(LONG), targets=["USA"])["target"].tolist() == ["USA"]
    twice = model.score(frame(LONG), targets=["USA", "ISR", "USA"])
    assert twice["target"].tolist() == ["USA", "ISR"]
    pd.testing.assert_frame_equal(
        twice.iloc[[1]].reset_index(drop=True), model.score(frame(LONG), targets=["ISR"])
    )
    wide = model.score(frame(LONG), targets=["USA", "USA"], shape="wide")
    assert wide.columns.is_unique


REFUSED = {
    "no frame": ({"frame": [PRAISE]}, ValueError, r"expected a DataFrame with a column 'text', got list"),
    "no text": (
        {"frame": pd.DataFrame({"body": ["x"]})},
        ValueError,
        r"with a column 'text', got \['body'\]",
    ),
    "a number": (
        {"frame": pd.DataFrame({"text": [7]}, index=["q"])},
        ValueError,
        r"column 'text', row 'q': expected a string, got 7",
    ),
    "a missing text": (
        {"frame": frame(PRAISE, np.nan)},
        ValueError,
        r"column 'text', row 1: expected a string, got nan",
    ),
    "an unknown target": (
        {"frame": frame(PRAISE), "targets": ["CUB"]},
        TargetError,
        r"unknown target 'CUB'; known are ISR, IRN, USA; declare",
    ),
    "an unknown shape": (
        {"frame": frame(PRAISE), "shape": "long"},
        UsageError,
        r"shape 'long'; use tidy \(a row a statement and target\) or wide",
    ),
    "wide passages": (
        {"frame": frame(PRAISE), "shape": "wide", "passages": True},
        UsageError,
        r"passages have a row each and a target; leave out",
    ),
    "an exclusion beyond the text": (
        {"frame": frame("Hello", exclude=[[[0, 9]]])},
        ValueError,
        r"column 'exclude', row 0: span 1 is \[0, 9\], the text has 5",
    ),
    "an exclusion before the text": (
        {"frame": frame("Hello", exclude=[[[-2, 3]]])},
        ValueError,
        r"column 'exclude', row 0: span 1 is \[-2, 3\], no pair",
    ),
    "an exclusion that is a number": (
        {"frame": frame("Hello", exclude=[7])},
        ValueError,
        r"column 'exclude', row 0: span 1 is 7, no pair",
    ),
    "an exclusion that is no JSON": (
        {"frame": frame("Hello", exclude=["0-3"])},
        ValueError,
        r"column 'exclude', row 0: no valid JSON; write a list",
    ),
}


@pytest.mark.parametrize("case", REFUSED)
def test_what_cannot_be_scored_is_refused(case, model):
    arguments, error, message = REFUSED[case]
    with pytest.raises(error, match=message):
        model.score(**arguments)


@pytest.mark.parametrize(
    "exclude",
    [
        [[0, 10], [30, 35]],
        ((0, 10), (30, 35)),
        "[[0, 10], [30, 35]]",
        np.array([[0, 10], [30, 35]]),
        np.array([np.array([0, 10]), np.array([30, 35])]),
        [np.array([0, 10]), (30, 35)],
    ],
    ids=repr,
)
def test_exclusions_may_have_any_form_of_a_list(exclude, model):
    data = frame(LONG, exclude=pd.Series([exclude], dtype=object))
    pd.testing.assert_frame_equal(model.score(data), model.score(frame(LONG, exclude=[[[0, 10], [30, 35]]])))


def test_excluded_words_are_not_scored_and_offsets_lead_back(model):
    gloss = " (whose army the paper said had condemned nobody)"
    text = f"We thank Iran{gloss} and condemn the illegal raids of Israel."
    start = text.index(gloss)
    result = model.score(frame(text, exclude=[[[start, start + len(gloss)]]])).set_index("target")
    without = model.score(frame(text.replace(gloss, " "))).set_index("target")
    assert result["stance"].tolist() == without["stance"].tolist()
    np.testing.assert_allclose(result["score"], without["score"], atol=1e-6)
    span = result.loc["ISR", "evidence"]
    assert text[span["start"] : span["end"]] == span["text"]
    assert span["end"] > start + len(gloss)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(
        st.sampled_from(["Israel", "condemn", "we", "thank", ". ", "Iran", "\n\n", "raids"]), max_size=40
    ),
    st.lists(st.tuples(st.integers(0, 200), st.integers(1, 60)), max_size=4),
)
def test_any_exclusion_gives_evidence_that_slices_back_and_touches_kept_words(model, parts, cuts):
    text = " ".join(parts)
    spans = [[a, min(a + n, len(text))] for a, n in cuts if a < len(text)]
    result = model.score(frame(text, exclude=[spans]), passages=True)
    for _, row in result.iterrows():
        assert 0 <= row["start"] <= row["end"] <= len(text)
        found = row["evidence"]
        if found is not None:
            assert text[found["start"] : found["end"]] == found["text"]
            cut = set().union(*(range(a, b) for a, b in spans))
            assert found["start"] not in cut and found["end"] - 1 not in cut


def test_all_excluded_is_absent(model):
    result = model.score(frame(BLAME, exclude=[[[0, len(BLAME)]]]))
    assert result["stance"].tolist() == ["absent"] * 3


@given(st.text())
def test_any_text_is_scored(model, text):
    result = model.score(frame(text))
    assert len(result) == 3
    assert result["p_absent"].notna().all()


def test_statements_come_one_by_one_and_few_are_held(model):
    taken = []

    def endless():
        number = 0
        while True:
            taken.append(number)
            yield Statement(str(number), PRAISE)
            number += 1

    results = model.score_statements(endless(), ["ISR"])
    first = [next(results).statement.id for _ in range(3)]
    assert first == ["0", "1", "2"]
    assert len(taken) <= 256


def test_labels_of_other_names_have_columns_of_their_own():
    data = pd.DataFrame({"text": ["We thank Utopia.", "We condemn Utopia."] * 6, "target": "Utopia"})
    made = stance.StanceClassifier(calibration_folds=2).fit(data, ["warm", "cold"] * 6)
    result = StanceModel(made).score(frame("We thank Utopia.", "We condemn Utopia."))
    assert list(result.columns) == [
        "id",
        "actor",
        "date",
        "target",
        "stance",
        "score",
        "p_cold",
        "p_warm",
        "evidence",
    ]
    assert result["stance"].tolist() == ["warm", "cold"]
    assert result["score"].tolist() == [None, None]


def test_labels_that_are_numbers_have_columns_too():
    data = pd.DataFrame({"text": ["We thank Utopia.", "We condemn Utopia."] * 6, "target": "Utopia"})
    made = stance.StanceClassifier(calibration_folds=2).fit(data, [1, -1] * 6)
    result = StanceModel(made).score(frame("We thank Utopia."))
    assert {"p_1", "p_-1"} < set(result.columns)
    assert result["stance"].tolist() == ["1"]


def test_evidence_is_json(model):
    for found in model.score(frame(LONG))["evidence"]:
        assert json.loads(json.dumps(found)) == found


def test_the_package_offers_load_and_the_classes():
    assert stance.load is load
    assert stance.StanceModel is StanceModel
    assert set(stance.__all__) <= {*dir(stance), "StanceClassifier", "StanceModel", "load", "extract"}
    with pytest.raises(AttributeError, match="module 'stance' has no attribute 'lode'"):
        _ = stance.lode


def test_a_bundle_that_is_not_there_is_refused(tmp_path):
    with pytest.raises(
        BundleError, match=r"nowhere: no bundle there; a bundle is a folder with a manifest.json"
    ):
        load(tmp_path / "nowhere")


def test_the_shipped_model_is_found_and_sound(default_model):
    assert (default_bundle() / "manifest.json").is_file()
    assert default_model.targets == ["ISR", "IRN", "USA"]
    assert default_model.classes == ["absent", "critical", "neutral", "supportive"]
    assert default_model.manifest["n_documents"] > 1000


@pytest.mark.parametrize(
    ("text", "want"),
    [
        (
            "We strongly condemn the brutal Israeli aggression against the people of Gaza.",
            {"ISR": "critical"},
        ),
        (
            "Our solidarity with the people of Iran is unshakeable; we thank Tehran for its help.",
            {"IRN": "supportive"},
        ),
        (
            "The illegal embargo that the United States imposes on Cuba must be lifted at once.",
            {"USA": "critical"},
        ),
        ("Latin American integration is our goal.", {"USA": "absent"}),
        (
            "We condemn Iran's attack on Israel and stand with the Israeli people.",
            {"IRN": "critical", "ISR": "supportive"},
        ),
    ],
)
def test_the_shipped_model_reads_plain_sentences(default_model, text, want):
    result = default_model.score(frame(text)).set_index("target")["stance"]
    assert {target: result[target] for target in want} == want
