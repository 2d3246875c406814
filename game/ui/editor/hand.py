"""What the designer holds: the tool and how it is set, where the mouse is, and what is chosen on the map."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Protocol

from game.ui.editor.drawn import Drawn
from game.workshop import Edit

BRUSHES = (0, 1, 2)
"""Radius of the brushes: 1, 7 and 19 hexes."""
HEX_COUNTS = ("1 hex", "7 hexes", "19 hexes")


@dataclass(frozen=True, slots=True)
class Pick:
    """What is chosen: its kind (unit, place, exit, crossing, prize, source, line or area) and its name or id.

    ``of`` is the faction of a source, and what a line or an area is (a river, a road; sectors, airspace).
    """

    kind: str
    name: str
    of: str = ""

    def __bool__(self) -> bool:
        return bool(self.kind)


NO_PICK = Pick("", "")
"""Nothing is chosen."""


@dataclass(frozen=True, slots=True)
class Pointed:
    """Where the mouse is on the map. Hex and hexside are -1 beside the map, the hexside on its rim too."""

    hex: int
    side: int
    shift: bool = False
    on_side: bool = False
    """Whether the mouse is close to that hexside, not merely in the part of the hex that is nearest to it."""


@dataclass(frozen=True, slots=True)
class Preview:
    """What would be done if the mouse were let go now."""

    hexes: tuple[int, ...] = ()
    sides: tuple[int, ...] = ()
    path: tuple[int, ...] = ()
    terrain: str = ""
    faction: str = ""
    erase: bool = False
    moving: str = ""
    """Id of the unit that hangs at the mouse."""


NOTHING = Preview()


@dataclass(slots=True)
class Hand:
    """How the tools are set. All of it is the editor's own; nothing here is part of the scenario."""

    tool: str = "select"
    terrain: str = "desert"
    brush: int = 0
    erase: bool = False
    names: dict[str, str] = field(default_factory=dict)
    """Name that the next stroke of a kind of line goes on with; a name that no line has begins a new one."""
    kinds: dict[str, str] = field(default_factory=dict)
    faction: str = ""
    unit_type: str = "infantry"
    size: str = "btn"
    steps: int = 2
    quality: str = "C"
    place_size: int = 1
    capacity: int = 20
    area: tuple[str, str] = ("control", "")
    """What the area tool paints: ("control", faction), ("sectors", id) or ("airspace", id)."""

    def kind(self, what: str, first: str) -> str:
        """The kind that new things of a sort are given."""
        return self.kinds.get(what, first)


class Studio(Protocol):
    """What tools and forms can ask of the editor."""

    drawn: Drawn | None
    hand: Hand
    pick: Pick

    def do(self, edit: Edit) -> bool:
        """Do an edit; where it is refused, the reason is shown."""
        ...

    def choose(self, pick: Pick, name_it: bool = False) -> None:
        """Show something in the form; ``name_it`` puts the keyboard into its name."""
        ...

    def say(self, words: str, bad: bool = False) -> None:
        """A line for the status bar."""
        ...


def free_name(stem: str, taken: set[str], first: int = 1) -> str:
    """A name with the lowest number that nothing has yet."""
    number = first
    while f"{stem}{number}" in taken:
        number += 1
    return f"{stem}{number}"
