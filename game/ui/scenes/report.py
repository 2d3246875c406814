"""The report at the table: aims and points, the front beside history's, ledgers, what is to come, politics."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial

import pygame

from game import engine
from game.plans import Plan
from game.scenario import annals
from game.scenario.calendar import Calendar, spoken
from game.state.tables import State
from game.ui.comparison import FROM_START, UNTOLD, Compared, HolderChange, compared, gap
from game.ui.kit.fonts import BODY
from game.ui.kit.reading import Leaf, Prose
from game.ui.kit.widgets import Button
from game.ui.ladder_moves import MovedLadder
from game.ui.panels.portraits import Portraits
from game.ui.scene import Desk
from game.ui.scenes.front_board import FrontBoard
from game.ui.scenes.front_page import UNTOLD_FRONTS, Fronts, Ground
from game.ui.scenes.ledgers import BAR, TILE, draw_captures, draw_ledgers, draw_tiles, ledger_bars
from game.ui.scenes.report_pages import STAFF_LOG, Reasoned
from game.ui.scenes.report_sheets import aims_sheet, calendar_sheet, ladder_sheet, politics_sheet, staff_sheet
from game.words import count, say

CHAPTERS = ("Aims and points", "Compared with history", "Ledgers", "Calendar", "Between the blocs", "Staff log")
"""The last one is there when an AI player has given orders for the seat."""
LEDGERS, CALENDAR, BLOCS = 2, 3, 4
"""Chapters by their numbers; the staff log's is known elsewhere too."""
KEYS = (pygame.K_F2, pygame.K_F3, pygame.K_F4, pygame.K_F7, pygame.K_F8, pygame.K_F10)
UNDATED = {"": "not taken", FROM_START: "from the start", UNTOLD: "before the log begins"}


