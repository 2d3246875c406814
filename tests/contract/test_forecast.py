"""What is forecast is what is rolled: every attack of whole games, over all scenarios, for every throw of the dice.

    python -m tests.contract.test_forecast 100     plays 100 games over all scenarios, every seventh of a scenario by
                                                   chance, and prints the numbers of attacks and of differences

Where a forecast calls itself exact, column, reasons, losses, who falls back to which hex and who follows up are those
that the engine brings for each total of the dice on the true state. Elsewhere they lie inside what it says is possible.
"""

from __future__ import annotations

import sys

import pytest

from game import engine
from game import orders as od
from game.session import Session
from game.sim.game import seated, seats
from game.state import State
from tests.chance import by_chance
from tests.contract.conftest import SCENARIOS
from tests.contract.foretold import differences
from tests.worlds import shipped, world_of


class Tally:
    """Attacks seen, how many of them had exact odds, or a forecast exact in all, and what was not as foretold."""

    def __init__(self) -> None:
        self.attacks = self.odds = self.exact = 0
        self.wrong: list[str] = []

    def play(self, session: Session, limit: int = 200_000) -> None:
        """Play a game on, and compare each attack with what was foretold before it."""
        for _ in range(limit):
            if session.over:
                return
            before = session.state
            entry = session.step()
            if isinstance(entry.order, od.Attack):
                self.add(session, before, entry.order)

    def add(self, session: Session, state: State, order: od.Attack) -> None:
        """Compare one attack, before it is fought."""
        self.attacks += 1
        forecast = engine.odds(engine.view(state, state.faction).state, order)
        self.odds += forecast.odds_exact
        self.exact += forecast.exact
        where = f"{state.world.id} seed {session.seed} turn {state.clock.turn}: {od.to_text(order, state.world.grid)}"
        self.wrong += [f"{where}: {words}" for words in differences(state, order)]


def played(name: str, seed: int, *, chance: bool = False, limit: int = 200_000) -> Tally:
    """A whole game, or the beginning of one, with all its attacks compared."""
    world, tally = world_of(name), Tally()
    tally.play(by_chance(world, seed) if chance else seated(world, seed, seats(world, {})), limit)
    return tally


@pytest.mark.parametrize("name", shipped("collision", "breaking_the_siege", "jazeera_storm", "city_of_deir_ezzor"))
def test_attacks_are_rolled_as_foretold(name: str) -> None:
    tally = played(name, 1, chance=name in ("tutorial", "collision"), limit=80)
    assert not tally.wrong, tally.wrong[:5]


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(1, 15))
@pytest.mark.parametrize("name", SCENARIOS)
def test_attacks_of_whole_games_are_rolled_as_foretold(name: str, seed: int) -> None:
    tally = played(name, seed, chance=seed % 7 == 0)
    assert not tally.wrong, tally.wrong[:5]


def main(games: int) -> None:
    """Play so many games, each scenario in turn, every seventh by chance; print a line a scenario and the sum."""
    sums = [0, 0, 0, 0]
    for number, name in enumerate(SCENARIOS):
        count = games // len(SCENARIOS) + (number < games % len(SCENARIOS))
        tallies = [played(name, seed, chance=seed % 7 == 0) for seed in range(1, count + 1)]
        row = [
            sum(numbers) for numbers in zip(*((t.attacks, t.odds, t.exact, len(t.wrong)) for t in tallies), strict=True)
        ]
        sums = [a + b for a, b in zip(sums, row, strict=True)]
        print(f"{name}: {count} games, {_told(row)}", flush=True)
        for words in [words for tally in tallies for words in tally.wrong][:8]:
            print("   ", words)
    print(_told(sums))


def _told(row: list[int]) -> str:
    attacks, odds, exact, wrong = row
    return f"{attacks} attacks, {odds} with exact odds, {exact} exact in all, {wrong} differences"


if __name__ == "__main__":
    main(int(sys.argv[1]))
