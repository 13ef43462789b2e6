"""Label files: what can be read, and every fault at once with file, line, column, value and remedy."""

import hashlib
import json
import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sample_texts import label_csv, label_rows

from stance.errors import LabelError, UsageError
from stance.labels import LABELS, LabelledPassage, file_hashes, label_files, read_labels
from stance.labels.read import MAX_FAULTS
from stance.targets import TargetRegistry

HEADER = "id,actor,date,text,ISR,IRN,USA\n"
STANDOFF = "id,doc,start,end,sha256,actor,year,lang,ISR,IRN,USA,passes\n"
SHA = hashlib.sha256(b"the tide").hexdigest()


def sha(text):
    return hashlib.sha256(text.encode()).hexdigest()


@pytest.fixture
def write(tmp_path):
    def call(content, name="labels.csv"):
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    return call


def faults_of(*paths, **options):
    with pytest.raises(LabelError) as caught:
        read_labels(paths, **options)
    first, *lines = str(caught.value).split("\n")
    return first, lines


def test_the_sample_reads_back_as_written(labels_file):
    rows, passages = label_rows(), read_labels([labels_file])
    assert [(p.id, p.text, p.actor, p.date, p.lang) for p in passages] == [
        (row["id"], row["text"], row["actor"], row["date"], row["lang"]) for row in rows
    ]
    assert [p.labels for p in passages] == [{t: row[t] for t in ("ISR", "IRN", "USA")} for row in rows]
    assert [(p.file, p.line) for p in passages] == [("sample.csv", n) for n in range(2, len(rows) + 2)]
    assert {p.year for p in passages} == {int(row["date"][:4]) for row in rows}


def test_csv_keeps_texts_as_they_are(write):
    text = 'He said "no",\nand then, on a new line: =1+1\u2028NA \x0b 007\x85'
    quoted = text.replace('"', '""')
    path = write(
        f'{HEADER}7,FJI,1999,"{quoted}",NA,critical,\n8,NA,,null,absent,,\n'.replace(",NA,c", ",neutral,c")
    )
    first, second = read_labels([path])
    assert first.text == text
    assert first.labels == {"ISR": "neutral", "IRN": "critical"}
    assert (second.text, second.actor, second.date, second.line) == ("null", "NA", None, 4)


def test_a_line_end_of_unicode_is_part_of_an_unquoted_text(write):
    path = write(f"{HEADER}1,,,a\u2028b\x85c\x0bd,absent,,\n2,,,e,absent,,\n")
    assert [(p.text, p.line) for p in read_labels([path])] == [("a\u2028b\x85c\x0bd", 2), ("e", 3)]


def test_a_byte_order_mark_and_windows_line_ends_are_read(write):
    path = write(
        b"\xef\xbb\xbf"
        + (HEADER + "1,FJI,1999,We met.,absent,absent,neutral\n").replace("\n", "\r\n").encode()
    )
    (passage,) = read_labels([path])
    assert (passage.id, passage.text, passage.labels["USA"]) == ("1", "We met.", "neutral")


def test_rows_without_an_id_are_named_by_their_line(write):
    path = write("text,ISR\nWe met.,absent\n\nThey met.,neutral\n")
    assert [p.id for p in read_labels([path])] == ["2", "4"]


def test_standoff_csv(write):
    path = write(
        f'{STANDOFF}a#1,ungdc/FJI_70_2015,10,18,{SHA},FJI,2015,en,absent,,critical,"[{{""USA"":""neutral""}}]"\n'
    )
    (p,) = read_labels([path])
    assert p == LabelledPassage(
        id="a#1", labels={"ISR": "absent", "USA": "critical"}, doc="ungdc/FJI_70_2015", start=10, end=18, sha256=SHA,
        actor="FJI", date="2015", lang="en", passes=({"USA": "neutral"},), file="labels.csv", line=2,
    )  # fmt: skip
    assert p.group == "ungdc/FJI_70_2015"
    assert p.year == 2015


def test_standoff_may_do_without_offsets(write):
    path = write(f"doc,sha256,IRN\nkitchen/soup,{SHA},neutral\n")
    (p,) = read_labels([path])
    assert (p.doc, p.start, p.end, p.text) == ("kitchen/soup", None, None, None)


JSON_ROW = {
    "id": "ungdc/FJI_70_2015#001",
    "doc": "ungdc/FJI_70_2015",
    "start": 0,
    "end": 8,
    "sha256": SHA,
    "actor": "FJI",
    "year": 2015,
    "lang": "en",
    "labels": {"ISR": "absent", "IRN": "self", "USA": None},
    "passes": [{"ISR": "neutral"}, {"ISR": "absent"}],
    "text": "the tide",
    "note": "not looked at",
}


