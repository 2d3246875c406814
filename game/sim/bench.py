"""How fast the game is on this machine: a table of medians, each against the bar it is held to.

``floor`` is a fixed loop of plain Python: it tells how fast the machine was, so that two tables can be compared; each
time is also told in floors of the same run. What needs a window is measured by the table itself, in a process of its
own.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import cycle, islice, pairwise
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import get_clock_info, perf_counter, process_time

from game import engine
from game import orders as od
from game.ai.players import PLAYERS, make_player
from game.ai.search.rehearsal import rehearse
from game.ai.search.variations import of_formations, of_the_whole
from game.ai.staff.plan import FREE
from game.ai.staff.thinking import think
from game.ai.staff.ways import FAR
from game.events import UnitMoved
from game.kernels.reach import distances
from game.rules import ground, movement, sequence, supply_map, threats, zones
from game.ruleset.terrain import Mobility
from game.scenario.checker import check_folder
from game.scenario.shipped import scenario_folder
from game.scenario.world import World
from game.sim.batch import Batch, collect_seldom, play_batch
from game.sim.endurance import endurance_rows
from game.sim.game import seated, seats
from game.sim.growth import growth_rows
from game.sim.largest import write_largest
from game.sim.rows import SCALE, BenchRow
from game.state import Draft, State
from game.store import write_out

CAMPAIGN = "race_for_deir_ezzor"
ROOT = Path(__file__).resolve().parents[2]
SMALL = "tutorial"
MIDDLE = 8
"""The turn whose state most rows are measured on: columns are out, roads are long."""
TURNS = (3, 8, 14, 20)
"""Turns at whose openings plans are tried out."""
MOST_IN_A_TURN = 2_000
"""Orders after which a turn that is measured is broken off."""
CHILD_SECONDS = 600


def run_bench(json_file: Path | None, what: Sequence[str] = ()) -> int:
    """Measure everything, or the groups named, print the table, write the file."""
    rows: list[BenchRow] = []
    for row in measure(what):
        rows.append(row)
        print(row, flush=True)
    if json_file is not None:
        write_out(json_file, json.dumps([row.as_json() for row in rows], indent=1) + "\n")
    return 0


CLOCK = process_time if get_clock_info("process_time").resolution < 1e-5 else perf_counter
"""CPU time, where the system measures it finely: others who are busy on the machine hardly change it."""
GROUPS = ("engine", "turns", "plans", "window", "campaign", "batch", "check")
LONG = ("growth", "cores", "endurance")
"""Groups that are measured only when they are named: they take minutes."""


def measure(what: Sequence[str] = ()) -> Iterator[BenchRow]:
    """All rows but the long ones, or those of some groups, each when it is known. ``floor`` is always among them."""
    wanted = what or GROUPS
    floor = timed("floor", _floor, "ms", 9, repeats=5, clock=process_time)  # the machine's speed, not how busy it is
    yield floor.beside(floor)
    for row in _groups(wanted):
        yield row.beside(floor)


def _groups(wanted: Sequence[str]) -> Iterator[BenchRow]:
    world = engine.load_scenario(CAMPAIGN)
    collect_seldom()  # as batches do
    if "engine" in wanted or "turns" in wanted:
        state = middle_state(world)
        if "engine" in wanted:
            yield from engine_rows(state)
        if "turns" in wanted:
            yield from turn_rows(state)
    if "plans" in wanted:
        yield from plan_rows(moments(world, TURNS))
    if "window" in wanted:
        yield from window_rows()
    if "campaign" in wanted:
        yield from campaign_rows(world)
    if "batch" in wanted:
        yield batch_row(world)
    if "check" in wanted:
        yield from check_rows()
    if "growth" in wanted:
        yield from growth_rows()
    if "cores" in wanted:
        yield from core_rows(world)
    if "endurance" in wanted:
        yield from endurance_rows(engine.load_scenario(SMALL))


def _floor() -> int:
    total = 0
    for number in range(200_000):
        total += number * number % 7
    return total


def timed(
    what: str,
    act: Callable[[], object],
    unit: str,
    n: int,
    bar: float = 0,
    repeats: int = 1,
    clock: Callable[[], float] = CLOCK,
) -> BenchRow:
    """The median of ``n`` runs; quick acts are repeated within a run."""
    times = []
    act()
    for _ in range(n):
        started = clock()
        for _ in range(repeats):
            act()
        times.append((clock() - started) / repeats)
    return BenchRow(what, float(f"{median(times) * SCALE[unit]:.4g}"), unit, n, bar)


# --- the engine -----------------------------------------------------------------------------------------------------


def middle_state(world: World) -> State:
    """The campaign as its own players have left it when the first faction's turn opens, some turns in."""
    return next(moments(world, (MIDDLE,)))


