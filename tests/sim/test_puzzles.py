"""Puzzles: read from folders, judged by their pass lines, calibrated by lines written by hand."""

from __future__ import annotations

import json
import re
import shutil
import textwrap
from pathlib import Path

import pytest

from game import engine
from game import orders as od
from game.ai.players import PLAYERS, Kind
from game.cli.commands import run_command
from game.faults import ContentFault, UsageFault
from game.scenario.checker import check_folder
from game.scenario.shipped import shipped_scenarios
from game.sim.puzzle_reading import FILE, Puzzle, puzzles_folder, puzzles_in, read_puzzle
from game.sim.puzzles import REFERENCE, REFERENCE_PASSES, TRAP, TRAP_PASSES, VARIANTS, try_variant
from tests.tries import reaches

FOLDERS = puzzles_in(puzzles_folder())


@pytest.fixture(scope="module", params=FOLDERS, ids=lambda path: path.name)
def puzzle(request: pytest.FixtureRequest) -> Puzzle:
    return read_puzzle(request.param)


def test_they_are_scenarios_without_a_fault_and_no_menu_lists_them() -> None:
    titles = sorted(read_puzzle(folder).file.title[:3] for folder in FOLDERS)
    assert titles == [f"P{number:02d}" for number in range(1, 21)]
    for folder in FOLDERS:
        assert check_folder(folder) == ([], [])
        assert folder.name not in shipped_scenarios()


@pytest.mark.parametrize(
    "folder",
    [
        folder if number % 3 == 0 else pytest.param(folder, marks=pytest.mark.slow)
        for number, folder in enumerate(FOLDERS)
    ],
    ids=lambda path: path.name,
)
def test_the_reference_solves_it_and_the_trap_does_not(folder: Path) -> None:
    """In most of three variants; in all of them with --slow, by the shares that the page promises."""
    puzzle = read_puzzle(folder)
    assert reaches(puzzle, REFERENCE, 2, 3)
    assert not reaches(puzzle, TRAP, 2, 3)


@pytest.mark.slow
def test_the_reference_solves_nearly_every_variant_and_the_trap_few(puzzle: Puzzle) -> None:
    def share(percent: int) -> int:
        return -(-VARIANTS * percent // 100)

    assert reaches(puzzle, REFERENCE, share(REFERENCE_PASSES), VARIANTS)
    assert not reaches(puzzle, TRAP, share(TRAP_PASSES + 1), VARIANTS)


def test_whoever_does_nothing_solves_nothing(puzzle: Puzzle) -> None:
    assert not try_variant(puzzle, "hold", 1).passed


@pytest.mark.parametrize("folder", FOLDERS[::6], ids=lambda path: path.name)
def test_the_same_variant_is_the_same_again(folder: Path) -> None:
    puzzle = read_puzzle(folder)
    assert try_variant(puzzle, "greedy", 3) == try_variant(puzzle, "greedy", 3)


def test_the_page_tells_of_each_and_its_sample_is_sound(tmp_path: Path) -> None:
    page = (Path(__file__).resolve().parents[2] / "docs" / "puzzles.md").read_text(encoding="utf-8")
    for folder in FOLDERS:
        assert f"| `{folder.name}` | {read_puzzle(folder).file.teaches} |" in page
    sample = re.search(r"^    format: 1\n(?:    .*\n|\n(?=    ))+", page, re.M)
    assert sample is not None
    folder = tmp_path / "sum_of_parts"
    shutil.copytree(puzzles_folder() / "sum_of_parts", folder)
    (folder / FILE).write_text(textwrap.dedent(sample.group()), encoding="utf-8")
    assert try_variant(read_puzzle(folder), REFERENCE, 4).held[1]


# --- a folder of one's own --------------------------------------------------------------------------------------------


def own(tmp_path: Path, old: str, new: str) -> Path:
    folder = tmp_path / "sum_of_parts"
    shutil.copytree(puzzles_folder() / "sum_of_parts", folder)
    file = folder / FILE
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), encoding="utf-8")
    return folder


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("plays: saa", "plays: sa", 'did you mean "saa"'),
        ("place: Town}, faction: saa", "place: Twon}, faction: saa", "Twon"),
        ("by: 2", "by: 7", "turn 7 never ends"),
        ("by: 2", "by: two", "by"),
        ("how: some", "how: any", "some"),
        ("units: 3", 'units: 3, odds: "7:1"', 'no column "7:1"'),
        ("others: {isis: hold}", "others: {isis: sleep}", 'no player "sleep"'),
        ("others: {isis: hold}", "others: {saa: hold}", "the one that is tried"),
        (
            "others: {isis: hold}",
            "others: {isis: hold}\nscripts: {isis: {words: W, orders: []}}",
            "has a player too",
        ),
        ("others: {isis: hold}", "scripts: {saa: {words: Waits., orders: []}}", "the one that is tried"),
        ("others: {isis: hold}", "scripts: {isis: {words: W, orders: [{turn: 1, give: [dig]}]}}", "this is no order"),
        ("      - turn: 2\n", "      - turn: 2\n        to: 1\n", "turn 1 comes before turn 2"),
        ("- attack i1,i2,m", "- atack i1,i2,m", "this is no order"),
        ("on: lost", "on: losses", "losses"),
        ("teaches:", "taught:", "teaches"),
        ("    by: 2\n", "    by: 2\n    at: [1]\n", "give one of by and at"),
    ],
)
def test_mistakes_are_told_at_file_and_line(tmp_path: Path, old: str, new: str, said: str) -> None:
    folder = own(tmp_path, old, new)
    with pytest.raises(ContentFault) as caught:
        read_puzzle(folder)
    told = "\n".join(caught.value.report)
    assert said in told
    line = next(n for n, text in enumerate((folder / FILE).read_text(encoding="utf-8").splitlines(), 1)
                if new.strip().splitlines()[-1].strip() in text)  # fmt: skip
    assert f"{FILE}:{line}:" in told or "teaches" in said, told


