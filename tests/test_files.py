"""Files and folders that appear whole or not at all."""

import os
import stat
from pathlib import Path

import pytest

from stance.errors import UsageError
from stance.files import check_output, replace_file, replace_folder


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_a_file_appears_when_the_block_ends(tmp_path):
    with replace_file(tmp_path / "out.csv", force=False) as new:
        new.write_text("rows")
        assert not (tmp_path / "out.csv").exists()
        assert new.parent == tmp_path  # the same file system: renaming is one step
    assert (tmp_path / "out.csv").read_text() == "rows"
    assert names(tmp_path) == ["out.csv"]


@pytest.mark.parametrize("error", [RuntimeError, KeyboardInterrupt, SystemExit])
def test_nothing_is_left_when_the_block_fails(error, tmp_path):
    with pytest.raises(error), replace_file(tmp_path / "out.csv", force=False) as new:
        new.write_text("half a row")
        raise error
    with pytest.raises(error), replace_folder(tmp_path / "out", force=False) as new:
        (new / "part").write_text("half")
        raise error
    assert names(tmp_path) == []


@pytest.mark.parametrize("error", [RuntimeError, KeyboardInterrupt])
def test_the_old_one_stays_when_the_block_fails(error, tmp_path):
    (tmp_path / "out.csv").write_text("old")
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "part").write_text("old")
    with pytest.raises(error), replace_file(tmp_path / "out.csv", force=True) as new:
        new.write_text("new")
        raise error
    with pytest.raises(error), replace_folder(tmp_path / "out", force=True) as new:
        (new / "part").write_text("new")
        raise error
    assert (tmp_path / "out.csv").read_text() == "old"
    assert (tmp_path / "out" / "part").read_text() == "old"
    assert names(tmp_path) == ["out", "out.csv"]


def test_force_replaces_the_whole_folder(tmp_path):
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "stale").write_text("old")
    with replace_folder(tmp_path / "out", force=True) as new:
        (new / "fresh").write_text("new")
        assert (tmp_path / "out" / "stale").exists()
    assert names(tmp_path / "out") == ["fresh"]
    assert names(tmp_path) == ["out"]


def test_the_old_folder_comes_back_if_the_new_one_cannot_take_its_name(tmp_path):
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "part").write_text("old")
    with pytest.raises(FileNotFoundError), replace_folder(tmp_path / "out", force=True) as new:
        new.rename(tmp_path / "elsewhere")
        # The mode of what is gone cannot be set, nor its name given.
    assert (tmp_path / "out" / "part").read_text() == "old"
    assert names(tmp_path) == ["elsewhere", "out"]


@pytest.mark.parametrize("replace", [replace_file, replace_folder])
def test_permissions_are_those_of_an_ordinary_creation(replace, tmp_path):
    before = os.umask(0o027)
    try:
        with replace(tmp_path / "out", force=False):
            pass
    finally:
        os.umask(before)
    want = 0o640 if replace is replace_file else 0o750
    assert stat.S_IMODE((tmp_path / "out").stat().st_mode) == want


@pytest.mark.parametrize("replace", [replace_file, replace_folder])
def test_an_output_that_exists_is_refused_before_the_block_runs(replace, tmp_path):
    (tmp_path / "out").write_text("old")
    message = r"out: exists already; choose another name or replace it with --force$"
    with pytest.raises(UsageError, match=message), replace(tmp_path / "out", force=False):
        pytest.fail("the block ran")
    assert (tmp_path / "out").read_text() == "old"


def test_a_missing_folder_is_named(tmp_path):
    message = r"deep/out: there is no folder .*/deep; create it first$"
    with pytest.raises(UsageError, match=message):
        check_output(tmp_path / "deep" / "out", force=True)


def test_a_file_in_place_of_the_folder_is_no_folder(tmp_path):
    (tmp_path / "deep").write_text("a file")
    with pytest.raises(UsageError, match="there is no folder"):
        check_output(tmp_path / "deep" / "out", force=False)


def test_a_folder_that_cannot_be_written_to_is_found():
    # Nobody can make a file there, not even the superuser.
    if not Path("/proc/self").is_dir():
        pytest.skip("needs /proc")
    with pytest.raises(UsageError, match=r"/proc/out: cannot be written in /proc \("):
        check_output(Path("/proc/out"), force=False)


def test_a_name_that_is_too_long_is_refused(tmp_path):
    with pytest.raises(UsageError, match=r"cannot be written in .* \(File name too long\)$"):
        check_output(tmp_path / ("x" * 300), force=False)


@pytest.mark.parametrize("path", [".", "..", "/", "a/.."])
def test_a_path_without_a_name_is_refused(path):
    with pytest.raises(UsageError, match=r"names no file or folder to write; give it a name$"):
        check_output(Path(path), force=True)


def test_a_folder_is_not_replaced_by_a_file(tmp_path):
    (tmp_path / "out").mkdir()
    with (
        pytest.raises(UsageError, match=r"out: is a folder; name a file$"),
        replace_file(tmp_path / "out", force=True),
    ):
        pytest.fail("the block ran")


def test_a_long_name_that_the_system_takes_is_written(tmp_path):
    name = "x" * 250
    with replace_file(tmp_path / name, force=False) as new:
        new.write_text("rows")
    assert names(tmp_path) == [name]


def test_checking_leaves_nothing_behind(tmp_path):
    check_output(tmp_path / "out", force=False)
    assert names(tmp_path) == []


def test_usage_errors_exit_with_two(tmp_path):
    with pytest.raises(UsageError) as caught:
        check_output(tmp_path / "no" / "out", force=False)
    assert caught.value.exit_code == 2