def moments(world: World, turns: Sequence[int]) -> Iterator[State]:
    """The same at several turns, or as the game ends where it is over before."""
    session, wanted = seated(world, 1, seats(world, {})), list(turns)
    for _ in session.run():
        if wanted and session.state.clock.turn >= wanted[0]:
            wanted.pop(0)
            yield session.state
    yield from [session.state] * len(wanted)


def engine_rows(state: State) -> Iterator[BenchRow]:
    """What the rules are asked all the time, and one order."""
    faction, grid = state.faction, state.world.grid
    yield timed("copy", _copy_of(state), "us", 200, 50, repeats=10)
    yield _reach_row(state)
    lists, free = ground.adjacency(state, Mobility.WHEELED), bytearray(grid.size)
    goals = [place.hex for place in state.world.places]
    yield timed("field", lambda: [distances(lists, (goal,), FAR, free) for goal in goals], "ms", 9).shared(len(goals))
    yield timed("supply", lambda: supply_map.supply_map(state.with_fresh_answers(), faction), "ms", 50, 2)
    ours = [row for row in range(len(state.world.roster)) if state.world.roster.faction[row] == faction]
    row = next(row for row in ours if state.units.hex[row] >= 0)
    foes = [here for _, here in zones.known_enemies(state, faction)]
    yield timed("threat", lambda: [threats.against(state, row, here) for here in foes], "us", 20).shared(len(foes))
    looks = cycle((state, _copy_of(state)()))
    yield timed("view", lambda: engine.view(next(looks), faction), "us", 100, repeats=2)
    orders = sum(1 for _ in engine.legal_orders(state))
    yield timed(
        "legal_orders", lambda: sum(1 for _ in engine.legal_orders(state.with_fresh_answers())), "us", 3
    ).shared(orders)
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
            state.world.answers.pop("reaches", None)
            started = CLOCK()
            movement.within_reach(state, row)
            times.append(CLOCK() - started)
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


# --- turns and games -----------------------------------------------------------------------------------------------


def turn_rows(state: State) -> Iterator[BenchRow]:
    """CPU time of one faction's turn by each kind of player that plans anything."""
    for name in PLAYERS:
        if name not in ("random", "hold"):
            runs = [_turn_seconds(state.with_fresh_answers(), name) for _ in range(3)]
            yield BenchRow(f"turn_{name}", float(f"{median(runs) * 1e3:.4g}"), "ms", len(runs))


def _turn_seconds(state: State, name: str) -> float:
    player, faction, started = make_player(name), state.faction, process_time()
    for _ in range(MOST_IN_A_TURN):
        order = player.decide(engine.view(state, faction))
        state, _ = engine.apply(state, order)
        if isinstance(order, od.EndTurn):
            break
    return process_time() - started


def campaign_rows(world: World) -> Iterator[BenchRow]:
    """The campaign by its own players: how long it takes, its CPU time by order and by unit-turn, and the shares of
    that which go into views, into deciding, and into carrying orders out."""
    walls, whole, an_order, a_unit = [], [], [], []
    spent_on = {"views": 0.0, "deciding": 0.0, "orders": 0.0}
    for seed in (1, 2, 3):
        session, began, started = seated(world, seed, seats(world, {})), perf_counter(), process_time()
        unit_turns = 0
        while not session.over:
            faction = session.state.faction
            clock = [process_time()]
            view = session.ask()
            clock.append(process_time())
            order = session.players[faction].decide(view)
            clock.append(process_time())
            session.give(order)
            clock.append(process_time())
            for name, (before, after) in zip(spent_on, pairwise(clock), strict=True):
                spent_on[name] += after - before
            if isinstance(order, od.EndTurn):
                owners = world.roster.faction
                unit_turns += sum(
                    1 for row, here in enumerate(session.state.units.hex) if here >= 0 and owners[row] == faction
                )
        spent = process_time() - started
        walls.append(perf_counter() - began)
        whole.append(spent)
        an_order.append(spent / len(session.entries))
        a_unit.append(spent / unit_turns)
    yield BenchRow("campaign", round(median(walls), 2), "s", len(walls), 10)
    yield BenchRow("campaign_cpu", round(median(whole), 2), "s", len(whole), bar_floors=170)
    yield BenchRow("order", float(f"{median(an_order) * 1e6:.4g}"), "us", len(an_order))
    yield BenchRow("unit_turn", float(f"{median(a_unit) * 1e6:.4g}"), "us", len(a_unit))
    for name, seconds in spent_on.items():
        yield BenchRow(f"on_{name}", round(100 * seconds / sum(whole)), "%", len(whole))


