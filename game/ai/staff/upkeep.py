"""Upkeep: worn units are rebuilt, shaken ones rest, those that stay dig in."""

from __future__ import annotations

from collections.abc import Iterator

from game import orders as od
from game.ai.staff.desk import StaffDesk
from game.ai.staff.notebook import Proposal
from game.rules import ground
from game.state.codes import Supplied


def refits(desk: StaffDesk) -> Iterator[Proposal]:
    """Before the marches: worn units out of contact take replacements while the pool and command last. Who attacks
    takes units out of the line when they are down to half or so; who defends fills up whoever is not pressed."""
    worst, near = (99, 1) if desk.doctrine.posture == "defend" else (67, 2)
    roster, units, spare = desk.world.roster, desk.state.units, desk.state.factions.command[desk.me]
    if not desk.state.factions.pool[desk.me] or spare < (3 if desk.book.sites else 1):
        return
    worn = [
        (units.steps[row] * 100 // max(1, roster.steps[row]), -roster.quality[row], row)
        for row in desk.own
        if desk.fresh(row) and not units.spent[row] and roster.steps[row] > units.steps[row] and desk.is_line(row)
    ]  # fmt: skip
    for percent, _, row in sorted(worn):
        if percent <= worst and desk.foe_distance(desk.at(row)) > near and units.supply[row] == Supplied.FULL:
            yield Proposal(od.Rest(desk.unit(row), True), f"takes in replacements: down to {percent}% of its steps")


def rests(desk: StaffDesk) -> Iterator[Proposal]:
    """Before the marches: units with most of their steps disrupted gather themselves."""
    units = desk.state.units
    for row in desk.own:
        if 2 * units.disrupted[row] >= units.steps[row] > 0 and _may_rest(desk, row):
            yield Proposal(od.Rest(desk.unit(row)), "rests: half of its steps are disrupted")


def entrenchments(desk: StaffDesk) -> Iterator[Proposal]:
    """After the marches: those that stay where an enemy may come dig in; the others gather what is disrupted."""
    units, wary = desk.state.units, desk.doctrine.posture == "defend"
    for row in desk.own:
        if not desk.fresh(row) or units.spent[row] or not desk.defence(row) or units.hidden[row]:
            continue
        here = desk.at(row)
        if units.disrupted[row] and _may_rest(desk, row):
            yield Proposal(od.Rest(desk.unit(row)), "gathers its disrupted steps")
        kind = ground.terrain_of(desk.world, here)
        if "cell" in desk.traits(row):
            yield Proposal(od.DigIn(desk.unit(row)), f"goes to ground at {desk.name(here)}")
        elif kind is not None and units.dug[row] < kind.dig and (wary or desk.danger.get(here) or desk.delays(row)):
            yield Proposal(od.DigIn(desk.unit(row)), f"digs in at {desk.name(here)}")


def _may_rest(desk: StaffDesk, row: int) -> bool:
    """Whether a unit can rest: it has done nothing yet, is not cut off, and no known enemy stands next to it."""
    idle = desk.fresh(row) and not desk.state.units.spent[row]
    return idle and not desk.is_cut(row) and desk.foe_distance(desk.at(row)) > 1
