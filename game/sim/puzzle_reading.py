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
from game.scenario.files.puzzle import PassLine, PuzzleFile, PuzzleLine
from game.scenario.reading import part_of, plain_form, read_scenario
from game.scenario.shipped import scenarios_folder
from game.scenario.world import World
from game.schema.problems import has_errors, in_order, report_lines
from game.schema.spelling import suggestion

FILE = "puzzle.yaml"
FOLDER = "puzzles"
"""Where the puzzles that ship lie, below the scenarios."""


ByTurn = dict[int, tuple[od.Order, ...]]
"""Orders by the turn in which they are given."""


@dataclass(frozen=True, slots=True)
class Puzzle:
    """A puzzle, ready to be played. ``lines`` and ``scripts`` hold the orders by turn that were written by hand."""

    id: str
    file: PuzzleFile
    world: World
    lines: Mapping[str, ByTurn]
    scripts: Mapping[str, ByTurn]

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
        faults = [*_players(file), *_columns(file, world), *_turns(file, world)]
        lines = {name: _orders(line, world, ("lines", name), faults) for name, line in file.lines.items()}
        scripts = {name: _orders(line, world, ("scripts", name), faults) for name, line in (file.scripts or {}).items()}
        problems = [*problems, *(reading.node(FILE, *path).problem("Z101", what, fix) for path, what, fix in faults)]
        if not has_errors(problems):
            return Puzzle(folder.name, file, world, lines, scripts)
    wrong = [problem for problem in in_order(problems) if problem.severity == "error"]
    raise ContentFault(f"the puzzle {folder.name} has errors.", "fix them.", tuple(report_lines(wrong)))


Wrong = tuple[tuple[str | int, ...], str, str]


def _orders(line: PuzzleLine, world: World, path: tuple[str, str], wrong: list[Wrong]) -> ByTurn:
    """The orders of a line by turn; what is no order is added to ``wrong``."""
    found: ByTurn = {}
    for number, entry in enumerate(line.orders):
        given = []
        for place, text in enumerate(entry.give):
            try:
                given.append(od.parse_order(text, world.grid))
            except ValueError as error:
                at = (*path, "orders", number, "give", place)
                wrong.append((at, f"this is no order: {error}", "write it as the log of a game does"))
        for turn in range(entry.turn, (entry.to or entry.turn) + 1):
            found[turn] = (*found.get(turn, ()), *given)
    return found


def _players(file: PuzzleFile) -> list[Wrong]:
    out: list[Wrong] = []
    for faction, player in (file.others or {}).items():
        try:
            make_player(player)
        except ValueError as error:
            out.append((("others", faction), str(error), "name a player as simulate --players does"))
    for key, named in (("others", file.others or {}), ("scripts", file.scripts or {})):
        if file.plays in named:
            out.append(((key, file.plays), "this faction is the one that is tried", "leave it out"))
    for faction in set(file.others or ()) & set(file.scripts or ()):
        out.append((("scripts", faction), "this faction has a player too", "leave it out of others or of scripts"))
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
