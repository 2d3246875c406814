"""Which edit takes a thing out of the scenario."""

from __future__ import annotations

from collections.abc import Callable

from game.scenario.outline import DrawnRoad
from game.ui.editor.drawn import Drawn
from game.ui.editor.hand import Pick
from game.ui.editor.lines import lines_of
from game.workshop import (
    Edit,
    EraseRoad,
    EraseSides,
    RemoveArea,
    RemoveCrossing,
    RemoveExit,
    RemovePlace,
    RemovePrize,
    RemoveSource,
    RemoveUnit,
)


def removal(drawn: Drawn, pick: Pick) -> Edit | None:
    """The edit that takes something out of the scenario."""
    if pick.kind == "line":
        if pick.of == "road":
            paths = [road.path for road in drawn.picture.roads if road.name == pick.name]
            return EraseRoad(paths[0], pick.name) if paths else None
        lines = [line for line in lines_of(drawn, pick.of) if line.name == pick.name]
        sides = tuple(side for line in lines if not isinstance(line, DrawnRoad) for side in line.sides)
        return EraseSides("escarpment" if pick.of == "wall" else pick.of, sides, pick.name)  # type: ignore[arg-type]
    if pick.kind == "area":
        return RemoveArea("sectors" if pick.of == "sectors" else "airspace", pick.name)
    if pick.kind == "source":
        return RemoveSource(pick.of, pick.name)
    removals: dict[str, Callable[[str], Edit]] = {
        "unit": RemoveUnit, "place": RemovePlace, "exit": RemoveExit, "crossing": RemoveCrossing, "prize": RemovePrize,
    }  # fmt: skip
    return removals[pick.kind](pick.name)
