"""One fault is told once: a file that is broken in one place never makes sound files look wrong."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from game.scenario.checker import check_folder
from game.schema.problems import Problem, has_errors
from game.workshop.checking import LiveCheck
from game.workshop.disk import read_folder

BASE = Path(__file__).parents[1] / "bad" / "base"
FILES = {name: data.decode() for name, data in read_folder(BASE).items()}


def misspelt_key(line: str) -> str:
    return re.sub(r"([A-Za-z_]+):", r"zzq\1:", line, count=1)


def dropped_key(line: str) -> str:
    return re.sub(r", [a-z_]+: [^,{}\[\]]+(?=[,}])", "", line, count=1)


def wrong_value(line: str) -> str:
    return re.sub(r": [\w.-]+(?=[,}]|$)", ": {a: 1}", line, count=1)


def bad_letter(line: str) -> str:
    return re.sub(r": ([\w.-]+)(?=[,}]|$)", ': "\\\\x01"', line, count=1)


def broken_line(line: str) -> str:
    return line + " [" if line and not line.startswith("#") else line


def variants(text: str, change: Callable[[str], str]) -> Iterator[tuple[int, str]]:
    """The text with one line changed, for each line in which something can be."""
    lines = text.split("\n")
    for number, line in enumerate(lines):
        if (other := change(line)) != line:
            yield number + 1, "\n".join([*lines[:number], other, *lines[number + 1 :]])


def told(check: LiveCheck, name: str, text: str) -> list[Problem]:
    steps = check.steps({one: data.encode() for one, data in {**FILES, name: text}.items()})
    while True:
        try:
            next(steps)
        except StopIteration as end:
            assert not end.value.bugs
            return list(end.value.problems)


@pytest.mark.parametrize("change", [misspelt_key, dropped_key, wrong_value, bad_letter, broken_line])
def test_a_fault_in_one_file_is_told_in_that_file_alone(change: Callable[[str], str]) -> None:
    check, faults = LiveCheck(BASE), 0
    for name, text in FILES.items():
        for line, broken in variants(text, change):
            problems = told(check, name, broken)
            if has_errors(problems):
                faults += 1
                elsewhere = [one.head() for one in problems if not one.file.endswith(f"/{name}")]
                assert elsewhere == [], f"{name}, line {line}"
    assert faults > 10


def test_a_misspelt_reference_is_told_beside_a_fault_that_hides_nothing() -> None:
    check = LiveCheck(BASE)
    chart = FILES["map.yaml"].replace("kind: town", "kind: twon", 1)
    prizes = FILES["victory.yaml"].replace("place: Northtown", "place: Nortown", 1)
    files = {**FILES, "map.yaml": chart, "victory.yaml": prizes}
    steps = check.steps({name: data.encode() for name, data in files.items()})
    with pytest.raises(StopIteration) as end:
        while True:
            next(steps)
    assert {one.code for one in end.value.value.problems} >= {"Y210", "N102"}


def test_forces_of_factions_that_cannot_be_read_hide_their_units(tmp_path: Path) -> None:
    for name, text in FILES.items():
        path = tmp_path / "base" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text.replace("factions:", "fractions:") if name == "scenario.yaml" else text, encoding="utf-8")
    problems, _ = check_folder(tmp_path / "base")
    assert {Path(one.file).name for one in problems} == {"scenario.yaml"}
