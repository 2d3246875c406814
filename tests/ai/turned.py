"""A puzzle turned: the same situation mirrored, or by half a turn, so that no player can know it by its hexes.

An odd number of columns allows a mirror image from left to right; with an even number the map is turned by half a
circle, which brings every column of hexes onto one that lies as it did.
"""

from __future__ import annotations

import re
from pathlib import Path
from shutil import copytree

MIRRORED = {"N": "N", "S": "S", "NE": "NW", "NW": "NE", "SE": "SW", "SW": "SE"}
TURNED = {"N": "S", "S": "N", "NE": "SW", "SW": "NE", "NW": "SE", "SE": "NW"}

BOX = re.compile(r"box: \[(\d{4}), (\d{4})\]")
SIDE = re.compile(r"(?<![\d@-])(\d{4})/(NE|NW|SE|SW|N|S)\b")
HEX = re.compile(r"(?<![\d@-])(\d{4})(?![\d-])")
DONE = "@"
"""Marks a hex that is turned already, until all are."""


class Turn:
    """How the hexes and sides of a map of so many columns and rows are turned."""

    def __init__(self, columns: int, rows: int) -> None:
        self.columns, self.rows, self.half = columns, rows, columns % 2 == 0

    def hex(self, label: str) -> str:
        """A hex as it is called after the turn; what is no hex of the map stays."""
        column, row = int(label[:2]), int(label[2:])
        if not (1 <= column <= self.columns and 1 <= row <= self.rows):
            return label
        return f"{self.columns + 1 - column:02d}{self.rows + 1 - row if self.half else row:02d}"

    def text(self, line: str) -> str:
        """A line of YAML with all its hexes turned."""
        if line.startswith("#") or "metres_per_hex" in line:
            return line
        line = BOX.sub(lambda found: self._box(self.hex(found[1]), self.hex(found[2])), line)
        sides = TURNED if self.half else MIRRORED
        line = SIDE.sub(lambda found: f"{DONE}{self.hex(found[1])}/{sides[found[2]]}", line)
        return HEX.sub(lambda found: self.hex(found[1]), line).replace(DONE, "")

    def _box(self, one: str, other: str) -> str:
        corners = (min(one[:2], other[:2]) + min(one[2:], other[2:]), max(one[:2], other[:2]) + max(one[2:], other[2:]))
        return f"box: [{DONE}{corners[0]}, {DONE}{corners[1]}]"

    def ground(self, rows: list[str]) -> list[str]:
        """The rows of a drawn map turned."""
        turned = [" ".join(reversed(row.split())) for row in rows]
        return turned[::-1] if self.half else turned


def turned(puzzle: Path, folder: Path) -> Path:
    """Write a puzzle's folder anew, turned."""
    out = folder / puzzle.name
    copytree(puzzle, out)
    lines = (puzzle / "map.txt").read_text().splitlines()
    rows = [line for line in lines if line.strip() and not line.startswith("#")]
    turn = Turn(len(rows[0].split()), len(rows))
    head = [line for line in lines if line.startswith("#")]
    (out / "map.txt").write_text("\n".join([*head, *turn.ground(rows)]) + "\n")
    for file in out.rglob("*.yaml"):
        if file.name != "scenario.yaml":  # which names dates and numbers, but no hex
            file.write_text("\n".join(map(turn.text, file.read_text().split("\n"))))
    return out
