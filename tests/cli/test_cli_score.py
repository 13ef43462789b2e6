"""``stance score`` end to end: formats in and out, columns, streams, rejects, exit codes."""

import csv
import io
import json

import pandas as pd
import pytest
from click.testing import CliRunner
from sample_texts import LONG

from stance.cli.main import stance
from stance.cli.score import FIELDS

PRAISE, BLAME = "We thank Israel, a friend.", "We condemn the crimes of Iran."
ROWS = [
    {"id": "a", "actor": "FJI", "date": "2001-02-03", "text": PRAISE},
    {"id": "b", "actor": "IRN", "date": "NA", "text": BLAME},
    {"id": "007", "actor": "null", "date": "", "text": LONG},
]
STANCES = [
    "supportive", "absent", "absent",
    "absent", "self", "absent",
    "critical", "supportive", "neutral",
]  # fmt: skip
NAMES = [
    "id", "actor", "date", "target", "stance", "score",
    "p_supportive", "p_critical", "p_neutral", "p_absent", "evidence",
]  # fmt: skip


def delimited(rows, delimiter=",", encoding="utf-8"):
    stream = io.StringIO()
    writer = csv.DictWriter(stream, list(rows[0]), delimiter=delimiter, lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return stream.getvalue().encode(encoding)


def jsonl(rows):
    return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows).encode()


def parquet(rows):
    stream = io.BytesIO()
    pd.DataFrame(rows).to_parquet(stream)
    return stream.getvalue()


INPUTS = {
    "csv": delimited(ROWS),
    "tsv": delimited(ROWS, "\t"),
    "jsonl": jsonl(ROWS),
    "parquet": parquet(ROWS),
}


def read(path_or_bytes, form):
    stream = io.BytesIO(path_or_bytes) if isinstance(path_or_bytes, bytes) else path_or_bytes
    if form == "jsonl":
        content = path_or_bytes if isinstance(path_or_bytes, bytes) else path_or_bytes.read_bytes()
        return pd.DataFrame([json.loads(line) for line in content.splitlines()])
    if form == "parquet":
        return pd.read_parquet(stream)
    return pd.read_csv(stream, sep="\t" if form == "tsv" else ",", dtype={"id": str}, keep_default_na=False)


@pytest.fixture
def score(bundle_folder, tmp_path, monkeypatch):
    """Run ``stance score`` in an empty folder, within this process."""
    monkeypatch.chdir(tmp_path)

    def call(*arguments, input=None):
        return CliRunner().invoke(
            stance,
            ["score", *map(str, arguments), "-m", str(bundle_folder)],
            input=input,
            standalone_mode=False,
        )

    return call


@pytest.mark.parametrize("out", INPUTS)
@pytest.mark.parametrize("form", INPUTS)
def test_every_format_in_and_out_gives_the_same_result(form, out, score, tmp_path):
    (tmp_path / f"in.{form}").write_bytes(INPUTS[form])
    result = score(f"in.{form}", "-o", f"out.{out}")
    assert (result.exception, result.return_value, result.output) == (None, 0, "")
    table = read(tmp_path / f"out.{out}", out)
    assert list(table.columns) == NAMES
    assert table["stance"].tolist() == STANCES
    assert table["id"].tolist() == ["a"] * 3 + ["b"] * 3 + ["007"] * 3
    assert table["date"].tolist()[:6] == ["2001-02-03"] * 3 + ["NA"] * 3
    assert table["actor"].tolist()[6] == "null"
    evidence = [json.loads(cell) if isinstance(cell, str) and cell else cell for cell in table["evidence"]]
    assert PRAISE[evidence[0]["start"] : evidence[0]["end"]] == evidence[0]["text"]
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted({f"in.{form}", f"out.{out}"})


@pytest.mark.parametrize("form", ["jsonl"])
def test_a_stream_in_and_a_stream_out(form, run, bundle_folder, tmp_path):
    done = run(
        "score",
        "-",
        "--format",
        form,
        "--output-format",
        "jsonl",
        "-m",
        bundle_folder,
        input=INPUTS[form],
        cwd=tmp_path,
    )
    assert (done.returncode, done.stderr) == (0, b"")
    assert [json.loads(line)["stance"] for line in done.stdout.splitlines()] == STANCES
    assert list(json.loads(done.stdout.splitlines()[0])) == NAMES


def test_parquet_through_pipes(call, bundle_folder, tmp_path):
    done = call("score", "-", "--format", "parquet", "--output-format", "parquet", "-m", bundle_folder,
               input=INPUTS["parquet"], cwd=tmp_path)  # fmt: skip
    assert (done.returncode, done.stderr) == (0, b"")
    assert read(done.stdout, "parquet")["stance"].tolist() == STANCES


