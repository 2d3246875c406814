"""Weather: one kind for the whole map in each turn (chapter 14)."""

from __future__ import annotations

from datetime import date, timedelta

from game.events import WeatherChanged
from game.ruleset.weather import Chances
from game.scenario.world import World
from game.state import Draft
from game.state.codes import Weather
from game.state.tables import Position
from game.words import percent, say

MONTHS = (
    "january", "february", "march", "april", "may", "june",
    "july", "august", "september", "october", "november", "december",
)  # fmt: skip


def first_day(world: World, turn: int) -> date:
    """The first day of a turn."""
    return date.fromisoformat(world.first_day) + timedelta(days=(turn - 1) * world.days_per_turn)


def chances(world: World, turn: int) -> Chances:
    """The chances of each weather in a turn, by the month of its first day."""
    return world.rules.weather.months[MONTHS[first_day(world, turn).month - 1]]  # type: ignore[index]


def sorties_percent(state: Position) -> int:
    """Share of flown support that the weather leaves."""
    rules = state.world.rules.weather.sorties_percent
    return (rules.clear, rules.dust, rules.rain)[state.clock.weather]


def words(state: Position) -> str:
    """The weather in words, with what it does to the sorties."""
    share = sorties_percent(state)
    name = (say("clear weather"), say("dust"), say("rain"))[state.clock.weather]
    return name if share == 100 else say("{weather}: {share} of flown support", weather=name, share=percent(share))


def change(draft: Draft) -> None:
    """Roll the weather of the turn that opens."""
    odds = chances(draft.world, draft.clock.turn)
    roll = draft.roll_percent("weather", "turn")
    fair, dusty = odds.clear, odds.clear + odds.dust
    draft.emit(WeatherChanged(Weather.CLEAR if roll <= fair else Weather.DUST if roll <= dusty else Weather.RAIN))
