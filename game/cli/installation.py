"""Make the game's own environment: a ``.venv`` with the packages that the lock files name.

Runs on the standard library alone. Five promises:

- *Two machines get the same packages*, also a year apart: every one is named with its version and the sums of its
  files (docs/setup.md). Only where a locked one does not exist for this Python are the newest taken that
  ``pyproject.toml`` allows, and that is said.
- *An interrupted set-up repairs itself.* A note lies in ``.venv`` from the first change to the last; whoever
  finds one left behind clears the environment and starts over.
- *An environment made by hand is never cleared*, only completed: ours carry the mark of their maker.
- *Two starts at once do not collide.* The second waits for the first and finds the work done.
- *Nothing is said on standard output*, which belongs to the command the user asked for.
"""

from __future__ import annotations

import contextlib
import errno
import importlib.util
import os
import platform
import re
import shutil
import subprocess
import sys
import tempfile
import time
import tomllib
from collections.abc import Iterator
from pathlib import Path

from game.cli.environment import PARTS, Environment
from game.cli.streams import complain
from game.faults import EnvironmentFault
from game.schema.problems import safe
from game.words import say

NOTE = ".setup-unfinished"
LOCK = ".setup-lock"
LOG = "setup.log"
OWNER = ".made-by-run-game"
KEPT = frozenset({NOTE, LOCK, OWNER})
PROBE = 2 * 2**20  # bytes: a disk without room for them is full for a tool that unpacks packages
NO_ROOM = frozenset({errno.ENOSPC, errno.EDQUOT})

# What pip's log says when it fails -> what to tell the user. The first that fits counts.
_NETWORK = (
    "NewConnectionError",
    "Failed to establish a new connection",
    "NameResolutionError",
    "Temporary failure in name resolution",
    "getaddrinfo failed",
    "Connection refused",
    "Network is unreachable",
    "ProxyError",
    "ReadTimeoutError",
    "ConnectTimeoutError",
)
_FULL = ("No space left on device", "Errno 28]", "Disk quota exceeded", "not enough space")
_CERTIFICATE = ("CERTIFICATE_VERIFY_FAILED", "SSLError")
_NO_RELEASE = ("No matching distribution found",)
_OTHER_FILE = ("DO NOT MATCH THE HASHES",)
ROOM = "make room for about 400 MB and start again."
SYMPTOMS: tuple[tuple[tuple[str, ...], str, str], ...] = (
    (_FULL, "the disk is full.", ROOM),
    (
        _CERTIFICATE,
        "the Python package index cannot be reached: its certificate was refused.",
        "check the clock of this machine; behind a company proxy set PIP_CERT to its certificate, then start again.",
    ),
    (
        _NETWORK,
        "the packages cannot be fetched: no connection to the Python package index.",
        "connect to the internet (behind a proxy set HTTPS_PROXY) and start again; only the set-up needs the network.",
    ),
    (
        _OTHER_FILE,
        "the Python package index sent a file that is not the one that was locked; nothing of it was installed.",
        "start again; if it happens again, a mirror on the way changes packages: use another network.",
    ),
    (
        _NO_RELEASE,
        "a package has no release that fits this Python.",
        "start with another Python from 3.11 on, for example: python3.12 run_game.py",
    ),
)


class _NotForThisPython(EnvironmentFault):
    """A locked package does not exist for this Python; ``what`` names it."""

    def __init__(self, what: str, fault: EnvironmentFault) -> None:
        super().__init__(fault.message, fault.remedy)
        self.what = what


def install(environment: Environment, part: str) -> None:
    """Set up a part (``play``, ``test`` or ``lint``); return only when its stamp is written."""
    _require_standard_modules()
    folder = Path(environment.folder)
    try:
        folder.mkdir(exist_ok=True)
        with _alone(folder / LOCK):
            if environment.is_ready(part):  # another start did it while this one waited
                return
            _set_up(environment, part)
    except OSError as error:
        raise EnvironmentFault(
            say("the set-up cannot write in {folder}: {what}.", folder=folder, what=error.strerror or error),
            "make room, or copy the game to a folder of your own, and start again.",
        ) from error


def requirements(root: str, part: str) -> list[str]:
    """The packages that a part needs, as ``pyproject.toml`` names them."""
    project = tomllib.loads(Path(root, "pyproject.toml").read_text(encoding="utf-8"))["project"]
    wanted = list(project.get("dependencies", ()))
    for extra in parts_up_to(part)[1:]:
        wanted += project.get("optional-dependencies", {}).get(extra, ())
    return wanted


