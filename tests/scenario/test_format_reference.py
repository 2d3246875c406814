"""The format reference: made from the loader's own declarations, complete, and up to date."""

from __future__ import annotations

import importlib.util
import json
import re
from dataclasses import fields
from pathlib import Path
from types import ModuleType
from typing import get_type_hints

import pytest

from game.ruleset import Ruleset
from game.scenario.checks.codes import CODES
from game.scenario.files import FILES, FORCES, EventsFile
from game.schema.binding import Notes, walk
from game.schema.reader import read_bytes
from game.schema.reference import undocumented

ROOT = Path(__file__).parents[2]
KINDS = {file.name: file.kind for file in (*FILES, FORCES)}
HINTS = get_type_hints(Ruleset)


def writer() -> ModuleType:
    spec = importlib.util.spec_from_file_location("write_format_reference", ROOT / "tools/write_format_reference.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_reference_and_schemas_are_up_to_date() -> None:
    stale = [
        path.name for path, text in writer().targets().items()
        if not path.exists() or path.read_text(encoding="utf-8") != text
    ]  # fmt: skip
    assert not stale, "run python tools/write_format_reference.py"


@pytest.mark.parametrize("name", KINDS)
def test_every_key_of_a_file_is_explained(name: str) -> None:
    assert undocumented(KINDS[name]) == []


@pytest.mark.parametrize("name", [chapter.name for chapter in fields(Ruleset)])
def test_every_number_of_the_rules_is_explained(name: str) -> None:
    assert undocumented(HINTS[name]) == []


def test_every_code_in_the_source_is_listed_and_none_else() -> None:
    used = set()
    game = ROOT / "game"
    for path in (*(game / "schema").glob("*.py"), *(game / "scenario").rglob("*.py"), game / "packs" / "installing.py"):
        if path.name != "codes.py":
            used |= set(re.findall(r'"([A-Z]\d{3})"', path.read_text(encoding="utf-8")))
    assert used == set(CODES)


def test_schemas_are_json_with_a_title() -> None:
    for name, text in writer().schemas().items():
        assert json.loads(text)["title"] == name.replace(".json", ".yaml")


def test_the_events_that_the_page_shows_can_be_read() -> None:
    text = (ROOT / "docs" / "scenario-format.md").read_text(encoding="utf-8")
    [shown] = re.findall(r"^```yaml\n(events:.*?)^```", text, re.M | re.S)
    root, problems = read_bytes(f"format: 1\n{shown}".encode(), "events.yaml")
    notes = Notes()
    read = walk(root, EventsFile, notes)
    assert not problems and not notes.problems and read is not None
    assert [event.id for event in read.events] == ["missiles", "out-of-the-tunnels"]
