"""How fast the game is on this machine: a table of medians, each against the bar it is held to.

``floor`` is a fixed loop of plain Python: it tells how fast the machine was, so that two tables can be compared. What
needs a window is measured by the table itself, in a process of its own.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import Any

from game import engine
from game import orders as od
from game.events import UnitMoved
from game.rules import movement, sequence, supply_map, zones
from game.scenario.checker import check_folder
from game.scenario.shipped import scenario_folder
from game.scenario.world import World
from game.sim.game import play_game, seated, seats
from game.sim.largest import write_largest
from game.state import Draft, State

CAMPAIGN = "race_for_deir_ezzor"
ROOT = Path(__file__).resolve().parents[2]
MIDDLE = 8
"""The turn whose state most rows are measured on: columns are out, roads are long."""
SCALE = {"s": 1.0, "ms": 1e3, "us": 1e6}
CHILD_SECONDS = 600


@dataclass(frozen=True, slots=True)
class BenchRow:
    """One line of the table. ``bar``: the most it may be, in its unit; 0 for none."""

    what: str
    median: float
    unit: str
    n: int
    bar: float = 0

    def as_json(self) -> dict[str, Any]:
        """What goes into the file."""
        return {"what": self.what, "median": self.median, "unit": self.unit, "n": self.n}


def run_bench(json_file: Path | None, what: Sequence[str] = ()) -> int:
    """Measure everything, or the groups named, print the table, write the file."""
    rows: list[BenchRow] = []
    for row in measure(what):
        rows.append(row)
        print(_line(row), flush=True)
    if json_file is not None:
        json_file.write_text(json.dumps([row.as_json() for row in rows], indent=1) + "\n", encoding="utf-8")
    return 0


GROUPS = ("engine", "window", "campaign", "check")


def measure(what: Sequence[str] = ()) -> Iterator[BenchRow]:
    """All rows, or those of some groups, each when it is known. ``floor`` is always among them."""
    wanted = what or GROUPS
    yield timed("floor", _floor, "ms", 9)
    world = engine.load_scenario(CAMPAIGN)
    if "engine" in wanted:
        yield from engine_rows(middle_state(world))
    if "window" in wanted:
        yield from window_rows()
    if "campaign" in wanted:
        runs = [play_game(world, seed, seats(world, {})).record["seconds"] for seed in (1, 2, 3)]
        yield BenchRow("campaign", round(median(runs), 2), "s", len(runs), 10)
    if "check" in wanted:
        yield from check_rows()


def _floor() -> int:
    total = 0
    for number in range(200_000):
        total += number * number % 7
    return total


def timed(what: str, act: Callable[[], object], unit: str, n: int, bar: float = 0, repeats: int = 1) -> BenchRow:
    """The median of ``n`` runs; quick acts are repeated within a run."""
    times = []
    act()
    for _ in range(n):
        started = perf_counter()
        for _ in range(repeats):
            act()
        times.append((perf_counter() - started) / repeats)
    return BenchRow(what, float(f"{median(times) * SCALE[unit]:.4g}"), unit, n, bar)


# --- the engine -----------------------------------------------------------------------------------------------------


def middle_state(world: World) -> State:
    """The campaign as its own players have left it when the first faction's turn opens, some turns in."""
    session = seated(world, 1, seats(world, {}))
    for _ in session.run():
        if session.state.clock.turn >= MIDDLE:
            break
    return session.state


def engine_rows(state: State) -> Iterator[BenchRow]:
    """Copy, reach, supply and forecast."""
    yield timed("copy", _copy_of(state), "us", 200, 50, repeats=10)
    yield _reach_row(state)
    faction = state.faction
    yield timed("supply", lambda: supply_map.supply_map(state.with_fresh_answers(), faction), "ms", 50, 2)
    attack = some_attack(state)
    yield timed("forecast", lambda: whole_forecast(state.with_fresh_answers(), attack), "ms", 100, 2)


def whole_forecast(state: State, attack: od.Attack) -> object:
    """All that the panel shows of an attack: the odds at best, as known and at worst, with every outcome."""
    found = engine.odds(state, attack)
    return found.unsure, found.known.outcomes, found.best.outcomes, found.worst.outcomes


