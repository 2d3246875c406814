"""``balance``: whether every side has its chance, with how much margin, and which rule numbers tip the scales."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, TypeAlias

from game.faults import UsageFault
from game.scenario.calendar import Calendar
from game.scenario.world import World
from game.sim import tally
from game.sim.bands import Fitted, fitted, fitted_tables
from game.sim.intervals import Estimate, mean, median, share
from game.sim.screening import Effect, Factor

Record: TypeAlias = Mapping[str, Any]
BANDS = ("slower", "like", "faster")
LEDGERS = ("time", "losses", "harm")


@dataclass(frozen=True, slots=True)
class Side:
    """One faction over all games. ``margin``: its points less the best rival's; ``level``: like history or better."""

    id: str
    name: str
    wins: Estimate
    bands: Mapping[str, Estimate]
    level: Estimate
    points: Estimate
    margin: Estimate
    ledgers: Mapping[str, Estimate]


@dataclass(frozen=True, slots=True)
class First:
    """How often a faction was the first to take a place from another, and in which turn."""

    place: str
    faction: str
    games: Estimate
    turn: Estimate


@dataclass(frozen=True, slots=True)
class Balance:
    """All that is told of the balance of a scenario."""

    world: World
    records: Sequence[Record]
    sides: Sequence[Side]
    nobody: Estimate
    incidents: Estimate
    rungs: Mapping[int, Estimate]
    firsts: Sequence[First]
    bands: Sequence[Fitted] = ()
    screened: Sequence[Factor] = ()
    effects: Sequence[Effect] = ()


def weighed(world: World, records: Sequence[Record]) -> Balance:
    """Work everything out; raises UsageFault for games of another scenario."""
    for one in records:
        if one["scenario"] != world.id or set(one["vp"]) != set(world.faction_row):
            raise UsageFault(
                f"a game of the file is of {one['scenario']}, not of this {world.id}.", "simulate it anew."
            )
    count = len(records)
    return Balance(
        world,
        records,
        [_side(world, faction.id, faction.name, records) for faction in world.factions],
        share(sum(one["winner"] is None for one in records), count),
        mean([one["incidents"] for one in records]),
        {rung: share(sum(one["ladder"] >= rung for one in records), count) for rung in range(1, 6)},
        _firsts(world, records),
        fitted(world, records),
    )


def _side(world: World, faction: str, name: str, records: Sequence[Record]) -> Side:
    count = len(records)
    bands = [one["bands"][faction] for one in records]
    return Side(
        faction,
        name,
        share(sum(one["winner"] == faction for one in records), count),
        {band: share(bands.count(band), count) for band in BANDS},
        share(count - bands.count("slower"), count),
        mean([one["vp"][faction] for one in records]),
        mean([margin(faction, one) for one in records]),
        {name: mean([one["ledgers"][faction][name] for one in records]) for name in LEDGERS},
    )


def margin(faction: str, game: Record) -> float:
    """Points of a faction less those of the best other."""
    others = [points for other, points in game["vp"].items() if other != faction]
    return float(game["vp"][faction] - max(others, default=0))


def _firsts(world: World, records: Sequence[Record]) -> list[First]:
    prizes = {prize.hex for prize in world.prizes}
    named = {place.name for place in world.places if place.hex in prizes}
    turns: dict[tuple[str, str], list[int]] = {}
    for game in records:
        taken: set[str] = set()
        for one in game["captures"]:
            if one["place"] in named and one["place"] not in taken and one["to"]:
                taken.add(one["place"])
                turns.setdefault((one["place"], one["to"]), []).append(_turn(world, one["date"]))
    rows = [
        First(place, faction, share(len(found), len(records)), median(found))
        for (place, faction), found in turns.items()
    ]
    return sorted(rows, key=lambda one: (one.turn.value, one.place, one.faction))


def _turn(world: World, day: str) -> int:
    return Calendar(world.first_day, world.days_per_turn, world.turns).turn_of(day)


def figures(world: World) -> dict[str, Callable[[Record], float]]:
    """What a screening looks at: points of each side and the incidents."""

    def points(faction: str, game: Record) -> float:
        return float(game["vp"][faction])

    found: dict[str, Callable[[Record], float]] = {
        f"{one.id}: points": partial(points, one.id) for one in world.factions
    }
    found["incidents"] = lambda game: float(game["incidents"])
    return found


# --- text -----------------------------------------------------------------------------------------------------------


def tables(found: Balance) -> Iterator[str]:
    """The whole report in text."""
    yield f"{found.world.title}: balance over {len(found.records)} games (95% intervals)"
    yield ""
    yield "faction  wins           level or better  points               ahead of the best other  worse/level/better"
    for one in found.sides:
        bands = "/".join(f"{100 * one.bands[band].value:.0f}%" for band in BANDS)
        yield f"{one.id:8} {one.wins.percent:14} {one.level.percent:16} {one.points!s:20} {one.margin!s:24} {bands}"
    yield f"nobody wins: {found.nobody.percent}"
    yield ""
    yield "faction  days behind history   own steps lost        civilian harm"
    for one in found.sides:
        yield f"{one.id:8} " + " ".join(f"{one.ledgers[name]!s:21}" for name in LEDGERS)
    rungs = ", ".join(f"{rung} in {one.percent}" for rung, one in found.rungs.items() if one.value)
    yield f"incidents a game: {found.incidents}; ladder reaches rung {rungs or 'none'}"
    yield ""
    yield "first captures of objectives              games         median turn"
    for first in found.firsts:
        yield f"{first.place + ', ' + first.faction:40} {first.games.percent:14} {first.turn}"
    yield from tally.tables(found.world, found.records)
    if found.bands:
        yield from fitted_tables(found.bands)
    if found.screened:
        yield from _screening(found)


def _screening(found: Balance) -> Iterator[str]:
    yield ""
    yield "what rises when a rule number goes from its low to its high value (* the interval leaves out 0)"
    for factor in found.screened:
        yield str(factor)
        for one in found.effects:
            if one.factor == factor:
                yield f"    {one.figure:20} {one.rise.value:+6.2f} [{one.rise.low:+.2f}, {one.rise.high:+.2f}]" + (
                    " *" if one.rise.apart else ""
                )
