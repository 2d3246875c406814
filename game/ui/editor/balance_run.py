"""``balance`` in a process of its own, over what stands in the editor's workshop: begun, looked at, called off."""

from __future__ import annotations

import atexit
import os
import signal
import subprocess
import sys
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory

from game.words import say
from game.workshop import Workshop

ROOT = Path(__file__).resolve().parents[3]
COMMAND = (sys.executable, "-P", "-m", "game", "balance")
"""The command of the lab, as at a terminal; scenario and options follow."""
PATIENCE = 5.0
"""Seconds that a process is given to end when it is told to."""


class BalanceRun:
    """Games of a copy of the scenario as it stood when they were begun. ``report``: what they come to, in Markdown."""

    def __init__(self, workshop: Workshop, scenario: str, games: int) -> None:
        self.games, self.report, self.problem = games, "", ""
        self._place = TemporaryDirectory(prefix="balance-")
        folder = Path(self._place.name)
        workshop.copy_into(folder / scenario)
        self._lines, self._words, self._said = folder / "games.jsonl", folder / "words.md", folder / "said.txt"
        jobs = max(1, (os.cpu_count() or 1) - 1)  # one core is left to the window
        with self._said.open("wb") as said:
            self._process = subprocess.Popen(
                [*COMMAND, str(folder / scenario), "--games", str(games), "--jobs", str(jobs),
                 "--json", str(self._lines), "--words", str(self._words)],
                env={**os.environ, "PYTHONPATH": str(ROOT)}, stdin=subprocess.DEVNULL, stdout=said, stderr=said,
                start_new_session=os.name == "posix",
            )  # fmt: skip
        atexit.register(self.stop)

    @property
    def done(self) -> int:
        """Games played so far."""
        try:
            return self._lines.read_bytes().count(b"\n")
        except OSError:
            return 0

    def look(self) -> bool:
        """Whether it is at an end; then ``report`` holds what was found, or ``problem`` why there is nothing."""
        if self.report or self.problem:
            return True
        code = self._process.poll()
        if code is None:
            return False
        with suppress(OSError):
            self.report = self._words.read_text("utf-8") if code == 0 else ""
        if not self.report:
            said = self._said.read_text("utf-8", "replace").strip()
            self.problem = said or say("The command ended with code {code} and said nothing.", code=code)
        self.stop()
        return True

    def stop(self) -> None:
        """Call the games off, with the processes that play them, and leave nothing behind."""
        atexit.unregister(self.stop)
        if self._process.poll() is None:
            _end(self._process)
        self._place.cleanup()


def _end(process: subprocess.Popen[bytes]) -> None:
    """End a process with all that it has begun: on POSIX they are a group of their own."""
    with suppress(OSError):
        if sys.platform != "win32":
            os.killpg(process.pid, signal.SIGTERM)
        else:
            process.terminate()
    try:
        process.wait(PATIENCE)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait(PATIENCE)
