"""Events that ask for what cannot be: the rules have an answer, the state stays sound, the game goes on to its end."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

from game import engine
from game import orders as od
from game.rules import invariants
from game.scenario.checker import check_folder
from game.scenario.world import World
from game.session import Session
from game.sim.game import seated, seats
from game.state import Status
from game.state.tables import State

BASE = Path(__file__).parents[1] / "bad" / "base"
CELLS = (
    "  - {id: cells, name: Cells, text: They come., when: [{on: turn, from: 2}], do: [{do: reinforce, units: [isis-2]"
)


def world_with(tmp_path: Path, events: str, cells: str = CELLS + "}]}\n") -> World:
    """The base scenario with other events."""
    folder = tmp_path / "base"
    shutil.copytree(BASE, folder)
    (folder / "events.yaml").write_text(f"format: 1\nevents:\n{cells}{events}", encoding="utf-8")
    assert not check_folder(folder)[0]
    return engine.load_scenario(folder)


def played(world: World) -> Iterator[State]:
    """Every moment of a game of its own players; sound, each of them."""
    session = seated(world, 1, seats(world, {}))
    for _ in session.run():
        assert invariants.check(session.state) == []
        yield session.state
    assert session.state.clock.over


def fired(state: State) -> dict[str, int]:
    """How often each event has happened."""
    return dict(state.clock.fired)


def test_e03_events_that_follow_one_another_come_to_an_end(tmp_path: Path) -> None:
    ring = "".join(
        f"  - {{id: {one}, name: It, text: It., times: 0, when: [{{on: flag, flag: {one}}}],"
        f" do: [{{do: flag, flag: {other}}}, {{do: flag, flag: {one}, on: false}}]}}\n"
        for one, other in ("ab", "ba")
    )
    start = "  - {id: start, name: It, text: It., when: [{on: turn, from: 2}], do: [{do: flag, flag: a}]}\n"
    *_, end = played(world_with(tmp_path, start + ring))
    assert end.clock.turn == 8
    assert 0 < fired(end)["a"] <= 8


def test_e05_reinforcements_never_break_a_stack(tmp_path: Path) -> None:
    world = world_with(tmp_path, "", CELLS + ", at: {place: Southtown}}]}\n")
    row = world.row["isis-2"]
    for state in played(world):
        if state.units.status[row] == Status.ON_MAP:
            others = {world.roster.faction[one] for one in state.units_at(state.units.hex[row])}
            assert others == {world.faction("isis")}
    assert fired(state)["cells"] == 1


def test_e06_of_two_events_that_end_the_game_the_first_in_order_ends_it(tmp_path: Path) -> None:
    ends = "".join(
        f"  - {{id: {name}, name: End, text: It ends., when: [{{on: turn, from: 3}}], do: [{{do: end}}],"
        f" priority: {priority}}}\n"
        for name, priority in (("late", 90), ("b-end", 10), ("a-end", 10))
    )
    *_, end = played(world_with(tmp_path, ends))
    assert end.clock.turn == 3
    assert set(fired(end)) == {"cells", "a-end"}


def test_e07_ground_that_changes_under_a_unit_leaves_a_sound_state(tmp_path: Path) -> None:
    effect = "{do: terrain, area: {hexes: [0405, 0101, 0801]}, to: lake}"
    flood = f"  - {{id: flood, name: Flood, text: Water., when: [{{on: turn, from: 1}}], do: [{effect}]}}\n"
    world = world_with(tmp_path, flood)
    first = next(iter(played(world)))
    assert fired(first)["flood"] == 1
    for state in played(world):  # whoever stands there keeps ground where he may stand
        assert fired(state)["flood"] == 1


def test_e10_points_given_without_end_stay_within_reason(tmp_path: Path) -> None:
    gifts = "".join(
        f"  - {{id: gift-{n}, name: Gift, text: Points., times: 0, when: [{{on: turn, from: 1}}],"
        " do: [{do: points, faction: saa, victory: 500, command: 20, liaison: 20},"
        " {do: pool, faction: saa, change: 12}, {do: grant, faction: saa, kind: strike, change: 9}]}\n"
        for n in range(300)
    )
    world = world_with(tmp_path, gifts)
    state = engine.start(world, 1)
    session = Session(world, 1)
    for _ in range(2 * len(world.factions)):
        session.give(od.EndTurn())
        state = session.state
        assert invariants.check(state) == []
    assert state.clock.turn == 3
    for column in (state.factions.command, state.factions.liaison):
        assert all(0 <= points <= 1_000_000 for points in column)


def test_e11_a_faction_that_loses_everything_is_still_legal(tmp_path: Path) -> None:
    loss = (
        "  - {id: loss, name: Loss, text: All gone., when: [{on: turn, from: 2}], do: [{do: withdraw, units: [saa-1,"
        " saa-2]}, {do: control, faction: isis, at: [{hex: 0406}, {place: Southtown}]}]}\n"
    )
    world = world_with(tmp_path, loss)
    saa = world.faction("saa")
    for state in played(world):
        if fired(state).get("loss"):
            rows = [row for row, faction in enumerate(world.roster.faction) if faction == saa]
            assert all(state.units.hex[row] < 0 for row in rows)
    assert state.clock.turn == 8


def test_e12_a_unit_called_away_takes_no_more_orders(tmp_path: Path) -> None:
    effect = "{do: withdraw, units: [saa-1]}"
    away = f"  - {{id: away, name: Away, text: Gone., when: [{{on: turn, from: 2}}], do: [{effect}]}}\n"
    session = Session(world_with(tmp_path, away), 1)
    row = session.world.row["saa-1"]
    order = od.Move("saa-1", (session.world.grid.hex("0404"),))
    while session.state.clock.turn < 2 or session.state.faction != session.world.faction("saa"):
        session.give(od.EndTurn())
    assert session.state.units.status[row] == Status.WITHDRAWN
    assert engine.refusal(session.state, order) is not None
    session.give(od.EndTurn())
    assert invariants.check(session.state) == []
