"""Supply columns: each goes to the hungriest town that a road reaches, else to troops that are short before a fight."""

from __future__ import annotations

from collections.abc import Iterator

from game import orders as od
from game.ai.staff.desk import StaffDesk
from game.ai.staff.notebook import Proposal, Task
from game.rules import columns

TOWN, TROOPS, WAY = 12, 6, 1
"""What a column weighs: a turn of hunger in a town, a step that is short and near an enemy, a movement point of way."""

PREY = 10
"""How much dearer a column without a guard is than another target of an ambush."""

WORTH_A_LOAD = 2
"""Units in want of supply for which a column unloads where no town is hungry."""


def _rows(desk: StaffDesk) -> list[int]:
    return [row for row in desk.own if columns.COLUMN in desk.traits(row) and desk.free(row)]


def tasks(desk: StaffDesk) -> dict[int, Task]:
    """Where each column drives: the best place by need and way, the dangerous ones left out."""
    found: dict[int, Task] = {}
    taken: set[int] = set()
    for row in _rows(desk):
        wanted = [one for one in (*_towns(desk, row), *_troops(desk, row)) if one[1] not in taken]
        if wanted:
            _, here, why = max(wanted)
            taken.add(here)
            found[row] = Task(here, "column", why)
    return found


def _way(desk: StaffDesk, row: int, here: int) -> int:
    """Movement points to a hex, -1 where no way leads there or enemies could fall on the column."""
    field = desk.field(here, desk.world.roster.mobility[row])
    return -1 if desk.danger.get(here, 0) > desk.enemy_strength(here, 0) + DARING else field[desk.at(row)]


DARING = 40
"""Attack strength, in tenths, that may come to where a column stops."""


def _towns(desk: StaffDesk, row: int) -> Iterator[tuple[int, int, str]]:
    for number, place in enumerate(desk.world.places):
        if place.civilians and desk.state.places.hunger[number] and desk.state.hexes.control[place.hex] == desk.me:
            way = _way(desk, row, place.hex)
            if way >= 0:
                need = TOWN * desk.state.places.hunger[number] - WAY * way // 4
                yield need, place.hex, f"brings supplies to {place.name}"


def _troops(desk: StaffDesk, row: int) -> Iterator[tuple[int, int, str]]:
    short: dict[int, int] = {}
    for other in desk.own:
        here = desk.at(other)
        if desk.is_line(other) and desk.state.units.supply[other] and desk.foe_distance(here) <= 2:
            short[here] = short.get(here, 0) + desk.state.units.steps[other]
    for here, steps in sorted(short.items()):
        way = _way(desk, row, here)
        if way >= 0:
            yield TROOPS * steps - WAY * way // 4, here, f"brings supplies to the troops at {desk.name(here)}"


def proposals(desk: StaffDesk) -> Iterator[Proposal]:
    """Columns unload where they have come."""
    for row in _rows(desk):
        if not desk.fresh(row):
            continue
        towns, units = columns.hungry_near(desk.state, row), columns.short_near(desk.state, row)
        if towns:
            yield Proposal(od.Unload(desk.unit(row)), f"feeds {desk.world.places[towns[0]].name}")
        elif len(units) >= WORTH_A_LOAD and any(desk.foe_distance(desk.at(other)) <= 2 for other in units):
            yield Proposal(od.Unload(desk.unit(row)), "feeds troops before they fight")
