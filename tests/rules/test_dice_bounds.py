"""A chance of n percent: the roll n happens, the roll n + 1 does not; 100 percent is certain. For every die."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from game import dice, engine
from game import events as ev
from game import orders as od
from game.rules import columns, combat, deconfliction, movement, scripted, strays, strikes, weather
from game.state import Draft, State, Supplied
from tests.rules.script_stage import event, run, stage
from tests.situation import at, play, situation, unit

Throw = Callable[[int], None]

FIELD = "\n".join(". " * 6 for _ in range(5))


@pytest.fixture
def throw(monkeypatch: pytest.MonkeyPatch) -> Throw:
    """Sets what every die of a hundred faces shows."""
    return lambda value: monkeypatch.setattr(dice, "percent", lambda *_: value)


def of(kind: type[Any], events: tuple[ev.Event, ...] | list[ev.Event]) -> Any:
    return next(one for one in events if isinstance(one, kind))


def fired(state: State, order: od.Order, throw: Throw, value: int) -> tuple[int, str]:
    """The chance and the result of the first fire that an order brings, when the die shows a value."""
    throw(value)
    found = of(ev.FireResolved, engine.apply(state, order)[1])
    return found.chance, found.result


def guns_and_aircraft(**rules: Any) -> State:
    world = situation(
        FIELD,
        units=[unit("guns", "saa", "0202", "artillery"), unit("foe", "isis", "0303"), unit("eye", "saa", "0302")],
        rivers=[["0403/NE"]],
        crossings=[("0403/NE", "bridge", "open")],
        support={"saa": {"strike": 6, "airdrop": 3}},
        rules=rules,
    )
    return play(world, points=3)


def test_a_bombardment_hits_up_to_its_chance(throw: Throw) -> None:
    state = guns_and_aircraft()
    order = od.Bombard("guns", at(state, "0303"))
    chance, _ = fired(state, order, throw, 1)
    assert 0 < chance < 100
    assert fired(state, order, throw, chance)[1] == "1 step disrupted"
    assert fired(state, order, throw, chance + 1)[1] == "no effect"


def opened(state: State) -> State:
    """The same with this turn's support in hand."""
    draft = Draft(state)
    draft.emit(ev.SupportSet(0, (("airdrop", 3), ("strike", 6)), "for the test"))
    return draft.finish()


def test_a_strike_hits_up_to_its_chance_and_destroys_up_to_its_share(throw: Throw) -> None:
    state = opened(guns_and_aircraft())
    order = od.Strike("strike", at(state, "0303"), 1)
    chance, _ = fired(state, order, throw, 1)
    kill = state.world.rules.support.kinds["strike"].kill
    assert 0 < kill < chance < 100
    assert fired(state, order, throw, chance) == (chance, "1 step disrupted")
    assert fired(state, order, throw, chance + 1) == (chance, "no effect")
    assert fired(state, order, throw, kill) == (chance, "1 step destroyed")
    assert fired(state, order, throw, kill + 1) == (chance, "1 step disrupted")


def test_a_bridge_breaks_up_to_its_chance(throw: Throw) -> None:
    state = opened(guns_and_aircraft())
    side = state.world.grid.side("0403/NE")
    chance, _ = fired(state, od.StrikeBridge(side), throw, 1)
    for value, open_ in ((chance, False), (chance + 1, True)):
        throw(value)
        after, _ = engine.apply(state, od.StrikeBridge(side))
        assert (after.sites.state[0] == 1) == open_


def test_an_incident_happens_up_to_its_chance(throw: Throw) -> None:
    world = situation(
        FIELD, factions=("saa", "sdf", "isis"), units=[unit("a", "saa", "0202"), unit("s", "sdf", "0402")]
    )
    for value, happened in ((5, True), (6, False)):
        throw(value)
        draft = Draft(play(world))
        assert deconfliction.judge(draft, 0, deconfliction.Act("friction", world.grid.hex("0202"))) == happened
        found = of(ev.IncidentRolled, draft.events)
        assert (found.chance, found.roll, found.happened) == (5, value, happened)


@pytest.mark.parametrize("turn", [1, 20])
def test_the_weather_turns_at_its_shares(throw: Throw, turn: int) -> None:
    state = play(situation(FIELD, units=[unit("a", "saa", "0202")], turns=30), turn=turn)
    odds = weather.chances(state.world, turn)
    for value, sky in (
        (1, 0), (odds.clear, 0), (odds.clear + 1, 1), (odds.clear + odds.dust, 1), (odds.clear + odds.dust + 1, 2),
    ):  # fmt: skip
        if value <= 100:
            throw(value)
            draft = Draft(state)
            weather.change(draft)
            assert of(ev.WeatherChanged, draft.events).weather == sky, value


