"""Rulebook 9: support and airspace. The cast: an SAA column, ISIS fighters two hexes off, SDF troops near."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from game import engine
from game.events import (
    AttackResolved,
    CiviliansHarmed,
    CrossingBroken,
    FireResolved,
    FireStrayed,
    IncidentRolled,
    SkyClosed,
    Spotted,
    StepsDisrupted,
    StepsLost,
)
from game.orders import Attack, CloseSky, EndTurn, Interdict, Scout, Strike, StrikeBridge, Support
from game.rules import airspace, concessions, strays, strikes, support
from game.rules.ledger import Ledger, Term, ledger
from game.rules.refusal import Refusal
from game.state import Draft, State
from game.state.codes import Knowledge
from tests.situation import at, play, refused, situation, unit

DESERT = "\n".join(". " * 9 for _ in range(5))
ALL = {"strike": 3, "fires": 1, "recon": 1, "sof": 1, "kalibr": 1}


def front(*units: Any, drawing: str = DESERT, turn_of: str = "saa", granted: bool = True, **more: Any) -> State:
    """The SAA column at 0203, ISIS at 0403; a faction to play has its support in hand."""
    troops = units or (unit("col", "saa", "0203", "mech", steps=3), unit("den", "isis", "0403", steps=3))
    weather = more.pop("weather", 0)
    more.setdefault("factions", ("saa", "sdf", "isis"))
    more.setdefault("support", {"saa": ALL, "isis": {"svbied": 1, "ambush": 2, "drones": 1}})
    state = play(situation(drawing, units=troops, **more), turn_of=turn_of, weather=weather, points=5)
    if not granted:
        return state
    draft = Draft(state)
    for faction in range(3):
        support.grant(draft, faction)
    return draft.finish()


def seen_as(state: State, name: str, level: int) -> State:
    """What the SAA knows of a unit: 0 nothing, 1 a contact, 2 identified, this turn."""
    row, intel = state.world.row[name], state.intel[0]
    column = {
        key: tuple(value if number == row else old for number, old in enumerate(getattr(intel, key)))
        for key, value in {"level": level, "hex": state.units.hex[row] if level else -1, "turn": 1}.items()
    }
    return replace(state, intel=(replace(intel, **column), *state.intel[1:]), answers={})


def columns(state: State, label: str, *used: tuple[str, int], faction: int = 0, attacking: bool = True) -> int | str:
    found = support.terms(state, faction, at(state, label), tuple(used), attacking)
    return str(found) if isinstance(found, Refusal) else Ledger(found).total


# --- grants -------------------------------------------------------------------------------------------------


def test_9_1_points_are_granted_anew_and_weather_takes_a_share_of_what_flies() -> None:
    clear, dust = front(), front(weather=1)
    assert clear.support_of(0) == ALL
    percent = clear.world.rules.weather.sorties_percent.dust
    assert dust.support_of(0)["strike"] == -(-3 * percent // 100)
    assert dust.support_of(0)["fires"] == 1 and dust.support_of(0)["kalibr"] == 1


LAPSES = {"support": {"kinds": {"kalibr": {"kept": 0}}}}


def test_9_1_what_was_not_used_lapses() -> None:
    state = front(rules=LAPSES)
    draft = Draft(state)
    support.spend(draft, 0, (("strike", 2),), "test")
    assert draft.support_of(0)["strike"] == 1
    support.grant(draft, 0)
    assert draft.support_of(0) == ALL


def test_9_1_events_change_grants_for_good_or_once() -> None:
    state = front(rules=LAPSES)
    state = replace(
        state, clock=replace(state.clock, grants=((("once:kalibr", 1), ("strike", -2)), (), ())), answers={}
    )
    draft = Draft(state)
    support.grant(draft, 0)
    assert draft.support_of(0)["strike"] == 1 and draft.support_of(0)["kalibr"] == 2
    support.grant(draft, 0)
    assert draft.support_of(0)["strike"] == 1 and draft.support_of(0)["kalibr"] == 1


# --- shifts -------------------------------------------------------------------------------------------------


def test_9_2_each_kind_shifts_up_to_its_limit_and_all_up_to_theirs() -> None:
    state = front()
    assert columns(state, "0403", ("strike", 1)) == 1
    assert columns(state, "0403", ("strike", 2)) == 2
    assert "at most 2 at once" in str(columns(state, "0403", ("strike", 3)))
    assert columns(state, "0403", ("kalibr", 1), ("strike", 2)) == 3
    found = support.terms(state, 0, at(state, "0403"), (("kalibr", 1), ("strike", 2)), True)
    assert not isinstance(found, Refusal) and "at most 3" in found[-1].words


def test_9_2_nobody_uses_what_he_does_not_have() -> None:
    state = front()
    assert "you want 2, but have 1" in str(columns(state, "0403", ("kalibr", 2)))
    assert "no kind of support" in str(columns(state, "0403", ("bombers", 1)))
    assert "only once" in str(columns(state, "0403", ("strike", 1), ("strike", 1)))
    assert "not for attacks" in str(columns(state, "0403", ("recon", 1)))


def test_9_3_sorties_need_a_target_in_sight() -> None:
    state = front(unit("col", "saa", "0103", "mech"), unit("den", "isis", "0903"))
    assert "you have not seen" in str(columns(state, "0903", ("strike", 1)))
    assert columns(seen_as(state, "den", 1), "0903", ("strike", 1)) == 1


def test_9_3_special_forces_need_a_team_beside_the_target_or_its_name() -> None:
    state = front()
    assert columns(seen_as(state, "den", 2), "0403", ("sof", 1)) == 1
    assert "special unit adjacent to" in str(columns(seen_as(state, "den", 1), "0403", ("sof", 1)))


def test_9_3_artillery_needs_a_unit_within_its_range() -> None:
    state = front(unit("col", "saa", "0103"), unit("den", "isis", "0903"))
    assert "no unit within 6 hexes" in str(columns(seen_as(state, "den", 2), "0903", ("fires", 1)))


def test_9_3_vehicle_bombs_attack_only() -> None:
    state = front(turn_of="isis")
    assert columns(state, "0203", ("svbied", 1), faction=2) == 2
    assert "not for defence" in str(columns(state, "0403", ("svbied", 1), faction=2, attacking=False))
    assert columns(state, "0403", ("ambush", 1), faction=2, attacking=False) == -1


def test_9_4_the_ladder_halves_support_near_the_other_bloc() -> None:
    state = front(
        unit("col", "saa", "0203", "mech"), unit("den", "isis", "0403"), unit("dmc", "sdf", "0603"),
    )  # fmt: skip
    state = seen_as(state, "dmc", 2)
    high = replace(state, clock=replace(state.clock, ladder=3), answers={})
    assert columns(state, "0403", ("strike", 2)) == 2
    assert columns(high, "0403", ("strike", 2)) == 1
    assert columns(high, "0403", ("strike", 1)) == 0


def test_9_5_a_defender_reacts_with_the_best_point_he_can_pay_for() -> None:
    state = front()
    found = support.reaction(state, 2, at(state, "0403"))
    assert found is None, "no command points left"
    state = replace(state, factions=replace(state.factions, command=(0, 0, 1)), answers={})
    found = support.reaction(state, 2, at(state, "0403"))
    assert found is not None and found[0] == (("ambush", 1),) and found[1].value == -1
    draft = Draft(state)
    terms = support.react(draft, 2, at(state, "0403"))
    assert [term.value for term in terms] == [-1]
    assert draft.factions.command[2] == 0 and draft.support_of(2)["ambush"] == 1
    assert support.react(draft, 2, at(state, "0403")) == ()


# --- strikes ------------------------------------------------------------------------------------------------


def test_9_6_the_ladder_halves_the_chance_of_a_strike_near_the_line() -> None:
    state = front(unit("col", "saa", "0203", "mech"), unit("den", "isis", "0403"), unit("dmc", "sdf", "0503"))
    state = seen_as(seen_as(state, "den", 2), "dmc", 2)
    chances = [
        strikes.strike_chance(
            replace(state, clock=replace(state.clock, ladder=rung), answers={}), 0, "strike", at(state, "0403")
        ).total
        for rung in (0, 2, 3)
    ]
    hit = state.world.rules.support.kinds["strike"].hit
    assert chances == [hit, hit, hit // 2]


def test_9_6_cover_digging_in_and_doubt_lower_the_chance() -> None:
    town = DESERT.replace(". . . . . . . . .", ". . . U . . . . .")
    state, built = front(), front(drawing=town)
    base = strikes.strike_chance(seen_as(state, "den", 2), 0, "strike", at(state, "0403")).total
    assert base == 45
    assert strikes.strike_chance(seen_as(state, "den", 1), 0, "strike", at(state, "0403")).total == 22
    shift = built.world.rules.terrain.kinds["urban"].shift
    assert strikes.strike_chance(seen_as(built, "den", 2), 0, "strike", at(built, "0403")).total == 45 - 10 * shift
    dug = replace(seen_as(state, "den", 2), answers={})
    dug = replace(dug, intel=(replace(dug.intel[0], dug=(0, 2)), *dug.intel[1:]))
    assert strikes.strike_chance(dug, 0, "strike", at(state, "0403")).total == 45 - 2 * 8


def sure_hit(**kind: int) -> dict[str, Any]:
    numbers = {"hit": 100, "kill": 0, **kind}
    return {"support": {"kinds": {"strike": numbers}, "contact_percent": 100}}


def test_9_6_each_point_that_hits_costs_the_strongest_unit_a_step() -> None:
    units = (unit("col", "saa", "0203"), unit("weak", "isis", "0403", steps=1), unit("strong", "isis", "0403", steps=3))
    state = front(*units, rules=sure_hit())
    _, events = engine.apply(state, Strike("strike", at(state, "0403"), 2))
    assert [event.unit for event in events if isinstance(event, StepsDisrupted)] == [2, 2]
    state = front(*units, rules=sure_hit(kill=100))
    after, events = engine.apply(state, Strike("strike", at(state, "0403"), 2))
    assert sum(event.steps for event in events if isinstance(event, StepsLost)) == 2 and after.units.steps == (2, 1, 1)
    assert after.support_of(0)["strike"] == 1
    assert [event.kind for event in events if isinstance(event, FireResolved)] == ["strike", "strike"]


def test_9_6_only_known_enemies_are_struck() -> None:
    state = front()
    assert "no enemy" in refused(seen_as(state, "den", 0), Strike("strike", at(state, "0403")))
    assert "at most 0" in refused(state, Strike("recon", at(state, "0403")))
    assert "off the map" in refused(state, Strike("strike", 4711))


def near_others(stray: int = 4, **more: Any) -> State:
    """Sorties against an ISIS post in 0403 with an SDF battalion in 0504, two hexes off."""
    units = (
        unit("col", "saa", "0203", steps=3), unit("den", "isis", "0403", steps=3), unit("dmc", "sdf", "0504", steps=3),
    )  # fmt: skip
    return seen_as(front(*units, rules=sure_hit(stray=stray), **more), "den", 2)


def test_9_7_the_chance_of_a_stray_by_what_is_known_and_who_guides_it() -> None:
    state = near_others()
    here = at(state, "0403")
    assert strays.chance(state, 0, "strike", here).total == 4
    assert strays.chance(seen_as(state, "den", 1), 0, "strike", here).total == 12
    told = replace(state, clock=replace(state.clock, corridors=((here,), (), ())), answers={})
    assert strays.chance(told, 0, "strike", here).total == 0, "the other bloc has been told"
    scouts = replace(state, units=replace(state.units, hex=(at(state, "0303"), *state.units.hex[1:])), answers={})
    assert strays.chance(scouts, 0, "strike", here).total == 4, "a battalion is no scout"
    assert strays.risks(scouts, 0, here, (("strike", 2), ("recon", 1)))[0].percent == 8, "of two points"


def test_9_7_scouts_beside_the_target_halve_the_chance_of_a_stray() -> None:
    units = (unit("col", "saa", "0303", "recon"), unit("den", "isis", "0403"), unit("dmc", "sdf", "0504"))
    state = seen_as(front(*units), "den", 2)
    assert strays.chance(state, 0, "strike", at(state, "0403")).total == 2


def test_9_7_a_point_astray_hits_the_other_bloc_and_stops_the_rest() -> None:
    state = near_others(100)
    den, dmc = state.world.row["den"], state.world.row["dmc"]
    after, events = engine.apply(state, Strike("strike", at(state, "0403"), 2))
    assert [event.unit for event in events if isinstance(event, StepsDisrupted)] == [dmc]
    assert FireStrayed in map(type, events) and not after.support_of(0).get("strike")
    assert after.clock.ladder == 1 and after.factions.points[0] == -20 and after.factions.incidents[0] == 0
    assert after.units.disrupted[den] == 0, "no point arrived"


def test_9_7_in_an_attack_support_strays_when_it_has_been_fought() -> None:
    state = near_others(100)
    state = replace(state, units=replace(state.units, hex=(at(state, "0303"), *state.units.hex[1:])), answers={})
    order = Attack(("col",), at(state, "0403"), (("strike", 1),))
    after, events = engine.apply(state, order)
    kinds = [type(event) for event in events]
    assert kinds.index(FireStrayed) > kinds.index(AttackResolved)
    assert engine.odds(state, order).known.column == next(e.column for e in events if isinstance(e, AttackResolved))
    assert after.clock.ladder == 1 and after.factions.points[0] == -20 and not after.support_of(0).get("strike")
    alone, _ = engine.apply(state, Attack(("col",), at(state, "0403")))
    assert alone.factions.points[0] == 0 and alone.support_of(0)["strike"]


def test_9_7_with_nobody_near_nothing_can_go_astray() -> None:
    units = (unit("col", "saa", "0203"), unit("den", "isis", "0403"), unit("dmc", "sdf", "0805"))
    state = seen_as(front(*units, rules=sure_hit(stray=100)), "den", 2)
    after, events = engine.apply(state, Strike("strike", at(state, "0403"), 2))
    assert FireStrayed not in map(type, events) and after.units.disrupted[state.world.row["den"]]


def test_9_8_a_strike_on_a_town_harms_its_people() -> None:
    town = DESERT.replace(". . . . . . . . .", ". . . U . . . . .")
    place = {"name": "Mayadin", "hex": "0403", "kind": "city", "bank": "west", "size": 3, "population": 40}
    state = seen_as(front(drawing=town, places=[place], holders={"Mayadin": "isis"}), "den", 1)
    after, events = engine.apply(state, Strike("strike", at(state, "0403")))
    assert any(isinstance(event, CiviliansHarmed) and event.faction == 0 for event in events)
    assert after.factions.harm[0] > 0


# --- closed skies -------------------------------------------------------------------------------------------


def under_closed_sky(rung: int = 2, **more: Any) -> State:
    """The SDF at 0703, able to close the sky around 0503; the army's target at 0403 lies a hex from there."""
    units = (
        unit("col", "saa", "0203", steps=3), unit("den", "isis", "0403", steps=3), unit("dmc", "sdf", "0703", steps=3),
    )  # fmt: skip
    state = seen_as(front(*units, turn_of="sdf", **more), "den", 2)
    rich = replace(state.factions, liaison=(9, 9, 9))
    return replace(state, clock=replace(state.clock, ladder=rung), factions=rich, answers={})


