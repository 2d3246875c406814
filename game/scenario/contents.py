"""The files of a scenario, wherever they lie: in a folder, or in a pack (``packs``) that nobody has unpacked.

Reading asks for files by their names below the top, such as ``forces/saa.yaml``. What comes back is bounded, and what
is wrong is reported, never raised.
"""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Protocol

from game.schema import limits
from game.schema.file_bytes import file_bytes
from game.schema.leavings import is_left_behind
from game.schema.nodes import SourceText
from game.schema.problems import Problem, Severity


class ScenarioFiles(Protocol):
    """What reading needs of a scenario's files."""

    @property
    def shown(self) -> str:
        """The scenario as messages name it."""

    @property
    def name(self) -> str:
        """Name of the scenario's folder, which its id should match; "" where there is no folder."""

    @property
    def problems(self) -> Sequence[Problem]:
        """What is wrong with the container itself; after an error in it no file is read."""

    def names(self) -> list[str]:
        """All files, in order: those at the top, and those in folders at the top. Leavings of systems are none."""

    def has(self, name: str) -> bool:
        """Whether something of that name is there, be it a file or not."""

    def place(self, name: str) -> str:
        """A file as messages name it."""

    def read(self, name: str, limit: int = limits.FILE_BYTES) -> tuple[bytes | None, list[Problem]]:
        """The bytes of a file, at most one more than ``limit``, or what is wrong with it."""


class Folder:
    """A scenario in a folder. Links that lead out of it are not followed; pipes and devices are not opened."""

    def __init__(self, path: Path, shown: str | None = None) -> None:
        self.path = path
        self.shown = shown if shown is not None else path.as_posix()
        self.name = path.resolve().name

    def names(self) -> list[str]:
        """Files at the top and in its folders, without leavings; of a folder that may not be read, none."""
        found = []
        for path in _listed(self.path):
            if path.is_file() or leads_nowhere(path):
                found.append(path.name)
            elif path.is_dir() and not path.is_symlink():
                files = [below for below in _listed(path) if below.is_file() or leads_nowhere(below)]
                found += [f"{path.name}/{below.name}" for below in files]
        return sorted(found)

    @property
    def problems(self) -> Sequence[Problem]:
        """Links that lead nowhere; of one that stands for a file of the format, reading says more."""
        found = [name for name in self.names() if leads_nowhere(self.path / name)]
        return [_nowhere(self.place(name), "warning") for name in found]

    def has(self, name: str) -> bool:
        """Whether something of that name is there, be it a link that leads nowhere."""
        return os.path.lexists(self.path / name)

    def place(self, name: str) -> str:
        """The path of a file."""
        return f"{self.shown}/{name}"

    def read(self, name: str, limit: int = limits.FILE_BYTES) -> tuple[bytes | None, list[Problem]]:
        """The bytes of a regular file that lies in the folder."""
        path = self.path / name
        if leads_nowhere(path):
            return None, [_nowhere(self.place(name), "error")]
        if not path.resolve().is_relative_to(self.path.resolve()):
            what = "this link leads out of the folder of the scenario"
            return None, [SourceText(self.place(name)).problem(1, 1, "F107", what, "put the file itself there")]
        return file_bytes(path, self.place(name), limit)


class Held:
    """A scenario, or a part of one, that lies nowhere yet."""

    problems: Sequence[Problem] = ()
    name = ""

    def __init__(self, files: Mapping[str, bytes], shown: str) -> None:
        self.files = files
        self.shown = shown

    def names(self) -> list[str]:
        """Names of its files."""
        return sorted(self.files)

    def has(self, name: str) -> bool:
        """Whether the file is there."""
        return name in self.files

    def place(self, name: str) -> str:
        """Where the file would lie."""
        return f"{self.shown}/{name}"

    def read(self, name: str, limit: int = limits.FILE_BYTES) -> tuple[bytes | None, list[Problem]]:
        """The bytes of a file."""
        return self.files[name][: limit + 1], []


def leads_nowhere(path: Path) -> bool:
    """Whether a path is a link to what is not there, or to itself."""
    return path.is_symlink() and not path.exists()


def _nowhere(place: str, severity: Severity) -> Problem:
    what = "this link leads nowhere"
    return SourceText(place).problem(
        1, 1, "F109", what, "put the file itself there, or remove the link", severity=severity
    )


def _listed(folder: Path) -> list[Path]:
    try:
        return sorted(path for path in folder.iterdir() if not is_left_behind(path.name))
    except OSError:
        return []
