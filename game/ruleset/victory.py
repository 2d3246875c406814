"""Victory: what counts beside the prizes of a scenario."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from game.schema.spec import FormatVersion, Int

Tenths = "tenths of a point"


@dataclass(frozen=True, slots=True)
class VictoryRules:
    """How prizes are claimed and what is taken off."""

    format: FormatVersion
    claim_steps: Annotated[int, Int(1, 6, "steps", "steps of the unit that claims a prize")]
    first_checks: Annotated[int, Int(1, 10, "checks", "end checks in a row before the first-holder bonus is paid")]
    disputed_range: Annotated[int, Int(0, 4, "hexes", "with both blocs this near, the prize is disputed")]
    abandoned_percent: Annotated[
        int, Int(0, 100, "percent", "share of the first-holder bonus for a place that the enemy left without a fight")
    ]
    abandoned_range: Annotated[int, Int(0, 4, "hexes", "a battle this near counts as a fight for the place")]
    step_lost: Annotated[int, Int(0, 100, Tenths, "taken off for each own step lost")]
    harm: Annotated[int, Int(0, 100, Tenths, "taken off for each unit of harm to civilians")]
    incident: Annotated[int, Int(0, 100, Tenths, "taken off for each incident provoked")]
    town_turn: Annotated[
        int, Int(0, 100, Tenths, "scored by the insurgents each turn for a named town, for each point of its value")
    ]
    road_turn: Annotated[
        int,
        Int(
            0, 100, Tenths, "scored by the insurgents each turn for each road that is cut when its owner checks supply"
        ),
    ]
    fade_range: Annotated[int, Int(0, 40, "hexes", "cells further than this from any held town fade")]
    fade_percent: Annotated[int, Int(0, 100, "percent", "chance a turn that such a cell loses a step")]
