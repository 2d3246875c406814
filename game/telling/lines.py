"""Events in words, for one faction: what it may know of what happened, as lines for the log and the turn reel.

:mod:`game.telling.witness` cuts the events to what the faction saw; the tellers below word what is left, and know
nothing else.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, NamedTuple

from game import events as ev
from game.scenario.world import Stance
from game.state.codes import Concession, CrossingKind, Knowledge, Supplied, Weather
from game.telling.witness import Witness
from game.words import count, listed, percent, say, sentence, tenths

__all__ = ["Line", "Witness", "tell"]


class Line(NamedTuple):
    """One line of the log. ``kind`` sorts it: turn, phase, move, combat, supply, politics, people, river, event, score.

    ``detail`` is the working behind it, for the log alone; ``hex`` is where to look, -1 nowhere.
    """

    kind: str
    text: str
    hex: int = -1
    detail: str = ""


def tell(witness: Witness, events: Iterable[ev.Event]) -> list[Line]:
    """The lines a faction may read about these events, in order; marches are joined to one line a unit."""
    out: list[Line] = []
    marching = -1  # the unit whose march the last line tells of; what nobody is told of does not part its hexes
    for event in witness.cut(events):
        teller = _TELLERS.get(type(event))
        line = teller(Words(witness), event) if teller is not None else None
        if line is None:
            continue
        mover = event.unit if isinstance(event, ev.UnitMoved) else -1
        if mover >= 0 and mover == marching:
            out.pop()
        out.append(line._replace(text=sentence(line.text)))
        marching = mover
    return out


class Words:
    """Names of things, as the faction of a witness knows them."""

    def __init__(self, witness: Witness) -> None:
        self.witness, self.world = witness, witness.world

    def unit(self, row: int) -> str:
        """A unit's name, or what it is taken for."""
        if self.witness.level(row) >= Knowledge.IDENTIFIED:
            return self.world.roster.name[row]
        return say("an unidentified {army} unit", army=self.world.factions[self.world.roster.faction[row]].adjective)

    def at(self, here: int) -> str:
        """A hex by its label and the place in it."""
        if here < 0:
            return say("a place off the map")
        place, label = self.world.place_at.get(here, -1), self.world.grid.label(here)
        return say("{place} ({hex})", place=self.world.places[place].name, hex=label) if place >= 0 else label

    def who(self, faction: int) -> str:
        """A faction's name."""
        return self.world.factions[faction].name

    def fire(self, kind: str) -> str:
        """What fired: a kind of support by its name, a battery, or a salvo of the scenario, which has a name."""
        if kind == ev.BOMBARD:
            return say("bombardment")
        known = self.world.rules.support.kinds.get(kind)
        return known.name if known is not None else kind


def _steps(number: int) -> str:
    return count(number, "{n} step", "{n} steps")


def _inside(name: str) -> str:
    """The name of a thing inside a sentence: without the capital of a label, unless it is one of an abbreviation."""
    return name if name[1:2].isupper() else name[:1].lower() + name[1:]


def _because(text: str, why: str) -> str:
    """A sentence with its reason in brackets, where that is known."""
    return say("{what} ({why}).", what=text, why=why) if why else say("{what}.", what=text)


# --- the turn -------------------------------------------------------------------------------------------------


def _turn(w: Words, e: ev.TurnBegan) -> Line:
    return Line("turn", say("Turn {turn} begins.", turn=e.turn))


def _weather(w: Words, e: ev.WeatherChanged) -> Line:
    return Line("turn", say("Weather: {weather}.", weather=Weather(e.weather).word))


def _faction_turn(w: Words, e: ev.FactionTurnBegan) -> Line:
    return Line("phase", say("{faction} to play.", faction=w.who(e.faction)))


def _ended(w: Words, e: ev.GameEnded) -> Line:
    if e.winner >= 0:
        return Line("turn", say("The game ends. Winner: {faction}.", faction=w.who(e.winner)))
    if e.culprit >= 0:
        text = say("The game ends with a deliberate attack on the other bloc by {faction}.", faction=w.who(e.culprit))
        return Line("turn", text)
    return Line("turn", say("The game ends."))


