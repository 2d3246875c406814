#!/usr/bin/env python3
"""Feed hostile inputs to everything that reads what strangers send: 60,000 a run, each the same under the same seed.

    python tools/nightly_fuzz.py [--inputs 60000] [--seed 1] [--keep fuzz-failures]

Every input is tried in a worker process that may take 512 MB more than it starts with, and 5 seconds an input. What
fails (an exception that is not a refusal, a dead process, too much time or memory) is kept as a file with the reason.
The exit code is 1 when anything failed. The last lines are a table, a row for each kind of input.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import os
import signal
import sys
import time
import traceback
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from multiprocessing.connection import Connection
from pathlib import Path
from random import Random
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))
os.environ.setdefault("SDL_VIDEODRIVER", "dummy")
os.environ.setdefault("SDL_AUDIODRIVER", "dummy")
os.environ.setdefault("PYGAME_HIDE_SUPPORT_PROMPT", "1")

from game.scenario.build import world_from  # noqa: E402 - the checkout must come first
from game.scenario.checker import check_reading  # noqa: E402
from game.scenario.files import FILES, FORCES  # noqa: E402
from game.scenario.packs import Pack, belongs  # noqa: E402
from game.scenario.pictures import PngHeader, read_png_header  # noqa: E402
from game.scenario.reading import plain_form, read_scenario  # noqa: E402
from game.schema.binding import Notes, walk  # noqa: E402
from game.schema.problems import Problem, has_errors, safe  # noqa: E402
from game.schema.reader import read_bytes  # noqa: E402
from game.ui.imported import EMPTY, decoded_picture  # noqa: E402
from tools import fuzz_inputs  # noqa: E402

SECONDS = 5.0
MEGABYTES = 512
PATIENCE = 60.0
"""Seconds on the clock after which a worker is given up, however busy the machine is."""
BATCH = 200


class Wrong(Exception):
    """An answer that nobody should get."""


# --- what is tried --------------------------------------------------------------------------------------------------


def try_file(given: Any) -> bool:
    """One file through reader and declarations; whether it was accepted."""
    name, data = given
    kinds = {file.name: file.kind for file in FILES}
    root, problems = read_bytes(data, name)
    notes = Notes()
    walk(root, kinds.get(name, FORCES.kind), notes)
    _require_told([*problems, *notes.problems])
    return not has_errors([*problems, *notes.problems])


def try_scenario(given: Any) -> bool:
    """A whole scenario through every pass of the check, and into a world when nothing is wrong."""
    return _judged(Held(given))


def try_zip(given: Any) -> bool:
    """A pack: its directory, every file in it, and now and then the check."""
    pack = Pack(Path("pack.zip"), data=given)
    _require_told(pack.problems)
    for name in pack.names():
        if not belongs(name) or ".." in name.split("/") or name.startswith("/"):
            raise Wrong(f"a file of the pack is called {name!r}")
        data, problems = pack.read(name)
        _require_told(problems)
        if (data is None) == (not problems):
            raise Wrong(f"{name}: neither bytes nor a reason")
    return _judged(pack) if len(given) % 10 == 0 else not has_errors(pack.problems)


def try_picture(given: Any) -> bool:
    """A picture, as far as the decoder if it gets there."""
    header, shown = read_png_header(given), decoded_picture(given, "picture.png")
    if shown.problem is not None:
        _require_told([shown.problem])
        if shown.surface.get_size() != EMPTY:
            raise Wrong("a refused picture is shown")
    elif not isinstance(header, PngHeader) or shown.surface.get_size() != header.size:
        raise Wrong("the picture is not of the size that its header tells")
    return shown.problem is None


KINDS: dict[str, tuple[Callable[[Random], Any], Callable[[Any], bool], int]] = {
    "file": (fuzz_inputs.spoilt_file, try_file, 58),
    "scenario": (fuzz_inputs.spoilt_scenario, try_scenario, 5),
    "zip": (fuzz_inputs.spoilt_zip, try_zip, 20),
    "picture": (fuzz_inputs.spoilt_png, try_picture, 17),
}
"""How an input of each kind is made and tried, and how many of a hundred inputs are of it."""


class Held:
    """A scenario's files in memory."""

    shown, name, problems = "base", "base", ()

    def __init__(self, files: dict[str, bytes]) -> None:
        self.files = files

    def names(self) -> list[str]:
        """All of them."""
        return sorted(self.files)

    def has(self, name: str) -> bool:
        """Whether there is one of that name."""
        return name in self.files

    def place(self, name: str) -> str:
        """As messages name it."""
        return f"base/{name}"

    def read(self, name: str, limit: int = 1 << 22) -> tuple[bytes | None, list[Problem]]:
        """Its bytes."""
        return self.files[name][: limit + 1], []


