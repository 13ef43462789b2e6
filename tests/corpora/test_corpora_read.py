"""Reading corpora as they are published, and the flat text that offsets count in."""

import io
import json
import lzma
import re
import tarfile
import zipfile

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from stance.corpora.flat import flatten
from stance.corpora.readers import READERS, SOURCES, read_crossgenre, read_ungdc
from stance.errors import DataError, UsageError

SPEECHES = {
    "TXT/Session 70 - 2015/FJI_70_2015.txt": (
        "\ufeffMr. President,\r\nthe tide is rising on our gov-\r\nernment's doorstep.\n".encode()
    ),
    "TXT/Session 70 - 2015/KEN_70_2015.txt": "We thank the As\u00adsembly.  It\thas listened.".encode(),
    "TXT/Session 9 - 1954/PER_09_1954.txt": b"Caf\xe9 talk.",
}
TEXTS = {
    "ungdc/FJI_70_2015": "Mr. President, the tide is rising on our gov-ernment's doorstep.",
    "ungdc/KEN_70_2015": "We thank the Assembly. It has listened.",
    "ungdc/PER_09_1954": "Caf\ufffd talk.",
}  # fmt: skip
BESIDE = {
    "TXT/readme.txt": b"not a speech",
    "TXT/Session 70 - 2015/._FJI_70_2015.txt": b"what a file manager left",
    "TXT/Session 70 - 2015/FJI_70_2015.txt.bak": b"an old copy",
    "TXT/Session 70 - 2015/fji_70_2015.txt": b"a name in small letters",
    "TXT/XFJI_70_20155.txt": b"five digits",
}


def write_folder(path, files):
    for name, content in files.items():
        (path / name).parent.mkdir(parents=True, exist_ok=True)
        (path / name).write_bytes(content)


def write_tar(path, files, mode="w"):
    with tarfile.open(path, mode) as archive:
        for name, content in files.items():
            entry = tarfile.TarInfo(name)
            entry.size = len(content)
            archive.addfile(entry, io.BytesIO(content))


def write_zip(path, files, **options):
    with zipfile.ZipFile(path, "w", **options) as archive:
        for name, content in files.items():
            archive.writestr(name, content)


LAYOUTS = {
    "folder": write_folder,
    "tar": write_tar,
    "tar.gz": lambda path, files: write_tar(path, files, "w:gz"),
    "tar.bz2": lambda path, files: write_tar(path, files, "w:bz2"),
    "tar.xz": lambda path, files: write_tar(path, files, "w:xz"),
    "zip": write_zip,
    "deflated zip": lambda path, files: write_zip(path, files, compression=zipfile.ZIP_DEFLATED),
}


@pytest.mark.parametrize("layout", LAYOUTS)
def test_every_layout_gives_the_same_documents(layout, tmp_path):
    path = tmp_path / "corpus"
    LAYOUTS[layout](path, SPEECHES | BESIDE)
    assert dict(read_ungdc(path)) == TEXTS


def test_speeches_may_lie_at_any_depth(tmp_path):
    write_folder(tmp_path, {"a/b/c/FJI_01_1946.txt": b"deep", "KEN_02_1947.txt": b"shallow"})
    assert dict(read_ungdc(tmp_path)) == {"ungdc/FJI_01_1946": "deep", "ungdc/KEN_02_1947": "shallow"}


def test_links_in_an_archive_are_passed_over(tmp_path):
    path = tmp_path / "corpus.tar"
    with tarfile.open(path, "w") as archive:
        entry = tarfile.TarInfo("FJI_01_1946.txt")
        entry.type, entry.linkname = tarfile.SYMTYPE, "/etc/passwd"
        archive.addfile(entry)
    assert list(read_ungdc(path)) == []