# --- units ----------------------------------------------------------------------------------------------------


def _arrived(w: Words, e: ev.UnitArrived) -> Line:
    return Line("move", say("Reinforcements at {hex}: {unit}.", unit=w.unit(e.unit), hex=w.at(e.hex)), e.hex)


def _delayed(w: Words, e: ev.UnitDelayed) -> Line:
    unit = w.unit(e.unit)
    if e.due:
        return Line("move", say("{unit}: now due on turn {turn}, {why}.", unit=unit, turn=e.due, why=e.why))
    return Line("move", say("{unit} will not arrive: {why}.", unit=unit, why=e.why))


def _kept_out(w: Words, e: ev.UnitKeptOut) -> Line:
    return Line("move", say("{unit} could not enter: {why}.", unit=w.unit(e.unit), why=e.why))


def _withdrew(w: Words, e: ev.UnitWithdrew) -> Line:
    return Line("move", _because(say("{unit} left the map", unit=w.unit(e.unit)), e.why), e.hex)


def _moved(w: Words, e: ev.UnitMoved) -> Line:
    unit, end = w.unit(e.unit), _end(e)
    if e.path:
        return Line("move", say("{unit} marched to {hex}.", unit=unit, hex=w.at(end)), end)
    return Line("move", say("{unit} marched out of sight from {hex}.", unit=unit, hex=w.at(end)), end)


def _cut_short(w: Words, e: ev.MoveCutShort) -> Line:
    text = say("{unit} stopped at {hex}", unit=w.unit(e.unit), hex=w.at(e.hex))
    return Line("move", _because(text, e.why), e.hex)


def _displaced(w: Words, e: ev.UnitDisplaced) -> Line:
    unit, end = w.unit(e.unit), _end(e)
    if e.hex >= 0:
        return Line("move", _because(say("{unit} moved to {hex}", unit=unit, hex=w.at(end)), e.why), end)
    return Line("move", say("{unit} moved out of sight from {hex}.", unit=unit, hex=w.at(end)), end)


def _end(e: ev.UnitMoved | ev.UnitRetreated | ev.UnitDisplaced | ev.UnitAdvanced) -> int:
    """Where a unit that moved was seen last."""
    end = (e.path[-1] if e.path else -1) if isinstance(e, ev.UnitMoved | ev.UnitRetreated) else e.hex
    return end if end >= 0 else e.start


def _dug(w: Words, e: ev.DugIn) -> Line:
    text = say("{unit}: entrenched, level {level}.", unit=w.unit(e.unit), level=e.level)
    return Line("move", text, w.witness.hex_of(e.unit))


def _disrupted(w: Words, e: ev.StepsDisrupted) -> Line:
    text = count(e.steps, "{unit}: {n} step disrupted", "{unit}: {n} steps disrupted", unit=w.unit(e.unit))
    return Line("combat", _because(text, e.why), w.witness.hex_of(e.unit))


def _recovered(w: Words, e: ev.StepsRecovered) -> Line:
    text = say("{unit} recovered {steps}.", unit=w.unit(e.unit), steps=_steps(e.steps))
    return Line("supply", text, w.witness.hex_of(e.unit))


def _lost(w: Words, e: ev.StepsLost) -> Line:
    text = say("{unit} lost {steps}", unit=w.unit(e.unit), steps=_steps(e.steps))
    return Line("combat", _because(text, e.why), w.witness.hex_of(e.unit))


def _replaced(w: Words, e: ev.StepsReplaced) -> Line:
    text = say("{unit} rebuilt {steps} from the replacement pool.", unit=w.unit(e.unit), steps=_steps(e.steps))
    return Line("supply", text, w.witness.hex_of(e.unit))


def _destroyed(w: Words, e: ev.UnitDestroyed) -> Line:
    text = say("{unit}: destroyed at {hex}", unit=w.unit(e.unit), hex=w.at(e.hex))
    return Line("combat", _because(text, e.why), e.hex)


