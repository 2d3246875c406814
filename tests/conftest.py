"""Settings for all tests: no window, no sound, and the long batches only when asked for."""

from __future__ import annotations

import os

import pytest

# Before anything can import pygame.
os.environ.setdefault("SDL_VIDEODRIVER", "dummy")
os.environ.setdefault("SDL_AUDIODRIVER", "dummy")
os.environ.setdefault("PYGAME_HIDE_SUPPORT_PROMPT", "1")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--slow", action="store_true", help="run the long batches too")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if config.getoption("--slow"):
        return
    skip = pytest.mark.skip(reason="long batch; give --slow to run it")
    for item in items:
        if "slow" in item.keywords:
            item.add_marker(skip)
