#!/usr/bin/env python3
"""Make small faults in the rules, one at a time, and see whether a test notices: prints those that none does.

    python tools/mutate.py [--count 100] [--seed 1] [--of game/rules,game/kernels] [--tests tests/rules,...]
    python tools/mutate.py --of game/rules/zones.py --count 0        # all of one file

A map of which test reaches which line is made first (Python 3.12 or newer; a few minutes) and kept outside the tree
until a source changes; tests that changed are mapped anew. A mutant lives in a process of its own, forked when all
tests are imported: no file is ever written. The tests that reach the changed line run, the most particular first,
until one fails. `tools/mutants_equal.txt` names mutants that nobody can tell from the original, each with a reason;
they are left out. The exit code is 1 when less than --bar percent are noticed.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from hashlib import blake2b
from importlib.machinery import ModuleSpec, PathFinder, SourceFileLoader
from pathlib import Path
from random import Random
from typing import Any, TextIO

import pytest
from _pytest.runner import runtestprotocol

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from tools.mutations import Mutation, codes, install, mutant, mutations  # noqa: E402 - the checkout must come first

SOURCES = "game/rules,game/kernels,game/state,game/records,game/view.py"
TESTS = "tests/rules,tests/numbers,tests/contract,tests/records,tests/ai"
EQUAL = ROOT / "tools" / "mutants_equal.txt"
MEMORY = 3 << 30
KILLED, SURVIVED, UNREACHED = "killed", "survived", "no test reaches it"


@dataclass
class Options:
    """What the command line asks for."""

    count: int
    seed: int
    sources: list[str]
    tests: list[str]
    jobs: int
    seconds: float
    map_file: Path
    bar: int
    again: Path | None = None
    log: TextIO | None = None


@dataclass
class Map:
    """Which test runs which lines of which file, and how long it takes; ``marks`` says what it was made of."""

    marks: dict[str, str] = field(default_factory=dict)
    seconds: dict[str, float] = field(default_factory=dict)
    lines: dict[str, dict[str, list[int]]] = field(default_factory=dict)

    def reaching(self, mutation: Mutation) -> list[str]:
        """The tests that run a line, the most particular first; for what is outside functions, those of its file, and
        those whose own file names the module."""
        test_files = set() if mutation.function else {test.partition("::")[0] for test in self.lines}
        naming = {file for file in test_files if mutation.module in (ROOT / file).read_text("utf-8")}
        tests = [
            test for test, files in self.lines.items()
            if (mutation.file in files and (not mutation.function or mutation.line in files[mutation.file]))
            or test.partition("::")[0] in naming
        ]  # fmt: skip
        return sorted(tests, key=self._cost)

    @cache  # noqa: B019 - one map lives as long as the process
    def _cost(self, test: str) -> tuple[float, str]:
        breadth = sum(map(len, self.lines[test].values()))
        return (self.seconds[test] + 0.05) * breadth, test

    __hash__ = object.__hash__


# --- the map ------------------------------------------------------------------------------------------------------


def digest(paths: Iterator[Path]) -> str:
    """One digest of some files."""
    found = blake2b(digest_size=12)
    for path in sorted(paths):
        found.update(path.read_bytes())
    return found.hexdigest()


def marks(options: Options) -> dict[str, str]:
    """Digests of the sources together, and of each test file."""
    found = {"": digest(path for one in SOURCES.split(",") for path in source_files(one))}
    for folder in options.tests:
        for path in [ROOT / folder] if folder.endswith(".py") else (ROOT / folder).rglob("*.py"):
            found[path.relative_to(ROOT).as_posix()] = digest(iter([path]))
    return found


def source_files(name: str) -> Iterator[Path]:
    """The Python files under a folder, or the file itself."""
    path = ROOT / name
    yield from [path] if path.is_file() else sorted(path.rglob("*.py"))


def old_map(options: Options) -> Map:
    """What is still true of the map that was kept."""
    now = marks(options)
    if not options.map_file.is_file():
        return Map(now)
    kept = Map(**json.loads(options.map_file.read_text()))
    if kept.marks.get("") != now[""]:
        return Map(now)
    now = {**kept.marks, **now}  # what was mapped of other tests than are asked for now stays
    good = [test for test in kept.lines if kept.marks.get(_file(test)) == now.get(_file(test)) is not None]
    return Map(now, {test: kept.seconds[test] for test in good}, {test: kept.lines[test] for test in good})


def _file(test: str) -> str:
    return test.partition("::")[0]


def add_to_map(found: Map, items: list[pytest.Item], save: Path) -> None:
    """Run tests and note the lines they run. Those that fail by themselves are no use and are left out."""
    watch: Any = vars(sys)["monitoring"]  # from Python 3.12 on
    names: dict[Any, str] = {}
    watch.use_tool_id(watch.COVERAGE_ID, "mutate")
    for one in SOURCES.split(","):
        for path in source_files(one):
            name = path.relative_to(ROOT).as_posix()
            module = sys.modules.get(name.removesuffix(".py").replace("/", "."))
            for code in _live(module) if module else ():
                names[code] = name
                watch.set_local_events(watch.COVERAGE_ID, code, watch.events.LINE)
    seen: dict[str, set[int]] = {}

    def note(code: Any, line: int) -> Any:
        seen.setdefault(names[code], set()).add(line)
        return watch.DISABLE

    watch.register_callback(watch.COVERAGE_ID, watch.events.LINE, note)
    for number, item in enumerate(items):
        seen.clear()
        watch.restart_events()
        started = time.process_time()
        reports = runtestprotocol(item, nextitem=items[number + 1] if number + 1 < len(items) else None, log=False)
        if all(report.passed for report in reports):
            found.seconds[item.nodeid] = round(time.process_time() - started, 4)
            found.lines[item.nodeid] = {name: sorted(lines) for name, lines in seen.items()}
        elif any(report.failed for report in reports):
            told("fails without any fault:", item.nodeid)
        if number % 100 == 99 or number + 1 == len(items):
            told(f"mapped {number + 1} of {len(items)} tests")
            save.write_text(json.dumps({"marks": found.marks, "seconds": found.seconds, "lines": found.lines}))


def _live(module: Any) -> Iterator[Any]:
    """The code objects of a module's functions and methods, as they are called."""
    for thing in vars(module).values():
        for member in [thing, *(vars(thing).values() if isinstance(thing, type) else ())]:
            member = getattr(member, "fget", getattr(member, "func", member))
            member = getattr(member, "__func__", member)
            while hasattr(member, "__wrapped__"):
                member = member.__wrapped__
            if getattr(member, "__module__", None) == module.__name__ and hasattr(member, "__code__"):
                yield from codes(member.__code__)


