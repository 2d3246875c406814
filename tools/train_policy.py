#!/usr/bin/env python3
"""Train a small policy in the research environment, and see whether it beats random orders.

``python3 tools/train_policy.py [--minutes 5] [--scenario tutorial] [--faction saa] [--against staff]``

The policy scores each order by a weight for its kind and one for each of its features, and takes the best. The
cross-entropy method finds the weights: draw some, play two games with each, keep the best fifth, draw around them. It
needs the extra ``rl``.
"""

from __future__ import annotations

import argparse
import sys
import time
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from game.sim.environment import KINDS, ORDER_FEATURES, RaceEnv
from game.sim.intervals import difference

Weights = npt.NDArray[np.float64]
SCALES = np.array([1, 1, 1, 0.2, 1 / 36, 1 / 36, 1 / 36, 0.1, 0.2, 0.5])
USED = slice(3, len(ORDER_FEATURES))  # kind and place are no amounts
SIZE = len(KINDS) + len(ORDER_FEATURES) - 3
POPULATION, KEPT, TESTED = 30, 6, 40


def choose(weights: Weights, observation: dict[str, Any]) -> int:
    """The legal action with the highest score; the first two are worth what ending the turn and going on are worth."""
    count = int(observation["action_mask"].sum())
    rows = observation["orders"][:count]
    scores = weights[rows[:, 0]] + (rows[:, USED] * SCALES[USED]) @ weights[len(KINDS) :]
    if count > 1:
        scores[1] = 0.0  # the next unit: what every order is measured against
        scores[0] = -1.0
    return int(np.argmax(scores))


def play(env: RaceEnv, weights: Weights | None, seed: int) -> float:
    """One game of the only agent by these weights, or by chance; its whole reward."""
    env.reset(seed=seed)
    chance, paid = np.random.default_rng(seed), 0.0
    for _ in env.agent_iter():
        observation, reward, termination, truncation, _ = env.last()
        paid += reward
        if termination or truncation:
            env.step(None)
        elif weights is None:
            env.step(int(chance.choice(np.flatnonzero(observation["action_mask"]))))
        else:
            env.step(choose(weights, observation))
    return paid


def main() -> None:
    """Train for so many minutes, then play both policies over the same fresh seeds."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--minutes", type=float, default=5)
    parser.add_argument("--scenario", default="tutorial")
    parser.add_argument("--faction", default="saa")
    parser.add_argument("--against", default="staff")
    wanted = parser.parse_args()
    everybody = RaceEnv(wanted.scenario).possible_agents
    env = RaceEnv(wanted.scenario, players={one: wanted.against for one in everybody if one != wanted.faction})
    chance = np.random.default_rng(1)
    centre, width = np.zeros(SIZE), np.full(SIZE, 2.0)
    until, seed, rounds = time.monotonic() + 60 * wanted.minutes, 1_000, 0
    while time.monotonic() < until:
        drawn = chance.normal(centre, width, (POPULATION, SIZE))
        paid = [play(env, one, seed) + play(env, one, seed + 1) for one in drawn]
        best = drawn[np.argsort(paid)[-KEPT:]]
        centre, width = best.mean(axis=0), best.std(axis=0) + 0.2 / (1 + rounds / 10)
        rounds, seed = rounds + 1, seed + 2
        print(f"round {rounds}: mean reward {np.mean(paid) / 2:.1f}, best {max(paid) / 2:.1f}", flush=True)
    trained = [play(env, centre, test) for test in range(TESTED)]
    random = [play(env, None, test) for test in range(TESTED)]
    gain = difference(random, trained)
    print(f"{wanted.faction} against {wanted.against}, {TESTED} fresh seeds, margin in points:")
    print(f"  random {np.mean(random):.1f}, trained {np.mean(trained):.1f}, gain {gain}")
    print("  the trained policy beats random orders" if gain.low > 0 else "  no gain can be told from chance")


if __name__ == "__main__":
    main()
