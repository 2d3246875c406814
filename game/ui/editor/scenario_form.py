"""The form without a choice: what is shown, the picture beneath, who is to come, the scenario's own fields."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

import pygame

from game.scenario.files import ScenarioFile
from game.scenario.files.scenario import FactionEntry
from game.scenario.looks import LOOKS
from game.schema.limits import TURNS
from game.ui.editor.drawn import Drawn
from game.ui.editor.form_column import FormColumn
from game.ui.editor.form_parts import DIGITS, Formed, number
from game.ui.editor.hand import Pick
from game.ui.editor.palette import Swatch
from game.ui.editor.signs import ShownSigns
from game.words import count, say
from game.workshop import ChangeFaction, ScenarioField, SetUnderlay, Underlay

LAYER_WORDS = (
    ("units", "Units and sources", "units and sources"),
    ("control", "Who holds the ground", "the ground that each faction holds at the start"),
    ("prizes", "Objectives", "prizes with their points"),
    ("line", "Front line", "the deconfliction line"),
    ("grid", "Hexes and numbers", "the grid (G)"),
    ("problems", "Marks of the check", "a triangle where the check has something to say"),
)
LATER_SHOWN = 12
LONG_LINE = 1000
EDGES = {"west": (-180, 180), "east": (-180, 180), "north": (-90, 90), "south": (-90, 90)}


def fill_scenario(column: FormColumn, studio: Formed, drawn: Drawn) -> None:
    """Everything about the scenario as a whole."""
    _filter(column, studio, drawn)
    _picture(column, studio)
    _later(column, studio, drawn)
    _head(column, studio, drawn)


def _filter(column: FormColumn, studio: Formed, drawn: Drawn) -> None:
    shown = studio.shown
    column.heading("Show")
    factions = drawn.head.factions if drawn.head is not None else ()
    words = ["every faction", *(one.name for one in factions)]
    ids = ["", *(one.id for one in factions)]
    at = ids.index(shown.faction) if shown.faction in ids else 0
    column.pick("Set-up of", words, at, lambda n: studio.set_shown(replace(shown, faction=ids[n])),
                "Units and sources of one faction alone (F).")  # fmt: skip
    for layer, words_of, tip in LAYER_WORDS:
        column.toggle(words_of, layer in shown.layers, partial(_layer, studio, shown, layer), tip)


def _layer(studio: Formed, shown: ShownSigns, name: str, on: bool) -> None:
    layers = shown.layers | {name} if on else shown.layers - {name}
    studio.set_shown(replace(shown, layers=frozenset(layers)))


def _picture(column: FormColumn, studio: Formed) -> None:
    column.heading("Picture beneath the map")
    under = studio.underlay
    if under is None:
        column.buttons(("Choose a picture …", studio.ask_picture, "", "A PNG of the ground, to draw after."))
        return
    column.note(f"{under.picture}" + (f": {studio.picture_trouble}" if studio.picture_trouble else ""),
                column.desk.theme.marks.warn if studio.picture_trouble else None)  # fmt: skip
    column.slide("Opacity", under.opacity, studio.fade, "Key I hides and shows it.")
    tip = "Where that edge of the picture lies, in degrees."
    for key in EDGES:
        value = degrees(getattr(under, key))
        column.line(key.capitalize(), value, partial(_edge, studio, key), 12, DIGITS + ".-", tip)
    column.buttons(("Another …", studio.ask_picture, "", "Another picture."),
                   ("Remove", lambda: _gone(studio), "", "No picture beneath the map; the file stays."))  # fmt: skip


def degrees(value: int) -> str:
    """Hundred-thousandths of a degree as people write degrees."""
    sign, whole = ("-" if value < 0 else ""), abs(value)
    return f"{sign}{whole // 100_000}.{whole % 100_000:05d}"


def hundred_thousandths(text: str, low: int, high: int) -> int | None:
    """Degrees as typed; None when that is not a number in the range."""
    try:
        value = round(float(text) * 100_000)
    except (ValueError, OverflowError):
        return None
    return value if low * 100_000 <= value <= high * 100_000 else None


def _edge(studio: Formed, key: str, text: str) -> None:
    low, high = EDGES[key]
    value, under = hundred_thousandths(text, low, high), studio.underlay
    if value is None or under is None:
        studio.say(f"{text!r} is not a number of degrees from {low} to {high}.", bad=True)
        studio.touch()
        return
    edges = {name: getattr(under, name) for name in EDGES} | {key: value}
    studio.do(SetUnderlay(Underlay(under.picture, **edges, opacity=under.opacity)))


def _gone(studio: Formed) -> None:
    studio.do(SetUnderlay(None))


def _later(column: FormColumn, studio: Formed, drawn: Drawn) -> None:
    """Units that are not on the map at the start."""
    later = [mark for mark in drawn.units if mark.hex < 0 and studio.shown.faction in ("", mark.faction)]
    if not later:
        return
    column.heading(count(len(later), "To come: {n} unit", "To come: {n} units"))
    for mark in later[:LATER_SHOWN]:
        livery = column.desk.theme.livery(drawn.looks.get(mark.faction))
        when = mark.entry.arrives[5:] if mark.entry.arrives else "event" if mark.entry.event else "?"
        pick = Pick("unit", mark.entry.id)
        box = pygame.Rect(0, 0, 1, 1)
        choose = partial(studio.choose, pick)
        column.add(25, Swatch(column.desk, box, livery.body, mark.entry.name, when, False, choose))
    if len(later) > LATER_SHOWN:
        column.note(say("and {n} more; choose a faction above to see its own.", n=len(later) - LATER_SHOWN))


def _head(column: FormColumn, studio: Formed, drawn: Drawn) -> None:
    head = drawn.head
    column.heading("Scenario")
    if head is None:
        column.note("scenario.yaml cannot be read; its problems stand below.")
    else:
        _dates(column, studio, head)
        _prose(column, studio, "Summary", ("summary",), head.summary, "What the scenario is, for the menu.")
        _prose(column, studio, "Briefing", ("briefing",), head.briefing or "", "What players read before the game.")
        for one in head.factions:
            _look(column, studio, drawn, one)
            aim = (head.aims or {}).get(one.id, "")
            tip = say("What {name} is to achieve.", name=one.name)
            _prose(column, studio, say("Aim {adjective}", adjective=one.adjective), ("aims", one.id), aim, tip)
    if studio.workshop.made_map:
        _made(column, studio)
    tip = "Events, doctrine, relations: whatever has no form of its own."
    column.buttons(("All files as text", lambda: studio.open_text("scenario.yaml"), "F2", tip))


def _look(column: FormColumn, studio: Formed, drawn: Drawn, faction: FactionEntry) -> None:
    """Colours and emblem of a faction: one that no other has, or whatever is dealt."""
    taken = {one.look for one in drawn.head.factions if one is not faction} if drawn.head is not None else set()
    looks = [None, *(look for look in LOOKS if look not in taken or look == faction.look)]
    dealt = say("as dealt: {look}", look=drawn.looks[faction.id]) if faction.look is None else say("as dealt")
    words = [dealt, *filter(None, looks)]

    def change(number: int) -> None:
        studio.do(ChangeFaction(faction.id, "look", looks[number]))

    tip = say("Colours and emblem of {name}.", name=faction.name)
    column.pick(say("Look {adjective}", adjective=faction.adjective), words, looks.index(faction.look), change, tip)


def _made(column: FormColumn, studio: Formed) -> None:
    """What to know of a map that make-map has made from geographic data."""

    def change(text: str) -> None:
        studio.workshop.reason = text.strip() or studio.workshop.reason

    column.heading("A made map")
    column.note("make-map has made this map; what you draw goes into its recipe too, with a reason, and outlives it.")
    column.line("Reason", studio.workshop.reason, change, 400, tip="Why the map is changed, for the next author.")
    for words in studio.workshop.warnings():
        column.note(words, column.desk.theme.marks.warn)


def _dates(column: FormColumn, studio: Formed, head: ScenarioFile) -> None:
    def change(key: str, value: object) -> None:
        if value:
            studio.do(ScenarioField((key,), value))

    column.line("Title", head.title, lambda text: change("title", text.strip()))
    tip = "First day of the first turn, as 2017-09-05."
    column.line("First day", head.first_day, lambda text: change("first_day", text.strip()), 10, DIGITS + "-", tip)
    days = str(head.days_per_turn)
    tip = "How many days a turn lasts."
    column.line("Turn, days", days, lambda text: change("days_per_turn", number(text, 1, 30)), 2, DIGITS, tip)
    column.line("Turns", str(head.turns), lambda text: change("turns", number(text, 1, TURNS)), 4, DIGITS)


def _prose(column: FormColumn, studio: Formed, label: str, path: tuple[str, ...], text: str, tip: str) -> None:
    """A line for a text of one paragraph; a longer one is edited in the text pane, where its paragraphs stay."""
    paragraphs = [part for part in text.strip().split("\n") if part.strip()]
    if len(paragraphs) > 1:
        act = partial(studio.open_text, "scenario.yaml", find=f"{path[-1]}:")
        title = say("{label}: {n} lines …", label=label, n=len(paragraphs))
        column.buttons((title, act, "", say("{tip} Edited as text.", tip=tip)))
        return

    def change(typed: str) -> None:
        if typed.strip() or path != ("summary",):
            studio.do(ScenarioField(path, typed.strip() or None))

    column.line(label, text.strip(), change, LONG_LINE, tip=tip)
