"""Scenarios that the player has installed: a folder of his own, which outlives the game's."""

from __future__ import annotations

from pathlib import Path

from platformdirs import user_data_path

from game.scenario.contents import leads_nowhere
from game.scenario.packs import is_pack
from game.schema.leavings import is_left_behind

APPLICATION = "race-for-deir-ezzor"


def installed_folder() -> Path:
    """Where they lie: a folder each, named after its id. Packs put there by hand are found as well."""
    return user_data_path(APPLICATION, appauthor=False) / "scenarios"


def installed_scenarios() -> list[Path]:
    """Folders, packs and dead links in it, broken ones too; names that begin with a dot are work in progress."""
    try:
        found = sorted(installed_folder().iterdir())
    except OSError:
        return []
    shown = [path for path in found if not path.name.startswith(".") and not is_left_behind(path.name)]
    return [path for path in shown if path.is_dir() or is_pack(path) or leads_nowhere(path)]


def installed_scenario(name: str) -> Path | None:
    """The installed scenario of an id, or of the name of its file."""
    return next((path for path in installed_scenarios() if name in (path.name, installed_name(path))), None)


def installed_name(path: Path) -> str:
    """By what name an installed scenario is called: that of its folder, or of its pack without the ending."""
    return path.stem if path.is_file() else path.name
