"""``puzzles`` as the command line asks for it: tries them, prints a table with a column for each player."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

from game.ai.players import PLAYERS, make_player
from game.faults import UsageFault
from game.schema.spelling import suggestion
from game.sim.batch import json_line
from game.sim.command import progress
from game.sim.puzzle_reading import Puzzle, puzzles_folder, puzzles_in, read_puzzle
from game.sim.puzzles import ENOUGH, LINES, Tried, try_puzzles
from game.store import LineFile


@dataclass(frozen=True, slots=True)
class PuzzleWish:
    """What ``puzzles`` was asked for. Without a folder the puzzles that ship are tried, ``only`` some of them."""

    players: Sequence[str]
    variants: int
    folder: Path | None = None
    only: Sequence[str] = ()
    json_file: Path | None = None


def run_puzzles(wish: PuzzleWish) -> int:
    """Try the puzzles and print the table; returns the exit code."""
    for name in wish.players:
        try:
            make_player(name) if name not in LINES else None
        except ValueError as error:
            raise UsageFault(f"{error}.", f"known players are {', '.join((*PLAYERS, *LINES))}") from None
    puzzles = _chosen([read_puzzle(one) for one in puzzles_in(wish.folder or puzzles_folder())], wish.only)
    tried: list[Tried] = []
    with ExitStack() as stack:
        file = stack.enter_context(LineFile(wish.json_file, more=False)) if wish.json_file else None
        advance = stack.enter_context(progress("puzzles", len(puzzles) * len(wish.players) * wish.variants))
        for one in try_puzzles(puzzles, wish.players, wish.variants):
            tried.append(one)
            if file is not None:
                file.write(json_line(one.plain()))
            advance({"game": one.variant, "forfeits": one.forfeits})
    for line in table(puzzles, wish.players, tried, wish.variants):
        print(line)
    return 0


def _chosen(puzzles: list[Puzzle], only: Sequence[str]) -> list[Puzzle]:
    known = [one.id for one in puzzles]
    for name in only:
        if name not in known:
            raise UsageFault(f'there is no puzzle "{name[:40]}".', f"{suggestion(name, known)}; {', '.join(known)}")
    return [one for one in puzzles if not only or one.id in only]


def table(puzzles: Sequence[Puzzle], players: Sequence[str], tried: Sequence[Tried], variants: int) -> Iterator[str]:
    """A row for each puzzle, a column for each player, and which pass lines failed how often."""
    wide, column = max(len(one.id) for one in puzzles), max(10, *(len(name) + 2 for name in players))
    enough = -(-variants * ENOUGH // 100)
    yield f"variants passed of {variants}; a puzzle is passed with {enough}"
    yield ""
    yield f"{'puzzle':{wide}}" + "".join(f"{name:>{column}}" for name in players)
    solved = dict.fromkeys(players, 0)
    for puzzle in puzzles:
        cells = []
        for player in players:
            mine = [one for one in tried if (one.puzzle, one.player) == (puzzle.id, player)]
            passed = sum(one.passed for one in mine)
            solved[player] += bool(mine) and passed >= enough
            cells.append(f"{passed if mine else '-':>{column}}")
        yield f"{puzzle.id:{wide}}" + "".join(cells)
    yield f"{'passed':{wide}}" + "".join(f"{solved[name]:>{column}}" for name in players)
    for puzzle in puzzles:
        yield from _misses(puzzle, players, tried)


def _misses(puzzle: Puzzle, players: Sequence[str], tried: Sequence[Tried]) -> Iterator[str]:
    """Pass lines that did not hold, by player, and forfeits."""
    for player in players:
        mine = [one for one in tried if (one.puzzle, one.player) == (puzzle.id, player)]
        for number, line in enumerate(puzzle.file.pass_):
            missed = sum(not one.held[number] for one in mine)
            if missed:
                yield f"{puzzle.id}, {player}: missed in {missed} of {len(mine)}: {line.words}"
        for words in dict.fromkeys(words for one in mine for words in one.forfeits):
            yield f"{puzzle.id}, {player}: forfeited a turn: {words}"
