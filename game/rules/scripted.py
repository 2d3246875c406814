"""16. Events: what happens by itself, told by the scenario in plain data (:mod:`game.scenario.events`).

16.1 At the start of each turn events are asked in the order of their priority, then of their id. One whose
     triggers hold happens, as often as it may.
16.2 All triggers under `when` must hold, and one of those under `any`, if there are any. Dice are thrown last, and
     only when everything else holds.
16.3 An event sees the effects of those before it. What it does, everybody reads, or those it names.
16.4 What-if events happen only where the scenario's option is on.
16.5 Reinforcements come when their faction's turn opens, by the rules of chapter 15. An event never lifts the
     ladder above the stand-off, and never leaves a unit with fewer than no steps.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from game import events as ev
from game.rules import command, fog, ground, ladder, supply, support
from game.rules.losses import disrupt, lose
from game.scenario import events as sp
from game.scenario.canonical import from_plain
from game.scenario.world import World
from game.state import Draft
from game.state.tables import Position, Status

CAP = 1000
"""Most events of a scenario."""


def script(world: World) -> tuple[sp.EventSpec, ...]:
    """The scenario's events in the order in which they are asked."""

    def make() -> tuple[sp.EventSpec, ...]:
        listed = world.raw.get("events", ())
        listed = listed.get("events", ()) if isinstance(listed, Mapping) else listed
        found = [from_plain(sp.EventSpec, one, f"event {number}") for number, one in enumerate(listed[:CAP], 1)]
        return tuple(sorted(found, key=lambda event: (event.priority, event.id)))

    return world.kept("script", make)


def run(draft: Draft) -> None:
    """Start of a turn: every event whose triggers hold happens."""
    for event in script(draft.world):
        if draft.clock.over:
            return
        if may_fire(draft, event) and _dice_allow(draft, event):
            _fire(draft, event)


def may_fire(state: Position, event: sp.EventSpec) -> bool:
    """Whether an event's triggers hold now, dice aside."""
    if event.option is not None and not state.world.option(event.option):
        return False
    fired = dict(state.clock.fired).get(event.id, 0)
    if event.times and fired >= event.times:
        return False
    if not all(holds(state, trigger) for trigger in event.when):
        return False
    return not event.any or any(holds(state, trigger) for trigger in event.any)


def _dice_allow(draft: Draft, event: sp.EventSpec) -> bool:
    for trigger in event.when:
        if isinstance(trigger, sp.OnDice) and draft.roll_percent("event", event.id) > trigger.percent:
            return False
    sure = not event.any or any(holds(draft, trigger) for trigger in event.any if not isinstance(trigger, sp.OnDice))
    return sure or any(
        draft.roll_percent("event", event.id) <= trigger.percent
        for trigger in event.any
        if isinstance(trigger, sp.OnDice)
    )


def _fire(draft: Draft, event: sp.EventSpec) -> None:
    world = draft.world
    everybody = tuple(range(len(world.factions)))
    readers = tuple(sorted(world.faction(who) for who in event.seen_by)) or everybody
    draft.emit(ev.EventFired(event.id, event.text, readers))
    for number, effect in enumerate(event.do):
        if isinstance(effect, sp.Message):
            to = tuple(sorted(world.faction(who) for who in effect.to))
            draft.emit(ev.EventFired(f"{event.id}/{number}", effect.text, to))
        else:
            _EFFECTS[type(effect)](draft, effect)


# --- triggers -----------------------------------------------------------------------------------------------


def holds(state: Position, trigger: Any) -> bool:
    """Whether one trigger holds now. Dice always hold here; they are thrown when all else does."""
    return _TRIGGERS[type(trigger)](state, trigger)


def spot(world: World, at: sp.Spot) -> int:
    """The hex of a spot."""
    if at.hex is not None:
        return world.grid.hex(at.hex)
    places = world.kept("place hexes", lambda: {place.name: place.hex for place in reversed(world.places)})
    return places[at.place or ""]


