"""How the tool in hand is set: brush and ground, name and kind of a line, what a new unit is like."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Protocol

import pygame

from game.ruleset.units import UnitType
from game.scenario.files.map import CROSSING_KINDS, PLACE_KINDS
from game.ui.editor.drawn import Drawn
from game.ui.editor.form_column import FormColumn
from game.ui.editor.hand import HEX_COUNTS, Pick, Studio
from game.ui.editor.lines import FIRST_KINDS, LINE_KINDS, WORDS, line_name, lines_of
from game.ui.editor.palette import Swatch
from game.ui.editor.signs import area_ink
from game.ui.editor.tools import BY_KEY
from game.words import say

SIZES = ("det", "sec", "coy", "bty", "btn", "bde", "hq")
SIZE_WORDS = ("detachment", "section", "company", "battery", "battalion", "brigade", "headquarters")
QUALITIES = ("A", "B", "C", "D")
QUALITY_WORDS = ("A elite", "B good", "C average", "D poor")


class Optioned(Studio, Protocol):
    """What the options can ask beyond what tools can."""

    def touch(self) -> None:
        """Something about the tool has changed: lay options and map out anew."""
        ...

    def new_area(self, what: str) -> None:
        """Ask for the name of a new sector or airspace."""
        ...


def fill_options(column: FormColumn, studio: Optioned) -> None:
    """The options of the tool in hand."""
    column.finish_line()
    hand, drawn = studio.hand, studio.drawn
    column.begin(("options", hand.tool))
    column.heading(BY_KEY[hand.tool].title)
    if drawn is not None:
        FILLERS.get(hand.tool, _nothing)(column, studio, drawn)
    column.settle()


def _nothing(column: FormColumn, studio: Optioned, drawn: Drawn) -> None:
    column.note(BY_KEY[studio.hand.tool].hint)


def _brush(column: FormColumn, studio: Optioned) -> None:
    def change(number: int) -> None:
        studio.hand.brush = number
        studio.touch()

    column.pick("Brush", HEX_COUNTS, studio.hand.brush, change, "How many hexes a dab covers: [ and ].")


def _terrain(column: FormColumn, studio: Optioned, drawn: Drawn) -> None:
    _brush(column, studio)
    theme = column.desk.theme
    for name, kind in drawn.rules.terrain.kinds.items():
        act = _set(studio, "terrain", name)
        swatch = Swatch(
            column.desk, _box(), theme.terrain(name), kind.name, kind.symbol, name == studio.hand.terrain, act
        )
        column.add(23, swatch)


def _side_line(column: FormColumn, studio: Optioned, drawn: Drawn) -> None:
    hand, what = studio.hand, studio.hand.tool
    lines = lines_of(drawn, what)
    names = list(dict.fromkeys(line.name for line in lines))
    if what != "line":
        fresh = line_name(drawn, what)
        now = hand.names.get(what) or fresh
        every = [*names, *([now] if now not in names else [])]
        every += [fresh] if fresh not in every else []

        def choose(number: int) -> None:
            hand.names[what] = every[number]
            known = [line for line in lines if line.name == every[number]]
            if known:
                hand.kinds[what] = known[0].kind
            studio.touch()

        column.pick(
            "", every, every.index(now), choose, say("The {what} that the next stroke belongs to.", what=WORDS[what])
        )
        column.line("Name", now, lambda text: _name(studio, what, text), tip="A new name begins a new line.")
    if what in LINE_KINDS:
        kinds = LINE_KINDS[what]
        kind = hand.kind(what, FIRST_KINDS[what])
        column.pick("Kind", kinds, kinds.index(kind) if kind in kinds else 0, lambda n: _kind(studio, what, kinds[n]))
    column.toggle("Erase", hand.erase, lambda on: _erase(studio, on), "Shift does it for a single stroke.")
    column.note(BY_KEY[what].hint)


def _name(studio: Optioned, what: str, text: str) -> None:
    if text.strip():
        studio.hand.names[what] = text.strip()
    studio.touch()


def _kind(studio: Optioned, what: str, kind: str) -> None:
    studio.hand.kinds[what] = kind
    studio.touch()


def _erase(studio: Optioned, on: bool) -> None:
    studio.hand.erase = on
    studio.touch()


def _set(studio: Optioned, name: str, value: object) -> Callable[[], None]:
    def act() -> None:
        setattr(studio.hand, name, value)
        studio.touch()

    return act


def _place(column: FormColumn, studio: Optioned, drawn: Drawn) -> None:
    hand = studio.hand
    words = [kind.replace("_", " ") for kind in PLACE_KINDS]
    kind = hand.kind("place", "village")
    column.pick("Kind", words, PLACE_KINDS.index(kind), lambda n: _kind(studio, "place", PLACE_KINDS[n]))
    column.pick("Rank", ("0", "1", "2", "3"), hand.place_size, lambda n: _set(studio, "place_size", n)(),
                "How large its name is drawn.")  # fmt: skip
    _nothing(column, studio, drawn)


def _crossing(column: FormColumn, studio: Optioned, drawn: Drawn) -> None:
    for label, what, kinds in (
        ("Kind", "crossing", CROSSING_KINDS),
        ("State", "crossing_state", ("open", "blown")),
    ):
        now = studio.hand.kind(what, kinds[0])
        column.pick(label, kinds, kinds.index(now), lambda n, w=what, k=kinds: _kind(studio, w, k[n]))  # type: ignore[misc]
    _nothing(column, studio, drawn)


def _faction(column: FormColumn, studio: Optioned, drawn: Drawn) -> None:
    hand = studio.hand
    if hand.faction not in drawn.factions:
        hand.faction = (*drawn.factions, "")[0]
    for one in drawn.head.factions if drawn.head is not None else ():
        livery = column.desk.theme.livery(drawn.looks.get(one.id))
        column.add(23, Swatch(column.desk, _box(), livery.body, one.adjective, "", one.id == hand.faction,
                              _set(studio, "faction", one.id)))  # fmt: skip


def _unit(column: FormColumn, studio: Optioned, drawn: Drawn) -> None:
    hand = studio.hand
    _faction(column, studio, drawn)
    types = list(drawn.rules.units.types)
    words = [type_words(kind) for kind in drawn.rules.units.types.values()]
    at = types.index(hand.unit_type) if hand.unit_type in types else -1
    column.pick("Type", words, at, lambda n: _set(studio, "unit_type", types[n])())
    column.pick("Size", SIZE_WORDS, SIZES.index(hand.size), lambda n: _set(studio, "size", SIZES[n])())
    column.pick("Steps", [str(n) for n in range(1, 7)], hand.steps - 1, lambda n: _set(studio, "steps", n + 1)())
    at = QUALITIES.index(hand.quality)
    column.pick("Quality", QUALITIES, at, lambda n: _set(studio, "quality", QUALITIES[n])())
    _nothing(column, studio, drawn)


def _source(column: FormColumn, studio: Optioned, drawn: Drawn) -> None:
    _faction(column, studio, drawn)
    column.line("Feeds", str(studio.hand.capacity), lambda text: _capacity(studio, text), 4, "0123456789",
                "Steps that the source feeds.")  # fmt: skip
    _nothing(column, studio, drawn)


def _capacity(studio: Optioned, text: str) -> None:
    studio.hand.capacity = min(1000, int(text or "0"))
    studio.touch()


def _area(column: FormColumn, studio: Optioned, drawn: Drawn) -> None:
    hand = studio.hand
    kinds = ("control", "sectors", "airspace")
    what = hand.area[0]

    def change(number: int) -> None:
        first = {area.what: area.entry.id for area in reversed(drawn.areas)} | {"control": (*drawn.factions, "")[0]}
        hand.area = (kinds[number], first.get(kinds[number], ""))
        studio.touch()

    column.pick("", ("held ground", "home sectors", "airspace"), kinds.index(what), change)
    _brush(column, studio)
    if what == "control":
        if not hand.area[1]:
            hand.area = ("control", (*drawn.factions, "")[0])
        for one in drawn.head.factions if drawn.head is not None else ():
            livery, now = column.desk.theme.livery(drawn.looks.get(one.id)), ("control", one.id)
            column.add(23, Swatch(column.desk, _box(), livery.tint, one.adjective, "", hand.area == now,
                                  _set(studio, "area", now)))  # fmt: skip
        return
    for number, area in enumerate(area for area in drawn.areas if area.what == what):
        key, ink = (what, area.entry.id), area_ink(number, column.desk.theme)
        act = partial(_choose_area, studio, key)
        column.add(23, Swatch(column.desk, _box(), ink, area.entry.name, "", hand.area == key, act))
    column.buttons(("New area", lambda: studio.new_area(what), "", "A new area with a name of its own."))
    column.toggle("Take out", hand.erase, lambda on: _erase(studio, on), "Shift does it for a single stroke.")


def _choose_area(studio: Optioned, key: tuple[str, str]) -> None:
    studio.hand.area = key
    studio.choose(Pick("area", key[1], key[0]))
    studio.touch()


def type_words(kind: UnitType) -> str:
    """A unit type with its numbers, for a list."""
    return f"{kind.name}  {kind.attack}-{kind.defence}-{kind.movement // 4}"


def _box() -> pygame.Rect:
    return pygame.Rect(0, 0, 1, 1)


Filler = Callable[[FormColumn, Optioned, Drawn], None]
FILLERS: dict[str, Filler] = {
    "terrain": _terrain, "river": _side_line, "wall": _side_line, "border": _side_line, "line": _side_line,
    "road": _side_line, "place": _place, "crossing": _crossing, "unit": _unit, "source": _source, "area": _area,
}  # fmt: skip
