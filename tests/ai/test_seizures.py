"""Empty prizes are taken at once by whoever is missed least; defenders come out for a blow where they can be spared."""

from __future__ import annotations

from typing import Any

import pytest

from game import orders as od
from game.ai.staff import seizures
from game.ai.staff.notebook import Task
from game.scenario.world import World
from tests.ai.stage import game, holder, orders_of, play_turns, prize, where
from tests.ai.test_habits import DEFENDERS, PLAIN, STAFF, desk, foot, holding, told
from tests.situation import situation, unit


def fields(*troops: dict[str, object], **more: Any) -> World:
    """Two empty fields of ISIS north and south of the road, a strong town at its end."""
    return situation(
        PLAIN,
        units=[*troops, unit("g", "isis", "0903", steps=3, dug=2), unit("h", "isis", "0903", steps=3, dug=2)],
        roads=[[f"{n:02d}03" for n in range(1, 10)]],
        places=[
            {"name": "North", "hex": "0501", "size": 1}, {"name": "South", "hex": "0505", "size": 1},
            {"name": "Far", "hex": "0903", "size": 1},
        ],
        sources={"saa": [{"name": "Rear", "hex": "0103"}], "isis": [{"name": "Cellars", "hex": "0903"}]},
        control=[{"faction": "isis", "box": ["0401", "0905"]}, {"faction": "saa", "box": ["0101", "0305"]}],
        **{"victory": {"prizes": [prize("North", 2), prize("South", 2), prize("Far", 9)]}, **more},
    )  # fmt: skip


def test_empty_prizes_in_reach_are_taken_off_the_axis_by_the_weakest() -> None:
    weak = [unit("w1", "saa", "0303", steps=2, sight=3), unit("w2", "saa", "0304", steps=2, sight=3)]
    strong = [unit("s1", "saa", "0302", "mech", steps=3, quality="A"), unit("s2", "saa", "0302", "mech", steps=3)]
    session = game(told(fields(*weak, *strong), saa={"axes": 1}), STAFF)
    play_turns(session, 1)
    assert {holder(session, "0501"), holder(session, "0505")} == {"saa"}
    assert {where(session, "w1"), where(session, "w2")} == {"0501", "0505"}


def test_a_prize_that_nobody_sees_may_be_held_and_is_not_seized() -> None:
    for sight, wanted in ((1, set[str]()), (6, {"0501", "0505"})):
        seen = desk(fields(unit("w", "saa", "0303", steps=2, sight=sight)))
        assert {seen.grid.label(here) for here in seizures.wanted(seen)} == wanted


@pytest.mark.parametrize(("interest", "taken"), [({"North": 0}, False), ({"North": 100}, True)])
def test_what_doctrine_leaves_to_others_is_left_though_it_stands_empty(interest: dict[str, int], taken: bool) -> None:
    session = game(
        told(fields(*({**one, "sight": 6} for one in foot("0303", 3))), saa={"axes": 1, "interest": interest}), STAFF
    )
    play_turns(session, 1)
    assert (holder(session, "0501") == "saa") == taken
    assert holder(session, "0505") == "saa"


@pytest.mark.parametrize(("at", "busy", "taken"), [("0403", True, True), ("0203", True, False), ("0203", False, True)])
def test_an_empty_town_that_is_no_prize_draws_nobody_from_afar_who_has_more_to_do(
    at: str, busy: bool, taken: bool
) -> None:
    world = fields(unit("w", "saa", at, "mech", steps=3, sight=6), victory={"prizes": [prize("Far", 9)]})
    seen = desk(world)
    town = seen.grid.hex("0501")
    assert town in seizures.wanted(seen)
    goal = seen.grid.hex("0903") if busy else town
    seen.book.tasks[seen.world.row["w"]] = Task(goal, "prize", "goes for it", 90)
    orders = [one.order for one in seizures.proposals(seen)]
    assert any(isinstance(one, od.Move) and one.path[-1] == town for one in orders) == taken


@pytest.mark.parametrize(("kind", "taken"), [("reserve", True), ("siege", False)])
def test_nobody_leaves_a_siege_for_a_town_that_is_no_prize(kind: str, taken: bool) -> None:
    seen = desk(fields(unit("w", "saa", "0402", "mech", steps=3, sight=6), victory={"prizes": [prize("Far", 9)]}))
    seen.book.tasks[seen.world.row["w"]] = Task(seen.grid.hex("0903"), kind, "goes for it", 90)
    assert bool([one.order for one in seizures.proposals(seen)]) == taken


