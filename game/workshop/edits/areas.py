"""Areas of ``relations.yaml`` painted hex by hex: who holds the ground at the start, home sectors, airspace."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal

from game.hexgrid import HexGrid
from game.scenario.files.map import MapFile
from game.scenario.files.relations import AirspaceEntry, Area, ControlEntry, RelationsFile, Sector
from game.scenario.files.scenario import ScenarioFile
from game.scenario.ground_tables import Gazetteer, gazetteer
from game.schema.canonical import PlainFault
from game.words import say
from game.workshop.edits.base import Edit, EditRefused, Sheets, hexes_in_words
from game.workshop.edits.entries import add, change, entry_of, index_of, labels, new_name, order
from game.workshop.edits.renaming import rename
from game.workshop.text.document import Document, Path

AREAS: dict[str, type[Area]] = {"sectors": Sector, "airspace": AirspaceEntry}
WAYS = ("hexes", "places", "around", "box", "zone", "everything")

AreaKind = Literal["sectors", "airspace"]


@dataclass(frozen=True, slots=True)
class PaintControl(Edit):
    """Ground that a faction holds at the start. Units keep the hexes they stand in."""

    faction: str
    hexes: tuple[int, ...]

    def describe(self, grid: HexGrid) -> str:
        return f"{hexes_in_words(grid, self.hexes)} held by {self.faction}"

    def apply(self, sheets: Sheets) -> None:
        relations, names = _relations(sheets)
        if self.faction not in names.factions:
            raise EditRefused(say('there is no faction "{faction}"', faction=self.faction))
        document = sheets.document("relations.yaml")
        stretches = [_HeldEntry.of(entry, names) for entry in relations.control]
        labels(sheets, self.hexes)
        missing = [here for here in dict.fromkeys(self.hexes) if not _yielded(stretches, here, self.faction)]
        if missing:
            _give(stretches, missing, self.faction)
        _write(document, stretches, names)
        _rehold(document, names, set(self.hexes), self.faction)

    def merged(self, later: Edit) -> Edit | None:
        if not isinstance(later, PaintControl) or later.faction != self.faction:
            return None
        return PaintControl(self.faction, tuple(dict.fromkeys(self.hexes + later.hexes)))


@dataclass(frozen=True, slots=True)
class PaintArea(Edit):
    """Add hexes to a home sector or airspace, or take them out of it."""

    what: AreaKind
    id: str
    hexes: tuple[int, ...]
    inside: bool = True

    def describe(self, grid: HexGrid) -> str:
        return f"{hexes_in_words(grid, self.hexes)} {'into' if self.inside else 'out of'} {self.id}"

    def apply(self, sheets: Sheets) -> None:
        document = sheets.document("relations.yaml")
        relations, names = _relations(sheets)
        path: Path = (self.what, index_of(document, (self.what,), "id", self.id))
        area = next(one for one in getattr(relations, self.what) if one.id == self.id)
        now, painted = set(names.area(area)), labels(sheets, self.hexes)
        listed = document.items(*path, "hexes")
        if self.inside:
            new = [text for text, here in zip(painted, self.hexes, strict=True) if here not in now]
            if new:
                document.set((*path, "hexes"), listed + new, order(AREAS[self.what]))
            return
        gone = now & set(self.hexes)
        if not gone:
            return
        if now == gone:
            raise EditRefused(say("{name} needs a hex at least: remove it instead", name=self.id))
        kept = [text for text in listed if text not in painted]
        others = [way for way in WAYS[1:] if document.mark(*path, way) is not None]
        if others and gone - {names.hexes.hex(text) for text in listed if text in painted}:
            # A box or circle cannot leave a hex out: its hexes are written one by one.
            kept = labels(sheets, sorted(now - gone))
            document.set((*path, "hexes"), kept, order(AREAS[self.what]))
            for way in others:
                document.drop((*path, way))
        elif kept:
            document.set((*path, "hexes"), kept)
        else:
            document.drop((*path, "hexes"))

    def merged(self, later: Edit) -> Edit | None:
        if not isinstance(later, PaintArea):
            return None
        if (later.what, later.id, later.inside) != (self.what, self.id, self.inside):
            return None
        return PaintArea(self.what, self.id, tuple(dict.fromkeys(self.hexes + later.hexes)), self.inside)


@dataclass(frozen=True, slots=True)
class AddArea(Edit):
    """A new home sector or airspace, beginning with these hexes."""

    what: AreaKind
    id: str
    name: str
    hexes: tuple[int, ...]

    def describe(self, grid: HexGrid) -> str:
        return f"new {'sector' if self.what == 'sectors' else 'airspace'} {self.name}"

    def apply(self, sheets: Sheets) -> None:
        document, kind = sheets.document("relations.yaml"), AREAS[self.what]
        new_name(document, (self.what,), "id", self.id)
        if not self.hexes:
            raise EditRefused("paint a hex of it at least")
        told = {"id": self.id, "name": self.name, "hexes": labels(sheets, self.hexes)}
        add(document, self.what, RelationsFile, entry_of(kind, told))


@dataclass(frozen=True, slots=True)
class ChangeArea(Edit):
    """Change a key of a sector or airspace (name, may_fly, must_notify, no_fly, from, to); None takes it out."""

    what: AreaKind
    id: str
    field: str
    value: Any

    def describe(self, grid: HexGrid) -> str:
        return f"{self.field} of {self.id}: {self.value}"

    def apply(self, sheets: Sheets) -> None:
        if self.field == "id":
            rename(sheets, "sector" if self.what == "sectors" else "airspace", self.id, str(self.value))
            return
        document = sheets.document("relations.yaml")
        number = index_of(document, (self.what,), "id", self.id)
        change(document, (self.what, number), AREAS[self.what], self.field, self.value)


@dataclass(frozen=True, slots=True)
class RemoveArea(Edit):
    """Take a sector or airspace away."""

    what: AreaKind
    id: str

    def describe(self, grid: HexGrid) -> str:
        return f"remove {self.id}"

    def apply(self, sheets: Sheets) -> None:
        document = sheets.document("relations.yaml")
        document.remove((self.what, index_of(document, (self.what,), "id", self.id)))


def _relations(sheets: Sheets) -> tuple[RelationsFile, Gazetteer]:
    """What relations.yaml says, and the names of the map to read its areas with."""
    reading = sheets.reading
    relations = reading.value("relations.yaml", RelationsFile)
    chart, head = reading.value("map.yaml", MapFile), reading.value("scenario.yaml", ScenarioFile)
    if relations is None or chart is None or head is None:
        raise EditRefused("scenario.yaml, map.yaml or relations.yaml has errors: fix them first")
    try:
        numbers = {faction.id: number for number, faction in enumerate(head.factions)}
        return relations, gazetteer(chart, relations.line, numbers)
    except (PlainFault, ValueError, LookupError) as error:
        raise EditRefused(say("the map has errors: fix them first ({error})", error=error)) from error


@dataclass(slots=True)
class _HeldEntry:
    """An entry of ``control`` being changed: the hexes it lists, and those it covers in other ways."""

    faction: str
    listed: list[int]
    others: frozenset[int]
    before: list[int] | None = None

    @classmethod
    def of(cls, entry: ControlEntry, names: Gazetteer) -> _HeldEntry:
        listed = [names.hexes.hex(text) for text in entry.hexes]
        return cls(entry.faction, list(listed), frozenset(names.area(replace(entry, hexes=()))), listed)


def _yielded(stretches: Sequence[_HeldEntry], here: int, faction: str) -> bool:
    """Whether a faction holds a hex once later lists of others have given it up."""
    for stretch in reversed(stretches):
        if stretch.faction == faction and (here in stretch.listed or here in stretch.others):
            return True
        if here in stretch.listed:
            stretch.listed.remove(here)
        if here in stretch.others:
            return False
    return False


def _give(stretches: list[_HeldEntry], hexes: Sequence[int], faction: str) -> None:
    """Put hexes into the last list of a faction that nothing overrides there, or into a new one at the end."""
    covered: set[int] = set()
    for stretch in reversed(stretches):
        if covered & set(hexes):
            break
        if stretch.faction == faction and stretch.before:
            stretch.listed += hexes
            return
        covered |= stretch.others | set(stretch.listed)
    stretches.append(_HeldEntry(faction, list(hexes), frozenset()))


def _write(document: Document, stretches: Sequence[_HeldEntry], names: Gazetteer) -> None:
    for number, stretch in reversed(list(enumerate(stretches))):
        texts = [names.hexes.label(here) for here in stretch.listed]
        if stretch.before is None:
            add(document, "control", RelationsFile, {"faction": stretch.faction, "hexes": texts})
        elif not stretch.listed and not stretch.others:
            document.remove(("control", number))
        elif not stretch.listed and stretch.before:
            document.drop(("control", number, "hexes"))
        elif stretch.listed != stretch.before:
            document.set(("control", number, "hexes"), texts, order(ControlEntry))


def _rehold(document: Document, names: Gazetteer, hexes: set[int], faction: str) -> None:
    """Places with a holder of their own inside the painted ground get the new one."""
    for place, holder in dict(document.plain("holders") or {}).items():
        if names.places.get(place) in hexes and holder != faction:
            document.replace(("holders", place), faction)
