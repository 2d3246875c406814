"""Memory that pictures have left goes back to the system."""

from __future__ import annotations

import sys

import pytest

from game.ui import free_memory
from tests.ui.test_storms import megabytes


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="asks /proc")
def test_what_is_freed_among_what_stays_goes_back() -> None:
    if free_memory._library() is None:
        pytest.skip("a C library that cannot be told")
    blocks = [bytearray(90_000) for _ in range(1000)]
    held = megabytes()
    del blocks[::2], blocks[:-1]  # the last one stays at the top
    free_memory.give_back()
    assert megabytes() < held - 40


def test_other_systems_are_left_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "win32")
    free_memory._library.cache_clear()
    try:
        assert free_memory._library() is None
        free_memory.keep_large_apart()
        free_memory.give_back()
    finally:
        free_memory._library.cache_clear()
