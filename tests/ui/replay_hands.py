"""A recorded game on a canvas, and the hands of who looks on."""

from __future__ import annotations

import pygame

from game import records
from game.ai.players import make_player
from game.session import Session
from game.ui.table.replay import ReplayTable
from game.ui.window import make_desk
from tests.ui.table_hands import small_world

PEOPLE = {0: "human", 1: "random", 2: "random"}


def game(turns: int, seats: dict[int, str], seed: int = 5) -> Session:
    """A game that random players have played up to a turn; who is a person in ``seats`` counts as one afterwards."""
    session = Session(small_world(), seed)
    for faction in range(3):
        session.seat(faction, make_player("random"), "random")
    while not session.over and session.state.clock.turn <= turns:
        session.step()
    for faction, name in seats.items():
        if name == "human":
            session.seat(faction, None)
    return session


class Viewer:
    """A replay on a canvas, and the hands of who looks on."""

    def __init__(self, session: Session, size: tuple[int, int] = (1280, 720)) -> None:
        self.canvas = pygame.Surface(size)
        self.table = ReplayTable(make_desk(size), records.showing_of(session))
        self.table.resize()
        self.table.film.read_all()
        self.frames(2)

    def frames(self, number: int, seconds: float = 1 / 60) -> None:
        for _ in range(number):
            self.table.update(seconds)
        self.table.draw(self.canvas)

    def post(self, kind: int, **values: object) -> object:
        return self.table.handle(pygame.event.Event(kind, values))

    def key(self, key: int, mod: int = 0) -> object:
        return self.post(pygame.KEYDOWN, key=key, mod=mod, unicode="")

    def press(self, sign: str) -> None:
        strip = self.table.strip
        box = dict(zip(strip.signs, strip.buttons(), strict=True))[sign]
        self.post(pygame.MOUSEBUTTONDOWN, pos=box.center, button=1)
        self.post(pygame.MOUSEBUTTONUP, pos=box.center, button=1)

    def drag_along_the_track(self, *shares: float) -> None:
        """Press at the track's right end and drag to these shares of its length."""
        track = self.table.strip._track()
        self.post(pygame.MOUSEBUTTONDOWN, pos=(track.right - 1, track.centery), button=1)
        for share in shares:
            at = (track.x + round((track.width - 1) * share), track.centery + 40)
            self.post(pygame.MOUSEMOTION, pos=at, rel=(0, 0), buttons=(1, 0, 0))
        self.post(pygame.MOUSEBUTTONUP, pos=track.center, button=1)

    @property
    def moment(self) -> int:
        return len(self.table.session.entries)
