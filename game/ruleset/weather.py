"""Weather: how often each kind comes in each month, and what it leaves of the sorties."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Annotated, Literal

from game.schema.spec import Contradiction, Doc, FormatVersion, Int, Size

Percent = "percent"
Month = Literal[
    "january", "february", "march", "april", "may", "june",
    "july", "august", "september", "october", "november", "december",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Chances:
    """How likely each weather is in a turn of a month."""

    clear: Annotated[int, Int(0, 100, Percent, "chance of clear weather")]
    dust: Annotated[int, Int(0, 100, Percent, "chance of dust")]
    rain: Annotated[int, Int(0, 100, Percent, "chance of rain")]

    def contradictions(self) -> Iterator[Contradiction]:
        """The three make a hundred."""
        total = self.clear + self.dust + self.rain
        if total != 100:
            what = f"the chances add up to {total}, not to 100"
            yield Contradiction("rain", what, "change one so that they make 100")


@dataclass(frozen=True, slots=True)
class Sorties:
    """Share of the sorties that can be flown."""

    clear: Annotated[int, Int(0, 100, Percent, "share of the sorties that fly in clear weather")]
    dust: Annotated[int, Int(0, 100, Percent, "share of the sorties that fly in dust")]
    rain: Annotated[int, Int(0, 100, Percent, "share of the sorties that fly in rain")]


@dataclass(frozen=True, slots=True)
class WeatherRules:
    """The weather of eastern Syria by the turn."""

    format: FormatVersion
    months: Annotated[Mapping[Month, Chances], Size(12, 12), Doc("chances of each weather by month")]
    sorties_percent: Annotated[Sorties, Doc("what is left of flown support, rounded up")]
