"""Tools that place and move: units, places, exits, crossings, prizes, sources; and the one that takes in hand."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from game.scenario.files.map import CROSSING_KINDS
from game.scenario.outline import DrawnLine, DrawnRoad
from game.ui.editor.drawing_tools import Tool
from game.ui.editor.drawn import Drawn
from game.ui.editor.hand import NO_PICK, NOTHING, Pick, Pointed, Preview, Studio, free_name
from game.ui.editor.lines import lines_of
from game.words import say
from game.workshop import (
    AddCrossing,
    AddExit,
    AddPlace,
    ChangeExit,
    ChangePrize,
    MovePlace,
    MoveSource,
    MoveUnit,
    PlacePrize,
    PlaceSource,
    PlaceUnit,
)

PrizeKind = Literal["city", "town", "field", "airbase", "crossing"]
PRIZE_KINDS: tuple[PrizeKind, ...] = ("city", "town", "field", "airbase", "crossing")
_PRIZE_OF_PLACE: dict[str, PrizeKind] = {
    "city": "city", "town": "town", "airbase": "airbase", "oilfield": "field", "gasplant": "field",
    "crossing": "crossing", "dam": "crossing",
}  # fmt: skip
POINTS = 5


@dataclass(slots=True)
class SelectTool(Tool):
    """Takes what stands in a hex in hand: a click chooses, the next one chooses the next thing, a drag moves it."""

    _from: int = -1
    _moving: bool = False

    def grasp(self, spot: Pointed) -> None:
        """What is chosen hangs at the mouse from here on."""
        self._from, self._moving = spot.hex, False

    def press(self, studio: Studio, spot: Pointed) -> None:
        self.grasp(spot)
        if studio.drawn is None:
            return
        found = things_at(studio.drawn, spot) + lines_through(studio.drawn, spot)
        if not found:
            studio.choose(NO_PICK)
            return
        # A second click goes on to the next thing here; the first takes the topmost.
        studio.choose(found[(found.index(studio.pick) + 1) % len(found)] if studio.pick in found else found[0])

    def drag(self, studio: Studio, spot: Pointed) -> None:
        if self._from >= 0 and spot.hex >= 0 and spot.hex != self._from:
            self._moving = True

    def release(self, studio: Studio, spot: Pointed) -> None:
        start, moving = self._from, self._moving
        self._from, self._moving = -1, False
        if moving and spot.hex >= 0 and spot.hex != start:
            move(studio, studio.pick, spot.hex)

    def cancel(self) -> bool:
        begun, self._from, self._moving = self._moving, -1, False
        return begun

    def preview(self, studio: Studio, spot: Pointed) -> Preview:
        if not self._moving or not studio.pick or spot.hex < 0:
            return NOTHING
        unit = studio.pick.name if studio.pick.kind == "unit" else ""
        return Preview(hexes=(spot.hex,), moving=unit)


class PlacingTool(Tool):
    """Places things of one sort; what stands there already is taken in hand and can be dragged."""

    what = ""

    def __init__(self) -> None:
        self._hand = SelectTool()
        self._taken = False

    def press(self, studio: Studio, spot: Pointed) -> None:
        drawn = studio.drawn
        if drawn is None:
            return
        found = [pick for pick in things_at(drawn, spot) if pick.kind == self.what]
        self._taken = bool(found) and not spot.shift
        if self._taken:
            if studio.pick not in found:
                studio.choose(found[0])
            self._hand.grasp(spot)
        elif spot.hex >= 0:
            self.place(studio, drawn, spot)

    def drag(self, studio: Studio, spot: Pointed) -> None:
        if self._taken:
            self._hand.drag(studio, spot)

    def release(self, studio: Studio, spot: Pointed) -> None:
        if self._taken:
            self._hand.release(studio, spot)
        self._taken = False

    def cancel(self) -> bool:
        self._taken = False
        return self._hand.cancel()

    def preview(self, studio: Studio, spot: Pointed) -> Preview:
        if self._taken:
            return self._hand.preview(studio, spot)
        return Preview(hexes=(spot.hex,)) if spot.hex >= 0 else NOTHING

    def place(self, studio: Studio, drawn: Drawn, spot: Pointed) -> None:
        """A new thing."""


class UnitTool(PlacingTool):
    """Places units of the faction and type that are set."""

    what = "unit"

    def place(self, studio: Studio, drawn: Drawn, spot: Pointed) -> None:
        hand = studio.hand
        if not drawn.factions:
            studio.say("The scenario has no faction yet: see scenario.yaml.", bad=True)
            return
        faction = hand.faction if hand.faction in drawn.factions else drawn.factions[0]
        kind = drawn.rules.units.types.get(hand.unit_type)
        if kind is None:
            studio.say(say("There is no unit type {unit_type}.", unit_type=hand.unit_type), bad=True)
            return
        new = free_name(f"{faction}-{hand.unit_type}-", {mark.entry.id for mark in drawn.units})
        name = f"{kind.name} {new.rpartition('-')[2]}"
        edit = PlaceUnit(faction, new, name, hand.unit_type, hand.size, hand.steps, hand.quality, spot.hex)
        if studio.do(edit):
            studio.choose(Pick("unit", new))

    def take(self, studio: Studio, spot: Pointed) -> None:
        """Set the tool like a unit that stands here."""
        found = studio.drawn.at(spot.hex) if studio.drawn is not None and spot.hex >= 0 else ()
        if found:
            hand, unit = studio.hand, found[0].entry
            hand.faction, hand.unit_type, hand.size = found[0].faction, unit.type, unit.size
            hand.steps, hand.quality = unit.steps, unit.quality
            studio.say(say("The next unit is like {name}.", name=unit.name))


class PlaceTool(PlacingTool):
    """Places towns, fields, hills and whatever else has a name."""

    what = "place"

    def place(self, studio: Studio, drawn: Drawn, spot: Pointed) -> None:
        kind = studio.hand.kind("place", "village")
        word = kind.replace("_", " ").capitalize()
        name = free_name(f"{word} ", {entry.name for entry, _ in drawn.places})
        if studio.do(AddPlace(name, spot.hex, kind, studio.hand.place_size)):
            studio.choose(Pick("place", name), name_it=True)


class ExitTool(PlacingTool):
    """Opens exits on the rim of the map."""

    what = "exit"

    def place(self, studio: Studio, drawn: Drawn, spot: Pointed) -> None:
        if all(there >= 0 and drawn.picture.terrain[there] != "outside" for there in drawn.hexes.neighbours[spot.hex]):
            studio.say("An exit lies on the rim of the map.", bad=True)
            return
        name = free_name("Exit ", {entry.name for entry, _ in drawn.exits})
        if studio.do(AddExit(name, spot.hex)):
            studio.choose(Pick("exit", name), name_it=True)


class CrossingTool(PlacingTool):
    """Sets bridges, ferries and dams on river sides."""

    what = "crossing"

    def place(self, studio: Studio, drawn: Drawn, spot: Pointed) -> None:
        if not any(spot.side in river.sides for river in drawn.picture.rivers):
            studio.say("A crossing lies on a river: click a hexside with water.", bad=True)
            return
        chosen = studio.hand.kind("crossing", "bridge")
        kind = next((one for one in CROSSING_KINDS if one == chosen), CROSSING_KINDS[0])
        name = free_name(f"{kind.capitalize()} ", {entry.name for entry, _ in drawn.crossings})
        state: Literal["open", "blown"] = "blown" if studio.hand.kind("crossing_state", "open") == "blown" else "open"
        if studio.do(AddCrossing(name, spot.side, kind, state)):
            studio.choose(Pick("crossing", name), name_it=True)

    def preview(self, studio: Studio, spot: Pointed) -> Preview:
        return Preview(sides=(spot.side,)) if spot.side >= 0 else NOTHING


class PrizeTool(PlacingTool):
    """Sets prizes: what the war is about."""

    what = "prize"

    def place(self, studio: Studio, drawn: Drawn, spot: Pointed) -> None:
        place = drawn.place_at(spot.hex)
        name = place.name if place is not None else say("Hex {hex}", hex=drawn.hexes.label(spot.hex))
        stem = "".join(c if c.isascii() and c.isalnum() else "-" for c in name.lower()).strip("-") or "prize"
        taken = {entry.id for entry, _ in drawn.prizes}
        new = stem if stem not in taken and stem[0].isalpha() else free_name(f"prize-{stem}-"[:40], taken)
        points = tuple((one, POINTS) for one in leading(drawn))
        kind = _PRIZE_OF_PLACE.get(place.kind, "town") if place is not None else "town"
        if studio.do(PlacePrize(new, name, kind, spot.hex, points)):
            studio.choose(Pick("prize", new))


class SourceTool(PlacingTool):
    """Sets supply sources of the faction that is set."""

    what = "source"

    def place(self, studio: Studio, drawn: Drawn, spot: Pointed) -> None:
        faction = studio.hand.faction if studio.hand.faction in drawn.factions else (*drawn.factions, "")[0]
        if not faction:
            studio.say("The scenario has no faction yet: see scenario.yaml.", bad=True)
            return
        taken = {mark.entry.name for mark in drawn.sources if mark.faction == faction}
        place = drawn.place_at(spot.hex)
        stem = say("{name} depot", name=place.name) if place is not None else "Source"
        name = stem if stem not in taken and place is not None else free_name(f"{stem} ", taken)
        if studio.do(PlaceSource(faction, name, spot.hex, studio.hand.capacity)):
            studio.choose(Pick("source", name, faction), name_it=True)


def leading(drawn: Drawn) -> tuple[str, ...]:
    """The factions that score by prizes: the first of each bloc, two at most."""
    leaders: dict[str, str] = {}
    for one in drawn.head.factions if drawn.head is not None else ():
        leaders.setdefault(one.bloc, one.id)
    return tuple(leaders.values())[:2]


def things_at(drawn: Drawn, spot: Pointed) -> list[Pick]:
    """Everything that can be chosen under the mouse, topmost first."""
    here = spot.hex
    found: list[Pick] = [Pick("unit", mark.entry.id) for mark in drawn.at(here)] if here >= 0 else []
    found += [Pick("crossing", entry.name) for entry, side in drawn.crossings if side == spot.side >= 0]
    if here >= 0:
        found += [Pick("source", mark.entry.name, mark.faction) for mark in drawn.sources if mark.hex == here]
        found += [Pick("prize", entry.id) for entry, at in drawn.prizes if at == here]
        found += [Pick("place", entry.name) for entry, at in drawn.places if at == here]
        found += [Pick("exit", entry.name) for entry, at in drawn.exits if at == here]
    return found


def lines_through(drawn: Drawn, spot: Pointed) -> list[Pick]:
    """Lines under the mouse: those along the hexside it is on, and the roads through its hex."""
    found: list[Pick] = []
    for what in ("river", "wall", "border"):
        found += [
            Pick("line", line.name, what) for line in lines_of(drawn, what) if spot.on_side and runs_at(line, spot)
        ]
    found += [Pick("line", road.name, "road") for road in drawn.picture.roads if spot.hex in road.path]
    return list(dict.fromkeys(found))


def runs_at(line: DrawnLine | DrawnRoad, spot: Pointed) -> bool:
    """Whether a line runs along the hexside under the mouse."""
    return not isinstance(line, DrawnRoad) and spot.side in line.sides


def move(studio: Studio, pick: Pick, here: int) -> bool:
    """Put what is chosen into another hex; whether it could be."""
    if not pick:
        return False
    if pick.kind == "unit":
        return studio.do(MoveUnit(pick.name, here))
    if pick.kind == "place":
        return studio.do(MovePlace(pick.name, here))
    if pick.kind == "exit":
        return studio.do(ChangeExit(pick.name, "hex", here))
    if pick.kind == "prize":
        return studio.do(ChangePrize(pick.name, "hex", here))
    if pick.kind == "source":
        return studio.do(MoveSource(pick.of, pick.name, here))
    return False


def hex_of(drawn: Drawn, pick: Pick) -> int:
    """Where what is chosen lies; -1 when it lies nowhere, or is gone."""
    if not pick:
        return -1
    if pick.kind == "unit":
        mark = drawn.unit(pick.name)
        return mark.hex if mark is not None else -1
    if pick.kind == "source":
        return next((m.hex for m in drawn.sources if (m.faction, m.entry.name) == (pick.of, pick.name)), -1)
    if pick.kind == "crossing":
        return next((drawn.hexes.ends[side][0] for entry, side in drawn.crossings if entry.name == pick.name), -1)
    if pick.kind == "prize":
        return next((at for entry, at in drawn.prizes if entry.id == pick.name), -1)
    if pick.kind == "place":
        return next((at for place, at in drawn.places if place.name == pick.name), -1)
    if pick.kind == "exit":
        return next((at for way, at in drawn.exits if way.name == pick.name), -1)
    return -1
