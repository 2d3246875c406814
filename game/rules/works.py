"""4.9 Digging in: an action that entrenches a unit a level deeper, as far as the ground allows. Moving gives it up."""

from __future__ import annotations

from game.events import DugIn, UnitSpent
from game.orders import DigIn
from game.rules import ground, movement
from game.rules.refusal import Refusal
from game.state import Draft
from game.state.tables import ACTED, STOPPED, Position


def refuse_dig_in(state: Position, order: DigIn) -> Refusal | None:
    """Why a unit cannot entrench deeper here."""
    row = state.world.row[order.unit]
    refusal = movement.may_act(state, row)
    if refusal is not None:
        return refusal
    name, kind = state.world.roster.name[row], ground.terrain_of(state.world, state.units.hex[row])
    limit = kind.dig if kind is not None else 0
    if state.units.dug[row] >= limit:
        return Refusal(
            "4.9", f"{name} is as deep as {kind.name.lower() if kind else 'this ground'} allows (level {limit})"
        )
    if state.units.spent[row]:
        return Refusal("4.9", f"{name} must not have moved this turn to dig in")
    return None


def resolve_dig_in(draft: Draft, order: DigIn) -> None:
    """Entrench one level."""
    row = draft.world.row[order.unit]
    draft.emit(UnitSpent(row, ACTED | STOPPED, 0))
    kind = ground.terrain_of(draft.world, draft.units.hex[row])
    limit = kind.dig if kind is not None else 0
    draft.emit(DugIn(row, min(limit, draft.units.dug[row] + draft.world.rules.combat.dig_turns)))
