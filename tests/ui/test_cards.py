"""The cards of the menu: what stands on them is whole, and their maps show the first day's front."""

from __future__ import annotations

import pygame
import pytest

from game.scenario.shipped import scenario_folder, shipped_scenarios
from game.ui.library import FRONT_WIDE, Library, ShelfEntry, front_picture
from game.ui.scenes.cards import CARD_TALL, CARD_WIDE, Shelf
from game.ui.window import make_desk
from tests.ui.written import words_written
from tests.worlds import world_of


def test_no_word_on_the_card_of_a_shipped_scenario_is_cut(
    window: pygame.Surface, monkeypatch: pytest.MonkeyPatch
) -> None:
    """At the least width of a card."""
    written = words_written(monkeypatch)
    desk = make_desk((1280, 720))
    entries = [ShelfEntry(name, scenario_folder(name), True, world_of(name)) for name in shipped_scenarios()]
    shelf = Shelf(desk, pygame.Rect(0, 0, CARD_WIDE, CARD_TALL * len(entries) * 2), entries, 0, lambda number: None)
    shelf.draw(pygame.Surface((CARD_WIDE, CARD_TALL * len(entries) * 2)), focused=False)
    assert shelf.columns == 1 and len(written) > 4 * len(entries)
    assert not [words for words in written if words.endswith("…")]


def test_a_map_on_a_card_gets_its_front_in_the_background(window: pygame.Surface) -> None:
    desk = make_desk((1280, 720))
    library = Library(desk.theme, ["tutorial"])
    library._read_all()
    entry = library.entries[0]
    assert entry.world is not None and entry.picture is not None and entry.front is not None
    assert max(entry.front.get_size()) == FRONT_WIDE
    plain = pygame.transform.smoothscale(entry.picture, entry.front.get_size())
    assert pygame.image.tobytes(entry.front, "RGB") != pygame.image.tobytes(plain, "RGB")
    again = front_picture(entry.world, desk.theme, entry.picture)
    assert pygame.image.tobytes(again, "RGB") == pygame.image.tobytes(entry.front, "RGB")
