"""Run one command line and turn whatever happens into an exit code and, at most, a line on standard error.

0 fine; 1 content has errors; 2 usage; 3 a save or replay cannot be used; 4 environment; 5 a bug, of which a
crash report is kept; 130 interrupted. A traceback is shown only with ``--debug``.
"""

from __future__ import annotations

import os
import sys
import traceback
from collections.abc import Sequence

from game.cli.streams import complain, open_missing, safe_streams
from game.faults import ContentFault, EnvironmentFault, Fault, UsageFault
from game.words import say

INTERRUPTED = 130
BUG = 5
# Packages that a plain Python lacks; without one of them only a part of the game is out of reach.
PACKAGES = {"pygame": "pygame-ce", "numpy": "numpy", "networkx": "networkx", "yaml": "pyyaml", "typer": "typer"}


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command that the arguments name; without any, open the game."""
    words = list(sys.argv[1:] if arguments is None else arguments)
    open_missing()
    with safe_streams():
        return _outcome(words)


def _outcome(words: list[str]) -> int:
    debug = "--debug" in words
    try:
        try:
            code = _run([word for word in words if word != "--debug"])
        finally:
            _flush()
        return code
    except BaseException as error:
        if debug and not isinstance(error, SystemExit | KeyboardInterrupt | UsageFault):
            traceback.print_exception(error)
        return _account_for(error, words)


def _run(words: list[str]) -> int:
    if not words:
        from game.cli.opening import open_game

        return open_game()
    from game.cli.commands import run_command

    return run_command(words)


def _account_for(error: BaseException, words: list[str]) -> int:
    """Say in one line what ended the command, and choose its exit code."""
    if isinstance(error, SystemExit):
        return error.code if isinstance(error.code, int) else int(error.code is not None)
    if isinstance(error, KeyboardInterrupt):
        _complain("interrupted.")
        return INTERRUPTED
    if isinstance(error, ModuleNotFoundError) and error.name in PACKAGES:
        error = EnvironmentFault(
            say("the package {packages} is not installed.", packages=PACKAGES[error.name]),
            "start with python3 run_game.py, which brings all packages, or run: pip install -e .",
        )
    if isinstance(error, OSError):
        error = _from_system(error)
    if isinstance(error, EOFError | ValueError) and (half := _half_compiled(error)):
        error = EnvironmentFault(
            say("Python has compiled {path} only in part, as happens on a full disk.", path=half),
            say("make room on the disk, delete that file, and start again."),
        )
    if isinstance(error, Fault) and error.exit_code != BUG:
        _complain(f"error: {Fault.__str__(error)}", *(error.report if isinstance(error, ContentFault) else ()))
        return error.exit_code
    from game.cli.crash import keep_report

    report = keep_report(error, words)
    place = say("The report is in {report}.", report=report) if report else "No report could be written."
    _complain(
        say(
            "error: a bug in the game: {name}: {error}. {place} fix: send it to the authors.",
            name=type(error).__name__,
            error=error,
            place=place,
        )
    )
    return BUG


def _half_compiled(error: BaseException) -> str:
    """The compiled file on which an import has ended, "" where something else went wrong."""
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    if trace is None or trace.tb_frame.f_code.co_name != "_compile_bytecode":
        return ""
    return str(trace.tb_frame.f_locals.get("bytecode_path") or "")


def _from_system(error: OSError) -> EnvironmentFault:
    if isinstance(error, BrokenPipeError):
        return EnvironmentFault("the program that read the output has closed it.")
    if isinstance(error, FileNotFoundError) and not error.filename:
        return EnvironmentFault("the working folder is gone.", "go to a folder that is there, and start again.")
    place = f"{error.filename}: " if error.filename else ""
    return EnvironmentFault(f"{place}{error.strerror or error}.")


def _flush() -> None:
    """Bring the output out while a failure can still be told; Python would only complain at the very end."""
    try:
        sys.stdout.flush()
    except OSError:
        # What could not be written stays in the buffer: give it a place where it vanishes quietly.
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, sys.stdout.fileno())
        os.close(nowhere)
        raise


def _complain(line: str, *report: str) -> None:
    """Say a line, whatever the names in it hold, and beneath it the lines of a report."""
    from game.schema.problems import safe

    complain("\n".join([safe(line), *report]) + "\n")