def test_a_pipe_gets_csv(score):
    result = score("-", input=INPUTS["csv"])
    assert result.stdout.splitlines()[0] == ",".join(NAMES)
    assert len(list(csv.DictReader(io.StringIO(result.stdout)))) == 9


def test_csv_writes_json_evidence_and_plain_numbers(score):
    row = next(csv.DictReader(io.StringIO(score("-", input=INPUTS["csv"]).stdout)))
    assert set(json.loads(row["evidence"])) == {"start", "end", "text"}
    assert -1 <= float(row["score"]) <= 1
    assert float(row["score"]) == pytest.approx(
        float(row["p_supportive"]) - float(row["p_critical"]), abs=2e-6
    )


def test_the_actor_itself_has_no_numbers(score):
    rows = list(csv.DictReader(io.StringIO(score("-", input=INPUTS["csv"]).stdout)))
    own = [row for row in rows if row["stance"] == "self"]
    assert [(row["actor"], row["target"], row["score"], row["p_absent"], row["evidence"]) for row in own] == [
        ("IRN", "IRN", "", "", "")
    ]


def test_wide_shape(score):
    rows = list(csv.DictReader(io.StringIO(score("-", "--shape", "wide", input=INPUTS["csv"]).stdout)))
    assert [row["id"] for row in rows] == ["a", "b", "007"]
    names = [f"{target}_{name}" for target in ("ISR", "IRN", "USA") for name in NAMES[4:]]
    assert list(rows[0]) == ["id", "actor", "date", *names]
    assert [row[f"{target}_stance"] for row in rows for target in ("ISR", "IRN", "USA")] == STANCES


def test_passages(score):
    result = score("-", "--passages", "--output-format", "jsonl", input=INPUTS["csv"])
    rows = [json.loads(line) for line in result.stdout.splitlines()]
    assert list(rows[0]) == [*NAMES[:4], "passage", "start", "end", *NAMES[4:]]
    long = [row for row in rows if row["id"] == "007" and row["target"] == "ISR"]
    assert [row["passage"] for row in long] == list(range(1, len(long) + 1))
    assert len(long) > 2 and long[0]["start"] == 0 and long[-1]["end"] == len(LONG)


def test_a_table_for_people(score):
    result = score("-", "--output-format", "table", input=INPUTS["csv"])
    lines = result.stdout.splitlines()
    assert lines[0].split() == ["id", "actor", "date", "target", "stance", "score", "evidence"]
    assert len(lines) == 10
    assert lines[1].split()[:6] == ["a", "FJI", "2001-02-03", "ISR", "supportive", lines[1].split()[5]]
    assert "[" in lines[1] and "\x1b" not in result.stdout


def test_a_table_shows_no_character_that_moves_the_cursor(score):
    data = delimited([{"id": "\x1b[31mred", "text": "We thank\x1b[2J Israel\u202e for its help."}])
    result = score("-", "--output-format", "table", input=data)
    assert "\x1b" not in result.stdout and "\u202e" not in result.stdout
    assert "\N{REPLACEMENT CHARACTER}" in result.stdout


def test_a_table_is_not_for_files(score, tmp_path):
    result = score("-", "--output-format", "table", "-o", "out.txt", input=INPUTS["csv"])
    assert (
        str(result.exception)
        == "out.txt: a table is for the screen; write csv, tsv, jsonl or parquet to a file"
    )
    assert list(tmp_path.iterdir()) == []


def test_columns_can_be_mapped(score):
    renamed = [
        {f"my {name}": value for name, value in row.items()} | {"my lang": "en", "my source": "x"}
        for row in ROWS
    ]
    options = [
        part for field in FIELDS if field != "exclude" for part in (f"--{field}-column", f"my {field}")
    ]
    mapped = score("-", *options, input=delimited(renamed))
    assert mapped.stdout == score("-", input=INPUTS["csv"]).stdout


def test_a_column_that_is_not_there_is_named(score):
    result = score("-", "--text-column", "texte", input=INPUTS["csv"])
    assert result.exception.exit_code == 2
    assert "there is no column 'texte' (did you mean 'text'?)" in str(result.exception)


def test_exclude_spans_are_taken_from_a_column(score):
    gloss = "(which condemned nobody) "
    text = f"We thank Iran {gloss}and condemn the crimes of Israel."
    start = text.index(gloss)
    rows = [
        {"text": text, "exclude": json.dumps([[start, start + len(gloss)]])},
        {"text": text.replace(gloss, "")},
    ]
    result = score("-", "--output-format", "jsonl", input=delimited([{"exclude": "", **row} for row in rows]))
    found = [json.loads(line) for line in result.stdout.splitlines()]
    for one, two in zip(found[:3], found[3:], strict=True):
        assert one["score"] == pytest.approx(two["score"], abs=2e-6)
        assert one["stance"] == two["stance"]
        if one["evidence"]:
            assert text[one["evidence"]["start"] : one["evidence"]["end"]] == one["evidence"]["text"]


