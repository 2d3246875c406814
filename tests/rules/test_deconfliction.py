"""Rulebook 11: deconfliction. The cast: an SAA column and an SDF battalion in open steppe, ISIS somewhere between."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from game import engine
from game.events import (
    BlameLaid,
    ConcessionMade,
    GameEnded,
    IncidentRolled,
    LadderMoved,
    LiaisonSpent,
    OrderGiven,
    PrizeCeded,
    QuietTurn,
    Spotted,
    StepsDisrupted,
    WarningGiven,
)
from game.orders import (
    Attack,
    Cede,
    EndTurn,
    Grounding,
    Hotline,
    Infiltrate,
    Move,
    Notify,
    Order,
    Standstill,
    Strike,
    Warn,
)
from game.rules import concessions, deconfliction, fog, ladder, prizes, support
from game.rules.deconfliction import Act
from game.state import Draft, State, Supplied
from tests.situation import at, play, refused, situation, unit

STEPPE = "\n".join(", " * 10 for _ in range(7))


def line_above(row: int) -> dict[str, Any]:
    """The line between a row and the one above it, the SDF's side in the north."""
    straight = [f"{column:02d}{row:02d}/N" for column in range(1, 11)]
    slanted = [f"{column:02d}{row - 1:02d}/{way}" for column in range(1, 11, 2) for way in ("SE", "SW")]
    return {"sides": straight + slanted[:1] + slanted[2:], "zones": {"sdf": "0101", "saa": "0107"}}


SPLIT = line_above(4)


def meeting(*units: Any, turn_of: str = "saa", rung: int = 0, quiet: int = 1, **drawing: Any) -> State:
    """SAA and SDF in the open. Unless told otherwise the SDF at rung 0504, known to all, and no line is drawn."""
    troops = units or (unit("col", "saa", "0104", "mech"), unit("dmc", "sdf", "0504"))
    drawing.setdefault("factions", ("saa", "sdf", "isis"))
    state = play(situation(STEPPE, units=troops, **drawing), turn_of=turn_of, points=6)
    return with_clock(known(state), ladder=rung, quiet=quiet)


def with_clock(state: State, **values: Any) -> State:
    return replace(state, clock=replace(state.clock, **values), answers={})


def known(state: State, *but: str) -> State:
    """Everybody knows where everybody is, except units named."""
    rows = range(len(state.world.roster))
    hidden = {state.world.row[name] for name in but}
    tables = tuple(
        replace(one, level=tuple(0 if row in hidden else 2 for row in rows), hex=state.units.hex, turn=(1,) * len(rows))
        for one in state.intel
    )
    return replace(state, intel=tables, answers={})


def percent(state: State, kind: Any, label: str, **more: Any) -> int:
    return deconfliction.risk(state, state.faction, Act(kind, at(state, label), **more)).percent


# --- the forecast -------------------------------------------------------------------------------------------


def test_11_1_the_chance_falls_with_distance() -> None:
    state = meeting()
    assert [percent(state, "friction", label) for label in ("0404", "0304", "0204")] == [12, 5, 0]


def test_11_1_the_far_side_of_the_line_adds_while_the_other_bloc_is_not_far() -> None:
    state = meeting(unit("col", "saa", "0106", "mech"), unit("dmc", "sdf", "0502"), line=SPLIT)
    assert percent(state, "friction", "0402") == 12 + 3
    assert percent(state, "friction", "0502") == 12 + 3
    assert percent(state, "friction", "0202") == 3, "three hexes away, beyond the line"
    assert percent(state, "friction", "1002") == 0, "far from all troops"
    assert percent(state, "friction", "0504") == 5, "two hexes away, on one's own side"


@pytest.mark.parametrize(
    ("kind", "expected"), [("move", 1), ("attack", 6), ("strike", 12), ("crossing", 12), ("halt", 12)]
)
def test_11_2_each_act_carries_its_share(kind: str, expected: int) -> None:
    assert percent(meeting(), kind, "0404") == expected


def test_11_3_fire_on_an_unidentified_target_triples_the_chance() -> None:
    state = meeting()
    assert percent(state, "strike", "0404", identified=False) == 36
    assert percent(state, "attack", "0404", identified=False) == 6, "an attack is no fire from afar"


def test_11_3_advisers_shield_their_hex_and_its_neighbours() -> None:
    state = meeting(unit("col", "saa", "0104", "mech"), unit("team", "sdf", "0504", traits=["adviser"]))
    assert percent(state, "strike", "0404") == 18
    assert percent(state, "strike", "0304") == 5
    assert percent(state, "friction", "0404") == 12, "they shield against fire"


def test_11_4_a_corridor_makes_acts_inside_it_safe() -> None:
    state = meeting()
    state, _ = engine.apply(state, Notify((at(state, "0304"), at(state, "0404"))))
    assert percent(state, "friction", "0404") == 0
    assert percent(state, "strike", "0404", identified=False) == 0
    assert percent(state, "friction", "0405") == 12


@pytest.mark.parametrize(("rung", "price"), [(0, 1), (1, 1), (3, 2)])
def test_11_4_a_hotline_call_halves_the_chances_at_every_rung_and_lowers_none(rung: int, price: int) -> None:
    state, events = engine.apply(meeting(rung=rung), Hotline())
    assert percent(state, "friction", "0404") == 6 and state.clock.ladder == rung
    assert [event.points for event in events if isinstance(event, LiaisonSpent)] == [price]
    assert "already called this turn" in refused(state, Hotline())


def test_the_forecast_knows_only_what_the_faction_knows() -> None:
    state = known(meeting(), "dmc")
    act = Act("friction", at(state, "0404"))
    assert deconfliction.risk(state, state.faction, act).percent == 0
    assert deconfliction.true_risk(state, state.faction, act).percent == 12


