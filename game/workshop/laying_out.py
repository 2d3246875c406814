"""A new scenario laid out in a folder: the first draft, and the schemas that its files' first lines name."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from game.faults import EnvironmentFault, UsageFault
from game.scenario.first_draft import first_draft
from game.scenario.modeline import SCHEMAS, schema_name
from game.scenario.shipped import scenarios_folder, shipped_scenarios
from game.scenario.zipped import unheld_on_windows
from game.schema.leavings import holds_anything
from game.schema.spec import Id, Text
from game.schema.values import text_flaw
from game.store import SHARED, write_atomic
from game.words import say


def lay_out(path: Path, title: str, columns: int, rows: int, metres: int) -> int:
    """Write the files of a new scenario, named after its folder; how many they are.

    An empty ``title`` is made from the name. Raises a Fault for a folder that cannot take them.
    """
    scenario = path.resolve().name
    title = title or scenario.replace("_", " ").replace("-", " ").strip().capitalize()
    _require_words(scenario, title)
    _require_room(path)
    files = first_draft(scenario, title, columns, rows, metres)
    schemas = sorted({schema_name(name) for name in files if name.endswith(".yaml")})
    laid = {path / name: text.encode() for name, text in files.items()}
    laid |= {path / SCHEMAS / name: (scenarios_folder() / SCHEMAS / name).read_bytes() for name in schemas}
    fresh = not path.exists()
    try:
        for place, data in laid.items():
            write_atomic(place, data, mode=SHARED)
    except BaseException:
        _take_away(path, laid, whole=fresh)
        raise
    return len(files)


def _take_away(path: Path, laid: Iterable[Path], *, whole: bool) -> None:
    """Half a scenario is of no use, and would stand in the way of the next try."""
    for place in laid:
        with suppress(OSError):
            place.unlink()
    for folder in sorted({place.parent for place in laid}, reverse=True):
        if whole or folder != path:
            with suppress(OSError):
                folder.rmdir()


def _require_words(scenario: str, title: str) -> None:
    flaw = text_flaw(Id("scenario"), scenario)
    if flaw is not None:
        raise UsageFault(say("{what}, and a scenario is named after its folder.", what=flaw.what), f"{flaw.fix}.")
    if unheld_on_windows(scenario):
        raise UsageFault(
            say("no folder on Windows can be called {scenario}.", scenario=scenario), "choose another name."
        )
    if scenario.casefold() in {name.casefold() for name in shipped_scenarios()}:
        raise UsageFault(
            say("a scenario named {scenario} ships with the game.", scenario=scenario), "choose another name."
        )
    flaw = text_flaw(Text(80), title)
    if flaw is not None:
        raise UsageFault(f"--title: {flaw.what}.", f"{flaw.fix}.")


def _require_room(path: Path) -> None:
    if path.exists() and not path.is_dir():
        raise UsageFault(say("{path} is a file.", path=path), "name a folder.")
    if path.is_dir() and holds_anything(path):
        raise UsageFault(say("the folder {path} is not empty.", path=path), "name one that is not there yet.")
    if not path.resolve().parent.is_dir():
        raise EnvironmentFault(
            say("there is no folder {parent}.", parent=path.resolve().parent), "make it first, or choose another."
        )
