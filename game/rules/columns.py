"""Supply columns: they unload where a town is hungry or troops are short, and drive back for more (rule 13.3)."""

from __future__ import annotations

from collections.abc import Iterable

from game.events import (
    ColumnUnloaded,
    FireResolved,
    HungerChanged,
    PointsScored,
    SupplyJudged,
    UnitDestroyed,
    UnitSpent,
    UnitWithdrew,
)
from game.orders import Unload
from game.rules.movement import may_act
from game.rules.refusal import Refusal
from game.rules.supply import full_stores
from game.scenario.world import World
from game.state import Draft
from game.state.codes import Spent, Supplied
from game.state.tables import Position
from game.words import count, say

COLUMN = "column"
"""Trait of a supply column."""


def has_columns(world: World, faction: int) -> bool:
    """Whether a faction has supply columns in its order of battle, and so no convoys that run by themselves."""
    fleets: frozenset[int] = world.kept("columns", lambda: frozenset(
        owner for owner, traits in zip(world.roster.faction, world.roster.traits, strict=True) if COLUMN in traits
    ))  # fmt: skip
    return faction in fleets


def hungry_near(state: Position, row: int, here: int = -1) -> tuple[int, ...]:
    """Hungry places of one's own side that a column could feed from a hex (from where it stands, if none is given)."""
    world, faction = state.world, state.world.roster.faction[row]
    at, reach = state.units.hex[row] if here < 0 else here, world.rules.people.columns.range
    return tuple(
        number for number, place in enumerate(world.places)
        if place.civilians and state.places.hunger[number] and world.grid.distance(at, place.hex) <= reach
        and state.hexes.control[place.hex] >= 0 and world.together(faction, state.hexes.control[place.hex])
    )  # fmt: skip


def short_near(state: Position, row: int, here: int = -1) -> tuple[int, ...]:
    """Own units in want of supply that a column could feed from a hex."""
    world, units, faction = state.world, state.units, state.world.roster.faction[row]
    at, reach = units.hex[row] if here < 0 else here, world.rules.people.columns.range
    return tuple(
        other for near in world.grid.disk(at, reach) for other in state.units_at(near)
        if world.roster.faction[other] == faction and other != row and units.supply[other] != Supplied.FULL
    )  # fmt: skip


def home(world: World, row: int) -> int:
    """The hex at which a column loads: where it started, or enters."""
    start = world.roster.start[row]
    return start if start >= 0 else next(iter(world.roster.entry[row]), -1)


def refuse_unload(state: Position, order: Unload) -> Refusal | None:
    """Why a column cannot unload."""
    row = state.world.row[order.unit]
    name, here = state.world.roster.name[row], state.units.hex[row]
    if COLUMN not in state.world.roster.traits[row]:
        return Refusal("13.3", say("only a supply column unloads, not {unit}", unit=name))
    refusal = may_act(state, row)
    if refusal is None and not hungry_near(state, row) and not short_near(state, row):
        return Refusal(
            "13.3",
            count(
                state.world.rules.people.columns.range,
                "nobody within {n} hex of {unit} at {hex} is hungry or short of supply",
                "nobody within {n} hexes of {unit} at {hex} is hungry or short of supply",
                unit=name,
                hex=state.world.grid.label(here),
            ),
        )
    return refusal


def resolve_unload(draft: Draft, order: Unload) -> None:
    """Feed the towns and units around, and drive back."""
    world, row = draft.world, draft.world.row[order.unit]
    faction, here = world.roster.faction[row], draft.units.hex[row]
    places, rows = hungry_near(draft, row), short_near(draft, row)
    draft.emit(UnitSpent(row, Spent.ACTED, 0))
    draft.emit(ColumnUnloaded(faction, row, here, places, len(rows)))
    for place in places:
        draft.emit(HungerChanged(place, 0))
    if rows:
        nothing, stores = (0,) * len(rows), tuple(full_stores(world, other) for other in rows)
        draft.emit(SupplyJudged(faction, rows, (int(Supplied.FULL),) * len(rows), nothing, stores))
    back = draft.clock.turn + world.rules.people.columns.back
    draft.emit(UnitWithdrew(row, here, back, home(world, row), say("drives back for new supplies")))


def unguarded(state: Position, here: int) -> tuple[int, ...]:
    """Columns in a hex that an ambush would destroy: no guard of sound steps shares it."""
    columns = tuple(row for row in state.units_at(here) if COLUMN in state.world.roster.traits[row])
    return () if _guarded(state, here) else columns


def _guarded(state: Position, here: int) -> bool:
    roster, units = state.world.roster, state.units
    guards = (row for row in state.units_at(here) if COLUMN not in roster.traits[row])
    return sum(units.steps[row] - units.disrupted[row] for row in guards) >= state.world.rules.people.columns.guard


def road_risk(state: Position, row: int, here: int) -> int:
    """Chance in percent that a column is lost as it drives into a hex: enemies lie in wait there, nobody guards it."""
    world, mark = state.world, state.hexes.interdicted[here]
    if COLUMN not in world.roster.traits[row] or not mark or _guarded(state, here):
        return 0
    if not world.at_war(world.roster.faction[row], mark - 1):
        return 0
    return max((what.hit for what in world.rules.support.kinds.values() if what.ambushes), default=0)


def way_risk(state: Position, row: int, way: Iterable[int]) -> int:
    """The same for a whole way, rounded up."""
    safe = 100
    for here in way:
        safe = safe * (100 - road_risk(state, row, here)) // 100
    return 100 - safe


def drive(draft: Draft, row: int, here: int) -> None:
    """A column has driven into a hex: who lies in wait there falls on it."""
    risk = road_risk(draft, row, here)
    if not risk:
        return
    world, owner = draft.world, draft.hexes.interdicted[here] - 1
    kind = next(name for name, what in world.rules.support.kinds.items() if what.ambushes and what.hit == risk)
    about = f"{world.factions[owner].id}:{kind}:{world.roster.id[row]}:{world.grid.label(here)}"
    roll = draft.roll_percent("strike", about)
    result = say("the column is lost") if roll <= risk else say("the column gets through")
    draft.emit(FireResolved(owner, kind, -1, here, risk, roll, result))
    if roll <= risk:
        ambush(draft, owner, row)


def ambush(draft: Draft, faction: int, row: int) -> None:
    """An ambush has hit a column without a guard: it is lost, and whoever laid the ambush scores."""
    draft.emit(UnitDestroyed(row, draft.units.hex[row], draft.units.steps[row], say("ambushed on the road")))
    tenths = draft.world.rules.people.columns.prize
    if tenths:
        draft.emit(PointsScored(faction, tenths, say("a supply column ambushed")))