def test_the_forecast_says_one_sentence_with_every_reason() -> None:
    state = meeting(line=line_above(5))
    found = deconfliction.risk(state, 0, Act("strike", at(state, "0404"), identified=False))
    assert found.words == (
        "45% risk of an incident: SDF troops adjacent to 0404, on their side of the line, the target is not identified"
    )
    assert found.terms.total == found.percent == 45
    assert state.world.factions[found.other].id == "sdf"


def test_no_chance_exceeds_the_limit() -> None:
    rules = {"deconfliction": {"adjacent": 90}}
    assert percent(meeting(rules=rules), "strike", "0404") == 60


def test_without_another_bloc_nothing_is_risked() -> None:
    state = meeting(unit("col", "saa", "0104", "mech"), factions=("saa", "isis"))
    assert deconfliction.risk(state, 0, Act("strike", at(state, "0404"))).words == "there is no other bloc"


# --- judgement ----------------------------------------------------------------------------------------------


def certain(**drawing: Any) -> State:
    """Every act next to the other bloc is an incident."""
    drawing.setdefault("rules", {"deconfliction": {"adjacent": 100, "most": 100}})
    return meeting(unit("col", "saa", "0404", "mech"), unit("dmc", "sdf", "0504"), **drawing)


def test_11_6_an_incident_costs_points_cohesion_and_a_rung() -> None:
    state = certain()
    draft = Draft(state)
    assert deconfliction.judge(draft, 0, Act("friction", at(state, "0404")))
    assert draft.clock.ladder == 1 and draft.factions.points[0] == -10 and draft.factions.points[1] == 0
    assert [(event.unit, event.steps) for event in draft.events if isinstance(event, StepsDisrupted)] == [(0, 1)]
    rolled = next(event for event in draft.events if isinstance(event, IncidentRolled))
    assert rolled.happened and rolled.chance == 100 and "SDF troops" in rolled.why


def test_11_13_incidents_reach_the_stand_off_and_no_further() -> None:
    state = certain(rung=4)
    draft = Draft(state)
    deconfliction.judge(draft, 0, Act("friction", at(state, "0404")))
    assert draft.clock.ladder == 4 and not draft.clock.over
    assert draft.factions.points[0] == -20, "and a point more than on lower rungs"


def test_11_6_a_safe_act_rolls_no_dice() -> None:
    state = meeting()
    draft = Draft(state)
    assert not deconfliction.judge(draft, 0, Act("friction", at(state, "0104")))
    assert not draft.events


def test_judgement_is_keyed_so_the_same_act_has_the_same_luck() -> None:
    state = meeting(unit("col", "saa", "0404", "mech"), unit("dmc", "sdf", "0504"))
    rolls = []
    for _ in range(2):
        draft = Draft(state)
        deconfliction.judge(draft, 0, Act("friction", at(state, "0404")))
        rolls.append([event.roll for event in draft.events if isinstance(event, IncidentRolled)])
    assert rolls[0] == rolls[1] and len(rolls[0]) == 1


# --- marches ------------------------------------------------------------------------------------------------

PAST = ("0204", "0304", "0404", "0405")
"""A way past the SDF at 0504: three hexes off, two off, beside it, beside it."""
TOUCHY = {"deconfliction": {"acts": {"move": 25}}}
"""A quarter of the chance for each hex of a march: 1 % two hexes from the other bloc, 3 % beside it."""


def march(state: State, *labels: str) -> tuple[State, list[IncidentRolled]]:
    after, events = engine.apply(state, Move("col", tuple(at(state, label) for label in labels)))
    return after, [event for event in events if isinstance(event, IncidentRolled)]


def test_11_2_each_hex_of_a_march_is_an_act() -> None:
    state = meeting(rules=TOUCHY)
    _, rolled = march(state, *PAST)
    assert [(event.hex, event.chance) for event in rolled] == [
        (at(state, label), percent(state, "move", label)) for label in PAST[1:]
    ]
    halted, first = march(state, *PAST[:2])
    _, second = march(halted, *PAST[2:])
    assert first + second == rolled, "the same dice fall, in as many orders as you like"


def test_11_2_the_forecast_of_a_march_is_the_chance_of_one_incident_or_more() -> None:
    state = meeting(rules=TOUCHY)
    found = deconfliction.march_risk(state, 0, [at(state, label) for label in PAST])
    assert found.percent == 7 and found.terms.total == 7, "1 - 0.99 * 0.97 * 0.97 is 6.9 %"
    assert found.other == 1 and "3 hexes of the march are near SDF troops" in found.words
    bold = meeting(rules={"deconfliction": {"acts": {"move": 100}}})
    many = deconfliction.march_risk(bold, 0, [at(bold, label) for label in PAST])
    assert many.percent == many.terms.total == 26, "1 - 0.95 * 0.88 * 0.88 is 26.4 %, not 5 + 12 + 12"
    one = deconfliction.march_risk(state, 0, [at(state, label) for label in PAST[:2]])
    assert one == deconfliction.risk(state, 0, Act("move", at(state, "0304")))
    assert deconfliction.march_risk(state, 0, [at(state, "0204")]).percent == 0


def test_11_4_a_corridor_covers_the_hexes_of_the_way_that_lie_in_it() -> None:
    state, _ = engine.apply(
        meeting(rules=TOUCHY), Notify(tuple(at(meeting(rules=TOUCHY), label) for label in PAST[:3]))
    )
    _, rolled = march(state, *PAST)
    assert [event.hex for event in rolled] == [at(state, "0405")]
    assert deconfliction.march_risk(state, 0, [at(state, label) for label in PAST[:3]]).percent == 0


# --- friction -----------------------------------------------------------------------------------------------


def friction_events(state: State) -> list[IncidentRolled]:
    _, events = engine.apply(state, EndTurn())
    return [event for event in events if isinstance(event, IncidentRolled)]


