"""Lines along hexsides: rivers, escarpments, borders, the deconfliction line; and names of lines and roads."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

from game.hexgrid import HexGrid
from game.scenario.files.map import BorderLine, MapFile, RiverLine, RoadLine, ScarpLine
from game.scenario.files.relations import DeconflictionLine, RelationsFile
from game.words import say
from game.workshop.edits.base import Edit, EditRefused, Sheets, counted
from game.workshop.edits.entries import add, change, entry_of, index_of, label, order, side_label
from game.workshop.edits.made import record_all, tell
from game.workshop.edits.renaming import rename
from game.workshop.strokes import touching
from game.workshop.text.document import Document

LISTS: dict[str, tuple[str, type[Any]]] = {
    "river": ("rivers", RiverLine),
    "escarpment": ("escarpments", ScarpLine),
    "border": ("borders", BorderLine),
    "road": ("roads", RoadLine),
}
SideLine = Literal["river", "escarpment", "border", "line"]


@dataclass(frozen=True, slots=True)
class DrawRiver(Edit):
    """Lay a river along hexsides: the one of that name grows, a new name begins a new river."""

    name: str
    kind: Literal["major", "minor"]
    sides: tuple[int, ...]

    def describe(self, grid: HexGrid) -> str:
        return say("draw {counted} of the river {name}", counted=counted(len(self.sides), "side"), name=self.name)

    def apply(self, sheets: Sheets) -> None:
        _draw(sheets, "river", {"name": self.name, "kind": self.kind}, self.sides)
        tell(sheets, say("the river {name}", name=self.name))


@dataclass(frozen=True, slots=True)
class DrawBorder(Edit):
    """Lay a border along hexsides."""

    name: str
    kind: Literal["international", "province"]
    sides: tuple[int, ...]

    def describe(self, grid: HexGrid) -> str:
        return say("draw {counted} of the border {name}", counted=counted(len(self.sides), "side"), name=self.name)

    def apply(self, sheets: Sheets) -> None:
        _draw(sheets, "border", {"name": self.name, "kind": self.kind}, self.sides)
        tell(sheets, say("the border {name}", name=self.name))


@dataclass(frozen=True, slots=True)
class DrawWall(Edit):
    """Lay an escarpment along hexsides."""

    name: str
    sides: tuple[int, ...]

    def describe(self, grid: HexGrid) -> str:
        return say("draw {counted} of the escarpment {name}", counted=counted(len(self.sides), "side"), name=self.name)

    def apply(self, sheets: Sheets) -> None:
        known = any(one["name"] == self.name for one in sheets.document("map.yaml").items("escarpments"))
        new = _draw(sheets, "escarpment", {"name": self.name}, self.sides)
        if known:
            record_all(sheets, [{"what": "escarpment", "name": self.name, "side": side, "to": "with"} for side in new])
        else:
            tell(sheets, say("the escarpment {name}, which the geography does not know", name=self.name))


@dataclass(frozen=True, slots=True)
class DrawLine(Edit):
    """Lay the deconfliction line along hexsides. A first line needs a hex on the side of each bloc: ``seeds``."""

    sides: tuple[int, ...]
    seeds: tuple[tuple[str, int], ...] = ()

    def describe(self, grid: HexGrid) -> str:
        return say("draw {counted} of the deconfliction line", counted=counted(len(self.sides), "side"))

    def apply(self, sheets: Sheets) -> None:
        document = sheets.document("relations.yaml")
        new = [side_label(sheets, side) for side in self.sides]
        if document.mark("line") is None:
            seeds = {faction: label(sheets, here) for faction, here in self.seeds}
            if len(seeds) != 2:
                raise EditRefused("a first line needs a hex on the side of each bloc: choose the two first")
            document.set(("line",), {"zones": seeds, "sides": new}, order(RelationsFile))
            return
        for faction, here in self.seeds:
            document.set(("line", "zones", faction), label(sheets, here))
        present = document.items("line", "sides")
        known = _numbers(sheets.grid, present)
        joined = _joined(sheets.grid, present, [side for side in self.sides if side not in known])
        if joined != present:
            document.set(("line", "sides"), joined, order(DeconflictionLine))


@dataclass(frozen=True, slots=True)
class EraseSides(Edit):
    """Take hexsides out of all lines of one kind, or of one name; a line left without sides goes."""

    what: SideLine
    sides: tuple[int, ...]
    name: str | None = None

    def describe(self, grid: HexGrid) -> str:
        return say("erase {counted} of {what}", counted=counted(len(self.sides), "side"), what=self.name or self.what)

    def apply(self, sheets: Sheets) -> None:
        gone = {side for side in self.sides if side >= 0}
        if self.what == "line":
            _erase_line(sheets, gone)
            return
        document, (key, _) = sheets.document("map.yaml"), LISTS[self.what]
        erased = 0
        for number, one in reversed(list(enumerate(document.items(key)))):
            kept = [text for text in one["sides"] if _number(sheets.grid, text) not in gone]
            if self.name not in (None, one["name"]) or len(kept) == len(one["sides"]):
                continue
            erased += 1
            if self.what == "escarpment":
                gone_here = [text for text in one["sides"] if text not in kept]
                told = {"what": "escarpment", "name": one["name"], "to": "without"}
                record_all(sheets, [{**told, "side": text} for text in gone_here])
            if kept:
                document.replace((key, number, "sides"), kept)
            else:
                document.remove((key, number))
        if not erased:
            raise EditRefused(say("there is no {what} on these hexsides", what=self.name or self.what))
        if self.what != "escarpment":
            tell(sheets, f"the {self.what}")


@dataclass(frozen=True, slots=True)
class ChangeLine(Edit):
    """Change name or kind of a river, road, border or escarpment; what refers to the name follows."""

    what: Literal["river", "escarpment", "border", "road"]
    name: str
    field: Literal["name", "kind"]
    value: str

    def describe(self, grid: HexGrid) -> str:
        return f"{self.field} of {self.what} {self.name}: {self.value}"

    def apply(self, sheets: Sheets) -> None:
        document, (key, kind) = sheets.document("map.yaml"), LISTS[self.what]
        if self.field == "name":
            if not self.value.strip():
                raise EditRefused("give it a name")
            if self.what == "river":
                rename(sheets, "river", self.name, self.value)
            else:
                index_of(document, (key,), "name", self.name)
                for number, one in enumerate(document.items(key)):
                    if one["name"] == self.name:
                        document.replace((key, number, "name"), self.value)
        else:
            index_of(document, (key,), "name", self.name)
            for number, one in enumerate(document.items(key)):
                if one["name"] == self.name:
                    change(document, (key, number), kind, self.field, self.value)
        tell(sheets, f"the {self.what} {self.name}")


def _draw(sheets: Sheets, what: str, head: dict[str, str], sides: Sequence[int]) -> list[str]:
    """Add sides to the line of that name and kind, or begin one; the texts of those that are new."""
    document, (key, kind) = sheets.document("map.yaml"), LISTS[what]
    for side in sides:
        side_label(sheets, side)
    alike, known = [], set()
    for number, one in enumerate(document.items(key)):
        if all(one.get(field) == value for field, value in head.items()):
            alike.append(number)
            known |= _numbers(sheets.grid, one["sides"])
    new = [side for side in dict.fromkeys(sides) if side not in known]
    if not new:
        return []
    if not head["name"].strip():
        raise EditRefused("give it a name")
    texts = [sheets.grid.side_label(side) for side in new]
    if not alike:
        add(document, key, MapFile, entry_of(kind, {**head, "sides": texts}), spread=True)
        return texts
    near = [number for number in alike if _touches(sheets.grid, document.items(key, number, "sides"), new)]
    number = (near or alike)[0]
    present = document.items(key, number, "sides")
    document.replace((key, number, "sides"), _joined(sheets.grid, present, new))
    return texts


def _touches(grid: HexGrid, present: Sequence[str], new: Sequence[int]) -> bool:
    near = {there for side in new for there in touching(grid, side)}
    return bool(near & _numbers(grid, present))


def _joined(grid: HexGrid, present: Sequence[str], new: Sequence[int]) -> list[str]:
    """The sides with new ones at the end that they touch, each following its neighbour."""
    chain, texts = list(new), list(present)
    if not chain:
        return texts
    first, last = (_number(grid, texts[0]), _number(grid, texts[-1])) if texts else (-1, -1)
    if texts and chain[-1] in touching(grid, last) and chain[0] not in touching(grid, last):
        chain.reverse()
    if texts and chain[0] not in touching(grid, last):
        if chain[-1] in touching(grid, first):
            return [grid.side_label(side) for side in chain] + texts
        if chain[0] in touching(grid, first):
            return [grid.side_label(side) for side in reversed(chain)] + texts
    return texts + [grid.side_label(side) for side in chain]


def _number(grid: HexGrid, text: str) -> int:
    try:
        return grid.side(text)
    except ValueError:
        return -1


def _numbers(grid: HexGrid, texts: Sequence[str]) -> set[int]:
    return {number for text in texts if (number := _number(grid, text)) >= 0}


def _erase_line(sheets: Sheets, gone: set[int]) -> None:
    document: Document = sheets.document("relations.yaml")
    present = document.items("line", "sides")
    kept = [text for text in present if _number(sheets.grid, text) not in gone]
    if len(kept) == len(present):
        raise EditRefused("the line does not run there, or follows a river there: a river counts from end to end")
    if kept:
        document.replace(("line", "sides"), kept)
    elif document.items("line", "rivers"):
        document.drop(("line", "sides"))
    else:
        document.drop(("line",))
