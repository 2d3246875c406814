"""Chapter 12: sight, knowledge, and views that hold no more."""

from __future__ import annotations

import dataclasses

import pytest

from game import engine
from game import orders as od
from game.events import Spotted, TurnBegan
from game.rules import fog
from game.state import Draft, State
from game.state.codes import Knowledge
from game.view import view
from tests.situation import at, play, situation, unit

WIDE = "\n".join([". " * 12] * 6)


def level(state: State, name: str, faction: int = 0) -> int:
    return state.intel[faction].level[state.world.row[name]]


def test_12_1_near_enemies_are_identified_further_ones_are_contacts_and_far_ones_unseen() -> None:
    world = situation(
        WIDE,
        units=[
            unit("a", "saa", "0303"),
            unit("next", "isis", "0403"),
            unit("near", "isis", "0503"),
            unit("far", "isis", "0903"),
        ],
    )
    state = play(world)
    assert [level(state, name) for name in ("next", "near", "far")] == [2, 1, 0]


def test_12_1_weather_and_cover_shorten_sight_and_height_lengthens_it() -> None:
    sketch = WIDE.replace(". . . . . . . . . . . .", ". . h . U . . . . . . .", 3).replace(". . h . U", ". . . . .", 2)
    world = situation(sketch, units=[unit("a", "saa", "0203"), unit("town", "isis", "0503"), unit("b", "saa", "0303")])
    row = world.row["b"]
    assert (
        fog.sight_range(play(world), row, at(world, "0303"))
        == world.roster.sight[row] + world.rules.fog.high_ground_bonus
    )
    assert fog.sight_range(play(world, weather=1), row, at(world, "0204")) == max(1, world.roster.sight[row] - 1)
    assert level(play(world), "town") == 0, "two hexes off, in the streets"


@pytest.mark.parametrize(
    ("kind", "weather", "ground", "levels"),
    [
        ("infantry", 0, ".", [2, 1, 1, 0, 0]),
        ("recon", 0, ".", [2, 2, 1, 1, 0]),
        ("special", 0, ".", [2, 2, 1, 1, 0]),
        ("infantry", 1, ".", [2, 1, 0, 0, 0]),
        ("infantry", 2, ".", [2, 1, 0, 0, 0]),
        ("infantry", 0, "h", [2, 1, 1, 1, 0]),
        ("infantry", 2, "h", [2, 1, 1, 0, 0]),
    ],
)  # fmt: skip
def test_12_1_sight_ends_at_its_range_and_names_end_at_theirs(
    kind: str, weather: int, ground: str, levels: list[int]
) -> None:
    drawing = "\n".join([". " * 12] * 2 + [f". . {ground} " + ". " * 9] + [". " * 12] * 2)
    watcher = unit("a", "saa", "0303", kind, sight=3 if kind == "infantry" else 4)
    state = play(situation(drawing, units=[watcher, unit("e", "isis", "1205")]), weather=weather)
    here, grid = at(state.world, "0303"), state.world.grid
    seen = fog.visible_hexes(state, 0)
    for distance, level in enumerate(levels, 1):
        for there in range(grid.size):
            if grid.distance(here, there) == distance:
                assert fog.seen_level(state, 0, here, 1, there) == level, (distance, there)
                assert bool(seen[there]) == bool(level)


def test_12_1_cover_shortens_sight_into_a_hex_but_never_to_the_next_one() -> None:
    drawing = "\n".join([". " * 8, ". . U . . . . . ", ". U . U . U . U ", ". " * 8])
    state = play(situation(drawing, units=[unit("a", "saa", "0303", sight=3), unit("e", "isis", "0801")]))
    world, here = state.world, at(state.world, "0303")
    seen = fog.visible_hexes(state, 0)
    for there in range(world.grid.size):
        distance = world.grid.distance(here, there)
        cover = world.rules.terrain.kinds["urban"].cover if fog.covers(world)[there] else 0
        assert bool(seen[there]) == (distance <= 1 or distance <= 3 - cover), world.grid.label(there)
        assert bool(fog.seen_level(state, 0, here, 1, there)) == bool(seen[there])
    assert 0 < world.rules.terrain.kinds["urban"].cover < 3


