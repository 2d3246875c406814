"""A picture beneath the map while a scenario is drawn, and where its edges lie on Earth: ``editor.yaml``.

The file belongs to the editor; the game and the check read past it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from game.schema.binding import Notes, walk
from game.schema.reader import read_bytes
from game.schema.spec import Doc, Fixed, FormatVersion, Int, Text

EDITOR_FILE = "editor.yaml"


@dataclass(frozen=True, slots=True)
class Underlay:
    """A picture of the scenario's folder, north up. Edges in hundred-thousandths of a degree; opacity in percent."""

    picture: Annotated[str, Text(120, "file name of a picture in the folder", "survey.png")]
    west: Annotated[int, Fixed(-180, 180, 5, "degrees", "longitude of its left edge")]
    north: Annotated[int, Fixed(-90, 90, 5, "degrees", "latitude of its upper edge")]
    east: Annotated[int, Fixed(-180, 180, 5, "degrees", "longitude of its right edge")]
    south: Annotated[int, Fixed(-90, 90, 5, "degrees", "latitude of its lower edge")]
    opacity: Annotated[int, Int(0, 100, "percent", "how strongly it shows")] = 50


@dataclass(frozen=True, slots=True)
class EditorFile:
    """The file ``editor.yaml``: what the editor keeps for itself."""

    format: FormatVersion
    underlay: Annotated[Underlay | None, Doc("the underlay: a picture under the map")] = None


def underlay_of(data: bytes | None) -> Underlay | None:
    """The picture that ``editor.yaml`` names; None when there is none or the file is faulty."""
    if data is None:
        return None
    root, _ = read_bytes(data, EDITOR_FILE)
    found = walk(root, EditorFile, Notes())
    return found.underlay if found is not None else None
