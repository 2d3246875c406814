#!/usr/bin/env python3
"""Compile the engine and the AI with mypyc: ``python3 tools/compile_game.py`` writes ``build/compiled``.

That folder is a copy of the game whose games are the same to the byte, and take less time:

    PYTHONPATH=build/compiled python3 -P -m game simulate race_for_deir_ezzor --games 40

Nothing else changes: the sources stay as they are, and without the folder all is plain Python. It needs mypy and
setuptools (both in the extra ``compiled``) and a C compiler, and takes some minutes. ``--check`` plays games in both
copies and compares what is told of each, with the digest of its end; a copy of other sources than those of now is
refused. For a check by night:

    python3 tools/compile_game.py && python3 tools/compile_game.py --check --games 5
"""

from __future__ import annotations

import argparse
import ast
import hashlib
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
PARTS = ("game", "scenarios", "assets")
COMPILED = (
    "hexgrid.py", "words.py", "dice.py", "events.py", "engine.py", "view.py", "scenario/world.py",
    "kernels", "state", "rules", "ai",
)  # fmt: skip
"""What is compiled, of the folder ``game``: all that a game of AI players asks all the time."""

PLAIN = ("ai/personalities.py",)
"""What stays plain of it: its declarations are read at run time with all that they are annotated with."""

STAMP = "compiled-from"
"""The file in a compiled copy that says of which sources it is."""

FROZEN = "dataclass(frozen=True, slots=True)"
"""Records whose constructors set each field through a guard against writing, at run time even where all else is
compiled."""

BUILT = "dataclass(init=False, slots=True, unsafe_hash=True)"
"""What they are in the copy, with a constructor that is compiled with them."""

CHECKED = ("race_for_deir_ezzor", "jazeera_storm", "city_of_deir_ezzor", "collision", "tutorial")
"""Scenarios of which games are compared."""