def _judged(contents: Any) -> bool:
    reading = read_scenario(contents)
    problems, bugs = check_reading(reading)
    _require_told(problems)
    if bugs:
        raise Wrong(bugs[0])
    if not has_errors(problems):
        world_from(plain_form(reading))
    return not has_errors(problems)


def _require_told(problems: Sequence[Problem]) -> None:
    """Every problem has a remedy and can be shown on a terminal."""
    for problem in problems:
        if not problem.what or not problem.fix or problem.line < 1 or problem.column < 1:
            raise Wrong(f"half a message: {problem.head()}")
        if any(safe(line) != line for line in problem.lines()):
            raise Wrong(f"a message that spoofs the terminal: {problem.code} {problem.lines()!a}")


# --- one input ------------------------------------------------------------------------------------------------------


def kind_of(number: int) -> str:
    """Which kind an input is of."""
    rest = number % 100
    for kind, (_, _, share) in KINDS.items():
        if rest < share:
            return kind
        rest -= share
    raise AssertionError("the shares do not make a hundred")


def dice_of(seed: int, number: int) -> Random:
    """The dice that make an input."""
    return Random(f"{seed}:{kind_of(number)}:{number}")


def input_bytes(seed: int, number: int) -> bytes:
    """An input again, for the file that keeps it."""
    made = KINDS[kind_of(number)][0](dice_of(seed, number))
    if isinstance(made, tuple):
        return f"{made[0]}\n".encode() + bytes(made[1])
    if isinstance(made, dict):
        return json.dumps({name: data.decode("latin-1") for name, data in made.items()}, indent=1).encode()
    return bytes(made)


@dataclass(slots=True)
class Tried:
    """How one input went. ``failure``: why it counts as failed, "" for a good end."""

    number: int
    accepted: bool = False
    seconds: float = 0.0
    megabytes: float = 0.0
    failure: str = ""


def tried(seed: int, number: int) -> Tried:
    """Try one input in this process."""
    make, attempt, _ = KINDS[kind_of(number)]
    result, started = Tried(number), time.process_time()
    try:
        given = make(dice_of(seed, number))
        started = time.process_time()
        result.accepted = attempt(given)
    except MemoryError:
        result.failure = f"more than {MEGABYTES} MB"
    except Exception:
        result.failure = traceback.format_exc(limit=-6)
    result.seconds = time.process_time() - started
    result.megabytes = peak_megabytes()
    if result.seconds > SECONDS and not result.failure:
        result.failure = f"{result.seconds:.1f} s"
    return result


def peak_megabytes() -> float:
    """The most memory that this process has held so far."""
    try:
        import resource
    except ImportError:
        return 0.0
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


# --- workers --------------------------------------------------------------------------------------------------------


def work(pipe: Connection, seed: int, numbers: range) -> None:
    """Try inputs one by one and tell how each went."""
    limit_memory()
    for number in numbers:
        pipe.send(tried(seed, number))
    pipe.close()


def limit_memory() -> None:
    """No more address space than this process has now and 512 MB; where the system cannot, its peak is looked at."""
    try:
        import resource

        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0])
        most = pages * resource.getpagesize() + MEGABYTES * 2**20
        resource.setrlimit(resource.RLIMIT_AS, (most, most))
    except (ImportError, OSError, ValueError):
        return


