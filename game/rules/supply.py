"""Supply: how it flows, what cuts it, and what becomes of units without it (chapter 7).

The net is in :mod:`supply_net`, the map in :mod:`supply_map`, reasons in :mod:`supply_trace`, drops in :mod:`air_drop`;
this file judges, and names what other chapters ask.
"""

from __future__ import annotations

from game.events import SuppliesDropped, SupplyJudged
from game.rules import strongpoints
from game.rules.air_drop import loss_range, loss_risk, refuse_air_drop, resolve_air_drop
from game.rules.losses import disrupt, lose
from game.rules.supply_map import SupplyMap, offered, state_if_held, supply_map
from game.rules.supply_trace import SupplyTrace, explain, trace
from game.scenario.world import World
from game.state import Draft
from game.state.codes import Supplied
from game.state.tables import Position
from game.words import say

__all__ = [
    "SupplyMap", "SupplyTrace", "explain", "full_stores", "is_connected", "judge", "loss_range", "loss_risk",
    "offered", "refuse_air_drop", "resolve_air_drop", "state_at", "state_if_held", "supply_map", "trace",
]  # fmt: skip


def state_at(state: Position, faction: int, here: int) -> Supplied:
    """What the net offers a faction in a hex now."""
    return offered(state, faction).state_at(here)


def is_connected(state: Position, faction: int, here: int) -> bool:
    """Whether supply of a faction reaches a hex at all, stores and drops aside."""
    return offered(state, faction).state_at(here) != Supplied.CUT


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
    if strongpoints.defended(draft, draft.units.hex[row], (row,)):
        return
    if turns >= rules.lose_from:
        if draft.units.steps[row] > rules.floor:
            lose(draft, row, 1, say("attrition"))
    elif turns >= rules.disrupt_from and draft.units.disrupted[row] < draft.units.steps[row]:
        disrupt(draft, row, 1, say("attrition"))
