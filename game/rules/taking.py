"""Control of ground: who takes a hex, and when a place that an enemy holds falls (rule 4.5)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from game.events import ControlChanged
from game.rules import zones
from game.state import Draft
from game.state.codes import Supplied
from game.state.tables import Position
from game.words import say


def may_take(state: Position, row: int) -> bool:
    """Whether a unit takes places from enemies at all: a few men in civilian clothes and scouts do not."""
    return state.world.roster.traits[row].isdisjoint(state.world.rules.movement.passing_traits)


def takes_in_passing(state: Position, row: int) -> bool:
    """Whether a place falls to a unit as it marches in; others must still stand there as their turn ends."""
    rules, units = state.world.rules.movement, state.units
    if not may_take(state, row):
        return False
    if not rules.taking_steps:
        return True
    strong = units.steps[row] - units.disrupted[row] >= rules.taking_steps
    return strong and units.supply[row] != Supplied.CUT and state.world.roster.traits[row].isdisjoint(rules.taking_late)


def is_hostile_place(state: Position, row: int, here: int) -> bool:
    """Whether a hex has a place that an enemy of a unit holds."""
    holder = state.hexes.control[here]
    return holder >= 0 and here in state.world.place_at and state.world.at_war(state.world.roster.faction[row], holder)


def is_watched(state: Position, row: int, here: int) -> bool:
    """Whether a place obeys its old masters as long as they have not answered: their troops exert their zone on it."""
    return state.world.rules.movement.taking_watched and zones.lies_on(state, state.world.roster.faction[row], here)


def why_not_at_once(state: Position, row: int, here: int) -> str:
    """What keeps a place that an enemy holds from falling to a unit as it marches in, as far as its side knows; ""
    where nothing does."""
    if not is_hostile_place(state, row, here):
        return ""
    place = state.world.places[state.world.place_at[here]].name
    if not may_take(state, row):
        return say("The unit cannot take {place} from the enemy.", place=place)
    faction, watched = state.world.roster.faction[row], state.world.rules.movement.taking_watched
    if watched and zones.known_zone(state, faction)[here]:
        return say(
            "Enemy ZOC: {place} can fall only if the unit still stands there as your next turn opens.", place=place
        )
    if takes_in_passing(state, row):
        return ""
    return say("The unit takes {place} only if it stands there when your turn ends.", place=place)


def take_control(draft: Draft, row: int, hexes: Iterable[int], *, stays: bool = False) -> None:
    """A unit takes hexes from enemies and from nobody; an enemy's places only as :func:`takes_in_passing` says, and
    none that are watched.

    ``stays``: it came by assault, by boat or from off the map, or has stood there long enough.
    """
    world, faction, control = draft.world, draft.world.roster.faction[row], draft.hexes.control
    falls = may_take(draft, row) if stays else takes_in_passing(draft, row)
    mine = [
        here
        for here in dict.fromkeys(hexes)
        if control[here] != faction
        and (control[here] < 0 or world.at_war(faction, control[here]))
        and (not is_hostile_place(draft, row, here) or (falls and (stays or not is_watched(draft, row, here))))
        and not any(world.at_war(faction, world.roster.faction[other]) for other in draft.units_at(here))
    ]
    if mine:
        draft.emit(ControlChanged(faction, tuple(mine), tuple(control[here] for here in mine)))


def hold_ground(draft: Draft, faction: int) -> None:
    """As a faction's turn ends, its units take the places in which they stand, but for those that are watched."""
    for row, here in _standing(draft, faction):
        if not is_watched(draft, row, here):
            take_control(draft, row, (here,), stays=True)


def keep_ground(draft: Draft, faction: int) -> None:
    """As a faction's turn opens, its units have stood where they stand through all answers, and take those places."""
    if not draft.world.rules.movement.taking_watched:
        return
    for row, here in _standing(draft, faction):
        take_control(draft, row, (here,), stays=True)


def _standing(draft: Draft, faction: int) -> Iterator[tuple[int, int]]:
    """Units of a faction, each with the enemy's place in which it stands."""
    for row, here in enumerate(draft.units.hex):
        if here >= 0 and draft.world.roster.faction[row] == faction and is_hostile_place(draft, row, here):
            yield row, here