# --- one mutant ---------------------------------------------------------------------------------------------------


def forked(mutation: Mutation | None, items: list[pytest.Item], found: Map, options: Options) -> int:
    """Start a process in which a mutant meets its tests; exit code 1 when one fails, 0 when none does."""
    child = os.fork()
    if child:
        return child
    code = 1
    try:
        silent = os.open(os.devnull, os.O_WRONLY)
        os.dup2(silent, 1)
        os.dup2(silent, 2)
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
        signal.signal(signal.SIGPROF, lambda *_: os._exit(1))  # it runs for ever: noticed
        if mutation is not None:
            install(ROOT, mutation)
        code = int(_fails(mutation, items, found, options))
    finally:
        if options.log is not None:
            options.log.flush()
        os._exit(code)


def _fails(mutation: Mutation | None, items: list[pytest.Item], found: Map, options: Options) -> bool:
    started = time.process_time()
    for number, item in enumerate(items):
        signal.setitimer(signal.ITIMER_PROF, 10 + 10 * found.seconds[item.nodeid])
        reports = runtestprotocol(item, nextitem=items[number + 1] if number + 1 < len(items) else None, log=False)
        if any(report.failed for report in reports):
            if options.log is not None:
                name = mutation.name if mutation is not None else "NOTHING CHANGED"
                words = [report.longreprtext[-400:] for report in reports if report.failed]
                print(name, item.nodeid, *words, sep="\n  ", file=options.log)
            return True
        if time.process_time() - started > options.seconds:
            break
    return False