@pytest.mark.parametrize("name", ["labels.jsonl", "labels.ndjson"])
def test_jsonl(write, name):
    (p,) = read_labels([write(json.dumps(JSON_ROW) + "\n\n", name)])
    assert p.labels == {"ISR": "absent", "IRN": "self"}
    assert (p.text, p.year, p.start, p.end, p.line) == ("the tide", 2015, 0, 8, 1)
    assert p.passes == ({"ISR": "neutral"}, {"ISR": "absent"})


def test_a_date_goes_before_a_year(write):
    row = {"text": "a b", "date": "2001-02-03", "year": 1999, "labels": {"ISR": "absent"}}
    (p,) = read_labels([write(json.dumps(row), "a.jsonl")])
    assert (p.date, p.year) == ("2001-02-03", 2001)


def test_a_passage_that_stands_alone_is_its_own_group():
    one, two = (LabelledPassage("1", {}, text=text) for text in ("We met.", "They met."))
    assert one.group == sha("We met.") != two.group
    assert LabelledPassage("9", {}, text="We met.").group == one.group
    assert LabelledPassage("1", {}, text="\ud800").group != one.group


@pytest.mark.parametrize(
    ("date", "year"), [("²⁰¹⁵-01-01", None), ("May 2015", None), ("201", None), ("2015", 2015), (None, None)]
)
def test_the_year_of_a_date(date, year):
    assert LabelledPassage("1", {}, date=date).year == year


UNKNOWN = "unknown target; known are ISR, IRN, USA; declare others in a file and give it with --targets"
CSV_FAULTS = {
    "an unknown label": (
        HEADER + "1,FJI,1999,We met.,friendly,absent,absent\n",
        [
            "line 2, column ISR: 'friendly': unknown label; known are supportive, critical, neutral, absent, self"
        ],
    ),
    "no label": (
        HEADER + "1,FJI,1999,We met.,,,\n",
        ["line 2: no label toward any target; fill one in or remove the row"],
    ),
    "no text": (
        HEADER + "1,FJI,1999,,absent,,\n",
        ["line 2: neither text nor doc and sha256; give one of them"],
    ),
    "white text": (
        HEADER + '1,FJI,1999,"  ",absent,,\n',
        ["line 2, column text: '  ': empty text; fill it in or remove the row"],
    ),
    "an id that comes twice": (
        HEADER + "7,,,We met.,absent,,\n8,,,They met.,absent,,\n7,,,She met.,absent,,\n",
        ["line 4, column id: '7': stands on line 2 already; give each its own id"],
    ),
    "a hash that is not that of the text": (
        f"text,sha256,ISR\nthe tide!,{SHA},absent\n",
        [f"line 2, column sha256: '{SHA}': not the sha256 of the text; remove it or restore the text"],
    ),
    "offsets that are no numbers": (
        f"doc,start,end,sha256,ISR\na/b,-1,x,{SHA},absent\n",
        [
            "line 2, column start: '-1': expected a whole number of code points, from 0",
            "line 2, column end: 'x': expected a whole number of code points, from 0",
        ],
    ),
    "offsets in the wrong order": (
        f"doc,start,end,sha256,ISR\na/b,9,9,{SHA},absent\n",
        ["line 2, column end: '9': start and end must both be there, start before end"],
    ),
    "half of the offsets": (
        f"doc,start,end,sha256,ISR\na/b,9,,{SHA},absent\n",
        ["line 2, column end: start and end must both be there, start before end"],
    ),
    "offsets with strange digits": (
        f"doc,start,end,sha256,ISR\na/b,²,{'9' * 5000},{SHA},absent\n",
        [
            "line 2, column start: '²': expected a whole number of code points, from 0",
            f"line 2, column end: '{'9' * 80}': expected a whole number of code points, from 0",
        ],
    ),
    "a standoff label without a hash": (
        "doc,start,end,sha256,ISR\na/b,1,9,,absent\n",
        ["line 2: neither text nor doc and sha256; give one of them"],
    ),
    "too many fields": (
        "text,ISR\nWe met, briefly,absent\nThey met.,absent\n",
        ["line 2: 3 fields, but the header has 2; quote commas in texts"],
    ),
    "too few fields": (
        "text,ISR\nWe met.\n",
        ["line 2: 1 fields, but the header has 2; quote commas in texts"],
    ),
    "an open quote": (
        'text,ISR\nfine,absent\n"We met.,absent\n',
        ["line 3: not CSV (unexpected end of data); a quote that is opened must be closed"],
    ),
    "an unknown column": (
        "text,ISR,CUB,note\nWe met.,absent,absent,x\n",
        [f"line 1, column CUB: {UNKNOWN}", f"line 1, column note: {UNKNOWN}"],
    ),
    "a column that comes twice": (
        "text,ISR,ISR\na,absent,absent\n",
        ["line 1: two columns have the same name; rename one"],
    ),
    "no target": ("text,lang\na,en\n", ["line 1: no column of a target; expected some of ISR, IRN, USA"]),
    "no text column": ("id,ISR\n1,absent\n", ["line 1: neither a column text nor doc, start, end, sha256"]),
    "an empty file": (
        "",
        [
            "line 1: no column of a target; expected some of ISR, IRN, USA",
            "line 1: neither a column text nor doc, start, end, sha256",
        ],
    ),
    "not UTF-8": (
        b"text,ISR\nWe met at the caf\xe9.,absent\n",
        ["line 1: not UTF-8 at byte 26; save the file as UTF-8"],
    ),
    "passes that are no list": (
        "text,ISR,passes\nWe met.,absent,[1]\n",
        ["line 2, column passes: '[1]': expected a JSON list of objects ('int' object is not iterable)"],
    ),
}


