"""The README keeps its promises: short, its links lead somewhere, and every command in it works."""

from __future__ import annotations

import json
import os
import re
import shlex
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from game.cli.environment import Environment

ROOT = Path(__file__).resolve().parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
COMMANDS = [
    line.strip() for block in re.findall(r"^```sh\n(.*?)^```", README, re.M | re.S) for line in block.splitlines()
]
RUN = "python3 run_game.py"
PNG = b"\x89PNG\r\n\x1a\n"


def run(words: list[str], folder: Path, **settings: str) -> subprocess.CompletedProcess[str]:
    """Run a command as a user without a display would, with folders of its own for what the game writes."""
    unwanted = ("DISPLAY", "WAYLAND_DISPLAY", "SDL_VIDEODRIVER", "PYTEST_", "COV_")
    environment = {name: value for name, value in os.environ.items() if not name.startswith(unwanted)}
    environment |= {"XDG_DATA_HOME": str(folder / "data"), "XDG_STATE_HOME": str(folder / "state"), **settings}
    return subprocess.run(words, cwd=folder, env=environment, capture_output=True, text=True, timeout=600)


def run_game(folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """``python3 run_game.py WORDS``: through run_game.py where the environment stands, else straight."""
    if Environment(str(ROOT)).is_ready("play"):
        return run([sys.executable, str(ROOT / "run_game.py"), *words], folder)
    return run([sys.executable, "-P", "-m", "game", *words], folder, PYTHONPATH=str(ROOT))


def said(done: subprocess.CompletedProcess[str]) -> str:
    assert done.returncode == 0, f"exit code {done.returncode}\n{done.stdout}\n{done.stderr}"
    return done.stdout


def the_bare_command(folder: Path) -> None:
    """Without a display: the campaign in the terminal, a picture of its end, and the picture's path as last line."""
    lines = said(run_game(folder)).splitlines()
    assert "No display" in lines[0]
    assert len(lines) > 26, "a line a turn"
    assert Path(lines[-1]).read_bytes().startswith(PNG)


def the_tests(folder: Path) -> None:
    """Running all tests from a test would never end: one file, through the same command."""
    if not Environment(str(ROOT)).is_ready("test"):
        pytest.skip("the environment for tests is not set up: run_game.py test does it")
    few = ["-p", "no:cacheprovider", "-q", "tests/test_layers.py", "-k", "see_what_they_forbid"]
    assert " passed" in said(run([sys.executable, str(ROOT / "run_game.py"), "test", *few], folder))


def simulate(folder: Path) -> None:
    said(run_game(folder, *words_of("simulate")))
    games = [json.loads(line) for line in (folder / "games.jsonl").read_text().splitlines()]
    assert [game["scenario"] for game in games] == ["breaking_the_siege"] * 2
    replays = sorted((folder / "replays").iterdir())
    assert len(replays) == 2
    said(run_game(folder, "verify", str(replays[0])))


def check(folder: Path) -> None:
    (folder / "scenarios").symlink_to(ROOT / "scenarios")
    said(run_game(folder, *words_of("check")))


def draw_map(folder: Path) -> None:
    said(run_game(folder, *words_of("map")))
    assert (folder / "map.png").read_bytes().startswith(PNG)


def show_help(folder: Path) -> None:
    assert "simulate" in said(run_game(folder, "--help"))


def install_by_hand(folder: Path) -> None:
    """Not run (it would fetch packages): what it installs must be what run_game.py installs."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    assert "test" in project["optional-dependencies"]
    assert folder.exists()


def plain_pytest(folder: Path) -> None:
    few = ["-p", "no:cacheprovider", "-q", "--collect-only", str(ROOT / "tests" / "test_layers.py")]
    assert "test_layers" in said(run([sys.executable, "-m", "pytest", "--rootdir", str(ROOT), *few], folder))


PROOFS = {
    RUN: the_bare_command,
    f"{RUN} test": the_tests,
    f"{RUN} simulate": simulate,
    f"{RUN} check": check,
    f"{RUN} map": draw_map,
    f"{RUN} --help": show_help,
    'pip install -e ".[test]"': install_by_hand,
    "pytest": plain_pytest,
}


def words_of(command: str) -> list[str]:
    """The arguments that the README gives to a command of run_game.py."""
    (line,) = [line for line in COMMANDS if line.startswith(f"{RUN} {command}")]
    return shlex.split(line)[2:]


def proof_of(line: str) -> str:
    """The longest row of PROOFS that the line begins with."""
    fitting = [start for start in PROOFS if line == start or (start != RUN and line.startswith(start + " "))]
    return max(fitting, key=len, default="")


LONG = (RUN, f"{RUN} test", f"{RUN} simulate", f"{RUN} check", f"{RUN} map")
"""Commands whose proof takes seconds: they are proved with the long batches."""


@pytest.mark.parametrize(
    "line",
    [pytest.param(line, marks=pytest.mark.slow) if proof_of(line) in LONG else line for line in COMMANDS],
)
def test_every_command_works(line: str, tmp_path: Path) -> None:
    start = proof_of(line)
    assert start, f"no test runs {line!r}: add one to PROOFS"
    PROOFS[start](tmp_path)


def test_both_promised_commands_are_there() -> None:
    assert RUN in COMMANDS
    assert f"{RUN} test" in COMMANDS
    assert COMMANDS.count(f"{RUN} test") == 1
    checked = (ROOT / ".ci" / "run").read_text().splitlines()
    assert f"{RUN} test" in checked and f"{RUN} lint" in checked


def test_it_stays_under_a_page() -> None:
    assert len(README.splitlines()) < 80


@pytest.mark.parametrize("target", sorted(set(re.findall(r"\]\(([^)#:]+)\)", README))))
def test_every_link_leads_to_a_file(target: str) -> None:
    assert (ROOT / target).exists()


LAYOUT = re.findall(r"(?:^    | {2,})([a-z]+/[a-z_/.]*)", README, re.M)


@pytest.mark.parametrize("path", LAYOUT)
def test_every_path_of_the_layout_exists(path: str) -> None:
    assert (ROOT / path).exists()


def test_the_layout_names_every_folder_of_the_game() -> None:
    assert {"game/rules/", "game/state/", "game/ai/", "game/ui/", "game/sim/", "scenarios/", "tests/"} <= set(LAYOUT)


def test_four_small_pictures_show_the_game() -> None:
    found = re.findall(r"!\[([^]]+)\]\((docs/pictures/[^)]+\.jpg)\)", README)
    assert len(found) == 4
    for words, name in found:
        data = (ROOT / name).read_bytes()
        assert words
        assert data.startswith(b"\xff\xd8\xff")
        assert len(data) < 400_000
    assert {path.name for path in (ROOT / "docs" / "pictures").iterdir()} == {Path(name).name for _, name in found}