def army_plays(state: State, **values: Any) -> State:
    return replace(state, clock=replace(state.clock, active=0, **values), answers={})


def test_9_15_a_closed_sky_makes_flights_risky_and_keeps_aircraft_from_reacting() -> None:
    state = under_closed_sky()
    closed, events = engine.apply(state, CloseSky(at(state, "0503")))
    assert SkyClosed(1, at(state, "0503"), 2) in events and closed.factions.liaison[1] == 9 - 3
    theirs, here = army_plays(closed), at(state, "0403")
    assert airspace.flight_risk(theirs, 0, here) == 30 and airspace.flight_risk(theirs, 0, at(state, "0103")) == 0
    assert airspace.flight_risk(theirs, 1, here) == 0, "those who closed it fly"
    told = army_plays(closed, corridors=((here,), (), ()))
    for moment in (theirs, told):
        risk = engine.provokes(moment, Strike("strike", here))
        assert risk is not None and risk.percent == 30, "a corridor does not help"
    guns = engine.provokes(theirs, Strike("fires", here))
    assert guns is not None and guns.percent == 0, "guns do not fly"
    assert "is closed" in str(columns(theirs, "0403", ("strike", 1), attacking=False))
    assert isinstance(columns(theirs, "0403", ("fires", 1), attacking=False), int)