def _retreated(w: Words, e: ev.UnitRetreated) -> Line:
    unit, end = w.unit(e.unit), _end(e)
    if e.path:
        return Line("combat", say("{unit} retreated to {hex}.", unit=unit, hex=w.at(end)), end)
    return Line("combat", say("{unit} retreated out of sight from {hex}.", unit=unit, hex=w.at(end)), end)


def _advanced(w: Words, e: ev.UnitAdvanced) -> Line:
    unit, end = w.unit(e.unit), _end(e)
    if e.hex >= 0:
        return Line("combat", say("{unit} advanced into {hex}.", unit=unit, hex=w.at(end)), end)
    return Line("combat", say("{unit} advanced out of sight from {hex}.", unit=unit, hex=w.at(end)), end)


def _infiltrated(w: Words, e: ev.UnitInfiltrated) -> Line:
    return Line("move", say("{unit} infiltrated to {hex}.", unit=w.unit(e.unit), hex=w.at(e.hex)), e.hex)


def _control(w: Words, e: ev.ControlChanged) -> Line | None:
    named = [w.world.places[w.world.place_at[here]].name for here in e.hexes if here in w.world.place_at]
    if not named:
        return None
    if e.faction < 0:
        return Line("event", say("Left without a holder: {places}.", places=listed(named)), e.hexes[-1])
    text = say("Captured by {faction}: {places}.", faction=w.who(e.faction), places=listed(named))
    return Line("event", text, e.hexes[-1])


def _spotted(w: Words, e: ev.Spotted) -> Line:
    return Line("move", say("Seen at {hex}: {unit}.", unit=w.unit(e.unit), hex=w.at(e.hex)), e.hex)


# --- combat ---------------------------------------------------------------------------------------------------


def _attack(w: Words, e: ev.AttackResolved) -> Line:
    attackers, target = listed([w.unit(row) for row in e.attackers]), w.at(e.target)
    if e.target < 0:
        return Line("combat", say("Attack out of sight by {attackers}.", attackers=attackers), e.origins[0])
    if not attackers:
        text = say("Attack on {target}", target=target)
    else:
        text = say("Attack on {target} by {attackers}", target=target, attackers=attackers)
    whole = say("{attack}: {result}.", attack=text, result=e.came) if e.came else say("{attack}.", attack=text)
    detail = say("[{ledger}; dice {roll}]", ledger=e.ledger, roll=e.roll) if e.ledger else ""
    return Line("combat", whole, e.target, detail)


def _fire(w: Words, e: ev.FireResolved) -> Line:
    if e.faction >= 0:
        text = say(
            "{faction}: {fire} on {hex}: {result}.",
            faction=w.who(e.faction), fire=_inside(w.fire(e.kind)), hex=w.at(e.target), result=e.result,
        )  # fmt: skip
    else:
        text = say("{fire} on {hex}: {result}.", fire=w.fire(e.kind), hex=w.at(e.target), result=e.result)
    detail = say("[rolled {roll} against {chance}]", roll=e.roll, chance=percent(e.chance)) if e.roll >= 0 else ""
    return Line("combat", text, e.target, detail)


def _arsenal(w: Words, e: ev.ArsenalStruck) -> Line:
    text = say("The arsenal at {hex} is struck and gives no supply through turn {turn}.", hex=w.at(e.hex), turn=e.until)
    return Line("combat", text, e.hex)


def _strayed(w: Words, e: ev.FireStrayed) -> Line:
    text = say(
        "Misdirected fire by {faction} ({fire}) hit {unit} at {hex}.",
        faction=w.who(e.faction), fire=_inside(w.fire(e.kind)), unit=w.unit(e.unit), hex=w.at(e.hex),
    )  # fmt: skip
    detail = say("[rolled {roll} against {chance}]", roll=e.roll, chance=percent(e.chance)) if e.roll >= 0 else ""
    return Line("combat", text, e.hex, detail)