def test_11_5_who_arrived_near_the_other_bloc_rolls_when_his_turn_ends() -> None:
    state = meeting(unit("col", "saa", "0204", "mech"), unit("dmc", "sdf", "0504"))
    state, _ = engine.apply(state, Move("col", (at(state, "0304"),)))
    state = known(state)
    assert [(p, act.hex) for p, act in deconfliction.friction_acts(state, 0)] == [(5, at(state, "0304"))]
    found = [event for event in friction_events(state) if event.chance == 5]
    assert [event.hex for event in found] == [at(state, "0304")]


def test_11_5_who_was_there_before_does_not_roll() -> None:
    assert not friction_events(meeting(unit("col", "saa", "0404", "mech"), unit("dmc", "sdf", "0504")))


def test_11_5_only_the_worst_few_stacks_roll() -> None:
    troops = [unit(f"u{n}", "saa", label) for n, label in enumerate(("0403", "0404", "0304", "0303", "0305"))]
    state = meeting(*troops, unit("dmc", "sdf", "0504"))
    state = replace(state, units=replace(state.units, spent=(1, 1, 1, 1, 1, 0)), answers={})
    found = deconfliction.friction_acts(state, 0)
    assert len(found) == 3 and [p for p, _ in found] == sorted((p for p, _ in found), reverse=True)


def test_11_5_all_stacks_are_judged_as_the_turn_ends() -> None:
    """An incident of the first stack may end a calm, but the others roll what was shown for them."""
    troops = [unit(f"u{n}", "saa", label) for n, label in enumerate(("0403", "0404", "0304"))]
    state = meeting(*troops, unit("dmc", "sdf", "0504"), rules={"deconfliction": {"climb_down": 12}})
    state = replace(state, units=replace(state.units, spent=(1, 1, 1, 0)), answers={})
    state = known(replace(state, factions=replace(state.factions, calm=(1, 0, 0)), answers={}))
    promised = {act.hex: chance for chance, act in deconfliction.friction_acts(state, 0)}
    incidents = 0
    for seed in range(60):
        rolled = friction_events(replace(state, seed=bytes([seed]) * 32, answers={}))
        incidents += any(event.happened for event in rolled)
        assert {event.hex: event.chance for event in rolled} == promised
    assert incidents, "some of them ended the calm"


def test_4_1_who_sees_an_incident_on_a_march_sees_it_there_also_in_a_whole_march() -> None:
    """A step disrupted by an incident is noted in the hex where it happened, however the march is cut."""
    state = meeting(
        unit("col", "saa", "0204", "mech", steps=3),
        unit("dmc", "sdf", "0504"),
        rules={"deconfliction": {"acts": {"move": 100}, "adjacent": 100, "two_hexes": 100}},
    )
    way = tuple(at(state, label) for label in ("0304", "0404"))
    seen = 0
    for seed in range(10):
        moment = replace(state, seed=bytes([seed]) * 32, answers={})
        whole, events = engine.apply(moment, Move("col", way))
        first, some = engine.apply(moment, Move("col", way[:1]))
        second, more = engine.apply(first, Move("col", way[1:]))
        told = [[e for e in pieces if not isinstance(e, OrderGiven)] for pieces in (events, (*some, *more))]
        seen += any(isinstance(event, StepsDisrupted) for event in events)
        assert told[0] == told[1] and whole.intel == second.intel
    assert seen, "there were incidents"


# --- clash --------------------------------------------------------------------------------------------------


def test_11_7_an_attack_on_the_other_bloc_must_be_confirmed_twice() -> None:
    state = certain()
    for confirm in (0, 1):
        assert "confirmed twice" in refused(state, Attack(("col",), at(state, "0504"), confirm=confirm))


def test_11_7_it_ends_the_game_and_names_the_culprit() -> None:
    state = certain()
    state, events = engine.apply(state, Attack(("col",), at(state, "0504"), confirm=2))
    assert state.clock.ladder == 5 and state.clock.over == 2 and state.clock.culprit == 0
    assert GameEnded(2, 0) in events


def test_11_7_with_open_clash_rules_the_fight_goes_on() -> None:
    state = certain(options={"open_clash": True})
    draft = Draft(state)
    assert deconfliction.judge(draft, 0, Act("attack", at(state, "0504"), confirmed=True))
    assert draft.clock.ladder == 5 and not draft.clock.over
    assert not deconfliction.judge(draft, 0, Act("friction", at(state, "0404"))), "incidents mean nothing any more"


# --- stand-off ----------------------------------------------------------------------------------------------


def test_11_8_in_a_stand_off_the_blocs_stop_two_hexes_apart() -> None:
    state = meeting(unit("col", "saa", "0204", "mech"), unit("dmc", "sdf", "0504"), rung=4)
    assert deconfliction.refuse_stand_off(state, 0, (at(state, "0304"),)) is None
    assert "nearer than 2 hexes" in refused(state, Move("col", (at(state, "0304"), at(state, "0404"))))


def test_11_8_who_is_too_close_may_always_draw_back() -> None:
    state = meeting(unit("col", "saa", "0404", "mech"), unit("dmc", "sdf", "0504"), rung=4)
    assert deconfliction.refuse_stand_off(state, 0, (at(state, "0304"),)) is None
    assert deconfliction.refuse_stand_off(state, 0, (at(state, "0405"),)) is not None


def test_11_8_nobody_crosses_the_line_in_a_stand_off() -> None:
    state = meeting(unit("col", "saa", "0105", "mech"), unit("dmc", "sdf", "1001"), line=SPLIT, rung=4)
    assert "is beyond it" in str(deconfliction.refuse_stand_off(state, 0, (at(state, "0102"),)))
    assert deconfliction.refuse_stand_off(state, 0, (at(state, "0106"),)) is None
    assert "crosses the line" in refused(state, Notify((at(state, "0102"),)))
    assert "crosses the line" in refused(state, Notify((at(state, "0104"), at(state, "0103"), at(state, "0102"))))
    assert "crosses the line" not in refused(state, Notify((at(state, "0106"), at(state, "0107"))))
    assert deconfliction.refuse_stand_off(with_clock(state, ladder=3), 0, (at(state, "0102"),)) is None


