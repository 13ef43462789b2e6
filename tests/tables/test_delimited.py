import csv
import re

import pytest

import stance.tables.delimited as delimited
from stance.errors import DataError
from stance.statement import Refusal, Statement


def test_every_cell_is_text_as_it_is(read):
    rows = read(
        "id,text,actor,date,lang,source\n007,NA,null, IRN,1e3,nan\n+1,  We agree.,NULL,2020,en,#N/A\n"
    )
    assert rows == [
        Statement("007", "NA", "null", " IRN", "1e3", "nan"),
        Statement("+1", "  We agree.", "NULL", "2020", "en", "#N/A"),
    ]


def test_empty_cells_are_missing_and_the_row_number_is_the_id(read):
    assert read("id,text,actor\n,We agree.,\nb,We object.,FRA\n") == [
        Statement("1", "We agree."),
        Statement("b", "We object.", "FRA"),
    ]
    assert [row.id for row in read("text\nWe agree.\nWe object.\n")] == ["1", "2"]


def test_row_numbers_count_refused_rows_too(read):
    rows = read("text,actor\nWe agree.,FRA\nbroken\nWe object.,FRA\n")
    assert [getattr(row, "id", None) for row in rows] == ["1", None, "3"]


def test_columns_are_mapped(read):
    rows = read(
        "No,Body,State,extra\n7,We agree.,FRA,x\n", columns={"id": "No", "text": "Body", "actor": "State"}
    )
    assert rows == [Statement("7", "We agree.", "FRA")]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_line_ends(read, end):
    rows = read(end.join(["id,text", "1,We agree.", "", '2,"two', 'lines"', "3,   ", ""]))
    assert rows[:2] == [Statement("1", "We agree."), Statement("2", f"two{end}lines")]
    assert (rows[2].line, rows[2].value) == (6, "   ")


def test_other_separators_of_unicode_do_not_end_a_line(read):
    text = "one\x0btwo\x0cthree\x1cfour\x85five\u2028six\u2029seven"
    assert read(f"id,text\n1,{text}\n") == [Statement("1", text)]


def test_quotes_delimiters_and_newlines_in_cells(read):
    content = 'id,text\n1,"He said: ""no, never"".\n\nThen he left."\n2,"",\n3,"a, b"\n4,an "inner" quote\n"5",""""\n'
    rows = read(content)
    assert rows[0] == Statement("1", 'He said: "no, never".\n\nThen he left.')
    assert rows[1].line == 5
    assert rows[2:] == [Statement("3", "a, b"), Statement("4", 'an "inner" quote'), Statement("5", '"')]


def test_tsv(read):
    content = 'id\ttext\n1\tyes, we do\n2\t"a\tb\nc"\n3\n'
    rows = read(content, "in.tsv")
    assert rows[:2] == [Statement("1", "yes, we do"), Statement("2", "a\tb\nc")]
    assert str(rows[2]) == (
        "in.tsv, line 5, column text: '3': too few fields: 1 field, the header has 2, "
        "the first missing column is 'text'; add the cells that are missing"
    )


def test_format_goes_before_the_suffix(read):
    assert read("id\ttext\n1\ta,b\n", "in.txt", format="TSV") == [Statement("1", "a,b")]


def test_too_many_fields_name_counts_and_the_first_extra_value(read):
    [refusal] = read("id,text\n1,We agree, of course,truly\n")
    assert str(refusal) == (
        "in.csv, line 2, column 3: ' of course': too many fields: 4 fields, the header has 2, "
        "the first extra value is ' of course'; put a cell that holds the delimiter in double quotes"
    )
    assert refusal.row == {"id": "1", "text": "We agree", "(extra)": [" of course", "truly"]}


def test_text_behind_a_closing_quote_refuses_its_row_alone(read):
    rows = read('id,text\n1,"No" he said\n2,"He said "never" and left"\n3,We agree.\n')
    assert str(rows[0]) == (
        "in.csv, line 2, column text: 'No': behind the closing quote stands ' he said'; write a quote inside a "
        'quoted cell twice (""), or leave the cell without quotes'
    )
    assert rows[0].row == {"(line)": '1,"No" he said'}
    assert rows[1].line == 3
    assert rows[2] == Statement("3", "We agree.")


