"""Events: what happened. Typed values in the past tense; the only account of a game, read by log, replay and screen.

An event carries everything needed to change the tables (see :mod:`game.state.happenings`) and to tell a person
what took place. Units, hexes, factions and places are row numbers of the state they happened in.
"""

from __future__ import annotations

from dataclasses import dataclass

# --- the turn -----------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class TurnBegan:
    turn: int


@dataclass(frozen=True, slots=True)
class WeatherChanged:
    weather: int


@dataclass(frozen=True, slots=True)
class FactionTurnBegan:
    """``active`` is the position in the sequence, ``faction`` who that is; its movement is restored."""

    active: int
    faction: int


@dataclass(frozen=True, slots=True)
class FactionTurnEnded:
    faction: int


@dataclass(frozen=True, slots=True)
class GameEnded:
    """``how`` is an :class:`~game.state.codes.Ending`. ``culprit``: faction punished for rung 5, else -1.

    ``winner``: who has won by an event, whatever the points; -1 when points decide.
    """

    how: int
    culprit: int = -1
    winner: int = -1


@dataclass(frozen=True, slots=True)
class DiceRolled:
    """Every die thrown: the rule it served, what it was for, its faces and its values."""

    label: str
    about: str
    faces: int
    values: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class OrderGiven:
    """An order was accepted; ``text`` is its one-line form."""

    faction: int
    text: str


# --- units --------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class UnitArrived:
    unit: int
    hex: int
    mp: int


@dataclass(frozen=True, slots=True)
class UnitDelayed:
    """The unit will arrive in ``due`` (0 never), at ``entry`` or, with -1, at its usual place."""

    unit: int
    due: int
    entry: int
    why: str


@dataclass(frozen=True, slots=True)
class UnitKeptOut:
    """The unit is due and cannot enter: ``why`` says what bars each of its entry hexes, as far as its faction knows."""

    unit: int
    why: str


@dataclass(frozen=True, slots=True)
class UnitWithdrew:
    """Left the map by an event; ``due`` > 0 when it will be back."""

    unit: int
    hex: int
    due: int
    entry: int
    why: str


@dataclass(frozen=True, slots=True)
class UnitMoved:
    """Marched along ``path`` (hexes entered); ``mp`` is what it has left."""

    unit: int
    start: int
    path: tuple[int, ...]
    mp: int


@dataclass(frozen=True, slots=True)
class MoveCutShort:
    """A march ended in ``hex`` before the order said so, or cannot be resumed from there, because of ``why``.

    ``for_good``: for this turn, as after an ambush. Otherwise the unit halted by itself and may march on another way.
    """

    unit: int
    hex: int
    why: str
    for_good: bool = True


@dataclass(frozen=True, slots=True)
class UnitDisplaced:
    """Moved aside by rule, without fighting."""

    unit: int
    start: int
    hex: int
    why: str


@dataclass(frozen=True, slots=True)
class UnitSpent:
    """Sets bits (:class:`~game.state.codes.Spent`) of what the unit has done this turn; ``mp`` is what it has left."""

    unit: int
    bits: int
    mp: int


@dataclass(frozen=True, slots=True)
class DugIn:
    unit: int
    level: int


@dataclass(frozen=True, slots=True)
class UnitHid:
    """A cell went to ground (1) or showed itself (0)."""

    unit: int
    hidden: int


@dataclass(frozen=True, slots=True)
class UnitReleased:
    """The unit may move from turn ``turn`` on (0 at once)."""

    unit: int
    turn: int


@dataclass(frozen=True, slots=True)
class StepsDisrupted:
    unit: int
    steps: int
    why: str


@dataclass(frozen=True, slots=True)
class StepsRecovered:
    unit: int
    steps: int
    why: str


@dataclass(frozen=True, slots=True)
class StepsLost:
    """Lost for good; the unit lives on. Losing the last step is :class:`UnitDestroyed`."""

    unit: int
    steps: int
    why: str


@dataclass(frozen=True, slots=True)
class StepsReplaced:
    unit: int
    steps: int


@dataclass(frozen=True, slots=True)
class UnitDestroyed:
    unit: int
    hex: int
    steps: int
    why: str


@dataclass(frozen=True, slots=True)
class UnitRetreated:
    unit: int
    start: int
    path: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class UnitAdvanced:
    unit: int
    start: int
    hex: int


@dataclass(frozen=True, slots=True)
class UnitInfiltrated:
    unit: int
    start: int
    hex: int


@dataclass(frozen=True, slots=True)
class ControlChanged:
    """Hexes passed to a faction; ``before`` lists who held them."""

    faction: int
    hexes: tuple[int, ...]
    before: tuple[int, ...]


