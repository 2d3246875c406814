"""One fault is told once: a file that is broken in one place never makes sound files look wrong."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from itertools import islice
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


@pytest.mark.parametrize("every", [4, pytest.param(1, marks=pytest.mark.slow)])
@pytest.mark.parametrize("change", [misspelt_key, dropped_key, wrong_value, bad_letter, broken_line])
def test_a_fault_in_one_file_is_told_in_that_file_alone(change: Callable[[str], str], every: int) -> None:
    check, faults = LiveCheck(BASE), 0
    for name, text in FILES.items():
        for line, broken in islice(variants(text, change), 0, None, every):
            problems = told(check, name, broken)
            if has_errors(problems):
                faults += 1
                elsewhere = [one.head() for one in problems if not one.file.endswith(f"/{name}")]
                assert elsewhere == [], f"{name}, line {line}"
    assert faults > 24 // every


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


def told_of(tmp_path: Path, file: str, before: str, after: str) -> list[Problem]:
    """What is told of the base with one text replaced."""
    for name, text in FILES.items():
        path = tmp_path / "base" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        if name == file:
            assert before in text
            text = text.replace(before, after, 1)
        path.write_text(text, encoding="utf-8")
    return list(check_folder(tmp_path / "base")[0])


@pytest.mark.parametrize(
    ("file", "before", "after", "codes"),
    [
        ("victory.yaml", "  isis: {", "  izis: {", ["N102"]),
        ("relations.yaml", "{a: saa, b: isis,", "{a: saa, b: izis,", ["N102"]),
        ("map.yaml", "columns: 8", "columns: 9", ["M104"]),
        ("map.txt", "v v v . . . .", "v v v . . .", ["M104"]),
        ("map.txt", ", , , U , , m ,", ", ; ; U ; , m ,", ["M105"]),
        ("map.txt", ", , , U , , m ,", ", ; , U ? , m ,", ["M105", "M105"]),
        ("forces/saa.yaml", "at: Southtown", "at: Southtown\n    arrives: 2017-09-08", ["U106"]),
        ("map.yaml", "0304/N, 0304/NE, ", "0304/N, ", ["M120"]),
        ("map.yaml", "0204/N, 0204/NE, 0304/N, 0304/NE, ", "", []),
        ("map.yaml", "0706/NE, 0806/SE]", "0706/NE]", []),
    ],
)  # fmt: skip
def test_one_fault_has_one_message(file: str, before: str, after: str, codes: list[str], tmp_path: Path) -> None:
    """Whoever followed a second one would spoil what is sound: a stance given twice, bands beside those misspelt."""
    problems = [one for one in told_of(tmp_path, file, before, after) if one.code != "M116"]  # the road is dry too
    assert [one.code for one in problems] == codes, [one.head() for one in problems]


def test_a_name_that_one_of_two_equal_names_has_lost_is_looked_for_there(tmp_path: Path) -> None:
    problems = told_of(tmp_path, "scenario.yaml", "id: isis,", "id: saa,")
    lost = [one for one in problems if one.code == "N102"]
    assert lost and all('one of the two "saa"' in one.fix for one in lost), [one.fix for one in lost]
    (twice,) = [one for one in problems if one.code == "N101"]
    assert "another name" in twice.fix
    assert not [one for one in problems if one.code == "L101" or "saa.yaml" in one.fix]
    near = told_of(tmp_path, "forces/saa.yaml", "id: saa-2", "id: saa-1")
    assert [one.code for one in near] == ["N101"]


def test_the_side_that_a_river_lacks_is_named(tmp_path: Path) -> None:
    (gap,) = told_of(tmp_path, "map.yaml", "0505/N, 0505/NE, ", "0505/N, ")
    assert gap.severity == "warning" and "0505/NE" in gap.what and "Great River" in gap.what
