"""Files that systems and editors leave in a folder unasked: no part of anything, and nobody's mistake.

One list for all: folders, packs, lists of scenarios and of saves pass over these in silence.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

_LEFT = re.compile(
    r"\._.*|\.ds_store|__macosx|icon\r|\.appledouble|\.apdisk|\.localized|\.volumeicon\.icns"  # macOS
    r"|\.spotlight-v100|\.trashes|\.fseventsd|\.temporaryitems|\.documentrevisions-v100"
    r"|(eh)?thumbs(_vista)?\.db|desktop\.ini|\$recycle\.bin|system volume information|~\$.*"  # Windows
    r"|\.directory|\.trash-\d+|\.nfs[0-9a-f]+|\.fuse_hidden.*|lost\+found"  # Linux
    r"|.*~|\.#.*|#.*#|\.~lock\..*#|\..*\.sw[a-p]|\..*\.tmp",  # editors, and a write of ours that was cut off
    re.IGNORECASE | re.DOTALL,
)
_ICON = re.compile(r"(?<![^/])icon\r(?![^/])", re.IGNORECASE)


def is_left_behind(name: str) -> bool:
    """Whether a name, or a folder in a path with strokes, is a leaving of a system or an editor."""
    return any(_LEFT.fullmatch(part) for part in name.split("/"))


def holds_anything(folder: Path) -> bool:
    """Whether more lies in a folder than leavings."""
    return any(not is_left_behind(path.name) for path in folder.iterdir())


def without_icons(name: str) -> str:
    """A path as it may be judged: macOS ends the name of a folder's icon with a carriage return, which is no attack."""
    return _ICON.sub("Icon", name)


def dated_files(folder: Path, suffix: str) -> Iterator[tuple[Path, int]]:
    """The files of a folder whose names end so, by name, each with the nanosecond in which it was written, 0 where that
    cannot be told; none where there is no folder."""
    for path in sorted(folder.glob(f"*{suffix}")) if folder.is_dir() else []:
        if is_left_behind(path.name):
            continue
        try:
            modified = path.stat().st_mtime_ns
        except OSError:
            modified = 0
        yield path, modified
