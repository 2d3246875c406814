"""A scenario read, from its folder or its pack.

Every file is read against its declaration, the common rules with the scenario's own numbers laid over them.

The game and the check read alike: :func:`read_scenario` collects everything that can be understood together with
everything that is wrong.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, fields
from functools import lru_cache
from pathlib import Path
from typing import Any, TypeVar, get_type_hints

from game.ruleset import Ruleset
from game.scenario.contents import ScenarioFiles
from game.scenario.files import FILES, FORCES, MAP_TEXT, ForcesFile, ScenarioFile
from game.scenario.packs import contents_of
from game.scenario.shipped import RULES, scenarios_folder
from game.schema import reader
from game.schema.binding import Notes, walk
from game.schema.canonical import to_plain
from game.schema.file_bytes import file_bytes
from game.schema.nodes import Node, SourceText, TableNode, merged, node_at
from game.schema.problems import Problem, has_errors
from game.schema.spelling import nearest, suggestion

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Part:
    """One file of a scenario, read by itself: what is wrong with it and what it names stands in its own notes."""

    name: str
    notes: Notes
    failed: bool
    root: TableNode | None = None
    value: Any = None
    drawing: SourceText | None = None


@dataclass(slots=True)
class Reading:
    """What was read of a scenario. ``values`` holds a definition for each file that could be understood."""

    contents: ScenarioFiles
    notes: Notes = field(default_factory=Notes)
    nodes: dict[str, TableNode] = field(default_factory=dict)
    values: dict[str, Any] = field(default_factory=dict)
    failed: set[str] = field(default_factory=set)
    """Files with errors: what depends on them is not judged."""
    drawing: SourceText | None = None
    """``map.txt`` as it stands."""
    rules: Ruleset | None = None
    answers: dict[str, Any] = field(default_factory=dict, repr=False)
    """What passes of the check have worked out and others use."""

    def take(self, part: Part) -> None:
        """Enter a file that was read by itself."""
        self.notes.include(part.notes)
        if part.root is not None:
            self.nodes[part.name] = part.root
        if part.value is not None:
            self.values[part.name] = part.value
        if part.drawing is not None:
            self.drawing = part.drawing
        if part.failed:
            self.failed.add(part.name)

    @property
    def shown(self) -> str:
        """The scenario as messages name it."""
        return self.contents.shown

    def has_tried(self, name: str) -> bool:
        """Whether somebody has read a file, or tried to."""
        return name in self.nodes or name in self.failed

    def value(self, name: str, kind: type[T]) -> T | None:
        """The definition read from a file, if it is sound."""
        found = self.values.get(name)
        return found if isinstance(found, kind) and name not in self.failed else None

    def node(self, name: str, *path: str | int) -> Node:
        """The place of a value in a file, for messages."""
        root = self.nodes.get(name)
        return Node(self.source(name), 1, 1) if root is None else node_at(root, path)

    def source(self, name: str) -> SourceText:
        """A file as messages name it."""
        return SourceText(self.contents.place(name))

    @property
    def forces(self) -> dict[str, ForcesFile]:
        """The forces that could be read, by faction, in the order of the scenario's factions."""
        head = self.values.get("scenario.yaml")
        ids = [faction.id for faction in head.factions] if isinstance(head, ScenarioFile) else []
        found = {one: self.values.get(forces_name(one)) for one in ids}
        return {one: forces for one, forces in found.items() if isinstance(forces, ForcesFile)}

    @property
    def complete(self) -> bool:
        """Whether everything needed for a world was read without error."""
        return self.rules is not None and not self.notes.has_errors


def forces_name(faction: str) -> str:
    """Name of the file with a faction's forces."""
    return f"forces/{faction}.yaml"


