"""Rivers and borders onto hexsides, however many pieces they are drawn in.

The first great river is the border between the banks (``banks.py``); other great rivers, lesser ones and borders are
traced along their drawn lines. A river is one entry of the map, with all sides of all its pieces: those that its
source data part, those that leave the map and return, and those between the mouths that it flows through.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from .banks import border_sides, chains
from .lattice import METRES_PER_DEGREE, Corner, Lattice, Metres
from .polyline import Polyline
from .recipe import Recipe
from .snapping import corners_of, end_corner, snap
from .sources import Geography, Point, SourceLine

_REACH = 2.5  # hexes a great river's sides may lie from the drawn line (towns push it)
_TURNED = 1e-9  # degrees: of two pieces that fit both ways, the data tell the direction
_JOINT = 0.5  # hexes between the ends of two pieces that are one line


@dataclass(frozen=True, slots=True)
class MadeRiver:
    """A river of the map: its sides, piece by piece, and the lines it was drawn from."""

    name: str
    kind: str
    sides: tuple[int, ...]
    drawn: tuple[Polyline, ...]

    def distance(self, at: Metres) -> float:
        """Metres from a point to the nearest part of the river as drawn."""
        return min(line.distance(at) for line in self.drawn)


def great_rivers(geography: Geography, recipe: Recipe) -> list[list[SourceLine]]:
    """The pieces of each great river, in the order of the recipe; the first divides the land and is one line."""
    found = [[line for line in geography.rivers if line.name == name] for name in recipe.major_rivers]
    return [_joined(pieces, math.inf) if not n else pieces for n, pieces in enumerate(found)]


def trace_rivers(
    lattice: Lattice, geography: Geography, recipe: Recipe, great: list[list[SourceLine]], left: list[bool]
) -> list[MadeRiver]:
    """All rivers that have a side on the map: the great ones first, then the lesser ones as the data list them."""
    rivers = [_divider(lattice, great[0][0], left)] if great else []
    lesser: dict[str, list[SourceLine]] = {}
    for line in geography.rivers:
        if line.name not in (*recipe.major_rivers, *recipe.skip_rivers):
            lesser.setdefault(line.name, []).append(line)
    for kind, pieces in [*(("major", one) for one in great[1:]), *(("minor", one) for one in lesser.values())]:
        rivers.append(_traced(lattice, kind, pieces, recipe, rivers))
    return [river for river in rivers if river.sides]


def _divider(lattice: Lattice, line: SourceLine, left: list[bool]) -> MadeRiver:
    drawn = Polyline.of(lattice, line)
    strings = chains(lattice, border_sides(lattice, left, drawn, _REACH * lattice.hex_metres))
    return MadeRiver(line.name, "major", tuple(side for string in strings for side in string), (drawn,))


def _traced(lattice: Lattice, kind: str, pieces: list[SourceLine], recipe: Recipe, known: list[MadeRiver]) -> MadeRiver:
    taken = {side for river in known for side in river.sides}
    joints = corners_of(lattice, sorted(taken))
    lines = _joined(pieces, _JOINT * lattice.hex_metres / METRES_PER_DEGREE)
    sides = [side for line in lines for run in snapped(lattice, line, recipe, "river", joints) for side in run]
    own = tuple(side for side in dict.fromkeys(sides) if side not in taken)
    return MadeRiver(pieces[0].name, kind, own, tuple(Polyline.of(lattice, line) for line in lines))


# --- pieces -----------------------------------------------------------------------------------------------------


def _joined(pieces: Sequence[SourceLine], reach: float) -> list[SourceLine]:
    """Pieces strung together where their ends lie within ``reach`` degrees of each other, the nearest ends first.

    The first of two pieces says which way the water flows; the other is turned round where it does not agree.
    """
    lines = list(pieces)
    while len(lines) > 1:
        gap, i, j, how = min(_gaps(lines))
        if gap > reach:
            break
        one, other = lines[i].points, lines[j].points
        lines[i] = replace(lines[i], points=(one + other, one + other[::-1], other[::-1] + one)[how])
        del lines[j]
    return lines


def _gaps(lines: Sequence[SourceLine]) -> Iterator[tuple[float, int, int, int]]:
    """How far apart two pieces are: end to start (0), end to end (1), start to start (2)."""
    for i, one in enumerate(lines):
        for j, other in enumerate(lines):
            if i != j:
                yield _apart(one.points[-1], other.points[0]), i, j, 0
            if i < j:
                yield _apart(one.points[-1], other.points[-1]) + _TURNED, i, j, 1
                yield _apart(one.points[0], other.points[0]) + _TURNED, i, j, 2


def _apart(a: Point, b: Point) -> float:
    return math.hypot((a[0] - b[0]) * math.cos(math.radians(a[1])), a[1] - b[1])


# --- tracing ----------------------------------------------------------------------------------------------------


def snapped(
    lattice: Lattice, line: SourceLine, recipe: Recipe, what: str, joints: frozenset[Corner]
) -> list[tuple[int, ...]]:
    """The parts of a line that lie on the map, each as a chain of sides.

    A correction "to: across" lets the line pass a hex on its other hand: sides of the hex that the chain used go
    out, the others come in. A lesser line ends where it first touches the line that it joins.
    """
    sampled = Polyline.of(lattice, line).sampled(lattice.hex_metres / 8)
    out = []
    for run in sampled.runs_on_map(lattice):
        start = end_corner(lattice, run.line.points[0], run.starts_cut, joints)
        end = end_corner(lattice, run.line.points[-1], run.ends_cut, joints)
        sides = snap(lattice, run.line, start, end) if start != end else []
        crossed = [lattice.grid.hex(c.hex) for c in recipe.corrected(what) if c.name == line.name]
        if crossed:
            kept = set(sides)
            for h in crossed:
                kept ^= {side for side in lattice.grid.sides[h] if side in lattice.inner}
            sides = _from(lattice, start, max(chains(lattice, sorted(kept)), key=len, default=[]))
        sides = _until(lattice, sides, joints, what)
        if sides:
            out.append(tuple(sides))
    return out


def _from(lattice: Lattice, start: Corner, chain: list[int]) -> list[int]:
    # A chain in the direction of the line: its first side touches the corner where the line starts.
    return chain if not chain or start in lattice.side_ends(chain[0]) else chain[::-1]


def _until(lattice: Lattice, chain: list[int], joints: frozenset[Corner], what: str) -> list[int]:
    # Rivers flow into rivers at their end; borders may touch each other anywhere. One that is drawn from its mouth
    # is turned; one that leaves another river begins where it does.
    if what != "river" or not chain:
        return chain
    touching = [bool(joints.intersection(lattice.side_ends(side))) for side in chain]
    if touching[0] and not touching[-1]:
        chain, touching = chain[::-1], touching[::-1]
    begin = max(0, next((i for i, touches in enumerate(touching) if not touches), len(chain)) - 1)
    for i in range(begin + 1, len(chain)):
        if touching[i]:
            return chain[begin : i + 1] if not touching[i - 1] else chain[begin:i]
    return chain[begin:]