def test_11_8_nobody_crosses_the_line_on_the_way_to_his_own_side_either() -> None:
    state = meeting(unit("col", "saa", "0104", "mech"), unit("dmc", "sdf", "1001"), line=SPLIT, rung=4)
    way = (at(state, "0103"), at(state, "0204"))
    assert "is beyond it" in refused(state, Move("col", way))
    assert refused(state, Move("col", way[1:])) == ""


def test_9_4_the_ladder_halves_support_near_the_line() -> None:
    state = meeting(unit("col", "saa", "0107", "mech"), unit("dmc", "sdf", "1001"), line=SPLIT, rung=3)
    shares = [ladder.support_percent(state, 0, at(state, f"05{row:02d}")) for row in range(1, 8)]
    assert shares == [100, 50, 50, 50, 50, 100, 100]
    assert ladder.support_percent(state, 0, at(state, "1002")) == 50, "beside the other bloc"
    assert ladder.support_percent(with_clock(state, ladder=2), 0, at(state, "0504")) == 100
    assert ladder.support_percent(state, 2, at(state, "0504")) == 100, "ISIS has no line to mind"


# --- liaison ------------------------------------------------------------------------------------------------


def test_11_10_a_corridor_is_a_short_unbroken_row_of_hexes() -> None:
    state = meeting()
    assert "must be adjacent" in refused(state, Notify((at(state, "0104"), at(state, "0304"))))
    assert "named once" in refused(state, Notify((at(state, "0104"), at(state, "0104"))))
    assert "named once" in refused(state, Notify(()))
    assert "named once" in refused(state, Notify((9999,)))
    short = meeting(rules={"deconfliction": {"corridor_hexes": 1}})
    assert "at most 1" in refused(short, Notify((at(short, "0104"), at(short, "0204"))))


def test_11_10_what_the_other_bloc_has_notified_is_taken() -> None:
    state = meeting()
    taken = tuple((at(state, "0304"),) if number == 1 else () for number in range(3))
    assert "0304 is already in a corridor" in refused(with_clock(state, corridors=taken), Notify((at(state, "0304"),)))


def test_11_10_a_corridor_lasts_until_ones_next_turn_and_the_rival_sees_it() -> None:
    state = meeting(unit("col", "saa", "0104", "mech"), unit("dmc", "sdf", "0904"))
    state, _ = engine.apply(state, Notify((at(state, "0104"),)))
    assert engine.view(state, 1).state.clock.corridors[0] == (at(state, "0104"),)
    assert engine.view(state, 2).state.clock.corridors[0] == ()
    for _ in range(3):
        assert state.clock.corridors[0]
        state, _ = engine.apply(state, EndTurn())
    assert state.faction == 0 and not state.clock.corridors[0]


def test_11_9_liaison_grows_dearer_from_the_second_rung() -> None:
    assert [ladder.liaison_price(meeting(rung=rung), 1) for rung in range(5)] == [1, 1, 2, 2, 2]


TALKS = {"deconfliction": {"climb_down": 2}}


def test_11_11_where_the_rules_put_a_price_on_it_a_hotline_call_lowers_the_ladder_from_rung_1() -> None:
    state = meeting(rung=1, rules=TALKS)
    after, events = engine.apply(state, Hotline())
    assert after.clock.ladder == 0 and after.factions.liaison[0] == 0
    assert percent(state, "friction", "0404") == 12, "such a call calms nothing"
    assert any(isinstance(event, LadderMoved) and "hotline" in event.why for event in events)
    assert "costs 3 LP; you have 2" in refused(meeting(rung=2, rules=TALKS), Hotline())


def test_11_11_nobody_talks_of_calm_in_the_turn_of_an_incident() -> None:
    assert "turn with an incident" in refused(meeting(rung=1, quiet=ladder.INCIDENT, rules=TALKS), Hotline())


@pytest.mark.parametrize(
    ("each", "expected"),
    [(True, [(2, 0), (2, 1), (1, 2), (0, 3), (0, 4)]), (False, [(2, 0), (2, 1), (1, 0), (1, 1), (0, 0)])],
)
def test_11_17_quiet_turns_bring_the_ladder_down(each: bool, expected: list[tuple[int, int]]) -> None:
    draft = Draft(
        meeting(rung=2, quiet=ladder.INCIDENT, rules={"deconfliction": {"quiet_each": each, "quiet_turns": 2}})
    )
    rungs = []
    for _ in range(5):
        ladder.settle(draft)
        rungs.append((draft.clock.ladder, draft.clock.quiet))
    assert rungs == expected


@pytest.mark.parametrize(("rung", "lost"), [(0, 0), (2, 0), (3, 5), (4, 10)])
def test_11_13_the_upper_rungs_cost_each_bloc_points_a_turn(rung: int, lost: int) -> None:
    draft = Draft(meeting(rung=rung))
    ladder.settle(draft)
    assert list(draft.factions.points) == [-lost, -lost, 0], "and ISIS nothing"


def test_11_13_an_incident_is_dearer_in_a_stand_off_and_the_forecast_names_the_next_rung() -> None:
    assert [deconfliction.incident_points(meeting(rung=rung), 0) for rung in (0, 3, 4)] == [10, 10, 20]
    assert ladder.next_price(meeting(rung=1)).startswith(
        "An incident leads to rung 2, guarded front: LP prices rise by 1"
    )
    assert "cannot raise" in ladder.next_price(meeting(rung=4))