# --- the river ------------------------------------------------------------------------------------------------


def _begun(w: Words, e: ev.CrossingBegun) -> Line:
    here = w.world.grid.ends[e.side][0]
    text = say(
        "Work by {faction} on a {kind} at {hex}: it opens on turn {turn}.",
        faction=w.who(e.faction), kind=CrossingKind(e.kind).word, hex=w.at(here), turn=e.ready,
    )  # fmt: skip
    return Line("river", text, here)


def _opened(w: Words, e: ev.CrossingOpened) -> Line:
    here = w.world.grid.ends[e.side][0]
    return Line("river", say("A {kind} is open at {hex}.", kind=CrossingKind(e.kind).word, hex=w.at(here)), here)


def _broken(w: Words, e: ev.CrossingBroken) -> Line:
    here = w.world.grid.ends[e.side][0]
    return Line("river", say("The crossing at {hex} is lost: {why}.", hex=w.at(here), why=e.why), here)


# --- supply and people ----------------------------------------------------------------------------------------


def _judged(w: Words, e: ev.SupplyJudged) -> Line | None:
    cut = [w.unit(row) for row, how in zip(e.units, e.supply, strict=True) if how == Supplied.CUT]
    return Line("supply", say("Cut off: {units}.", units=listed(cut))) if cut else None


def _interdicted(w: Words, e: ev.RoadInterdicted) -> Line:
    text = say("Road at {hex} interdicted by {faction}.", hex=w.at(e.hex), faction=w.who(e.faction))
    return Line("supply", text, e.hex)


def _dropped(w: Words, e: ev.SuppliesDropped) -> Line | None:
    if not e.fresh or not e.turns:
        return None
    text = count(
        e.turns, "Supplies for {n} turn dropped at {hex}.", "Supplies for {n} turns dropped at {hex}.", hex=w.at(e.hex)
    )
    return Line("supply", text, e.hex)


def _hunger(w: Words, e: ev.HungerChanged) -> Line | None:
    if not e.hunger:
        return None
    place = w.world.places[e.place]
    text = count(e.hunger, "{place}: {n} turn without relief.", "{place}: {n} turns without relief.", place=place.name)
    return Line("people", text, place.hex)


def _strongpoints(w: Words, e: ev.StrongpointsChanged) -> Line:
    place = w.world.places[e.place]
    text = count(
        e.left,
        "{place}: {n} strongpoint left; {why}.",
        "{place}: {n} strongpoints left; {why}.",
        none="{place}: no strongpoint left; {why}.",
        place=place.name,
        why=e.why,
    )
    return Line("combat", text, place.hex)


def _harmed(w: Words, e: ev.CiviliansHarmed) -> Line:
    place = w.world.places[e.place]
    return Line("people", _because(say("Civilians harmed at {place}", place=place.name), e.why), place.hex)


def _convoy(w: Words, e: ev.ConvoyArrived) -> Line:
    place = w.world.places[e.place]
    return Line("people", say("A relief convoy reaches {place}.", place=place.name), place.hex)


def _unloaded(w: Words, e: ev.ColumnUnloaded) -> Line:
    named = [w.world.places[place].name for place in e.places]
    units = count(e.fed, "{n} unit", "{n} units")
    fed = listed([*named, units] if e.fed else named)
    text = say("{unit} unloaded at {hex} and fed {fed}.", unit=w.unit(e.unit), hex=w.at(e.hex), fed=fed)
    return Line("people", text, e.hex)


# --- politics -------------------------------------------------------------------------------------------------


def _notified(w: Words, e: ev.CorridorNotified) -> Line | None:
    if not e.hexes:
        return None
    text = count(
        len(e.hexes), "Corridor of {n} hex notified by {faction}.", "Corridor of {n} hexes notified by {faction}.",
        faction=w.who(e.faction),
    )  # fmt: skip
    return Line("politics", text, e.hexes[0])


def _hotline(w: Words, e: ev.HotlineCalled) -> Line:
    return Line("politics", say("Hotline call by {faction}.", faction=w.who(e.faction)))