class ReportScene(FrontBoard):
    """Chapters along the top, the chosen one below, as one faction may know them.

    ``ground`` gives the printed map; with it the chapter on history shows both fronts.
    """

    title = "Report"

    def __init__(
        self, desk: Desk, view: engine.View, faction: int, changes: Sequence[HolderChange], chapter: int = 0, *,
        moves: Sequence[MovedLadder] = (), plans: Mapping[str, Plan] | None = None, ground: Ground | None = None,
        fronts: Fronts = UNTOLD_FRONTS, staff_log: Sequence[Reasoned] = (),
    ) -> None:  # fmt: skip
        super().__init__(desk, view.state, changes, fronts, ground)
        self.state, self.faction, self.chosen = view.state, faction, chapter
        self.moves, self.plans, self.staff_log = tuple(moves), plans or {}, tuple(staff_log)
        self._ledgers = ledger_bars(view.state, faction)
        world, turn = self.state.world, self.state.clock.turn
        day = Calendar(world.first_day, world.days_per_turn, world.turns).last_day(min(turn, world.turns))
        self.subtitle = say(
            "{faction}, turn {n} of {last}, {date}",
            faction=world.factions[faction].name,
            n=turn,
            last=world.turns,
            date=spoken(day),
        )

    def build(self) -> None:
        """Chapters, then maps or text."""
        desk, page = self.desk, self.page
        self.maps = None
        x, tall = page.x, desk.px(32)
        gap = desk.px(8)
        titles = self._chapters
        keys = [pygame.key.name(key).upper() for key in KEYS[: len(titles)]]
        wants = [desk.fonts.width(f"{one} {key}", BODY, desk.px(15)) + desk.px(34) for one, key in
                 zip(titles, keys, strict=True)]  # fmt: skip
        room = page.width - gap * (len(titles) - 1)
        for number, (title, key, wide) in enumerate(zip(titles, keys, wants, strict=True)):
            wide = wide if sum(wants) <= room else max(1, wide * room // sum(wants))
            chip = Button(desk, pygame.Rect(x, page.y, wide, tall), title, partial(self._choose, number), key=key)
            chip.chosen = number == self.chosen
            self.form.add(chip)
            x += wide + gap
        body = pygame.Rect(page.x, page.y + tall + desk.px(12), page.width, max(1, page.height - tall - desk.px(12)))
        bars = self._bars(body)
        if self.chosen == 1:
            self.add_maps(pygame.Rect(body.x, body.y, bars.x - desk.px(18) - body.x, body.height))
            body = bars if self.maps is not None else body
        if self.maps is not None:
            low = self._bars_below(body)
            body = pygame.Rect(body.x, low, body.width, max(1, body.bottom - low))
        parts: list[str | Callable[[int], pygame.Surface]] = [*self._sheets(), *self._texts()]
        for number, part in enumerate(parts):
            left, right = ((body.width + desk.px(12)) * n // len(parts) for n in (number, number + 1))
            column = pygame.Rect(body.x + left, body.y, right - left - desk.px(12), body.height)
            self.form.add(
                Prose(desk, column, part, 15 if self.maps is None else 14, always=not number)
                if isinstance(part, str)
                else Leaf(desk, column, part, always=not number)
            )
        self.form.put_focus(len(titles) if self.maps is not None else self.chosen)
        back = self.button("Back to the map", self.back, key="Esc")
        others = [
            self.button("Previous", partial(self._choose, self.chosen - 1), enabled=self.chosen > 0),
            self.button("Next", partial(self._choose, self.chosen + 1), enabled=self.chosen + 1 < len(titles)),
        ]
        self.footer([back], others)

    @property
    def _chapters(self) -> tuple[str, ...]:
        return CHAPTERS if self.staff_log else CHAPTERS[:-1]

    def _bars(self, body: pygame.Rect) -> pygame.Rect:
        """The column of ledgers and captures beside the maps."""
        wide = min(self.desk.px(320), body.width * 3 // 10)
        return pygame.Rect(body.right - wide, body.y, wide, body.height)

    def _bars_below(self, body: pygame.Rect) -> int:
        """Where the text begins below the ledgers."""
        return min(body.bottom - 1, body.y + len(self._ledgers) * self.desk.px(BAR) + self.desk.px(8))

    def paint(self, screen: pygame.Surface) -> None:
        """The ledgers as bars: beside the maps, or as a page of its own with the dates of the captures."""
        page, tall = self.page, self.desk.px(44)
        body, bars = pygame.Rect(page.x, page.y + tall, page.width, max(1, page.height - tall)), self._ledgers
        if self.maps is not None:
            draw_ledgers(screen, self.desk, self._bars(body), bars)
        elif self.chosen == LEDGERS:
            tiles = pygame.Rect(body.x, body.y, body.width, self.desk.px(TILE))
            draw_tiles(screen, self.desk, tiles, bars)
            low = tiles.bottom + self.desk.px(12)
            rest = pygame.Rect(body.x, low, body.width, max(1, body.bottom - low))
            draw_captures(screen, self.desk, rest, self.state, self.faction)

    def _texts(self) -> tuple[str, ...]:
        """What the chapter says in words."""
        if self.chosen == 1:
            return (history_text(self.state, self.changes, narrow=self.maps is not None),)
        briefing = briefing_text(self.state) if self.chosen == 0 else ""
        return (briefing,) if briefing else ()

    def _sheets(self) -> tuple[Callable[[int], pygame.Surface], ...]:
        """What of the chapter is drawn, each painted for a width."""
        desk, state, faction = self.desk, self.state, self.faction
        if self.chosen == 0:
            return (partial(aims_sheet, desk, state, faction),)
        if self.chosen == CALENDAR:
            return (partial(calendar_sheet, desk, Portraits(desk), state, faction, self.plans),)
        if self.chosen == BLOCS:
            return partial(ladder_sheet, desk, state, self.moves), partial(politics_sheet, desk, state, faction)
        return (partial(staff_sheet, desk, self.staff_log),) if self.chosen == STAFF_LOG else ()

    def _choose(self, row: int) -> None:
        if row != self.chosen and 0 <= row < len(self._chapters):
            self.chosen = row
            self.resize()

    def key(self, event: pygame.event.Event) -> bool:
        """Each chapter's key opens it, and closes it when it is open."""
        if event.key not in KEYS[: len(self._chapters)]:
            return False
        row = KEYS.index(event.key)
        if row == self.chosen:
            self.back()
        else:
            self._choose(row)
        return True


def briefing_text(state: State) -> str:
    """What the scenario says to everybody before the first turn, "" if it says nothing."""
    briefing = state.world.texts.get("briefing", "")
    return f"# {say('Briefing')}\n{briefing}" if briefing else ""


def history_text(state: State, changes: Sequence[HolderChange], narrow: bool = False) -> str:
    """Every dated capture beside this game: what should have fallen by now first, what is to come below.

    ``narrow``: beside the maps, where the dates of a war of one year do without it.
    """
    world = state.world
    if not annals.has_history(world):
        return "# Compared with history\n\nThis scenario has no history."
    calendar = Calendar(world.first_day, world.days_per_turn, world.turns)
    today = calendar.last_day(min(state.clock.turn, world.turns))
    rows = compared(world, state.hexes.control, changes)
    past = [row for row in rows if row.then.date <= today]
    then = annals.held_on(world, today)
    places = sorted({row.then.hex for row in past})
    same = sum(state.hexes.control[here] == then[here] for here in places)
    places_told = count(len(places), "at {n} place", "at {n} places")
    seen = count(
        len(past), "By {date}, history had {n} capture {where}.", "By {date}, history had {n} captures {where}.",
        date=spoken(today), where=places_told,
    )  # fmt: skip
    now = count(
        same,
        "{n} of them is in the same hands in this game.",
        "{n} of them are in the same hands in this game.",
        none=say("None of them is in the same hands in this game."),
    )
    parts = ["# Compared with history", f"{seen} {now}", ""]
    parts += _table(state, past, narrow)
    early = [row for row in rows if row.then.date > today and row.taken not in UNDATED]
    if early:
        parts += ["", "## Earlier than history", *_table(state, early, narrow)]
    later = [row for row in rows if row.then.date > today and row not in early]
    if later:
        parts += ["", "## Still to come in history", *_table(state, later, narrow)]
    parts += [
        "",
        "In this game, a capture counts from the last day of its turn. Dates marked ~ are uncertain or disputed.",
    ]
    parts += ["The panel of a place on the map names the event and its source."]
    return "\n".join(parts)


def _table(state: State, rows: list[Compared], narrow: bool) -> list[str]:
    names = [faction.adjective for faction in state.world.factions]
    years = {day[:4] for row in rows for day in (row.then.date, row.taken) if day and day not in UNDATED}
    dated = _without_year if narrow and len(years) < 2 else spoken
    lines = ["| place | history | this game | now |", "|---|---|---|---|"] if narrow else [
        "| place | history | this game | | holds it now |", "|---|---|---|---|---|"
    ]  # fmt: skip
    for row in rows:
        doubt = "~" if row.then.confidence == "low" else ""
        taken, apart = UNDATED.get(row.taken) or dated(row.taken), gap(row.taken, row.then.date)
        holder = names[row.holder] if row.holder >= 0 else "nobody"
        then = f"{names[row.then.by]} {doubt}{dated(row.then.date)}"
        mine = (f"{taken}, {apart}" if apart else taken) if narrow else f"{taken} | {apart}"
        lines.append(f"| {row.then.place} | {then} | {mine} | {holder} |")
    return lines


def _without_year(day: str) -> str:
    return spoken(day).rpartition(" ")[0]
