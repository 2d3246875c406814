"""Movement: marches, road marches, forced marches and infiltration (chapter 4)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from game.events import (
    CommandSpent,
    ControlChanged,
    DiceRolled,
    IncidentRolled,
    MoveCutShort,
    Spotted,
    StepsDisrupted,
    UnitDisplaced,
    UnitHid,
    UnitInfiltrated,
    UnitMoved,
    UnitSpent,
)
from game.kernels.reach import Adjacency, Reach, reach
from game.kernels.recent import Recent
from game.orders import Infiltrate, March, Move
from game.rules import command, deconfliction, fog, ground, stacking, taking, zones
from game.rules.refusal import Refusal
from game.scenario.world import Stance
from game.state import Draft
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

    def make() -> _Reached:
        found = reach(zones.field(state, mobility, faction, by_road), here, budget)
        band = slice(max(0, min(found.cost) - grid.columns - 1), max(found.cost) + grid.columns + 2)
        return _Reached(found, band, bytes(zone[band]), bytes(barred[band]))

    def holds(known: _Reached) -> bool:
        return known.zone == zone[known.band] and known.barred == barred[known.band]

    memory: Recent[_Reached] = state.world.kept("reaches", lambda: Recent(min(REACHES, HEXES // grid.size)))
    return memory.found(key, make, holds).reach


REACHES, HEXES = 1000, 4_000_000
"""Reaches that are remembered, of all factions together, and the hexes that their maps may have together."""


class _Reached(NamedTuple):
    """A reach, and what it hangs on besides the ground: the marks of the rows of the map in which it and the hexes
    beside it lie."""

    reach: Reach
    band: slice
    zone: bytes
    barred: bytes


def may_command(state: Position, row: int) -> Refusal | None:
    """Why a unit cannot be given any order now, or None."""
    world, units = state.world, state.units
    name = world.roster.name[row]
    if units.hex[row] < 0:
        return Refusal("4.1", say("{unit} is not on the map", unit=name))
    if world.roster.faction[row] != state.faction:
        return Refusal("4.1", say("{unit} does not belong to the faction that is playing", unit=name))
    if units.locked[row] > state.clock.turn:
        return Refusal("4.1", say("{unit} is held in place until turn {turn}", unit=name, turn=units.locked[row]))
    return None


def may_act(state: Position, row: int) -> Refusal | None:
    """Why a unit cannot take its action now, or None."""
    refusal = may_command(state, row)
    if refusal is None and state.units.spent[row] & Spent.ACTED:
        refusal = Refusal("4.1", say("{unit} has already acted this turn", unit=state.world.roster.name[row]))
    return refusal


# --- refusals -----------------------------------------------------------------------------------------------


def refuse_move(state: Position, order: Move) -> Refusal | None:
    """Why a march is not possible, as far as the faction can know."""
    row = state.world.row[order.unit]
    return may_command(state, row) or _refuse_way(state, row, order.path)


def _refuse_way(state: Position, row: int, path: tuple[int, ...]) -> Refusal | None:
    return (
        _refuse_path(state, row, path)
        or _refuse_leading(state, row, path)
        or stacking.room_for(state, row, path[-1])
        or deconfliction.refuse_stand_off(state, row, path)
    )


def _refuse_path(state: Position, row: int, path: tuple[int, ...]) -> Refusal | None:
    world, units, roster = state.world, state.units, state.world.roster
    name, grid = roster.name[row], state.world.grid
    if not path:
        return Refusal("4.1", say("the march has no hexes"))
    if units.spent[row] & Spent.STOPPED:
        return Refusal("4.4", say("{unit} has been stopped for this turn", unit=name))
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
                        "{unit} is on a road march, and no road leads from {start} to {hex}",
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
                    "{unit} has {left} MP left; marching to {hex} costs {cost}",
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
    return Refusal("4.8", say("{unit} needs {price} CP to leave its home sector", unit=name, price=price))


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
        return Refusal("4.4", say("{unit} has been stopped for this turn", unit=state.world.roster.name[row]))
    if state.units.supply[row] == Supplied.CUT:
        return Refusal("4.3", say("{unit} is cut off and cannot march further", unit=state.world.roster.name[row]))
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
        return Refusal("4.7", say("{unit} has moved or acted this turn and cannot infiltrate", unit=name))
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


# --- resolvers ----------------------------------------------------------------------------------------------


def grant(draft: Draft, faction: int) -> None:
    """When the faction's turn opens: movement as supply allows."""
    for row, owner in enumerate(draft.world.roster.faction):
        if owner == faction and draft.units.hex[row] >= 0 and draft.units.supply[row]:
            draft.emit(UnitSpent(row, 0, allowance(draft, row)))


