"""World files: six numbers beside a picture that say where it lies on Earth.

They tell the degrees of a pixel to the east, two rotations, the degrees of a pixel to the north (negative, for rows
count from the north) and the middle of the first pixel. A file that cannot be used is told, never passed over.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from pathlib import Path

from game.faults import Fault
from game.store import read_bounded
from game.words import say

SUFFIXES = (".pgw", ".pngw", ".wld")
_BYTES = 4096
_NEEDED = "the editor takes degrees (WGS 84) with north up"

Edges = tuple[int, int, int, int]
"""West, north, east and south in hundred-thousandths of a degree."""


@dataclass(frozen=True, slots=True)
class WorldFile:
    """What was found beside a picture: its edges, or why they are not taken."""

    path: Path
    edges: Edges | None = None
    trouble: str = ""


def world_file_of(picture: Path, size: tuple[int, int]) -> WorldFile | None:
    """The world file beside a picture of so many pixels, whatever case its name is in; None when there is none."""
    beside = {path.suffix.lower(): path for path in _neighbours(picture) if path.stem == picture.stem}
    path = next((beside[suffix] for suffix in SUFFIXES if suffix in beside), None)
    if path is None:
        return None
    try:
        numbers = _numbers(read_bounded(path, _BYTES))
        return WorldFile(path, _edges(numbers, size))
    except Fault as fault:
        return WorldFile(path, trouble=fault.message)
    except ValueError as error:
        return WorldFile(path, trouble=str(error))


def _neighbours(picture: Path) -> list[Path]:
    try:
        return sorted(path for path in picture.parent.iterdir() if path.is_file())
    except OSError:
        return []


def _numbers(data: bytes) -> list[float]:
    """The six numbers; raises ValueError in words."""
    try:
        words = data.decode("utf-8-sig").split()
    except UnicodeDecodeError:
        raise ValueError("it is not plain text: save it as UTF-8") from None
    numbers = []
    for word in words:
        try:
            numbers.append(_finite(word))
        except ValueError:
            raise ValueError(
                say('"{word}" in it is not a number: write it with a point, as 0.01', word=word[:24])
            ) from None
    if len(numbers) != 6:
        raise ValueError(say("it should hold six numbers, and holds {n}", n=len(numbers)))
    return numbers


def _finite(word: str) -> float:
    number = float(word)
    if not math.isfinite(number):
        raise ValueError(word)
    return number


def _edges(numbers: list[float], size: tuple[int, int]) -> Edges:
    """The edges of a picture; raises ValueError in words for a place that the editor cannot show."""
    across, turned, skewed, down, x, y = numbers
    if turned or skewed:
        raise ValueError(say("it says that the picture is turned: {needed}", needed=_NEEDED))
    if max(abs(number) for number in numbers) > 360:
        raise ValueError(say("its numbers are metres of some grid: {needed}", needed=_NEEDED))
    if down > 0:
        raise ValueError(say("it says that the picture has south up: {needed}", needed=_NEEDED))
    if across <= 0 or not down:
        raise ValueError(
            "it gives a pixel no size"
            if not across * down
            else say("it says that east is left: {needed}", needed=_NEEDED)
        )
    west, north = x - across / 2, y - down / 2
    east, south = west + across * size[0], north + down * size[1]
    if not (-180 <= west < east <= 180 and -90 <= south < north <= 90):
        raise ValueError("it puts an edge of the picture off the Earth: it needs -180 to 180 and -90 to 90 degrees")
    return _whole(west), _whole(north), _whole(east), _whole(south)


def _whole(degrees: float) -> int:
    return round(degrees * 100_000)
