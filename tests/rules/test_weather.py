"""Rulebook 14: weather."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

import pytest

from game.dice import seed_bytes
from game.events import DiceRolled, WeatherChanged
from game.rules import weather
from game.state import Draft
from tests.rules.sketch import shipped_rules, sketch

MAP = ". .\n. ."


@pytest.mark.parametrize(
    ("turn", "day", "month"),
    [
        (1, "2017-09-05", "september"), (9, "2017-09-29", "september"),
        (10, "2017-10-02", "october"), (26, "2017-11-19", "november"),
    ],
)  # fmt: skip
def test_14_1_the_month_of_the_first_day_counts(turn: int, day: str, month: str) -> None:
    world = sketch(MAP).world
    assert weather.first_day(world, turn).isoformat() == day
    assert weather.chances(world, turn) == shipped_rules().weather.months[month]  # type: ignore[index]


def test_14_1_one_roll_a_turn_decides_and_is_told() -> None:
    draft = Draft(sketch(MAP))
    weather.change(draft)
    assert [type(event) for event in draft.events] == [DiceRolled, WeatherChanged]
    rolled, changed = draft.events
    assert isinstance(rolled, DiceRolled) and isinstance(changed, WeatherChanged)
    assert changed.weather == (0 if rolled.values[0] <= 80 else 1 if rolled.values[0] <= 99 else 2)


def test_14_1_over_many_games_the_chances_come_out() -> None:
    start = sketch(MAP, turn=22)  # early November: 66, 9, 25
    seen: Counter[int] = Counter()
    for seed in range(600):
        draft = Draft(replace(start, seed=seed_bytes(seed)))
        weather.change(draft)
        seen[draft.clock.weather] += 1
    assert abs(seen[0] - 396) < 60
    assert abs(seen[1] - 54) < 30
    assert abs(seen[2] - 150) < 50


def test_14_2_dust_and_rain_ground_sorties() -> None:
    shares = [weather.sorties_percent(sketch(MAP, weather=kind)) for kind in range(3)]
    assert shares == [100, 50, 75]
    assert weather.words(sketch(MAP, weather=1)) == "dust: 50% of flown support"
    assert weather.words(sketch(MAP)) == "clear weather"
