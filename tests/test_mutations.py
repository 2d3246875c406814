"""The small faults of `tools/mutate.py`: they are what they say, and each changes one thing."""

from __future__ import annotations

import importlib.util
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest

from tools.mutate import Map
from tools.mutations import Mutation, install, mutations

ROOT = Path(__file__).resolve().parents[1]
SOURCE = '''
"""A page of code."""
LIMIT = 3


def fits(number: int, most: int = LIMIT) -> bool:
    """Whether it fits: 1 is not touched here."""
    if number < 0:
        raise ValueError(f"{number + 1} is too small")
    return number <= most and not number == 2


class Box:
    @property
    def size(self) -> int:
        return max(4, 5)
'''


@pytest.fixture
def page(tmp_path: Path) -> Iterator[ModuleType]:
    """The page, imported under the name that its file gives it."""
    path = tmp_path / "a_page.py"
    path.write_text(SOURCE, encoding="utf-8")
    spec = importlib.util.spec_from_file_location("a_page", path)
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["a_page"] = module
    spec.loader.exec_module(module)
    yield module
    del sys.modules["a_page"]


def test_each_thing_that_can_be_mutated_is_named(page: ModuleType, tmp_path: Path) -> None:
    found = mutations(tmp_path, "a_page.py")
    assert [one.index for one in found] == list(range(len(found)))
    assert len({one.name for one in found}) == len(found)
    texts = {(one.function, one.text) for one in found}
    assert ("", "LIMIT = 3 => LIMIT = 4") in texts and ("", "LIMIT = 3 => LIMIT = 2") in texts
    assert ("fits", "number < 0 => number <= 0") in texts and ("fits", "number < 0 => number < 1") in texts
    assert ("fits", "number <= most and (not number == 2) => number <= most or not number == 2") in texts
    assert ("Box.size", "max(4, 5) => min(4, 5)") in texts
    assert not any("too small" in text or "number + 1" in text for _, text in texts), "words are not judged"


@pytest.mark.parametrize(
    ("text", "asked", "answer"),
    [
        ("number <= most => number < most", 3, False),
        ("number == 2 => number != 2", 2, True),
        ("not number == 2 => number == 2", 3, False),
    ],
)
def test_a_mutant_takes_the_place_of_the_function_for_everybody(
    page: ModuleType, tmp_path: Path, text: str, asked: int, answer: bool
) -> None:
    fits = page.fits
    assert fits(3) and not fits(2)
    install(tmp_path, next(one for one in mutations(tmp_path, "a_page.py") if one.text == text))
    assert fits(asked) == answer


def test_properties_are_mutated_too(page: ModuleType, tmp_path: Path) -> None:
    box = page.Box()
    assert box.size == 5
    install(tmp_path, next(one for one in mutations(tmp_path, "a_page.py") if one.text == "max(4, 5) => min(4, 5)"))
    assert box.size == 4


def test_what_stands_in_no_function_is_asked_of_the_tests_that_name_its_module() -> None:
    """Whoever takes a name from a page runs none of its lines."""
    naming, running, other = (
        "tests/records/test_edges.py::a",
        "tests/rules/test_fog.py::b",
        "tests/numbers/test_spread.py::c",
    )
    lines = {naming: {}, running: {"game/state/codes.py": [30]}, other: {"game/kernels/spread.py": [9]}}
    found = Map({}, dict.fromkeys(lines, 1.0), lines)
    assert set(found.reaching(Mutation("game/state/codes.py", 0, 12, "", "1 => 2"))) == {naming, running}
    assert found.reaching(Mutation("game/state/codes.py", 0, 30, "worn", "1 => 2")) == [running]
    assert found.reaching(Mutation("game/state/codes.py", 0, 31, "worn", "1 => 2")) == []


def test_every_mutant_that_is_called_equal_has_a_reason() -> None:
    lines = (ROOT / "tools" / "mutants_equal.txt").read_text(encoding="utf-8").splitlines()
    for line in lines:
        name, _, reason = line.rpartition(" | ")
        assert line.startswith("#") or (name.startswith("game/") and " => " in name and len(reason) > 10), line
