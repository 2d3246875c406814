"""Events in words, for one faction: what it may know of what happened, as lines for the log and the turn reel.

``tell`` is a filter before it is a translator: an event that a faction cannot know of yields nothing, and
a unit it has not identified has no name.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, NamedTuple

from game import events as ev
from game.scenario.world import Stance
from game.state.codes import CrossingKind, Knowledge, Weather
from game.state.tables import State


class Line(NamedTuple):
    """One line of the log. ``kind`` sorts it (turn, move, combat, supply, politics, people, river, event, score)."""

    kind: str
    text: str
    hex: int = -1


class Witness:
    """What one faction could see of a stretch of events, between two states."""

    def __init__(self, faction: int, before: State, after: State) -> None:
        self.faction, self.before, self.after, self.world = faction, before, after, after.world

    def friendly(self, owner: int) -> bool:
        """Whether the faction is told everything about another's troops."""
        return self.world.friends(self.faction, owner)

    def level(self, row: int) -> int:
        """How well a unit was known, at best, before or after."""
        if self.friendly(self.world.roster.faction[row]):
            return Knowledge.IDENTIFIED
        return max(self.before.intel[self.faction].level[row], self.after.intel[self.faction].level[row])

    def sees(self, row: int) -> bool:
        """Whether the unit was seen in this turn or is one's own."""
        if self.friendly(self.world.roster.faction[row]):
            return True
        intel = self.after.intel[self.faction]
        if intel.level[row]:
            return intel.turn[row] == self.after.clock.turn
        earlier = self.before.intel[self.faction]
        return bool(earlier.level[row]) and earlier.turn[row] == self.after.clock.turn

    def name(self, row: int) -> str:
        """A unit's name, or what it is taken for."""
        if self.level(row) >= Knowledge.IDENTIFIED:
            return self.world.roster.name[row]
        return f"an unidentified {self.world.factions[self.world.roster.faction[row]].adjective} unit"

    def at(self, here: int) -> str:
        """A hex by its label and the place in or beside it."""
        place = self.world.place_at.get(here, -1)
        label = self.world.grid.label(here) if here >= 0 else "off the map"
        return f"{self.world.places[place].name} ({label})" if place >= 0 else label

    def who(self, faction: int) -> str:
        """A faction's name."""
        return self.world.factions[faction].name if faction >= 0 else "nobody"


def tell(witness: Witness, events: Iterable[ev.Event]) -> list[Line]:
    """The lines a faction may read about these events, in order; marches are joined to one line a unit."""
    out: list[Line] = []
    marching = -1  # the unit whose march the last line tells of; what nobody is told of does not part its hexes
    for event in events:
        teller = _TELLERS.get(type(event))
        line = teller(witness, event) if teller is not None else None
        if line is None:
            continue
        mover = event.unit if isinstance(event, ev.UnitMoved) else -1
        if mover >= 0 and mover == marching:
            out.pop()
        out.append(line)
        marching = mover
    return out


def _steps(count: int) -> str:
    return "a step" if count == 1 else f"{count} steps"


# --- tellers --------------------------------------------------------------------------------------------------


def _turn(w: Witness, e: ev.TurnBegan) -> Line:
    return Line("turn", f"Turn {e.turn} begins.")


def _weather(w: Witness, e: ev.WeatherChanged) -> Line:
    return Line("turn", f"Weather: {Weather(e.weather).word}.")


def _faction_turn(w: Witness, e: ev.FactionTurnBegan) -> Line:
    return Line("turn", f"{w.who(e.faction)} to play.")


def _ended(w: Witness, e: ev.GameEnded) -> Line:
    why = f": {w.who(e.culprit)} attacked the other bloc" if e.culprit >= 0 else ""
    why = f": {w.who(e.winner)} has won" if e.winner >= 0 else why
    return Line("turn", f"The game ends{why}.")


def _arrived(w: Witness, e: ev.UnitArrived) -> Line | None:
    return Line("move", f"{w.name(e.unit)} arrives at {w.at(e.hex)}.", e.hex) if w.sees(e.unit) else None


def _delayed(w: Witness, e: ev.UnitDelayed) -> Line | None:
    if not w.friendly(w.world.roster.faction[e.unit]):
        return None
    when = f"is now due in turn {e.due}" if e.due else "will not come"
    return Line("move", f"{w.name(e.unit)} {when}: {e.why}.")


