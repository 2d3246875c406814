"""Digging in: an action that entrenches a unit a level deeper, as far as the terrain allows (rule 4.9).

Cells go to ground instead: they lie low until they move, strike or are walked into.
"""

from __future__ import annotations

from game.events import DugIn, UnitHid, UnitSpent
from game.orders import DigIn
from game.rules import ground, movement, zones
from game.rules.refusal import Refusal
from game.state import Draft
from game.state.codes import Spent
from game.state.tables import Position
from game.words import say


def refuse_dig_in(state: Position, order: DigIn) -> Refusal | None:
    """Why a unit cannot entrench deeper here."""
    row = state.world.row[order.unit]
    refusal = movement.may_act(state, row)
    if refusal is not None:
        return refusal
    name, kind = state.world.roster.name[row], ground.terrain_of(state.world, state.units.hex[row])
    limit = kind.dig if kind is not None else 0
    if "cell" in state.world.roster.traits[row]:
        return _refuse_hiding(state, row)
    if state.units.dug[row] >= limit:
        return Refusal(
            "4.9", say("{unit} cannot dig in deeper on this terrain (level {level})", unit=name, level=limit)
        )
    if state.units.spent[row]:
        return Refusal("4.9", say("{unit} moved or acted this turn and cannot dig in", unit=name))
    return None


def _refuse_hiding(state: Position, row: int) -> Refusal | None:
    name, world = state.world.roster.name[row], state.world
    if state.units.hidden[row]:
        return Refusal("4.9", say("{unit} went to ground already", unit=name))
    if state.units.spent[row]:
        return Refusal("4.9", say("{unit} moved or acted this turn and cannot go to ground", unit=name))
    near = {here for _, here in zones.known_enemies(state, state.faction)}
    if any(here in near for here in world.grid.near[state.units.hex[row]]):
        return Refusal("4.9", say("{unit} cannot go to ground next to an enemy", unit=name))
    return None


def resolve_dig_in(draft: Draft, order: DigIn) -> None:
    """Entrench one level."""
    row = draft.world.row[order.unit]
    draft.emit(UnitSpent(row, Spent.ACTED | Spent.STOPPED, 0))
    kind = ground.terrain_of(draft.world, draft.units.hex[row])
    limit = kind.dig if kind is not None else 0
    if limit:
        draft.emit(DugIn(row, min(limit, draft.units.dug[row] + draft.world.rules.combat.dig_turns)))
    if "cell" in draft.world.roster.traits[row]:
        draft.emit(UnitHid(row, 1))
