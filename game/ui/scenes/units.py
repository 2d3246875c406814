"""F6: the order of battle of a seat and its friends as a tree, filtered and searched; a unit is shown on the map."""

from __future__ import annotations

from collections.abc import Callable, Collection
from functools import partial

import pygame

from game import engine
from game.ui.camera import hex_centre, map_extent
from game.ui.kit.lettering import fade, panel
from game.ui.kit.lists import ListBox, TextField
from game.ui.kit.widgets import Chooser
from game.ui.order_of_battle import FILTERS, OobRow, tree_rows
from game.ui.panels.flow import Flow, FlowPage
from game.ui.panels.portraits import Portraits
from game.ui.panels.unit_panel import add_unit
from game.ui.scene import Desk, Pop
from game.ui.scenes.board import ENTER, Board, badge
from game.ui.scenes.small_fronts import name_places
from game.ui.selection import Selection
from game.ui.worldview import face
from game.words import say

INDENT, SIGN, CARD = 22, 34, 400
"""In points: how far a level is set in, the picture before a line, and the card beside the tree."""
ZOOM = 1.7
"""How much larger the map on the card is than one that would fill it."""
Ground = Callable[[tuple[int, int]], pygame.Surface]
ARROW = 14
"""Points of the arrow before a branch, which points down while it is unfolded."""


