"""Files of results, a game a line: read without trusting them, merged from shards, resumed after a kill."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from game.faults import RecordFault, UsageFault
from game.scenario.world import World
from game.sim.batch import Batch, json_line

LINE_BYTES = 4 * 1024 * 1024
KEYS: Mapping[str, type | tuple[type, ...]] = {
    "scenario": str, "scenario_digest": str, "variant": int, "set": dict, "game": int, "seed": int, "players": dict,
    "options": dict, "winner": (str, type(None)), "bands": dict, "turns": int, "vp": dict, "ledgers": dict,
    "start": dict, "captures": list, "milestones": list, "incidents": int, "ladder": int, "orders": int, "digest": str,
}  # fmt: skip
"""What every line holds."""


def read_results(paths: Sequence[Path]) -> list[dict[str, Any]]:
    """The games of one or several files in the order of one whole run; raises RecordFault with file and line.

    A game that stands twice is taken once where both lines agree, and refused where they do not.
    """
    found: dict[tuple[Any, ...], tuple[str, dict[str, Any]]] = {}
    for path in paths:
        for number, record in _records(path):
            key = (record["scenario"], record["variant"], record["game"])
            place = f"{path}:{number}"
            before = found.setdefault(key, (place, record))
            if before[1] != record:
                what = (
                    f"{place}: game {record['game']} of variant {record['variant']} is told otherwise in {before[0]}."
                )
                raise RecordFault(what, "put together shards of one and the same batch only")
    if not found:
        raise RecordFault(f"{', '.join(map(str, paths))}: no game is in it.", "make results with simulate --json.")
    return [found[key][1] for key in sorted(found)]


def _records(path: Path) -> Iterator[tuple[int, dict[str, Any]]]:
    for number, line in enumerate(_lines(path), 1):
        yield number, _record(path, number, line)


def _lines(path: Path) -> Iterator[bytes]:
    try:
        with path.open("rb") as file:
            while line := file.readline(LINE_BYTES):
                yield line
    except OSError as error:
        raise RecordFault(
            f"{path}: it cannot be read ({error.strerror}).", "name a file of simulate --json."
        ) from error


def _record(path: Path, number: int, line: bytes) -> dict[str, Any]:
    where = f"{path}:{number}"
    try:
        record = json.loads(line)
    except (ValueError, RecursionError):
        raise RecordFault(f"{where}: this is no whole line of JSON.", "resume the batch, or remove the line.") from None
    if not isinstance(record, dict):
        raise RecordFault(f"{where}: a line must be one JSON object.", "name a file of simulate --json.")
    for key, kind in KEYS.items():
        if key not in record or not isinstance(record[key], kind) or isinstance(record[key], bool):
            raise RecordFault(
                f'{where}: "{key}" is missing or not what it should be.', "name a file of simulate --json."
            )
    return record


def resume(path: Path, world: World, batch: Batch) -> int:
    """How many games of a batch a file holds already; cuts off a last line that was not written to its end.

    Raises UsageFault where the file holds games of another batch: those would not go with the rest.
    """
    if not path.exists():
        return 0
    whole = 0
    jobs = batch.jobs
    for number, line in enumerate(_lines(path), 1):
        if not line.endswith(b"\n"):
            break
        record = _record(path, number, line)
        if number > len(jobs):
            raise UsageFault(
                f"{path}:{number}: the batch has {len(jobs)} games only.", "ask for as many games as before."
            )
        for key, value in batch.identity(world, jobs[number - 1]).items():
            if record[key] != value:
                what = f"{path}:{number}: this game has another {key}: {_short(record[key])}, not {_short(value)}."
                raise UsageFault(
                    what, "resume with the same scenario, seed, players and settings, or write a new file."
                )
        whole += len(line)
    if path.stat().st_size != whole:
        with path.open("rb+") as file:
            file.truncate(whole)
    return _count(path)


def run_merge(files: Sequence[Path], output: Path) -> int:
    """Write the games of several files as one; returns the exit code."""
    records = read_results(files)
    with output.open("w", encoding="utf-8", newline="\n") as file:
        file.writelines(json_line(record) for record in records)
    print(f"{len(records)} games in {output}")
    return 0


def _count(path: Path) -> int:
    return sum(1 for _ in _lines(path))


def _short(value: Any) -> str:
    text = json.dumps(value, ensure_ascii=False)
    return text if len(text) <= 40 else f"{text[:37]}…"


def variants_of(records: Iterable[Mapping[str, Any]]) -> dict[int, dict[str, Any]]:
    """What each variant of a file sets, by its number."""
    found: dict[int, dict[str, Any]] = {}
    for record in records:
        found.setdefault(record["variant"], record["set"])
    return found


def described(settings: Mapping[str, Any]) -> str:
    """A variant in words."""
    return ", ".join(f"{name}={value}" for name, value in settings.items()) or "the scenario's own rules"
