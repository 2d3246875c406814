"""Every shipped scenario, read once."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest

from game import engine
from game.scenario.world import World

ROOT = Path(__file__).resolve().parents[2]
CAMPAIGN, SIEGE = "race_for_deir_ezzor", "breaking_the_siege"
SCENARIOS = sorted(path.parent.name for path in (ROOT / "scenarios").glob("*/scenario.yaml"))


@cache
def world_of(name: str) -> World:
    """The world of a shipped scenario."""
    return engine.load_scenario(name)


@pytest.fixture(params=SCENARIOS)
def world(request: pytest.FixtureRequest) -> World:
    """Each shipped scenario in turn."""
    return world_of(request.param)


def interpreters() -> list[Path]:
    """Every CPython from 3.11 on that this machine has, one for each minor version besides the running one's."""
    found = {sys.version_info[:2]: Path(sys.executable)}
    homes = [Path.home() / ".pyenv/versions", Path("/opt/python"), Path.home() / ".local/share/uv/python"]
    candidates = [python for home in homes if home.is_dir() for python in sorted(home.glob("*/bin/python3"))]
    candidates += [Path(path) for minor in range(11, 20) if (path := shutil.which(f"python3.{minor}"))]
    for python in candidates:
        told = subprocess.run(
            [python, "-I", "-S", "-c", "import sys; print(sys.version)"], capture_output=True, text=True
        )
        version = re.match(r"3\.(\d+)", told.stdout)
        if told.returncode == 0 and version and int(version[1]) >= 11:
            found.setdefault((3, int(version[1])), python)
    return [found[version] for version in sorted(found)]
