"""The menu over a game: save, load, seats, settings, give up, leave."""

from __future__ import annotations

from collections.abc import Callable

import pygame

from game.rules.scripted import turn_days
from game.scenario.calendar import spoken
from game.ui.kit.fonts import BODY, STRONG
from game.ui.kit.lettering import panel, write
from game.ui.kit.widgets import Button
from game.ui.places import ToHelp, ToLoad, ToSettings
from game.ui.scene import Change, Desk, Pop, Push, Replace
from game.ui.scenes.board import HUMAN, Below, Board, badge, turn_blocks
from game.ui.scenes.cards import Tile
from game.ui.scenes.dialog import question
from game.ui.scenes.leaving import leave
from game.ui.scenes.loading import watching_again
from game.ui.table.places import PausedGame, ToSave, ToSeats
from game.words import say

WIDE, HEAD, PAD, GAP = 500, 104, 24, 8
BAR, TILE, TILES = 42, 68, 4
"""In points: the box, its head, free room; a button across it, a tile, and how many tiles stand side by side."""


class PauseScene(Board):
    """Esc at the table."""

    def __init__(self, desk: Desk, table: PausedGame) -> None:
        super().__init__(desk)
        self.table, self.session = table, table.session
        self.below = Below(table)
        self.told = ""

    # --- layout ---

    def build(self) -> None:
        """Back in gold, tiles below it, the way out at the foot."""
        self.below.forget()
        desk, box, pad, gap = self.desk, self._box, self.desk.px(PAD), self.desk.px(GAP)
        room, y = box.width - 2 * pad, box.y + desk.px(HEAD)
        back = pygame.Rect(box.x + pad, y, room, desk.px(BAR))
        self.form.add(Button(desk, back, "Back to the map", self.back, key="Esc", left=True, gold=True))
        wide, tall = (room - gap * (TILES - 1)) // TILES, desk.px(TILE)
        y = back.bottom + gap
        for number, (sign, text, act, key) in enumerate(self._items()):
            row, column = divmod(number, TILES)
            rect = pygame.Rect(box.x + pad + column * (wide + gap), y + row * (tall + gap), wide, tall)
            self.form.add(Tile(desk, rect, sign, text, act, key=key))
        out = pygame.Rect(back.x, box.bottom - pad - back.height, room, back.height)
        self.form.add(Button(desk, out, *self._way_out(), left=True))

    def _items(self) -> list[tuple[str, str, Callable[[], None], str]]:
        """Sign, text, act and key of each tile."""
        items: list[tuple[str, str, Callable[[], None], str]] = []
        if self.session.over:
            items.append(("score", "Result", self._result, ""))
        items += [("unload", "Save the game", self._save, ""), ("load", "Load a game", self._load, "")]
        if not self.table.curtain:
            items.append(("objectives", "Report", lambda: self.go(self.table.report()), "F2"))
        items += [("book", "Rules and help", self._help, "F1"), ("settings", "Settings", self._settings, "")]
        if self.session.entries and not self.table.curtain:
            items.append(("watch", "Watch so far", self._watch, ""))
        if not self.session.over:
            items.append(("list", "Seats", self._seats, ""))
        if self._loser >= 0:
            items.append(("cede", "Concede", self._concede, ""))
        return items

    def _way_out(self) -> tuple[str, Callable[[], None]]:
        """What the button at the foot says and does."""
        return "Save and quit to the menu", self._leave

    @property
    def _box(self) -> pygame.Rect:
        wide = min(self.desk.px(WIDE), self.desk.size[0])
        rows = -(-len(self._items()) // TILES)
        tall = self.desk.px(HEAD + 2 * BAR + rows * (TILE + GAP) + 2 * GAP + PAD)
        return pygame.Rect((self.desk.size[0] - wide) // 2, max(0, (self.desk.size[1] - tall) // 2), wide, tall)

    @property
    def _loser(self) -> int:
        """The person who would give up: the one to play, or the only one there is; -1 nobody."""
        people = [faction for faction, text in self.table.seats.items() if text == HUMAN]
        if self.session.over or not people:
            return -1
        playing = self.session.state.faction
        return playing if playing in people else people[0] if len(people) == 1 else -1

    def draw(self, screen: pygame.Surface) -> None:
        """The game under a veil, the box with whose turn it is and how far the game has come, the buttons."""
        desk, colours, box = self.desk, self.desk.theme.interface, self._box
        screen.fill(colours.background)
        self.below.paint(screen, desk)
        panel(screen, desk, box)
        world, state = self.session.world, self.session.state
        pad, side = desk.px(PAD), desk.px(46)
        x, y = box.x + pad, box.y + desk.px(20)
        if not self.session.over:
            badge(screen, desk.theme.livery(world.factions[state.faction].look), pygame.Rect(x, y, side, side))
            x += side + desk.px(12)
        room = box.right - pad - x
        y += write(screen, desk, world.title, (x, y - desk.px(4)), 20, STRONG, width=room) - desk.px(2)
        now = self.told or self._now()
        write(screen, desk, now, (x, y), 14, BODY, colours.accent if self.told else colours.text_dim, room)
        track = pygame.Rect(box.x + pad, box.y + desk.px(HEAD - 16), box.width - 2 * pad, desk.px(5))
        turn_blocks(screen, desk, track, state.clock.turn, world.turns)
        self.form.draw(screen)

    def _now(self) -> str:
        world, clock = self.session.world, self.session.state.clock
        if self.session.over:
            return say("The game has ended")
        who = world.factions[self.session.state.faction].adjective
        last = turn_days(world, clock.turn)[1]
        return say(
            "{faction} to play, turn {n} of {last}, up to {day}", faction=who, n=clock.turn, last=world.turns,
            day=spoken(last),
        )  # fmt: skip

    # --- what the buttons do ---

    def _say(self, text: str) -> None:
        self.told = text

    def _save(self) -> None:
        self.go(Push(ToSave(self.session, self._say)))

    def _load(self) -> None:
        self.go(Push(ToLoad()))

    def _seats(self) -> None:
        self.go(Push(ToSeats(self.session.world, self.table.seats, self.table.set_seat)))

    def _help(self) -> None:
        self.go(Push(ToHelp(self.session.world)))

    def _settings(self) -> None:
        self.go(Push(ToSettings()))

    def _watch(self) -> None:
        self.go(watching_again(self.desk, self.session, self))

    def _result(self) -> None:
        self.go(Replace(self.table.result()))

    def _concede(self) -> None:
        loser = self._loser
        name = self.session.world.factions[loser].name
        text = say(
            "**{faction}**: you concede. The game ends now, scored as it is, with the lowest victory level for you. "
            "You cannot undo this.",
            faction=name,
        )
        self.go(Push(question(self.desk, self, "Concede?", text, "Concede", lambda: self._give_up(loser), danger=True)))

    def _give_up(self, loser: int) -> Change:
        self.session.concede(loser)
        return Pop(2)

    def _leave(self) -> None:
        self.go(leave(self.desk, self.session, self))

    def key(self, event: pygame.event.Event) -> bool:
        """F1 opens the help, F2 the report."""
        if event.key == pygame.K_F1:
            self._help()
            return True
        if event.key == pygame.K_F2 and not self.table.curtain:
            self.go(self.table.report())
            return True
        return False
