"""Who plays what: every faction a person or a computer player, and the seed of the dice; before a game and in it."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial
from pathlib import Path

import pygame

from game.scenario.options import with_options
from game.scenario.world import World
from game.ui.kit.fonts import BODY, NARROW, STRONG
from game.ui.kit.lettering import fitted, panel, wrapped, write
from game.ui.kit.lists import TextField
from game.ui.kit.widgets import Chooser, Toggle
from game.ui.library import kept_picture, print_picture
from game.ui.places import ToMenu
from game.ui.scene import Change, Desk, Restart, Scene
from game.ui.scenes.board import ENTER, HUMAN, Below, Board, badge
from game.ui.scenes.dialog import Waiting
from game.ui.scenes.outlook import facts, facts_height, front, paint_facts
from game.words import say

LARGEST_SEED = 2**63 - 1
OPTION_ROW = 32
ROW, MOST_ROW, ROW_GAP, BADGE = 94, 130, 8, 56
"""A row, at least and where there is much room, what parts them, and the side of a badge, in points."""
MOST_OPTIONS = 5
"""Options that have a switch here; ``play --option`` turns any."""
DEFAULT_PLAYER = "staff"
LETTERS = ((14, BODY, 19), (14, NARROW, 18), (13, NARROW, 16), (12, NARROW, 15))
"""Sizes, cuts and lines of letters for what is said of a side, the preferred one first."""

Room = tuple[str, tuple[int, int], int, int]
"""A text, its upper left corner, its width, and where its room ends below."""


class SeatBoard(Board):
    """A row for each faction: what it wants, and who plays it."""

    def __init__(self, desk: Desk, world: World, seats: Mapping[int, str]) -> None:
        super().__init__(desk)
        self.world = world
        self.seats = dict(seats)
        self.kinds = player_kinds(seats.values())

    def row_box(self, number: int) -> pygame.Rect:
        """Where a faction's row lies; factions come in the order in which they play."""
        room, gap, tall = self.rows_room, self.desk.px(ROW_GAP), self._heights()
        return pygame.Rect(room.x, room.y + sum(tall[:number]) + number * gap, room.width, max(1, tall[number]))

    def _heights(self) -> list[int]:
        """How high each row is: as its words need, the rest shared out; all a little lower where room is short."""
        room, (size, role, line) = self.rows_room, LETTERS[0]
        width = self._words_width(room)
        lines = [len(wrapped(self.desk.fonts, self.words_about(row), role, self.desk.px(size), width))
                 for row in self.order]  # fmt: skip
        need = [max(self.desk.px(ROW), self.desk.px(38 + line * many)) for many in lines]
        left = room.height - self.desk.px(ROW_GAP) * (len(need) - 1)
        if sum(need) > left:
            return [tall * left // sum(need) for tall in need]
        more = (left - sum(need)) // len(need)
        return [max(tall, min(self.desk.px(MOST_ROW), tall + more)) for tall in need]

    def _words_width(self, row: pygame.Rect) -> int:
        """Pixels for what is said of a side, between its badge and the choice."""
        return row.width - self.desk.px(28 + BADGE + 34) - self._chooser_width(row)

    @property
    def rows_room(self) -> pygame.Rect:
        """Where the rows lie."""
        return self.page

    @property
    def order(self) -> list[int]:
        """Factions in the order of the rows."""
        others = [n for n in range(len(self.world.factions)) if n not in self.world.sequence]
        return [*self.world.sequence, *others]

    def build_rows(self) -> None:
        """A choice in each row."""
        names = list(self.kinds)
        for number, faction in enumerate(self.order):
            box = self.row_box(number)
            wide = self._chooser_width(box)
            rect = pygame.Rect(box.right - wide - self.desk.px(14), box.y + self.desk.px(10), wide, self.desk.px(34))
            labels = [label(name) for name in names]
            chosen = names.index(self.seats.get(faction, HUMAN))
            self.form.add(Chooser(self.desk, rect, labels, chosen, self._setter(faction, names)))

    def _chooser_width(self, row: pygame.Rect) -> int:
        return min(self.desk.px(270), row.width * 23 // 100)

    def _setter(self, faction: int, names: list[str]) -> Callable[[int], None]:
        def seat(number: int) -> None:
            self.seats[faction] = names[number]

        return seat

    def paint(self, screen: pygame.Surface) -> None:
        """Badges, names and words."""
        desk = self.desk
        about, players = list[Room](), list[Room]()
        for number, row in enumerate(self.order):
            faction, box = self.world.factions[row], self.row_box(number)
            human = self.seats.get(row, HUMAN) == HUMAN
            panel(screen, desk, box, raised=human)
            strip = pygame.Rect(box.x, box.y, desk.px(5), box.height)
            corner = desk.px(5)
            pygame.draw.rect(screen, desk.theme.livery(faction.look).body, strip, border_top_left_radius=corner,
                             border_bottom_left_radius=corner)  # fmt: skip
            if human:
                pygame.draw.rect(screen, desk.theme.interface.accent, box, max(1, desk.px(1)), border_radius=corner)
            side = min(desk.px(BADGE), box.height - desk.px(16))
            sign = pygame.Rect(box.x + desk.px(14), box.y + desk.px(10), side, side)
            badge(screen, desk.theme.livery(faction.look), sign)
            x, y = box.x + desk.px(28) + side, box.y + desk.px(8)
            edge = box.right - self._chooser_width(box) - desk.px(34)
            y += write(screen, desk, faction.name, (x, y), 16, STRONG, width=edge - x)
            about.append((self.words_about(row), (x, y), edge - x, box.bottom - desk.px(6)))
            words = self.kinds[self.seats.get(row, HUMAN)]
            left = edge + desk.px(20)
            top = box.y + desk.px(50)
            players.append((words, (left, top), box.right - desk.px(14) - left, box.bottom - desk.px(4)))
        for some in (about, players):
            self._lines(screen, some)

    def words_about(self, faction: int) -> str:
        """What a row says under the name."""
        return " ".join(self.world.texts.get(f"aims.{self.world.factions[faction].id}", "").split())

    def _lines(self, screen: pygame.Surface, texts: Sequence[Room]) -> None:
        """Dim lines, all texts in the largest letters in which all of them have room; else the last line is cut."""
        desk, fonts = self.desk, self.desk.fonts
        for size, role, line in LETTERS:
            tall = desk.px(line)
            lined = [wrapped(fonts, text, role, desk.px(size), width) for text, _, width, _ in texts]
            rooms = [max(0, (bottom - at[1]) // tall) for _, at, _, bottom in texts]
            if all(len(lines) <= room for lines, room in zip(lined, rooms, strict=True)):
                break
        for (_, at, width, _), lines, room in zip(texts, lined, rooms, strict=True):
            if len(lines) > room and room:
                lines = [*lines[: room - 1], fitted(fonts, " ".join(lines[room - 1 :]), role, desk.px(size), width)]
            for number, words in enumerate(lines[:room]):
                write(screen, desk, words, (at[0], at[1] + number * tall), size, role, desk.theme.interface.text_dim)


class Sides(SeatBoard):
    """Before a game. ``watch`` seats the computer everywhere; ``home`` leads back to the menu."""

    def __init__(
        self, desk: Desk, world: World, *, watch: bool = False, home: bool = False, seed: int | None = None,
        folder: Path | None = None,
    ) -> None:  # fmt: skip
        super().__init__(desk, world, first_seats(world, watch))
        self.folder, self._facts = folder, facts(world)
        self.options = {option.name: option.on for option in world.options}
        self.title, self.subtitle = world.title, "Who plays which faction?"
        self.home, self.seed = home, str(fresh_seed() if seed is None else seed)
        self._map: tuple[object, pygame.Surface] | None = None
        self._picture = kept_picture(folder) if folder is not None else None

    @property
    def rows_room(self) -> pygame.Rect:
        """The page without the map beside it, and the line of the seed and the options below."""
        page, rows = self.page, min(MOST_OPTIONS, len(self.options))
        beside = self._side.width + self.desk.px(16) if self._side.width else 0
        return pygame.Rect(page.x, page.y, page.width - beside, page.height - self.desk.px(52 + OPTION_ROW * rows))

    @property
    def _side(self) -> pygame.Rect:
        """Room for map and facts, where the window is wide enough."""
        page = self.page
        wide = min(page.width * 28 // 100, self.desk.px(440))
        if wide < self.desk.px(290):
            return pygame.Rect(page.right, page.y, 0, page.height)
        return pygame.Rect(page.right - wide, page.y, wide, page.height)

    @property
    def _seed_box(self) -> pygame.Rect:
        x = self.page.x + self.desk.fonts.width(SEED, BODY, self.desk.px(15)) + self.desk.px(14)
        y = self.row_box(len(self.world.factions) - 1).bottom + self.desk.px(14)
        return pygame.Rect(x, y, self.desk.px(220), self.desk.px(36))

    def build(self) -> None:
        """Choices, seed, buttons."""
        self.build_rows()
        box = self._seed_box
        self.form.add(TextField(self.desk, box, self.seed, self._typed, 19, "0123456789"))
        fresh = self.button("Another", self._another)
        fresh.rect = pygame.Rect(box.right + self.desk.px(10), box.y, self.button_width(fresh), box.height)
        self.form.add(fresh)
        self._build_options(box.bottom + self.desk.px(12))
        left = [
            self.button("Back", self.back, key="Esc"),
            self.button("AI in every seat", lambda: self._all(first_seats(self.world, True))),
        ]
        start = self.button("Start the game", self._start, key="Ctrl+Enter", gold=True)
        self.footer(left, [start])

    def _build_options(self, top: int) -> None:
        """A switch for each option of the scenario."""
        for number, option in enumerate(self.world.options[:MOST_OPTIONS]):
            y = top + number * self.desk.px(OPTION_ROW)
            box = pygame.Rect(self.page.x, y, self.rows_room.width, self.desk.px(OPTION_ROW - 4))
            on = self.options[option.name]
            self.form.add(Toggle(self.desk, box, option.words, on, partial(self._switch, option.name)))

    def _switch(self, name: str, on: bool) -> None:
        self.options[name] = on

    def paint(self, screen: pygame.Surface) -> None:
        """The rows, and what a seed is."""
        super().paint(screen)
        desk, colours, box = self.desk, self.desk.theme.interface, self._seed_box
        write(screen, desk, SEED, (self.page.x, box.y + desk.px(7)), 15)
        x = box.right + desk.px(146)
        text = "The same seed and the same orders give the same game."
        room = self.rows_room.right - x
        if desk.fonts.width(text, BODY, desk.px(14)) <= room:
            write(screen, desk, text, (x, box.y + desk.px(8)), 14, BODY, colours.text_dim)
        if self._side.width:
            self._paint_side(screen, self._side)

    def _paint_side(self, screen: pygame.Surface, side: pygame.Rect) -> None:
        """The front of the first day on the map, and what the scenario is like."""
        card = facts_height(self.desk, self._facts, side.width)
        most = max(1, side.height - card - self.desk.px(10))
        if self._picture is None:
            self._picture = print_picture(self.world, self.desk.theme)
        key = (self._picture, side.size, self.desk.theme)
        if self._map is None or self._map[0] != key:
            self._map = (key, front(self.desk, self.world, self._picture, (side.width, most)))
        shown = self._map[1].get_rect(midtop=side.midtop)
        screen.blit(self._map[1], shown)
        low = shown.bottom + self.desk.px(10)
        tall = min(card, side.bottom - low)
        paint_facts(screen, self.desk, self._facts, pygame.Rect(side.x, low, side.width, tall))

    def back(self) -> None:
        """To the scenarios, or to the menu."""
        if not self.home:
            super().back()
            return
        self.go(Restart(ToMenu()))

    def key(self, event: pygame.event.Event) -> bool:
        """Ctrl+Enter starts from anywhere."""
        if event.key in ENTER and event.mod & pygame.KMOD_CTRL:
            self._start()
            return True
        return False

    def _typed(self, text: str) -> None:
        self.seed = text

    def _another(self) -> None:
        self.seed = str(fresh_seed())
        self.resize()

    def _all(self, seats: Mapping[int, str]) -> None:
        self.seats = dict(seats)
        self.resize()

    def _start(self) -> None:
        seed = min(int(self.seed or "0"), LARGEST_SEED)
        seats = dict(self.seats)
        world = with_options(self.world, self.options)
        self.go(Restart(opening_table(self.desk, world, seed, seats, self.folder, self)))


class SeatsPage(SeatBoard):
    """In a game: who plays what from now on. ``change`` seats a player at the table."""

    title, subtitle = "Seats", "You can give a seat to a person or an AI at any time."

    def __init__(
        self,
        desk: Desk,
        world: World,
        seats: Mapping[int, str],
        change: Callable[[int, str], None],
        below: Scene | None = None,
    ) -> None:
        super().__init__(desk, world, seats)
        self.before, self.change, self.below = dict(seats), change, Below(below)

    def build(self) -> None:
        """Choices and buttons."""
        self.build_rows()
        self.footer(
            [self.button("Cancel", self.back, key="Esc")], [self.button("Use these seats", self._take, gold=True)]
        )

    def words_about(self, faction: int) -> str:
        """Who sits there now, and what the side wants."""
        now = say("Now: {player}.", player=label(self.before.get(faction, HUMAN)))
        return f"{now} {super().words_about(faction)}".strip()

    def _take(self) -> None:
        for faction, text in self.seats.items():
            if self.before.get(faction, HUMAN) != text:
                self.change(faction, text)
        self.back()


SEED = "Dice seed"


def fresh_seed() -> int:
    """A seed nobody knows, short enough to be told to a friend."""
    return secrets.randbelow(1_000_000)


def player_kinds(used: Iterable[str] = ()) -> dict[str, str]:
    """Every kind of player with what it does, the person first; players in use under other names are kept."""
    from game.ai.players import offered

    kinds = {HUMAN: "Plays on this screen. Several people pass it on."}
    kinds |= {name: words for name, _, words in offered()}
    for name in used:
        kinds.setdefault(name, "")
    return kinds


def label(player: str) -> str:
    """How a player is called on the screen."""
    from game.ai.players import offered

    titles = {name: title for name, title, _ in offered()}
    return "Human" if player == HUMAN else say("AI: {player}", player=titles.get(player, player))


def first_seats(world: World, watch: bool) -> dict[int, str]:
    """Who plays what unless somebody chooses otherwise: the first to play is a person, the rest the computer."""
    seats = {number: faction.player or DEFAULT_PLAYER for number, faction in enumerate(world.factions)}
    if not watch:
        seats[world.sequence[0]] = HUMAN
    return seats


def opening_table(
    desk: Desk, world: World, seed: int, seats: Mapping[int, str], folder: Path | None = None,
    back_to: Scene | None = None,
) -> Scene:  # fmt: skip
    """A notice over the screen that was left, and then the table with a new game."""

    def make() -> Change:
        from game.ai.players import make_player
        from game.session import Session
        from game.ui.table.places import ToTable

        session = Session(world, seed)
        for faction, text in seats.items():
            if text != HUMAN:
                session.seat(faction, make_player(text), text)
        return Restart(ToTable(session, dict(seats), folder))

    return Waiting(desk, "Preparing the map…", make, back_to, "The game could not be started")