def _copy_of(state: State) -> Callable[[], State]:
    """Copying a state with one unit a hex further on: a copy without a change would share everything."""
    row = next(row for row, mp in enumerate(state.units.mp) if mp > 0)
    here = state.units.hex[row]
    step = UnitMoved(row, here, (state.world.grid.near[here][0],), 0)
    assert state.stacks

    def act() -> State:
        draft = Draft(state)
        draft.emit(step)
        return draft.finish()

    return act


def _reach_row(state: State) -> BenchRow:
    """One unit's reach, with zones and costs at hand as they are while a player looks from unit to unit."""
    units = [row for row, mp in enumerate(state.units.mp) if mp > 0]
    times = []
    for row in units:
        movement.within_reach(state, row)
        for _ in range(20):
            state.answers.pop(("reach", row))
            started = perf_counter()
            movement.within_reach(state, row)
            times.append(perf_counter() - started)
    return BenchRow("reach", float(f"{median(times) * 1e6:.4g}"), "us", len(times), 100)


def some_attack(state: State) -> od.Attack:
    """The attack with the most units that the faction to play could order; it is sent next to an enemy if need be."""
    for there in sorted({here for _, here in zones.known_enemies(state, state.faction)}):
        units = state.world.roster
        near = [row for close in state.world.grid.near[there] for row in state.units_at(close)]
        able = [
            units.id[row]
            for row in near
            if units.faction[row] == state.faction
            and sequence.refusal(state, od.Attack((units.id[row],), there)) is None
        ]
        for count in range(min(3, len(able)), 0, -1):
            attack = od.Attack(tuple(able[:count]), there)
            if sequence.refusal(state, attack) is None:
                return attack
    raise RuntimeError("nobody can attack anybody in the state that is measured")


# --- the check ------------------------------------------------------------------------------------------------------


def check_rows() -> Iterator[BenchRow]:
    """The check of the campaign, and of the largest scenario that the limits allow, read from a pack."""
    yield timed("check", lambda: check_folder(scenario_folder(CAMPAIGN)), "s", 5, 2)
    with TemporaryDirectory() as folder:
        path = Path(folder) / "largest.zip"
        write_largest(path)
        yield timed("check_most", lambda: check_folder(path), "s", 3, 5)


# --- the window -----------------------------------------------------------------------------------------------------


def window_rows() -> Iterator[BenchRow]:
    """What the table measures of itself, and how long a start takes until the menu shows."""
    found = json.loads(_child("-m", "game.ui.offscreen.measure").splitlines()[-1])
    plain = found["plain"]
    yield BenchRow("plain", plain, "ms", 120)
    yield BenchRow("pan", found["pan"], "ms", 240, round(3 * plain, 3))
    yield BenchRow("zoom_worst", found["zoom_worst"], "ms", 300, 33)
    yield BenchRow("memory", found["memory"], "MB", 1, 400)
    starts = []
    for _ in range(5):
        started = perf_counter()
        _child("-m", "game.ui.offscreen.measure", "--menu")
        starts.append(perf_counter() - started)
    yield BenchRow("start", round(median(starts[1:]), 3), "s", len(starts) - 1, 1.5)  # the first one compiles


def _child(*arguments: str) -> str:
    """Run a part of the game in a process of its own, on an unseen window; what it printed."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "SDL_VIDEODRIVER": "dummy", "SDL_AUDIODRIVER": "dummy"}
    environment["PYGAME_HIDE_SUPPORT_PROMPT"] = "1"
    environment.pop("PYTHONDONTWRITEBYTECODE", None)  # a start is measured with its bytecode compiled
    command = [sys.executable, "-P", *arguments]
    return subprocess.run(
        command, env=environment, capture_output=True, text=True, check=True, timeout=CHILD_SECONDS
    ).stdout


def _line(row: BenchRow) -> str:
    verdict = "" if not row.bar else f"   bar {row.bar:g} {row.unit}" + ("" if row.median <= row.bar else "  MISSED")
    return f"{row.what:12} {row.median:10.4g} {row.unit:3} n={row.n:<5}{verdict}"
