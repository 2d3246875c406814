"""What the screens around the map share: a title, a form, keys, and a change of scene that waits to be taken."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pygame

from game.ui.kit.emblems import paint_emblem
from game.ui.kit.fonts import BODY, STRONG
from game.ui.kit.lettering import write
from game.ui.kit.theme import Livery
from game.ui.kit.widgets import Button, Form, Widget
from game.ui.scene import Change, Desk, Pop, Scene

HUMAN = "human"
"""How a seat is called that a person plays."""

ENTER = (pygame.K_RETURN, pygame.K_KP_ENTER)
SMOOTH = 4


class Board:
    """A screen made of a form. Whoever derives from it lays the form out in ``build``, at each new size."""

    title = ""
    subtitle = ""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self.form = Form()
        self._next: Change | None = None
        self._laid: tuple[object, ...] = ()

    # --- what a screen may put in its own way ---

    def build(self) -> None:
        """Lay the form out."""

    def back(self) -> None:
        """Esc: leave."""
        self.go(Pop())

    def key(self, event: pygame.event.Event) -> bool:
        """A key of this screen; whether it was used."""
        return False

    def paint(self, screen: pygame.Surface) -> None:
        """What lies under the form."""

    # --- scene ---

    def go(self, change: Change) -> None:
        """Change the scene once this event is done with."""
        self._next = change

    def handle(self, event: pygame.event.Event) -> Change | None:
        """Esc leaves; then the screen's own keys, then the form."""
        if event.type == pygame.KEYDOWN and event.key == pygame.K_ESCAPE:
            self.back()
        elif not (event.type == pygame.KEYDOWN and self.key(event)):
            self.form.handle(event)
        return self._taken()

    def update(self, seconds: float) -> Change | None:
        """Nothing happens by itself."""
        return self._taken()

    def resize(self) -> None:
        """Lay out again: a new size, or this screen has the window once more."""
        focus = self.form.focus
        self.form.clear()
        self.build()
        self.form.put_focus(focus or self.form.focus)

    def draw(self, screen: pygame.Surface) -> None:
        """Ground, title, then the form."""
        screen.fill(self.desk.theme.interface.background)
        self.paint(screen)
        self.paint_title(screen)
        self.form.draw(screen)

    def _taken(self) -> Change | None:
        change, self._next = self._next, None
        return change

    # --- layout ---

    @property
    def margin(self) -> int:
        """Free room along the window's edge."""
        return self.desk.px(36)

    @property
    def page(self) -> pygame.Rect:
        """The room between the title and the row of buttons."""
        wide, tall = self.desk.size
        top, bottom = self.desk.px(92 if self.subtitle else 76), self.desk.px(76)
        return pygame.Rect(self.margin, top, max(1, wide - 2 * self.margin), max(1, tall - top - bottom))

    def paint_title(self, screen: pygame.Surface) -> None:
        """The title above a fine line."""
        if not self.title:
            return
        desk, colours, room = self.desk, self.desk.theme.interface, self.desk.size[0] - 2 * self.margin
        y = desk.px(20)
        y += write(screen, desk, self.title, (self.margin, y), 24, STRONG, width=room)
        if self.subtitle:
            write(screen, desk, self.subtitle, (self.margin, y), 14, BODY, colours.text_dim, width=room)
        line = self.page.y - desk.px(12)
        pygame.draw.line(
            screen, colours.panel_edge, (self.margin, line), (self.desk.size[0] - self.margin, line), desk.px(1)
        )

    def footer(self, left: Sequence[Button], right: Sequence[Button]) -> None:
        """A row of buttons along the lower edge: those that leave at the left, those that act at the right."""
        tall, gap = self.desk.px(42), self.desk.px(10)
        y, x = self.desk.size[1] - self.desk.px(18) - tall, self.margin
        for button in left:
            button.rect = pygame.Rect(x, y, self.button_width(button), tall)
            x = button.rect.right + gap
            self.form.add(button)
        x = self.desk.size[0] - self.margin
        for button in reversed(right):
            wide = self.button_width(button)
            button.rect = pygame.Rect(x - wide, y, wide, tall)
            x = button.rect.x - gap
        for button in right:
            self.form.add(button)

    def button(
        self,
        text: str,
        act: Callable[[], None],
        key: str = "",
        hint: str = "",
        enabled: bool = True,
        gold: bool = False,
    ) -> Button:
        """A button without a place yet; a screen's main one is ``gold``."""
        button = Button(self.desk, pygame.Rect(0, 0, 1, 1), text, act, key=key, hint=hint, gold=gold)
        button.enabled = enabled
        return button

    def button_width(self, button: Button) -> int:
        """Room for a button's text and key."""
        fonts, pixels = self.desk.fonts, self.desk.px(15)
        hint = fonts.width(button.key, BODY, self.desk.px(12)) + self.desk.px(14) if button.key else 0
        return max(self.desk.px(110), fonts.width(button.text, BODY, pixels) + hint + self.desk.px(32))

    def focus_on(self, widget: Widget) -> None:
        """Give a widget the keyboard."""
        self.form.focus = self.form.widgets.index(widget)


