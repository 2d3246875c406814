"""The first line of a YAML file that tells editors its JSON Schema: completion, explanations and ranges while typing.

Any editor that speaks to yaml-language-server follows it. The loader sees a comment.
"""

from __future__ import annotations

from pathlib import Path, PurePosixPath

from game.scenario.shipped import RULES

MARK = "# yaml-language-server: $schema="
LEVELS = 2
"""How far above a scenario its schemas may lie: puzzles lie in a folder of their own among the shipped scenarios."""
SCHEMAS = "schema"
"""Folder of the schemas: above those of the shipped scenarios, in the folder of a new one."""


def schema_name(name: str, folder: str = "") -> str:
    """The schema of a file, named as seen from its scenario (``forces/saa.yaml``) or from the ``folder`` of rules."""
    path = PurePosixPath(name)
    if folder == RULES:
        return f"rules-{path.stem}.json"
    return f"{path.parts[0]}.json" if len(path.parts) > 1 else f"{path.stem}.json"


def modeline(folder: Path, name: str) -> str:
    """The line for a file of a folder, with its line end; empty where no schema lies in or above the folder."""
    place = folder.resolve()
    schema = schema_name(name, place.name)
    for up, holder in enumerate((place, *place.parents[:LEVELS])):
        if (holder / SCHEMAS / schema).is_file():
            return line_to(name, schema, up)
    return ""


def line_to(name: str, schema: str, up: int = 0) -> str:
    """The line for a file whose schema lies ``up`` folders above that of its scenario."""
    levels = len(PurePosixPath(name).parts) - 1 + up
    return f"{MARK}{'../' * levels}{SCHEMAS}/{schema}\n"
