"""The check: passes over a scenario, each small and named; what one may assume, earlier ones guarantee."""

from __future__ import annotations

from game.scenario.checks.names import dangling_names, repeated_names
from game.scenario.loading import Reading
from game.scenario.problems import Problem, in_order


def errors_of(reading: Reading) -> list[Problem]:
    """Everything that forbids using a scenario."""
    found = [*reading.notes.problems, *repeated_names(reading.notes.declared)]
    found += dangling_names(reading.notes.declared, reading.notes.referred)
    return in_order(found)
