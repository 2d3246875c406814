"""Rulebook 17: victory. The cast: SAA and SDF racing for Mayadin and a road, ISIS in the towns."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from game.events import BonusPaid, ControlChanged, FlagSet, PlaceHeld, PointsScored, TurnBegan
from game.rules import prizes, victory
from game.state import Draft, State
from game.state.codes import Ending
from tests.situation import play, situation, unit

DESERT = "\n".join(". " * 14 for _ in range(5))
TOWNS = [
    {"name": name, "hex": label, "kind": "town", "bank": "west", "size": 2, "population": 10}
    for name, label in (("Mayadin", "0503"), ("Bukamal", "0803"))
]
BAND = {
    "like": 4,
    "faster": 8,
    "slower_words": "behind history",
    "like_words": "like history",
    "faster_words": "ahead of history",
}
PLAN: dict[str, Any] = {
    "prizes": [
        {"id": "mayadin", "name": "Mayadin", "kind": "town", "place": "Mayadin", "points": {"saa": 8, "sdf": 8}},
        {"id": "road", "name": "Road to Iraq", "kind": "road", "place": "Bukamal", "points": {"saa": 6},
         "path": ["0703", "0803", "0903"]},
    ],
    "bands": {"saa": BAND, "sdf": BAND, "isis": BAND},
    "insurgent": {
        "faction": "isis", "towns": [{"place": "Mayadin", "value": 3}, {"place": "Bukamal"}],
        "roads": [{"id": "highway", "name": "Palmyra highway", "of": "saa", "path": ["0101", "0201", "0301"]}],
    },
    "anchors": [{"place": "Mayadin", "faction": "saa", "date": "2017-10-14"}],
    "history": {"saa": {"losses": 20, "harm": 5}},
}  # fmt: skip


def race(*units: Any, holder: str = "saa", turn: int = 1, **more: Any) -> State:
    """Mayadin at 0503 and Bukamal at 0803; the rest of the map is nobody's."""
    troops = units or (
        unit("col", "saa", "0503", "mech", steps=3),
        unit("dmc", "sdf", "1303"),
        unit("den", "isis", "1205"),
    )
    more.setdefault("victory", PLAN)
    more.setdefault("holders", {"Mayadin": holder, "Bukamal": "isis"})
    world = situation(DESERT, units=troops, factions=("saa", "sdf", "isis"), places=TOWNS, turns=10, **more)
    return play(world, turn=turn)


def checked(state: State, times: int = 1) -> Draft:
    draft = Draft(state)
    for _ in range(times):
        victory.end_check(draft)
    return draft


def mayadin(draft: Draft | State) -> tuple[int, int]:
    place = draft.world.place_at[draft.world.grid.hex("0503")]
    return draft.places.first[place], draft.places.checks[place]


def words(score: Any) -> str:
    return str(score)


# --- prizes -------------------------------------------------------------------------------------------------


def test_17_1_a_supplied_unit_of_two_steps_claims_a_prize() -> None:
    assert mayadin(checked(race())) == (0, 1)
    weak = race(unit("col", "saa", "0503", "mech", steps=1), unit("dmc", "sdf", "1303"))
    assert mayadin(checked(weak)) == (-1, 0)
    cut = race()
    cut = replace(cut, units=replace(cut.units, supply=(2, 0, 0)), answers={})
    assert mayadin(checked(cut)) == (-1, 0)


def test_17_1_a_claimed_prize_stays_ones_own_without_a_garrison_until_the_hex_is_lost() -> None:
    draft = checked(race())
    state = draft.finish()
    gone = replace(
        state, units=replace(state.units, hex=(state.world.grid.hex("0101"), *state.units.hex[1:])), answers={}
    )
    assert prizes.holder(gone, gone.world.prizes[0]) == 0
    lost = Draft(gone)
    lost.emit(ControlChanged(2, (gone.world.grid.hex("0503"),), (0,)))
    assert mayadin(lost) == (0, 0)
    lost.emit(ControlChanged(0, (gone.world.grid.hex("0503"),), (2,)))
    assert prizes.holder(lost, gone.world.prizes[0]) == -1, "it must be claimed again"


def test_17_1_a_road_is_held_whole_or_not_at_all() -> None:
    troops = (unit("col", "saa", "0803", steps=3), unit("dmc", "sdf", "1303"))
    state = race(*troops, holders={"Bukamal": "saa"}, control=[{"faction": "saa", "hexes": ["0703", "0903"]}])
    assert prizes.holder(state, state.world.prizes[1]) == 0
    broken = race(*troops, holders={"Bukamal": "saa"}, control=[{"faction": "saa", "hexes": ["0703"]}])
    assert prizes.holder(broken, broken.world.prizes[1]) == -1


