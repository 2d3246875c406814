"""Units and supply sources: ``forces/<faction>.yaml``."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from game.hexgrid import HexGrid
from game.scenario.files.forces import ForcesFile, SourceEntry, UnitEntry
from game.scenario.reading import forces_name
from game.words import say
from game.workshop.edits.base import Edit, EditRefused, Sheets
from game.workshop.edits.entries import add, change, entry_of, index_of, label, new_name, typed
from game.workshop.edits.renaming import rename
from game.workshop.text.document import Document, Path

SPOTS = ("at", "hex", "arrives", "event")


@dataclass(frozen=True, slots=True)
class PlaceUnit(Edit):
    """A new unit on the map. ``type`` is one of ``rules/units.yaml``."""

    faction: str
    id: str
    name: str
    type: str
    size: str
    steps: int
    quality: str
    hex: int
    formation: str = ""

    def describe(self, grid: HexGrid) -> str:
        return say("place {name} in {label}", name=self.name, label=grid.label(self.hex))

    def apply(self, sheets: Sheets) -> None:
        _new_id(sheets, self.id)
        told = {key: getattr(self, key) for key in ("id", "name", "type", "size", "steps", "quality", "formation")}
        document = _forces(sheets, self.faction)
        new = entry_of(UnitEntry, {**told, "hex": label(sheets, self.hex)})
        add(document, "units", ForcesFile, new, spread=True)


@dataclass(frozen=True, slots=True)
class MoveUnit(Edit):
    """Start a unit in another hex; one that arrives later stands on the map from the start then."""

    unit: str
    hex: int

    def describe(self, grid: HexGrid) -> str:
        return f"move {self.unit} to {grid.label(self.hex)}"

    def apply(self, sheets: Sheets) -> None:
        document, path = unit_entry(sheets, self.unit)
        stand(sheets, document, path, self.hex)

    def merged(self, later: Edit) -> Edit | None:
        return later if isinstance(later, MoveUnit) and later.unit == self.unit else None


@dataclass(frozen=True, slots=True)
class CopyUnit(Edit):
    """A second unit with everything of the first but its id, in the same hex or another."""

    unit: str
    id: str
    name: str | None = None
    hex: int | None = None

    def describe(self, grid: HexGrid) -> str:
        return f"copy {self.unit} as {self.id}"

    def apply(self, sheets: Sheets) -> None:
        _new_id(sheets, self.id)
        document, path = unit_entry(sheets, self.unit)
        number = int(path[1])
        values = dict(document.plain(*path))
        values["id"] = self.id
        if self.name is not None:
            values["name"] = self.name
        document.insert(("units",), number + 1, typed(UnitEntry, values))
        if self.hex is not None:
            stand(sheets, document, ("units", number + 1), self.hex)


@dataclass(frozen=True, slots=True)
class ChangeUnit(Edit):
    """Change a key of a unit, by its name in the format reference; None takes the key out. A new id is followed."""

    unit: str
    field: str
    value: Any

    def describe(self, grid: HexGrid) -> str:
        return f"{self.field} of {self.unit}: {'default' if self.value is None else self.value}"

    def apply(self, sheets: Sheets) -> None:
        if self.field == "id":
            _new_id(sheets, str(self.value))
            rename(sheets, "unit", self.unit, str(self.value))
            return
        document, path = unit_entry(sheets, self.unit)
        value = label(sheets, self.value) if self.field == "hex" and isinstance(self.value, int) else self.value
        if self.field in SPOTS and value:
            _one_spot(document, path, self.field, value)
        else:
            change(document, path, UnitEntry, self.field, value)

    def merged(self, later: Edit) -> Edit | None:
        same = isinstance(later, ChangeUnit) and (later.unit, later.field) == (self.unit, self.field)
        return later if same and self.field != "id" else None


@dataclass(frozen=True, slots=True)
class RemoveUnit(Edit):
    """Take a unit out of the order of battle."""

    unit: str

    def describe(self, grid: HexGrid) -> str:
        return f"remove {self.unit}"

    def apply(self, sheets: Sheets) -> None:
        document, path = unit_entry(sheets, self.unit)
        document.remove(path)


@dataclass(frozen=True, slots=True)
class PlaceSource(Edit):
    """A supply source of a faction, in a hex; ``kind``: source, edge or depot."""

    faction: str
    name: str
    hex: int
    capacity: int
    kind: str = "source"

    def describe(self, grid: HexGrid) -> str:
        return say("source {name} in {label}", name=self.name, label=grid.label(self.hex))

    def apply(self, sheets: Sheets) -> None:
        document = _forces(sheets, self.faction)
        new_name(document, ("sources",), "name", self.name)
        told = {"name": self.name, "capacity": self.capacity, **_lies(sheets, self.hex)}
        if self.kind != "source":
            told["kind"] = self.kind
        add(document, "sources", ForcesFile, entry_of(SourceEntry, told))


@dataclass(frozen=True, slots=True)
class MoveSource(Edit):
    """Put a supply source into another hex."""

    faction: str
    name: str
    hex: int

    def describe(self, grid: HexGrid) -> str:
        return say("move source {name} to {label}", name=self.name, label=grid.label(self.hex))

    def apply(self, sheets: Sheets) -> None:
        document = _forces(sheets, self.faction)
        path: Path = ("sources", index_of(document, ("sources",), "name", self.name))
        ((key, value),) = _lies(sheets, self.hex).items()
        old = next(k for k in ("exit", "place", "hex") if document.mark(*path, k) is not None)
        if old == key:
            document.replace((*path, key), value)
        else:
            document.rekey((*path, old), key, value)


@dataclass(frozen=True, slots=True)
class ChangeSource(Edit):
    """Change a key of a supply source (name, capacity, kind, from, to); None takes the key out."""

    faction: str
    name: str
    field: str
    value: Any

    def describe(self, grid: HexGrid) -> str:
        return say("{field} of source {name}: {value}", field=self.field, name=self.name, value=self.value)

    def apply(self, sheets: Sheets) -> None:
        document = _forces(sheets, self.faction)
        number = index_of(document, ("sources",), "name", self.name)
        if self.field == "name":
            new_name(document, ("sources",), "name", str(self.value))
        change(document, ("sources", number), SourceEntry, self.field, self.value)


@dataclass(frozen=True, slots=True)
class RemoveSource(Edit):
    """Take a supply source away."""

    faction: str
    name: str

    def describe(self, grid: HexGrid) -> str:
        return say("remove source {name}", name=self.name)

    def apply(self, sheets: Sheets) -> None:
        document = _forces(sheets, self.faction)
        document.remove(("sources", index_of(document, ("sources",), "name", self.name)))


def unit_entry(sheets: Sheets, unit: str) -> tuple[Document, Path]:
    """File and place of a unit; Refused when there is none."""
    for name in sheets.files:
        if name.startswith("forces/"):
            document = sheets.document(name)
            for number, one in enumerate(document.items("units")):
                if isinstance(one, dict) and one.get("id") == unit:
                    return document, ("units", number)
    raise EditRefused(say('there is no unit "{unit}"', unit=unit))


def stand(sheets: Sheets, document: Document, path: Path, here: int) -> None:
    """Let a unit start in a hex: by the name of the place there if it stood at a place, else by its label."""
    by_name = document.mark(*path, "at") is not None
    place = place_in(sheets, here) if by_name else None
    if place is None:
        _one_spot(document, path, "hex", label(sheets, here))
    else:
        _one_spot(document, path, "at", place)


def _one_spot(document: Document, path: Path, key: str, value: Any) -> None:
    """Give a unit one way to be on the map, or to come, in the place of the one it had."""
    present = [one for one in SPOTS if document.mark(*path, one) is not None]
    if key in present:
        change(document, path, UnitEntry, key, value)
    elif present and not isinstance(value, bool):
        document.rekey((*path, present[0]), key, value)
    else:
        change(document, path, UnitEntry, key, value)
    for one in present:
        if one != key:
            document.drop((*path, one))
    if key in ("at", "hex"):
        document.drop((*path, "entry"))


def place_in(sheets: Sheets, here: int) -> str | None:
    """The place that names a hex: the one drawn largest, of equals the most populous, then the first."""
    text = label(sheets, here)
    places = [one for one in sheets.document("map.yaml").items("places") if one.get("hex") == text]
    ranked = sorted(places, key=lambda one: (-int(one.get("size", 0)), -int(one.get("population", 0))))
    return ranked[0]["name"] if ranked else None


def _lies(sheets: Sheets, here: int) -> dict[str, Any]:
    """How a source says where it lies: at an exit, at a place, else in a hex."""
    text = label(sheets, here)
    for one in sheets.document("map.yaml").items("exits"):
        if one.get("hex") == text:
            return {"exit": one["name"]}
    place = place_in(sheets, here)
    return {"hex": text} if place is None else {"place": place}


def _forces(sheets: Sheets, faction: str) -> Document:
    if not any((name.kind, name.text) == ("faction", faction) for name in sheets.reading.notes.declared):
        raise EditRefused(say('there is no faction "{faction}"', faction=faction))
    return sheets.document(forces_name(faction), f"format: 1\nfaction: {faction}\n")


def _new_id(sheets: Sheets, unit: str) -> None:
    if not unit.strip():
        raise EditRefused("give it an id")
    if any((name.kind, name.text) == ("unit", unit) for name in sheets.reading.notes.declared):
        raise EditRefused(say('there is a unit "{unit}" already', unit=unit))
