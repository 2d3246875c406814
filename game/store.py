"""All work with the user's own files: saves, replays, settings. Nothing else of the game writes there.

A file is written beside its place under a name of its own, forced to the disk, read back, and only then renamed
over the old one. Whatever happens in between, a full disk or a kill, the old file is whole or the new one is.
"""

from __future__ import annotations

import contextlib
import errno
import hashlib
import itertools
import os
import platform
import re
import stat
import sys
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from platformdirs import user_config_path, user_data_path

from game.faults import EnvironmentFault, UsageFault
from game.words import say

APPLICATION = "race-for-deir-ezzor"
PRIVATE, SHARED = 0o600, 0o666
"""Rights of a new file: the user's alone (saves, settings), or as the umask says (what is made to be passed on)."""
NAME_LENGTH = 80
OWNER_BYTES = 1024
NAME_BYTES = 180
_TEMPORARY = re.compile(r"\.(?P<name>.+)\.(?P<pid>\d{1,10})\.\d+\.tmp")
_RESERVED = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\.|$)", re.IGNORECASE)
_ADVICE = {
    errno.ENOSPC: "make room on the disk and save again",
    getattr(errno, "EDQUOT", errno.ENOSPC): "make room on the disk and save again",
    errno.EROFS: "save to another folder, this disk may only be read",
    errno.EACCES: "save to another folder, or change the rights of this one",
    errno.EPERM: "save to another folder, or change the rights of this one",
    errno.EMFILE: "close other programs and save again",
    errno.ENAMETOOLONG: "choose a shorter name",
}
GO_ON = "make room for it and start the command again, with --resume if it has that: what is written stays"
_numbers = itertools.count(1)


class StoreFault(EnvironmentFault):
    """The disk stands in the way: ``operation`` says at what, ``path`` where."""

    def __init__(self, operation: str, path: Path, reason: str, remedy: str) -> None:
        super().__init__(f"{path}: {operation} failed: {reason}.", remedy)
        self.operation = operation
        self.path = path


def saves_folder() -> Path:
    """Where the player's own saves and replays lie."""
    return user_data_path(APPLICATION, appauthor=False) / "saves"


def autosaves_folder() -> Path:
    """Where the game keeps its own saves; they come and go."""
    return user_data_path(APPLICATION, appauthor=False) / "autosaves"


def settings_folder() -> Path:
    """Where settings lie."""
    return user_config_path(APPLICATION, appauthor=False)


# --- the disk -------------------------------------------------------------------------------------------------------


class Disk:
    """The few calls that writing a file takes, so that tests can stand in a disk that fails."""

    def create(self, path: Path, mode: int = PRIVATE) -> int:
        """A new file with the rights of ``mode``, less what the umask takes; it must not be there yet."""
        flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0) | getattr(os, "O_NOFOLLOW", 0)
        return os.open(path, flags, mode)

    def write(self, file: int, data: bytes) -> int:
        """Write some of the data and tell how much."""
        return os.write(file, data)

    def sync(self, file: int) -> None:
        """Wait until the data are on the disk."""
        os.fsync(file)

    def close(self, file: int) -> None:
        """Let go of the file."""
        os.close(file)

    def read(self, path: Path) -> bytes:
        """The whole file."""
        return path.read_bytes()

    def replace(self, source: Path, target: Path) -> None:
        """Rename, taking the place of what is there."""
        source.replace(target)

    def sync_folder(self, folder: Path) -> None:
        """Wait until the folder remembers the new name; where a system cannot, its own order of writes must do."""
        if os.name == "nt":
            return
        file = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(file)
        except OSError as error:
            if error.errno not in (errno.EINVAL, errno.ENOTSUP):
                raise
        finally:
            os.close(file)

    def unlink(self, path: Path) -> None:
        """Remove a file."""
        path.unlink()


REAL = Disk()


def write_atomic(path: Path, data: bytes, disk: Disk = REAL, *, mode: int = PRIVATE) -> None:
    """Put ``data`` at ``path``, all or nothing; raises StoreFault, and then whatever was there is untouched.

    ``mode`` is ``SHARED`` for what is made to be passed on: whoever could read the old file can read the new one.
    """
    _require_place(path)
    temporary = path.with_name(f".{path.name}.{os.getpid()}.{next(_numbers)}.tmp")
    step = "creating a file"
    try:
        file = disk.create(temporary, mode)
        try:
            if mode == SHARED and path.exists():
                temporary.chmod(stat.S_IMODE(path.stat().st_mode) & SHARED)
            step = "writing"
            _write_all(disk, file, data)
            step = "bringing the data to the disk"
            disk.sync(file)
        finally:
            disk.close(file)
        step = "reading the new file back"
        if hashlib.sha256(disk.read(temporary)).digest() != hashlib.sha256(data).digest():
            raise StoreFault(step, path, "the disk gives back other data", "save to another disk")
        step = "renaming the new file"
        disk.replace(temporary, path)
        step = "bringing the folder to the disk"
        disk.sync_folder(path.parent)
    except OSError as error:
        raise _fault(step, path, error) from error
    finally:
        _drop(disk, temporary)