def test_9_15_the_forecast_of_an_attack_counts_the_flights_that_help_it_into_a_closed_sky() -> None:
    state = under_closed_sky()
    state = replace(state, units=replace(state.units, hex=(at(state, "0303"), *state.units.hex[1:])), answers={})
    closed, _ = engine.apply(state, CloseSky(at(state, "0503")))
    risks = [
        engine.provokes(army_plays(closed), Attack(("col",), at(state, "0403"), used))
        for used in ((), (("strike", 1),))
    ]
    assert [risk.percent for risk in risks if risk is not None] == [0, 30]


def test_9_15_everybody_knows_of_a_closed_sky_and_so_that_aircraft_do_not_react_there() -> None:
    state = under_closed_sky()
    closed, _ = engine.apply(state, CloseSky(at(state, "0503")))
    assert engine.view(closed, 2).state.factions.sky == closed.factions.sky


def test_9_15_skies_open_after_their_time_or_when_the_ladder_comes_down() -> None:
    state = under_closed_sky()
    closed, _ = engine.apply(state, CloseSky(at(state, "0503")))
    for values, left in (({"turn": 1}, at(state, "0503")), ({"turn": 2}, -1), ({"ladder": 1}, -1)):
        draft = Draft(army_plays(closed, **values))
        concessions.open_skies(draft)
        assert tuple(draft.factions.sky) == (-1, left, -1)
    assert airspace.closed_by(army_plays(closed, ladder=1), 0, at(state, "0403")) == -1


