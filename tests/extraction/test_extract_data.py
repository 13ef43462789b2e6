"""The data files: they load, their words stand once, and a broken one is named."""

import json
import tomllib
from importlib.resources import files

import pytest

from stance.errors import DataError
from stance.extraction import lexicon as lexicon_module
from stance.extraction.lexicon import LANGUAGES, english_forms, load_lexicon, spanish_forms
from stance.extraction.weighing import load_weights

DATA = files("stance.extraction").joinpath("data")


def load(name: str) -> dict:
    return tomllib.loads(DATA.joinpath(name).read_text(encoding="utf-8"))


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_cue_stands_in_one_list(lang):
    verbs = load(f"cues_{lang}.toml")["verbs"]
    seen: dict[str, str] = {}
    twice = []
    for group, entry in verbs.items():
        assert set(entry) == {"class", "frame", "lemmas"}, group
        for lemma in entry["lemmas"]:
            if lemma in seen:
                twice.append((lemma, seen[lemma], group))
            seen[lemma] = group
    assert twice == []


@pytest.mark.parametrize("lang", LANGUAGES)
def test_words_are_lower_case_and_lists_are_known(lang):
    words = load(f"words_{lang}.toml")
    for name, entries in words.items():
        assert all(word == word.lower() for word in entries), name
    assert len(words["weekdays"]) == 7
    assert len(words["months"]) >= 12


@pytest.mark.parametrize("lang", LANGUAGES)
def test_irregular_verbs_are_listed_verbs(lang):
    data = load(f"cues_{lang}.toml")
    lemmas = {lemma for entry in data["verbs"].values() for lemma in entry["lemmas"]}
    assert set(data["irregular"]) - lemmas == set()


def test_every_file_opens_with_how_to_edit_it():
    for name in (
        "cues_en.toml",
        "cues_es.toml",
        "words_en.toml",
        "words_es.toml",
        "layout.toml",
        "roles.toml",
    ):
        head = DATA.joinpath(name).read_text(encoding="utf-8")[:400]
        assert "How to edit" in head, name


@pytest.mark.parametrize(
    ("lemma", "forms"),
    [
        ("add", ["add", "adds", "added", "adding"]),
        ("argue", ["argue", "argues", "argued", "arguing"]),
        ("deny", ["deny", "denies", "denied", "denying"]),
        ("stress", ["stress", "stresses", "stressed", "stressing"]),
        ("tag", ["tag", "tags", "tagged", "tagging"]),
    ],
)
def test_english_forms(lemma, forms):
    assert [form for form, _ in english_forms(lemma)] == forms


def test_spanish_forms():
    assert {"afirma", "afirmó", "afirmaron", "afirmaba", "afirmado", "afirmando", "afirmar"} <= {
        f for f, _ in spanish_forms("afirmar")
    }
    assert {"insiste", "insistió", "insistiendo"} <= {form for form, _ in spanish_forms("insistir")}


def test_irregular_forms_replace_the_regular():
    cues = load_lexicon("en").cues
    assert cues["said"].lemma == "say"
    assert "sayed" not in cues
    assert cues["read"].form == "past"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("[verbs", "cues_xx.toml: not valid TOML"),
        (
            '[verbs.say]\nclass = "talk"\nframe = "that"\nlemmas = []',
            r"cues_xx.toml: \[verbs.say\] class = 'talk'; use one of attitude",
        ),
        (
            '[verbs.say]\nclass = "speech"\nframe = "x"\nlemmas = []',
            r"cues_xx.toml: \[verbs.say\] frame = 'x'; use one of",
        ),
    ],
)
def test_a_broken_file_is_named(tmp_path, monkeypatch, text, message):
    folder = tmp_path / "data"
    folder.mkdir()
    (folder / "cues_xx.toml").write_text(text, encoding="utf-8")
    (folder / "words_xx.toml").write_text("", encoding="utf-8")
    monkeypatch.setattr(lexicon_module, "files", lambda package: tmp_path)
    with pytest.raises(DataError, match=message):
        load_lexicon.__wrapped__("xx")


def test_weights_are_numbers_for_words_and_classes():
    weights = load_weights("en")
    assert weights is not None
    assert load_weights("es") is None
    assert len(weights.candidates) > 10_000
    assert all(isinstance(value, float | int) for value in weights.candidates.values())
    # No stretch of a text: a feature holds at most a handful of words.
    assert max(len(name.split()) for name in weights.candidates) <= 3


def test_damaged_weights_are_named(tmp_path, monkeypatch):
    from stance.extraction import weighing

    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "weights_xx.json").write_text(json.dumps({"weights": {}}), encoding="utf-8")
    monkeypatch.setattr(weighing, "files", lambda package: tmp_path)
    with pytest.raises(DataError, match=r"weights_xx\.json: damaged"):
        load_weights.__wrapped__("xx")
