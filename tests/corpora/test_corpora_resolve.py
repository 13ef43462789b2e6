"""Corpora indexed once, and labels resolved against them by offset and hash."""

import hashlib
import json
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from stance.corpora import Corpora, CorpusStore, cache_folder
from stance.corpora.store import INDEX, TEXTS
from stance.errors import DataError, UsageError

SPEECH = "Fellow delegates, the tide — ever higher — is at our door. We thank Ruritania. 谢谢。"
ROWS = [
    {"corpus": "kitchen", "doc": "soup", "text": "Boil the water."},
    {"corpus": "kitchen", "doc": "soup", "text": "Add the salt."},
    {"corpus": "kitchen", "doc": "cake", "text": "Boil the water."},
]


def sha(text):
    return hashlib.sha256(text.encode()).hexdigest()


@pytest.fixture
def speeches(tmp_path):
    folder = tmp_path / "speeches"
    folder.mkdir()
    (folder / "FJI_70_2015.txt").write_text(SPEECH, encoding="utf-8")
    (folder / "KEN_70_2015.txt").write_text("Another speech.", encoding="utf-8")
    return folder


@pytest.fixture
def paragraphs(tmp_path):
    path = tmp_path / "paragraphs.jsonl"
    path.write_text("".join(json.dumps(row) + "\n" for row in ROWS))
    return path


@pytest.fixture
def corpora(cache, speeches, paragraphs):
    with Corpora() as opened:
        assert opened.add("ungdc", speeches) == 2
        assert opened.add("crossgenre", paragraphs) == 3
        yield opened


def test_the_index_lies_in_the_users_cache_folder(cache, corpora):
    assert cache_folder() == cache / "stance" / "corpora"
    assert sorted(path.name for path in cache_folder().iterdir()) == ["crossgenre", "ungdc"]
    assert sorted(path.name for path in (cache_folder() / "ungdc").iterdir()) == [INDEX, TEXTS]


def test_a_corpus_is_found_again_by_the_next_program(corpora):
    with Corpora() as again:
        assert again.installed() == {"ungdc": 2, "crossgenre": 3}
        assert again.resolve("ungdc/KEN_70_2015", sha("speech"), 8, 14).text == "speech"


def test_nothing_is_installed_in_an_empty_cache(cache):
    with Corpora() as empty:
        assert empty.installed() == {}
    assert not cache.exists()


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.integers(0, len(SPEECH)), st.integers(0, len(SPEECH)))
def test_offsets_count_code_points_of_the_flat_text(corpora, start, end):
    want = SPEECH[start:end]
    assert corpora.resolve("ungdc/FJI_70_2015", sha(want), start, end).text == want


def test_a_wrong_hash_gives_no_text(corpora):
    resolution = corpora.resolve("ungdc/FJI_70_2015", sha("something else"), 0, 6)
    assert resolution.text is None
    assert resolution.reason == "ungdc/FJI_70_2015 [0:6] has another sha256; another edition of the corpus?"


def test_a_document_that_is_not_there_is_named(corpora):
    resolution = corpora.resolve("ungdc/PER_70_2015", sha("x"), 0, 1)
    assert resolution.text is None
    assert resolution.reason == (
        "ungdc as indexed holds no document ungdc/PER_70_2015; another edition of the corpus?"
    )


def test_without_offsets_a_paragraph_is_found_by_its_hash(corpora):
    assert corpora.resolve("kitchen/soup", sha("Add the salt.")).text == "Add the salt."
    missing = corpora.resolve("kitchen/cake", sha("Add the salt."))
    assert missing.text is None
    assert missing.reason == (
        "crossgenre holds no paragraph of kitchen/cake with this sha256; another edition of the corpus?"
    )


def test_a_corpus_that_is_not_indexed_says_how_to_get_it(cache):
    with Corpora() as empty:
        reason = empty.resolve("ungdc/FJI_70_2015", sha("x"), 0, 1).reason
        other = empty.resolve("kitchen/soup", sha("x")).reason
    assert reason is not None and other is not None
    assert reason.startswith(
        "the corpus ungdc is not indexed; get UN General Debate Corpus, Harvard Dataverse"
    )
    assert reason.endswith("and run `stance corpus add ungdc PATH`")
    assert "run `stance corpus add crossgenre PATH`" in other


def test_adding_twice_replaces_the_first(corpora, speeches):
    assert corpora.resolve("ungdc/KEN_70_2015", sha("Another"), 0, 7).text == "Another"
    (speeches / "KEN_70_2015.txt").write_text("A new edition.")
    (speeches / "FJI_70_2015.txt").unlink()
    assert corpora.add("ungdc", speeches) == 1
    assert corpora.installed()["ungdc"] == 1
    assert corpora.resolve("ungdc/KEN_70_2015", sha("A new"), 0, 5).text == "A new"
    assert "has another sha256" in (corpora.resolve("ungdc/KEN_70_2015", sha("Another"), 0, 7).reason or "")
    assert "no document" in (corpora.resolve("ungdc/FJI_70_2015", sha("F"), 0, 1).reason or "")


