"""F6: the units of a seat by formation, filtered and searched; choosing one shows it on the map."""

from __future__ import annotations

from collections.abc import Callable, Collection
from functools import partial
from typing import NamedTuple

import pygame

from game import engine
from game.state.codes import Supplied
from game.state.tables import State
from game.ui.kit.fonts import BODY
from game.ui.kit.lettering import write
from game.ui.kit.lists import ListBox, TextField
from game.ui.kit.widgets import Chooser
from game.ui.panels.hex_panel import hex_name
from game.ui.panels.unit_panel import done_words
from game.ui.scene import Desk, Pop
from game.ui.scenes.board import ENTER, Board
from game.ui.worldview import can_do
from game.words import count, say

Wanted = Callable[[State, int, Collection[str]], bool]

FILTERS: tuple[tuple[str, Wanted], ...] = (
    (say("All units"), lambda state, row, planned: True),
    (say("Can still act"), lambda state, row, planned: can_do(state, row)),
    (say("Not in full supply"), lambda state, row, planned: state.units.supply[row] != Supplied.FULL),
    (say("Weakened"), lambda state, row, planned: _is_weak(state, row)),
    (say("With a plan"), lambda state, row, planned: state.world.roster.id[row] in planned),
)
"""What can be asked for, and the question."""


def _is_weak(state: State, row: int) -> bool:
    return bool(state.units.disrupted[row]) or state.units.steps[row] < state.world.roster.steps[row]


class UnitRow(NamedTuple):
    """A line of the list: a unit by its row, or with -1 the formation that follows."""

    row: int
    title: str
    detail: str


def unit_rows(state: State, faction: int, wanted: Wanted, words: str, planned: Collection[str]) -> list[UnitRow]:
    """The units of a faction that a filter and the letters typed leave, under the names of their formations."""
    roster, units, sought = state.world.roster, state.units, words.casefold().split()
    found: dict[str, list[int]] = {}
    for row, owner in enumerate(roster.faction):
        if owner != faction or units.hex[row] < 0 or not wanted(state, row, planned):
            continue
        text = " ".join(
            (roster.name[row], roster.formation[row], roster.type[row], hex_name(state.world, units.hex[row]))
        )
        if all(word in text.casefold() for word in sought):
            found.setdefault(roster.formation[row], []).append(row)
    out: list[UnitRow] = []
    for formation in sorted(found, key=lambda name: (not name, name)):
        rows = sorted(found[formation], key=lambda row: ("hq" not in roster.traits[row], roster.name[row]))
        steps = count(sum(units.steps[row] for row in rows), "{n} step", "{n} steps")
        title = formation or say("Without a formation")
        out.append(UnitRow(-1, title, count(len(rows), "{n} unit, {steps}", "{n} units, {steps}", steps=steps)))
        out += [UnitRow(row, roster.name[row], _detail(state, row)) for row in rows]
    return out


def _detail(state: State, row: int) -> str:
    units, roster = state.units, state.world.roster
    supply = (say("in full supply"), say("stretched"), say("cut off"))[units.supply[row]]
    return say(
        "{hex} · {n} of {full} steps · {supply} · {done}",
        hex=hex_name(state.world, units.hex[row]),
        n=units.steps[row],
        full=roster.steps[row],
        supply=supply,
        done=done_words(state, row),
    )


class UnitsScene(Board):
    """The list with its filter and its search; ``take`` selects the unit that was chosen."""

    title = "Units"

    def __init__(
        self, desk: Desk, view: engine.View, faction: int, planned: Collection[str], take: Callable[[str], None]
    ) -> None:
        super().__init__(desk)
        self.state, self.faction, self.planned, self.take = view.state, faction, planned, take
        self.filter, self.words = 0, ""
        self.rows: list[UnitRow] = []
        self.listed: ListBox | None = None
        self.subtitle = self.state.world.factions[faction].name

    def build(self) -> None:
        """Search, filter, list."""
        desk, page = self.desk, self.page
        tall = desk.px(36)
        wide = min(desk.px(300), page.width // 2 - desk.px(8))
        search = pygame.Rect(page.x + desk.px(62), page.y, wide, tall)
        self.form.add(TextField(desk, search, self.words, self._typed, 40))
        chooser = pygame.Rect(page.right - wide, page.y, wide, tall)
        self.form.add(Chooser(desk, chooser, [title for title, _ in FILTERS], self.filter, self._filtered))
        box = pygame.Rect(page.x, page.y + tall + desk.px(10), page.width, page.height - tall - desk.px(10))
        self.listed = ListBox(desk, box, [], lambda row: None, self._show, row_points=46)
        self._fill()
        self.form.add(self.listed)
        self.footer(
            [self.button("Back to the map", self.back, key="Esc")],
            [self.button("Show on the map", partial(self._show, None), key="Enter")],
        )

    def paint(self, screen: pygame.Surface) -> None:
        """What the field is for."""
        write(screen, self.desk, say("Search"), (self.page.x, self.page.y + self.desk.px(8)), 14, BODY)

    def _fill(self) -> None:
        self.rows = unit_rows(self.state, self.faction, FILTERS[self.filter][1], self.words, self.planned)
        if self.listed is not None:
            self.listed.rows = [
                (f"— {one.title}" if one.row < 0 else f"    {one.title}", one.detail) for one in self.rows
            ]
            first = next((number for number, one in enumerate(self.rows) if one.row >= 0), 0)
            self.listed.choose(first)

    def _typed(self, text: str) -> None:
        self.words = text
        self._fill()

    def _filtered(self, number: int) -> None:
        self.filter = number
        self._fill()

    def _show(self, number: int | None) -> None:
        """The chosen unit is selected on the map; of a formation the first one."""
        if self.listed is None or not self.rows:
            return
        at = self.listed.chosen if number is None else number
        row = next((one.row for one in self.rows[at:] if one.row >= 0), -1)
        if row >= 0:
            self.take(self.state.world.roster.id[row])
            self.go(Pop())

    def key(self, event: pygame.event.Event) -> bool:
        """Enter shows the unit, F6 closes the list."""
        if event.key in ENTER:
            self._show(None)
            return True
        if event.key == pygame.K_F6:
            self.back()
            return True
        return False
