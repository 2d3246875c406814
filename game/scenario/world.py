"""World: everything of a scenario that never changes in play, as frozen flat tables.

Built by :func:`game.scenario.build.world_from` from the canonical form of a scenario (plain lists, mappings,
texts and integers), with the standard library alone. Hexes, sides, units, places, factions and terrain
are numbers here; names are kept beside them for people.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from enum import IntEnum
from typing import Any, TypeVar

from game.hexgrid import HexGrid
from game.ruleset import Ruleset
from game.scenario.coach import CoachFile
from game.scenario.doctrine import Doctrine
from game.scenario.events import EventSpec
from game.scenario.outline import Outline
from game.scenario.stakes import Stakes

T = TypeVar("T")


class Stance(IntEnum):
    """What one faction is to another; OWN on the diagonal."""

    OWN = 0
    ALLIED = 1
    FRIENDLY = 2
    RIVAL = 3
    WAR = 4


class River(IntEnum):
    """What flows along a hexside."""

    NONE = 0
    MINOR = 1
    MAJOR = 2


class Road(IntEnum):
    """The best road that crosses a hexside."""

    NONE = 0
    TRACK = 1
    ROAD = 2
    HIGHWAY = 3


@dataclass(frozen=True, slots=True)
class Place:
    """A named place. ``civilians`` in thousands; ``size`` 0 to 3 ranks it for the map."""

    name: str
    hex: int
    kind: str
    bank: str
    size: int
    civilians: int
    alt: str = ""


@dataclass(frozen=True, slots=True)
class Stronghold:
    """A place that a faction has made ready for defence, with so many strongpoints at the start."""

    place: int
    faction: int
    strongpoints: int


@dataclass(frozen=True, slots=True)
class Site:
    """A crossing that stands, or stood, at the start. ``kind``: bridge, ferry, pontoon, dam; ``state``: open, blown."""

    name: str
    side: int
    kind: str
    state: str


@dataclass(frozen=True, slots=True)
class Source:
    """Where supply enters the net. ``needs`` names the hex that must be held (the source hex itself as a rule)."""

    name: str
    hex: int
    capacity: int
    since: int
    until: int
    kind: str = "source"
    arsenal: bool = False
    """Whether salvoes may strike it unseen, and close it for a while."""


@dataclass(frozen=True, slots=True)
class Arms:
    """What everybody knows of a faction's order of battle: which arms it has at all, not how many, nor where."""

    guns: int = 0
    """Hexes that its artillery reaches; 0 when it has none."""
    hides: bool = False
    """Whether it has cells that can hide."""
    weakest: int = 0
    strongest: int = 0
    """Least and most defence strength that a step of a unit of its has."""
    traits: frozenset[str] = frozenset()
    """All traits of its units together."""
    support: tuple[str, ...] = ()
    """Kinds of support for the defence that it has, or that an event may give it, in order of their names."""


@dataclass(frozen=True, slots=True)
class Faction:
    """A faction and what it is granted each turn. ``arrivals`` are the hexes where its units may enter."""

    id: str
    name: str
    adjective: str
    bloc: str
    command: int
    liaison: int
    sources: tuple[Source, ...]
    support: tuple[tuple[str, int, int, int], ...]
    """(kind, points a turn, first turn, last turn): what off-map support it gets, until events change it."""
    replacements: tuple[tuple[int, int, int], ...]
    """(steps, first turn, every so many turns)."""
    player: str
    look: str
    """Its colours and emblem, by a name of the theme."""
    """The default player of the seat, such as "staff"."""
    arms: Arms = Arms()
    """What its enemies know of its order of battle."""