@pytest.mark.parametrize(("rung", "stands", "disputed"), [(1, True, True), (2, True, False), (2, False, True)])
def test_11_13_on_a_high_rung_who_stands_in_an_objective_keeps_it(rung: int, stands: bool, disputed: bool) -> None:
    state = ceding(rung, unit("col", "saa", "0504" if stands else "0503"), unit("dmc", "sdf", "0505"))
    assert prizes.disputed(state, at(state, "0504")) == disputed


def test_11_17_where_there_is_one_bloc_nothing_is_counted() -> None:
    draft = Draft(meeting(unit("col", "saa", "0104"), factions=("saa", "isis")))
    ladder.settle(draft)
    assert not any(isinstance(event, QuietTurn) for event in draft.events)


def ceding(rung: int = 2, *units: Any) -> State:
    prize = {
        "id": "field",
        "name": "Omar field",
        "kind": "field",
        "points": {"saa": 8, "sdf": 8},
        "place": "Omar field",
    }
    return meeting(
        *(units or (unit("col", "saa", "0104", "mech"), unit("dmc", "sdf", "0904"))), rung=rung,
        places=[{"name": "Omar field", "hex": "0504", "bank": "east", "size": 1, "population": 0}],
        holders={"Omar field": "saa"}, victory={"prizes": [prize]},
    )  # fmt: skip


def test_11_12_a_ceded_prize_changes_hands_and_lowers_the_ladder() -> None:
    state = ceding()
    after, events = engine.apply(state, Cede(at(state, "0504")))
    assert after.hexes.control[at(state, "0504")] == 1 and after.clock.ladder == 1
    assert PrizeCeded(0, 0, 1) in events


def test_11_12_only_an_own_prize_without_troops_can_be_ceded_and_only_above_rung_0() -> None:
    assert "at rung 0" in refused(ceding(0), Cede(at(ceding(), "0504")))
    assert "no objective" in refused(ceding(), Cede(at(ceding(), "0104")))
    inside = ceding(2, unit("col", "saa", "0504", "mech"), unit("dmc", "sdf", "0904"))
    assert "must leave" in refused(inside, Cede(at(inside, "0504")))
    assert concessions.refuse_cede(with_clock(ceding(), active=1), Cede(at(ceding(), "0504"))) is not None


def test_5_8_an_attack_that_meets_the_other_bloc_unawares_is_called_off() -> None:
    ghost = unit("ghost", "isis", "0504")
    haunted = meeting(unit("col", "saa", "0404", "mech"), unit("dmc", "sdf", "0504"), ghost)
    gone = replace(haunted.units, hex=(*haunted.units.hex[:2], -1), status=(1, 1, 2))
    haunted = replace(known(haunted, "dmc"), units=gone, answers={})
    after, _ = engine.apply(haunted, Attack(("col",), at(haunted, "0504")))
    row = after.world.row["dmc"]
    assert not after.clock.over and after.clock.ladder <= 1
    assert after.units.hex[row] == at(haunted, "0504") and after.intel[0].level[row] == 2


# --- concessions, blame and warnings ----------------------------------------------------------------------------


def close(rung: int = 2, turn_of: str = "saa", **more: Any) -> State:
    """Two SAA battalions beside the SDF, 3 hexes off, with sorties in hand; an unclaimed field lies between them."""
    prize = {
        "id": "field",
        "name": "Omar field",
        "kind": "field",
        "points": {"saa": 8, "sdf": 8},
        "place": "Omar field",
    }
    troops = (
        unit("col", "saa", "0204", "mech", steps=3), unit("two", "saa", "0205"), unit("dmc", "sdf", "0504", steps=4),
        unit("foe", "isis", "0503"), unit("lone", "saa", "0907"),
    )  # fmt: skip
    state = meeting(
        *troops, rung=rung, turn_of=turn_of, victory={"prizes": [prize]},
        places=[{"name": "Omar field", "hex": "0404", "bank": "east", "size": 1, "population": 0}], **more,
    )  # fmt: skip
    return replace(state, clock=replace(state.clock, support=((("strike", 3),), (), ())), answers={})


def test_11_14_a_standstill_brings_the_ladder_down_and_keeps_troops_off() -> None:
    state = close()
    after, events = engine.apply(state, Standstill())
    assert after.clock.ladder == 1 and ConcessionMade(0, 0, 1) in events and BlameLaid((1,)) in events
    assert "standstill" in refused(after, Move("col", (at(state, "0304"),))), "it would stand two hexes off"
    assert not refused(after, Move("col", (at(state, "0104"),))) and not refused(
        after, Move("lone", (at(state, "0906"),))
    )
    assert "standstill" in refused(after, Strike("strike", at(state, "0503"), 1))
    assert "already made" in refused(after, Grounding())
    again = engine.apply(after, EndTurn())[0]
    while again.faction != 0:
        again = engine.apply(again, EndTurn())[0]
    assert not refused(known(again), Move("col", (at(state, "0304"),))), "until the next turn"


def test_11_14_in_a_standstill_a_unit_that_stands_close_may_go_along_but_no_nearer() -> None:
    near = {"deconfliction": {"concessions": {"off": 3}}}
    after, _ = engine.apply(close(rules=near), Standstill())
    grid, here, other = after.world.grid, at(after, "0204"), at(after, "0504")
    along = next(one for one in grid.near[here] if grid.distance(one, other) == grid.distance(here, other) == 3)
    assert not refused(after, Move("col", (along,)))
    assert "standstill" in refused(after, Move("col", (at(after, "0304"),)))