def write_out(path: Path, text: str, disk: Disk = REAL) -> None:
    """What a command was told to write: whole or not at all, but into a pipe or a device as it comes."""
    data = text.encode("utf-8")
    if path.exists() and not path.is_file():
        with LineFile(path, more=False) as file:
            file.write(text)
    else:
        write_atomic(path, data, disk, mode=SHARED)


class LineFile:
    """A file of lines that grows while games are played. A fault names the file, and leaves but a torn line behind."""

    def __init__(self, path: Path, *, more: bool) -> None:
        self.path = path
        try:
            self._file = path.open("ab" if more else "wb", buffering=0)
        except OSError as error:
            raise _fault("opening", path, error) from error

    def write(self, text: str) -> None:
        """Write whole lines, and keep nothing back."""
        rest = memoryview(text.encode("utf-8"))
        try:
            while rest:
                rest = rest[self._file.write(rest) or 0 :]
        except OSError as error:
            raise StoreFault("writing", self.path, error.strerror or str(error), GO_ON) from error

    def __enter__(self) -> LineFile:
        return self

    def __exit__(self, *_: object) -> None:
        self._file.close()


def _write_all(disk: Disk, file: int, data: bytes) -> None:
    rest = memoryview(data)
    while rest:
        written = disk.write(file, bytes(rest[: 1 << 20]))
        if written <= 0:
            raise OSError(5, "the disk takes no more data")
        rest = rest[written:]


def _drop(disk: Disk, temporary: Path) -> None:
    try:
        if temporary.exists():
            disk.unlink(temporary)
    except OSError:
        pass  # swept later; the fault that led here is the one to tell


