"""The first line of a YAML file that tells editors its JSON Schema: completion, explanations and ranges while typing.

Any editor that speaks to yaml-language-server follows it. The loader sees a comment.
"""

from __future__ import annotations

from pathlib import Path, PurePosixPath

from game.scenario.shipped import RULES

MARK = "# yaml-language-server: $schema="
SCHEMAS = "schema"
"""Folder of the schemas, beside the folders of the scenarios."""


def schema_name(name: str, folder: str = "") -> str:
    """The schema of a file, named as seen from its scenario (``forces/saa.yaml``) or from the ``folder`` of rules."""
    path = PurePosixPath(name)
    if folder == RULES:
        return f"rules-{path.stem}.json"
    return f"{path.parts[0]}.json" if len(path.parts) > 1 else f"{path.stem}.json"


def modeline(folder: Path, name: str) -> str:
    """The line for a file of a folder, with its line end; empty where no schema lies beside the folder."""
    place = folder.resolve()
    schema = schema_name(name, place.name)
    if not (place.parent / SCHEMAS / schema).is_file():
        return ""
    return f"{MARK}{'../' * len(PurePosixPath(name).parts)}{SCHEMAS}/{schema}\n"