class Swapped(SourceFileLoader):
    """Loads a mutated module in the place of the true one."""

    mutation: Mutation

    def get_code(self, fullname: str) -> Any:
        return mutant(ROOT, self.mutation)


class Finder(PathFinder):
    """Finds the module that is to be mutated."""

    mutation: Mutation

    @classmethod
    def find_spec(cls, fullname: str, path: Any = None, target: Any = None) -> ModuleSpec | None:
        if fullname != cls.mutation.module:
            return None
        spec = super().find_spec(fullname, path, target)
        assert spec is not None and spec.origin is not None
        spec.loader = Swapped(fullname, spec.origin)
        spec.loader.mutation = cls.mutation
        return spec


def alone(file: str, index: str, seconds: str) -> int:
    """A mutant outside of any function, in a fresh interpreter; the tests come in on standard input.

    One that runs for ever or takes all memory ends by itself, and counts as noticed.
    """
    resource.setrlimit(resource.RLIMIT_CPU, (int(seconds), int(seconds) + 5))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    Finder.mutation = mutations(ROOT, file)[int(index)]
    sys.meta_path.insert(0, Finder)
    os.chdir(ROOT)
    return int(bool(pytest.main(["-x", "-q", "-p", "no:cacheprovider", *sys.stdin.read().split("\n")])))


def started_alone(mutation: Mutation, tests: list[str], seconds: float) -> subprocess.Popen[str]:
    """The same mutant and its tests in a process of their own, which may take so much processor time."""
    process = subprocess.Popen(
        [sys.executable, __file__, "--alone", mutation.file, str(mutation.index), str(int(seconds))],
        stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, text=True,
    )  # fmt: skip
    assert process.stdin is not None
    process.stdin.write("\n".join(tests))
    process.stdin.close()
    return process


# --- all of them --------------------------------------------------------------------------------------------------


class Runner:
    """A pytest plugin: once the tests are collected, it runs them against mutants instead of once."""

    def __init__(self, options: Options) -> None:
        self.options, self.score = options, 0.0

    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        """Bring the map up to date, then try the mutants."""
        if session.testsfailed:
            raise session.Interrupted("the tests cannot be collected")
        items = {item.nodeid: item for item in session.items if not item.get_closest_marker("skip")}
        found = old_map(self.options)
        missing = [item for name, item in items.items() if name not in found.lines]
        if missing:
            told(f"mapping {len(missing)} tests")
            child = os.fork()
            if not child:
                try:
                    add_to_map(found, missing, self.options.map_file)
                finally:
                    os._exit(0)
            os.waitpid(child, 0)
            found = old_map(self.options)
        self._judge(found, items)
        return True

    def _judge(self, found: Map, items: dict[str, pytest.Item]) -> None:
        warm_up()
        equal, verdicts = equivalents(), dict[str, list[Mutation]]()
        drawn = [one for one in self._drawn() if one.name not in equal]
        for number, (mutation, verdict) in enumerate(self._verdicts(drawn, found, items), 1):
            verdicts.setdefault(verdict, []).append(mutation)
            if verdict != KILLED:
                told(f"{mutation.file}:{mutation.line}: {verdict}: {mutation.name}")
            if number % 25 == 0:
                told(f"{number} of {len(drawn)} tried, {len(verdicts.get(KILLED, []))} noticed")
        killed = len(verdicts.get(KILLED, []))
        self.score = 100 * killed / max(1, len(drawn))
        told(f"{killed} of {len(drawn)} mutants noticed: {self.score:.1f} % (seed {self.options.seed})")

    def _drawn(self) -> list[Mutation]:
        every = [
            one for source in self.options.sources for path in source_files(source)
            for one in mutations(ROOT, path.relative_to(ROOT).as_posix())
        ]  # fmt: skip
        if self.options.again is not None:
            names = set(self.options.again.read_text(encoding="utf-8").splitlines())
            return [one for one in every if one.name in names]
        rng, count = Random(self.options.seed), self.options.count or len(every)
        return rng.sample(every, min(count, len(every)))

    def _verdicts(
        self, drawn: list[Mutation], found: Map, items: dict[str, pytest.Item]
    ) -> Iterator[tuple[Mutation, str]]:
        running: Running = {}
        for number, mutation in enumerate(drawn):
            tests = [test for test in found.reaching(mutation) if test in items]
            if not tests:
                yield mutation, UNREACHED
                continue
            while len(running) >= self.options.jobs:
                yield from _waited(running)
            known = [items[test] for test in tests]
            if not mutation.function:
                few = tests[:150]
                process = started_alone(mutation, few, 60 + 10 * sum(found.seconds[test] for test in few))
                running[process.pid] = mutation, process
                continue
            running[forked(mutation, known, found, self.options)] = mutation, None
            if number % 40 == 0:  # the same tests without a fault, to see that it is the fault that they notice
                running[forked(None, known, found, self.options)] = None, None
        while running:
            yield from _waited(running)