def parts_up_to(part: str) -> tuple[str, ...]:
    """A part and those whose packages it holds too."""
    return PARTS[: PARTS.index(part) + 1]


def _set_up(environment: Environment, part: str) -> None:
    started = time.monotonic()
    folder = Path(environment.folder)
    note = folder / NOTE
    sound = _is_sound(environment)
    _say(say("Setting up Race for Deir Ezzor in {folder} (once; a few minutes on a slow line).", folder=folder))
    _write_at_once(note, "A set-up began and has not ended.\n")
    if not sound:
        _say("[1/3] making a Python environment")
        _write_at_once(folder / OWNER, "run_game.py made this environment and may clear it.\n")
        _clear(folder)
        _make_environment(folder)
    try:
        _fetch_part(environment, part)
    except EnvironmentFault:
        if sound:  # pip gave up before it changed anything: what worked goes on working
            note.unlink()
        raise
    _say("[3/3] compiling the game")
    _compile(environment)
    for done in parts_up_to(part):
        _write_at_once(Path(environment.stamp_path(done)), environment.stamp_text(done))
    note.unlink()
    (folder / LOG).unlink(missing_ok=True)
    _say(f"Ready after {time.monotonic() - started:.0f} s.")


def _fetch_part(environment: Environment, part: str) -> None:
    """Fetch the locked releases, or the newest where those are asked for or a locked one does not exist."""
    wanted = requirements(environment.root, part)
    if environment.newest:
        _say(say("[2/3] fetching the newest packages: {names}", names=", ".join(wanted)))
        _fetch(environment, ["--upgrade", *wanted])
        return
    _say(
        say(
            "[2/3] fetching packages: those of {file}",
            file=os.path.relpath(environment.lock(part), environment.root),
        )
    )
    try:
        # Ready-made files only: building one of the sources takes compilers that a player does not have.
        _fetch(environment, ["--require-hashes", "--only-binary", ":all:", "--requirement", environment.lock(part)])
    except _NotForThisPython as missing:
        version = f"{sys.version_info.major}.{sys.version_info.minor}"
        _say(
            say(
                "The locked {what} does not exist for this Python ({version}, {system}): fetching the newest "
                "releases that fit instead. The game was not tested with them.",
                what=missing.what,
                version=version,
                system=platform.system(),
            )
        )
        _fetch(environment, wanted)


def _is_sound(environment: Environment) -> bool:
    """Whether the environment can be completed as it is; else it must be made anew, which only ours may be."""
    folder = Path(environment.folder)
    ours = (folder / OWNER).exists() or all(entry.name in KEPT for entry in folder.iterdir())
    interrupted = (folder / NOTE).exists()
    if _can_run(environment.python) and not (ours and interrupted):
        return True
    if ours:
        return False
    raise EnvironmentFault(
        say("{folder} was made by hand, and its Python does not start or has no pip.", folder=folder),
        "move it away and start again.",
    )


def _say(line: str) -> None:
    complain(f"{safe(line)}\n")


def _require_standard_modules() -> None:
    """Some Linux distributions sell Python without the parts that make environments."""
    missing = [name for name in ("venv", "ensurepip") if importlib.util.find_spec(name) is None]
    if missing:
        version = f"{sys.version_info.major}.{sys.version_info.minor}"
        raise EnvironmentFault(
            say(
                "this Python ({executable}) comes without {names}, which make the game's environment.",
                executable=sys.executable,
                names=" and ".join(missing),
            ),
            say(
                "on Debian and Ubuntu: sudo apt install python3-venv (or python{version}-venv); "
                "elsewhere: install the full Python from https://www.python.org/downloads/; then start again.",
                version=version,
            ),
        )


@contextlib.contextmanager
def _alone(path: Path) -> Iterator[None]:
    """Hold the set-up's lock; the system lets go of it however this process ends."""
    with path.open("a+b") as file:
        if not _try_lock(file.fileno()):
            _say("Another start is setting the game up; waiting for it.")
            while not _try_lock(file.fileno()):
                time.sleep(0.2)
        yield


if sys.platform == "win32":
    import msvcrt

    def _try_lock(descriptor: int) -> bool:
        try:
            os.lseek(descriptor, 0, os.SEEK_SET)
            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

else:
    import fcntl

    def _try_lock(descriptor: int) -> bool:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        except OSError:  # a file system without locks: better to go on unguarded than not at all
            return True
        return True


