"""The program `trustsim`: each file of this folder is a command, unless its name begins with an underscore.

The file has a function of its own name. Its docstring says in one line what the help lists. It is imported when the
command is used, so that help comes at once.
"""

import ast
import codecs
import keyword
import os
import signal
import sys
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import Annotated, Any, TextIO

import typer
from typer.core import TyperCommand, TyperGroup

from simulation import __version__
from simulation.cli._console import report_error
from simulation.environment import check_environment
from simulation.interrupts import Terminated, exit_code, ignore_at_end, raise_in_command

_STAND_INS = {"−": "-", "–": "-", "±": "+/-", "“": '"', "”": '"', "’": "'", "£": "GBP ", "\N{WORD JOINER}": ""}
"""Replacements for terminals without Unicode; any other letter becomes a question mark."""


class _Unloaded(TyperCommand):
    """A command in the list of the help; its line is read from its file, which is not imported."""

    def get_short_help_str(self, limit: int = 45) -> str:  # noqa: ARG002 (never cut: a test holds it to one line)
        """Return the file's docstring."""
        source = (Path(__file__).parent / f"{module_of(str(self.name))}.py").read_text(encoding="utf-8")
        return ast.get_docstring(ast.parse(source)) or ""


class _LazyGroup(TyperGroup):
    """A group whose commands are the files of this folder, each loaded when it is used."""

    def __init__(self, **attributes: Any) -> None:
        super().__init__(**attributes)
        self.commands.update({name: _Unloaded(name) for name in command_names()})

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        """Import the command that the arguments name."""
        name, command, rest = super().resolve_command(ctx, args)
        return name, load_command(str(name)) if isinstance(command, _Unloaded) else command, rest

    def invoke(self, ctx: Any) -> Any:
        """Run the command, and print the user's mistakes without a traceback."""
        raise_in_command()
        try:
            check_environment()
            return super().invoke(ctx)
        except Terminated:
            typer.echo("terminated", err=True)
            raise typer.Exit(exit_code(signal.SIGTERM)) from None
        except KeyboardInterrupt:
            typer.echo("interrupted", err=True)
            raise typer.Exit(exit_code(signal.SIGINT)) from None
        except BrokenPipeError:
            raise typer.Exit from None
        except Exception as error:
            code = report_error(error)
            if code is None:
                raise
            raise typer.Exit(code) from None


app = typer.Typer(
    cls=_LazyGroup,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    no_args_is_help=True,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _show_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"trustsim {__version__}")
        raise typer.Exit


@app.callback()
def _trustsim(
    version: Annotated[
        bool, typer.Option("--version", help="Print the version and stop.", callback=_show_version, is_eager=True)
    ] = False,
) -> None:
    """Simulate when organisations with budgets of their own start to work as one place."""


def command_names() -> list[str]:
    """Return the names of all commands, in alphabetical order."""
    names = (path.stem for path in Path(__file__).parent.glob("[a-z]*.py"))
    return sorted(name.removesuffix("_").replace("_", "-") for name in names if name != Path(__file__).stem)


def module_of(command: str) -> str:
    """Return the name of a command's module and function: the command's with underscores, one more after a keyword."""
    return f"{command}_" if keyword.iskeyword(command) else command.replace("-", "_")


def load_command(name: str) -> Any:
    """Make a command from the function of its name in the module of its name."""
    module = module_of(name)
    function: Callable[..., None] = getattr(import_module(f"simulation.cli.{module}"), module)
    one = typer.Typer(rich_markup_mode=None, add_completion=False)
    one.command(name, help=(function.__doc__ or "").split("\n\nArgs:")[0])(function)
    return typer.main.get_command(one)


def main() -> None:
    """Run `trustsim` with the arguments of the command line."""
    _ready_streams()
    os.environ.pop("MPLBACKEND", None)  # charts need no window, and matplotlib stops at a name that it doesn't know
    try:
        app(prog_name="trustsim")
    except OSError as error:
        raise SystemExit(report_error(error)) from None
    finally:
        ignore_at_end()
        _flush()


def _ready_streams() -> None:
    """Replace letters that the terminal cannot show, and discard output if the caller closed the stream."""
    codecs.register_error("stand-in", _stand_in_for)
    sys.stdout = sys.stdout or _nowhere()
    sys.stderr = sys.stderr or _nowhere()
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="stand-in")


def _stand_in_for(error: UnicodeError) -> tuple[str, int]:
    """Return the replacement for letters that a stream cannot encode."""
    if not isinstance(error, UnicodeEncodeError):
        raise error
    letters = error.object[error.start : error.end]
    return "".join(_STAND_INS.get(letter, "?") for letter in letters), error.end


def _nowhere() -> TextIO:
    return Path(os.devnull).open("w", encoding="utf-8")


def _flush() -> None:
    """Flush the output; a full disk is reported, a reader that has closed the pipe is not."""
    try:
        sys.stdout.flush()
    except OSError as error:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        if not isinstance(error, BrokenPipeError):
            raise SystemExit(report_error(error)) from None
