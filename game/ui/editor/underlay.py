"""A picture beneath the map to draw after: judged before anything decodes it, laid where its edges lie on Earth."""

from __future__ import annotations

import math
from dataclasses import dataclass
from itertools import count as numbers
from pathlib import Path
from typing import NamedTuple

import pygame

from game.faults import Fault, UsageFault
from game.scenario.files import MapFile
from game.scenario.pictures import plain_png
from game.schema import limits
from game.schema.problems import Problem
from game.store import SHARED, read_bounded, safe_name, write_atomic
from game.ui.camera import RADIUS, map_extent
from game.ui.editor.drawn import Drawn
from game.ui.imported import decoded_picture
from game.words import say
from game.workshop import Underlay, Workshop
from game.workshop.world_file import world_file_of

METRES_PER_DEGREE = 6_371_008.8 * math.pi / 180
LONGEST_STEM = 60


@dataclass(frozen=True, slots=True)
class Frame:
    """How degrees become map units: the centre of hex 0101, and how many degrees a map unit spans."""

    longitude: float
    latitude: float
    east: float
    north: float

    def to_map(self, longitude: float, latitude: float) -> tuple[float, float]:
        """A point of the Earth in map units."""
        return RADIUS + (longitude - self.longitude) / self.east, 1.0 - (latitude - self.latitude) / self.north

    def to_earth(self, x: float, y: float) -> tuple[float, float]:
        """A point of the map in degrees."""
        return self.longitude + (x - RADIUS) * self.east, self.latitude + (1.0 - y) * self.north


def frame_of(chart: MapFile | None) -> Frame:
    """The frame of a map; one without a georeference lies where the equator meets Greenwich."""
    geo = chart.georeference if chart is not None else None
    metres = chart.scale.metres_per_hex if chart is not None else 5000
    told = chart.reference_latitude if chart is not None else None
    latitude = geo.latitude / 100_000 if geo is not None else 0.0
    reference = told / 100_000 if told is not None else latitude
    north = metres / METRES_PER_DEGREE
    east = north / max(0.05, math.cos(math.radians(reference)))
    return Frame(geo.longitude / 100_000 if geo is not None else 0.0, latitude, east, north)


@dataclass(frozen=True, slots=True, eq=False)
class Beneath:
    """The picture as it is printed on the ground. Left, top, width and height are in map units."""

    picture: pygame.Surface
    left: float
    top: float
    wide: float
    tall: float
    opacity: int

    def paint(self, ground: pygame.Surface, left: float, top: float, span: float) -> None:
        """The part of it that lies in a square of the map, stretched to the square's pixels."""
        if self.opacity <= 0 or self.wide <= 0 or self.tall <= 0:
            return
        k = ground.get_width() / span
        kx, ky = self.wide * k / self.picture.get_width(), self.tall * k / self.picture.get_height()
        x, y = (self.left - left) * k, (self.top - top) * k
        shown = pygame.Rect(
            math.floor(-x / kx) - 1, math.floor(-y / ky) - 1,
            math.ceil(ground.get_width() / kx) + 3, math.ceil(ground.get_height() / ky) + 3,
        ).clip(self.picture.get_rect())  # fmt: skip
        if shown.width < 1 or shown.height < 1:
            return
        size = (max(1, round(shown.width * kx)), max(1, round(shown.height * ky)))
        if max(size) > 4 * ground.get_width() + 64:
            return  # of so few pixels that one of them fills the square: it shows nothing
        scaled = pygame.transform.smoothscale(self.picture.subsurface(shown), size)
        scaled.set_alpha(round(255 * self.opacity / 100))
        ground.blit(scaled, (round(x + shown.x * kx), round(y + shown.y * ky)))


class TakenPicture(NamedTuple):
    """A picture that was taken: what to lay, under which other name it is kept, and why its world file is not used."""

    under: Underlay
    kept: str
    trouble: str