def test_targets_can_be_chosen(score):
    result = score("-", "--target", "USA", "--target", "ISR", "--target", "USA", input=INPUTS["csv"])
    assert [row["target"] for row in csv.DictReader(io.StringIO(result.stdout))] == ["USA", "ISR"] * 3


def test_an_unknown_target_is_named_and_nothing_written(score, tmp_path):
    result = score("-", "--target", "CUB", "-o", "out.csv", input=INPUTS["csv"])
    assert str(result.exception).startswith("unknown target 'CUB'; known are ISR, IRN, USA")
    assert list(tmp_path.iterdir()) == []


def test_ids_are_row_numbers_where_there_are_none(score):
    result = score("-", "--target", "ISR", input=b"text\nWe met.\n\nThey met.\n")
    assert [row["id"] for row in csv.DictReader(io.StringIO(result.stdout))] == ["1", "2"]


REFUSED = delimited(
    [*ROWS, {"id": "d", "text": ""}, {"id": "a", "text": "once more"}, {"id": "e", "text": "Nu\0l"}]
)


def test_refused_rows_are_kept_and_the_exit_code_is_three(call, bundle_folder, tmp_path):
    (tmp_path / "in.csv").write_bytes(REFUSED)
    done = call("score", "in.csv", "-o", "out.csv", "-m", bundle_folder, cwd=tmp_path)
    assert (done.returncode, done.stdout) == (3, b"")
    assert read(tmp_path / "out.csv", "csv")["stance"].tolist() == STANCES
    rejects = [json.loads(line) for line in (tmp_path / "out.csv.rejects.jsonl").read_text().splitlines()]
    assert [(r["file"], r["line"], r["column"]) for r in rejects] == [
        ("in.csv", 5, "text"), ("in.csv", 6, "id"), ("in.csv", 7, "text"),
    ]  # fmt: skip
    assert rejects[0]["row"]["id"] == "d"
    lines = done.stderr.decode().splitlines()
    assert lines[0] == "in.csv, line 5, column text: '': the text is empty; fill it in or remove the row"
    assert "the id 'a' was used on line 2 already" in lines[1]
    assert "a NUL byte stands at character 3 of the cell" in lines[2]
    assert lines[3] == "3 row(s) refused; see out.csv.rejects.jsonl"


def test_only_the_first_refusals_are_named(score, tmp_path):
    result = score("-", "-o", "out.csv", input=b"text,id\n" + b",x\n" * 20)
    assert result.return_value == 3
    lines = result.stderr.splitlines()
    assert len(lines) == 6 and lines[-1] == "20 row(s) refused; see out.csv.rejects.jsonl"
    assert len((tmp_path / "out.csv.rejects.jsonl").read_text().splitlines()) == 20


def test_rejects_of_a_stream_go_to_a_new_file_each_time(score, tmp_path):
    for _ in range(3):
        assert score("-", input=REFUSED).return_value == 3
    assert sorted(path.name for path in tmp_path.iterdir()) == [
        "stance.rejects-2.jsonl", "stance.rejects-3.jsonl", "stance.rejects.jsonl",
    ]  # fmt: skip


def test_an_output_that_exists_is_kept_without_force(score, tmp_path):
    (tmp_path / "out.csv").write_text("mine")
    result = score("-", "-o", "out.csv", input=INPUTS["csv"])
    assert str(result.exception) == "out.csv: exists already; choose another name or replace it with --force"
    assert result.exception.exit_code == 2
    assert (tmp_path / "out.csv").read_text() == "mine"
    assert score("-", "-o", "out.csv", "--force", input=INPUTS["csv"]).return_value == 0
    assert read(tmp_path / "out.csv", "csv")["stance"].tolist() == STANCES


def test_an_old_rejects_file_is_kept_without_force_and_goes_with_it(score, tmp_path):
    (tmp_path / "out.csv.rejects.jsonl").write_text("old")
    result = score("-", "-o", "out.csv", input=INPUTS["csv"])
    assert "out.csv.rejects.jsonl: exists already" in str(result.exception)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["out.csv.rejects.jsonl"]
    assert score("-", "-o", "out.csv", "--force", input=INPUTS["csv"]).return_value == 0
    assert sorted(path.name for path in tmp_path.iterdir()) == ["out.csv"]


