"""Making a scenario pack: the same scenario gives the same bytes, whoever packs it and when."""

from __future__ import annotations

import stat
from io import BytesIO
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from game.faults import ContentFault
from game.scenario.contents import ScenarioFiles
from game.scenario.loading import canonical
from game.scenario.modeline import SCHEMAS
from game.scenario.packs import Pack, belongs, contents_of
from game.schema import limits
from game.schema.canonical import digest
from game.schema.problems import has_errors, report_lines
from game.store import SHARED, write_atomic
from game.words import say

_EARLIEST = (1980, 1, 1, 0, 0, 0)
_PLAIN_FILE = (stat.S_IFREG | 0o644) << 16
_UNIX = 3


def write_pack(where: Path, target: Path) -> tuple[list[str], list[str]]:
    """Pack a scenario into a file; names of the files packed, and of those left out. Raises ContentFault."""
    contents = contents_of(where)
    plain = canonical(contents)
    packed = [name for name in contents.names() if belongs(name)]
    data = pack_bytes(contents, str(plain["scenario"]["id"]), packed)
    again = Pack(target, data=data)
    if again.broken:
        what = say("{shown} cannot be packed.", shown=contents.shown)
        raise ContentFault(what, "fix what is listed.", tuple(report_lines(again.problems)))
    if digest(canonical(again)) != digest(plain):
        raise RuntimeError(say("the pack of {shown} does not say what the scenario says", shown=contents.shown))
    write_atomic(target, data, mode=SHARED)
    left_out = [name for name in contents.names() if not belongs(name) and not name.startswith((".", f"{SCHEMAS}/"))]
    return packed, left_out


def pack_bytes(contents: ScenarioFiles, top: str, names: list[str]) -> bytes:
    """A zip of files of a scenario below one folder: in order, without dates, rights or owners."""
    out = BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED, compresslevel=9) as archive:
        for name in sorted(names):
            entry = ZipInfo(f"{top}/{name}", _EARLIEST)
            entry.compress_type, entry.external_attr, entry.create_system = ZIP_DEFLATED, _PLAIN_FILE, _UNIX
            archive.writestr(entry, whole_file(contents, name))
    return out.getvalue()


def whole_file(contents: ScenarioFiles, name: str) -> bytes:
    """The bytes of a file that may be packed or installed; raises ContentFault when it is too large or unreadable."""
    limit = limits.PICTURE_BYTES if name.lower().endswith(".png") else limits.FILE_BYTES
    data, problems = contents.read(name, limit)
    if data is None or has_errors(problems):
        raise ContentFault(
            say("{place} cannot be read.", place=contents.place(name)), "fix it.", tuple(report_lines(problems))
        )
    if len(data) > limit:
        raise ContentFault(
            say("{place} is larger than {size} MB.", place=contents.place(name), size=limit // 2**20),
            "make it smaller.",
        )
    return data
