"""What the table keeps of pictures and fonts stays below its limits, whatever is asked for."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count

import pygame

from game.ui.camera import Camera
from game.ui.kit import fonts as module
from game.ui.kit.fonts import BODY, STRONG, Fonts
from game.ui.kit.kept import Kept, weight
from game.ui.kit.theme import Colour, Theme
from game.ui.mapview.arrows import KEPT_BYTES, Arrow, ArrowPainter

INK, RIM = Colour(10, 20, 30), Colour(240, 240, 240)


def size(side: int) -> pygame.Surface:
    return pygame.Surface((side, side), depth=32)


def test_what_nobody_asked_for_longest_goes_first() -> None:
    gone: list[str] = []
    kept: Kept[str] = Kept(3 * weight(size(10)), gone.append)
    for name in "abc":
        kept.keep(name, size(10))
    assert kept.get("a") is not None and not gone
    kept.keep("d", size(10))
    assert gone == ["b"] and list(kept) == ["c", "a", "d"]
    kept.keep("d", size(5))
    assert len(kept) == 3 and kept.bytes == 2 * weight(size(10)) + weight(size(5))
    kept.keep("large", size(100))
    assert list(kept) == ["large"] and kept.bytes == weight(size(100))
    kept.clear()
    assert kept.get("large") is None and not kept.bytes


def pictures(holder: object) -> Iterator[pygame.Surface]:
    """All pictures that an object keeps, found without knowing how."""
    left, seen = [holder], set[int]()
    while left:
        one = left.pop()
        if id(one) in seen:
            continue
        seen.add(id(one))
        if isinstance(one, pygame.Surface):
            yield one
        elif isinstance(one, dict):
            left += [*one.keys(), *one.values()]
        elif isinstance(one, list | tuple):
            left += one
        elif type(one).__module__.startswith("game.ui"):
            left += vars(one).values() if hasattr(one, "__dict__") else ()


def test_long_texts_are_forgotten_before_they_fill_the_memory(window: pygame.Surface, theme: Theme) -> None:
    assert window
    fonts = Fonts(theme.fonts)
    for number in range(300):
        words = f"{number} " + "of the words that a long line has " * 4
        fonts.text(words, BODY, 24, INK)
        if number % 3 == 0:
            fonts.haloed(words, STRONG, 24, INK, RIM, 2)
    found = list(pictures(fonts))
    assert len(found) > 10
    assert sum(map(weight, found)) <= module.TEXT_BYTES + module.HALOED_BYTES
    assert fonts.text(words, BODY, 24, INK) is fonts.text(words, BODY, 24, INK)


def test_fonts_of_many_sizes_are_closed_again(window: pygame.Surface, theme: Theme) -> None:
    assert window
    fonts = Fonts(theme.fonts)
    first = fonts.font(BODY, 9)
    for pixels in range(10, 10 + module.OPEN):
        fonts.font(BODY, pixels)
    assert fonts.font(BODY, 9) is not first
    assert fonts.font(BODY, 9 + module.OPEN) is fonts.font(BODY, 9 + module.OPEN)
    assert fonts.width("Deir Ezzor", BODY, 10) == pygame.font.Font.size(fonts.font(BODY, 10), "Deir Ezzor")[0]


def test_long_arrows_do_not_fill_the_memory(window: pygame.Surface) -> None:
    """Many short ones take what they may, and a march over the whole map no picture at all, however close one looks."""
    painter = ArrowPainter(60)
    camera = Camera(60, 44, 0, 0, 1280, 720, 40.0)
    made = (Arrow((60 * row + first, 60 * (row + 6) + first + 8), INK) for row in count() for first in range(30))
    for arrow, _ in zip(made, range(60), strict=False):
        painter.draw(window, camera, (arrow,))
    found = list(pictures(painter))
    assert found and sum(map(weight, found)) <= KEPT_BYTES
    alone = ArrowPainter(60)
    near = Camera(60, 44, 0, 0, 1280, 720, 128.0).centred_on(60 * 20 + 20)
    before = pygame.image.tobytes(window, "RGB")
    for kind in ("move", "march", "attack"):
        window.fill((0, 0, 0))
        alone.draw(window, near, (Arrow(tuple(61 * n for n in range(44)), INK, kind),))
        assert pygame.image.tobytes(window, "RGB") != before
    assert not list(pictures(alone))
