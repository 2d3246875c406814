"""What events do, a function each: :data:`EFFECTS` is the whole list, but for messages and events fired (rule 16.3).

An effect never breaks what the other chapters promise: stacks hold, nobody stands where he cannot, no unit has fewer
than no steps. What cannot be done is left undone, and where a player would wonder, the log says so.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from game import events as ev
from game.rules import command, deconfliction, fog, ground, ladder, people, stacking, support, taking
from game.rules.losses import disrupt, lose
from game.rules.salvoes import salvo
from game.rules.script import hexes_of, place_number, spot
from game.scenario import effects as ef
from game.scenario.world import River, Stance
from game.state import Draft
from game.state.codes import CrossingKind, CrossingState, Ending, Knowledge, Status, Weather
from game.state.tables import Position
from game.words import say

MOST_POINTS = 100_000
"""Tenths of a point beyond which events give or take no more."""
MOST_GRANTED = 400
"""Points of a kind, or steps of the pool, beyond which events grant no more: what a state may hold has its range."""

# --- units come, go and change ------------------------------------------------------------------------------------


def _reinforce(draft: Draft, e: ef.DoReinforce) -> None:
    # Chapter 15 brings in what is due when the faction's turn opens.
    entry = -1 if e.at is None else spot(draft.world, e.at)
    for row in _rows(draft, e.units, Status.WAITING):
        draft.emit(ev.UnitDelayed(row, draft.clock.turn + e.delay, entry, "event"))


def _rows(state: Position, names: tuple[str, ...], *fates: Status) -> list[int]:
    rows = (state.world.row[name] for name in names)
    return [row for row in rows if state.units.status[row] in (fates or (Status.ON_MAP,))]


def _appear(draft: Draft, e: ef.DoAppear) -> None:
    wanted = [spot(draft.world, at) for at in e.at]
    wanted += [near for here in wanted for near in draft.world.grid.near[here]]
    for row in _rows(draft, e.units, Status.ON_MAP, Status.WAITING):
        here = next((here for here in dict.fromkeys(wanted) if free_for(draft, row, here)), -1)
        if here >= 0:
            _put(draft, row, here, e.hidden)
        elif draft.units.hex[row] < 0:
            draft.emit(ev.UnitDelayed(row, draft.clock.turn + 1, wanted[0], say("the stacking limit")))


def free_for(state: Position, row: int, here: int) -> bool:
    """Whether a unit could stand in a hex beside whoever is there, zones aside."""
    world = state.world
    owner = world.roster.faction[row]
    passable = ground.can_enter(world, row, here) or (
        ground.terrain_of(world, here) is not None and _by_road(state, here)
    )
    strangers = any(not world.together(owner, world.roster.faction[other]) for other in state.units_at(here))
    return passable and not strangers and stacking.room_for(state, row, here) is None


def _by_road(state: Position, here: int) -> bool:
    return any(side >= 0 and state.world.road[side] for side in state.world.grid.sides[here])


def _put(draft: Draft, row: int, here: int, hidden: bool) -> None:
    start = draft.units.hex[row]
    if start < 0:
        draft.emit(ev.UnitArrived(row, here, draft.world.roster.movement[row]))
    elif start != here:
        draft.emit(ev.UnitInfiltrated(row, start, here))
    if draft.units.hidden[row] != int(hidden):
        draft.emit(ev.UnitHid(row, int(hidden)))
    taking.take_control(draft, row, (here,), stays=True)
    fog.look_around(draft, row, here)
    fog.be_seen(draft, row, here)


def _withdraw(draft: Draft, e: ef.DoWithdraw) -> None:
    entry = -1 if e.at is None else spot(draft.world, e.at)
    for row in _rows(draft, e.units, Status.ON_MAP, Status.WAITING):
        if draft.units.hex[row] >= 0:
            draft.emit(ev.UnitWithdrew(row, draft.units.hex[row], e.back, entry, e.why))
        else:
            draft.emit(ev.UnitDelayed(row, e.back, entry, e.why))


def _lock(draft: Draft, e: ef.DoLock) -> None:
    for row in _rows(draft, e.units, Status.ON_MAP, Status.WAITING):
        if draft.units.locked[row] < draft.clock.turn + e.turns:
            draft.emit(ev.UnitReleased(row, draft.clock.turn + e.turns))


def _release(draft: Draft, e: ef.DoRelease) -> None:
    for row in _rows(draft, e.units, Status.ON_MAP, Status.WAITING):
        if draft.units.locked[row] != e.turn:
            draft.emit(ev.UnitReleased(row, e.turn))


def _hide(draft: Draft, e: ef.DoHide) -> None:
    for row in _rows(draft, e.units):
        if draft.units.hidden[row] != int(e.hidden):
            draft.emit(ev.UnitHid(row, int(e.hidden)))
            fog.be_seen(draft, row, draft.units.hex[row])


def _dig(draft: Draft, e: ef.DoDig) -> None:
    for row in _rows(draft, e.units):
        kind = ground.terrain_of(draft.world, draft.units.hex[row])
        level = min(e.level, kind.dig if kind is not None else 0)
        if level != draft.units.dug[row]:
            draft.emit(ev.DugIn(row, level))


def _restore(draft: Draft, e: ef.DoRestore) -> None:
    for row in _rows(draft, e.units):
        lost = draft.world.roster.steps[row] - draft.units.steps[row]
        back = min(e.replaced, lost, stacking.room_to_grow(draft, row))
        if back > 0:
            draft.emit(ev.StepsReplaced(row, back))
        if sound := min(e.gathered, draft.units.disrupted[row]):
            draft.emit(ev.StepsRecovered(row, sound, "event"))


def _losses(draft: Draft, e: ef.DoLosses) -> None:
    for row in _struck(draft, e):
        lose(draft, row, e.lost, e.why)
        disrupt(draft, row, e.disrupted, e.why)


def _struck(state: Position, e: ef.DoLosses) -> list[int]:
    world = state.world
    if e.area is None:
        return [world.row[e.unit or ""]]
    wanted = {world.faction(one) for one in e.of} if e.of else set(range(len(world.factions)))
    rows = (row for here in hexes_of(world, e.area) for row in state.units_at(here))
    return sorted(row for row in rows if world.roster.faction[row] in wanted)


# --- what a faction has -------------------------------------------------------------------------------------------


def _points(draft: Draft, e: ef.DoPoints) -> None:
    faction, table = draft.world.faction(e.faction), draft.factions
    if e.command:
        # Command points are granted anew when the faction's turn opens: these come on top then.
        _change_grant(draft, faction, command.ONCE, e.command)
    if e.liaison:
        have = table.liaison[faction]
        liaison = max(0, min(max(have, MOST_GRANTED), have + e.liaison))
        draft.emit(ev.PointsSet(faction, table.command[faction], liaison))
    now = table.points[faction]
    if tenths := max(-MOST_POINTS, min(MOST_POINTS, now + e.victory)) - now:
        draft.emit(ev.PointsScored(faction, tenths, e.why))


def _grant(draft: Draft, e: ef.DoGrant) -> None:
    _change_grant(draft, draft.world.faction(e.faction), support.ONCE + e.kind if e.once else e.kind, e.change)


def _change_grant(draft: Draft, faction: int, kind: str, change: int) -> None:
    now = dict(draft.clock.grants[faction]).get(kind, 0)
    if change := max(-MOST_GRANTED, min(MOST_GRANTED, now + change)) - now:
        draft.emit(ev.GrantChanged(faction, kind, change))


def _pool(draft: Draft, e: ef.DoPool) -> None:
    faction = draft.world.faction(e.faction)
    have = draft.factions.pool[faction]
    change = max(-have, min(e.change, max(0, MOST_GRANTED - have)))
    if change:
        draft.emit(ev.PoolChanged(faction, change))


def _source(draft: Draft, e: ef.DoSource) -> None:
    faction = draft.world.faction(e.faction)
    for number, one in enumerate(draft.world.factions[faction].sources):
        if one.name == e.name:
            capacity = one.capacity if e.capacity is None else e.capacity
            draft.emit(ev.WorldChanged("source", (faction, number, int(e.open), capacity)))


def _drop(draft: Draft, e: ef.DoDrop) -> None:
    draft.emit(ev.SuppliesDropped(draft.world.faction(e.faction), spot(draft.world, e.at), e.turns, True))


def _sight(draft: Draft, e: ef.DoSight) -> None:
    fog.reveal_around(draft, draft.world.faction(e.faction), spot(draft.world, e.at), e.radius, Knowledge.IDENTIFIED)


# --- the map ------------------------------------------------------------------------------------------------------


def _control(draft: Draft, e: ef.DoControl) -> None:
    world, faction = draft.world, draft.world.faction(e.faction)
    hexes = [
        here for here in dict.fromkeys(spot(world, at) for at in e.at)
        if draft.hexes.control[here] != faction and world.terrain[here] >= 0
        and all(world.together(faction, world.roster.faction[row]) for row in draft.units_at(here))
    ]  # fmt: skip
    if hexes:
        draft.emit(ev.ControlChanged(faction, tuple(hexes), tuple(draft.hexes.control[here] for here in hexes)))


def _crossing(draft: Draft, e: ef.DoCrossing) -> None:
    side, sites = draft.world.grid.side(e.side), draft.sites
    wanted = CrossingState.OPEN if e.state == "open" else CrossingState.GONE
    there = [site for site, at in enumerate(sites.side) if at == side]
    for site in there:
        if sites.state[site] != wanted and sites.kind[site] != CrossingKind.DAM:
            if wanted == CrossingState.OPEN:
                draft.emit(ev.CrossingOpened(site, side, sites.kind[site], sites.owner[site]))
            else:
                draft.emit(ev.CrossingBroken(site, side, e.why))
    if not there and e.kind is not None and wanted == CrossingState.OPEN and draft.world.river[side] != River.NONE:
        owner = -1 if e.faction is None else draft.world.faction(e.faction)
        kind = CrossingKind[e.kind.upper()]
        draft.emit(ev.CrossingBegun(owner, -1, -1, side, kind, draft.clock.turn))
        draft.emit(ev.CrossingOpened(len(draft.sites.side) - 1, side, kind, owner))


def _ground(draft: Draft, e: ef.DoGround) -> None:
    world = draft.world
    number = list(world.rules.terrain.kinds).index(e.to)
    kind = list(world.rules.terrain.kinds.values())[number]
    if not kind.playable:
        return

    def holds_them(here: int) -> bool:
        rows = draft.units_at(here)
        return _by_road(draft, here) or all(kind.cost(world.roster.mobility[row]) >= 0 for row in rows)

    hexes = tuple(here for here in hexes_of(world, e.area) if world.terrain[here] != number and holds_them(here))
    if not hexes:
        return
    draft.emit(ev.WorldChanged("ground", (number,), hexes))
    for row in [row for here in hexes for row in draft.units_at(here) if draft.units.dug[row] > kind.dig]:
        draft.emit(ev.DugIn(row, kind.dig))


def _interdict(draft: Draft, e: ef.DoInterdict) -> None:
    faction = draft.world.faction(e.faction)
    for here in hexes_of(draft.world, e.area):
        if _by_road(draft, here) and draft.hexes.interdicted[here] != faction + 1:
            draft.emit(ev.RoadInterdicted(faction, here))


def _weather(draft: Draft, e: ef.DoWeather) -> None:
    kind = Weather[e.to.upper()]
    if draft.clock.weather != kind:
        draft.emit(ev.WeatherChanged(kind))


# --- politics and people ------------------------------------------------------------------------------------------


def _ladder(draft: Draft, e: ef.DoLadder) -> None:
    _set_rung(draft, draft.clock.ladder + e.change, e.why)


def _rung(draft: Draft, e: ef.DoRung) -> None:
    _set_rung(draft, e.to, e.why)


def _set_rung(draft: Draft, rung: int, why: str) -> None:
    now = draft.clock.ladder
    after = max(0, min(ladder.TOP - 1, rung))
    if now < ladder.TOP and after != now:
        draft.emit(ev.LadderMoved(now, after, why))


def _incident(draft: Draft, e: ef.DoIncident) -> None:
    world, faction, here = draft.world, draft.world.faction(e.faction), spot(draft.world, e.at)
    other = next(iter(ladder.rivals(world, faction)), -1)
    if other >= 0:
        draft.emit(ev.IncidentRolled(faction, other, here, 100, 1, True, say("a scenario event")))
        deconfliction.incident(draft, faction, deconfliction.Act("strike", here))


def _stance(draft: Draft, e: ef.DoStance) -> None:
    ladder.set_stance(draft, draft.world.faction(e.a), draft.world.faction(e.b), Stance[e.to.upper()])


def _line(draft: Draft, e: ef.DoLine) -> None:
    leader = draft.world.faction(e.zone)
    hexes = tuple(here for here in hexes_of(draft.world, e.area) if draft.world.line_side[here] != leader)
    if hexes:
        draft.emit(ev.WorldChanged("line", (leader,), hexes))


def _airspace(draft: Draft, e: ef.DoAirspace) -> None:
    world = draft.world
    number = next((n for n, sky in enumerate(world.airspace) if sky.id == e.zone), -1)
    if number < 0:
        return
    sky = world.airspace[number]
    in_force = sky.since <= draft.clock.turn <= sky.until if e.in_force is None else e.in_force
    no_fly = sky.no_fly if e.no_fly is None else e.no_fly
    may_fly = sky.may_fly if e.may_fly is None else {world.faction(one) for one in e.may_fly}
    told = sky.must_notify if e.must_notify is None else {world.faction(one) for one in e.must_notify}
    bits = (sum(1 << one for one in sorted(group)) for group in (may_fly, told))
    draft.emit(ev.WorldChanged("sky", (number, int(in_force), int(no_fly), *bits)))


def _harm(draft: Draft, e: ef.DoHarm) -> None:
    by = people.NOBODY if e.by is None else draft.world.faction(e.by)
    draft.emit(ev.CiviliansHarmed(place_number(draft.world, e.place), by, e.harm, e.why))


def _flee(draft: Draft, e: ef.DoFlee) -> None:
    world, place = draft.world, place_number(draft.world, e.place)
    gone = min(e.people, world.places[place].civilians)
    if not gone:
        return
    draft.emit(ev.WorldChanged("people", (place, world.places[place].civilians - gone)))
    if e.to is not None:
        goal = place_number(world, e.to)
        most = 100_000
        draft.emit(ev.WorldChanged("people", (goal, min(most, draft.world.places[goal].civilians + gone))))


def _relief(draft: Draft, e: ef.DoRelief) -> None:
    place = place_number(draft.world, e.place)
    draft.emit(ev.ConvoyArrived(place, draft.hexes.control[draft.world.places[place].hex]))
    if draft.places.hunger[place]:
        draft.emit(ev.HungerChanged(place, 0))


# --- flags, the game ----------------------------------------------------------------------------------------------


def _flag(draft: Draft, e: ef.DoFlag) -> None:
    draft.emit(ev.FlagSet(e.flag, e.on))


def _end(draft: Draft, e: ef.DoEnd) -> None:
    if not draft.clock.over:
        draft.emit(ev.GameEnded(Ending.EVENT, winner=-1 if e.winner is None else draft.world.faction(e.winner)))


EFFECTS: dict[type, Callable[[Draft, Any], None]] = {
    ef.DoReinforce: _reinforce, ef.DoAppear: _appear, ef.DoWithdraw: _withdraw, ef.DoLock: _lock,
    ef.DoRelease: _release, ef.DoHide: _hide, ef.DoDig: _dig, ef.DoRestore: _restore, ef.DoLosses: _losses,
    ef.DoSalvo: salvo, ef.DoPoints: _points, ef.DoGrant: _grant, ef.DoPool: _pool, ef.DoSource: _source,
    ef.DoDrop: _drop, ef.DoSight: _sight, ef.DoControl: _control, ef.DoCrossing: _crossing, ef.DoGround: _ground,
    ef.DoInterdict: _interdict, ef.DoWeather: _weather, ef.DoLadder: _ladder, ef.DoRung: _rung,
    ef.DoIncident: _incident, ef.DoStance: _stance, ef.DoLine: _line, ef.DoAirspace: _airspace, ef.DoHarm: _harm,
    ef.DoFlee: _flee, ef.DoRelief: _relief, ef.DoFlag: _flag, ef.DoEnd: _end,
}  # fmt: skip