class Below:
    """What a dialog or a menu shows of the scene beneath it: one darkened picture, made when the size changes."""

    def __init__(self, scene: Scene | None) -> None:
        self.scene = scene
        self._picture: pygame.Surface | None = None

    def forget(self) -> None:
        """The picture is out of date."""
        self._picture = None

    def paint(self, screen: pygame.Surface, desk: Desk) -> None:
        """The scene beneath under a veil."""
        if self.scene is None:
            return
        if self._picture is None or self._picture.get_size() != screen.get_size():
            self.scene.draw(screen)
            self._picture = screen.copy()
            self._picture.fill((92, 92, 96), special_flags=pygame.BLEND_RGB_MULT)
        screen.blit(self._picture, (0, 0))


def turn_blocks(screen: pygame.Surface, desk: Desk, track: pygame.Rect, turn: int, last: int) -> None:
    """A block a turn, as on the track of the map, those begun in gold."""
    for number in range(last):
        left, right = (track.x + track.width * n // last for n in (number, number + 1))
        ink = desk.theme.interface.accent if number < turn else desk.theme.interface.raised
        screen.fill(ink, (left, track.y, max(1, right - left - 1), track.height))


def behind(picture: pygame.Surface, desk: Desk, dark: int, down: float = 0.5) -> pygame.Surface:
    """A picture over the whole window under a veil, ``dark`` from 0 to 255; ``down`` is what of it stays in sight."""
    wide, tall = desk.size
    scale = max(wide / picture.get_width(), tall / picture.get_height())
    size = (max(wide, round(picture.get_width() * scale)), max(tall, round(picture.get_height() * scale)))
    out = pygame.Surface((wide, tall))
    at = (min(0, (wide - size[0]) // 2), min(0, round((tall - size[1]) * down)))
    out.blit(pygame.transform.smoothscale(picture, size), at)
    veil = pygame.Surface((wide, tall), pygame.SRCALPHA)
    veil.fill(desk.theme.interface.background.faded(dark))
    out.blit(veil, (0, 0))
    return out


def badge(screen: pygame.Surface, livery: Livery, box: pygame.Rect) -> None:
    """The sign of a faction: its colour with its emblem, as on its counters."""
    if box.width < 4:
        return
    k = box.width * SMOOTH
    board = pygame.Surface((k, k), pygame.SRCALPHA)
    pygame.draw.rect(board, livery.edge, board.get_rect(), border_radius=k // 7)
    pygame.draw.rect(board, livery.body, board.get_rect().inflate(-k // 10, -k // 10), border_radius=k // 9)
    paint_emblem(board, livery.emblem, livery.ink, (k / 2, k / 2), k * 0.25)
    screen.blit(pygame.transform.smoothscale(board, box.size), box)