def plan_rows(states: Iterable[State]) -> Iterator[BenchRow]:
    """CPU time of trying out a plan: a staff that thinks of it and carries it out, and the replies of the enemies.

    The plans differ: the staff's own, changes of the whole, and formations sent elsewhere. Those of a moment are tried
    out on one copy of it, as a player that deliberates tries out its plans on one belief.
    """
    spent: dict[bool, list[float]] = {False: [], True: []}
    for state in states:
        own = think(engine.view(state, state.faction))
        varied = (FREE, *(one.genes for one in (*of_the_whole(own)[:2], *islice(of_formations(own, FREE, state), 3))))
        for sketch, found in spent.items():
            moment = state.with_fresh_answers()
            seen = engine.view(moment, state.faction)
            for genes in varied:
                started = process_time()
                rehearse(think(seen, genes=genes), moment, sketch=sketch)
                found.append(process_time() - started)
    for name, found in (("", spent[False]), ("_sketched", spent[True])):
        yield BenchRow(f"plan{name}", float(f"{median(found) * 1e3:.4g}"), "ms", len(found))
        yield BenchRow(f"plans{name}", round(len(found) / sum(found), 1), "/s", len(found))


def core_rows(world: World, games: int = 40) -> Iterator[BenchRow]:
    """How much sooner two processes have played a batch than one, by the clock; the start of both counts."""
    seconds = []
    for processes in (1, 2):
        started = perf_counter()
        batch = Batch(games=games, seed=1, players=seats(world, {}))
        played = sum(1 for _ in play_batch(world, batch, processes))
        seconds.append(perf_counter() - started)
        yield BenchRow(f"games_on_{processes}", round(seconds[-1], 1), "s", played)
    yield BenchRow("two_cores", round(seconds[0] / seconds[1], 2), "times", games, 1.85, at_least=True)


def batch_row(world: World) -> BenchRow:
    """Whole campaigns a minute on all cores, with the start of the processes that play them."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    batch, started = Batch(games=2 * cores, seed=1, players=seats(world, {})), perf_counter()
    games = sum(1 for _ in play_batch(world, batch, cores))
    return BenchRow("games", round(games * 60 / (perf_counter() - started), 1), "/min", games)


# --- the check ------------------------------------------------------------------------------------------------------


def check_rows() -> Iterator[BenchRow]:
    """The check of the campaign, and of the largest scenario that the limits allow, read from a pack."""
    yield timed("check", lambda: check_folder(scenario_folder(CAMPAIGN)), "s", 5, 2, clock=perf_counter)
    with TemporaryDirectory() as folder:
        path = Path(folder) / "largest.zip"
        write_largest(path)
        yield timed("check_most", lambda: check_folder(path), "s", 3, 5, clock=perf_counter)


# --- the window -----------------------------------------------------------------------------------------------------


def window_rows() -> Iterator[BenchRow]:
    """What the table measures of itself, and how long a start takes until the menu shows."""
    found = json.loads(_child("-m", "game.ui.offscreen.measure").splitlines()[-1])
    plain = found["plain"]
    yield BenchRow("plain", plain, "ms", 120)
    yield from look_rows(found)
    yield BenchRow("zoom_worst", found["zoom_worst"], "ms", 300, 33)
    yield BenchRow("memory", found["memory"], "MB", 1, 400)
    starts = []
    for _ in range(5):
        started = perf_counter()
        _child("-m", "game.ui.offscreen.first_sight")
        starts.append(perf_counter() - started)
    yield BenchRow("start", round(median(starts[1:]), 3), "s", len(starts) - 1, 1.5)  # the first one compiles


def look_rows(found: Mapping[str, float]) -> Iterator[BenchRow]:
    """Frames of the table and what a click or a move of the mouse costs, from what it measured of itself."""
    yield BenchRow("pan", found["pan"], "ms", 240, round(2.5 * found["plain"], 3))
    yield BenchRow("frame_overlay", found["frame_overlay"], "ms", 240, 12)
    yield BenchRow("frame_overlay_late", found["frame_overlay_late"], "ms", 240, 20)
    yield BenchRow("frame_overlay_large", found["frame_overlay_large"], "ms", 240, 20)
    yield BenchRow("click_reach", found["click_reach"], "ms", 20, 20)
    yield BenchRow("hover_forecast", found["hover_forecast"], "ms", 80, 20)


def _child(*arguments: str) -> str:
    """Run a part of the game in a process of its own, on an unseen window; what it printed."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "SDL_VIDEODRIVER": "dummy", "SDL_AUDIODRIVER": "dummy"}
    environment["PYGAME_HIDE_SUPPORT_PROMPT"] = "1"
    environment.pop("PYTHONDONTWRITEBYTECODE", None)  # a start is measured with its bytecode compiled
    command = [sys.executable, "-P", *arguments]
    return subprocess.run(
        command, env=environment, capture_output=True, text=True, check=True, timeout=CHILD_SECONDS
    ).stdout
