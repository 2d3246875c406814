"""Names of files that systems take differently, and links that lead nowhere, are told: nothing is passed over."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from game.cli.runner import main
from game.faults import UsageFault
from game.packs.packing import write_pack
from game.scenario.checker import check_paths
from game.scenario.installed import installed_scenarios
from game.schema.problems import Problem
from game.workshop import Workshop

BASE = Path(__file__).parents[1] / "bad" / "base"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    place = tmp_path / "base"
    shutil.copytree(BASE, place)
    return place


@pytest.fixture
def two_cases(tmp_path: Path) -> None:
    (tmp_path / "a").touch()
    if (tmp_path / "A").exists():
        pytest.skip("this disk takes capitals and small letters for the same")


@pytest.fixture
def links(tmp_path: Path) -> None:
    try:
        (tmp_path / "trial").symlink_to(tmp_path / "nowhere")
    except OSError:
        pytest.skip("no links may be made here")
    (tmp_path / "trial").unlink()


def told(folder: Path) -> list[tuple[str, str, str]]:
    report = check_paths([folder])
    assert not report.bugs
    return [(one.code, one.severity, Path(one.file).relative_to(folder).as_posix()) for one in report.problems]


@pytest.mark.usefixtures("two_cases")
@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        ("events.yaml", "events.YAML"), ("map.yaml", "Map.yaml"), ("map.txt", "MAP.TXT"),
        ("scenario.yaml", "Scenario.yaml"), ("forces/sdf.yaml", "forces/SDF.yaml"),
        ("forces/isis.yaml", "forces/isis.Yaml"),
    ],
)  # fmt: skip
def test_a_file_in_other_capitals_is_told_once_with_its_right_name(folder: Path, right: str, wrong: str) -> None:
    (folder / right).rename(folder / wrong)
    assert ("F108", "error", wrong) in told(folder)
    assert [one for one in told(folder) if one[1] == "error"] == [("F108", "error", wrong)]
    problem: Problem = next(one for one in check_paths([folder]).problems if one.code == "F108")
    assert problem.fix == f"rename it to {right}"
    with pytest.raises(Exception, match="F108"):
        write_pack(folder, folder.with_suffix(".zip"))


@pytest.mark.usefixtures("two_cases")
def test_two_files_that_are_one_on_some_disks_are_told(folder: Path) -> None:
    (folder / "Events.yaml").write_text("format: 1\nevents: []\n", encoding="utf-8")
    assert told(folder) == [("F108", "error", "Events.yaml")]


@pytest.mark.usefixtures("links")
@pytest.mark.parametrize(
    ("name", "severity"),
    [
        ("events.yaml", "error"), ("map.txt", "error"), ("forces/sdf.yaml", "error"), ("notes.md", "warning"),
        ("forces", "warning"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("target", ["nowhere", "itself"])
def test_a_link_that_leads_nowhere_is_told(folder: Path, name: str, severity: str, target: str) -> None:
    path = folder / name
    if path.is_dir():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)
    path.symlink_to(path if target == "itself" else folder / "not_there")
    found = told(folder)
    assert ("F109", severity, name) in found
    assert {one for one in found if one[1] == "error"} <= {("F109", "error", name)}


@pytest.mark.usefixtures("links")
def test_the_editor_does_not_write_through_a_link_that_leads_nowhere(folder: Path) -> None:
    (folder / "events.yaml").unlink()
    (folder / "events.yaml").symlink_to(folder / "not_there")
    with pytest.raises(UsageFault, match="leads nowhere"):
        Workshop.open(folder)
    assert not (folder / "not_there").exists()


@pytest.mark.usefixtures("links")
def test_an_installed_link_that_leads_nowhere_stays_in_the_list(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("game.scenario.installed.installed_folder", lambda: tmp_path)
    (tmp_path / "my_war").symlink_to(tmp_path / "moved_away")
    assert [path.name for path in installed_scenarios()] == ["my_war"]
    assert main(["check", "my_war"]) != 0
    assert "my_war" in "".join(capsys.readouterr())
