"""What the check says, with the hex, unit or place that each message is about, so that an editor can jump there."""

from __future__ import annotations

import re
from dataclasses import dataclass

from game.hexgrid import HexGrid
from game.scenario.files import MAP_TEXT, MapFile
from game.scenario.reading import Reading, drawn_rows
from game.schema.nodes import ListNode, Node, TableNode, TextNode
from game.schema.problems import Problem

_LABEL = re.compile(r"\b[0-9]{4}(?:[0-9]{2})?\b(?!-)")
_SPOT_KEYS = ("hex", "at", "place", "exit", "side", "name")


@dataclass(frozen=True, slots=True)
class Finding:
    """A problem and where it lies on the map, as far as that can be told."""

    problem: Problem
    file: str
    """The file within the scenario's folder; lines and columns are the problem's."""
    hex: int | None = None
    unit: str | None = None
    place: str | None = None


def located(reading: Reading, problem: Problem, grid: HexGrid | None) -> Finding:
    """The problem with its place on the map: of the value itself, else what the message names, else its entry."""
    file = problem.file.removeprefix(f"{reading.shown}/")
    if file == MAP_TEXT:
        return Finding(problem, file, hex=_drawn_hex(reading, problem, grid))
    root = reading.nodes.get(file)
    trail = _trail(root, problem.line, problem.column) if root is not None else []
    entries = [node for node in trail if isinstance(node, TableNode)]
    unit = next((_word(e, "id") for e in entries if "steps" in e.values and "type" in e.values), None)
    place = next((_word(e, "name") for e in entries if "kind" in e.values and "hex" in e.values), None)
    spots = [trail[-1].text] if trail and isinstance(trail[-1], TextNode) else []
    spots += _LABEL.findall(problem.what)
    spots += [text for e in reversed(entries) for key in _SPOT_KEYS if (text := _word(e, key)) is not None]
    names = _named_hexes(reading)
    hexes = (_spot(grid, names, text) for text in spots) if grid is not None else ()
    return Finding(problem, file, next((h for h in hexes if h is not None), None), unit, place)


def _named_hexes(reading: Reading) -> dict[str, str]:
    """Labels of exits and places, as far as map.yaml could be read."""
    chart = reading.values.get("map.yaml")
    if not isinstance(chart, MapFile):
        return {}
    return {one.name: one.hex for one in chart.places} | {one.name: one.hex for one in chart.exits}


def _spot(grid: HexGrid, names: dict[str, str], text: str) -> int | None:
    try:
        return grid.hex(names.get(text, text.partition("/")[0]))
    except ValueError:
        return None


def _word(entry: TableNode, key: str) -> str | None:
    node = entry.values.get(key)
    return node.text if isinstance(node, TextNode) else None


def _trail(root: Node, line: int, column: int) -> list[Node]:
    """The nodes around a place in a file, from the outermost inwards."""
    trail, here = [root], root
    while True:
        below = here.items if isinstance(here, ListNode) else []
        starts = [(node.line, node.column, node) for node in below]
        if isinstance(here, TableNode):
            starts = [(key.line, key.column, node) for key, node in here.pairs()]
        before = [node for start_line, start_column, node in starts if (start_line, start_column) <= (line, column)]
        if not before:
            return trail
        here = before[-1]
        trail.append(here)


def _drawn_hex(reading: Reading, problem: Problem, grid: HexGrid | None) -> int | None:
    rows = [number for number, _ in drawn_rows(reading.drawing)]
    if grid is None or problem.line not in rows or reading.drawing is None:
        return None
    before = reading.drawing.lines[problem.line - 1][: problem.column - 1]
    here = grid.at(len("".join(before.split())), rows.index(problem.line))
    return here if here >= 0 else None