def turn_days(world: World, turn: int) -> tuple[str, str]:
    """First and last day of a turn as ISO dates."""
    first = date.fromisoformat(world.first_day).toordinal() + (turn - 1) * world.days_per_turn
    return date.fromordinal(first).isoformat(), date.fromordinal(first + world.days_per_turn - 1).isoformat()


def _on_date(state: Position, t: sp.OnDate) -> bool:
    first, last = turn_days(state.world, state.clock.turn)
    return t.from_ <= last and (t.to is None or first <= t.to)


def _on_turn(state: Position, t: sp.OnTurn) -> bool:
    return t.from_ <= state.clock.turn <= t.to


def _on_control(state: Position, t: sp.OnControl) -> bool:
    holder, world = state.hexes.control[spot(state.world, t.at)], state.world
    return (holder >= 0 and world.together(world.faction(t.faction), holder)) == t.holds


def _on_held(state: Position, t: sp.OnHeld) -> bool:
    here = spot(state.world, t.at)
    place = state.world.place_at.get(here, -1)
    held = place >= 0 and state.hexes.control[here] == state.world.faction(t.faction)
    return held and state.places.checks[place] >= t.turns


def _on_unit(state: Position, t: sp.OnUnit) -> bool:
    row = state.world.row[t.unit]
    if t.at is not None:
        here = state.units.hex[row]
        return here >= 0 and state.world.grid.distance(here, spot(state.world, t.at)) <= t.within
    fate = {
        "on-map": Status.ON_MAP,
        "waiting": Status.WAITING,
        "destroyed": Status.DESTROYED,
        "withdrawn": Status.WITHDRAWN,
    }
    return state.units.status[row] == fate[t.is_]


def _on_near(state: Position, t: sp.OnNear) -> bool:
    world, faction = state.world, state.world.faction(t.faction)
    rows = (row for here in world.grid.disk(spot(world, t.at), t.within) for row in state.units_at(here))
    return sum(state.units.steps[row] for row in rows if world.roster.faction[row] == faction) >= t.steps


def _on_ladder(state: Position, t: sp.OnLadder) -> bool:
    return t.from_ <= state.clock.ladder <= t.to


def _on_flag(state: Position, t: sp.OnFlag) -> bool:
    return (t.flag in state.clock.flags) == t.set


def _on_fired(state: Position, t: sp.OnFired) -> bool:
    return dict(state.clock.fired).get(t.event, 0) >= t.times


def _on_weather(state: Position, t: sp.OnWeather) -> bool:
    return ("clear", "dust", "rain")[state.clock.weather] == t.is_


def _on_siege_broken(state: Position, t: sp.OnSiegeBroken) -> bool:
    world, faction, here = state.world, state.world.faction(t.faction), spot(state.world, t.at)
    garrison = any(world.roster.faction[row] == faction for row in state.units_at(here))
    return garrison and supply.is_connected(state, faction, here)  # stores and drops do not break a siege


_TRIGGERS: dict[type, Callable[[Position, Any], bool]] = {
    sp.OnDate: _on_date, sp.OnTurn: _on_turn, sp.OnControl: _on_control, sp.OnHeld: _on_held, sp.OnUnit: _on_unit,
    sp.OnNear: _on_near, sp.OnLadder: _on_ladder, sp.OnFlag: _on_flag, sp.OnFired: _on_fired,
    sp.OnWeather: _on_weather, sp.OnSiegeBroken: _on_siege_broken, sp.OnDice: lambda state, trigger: True,
}  # fmt: skip


# --- effects ------------------------------------------------------------------------------------------------


def _reinforce(draft: Draft, e: sp.Reinforce) -> None:
    # Chapter 15 brings in what is due when the faction's turn opens.
    entry = -1 if e.at is None else spot(draft.world, e.at)
    for name in e.units:
        row = draft.world.row[name]
        if draft.units.status[row] == Status.WAITING:
            draft.emit(ev.UnitDelayed(row, draft.clock.turn + e.delay, entry, "event"))