# --- knowledge ----------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Spotted:
    """``faction`` knows of a unit, at a level of :class:`~game.state.codes.Knowledge`, in a hex, now."""

    faction: int
    unit: int
    level: int
    hex: int


@dataclass(frozen=True, slots=True)
class ContactFaded:
    """``faction`` no longer knows where the unit is."""

    faction: int
    unit: int


# --- combat -------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class AttackResolved:
    """An attack was fought: column after shifts, the dice, the table's result, and in words what came of it here."""

    faction: int
    attackers: tuple[int, ...]
    origins: tuple[int, ...]
    target: int
    defenders: tuple[int, ...]
    enemy: int
    column: int
    roll: int
    result: str
    ledger: str
    came: str


BOMBARD = "bombard"
"""The kind of a battery's fire; ``unit`` is the battery then."""


@dataclass(frozen=True, slots=True)
class FireResolved:
    """Fire on a hex: a battery's (BOMBARD), a kind of support by its id, or a scenario's salvo by its name.

    ``chance`` is what ``roll`` was held against, ``result`` the effect in words; ``unit`` is whom a strike hit.
    """

    faction: int
    kind: str
    unit: int
    target: int
    chance: int
    roll: int
    result: str


@dataclass(frozen=True, slots=True)
class ArsenalStruck:
    """A salvo hit the arsenal of ``owner`` in a hex: it gives no supply through turn ``until``."""

    faction: int
    owner: int
    hex: int
    until: int


@dataclass(frozen=True, slots=True)
class FireStrayed:
    """A point of support went astray and hit a unit of somebody else in a hex."""

    faction: int
    kind: str
    unit: int
    hex: int
    chance: int
    roll: int


# --- river --------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class CrossingBegun:
    """Work on a new crossing (``site`` -1) or on an existing one; ends in turn ``ready``."""

    faction: int
    unit: int
    site: int
    side: int
    kind: int
    ready: int


@dataclass(frozen=True, slots=True)
class CrossingOpened:
    site: int
    side: int
    kind: int
    owner: int


@dataclass(frozen=True, slots=True)
class FerryLoaded:
    """A ferry carried some steps across."""

    site: int
    steps: int


@dataclass(frozen=True, slots=True)
class CrossingBroken:
    site: int
    side: int
    why: str


# --- supply and people --------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class SupplyJudged:
    """The supply of a faction's units when its turn opened: rows, their state, turns cut, stores left."""

    faction: int
    units: tuple[int, ...]
    supply: tuple[int, ...]
    cut: tuple[int, ...]
    dry: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class RoadInterdicted:
    faction: int
    hex: int


@dataclass(frozen=True, slots=True)
class InterdictionEnded:
    faction: int


@dataclass(frozen=True, slots=True)
class SuppliesDropped:
    """Air-dropped supplies lie on a hex for ``turns`` turns; 0 turns: used up.

    ``fresh``: just dropped, beside what lies there already; otherwise this is what is left after use.
    """

    faction: int
    hex: int
    turns: int
    fresh: bool


@dataclass(frozen=True, slots=True)
class HungerChanged:
    place: int
    hunger: int


@dataclass(frozen=True, slots=True)
class CiviliansHarmed:
    """Harm counted against ``faction`` (-1: nobody's act alone)."""

    place: int
    faction: int
    harm: int
    why: str


@dataclass(frozen=True, slots=True)
class ConvoyArrived:
    """Relief reached a place by road, for its people."""

    place: int
    faction: int


@dataclass(frozen=True, slots=True)
class ColumnUnloaded:
    """A supply column fed places, and so many units, around a hex."""

    faction: int
    unit: int
    hex: int
    places: tuple[int, ...]
    fed: int


@dataclass(frozen=True, slots=True)
class PoolChanged:
    """Replacement steps in hand."""

    faction: int
    change: int


# --- command, support, politics -----------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class PointsSet:
    """Command and liaison points in hand."""

    faction: int
    command: int
    liaison: int


@dataclass(frozen=True, slots=True)
class CommandSpent:
    faction: int
    points: int
    why: str


@dataclass(frozen=True, slots=True)
class LiaisonSpent:
    faction: int
    points: int
    why: str


@dataclass(frozen=True, slots=True)
class SupportSet:
    """Support points in hand after a grant or an expense: ((kind, points), ...), sorted."""

    faction: int
    points: tuple[tuple[str, int], ...]
    why: str


@dataclass(frozen=True, slots=True)
class GrantChanged:
    """An event changed what a faction is granted each turn from now on."""

    faction: int
    kind: str
    change: int


@dataclass(frozen=True, slots=True)
class CorridorNotified:
    faction: int
    hexes: tuple[int, ...]
    until: int


@dataclass(frozen=True, slots=True)
class CorridorEnded:
    faction: int


@dataclass(frozen=True, slots=True)
class HotlineCalled:
    faction: int


