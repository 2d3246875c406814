"""Cases that lie just beside the usual ones: the hex just in range, the first of its kind, a way over the river."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from game import engine
from game import events as ev
from game import orders as od
from game.kernels.recent import Recent
from game.rules import (
    air_drop,
    airspace,
    columns,
    conditions,
    costs,
    deconfliction,
    fog,
    foresight,
    invariants,
    ladder,
    options,
    out_of_reach,
    people,
    prizes,
    reinforcements,
    strikes,
    supply,
    supply_map,
    supply_net,
    victory,
    zones,
)
from game.rules.aftermath import AttackSides, aftermath
from game.rules.ledger import ledger
from game.state import Draft, State
from game.state.codes import Knowledge, Spent, Supplied
from tests.rules.script_stage import event, run, stage
from tests.situation import at, play, refused, situation, to_event, unit, with_units

LANE = ". . . . .\n. . . . ."
FIELD = "\n".join([". " * 9] * 6)
THREE = ("saa", "sdf", "isis")


# --- supply -------------------------------------------------------------------------------------------------------


def test_a_headquarters_serves_the_hex_exactly_at_its_range() -> None:
    reach = 4
    for label, near in ((f"{1 + reach:02d}01", True), (f"{2 + reach:02d}01", False)):
        cast = [unit("staff", "saa", "0101", "hq"), unit("a", "saa", label)]
        state = play(situation(FIELD, units=cast))
        assert state.world.rules.command.hq_range == reach
        assert reinforcements.near_headquarters(state, state.world.row["a"]) == near, label


def test_presence_opens_a_hex_only_where_a_way_leads_there() -> None:
    # The enemy zone closes 0301; by the ground it could be supplied, over the river it could not.
    for rivers, found in (((), True), ([["0201/NE", "0201/SE"]], False)):
        cast = [unit("a", "saa", "0101"), unit("foe", "isis", "0401")]
        world = situation(". . . . .\nx x x x x", units=cast, sources={"saa": [{"hex": "0101"}]}, rivers=rivers)
        state = play(world)
        chart = supply.supply_map(state, 0)
        assert at(state, "0301") not in chart.leg.cost
        assert (supply_map.state_if_held(state, 0, at(state, "0301")) != Supplied.CUT) == found


@pytest.mark.parametrize(
    ("armed", "hides", "reach", "sight", "beside", "guns"),
    [
        (True, True, 1, 1, True, True),
        (False, True, 1, 1, True, False),
        (True, False, 1, 1, False, False),
        (True, False, 2, 1, False, True),
        (True, False, 2, 4, False, False),
        (False, False, 2, 1, False, False),
    ],
)
def test_unseen_enemies_are_reckoned_with_where_they_may_stand_and_with_what_they_have(
    armed: bool, hides: bool, reach: int, sight: int, beside: bool, guns: bool
) -> None:
    foe = unit("foe", "isis", "0901", "cell", traits=["air-defence"] if armed else []) | (
        {"hidden": True} if hides else {}
    )
    if not hides:
        foe |= {"type": "infantry"}
    world = situation(
        FIELD, units=[unit("a", "saa", "0101", sight=sight), foe], rules={"support": {"air_defence_range": reach}}
    )
    least, most = air_drop.loss_range(play(world), 0, 0)
    rules = world.rules.supply.air_drops
    assert least == rules.lost
    assert most == least + (rules.near_enemy if beside else 0) + (rules.air_defence if guns else 0)


def test_4_3_who_is_cut_off_makes_no_road_march() -> None:
    state = play(situation(LANE, units=[unit("a", "saa", "0101"), unit("b", "saa", "0201")]), points=5)
    cut = with_units(state, supply=(int(Supplied.CUT), int(Supplied.FULL)))
    for forced in (False, True):
        assert "Cut off, " in refused(cut, od.March("a", forced))
        assert "Cut off, " not in refused(cut, od.March("b", forced))


# --- the first of its kind ----------------------------------------------------------------------------------------


def test_a_column_that_starts_in_the_first_hex_loads_there() -> None:
    cast = [unit("trucks", "saa", "0101", "logistics", steps=1, traits=["column"])]
    state = play(situation(LANE, units=cast))
    assert columns.home(state.world, 0) == 0


def test_an_arsenal_in_the_first_hex_of_the_first_faction_is_struck_like_any_other() -> None:
    for owner, striker, place in (("isis", "saa", "0101"), ("saa", "isis", "0101"), ("saa", "isis", "0501")):
        world = situation(
            LANE, units=[unit("a", "saa", "0202"), unit("foe", "isis", "0402")], support={striker: {"kalibr": 2}},
            sources={owner: [{"name": "depots", "hex": place, "capacity": 20, "arsenal": True}]},
            control=[{"faction": owner, "hexes": [place]}], rules={"support": {"kinds": {"kalibr": {"hit": 77}}}},
        )  # fmt: skip
        state, faction = play(world, turn_of=striker), world.faction(striker)
        state = replace(state, clock=replace(state.clock, support=tuple(
            (("kalibr", 2),) if number == faction else () for number in range(2)
        )), answers={})  # fmt: skip
        here = at(state, place)
        assert strikes.arsenal_at(state, faction, here) == world.faction(owner)
        assert strikes.strike_chance(state, faction, "kalibr", here).total == 77
        assert not refused(state, od.Strike("kalibr", here))
        struck = replace(state, clock=replace(state.clock, struck=((here, state.clock.turn),)), answers={})
        assert strikes.arsenal_at(struck, faction, here) == -1, "closed through the turn that is noted"


def test_a_march_towards_a_hex_leads_to_the_first_hex_when_that_is_nearest() -> None:
    cast = [unit("lions", "saa", "0102"), unit("foe", "isis", "0201")]
    state = play(situation(". . .\n. x x", units=cast))
    found = out_of_reach.why(state, state.world.row["lions"], at(state, "0201"))
    assert found is not None and found.path == (0,)


def test_a_unit_that_was_held_up_marches_again_in_the_turn_that_frees_it() -> None:
    state = play(situation("\n".join([". " * 12] * 5), units=[unit("lions", "saa", "0203", "mech")]))
    goal = at(state, "0303")
    for locked, first in ((0, 1), (1, 1), (2, 0)):
        held = with_units(state, locked=(locked,))
        assert foresight.long_march(held, 0, (goal,)).ends[0] == first, locked


def test_allies_may_share_a_hex_and_others_may_not() -> None:
    for stances, fine in (({("saa", "iraq"): "allied"}, True), ({("saa", "iraq"): "friendly"}, False)):
        cast = [unit("a", "saa", "0101"), unit("b", "iraq", "0301")]
        world = situation(LANE, factions=("saa", "isis", "iraq"), units=cast, stances=stances)
        state = play(world)
        both = with_units(state, hex=(0, 0))
        assert any("I-06" in one for one in invariants.check(both)) != fine


# --- crossing and fire --------------------------------------------------------------------------------------------


def over_the_river(**more: Any) -> State:
    cast = [unit("s", "saa", "0101", "special"), unit("foe", "isis", "0501")]
    return play(situation(LANE, units=cast, rivers=[["0101/NE", "0101/SE"]], **more), points=5)


def test_4_5_who_crosses_by_boat_takes_the_far_bank() -> None:
    state = over_the_river(control=[{"faction": "isis", "hexes": ["0201", "0202"]}])
    side = state.world.grid.side("0101/NE")
    far = next(there for there in state.world.grid.near[0] if state.world.grid.side_between(0, there) == side)
    after, events = engine.apply(state, od.Bridge("s", side, "boats"))
    assert after.units.hex[0] == far and state.hexes.control[far] == 1 and after.hexes.control[far] == 0
    assert any(isinstance(one, ev.UnitMoved) and one.mp == 0 for one in events)


def test_4_1_a_step_over_the_river_is_not_refused_for_a_road_march_that_nobody_made() -> None:
    state = over_the_river()
    side = state.world.grid.side("0101/NE")
    far = next(there for there in state.world.grid.near[0] if state.world.grid.side_between(0, there) == side)
    found = engine.refusal(state, od.Move("s", (far,)))
    assert found is not None and found.rule != "4.3"


def test_supplies_are_dropped_on_the_first_hex_too() -> None:
    state = play(situation(LANE, units=[unit("a", "saa", "0101"), unit("foe", "isis", "0501")]), points=3)
    state = with_units(state, supply=(int(Supplied.CUT),) * 2)
    state = replace(state, clock=replace(state.clock, support=((("airdrop", 2),), ())), answers={})
    assert "outside the map" not in refused(state, od.AirDrop(0))
    assert "outside the map" in refused(state, od.AirDrop(-1))


def test_an_enemy_in_the_first_hex_endangers_a_drop() -> None:
    state = play(situation(LANE, units=[unit("a", "saa", "0201"), unit("foe", "isis", "0101")]), points=3)
    state = with_units(state, supply=(int(Supplied.CUT),) * 2)
    state = replace(state, clock=replace(state.clock, support=((("airdrop", 2),), ())), answers={})
    rules = state.world.rules.supply.air_drops
    _, events = engine.apply(state, od.AirDrop(at(state, "0201")))
    assert [one.chance for one in events if isinstance(one, ev.FireResolved)] == [rules.lost + rules.near_enemy]


def test_9_9_each_further_try_at_a_crossing_of_the_turn_adds_to_the_chance_of_that_one_alone() -> None:
    river, crossings = [["0403/N", "0403/NE"]], [("0403/N", "bridge", "open"), ("0403/NE", "bridge", "open")]
    rules = {"support": {"kinds": {"strike": {"bridge": 2}}}}
    cast = [unit("a", "saa", "0202"), unit("foe", "isis", "0802")]
    world = situation(FIELD, units=cast, rivers=river, crossings=crossings, rules=rules)
    state = replace(play(world, 3), answers={})
    state = replace(state, clock=replace(state.clock, support=((("strike", 9),), ())), answers={})
    one, other = (world.grid.side(label) for label in ("0403/N", "0403/NE"))
    found = []
    for _ in range(3):
        found.append(strikes.bridge_chance(state, "strike", one, 0).total)
        assert strikes.bridge_chance(state, "strike", other, 0).total == found[0]
        if not refused(state, od.StrikeBridge(one)):
            state, _ = engine.apply(state, od.StrikeBridge(one))
    assert found == [found[0] + tries * world.rules.support.repeat for tries in range(3)]


def test_troops_of_the_other_bloc_in_the_first_hex_are_met() -> None:
    cast = [unit("a", "saa", "0201"), unit("dmc", "sdf", "0101"), unit("foe", "isis", "0501")]
    state = play(situation(LANE, factions=THREE, units=cast))
    assert ladder.true_rivals(state, 0) == ((1, 0),)


def test_friends_beside_a_unit_and_enemies_that_hide_do_not_keep_it_from_recovering() -> None:
    cast = [
        unit("a", "saa", "0101"), unit("b", "saa", "0201"), unit("cell", "isis", "0102", "cell", hidden=True),
        unit("foe", "isis", "0501"),
    ]  # fmt: skip
    state = with_units(play(situation(LANE, units=cast)), disrupted=(1, 0, 0, 0))
    draft = Draft(state)
    reinforcements.recover(draft, 0)
    assert draft.units.disrupted[0] == 0


def test_17_1_a_road_with_a_stretch_that_nobody_holds_pays_nobody() -> None:
    prize = {
        "id": "road",
        "name": "Road",
        "place": "End",
        "kind": "road",
        "points": {"saa": 6},
        "path": ["0201", "0301"],
    }
    ends = [{"name": "End", "hex": "0101", "kind": "town", "size": 2}]
    for held, theirs, pays in (
        (["0101", "0201", "0301"], [], True), (["0101", "0201"], [], False), (["0101", "0201"], ["0301"], False),
    ):  # fmt: skip
        world = situation(
            LANE, units=[unit("a", "saa", "0101", steps=3), unit("foe", "isis", "0502")], places=ends,
            victory={"prizes": [prize]}, holders={"End": "saa"},
            control=[{"faction": "saa", "hexes": held}, *([{"faction": "isis", "hexes": theirs}] if theirs else [])],
            sources={"saa": [{"hex": "0101"}]},
        )  # fmt: skip
        state = with_units(play(world), hex=(0, at(play(world), "0502")))
        draft = Draft(state)
        victory.end_check(draft)
        assert (prizes.holder(draft, world.prizes[0]) == 0) == pays, (held, theirs)


def test_3_2_a_march_planned_from_zone_to_zone_ends_there_and_is_not_cut_short() -> None:
    cast = [unit("a", "saa", "0101"), unit("foe", "isis", "0302", steps=3)]
    state = play(situation(LANE, units=cast))
    zone = zones.known_zone(state, 0)
    first = next(there for there in state.world.grid.near[0] if zone[there])
    then = next(there for there in state.world.grid.near[first] if zone[there] and not state.units_at(there))
    after, events = engine.apply(state, od.Move("a", (first, then)))
    assert after.units.hex[0] == then and after.units.spent[0] & Spent.STOPPED
    assert not any(isinstance(one, ev.MoveCutShort) for one in events)


def test_what_is_remembered_is_bounded_and_the_oldest_goes_first() -> None:
    made: list[str] = []

    def answer(key: str) -> str:
        def make() -> str:
            made.append(key)
            return key

        return memory.found(key, make)

    memory = Recent[str](2)
    for key in ("a", "b", "a", "c", "a", "b"):
        assert answer(key) == key
    assert made == ["a", "b", "c", "b"], "b was the one asked longest ago when c came"


def test_units_that_are_destroyed_are_counted_and_do_not_bar_the_hex() -> None:
    cast = [unit("a", "saa", "0201", steps=4), unit("x", "isis", "0301", steps=1), unit("y", "isis", "0301", steps=3)]
    world = situation(LANE, units=cast)
    state = play(world)
    sides = AttackSides((0,), (1, 2), at(state, "0301"), (state.units.mp[0],))
    found = {key: aftermath(state, sides, result) for key, result in world.rules.combat.results.items()}
    for key, one in found.items():
        dead = [event.unit for event in one.events if isinstance(event, ev.UnitDestroyed)]
        assert one.destroyed == len([row for row in dead if row in (1, 2)]), key
    alone = play(situation(LANE, units=[cast[0], cast[1]]))
    one = aftermath(alone, AttackSides((0,), (1,), at(alone, "0301"), (8,)), world.rules.combat.results["X"])
    assert one.destroyed == 1 and one.cleared and one.fell_back == 0


def test_9_15_the_first_faction_closes_skies_as_well() -> None:
    state = play(situation(FIELD, factions=THREE, units=[unit("a", "saa", "0101"), unit("dmc", "sdf", "0901")]))
    world = state.world
    closed = replace(
        state, factions=replace(state.factions, sky=(at(state, "0303"), -1, -1)),
        clock=replace(state.clock, ladder=world.rules.deconfliction.skies.rung), answers={},
    )  # fmt: skip
    assert airspace.flight_risk(closed, 1, at(state, "0303")) == world.rules.deconfliction.skies.risk
    assert airspace.flight_risk(closed, 0, at(state, "0303")) == 0, "its own aircraft fly"


def test_a_garrison_with_guests_breaks_its_siege_as_well() -> None:
    cast = [unit("a", "saa", "0101"), unit("guest", "iraq", "0101"), unit("foe", "isis", "0501")]
    world = situation(
        LANE, factions=("saa", "isis", "iraq"), units=cast, stances={("saa", "iraq"): "allied"},
        sources={"saa": [{"hex": "0101"}]},
        events=[to_event({"id": "free", "when": [{"on": "siege-broken", "at": {"hex": "0101"}, "faction": "saa"}],
                          "do": [{"do": "points", "faction": "saa", "victory": 1}]})],
    )  # fmt: skip
    state = play(world)
    trigger = world.script.events[0].when[0]
    assert conditions.verdict(state, trigger) is True


def test_only_hexsides_with_a_great_river_between_two_hexes_are_its_banks() -> None:
    rivers = [["0101/N"], ["0201/SE"]]
    world = situation(LANE, units=[unit("a", "saa", "0101")], rivers=rivers, streams=[["0301/SE"]])
    assert costs.major_sides(world) == (world.grid.side("0201/SE"),)


def test_the_risk_of_several_acts_of_which_the_worst_is_rolled_lies_between_the_highest_of_each() -> None:
    some = [
        deconfliction.Risk(percent, ledger(()), "", 1, least, most)
        for percent, least, most in ((10, 5, 12), (8, 0, 60), (3, 3, 3))
    ]
    found = deconfliction.joined(some[0], some)
    assert (found.percent, found.least, found.most) == (10, 5, 60)


def test_who_is_attacked_over_the_river_knows_the_attackers_then() -> None:
    cast = [unit("team", "saa", "0101", "special", steps=3), unit("post", "isis", "0201", sight=1)]
    world = situation(LANE, units=cast, rivers=[["0101/NE", "0101/SE"]])
    state = play(world, points=9)
    enemy = next(at(state, label) for label in ("0201",))
    assert state.intel[1].level[0] < Knowledge.IDENTIFIED, "over the river it is a contact"
    after, events = engine.apply(state, od.Attack(("team",), enemy))
    kinds = [type(one) for one in events if not isinstance(one, ev.Spotted) or (one.faction, one.unit) == (1, 0)]
    assert kinds.index(ev.Spotted) < kinds.index(ev.AttackResolved), "the log of the attacked can name them"
    assert after.intel[1].level[0] == Knowledge.IDENTIFIED


def test_losses_are_set_beside_those_of_history_only_where_there_are_any() -> None:
    towns = [{"name": "End", "hex": "0101", "kind": "town", "size": 2}]
    prize = {"id": "end", "name": "End", "place": "End", "kind": "town", "points": {"saa": 6}}
    for history, told in (({}, False), ({"history": {"saa": {"losses": 20, "harm": 5}}}, True)):
        world = situation(
            LANE, units=[unit("a", "saa", "0101"), unit("foe", "isis", "0501")], places=towns,
            victory={"prizes": [prize], **history},
        )  # fmt: skip
        found = victory.standing(play(world), 0)
        assert [("history" in one.words) for one in (found.losses, found.harm)] == [told, told]


def test_a_march_of_several_turns_starts_with_nothing_left_when_it_was_stopped() -> None:
    # The least price of a step is a quarter of a point: not even that is left.
    cast = [unit("lions", "saa", "0203", "mech")]
    roads = [[f"{column:02d}03" for column in range(2, 9)]]
    price = {"movement": {"roads": {"highway": 1, "road": 2, "track": 3}}}
    state = play(situation(FIELD, units=cast, highways=roads, rules=price))
    stopped = with_units(state, spent=(int(Spent.STOPPED),))
    assert foresight.long_march(stopped, 0, (at(state, "0303"),)).ends == (0, 1)


def test_11_12_an_objective_that_is_no_place_can_be_ceded() -> None:
    prize = {"id": "field", "name": "Field", "kind": "field", "points": {"saa": 8, "sdf": 8}, "hex": "0301"}
    cast = [unit("a", "saa", "0101"), unit("dmc", "sdf", "0501")]
    world = situation(
        LANE, factions=THREE, units=cast, victory={"prizes": [prize]}, control=[{"faction": "saa", "hexes": ["0301"]}]
    )
    state = play(world, points=3)
    state = replace(state, clock=replace(state.clock, ladder=2, quiet=1), answers={})
    after, events = engine.apply(state, od.Cede(at(state, "0301")))
    assert [one.place for one in events if isinstance(one, ev.PrizeCeded)] == [-1]
    assert after.hexes.control[at(state, "0301")] == 1


def test_fire_on_a_crossing_and_on_a_column_names_no_unit_that_fired() -> None:
    rules = {"support": {"kinds": {"strike": {"bridge": 100}}}}
    world = situation(
        FIELD, units=[unit("a", "saa", "0202"), unit("foe", "isis", "0802")], rivers=[["0403/N"]],
        crossings=[("0403/N", "bridge", "open")], rules=rules,
    )  # fmt: skip
    state = play(world)
    state = replace(state, clock=replace(state.clock, support=((("strike", 1),), ())), answers={})
    _, events = engine.apply(state, od.StrikeBridge(world.grid.side("0403/N")))
    assert [one.unit for one in events if isinstance(one, ev.FireResolved)] == [-1]


def test_4_7_only_raiders_and_cells_are_offered_a_way_behind_the_lines() -> None:
    for kind, offered in (("mobile", True), ("cell", True), ("infantry", False), ("mech", False)):
        cast = [unit("u", "isis", "0303", kind), unit("a", "saa", "0806")]
        state = play(situation(FIELD, units=cast), turn_of="isis", points=5)
        found = [one for one in options.candidates(state) if isinstance(one, od.Infiltrate)]
        assert bool(found) == offered, kind


def test_a_watched_hex_may_belong_to_nobody() -> None:
    when = [{"on": "taken", "at": {"hex": "0301"}}]
    taken = to_event({"id": "taken", "when": when, "do": [{"do": "points", "faction": "saa", "victory": 1}]})
    state = play(situation(LANE, units=[unit("a", "saa", "0101"), unit("foe", "isis", "0501")], events=[taken]))
    for who, fine in ((-1, True), (0, True), (1, True), (2, False), (-2, False)):
        held = replace(state, clock=replace(state.clock, held=((at(state, "0301"), who),)), answers={})
        assert any("clock.held" in one for one in invariants.check(held)) != fine, who


def test_a_town_is_ringed_by_the_first_faction_as_by_any_other() -> None:
    town = {"name": "Town", "hex": "0503", "kind": "town", "size": 2, "population": 30}
    cast = [unit("den", "isis", "0503", "garrison"), unit("a", "saa", "0101")]
    state = play(situation(FIELD, units=cast, places=[town], holders={"Town": "isis"}))
    here, grid = at(state, "0503"), state.world.grid
    control = tuple(1 if one == here else 0 if grid.distance(one, here) == 1 else -1 for one in range(grid.size))
    assert people.besieger(replace(state, hexes=replace(state.hexes, control=control), answers={}), here) == 0
    assert people.besieger(state, here) == people.NOBODY


def test_a_watcher_in_the_first_hex_sees() -> None:
    cast = [unit("eye", "saa", "0101"), unit("foe", "isis", "0501")]
    state = play(situation(LANE, units=cast))
    moved = with_units(state, hex=(0, at(state, "0201")))
    draft = Draft(moved)
    fog.be_seen(draft, 1, at(state, "0201"))
    assert draft.intel[0].level[1] == Knowledge.IDENTIFIED


def test_hidden_enemies_in_a_hex_cut_no_supply_and_friends_never_do() -> None:
    for hidden, cut in ((True, False), (False, True)):
        cast = [unit("a", "saa", "0101"), unit("x", "isis", "0301", "cell", hidden=hidden), unit("far", "isis", "0502")]
        world = situation(
            LANE, units=cast, roads=[["0101", "0201", "0301", "0401"]], sources={"saa": [{"hex": "0101"}]},
            control=[{"faction": "saa", "hexes": ["0101", "0201", "0301", "0401"]}],
        )  # fmt: skip
        state = with_units(play(world), hex=(0, at(world, "0301"), -1), status=(1, 1, 0))
        assert bool(supply_net.closers(state, 0, at(world, "0301"))) == cut
        assert supply_net.closers(state, 0, 0) == ()


def test_an_event_that_ends_the_game_without_a_winner_names_none() -> None:
    for winner, told in ((None, -1), ("saa", 0)):
        done = {"do": "end"} if winner is None else {"do": "end", "winner": winner}
        found = run(stage(event(done)))
        assert [one.winner for one in found.events if isinstance(one, ev.GameEnded)] == [told]


def test_9_1_no_points_are_no_support() -> None:
    cast = [unit("a", "saa", "0201", sight=3), unit("foe", "isis", "0301")]
    state = play(situation(LANE, units=cast), points=5)
    state = replace(state, clock=replace(state.clock, support=((("strike", 2),), ())), answers={})
    assert refused(state, od.Strike("strike", at(state, "0301"), 0))
    assert not refused(state, od.Strike("strike", at(state, "0301"), 1))


def test_9_15_the_sky_over_the_first_hex_can_be_closed() -> None:
    cast = [unit("a", "saa", "0201", steps=3), unit("dmc", "sdf", "0901"), unit("foe", "isis", "0906")]
    state = play(situation(FIELD, factions=THREE, units=cast), points=5)
    assert "off the map" not in refused(state, od.CloseSky(0)) and "off the map" in refused(state, od.CloseSky(-1))


def test_17_5_cells_find_homes_only_in_towns_that_their_faction_holds() -> None:
    towns = [
        {"name": name, "hex": label, "kind": "town", "size": 2} for name, label in (("Here", "0101"), ("There", "0905"))
    ]
    plan = {
        "prizes": [{"id": "here", "name": "Here", "place": "Here", "kind": "town", "points": {"saa": 6}}],
        "insurgent": {"faction": "isis", "towns": [{"place": "Here"}, {"place": "There"}], "roads": []},
    }
    sure = {"victory": {"fade_percent": 100, "fade_range": 3}}
    for holders, left in (({"Here": "saa", "There": "saa"}, 1), ({"Here": "isis", "There": "saa"}, 2)):
        cast = [unit("cell", "isis", "0201", "cell", hidden=True), unit("a", "saa", "0906")]
        state = play(situation(FIELD, units=cast, places=towns, holders=holders, victory=plan, rules=sure))
        draft = Draft(state)
        victory.end_check(draft)
        assert draft.units.steps[state.world.row["cell"]] == left, holders


def test_losses_and_harm_without_a_history_are_set_beside_none() -> None:
    towns = [{"name": "End", "hex": "0101", "kind": "town", "size": 2}]
    prize = {"id": "end", "name": "End", "place": "End", "kind": "town", "points": {"saa": 6}}
    world = situation(LANE, units=[unit("a", "saa", "0101"), unit("foe", "isis", "0501")], places=towns,
                      victory={"prizes": [prize]})  # fmt: skip
    found = victory.standing(play(world), 0)
    assert found.losses.history == found.harm.history == 0