@pytest.mark.parametrize("sight", [1, 3])
def test_11_14_in_a_standstill_a_march_stops_where_it_sights_troops_of_the_other_bloc(sight: int) -> None:
    """Also where they do not see it."""
    troops = (
        unit("col", "saa", "0204", "mech", steps=3), unit("two", "saa", "0205"), unit("dmc", "sdf", "0504", steps=4),
        unit("lone", "saa", "0907", sight=2), unit("post", "sdf", "0903", sight=sight),
    )  # fmt: skip
    state = known(meeting(*troops, rung=2), "post")
    still, _ = engine.apply(state, Standstill())
    way = tuple(at(state, label) for label in ("0906", "0905", "0904"))
    lone = state.world.row["lone"]
    ends = [engine.apply(moment, Move("lone", way))[0].units.hex[lone] for moment in (state, still)]
    assert ends == [at(state, "0904"), at(state, "0905")], "in pieces the last step would be refused too"
    piece, _ = engine.apply(still, Move("lone", way[:2]))
    assert "standstill" in refused(piece, Move("lone", way[2:]))


@pytest.mark.parametrize(
    ("after", "quiet", "fresh"), [(1, -1, True), (1, 0, True), (1, 1, False), (0, -1, False), (0, 0, False)]
)
def test_11_14_a_concession_waits_for_quiet_turns(after: int, quiet: int, fresh: bool) -> None:
    state = with_clock(close(rules={"deconfliction": {"concessions": {"quiet": after}}}), quiet=quiet)
    for order in (Standstill(), Grounding()):
        assert ("without incident" in refused(state, order)) == fresh


def test_11_15_nobody_warns_in_a_turn_in_which_he_has_conceded() -> None:
    rules = {"deconfliction": {"warnings": {"rung": 4}}}
    state = replace(close(rules=rules), answers={})
    target = at(state, "0404")
    assert "concession" not in refused(state, Warn(target))
    conceded, _ = engine.apply(state, Standstill())
    assert "After the concession" in refused(conceded, Warn(target))


def test_11_14_a_standstill_needs_troops_that_could_do_something() -> None:
    assert "needs 6 steps" in refused(close(rules={"deconfliction": {"concessions": {"steps": 6}}}), Standstill())
    assert not refused(close(rules={"deconfliction": {"concessions": {"steps": 5}}}), Standstill())


def test_11_14_grounding_costs_the_support_of_this_turn_and_the_next() -> None:
    state = close(support={"saa": {"strike": 2}})
    after, _ = engine.apply(state, Grounding())
    assert after.clock.support[0] == () and after.factions.grounded[0] == 2
    assert [support.income(with_clock(after, turn=turn), 0) for turn in (2, 3)] == [{}, {"strike": 2}]
    assert "no support" in refused(with_clock(state, support=((), (), ())), Grounding())


@pytest.mark.parametrize("order", [Standstill(), Grounding()])
def test_11_14_a_concession_is_refused_at_rung_0_after_other_orders_and_where_there_are_none(order: Order) -> None:
    assert "rung 0" in refused(close(0), order)
    moved, _ = engine.apply(close(), Move("lone", (at(close(), "0906"),)))
    assert "before all other orders" in refused(moved, order)
    talked, _ = engine.apply(close(), Hotline())
    assert not refused(talked, order)
    assert "nobody makes" in refused(close(rules={"deconfliction": {"concessions": {"allowed": False}}}), order)


def test_11_16_the_blamed_bloc_pays_for_both_until_it_concedes_or_the_ladder_is_down() -> None:
    state, _ = engine.apply(close(4), Grounding())
    assert [ladder.tension(state, faction) for faction in (0, 1, 2)] == [0, 10, 5]
    assert [deconfliction.incident_points(state, faction) for faction in (0, 1)] == [10, 20]
    theirs = replace(with_clock(state, active=1), answers={})
    theirs = with_clock(theirs, quiet=1, support=((), (("strike", 1),), ()))
    back, events = engine.apply(theirs, Grounding())
    assert BlameLaid((0,)) in events and back.factions.blamed == (1, 0, 0)
    draft = Draft(with_clock(back, ladder=1, quiet=5))
    ladder.settle(draft)
    assert draft.clock.ladder == 0 and not any(draft.factions.blamed)


def test_11_13_from_a_guarded_front_an_incident_lifts_the_ladder_by_a_roll() -> None:
    rose, state = [], close(2)
    for turn in range(1, 61):
        draft = Draft(with_clock(state, turn=turn))
        deconfliction.incident(draft, 0, Act("move", at(state, "0304")))
        rose.append(draft.clock.ladder)
    assert set(rose) == {2, 3} and 10 <= rose.count(3) <= 30
    assert ladder.next_price(state).startswith("On a roll of 2 or less, an incident leads to rung 3")


def test_11_13_from_held_fire_an_incident_lifts_the_ladder_by_a_roll_of_1_to_4() -> None:
    state, rungs = close(3), list[int]()
    for turn in range(1, 61):
        draft = Draft(with_clock(state, turn=turn))
        deconfliction.incident(draft, 0, Act("move", at(state, "0304")))
        rungs.append(draft.clock.ladder)
    assert set(rungs) == {3, 4} and 30 <= rungs.count(4) <= 50


def test_11_17_quiet_turns_do_not_end_a_stand_off() -> None:
    draft = Draft(meeting(rung=4, quiet=9))
    ladder.settle(draft)
    assert draft.clock.ladder == 4


def test_11_15_a_warning_raises_the_ladder_and_the_other_blocs_risk_at_the_objective() -> None:
    state = close(1)
    field = at(state, "0404")
    after, events = engine.apply(state, Warn(field))
    assert after.clock.ladder == 2 and WarningGiven(0, field) in events and after.factions.liaison[0] == 0
    theirs = with_clock(after, active=1)
    before = with_clock(state, active=1)
    assert percent(theirs, "friction", "0404") - percent(before, "friction", "0404") == 20
    assert percent(theirs, "attack", "0503") - percent(before, "attack", "0503") == 10, "its share, beside the field"
    assert percent(theirs, "friction", "0604") == percent(before, "friction", "0604"), "further off nothing"
    assert percent(after, "friction", "0304") == percent(state, "friction", "0304"), "the bloc that warns is free"
    told = replace(theirs, clock=replace(theirs.clock, corridors=((), (field,), ())), answers={})
    assert percent(told, "friction", "0404") == 20, "a corridor does not help against it"


