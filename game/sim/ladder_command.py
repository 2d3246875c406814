"""``ladder`` as the command line asks for it: plays what a file does not hold yet, prints the table, writes a page."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

from game import engine
from game.ai.players import PLAYERS, make_player
from game.faults import UsageFault
from game.sim.batch import json_line
from game.sim.command import progress
from game.sim.ladder import KEYS, Ladder, play_ladder, sides
from game.sim.ladder_report import Standings, page, table
from game.sim.results import records_of, resumed
from game.store import LineFile, write_out


@dataclass(frozen=True, slots=True)
class LadderWish:
    """What ``ladder`` was asked for. ``json_file`` takes a line a pair; ``resume`` goes on behind those in it."""

    players: Sequence[str]
    scenarios: Sequence[str]
    pairs: int
    seed: int
    processes: int
    anchor: str = ""
    json_file: Path | None = None
    resume: bool = False
    page: Path | None = None
    command: str = "run_game.py ladder"


def run_ladder(wish: LadderWish) -> int:
    """Play the ladder and print it; returns the exit code. Ctrl-C leaves the pairs played so far in the file."""
    ladder = laid_out(wish)
    done = 0
    if wish.json_file and wish.resume:
        done = resumed(wish.json_file, map(ladder.identity, ladder.jobs), "pair", KEYS)
    records = [record for _, record in records_of(wish.json_file, KEYS)] if wish.json_file and done else []
    with ExitStack() as stack:
        file = stack.enter_context(LineFile(wish.json_file, more=bool(done))) if wish.json_file else None
        advance = stack.enter_context(progress("ladder", len(ladder.jobs) - done))
        for record in play_ladder(ladder, wish.processes, done):
            if file is not None:
                file.write(json_line(record))
            records.append(record)
            advance(record)
    standings = Standings(records)
    if wish.page is not None:
        write_out(wish.page, page(standings, wish.command))
    for line in table(standings):
        print(line)
    return 0


def laid_out(wish: LadderWish) -> Ladder:
    """The ladder of a wish; raises UsageFault where a player or a scenario is none that can be measured."""
    for name in wish.players:
        try:
            make_player(name)
        except ValueError as error:
            raise UsageFault(f"{error}.", f"known players are {', '.join(PLAYERS)}") from None
    if len(set(wish.players)) != len(wish.players) or len(wish.players) < 2:
        raise UsageFault("a ladder needs two players or more, each named once.", "such as: ladder staff greedy")
    if wish.anchor and wish.anchor not in wish.players:
        raise UsageFault(f'the anchor "{wish.anchor[:40]}" is none of the players.', "name one of them.")
    if len(set(wish.scenarios)) != len(wish.scenarios):
        raise UsageFault("a scenario is named twice.", "name each once.")
    worlds = tuple(engine.load_scenario(name) for name in wish.scenarios)
    for world in worlds:
        sides(world)
    return Ladder(wish.seed, wish.pairs, tuple(wish.players), wish.anchor, worlds)
