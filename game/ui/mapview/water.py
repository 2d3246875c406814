"""Rivers: smooth bands along hexside corners, with green banks and a lighter stream in the middle."""

from __future__ import annotations

from game.ui.camera import map_extent
from game.ui.kit.theme import Theme
from game.ui.mapview.curves import meandered, prolonged, rounded, side_chains
from game.ui.mapview.picture import MapPicture
from game.ui.mapview.plate import Plate, Stroke, strokes


class Water:
    """All rivers of a map, minor ones first so that they run into the major one."""

    def __init__(self, picture: MapPicture, theme: Theme) -> None:
        self._colours = theme.map
        self._bands: list[tuple[float, tuple[Stroke, ...]]] = []
        self.courses: dict[str, tuple[tuple[float, float], ...]] = {}
        extent = map_extent(picture.columns, picture.rows)
        for kind, width in (("minor", theme.sizes.river_minor), ("major", theme.sizes.river_major)):
            for river in picture.rivers:
                if river.kind != kind or not river.sides:
                    continue
                for chain in side_chains(picture.columns, river.sides):
                    course = meandered(rounded(prolonged(chain, extent)), 0.055 if kind == "major" else 0.05, 1.4)
                    self._bands.append((width * picture.river_scale, strokes(course)))
                    if len(course) > len(self.courses.get(river.name, ())):
                        self.courses[river.name] = course

    def draw(self, plate: Plate) -> None:
        """Banks, edges, water and stream, each for all rivers before the next."""
        c = self._colours
        for width, band in self._bands:
            plate.ribbons(band, width * 2.0, c.river_bank.mixed(c.name_halo, 45), shade=True)
        plate.pressed()
        for width, band in self._bands:
            plate.ribbons(band, width + max(0.028, 1.2 / plate.zoom), c.river_edge)
        for width, band in self._bands:
            plate.ribbons(band, width, c.river)
        for width, band in self._bands:
            if width * plate.zoom > 5:
                plate.ribbons(band, width * 0.42, c.river_light.mixed(c.river, 35))