def _kept_out(w: Witness, e: ev.UnitKeptOut) -> Line | None:
    if not w.friendly(w.world.roster.faction[e.unit]):
        return None
    return Line("move", f"{w.name(e.unit)} is due and cannot enter: {e.why}.")


def _withdrew(w: Witness, e: ev.UnitWithdrew) -> Line | None:
    return Line("move", f"{w.name(e.unit)} leaves the theatre: {e.why}.", e.hex) if w.sees(e.unit) else None


def _moved(w: Witness, e: ev.UnitMoved) -> Line | None:
    return Line("move", f"{w.name(e.unit)} marches to {w.at(e.path[-1])}.", e.path[-1]) if w.sees(e.unit) else None


def _cut_short(w: Witness, e: ev.MoveCutShort) -> Line | None:
    return Line("move", f"{w.name(e.unit)} stops in {w.at(e.hex)}: {e.why}.", e.hex) if w.sees(e.unit) else None


def _displaced(w: Witness, e: ev.UnitDisplaced) -> Line | None:
    return Line("move", f"{w.name(e.unit)} goes to {w.at(e.hex)}: {e.why}.", e.hex) if w.sees(e.unit) else None


def _dug(w: Witness, e: ev.DugIn) -> Line | None:
    here = w.after.units.hex[e.unit]
    return (
        Line("move", f"{w.name(e.unit)} digs in (level {e.level}).", here)
        if w.friendly(w.world.roster.faction[e.unit])
        else None
    )


def _disrupted(w: Witness, e: ev.StepsDisrupted) -> Line | None:
    return (
        Line("combat", f"{w.name(e.unit)}: {_steps(e.steps)} disrupted ({e.why}).", w.after.units.hex[e.unit])
        if w.sees(e.unit)
        else None
    )


def _recovered(w: Witness, e: ev.StepsRecovered) -> Line | None:
    own = w.friendly(w.world.roster.faction[e.unit])
    return Line("supply", f"{w.name(e.unit)} recovers {_steps(e.steps)}.", w.after.units.hex[e.unit]) if own else None


def _lost(w: Witness, e: ev.StepsLost) -> Line | None:
    return (
        Line("combat", f"{w.name(e.unit)} loses {_steps(e.steps)} ({e.why}).", w.after.units.hex[e.unit])
        if w.sees(e.unit)
        else None
    )


def _replaced(w: Witness, e: ev.StepsReplaced) -> Line | None:
    own = w.friendly(w.world.roster.faction[e.unit])
    return (
        Line("supply", f"{w.name(e.unit)} takes in {_steps(e.steps)} of replacements.", w.after.units.hex[e.unit])
        if own
        else None
    )


def _destroyed(w: Witness, e: ev.UnitDestroyed) -> Line | None:
    return (
        Line("combat", f"{w.name(e.unit)} is destroyed at {w.at(e.hex)} ({e.why}).", e.hex) if w.sees(e.unit) else None
    )


def _retreated(w: Witness, e: ev.UnitRetreated) -> Line | None:
    return Line("combat", f"{w.name(e.unit)} falls back to {w.at(e.path[-1])}.", e.path[-1]) if w.sees(e.unit) else None


def _advanced(w: Witness, e: ev.UnitAdvanced) -> Line | None:
    return Line("combat", f"{w.name(e.unit)} advances into {w.at(e.hex)}.", e.hex) if w.sees(e.unit) else None


def _infiltrated(w: Witness, e: ev.UnitInfiltrated) -> Line | None:
    return Line("move", f"{w.name(e.unit)} slips through to {w.at(e.hex)}.", e.hex) if w.sees(e.unit) else None


def _control(w: Witness, e: ev.ControlChanged) -> Line | None:
    named = [w.world.places[w.world.place_at[here]].name for here in e.hexes if here in w.world.place_at]
    if not named:
        return None
    return Line("event", f"{w.who(e.faction)} takes {', '.join(named)}.", e.hexes[-1])


def _spotted(w: Witness, e: ev.Spotted) -> Line | None:
    if e.faction != w.faction or w.before.intel[w.faction].level[e.unit] >= e.level:
        return None
    return Line("move", f"{w.name(e.unit)} seen at {w.at(e.hex)}.", e.hex)


