"""Prose is set within its width, whatever the text, and a box of it scrolls to its end."""

from __future__ import annotations

import pygame
import pytest

from game.ui.kit.fonts import BODY, MONO, NARROW, STRONG, Fonts
from game.ui.kit.key_caps import KEY, MOUSE
from game.ui.kit.prose import MEASURE, PLAIN, Page, blocks, runs, set_page
from game.ui.kit.reading import Prose
from game.ui.window import make_desk

LONG = "The army holds the **west bank** and the *desert road*; `run_game.py` says so. " * 12
TABLE = "| place | this game | history |\n|---|---|---|\n" + "| Deir ez-Zor airport | 9 Sep 2017 | 16 Sep 2017 |\n" * 3
TEXTS = {
    "paragraphs": f"{LONG}\n\n{LONG}",
    "headings": f"# One\n\n## Two\n{LONG}\n### Three",
    "list": "- first\n- second that is\n  continued below\n- third",
    "table": TABLE,
    "wide table": "| a | b |\n|---|---|\n| " + "word " * 60 + "| " + "other " * 60 + "|",
    "one long word": "x" * 500,
    "code": "```\n" + "  12 | units: [a, b, c] and a long line that has to be broken somewhere " * 4 + "\n```",
    "nothing": "",
    "open marks": "**never closed *and [neither](this `one",
    "rule of a table alone": "|---|---|",
}


def right_edge(page: Page, fonts: Fonts) -> int:
    return max((p.x + fonts.width(p.run.text, p.run.role, p.pixels) for p in page.pieces), default=0)


@pytest.mark.parametrize("name", TEXTS)
@pytest.mark.parametrize("width", [90, 240, 700])
def test_no_line_leaves_the_width(fonts: Fonts, name: str, width: int) -> None:
    page = set_page(fonts, TEXTS[name], width, 15)
    assert right_edge(page, fonts) <= width + 2
    assert all(piece.y + piece.pixels <= page.height + piece.pixels for piece in page.pieces)


def test_all_words_are_there_in_order_with_single_blanks_between_them(fonts: Fonts) -> None:
    page = set_page(fonts, LONG, 300, 15)
    lines: dict[int, str] = {}
    for piece in page.pieces:
        lines[piece.y] = lines.get(piece.y, "") + piece.run.text
    plain = LONG.replace("*", "").replace("`", "")
    assert " ".join(" ".join(lines.values()).split()) == " ".join(plain.split())
    assert "  " not in "".join(lines.values())


def test_marks_become_fonts() -> None:
    assert [(run.text, run.role) for run in runs("a **b** `c` d")] == [
        ("a ", BODY), ("b", STRONG), (" ", BODY), ("c", MONO), (" d", BODY),
    ]  # fmt: skip
    assert runs("see [the map](https://example.org)")[1].text == "the map"


def test_numbered_rules_are_paragraphs_of_their_own() -> None:
    found = list(blocks("5.1 Units attack\ntogether.\n5.2 The ratio gives a column."))
    assert [kind for kind, _ in found] == ["paragraph", "paragraph"]
    assert found[0][1] == ["5.1 Units attack", "together."]


def test_a_table_without_words_in_its_head_has_no_head(fonts: Fonts) -> None:
    page = set_page(fonts, "| | |\n|---|---|\n| Seed | 7 |", 300, 15)
    assert [(piece.run.text, piece.run.role) for piece in page.pieces] == [("Seed", NARROW), ("7", NARROW)]


@pytest.mark.parametrize("width", [230, 260, 300])
def test_a_table_breaks_no_word_while_its_longest_words_have_room(fonts: Fonts, width: int) -> None:
    rows = "| 137th Brigade base | SAA 5 Sep 2017 | from the start | nobody |\n" * 2
    page = set_page(fonts, f"| place | history | this game | now |\n|---|---|---|---|\n{rows}", width, 14)
    words = {word for piece in page.pieces for word in piece.run.text.split()}
    assert {"history", "Brigade", "nobody", "start"} <= words


@pytest.mark.parametrize("width", [120, 300, 900])
def test_a_table_of_keys_has_caps_at_the_left_that_keep_to_their_column(fonts: Fonts, width: int) -> None:
    page = set_page(fonts, "| | |\n|---|---|\n| U or Ctrl+Z, Click, held | undo the last order |", width, 15)
    caps = [piece for piece in page.pieces if piece.run.ink in (KEY, MOUSE)]
    assert [(piece.run.text, piece.run.ink) for piece in caps] == [
        ("U", KEY), ("Ctrl", KEY), ("Z", KEY), ("Click", MOUSE),
    ]  # fmt: skip
    told = next(piece for piece in page.pieces if piece.run.text.startswith("undo"))
    assert all(0 <= piece.x < told.x for piece in page.pieces if piece.run.ink != PLAIN)
    assert max(piece.y for piece in page.pieces) < page.height