def test_17_2_both_blocs_within_a_hex_dispute_a_prize() -> None:
    col = unit("col", "saa", "0503", "mech", steps=3)
    near, weak, far = (race(col, unit("dmc", "sdf", at, steps=n)) for at, n in (("0603", 2), ("0603", 1), ("0703", 2)))
    assert prizes.disputed(near, near.world.grid.hex("0503"))
    assert mayadin(checked(near, 3)) == (-1, 0) and "Mayadin" not in words(victory.score(near, 0))
    assert not prizes.disputed(weak, near.world.grid.hex("0503"))
    assert not prizes.disputed(far, near.world.grid.hex("0503"))


# --- the first holder ---------------------------------------------------------------------------------------


def bonus(draft: Draft) -> list[tuple[int, str]]:
    return [(e.tenths, e.why) for e in draft.events if isinstance(e, PointsScored) and "first claim" in e.why]


def lost_by_isis(state: State) -> State:
    """The same, with Mayadin held by ISIS when the game began."""
    here = state.world.grid.hex("0503")
    before = tuple(2 if number == here else owner for number, owner in enumerate(state.world.control))
    return replace(state, world=replace(state.world, control=before, answers={}), answers={})


def test_17_3_the_first_holder_is_paid_after_two_checks_and_once() -> None:
    state = lost_by_isis(race())
    draft = Draft(state)
    victory.note_fight(draft, state.world.grid.hex("0504"))
    victory.end_check(draft)
    assert bonus(draft) == []
    for _ in range(3):
        victory.end_check(draft)
    assert bonus(draft) == [(30, "first claim of Mayadin")]
    assert BonusPaid(0, 0) in draft.events


def test_17_3_a_place_left_without_a_fight_pays_half() -> None:
    draft = checked(lost_by_isis(race()), 2)
    assert bonus(draft) == [(15, "first claim of Mayadin, without a fight")]


def test_17_3_what_was_held_from_the_start_needs_no_fight() -> None:
    assert bonus(checked(race(), 2)) == [(30, "first claim of Mayadin")]


def test_17_3_the_second_holder_gets_no_bonus() -> None:
    state = race(unit("col", "saa", "0103"), unit("dmc", "sdf", "0503"), holder="sdf")
    place = state.world.place_at[state.world.grid.hex("0503")]
    draft = Draft(state)
    draft.emit(PlaceHeld(place, 0, 0))
    for _ in range(3):
        victory.end_check(draft)
    assert mayadin(draft) == (0, 3) and bonus(draft) == []


# --- the insurgents -----------------------------------------------------------------------------------------


def test_17_5_towns_held_score_each_turn_by_their_value() -> None:
    state = race(unit("den", "isis", "0503"), unit("col", "saa", "0101"), holder="isis")
    assert checked(state).factions.points[2] == 2 * (3 + 1)
    assert checked(race()).factions.points[2] == 2


def judged(state: State, draft: Draft | None = None) -> Draft:
    draft = draft or Draft(state)
    victory.judge_roads(draft, 0)
    return draft


def test_17_5_a_road_scores_when_it_is_cut_but_only_once_it_was_open() -> None:
    raiders = (unit("col", "saa", "0503"), unit("raid", "isis", "0201"))
    cut = race(*raiders, control=[{"faction": "saa", "hexes": ["0101", "0301"]}])
    assert judged(cut).factions.points[2] == 0, "never open yet"
    opened = replace(cut, clock=replace(cut.clock, flags=("open highway",)), answers={})
    draft = judged(opened)
    assert draft.factions.points[2] == 10
    assert [e.why for e in draft.events if isinstance(e, PointsScored)] == ["Palmyra highway cut at 0101"]
    whole = race(control=[{"faction": "saa", "hexes": ["0101", "0201", "0301"]}])
    draft = judged(whole)
    assert draft.clock.flags == ("open highway",) and draft.factions.points[2] == 0
    assert judged(whole, draft).factions.points[2] == 0


def test_17_5_cells_far_from_any_town_fade() -> None:
    sure = {"victory": {"fade_percent": 100, "fade_range": 3}}
    near = race(unit("cell", "isis", "0703", traits=["cell"]), unit("col", "saa", "0101"), rules=sure)
    far = race(unit("cell", "isis", "1403", traits=["cell"]), unit("col", "saa", "0101"), rules=sure)
    other = race(unit("den", "isis", "1403"), unit("col", "saa", "0101"), rules=sure)
    one = race(unit("cell", "isis", "1103", traits=["cell"]), unit("col", "saa", "0101"), holder="isis", rules=sure)
    cell = near.world.row["cell"]
    assert checked(one).units.steps[cell] == 2, "one town is enough"
    assert checked(near).units.steps[cell] == 2
    assert checked(far).units.steps[cell] == 1
    assert checked(other).units.steps == other.units.steps


