"""Which version of the game this is."""

from __future__ import annotations

import tomllib
from importlib import metadata
from pathlib import Path


def game_version() -> str:
    """The version of the checkout, or of the installed package where there is no checkout."""
    project = Path(__file__).resolve().parents[2] / "pyproject.toml"
    try:
        return str(tomllib.loads(project.read_text(encoding="utf-8"))["project"]["version"])
    except (OSError, KeyError, tomllib.TOMLDecodeError):
        pass
    try:
        return metadata.version("race-for-deir-ezzor")
    except metadata.PackageNotFoundError:
        return "of unknown version"
