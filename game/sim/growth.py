"""How what a turn costs grows: with the map at so many units to a hundred hexes, and with the units on one map.

Each war is played for a turn first, so that tables are drawn and the armies have met; then the next turn of both sides
is measured. A power of 1 means that twice as many hexes, or units, take twice as long.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from math import log
from statistics import median
from time import process_time

from game import engine
from game import orders as od
from game.ai.players import make_player
from game.kernels.reach import distances
from game.rules import ground, supply_map
from game.ruleset.terrain import Mobility
from game.sim.made_up import made_up_war
from game.sim.rows import BenchRow
from game.state import State

MAPS = ((50, 125), (70, 245), (100, 500), (140, 980), (200, 2000))
"""Columns (and as many rows) and units: five to a hundred hexes."""
ARMIES = (50, 125, 250, 500, 1000, 2000)
SIDE = 100
"""Columns and rows of the map on which the armies grow."""
BAR_SECONDS, BAR_POWER = 4.0, 1.2


def growth_rows(
    maps: Sequence[tuple[int, int]] = MAPS, armies: Sequence[int] = ARMIES, side: int = SIDE
) -> Iterator[BenchRow]:
    """Rows of each size, then the powers that fit them best."""
    found: dict[str, list[tuple[int, float]]] = {}
    for columns, units in maps:
        state, seconds = second_turn(columns, units)
        bar = BAR_SECONDS if columns == MAPS[-1][0] else 0
        yield BenchRow(f"turn_{columns}x{columns}", float(f"{seconds:.4g}"), "s", 2, bar)
        for name, spent in (("turn", seconds), *parts(state)):
            found.setdefault(name, []).append((columns * columns, spent))
    for name, points in found.items():
        bar = BAR_POWER if name == "turn" else 0
        yield BenchRow(f"{name}_by_map", power(points), "power", len(points), bar)
    by_units = []
    for units in armies:
        seconds = second_turn(side, units)[1]
        yield BenchRow(f"turn_{units}_units", float(f"{seconds:.4g}"), "s", 2)
        by_units.append((units, seconds))
    yield BenchRow("turn_by_units", power(by_units), "power", len(by_units))


def power(points: Sequence[tuple[int, float]]) -> float:
    """The power of the size that fits the times best: the slope of a line through their logarithms."""
    across, up = [log(size) for size, _ in points], [log(seconds) for _, seconds in points]
    middle, height = sum(across) / len(points), sum(up) / len(points)
    slope = sum((x - middle) * (y - height) for x, y in zip(across, up, strict=True))
    return round(slope / sum((x - middle) ** 2 for x in across), 2)


def second_turn(columns: int, units: int) -> tuple[State, float]:
    """The war after two turns of both staffs, and the CPU time of a second turn in seconds: the mean of both sides."""
    state, spent = engine.start(made_up_war(columns, columns, units), seed=1), 0.0
    sides = len(state.world.factions)
    for number in range(2 * sides):
        started = process_time()
        state = _played(state)
        spent += process_time() - started if number >= sides else 0
    return state, spent / sides


def _played(state: State) -> State:
    """The moment after the turn of the faction to play."""
    faction, player = state.faction, make_player("staff")
    while True:
        order = player.decide(engine.view(state, faction))
        state, _ = engine.apply(state, order)
        if isinstance(order, od.EndTurn):
            return state


def parts(state: State) -> Iterator[tuple[str, float]]:
    """What single questions take on this map, in seconds."""
    lists, faction = ground.adjacency(state, Mobility.WHEELED), state.faction
    free, middle = bytearray(state.world.grid.size), state.world.grid.size // 2
    yield "field", _seconds(lambda: distances(lists, (middle,), 360, free))
    yield "supply", _seconds(lambda: supply_map.supply_map(state.with_fresh_answers(), faction))
    yield "view", _seconds(lambda: engine.view(state, faction))
    yield "digest", _seconds(state.digest)


def _seconds(act: Callable[[], object]) -> float:
    times = []
    for _ in range(5):
        started = process_time()
        act()
        times.append(process_time() - started)
    return max(1e-7, median(times))
