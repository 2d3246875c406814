"""Puzzles read from their folders: scenarios with a ``puzzle.yaml``, everything wrong in it told at file and line."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from game import orders as od
from game.ai.players import make_player
from game.faults import ContentFault, UsageFault
from game.rules.script import spot
from game.scenario.build import world_from
from game.scenario.checker import errors_of
from game.scenario.files.puzzle import PassLine, PuzzleFile
from game.scenario.reading import Reading, part_of, plain_form, read_scenario
from game.scenario.shipped import scenarios_folder
from game.scenario.world import World
from game.schema.problems import Problem, has_errors, in_order, report_lines
from game.schema.spelling import suggestion

FILE = "puzzle.yaml"
FOLDER = "puzzles"
"""Where the puzzles that ship lie, below the scenarios."""


@dataclass(frozen=True, slots=True)
class Puzzle:
    """A puzzle, ready to be played. ``lines`` holds orders by turn for each line written by hand."""

    id: str
    file: PuzzleFile
    world: World
    lines: Mapping[str, Mapping[int, tuple[od.Order, ...]]]

    @property
    def turns(self) -> int:
        """Turns that a try lasts."""
        return self.world.turns

    def target(self, line: PassLine) -> int:
        """The hex that a rule for attacks asks about, -1 for any."""
        return spot(self.world, line.attacks.at) if line.attacks is not None and line.attacks.at is not None else -1

    def column(self, line: PassLine) -> int:
        """The column of the combat table that attacks must reach, 0 for any."""
        odds = line.attacks.odds if line.attacks is not None else None
        names = [column.name for column in self.world.rules.combat.columns]
        return names.index(odds) if odds is not None else 0


def puzzles_folder() -> Path:
    """The folder of the puzzles that ship."""
    return scenarios_folder() / FOLDER


def puzzles_in(folder: Path) -> list[Path]:
    """The folders of puzzles that a path means: itself, or those directly in it. Raises UsageFault for none."""
    found = [folder] if (folder / FILE).is_file() else sorted(path.parent for path in folder.glob(f"*/{FILE}"))
    if not found:
        raise UsageFault(f"{folder.as_posix()} holds no puzzle.", f"a puzzle is a scenario folder with a {FILE}.")
    return found


def read_puzzle(folder: Path) -> Puzzle:
    """A puzzle from its folder; raises ContentFault with everything that is wrong in it."""
    reading = read_scenario(folder)
    data, known = reading.contents.read(FILE)
    reading.take(part_of(FILE, reading.contents.place(FILE), PuzzleFile, data, known))
    problems = errors_of(reading)
    file = reading.value(FILE, PuzzleFile)
    if not has_errors(problems) and file is not None:
        world = world_from(plain_form(reading))
        lines, more = _lines(reading, file, world)
        problems = [*problems, *more]
        if not has_errors(problems):
            return Puzzle(folder.name, file, world, lines)
    wrong = [problem for problem in in_order(problems) if problem.severity == "error"]
    raise ContentFault(f"the puzzle {folder.name} has errors.", "fix them.", tuple(report_lines(wrong)))


def _lines(
    reading: Reading, file: PuzzleFile, world: World
) -> tuple[dict[str, dict[int, tuple[od.Order, ...]]], list[Problem]]:
    """The orders of the lines by turn, and what neither the declaration nor the names can tell to be wrong."""
    problems: list[Problem] = []
    wrong = [*_players(file), *_columns(file, world), *_turns(file, world)]
    found: dict[str, dict[int, tuple[od.Order, ...]]] = {}
    for name, line in file.lines.items():
        for number, turn in enumerate(line.orders):
            given = []
            for place, text in enumerate(turn.give):
                try:
                    given.append(od.parse_order(text, world.grid))
                except ValueError as error:
                    at = ("lines", name, "orders", number, "give", place)
                    wrong.append((at, f"this is no order: {error}", "write it as the log of a game does"))
            found.setdefault(name, {})[turn.turn] = tuple(given)
    for path, what, fix in wrong:
        problems.append(reading.node(FILE, *path).problem("Z101", what, fix))
    return found, problems


Wrong = tuple[tuple[str | int, ...], str, str]


def _players(file: PuzzleFile) -> list[Wrong]:
    out: list[Wrong] = []
    for faction, player in file.others.items():
        try:
            make_player(player)
        except ValueError as error:
            out.append((("others", faction), str(error), "name a player as simulate --players does"))
        if faction == file.plays:
            out.append((("others", faction), "this faction is the one that is tried", "leave it out"))
    return out


def _columns(file: PuzzleFile, world: World) -> list[Wrong]:
    names = [column.name for column in world.rules.combat.columns]
    return [
        (("pass", number, "attacks", "odds"), f'there is no column "{line.attacks.odds}"',
         f"{suggestion(line.attacks.odds, names)}; known are {', '.join(names)}")
        for number, line in enumerate(file.pass_)
        if line.attacks is not None and line.attacks.odds is not None and line.attacks.odds not in names
    ]  # fmt: skip


def _turns(file: PuzzleFile, world: World) -> list[Wrong]:
    out: list[Wrong] = []
    for number, line in enumerate(file.pass_):
        late = [("by", line.by)] if line.by is not None else [("at", turn) for turn in line.at]
        for key, turn in late:
            if turn > world.turns:
                what = f"turn {turn} never ends: the scenario has {world.turns} turns"
                out.append((("pass", number, key), what, "name a turn of the scenario"))
    return out
