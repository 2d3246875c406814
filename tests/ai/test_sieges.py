"""Sieges are prepared, axes hold until there is a reason, supply follows marches, and guards stand where it counts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import pytest

from game import engine
from game import orders as od
from game.ai.doctrine import doctrine_of
from game.ai.staff import feeding, posts
from game.ai.staff.conduct import carry_out
from game.ai.staff.desk import StaffDesk
from game.ai.staff.gathering import RIPE, gathered, ripe_prizes
from game.ai.staff.goals import GUESS, goals
from game.ai.staff.notebook import Aim, Delay, Memory, Notebook, Siege, Task, known_rows, memory_from
from game.ai.staff.objectives import hanging, objectives
from game.ai.staff.plan import Plan
from game.ai.staff.thinking import think
from game.rules import supply
from game.scenario.world import Stronghold, World
from game.seats.minds import memory_of
from game.sim.staff_log import staff_log
from tests.ai.stage import game, orders_of, play_turns, prize
from tests.ai.test_habits import PLAIN, STAFF, told, valley
from tests.situation import situation, unit

LONG = "\n".join([". . . . . . . . . . . . . . . . . ."] * 5)


def brigade() -> list[dict[str, object]]:
    """Two battalions three hexes from the town, and two on foot who cannot be there this turn."""
    vanguard = [unit(f"c{n}", "saa", "0603", "mech", steps=3, quality="B") for n in range(2)]
    return [*vanguard, *(unit(f"d{n}", "saa", "0303", steps=3, quality="B") for n in range(2))]


def column(count: int, at: str = "0403", **numbers: Any) -> list[dict[str, object]]:
    return [unit(f"c{n}", "saa", at, "mech", steps=3, quality="B", **numbers) for n in range(count)]


def fortress(*troops: dict[str, object], rivers: Sequence[str] = (), **garrison: Any) -> World:
    """A town that must be stormed, at the end of a road that one holds up to it."""
    walls = {"steps": 4, "quality": "A", "dug": 2, **garrison}
    world = situation(
        PLAIN,
        units=[*troops, unit("g", "isis", "0803", **walls)],
        roads=[[f"{n:02d}03" for n in range(1, 10)]],
        rivers=[rivers] if rivers else [],
        places=[{"name": "Far", "hex": "0803", "size": 2}],
        sources={"saa": [{"name": "Rear", "hex": "0103"}], "isis": [{"name": "Cellars", "hex": "0903"}]},
        control=[{"faction": "isis", "box": ["0801", "0905"]}, {"faction": "saa", "box": ["0101", "0705"]}],
        victory={"prizes": [prize("Far", 6)]},
    )
    return told(world, saa={"guards": 0})


def desk(world: World, faction: str = "saa", memory: Memory | None = None) -> StaffDesk:
    session, number = game(world, {}), world.faction(faction)
    view = engine.view(session.state, number)
    book = Notebook.opened(memory or Memory(), 1, known_rows(view))
    return StaffDesk(view, doctrine_of(world, number), book)


def plan_of(world: World, memory: Memory | None = None) -> Plan:
    return think(engine.view(game(world, {}).state, world.faction("saa")), memory or Memory())


# --- sieges ----------------------------------------------------------------------------------------------------------


def test_a_strong_place_is_closed_up_to_and_then_attacked_by_set_piece() -> None:
    entries = play_turns(game(fortress(*brigade()), STAFF), 3)
    first = next(entry for entry in entries if isinstance(entry.order, od.Attack))
    assert first.turn == 2 and isinstance(first.order, od.Attack) and first.order.set_piece
    ends = [entry.why for entry in entries if isinstance(entry.order, od.EndTurn) and entry.faction == 0]
    assert "closes up for the set-piece attack on Far" in ends[0]


def test_a_siege_is_remembered_and_given_up_when_it_takes_too_long() -> None:
    world = fortress(*brigade())
    siege = plan_of(world).sieges
    far = world.grid.hex("0803")
    assert [one.target for one in siege] == [far] and siege[0].since == 1
    again = plan_of(world, Memory(sieges={far: 1}))
    assert again.sieges[0].since == 1
    late = replace(game(world, {}).state, answers={})
    late = replace(late, clock=replace(late.clock, turn=5))
    given_up = think(engine.view(late, 0), Memory(sieges={far: 1}))
    assert not given_up.sieges and given_up.memory.let_be == {far: 8}


def test_a_prize_is_ripe_when_troops_near_could_take_it_by_set_piece_within_two_turns() -> None:
    strong, weak = desk(fortress(*brigade())), desk(fortress(*brigade()[1:2]))
    far = strong.grid.hex("0803")
    assert ripe_prizes(strong) == (far,) and ripe_prizes(weak) == ()
    found = gathered(strong, far, strong.own, 0, RIPE)
    assert found is not None and found.chance >= RIPE
    assert all(strong.grid.distance(post.hex, far) == 1 for post in found.posts)


def test_a_goal_needs_no_more_troops_than_find_room_around_it() -> None:
    needs = []
    for water in ([], ["0803/N", "0803/NE", "0803/SE", "0803/S", "0803/SW"]):
        staff = desk(fortress(*brigade(), rivers=water, steps=6))
        needs += [goal.need for goal in goals(staff) if goal.name == "Far"]
    wide, narrow = needs
    assert wide == 120 and narrow == 100  # two thirds of six steps of 25


def need_of_far(world: World, memory: Memory | None = None) -> tuple[int, Mapping[int, int]]:
    staff = desk(world, memory=memory)
    return next(goal.need for goal in goals(staff) if goal.name == "Far"), staff.book.met


def test_a_garrison_that_went_out_of_sight_is_not_forgotten() -> None:
    far = fortress().grid.hex("0803")
    beside, afar = unit("p", "saa", "0703"), unit("p", "saa", "0203")
    reserve = [unit(f"r{n}", "saa", "0103", "mech", steps=6) for n in range(2)]  # room is counted in full stacks
    seen, met = need_of_far(fortress(beside, *reserve))
    guess, nothing = need_of_far(fortress(afar, *reserve))
    assert met == {far: seen} and guess == GUESS < seen and not nothing
    remembered, kept = need_of_far(fortress(afar, *reserve), Memory(met={far: seen}))
    assert remembered == seen and kept == {far: seen}
    empty, dropped = need_of_far(fortress(beside, *reserve, hex="0905"), Memory(met={far: seen}))
    assert empty <= GUESS and not dropped  # somebody looks into the town, and it is empty


@pytest.mark.parametrize(("standing", "first"), [(0, "Near"), (4, "Far")])
def test_of_two_prizes_the_one_that_takes_fewer_assaults_comes_first_the_way_counted(standing: int, first: str) -> None:
    guards = [unit(f"g{at}", "isis", at, steps=2, dug=2) for at in ("0701", "1005")]
    world = situation(
        LONG,
        units=[*column(3, formation="Column"), *guards],
        roads=[[f"{n:02d}03" for n in range(1, 19)]],
        places=[{"name": "Near", "hex": "0701", "size": 2}, {"name": "Far", "hex": "1005", "size": 2}],
        sources={"saa": [{"name": "Rear", "hex": "0103"}], "isis": [{"name": "Cellars", "hex": "1805"}]},
        control=[{"faction": "saa", "box": ["0101", "1805"]}],
        holders={"Near": "isis", "Far": "isis"},
        victory={"prizes": [prize("Near", 6), prize("Far", 6)]},
    )
    here = world.grid.hex("0701")
    built = {here: Stronghold(world.place_at[here], world.faction("isis"), standing)} if standing else {}
    plan = plan_of(told(replace(world, strongholds=built), saa={"guards": 0}))
    assert plan.main_effort is not None and world.places[world.place_at[plan.main_effort.target]].name == first


def test_besiegers_at_their_posts_are_chosen_before_stronger_troops_further_off() -> None:
    posted = [unit(f"p{n}", "saa", "0703", steps=2, quality="B") for n in range(3)]
    staff = desk(fortress(*posted, *brigade()[:2], steps=2))
    found = gathered(staff, staff.grid.hex("0803"), staff.own, 0, RIPE)
    assert found is not None and {staff.unit(post.row) for post in found.posts} >= {"p0", "p1", "p2"}


def test_besiegers_are_given_no_places_behind_the_enemy_that_they_do_not_get_to_this_turn() -> None:
    foot = [unit(f"p{n}", "saa", at, steps=2, quality="B") for n, at in enumerate(["0602", "0603", "0604"])]
    wings = [unit("n", "isis", "0802"), unit("s", "isis", "0804")]
    staff = desk(fortress(*foot, *wings))
    found = gathered(staff, staff.grid.hex("0803"), staff.own, 0, RIPE)
    assert found is not None and len(found.posts) == 3
    assert all(post.hex in staff.reach(post.row).cost for post in found.posts)


def test_nobody_who_stands_beside_a_besieged_place_is_called_off_to_guard_a_road() -> None:
    world = fortress(*brigade(), unit("p", "saa", "0703", steps=2))
    staff, far = desk(world), world.grid.hex("0803")
    staff.book.sieges = (Siege(far, 1),)
    row, going = world.row["p"], Task(far, "prize", "goes for Far")
    assert posts.besieges(staff, row, going)
    assert not posts.besieges(staff, row, going._replace(goal=far - 1))
    assert not posts.besieges(staff, world.row["c0"], going)
    taken = desk(fortress(*brigade(), unit("p", "saa", "0703", steps=2), hex="0905"))
    taken.book.sieges = (Siege(far, 1),)
    assert not posts.besieges(taken, row, going)  # the enemy has left it


def test_the_memory_of_a_siege_survives_a_save_and_nonsense_does_not() -> None:
    world = fortress(*brigade())
    reason, delays = "the road has to be opened", {world.grid.hex("0803"): Delay(4, 2)}
    memory = Memory(
        sieges={world.grid.hex("0803"): 3}, let_be={5: 4}, turned={"c1": reason}, delays=delays, met={5: 240}
    )
    assert memory_from(memory.plain(), world, 0) == memory
    for name, bad in (
        ("sieges", [[3, 1], [3, 1]]), ("let_be", [[1]]), ("turned", {"nobody": "x"}), ("turned", []),
        ("delays", [[3, 1]]), ("delays", [[3, 1, 1], [3, 2, 1]]), ("delays", {}), ("met", [[3, 0]]), ("met", [[3]]),
    ):  # fmt: skip
        with pytest.raises(ValueError, match=name):
            memory_from({**memory.plain(), name: bad}, world, 0)


def test_a_memory_older_than_a_page_has_nothing_on_it_and_an_unknown_page_is_named() -> None:
    world = fortress(*brigade())
    whole = Memory(sieges={world.grid.hex("0803"): 3}, gates=frozenset({4}), turned={"c1": "the road has to be opened"})
    assert memory_from({}, world, 0) == Memory()
    for page in whole.plain():
        older = {name: noted for name, noted in whole.plain().items() if name != page}
        assert memory_from(older, world, 0).plain() == {**whole.plain(), page: Memory().plain()[page]}
    with pytest.raises(ValueError, match="dreams: there is no such page"):
        memory_from({**whole.plain(), "dreams": {}}, world, 0)


# --- axes ------------------------------------------------------------------------------------------------------------


def plain(points: tuple[int, int], **more: Any) -> World:
    """Two towns of ISIS far apart on a long road, the column between them."""
    world = situation(
        LONG,
        units=[*column(3, "0903"), unit("w", "isis", "0203"), unit("e", "isis", "1703")],
        roads=[[f"{n:02d}03" for n in range(1, 19)]],
        places=[{"name": "West", "hex": "0203", "size": 1}, {"name": "East", "hex": "1703", "size": 1}],
        sources={"saa": [{"name": "Rear", "hex": "0901"}]},
        control=[{"faction": "isis", "hexes": ["0203", "1703"]}, {"faction": "saa", "box": ["0301", "1605"]}],
        victory={"prizes": [prize("West", points[0]), prize("East", points[1])]},
        **more,
    )
    return told(world, saa={"guards": 0, "axes": 1})


@pytest.mark.parametrize(("east", "turns"), [(5, False), (40, True)])
def test_an_axis_holds_until_there_is_a_reason_to_turn_round(east: int, turns: bool) -> None:
    world = plain((4, east))
    west, there = world.grid.hex("0203"), world.grid.hex("1703")
    memory = Memory(aims={f"c{n}": Aim(west, True) for n in range(3)})
    plan = plan_of(world, memory)
    assert {task.goal for _, task in plan.tasks} == {there if turns else west}
    assert bool(plan.memory.turned) == turns
    if turns:
        assert all("not for West: much more is to be had there" in task.why for _, task in plan.tasks)


def test_a_plan_names_what_was_turned_down_and_why() -> None:
    free = plan_of(plain((4, 40)))
    assert {(one.formation, one.name) for one in free.alternatives} == {(f"c{n}", "West") for n in range(3)}
    bound = Memory(aims={f"c{n}": Aim(plain((4, 5)).grid.hex("0203"), True) for n in range(3)})
    kept = plan_of(plain((4, 5)), bound)
    assert {one.name for one in kept.alternatives} == {"East"}
    assert {one.why for one in kept.alternatives} == {"it holds to its axis, West"}


def test_the_log_of_a_staff_names_sieges_and_alternatives() -> None:
    lines = list(staff_log(fortress(*brigade()), 1, {"saa": "staff", "isis": "hold"}, "saa"))
    assert "  besieges Far since turn 1, with 3 units" in lines
    lines = list(staff_log(plain((4, 40)), 1, {"saa": "staff", "isis": "hold"}, "saa"))
    assert any(line.startswith("  turned down: c0 for West: ") for line in lines)


def test_a_reason_to_turn_round_is_told_to_who_counts_habits() -> None:
    world = plain((4, 40))
    session = game(world, STAFF)
    session.players[0].recall(  # type: ignore[attr-defined]
        Memory(aims={f"c{n}": Aim(world.grid.hex("0203"), True) for n in range(3)}).plain(), world, 0
    )
    session.step()
    assert set(memory_of(session.players[0])["turned"]) == {"c0", "c1", "c2"}


# --- supply ----------------------------------------------------------------------------------------------------------


def test_supply_follows_a_march_along_its_road_and_not_past_an_enemy() -> None:
    far = unit("g", "isis", "0903", steps=3)
    free = desk(valley(*column(1, "0303"), far))
    way = tuple(free.grid.hex(f"{n:02d}03") for n in range(3, 8))
    row = free.world.row["c0"]
    assert feeding.follows(free, row, way)
    barred = desk(valley(*column(1, "0303"), far, unit("z", "isis", "0502", steps=3)))
    assert not feeding.follows(barred, row, way)
    assert feeding.follows(barred, row, way[:2])


@pytest.mark.parametrize(
    ("steps", "rules"),
    [(3, {}), (1, {}), (3, {"supply": {"road_budget": 7, "stretched_budget": 10, "last_leg": 2, "stretched_leg": 5}})],
    ids=["strong", "too weak to take a place in passing", "a long way from the source"],
)
def test_what_the_staff_expects_to_be_fed_is_fed_once_the_march_is_made(steps: int, rules: dict[str, Any]) -> None:
    world = valley(unit("c0", "saa", "0303", "mech", steps=steps), rules=rules)
    found, fed = desk(world), []
    for last in range(4, 10):
        way = tuple(found.grid.hex(f"{n:02d}03") for n in range(4, last + 1))
        after, _ = engine.apply(found.state, od.Move("c0", way)) if last < 9 else (None, ())
        if after is not None and after.units.hex[world.row["c0"]] == way[-1]:
            fed.append(supply.is_connected(after, 0, way[-1]))
            assert feeding.follows(found, world.row["c0"], (found.grid.hex("0303"), *way)) == fed[-1], last
    assert fed[0] and all(fed) == (steps == 3 and not rules)


def supply_road(*troops: dict[str, object], **rules: Any) -> StaffDesk:
    """The desk of who holds a road of eighteen hexes from its source to the west."""
    return desk(situation(
        LONG, units=troops, roads=[[f"{n:02d}03" for n in range(1, 19)]], rules=rules,
        places=[{"name": "Front", "hex": "1803", "size": 1}], sources={"saa": [{"name": "Rear", "hex": "0103"}]},
        control=[{"faction": "saa", "box": ["0101", "1805"]}], victory={"prizes": [prize("Front", 4)]},
    ))  # fmt: skip


def test_a_headquarters_stays_where_the_way_to_others_begins_anew() -> None:
    budgets = {"road_budget": 22, "stretched_budget": 22, "last_leg": 2, "stretched_leg": 4}
    short = {**budgets, "relays": {"headquarters": 5}}
    found = supply_road(unit("hq", "saa", "0803", "hq"), unit("c", "saa", "1303"), supply=short)
    row, at = found.world.row["hq"], found.grid.hex
    assert feeding.hang_on(found, row, at("0203")) == 2
    assert feeding.hang_on(found, row, at("0703")) == 0
    near = supply_road(unit("hq", "saa", "0803", "hq"), unit("c", "saa", "0803"), supply=short)
    assert feeding.hang_on(near, row, at("0203")) == 0


def test_who_comes_behind_is_fed_on_the_way_that_was_opened() -> None:
    found = desk(valley(*column(2, "0303"), unit("g", "isis", "0903", steps=3)))
    at = found.grid.hex
    beside = (at("0702"), at("0602"))
    row = found.world.row["c0"]
    assert not feeding.follows(found, row, beside)
    feeding.note_march(found, row, tuple(at(f"{n:02d}03") for n in range(3, 8)))
    assert feeding.follows(found, row, (at("0703"), at("0702")))


def test_only_who_is_fed_by_road_is_kept_where_supply_can_follow() -> None:
    found = desk(valley(*column(1, "0303"), unit("ahead", "saa", "0803"), unit("r", "saa", "0303", traits=["raider"])))
    row = found.world.row
    assert [feeding.must_be_fed(found, row[name]) for name in ("c0", "ahead", "r")] == [True, False, False]


# --- roads -----------------------------------------------------------------------------------------------------------


def loop() -> World:
    """A road that forks round a hill and comes together again."""
    return situation(
        LONG,
        units=[*column(2, "1403"), unit("eye", "saa", "1104"), unit("foe", "isis", "1205", "mech", steps=3)],
        roads=[[f"{n:02d}03" for n in range(1, 7)], ["0603", "0702", "0802", "0902", "1003"],
               ["0603", "0703", "0804", "0904", "1004", "1003"], [f"{n:02d}03" for n in range(10, 18)]],
        places=[{"name": "Base", "hex": "0203", "size": 1}, {"name": "Front", "hex": "1603", "size": 1}],
        sources={"saa": [{"name": "Rear", "hex": "0103"}]},
        control=[{"faction": "saa", "box": ["0101", "1805"]}],
        victory={"prizes": [prize("Front", 4)]},
    )  # fmt: skip


def test_the_graph_joins_places_sources_and_junctions_by_stretches_of_road() -> None:
    world = loop()
    graph, at = objectives(world), world.grid.hex
    assert {at("0103"), at("0203"), at("0603"), at("1003"), at("1603")} <= graph.nodes
    ends = {(one.hexes[0], one.hexes[-1]) for one in graph.stretches}
    assert (at("0203"), at("0603")) in ends or (at("0603"), at("0203")) in ends
    assert sum({one.hexes[0], one.hexes[-1]} == {at("0603"), at("1003")} for one in graph.stretches) == 2
    assert objectives(world) is graph


def test_everything_hangs_on_the_road_before_the_fork_and_nothing_on_its_branches() -> None:
    world = loop()
    view = engine.view(game(world, {}).state, 0)
    found = hanging(view.state, 0, {world.grid.hex("1403"): 6})
    at = world.grid.hex
    assert found[at("0403")] == found[at("1003")] == 6
    assert at("0802") not in found and at("0804") not in found


def test_guards_stand_where_most_hangs_and_an_enemy_can_come() -> None:
    world = told(loop(), saa={"guards": 1})
    found = desk(world)
    [post] = posts.posts(found, 1)
    foe = world.grid.hex("1205")
    assert world.grid.distance(post, foe) <= 3
    assert posts.hangs(found)[post] >= 6


def test_who_keeps_a_road_open_under_the_eyes_of_an_enemy_stays() -> None:
    ahead, eye = [unit(f"c{n}", "saa", "1403", "mech", steps=3) for n in range(3)], unit("z", "isis", "0802", steps=3)
    short = {"last_leg": 2, "stretched_leg": 4}  # nobody carries supplies round the enemy
    alone = supply_road(unit("k", "saa", "0803"), *ahead, eye, supply=short)
    row = alone.world.row["k"]
    assert feeding.hang_on(alone, row) == 9 and posts.keeps_open(alone, row)
    pair = supply_road(unit("k", "saa", "0803"), unit("l", "saa", "0803", steps=3), *ahead, eye, supply=short)
    assert posts.keeps_open(pair, pair.world.row["k"]) and not posts.keeps_open(pair, pair.world.row["l"])
    free = supply_road(unit("k", "saa", "0803"), *ahead, supply=short)
    assert not posts.keeps_open(free, free.world.row["k"])


def test_a_siege_is_the_same_for_who_thinks_and_who_plays() -> None:
    world = fortress(*brigade())
    session = game(world, STAFF)
    state = session.state
    carried = carry_out(think(engine.view(state, 0)), state)
    entries = play_turns(session, 1)
    mine = [entry.order for entry in entries if entry.faction == 0]
    assert [one.order for one in carried.orders] == mine
    assert carried.memory.plain() == memory_of(session.players[0])
    assert orders_of(entries, 0, od.Move)