@dataclass(frozen=True, slots=True)
class OrdersBegun:
    """A faction has given the first order of its turn that is no talk with the other bloc."""

    faction: int


@dataclass(frozen=True, slots=True)
class ConcessionMade:
    """``kind``: a :class:`~game.state.codes.Concession`. What it binds the faction to lasts through turn ``until``."""

    faction: int
    kind: int
    until: int


@dataclass(frozen=True, slots=True)
class BlameLaid:
    """From now on these factions, and no others, bear the blame for the tension between the blocs."""

    blamed: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class WarningGiven:
    """The other bloc has been warned off a hex until the faction's next turn."""

    faction: int
    hex: int


@dataclass(frozen=True, slots=True)
class SkyClosed:
    """A faction has closed the sky around a hex to the other bloc, through turn ``until``; hex -1: it is open again."""

    faction: int
    hex: int
    until: int


@dataclass(frozen=True, slots=True)
class IncidentRolled:
    """An act near the other bloc was judged: its chance in percent, the roll, whether an incident came of it."""

    faction: int
    other: int
    hex: int
    chance: int
    roll: int
    happened: bool
    why: str


@dataclass(frozen=True, slots=True)
class LadderMoved:
    before: int
    after: int
    why: str


@dataclass(frozen=True, slots=True)
class QuietTurn:
    """End-of-turn count of turns without an incident."""

    turns: int


# --- events and victory -------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class EventFired:
    id: str
    text: str
    seen_by: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class EventsStopped:
    """Events fired one another without end: no more of them in this phase. ``id`` is the one that was due next."""

    id: str
    count: int


@dataclass(frozen=True, slots=True)
class PlacesNoted:
    """Who holds the hexes that events watch, when events were asked: ((hex, faction), ...)."""

    holders: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class WorldChanged:
    """Something changed that is fixed as a rule: a stance, ground, the line, an airspace, a source, people.

    ``what``, ``numbers`` and ``hexes`` are a change of :mod:`game.state.changes`.
    """

    what: str
    numbers: tuple[int, ...]
    hexes: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class FlagSet:
    flag: str
    on: bool


@dataclass(frozen=True, slots=True)
class PlaceHeld:
    """End check of a place: first holder of a racing bloc (-1 none yet) and checks held in a row."""

    place: int
    first: int
    checks: int


@dataclass(frozen=True, slots=True)
class StrongpointsChanged:
    """So many strongpoints are left in a place."""

    place: int
    left: int
    why: str


@dataclass(frozen=True, slots=True)
class CityStormed:
    """A place with strongpoints is assaulted in this turn."""

    place: int


@dataclass(frozen=True, slots=True)
class PointsScored:
    """Victory points in tenths."""

    faction: int
    tenths: int
    why: str


@dataclass(frozen=True, slots=True)
class BonusPaid:
    prize: int
    faction: int


@dataclass(frozen=True, slots=True)
class PrizeCeded:
    place: int
    giver: int
    taker: int


Event = (
    TurnBegan
    | WeatherChanged
    | FactionTurnBegan
    | FactionTurnEnded
    | GameEnded
    | DiceRolled
    | OrderGiven
    | UnitArrived
    | UnitDelayed
    | UnitKeptOut
    | UnitWithdrew
    | UnitMoved
    | MoveCutShort
    | UnitDisplaced
    | UnitSpent
    | DugIn
    | UnitHid
    | UnitReleased
    | StepsDisrupted
    | StepsRecovered
    | StepsLost
    | StepsReplaced
    | UnitDestroyed
    | UnitRetreated
    | UnitAdvanced
    | UnitInfiltrated
    | ControlChanged
    | Spotted
    | ContactFaded
    | AttackResolved
    | FireResolved
    | FireStrayed
    | ArsenalStruck
    | CrossingBegun
    | CrossingOpened
    | CrossingBroken
    | FerryLoaded
    | SupplyJudged
    | RoadInterdicted
    | InterdictionEnded
    | SuppliesDropped
    | HungerChanged
    | CiviliansHarmed
    | ConvoyArrived
    | ColumnUnloaded
    | PoolChanged
    | PointsSet
    | CommandSpent
    | LiaisonSpent
    | SupportSet
    | GrantChanged
    | CorridorNotified
    | CorridorEnded
    | HotlineCalled
    | OrdersBegun
    | ConcessionMade
    | BlameLaid
    | WarningGiven
    | SkyClosed
    | IncidentRolled
    | LadderMoved
    | QuietTurn
    | EventFired
    | EventsStopped
    | PlacesNoted
    | WorldChanged
    | FlagSet
    | PlaceHeld
    | StrongpointsChanged
    | CityStormed
    | PointsScored
    | BonusPaid
    | PrizeCeded
)
