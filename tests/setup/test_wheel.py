"""The wheel of pyproject.toml, built and installed into an empty environment, plays from a folder elsewhere."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import venv
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from game import __version__
from game.cli.environment import Environment
from game.scenario.shipped import shipped_scenarios

ROOT = Path(__file__).resolve().parents[2]
COMMAND = "race-for-deir-ezzor"


@pytest.fixture(scope="module")
def folder() -> Iterator[Path]:
    with tempfile.TemporaryDirectory() as name:
        yield Path(name)


@pytest.fixture(scope="module")
def wheel(folder: Path) -> Path:
    """Built as pip would build it, with the build tool of the lock."""
    out = folder / "dist"
    said = subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(out)],
        cwd=ROOT,
        capture_output=True,
        text=True,
    )
    assert said.returncode == 0, said.stderr
    (built,) = out.glob("*.whl")
    return built


@pytest.fixture(scope="module")
def installed(folder: Path, wheel: Path) -> Path:
    """The folder of the commands of an environment that holds the wheel and what the players' lock names."""
    home = folder / "empty"
    venv.create(home, with_pip=True)
    commands = home / ("Scripts" if os.name == "nt" else "bin")
    pip = [str(commands / "python"), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    lock = Environment(str(ROOT)).lock("play")
    subprocess.run([*pip, "--require-hashes", "--only-binary", ":all:", "--requirement", lock], check=True)
    subprocess.run([*pip, "--no-index", str(wheel)], check=True)  # what the lock lacks would be missed here
    return commands


def run(installed: Path, elsewhere: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """The installed command as somebody runs it who has never seen the repository."""
    unwanted = ("PYTHON", "PYTEST", "COV_", "DISPLAY", "WAYLAND", "SDL_")
    plain = {name: value for name, value in os.environ.items() if not name.startswith(unwanted)}
    plain |= {"XDG_DATA_HOME": str(elsewhere / "data"), "XDG_STATE_HOME": str(elsewhere / "state")}
    return subprocess.run([installed / COMMAND, *words], cwd=elsewhere, env=plain, capture_output=True, text=True)


def test_the_wheel_carries_scenarios_and_assets_and_nothing_else(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        names = set(archive.namelist())
        tops = {name.partition("/")[0] for name in names}
        assert tops == {"game", f"race_for_deir_ezzor-{__version__}.dist-info"}, "site-packages gets no other folder"
    for scenario in shipped_scenarios():
        assert f"game/_bundled/scenarios/{scenario}/scenario.yaml" in names
    assert any(name.startswith("game/_bundled/assets/fonts/") for name in names)
    assert not any("__pycache__" in name for name in names)


@pytest.mark.slow
def test_the_installed_command_plays_a_game_from_another_folder(installed: Path, tmp_path: Path) -> None:
    done = run(installed, tmp_path, "simulate", "tutorial", "--games", "1", "--json", "games.jsonl")
    assert done.returncode == 0, done.stderr
    (line,) = (tmp_path / "games.jsonl").read_text(encoding="utf-8").splitlines()
    assert json.loads(line)["scenario"] == "tutorial"
    assert "winner" in done.stdout


@pytest.mark.slow
def test_the_installed_command_finds_scenarios_and_assets(installed: Path, tmp_path: Path) -> None:
    assert run(installed, tmp_path, "--version").stdout == f"{__version__}\n"
    checked = run(installed, tmp_path, "check", *shipped_scenarios())
    assert checked.returncode == 0, checked.stdout + checked.stderr
    drawn = run(installed, tmp_path, "map", "tutorial", "-o", "map.png")
    assert drawn.returncode == 0, drawn.stderr
    assert (tmp_path / "map.png").read_bytes().startswith(b"\x89PNG\r\n\x1a\n")
