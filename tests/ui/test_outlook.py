"""What the list of scenarios and the choice of sides tell before a game: time, complexity, topics, strengths."""

from __future__ import annotations

from dataclasses import replace

import pygame
import pytest

from game import engine
from game.scenario.shipped import shipped_scenarios
from game.ui.scenes import outlook
from game.ui.window import make_desk
from tests.ui.table_hands import small_world


def test_the_time_goes_by_turns_and_units_and_is_told_in_round_words() -> None:
    world = small_world()
    told = [outlook.time_to_play(replace(world, turns=turns)) for turns in (1, 10, 30, 46, 90)]
    assert told == ["about 10 minutes", "about 20 minutes", "about 1 hour", "about 1½ hours", "about 3 hours"]


def test_the_guided_game_is_the_easiest_and_the_campaign_the_hardest() -> None:
    found = {name: engine.load_scenario(name) for name in ("tutorial", "race_for_deir_ezzor", "breaking_the_siege")}
    dots = {name: outlook.complexity(world) for name, world in found.items()}
    assert dots["tutorial"] == 1 < dots["breaking_the_siege"] < dots["race_for_deir_ezzor"] == outlook.MOST_DOTS
    assert {"tutorial", "race_for_deir_ezzor"} <= set(shipped_scenarios())
    assert "the line between two blocs" not in outlook.topics(found["breaking_the_siege"])


@pytest.mark.parametrize("width", [240, 360, 600])
def test_the_card_has_room_for_every_fact(window: pygame.Surface, width: int) -> None:
    """The last side is written at the height that the card asks for; a lower card leaves it out whole."""
    desk, world = make_desk((1280, 720)), small_world()
    tall, ground = outlook.facts_height(desk, outlook.facts(world), width), desk.theme.interface.panel
    for height, there in ((tall, True), (tall - 20, False)):
        screen = pygame.Surface((width, tall), pygame.SRCALPHA)
        outlook.paint_facts(screen, desk, outlook.facts(world), pygame.Rect(0, 0, width, height))
        last = screen.subsurface((8, tall - 35, width - 16, 14))
        seen = {tuple(last.get_at((x, y))) for x in range(last.get_width()) for y in range(14)}
        assert (len(seen - {tuple(ground)}) > 1) == there
        assert screen.get_bounding_rect().bottom <= height
