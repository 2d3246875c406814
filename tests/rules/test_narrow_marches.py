"""Marches, orders and fights just at the limit: the last point, the first hex, the hex that opens again."""

from __future__ import annotations

from dataclasses import replace

import pytest

from game import engine
from game import orders as od
from game.events import MoveCutShort
from game.rules import (
    costs,
    forecasting,
    foresight,
    invariants,
    marching,
    movement,
    options,
    out_of_reach,
    reinforcements,
    retreat,
    script,
    shifts,
    strongpoints,
    supply,
    supply_net,
    supply_trace,
    taking,
    threats,
    victory,
)
from game.rules.aftermath import AttackSides, aftermath
from game.rules.shifts import Lean
from game.scenario.area import Area
from game.scenario.world import Stronghold
from game.state import Draft
from game.state.codes import Ending, Spent, Supplied
from tests.situation import at, play, refused, situation, unit, with_units
from tests.worlds import world_of

LANE = ". . . . .\n. . . . ."
FIELD = "\n".join([". " * 9] * 6)
THREE = ("saa", "sdf", "isis")


# --- marches ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("way", "zones"), [(("0201",), 0), (("0201", "0301"), 1)])
def test_4_1_a_march_may_cost_all_that_is_left_and_not_a_quarter_more(way: tuple[str, ...], zones: int) -> None:
    state = play(situation(LANE, units=[unit("a", "saa", "0101", sight=4), unit("foe", "isis", "0401")]))
    world, path = state.world, tuple(at(state, label) for label in way)
    steps = dict(movement.steps(state, 0)[0])
    price = len(way) * steps[path[0]] + zones * world.rules.movement.zone_entry
    for left, fits in ((price, True), (price - 1, False)):
        moment = with_units(state, mp=(left, 0))
        assert (refused(moment, od.Move("a", path)) == "") == fits, left
        assert (path[-1] in movement.within_reach(moment, 0).cost) == fits


