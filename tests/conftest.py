"""Settings for all tests: no window, no sound, long batches only when asked for, and no time spent twice."""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Iterator, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

import pytest

# Before anything can import pygame.
os.environ.setdefault("SDL_VIDEODRIVER", "dummy")
os.environ.setdefault("SDL_AUDIODRIVER", "dummy")
os.environ.setdefault("PYGAME_HIDE_SUPPORT_PROMPT", "1")


def pytest_configure(config: pytest.Config) -> None:
    """Half of a collection is compiling, and half of that is the search for garbage in what is all kept.

    Where nothing may be written beside the sources, what was compiled is kept in the environment, so that workers
    and the programs that tests start find it.
    """
    gc.disable()
    if sys.dont_write_bytecode:
        sys.dont_write_bytecode = False
        sys.pycache_prefix = os.environ["PYTHONPYCACHEPREFIX"] = str(Path(sys.prefix) / "bytecode")
        os.environ.pop("PYTHONDONTWRITEBYTECODE", None)  # `python -B` sets no variable


def pytest_collection_finish() -> None:
    """What is there by now stays to the end: no later search for garbage need look at it."""
    gc.freeze()
    gc.set_threshold(100_000, 20, 50)
    gc.enable()


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--slow", action="store_true", help="run the long batches too")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if config.getoption("--slow"):
        return
    long = [item for item in items if "slow" in item.keywords]
    if long:
        config.hook.pytest_deselected(items=long)
        items[:] = [item for item in items if "slow" not in item.keywords]


@pytest.fixture(scope="session", autouse=True)
def not_among_the_players_files(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """What the game saves, settles and reports goes to folders of the tests, never to those of whoever runs them."""
    with pytest.MonkeyPatch.context() as patch:
        for kind in ("DATA", "STATE", "CONFIG"):
            patch.setenv(f"XDG_{kind}_HOME", str(tmp_path_factory.mktemp(kind.lower())))
        yield


@pytest.fixture(scope="session", autouse=True)
def read_once() -> Iterator[None]:
    """What the bytes of a file say is always the same: a shipped one is read once for all tests of a process."""
    from game.scenario import reading
    from game.workshop import checking

    read = reading.part_of
    kept = lru_cache(maxsize=512)(read)

    def part_of(name: str, shown: str, kind: Any, data: bytes | None, known: Sequence[Any] = ()) -> reading.Part:
        return read(name, shown, kind, data, known) if known else kept(name, shown, kind, data)

    with pytest.MonkeyPatch.context() as patch:
        for module in (reading, checking):
            patch.setattr(module, "part_of", part_of)
        yield
