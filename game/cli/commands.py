"""All commands under one roof: the typer application, and how a usage error is said."""

from __future__ import annotations

import errno
import os
from collections.abc import Sequence
from typing import Annotated

import typer
from typer.exceptions import TyperException

from game import __version__
from game.cli import (
    behaviour,
    bench,
    check,
    compare,
    edit,
    history,
    ladder,
    map_picture,
    new_scenario,
    packs,
    play,
    puzzles,
    replay,
    shots,
    simulate,
    verify,
)
from game.faults import UsageFault
from game.words import say

NAME = "run_game.py"
INTERRUPTED = 130
MAKE_MAP = "make-map"
EPILOG = "Without a command the game opens. run_game.py test runs the tests. Each command has its own --help."


def run_command(words: list[str]) -> int:
    """Run one command line; usage errors become faults, exit codes come back as numbers."""
    try:
        code = application(words)(args=words, prog_name=NAME, standalone_mode=False)
    except TyperException as error:
        raise _usage_fault(error) from error
    except typer.Abort as error:
        if isinstance(error.__cause__, EOFError):  # not the end of an input: nothing here asks for any
            raise error.__cause__ from None
        raise KeyboardInterrupt from error
    except SystemExit as error:  # typer's answer to a closed pipe, the only case in which it ends the process
        raise BrokenPipeError(errno.EPIPE, os.strerror(errno.EPIPE)) from error
    if code == INTERRUPTED:  # typer has turned Ctrl-C into an exit code already
        raise KeyboardInterrupt
    return code if isinstance(code, int) else 0


def application(words: Sequence[str] = ()) -> typer.Typer:
    """The application with what the words of a command line could call: the command they begin with, or all."""
    app = typer.Typer(
        name=NAME,
        epilog=EPILOG,
        rich_markup_mode=None,  # plain help: no wrapping panels, and rich need not be imported
        pretty_exceptions_enable=False,
        add_completion=False,
    )
    app.callback(invoke_without_command=True)(_common)
    for module in (play, replay, edit, check):
        module.register(app)
    map_picture.register(app, wanted=list(words[:1]) == ["map"])
    for module in (simulate, history, compare, ladder, puzzles, behaviour, verify, new_scenario, packs, bench, shots):
        module.register(app)
    _register_make_map(app, wanted=MAKE_MAP in words)
    called = [command for command in app.registered_commands if command.name in words[:1]]
    if called:  # typer reads the signature of every command it has: it is spared those that are not called
        app.registered_commands = called
    return app


def _common(
    context: typer.Context,
    version: Annotated[bool, typer.Option("--version", help="Print the version and end.", is_eager=True)] = False,
    debug: Annotated[bool, typer.Option("--debug", help="Show the traceback of a bug.")] = False,  # see runner
) -> None:
    """Race for Deir Ezzor: a turn-based operational wargame of eastern Syria, September to November 2017."""
    if version:
        print(__version__)
        raise typer.Exit(0)
    if context.invoked_subcommand is None:
        from game.cli.opening import open_game

        raise typer.Exit(open_game())


def _register_make_map(app: typer.Typer, *, wanted: bool) -> None:
    """The map maker brings its own command, and numpy with it: loaded when called, else only listed."""
    if wanted:
        from game.mapmaker import command

        command.register(app)
    else:
        app.command(MAKE_MAP)(_listed_make_map)


def _listed_make_map() -> None:
    """Make a scenario's map from geographic data."""


def _usage_fault(error: TyperException) -> UsageFault:
    message = error.format_message()
    return UsageFault(
        message + "." * (message[-1:] not in ".?"),
        say("see {name} {command}--help", name=NAME, command=_command_of(error)),
    )


def _command_of(error: TyperException) -> str:
    context = getattr(error, "ctx", None)
    name = getattr(context, "info_name", None) if getattr(context, "parent", None) else None
    return f"{name} " if name else ""
