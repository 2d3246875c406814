"""What a chronicle writes down, and the campaign told a line a turn."""

from __future__ import annotations

from game import orders as od
from game.events import ControlChanged, LadderMoved, TurnBegan, UnitDestroyed
from game.session import Session
from game.sim.observers import WarStory, watch
from game.sim.terminal import play_in_terminal
from game.state import Draft
from tests.chance import by_chance
from tests.situation import situation, to_event, unit
from tests.war import small_war


def test_captures_carry_the_last_day_of_their_turn() -> None:
    world = small_war()
    chronicle, state = WarStory(world), Session(world, 1).state
    here = world.grid.hex("0502")
    chronicle.step((ControlChanged(2, (here, here + 1), (0, 0)), TurnBegan(2), ControlChanged(0, (here,), (2,))), state)
    assert chronicle.captures == [
        {"date": "2017-09-07", "place": "Bravo", "from": "saa", "to": "isis"},
        {"date": "2017-09-10", "place": "Bravo", "from": "isis", "to": "saa"},
    ]


def test_captures_lead_from_the_start_to_the_end() -> None:
    world = small_war()
    session, chronicle = by_chance(world, 2), WarStory(world)
    holder = {place.name: session.state.hexes.control[place.hex] for place in world.places}
    for _ in watch(session, chronicle):
        pass
    for capture in chronicle.captures:
        assert (
            world.factions[holder[capture["place"] or ""]].id if holder[capture["place"] or ""] >= 0 else None
        ) == capture["from"]
        holder[capture["place"] or ""] = world.faction(capture["to"] or "")
    assert holder == {place.name: session.state.hexes.control[place.hex] for place in world.places}


def test_the_highest_rung_stays() -> None:
    world = small_war()
    chronicle, state = WarStory(world), Session(world, 1).state
    chronicle.step((LadderMoved(0, 1, ""), LadderMoved(1, 2, ""), LadderMoved(2, 1, ""), LadderMoved(1, 2, "")), state)
    assert chronicle.ladder == 2
    assert [one["name"] for one in chronicle.milestones] == ["ladder_1", "ladder_2"]


def test_a_siege_is_broken_once_and_a_river_crossed_once() -> None:
    relieved = [{"on": "siege-broken", "at": {"place": "Base"}, "faction": "saa"}]
    world = situation(
        """
        . . . . .
        . . . . .
        """,
        units=[
            unit("relief", "saa", "0101", "mech"),
            unit("garrison", "saa", "0401"),
            unit("ring", "isis", "0301"),
            unit("far", "isis", "0502"),
        ],
        roads=[["0101", "0201", "0301", "0401"]],
        rivers=[["0101/NE", "0101/SE", "0102/NE", "0102/SE"]],
        crossings=[("0101/NE", "bridge", "open")],
        places=[{"name": "Base", "hex": "0401", "kind": "airbase"}],
        sources={"saa": [{"hex": "0101"}]},
        control=[{"faction": "isis", "hexes": ["0201", "0301"]}],
        events=[to_event({"id": "relieved", "when": relieved})],
    )
    session, chronicle = Session(world, 1), WarStory(world)
    chronicle.step(session.opening, session.state)
    assert not chronicle.milestones
    ring = world.row["ring"]
    draft = Draft(session.state)
    draft.emit(UnitDestroyed(ring, session.state.units.hex[ring], 2, "for the test"))
    session.state = draft.finish()
    march = od.Move("relief", (world.grid.hex("0201"), world.grid.hex("0301")))
    orders: list[od.Order] = [march, *[od.EndTurn()] * 4]
    for order in orders:
        chronicle.step(session.give(order), session.state)
    names = [one["name"] for one in chronicle.milestones]
    assert names == ["first_crossing", "airfield_relieved"], chronicle.milestones
    assert chronicle.milestones[1]["place"] == "Base"


def test_the_small_scenario_told_in_the_terminal() -> None:
    lines: list[str] = []
    end = play_in_terminal("breaking_the_siege", seed=1, write=lines.append)
    assert end.clock.over
    turns = [line for line in lines if line.startswith("turn ")]
    assert len(turns) == end.world.turns
    assert turns[0].startswith("turn  1 to 2017-09-02 | ") and "| saa " in turns[0] and "ladder" in turns[0]
    assert any(line.startswith("The game ends") for line in lines)
    assert all(len(line) < 400 and "\n" not in line for line in lines)