DAMAGES = {
    "tar.gz": lambda data: data[: len(data) // 2],
    "tar.xz": lambda data: data[: len(data) // 2],
    "deflated zip": lambda data: data[:60] + bytes(40) + data[100:],
    "zip": lambda data: data.replace(b"rising", b"rusing"),
}


@pytest.mark.parametrize("layout", DAMAGES)
def test_a_damaged_archive_is_named(layout, tmp_path):
    path = tmp_path / "corpus"
    LAYOUTS[layout](path, {name: content * 200 for name, content in SPEECHES.items()})
    path.write_bytes(DAMAGES[layout](path.read_bytes()))
    with pytest.raises(DataError, match=r"corpus: the archive is damaged \(.+\); download it again$"):
        list(read_ungdc(path))


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(layout=st.sampled_from(["tar", "tar.gz", "tar.xz", "tar.bz2", "deflated zip"]), data=st.data())
def test_any_damage_gives_documents_or_a_named_error(tmp_path, layout, data):
    path = tmp_path / "corpus"
    LAYOUTS[layout](path, SPEECHES)
    content = bytearray(path.read_bytes())
    for _ in range(data.draw(st.integers(1, 3))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
    path.write_bytes(
        content[: data.draw(st.integers(0, len(content)))] if data.draw(st.booleans()) else content
    )
    try:
        for doc, text in read_ungdc(path):
            assert re.fullmatch(r"ungdc/[A-Z]{2,4}_\d{1,3}_\d{4}", doc)
            assert text == flatten(text.encode())
    except (DataError, UsageError) as error:
        assert str(path) in str(error)


def test_a_locked_zip_is_no_traceback(tmp_path):
    path = tmp_path / "corpus.zip"
    write_zip(path, SPEECHES)
    content = bytearray(path.read_bytes())
    for signature, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = content.find(signature)
        while at >= 0:
            content[at + place] |= 1
            at = content.find(signature, at + 4)
    path.write_bytes(content)
    with pytest.raises(DataError, match=r"damaged \(.*password required"):
        list(read_ungdc(path))


def test_what_is_neither_folder_nor_archive_is_refused(tmp_path):
    path = tmp_path / "notes.txt"
    path.write_text("nothing here")
    with pytest.raises(
        UsageError,
        match=r"notes.txt: neither a folder nor a tar or zip archive; if it should be one, download it again$",
    ):
        list(read_ungdc(path))


def test_a_path_that_does_not_exist_is_refused(tmp_path):
    with pytest.raises(UsageError, match=r"nowhere: no such file or folder$"):
        list(read_ungdc(tmp_path / "nowhere"))


PARAGRAPHS = [
    {"corpus": "kitchen", "doc": "soup", "text": "Boil the water.", "lang": "en"},
    {"corpus": "kitchen", "doc": "bread", "text": "Bake  it \u2028 well."},
    {"corpus": "kitchen", "doc": "soup", "text": "Add the salt."},
]


def crossgenre_bytes(rows):
    return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows).encode()


@pytest.mark.parametrize("suffix", [".jsonl", ".jsonl.xz"])
def test_paragraphs_are_numbered_within_their_document(suffix, tmp_path):
    path = tmp_path / f"corpus{suffix}"
    content = crossgenre_bytes(PARAGRAPHS)
    path.write_bytes(lzma.compress(content) if suffix.endswith("xz") else content)
    assert list(read_crossgenre(path)) == [
        ("kitchen/soup#0", "Boil the water."),
        ("kitchen/bread#0", "Bake  it \u2028 well."),
        ("kitchen/soup#1", "Add the salt."),
    ]


@pytest.mark.parametrize(
    "line",
    [b"{", b"[]", b'"text"', b'{"corpus": "a", "doc": "b"}', b'{"corpus": "a", "text": "b"}', b"\xff", b"[" * 99999,
     b'{"corpus": "a", "doc": "b", "text": 7}', b'{"corpus": "a", "doc": "b", "text": null}'],
    ids=lambda line: repr(line[:30]),
)  # fmt: skip
def test_a_faulty_paragraph_is_named_by_its_line(line, tmp_path):
    path = tmp_path / "corpus.jsonl"
    path.write_bytes(crossgenre_bytes(PARAGRAPHS) + line + b"\n")
    message = (
        r"corpus.jsonl, line 4: expected an object with corpus, doc and text \(.+\); get the file from its"
    )
    with pytest.raises(DataError, match=message):
        list(read_crossgenre(path))


def test_a_damaged_or_missing_file_of_paragraphs_is_named(tmp_path):
    path = tmp_path / "corpus.jsonl.xz"
    path.write_bytes(lzma.compress(crossgenre_bytes(PARAGRAPHS * 99))[:-20])
    for at in (path, tmp_path):
        with pytest.raises(DataError, match=r"cannot be read \(.+\); get it from its authors again$"):
            list(read_crossgenre(at))


def test_every_corpus_says_where_it_comes_from():
    assert READERS.keys() == SOURCES.keys()
    assert all(SOURCES.values())


FLAT = {
    b"": "",
    b" a \r\n b\t\tc ": "a b c",
    b"\xef\xbb\xbfa": "a",
    "so\u00adft".encode(): "soft",
    "a\u00a0b\u2003c\u2028d\x85e".encode(): "a b c d e",
    b"bro- ken": "bro-ken",
    b"bro-\nken": "bro-ken",
    b"North- South": "North- South",
    b"1990- 1995": "1990- 1995",
    b"a - b": "a - b",
    b"a- b- c": "a-b-c",
    b"\xff\xfe": "\ufffd\ufffd",
}


@pytest.mark.parametrize("content", FLAT)
def test_flat_text_by_example(content):
    assert flatten(content) == FLAT[content]


@given(st.binary())
@example("\ufeff \u00ad x- y".encode())
def test_flat_text_follows_the_rule_word_for_word(content):
    """The rule as its authors write it, step by step."""
    text = content.decode("utf-8", errors="replace")
    text = text.replace("\ufeff", "").replace("\u00ad", "")
    text = re.sub(r"[\s]+", " ", text).strip()
    text = re.sub(r"(\w)- (?=[a-z])", r"\1-", text)
    assert flatten(content) == text


@given(st.text())
def test_flat_text_stays_as_it_is(text):
    flat = flatten(text.encode("utf-8", errors="replace"))
    assert flatten(flat.encode()) == flat
