"""What the check says, live: a row for each finding; a click looks at the place, a second one opens the line."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pygame

from game.schema.problems import safe
from game.ui.kit.fonts import BODY, STRONG
from game.ui.kit.lettering import fitted, scroll_bar, wrapped
from game.ui.panels.flow import paint_mark
from game.ui.scene import Desk
from game.words import say
from game.workshop import Finding

SHAPES = {"error": "cross", "warning": "triangle", "note": "disc"}
RANK = {"error": 0, "warning": 1, "note": 2}


class ChecksPanel:
    """The list of findings. ``jump`` looks at one; ``working`` says that the check is still at it."""

    def __init__(
        self, desk: Desk, rect: pygame.Rect, jump: Callable[[Finding], None], text: Callable[[Finding], None]
    ) -> None:
        self.desk, self.rect, self.jump, self.text = desk, rect, jump, text
        self.findings: tuple[Finding, ...] = ()
        self.working = False
        self.chosen = -1
        self.offset = 0
        self._laid: list[tuple[pygame.Rect, int, list[str]]] = []
        self._key: object = None
        self._tall = 0

    def show(self, findings: Sequence[Finding], working: bool) -> None:
        """What the check says now; errors first."""
        self.working = working
        found = tuple(sorted(findings, key=lambda one: RANK[one.problem.severity]))
        if found != self.findings:
            former = self.findings[self.chosen] if 0 <= self.chosen < len(self.findings) else None
            self.findings = found
            self.chosen = found.index(former) if former in found else -1
            self._key = None

    @property
    def words(self) -> str:
        """The sum of it in a few words."""
        errors = sum(one.problem.severity == "error" for one in self.findings)
        warnings = sum(one.problem.severity == "warning" for one in self.findings)
        if not self.findings:
            return "is being checked …" if self.working else "No problems"
        parts = [f"{n} {word}{'s' * (n > 1)}" for n, word in ((errors, "error"), (warnings, "warning")) if n]
        return ", ".join(parts or ["notes"]) + (" …" if self.working else "")

    def step(self, by: int = 1) -> None:
        """Go to the next finding."""
        if self.findings:
            self.chosen = (self.chosen + by) % len(self.findings)
            self._lay()
            box = next(box for box, number, _ in self._laid if number == self.chosen)
            if box.bottom > self._room.bottom or box.y < self._room.y:
                self.offset += box.y - self._room.y
                self._key = None
            self.jump(self.findings[self.chosen])

    @property
    def _room(self) -> pygame.Rect:
        head = self.desk.px(30)
        return pygame.Rect(self.rect.x, self.rect.y + head, self.rect.width, max(1, self.rect.height - head))

    def _lay(self) -> None:
        key = (self.findings, self.rect.topleft, self.rect.size, self.offset, self.desk.scale)
        if key == self._key:
            return
        desk, room = self.desk, self._room
        wide = room.width - desk.px(44)
        rows = [self._lines(one, wide) for one in self.findings]
        tall = sum(len(lines) * desk.px(17) + desk.px(8) for lines in rows)
        self.offset = max(0, min(self.offset, tall - room.height))
        self._tall, y = tall, room.y - self.offset
        self._laid = []
        for number, lines in enumerate(rows):
            height = len(lines) * desk.px(17) + desk.px(8)
            self._laid.append((pygame.Rect(room.x + desk.px(4), y, room.width - desk.px(14), height), number, lines))
            y += height
        self._key = (self.findings, self.rect.topleft, self.rect.size, self.offset, desk.scale)

    def _lines(self, one: Finding, wide: int) -> list[str]:
        problem = one.problem
        text = safe(problem.what)
        lines = wrapped(self.desk.fonts, text[:1].upper() + text[1:], BODY, self.desk.px(13), wide, 3)
        return [*lines, f"{one.file}:{problem.line}  {problem.code}"]

    def handle(self, event: pygame.event.Event) -> bool:
        """Choose by click, scroll by wheel."""
        if event.type == pygame.MOUSEWHEEL and self.rect.collidepoint(pygame.mouse.get_pos()):
            self.scroll(-event.y)
            return True
        if event.type != pygame.MOUSEBUTTONDOWN or not self.rect.collidepoint(event.pos):
            return False
        self._lay()
        hit = next(
            (n for box, n, _ in self._laid if box.collidepoint(event.pos) and self._room.collidepoint(event.pos)), -1
        )
        if event.button == 1 and hit >= 0:
            if hit == self.chosen:
                self.text(self.findings[hit])
            else:
                self.chosen = hit
                self.jump(self.findings[hit])
        return True

    def scroll(self, notches: int) -> None:
        """Up or down."""
        self.offset = max(0, self.offset + notches * self.desk.px(34))

    def tip_at(self, at: tuple[int, int]) -> str:
        """The remedy of the finding under the mouse."""
        self._lay()
        hit = next((n for box, n, _ in self._laid if box.collidepoint(at) and self._room.collidepoint(at)), -1)
        return (
            say("To fix it: {fix}. A second click opens the line.", fix=safe(self.findings[hit].problem.fix))
            if hit >= 0
            else ""
        )

    def draw(self, screen: pygame.Surface, mouse: tuple[int, int]) -> None:
        """Head and rows."""
        self._lay()
        desk, colours, marks = self.desk, self.desk.theme.interface, self.desk.theme.marks
        pygame.draw.line(screen, colours.panel_edge, self.rect.topleft, (self.rect.right, self.rect.y), desk.px(1))
        head = desk.fonts.text("Check", STRONG, desk.px(15), colours.accent)
        screen.blit(head, (self.rect.x + desk.px(10), self.rect.y + desk.px(6)))
        clean = not self.findings and not self.working
        words = fitted(desk.fonts, self.words, BODY, desk.px(13), self.rect.width - head.get_width() - desk.px(40))
        face = desk.fonts.text(
            words, BODY, desk.px(13), marks.good.mixed(colours.text, 40) if clean else colours.text_dim
        )
        screen.blit(face, (self.rect.right - face.get_width() - desk.px(10), self.rect.y + desk.px(8)))
        clip = screen.get_clip()
        screen.set_clip(self._room.clip(clip))
        for box, number, lines in self._laid:
            if box.colliderect(self._room):
                self._draw_row(screen, box, number, lines, box.collidepoint(mouse))
        screen.set_clip(clip)
        if self._laid and self._tall > self._room.height:
            more = self._tall - self._room.height
            scroll_bar(screen, desk, self._room, self.offset / more, self._room.height / self._tall)

    def _draw_row(self, screen: pygame.Surface, box: pygame.Rect, number: int, lines: list[str], over: bool) -> None:
        desk, colours, marks = self.desk, self.desk.theme.interface, self.desk.theme.marks
        severity = self.findings[number].problem.severity
        if number == self.chosen or over:
            ground = colours.raised.mixed(colours.accent, 18) if number == self.chosen else colours.raised
            pygame.draw.rect(screen, ground, box, border_radius=desk.px(4))
        ink = {"error": marks.bad, "warning": marks.warn}.get(severity, colours.text_dim)
        centre = (box.x + desk.px(13), box.y + desk.px(13))
        paint_mark(screen, SHAPES[severity], centre, desk.px(5.5), ink.mixed(colours.text, 25))
        for row, line in enumerate(lines):
            last = row == len(lines) - 1
            colour = colours.text_dim if last else colours.text
            face = desk.fonts.text(line, BODY, desk.px(12 if last else 13), colour)
            screen.blit(face, (box.x + desk.px(26), box.y + desk.px(4) + row * desk.px(17)))