def test_the_same_corpus_gives_the_same_bytes(corpora, speeches):
    folder = cache_folder() / "ungdc"
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    corpora.add("ungdc", speeches)
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before


def test_an_old_index_stays_when_the_new_corpus_is_damaged(corpora, tmp_path):
    empty = tmp_path / "empty"
    empty.mkdir()
    with pytest.raises(
        DataError, match=r"no document found; is this the layout that the authors .* publish\?"
    ):
        corpora.add("ungdc", empty)
    assert corpora.installed()["ungdc"] == 2
    assert sorted(path.name for path in cache_folder().iterdir()) == ["crossgenre", "ungdc"]


def test_an_unknown_corpus_is_refused(cache, speeches):
    with (
        Corpora() as opened,
        pytest.raises(UsageError, match="unknown corpus 'books'; known are ungdc, crossgenre"),
    ):
        opened.add("books", speeches)


def test_a_path_that_does_not_exist_says_what_the_corpus_is(cache, tmp_path):
    message = r"nowhere: no such file or folder; ungdc is: UN General Debate Corpus, .*doi:10.7910/DVN/0TJX8Y"
    with Corpora() as opened, pytest.raises(UsageError, match=message):
        opened.add("ungdc", tmp_path / "nowhere")


def test_a_cache_that_cannot_be_made_is_named(tmp_path, monkeypatch, speeches):
    (tmp_path / "file").write_text("in the way")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "file"))
    message = r"the cache folder cannot be made \(Not a directory\); .* or choose another with XDG_CACHE_HOME"
    with Corpora() as opened, pytest.raises(DataError, match=message):
        opened.add("ungdc", speeches)


def store_with(folder: Path, name: str, change):
    path = folder / name
    path.write_bytes(change(path.read_bytes()))
    return Corpora()


@pytest.mark.parametrize(
    "change",
    [
        lambda data: b"ungdc/FJI_70_2015,0\n",
        lambda data: data.replace(b",0,", b",zero,"),
        lambda data: b"\xff" + data,
        lambda data: b'"' + b"x" * 200_000,
    ],
)
def test_a_damaged_index_is_named(change, corpora):
    folder = cache_folder() / "ungdc"
    with (
        store_with(folder, INDEX, change) as opened,
        pytest.raises(DataError, match=r"ungdc: the index is damaged \(.+\); run `stance corpus add` again"),
    ):
        opened.installed()


def test_missing_texts_are_named(corpora):
    (cache_folder() / "ungdc" / TEXTS).unlink()
    with Corpora() as opened, pytest.raises(DataError, match="the index is damaged"):
        opened.resolve("ungdc/FJI_70_2015", sha("x"), 0, 1)


@pytest.mark.parametrize("byte", [b"\x00", b"\xff", b"x"])
def test_changed_texts_are_never_given_out(byte, corpora):
    folder = cache_folder()
    with store_with(folder / "ungdc", TEXTS, lambda data: byte + data[1:]) as opened:
        assert opened.resolve("ungdc/FJI_70_2015", sha(SPEECH), 0, len(SPEECH)).text is None
        assert opened.resolve("ungdc/FJI_70_2015", sha("delegates"), 7, 16).text == "delegates"
    with store_with(folder / "crossgenre", TEXTS, lambda data: byte + data[1:]) as opened:
        resolution = opened.resolve("kitchen/soup", sha("Boil the water."))
        assert resolution.text is None
        assert "kitchen/soup#0 has another sha256" in (resolution.reason or "")


def test_a_store_gives_texts_by_name(tmp_path):
    assert CorpusStore.write(tmp_path / "store", [("a/1", "één"), ("a/2", ""), ("a/3", "drie\n")]) == 3
    with CorpusStore(tmp_path / "store") as store:
        assert len(store) == 3
        assert "a/2" in store and "a/4" not in store
        assert [store.text(doc) for doc in ("a/3", "a/1", "a/2")] == ["drie\n", "één", ""]
        with pytest.raises(KeyError):
            store.text("a/4")


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=30)
@given(
    st.dictionaries(st.text("abc,\"'\n#/ é", min_size=1), st.text(st.characters(codec="utf-8")), min_size=1)
)
def test_any_names_and_texts_round_trip(tmp_path, documents):
    CorpusStore.write(tmp_path / "store", documents.items())
    with CorpusStore(tmp_path / "store") as store:
        assert {doc: store.text(doc) for doc in documents} == documents
