"""The morning of the first day: who is besieged, who stands between, and what it takes to reach them."""

from __future__ import annotations

from functools import cache

import pytest

from game import engine
from game.rules import supply
from game.scenario.world import World
from game.state import State
from tests.worlds import world_of

ENCLAVE = {"race_for_deir_ezzor": ("137th Brigade base", "Panorama", "Al-Qusour"),
           "breaking_the_siege": ("137th Brigade base", "Panorama", "Al-Qusour")}  # fmt: skip
AIRFIELD = "Deir ez-Zor airport"
BOTH = pytest.mark.parametrize("name", sorted(ENCLAVE))


@cache
def start(name: str) -> State:
    return engine.start(world_of(name), 1)


def at(world: World, place: str) -> int:
    return next(one.hex for one in world.places if one.name == place)


def roads(state: State) -> dict[int, list[int]]:
    """Hex -> hexes that a road joins it to."""
    world = state.world
    joined: dict[int, list[int]] = {}
    for side, road in enumerate(world.road):
        one, other = world.grid.ends[side]
        if road and other >= 0:
            joined.setdefault(one, []).append(other)
            joined.setdefault(other, []).append(one)
    return joined


def troops_against(state: State, faction: int) -> set[int]:
    """Hexes where enemies of a faction stand."""
    owners = state.world.roster.faction
    return {here for row, here in enumerate(state.units.hex) if here >= 0 and state.world.at_war(faction, owners[row])}


@BOTH
def test_garrison_and_airfield_are_cut_off(name: str) -> None:
    state = start(name)
    saa = state.world.faction("saa")
    for place in (*ENCLAVE[name], AIRFIELD):
        assert not supply.is_connected(state, saa, at(state.world, place)), place


@BOTH
def test_garrison_and_airfield_are_apart(name: str) -> None:
    state = start(name)
    saa, grid = state.world.faction("saa"), state.world.grid
    held = {here for here, owner in enumerate(state.hexes.control) if owner == saa}
    found, edge = {at(state.world, AIRFIELD)}, [at(state.world, AIRFIELD)]
    while edge:
        edge = sorted({there for one in edge for there in grid.near[one] if there in held and there not in found})
        found.update(edge)
    assert not found & {at(state.world, place) for place in ENCLAVE[name]}


@BOTH
def test_troops_stand_across_every_road_to_the_enclaves(name: str) -> None:
    """A relief column meets ISIS on each road before it meets the garrison: the screen takes a fight to open."""
    state = start(name)
    world, saa = state.world, state.world.faction("saa")
    joined, hostile = roads(state), troops_against(state, saa)
    besieged = {at(world, place) for place in (*ENCLAVE[name], AIRFIELD)}
    seen = {
        here for row, here in enumerate(state.units.hex)
        if here >= 0 and world.roster.faction[row] == saa and supply.is_connected(state, saa, here)
    }  # fmt: skip
    edge = sorted(seen)
    while edge:
        edge = sorted({there for one in edge for there in joined.get(one, ()) if there not in seen | hostile})
        seen.update(edge)
    assert not seen & besieged, [world.grid.label(here) for here in sorted(seen & besieged)]


def test_troops_stand_in_every_hex_before_the_137th_base() -> None:
    """In the campaign nobody slips past: no open ground leads from the columns to the base, zones of control aside."""
    state = start("race_for_deir_ezzor")
    world, saa = state.world, state.world.faction("saa")
    hostile, base = troops_against(state, saa), at(world, "137th Brigade base")
    besieged = {at(world, place) for place in (*ENCLAVE["race_for_deir_ezzor"], AIRFIELD)}
    open_hexes = [world.grid.label(there) for there in world.grid.near[base] if there not in besieged | hostile]
    assert not open_hexes


@BOTH
def test_no_stack_is_too_large_and_no_enemies_share_a_hex(name: str) -> None:
    state = start(name)
    world, rules = state.world, state.world.rules.units
    for here in sorted({one for one in state.units.hex if one >= 0}):
        rows = state.units_at(here)
        assert len({world.roster.faction[row] for row in rows}) == 1, world.grid.label(here)
        line = [row for row in rows if "hq" not in world.roster.traits[row]]
        assert len(line) <= rules.stack_units and sum(state.units.steps[row] for row in line) <= rules.stack_steps


def test_everyone_but_the_besieged_starts_in_supply() -> None:
    for name in sorted(ENCLAVE):
        state = start(name)
        world = state.world
        cut = {
            world.roster.id[row] for row, here in enumerate(state.units.hex)
            if here >= 0 and not supply.is_connected(state, world.roster.faction[row], here)
        }  # fmt: skip
        besieged = {
            world.roster.id[row] for row, here in enumerate(state.units.hex)
            if here >= 0 and world.factions[world.roster.faction[row]].id == "saa"
            and any(world.grid.distance(here, at(world, place)) <= 3 for place in (*ENCLAVE[name], AIRFIELD))
        }  # fmt: skip
        assert cut <= besieged, sorted(cut - besieged)


def test_high_ground_stands_over_the_taamen_base_in_a_hex_of_its_own() -> None:
    for name in sorted(ENCLAVE):
        world = start(name).world
        hill, base = at(world, "Tal Rubiyat"), at(world, "Ta'meen base")
        assert world.grid.distance(hill, base) == 1
        assert world.rules.terrain.kinds and list(world.rules.terrain.kinds.values())[world.terrain[hill]].high
