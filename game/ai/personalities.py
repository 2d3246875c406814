"""Personalities: how a commander bends the doctrine of his side. Their numbers stand in ``assets/personalities.yaml``.

>>> sorted(personalities())
['bold', 'cautious', 'methodical']
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import Annotated

from game.faults import ContentFault
from game.scenario.doctrine import Doctrine, Manner, Percent
from game.schema.binding import Notes, walk
from game.schema.problems import has_errors, report_lines
from game.schema.reader import read_file
from game.schema.spec import Doc, FormatVersion, Size, Text
from game.shipped import shipped


@dataclass(frozen=True, slots=True)
class Personality:
    """A personality: what it is told as, and percent of what the doctrine says."""

    words: Annotated[str, Text(200, "what it does, in a sentence")]
    own_step: Annotated[Percent, Doc("of what an own step is worth")]
    least: Annotated[Percent, Doc("of what an attack must promise")]
    least_chance: Annotated[Percent, Doc("of the chance that an attack must have")]
    risk: Annotated[Percent, Doc("of the weight of danger where a unit stops")]
    relieve: Annotated[Percent, Doc("of the share of its steps at which a unit in the line is relieved")]


@dataclass(frozen=True, slots=True)
class PersonalitiesFile:
    """The file ``assets/personalities.yaml``."""

    format: FormatVersion
    personalities: Annotated[Mapping[Manner, Personality], Size(3, 3), Doc("personalities by name, all of them")]


@lru_cache(maxsize=4)
def personalities(path: Path | None = None) -> Mapping[str, Personality]:
    """The personalities of a file, or the shipped ones; raises ContentFault, with file and line, for mistakes."""
    source = path or shipped("assets", "personalities.yaml")
    root, problems = read_file(source)
    notes = Notes()
    for problem in problems:
        notes.add(problem)
    file = walk(root, PersonalitiesFile, notes)
    if file is None or has_errors(notes.problems):
        raise ContentFault(
            "; ".join(report_lines(notes.problems)) or f"{source}: no personalities.", "restore the file"
        )
    return {str(name): one for name, one in file.personalities.items()}


def in_manner(doctrine: Doctrine, name: str = "") -> Doctrine:
    """A doctrine as a personality bends it: the named one, else the doctrine's own."""
    one = personalities()[name or doctrine.personality]
    return replace(
        doctrine,
        own_step=min(200, doctrine.own_step * one.own_step // 100),
        least=min(400, doctrine.least * one.least // 100) if doctrine.least > 0 else doctrine.least,
        least_chance=min(36, doctrine.least_chance * one.least_chance // 100),
        risk=min(400, doctrine.risk * one.risk // 100),
        relieve=min(100, doctrine.relieve * one.relieve // 100),
    )
