"""The guide "your first scenario": every command and every step in it works, in its order."""

from __future__ import annotations

from pathlib import Path

import pygame
import pytest

from tests.docs.first_scenario import GUIDE, NAME, Designer, play_a_turn, way
from tests.test_readme import PNG, run_game, said


@pytest.fixture
def window() -> pygame.Surface:
    pygame.init()
    return pygame.display.set_mode((1280, 720))


@pytest.mark.slow
def test_every_command_and_step_of_the_guide_works(window: pygame.Surface, tmp_path: Path) -> None:
    designer: Designer | None = None
    told: list[str] = []
    for kind, words in way():
        if kind == "command" and words[0] == "edit":
            designer = Designer(tmp_path / NAME)
        elif kind == "command" and words[0] != "play":
            told.append(said(run_game(tmp_path, *words)))
        elif words == ["play"]:
            played = play_a_turn(tmp_path / NAME)
            assert played.session.state.clock.turn == 2
        elif kind == "step":
            assert designer is not None
            getattr(designer, words[0])()
    assert designer is not None and designer.checked() == []
    assert sum(f"{NAME}: no errors, no warnings" in text for text in told) == 2
    assert (tmp_path / "ford.png").read_bytes().startswith(PNG)
    assert len((tmp_path / "ford.jsonl").read_text().splitlines()) == 4


def test_the_guide_is_short_and_its_pictures_exist() -> None:
    text = GUIDE.read_text(encoding="utf-8")
    assert len(text.split()) < 900
    for name in ("editor.png", "map.png"):
        assert f"guide/{name}" in text
        assert (GUIDE.parent / "guide" / name).read_bytes().startswith(PNG)
