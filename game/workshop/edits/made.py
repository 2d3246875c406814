"""Maps that make-map makes: what the recipe can say of a change by hand is written into it, the rest is told.

``map.txt``, ``map.yaml`` and ``crossings.yaml`` of such a scenario are made from ``map_corrections.yaml``. An edit
changes them at once, and puts the same into the recipe as a correction with its reason, so that the next make-map
keeps it. What follows from a correction elsewhere on the map (a road that finds another way, a cliff that moves)
make-map works out then. For changes that no recipe can hold the designer is warned: make-map would undo them.
"""

from __future__ import annotations

import csv
import math
import re
from collections.abc import Mapping, Sequence
from pathlib import Path

from game.scenario.files import MapFile
from game.schema.limits import FILE_BYTES
from game.store import read_bounded
from game.words import say
from game.workshop.edits.base import Sheets
from game.workshop.refused import EditRefused
from game.workshop.sheets import RECIPE
from game.workshop.text.document import Document
from game.workshop.text.writing import Bare

TO_LENGTH = 1000
METRES_PER_DEGREE = 6_371_008.8 * math.pi / 180
_KEYS = ("what", "name", "hex", "side", "to", "why")


def record(sheets: Sheets, what: str, *, name: str = "", at: str = "", side: str = "", to: str = "") -> None:
    """Write a correction into the recipe and its copy in map.yaml; one of the same thing gives way."""
    record_all(sheets, [{"what": what, "name": name, "hex": at, "side": side, "to": to}])


def record_all(sheets: Sheets, corrections: Sequence[Mapping[str, str]]) -> None:
    """Write several corrections at once."""
    if not sheets.made_map or not corrections:
        return
    if not sheets.reason.strip():
        raise EditRefused("a made map is changed with a reason only: say why first")
    told = []
    for one in corrections:
        foreign = one["what"] in ("place", "crossing") and not is_known(sheets, one["name"])
        if foreign or len(one.get("to", "")) > TO_LENGTH:
            tell(sheets, f"the {one['what']} {one.get('name', '')}")
        else:
            told.append({key: text for key in _KEYS if (text := {**one, "why": sheets.reason}.get(key))})
    for file in (RECIPE, "map.yaml"):
        document = sheets.document(file)
        present, new = document.items("corrections"), []
        for one in told:
            same = [number for number, old in enumerate(present) if _same(old, one)]
            if not same:
                new.append(one)
            elif file == RECIPE:
                document.replace(("corrections", same[-1]), one)
            else:
                document.remove(("corrections", same[-1]))
                document.insert(("corrections",), same[-1], one)
        if new:
            document.append(("corrections",), *new)


def _same(old: object, new: Mapping[str, str]) -> bool:
    # A place or road is known by its name, ground by its hex, a cliff's side by itself.
    if not isinstance(old, Mapping) or old.get("what") != new["what"]:
        return False
    keys = {"terrain": ("hex",), "escarpment": ("name", "side")}.get(new["what"], ("name",))
    return all(old.get(key) == new.get(key) for key in keys)


def is_known(sheets: Sheets, name: str) -> bool:
    """Whether the geography that the map is made of has a place or crossing of that name, as far as can be told.

    make-map refuses a recipe that names others: places drawn by hand, and the bridges that it adds to roads itself.
    """
    if name.endswith(" road bridge") or re.fullmatch(r"Bridge [0-9]+ [NSEW]+", name):
        return False
    recipe = sheets.document(RECIPE)
    names = _gazetteer(sheets.folder, recipe.plain("data"))
    return names is None or name in names


def _gazetteer(folder: Path, data: object) -> frozenset[str] | None:
    """Names of the gazetteer that a recipe builds on; None where it does not lie in the project of the scenario."""
    if not isinstance(data, str):
        return None
    place = (folder / data / "gazetteer.csv").resolve()
    if not place.is_relative_to(folder.resolve().parent.parent) or not place.is_file():
        return None
    lines = read_bounded(place, FILE_BYTES).decode("utf-8-sig", "replace").splitlines()
    try:
        return frozenset(row.get("name") or "" for row in csv.DictReader(lines))
    except csv.Error:
        return None  # make-map says what is wrong with it