def _attack(w: Witness, e: ev.AttackResolved) -> Line | None:
    if not (w.friendly(e.faction) or w.friendly(e.enemy) or any(w.sees(row) for row in (*e.attackers, *e.defenders))):
        return None
    names = ", ".join(w.name(row) for row in e.attackers)
    detail = f" [{e.ledger}; dice {e.roll}]" if w.friendly(e.faction) or w.friendly(e.enemy) else ""
    return Line("combat", f"{names} attack {w.at(e.target)}: {e.came}{detail}.", e.target)


def _fire(w: Witness, e: ev.FireResolved) -> Line | None:
    holder = w.after.hexes.control[e.target]
    if not ((e.faction >= 0 and w.friendly(e.faction)) or (holder >= 0 and w.friendly(holder))):
        return None
    by = f"{w.who(e.faction)}: {e.kind}" if e.faction >= 0 else e.kind.capitalize()
    return Line(
        "combat",
        f"{by} on {w.at(e.target)}, {e.result} ({e.roll} against {e.chance} %).",
        e.target,
    )


def _begun(w: Witness, e: ev.CrossingBegun) -> Line:
    here = w.world.grid.ends[e.side][0]
    return Line(
        "river",
        f"{w.who(e.faction)} begins a {CrossingKind(e.kind).word} at {w.at(here)}, ready in turn {e.ready}.",
        here,
    )


def _opened(w: Witness, e: ev.CrossingOpened) -> Line:
    here = w.world.grid.ends[e.side][0]
    return Line("river", f"A {CrossingKind(e.kind).word} is open at {w.at(here)}.", here)


def _broken(w: Witness, e: ev.CrossingBroken) -> Line:
    here = w.world.grid.ends[e.side][0]
    return Line("river", f"The crossing at {w.at(here)} is lost: {e.why}.", here)


def _judged(w: Witness, e: ev.SupplyJudged) -> Line | None:
    if not w.friendly(e.faction):
        return None
    cut = [w.name(row) for row, how in zip(e.units, e.supply, strict=True) if how == 2]
    return Line("supply", f"Cut off: {', '.join(cut)}.") if cut else None


def _interdicted(w: Witness, e: ev.RoadInterdicted) -> Line:
    return Line("supply", f"{w.who(e.faction)} interdicts the road at {w.at(e.hex)}.", e.hex)


def _dropped(w: Witness, e: ev.SuppliesDropped) -> Line | None:
    return (
        Line("supply", f"Supplies dropped at {w.at(e.hex)} ({e.why}).", e.hex)
        if e.turns and w.friendly(e.faction)
        else None
    )


def _hunger(w: Witness, e: ev.HungerChanged) -> Line | None:
    place = w.world.places[e.place]
    return (
        Line("people", f"{place.name}: {e.hunger} turn{'s' if e.hunger > 1 else ''} without relief.", place.hex)
        if e.hunger
        else None
    )


def _harmed(w: Witness, e: ev.CiviliansHarmed) -> Line:
    place = w.world.places[e.place]
    return Line("people", f"Civilian harm at {place.name} ({e.why}).", place.hex)


def _convoy(w: Witness, e: ev.ConvoyArrived) -> Line:
    place = w.world.places[e.place]
    return Line("people", f"A relief convoy reaches {place.name}.", place.hex)


def _notified(w: Witness, e: ev.CorridorNotified) -> Line | None:
    told = w.friendly(e.faction) or w.world.stance[w.faction][e.faction] == Stance.RIVAL
    return (
        Line("politics", f"{w.who(e.faction)} notifies a corridor of {len(e.hexes)} hexes.", e.hexes[0])
        if told and e.hexes
        else None
    )


def _hotline(w: Witness, e: ev.HotlineCalled) -> Line:
    return Line("politics", f"{w.who(e.faction)} uses the hotline.")


def _incident(w: Witness, e: ev.IncidentRolled) -> Line | None:
    if not e.happened and not w.friendly(e.faction):
        return None
    end = "An incident" if e.happened else "No incident"
    return Line("politics", f"{end} between {w.who(e.faction)} and {w.who(e.other)} at {w.at(e.hex)} ({e.why}).", e.hex)


def _ladder(w: Witness, e: ev.LadderMoved) -> Line:
    return Line(
        "politics", f"Escalation ladder {'rises' if e.after > e.before else 'falls'} to rung {e.after}: {e.why}."
    )


def _fired(w: Witness, e: ev.EventFired) -> Line | None:
    return Line("event", e.text) if e.text and w.faction in e.seen_by else None


