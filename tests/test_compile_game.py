"""Compiled code asks for declarations that are true, and that nobody reads at run time."""

from __future__ import annotations

import sys
from dataclasses import fields
from pathlib import Path
from types import ModuleType
from typing import Any, get_args, get_type_hints

import pytest

from game.state import tables
from game.state.happenings import CHANGES
from tools import compile_game
from tools.compile_game import COMPILED, PLAIN, ROOT, modules

GAME = ROOT / "game"


def test_all_that_is_to_be_compiled_is_there() -> None:
    found = modules(GAME)
    assert all((GAME / name).exists() for name in (*COMPILED, *PLAIN))
    assert all((ROOT / name).is_file() for name in found) and len(found) > 100
    assert "game/rules/sequence.py" in found and "game/ai/personalities.py" not in found


def test_no_compiled_module_declares_a_file_format() -> None:
    """The schema reads annotations with all that is in them; a compiled class keeps the bare types alone."""
    assert not [name for name in modules(GAME) if "Annotated[" in Path(ROOT, name).read_text("utf-8")]


def test_no_compiled_record_begins_with_a_constant() -> None:
    """A compiled dataclass takes a constant of the class for a field with a default."""
    assert not [name for name in modules(GAME) if "ClassVar[" in Path(ROOT, name).read_text("utf-8")]


def test_what_an_event_does_is_declared_for_that_event() -> None:
    """A compiled function accepts nothing else."""
    for kind, change in CHANGES.items():
        declared = list(get_type_hints(change).values())[1]
        assert kind in (get_args(declared) or (declared,)), kind.__name__


def test_records_of_the_copy_are_what_they_were(monkeypatch: pytest.MonkeyPatch) -> None:
    """Only their constructors differ, and nobody forbids to write into them."""
    built = ModuleType("built")
    monkeypatch.setitem(sys.modules, "built", built)
    source = Path(str(tables.__file__)).read_text("utf-8")
    exec(compile_game.with_constructors(source), built.__dict__)
    kinds: tuple[Any, ...] = (tables.UnitTable, tables.Clock, tables.State)
    for kind in kinds:
        copy = getattr(built, kind.__name__)
        values = [(number,) for number in range(len(fields(kind)))]
        assert [(one.name, one.compare) for one in fields(copy)] == [(one.name, one.compare) for one in fields(kind)]
        assert repr(copy(*values)) == repr(kind(*values)) and copy(*values) == copy(*values) != copy(*values[::-1])
    assert built.State(*range(9)).answers == {} and built.State(*range(9)) == built.State(*range(9), {"kept": 1})


def test_the_comparison_tells_games_that_differ(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    played = {ROOT: ["one", "two"], tmp_path: ["one", "other"]}
    monkeypatch.setattr(compile_game, "CHECKED", ("tutorial",))
    monkeypatch.setattr(compile_game, "_played", lambda where, scenario, games: played[where][:games])
    assert compile_game.compare(tmp_path, 1) == 0
    assert compile_game.compare(tmp_path, 2) == 1
    assert capsys.readouterr().out.splitlines() == [
        "tutorial: 1 of 1 games the same",
        "tutorial: 1 of 2 games the same",
    ]


def test_a_copy_of_other_sources_is_refused(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    sources, copy = tmp_path / "sources", tmp_path / "copy"
    for part in compile_game.PARTS:
        (sources / part).mkdir(parents=True)
    module = sources / "game" / "module.py"
    module.write_text("ANSWER = 1\n", "utf-8")
    copy.mkdir()
    monkeypatch.setattr(compile_game, "ROOT", sources)
    monkeypatch.setattr(compile_game, "compare", lambda folder, games: 0)
    monkeypatch.setattr("sys.argv", ["compile_game.py", str(copy), "--check"])
    assert compile_game.main() == 2 and "compile first" in capsys.readouterr().err
    (copy / compile_game.STAMP).write_text(compile_game.digest_of(sources), "utf-8")
    assert compile_game.main() == 0
    module.write_text("ANSWER = 2\n", "utf-8")
    assert compile_game.main() == 2
