"""The canonical form of a scenario turned into a World, with the standard library alone.

The canonical form is one plain mapping (texts, integers, lists): what a save carries, and all that the engine
ever needs of a scenario. Every part is read back against the declarations of its file, so a form that a
stranger has changed cannot get further than here.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from typing import Any

from game.ruleset import Ruleset
from game.scenario.area import Spot
from game.scenario.calendar import Calendar
from game.scenario.coach import CoachFile
from game.scenario.doctrine import Doctrine, DoctrineFile
from game.scenario.events import EventSpec
from game.scenario.files.forces import ForcesFile
from game.scenario.files.history import HistoryFile
from game.scenario.files.map import CrossingsFile, MapFile
from game.scenario.files.relations import RelationsFile
from game.scenario.files.scenario import ScenarioFile
from game.scenario.force_tables import arms_of, effects_in, faction_of, roster_of
from game.scenario.ground_tables import (
    Gazetteer,
    gazetteer,
    naming_places,
    places_of,
    side_bytes,
    terrain_numbers,
)
from game.scenario.looks import dealt
from game.scenario.outline import DrawnLine, DrawnRoad, Outline
from game.scenario.stakes import Anchor, Insurgent, ScoredTown, Stakes, SupplyRoad
from game.scenario.triggers import OnHeld, OnTaken
from game.scenario.victory import InsurgentSpec, VictoryFile
from game.scenario.world import (
    Airspace,
    Option,
    Past,
    Prize,
    Roster,
    Script,
    Site,
    Stance,
    Stronghold,
    Taken,
    World,
)
from game.schema.canonical import PlainFault, canonical_text, digest, from_plain

SWITCHED = "switched"
"""Key of the form under which the switches stand that were turned before the game, with their value."""


def world_from(canonical: Mapping[str, Any]) -> World:
    """The World that a canonical form describes; raises PlainFault, and nothing else, for one that does not fit."""
    try:
        return _world(canonical)
    except PlainFault:
        raise
    except (ValueError, LookupError, TypeError, AttributeError) as error:
        raise PlainFault(f"the scenario contradicts itself: {error}") from error
    except RecursionError:
        raise PlainFault("the scenario is nested too deep") from None


@lru_cache(maxsize=8)
def _rules(text: str) -> Ruleset:
    """The rules that a canonical text describes, read once: most worlds of a process go by the same ones."""
    return from_plain(Ruleset, json.loads(text), "rules")


def _world(canonical: Mapping[str, Any]) -> World:
    head = from_plain(ScenarioFile, canonical["scenario"], "scenario")
    rules = _rules(canonical_text(canonical["rules"]))
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
    plan = _victory(canonical)
    prizes, stakes, script = _prizes(plan, names), _stakes(plan, names), _script(canonical, names)
    place_at, stance = naming_places(places), stances(relations, numbers)
    effects = list(effects_in(canonical.get("events")))
    held = [_spot(names, t.at) for event in script.events for t in event.triggers if isinstance(t, OnHeld)]
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
        place_at=place_at,
        sites=_sites(canonical, names),
        factions=tuple(
            replace(
                faction_of(one, look, forces.get(one.id), names, calendar),
                arms=arms_of(one.id, number, forces.get(one.id), roster, rules, effects),
            )
            for number, (one, look) in enumerate(
                zip(head.factions, dealt(one.look for one in head.factions), strict=True)
            )
        ),
        faction_row=numbers,
        stance=stance,
        first_stance=stance,
        first_rung=relations.rung,
        roster=roster,
        row={unit: row for row, unit in enumerate(roster.id)},
        control=start_control(relations, names, roster, terrain),
        prizes=prizes,
        stakes=stakes,
        watched=_watched(prizes, stakes, held, place_at),
        line_side=names.line_side,
        airspace=_airspace(relations, names, calendar),
        sectors={one.id: frozenset(names.area(one)) for one in relations.sectors},
        sector_names={one.id: one.name for one in relations.sectors},
        exits=names.exits,
        strongholds=_strongholds(forces, numbers, names, place_at),
        options=_options(head, canonical),
        past=_past(canonical, relations, names),
        outline=_outline(chart, names),
        texts=_texts(head),
        doctrine=_doctrine(canonical, names),
        script=script,
        coach=from_plain(CoachFile, canonical["coach"], "coach") if "coach" in canonical else None,
        raw=canonical,
    )


def _strongholds(
    forces: Mapping[str, ForcesFile], numbers: Mapping[str, int], names: Gazetteer, place_at: Mapping[int, int]
) -> dict[int, Stronghold]:
    """Places made ready for defence, by hex; raises PlainFault where two factions claim one."""
    found: dict[int, Stronghold] = {}
    for faction, file in forces.items():
        for place, number in (file.strongpoints or {}).items():
            here = names.places[place]
            if here in found:
                raise PlainFault(f"forces.{faction}.strongpoints: {place} has strongpoints already")
            found[here] = Stronghold(place_at[here], numbers[faction], number)
    return found


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


def _victory(canonical: Mapping[str, Any]) -> VictoryFile | None:
    return from_plain(VictoryFile, canonical["victory"], "victory") if "victory" in canonical else None


def _prizes(plan: VictoryFile | None, names: Gazetteer) -> tuple[Prize, ...]:
    return tuple(
        Prize(
            one.id,
            one.name,
            names.place(one.place) if one.place is not None else names.hexes.hex(one.hex or ""),
            tuple(one.points.get(faction, 0) for faction in names.factions),
            tuple(one.bonus(faction) for faction in names.factions),
            one.kind,
            _path(names, one.path),
        )
        for one in (plan.prizes if plan is not None else ())
    )


def _path(names: Gazetteer, labels: Sequence[str]) -> tuple[int, ...]:
    return tuple(names.hexes.hex(label) for label in labels)


def _stakes(plan: VictoryFile | None, names: Gazetteer) -> Stakes:
    if plan is None:
        return Stakes()
    told = plan.history or {}
    paid = (one for prize in plan.prizes for one in (*prize.points, *(prize.first or ())))
    for faction in (*plan.bands, *told, *paid):
        names.faction(faction)
    return Stakes(
        tuple(plan.bands.get(faction) for faction in names.factions),
        tuple(told.get(faction) for faction in names.factions),
        _insurgent(plan.insurgent, names) if plan.insurgent is not None else None,
        tuple(Anchor(one.place, names.place(one.place), names.faction(one.faction), one.date) for one in plan.anchors),
    )


def _insurgent(spec: InsurgentSpec, names: Gazetteer) -> Insurgent:
    return Insurgent(
        names.faction(spec.faction),
        tuple(ScoredTown(names.place(one.place), one.place, one.value) for one in spec.towns),
        tuple(SupplyRoad(one.id, one.name, names.faction(one.of), _path(names, one.path)) for one in spec.roads),
    )


def _script(canonical: Mapping[str, Any], names: Gazetteer) -> Script:
    listed = canonical.get("events", ())
    listed = listed.get("events", ()) if isinstance(listed, Mapping) else listed
    found = [from_plain(EventSpec, one, f"event {number}") for number, one in enumerate(listed, 1)]
    events = tuple(sorted(found, key=lambda event: (event.priority, event.id)))
    asked: dict[str, tuple[EventSpec, ...]] = {}
    for event in events:
        asked[event.asked] = (*asked.get(event.asked, ()), event)
    taken = {_spot(names, t.at) for event in events for t in event.triggers if isinstance(t, OnTaken)}
    return Script(events, asked, tuple(sorted(taken)))


def _spot(names: Gazetteer, at: Spot) -> int:
    return names.hexes.hex(at.hex) if at.hex is not None else names.place(at.place or "")


def _watched(
    prizes: Sequence[Prize], stakes: Stakes, held: Sequence[int], place_at: Mapping[int, int]
) -> tuple[int, ...]:
    hexes = {*held, *(prize.hex for prize in prizes), *(anchor.hex for anchor in stakes.anchors)}
    hexes |= {town.hex for town in stakes.insurgent.towns} if stakes.insurgent is not None else set()
    return tuple(sorted(place_at[here] for here in hexes if here in place_at))


def _past(canonical: Mapping[str, Any], relations: RelationsFile, names: Gazetteer) -> Past:
    file = from_plain(HistoryFile, canonical["history"], "history") if "history" in canonical else None
    captures = [
        Taken(one.date, one.place, names.places[one.place], names.factions[one.by],
              one.event or "", one.source or "", one.confidence, one.check)
        for one in (file.captures if file is not None else ())
        if one.place in names.places and one.by in names.factions
    ]  # fmt: skip
    hexes = {one.hex for one in captures} | {names.place(name) for name in relations.holders or ()}
    return Past(tuple(sorted(captures, key=lambda one: one.date)), tuple(sorted(hexes)))


def _outline(chart: MapFile, names: Gazetteer) -> Outline:
    def sides(labels: Sequence[str]) -> tuple[int, ...]:
        return tuple(names.hexes.side(label) for label in labels)

    return Outline(
        tuple(DrawnLine(one.name, one.kind, sides(one.sides)) for one in chart.rivers),
        tuple(DrawnLine(one.name, "escarpment", sides(one.sides)) for one in chart.escarpments),
        tuple(DrawnLine(one.name, one.kind, sides(one.sides)) for one in chart.borders),
        tuple(DrawnRoad(one.name, one.kind, _path(names, one.path)) for one in chart.roads),
    )


def _doctrine(canonical: Mapping[str, Any], names: Gazetteer) -> tuple[Doctrine | None, ...]:
    if "doctrine" not in canonical:
        return tuple(None for _ in names.factions)
    file = from_plain(DoctrineFile, canonical["doctrine"], "doctrine")
    return tuple(file.factions.get(faction) for faction in names.factions)


def _options(head: ScenarioFile, canonical: Mapping[str, Any]) -> tuple[Option, ...]:
    words, turned = head.option_words or {}, canonical.get(SWITCHED) or ()
    return tuple(
        Option(name, words.get(name) or name.replace("_", " ").capitalize(), on, name in turned)
        for name, on in (head.options or {}).items()
    )


def _airspace(relations: RelationsFile, names: Gazetteer, calendar: Calendar) -> tuple[Airspace, ...]:
    everybody = tuple(names.factions)
    return tuple(
        Airspace(
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
    texts |= {"picture": head.picture or ""}
    return texts | {f"aims.{faction}": aim for faction, aim in (head.aims or {}).items()}
