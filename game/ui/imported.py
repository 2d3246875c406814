"""Pictures that come with a scenario, perhaps from a stranger: the only place where their bytes are decoded.

What is decoded has been judged first (``game.scenario.pictures``) and holds nothing but pixels. A picture that is
missing or unsound becomes a placeholder, an empty frame, and the reason is told: the screen goes on.
"""

from __future__ import annotations

from dataclasses import dataclass
from io import BytesIO

import pygame

from game.scenario.contents import ScenarioFiles
from game.scenario.pictures import plain_png
from game.schema import limits
from game.schema.nodes import SourceText
from game.schema.problems import Problem

EMPTY = (320, 180)
_PAPER, _INK = (58, 56, 52), (140, 134, 122)


@dataclass(frozen=True, slots=True)
class Imported:
    """A picture, or the placeholder for one with the reason why it is one."""

    surface: pygame.Surface
    problem: Problem | None = None


def imported_picture(contents: ScenarioFiles, name: str) -> Imported:
    """The picture of a scenario's file; never raises for what the file holds."""
    if not contents.has(name):
        problem = SourceText(contents.place(name)).problem(
            1, 1, "P130", "the picture is missing", "put it there", severity="warning"
        )
        return Imported(placeholder(), problem)
    data, problems = contents.read(name, limits.PICTURE_BYTES)
    if data is None:
        return Imported(placeholder(), problems[0])
    return decoded_picture(data, contents.place(name))


def decoded_picture(data: bytes, name: str) -> Imported:
    """The picture that some bytes hold; ``name`` is the file as messages name it."""
    plain = plain_png(data, name)
    if isinstance(plain, Problem):
        return Imported(placeholder(), plain)
    try:
        found = pygame.image.load(BytesIO(plain), "picture.png")
    except (pygame.error, MemoryError) as error:
        what = f"this picture cannot be shown: {error}"
        problem = SourceText(name).problem(1, 1, "P131", what, "save it again as a PNG", severity="warning")
        return Imported(placeholder(), problem)
    return Imported(found)


def placeholder() -> pygame.Surface:
    """An empty frame with a stroke through it."""
    frame = pygame.Surface(EMPTY)
    frame.fill(_PAPER)
    pygame.draw.rect(frame, _INK, frame.get_rect(), 2)
    pygame.draw.aaline(frame, _INK, (0, EMPTY[1] - 1), (EMPTY[0] - 1, 0))
    return frame
