"""Saving: what changed is written whole, what somebody else changed is never overwritten unasked."""

from __future__ import annotations

from pathlib import Path

import pytest

from game import workshop as w
from game.faults import UsageFault
from game.scenario.checker import check_folder
from game.workshop import Workshop

from .workshop import copied, snapshot


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return copied("tutorial", tmp_path)


def on_disk(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_opening_and_saving_changes_nothing(folder: Path) -> None:
    before = on_disk(folder)
    stamps = {path: path.stat().st_mtime_ns for path in folder.rglob("*.*")}
    workshop = Workshop.open(folder)
    assert workshop.save() == () and on_disk(folder) == before == snapshot(workshop)
    assert stamps == {path: path.stat().st_mtime_ns for path in folder.rglob("*.*")}


def test_saving_writes_the_files_that_changed(folder: Path) -> None:
    before, workshop = on_disk(folder), Workshop.open(folder)
    workshop.do(w.PaintTerrain((0, 1), "hills"))
    workshop.do(w.SetUnderlay(w.Underlay("a.png", 0, 1, 2, 3)))
    assert workshop.dirty and on_disk(folder) == before
    assert set(workshop.save()) == {"map.txt", "editor.yaml"}
    assert not workshop.dirty and workshop.save() == ()
    assert on_disk(folder) == snapshot(workshop)
    assert check_folder(folder) == ([], [])
    again = Workshop.open(folder)
    assert again.underlay() == w.Underlay("a.png", 0, 1, 2, 3)
    workshop.undo()
    assert workshop.dirty and set(workshop.save()) == {"editor.yaml"} and "editor.yaml" not in on_disk(folder)
    workshop.undo()
    workshop.save()
    assert on_disk(folder) == before


def test_a_file_that_changed_on_the_disk_is_not_overwritten(folder: Path) -> None:
    workshop = Workshop.open(folder)
    workshop.do(w.ScenarioField(("turns",), 7))
    path = folder / "scenario.yaml"
    foreign = path.read_bytes().replace(b"turns: 6", b"turns: 9")
    path.write_bytes(foreign)
    assert workshop.changed_on_disk() == ("scenario.yaml",)
    with pytest.raises(UsageFault, match=r"scenario\.yaml changed on the disk"):
        workshop.save()
    assert path.read_bytes() == foreign and workshop.dirty
    assert workshop.save(over=True) == ("scenario.yaml",)
    assert b"turns: 7" in path.read_bytes()


def test_a_change_of_another_file_is_no_hindrance(folder: Path) -> None:
    workshop = Workshop.open(folder)
    workshop.do(w.ScenarioField(("turns",), 7))
    path = folder / "crossings.yaml"
    path.write_bytes(path.read_bytes().replace(b"blown", b"open"))
    assert workshop.save() == ("scenario.yaml",)
    assert workshop.changed_on_disk() == ("crossings.yaml",)


def test_what_changed_on_the_disk_is_taken_over_as_a_step(folder: Path) -> None:
    workshop = Workshop.open(folder)
    workshop.do(w.PaintTerrain((0,), "hills"))
    path = folder / "crossings.yaml"
    path.write_bytes(path.read_bytes().replace(b"blown", b"open"))
    (folder / "history.yaml").unlink()
    assert workshop.reload_changed_files() == ("crossings.yaml", "history.yaml")
    assert workshop.history == ("paint 0101 with hills", "reload crossings.yaml, history.yaml")
    assert "open" in workshop.text("crossings.yaml") and "history.yaml" not in workshop.files()
    world = workshop.world()
    assert world is not None and world.sites[0].state == "open"
    workshop.undo()
    assert "blown" in workshop.text("crossings.yaml") and "history.yaml" in workshop.files()
    assert set(workshop.save()) == {"map.txt", "crossings.yaml", "history.yaml"}


def test_a_scenario_is_saved_under_another_name(folder: Path, tmp_path: Path) -> None:
    workshop, before = Workshop.open(folder), on_disk(folder)
    workshop.do(w.ScenarioField(("title",), "Other"))
    workshop.save_as(tmp_path / "other")
    assert on_disk(folder) == before and not workshop.dirty
    assert workshop.folder == tmp_path / "other" and on_disk(tmp_path / "other") == snapshot(workshop)
    assert [finding.problem.code for finding in workshop.problems()] == ["F103"]
    assert workshop.do(w.ScenarioField(("id",), "other")) is None
    assert workshop.problems() == ()
    with pytest.raises(UsageFault, match="not an empty folder"):
        workshop.save_as(folder)


def test_pictures_of_the_folder_go_along(folder: Path, tmp_path: Path) -> None:
    (folder / "a.png").write_bytes(b"picture")
    workshop = Workshop.open(folder)
    workshop.do(w.SetUnderlay(w.Underlay("a.png", 0, 1, 2, 3)))
    workshop.save_as(tmp_path / "other")
    assert (tmp_path / "other" / "a.png").read_bytes() == b"picture"


def test_a_broken_scenario_opens_too(folder: Path) -> None:
    (folder / "map.yaml").write_text("format: 1\nsize: {columns: 12\n", encoding="utf-8")
    workshop = Workshop.open(folder)
    assert workshop.world() is None and workshop.last_world is None and workshop.grid is None
    assert workshop.problems()[0].file == "map.yaml"
    assert workshop.do(w.PaintTerrain((0,), "hills")) is not None
    (folder / "map.yaml").unlink()
    assert Workshop.open(folder).problems()[0].problem.code == "F101"


def test_a_file_that_is_no_text_opens_and_is_told(folder: Path) -> None:
    (folder / "history.yaml").write_bytes(b"\xff\xfe\x00")
    workshop = Workshop.open(folder)
    assert any(finding.problem.code == "Y103" for finding in workshop.problems())
    assert workshop.do(w.EditText("history.yaml", "format: 1\n")) is None
    assert workshop.problems() == ()


def test_no_scenario_and_links_that_lead_out_are_said(folder: Path, tmp_path: Path) -> None:
    with pytest.raises(UsageFault):
        Workshop.open(tmp_path / "nothing")
    (folder / "crossings.yaml").unlink()
    (folder / "crossings.yaml").symlink_to("/etc/passwd")
    with pytest.raises(UsageFault, match="leads out of the folder"):
        Workshop.open(folder)
