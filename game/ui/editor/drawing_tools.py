"""Tools that paint hexes by brush: the ground, who holds it, home sectors and airspaces."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from game.ui.editor.hand import NOTHING, Pointed, Preview, Studio
from game.words import say
from game.workshop import Edit, PaintArea, PaintControl, PaintTerrain, brush


class Tool:
    """A tool: what a press, a drag and a release on the map do. Deriving classes do nothing by default."""

    def press(self, studio: Studio, spot: Pointed) -> None:
        """The left button goes down."""

    def drag(self, studio: Studio, spot: Pointed) -> None:
        """The mouse moves with the button down."""

    def release(self, studio: Studio, spot: Pointed) -> None:
        """The button goes up."""

    def cancel(self) -> bool:
        """Drop what is begun; whether there was anything."""
        return False

    def take(self, studio: Studio, spot: Pointed) -> None:
        """Pick up what lies under the mouse: Alt and click, or right click."""

    def preview(self, studio: Studio, spot: Pointed) -> Preview:
        """What would happen here."""
        return NOTHING


@dataclass(slots=True)
class BrushTool(Tool):
    """Paints hexes; all of one stroke is one edit."""

    _stroke: list[int] = field(default_factory=list)
    _last: int = -1

    def press(self, studio: Studio, spot: Pointed) -> None:
        self._stroke, self._last = [], -1
        self.drag(studio, spot)

    def drag(self, studio: Studio, spot: Pointed) -> None:
        if studio.drawn is None or spot.hex < 0:
            return
        hexes = studio.drawn.hexes
        way = hexes.line(self._last, spot.hex) if self._last >= 0 else (spot.hex,)
        for centre in way:
            self._stroke += [h for h in brush(hexes, centre, studio.hand.brush) if h not in self._stroke]
        self._last = spot.hex

    def release(self, studio: Studio, spot: Pointed) -> None:
        stroke, self._stroke, self._last = tuple(sorted(self._stroke)), [], -1
        edit = self.edit(studio, stroke, spot) if stroke else None
        if edit is not None:
            studio.do(edit)

    def cancel(self) -> bool:
        begun, self._stroke, self._last = bool(self._stroke), [], -1
        return begun

    def edit(self, studio: Studio, hexes: tuple[int, ...], spot: Pointed) -> Edit | None:
        """What a stroke becomes."""
        return None

    def covered(self, studio: Studio, spot: Pointed) -> tuple[int, ...]:
        """The stroke so far, and the brush."""
        if studio.drawn is None or spot.hex < 0:
            return tuple(self._stroke)
        return tuple(dict.fromkeys((*self._stroke, *brush(studio.drawn.hexes, spot.hex, studio.hand.brush))))


class TerrainTool(BrushTool):
    """Paints the ground."""

    def edit(self, studio: Studio, hexes: tuple[int, ...], spot: Pointed) -> Edit | None:
        terrain = studio.hand.terrain
        ground = studio.drawn.picture.terrain if studio.drawn is not None else ()
        other = tuple(here for here in hexes if ground[here] != terrain)
        return PaintTerrain(other, terrain) if other else None

    def take(self, studio: Studio, spot: Pointed) -> None:
        if studio.drawn is not None and spot.hex >= 0:
            studio.hand.terrain = studio.drawn.picture.terrain[spot.hex]
            studio.say(say("Brush: {terrain}", terrain=studio.drawn.terrain_name(spot.hex)))

    def preview(self, studio: Studio, spot: Pointed) -> Preview:
        return Preview(hexes=self.covered(studio, spot), terrain=studio.hand.terrain)


class AreaTool(BrushTool):
    """Paints who holds the ground, a home sector or an airspace."""

    def edit(self, studio: Studio, hexes: tuple[int, ...], spot: Pointed) -> Edit | None:
        what, name = studio.hand.area
        if not name:
            studio.say("Choose at the left what to paint, or make a new area there.", bad=True)
            return None
        if what == "control":
            return PaintControl(name, hexes)
        inside = not (studio.hand.erase or spot.shift)
        kind: Literal["sectors", "airspace"] = "sectors" if what == "sectors" else "airspace"
        return PaintArea(kind, name, hexes, inside)

    def take(self, studio: Studio, spot: Pointed) -> None:
        drawn = studio.drawn
        if drawn is None or spot.hex < 0:
            return
        what = studio.hand.area[0]
        if what == "control":
            holder = drawn.holders[spot.hex]
            if holder is not None:
                studio.hand.area = ("control", holder)
            return
        found = [area for area in drawn.areas if area.what == what and spot.hex in area.hexes]
        if found:
            studio.hand.area = (what, found[0].entry.id)

    def preview(self, studio: Studio, spot: Pointed) -> Preview:
        what, name = studio.hand.area
        erase = what != "control" and (studio.hand.erase or spot.shift)
        return Preview(hexes=self.covered(studio, spot), faction=name if what == "control" else "", erase=erase)
