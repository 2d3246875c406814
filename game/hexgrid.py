"""Geometry of a flat-top hex map: labels, neighbours, hexsides, distances. Knows no game words.

A map of ``columns`` x ``rows`` hexes numbers its hexes row by row from 0. People read *labels*: column
then row, counted from 1, two digits each ("0714" is column 7, row 14), three digits each on maps beyond
99. Columns with an odd label (01, 03, ...) are shifted down by half a hex.

Directions run clockwise from north: 0 N, 1 NE, 2 SE, 3 S, 4 SW, 5 NW. A *side* (hexside) belongs to the
hex that has it to its N, NE or SE and is numbered ``hex * 3 + direction``; both hexes beside it name the
same side. Sides on the rim of the map whose owner would lie outside are -1: nothing can cross them.
"""

from __future__ import annotations

from functools import lru_cache

N, NE, SE, S, SW, NW = range(6)
DIRECTION_NAMES = ("N", "NE", "SE", "S", "SW", "NW")
REMEMBERED = 400_000
"""Hexes in the surroundings that a grid remembers, as lists and as sets: both together take 29 megabytes."""

# (column step, row step) for a column that is shifted down and for one that is not.
_STEPS_SHIFTED = ((0, -1), (1, 0), (1, 1), (0, 1), (-1, 1), (-1, 0))
_STEPS_PLAIN = ((0, -1), (1, -1), (1, 0), (0, 1), (-1, 0), (-1, -1))


