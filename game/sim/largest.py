"""The largest scenario that the limits of the format allow, made up: what the check is timed on.

A map of 200 x 200 hexes with its towns and roads, 5,000 units on it and 2,000 events, each sound in itself.
"""

from __future__ import annotations

from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

from game.hexgrid import HexGrid, grid
from game.scenario.first_draft import first_draft
from game.schema import limits

SIDE = limits.MAP_SIDE
PLACES_APART = 8
"""Columns and rows from town to town."""


def largest_scenario(name: str = "largest", units: int = limits.UNITS, events: int = limits.EVENTS) -> dict[str, str]:
    """Its files by name."""
    hexes = grid(SIDE, SIDE)
    files = first_draft(name, "The largest scenario", SIDE, SIDE, 5000)
    half = units // 2
    for faction, first, count in (("saa", 0, half), ("isis", SIDE // 2, units - half)):
        file = f"forces/{faction}.yaml"
        there = files[file].count("\n  - {id:")
        rows = "".join(_units(hexes, faction, first, count - there))
        files[file] = files[file].replace("\nsources:", f"\n{rows}\nsources:", 1).replace("capacity: ", "capacity: 9")
    towns, roads = _towns(hexes)
    chart = files["map.yaml"].replace("\nplaces:", f"\n{roads}\nplaces:", 1)
    files["map.yaml"] = chart.replace("\nexits:", f"\n{towns}\nexits:", 1)
    files["events.yaml"] += "".join(_event(hexes, number) for number in range(events - 1))
    return files


def write_largest(path: Path) -> None:
    """The largest scenario as a pack."""
    with ZipFile(path, "w", ZIP_DEFLATED) as archive:
        for name, text in largest_scenario().items():
            archive.writestr(f"largest/{name}", text)


def _units(hexes: HexGrid, faction: str, first: int, count: int) -> list[str]:
    """Two to a hex, in rows from the north, clear of the road in the middle and of the river."""
    columns = range(first + 2, first + SIDE // 2 - 2)
    free = [hexes.at(column, row) for row in range(SIDE) if abs(row - SIDE // 2) > 2 for column in columns]
    return [
        f"  - {{id: {faction}-x{number}, name: Company {number}, type: infantry, size: coy, steps: 1, quality: C,"
        f" hex: {hexes.label(free[number // 2])}}}\n"
        for number in range(count)
    ]


def _towns(hexes: HexGrid) -> tuple[str, str]:
    """A net of towns, and a road along every row of them."""
    towns, roads, columns = [], [], range(4, SIDE, PLACES_APART)
    for row in range(1, SIDE, PLACES_APART):
        for column in columns:
            label = hexes.label(hexes.at(column, row))
            towns.append(f"  - {{name: Town {label}, hex: {label}, kind: village, population: 1}}\n")
        middle = columns[len(columns) // 2]
        for half in (range(columns[0], middle - PLACES_APART + 1), range(middle, columns[-1] + 1)):
            path = ", ".join(hexes.label(hexes.at(column, row)) for column in half)
            roads.append(f"  - {{name: Road {row}-{half.start}, kind: road, path: [{path}]}}\n")
    return "".join(towns), "".join(roads)


def _event(hexes: HexGrid, number: int) -> str:
    label = hexes.label(hexes.at(number % SIDE, number // SIDE))
    return (
        f"  - {{id: news-{number}, name: News, text: News of hex {label}., when: [{{on: turn, from: {number % 8 + 1}}},"
        f" {{on: control, at: {{hex: {label}}}, faction: saa}}], do: [{{do: flag, flag: seen-{number}}}]}}\n"
    )
