"""Where the game keeps what is the user's: by the conventions of the system, never inside the checkout."""

from __future__ import annotations

import tempfile
from pathlib import Path

from platformdirs import user_data_path, user_log_path

NAME = "race-for-deir-ezzor"


def log_folder() -> Path:
    """Crash reports."""
    return user_log_path(NAME, appauthor=False)


def picture_folder() -> Path:
    """Pictures that the game makes unasked; falls back to the folder for temporary files."""
    folder = user_data_path(NAME, appauthor=False) / "pictures"
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError:
        return Path(tempfile.gettempdir())
    return folder
