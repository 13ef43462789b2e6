"""Inputs that are large, in one row or in all."""

import json
import tracemalloc

import pytest

from stance.errors import DataError
from stance.statement import Refusal, Statement
from stance.tables import Column, open_writer, read_statements

TEN_MEGABYTES = "We agree. " * 1_000_000


@pytest.mark.parametrize("format", ["csv", "tsv", "jsonl", "parquet"])
def test_a_statement_of_ten_megabytes_is_refused_whole_and_the_next_one_read(tmp_path, format):
    path = tmp_path / f"in.{format}"
    with open_writer(path, [Column("id"), Column("text")]) as writer:
        writer.write([{"id": "1", "text": TEN_MEGABYTES + "\n"}, {"id": "2", "text": "We object."}])
    refusal, statement = read_statements(path)
    assert isinstance(refusal, Refusal)
    assert refusal.reason == (
        "the text has 10,000,001 characters, more than the 1,000,000 that are allowed; "
        "cut it, or allow more with --max-chars 10000001"
    )
    assert (refusal.column, len(refusal.value)) == ("text", 200)
    assert refusal.row == {"id": "1", "text": TEN_MEGABYTES + "\n"}
    assert statement == Statement("2", "We object.")
    first, _ = read_statements(path, max_chars=20_000_000)
    assert first.text == TEN_MEGABYTES + "\n"


def test_an_unclosed_quote_in_a_large_file_is_found_in_bounded_memory(tmp_path):
    path = tmp_path / "in.csv"
    with path.open("w") as stream:
        stream.write('id,text\n1,ok\n2,"We agree.\n')
        for _ in range(50):
            stream.write(("x" * 999 + "\n") * 1000)
    tracemalloc.start()
    try:
        with pytest.raises(DataError) as caught:
            list(read_statements(path))
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert str(caught.value).startswith(
        f"{path}, line 3, column text: the quote that opens here is likely unclosed (the row has more than "
        "17,000,000 characters by line 17003; if it really is so long, raise --max-chars): 'We agree.\\nxxx"
    )
    assert peak < 25e6


def peak_of_reading(path, rows):
    tracemalloc.start()
    try:
        assert sum(isinstance(row, Statement) for row in read_statements(path)) == rows
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


def test_memory_does_not_grow_with_a_file_of_fifty_megabytes(tmp_path):
    text = "We agree, as we said, on what is to be done. " * 220
    rows = 50_000_000 // len(text)
    path = tmp_path / "in.csv"
    with path.open("w") as stream:
        stream.write("id,text\n")
        for n in range(rows):
            stream.write(f'{n},"{text}"\n')
    assert path.stat().st_size > 49e6
    assert peak_of_reading(path, rows) < 3e6


def test_memory_does_not_grow_with_jsonl_and_parquet(tmp_path):
    text = "We agree, as we said, on what is to be done. " * 220
    path = tmp_path / "in.jsonl"
    with path.open("w") as stream:
        for _ in range(2000):
            stream.write(json.dumps({"text": text}) + "\n")
    assert path.stat().st_size > 19e6
    assert peak_of_reading(path, 2000) < 3e6
    path = tmp_path / "in.parquet"
    with open_writer(path, [Column("text")]) as writer:
        writer.write({"text": f"{n} {text}"} for n in range(2000))
    # A batch is held twice: as Arrow gives it (not counted here) and as texts.
    assert peak_of_reading(path, 2000) < 8e6
