"""What one faction saw of what happened: events, each cut to the parts that the faction may know.

Log, turn reel, camera and arrows work from these events alone, so none of them can tell more. A unit of somebody
else is followed exactly as far as :class:`~game.events.Spotted` says that the faction noted it: a march is cut to the
hexes in which it was noted, and a unit that was noted earlier and then lost from sight is left alone. What is
public (who holds which ground, crossings, hunger, the ladder) passes whole. A kind of event that has no entry in the
table below is told to nobody.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from typing import Any

from game import events as ev
from game.rules import fog
from game.scenario.world import Stance
from game.state.codes import Knowledge
from game.state.tables import State

Moved = (
    ev.UnitArrived | ev.UnitMoved | ev.UnitDisplaced | ev.UnitRetreated | ev.UnitAdvanced | ev.UnitInfiltrated
)  # fmt: skip
"""Events that bring a unit to another hex. In a cut one ``start`` and ``hex`` are -1, and ``path`` is empty, where the
unit was out of sight."""


class Witness:
    """What ``faction`` knows while the events between two moments go by. Each witness serves one stretch of events."""

    def __init__(self, faction: int, before: State, after: State) -> None:
        self.faction, self.before, self.after, self.world = faction, before, after, after.world
        self._best: dict[int, int] = {}
        self._hex: dict[int, int] = {}
        self._noted: dict[int, int] = {}
        self._sight: dict[int, bool] = {}
        self._acting = before.faction

    # --- what it knows ----------------------------------------------------------------------------------------

    def friendly(self, owner: int) -> bool:
        """Whether the faction is told everything about another's troops."""
        return self.world.friends(self.faction, owner)

    def own(self, row: int) -> bool:
        """Whether a unit is the faction's own or a friend's."""
        return self.friendly(self.world.roster.faction[row])

    def level(self, row: int) -> int:
        """How well a unit was known, at best, in this stretch of events."""
        if self.own(row):
            return Knowledge.IDENTIFIED
        levels = self.before.intel[self.faction].level[row], self.after.intel[self.faction].level[row]
        return max(*levels, self._best.get(row, 0))

    def sees(self, row: int) -> bool:
        """Whether the unit is in sight at this point of the events, and noted there; one's own always is."""
        if self.own(row):
            return True
        found = self._sight.get(row)
        return self._in_sight_all_along(row) if found is None else found

    def hex_of(self, row: int) -> int:
        """Where a unit stands at this point of the events: to be asked of units that are in sight."""
        return self._hex.get(row, self.before.units.hex[row])

    def _in_sight_all_along(self, row: int) -> bool:
        # Of a unit that has not moved: seen before, and still seen after unless it is gone from there by then.
        intel, here = self.before.intel[self.faction], self.before.units.hex[row]
        if here < 0 or not intel.level[row] or intel.hex[row] != here or row not in _visible(self.before, self.faction):
            return False
        return self.after.units.hex[row] != here or row in _visible(self.after, self.faction)

    # --- cutting ----------------------------------------------------------------------------------------------

    def cut(self, events: Iterable[ev.Event]) -> Iterator[ev.Event]:
        """The events as the faction may know them, one by one; those that it knows nothing of are left out.

        Questions such as :meth:`sees` and :meth:`hex_of` are about the event that was given last.
        """
        events = tuple(events)
        noted, told_of = self._notes(events)
        for number, event in enumerate(events):
            match event:
                case ev.FactionTurnBegan():
                    self._acting = event.faction
                case ev.FactionTurnEnded() | ev.TurnBegan():
                    self._acting = -1
            if isinstance(event, Moved):
                found = self._cut_move(event, number in noted)
            elif isinstance(event, ev.Spotted) and event.faction == self.faction:
                found = self._cut_spotted(event, number in told_of)
            else:
                way = _CUTS.get(type(event))
                found = way(self, event) if way is not None else None
                self._take_note(event)
            if found is not None:
                yield found

    def _notes(self, events: tuple[ev.Event, ...]) -> tuple[set[int], set[int]]:
        """Numbers of the moves that ended in a hex where the faction noted the unit, and of those notes."""
        last: dict[int, tuple[int, int]] = {}
        noted, notes = set[int](), set[int]()
        for number, event in enumerate(events):
            if isinstance(event, Moved):
                last[event.unit] = number, _end_of(event)
            elif isinstance(event, ev.Spotted) and event.faction == self.faction:
                self._best[event.unit] = max(event.level, self._best.get(event.unit, 0))
                move, here = last.get(event.unit, (-1, -1))
                if move >= 0 and here == event.hex:
                    noted.add(move)
                    notes.add(number)
        return noted, notes

    def _cut_move(self, event: Moved, noted: bool) -> ev.Event | None:
        row, seen_before, start = event.unit, self.sees(event.unit), self.hex_of(event.unit)
        self._hex[row] = _end_of(event)
        if self.own(row):
            return event
        self._sight[row] = noted
        if noted:
            self._noted[row] = _end_of(event)
        if not (noted or seen_before):
            return None
        start = start if seen_before else -1
        match event:
            case ev.UnitMoved() | ev.UnitRetreated():
                cut: dict[str, Any] = {"start": start, "path": event.path[-1:] if noted else ()}
                return replace(event, **cut, mp=0) if isinstance(event, ev.UnitMoved) else replace(event, **cut)
            case ev.UnitArrived():
                return replace(event, mp=0) if noted else None
            case ev.UnitInfiltrated():  # slips away unseen: the hex that it left is found empty later
                return replace(event, start=start) if noted else None
            case ev.UnitDisplaced():
                return replace(event, start=start, hex=event.hex if noted else -1, why="")
        return replace(event, start=start, hex=event.hex if noted else -1)

    def _cut_spotted(self, event: ev.Spotted, told: bool) -> ev.Event | None:
        row, intel = event.unit, self.before.intel[self.faction]
        known = intel.level[row] if self._noted.get(row) is None else self._best.get(row, 0)
        where = self._noted.get(row, intel.hex[row] if intel.level[row] else -1)
        self._noted[row], self._sight[row], self._hex[row] = event.hex, True, event.hex
        return None if told or (known >= event.level and where == event.hex) else event

    def _take_note(self, event: ev.Event) -> None:
        match event:
            case ev.UnitWithdrew() | ev.UnitDestroyed():
                self._hex[event.unit], self._sight[event.unit] = -1, False
            case ev.ContactFaded() if event.faction == self.faction:
                self._sight[event.unit], self._noted[event.unit] = False, -1

    def may_know_why(self, row: int) -> bool:
        """Whether the reason for what befell a unit is known: to its friends, and to those whose act it was."""
        acting = self._acting
        return self.own(row) or (acting >= 0 and acting != self.world.roster.faction[row] and self.friendly(acting))


