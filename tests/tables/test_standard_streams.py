"""Standard input and output, with real processes."""

import io
import subprocess
import sys
import threading

import pytest

from stance.errors import DataError, UsageError
from stance.statement import Statement
from stance.tables import Column, open_writer, read_statements

READ = """
import sys
from stance.errors import StanceError
from stance.tables import read_statements
try:
    for row in read_statements("-", format=(sys.argv[1:] or [None])[0]):
        print(ascii(row))
except StanceError as error:
    sys.exit(str(error))
"""

WRITE = """
import sys
from stance.errors import StanceError
from stance.tables import Column, open_writer
try:
    with open_writer("-", [Column("id"), Column("n", "integer")], format=sys.argv[1]) as writer:
        for n in range(int(sys.argv[2])):
            writer.write([{"id": "x" * 100, "n": n}])
except BrokenPipeError:
    sys.exit(0)
except StanceError as error:
    sys.exit(str(error))
"""


def run(program, *arguments, **options):
    return subprocess.run(
        [sys.executable, "-c", program, *arguments], capture_output=True, timeout=60, **options
    )


@pytest.mark.parametrize(
    ("content", "format"),
    [
        ("id,text\n007,ça va\n", None),
        ('\n\n  {"id": "007", "text": "ça va"}\n', None),
        ('{"id": "007", "text": "ça va"}\n', "jsonl"),
        ("id\ttext\n007\tça va\n", "tsv"),
    ],
)
def test_standard_input(content, format):
    done = run(READ, *([format] if format else []), input=content.encode())
    assert done.stdout.decode().strip() == ascii(Statement("007", "ça va"))
    assert done.stderr == b""


def test_standard_input_in_parquet(tmp_path):
    with open_writer(tmp_path / "in.parquet", [Column("id"), Column("text")]) as writer:
        writer.write([{"id": "007", "text": "ça va"}])
    content = (tmp_path / "in.parquet").read_bytes()
    assert run(READ, "parquet", input=content).stdout.decode().strip() == ascii(Statement("007", "ça va"))
    assert (
        run(READ, "parquet", input=content[:-9])
        .stderr.decode()
        .startswith("standard input: cannot be read as Parquet (")
    )
    assert (
        run(READ, input=content)
        .stderr.decode()
        .strip()
        .endswith("looks like a Parquet file; read it with --format parquet")
    )


def test_faults_name_standard_input():
    assert run(READ, input=b"").stderr.decode().strip() == (
        "standard input: is empty; it must begin with a line of column names"
    )
    assert (
        run(READ, input=b"text\na\n\xe9\n")
        .stderr.decode()
        .startswith("standard input, line 3, byte offset 7: 0xe9 is not utf-8; ")
    )
    [refusal] = run(READ, input=b"text\n \n").stdout.decode().splitlines()
    assert refusal.startswith("Refusal(file='-', line=2, ")


def test_a_sniff_looks_beyond_white_space(monkeypatch):
    content = b"\xef\xbb\xbf" + b"\n" * 70_000 + b'{"text": "We agree."}'
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(content)))
    # More white space than is looked at is taken for CSV, which then has no text column.
    with pytest.raises(DataError, match="there is no column 'text'"):
        read_statements("-")
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(content[60_000:])))
    assert list(read_statements("-")) == [Statement("1", "We agree.")]


def test_utf16_on_standard_input(monkeypatch):
    content = '{"text": "ça va"}\n'.encode("utf-16")
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(content)))
    assert list(read_statements("-", encoding="utf-16")) == [Statement("1", "ça va")]


def test_closed_streams(monkeypatch):
    monkeypatch.setattr("sys.stdin", None)
    with pytest.raises(UsageError, match=r"^standard input is closed; name a file, or pipe the rows in$"):
        read_statements("-")
    monkeypatch.setattr("sys.stdout", None)
    with pytest.raises(UsageError, match=r"^standard output is closed; name a file with -o$"):
        open_writer("-", [Column("id")])


def test_rows_are_given_as_they_come():
    process = subprocess.Popen(
        [sys.executable, "-u", "-c", READ],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    guard = threading.Timer(60, process.kill)
    guard.start()
    try:
        process.stdin.write(b"text\nWe agree.\n")
        process.stdin.flush()
        assert process.stdout.readline().decode().strip() == ascii(Statement("1", "We agree."))
        assert process.communicate(b"We object.\n")[0].decode().strip() == ascii(Statement("2", "We object."))
    finally:
        guard.cancel()
        process.kill()
        process.communicate()


@pytest.mark.parametrize(
    ("format", "expected"),
    [("csv", b"id,n\nx,0\n"), ("tsv", b"id\tn\nx\t0\n"), ("jsonl", b'{"id": "x", "n": 0}\n')],
)
def test_standard_output(format, expected):
    assert run(WRITE, format, "1").stdout == expected.replace(b"x", b"x" * 100)


def test_standard_output_in_parquet(tmp_path):
    done = run(WRITE, "parquet", "10000")
    assert done.stderr == b""
    (tmp_path / "out.parquet").write_bytes(done.stdout)
    rows = list(read_statements(tmp_path / "out.parquet", columns={"id": "n", "text": "id"}))
    assert (len(rows), rows[-1]) == (10_000, Statement("9999", "x" * 100))


def test_csv_is_the_default_of_standard_output(capfdbinary):
    with open_writer("-", [Column("id")]) as writer:
        writer.write([{"id": "ça"}])
    assert capfdbinary.readouterr().out == "id\nça\n".encode()


@pytest.mark.parametrize("format", ["csv", "jsonl", "parquet"])
def test_a_closed_pipe_ends_quietly(format):
    process = subprocess.Popen(
        [sys.executable, "-c", WRITE, format, "2000000"], stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    assert len(process.stdout.read(10)) == 10
    process.stdout.close()
    assert process.stderr.read() == b""
    process.stderr.close()
    assert process.wait(timeout=60) == 0


def test_a_full_device():
    with open("/dev/full", "wb") as full:  # noqa: PTH123
        done = subprocess.run(
            [sys.executable, "-c", WRITE, "csv", "10"], stdout=full, stderr=subprocess.PIPE, timeout=60
        )
    assert done.returncode == 1
    assert done.stderr.decode() == (
        "standard output: cannot be written (No space left on device); make room or choose another place\n"
    )


def test_rows_before_a_fault_are_shown():
    program = """
from stance.tables import Column, open_writer
with open_writer("-", [Column("id")]) as writer:
    writer.write([{"id": "a"}])
    raise SystemExit("no more")
"""
    done = run(program)
    assert (done.stdout, done.stderr) == (b"id\na\n", b"no more\n")