def test_11_15_a_warning_needs_an_unclaimed_objective_a_stack_near_it_and_a_low_rung() -> None:
    state = close(1)
    field = at(state, "0404")
    assert "Above rung 1" in refused(close(2), Warn(field))
    assert "no objective" in refused(state, Warn(at(state, "0101")))
    for there in (0, at(state, "0304")):
        told = replace(state, factions=replace(state.factions, warned=(there, -1, -1)), answers={})
        assert "already given a warning" in refused(told, Warn(field))
    claimed = replace(state, places=replace(state.places, first=(1,)), answers={})
    assert "Somebody claimed" in refused(claimed, Warn(field))
    once, _ = engine.apply(state, Warn(field))
    later = replace(once, factions=replace(state.factions, liaison=(4, 4, 0)), answers={})
    assert "before" in refused(with_clock(later, ladder=0), Warn(field)), "once an objective"
    assert not refused(state, Warn(field))
    far = replace(state, units=replace(state.units, hex=tuple(at(state, "0907") for _ in state.units.hex)), answers={})
    assert "supplied stack of 2 steps within 2 hexes" in refused(far, Warn(field))
    assert "nobody gives" in refused(close(1, rules={"deconfliction": {"warnings": {"allowed": False}}}), Warn(field))
    assert "costs 3 LP" in refused(close(1, rules={"deconfliction": {"warnings": {"price": 3}}}), Warn(field))


def placed(state: State, **columns: dict[str, int]) -> State:
    """The state with some numbers of some units changed."""
    units, row = state.units, state.world.row
    for column, changed in columns.items():
        values = list(getattr(units, column))
        for name, value in changed.items():
            values[row[name]] = value
        units = replace(units, **{column: tuple(values)})
    return known(replace(state, units=units, answers={}))


@pytest.mark.parametrize(
    ("stands", "steps", "supply", "enough"),
    [
        (("0604", "0907"), 2, 0, True), (("0704", "0907"), 2, 0, False),  # within 2 hexes, and a hex further
        (("0604", "0907"), 1, 0, False), (("0604", "0604"), 1, 0, True), (("0604", "0603"), 1, 0, False),
        (("0604", "0907"), 2, int(Supplied.STRETCHED), True), (("0604", "0907"), 2, int(Supplied.CUT), False),
        (("0404", "0907"), 2, 0, True), (("0304", "0907"), 2, 0, False),  # over the river there is no way
    ],
)  # fmt: skip
def test_11_15_a_supplied_stack_of_two_steps_on_the_bank_within_two_hexes_warns(
    stands: tuple[str, str], steps: int, supply: int, enough: bool
) -> None:
    river = [["0404/NW", "0404/SW"], ["0304/SE"]]
    state = close(1, rivers=river)
    names, places = ("col", "two"), dict(zip(("col", "two"), (at(state, label) for label in stands), strict=True))
    away = {"lone": at(state, "0907"), "dmc": at(state, "1001"), "foe": at(state, "1002")}
    state = placed(state, hex=places | away, steps=dict.fromkeys(names, steps), supply=dict.fromkeys(names, supply))
    found = refused(state, Warn(at(state, "0404")))
    assert (found == "") == enough, found


@pytest.mark.parametrize(("label", "counts"), [("0204", True), ("0304", True), ("0104", False)])
def test_11_14_a_standstill_counts_own_steps_within_three_hexes(label: str, counts: bool) -> None:
    far = {"two": at(close(), "0107"), "lone": at(close(), "0107")}
    state = placed(close(), hex={"col": at(close(), label), **far}, disrupted={"col": 1})
    assert concessions.steps_near(state, 0) == (3 if counts else 0), "disrupted steps as well"
    assert concessions.steps_near(with_clock(state, active=1), 1) == (4 if counts else 0)


def test_11_14_in_a_standstill_nobody_acts_within_two_hexes_of_the_other_bloc() -> None:
    state, _ = engine.apply(close(), Standstill())
    hexes = [at(state, label) for label in ("0204", "0304", "0404")]
    assert [concessions.refuse_acting(state, [here]) is None for here in hexes] == [True, False, False]
    assert concessions.refuse_acting(state, hexes) is not None and concessions.refuse_acting(state, []) is None


def test_11_12_each_reason_why_a_place_cannot_be_ceded_is_told() -> None:
    state = ceding()
    field, size = at(state, "0504"), state.world.grid.size
    assert not refused(state, Cede(field))
    for here in (-1, size):
        assert "off the map" in refused(state, Cede(here))
    theirs = replace(state, hexes=replace(state.hexes, control=(1,) * size), answers={})
    assert "do not control Omar field" in refused(theirs, Cede(field))
    worthless = tuple(replace(prize, points=(8, 0, 8)) for prize in state.world.prizes)
    plain = replace(state, world=replace(state.world, prizes=worthless, answers={}), answers={})
    assert "gains nothing" in refused(plain, Cede(field))
    assert refused(with_clock(state, ladder=ladder.TOP), Cede(field))
    guest = ceding(2, unit("col", "saa", "0104"), unit("dmc", "sdf", "0504"))
    assert not refused(replace(guest, hexes=replace(guest.hexes, control=(0,) * size), answers={}), Cede(field))


