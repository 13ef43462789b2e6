"""Views, the stance lexicon, and the rows that they become."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from stance.errors import DataError
from stance.features import DEFAULT_WEIGHTS, VIEWS, Lexicon, ViewVectorizer, mask
from stance.features.lexicon import NEGATION
from stance.features.views import NEAR, WINDOW, ngrams, stem
from stance.targets import TargetRegistry

REGISTRY = TargetRegistry.for_names(["Utopia", "Oz"])
LEXICON = Lexicon.default()
TEXT = "We met in May. We do not condemn Utopia or Oz. They left early."


def passage(text, target="Utopia"):
    found = REGISTRY.find(text)
    return mask(text, [m for m in found if m.target == target], [m for m in found if m.target != target])


def view(name, text=TEXT):
    return [feature.removeprefix(f"{name}:") for feature, _, _ in VIEWS[name](passage(text), LEXICON)]


def test_the_whole_passage_in_runs_of_three():
    found = view("passage", "We met Utopia twice")
    assert found == [
        "we", "met", "TARGET", "twice", "we met", "met TARGET", "TARGET twice", "we met TARGET", "met TARGET twice",
    ]  # fmt: skip


def test_the_sentences_that_name_the_target_and_the_rest_part_the_words():
    assert [f for f in view("sentence") if " " not in f] == [
        "we",
        "do",
        "not",
        "condemn",
        "TARGET",
        "or",
        "OTHER",
    ]
    assert [f for f in view("rest") if " " not in f] == ["we", "met", "in", "may", "they", "left", "early"]
    assert "may we" not in view("rest") and "early" in view("rest")


def test_the_window_reaches_a_few_words_to_each_side():
    words = [f"w{n}" for n in range(20)]
    text = " ".join([*words[:10], "Utopia", *words[10:]])
    assert [f for f in view("window", text) if " " not in f] == [
        *words[10 - WINDOW : 10],
        "TARGET",
        *words[10 : 10 + WINDOW],
    ]
    assert max(len(f.split()) for f in view("window", text)) == 4


def test_sides_and_near_distances_stay_in_the_sentence():
    found = view("side")
    assert {"< condemn", "-1 condemn", "-2 not", "> OTHER", "+2 OTHER"} < set(found)
    assert not any("they" in f or "may" in f for f in found)
    assert all(abs(int(f.split()[0])) <= NEAR for f in found if f[0] in "+-")


def test_characters_stay_inside_words_and_away_from_marks():
    found = view("characters", "We met Utopia")
    assert " w" in found and "met " in found
    assert not any("TARGET" in f or "e m" in f for f in found)
    assert {len(f) for f in found} == {2, 3, 4, 5}


def test_concepts_know_side_distance_and_negation():
    found = view("concepts")
    assert {"!CONDEMN", "near !CONDEMN", "< !CONDEMN", "<0 !CONDEMN", "NOT"} <= set(found)
    assert "CONDEMN" not in found
    assert "rest NOTE" in view("concepts", "We noted it. Utopia came.")


def test_order_keeps_concepts_and_marks_only():
    assert "NOT CONDEMN TARGET OTHER" in view("order")
    assert "CONDEMN TARGET" in view("order")


def test_mention_counts():
    assert {"mentions 1", "others 1", "sentences 3", "naming 1", "name utopia"} == set(view("mention"))


@pytest.mark.parametrize(
    ("word", "want"),
    [("condemnation", "condemn"), ("attacks", "attack"), ("this", "this"), ("TARGET", "TARGET")],
)
def test_stems(word, want):
    assert stem(word) == want


@given(st.lists(st.text("abc", min_size=1, max_size=3), max_size=12), st.integers(1, 3), st.integers(0, 3))
def test_runs_of_words_are_all_there_once(words, shortest, more):
    longest = shortest + more
    found = ngrams("v", words, range(len(words)), shortest, longest)
    want = [
        (f"v:{' '.join(words[a : a + n])}", a, a + n - 1)
        for n in range(shortest, longest + 1)
        for a in range(len(words) - n + 1)
    ]
    assert sorted(found) == sorted(want)


texts = st.lists(
    st.sampled_from(
        ["Utopia", "Oz", "we", "condemn", "not", ".", "\n\n", "thank", "don't", "éa", "我", "Oz's"]
    ),
    max_size=30,
).map(" ".join)


@given(st.one_of(st.text(), texts), st.sampled_from(sorted(VIEWS)))
def test_every_feature_says_its_view_and_the_words_it_came_from(text, name):
    seen = passage(text)
    for feature, first, last in VIEWS[name](seen, LEXICON):
        assert feature.startswith(f"{name}:")
        assert "\n" not in feature
        assert (first, last) == (0, -1) or 0 <= first <= last < len(seen.words)


def test_every_view_has_a_weight():
    assert DEFAULT_WEIGHTS.keys() == VIEWS.keys()
    assert min(DEFAULT_WEIGHTS.values()) > 0


def test_the_longest_entry_of_the_lexicon_decides():
    lexicon = Lexicon({"A": {"en": ["con*"]}, "B": {"en": ["condemn*", "cons"]}, NEGATION: {"en": ["not"]}})
    found = {
        word: lexicon.concept(word)
        for word in ("condemned", "contra", "cons", "consul", "not", "nothing", "")
    }
    assert found == {
        "condemned": "B",
        "contra": "A",
        "cons": "B",
        "consul": "A",
        "not": NEGATION,
        "nothing": None,
        "": None,
    }


def test_a_word_in_two_concepts_is_refused():
    message = r"stance lexicon: 'lie\*' \(en\) stands in A and in B; keep it in one of them"
    with pytest.raises(DataError, match=message):
        Lexicon({"A": {"en": ["lie*"]}, "B": {"en": ["lie*"]}})


def test_the_shipped_lexicon_is_folded_and_knows_the_words_of_diplomacy():
    assert {LEXICON.concept(w) for w in ("condemned", "deplore", "denounces")} == {"CONDEMN"}
    assert {LEXICON.concept(w) for w in ("welcomes", "commend")} == {"WELCOME"}
    assert LEXICON.concept("never") == NEGATION
    from stance.text import fold

    for languages in LEXICON.concepts.values():
        for entries in languages.values():
            assert entries == [fold(word) for word in entries]
            assert len(set(entries)) == len(entries)


def rows(*texts, **options):
    vectorizer = ViewVectorizer({"passage": 1.0, "window": 0.5}, LEXICON, **options)
    table = vectorizer.count(passage(text) for text in texts)
    return vectorizer.fit(table), table


def test_features_in_enough_rows_are_kept_in_order_of_view_and_name():
    vectorizer, _ = rows("We met Utopia", "We met Oz", "We saw Utopia")
    assert vectorizer.features == sorted(f for f in vectorizer.features if f.startswith("passage")) + sorted(
        f for f in vectorizer.features if f.startswith("window")
    )
    assert "passage:met" in vectorizer.features and "passage:saw" not in vectorizer.features
    assert "passage:saw" in rows("We met Utopia", "We saw Utopia", min_df=1)[0].features


def test_idf_is_that_of_scikit_learn_with_smoothing():
    vectorizer, _ = rows("We met Utopia", "We met Oz", "We saw Utopia")
    idf = dict(zip(vectorizer.features, vectorizer.idf, strict=True))
    assert idf["passage:met"] == pytest.approx(np.log(4 / 3) + 1, abs=1e-6)
    assert idf["passage:we"] == pytest.approx(1)


def test_a_row_by_hand():
    vectorizer, _ = rows("Oz Oz", "Oz Oz", "met Oz", "met Oz")
    row = vectorizer.transform([passage("met Oz Oz Oz")]).toarray()[0]
    got = dict(zip(vectorizer.features, row, strict=True))
    idf = dict(zip(vectorizer.features, vectorizer.idf, strict=True))
    raw = {
        "passage:OTHER": (1 + np.log(3)) * idf["passage:OTHER"],
        "passage:OTHER OTHER": (1 + np.log(2)) * idf["passage:OTHER OTHER"],
        "passage:met": idf["passage:met"],
        "passage:met OTHER": idf["passage:met OTHER"],
    }
    length = np.sqrt(sum(value**2 for value in raw.values())) * np.sqrt(1 + 0.5**2)
    assert got == pytest.approx({name: raw.get(name, 0) / length for name in vectorizer.features})


@given(st.lists(texts, min_size=1, max_size=5))
def test_each_view_of_a_row_has_the_length_of_its_weight(many):
    vectorizer, _ = rows("we condemn Utopia", "we thank Utopia", "we condemn Utopia", "Oz . thank Utopia")
    matrix = vectorizer.transform(passage(text) for text in many).toarray()
    full = np.sqrt(1 + 0.5**2)
    for name, weight in vectorizer.weights.items():
        of_view = [at for at, f in enumerate(vectorizer.features) if f.startswith(f"{name}:")]
        lengths = np.linalg.norm(matrix[:, of_view], axis=1)
        assert all(length == pytest.approx(weight / full) or length == 0 for length in lengths)


@given(st.lists(texts, min_size=1, max_size=6))
def test_counting_first_and_transforming_at_once_give_the_same_rows(many):
    vectorizer, _ = rows("we condemn Utopia", "we thank Utopia", "we condemn Oz", "not Oz . thank Utopia")
    seen = [passage(text) for text in many]
    at_once = vectorizer.transform(seen)
    np.testing.assert_allclose(
        vectorizer.transform_counts(vectorizer.count(seen)).toarray(), at_once.toarray(), atol=1e-12
    )
    one_by_one = np.vstack([vectorizer.transform([one]).toarray() for one in seen])
    np.testing.assert_array_equal(at_once.toarray(), one_by_one)


def test_keeping_columns_keeps_their_idf_and_the_length_of_rows():
    vectorizer, table = rows("we condemn Utopia", "we thank Utopia", "we condemn Utopia", "we thank Utopia")
    columns = np.array([at for at, f in enumerate(vectorizer.features) if "we" not in f])
    kept = vectorizer.keep(columns)
    assert kept.features == [vectorizer.features[at] for at in columns]
    np.testing.assert_array_equal(kept.idf, vectorizer.idf[columns])
    np.testing.assert_allclose(np.linalg.norm(kept.transform_counts(table).toarray(), axis=1), 1)


def test_rows_of_a_count_table_can_be_taken():
    vectorizer, table = rows("we condemn Utopia", "we thank Utopia", "we condemn Oz")
    some = table.take(np.array([2, 0]))
    np.testing.assert_array_equal(
        vectorizer.transform_counts(some).toarray(), vectorizer.transform_counts(table).toarray()[[2, 0]]
    )
    assert some.names is table.names


@pytest.mark.parametrize(
    ("weights", "message"),
    [
        ({"sight": 1.0}, "unknown view 'sight'; known are passage"),
        ({"passage": 0.0}, "no view has a weight above 0"),
    ],
)
def test_views_that_do_not_exist_are_refused(weights, message):
    with pytest.raises(ValueError, match=message):
        ViewVectorizer(weights, LEXICON)
