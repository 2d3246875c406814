"""A table without a screen, and hands for it: events posted as the window would post them."""

from __future__ import annotations

from functools import cache

import pygame

from game.scenario.world import World
from game.session import Session
from game.ui.scene import Change
from game.ui.settings import Settings
from game.ui.table.scene import TableScene
from game.ui.window import make_desk
from tests.situation import situation, unit

SIZE = (1280, 720)


class Hands:
    """A table, a canvas to draw on, and the events of a person in front of it; turns are saved where a test asks."""

    def __init__(
        self, world: World, seats: dict[int, str], size: tuple[int, int] = SIZE, seed: int = 3, autosave: bool = False
    ) -> None:
        self.canvas = pygame.Surface(size)
        self.session = Session(world, seed)
        self.table = TableScene(make_desk(size, settings=Settings(autosave=autosave)), self.session, seats=seats)
        self.changes: list[Change] = []
        self.clicks = 0
        """Mouse clicks so far."""
        self.frames(2)

    def frames(self, number: int, seconds: float = 1 / 60) -> None:
        """Let frames pass."""
        for _ in range(number):
            self._note(self.table.update(seconds))
            self.table.draw(self.canvas)

    def post(self, kind: int, **values: object) -> None:
        """One event."""
        self._note(self.table.handle(pygame.event.Event(kind, values)))

    def _note(self, change: Change | None) -> None:
        if change is not None:
            self.changes.append(change)

    def move(self, at: tuple[int, int]) -> None:
        """Move the mouse."""
        self.post(pygame.MOUSEMOTION, pos=at, rel=(0, 0), buttons=(0, 0, 0))

    def click(self, at: tuple[int, int], button: int = 1, mod: int = 0, *, at_once: bool = False) -> None:
        """Move there and click, a second after what was before; ``at_once`` makes a second click a double one."""
        self.table.input.now += 0.0 if at_once else 1.0
        self.move(at)
        self.post(pygame.MOUSEBUTTONDOWN, pos=at, button=button, mod=mod)
        self.post(pygame.MOUSEBUTTONUP, pos=at, button=button, mod=mod)
        self.clicks += 1

    def drag(self, start: tuple[int, int], end: tuple[int, int], button: int = 1, mod: int = 0) -> None:
        """Press a button, move and let it go."""
        self.move(start)
        self.post(pygame.MOUSEBUTTONDOWN, pos=start, button=button, mod=mod)
        for part in (1, 2, 3):
            at = tuple(a + (b - a) * part // 3 for a, b in zip(start, end, strict=True))
            self.post(pygame.MOUSEMOTION, pos=at, rel=(0, 0), buttons=(0, 0, 0))
        self.post(pygame.MOUSEBUTTONUP, pos=end, button=button, mod=mod)

    def key(self, key: int, mod: int = 0) -> None:
        """Press a key and let it go."""
        self.post(pygame.KEYDOWN, key=key, mod=mod, unicode="")
        self.post(pygame.KEYUP, key=key, mod=mod)

    def hex(self, label: str) -> int:
        """Number of a hex."""
        return self.session.world.grid.hex(label)

    def point(self, label: str) -> tuple[int, int]:
        """Where a hex is in the window, brought into sight first."""
        here = self.hex(label)
        if not self.table.layout.map.inflate(-60, -60).collidepoint(self.table.point_of(here)):
            self.table.board.bring_into_sight(here, always=True)
            self.frames(60)
        return self.table.point_of(here)

    def picture(self) -> bytes:
        """What is on the canvas after one more drawing."""
        self.table.board.map.finish(self.canvas)
        self.table.draw(self.canvas)
        return pygame.image.tobytes(self.canvas, "RGB")

    def until_mine(self, faction: int, frames: int = 4000) -> None:
        """Let the others play until the faction is to play."""
        for _ in range(frames):
            if self.session.over or (self.session.state.faction == faction and self.session.waiting_for_human):
                break
            self.frames(1)
        self.frames(2)


def small_world(**changes: object) -> World:
    """Ten by eight hexes: ours in the west, the enemy in the east, the other bloc in the north-east."""
    return _made(**changes) if changes else _unchanged()


@cache
def _unchanged() -> World:
    return _made()


def _made(**changes: object) -> World:
    drawing = "\n".join([". " * 10] * 8)
    given: dict[str, object] = {
        "factions": ("saa", "isis", "sdf"),
        "units": [
            unit("lions", "saa", "0303", "mech", steps=3, quality="A"),
            unit("foxes", "saa", "0303"),
            unit("guns", "saa", "0203", "artillery"),
            unit("cellar", "isis", "0403", steps=1, quality="D"),
            unit("deep", "isis", "0908", steps=2),
            unit("hills", "sdf", "0902", steps=2),
        ],
        "roads": [["0103", "0203", "0303", "0403", "0503"]],
        "sources": {"saa": [{"name": "Rear", "hex": "0103"}]},
        "support": {"saa": {"strike": 2, "recon": 1}},
        "places": [{"name": "Anytown", "hex": "0403", "kind": "town", "size": 2, "population": 10}],
        "control": [
            {"faction": "saa", "hexes": ["0103", "0203", "0303"]},
            {"faction": "isis", "hexes": ["0403", "0503"]},
        ],
    }
    return situation(drawing, **{**given, **changes})  # type: ignore[arg-type]
