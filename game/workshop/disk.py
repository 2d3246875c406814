"""The folder of a scenario on the disk: what the workshop reads of it, and how it writes."""

from __future__ import annotations

import stat
from pathlib import Path

from game import store
from game.faults import UsageFault
from game.scenario import limits
from game.workshop.checking import ORDER


def write_file(path: Path, data: bytes) -> None:
    """Replace a file whole; whoever could read the old one, or its neighbours, can read the new one."""
    place = path.resolve()
    like = next(path for path in (place, *place.parents) if path.exists())
    mode = stat.S_IMODE(like.stat().st_mode) & 0o666
    store.write_atomic(place, data)
    place.chmod(mode)


def rank(name: str) -> tuple[int, str]:
    """Where a file stands in the list of files."""
    return (ORDER.index(name), "") if name in ORDER else (len(ORDER), name)


def read_folder(folder: Path) -> dict[str, bytes]:
    """The files of a scenario's folder that the game or its tools read, by name."""
    names = [*ORDER, *sorted(f"forces/{path.name}" for path in (folder / "forces").glob("*.yaml"))]
    found = {}
    for name in sorted(names, key=rank):
        path = folder / name
        if not path.exists():
            continue
        if not path.resolve().is_relative_to(folder.resolve()):
            raise UsageFault(f"{path} is a link that leads out of the folder.", "put the file itself there.")
        found[name] = store.read_bounded(path, limits.FILE_BYTES)
    return found
