"""7. Supply: how it flows, what cuts it, and what becomes of units without it.

7.1 Supply comes from sources and flows along roads through hexes that are one's own, an ally's, a friend's or
    nobody's, at so many points a hex: least on a highway, most on a track, more over a river, much more where the
    enemy interdicts. A major river is crossed at open crossings alone.
7.2 An enemy in a hex breaks the way; so does an enemy zone over a hex in which no unit of one's own or an ally's
    stands. Ground of the enemy and of the other bloc carries nothing of ours.
7.3 A source gives while its hex is held; one at the edge of the map, which stands for the rear beyond it, while
    nobody bars it. Airbases one holds, depots and headquarters on a connected road restart the way with part of the
    budget used.
7.4 Off the road supply goes a short last leg at the price of wheels, or of men on foot where wheels cannot go. It
    begins anew at a headquarters.
7.5 Up to the normal budgets supply is full, up to the larger ones stretched, beyond them cut.
7.6 Sources and crossings have a capacity in steps. Units are fed nearest first, then in the order of the roster;
    whoever finds no room on his way is stretched.
7.7 Supply is judged when a faction's turn opens. Garrisons, raiders and cells that are cut live on their own stores
    first, and are stretched meanwhile. Cut for one turn, a unit is halved; cut for longer, its steps are disrupted,
    then lost one at a time. Hunger alone never takes the last step: such a unit surrenders when attacked (chapter 5).
7.8 Every state of supply names its reason; a broken way names the hex that breaks it.
7.9 Air drops keep units that no road feeds stretched for a few turns. Part or all of a drop may be lost.

The net is in :mod:`supply_net`, the map in :mod:`supply_map`, reasons in :mod:`supply_trace`, drops in :mod:`air_drop`;
this file judges, and names what other chapters ask.
"""

from __future__ import annotations

from game.events import SuppliesDropped, SupplyJudged
from game.rules.air_drop import loss_range, loss_risk, refuse_air_drop, resolve_air_drop
from game.rules.losses import disrupt, lose
from game.rules.supply_map import SupplyMap, state_if_held, supply_map
from game.rules.supply_trace import SupplyTrace, explain, trace
from game.scenario.world import World
from game.state import Draft
from game.state.codes import Supplied
from game.state.tables import Position
from game.words import say

__all__ = [
    "SupplyMap", "SupplyTrace", "explain", "full_stores", "is_connected", "judge", "loss_range", "loss_risk",
    "refuse_air_drop", "resolve_air_drop", "state_at", "state_if_held", "supply_map", "trace",
]  # fmt: skip


def state_at(state: Position, faction: int, here: int) -> Supplied:
    """What the net offers a faction in a hex now."""
    return supply_map(state, faction).state_at(here)


def is_connected(state: Position, faction: int, here: int) -> bool:
    """Whether supply of a faction reaches a hex at all, stores and drops aside."""
    return supply_map(state, faction).state_at(here) != Supplied.CUT


def full_stores(world: World, row: int) -> int:
    """Turns that a unit can live on its own stores when they are full."""
    stores = world.rules.supply.stores
    return max((stores.get(trait, 0) for trait in world.roster.traits[row]), default=0)


def judge(draft: Draft, faction: int) -> None:
    """Judge the supply of a faction's units as its turn opens; those cut for long melt."""
    fed = supply_map(draft, faction).fed
    deposits = dict(draft.clock.deposits)
    judged = tuple(_judged(draft, row, how, deposits) for row, how in fed.items())
    states, cuts, stores = zip(*judged, strict=True) if judged else ((), (), ())
    draft.emit(SupplyJudged(faction, tuple(fed), states, cuts, stores))
    cut_off = {draft.units.hex[row] for row, how in fed.items() if how == Supplied.CUT}
    for here in sorted(cut_off & deposits.keys()):
        draft.emit(SuppliesDropped(faction, here, deposits[here] - 1, False))
    for row, turns in zip(fed, cuts, strict=True):
        if turns:
            _melt(draft, row, turns)


def _judged(draft: Draft, row: int, how: Supplied, deposits: dict[int, int]) -> tuple[int, int, int]:
    """State, turns cut and stores of a unit after the judgement."""
    units = draft.units
    if how == Supplied.FULL:
        return int(how), 0, full_stores(draft.world, row)
    if how == Supplied.STRETCHED or units.hex[row] in deposits:
        return int(Supplied.STRETCHED), 0, units.dry[row]
    if units.dry[row] > 0:
        return int(Supplied.STRETCHED), 0, units.dry[row] - 1
    return int(Supplied.CUT), units.cut[row] + 1, 0


def _melt(draft: Draft, row: int, turns: int) -> None:
    rules = draft.world.rules.supply.melting
    if turns >= rules.lose_from:
        if draft.units.steps[row] > rules.floor:
            lose(draft, row, 1, say("attrition"))
    elif turns >= rules.disrupt_from and draft.units.disrupted[row] < draft.units.steps[row]:
        disrupt(draft, row, 1, say("attrition"))
