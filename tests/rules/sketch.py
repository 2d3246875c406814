"""Situations of the chapters on supply, people, weather and reinforcements, set up to the last column.

The cast is the campaign's: saa and its friend iraq, the rival sdf, and isis, at war with them all. The ground belongs
to saa unless a test says otherwise, and nobody has seen anything yet.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from game.hexgrid import grid
from game.ruleset import Ruleset
from game.scenario.loading import common_rules
from game.state import State
from tests import situation as drawn

SAA, SDF, ISIS, IRAQ = range(4)
CAST = ("saa", "sdf", "isis", "iraq")
COLUMNS = ("disrupted", "spent", "supply", "cut", "due", "hidden", "dry")


def shipped_rules() -> Ruleset:
    """The ruleset of ``scenarios/rules``."""
    return common_rules()


def unit(name: str, faction: int, at: str, *traits: str, **other: Any) -> dict[str, Any]:
    """A unit in a hex ("" off the map); ``other`` sets its columns in the state, ``left`` the steps it has left."""
    return {"name": name, "faction": faction, "at": at, "traits": traits, **other}


def sketch(
    terrain: str,
    *,
    roads: Sequence[tuple[str, Sequence[str]]] = (),
    river: Sequence[str] = (),
    crossings: Sequence[tuple[str, str, str]] = (),
    places: Sequence[Mapping[str, Any]] = (),
    units: Sequence[Mapping[str, Any]] = (),
    sources: Mapping[int, Sequence[Mapping[str, Any]]] | None = None,
    control: Mapping[int, Sequence[str]] | None = None,
    replacements: Mapping[str, Sequence[Mapping[str, Any]]] | None = None,
    rules: Ruleset | None = None,
    **clock: Any,
) -> State:
    """The moment a drawing shows; ``clock`` sets the turn, the weather, deposits and support points."""
    by_kind = {kind: [path for road, path in roads if road == kind] for kind in ("highway", "road", "track")}
    world = drawn.situation(
        terrain, units=[_entry(one) for one in units], factions=CAST, highways=by_kind["highway"],
        roads=by_kind["road"], tracks=by_kind["track"], rivers=[river] if river else (), crossings=crossings,
        places=places, sources={CAST[number]: given for number, given in (sources or {}).items()},
        replacements=replacements, turns=26,
    )  # fmt: skip
    if rules is not None:
        world = replace(world, rules=rules, answers={})
    state = drawn.play(world, seen=False, turn=clock.get("turn", 1), points=6)
    holders = [SAA] * world.grid.size
    for holder, labels in (control or {}).items():
        for label in labels:
            holders[world.grid.hex(label)] = holder
    table = state.units
    rows = [next(one for one in units if _id(one) == name) for name in world.roster.id]
    for name in COLUMNS:
        table = replace(table, **{name: tuple(one.get(name, 0) for one in rows)})
    table = replace(table, steps=tuple(one.get("left", one.get("steps", 3)) for one in rows))
    return replace(
        state, units=table, hexes=replace(state.hexes, control=tuple(holders)), clock=replace(state.clock, **clock)
    ).with_fresh_answers()


def _id(one: Mapping[str, Any]) -> str:
    return str(one["name"]).lower().replace(" ", "-")


def _entry(one: Mapping[str, Any]) -> dict[str, Any]:
    hexes = grid(10, 6)  # only the reinforcements of a small map arrive
    where = {} if one["at"] else {"arrives": "2017-09-05", "entry": [hexes.label(here) for here in one["entry"]]}
    numbers = {"name": one["name"], "steps": one.get("steps", 3), "traits": list(one["traits"])}
    return drawn.unit(_id(one), CAST[one["faction"]], one["at"], **numbers, **where)
