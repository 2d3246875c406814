"""Command: what beyond the ordinary costs command points, and how far headquarters reach."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from game.schema.spec import FormatVersion, Int

Points = "command points"


@dataclass(frozen=True, slots=True)
class CommandRules:
    """Prices and reach of command."""

    format: FormatVersion
    forced_march: Annotated[int, Int(0, 6, Points, "price of a forced march")]
    set_piece: Annotated[int, Int(0, 6, Points, "price of an attack prepared in advance")]
    second_axis: Annotated[
        int, Int(0, 6, Points, "price of joining different formations in one attack without an HQ in reach")
    ]
    reaction: Annotated[
        int, Int(0, 6, Points, "price of calling support to a hex under attack, out of points left from one's own turn")
    ]
    refit: Annotated[int, Int(0, 6, Points, "price of rebuilding a step from replacements")]
    hq_range: Annotated[int, Int(0, 20, "hexes", "how far a headquarters coordinates and gathers stragglers")]
    lost_hq: Annotated[int, Int(0, 6, Points, "points a turn lost for each headquarters destroyed")]
    least: Annotated[
        int, Int(0, 6, Points, "fewest points a turn that are left, however many headquarters are destroyed")
    ]
    hoard: Annotated[int, Int(0, 20, Points, "most unused points kept for the next turn")]
