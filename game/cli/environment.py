"""Where the game's own environments lie, and which parts of them are complete.

The folder ``.venv`` beside ``run_game.py`` holds a *stamp* for each part that is complete: ``play``, ``test`` and
``lint``. A stamp names the texts of ``pyproject.toml`` and of the part's lock file and the interpreter it was made
with, and is the last thing that a set-up writes; while it fits, nothing is looked at again. A second folder,
``.venv-newest``, serves ``test --newest``: there the newest releases take the place of the locked ones.
"""

from __future__ import annotations

import hashlib
import os

PARTS = ("play", "test", "lint")  # each holds all that the one before it holds


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
