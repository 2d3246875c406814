"""The small stage on which the rulebook's examples are played: one map, one cast, and the rules in force.

Whoever an example needs enters at once; everybody else stays off the map. What the examples say comes out of the same
functions that decide a game, so that they are true under any numbers.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from game.dice import seed_bytes
from game.events import FactionTurnBegan, PointsSet, TurnBegan, UnitArrived, WeatherChanged
from game.rules import fog, support, taking
from game.scenario.build import world_from
from game.scenario.world import World
from game.schema.canonical import to_plain
from game.state import Draft
from game.state.start import first_state

COLUMNS, ROWS = 14, 8
TOWN, HILLS, BANK, FAR_BANK = "0606", "1006", "1302", "1301"
"""A town of fifty thousand, a range of hills, and the two banks of the river."""
HIGHWAY = tuple(f"{column:02}03" for column in range(1, COLUMNS + 1))
_TERRAIN = {TOWN: "urban", HILLS: "hills"}
_CAST = (
    ("column", "saa", "mech", 3, "First"), ("guard", "saa", "infantry", 2, "Second"),
    ("third", "saa", "infantry", 2, ""),
    ("staff", "saa", "hq", 1, "First"), ("sappers", "saa", "engineer", 1, ""),
    ("scouts", "saa", "recon", 1, ""), ("battered", "saa", "mech", 4, "First"), ("foe", "isis", "infantry", 2, ""),
    ("patrol", "sdf", "infantry", 3, ""), ("trucks", "saa", "logistics", 1, ""),
)  # fmt: skip
_NAMES = {
    "column": "the column", "guard": "the guard battalion", "third": "a third battalion",
    "staff": "the headquarters", "sappers": "the sappers", "scouts": "the scouts", "battered": "the battered brigade",
    "foe": "the enemy battalion", "patrol": "the patrol", "trucks": "the trucks",
}  # fmt: skip


def stage(world: World) -> World:
    """The stage under a world's rules; made once for each."""
    made: World = world.kept("rulebook stage", lambda: world_from(_canonical(world)))
    return made


def scene(
    world: World,
    placed: Mapping[str, str] | None = None,
    /,
    *,
    turn: int = 1,
    weather: int = 0,
    command: int = 0,
    granted: bool = False,
    **places: str,
) -> Draft:
    """A moment of the army's turn on the stage, with units in hexes by their ids (``column="0303"``)."""
    on = stage(world)
    draft = Draft(first_state(on, seed_bytes(1)))
    draft.emit(TurnBegan(turn))
    if weather:
        draft.emit(WeatherChanged(weather))
    for unit, label in {**(placed or {}), **places}.items():
        row = on.row[unit]
        draft.emit(UnitArrived(row, on.grid.hex(label), on.roster.movement[row]))
        taking.take_control(draft, row, (on.grid.hex(label),), stays=True)
    draft.emit(FactionTurnBegan(0, 0))
    if command:
        draft.emit(PointsSet(0, command, on.factions[0].liaison))
    if granted:
        support.grant(draft, 0)
    for faction in range(len(on.factions)):
        fog.refresh(draft, faction)
    return draft


def _canonical(world: World) -> dict[str, Any]:
    return {
        "format": 1,
        "scenario": {
            "format": 1, "id": "stage", "title": "A stage", "summary": "For the examples of the rulebook.",
            "first_day": world.first_day, "days_per_turn": world.days_per_turn, "turns": 20,
            "sequence": ["saa", "sdf", "isis"],
            "factions": [
                {"id": "saa", "name": "the army", "adjective": "army", "bloc": "a", "command": 6, "liaison": 2},
                {"id": "sdf", "name": "the other bloc", "adjective": "SDF", "bloc": "b", "command": 6, "liaison": 2},
                {"id": "isis", "name": "the enemy", "adjective": "enemy", "bloc": "c", "command": 6},
            ],
        },
        "rules": to_plain(world.rules),
        "map": _map(world),
        "crossings": [],
        "relations": {
            "format": 1,
            "stances": [
                {"a": "saa", "b": "sdf", "stance": "rival"}, {"a": "saa", "b": "isis", "stance": "war"},
                {"a": "sdf", "b": "isis", "stance": "war"},
            ],
            "control": [{"faction": "saa", "hexes": list(HIGHWAY)}],
            "line": {"sides": _line(), "zones": {"saa": "0101", "sdf": "1401"}},
        },
        "forces": {faction: _forces(faction) for faction in ("saa", "sdf", "isis")},
        "events": [EVENT],
        "victory": {
            "format": 1, "bands": {},
            "prizes": [
                {"id": "town", "name": "the town", "kind": "town", "place": "the town", "first": {"saa": 3, "sdf": 3},
                 "points": {"saa": 8, "sdf": 8}},
            ],
        },
    }  # fmt: skip


EVENT = {
    "id": "called-away", "name": "Called away", "text": "The column is called to another front.",
    "when": [{"on": "turn", "from": 3}, {"on": "unit", "unit": "column", "is": "on-map"}],
    "do": [{"do": "withdraw", "units": ["column"], "back": 9, "why": "called away"}],
}  # fmt: skip
"""The event of the example of chapter 16."""


def _map(world: World) -> dict[str, Any]:
    kinds = world.rules.terrain.kinds
    labels = [[f"{column:02}{row:02}" for column in range(1, COLUMNS + 1)] for row in range(1, ROWS + 1)]
    return {
        "format": 1,
        "size": {"columns": COLUMNS, "rows": ROWS},
        "scale": {"metres_per_hex": world.metres_per_hex},
        "terrain": ["".join(kinds[_TERRAIN.get(label, "desert")].symbol for label in row) for row in labels],
        "rivers": [
            {"name": "the river", "kind": "major", "sides": [f"{BANK}/N"]},
            {"name": "the brook", "kind": "minor", "sides": ["0306/N"]},
        ],
        "roads": [{"name": "the highway", "kind": "highway", "path": list(HIGHWAY)}],
        "places": [
            {"name": "the town", "hex": TOWN, "kind": "town", "population": 50},
            {"name": "the base", "hex": HIGHWAY[0], "kind": "base"},
        ],
    }


def _line() -> list[str]:
    sides = [f"0{9}{row:02}/{way}" for row in range(1, ROWS + 1) for way in ("NE", "SE")]
    return [side for side in sides if side != f"09{ROWS:02}/SE"]


def _forces(faction: str) -> dict[str, Any]:
    units = [
        {"id": name, "name": _NAMES[name], "type": kind, "size": "hq" if kind == "hq" else "btn", "steps": steps,
         "quality": "C", "formation": formation, "event": True, "traits": ["column"] if name == "trucks" else []}
        for name, owner, kind, steps, formation in _CAST if owner == faction
    ]  # fmt: skip
    given: dict[str, Any] = {"format": 1, "faction": faction, "units": units}
    if faction == "saa":
        given["sources"] = [{"name": "the base", "hex": HIGHWAY[0], "capacity": 60}]
        given["support"] = [{"kind": "strike", "points": 8}]
    return given
