"""A small war drawn in a few lines: a text map of hexes, roads as lists of labels, units and sources where they stand.

The cast is the campaign's: saa and its friend iraq, the rival sdf, and isis, at war with them all. Rules numbers are
the shipped ones unless a test replaces some.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import fields, replace
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any, get_type_hints

from game.dice import seed_bytes
from game.hexgrid import HexGrid, grid
from game.rules.ground import KINDS
from game.ruleset import Ruleset
from game.scenario.reader import read_file
from game.scenario.schema import Notes, walk
from game.scenario.world import Faction, Place, River, Road, Roster, Site, Source, Stance, World
from game.state import State, Status
from game.state.tables import Clock, FactionTable, HexTable, IntelTable, PlaceTable, SiteTable, UnitTable

SAA, SDF, ISIS, IRAQ = range(4)
_RULES = Path(__file__).parents[2] / "scenarios" / "rules"
_O, _F, _R, _W = Stance.OWN, Stance.FRIENDLY, Stance.RIVAL, Stance.WAR
_STANCE = ((_O, _R, _W, _F), (_R, _O, _W, _R), (_W, _W, _O, _W), (_F, _R, _W, _O))
_UNIT: dict[str, Any] = {
    "name": "", "faction": SAA, "type": "infantry", "symbol": "infantry", "echelon": "battalion", "steps": 3,
    "attack": 3, "defence": 3, "movement": 24, "mobility": 1, "quality": 1, "reach": 0, "sight": 2,
    "traits": frozenset(),
    "formation": "", "sector": "", "start": -1, "arrives": 0, "entry": (), "locked": 0, "parent": "", "note": "",
}  # fmt: skip


@cache
def shipped_rules() -> Ruleset:
    """The ruleset of ``scenarios/rules``."""
    chapters = {}
    for name, kind in get_type_hints(Ruleset).items():
        node, problems = read_file(_RULES / f"{name}.yaml")
        notes = Notes()
        chapters[name] = walk(node, kind, notes)
        assert not problems, problems
        assert not notes.problems, notes.problems
    return Ruleset(**chapters)


def unit(name: str, faction: int, at: str, *traits: str, **other: Any) -> dict[str, Any]:
    """A unit in a hex ("" for not on the map); ``other`` sets columns of the roster or of the state's table."""
    return {"name": name, "faction": faction, "at": at, "traits": frozenset(traits), **other}


def sketch(
    terrain: str,
    *,
    roads: Sequence[tuple[str, Sequence[str]]] = (),
    river: Sequence[str] = (),
    crossings: Sequence[tuple[str, str, str]] = (),
    places: Sequence[Place] = (),
    units: Sequence[Mapping[str, Any]] = (),
    sources: Mapping[int, Sequence[Source]] | None = None,
    control: Mapping[int, Sequence[str]] | None = None,
    rules: Ruleset | None = None,
    **clock: Any,
) -> State:
    """The moment a drawing shows. Hexes belong to saa unless ``control`` says otherwise; -1 is nobody."""
    lines = [line.split() for line in terrain.strip().splitlines()]
    hexes = grid(len(lines[0]), len(lines))
    rules = rules or shipped_rules()
    world = _world(hexes, lines, rules, roads, river, crossings, places, units, sources or {})
    holders = [SAA] * hexes.size
    for holder, labels in (control or {}).items():
        for label in labels:
            holders[hexes.hex(label)] = holder
    return _state(world, holders, units, crossings, clock)