Running = dict[int, tuple[Mutation | None, "subprocess.Popen[str] | None"]]
"""What runs, by process: the mutant, None where nothing was changed; and its Popen where it has one."""


def _waited(running: Running) -> Iterator[tuple[Mutation, str]]:
    child, status = os.wait()
    code = os.waitstatus_to_exitcode(status)
    mutation, process = running.pop(child)
    if process is not None:
        process.returncode = code  # so that nobody thinks it still runs
    if mutation is not None:
        yield mutation, KILLED if code else SURVIVED
    elif code:
        raise RuntimeError("tests fail although nothing was changed: the verdicts are worth nothing")


def warm_up() -> None:
    """Read the shipped files once, before any process forks: what they define is not mutated, and reading costs more
    than most tests do."""
    from game.scenario.loading import load_scenario  # only here: a mutant of a module's own lines must import it first
    from tests.situation import situation

    for folder in (ROOT / "scenarios").glob("*/scenario.yaml"):
        load_scenario(folder.parent)
    situation(". .\n. .")


def equivalents() -> set[str]:
    """The names of mutants that are no faults; each stands in its list with a reason behind a bar."""
    lines = EQUAL.read_text(encoding="utf-8").splitlines() if EQUAL.is_file() else []
    return {line.rpartition(" | ")[0].strip() for line in lines if " | " in line and not line.startswith("#")}


def told(*words: object) -> None:
    """Say something past pytest's hold on standard output."""
    print(*words, file=sys.__stdout__, flush=True)


def main() -> int:
    if sys.argv[1:2] == ["--alone"]:
        return alone(*sys.argv[2:5])
    parser = argparse.ArgumentParser(description="see whether the tests notice small faults")
    parser.add_argument("--count", type=int, default=100, help="mutants to draw; 0 for all")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--of", default="game/rules,game/kernels", help="files and folders, with commas between them")
    parser.add_argument("--tests", default=TESTS)
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--seconds", type=float, default=60, help="processor time for a mutant")
    parser.add_argument("--map", type=Path, default=Path(tempfile.gettempdir()) / "mutation-map.json")
    parser.add_argument("--bar", type=int, default=85)
    parser.add_argument("--again", type=Path, help="a file of names, a line each: try these and no others")
    parser.add_argument("--log", type=argparse.FileType("a"), help="which test noticed which mutant, and how")
    asked = parser.parse_args()
    if sys.version_info < (3, 12):
        parser.error("the map of tests needs Python 3.12 or newer")
    tests = asked.tests.split(",")
    options = Options(
        asked.count, asked.seed, asked.of.split(","), tests, asked.jobs, asked.seconds, asked.map, asked.bar,
        asked.again, asked.log,
    )  # fmt: skip
    os.chdir(ROOT)
    runner = Runner(options)
    code = pytest.main(["-q", "-s", "--no-header", "-p", "no:cacheprovider", *tests], plugins=[runner])
    return int(code) or int(runner.score < options.bar)


if __name__ == "__main__":
    sys.exit(main())
