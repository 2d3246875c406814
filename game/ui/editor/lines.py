"""What lines are called and where they run: names for new ones, chains of sides tidied, the sides of a first line."""

from __future__ import annotations

from typing import Literal

from game.hexgrid import HexGrid
from game.scenario.outline import DrawnLine, DrawnRoad
from game.ui.editor.drawn import Drawn
from game.workshop import touching

NEW_NAMES = {"river": "River ", "wall": "Escarpment ", "border": "Border ", "road": "Road "}
FIRST_KINDS = {"river": "major", "border": "international", "road": "road", "wall": "", "line": ""}
LINE_KINDS = {
    "river": ("major", "minor"),
    "border": ("international", "province"),
    "road": ("highway", "road", "track"),
}
WORDS = {"river": "river", "wall": "escarpment", "border": "border", "road": "road", "line": "line"}


def lines_of(drawn: Drawn, what: str) -> tuple[DrawnLine | DrawnRoad, ...]:
    """All lines of a sort; the deconfliction line has no name and is none of them."""
    picture = drawn.picture
    every: dict[str, tuple[DrawnLine | DrawnRoad, ...]] = {
        "river": picture.rivers, "wall": picture.escarpments, "border": picture.borders, "road": picture.roads,
    }  # fmt: skip
    return every.get(what, ())


def line_name(drawn: Drawn, what: str) -> str:
    """A name that no line of that kind has."""
    if what == "line":
        return ""
    taken, number = {line.name for line in lines_of(drawn, what)}, 1
    while f"{NEW_NAMES[what]}{number}" in taken:
        number += 1
    return f"{NEW_NAMES[what]}{number}"


def line_at(drawn: Drawn, what: str, side: int) -> tuple[str, str] | None:
    """Name and kind of the line of some sort on a hexside."""
    for line in lines_of(drawn, what):
        if not isinstance(line, DrawnRoad) and side in line.sides:
            return line.name, line.kind
    return None


def without_spurs(hexes: HexGrid, chain: tuple[int, ...]) -> tuple[int, ...]:
    """A chain of sides without those that a hand has brushed in passing: both their neighbours meet without them."""
    out = list(chain)
    n = 1
    while 0 < n < len(out) - 1:
        if out[n + 1] in touching(hexes, out[n - 1]):
            del out[n]
            n = max(1, n - 1)
        else:
            n += 1
    return tuple(out)


def without_loops(path: tuple[int, ...]) -> tuple[int, ...]:
    """A way of hexes that goes back on itself, cut short: each hex once."""
    out: list[int] = []
    for here in path:
        if here in out:
            del out[out.index(here) + 1 :]
        else:
            out.append(here)
    return tuple(out)


def side_word(what: str) -> Literal["river", "escarpment", "border", "line"]:
    """The model's word for a line along hexsides."""
    names: dict[str, Literal["river", "escarpment", "border", "line"]] = {
        "river": "river", "wall": "escarpment", "border": "border", "line": "line",
    }  # fmt: skip
    return names[what]


def first_seeds(drawn: Drawn, sides: tuple[int, ...]) -> tuple[tuple[str, int], ...]:
    """For a first line: a hex on each side of it, for the first faction of each of two blocs."""
    if drawn.line or drawn.head is None:
        return ()
    leaders: dict[str, str] = {}
    for one in drawn.head.factions:
        leaders.setdefault(one.bloc, one.id)
    first, second = (list(leaders.values()) + list(drawn.factions))[:2]
    a, b = drawn.hexes.ends[sides[len(sides) // 2]]

    # The bloc whose units are nearer to a hex gets that side of the line.
    def lean(faction: str) -> int:
        starts = [mark.hex for mark in drawn.units if mark.faction == faction and mark.hex >= 0]
        return min((drawn.hexes.distance(a, here) - drawn.hexes.distance(b, here) for here in starts), default=0)

    if lean(first) > lean(second):
        a, b = b, a
    return ((first, a), (second, b))