def _concession(w: Words, e: ev.ConcessionMade) -> Line | None:
    match Concession(e.kind):
        case Concession.STANDSTILL:
            text = say("Concession by {faction}: a standstill near the other bloc.", faction=w.who(e.faction))
        case Concession.GROUNDING:
            text = say(
                "Concession by {faction}: no support until turn {turn}.",
                faction=w.who(e.faction),
                turn=e.until + 1,
            )
        case Concession.CEDING:
            return None
    return Line("politics", text)


def _blame(w: Words, e: ev.BlameLaid) -> Line:
    if not e.blamed:
        return Line("politics", say("Nobody is blamed for the tension any longer."))
    return Line(
        "politics", say("Blamed for the tension: {factions}.", factions=listed([w.who(one) for one in e.blamed]))
    )


def _warning(w: Words, e: ev.WarningGiven) -> Line:
    text = say("{faction} warned the other bloc off {hex}.", faction=w.who(e.faction), hex=w.at(e.hex))
    return Line("politics", text, e.hex)


def _sky_closed(w: Words, e: ev.SkyClosed) -> Line:
    if e.hex < 0:
        return Line("politics", say("The sky that {faction} had closed is open again.", faction=w.who(e.faction)))
    text = say(
        "{faction} closed the sky around {hex} to the other bloc through turn {turn}.",
        faction=w.who(e.faction), hex=w.at(e.hex), turn=e.until,
    )  # fmt: skip
    return Line("politics", text, e.hex)


def _incident(w: Words, e: ev.IncidentRolled) -> Line:
    one, other = w.who(e.faction), w.who(e.other)
    if e.hex < 0:
        return Line("politics", say("Incident between {one} and {other}.", one=one, other=other))
    where = w.at(e.hex)
    if e.happened:
        text = say("Incident between {one} and {other} at {hex}", one=one, other=other, hex=where)
    else:
        text = say("No incident between {one} and {other} at {hex}", one=one, other=other, hex=where)
    return Line("politics", _because(text, e.why), e.hex)


def _ladder(w: Words, e: ev.LadderMoved) -> Line:
    if e.after == e.before:
        return Line("politics", say("The escalation ladder stays on rung {rung}: {why}.", rung=e.after, why=e.why))
    if e.after > e.before:
        return Line("politics", say("The escalation ladder rises to rung {rung}: {why}.", rung=e.after, why=e.why))
    return Line("politics", say("The escalation ladder falls to rung {rung}: {why}.", rung=e.after, why=e.why))


# --- events and victory ---------------------------------------------------------------------------------------


def _fired(w: Words, e: ev.EventFired) -> Line | None:
    return Line("event", " ".join(e.text.split())) if e.text else None  # authors break their lines where a file is wide


def _stopped(w: Words, e: ev.EventsStopped) -> Line:
    text = count(
        e.count,
        "More than {n} event fired at once; the game skipped the rest.",
        "More than {n} events fired at once; the game skipped the rest.",
    )
    return Line("event", text)


def _changed(w: Words, e: ev.WorldChanged) -> Line | None:
    world, numbers = w.world, e.numbers
    match e.what:
        case "stance":
            return Line("politics", _stance(w.who(numbers[0]), w.who(numbers[1]), Stance(numbers[2])))
        case "ground":
            kind = list(world.rules.terrain.kinds.values())[numbers[0]].name.lower()
            text = count(
                len(e.hexes),
                "The terrain at {hex} is now {kind}.",
                "The terrain of {n} hexes around {hex} is now {kind}.",
                hex=w.at(e.hexes[0]), kind=kind,
            )  # fmt: skip
            return Line("event", text, e.hexes[0])
        case "line":
            text = count(
                len(e.hexes),
                "The deconfliction line moves: {n} hex passes to {faction}.",
                "The deconfliction line moves: {n} hexes pass to {faction}.",
                faction=w.who(numbers[0]),
            )
            return Line("politics", text, e.hexes[0])
        case "sky":
            return Line("politics", _sky(world.airspace[numbers[0]].name, bool(numbers[1]), bool(numbers[2])))
        case "source":
            return _source(w, numbers)
        case "people":
            place = world.places[numbers[0]]
            if not numbers[1]:
                return Line("people", say("Almost all civilians left {place}.", place=place.name), place.hex)
            people = f"{numbers[1] * 1000:,}"
            text = say("About {people} civilians are in {place} now.", place=place.name, people=people)
            return Line("people", text, place.hex)
    return None