class Onlooker(Witness):
    """Who sees all that happens, in a game that has ended; ``faction`` is whose part he takes."""

    def friendly(self, owner: int) -> bool:
        """Every side tells him everything."""
        return True

    def cut(self, events: Iterable[ev.Event]) -> Iterator[ev.Event]:
        """Nothing is cut away but what others sighted, which tells him nothing."""
        for event in events:
            if isinstance(event, ev.Spotted | ev.ContactFaded):
                continue
            if isinstance(event, Moved):
                self._hex[event.unit] = _end_of(event)
            self._take_note(event)
            yield event


def _visible(state: State, faction: int) -> dict[int, int]:
    return state.kept(("seen units", faction), lambda: fog.visible_units(state, faction))


def _end_of(event: Moved) -> int:
    return event.path[-1] if isinstance(event, ev.UnitMoved | ev.UnitRetreated) else event.hex


# --- the ways to cut, by kind of event ------------------------------------------------------------------------


def _whole(w: Witness, e: ev.Event) -> ev.Event:
    return e


def _by_owner(w: Witness, e: Any) -> ev.Event | None:
    return e if w.own(e.unit) else None


def _kept_out(w: Witness, e: ev.UnitKeptOut) -> ev.Event | None:
    return e if w.world.roster.faction[e.unit] == w.faction else None


def _cut_short(w: Witness, e: ev.MoveCutShort) -> ev.Event | None:
    # Friends hear that the march has ended, but not whom it met.
    if not w.own(e.unit):
        return None
    return e if w.world.roster.faction[e.unit] == w.faction else replace(e, why="")


def _by_faction(w: Witness, e: Any) -> ev.Event | None:
    return e if w.friendly(e.faction) else None


def _harm_to_unit(w: Witness, e: Any) -> ev.Event | None:
    # Losses are seen of what is identified: of a contact nobody knows how many steps it has. Its end is seen of both.
    if not w.sees(e.unit) or (w.level(e.unit) < Knowledge.IDENTIFIED and not isinstance(e, ev.UnitDestroyed)):
        return None
    cut: ev.Event = e if w.may_know_why(e.unit) else replace(e, why="")
    return cut


def _withdrew(w: Witness, e: ev.UnitWithdrew) -> ev.Event | None:
    if w.own(e.unit):
        return e
    return replace(e, due=0, entry=-1, why="") if w.sees(e.unit) else None


