"""Fields of the editor's forms: a line that counts once it is finished, a value out of many, and a slider."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pygame

from game.ui.kit.fonts import BODY
from game.ui.kit.lettering import fitted, panel, scroll_bar
from game.ui.kit.lists import TextField
from game.ui.scene import Desk

ENTER = (pygame.K_RETURN, pygame.K_KP_ENTER)
MOVES = (pygame.K_LEFT, pygame.K_RIGHT, pygame.K_HOME, pygame.K_END)
ROWS_SHOWN = 11
ROW = 26


class LineField(TextField):
    """A line of text that is handed over when it is finished: by Enter, by Tab, or when something else is clicked."""

    def __init__(
        self, desk: Desk, rect: pygame.Rect, text: str, done: Callable[[str], None], limit: int = 80,
        allowed: str = "",
    ) -> None:  # fmt: skip
        super().__init__(desk, rect, text, lambda _: None, limit, allowed)
        self.done, self.given = done, self.text
        self.fresh = False
        """Whether the first letter takes the place of the whole text."""

    def handle(self, event: pygame.event.Event, focused: bool) -> bool:
        """Type; Enter finishes, Esc takes back what was typed."""
        if self.fresh and focused:
            self._touch(event)
        if focused and event.type == pygame.KEYDOWN and event.key in ENTER:
            self.finish()
            return True
        if focused and event.type == pygame.KEYDOWN and event.key == pygame.K_ESCAPE and self.text != self.given:
            self.text, self.caret = self.given, len(self.given)
            return True
        return super().handle(event, focused)

    def _touch(self, event: pygame.event.Event) -> None:
        """What is typed, pasted or erased takes the place of a fresh text; moving the caret keeps it.

        A key is told before the text that comes of it, and Shift before that: neither says yet what is wanted.
        """
        if event.type == pygame.MOUSEBUTTONDOWN or (event.type == pygame.KEYDOWN and event.key in MOVES):
            self.fresh = False
        elif event.type == pygame.TEXTINPUT or (event.type == pygame.KEYDOWN and _replaces(event)):
            self.fresh = False
            self._replace("", 0)

    def draw(self, screen: pygame.Surface, focused: bool) -> None:
        """The text; one that the first letter will replace lies on a marked ground."""
        if not focused:
            self.caret = 0  # a long text shows its beginning
        super().draw(screen, focused)
        if self.fresh and focused:
            wide = min(self._width(0, len(self.text)), self.rect.width - self.desk.px(16))
            mark = pygame.Surface((max(1, wide), self.rect.height - self.desk.px(8)), pygame.SRCALPHA)
            mark.fill(self.desk.theme.interface.accent.faded(90))
            screen.blit(mark, (self.rect.x + self.desk.px(8), self.rect.y + self.desk.px(4)))

    def finish(self) -> None:
        """Hand over what was typed, if anything was."""
        if self.text != self.given:
            self.given = self.text
            self.done(self.text)


def _replaces(event: pygame.event.Event) -> bool:
    """Whether a key changes the text by itself: erasing, or pasting."""
    pasting = event.key == pygame.K_v and event.mod & (pygame.KMOD_CTRL | pygame.KMOD_META)
    return bool(pasting) or event.key in (pygame.K_BACKSPACE, pygame.K_DELETE)


class Picker:
    """A value out of many: a click opens the list; letters go to the next value that begins with them."""

    def __init__(
        self, desk: Desk, rect: pygame.Rect, values: Sequence[str], chosen: int, changed: Callable[[int], None]
    ) -> None:
        self.desk, self.rect, self.values, self.chosen, self.changed = desk, rect, list(values), chosen, changed
        self.enabled = True
        self.open = False
        self._top = 0
        self._over = -1

    @property
    def shown(self) -> int:
        """Rows of the open list in sight."""
        return max(1, min(ROWS_SHOWN, len(self.values)))

    @property
    def list_box(self) -> pygame.Rect:
        """The open list: below the field, or above it where the window ends."""
        tall = self.shown * self.desk.px(ROW) + self.desk.px(4)
        box = pygame.Rect(self.rect.x, self.rect.bottom, self.rect.width, tall)
        if box.bottom > self.desk.size[1]:
            box.bottom = max(tall, self.rect.y)
        return box

    def handle(self, event: pygame.event.Event, focused: bool) -> bool:
        """Open, choose, scroll, close."""
        if self.open:
            return self._in_list(event)
        if event.type == pygame.MOUSEBUTTONDOWN and event.button == 1 and self.rect.collidepoint(event.pos):
            self._unfold()
            return True
        if not focused or event.type != pygame.KEYDOWN:
            return False
        if event.key in (*ENTER, pygame.K_SPACE):
            self._unfold()
            return True
        if event.key in (pygame.K_LEFT, pygame.K_RIGHT):
            self._choose(self.chosen + (1 if event.key == pygame.K_RIGHT else -1))
            return True
        return self._letter(event)

    def _unfold(self) -> None:
        self.open, self._over = bool(self.values), self.chosen
        self._top = max(0, min(self.chosen - self.shown // 2, len(self.values) - self.shown))

    def _letter(self, event: pygame.event.Event) -> bool:
        letter = event.unicode.lower() if not event.mod & (pygame.KMOD_CTRL | pygame.KMOD_ALT) else ""
        if not letter or not letter.isalnum():
            return False
        if not letter.isascii():
            letter += chr(event.key)  # the Latin letter that stands on that key
        order = [(self.chosen + n) % len(self.values) for n in range(1, len(self.values) + 1)]
        found = next((n for n in order if self.values[n].lower().startswith(tuple(letter))), -1)
        if found >= 0:
            self._choose(found)
        return True

    def _choose(self, number: int) -> None:
        if self.values and self.chosen != number % len(self.values):
            self.chosen = number % len(self.values)
            self.changed(self.chosen)

    def _in_list(self, event: pygame.event.Event) -> bool:
        if event.type == pygame.MOUSEMOTION:
            self._over = self._row_at(event.pos)
        elif event.type == pygame.MOUSEBUTTONDOWN and event.button == 1:
            row = self._row_at(event.pos)
            self.open = False
            if row >= 0:
                self._choose(row)
        elif event.type == pygame.MOUSEWHEEL:
            self._top = max(0, min(len(self.values) - self.shown, self._top - event.y))
        elif event.type == pygame.KEYDOWN:
            self._key_in_list(event)
        return event.type in (pygame.MOUSEMOTION, pygame.MOUSEBUTTONDOWN, pygame.MOUSEWHEEL, pygame.KEYDOWN)

    def _key_in_list(self, event: pygame.event.Event) -> None:
        if event.key == pygame.K_ESCAPE:
            self.open = False
        elif event.key in (*ENTER, pygame.K_SPACE):
            self.open = False
            self._choose(self._over if self._over >= 0 else self.chosen)
        elif event.key in (pygame.K_UP, pygame.K_DOWN):
            self._over = max(0, min(len(self.values) - 1, self._over + (1 if event.key == pygame.K_DOWN else -1)))
            self._top = max(min(self._top, self._over), self._over - self.shown + 1)

    def _row_at(self, at: tuple[int, int]) -> int:
        box = self.list_box
        if not box.collidepoint(at):
            return -1
        row = self._top + (at[1] - box.y - self.desk.px(2)) // self.desk.px(ROW)
        return row if 0 <= row < len(self.values) else -1

    def draw(self, screen: pygame.Surface, focused: bool) -> None:
        """The value with a small triangle."""
        desk, colours, r = self.desk, self.desk.theme.interface, self.rect
        pygame.draw.rect(screen, colours.raised, r, border_radius=desk.px(4))
        edge = colours.accent if focused else colours.panel_edge
        pygame.draw.rect(screen, edge, r, max(1, desk.px(1)), border_radius=desk.px(4))
        a = max(2, r.height // 7)
        x = r.right - desk.px(13)
        pygame.draw.polygon(
            screen, colours.accent, [(x - a, r.centery - a // 2), (x + a, r.centery - a // 2), (x, r.centery + a)]
        )
        text = self.values[self.chosen] if 0 <= self.chosen < len(self.values) else ""
        room = r.width - desk.px(32)
        if desk.fonts.width(text, BODY, desk.px(14)) > room:
            text = text.partition("  ")[0]  # the numbers behind a name go before the name does
        text = fitted(desk.fonts, text, BODY, desk.px(14), room)
        face = desk.fonts.text(text, BODY, desk.px(14), colours.text)
        screen.blit(face, (r.x + desk.px(8), r.centery - face.get_height() // 2))

    def draw_list(self, screen: pygame.Surface) -> None:
        """The open list, over everything else."""
        desk, colours, box = self.desk, self.desk.theme.interface, self.list_box
        panel(screen, desk, box, raised=True)
        for number in range(self._top, min(len(self.values), self._top + self.shown)):
            row = pygame.Rect(
                box.x + 2, box.y + desk.px(2) + (number - self._top) * desk.px(ROW), box.width - 4, desk.px(ROW)
            )
            if number == self._over:
                pygame.draw.rect(screen, colours.accent.mixed(colours.raised, 60), row, border_radius=desk.px(3))
            ink = colours.accent if number == self.chosen else colours.text
            text = fitted(desk.fonts, self.values[number], BODY, desk.px(14), row.width - desk.px(24))
            face = desk.fonts.text(text, BODY, desk.px(14), ink)
            screen.blit(face, (row.x + desk.px(7), row.centery - face.get_height() // 2))
        if len(self.values) > self.shown:
            scroll_bar(screen, desk, box, self._top / (len(self.values) - self.shown), self.shown / len(self.values))


class Slider:
    """A number from 0 to 100, by drag, wheel or arrow keys."""

    def __init__(self, desk: Desk, rect: pygame.Rect, value: int, changed: Callable[[int], None]) -> None:
        self.desk, self.rect, self.value, self.changed = desk, rect, value, changed
        self.enabled = True
        self._held = False

    def handle(self, event: pygame.event.Event, focused: bool) -> bool:
        """Take the knob, move it, let it go."""
        if event.type == pygame.MOUSEBUTTONDOWN and event.button == 1 and self.rect.collidepoint(event.pos):
            self._held = True
            return self._set_by(event.pos[0])
        if self._held and event.type == pygame.MOUSEMOTION:
            self._held = bool(event.buttons[0])
            return self._set_by(event.pos[0])
        if self._held and event.type == pygame.MOUSEBUTTONUP:
            self._held = False
            return True
        if focused and event.type == pygame.KEYDOWN and event.key in (pygame.K_LEFT, pygame.K_RIGHT):
            return self._set(self.value + (5 if event.key == pygame.K_RIGHT else -5))
        return False

    def _set_by(self, x: int) -> bool:
        rim = self.desk.px(8)
        return self._set(round(100 * (x - self.rect.x - rim) / max(1, self.rect.width - 2 * rim - self.desk.px(36))))

    def _set(self, value: int) -> bool:
        value = max(0, min(100, value))
        if value != self.value:
            self.value = value
            self.changed(value)
        return True

    def draw(self, screen: pygame.Surface, focused: bool) -> None:
        """The track, the knob, the number."""
        desk, colours, r = self.desk, self.desk.theme.interface, self.rect
        rim, number = desk.px(8), desk.px(36)
        left, right = r.x + rim, r.right - rim - number
        pygame.draw.line(screen, colours.panel_edge, (left, r.centery), (right, r.centery), desk.px(4))
        x = left + (right - left) * self.value // 100
        pygame.draw.line(screen, colours.accent, (left, r.centery), (x, r.centery), desk.px(4))
        pygame.draw.circle(
            screen, colours.accent if focused or self._held else colours.text, (x, r.centery), desk.px(7)
        )
        face = desk.fonts.text(f"{self.value} %", BODY, desk.px(13), colours.text_dim)
        screen.blit(face, (r.right - face.get_width(), r.centery - face.get_height() // 2))
