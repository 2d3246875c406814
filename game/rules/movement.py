"""Movement (chapter 4): how far units can march, and why they may not; how a march goes stands in :mod:`marching`."""

from __future__ import annotations

from itertools import pairwise

from game.kernels.reach import Adjacency, Reach, reach
from game.kernels.recent import Recent
from game.orders import Infiltrate, March, Move
from game.rules import command, deconfliction, ground, stacking, zones
from game.rules.refusal import Refusal
from game.state.codes import Spent, Supplied
from game.state.tables import Position
from game.words import count, say

# --- questions ----------------------------------------------------------------------------------------------


def allowance(state: Position, row: int) -> int:
    """Movement points a unit has when its turn opens, after supply, in quarter points."""
    rules, full = state.world.rules.movement, state.world.roster.movement[row]
    percent = (100, rules.stretched_percent, rules.cut_percent)[state.units.supply[row]]
    return full * percent // 100


def within_reach(state: Position, row: int) -> Reach:
    """Where a unit can march with what it has left, as its faction knows the enemy."""
    return state.kept(("reach", row), lambda: _within_reach(state, row))


def _within_reach(state: Position, row: int) -> Reach:
    units = state.units
    here = units.hex[row]
    budget = 0 if units.spent[row] & Spent.STOPPED or units.locked[row] > state.clock.turn else units.mp[row]
    return reach_with(state, row, here, budget, bool(units.spent[row] & Spent.MARCHED))