@pytest.mark.parametrize(
    ("content", "line", "column", "why"),
    [
        ('id,text\n1,ok\n2,"We agree.\n3,no\n4,yes\n', 3, "text", "the file ends on line 5"),
        ('id,text\n1,"We agree.\n2,"no"\n', 2, "text", "line 3 closes it in front of 'no\"'"),
        ('id,text\n"1,a "b" and\nc",d\n', 2, "id", "it is closed in front of 'b\" and', and one more opens"),
        ('id,"text\n1,We agree.\n', 1, "2", "the file ends on line 2"),
        ('id,text\n1,"', 2, "text", "the file ends on line 2"),
    ],
)
def test_an_unclosed_quote_names_the_line_where_it_opened(read, content, line, column, why):
    start = f"in.csv, line {line}, column {column}: the quote that opens here is likely unclosed ({why}): "
    with pytest.raises(DataError, match=re.escape(start)) as caught:
        read(content)
    assert str(caught.value).endswith('; close it, or write a quote inside a quoted cell twice ("")')


def test_rows_before_an_unclosed_quote_are_given_first(tmp_path):
    path = tmp_path / "in.csv"
    path.write_text('id,text\n1,We agree.\n2,"We object.\n')
    from stance.tables import read_statements

    rows = read_statements(path)
    assert next(rows) == Statement("1", "We agree.")
    with pytest.raises(DataError, match=r"line 3, column text: .* 'We object\.\\n'"):
        next(rows)


def test_a_quote_that_swallows_too_much_is_likely_unclosed(read, monkeypatch):
    monkeypatch.setattr("stance.tables.readers.ROW_SLACK", 1000)
    content = 'id,text\n1,ok\n2,"We agree.\n' + "3,no more than this\n" * 1000
    with pytest.raises(DataError) as caught:
        read(content, max_chars=500)
    assert str(caught.value).startswith(
        "in.csv, line 3, column text: the quote that opens here is likely unclosed (the row has more than 1,500 "
        "characters by line 78; if it really is so long, raise --max-chars): 'We agree.\\n3,no more"
    )


def test_a_line_without_quotes_beyond_the_limit_is_refused(read, monkeypatch):
    monkeypatch.setattr("stance.tables.readers.ROW_SLACK", 1000)
    rows = read("id,text\n1," + "no " * 1000 + '\n"2",' + "x" * 3000 + "\n3,We agree.\n", max_chars=500)
    assert [row.reason for row in rows[:2]] == [
        "the line has 3,003 characters; cut the statement, or raise --max-chars",
        "the line has 3,005 characters; cut the statement, or raise --max-chars",
    ]
    assert len(rows[0].value) == 200
    assert rows[2] == Statement("3", "We agree.")


@pytest.mark.parametrize("size", [1, 2, 3, 7, 64])
def test_the_size_of_the_pieces_read_changes_nothing(read, monkeypatch, size):
    content = 'id,text\r\n1,"é ""x""\r\n\r\nß"\r\n2,b\r3,"𝕏"\n\r4,d,e\r\n5,\r\n'
    whole = read(content)
    monkeypatch.setattr("stance.tables.source.CHUNK_BYTES", size)
    assert read(content) == whole
    assert [getattr(row, "line", None) for row in whole] == [None, None, None, 8, 9]


def test_the_csv_module_is_left_as_it_is(read):
    before = csv.field_size_limit()
    assert read("id,text\n1," + "x" * 300_000 + "\n")[0].text == "x" * 300_000
    assert csv.field_size_limit() == before
    assert set(delimited.DELIMITERS) == {"csv", "tsv"}


def test_values_and_rows_of_refusals(read):
    [refusal] = read("id,text,actor\nx," + " " * 500 + ",FRA\n")
    assert isinstance(refusal, Refusal)
    assert refusal.value == " " * 199 + "…"
    assert refusal.row == {"id": "x", "text": " " * 500, "actor": "FRA"}
