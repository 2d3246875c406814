"""Terrain: the drawing ``map.txt``, painted hex by hex."""

from __future__ import annotations

from dataclasses import dataclass

from game.hexgrid import HexGrid
from game.scenario.files import MAP_TEXT
from game.words import say
from game.workshop.edits.base import Edit, EditRefused, Sheets, hexes_in_words
from game.workshop.edits.entries import label
from game.workshop.edits.made import record_all
from game.workshop.text.letters import Cut, Letters


@dataclass(frozen=True, slots=True)
class PaintTerrain(Edit):
    """Give hexes another kind of ground, by its name in ``rules/terrain.yaml``."""

    hexes: tuple[int, ...]
    terrain: str

    def describe(self, grid: HexGrid) -> str:
        return say(
            "paint {hexes} with {terrain}",
            hexes=hexes_in_words(grid, self.hexes),
            terrain=self.terrain,
        )

    def apply(self, sheets: Sheets) -> None:
        rules, data = sheets.reading.rules, sheets.data(MAP_TEXT)
        if rules is None or data is None:
            raise EditRefused("the rules have errors: fix them first" if data else "there is no map.txt")
        if self.terrain not in rules.terrain.kinds:
            raise EditRefused(say("no kind of ground is called {terrain}", terrain=self.terrain))
        symbol = rules.terrain.kinds[self.terrain].symbol
        try:
            letters = Letters(data)
        except UnicodeDecodeError:
            raise EditRefused("map.txt is not UTF-8 text: fix it first") from None
        rows = _rows(letters)
        painted, told = [], []
        for here in dict.fromkeys(self.hexes):
            text = label(sheets, here)
            column, row = sheets.grid.position(here)
            if row >= len(rows) or column >= len(rows[row]):
                raise EditRefused(say("map.txt draws no hex {what}: fix its rows first", what=text))
            at = rows[row][column]
            if letters.text[at] != symbol:
                painted.append(Cut(at, at + 1, symbol))
                told.append({"what": "terrain", "hex": text, "to": self.terrain})
        sheets.put(MAP_TEXT, letters.after(painted))
        record_all(sheets, told)

    def merged(self, later: Edit) -> Edit | None:
        if not isinstance(later, PaintTerrain) or later.terrain != self.terrain:
            return None
        return PaintTerrain(tuple(dict.fromkeys(self.hexes + later.hexes)), self.terrain)


def _rows(letters: Letters) -> list[list[int]]:
    """Where the symbols of each row stand, as the reader of drawings takes them."""
    rows, at = [], 0
    for line in letters.text.split("\n"):
        if not line.startswith("#") and line.strip():
            rows.append([at + number for number, symbol in enumerate(line) if not symbol.isspace()])
        at += len(line) + 1
    return rows
