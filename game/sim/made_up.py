"""A war made up to any size: two armies that both attack, spread evenly over a land of steppe, roads and towns.

On it is measured how the time that a turn takes grows with the map and with the armies. The land lies in belts from
west to east, each with a road along its middle, held by the two sides in turn: so twice the hexes with twice the units
are the same war on a larger land, with as many towns, units and miles of front to a hundred hexes.
"""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

from game import engine
from game.hexgrid import HexGrid, grid
from game.scenario.first_draft import first_draft
from game.scenario.world import World

APART = 10
"""Columns and rows from town to town; a road runs along each row of towns."""

_TYPES = (
    ("infantry", "btn", 2), ("mech", "bde", 4), ("infantry", "btn", 2), ("armour", "btn", 3), ("infantry", "coy", 2),
    ("artillery", "bty", 1), ("mech", "btn", 3), ("infantry", "btn", 3), ("engineer", "coy", 1), ("hq", "hq", 1),
)  # fmt: skip
"""Type, size and steps of the units, over and over again: ten of them are a brigade."""

_GROUND = (",",) * 13 + ("h", "w", "r")
"""Sixteen hexes of the land, dealt out without order."""


def made_up_war(columns: int, rows: int, units: int) -> World:
    """The war on a map of so many columns and rows with so many units, half of them on each side."""
    with TemporaryDirectory() as folder:
        for name, text in made_up_files(columns, rows, units).items():
            path = Path(folder) / "made-up" / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        return engine.load_scenario(Path(folder) / "made-up")


def made_up_files(columns: int, rows: int, units: int) -> dict[str, str]:
    """Its files by name."""
    land, files = _Land(columns, rows), first_draft("made-up", "A war made up", columns, rows, 5000)
    files["map.txt"], files["map.yaml"] = land.drawing(), land.chart()
    files["crossings.yaml"] = "format: 1\ncrossings: []\n"
    files["events.yaml"] = "format: 1\nevents: []\n"
    for faction, side, count in (("saa", 0, units - units // 2), ("isis", 1, units // 2)):
        files[f"forces/{faction}.yaml"] = land.forces(faction, side, count)
    files["relations.yaml"], files["victory.yaml"] = land.relations(), land.prizes()
    bold = f"posture: advance, axes: {min(12, max(2, units // 40))}, own_step: 4, least_chance: 8, risk: 10"
    files["doctrine.yaml"] = f"format: 1\nfactions:\n  saa: {{{bold}}}\n  isis: {{{bold}}}\n"
    return files


def _mixed(number: int) -> int:
    """A number that tells nothing of the one it is made from: no dice, so that the war is the same everywhere."""
    return (number * 2654435761 >> 7) ^ (number * 40503 >> 3)


class _Land:
    """Where things lie."""

    def __init__(self, columns: int, rows: int) -> None:
        self.grid: HexGrid = grid(columns, rows)
        self.columns, self.rows = columns, rows
        self.roads = range(APART // 2, rows, APART)
        self.towns = [(column, row) for row in self.roads for column in range(APART // 2, columns, APART)]

    def label(self, column: int, row: int) -> str:
        return self.grid.label(self.grid.at(column, row))

    def drawing(self) -> str:
        drawn = [[_GROUND[_mixed(here) % 16] for here in self._row(row)] for row in range(self.rows)]
        for column, row in self.towns:
            drawn[row][column] = "U"
        return "".join(" ".join(symbols) + "\n" for symbols in drawn)

    def _row(self, row: int) -> range:
        return range(row * self.columns, (row + 1) * self.columns)

    def chart(self) -> str:
        lines = [f"format: 1\nsize: {{columns: {self.columns}, rows: {self.rows}}}\nscale: {{metres_per_hex: 5000}}"]
        lines.append("roads:")
        for row in self.roads:
            path = ", ".join(self.label(column, row) for column in range(self.columns))
            lines.append(f"  - {{name: Road {row}, kind: road, path: [{path}]}}")
        lines.append("places:")
        for column, row in self.towns:
            label = self.label(column, row)
            lines.append(f"  - {{name: Town {label}, hex: {label}, kind: town, size: 1, population: 5}}")
        lines.append("exits:")
        lines += [f"  - {{name: Exit {row}, hex: {self.label(0, row)}, from: the west}}" for row in self.roads]
        return "\n".join(lines) + "\n"

    def forces(self, faction: str, side: int, count: int) -> str:
        """Brigades of ten, each in a block of its own, in turn on the belts of that side."""
        lines = [f"format: 1\nfaction: {faction}\nunits:"]
        belts, brigades = self.roads[side::2], -(-count // len(_TYPES))
        across = -(-brigades // len(belts))
        for number in range(count):
            brigade, member = divmod(number, len(_TYPES))
            kind, size, steps = _TYPES[member]
            column = (brigade // len(belts) * 2 + 1) * self.columns // (2 * across) + member // 2 % 3 - 1
            here = self.label(column, belts[brigade % len(belts)] + member // 6)
            lines.append(
                f"  - {{id: {faction}-{number}, name: {member + 1} of {brigade + 1}, type: {kind}, size: {size},"
                f" steps: {steps}, quality: {'BC'[number % 2]}, formation: {faction}-{brigade}, hex: {here}}}"
            )
        lines.append("sources:")
        lines += [f"  - {{name: Depot {row}, exit: Exit {row}, capacity: 1000}}" for row in belts]
        return "\n".join(lines) + "\n"

    def relations(self) -> str:
        """Who holds which belts at the start."""
        lines = ["format: 1\nstances:\n  - {a: saa, b: isis, stance: war}\ncontrol:"]
        lines.append("  - {faction: isis, everything: true}")
        for row in self.roads[::2]:
            last = min(self.rows, row + APART // 2) - 1
            first, corner = self.label(0, row - APART // 2), self.label(self.columns - 1, last)
            lines.append(f"  - {{faction: saa, box: [{first}, {corner}]}}")
        return "\n".join(lines) + "\n"

    def prizes(self) -> str:
        lines = ["format: 1\nprizes:"]
        for column, row in self.towns[::2]:  # the format allows 200
            label = self.label(column, row)
            lines.append(
                f"  - {{id: town-{label}, name: Town {label}, kind: town, place: Town {label},"
                " points: {saa: 6, isis: 6}}"
            )
        words = "slower_words: No., like_words: So so., faster_words: Yes."
        lines.append("bands:")
        lines += [f"  {one}: {{like: 100, faster: 200, {words}}}" for one in ("saa", "isis")]
        return "\n".join(lines) + "\n"
