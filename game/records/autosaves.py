"""The game's own saves: one at the start of every phase, of which a fixed choice stays.

Kept are the newest eight phases, the start of the last five turns, and the start of the game; for the games
played last. Their order is told by a number in the header that counts up, never by a clock. An older one goes
only when the newer one is on the disk and was read back. Saves of the player are never touched.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from game import store
from game.faults import Fault, RecordFault
from game.records.contents import SaveContents, read_contents
from game.records.envelope import Header
from game.records.saves import SUFFIX, now, read_header, save_bytes
from game.session import Session

PHASES, TURNS, GAMES = 8, 5, 5
PREFIX = "auto-"
LAST = 999_999
"""Highest number of an autosave; what has a higher one was not made by a game, and belongs to no ring."""


@dataclass(frozen=True, slots=True)
class Slot:
    """An autosave that can be listed."""

    path: Path
    header: Header

    @property
    def game(self) -> tuple[str, int]:
        """What tells one game from another."""
        return self.header.scenario_sha256, self.header.seed

    @property
    def copy(self) -> str:
        """Which copy of the program made it, "" the first: each has a ring of its own."""
        return self.path.name.removeprefix(PREFIX).partition("-")[0].partition(".")[2]

    @property
    def age(self) -> tuple[int, str, str]:
        """Greater the later it was made."""
        return self.header.seq, self.header.saved, self.path.name


@dataclass(frozen=True, slots=True)
class Found:
    """The newest autosave that loads. ``skipped`` are newer ones that do not, ``missing`` the orders lost with them."""

    path: Path
    contents: SaveContents
    skipped: tuple[str, ...]
    missing: int
    """-1 when the damaged ones do not even tell how many they had."""


def autosave(
    session: Session,
    folder: Path,
    notes: Mapping[str, Any] | None = None,
    *,
    disk: store.Disk = store.REAL,
    phases: int = PHASES,
    copy: int = 1,
) -> Path:
    """Save the start of a phase into the ring; raises EnvironmentFault, and then the ring is as it was.

    ``copy`` numbers the programs that run beside each other on one folder (:func:`game.store.claim`).
    """
    slots, tag = ring(folder), "" if copy == 1 else str(copy)
    told = [_number_in(path.name) for path in _files(folder)]  # damaged ones are not written over
    seq = min(LAST, max([0, *told, *(slot.header.seq for slot in slots)]) + 1)
    game = hashlib.sha256(f"{session.world.digest} {session.seed}".encode()).hexdigest()[:6]
    clock, world = session.state.clock, session.world
    phase = "end" if session.over else world.factions[session.state.faction].id
    whose = f"{game}.{tag}" if tag else game
    path = folder / f"{PREFIX}{whose}-{seq:06d}-t{clock.turn:02d}-{phase}{SUFFIX}"
    store.write_atomic(path, save_bytes(session, notes, name="autosave", seq=seq, saved=now()), disk)
    slots.append(Slot(path, read_header(path)))
    own = [slot for slot in slots if slot.copy == tag]
    kept = frozenset(slot.path for slot in chosen(own, phases))
    for slot in own:
        if slot.path not in kept:
            with suppress(OSError):  # it stays, and is tried again the next time
                slot.path.unlink(missing_ok=True)
    store.sweep(folder)
    return path


def ring(folder: Path) -> list[Slot]:
    """The autosaves of a folder with sound headers, oldest first."""
    found = []
    for path in _files(folder):
        try:
            header = read_header(path)
        except Fault:
            continue
        if 0 < header.seq <= LAST:
            found.append(Slot(path, header))
    return sorted(found, key=lambda slot: slot.age)


def _files(folder: Path) -> list[Path]:
    """What is named like an autosave, whatever it is; nothing where the folder cannot be looked into."""
    try:
        return sorted(path for path in folder.iterdir() if path.name.startswith(PREFIX) and path.suffix == SUFFIX)
    except OSError:
        return []


def chosen(slots: list[Slot], phases: int = PHASES) -> Iterator[Slot]:
    """The slots that stay: of each of the last games the newest phases, the starts of turns, and the first."""
    games = list(dict.fromkeys(slot.game for slot in reversed(slots)))[:GAMES]
    for game in games:
        own = [slot for slot in slots if slot.game == game]
        starts = [
            slot for before, slot in zip([None, *own], own, strict=False)
            if before is None or before.header.turn != slot.header.turn
        ]  # fmt: skip
        newest_of_turn = {slot.header.turn: slot for slot in starts}
        recent = sorted(newest_of_turn.values(), key=lambda slot: slot.header.seq)[-TURNS:]
        yield from own[-phases:]
        yield from recent
        yield newest_of_turn[min(newest_of_turn)]


def newest_autosave(folder: Path) -> Found | None:
    """The newest autosave that is sound, with what is wrong with newer ones; None when there is none."""
    skipped: list[str] = []
    orders: list[int] = []
    for path in _newest_first(folder):
        try:
            contents = read_contents(path)
        except (RecordFault, store.StoreFault) as fault:
            skipped.append(fault.message)
            orders.append(_orders_told(path))
            continue
        missing = -1 if -1 in orders else max((n - contents.header.orders for n in orders), default=0)
        return Found(path, contents, tuple(skipped), missing)
    return None


def _newest_first(folder: Path) -> list[Path]:
    """By number; a file with a broken header counts by the number in its name."""
    ages = {slot.path: slot.age for slot in ring(folder)}
    files = [path for path in _files(folder) if path in ages or _number_in(path.name)]
    return sorted(files, key=lambda path: ages.get(path, (_number_in(path.name), "", path.name)), reverse=True)


def _number_in(name: str) -> int:
    """The number in the name of an autosave, 0 where there is none that a game could have given."""
    parts = name.split("-")
    digits = parts[2] if len(parts) > 3 else ""
    number = int(digits) if digits.isascii() and digits.isdigit() and len(digits) < 10 else 0
    return number if number <= LAST else 0


def _orders_told(path: Path) -> int:
    try:
        return read_header(path).orders
    except Fault:
        return -1