def test_9_15_a_sky_is_closed_on_a_high_rung_beside_a_supplied_stack_and_one_at_a_time() -> None:
    state = under_closed_sky()
    order = CloseSky(at(state, "0503"))
    assert "elow rung 2" in refused(under_closed_sky(1), order)
    assert "supplied stack of 2 steps within 3 hexes" in refused(state, CloseSky(at(state, "0103")))
    closed, _ = engine.apply(state, order)
    assert "already" in refused(closed, CloseSky(at(state, "0603")))
    poor = replace(state, factions=replace(state.factions, liaison=(0, 2, 0)), answers={})
    assert "costs 3 LP" in refused(poor, order), "2, and 1 for the rung"
    none = under_closed_sky(rules={"deconfliction": {"skies": {"allowed": False}}})
    assert "nobody closes" in refused(none, order) and "off the map" in refused(state, CloseSky(4711))


# --- roads, crossings, scouting -----------------------------------------------------------------------------


def test_9_9_a_road_hex_is_interdicted_until_ones_next_turn() -> None:
    state = front(roads=[["0401", "0402", "0403", "0404"]])
    assert "no road" in refused(state, Interdict(at(state, "0801")))
    state, _ = engine.apply(state, Interdict(at(state, "0402")))
    assert state.hexes.interdicted[at(state, "0402")] == 1 and state.support_of(0)["strike"] == 2
    assert "already" in refused(state, Interdict(at(state, "0402")))
    for _ in range(3):
        state, _ = engine.apply(state, EndTurn())
    assert state.faction == 0 and not state.hexes.interdicted[at(state, "0402")]