def tell(sheets: Sheets, what: str) -> None:
    """Warn that make-map would undo a change."""
    if sheets.made_map:
        sheets.warnings.append(say("{what}: no recipe can hold this, the next make-map undoes it", what=what))


def set_in_recipe(sheets: Sheets, table: str, name: str, value: str | int) -> None:
    """Write into one of the recipe's tables by name: sizes, populations, crossing_states."""
    if sheets.made_map and not is_known(sheets, name):
        tell(sheets, f"what {name} is")
    elif sheets.made_map:
        recipe = sheets.document(RECIPE)
        if recipe.mark(table) is None:
            recipe.set((table,), {name: value})
        else:
            recipe.set((table, name), value)


def record_new_road(sheets: Sheets, name: str, kind: str, path: Sequence[str]) -> None:
    """Write a road that the geography lacks into the recipe: its ends on Earth, and its whole path as a correction."""
    if not sheets.made_map:
        return
    chart, text = sheets.reading.values.get("map.yaml"), " ".join(path)
    if not isinstance(chart, MapFile) or chart.georeference is None or len(text) > TO_LENGTH:
        tell(sheets, say("the road {name}", name=name))
        return
    ends = [_on_earth(chart, sheets.grid.position(sheets.grid.hex(label))) for label in (path[0], path[-1])]
    recipe = sheets.document(RECIPE)
    if recipe.mark("add_roads") is None:
        recipe.set(("add_roads",), [], ("exits", "add_roads", "corrections"))
    via: list[str] = []
    recipe.append(("add_roads",), {"name": name, "kind": kind, "via": via, "points": ends})
    record(sheets, "road", name=name, to=text)


def _on_earth(chart: MapFile, at: tuple[int, int]) -> list[Bare]:
    """Longitude and latitude of a hex's centre, as make-map lays the grid on the ground."""
    place, (column, row) = chart.georeference, at
    assert place is not None
    true_at = chart.reference_latitude if chart.reference_latitude is not None else place.latitude
    size = chart.scale.metres_per_hex / METRES_PER_DEGREE
    east = column * size * math.sqrt(3) / 2 / math.cos(math.radians(true_at / 1e5))
    south = (row - column % 2 / 2) * size
    return [Bare(f"{place.longitude / 1e5 + east:.5f}"), Bare(f"{place.latitude / 1e5 - south:.5f}")]


def leave_out(sheets: Sheets, table: str, name: str) -> None:
    """Put a name into one of the recipe's lists of what the map leaves out: skip_places, skip_roads."""
    if sheets.made_map and (table != "skip_places" or is_known(sheets, name)):
        recipe = sheets.document(RECIPE)
        if recipe.mark(table) is None:
            recipe.set((table,), [name])
        elif name not in recipe.items(table):
            recipe.append((table,), name)


def record_exit(sheets: Sheets, old: str | None, name: str, here: str, beyond: str | None) -> None:
    """Write an exit into the recipe: it lies where a road begins or ends. ``old``: the exit that gives way."""
    if not sheets.made_map:
        return
    recipe = sheets.document(RECIPE)
    roads = sheets.document("map.yaml").items("roads")
    named = [road["name"] for road in roads]
    for road in roads:
        for end, at in (("first", 0), ("last", -1)):
            if road["path"][at] == here and named.count(road["name"]) == 1:
                told = {"name": name, "road": road["name"], "end": end, "from": beyond or name}
                _put_exit(recipe, old, told)
                return
    tell(sheets, say("the exit {name}, where no road ends", name=name))


def drop_exit(sheets: Sheets, name: str) -> None:
    """Take an exit out of the recipe."""
    if sheets.made_map:
        recipe = sheets.document(RECIPE)
        for number, one in enumerate(recipe.items("exits")):
            if one.get("name") == name:
                recipe.remove(("exits", number))
                return


def _put_exit(recipe: Document, old: str | None, told: dict[str, str]) -> None:
    for number, one in enumerate(recipe.items("exits")):
        if one.get("name") == old:
            recipe.replace(("exits", number), told)
            return
    recipe.append(("exits",), told)


def place_index(sheets: Sheets, places: Sequence[Mapping[str, str]], name: str, here: str) -> int:
    """Where make-map would list a place: by row and column, then by name."""
    key = (sheets.grid.hex(here), name)
    before = [one for one in places if (sheets.grid.hex(one["hex"]), one["name"]) < key]
    return len(before)
