"""Start the game in its own environment, making that environment first where it is missing or out of date.

Runs under whatever Python called ``run_game.py``, before any package is installed. On all later starts this
module is the whole cost of the detour, so it imports next to nothing and leaves the work to `installation`.
"""

from __future__ import annotations

import os
import sys

from game.cli.environment import environment_python, is_ready
from game.faults import Fault

INTERRUPTED = 130
# On all cores; a test that hangs for a quarter of an hour is ended and shown. `test --slow` adds the long batches.
WHOLE_SUITE = ("-n", "auto", "--timeout", "900")


def main(root: str, arguments: list[str]) -> int:
    """Make sure that the environment is there, then become the game (or its test run)."""
    part = "test" if arguments[:1] == ["test"] else "play"
    try:
        if not is_ready(root, part):
            from game.cli import installation

            installation.install(root, part)
        return hand_over(root, part, arguments)
    except Fault as fault:
        sys.stderr.write(f"error: {fault.message}\n" + (f"fix: {fault.remedy}\n" if fault.remedy else ""))
        return fault.exit_code
    except KeyboardInterrupt:
        sys.stderr.write("\nInterrupted. The next start goes on with the set-up.\n")
        return INTERRUPTED


def hand_over(root: str, part: str, arguments: list[str]) -> int:
    """Run the game (or pytest) with the environment's interpreter; on POSIX this never returns.

    ``-P`` keeps the working folder off the import path: a folder of downloaded scenarios must not be able to
    slip in a module of its own. Tests run in the project's folder, everything else where the user stands.
    """
    python = environment_python(root)
    command = [python, "-P", "-m", "game", *arguments]
    if part == "test":
        # The bare command runs everything; with arguments, pytest does exactly what they say.
        command = [python, "-P", "-m", "pytest", *(arguments[1:] or WHOLE_SUITE)]
        os.chdir(root)
    environment = {**os.environ, "PYTHONPATH": root}
    sys.stdout.flush()
    sys.stderr.flush()
    if os.name != "nt":
        os.execve(python, command, environment)
    import subprocess

    with subprocess.Popen(command, env=environment) as game:
        while True:
            try:
                return game.wait()
            except KeyboardInterrupt:  # the game was interrupted too, and answers for itself
                continue