@pytest.mark.parametrize("case", CSV_FAULTS)
def test_a_fault_of_a_csv_file_is_named(case, write):
    content, want = CSV_FAULTS[case]
    path = write(content)
    first, lines = faults_of(path)
    assert lines == [f"{path}, {line}" for line in want]
    assert first == f"{len(want)} fault(s) in the labels"


JSON_FAULTS = {
    "not JSON": (
        "{",
        "line 1: not JSON (Expecting property name enclosed in double quotes: line 1 column 2 (char 1))",
    ),
    "too deep": ("[" * 99_999, "line 1: not JSON (maximum recursion depth exceeded"),
    "no object": ("[1]", "line 1: expected an object with an object 'labels'"),
    "no labels": ('{"text": "a"}', "line 1: expected an object with an object 'labels'"),
    "labels that are no object": (
        '{"text": "a", "labels": "ISR"}',
        "line 1: expected an object with an object 'labels'",
    ),
    "an unknown target": (
        '{"text": "a", "labels": {"ISR": "absent", "CUB": "critical"}}',
        f"line 1, column labels.CUB: 'critical': {UNKNOWN}",
    ),
    "an unknown label": (
        '{"text": "a", "labels": {"ISR": 1}}',
        "line 1, column ISR: '1': unknown label; known are supportive, critical, neutral, absent, self",
    ),
    "a text that is none": (
        '{"text": 7, "labels": {"ISR": "absent"}}',
        "line 1, column text: '7': empty text; fill it in or remove the row",
    ),
    "half an offset": (
        '{"doc": "a/b", "sha256": "x", "start": 1.5, "end": 3, "labels": {"ISR": "absent"}}',
        "line 1, column start: '1.5': expected a whole number of code points, from 0",
    ),
    "a truth value": (
        '{"doc": "a/b", "sha256": "x", "start": true, "end": 3, "labels": {"ISR": "absent"}}',
        "line 1, column start: 'True': expected a whole number of code points, from 0",
    ),
}


@pytest.mark.parametrize("case", JSON_FAULTS)
def test_a_fault_of_a_jsonl_file_is_named(case, write):
    content, want = JSON_FAULTS[case]
    path = write(content + "\n", "labels.jsonl")
    lines = faults_of(path)[1]
    assert lines[0].startswith(f"{path}, {want}")
    assert case == "too deep" or lines == [f"{path}, {want}"]


def test_the_faults_of_all_files_come_at_once(write):
    one = write(HEADER + "1,FJI,1999,We met.,friendly,hostile,absent\n2,FJI,1999,,absent,,\n", "one.csv")
    two = write('{"text": "a", "labels": {"ISR": "?"}}\nnonsense\n', "two.jsonl")
    first, lines = faults_of(one, two)
    assert first == "5 fault(s) in the labels"
    assert [line.split(":")[0].removeprefix(f"{one.parent}/") for line in lines] == [
        "one.csv, line 2, column ISR",
        "one.csv, line 2, column IRN",
        "one.csv, line 3",
        "two.jsonl, line 1, column ISR",
        "two.jsonl, line 2",
    ]


