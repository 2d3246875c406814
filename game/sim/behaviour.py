"""``behaviour``: the habits of players over games of AI against AI, as a table, and each case of one with its game."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from game import engine
from game.dice import derived_seed
from game.faults import RecordFault, UsageFault
from game.schema.spelling import suggestion
from game.sim.command import Wish, played
from game.sim.game import seats
from game.sim.habits import HABITS, Habit
from game.sim.intervals import mean, share
from game.sim.staff_log import staff_log

Record = Mapping[str, Any]


def run_behaviour(scenario: str, wish: Wish, show: str = "") -> int:
    """Play the games, or those that a file does not hold yet, and print the table; returns the exit code.

    ``show`` names a habit, each case of which is listed with its game, seed and turn.
    """
    names = [habit.name for habit in HABITS]
    if show and show not in names:
        near = suggestion(show, names)
        known = f"{near + '; ' if near else ''}known are {', '.join(names)}"
        raise UsageFault(f'there is no figure "{show[:40]}".', known)
    records = played(engine.load_scenario(scenario), replace(wish, habits=True))
    for line in report(records):
        print(line)
    for line in cases(records, show) if show else ():
        print(line)
    return 0


def run_log(scenario: str, seed: int, players: Mapping[str, str], faction: str) -> int:
    """Play the first game of a batch and print what a faction's player had in mind; returns the exit code."""
    world = engine.load_scenario(scenario)
    for line in staff_log(world, derived_seed(seed, "game", 1), seats(world, players), faction):
        print(line)
    return 0


def report(records: Sequence[Record]) -> Iterator[str]:
    """The table of each player: a figure a game, with its interval, and as a share of its chances."""
    _require(records)
    yield f"{records[0]['scenario']}: {len(records)} games; figures a game, intervals of 95%"
    for player in dict.fromkeys(name for one in records for name in one["players"].values()):
        yield ""
        yield f"--- {player}"
        yield f"{'figure':10} {'a game':>20}"
        for habit in HABITS:
            numbers, chances = _counts(records, player, habit)
            part = share(min(sum(numbers), sum(chances)), sum(chances)).percent if sum(chances) else "no chances"
            said = f"{part} of {habit.share_of}" if habit.share_of else ""
            yield f"{habit.name:10} {mean(numbers)!s:>20}  {habit.words}{': ' + said if said else ''}"


def cases(records: Sequence[Record], name: str) -> Iterator[str]:
    """Where a habit showed, a line each: game, seed, turn, faction, player, and what happened."""
    _require(records)
    yield ""
    for record in records:
        for faction, habits in record["habits"].items():
            for case in habits[name]["cases"]:
                where = f"game {record['game']}, seed {record['seed']}, turn {case['turn']}, {faction}"
                yield f"{where} ({record['players'][faction]}): {case['words']}"


def _counts(records: Sequence[Record], player: str, habit: Habit) -> tuple[list[int], list[int]]:
    """Cases and chances of a player in each game in which it sat."""
    numbers, chances = [], []
    for record in records:
        told = [record["habits"][seat][habit.name] for seat, name in record["players"].items() if name == player]
        if told:
            numbers.append(sum(case.get("number", 1) for one in told for case in one["cases"]))
            chances.append(sum(one["chances"] for one in told))
    return numbers, chances


def _require(records: Sequence[Record]) -> None:
    if not all("habits" in record for record in records):
        raise RecordFault("the file holds games that were not watched.", "let behaviour write a file of its own.")
