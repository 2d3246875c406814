"""Roads along hexes, each touching the next."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from game.hexgrid import HexGrid
from game.scenario.files.map import MapFile, RoadLine
from game.words import say
from game.workshop.edits.base import Edit, EditRefused, Sheets
from game.workshop.edits.entries import add, entry_of, labels
from game.workshop.edits.made import leave_out, record, record_new_road, tell


@dataclass(frozen=True, slots=True)
class DrawRoad(Edit):
    """Lay a road along hexes, each touching the next; it joins on where a road of that name and kind ends."""

    name: str
    kind: Literal["highway", "road", "track"]
    path: tuple[int, ...]

    def describe(self, grid: HexGrid) -> str:
        return say(
            "draw {kind} {name} from {start} to {end}",
            kind=self.kind,
            name=self.name,
            start=grid.label(self.path[0]),
            end=grid.label(self.path[-1]),
        )

    def apply(self, sheets: Sheets) -> None:
        path = labels(sheets, self.path)
        if len(path) < 2 or any(sheets.grid.direction(a, b) < 0 for a, b in pairwise(self.path)):
            raise EditRefused("a road runs through two hexes or more, each touching the next")
        document = sheets.document("map.yaml")
        before = document.items("roads")
        alike = [
            (number, one["path"])
            for number, one in enumerate(before)
            if (one["name"], one["kind"]) == (self.name, self.kind)
        ]
        for number, present in alike:
            longer = _longer(present, path)
            if longer is not None:
                document.replace(("roads", number, "path"), longer)
                break
        else:
            longer = None
            new = entry_of(RoadLine, {"name": self.name, "kind": self.kind, "path": path})
            add(document, "roads", MapFile, new, spread=True)
        if longer is not None and len(alike) == 1:
            record(sheets, "road", name=self.name, to=" ".join(longer))
        elif not any(one["name"] == self.name for one in before):
            record_new_road(sheets, self.name, self.kind, path)
        else:
            tell(sheets, say("the road {name}, which has another stretch", name=self.name))


@dataclass(frozen=True, slots=True)
class EraseRoad(Edit):
    """Take the stretches between hexes that follow each other out of all roads, or of those of one name."""

    path: tuple[int, ...]
    name: str | None = None

    def describe(self, grid: HexGrid) -> str:
        return say(
            "erase {what} from {start} to {end}",
            what=self.name or "road",
            start=grid.label(self.path[0]),
            end=grid.label(self.path[-1]),
        )

    def apply(self, sheets: Sheets) -> None:
        gone = {frozenset(pair) for pair in pairwise(labels(sheets, self.path))}
        document, erased = sheets.document("map.yaml"), False
        roads = document.items("roads")
        for number, one in reversed(list(enumerate(roads))):
            pieces = list(_pieces(one["path"], gone))
            if self.name not in (None, one["name"]) or pieces == [one["path"]]:
                continue
            erased = True
            alone = sum(road["name"] == one["name"] for road in roads) == 1
            if alone and len(pieces) == 1:
                record(sheets, "road", name=one["name"], to=" ".join(pieces[0]))
            elif alone and not pieces:
                leave_out(sheets, "skip_roads", one["name"])
            else:
                tell(sheets, say("the road {one}", one=one["name"]))
            for piece in pieces[1:]:
                document.insert(("roads",), number + 1, {**one, "path": piece})
            if pieces:
                document.replace(("roads", number, "path"), pieces[0])
            else:
                document.remove(("roads", number))
        if not erased:
            raise EditRefused("no road runs there")


def _longer(present: list[str], path: list[str]) -> list[str] | None:
    """A road with a stretch joined on at one of its ends, None when they do not meet there."""
    for new in (path, path[::-1]):
        if present[-1] == new[0]:
            return present + new[1:]
        if present[0] == new[-1]:
            return new[:-1] + present
    return None


def _pieces(path: list[str], gone: set[frozenset[str]]) -> Iterator[list[str]]:
    piece = path[:1]
    for a, b in pairwise(path):
        if frozenset((a, b)) in gone:
            if len(piece) > 1:
                yield piece
            piece = []
        piece = [*piece, b] if piece else [b]
    if len(piece) > 1:
        yield piece
