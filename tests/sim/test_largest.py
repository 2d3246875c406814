"""The largest legal scenario is sound, as large as it says, checked in time; the bench measures what one names."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
import typer

from game.cli.bench import groups
from game.scenario.checker import check_folder
from game.scenario.packs import Pack
from game.scenario.shipped import scenario_folder
from game.schema import limits
from game.sim import bench
from game.sim.largest import largest_scenario, write_largest
from game.sim.rows import BenchRow


def test_it_is_as_large_as_the_limits_allow() -> None:
    files = largest_scenario()
    assert sum(text.count("  - {id: ") for name, text in files.items() if name.startswith("forces/")) == limits.UNITS
    assert files["events.yaml"].count("id: ") == limits.EVENTS
    assert len([line for line in files["map.txt"].splitlines() if not line.startswith("#")]) == limits.MAP_SIDE


@pytest.mark.slow
def test_it_is_sound_and_checked_within_five_seconds(tmp_path: Path) -> None:
    write_largest(tmp_path / "largest.zip")
    assert not Pack(tmp_path / "largest.zip").problems
    started = time.process_time()
    assert check_folder(tmp_path / "largest.zip") == ([], [])
    assert time.process_time() - started < 5


@pytest.mark.slow
def test_the_campaign_is_checked_within_two_seconds() -> None:
    started = time.process_time()
    assert check_folder(scenario_folder("race_for_deir_ezzor")) == ([], [])
    assert time.process_time() - started < 2


@pytest.mark.slow
def test_the_bench_measures_the_groups_that_are_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bench, "check_rows", lambda: iter([BenchRow("check", 1, "s", 1, 2)]))
    assert [row.what for row in bench.measure(["check"])] == ["floor", "check"]
    assert groups("check,engine") == "check,engine"
    with pytest.raises(typer.BadParameter, match="chek"):
        groups("chek")