def test_a_faction_follows_its_script_and_each_turn_of_a_span_has_the_same_orders() -> None:
    puzzle = read_puzzle(puzzles_folder() / "shut_the_door")
    orders = puzzle.scripts["isis"]
    assert list(orders) == [1, 2, 3] and orders[1] == orders[3]
    assert orders[1][0] == od.parse_order("move g 0604,0603,0602,0601", puzzle.world.grid)
    marched = [one.held for one in (try_variant(puzzle, TRAP, variant) for variant in range(1, 4))]
    assert all(not held[0] and held[1] for held in marched), "driven out, the garrison marches off"


def test_a_folder_without_puzzles_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageFault, match="holds no puzzle"):
        puzzles_in(tmp_path)


def test_a_player_that_fails_forfeits_and_the_try_goes_on(monkeypatch: pytest.MonkeyPatch) -> None:
    class Raises:
        why = ""

        def decide(self, view: engine.View) -> object:
            raise RuntimeError("broken")

    monkeypatch.setattr("game.ai.players.PLAYERS", {**PLAYERS, "raises": Kind(Raises, {}, "raises")})  # type: ignore[arg-type]
    tried = try_variant(read_puzzle(puzzles_folder() / "last_light"), "raises", 1)
    assert not tried.passed and "broken" in tried.forfeits[0]


# --- the command ------------------------------------------------------------------------------------------------------


def test_the_command_prints_a_table_and_writes_lines(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "tried.jsonl"
    words = ["puzzles", "hold", "reference", "--variants", "2", "--only", "last_light", "--json", str(file)]
    assert run_command(words) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == "variants passed of 2; a puzzle is passed with 2"
    assert any(line.split() == ["last_light", "0", "2"] for line in lines)
    assert any("last_light, hold: missed in 2 of 2: The pumps are yours." in line for line in lines)
    records = [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]
    assert [(one["player"], one["variant"], one["passed"]) for one in records] == [
        ("hold", 1, False), ("hold", 2, False), ("reference", 1, True), ("reference", 2, True),
    ]  # fmt: skip


def test_the_command_refuses_what_it_does_not_know() -> None:
    with pytest.raises(UsageFault, match="no puzzle"):
        run_command(["puzzles", "hold", "--only", "last_lite"])
    with pytest.raises(UsageFault, match="no player"):
        run_command(["puzzles", "sleep"])