# --- score and outcome --------------------------------------------------------------------------------------


def with_stocks(state: State, **columns: tuple[int, ...]) -> State:
    return replace(state, factions=replace(state.factions, **columns), answers={})


def ended(state: State, how: int = 1, culprit: int = -1) -> State:
    return replace(state, clock=replace(state.clock, over=how, culprit=culprit), answers={})


def test_17_4_prizes_less_losses_and_harm() -> None:
    state = with_stocks(race(), points=(-20, 0, 0), lost=(4, 0, 0), harm=(5, 0, 0))
    score = victory.score(state, 0)
    assert score.total == 80 - 20 - 4 * 3 - 5 * 2
    assert score.terms[0].words == "Mayadin" and "step losses: 4" in words(score)


def test_17_6_the_last_turn_ends_the_game() -> None:
    assert victory.outcome(race()) is None
    draft = checked(race(turn=10))
    assert draft.clock.over == 1
    assert not checked(race(turn=9)).clock.over


def test_17_6_who_exceeds_history_most_wins() -> None:
    found = victory.outcome(ended(race()))
    assert found is not None and found.winner == 0 and found.standings[0].band == "faster"
    assert "ahead of history" in found.words
    assert [one.band for one in found.standings] == ["faster", "slower", "slower"]


def test_17_6_nobody_wins_who_did_worse_than_history() -> None:
    found = victory.outcome(ended(race(unit("col", "saa", "0101"), unit("dmc", "sdf", "1303"))))
    assert found is not None and found.winner is None and "as well as history" in found.words


@pytest.mark.parametrize(("tenths", "band"), [(39, "slower"), (40, "like"), (79, "like"), (80, "faster")])
def test_17_6_a_band_begins_at_its_points(tenths: int, band: str) -> None:
    empty = race(holder="isis")
    there = victory.score(empty, 0).total
    state = with_stocks(empty, points=(tenths - there, 0, 0))
    assert victory.score(state, 0).total == tenths
    assert victory.standing(state, 0).band == band


def test_17_6_the_attacker_of_the_other_bloc_takes_the_worst_band() -> None:
    found = victory.outcome(ended(race(), 2, 0))
    assert found is not None and found.winner is None and found.standings[0].band == "slower"
    assert victory.punished(ended(race(), 2, 0), 0) and not victory.punished(ended(race(), 2, 0), 1)


def test_17_6_whoever_gives_up_takes_the_worst_band_and_the_others_stand_as_they_are() -> None:
    state = race(unit("col", "saa", "0101"), unit("dmc", "sdf", "0503", steps=2), holder="sdf")
    found = victory.outcome(state, 0)
    assert found is not None and found.how == Ending.CONCEDED
    assert found.standings[0].band == "slower" and "conceded" in found.standings[0].words
    assert found.standings[1] == victory.standing(state, 1)
    assert victory.outcome(state) is None


@pytest.mark.parametrize(
    ("fought", "percent", "tenths"), [(True, 0, 200), (False, 0, 0), (False, 33, 66), (True, 33, 200)]
)
def test_the_bonus_of_a_first_claim_without_a_fight_is_a_share_of_the_whole(
    fought: bool, percent: int, tenths: int
) -> None:
    prize = {**PLAN["prizes"][0], "first": {"saa": 20}}
    cast = [unit("col", "saa", "0303", "mech"), unit("dmc", "sdf", "1303"), unit("den", "isis", "1205")]
    state = race(
        *cast, holder="isis", victory={**PLAN, "prizes": [prize]}, sources={"saa": [{"hex": "0503"}]},
        rules={"victory": {"abandoned_percent": percent}},
    )  # fmt: skip
    here = state.world.grid.hex("0503")
    there = replace(state.units, hex=(here, *state.units.hex[1:]))
    draft = Draft(replace(state, units=there, answers={}))
    draft.emit(ControlChanged(0, (here,), (2,)))
    if fought:
        victory.note_fight(draft, here)
    for _ in range(state.world.rules.victory.first_checks + 1):
        victory.end_check(draft)
    paid = [one.tenths for one in draft.events if isinstance(one, PointsScored) and "first claim" in one.why]
    assert paid == ([tenths] if tenths else [])
    assert sum(isinstance(one, BonusPaid) for one in draft.events) == 1


