"""The same orders give the same game on every Python, under any hash seed, in any place, with nothing installed."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from game import orders as od
from game.scenario.world import World
from game.schema.canonical import canonical_text
from game.session import Session
from tests.chance import drawing, some_order
from tests.contract.conftest import CAMPAIGN, SCENARIOS, SIEGE, interpreters
from tests.worlds import world_of

SCRIPT = Path(__file__).with_name("core_game.py")
SURROUNDINGS = (
    {"PYTHONHASHSEED": "1", "TZ": "Asia/Damascus", "LC_ALL": "C"},
    {"PYTHONHASHSEED": "random", "TZ": "Pacific/Auckland", "LC_ALL": "de_DE.UTF-8"},
)


def some_game(world: World, seed: int, orders: int) -> tuple[bytes, list[str]]:
    """What the script is fed, and the digests that it must print."""
    session, draw = Session(world, seed), drawing(seed)
    digests = [f"{world.digest} {session.state.digest()}"]
    texts = []
    for _ in range(orders):
        if session.over:
            break
        order = some_order(session.state, draw, end=12)
        texts.append(od.to_text(order, world.grid))
        session.give(order)
        digests.append(session.state.digest())
    return "\n".join([str(seed), canonical_text(world.raw), *texts]).encode(), digests


def played(python: Path, options: list[str], fed: bytes, changes: dict[str, str], where: Path) -> list[str]:
    """What the script prints."""
    environment = {key: value for key, value in os.environ.items() if not key.startswith("PYTHON")} | changes
    command = [str(python), *options, str(SCRIPT)]
    run = subprocess.run(command, input=fed, capture_output=True, env=environment, cwd=where, timeout=300)
    assert run.returncode == 0, run.stderr.decode()
    return run.stdout.decode().split("\n")


def agree(lines: list[str], digests: list[str]) -> None:
    assert lines[0] == digests[0]
    for number, (line, digest) in enumerate(zip(lines[1:], digests[1:], strict=False), 1):
        assert line.split()[0] == digest, f"order {number} leads elsewhere"
    assert lines[len(digests)].strip() == "strangers:", "the engine needs more than the standard library"


@pytest.mark.slow
@pytest.mark.parametrize("name", [SIEGE, CAMPAIGN])
def test_g8_each_python_alone_plays_the_same_game(name: str, tmp_path: Path) -> None:
    fed, digests = some_game(world_of(name), 8, 60)
    for python in interpreters():
        agree(played(python, ["-I", "-S"], fed, {}, tmp_path), digests)


@pytest.mark.slow
@pytest.mark.parametrize("changes", SURROUNDINGS, ids=lambda changes: changes["PYTHONHASHSEED"])
def test_r10_hash_seed_time_zone_and_locale_do_not_matter(changes: dict[str, str], tmp_path: Path) -> None:
    fed, digests = some_game(world_of(CAMPAIGN), 9, 60)
    agree(played(Path(sys.executable), ["-S"], fed, changes, tmp_path), digests)


@pytest.mark.slow
def test_n18_optimised_bytecode_does_not_matter(tmp_path: Path) -> None:
    fed, digests = some_game(world_of(SIEGE), 10, 60)
    agree(played(Path(sys.executable), ["-OO", "-S"], fed, {}, tmp_path), digests)


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(2))
@pytest.mark.parametrize("name", SCENARIOS)
def test_g8_whole_games_on_each_python(name: str, seed: int, tmp_path: Path) -> None:
    fed, digests = some_game(world_of(name), seed, 3_000)
    for python in interpreters():
        agree(played(python, ["-I", "-S"], fed, {}, tmp_path), digests)
