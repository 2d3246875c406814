"""Stacking: how much fits into a hex (chapter 2)."""

from __future__ import annotations

from collections.abc import Iterable

from game.rules.refusal import Refusal
from game.scenario.world import Stance
from game.state.tables import Position
from game.words import count, say


def room_for(state: Position, row: int, here: int, leaving: Iterable[int] = ()) -> Refusal | None:
    """Why a unit cannot rest in a hex beside those that stay there, or None. Uses own and known units alone."""
    world, units, roster = state.world, state.units, state.world.roster
    there = state.units_at(here)
    if not there and units.steps[row] <= world.rules.units.stack_steps:
        return None
    gone, stances, owners, traits = {row, *leaving}, world.stance[roster.faction[row]], roster.faction, roster.traits
    line = []
    for other in there:
        stance = stances[owners[other]]
        if other in gone:
            continue
        if stance == Stance.FRIENDLY:
            words = say(
                "{army} units hold {hex}: you may pass through but not stop there",
                army=world.factions[owners[other]].adjective, hex=world.grid.label(here),
            )  # fmt: skip
            return Refusal("2.2", words)
        if stance <= Stance.ALLIED and "hq" not in traits[other]:
            line.append(other)
    if "hq" in traits[row]:
        return None
    if len(line) + 1 > world.rules.units.stack_units:
        return Refusal(
            "2.1",
            count(
                len(line),
                "{hex} already holds {n} unit (limit {most})",
                "{hex} already holds {n} units (limit {most})",
                hex=world.grid.label(here),
                most=world.rules.units.stack_units,
            ),
        )
    steps = sum(units.steps[other] for other in line) + units.steps[row]
    if steps > world.rules.units.stack_steps:
        return Refusal(
            "2.1",
            count(
                steps,
                "{hex} would hold {n} step (limit {most})",
                "{hex} would hold {n} steps (limit {most})",
                hex=world.grid.label(here),
                most=world.rules.units.stack_steps,
            ),
        )
    return None


def room_to_grow(state: Position, row: int) -> int:
    """Steps that a unit could gain before its hex is full; headquarters count for nothing."""
    traits, units = state.world.roster.traits, state.units
    if "hq" in traits[row]:
        return state.world.roster.steps[row]
    there = sum(units.steps[other] for other in state.units_at(units.hex[row]) if "hq" not in traits[other])
    return max(0, state.world.rules.units.stack_steps - there)


def overstacked(state: Position, here: int) -> bool:
    """Whether a hex holds more than the limits at this moment."""
    roster = state.world.roster
    line = [row for row in state.units_at(here) if "hq" not in roster.traits[row]]
    rules = state.world.rules.units
    return len(line) > rules.stack_units or sum(state.units.steps[row] for row in line) > rules.stack_steps