def reach_with(state: Position, row: int, here: int, budget: int, by_road: bool = False) -> Reach:
    """The same from any hex with any budget: what a unit could do there and then."""
    roster, grid = state.world.roster, state.world.grid
    mobility, faction = roster.mobility[row], roster.faction[row]
    zone, barred = zones.known_zone(state, faction), zones.barred(state, faction)
    key = (here, budget, mobility, by_road, state.clock.weather, ground.patch(state))

    memory: Recent[list[_Reached]] = state.world.kept("reaches", lambda: Recent(min(REACHES, HEXES // grid.size)))
    known = memory.found(key, list)
    for one in known:
        if one.holds(zone, barred, grid.columns):
            return one.reach
    found = reach(zones.field(state, mobility, faction, by_road), here, budget)
    known.insert(0, _Reached(found, zone, barred))
    del known[PICTURES:]
    return found


PICTURES = 3
"""Pictures of the enemy for which the same reach is remembered: plans that are tried out in turn differ by them."""

REACHES, HEXES = 1000, 4_000_000
"""Reaches that are remembered, of all factions together, and the hexes that their maps may have together."""


class _Reached:
    """A reach, and what it hangs on besides the ground: the marks in the rows of the map in which it and the hexes
    beside it lie. Those rows are cut out when other marks are first compared with them."""

    __slots__ = ("barred", "first", "last", "reach", "zone")

    def __init__(self, found: Reach, zone: zones.Marks, barred: zones.Marks) -> None:
        self.reach = found
        self.zone = zone
        self.barred = barred
        self.first = self.last = -1

    def holds(self, zone: zones.Marks, barred: zones.Marks, columns: int) -> bool:
        """Whether the same would be found among these marks."""
        if self.zone is zone and self.barred is barred:
            return True
        if self.last < 0:
            hexes = self.reach.cost
            first, last = max(0, min(hexes) - columns - 1), max(hexes) + columns + 2
            self.first, self.last, self.zone, self.barred = first, last, self.zone[first:last], self.barred[first:last]
        return self.zone == zone[self.first : self.last] and self.barred == barred[self.first : self.last]


def may_command(state: Position, row: int) -> Refusal | None:
    """Why a unit cannot be given any order now, or None."""
    world, units = state.world, state.units
    name = world.roster.name[row]
    if units.hex[row] < 0:
        return Refusal("4.1", say("{unit} cannot take orders off the map", unit=name))
    if world.roster.faction[row] != state.faction:
        return Refusal("4.1", say("{unit} cannot take orders from the faction that is playing", unit=name))
    if units.locked[row] > state.clock.turn:
        return Refusal("4.1", say("{unit} must stay in place until turn {turn}", unit=name, turn=units.locked[row]))
    return None


def may_act(state: Position, row: int) -> Refusal | None:
    """Why a unit cannot take its action now, or None."""
    refusal = may_command(state, row)
    if refusal is None and state.units.spent[row] & Spent.ACTED:
        refusal = Refusal("4.1", say("{unit} acted already this turn", unit=state.world.roster.name[row]))
    return refusal


# --- refusals -----------------------------------------------------------------------------------------------


def refuse_move(state: Position, order: Move) -> Refusal | None:
    """Why a march is not possible, as far as the faction can know."""
    row = state.world.row[order.unit]
    return may_command(state, row) or refuse_way(state, row, order.path)


def refuse_way(state: Position, row: int, path: tuple[int, ...]) -> Refusal | None:
    """Why a unit that may march cannot go this way, as far as its faction can know."""
    return _refuse_path(state, row, path) or refuse_end(state, row, path)


def refuse_end(state: Position, row: int, path: tuple[int, ...]) -> Refusal | None:
    """Why a unit cannot end at the end of a way that lies within its reach."""
    return (
        _refuse_leading(state, row, path)
        or stacking.room_for(state, row, path[-1])
        or deconfliction.refuse_stand_off(state, row, path)
    )


def _refuse_path(state: Position, row: int, path: tuple[int, ...]) -> Refusal | None:
    world, units, roster = state.world, state.units, state.world.roster
    name, grid = roster.name[row], state.world.grid
    if not path:
        return Refusal("4.1", say("the march has no hexes"))
    if units.spent[row] & Spent.STOPPED:
        return Refusal("4.4", say("{unit} had to stop and cannot march again this turn", unit=name))
    lists = steps(state, row)
    barred, zone, rules = (
        zones.barred(state, state.faction),
        zones.known_zone(state, state.faction),
        world.rules.movement,
    )
    here, cost = units.hex[row], 0
    for number, there in enumerate(path):
        step = next((price for near, price in lists[here] if near == there), -1) if 0 <= there < grid.size else -1
        if step < 0:
            if 0 <= there < grid.size and grid.side_between(here, there) >= 0 and units.spent[row] & Spent.MARCHED:
                return Refusal(
                    "4.3",
                    say(
                        "{unit} must keep to roads on a road march, and none leads from {start} to {hex}",
                        unit=name,
                        start=grid.label(here),
                        hex=grid.label(there),
                    ),
                )
            words = (
                ground.explain_step(state, roster.mobility[row], here, there)
                if 0 <= there < grid.size
                else say("that hex is off the map")
            )
            return Refusal("1.1", say("{unit} cannot march there: {why}", unit=name, why=words))
        if barred[there]:
            return Refusal("4.1", say("others hold {hex}", hex=grid.label(there)))
        cost += step + (rules.zone_entry if zone[there] else 0)
        if cost > units.mp[row]:
            left = ground.quarters(units.mp[row])
            return Refusal(
                "4.1",
                say(
                    "marching to {hex} costs {cost} MP, and {unit} can spend only {left}",
                    unit=name,
                    left=left,
                    hex=grid.label(there),
                    cost=ground.quarters(cost),
                ),
            )
        if zone[here] and zone[there] and rules.zone_to_zone_ends and number < len(path) - 1:
            return Refusal(
                "3.2",
                say("the march ends at {hex}, since it goes from one enemy ZOC into another", hex=grid.label(there)),
            )
        here = there
    return None


def _refuse_leading(state: Position, row: int, path: tuple[int, ...]) -> Refusal | None:
    if leading_price(state, row, path) <= state.factions.command[state.faction]:
        return None
    name, price = state.world.roster.name[row], leading_price(state, row, path)
    return Refusal("4.8", say("leading {unit} out of the home sector costs {price} CP", unit=name, price=price))


def steps(state: Position, row: int) -> Adjacency:
    """Where a unit can step from each hex: anywhere its kind can go, or along roads once it is on a road march."""
    lists = ground.road_adjacency if state.units.spent[row] & Spent.MARCHED else ground.adjacency
    return lists(state, state.world.roster.mobility[row])


def leading_price(state: Position, row: int, path: tuple[int, ...]) -> int:
    """Command points that it costs to lead a unit along a way: a price for each step out of its home sector."""
    sector = state.world.sectors.get(state.world.roster.sector[row])
    if sector is None:
        return 0
    left = sum(here in sector and there not in sector for here, there in pairwise((state.units.hex[row], *path)))
    return left * state.world.rules.movement.cross_sector_command


def refuse_march(state: Position, order: March) -> Refusal | None:
    """Why a road march or forced march is not possible."""
    row = state.world.row[order.unit]
    refusal = may_act(state, row)
    if refusal is not None:
        return refusal
    if state.units.spent[row] & Spent.STOPPED:
        return Refusal(
            "4.4", say("{unit} had to stop and cannot march again this turn", unit=state.world.roster.name[row])
        )
    if state.units.supply[row] == Supplied.CUT:
        return Refusal("4.3", say("cut off, {unit} cannot march further", unit=state.world.roster.name[row]))
    if order.forced:
        short = command.refuse_price(state, state.world.rules.command.forced_march, say("a forced march"))
        if short is not None:
            return short
    if not state.world.roster.movement[row]:
        return Refusal("4.3", say("{unit} cannot move", unit=state.world.roster.name[row]))
    return None


def refuse_infiltrate(state: Position, order: Infiltrate) -> Refusal | None:
    """Why raiders cannot slip through to a hex."""
    world, units, row = state.world, state.units, state.world.row[order.unit]
    refusal = may_act(state, row)
    if refusal is not None:
        return refusal
    traits, name = world.roster.traits[row], world.roster.name[row]
    if not traits & {"raider", "cell"}:
        return Refusal("4.7", say("{unit} cannot infiltrate", unit=name))
    if units.spent[row]:
        return Refusal("4.7", say("{unit} moved or acted this turn and cannot infiltrate", unit=name))
    here, rules = units.hex[row], world.rules.movement
    if world.grid.distance(here, order.target) > rules.infiltrate_range or here == order.target:
        return Refusal(
            "4.7",
            count(
                rules.infiltrate_range,
                "{hex} is not within {n} hex of {unit}",
                "{hex} is not within {n} hexes of {unit}",
                hex=world.grid.label(order.target),
                unit=name,
            ),
        )
    costs = infiltration(state, row)
    if order.target not in costs:
        return Refusal(
            "4.7",
            say(
                "the river or held hexes keep {unit} from infiltrating to {hex}",
                unit=name,
                hex=world.grid.label(order.target),
            ),
        )
    mine = any(world.friends(state.faction, world.roster.faction[other]) for other in state.units_at(order.target))
    if mine or zones.barred(state, state.faction)[order.target]:
        return Refusal(
            "4.7", say("you can only infiltrate to an empty hex, and {hex} is not", hex=world.grid.label(order.target))
        )
    return None


def infiltration(state: Position, row: int) -> dict[int, int]:
    """Hexes that raiders can slip to, with the number of hexes on the way: zones do not hinder them, the river does."""

    def make() -> dict[int, int]:
        world = state.world
        lists, barred = (
            ground.adjacency(state, world.roster.mobility[row]),
            zones.barred(state, world.roster.faction[row]),
        )
        steps = {state.units.hex[row]: 0}
        edge = [state.units.hex[row]]
        for number in range(1, world.rules.movement.infiltrate_range + 1):
            edge = [there for here in edge for there, _ in lists[here] if not barred[there] and there not in steps]
            edge = sorted(set(edge))
            steps.update(dict.fromkeys(edge, number))
        return steps

    return state.kept(("infiltration", row), make)
