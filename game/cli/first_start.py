"""Start the game in its own environment, making that environment first where it is missing or out of date.

Runs under whatever Python called ``run_game.py``, before any package is installed. On all later starts this
module is the whole cost of the detour, so it imports next to nothing and leaves the work to `installation`.
"""

from __future__ import annotations

import os
import sys

from game.cli.environment import Environment
from game.cli.streams import complain, open_missing
from game.faults import Fault

INTERRUPTED = 130
NEWEST = "--newest"
# On all cores, neighbours together as long as may be (they share worlds); a test that hangs for a quarter of an hour is
# ended and shown. `test --slow` adds the long batches.
WHOLE_SUITE = ("-n", "auto", "--dist", "worksteal", "--timeout", "900")


def main(root: str, arguments: list[str]) -> int:
    """Make sure that the environment is there, then become the game (or its test run)."""
    part = arguments[0] if arguments[:1] in (["test"], ["lint"]) else "play"
    words = arguments if part == "play" else arguments[1:]
    environment = Environment(root, newest=part != "play" and NEWEST in words)
    if part != "play":
        words = [word for word in words if word != NEWEST]
    try:
        open_missing()
        if not environment.is_ready(part):
            from game.cli import installation

            installation.install(environment, part)
        return hand_over(environment, part, words)
    except Fault as fault:
        from game.schema.problems import safe

        complain(f"error: {safe(fault.message)}\n" + (f"fix: {safe(fault.remedy)}\n" if fault.remedy else ""))
        return fault.exit_code
    except KeyboardInterrupt:
        complain("\nInterrupted. The next start goes on with the set-up.\n")
        return INTERRUPTED


def command_of(environment: Environment, part: str, words: list[str]) -> list[str]:
    """What is to be run with the environment's interpreter.

    ``-P`` keeps the working folder off the import path: a folder of downloaded scenarios must not be able to
    slip in a module of its own.
    """
    start = [environment.python, "-P"]
    if part == "test":
        # The bare command runs everything; with arguments of its own, pytest does exactly what they say.
        whole = WHOLE_SUITE if set(words) <= {"--slow"} else ()
        return [*start, "-m", "pytest", *whole, *words]
    if part == "lint":
        return [*start, os.path.join(environment.root, "tools", "lint.py"), *words]
    return [*start, "-m", "game", *words]


def hand_over(environment: Environment, part: str, words: list[str]) -> int:
    """Run the game (or its tests) with the environment's interpreter; on POSIX this never returns.

    Tests and lint run in the project's folder, everything else where the user stands.
    """
    command = command_of(environment, part, words)
    if part != "play":
        os.chdir(environment.root)
    settings = {**os.environ, "PYTHONPATH": environment.root}
    sys.stdout.flush()
    sys.stderr.flush()
    if os.name != "nt":
        os.execve(command[0], command, settings)
    import subprocess

    with subprocess.Popen(command, env=settings) as game:
        while True:
            try:
                return game.wait()
            except KeyboardInterrupt:  # the game was interrupted too, and answers for itself
                continue