def _stance(one: str, other: str, now: Stance) -> str:
    match now:
        case Stance.WAR:
            return say("{one} and {other} are now at war.", one=one, other=other)
        case Stance.RIVAL:
            return say("{one} and {other} are now rivals.", one=one, other=other)
        case Stance.FRIENDLY:
            return say("{one} and {other} are now friends.", one=one, other=other)
    return say("{one} and {other} are now allies.", one=one, other=other)


def _sky(name: str, in_force: bool, no_fly: bool) -> str:
    if not in_force:
        return say("Airspace {name} no longer has rules of its own.", name=name)
    if no_fly:
        return say("Airspace {name} is closed to all flights.", name=name)
    return say("Airspace {name} has new rules.", name=name)


def _source(w: Words, numbers: tuple[int, ...]) -> Line:
    source = w.world.factions[numbers[0]].sources[numbers[1]]
    if not numbers[2]:
        return Line("supply", say("Supply source {source} is closed.", source=source.name), source.hex)
    text = count(
        numbers[3],
        "Supply source {source} is open and feeds {n} step.",
        "Supply source {source} is open and feeds {n} steps.",
        source=source.name,
    )
    return Line("supply", text, source.hex)


def _scored(w: Words, e: ev.PointsScored) -> Line:
    points = tenths(e.tenths, sign=True)
    if abs(e.tenths) == 10:
        text = say("{faction}: {points} point", faction=w.who(e.faction), points=points)
    else:
        text = say("{faction}: {points} points", faction=w.who(e.faction), points=points)
    return Line("score", _because(text, e.why))


def _bonus(w: Words, e: ev.BonusPaid) -> Line:
    prize = w.world.prizes[e.prize]
    text = say("First-claim bonus for {objective}: {faction}.", objective=prize.name, faction=w.who(e.faction))
    return Line("score", text, prize.hex)


def _ceded(w: Words, e: ev.PrizeCeded) -> Line:
    place = w.world.places[e.place]
    text = say("Ceded by {giver} to {taker}: {place}.", giver=w.who(e.giver), taker=w.who(e.taker), place=place.name)
    return Line("politics", text, place.hex)


_TELLERS: dict[type, Callable[[Words, Any], Line | None]] = {
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
    ev.FireStrayed: _strayed,
    ev.ArsenalStruck: _arsenal,
    ev.CrossingBegun: _begun,
    ev.CrossingOpened: _opened,
    ev.CrossingBroken: _broken,
    ev.SupplyJudged: _judged,
    ev.RoadInterdicted: _interdicted,
    ev.SuppliesDropped: _dropped,
    ev.HungerChanged: _hunger,
    ev.CiviliansHarmed: _harmed,
    ev.StrongpointsChanged: _strongpoints,
    ev.ConvoyArrived: _convoy,
    ev.ColumnUnloaded: _unloaded,
    ev.CorridorNotified: _notified,
    ev.HotlineCalled: _hotline,
    ev.IncidentRolled: _incident,
    ev.ConcessionMade: _concession,
    ev.BlameLaid: _blame,
    ev.WarningGiven: _warning,
    ev.SkyClosed: _sky_closed,
    ev.LadderMoved: _ladder,
    ev.EventFired: _fired,
    ev.EventsStopped: _stopped,
    ev.WorldChanged: _changed,
    ev.PointsScored: _scored,
    ev.BonusPaid: _bonus,
    ev.PrizeCeded: _ceded,
}
"""Events without a teller are bookkeeping: nobody needs a line about them."""
