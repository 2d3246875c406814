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


@pytest.mark.parametrize("name", ["con", "Aux.war", "nul", "lpt1", "war."])
@pytest.mark.parametrize("key", ["id: base", "id: sdf"])
def test_an_id_that_windows_cannot_hold_as_a_file_is_told(folder: Path, name: str, key: str) -> None:
    text = (folder / "scenario.yaml").read_text(encoding="utf-8")
    assert key in text
    (folder / "scenario.yaml").write_text(text.replace(key, f"id: {name}", 1), encoding="utf-8")
    [problem] = [one for one in check_paths([folder]).problems if one.code == "F110"]
    assert (
        problem.severity == ("warning" if key == "id: base" else "error")
        and name in problem.what
        and problem.file.endswith("scenario.yaml")
    )


@pytest.mark.parametrize("name", ["console", "nulls", "com", "war.1"])
def test_an_id_that_only_begins_like_one_is_not(folder: Path, name: str) -> None:
    text = (folder / "scenario.yaml").read_text(encoding="utf-8")
    (folder / "scenario.yaml").write_text(text.replace("id: base", f"id: {name}", 1), encoding="utf-8")
    assert "F110" not in {code for code, _, _ in told(folder)}


@pytest.mark.parametrize("blank", ["\u200b", "\u2060 \ufeff", "\u3164", "\u2800\u00ad"])
def test_a_text_that_shows_nothing_is_empty(folder: Path, blank: str) -> None:
    text = (folder / "scenario.yaml").read_text(encoding="utf-8")
    title = next(line for line in text.splitlines() if line.startswith("title:"))
    for value, codes in ((blank, {"Y211"}), (f"War{blank}", set())):
        (folder / "scenario.yaml").write_text(text.replace(title, f'title: "{value}"'), encoding="utf-8")
        assert {one.code for one in check_paths([folder]).problems} == codes


def test_names_that_differ_by_what_cannot_be_seen_look_alike(folder: Path) -> None:
    text = (folder / "map.yaml").read_text(encoding="utf-8")
    name = next(line for line in text.splitlines() if "name: Northtown" in line)
    twin = name.replace("Northtown", '"North\u200btown"')
    (folder / "map.yaml").write_text(text.replace(name, f"{name}\n{twin}"), encoding="utf-8")
    assert "N104" in {code for code, _, _ in told(folder)}


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