def _attack(w: Witness, e: ev.AttackResolved) -> ev.Event | None:
    """Those who fight see each other. Others see who of both sides is in sight, and how it ends if they see both."""
    part = w.friendly(e.faction) or w.friendly(e.enemy)
    seen = [(row, at) for row, at in zip(e.attackers, e.origins, strict=True) if w.sees(row)]
    foes = tuple(row for row in e.defenders if w.sees(row))
    if not (part or seen or foes):
        return None
    whole = part or (len(seen) == len(e.attackers) and len(foes) == len(e.defenders))
    target = e.target if part or foes else -1  # those who only see the attackers do not learn where their enemy is
    cut = replace(
        e, target=target, attackers=tuple(row for row, _ in seen), origins=tuple(at for _, at in seen), defenders=foes
    )
    cut = cut if part else replace(cut, column=-1, roll=0, ledger="")
    return cut if whole else replace(cut, result="", came="")


def _fire(w: Witness, e: ev.FireResolved) -> ev.Event | None:
    """Whoever fires sees what came of it; those under fire see where it falls, but neither the guns nor the odds."""
    if e.faction >= 0 and w.friendly(e.faction):
        return e if e.unit >= 0 and w.own(e.unit) else replace(e, unit=-1)
    owners = w.world.roster.faction
    under = [owners[row] for row in (*w.before.units_at(e.target), *w.after.units_at(e.target))]
    holder = w.after.hexes.control[e.target]
    if any(w.friendly(owner) for owner in under) or (holder >= 0 and w.friendly(holder)):
        return replace(e, unit=-1, chance=-1, roll=-1)
    return None


def _strayed(w: Witness, e: ev.FireStrayed) -> ev.Event | None:
    """Both sides hear of it, and whoever sees it; the dice are known to those who fired.

    Their friends do not: a stray shows where a third party stands, and friends share no sightings.
    """
    if e.faction == w.faction:
        return e
    return replace(e, chance=-1, roll=-1) if w.sees(e.unit) else None


def _scored(w: Witness, e: ev.PointsScored) -> ev.Event | None:
    # Points are public, but a friend is not told what for: the reason may name a place.
    return e if e.faction == w.faction else replace(e, why="") if w.friendly(e.faction) else None


def _notified(w: Witness, e: ev.CorridorNotified | ev.WarningGiven | ev.SkyClosed) -> ev.Event | None:
    return e if w.friendly(e.faction) or w.world.stance[w.faction][e.faction] == Stance.RIVAL else None


def _incident(w: Witness, e: ev.IncidentRolled) -> ev.Event | None:
    """That nothing came of an act is known to those who acted, and why; where an incident happened, to both of them."""
    if e.faction == w.faction:
        return e
    if not e.happened:
        return None
    return replace(e, hex=e.hex if e.other == w.faction else -1, chance=-1, roll=-1, why="")


def _fired(w: Witness, e: ev.EventFired) -> ev.Event | None:
    return replace(e, id="", seen_by=()) if w.faction in e.seen_by else None


def _stopped(w: Witness, e: ev.EventsStopped) -> ev.Event:
    return replace(e, id="")


def _changed(w: Witness, e: ev.WorldChanged) -> ev.Event | None:
    return e if e.what != "source" or w.friendly(e.numbers[0]) else None


_CUTS: dict[type, Callable[[Witness, Any], ev.Event | None]] = {
    **dict.fromkeys(
        (
            ev.TurnBegan, ev.WeatherChanged, ev.FactionTurnBegan, ev.GameEnded, ev.ControlChanged, ev.CrossingBegun,
            ev.CrossingOpened, ev.CrossingBroken, ev.RoadInterdicted, ev.HungerChanged, ev.CiviliansHarmed,
            ev.ConvoyArrived, ev.HotlineCalled, ev.LadderMoved, ev.BonusPaid, ev.PrizeCeded,
            ev.ConcessionMade, ev.ArsenalStruck, ev.BlameLaid,
            ev.StrongpointsChanged, ev.CityStormed,
        ),
        _whole,
    ),
    **dict.fromkeys((ev.UnitDelayed, ev.DugIn, ev.StepsRecovered, ev.StepsReplaced), _by_owner),
    **dict.fromkeys((ev.SupplyJudged, ev.SuppliesDropped, ev.ColumnUnloaded), _by_faction),
    **dict.fromkeys((ev.StepsDisrupted, ev.StepsLost, ev.UnitDestroyed), _harm_to_unit),
    ev.UnitWithdrew: _withdrew,
    ev.UnitKeptOut: _kept_out,
    ev.MoveCutShort: _cut_short,
    ev.AttackResolved: _attack,
    ev.FireResolved: _fire,
    ev.FireStrayed: _strayed,
    ev.PointsScored: _scored,
    ev.CorridorNotified: _notified,
    ev.WarningGiven: _notified,
    ev.SkyClosed: _notified,
    ev.IncidentRolled: _incident,
    ev.EventFired: _fired,
    ev.EventsStopped: _stopped,
    ev.WorldChanged: _changed,
}  # fmt: skip
