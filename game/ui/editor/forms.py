"""The form at the right: what is chosen, with every field of it; without a choice, the scenario as a whole."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from game.scenario.files.map import CROSSING_KINDS, PLACE_KINDS
from game.ui.editor.drawn import Drawn
from game.ui.editor.form_column import FormColumn
from game.ui.editor.form_parts import DIGITS, Formed, number, remove_and_text
from game.ui.editor.hand import Pick
from game.ui.editor.lines import LINE_KINDS, WORDS, lines_of
from game.ui.editor.placing_tools import PRIZE_KINDS, hex_of
from game.ui.editor.scenario_form import fill_scenario
from game.ui.editor.unit_form import fill_unit
from game.words import say
from game.workshop import (
    ChangeArea,
    ChangeCrossing,
    ChangeExit,
    ChangeLine,
    ChangePlace,
    ChangePrize,
    ChangeSource,
    Edit,
    RenamePlace,
)
from game.workshop.edits.areas import AreaKind

BANKS = (None, "west", "east", "na")
BANK_WORDS = ("not told", "west", "east", "on an island")


def fill_form(column: FormColumn, studio: Formed) -> None:
    """The form of what is chosen."""
    column.finish_line()  # which may rename what is chosen
    drawn, pick = studio.drawn, studio.pick
    column.begin(("form", pick))
    if drawn is None:
        column.heading("No map yet")
        column.note("map.yaml cannot be read. Its problems stand below: click one to see its line in the text.")
    elif not pick or not exists(drawn, pick):
        fill_scenario(column, studio, drawn)
    elif pick.kind == "unit":
        fill_unit(column, studio, drawn)
    else:
        FILLERS[pick.kind](column, studio, drawn)
    column.settle()


def exists(drawn: Drawn, pick: Pick) -> bool:
    """Whether what is chosen is still there."""
    if pick.kind == "line":
        return bool(_line(drawn, pick))
    if pick.kind == "area":
        return any((area.what, area.entry.id) == (pick.of, pick.name) for area in drawn.areas)
    if pick.kind == "unit":
        return drawn.unit(pick.name) is not None
    return hex_of(drawn, pick) >= 0


def _place(column: FormColumn, studio: Formed, drawn: Drawn) -> None:
    entry = next(place for place, _ in drawn.places if place.name == studio.pick.name)
    name = entry.name

    def rename(text: str) -> None:
        if text.strip() and studio.do(RenamePlace(name, text.strip())):
            studio.choose(Pick("place", text.strip()))

    def change(field: str, value: object) -> None:
        studio.do(ChangePlace(name, field, value))

    column.heading(say("Place in {hex}", hex=entry.hex))
    column.line("Name", name, rename, 80, tip="Every file that mentions the place follows.")
    words = [kind.replace("_", " ") for kind in PLACE_KINDS]
    column.pick("Kind", words, PLACE_KINDS.index(entry.kind), lambda n: change("kind", PLACE_KINDS[n]))
    column.pick("Rank", ("0", "1", "2", "3"), entry.size, lambda n: change("size", n), "How large its name is drawn.")
    column.line("People", str(entry.population), lambda text: change("population", number(text, 0, 20_000) or None), 5,
                DIGITS, "Thousands of civilians who must be fed.")  # fmt: skip
    column.pick("Bank", BANK_WORDS, BANKS.index(entry.bank), lambda n: change("bank", BANKS[n]),
                "On which bank of the great river it lies.")  # fmt: skip
    column.line("Also called", entry.alt or "", lambda text: change("alt", text.strip() or None))
    remove_and_text(column, studio, "map.yaml", f"name: {name}")


def _exit(column: FormColumn, studio: Formed, drawn: Drawn) -> None:
    entry = next(way for way, _ in drawn.exits if way.name == studio.pick.name)

    def rename(text: str) -> None:
        if text.strip() and studio.do(ChangeExit(entry.name, "name", text.strip())):
            studio.choose(Pick("exit", text.strip()))

    column.heading(say("Exit in {hex}", hex=entry.hex))
    column.line("Name", entry.name, rename)

    def beyond(text: str) -> None:
        studio.do(ChangeExit(entry.name, "from", text.strip() or None))

    column.line("Beyond", entry.from_ or "", beyond, tip="What lies beyond the map there.")
    column.note("Units that arrive later and sources beyond the map name an exit.")
    remove_and_text(column, studio, "map.yaml", f"name: {entry.name}")


def _crossing(column: FormColumn, studio: Formed, drawn: Drawn) -> None:
    entry = next(one for one, _ in drawn.crossings if one.name == studio.pick.name)
    kinds, states = CROSSING_KINDS, ("open", "blown")

    def rename(text: str) -> None:
        if text.strip() and studio.do(ChangeCrossing(entry.name, "name", text.strip())):
            studio.choose(Pick("crossing", text.strip()))

    column.heading(say("Crossing on {side}", side=entry.side))
    column.line("Name", entry.name, rename)
    column.pick(
        "Kind", kinds, kinds.index(entry.kind), lambda n: _done(studio.do(ChangeCrossing(entry.name, "kind", kinds[n])))
    )
    column.pick("State", states, states.index(entry.state),
                lambda n: _done(studio.do(ChangeCrossing(entry.name, "state", states[n]))))  # fmt: skip
    remove_and_text(column, studio, "crossings.yaml", f"name: {entry.name}")


def _prize(column: FormColumn, studio: Formed, drawn: Drawn) -> None:
    entry, at = next(found for found in drawn.prizes if found[0].id == studio.pick.name)

    def points(faction: str) -> Callable[[str], None]:
        def change(text: str) -> None:
            worth = {**entry.points, faction: number(text, 0, 100)}
            studio.do(ChangePrize(entry.id, "points", {one: many for one, many in worth.items() if many}))

        return change

    column.heading(say("Objective in {hex}", hex=drawn.hexes.label(at)))
    column.line(
        "Name",
        entry.name,
        lambda text: _done(bool(text.strip()) and studio.do(ChangePrize(entry.id, "name", text.strip()))),
    )
    if entry.kind != "road":
        column.pick("Kind", PRIZE_KINDS, PRIZE_KINDS.index(entry.kind),
                    lambda n: _done(studio.do(ChangePrize(entry.id, "kind", PRIZE_KINDS[n]))))  # fmt: skip
    else:
        column.note(say("A road of {n} hexes, to be held as a whole; its path is edited as text.", n=len(entry.path)))
    for one in drawn.head.factions if drawn.head is not None else ():
        column.line(f"{one.adjective}", str(entry.points.get(one.id, 0)), points(one.id), 3, DIGITS,
                    say("Points for {name}.", name=one.name))  # fmt: skip
    column.note(
        say("It lies at {place}.", place=entry.place) if entry.place else "It lies in a hex that no place names."
    )
    remove_and_text(column, studio, "victory.yaml", f"id: {entry.id}")


def _source(column: FormColumn, studio: Formed, drawn: Drawn) -> None:
    faction, name = studio.pick.of, studio.pick.name
    entry, at = next((m.entry, m.hex) for m in drawn.sources if (m.faction, m.entry.name) == (faction, name))
    kinds = ("source", "edge", "depot")

    def change(field: str, value: object) -> None:
        studio.do(ChangeSource(faction, name, field, value))

    def rename(text: str) -> None:
        if text.strip() and studio.do(ChangeSource(faction, name, "name", text.strip())):
            studio.choose(Pick("source", text.strip(), faction))

    column.heading(say("Supply in {hex}", hex=drawn.hexes.label(at)))
    names = {one.id: one.name for one in drawn.head.factions} if drawn.head is not None else {}
    column.note(say("For {faction}.", faction=names.get(faction, faction)))
    column.line("Name", name, rename)
    column.line(
        "Feeds",
        str(entry.capacity),
        lambda text: change("capacity", number(text, 0, 1000)),
        4,
        DIGITS,
        "Steps that it feeds.",
    )
    column.pick("Kind", kinds, kinds.index(entry.kind), lambda n: change("kind", kinds[n]),
                "A source; the edge of the map with the rear beyond; a depot that only passes supply on.")  # fmt: skip
    column.line("From", entry.from_ or "", lambda text: change("from", text.strip() or None), 10, DIGITS + "-",
                "First day, as 2017-09-05; from the start when empty.")  # fmt: skip
    column.line("To", entry.to or "", lambda text: change("to", text.strip() or None), 10, DIGITS + "-", "Last day.")
    if entry.exit:
        column.note(say("It enters the map at the exit {exit}.", exit=entry.exit))
    remove_and_text(column, studio, f"forces/{faction}.yaml", f"name: {name}")


def _line(drawn: Drawn, pick: Pick) -> str:
    """Kind of the chosen line; "" when there is none of that name."""
    return next((line.kind for line in lines_of(drawn, pick.of) if line.name == pick.name), "")


def _of_line(column: FormColumn, studio: Formed, drawn: Drawn) -> None:
    what, name = studio.pick.of, studio.pick.name
    kind, file_word = _line(drawn, studio.pick), {"wall": "escarpment"}.get(what, what)

    def change(field: str, value: str) -> None:
        edit = _change_line(file_word, name, field, value)
        if edit is not None and studio.do(edit) and field == "name":
            studio.hand.names[what] = value
            studio.choose(Pick("line", value, what))

    column.heading(WORDS[what].capitalize())
    column.line("Name", name, lambda text: change("name", text.strip()) if text.strip() else None)
    if what in LINE_KINDS:
        kinds = LINE_KINDS[what]
        column.pick("Kind", kinds, kinds.index(kind) if kind in kinds else 0, lambda n: change("kind", kinds[n]))
    remove_and_text(column, studio, "map.yaml", f"name: {name}")


def _change_line(what: str, name: str, field: str, value: str) -> Edit | None:
    if what not in ("river", "escarpment", "border", "road") or field not in ("name", "kind"):
        return None
    return ChangeLine(what, name, field, value)  # type: ignore[arg-type]


def _area_form(column: FormColumn, studio: Formed, drawn: Drawn) -> None:
    area = next(one for one in drawn.areas if (one.what, one.entry.id) == (studio.pick.of, studio.pick.name))
    what: AreaKind = "sectors" if area.what == "sectors" else "airspace"

    def change(field: str, value: object) -> None:
        studio.do(ChangeArea(what, area.entry.id, field, value))

    column.heading("Home sector" if what == "sectors" else "Airspace")
    column.note(say("{id}: {n} hexes. Paint it with the areas tool (K).", id=area.entry.id, n=len(area.hexes)))
    column.line("Name", area.entry.name, lambda text: change("name", text.strip()) if text.strip() else None)
    if area.what == "airspace":
        entry = area.entry
        factions = drawn.factions
        column.toggle("Nobody may fly", bool(getattr(entry, "no_fly", False)), lambda on: change("no_fly", on or None))
        may = getattr(entry, "may_fly", None)
        for one in factions:
            allowed = may is None or one in may
            column.toggle(say("{one} may fly", one=one), allowed, partial(_toggle_flyer, change, may, factions, one))
    remove_and_text(column, studio, "relations.yaml", f"id: {area.entry.id}")


def _toggle_flyer(
    change: Callable[[str, object], None], may: tuple[str, ...] | None, factions: tuple[str, ...], one: str, on: bool
) -> None:
    now = {*(factions if may is None else may), one} if on else {*(factions if may is None else may)} - {one}
    change("may_fly", None if now == set(factions) else [faction for faction in factions if faction in now])


def _done(_: bool) -> None:
    """For fields that need no more than the edit itself."""


FILLERS: dict[str, Callable[[FormColumn, Formed, Drawn], None]] = {
    "place": _place, "exit": _exit, "crossing": _crossing, "prize": _prize, "source": _source, "line": _of_line,
    "area": _area_form,
}  # fmt: skip