class Underlays:
    """The pictures of one workshop: each file is judged and decoded once."""

    def __init__(self, workshop: Workshop) -> None:
        self.workshop = workshop
        self._loaded: tuple[Path, pygame.Surface | None, str] | None = None
        self._made: tuple[object, Beneath] | None = None

    def forget(self) -> None:
        """Look at the file again: another program may have changed it."""
        self._loaded = None

    def made(self, under: Underlay | None) -> tuple[Beneath | None, str]:
        """What to print on the ground, and why there is nothing."""
        if under is None:
            return None, ""
        path = self.workshop.folder / under.picture
        if Path(under.picture).name != under.picture:
            return None, "the picture must lie in the folder of the scenario"
        if self._loaded is None or self._loaded[0] != path:
            self._loaded = (path, *_load(path))
        picture, trouble = self._loaded[1:]
        if picture is None:
            return None, trouble
        frame = frame_of(self.workshop.definition("map.yaml", MapFile))
        key = (picture, under, frame)
        if self._made is None or self._made[0] != key:
            left, top = frame.to_map(under.west / 100_000, under.north / 100_000)
            right, bottom = frame.to_map(under.east / 100_000, under.south / 100_000)
            self._made = (key, Beneath(picture, left, top, right - left, bottom - top, under.opacity))
        return self._made[1], ""

    def take(self, source: Path, drawn: Drawn) -> TakenPicture:
        """Copy a picture into the scenario's folder, and lay it by its world file, or over the whole map.

        A picture that lies in the folder already under the same name stays as it is: the new one gets a name of its
        own, so that nothing is lost that no undo gives back. Raises UsageFault for a picture that is refused, and
        StoreFault when the disk stands in the way.
        """
        data = read_bounded(source, limits.PICTURE_BYTES)
        plain = plain_png(data, source.name)
        if isinstance(plain, Problem):
            raise UsageFault(f"{source}: {plain.what}.", plain.fix)
        found = decoded_picture(plain, source.name)
        if found.problem is not None:
            raise UsageFault(f"{source}: {found.problem.what}.", found.problem.fix)
        name, there = _name_for(self.workshop.folder, source, plain)
        if not there:
            write_atomic(self.workshop.folder / name, plain, mode=SHARED)
        self._loaded = None
        kept = say("The picture is kept as {name}.", name=name) if name != source.name else ""
        told = world_file_of(source, found.surface.get_size())
        trouble = (
            say("The world file {name} is not used: {trouble}.", name=told.path.name, trouble=told.trouble)
            if told and told.edges is None
            else ""
        )
        edges = told.edges if told is not None else None
        return TakenPicture(Underlay(name, *(edges or map_edges(self.workshop, drawn))), kept, trouble)


def _name_for(folder: Path, source: Path, plain: bytes) -> tuple[str, bool]:
    """The name under which a picture lies in the folder, and whether it does so already."""
    if source.resolve().parent == folder.resolve():
        return source.name, True
    stem = safe_name(source.stem)[:LONGEST_STEM].rstrip(". ")
    taken = {path.name.casefold(): path for path in folder.iterdir()}
    for number in numbers(1):
        name = f"{stem}.png" if number == 1 else f"{stem}-{number}.png"
        old = taken.get(name.casefold())
        if old is None:
            return name, False
        if old.name == name and old.is_file() and old.stat().st_size == len(plain) and old.read_bytes() == plain:
            return name, True
    raise AssertionError("numbers do not end")


def map_edges(workshop: Workshop, drawn: Drawn) -> tuple[int, int, int, int]:
    """West, north, east and south of the whole map, in hundred-thousandths of a degree."""
    frame = frame_of(workshop.definition("map.yaml", MapFile))
    wide, tall = map_extent(drawn.picture.columns, drawn.picture.rows)
    west, north = frame.to_earth(0.0, 0.0)
    east, south = frame.to_earth(wide, tall)
    return _whole(west), _whole(north), _whole(east), _whole(south)


def _whole(degrees: float) -> int:
    return round(degrees * 100_000)


def _load(path: Path) -> tuple[pygame.Surface | None, str]:
    """The picture, or why there is none. Nothing decodes what has not been judged."""
    try:
        data = read_bounded(path, limits.PICTURE_BYTES)
    except Fault as trouble:
        return None, trouble.message
    found = decoded_picture(data, path.name)
    if found.problem is not None:
        return None, found.problem.what
    return found.surface.convert(), ""
