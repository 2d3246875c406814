"""What of the world can change in play, by an event of the scenario or a clash of the blocs.

The world of a state is the scenario's, with the changes of ``clock.changes`` laid over it in their order. A change is
(what, numbers, hexes), all of it numbers, so that saves and digests hold it. Tables worked out from the world belong to
the world they were worked out from; a changed one begins with none.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

from game.scenario.world import Stance, World

Change = tuple[str, tuple[int, ...], tuple[int, ...]]


def changed(world: World, change: Change) -> World:
    """The world after a change. The same world and change give the same object, so that its tables are made once."""
    key = ("changed", change)
    found = world.answers.get(key)
    if found is None or found[0] is not world.roster:  # a view shares the answers of the world that it masks
        found = world.answers[key] = (world.roster, _WAYS[change[0]](world, *change[1:]))
    made: World = found[1]
    return made


def after(world: World, changes: Iterable[Change]) -> World:
    """The world after several changes, one by one."""
    for change in changes:
        world = changed(world, change)
    return world


def noted(changes: Sequence[Change], new: Change) -> tuple[Change, ...]:
    """The list of changes with a new one: what it makes void is left out, so that the list stays short."""
    return (*(old for old in changes if not _void(old, new)), new)


def _void(old: Change, new: Change) -> bool:
    if old[0] != new[0]:
        return False
    named = _NAMED[new[0]]
    return old[1][:named] == new[1][:named] and set(old[2]) <= set(new[2])


def sound(world: World, change: Change) -> bool:
    """Whether a change fits the world: for lists that come out of a file."""
    what, numbers, hexes = change
    limits = _limits(world).get(what)
    return (
        limits is not None
        and len(limits) == len(numbers)
        and all(low <= number < high for (low, high), number in zip(limits, numbers, strict=True))
        and all(0 <= here < world.grid.size and world.terrain[here] >= 0 for here in hexes)
        and (what != "ground" or list(world.rules.terrain.kinds.values())[numbers[0]].playable)
        and (what != "source" or numbers[1] < len(world.factions[numbers[0]].sources))
    )


def _limits(world: World) -> dict[str, tuple[tuple[int, int], ...]]:
    factions, everybody = (0, len(world.factions)), (0, 1 << len(world.factions))
    sources = max((len(one.sources) for one in world.factions), default=0)
    return {
        "stance": (factions, factions, (Stance.ALLIED, Stance.WAR + 1)),
        "ground": ((0, len(world.rules.terrain.kinds)),),
        "line": (factions,),
        "sky": ((0, len(world.airspace)), (0, 2), (0, 2), everybody, everybody),
        "source": (factions, (0, sources), (0, 2), (0, 1001)),
        "people": ((0, len(world.places)), (0, 100_001)),
    }


# --- the ways in which a world changes --------------------------------------------------------------------------------


def _stance(world: World, numbers: tuple[int, ...], hexes: tuple[int, ...]) -> World:
    a, b, stance = numbers
    table = [list(row) for row in world.stance]
    table[a][b] = table[b][a] = Stance(stance)
    return replace(world, stance=tuple(tuple(row) for row in table), answers={})


def _ground(world: World, numbers: tuple[int, ...], hexes: tuple[int, ...]) -> World:
    terrain = list(world.terrain)
    for here in hexes:
        terrain[here] = numbers[0]
    return replace(world, terrain=tuple(terrain), answers={})


def _line(world: World, numbers: tuple[int, ...], hexes: tuple[int, ...]) -> World:
    sides = list(world.line_side)
    for here in hexes:
        sides[here] = numbers[0]
    return replace(world, line_side=tuple(sides), answers={})


def _sky(world: World, numbers: tuple[int, ...], hexes: tuple[int, ...]) -> World:
    number, in_force, no_fly, may_fly, must_notify = numbers
    zones = list(world.airspace)
    zones[number] = replace(
        zones[number],
        since=1,
        until=world.turns if in_force else 0,
        no_fly=bool(no_fly),
        may_fly=_members(may_fly, len(world.factions)),
        must_notify=_members(must_notify, len(world.factions)),
    )
    return replace(world, airspace=tuple(zones), answers={})


def _members(bits: int, factions: int) -> frozenset[int]:
    return frozenset(faction for faction in range(factions) if bits >> faction & 1)


def _source(world: World, numbers: tuple[int, ...], hexes: tuple[int, ...]) -> World:
    faction, number, is_open, capacity = numbers
    sources = list(world.factions[faction].sources)
    # A source closes by ending before it begins: turns are counted from 1, and 0 stands for "to the end".
    span = (1, 0) if is_open else (world.turns + 1, world.turns + 1)
    sources[number] = replace(sources[number], since=span[0], until=span[1], capacity=capacity)
    factions = list(world.factions)
    factions[faction] = replace(factions[faction], sources=tuple(sources))
    return replace(world, factions=tuple(factions), answers={})


def _people(world: World, numbers: tuple[int, ...], hexes: tuple[int, ...]) -> World:
    places = list(world.places)
    places[numbers[0]] = replace(places[numbers[0]], civilians=numbers[1])
    return replace(world, places=tuple(places), answers={})


_WAYS: dict[str, Callable[[World, tuple[int, ...], tuple[int, ...]], World]] = {
    "stance": _stance, "ground": _ground, "line": _line, "sky": _sky, "source": _source, "people": _people,
}  # fmt: skip
_NAMED = {"stance": 2, "ground": 0, "line": 0, "sky": 1, "source": 2, "people": 1}
"""How many of the numbers say what is changed; the others say into what."""
