"""Boxes to read in, scrolled by wheel, keys or their bar: prose that is set in lines, or a picture."""

from __future__ import annotations

from collections.abc import Callable

import pygame

from game.ui.kit.key_caps import paint_cap
from game.ui.kit.lettering import fade, panel, scroll_bar
from game.ui.kit.prose import FAINT, LEADING, LOUD, PLAIN, Page, Piece, set_page
from game.ui.scene import Desk


class Scrolled:
    """A box of something tall, scrolled by wheel, keys or bar; ``always`` by the page keys without the focus too."""

    def __init__(self, desk: Desk, rect: pygame.Rect, line: int, *, framed: bool = True, always: bool = False) -> None:
        self.desk, self.rect, self.framed, self.always = desk, rect, framed, always
        self.line, self.tall = max(1, line), 0
        """Pixels of a line, and of all there is."""
        self.enabled, self.offset, self._dragged = True, 0, False

    @property
    def inside(self) -> pygame.Rect:
        """The room within the frame, beside the bar."""
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
        return max(0, self.tall - self.inside.height)

    def hold(self, tall: int) -> None:
        """Something else stands in it, so tall; it is read from its beginning."""
        self.tall, self.offset = tall, 0
        self.enabled = bool(self.longest)  # there is nothing to do with what is all in sight

    def scroll(self, pixels: int) -> bool:
        """Move it up or down."""
        self.offset = max(0, min(self.longest, self.offset + pixels))
        return True

    def handle(self, event: pygame.event.Event, focused: bool) -> bool:
        """Scroll."""
        line = self.line
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
        page = self.inside.height - line
        jumps = {pygame.K_PAGEUP: -page, pygame.K_PAGEDOWN: page}
        if focused:
            jumps |= {pygame.K_HOME: -self.tall, pygame.K_END: self.tall}
            if self.longest:
                jumps |= {pygame.K_UP: -2 * line, pygame.K_DOWN: 2 * line}
        if key not in jumps or not (focused or self.always):
            return False
        return self.scroll(jumps[key])

    def _to(self, y: int) -> bool:
        share = (y - self.rect.y) / max(1, self.rect.height)
        self.offset = max(0, min(self.longest, round(share * self.tall - self.inside.height / 2)))
        return True

    def draw(self, screen: pygame.Surface, focused: bool) -> None:
        """What is in sight, and the bar where there is more."""
        desk, colours = self.desk, self.desk.theme.interface
        if self.framed:
            panel(screen, desk, self.rect)
        if focused and self.longest:
            pygame.draw.rect(screen, colours.accent, self.rect, 1, border_radius=desk.px(5))
        inside, clip = self.inside, screen.get_clip()
        screen.set_clip(inside.clip(clip))
        self.paint(screen, inside)
        screen.set_clip(clip)
        if self.longest:
            fade(screen, desk, inside, colours.panel, above=self.offset > 0, below=self.offset < self.longest)
            scroll_bar(screen, desk, self.rect, self.offset / self.longest, inside.height / max(1, self.tall))

    def paint(self, screen: pygame.Surface, inside: pygame.Rect) -> None:
        """What is in sight; whoever derives from it knows what."""


class Leaf(Scrolled):
    """A picture in such a box; ``made`` paints it for a width."""

    def __init__(
        self, desk: Desk, rect: pygame.Rect, made: Callable[[int], pygame.Surface], *, always: bool = False
    ) -> None:
        super().__init__(desk, rect, desk.px(20), always=always)
        self.picture = made(self.inside.width)
        self.hold(self.picture.get_height())

    def paint(self, screen: pygame.Surface, inside: pygame.Rect) -> None:
        """The part in sight."""
        screen.blit(self.picture, inside, (0, self.offset, inside.width, inside.height))


class Prose(Scrolled):
    """Prose in such a box; a click on a link is told to ``follow``."""

    def __init__(
        self, desk: Desk, rect: pygame.Rect, text: str, size: int = 15, *, framed: bool = True, always: bool = False,
        follow: Callable[[str], None] | None = None,
    ) -> None:  # fmt: skip
        super().__init__(desk, rect, desk.px(size * LEADING), framed=framed, always=always)
        self.size, self.follow = size, follow
        self.page = Page((), (), 0)
        self.set_text(text)

    def set_text(self, text: str) -> None:
        """Show another text from its beginning."""
        self.page = set_page(self.desk.fonts, text, self.inside.width, self.desk.px(self.size))
        self.hold(self.page.height)

    def handle(self, event: pygame.event.Event, focused: bool) -> bool:
        """Follow a link, or scroll."""
        if event.type == pygame.MOUSEBUTTONDOWN and event.button == 1 and self.follow is not None:
            link = self.link_at(event.pos)
            if link:
                self.follow(link)
                return True
        return super().handle(event, focused)

    def link_at(self, at: tuple[int, int]) -> str:
        """Where a click there would lead, "" nowhere."""
        if not self.inside.collidepoint(at):
            return ""
        return next(
            (piece.run.link for piece in self.page.pieces if piece.run.link and self._box(piece).collidepoint(at)), ""
        )

    def _box(self, piece: Piece) -> pygame.Rect:
        wide = self.desk.fonts.width(piece.run.text, piece.run.role, piece.pixels)
        inside = self.inside
        return pygame.Rect(inside.x + piece.x, inside.y + piece.y - self.offset, wide, round(piece.pixels * LEADING))

    def paint(self, screen: pygame.Surface, inside: pygame.Rect) -> None:
        """The lines in sight; links underlined, where somebody follows them."""
        desk, colours = self.desk, self.desk.theme.interface
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
                    if piece.run.link and self.follow is not None:
                        low, bare = at[1] + face.get_height() - desk.px(2), piece.run.text.rstrip()
                        wide = desk.fonts.width(bare, piece.run.role, piece.pixels)
                        pygame.draw.line(screen, colours.accent, (at[0], low), (at[0] + wide - 1, low))
                else:
                    paint_cap(screen, desk, face, at, piece.run.ink)
        for left, y, right in self.page.rules:
            if top <= y <= bottom:
                line = inside.y + y - self.offset
                pygame.draw.line(screen, colours.panel_edge, (inside.x + left, line), (inside.x + right, line))
