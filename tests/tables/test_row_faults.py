"""Faults of one row, in the formats that can have them."""

import json

import pytest

from stance.statement import Refusal, Statement


def test_empty_text(read):
    rows = read('id,text\n1,\n2,""\n3, \t \n4,NA\n')
    assert [str(row) for row in rows[:3]] == [
        "in.csv, line 2, column text: '': the text is empty; fill it in or remove the row",
        "in.csv, line 3, column text: '': the text is empty; fill it in or remove the row",
        "in.csv, line 4, column text: ' \\t ': the text is only white space; fill it in or remove the row",
    ]
    assert rows[3] == Statement("4", "NA")


def test_the_fault_names_the_column_as_the_user_calls_it(read):
    [refusal] = read("Body\n \n", columns={"text": "Body"})
    assert (refusal.column, refusal.row) == ("Body", {"Body": " "})


def test_duplicate_ids_name_the_first_line(read):
    rows = read("id,text\na,We agree.\nb,We object.\na,We abstain.\n2,yes\n,no\n")
    assert str(rows[2]) == (
        "in.csv, line 4, column id: 'a': the id 'a' was used on line 2 already; give each row its own id"
    )
    # A row without an id has its number as id, which another row may have taken.
    assert isinstance(rows[4], Statement) and rows[4].id == "5"


def test_a_row_number_that_is_the_id_of_another_row(read):
    rows = read("id,text\n2,We agree.\n,We object.\n")
    assert (rows[1].line, rows[1].value) == (3, "2")
    assert rows[1].reason == "the id '2' was used on line 2 already; give each row its own id"


def test_jsonl_rows_without_ids_are_remembered_too(read):
    rows = read('{"text":"a"}\n{"text":"b"}\n{"text":"c","id":"1"}\n', "in.jsonl")
    assert rows[2].reason == "the id '1' was used on line 1 already; give each row its own id"


def test_a_refused_row_does_not_use_its_id_up(read):
    rows = read("id,text\na,\na,We agree.\n")
    assert rows[1] == Statement("a", "We agree.")


def test_long_ids(read):
    long = "x" * 1000
    rows = read(f"id,text\n{long}1,a\n{long}2,b\n{long}1,c\n")
    assert [row.id[-1] for row in rows[:2]] == ["1", "2"]
    assert rows[2].reason.endswith("…' was used on line 2 already; give each row its own id")


def test_text_that_is_too_long_names_size_and_option(read):
    rows = read("id,text\n1,12345\n2,123456\n", max_chars=5)
    assert rows[0] == Statement("1", "12345")
    assert str(rows[1]) == (
        "in.csv, line 3, column text: '123456': the text has 6 characters, more than the 5 that are allowed; "
        "cut it, or allow more with --max-chars 6"
    )


def test_nul_bytes(read):
    rows = read("id,text,source\n1,We \0agree.,x\n2,We agree.,\0\n3,yes,no\n")
    assert str(rows[0]) == (
        "in.csv, line 2, column text: 'We \\x00agree.': a NUL byte stands at character 4 of the cell; remove it"
    )
    assert (rows[1].line, rows[1].column) == (3, "source")
    assert rows[2] == Statement("3", "yes", source="no")
    [refusal] = read('{"text": "We \\u0000agree."}', "in.jsonl")
    assert refusal.reason == "a NUL byte stands at character 4 of the cell; remove it"


def test_lone_surrogates(read):
    rows = read(
        '{"text": "We \\ud800agree."}\n{"text": "We \\ud83d\\ude00 agree.", "actor": "\\udfff"}\n', "in.jsonl"
    )
    assert str(rows[0]) == (
        "in.jsonl, line 1, column text: 'We \\ud800agree.': half of a surrogate pair, \\ud800, stands at character 4 "
        "of the cell; write the whole character"
    )
    assert (rows[1].column, rows[1].value) == ("actor", "\udfff")
    assert read('{"text": "We \\ud83d\\ude00 agree."}\n', "in.jsonl") == [Statement("1", "We 😀 agree.")]


@pytest.mark.parametrize(
    ("exclude", "spans"),
    [("[]", ()), ("", ()), ("null", ()), ("[[0, 2]]", ((0, 2),)), ("[[3,5],[0,1]]", ((3, 5), (0, 1)))],
)
def test_exclude(read, exclude, spans):
    assert read(f'text,exclude\nhello,"{exclude}"\n') == [Statement("1", "hello", exclude=spans)]
    value = json.loads(exclude) if exclude else None
    assert read(json.dumps({"text": "hello", "exclude": value}), "in.jsonl") == [
        Statement("1", "hello", exclude=spans)
    ]


_EXAMPLE = "write a list of [start, end] such as [[0, 12], [40, 55]]"
_ORDER = "a span must have 0 <= start < end <= length, counted in code points"


@pytest.mark.parametrize(
    ("exclude", "reason"),
    [
        ("[[0, 6]]", f"span 1 is [0, 6], the text has 5 characters; {_ORDER}"),
        ("[[0, 1], [3, 3]]", f"span 2 is [3, 3], the text has 5 characters; {_ORDER}"),
        ("[[2, 1]]", f"span 1 is [2, 1], the text has 5 characters; {_ORDER}"),
        ("[[-1, 2]]", f"span 1 is [-1, 2], no pair of whole numbers; {_EXAMPLE}"),
        ("[[0, 1.5]]", f"span 1 is [0, 1.5], no pair of whole numbers; {_EXAMPLE}"),
        ("[[true, 2]]", f"span 1 is [True, 2], no pair of whole numbers; {_EXAMPLE}"),
        ("[[0]]", f"span 1 is [0], no pair of whole numbers; {_EXAMPLE}"),
        ("[0, 1]", f"span 1 is 0, no pair of whole numbers; {_EXAMPLE}"),
        ("7", f"no list; {_EXAMPLE}"),
        ("{}", f"no list; {_EXAMPLE}"),
    ],
)
def test_exclude_at_fault(read, exclude, reason):
    [refusal] = read(f'text,exclude\nhello,"{exclude}"\n')
    assert (refusal.line, refusal.column, refusal.value, refusal.reason) == (2, "exclude", exclude, reason)
    [refusal] = read(f'{{"text": "hello", "exclude": {exclude}}}', "in.jsonl")
    assert (refusal.column, refusal.reason) == ("exclude", reason)


def test_exclude_that_is_no_json(read):
    [refusal] = read('text,exclude\nhello,"[[0, 1"\n')
    assert str(refusal) == f"in.csv, line 2, column exclude: '[[0, 1': no valid JSON; {_EXAMPLE}"


def test_exclude_counts_code_points(read):
    assert read('text,exclude\n😀😀,"[[0, 2]]"\n') == [Statement("1", "😀😀", exclude=((0, 2),))]
    assert isinstance(read('text,exclude\n😀😀,"[[0, 3]]"\n')[0], Refusal)
