"""``history.yaml``: what happened, for the ghost on the map."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Literal

from game.scenario.files.map import PlaceRef
from game.scenario.files.scenario import Faction
from game.schema.spec import Date, Doc, FormatVersion, Int, Prose, Size, Text


@dataclass(frozen=True, slots=True)
class Capture:
    """A place that changed hands."""

    date: Annotated[Date, Doc("day of the capture")]
    place: PlaceRef
    by: Annotated[Faction, Doc("who took it")]
    from_: Annotated[Faction | None, Doc("who lost it")] = None
    event: Annotated[Prose | None, Doc("what happened, in a sentence")] = None
    source: Annotated[str | None, Text(256, "where it is recorded")] = None
    confidence: Annotated[Literal["high", "med", "low"], Doc("how sure the date is")] = "med"
    check: Annotated[bool, Doc("simulated games are compared with this date")] = False


@dataclass(frozen=True, slots=True)
class HistoryFile:
    """The file ``history.yaml``."""

    format: FormatVersion
    captures: Annotated[tuple[Capture, ...], Size(0, 2000), Doc("dated captures")] = ()
    ledgers: Annotated[
        Mapping[Faction, Mapping[Annotated[str, Text(40)], Annotated[int, Int(unit="of what the ledger counts")]]]
        | None,
        Doc("what history cost each faction, by ledger"),
    ] = None
