"""A finished map as text: map.txt, map.yaml and crossings.yaml of a scenario folder."""

from __future__ import annotations

import json
import re
from pathlib import Path

from game.scenario.modeline import modeline
from game.store import SHARED, write_atomic

from .making import MadeMap
from .placing import SIZE
from .recipe import RecipeCorrection

_WIDTH = 112
_PLAIN = re.compile(r"[A-Za-z0-9][A-Za-z0-9 _./()+'-]*")
_BANKS = ("west", "east", "na")  # what scenario files call banks; under other names the key is left out
_WORDS = {"true", "false", "yes", "no", "on", "off", "null", "y", "n"}


def scenario_files(made: MadeMap, made_from: str, folder: Path) -> dict[str, str]:
    """The texts by file name for a folder; ``made_from`` names the recipe in the heading of each."""
    head = heading(made_from)
    return {
        "map.txt": head + _terrain(made),
        "map.yaml": modeline(folder, "map.yaml") + head + _map_yaml(made),
        "crossings.yaml": modeline(folder, "crossings.yaml") + head + _crossings(made),
    }


def heading(made_from: str) -> str:
    """The first line of every made file."""
    return f"# Made by make-map from {made_from}: change the recipe there and make the map again.\n"


def write_files(folder: Path, files: dict[str, str]) -> None:
    """Write the texts with plain line ends on every system, each whole or not at all."""
    for name, text in files.items():
        write_atomic(folder / name, text.encode("utf-8"), mode=SHARED)


def _terrain(made: MadeMap) -> str:
    columns = made.lattice.columns
    symbols = [made.kinds[terrain].symbol for terrain in made.terrain]
    rows = [" ".join(symbols[i : i + columns]) for i in range(0, len(symbols), columns)]
    drawn = [name for name, kind in made.kinds.items() if kind.playable or name in made.terrain]
    key = ", ".join(f"{made.kinds[name].symbol} {name}" for name in drawn)
    return f"# {key}\n" + "\n".join(rows) + "\n"


def _map_yaml(made: MadeMap) -> str:
    lattice, grid = made.lattice, made.lattice.grid
    longitude, latitude = lattice.origin
    parts = [
        "format: 1",
        f"size: {{columns: {lattice.columns}, rows: {lattice.rows}}}",
        f"scale: {{metres_per_hex: {lattice.hex_metres}}}",
        f"georeference: {{longitude: {longitude:.5f}, latitude: {latitude:.5f}}}   # centre of hex {grid.label(0)}",
        f"reference_latitude: {lattice.reference_latitude:g}",
    ]
    sides = grid.side_label
    parts += _section("rivers", [_block(r.name, r.kind, "sides", [sides(s) for s in r.sides]) for r in made.rivers])
    parts += _section("escarpments", [_block(c.name, "", "sides", [sides(s) for s in c.sides]) for c in made.scarps])
    parts += _section("borders", [_block(c.name, c.kind, "sides", [sides(s) for s in c.sides]) for c in made.borders])
    parts += _section("roads", [_block(r.name, r.kind, "path", [grid.label(h) for h in r.path]) for r in made.roads])
    parts += _section("places", _places(made))
    parts += _section(
        "exits",
        [
            f"  - {{name: {_scalar(name)}, hex: {grid.label(h)}, from: {_scalar(origin)}}}"
            for name, h, origin in made.exits
        ],
    )
    parts += _section("corrections", [_correction(c) for c in made.recipe.corrections])
    parts += _section(
        "exceptions",
        [
            f"  - {{places: [{', '.join(_scalar(name) for name in names)}], why: {_scalar(why)}}}"
            for names, why in made.recipe.exceptions
        ],
    )
    return "\n".join(parts) + "\n"


def _section(key: str, items: list[str]) -> list[str]:
    return ["", f"{key}:", *items] if items else ["", f"{key}: []"]


def _block(name: str, kind: str, key: str, items: list[str]) -> str:
    lines = [f"  - name: {_scalar(name)}"]
    if kind:
        lines.append(f"    kind: {kind}")
    text, wrapped = f"    {key}: [", []
    for i, item in enumerate(items):
        piece = item + ("]" if i == len(items) - 1 else ",")
        if len(text) + len(piece) + 1 > _WIDTH:
            wrapped.append(text.rstrip())
            text = "      "
        text += piece + " "
    return "\n".join([*lines, *wrapped, text.rstrip()])


def _places(made: MadeMap) -> list[str]:
    recipe, lines = made.recipe, []
    for p in sorted(made.places, key=lambda p: (p.hex, p.place.name)):
        name, kind = p.place.name, p.place.kind
        size = recipe.sizes.get(name, SIZE.get(kind, 0))
        entry = f"name: {_scalar(name)}, hex: {made.lattice.grid.label(p.hex)}, kind: {kind}"
        if p.place.bank in _BANKS:
            entry += f", bank: {p.place.bank}"
        lines.append(f"  - {{{entry}, size: {size}, population: {recipe.populations.get(name, 0)}}}")
    return lines


def _correction(c: RecipeCorrection) -> str:
    fields = {"what": c.what, "name": c.name, "hex": c.hex, "side": c.side, "to": c.to, "why": c.why}
    return "  - {" + ", ".join(f"{key}: {_scalar(value)}" for key, value in fields.items() if value) + "}"


def _crossings(made: MadeMap) -> str:
    side = made.lattice.grid.side_label
    lines = [
        f"  - {{name: {_scalar(c.name)}, side: {side(c.side)}, kind: {c.kind}, state: {c.state}}}"
        for c in made.crossings
    ]
    return "\n".join(["format: 1", *(["crossings:", *lines] if lines else ["crossings: []"])]) + "\n"


def _scalar(text: str) -> str:
    plain = _PLAIN.fullmatch(text) and not text.endswith(" ") and text.lower() not in _WORDS
    return text if plain else json.dumps(text, ensure_ascii=False)