def _stopped(w: Witness, e: ev.EventsStopped) -> Line:
    return Line("event", f"More than {e.count} events in one go: {e.id} and what was to follow are left out.")


def _changed(w: Witness, e: ev.WorldChanged) -> Line | None:
    world, numbers = w.world, e.numbers
    match e.what:
        case "stance":
            words = ("", "allies", "friends", "rivals", "at war")[numbers[2]]
            return Line("politics", f"{w.who(numbers[0])} and {w.who(numbers[1])} are {words} from now on.")
        case "ground":
            kind = list(world.rules.terrain.kinds.values())[numbers[0]].name.lower()
            where = w.at(e.hexes[0]) if len(e.hexes) == 1 else f"{len(e.hexes)} hexes about {w.at(e.hexes[0])}"
            return Line("event", f"The ground of {where} is {kind} now.", e.hexes[0])
        case "line":
            return Line("politics", f"{len(e.hexes)} hexes pass to the side of {w.who(numbers[0])}.", e.hexes[0])
        case "sky":
            zone = world.airspace[numbers[0]]
            now = "nobody flies there" if zone.no_fly else "its rules have changed"
            return Line("politics", f"Airspace {zone.name}: {now if numbers[1] else 'no longer in force'}.")
        case "source" if w.friendly(numbers[0]):
            source = world.factions[numbers[0]].sources[numbers[1]]
            state = f"open, feeds {numbers[3]} steps" if numbers[2] else "closed"
            return Line("supply", f"Source of supply {source.name}: {state}.", source.hex)
        case "people":
            place = world.places[numbers[0]]
            left = f"{numbers[1]} thousand people are" if numbers[1] else "Hardly anybody is left"
            return Line("people", f"{left} in {place.name} now.", place.hex)
    return None


def _scored(w: Witness, e: ev.PointsScored) -> Line | None:
    return Line("score", f"{w.who(e.faction)}: {e.tenths / 10:+g} points, {e.why}.") if w.friendly(e.faction) else None


def _bonus(w: Witness, e: ev.BonusPaid) -> Line:
    prize = w.world.prizes[e.prize]
    return Line("score", f"{w.who(e.faction)} is first at {prize.name}.", prize.hex)


def _ceded(w: Witness, e: ev.PrizeCeded) -> Line:
    place = w.world.places[e.place]
    return Line("politics", f"{w.who(e.giver)} hands {place.name} to {w.who(e.taker)}.", place.hex)


_TELLERS: dict[type, Callable[[Witness, Any], Line | None]] = {
    ev.TurnBegan: _turn,
    ev.WeatherChanged: _weather,
    ev.FactionTurnBegan: _faction_turn,
    ev.GameEnded: _ended,
    ev.UnitArrived: _arrived,
    ev.UnitDelayed: _delayed,
    ev.UnitKeptOut: _kept_out,
    ev.UnitWithdrew: _withdrew,
    ev.UnitMoved: _moved,
    ev.MoveCutShort: _cut_short,
    ev.UnitDisplaced: _displaced,
    ev.DugIn: _dug,
    ev.StepsDisrupted: _disrupted,
    ev.StepsRecovered: _recovered,
    ev.StepsLost: _lost,
    ev.StepsReplaced: _replaced,
    ev.UnitDestroyed: _destroyed,
    ev.UnitRetreated: _retreated,
    ev.UnitAdvanced: _advanced,
    ev.UnitInfiltrated: _infiltrated,
    ev.ControlChanged: _control,
    ev.Spotted: _spotted,
    ev.AttackResolved: _attack,
    ev.FireResolved: _fire,
    ev.CrossingBegun: _begun,
    ev.CrossingOpened: _opened,
    ev.CrossingBroken: _broken,
    ev.SupplyJudged: _judged,
    ev.RoadInterdicted: _interdicted,
    ev.SuppliesDropped: _dropped,
    ev.HungerChanged: _hunger,
    ev.CiviliansHarmed: _harmed,
    ev.ConvoyArrived: _convoy,
    ev.CorridorNotified: _notified,
    ev.HotlineCalled: _hotline,
    ev.IncidentRolled: _incident,
    ev.LadderMoved: _ladder,
    ev.EventFired: _fired,
    ev.EventsStopped: _stopped,
    ev.WorldChanged: _changed,
    ev.PointsScored: _scored,
    ev.BonusPaid: _bonus,
    ev.PrizeCeded: _ceded,
}
"""Events without a teller are bookkeeping: nobody needs a line about them."""
