#!/usr/bin/env python3
"""Cut legal marches in two, over all scenarios, and compare the pieces with the whole (rule 4.1).

    python tools/cut_marches.py [--pairs 100000] [--seed 1]

The moments come from games of the staff and of random players. Prints how many pairs were compared in each scenario
and what differed; the exit code is 1 when anything did.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from itertools import count
from pathlib import Path
from random import Random

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from game import engine  # noqa: E402 - the checkout must come first
from tests.contract.marches import compare  # noqa: E402


def main() -> int:
    parser = argparse.ArgumentParser(description="compare marches in pieces with marches in a whole")
    parser.add_argument("--pairs", type=int, default=100_000)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    names = sorted(path.parent.name for path in (ROOT / "scenarios").glob("*/scenario.yaml"))
    tally, wrong = Counter[str](), list[str]()
    for name in names:
        world = engine.load_scenario(name)
        for game in count():
            left = (options.pairs + len(names) - 1) // len(names) - tally[name]
            if left <= 0:
                break
            for players in ("staff", "random"):
                rng = Random(f"{options.seed} {name} {players} {game}")
                compared, found = compare(world, players, rng, max(1, min(left // 2, 2000)))
                tally[name] += compared
                wrong += found
        print(f"{name:24} {tally[name]:7} pairs, {len(wrong)} differences so far", flush=True)
    for line in wrong[:100]:
        print(line)
    print(f"{sum(tally.values())} pairs compared, {len(wrong)} differences")
    return bool(wrong)


if __name__ == "__main__":
    sys.exit(main())