def test_a_flood_of_faults_is_counted(write):
    path = write(HEADER + "".join(f"{n},,,text {n},bad,,\n" for n in range(MAX_FAULTS + 7)))
    first, lines = faults_of(path)
    assert first == f"{MAX_FAULTS + 7} fault(s) in the labels"
    assert len(lines) == MAX_FAULTS + 1
    assert lines[-1] == "... and 7 more"


def test_a_long_value_is_cut(write):
    line = faults_of(write(HEADER + f"1,,,a b,{'x' * 500},,\n"))[1][0]
    assert "x" * 80 in line and "x" * 81 not in line


def test_a_file_that_cannot_be_read_is_named(tmp_path):
    if not Path("/proc/self/mem").exists():
        pytest.skip("needs /proc")
    (tmp_path / "labels.csv").symlink_to("/proc/self/mem")
    (line,) = faults_of(tmp_path / "labels.csv")[1]
    assert line.endswith("line 1: cannot be read (Input/output error); see to its permissions")


def test_a_registry_of_ones_own_decides_which_targets_there_are(write):
    path = write("text,TWN\nWe met.,neutral\n")
    registry = TargetRegistry.for_names(["TWN"])
    assert read_labels([path], registry)[0].labels == {"TWN": "neutral"}
    assert faults_of(path)[1][0].startswith(
        f"{path}, line 1, column TWN: unknown target; known are ISR, IRN, USA"
    )


def test_labels_of_other_names_can_be_read(write):
    path = write("text,ISR\nWe met.,friendly\n")
    assert read_labels([path], labels=["friendly", "hostile"])[0].labels == {"ISR": "friendly"}
    assert LABELS == ("supportive", "critical", "neutral", "absent", "self")


def test_files_of_a_folder_are_taken_in_order_and_once(write, tmp_path):
    for name in ("b.csv", "a.jsonl", "c.ndjson", "notes.md", "schema.json"):
        write("", name)
    want = [tmp_path / name for name in ("a.jsonl", "b.csv", "c.ndjson")]
    assert label_files([tmp_path]) == want
    assert label_files([tmp_path, tmp_path / "b.csv"]) == want
    os.link(tmp_path / "b.csv", tmp_path / "d.csv")
    assert len(label_files([tmp_path])) == 4  # another name is another file


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("nowhere.csv", r"nowhere.csv: no such file or folder$"),
        ("empty", r"empty: holds no label file \(\*.csv, \*.jsonl\)$"),
        ("labels.xlsx", r"labels.xlsx: unknown format '.xlsx'; label files end in .csv, .jsonl, .ndjson$"),
    ],
)
def test_paths_without_labels_are_refused(name, message, tmp_path):
    (tmp_path / "empty").mkdir()
    (tmp_path / "labels.xlsx").write_bytes(b"PK")
    with pytest.raises(UsageError, match=message):
        read_labels([tmp_path / name])


def test_hashes_of_files_of_one_name_are_all_kept(tmp_path):
    for folder, content in (("a", "one"), ("b", "two")):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "x.csv").write_text(content)
    assert file_hashes([tmp_path / "a", tmp_path / "b"]) == {"x.csv": sha("one"), "x.csv (2)": sha("two")}


safe = st.text(st.characters(codec="utf-8", exclude_characters="\0"), min_size=1).filter(str.strip)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
@given(texts=st.lists(safe, min_size=1, max_size=5))
def test_any_texts_round_trip_through_csv_and_jsonl(tmp_path, texts):
    rows = [{"id": f"r{n}", "text": text, "ISR": "neutral"} for n, text in enumerate(texts)]
    (tmp_path / "a.csv").write_text(label_csv(rows), encoding="utf-8", newline="")
    lines = [
        json.dumps({"text": row["text"], "labels": {"ISR": "neutral"}}, ensure_ascii=False) for row in rows
    ]
    (tmp_path / "b.jsonl").write_text("\n".join(lines), encoding="utf-8", newline="")
    assert [p.text for p in read_labels([tmp_path / "b.jsonl"])] == texts
    assert [p.text for p in read_labels([tmp_path / "a.csv"])] == texts


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(content=st.one_of(st.binary(), st.text('text,ISR"\n\r absent{}[]:0', max_size=80).map(str.encode)))
@pytest.mark.parametrize("name", ["a.csv", "a.jsonl"])
def test_any_bytes_give_labels_or_a_named_error(tmp_path, name, content):
    path = tmp_path / name
    path.write_bytes(content)
    try:
        assert all(passage.text or passage.doc for passage in read_labels([path]))
    except LabelError as error:
        assert f"{path}, line 1" in str(error) or f"{path}, line" in str(error)
