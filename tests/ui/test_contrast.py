"""Every mark of the map stands out from every ground, in light and dusk, for normal and three kinds of other eyes.

A mark has a dark rim or a light body, or both: whichever carries it must reach 3:1 (WCAG 2.2, 1.4.11).
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

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
@pytest.mark.parametrize("light", [False, True])
def test_every_mark_stands_out_from_every_ground(eyes: str, safe: bool, light: bool) -> None:
    theme = load_theme(safe=safe, light=light)
    weak = {
        f"{mark} on {ground}": round(best, 2)
        for ground, colour in grounds(theme)
        for mark, colours in marks(theme)
        if (best := max(contrast(one, colour, eyes) for one in colours)) < LEAST
    }
    assert weak == {}


@pytest.mark.parametrize("eyes", EYES)
@pytest.mark.parametrize("safe", [False, True])
@pytest.mark.parametrize("light", [False, True])
def test_words_stand_out_from_what_they_are_written_on(eyes: str, light: bool, safe: bool) -> None:
    theme = load_theme(light=light, safe=safe)
    inside, marks = theme.interface, theme.marks
    pairs = {
        "text": (inside.text, inside.panel), "dim text": (inside.text_dim, inside.panel),
        "dim text, raised": (inside.text_dim, inside.raised), "frame": (INK, PAPER),
        "text on the ground": (inside.text, inside.background),
        "dim text on the ground": (inside.text_dim, inside.background),
        "headings": (inside.accent, inside.panel), "headings on the ground": (inside.accent, inside.background),
        "chosen button": (inside.on_accent, inside.accent), "its second line": (inside.on_accent_dim, inside.accent),
        "incident": (inside.incident, inside.panel), "link": (inside.link, inside.panel),
        "history": (inside.history, inside.panel), "history on the ground": (inside.history, inside.background),
        "text of a danger": (inside.text, inside.danger_ground),
        "warning": (marks.warn, inside.panel),
        "good news": (marks.good.mixed(inside.text, 45), inside.panel),
        "bad news": (marks.bad.mixed(inside.text, 45), inside.panel),
        "turn to come": (INK, AHEAD), "turn now": (INK, NOW), "turn past": (INK, PAST),
        "name on its halo": (theme.map.name, theme.map.name_halo),
    }  # fmt: skip
    weak = {name: round(contrast(*pair, eyes), 2) for name, pair in pairs.items() if contrast(*pair, eyes) < 4.5}
    assert weak == {}


def seen(colour: Colour, eyes: str) -> tuple[float, float, float]:
    """A colour as these eyes see it, in CIE Lab (D65)."""
    given = [linear(value) for value in colour[:3]]
    r, g, b = (min(1.0, max(0.0, sum(a * v for a, v in zip(row, given, strict=True)))) for row in EYES[eyes])
    white = (0.9505, 1.0, 1.089)
    xyz = (0.4124 * r + 0.3576 * g + 0.1805 * b, 0.2126 * r + 0.7152 * g + 0.0722 * b,
           0.0193 * r + 0.1192 * g + 0.9505 * b)  # fmt: skip
    fx, fy, fz = (v / w for v, w in zip(xyz, white, strict=True))
    fx, fy, fz = (v ** (1 / 3) if v > 0.008856 else 7.787 * v + 16 / 116 for v in (fx, fy, fz))
    return 116 * fy - 16, 500 * (fx - fy), 200 * (fy - fz)


@pytest.mark.parametrize("eyes", EYES)
@pytest.mark.parametrize("light", [False, True])
def test_safe_colours_keep_good_poor_and_bad_apart_for_every_eye(eyes: str, light: bool) -> None:
    """A difference of 10 in CIE Lab is seen at a glance; each state has a shape of its own besides."""
    marks = load_theme(light=light, safe=True).marks
    for group in (("good", "warn", "bad"), ("supplied", "stretched", "cut_long")):
        colours = {name: seen(getattr(marks, name), eyes) for name in group}
        for one, other in combinations(group, 2):
            gap = sum((a - b) ** 2 for a, b in zip(colours[one], colours[other], strict=True)) ** 0.5
            assert gap > 20, (one, other, round(gap, 1))
