"""Targets files of a user: adding, extending, replacing, and every fault named at once."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stance.errors import TargetError
from stance.targets import TargetRegistry
from stance.targets.registry import DEFAULT_PATH
from stance.targets.schema import read_targets


def load(folder: Path, content: str) -> TargetRegistry:
    path = folder / "mine.toml"
    path.write_text(content, encoding="utf-8")
    return TargetRegistry.load(path)


def error(folder: Path, content: str) -> str:
    with pytest.raises(TargetError) as caught:
        load(folder, content)
    return str(caught.value)


def test_a_new_target(tmp_path: Path) -> None:
    registry = load(
        tmp_path,
        """
        [TWN]
        name = "Taiwan"
        iso = "TWN"
        [TWN.en]
        names = ["Taiwan", "ROC"]
        leaders = [{ name = "Lai Ching-te", office = "President", from = 2024, surname = "Lai" }]
        acts = [{ terms = ["strait"], with = ["Taipei"] }]
        not = ["Taiwan Strait Pact"]
        [TWN.zh]
        names = ["台湾"]
        """,
    )
    assert registry.codes == ("ISR", "IRN", "USA", "TWN")
    assert registry["TWN"].iso == "TWN"
    text = "President Lai thanked Israel; Taipei watched the strait, not the Taiwan Strait Pact."
    found = [(m.target, m.kind, m.alias) for m in registry.find(text, "en", 2025)]
    assert found == [("TWN", "leader", "President Lai"), ("ISR", "name", "Israel"), ("TWN", "act", "strait")]
    assert registry.find("President Lai spoke", "en", 2010) == []
    chinese = "我们访问了台湾。"
    assert [chinese[m.start : m.end] for m in registry.find(chinese, "zh")] == ["台湾"]


def test_a_target_with_a_name_only(tmp_path: Path) -> None:
    registry = load(tmp_path, '[TWN]\nname = "Taiwan"\n')
    assert [m.target for m in registry.find("Taiwan's port", "en")] == ["TWN"]


def test_extending_a_target(tmp_path: Path) -> None:
    registry = load(tmp_path, '[ISR.en]\nepithets = ["land of the cedar bench"]\nnot = ["Israel Street"]\n')
    found = registry.find("Israel, land of the cedar bench; Israel Street", "en")
    assert [m.alias for m in found] == ["Israel", "land of the cedar bench"]
    assert registry["ISR"].name == "Israel"
    assert TargetRegistry.default().find("land of the cedar bench") == []


def test_replacing_a_target(tmp_path: Path) -> None:
    registry = load(tmp_path, '[ISR]\nname = "Isr"\nreplace = true\n[ISR.en]\nnames = ["Isr"]\n')
    assert [m.alias for m in registry.find("Israel or Isr")] == ["Isr"]
    assert registry.codes == ("ISR", "IRN", "USA")


def test_several_files_in_order(tmp_path: Path) -> None:
    for number, name in enumerate(["first", "second"]):
        (tmp_path / f"{number}.toml").write_text(f'[NEW]\nname = "{name}"\n[NEW.en]\nnames = ["{name}"]\n')
    registry = TargetRegistry.load(tmp_path / "0.toml", str(tmp_path / "1.toml"))
    assert registry["NEW"].name == "second"
    assert [m.alias for m in registry.find("first, second")] == ["first", "second"]


def test_titles_of_another_language(tmp_path: Path) -> None:
    registry = load(
        tmp_path,
        """
        [languages.es]
        surname_with = ["Presidente {}"]
        [USA.es]
        names = ["Estados Unidos"]
        leaders = [{ name = "George Bush", office = "Presidente", from = 2001, to = 2009, surname = "Bush" }]
        """,
    )
    found = registry.find("El presidente Bush y los ESTADOS UNIDOS", "es", 2003)
    assert [m.alias for m in found] == ["Presidente Bush", "Estados Unidos"]


def test_all_faults_at_once(tmp_path: Path) -> None:
    text = error(
        tmp_path,
        """
        top = 1
        lower = { name = "x" }
        [languages]
        e = { surname_with = [] }
        en = { surname_with = ["President"], titles = [] }
        [ISR]
        name = 5
        replace = "yes"
        colour = "blue"
        [TWN.en]
        nicknames = ["x"]
        names = "Taiwan"
        demonyms = [3, "---", "Tai*wanese", { with = ["x"] }]
        acts = [{ terms = ["a"], near = ["b"], from = "1990" }, { terms = ["a"], from = 2000, to = 1990 }]
        leaders = ["Lai", { name = "Lai", from = 99999 }]
        not = [{ terms = "x" }]
        [TWN.fr]
        leaders = [{ name = "Lai", office = "Président", surname = "Lai" }]
        """,
    )
    lines = text.splitlines()
    assert lines[0] == f"{tmp_path / 'mine.toml'}: {len(lines) - 1} faults in the targets file:"
    for expected in [
        "  top = 1: is no target code; use capitals, digits, _ and - after a capital: [TWN]",
        "  lower = {'name': 'x'}: is no target code",
        "  languages.e = {'surname_with': []}: is no language code; use ISO 639-1",
        "  languages.en.titles = []: is an unknown key; use one of surname_with",
        "  languages.en.surname_with = 'President': does not say where the surname stands",
        "  ISR.name = 5: is not a text",
        "  ISR.replace = 'yes': is not true or false",
        "  ISR.colour = 'blue': is an unknown key; use name, iso, replace or a language code",
        'has no name; add name = "..." under [TWN]',
        "  TWN.en.nicknames = ['x']: is an unknown key; use one of names, demonyms",
        "  TWN.en.names = 'Taiwan': is not a list; put it in square brackets",
        "  TWN.en.demonyms[1] = 3: is no term",
        "  TWN.en.demonyms[2] = '---': holds no word",
        "  TWN.en.demonyms[3] = 'Tai*wanese': has a * that ends no word",
        "  TWN.en.demonyms[4] = {'with': ['x']}: has no terms",
        "  TWN.en.acts[1].near = ['b']: is an unknown key; use one of terms, with, from, to",
        "  TWN.en.acts[1].from = '1990': is no year from 1800 to 2100",
        "  TWN.en.acts[2].to = 1990: lies before from = 2000",
        "  TWN.en.leaders[1] = 'Lai': is no leader",
        "  TWN.en.leaders[2].office = None: is not a text",
        "  TWN.en.leaders[2].from = 99999: is no year",
        "  TWN.en.not[1].terms = 'x': is not a list",
        "  TWN.fr.leaders[1].surname = 'Lai': has no titles to stand with; add surname_with",
    ]:
        assert expected in text


def test_one_fault(tmp_path: Path) -> None:
    assert "mine.toml: 1 fault in the targets file:" in error(tmp_path, "[ISR.en]\nnames = [1]\n")


def test_a_table_that_is_none(tmp_path: Path) -> None:
    text = error(tmp_path, "languages = 1\nISR = 2\nIRN = { en = 3 }\n")
    assert "languages = 1: is not a table; write [languages.en]" in text
    assert "ISR = 2: is not a table; write [ISR]" in text
    assert "IRN.en = 3: is not a table; write [IRN.en]" in text


def test_a_long_value_is_cut(tmp_path: Path) -> None:
    text = error(tmp_path, f'[ISR]\ncolour = "{"x" * 500}"\n')
    assert "xxx...: is an unknown key" in text
    assert len(text) < 400


def test_syntax_error_names_line_and_column(tmp_path: Path) -> None:
    text = error(tmp_path, '[ISR.en]\nnames = ["a" "b"]\n')
    assert text.startswith(f"{tmp_path / 'mine.toml'}: not valid TOML: ")
    assert "line 2, column 14" in text
    assert "a missing quote, comma or bracket" in text


def test_not_utf8(tmp_path: Path) -> None:
    path = tmp_path / "mine.toml"
    path.write_bytes(b'[ISR]\nname = "Isra\xebl"\n')
    with pytest.raises(TargetError, match="byte 18 is not UTF-8; save the file as UTF-8"):
        TargetRegistry.load(path)


def test_no_such_file(tmp_path: Path) -> None:
    with pytest.raises(TargetError, match=r"none\.toml: no such targets file; check the path"):
        TargetRegistry.load(tmp_path / "none.toml")
    with pytest.raises(TargetError, match="cannot be read"):
        TargetRegistry.load(tmp_path)


def test_byte_order_mark_and_windows_lines(tmp_path: Path) -> None:
    path = tmp_path / "mine.toml"
    path.write_bytes('\ufeff[TWN]\r\nname = "Taiwan"\r\n'.encode())
    assert "TWN" in TargetRegistry.load(path)


@settings(max_examples=60)
@given(content=st.one_of(st.text(), st.just("[" * 5000), st.just("A = " + "[" * 5000)))
def test_any_file_gives_targets_or_a_named_error(
    tmp_path_factory: pytest.TempPathFactory, content: str
) -> None:
    path = tmp_path_factory.getbasetemp() / "any.toml"
    path.write_bytes(content.encode("utf-8", "surrogatepass"))
    try:
        targets, _ = read_targets(path)
    except TargetError as fault:
        assert "any.toml" in str(fault)
    else:
        assert all(code == target.code for code, target in targets.items())


def test_the_shipped_file() -> None:
    targets, surname_with = read_targets(DEFAULT_PATH)
    assert list(targets) == ["ISR", "IRN", "USA"]
    assert surname_with["en"]
    for target in targets.values():
        assert target.iso == target.code
        kinds = {term.kind for term in target.terms["en"]}
        assert kinds == {"name", "demonym", "capital", "leader", "institution", "epithet", "act", "not"}
        leaders = [term for term in target.terms["en"] if term.kind == "leader"]
        assert all(term.office for term in leaders)
        assert all(1850 <= year <= 2026 for term in leaders for year in (term.first, term.last) if year)