@pytest.mark.parametrize(
    ("output", "message"),
    [
        ("deep/out.csv", r"deep/out.csv.rejects.jsonl: there is no folder"),
        ("/proc/out.csv", r"/proc/out.csv.rejects.jsonl: cannot be written in /proc"),
        ("folder", "folder: is a folder; name a file, or - for standard output"),
        ("out.docx", "docx"),
    ],
)
def test_an_output_that_cannot_be_written_is_found_before_the_input_is_read(output, message, score, tmp_path):
    """The fault of the input stands behind a thousand good rows."""
    (tmp_path / "folder").mkdir()
    (tmp_path / "in.csv").write_bytes(b"text\n" + b"We met them.\n" * 1000 + b'"an open quote\n')
    result = score("in.csv", "-o", output, *(["--output-format", "csv"] if output == "folder" else []))
    assert result.exception.exit_code == 2
    assert message in str(result.exception)


def test_a_fault_in_the_middle_leaves_no_output(score, tmp_path):
    data = INPUTS["csv"] + b'9,FJI,2001,"an open quote\n'
    result = score("-", "-o", "out.csv", input=data)
    assert result.exception.exit_code == 1
    assert "quote" in str(result.exception)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("data", "options", "message"),
    [
        (
            b"body,id\nWe met.,1\n",
            [],
            "there is no column 'text'; the columns are 'body', 'id'; name the one that holds",
        ),
        ("text\ncafé\n".encode("latin-1"), [], "--encoding"),
        (b"text\nWe met.\n", ["--encoding", "klingon"], "klingon"),
        (b"", [], "standard input: is empty; it must begin with a line of column names"),
    ],
)
def test_an_input_that_cannot_be_read_is_named(data, options, message, score, tmp_path):
    result = score("-", *options, "-o", "out.csv", input=data)
    assert result.exception is not None and message in str(result.exception)
    assert list(tmp_path.iterdir()) == []


def test_another_encoding(score):
    data = delimited([{"text": "Nous condamnons. We thank Israël, a friend — café."}], encoding="utf-16-le")
    result = score("-", "--encoding", "utf-16-le", "--format", "csv", input=data)
    assert result.exception is None
    assert "supportive" in result.stdout


def test_a_statement_of_ten_megabytes_is_refused_or_scored_on_demand(call, bundle_folder, tmp_path):
    text = "The harvest was good and we thank Israel. " * 240_000
    (tmp_path / "in.csv").write_text(f"text\n{text}\nWe met.\n")
    done = call("score", "in.csv", "-m", bundle_folder, "--target", "ISR", cwd=tmp_path)
    assert done.returncode == 3
    assert b"the text has 10,0" in done.stderr and b"--max-chars 100" in done.stderr
    assert done.stdout.count(b"\n") == 2


def test_a_language_the_model_does_not_know_is_warned_of(score):
    rows = [{"text": PRAISE, "lang": lang} for lang in ("fr", "fr-CA", "en-GB", "", "de")]
    result = score("-", input=delimited(rows))
    assert result.stderr.splitlines() == [
        "warning: 1 statement(s) in 'de', but the model was trained on en: do not rely on their stance",
        "warning: 2 statement(s) in 'fr', but the model was trained on en: do not rely on their stance",
    ]
    assert result.return_value == 0


def test_formulas_are_guarded_in_csv(score):
    data = delimited([{"id": "=1+1", "text": PRAISE}])
    assert "'=1+1" in score("-", input=data).stdout
    assert "'=1+1" not in score("-", "--no-csv-guard", input=data).stdout


def test_the_same_input_gives_the_same_bytes(score, tmp_path):
    for name in ("one", "two"):
        for form in INPUTS:
            assert (
                score("-", "--format", "csv", "-o", f"{name}.{form}", input=INPUTS["csv"]).return_value == 0
            )
    for form in INPUTS:
        assert (tmp_path / f"one.{form}").read_bytes() == (tmp_path / f"two.{form}").read_bytes()


def test_the_example_is_scored_with_the_shipped_model(run, request, tmp_path):
    example = request.config.rootpath / "examples" / "statements.csv"
    done = run("score", example, cwd=tmp_path)
    assert (done.returncode, done.stderr) == (0, b"")
    rows = list(csv.DictReader(io.StringIO(done.stdout.decode())))
    statements = list(csv.DictReader(io.StringIO(example.read_text(encoding="utf-8"))))
    assert [(row["id"], row["target"]) for row in rows] == [
        (statement["id"], target) for statement in statements for target in ("ISR", "IRN", "USA")
    ]
    assert [row["stance"] == "self" for row in rows] == [row["actor"] == row["target"] for row in rows]
