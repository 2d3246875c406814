"""The research environment: the library's own tests, the same game for the same seed, no more than a faction knows."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from game import engine
from game.faults import UsageFault

pytest.importorskip("pettingzoo")
pytestmark = pytest.mark.filterwarnings("ignore")


def make(**more: Any) -> Any:
    from game.sim.environment import RaceEnv

    return RaceEnv("tutorial", **more)


def play(env: Any, seed: int, steps: int = 10**6) -> tuple[dict[str, float], list[Any]]:
    """One game of masked chance: what each agent was paid, and what was seen first in each turn."""
    env.reset(seed=seed)
    chance, paid, seen = np.random.default_rng(seed), dict.fromkeys(env.agents, 0.0), []
    for agent in env.agent_iter(steps):
        observation, reward, termination, truncation, _ = env.last()
        paid[agent] += reward
        if termination or truncation:
            env.step(None)
            continue
        legal = np.flatnonzero(observation["action_mask"])
        action = int(chance.choice(legal)) if chance.random() < 0.9 else 0
        seen.append((agent, int(observation["globals"][0]), action))
        env.step(action)
    return paid, seen


@pytest.mark.slow
def test_the_librarys_own_tests_pass() -> None:
    from pettingzoo.test import api_test, seed_test

    api_test(make(), num_cycles=150, verbose_progress=False)
    seed_test(make, num_cycles=60)


@pytest.mark.slow
def test_the_same_seed_gives_the_same_game_to_its_end() -> None:
    first, second = make(), make()
    assert play(first, 3) == play(second, 3)
    assert first.state.clock.over and first.state.digest() == second.state.digest()
    assert play(make(), 4) != play(make(), 3)


def test_rewards_add_up_to_points_and_margins() -> None:
    env = make(reward="points")
    paid, _ = play(env, 5)
    start = env_points(5)
    for agent, points in zip(env.possible_agents, env._scores(), strict=True):
        assert paid[agent] == pytest.approx(points - start[agent])
    won, _ = play(make(reward="win"), 5)
    assert sorted(won.values()) in ([-1, -1, 1], [0, 0, 0])


def env_points(seed: int) -> dict[str, float]:
    env = make()
    env.reset(seed=seed)
    return dict(zip(env.possible_agents, env._scores(), strict=True))


def test_an_illegal_action_is_refused_and_changes_nothing() -> None:
    env = make()
    env.reset(seed=1)
    before = env.state
    observation = env.observe(env.agent_selection)
    illegal = int(np.flatnonzero(observation["action_mask"] == 0)[0])
    with pytest.raises(ValueError, match="is not legal"):
        env.step(illegal)
    assert env.state is before


def test_units_come_one_after_another_and_a_turn_always_ends() -> None:
    env = make(most_orders=3)
    env.reset(seed=1)
    agent, turn, asked = env.agent_selection, env.state.clock.turn, 0
    while env.agent_selection == agent and env.state.clock.turn == turn:
        mask = env.observe(agent)["action_mask"]
        env.step(1 if mask[1] else 0)
        asked += 1
    own = sum(owner == env.world.faction(agent) for owner in env.world.roster.faction)
    assert asked <= 2 * (own + 1) + 2


def test_an_agent_sees_its_view_alone() -> None:
    """Units that nobody of the faction has seen leave no trace in its arrays."""
    env = make()
    env.reset(seed=2)
    for agent in env.agents:
        faction = env.world.faction(agent)
        view = engine.view(env.state, faction).state
        rows = env.observe(agent)["units"]
        assert int((rows[:, 0] > 0).sum()) == len(view.world.roster)


def test_players_may_take_the_other_seats() -> None:
    env = make(players={"isis": "staff", "sdf": "hold"})
    assert env.possible_agents == ["saa"]
    paid, seen = play(env, 1)
    assert env.state.clock.over and {agent for agent, _, _ in seen} == {"saa"} and len(paid) == 1
    with pytest.raises(UsageFault, match="nobody is left"):
        make(players={"saa": "hold", "isis": "hold", "sdf": "hold"})
    with pytest.raises(UsageFault, match="no reward"):
        make(reward="glory")


def test_every_array_fits_its_space() -> None:
    env = make()
    env.reset(seed=1)
    for _ in range(30):
        agent = env.agent_selection
        observation = env.observe(agent)
        assert env.observation_space(agent).contains(observation)
        env.step(int(np.flatnonzero(observation["action_mask"])[-1]))
