"""Which hexes an order in preparation can be aimed at: hex -> the order it would be, each one accepted by the engine.

Works on hexsides (bridges, ferries, demolitions) are aimed at by the hex across.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType

from game import engine
from game import orders as od
from game.rules import movement, zones
from game.scenario.world import River
from game.state.tables import State

Aim = Callable[[State, str, str], Iterator[tuple[int, od.Order]]]


def choices(state: State, mode: str, unit: str, kind: str = "") -> Mapping[int, od.Order]:
    """Hexes to choose from in a mode; kept with the state."""
    aim = MODES.get(mode)
    if aim is None:
        return {}
    return state.kept(
        ("targets", mode, unit, kind),
        lambda: {here: order for here, order in aim(state, unit, kind) if engine.refusal(state, order) is None},
    )


def first_refusal(state: State, mode: str, unit: str, kind: str = "") -> str:
    """Why nothing can be aimed at in a mode, in the words of the engine; "" when something can."""
    aim, why = MODES.get(mode), ""
    if aim is None:
        return ""
    for _, order in aim(state, unit, kind):
        refusal = engine.refusal(state, order)
        if refusal is None:
            return ""
        why = why or str(refusal)
    return why or NOTHING_THERE.get(mode, "there is nothing to aim at")


def _enemy_hexes(state: State) -> list[int]:
    return sorted({here for _, here in zones.known_enemies(state, state.faction)})


def _place(state: State, unit: str) -> int:
    row = state.world.row.get(unit, -1)
    return state.units.hex[row] if row >= 0 else -1


def _attack(state: State, unit: str, kind: str) -> Iterator[tuple[int, od.Order]]:
    here = _place(state, unit)
    if here >= 0:
        yield from (
            (near, od.Attack((unit,), near))
            for near in _enemy_hexes(state)
            if state.world.grid.distance(here, near) == 1
        )


def _bombard(state: State, unit: str, kind: str) -> Iterator[tuple[int, od.Order]]:
    here = _place(state, unit)
    if here < 0:
        return
    aims = sorted(_enemy_hexes(state), key=lambda there: state.world.grid.distance(here, there))
    yield from ((there, od.Bombard(unit, there)) for there in aims)


def _infiltrate(state: State, unit: str, kind: str) -> Iterator[tuple[int, od.Order]]:
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


def _works(kind: str) -> Aim:
    def aim(state: State, unit: str, _: str) -> Iterator[tuple[int, od.Order]]:
        here = _place(state, unit)
        if here >= 0:
            yield from ((there, od.Bridge(unit, side, kind)) for there, side in _river_sides(state, here))

    return aim


def _blow(state: State, unit: str, kind: str) -> Iterator[tuple[int, od.Order]]:
    here = _place(state, unit)
    if here >= 0:
        yield from ((there, od.Blow(unit, side)) for there, side in _river_sides(state, here))


def _strike(state: State, unit: str, kind: str) -> Iterator[tuple[int, od.Order]]:
    yield from ((there, od.Strike(kind, there)) for there in _enemy_hexes(state))


def _interdict(state: State, unit: str, kind: str) -> Iterator[tuple[int, od.Order]]:
    world = state.world
    for here in range(world.grid.size):
        if any(side >= 0 and world.road[side] for side in world.grid.sides[here]):
            yield here, od.Interdict(here)


def _break_bridge(state: State, unit: str, kind: str) -> Iterator[tuple[int, od.Order]]:
    for side in sorted(set(state.sites.side)):
        for here in state.world.grid.ends[side]:
            if here >= 0:
                yield here, od.StrikeBridge(side)


def _scout(state: State, unit: str, kind: str) -> Iterator[tuple[int, od.Order]]:
    yield from ((here, od.Scout(here)) for here in range(state.world.grid.size) if state.world.terrain[here] >= 0)


def _air_drop(state: State, unit: str, kind: str) -> Iterator[tuple[int, od.Order]]:
    owners = state.world.roster.faction
    own = sorted({here for row, here in enumerate(state.units.hex) if here >= 0 and owners[row] == state.faction})
    yield from ((here, od.AirDrop(here)) for here in own)


def _cede(state: State, unit: str, kind: str) -> Iterator[tuple[int, od.Order]]:
    held = sorted({prize.hex for prize in state.world.prizes if state.hexes.control[prize.hex] == state.faction})
    yield from ((here, od.Cede(here)) for here in held)


MODES: Mapping[str, Aim] = MappingProxyType(
    {
        "attack": _attack,
        "bombard": _bombard,
        "infiltrate": _infiltrate,
        "pontoon": _works("pontoon"),
        "ferry": _works("ferry"),
        "repair": _works("repair"),
        "boats": _works("boats"),
        "blow": _blow,
        "strike": _strike,
        "interdict": _interdict,
        "break_bridge": _break_bridge,
        "scout": _scout,
        "air_drop": _air_drop,
        "cede": _cede,
    }
)
"""Orders that need a target, by mode. "corridor" gathers hexes and has no list."""

NOTHING_THERE: Mapping[str, str] = MappingProxyType(
    {
        "attack": "no known enemy stands next to this unit",
        "bombard": "no enemy is known",
        "strike": "no enemy is known",
        "pontoon": "the unit does not stand beside a river",
        "ferry": "the unit does not stand beside a river",
        "repair": "the unit does not stand beside a river",
        "boats": "the unit does not stand beside a river",
        "blow": "the unit does not stand beside a river",
        "break_bridge": "no crossing is left to break",
        "cede": "no prize is held",
        "infiltrate": "there is nowhere to slip through to",
    }
)
