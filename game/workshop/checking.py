"""The live check: the passes of ``check`` on texts that may not be on the disk yet, re-reading what changed alone."""

from __future__ import annotations

import re
from collections.abc import Generator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from game.ruleset import Ruleset
from game.scenario.checker import check_in_steps
from game.scenario.checks.reach import world_of
from game.scenario.files import FILES, FORCES, MAP_TEXT, NOT_READ
from game.scenario.packs import contents_of
from game.scenario.reading import Part, Reading, drawing_of, forces_name, missing, part_of, read_rules
from game.scenario.shipped import RULES, scenarios_folder
from game.scenario.world import World
from game.schema import limits
from game.schema.binding import Notes
from game.schema.problems import Problem

ORDER = (*(file.name for file in FILES[:2]), MAP_TEXT, *(file.name for file in FILES[2:]), *NOT_READ)
"""Files that the workshop edits, in the order in which it lists them; those of ``forces`` follow."""
_FORCES = re.compile(r"forces/[^/]+\.yaml")
PARTS_KEPT = 60
"""Files as read that are kept, so that undo and redo read nothing again."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a check of certain texts came to."""

    problems: tuple[Problem, ...]
    bugs: tuple[str, ...]
    reading: Reading
    world: World | None


class WorkshopFiles:
    """The files of a scenario as they stand in the workshop, those that nobody reads here as they lie in the folder."""

    problems: Sequence[Problem] = ()

    def __init__(self, folder: Path, files: Mapping[str, bytes]) -> None:
        self._folder, self._files = contents_of(folder), files
        self.shown, self.name = self._folder.shown, self._folder.name

    def names(self) -> list[str]:
        """All files; one that was taken away in the workshop is gone though it still lies in the folder."""
        beside = [name for name in self._folder.names() if not is_read(name)]
        return sorted({*beside, *self._files})

    def has(self, name: str) -> bool:
        """Whether a file of that name is there."""
        return name in self._files or (not is_read(name) and self._folder.has(name))

    def place(self, name: str) -> str:
        """The path of a file."""
        return self._folder.place(name)

    def read(self, name: str, limit: int = limits.FILE_BYTES) -> tuple[bytes | None, list[Problem]]:
        """The bytes of a file, at most one more than ``limit``."""
        if name in self._files:
            return self._files[name][: limit + 1], []
        return self._folder.read(name, limit)


def is_read(name: str) -> bool:
    """Whether a file is one that the workshop edits: the others are pictures, notes and misspelt names."""
    return name in ORDER or bool(_FORCES.fullmatch(name))


@dataclass(slots=True)
class LiveCheck:
    """Keeps what was read of each file as long as its bytes stay the same."""

    folder: Path
    rules_folder: Path = field(default_factory=lambda: scenarios_folder() / RULES)
    _parts: dict[tuple[str, bytes | None], Part] = field(default_factory=dict)
    _rules: tuple[object, Notes, Ruleset | None] | None = None

    def reading(self, files: Mapping[str, bytes]) -> Reading:
        """The scenario as it would be read if these texts were on the disk."""
        reading = Reading(WorkshopFiles(self.folder, dict(files)))
        for file in FILES:
            if file.name in files or file.required:
                reading.take(self._part(reading, file.name, file.kind, files.get(file.name)))
        for faction in sorted({name.text for name in reading.notes.declared if name.kind == "faction"}):
            name = forces_name(faction)
            if name in files:
                reading.take(self._part(reading, name, FORCES.kind, files[name]))
        reading.take(self._part(reading, MAP_TEXT, None, files.get(MAP_TEXT)))
        self._take_rules(reading)
        return reading

    def _part(self, reading: Reading, name: str, kind: type[object] | None, data: bytes | None) -> Part:
        kept = self._parts.pop((name, data), None)
        if kept is None:
            shown = reading.contents.place(name)
            if data is None:
                kept = missing(name, reading.contents)
            else:
                kept = drawing_of(shown, data) if kind is None else part_of(name, shown, kind, data)
        self._parts[name, data] = kept
        if len(self._parts) > PARTS_KEPT:
            del self._parts[next(iter(self._parts))]
        return kept

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
        problems, bugs = yield from check_in_steps(reading)
        sound = not bugs and not any(problem.severity == "error" for problem in problems)
        return Verdict(tuple(problems), tuple(bugs), reading, world_of(reading) if sound else None)
