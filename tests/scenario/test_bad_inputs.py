"""Bad input, a folder a kind under tests/bad: each file there changes the scenario `base` and says what must be told.

A case lists ``changes`` (find and replace in a file, a new text, bytes as Latin-1, a repeated text, or a deletion), or
is a ``zip`` (see tests/zips.py) that is checked as a pack, and perhaps installed. It says the ``exit`` code of the
check, at most how many ``seconds`` it takes, and the ``problems`` it must tell with code, file and line. Unless
``others`` is set, no further code may appear. ``says`` are words of the line; ``last`` is the last line of the report
before the summary. What no file can show has a ``proof``, a test by its name.
"""

from __future__ import annotations

import json
import os
import random
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import redirect_stderr, redirect_stdout
from io import StringIO
from pathlib import Path
from typing import Any

import pytest

from game.cli.runner import main
from game.faults import ContentFault
from game.scenario.checker import check_paths
from game.scenario.files import FILES, FORCES
from game.scenario.installed import installed_folder
from game.scenario.loading import canonical, load_scenario
from game.scenario.reading import read_scenario
from game.schema.nodes import ListNode, Node, TableNode, TextNode
from game.schema.problems import Problem
from game.schema.shapes import Number, Record, Row, Shape, Table, Variant, keys_of
from game.workshop.disk import read_folder
from tests.zips import zip_bytes

BAD = Path(__file__).parents[1] / "bad"
BASE = read_folder(BAD / "base")
KINDS = sorted(path.parent.name for path in BAD.glob("*/expect.json"))
LISTED = [
    f"{letter}-{number:02d}"
    for letter, last in (("Y", 28), ("M", 14), ("U", 15), ("E", 12), ("P", 20))
    for number in range(1, last + 1)
]
"""The list of bad inputs that the game promises to withstand; further folders hold what was found since."""
LONGEST = 5.0
"""Seconds of work for one check, whatever else the machine does."""


@pytest.mark.parametrize(
    "kind", [kind if number % 2 else pytest.param(kind, marks=pytest.mark.slow) for number, kind in enumerate(KINDS)]
)
def test_bad_input_is_told_at_its_place(kind: str, place: Path) -> None:
    """Each case lies in the same place, so that the files which it leaves alone are read once."""
    for case in json.loads((BAD / kind / "expect.json").read_text(encoding="utf-8"))["cases"]:
        folder = place / "base"
        if "zip" in case:
            judge_pack(kind, case, place / "pack" / "pack.zip")
            shutil.rmtree(place / "pack")
            continue
        for name, data in BASE.items():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_bytes(data)
        for change in case["changes"]:
            apply_change(folder, change)
        judge(kind, case, folder, f"{folder.as_posix()}/")
        shutil.rmtree(folder)


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("bad")


def judge_pack(kind: str, case: dict[str, Any], path: Path) -> None:
    """A case that is a pack: checked where it lies, and installed where the case says how that ends."""
    path.parent.mkdir(parents=True)
    path.write_bytes(zip_bytes(case["zip"]))
    judge(kind, case, path, f"{path.as_posix()}!")
    if "install" in case:
        judge_installation(f"{kind}, {case['name']}", case["install"], path)
    assert sorted(one.name for one in path.parent.iterdir()) == ["pack.zip"], "nothing is written beside a pack"


def judge_installation(about: str, expected: dict[str, Any], path: Path) -> None:
    """What `install` says of a pack, and what it has not written."""
    said = StringIO()
    with redirect_stdout(said), redirect_stderr(said):
        code = main(["install", str(path)])
    assert code == expected["exit"], f"{about}: {said.getvalue()}"
    assert expected["says"] in said.getvalue(), f"{about}: {said.getvalue()}"
    found = {one.name for one in installed_folder().rglob("*") if one.is_file()} - {".in-use", ".installed.json"}
    assert not found & {Path(name).name for name in expected.get("absent", [])}, about
    assert bool(found) == (code == 0), about


@pytest.fixture(autouse=True)
def own_folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is installed here stays in the test's own folder."""
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))


def apply_change(folder: Path, change: dict[str, Any]) -> None:
    """One change of a case to a copy of the base scenario."""
    path = folder / change["file"]
    filling = change.get("repeat", "") * change.get("times", 0)
    if change.get("delete"):
        path.unlink()
    elif "latin1" in change:
        path.write_bytes(change["latin1"].encode("latin-1"))
    elif "find" in change:
        text = path.read_text(encoding="utf-8")
        assert change["find"] in text, change
        path.write_text(text.replace(change["find"], change["with"] + filling, 1), encoding="utf-8", newline="")
    else:
        path.write_text(change.get("text", change.get("head", "")) + filling, encoding="utf-8", newline="")