def test_9_9_a_bridge_breaks_by_chance_and_a_dam_is_left_alone() -> None:
    rules = {"support": {"kinds": {"strike": {"bridge": 100}}}}
    river, crossings = [["0403/N", "0403/NE"]], [("0403/N", "bridge", "open"), ("0403/NE", "dam", "open")]
    state = front(rivers=river, crossings=crossings, rules=rules)
    bridge, dam = state.world.grid.side("0403/N"), state.world.grid.side("0403/NE")
    assert "flood the valley" in refused(state, StrikeBridge(dam))
    after, events = engine.apply(state, StrikeBridge(bridge))
    assert any(isinstance(event, CrossingBroken) and event.side == bridge for event in events)
    assert "no crossing at" in refused(after, StrikeBridge(bridge))


def test_9_10_reconnaissance_lifts_the_fog_even_from_hidden_cells() -> None:
    state = front(unit("col", "saa", "0103"), unit("cell", "isis", "0903", hidden=True))
    assert state.intel[0].level[1] == 0
    after, events = engine.apply(state, Scout(at(state, "0803")))
    assert after.intel[0].level[1] == 2 and any(isinstance(event, Spotted) for event in events)
    assert "no support left" in refused(after, Scout(at(state, "0803")))


# --- airspace -----------------------------------------------------------------------------------------------