def _world(
    hexes: HexGrid, lines: list[list[str]], rules: Ruleset, roads: Any, river: Any, crossings: Any, places: Any,
    units: Sequence[Mapping[str, Any]], sources: Mapping[int, Sequence[Source]],
) -> World:  # fmt: skip
    symbols = [kind.symbol for kind in rules.terrain.kinds.values()]
    ground = tuple(symbols.index(symbol) for line in lines for symbol in line)
    wet, paved = bytearray(hexes.size * 3), bytearray(hexes.size * 3)
    for label in river:
        wet[hexes.side(label)] = River.MAJOR
    for kind, path in roads:
        for here, there in pairwise(path):
            paved[hexes.side_between(hexes.hex(here), hexes.hex(there))] = Road[kind.upper()]
    names = ("saa", "sdf", "isis", "iraq")
    factions = tuple(
        Faction(name, name.upper(), name.upper(), name, 6, 2, tuple(sources.get(number, ())), (), ((2, 2, 3),), "staff")
        for number, name in enumerate(names)
    )
    columns: dict[str, tuple[Any, ...]] = {
        f.name: tuple(one.get(f.name, _UNIT.get(f.name)) for one in units) for f in fields(Roster) if f.name != "id"
    }
    roster = Roster(id=tuple(one["name"].lower().replace(" ", "-") for one in units), **columns)
    return World(
        "sketch", "Sketch", "", hexes, rules, 5000, 3, "2017-09-05", 26, (SAA, SDF, ISIS, IRAQ), ground, bytes(wet),
        bytes(paved), bytes(hexes.size * 3), bytes(hexes.size * 3),
        {hexes.side(label): "the Euphrates" for label in river}, tuple(places),
        {place.hex: number for number, place in enumerate(places)},
        tuple(Site("", hexes.side(side), kind, now) for side, kind, now in crossings), factions,
        {name: number for number, name in enumerate(names)}, _STANCE, roster,
        {name: row for row, name in enumerate(roster.id)}, (SAA,) * hexes.size, (), (-1,) * hexes.size, (), {}, {},
    )  # fmt: skip


def _state(
    world: World, holders: list[int], units: Sequence[Mapping[str, Any]], crossings: Any, clock: Mapping[str, Any]
) -> State:
    hexes, many = world.grid, len(units)
    where = [hexes.hex(one["at"]) if one["at"] else -1 for one in units]
    status = [int(Status.ON_MAP if here >= 0 else Status.WAITING) for here in where]

    def column(name: str, otherwise: int) -> tuple[int, ...]:
        return tuple(one.get(name, otherwise) for one in units)

    table = UnitTable(
        tuple(where), tuple(world.roster.steps), column("disrupted", 0), tuple(world.roster.movement),
        column("spent", 0), column("dug", 0), column("supply", 0), column("cut", 0), tuple(status),
        column("due", 0), (-1,) * many,
        column("hidden", 0), (0,) * many, column("dry", 0),
    )  # fmt: skip
    table = replace(table, steps=tuple(one.get("left", world.roster.steps[row]) for row, one in enumerate(units)))
    sites = SiteTable(
        tuple(hexes.side(side) for side, _, _ in crossings), tuple(KINDS.index(kind) for _, kind, _ in crossings),
        tuple(int(now == "open") for _, _, now in crossings), (0,) * len(crossings), (-1,) * len(crossings),
    )  # fmt: skip
    zero = (0,) * 4
    quiet: dict[str, Any] = {
        "turn": 1, "active": 0, "weather": 0, "ladder": 0, "quiet": 0, "over": 0, "culprit": -1, "orders": 0,
        "support": ((),) * 4, "grants": ((),) * 4, "corridors": ((),) * 4, "fired": (), "flags": (), "used": (),
        "bonus": (), "deposits": (),
    }  # fmt: skip
    people = len(world.places)
    blank = IntelTable(**{f.name: ((-1 if f.name == "hex" else 0),) * many for f in fields(IntelTable)})
    return State(
        world, seed_bytes(1), table, HexTable(tuple(holders), (0,) * hexes.size), sites,
        PlaceTable((-1,) * people, (0,) * people, (0,) * people, (0,) * people),
        FactionTable((6,) * 4, (2,) * 4, zero, zero, zero, zero, zero, zero), (blank,) * 4, Clock(**{**quiet, **clock}),
    )  # fmt: skip
