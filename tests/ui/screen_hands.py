"""The screens without a screen: a stack of scenes, and the events of a person in front of it."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import pygame

from game.ui.app import find
from game.ui.kit.widgets import Button
from game.ui.scene import Desk, Scene, ScenePlace, SceneStack
from game.ui.settings import Settings
from game.ui.window import make_desk

SIZE = (1280, 720)
_US = "qwertyuiop[]asdfghjklzxcvbnm,."
SCANCODES = {chr(pygame.K_a + n): pygame.KSCAN_A + n for n in range(26)}
SCANCODES |= {chr(pygame.K_1 + n): pygame.KSCAN_1 + n for n in range(9)} | {"0": pygame.KSCAN_0}
SCANCODES |= {"[": pygame.KSCAN_LEFTBRACKET, "]": pygame.KSCAN_RIGHTBRACKET, ",": pygame.KSCAN_COMMA}
SCANCODES |= {".": pygame.KSCAN_PERIOD, "/": pygame.KSCAN_SLASH, "f1": pygame.KSCAN_F1, "return": pygame.KSCAN_RETURN}
LAYOUTS = {
    "us": {},
    "russian": dict(zip(_US, "йцукенгшщзхъфывапролдячсмитьбю", strict=True)),
    "greek": dict(zip("wertyuiopasdfghjklzxcvbnm", "ςερτυθιοπασδφγηξκλζχψωβνμ", strict=True)),
    "arabic": dict(zip("qwertyuiopasdfghjklzxcvnm", "ضصثقفغعهخحشسيبلاتنمئءؤرىة", strict=True)),
    "french": dict(zip("qwaz123457890", "azqw&é\"'(èçà_", strict=True)),
}
"""What stands on a key of the American layout where another one is in use."""


class Screens:
    """A window with a stack of scenes, stepped by hand."""

    def __init__(
        self,
        first: Callable[[Desk], Scene | ScenePlace],
        size: tuple[int, int] = SIZE,
        settings: Settings | None = None,
    ) -> None:
        self.canvas = pygame.Surface(size)
        self.desk = make_desk(size, settings=settings or Settings(autosave=False))
        self.stack = SceneStack(first(self.desk), partial(find, self.desk))
        self.stack.top.resize()
        self.frames(2)

    @property
    def open(self) -> bool:
        """Whether the game has not been left."""
        return bool(self.stack.scenes)

    @property
    def top(self) -> Scene:
        """The scene that has the window."""
        return self.stack.top

    @property
    def name(self) -> str:
        """Class of the scene that has the window; "" when the game was left."""
        return type(self.stack.top).__name__ if self.open else ""

    def frames(self, number: int = 1, seconds: float = 1 / 60) -> None:
        """Let frames pass."""
        for _ in range(number):
            if self.open and self.stack.change(self.stack.top.update(seconds)):
                self.stack.top.draw(self.canvas)

    def until(self, name: str, frames: int = 400) -> None:
        """Let frames pass until a scene has the window."""
        for _ in range(frames):
            if self.name == name:
                return
            self.frames()
        raise AssertionError(f"{name} did not come, {self.name} is there")

    def post(self, kind: int, **values: object) -> None:
        """One event."""
        if self.open:
            self.stack.handle(pygame.event.Event(kind, values))

    def key(self, key: int, mod: int = 0) -> None:
        """Press a key and let it go."""
        self.post(pygame.KEYDOWN, key=key, mod=mod, unicode="")
        self.post(pygame.KEYUP, key=key, mod=mod)

    def strike(self, sign: str, mod: int = 0, *, text: str = "", hold: bool = False, layout: str = "us") -> None:
        """Strike a key as a keyboard sends it: key, place and modifiers, then the text that comes of it, then up.

        ``sign`` names the key by its sign on an American keyboard; on the others it says ``layout``'s. Text is what
        the system makes of it, by default the sign itself; hold the key down with ``hold``.
        """
        place = pygame.key.key_code(sign)
        scancode = SCANCODES[sign]
        there = LAYOUTS[layout].get(sign, sign)
        key = ord(there) if len(there) == 1 else place
        written = text or (there.upper() if mod & pygame.KMOD_SHIFT else there)
        self.post(pygame.KEYDOWN, key=key, mod=mod, unicode=written, scancode=scancode)
        if len(written) == 1:
            self.post(pygame.TEXTINPUT, text=written)
        if not hold:
            self.let_go(sign, mod, layout=layout)

    def let_go(self, sign: str, mod: int = 0, *, layout: str = "us") -> None:
        """Let a key go that was held down."""
        there = LAYOUTS[layout].get(sign, sign)
        key = ord(there) if len(there) == 1 else pygame.key.key_code(sign)
        self.post(pygame.KEYUP, key=key, mod=mod, unicode=there, scancode=SCANCODES[sign])

    def chord(self, modifier: int, sign: str, *, layout: str = "us", text: str = "") -> None:
        """Strike a key while a modifier is held: its own events come before and after."""
        held, scancode = {
            pygame.KMOD_LCTRL: (pygame.K_LCTRL, pygame.KSCAN_LCTRL),
            pygame.KMOD_LSHIFT: (pygame.K_LSHIFT, pygame.KSCAN_LSHIFT),
        }[modifier]
        self.post(pygame.KEYDOWN, key=held, mod=modifier, unicode="", scancode=scancode)
        self.strike(sign, modifier, layout=layout, text=text)
        self.post(pygame.KEYUP, key=held, mod=0, unicode="", scancode=scancode)

    def type(self, text: str) -> None:
        """Type a text."""
        for letter in text:
            self.post(pygame.TEXTINPUT, text=letter)

    def click(self, at: tuple[int, int], button: int = 1) -> None:
        """Click."""
        self.post(pygame.MOUSEBUTTONDOWN, pos=at, button=button)
        self.post(pygame.MOUSEBUTTONUP, pos=at, button=button)

    def buttons(self) -> dict[str, Button]:
        """Buttons of the scene by what is written on them."""
        return {widget.text: widget for widget in self.stack.top.form.widgets if isinstance(widget, Button)}  # type: ignore[attr-defined]

    def press(self, text: str) -> None:
        """Click a button by what is written on it."""
        self.click(self.buttons()[text].rect.center)

    def picture(self) -> bytes:
        """What is in the window."""
        self.stack.top.draw(self.canvas)
        return pygame.image.tobytes(self.canvas, "RGB")
