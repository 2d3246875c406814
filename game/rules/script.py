"""Where and when the events of a scenario mean: spots, areas and days as hexes and turns (chapter 16)."""

from __future__ import annotations

from datetime import date
from typing import Any

from game.scenario.area import Area, Spot
from game.scenario.world import World


def spot(world: World, at: Spot) -> int:
    """The hex of a spot."""
    return world.grid.hex(at.hex) if at.hex is not None else _place(world, at.place or "").hex


def place_number(world: World, name: str) -> int:
    """Number of the first place of a name; raises KeyError."""
    numbers = world.kept("places by name", lambda: {p.name: n for n, p in reversed(tuple(enumerate(world.places)))})
    return numbers[name]


def _place(world: World, name: str) -> Any:
    return world.places[place_number(world, name)]


def hexes_of(world: World, area: Area) -> tuple[int, ...]:
    """The playable hexes of an area, in order."""
    return world.kept(("area", area), lambda: tuple(sorted(h for h in _hexes(world, area) if world.terrain[h] >= 0)))


def _hexes(world: World, area: Area) -> set[int]:
    grid = world.grid
    found = {grid.hex(label) for label in area.hexes} | {_place(world, name).hex for name in area.places}
    if area.around is not None:
        centre = grid.hex(area.around.hex) if area.around.hex else _place(world, area.around.place or "").hex
        found.update(grid.disk(centre, area.around.radius))
    if area.box is not None:
        (c1, r1), (c2, r2) = (grid.position(grid.hex(label)) for label in area.box)
        rows, columns = range(min(r1, r2), max(r1, r2) + 1), range(min(c1, c2), max(c1, c2) + 1)
        found.update(grid.at(column, row) for row in rows for column in columns)
    if area.zone is not None:
        found.update(here for here, owner in enumerate(world.line_side) if owner == world.faction(area.zone))
    return set(range(grid.size)) if area.everything else found


def turn_days(world: World, turn: int) -> tuple[str, str]:
    """First and last day of a turn as ISO dates."""
    first = date.fromisoformat(world.first_day).toordinal() + (turn - 1) * world.days_per_turn
    return date.fromordinal(first).isoformat(), date.fromordinal(first + world.days_per_turn - 1).isoformat()


def turn_of(world: World, day: str) -> int:
    """The turn that holds a day."""
    days = date.fromisoformat(day).toordinal() - date.fromisoformat(world.first_day).toordinal()
    return days // world.days_per_turn + 1
