#!/usr/bin/env python3
"""Play the research environment: a masked random policy against players of the game.

``python3 tools/play_environment.py [SCENARIO] [GAMES]`` prints the mean margin of random orders for each faction, when
random, greedy and the staff play the others. It needs the extra ``rl``.
"""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from game.sim.environment import RaceEnv


def game(env: RaceEnv, seed: int) -> float:
    """One game of the only agent; its whole reward."""
    env.reset(seed=seed)
    chance, paid = np.random.default_rng(seed), 0.0
    for _ in env.agent_iter():
        observation, reward, termination, truncation, _ = env.last()
        paid += reward
        legal = np.flatnonzero(observation["action_mask"])
        env.step(None if termination or truncation else int(chance.choice(legal)))
    return paid


def main() -> None:
    """Print a row for each faction."""
    scenario, games = (sys.argv[1:2] or ["tutorial"])[0], int((sys.argv[2:3] or ["10"])[0])
    factions = RaceEnv(scenario).possible_agents
    print(f"{scenario}: mean margin of random orders over {games} games, by who plays the others")
    print(f"{'':8}" + "".join(f"{name:>10}" for name in ("random", "greedy", "staff")))
    for faction in factions:
        row = []
        for name in ("random", "greedy", "staff"):
            env = RaceEnv(scenario, players={other: name for other in factions if other != faction})
            row.append(float(np.mean([game(env, seed) for seed in range(games)])))
        print(f"{faction:8}" + "".join(f"{value:10.1f}" for value in row))


if __name__ == "__main__":
    main()