EAST = {"hexes": ["0403", "0503"]}


def test_9_12_only_those_named_fly_in_a_zone() -> None:
    state = front(airspace=[{"id": "east", "name": "Eastern sky", "may_fly": ["sdf"], **EAST}])
    assert "may not fly over 0403 (Eastern sky)" in refused(state, Strike("strike", at(state, "0403")))
    assert "may not fly" in str(columns(state, "0403", ("strike", 1)))
    assert refused(state, Strike("fires", at(state, "0403"))) == ""


def test_9_13_a_flight_without_due_notice_may_provoke() -> None:
    state = front(airspace=[{"id": "east", "must_notify": ["saa"], **EAST}])
    act = strikes.strike_act(state, 0, "strike", at(state, "0403"))
    assert act.notice == 4 and engine.incident(state, act).percent == 4
    assert strikes.strike_act(state, 0, "fires", at(state, "0403")).notice == 0
    told = replace(state, clock=replace(state.clock, corridors=((at(state, "0403"),), (), ())), answers={})
    assert not airspace.notice_due(told, 0, at(state, "0403"))
    _, events = engine.apply(state, Strike("strike", at(state, "0403")))
    assert [event.chance for event in events if isinstance(event, IncidentRolled)] == [4]


def test_9_14_a_no_fly_declaration_holds_while_it_lasts() -> None:
    zone = {"id": "north", "no_fly": True, "from": "2017-09-05", "to": "2017-09-07", **EAST}
    state = front(airspace=[zone])
    assert "no-fly" in refused(state, Strike("strike", at(state, "0403")))
    later = replace(state, clock=replace(state.clock, turn=2), answers={})
    assert airspace.refuse_flight(later, 0, at(state, "0403")) is None


def test_the_forecast_on_a_view_equals_that_on_the_state() -> None:
    state = front()
    seat = engine.view(state, 0).state
    used: Support = (("strike", 2),)
    assert support.terms(seat, 0, at(state, "0403"), used, True) == support.terms(
        state, 0, at(state, "0403"), used, True
    )
    assert strikes.strike_chance(seat, 0, "strike", at(state, "0403")) == strikes.strike_chance(
        state, 0, "strike", at(state, "0403")
    )


@pytest.mark.parametrize(("at_", "traits", "known", "covered"), [
    ("0503", ["air-defence"], True, True),
    ("1203", ["air-defence"], True, False),
    ("0503", [], True, False),
    ("0503", ["air-defence"], False, False),
])  # fmt: skip
def test_9_7_air_defence_that_you_have_identified_near_the_target_covers_it(
    at_: str, traits: list[str], known: bool, covered: bool
) -> None:
    world = situation(
        "\n".join([". " * 12] * 5),
        units=[unit("a", "saa", "0303"), unit("foe", "isis", "0403"), unit("flak", "isis", at_, traits=traits)],
        support={"saa": {"strike": 2}},
    )
    draft, flak = Draft(play(world)), world.row["flak"]
    level = Knowledge.IDENTIFIED if known else Knowledge.CONTACT
    draft.emit(Spotted(0, flak, level, draft.units.hex[flak]))
    chance = strikes.strike_chance(draft.finish(), 0, "strike", world.grid.hex("0403"))
    assert any("air defence" in term.words for term in chance.terms if term.value) == covered