@pytest.mark.parametrize(
    ("percent", "value", "happens"), [(100, 100, True), (99, 100, False), (40, 40, True), (40, 41, False)]
)
def test_the_dice_of_an_event(throw: Throw, percent: int, value: int, happens: bool) -> None:
    throw(value)
    asked = stage(event(when=[{"on": "turn", "from": 1}, {"on": "dice", "percent": percent}]))
    assert bool(run(asked).clock.fired) == happens
    first = event({"do": "fire", "event": "then", "percent": percent}, id="first")
    chain = stage(first, event(id="then", asked="never", when=[]))
    assert ("then" in dict(run(chain).clock.fired)) == happens
    assert scripted.holds(asked, asked.world.script.events[0].when[1]), "dice hold until they are thrown"


def test_an_air_drop_is_lost_in_part_up_to_its_chance_and_wholly_up_to_a_share_of_it(throw: Throw) -> None:
    state = opened(guns_and_aircraft())
    state = replace(state, units=replace(state.units, supply=(2, 2, 2)), answers={})
    order, rules = od.AirDrop(at(state, "0202")), state.world.rules.supply.air_drops
    chance, _ = fired(state, order, throw, 100)
    lost = chance * rules.all_lost // 100
    assert 0 < lost < chance
    assert fired(state, order, throw, chance + 1)[1] == "it arrives"
    assert fired(state, order, throw, chance)[1] == "part of it arrives"
    assert fired(state, order, throw, lost + 1)[1] == "part of it arrives"
    assert fired(state, order, throw, lost)[1] == "it is lost"


@pytest.mark.parametrize(("value", "result"), [(30, "1 step destroyed"), (31, "1 step disrupted"), (61, "no effect")])
def test_a_salvo_of_the_scenario(throw: Throw, value: int, result: str) -> None:
    salvo = {
        "do": "salvo",
        "name": "rockets",
        "area": {"hexes": ["0203"]},
        "shots": 1,
        "hit": 60,
        "kill": 30,
    }
    throw(value)
    draft = run(stage(event({**salvo, "by": "isis"})))
    assert of(ev.FireResolved, draft.events).result == result
    throw(60)
    assert of(ev.FireResolved, run(stage(event({**salvo, "by": "isis"}))).events).result == "1 step disrupted"


# --- shares in percent ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("share", "part"), [(100, 1000), (50, 500), (99, 990), (1, 10)])
def test_a_share_of_a_strength_is_what_it_says_and_of_100_percent_the_whole(share: int, part: int) -> None:
    rules = {
        "combat": {
            "disrupted_percent": share, "artillery_percent": share, "cut_percent": share, "cut_defence_percent": share,
            "stretched_percent": share,
        },
        "units": {"types": {"infantry": {"attack": 20, "defence": 20}, "artillery": {"attack": 20}}},
    }  # fmt: skip
    cast = [unit("a", "saa", "0202", steps=5), unit("g", "saa", "0203", "artillery", steps=5)]
    state = play(situation(FIELD, units=cast, rules=rules))

    def strength(row: int, attacking: bool, disrupted: int = 0, supply: Supplied = Supplied.FULL) -> int:
        columns = {"disrupted": (disrupted,) * 2, "supply": (int(supply),) * 2}
        return combat.strength(replace(state, units=replace(state.units, **columns), answers={}), row, attacking)

    assert strength(0, True) == strength(0, False) == 1000
    assert strength(1, True) == part
    assert strength(0, True, disrupted=5) == strength(0, False, disrupted=5) == part
    assert strength(0, True, disrupted=2) == 600 + 2 * part // 5
    for supply, attack, defence in ((Supplied.CUT, part, part), (Supplied.STRETCHED, part, 1000)):
        assert (strength(0, True, supply=supply), strength(0, False, supply=supply)) == (attack, defence)


