"""Where the game's own environment lies, and whether it is complete.

The folder ``.venv`` beside ``run_game.py`` holds a *stamp* for each part that is complete: ``play`` and
``test``. A stamp names the text of ``pyproject.toml`` and the interpreter it was made with, and is the last
thing that a set-up writes; while it fits, nothing is looked at again.
"""

from __future__ import annotations

import hashlib
import os


def environment_folder(root: str) -> str:
    """The game's own environment, beside ``run_game.py``."""
    return os.path.join(root, ".venv")


def environment_python(root: str) -> str:
    """The interpreter that runs the game."""
    if os.name == "nt":
        return os.path.join(environment_folder(root), "Scripts", "python.exe")
    return os.path.join(environment_folder(root), "bin", "python")


def stamp_path(root: str, part: str) -> str:
    """Where the stamp of a part lies."""
    return os.path.join(environment_folder(root), f".ready-{part}")


def stamp_text(root: str) -> str:
    """What the stamp of an environment made here and now says."""
    with open(os.path.join(root, "pyproject.toml"), "rb") as file:
        project = hashlib.sha256(file.read()).hexdigest()
    return f"{project}\n{os.path.realpath(environment_python(root))}\n"


def is_ready(root: str, part: str) -> bool:
    """Whether the part was set up for the present ``pyproject.toml`` and its interpreter is still there."""
    try:
        with open(stamp_path(root, part), encoding="utf-8", errors="surrogateescape") as file:
            stamp = file.read()
        return stamp == stamp_text(root) and os.path.exists(environment_python(root))
    except OSError:
        return False
