"""Saves of older versions: one small step for each change of a save's shape, each a pure function of the body.

The number in :data:`STEPS` is the schema a step starts from. The file itself is never rewritten; the player's
next save is in the present form.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from game.records.limits import SCHEMA

Step = Callable[[dict[str, Any]], dict[str, Any]]

STEPS: dict[int, Step] = {}


class NoStep(LookupError):
    """There is no way from that schema to the present one."""


def migrated(
    body: dict[str, Any], schema: int, steps: Mapping[int, Step] = STEPS, goal: int = SCHEMA
) -> dict[str, Any]:
    """The body in the present form; the one given is not changed. Raises NoStep."""
    for number in range(schema, goal):
        step = steps.get(number)
        if step is None:
            raise NoStep(f"schema {number}")
        body = step(body)
    return body
