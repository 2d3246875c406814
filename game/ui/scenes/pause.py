"""The menu over a game: save, load, seats, settings, give up, leave."""

from __future__ import annotations

from collections.abc import Callable

import pygame

from game.ui.kit.fonts import BODY, STRONG
from game.ui.kit.lettering import panel, write
from game.ui.kit.widgets import Button
from game.ui.places import ToHelp, ToLoad, ToSettings
from game.ui.scene import Change, Desk, Pop, Push, Replace
from game.ui.scenes.board import HUMAN, Below, Board
from game.ui.scenes.dialog import question
from game.ui.scenes.leaving import leave
from game.ui.table.places import PausedGame, ToResult, ToSave, ToSeats
from game.words import say


class PauseScene(Board):
    """Esc at the table."""

    def __init__(self, desk: Desk, table: PausedGame) -> None:
        super().__init__(desk)
        self.table, self.session = table, table.session
        self.below = Below(table)
        self.told = ""

    # --- layout ---

    def build(self) -> None:
        """One column in the middle."""
        self.below.forget()
        box, tall, gap = self._box, self.desk.px(40), self.desk.px(7)
        y = box.y + self.desk.px(84)
        for text, act, key in self._items():
            rect = pygame.Rect(box.x + self.desk.px(26), y, box.width - self.desk.px(52), tall)
            self.form.add(Button(self.desk, rect, text, act, key=key, left=True))
            y = rect.bottom + gap

    def _items(self) -> list[tuple[str, Callable[[], None], str]]:
        items: list[tuple[str, Callable[[], None], str]] = [("Back to the map", self.back, "Esc")]
        if self.session.over:
            items.append(("Result", self._result, ""))
        items += [("Save the game", self._save, ""), ("Load a game", self._load, "")]
        if not self.session.over:
            items.append(("Seats", self._seats, ""))
        if not self.table.curtain:
            items.append(("Report: aims, history, ledgers", lambda: self.go(self.table.report()), "F2"))
        items += [("Rules and help", self._help, "F1"), ("Settings", self._settings, "")]
        if self._loser >= 0:
            items.append(("Concede", self._concede, ""))
        items.append(("Save and quit to the menu", self._leave, ""))
        return items

    @property
    def _box(self) -> pygame.Rect:
        wide = min(self.desk.px(380), self.desk.size[0])
        tall = self.desk.px(84 + 47 * len(self._items()) + 18)
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
        """The game under a veil, the box, the buttons."""
        desk, colours, box = self.desk, self.desk.theme.interface, self._box
        screen.fill(colours.background)
        self.below.paint(screen, desk)
        panel(screen, desk, box)
        world = self.session.world
        x, y = box.x + desk.px(26), box.y + desk.px(18)
        y += write(screen, desk, world.title, (x, y), 20, STRONG, width=box.width - desk.px(52))
        now = say("Turn {n} of {last}", n=self.session.state.clock.turn, last=world.turns)
        write(
            screen,
            desk,
            self.told or now,
            (x, y),
            14,
            BODY,
            colours.accent if self.told else colours.text_dim,
            box.width - desk.px(52),
        )
        self.form.draw(screen)

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

    def _result(self) -> None:
        self.go(Replace(ToResult(self.session, self.table.seats)))

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
