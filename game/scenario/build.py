"""The canonical form of a scenario turned into a World, with the standard library alone.

The canonical form is one plain mapping (texts, integers, lists): what a save carries, and all that the engine
ever needs of a scenario. Every part is read back against the declarations of its file, so a form that a
stranger has changed cannot get further than here.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from game.ruleset import Ruleset
from game.scenario.calendar import Calendar
from game.scenario.files.forces import ForcesFile
from game.scenario.files.map import CrossingsFile, MapFile
from game.scenario.files.relations import RelationsFile
from game.scenario.files.scenario import ScenarioFile
from game.scenario.force_tables import arms_of, faction_of, roster_of
from game.scenario.ground_tables import (
    Gazetteer,
    gazetteer,
    naming_places,
    places_of,
    side_bytes,
    terrain_numbers,
)
from game.scenario.victory import VictoryFile
from game.scenario.world import AirSpace, Prize, Roster, Site, Stance, World
from game.schema.canonical import PlainFault, digest, from_plain


def world_from(canonical: Mapping[str, Any]) -> World:
    """The World that a canonical form describes; raises PlainFault, and nothing else, for one that does not fit."""
    try:
        return _world(canonical)
    except PlainFault:
        raise
    except (ValueError, LookupError, TypeError, AttributeError) as error:
        raise PlainFault(f"the scenario contradicts itself: {error}") from error


def _world(canonical: Mapping[str, Any]) -> World:
    head = from_plain(ScenarioFile, canonical["scenario"], "scenario")
    rules = from_plain(Ruleset, canonical["rules"], "rules")
    chart = from_plain(MapFile, {k: v for k, v in canonical["map"].items() if k != "terrain"}, "map")
    relations = from_plain(RelationsFile, canonical["relations"], "relations")
    forces = {one: from_plain(ForcesFile, plain, f"forces.{one}") for one, plain in sorted(canonical["forces"].items())}
    calendar = Calendar(head.first_day, head.days_per_turn, head.turns)
    numbers = {faction.id: number for number, faction in enumerate(head.factions)}
    names = gazetteer(chart, relations.line, numbers)
    places = places_of(chart, names.hexes)
    terrain = terrain_numbers(canonical["map"]["terrain"], (chart.size.columns, chart.size.rows), rules.terrain)
    roster = roster_of(forces, names, calendar, rules)
    sides = side_bytes(chart, names.hexes)
    return World(
        id=head.id,
        title=head.title,
        digest=digest(canonical),
        grid=names.hexes,
        rules=rules,
        metres_per_hex=chart.scale.metres_per_hex,
        days_per_turn=head.days_per_turn,
        first_day=head.first_day,
        turns=head.turns,
        sequence=tuple(names.faction(one) for one in head.sequence),
        terrain=terrain,
        river=sides.river,
        road=sides.road,
        scarp=sides.scarp,
        border=sides.border,
        river_names=sides.river_names,
        places=places,
        place_at=naming_places(places),
        sites=_sites(canonical, names),
        factions=tuple(
            replace(
                faction_of(one, forces.get(one.id), names, calendar),
                arms=arms_of(one.id, number, forces.get(one.id), roster, rules, canonical.get("events")),
            )
            for number, one in enumerate(head.factions)
        ),
        faction_row=numbers,
        stance=stances(relations, numbers),
        roster=roster,
        row={unit: row for row, unit in enumerate(roster.id)},
        control=start_control(relations, names, roster, terrain),
        prizes=_prizes(canonical, names),
        zone=names.zone,
        airspace=_airspace(relations, names, calendar),
        sectors={one.id: frozenset(names.area(one)) for one in relations.sectors},
        exits=names.exits,
        texts=_texts(head),
        raw=canonical,
    )


def stances(relations: RelationsFile, numbers: Mapping[str, int]) -> tuple[tuple[Stance, ...], ...]:
    """What every faction is to every other; raises PlainFault when a pair is not told."""
    table: list[list[Stance | None]] = [[None] * len(numbers) for _ in numbers]
    for one in relations.stances:
        a, b = numbers[one.a], numbers[one.b]
        table[a][b] = table[b][a] = Stance[one.stance.upper()]
    for number in range(len(numbers)):
        table[number][number] = Stance.OWN
    ids = list(numbers)
    for a, row in enumerate(table):
        for b, stance in enumerate(row):
            if stance is None:
                raise PlainFault(f"relations: no stance between {ids[a]} and {ids[b]}")
    return tuple(tuple(stance for stance in row if stance is not None) for row in table)


def start_control(
    relations: RelationsFile, names: Gazetteer, roster: Roster, terrain: Sequence[int]
) -> tuple[int, ...]:
    """Who holds each hex at the start: areas first, then single places, then whoever stands there."""
    holder = [-1] * names.hexes.size
    for entry in relations.control:
        for here in names.area(entry):
            holder[here] = names.faction(entry.faction)
    for place, faction in (relations.holders or {}).items():
        holder[names.place(place)] = names.faction(faction)
    for here, faction_number in zip(roster.start, roster.faction, strict=True):
        if here >= 0:
            holder[here] = faction_number
    return tuple(faction if ground >= 0 else -1 for faction, ground in zip(holder, terrain, strict=True))


def _sites(canonical: Mapping[str, Any], names: Gazetteer) -> tuple[Site, ...]:
    listed = from_plain(CrossingsFile, {"format": 1, "crossings": canonical.get("crossings", [])}, "crossings")
    return tuple(Site(one.name, names.hexes.side(one.side), one.kind, one.state) for one in listed.crossings)


def _prizes(canonical: Mapping[str, Any], names: Gazetteer) -> tuple[Prize, ...]:
    if "victory" not in canonical:
        return ()
    listed = from_plain(VictoryFile, canonical["victory"], "victory")
    return tuple(
        Prize(
            one.id,
            one.name,
            names.place(one.place) if one.place is not None else names.hexes.hex(one.hex or ""),
            tuple(one.points.get(faction, 0) for faction in names.factions),
            tuple(one.bonus(faction) for faction in names.factions),
            one.kind,
        )
        for one in listed.prizes
    )


def _airspace(relations: RelationsFile, names: Gazetteer, calendar: Calendar) -> tuple[AirSpace, ...]:
    everybody = tuple(names.factions)
    return tuple(
        AirSpace(
            one.id,
            one.name,
            frozenset(names.area(one)),
            frozenset(names.faction(f) for f in (everybody if one.may_fly is None else one.may_fly)),
            frozenset(names.faction(f) for f in one.must_notify),
            one.no_fly,
            *calendar.span(one.from_, one.to),
        )
        for one in relations.airspace
    )


def _texts(head: ScenarioFile) -> dict[str, str]:
    texts = {"summary": head.summary, "briefing": head.briefing or "", "sources": "\n".join(head.sources)}
    return texts | {f"aims.{faction}": aim for faction, aim in (head.aims or {}).items()}
