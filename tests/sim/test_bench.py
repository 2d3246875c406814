"""The bench: what it measures it measures truly, and its table says what missed its bar."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from game import engine
from game.ai.players import PLAYERS
from game.sim import bench
from game.sim.bench import BenchRow
from tests.chance import by_chance, play_on
from tests.war import small_war


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
    assert all(row.median > 0 and row.n > 0 for row in rows.values())


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
