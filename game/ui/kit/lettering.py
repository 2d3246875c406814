"""Lines of text and grounds of panels, for panels and widgets alike. Text that does not fit is shortened."""

from __future__ import annotations

import pygame

from game.ui.kit.fonts import BODY, Fonts
from game.ui.kit.theme import Colour
from game.ui.scene import Desk

FADE = 18
"""Points over which lines fade where a text goes on."""


def fitted(fonts: Fonts, text: str, role: str, pixels: int, width: int) -> str:
    """The text, shortened with an ellipsis to fit a width."""
    if fonts.width(text, role, pixels) <= width:
        return text
    low, high = 0, len(text)
    while low < high:
        middle = (low + high + 1) // 2
        if fonts.width(text[:middle].rstrip() + "…", role, pixels) <= width:
            low = middle
        else:
            high = middle - 1
    return text[:low].rstrip() + "…"


def wrapped(fonts: Fonts, text: str, role: str, pixels: int, width: int, most: int = 0) -> list[str]:
    """The text in lines that fit a width; blank lines part paragraphs. Of more than ``most`` lines, if given, the
    last is shortened with an ellipsis: nobody takes half a sentence for a whole one."""
    lines: list[str] = []
    for paragraph in text.split("\n"):
        line = ""
        for word in paragraph.split():
            longer = f"{line} {word}".strip()
            if line and fonts.width(longer, role, pixels) > width:
                lines.append(line)
                line = word
            else:
                line = longer
        lines.append(line)
    if most and len(lines) > most:
        lines[most - 1 :] = [fitted(fonts, " ".join(lines[most - 1 :]), role, pixels, width)]
    return lines


def panel(screen: pygame.Surface, desk: Desk, rect: pygame.Rect, raised: bool = False) -> None:
    """The ground of a panel with a fine edge."""
    colours = desk.theme.interface
    pygame.draw.rect(screen, colours.raised if raised else colours.panel, rect, border_radius=desk.px(5))
    pygame.draw.rect(screen, colours.panel_edge, rect, max(1, desk.px(1)), border_radius=desk.px(5))


def write(
    screen: pygame.Surface, desk: Desk, text: str, at: tuple[int, int], size: int = 15, role: str = BODY,
    colour: Colour | None = None, width: int = 0,
) -> int:  # fmt: skip
    """One line of text with its upper left corner at ``at``; returns the height used in pixels."""
    pixels = desk.px(size)
    if width:
        text = fitted(desk.fonts, text, role, pixels, width)
    face = desk.fonts.text(text, role, pixels, colour or desk.theme.interface.text)
    screen.blit(face, at)
    return face.get_height()


def fade(screen: pygame.Surface, desk: Desk, box: pygame.Rect, ground: Colour, *, above: bool, below: bool) -> None:
    """Where a text goes on beyond its box its lines fade, so that none looks cut by mistake."""
    tall = min(desk.px(FADE), box.height // 3)
    veil = pygame.Surface((max(1, box.width), 1), pygame.SRCALPHA)
    for row in range(tall):
        veil.fill((*ground[:3], 235 * (row + 1) // tall))
        if below:
            screen.blit(veil, (box.x, box.bottom - tall + row))
        if above:
            screen.blit(veil, (box.x, box.y + tall - 1 - row))


def scroll_bar(screen: pygame.Surface, desk: Desk, box: pygame.Rect, at: float, share: float) -> None:
    """The bar at the right edge of a box: what share of the whole is shown, and how far down (0 to 1) it is."""
    tall = min(box.height, max(desk.px(24), round(box.height * share)))
    y = box.y + round((box.height - tall) * min(1.0, max(0.0, at)))
    rect = pygame.Rect(box.right - desk.px(9), y + desk.px(3), desk.px(5), max(1, tall - desk.px(6)))
    colour = desk.theme.interface.text_dim.mixed(desk.theme.interface.panel, 45)
    pygame.draw.rect(screen, colour, rect, border_radius=desk.px(3))
