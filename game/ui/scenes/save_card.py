"""The picture of a saved game beside the list: its front on the printed map, whose turn it is and which.

A save keeps no picture. Its game is read beside the window, and what is public of it is drawn: who holds the ground.
"""

from __future__ import annotations

import contextlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from threading import Thread

import pygame

from game import records
from game.faults import Fault
from game.scenario.faction_names import faction_names
from game.scenario.shipped import scenario_folder
from game.scenario.world import World
from game.session import Session
from game.ui.camera import map_extent
from game.ui.kit.fonts import BODY, NARROW, STRONG, Fonts
from game.ui.kit.lettering import panel, write
from game.ui.kit.theme import Theme
from game.ui.library import kept_picture, print_picture
from game.ui.scene import Desk
from game.ui.scenes.board import badge, turn_blocks
from game.ui.scenes.small_fronts import name_places, tinted
from game.words import say

KEPT = 8
"""Pictures that are kept."""
TALL = 44
"""Height of the words below the picture, in points."""
MIDDLE = 0.42
"""What height of a map is in the middle of its picture, where it does not fit whole."""


@dataclass(slots=True)
class SavedFront:
    """What was read of a save: its map with the front, who holds what, and the faction to play (-1 nobody)."""

    world: World
    owners: Sequence[int]
    faction: int
    picture: pygame.Surface
    _cut: pygame.Surface | None = None

    @property
    def look(self) -> str:
        """The look of the faction to play, "" nobody."""
        return self.world.factions[self.faction].look if self.faction >= 0 else ""

    def part(self, desk: Desk, size: tuple[int, int]) -> pygame.Surface:
        """As much of the map as has the shape of a box, in its size, with the names that fit in it."""
        if self._cut is None or self._cut.get_size() != size:
            wide, tall = self.picture.get_size()
            k = max(size[0] / wide, size[1] / tall)
            cut = pygame.Rect(0, 0, min(wide, max(1, round(size[0] / k))), min(tall, max(1, round(size[1] / k))))
            cut.center = (wide // 2, round(tall * MIDDLE))
            cut.clamp_ip(self.picture.get_rect())
            out = pygame.transform.smoothscale(self.picture.subsurface(cut), size)
            zoom = k * wide / map_extent(self.world.grid.columns, self.world.grid.rows)[0]
            name_places(desk.theme, desk.fonts, self.world, self.owners, out, desk.px(12), zoom, (cut.x * k, cut.y * k))
            self._cut = out
        return self._cut


class SaveCards:
    """The pictures of saves; each is made once, by a thread of its own, one at a time."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self._fronts: dict[tuple[Path, str], SavedFront | None] = {}
        self._work: Thread | None = None
        self._own: SavedFront | None = None

    def ask(self, one: records.Listed | records.ListedReplay | None) -> None:
        """See to it that the picture of a save will be there."""
        if one is None or one.header is None or (self._work is not None and self._work.is_alive()):
            return
        key = (one.path, one.moment)
        if key not in self._fronts:
            while len(self._fronts) >= KEPT:
                del self._fronts[next(iter(self._fronts))]
            self._work = Thread(target=self._read, args=(key, self.desk.theme), name="front of a save", daemon=True)
            self._work.start()

    def ask_own(self, session: Session) -> None:
        """See to it that the picture of the game at the table will be there."""
        if self._own is None and (self._work is None or not self._work.is_alive()):
            self._work = Thread(target=self._read_own, args=(session,), name="front of the game", daemon=True)
            self._work.start()

    def _read_own(self, session: Session) -> None:
        with contextlib.suppress(ValueError, OSError, pygame.error):
            self._own = front_of(session, self.desk.theme)

    def paint_own(self, screen: pygame.Surface, box: pygame.Rect, session: Session) -> None:
        """The picture of the game at the table, as it will be kept."""
        state = session.state
        phase = "" if session.over else session.world.factions[state.faction].adjective
        self._paint_card(screen, box, self._own, phase, state.clock.turn, session.world.turns)

    def wait(self) -> None:
        """Wait for the picture that is being made, for tests and pictures."""
        if self._work is not None:
            self._work.join()

    def front(self, one: records.Listed | records.ListedReplay) -> SavedFront | None:
        """The picture of a save, None while there is none."""
        return self._fronts.get((one.path, one.moment))

    def _read(self, key: tuple[Path, str], theme: Theme) -> None:
        found = None
        # The list lives without a picture: whatever is wrong with the game is told when it is loaded.
        with contextlib.suppress(Fault, OSError, ValueError, pygame.error):
            found = read_front(key[0], theme)
        self._fronts[key] = found

    def paint(self, screen: pygame.Surface, box: pygame.Rect, one: records.Listed | records.ListedReplay) -> None:
        """The picture in a box, and below it the turn; a file that cannot be loaded has a sign instead."""
        if one.header is None:
            desk = self.desk
            panel(screen, desk, box)
            low = min(desk.px(TALL), box.height)
            picture = pygame.Rect(box.x + 1, box.y + 1, box.width - 2, max(1, box.height - low - 1))
            _paint_broken(screen, desk, picture)
            write(screen, desk, say("This file cannot be loaded"), (box.x + desk.px(14), picture.bottom + desk.px(11)),
                  15, STRONG, width=box.width - desk.px(28))  # fmt: skip
            return
        if isinstance(one, records.ListedReplay):
            found = self.front(one)
            last = found.world.turns if found is not None else max(1, one.header.turn)
            turn = one.header.turn if one.header.outcome == "-" else last
            self._paint_card(screen, box, found, None, turn, last)
            return
        who = faction_names(one.header.scenario).get(one.header.phase, one.header.phase)
        self._paint_card(screen, box, self.front(one), who, one.header.turn, one.header.turns)

    def _paint_card(
        self, screen: pygame.Surface, box: pygame.Rect, found: SavedFront | None, who: str | None, turn: int, last: int
    ) -> None:
        """The map, below it who plays (``who``, "" nobody any more; None: it is a replay) and the turn."""
        desk, colours = self.desk, self.desk.theme.interface
        panel(screen, desk, box)
        low = min(desk.px(TALL), box.height)
        picture = pygame.Rect(box.x + 1, box.y + 1, box.width - 2, max(1, box.height - low - 1))
        if found is not None:
            screen.blit(found.part(desk, picture.size), picture)
        else:
            waiting = desk.fonts.text(say("The map is being drawn…"), BODY, desk.px(14), colours.text_dim)
            screen.blit(waiting, waiting.get_rect(center=picture.center))
        foot, tall, pad = pygame.Rect(box.x, picture.bottom, box.width, low), desk.px(4), desk.px(12)
        turn_blocks(screen, desk, pygame.Rect(foot.x, foot.y, foot.width, tall), turn, last)
        side, x, y = desk.px(22), foot.x + pad, foot.y + tall + (foot.height - tall) // 2
        if found is not None and found.look:
            badge(screen, desk.theme.livery(found.look), pygame.Rect(x, y - side // 2, side, side))
            x += side + desk.px(8)
        words = say("{faction} to play", faction=who) if who else say("The game has ended")
        words = say("The front on the first day") if who is None else words
        count = desk.fonts.text(say("turn {turn} of {turns}", turn=turn, turns=last), NARROW, desk.px(14),
                                colours.text_dim)  # fmt: skip
        room = foot.right - pad - count.get_width() - desk.px(10) - x
        write(screen, desk, words, (x, y - desk.px(10)), 15, STRONG, width=max(1, room))
        screen.blit(count, count.get_rect(midright=(foot.right - pad, y)))


def read_front(path: Path, theme: Theme) -> SavedFront:
    """The front of a saved game on its map, as the file tells it; raises what loading a game raises."""
    if path.suffix == records.REPLAY_SUFFIX:
        return _front(records.open_replay(path).world, None, -1, theme)
    return front_of(records.load_game(path, unproved=True), theme)


def front_of(session: Session, theme: Theme) -> SavedFront:
    """The front of a game on its map; raises ValueError where there is none to draw."""
    return _front(session.world, session.state.hexes.control, -1 if session.over else session.state.faction, theme)


def _front(world: World, control: Sequence[int] | None, faction: int, theme: Theme) -> SavedFront:
    fonts, owners = Fonts(theme.fonts), world.control if control is None else control
    with contextlib.suppress(Fault):
        ground = kept_picture(scenario_folder(world.id))
        if ground is None:
            ground = print_picture(world, theme)
        picture = tinted(theme, fonts, world, ground, owners)
        return SavedFront(world, owners, faction, picture)
    raise ValueError(f"the map of {world.id} cannot be drawn")


def _paint_broken(screen: pygame.Surface, desk: Desk, box: pygame.Rect) -> None:
    """A sheet with a crack, and the sign of danger on it."""
    ink, r = desk.theme.marks.bad, max(4, min(box.size) // 9)
    (x, y), k = box.center, r * 0.42
    corners = [(-k, -r), (k, -r), (r, -k), (r, k), (k, r), (-k, r), (-r, k), (-r, -k)]
    pygame.draw.polygon(screen, ink, [(x + dx, y + dy) for dx, dy in corners])
    for way in (1, -1):
        pygame.draw.line(screen, (255, 255, 255), (x - k, y - way * k), (x + k, y + way * k), max(2, r // 5))