@dataclass(frozen=True, slots=True)
class Roster:
    """The fixed traits of every unit, as columns; row = unit number in this world."""

    id: tuple[str, ...]
    name: tuple[str, ...]
    faction: tuple[int, ...]
    type: tuple[str, ...]
    symbol: tuple[str, ...]
    echelon: tuple[str, ...]
    steps: tuple[int, ...]
    attack: tuple[int, ...]
    defence: tuple[int, ...]
    movement: tuple[int, ...]
    mobility: tuple[int, ...]
    quality: tuple[int, ...]
    """0 is D (poor) to 3, which is A (elite)."""
    reach: tuple[int, ...]
    """Range of its guns in hexes, 0 without."""
    sight: tuple[int, ...]
    traits: tuple[frozenset[str], ...]
    formation: tuple[str, ...]
    sector: tuple[str, ...]
    """Home sector, "" for none."""
    start: tuple[int, ...]
    """Hex at the start, -1 when it arrives later."""
    arrives: tuple[int, ...]
    """Turn of arrival, 0 when on the map from the start."""
    entry: tuple[tuple[int, ...], ...]
    """Hexes it may arrive in, best first."""
    locked: tuple[int, ...]
    """First turn in which it may move, 0 for none: units tied down elsewhere."""
    dug: tuple[int, ...]
    """Level of entrenchment at the start."""
    hidden: tuple[int, ...]
    """1 for a cell that lies low at the start."""
    dry: tuple[int, ...]
    """Turns it can live on its own stores at the start."""
    parent: tuple[str, ...]
    note: tuple[str, ...]

    def __len__(self) -> int:
        return len(self.id)


@dataclass(frozen=True, slots=True)
class Prize:
    """Something worth victory points when claimed. ``points`` by faction; ``first`` is the first-holder bonus."""

    id: str
    name: str
    hex: int
    points: tuple[int, ...]
    first: tuple[int, ...]
    kind: str
    path: tuple[int, ...] = ()
    """The hexes of a road, all to be held."""


@dataclass(frozen=True, slots=True)
class Airspace:
    """A part of the sky. ``may_fly`` and ``must_notify`` hold faction numbers; turns ``since`` to ``until``."""

    id: str
    name: str
    hexes: frozenset[int]
    may_fly: frozenset[int]
    must_notify: frozenset[int]
    no_fly: bool
    since: int
    until: int


@dataclass(frozen=True, slots=True)
class Option:
    """A switch: its name, what it means in words, whether it is on, and whether somebody turned it before the game."""

    name: str
    words: str
    on: bool
    turned: bool

    def __str__(self) -> str:
        turned = ", turned for this game" if self.turned else ""
        return f"{self.words}: **{'on' if self.on else 'off'}**{turned}"


@dataclass(frozen=True, slots=True)
class Taken:
    """A place that changed hands in history. ``by`` is the number of the faction, ``hex`` that of the hex."""

    date: str
    place: str
    hex: int
    by: int
    event: str
    source: str
    confidence: str
    check: bool = False
    """Whether simulated games are compared with this date."""


@dataclass(frozen=True, slots=True)
class Past:
    """What happened in truth: captures by date, and the hexes of which it tells, in order."""

    captures: tuple[Taken, ...] = ()
    hexes: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Script:
    """The scenario's events: what its authors have planned, which nobody in the game may know."""

    events: tuple[EventSpec, ...] = ()
    """In the order in which they are asked."""
    asked: Mapping[str, tuple[EventSpec, ...]] = field(default_factory=dict)
    """The same by the moment at which they are asked: "turn", "end", "order", or the id of a faction."""
    taken: tuple[int, ...] = ()
    """Hexes of which some event asks whether they have just been taken, in order."""


