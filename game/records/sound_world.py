"""The scenario inside a record: as strange as a scenario pack, and perhaps read by no checker before it got here.

Values are judged against their declarations while the world is built, and the names that map, forces and
the plan of victory use are looked up there. Left are the names in events, which are looked up only when an event
happens: they are looked up here, once. The folder check says more, with places in files; a record needs a sentence.
"""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping
from typing import Any

from game.scenario.build import world_from
from game.scenario.world import World
from game.schema.canonical import PlainFault
from game.schema.shapes import Pair, Record, Row, Shape, Table, Variant, Word, WordMark, keys_of
from game.schema.spec import HexAt, Ref, SideAt
from game.words import say


def sound_world(canonical: Any) -> World:
    """The world of a record's scenario; raises PlainFault, and nothing else, for one that cannot be played."""
    if not isinstance(canonical, dict):
        raise PlainFault("the scenario is not a mapping")
    world = world_from(canonical)
    try:
        _look_up(world)
    except PlainFault:
        raise
    except (ValueError, LookupError, TypeError, AttributeError) as error:
        raise PlainFault(say("the scenario contradicts itself: {error}", error=error)) from error
    return world


def _look_up(world: World) -> None:
    """Find everything that events name; raises PlainFault, ValueError or LookupError for the rest."""
    known: dict[str, Container[str]] = {
        "place": {place.name for place in world.places},
        "unit": world.row,
        "faction": world.faction_row,
        "support": world.rules.support.kinds,
        "terrain": world.rules.terrain.kinds,
        "airspace": {zone.id for zone in world.airspace},
        "event": {event.id for event in world.script.events},
    }
    for one in world.script.events:
        for mark, text in _names(Record(type(one)), one):
            if isinstance(mark, HexAt):
                world.grid.hex(text)
            elif isinstance(mark, SideAt):
                world.grid.side(text)
            elif isinstance(mark, Ref) and text not in mark.also and text not in known.get(mark.kind, (text,)):
                raise PlainFault(f"there is no {mark.kind} {text!r}")


def _names(shape: Shape, value: Any) -> Iterator[tuple[WordMark, str]]:
    """Every text of a definition with the mark of its declaration."""
    if value is None:
        return
    match shape:
        case Word(mark):
            yield mark, value
        case Row(item, _):
            for one in value:
                yield from _names(item, one)
        case Pair(items):
            for item, one in zip(items, value, strict=True):
                yield from _names(item, one)
        case Table(key, inner, _, _):
            for name, one in _pairs(value):
                if isinstance(key, Word):
                    yield key.mark, name
                yield from _names(inner, one)
        case Record() | Variant():
            for found in keys_of(type(value)).values():
                yield from _names(found.shape, getattr(value, found.field))


def _pairs(value: Mapping[Any, Any]) -> list[tuple[Any, Any]]:
    return sorted(value.items())
