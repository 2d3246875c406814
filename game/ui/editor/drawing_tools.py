"""Tools that draw: ground and areas by brush, lines along hexsides, roads from hex to hex."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from game.hexgrid import HexGrid
from game.ui.editor.drawn import Drawn
from game.ui.editor.hand import NOTHING, Preview, Spot, Studio
from game.ui.mapview.picture import River, Road, SideLine
from game.workshop import (
    DrawBorder,
    DrawLine,
    DrawRiver,
    DrawRoad,
    DrawWall,
    Edit,
    EraseRoad,
    EraseSides,
    PaintControl,
    PaintTerrain,
    PaintZone,
    brush,
    hexes_along,
    sides_along,
    sides_joining,
    touching,
)

NEW_NAMES = {"river": "River ", "wall": "Escarpment ", "border": "Border ", "road": "Road "}
FIRST_KINDS = {"river": "major", "border": "international", "road": "road", "wall": "", "line": ""}
LINE_KINDS = {
    "river": ("major", "minor"),
    "border": ("international", "province"),
    "road": ("highway", "road", "track"),
}


class Tool:
    """A tool: what a press, a drag and a release on the map do. Deriving classes do nothing by default."""

    def press(self, studio: Studio, spot: Spot) -> None:
        """The left button goes down."""

    def drag(self, studio: Studio, spot: Spot) -> None:
        """The mouse moves with the button down."""

    def release(self, studio: Studio, spot: Spot) -> None:
        """The button goes up."""

    def cancel(self) -> bool:
        """Drop what is begun; whether there was anything."""
        return False

    def take(self, studio: Studio, spot: Spot) -> None:
        """Pick up what lies under the mouse: Alt and click, or right click."""

    def preview(self, studio: Studio, spot: Spot) -> Preview:
        """What would happen here."""
        return NOTHING


@dataclass(slots=True)
class BrushTool(Tool):
    """Paints hexes; all of one stroke is one edit."""

    _stroke: list[int] = field(default_factory=list)
    _last: int = -1

    def press(self, studio: Studio, spot: Spot) -> None:
        self._stroke, self._last = [], -1
        self.drag(studio, spot)

    def drag(self, studio: Studio, spot: Spot) -> None:
        if studio.drawn is None or spot.hex < 0:
            return
        hexes = studio.drawn.hexes
        way = hexes.line(self._last, spot.hex) if self._last >= 0 else (spot.hex,)
        for centre in way:
            self._stroke += [h for h in brush(hexes, centre, studio.hand.brush) if h not in self._stroke]
        self._last = spot.hex

    def release(self, studio: Studio, spot: Spot) -> None:
        stroke, self._stroke, self._last = tuple(sorted(self._stroke)), [], -1
        edit = self.edit(studio, stroke, spot) if stroke else None
        if edit is not None:
            studio.do(edit)

    def cancel(self) -> bool:
        begun, self._stroke, self._last = bool(self._stroke), [], -1
        return begun

    def edit(self, studio: Studio, hexes: tuple[int, ...], spot: Spot) -> Edit | None:
        """What a stroke becomes."""
        return None

    def covered(self, studio: Studio, spot: Spot) -> tuple[int, ...]:
        """The stroke so far, and the brush."""
        if studio.drawn is None or spot.hex < 0:
            return tuple(self._stroke)
        return tuple(dict.fromkeys((*self._stroke, *brush(studio.drawn.hexes, spot.hex, studio.hand.brush))))


class TerrainTool(BrushTool):
    """Paints the ground."""

    def edit(self, studio: Studio, hexes: tuple[int, ...], spot: Spot) -> Edit | None:
        terrain = studio.hand.terrain
        ground = studio.drawn.picture.terrain if studio.drawn is not None else ()
        other = tuple(here for here in hexes if ground[here] != terrain)
        return PaintTerrain(other, terrain) if other else None

    def take(self, studio: Studio, spot: Spot) -> None:
        if studio.drawn is not None and spot.hex >= 0:
            studio.hand.terrain = studio.drawn.picture.terrain[spot.hex]
            studio.say(f"Brush: {studio.drawn.terrain_name(spot.hex)}")

    def preview(self, studio: Studio, spot: Spot) -> Preview:
        return Preview(hexes=self.covered(studio, spot), terrain=studio.hand.terrain)


class AreaTool(BrushTool):
    """Paints who holds the ground, a home sector or an air zone."""

    def edit(self, studio: Studio, hexes: tuple[int, ...], spot: Spot) -> Edit | None:
        what, name = studio.hand.zone
        if not name:
            studio.say("Choose at the left what to paint, or make a new zone there.", bad=True)
            return None
        if what == "control":
            return PaintControl(name, hexes)
        inside = not (studio.hand.erase or spot.shift)
        kind: Literal["sectors", "airspace"] = "sectors" if what == "sectors" else "airspace"
        return PaintZone(kind, name, hexes, inside)

    def take(self, studio: Studio, spot: Spot) -> None:
        drawn = studio.drawn
        if drawn is None or spot.hex < 0:
            return
        what = studio.hand.zone[0]
        if what == "control":
            holder = drawn.holders[spot.hex]
            if holder is not None:
                studio.hand.zone = ("control", holder)
            return
        found = [zone for zone in drawn.zones if zone.what == what and spot.hex in zone.hexes]
        if found:
            studio.hand.zone = (what, found[0].entry.id)

    def preview(self, studio: Studio, spot: Spot) -> Preview:
        what, name = studio.hand.zone
        erase = what != "control" and (studio.hand.erase or spot.shift)
        return Preview(hexes=self.covered(studio, spot), faction=name if what == "control" else "", erase=erase)


@dataclass(slots=True)
class SideTool(Tool):
    """Draws a line along hexsides. A drag draws what it passes; clicks are joined from each to the next."""

    what: str = "river"
    _drag: list[int] = field(default_factory=list)
    _dragging: bool = False
    _anchor: int = -1
    """The side that was clicked last, from which the next click goes on."""
    _begun: int = -1

    def press(self, studio: Studio, spot: Spot) -> None:
        self._dragging, self._begun = True, spot.side
        self._drag = [spot.side] if spot.side >= 0 else []

    def drag(self, studio: Studio, spot: Spot) -> None:
        if self._dragging and spot.side >= 0 and (not self._drag or self._drag[-1] != spot.side):
            self._drag.append(spot.side)

    def release(self, studio: Studio, spot: Spot) -> None:
        if not self._dragging:
            return
        sides = self._sides(studio, spot)
        clicked = len(set(self._drag)) <= 1
        self._dragging, self._drag = False, []
        if sides and self._draw(studio, sides, self._erases(studio, spot)):
            self._anchor = sides[-1] if clicked else -1

    def cancel(self) -> bool:
        begun = self._dragging or self._anchor >= 0
        self._dragging, self._drag, self._anchor = False, [], -1
        return begun

    def _erases(self, studio: Studio, spot: Spot) -> bool:
        return studio.hand.erase or spot.shift

    def _sides(self, studio: Studio, spot: Spot) -> tuple[int, ...]:
        """The sides of the stroke as it is, or those from the last click to the mouse."""
        if studio.drawn is None:
            return ()
        hexes = studio.drawn.hexes
        if len(set(self._drag)) > 1:
            return without_spurs(hexes, sides_along(hexes, self._drag))
        here = self._drag[0] if self._drag else spot.side
        if here < 0 or hexes.ends[here][1] < 0:
            return ()
        if self._anchor >= 0 and self._anchor != here:
            return sides_joining(hexes, self._anchor, here)
        return (here,)

    def _draw(self, studio: Studio, sides: tuple[int, ...], erase: bool) -> bool:
        drawn, hand = studio.drawn, studio.hand
        if drawn is None:
            return False
        if erase:
            return studio.do(EraseSides(_erased(self.what), sides))
        name = hand.names.get(self.what) or line_name(drawn, self.what)
        kind = hand.kind(self.what, FIRST_KINDS[self.what])
        edit: Edit
        if self.what == "river":
            edit = DrawRiver(name, "minor" if kind == "minor" else "major", sides)
        elif self.what == "border":
            edit = DrawBorder(name, "province" if kind == "province" else "international", sides)
        elif self.what == "wall":
            edit = DrawWall(name, sides)
        else:
            edit = DrawLine(sides, _line_zones(drawn, sides))
        hand.names[self.what] = name
        return studio.do(edit)

    def take(self, studio: Studio, spot: Spot) -> None:
        drawn = studio.drawn
        if self.cancel() or drawn is None or spot.side < 0:
            return
        found = line_at(drawn, self.what, spot.side)
        if found is not None:
            studio.hand.names[self.what] = found[0]
            studio.hand.kinds[self.what] = found[1]
            studio.choose(("line", self.what, found[0]))
        else:
            studio.hand.names.pop(self.what, None)
            studio.say(f"The next stroke begins a new {WORDS[self.what]}.")

    def preview(self, studio: Studio, spot: Spot) -> Preview:
        return Preview(sides=self._sides(studio, spot), erase=self._erases(studio, spot))


@dataclass(slots=True)
class RoadTool(Tool):
    """Draws a road. A drag draws through what it passes; clicks are joined from each to the next."""

    what: str = "road"
    _drag: list[int] = field(default_factory=list)
    _dragging: bool = False
    _anchor: int = -1

    def press(self, studio: Studio, spot: Spot) -> None:
        self._dragging, self._drag = True, [spot.hex] if spot.hex >= 0 else []

    def drag(self, studio: Studio, spot: Spot) -> None:
        if self._dragging and spot.hex >= 0 and (not self._drag or self._drag[-1] != spot.hex):
            if len(self._drag) > 1 and self._drag[-2] == spot.hex:
                self._drag.pop()
            else:
                self._drag.append(spot.hex)

    def release(self, studio: Studio, spot: Spot) -> None:
        if not self._dragging:
            return
        path = self._path(studio, spot)
        clicked = len(self._drag) == 1
        here = self._drag[0] if self._drag else -1
        self._dragging, self._drag = False, []
        if len(path) > 1 and not self._draw(studio, path, studio.hand.erase or spot.shift):
            return
        self._anchor = here if clicked else -1

    def cancel(self) -> bool:
        begun = self._dragging or self._anchor >= 0
        self._dragging, self._drag, self._anchor = False, [], -1
        return begun

    def _path(self, studio: Studio, spot: Spot) -> tuple[int, ...]:
        if studio.drawn is None:
            return ()
        hexes: HexGrid = studio.drawn.hexes
        if len(self._drag) > 1:
            return without_loops(hexes_along(hexes, self._drag))
        here = self._drag[0] if self._drag else spot.hex
        if here < 0:
            return ()
        return hexes_along(hexes, (self._anchor, here)) if self._anchor >= 0 else (here,)

    def _draw(self, studio: Studio, path: tuple[int, ...], erase: bool) -> bool:
        if erase:
            return studio.do(EraseRoad(path))
        hand, drawn = studio.hand, studio.drawn
        if drawn is None:
            return False
        name = hand.names.get("road") or line_name(drawn, "road")
        kind = hand.kind("road", "road")
        hand.names["road"] = name
        return studio.do(
            DrawRoad(name, "highway" if kind == "highway" else "track" if kind == "track" else "road", path)
        )

    def take(self, studio: Studio, spot: Spot) -> None:
        drawn = studio.drawn
        if self.cancel() or drawn is None or spot.hex < 0:
            return
        found = next((road for road in drawn.picture.roads if spot.hex in road.path), None)
        if found is not None:
            studio.hand.names["road"], studio.hand.kinds["road"] = found.name, found.kind
            studio.choose(("line", "road", found.name))
        else:
            studio.hand.names.pop("road", None)
            studio.say("The next stroke begins a new road.")

    def preview(self, studio: Studio, spot: Spot) -> Preview:
        return Preview(path=self._path(studio, spot), erase=studio.hand.erase or spot.shift)


WORDS = {"river": "river", "wall": "escarpment", "border": "border", "road": "road", "line": "line"}


def lines_of(drawn: Drawn, what: str) -> tuple[River | SideLine | Road, ...]:
    """All lines of a sort; the deconfliction line has no name and is none of them."""
    picture = drawn.picture
    every: dict[str, tuple[River | SideLine | Road, ...]] = {
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
        if not isinstance(line, Road) and side in line.sides:
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


def _erased(what: str) -> Literal["river", "escarpment", "border", "line"]:
    names: dict[str, Literal["river", "escarpment", "border", "line"]] = {
        "river": "river", "wall": "escarpment", "border": "border", "line": "line",
    }  # fmt: skip
    return names[what]


def _line_zones(drawn: Drawn, sides: tuple[int, ...]) -> tuple[tuple[str, int], ...]:
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
