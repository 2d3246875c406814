"""Every shipped YAML file names its schema on the first line, and an editor that follows it finds no fault."""

from __future__ import annotations

import json
import re
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from game.mapmaker.recipe_file import RecipeFile
from game.scenario.modeline import MARK, modeline
from game.scenario.shipped import scenarios_folder
from game.schema.nodes import ListNode, Node, TableNode, TextNode
from game.schema.reader import read_file
from game.schema.reference import undocumented

SCENARIOS = scenarios_folder()
FILES = sorted(SCENARIOS.rglob("*.yaml"))


def as_an_editor_reads(node: Node) -> Any:
    """Values by the core schema of YAML 1.2, as yaml-language-server has them: 0714 is the number 714 there."""
    if isinstance(node, TableNode):
        return {key.text: as_an_editor_reads(value) for key, value in node.pairs()}
    if isinstance(node, ListNode):
        return [as_an_editor_reads(item) for item in node.items]
    assert isinstance(node, TextNode)
    if not node.plain or node.text in ("true", "false"):
        return node.text == "true" if node.plain else node.text
    if re.fullmatch(r"[-+]?[0-9]+", node.text):
        return int(node.text)
    return float(node.text) if re.fullmatch(r"[-+]?[0-9]*\.[0-9]+", node.text) else node.text


@cache
def validator(schema: Path) -> Draft202012Validator:
    definition = json.loads(schema.read_text(encoding="utf-8"))
    Draft202012Validator.check_schema(definition)
    return Draft202012Validator(definition)


def named(path: Path) -> Path:
    first = path.read_text(encoding="utf-8").split("\n", 1)[0]
    assert first.startswith(MARK), f"{path}: the first line names no schema"
    return (path.parent / first.removeprefix(MARK)).resolve()


@pytest.mark.slow  # CI runs it; that the schemas are those of the code is asked elsewhere
def test_a_shipped_file_names_a_schema_that_accepts_it() -> None:
    for path in FILES:
        node, problems = read_file(path)
        assert node is not None and not problems, path
        faults = validator(named(path)).iter_errors(as_an_editor_reads(node))
        assert [f"{list(fault.absolute_path)}: {fault.message}" for fault in faults] == [], path


def test_the_line_is_the_one_that_tools_write() -> None:
    for path in FILES:
        around = [folder for folder in path.parents if (folder / "scenario.yaml").is_file()]
        folder = around[0] if around else path.parent
        line = modeline(folder, path.relative_to(folder).as_posix())
        assert line and path.read_text(encoding="utf-8").startswith(line), path


def test_the_schema_finds_faults() -> None:
    judge = validator(SCENARIOS / "schema" / "crossings.json")
    assert not judge.is_valid({"format": 1, "crossings": [{"name": "A", "side": "0714/E", "kind": "bridge"}]})


def test_where_no_schema_lies_beside_a_folder_there_is_no_line(tmp_path: Path) -> None:
    assert modeline(tmp_path, "map.yaml") == ""


def test_editors_explain_the_recipe_of_a_map() -> None:
    assert undocumented(RecipeFile) == []