class HexGrid:
    """The fixed geometry of one map size; every table is built once and shared.

    ``neighbours[h]`` holds six hex numbers (-1 outside), ``sides[h]`` six side numbers (-1 on the rim),
    ``ends[side]`` the two hexes beside a side (the second is -1 when it lies outside).
    """

    __slots__ = (
        "columns",
        "rows",
        "size",
        "digits",
        "neighbours",
        "near",
        "sides",
        "ends",
        "_q",
        "_r",
        "_disks",
        "_sets",
        "_in_disks",
        "_numbers",
        "_in_sets",
        "_labels",
        "_side_to",
    )

    def __init__(self, columns: int, rows: int) -> None:
        self.columns, self.rows, self.size = columns, rows, columns * rows
        self.digits = 2 if max(columns, rows) <= 99 else 3
        neighbours, sides = [], []
        for h in range(self.size):
            row, column = divmod(h, columns)
            steps = _STEPS_SHIFTED if is_shifted(column) else _STEPS_PLAIN
            six = tuple(self._number(column + dc, row + dr) for dc, dr in steps)
            neighbours.append(six)
            sides.append(tuple(h * 3 + d if d < 3 else (six[d] * 3 + d - 3 if six[d] >= 0 else -1) for d in range(6)))
        self.neighbours = tuple(neighbours)
        self.near = tuple(tuple(n for n in six if n >= 0) for six in neighbours)
        self.sides = tuple(sides)
        self.ends = tuple((s // 3, neighbours[s // 3][s % 3]) for s in range(self.size * 3))
        cubes = [_cube(h % columns, h // columns) for h in range(self.size)]
        self._q: tuple[int, ...] = tuple(q for q, _ in cubes)
        self._r: tuple[int, ...] = tuple(r for _, r in cubes)
        self._disks: dict[tuple[int, int], tuple[int, ...]] = {}
        self._sets: dict[tuple[int, int], frozenset[int]] = {}
        self._in_disks = self._in_sets = 0
        self._numbers = tuple(range(self.size))
        """Hexes that those hold, all together."""
        self._labels: dict[int, str] = {}
        self._side_to: dict[int, dict[int, int]] = {}

    def _number(self, column: int, row: int) -> int:
        return row * self.columns + column if 0 <= column < self.columns and 0 <= row < self.rows else -1

    def at(self, column: int, row: int) -> int:
        """Hex number of a column and row counted from 0, or -1 outside the map."""
        return self._number(column, row)

    def position(self, h: int) -> tuple[int, int]:
        """Column and row of a hex, counted from 0."""
        return h % self.columns, h // self.columns

    def label(self, h: int) -> str:
        """The paper-map label of a hex, such as "0714"."""
        found = self._labels.get(h)
        if found is None:
            column, row = self.position(h)
            found = self._labels[h] = self._written(column + 1, row + 1)
        return found

    def _written(self, *numbers: int) -> str:
        return "".join(f"{number:0{self.digits}d}" for number in numbers)

    def hex(self, label: str) -> int:
        """Hex number of a label; raises ValueError in plain words for anything that is not on the map."""
        if len(label) != 2 * self.digits or not label.isascii() or not label.isdigit():
            example = self._written(7, 14)
            raise ValueError(f'"{label}" is not a hex: write column and row, {self.digits} digits each, as "{example}"')
        h = self._number(int(label[: self.digits]) - 1, int(label[self.digits :]) - 1)
        if h < 0:
            first, columns, rows = self._written(1), self._written(self.columns), self._written(self.rows)
            raise ValueError(f'hex "{label}" is off the map: columns {first}-{columns}, rows {first}-{rows}')
        return h

    def side_label(self, side: int) -> str:
        """Text of a hexside, such as "0714/NE"."""
        return f"{self.label(side // 3)}/{DIRECTION_NAMES[side % 3]}"

    def side(self, label: str) -> int:
        """Side number of "0714/NE"; raises ValueError in plain words."""
        hex_text, slash, name = label.partition("/")
        if not slash or name not in DIRECTION_NAMES:
            example = f"{self._written(7, 14)}/NE"
            raise ValueError(f'"{label}" is not a hexside: write a hex, a slash and N NE SE S SW or NW, as "{example}"')
        side = self.sides[self.hex(hex_text)][DIRECTION_NAMES.index(name)]
        if side < 0:
            raise ValueError(f'hexside "{label}" lies on the rim of the map')
        return side

    def direction(self, here: int, there: int) -> int:
        """Direction from a hex to its neighbour, or -1 when the two do not touch."""
        try:
            return self.neighbours[here].index(there) if there >= 0 else -1
        except ValueError:
            return -1

    def side_between(self, here: int, there: int) -> int:
        """The side between two touching hexes, or -1 when they do not touch."""
        found = self._side_to.get(here)
        if found is None:
            around = zip(self.neighbours[here], self.sides[here], strict=True)
            found = self._side_to[here] = {near: side for near, side in around if near >= 0}
        return found.get(there, -1)

    def distance(self, a: int, b: int) -> int:
        """Number of steps between two hexes on an empty map."""
        q, r = self._q, self._r
        dx, dy = q[a] - q[b], r[a] - r[b]
        if dx < 0:  # asked more often than anything else: comparisons are quicker than max() and abs()
            dx, dy = -dx, -dy
        return dx + dy if dy >= 0 else dx if dx + dy > 0 else -dy

    def disk(self, centre: int, radius: int) -> tuple[int, ...]:
        """All hexes within ``radius`` steps of ``centre``, in hex order, the centre included."""
        key = (centre, radius)
        found = self._disks.get(key)
        if found is None:
            hexes: list[int] = []
            middle, columns = centre % self.columns, self.columns
            for column in range(max(0, middle - radius), min(columns, middle + radius + 1)):
                away = column - middle
                first = self._r[centre] + max(-radius, -away - radius) + _half(column)
                last = self._r[centre] + min(radius, radius - away) + _half(column)
                first, last = max(0, first), min(self.rows - 1, last)
                if first <= last:  # numbers that all surroundings share: each of its own would take four times as much
                    hexes += self._numbers[first * columns + column : last * columns + column + 1 : columns]
            if self._in_disks > REMEMBERED:
                self._disks.clear()
                self._in_disks = 0
            found = self._disks[key] = tuple(sorted(hexes))
            self._in_disks += len(found)
        return found

    def within(self, centre: int, radius: int) -> frozenset[int]:
        """The same hexes as a set, for asking and cutting; its order means nothing."""
        key = (centre, radius)
        found = self._sets.get(key)
        if found is None:
            if self._in_sets > REMEMBERED:
                self._sets.clear()
                self._in_sets = 0
            found = self._sets[key] = frozenset(self.disk(centre, radius))
            self._in_sets += len(found)
        return found

    def line(self, a: int, b: int) -> tuple[int, ...]:
        """Hexes on the straight line from ``a`` to ``b``, both included; ties always break the same way."""
        steps = self.distance(a, b)
        if steps == 0:
            return (a,)
        x1, y1, x2, y2 = self._q[a], self._r[a], self._q[b], self._r[b]
        # Exact integer interpolation in units of 1/(2*steps), nudged so that no point falls on a corner.
        out = []
        for i in range(steps + 1):
            x = 6 * (x1 * (steps - i) + x2 * i) + 1
            y = 6 * (y1 * (steps - i) + y2 * i) + 2
            out.append(self._from_cube(*_round_cube(x, y, 6 * steps)))
        return tuple(out)

    def _from_cube(self, q: int, r: int) -> int:
        return self._number(q, r + _half(q))

    def __eq__(self, other: object) -> bool:
        """Grids of one size are one grid, whether or not the shared one was made again meanwhile."""
        return isinstance(other, HexGrid) and (self.columns, self.rows) == (other.columns, other.rows)

    def __hash__(self) -> int:
        return self.columns * 1000 + self.rows


def is_shifted(column: int) -> bool:
    """Whether a column (counted from 0) is shifted down: the odd labels 01, 03, ... are."""
    return column % 2 == 0


@lru_cache(maxsize=16)
def grid(columns: int, rows: int) -> HexGrid:
    """The shared geometry of a map size."""
    return HexGrid(columns, rows)


def _half(column: int) -> int:
    # Rows by which a column has sunk against axial coordinates.
    return (column + column % 2) // 2


def _cube(column: int, row: int) -> tuple[int, int]:
    return column, row - _half(column)


def _round_cube(x: int, y: int, unit: int) -> tuple[int, int]:
    z = -x - y
    rx, ry, rz = ((v + unit // 2) // unit for v in (x, y, z))
    dx, dy, dz = abs(rx * unit - x), abs(ry * unit - y), abs(rz * unit - z)
    if dx > dy and dx > dz:
        rx = -ry - rz
    elif dy > dz:
        ry = -rx - rz
    return rx, ry