@dataclass(frozen=True, slots=True)
class World:
    """A whole scenario, ready to play."""

    id: str
    title: str
    digest: str
    grid: HexGrid
    rules: Ruleset
    metres_per_hex: int
    days_per_turn: int
    first_day: str
    """ISO date of the first day of turn 1."""
    turns: int
    sequence: tuple[int, ...]
    """Faction numbers in the order in which they play each turn."""
    terrain: tuple[int, ...]
    """Terrain number of every hex; -1 is unplayable."""
    river: bytes
    road: bytes
    scarp: bytes
    border: bytes
    """One byte a side: River, Road, 1 for an escarpment, 1 for an international border."""
    river_names: Mapping[int, str]
    places: tuple[Place, ...]
    place_at: Mapping[int, int]
    """Hex -> the place that names it (the largest)."""
    sites: tuple[Site, ...]
    factions: tuple[Faction, ...]
    faction_row: Mapping[str, int]
    stance: tuple[tuple[Stance, ...], ...]
    first_stance: tuple[tuple[Stance, ...], ...]
    """What they were to each other at the start; ``stance`` may change in play, this never does."""
    first_rung: int
    """Where the ladder between the blocs stands at the start."""
    roster: Roster
    row: Mapping[str, int]
    """Unit id -> row."""
    control: tuple[int, ...]
    """Faction in control of each hex at the start, -1 nobody."""
    prizes: tuple[Prize, ...]
    stakes: Stakes
    watched: tuple[int, ...]
    """Places whose end checks are counted: of prizes, of the insurgents' towns, of history, and of events."""
    line_side: tuple[int, ...]
    """Per hex the bloc (a faction number that leads it) on whose side of the deconfliction line it lies, -1 none."""
    airspace: tuple[Airspace, ...]
    """Rules of the sky over some hexes; of several that cover a hex the first holds."""
    sectors: Mapping[str, frozenset[int]]
    sector_names: Mapping[str, str]
    """How people call each home sector."""
    exits: Mapping[str, int]
    strongholds: Mapping[int, Stronghold] = field(default_factory=dict)
    """Hex -> what was made ready there."""
    options: tuple[Option, ...] = ()
    """The switches of the scenario, in the order of its file."""
    past: Past = field(default_factory=Past)
    outline: Outline = field(default_factory=Outline)
    texts: Mapping[str, str] = field(default_factory=dict)
    """Briefing, aims, sources and the name of the cover picture, by key, for people."""
    doctrine: tuple[Doctrine | None, ...] = ()
    """How the staff of each faction likes to fight, by faction number; None where the scenario does not say, and in
    a view for those who do not tell it their plans."""
    script: Script = field(default_factory=Script)
    """Empty in a view."""
    coach: CoachFile | None = None
    """Lessons for the person who plays a faction, for the table alone."""
    raw: Mapping[str, Any] = field(default_factory=dict)
    """The canonical form it was built from, for records and the editor alone: play asks the typed parts. Empty in a
    view."""
    answers: dict[Any, Any] = field(default_factory=dict, compare=False, repr=False)
    """Tables worked out once from map and rules, such as movement costs; see :meth:`kept`. Never from the
    roster, the doctrines or the script: a faction's view has its own and shares these."""

    def kept(self, key: Any, make: Callable[[], T]) -> T:
        """The table stored under ``key``, made on first asking; at most a thousand are kept."""
        found = self.answers.get(key)
        if found is None:
            if len(self.answers) > 1000:
                self.answers.clear()
            found = self.answers[key] = make()
        return found

    def forget(self) -> None:
        """Drop the tables: they are made again when somebody asks. For a game that is left."""
        self.answers.clear()

    def faction(self, faction_id: str) -> int:
        """Number of a faction by its id; raises KeyError."""
        return self.faction_row[faction_id]

    def option(self, name: str) -> bool:
        """Whether the scenario's option is on; one it does not name is off."""
        return any(one.on for one in self.options if one.name == name)

    def at_war(self, a: int, b: int) -> bool:
        """Whether two factions fight each other."""
        return self.stance[a][b] == Stance.WAR

    def looks_of(self, owners: Iterable[int]) -> list[str | None]:
        """The look of each of some factions by number, None for nobody."""
        looks = [faction.look for faction in self.factions]
        return [looks[owner] if owner >= 0 else None for owner in owners]

    def friends(self, a: int, b: int) -> bool:
        """Whether two factions tell each other where their units are: the same one, allies or friends."""
        return self.stance[a][b] <= Stance.FRIENDLY

    def together(self, a: int, b: int) -> bool:
        """Whether two factions share hexes, supply and knowledge: the same one, or allies."""
        return self.stance[a][b] <= Stance.ALLIED