class UnitsScene(Board):
    """The tree with its filter and its search; ``take`` shows the unit that was chosen."""

    title = "Order of battle"

    def __init__(
        self, desk: Desk, view: engine.View, faction: int, planned: Collection[str], take: Callable[[str], None],
        ground: Ground | None = None,
    ) -> None:  # fmt: skip
        super().__init__(desk)
        self.state, self.faction, self.planned, self.take = view.state, faction, planned, take
        self.filter, self.words = 0, ""
        self.rows: list[OobRow] = []
        self.folded: set[str] = set()
        self.listed: ListBox | None = None
        self.ground = ground
        self._page: tuple[object, FlowPage] | None = None
        self._map: tuple[object, pygame.Surface] | None = None
        self.portraits = Portraits(desk)
        self._badges: dict[tuple[str, bool], pygame.Surface] = {}
        self.subtitle = self.state.world.factions[faction].name

    def build(self) -> None:
        """Search, filter, list."""
        desk, page = self.desk, self.page
        held = self.rows[self.listed.chosen] if self.listed is not None and self.rows else None
        tall = desk.px(36)
        wide = min(desk.px(300), page.width // 2 - desk.px(8))
        search = pygame.Rect(page.x, page.y, wide, tall)
        self.form.add(TextField(desk, search, self.words, self._typed, 40, hint=say("Search the units")))
        chooser = pygame.Rect(page.right - wide, page.y, wide, tall)
        self.form.add(Chooser(desk, chooser, [title for title, _ in FILTERS], self.filter, self._filtered))
        box = pygame.Rect(
            page.x, page.y + tall + desk.px(10), page.width - self._side, page.height - tall - desk.px(10)
        )
        self.portraits, self._badges = Portraits(desk), {}
        self.listed = ListBox(desk, box, [], lambda row: None, self._show, row_points=46)
        self.listed.sign = self._sign
        self._fill(held)
        self.form.add(self.listed)
        self.footer(
            [self.button("Back to the map", self.back, key="Esc")],
            [
                self.button("Fold all", self._fold_all),
                self.button("Show on the map", partial(self._show, None), key="Enter"),
            ],
        )

    def paint(self, screen: pygame.Surface) -> None:
        """At the right the chosen unit or formation, and where it stands."""
        desk, card = self.desk, self._card
        if not card.width or not self.rows or self.listed is None:
            return
        one = self.rows[self.listed.chosen]
        panel(screen, desk, card)
        page, map_box = self._told(one, card.width - desk.px(2)), self._map_box
        room = pygame.Rect(card.x + 1, card.y + 1, card.width - 2, max(1, map_box.y - card.y - desk.px(4)))
        screen.blit(page.picture, room.topleft, pygame.Rect((0, 0), room.size))
        if page.picture.get_height() > room.height:
            fade(screen, desk, room, desk.theme.interface.panel, above=False, below=True)
        if map_box.height:
            screen.blit(self._where(one, map_box.size), map_box)

    @property
    def _side(self) -> int:
        """Room for the card beside the tree; none in a narrow window."""
        return self.desk.px(CARD + 14) if self.page.width >= self.desk.px(CARD + 560) else 0

    @property
    def _card(self) -> pygame.Rect:
        page, top = self.page, self.page.y + self.desk.px(46)
        wide = max(0, self._side - self.desk.px(14))
        return pygame.Rect(page.right - wide, top, wide, max(1, page.bottom - top))

    @property
    def _map_box(self) -> pygame.Rect:
        """The map at the foot of the card; without height where there is none."""
        card = self._card
        tall = min(card.height * 46 // 100, self.desk.px(300)) if self.ground is not None else 0
        return pygame.Rect(card.x + 1, card.bottom - 1 - tall, max(1, card.width - 2), tall)

    def _told(self, one: OobRow, wide: int) -> FlowPage:
        """All about a unit as the table's column tells it; of a branch its sum and its counters."""
        key = (one, wide, self.desk.theme)
        if self._page is None or self._page[0] != key:
            flow = Flow(self.desk, wide)
            roster = self.state.world.roster
            if one.row >= 0 and self.state.units.hex[one.row] >= 0:
                here = self.state.units.hex[one.row]
                add_unit(flow, self.portraits, self.state, self.faction, Selection(here, roster.id[one.row]))
            else:
                flow.heading(one.title)
                flow.prose(one.detail, 13, self.desk.theme.interface.text_dim)
                flow.gap(6)
                self._add_counters(flow, [row for row in self._below(one) if self.state.units.hex[row] >= 0])
            self._page = key, flow.page()
        return self._page[1]

    def _add_counters(self, flow: Flow, rows: list[int]) -> None:
        """The counters of a branch, side by side."""
        side, gap = self.desk.px(52), self.desk.px(6)
        many = max(1, flow.room // (side + gap))
        for start in range(0, len(rows), many):
            some = rows[start : start + many]

            def paint(screen: pygame.Surface, box: pygame.Rect, some: list[int] = some) -> None:
                for number, row in enumerate(some):
                    picture = self.portraits.picture(face(self.state, self.faction, row), side)
                    screen.blit(picture, (box.x + number * (side + gap), box.y))

            flow.block(58, paint)

    def _below(self, one: OobRow) -> list[int]:
        """The units of a line: itself, or all of its branch, folded or not."""
        if one.row >= 0:
            return [one.row]
        whole = tree_rows(self.state, self.faction, FILTERS[self.filter][1], self.words, self.planned, ())
        at = next((n for n, row in enumerate(whole) if row.row < 0 and row.key == one.key), -1)
        out = []
        for row in whole[at + 1 :]:
            if row.level <= one.level:
                break
            out += [row.row] if row.row >= 0 else []
        return out

    def _where(self, one: OobRow, size: tuple[int, int]) -> pygame.Surface:
        """The map around the units of a line, each under a pin with its faction's badge."""
        key = (one, size, self.desk.theme)
        if self._map is None or self._map[0] != key:
            world, units = self.state.world, self.state.units
            shown = [units.hex[row] for row in self._below(one) if units.hex[row] >= 0]
            assert self.ground is not None
            wide, tall = map_extent(world.grid.columns, world.grid.rows)
            scale = max(size[0] / wide, size[1] / tall) * ZOOM
            whole = self.ground((round(wide * scale), round(tall * scale)))
            spots = [tuple(part * scale for part in hex_centre(world.grid.columns, here)) for here in shown]
            middle = [sum(part) / len(spots) for part in zip(*spots, strict=True)] if spots else whole.get_rect().center
            cut = pygame.Rect(0, 0, *size)
            cut.center = round(middle[0]), round(middle[1])
            cut.clamp_ip(whole.get_rect())
            out = pygame.Surface(size)
            out.blit(whole, (0, 0), cut)
            owner = world.roster.faction[one.row] if one.row >= 0 else self.faction
            name_places(self.desk.theme, self.desk.fonts, world, self.state.hexes.control, out, self.desk.px(12), scale,
                        cut.topleft)  # fmt: skip
            livery, side = self.desk.theme.livery(world.factions[owner].look), self.desk.px(18)
            for x, y in spots:
                at, rim = (round(x) - cut.x, round(y) - cut.y), self.desk.px(2)
                box = pygame.Rect(0, 0, side, side)
                box.midbottom = at[0], at[1] - side // 2
                foot = [(box.left + rim, box.bottom), (box.right - rim, box.bottom), at]
                pygame.draw.polygon(out, livery.paper, foot)
                pygame.draw.rect(out, livery.paper, box.inflate(2 * rim, 2 * rim), border_radius=side // 4)
                badge(out, livery, box)
            self._map = key, out
        return self._map[1]

    def _fill(self, chosen: OobRow | None = None) -> None:
        """The lines anew; the chosen one stays chosen, else it is the first unit."""
        wanted, folded = FILTERS[self.filter][1], () if self.words else self.folded
        self.rows = tree_rows(self.state, self.faction, wanted, self.words, self.planned, folded)
        if self.listed is not None:
            self.listed.rows = [(one.title, one.detail) for one in self.rows]
            first = next((number for number, one in enumerate(self.rows) if one.row >= 0), 0)
            self.listed.choose(self.rows.index(chosen) if chosen in self.rows else first)

    def _sign(self, number: int) -> tuple[int, pygame.Surface | None]:
        """How deep a line lies; before a unit its counter, before a branch its arrow, a faction's with its badge."""
        one, side = self.rows[number], self.desk.px(SIGN)
        if one.row >= 0:
            return INDENT * one.level, self.portraits.picture(face(self.state, self.faction, one.row), side)
        key = one.key if not one.level else "", one.key in self.folded
        if key not in self._badges:
            arrow = self.desk.px(ARROW)
            wide = arrow if one.level else arrow + self.desk.px(8) + side
            board = self._badges[key] = pygame.Surface((wide, side), pygame.SRCALPHA)
            r, y = arrow * 0.32, side / 2
            tips = [(-r, -r * 0.6), (r, -r * 0.6), (0, r)] if not key[1] else [(-r * 0.6, -r), (-r * 0.6, r), (r, 0)]
            corners = [(arrow / 2 + dx, y + dy) for dx, dy in tips]
            pygame.draw.polygon(board, self.desk.theme.interface.text_dim, corners)
            pygame.draw.aalines(board, self.desk.theme.interface.text_dim, True, corners)
            if not one.level:
                look = self.state.world.factions[int(one.key)].look
                badge(board, self.desk.theme.livery(look), pygame.Rect(wide - side, 0, side, side))
        return INDENT * one.level, self._badges[key]

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