def main() -> int:
    """Compile, or compare; 0 when all is well, 1 when games differ, 2 when there is no copy of these sources."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", nargs="?", type=Path, default=ROOT / "build" / "compiled")
    parser.add_argument("--check", action="store_true", help="compare games with those of the plain sources")
    parser.add_argument("--games", type=int, default=2, help="how many of each scenario")
    asked = parser.parse_args()
    if not asked.check:
        return compile_into(asked.folder)
    if not is_current(asked.folder):
        print(f"{asked.folder} is no compiled copy of these sources: compile first", file=sys.stderr)
        return 2
    return compare(asked.folder, asked.games)


def modules(game: Path) -> list[str]:
    """The modules to be compiled, as paths from the folder above ``game``."""
    found: list[Path] = []
    for name in COMPILED:
        found += sorted((game / name).rglob("*.py")) if (game / name).is_dir() else [game / name]
    return [
        path.relative_to(game.parent).as_posix() for path in found if path.relative_to(game).as_posix() not in PLAIN
    ]


def with_constructors(source: str) -> str:
    """A module whose frozen records have constructors of their own, which cost less once they are compiled.

    >>> fields = "    row: int\\n    hexes: list[int] = field(default_factory=list)"
    >>> print(with_constructors(f"@{FROZEN}\\nclass Seen:\\n{fields}"))
    @dataclass(init=False, slots=True, unsafe_hash=True)
    class Seen:
        row: int
        hexes: list[int] = field(default_factory=list)
        def __init__(self, row: int, hexes: list[int] | None = None) -> None:
            self.row = row
            self.hexes = list() if hexes is None else hexes
    """
    lines = source.split("\n")
    for record in reversed(ast.parse(source).body):
        if not isinstance(record, ast.ClassDef) or [ast.unparse(one) for one in record.decorator_list] != [FROZEN]:
            continue
        if any(isinstance(one, ast.FunctionDef) and one.name == "__post_init__" for one in record.body):
            continue
        arguments, body = ["self"], list[str]()
        for one in record.body:
            if isinstance(one, ast.AnnAssign):
                name, kind = ast.unparse(one.target), ast.unparse(one.annotation)
                argument, value = _argument(name, kind, one.value)
                arguments.append(argument)
                body.append(f"        self.{name} = {value}")
        assert record.end_lineno is not None
        lines[record.end_lineno : record.end_lineno] = [f"    def __init__({', '.join(arguments)}) -> None:", *body]
        lines[record.decorator_list[0].lineno - 1] = f"@{BUILT}"
    return "\n".join(lines)


def _argument(name: str, kind: str, default: ast.expr | None) -> tuple[str, str]:
    """The argument of a constructor for a field, and what the field is set to."""
    if default is None:
        return f"{name}: {kind}", name
    if not isinstance(default, ast.Call) or ast.unparse(default.func) != "field":
        return f"{name}: {kind} = {ast.unparse(default)}", name
    said = {one.arg: ast.unparse(one.value) for one in default.keywords}
    if "default_factory" in said:
        return f"{name}: {kind} | None = None", f"{said['default_factory']}() if {name} is None else {name}"
    return f"{name}: {kind}", name


def digest_of(root: Path) -> str:
    """A digest of all that a copy is made of."""
    found = hashlib.sha256()
    for part in PARTS:
        for path in sorted((root / part).rglob("*")):
            if path.is_file() and "__pycache__" not in path.parts:
                found.update(path.relative_to(root).as_posix().encode() + b"\0" + path.read_bytes())
    return found.hexdigest()


def is_current(folder: Path) -> bool:
    """Whether a folder is a compiled copy of the sources of now."""
    stamp = folder / STAMP
    return stamp.is_file() and stamp.read_text("utf-8").strip() == digest_of(ROOT)


def compile_into(folder: Path) -> int:
    """Copy the game to a folder and compile it there."""
    shutil.rmtree(folder, ignore_errors=True)
    digest = digest_of(ROOT)
    for part in PARTS:
        shutil.copytree(ROOT / part, folder / part, ignore=shutil.ignore_patterns("__pycache__"))
    os.chdir(folder)
    for name in modules(Path("game").absolute()):
        path = Path(name)
        path.write_text(with_constructors(path.read_text("utf-8")), "utf-8")
    from mypyc.build import mypycify  # the only command that needs them
    from setuptools import setup

    extensions = mypycify(["--strict", *modules(Path("game").absolute())], multi_file=True, debug_level="0")
    _compile_side_by_side()
    setup(name="compiled", ext_modules=extensions, script_args=["-q", "build_ext", "--inplace"])
    shutil.rmtree("build", ignore_errors=True)
    (folder / STAMP).write_text(digest + "\n", "utf-8")
    print(f"compiled into {folder}")
    return 0


def _compile_side_by_side() -> None:
    """Let the C compiler work on as many files at once as there are cores: setuptools offers that for several
    extensions alone, and nearly all of the game is one."""
    from distutils.ccompiler import CCompiler

    def compile_all(
        self: Any, sources: list[str], output_dir: Any = None, macros: Any = None, include_dirs: Any = None,
        debug: Any = False, extra_preargs: Any = None, extra_postargs: Any = None, depends: Any = None,
    ) -> list[str]:  # fmt: skip
        _, objects, extra, options, build = self._setup_compile(
            output_dir, macros, include_dirs, sources, depends, extra_postargs
        )
        arguments = self._get_cc_args(options, debug, extra_preargs)

        def compile_one(out: str) -> None:
            self._compile(out, *build[out], arguments, extra, options)

        with ThreadPoolExecutor(os.cpu_count()) as pool:
            list(pool.map(compile_one, objects))
        return list(objects)

    compiler: Any = CCompiler
    compiler.compile = compile_all


def compare(folder: Path, games: int) -> int:
    """Play the same games with both; 1 when any differs."""
    differ = 0
    for scenario in CHECKED:
        plain, compiled = (list(_played(where, scenario, games)) for where in (ROOT, folder))
        same = sum(one == other for one, other in zip(plain, compiled, strict=True))
        print(f"{scenario}: {same} of {games} games the same")
        differ += games - same
    return int(differ > 0)


def _played(where: Path, scenario: str, games: int) -> Iterator[str]:
    out = where / "build" / f"compared-{scenario}.jsonl"
    out.parent.mkdir(exist_ok=True)
    command = [sys.executable, "-P", "-m", "game", "simulate", scenario, "--games", str(games), "--json", str(out)]
    subprocess.run(
        [*command, "--force"], check=True, cwd=where, env={**os.environ, "PYTHONPATH": str(where)},
        stdout=subprocess.DEVNULL,
    )  # fmt: skip
    yield from out.read_text("utf-8").splitlines()
    out.unlink()


if __name__ == "__main__":
    sys.exit(main())
