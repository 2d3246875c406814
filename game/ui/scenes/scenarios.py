"""The choice of a scenario: its briefing, the aims of its sides, its dates and its map.

A scenario with errors stays in the list, in red, and shows them with file and line.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

import pygame

from game.scenario.calendar import Calendar
from game.scenario.world import World
from game.ui.editor.folders import only_copied
from game.ui.kit.clipboard import put_into_clipboard
from game.ui.kit.fonts import BODY, NARROW, NARROW_STRONG, STRONG
from game.ui.kit.lettering import fitted, panel, write
from game.ui.kit.lists import ListBox
from game.ui.kit.reading import Prose
from game.ui.library import Library, ShelfEntry
from game.ui.places import ToEditor, ToNewScenario, ToSides
from game.ui.scene import Change, Desk, Push
from game.ui.scenes.board import ENTER, Board, badge
from game.ui.scenes.outlook import Fact, crop, facts, facts_height, front, paint_facts, time_to_play
from game.words import count, say

ROW = 78
"""Points of a scenario in the list."""


class ScenarioList(ListBox):
    """Each scenario with a piece of its map, its days and its sides; the guided one says that one starts there."""

    def __init__(
        self, desk: Desk, rect: pygame.Rect, entries: Sequence[ShelfEntry], rows: Sequence[tuple[str, str]],
        changed: Callable[[int], None], act: Callable[[int], None],
    ) -> None:  # fmt: skip
        super().__init__(desk, rect, rows, changed, act, row_points=ROW)
        self.entries = entries
        self._pieces: dict[int, tuple[object, pygame.Surface]] = {}

    def _draw_row(self, screen: pygame.Surface, number: int, box: pygame.Rect) -> None:
        desk, entry, colours = self.desk, self.entries[number], self.desk.theme.interface
        tall = box.height - desk.px(10)
        piece = pygame.Rect(box.x + desk.px(5), box.y + desk.px(5), min(tall * 4 // 3, box.width // 3), tall)
        shown = entry.front or entry.picture
        if shown is not None:
            key = (shown, piece.size)
            if number not in self._pieces or self._pieces[number][0] != key:
                self._pieces[number] = (key, crop(shown, piece.size, 0.5, 0.42, 0.8))
            screen.blit(self._pieces[number][1], piece)
        pygame.draw.rect(screen, colours.panel_edge, piece, 1)
        beside = pygame.Rect(piece.right + desk.px(2), box.y, box.right - piece.right - desk.px(2), box.height)
        super()._draw_row(screen, number, beside)
        if entry.world is None:
            return
        side, x, y = desk.px(16), beside.x + desk.px(8), box.bottom - desk.px(22)
        for faction in entry.world.factions:
            badge(screen, desk.theme.livery(faction.look), pygame.Rect(x, y, side, side))
            x += side + desk.px(4)
        if entry.world.coach is not None:
            words = desk.fonts.text(say("Start here"), NARROW_STRONG, desk.px(12), colours.on_accent)
            flag = words.get_rect(right=box.right - desk.px(12), centery=y + side // 2)
            pygame.draw.rect(screen, colours.accent, flag.inflate(desk.px(12), desk.px(4)), border_radius=desk.px(4))
            screen.blit(words, flag)
        else:
            words = desk.fonts.text(time_to_play(entry.world), NARROW, desk.px(12), colours.text_dim)
            screen.blit(words, words.get_rect(right=box.right - desk.px(8), centery=y + side // 2))


class Scenarios(Board):
    """The list at the left; what is chosen at the right.

    ``watch`` gives every side to the computer; ``edit`` leads to the editor instead of to a game.
    """

    title = "Choose a scenario"

    def __init__(self, desk: Desk, library: Library, watch: bool = False, edit: bool = False, at: int = 0) -> None:
        super().__init__(desk)
        self.library, self.watch, self.edit, self.chosen = library, watch, edit, at
        if watch:
            self.title = "Choose a scenario to watch"
        if edit:
            self.title = "Choose a scenario to edit"
        self.list: ListBox | None = None
        self._edited = False
        self._told: tuple[bool, ...] = ()
        self._map: tuple[object, pygame.Surface] | None = None
        self._card: tuple[World, tuple[Fact, ...]] | None = None
        self._cover: tuple[object, pygame.Surface] | None = None
        library.begin()

    @property
    def entry(self) -> ShelfEntry | None:
        """The chosen scenario."""
        return self.library.entries[self.chosen] if self.library.entries else None

    # --- layout ---

    def build(self) -> None:
        """List, text and buttons."""
        desk, entry = self.desk, self.entry
        self._told = tuple(one.ready for one in self.library.entries)
        rows = [(short_title(one.title), self._row_words(one)) for one in self.library.entries]
        self.list = ScenarioList(desk, self._list_box, self.library.entries, rows, self._choose,
                                 lambda row: self._start())  # fmt: skip
        self.list.chosen = self.chosen
        self.list.marked = {n for n, one in enumerate(self.library.entries) if one.errors}
        self.form.add(self.list)
        good = entry is not None and entry.world is not None
        right = [] if self.edit else [self.button("Choose seats", self._start, key="Enter", enabled=good, gold=True)]
        left = [self.button("Back", self.back, key="Esc")]
        if entry is not None and entry.errors:
            left += [
                self.button("Reload", self._read_again, key="Ctrl+R"),
                self.button("Copy the errors", self._copy),
            ]
        if entry is not None and entry.ready and not self.watch:
            word = "Edit a copy" if only_copied(entry.folder) else "Edit"
            right.insert(0, self.button(word, self._edit, key="Enter" if self.edit else "E"))
        if self.edit:
            right.insert(0, self.button("New scenario", self._new, key="N"))
        if entry is not None:
            self.form.add(Prose(desk, self._text_box, self._text(entry), 15, always=True))
        self.footer(left, right)

    @property
    def _list_box(self) -> pygame.Rect:
        page = self.page
        return pygame.Rect(page.x, page.y, min(self.desk.px(320), page.width // 3), page.height)

    @property
    def _about(self) -> pygame.Rect:
        left = self._list_box.right + self.desk.px(20)
        return pygame.Rect(left, self.page.y, self.page.right - left, self.page.height)

    @property
    def _text_box(self) -> pygame.Rect:
        room, head = self._about, self.desk.px(74)
        picture = self._map_box.width + self.desk.px(16) if self._map_box.width else 0
        above = self._cover_box.height + self.desk.px(12) if self._cover_box.height else 0
        return pygame.Rect(room.x, room.y + head + above, room.width - picture, room.height - head - above)

    @property
    def _cover_box(self) -> pygame.Rect:
        """Room for the picture that the scenario brings: above its text, at most a third of the height."""
        room, head, entry = self._about, self.desk.px(74), self.entry
        if entry is None or entry.cover is None:
            return pygame.Rect(0, 0, 0, 0)
        wide = room.width - (self._map_box.width + self.desk.px(16) if self._map_box.width else 0)
        size = entry.cover.surface.get_rect().fit(pygame.Rect(0, 0, wide, (room.height - head) // 3)).size
        return pygame.Rect(room.x, room.y + head, *size)

    @property
    def _map_box(self) -> pygame.Rect:
        room, head = self._about, self.desk.px(74)
        entry = self.entry
        if entry is None or entry.errors or room.width < self.desk.px(500):
            return pygame.Rect(0, 0, 0, 0)
        wide, tall = room.width * 48 // 100, room.height - head
        card = (
            facts_height(self.desk, self._facts(entry.world), wide) + self.desk.px(10) if entry.world is not None else 0
        )
        return pygame.Rect(room.right - wide, room.y + head, wide, max(tall - card, tall // 2))

    # --- what it says ---

    def _row_words(self, entry: ShelfEntry) -> str:
        if entry.world is not None:
            return short_days(entry.world)
        return "cannot be played: see its errors" if entry.errors else "is being read…"

    def _text(self, entry: ShelfEntry) -> str:
        if entry.errors:
            return f"## This scenario cannot be played until its errors are fixed\n\n```\n{entry.errors}\n```"
        if entry.world is None:
            return "Is being read…"
        return briefing(entry.world)

    # --- what one does ---

    def _choose(self, row: int) -> None:
        if row != self.chosen:
            self.chosen = row
            self.resize()

    def _start(self) -> None:
        if self.edit:
            self._edit()
            return
        entry = self.entry
        if entry is not None and entry.world is not None:
            self.go(Push(ToSides(entry.world, watch=self.watch, folder=entry.folder)))

    def _edit(self) -> None:
        if self.entry is not None and self.entry.ready:
            self._edited = True
            self.go(Push(ToEditor(self.entry.folder, self)))

    def _new(self) -> None:
        self._edited = True
        self.go(Push(ToNewScenario(self)))

    def resize(self) -> None:
        """Back from the editor: what was changed is read again, and copies join the list."""
        if self._edited:
            self._edited = False
            chosen = self.entry.folder if self.entry is not None else None
            if chosen is not None:
                self.library.look_again(chosen)
            folders = [entry.folder for entry in self.library.entries]
            self.chosen = folders.index(chosen) if chosen in folders else 0
        super().resize()

    def _read_again(self) -> None:
        if self.entry is not None:
            self.library.read_again(self.entry)
            self.resize()

    def _copy(self) -> None:
        if self.entry is not None:
            put_into_clipboard(self.entry.errors)

    def key(self, event: pygame.event.Event) -> bool:
        """Enter goes on, unless a button has the focus; E edits; Ctrl+R reads a scenario again."""
        if event.key == pygame.K_r and event.mod & pygame.KMOD_CTRL:
            self._read_again()
            return True
        if event.key == pygame.K_e and not self.watch and not event.mod & (pygame.KMOD_CTRL | pygame.KMOD_ALT):
            self._edit()
            return True
        if event.key == pygame.K_n and self.edit:
            self._new()
            return True
        if event.key in ENTER and self.form.focus <= 1:
            self._start()
            return True
        return False

    def update(self, seconds: float) -> Change | None:
        """Scenarios that have been read in the meantime show up."""
        if self._told != tuple(one.ready for one in self.library.entries):
            self.resize()
        return super().update(seconds)

    # --- picture ---

    def paint(self, screen: pygame.Surface) -> None:
        """The head of the chosen scenario, and its map."""
        entry = self.entry
        if entry is None:
            return
        desk, colours, room = self.desk, self.desk.theme.interface, self._about
        write(screen, desk, entry.title, (room.x, room.y - desk.px(4)), 20, STRONG, width=room.width)
        if entry.world is None:
            where = fitted(desk.fonts, str(entry.folder), BODY, desk.px(14), room.width)
            write(screen, desk, where, (room.x, room.y + desk.px(36)), 14, BODY, colours.text_dim)
            return
        about = f"{days(entry.world)}, {scale(entry.world)}"
        write(screen, desk, about, (room.x, room.y + desk.px(36)), 14, BODY, colours.text_dim, room.width)
        if self._map_box.width:
            self._paint_map(screen, entry.world, entry.picture)
        if entry.cover is not None and self._cover_box.width:
            self._paint_cover(screen, entry.cover.surface)

    def _paint_cover(self, screen: pygame.Surface, cover: pygame.Surface) -> None:
        box = self._cover_box
        if self._cover is None or self._cover[0] != (cover, box.size):
            whole = cover.convert_alpha() if cover.get_bitsize() < 24 else cover
            self._cover = ((cover, box.size), pygame.transform.smoothscale(whole, box.size))
        screen.blit(self._cover[1], box)

    def _facts(self, world: World) -> tuple[Fact, ...]:
        """What the card tells, worked out when another scenario is looked at."""
        if self._card is None or self._card[0] is not world:
            self._card = (world, facts(world))
        return self._card[1]

    def _paint_map(self, screen: pygame.Surface, world: World, picture: pygame.Surface | None) -> None:
        box = self._map_box
        if picture is None:
            panel(screen, self.desk, box)
            at = (box.x + self.desk.px(14), box.y + self.desk.px(14))
            ink = self.desk.theme.interface.text_dim
            write(screen, self.desk, "Drawing the map…", at, 14, BODY, ink, box.width - self.desk.px(28))
            return
        key = (world.id, picture, box.size)
        if self._map is None or self._map[0] != key:
            self._map = (key, front(self.desk, world, picture, box.size))
        shown = self._map[1].get_rect(midtop=box.midtop)
        screen.blit(self._map[1], shown)
        low = shown.bottom + self.desk.px(10)
        room = self._about.bottom - low
        tall = min(facts_height(self.desk, self._facts(world), box.width), room)
        paint_facts(screen, self.desk, self._facts(world), pygame.Rect(box.x, low, box.width, tall))


def briefing(world: World) -> str:
    """What there is to know before the game: summary, briefing, aims, options, sources."""
    texts = world.texts
    parts = [f"**{' '.join(texts.get('summary', '').split())}**", "", texts.get("briefing", "")]
    aims = [(faction.name, texts.get(f"aims.{faction.id}", "")) for faction in world.factions]
    if any(aim for _, aim in aims):
        parts += ["", "## Aims"]
        parts += [f"\n### {name}\n{aim}" for name, aim in aims if aim]
    if options := world.options:
        parts += ["", "## Options", *(f"- {option}" for option in options)]
        parts += ["", "You can switch them on or off when you choose seats."]
    if texts.get("sources"):
        parts += ["", "## Sources", *(f"- {line}" for line in texts["sources"].splitlines() if line)]
    return "\n".join(parts)


def short_scale(world: World) -> str:
    """The same in a few words, such as "26 turns, 5 km hexes"."""
    metres = world.metres_per_hex
    wide = say("{n} km", n=f"{metres / 1000:g}") if metres >= 1000 else say("{n} m", n=metres)
    return count(world.turns, "{n} turn, {wide} hexes", "{n} turns, {wide} hexes", wide=wide)


def scale(world: World) -> str:
    """How long a turn is and how wide a hex, such as "26 turns of 3 days, hexes of 5 km"."""
    metres = world.metres_per_hex
    wide = f"{metres / 1000:g} km" if metres >= 1000 else f"{metres} m"
    return count(
        world.turns, "{n} turn of {days}, hexes of {km}", "{n} turns of {days}, hexes of {km}",
        days=count_days(world.days_per_turn), km=wide,
    )  # fmt: skip


def days(world: World) -> str:
    """The days a scenario spans."""
    last = Calendar(world.first_day, world.days_per_turn, world.turns).last_day(world.turns)
    start, end = date.fromisoformat(world.first_day), date.fromisoformat(last)
    first = f"{start.day} {start:%B}" + (f" {start.year}" if start.year != end.year else "")
    return f"{first} to {end.day} {end:%B} {end.year}"


def short_days(world: World) -> str:
    """The same with short names of months, where there is little room."""
    last = Calendar(world.first_day, world.days_per_turn, world.turns).last_day(world.turns)
    start, end = date.fromisoformat(world.first_day), date.fromisoformat(last)
    first = f"{start.day} {start:%b}" + (f" {start.year}" if start.year != end.year else "")
    return say("{first} to {last}", first=first, last=f"{end.day} {end:%b} {end.year}")


def short_title(title: str) -> str:
    """A title without what follows its colon."""
    return title.split(": ")[0]


def count_days(number: int) -> str:
    """A number of days in words."""
    return count(number, "{n} day", "{n} days")
