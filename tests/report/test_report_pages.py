"""The three files of a report, from one dictionary."""

import json
import re
import sys
from html.parser import HTMLParser
from importlib.resources import files

import pytest
from click.testing import CliRunner

from stance.cli.main import stance as program
from stance.errors import UsageError
from stance.evaluate.result import SCHEMA
from stance.report import public, to_markdown, write_report
from stance.report.markdown import cell
from stance.report.summary import summarise
from stance.report.tables import tables
from stance.report.words import figure, listed, name_of, out_of_ten
from stance.report.write import read_results

page = pytest.importorskip("stance.report.page", reason="the extra `report` is not installed")


class _Outline(HTMLParser):
    """Gathers what a page holds."""

    def __init__(self):
        super().__init__()
        self.tags, self.ids, self.links, self.open = [], [], [], []

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        self.tags.append(tag)
        self.ids += [given["id"]] if "id" in given else []
        self.links += [given[name] for name in ("src", "href", "data", "action") if name in given]
        if tag not in ("meta", "link", "img", "br", "input"):
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag


def _outline(html):
    outline = _Outline()
    outline.feed(html)
    assert not outline.open
    return outline


def test_page_is_whole_small_and_loads_nothing(result):
    html = page.to_html(result)
    assert len(html.encode()) < 2_000_000
    found = _outline(html)
    assert all(link.startswith(("#", "data:")) for link in found.links)
    assert len(found.ids) == len(set(found.ids))
    # Of the passages nothing becomes an element: one image or bold text would be theirs.
    assert "img" not in found.tags and "b" not in found.tags
    assert found.tags.count("figure") == found.tags.count("figcaption") > 0
    assert found.tags.count("h1") == 1 and html.startswith('<!doctype html>\n<html lang="en">')


def test_results_follow_the_schema(result):
    jsonschema = pytest.importorskip(
        "jsonschema", reason="jsonschema, which comes with altair, is not installed"
    )
    schema = json.loads(
        files("stance.evaluate").joinpath("data/results.schema.json").read_text(encoding="utf-8")
    )
    jsonschema.Draft202012Validator.check_schema(schema)
    kind = schema["$defs"][result["kind"]] | {"$defs": schema["$defs"]}
    jsonschema.Draft202012Validator(kind).validate(json.loads(json.dumps(public(result), allow_nan=False)))
    assert schema["$defs"]["actors"]["properties"]["schema"]["const"] == SCHEMA


def test_markdown_keeps_its_tables(result):
    text = to_markdown(result)
    assert "<script" not in text and "<img" not in text
    blocks = re.findall(r"(?:^\|.*\n)+", text, flags=re.M)
    assert len(blocks) == len(tables(result))
    for block in blocks:
        widths = {len(re.findall(r"(?<!\\)\|", line)) for line in block.splitlines()}
        assert len(widths) == 1
    assert all(len(line) < 3_000 for line in text.splitlines())


def test_three_files_appear_and_the_figures_hold_no_passage(result, tmp_path):
    told = []
    write_report(result, tmp_path / "out", force=False, tell=told.append)
    assert sorted(file.name for file in (tmp_path / "out").iterdir()) == [
        "report.html",
        "report.md",
        "results.json",
    ]
    data = read_results(tmp_path / "out" / "results.json")
    assert data["kind"] == result["kind"]
    assert "Words before" not in json.dumps(data) and "evidence" not in json.dumps(data)
    assert told == [f"wrote {tmp_path / 'out'}"]
    with pytest.raises(UsageError, match="exists already"):
        write_report(result, tmp_path / "out", force=False)


def test_without_the_extra_the_page_is_left_out_and_said_so(results, tmp_path, monkeypatch):
    monkeypatch.delitem(sys.modules, "stance.report.page")
    monkeypatch.setitem(sys.modules, "vl_convert", None)
    told = []
    write_report(results["agreement"], tmp_path / "out", force=False, tell=told.append)
    assert not (tmp_path / "out" / "report.html").exists()
    assert "get it with `pip install 'stance[report]'`" in told[0]


def test_summary_of_an_evaluation_speaks_plainly(results):
    lines = summarise(results["evaluation"])
    assert re.match(
        r"Right for about \d of 10 passages that refer to Israel \(\d+% of \d+; 95% interval", lines[0]
    )
    assert any("points better than the best of the simple methods" in line for line in lines)
    assert any(line.startswith("Weakest on ") for line in lines)
    assert any(line.startswith("If a person reads the 30%") for line in lines)


