"""The two blocs, towns under siege and support, just at the limit: the first hex, no line, the exact share."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from math import floor
from typing import Any

import pytest

from game import engine
from game import events as ev
from game import orders as od
from game.rules import deconfliction, forecasting, ladder, people, strays, support
from game.rules.deconfliction import Act
from game.rules.ledger import Ledger, Term
from game.rules.refusal import Refusal
from game.state import Draft, State
from tests.situation import at, play, situation, unit, with_units

LANE = ". . . . .\n. . . . ."
FIELD = "\n".join([". " * 9] * 6)
THREE = ("saa", "sdf", "isis")


def blocs(*units: Any, drawing: str = FIELD, **more: Any) -> State:
    """An SAA battalion at 0201, an SDF one at 0501 and ISIS far off, the SAA to play."""
    cast = units or (unit("a", "saa", "0201"), unit("dmc", "sdf", "0501"), unit("foe", "isis", "0906"))
    return play(situation(drawing, factions=THREE, units=cast, **more), points=5)


def on_the_clock(state: State, **values: Any) -> State:
    return replace(state, clock=replace(state.clock, **values), answers={})


# --- incidents ----------------------------------------------------------------------------------------------------


def test_11_4_in_a_corridor_the_sentence_tells_no_risk_and_why() -> None:
    state = blocs()
    here = at(state, "0401")
    found = deconfliction.risk(on_the_clock(state, corridors=((here,), (), ())), 0, Act("strike", here))
    assert (found.percent, found.words) == (0, "0% risk of an incident: 0401 is in a corridor you notified")


@pytest.mark.parametrize(("label", "told"), [("0101", True), ("0201", True), ("0301", False)])
def test_11_15_a_warning_off_the_first_hex_counts_there_and_beside_it(label: str, told: bool) -> None:
    state = blocs(unit("a", "saa", "0201"), unit("dmc", "sdf", "0906"), unit("foe", "isis", "0901"))
    warned = replace(state, factions=replace(state.factions, warned=(-1, 0, -1)), answers={})
    act, rules = Act("strike", at(state, label)), state.world.rules.deconfliction
    assert rules.warnings.range == 1
    assert deconfliction.risk(state, 0, act).percent == 0
    share = rules.warnings.risk * rules.acts.strike // 100
    assert deconfliction.risk(warned, 0, act).percent == (share if told else 0)
    assert deconfliction.risk(warned, 2, act).percent == 0, "nobody else is warned"


@pytest.mark.parametrize(("origin", "shaken"), [(None, 0), (0, 1), (1, 0)])
def test_11_6_an_incident_shakes_troops_where_it_happens_or_where_they_came_from(
    origin: int | None, shaken: int
) -> None:
    state = blocs(unit("a", "saa", "0101"), unit("dmc", "sdf", "0501"), unit("foe", "isis", "0906"))
    draft = Draft(state)
    here = at(state, "0401")
    deconfliction.incident(draft, 0, Act("move", here) if origin is None else Act("move", here, origin))
    assert draft.units.disrupted[state.world.row["a"]] == shaken * state.world.rules.deconfliction.disruption


def test_11_1_where_no_line_is_drawn_nobody_is_beyond_it() -> None:
    world = blocs().world
    for faction in range(3):
        assert not any(ladder.over_line(world, faction, here) for here in range(world.grid.size))
        assert not any(ladder.near_line(world, faction))


@pytest.mark.parametrize(("climb_down", "rung", "lowers"), [
    (-1, 2, False), (0, 2, True), (1, 2, True), (0, 1, True), (0, 0, False),
])  # fmt: skip
def test_11_11_a_hotline_call_lowers_the_ladder_only_where_the_rules_price_it_and_it_stands_on_a_rung(
    climb_down: int, rung: int, lowers: bool
) -> None:
    state = blocs(rules={"deconfliction": {"climb_down": climb_down}})
    assert ladder.talks_down(on_the_clock(state, ladder=rung)) == lowers


# --- towns under siege ----------------------------------------------------------------------------------------------

TOWN = {"name": "Town", "hex": "0503", "kind": "town", "size": 2, "population": 60}


def besieged(*ring: int, percent: int = 50) -> State:
    """An SAA town; the hexes around it are held in turn by the numbers given, the rest by nobody."""
    world = situation(
        FIELD, factions=("saa", "isis", "iraq"), stances={("saa", "iraq"): "war", ("isis", "iraq"): "war"},
        units=[unit("den", "saa", "0503", "garrison")], places=[TOWN], holders={"Town": "saa"},
        rules={"people": {"besieger_percent": percent}},
    )  # fmt: skip
    state, here = play(world), world.grid.hex("0503")
    holders = dict(zip(world.grid.near[here], ring, strict=True)) | {here: 0}
    control = tuple(holders.get(one, -1) for one in range(world.grid.size))
    state = replace(state, hexes=replace(state.hexes, control=control), answers={})
    return replace(state, places=replace(state.places, hunger=(9,)))


@pytest.mark.parametrize(("ring", "who"), [
    ((1, 1, 1, 2, 2, 2), 1), ((2, 2, 2, 1, 1, 1), 1), ((1, 1, 2, 2, 2, 2), 2), ((2,) * 6, 2),
    ((1, 1, 1, 1, 1, -1), people.NOBODY),
])  # fmt: skip
def test_13_2_who_holds_most_ways_out_besieges_and_of_equals_the_first(ring: tuple[int, ...], who: int) -> None:
    state = besieged(*ring)
    assert people.besieger(state, at(state, "0503")) == who


@pytest.mark.parametrize(("percent", "laid"), [(0, 0), (33, 0), (34, 1), (67, 2), (100, 3)])
def test_13_2_the_share_of_hunger_that_is_laid_to_the_besieger_is_rounded_down(percent: int, laid: int) -> None:
    draft = Draft(besieged(*(1,) * 6, percent=percent))
    people.feed(draft)
    harmed = {one.faction: one.harm for one in draft.events if isinstance(one, ev.CiviliansHarmed)}
    assert people.crowd_harm(draft.world, 60) == 3
    assert harmed == {who: n for who, n in ((1, laid), (people.NOBODY, 3 - laid)) if n}
    assert list(draft.factions.harm) == [0, laid, 0]


# --- support ------------------------------------------------------------------------------------------------------


def drones(**more: Any) -> State:
    cast = [unit("a", "saa", "0201"), unit("d", "isis", "0301")]
    draft = Draft(play(situation(LANE, units=cast, **more)))
    draft.emit(ev.PointsSet(1, 5, 0))
    draft.emit(ev.SupportSet(1, (("drones", 1), ("strike", 1)), "granted"))
    return draft.finish()


def test_9_5_without_two_blocs_a_reaction_counts_in_full_and_no_line_is_named() -> None:
    state = drones()
    forecast = forecasting.odds(state, od.Attack(("a",), at(state, "0301")))
    told = [term for term in forecast.known.shifts.terms if "reacts" in term.words]
    assert [(term.words, term.value) for term in told] == [("the defender reacts: drones (1)", -1)]


@pytest.mark.parametrize(("zone", "rule"), [
    ({"no_fly": True}, "9.14"), ({"may_fly": ["saa"]}, "9.12"), ({"may_fly": ["isis"]}, ""),
])  # fmt: skip
def test_9_12_aircraft_that_may_not_fly_over_a_hex_defend_nobody_in_it(zone: dict[str, Any], rule: str) -> None:
    state = drones(airspace=[{"id": "east", "hexes": ["0301"], **zone}])
    found = support.terms(state, 1, at(state, "0301"), (("strike", 1),), False)
    assert (found.rule if isinstance(found, Refusal) else "") == rule
    on_foot = support.terms(state, 1, at(state, "0301"), (("drones", 1),), False)
    assert not isinstance(on_foot, Refusal), "drones are no aircraft"


@pytest.mark.parametrize(("label", "kind", "guides"), [
    ("0301", "special", True), ("0201", "special", False), ("0301", "recon", True), ("0301", "infantry", False),
])  # fmt: skip
def test_9_7_stray_fire_is_rarer_where_somebody_guides_it_from_beside_its_target(
    label: str, kind: str, guides: bool
) -> None:
    state = play(situation(LANE, units=[
        unit("a", "saa", label, "infantry", traits=[kind] if kind != "infantry" else []),
        unit("foe", "isis", "0401"), unit("eye", "saa", "0202"),
    ]))  # fmt: skip
    sure = tuple(2 for _ in state.units.hex)
    known = replace(state, intel=(replace(state.intel[0], level=sure), *state.intel[1:]), answers={})
    found = strays.chance(known, 0, "strike", at(state, "0401"))
    assert any("guided" in one.words for one in found.terms) == guides


def test_9_6_a_strike_hits_who_stands_in_the_first_hex() -> None:
    cast = [unit("a", "saa", "0201", sight=3), unit("foe", "isis", "0101", steps=3)]
    rules = {"support": {"kinds": {"strike": {"hit": 100}}, "cover": 0}}
    state = play(situation(LANE, units=cast, rules=rules), points=5)
    state = on_the_clock(state, support=((("strike", 1),), ()))
    after, events = engine.apply(state, od.Strike("strike", 0, 1))
    row = state.world.row["foe"]
    assert [one.unit for one in events if isinstance(one, ev.FireResolved)] == [row]
    assert after.units.steps[row] - after.units.disrupted[row] == 2
    gone = with_units(state, hex=(at(state, "0201"), -1))
    _, events = engine.apply(gone, od.Strike("strike", 0, 1))
    assert [(one.unit, one.result) for one in events if isinstance(one, ev.FireResolved)] == [(-1, "no effect")]


@pytest.mark.parametrize(("near", "holder", "troops", "fine"), [
    ("0501", "isis", "", True), ("0601", "isis", "", False), ("0501", "saa", "", False), ("0601", "isis", "0501", True),
    ("0601", "isis", "0601", False),
])  # fmt: skip
def test_9_3_an_ambush_needs_a_town_or_troops_of_its_own_within_range(
    near: str, holder: str, troops: str, fine: bool
) -> None:
    places = [
        {"name": "Near", "hex": near, "kind": "town", "size": 2},
        {"name": "Far", "hex": "0906", "kind": "town", "size": 2},
    ]
    cast = [unit("a", "saa", "0101"), unit("far", "isis", "0906")] + ([unit("d", "isis", troops)] if troops else [])
    state = play(situation(FIELD, units=cast, places=places, holders={"Near": holder, "Far": "isis"}), turn_of="isis")
    assert state.world.rules.support.kinds["ambush"].range == 4
    assert (support.refuse_needs(state, 1, "ambush", at(state, "0101")) is None) == fine


@pytest.mark.parametrize(("turn", "granted"), [(1, 0), (2, 2), (3, 5), (4, 5), (5, 3), (6, 0)])
def test_9_1_support_is_granted_from_its_first_turn_through_its_last(turn: int, granted: int) -> None:
    world = situation(LANE, units=[unit("a", "saa", "0101"), unit("foe", "isis", "0501")])
    spans = (("fires", 2, 2, 4), ("fires", 3, 3, 5), ("drones", 1, 9, 9))
    world = replace(world, factions=(replace(world.factions[0], support=spans), *world.factions[1:]), answers={})
    assert support.income(play(world, turn=turn), 0) == ({"fires": granted} if granted else {})


@pytest.mark.parametrize("rung", [0, 2, 3, 4])
def test_9_4_the_ladder_takes_no_support_from_who_has_no_other_bloc(rung: int) -> None:
    cast = [unit("a", "saa", "0201", sight=4), unit("dmc", "sdf", "0501"), unit("foe", "isis", "0301")]
    state = on_the_clock(blocs(*cast), ladder=rung)
    here, left = at(state, "0301"), ladder.rung(state).support
    assert forecasting._shares(state, 0, 2, here) == (100,) and ladder.support_percent(state, 2, here) == 100
    assert ladder.support_percent(state, 0, here) == left, "troops of the other bloc are near"
    assert ladder.support_percent(state, 0, at(state, "0106")) == 100, "they are far from there"
    assert (left < 100) == (rung >= 3)


@pytest.mark.parametrize(("share", "hex_", "words"), [
    (0, "0401", "SDF troops are near, but do not take this amiss"), (10, "0401", "SDF troops adjacent to 0401"),
    (0, "0301", "SDF troops are near, but do not take this amiss"), (100, "0301", "SDF troops 2 hexes from 0301"),
])  # fmt: skip
def test_11_2_an_act_that_the_other_bloc_lets_pass_is_not_told_as_if_nobody_were_there(
    share: int, hex_: str, words: str
) -> None:
    cast = [unit("a", "saa", "0301", sight=6), unit("dmc", "sdf", "0501"), unit("foe", "isis", "0906")]
    rules = {"deconfliction": {"acts": {"move": share}, "over_line_range": 2}}
    state = blocs(*cast, rules=rules)
    found = deconfliction.forecast(state, 0, Act("move", at(state, hex_)))
    assert bool(found.most) == bool(share) and found.words.endswith(words)
    alone = deconfliction.forecast(state, 0, Act("move", at(state, "0101")))
    assert alone.words == "0% risk of an incident: no SDF troops within 2 hexes", "all of it is seen"


@pytest.mark.parametrize(("level", "turn", "met"), [(1, 3, True), (1, 2, False), (0, 3, False)])
def test_9_6_a_target_out_of_sight_counts_as_seen_while_an_enemy_was_met_there_this_turn(
    level: int, turn: int, met: bool
) -> None:
    state = play(situation(FIELD, units=[unit("a", "saa", "0101", sight=1), unit("foe", "isis", "0906")]), turn=3)
    intel = replace(state.intel[0], level=(2, level), hex=state.units.hex, turn=(3, turn))
    state = replace(state, intel=(intel, *state.intel[1:]), answers={})
    assert support.seen_now(state, 0, at(state, "0906")) == met


@pytest.mark.parametrize(("label", "kind", "known", "fine"), [
    ("0401", "special", 1, True), ("0301", "special", 1, False), ("0401", "infantry", 1, False),
    ("0401", "infantry", 2, True), ("0101", "special", 2, True),
])  # fmt: skip
def test_9_3_special_forces_need_one_of_their_own_beside_the_target_or_an_identified_one(
    label: str, kind: str, known: int, fine: bool
) -> None:
    state = play(situation(LANE, units=[unit("a", "saa", label, kind), unit("foe", "isis", "0501")]))
    intel = replace(state.intel[0], level=(2, known), hex=state.units.hex)
    state = replace(state, intel=(intel, *state.intel[1:]), answers={})
    assert (support.refuse_needs(state, 0, "sof", at(state, "0501")) is None) == fine


@pytest.mark.parametrize("percent", [1, 4, 12, 33, 50, 99, 100])
@pytest.mark.parametrize("points", [1, 2, 3])
def test_9_7_the_chance_of_stray_fire_is_that_of_one_point_at_least_rounded(percent: int, points: int) -> None:
    one = strays.Stray("strike", points, Ledger((Term("", percent),)))
    assert one.percent == floor(100 * (1 - Fraction(100 - percent, 100) ** points) + Fraction(1, 2))


@pytest.mark.parametrize(("rung", "near", "shares"), [(0, False, (100,)), (3, False, (100, 50)), (3, True, (50,))])
def test_9_5_a_reaction_of_one_bloc_is_sure_where_all_know_whether_the_line_is_near(
    rung: int, near: bool, shares: tuple[int, ...]
) -> None:
    cast = [unit("a", "saa", "0201"), unit("dmc", "sdf", "0906"), unit("foe", "isis", "0301")]
    sides = [f"{column:02d}02/N" for column in range(1, 10)]
    sides += [f"{column:02d}01/{way}" for column in range(1, 10, 2) for way in ("SE", "SW")]
    inner = [one for one in sides if one not in ("0101/SW", "0901/SE")]
    line = {"sides": inner, "zones": {"sdf": "0101", "saa": "0106"}} if near else None
    state = on_the_clock(blocs(*cast, line=line), ladder=rung)
    assert forecasting._shares(state, 2, 0, at(state, "0201")) == shares


@pytest.mark.parametrize(("left", "shift"), [(100, -1), (99, 0), (50, 0), (0, 0)])
def test_9_5_nobody_reacts_with_a_point_of_which_the_ladder_leaves_no_shift(left: int, shift: int) -> None:
    state = drones()
    found = support.reaction(state, 1, at(state, "0301"), left)
    assert (0 if found is None else found[1].value) == shift
