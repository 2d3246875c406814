"""Scenarios in the workshop for the tests of the workshop, and what changed in them line by line."""

from __future__ import annotations

import shutil
from difflib import SequenceMatcher
from pathlib import Path

from game.scenario.shipped import scenario_folder
from game.workshop import Workshop


def copied(name: str, folder: Path) -> Path:
    """A copy of a shipped scenario that may be written to."""
    target = folder / name
    shutil.copytree(scenario_folder(name), target)
    return target


def snapshot(workshop: Workshop) -> dict[str, bytes]:
    """The bytes of all files as they are now."""
    return {name: workshop.data(name) or b"" for name in workshop.files()}


def changed_lines(before: dict[str, bytes], after: dict[str, bytes]) -> dict[str, tuple[list[str], list[str]]]:
    """By file: the lines that went and the lines that came, in order."""
    found = {}
    for name in sorted({*before, *after}):
        old, new = (text.get(name, b"").decode().splitlines(keepends=True) for text in (before, after))
        gone, come = [], []
        for tag, i1, i2, j1, j2 in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
            if tag != "equal":
                gone += [line.rstrip("\r\n") for line in old[i1:i2]]
                come += [line.rstrip("\r\n") for line in new[j1:j2]]
        if gone or come:
            found[name] = (gone, come)
    return found
