"""Start the game in its own environment, making that environment first where it is missing or out of date.

Runs under whatever Python called ``run_game.py``, before any package is installed. On all later starts this
module is the whole cost of the detour, so it imports next to nothing and leaves the work to `installation`.

The folder ``.venv`` beside ``run_game.py`` holds a *stamp* for each part that is complete: ``play``, ``test`` and
``lint``. A stamp names the texts of ``pyproject.toml`` and of the part's lock file and the interpreter it was made
with, and is the last thing that a set-up writes; while it fits, nothing is looked at again. A second folder,
``.venv-newest``, serves ``test --newest``: there the newest releases take the place of the locked ones.
"""

from __future__ import annotations

import hashlib
import os
import sys

from game.cli.streams import complain, open_missing
from game.faults import Fault

INTERRUPTED = 130
PARTS = ("play", "test", "lint")  # each holds all that the one before it holds
NEWEST = "--newest"
# On all cores; a test that hangs for a quarter of an hour is ended and shown. `test --slow` adds the long batches.
WHOLE_SUITE = ("-n", "auto", "--timeout", "900")


class Environment:
    """An environment of the game's own, beside ``run_game.py``: with the locked releases, or with the newest."""

    def __init__(self, root: str, newest: bool = False) -> None:
        self.root = root
        self.newest = newest
        self.folder = os.path.join(root, ".venv-newest" if newest else ".venv")
        self.python = os.path.join(self.folder, *(("Scripts", "python.exe") if os.name == "nt" else ("bin", "python")))

    def lock(self, part: str) -> str:
        """The lock file of a part: every package with its version and the sums of its files."""
        return os.path.join(self.root, "locks", f"{part}.txt")

    def stamp_path(self, part: str) -> str:
        """Where the stamp of a part lies."""
        return os.path.join(self.folder, f".ready-{part}")

    def stamp_text(self, part: str) -> str:
        """What the stamp of a part that is complete here and now says."""
        wanted = hashlib.sha256()
        for path in (os.path.join(self.root, "pyproject.toml"), self.lock(part)):
            with open(path, "rb") as file:
                wanted.update(file.read())
        return f"{wanted.hexdigest()}\n{os.path.realpath(self.python)}\n"

    def is_ready(self, part: str) -> bool:
        """Whether the part was set up for the present files and its interpreter is still there.

        The newest releases are another set every day: they are looked for at each start.
        """
        try:
            with open(self.stamp_path(part), encoding="utf-8", errors="surrogateescape") as file:
                stamp = file.read()
            return not self.newest and stamp == self.stamp_text(part) and os.path.exists(self.python)
        except OSError:
            return False


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
