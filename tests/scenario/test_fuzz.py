"""A small slice of the nightly fuzz run, and that the run notices what it is there to notice."""

from __future__ import annotations

import os
import signal
import time
from pathlib import Path
from typing import Any

import pytest

from tools import nightly_fuzz


@pytest.mark.parametrize("seed", [1, 2])
def test_a_slice_of_the_nightly_run_finds_nothing(seed: int) -> None:
    tried = [nightly_fuzz.tried(seed, number) for number in range(100)]
    assert [(one.number, one.failure) for one in tried if one.failure] == []
    assert 5 < sum(one.accepted for one in tried) < 60, "some inputs are sound, most are not"


def test_the_same_seed_makes_the_same_inputs() -> None:
    for number in (0, 56, 70, 90):
        assert nightly_fuzz.input_bytes(7, number) == nightly_fuzz.input_bytes(7, number)
        assert nightly_fuzz.input_bytes(7, number) != nightly_fuzz.input_bytes(8, number)


def die(_: Any) -> bool:
    os.kill(os.getpid(), signal.SIGKILL)
    return True


def hang(_: Any) -> bool:
    time.sleep(60)
    return True


def raise_something(_: Any) -> bool:
    raise KeyError("oh")


def swallow_memory(_: Any) -> bool:
    return bool(bytearray(2**30))


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="this system has no such signal")
@pytest.mark.parametrize(
    ("act", "told"),
    [(die, "exit code -9"), (hang, "no answer"), (raise_something, "KeyError"), (swallow_memory, "more than 512 MB")],
)
def test_what_goes_wrong_is_kept_and_the_run_goes_on(
    act: Any, told: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def only_the_second(given: Any) -> bool:
        return bool(act(given)) if given == 1 else True

    numbers = iter(range(100))
    monkeypatch.setattr(nightly_fuzz, "KINDS", {"odd": (lambda dice: dice, only_the_second, 100)})
    monkeypatch.setattr(nightly_fuzz, "dice_of", lambda seed, number: number)
    monkeypatch.setattr(nightly_fuzz, "input_bytes", lambda seed, number: str(next(numbers)).encode())
    monkeypatch.setattr(nightly_fuzz, "PATIENCE", 2.0)
    rows = nightly_fuzz.run(3, 4, tmp_path / "kept")
    assert (rows["odd"].inputs, rows["odd"].accepted, rows["odd"].numbers) == (4, 3, [1])
    assert told in (tmp_path / "kept" / "odd-3-1.txt").read_text(encoding="utf-8")
    assert sorted(path.name for path in (tmp_path / "kept").iterdir()) == ["odd-3-1.input", "odd-3-1.txt"]
    assert "odd" in "\n".join(nightly_fuzz.table(rows, 1.0, 3))
