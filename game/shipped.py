"""Where the files that ship with the game lie: beside it in a checkout, inside the package when installed."""

from __future__ import annotations

import sys
from pathlib import Path

from game.faults import EnvironmentFault


def shipped(*parts: str) -> Path:
    """The path of a shipped file or folder, such as ``shipped("assets", "theme.yaml")``."""
    here = Path(__file__).resolve().parent
    frozen = getattr(sys, "_MEIPASS", None)  # the folder of a program packed into one
    for root in (here / "_bundled", here.parent, *([Path(frozen)] if frozen else [])):
        if (found := root.joinpath(*parts)).exists():
            return found
    raise EnvironmentFault(f"{'/'.join(parts)} is missing from the game's folder.", "install the game again.")
