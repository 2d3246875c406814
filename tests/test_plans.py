"""Plans for later turns: what becomes of them, judged on the view alone, and how a save keeps them."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from game import engine
from game import orders as od
from game import plans as pl
from game.faults import RecordFault
from game.plans import HoldPlan, MarchOrder, Plans, Repeat, judge
from game.records.contents import PLANS, contents_of
from game.records.saves import load_game, save_bytes, save_game
from game.rules import foresight
from game.scenario.world import World
from game.session import Session
from game.state import State
from game.state.codes import Supplied
from tests.situation import at, long_road, play, unit

SAA = 0


def desert(*extra: dict[str, object], wide: int = 16, **changes: object) -> World:
    """A road through empty desert, a column at its western end, and what a test adds."""
    column = unit("lions", "saa", "0204", "mech", movement=8), unit("guns", "saa", "0203", "artillery")
    return long_road(*column, *extra, wide=wide, factions=("saa", "isis", "sdf"), **changes)


def view_of(world: World) -> State:
    return engine.view(play(world), SAA).state


def moved_to(state: State, name: str, label: str) -> State:
    row = state.world.row[name]
    hexes = (*state.units.hex[:row], at(state, label), *state.units.hex[row + 1 :])
    return replace(state, units=replace(state.units, hex=hexes), answers={})


def with_column(state: State, column: str, name: str, value: int) -> State:
    row = state.world.row[name]
    cells = getattr(state.units, column)
    units = replace(state.units, **{column: (*cells[:row], value, *cells[row + 1 :])})
    return replace(state, units=units, answers={})


def test_a_long_march_tells_where_each_turn_ends() -> None:
    state = view_of(desert())
    row = state.world.row["lions"]
    found = foresight.long_march(state, row, (at(state, "1604"),))
    assert found.path[-1] == at(state, "1604") and found.ends[-1] == len(found.path) and found.turns > 1
    reach = engine.reach(state, "lions")
    assert found.path[found.ends[0] - 1] in reach.cost and found.path[found.ends[0]] not in reach.cost


def test_way_points_are_passed_in_their_order() -> None:
    state = view_of(desert())
    row = state.world.row["lions"]
    found = foresight.long_march(state, row, (at(state, "0502"), at(state, "0506"), at(state, "0904")))
    passed = [here for here in found.path if here in {at(state, "0502"), at(state, "0506"), at(state, "0904")}]
    assert passed == [at(state, "0502"), at(state, "0506"), at(state, "0904")]
    way = (at(state, "0204"), at(state, "0404"), at(state, "0904"))
    path, _ = pl.next_leg(state, row, way)
    assert path and pl.ahead(way, (at(state, "0204"), *path)) == way[2 if at(state, "0404") in path else 1 :]


def test_a_march_order_gives_a_march_each_turn_until_it_is_there() -> None:
    session = Session(desert(), 3)
    goal = session.world.grid.hex("1604")
    plan: pl.Plan | None = pl.march_order(engine.view(session.state, SAA).state, "lions", (goal,))
    turns = 0
    while plan is not None:
        verdict = judge(engine.view(session.state, SAA).state, plan)
        if verdict.order is not None:
            session.give(verdict.order)
        plan = verdict.plan
        turns += 1
        assert turns < 9
        if plan is not None:
            while session.state.clock.turn <= turns or session.state.faction != SAA:
                session.give(od.EndTurn())
    assert session.state.units.hex[session.world.row["lions"]] == goal and turns > 1


def test_contact_stops_a_march_and_an_enemy_that_was_close_already_does_not() -> None:
    state = view_of(desert(unit("raiders", "isis", "0404")))
    goal = (at(state, "0908"),)
    fresh = MarchOrder("lions", goal)
    verdict = judge(state, fresh)
    assert verdict.plan is None and verdict.order is None
    assert verdict.words == "lions stopped on the way to 0908: an enemy is 2 hexes away."
    known = pl.march_order(state, "lions", goal)
    assert known.near == 2 and judge(state, known).order is not None


def test_lost_supply_stops_a_march() -> None:
    state = view_of(desert())
    plan = pl.march_order(state, "lions", (at(state, "1604"),))
    assert judge(state, plan).order is not None
    cut = with_column(state, "supply", "lions", int(Supplied.CUT))
    verdict = judge(cut, plan)
    assert verdict.order is None and verdict.plan is None and "cut off" in verdict.words
    assert judge(cut, replace(plan, cut=True)).order is not None


def test_a_greater_risk_of_an_incident_stops_a_march() -> None:
    state = view_of(desert(unit("hills", "sdf", "0405")))
    plan = pl.march_order(state, "lions", (at(state, "0604"),))
    assert plan.risk > 0 and judge(state, plan).order is not None
    verdict = judge(state, replace(plan, risk=0))
    assert verdict.order is None and "would risk an incident" in verdict.words


def test_a_full_goal_ends_the_march_beside_it() -> None:
    crowd = [unit(f"crowd{n}", "saa", "0304") for n in range(3)]
    state = view_of(desert(*crowd))
    verdict = judge(state, MarchOrder("lions", (at(state, "0304"),)))
    assert verdict.order is None and verdict.plan is None and "arrived beside 0304" in verdict.words


def test_who_holds_digs_in_or_rests_as_the_turn_ends_and_wakes_at_contact() -> None:
    state = view_of(desert())
    assert judge(state, HoldPlan("lions")) == pl.PlanVerdict(None, HoldPlan("lions"))
    assert judge(state, HoldPlan("lions"), closing=True).order == od.DigIn("lions")
    tired = with_column(state, "disrupted", "lions", 1)
    assert judge(tired, HoldPlan("lions"), closing=True).order == od.Rest("lions")
    near = view_of(desert(unit("raiders", "isis", "0404")))
    verdict = judge(near, HoldPlan("lions"))
    assert verdict.plan is None and verdict.words == "lions woke: an enemy is 2 hexes away."
    assert pl.hold(near, "lions") == HoldPlan("lions", 2) and judge(near, HoldPlan("lions", 2)).plan == HoldPlan(
        "lions", 2
    )


def test_a_bombardment_is_repeated_until_it_is_refused() -> None:
    state = view_of(desert(unit("raiders", "isis", "0404")))
    plan = Repeat(od.Bombard("guns", at(state, "0404")))
    assert judge(state, plan) == pl.PlanVerdict(plan.order, plan)
    empty = view_of(desert())
    verdict = judge(empty, plan)
    assert verdict.plan is None and verdict.words.startswith("guns stopped the bombardment:")


def test_rest_and_digging_wait_for_the_end_of_the_turn() -> None:
    state = view_of(desert())
    plan = Repeat(od.DigIn("lions"))
    assert judge(state, plan).order is None and judge(state, plan, closing=True).order == od.DigIn("lions")


def test_a_plan_of_a_unit_that_is_gone_ends_in_silence() -> None:
    state = with_column(view_of(desert()), "hex", "lions", -1)
    for plan in (MarchOrder("lions", (at(state, "0504"),)), HoldPlan("lions"), Repeat(od.Bombard("lions", 5))):
        assert judge(state, plan) == pl.PlanVerdict(None, None)


# --- in a save --------------------------------------------------------------------------------------------------


def planned() -> Session:
    session = Session(desert(unit("raiders", "isis", "0404")), 3)
    here = session.world.grid.hex
    for plan in (
        MarchOrder("lions", (here("0502"), here("0904")), 3, 4, True),
        Repeat(od.Bombard("guns", here("0404"))),
        Repeat(od.AirDrop(here("0204"))),
    ):
        session.plans.add(SAA, plan)
    session.plans.carried[SAA] = 1
    return session


def test_a_save_keeps_the_plans(tmp_path: Path) -> None:
    session = planned()
    again = load_game(save_game(session, tmp_path / "one.dez"))
    assert again.plans == session.plans and len(again.plans.list(SAA)) == 3
    assert save_bytes(again, name="a") == save_bytes(session, name="a")


@pytest.mark.parametrize(
    "wrong",
    [
        [], {"nobody": {"turn": 1, "plans": []}}, {"saa": {"turn": -1, "plans": []}}, {"saa": {"turn": 1}},
        {"saa": {"turn": 1, "plans": ["hold raiders 9"]}}, {"saa": {"turn": 1, "plans": ["hold lions 99"]}},
        {"saa": {"turn": 1, "plans": ["march lions 9999 9 0 0"]}},
        {"saa": {"turn": 1, "plans": ["march lions 0304 9"]}},
        {"saa": {"turn": 1, "plans": ["repeat attack lions 0404 - 0 0"]}}, {"saa": {"turn": 1, "plans": ["fly lions"]}},
        {"saa": {"turn": 1, "plans": "hold lions 9"}}, {"saa": {"turn": 1, "plans": ["hold lions 9"] * 501}},
        {"saa": {"turn": 1, "plans": ["march lions " + ",".join(["0304"] * 41) + " 9 0 0"]}},
    ],
)  # fmt: skip
def test_a_save_with_damaged_plans_is_refused(wrong: object) -> None:
    session = planned()
    session.plans = Plans()
    with pytest.raises(RecordFault, match="plans"):
        contents_of(save_bytes(session, {PLANS: wrong}, name="a"))


def test_plans_end_when_an_ai_player_takes_the_seat() -> None:
    from game.ai.players import make_player

    session = planned()
    session.seat(SAA, make_player("hold"), "hold")
    assert not session.plans.list(SAA)


# --- roads, followers, drops --------------------------------------------------------------------------------------


def test_a_march_order_by_road_uses_the_action_to_get_further_and_leaves_it_near_an_enemy() -> None:
    state = view_of(desert())
    row, way = state.world.row["lions"], (at(state, "1604"),)
    plain, further = (pl.todays_legs(state, row, way, road=road) for road in (False, True))
    assert [type(order) for order in further.orders] == [od.Move, od.March, od.Move]
    assert further.path[: len(plain.path)] == plain.path and len(further.path) > len(plain.path)
    verdict = judge(state, pl.march_order(state, "lions", way, road=True))
    assert (verdict.order, *verdict.more) == further.orders
    session = Session(desert(), 3)
    for order in further.orders:
        session.give(order)  # what was foreseen is what the rules allow
    assert session.state.units.hex[session.world.row["lions"]] == further.path[-1]
    near = view_of(desert(unit("raiders", "isis", "0402"), unit("eyes", "saa", "0302")))
    assert od.March("lions") not in pl.todays_legs(near, near.world.row["lions"], way, road=True).orders


def test_a_road_march_that_would_end_at_an_enemy_is_left_out_and_the_march_goes_on() -> None:
    state = view_of(desert(unit("raiders", "isis", "1105"), unit("eyes", "saa", "1206"), wide=18))
    plan = pl.march_order(state, "lions", (at(state, "1604"),), road=True)
    verdict = judge(state, plan)
    assert verdict.order is not None and not verdict.more


def test_a_follower_marches_after_its_leader_as_the_turn_ends_and_stays_out_of_danger() -> None:
    state = view_of(desert())
    plan = pl.follow(state, "guns", "lions")
    assert judge(state, plan, closing=True) == pl.PlanVerdict(None, plan)  # it stands beside the leader
    ahead = moved_to(state, "lions", "0504")
    assert judge(ahead, plan).order is None
    order = judge(ahead, plan, closing=True).order
    assert isinstance(order, od.Move) and order.unit == "guns"
    distance = state.world.grid.distance
    assert distance(order.path[-1], at(state, "0504")) < distance(at(state, "0203"), at(state, "0504"))
    wall = view_of(desert(unit("raiders", "isis", "0604"), unit("eyes", "saa", "0606")))
    order = judge(moved_to(wall, "lions", "0504"), plan, closing=True).order
    assert order is None or (isinstance(order, od.Move) and distance(order.path[-1], at(state, "0604")) > 1)
    gone = judge(with_column(state, "hex", "lions", -1), plan)
    assert gone.plan is None and gone.words == "guns can follow no longer: the unit in front is gone."


def test_drops_follow_a_unit_and_a_turn_without_need_goes_by() -> None:
    state = view_of(desert())
    state = replace(state, clock=replace(state.clock, support=((("airdrop", 2),), (), ())), answers={})
    plan = pl.DropPlan("lions")
    fed = judge(state, plan)
    cut = with_column(moved_to(state, "lions", "0907"), "supply", "lions", int(Supplied.CUT))
    assert judge(cut, plan, closing=True).order is None
    for moment, verdict in ((state, fed), (cut, judge(cut, plan))):
        wanted = od.AirDrop(moment.units.hex[moment.world.row["lions"]])
        allowed = engine.refusal(moment, wanted) is None
        assert verdict.plan == plan and verdict.order == (wanted if allowed else None)
    assert judge(cut, plan).order is not None


def test_flights_and_calls_repeat_until_they_are_refused() -> None:
    state = view_of(desert(support={"saa": {"recon": 1}}))
    for order in (od.Scout(at(state, "0504")), od.Hotline()):
        verdict = judge(state, Repeat(order))
        refusal = engine.refusal(state, order)
        assert (verdict.order == order) == (refusal is None) and (refusal is None or refusal.why in verdict.words)


def test_every_kind_of_plan_is_read_back_from_its_text() -> None:
    state = view_of(desert())
    board = state.world.grid
    plans: list[pl.Plan] = [
        MarchOrder("lions", (at(state, "0504"),), 9, 3, True, True), pl.FollowPlan("guns", "lions", True),
        pl.DropPlan("lions"), Repeat(od.Scout(at(state, "0504"))), Repeat(od.Hotline()), HoldPlan("guns", 2),
    ]  # fmt: skip
    for plan in plans:
        assert pl.parse_plan(pl.to_text(plan, board), board) == plan
        assert (" " in pl.plan_key(plan)) == (isinstance(plan, pl.DropPlan) or plan in plans[3:5])
    with pytest.raises(ValueError, match="there is no unit"):
        pl.from_plain(
            {"saa": {"turn": 1, "plans": ["follow lions raiders 0"]}}, desert(unit("raiders", "isis", "0404"))
        )
