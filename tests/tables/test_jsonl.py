import pytest

from stance.statement import Refusal, Statement


def test_numbers_become_their_text_and_null_is_missing(read):
    content = (
        '{"id": 1.10, "text": "We agree.", "date": 2020, "actor": null}\n\n   \n'
        '{"id": 12345678901234567890123, "text": "NA", "date": -0.0, "lang": ""}\r\n'
        '{"text": " null", "other": {"deep": [1]}}'
    )
    assert read(content, "in.jsonl") == [
        Statement("1.10", "We agree.", date="2020"),
        Statement("12345678901234567890123", "NA", date="-0.0"),
        Statement("3", " null"),
    ]
    assert [type(row.id) for row in read(content, "in.jsonl")] == [str] * 3


def test_ndjson(read):
    assert read('{"text": "We agree."}', "in.ndjson") == [Statement("1", "We agree.")]


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ('  {"text": ', "no valid JSON: Expecting value at character 11; mend the line"),
        (
            "  {bad",
            "no valid JSON: Expecting property name enclosed in double quotes at character 4; mend the line",
        ),
        ('{"text": NaN}', "no valid JSON: NaN is no JSON; mend the line"),
        ("[" * 100_000, "no valid JSON: nested too deeply; mend the line"),
        ('{"text": ' + "[" * 300 + "]" * 300 + "}", "no valid JSON: nested too deeply; mend the line"),
        ('{"text": "a", "text": "b"}', "the key 'text' stands twice in one object; remove one"),
        ('["a"]', 'a list, not an object; each line must be an object such as {"text": "..."}'),
        ('"a"', 'text, not an object; each line must be an object such as {"text": "..."}'),
        ("7", 'a number, not an object; each line must be an object such as {"text": "..."}'),
        ("true", 'a truth value, not an object; each line must be an object such as {"text": "..."}'),
        ("null", 'null, not an object; each line must be an object such as {"text": "..."}'),
        ('{"id": "a"}', "the row has no 'text', its keys are: 'id'; add the text"),
        ("{}", "the row has no 'text', its keys are: none; add the text"),
        ('{"text": null}', "the text is empty; fill it in or remove the row"),
        ('{"text": 5}', "the text is a number, not text; put it in quotes"),
        ('{"text": ["a"]}', "the text is a list, not text; put it in quotes"),
        ('{"text": {"a": 1}}', "the text is an object, not text; put it in quotes"),
        ('{"text": false}', "the text is a truth value, not text; put it in quotes"),
        (
            '{"text": "a", "actor": ["FRA"]}',
            "the actor is a list, not text; write it as text or leave it out",
        ),
        ('{"text": "a", "id": true}', "the id is a truth value, not text; write it as text or leave it out"),
    ],
)
def test_a_faulty_line_is_refused_and_the_next_one_read(read, line, reason):
    rows = read(f'{{"text": "We agree."}}\n{line}\n{{"text": "We object."}}\n', "in.jsonl")
    assert rows[0] == Statement("1", "We agree.")
    assert isinstance(rows[1], Refusal)
    assert (rows[1].file, rows[1].line, rows[1].reason) == ("in.jsonl", 2, reason)
    assert rows[2] == Statement("3", "We object.")


def test_values_and_rows_of_refusals(read):
    [bad, twice, listed, number] = read(
        '{bad\n{"id": 1, "id": 2}\n[1, 2.5]\n{"text": [1, "x", 1e999], "id": 10}\n', "in.jsonl"
    )
    assert (bad.column, bad.value, bad.row) == (None, "{bad", {"(line)": "{bad"})
    assert (twice.column, twice.value) == ("id", '{"id": 1, "id": 2}')
    assert listed.row == {"(line)": [1, 2.5]}
    assert (number.column, number.value) == ("text", '[1, "x", "1e999"]')
    assert number.row == {"text": [1, "x", "1e999"], "id": 10}


def test_columns_may_come_late_as_long_as_they_come(read):
    rows = read('{"id": "a"}\n{bad\n{"id": "b", "text": "We agree."}\n', "in.jsonl")
    assert [type(row) for row in rows] == [Refusal, Refusal, Statement]


def test_a_line_beyond_the_limit(read, monkeypatch):
    monkeypatch.setattr("stance.tables.readers.ROW_SLACK", 1000)
    rows = read('{"text": "' + "x" * 2000 + '"}\n{"text": "We agree."}\n', "in.jsonl", max_chars=10)
    assert (rows[0].line, rows[0].reason) == (
        1,
        "the line has 2,013 characters; cut the statement, or raise --max-chars",
    )
    assert rows[1] == Statement("2", "We agree.")
