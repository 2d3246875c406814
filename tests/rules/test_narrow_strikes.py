"""Strikes and sieges at the limit: two kinds that are refused, either bank of a crossing, the first faction."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from game import engine
from game import events as ev
from game import orders as od
from game.rules import deconfliction, people, strikes, support
from game.rules.refusal import Refusal
from game.state import Draft, State
from game.state.codes import CrossingState
from tests.situation import at, play, refused, situation, unit

LANE = ". . . . .\n. . . . ."
FIELD = "\n".join([". " * 9] * 6)
THREE = ("saa", "sdf", "isis")


def in_hand(state: State, *points: tuple[str, int], faction: int = 0) -> State:
    """The same with points of support for a faction."""
    rows = tuple(points if number == faction else () for number in range(len(state.world.factions)))
    return replace(state, clock=replace(state.clock, support=rows), answers={})


# --- crossings and roads ------------------------------------------------------------------------------------------


def bank(**more: Any) -> State:
    """A bridge at 0403/NE between 0403 and the next column, troops of the SAA six hexes off."""
    cast = [unit("a", "saa", "0202"), unit("foe", "isis", "0806")]
    world = situation(FIELD, units=cast, rivers=[["0403/NE"]], crossings=[("0403/NE", "bridge", "open")], **more)
    return in_hand(play(world, points=5), ("fires", 1), ("strike", 2))


def sky(state: State, here: int) -> list[dict[str, Any]]:
    return [{"id": "sky", "name": "Sky", "hexes": [state.world.grid.label(here)], "no_fly": True}]


def test_9_9_a_strike_on_a_crossing_is_flown_to_its_first_bank() -> None:
    side = bank().world.grid.side("0403/NE")
    ends = bank().world.grid.ends[side]
    for end, kind in ((ends[0], "fires"), (ends[1], "strike")):
        state = bank(airspace=sky(bank(), end))
        assert not refused(state, od.StrikeBridge(side))
        after, events = engine.apply(state, od.StrikeBridge(side))
        fire = next(one for one in events if isinstance(one, ev.FireResolved))
        assert (fire.kind, fire.target) == (kind, ends[0])
        left = {"fires": 1, "strike": 2} | {kind: state.support_of(0)[kind] - 1}
        assert {name: after.support_of(0).get(name, 0) for name in left} == left, "one point, of that kind"
        assert (after.sites.state[0] != CrossingState.OPEN) == ("broken" in fire.result)


def test_where_every_kind_is_refused_the_reason_of_the_one_with_most_points_is_told() -> None:
    side = bank().world.grid.side("0403/NE")
    first = bank().world.grid.ends[side][0]
    for kinds, words in (
        ((("strike", 2),), "closed to flights"), ((("strike", 2), ("fires", 1)), "closed to flights"),
        ((("strike", 1), ("fires", 2)), "no unit within"), ((), "no support left"),
        ((("strike", 0),), "no support left"),
        ((("drones", 2),), "no support left"),
    ):  # fmt: skip
        state = in_hand(
            bank(airspace=sky(bank(), first), rules={"support": {"kinds": {"fires": {"range": 1}}}}), *kinds
        )
        assert words in refused(state, od.StrikeBridge(side)), kinds
        found = strikes.best_kind(state, 0, first, "bridge")
        assert isinstance(found, Refusal) and words in found.why


@pytest.mark.parametrize(("kinds", "best"), [
    ((("fires", 1), ("strike", 2)), "strike"), ((("fires", 2), ("strike", 1)), "fires"),
    ((("fires", 2), ("strike", 2)), "fires"), ((("drones", 9), ("strike", 1)), "strike"),
])  # fmt: skip
def test_the_kind_with_most_points_is_used_and_of_equals_the_first_by_name(
    kinds: tuple[tuple[str, int], ...], best: str
) -> None:
    state = in_hand(bank(), *kinds)
    assert strikes.best_kind(state, 0, at(state, "0403"), "bridge") == best


def test_11_3_an_interdiction_needs_no_identified_target_and_so_provokes_no_more() -> None:
    cast = [unit("a", "saa", "0202"), unit("dmc", "sdf", "0402"), unit("foe", "isis", "0906")]
    state = in_hand(
        play(situation(FIELD, factions=THREE, units=cast, roads=[["0302", "0303"]]), points=5), ("fires", 2)
    )
    here = at(state, "0302")
    plain = deconfliction.risk(state, 0, strikes.interdict_act(state, 0, "fires", here)).percent
    blind = deconfliction.risk(state, 0, strikes.strike_act(state, 0, "fires", here)).percent
    rules = state.world.rules.deconfliction
    assert plain == rules.adjacent * rules.acts.strike // 100 > 0
    assert blind == min(rules.most, plain * rules.unidentified // 100) > plain
    _, events = engine.apply(state, od.Interdict(here))
    assert [one.chance for one in events if isinstance(one, ev.IncidentRolled)] == [plain]


def test_11_7_a_road_on_which_the_other_bloc_is_known_to_stand_is_not_interdicted() -> None:
    for there, words in (("0302", "other bloc has troops in 0302"), ("0402", "")):
        cast = [unit("a", "saa", "0202", sight=4), unit("dmc", "sdf", there), unit("foe", "isis", "0906")]
        world = situation(FIELD, factions=THREE, units=cast, roads=[["0302", "0303"]])
        state = in_hand(play(world, points=5), ("fires", 2))
        said = refused(state, od.Interdict(at(state, "0302")))
        assert words in said if words else said == "", there


# --- hits ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("owner", "striker"), [("isis", "saa"), ("saa", "isis")])
def test_9_16_a_salvo_closes_the_arsenal_of_the_first_faction_as_of_any_other(owner: str, striker: str) -> None:
    world = situation(
        LANE, units=[unit("a", "saa", "0202"), unit("foe", "isis", "0402")],
        sources={owner: [{"name": "depots", "hex": "0301", "capacity": 20, "arsenal": True}]},
        control=[{"faction": owner, "hexes": ["0301"]}], rules={"support": {"kinds": {"kalibr": {"hit": 100}}}},
    )  # fmt: skip
    faction = world.faction(striker)
    state = in_hand(play(world, turn_of=striker, points=5), ("kalibr", 1), faction=faction)
    after, events = engine.apply(state, od.Strike("kalibr", at(state, "0301"), 1))
    struck = [one for one in events if isinstance(one, ev.ArsenalStruck)]
    assert [(one.faction, one.owner) for one in struck] == [(faction, world.faction(owner))]
    assert sum(isinstance(one, ev.FireResolved) for one in events) == 1, "a point falls once"
    assert dict(after.clock.struck) == {at(state, "0301"): 1 + world.rules.support.arsenal_turns}


def test_13_3_the_log_names_the_column_that_an_ambush_destroys() -> None:
    cast = [unit("trucks", "saa", "0301", "logistics", steps=1, traits=["column"]), unit("foe", "isis", "0201")]
    rules = {"support": {"kinds": {"ambush": {"hit": 100}}, "cover": 0}}
    state = in_hand(play(situation(LANE, units=cast, rules=rules), turn_of="isis", points=5), ("ambush", 1), faction=1)
    _, events = engine.apply(state, od.Strike("ambush", at(state, "0301"), 1))
    fires = [one for one in events if isinstance(one, ev.FireResolved)]
    assert [(one.unit, one.result) for one in fires] == [(state.world.row["trucks"], "a supply column destroyed")]


@pytest.mark.parametrize(("kind", "label", "harmed"), [
    ("strike", "0301", True), ("strike", "0401", False), ("drones", "0301", False),
])  # fmt: skip
def test_9_8_heavy_fire_on_a_town_does_harm_and_light_fire_or_fire_elsewhere_none(
    kind: str, label: str, harmed: bool
) -> None:
    town = {"name": "Town", "hex": "0301", "kind": "town", "size": 2, "population": 30}
    cast = [unit("a", "saa", "0202", sight=4), unit("foe", "isis", label)]
    world = situation(LANE, units=cast, places=[town], holders={"Town": "isis"})
    state = in_hand(play(world, points=5), (kind, 2))
    points = 2 if world.rules.support.kinds[kind].per_strike >= 2 else 1
    after, events = engine.apply(state, od.Strike(kind, at(state, label), points))
    told = [one.harm for one in events if isinstance(one, ev.CiviliansHarmed)]
    heavy = world.rules.support.kinds[kind].harm
    assert told == ([points * heavy * people.crowd_harm(world, 30)] if harmed else [])
    assert after.factions.harm[0] == sum(told) and bool(heavy) == (kind == "strike")


# --- sieges -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("pass_", "ringed"), [("m", False), ("~", True)])
def test_13_2_a_way_out_on_foot_is_a_way_out(pass_: str, ringed: bool) -> None:
    town = {"name": "Town", "hex": "0503", "kind": "town", "size": 2, "population": 60}
    rows = [["."] * 9 for _ in range(6)]
    rows[1][4] = pass_  # 0502, north of the town
    world = situation(
        "\n".join(map(" ".join, rows)), units=[unit("den", "isis", "0503", "garrison"), unit("a", "saa", "0906")],
        places=[town], holders={"Town": "isis"},
    )  # fmt: skip
    here, state = at(world, "0503"), play(world)
    ring = set(world.grid.near[here]) - {at(world, "0502")}
    control = tuple(0 if one in ring else 1 if one == here else -1 for one in range(world.grid.size))
    state = replace(state, hexes=replace(state.hexes, control=control), places=replace(state.places, hunger=(9,)))
    state = replace(state, answers={})
    assert people.besieger(state, here) == (0 if ringed else people.NOBODY)
    draft = Draft(state)
    people.feed(draft)
    told = [(one.faction, one.why) for one in draft.events if isinstance(one, ev.CiviliansHarmed)]
    alone = (people.NOBODY, "hunger in a town that is cut off")
    assert told == ([(0, "hunger under siege"), alone] if ringed else [alone])
    laid = 3 * world.rules.people.besieger_percent // 100 if ringed else 0
    assert list(draft.factions.harm) == [laid, 0], "the first faction bears its share as any other"
    assert draft.places.harm[0] == 3


@pytest.mark.parametrize(("exits", "most", "ringed"), [
    ({}, 40, True), ({"North": "0502"}, 40, False), ({"North": "0501"}, 40, True), ({}, 2, True), ({}, 1, False),
])  # fmt: skip
def test_13_2_a_ring_may_lie_further_off_unless_it_holds_an_exit_or_is_too_wide(
    exits: dict[str, str], most: int, ringed: bool
) -> None:
    town = {"name": "Town", "hex": "0503", "kind": "town", "size": 2, "population": 60}
    world = situation(
        FIELD, units=[unit("den", "isis", "0503", "garrison"), unit("a", "saa", "0906")], places=[town],
        holders={"Town": "isis"}, exits=exits, rules={"people": {"siege_hexes": most}},
    )  # fmt: skip
    pocket, state = {at(world, "0503"), at(world, "0502")}, play(world)
    ring = {near for here in pocket for near in world.grid.near[here]} - pocket
    control = tuple(0 if one in ring else 1 if one == at(world, "0503") else -1 for one in range(world.grid.size))
    state = replace(state, hexes=replace(state.hexes, control=control), answers={})
    assert people.besieger(state, at(world, "0503")) == (0 if ringed else people.NOBODY)


@pytest.mark.parametrize(("label", "zone", "who"), [
    ("0301", True, 0), ("0202", True, 0), ("0101", True, 0), ("0501", True, people.NOBODY),
    ("0301", False, people.NOBODY),
    ("0401", True, people.NOBODY), ("0502", True, 0),
])  # fmt: skip
def test_13_2_a_way_out_is_shut_by_troops_by_ground_and_by_a_zone(label: str, zone: bool, who: int) -> None:
    cast = [unit("a", "saa", "0201", steps=3 if zone else 1), unit("b", "isis", "0401"), unit("c", "iraq", "0501")]
    world = situation(LANE, factions=("saa", "isis", "iraq"), units=[*cast, unit("x", "saa", "0101", steps=1)],
                      stances={("isis", "iraq"): "allied"})  # fmt: skip
    state = play(world)
    control = tuple(0 if here == at(world, "0502") else -1 for here in range(world.grid.size))
    state = replace(state, hexes=replace(state.hexes, control=control), answers={})
    assert people._enemy_over(state, 1, at(world, label)) == who


@pytest.mark.parametrize(("weather", "percent"), [(0, 100), (1, 150), (2, 125)])
def test_9_8_the_harm_of_heavy_fire_grows_with_its_points_and_is_rounded_up(weather: int, percent: int) -> None:
    town = {"name": "Town", "hex": "0301", "kind": "town", "size": 2, "population": 30}
    state = play(situation(LANE, units=[unit("a", "saa", "0101")], places=[town]), weather=weather)
    harm = people.crowd_harm(state.world, 30)
    found = [people.expected_harm(state, at(state, "0301"), points) for points in range(30)]
    assert found == [(points * harm * percent + 99) // 100 for points in range(30)]
    assert people.expected_harm(state, at(state, "0401"), 9) == 0, "nobody lives there"


def test_support_that_cannot_strike_is_not_asked_for_a_chance() -> None:
    state = in_hand(bank(), ("recon", 2), ("airdrop", 2))
    here = at(state, "0806")
    for kind in ("recon", "airdrop"):
        assert "at most 0 at once" in refused(state, od.Strike(kind, here, 1)), kind
    assert "no kind of support" in refused(state, od.Strike("magic", here, 1))
    assert set(support.heavy_kinds(state.world)) == {"strike", "fires", "kalibr", "svbied"}
