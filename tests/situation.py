"""Draw the situation: a small world from a few lines of text map, through the same forms as a scenario folder.

    world = situation('''
        . . U . .
        . v v h .
        . . . . .
    ''', units=[unit("a1", "saa", "0202", "mech"), unit("b1", "isis", "0302", steps=2)],
         roads=[["0102", "0202", "0302"]], rivers=[["0202/NE", "0202/SE"]], crossings=[("0202/NE", "bridge", "open")])
    state = play(world)                        # SAA to play, movement granted, enemies seen
    state = play(world, turn_of="sdf", weather=2)

The ground is ``.`` desert, ``,`` steppe, ``v`` valley, ``w`` wadi, ``_`` salt, ``h`` hills, ``r`` rough, ``m``
mountains, ``U`` urban, ``~`` lake, ``x`` outside the game; one line a row, blanks between symbols ignored. Hexes are
labels, the first is "0101". The cast is always the same: ``saa`` (government) and ``isis`` at war; name ``sdf``
(coalition, rival of ``saa``) or ``iraq`` in ``factions`` to add them. Rules are the common ones; override a number
with ``rules={"units": {"stack_units": 2}}``.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from typing import Any

from game import engine
from game.dice import seed_bytes
from game.events import FactionTurnBegan, PointsSet, TurnBegan, WeatherChanged
from game.orders import Order
from game.rules import fog
from game.ruleset import Ruleset
from game.scenario.build import world_from
from game.scenario.loading import common_rules
from game.scenario.world import World
from game.schema.canonical import to_plain
from game.state import Draft, State
from game.state.start import first_state

CAST: dict[str, dict[str, Any]] = {
    "saa": {
        "name": "Syrian Arab Army", "adjective": "SAA", "bloc": "government", "command": 6, "liaison": 2, "look": "red",
    },
    "sdf": {
        "name": "Syrian Democratic Forces", "adjective": "SDF", "bloc": "coalition", "command": 5, "liaison": 2,
        "look": "yellow",
    },
    "isis": {"name": "Islamic State", "adjective": "ISIS", "bloc": "isis", "command": 5, "look": "black"},
    "iraq": {"name": "Iraqi forces", "adjective": "Iraqi", "bloc": "iraq", "command": 3, "look": "blue"},
}  # fmt: skip
STANCES = {("saa", "sdf"): "rival", ("saa", "iraq"): "friendly", ("sdf", "iraq"): "friendly"}

Pair = tuple[str, str]


def unit(name: str, faction: str, at: str = "", kind: str = "infantry", /, **numbers: Any) -> dict[str, Any]:
    """A unit: id, faction, hex (or ``arrives="2017-09-08", entry=["0101"]``), type; two steps, quality C."""
    place = {"hex": at} if at else {}
    size = "hq" if kind == "hq" else "btn"
    given = {"id": name, "name": name, "type": kind, "size": size, "steps": 2, "quality": "C", **place, **numbers}
    return {"faction": faction, **given}


def situation(
    drawing: str,
    *,
    units: Iterable[Mapping[str, Any]] = (),
    factions: Sequence[str] = ("saa", "isis"),
    stances: Mapping[Pair, str] | None = None,
    roads: Iterable[Sequence[str]] = (),
    tracks: Iterable[Sequence[str]] = (),
    highways: Iterable[Sequence[str]] = (),
    rivers: Iterable[Sequence[str]] = (),
    streams: Iterable[Sequence[str]] = (),
    scarps: Iterable[Sequence[str]] = (),
    borders: Iterable[Sequence[str]] = (),
    crossings: Iterable[tuple[str, str, str]] = (),
    places: Iterable[Mapping[str, Any]] = (),
    exits: Mapping[str, str] | None = None,
    control: Iterable[Mapping[str, Any]] = (),
    holders: Mapping[str, str] | None = None,
    sources: Mapping[str, Sequence[Mapping[str, Any]]] | None = None,
    support: Mapping[str, Mapping[str, int]] | None = None,
    replacements: Mapping[str, Sequence[Mapping[str, Any]]] | None = None,
    line: Mapping[str, Any] | None = None,
    sectors: Iterable[Mapping[str, Any]] = (),
    airspace: Iterable[Mapping[str, Any]] = (),
    events: Iterable[Mapping[str, Any]] = (),
    victory: Mapping[str, Any] | None = None,
    rules: Mapping[str, Any] | None = None,
    options: Mapping[str, bool] | None = None,
    turns: int = 10,
    days_per_turn: int = 3,
    metres: int = 5000,
    rung: int = 0,
) -> World:
    """A world from a drawn map. Rivers are major, streams minor; crossings are (side, kind, state).

    ``places``: mappings as in map.yaml (``kind`` is a village unless told). ``sources``, ``replacements``: lists as in
    forces/*.yaml by faction; ``support``: points a turn by kind and faction. ``control``: areas as in relations.yaml.
    """
    terrain = ["".join(row.split()) for row in drawing.split("\n") if row.strip()]
    troops = [dict(one) for one in units]
    canonical: dict[str, Any] = {
        "format": 1,
        "scenario": _head(factions, turns, days_per_turn, options),
        "options": dict(options or {}),
        "rules": _laid_over(_common(), rules or {}),
        "map": {
            "format": 1,
            "size": {"columns": len(terrain[0]), "rows": len(terrain)},
            "scale": {"metres_per_hex": metres},
            "terrain": terrain,
            "rivers": [*_rivers(rivers, "major"), *_rivers(streams, "minor")],
            "escarpments": [{"name": "scarp", "sides": list(sides)} for sides in scarps],
            "borders": [{"name": "border", "kind": "international", "sides": list(sides)} for sides in borders],
            "roads": [*_ways(highways, "highway"), *_ways(roads, "road"), *_ways(tracks, "track")],
            "places": [{"kind": "village", **place} for place in places],
            "exits": [{"name": name, "hex": label} for name, label in (exits or {}).items()],
        },
        "crossings": [
            {"name": f"crossing {n}", "side": side, "kind": kind, "state": now}
            for n, (side, kind, now) in enumerate(crossings, 1)
        ],
        "relations": _relations(factions, stances or {}, line, sectors, airspace, control, holders),
        "forces": {one: _forces(one, troops, sources or {}, support or {}, replacements or {}) for one in factions},
        "events": [to_event(one) for one in events],
    }
    if rung:
        canonical["relations"]["rung"] = rung
    if victory is not None:
        canonical["victory"] = {"format": 1, "bands": {}, "prizes": [], **victory}
    return world_from(canonical)


def long_road(*units: dict[str, Any], wide: int = 18, factions: Sequence[str] = ("saa", "isis"), **more: Any) -> World:
    """Empty desert that is the SAA's, a road through it from a source at its western end, and units."""
    return situation(
        "\n".join([". " * wide] * 8),
        factions=factions,
        units=units,
        roads=[[f"{column:02d}04" for column in range(1, wide + 1)]],
        sources={"saa": [{"name": "Rear", "hex": "0104"}]},
        control=[{"faction": "saa", "everything": True}],
        **more,
    )


def play(
    world: World,
    seed: int = 1,
    *,
    turn_of: str | None = None,
    turn: int = 1,
    weather: int = 0,
    seen: bool = True,
    points: int = 0,
) -> State:
    """A state in which a faction (the first of the sequence unless named) can give orders at once.

    Only movement is granted and, unless ``seen`` is False, sight is brought up to date; nothing else of the opening of
    a turn has happened. ``points`` gives that faction command points, and its liaison points.
    """
    draft = Draft(first_state(world, seed_bytes(seed)))
    faction = world.sequence[0] if turn_of is None else world.faction(turn_of)
    draft.emit(TurnBegan(turn))
    if weather:
        draft.emit(WeatherChanged(weather))
    draft.emit(FactionTurnBegan(world.sequence.index(faction), faction))
    if points:
        draft.emit(PointsSet(faction, points, world.factions[faction].liaison))
    if seen:
        for number in range(len(world.factions)):
            fog.refresh(draft, number)
    return draft.finish()


def at(moment: State | World, label: str) -> int:
    """The number of a hex by its label."""
    return (moment.world if isinstance(moment, State) else moment).grid.hex(label)


def refused(state: State, order: Order) -> str:
    """Why the faction to play cannot give an order, with the rule; "" where it can."""
    found = engine.refusal(state, order)
    return "" if found is None else str(found)


def with_units(state: State, **columns: Sequence[int]) -> State:
    """The state with columns of its units replaced."""
    told: dict[str, Any] = dict(columns)
    return replace(state, units=replace(state.units, **told), answers={})


def to_event(event: Mapping[str, Any]) -> dict[str, Any]:
    """An event as in events.yaml; name and text may be left out."""
    return {"name": str(event["id"]), "text": str(event["id"]), **event}


def _head(factions: Sequence[str], turns: int, days: int, options: Mapping[str, bool] | None) -> dict[str, Any]:
    return {
        "format": 1,
        "id": "situation",
        "title": "A situation",
        "summary": "Drawn for a test.",
        "first_day": "2017-09-05",
        "days_per_turn": days,
        "turns": turns,
        "factions": [{"id": one, **CAST.get(one, _stranger(one))} for one in factions],
        "sequence": list(factions),
        "options": dict(options or {}),
    }


def _stranger(faction: str) -> dict[str, Any]:
    return {"name": faction.title(), "adjective": faction.title(), "bloc": faction, "command": 4}


def _relations(
    factions: Sequence[str],
    stances: Mapping[Pair, str],
    line: Mapping[str, Any] | None,
    sectors: Iterable[Mapping[str, Any]],
    airspace: Iterable[Mapping[str, Any]],
    control: Iterable[Mapping[str, Any]],
    holders: Mapping[str, str] | None,
) -> dict[str, Any]:
    told = {**{frozenset(pair): s for pair, s in STANCES.items()}, **{frozenset(p): s for p, s in stances.items()}}
    pairs = [(a, b) for i, a in enumerate(factions) for b in factions[i + 1 :]]
    found: dict[str, Any] = {
        "format": 1,
        "stances": [{"a": a, "b": b, "stance": told.get(frozenset((a, b)), "war")} for a, b in pairs],
        "sectors": [{"name": str(one["id"]), **one} for one in sectors],
        "airspace": [{"name": str(one["id"]), **one} for one in airspace],
        "control": [dict(one) for one in control],
        "holders": dict(holders or {}),
    }
    return found | ({"line": dict(line)} if line is not None else {})


def _forces(
    faction: str,
    units: Sequence[Mapping[str, Any]],
    sources: Mapping[str, Sequence[Mapping[str, Any]]],
    support: Mapping[str, Mapping[str, int]],
    replacements: Mapping[str, Sequence[Mapping[str, Any]]],
) -> dict[str, Any]:
    own = [{key: value for key, value in one.items() if key != "faction"} for one in units if one["faction"] == faction]
    return {
        "format": 1,
        "faction": faction,
        "units": own,
        "sources": [
            {"name": f"source {n}", "capacity": 60, **one} for n, one in enumerate(sources.get(faction, ()), 1)
        ],
        "support": [{"kind": kind, "points": points} for kind, points in support.get(faction, {}).items()],
        "replacements": [dict(one) for one in replacements.get(faction, ())],
    }


def _rivers(lines: Iterable[Sequence[str]], kind: str) -> list[dict[str, Any]]:
    return [{"name": f"{kind} river {n}", "kind": kind, "sides": list(sides)} for n, sides in enumerate(lines, 1)]


def _ways(paths: Iterable[Sequence[str]], kind: str) -> list[dict[str, Any]]:
    return [{"name": f"{kind} {n}", "kind": kind, "path": list(path)} for n, path in enumerate(paths, 1)]


@lru_cache(maxsize=1)
def _common_rules() -> Ruleset:
    return common_rules()


@lru_cache(maxsize=1)
def _common() -> dict[str, Any]:
    plain: dict[str, Any] = to_plain(_common_rules())
    return plain


def _laid_over(base: Any, over: Any) -> Any:
    if not isinstance(base, Mapping) or not isinstance(over, Mapping):
        return over
    return {**base, **{key: _laid_over(base.get(key, {}), value) for key, value in over.items()}}
