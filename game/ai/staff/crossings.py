"""Crossings: engineers go where columns want to cross the river, and build when troops are there to use the bridge.

The first line of a withdrawal is the other side of this: bridges that the enemy is about to take are blown.
"""

from __future__ import annotations

from collections.abc import Iterator

from game import orders as od
from game.ai.staff.desk import StaffDesk
from game.ai.staff.notebook import CrossingSite, Proposal, Task
from game.rules import deconfliction, ground, river, zones
from game.scenario.world import River

NEAR = 4
"""Hexes from the site within which the troops must stand that are to cross."""


def engineer_tasks(desk: StaffDesk, tasks: dict[int, Task]) -> dict[int, Task]:
    """Engineers sent to the dearest sites, the nearest first; each site gets one party."""
    parties = [
        row for row in desk.own if "engineer" in desk.traits(row) and desk.free(row) and desk.world.roster.movement[row]
    ]
    found: dict[int, Task] = {}
    for site in desk.book.sites:
        if not parties:
            break
        mobility = desk.world.roster.mobility
        away = {row: desk.field(site.near, mobility[row])[desk.at(row)] for row in parties}
        row = min(parties, key=lambda one: (away[one] if away[one] >= 0 else 1 << 20, one))
        if away[row] < 0:
            continue
        parties.remove(row)
        found[row] = Task(site.near, "bridge", f"to bridge the river at {desk.name(site.near)}", site.worth)
    return found


def proposals(desk: StaffDesk) -> Iterator[Proposal]:
    """Work that can start now: a mended bridge counts less than a pontoon, which is there next turn."""
    for site in desk.book.sites:
        if not _wanted(desk, site):
            continue
        for row in desk.stack(site.near):
            if "engineer" in desk.traits(row) and desk.fresh(row):
                where = f"over {desk.world.river_names.get(site.side, 'the river')} at {desk.name(site.far)}"
                yield Proposal(
                    od.Bridge(desk.unit(row), site.side, "pontoon"), f"lays a pontoon {where} for the troops that wait"
                )
    yield from _boats(desk)


def _wanted(desk: StaffDesk, site: CrossingSite) -> bool:
    near = [row for row in desk.own if desk.is_line(row) and desk.grid.distance(desk.at(row), site.near) <= NEAR]
    if sum(desk.state.units.steps[row] for row in near) < 3:
        return False
    if desk.enemy_strength(site.far, 1) > 3 * sum(desk.attack(row) for row in near):
        return False
    act = deconfliction.Act("crossing", site.far, site.near)
    return not desk.rivals or deconfliction.risk(desk.state, desk.me, act).percent <= desk.doctrine.most_incident


def _boats(desk: StaffDesk) -> Iterator[Proposal]:
    """Light troops take boats to an empty bank when their goal lies there and no bridge does."""
    if desk.state.factions.command[desk.me] < 2 or desk.doctrine.posture == "defend":
        return
    for site in desk.book.sites:
        if desk.enemy_strength(site.far, 1):
            continue
        for row in desk.stack(site.near):
            if ground.has_boats(desk.world, row) and desk.is_line(row) and row in desk.book.tasks and desk.fresh(row):
                yield Proposal(
                    od.Bridge(desk.unit(row), site.side, "boats"),
                    f"crosses by boat to {desk.name(site.far)}, ahead of the bridge",
                )


def demolitions(desk: StaffDesk) -> Iterator[Proposal]:
    """Who holds a bank and expects to lose it blows the crossing that the enemy could use."""
    if desk.doctrine.posture != "defend":
        return
    state = desk.state
    for row in desk.own:
        here = desk.at(row)
        if not desk.fresh(row) or desk.danger.get(here, 0) < 2 * desk.defence(row):
            continue
        for side in desk.grid.sides[here]:
            if side < 0 or desk.world.river[side] == River.NONE or river.site_on(state, side) < 0:
                continue
            far = river.far_bank(state, here, side)
            if ground.carries(state, side) and (zones.known_zone(state, desk.me)[far] or far in desk.foes):
                yield Proposal(
                    od.Blow(desk.unit(row), side), f"blows the crossing at {desk.name(here)} before the enemy has it"
                )
