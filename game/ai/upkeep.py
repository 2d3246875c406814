"""Upkeep: worn units are rebuilt, shaken ones rest, those that stay dig in."""

from __future__ import annotations

from collections.abc import Iterator

from game import orders as od
from game.ai.desk import Desk
from game.ai.notebook import Proposal
from game.rules import ground


def refits(desk: Desk) -> Iterator[Proposal]:
    """Before the marches: units worn to half, out of contact, take replacements while the pool and command last."""
    roster, units, spare = desk.world.roster, desk.state.units, desk.state.factions.command[desk.me]
    if not desk.state.factions.pool[desk.me] or spare < (3 if desk.book.sites else 1):
        return
    worn = [
        (units.steps[row] * 100 // max(1, roster.steps[row]), -roster.quality[row], row)
        for row in desk.own
        if desk.fresh(row) and not units.spent[row] and roster.steps[row] > units.steps[row] and desk.is_line(row)
    ]  # fmt: skip
    for percent, _, row in sorted(worn):
        if percent <= 67 and not desk.danger.get(desk.at(row)):
            yield Proposal(od.Rest(desk.unit(row), True), f"takes in replacements: down to {percent} % of its steps")


def rests(desk: Desk) -> Iterator[Proposal]:
    """Before the marches: units with most of their steps disrupted gather themselves."""
    units = desk.state.units
    for row in desk.own:
        if (
            desk.fresh(row)
            and not units.spent[row]
            and 2 * units.disrupted[row] >= units.steps[row] > 0
            and not desk.is_cut(row)
        ):
            yield Proposal(od.Rest(desk.unit(row)), "rests: half of its steps are disrupted")


def entrenchments(desk: Desk) -> Iterator[Proposal]:
    """After the marches: those that stay where an enemy may come dig in; the others gather what is disrupted."""
    units = desk.state.units
    for row in desk.own:
        if not desk.fresh(row) or units.spent[row] or not desk.defence(row):
            continue
        here = desk.at(row)
        if units.disrupted[row]:
            yield Proposal(od.Rest(desk.unit(row)), "gathers its disrupted steps")
        kind = ground.terrain_of(desk.world, here)
        if (
            kind is not None
            and units.dug[row] < kind.dig
            and (desk.danger.get(here) or desk.doctrine.posture == "defend")
        ):
            yield Proposal(od.DigIn(desk.unit(row)), f"digs in at {desk.name(here)}")
