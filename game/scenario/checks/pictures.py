"""Pictures that a scenario names: there, and such as can be shown. A bad one becomes an empty frame."""

from __future__ import annotations

from collections.abc import Iterator

from game.scenario.files import ScenarioFile
from game.scenario.pictures import plain_png
from game.scenario.reading import Reading
from game.schema import limits
from game.schema.problems import Problem, quoted


def briefing(reading: Reading) -> Iterator[Problem]:
    """P130 to P132: the picture above the briefing."""
    head = reading.value("scenario.yaml", ScenarioFile)
    if head is None or head.picture is None:
        return
    if not reading.contents.has(head.picture):
        at = reading.node("scenario.yaml", "picture")
        what = f"there is no picture {quoted(head.picture)}: an empty frame is shown"
        yield at.problem("P130", what, "put it into the folder, or leave the key out", "warning")
        return
    data, problems = reading.contents.read(head.picture, limits.PICTURE_BYTES)
    yield from problems
    if data is not None:
        found = plain_png(data, reading.contents.place(head.picture))
        if isinstance(found, Problem):
            yield found