def watched(seed: int, numbers: range) -> Iterator[Tried]:
    """The inputs of a batch, tried in a process of their own; one that dies is replaced by another for the rest."""
    while numbers:
        ours, theirs = multiprocessing.Pipe(duplex=False)
        worker = multiprocessing.Process(target=work, args=(theirs, seed, numbers), daemon=True)
        worker.start()
        theirs.close()
        try:
            while numbers:
                if not ours.poll(PATIENCE):
                    worker.kill()
                    yield Tried(numbers[0], failure=f"no answer within {PATIENCE:.0f} s")
                    break
                yield ours.recv()
                numbers = numbers[1:]
        except EOFError:
            worker.join()
            yield Tried(numbers[0], failure=f"the process died with exit code {worker.exitcode}")
        worker.join()
        numbers = numbers[1:]


# --- the run --------------------------------------------------------------------------------------------------------


@dataclass(slots=True)
class Row:
    """What became of the inputs of one kind."""

    inputs: int = 0
    accepted: int = 0
    failures: int = 0
    slowest: float = 0.0
    megabytes: float = 0.0
    numbers: list[int] = field(default_factory=list)

    def add(self, one: Tried) -> None:
        """Count an input."""
        self.inputs += 1
        self.accepted += one.accepted
        self.failures += bool(one.failure)
        self.slowest = max(self.slowest, one.seconds)
        self.megabytes = max(self.megabytes, one.megabytes)
        if one.failure:
            self.numbers.append(one.number)


def table(rows: dict[str, Row], seconds: float, seed: int) -> Iterator[str]:
    """The rows for people."""
    yield f"seed {seed}, {sum(row.inputs for row in rows.values()):,} inputs in {seconds:,.0f} s"
    yield f"{'kind':10}{'inputs':>9}{'accepted':>10}{'refused':>9}{'failed':>8}{'slowest':>10}{'peak':>9}"
    for kind, row in rows.items():
        refused = row.inputs - row.accepted - row.failures
        yield (
            f"{kind:10}{row.inputs:9,}{row.accepted:10,}{refused:9,}{row.failures:8,}"
            f"{row.slowest:8.2f} s{row.megabytes:6.0f} MB"
        )


def keep(folder: Path, seed: int, one: Tried) -> None:
    """Put a failed input and the reason into files."""
    folder.mkdir(parents=True, exist_ok=True)
    name = f"{kind_of(one.number)}-{seed}-{one.number}"
    (folder / f"{name}.txt").write_text(one.failure, encoding="utf-8")
    try:
        data = input_bytes(seed, one.number)
    except (MemoryError, RecursionError) as error:
        data = f"the input cannot be made: {type(error).__name__}".encode()
    (folder / f"{name}.input").write_bytes(data)


def run(seed: int, inputs: int, folder: Path | None, rows: dict[str, Row] | None = None) -> dict[str, Row]:
    """Try so many inputs, batch by batch, and count them in ``rows``."""
    rows = {} if rows is None else rows
    rows.update({kind: Row() for kind in KINDS})
    for first in range(0, inputs, BATCH):
        for one in watched(seed, range(first, min(first + BATCH, inputs))):
            rows[kind_of(one.number)].add(one)
            if one.failure and folder is not None:
                keep(folder, seed, one)
        if sys.stderr.isatty():
            print(f"\r{first + BATCH:,} of {inputs:,}", end="", file=sys.stderr, flush=True)
    return rows


def main() -> int:
    """The command line."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--inputs", type=int, default=60_000)
    parser.add_argument("--seed", type=int, default=int(time.strftime("%Y%m%d")))
    parser.add_argument("--keep", type=Path, default=Path("fuzz-failures"))
    told = parser.parse_args()
    started = time.perf_counter()
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    rows: dict[str, Row] = {}
    try:
        run(told.seed, told.inputs, told.keep, rows)
    except KeyboardInterrupt:
        print("cut off: what was tried so far")
    for line in table(rows, time.perf_counter() - started, told.seed):
        print(line)
    failed = [number for row in rows.values() for number in row.numbers]
    if failed:
        print(f"{len(failed)} failures are kept in {told.keep}")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
