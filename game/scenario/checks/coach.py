"""The coach's steps: in turns of the game, and about units that its player has."""

from __future__ import annotations

from collections.abc import Iterator

from game.scenario.checks.forces import calendar_of
from game.scenario.coach import CoachFile, DidSelect
from game.scenario.reading import Reading
from game.schema.problems import Problem, quoted


def steps(reading: Reading) -> Iterator[Problem]:
    """C101, C102: each step can be done, and in time."""
    file, calendar = reading.value("coach.yaml", CoachFile), calendar_of(reading)
    if file is None:
        return
    forces = reading.forces.get(file.faction)
    mine = {unit.id for unit in forces.units} if forces is not None else None
    for number, step in enumerate(file.steps):
        if calendar is not None and step.by is not None and step.by > calendar.turns:
            at = reading.node("coach.yaml", "steps", number, "by")
            yield at.problem("C101", f"the game has {calendar.turns} turns", "choose one of them")
        for part, one in enumerate(step.done):
            if isinstance(one, DidSelect) and mine is not None and one.unit not in mine:
                at = reading.node("coach.yaml", "steps", number, "done", part, "unit")
                what = f"{quoted(one.unit)} is no unit of {file.faction}, whose player the coach speaks to"
                yield at.problem("C102", what, f"name a unit of forces/{file.faction}.yaml")
