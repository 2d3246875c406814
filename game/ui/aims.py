"""What an order in preparation could be aimed at: hexes, each with the order it would be; some are refused.

Crossings and demolitions on hexsides are aimed at by the hex across.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from game import orders as od
from game.rules import movement, zones
from game.scenario.world import River
from game.state.tables import State

Aim = Callable[[State, str, str], Iterator[tuple[int, od.Order]]]
"""From the moment, the unit in hand and a kind of support to the hexes and orders."""


def _enemy_hexes(state: State) -> list[int]:
    return sorted({here for _, here in zones.known_enemies(state, state.faction)})


def _place(state: State, unit: str) -> int:
    row = state.world.row.get(unit, -1)
    return state.units.hex[row] if row >= 0 else -1


def attack(state: State, unit: str, kind: str) -> Iterator[tuple[int, od.Order]]:
    """Known enemies next to the unit."""
    here = _place(state, unit)
    if here >= 0:
        yield from (
            (near, od.Attack((unit,), near))
            for near in _enemy_hexes(state)
            if state.world.grid.distance(here, near) == 1
        )


def bombard(state: State, unit: str, kind: str) -> Iterator[tuple[int, od.Order]]:
    """Known enemies, the nearest first."""
    here = _place(state, unit)
    if here < 0:
        return
    aims = sorted(_enemy_hexes(state), key=lambda there: state.world.grid.distance(here, there))
    yield from ((there, od.Bombard(unit, there)) for there in aims)


def infiltrate(state: State, unit: str, kind: str) -> Iterator[tuple[int, od.Order]]:
    """Where a raiding unit could slip through to."""
    here = _place(state, unit)
    if here < 0:
        return
    goals = (
        sorted(movement.infiltration(state, state.world.row[unit]))
        if state.world.roster.traits[state.world.row[unit]]
        else []
    )
    yield from ((there, od.Infiltrate(unit, there)) for there in goals or state.world.grid.near[here] if there != here)


def _river_sides(state: State, here: int) -> Iterator[tuple[int, int]]:
    grid = state.world.grid
    for there, side in zip(grid.neighbours[here], grid.sides[here], strict=True):
        if there >= 0 and side >= 0 and state.world.river[side] != River.NONE:
            yield there, side


def build_over(kind: str) -> Aim:
    """The river sides of the unit's hex, for one kind of crossing."""

    def aim(state: State, unit: str, _: str) -> Iterator[tuple[int, od.Order]]:
        here = _place(state, unit)
        if here >= 0:
            yield from ((there, od.Bridge(unit, side, kind)) for there, side in _river_sides(state, here))

    return aim


def blow(state: State, unit: str, kind: str) -> Iterator[tuple[int, od.Order]]:
    """The river sides of the unit's hex."""
    here = _place(state, unit)
    if here >= 0:
        yield from ((there, od.Blow(unit, side)) for there, side in _river_sides(state, here))


def strike(state: State, unit: str, kind: str) -> Iterator[tuple[int, od.Order]]:
    """Known enemies, and arsenals where the kind of support may strike those."""
    what = state.world.rules.support.kinds.get(kind)
    hexes = set(_enemy_hexes(state))
    if what is not None and what.arsenals:
        hexes |= {source.hex for one in state.world.factions for source in one.sources if source.arsenal}
    yield from ((there, od.Strike(kind, there)) for there in sorted(hexes))


def interdict(state: State, unit: str, kind: str) -> Iterator[tuple[int, od.Order]]:
    """Every hex with a road."""
    world = state.world
    for here in range(world.grid.size):
        if any(side >= 0 and world.road[side] for side in world.grid.sides[here]):
            yield here, od.Interdict(here)


def break_bridge(state: State, unit: str, kind: str) -> Iterator[tuple[int, od.Order]]:
    """Both ends of every crossing."""
    for side in sorted(set(state.sites.side)):
        for here in state.world.grid.ends[side]:
            if here >= 0:
                yield here, od.StrikeBridge(side)


def scout(state: State, unit: str, kind: str) -> Iterator[tuple[int, od.Order]]:
    """Every hex of the ground."""
    yield from ((here, od.Scout(here)) for here in range(state.world.grid.size) if state.world.terrain[here] >= 0)


def air_drop(state: State, unit: str, kind: str) -> Iterator[tuple[int, od.Order]]:
    """Where one's own units stand."""
    owners = state.world.roster.faction
    own = sorted({here for row, here in enumerate(state.units.hex) if here >= 0 and owners[row] == state.faction})
    yield from ((here, od.AirDrop(here)) for here in own)


def cede(state: State, unit: str, kind: str) -> Iterator[tuple[int, od.Order]]:
    """The prizes that are held."""
    held = sorted({prize.hex for prize in state.world.prizes if state.hexes.control[prize.hex] == state.faction})
    yield from ((here, od.Cede(here)) for here in held)


def warn(state: State, unit: str, kind: str) -> Iterator[tuple[int, od.Order]]:
    """The prizes that the other bloc could be warned off."""
    yield from ((here, od.Warn(here)) for here in sorted({prize.hex for prize in state.world.prizes}))


def close_sky(state: State, unit: str, kind: str) -> Iterator[tuple[int, od.Order]]:
    """Hexes near one's own troops, around which the sky could be closed."""
    grid, owners, near = state.world.grid, state.world.roster.faction, state.world.rules.deconfliction.skies.near
    own = {here for row, here in enumerate(state.units.hex) if here >= 0 and owners[row] == state.faction}
    yield from ((here, od.CloseSky(here)) for here in sorted({there for at in own for there in grid.disk(at, near)}))