@pytest.mark.parametrize(("owner", "rule"), [(2, ""), (3, "9.9"), (1, "11.7")])
def test_9_9_a_crossing_is_struck_only_where_its_owner_is_at_war_with_you(owner: int, rule: str) -> None:
    world = situation(
        "\n".join([". " * 6] * 5),
        factions=("saa", "sdf", "isis", "iraq"),
        units=[unit("a", "saa", "0303"), unit("foe", "isis", "0603")],
        rivers=[["0403/NE"]],
        crossings=[("0403/NE", "bridge", "open")],
        support={"saa": {"strike": 3}},
    )
    state = play(world)
    state = replace(
        state,
        sites=replace(state.sites, owner=(owner,)),
        clock=replace(state.clock, support=((("strike", 3),), (), (), ())),
        answers={},
    )
    refusal = engine.refusal(state, StrikeBridge(world.grid.side("0403/NE")))
    assert (refusal.rule if refusal is not None else "") == rule, refusal


def test_9_15_any_faction_may_close_the_sky_to_the_defenders_of_the_other_bloc() -> None:
    state = under_closed_sky()
    state = replace(state, factions=replace(state.factions, sky=(at(state, "0503"), -1, -1)), answers={})
    state = replace(state, clock=replace(state.clock, support=((), (("strike", 1),), ())), answers={})
    assert airspace.closed_by(state, 1, at(state, "0403")) == 0
    assert "is closed" in str(columns(state, "0403", ("strike", 1), faction=1, attacking=False))
    reach = state.world.rules.deconfliction.skies.range
    for label in ("0203", "0803", "0103", "0903"):
        near = state.world.grid.distance(at(state, label), at(state, "0503")) <= reach
        assert (airspace.closed_by(state, 1, at(state, label)) == 0) == near


def test_a_bound_that_bites_is_a_term_and_the_total_is_the_bound() -> None:
    terms = (Term("a", 7), Term("b", 0), Term("c", -2))
    for low, high, total in ((None, None, 5), (6, None, 6), (5, None, 5), (None, 4, 4), (None, 5, 5), (0, 9, 5)):
        found = ledger(terms, low=low, high=high)
        assert found.total == total and [term.words for term in found.terms[:2]] == ["a", "c"]
        assert len(found.terms) == (2 if total == 5 else 3)
    assert Term("a", 1, "unit").named == "a: unit" and Term("a", 1).named == "a" and str(Ledger(())) == "nothing"


def test_9_13_what_a_flight_without_notice_risks_is_told_before_it_is_flown() -> None:
    bridge: dict[str, Any] = {
        "rivers": [["0403/NE"]],
        "crossings": [("0403/NE", "bridge", "open")],
        "highways": [["0403", "0503"]],
    }
    state = front(airspace=[{"id": "east", "must_notify": ["saa"], **EAST}], **bridge)
    side, here = state.world.grid.side("0403/NE"), at(state, "0403")
    told = replace(state, clock=replace(state.clock, corridors=((here, at(state, "0503")), (), ())), answers={})
    for order, chance in (
        (Strike("strike", here), 4), (Scout(here), 4), (StrikeBridge(side), 4), (Interdict(at(state, "0503")), 4),
        (Scout(at(state, "0103")), None),
    ):  # fmt: skip
        risk = engine.provokes(state, order)
        assert (risk.percent if risk is not None else None) == chance, order
        quiet = engine.provokes(told, order)
        assert quiet is None or quiet.percent == 0, order
    _, events = engine.apply(state, Scout(here))
    assert [event.chance for event in events if isinstance(event, IncidentRolled)] == [4]
    none = replace(state, clock=replace(state.clock, support=((), (), ())), answers={})
    assert all(engine.provokes(none, order) is None for order in (Scout(here), StrikeBridge(side), Interdict(here)))