_EXPECTED = (ControlChanged, CommandSpent, DiceRolled, IncidentRolled, UnitHid, UnitMoved)
"""What happens on a march without changing what the unit knows of its way, or may do."""


def march(draft: Draft, order: Move) -> Iterator[tuple[int, int]]:
    """March hex by hex, seeing and being seen: each step, from and to, once it is taken.

    Whoever asks for the next step may let something happen in between; the march goes on from what there is then.
    It stops for the turn at what nobody could know and between two zones, and halts where the way turns out closed.
    """
    row, faction = draft.world.row[order.unit], draft.faction
    if draft.units.hidden[row]:
        draft.emit(UnitHid(row, 0))
    way, judged, clear, closed = [draft.units.hex[row]], len(draft.events), len(order.path), ""
    lists, known = steps(draft, row), zones.known_zone(draft, faction)
    for number, there in enumerate(order.path):
        here = way[-1]
        if _surprised(draft, judged):
            clear, closed = _clear(draft, row, order.path, number)
            lists, known = steps(draft, row), zones.known_zone(draft, faction)
        if number >= clear:
            draft.emit(MoveCutShort(row, here, closed, False))
            break
        judged = len(draft.events)
        barred = _ambush(draft, row, there)
        if not barred and number == clear - 1:
            barred = _crowded(draft, there, here)
        if barred:
            draft.emit(MoveCutShort(row, here, barred))
            break
        in_zone = bool(known[there] or zones.lies_on(draft, faction, there))
        from_zone = in_zone and bool(known[here] or zones.lies_on(draft, faction, here))
        _take_step(draft, row, there, _price(lists[here], there), in_zone)
        way.append(there)
        if in_zone:
            _stop(draft, row, there, bool(known[there]), from_zone, planned=number == len(order.path) - 1)
        yield here, there
        if draft.units.hex[row] != there:
            return  # an event has taken the unit elsewhere
        if draft.clock.over or draft.units.spent[row] & Spent.STOPPED:
            break
    _settle(draft, row, way)


def _surprised(draft: Draft, since: int) -> bool:
    """Whether anything has happened that may close the way ahead: a sighting, above all."""
    return any(
        event.faction == draft.faction if isinstance(event, Spotted) else not isinstance(event, _EXPECTED)
        for event in draft.events[since:]
    )


def _clear(state: Position, row: int, path: tuple[int, ...], done: int) -> tuple[int, str]:
    """How many hexes of a way can still be marched, of which some are done, and why no more."""
    why = ""
    for end in range(len(path), done, -1):
        refusal = may_command(state, row) or _refuse_way(state, row, path[done:end])
        if refusal is None:
            return end, why
        why = why or refusal.why
    return done, why


def _price(steps: Sequence[tuple[int, int]], there: int) -> int:
    return next(price for near, price in steps if near == there)


def _take_step(draft: Draft, row: int, there: int, price: int, zone: bool) -> None:
    here, toll = draft.units.hex[row], draft.world.rules.movement.zone_entry if zone else 0
    if leading_price(draft, row, (there,)):
        draft.emit(CommandSpent(draft.faction, leading_price(draft, row, (there,)), say("leaving the home sector")))
    draft.emit(UnitMoved(row, here, (there,), max(0, draft.units.mp[row] - price - toll)))
    fog.look_around(draft, row, there)
    fog.be_seen(draft, row, there)
    taking.take_control(draft, row, (there,))


def _stop(draft: Draft, row: int, there: int, known: bool, from_zone: bool, planned: bool) -> None:
    """End the march for this turn in a zone that nobody knew of, and where it went from one zone into another."""
    if not known:
        draft.emit(MoveCutShort(row, there, say("an unknown enemy exerts its ZOC there")))
    elif draft.world.rules.movement.zone_to_zone_ends and from_zone:
        if planned:
            draft.emit(UnitSpent(row, Spent.STOPPED, 0))
        else:
            draft.emit(MoveCutShort(row, there, say("the march goes from one enemy ZOC into another")))


def _ambush(draft: Draft, row: int, there: int) -> str:
    world = draft.world
    for other in draft.units_at(there):
        owner = world.roster.faction[other]
        if world.at_war(draft.faction, owner):
            if draft.units.hidden[other]:
                draft.emit(UnitHid(other, 0))
            fog.identify(draft, draft.faction, (other,))
            fog.identify(draft, owner, (row,))
            return say("it meets an enemy at {hex}", hex=world.grid.label(there))
        if world.stance[draft.faction][owner] == Stance.RIVAL and not zones.gives_way(
            world, other, draft.units.steps[other]
        ):
            fog.identify(draft, draft.faction, (other,))
            return say(
                "it finds {army} troops at {hex}", army=world.factions[owner].adjective, hex=world.grid.label(there)
            )
    return ""


