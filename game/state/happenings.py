"""What each event writes into the tables of a draft: one function an event, and the table of them all."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from game import events as ev
from game.state.changes import changed, noted
from game.state.codes import Concession, CrossingState, Spent, Status
from game.state.tables import Working
from game.state.writing import add, column, exchange_world, put, replaced, write

_GONE, _OPEN, _BUILDING = map(int, CrossingState)  # a column holds plain integers

# --- the turn -----------------------------------------------------------------------------------------------


def _turn_began(d: Working, e: ev.TurnBegan) -> None:
    write(d, "clock", "turn", e.turn)
    write(d, "clock", "used", ())


def _weather(d: Working, e: ev.WeatherChanged) -> None:
    write(d, "clock", "weather", int(e.weather))


def _faction_turn_began(d: Working, e: ev.FactionTurnBegan) -> None:
    write(d, "clock", "active", e.active)
    spent, mp, roster = column(d, "units", "spent"), column(d, "units", "mp"), d.world.roster
    for row, owner in enumerate(roster.faction):
        if owner == e.faction and d.units.hex[row] >= 0:
            spent[row] = 0
            mp[row] = roster.movement[row]
    for name, value in (("calm", 0), ("begun", 0), ("still", 0), ("warned", -1)):
        put(d, "factions", name, e.faction, value)
    if any(d.sites.load):
        write(d, "sites", "load", (0,) * len(d.sites.load))


def _faction_turn_ended(d: Working, e: ev.FactionTurnEnded) -> None:
    mp = column(d, "units", "mp")
    for row, owner in enumerate(d.world.roster.faction):
        if owner == e.faction:
            mp[row] = 0


def _game_ended(d: Working, e: ev.GameEnded) -> None:
    write(d, "clock", "over", int(e.how))
    write(d, "clock", "culprit", e.culprit)
    write(d, "clock", "winner", e.winner)


def _dice_rolled(d: Working, e: ev.DiceRolled) -> None:
    write(d, "clock", "used", (*d.clock.used, f"{e.label}:{e.about}"))


def _order_given(d: Working, e: ev.OrderGiven) -> None:
    write(d, "clock", "orders", d.clock.orders + 1)


# --- units --------------------------------------------------------------------------------------------------


def _place_unit(d: Working, row: int, here: int) -> None:
    put(d, "units", "hex", row, here)
    if d.units.dug[row]:
        put(d, "units", "dug", row, 0)


def _arrived(d: Working, e: ev.UnitArrived) -> None:
    put(d, "units", "hex", e.unit, e.hex)
    put(d, "units", "status", e.unit, Status.ON_MAP)
    put(d, "units", "due", e.unit, 0)
    put(d, "units", "mp", e.unit, e.mp)
    put(d, "units", "spent", e.unit, 0)


def _delayed(d: Working, e: ev.UnitDelayed) -> None:
    put(d, "units", "due", e.unit, e.due)
    put(d, "units", "entry", e.unit, e.entry)


def _withdrew(d: Working, e: ev.UnitWithdrew) -> None:
    _place_unit(d, e.unit, -1)
    put(d, "units", "status", e.unit, Status.WAITING if e.due else Status.WITHDRAWN)
    put(d, "units", "due", e.unit, e.due)
    put(d, "units", "entry", e.unit, e.entry)
    put(d, "units", "mp", e.unit, 0)
    _forget_everywhere(d, e.unit)


def _moved(d: Working, e: ev.UnitMoved) -> None:
    _place_unit(d, e.unit, e.path[-1])
    put(d, "units", "mp", e.unit, e.mp)
    put(d, "units", "spent", e.unit, d.units.spent[e.unit] | Spent.MOVED)


def _cut_short(d: Working, e: ev.MoveCutShort) -> None:
    if not e.for_good:
        return
    put(d, "units", "mp", e.unit, 0)
    put(d, "units", "spent", e.unit, d.units.spent[e.unit] | Spent.MOVED | Spent.STOPPED)


def _displaced(d: Working, e: ev.UnitDisplaced) -> None:
    _place_unit(d, e.unit, e.hex)


def _spent(d: Working, e: ev.UnitSpent) -> None:
    put(d, "units", "spent", e.unit, d.units.spent[e.unit] | e.bits)
    put(d, "units", "mp", e.unit, e.mp)


def _dug_in(d: Working, e: ev.DugIn) -> None:
    put(d, "units", "dug", e.unit, e.level)


def _hid(d: Working, e: ev.UnitHid) -> None:
    put(d, "units", "hidden", e.unit, e.hidden)


def _released(d: Working, e: ev.UnitReleased) -> None:
    put(d, "units", "locked", e.unit, e.turn)


def _disrupted(d: Working, e: ev.StepsDisrupted) -> None:
    add(d, "units", "disrupted", e.unit, e.steps)


def _recovered(d: Working, e: ev.StepsRecovered) -> None:
    add(d, "units", "disrupted", e.unit, -e.steps)


def _lost(d: Working, e: ev.StepsLost) -> None:
    left = d.units.steps[e.unit] - e.steps
    put(d, "units", "steps", e.unit, left)
    if d.units.disrupted[e.unit] > left:
        put(d, "units", "disrupted", e.unit, left)
    add(d, "factions", "lost", d.world.roster.faction[e.unit], e.steps)


def _replaced(d: Working, e: ev.StepsReplaced) -> None:
    add(d, "units", "steps", e.unit, e.steps)


def _destroyed(d: Working, e: ev.UnitDestroyed) -> None:
    _place_unit(d, e.unit, -1)
    for name, value in (("steps", 0), ("disrupted", 0), ("mp", 0), ("status", int(Status.DESTROYED)), ("hidden", 0)):
        put(d, "units", name, e.unit, value)
    add(d, "factions", "lost", d.world.roster.faction[e.unit], e.steps)
    _forget_everywhere(d, e.unit)


def _retreated(d: Working, e: ev.UnitRetreated) -> None:
    _place_unit(d, e.unit, e.path[-1])


def _advanced(d: Working, e: ev.UnitAdvanced | ev.UnitInfiltrated) -> None:
    _place_unit(d, e.unit, e.hex)


def _control(d: Working, e: ev.ControlChanged) -> None:
    control, places = column(d, "hexes", "control"), d.world.place_at
    for here in e.hexes:
        if control[here] != e.faction and here in places and d.places.checks[places[here]]:
            put(d, "places", "checks", places[here], 0)
        control[here] = e.faction


# --- knowledge ----------------------------------------------------------------------------------------------


def _spotted(d: Working, e: ev.Spotted) -> None:
    # Columns that stay as they are stay shared, so that views need not be made anew.
    intel, units, unit = d.intel[e.faction], d.units, e.unit
    for name, value in (
        ("level", int(e.level)), ("hex", e.hex), ("turn", d.clock.turn), ("steps", units.steps[unit]),
        ("disrupted", units.disrupted[unit]), ("dug", units.dug[unit]), ("supply", units.supply[unit]),
        ("cut", units.cut[unit]),
    ):  # fmt: skip
        if getattr(intel, name)[unit] != value:
            put(d, e.faction, name, unit, value)


def _faded(d: Working, e: ev.ContactFaded) -> None:
    put(d, e.faction, "level", e.unit, 0)
    put(d, e.faction, "hex", e.unit, -1)


def _forget_everywhere(d: Working, row: int) -> None:
    for faction, table in enumerate(d.intel):
        if table.level[row]:
            put(d, faction, "level", row, 0)
            put(d, faction, "hex", row, -1)


def _arsenal(d: Working, e: ev.ArsenalStruck) -> None:
    write(d, "clock", "struck", tuple(sorted({**dict(d.clock.struck), e.hex: e.until}.items())))


# --- river --------------------------------------------------------------------------------------------------


def _crossing_begun(d: Working, e: ev.CrossingBegun) -> None:
    if e.site < 0:
        for name, value in (
            ("side", e.side), ("kind", int(e.kind)), ("state", _BUILDING), ("ready", e.ready), ("owner", e.faction),
            ("load", 0),
        ):  # fmt: skip
            column(d, "sites", name).append(value)
    else:
        for name, value in (
            ("kind", int(e.kind)),
            ("state", _BUILDING),
            ("ready", e.ready),
            ("owner", e.faction),
        ):
            put(d, "sites", name, e.site, value)


def _crossing_opened(d: Working, e: ev.CrossingOpened) -> None:
    put(d, "sites", "state", e.site, _OPEN)
    put(d, "sites", "ready", e.site, 0)


def _ferry_loaded(d: Working, e: ev.FerryLoaded) -> None:
    add(d, "sites", "load", e.site, e.steps)


def _crossing_broken(d: Working, e: ev.CrossingBroken) -> None:
    put(d, "sites", "state", e.site, _GONE)
    put(d, "sites", "ready", e.site, 0)


# --- supply and people --------------------------------------------------------------------------------------


def _supply_judged(d: Working, e: ev.SupplyJudged) -> None:
    supply, cut, dry = (column(d, "units", name) for name in ("supply", "cut", "dry"))
    for row, how, turns, stores in zip(e.units, e.supply, e.cut, e.dry, strict=True):
        supply[row], cut[row], dry[row] = how, turns, stores


def _interdicted(d: Working, e: ev.RoadInterdicted) -> None:
    put(d, "hexes", "interdicted", e.hex, e.faction + 1)


def _interdiction_ended(d: Working, e: ev.InterdictionEnded) -> None:
    marks = column(d, "hexes", "interdicted")
    for here, mark in enumerate(marks):
        if mark == e.faction + 1:
            marks[here] = 0


def _dropped(d: Working, e: ev.SuppliesDropped) -> None:
    deposits = dict(d.clock.deposits)
    if e.turns > 0:
        deposits[e.hex] = max(e.turns, deposits.get(e.hex, 0)) if e.fresh else e.turns
    else:
        deposits.pop(e.hex, None)
    write(d, "clock", "deposits", tuple(sorted(deposits.items())))


def _hunger(d: Working, e: ev.HungerChanged) -> None:
    put(d, "places", "hunger", e.place, e.hunger)


def _harmed(d: Working, e: ev.CiviliansHarmed) -> None:
    add(d, "places", "harm", e.place, e.harm)
    if e.faction >= 0:
        add(d, "factions", "harm", e.faction, e.harm)


def _pool(d: Working, e: ev.PoolChanged) -> None:
    add(d, "factions", "pool", e.faction, e.change)


# --- command, support, politics -----------------------------------------------------------------------------


def _points_set(d: Working, e: ev.PointsSet) -> None:
    put(d, "factions", "command", e.faction, e.command)
    put(d, "factions", "liaison", e.faction, e.liaison)


def _command_spent(d: Working, e: ev.CommandSpent) -> None:
    add(d, "factions", "command", e.faction, -e.points)


def _liaison_spent(d: Working, e: ev.LiaisonSpent) -> None:
    add(d, "factions", "liaison", e.faction, -e.points)


def _support_set(d: Working, e: ev.SupportSet) -> None:
    write(d, "clock", "support", replaced(d.clock.support, e.faction, e.points))


def _grant_changed(d: Working, e: ev.GrantChanged) -> None:
    grants = dict(d.clock.grants[e.faction])
    grants[e.kind] = grants.get(e.kind, 0) + e.change
    write(d, "clock", "grants", replaced(d.clock.grants, e.faction, tuple(sorted(grants.items()))))


def _notified(d: Working, e: ev.CorridorNotified) -> None:
    hexes = tuple(sorted({*d.clock.corridors[e.faction], *e.hexes}))
    write(d, "clock", "corridors", replaced(d.clock.corridors, e.faction, hexes))
    put(d, "factions", "corridor_until", e.faction, e.until)


def _corridor_ended(d: Working, e: ev.CorridorEnded) -> None:
    write(d, "clock", "corridors", replaced(d.clock.corridors, e.faction, ()))


def _hotline(d: Working, e: ev.HotlineCalled) -> None:
    put(d, "factions", "calm", e.faction, 1)


def _orders_begun(d: Working, e: ev.OrdersBegun) -> None:
    put(d, "factions", "begun", e.faction, 1)


def _conceded(d: Working, e: ev.ConcessionMade) -> None:
    put(d, "factions", "conceded", e.faction, d.clock.turn)
    if e.kind == Concession.STANDSTILL:
        put(d, "factions", "still", e.faction, 1)
    if e.kind == Concession.GROUNDING:
        put(d, "factions", "grounded", e.faction, e.until)


def _blame(d: Working, e: ev.BlameLaid) -> None:
    blamed = column(d, "factions", "blamed")
    for faction in range(len(blamed)):
        blamed[faction] = int(faction in e.blamed)


def _warning(d: Working, e: ev.WarningGiven) -> None:
    put(d, "factions", "warned", e.faction, e.hex)
    place = d.world.place_at[e.hex]
    put(d, "places", "warned", place, d.places.warned[place] | 1 << e.faction)


def _sky_closed(d: Working, e: ev.SkyClosed) -> None:
    put(d, "factions", "sky", e.faction, e.hex)
    put(d, "factions", "sky_until", e.faction, e.until)


def _ladder(d: Working, e: ev.LadderMoved) -> None:
    write(d, "clock", "ladder", e.after)
    write(d, "clock", "quiet", 0)


def _quiet(d: Working, e: ev.QuietTurn) -> None:
    write(d, "clock", "quiet", e.turns)


# --- events and victory -------------------------------------------------------------------------------------


def _fired(d: Working, e: ev.EventFired) -> None:
    fired = dict(d.clock.fired)
    fired[e.id] = fired.get(e.id, 0) + 1
    write(d, "clock", "fired", tuple(sorted(fired.items())))
    if "/" not in e.id:  # a further message of an event is no event
        write(d, "clock", "last", tuple(sorted({**dict(d.clock.last), e.id: d.clock.turn}.items())))


def _places_noted(d: Working, e: ev.PlacesNoted) -> None:
    write(d, "clock", "held", e.holders)


def _world_changed(d: Working, e: ev.WorldChanged) -> None:
    change = (e.what, e.numbers, e.hexes)
    write(d, "clock", "changes", noted(d.clock.changes, change))
    exchange_world(d, changed(d.world, change))
    d.answers.clear()


def _incident_rolled(d: Working, e: ev.IncidentRolled) -> None:
    if e.happened:
        add(d, "factions", "incidents", e.faction, 1)


def _flag(d: Working, e: ev.FlagSet) -> None:
    flags = set(d.clock.flags)
    (flags.add if e.on else flags.discard)(e.flag)
    write(d, "clock", "flags", tuple(sorted(flags)))


def _held(d: Working, e: ev.PlaceHeld) -> None:
    put(d, "places", "first", e.place, e.first)
    put(d, "places", "checks", e.place, e.checks)


def _strongpoints(d: Working, e: ev.StrongpointsChanged) -> None:
    if e.left < d.places.strongpoints[e.place]:
        put(d, "places", "breached", e.place, d.clock.turn)
    put(d, "places", "strongpoints", e.place, e.left)


def _stormed(d: Working, e: ev.CityStormed) -> None:
    put(d, "places", "stormed", e.place, d.clock.turn)


def _scored(d: Working, e: ev.PointsScored) -> None:
    add(d, "factions", "points", e.faction, e.tenths)


def _bonus(d: Working, e: ev.BonusPaid) -> None:
    write(d, "clock", "bonus", replaced(d.clock.bonus, e.prize, e.faction))


CHANGES: dict[type, Callable[[Any, Any], None]] = {
    ev.TurnBegan: _turn_began,
    ev.WeatherChanged: _weather,
    ev.FactionTurnBegan: _faction_turn_began,
    ev.FactionTurnEnded: _faction_turn_ended,
    ev.GameEnded: _game_ended,
    ev.DiceRolled: _dice_rolled,
    ev.OrderGiven: _order_given,
    ev.UnitArrived: _arrived,
    ev.UnitDelayed: _delayed,
    ev.UnitWithdrew: _withdrew,
    ev.UnitMoved: _moved,
    ev.MoveCutShort: _cut_short,
    ev.UnitDisplaced: _displaced,
    ev.UnitSpent: _spent,
    ev.DugIn: _dug_in,
    ev.UnitHid: _hid,
    ev.UnitReleased: _released,
    ev.StepsDisrupted: _disrupted,
    ev.StepsRecovered: _recovered,
    ev.StepsLost: _lost,
    ev.StepsReplaced: _replaced,
    ev.UnitDestroyed: _destroyed,
    ev.UnitRetreated: _retreated,
    ev.UnitAdvanced: _advanced,
    ev.UnitInfiltrated: _advanced,
    ev.ControlChanged: _control,
    ev.Spotted: _spotted,
    ev.ContactFaded: _faded,
    ev.ArsenalStruck: _arsenal,
    ev.CrossingBegun: _crossing_begun,
    ev.CrossingOpened: _crossing_opened,
    ev.CrossingBroken: _crossing_broken,
    ev.FerryLoaded: _ferry_loaded,
    ev.SupplyJudged: _supply_judged,
    ev.RoadInterdicted: _interdicted,
    ev.InterdictionEnded: _interdiction_ended,
    ev.SuppliesDropped: _dropped,
    ev.HungerChanged: _hunger,
    ev.CiviliansHarmed: _harmed,
    ev.PoolChanged: _pool,
    ev.PointsSet: _points_set,
    ev.CommandSpent: _command_spent,
    ev.LiaisonSpent: _liaison_spent,
    ev.SupportSet: _support_set,
    ev.GrantChanged: _grant_changed,
    ev.CorridorNotified: _notified,
    ev.CorridorEnded: _corridor_ended,
    ev.HotlineCalled: _hotline,
    ev.OrdersBegun: _orders_begun,
    ev.ConcessionMade: _conceded,
    ev.BlameLaid: _blame,
    ev.WarningGiven: _warning,
    ev.SkyClosed: _sky_closed,
    ev.LadderMoved: _ladder,
    ev.QuietTurn: _quiet,
    ev.EventFired: _fired,
    ev.PlacesNoted: _places_noted,
    ev.WorldChanged: _world_changed,
    ev.IncidentRolled: _incident_rolled,
    ev.FlagSet: _flag,
    ev.PlaceHeld: _held,
    ev.StrongpointsChanged: _strongpoints,
    ev.CityStormed: _stormed,
    ev.PointsScored: _scored,
    ev.BonusPaid: _bonus,
}
"""Events that are absent here change no table: they tell what was rolled, resolved or seen."""