def judge(kind: str, case: dict[str, Any], folder: Path, before: str) -> None:
    """The report of a case against what it expects; ``before`` is what stands before the name of a file."""
    started = time.process_time()
    report = check_paths([folder])
    took = time.process_time() - started
    about = f"{kind}, {case['name']}"
    lines = list(report.lines())
    shown = "\n".join([about, *lines])
    assert report.exit_code == case["exit"], shown
    assert not report.bugs, shown
    assert took < case.get("seconds", LONGEST), f"{about}: {took:.1f} s"
    expected = case["problems"]
    for one in expected:
        assert any(matches(problem, before, one) for problem in report.problems), f"{one}\n{shown}"
    if not case.get("others"):
        assert {problem.code for problem in report.problems} == {one["code"] for one in expected}, shown
    for problem in report.problems:
        assert problem.what and problem.fix, about
    assert all(character.isprintable() for line in lines for character in line), shown
    if "last" in case:
        assert lines[-2] == case["last"], shown


def matches(problem: Problem, before: str, wanted: dict[str, Any]) -> bool:
    """Whether a problem is the one that a case expects."""
    place = (problem.code, problem.file, problem.line)
    expected = (wanted["code"], before + wanted["file"] if wanted["file"] else before.rstrip("!/"), wanted["line"])
    return place == expected and wanted.get("says", "") in problem.head()


@pytest.mark.parametrize("one", LISTED)
def test_every_input_of_the_list_has_its_cases_or_its_proof(one: str) -> None:
    expected = json.loads((BAD / one / "expect.json").read_text(encoding="utf-8"))
    assert expected["cases"] or "proof" in expected
    if "proof" in expected:
        file, _, name = expected["proof"].partition("::")
        text = (BAD.parents[1] / file).read_text(encoding="utf-8")
        assert f"def {name}(" in text, f"{file} has no test {name}"


def test_the_base_has_nothing_wrong() -> None:
    report = check_paths([BAD / "base"])
    assert (report.problems, report.exit_code) == ([], 0)


def test_y23_line_ends_marks_and_blanks_change_nothing_but_the_bytes(tmp_path: Path) -> None:
    folder = tmp_path / "base"
    shutil.copytree(BAD / "base", folder)
    for path in folder.rglob("*.*"):
        text = path.read_text(encoding="utf-8").replace("\n", "  \r\n")
        path.write_bytes(b"\xef\xbb\xbf" + text.encode())
    assert canonical(folder) == canonical(BAD / "base")
    faulty = folder / "forces" / "saa.yaml"
    faulty.write_bytes(faulty.read_bytes().replace(b"steps: 3", b"steps: 9"))
    assert [(p.code, p.line) for p in read_scenario(folder).notes.problems] == [("Y206", 8)]


@pytest.mark.parametrize("nonsense", [".nan", ".inf", "-.inf"])
def test_y06_no_number_in_any_file_may_be_no_number(nonsense: str, tmp_path: Path) -> None:
    folder = tmp_path / "base"
    shutil.copytree(BAD / "base", folder)
    expected = set()
    for name, root in read_scenario(folder).nodes.items():
        lines = (folder / name).read_text(encoding="utf-8").split("\n")
        for node in reversed(list(number_nodes(kind_of(name), root))):
            line = lines[node.line - 1]
            lines[node.line - 1] = line[: node.column - 1] + nonsense + line[node.column - 1 + node.width :]
            expected.add((name, node.line))
        (folder / name).write_text("\n".join(lines), encoding="utf-8")
    told = [problem for problem in read_scenario(folder).notes.problems if problem.code in ("Y205", "Y207")]
    assert {(problem.file.removeprefix(f"{folder.as_posix()}/"), problem.line) for problem in told} == expected
    assert len(expected) > 30


def kind_of(name: str) -> Shape:
    """What a file is declared as."""
    return Record(next((file.kind for file in FILES if file.name == name), FORCES.kind))


def number_nodes(shape: Shape, node: Node) -> Iterator[Node]:
    """Every number of a file, as far as the base has any."""
    if isinstance(shape, Number):
        yield node
    elif isinstance(shape, Record) and isinstance(node, TableNode):
        for key in keys_of(shape.kind).values():
            if key.name in node.values:
                yield from number_nodes(key.shape, node.values[key.name])
    elif isinstance(shape, Variant) and isinstance(node, TableNode):
        word = node.values[shape.tag]
        assert isinstance(word, TextNode)
        yield from number_nodes(Record(shape.kinds[word.text]), node)
    elif isinstance(shape, Row) and isinstance(node, ListNode):
        for below in node.items:
            yield from number_nodes(shape.item, below)
    elif isinstance(shape, Table) and isinstance(node, TableNode):
        for below in node.values.values():
            yield from number_nodes(shape.value, below)


