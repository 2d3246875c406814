"""The bands that games ask for: half level with history, a fifth better, and who would win by them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest
import yaml

from game.scenario.victory import BandSpec
from game.scenario.world import World
from game.sim.bands import fitted, fitted_tables, judged, line
from tests.sim.test_balance import game
from tests.worlds import world_of


@pytest.fixture(scope="module")
def world() -> World:
    return world_of("tutorial")


def over(world: World, seed: int, points: Mapping[str, float], winner: str | None = "saa") -> dict[str, Any]:
    """A game played to its last turn."""
    return {**game(seed, points, winner=winner), "turns": world.turns}


def test_half_of_the_games_are_level_and_a_fifth_better(world: World) -> None:
    records = [over(world, n, {"saa": 40 + n, "isis": 3, "sdf": 10 - n}) for n in range(20)]
    saa, isis, sdf = fitted(world, records)
    assert (saa.faction, saa.like, saa.faster) == ("saa", 50, 56)
    assert (saa.level.value, saa.better.value) == (0.5, 0.2) and saa.middle.value == 49.5
    assert (sdf.like, sdf.faster) == (1, 7) and sdf.now.value == 0.4  # points below nought are points too
    assert isis.like < isis.faster  # games that all score alike have no half: the bands are whole all the same


def test_of_thresholds_that_part_the_games_alike_the_one_of_today_stays(world: World) -> None:
    band = world.stakes.band_of(world.faction("saa"))
    assert band is not None
    records = [over(world, n, {"saa": 100 * (n % 2) - 50, "isis": 3, "sdf": 2}) for n in range(4)]
    saa = fitted(world, records)[0]
    assert saa.like == band.like and saa.now.value == saa.level.value == 0.5


def test_the_winner_is_judged_as_in_play(world: World) -> None:
    scales = {"saa": (5, 10), "isis": (2, 4), "sdf": (3, 6)}
    assert judged(world, over(world, 1, {"saa": 9.9, "isis": 4, "sdf": 1}), scales) == "isis"
    assert judged(world, over(world, 1, {"saa": 4.9, "isis": 1, "sdf": 1}), scales) is None
    assert judged(world, over(world, 1, {"saa": 7.5, "isis": 3, "sdf": 1}), scales) is None  # both half of the way
    early = {**over(world, 1, {"saa": 50, "isis": 1, "sdf": 1}, winner="sdf"), "turns": 1}
    assert judged(world, early, scales) == "sdf"
    blamed = {**over(world, 1, {"saa": 50, "isis": 1, "sdf": 1}, winner="isis"), "ladder": 5}
    assert judged(world, blamed, scales) == "isis"


def test_judging_by_the_bands_of_today_gives_the_winners_of_the_games(world: World) -> None:
    from game.sim.game import play_game

    played = play_game(world, 3, dict.fromkeys(("saa", "isis", "sdf"), "random")).record
    bands = {one.id: world.stakes.band_of(n) for n, one in enumerate(world.factions)}
    scales = {faction: (band.like, band.faster) for faction, band in bands.items() if band is not None}
    assert judged(world, played, scales) == played["winner"]


def test_the_lines_can_be_pasted(world: World) -> None:
    rows = fitted(world, [over(world, n, {"saa": 40 + n, "isis": n, "sdf": -n}) for n in range(10)])
    text = list(fitted_tables(rows))
    pasted = yaml.safe_load("\n".join(text[text.index("bands:") :]))["bands"]
    for one in rows:
        assert BandSpec(**pasted[one.faction]) == replace(one.spec, like=one.like, faster=one.faster)
    odd = replace(rows[0], spec=replace(rows[0].spec, like_words='It "held": as long, as café.'))
    assert yaml.safe_load(line(odd))["saa"]["like_words"] == odd.spec.like_words
