"""The program: its commands, loaded when they are called, and how it ends."""

import os
import sys
from importlib import import_module
from typing import Any

import click

from stance import __version__
from stance.errors import StanceError

COMMANDS = {
    "score": "Say the stance of statements toward the targets.",
    "extract": "Find the official statements in news articles.",
    "explain": "Show what pushed the decision for one text.",
    "train": "Train a model from label files.",
    "evaluate": "Measure a model on labelled passages.",
    "compare": "Say whether one model is better than another.",
    "actors": "Bring scored statements together: each actor's stance over time.",
    "labels": "Check label files.",
    "corpus": "Index the corpora that labels point at.",
    "targets": "Show the targets and how texts refer to them.",
}
"""Name and one line of help; each lives in the module of its name."""

INTERRUPTED = 130


class LazyGroup(click.Group):
    """A group that imports a command when it is called: ``--help`` costs no more than click."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names in the order of `COMMANDS`."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import and return a command."""
        if cmd_name not in COMMANDS:
            return None
        command: click.Command = getattr(import_module(f"stance.cli.{cmd_name}"), cmd_name)
        return command

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command; it ends quietly when the reader of stdout has gone (`| head`)."""
        try:
            return super().invoke(ctx)
        except BrokenPipeError:
            # What is still in the buffer has nowhere to go, and the interpreter must not complain at exit.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            sys.exit(0)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the list of commands without importing them."""
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))


@click.group(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="stance")
def stance() -> None:
    """Stance of official statements toward Israel, Iran and the United States."""


def main(arguments: list[str] | None = None) -> None:
    """Run the program and exit.

    0 done, 1 data or model fault, 2 usage, 3 rows refused, 4 gate missed, 130 interrupted.
    """
    try:
        result: Any = stance.main(args=arguments, prog_name="stance", standalone_mode=False)
        sys.exit(result if isinstance(result, int) else 0)
    except StanceError as error:
        _end(str(error), error.exit_code)
    except click.ClickException as error:
        error.show()
        sys.exit(error.exit_code)
    except (click.Abort, KeyboardInterrupt):
        _end("interrupted", INTERRUPTED)
    except OSError as error:
        _end(f"{error.filename or 'the system'}: {error.strerror or error}", StanceError.exit_code)


def _end(message: str, code: int) -> None:
    click.echo(f"stance: {message}", err=True)
    sys.exit(code)
