"""The rulebook: complete, in step with the rules, and short enough to read in an evening."""

from __future__ import annotations

import dataclasses
import re
from pathlib import Path

import pytest

from game import engine, rulebook
from game.rulebook_parts import SHIFT_WORDS

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def world():
    return engine.load_scenario("race_for_deir_ezzor")


def test_the_book_in_docs_is_the_one_the_rules_print(world):
    written = (ROOT / "docs" / "rulebook.md").read_text(encoding="utf-8")
    assert written == rulebook.book(world), "run tools/write_rulebook.py"


def test_every_chapter_stands_and_no_mark_is_left(world):
    text = rulebook.book(world)
    for chapter in range(1, 19):
        assert re.search(rf"^## {chapter}\. ", text, re.M), f"chapter {chapter} is missing"
    assert not re.search(r"\{[a-z:]*[a-z_]+\.", text)


def test_a_changed_number_changes_the_book(world):
    old = world.rules.movement
    movement = dataclasses.replace(old, minor_river=dataclasses.replace(old.minor_river, foot=13))
    changed = dataclasses.replace(world, rules=dataclasses.replace(world.rules, movement=movement))
    assert "costs 3¼ more on foot" in rulebook.book(changed)
    assert "costs 3¼ more on foot" not in rulebook.book(world)


def test_every_shift_is_named_in_the_table(world):
    shifts = {field.name for field in dataclasses.fields(world.rules.combat.shifts)}
    assert set(SHIFT_WORDS) == shifts - {"quality_cap"}


def test_an_unknown_number_is_an_error(world):
    with pytest.raises(KeyError, match=r"movement\.nothing"):
        rulebook.filled("{movement.nothing}", world)


def test_the_book_reads_in_twenty_minutes(world):
    words = len(re.sub(r"^\|.*$", "", rulebook.book(world), flags=re.M).split())
    assert words < 4600, "230 words a minute"
