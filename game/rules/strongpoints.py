"""Strongpoints: places made ready for defence fall one strongpoint at a time (rule 6.6)."""

from __future__ import annotations

from game.events import CityStormed, StrongpointsChanged
from game.rules.refusal import Refusal
from game.state import Draft
from game.state.codes import Supplied
from game.state.tables import Position
from game.words import say


def standing(state: Position, here: int) -> int:
    """Strongpoints that still stand in a hex and serve those who built them; 0 elsewhere."""
    built = state.world.strongholds.get(here)
    if built is None or state.hexes.control[here] != built.faction:
        return 0
    return state.places.strongpoints[built.place]


def defended(state: Position, here: int, foes: tuple[int, ...]) -> int:
    """Strongpoints behind which defenders of a hex stand; 0 where they are not those who built them."""
    built = state.world.strongholds.get(here)
    owners = state.world.roster.faction
    if built is None or not foes or not all(state.world.together(built.faction, owners[row]) for row in foes):
        return 0
    return standing(state, here)


def taken(state: Position, here: int, why: str = "") -> StrongpointsChanged:
    """The event that one of them is taken: by attackers, or for another reason."""
    built = state.world.strongholds[here]
    left = state.places.strongpoints[built.place] - 1
    return StrongpointsChanged(built.place, left, why or say("the attackers have taken one"))


def refuse_assault(state: Position, here: int) -> Refusal | None:
    """Why a place with strongpoints cannot be assaulted now, or None; also when the last of them fell this turn."""
    built = state.world.strongholds.get(here)
    if built is None or state.hexes.control[here] != built.faction:
        return None
    if state.places.stormed[built.place] == state.clock.turn:
        name = state.world.places[built.place].name
        return Refusal("6.6", say("troops assaulted {place} this turn: one assault a turn is possible", place=name))
    return None


def note_assault(draft: Draft, here: int) -> None:
    """An assault on strongpoints begins."""
    if standing(draft, here):
        draft.emit(CityStormed(draft.world.strongholds[here].place))


def settle(draft: Draft) -> None:
    """End of the turn: garrisons cut off lose strongpoints, those left in peace and fed restore them, lost ones go."""
    world, rules = draft.world, draft.world.rules.combat
    for here, built in sorted(world.strongholds.items()):
        left, turn = draft.places.strongpoints[built.place], draft.clock.turn
        if draft.hexes.control[here] != built.faction:
            if left:
                draft.emit(StrongpointsChanged(built.place, 0, say("the place has fallen")))
            continue
        garrison = [row for row in draft.units_at(here) if world.roster.faction[row] == built.faction]
        if not garrison:
            continue
        cut = min(draft.units.cut[row] for row in garrison)
        fed = any(draft.units.supply[row] == Supplied.FULL for row in garrison)
        quiet = turn - max(draft.places.stormed[built.place], draft.places.breached[built.place])
        if left and cut and cut % rules.strongpoint_starves == 0:
            draft.emit(StrongpointsChanged(built.place, left - 1, say("its garrison is cut off")))
        elif 0 < left < built.strongpoints and fed and quiet and quiet % rules.strongpoint_repair == 0:
            draft.emit(StrongpointsChanged(built.place, left + 1, say("its garrison has restored one")))
