"""Fog: what a faction sees, and for how long it remembers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from game.schema.spec import FormatVersion, Int


@dataclass(frozen=True, slots=True)
class FogRules:
    """Sight and memory."""

    format: FormatVersion
    identify_range: Annotated[int, Int(0, 4, "hexes", "how near an enemy must be seen to be identified")]
    recon_identify_range: Annotated[int, Int(0, 6, "hexes", "the same for reconnaissance and special forces")]
    high_ground_bonus: Annotated[int, Int(0, 4, "hexes", "further sight from high ground")]
    weather_dust: Annotated[int, Int(0, 6, "hexes", "sight lost in dust")]
    weather_rain: Annotated[int, Int(0, 6, "hexes", "sight lost in rain")]
    remember_turns: Annotated[int, Int(0, 20, "turns", "how long a lost contact stays on the map")]
    scout_radius: Annotated[int, Int(0, 8, "hexes", "how far around its hex a reconnaissance point lifts the fog")]
    held_ground_sight: Annotated[int, Int(0, 4, "hexes", "how far the people of a held town see")]
    own_bank_only: Annotated[
        int, Int(0, 1, "yes or no", "1: a major river shortens sight by a hex, unless from high ground")
    ]
