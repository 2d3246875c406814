"""Who held each place on some dates of history: a table in CSV, as in ``assets/history/control.csv``.

The first column names places of the map, each following column a date, its cells a side or ``contested``; a last column
``note`` is for people. A table that other people have made may be taken instead of the game's own.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from game.faults import ContentFault
from game.scenario.annals import held_on
from game.scenario.world import World
from game.schema.problems import quoted

CONTESTED = "contested"
SIDES: Mapping[str, str] = {"irq": "iraq", "rus": "saa", "irn": "saa", "cjtf": "sdf"}
"""Sides that the tables of history know by another name than the scenarios do, in small letters."""
MOST_BYTES = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Holders:
    """``held[place][n]`` is who held a place at the end of ``dates[n]``: a faction id or CONTESTED.

    ``missing``: places of the table that the map does not have.
    """

    dates: tuple[str, ...]
    held: Mapping[str, tuple[str, ...]]
    missing: tuple[str, ...]

    def changed(self, number: int) -> list[str]:
        """Places that were not held as at the first date any more."""
        return [place for place, row in self.held.items() if row[number] != row[0]]

    def unchanged(self, number: int) -> list[str]:
        """Places that were held as at the first date."""
        return [place for place, row in self.held.items() if row[number] == row[0]]


def read_holders(path: Path, world: World) -> Holders:
    """The table of a file; raises ContentFault with file and line."""
    rows = _rows(path)
    if not rows or len(rows[0]) < 2 or rows[0][0].strip().lower() != "place":
        raise _fault(path, 1, "the first line must be: place, a date in each column, note", "see docs/lab.md")
    head = [cell.strip() for cell in rows[0]]
    columns = [number for number, cell in enumerate(head) if number and cell.lower() != "note"]
    dates = tuple(_date(path, head[number]) for number in columns)
    if list(dates) != sorted(set(dates)):
        raise _fault(path, 1, "the dates do not rise from left to right", "order the columns by date")
    known = {place.name for place in world.places}
    held: dict[str, tuple[str, ...]] = {}
    missing = []
    for line, row in enumerate(rows[1:], 2):
        if not any(cell.strip() for cell in row):
            continue
        place = row[0].strip()
        if place in held or place in missing:
            raise _fault(path, line, f"{quoted(place)} stands twice", "keep one of its lines")
        if len(row) <= columns[-1]:
            raise _fault(path, line, f"{len(row)} cells, but {len(head)} columns", "fill in every date")
        if place in known:
            held[place] = tuple(_side(path, line, row[number], world) for number in columns)
        else:
            missing.append(place)
    if not held:
        raise _fault(path, 1, f"no place of it is on the map of {world.title}", "name places as the scenario does")
    return Holders(dates, held, tuple(missing))


def told_of(path: Path, world: World) -> bool:
    """Whether a table tells of any place of a map."""
    return not {row[0].strip() for row in _rows(path)[1:] if row}.isdisjoint(place.name for place in world.places)


def holders_in(world: World) -> Holders:
    """The table that a scenario's own history comes to: who held its places at the start and after each capture."""
    dates = (world.first_day, *sorted({one.date for one in world.past.captures if one.date > world.first_day}))
    days = [held_on(world, day) for day in dates]
    held = {
        world.places[place].name: tuple(_name(world, day[here]) for day in days)
        for here in world.past.hexes
        if (place := world.place_at.get(here, -1)) >= 0
    }
    return Holders(dates, held, ())


def _name(world: World, holder: int) -> str:
    return world.factions[holder].id if holder >= 0 else CONTESTED


def _rows(path: Path) -> list[list[str]]:
    reader = csv.reader(io.StringIO(_text(path), newline=""), strict=True)
    try:
        return list(reader)
    except csv.Error as error:
        raise _fault(path, max(1, reader.line_num), f"it is no table: {error}", "close its quotes") from None


def _text(path: Path) -> str:
    try:
        with path.open("rb") as file:
            data = file.read(MOST_BYTES + 1)
    except OSError as error:
        raise ContentFault(f"{path}: it cannot be read ({error.strerror}).", "name a table of holders.") from error
    if len(data) > MOST_BYTES:
        raise _fault(path, 1, f"it is larger than {MOST_BYTES:,} bytes", "name a table of holders")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        raise _fault(path, line, "it is not UTF-8", "save it as UTF-8") from None


def _date(path: Path, text: str) -> str:
    try:
        return date.fromisoformat(text).isoformat()
    except ValueError:
        raise _fault(path, 1, f"{quoted(text)} is no date", "write dates as 2017-10-15") from None


def _side(path: Path, line: int, cell: str, world: World) -> str:
    word = cell.strip().lower()
    ours = {one.lower(): one for one in world.faction_row}
    side = ours.get(word) or SIDES.get(word, word)
    if side == CONTESTED or side in world.faction_row:
        return side
    known = ", ".join([*world.faction_row, CONTESTED])
    raise _fault(path, line, f"{quoted(cell)} is no side of this scenario", f"known are {known}")


def _fault(path: Path, line: int, what: str, remedy: str) -> ContentFault:
    return ContentFault(f"{path}:{line}: {what}.", f"{remedy}.")