@pytest.mark.parametrize("centre", ["0303", "0403"])
@pytest.mark.parametrize("direction", range(6))
def test_the_reach_of_a_unit_grows_when_the_only_way_out_is_free_again(centre: str, direction: int) -> None:
    columns = 7
    world = situation("\n".join([". " * columns] * 6), units=[unit("a", "saa", centre)])
    out = world.grid.near[at(world, centre)][direction]
    drawing = [["x"] * columns for _ in range(6)]
    for here in (out, at(world, centre)):
        drawing[here // columns][here % columns] = "."
    cast = [unit("a", "saa", centre), unit("foe", "isis", world.grid.label(out), steps=1)]
    walled = situation("\n".join(map(" ".join, drawing)), units=cast)
    held, free = play(walled), play(walled, seen=False)
    for _ in range(2):  # what is remembered of one moment is not told of the other
        assert set(movement.within_reach(held, 0).cost) == {at(walled, centre)}
        assert set(movement.within_reach(free, 0).cost) == {at(walled, centre), out}
        held, free = replace(held, answers={}), replace(free, answers={})


def test_4_2_the_allowance_of_the_badly_supplied_is_cut_in_the_first_hex_as_elsewhere() -> None:
    late = unit("late", "saa", "", arrives="2017-09-20", entry=["0101"])
    cast = [unit("a", "saa", "0101"), unit("b", "saa", "0201"), late, unit("foe", "isis", "0501")]
    state = play(situation(LANE, units=cast))
    row, rules = state.world.row, state.world.rules.movement
    for how, percent in ((Supplied.STRETCHED, rules.stretched_percent), (Supplied.CUT, rules.cut_percent)):
        draft = Draft(with_units(state, mp=(99,) * 4, supply=(int(how),) * 4))
        marching.grant(draft, 0)
        less = state.world.roster.movement[row["a"]] * percent // 100
        assert [draft.units.mp[row[name]] for name in ("a", "b", "late", "foe")] == [less, less, 99, 99]


def test_a_march_that_is_thought_of_may_use_up_all_movement() -> None:
    state = play(situation(LANE, units=[unit("a", "saa", "0101"), unit("foe", "isis", "0501")]))
    path = engine.reach(state, "a").path(at(state, "0301"))
    price = engine.reach(state, "a").cost[path[-1]]
    for spare in (0, 1):
        moment = with_units(state, mp=(price + spare, 0))
        assert foresight.marched(moment, 0, path).units.mp[0] == spare


def test_a_march_towards_a_hex_that_others_bar_leads_as_far_as_the_first_hex() -> None:
    cast = [unit("lions", "saa", "0102"), unit("dmc", "sdf", "0201", steps=4), unit("foe", "isis", "0402")]
    state = play(situation(". . . .\n. x x .", factions=THREE, units=cast))
    found = out_of_reach.why(state, state.world.row["lions"], at(state, "0301"))
    assert found is not None and "Others bar every way" in found.why and found.path == (0,)


@pytest.mark.parametrize("scenario", ["tutorial", "race_for_deir_ezzor"])
def test_a_unit_may_stop_where_a_march_is_not_refused_and_nowhere_else(scenario: str) -> None:
    """Every hex in reach, of every unit, after marches that left some without points, crowded hexes and met enemies."""
    state = engine.start(world_of(scenario), 5)
    for turn in range(3):
        view = engine.view(state, state.faction).state
        for row, here in enumerate(view.units.hex):
            if here < 0 or view.world.roster.faction[row] != view.faction:
                continue
            reach, name = movement.within_reach(view, row), view.world.roster.id[row]
            may = {
                there: cost
                for there, cost in reach.cost.items()
                if there != here and engine.refusal(view, od.Move(name, reach.path(there))) is None
            }
            assert out_of_reach.stops(view, row) == may
            if row % 3 == turn and may:
                state, _ = engine.apply(state, od.Move(name, reach.path(max(may, key=lambda one: may[one]))))
                view = engine.view(state, state.faction).state
        state, _ = engine.apply(state, od.EndTurn())


def test_4_5_ground_that_a_friend_holds_is_left_to_him() -> None:
    cast = [unit("a", "saa", "0101"), unit("b", "iraq", "0501")]
    held = [{"faction": "saa", "hexes": ["0301"]}]
    world = situation(LANE, factions=("saa", "isis", "iraq"), units=cast, control=held)
    for stance, control, taken in (("friendly", 0, False), ("friendly", -1, True), ("friendly", 1, True)):
        state = play(world)
        marks = tuple(control if here == at(world, "0301") else 2 for here in range(world.grid.size))
        draft = Draft(replace(state, hexes=replace(state.hexes, control=marks), answers={}))
        taking.take_control(draft, world.row["b"], (at(world, "0301"),))
        assert (draft.hexes.control[at(world, "0301")] == 2) == taken, (stance, control)


def test_units_that_began_in_the_first_hex_come_back_there() -> None:
    late = unit("late", "saa", "", arrives="2017-09-20", entry=["0301", "0201"])
    world = situation(LANE, units=[unit("a", "saa", "0101"), late])
    state = play(world)
    row = world.row
    assert reinforcements.entries(state, row["a"]) == (0,)
    assert reinforcements.entries(state, row["late"]) == (at(world, "0301"), at(world, "0201"))
    for first, then in (("0201", ("0301",)), ("0101", ("0301", "0201"))):
        fixed = with_units(state, entry=tuple(at(world, first) if n == row["late"] else -1 for n in range(2)))
        assert reinforcements.entries(fixed, row["late"]) == tuple(at(world, label) for label in (first, *then))


def test_4_4_a_march_that_is_stopped_in_a_full_hex_falls_back_by_one_hex_and_not_to_its_start() -> None:
    full = [unit(f"c{n}", "saa", "0401", steps=1) for n in range(3)]
    cast = [unit("a", "saa", "0101", steps=1), *full, unit("cell", "isis", "0501", "cell", hidden=True, steps=1)]
    state = play(situation(". . . . . .\n. . . . . .", units=cast))
    way = tuple(at(state, label) for label in ("0201", "0301", "0401", "0501"))
    assert not refused(state, od.Move("a", way))
    after, _ = engine.apply(state, od.Move("a", way))
    assert after.units.hex[state.world.row["a"]] == at(state, "0301")


def test_2_1_a_headquarters_takes_no_room_in_a_full_stack_and_finds_it_there() -> None:
    for line, fits in ((2, True), (3, False)):
        there = [unit(f"c{n}", "saa", "0201", steps=1) for n in range(line)]
        cast = [unit("a", "saa", "0101", steps=1), unit("staff", "saa", "0201", "hq"), unit("hq", "saa", "0202", "hq")]
        state = play(situation(LANE, units=[*cast, *there]))
        assert state.world.rules.units.stack_units == 3
        assert (refused(state, od.Move("a", (at(state, "0201"),))) == "") == fits, line
        assert not refused(state, od.Move("hq", (at(state, "0201"),)))


# --- which orders are worth asking about --------------------------------------------------------------------------


def test_only_own_units_on_the_map_are_asked_for_orders() -> None:
    late = unit("late", "saa", "", arrives="2017-09-20", entry=["0101"])
    cast = [unit("a", "saa", "0101", "engineer"), late, unit("foe", "isis", "0201"), unit("b", "saa", "0302")]
    world = situation(LANE, units=cast, rivers=[["0101/SE"]])
    state = play(world, points=5)
    state = replace(state, clock=replace(state.clock, support=((("airdrop", 2), ("recon", 2)), ())), answers={})
    found = list(options.candidates(state))
    for made in (od.Rest("b"), od.Rest("b", True), od.March("b"), od.March("b", True), od.DigIn("b")):
        assert found.count(made) == 1, made
    named = {name for order in found for name in getattr(order, "units", None) or (getattr(order, "unit", ""),)}
    assert named == {"", "a", "b"}
    sides = {order.side for order in found if isinstance(order, od.Bridge | od.Blow)}
    assert sides == {world.grid.side("0101/SE")}, "nothing is built but over a river"
    assert {order.target for order in found if isinstance(order, od.AirDrop)} == {0, at(world, "0302")}
    assert {0, at(world, "0302"), at(world, "0201")} <= {o.target for o in found if isinstance(o, od.Scout)}
    joint = {order.target for order in found if isinstance(order, od.Attack)}
    assert joint == {at(world, "0201")}


def test_an_enemy_in_the_first_hex_can_be_bombarded() -> None:
    cast = [unit("guns", "saa", "0301", "artillery"), unit("eye", "saa", "0201"), unit("foe", "isis", "0101")]
    state = play(situation(LANE, units=cast), points=5)
    assert not refused(state, od.Bombard("guns", 0))
    assert "not within" in refused(state, od.Bombard("guns", -1))
    assert "not within" in refused(state, od.Bombard("guns", state.world.grid.size))


# --- fights -------------------------------------------------------------------------------------------------------


def test_5_2_a_threat_is_told_in_the_column_of_both_strengths() -> None:
    names = {}
    for steps in (1, 3, 6):
        cast = [unit("foe", "isis", "0101", steps=3), unit("a", "saa", "0401", steps=steps, sight=6)]
        state = play(situation(LANE, units=cast))
        row = state.world.row["a"]
        sure = replace(state.intel[0], level=(2, 2))
        found = threats.against(replace(state, intel=(sure, *state.intel[1:]), answers={}), row, at(state, "0401"))
        assert found.attack == 60 and found.defence == 30 * steps
        names[steps] = found.column
    assert names == {1: "2:1", 3: "2:3", 6: "1:3"}


def test_defenders_that_are_wiped_out_where_they_stand_pay_no_way_back() -> None:
    state = play(situation(LANE, units=[unit("a", "saa", "0201", steps=4), unit("x", "isis", "0301", steps=1)]))
    sides = AttackSides((0,), (1,), at(state, "0301"), (8,))
    after = aftermath(state, sides, state.world.rules.combat.results["X"])
    assert after.cleared and (after.defender_lost, after.way_back_lost, after.at_stake) == (1, 0, 0)


def test_6_1_the_way_back_leads_towards_ones_own_sources_and_their_own_towns_alone() -> None:
    places = [
        {"name": "Ours", "hex": "0101", "kind": "town", "size": 2},
        {"name": "Theirs", "hex": "0901", "kind": "town", "size": 2},
        {"name": "Post", "hex": "0906", "size": 0},
    ]  # fmt: skip
    world = situation(
        FIELD, units=[unit("a", "saa", "0501"), unit("d", "isis", "0503")], places=places,
        holders={"Ours": "isis", "Theirs": "saa", "Post": "isis"},
        sources={"isis": [{"hex": "0106"}, {"hex": "0506"}]},
        control=[{"faction": "isis", "hexes": ["0106"]}, {"faction": "saa", "hexes": ["0506"]}],
    )  # fmt: skip
    state = play(world)
    assert retreat._homes(state, 1) == {at(world, "0101"), at(world, "0106")}
    lost = tuple(0 if here == at(world, "0101") else one for here, one in enumerate(state.hexes.control))
    assert retreat._homes(replace(state, hexes=replace(state.hexes, control=lost), answers={}), 1) == {
        at(world, "0106")
    }


def test_cells_that_one_of_two_allies_may_have_are_reckoned_with() -> None:
    cast = [unit("a", "saa", "0101"), unit("foe", "isis", "0301"), unit("cell", "iraq", "0501", "cell", hidden=True)]
    state = play(situation(LANE, factions=("saa", "isis", "iraq"), units=cast))
    row = state.world.row
    hides = {names: shifts.arms_of(state, tuple(row[name] for name in names)).hides
             for names in (("foe",), ("cell",), ("foe", "cell"), ())}  # fmt: skip
    assert hides == {("foe",): False, ("cell",): True, ("foe", "cell"): True, (): False}


@pytest.mark.parametrize("hidden", [True, False])
def test_5_7_whoever_fights_one_of_two_defenders_may_stand_unseen_behind_them(hidden: bool) -> None:
    stances = {("saa", "iraq"): "war", ("isis", "iraq"): "allied", ("sdf", "iraq"): "friendly", ("sdf", "isis"): "war"}
    cast = [
        unit("a", "saa", "0303", "armour", steps=6), unit("x", "isis", "0403", steps=1),
        unit("y", "iraq", "0403", steps=1), unit("eye", "saa", "0503"),
        unit("cell" if hidden else "post", "sdf", "0906", "cell" if hidden else "garrison", hidden=hidden),
    ]  # fmt: skip
    world = situation(FIELD, factions=("saa", "sdf", "isis", "iraq"), units=cast, stances=stances,
                      rules={"units": {"types": {"infantry": {"sight": 4}}}})  # fmt: skip
    state = play(world, points=5)
    known = replace(state.intel[0], level=tuple(2 for _ in cast), hex=state.units.hex, turn=(1,) * len(cast),
                    steps=state.units.steps)  # fmt: skip
    state = replace(state, intel=(known, *state.intel[1:]), answers={})
    forecast = forecasting.odds(state, od.Attack(("a",), at(state, "0403")))
    assert ("way back" in {doubt.about for doubt in forecast.unsure}) == hidden


@pytest.mark.parametrize(("ground", "unsure"), [(".", True), (",", True), ("x", False)])
def test_5_7_ground_that_is_unseen_behind_the_defenders_makes_a_range_of_the_forecast(
    ground: str, unsure: bool
) -> None:
    cast = [unit("a", "saa", "0201", "armour", steps=6, sight=2), unit("foe", "isis", "0301", steps=1)]
    state = play(situation(f". . . {ground} {ground}\n. . . {ground} {ground}", units=cast), points=5)
    seen = engine.view(state, 0).state
    forecast = forecasting.odds(seen, od.Attack(("a",), at(state, "0301")))
    assert ("way back" in {doubt.about for doubt in forecast.unsure}) == unsure


def test_6_6_one_strongpoint_is_taken_at_a_time_until_none_stands() -> None:
    place = {"name": "Mayadin", "hex": "0301", "kind": "town", "size": 2}
    cast = [unit("a", "saa", "0201"), unit("den", "isis", "0301", "garrison")]
    world = situation(LANE, units=cast, places=[place], holders={"Mayadin": "isis"})
    here = at(world, "0301")
    draft = Draft(play(replace(world, strongholds={here: Stronghold(world.place_at[here], 1, 3)})))
    left = []
    for _ in range(3):
        draft.emit(strongpoints.taken(draft, here))
        left.append(strongpoints.standing(draft, here))
    assert left == [2, 1, 0]


@pytest.mark.parametrize(("terrain", "movement", "lost"), [
    (".", 8, [0, 0, 0, 0]), (".", 0, [0, 1, 2, 3]), ("U", 8, [0, 1, 1, 1]), ("U", 0, [0, 1, 2, 3]),
])  # fmt: skip
def test_6_3_who_stands_loses_one_step_for_the_street_and_one_for_each_hex_it_cannot_go(
    terrain: str, movement: int, lost: list[int]
) -> None:
    state = play(situation(f"{terrain} . .\n. . .", units=[unit("den", "isis", "0101", movement=movement)]))
    found = [retreat.stands(state, 0, hexes) for hexes in range(4)]
    assert [sum(steps for steps, _ in one) for one in found] == lost
    assert [retreat.goes_back(state, 0, hexes) for hexes in range(4)] == [
        max(0, hexes - (terrain == "U")) if movement else 0 for hexes in range(4)
    ]


@pytest.mark.parametrize(("kind", "attacked", "left"), [
    ("mech", True, 5), ("mech", False, 11), ("cell", True, 11), ("infantry", True, 5),
])  # fmt: skip
def test_who_has_attacked_on_wheels_or_tracks_keeps_half_of_its_movement(kind: str, attacked: bool, left: int) -> None:
    state = play(situation(LANE, units=[unit("a", "saa", "0201", kind), unit("foe", "isis", "0501")]))
    spent = int(Spent.ATTACKED) if attacked else 0
    draft = Draft(with_units(state, spent=(spent, 0), mp=(11, 0)))
    retreat.advance(draft, (0,), at(state, "0301"), {0: 11})
    assert draft.units.mp[0] == left and draft.units.hex[0] == at(state, "0301")


@pytest.mark.parametrize(("shift", "guns", "watched", "feared"), [
    (1, True, False, True), (0, True, False, False), (1, False, False, False), (1, True, True, False),
])  # fmt: skip
def test_5_6_guns_that_nobody_sees_are_feared_where_there_may_be_any_and_they_count(
    shift: int, guns: bool, watched: bool, feared: bool
) -> None:
    cast = [unit("a", "saa", "0203"), unit("b", "saa", "0402"), unit("foe", "isis", "0303")]
    cast += [unit("guns", "isis", "0906", "artillery", range=3)] if guns else []
    cast += [unit("eye", "saa", "0304", sight=6)] if watched else []
    world = situation(FIELD, units=cast, rules={"combat": {"defence_fire_shift": shift}})
    state = play(world)
    origins = {at(state, "0203"), at(state, "0402")}
    assert shifts.unseen_guns(state, 0, (world.row["foe"],), origins) == feared


def test_one_origin_that_is_watched_all_round_does_not_answer_for_the_other() -> None:
    cast = [unit("a", "saa", "0203", sight=3), unit("b", "saa", "0703"), unit("foe", "isis", "0303")]
    cast += [unit("guns", "isis", "0906", "artillery", range=3)]
    state = play(situation("\n".join([". " * 12] * 6), units=cast))
    foe, seen, other = (state.world.row["foe"],), at(state, "0203"), at(state, "0703")
    found = [shifts.unseen_guns(state, 0, foe, origins) for origins in ({seen}, {other}, {seen, other})]
    assert found == [False, True, True]


def test_a_contact_beside_a_defender_who_is_cut_off_is_believed_to_be_supplied() -> None:
    cast = [unit("a", "saa", "0201"), unit("x", "isis", "0301"), unit("y", "isis", "0301")]
    numbers = {"combat": {"shifts": {"defender_stretched": 1, "defender_cut": 2}}}
    state = with_units(play(situation(LANE, units=cast, rules=numbers)), supply=(0, 2, 2))
    rules = state.world.rules.combat.shifts
    assert rules.defender_cut > rules.defender_stretched > 0
    for levels, known, best, worst in (
        ((2, 2), rules.defender_cut, rules.defender_cut, rules.defender_cut), ((2, 1), 0, rules.defender_cut, 0),
        ((1, 1), 0, rules.defender_cut, 0),
    ):  # fmt: skip
        intel = replace(state.intel[0], level=(0, *levels), supply=(0, 2, 2))
        seen = engine.view(replace(state, intel=(intel, *state.intel[1:]), answers={}), 0).state
        foes = tuple(row for row, owner in enumerate(seen.world.roster.faction) if owner == 1)
        found = [shifts._supply_terms(seen, foes, lean)[0].value for lean in (Lean.KNOWN, Lean.BEST, Lean.WORST)]
        assert found == [known, best, worst], levels


def test_4_6_a_lone_step_moves_aside_to_the_first_hex_where_that_is_the_only_one() -> None:
    cast = [unit("a", "saa", "0301"), unit("s", "sdf", "0201", steps=1), unit("far", "isis", "0501")]
    state = play(situation(". . . x .\nx x x x .", factions=THREE, units=cast))
    after, _ = engine.apply(state, od.Move("a", (at(state, "0201"),)))
    row = state.world.row
    assert (after.units.hex[row["a"]], after.units.hex[row["s"]]) == (at(state, "0201"), 0)


def test_4_6_a_lone_step_moves_aside_to_the_hex_from_which_one_of_its_friends_is_nearest() -> None:
    cast = [
        unit("a", "saa", "0303"), unit("s", "sdf", "0403", steps=1), unit("near", "sdf", "0503"),
        unit("far", "sdf", "0501"), unit("further", "sdf", "0101"),
    ]  # fmt: skip
    state = play(situation(FIELD, factions=THREE, units=cast))
    after, _ = engine.apply(state, od.Move("a", (at(state, "0403"),)))
    grid, goes = state.world.grid, after.units.hex[state.world.row["s"]]
    assert goes not in (at(state, "0403"), -1)
    friends = [at(state, label) for label in ("0503", "0501", "0101")]
    assert min(grid.distance(goes, there) for there in friends) == 0, "it joins the nearest"


# --- supply and the map -------------------------------------------------------------------------------------------


def test_troops_without_a_trait_have_no_stores() -> None:
    cast = [unit("plain", "saa", "0101", traits=[]), unit("den", "saa", "0201", "garrison")]
    world = situation(LANE, units=cast, rules={"supply": {"stores": {"garrison": 2}}})
    bare = replace(world, roster=replace(world.roster, traits=tuple(
        frozenset[str]() if name == "plain" else traits
        for name, traits in zip(world.roster.id, world.roster.traits, strict=True)
    )), answers={})  # fmt: skip
    assert supply.full_stores(bare, bare.row["plain"]) == 0 < supply.full_stores(world, world.row["den"])


def test_a_river_between_the_first_two_hexes_is_one_like_any_other() -> None:
    world = situation(LANE, units=[unit("a", "saa", "0101")], rivers=[["0102/N", "0201/SE"]])
    inner = sorted(world.grid.side(label) for label in ("0102/N", "0201/SE"))
    assert list(costs.major_sides(world)) == inner
    assert world.grid.ends[world.grid.side("0102/N")][1] == 0
    rim = situation(LANE, units=[unit("a", "saa", "0101")], rivers=[["0101/N", "0102/N"]])
    assert list(costs.major_sides(rim)) == [rim.grid.side("0102/N")], "nothing is crossed on the rim"


def test_7_8_the_way_that_supply_would_take_leaves_the_road_where_that_is_much_shorter() -> None:
    # The source lies beside the unit; the road goes a long way round. Off the road a quarter point counts four times.
    for longest in range(3, 9):
        way = [f"{n:02d}01" for n in range(1, longest + 1)] + [f"{n:02d}02" for n in range(longest, 0, -1)]
        world = situation(
            "\n".join([". " * 9] * 2), units=[unit("a", "saa", "0102"), unit("foe", "isis", "0101", steps=1)],
            highways=[way], sources={"saa": [{"name": "Rear", "hex": "0101"}]},
        )  # fmt: skip
        state = play(world)
        leg = next(price for there, price in supply_net.last_leg(state)[0] if there == at(world, "0102"))
        found = supply_trace.trace(state, 0, at(world, "0102"))
        straight = 4 * leg < (len(way) - 1) * world.rules.supply.carriage.highway
        assert found.way == ((at(world, "0102"), 0) if straight else found.way)
        assert (len(found.way) == 2) == straight, longest


def test_an_area_may_be_one_sides_part_of_the_line() -> None:
    straight = [f"{column:02d}03/N" for column in range(1, 6)]
    slanted = [f"{column:02d}02/{way}" for column in range(1, 6, 2) for way in ("SE", "SW")]
    sides = [one for one in straight + slanted if one not in ("0102/SW", "0502/SE")]
    world = situation(
        "\n".join([". . . . ."] * 4), factions=THREE, units=[unit("a", "saa", "0104"), unit("dmc", "sdf", "0101")],
        line={"sides": sides, "zones": {"sdf": "0101", "saa": "0104"}},
    )  # fmt: skip
    parts = {who: script.hexes_of(world, Area(zone=who)) for who in ("saa", "sdf")}
    assert sorted(parts["saa"] + parts["sdf"]) == list(range(world.grid.size))
    assert set(parts["sdf"]) == {here for here, owner in enumerate(world.line_side) if owner == 1}
    assert at(world, "0101") in parts["sdf"] and at(world, "0104") in parts["saa"]


# --- what a state may hold ----------------------------------------------------------------------------------------


def test_nobody_is_known_to_stand_on_unplayable_ground_not_even_in_the_first_hex() -> None:
    state = play(situation("x . . . .\n. x . . .", units=[unit("a", "saa", "0201"), unit("foe", "isis", "0501")]))
    row = state.world.row["foe"]
    for label, fine in (("0301", True), ("0202", False), ("0101", False)):
        hexes = tuple(at(state, label) if n == row else -1 for n in range(2))
        intel = replace(state.intel[0], hex=hexes, level=tuple(2 * (n == row) for n in range(2)))
        wrong = replace(state, intel=(intel, *state.intel[1:]), answers={})
        assert any("I-38" in one for one in invariants.check(wrong)) != fine, label


def test_a_memory_of_a_unit_may_be_of_a_third_level_of_entrenchment_on_any_ground() -> None:
    state = play(situation(LANE, units=[unit("a", "saa", "0201"), unit("foe", "isis", "0301")]))
    shallow = replace(state.world.rules.terrain, kinds={
        name: replace(kind, dig=min(kind.dig, 1)) for name, kind in state.world.rules.terrain.kinds.items()
    })  # fmt: skip
    world = replace(state.world, rules=replace(state.world.rules, terrain=shallow), answers={})
    for dug, fine in ((3, True), (4, False)):
        intel = replace(state.intel[0], dug=tuple(dug * (n == world.row["foe"]) for n in range(2)))
        moment = replace(state, world=world, intel=(intel, *state.intel[1:]), answers={})
        assert any("dug" in one for one in invariants.check(moment)) != fine, dug


# --- dates --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("turns", [3, 9])
def test_a_capture_keeps_its_date_from_turn_to_turn_and_at_the_end(turns: int) -> None:
    places = [
        {"name": name, "hex": at_, "kind": "town", "size": 2} for name, at_ in (("Mayadin", "0301"), ("Home", "0101"))
    ]
    plan = {"prizes": [], "anchors": [
        {"place": name, "faction": "saa", "date": "2017-09-20"} for name in ("Mayadin", "Home")
    ]}  # fmt: skip
    cast = [unit("a", "saa", "0201", steps=3), unit("foe", "isis", "0502"), unit("post", "saa", "0101", steps=3)]
    world = situation(
        LANE, units=cast, places=places, holders={"Mayadin": "isis", "Home": "saa"}, victory=plan, turns=turns,
        roads=[["0101", "0201", "0301"]], sources={"saa": [{"hex": "0101"}]},
        control=[{"faction": "saa", "hexes": ["0101", "0201"]}],
    )  # fmt: skip
    state = engine.start(world, 1)
    told = []
    for turn in range(1, 4):
        if turn == 2:
            state, _ = engine.apply(state, od.Move("a", (at(world, "0301"),)))
        for _ in world.sequence:
            state, _ = engine.apply(state, od.EndTurn())
        told.append([taken for _, taken, _ in victory.captures(state, 0)])
    first, second = "2017-09-07", "2017-09-10"  # the last days of two turns
    assert told == [["", first], [second, first], [second, first]], "taken in the second turn, held from the first"
    assert not list(victory.captures(state, 1)), "the other faction is asked for no place"
    assert state.clock.over == (Ending.LAST_TURN if turns == 3 else Ending.NOT_YET)


@pytest.mark.parametrize(("source", "unit_at"), [("0301", "0101"), ("0101", "0301")])
def test_7_1_supply_comes_by_road_from_the_first_hex_and_into_it(source: str, unit_at: str) -> None:
    world = situation(
        LANE, units=[unit("a", "saa", unit_at), unit("foe", "isis", "0502")], roads=[["0101", "0201", "0301"]],
        sources={"saa": [{"hex": source}]}, control=[{"faction": "saa", "hexes": ["0101", "0201", "0301"]}],
        rules={"supply": {"last_leg": 0, "stretched_leg": 1}},
    )  # fmt: skip
    found = supply.explain(play(world), 0)
    assert found.state == Supplied.FULL and found.way == (at(world, unit_at), 1, at(world, source))


def test_4_4_who_is_stopped_for_the_turn_has_still_done_what_it_did_before() -> None:
    world = situation("\n".join([". " * 4] * 4), units=[unit("a", "saa", "0202")])
    before = with_units(play(world), spent=(Spent.MARCHED | Spent.FORCED,))
    draft = Draft(before)
    draft.emit(MoveCutShort(world.row["a"], at(world, "0202"), "", for_good=True))
    spent = draft.finish().units.spent[world.row["a"]]
    assert spent == Spent.MARCHED | Spent.FORCED | Spent.MOVED | Spent.STOPPED
