"""Every mark of the map stands out from every ground, in light and dusk, for normal and three kinds of other eyes.

A mark has a dark rim or a light body, or both: whichever carries it must reach 3:1 (WCAG 2.2, 1.4.11).
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from game.ui.kit.theme import Colour, Theme, load_theme
from game.ui.mapview.bloc_line import RIM as LINE_RIM
from game.ui.mapview.borders import INK as BORDER_INK
from game.ui.mapview.borders import PAPER as BORDER_PAPER
from game.ui.mapview.counters import rim_of
from game.ui.mapview.frame import INK, PAPER
from game.ui.mapview.legend import DARK
from game.ui.mapview.reach_light import DUSK, HATCH_DARK, HATCH_RIM, RIM, RIM_DARK
from game.ui.mapview.streams import STREAM_RIM
from game.ui.panels.turn_track import AHEAD, NOW, PAST

LEAST = 3.0
EYES: dict[str, tuple[tuple[float, float, float], ...]] = {
    "normal": ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
    # In linear light: Viénot, Brettel and Mollon 1999; the last from Machado, Oliveira and Fernandes 2009.
    "protan": ((0.1124, 0.8876, 0.0), (0.1124, 0.8876, 0.0), (0.0040, -0.0040, 1.0)),
    "deutan": ((0.2927, 0.7073, 0.0), (0.2927, 0.7073, 0.0), (-0.0223, 0.0223, 1.0)),
    "tritan": ((1.2555, -0.0767, -0.1788), (-0.0784, 0.9308, 0.1476), (0.0047, 0.6914, 0.3039)),
}  # fmt: skip


def linear(value: float) -> float:
    share = value / 255
    return share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4


def brightness(colour: Colour, eyes: str) -> float:
    """Relative luminance of a colour as these eyes see it."""
    given = [linear(value) for value in colour[:3]]
    red, green, blue = (min(1.0, max(0.0, sum(a * b for a, b in zip(row, given, strict=True)))) for row in EYES[eyes])
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: Colour, other: Colour, eyes: str) -> float:
    light, dark = sorted((brightness(one, eyes), brightness(other, eyes)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def grounds(theme: Theme) -> Iterator[tuple[str, Colour]]:
    """Each ground and the river, in the light and in the dusk beyond a unit's reach."""
    for name, colour in (*theme.ground.items(), ("river", theme.map.river)):
        yield name, colour
        yield f"{name} in dusk", Colour(*(round(value * DUSK) for value in colour[:3]))


def marks(theme: Theme) -> Iterator[tuple[str, tuple[Colour, ...]]]:
    """The colours of each mark of which one must carry it."""
    yield "rim of the reach", (RIM_DARK, RIM)
    yield "hatch of a risk", (HATCH_DARK, HATCH_RIM)
    yield "line between the blocs", (LINE_RIM,)
    yield "rings and fences", (DARK,)
    yield "border of held ground", (BORDER_INK, BORDER_PAPER)
    yield "names", (theme.map.name, theme.map.name_halo)
    for name, ink in (("full", theme.marks.supplied), ("stretched", theme.marks.stretched), ("cut", theme.marks.cut)):
        yield f"supply, {name}", (ink.mixed(Colour(0, 0, 0), STREAM_RIM),)
    yield "selected", (theme.map.town_dot, theme.marks.selected)
    for look, livery in theme.looks.items():
        yield f"counters of {look}", (rim_of(livery), livery.paper)


@pytest.mark.parametrize("eyes", EYES)
@pytest.mark.parametrize("safe", [False, True])
def test_every_mark_stands_out_from_every_ground(eyes: str, safe: bool) -> None:
    theme = load_theme(safe=safe)
    weak = {
        f"{mark} on {ground}": round(best, 2)
        for ground, colour in grounds(theme)
        for mark, colours in marks(theme)
        if (best := max(contrast(one, colour, eyes) for one in colours)) < LEAST
    }
    assert weak == {}


@pytest.mark.parametrize("eyes", EYES)
def test_words_stand_out_from_what_they_are_written_on(eyes: str) -> None:
    theme = load_theme()
    inside = theme.interface
    pairs = {
        "text": (inside.text, inside.panel), "dim text": (inside.text_dim, inside.panel),
        "dim text, raised": (inside.text_dim, inside.raised), "frame": (INK, PAPER),
        "turn to come": (INK, AHEAD), "turn now": (INK, NOW), "turn past": (INK, PAST),
        "name on its halo": (theme.map.name, theme.map.name_halo),
    }  # fmt: skip
    assert {name: pair for name, pair in pairs.items() if contrast(*pair, eyes) < 4.5} == {}
