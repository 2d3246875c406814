"""What each file of a scenario folder may hold: a dataclass a file, declared with the marks of ``schema.spec``."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from game.scenario.coach import CoachFile
from game.scenario.doctrine import DoctrineFile
from game.scenario.events import EventsFile
from game.scenario.files.forces import ForcesFile
from game.scenario.files.history import HistoryFile
from game.scenario.files.map import CrossingsFile, MapFile
from game.scenario.files.relations import RelationsFile
from game.scenario.files.scenario import ScenarioFile
from game.scenario.victory import VictoryFile


@dataclass(frozen=True, slots=True)
class FileKind:
    """A file of the folder: its name, the dataclass it is read as, whether a scenario can do without it."""

    name: str
    kind: type[Any]
    required: bool = False


FILES = (
    FileKind("scenario.yaml", ScenarioFile, True),
    FileKind("map.yaml", MapFile, True),
    FileKind("crossings.yaml", CrossingsFile),
    FileKind("relations.yaml", RelationsFile, True),
    FileKind("events.yaml", EventsFile),
    FileKind("victory.yaml", VictoryFile),
    FileKind("history.yaml", HistoryFile),
    FileKind("doctrine.yaml", DoctrineFile),
    FileKind("coach.yaml", CoachFile),
)
FORCES = FileKind("forces/<faction>.yaml", ForcesFile)
MAP_TEXT = "map.txt"
NOT_READ = ("map_corrections.yaml", "editor.yaml", "puzzle.yaml")
"""Files of the folder that belong to tools: the recipe of a made map, what the editor keeps, what makes a puzzle."""

__all__ = [
    "FILES", "FORCES", "MAP_TEXT", "NOT_READ", "CoachFile", "CrossingsFile", "DoctrineFile", "EventsFile", "FileKind",
    "ForcesFile", "HistoryFile", "MapFile", "RelationsFile", "ScenarioFile", "VictoryFile",
]  # fmt: skip
