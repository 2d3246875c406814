"""The check: passes over a scenario, each small and named; what one may assume, earlier ones guarantee.

Structure and names come from reading itself. Passes over single files run wherever their files are sound, so
that one run tells of all independent mistakes; passes over the whole world run when there is no error left.
A pass that fails is our mistake, not the author's: the report names it, and the exit code says so.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from game.scenario.checks import coach, folder, forces, geometry, grid, happenings, pictures, reach, stances
from game.scenario.checks.names import alike_names, dangling_names, repeated_names
from game.scenario.contents import ScenarioFiles
from game.scenario.files import FILES, FORCES, ScenarioFile
from game.scenario.packs import SUFFIX, is_pack
from game.scenario.reading import Reading, read_scenario
from game.schema.leavings import is_left_behind
from game.schema.nodes import SourceText, texts_of
from game.schema.problems import Problem, has_errors, in_order, report_lines, safe
from game.schema.shapes import Record, kinds_named

Pass = Callable[[Reading], Iterable[Problem]]

FILE_PASSES: tuple[Pass, ...] = (
    folder.stray_files, folder.capitals, folder.scenario_id, folder.held_everywhere, folder.forces_files,
    grid.labels, grid.drawing,
    geometry.roads, geometry.rivers, geometry.river_gaps, geometry.crossings, geometry.exits, geometry.places,
    stances.pairs, stances.line, stances.air_dates,
    forces.number, forces.ground, forces.stacks, forces.arrivals, forces.summoned, forces.superiors,
    forces.symbols, forces.sources,
    happenings.events, happenings.event_places, happenings.prizes, happenings.days, coach.steps, pictures.briefing,
)  # fmt: skip
WORLD_PASSES: tuple[Pass, ...] = (
    reach.form, reach.world, reach.prizes, reach.cut_off, reach.arrivals, reach.held_sources, reach.barred_sources,
    reach.idle,
)  # fmt: skip
SCENARIO_SIGNS = ("scenario.yaml", "map.yaml", "map.txt", "relations.yaml")


class PassFailed(Exception):
    """A pass of the check ended in an exception: a bug of the game."""


@dataclass(frozen=True, slots=True)
class Report:
    """What the check found: problems by scenario, and passes that failed."""

    found: tuple[tuple[str, tuple[Problem, ...]], ...]
    bugs: tuple[str, ...] = ()

    @property
    def problems(self) -> list[Problem]:
        """All problems, scenario by scenario."""
        return [problem for _, problems in self.found for problem in problems]

    @property
    def exit_code(self) -> int:
        """0 fine, 1 errors, 5 a bug of the check itself."""
        if self.bugs:
            return 5
        return 1 if has_errors(self.problems) else 0

    def lines(self) -> Iterator[str]:
        """The report for people: each problem with its source line, a summary for each scenario."""
        for shown, problems in self.found:
            yield from report_lines(problems)
            yield f"{safe(shown)}: {_count(problems, 'error')}, {_count(problems, 'warning')}"
        yield from self.bugs

    def to_json(self) -> str:
        """The same for tools: one JSON object."""
        found: dict[str, Any] = {
            "scenarios": [shown for shown, _ in self.found],
            "errors": sum(problem.severity == "error" for problem in self.problems),
            "warnings": sum(problem.severity == "warning" for problem in self.problems),
            "problems": [problem.to_json() for problem in self.problems],
            "bugs": list(self.bugs),
        }
        return json.dumps(found, ensure_ascii=False)


def _count(problems: Sequence[Problem], severity: str) -> str:
    count = sum(problem.severity == severity for problem in problems)
    return f"no {severity}s" if not count else f"{count} {severity}{'s' * (count > 1)}"


def check_paths(paths: Iterable[Path]) -> Report:
    """Check scenario folders and packs, or folders that hold some."""
    found: list[tuple[str, tuple[Problem, ...]]] = []
    bugs: list[str] = []
    for given in paths:
        folders = scenarios_in(given)
        if not folders:
            shown = given.as_posix()
            where = SourceText(shown).problem(
                1, 1, "F106", "there is no scenario here", "name a folder that holds scenario.yaml, or a pack"
            )
            found.append((shown, (where,)))
        for one in folders:
            problems, failed = check_folder(one)
            found.append((one.as_posix(), tuple(problems)))
            bugs += failed
    return Report(tuple(found), tuple(bugs))


def scenarios_in(given: Path) -> list[Path]:
    """The scenario folders and packs that a path means: itself, or those directly in it."""
    if is_pack(given):
        return [given]
    if given.is_file() and given.name in SCENARIO_SIGNS:
        return [given.parent]
    if not given.is_dir():
        return []
    if _is_scenario(given):
        return [given]
    found = [path for path in sorted(given.iterdir()) if not is_left_behind(path.name)]
    return [path for path in found if _is_scenario(path) or path.suffix.lower() == SUFFIX]


def _is_scenario(path: Path) -> bool:
    return path.is_dir() and any((path / sign).is_file() for sign in SCENARIO_SIGNS)


def check_folder(path: Path | ScenarioFiles, rules_folder: Path | None = None) -> tuple[list[Problem], list[str]]:
    """Everything wrong or doubtful with one scenario, and what went wrong with the check itself."""
    return check_reading(read_scenario(path, rules_folder=rules_folder))


def check_reading(reading: Reading) -> tuple[list[Problem], list[str]]:
    """The same for a scenario that has been read already."""
    steps = check_in_steps(reading)
    while True:
        try:
            next(steps)
        except StopIteration as end:
            found: tuple[list[Problem], list[str]] = end.value
            return found


def check_in_steps(reading: Reading) -> Generator[None, None, tuple[list[Problem], list[str]]]:
    """The same in steps of some hundredths of a second, which a window can spread over its frames."""
    problems, bugs = _problems(reading, FILE_PASSES)
    if not has_errors(problems) and not bugs:
        for one in WORLD_PASSES:
            yield
            more, failed = _judged(reading, (one,))
            problems, bugs = [*problems, *more], [*bugs, *failed]
    return in_order(_unless_accepted(reading, problems)), bugs


def errors_of(reading: Reading) -> list[Problem]:
    """What loading a scenario must know: all problems of its files. Raises PassFailed for a bug of a pass."""
    problems, bugs = _problems(reading, FILE_PASSES)
    if bugs:
        raise PassFailed(bugs[0])
    return in_order(problems)


def _problems(reading: Reading, passes: Iterable[Pass]) -> tuple[list[Problem], list[str]]:
    found, bugs = _judged(reading, passes)
    return [*reading.notes.problems, *_names(reading), *found], bugs


def _judged(reading: Reading, passes: Iterable[Pass]) -> tuple[list[Problem], list[str]]:
    found: list[Problem] = []
    bugs: list[str] = []
    for one in passes:
        try:
            found += one(reading)
        except Exception as error:
            name = f"{one.__module__.rpartition('.')[2]}.{one.__name__}"
            what = f"{reading.shown}: a bug in the check: pass {name} failed with {type(error).__name__}: {error}."
            bugs.append(f"{what} fix: send this line and the scenario to the authors.")
    return found, bugs


def _names(reading: Reading) -> Iterator[Problem]:
    """Names against each other. A reference to what a fault elsewhere has hidden is sound: it is left alone."""
    notes = reading.notes
    unknown = notes.lost | {kind for file in reading.failed - set(reading.nodes) for kind in _kinds_of(file)}
    if reading.rules is None:
        unknown |= {"unit_type", "support", "terrain"}
    if any(name.partition("/")[0] == "forces" and not reading.has_tried(name) for name in reading.contents.names()):
        unknown.add("unit")
    hidden = {text for file in reading.failed for text in texts_of(reading.nodes.get(file))}
    asked = [name for name in notes.referred if name.kind not in unknown and name.text not in hidden]
    yield from repeated_names(notes.declared)
    yield from alike_names(notes.declared)
    yield from dangling_names(notes.declared, asked)


def _kinds_of(file: str) -> frozenset[str]:
    kind = FORCES.kind if file.startswith("forces/") else next((one.kind for one in FILES if one.name == file), None)
    return kinds_named(Record(kind)) if kind is not None else frozenset()


def _unless_accepted(reading: Reading, problems: Sequence[Problem]) -> Iterator[Problem]:
    """Warnings that the author has accepted are left out; acceptances of nothing are told."""
    head = reading.values.get("scenario.yaml")
    accepted = head.accepted if isinstance(head, ScenarioFile) else ()
    used = set()
    for problem in problems:
        silent = False
        for number, one in enumerate(accepted if problem.severity == "warning" else ()):
            here = problem.file == reading.contents.place(one.at) and (one.about is None or one.about in problem.what)
            if one.code == problem.code and here:
                used.add(number)
                silent = True
        if not silent:
            yield problem
    for number in range(len(accepted)):
        if number not in used and not has_errors(problems):
            at = reading.node("scenario.yaml", "accepted", number)
            yield at.problem("A101", "this warning does not occur any more", "remove the entry", "warning")
