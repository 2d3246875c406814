"""The balance of a scenario from the editor: the lab's command over what stands in the workshop."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pygame
import pytest

from game.sim.intervals import share
from game.ui.editor import balance_run
from game.ui.editor.balance_front import half_spread
from game.ui.editor.balance_run import BalanceRun
from game.ui.editor.balance_scene import GAMES, BalanceScene
from game.workshop import ScenarioField
from tests.ui.editor_hands import EditorHands, copied
from tests.worlds import world_of

PLAYS = """
import pathlib, sys
folder, asked = pathlib.Path(sys.argv[1]), dict(zip(sys.argv[2::2], sys.argv[3::2]))
with open(asked["--json"], "w") as file:
    for number in range(int(asked["--games"])):
        print("{}", file=file, flush=True)
title = next(line for line in (folder / "scenario.yaml").read_text("utf-8").splitlines() if line.startswith("title:"))
pathlib.Path(asked["--words"]).write_text("# What it comes to\\n\\n" + title, "utf-8")
"""
NEVER_ENDS = """
import sys, time
with open(sys.argv[sys.argv.index("--json") + 1], "w") as file:
    print("{}", file=file, flush=True)
    time.sleep(600)
"""
FAILS = "import sys; sys.exit('error: no such rule')"


@pytest.fixture
def hands(window: pygame.Surface, tmp_path: Path) -> Iterator[EditorHands]:
    assert window
    made = EditorHands(copied(tmp_path))
    made.key(pygame.K_F6)
    yield made
    if isinstance(made.top, BalanceScene):
        made.top.stop()


def command(monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    monkeypatch.setattr(balance_run, "COMMAND", (sys.executable, "-S", "-E", "-c", text))


def scene(hands: EditorHands) -> BalanceScene:
    assert isinstance(hands.top, BalanceScene)
    return hands.top


def wait(hands: EditorHands, *, played: int = 0) -> None:
    """Let time pass until so many games are played, or all."""
    for _ in range(400):
        hands.frames(1, 0.3)
        if scene(hands).run is None or (played and scene(hands).played >= played):
            return
        time.sleep(0.01)
    raise AssertionError("the games do not end")


def shown(hands: EditorHands) -> str:
    prose = scene(hands).prose
    assert prose is not None
    return " ".join(piece.run.text for piece in prose.page.pieces)


def test_before_it_has_run_it_names_the_sides_and_how_sure_so_many_games_are(hands: EditorHands) -> None:
    """The chart is of Wilson's interval, and the chosen number stands out in it."""
    assert [one.name for one in scene(hands).sides] == [one.name for one in world_of("tutorial").factions]
    for games in GAMES:
        told = share(games / 2, games)
        assert half_spread(games) == pytest.approx(0.5 - told.low, abs=0.001)
        assert half_spread(games) == pytest.approx(told.high - 0.5, abs=0.001)
    seen = set()
    for number in range(len(GAMES)):
        scene(hands).number = number
        seen.add(hands.picture())
    assert len(seen) == len(GAMES)


def test_it_plays_what_stands_in_the_workshop_and_shows_what_comes_of_it(
    hands: EditorHands, monkeypatch: pytest.MonkeyPatch
) -> None:
    command(monkeypatch, PLAYS)
    assert hands.editor.workshop.do(ScenarioField(("title",), "A title nobody has saved")) is None
    before = hands.files()
    hands.press("Play them")
    wait(hands)
    assert scene(hands).played == GAMES[1]
    assert "A title nobody has saved" in shown(hands)
    assert hands.files() == before, "the games are played on a copy"
    assert "Play anew" in hands.buttons()
    hands.key(pygame.K_ESCAPE)
    assert hands.top is hands.editor


def test_a_bar_tells_how_far_it_is_and_esc_calls_it_off(hands: EditorHands, monkeypatch: pytest.MonkeyPatch) -> None:
    command(monkeypatch, NEVER_ENDS)
    hands.press("Play them")
    assert scene(hands).words == "The first of 10 games is being played…"
    empty = hands.picture()
    wait(hands, played=1)
    assert scene(hands).words.startswith("1 of 10 games are played; about ")
    assert hands.picture() != empty
    run = scene(hands).run
    assert run is not None
    hands.key(pygame.K_ESCAPE)
    assert run._process.poll() is not None and not Path(run._place.name).exists()
    assert "After 1 game." in shown(hands)
    hands.key(pygame.K_ESCAPE)
    assert hands.top is hands.editor


def test_a_command_that_fails_is_told_with_its_own_words(hands: EditorHands, monkeypatch: pytest.MonkeyPatch) -> None:
    command(monkeypatch, FAILS)
    hands.press("Play them")
    wait(hands)
    assert "error: no such rule" in shown(hands)


def test_a_scenario_with_errors_is_not_played(window: pygame.Surface, tmp_path: Path) -> None:
    assert window
    folder = copied(tmp_path)
    (folder / "victory.yaml").write_text("prizes: 3\n", encoding="utf-8")
    hands = EditorHands(folder)
    hands.key(pygame.K_F6)
    assert hands.top is hands.editor and hands.editor.checks.findings


@pytest.mark.slow
def test_the_command_itself(hands: EditorHands) -> None:
    run = BalanceRun(hands.editor.workshop, "tutorial", 2)
    for _ in range(1200):
        if run.look():
            break
        time.sleep(0.1)
    assert not run.problem
    assert "over 2 games" in run.report and "## Chances" in run.report
