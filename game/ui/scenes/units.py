"""F6: the order of battle of a seat and its friends as a tree, filtered and searched; a unit is shown on the map."""

from __future__ import annotations

from collections.abc import Callable, Collection
from functools import partial

import pygame

from game import engine
from game.ui.kit.fonts import BODY
from game.ui.kit.lettering import write
from game.ui.kit.lists import ListBox, TextField
from game.ui.kit.widgets import Chooser
from game.ui.order_of_battle import FILTERS, OobRow, tree_rows
from game.ui.panels.portraits import Portraits
from game.ui.scene import Desk, Pop
from game.ui.scenes.board import ENTER, Board, badge
from game.ui.worldview import face
from game.words import say

INDENT, SIGN = 22, 34
"""In points: how far a level is set in, and the picture before a line."""
SIGNS = {True: "+", False: "−"}
"""Before a branch: whether it is folded."""


class UnitsScene(Board):
    """The tree with its filter and its search; ``take`` shows the unit that was chosen."""

    title = "Order of battle"

    def __init__(
        self, desk: Desk, view: engine.View, faction: int, planned: Collection[str], take: Callable[[str], None]
    ) -> None:
        super().__init__(desk)
        self.state, self.faction, self.planned, self.take = view.state, faction, planned, take
        self.filter, self.words = 0, ""
        self.rows: list[OobRow] = []
        self.folded: set[str] = set()
        self.listed: ListBox | None = None
        self.portraits = Portraits(desk)
        self._badges: dict[str, pygame.Surface] = {}
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
        self.portraits, self._badges = Portraits(desk), {}
        self.listed = ListBox(desk, box, [], lambda row: None, self._show, row_points=46)
        self.listed.sign = self._sign
        self._fill()
        self.form.add(self.listed)
        self.footer(
            [self.button("Back to the map", self.back, key="Esc")],
            [
                self.button("Fold all", self._fold_all),
                self.button("Show on the map", partial(self._show, None), key="Enter"),
            ],
        )

    def paint(self, screen: pygame.Surface) -> None:
        """What the field is for."""
        write(screen, self.desk, say("Search"), (self.page.x, self.page.y + self.desk.px(8)), 14, BODY)

    def _fill(self, chosen: OobRow | None = None) -> None:
        """The lines anew; the chosen one stays chosen, else it is the first unit."""
        wanted, folded = FILTERS[self.filter][1], () if self.words else self.folded
        self.rows = tree_rows(self.state, self.faction, wanted, self.words, self.planned, folded)
        if self.listed is not None:
            self.listed.rows = [(self._title(one), one.detail) for one in self.rows]
            first = next((number for number, one in enumerate(self.rows) if one.row >= 0), 0)
            self.listed.choose(self.rows.index(chosen) if chosen in self.rows else first)

    def _title(self, one: OobRow) -> str:
        return one.title if one.row >= 0 else f"{SIGNS[one.key in self.folded]}  {one.title}"

    def _sign(self, number: int) -> tuple[int, pygame.Surface | None]:
        """How deep a line lies; before a unit its counter, before a faction its badge."""
        one, side = self.rows[number], self.desk.px(SIGN)
        if one.row >= 0:
            return INDENT * one.level, self.portraits.picture(face(self.state, self.faction, one.row), side)
        if one.level:
            return INDENT * one.level, None
        if one.key not in self._badges:
            board = self._badges[one.key] = pygame.Surface((side, side), pygame.SRCALPHA)
            look = self.state.world.factions[int(one.key)].look
            badge(board, self.desk.theme.livery(look), board.get_rect())
        return 0, self._badges[one.key]

    def _fold(self, folded: bool | None = None) -> None:
        """The branch of the chosen line is folded or unfolded; without an answer it changes."""
        if self.listed is None or not self.rows or self.words:
            return
        one = self.rows[self.listed.chosen]
        head = next(row for row in self.rows if row.row < 0 and row.key == one.key)
        fold = head.key not in self.folded if folded is None else folded
        self.folded = self.folded | {head.key} if fold else self.folded - {head.key}
        self._fill(head)

    def _fold_all(self) -> None:
        """All formations are folded; where all are already, all are unfolded."""
        every = {one.key for one in self.rows if one.level == 1}
        self.folded = set() if every <= self.folded else every
        self._fill()

    def _typed(self, text: str) -> None:
        self.words = text
        self._fill()

    def _filtered(self, number: int) -> None:
        self.filter = number
        self._fill()

    def _show(self, number: int | None) -> None:
        """The chosen unit is selected on the map; a branch is folded or unfolded."""
        if self.listed is None or not self.rows:
            return
        one = self.rows[self.listed.chosen if number is None else number]
        if one.row < 0:
            self._fold()
        elif self.state.units.hex[one.row] >= 0:
            self.take(self.state.world.roster.id[one.row])
            self.go(Pop())

    def key(self, event: pygame.event.Event) -> bool:
        """Enter shows the unit or folds the branch, the arrows fold, F6 closes the tree."""
        on_the_list = self.listed is not None and self.form.widgets[self.form.focus] is self.listed
        if event.key in ENTER:
            self._show(None)
        elif event.key == pygame.K_F6:
            self.back()
        elif on_the_list and event.key in (pygame.K_LEFT, pygame.K_RIGHT):
            self._fold(event.key == pygame.K_LEFT)
        else:
            return False
        return True