def _can_run(python: str) -> bool:
    """Whether an environment is there and its interpreter starts and has pip."""
    if not Path(python).exists():
        return False
    with contextlib.suppress(OSError):
        return subprocess.run([python, "-m", "pip", "--version"], capture_output=True, env=_calm()).returncode == 0
    return False


def _clear(folder: Path) -> None:
    for entry in folder.iterdir():
        if entry.name in KEPT:
            continue
        if entry.is_dir() and not entry.is_symlink():
            shutil.rmtree(entry)
        else:
            entry.unlink()


def _make_environment(folder: Path) -> None:
    import venv

    try:
        venv.EnvBuilder(with_pip=True, symlinks=os.name != "nt").create(folder.resolve())
    except subprocess.CalledProcessError as error:
        account = (error.output or b"").decode("utf-8", "replace").strip()
        raise _full_disk(folder, account) or EnvironmentFault(
            say("the Python environment could not be made: {what}.", what=" ".join(account.splitlines()[-1:]) or error),
            "start again; if it happens again, reinstall Python (on Debian and Ubuntu: sudo apt install python3-venv).",
        ) from error


def _fetch(environment: Environment, wanted: list[str]) -> None:
    """Install packages; pip shows its progress, and its log tells afterwards why it failed."""
    folder = Path(environment.folder)
    log = folder / LOG
    log.unlink(missing_ok=True)
    pip = [environment.python, "-m", "pip", "install", "--no-input", "--disable-pip-version-check", "--retries", "2"]
    done = subprocess.run([*pip, "--log", str(log), *wanted], stdout=sys.stderr, stdin=subprocess.DEVNULL, env=_calm())
    if done.returncode != 0:
        text = log.read_text(encoding="utf-8", errors="replace") if log.exists() else ""
        raise _full_disk(folder, text) or diagnosis(text, log)


def diagnosis(text: str, log: Path) -> EnvironmentFault:
    """Why pip failed, read from its log."""
    for signs, message, remedy in SYMPTOMS:
        if any(sign in text for sign in signs):
            fault = EnvironmentFault(message, remedy)
            named = re.search(f"{_NO_RELEASE[0]} for ([^ ;\\n]+)", text) if signs is _NO_RELEASE else None
            return _NotForThisPython(named[1], fault) if named else fault
    return EnvironmentFault(
        "pip could not install the packages.", say("its account is in {log}; start again to retry.", log=log)
    )


def _full_disk(folder: Path, account: str) -> EnvironmentFault | None:
    """The fault of a full disk if that is what stopped a tool, by its account or because nothing more can be written.

    On a full disk the account itself may be missing: a tool that cannot write its log cannot tell why.
    """
    for place in (folder, Path(tempfile.gettempdir())):
        probe = place / f".room-{os.getpid()}"
        try:
            probe.write_bytes(bytes(PROBE))
        except OSError as error:
            if error.errno in NO_ROOM:
                return EnvironmentFault(say("the disk that holds {place} is full.", place=place), ROOM)
        finally:
            with contextlib.suppress(OSError):
                probe.unlink()
    return EnvironmentFault("the disk is full.", ROOM) if any(sign in account for sign in _FULL) else None


def _calm() -> dict[str, str]:
    """The environment for pip, without the settings that would lead packages past the game's folder or its lock."""
    unwanted = {"PYTHONPATH", "PYTHONHOME", "PIP_TARGET", "PIP_PREFIX", "PIP_USER", "PIP_REQUIRE_VIRTUALENV"}
    unwanted |= {"PIP_CONSTRAINT", "PIP_NO_BINARY", "PIP_ONLY_BINARY", "PIP_PRE", "PIP_NO_DEPS"}
    return {name: value for name, value in os.environ.items() if name not in unwanted} | {"PIP_USER": "0"}


def _compile(environment: Environment) -> None:
    """Bytecode for the game itself (pip compiles the packages). A failure costs only time at later starts."""
    game = str(Path(environment.root, "game"))
    subprocess.run([environment.python, "-m", "compileall", "-q", game], stdout=sys.stderr, env=_calm())


def _write_at_once(path: Path, text: str) -> None:
    """Write a file that is either all there or not there."""
    draft = path.with_name(f"{path.name}.{os.getpid()}")
    draft.write_text(text, encoding="utf-8", errors="surrogateescape")
    draft.replace(path)
