"""Batches: the same games in the same order, however many processes play them, whatever happens to these."""

from __future__ import annotations

import json
import multiprocessing
import os
import signal
import subprocess
import sys
import time
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from game import records
from game.dice import derived_seed
from game.faults import EnvironmentFault, UsageFault
from game.scenario.world import World
from game.sim import pool
from game.sim.batch import Batch, json_line, play_batch
from game.sim.game import play_game, seats
from game.sim.results import KEYS
from tests.war import small_war

ROOT = Path(__file__).resolve().parents[2]
EVERYBODY = {"saa": "random:stop=20", "sdf": "random:stop=20", "isis": "random:stop=20"}


@pytest.fixture(scope="module")
def war() -> World:
    return small_war(turns=4)


def plain(records: Any) -> list[str]:
    """Records as the lines of a file."""
    return [json_line(record) for record in records]


def test_one_game_is_a_function_of_scenario_seed_and_players(war: World) -> None:
    first, again = play_game(war, 5, EVERYBODY).record, play_game(war, 5, EVERYBODY).record
    assert plain([first]) == plain([again])
    assert first["digest"] != play_game(war, 6, EVERYBODY).record["digest"]


@pytest.mark.slow
def test_g22_two_processes_give_the_games_of_one_in_order(war: World, tmp_path: Path) -> None:
    batch = Batch(7, 4, EVERYBODY, tmp_path)
    one = plain(play_batch(war, batch, 1))
    assert plain(play_batch(war, batch, 2)) == one
    assert [json.loads(line)["seed"] for line in one] == [derived_seed(7, "game", number) for number in range(1, 5)]
    replays = sorted(tmp_path.iterdir())
    assert [path.name for path in replays] == [f"game-{number}.replay" for number in range(1, 5)]
    for path, line in zip(replays, one, strict=True):
        result = records.verify_file(path)
        assert result.exit_code == 0, result.lines()
        assert json.loads(line)["digest"] in path.read_text(encoding="utf-8").rsplit("\n", 2)[1]


@pytest.mark.slow
@pytest.mark.skipif(os.name == "nt", reason="no such signal")
def test_c11_the_games_of_a_killed_process_are_played_again(war: World, monkeypatch: pytest.MonkeyPatch) -> None:
    batch = Batch(3, 4, EVERYBODY)
    records, killed = [], False
    for record in play_batch(war, batch, 2):
        records.append(record)
        if not killed:
            os.kill(multiprocessing.active_children()[0].pid or 0, signal.SIGKILL)
            killed = True
    assert plain(records) == plain(play_batch(war, batch, 1))


def test_a_process_that_dies_again_and_again_is_told(war: World, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*arguments: object) -> Any:
        from concurrent.futures.process import BrokenProcessPool

        raise BrokenProcessPool("dead")

    monkeypatch.setattr(pool, "run_pool", broken)
    with pytest.raises(EnvironmentFault, match="died 4 times; 0 games are done"):
        list(play_batch(war, Batch(3, 6, EVERYBODY), 2))


def test_who_plays_what(war: World) -> None:
    assert seats(war, {}) == {"saa": "staff", "sdf": "staff", "isis": "staff"}
    assert seats(war, {"all": "hold", "sdf": "random"}) == {"saa": "hold", "sdf": "random", "isis": "hold"}
    with pytest.raises(UsageFault, match="no faction 'ssa'"):
        seats(war, {"ssa": "hold"})
    with pytest.raises(UsageFault, match="no player"):
        seats(war, {"saa": "stafff"})


def test_the_command_writes_a_line_a_game(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    from game.sim.command import Wish, run_simulate

    out = tmp_path / "games.jsonl"
    assert run_simulate("breaking_the_siege", Wish(2, 1, 1, {"all": "hold"}, out, tmp_path)) == 0
    games = [json.loads(line) for line in out.read_text(encoding="utf-8").splitlines()]
    assert len(games) == 2
    assert list(games[0]) == list(KEYS), "the seconds of a run are not part of its result"
    assert games[0]["players"] == {"saa": "hold", "isis": "hold"} and games[0]["turns"] == 9
    assert games[0]["ledgers"]["saa"].keys() == {"time", "losses", "harm"}
    assert games[0]["start"]["Deir ez-Zor airport"] in ("saa", "isis", None)
    told = capsys.readouterr()
    assert "2 games" in told.out and told.err == "", "no bar where nobody watches"
    assert records.verify_file(tmp_path / "game-2.replay").exit_code == 0


@pytest.mark.slow
@pytest.mark.skipif(os.name == "nt", reason="no such signal")
@pytest.mark.parametrize("jobs", ["1", "2"])
def test_c08_interrupted_the_file_is_whole(tmp_path: Path, jobs: str) -> None:
    out = tmp_path / "games.jsonl"
    command = [sys.executable, "-P", "-m", "game", "simulate", "breaking_the_siege", "--games", "500", "--jobs", jobs]
    command += ["--players", "all=greedy", "--json", str(out)]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    listening = partial(signal.signal, signal.SIGINT, signal.SIG_DFL)  # a shell ignores it for what runs behind
    with subprocess.Popen(
        command, env=environment, stderr=subprocess.PIPE, stdout=subprocess.PIPE, text=True, preexec_fn=listening
    ) as run:
        until = time.monotonic() + 60
        while time.monotonic() < until and (not out.exists() or out.stat().st_size == 0):
            time.sleep(0.05)
        run.send_signal(signal.SIGINT)
        _, told = run.communicate(timeout=60)
    assert run.returncode == 130
    assert "of 500 games are done and written" in told and "Traceback" not in told
    text = out.read_text(encoding="utf-8")
    assert text.endswith("}\n")
    assert all(json.loads(line)["scenario"] == "breaking_the_siege" for line in text.splitlines())
