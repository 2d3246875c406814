"""Files of results, a game a line: read without trusting them, merged from shards, resumed after a kill."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, TypeAlias

from game.faults import RecordFault, UsageFault
from game.scenario.world import World
from game.sim.batch import Batch, json_line
from game.store import write_out

LINE_BYTES = 4 * 1024 * 1024
Keys: TypeAlias = Mapping[str, type | tuple[type, ...]]
"""What every line of a file holds: a kind of value by its name."""
KEYS: Keys = {
    "scenario": str, "scenario_digest": str, "variant": int, "set": dict, "game": int, "seed": int, "players": dict,
    "options": dict, "winner": (str, type(None)), "bands": dict, "turns": int, "vp": dict, "ledgers": dict,
    "start": dict, "captures": list, "milestones": list, "incidents": int, "ladder": int, "tally": dict,
    "orders": int, "forfeits": list, "digest": str,
}  # fmt: skip
"""What every line of ``simulate`` holds."""


def read_results(paths: Sequence[Path]) -> list[dict[str, Any]]:
    """The games of one or several files in the order of one whole run; raises RecordFault with file and line.

    A game that stands twice is taken once where both lines agree, and refused where they do not.
    """
    found: dict[tuple[Any, ...], tuple[str, dict[str, Any]]] = {}
    for path in paths:
        for number, record in records_of(path, KEYS):
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


def records_of(path: Path, keys: Keys) -> Iterator[tuple[int, dict[str, Any]]]:
    """The records of a file with the numbers of their lines; raises RecordFault where one is not what it should be."""
    for number, line in enumerate(_lines(path), 1):
        yield number, _record(path, number, line, keys)


def _lines(path: Path) -> Iterator[bytes]:
    try:
        with path.open("rb") as file:
            while line := file.readline(LINE_BYTES):
                yield line
    except OSError as error:
        raise RecordFault(
            f"{path}: it cannot be read ({error.strerror}).", "name a file of simulate --json."
        ) from error


def _record(path: Path, number: int, line: bytes, keys: Keys) -> dict[str, Any]:
    where = f"{path}:{number}"
    try:
        record = json.loads(line)
    except (ValueError, RecursionError):
        raise RecordFault(f"{where}: this is no whole line of JSON.", "resume the batch, or remove the line.") from None
    if not isinstance(record, dict):
        raise RecordFault(f"{where}: a line must be one JSON object.", "name a file of simulate --json.")
    for key, kind in keys.items():
        if key not in record or not isinstance(record[key], kind) or isinstance(record[key], bool):
            raise RecordFault(
                f'{where}: "{key}" is missing or not what it should be.', "name a file of simulate --json."
            )
    return record


def resume(path: Path, world: World, batch: Batch) -> int:
    """How many games of a batch a file holds already; cuts off a last line that was not written to its end.

    Raises UsageFault where the file holds games of another batch: those would not go with the rest.
    """
    return resumed(path, (batch.identity(world, job) for job in batch.jobs), "game", KEYS)


def resumed(path: Path, identities: Iterable[Mapping[str, Any]], what: str, keys: Keys) -> int:
    """How many records a file of lines holds of those that begin like ``identities``, in order; ``what`` they are."""
    if not path.exists():
        return 0
    whole, count = 0, 0
    wanted = iter(identities)
    for number, line in enumerate(_lines(path), 1):
        if not line.endswith(b"\n"):
            break
        record = _record(path, number, line, keys)
        identity = next(wanted, None)
        if identity is None:
            raise UsageFault(
                f"{path}:{number}: the batch has {count} {what}s only.", f"ask for as many {what}s as before."
            )
        for key, value in identity.items():
            if record[key] != value:
                told = f"{path}:{number}: this {what} has another {key}: {_short(record[key])}, not {_short(value)}."
                raise UsageFault(
                    told, "resume with the same scenario, seed, players and settings, or write a new file."
                )
        whole += len(line)
        count += 1
    if path.stat().st_size != whole:
        with path.open("rb+") as file:
            file.truncate(whole)
    return count


def run_merge(files: Sequence[Path], output: Path) -> int:
    """Write the games of several files as one; returns the exit code."""
    records = read_results(files)
    write_out(output, "".join(json_line(record) for record in records))
    print(f"{len(records)} games in {output}")
    return 0


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