def _crowded(draft: Draft, there: int, here: int) -> str:
    """Why a march cannot stop in a hex with lone steps of the other bloc, "" where each can move aside (rule 4.6)."""
    world = draft.world
    for other, owner in _in_the_way(draft, there):
        if _aside(draft, other, here) < 0:
            fog.identify(draft, draft.faction, (other,))
            army, where = world.factions[owner].adjective, world.grid.label(there)
            if draft.units.spent[other] & Spent.YIELDED:
                return say("{army} troops at {hex} have already moved aside this turn", army=army, hex=where)
            return say("{army} troops at {hex} cannot move aside", army=army, hex=where)
    return ""


def _in_the_way(state: Position, here: int) -> list[tuple[int, int]]:
    world = state.world
    owners = [(other, world.roster.faction[other]) for other in state.units_at(here)]
    return [(other, owner) for other, owner in owners if world.stance[state.faction][owner] == Stance.RIVAL]


def _aside(state: Position, row: int, came: int) -> int:
    """Where a lone step makes room for a march of the other bloc that stops on it, -1 nowhere (rule 4.6).

    It goes to the adjacent hex nearest to its friends, but not where the march comes from; once a turn. Of several the
    one that it reaches most cheaply.
    """
    world, here = state.world, state.units.hex[row]
    if state.units.spent[row] & Spent.YIELDED:
        return -1
    owners, owner = world.roster.faction, world.roster.faction[row]
    free = [
        near
        for near, _ in ground.adjacency(state, world.roster.mobility[row])[here]
        if near != came
        and all(world.together(owner, owners[u]) for u in state.units_at(near))
        and stacking.room_for(state, row, near) is None
    ]
    friends = [
        at for other, at in enumerate(state.units.hex)
        if at >= 0 and other != row and world.together(owner, owners[other])
    ]  # fmt: skip
    return min(free, key=lambda near: min((world.grid.distance(near, at) for at in friends), default=0), default=-1)


def _make_way(draft: Draft, here: int, came: int) -> None:
    for other, _ in _in_the_way(draft, here):
        aside = _aside(draft, other, came)
        if aside >= 0:
            draft.emit(UnitSpent(other, Spent.YIELDED, draft.units.mp[other]))
            draft.emit(UnitDisplaced(other, here, aside, say("it makes way for the other bloc")))
            fog.be_seen(draft, other, aside)


def _settle(draft: Draft, row: int, way: list[int]) -> None:
    # A march cut short may have stopped in a hex without room: fall back along the way until there is some.
    while len(way) > 1:
        if not _crowded(draft, way[-1], way[-2]):
            _make_way(draft, way[-1], way[-2])
        why = "" if not _in_the_way(draft, way[-1]) else say("it makes way for the other bloc")
        if not why and stacking.room_for(draft, row, way[-1]) is not None:
            why = say("the stacking limit")
        if not why:
            return
        way.pop()
        draft.emit(UnitDisplaced(row, draft.units.hex[row], way[-1], why))
        fog.be_seen(draft, row, way[-1])


def resolve_march(draft: Draft, order: March) -> None:
    """Spend the action to go further: by road, or anywhere at a price."""
    world, row = draft.world, draft.world.row[order.unit]
    rules = world.rules.movement
    percent = rules.forced_percent if order.forced else rules.march_percent
    left = draft.units.mp[row] + world.roster.movement[row] * percent // 100
    if order.forced:
        draft.emit(CommandSpent(draft.faction, world.rules.command.forced_march, say("forced march")))
        draft.emit(UnitSpent(row, Spent.ACTED | Spent.FORCED, left))
        if draft.units.disrupted[row] < draft.units.steps[row]:
            draft.emit(StepsDisrupted(row, 1, say("forced march")))
    else:
        draft.emit(UnitSpent(row, Spent.ACTED | Spent.MARCHED, left))


def resolve_infiltrate(draft: Draft, order: Infiltrate) -> None:
    """Slip through unseen; the unit is spent for the turn but for its attack."""
    world, row = draft.world, draft.world.row[order.unit]
    start = draft.units.hex[row]
    occupied = [
        other
        for other in draft.units_at(order.target)
        if not world.together(draft.faction, world.roster.faction[other])
    ]
    if occupied:
        fog.identify(draft, draft.faction, occupied)
        draft.emit(MoveCutShort(row, start, say("{hex} is held", hex=world.grid.label(order.target))))
        return
    draft.emit(UnitInfiltrated(row, start, order.target))
    draft.emit(UnitSpent(row, Spent.STOPPED, 0))
    fog.look_around(draft, row, order.target)
    taking.take_control(draft, row, (order.target,))
