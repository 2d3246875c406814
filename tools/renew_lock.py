#!/usr/bin/env python3
"""Lock every package anew to its newest release: ``python3 tools/renew_lock.py`` writes ``locks/*.txt``.

The ranges of ``pyproject.toml`` are resolved once for all supported Pythons and systems; then it is made sure that
every locked package has a ready-made file for each of them, and ``wheels.txt`` names these files, so that a test can
see it without the network. ``--check`` writes nothing and tells whether the locks still fit ``pyproject.toml``. The
resolver is uv, taken from the path or fetched into a folder that is thrown away.
"""

from __future__ import annotations

import argparse
import os
import re
import shutil
import subprocess
import sys
import tempfile
import tomllib
import venv
from concurrent.futures import ThreadPoolExecutor
from itertools import product
from pathlib import Path, PurePosixPath

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from game.cli.environment import PARTS, Environment  # noqa: E402

OLDEST = "3.11"
PYTHONS = ("3.11", "3.12", "3.13", "3.14")
SYSTEMS = ("linux", "aarch64-unknown-linux-gnu", "windows", "macos", "x86_64-apple-darwin")
HEADER = """\
# Written by tools/renew_lock.py from pyproject.toml: the packages of `{part}`, for CPython 3.11 to 3.14 on Linux,
# Windows and macOS, each with its version and the SHA-256 of its files. Do not edit; docs/setup.md tells more.
"""
WHEELS = """\
# Written by tools/renew_lock.py: the ready-made files of locks/lint.txt for CPython 3.11 to 3.14 on Linux, Windows and
# macOS, each with the SHA-256 that the lock gives. A test reads them; nothing is installed from this list.
"""
OURS = re.compile(
    r"-(?:py3|py2\.py3|cp3\d+)-(?:none|abi3|cp31[1-4])-"
    r"(?:any|win_amd64|manylinux\S*(?:x86_64|aarch64)|macosx\S*(?:arm64|x86_64|universal2))\.whl"
)
"""Wheels that some supported Python on some supported system may take."""


def main() -> int:
    """Write the locks, or check them; 0 when all is well."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--check", action="store_true", help="write nothing; fail when the locks do not fit")
    check = parser.parse_args().check
    with tempfile.TemporaryDirectory() as folder:
        uv = _resolver(Path(folder))
        whole = Path(folder, "whole.txt")
        # With the present locks as a starting point nothing is renewed that still fits: that is what a check wants.
        if check:
            shutil.copy(_lock("lint"), whole)
        _resolve(uv, PARTS[-1], whole)
        texts = {part: _locked(uv, part, whole) for part in PARTS}
        texts["wheels"] = _wheels(uv, whole)
        _require_ready_files(uv, whole)
    stale = [part for part in texts if not _lock(part).exists() or _lock(part).read_text("utf-8") != texts[part]]
    if check:
        for part in stale:
            print(f"locks/{part}.txt does not fit pyproject.toml: run tools/renew_lock.py")
        return int(bool(stale))
    for part in stale:
        _lock(part).parent.mkdir(exist_ok=True)
        _lock(part).write_text(texts[part], "utf-8", newline="\n")
        print(f"renewed locks/{part}.txt")
    print("run the tests, then commit the locks" if stale else "nothing is newer")
    return 0


def _lock(part: str) -> Path:
    return Path(Environment(str(ROOT)).lock(part))


def _resolver(folder: Path) -> str:
    """The uv to use."""
    found = shutil.which("uv")
    if found:
        return found
    venv.create(folder / "uv", with_pip=True)
    binaries = folder / "uv" / ("Scripts" if os.name == "nt" else "bin")
    subprocess.run([binaries / "python", "-m", "pip", "install", "-q", "uv"], check=True, stdout=sys.stderr)
    return str(binaries / "uv")


def _resolve(uv: str, part: str, out: Path, *more: str | Path) -> None:
    extras = [word for extra in PARTS[1 : PARTS.index(part) + 1] for word in ("--extra", extra)]
    _run(uv, ROOT / "pyproject.toml", "--universal", "--python-version", OLDEST, "--generate-hashes", *extras,
         "--output-file", out, *more)  # fmt: skip


def _locked(uv: str, part: str, whole: Path) -> str:
    """The text of a part's lock: the same versions in every part."""
    out = whole.with_name(f"{part}.txt")
    _resolve(uv, part, out, "--constraints", whole)
    return HEADER.format(part=part) + out.read_text("utf-8")


def _wheels(uv: str, whole: Path) -> str:
    """The list of the ready-made files of all locked packages: of each its SHA-256 and its name."""
    out = whole.with_name("pylock.toml")
    _resolve(uv, PARTS[-1], out, "--constraints", whole, "--format", "pylock.toml")
    packages = tomllib.loads(out.read_text("utf-8"))["packages"]
    found = {
        PurePosixPath(wheel.get("url") or wheel["path"]).name: wheel["hashes"]["sha256"]
        for package in packages
        for wheel in package.get("wheels", ())
    }
    return WHEELS + "".join(f"{found[name]}  {name}\n" for name in sorted(found) if OURS.search(name))


def _require_ready_files(uv: str, whole: Path) -> None:
    """Nothing that must be built from its sources may be locked: players have no compilers."""

    def look(target: tuple[str, str]) -> None:
        python, system = target
        _run(uv, whole, "--only-binary", ":all:", "--python-version", python, "--python-platform", system,
             "--output-file", os.devnull)  # fmt: skip

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(look, product(PYTHONS, SYSTEMS)))


def _run(uv: str, *words: str | Path) -> None:
    # Neither settings nor variables of this machine may leave a trace in the lock.
    plain = {name: value for name, value in os.environ.items() if not name.startswith("UV_")}
    command = [uv, "pip", "compile", "--quiet", "--no-config", "--no-header", "--no-annotate", *map(str, words)]
    subprocess.run(command, check=True, env=plain, cwd=ROOT)


if __name__ == "__main__":
    sys.exit(main())
