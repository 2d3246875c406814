"""``coach.yaml``: read strictly, checked with file and line, and in the words of orders, overlays and the table."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import get_args

import pytest

from game import orders as od
from game.scenario import coach
from game.scenario.checker import check_folder
from game.scenario.loading import load_scenario
from game.scenario.shipped import scenario_folder
from game.ui import order_kinds, overlays


def test_the_words_of_the_file_are_those_of_the_game() -> None:
    assert set(get_args(coach.OrderWord)) <= set(od.WORDS) - {"end-turn"}
    assert set(get_args(coach.OverlayWord)) <= {kind.name for kind in overlays.on_the_bar()}
    kinds = {kind.key for kind in order_kinds.KINDS}
    assert set(get_args(coach.Preparable)) <= kinds and set(get_args(coach.OrderButton)) <= kinds


def test_a_world_has_its_coach_and_the_form_keeps_it() -> None:
    world = load_scenario(scenario_folder("tutorial"))
    assert world.coach is not None and world.raw["coach"]["steps"][0]["id"] == world.coach.steps[0].id
    assert load_scenario(scenario_folder("collision")).coach is None


@pytest.mark.parametrize(
    ("old", "new", "code", "words"),
    [
        ("by: 1", "by: 9", "C101", "the game has 6 turns"),
        ("{on: select, unit: t-1st}", "{on: select, unit: t-town}", "C102", '"t-town" is no unit of saa'),
        ("show: [{unit: t-1st}]", "show: [{unit: t-first}]", "N102", 'no unit "t-first"'),
        ("show: [{unit: t-1st}]", "show: [{unit: t-1st, part: log}]", "Y220", "one thing"),
        ("{on: show, overlay: supply}", "{on: show, overlay: suply}", "Y210", "suply"),
        ("    done: [{on: ask}]\n", "", "Y220", "nothing ends this step"),
        ("id: forecast-march", "id: select", "N101", "exists already"),
        ("{place: Gas plant}", "{place: Gas plan}", "N102", "Gas plan"),
    ],
)
def test_mistakes_are_told_with_their_line(tmp_path: Path, old: str, new: str, code: str, words: str) -> None:
    folder = tmp_path / "tutorial"
    shutil.copytree(scenario_folder("tutorial"), folder)
    path = folder / "coach.yaml"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    problems, bugs = check_folder(folder)
    assert not bugs
    found = [problem for problem in problems if problem.code == code and words in problem.what]
    assert found and found[0].file.endswith("coach.yaml") and found[0].line > 4
