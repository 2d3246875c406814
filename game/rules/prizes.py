"""Prizes: whose they are at this moment, and where a supply road is cut (chapter 17)."""

from __future__ import annotations

from game.rules import ground, ladder, zones
from game.scenario.stakes import SupplyRoad
from game.scenario.world import Prize
from game.state.codes import Supplied
from game.state.tables import Position


def can_claim(state: Position, row: int) -> bool:
    """Whether a unit counts for claiming and disputing prizes: supplied, and with steps enough."""
    return state.units.supply[row] != Supplied.CUT and state.units.steps[row] >= state.world.rules.victory.claim_steps


def claimed(state: Position, here: int) -> int:
    """The faction to which a hex with a prize belongs now, -1 nobody; disputes aside."""
    holder = state.hexes.control[here]
    if holder < 0:
        return -1
    place = state.world.place_at.get(here, -1)
    if place >= 0 and state.places.checks[place]:
        return holder
    return holder if _stood_in(state, here) else -1


def disputed(state: Position, here: int) -> bool:
    """Whether both blocs have troops able to claim a prize within reach of it, this side of the river."""
    world, owners = state.world, state.world.roster.faction
    if ladder.rung(state).held and _stood_in(state, here):
        return False
    near = {
        owners[row] for close in world.grid.disk(here, world.rules.victory.disputed_range)
        for row in state.units_at(close) if can_claim(state, row) and _same_bank(state, here, close)
    }  # fmt: skip
    return any(other in ladder.rivals(world, one) for one in sorted(near) for other in sorted(near))


def _stood_in(state: Position, here: int) -> bool:
    """Whether troops able to claim stand in a hex that is theirs."""
    world, owners, owner = state.world, state.world.roster.faction, state.hexes.control[here]
    return owner >= 0 and any(
        world.together(owner, owners[row]) and can_claim(state, row) for row in state.units_at(here)
    )


def _same_bank(state: Position, here: int, close: int) -> bool:
    # Troops who face a town over a river without a crossing threaten nobody's hold of it.
    side = state.world.grid.side_between(here, close)
    return side < 0 or ground.joins(state, side)


def holder(state: Position, prize: Prize) -> int:
    """Who would be paid for a prize if the game ended now, -1 nobody."""
    owner = claimed(state, prize.hex)
    if owner < 0 or disputed(state, prize.hex):
        return -1
    control = state.hexes.control
    whole = all(control[here] >= 0 and state.world.together(owner, control[here]) for here in prize.path)
    return owner if whole else -1


def cut_at(state: Position, road: SupplyRoad) -> int:
    """The first hex at which a supply road is cut, -1 when it is open: for resolvers, as it looks at the true enemy."""
    world, faction = state.world, road.of
    zone = zones.true_zone(state, faction)
    for here in road.path:
        owner, mark = state.hexes.control[here], state.hexes.interdicted[here]
        if owner >= 0 and world.at_war(faction, owner):
            return here
        if mark and world.at_war(faction, mark - 1):
            return here
        if zone[here] and not any(world.together(faction, world.roster.faction[row]) for row in state.units_at(here)):
            return here
    return -1