def test_12_1_over_the_major_river_sight_tells_no_names_but_from_a_height() -> None:
    for ground, rivers, streams, known in (
        (".", [["0202/S"]], (), 1), ("h", [["0202/S"]], (), 2), (".", (), [["0202/S"]], 2), (".", (), (), 2),
    ):  # fmt: skip
        drawing = f". . .\n. {ground} .\n. . ."
        cast = [unit("a", "saa", "0202"), unit("e", "isis", "0203")]
        world = situation(drawing, units=cast, rivers=rivers, streams=streams)
        assert level(play(world), "e") == known
        free = situation(drawing, units=cast, rivers=rivers, rules={"fog": {"own_bank_only": 0}})
        assert level(play(free), "e") == 2


def test_who_sees_a_unit_sees_what_an_order_makes_of_it() -> None:
    cast = [unit("a", "saa", "0203"), unit("near", "isis", "0303", steps=3), unit("far", "isis", "1203", steps=3)]
    world = situation(WIDE, units=[*cast, unit("b", "saa", "0504")])
    state = play(world, turn_of="isis")
    dug, _ = engine.apply(state, od.DigIn("near"))
    assert dug.intel[0].dug[world.row["near"]] == dug.units.dug[world.row["near"]] > 0
    draft = Draft(state)
    draft.emit(Spotted(0, world.row["far"], Knowledge.IDENTIFIED, at(world, "1203")))
    old = replace_turn(draft.finish(), 2)
    later, _ = engine.apply(old, od.DigIn("far"))
    assert later.units.dug[world.row["far"]] > later.intel[0].dug[world.row["far"]] == 0, "nobody looks there"


def replace_turn(state: State, turn: int) -> State:
    return dataclasses.replace(state, clock=dataclasses.replace(state.clock, turn=turn), answers={})


def test_12_2_a_contact_out_of_sight_is_remembered_for_its_turns_and_then_forgotten() -> None:
    world = situation(WIDE, units=[unit("a", "saa", "0103"), unit("far", "isis", "1003")])
    draft, row, turns = Draft(play(world)), world.row["far"], world.rules.fog.remember_turns
    draft.emit(Spotted(0, row, Knowledge.CONTACT, at(world, "1003")))
    for turn in range(2, turns + 3):
        draft.emit(TurnBegan(turn))
        fog.refresh(draft, 0)
        assert bool(draft.intel[0].level[row]) == (turn <= turns + 1), turn


def test_12_3_hidden_cells_are_seen_by_nobody_passing_by() -> None:
    world = situation(WIDE, units=[unit("a", "saa", "0303"), unit("c", "isis", "0403", "cell", hidden=True)])
    assert level(play(world), "c") == 0


def test_4_9_cells_go_to_ground_and_show_themselves_when_they_move() -> None:
    world = situation(WIDE, units=[unit("a", "saa", "0303"), unit("c", "isis", "0903", "cell")])
    state, _ = engine.apply(play(world, turn_of="isis"), od.DigIn("c"))
    assert state.units.hidden[world.row["c"]] == 1
    again = engine.refusal(state, od.DigIn("c"))
    assert again is not None
    near = situation(WIDE, units=[unit("a", "saa", "0303"), unit("c", "isis", "0403", "cell")])
    refusal = engine.refusal(play(near, turn_of="isis"), od.DigIn("c"))
    assert refusal is not None and "go to ground" in refusal.why


def test_12_4_the_people_of_a_held_town_report() -> None:
    town = [{"name": "Town", "hex": "0803", "population": 20}]
    cast = [unit("a", "saa", "0103"), unit("e", "isis", "0903")]
    told = situation(WIDE, units=cast, places=town, holders={"Town": "saa"})
    silent = situation(WIDE, units=cast, places=[{"name": "Town", "hex": "0803"}], holders={"Town": "saa"})
    assert level(play(told), "e") == 1
    assert level(play(silent), "e") == 0


def test_12_6_a_contact_stays_where_it_was_last_seen_until_the_hex_is_seen_empty() -> None:
    world = situation(WIDE, units=[unit("a", "saa", "0303"), unit("e", "isis", "0503", "mobile")])
    state, _ = engine.apply(play(world), od.EndTurn())
    assert level(state, "e") >= 1
    way = engine.reach(state, "e").path(at(world, "1003"))
    state, _ = engine.apply(state, od.Move("e", way))
    last = state.intel[0].hex[world.row["e"]]
    assert last != at(world, "1003"), "it drove out of sight"
    state, _ = engine.apply(state, od.EndTurn())
    seen = fog.visible_hexes(state, 0)
    if seen[last]:
        assert level(state, "e") == 0


