"""The bench: what it measures it measures truly, and its table says what missed its bar."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from game import engine
from game.ai.players import PLAYERS
from game.sim import bench
from game.sim.endurance import endurance_rows, open_files, resident
from game.sim.growth import growth_rows, power, second_turn
from game.sim.made_up import made_up_war
from game.sim.rows import BenchRow
from tests.chance import by_chance, play_on
from tests.war import small_war
from tests.worlds import world_of


def test_rows_of_the_engine() -> None:
    session = play_on(by_chance(small_war(), 1, end=20), 6)
    while True:
        try:
            attack = bench.some_attack(session.state)
            break
        except RuntimeError:
            play_on(session, 1)
    assert engine.refusal(session.state, attack) is None
    rows = {row.what: row for row in bench.engine_rows(session.state)}
    assert list(rows) == ["copy", "reach", "field", "supply", "threat", "view", "legal_orders", "forecast"]
    assert {row.unit for row in rows.values()} == {"us", "ms"}
    assert all(row.median >= 0 and row.n > 0 for row in rows.values())
    assert sum(row.median for row in rows.values()) > 0, "some of it takes time"


def test_the_table_and_the_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    rows = [BenchRow("floor", 17.5, "ms", 9), BenchRow("copy", 61.0, "us", 20, 50)]
    monkeypatch.setattr(bench, "measure", lambda what: iter(rows))
    assert bench.run_bench(tmp_path / "bench.json") == 0
    told = capsys.readouterr().out.splitlines()
    assert "MISSED" not in told[0] and "bar 50 us  MISSED" in told[1]
    assert json.loads((tmp_path / "bench.json").read_text(encoding="utf-8")) == [
        {"what": "floor", "median": 17.5, "unit": "ms", "n": 9},
        {"what": "copy", "median": 61.0, "unit": "us", "n": 20},
    ]


def test_window_rows_come_from_a_process_of_their_own(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[tuple[str, ...]] = []

    def child(*arguments: str) -> str:
        asked.append(arguments)
        look = '"frame_overlay": 6.0, "frame_overlay_late": 15.0, "frame_overlay_large": 9.0, "click_reach": 18.0, '
        look += '"hover_forecast": 4.0'
        return f'noise\n{{"plain": 2.0, "pan": 4.5, {look}, "zoom_worst": 20.0, "memory": 150.0, "open": 1.0}}\n'

    monkeypatch.setattr(bench, "_child", child)
    rows = {row.what: row for row in bench.window_rows()}
    frames = ["frame_overlay", "frame_overlay_late", "frame_overlay_large", "click_reach", "hover_forecast"]
    assert list(rows) == ["plain", "pan", *frames, "zoom_worst", "memory", "start"]
    assert [rows[name].bar for name in frames] == [12, 20, 20, 20, 20]
    assert rows["pan"].bar == 5.0 and rows["start"].n == 4
    assert asked[0] == ("-m", "game.ui.offscreen.measure")


def test_times_are_told_in_floors_of_the_same_run() -> None:
    floor = BenchRow("floor", 20.0, "ms", 9)
    assert BenchRow("turn", 3.0, "s", 3).beside(floor).floors == 150
    assert BenchRow("reach", 50.0, "us", 9).beside(floor).as_json()["floors"] == 0.0025
    assert "floors" not in BenchRow("games", 12.0, "/min", 4).beside(floor).as_json()
    assert BenchRow("field", 44.0, "ms", 9).shared(88).median == 0.5


def test_rows_of_turns_and_games_count_what_was_played() -> None:
    world = small_war()
    turns = {row.what: row for row in bench.turn_rows(engine.start(world, 1))}
    assert set(turns) == {f"turn_{name}" for name in PLAYERS} - {"turn_random", "turn_hold"}
    rows = {row.what: row.median for row in bench.campaign_rows(world)}
    shares = {"on_views", "on_deciding", "on_orders"}
    assert set(rows) == {"campaign", "campaign_cpu", "order", "unit_turn"} | shares
    assert rows["order"] > 0 < rows["unit_turn"] and 80 < sum(rows[name] for name in shares) <= 101


def test_a_bar_may_be_told_in_floors_or_be_the_least_that_is_enough() -> None:
    floor = BenchRow("floor", 10.0, "ms", 9)
    slow, quick = (BenchRow("campaign_cpu", seconds, "s", 3, bar_floors=170).beside(floor) for seconds in (1.8, 1.6))
    assert str(slow).endswith("bar 170 floors  MISSED") and str(quick).endswith("bar 170 floors")
    few, enough = (BenchRow("two_cores", times, "times", 40, 1.85, at_least=True) for times in (1.7, 1.9))
    assert str(few).endswith("MISSED") and not str(enough).endswith("MISSED")


def test_plans_are_tried_out_from_a_copy_of_the_moment() -> None:
    state = engine.start(small_war(), 1)
    before = state.digest()
    rows = {row.what: row for row in bench.plan_rows([state])}
    assert rows["plan"].n == rows["plans"].n >= 3 and rows["plans"].median > 0
    assert state.digest() == before


def test_the_moments_that_are_measured_are_those_of_their_turns() -> None:
    assert [state.clock.turn for state in bench.moments(small_war(), (2, 4))] == [2, 4]


@pytest.mark.slow
def test_two_processes_are_set_against_one() -> None:
    rows = {row.what: row for row in bench.core_rows(world_of("tutorial"), games=2)}
    assert list(rows) == ["games_on_1", "games_on_2", "two_cores"]
    assert rows["two_cores"].median == pytest.approx(rows["games_on_1"].median / rows["games_on_2"].median, abs=0.2)


def test_a_power_is_the_slope_of_the_logarithms() -> None:
    assert power([(10, 3.0), (100, 30.0), (1000, 300.0)]) == 1
    assert power([(1, 2.0), (4, 16.0), (16, 128.0)]) == 1.5


def test_the_made_up_war_keeps_its_density_and_is_fought() -> None:
    small, large = made_up_war(20, 20, 20), made_up_war(40, 40, 80)
    for world, units in ((small, 20), (large, 80)):
        assert len(world.roster) == units and world.grid.size == 20 * units
        assert sorted(map(world.roster.faction.count, (0, 1))) == [units // 2, units // 2]
    state, seconds = second_turn(20, 20)
    assert state.clock.turn == 3 and seconds > 0
    assert state.units.hex != engine.start(small, 1).units.hex
    assert any(any(table.level) for table in state.intel)


@pytest.mark.slow
def test_growth_is_told_by_size_and_as_powers() -> None:
    rows = {row.what: row for row in growth_rows(((40, 40), (50, 62)), (30, 60), side=40)}
    assert {"turn_40x40", "turn_50x50", "turn_by_map", "field_by_map", "turn_60_units", "turn_by_units"} <= rows.keys()
    assert all(row.unit == "power" and row.n == 2 for what, row in rows.items() if "_by_" in what)


@pytest.mark.slow
def test_games_in_one_process_leave_nothing_behind() -> None:
    rows = {row.what: row for row in endurance_rows(small_war(), games=4, warm=2)}
    assert rows["after_4"].median >= 0 and rows["files_growth"].median == 0
    if resident():
        assert rows["memory_growth"].bar == 5 and rows["after_2"].median > 1
        held, files = [b"x" * (50 << 20)], open_files()
        assert resident() > rows["after_4"].median + 25 and len(held) == 1 and files > 0