def test_summary_names_the_groups_not_to_trust(results):
    data = json.loads(json.dumps(results["evaluation"]))
    reach = {"accuracy": [0.1, 0.3]}
    weak = {"group": "pt", "n": 90, "documents": 40, "small": False, "accuracy": 0.2, "intervals": reach}
    small = {"group": "fr", "n": 3, "documents": 2, "small": True, "accuracy": 0.2, "intervals": {}}
    data["breakdowns"]["language"] = [weak, small]
    lines = "\n".join(summarise(data))
    assert "Trust it less for pt (language): 20% right" in lines
    assert re.search(r"Too few passages to say how far to trust it for .*fr \(language\)", lines)


def test_summary_of_a_comparison_gives_the_verdict(results):
    lines = summarise(results["comparison"])
    assert lines[0].startswith("B is better than A by ")
    assert lines[-1].startswith("The gate is missed: macro-F1 of all pairs changed by +0.")


def test_reading_other_files_as_results_is_refused(tmp_path):
    file = tmp_path / "results.json"
    file.write_text('{"schema": 1}')
    with pytest.raises(UsageError, match="schema 1, but this version reads 2; evaluate again"):
        read_results(file)
    file.write_text("[]")
    with pytest.raises(UsageError, match=r"not a results\.json"):
        read_results(file)


def test_scripts_cannot_be_ended_by_data():
    written = str(page.script_json({"a": "</script><!-- & \u2028"}))
    assert not set("<>&\u2028") & set(written)
    assert json.loads(written) == {"a": "</script><!-- & \u2028"}
    assert "</script" not in page.library()


def test_marks_cut_a_text_without_losing_any():
    text = "We condemn this."
    for marks in ([], [(0, 2)], [(3, 10), (5, 12)], [(0, 16)], [(10, 99)]):
        runs = list(page.marked(text, marks))
        assert "".join(run for run, _ in runs) == text
    assert list(page.marked(text, [(3, 10)])) == [("We ", False), ("condemn", True), (" this.", False)]


def test_words_of_reports():
    assert (figure(None), figure(-0.5, 1)) == ("–", "−0.5")
    assert [out_of_ten(share) for share in (0.01, 0.78, 0.99)] == [
        "hardly any",
        "about 8 of 10",
        "nearly all",
    ]
    assert (listed(["a"]), listed(["a", "b", "c"]), listed([])) == ("a", "a, b and c", "")
    assert (name_of("USA"), name_of("ISR"), name_of("XXX")) == ("the United States", "Israel", "XXX")
    assert cell("a|b\nc") == "a\\|b c"


def test_actors_command_writes_its_report(tmp_path):
    scored = tmp_path / "scored.csv"
    rows = [f"{n},FRA,200{n % 3}-01-01,ISR,critical,-0.{n + 1},\n" for n in range(6)]
    scored.write_text("id,actor,date,target,stance,score,evidence\n" + "".join(rows))
    run = CliRunner(catch_exceptions=False).invoke(
        program, ["actors", str(scored), "--by", "year"], standalone_mode=False
    )
    assert run.stdout.startswith("# Stances of actors") and "France" in run.stdout
    out = tmp_path / "out"
    CliRunner(catch_exceptions=False).invoke(
        program, ["actors", str(scored), "--by", "year", "-o", str(out)], standalone_mode=False
    )
    assert read_results(out / "results.json")["statements"] == 6


def test_model_card_is_made_from_results(results, model_folder):
    yaml = pytest.importorskip("yaml", reason="PyYAML, the oracle of this test, is not installed")
    from stance.report.card import write_card

    text = write_card(
        model_folder, [results["evaluation"], results["agreement"], results["validity"]]
    ).read_text()
    _, front, body = text.split("---\n", 2)
    matter = yaml.safe_load(front)
    measured = results["evaluation"]["systems"][0]["every"]["all"]["macro_f1"]
    assert matter["model-index"][0]["results"][0]["metrics"][0]["value"] == pytest.approx(measured, abs=1e-4)
    for heading in (
        "Intended use",
        "Out of scope",
        "By group",
        "Limits",
        "What a stance label does not mean",
    ):
        assert f"\n## {heading}\n" in body
    assert "### Region of the actor" in body and "<script" not in body
    # The bundle still loads with its card beside it.
    from stance.model import bundle

    assert bundle.load(model_folder)[0].classes_.size


def test_model_card_needs_an_evaluation(results, model_folder):
    from stance.report.card import write_card

    with pytest.raises(UsageError, match="needs the results of an evaluation; run `stance evaluate"):
        write_card(model_folder, [results["agreement"]])