@pytest.mark.parametrize("company", [0, 1])
def test_the_last_unit_of_a_threatened_place_does_not_leave_it_for_an_empty_town(company: int) -> None:
    foes = [unit(f"z{n}", "isis", "0705", steps=3) for n in range(2)]
    lives_off = ["raider"]  # so that supply, which does not follow so far, is no reason against it
    own = [unit(f"w{n}", "saa", "0505", "mech", steps=3, sight=6, traits=lives_off) for n in range(1 + company)]
    own.append(unit("post", "saa", "0405", traits=["garrison"]))  # keeps the way of supply to them
    seen = desk(fields(*own, *foes, victory={"prizes": [prize("Far", 9)]}))
    assert seen.danger.get(seen.grid.hex("0505")) and seen.grid.hex("0501") in seizures.wanted(seen)
    orders = [one.order for one in seizures.proposals(seen)]
    assert any(isinstance(one, od.Move) and one.path[-1] == seen.grid.hex("0501") for one in orders) == bool(company)


def test_a_faction_to_which_towns_are_worth_nothing_seizes_prizes_alone() -> None:
    world = fields(unit("w", "saa", "0303", steps=2, sight=6), victory={"prizes": [prize("North", 2), prize("Far", 9)]})
    seen = desk(told(world, saa={"town": 0}))
    assert {seen.grid.label(here) for here in seizures.wanted(seen)} == {"0501"}


def test_who_takes_a_prize_on_the_last_turn_stays_in_it() -> None:
    world = fields(unit("a", "saa", "0402", steps=3), turns=1)
    session = game(world, STAFF)
    play_turns(session, 1)
    assert where(session, "a") == "0501"


@pytest.mark.parametrize(("sally", "comes"), [(9, True), (1, False)])
def test_defenders_come_out_as_far_as_doctrine_says(sally: int, comes: bool) -> None:
    prey = unit("a", "saa", "0703", steps=1)
    world = situation(
        PLAIN,
        units=[prey, *(unit(f"r{n}", "isis", f"090{n}", steps=3) for n in (1, 2)), unit("g", "isis", "0905", steps=3)],
        places=[{"name": "Town", "hex": "0905", "size": 1}],
        sources={"saa": [{"name": "Rear", "hex": "0103"}], "isis": [{"name": "Cellars", "hex": "0905"}]},
        control=[{"faction": "isis", "box": ["0801", "0905"]}, {"faction": "saa", "box": ["0101", "0705"]}],
        victory={"insurgent": {"faction": "isis", "towns": [{"place": "Town", "value": 3}]}},
    )
    session = game(holding(world, sally=sally, withdraw=0, step=60), DEFENDERS)
    attacks = orders_of(play_turns(session, 1), 1, od.Attack)
    assert any(set(order.units) & {"r1", "r2"} for order in attacks) == comes


def test_the_last_garrison_of_a_threatened_town_does_not_come_out() -> None:
    for guards, comes in ((1, False), (3, True)):
        troops = [unit(f"g{n}", "isis", "0703", steps=3) for n in range(guards)]
        world = situation(
            PLAIN,
            units=[unit("a", "saa", "0503"), unit("b", "saa", "0501", steps=1), *troops],
            places=[{"name": "Town", "hex": "0703", "size": 1}],
            sources={"saa": [{"name": "Rear", "hex": "0103"}], "isis": [{"name": "Cellars", "hex": "0903"}]},
            control=[{"faction": "isis", "box": ["0601", "0905"]}, {"faction": "saa", "box": ["0101", "0505"]}],
            victory={"insurgent": {"faction": "isis", "towns": [{"place": "Town", "value": 3}]}},
        )
        session = game(holding(world, withdraw=0, least=1, least_chance=0), DEFENDERS)
        play_turns(session, 1)
        assert any(where(session, one["id"]) == "0703" for one in troops)
        assert bool(orders_of(session.entries, 1, od.Attack)) == comes, guards


@pytest.mark.parametrize(("stance", "left"), [("friendly", {"0501"}), ("rival", set[str]())])
def test_what_is_a_prize_to_friends_alone_is_left_to_them(stance: str, left: set[str]) -> None:
    world = fields(
        unit("w", "saa", "0303", steps=2, sight=6),
        factions=("saa", "isis", "iraq"), stances={("saa", "iraq"): stance},
        victory={"prizes": [prize("North", 2, "iraq"), prize("South", 2, "saa", "iraq"), prize("Far", 9)]},
    )  # fmt: skip
    seen = desk(world)
    assert {seen.grid.label(here) for here in seizures.wanted(seen)} == {"0501", "0505"} - left
