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
import hashlib
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

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
    from mypyc.build import mypycify  # the only command that needs them
    from setuptools import setup

    extensions = mypycify(["--strict", *modules(Path("game").absolute())], multi_file=True, debug_level="0")
    jobs = str(os.cpu_count() or 1)
    setup(name="compiled", ext_modules=extensions, script_args=["-q", "build_ext", "--inplace", "-j", jobs])
    shutil.rmtree("build", ignore_errors=True)
    (folder / STAMP).write_text(digest + "\n", "utf-8")
    print(f"compiled into {folder}")
    return 0


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