def _require_place(path: Path) -> None:
    """Make the folder where it is missing; a file that is marked read-only is meant to stay."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        mode = path.stat().st_mode if path.exists() else stat.S_IFREG | stat.S_IWUSR
    except OSError as error:
        raise _fault("making the folder", path, error) from error
    if not stat.S_ISREG(mode):
        raise StoreFault("writing", path, "it is not a file", "choose another name")
    if not mode & (stat.S_IWUSR | stat.S_IWGRP | stat.S_IWOTH):
        raise StoreFault("writing", path, "the file is marked read-only", "choose another name, or change its rights")


def _fault(step: str, path: Path, error: OSError) -> StoreFault:
    remedy = _ADVICE.get(error.errno or 0, "save again, or to another folder; the file that was there is untouched")
    return StoreFault(step, path, error.strerror or str(error), remedy)


def read_bounded(path: Path, limit: int) -> bytes:
    """A file of at most ``limit`` bytes; raises StoreFault when it cannot be read, and UsageFault when it is larger."""
    try:
        found = path.stat()
        if not stat.S_ISREG(found.st_mode):
            raise StoreFault("reading", path, "it is not a file", "name a file")
        if found.st_size > limit:
            raise UsageFault(f"{path}: larger than {limit:,} bytes.", "nothing this game writes is that large")
        with path.open("rb") as file:
            return file.read(limit + 1)[: limit + 1]
    except OSError as error:
        reason = error.strerror or str(error)
        raise StoreFault("reading", path, reason, "check the name and the rights of the file") from error


def sweep(folder: Path) -> list[Path]:
    """Remove what killed runs of the game left half-written; files of a running one stay."""
    swept = []
    for path in sorted(folder.glob(".*.tmp")):
        found = _TEMPORARY.fullmatch(path.name)
        if found and not is_running(int(found["pid"])):
            try:
                path.unlink()
            except OSError:
                continue
            swept.append(path)
    return swept


def is_running(pid: int) -> bool:
    """Whether a process of this machine lives; unknown counts as living."""
    if os.name == "nt":
        return True
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except (OSError, OverflowError):
        return True
    return True


# --- names ----------------------------------------------------------------------------------------------------------


def safe_name(text: str, suffix: str = "") -> str:
    """A file name for what a player typed: never a path, never hidden, good on every system. Raises UsageFault."""
    plain = unicodedata.normalize("NFC", text)
    kept = "".join(" " if c in '<>:"/\\|?*' else c for c in plain if unicodedata.category(c)[0] != "C")
    name = " ".join(kept.split()).strip(". ")
    while len(name) > NAME_LENGTH or len(name.encode()) > NAME_BYTES:
        name = name[:-1].rstrip(". ")
    if not any(c.isalnum() or unicodedata.category(c)[0] == "S" for c in name):
        raise UsageFault(f"{text[:40]!r} is no name for a file.", "use at least one letter or digit")
    if _RESERVED.match(name):
        name = f"_{name}"
    return name if suffix and name.lower().endswith(suffix) else name + suffix


def inside(folder: Path, name: str) -> Path:
    """The path of a file in a folder; raises UsageFault when the name leads out of it."""
    path = folder / name
    if path.resolve().parent != folder.resolve():
        raise UsageFault(f"{name!r} leads out of the folder {folder}.", "choose a plain name")
    return path


# --- one game to a folder -------------------------------------------------------------------------------------------


class FolderTaken(StoreFault):
    """Another running game has the folder."""


class FolderBlocked(StoreFault):
    """A link, a folder or a device lies where a game says that it is here; nothing is ever written through it."""


REMOVE_IT = "remove what lies there"


class FolderLock:
    """Says that a running game uses a folder. The system lets go of it when the process ends, however it ends."""

    FILE = ".in-use"

    def __init__(self, folder: Path, number: int = 1) -> None:
        self.path = folder / (self.FILE if number == 1 else f"{self.FILE}-{number}")
        self._file = -1

    def take(self) -> None:
        """Take the folder; raises StoreFault naming the process that has it."""
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            file = os.open(self.path, os.O_RDWR | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0), 0o600)
        except OSError as error:
            if error.errno in (errno.ELOOP, errno.EISDIR, errno.ENXIO):
                raise FolderBlocked("taking the folder", self.path, "it is not a file", REMOVE_IT) from error
            raise _fault("taking the folder", self.path.parent, error) from error
        if not stat.S_ISREG(os.fstat(file).st_mode):
            os.close(file)
            raise FolderBlocked("taking the folder", self.path, "it is not a file", REMOVE_IT)
        if not _lock(file):
            owner = self.owner()
            os.close(file)
            reason = say("another game uses it ({owner})", owner=owner) if owner else "another game uses it"
            raise FolderTaken("taking the folder", self.path.parent, reason, "end the other game, or save elsewhere")
        with contextlib.suppress(OSError):  # on a full disk the folder is taken all the same: the lock counts
            os.ftruncate(file, 0)
            os.write(file, f"{os.getpid()} {_host()}\n".encode())
        self._file = file

    def owner(self) -> str:
        """Process and machine that took the folder last, as text; "" when nobody has."""
        try:
            words = read_bounded(self.path, OWNER_BYTES).decode("utf-8", "replace").split()[:2]
        except (StoreFault, UsageFault):
            return ""
        return say("process {words} on {words2}", words=words[0], words2=words[1]) if len(words) == 2 else ""

    def release(self) -> None:
        """Let go; harmless when nothing was taken."""
        if self._file >= 0:
            with contextlib.suppress(OSError):
                os.ftruncate(self._file, 0)  # the file stays: whoever waits for it must wait for this very one
            os.close(self._file)
            self._file = -1

    def __enter__(self) -> FolderLock:
        self.take()
        return self

    def __exit__(self, *_: object) -> None:
        self.release()


def quick_save_name(copy: int = 1) -> str:
    """What the one quick save of a copy of the program is called, for its file and its list."""
    return "quick save" if copy == 1 else say("quick save of copy {copy}", copy=copy)


@dataclass(frozen=True, slots=True)
class Claim:
    """The place of this program among those that run on one folder: ``number`` 1 is the first.

    Numbers tell the files apart that a game writes by itself, so that no copy writes over those of another.
    """

    number: int
    owner: str = ""
    """Process and machine of the first copy, "" when this is it."""
    lock: FolderLock | None = None

    def release(self) -> None:
        """Let go of the place."""
        if self.lock is not None:
            self.lock.release()


def claim(folder: Path, most: int = 9) -> Claim:
    """Take the lowest free place; never fails. Where nothing can be written nothing can be written over either."""
    owner = ""
    for number in range(1, most + 1):
        lock = FolderLock(folder, number)
        try:
            lock.take()
        except FolderTaken:
            owner = owner or lock.owner() or "unknown"
        except FolderBlocked:
            continue  # nobody is told apart by what lies there
        except StoreFault:
            return Claim(1)
        else:
            return Claim(number, owner, lock)
    return Claim(os.getpid(), owner)


def _host() -> str:
    return "".join(platform.node().split()) or "unknown"


_lock: Callable[[int], bool]
if sys.platform == "win32":
    import msvcrt

    def _lock_windows(file: int) -> bool:
        try:
            msvcrt.locking(file, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

    _lock = _lock_windows
else:
    import fcntl

    def _lock_posix(file: int) -> bool:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            return False
        return True

    _lock = _lock_posix
