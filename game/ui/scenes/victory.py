"""The end of a game: who did how well, in points and in the three ledgers, and the dates beside those of history."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path

import pygame

from game import records
from game.faults import Fault
from game.rules import victory
from game.scenario.calendar import Calendar
from game.scenario.world import World
from game.session import Session
from game.state.codes import Ending
from game.ui.kit.fonts import NARROW, STRONG
from game.ui.kit.lettering import panel, wrapped, write
from game.ui.kit.reading import Prose
from game.ui.kit.theme import Colour
from game.ui.places import ToMenu
from game.ui.scene import Change, Desk, Push, Replace, Restart
from game.ui.scenes.board import HUMAN, Board, badge
from game.ui.scenes.dialog import fault_message, message, question
from game.ui.table.places import ToSave
from game.words import count, say, sentence, tenths

HOW = {
    Ending.LAST_TURN: "The last turn is over.",
    Ending.OPEN_CONFLICT: "One bloc attacked the other. The race is over.",
    Ending.CONCEDED: "A player conceded.",
    Ending.EVENT: "An event ended the race.",
}
BANDS = {"slower": "−", "like": "=", "faster": "+"}
TIME = "Days to captures"
NONE = victory.Outcome(None, Ending.NOT_YET, "The game is not over.", ())


class VictoryScene(Board):
    """A card for each faction; below, the points and the dates of the one that is chosen."""

    def __init__(self, desk: Desk, session: Session, seats: Mapping[int, str]) -> None:
        super().__init__(desk)
        self.session, self.seats, self.world = session, seats, session.world
        self.outcome = session.outcome or NONE
        self.order = [n for n in self.world.sequence if n < len(self.outcome.standings)]
        people = [n for n in self.order if seats.get(n) == HUMAN]
        first = self.outcome.winner if self.outcome.winner is not None else people[0] if people else 0
        self.chosen = self.order.index(first) if first in self.order else 0
        self.title = self._headline()
        why = why_won(self.world, self.outcome, self.session.state.clock.winner >= 0)
        self.subtitle = f"{HOW.get(self.outcome.how, '')} {why} {self.world.title}, {day(self._last_day)}."

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
        """Two texts and the buttons."""
        if self.order:
            standing = self.outcome.standings[self.order[self.chosen]]
            points, dates = self._details
            self.form.add(
                Prose(self.desk, points, points_text(standing, self.world.factions[standing.faction].name), 14)
            )
            self.form.add(Prose(self.desk, dates, dates_text(self.session, standing), 14, always=True))
        left = [self.button("Look at the map", self.back, key="Esc"), self.button("Save a replay", self._replay)]
        self.footer(left, [self.button("Save the game", self._save), self.button("To the menu", self._menu)])

    def card(self, number: int) -> pygame.Rect:
        """Where a faction's card lies."""
        page, gap, many = self.page, self.desk.px(12), max(1, len(self.order))
        wide = (page.width - gap * (many - 1)) // many
        return pygame.Rect(
            page.x + number * (wide + gap), page.y, wide, min(self.desk.px(216), page.height * 54 // 100)
        )

    @property
    def _details(self) -> tuple[pygame.Rect, pygame.Rect]:
        page, gap = self.page, self.desk.px(12)
        top = self.card(0).bottom + gap
        wide = (page.width - gap) // 2
        tall = max(1, page.bottom - top)
        return pygame.Rect(page.x, top, wide, tall), pygame.Rect(page.right - wide, top, wide, tall)

    # --- what one does ---

    def key(self, event: pygame.event.Event) -> bool:
        """Left and right choose a faction."""
        by = {pygame.K_LEFT: -1, pygame.K_RIGHT: 1}.get(event.key)
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
        text = say("The replay was saved as\n\n`{path}`\n\nVerify it with `run_game.py verify FILE`.", path=path)
        return message(self.desk, self, "The replay was saved", text)

    # --- picture ---

    def paint(self, screen: pygame.Surface) -> None:
        """The cards."""
        for number, faction in enumerate(self.order):
            self._paint_card(screen, self.card(number), self.outcome.standings[faction], number == self.chosen)

    def _paint_card(self, screen: pygame.Surface, box: pygame.Rect, one: victory.Standing, chosen: bool) -> None:
        desk, colours = self.desk, self.desk.theme.interface
        panel(screen, desk, box, raised=chosen)
        if chosen:
            pygame.draw.rect(screen, colours.accent, box, desk.px(2), border_radius=desk.px(5))
        faction = self.world.factions[one.faction]
        x, y, inside = box.x + desk.px(14), box.y + desk.px(12), box.width - desk.px(28)
        side = desk.px(36)
        badge(screen, desk.theme.livery(faction.look), pygame.Rect(x, y, side, side))
        points = tenths(one.score.total)
        wide = desk.fonts.width(points, STRONG, desk.px(24))
        write(screen, desk, points, (box.right - desk.px(14) - wide, y - desk.px(2)), 24, STRONG)
        left = x + side + desk.px(10)
        names = wrapped(desk.fonts, faction.name, STRONG, desk.px(14), inside - side - wide - desk.px(24))[:2]
        for row, name in enumerate(names):
            write(
                screen,
                desk,
                name,
                (left, y + desk.px(0 if len(names) > 1 else 8) + row * desk.px(18)),
                14,
                STRONG,
                width=inside - side - wide - desk.px(24),
            )
        y += side + desk.px(12)
        sign, words = BANDS[one.band], victory.level(one.band)
        ink = {"slower": desk.theme.marks.warn, "like": colours.text, "faster": desk.theme.marks.good}[one.band]
        chip(screen, desk, sign, ink, (x, y))
        write(screen, desk, sentence(words), (x + desk.px(30), y), 15, STRONG, width=inside - desk.px(30))
        y += desk.px(26)
        for line in wrapped(desk.fonts, sentence(one.words), NARROW, desk.px(14), inside)[:2]:
            write(screen, desk, line, (x, y), 14, NARROW, colours.text_dim, inside)
            y += desk.px(18)
        y = max(y, box.bottom - desk.px(76))
        for name, account in ((TIME, one.time), ("Step losses", one.losses), ("Civilian harm", one.harm)):
            self._paint_account(screen, name, account, pygame.Rect(x, y, inside, desk.px(22)))
            y += desk.px(22)

    def _paint_account(self, screen: pygame.Surface, name: str, account: victory.Account, row: pygame.Rect) -> None:
        """One ledger: this game's number, history's, and whether it is less or more."""
        desk, colours = self.desk, self.desk.theme.interface
        write(screen, desk, name, row.topleft, 14, NARROW, colours.text_dim, row.width // 2)
        history = say("history {history}", history=account.history) if name != TIME or account.history else "no dates"
        wide = desk.fonts.width(history, NARROW, desk.px(14))
        write(screen, desk, history, (row.right - wide, row.y), 14, NARROW, colours.text_dim)
        if history == "no dates":
            return
        better, worse = account.value < account.history, account.value > account.history
        ink = desk.theme.marks.good if better else desk.theme.marks.warn if worse else colours.text
        value = str(account.value)
        x = row.right - desk.px(84) - desk.fonts.width(value, STRONG, desk.px(15))
        write(screen, desk, value, (x, row.y - desk.px(1)), 15, STRONG, ink.mixed(colours.text, 40))


def chip(screen: pygame.Surface, desk: Desk, sign: str, ink: Colour, at: tuple[int, int]) -> None:
    """A round mark with a sign in it, so that colour alone tells nothing."""
    side = desk.px(21)
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
        return say("{army} did {level}, and no other faction did as well.", army=name, level=level)
    return say("{army} did {level}, and by more than every other faction that did.", army=name, level=level)


def points_text(one: victory.Standing, name: str) -> str:
    """The points of a faction, line by line."""
    rows = [f"| {sentence(term.words)} | {tenths(term.value, sign=True)} |" for term in one.score.terms if term.value]
    total = f"| **Points** | **{tenths(one.score.total)}** |"
    return "\n".join([say("## Points: {name}", name=name), "| | |", "|---|---|", *(rows or ["| nothing | 0 |"]), total])


def dates_text(session: Session, one: victory.Standing) -> str:
    """The three ledgers in words, and a faction's captures beside those of history."""
    captures = list(victory.captures(session.state, one.faction))
    lines = ["## Compared with history", "| | this game | history |", "|---|---|---|"]
    if captures:
        lines.append(f"| Time: sum of the days to each capture | {one.time.value} | {one.time.history} |")
    lines += [
        f"| Step losses | {one.losses.value} | {one.losses.history} |",
        f"| Harm to civilians | {one.harm.value} | {one.harm.history} |",
        "",
    ]
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
