"""What an order leaves behind, beside the thing it does: a unit that is spent, points that are kept, words that fit."""

from __future__ import annotations

from dataclasses import replace

import pytest

from game import engine
from game import events as ev
from game import orders as od
from game.rules import aftermath, deconfliction, ladder, options, out_of_reach, strikes, supply, support
from game.rules.deconfliction import Act
from game.rules.retreat import advance
from game.state import Draft, State
from game.state.codes import Knowledge, Spent, Supplied
from game.view import _size
from tests.rules.test_columns import road
from tests.situation import at, play, refused, situation, unit, with_units

LANE = ". . . . .\n. . . . ."
FIELD = "\n".join([". " * 9] * 6)


def known(state: State, **columns: tuple[int, ...]) -> State:
    """The state with columns of what the first faction knows replaced."""
    return replace(state, intel=(replace(state.intel[0], **columns), *state.intel[1:]), answers={})


# --- attacks and forecasts --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("levels", [(2, 2), (2, 1), (1, 2), (1, 1)])
def test_one_defender_who_is_not_identified_makes_the_odds_unsure(levels: tuple[int, int]) -> None:
    cast = [unit("a", "saa", "0201"), unit("x", "isis", "0301"), unit("y", "isis", "0301")]
    state = play(situation(LANE, units=cast), points=5)
    hazy = known(state, level=(Knowledge.IDENTIFIED, *levels))
    doubts = [str(one) for one in engine.odds(hazy, od.Attack(("a",), at(state, "0301"))).unsure]
    assert any("Not all defenders are identified." in one for one in doubts) == (levels != (2, 2)), doubts
    assert not any("You last saw" in one for one in doubts)


@pytest.mark.parametrize(("hexes", "cleared"), [((1, 2, 3), True), ((1, 2, 9), False), ((1, 9, 9), False)])
def test_a_hex_is_cleared_when_nobody_is_left_in_it(hexes: tuple[int, ...], cleared: bool) -> None:
    sides = aftermath.AttackSides((0,), (1, 2), 9, (4,))
    assert aftermath._summed(hexes, (), sides, -1, -1).cleared == cleared
    last = (ev.UnitDestroyed(2, 9, 1, "attack"),)
    assert aftermath._summed((1, 3, 9), last, sides, -1, -1).cleared, "who is destroyed is not there"


def test_6_4_nobody_advances_over_water_that_he_cannot_cross() -> None:
    cast = [unit("a", "saa", "0201", "armour", steps=4), unit("b", "saa", "0401", "infantry"),
            unit("foe", "isis", "0301", steps=1)]  # fmt: skip
    world = situation(LANE, units=cast, rivers=[["0201/NE", "0201/SE"]])
    state = play(world, points=5)
    draft, taken = Draft(state), at(state, "0301")
    draft.emit(ev.UnitDestroyed(world.row["foe"], taken, 1, "attack"))
    advance(draft, (world.row["a"], world.row["b"]), taken, {0: 4, 1: 4})
    came = [one.unit for one in draft.events if isinstance(one, ev.UnitAdvanced)]
    assert came == [world.row["b"]], "the tanks stand behind the river"


# --- what an order leaves ---------------------------------------------------------------------------------------------


def test_13_3_a_column_that_has_unloaded_has_no_movement_left() -> None:
    state = road()
    after, events = engine.apply(state, od.Unload("trucks"))
    row = state.world.row["trucks"]
    assert [one.mp for one in events if isinstance(one, ev.UnitSpent)] == [0] and after.units.mp[row] == 0


def test_who_begins_a_bridge_does_nothing_else_this_turn() -> None:
    cast = [unit("pioneers", "saa", "0202", "engineer"), unit("foe", "isis", "0902")]
    world = situation(FIELD, units=cast, rivers=[["0202/NE", "0202/SE"]])
    state = play(world, points=9)
    order = next(
        one for one in options.candidates(state)
        if isinstance(one, od.Bridge) and one.kind == "pontoon" and not refused(state, one)
    )  # fmt: skip
    after, _ = engine.apply(state, order)
    spent = after.units.spent[world.row["pioneers"]]
    assert spent & Spent.ACTED and spent & Spent.STOPPED
    assert refused(after, od.DigIn("pioneers")) and not refused(state, od.DigIn("pioneers"))


@pytest.mark.parametrize(("left", "fresh", "kept"), [(1, 0, 1), (2, 0, 2), (9, 0, 3), (1, 1, 2), (9, 5, 5), (0, 2, 2)])
def test_9_1_no_more_is_kept_than_was_left_and_than_may_be_kept(left: int, fresh: int, kept: int) -> None:
    rules = {"support": {"kinds": {"strike": {"kept": 3, "flown": False}}}}
    given = {"saa": {"strike": fresh}} if fresh else {}
    state = play(situation(LANE, units=[unit("a", "saa", "0101")], rules=rules, support=given))
    state = replace(state, clock=replace(state.clock, support=((("strike", left),) if left else (), ())), answers={})
    draft = Draft(state)
    support.grant(draft, 0)
    assert dict(draft.clock.support[0]).get("strike", 0) == kept


