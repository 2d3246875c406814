"""Judge the code without running it: ``python3 run_game.py lint``. All three judges speak, whoever finds something.

ruff's rules, ruff's format, and mypy's strict mode over the files that pyproject.toml names. With arguments, only these
files are judged.
"""

from __future__ import annotations

import subprocess
import sys


def main(words: list[str]) -> int:
    """Run all judges; 1 when one of them found something."""
    judges = (["ruff", "check", *words], ["ruff", "format", "--check", *words], ["mypy", *words])
    found = []
    for judge in judges:
        print("$", " ".join(judge), flush=True)
        found.append(subprocess.run([sys.executable, "-m", *judge]).returncode != 0)
    return int(any(found))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