def test_a_view_holds_neither_rows_nor_names_of_the_unseen() -> None:
    world = situation(
        WIDE,
        units=[
            unit("a", "saa", "0303"),
            unit("near", "isis", "0503"),
            unit("far", "isis", "1103"),
            unit("late", "isis", arrives="2017-09-20", entry=["0101"]),
        ],
    )
    mine = view(play(world), 0).state
    assert set(mine.world.row) == {"a", "contact-0503-1"}
    assert "far" not in repr(mine.world.roster) and "late" not in repr(mine.world.roster)
    assert mine.seed != play(world).seed


def test_a_view_tells_of_others_nothing_but_what_was_seen_of_them() -> None:
    world = situation(WIDE, units=[unit("a", "saa", "0303"), unit("near", "isis", "0403")])
    state = play(world)
    seen = view(state, 0)
    row = seen.state.world.row["near"]
    told = {
        name: getattr(seen.state.units, name)[row] for name in ("steps", "entry", "mp", "spent", "supply", "locked")
    }
    assert told == {"steps": 2, "entry": -1, "mp": 0, "spent": 0, "supply": 0, "locked": 0}
    assert seen.state.units.mp[seen.state.world.row["a"]] > 0


def test_views_are_equal_when_only_the_unknown_differs() -> None:
    world = situation(
        WIDE, units=[unit("a", "saa", "0303"), unit("e", "isis", "0903"), unit("f", "isis", "1003", steps=3)]
    )
    one = play(world)
    units = dataclasses.replace(
        one.units, hex=(one.units.hex[0], at(world, "1205"), at(world, "1101")), steps=(2, 1, 2)
    )
    other = dataclasses.replace(one, units=units, answers={})
    assert one.digest() != other.digest()
    mine, his = view(one, 0).state, view(other, 0).state
    assert mine.digest() == his.digest() and mine.world.roster == his.world.roster
    orders = [repr(order) for order in engine.legal_orders(mine)]
    assert orders == [repr(order) for order in engine.legal_orders(his)]


def test_a_contact_does_not_betray_its_exact_steps() -> None:
    cast = [unit("a", "saa", "0303"), unit("e", "isis", "0503", steps=3)]
    three = view(play(situation(WIDE, units=cast)), 0).state
    four = view(play(situation(WIDE, units=[cast[0], unit("e", "isis", "0503", steps=4)])), 0).state
    assert three.units.steps == four.units.steps
    assert three.digest() == four.digest()


def test_an_order_made_on_the_view_is_accepted_by_the_true_state() -> None:
    world = situation(
        WIDE, units=[unit("a", "saa", "0303"), unit("e", "isis", "0503"), unit("h", "isis", "0505", hidden=True)]
    )
    state = play(world)
    for order in engine.legal_orders(view(state, 0).state):
        assert engine.refusal(state, order) is None, order


@pytest.mark.parametrize(("steps", "size"), [(1, 0), (2, 1), (3, 2), (4, 2)])
def test_a_contact_looks_like_others_of_its_size_and_moves_like_trucks(steps: int, size: int) -> None:
    traits = ["raider", "column"]
    cast = [unit("a", "saa", "0303"), unit("e", "isis", "0503", "armour", steps=steps, quality="A", traits=traits)]
    state = play(situation(WIDE, units=cast))
    shown = state.world.rules.units.contacts[size]
    assert shown.low <= steps <= shown.high
    seen = view(state, 0).state
    roster, row = seen.world.roster, seen.world.row["contact-0503-1"]
    told = {
        "name": shown.name.capitalize(), "type": f"contact-{size}", "symbol": "contact", "echelon": "",
        "steps": shown.high, "attack": shown.attack, "defence": shown.defence, "movement": 28, "mobility": 1,
        "quality": 1, "reach": 0, "sight": 2, "traits": frozenset(), "formation": "", "sector": "", "start": -1,
        "parent": "", "note": "", "faction": 1,
    }  # fmt: skip
    assert {name: getattr(roster, name)[row] for name in told} == told
    assert (seen.units.steps[row], seen.units.disrupted[row], seen.units.hidden[row]) == (shown.high, 0, 0)
