"""The command ``check``: plain lines, exit codes, JSON for tools."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from game.cli.runner import main
from game.scenario import checker
from game.scenario.reading import Reading
from game.scenario.shipped import scenarios_folder, shipped_scenarios
from game.schema.problems import Problem

BASE = Path(__file__).parents[1] / "bad" / "base"


@pytest.fixture
def faulty(tmp_path: Path) -> Path:
    folder = tmp_path / "some" / "base"
    shutil.copytree(BASE, folder)
    path = folder / "forces" / "saa.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("type: mech", "type: mecha"), encoding="utf-8")
    return folder


def test_a_folder_of_scenarios_is_checked_one_by_one(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", str(scenarios_folder())]) == 0
    told = capsys.readouterr().out.splitlines()
    assert [line for line in told if line.endswith(": no errors, no warnings")] == told
    assert len(told) == len(shipped_scenarios())


def test_errors_are_one_line_each_with_the_source_beneath(faulty: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", str(faulty)]) == 1
    told = capsys.readouterr().out.splitlines()
    place = f"{faulty.as_posix()}/forces/saa.yaml:6:11"
    assert told == [
        f'{place}: error N102: there is no unit type "mecha". fix: did you mean "mech"?',
        "    6 |     type: mecha",
        "      |           ^^^^^",
        f"{faulty.as_posix()}: 1 error, no warnings",
    ]


def test_json_is_one_object(faulty: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "--json", str(faulty.parent), str(BASE)]) == 1
    told = json.loads(capsys.readouterr().out)
    assert (told["errors"], told["warnings"], told["scenarios"]) == (1, 0, [faulty.as_posix(), BASE.as_posix()])
    assert told["problems"][0]["code"] == "N102"


def test_a_folder_without_scenario_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", str(tmp_path)]) == 1
    assert "error F106" in capsys.readouterr().out


def test_a_path_that_does_not_exist(tmp_path: Path) -> None:
    assert main(["check", str(tmp_path / "nowhere")]) == 4


def test_a_bug_in_a_pass_is_named_and_never_the_authors_fault(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def broken(_: Reading) -> list[Problem]:
        raise ZeroDivisionError("oh")

    monkeypatch.setattr(checker, "FILE_PASSES", (*checker.FILE_PASSES, broken))
    assert main(["check", str(BASE)]) == 5
    told = capsys.readouterr().out
    assert "a bug in the check: pass test_check_command.broken failed with ZeroDivisionError: oh" in told
