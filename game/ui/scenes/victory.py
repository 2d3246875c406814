"""The end of a game: who won and why, the fronts played through beside history's, points, ledgers and dates."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path

import pygame

from game import records
from game.faults import Fault
from game.rules import victory
from game.rules.scripted import turn_days
from game.scenario.calendar import Calendar, spoken
from game.scenario.world import World
from game.session import Session
from game.state.codes import Ending
from game.ui.comparison import HolderChange
from game.ui.kit.fonts import BODY, NARROW, STRONG
from game.ui.kit.lettering import panel, write
from game.ui.kit.reading import Prose
from game.ui.kit.theme import Colour
from game.ui.places import ToMenu
from game.ui.scene import Change, Desk, Push, Replace, Restart
from game.ui.scenes.board import HUMAN, Board, badge
from game.ui.scenes.dialog import fault_message, message, question
from game.ui.scenes.front_board import FrontBoard
from game.ui.scenes.front_page import UNTOLD_FRONTS, Fronts, Ground
from game.ui.scenes.ledgers import BAR, LedgerBar, draw_ledgers, ledger_bars
from game.ui.scenes.loading import watching_again
from game.ui.table.places import ToSave
from game.words import count, say, sentence, tenths

HOW = {
    Ending.LAST_TURN: "The last turn is over.",
    Ending.OPEN_CONFLICT: "One bloc attacked the other. The race is over.",
    Ending.CONCEDED: "A player conceded.",
    Ending.EVENT: "An event ended the race.",
}
BANDS = {"slower": "−", "like": "=", "faster": "+"}
NONE = victory.Outcome(None, Ending.NOT_YET, "The game is not over.", ())


class VictoryScene(FrontBoard):
    """The fronts of the game beside history's, to be played through; at the right who did how well, and the details."""

    def __init__(
        self, desk: Desk, session: Session, seats: Mapping[int, str], *, changes: Sequence[HolderChange] = (),
        fronts: Fronts = UNTOLD_FRONTS, ground: Ground | None = None,
    ) -> None:  # fmt: skip
        super().__init__(desk, session.state, changes, fronts, ground)
        self.session, self.seats, self.world = session, seats, session.world
        self.outcome = session.outcome or NONE
        self.order = [n for n in self.world.sequence if n < len(self.outcome.standings)]
        people = [n for n in self.order if seats.get(n) == HUMAN]
        first = self.outcome.winner if self.outcome.winner is not None else people[0] if people else 0
        self.chosen = self.order.index(first) if first in self.order else 0
        self.title = self._headline()
        self.why = why_won(self.world, self.outcome, self.session.state.clock.winner >= 0)
        self.subtitle = f"{HOW.get(self.outcome.how, '')} {self.world.title}, {day(self._last_day)}."

    def _headline(self) -> str:
        if self.outcome.winner is None:
            return "Nobody wins: nobody did as well as history" if self._all_slower else "Nobody wins"
        return say("Victory: {name}", name=self.world.factions[self.outcome.winner].name)

    @property
    def _all_slower(self) -> bool:
        return all(one.band == "slower" for one in self.outcome.standings)

    @property
    def _last_day(self) -> str:
        world = self.world
        calendar = Calendar(world.first_day, world.days_per_turn, world.turns)
        return calendar.last_day(min(self.session.state.clock.turn, world.turns))

    # --- layout ---

    def build(self) -> None:
        """The fronts, or without them the course of the game in words; the details; the buttons."""
        self.add_maps(self._left)
        if self.order:
            faction = self.order[self.chosen]
            standing, name = self.outcome.standings[faction], self.world.factions[faction].name
            texts = [points_text(standing, name), dates_text(self.session, standing)]
            if self.maps is not None:
                texts.append(course_text(self.world, self.changes))
            else:
                first = course_text(self.world, self.changes) or texts.pop(0)
                self.form.add(Prose(self.desk, self._left, first, 14))
            self.form.add(Prose(self.desk, self._details, "\n\n".join(texts), 14, always=True))
        left = [self.button("Look at the map", self.back, key="Esc"), self.button("Watch it again", self._watch),
                self.button("Save a replay", self._replay)]  # fmt: skip
        self.footer(left, [self.button("Save the game", self._save), self.button("To the menu", self._menu, gold=True)])

    @property
    def _column(self) -> pygame.Rect:
        """Cards and details at the right."""
        page = self.page
        wide = min(self.desk.px(430), page.width * 38 // 100)
        return pygame.Rect(page.right - wide, page.y, wide, page.height)

    @property
    def _left(self) -> pygame.Rect:
        page = self.page
        return pygame.Rect(page.x, page.y, max(1, self._column.x - self.desk.px(18) - page.x), page.height)

    def card(self, number: int) -> pygame.Rect:
        """Where a faction's card lies."""
        column, gap, many = self._column, self.desk.px(6), max(1, len(self.order))
        tall = min(self.desk.px(58), (column.height * 46 // 100 - gap * (many - 1)) // many)
        return pygame.Rect(column.x, column.y + number * (tall + gap), column.width, max(1, tall))

    @property
    def _ledgers(self) -> pygame.Rect:
        column, top = self._column, self.card(max(0, len(self.order) - 1)).bottom + self.desk.px(12)
        return pygame.Rect(column.x, top, column.width, self.desk.px(BAR) * len(self._bars))

    @property
    def _bars(self) -> tuple[LedgerBar, ...]:
        return ledger_bars(self.session.state, self.order[self.chosen]) if self.order else ()

    @property
    def _details(self) -> pygame.Rect:
        column, ledgers = self._column, self._ledgers
        top = ledgers.bottom + self.desk.px(8)
        return pygame.Rect(column.x, top, column.width, max(1, column.bottom - top))

    # --- what one does ---

    def key(self, event: pygame.event.Event) -> bool:
        """Up and down choose a faction; left and right too, unless they move the day of the maps."""
        ways = {pygame.K_UP: -1, pygame.K_DOWN: 1}
        if self.maps is None or self.form.widgets[self.form.focus] is not self.maps:
            ways |= {pygame.K_LEFT: -1, pygame.K_RIGHT: 1}
        by = ways.get(event.key)
        if by is None or not self.order:
            return False
        self._choose((self.chosen + by) % len(self.order))
        return True

    def handle(self, event: pygame.event.Event) -> Change | None:
        """A click on a card chooses its faction."""
        if event.type == pygame.MOUSEBUTTONDOWN and event.button == 1:
            for number in range(len(self.order)):
                if self.card(number).collidepoint(event.pos):
                    self._choose(number)
                    return None
        return super().handle(event)

    def _choose(self, number: int) -> None:
        self.chosen = number
        self.resize()

    def _menu(self) -> None:
        self.go(Restart(ToMenu()))

    def _save(self) -> None:
        self.go(Push(ToSave(self.session)))

    def _watch(self) -> None:
        self.go(watching_again(self.desk, self.session, self))

    def _replay(self) -> None:
        name = say(
            "{title}, {day}, seed {seed}", title=self.world.title, day=day(self._last_day), seed=self.session.seed
        )
        try:
            path = records.inside(records.saves_folder(), records.safe_name(name, records.REPLAY_SUFFIX))
        except Fault as fault:
            self.go(Push(fault_message(self.desk, self, "The replay was not saved", fault)))
            return
        if path.exists():
            text = say("A replay called **{name}** already exists. Overwrite it?", name=path.name)
            ask = question(
                self.desk,
                self,
                "Overwrite the replay?",
                text,
                "Overwrite",
                lambda: Replace(self._write(path)),
                danger=True,
            )
            self.go(Push(ask))
        else:
            self.go(Push(self._write(path)))

    def _write(self, path: Path) -> Board:
        try:
            records.write_replay(self.session, path)
        except Fault as fault:
            return fault_message(self.desk, self, "The replay was not saved", fault)
        text = say("The replay was saved as\n\n`{path}`\n\nWatch it from **Load a game**, under Replays.", path=path)
        return message(self.desk, self, "The replay was saved", text)

    # --- picture ---

    def paint(self, screen: pygame.Surface) -> None:
        """The cards and, below them, the accounts of the chosen faction."""
        for number, faction in enumerate(self.order):
            self._paint_card(screen, self.card(number), self.outcome.standings[faction], number == self.chosen)
        if self.order:
            draw_ledgers(screen, self.desk, self._ledgers, self._bars)

    def paint_title(self, screen: pygame.Surface) -> None:
        """The winner's badge and name, how the game ended, and why this is a victory."""
        desk, colours, winner = self.desk, self.desk.theme.interface, self.outcome.winner
        side, x, y = desk.px(50), self.margin, desk.px(22)
        edge = colours.panel_edge
        if winner is not None:
            livery = desk.theme.livery(self.world.factions[winner].look)
            badge(screen, livery, pygame.Rect(x, y, side, side))
            x, edge = x + side + desk.px(14), colours.accent
        room = desk.size[0] - self.margin - x
        y -= desk.px(6)
        y += write(screen, desk, self.title, (x, y), 24, STRONG, width=room)
        for words, ink in ((self.why, colours.text), (self.subtitle, colours.text_dim)):
            if words:
                wide = desk.fonts.width(words, BODY, desk.px(14)) + desk.px(8)
                write(screen, desk, words, (x, y), 14, BODY, ink, room)
                x, room = x + wide, max(1, room - wide)
        line = self.page.y - desk.px(12)
        pygame.draw.line(screen, edge, (self.margin, line), (desk.size[0] - self.margin, line), max(1, desk.px(1)))

    def _paint_card(self, screen: pygame.Surface, box: pygame.Rect, one: victory.Standing, chosen: bool) -> None:
        """Badge, name, how it did, and the points; the sign beside the words tells the level without colour."""
        desk, colours = self.desk, self.desk.theme.interface
        panel(screen, desk, box, raised=chosen)
        if chosen:
            pygame.draw.rect(screen, colours.accent, box, max(1, desk.px(2)), border_radius=desk.px(5))
        faction = self.world.factions[one.faction]
        side, pad = min(desk.px(38), box.height - desk.px(8)), desk.px(10)
        badge(screen, desk.theme.livery(faction.look), pygame.Rect(box.x + pad, box.centery - side // 2, side, side))
        points = desk.fonts.text(tenths(one.score.total), STRONG, desk.px(24), colours.text)
        screen.blit(points, points.get_rect(midright=(box.right - pad, box.centery)))
        left = box.x + pad + side + desk.px(10)
        room = box.right - pad - points.get_width() - desk.px(10) - left
        y = box.centery - desk.px(21)
        if box.height < desk.px(44):
            y = box.centery - desk.px(10)
        y += write(screen, desk, faction.name, (left, y), 15, STRONG, width=room)
        if box.height < desk.px(44):
            return
        ink = {"slower": desk.theme.marks.warn, "like": colours.text, "faster": desk.theme.marks.good}[one.band]
        y += desk.px(2)
        chip(screen, desk, BANDS[one.band], ink, (left, y))
        write(screen, desk, sentence(victory.level(one.band)), (left + desk.px(23), y), 14, NARROW, colours.text_dim,
              room - desk.px(27))  # fmt: skip


def chip(screen: pygame.Surface, desk: Desk, sign: str, ink: Colour, at: tuple[int, int]) -> None:
    """A round mark with a sign in it, so that colour alone tells nothing."""
    side = desk.px(16)
    box = pygame.Rect(at[0], at[1] + desk.px(1), side, side)
    pygame.draw.circle(screen, ink, box.center, side // 2)
    long, thick = side // 2, max(2, side // 9)
    rows = {"=": (-side // 7, side // 7)}.get(sign, (0,))
    for y in rows:
        bar = pygame.Rect(0, 0, long, thick)
        bar.center = (box.centerx, box.centery + y)
        screen.fill(desk.theme.interface.background, bar)
    if sign == "+":
        bar = pygame.Rect(0, 0, thick, long)
        bar.center = box.center
        screen.fill(desk.theme.interface.background, bar)


# --- texts ----------------------------------------------------------------------------------------------------


def why_won(world: World, outcome: victory.Outcome, by_event: bool = False) -> str:
    """Why the winner is the winner, in a sentence; ``by_event``: an event of the scenario said so."""
    if outcome.winner is None:
        ahead = [one for one in outcome.standings if one.band != "slower"]
        if not outcome.standings or not ahead:
            return ""
        return say("No faction is ahead of all others, compared with its own history.")
    name = world.factions[outcome.winner].adjective
    if by_event:
        return say("An event of the scenario gives the victory to {army}.", army=name)
    mine = outcome.standings[outcome.winner]
    others = [one for one in outcome.standings if one.faction != outcome.winner and one.band == mine.band]
    level = victory.level(mine.band)
    if not others:
        return say("{army} finished {level}, and no other faction did as well.", army=name, level=level)
    return say("{army} finished {level}, by a wider margin than any other faction.", army=name, level=level)


def course_text(world: World, changes: Sequence[HolderChange]) -> str:
    """The places that changed hands, in the order of the game; "" where none is told."""
    names = [faction.adjective for faction in world.factions]
    rows = [
        f"| {spoken(turn_days(world, one.turn)[1])} | {world.places[world.place_at[one.hex]].name} |"
        f" {names[one.by] if one.by >= 0 else say('nobody')} |"
        for one in changes
    ]
    if not rows:
        return ""
    return "\n".join([say("## The course of the game"), "| until | place | taken by |", "|---|---|---|", *rows])


def points_text(one: victory.Standing, name: str) -> str:
    """The points of a faction, line by line."""
    rows = [f"| {sentence(term.words)} | {tenths(term.value, sign=True)} |" for term in one.score.terms if term.value]
    total = f"| **{say('Sum')}** | **{tenths(one.score.total)}** |"
    return "\n".join(
        [
            say("## Points: {name}", name=name),
            say("| Source | Points |"),
            "|---|---|",
            *(rows or ["| nothing | 0 |"]),
            total,
        ]
    )


def dates_text(session: Session, one: victory.Standing) -> str:
    """What the faction did in its band's words, and its captures beside those of history."""
    captures = list(victory.captures(session.state, one.faction))
    lines = ["## Compared with history", sentence(one.words), ""]
    if captures:
        lines += ["| place | this game | history | |", "|---|---|---|---|"]
        lines += [
            f"| {place} | {day(taken) if taken else 'not taken'} | {day(then)} | {gap(taken, then)} |"
            for place, taken, then in captures
        ]
        lines += ["", "A place counts from the day since which its holder has kept it."]
    return "\n".join(lines)


def gap(taken: str, then: str) -> str:
    """How much sooner or later than in history."""
    if not taken:
        return "–"
    days = (date.fromisoformat(taken) - date.fromisoformat(then)).days
    if not days:
        return "the same day"
    if days > 0:
        return count(days, "{n} day later", "{n} days later")
    return count(-days, "{n} day earlier", "{n} days earlier")


def day(text: str) -> str:
    """An ISO date, short."""
    found = date.fromisoformat(text)
    return f"{found.day} {found:%b} {found.year}"
