"""The live check says what `check` says, fast enough to run behind the brush, and knows where on the map it is."""

from __future__ import annotations

from pathlib import Path
from time import process_time

import pytest

from game import workshop as w
from game.scenario.checker import check_folder
from game.scenario.loading import load_scenario
from game.scenario.shipped import scenario_folder
from game.workshop import Finding, Workshop
from tests.worlds import shipped

from .workshop import copied


@pytest.mark.parametrize("name", shipped("collision", "tutorial"))
def test_a_scenario_in_the_workshop_is_judged_as_on_the_disk(name: str) -> None:
    workshop = Workshop.open(name)
    found, bugs = check_folder(scenario_folder(name))
    assert [finding.problem for finding in workshop.problems()] == found
    assert list(workshop.bugs) == bugs
    assert workshop.world() == load_scenario(name)


def broken(tmp_path: Path, file: str, old: str, new: str) -> tuple[Workshop, list[Finding]]:
    workshop = Workshop.open(copied("tutorial", tmp_path))
    text = workshop.text(file)
    assert old in text
    assert workshop.do(w.EditText(file, text.replace(old, new, 1))) is None
    workshop.save()
    found = list(workshop.problems())
    assert [finding.problem for finding in found] == check_folder(workshop.folder)[0]
    assert found
    return workshop, found


@pytest.mark.parametrize(
    ("file", "old", "new", "code", "label", "unit"),
    [
        ("forces/saa.yaml", "hex: 0305", "hex: 9905", "M101", None, "t-2nd"),
        ("forces/saa.yaml", "type: artillery", "type: artilery", None, "0204", "t-guns"),
        ("forces/saa.yaml", "hex: 0305", "hex: 0205, hex: 0306", "Y115", "0205", "t-2nd"),
        ("map.yaml", "0505, 0605", "0505, 0607, 0605", None, "0607", None),
        ("map.txt", "h h . . h v", "h h ? . h v", "M105", "0504", None),
        ("map.yaml", "hex: 0704, kind: hill", "hex: 0704, kind: hil", "Y210", "0704", None),
        ("victory.yaml", "place: Riverside", "place: Riversid", "N102", None, None),
        ("crossings.yaml", "0805/SE", "0205/SE", "M114", "0205", None),
    ],
)
def test_a_message_leads_to_its_place(
    tmp_path: Path, file: str, old: str, new: str, code: str | None, label: str | None, unit: str | None
) -> None:
    workshop, found = broken(tmp_path, file, old, new)
    first = next(finding for finding in found if code is None or finding.problem.code == code)
    assert first.file == file and first.unit == unit
    grid = workshop.grid
    assert grid is not None
    if label is not None:
        assert first.hex == grid.hex(label)


def test_the_check_comes_in_slices(tmp_path: Path) -> None:
    workshop = Workshop.open(copied("tutorial", tmp_path))
    workshop.do(w.ScenarioField(("turns",), 7))
    before = workshop.findings
    slices = 1
    while workshop.check_step():
        slices += 1
    assert slices > 5 and workshop.findings == before == ()
    assert not workshop.check_step()
    workshop.do(w.ScenarioField(("turns",), 8))
    assert workshop.check_step()
    workshop.do(w.RemovePlace("Riverside"))
    assert workshop.problems() != () == before


@pytest.mark.slow
def test_the_check_keeps_pace_with_the_brush(tmp_path: Path) -> None:
    """Bar: 0.3 s of one processor on the campaign; the test allows a slow machine twice that."""
    workshop = Workshop.open(copied("race_for_deir_ezzor", tmp_path))
    grid = workshop.grid
    assert grid is not None
    times = []
    for label in ("2020", "2021", "2022"):
        assert workshop.do(w.PaintTerrain((grid.hex(label),), "hills")) is None
        start = process_time()
        assert workshop.problems() == ()
        times.append(process_time() - start)
    assert min(times) < 0.6


def test_a_misspelt_override_is_told_each_time(tmp_path: Path) -> None:
    workshop = Workshop.open(copied("tutorial", tmp_path))
    rules = {"types": {"mec": {"attack": 4}}}
    assert workshop.do(w.ScenarioField(("rules", "units"), rules)) is None
    told = [finding.problem.head() for finding in workshop.problems()]
    assert any('did you mean "mech"' in line for line in told)
    workshop.undo()
    assert workshop.problems() == ()
    workshop.redo()
    assert [finding.problem.head() for finding in workshop.problems()] == told
