"""The camera: the only place where hexes, map units and pixels are turned into each other.

Map units: one unit is the height of a hex, the origin is the upper left corner of the map's bounding box. A camera
is frozen; moving it makes another one. ``zoom`` is the height of a hex in pixels.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from math import sqrt

from game.hexgrid import grid, is_shifted

Point = tuple[float, float]

RADIUS = 1 / sqrt(3)  # centre to corner
PITCH = 1.5 * RADIUS  # from one column to the next
CORNERS: tuple[Point, ...] = (
    (-RADIUS / 2, -0.5),
    (RADIUS / 2, -0.5),
    (RADIUS, 0.0),
    (RADIUS / 2, 0.5),
    (-RADIUS / 2, 0.5),
    (-RADIUS, 0.0),
)  # side d (N, NE, ...) runs from corner d to corner d + 1
MARGIN = 1.0  # how far one may look beyond the rim, in map units
CLOSEST = 128.0
ZOOM_STEP = 1.25
NEVER_BELOW = 6.0


def hex_centre(columns: int, h: int) -> Point:
    """Middle of a hex in map units."""
    row, column = divmod(h, columns)
    return RADIUS + column * PITCH, row + (1.0 if is_shifted(column) else 0.5)


def hex_corners(columns: int, h: int) -> tuple[Point, ...]:
    """The six corners of a hex in map units, clockwise from the upper left; side d joins corners d and d + 1."""
    x, y = hex_centre(columns, h)
    return tuple((x + dx, y + dy) for dx, dy in CORNERS)


def side_ends(columns: int, side: int) -> tuple[Point, Point]:
    """The two corners of a hexside in map units."""
    corners = hex_corners(columns, side // 3)
    return corners[side % 3], corners[side % 3 + 1]


def map_extent(columns: int, rows: int) -> Point:
    """Width and height of a map in map units."""
    return (columns - 1) * PITCH + 2 * RADIUS, rows + 0.5


@dataclass(frozen=True, slots=True)
class Camera:
    """A window of ``width`` x ``height`` pixels at (``x``, ``y``) of the screen, (``left``, ``top``) in its corner."""

    columns: int
    rows: int
    x: int
    y: int
    width: int
    height: int
    zoom: float
    left: float = 0.0
    top: float = 0.0

    @property
    def origin(self) -> tuple[int, int]:
        """Whole pixels from the map's corner to the window's corner at this zoom."""
        return round(self.left * self.zoom), round(self.top * self.zoom)

    @property
    def seen(self) -> tuple[float, float, float, float]:
        """What the window shows: left, top, width, height in map units."""
        return self.left, self.top, self.width / self.zoom, self.height / self.zoom

    @property
    def fit_zoom(self) -> float:
        """The zoom at which the whole map just fits, in whole pixels of hex height."""
        wide, tall = map_extent(self.columns, self.rows)
        return max(NEVER_BELOW, float(int(min(self.width / wide, self.height / tall, CLOSEST))))

    def to_screen(self, point: Point) -> Point:
        """A point of the map on the screen."""
        ox, oy = self.origin
        return self.x + point[0] * self.zoom - ox, self.y + point[1] * self.zoom - oy

    def to_map(self, pixel: Point) -> Point:
        """A point of the screen on the map."""
        ox, oy = self.origin
        return (pixel[0] - self.x + ox) / self.zoom, (pixel[1] - self.y + oy) / self.zoom

    def hex_on_screen(self, h: int) -> Point:
        """Middle of a hex on the screen."""
        return self.to_screen(hex_centre(self.columns, h))

    def outline(self, h: int) -> tuple[Point, ...]:
        """Corners of a hex on the screen."""
        return tuple(self.to_screen(corner) for corner in hex_corners(self.columns, h))

    def holds(self, pixel: Point) -> bool:
        """Whether a point of the screen lies in the window."""
        return 0 <= pixel[0] - self.x < self.width and 0 <= pixel[1] - self.y < self.height

    def hex_at(self, pixel: Point) -> int:
        """Number of the hex under a point of the screen, or -1 beside the map."""
        x, y = self.to_map(pixel)
        column = round((x - RADIUS) / PITCH)
        best, nearest = -1, 1.0
        for c in (column - 1, column, column + 1):
            if not 0 <= c < self.columns:
                continue
            shift = 1.0 if is_shifted(c) else 0.5
            r = round(y - shift)
            if not 0 <= r < self.rows:
                continue
            away = (x - RADIUS - c * PITCH) ** 2 + (y - shift - r) ** 2
            if away < nearest:
                best, nearest = r * self.columns + c, away
        return best if nearest <= RADIUS * RADIUS else -1

    def side_at(self, pixel: Point) -> int:
        """Number of the hexside nearest to a point of the screen, or -1 beside the map and on its rim."""
        here = self.hex_at(pixel)
        if here < 0:
            return -1
        x, y = self.to_map(pixel)
        corners = hex_corners(self.columns, here)

        def away(d: int) -> float:
            (ax, ay), (bx, by) = corners[d], corners[(d + 1) % 6]
            return ((ax + bx) / 2 - x) ** 2 + ((ay + by) / 2 - y) ** 2

        d = min(range(6), key=away)
        sides = grid(self.columns, self.rows)
        return sides.sides[here][d] if sides.neighbours[here][d] >= 0 else -1

    def panned(self, dx: float, dy: float) -> Camera:
        """Moved by pixels: positive looks further right and down."""
        return self._kept_at(self.left + dx / self.zoom, self.top + dy / self.zoom)

    def zoomed(self, zoom: float, at: Point) -> Camera:
        """At another zoom, the point of the map under ``at`` staying where it is as far as the rim allows."""
        zoom = max(self.fit_zoom, min(CLOSEST, zoom))
        x, y = self.to_map(at)
        left, top = x - (at[0] - self.x) / zoom, y - (at[1] - self.y) / zoom
        return replace(self, zoom=zoom, left=left, top=top).clamped()

    def stepped(self, notches: int) -> float:
        """The zoom some notches of the wheel away, in whole pixels, at least one pixel apart."""
        zoom = self.zoom
        for _ in range(abs(notches)):
            wanted = round(zoom * ZOOM_STEP) if notches > 0 else round(zoom / ZOOM_STEP)
            zoom = max(wanted, round(zoom) + 1) if notches > 0 else min(wanted, round(zoom) - 1)
        return max(self.fit_zoom, min(CLOSEST, float(zoom)))

    def widened(self, margin: int) -> Camera:
        """The same view on a picture of its own with so many pixels more on every side."""
        ox, oy = self.origin
        return replace(
            self,
            x=0,
            y=0,
            width=self.width + 2 * margin,
            height=self.height + 2 * margin,
            left=(ox - margin) / self.zoom,
            top=(oy - margin) / self.zoom,
        )

    def part(self, box: tuple[int, int, int, int]) -> Camera:
        """The same view through a smaller window: a rectangle (x, y, width, height) of the screen."""
        x, y, width, height = box
        ox, oy = self.origin
        left, top = (ox + x - self.x) / self.zoom, (oy + y - self.y) / self.zoom
        return replace(self, x=x, y=y, width=width, height=height, left=left, top=top)

    def resized(self, x: int, y: int, width: int, height: int) -> Camera:
        """The same view in another window; its middle stays."""
        if (self.x, self.y, self.width, self.height) == (x, y, max(1, width), max(1, height)):
            return self.clamped()
        mx, my = self.left + self.width / self.zoom / 2, self.top + self.height / self.zoom / 2
        moved = replace(self, x=x, y=y, width=max(1, width), height=max(1, height))
        moved = replace(moved, zoom=max(moved.fit_zoom, self.zoom))
        return moved.centred((mx, my))

    def centred(self, point: Point) -> Camera:
        """Looking at a point of the map."""
        return replace(
            self, left=point[0] - self.width / self.zoom / 2, top=point[1] - self.height / self.zoom / 2
        ).clamped()

    def centred_on(self, h: int) -> Camera:
        """Looking at a hex."""
        return self.centred(hex_centre(self.columns, h))

    def fitted(self, hexes: tuple[int, ...] = ()) -> Camera:
        """Showing the given hexes with a little air, or the whole map."""
        if not hexes:
            wide, tall = map_extent(self.columns, self.rows)
            return replace(self, zoom=self.fit_zoom).centred((wide / 2, tall / 2))
        points = [hex_centre(self.columns, h) for h in hexes]
        x0, x1 = min(p[0] for p in points) - 1.5, max(p[0] for p in points) + 1.5
        y0, y1 = min(p[1] for p in points) - 1.5, max(p[1] for p in points) + 1.5
        zoom = float(int(min(self.width / (x1 - x0), self.height / (y1 - y0), CLOSEST)))
        return replace(self, zoom=max(self.fit_zoom, zoom)).centred(((x0 + x1) / 2, (y0 + y1) / 2))

    def clamped(self) -> Camera:
        """Kept over the map: at most a margin beyond the rim, and centred along an axis that shows all of it."""
        return self._kept_at(self.left, self.top)

    def _kept_at(self, left: float, top: float) -> Camera:
        """Looking from another corner, kept over the map. A drag asks for it in every frame, so nothing is copied."""
        x, y, width, height, zoom = self.x, self.y, self.width, self.height, self.zoom
        wide, tall = map_extent(self.columns, self.rows)
        left, top = _kept(left, width / zoom, wide), _kept(top, height / zoom, tall)
        return Camera(self.columns, self.rows, x, y, width, height, zoom, left, top)


def _kept(start: float, span: float, whole: float) -> float:
    if span >= whole:
        return (whole - span) / 2
    slack = min(MARGIN, whole - span)
    return max(-slack, min(start, whole + slack - span))