# --- who may do what --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("label", "near"), [("0401", True), ("0301", True), ("0501", False)])
def test_guns_are_offered_all_targets_that_they_reach(label: str, near: bool) -> None:
    cast = [unit("guns", "saa", "0101", "artillery", range=3), unit("foe", "isis", label)]
    state = known(play(situation(LANE, units=cast)), level=(2, 2), hex=(at_of(LANE, "0101"), at_of(LANE, label)))
    shots = [one.target for one in options.candidates(state) if isinstance(one, od.Bombard)]
    assert (at(state, label) in shots) == near


def at_of(drawing: str, label: str) -> int:
    return at(situation(drawing, units=[unit("a", "saa", "0101")]), label)


def test_4_7_raiders_are_offered_other_hexes_than_their_own() -> None:
    state = play(situation(FIELD, units=[unit("r", "saa", "0303", traits=["raider"]), unit("foe", "isis", "0906")]))
    goals = [one.target for one in options.candidates(state) if isinstance(one, od.Infiltrate)]
    assert goals and at(state, "0303") not in goals


def test_4_3_the_first_hex_of_the_map_is_named_when_no_road_leads_there() -> None:
    cast = [unit("a", "saa", "0201", "mech"), unit("foe", "isis", "0501")]
    state = play(situation(LANE, units=cast, roads=[["0201", "0301", "0401"]]), points=5)
    on_road, _ = engine.apply(state, od.March("a"))
    told = refused(on_road, od.Move("a", (at(state, "0101"),)))
    assert "none leads from 0201 to 0101" in told


# --- numbers ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("first", "more", "chance"), [(90, 20, 100), (95, 5, 100), (60, 20, 80), (10, 0, 10)])
def test_9_9_a_strike_on_a_bridge_is_never_surer_than_sure(first: int, more: int, chance: int) -> None:
    rules = {"support": {"repeat": more, "kinds": {"strike": {"bridge": first}}}}
    world = situation(
        LANE, units=[unit("a", "saa", "0101")], rivers=[["0201/NE"]], crossings=[("0201/NE", "bridge", "open")],
        rules=rules,
    )  # fmt: skip
    state, side = play(world), world.grid.side("0201/NE")
    struck = f"bridge strike:{strikes._about(state, 0, side)}#1"
    state = replace(state, clock=replace(state.clock, used=(struck,)), answers={})
    assert strikes.bridge_chance(state, "strike", side, 0).total == chance


@pytest.mark.parametrize(("reach", "counted"), [(2, False), (3, True), (4, True)])
def test_11_1_over_the_line_counts_as_far_as_the_rule_says(reach: int, counted: bool) -> None:
    line = {"sides": [f"{column:02d}03/N" for column in range(1, 10)], "zones": {"sdf": "0101", "saa": "0106"}}
    slanted = [f"{column:02d}02/{way}" for column in range(1, 10, 2) for way in ("SE", "SW")]
    line["sides"] = [*line["sides"], slanted[0], *slanted[2:]]
    cast = [unit("a", "saa", "0305"), unit("dmc", "sdf", "0601"), unit("foe", "isis", "0906")]
    rules = {"deconfliction": {"over_line_range": reach, "over_line": 40, "adjacent": 0, "two_hexes": 0}}
    state = play(situation(FIELD, factions=("saa", "sdf", "isis"), units=cast, rules=rules, line=line))
    grid, rival = state.world.grid, at(state, "0601")
    here = next(
        one for one in range(grid.size) if grid.distance(one, rival) == 3 and ladder.over_line(state.world, 0, one)
    )
    found = deconfliction.true_risk(state, 0, Act("move", here))
    assert any("side of the line" in term.words for term in found.terms.terms) == counted


# --- words ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("lying", "dry", "words", "state"),
    [
        (2, 0, "stretched, with dropped supplies for 2 turns", Supplied.STRETCHED),
        (1, 3, "stretched, with dropped supplies for 1 turn;", Supplied.STRETCHED),
        (0, 1, "stretched, with stores for 1 turn;", Supplied.STRETCHED),
        (0, 0, "cut off;", Supplied.CUT),
    ],
)
def test_what_a_unit_lives_on_that_no_road_feeds(lying: int, dry: int, words: str, state: Supplied) -> None:
    world = situation(LANE, units=[unit("a", "saa", "0301"), unit("foe", "isis", "0501")])
    moment = with_units(play(world), dry=(dry, 0), cut=(0, 0))
    if lying:
        moment = replace(moment, clock=replace(moment.clock, deposits=((at(world, "0301"), lying),)), answers={})
    found = supply.explain(moment, 0)
    assert found.state == state and words in found.why


def test_of_ways_with_as_few_closed_steps_the_first_found_is_told() -> None:
    state = play(situation(FIELD, units=[unit("a", "saa", "0303"), unit("foe", "isis", "0906")]))
    came, grid, start = out_of_reach._fewest_closed(state, 0), state.world.grid, at(state, "0303")
    for there, before in came.items():
        if there != start:
            nearer = [one for one in grid.near[there] if grid.distance(one, start) == grid.distance(there, start) - 1]
            assert before == min(nearer), grid.label(there)


def test_a_contact_that_is_larger_than_all_sizes_is_told_as_one_of_the_largest() -> None:
    world = situation(LANE, units=[unit("a", "saa", "0101")])
    sizes = world.rules.units.contacts
    assert [_size(world, steps) for steps in (sizes[0].low, sizes[-1].high, sizes[-1].high + 9)] == [
        0, len(sizes) - 1, len(sizes) - 1,
    ]  # fmt: skip