def plain_form(reading: Reading) -> dict[str, Any]:
    """The canonical form of a reading without errors."""
    plain = {name: to_plain(value) for name, value in reading.values.items()}
    head = {key: value for key, value in plain["scenario.yaml"].items() if key not in ("rules", "accepted")}
    found: dict[str, Any] = {
        "format": 1,
        "scenario": head,
        "options": head.get("options", {}),
        "rules": to_plain(reading.rules),
        "map": {**plain["map.yaml"], "terrain": [text for _, text in drawn_rows(reading.drawing)]},
        "relations": plain["relations.yaml"],
        "crossings": plain.get("crossings.yaml", {}).get("crossings", []),
        "events": plain.get("events.yaml", {}).get("events", []),
        "forces": {faction: plain[forces_name(faction)] for faction in reading.forces},
    }
    for part in ("victory", "history", "doctrine", "coach"):
        if f"{part}.yaml" in plain:
            found[part] = plain[f"{part}.yaml"]
    return found


def drawn_rows(drawing: SourceText | None) -> list[tuple[int, str]]:
    """The rows of ``map.txt`` with their line numbers: comments, empty lines and blanks between symbols left out."""
    lines = drawing.lines if drawing is not None else ()
    rows = [(number, "".join(line.split())) for number, line in enumerate(lines, 1) if not line.startswith("#")]
    return [(number, row) for number, row in rows if row]


def read_scenario(where: Path | ScenarioFiles, rules_folder: Path | None = None) -> Reading:
    """Read a scenario: a folder, a pack, or whatever else holds its files. Nothing is raised for what is wrong."""
    reading = Reading(contents_of(where) if isinstance(where, Path) else where)
    for problem in reading.contents.problems:
        reading.notes.add(problem)
    if has_errors(reading.contents.problems):
        reading.failed |= {file.name for file in FILES}
        return reading
    for file in FILES:
        _read(reading, file.name, file.kind, file.required)
    for faction in _factions_named(reading):
        _read(reading, forces_name(faction), FORCES.kind, required=False)
    _read_drawing(reading)
    read_rules(reading, rules_folder or scenarios_folder() / RULES)
    return reading


def _factions_named(reading: Reading) -> list[str]:
    """Ids of factions with a file of forces, even where scenario.yaml itself is faulty."""
    declared = {name.text for name in reading.notes.declared if name.kind == "faction"}
    return sorted(one for one in declared if reading.contents.has(forces_name(one)))


def _read(reading: Reading, name: str, kind: type[Any], required: bool) -> None:
    contents = reading.contents
    if contents.has(name):
        data, problems = contents.read(name)
        reading.take(part_of(name, contents.place(name), kind, data, problems))
    elif required:
        reading.take(missing(name, contents))


def part_of(name: str, shown: str, kind: type[Any], data: bytes | None, known: Sequence[Problem] = ()) -> Part:
    """A file from its bytes, ``shown`` in messages; ``known`` is what was wrong before there were any bytes."""
    notes, root, problems = Notes(), None, list(known)
    if data is not None:
        root, problems = reader.read_bytes(data, shown)
    for problem in problems:
        notes.add(problem)
    value = walk(root, kind, notes)
    return Part(name, notes, value is None or notes.has_errors, root, value)


def missing(name: str, contents: ScenarioFiles) -> Part:
    """A file that must be there and is not; one that is there in other capitals is told elsewhere (F108)."""
    if any(other.lower() == name for other in contents.names()):
        return Part(name, Notes(), True)
    drawn = name == MAP_TEXT
    fix = "draw the terrain, one line of symbols a row" if drawn else f"write {name}; see docs/scenario-format.md"
    notes = Notes()
    notes.add(SourceText(contents.place(name)).problem(1, 1, "F101", "the file is missing", fix))
    return Part(name, notes, True)


def _read_drawing(reading: Reading) -> None:
    contents, name = reading.contents, MAP_TEXT
    if contents.has(name):
        reading.take(drawing_of(contents.place(name), *contents.read(name)))
    else:
        reading.take(missing(name, contents))