@pytest.mark.parametrize("cut", ["0101", "0201", ""])
@pytest.mark.parametrize("opened", [True, False])
def test_17_5_a_road_cut_at_the_first_hex_is_cut(cut: str, opened: bool) -> None:
    raid = [unit("raid", "isis", cut, steps=1)] if cut else []
    cast = [unit("col", "saa", "1405", "mech"), unit("dmc", "sdf", "1303"), unit("den", "isis", "1205"), *raid]
    held = [{"faction": "saa", "hexes": ["0101", "0201", "0301"]}]
    state = race(*cast, control=held, sources={"saa": [{"hex": "0301"}]})
    draft, flag = Draft(state), victory.open_flag("highway")
    if opened:
        draft.emit(FlagSet(flag, True))
    victory.judge_roads(draft, 0)
    assert (flag in draft.clock.flags) == (opened or not cut)
    paid = [(one.faction, one.tenths, one.why) for one in draft.events if isinstance(one, PointsScored)]
    price = state.world.rules.victory.road_turn
    assert paid == ([(2, price, f"Palmyra highway cut at {cut}")] if opened and cut else [])


@pytest.mark.parametrize("winner", [0, 1, 2])
def test_whoever_an_event_names_has_won_the_first_faction_too(winner: int) -> None:
    state = checked(race(turn=10)).finish()
    for ahead in range(3):  # whatever the points
        stocks = replace(state.factions, points=tuple(900 if one == ahead else -900 for one in range(3)))
        clock = replace(state.clock, winner=winner, over=int(Ending.EVENT))
        found = victory.outcome(replace(state, clock=clock, factions=stocks, answers={}))
        assert found is not None and found.winner == winner


def test_17_5_a_cell_in_the_first_hex_fades_as_elsewhere() -> None:
    sure = {"victory": {"fade_percent": 100, "fade_range": 3}}
    for label, left in (("0101", 1), ("0201", 1), ("0603", 2)):
        cast = [unit("cell", "isis", label, "cell"), unit("col", "saa", "1405", "mech"), unit("dmc", "sdf", "1303")]
        state = race(*cast, holder="isis", rules=sure)
        assert checked(state).units.steps[state.world.row["cell"]] == left, label


def test_17_7_three_ledgers_against_history() -> None:
    draft = checked(race(turn=4), 2)
    draft.emit(TurnBegan(5))
    found = victory.standing(with_stocks(draft.finish(), lost=(7, 0, 0)), 0)
    assert found.time.value == 8 and found.time.history == 39, (
        "held for good since turn 3, the last day of which is 13 September"
    )
    assert "Mayadin 2017-09-13 (history 2017-10-14)" in found.time.words
    assert (found.losses.value, found.losses.history) == (7, 20) and found.harm.history == 5
    never = victory.standing(race(unit("col", "saa", "0101")), 0)
    assert never.time.value == 30 and "not taken" in never.time.words


@pytest.mark.parametrize("plan", [None, {"prizes": [], "bands": {}}])
def test_a_scenario_without_prizes_still_ends(plan: Any) -> None:
    state = race(victory=plan, turn=10)
    draft = checked(state)
    assert draft.clock.over == 1 and victory.outcome(draft) is not None


def test_17_6_the_first_of_the_ranking_wins_unless_two_are_level_or_none_is() -> None:
    ten = (10, 20)
    for scores, winner in (
        ([(0, 99, ten), (1, 98, ten)], None),
        ([(0, 100, ten), (1, 99, ten)], 0),
        ([(0, 100, ten), (1, 100, ten)], None),
        ([(0, 110, ten), (1, 100, ten)], 0),
        ([(0, 150, ten), (1, 150, (10, 30))], 0),
        ([(0, 150, (10, 30)), (1, 130, ten)], 1),
        ([(0, 199, ten), (1, 200, (19, 20))], 1),
        ([(0, 500, None), (1, 200, ten)], 1),
        ([(0, 500, None), (1, 149, ten)], 0),
        ([(0, 500, None), (1, 151, ten)], 1),
        ([(0, 500, None), (1, 501, None), (2, 0, ten)], 1),
        ([], None),
    ):
        assert victory.best(scores) == winner, scores
        assert victory.best(reversed(scores)) == winner, scores


def test_17_6_whose_bloc_is_to_blame_does_not_win() -> None:
    state = race()
    for culprit, winner in ((-1, 0), (0, None), (1, 0), (2, 0)):
        found = victory.outcome(ended(state, 2, culprit))
        assert found is not None and found.winner == winner, culprit
        bands = [one.band for one in found.standings]
        assert bands == ["slower" if culprit == 0 else "faster", "slower", "slower"]
    told = replace(ended(state), clock=replace(state.clock, over=int(Ending.EVENT), winner=2))
    found = victory.outcome(told)
    assert found is not None and found.winner == 2


def test_a_band_is_told_in_words() -> None:
    assert [victory.level(band) for band in victory.BANDS] == [
        "worse than history", "level with history", "better than history"
    ]  # fmt: skip
