"""What several commands ask of their arguments: whole numbers in a range, and files that may be written."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from pathlib import Path

import typer

from game.faults import EnvironmentFault, UsageFault
from game.schema.leavings import holds_anything
from game.words import say

OPTION_HELP = "Turn an option of the scenario on or off; may be given several times."
SWITCH_WORDS = {"on": True, "true": True, "yes": True, "off": False, "false": False, "no": False}


def whole_number(low: int, high: int) -> Callable[[str | int], int]:
    """A parser for a whole number; the message names the range whatever is wrong with the text."""

    def parse(text: str | int) -> int:
        try:
            number = int(str(text)) if len(str(text)) <= 30 else low - 1
        except ValueError:
            number = low - 1
        if not low <= number <= high:
            raise typer.BadParameter(f"{str(text)[:40]!r} is not a whole number from {low:,} to {high:,}.")
        return number

    return parse


def some_text(text: str) -> str:
    """Any text but none: an empty path would silently mean the working folder."""
    if not text.strip():
        raise typer.BadParameter("it is empty.")
    return text


def some_path(text: str) -> Path:
    """A path that may not be there yet."""
    return Path(some_text(text))


def options_from(words: Sequence[str] | None) -> dict[str, bool]:
    """Switches of a scenario, such as ``iraq_early=on``."""
    found: dict[str, bool] = {}
    for word in words or ():
        name, sign, value = (part.strip() for part in word.partition("="))
        if not (sign and name) or value.lower() not in SWITCH_WORDS:
            raise UsageFault(say('"{word}" turns no option.', word=word[:60]), "write NAME=on or NAME=off.")
        if name in found:
            raise UsageFault(say("the option {name} is given twice.", name=name[:40]), "give it once.")
        found[name] = SWITCH_WORDS[value.lower()]
    return found


def existing_path(text: str) -> Path:
    """A path that the user says exists."""
    path = Path(some_text(text))
    if not path.exists():
        raise EnvironmentFault(say("there is no file or folder {what}.", what=text), "check the spelling of the path.")
    return path


def path_or_name(text: str) -> Path:
    """A path that the user says exists, or where the scenario of a name lies."""
    if not Path(some_text(text)).exists():
        from game.scenario.installed import installed_scenario
        from game.scenario.shipped import scenario_folder, shipped_scenarios

        if text in shipped_scenarios() or installed_scenario(text) is not None:
            return scenario_folder(text)
    return existing_path(text)


def existing_file(text: str) -> Path:
    """A path that the user says is a file."""
    path = existing_path(text)
    if path.is_dir():
        raise EnvironmentFault(say("{what} is a folder.", what=text), "name a file in it.")
    return path


def output_file(path: Path, *, force: bool) -> Path:
    """Make sure, before any work is done, that a file can be written where the user wants it."""
    if path.is_dir():
        raise UsageFault(say("{path} is a folder.", path=path), "name a file in it.")
    if path.exists() and not force:
        raise UsageFault(
            say("{path} exists already.", path=path), "choose another name, or give --force to overwrite it."
        )
    _require_writable(path.parent)
    if path.exists() and not os.access(path, os.W_OK):
        raise EnvironmentFault(
            say("{path} may not be written.", path=path), "choose another file, or change its rights."
        )
    return path


def output_folder(path: Path, *, force: bool) -> Path:
    """Make sure that a folder can take new files; it is made where only its parent exists."""
    if not path.exists():
        _require_writable(path.parent)
        path.mkdir()
        return path
    if not path.is_dir():
        raise UsageFault(say("{path} is a file.", path=path), "name a folder.")
    _require_writable(path)
    if holds_anything(path) and not force:
        raise UsageFault(
            say("the folder {path} is not empty.", path=path), "choose another, or give --force to write into it."
        )
    return path


def _require_writable(folder: Path) -> None:
    if not folder.is_dir():
        raise EnvironmentFault(say("there is no folder {folder}.", folder=folder), "make it first, or choose another.")
    if not os.access(folder, os.W_OK | os.X_OK):
        raise EnvironmentFault(
            say("the folder {folder} may not be written.", folder=folder), "choose another, or change its rights."
        )
