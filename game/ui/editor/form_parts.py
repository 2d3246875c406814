"""What every form of the editor is made with: the studio it works on, its last row of buttons, numbers as typed."""

from __future__ import annotations

from typing import Protocol

from game.ui.editor.form_column import FormColumn
from game.ui.editor.hand import Studio
from game.ui.editor.signs import ShownSigns
from game.words import say
from game.workshop import Edit, Underlay, Workshop

DIGITS = "0123456789"


class Formed(Studio, Protocol):
    """What the form can ask beyond what tools can."""

    workshop: Workshop
    shown: ShownSigns
    picture_trouble: str
    """Why the picture beneath the map cannot be shown; "" when it can."""

    @property
    def underlay(self) -> Underlay | None:
        """The picture beneath the map."""
        ...

    def fade(self, percent: int) -> None:
        """Another opacity of that picture."""
        ...

    def do_all(self, *edits: Edit) -> bool:
        """Do several edits as one step of undo."""
        ...

    def remove(self) -> None:
        """Remove what is chosen."""
        ...

    def copy(self) -> None:
        """Copy what is chosen."""
        ...

    def open_text(self, file: str, line: int = 0, find: str = "") -> None:
        """Show a file as text."""
        ...

    def set_shown(self, shown: ShownSigns) -> None:
        """Show other layers."""
        ...

    def ask_picture(self) -> None:
        """Choose a picture to lie beneath the map."""
        ...

    def touch(self) -> None:
        """Lay forms and map out anew."""
        ...


def remove_and_text(column: FormColumn, studio: Formed, file: str, find: str, copy: bool = False) -> None:
    """The buttons that every form ends with."""
    copies = (("Copy", studio.copy, "Ctrl+D", "A second one with everything of this one."),) if copy else ()
    text = ("Text", lambda: studio.open_text(file, find=find), "", say("Show {file} as text.", file=file))
    column.buttons(*copies, ("Remove", studio.remove, "Del", "Take it out of the scenario."), text)


def number(text: str, low: int, high: int) -> int:
    """A number as typed, kept in its range."""
    return max(low, min(high, int(text or "0")))
