"""The page about players: its sample runs as it is printed, and plays by the rules it tells."""

from __future__ import annotations

import re
import textwrap
from pathlib import Path
from typing import Any

import pytest
import typer

from game import engine
from game import orders as od
from game.ai.players import PLAYERS
from game.ai.search.general import LEVELS
from game.cli import commands
from game.orders import Attack, EndTurn
from game.seats import forfeits
from game.session import Session
from tests.situation import situation, unit
from tests.worlds import world_of

PAGE = (Path(__file__).resolve().parents[2] / "docs" / "ai-players.md").read_text(encoding="utf-8")
BLOCKS = [textwrap.dedent(one) for one in re.findall(r"(?:^    .*\n|^\n(?=    ))+", PAGE, re.M)]


def block(words: str) -> str:
    [found] = [one for one in BLOCKS if words in one]
    return found


def sample() -> dict[str, Any]:
    names: dict[str, Any] = {}
    exec(block("class Raider"), names)
    return names


def test_the_sample_plays_a_whole_game() -> None:
    raider, world = sample()["Raider"], situation(
        "\n".join(". " * 6 for _ in range(4)), turns=3,
        units=[unit("a", "saa", "0202", "armour", steps=4), unit("b", "isis", "0203", "militia", steps=1)],
    )  # fmt: skip
    session = Session(world, 7, {0: raider(), 1: raider()})
    entries = list(session.run())
    assert session.over and all(entry.why for entry in entries)
    attacks = [entry for entry in entries if isinstance(entry.order, Attack)]
    assert attacks and all(entry.why.startswith("attacks at ") for entry in attacks)
    assert any(isinstance(entry.order, EndTurn) and entry.why == "nothing worth an attack" for entry in entries)


def test_the_sample_sits_down_in_a_shipped_scenario_as_printed(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    run = Session.run
    monkeypatch.setattr(Session, "run", lambda self: run(self, 6))  # the whole game would take its minutes
    names = sample()
    exec(block("session.run()"), names)
    told = capsys.readouterr().out.splitlines()
    assert len(told) == 6 and all(told)


def test_a_player_is_what_the_page_says() -> None:
    assert "def decide" in block("class Player(Protocol)")
    assert hasattr(sample()["Raider"], "decide") and sample()["Raider"]().why == ""


def test_the_commands_of_the_page_are_ones() -> None:
    app = typer.main.get_command(commands.application())
    assert isinstance(app, typer.core.TyperGroup)
    calls = [line.split() for line in re.findall(r"^    python3 run_game\.py (.*)$", PAGE, re.M)]
    assert {words[0] for words in calls} == {"ladder", "behaviour", "puzzles"}
    for words in calls:
        known = {option for parameter in app.commands[words[0]].params for option in parameter.opts}
        assert {word for word in words if word.startswith("-")} <= known, words


def test_every_player_is_in_the_table_with_its_parameters() -> None:
    for name, kind in PLAYERS.items():
        parameters = ",".join(f"{key}={value}" for key, value in kind.parameters.items())
        assert f"| `{name}{':' if parameters else ''}{parameters}` |" in PAGE


def test_every_level_is_in_the_table_with_its_sentence() -> None:
    for name, level in LEVELS.items():
        assert f"| `staff:{name}` | {level.title} | {level.words} |" in PAGE


def test_the_belief_of_the_page_can_be_played_forward() -> None:
    view = engine.view(engine.start(world_of("tutorial"), seed=7), 0)
    names: dict[str, Any] = {"engine": engine, "od": od, "view": view}
    exec(block("import believe"), names)
    assert names["state"].faction != 0 and names["events"]


def test_the_limits_of_the_page_are_those_of_the_game() -> None:
    assert f"{forfeits.STEPS:,} steps" in PAGE and f"{forfeits.ORDERS:,} orders in a turn" in PAGE
