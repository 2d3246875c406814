"""The form without a choice: what is shown, the picture beneath, who is still to come, and the scenario's own fields."""

from __future__ import annotations

from dataclasses import replace

import pygame

from game.ui.editor.canvas import Shown
from game.ui.editor.drawn import Drawn
from game.ui.editor.form_column import FormColumn
from game.ui.editor.forms import DIGITS, Formed, number
from game.ui.editor.palette import Swatch
from game.workshop import ScenarioField, SetUnderlay

LAYER_WORDS = (
    ("units", "Units and sources", "units and sources"),
    ("control", "Who holds the ground", "the ground that each faction holds at the start"),
    ("prizes", "Objectives", "prizes with their points"),
    ("line", "Front line", "the deconfliction line"),
    ("grid", "Hexes and numbers", "the grid (G)"),
    ("problems", "Marks of the check", "a triangle where the check has something to say"),
)
LATER_SHOWN = 12


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
        column.toggle(words_of, layer in shown.layers, lambda on, name=layer: _layer(studio, shown, name, on), tip)  # type: ignore[misc]


def _layer(studio: Formed, shown: Shown, name: str, on: bool) -> None:
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
    column.slide("Opacity", under.opacity, lambda n: studio.fade(n), "Key I hides and shows it.")
    for label, key, low, high in (("West", "west", -180, 180), ("East", "east", -180, 180),
                                  ("North", "north", -90, 90), ("South", "south", -90, 90)):  # fmt: skip
        value = getattr(under, key)
        column.line(label, degrees(value), lambda text, k=key, lo=low, hi=high: _edge(studio, k, text, lo, hi), 12,  # type: ignore[misc]
                    DIGITS + ".-", "Where that edge of the picture lies, in degrees.")  # fmt: skip
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


def _edge(studio: Formed, key: str, text: str, low: int, high: int) -> None:
    value, under = hundred_thousandths(text, low, high), studio.underlay
    if value is None or under is None:
        studio.say(f"{text!r} is not a number of degrees from {low} to {high}.", bad=True)
        studio.touch()
        return
    studio.do(SetUnderlay(replace(under, **{key: value})))


def _gone(studio: Formed) -> None:
    studio.do(SetUnderlay(None))


def _later(column: FormColumn, studio: Formed, drawn: Drawn) -> None:
    """Units that are not on the map at the start."""
    later = [mark for mark in drawn.units if mark.hex < 0 and studio.shown.faction in ("", mark.faction)]
    if not later:
        return
    column.heading(f"To come: {len(later)} unit{'s' * (len(later) > 1)}")
    for mark in later[:LATER_SHOWN]:
        livery = column.desk.theme.livery(mark.faction)
        when = mark.entry.arrives[5:] if mark.entry.arrives else "event" if mark.entry.event else "?"
        pick = ("unit", mark.entry.id)
        box = pygame.Rect(0, 0, 1, 1)
        column.add(25, Swatch(column.desk, box, livery.body, mark.entry.name, when, False, lambda p=pick: studio.choose(p)))  # type: ignore[misc]
    if len(later) > LATER_SHOWN:
        column.note(f"and {len(later) - LATER_SHOWN} more; choose a faction above to see its own.")


def _head(column: FormColumn, studio: Formed, drawn: Drawn) -> None:
    head = drawn.head
    column.heading("Scenario")
    if head is None:
        column.note("scenario.yaml cannot be read; its problems stand below.")
    else:
        def change(key: str, value: object) -> None:
            studio.do(ScenarioField((key,), value))

        column.line("Title", head.title, lambda text: change("title", text.strip()) if text.strip() else None)
        column.line("First day", head.first_day, lambda text: change("first_day", text.strip()), 10, DIGITS + "-")
        column.line("Turn, days", str(head.days_per_turn), lambda text: change("days_per_turn", number(text, 1, 30)), 2, DIGITS,
                    "How many days a turn lasts.")  # fmt: skip
        column.line("Turns", str(head.turns), lambda text: change("turns", number(text, 1, 999)), 3, DIGITS)
        column.line("Summary", " ".join(head.summary.split()), lambda text: change("summary", text.strip()) if text.strip() else None,
                    1000, tip="What the scenario is, in a few sentences, for the menu.")  # fmt: skip
        column.line("Briefing", " ".join((head.briefing or "").split()), lambda text: change("briefing", text.strip() or None),
                    4000, tip="What players read before the game; longer texts are easier in the text pane.")  # fmt: skip
        for one in head.factions:
            aim = " ".join((head.aims or {}).get(one.id, "").split())
            column.line(f"Aim {one.adjective}", aim, lambda text, f=one.id: _aim(studio, f, text), 2000,  # type: ignore[misc]
                        tip=f"What {one.name} is to achieve.")  # fmt: skip
    column.buttons(("All files as text", lambda: studio.open_text("scenario.yaml"), "F2",
                    "Events, doctrine, relations: whatever has no form of its own."))  # fmt: skip


def _aim(studio: Formed, faction: str, text: str) -> None:
    studio.do(ScenarioField(("aims", faction), text.strip() or None))
