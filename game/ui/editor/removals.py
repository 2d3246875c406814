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
    RemoveCrossing,
    RemoveExit,
    RemovePlace,
    RemovePrize,
    RemoveSource,
    RemoveUnit,
    RemoveZone,
)


def removal(drawn: Drawn, pick: Pick) -> Edit | None:
    """The edit that takes something out of the scenario."""
    if pick[0] == "line":
        if pick[1] == "road":
            paths = [road.path for road in drawn.picture.roads if road.name == pick[2]]
            return EraseRoad(paths[0], pick[2]) if paths else None
        lines = [line for line in lines_of(drawn, pick[1]) if line.name == pick[2]]
        sides = tuple(side for line in lines if not isinstance(line, DrawnRoad) for side in line.sides)
        return EraseSides("escarpment" if pick[1] == "wall" else pick[1], sides, pick[2])  # type: ignore[arg-type]
    if pick[0] == "zone":
        return RemoveZone("sectors" if pick[1] == "sectors" else "airspace", pick[2])
    if pick[0] == "source":
        return RemoveSource(pick[1], pick[2])
    removals: dict[str, Callable[[str], Edit]] = {
        "unit": RemoveUnit, "place": RemovePlace, "exit": RemoveExit, "crossing": RemoveCrossing, "prize": RemovePrize,
    }  # fmt: skip
    return removals[pick[0]](pick[1])
