"""What the triggers of events ask, a function each: :data:`TRIGGERS` is the whole list (rule 16.2).

An answer is True, False, or None where dice must be thrown to know. Dice come last: :func:`verdict` throws none, and
:func:`thrown` throws those that are still needed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from game.rules import ground, prizes, supply
from game.rules.script import hexes_of, place_number, spot, turn_days, turn_of
from game.scenario import triggers as tr
from game.scenario.world import Stance, World
from game.state import Draft
from game.state.codes import Status, Weather
from game.state.tables import Position

Verdict = bool | None

# --- verdicts ---------------------------------------------------------------------------------------------------


def verdict(state: Position, trigger: Any) -> Verdict:
    """Whether a trigger holds now; None where that is for dice to say."""
    return TRIGGERS[type(trigger)](state, trigger)


def all_of(verdicts: Iterable[Verdict]) -> Verdict:
    """Whether all hold: a single one that does not decides it, dice aside."""
    found = tuple(verdicts)
    return False if False in found else None if None in found else True


def any_of(verdicts: Iterable[Verdict]) -> Verdict:
    """Whether one holds: a single one that does decides it, dice aside."""
    found = tuple(verdicts)
    return True if True in found else None if None in found else False


def thrown(draft: Draft, event: str, trigger: Any) -> bool:
    """The same with dice thrown for what they must decide."""
    known = verdict(draft, trigger)
    if known is not None:
        return known
    match trigger:
        case tr.OnDice(percent=percent):
            return draft.roll_percent("event", event) <= percent
        case tr.OnWindow():
            return draft.roll_die("lot", event, _turns_left(draft, trigger)) == 1
        case tr.OnAll(of=parts):
            return all(thrown(draft, event, part) for part in parts)
        case tr.OnNot(of=parts):
            return not any(thrown(draft, event, part) for part in parts)
        case tr.OnAny(of=parts):
            return any(thrown(draft, event, part) for part in parts)
    raise TypeError(f"{trigger!r} is no trigger that dice decide")


# --- time ---------------------------------------------------------------------------------------------------------


def _on_date(state: Position, t: tr.OnDate) -> Verdict:
    first, last = turn_days(state.world, state.clock.turn)
    return t.from_ <= last and (t.to is None or first <= t.to)


def _on_turn(state: Position, t: tr.OnTurn) -> Verdict:
    return t.from_ <= state.clock.turn <= t.to


def _turns_left(state: Position, t: tr.OnWindow) -> int:
    return min(state.world.turns, turn_of(state.world, t.to)) - state.clock.turn + 1


def _on_window(state: Position, t: tr.OnWindow) -> Verdict:
    # Of n turns left in the span each is drawn with a chance of one in n: so all turns of the span are equally likely.
    left = _turns_left(state, t)
    if left < 1 or state.clock.turn < turn_of(state.world, t.from_):
        return False
    return True if left == 1 else None


def _on_weather(state: Position, t: tr.OnWeather) -> Verdict:
    return Weather(state.clock.weather).word == t.is_


# --- ground -------------------------------------------------------------------------------------------------------


def _held_by(world: World, holder: int, faction: str) -> bool:
    return holder >= 0 and world.together(world.faction(faction), holder)


def _on_control(state: Position, t: tr.OnControl) -> Verdict:
    return _held_by(state.world, state.hexes.control[spot(state.world, t.at)], t.faction) == t.holds


def _on_taken(state: Position, t: tr.OnTaken) -> Verdict:
    world, here = state.world, spot(state.world, t.at)
    before, now = dict(state.clock.held).get(here, -2), state.hexes.control[here]
    if before in (-2, now):
        return False
    came = t.by is None or (_held_by(world, now, t.by) and not _held_by(world, before, t.by))
    went = t.from_ is None or (_held_by(world, before, t.from_) and not _held_by(world, now, t.from_))
    return came and went


def _on_held(state: Position, t: tr.OnHeld) -> Verdict:
    here = spot(state.world, t.at)
    place = state.world.place_at.get(here, -1)
    held = place >= 0 and state.hexes.control[here] == state.world.faction(t.faction)
    return held and state.places.checks[place] >= t.turns


def _on_prizes(state: Position, t: tr.OnPrizes) -> Verdict:
    faction = state.world.faction(t.faction)
    paid = sum(1 for one in state.world.prizes if one.points[faction] and prizes.holder(state, one) == faction)
    return paid >= t.count


def _on_crossing(state: Position, t: tr.OnCrossing) -> Verdict:
    return (state.world.grid.side(t.side) in ground.open_crossings(state)) == (t.is_ == "open")


# --- troops -------------------------------------------------------------------------------------------------------

_FATES = {
    "on-map": Status.ON_MAP, "waiting": Status.WAITING, "destroyed": Status.DESTROYED, "withdrawn": Status.WITHDRAWN,
}  # fmt: skip


def _on_unit(state: Position, t: tr.OnUnit) -> Verdict:
    row = state.world.row[t.unit]
    if t.at is not None:
        here = state.units.hex[row]
        return here >= 0 and state.world.grid.distance(here, spot(state.world, t.at)) <= t.within
    return state.units.status[row] == _FATES[t.is_]


def _on_strength(state: Position, t: tr.OnStrength) -> Verdict:
    row, units = state.world.row[t.unit], state.units
    return units.hex[row] >= 0 and units.steps[row] - units.disrupted[row] <= t.at_most


def _on_supply(state: Position, t: tr.OnSupply) -> Verdict:
    row, units = state.world.row[t.unit], state.units
    how = ("full", "stretched", "cut")[units.supply[row]]
    return units.hex[row] >= 0 and how == t.is_ and (how != "cut" or units.cut[row] >= t.turns)


def _on_near(state: Position, t: tr.OnNear) -> Verdict:
    world, faction = state.world, state.world.faction(t.faction)
    rows = (row for here in world.grid.disk(spot(world, t.at), t.within) for row in state.units_at(here))
    return sum(state.units.steps[row] for row in rows if world.roster.faction[row] == faction) >= t.steps


def _on_inside(state: Position, t: tr.OnInside) -> Verdict:
    world, faction, stacks = state.world, state.world.faction(t.faction), state.stacks
    rows = [
        row for here in hexes_of(world, t.area) for row in stacks.get(here, ()) if world.roster.faction[row] == faction
    ]  # fmt: skip
    return len(rows) >= t.units and sum(state.units.steps[row] for row in rows) >= t.steps


def _on_siege_broken(state: Position, t: tr.OnSiegeBroken) -> Verdict:
    world, faction, here = state.world, state.world.faction(t.faction), spot(state.world, t.at)
    garrison = any(world.roster.faction[row] == faction for row in state.units_at(here))
    return garrison and supply.is_connected(state, faction, here)  # stores and drops do not break a siege


def _on_lost(state: Position, t: tr.OnLost) -> Verdict:
    return state.factions.lost[state.world.faction(t.faction)] >= t.steps


def _on_destroyed(state: Position, t: tr.OnDestroyed) -> Verdict:
    faction, owners = state.world.faction(t.faction), state.world.roster.faction
    gone = sum(1 for row, now in enumerate(state.units.status) if now == Status.DESTROYED and owners[row] == faction)
    return gone >= t.units


# --- people, politics, accounts -----------------------------------------------------------------------------------


def _on_hunger(state: Position, t: tr.OnHunger) -> Verdict:
    return state.places.hunger[place_number(state.world, t.place)] >= t.turns


def _on_harm(state: Position, t: tr.OnHarm) -> Verdict:
    if t.faction is not None:
        return state.factions.harm[state.world.faction(t.faction)] >= t.harm
    return state.places.harm[place_number(state.world, t.place or "")] >= t.harm


def _on_ladder(state: Position, t: tr.OnLadder) -> Verdict:
    return t.from_ <= state.clock.ladder <= t.to


def _on_incidents(state: Position, t: tr.OnIncidents) -> Verdict:
    counts = state.factions.incidents
    return (sum(counts) if t.faction is None else counts[state.world.faction(t.faction)]) >= t.count


def _on_stance(state: Position, t: tr.OnStance) -> Verdict:
    world = state.world
    return world.stance[world.faction(t.a)][world.faction(t.b)] == Stance[t.is_.upper()]


def _on_points(state: Position, t: tr.OnPoints) -> Verdict:
    return state.factions.points[state.world.faction(t.faction)] >= t.at_least


def _on_replacements(state: Position, t: tr.OnReplacements) -> Verdict:
    return state.factions.pool[state.world.faction(t.faction)] >= t.at_least


# --- other events, chance, and what is put together ---------------------------------------------------------------


def _on_flag(state: Position, t: tr.OnFlag) -> Verdict:
    return (t.flag in state.clock.flags) == t.set


def _on_fired(state: Position, t: tr.OnFired) -> Verdict:
    often = dict(state.clock.fired).get(t.event, 0) >= t.times
    return often and dict(state.clock.last).get(t.event, 0) + t.ago <= state.clock.turn


def _on_option(state: Position, t: tr.OnOption) -> Verdict:
    return state.world.option(t.option) == t.is_


def _on_dice(state: Position, t: tr.OnDice) -> Verdict:
    return None


def _on_all(state: Position, t: tr.OnAll) -> Verdict:
    return all_of(verdict(state, part) for part in t.of)


def _on_any(state: Position, t: tr.OnAny) -> Verdict:
    return any_of(verdict(state, part) for part in t.of)


def _on_not(state: Position, t: tr.OnNot) -> Verdict:
    found = any_of(verdict(state, part) for part in t.of)
    return None if found is None else not found


TRIGGERS: dict[type, Callable[[Position, Any], Verdict]] = {
    tr.OnDate: _on_date, tr.OnTurn: _on_turn, tr.OnWindow: _on_window, tr.OnWeather: _on_weather,
    tr.OnControl: _on_control, tr.OnTaken: _on_taken, tr.OnHeld: _on_held, tr.OnPrizes: _on_prizes,
    tr.OnCrossing: _on_crossing, tr.OnUnit: _on_unit, tr.OnStrength: _on_strength, tr.OnSupply: _on_supply,
    tr.OnNear: _on_near, tr.OnInside: _on_inside, tr.OnSiegeBroken: _on_siege_broken, tr.OnLost: _on_lost,
    tr.OnDestroyed: _on_destroyed, tr.OnHunger: _on_hunger, tr.OnHarm: _on_harm, tr.OnLadder: _on_ladder,
    tr.OnIncidents: _on_incidents, tr.OnStance: _on_stance, tr.OnPoints: _on_points,
    tr.OnReplacements: _on_replacements, tr.OnFlag: _on_flag, tr.OnFired: _on_fired, tr.OnOption: _on_option,
    tr.OnDice: _on_dice, tr.OnAll: _on_all, tr.OnAny: _on_any, tr.OnNot: _on_not,
}  # fmt: skip
