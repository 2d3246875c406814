"""The choice of a scenario: its briefing, the aims of its sides, its dates and its map.

A scenario with errors stays in the list, in red, and shows them with file and line.
"""

from __future__ import annotations

from datetime import date

import pygame

from game.scenario.calendar import Calendar
from game.scenario.world import World
from game.ui.camera import hex_centre, map_extent
from game.ui.editor.folders import only_copied
from game.ui.kit.clipboard import put_into_clipboard
from game.ui.kit.fonts import BODY, STRONG
from game.ui.kit.lettering import fitted, panel, write
from game.ui.kit.lists import ListBox
from game.ui.kit.reading import Prose
from game.ui.library import Library, ShelfEntry
from game.ui.places import ToEditor, ToNewScenario, ToSides
from game.ui.scene import Change, Desk, Push
from game.ui.scenes.board import ENTER, Board, badge
from game.words import count, say

LARGE_PLACE = 2


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
        rows = [(one.title, self._row_words(one)) for one in self.library.entries]
        self.list = ListBox(desk, self._list_box, rows, self._choose, lambda row: self._start(), row_points=50)
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
        return pygame.Rect(page.x, page.y, min(self.desk.px(300), page.width // 3), page.height)

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
        wide = min(room.width * 48 // 100, (room.height - head) * 11 // 10)
        return pygame.Rect(room.right - wide, room.y + head, wide, room.height - head)

    # --- what it says ---

    def _row_words(self, entry: ShelfEntry) -> str:
        if entry.world is not None:
            return days(entry.world)
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
        y = room.y + desk.px(36)
        x = room.x + write_width(desk, screen, about, (room.x, y)) + desk.px(18)
        for faction in entry.world.factions:
            side = desk.px(20)
            badge(screen, desk.theme.livery(faction.look), pygame.Rect(x, y, side, side))
            x += side + desk.px(6)
            wide = desk.fonts.width(faction.adjective, BODY, desk.px(14)) + desk.px(14)
            if x + wide > room.right:
                break
            write(screen, desk, faction.adjective, (x, y), 14, BODY, colours.text_dim)
            x += wide
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
            self._map = (key, small_map(self.desk, world, picture, box.size))
        screen.blit(self._map[1], self._map[1].get_rect(midtop=box.midtop))


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


def count_days(number: int) -> str:
    """A number of days in words."""
    return count(number, "{n} day", "{n} days")


def write_width(desk: Desk, screen: pygame.Surface, text: str, at: tuple[int, int]) -> int:
    """Write a dim line and tell its width."""
    write(screen, desk, text, at, 14, BODY, desk.theme.interface.text_dim)
    return desk.fonts.width(text, BODY, desk.px(14))


def small_map(desk: Desk, world: World, picture: pygame.Surface, room: tuple[int, int]) -> pygame.Surface:
    """A map picture fitted into a room, with the names of its large places."""
    k = min(room[0] / picture.get_width(), room[1] / picture.get_height())
    out = pygame.transform.smoothscale(
        picture, (max(1, round(picture.get_width() * k)), max(1, round(picture.get_height() * k)))
    )
    columns = world.grid.columns
    unit = out.get_width() / map_extent(columns, world.grid.rows)[0]
    taken: list[pygame.Rect] = []
    for place in sorted(world.places, key=lambda one: -one.size):
        if place.size < LARGE_PLACE:
            break
        x, y = (round(v * unit) for v in hex_centre(columns, place.hex))
        face = desk.fonts.haloed(
            place.name, STRONG, desk.px(13), desk.theme.map.name, desk.theme.map.name_halo, desk.px(2)
        )
        box = face.get_rect(midleft=(x + desk.px(5), y)).clamp(out.get_rect())
        if box.collidelist(taken) >= 0:
            box = face.get_rect(midright=(x - desk.px(5), y)).clamp(out.get_rect())
        if box.collidelist(taken) >= 0:
            continue
        taken.append(box)
        pygame.draw.circle(out, desk.theme.map.name_halo, (x, y), desk.px(4))
        pygame.draw.circle(out, desk.theme.map.town_dot, (x, y), desk.px(3))
        out.blit(face, box)
    pygame.draw.rect(out, desk.theme.interface.panel_edge, out.get_rect(), 1)
    return out