def _withdraw(draft: Draft, e: sp.Withdraw) -> None:
    entry = -1 if e.at is None else spot(draft.world, e.at)
    for name in e.units:
        row = draft.world.row[name]
        if draft.units.hex[row] >= 0:
            draft.emit(ev.UnitWithdrew(row, draft.units.hex[row], e.back, entry, e.why))
        elif draft.units.status[row] == Status.WAITING:
            draft.emit(ev.UnitDelayed(row, e.back, entry, e.why))


def _points(draft: Draft, e: sp.Points) -> None:
    faction, table = draft.world.faction(e.faction), draft.factions
    if e.command:
        # Command points are granted anew when the faction's turn opens: these come on top then.
        draft.emit(ev.GrantChanged(faction, command.ONCE, e.command))
    if e.liaison:
        draft.emit(ev.PointsSet(faction, table.command[faction], max(0, table.liaison[faction] + e.liaison)))
    if e.victory:
        draft.emit(ev.PointsScored(faction, e.victory, e.why))


def _grant(draft: Draft, e: sp.Grant) -> None:
    kind = support.ONCE + e.kind if e.once else e.kind
    draft.emit(ev.GrantChanged(draft.world.faction(e.faction), kind, e.change))


def _pool(draft: Draft, e: sp.Pool) -> None:
    faction = draft.world.faction(e.faction)
    change = max(e.change, -draft.factions.pool[faction])
    if change:
        draft.emit(ev.PoolChanged(faction, change))


def _control(draft: Draft, e: sp.Control) -> None:
    world, faction = draft.world, draft.world.faction(e.faction)
    hexes = [
        here for here in dict.fromkeys(spot(world, at) for at in e.at)
        if draft.hexes.control[here] != faction
        and all(world.together(faction, world.roster.faction[row]) for row in draft.units_at(here))
    ]  # fmt: skip
    if hexes:
        draft.emit(ev.ControlChanged(faction, tuple(hexes), tuple(draft.hexes.control[here] for here in hexes)))


def _ladder(draft: Draft, e: sp.Ladder) -> None:
    now = draft.clock.ladder
    after = max(0, min(ladder.TOP - 1, now + e.change))
    if now < ladder.TOP and after != now:
        draft.emit(ev.LadderMoved(now, after, e.why))


def _flag(draft: Draft, e: sp.SetFlag) -> None:
    draft.emit(ev.FlagSet(e.flag, e.on))


def _crossing(draft: Draft, e: sp.Crossing) -> None:
    side, sites = draft.world.grid.side(e.side), draft.sites
    wanted = ground.OPEN if e.state == "open" else ground.GONE
    for site, at in enumerate(sites.side):
        if at == side and sites.state[site] != wanted and sites.kind[site] != ground.DAM:
            if wanted == ground.OPEN:
                draft.emit(ev.CrossingOpened(site, side, sites.kind[site], sites.owner[site]))
            else:
                draft.emit(ev.CrossingBroken(site, side, e.why))


def _losses(draft: Draft, e: sp.Losses) -> None:
    row = draft.world.row[e.unit]
    lose(draft, row, e.lost, e.why)
    disrupt(draft, row, e.disrupted, e.why)


def _release(draft: Draft, e: sp.Release) -> None:
    for name in e.units:
        row = draft.world.row[name]
        if draft.units.locked[row] != e.turn and draft.units.status[row] in (Status.ON_MAP, Status.WAITING):
            draft.emit(ev.UnitReleased(row, e.turn))


def _sight(draft: Draft, e: sp.Sight) -> None:
    fog.reveal_around(draft, draft.world.faction(e.faction), spot(draft.world, e.at), e.radius, fog.IDENTIFIED)


def _end(draft: Draft, e: sp.End) -> None:
    draft.emit(ev.GameEnded(4))


_EFFECTS: dict[type, Callable[[Draft, Any], None]] = {
    sp.Reinforce: _reinforce, sp.Withdraw: _withdraw, sp.Points: _points, sp.Grant: _grant, sp.Pool: _pool,
    sp.Control: _control, sp.Ladder: _ladder, sp.SetFlag: _flag, sp.Crossing: _crossing, sp.Losses: _losses,
    sp.Release: _release, sp.Sight: _sight, sp.End: _end,
}  # fmt: skip
