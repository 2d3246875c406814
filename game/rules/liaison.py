"""11. Liaison: talking to the other bloc, at a price in liaison points.

11.10 A corridor is a row of hexes told to the other bloc: acts inside it are safe until one's next turn, and the
       other bloc sees it. Both blocs cannot have the same hex.
11.11 A hotline call at rung 0 halves the chances of the turn. From rung 1 on it costs more and lowers the ladder
       a rung instead; not in the turn of an incident, and once a turn.
11.12 A prize can be handed to the other bloc, once one's troops have left it: the ladder falls a rung.
"""

from __future__ import annotations

from itertools import pairwise

from game.events import ControlChanged, CorridorNotified, HotlineCalled, LiaisonSpent, PlaceHeld, PrizeCeded
from game.orders import Cede, Hotline, Notify
from game.rules import ladder
from game.rules.refusal import Refusal
from game.state import Draft
from game.state.tables import Position


def _refuse_price(state: Position, base: int, what: str) -> Refusal | None:
    if not ladder.rivals(state.world, state.faction):
        at_war = any(ladder.other_bloc(state.world, state.faction))
        words = "the blocs are at war: nobody answers" if at_war else "there is no other bloc to talk to"
        return Refusal("11.9", words)
    price, have = ladder.liaison_price(state, base), state.factions.liaison[state.faction]
    return Refusal("11.9", f"{what} costs {price} liaison; {have} left") if price > have else None


def refuse_notify(state: Position, order: Notify) -> Refusal | None:
    """Why a corridor cannot be notified."""
    world, rules, grid = state.world, state.world.rules.deconfliction, state.world.grid
    hexes = order.hexes
    if (
        not hexes
        or len(set(hexes)) < len(hexes)
        or not all(0 <= here < grid.size and world.terrain[here] >= 0 for here in hexes)
    ):
        return Refusal("11.10", "a corridor is a list of hexes of the map, each named once")
    if len(hexes) > rules.corridor_hexes:
        return Refusal("11.10", f"a corridor has at most {rules.corridor_hexes} hexes, this one {len(hexes)}")
    if any(grid.side_between(here, there) < 0 for here, there in pairwise(hexes)):
        return Refusal("11.10", "each hex of a corridor must touch the one before it")
    for other in ladder.rivals(world, state.faction):
        taken = next((here for here in hexes if here in state.clock.corridors[other]), -1)
        if taken >= 0:
            return Refusal("11.10", f"{world.factions[other].name} has notified {grid.label(taken)} already")
    if ladder.stand_off(state) and any(ladder.over_line(world, state.faction, here) for here in hexes):
        return Refusal("11.8", "stand-off: no corridor leads over the line")
    return _refuse_price(state, rules.corridor, "a corridor")


def resolve_notify(draft: Draft, order: Notify) -> None:
    """Tell the other bloc of a corridor."""
    _pay(draft, draft.world.rules.deconfliction.corridor, "notified corridor")
    draft.emit(CorridorNotified(draft.faction, tuple(sorted(order.hexes)), draft.clock.turn + 1))


def hotline_price(state: Position) -> int:
    """What a hotline call costs now, in liaison."""
    rules = state.world.rules.deconfliction
    return ladder.liaison_price(state, rules.climb_down if state.clock.ladder else rules.hotline)


def refuse_hotline(state: Position, order: Hotline) -> Refusal | None:
    """Why a hotline call is of no use or cannot be made."""
    rules, rung = state.world.rules.deconfliction, state.clock.ladder
    if state.factions.calm[state.faction]:
        return Refusal("11.9", "the hotline has been used this turn")
    if rung and state.clock.quiet == ladder.INCIDENT:
        return Refusal("11.9", "there was an incident this turn: the other side will not talk of calm yet")
    return _refuse_price(state, rules.climb_down if rung else rules.hotline, "a hotline call")


def resolve_hotline(draft: Draft, order: Hotline) -> None:
    """Call the other bloc: calm for the turn, and a rung down where there is one."""
    rules = draft.world.rules.deconfliction
    _pay(draft, rules.climb_down if draft.clock.ladder else rules.hotline, "hotline call")
    draft.emit(HotlineCalled(draft.faction))
    ladder.descend(draft, f"hotline call by {draft.world.factions[draft.faction].name}")


def _pay(draft: Draft, base: int, why: str) -> None:
    price = ladder.liaison_price(draft, base)
    if price:
        draft.emit(LiaisonSpent(draft.faction, price, why))


def refuse_cede(state: Position, order: Cede) -> Refusal | None:
    """Why a place cannot be handed over."""
    world, faction = state.world, state.faction
    if not 0 <= order.target < world.grid.size:
        return Refusal("11.9", "the place is off the map")
    label, others = world.grid.label(order.target), ladder.rivals(world, faction)
    prizes = [prize for prize in world.prizes if prize.hex == order.target]
    if not others or not prizes:
        return Refusal("11.9", f"there is no prize at {label} to hand to another bloc")
    if not any(prize.points[other] for prize in prizes for other in others):
        return Refusal("11.9", f"{prizes[0].name} is worth nothing to the other bloc")
    if state.hexes.control[order.target] != faction:
        return Refusal("11.9", f"{prizes[0].name} is not ours to hand over")
    if any(world.roster.faction[row] == faction for row in state.units_at(order.target)):
        return Refusal("11.9", f"our troops must leave {prizes[0].name} first")
    if not 0 < state.clock.ladder < ladder.TOP:
        return Refusal("11.9", "the ladder stands at 0: there is nothing to settle")
    return None


def resolve_cede(draft: Draft, order: Cede) -> None:
    """Hand a prize to the other bloc; the ladder falls a rung."""
    world, faction = draft.world, draft.faction
    prizes = [prize for prize in world.prizes if prize.hex == order.target]
    taker = max(ladder.rivals(world, faction), key=lambda other: (sum(prize.points[other] for prize in prizes), -other))
    draft.emit(ControlChanged(taker, (order.target,), (faction,)))
    place = world.place_at.get(order.target, -1)
    draft.emit(PrizeCeded(place, faction, taker))
    if place >= 0:
        draft.emit(PlaceHeld(place, draft.places.first[place], 0))
    ladder.descend(draft, f"{world.factions[faction].name} ceded {prizes[0].name}")