@pytest.mark.parametrize("rung", range(5))
def test_11_13_the_price_of_the_next_incident_is_told_on_each_rung(rung: int) -> None:
    told, rules = ladder.next_price(meeting(rung=rung)), meeting().world.rules.deconfliction
    if rung == 4:
        assert told == "An incident cannot raise the ladder further."
        return
    roll = rules.rungs[rung].lifts
    start = "An incident leads" if roll == 6 else f"On a roll of {roll} or less, an incident leads"
    above = rules.rungs[rung + 1]
    assert told == f"{start} to rung {rung + 1}, {above.name.lower()}: {above.price}."


def test_11_12_a_ceded_place_must_be_claimed_anew_and_who_was_first_stays_first() -> None:
    state = ceding()
    state = replace(state, places=replace(state.places, first=(0,), checks=(3,)), answers={})
    after, _ = engine.apply(state, Cede(at(state, "0504")))
    assert (after.places.first, after.places.checks) == ((0,), (0,))


def test_11_12_what_the_other_bloc_claimed_or_ceded_cannot_be_ceded_back() -> None:
    state = ceding()
    field = at(state, "0504")
    theirs = replace(state, places=replace(state.places, first=(1,)), answers={})
    assert "claimed Omar field first" in refused(theirs, Cede(field))
    mine = replace(state, places=replace(state.places, first=(0,)), answers={})
    assert not refused(mine, Cede(field))
    after, _ = engine.apply(state, Cede(field))
    assert after.places.first == (0,), "nobody had claimed it, so it counts as claimed by the bloc that gave it"


def test_11_14_in_a_standstill_nobody_slips_closer_either() -> None:
    raiders = unit("raid", "saa", "0204", "cell", steps=4)
    state = meeting(raiders, unit("col", "saa", "0104", steps=4), unit("dmc", "sdf", "0504"), rung=2)
    still, _ = engine.apply(state, Standstill())
    assert "standstill" in refused(still, Infiltrate("raid", at(still, "0304")))
    assert not refused(still, Infiltrate("raid", at(still, "0105")))
    assert not refused(state, Infiltrate("raid", at(state, "0304")))


def test_an_unseen_threat_makes_a_forecast_a_range_and_two_blocs_make_a_ladder() -> None:
    state = meeting()
    assert ladder.two_blocs(state.world) and deconfliction.forecast(state, 0, Act("move", at(state, "0404"))).percent
    one = play(situation(STEPPE, units=[unit("col", "saa", "0104"), unit("foe", "isis", "0504")]))
    assert not ladder.two_blocs(one.world)
    assert deconfliction.risk(one, 0, Act("move", 0)).other == -1, "nobody is provoked"
    for risk, exact in (((5, 5, 5), True), ((5, 4, 5), False), ((5, 5, 6), False), ((5, 4, 6), False)):
        percent_, least, most = risk
        found = replace(deconfliction.risk(one, 0, Act("move", 0)), percent=percent_, least=least, most=most)
        assert found.exact == exact


# --- what is not seen ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("known_at", "traits", "line"),
    [("", [], None), ("", ["adviser"], SPLIT), ("0504", ["adviser"], None), ("0403", [], SPLIT)],
)
def test_the_range_of_a_forecast_is_what_unseen_troops_could_make_of_it(
    known_at: str, traits: list[str], line: dict[str, Any] | None
) -> None:
    """The battalion is put in every hex that the army does not see: none makes more, some make as much."""
    units = [unit("col", "saa", "0204", "mech", sight=2), unit("dmc", "sdf", "1001", traits=traits)]
    state = play(situation(STEPPE, units=units, factions=("saa", "sdf", "isis"), line=line))
    row, size = state.world.row["dmc"], state.world.grid.size
    if known_at:
        draft = Draft(state)
        draft.emit(Spotted(0, row, 2, at(state, known_at)))
        state = draft.finish()
    seen = fog.visible_hexes(state, 0)
    moments = [
        replace(state, units=replace(state.units, hex=(state.units.hex[0], here)), answers={})
        for here in range(size) if not seen[here] and state.world.grid.distance(here, at(state, "0504")) < 6
    ]  # fmt: skip
    if known_at and seen[at(state, known_at)]:
        there = replace(state.units, hex=(state.units.hex[0], at(state, known_at)))
        moments.append(replace(state, units=there, answers={}))
    acts: tuple[tuple[deconfliction.Kind, str], ...] = (("friction", "0204"), ("strike", "0304"), ("strike", "0503"))
    for kind, label in acts:
        act = Act(kind, at(state, label))
        found = deconfliction.forecast(state, 0, act)
        true = [deconfliction.true_risk(one, 0, act).percent for one in moments]
        assert found.most == max(*true, found.percent), (kind, label)
        if known_at and seen[at(state, known_at)]:
            assert found.least == found.percent, "he is seen, and cannot have left"
        else:
            assert found.least == min(*true, found.percent), (kind, label)
        assert bool(found.unseen) == (not found.exact)


def test_11_2_the_range_of_a_march_is_put_together_of_its_hexes() -> None:
    units, sure = [unit("col", "saa", "0204", "mech", sight=2), unit("dmc", "sdf", "0604")], {"acts": {"move": 100}}
    factions = ("saa", "sdf", "isis")
    state = play(situation(STEPPE, units=units, factions=factions, rules={"deconfliction": sure}))
    draft = Draft(state)
    draft.emit(Spotted(0, state.world.row["dmc"], 2, at(state, "0604")))
    state = draft.finish()
    way = [at(state, label) for label in ("0304", "0404", "0504")]
    each = [deconfliction.forecast(state, 0, Act("move", here)) for here in way]
    for length in (1, 2, 3):
        found = deconfliction.march_forecast(state, 0, way[:length])
        for name in ("percent", "least", "most"):
            calm = 1.0
            for one in each[:length]:
                calm *= 1 - getattr(one, name) / 100
            assert getattr(found, name) == round(100 * (1 - calm)), (length, name)
    assert each[-1].percent and each[-1].percent > each[-1].least
