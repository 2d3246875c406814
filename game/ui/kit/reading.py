"""A box of prose to read: set in lines, scrolled by wheel, keys or its bar."""

from __future__ import annotations

import pygame

from game.ui.kit.key_caps import paint_cap
from game.ui.kit.lettering import fade, panel, scroll_bar
from game.ui.kit.prose import FAINT, LEADING, LOUD, PLAIN, Page, set_page
from game.ui.scene import Desk


class Prose:
    """A box of prose to scroll, by wheel, keys or its bar. ``always`` takes the page keys without the focus too."""

    def __init__(
        self, desk: Desk, rect: pygame.Rect, text: str, size: int = 15, *, framed: bool = True, always: bool = False
    ) -> None:
        self.desk, self.rect, self.size, self.framed, self.always = desk, rect, size, framed, always
        self.enabled, self.offset, self._dragged = True, 0, False
        self.page = Page((), (), 0)
        self.set_text(text)

    @property
    def _inside(self) -> pygame.Rect:
        edge = self.desk.px(14) if self.framed else 0
        return pygame.Rect(
            self.rect.x + edge,
            self.rect.y + edge,
            self.rect.width - edge - self.desk.px(18),
            self.rect.height - 2 * edge,
        )

    @property
    def longest(self) -> int:
        """How far it can be scrolled, in pixels."""
        return max(0, self.page.height - self._inside.height)

    def set_text(self, text: str) -> None:
        """Show another text from its beginning."""
        self.page, self.offset = set_page(self.desk.fonts, text, self._inside.width, self.desk.px(self.size)), 0
        self.enabled = bool(self.longest)  # there is nothing to do with a text that is all in sight

    def scroll(self, pixels: int) -> bool:
        """Move the text up or down."""
        self.offset = max(0, min(self.longest, self.offset + pixels))
        return True

    def handle(self, event: pygame.event.Event, focused: bool) -> bool:
        """Scroll."""
        line = self.desk.px(self.size * LEADING)
        if event.type == pygame.MOUSEWHEEL and self.rect.collidepoint(pygame.mouse.get_pos()):
            return self.scroll(-3 * line * event.y)
        if event.type == pygame.MOUSEBUTTONDOWN and event.button == 1 and self.rect.collidepoint(event.pos):
            self._dragged = event.pos[0] >= self.rect.right - self.desk.px(18) and bool(self.longest)
            return self._to(event.pos[1]) if self._dragged else True
        if event.type == pygame.MOUSEMOTION and self._dragged:
            self._dragged = bool(event.buttons[0])
            return self._to(event.pos[1]) if self._dragged else False
        if event.type == pygame.MOUSEBUTTONUP and self._dragged:
            self._dragged = False
            return True
        return event.type == pygame.KEYDOWN and self._key(event.key, focused, line)

    def _key(self, key: int, focused: bool, line: int) -> bool:
        page = self._inside.height - line
        jumps = {pygame.K_PAGEUP: -page, pygame.K_PAGEDOWN: page}
        if focused:
            jumps |= {pygame.K_HOME: -self.page.height, pygame.K_END: self.page.height}
            if self.longest:
                jumps |= {pygame.K_UP: -2 * line, pygame.K_DOWN: 2 * line}
        if key not in jumps or not (focused or self.always):
            return False
        return self.scroll(jumps[key])

    def _to(self, y: int) -> bool:
        share = (y - self.rect.y) / max(1, self.rect.height)
        self.offset = max(0, min(self.longest, round(share * self.page.height - self._inside.height / 2)))
        return True

    def draw(self, screen: pygame.Surface, focused: bool) -> None:
        """The lines in sight, and the bar where there is more."""
        desk, colours = self.desk, self.desk.theme.interface
        if self.framed:
            panel(screen, desk, self.rect)
        if focused and self.longest:
            pygame.draw.rect(screen, colours.accent, self.rect, 1, border_radius=desk.px(5))
        inside, clip = self._inside, screen.get_clip()
        screen.set_clip(inside.clip(clip))
        inks = {PLAIN: colours.text, LOUD: colours.accent, FAINT: colours.text_dim}
        top, bottom = self.offset - 3 * desk.px(self.size), self.offset + inside.height
        for piece in self.page.pieces:
            if top <= piece.y <= bottom:
                face = desk.fonts.text(
                    piece.run.text, piece.run.role, piece.pixels, inks.get(piece.run.ink, colours.text)
                )
                at = inside.x + piece.x, inside.y + piece.y - self.offset
                if piece.run.ink in inks:
                    screen.blit(face, at)
                else:
                    paint_cap(screen, desk, face, at, piece.run.ink)
        for left, y, right in self.page.rules:
            if top <= y <= bottom:
                line = inside.y + y - self.offset
                pygame.draw.line(screen, colours.panel_edge, (inside.x + left, line), (inside.x + right, line))
        screen.set_clip(clip)
        if self.longest:
            fade(screen, desk, inside, colours.panel, above=self.offset > 0, below=self.offset < self.longest)
            scroll_bar(screen, desk, self.rect, self.offset / self.longest, inside.height / max(1, self.page.height))
