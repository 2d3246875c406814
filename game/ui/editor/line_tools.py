"""Tools that draw lines: along hexsides (rivers, escarpments, borders, the front line), and roads from hex to hex."""

from __future__ import annotations

from dataclasses import dataclass, field

from game.hexgrid import HexGrid
from game.ui.editor.drawing_tools import Tool
from game.ui.editor.hand import Pick, Pointed, Preview, Studio
from game.ui.editor.lines import (
    FIRST_KINDS,
    WORDS,
    first_seeds,
    line_at,
    line_name,
    side_word,
    without_loops,
    without_spurs,
)
from game.words import say
from game.workshop import (
    DrawBorder,
    DrawLine,
    DrawRiver,
    DrawRoad,
    DrawWall,
    Edit,
    EraseRoad,
    EraseSides,
    hexes_along,
    sides_along,
    sides_joining,
)


@dataclass(slots=True)
class SideTool(Tool):
    """Draws a line along hexsides. A drag draws what it passes; clicks are joined from each to the next."""

    what: str = "river"
    _drag: list[int] = field(default_factory=list)
    _dragging: bool = False
    _anchor: int = -1
    """The side that was clicked last, from which the next click goes on."""
    _begun: int = -1

    def press(self, studio: Studio, spot: Pointed) -> None:
        self._dragging, self._begun = True, spot.side
        self._drag = [spot.side] if spot.side >= 0 else []

    def drag(self, studio: Studio, spot: Pointed) -> None:
        if self._dragging and spot.side >= 0 and (not self._drag or self._drag[-1] != spot.side):
            self._drag.append(spot.side)

    def release(self, studio: Studio, spot: Pointed) -> None:
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

    def _erases(self, studio: Studio, spot: Pointed) -> bool:
        return studio.hand.erase or spot.shift

    def _sides(self, studio: Studio, spot: Pointed) -> tuple[int, ...]:
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
            return studio.do(EraseSides(side_word(self.what), sides))
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
            edit = DrawLine(sides, first_seeds(drawn, sides))
        hand.names[self.what] = name
        return studio.do(edit)

    def take(self, studio: Studio, spot: Pointed) -> None:
        drawn = studio.drawn
        if self.cancel() or drawn is None or spot.side < 0:
            return
        found = line_at(drawn, self.what, spot.side)
        if found is not None:
            studio.hand.names[self.what] = found[0]
            studio.hand.kinds[self.what] = found[1]
            studio.choose(Pick("line", found[0], self.what))
        else:
            studio.hand.names.pop(self.what, None)
            studio.say(say("The next stroke begins a new {what}.", what=WORDS[self.what]))

    def preview(self, studio: Studio, spot: Pointed) -> Preview:
        return Preview(sides=self._sides(studio, spot), erase=self._erases(studio, spot))


@dataclass(slots=True)
class RoadTool(Tool):
    """Draws a road. A drag draws through what it passes; clicks are joined from each to the next."""

    what: str = "road"
    _drag: list[int] = field(default_factory=list)
    _dragging: bool = False
    _anchor: int = -1

    def press(self, studio: Studio, spot: Pointed) -> None:
        self._dragging, self._drag = True, [spot.hex] if spot.hex >= 0 else []

    def drag(self, studio: Studio, spot: Pointed) -> None:
        if self._dragging and spot.hex >= 0 and (not self._drag or self._drag[-1] != spot.hex):
            if len(self._drag) > 1 and self._drag[-2] == spot.hex:
                self._drag.pop()
            else:
                self._drag.append(spot.hex)

    def release(self, studio: Studio, spot: Pointed) -> None:
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

    def _path(self, studio: Studio, spot: Pointed) -> tuple[int, ...]:
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

    def take(self, studio: Studio, spot: Pointed) -> None:
        drawn = studio.drawn
        if self.cancel() or drawn is None or spot.hex < 0:
            return
        found = next((road for road in drawn.picture.roads if spot.hex in road.path), None)
        if found is not None:
            studio.hand.names["road"], studio.hand.kinds["road"] = found.name, found.kind
            studio.choose(Pick("line", found.name, "road"))
        else:
            studio.hand.names.pop("road", None)
            studio.say("The next stroke begins a new road.")

    def preview(self, studio: Studio, spot: Pointed) -> Preview:
        return Preview(path=self._path(studio, spot), erase=studio.hand.erase or spot.shift)
