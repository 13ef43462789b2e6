"""The program as a whole: help, what it imports, how it ends."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import click
import pytest
from click.testing import CliRunner
from sample_texts import PROGRAM

from stance import __version__
from stance.cli.main import COMMANDS, stance

EXAMPLE = Path(__file__).parents[2] / "examples" / "statements.csv"


def all_commands(group=stance, path=()):
    context = click.Context(group)
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        yield (*path, name), command
        if isinstance(command, click.Group):
            yield from all_commands(command, (*path, name))


ALL = dict(all_commands())


@pytest.mark.parametrize("path", ALL, ids=" ".join)
def test_every_command_has_help(path):
    result = CliRunner().invoke(stance, [*path, "--help"])
    assert result.exit_code == 0
    assert result.output.startswith(f"Usage: stance {' '.join(path)} ")
    assert (ALL[path].help or "").strip().split("\n")[0].endswith((".", ":"))
    for option in ALL[path].params:
        if isinstance(option, click.Option):
            assert option.help, f"{' '.join(path)} {option.opts}"


def test_the_list_of_commands_is_that_of_their_modules():
    result = CliRunner().invoke(stance, ["--help"])
    for name, line in COMMANDS.items():
        assert f"  {name}" in result.output
        assert line.split()[0] in result.output
        assert (name,) in ALL
    assert list(COMMANDS) == [path[0] for path in ALL if len(path) == 1]


def test_the_short_help_of_a_command_is_its_first_line():
    for name, line in COMMANDS.items():
        assert line.endswith(".")
        assert ALL[(name,)].name == name


HEAVY = {
    "numpy",
    "pandas",
    "sklearn",
    "scipy",
    "pyarrow",
    "joblib",
    "tomllib",
    "stance.model",
    "stance.targets",
}


@pytest.mark.parametrize(
    "arguments", [["--help"], ["--version"], *([name, "--help"] for name in COMMANDS)], ids=" ".join
)
def test_help_imports_nothing_heavy(arguments):
    code = (
        "import sys\nfrom stance.cli.main import main\n"
        "try:\n    main(sys.argv[1:])\nfinally:\n    print(*sys.modules, file=sys.stderr)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, *arguments], capture_output=True, text=True, timeout=60
    )
    assert done.returncode == 0
    assert HEAVY.isdisjoint(done.stderr.split())


def test_version(run):
    done = run("--version")
    assert done.stdout.decode() == f"stance, version {__version__}\n"


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["scor"], "No such command 'scor'"),
        (["score"], "Missing argument 'INPUT'"),
        (
            ["score", "-", "--shape", "long"],
            "Invalid value for '--shape': 'long' is not one of 'tidy', 'wide'",
        ),
        (["explain", "a text"], "Missing option '--target' / '-t'"),
        (["train", "x.csv"], "Missing option '--output' / '-o'"),
        (["corpus", "add", "ungdc"], "Missing argument 'PATH'"),
        (["score", "-", "--max-chars", "0"], "Invalid value for '--max-chars': 0 is not in the range x>=1"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_wrong_usage_ends_with_two_and_says_why_on_stderr(call, arguments, message):
    done = call(*arguments)
    assert done.returncode == 2
    assert done.stdout == b""
    assert message in done.stderr.decode()


def test_no_command_shows_the_help(run):
    done = run()
    assert b"Usage: stance" in done.stdout + done.stderr


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        (["score", "nowhere.csv"], 2, "nowhere.csv"),
        (
            ["score", EXAMPLE, "--model", "nowhere"],
            1,
            "stance: nowhere: no bundle there; a bundle is a folder with a manif",
        ),
        (
            ["explain", "We met.", "-t", "CUB"],
            1,
            "stance: unknown target 'CUB'; known are ISR, IRN, USA; declare it",
        ),
        (["train", "nowhere.csv", "-o", "b"], 2, "stance: nowhere.csv: no such file or folder"),
        (["labels", "check", "nowhere.csv"], 2, "stance: nowhere.csv: no such file or folder"),
        (["corpus", "add", "books", "."], 2, "stance: unknown corpus 'books'; known are ungdc, crossgenre"),
        (
            ["corpus", "add", "ungdc", "nowhere"],
            2,
            "stance: nowhere: no such file or folder; ungdc is: UN General",
        ),
        (["targets", "--targets", "nowhere.toml"], 1, "stance: nowhere.toml: "),
    ],
    ids=lambda value: " ".join(map(str, value)) if isinstance(value, list) else "",
)
def test_a_fault_is_one_message_on_stderr_and_no_traceback(call, tmp_path, arguments, code, message):
    done = call(*arguments, cwd=tmp_path)
    assert (done.returncode, done.stdout) == (code, b"")
    assert message in done.stderr.decode()
    assert b"Traceback" not in done.stderr
    assert list(tmp_path.iterdir()) == []


def start(*arguments, **more):
    return subprocess.Popen([*PROGRAM, *map(str, arguments)], **more)


def wait_until(condition, seconds=30):
    for _ in range(int(seconds / 0.02)):
        if condition():
            return
        time.sleep(0.02)
    pytest.fail("it did not come to that")


def test_an_interrupt_ends_with_130_and_leaves_no_half_file(bundle_folder, tmp_path):
    """The program has read a thousand statements and waits for more when it is interrupted."""
    process = start(
        "score", "-", "--format", "csv", "-o", tmp_path / "out.csv", "-m", bundle_folder,
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=tmp_path,
    )  # fmt: skip
    with process:
        assert process.stdin is not None
        process.stdin.write(b"text\n" + b"We thank Israel for its help.\nnot a good row, at all\n" * 500)
        process.stdin.flush()
        wait_until(lambda: any(path.suffix == ".part" for path in tmp_path.iterdir()))
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=30)
    assert process.returncode == 130
    assert out == b""
    assert err.decode().strip().endswith("stance: interrupted")
    assert "Traceback" not in err.decode()
    assert list(tmp_path.iterdir()) == []


def test_an_interrupted_training_leaves_the_old_bundle(bundle_folder, labels_file, tmp_path):
    import shutil

    old = shutil.copytree(bundle_folder, tmp_path / "bundle")
    process = start("train", labels_file, "-o", old, "--force", stderr=subprocess.PIPE, cwd=tmp_path)
    with process:
        assert process.stderr is not None
        first = process.stderr.readline()
        process.send_signal(signal.SIGINT)
        rest = process.stderr.read()
        process.wait(timeout=30)
    assert first.startswith(b"training on ")
    assert process.returncode == 130
    assert rest.decode().strip().endswith("stance: interrupted")
    assert [path.name for path in tmp_path.iterdir()] == ["bundle"]
    assert (old / "manifest.json").read_bytes() == (bundle_folder / "manifest.json").read_bytes()


@pytest.mark.parametrize(
    "arguments",
    [
        ["score", "big.csv", "-m", "BUNDLE"],
        ["explain", "We condemn Israel.", "-t", "ISR", "-m", "BUNDLE"],
        ["corpus", "list"],
    ],
    ids=lambda arguments: arguments[0] + arguments[-1],
)
def test_a_closed_pipe_ends_without_a_word(arguments, bundle_folder, tmp_path):
    (tmp_path / "big.csv").write_bytes(b"text\n" + b"We thank Israel for its help.\n" * 2000)
    arguments = [str(bundle_folder) if argument == "BUNDLE" else argument for argument in arguments]
    reader, writer = os.pipe()
    process = start(*arguments, stdout=writer, stderr=subprocess.PIPE, cwd=tmp_path)
    os.close(writer)
    os.close(reader)
    with process:
        _, err = process.communicate(timeout=60)
    assert err == b""
    assert process.returncode == 0


def test_head_takes_what_it_wants(bundle_folder, tmp_path):
    (tmp_path / "big.csv").write_bytes(b"text\n" + b"We thank Israel for its help.\n" * 1000)
    program = " ".join(f"'{part}'" for part in PROGRAM)
    done = subprocess.run(
        ["bash", "-o", "pipefail", "-c", f"{program} score big.csv -m '{bundle_folder}' | head -1"],
        capture_output=True, cwd=tmp_path, timeout=60,
    )  # fmt: skip
    assert done.stdout.startswith(b"id,actor,date,target,stance,score,")
    assert (done.returncode, done.stderr) == (0, b"")


def test_the_installed_script_runs():
    script = Path(sys.executable).with_name("stance")
    if not script.exists():
        pytest.skip("the package is not installed")
    done = subprocess.run([script, "--version"], capture_output=True, timeout=60)
    assert done.returncode == 0


def test_a_system_error_is_named_and_no_traceback(call, tmp_path):
    (tmp_path / "loop.csv").symlink_to("loop.csv")
    done = call("labels", "check", "loop.csv", cwd=tmp_path)
    assert done.returncode in (1, 2)
    assert b"Traceback" not in done.stderr and b"loop.csv" in done.stderr
