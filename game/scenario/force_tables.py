"""Files of the forces turned into flat tables: the roster, and what each faction is granted."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from game.ruleset import Ruleset
from game.ruleset.terrain import Mobility
from game.scenario.calendar import Calendar
from game.scenario.files.forces import ForcesFile, SourceEntry, UnitEntry
from game.scenario.files.scenario import FactionEntry
from game.scenario.ground_tables import Gazetteer
from game.scenario.world import Arms, Faction, Roster, Source
from game.schema.canonical import PlainFault

GRADES = "DCBA"


def roster_of(forces: Mapping[str, ForcesFile], names: Gazetteer, calendar: Calendar, rules: Ruleset) -> Roster:
    """All units, faction by faction in the order of the files."""
    rows = [
        unit_row(unit, number, names, calendar, rules)
        for number, faction in enumerate(names.factions)
        for unit in (forces[faction].units if faction in forces else ())
    ]
    columns = Roster.__dataclass_fields__
    return Roster(**{column: tuple(row[column] for row in rows) for column in columns})


def unit_row(unit: UnitEntry, faction: int, names: Gazetteer, calendar: Calendar, rules: Ruleset) -> dict[str, Any]:
    """One unit as a row: the type's numbers, with its own where it has them."""
    kind = rules.units.types.get(unit.type)
    if kind is None:
        raise PlainFault(f'unit {unit.id}: there is no unit type "{unit.type}"')

    def own(key: str) -> int:
        given = getattr(unit, key)
        return int(getattr(kind, key) if given is None else given)

    traits = frozenset((*kind.traits, *unit.traits))
    return {
        "id": unit.id, "name": unit.name, "faction": faction, "type": unit.type, "symbol": unit.symbol or kind.symbol,
        "echelon": unit.size, "steps": unit.steps, "attack": own("attack"), "defence": own("defence"),
        "movement": own("movement"), "mobility": int(Mobility[kind.mobility.upper()]),
        "quality": GRADES.index(unit.quality),
        "reach": own("range"), "sight": own("sight"), "traits": traits, "formation": unit.formation,
        "sector": unit.sector or "", "start": _start(unit, names),
        "arrives": max(1, calendar.turn_of(unit.arrives)) if unit.arrives else 0,
        "entry": tuple(names.spot(text) for text in unit.entry),
        "locked": max(0, calendar.turn_of(unit.locked_until)) if unit.locked_until else 0,
        "dug": unit.dug, "hidden": int(unit.hidden),
        "dry": stores_of(traits, rules) if unit.stores is None else unit.stores,
        "parent": unit.parent, "note": unit.note,
    }  # fmt: skip


def stores_of(traits: frozenset[str], rules: Ruleset) -> int:
    """Turns that a unit with these traits lives on its own stores; chapter 7 tells which traits have any."""
    stores = rules.supply.stores
    return max((stores.get(trait, 0) for trait in traits), default=0)


def _start(unit: UnitEntry, names: Gazetteer) -> int:
    if unit.hex is not None:
        return names.hexes.hex(unit.hex)
    return names.place(unit.at) if unit.at is not None else -1


def faction_of(
    entry: FactionEntry, look: str, forces: ForcesFile | None, names: Gazetteer, calendar: Calendar
) -> Faction:
    """A faction and its grants."""
    return Faction(
        entry.id,
        entry.name,
        entry.adjective,
        entry.bloc,
        entry.command,
        entry.liaison,
        tuple(source_of(one, names, calendar) for one in (forces.sources if forces else ())),
        tuple((one.kind, one.points, *calendar.span(one.from_, one.to)) for one in (forces.support if forces else ())),
        tuple(
            (one.steps, calendar.span(one.from_, None)[0], one.every) for one in (forces.replacements if forces else ())
        ),
        entry.player,
        look,
    )


def arms_of(
    name: str, number: int, forces: ForcesFile | None, roster: Roster, rules: Ruleset,
    effects: Sequence[Mapping[str, Any]],
) -> Arms:  # fmt: skip
    """What everybody knows of a faction's order of battle, with all that the scenario's events may add."""
    rows = [row for row, owner in enumerate(roster.faction) if owner == number]
    kinds = {one.kind for one in (forces.support if forces else ())}
    kinds |= {one["kind"] for one in effects if one["do"] == "grant" and one.get("faction") == name}
    hiding = {
        unit
        for one in effects
        if (one["do"] == "appear" and one.get("hidden")) or (one["do"] == "hide" and one.get("hidden", True))
        for unit in one.get("units", ())
    }
    return Arms(
        max((roster.reach[row] for row in rows), default=0),
        any(roster.hidden[row] or "cell" in roster.traits[row] or roster.id[row] in hiding for row in rows),
        min((roster.defence[row] for row in rows), default=0),
        max((roster.defence[row] for row in rows), default=0),
        frozenset[str]().union(*(roster.traits[row] for row in rows)),
        tuple(
            sorted(kind for kind in kinds if kind in rules.support.kinds and rules.support.kinds[kind].defence_shift)
        ),
    )


def effects_in(plain: Any) -> Iterator[Mapping[str, Any]]:
    """Every effect in the canonical form of a scenario's events, at whatever depth it stands."""
    if isinstance(plain, dict):
        if isinstance(plain.get("do"), str):
            yield plain
        plain = plain.values()
    elif not isinstance(plain, list | tuple):
        return
    for value in plain:
        if isinstance(value, dict | list | tuple):
            yield from effects_in(value)


def source_of(entry: SourceEntry, names: Gazetteer, calendar: Calendar) -> Source:
    """A supply source."""
    since, until = calendar.span(entry.from_, entry.to)
    return Source(entry.name, source_hex(entry, names), entry.capacity, since, until, entry.kind, entry.arsenal)


def source_hex(entry: SourceEntry, names: Gazetteer) -> int:
    """Where a source lies."""
    if entry.exit is not None:
        return names.spot(entry.exit)
    return names.place(entry.place) if entry.place is not None else names.hexes.hex(entry.hex or "")