def drawing_of(shown: str, data: bytes | None, known: Sequence[Problem] = ()) -> Part:
    """``map.txt`` from its bytes."""
    notes, text, problems = Notes(), None, list(known)
    if data is not None:
        text, problems = reader.decoded(data, shown)
    for problem in problems:
        notes.add(problem)
    if text is None:
        return Part(MAP_TEXT, notes, True)
    return Part(MAP_TEXT, notes, False, drawing=SourceText(shown, tuple(text.split("\n"))))


# --- rules ---------------------------------------------------------------------------------------------------


def read_rules(reading: Reading, folder: Path) -> None:
    """The common rules, each chapter with the scenario's own numbers laid over it."""
    over = _overrides(reading)
    chapters: dict[str, Any] = {}
    hints = get_type_hints(Ruleset)
    for chapter in fields(Ruleset):
        name, shown, kind = chapter.name, f"rules/{chapter.name}.yaml", hints[chapter.name]
        data, problems = file_bytes(folder / f"{name}.yaml", shown)
        if data is not None and name not in over:
            part = _chapter(shown, kind, data)
            reading.notes.include(part.notes)
            chapters[name] = None if part.failed else part.value
            continue
        root, problems = (None, problems) if data is None else reader.read_bytes(data, shown)
        for problem in problems:
            reading.notes.add(problem)
        if root is not None and name in over:
            root = _laid_over(root, over[name], reading.notes)
        before = len(reading.notes.problems)
        chapters[name] = walk(root, kind, reading.notes)
        if has_errors(reading.notes.problems[before:]):
            chapters[name] = None
    if all(value is not None for value in chapters.values()):
        reading.rules = Ruleset(**chapters)


@lru_cache(maxsize=64)
def _chapter(shown: str, kind: type[Any], data: bytes) -> Part:
    """A chapter as it stands, kept by its bytes: every scenario is played by the same ones."""
    return part_of(shown, shown, kind, data)


def _overrides(reading: Reading) -> dict[str, Node]:
    root = reading.nodes.get("scenario.yaml")
    rules = root.values.get("rules") if root is not None else None
    if not isinstance(rules, TableNode):
        return {}
    known = [chapter.name for chapter in fields(Ruleset)]
    for name, key in rules.keys.items():
        if name not in known:
            reading.notes.add(key.problem("Y201", f'there is no chapter "{name}" of rules', suggestion(name, known)))
    return {name: value for name, value in rules.values.items() if name in known}


def _laid_over(root: TableNode, over: Node, notes: Notes) -> TableNode:
    if not isinstance(over, TableNode):
        notes.add(
            over.problem(
                "Y204", f"expected a mapping of numbers, found {over.found()}", "write the numbers that differ"
            )
        )
        return root
    found = merged(root, _spelt(root, over, notes))
    return found if isinstance(found, TableNode) else root


def _spelt(base: Node, over: Node, notes: Notes) -> Node:
    """An override without misspelt names of free keys: "mec" with one number is no new unit type, but means "mech".

    The nodes themselves stay as they are: a live check reads the same ones again.
    """
    if not isinstance(base, TableNode) or not isinstance(over, TableNode):
        return over
    siblings = [value for value in base.values.values() if isinstance(value, TableNode)]
    shared = set.intersection(*(set(one.values) for one in siblings)) if siblings else set[str]()
    keys, values = dict(over.keys), dict(over.values)
    for name, value in over.values.items():
        if name in base.values:
            values[name] = _spelt(base.values[name], value, notes)
            continue
        near = nearest(name, base.values)
        if near is not None and isinstance(value, TableNode) and shared - set(value.values):
            notes.add(over.keys[name].problem("Y201", f'there is no "{name}" to override', f'did you mean "{near}"?'))
            del keys[name], values[name]
    return TableNode(over.source, over.line, over.column, over.width, over.broken, keys, values)
