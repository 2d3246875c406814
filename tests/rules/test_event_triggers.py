"""Rulebook 16.2: every trigger, at a moment at which it holds and at one at which it does not."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from typing import Any, get_args

import pytest

from game import events as ev
from game.rules import conditions, scripted
from game.rules.conditions import TRIGGERS
from game.rules.script import hexes_of
from game.scenario import triggers as tr
from game.scenario.area import Area, Around
from game.scenario.world import Stance
from game.schema.shapes import tag_of
from game.state import Draft, State
from tests.rules import script_stage
from tests.rules.script_stage import NOW, event, fires, row, run, stage
from tests.situation import play, situation, unit

MAYADIN = {"place": "Mayadin"}
PLACE = script_stage.MAYADIN
WORDS = {tag_of(kind, "on"): kind for kind in get_args(get_args(tr.Trigger)[0])}
Change = Callable[[Draft], None]


def nothing(draft: Draft) -> None:
    pass


def emits(*events: Any) -> Change:
    def change(draft: Draft) -> None:
        for one in events:
            draft.emit(one)

    return change


def by_name(make: Callable[[Draft], Any]) -> Change:
    return lambda draft: draft.emit(make(draft))


def hunger(draft: Draft) -> ev.HungerChanged:
    return ev.HungerChanged(draft.world.place_at[draft.world.grid.hex("0503")], 3)


def harm(draft: Draft) -> ev.CiviliansHarmed:
    return ev.CiviliansHarmed(draft.world.place_at[draft.world.grid.hex("0503")], 0, 4, "test")


def taken(draft: Draft) -> ev.ControlChanged:
    return ev.ControlChanged(0, (draft.world.grid.hex("0503"),), (2,))


def cut(draft: Draft) -> ev.SupplyJudged:
    return ev.SupplyJudged(0, (row(draft, "col"),), (2,), (3,), (0,))


INCIDENT = ev.IncidentRolled(0, 1, 5, 50, 20, True, "test")
CASES: dict[str, tuple[Change, dict[str, Any], dict[str, Any]]] = {
    # word: what happened before, a trigger that holds then, one that does not
    "date": (nothing, {"from": "2017-09-07"}, {"from": "2017-09-08"}),
    "turn": (nothing, {"from": 1, "to": 1}, {"from": 2}),
    "window": (nothing, {"from": "2017-09-01", "to": "2017-09-07"}, {"from": "2017-09-08", "to": "2017-09-30"}),
    "weather": (emits(ev.WeatherChanged(2)), {"is": "rain"}, {"is": "clear"}),
    "control": (nothing, {"at": MAYADIN, "faction": "isis"}, {"at": MAYADIN, "faction": "saa"}),
    "taken": (nothing, {"at": MAYADIN, "by": "saa", "from": "isis"}, {"at": MAYADIN, "by": "sdf"}),
    "held": (emits(ev.PlaceHeld(0, -1, 2)), {"at": MAYADIN, "faction": "isis", "turns": 2},
             {"at": MAYADIN, "faction": "isis", "turns": 3}),
    "prizes": (nothing, {"faction": "isis", "count": 1}, {"faction": "saa", "count": 1}),
    "crossing": (emits(ev.CrossingOpened(0, 0, 0, -1)), {"side": "0403/NE", "is": "open"},
                 {"side": "0403/NE", "is": "closed"}),
    "unit": (nothing, {"unit": "reserve", "is": "waiting"}, {"unit": "reserve", "is": "on-map"}),
    "strength": (by_name(lambda d: ev.StepsDisrupted(row(d, "col"), 1, "test")), {"unit": "col", "at_most": 2},
                 {"unit": "col", "at_most": 1}),
    "supply": (by_name(cut), {"unit": "col", "is": "cut", "turns": 3}, {"unit": "col", "is": "cut", "turns": 4}),
    "near": (nothing, {"at": MAYADIN, "faction": "saa", "within": 3, "steps": 3},
             {"at": MAYADIN, "faction": "saa", "within": 2}),
    "inside": (nothing, {"area": {"box": ["0201", "0305"]}, "faction": "saa", "units": 2, "steps": 5},
               {"area": {"box": ["0201", "0305"]}, "faction": "saa", "units": 3}),
    "siege-broken": (nothing, {"at": {"hex": "0203"}, "faction": "saa"}, {"at": MAYADIN, "faction": "isis"}),
    "lost": (by_name(lambda d: ev.StepsLost(row(d, "col"), 2, "test")), {"faction": "saa", "steps": 2},
             {"faction": "saa", "steps": 3}),
    "destroyed": (by_name(lambda d: ev.UnitDestroyed(row(d, "den"), d.units.hex[row(d, "den")], 2, "test")),
                  {"faction": "isis", "units": 1}, {"faction": "saa", "units": 1}),
    "hunger": (by_name(hunger), {"place": "Mayadin", "turns": 3}, {"place": "Mayadin", "turns": 4}),
    "harm": (by_name(harm), {"harm": 4, "place": "Mayadin"}, {"harm": 5, "faction": "saa"}),
    "ladder": (emits(ev.LadderMoved(0, 3, "test")), {"from": 2, "to": 3}, {"from": 4}),
    "incidents": (emits(INCIDENT, INCIDENT), {"count": 2, "faction": "saa"}, {"count": 3}),
    "stance": (nothing, {"a": "saa", "b": "sdf", "is": "rival"}, {"a": "saa", "b": "isis", "is": "rival"}),
    "points": (emits(ev.PointsScored(0, 30, "test")), {"faction": "saa", "at_least": 30},
               {"faction": "saa", "at_least": 31}),
    "replacements": (emits(ev.PoolChanged(0, 2)), {"faction": "saa", "at_least": 2}, {"faction": "sdf", "at_least": 1}),
    "flag": (emits(ev.FlagSet("raid", True)), {"flag": "raid"}, {"flag": "raid", "set": False}),
    "fired": (emits(ev.EventFired("other", "", (0,))), {"event": "other"}, {"event": "other", "times": 2}),
    "option": (nothing, {"option": "early"}, {"option": "late"}),
    "dice": (nothing, {"percent": 100}, {"percent": 0}),
    "all": (nothing, {"of": [NOW, {"on": "dice", "percent": 100}]}, {"of": [NOW, {"on": "turn", "from": 2}]}),
    "any": (nothing, {"of": [NOW, {"on": "turn", "from": 2}]}, {"of": [{"on": "turn", "from": 2}]}),
    "not": (nothing, {"of": [{"on": "turn", "from": 2}, {"on": "ladder", "from": 1}]},
            {"of": [NOW, {"on": "ladder", "from": 1}]}),
}  # fmt: skip


def moment(word: str, trigger: dict[str, Any]) -> State:
    told = event(when={"on": word, **trigger})
    others = [event(id="other")] if word == "fired" else []
    prize = {"id": "m", "kind": "town", "name": "Mayadin", "place": "Mayadin", "points": {"isis": 2, "saa": 2}}
    more: dict[str, Any] = {
        "options": {"early": True},
        "highways": [["0103", "0203"]],
        "sources": {"saa": [{"hex": "0103"}]},
        "control": [{"faction": "saa", "hexes": ["0103", "0203"]}],
        "victory": {"prizes": [prize]},
    }
    return stage(told, *others, **more)


def test_every_trigger_is_declared_answered_and_tried() -> None:
    assert set(WORDS.values()) == set(TRIGGERS)
    assert set(CASES) == set(WORDS)


@pytest.mark.parametrize("word", WORDS)
def test_16_2_each_trigger_holds_when_it_says_and_at_no_other_time(word: str) -> None:
    change, holds, not_so = CASES[word]
    for trigger, expected in ((holds, True), (not_so, False)):
        draft = Draft(moment(word, trigger))
        if word == "taken":  # it compares with the moment at which events were asked last
            scripted.run(draft)
            taken_now = taken(draft)
            draft.emit(taken_now)
        change(draft)
        before = dict(draft.clock.fired).get("it", 0)
        scripted.run(draft)
        assert (dict(draft.clock.fired).get("it", 0) > before) is expected, trigger


def both_lost(draft: Draft) -> None:
    for name in ("col", "hold"):
        draft.emit(ev.UnitDestroyed(row(draft, name), draft.units.hex[row(draft, name)], 2, "test"))


COUNTED: list[tuple[str, Change, dict[str, Any], str, int]] = [
    # word, what happened before, the trigger without its number, the name of the number, and what it has come to
    ("held", emits(ev.PlaceHeld(0, -1, 2)), {"at": MAYADIN, "faction": "isis"}, "turns", 2),
    ("supply", by_name(cut), {"unit": "col", "is": "cut"}, "turns", 3),
    ("near", nothing, {"at": MAYADIN, "faction": "saa", "within": 3}, "steps", 5),
    ("inside", nothing, {"area": {"box": ["0201", "0305"]}, "faction": "saa", "units": 2}, "steps", 5),
    ("inside", nothing, {"area": {"box": ["0201", "0305"]}, "faction": "saa", "steps": 5}, "units", 2),
    ("lost", by_name(lambda d: ev.StepsLost(row(d, "col"), 2, "test")), {"faction": "saa"}, "steps", 2),
    ("destroyed", both_lost, {"faction": "saa"}, "units", 2),
    ("hunger", by_name(hunger), {"place": "Mayadin"}, "turns", 3),
    ("harm", by_name(harm), {"place": "Mayadin"}, "harm", 4),
    ("harm", by_name(harm), {"faction": "saa"}, "harm", 4),
    ("incidents", emits(INCIDENT, INCIDENT), {"faction": "saa"}, "count", 2),
    ("incidents", emits(INCIDENT, INCIDENT), {}, "count", 2),
    ("ladder", emits(ev.LadderMoved(0, 3, "test")), {"to": 4}, "from", 3),
    ("points", emits(ev.PointsScored(0, 30, "test")), {"faction": "saa"}, "at_least", 30),
    ("replacements", emits(ev.PoolChanged(0, 2)), {"faction": "saa"}, "at_least", 2),
    (
        "fired",
        emits(ev.EventFired("other", "", (0,)), ev.EventFired("other", "", (0,))),
        {"event": "other"},
        "times",
        2,
    ),
]


@pytest.mark.parametrize(("word", "change", "trigger", "number", "now"), COUNTED)
def test_16_2_a_trigger_that_counts_holds_from_its_number_on(
    word: str, change: Change, trigger: dict[str, Any], number: str, now: int
) -> None:
    for asked, holds in ((now - 1, True), (now, True), (now + 1, False)):
        draft = Draft(moment(word, {**trigger, number: asked}))
        change(draft)
        before = dict(draft.clock.fired).get("it", 0)
        scripted.run(draft)
        assert (dict(draft.clock.fired).get("it", 0) > before) is holds, asked


@pytest.mark.parametrize(("word", "change", "trigger", "number", "now"), [
    one for one in COUNTED if "faction" in one[2] and one[0] not in ("held", "near", "inside")
])  # fmt: skip
def test_16_2_a_trigger_counts_for_its_own_faction_alone(
    word: str, change: Change, trigger: dict[str, Any], number: str, now: int
) -> None:
    draft = Draft(moment(word, {**trigger, "faction": "sdf", number: 1}))
    change(draft)
    scripted.run(draft)
    assert "it" not in dict(draft.clock.fired)


# --- what one case cannot show ------------------------------------------------------------------------------------


def test_a_place_is_taken_once_and_lost_once() -> None:
    won = event(when={"on": "taken", "at": MAYADIN, "by": "saa"}, id="won", times=0)
    lost = event(when={"on": "taken", "at": MAYADIN, "from": "isis"}, id="lost", times=0)
    draft = run(stage(won, lost))
    assert not draft.clock.fired, "nothing has changed hands at the start"
    draft.emit(taken(draft))
    scripted.run(draft)
    scripted.run(draft)
    assert draft.clock.fired == (("lost", 1), ("won", 1))


def test_a_place_that_nobody_held_can_be_taken() -> None:
    won = event(when={"on": "taken", "at": MAYADIN, "by": "saa"}, id="won", times=0)
    draft = Draft(stage(won))
    here = draft.world.grid.hex("0503")
    draft.emit(ev.ControlChanged(-1, (here,), (2,)))
    scripted.run(draft)
    assert not draft.clock.fired
    draft.emit(ev.ControlChanged(0, (here,), (-1,)))
    scripted.run(draft)
    assert draft.clock.fired == (("won", 1),)


def test_a_window_draws_each_of_its_turns_equally_often() -> None:
    lot = event(when={"on": "window", "from": "2017-09-08", "to": "2017-09-16"})
    world = stage(lot).world
    drawn = Counter(_turn_drawn(world, seed) for seed in range(90))
    assert set(drawn) == {2, 3, 4} and min(drawn.values()) > 15, drawn


def _turn_drawn(world: Any, seed: int) -> int:
    draft = Draft(play(world, seed=seed))
    for turn in range(1, 7):
        draft.emit(ev.TurnBegan(turn))
        scripted.run(draft)
        if draft.clock.fired:
            return turn
    return 0


def test_dice_inside_compound_triggers_are_thrown_only_where_they_decide() -> None:
    dice, later = {"on": "dice", "percent": 50}, {"on": "turn", "from": 2}
    for useless in (
        {"on": "all", "of": [dice, later]},
        {"on": "any", "of": [dice, NOW]},
        {"on": "not", "of": [dice, NOW]},
    ):
        draft = run(stage(event(when=useless)))
        assert not any(isinstance(one, ev.DiceRolled) for one in draft.events), useless
    draft = run(stage(event(when={"on": "not", "of": [{"on": "dice", "percent": 0}, later]})))
    assert draft.clock.fired and any(isinstance(one, ev.DiceRolled) for one in draft.events)


def test_an_event_waits_some_turns_after_another() -> None:
    draft = Draft(stage(event(id="first", times=1), event(when={"on": "fired", "event": "first", "ago": 2}, id="then")))
    for turn in (1, 2, 3):
        draft.emit(ev.TurnBegan(turn))
        scripted.run(draft)
        assert ("then" in dict(draft.clock.fired)) == (turn == 3)


def test_a_rest_keeps_an_event_from_happening_again_too_soon() -> None:
    draft = Draft(stage(event(times=0, every=3)))
    happened = []
    for turn in range(1, 8):
        draft.emit(ev.TurnBegan(turn))
        before = dict(draft.clock.fired).get("it", 0)
        scripted.run(draft)
        if dict(draft.clock.fired).get("it", 0) > before:
            happened.append(turn)
    assert happened == [1, 4, 7]


def test_a_stance_may_have_changed() -> None:
    trigger = {"on": "stance", "a": "sdf", "b": "saa", "is": "war"}
    assert not fires(trigger)
    draft = Draft(stage(event(when=trigger)))
    draft.emit(ev.WorldChanged("stance", (0, 1, int(Stance.WAR))))
    scripted.run(draft)
    assert draft.clock.fired


def test_a_place_that_is_watched_is_not_taken_when_it_is_looked_at_first() -> None:
    for trigger in ({"by": "isis"}, {"from": "saa"}, {}):
        told = event(when={"on": "taken", "at": MAYADIN, **trigger}, times=0)
        assert not run(stage(told)).clock.fired, trigger


@pytest.mark.parametrize(("before", "now", "fires_for"), [
    (2, 0, ["by", "from", "any"]), (-1, 0, ["by", "any"]), (2, -1, ["from", "any"]), (2, 1, ["from", "any"]),
    (1, 0, ["by", "any"]), (1, -1, ["any"]), (0, 2, ["any"]), (2, 2, []),
])  # fmt: skip
def test_a_place_is_taken_by_who_did_not_hold_it_and_lost_by_who_did(
    before: int, now: int, fires_for: list[str]
) -> None:
    triggers: dict[str, dict[str, Any]] = {"by": {"by": "saa"}, "from": {"from": "isis"}, "any": {}}
    draft = Draft(stage(*(
        event(when={"on": "taken", "at": MAYADIN, **more}, id=name, times=0) for name, more in triggers.items()
    )))  # fmt: skip
    here = draft.world.grid.hex("0503")
    if before != 2:
        draft.emit(ev.ControlChanged(before, (here,), (2,)))
    scripted.run(draft)
    if now != before:
        draft.emit(ev.ControlChanged(now, (here,), (before,)))
    scripted.run(draft)
    assert [name for name, _ in draft.clock.fired] == sorted(fires_for)


@pytest.mark.parametrize(("at", "faction", "holds"), [
    (MAYADIN, "isis", True), (MAYADIN, "saa", False), ({"hex": "0203"}, "saa", False), ({"hex": "0203"}, "isis", False),
])  # fmt: skip
def test_a_place_is_held_by_its_holder_alone_and_no_hex_without_a_place_ever(
    at: dict[str, str], faction: str, holds: bool
) -> None:
    told = event(when={"on": "held", "at": at, "faction": faction, "turns": 1})
    draft = Draft(stage(told, control=[{"faction": "saa", "hexes": ["0203"]}]))
    draft.emit(ev.PlaceHeld(0, -1, 2))
    scripted.run(draft)
    assert bool(draft.clock.fired) is holds


@pytest.mark.parametrize(("day", "holds"), [
    ("2017-09-04", False), ("2017-09-07", True), ("2017-09-08", None), ("2017-09-16", None),
])  # fmt: skip
def test_the_last_turn_of_a_window_is_sure_and_no_turn_after_it(day: str, holds: bool | None) -> None:
    window = tr.OnWindow("window", "2017-09-01", day)
    assert conditions.verdict(stage(event()), window) is holds
    early = tr.OnWindow("window", "2017-09-08", "2017-09-16")
    assert conditions.verdict(stage(event()), early) is False, "before it begins"
    draft = run(stage(event(when={"on": "window", "from": "2017-09-01", "to": day})))
    thrown = [one for one in draft.events if isinstance(one, ev.DiceRolled)]
    assert bool(thrown) is (holds is None), "no die is thrown where nothing is left to decide"


@pytest.mark.parametrize(("trigger", "holds"), [
    ({"on": "unit", "unit": "a", "is": "at", "at": {"hex": "0102"}, "within": 1}, True),
    ({"on": "unit", "unit": "a", "is": "at", "at": {"hex": "0301"}, "within": 1}, False),
    ({"on": "unit", "unit": "late", "is": "at", "at": {"hex": "0101"}, "within": 9}, False),
    ({"on": "strength", "unit": "a", "at_most": 2}, True), ({"on": "strength", "unit": "a", "at_most": 1}, False),
    ({"on": "strength", "unit": "late", "at_most": 6}, False),
    ({"on": "supply", "unit": "a", "is": "cut"}, True), ({"on": "supply", "unit": "a", "is": "full"}, False),
    ({"on": "supply", "unit": "late", "is": "full"}, False), ({"on": "supply", "unit": "late", "is": "cut"}, False),
])  # fmt: skip
def test_a_unit_in_the_first_hex_is_on_the_map_and_one_that_waits_is_not(trigger: dict[str, Any], holds: bool) -> None:
    cast = [unit("a", "saa", "0101"), unit("late", "saa", arrives="2017-12-01", entry=["0103"])]
    world = situation("\n".join([". . . ."] * 3), units=cast, events=[event(when=trigger)], turns=40)
    draft = Draft(play(world))
    draft.emit(ev.SupplyJudged(0, (0,), (2,), (1,), (0,)))
    scripted.run(draft)
    assert bool(draft.clock.fired) is holds


def test_prizes_are_counted_one_by_one() -> None:
    towns: list[dict[str, Any]] = [
        {**PLACE, "name": name, "hex": label} for name, label in (("One", "0603"), ("Two", "0703"))
    ]
    prizes = [
        {"id": name.lower(), "kind": "town", "name": name, "place": name, "points": {"isis": 2}}
        for name in ("Mayadin", "One", "Two")
    ]
    for count, holds in ((1, True), (2, True), (3, False)):
        told = event(when={"on": "prizes", "faction": "isis", "count": count})
        world = situation(
            "\n".join([". " * 8] * 5), units=[unit("den", "isis", "0503"), unit("b", "isis", "0603")], events=[told],
            places=[PLACE, *towns], holders={"Mayadin": "isis", "One": "isis", "Two": "saa"},
            victory={"prizes": prizes}, sources={"isis": [{"hex": "0503"}, {"hex": "0603"}]},
        )  # fmt: skip
        assert bool(run(play(world)).clock.fired) is holds, count


def test_an_area_around_a_place_is_that_around_its_hex() -> None:
    world = stage(event()).world
    for around in (Around(1, hex="0503"), Around(1, place="Mayadin")):
        area = hexes_of(world, Area(around=around))
        assert set(area) == {world.grid.hex("0503"), *world.grid.near[world.grid.hex("0503")]}


def test_no_die_is_thrown_for_an_event_of_which_none_of_the_further_triggers_can_hold() -> None:
    chance, later = {"on": "dice", "percent": 50}, {"on": "turn", "from": 2}
    cases: list[tuple[dict[str, Any], bool]] = [({"any": [later]}, False), ({"any": [later, NOW]}, True), ({}, True)]
    for further, thrown in cases:
        draft = run(stage(event(when=chance, **further)))
        assert any(isinstance(one, ev.DiceRolled) for one in draft.events) is thrown, further


@pytest.mark.parametrize(("trigger", "holds"), [
    (tr.OnTurn("turn", 1, 9), True), (tr.OnTurn("turn", 2, 9), False), (tr.OnDice("dice", 1), True),
])  # fmt: skip
def test_a_trigger_holds_for_a_watcher_when_it_does_and_where_dice_decide(trigger: tr.Trigger, holds: bool) -> None:
    assert scripted.holds(stage(event()), trigger) is holds


def test_an_event_that_two_others_fire_happens_once_if_it_may_happen_once() -> None:
    draft = run(stage(
        event({"do": "fire", "event": "it"}, {"do": "fire", "event": "it"}, id="first"),
        event({"do": "flag", "flag": "seen"}, asked="never", when=[], times=1),
    ))  # fmt: skip
    assert dict(draft.clock.fired) == {"first": 1, "it": 1}


# --- moments ------------------------------------------------------------------------------------------------------


def test_16_1_an_event_is_asked_at_its_moment() -> None:
    told = [event(id=name, asked=name) for name in ("turn", "end", "order", "saa")]
    state = stage(*told)
    for moment_named in ("turn", "end", "order", "saa"):
        draft = Draft(state)
        scripted.run(draft, moment_named)
        assert [name for name, _ in draft.clock.fired] == [moment_named]


def test_16_1_a_column_that_enters_a_hex_is_answered_at_once() -> None:
    from game import engine
    from game.orders import parse_order

    trap = event(
        {"do": "losses", "area": {"hexes": ["0303"]}, "of": ["saa"], "disrupted": 1, "why": "a mine"},
        when={"on": "near", "at": {"hex": "0303"}, "faction": "saa", "within": 0},
        asked="order",
    )
    state = stage(trap)
    after, events = engine.apply(state, parse_order("move col 0303", state.world.grid))
    assert any(isinstance(one, ev.EventFired) for one in events)
    assert after.units.disrupted[row(after, "col")] == 1
    past, _ = engine.apply(state, parse_order("move col 0303,0403", state.world.grid))
    assert past.units.disrupted[row(past, "col")] == 1, "on the way as well"
    assert past.units.hex[row(past, "col")] == past.world.grid.hex("0403")
    still, _ = engine.apply(state, parse_order("move col 0103", state.world.grid))
    assert not still.clock.fired


def test_16_1_a_faction_is_asked_as_its_turn_opens_and_the_turn_as_it_ends() -> None:
    from game import engine
    from game import orders as od

    units = [unit("a", "saa", "0101"), unit("b", "isis", "0404")]
    events = [event(id="opens", asked="isis"), event(id="closes", asked="end")]
    state = engine.start(situation("\n".join(". " * 4 for _ in range(4)), units=units, events=events), 1)
    assert not state.clock.fired
    state, _ = engine.apply(state, od.EndTurn())
    assert dict(state.clock.fired) == {"opens": 1}
    state, _ = engine.apply(state, od.EndTurn())
    assert dict(state.clock.fired) == {"opens": 1, "closes": 1}


SURE, NEVER = {"on": "dice", "percent": 100}, {"on": "dice", "percent": 0}


@pytest.mark.parametrize(
    ("word", "of", "happens"),
    [
        ("all", [SURE, SURE], True), ("all", [SURE, NEVER], False), ("all", [NEVER, SURE], False),
        ("any", [NEVER, SURE], True), ("any", [SURE, NEVER], True), ("any", [NEVER, NEVER], False),
        ("not", [NEVER, NEVER], True), ("not", [SURE, NEVER], False), ("not", [NEVER, SURE], False),
        ("not", [{"on": "all", "of": [SURE, NEVER]}], True), ("not", [{"on": "any", "of": [SURE, NEVER]}], False),
    ],
)  # fmt: skip
def test_dice_inside_compound_triggers_are_put_together_as_the_words_say(
    word: str, of: list[dict[str, Any]], happens: bool
) -> None:
    assert fires({"on": word, "of": of}) == happens


@pytest.mark.parametrize(
    ("foe", "steps", "hidden", "way", "asked"),
    [
        ("0704", 1, False, ("0201", "0301"), 2),
        ("0301", 1, True, ("0201", "0301"), 2),  # it meets an enemy as it enters the second hex
        ("0201", 1, True, ("0201", "0301"), 1),  # it meets him before its first step
        ("0502", 1, False, ("0201", "0301", "0402", "0502", "0602"), 3),  # it halts in time, and nothing has happened
    ],
)
def test_16_1_events_are_asked_at_each_step_of_a_march_and_where_it_is_stopped(
    foe: str, steps: int, hidden: bool, way: tuple[str, ...], asked: int
) -> None:
    from game import engine
    from game import orders as od

    units = [unit("a", "saa", "0101", sight=2), unit("b", "isis", foe, steps=steps, hidden=hidden)]
    world = situation("\n".join(". " * 7 for _ in range(5)), units=units, events=[event(asked="order", times=0)])
    state = play(world, seen=False)
    after, _ = engine.apply(state, od.Move("a", tuple(world.grid.hex(label) for label in way)))
    assert dict(after.clock.fired) == {"it": asked}
