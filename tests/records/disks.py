"""Disks that fail on purpose."""

from __future__ import annotations

import errno
import os
from pathlib import Path
from random import Random

from game.store import PRIVATE, Disk


class FaultyDisk(Disk):
    """A disk whose call number ``fail`` fails with an error, and with ``lasting`` every call after it."""

    def __init__(self, fail: int = 0, error: int = errno.EIO, *, lasting: bool = False, short: int = 0) -> None:
        self.calls: list[str] = []
        self._fail, self._error, self._lasting, self._short = fail, error, lasting, short

    def _count(self, name: str) -> None:
        self.calls.append(name)
        number = len(self.calls)
        if self._fail and (number == self._fail or (self._lasting and number > self._fail)):
            raise OSError(self._error, os.strerror(self._error))

    def create(self, path: Path, mode: int = PRIVATE) -> int:
        self._count("create")
        return super().create(path, mode)

    def write(self, file: int, data: bytes) -> int:
        self._count("write")
        return super().write(file, data[: self._short] if self._short else data)

    def sync(self, file: int) -> None:
        self._count("sync")
        super().sync(file)

    def close(self, file: int) -> None:
        super().close(file)  # the system lets go of a file even when it reports an error
        self._count("close")

    def read(self, path: Path) -> bytes:
        self._count("read")
        return super().read(path)

    def replace(self, source: Path, target: Path) -> None:
        self._count("replace")
        super().replace(source, target)

    def sync_folder(self, folder: Path) -> None:
        self._count("sync_folder")
        super().sync_folder(folder)

    def unlink(self, path: Path) -> None:
        self._count("unlink")
        super().unlink(path)


class LyingDisk(Disk):
    """A disk that gives back other data than were written."""

    def read(self, path: Path) -> bytes:
        return super().read(path)[:-1] + b"?"


class PowerLost(Exception):
    """The machine stopped."""


class PowerLossDisk(Disk):
    """A disk in memory that loses, at the end, what nobody waited for: each unsynced write is kept, torn or dropped."""

    def __init__(self, stop: int, chance: Random) -> None:
        self.files: dict[Path, bytes] = {}
        """What survives."""
        self._cache: dict[Path, bytes] = {}
        self._unsynced: dict[Path, bytes] = {}
        self._open: dict[int, Path] = {}
        self._renames: list[tuple[Path, Path]] = []
        self._left, self._chance = stop, chance

    def _step(self) -> None:
        self._left -= 1
        if self._left == 0:
            raise PowerLost

    def create(self, path: Path, mode: int = PRIVATE) -> int:
        self._step()
        number = len(self._open) + 1
        self._open[number] = path
        self._cache[path] = b""
        return number

    def write(self, file: int, data: bytes) -> int:
        self._step()
        path = self._open[file]
        self._cache[path] += data
        self._unsynced[path] = self._cache[path]
        return len(data)

    def sync(self, file: int) -> None:
        self._step()
        path = self._open[file]
        self.files[path] = self._cache[path]
        self._unsynced.pop(path, None)

    def close(self, file: int) -> None:
        pass

    def read(self, path: Path) -> bytes:
        self._step()
        return self._cache[path]

    def replace(self, source: Path, target: Path) -> None:
        self._step()
        self._cache[target] = self._cache.pop(source)
        self._renames.append((source, target))

    def sync_folder(self, folder: Path) -> None:
        self._step()
        self._settle(len(self._renames))

    def unlink(self, path: Path) -> None:
        self._cache.pop(path, None)

    def _settle(self, number: int) -> None:
        for source, target in self._renames[:number]:
            if source in self.files:
                self.files[target] = self.files.pop(source)
        del self._renames[:number]

    def crash(self) -> None:
        """The power comes back: unsynced data and names are there or not, as chance has it."""
        for path, data in self._unsynced.items():
            if self._chance.random() < 0.7:
                self.files[path] = data[: self._chance.randint(0, len(data))]
        self._settle(self._chance.randint(0, len(self._renames)))
