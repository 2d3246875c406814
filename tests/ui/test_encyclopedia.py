"""The search in the help: what it finds, and that what it finds is shown."""

from __future__ import annotations

import re

import pygame
import pytest

from game.ui.encyclopedia import find, rule, shortened
from game.ui.scenes.help import FIELD, RULEBOOK, HelpScene, chapters, contents
from game.ui.window import make_desk
from tests.ui.table_hands import small_world

CHAPTERS = [
    (
        "Supply",
        "# Supply\n\n7.1 Sources feed\nunits by road.\n\n| what | cost |\n|---|---|\n| by road | 1 |\n\n- a ferry",
    ),
    ("Combat", "# Combat\n\n5.1 Odds decide."),
]


def test_paragraphs_rows_and_headings_are_places_of_their_own() -> None:
    assert [one.words for one in find(CHAPTERS, "road")] == ["7.1 Sources feed units by road.", "by road · 1"]
    assert [one.words for one in find(CHAPTERS, "combat")] == ["Combat"]
    assert [one.words for one in find(CHAPTERS, "ferry")] == ["a ferry"]
    assert find(CHAPTERS, "combat road") == find(CHAPTERS, "x") == find(CHAPTERS, "") == []


def test_a_place_is_where_its_words_stand() -> None:
    for one in find(CHAPTERS, "road"):
        assert "road" in CHAPTERS[one.chapter][1][one.start : one.end]


def test_a_long_place_is_shortened_around_its_word() -> None:
    words = "much " * 60 + "attrition " + "more " * 60
    short = shortened(words, "attrition")
    assert "attrition" in short and len(short) < 130 and short.startswith("…") and short.endswith("…")


@pytest.mark.parametrize("size", [(1280, 720), (640, 360)])
def test_typing_shows_the_place_and_a_click_another_one(window: pygame.Surface, size: tuple[int, int]) -> None:
    assert window
    scene, screen = HelpScene(make_desk(size), small_world()), pygame.Surface(size)
    scene.resize()
    scene.handle(pygame.event.Event(pygame.KEYDOWN, key=pygame.K_f, mod=pygame.KMOD_CTRL, unicode=""))
    for letter in "supply line":
        scene.handle(pygame.event.Event(pygame.TEXTINPUT, text=letter))
        scene.draw(screen)
    assert scene.words == "supply line" and len(scene.found) > 3 and scene.form.focus == FIELD
    assert scene.prose is not None
    for number in (0, len(scene.found) - 1):
        scene._open(number)
        place = scene.found[number]
        assert scene.chosen == place.chapter
        top, _ = scene._span(place)
        assert 0 <= top - scene.prose.offset < scene.prose.rect.height
        scene.draw(screen)
    for _ in range(20):
        scene.handle(pygame.event.Event(pygame.KEYDOWN, key=pygame.K_BACKSPACE, mod=0, unicode=""))
    assert scene.words == "" and not scene.found


def test_every_rule_of_the_book_can_be_found_by_its_number(window: pygame.Surface) -> None:
    assert window
    pages = chapters(small_world())
    for number in ("5.1", "7.2", "11.1"):
        found = [one.words for one in find(pages, number) if one.words.startswith(f"{number} ")]
        assert len(found) == 1 and found[0].count(". ") < 12


def test_the_contents_name_every_rule_of_every_chapter_and_are_not_what_is_found(window: pygame.Surface) -> None:
    assert window
    scene = HelpScene(make_desk((1280, 720)), small_world(), chapter=RULEBOOK)
    scene.resize()
    rules = chapters(scene.world)
    told = contents(rules)
    for title, text in rules[RULEBOOK + 1 :]:
        numbered = [line for line in text.splitlines() if re.match(r"\d+\.\d+ \*\*", line)]
        row = next((line for line in told.splitlines() if f"[{title}]" in line), "")
        assert row.count(" · ") == len(numbered) - 1 if numbered else not row
    assert scene.prose is not None and scene.prose.longest > 0
    assert all(scene.chapters[one.chapter][0] != rules[RULEBOOK][0] for one in find(scene.chapters, "stacking limit"))


def click_on_link(scene: HelpScene, link: str) -> None:
    """A click on the first word that leads there, scrolled into sight."""
    prose = scene.prose
    assert prose is not None
    piece = next(piece for piece in prose.page.pieces if piece.run.link == link)
    prose.scroll(piece.y - prose.offset)
    at = prose.inside.x + piece.x + 2, prose.inside.y + piece.y - prose.offset + 4
    scene.handle(pygame.event.Event(pygame.MOUSEBUTTONDOWN, pos=at, button=1))


def test_a_click_on_a_title_of_the_contents_opens_the_rule_and_a_number_in_it_another(window: pygame.Surface) -> None:
    assert window
    scene = HelpScene(make_desk((1280, 720)), small_world(), chapter=RULEBOOK)
    scene.resize()
    click_on_link(scene, "#5.1")
    assert scene.chapters[scene.chosen][0] == "5. Combat" and scene._shown is not None
    assert scene._shown.words.startswith("5.1 Strength")
    scene._choose(RULEBOOK)
    click_on_link(scene, "#9")
    assert scene.chapters[scene.chosen][0].startswith("9. ")
    scene._choose(next(n for n, (title, _) in enumerate(scene.chapters) if title.startswith("10. ")))
    click_on_link(scene, "#9.5")
    assert scene._shown.words.startswith("9.5 Reaction")


def test_every_number_that_a_rule_names_in_brackets_is_a_rule(window: pygame.Surface) -> None:
    assert window
    pages = chapters(small_world())
    named = {number for _, text in pages for number in re.findall(r"\((\d+\.\d+)\)", text)}
    assert named and all(rule(pages, number) for number in named), named
