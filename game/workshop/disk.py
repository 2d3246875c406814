"""The folder of a scenario on the disk: what the workshop reads of it, and how it writes."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from game import store
from game.faults import ContentFault, UsageFault
from game.packs.packing import whole_file
from game.scenario.contents import leads_nowhere
from game.scenario.packs import Pack, is_pack
from game.schema import limits
from game.schema.leavings import is_left_behind
from game.schema.problems import report_lines
from game.words import say
from game.workshop.checking import ORDER

GO_ALONG = (".md", ".png", ".jpg", ".jpeg", ".webp")
"""Kinds of files beside those of the scenario that a copy takes with it."""


def write_file(path: Path, data: bytes) -> None:
    """Replace a file whole, or what a link means; whoever could read the old one can read the new one."""
    store.write_atomic(path.resolve(), data, mode=store.SHARED)


def rank(name: str) -> tuple[int, str]:
    """Where a file stands in the list of files."""
    return (ORDER.index(name), "") if name in ORDER else (len(ORDER), name)


def read_folder(folder: Path) -> dict[str, bytes]:
    """The files of a scenario's folder, or of a pack, that the game or its tools read, by name."""
    if is_pack(folder):
        return _read_pack(folder)
    forces = [path.name for path in (folder / "forces").glob("*.yaml") if not is_left_behind(path.name)]
    names = [*ORDER, *sorted(f"forces/{name}" for name in forces)]
    found = {}
    for name in sorted(names, key=rank):
        path = folder / name
        if leads_nowhere(path):
            raise UsageFault(
                say("{path} is a link that leads nowhere.", path=path), "put the file itself there, or remove the link."
            )
        if not path.exists():
            continue
        if not path.resolve().is_relative_to(folder.resolve()):
            raise UsageFault(
                say("{path} is a link that leads out of the folder.", path=path), "put the file itself there."
            )
        found[name] = store.read_bounded(path, limits.FILE_BYTES)
    return found


def _read_pack(path: Path) -> dict[str, bytes]:
    pack = Pack(path)
    if pack.broken:
        raise ContentFault(
            say("{path} cannot be read.", path=path), "fetch it again.", tuple(report_lines(pack.problems))
        )
    wanted = [name for name in pack.names() if name in ORDER or name.startswith("forces/")]
    return {name: whole_file(pack, name) for name in sorted(wanted, key=rank)}


def going_along(folder: Path) -> Iterator[tuple[str, bytes]]:
    """Pictures and texts beside the files of a scenario, which a copy takes with it."""
    if is_pack(folder):
        pack = Pack(folder)
        for name in pack.names():
            if "/" not in name and name.lower().endswith(GO_ALONG):
                yield name, whole_file(pack, name)
        return
    for path in sorted(folder.iterdir()):
        if is_left_behind(path.name):
            continue
        if path.suffix.lower() in GO_ALONG and path.is_file() and not path.is_symlink():
            yield path.name, store.read_bounded(path, limits.PICTURE_BYTES)
