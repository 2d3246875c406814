"""Movement carried out (chapter 4): a march hex by hex with what it meets, road and forced march, infiltration."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

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
from game.orders import Infiltrate, March, Move
from game.rules import concessions, fog, ground, movement, stacking, taking, zones
from game.scenario.world import Stance
from game.state import Draft
from game.state.codes import Spent
from game.state.tables import Position
from game.words import say


def grant(draft: Draft, faction: int) -> None:
    """When the faction's turn opens: movement as supply allows."""
    for row, owner in enumerate(draft.world.roster.faction):
        if owner == faction and draft.units.hex[row] >= 0 and draft.units.supply[row]:
            draft.emit(UnitSpent(row, 0, movement.allowance(draft, row)))


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
    lists, known = movement.steps(draft, row), zones.known_zone(draft, faction)
    for number, there in enumerate(order.path):
        here = way[-1]
        if _surprised(draft, judged):
            clear, closed = _clear(draft, row, order.path, number)
            lists, known = movement.steps(draft, row), zones.known_zone(draft, faction)
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
        ahead = path[done:end]
        refusal = (
            movement.may_command(state, row)
            or movement.refuse_way(state, row, ahead)
            or concessions.refuse_closing(state, row, ahead)
        )
        if refusal is None:
            return end, why
        why = why or refusal.why
    return done, why


def _price(steps: Sequence[tuple[int, int]], there: int) -> int:
    return next(price for near, price in steps if near == there)


def _take_step(draft: Draft, row: int, there: int, price: int, zone: bool) -> None:
    here, toll = draft.units.hex[row], draft.world.rules.movement.zone_entry if zone else 0
    leading = movement.leading_price(draft, row, (there,))
    if leading:
        draft.emit(CommandSpent(draft.faction, leading, say("leaving the home sector")))
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