@pytest.mark.parametrize("share", [100, 99, 50])
def test_a_share_of_a_chance_is_what_it_says_and_of_100_percent_the_whole(share: int) -> None:
    kinds = {"strike": {"hit": 100, "bridge": 100, "stray": 100}}
    fires = {"kinds": kinds, "contact_percent": share, "cover": 0, "stray_unidentified": 100, "stray_guided": share}
    rung = {"name": "x", "price": "y", "support": share}
    rivalry = {
        "adjacent": 100, "over_line": 0, "most": 100, "unidentified": 100, "advisers": 100, "calm": share,
        "acts": {"strike": 100, "friction": share}, "rungs": [rung] * 6,
    }  # fmt: skip
    world = situation(
        FIELD, factions=("saa", "sdf", "isis"), rivers=[["0403/NE"]], crossings=[("0403/NE", "bridge", "open")],
        units=[
            unit("eye", "saa", "0203", "recon"), unit("s", "sdf", "0302", traits=["adviser"]), unit("d", "isis", "0303")
        ],
        rules={"support": fires, "deconfliction": rivalry},
    )  # fmt: skip
    state = play(world)
    near = replace(state.intel[0], level=(0, 2, 1), hex=(-1, *state.units.hex[1:]), turn=(1, 1, 1))
    state = replace(state, intel=(near, *state.intel[1:]), answers={})
    here, side = at(state, "0303"), world.grid.side("0403/NE")
    assert strikes.bridge_chance(state, "strike", side, 0).total == share
    assert strikes.strike_chance(state, 0, "strike", here).total == share * share // 100
    assert strays.chance(state, 0, "strike", here).total == share
    far = replace(near, level=(0, 2, 2))
    sure = replace(state, intel=(far, *state.intel[1:]), answers={})
    assert strays.chance(sure, 0, "strike", here).total == share, "guided from beside it"
    act = deconfliction.Act("friction", here)
    assert deconfliction.risk(state, 0, act).percent == share
    calm = replace(state, factions=replace(state.factions, calm=(1, 0, 0)), answers={})
    assert deconfliction.risk(calm, 0, act).percent == share * share // 100
    fire = deconfliction.Act("strike", here)
    for one in (fire, replace(fire, identified=False)):
        assert deconfliction.risk(state, 0, one).percent == 100, "an adviser stands beside it"


@pytest.mark.parametrize("share", [100, 99, 50])
def test_a_share_of_movement_is_what_it_says_and_of_100_percent_the_whole(share: int) -> None:
    rules = {
        "movement": {"stretched_percent": share, "cut_percent": share, "march_percent": share, "forced_percent": share}
    }
    state = play(situation(FIELD, units=[unit("a", "saa", "0202", movement=80)], rules=rules), points=6)
    for supply, expected in ((0, 80), (1, 80 * share // 100), (2, 80 * share // 100)):
        judged = replace(state, units=replace(state.units, supply=(supply,)), answers={})
        assert movement.allowance(judged, 0) == expected
    for forced in (False, True):
        after, _ = engine.apply(state, od.March("a", forced))
        assert after.units.mp[0] == state.units.mp[0] + 80 * share // 100


def test_a_column_is_lost_up_to_the_chance_of_an_ambush_and_no_unit_is_named(throw: Throw) -> None:
    cast = [unit("trucks", "saa", "0302", "logistics", steps=1, traits=["column"]), unit("foe", "isis", "0605")]
    state = play(situation(FIELD, units=cast, rules={"support": {"kinds": {"ambush": {"hit": 30}}}}))
    marks = [0] * state.world.grid.size
    marks[at(state, "0402")] = state.world.faction("isis") + 1
    state = replace(state, hexes=replace(state.hexes, interdicted=tuple(marks)), answers={})
    for value, result in ((30, "the column is lost"), (31, "the column gets through")):
        assert fired(state, od.Move("trucks", (at(state, "0402"),)), throw, value) == (30, result)
        throw(value)
        fire = of(ev.FireResolved, engine.apply(state, od.Move("trucks", (at(state, "0402"),)))[1])
        assert fire.unit == -1


def test_an_ambush_takes_a_column_up_to_its_chance(throw: Throw) -> None:
    cast = [unit("trucks", "saa", "0202", "logistics", steps=1, traits=["column"]), unit("foe", "isis", "0605")]
    state = play(situation(FIELD, units=cast, rules={"support": {"kinds": {"ambush": {"hit": 30}}}}))
    marks = tuple(2 if here == at(state, "0302") else 0 for here in range(state.world.grid.size))
    state = replace(state, hexes=replace(state.hexes, interdicted=marks), answers={})
    for value, lost in ((30, True), (31, False)):
        throw(value)
        draft = Draft(state)
        columns.drive(draft, 0, at(state, "0302"))
        found = of(ev.FireResolved, draft.events)
        assert (found.chance, found.roll) == (30, value)
        assert found.result == ("the column is lost" if lost else "the column gets through")
        assert (draft.units.hex[0] < 0) == lost and bool(draft.factions.points[1]) == lost
