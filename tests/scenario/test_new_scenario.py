"""``new-scenario``: a sound scenario to start from, in any size, and never over somebody's files."""

from __future__ import annotations

from pathlib import Path

import pytest

from game import engine
from game.cli.runner import main
from game.scenario.checker import check_folder
from game.sim.game import play_game, seats


@pytest.mark.parametrize(
    ("words", "size"),
    [
        ([], (12, 9)),
        (["--columns", "8", "--rows", "5", "--metres", "100"], (8, 5)),
        (["--columns", "9", "--rows", "6", "--title", 'A "war" \\ #: 100 %'], (9, 6)),
        (["--columns", "101", "--rows", "30"], (101, 30)),
    ],
)
def test_the_draft_is_sound_and_of_the_size_asked_for(words: list[str], size: tuple[int, int], tmp_path: Path) -> None:
    assert main(["new-scenario", str(tmp_path / "my_war"), *words]) == 0
    assert check_folder(tmp_path / "my_war") == ([], [])
    world = engine.load_scenario(tmp_path / "my_war")
    assert (world.grid.columns, world.grid.rows) == size
    if "--title" in words:
        assert world.title == words[-1]


def test_the_draft_is_played_to_its_end_and_fought_over(tmp_path: Path) -> None:
    main(["new-scenario", str(tmp_path / "my_war")])
    world = engine.load_scenario(tmp_path / "my_war")
    played = play_game(world, 1, seats(world, {}))
    assert played.session.state.clock.turn == world.turns
    assert any(ledger["losses"] for ledger in played.record["ledgers"].values())


def test_editors_find_the_schema_of_every_file(tmp_path: Path) -> None:
    main(["new-scenario", str(tmp_path / "my_war")])
    files = sorted((tmp_path / "my_war").rglob("*.yaml"))
    assert len(files) == 10
    for path in files:
        first = path.read_text(encoding="utf-8").splitlines()[0]
        mark, _, schema = first.partition("$schema=")
        assert mark == "# yaml-language-server: "
        assert (path.parent / schema).is_file(), first


def test_a_folder_with_something_in_it_is_left_alone(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "my_war").mkdir()
    (tmp_path / "my_war" / "diary.txt").write_text("mine", encoding="utf-8")
    assert main(["new-scenario", str(tmp_path / "my_war")]) == 2
    assert "not empty" in capsys.readouterr().err
    assert [path.name for path in (tmp_path / "my_war").iterdir()] == ["diary.txt"]


@pytest.mark.parametrize(
    ("folder", "words", "code", "said"),
    [
        ("a b", [], 2, "cannot be an id"),
        ("tutorial", [], 2, "ships with the game"),
        ("Tutorial", [], 2, "ships with the game"),
        ("con", [], 2, "no folder on Windows"),
        ("war.", [], 2, "no folder on Windows"),
        ("no/where", [], 4, "there is no folder"),
        ("war", ["--columns", "7"], 2, "from 8 to 200"),
        ("war", ["--rows", "201"], 2, "from 5 to 200"),
        ("war", ["--title", "x" * 81], 2, "more than 80"),
        ("war", ["--title", "a\x1b]0;b\x07"], 2, "control character"),
    ],
)
def test_what_cannot_be_made_is_refused_in_words(
    folder: str, words: list[str], code: int, said: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["new-scenario", str(tmp_path / folder), *words]) == code
    assert said in capsys.readouterr().err
    assert not list(tmp_path.iterdir())


def test_a_folder_made_beforehand_is_used_while_it_is_empty(tmp_path: Path) -> None:
    (tmp_path / "my_war").mkdir()
    assert main(["new-scenario", str(tmp_path / "my_war")]) == 0
