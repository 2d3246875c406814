"""The theme is strict, and its factions can be told apart by eyes that confuse colours."""

from __future__ import annotations

from dataclasses import fields, replace
from itertools import combinations
from pathlib import Path

import pygame
import pytest

from game.scenario.looks import LOOKS
from game.shipped import shipped
from game.ui.kit.emblems import EMBLEMS
from game.ui.kit.fonts import Fonts
from game.ui.kit.theme import READABLE, Colour, ThemeError, contrast, load_theme
from game.ui.mapview.overlays import PATTERNS
from game.ui.panels.flow import Flow
from game.ui.panels.log_panel import LogLine, line_ink
from game.ui.window import make_desk

# Full dichromacy in linear light (Viénot, Brettel and Mollon 1999), as rows of a matrix.
DICHROMATS = {
    "protan": ((0.1124, 0.8876, 0.0), (0.1124, 0.8876, 0.0), (0.0040, -0.0040, 1.0)),
    "deutan": ((0.2927, 0.7073, 0.0), (0.2927, 0.7073, 0.0), (-0.0223, 0.0223, 1.0)),
}


def seen(colour: Colour, rows: tuple[tuple[float, float, float], ...]) -> tuple[float, ...]:
    linear = [(v / 255) ** 2.2 for v in colour[:3]]
    return tuple(max(0.0, sum(a * b for a, b in zip(row, linear, strict=True))) ** (1 / 2.2) * 255 for row in rows)


def test_the_shipped_theme_loads_and_names_files_that_exist() -> None:
    theme = load_theme()
    assert set(theme.looks) == set(LOOKS)
    for name in ("body", "strong", "narrow", "narrow_strong", "mono", "arabic"):
        assert shipped("assets", "fonts", getattr(theme.fonts, name)).is_file()


def test_no_two_factions_share_emblem_or_pattern() -> None:
    liveries = load_theme().looks.values()
    neutral = load_theme().neutral
    looks = [*liveries, neutral]
    assert len({one.emblem for one in looks}) == len({one.pattern for one in looks}) == len(LOOKS) + 1
    assert {one.emblem for one in looks} == set(EMBLEMS) and {one.pattern for one in looks} == set(PATTERNS) - {""}


@pytest.mark.parametrize("eyes", DICHROMATS)
def test_faction_colours_differ_for_colour_blind_eyes(eyes: str) -> None:
    for (a, one), (b, two) in combinations(load_theme().looks.items(), 2):
        gap = sum(
            (x - y) ** 2
            for x, y in zip(seen(one.body, DICHROMATS[eyes]), seen(two.body, DICHROMATS[eyes]), strict=True)
        )
        assert gap > 40**2, f"{a} and {b} look alike to {eyes} eyes"


@pytest.mark.parametrize(
    ("old", "new", "complaint"),
    [
        ("  grid:", "  gird:", "theme.map.gird is not known; did you mean grid?"),
        ('grid: "#8C7B58"', 'grid: "brown"', "theme.map.grid must be a colour"),
        ("counter: 0.62", "counter: wide", "theme.sizes.counter must be a number"),
        ("format: 1", "format: 2", "starts with `format: 1`"),
    ],
)
def test_a_wrong_theme_says_where(tmp_path: Path, old: str, new: str, complaint: str) -> None:
    text = shipped("assets", "theme.yaml").read_text(encoding="utf-8")
    assert old in text
    path = tmp_path / "theme.yaml"
    path.write_text(text.replace(old, new), encoding="utf-8")
    with pytest.raises(ThemeError, match="theme") as caught:
        load_theme(path)
    assert complaint in str(caught.value)


@pytest.mark.parametrize("safe", [False, True])
@pytest.mark.parametrize("light", [False, True])
def test_words_of_a_panel_are_read_whatever_colour_they_are_given(
    display: None, monkeypatch: pytest.MonkeyPatch, safe: bool, light: bool
) -> None:
    """The inks of marks are made for the map; as words on a panel they are mixed until they can be read."""
    theme = load_theme(safe=safe, light=light)
    desk = replace(make_desk((1280, 720)), theme=theme)
    given = [*(getattr(theme.marks, one.name) for one in fields(theme.marks)), theme.interface.incident]
    inks: list[Colour] = []
    text = Fonts.text

    def noted(fonts: Fonts, words: str, role: str, pixels: int, ink: Colour, *more: object) -> pygame.Surface:
        inks.append(ink)
        return text(fonts, words, role, pixels, ink, *more)

    monkeypatch.setattr(Fonts, "text", noted)
    for colour in given:
        flow = Flow(desk, 200)
        flow.prose("stretched", 12, colour)
        flow.line("cut off", 12, colour=colour)
        flow.hung("threat", "3", colour)
        flow.page()
    assert len(inks) >= 4 * len(given)
    weak = {ink for ink in inks if contrast(Colour(*ink[:3]), theme.interface.panel) < READABLE}
    assert weak == set()
    for kind in ("turn", "combat", "supply", "politics", "score", "event", "move"):
        assert contrast(line_ink(theme, LogLine(0, kind, "")), theme.interface.panel) >= READABLE, kind
