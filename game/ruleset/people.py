"""People: civilians under siege and under fire."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Annotated

from game.schema.spec import Contradiction, Doc, FormatVersion, Int, Size

Percent = "percent"


@dataclass(frozen=True, slots=True)
class Crowd:
    """How heavily harm weighs where so many people live."""

    civilians: Annotated[int, Int(1, 10_000, "thousands of people", "a place with at least this population")]
    harm: Annotated[int, Int(0, 20, "harm", "harm of one point of heavy fire, or of one turn of hunger")]


@dataclass(frozen=True, slots=True)
class FireWeather:
    """How weather blurs the aim of heavy fires on towns."""

    clear: Annotated[int, Int(0, 400, Percent, "share of the harm in clear weather")]
    dust: Annotated[int, Int(0, 400, Percent, "share of the harm in dust")]
    rain: Annotated[int, Int(0, 400, Percent, "share of the harm in rain")]


@dataclass(frozen=True, slots=True)
class Columns:
    """Supply columns: units with the trait `column`."""

    range: Annotated[int, Int(0, 4, "hexes", "how far around it a column unloads")]
    back: Annotated[int, Int(1, 10, "turns", "turns after which an unloaded column is back where it loads")]
    guard: Annotated[int, Int(1, 12, "steps", "undisrupted steps in its hex that save a column from an ambush")]
    prize: Annotated[int, Int(0, 100, "tenths of a point", "what a faction scores for ambushing a column")]


@dataclass(frozen=True, slots=True)
class PeopleRules:
    """What war does to the people of the towns. Harm is counted, never rewarded."""

    format: FormatVersion
    crowds: Annotated[tuple[Crowd, ...], Size(1, 12), Doc("harm by population, smallest first")]
    fire_weather: Annotated[FireWeather, Doc("harm of fires by weather; the sum is rounded up")]
    hunger_after: Annotated[int, Int(0, 40, "turns", "turns without food before a siege does harm")]
    hunger_most: Annotated[int, Int(1, 100, "turns", "hunger is counted up to this many turns")]
    besieger_percent: Annotated[
        int, Int(0, 100, Percent, "share of that harm that counts against the faction that holds every approach")
    ]
    siege_hexes: Annotated[int, Int(1, 200, "hexes", "largest pocket that counts as encircled rather than cut off")]
    convoy_every: Annotated[int, Int(1, 20, "turns", "relief convoys run every so many turns")]
    columns: Annotated[Columns, Doc("supply columns, which replace a faction's convoys")]

    def contradictions(self) -> Iterator[Contradiction]:
        """Crowds go from small to large."""
        sizes = [one.civilians for one in self.crowds]
        if sizes != sorted(set(sizes)):
            what = "populations are not in rising order"
            yield Contradiction("crowds", what, "list the smallest first, each size once")