@pytest.mark.slow
@pytest.mark.parametrize(("count", "expected"), [(4997, 0), (4998, 1)])
def test_u11_the_largest_order_of_battle(count: int, expected: int, tmp_path: Path) -> None:
    folder = tmp_path / "base"
    shutil.copytree(BAD / "base", folder)
    units = "\n".join(
        f"  - {{id: u{n}, name: Unit {n}, type: mech, size: btn, steps: 1, quality: C,"
        " arrives: 2017-09-09, entry: [0101]}"
        for n in range(count - 2)
    )
    path = folder / "forces" / "sdf.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("sources:", f"{units}\nsources:"), encoding="utf-8")
    started = time.process_time()
    report = check_paths([folder])
    assert report.exit_code == expected, list(report.lines())[-3:]
    assert time.process_time() - started < LONGEST


@pytest.mark.slow
def test_y28_the_report_does_not_depend_on_the_hash_seed(tmp_path: Path) -> None:
    folder = tmp_path / "large"
    main(["new-scenario", str(folder), "--columns", "60", "--rows", "50"])
    faulty = folder / "forces" / "saa.yaml"
    sound = faulty.read_text(encoding="utf-8")
    code = (
        "import sys, time; from pathlib import Path; from game.scenario.checker import check_paths;"
        "print(*check_paths([Path(sys.argv[1])]).lines(), sep='\\n'); print(time.process_time(), file=sys.stderr)"
    )
    faulty.write_text(sound.replace("West", "Wset"), encoding="utf-8")
    told = [
        subprocess.run(
            [sys.executable, "-c", code, str(folder)], env={"PYTHONHASHSEED": seed}, capture_output=True,
            check=True, cwd=Path(__file__).parents[2],
        )
        for seed in ("0", "1")
    ]  # fmt: skip
    assert told[0].stdout == told[1].stdout
    assert b"N102" in told[0].stdout
    assert max(float(one.stderr) for one in told) < 2, "start of Python included"


def test_a_faulty_scenario_cannot_be_loaded(tmp_path: Path) -> None:
    folder = tmp_path / "base"
    shutil.copytree(BAD / "base", folder)
    (folder / "map.txt").unlink()
    with pytest.raises(ContentFault) as fault:
        load_scenario(folder)
    assert sum(" error " in line for line in fault.value.report) == 1
    assert "map.txt:1:1: error F101" in str(fault.value)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no pipes in folders")
def test_links_out_of_the_folder_pipes_and_folders_are_not_read(tmp_path: Path) -> None:
    folder = tmp_path / "base"
    shutil.copytree(BAD / "base", folder)
    secret = tmp_path / "secret.yaml"
    secret.write_text("password: 1234\n", encoding="utf-8")
    for name in ("history.yaml", "map.txt", "victory.yaml"):
        (folder / name).unlink()
    (folder / "history.yaml").symlink_to(secret)
    (folder / "map.txt").mkdir()
    os.mkfifo(folder / "victory.yaml")
    report = check_paths([folder])
    assert {(p.code, Path(p.file).name) for p in report.problems if p.severity == "error"} == {
        ("F107", "history.yaml"), ("Y101", "map.txt"), ("Y101", "victory.yaml"),
    }  # fmt: skip
    assert "1234" not in "".join(report.lines())


@pytest.mark.parametrize("changes", [30, pytest.param(1_000, marks=pytest.mark.slow)])
def test_changes_at_random_are_mistakes_of_the_author_never_bugs(changes: int, tmp_path: Path) -> None:
    folder, dice = tmp_path / "base", random.Random(2017)
    files = sorted(path.relative_to(BAD / "base") for path in (BAD / "base").rglob("*.*"))
    shutil.copytree(BAD / "base", folder)
    for _ in range(changes):
        name = dice.choice(files)
        text = (BAD / "base" / name).read_text(encoding="utf-8")
        (folder / name).write_text(spoilt(text, dice), encoding="utf-8")
        report = check_paths([folder])
        assert not report.bugs
        assert all(problem.fix for problem in report.problems)
        (folder / name).write_text(text, encoding="utf-8")


def spoilt(text: str, dice: random.Random) -> str:
    """A text with a few random changes of the kinds that hands make."""
    lines = text.split("\n")
    for _ in range(dice.randint(1, 3)):
        at = dice.randrange(len(lines))
        line, kind = lines[at], dice.randrange(6)
        if kind == 0:
            del lines[at]
        elif kind == 1:
            lines.insert(at, line)
        elif kind == 2:
            lines[at] = "  " + line
        elif kind == 3 and line:
            place = dice.randrange(len(line))
            lines[at] = line[:place] + dice.choice(["x", "9", ":", "]", "{", " ", '"', "-"]) + line[place + 1 :]
        elif kind == 4:
            words = re.findall(r"[A-Za-z0-9_]+", text)
            lines[at] = re.sub(r"[A-Za-z0-9_]+$", dice.choice(words), line)
        else:
            lines[at] = re.sub(r"\d+", str(dice.choice([0, 1, 7, 101, 9999, -3])), line, count=1)
        if not lines:
            return ""
    return "\n".join(lines)
