"""The live check: the passes of ``check`` on texts that may not be on the disk yet, re-reading what changed alone."""

from __future__ import annotations

from collections.abc import Generator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from game.ruleset import Ruleset
from game.scenario import limits
from game.scenario.checker import check_steps
from game.scenario.checks.reach import world_of
from game.scenario.contents import Folder
from game.scenario.files import FILES, FORCES, MAP_TEXT
from game.scenario.problems import Problem
from game.scenario.reading import Part, Reading, drawing_of, forces_name, missing, part_of, read_rules
from game.scenario.schema import Notes
from game.scenario.shipped import RULES, scenarios_folder
from game.scenario.world import World

PARTS_KEPT = 60
"""Files as read that are kept, so that undo and redo read nothing again."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a check of certain texts came to."""

    problems: tuple[Problem, ...]
    bugs: tuple[str, ...]
    reading: Reading
    world: World | None


class Drafted(Folder):
    """A folder as it would be with these texts in it."""

    def __init__(self, path: Path, files: Mapping[str, bytes]) -> None:
        super().__init__(path)
        self.files = files

    def names(self) -> list[str]:
        """All files: those drafted, and what else lies in the folder."""
        return sorted({*super().names(), *self.files})

    def has(self, name: str) -> bool:
        """Whether something of that name would be there."""
        return name in self.files or super().has(name)

    def read(self, name: str, limit: int = limits.FILE_BYTES) -> tuple[bytes | None, list[Problem]]:
        """The bytes of a file as drafted, or else as it lies there."""
        return (self.files[name], []) if name in self.files else super().read(name, limit)


@dataclass(slots=True)
class LiveCheck:
    """Keeps what was read of each file as long as its bytes stay the same."""

    folder: Path
    rules_folder: Path = field(default_factory=lambda: scenarios_folder() / RULES)
    _parts: dict[tuple[str, bytes | None], Part] = field(default_factory=dict)
    _rules: tuple[object, Notes, Ruleset | None] | None = None

    def reading(self, files: Mapping[str, bytes]) -> Reading:
        """The scenario as it would be read if these texts were on the disk."""
        reading = Reading(Drafted(self.folder, files))
        for file in FILES:
            if file.name in files or file.required:
                reading.take(self._part(file.name, file.kind, files.get(file.name)))
        for faction in sorted({name.text for name in reading.notes.declared if name.kind == "faction"}):
            name = forces_name(faction)
            if name in files:
                reading.take(self._part(name, FORCES.kind, files[name]))
        reading.take(self._part(MAP_TEXT, None, files.get(MAP_TEXT)))
        self._take_rules(reading)
        return reading

    def _part(self, name: str, kind: type[object] | None, data: bytes | None) -> Part:
        kept = self._parts.pop((name, data), None)
        self._parts[name, data] = part = self._read(name, kind, data) if kept is None else kept
        if len(self._parts) > PARTS_KEPT:
            del self._parts[next(iter(self._parts))]
        return part

    def _read(self, name: str, kind: type[object] | None, data: bytes | None) -> Part:
        place = f"{self.folder.as_posix()}/{name}"
        if data is None:
            return missing(name, place)
        return drawing_of(place, data) if kind is None else part_of(name, place, kind, data)

    def _take_rules(self, reading: Reading) -> None:
        head = reading.nodes.get("scenario.yaml")
        if self._rules is None or self._rules[0] is not head:
            bare = Reading(reading.contents)
            if head is not None:
                bare.nodes["scenario.yaml"] = head
            read_rules(bare, self.rules_folder)
            self._rules = (head, bare.notes, bare.rules)
        reading.notes.include(self._rules[1])
        reading.rules = self._rules[2]

    def steps(self, files: Mapping[str, bytes]) -> Generator[None, None, Verdict]:
        """The whole check in steps of some hundredths of a second; the verdict comes at the end."""
        reading = self.reading(files)
        yield
        problems, bugs = yield from check_steps(reading)
        sound = not bugs and not any(problem.severity == "error" for problem in problems)
        return Verdict(tuple(problems), tuple(bugs), reading, world_of(reading) if sound else None)