def test_on_a_wide_page_keys_stand_in_two_columns(fonts: Fonts) -> None:
    rows = "\n".join(f"| F{n} | act {n} |" for n in range(1, 6))
    narrow, wide = (set_page(fonts, f"| | |\n|---|---|\n{rows}", width, 15) for width in (800, 1300))
    at = {piece.run.text: piece for piece in wide.pieces}
    assert at["F1"].x == at["F3"].x < at["act 1"].x < at["F4"].x == at["F5"].x < at["act 4"].x
    assert at["F1"].y == at["F4"].y and wide.height < narrow.height
    assert right_edge(wide, fonts) <= 1300


def test_rules_stand_beside_their_numbers_with_all_that_follows_until_a_heading(fonts: Fonts) -> None:
    table = "| who | share |\n|---|---|\n| guns | 50% |"
    text = f"5.1 **Strength.** Units attack.\n\n{table}\n\n- an item\n\nMore.\n\n## Next\n\nFree."
    page = set_page(fonts, text, 500, 15)
    at = {piece.run.text.strip(): piece for piece in page.pieces}
    assert at["5.1"].x == 0 and at["5.1"].y == at["Strength."].y
    inset = at["Strength."].x
    assert inset > fonts.width("18.12", NARROW, 15)
    assert at["guns"].x == at["More."].x == inset < at["an item"].x
    assert at["Next"].x == at["Free."].x == 0


def test_columns_of_figures_end_at_the_same_edge_as_their_head(fonts: Fonts) -> None:
    rows = "| Steppe | 1 | open |\n| Rough ground | 2½ | – |\n| Wadi | −100% |  |"
    page = set_page(fonts, f"| terrain | cost | notes |\n|---|---|---|\n{rows}", 500, 15)
    ends = {p.run.text: p.x + fonts.width(p.run.text, p.run.role, p.pixels) for p in page.pieces}
    starts = {piece.run.text: piece.x for piece in page.pieces}
    assert len({ends[text] for text in ("cost", "1", "2½", "−100%")}) == 1
    assert starts["terrain"] == starts["Steppe"] and starts["notes"] == starts["open"]


def test_no_line_of_a_paragraph_is_too_long_to_be_read(fonts: Fonts) -> None:
    page = set_page(fonts, LONG * 3, 2000, 15)
    assert right_edge(page, fonts) <= MEASURE * 15


def test_a_box_scrolls_to_its_end_and_no_further(window: pygame.Surface) -> None:
    desk = make_desk((800, 600))
    box = Prose(desk, pygame.Rect(20, 20, 300, 120), TEXTS["paragraphs"])
    for _ in range(200):
        box.handle(pygame.event.Event(pygame.KEYDOWN, key=pygame.K_PAGEDOWN, mod=0), True)
    assert box.offset == box.longest > 0
    box.draw(window, True)
    box.handle(pygame.event.Event(pygame.KEYDOWN, key=pygame.K_HOME, mod=0), True)
    assert box.offset == 0


def test_the_bar_can_be_dragged(window: pygame.Surface) -> None:
    assert window
    box = Prose(make_desk((800, 600)), pygame.Rect(20, 20, 300, 120), TEXTS["paragraphs"])
    box.handle(pygame.event.Event(pygame.MOUSEBUTTONDOWN, button=1, pos=(316, 138)), False)
    assert box.offset == box.longest
    box.handle(pygame.event.Event(pygame.MOUSEMOTION, pos=(400, -50), rel=(0, 0), buttons=(1, 0, 0)), False)
    assert box.offset == 0
    box.handle(pygame.event.Event(pygame.MOUSEBUTTONUP, button=1, pos=(400, -50)), False)
    assert not box.handle(pygame.event.Event(pygame.MOUSEMOTION, pos=(316, 138), rel=(0, 0), buttons=(0, 0, 0)), False)


def test_arabic_words_are_set_in_their_own_font(fonts: Fonts) -> None:
    word = "الميادين"
    assert fonts.width(word, BODY, 15) == fonts.font("arabic", 15).size(word)[0]
    mixed = fonts.width(f"{word} 2", BODY, 15)
    assert mixed == fonts.width(word, BODY, 15) + fonts.width(" 2", BODY, 15)
