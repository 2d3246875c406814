"""Where scenarios lie, as the editor sees it: the user's own, and those that are only edited as a copy."""

from __future__ import annotations

import os
from pathlib import Path

from game.faults import UsageFault
from game.scenario.installed import installed_folder, installed_scenarios
from game.scenario.shipped import scenarios_folder, shipped_scenarios
from game.store import safe_name
from game.words import say

ID_LETTERS = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-"


def is_writable(folder: Path) -> bool:
    """Whether a scenario may be saved where it lies."""
    return folder.is_dir() and os.access(folder, os.W_OK)


def is_shipped(folder: Path) -> bool:
    """Whether a scenario is one that ships with the game."""
    return folder.resolve().parent == scenarios_folder().resolve()


def only_copied(folder: Path) -> bool:
    """Whether the list of scenarios offers a copy only: shipped ones, packs, and folders that may not be written."""
    return not is_writable(folder) or is_shipped(folder)


def free_id(name: str) -> str:
    """An id for a copy, which neither a shipped scenario nor one of the user's has."""
    taken = {*shipped_scenarios(), *(path.stem for path in installed_scenarios())}
    stem = "".join(c if c in ID_LETTERS else "_" for c in name) or "scenario"
    first, number = f"{stem[:34]}_copy", 2
    while first in taken:
        first, number = f"{stem[:34]}_copy{number}", number + 1
    return first


def require_new_id(name: str) -> None:
    """A new scenario among the user's own may have this id; raises UsageFault."""
    if not name or not (name[0].isascii() and name[0].isalpha()) or any(c not in ID_LETTERS for c in name):
        raise UsageFault(
            say('"{name}" cannot be an id.', name=name), "begin with a letter; letters, digits, _ and - may follow"
        )
    if safe_name(name) != name:
        raise UsageFault(say('"{name}" cannot be the name of a folder everywhere.', name=name), "choose another id")
    if name in shipped_scenarios():
        raise UsageFault(say('"{name}" is a scenario that ships with the game.', name=name), "choose another id")
    if (installed_folder() / name).exists():
        raise UsageFault(say("there is a scenario {name} already.", name=name), "choose another id")
