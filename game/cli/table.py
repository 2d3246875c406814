"""The way to the table and the editor: the window's own faults come first, then what it opens with."""

from __future__ import annotations

import os
from collections.abc import Mapping
from importlib import metadata
from pathlib import Path

from game.faults import EnvironmentFault


def sit_down(scenario: str | None, options: Mapping[str, bool] | None = None) -> int:
    """Open the table with a scenario, or with the menu; raises `NoDisplay` where no window can be opened."""
    _prepare()
    from game.ui.app import run_table

    return run_table(scenario, options)


def show_replay(file: Path) -> int:
    """Open the table with a recorded game; raises RecordFault where the file cannot be shown, before any window."""
    _prepare()
    from game.ui.app import run_replay

    return run_replay(file)


def open_editor(scenario: str) -> int:
    """Open the editor with a scenario; raises `NoDisplay` where no window can be opened."""
    _prepare()
    from game.ui.app import run_editor

    return run_editor(scenario)


def _prepare() -> None:
    os.environ.setdefault("PYGAME_HIDE_SUPPORT_PROMPT", "1")  # else a banner on standard output
    require_one_pygame()


def require_one_pygame() -> None:
    """The game runs on pygame-ce; pygame installed beside it overwrites half of its files, whichever came first.

    Asks for the installed packages, not for the module: what a mixture would import cannot be trusted to answer.
    """
    if _is_installed("pygame"):
        raise EnvironmentFault(
            "pygame is installed here, and overwrites pygame-ce, which this game draws with.",
            "run: pip uninstall -y pygame pygame-ce, then: pip install pygame-ce "
            "(or start with python3 run_game.py, which keeps an environment of its own)",
        )


def _is_installed(distribution: str) -> bool:
    try:
        metadata.version(distribution)
    except metadata.PackageNotFoundError:
        return False
    return True
