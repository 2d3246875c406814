"""The form of a unit: what it is, where and when it starts, how it differs from its type."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from game.ui.editor.drawn import Drawn, UnitMark
from game.ui.editor.form_column import FormColumn
from game.ui.editor.form_parts import DIGITS, Formed, remove_and_text
from game.ui.editor.hand import Pick, Pointed
from game.ui.editor.options import QUALITIES, QUALITY_WORDS, SIZE_WORDS, SIZES, type_words
from game.ui.editor.placing_tools import things_at
from game.words import say
from game.workshop import ChangeUnit, Edit, MoveUnit

DUG = ("no", "1", "2", "3")
OWN_NUMBERS = (("attack", "Attack", "strength a step"), ("defence", "Defence", "strength a step"),
               ("movement", "Movement", "quarter movement points"))  # fmt: skip


def fill_unit(column: FormColumn, studio: Formed, drawn: Drawn) -> None:
    """The form of the chosen unit."""
    mark = drawn.unit(studio.pick.name)
    if mark is None:
        return
    unit = mark.entry

    def change(field: str) -> Callable[[object], None]:
        return lambda value: _quiet(studio.do(ChangeUnit(unit.id, field, value)))

    where = say("Unit in {hex}", hex=drawn.hexes.label(mark.hex)) if mark.hex >= 0 else say("Unit not on the map yet")
    column.heading(where)
    _mates(column, studio, drawn, mark)
    column.line("Name", unit.name, lambda text: change("name")(text.strip()) if text.strip() else None)
    types = list(drawn.rules.units.types)
    words = [type_words(kind) for kind in drawn.rules.units.types.values()]
    at = types.index(unit.type) if unit.type in types else -1
    column.pick("Type", words, at, lambda n: change("type")(types[n]), "Attack-defence-movement of a step.")
    column.pick("Size", SIZE_WORDS, SIZES.index(unit.size), lambda n: change("size")(SIZES[n]))
    column.pick("Steps", [str(n) for n in range(1, 7)], unit.steps - 1, lambda n: change("steps")(n + 1))
    column.pick("Quality", QUALITY_WORDS, QUALITIES.index(unit.quality), lambda n: change("quality")(QUALITIES[n]))
    _start(column, studio, drawn, mark, change)
    column.pick("Dug in", DUG, unit.dug, lambda n: change("dug")(n or None), "Levels of entrenchment at the start.")
    column.toggle("Hidden at the start", unit.hidden, lambda on: change("hidden")(on or None))
    column.line("Formation", unit.formation, lambda text: change("formation")(text.strip() or None))
    column.line("Locked", unit.locked_until or "", lambda text: change("locked_until")(text.strip() or None), 10,
                DIGITS + "-", "It may not move before this day, as 2017-09-05.")  # fmt: skip
    _sector(column, drawn, unit.sector, change)
    for field, label, what in OWN_NUMBERS:
        own = getattr(unit, field)
        tip = say("Instead of the type's: {what}. Empty takes the type's number.", what=what)
        column.line(label, "" if own is None else str(own), partial(_own_number, change(field)), 2, DIGITS, tip)
    column.line("Note", unit.note, lambda text: change("note")(text.strip() or None), 600, tip="What is known of it.")
    column.line("Id", unit.id, lambda text: _new_id(studio, unit.id, text.strip()), 48,
                tip="The name that orders and events use; events that name it follow.")  # fmt: skip
    remove_and_text(column, studio, f"forces/{mark.faction}.yaml", f"id: {unit.id}", copy=True)


def _mates(column: FormColumn, studio: Formed, drawn: Drawn, mark: UnitMark) -> None:
    """The other things of the hex, to go over to."""
    if mark.hex < 0:
        return
    others = [other for other in drawn.at(mark.hex) if other is not mark]
    for other in others[:5]:
        pick = Pick("unit", other.entry.id)
        column.pressed(other.entry.name, partial(studio.choose, pick), tip="In the same hex.")
    things = [found for found in things_at(drawn, Pointed(mark.hex, -1)) if found.kind in ("place", "prize", "source")]
    for found in things[:2]:
        words = f"{found.kind.capitalize()} {found.name}"
        column.pressed(words, partial(studio.choose, found), tip="In the same hex.")


def _start(
    column: FormColumn, studio: Formed, drawn: Drawn, mark: UnitMark, change: Callable[[str], Callable[[object], None]]
) -> None:
    unit = mark.entry
    ways = ("on the map", "arrives on a day", "waits for an event")
    now = 1 if unit.arrives is not None else 2 if unit.event else 0
    column.pick("Starts", ways, now, lambda n: start_otherwise(studio, drawn, mark, n))
    if now == 0:
        label = drawn.hexes.label(mark.hex) if mark.hex >= 0 else ""
        tip = "Drag the counter, or type a hex."
        column.line("Hex", label, partial(_to_hex, studio, drawn, unit.id), 6, DIGITS, tip)
        return
    if now == 1:
        column.line("Day", unit.arrives or "", lambda text: change("arrives")(text.strip() or None), 10, DIGITS + "-",
                    "The day of arrival, as 2017-09-05.")  # fmt: skip
    column.line("Where", ", ".join(unit.entry), lambda text: change("entry")(_listed(text)), 200,
                tip="Exits, places or hexes where it may arrive, best first, with commas between.")  # fmt: skip


def start_otherwise(studio: Formed, drawn: Drawn, mark: UnitMark, way: int) -> None:
    """Start on the map, arrive on a day, or wait for an event; as one step of undo."""
    unit = mark.entry
    entry = list(unit.entry) or [drawn.exits[0][0].name if drawn.exits else drawn.hexes.label(max(0, mark.hex))]
    edits: list[Edit] = []
    if way == 0:
        here = mark.hex if mark.hex >= 0 else _first_entry(drawn, entry)
        edits = [MoveUnit(unit.id, here)]
        if unit.event:
            edits.append(ChangeUnit(unit.id, "event", None))
    else:
        edits += [ChangeUnit(unit.id, key, None) for key in ("at", "hex") if getattr(unit, key) is not None]
        if way == 1:
            edits += [ChangeUnit(unit.id, "event", None)] if unit.event else []
            edits.append(
                ChangeUnit(unit.id, "arrives", drawn.head.first_day if drawn.head is not None else "2017-09-05")
            )
        else:
            edits += [ChangeUnit(unit.id, "arrives", None)] if unit.arrives is not None else []
            edits.append(ChangeUnit(unit.id, "event", True))
        if not unit.entry:
            edits.append(ChangeUnit(unit.id, "entry", entry))
    studio.do_all(*edits)


def _first_entry(drawn: Drawn, entry: list[str]) -> int:
    for text in entry:
        names = {way.name: at for way, at in drawn.exits} | {place.name: at for place, at in drawn.places}
        if text in names:
            return names[text]
        try:
            return drawn.hexes.hex(text)
        except ValueError:
            continue
    return 0


def _sector(
    column: FormColumn, drawn: Drawn, now: str | None, change: Callable[[str], Callable[[object], None]]
) -> None:
    sectors = [area.entry.id for area in drawn.areas if area.what == "sectors"]
    if sectors:
        values: list[str | None] = [None, *sectors]
        words = ["none", *(area.entry.name for area in drawn.areas if area.what == "sectors")]
        column.pick("Sector", words, values.index(now) if now in values else 0, lambda n: change("sector")(values[n]),
                    "Home sector: it costs more to lead it elsewhere.")  # fmt: skip


def _to_hex(studio: Formed, drawn: Drawn, unit: str, text: str) -> None:
    try:
        studio.do(MoveUnit(unit, drawn.hexes.hex(text)))
    except ValueError as error:
        studio.say(str(error), bad=True)


def _new_id(studio: Formed, unit: str, text: str) -> None:
    if text and studio.do(ChangeUnit(unit, "id", text)):
        studio.choose(Pick("unit", text))


def _listed(text: str) -> list[str] | None:
    return [part.strip() for part in text.split(",") if part.strip()] or None


def _own_number(change: Callable[[object], None], text: str) -> None:
    change(int(text) if text else None)


def _quiet(_: bool) -> None:
    """The edit says what there is to say itself."""
