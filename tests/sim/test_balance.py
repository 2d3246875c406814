"""``balance`` and its screening: chances of every side, and effects of many rule numbers found at once."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import combinations
from random import Random
from typing import Any

import pytest

from game.faults import UsageFault
from game.scenario.world import World
from game.sim.balance import Balance, margin, tables, weighed
from game.sim.balance_words import balance_words
from game.sim.screening import ROWS, Factor, effects, factors, signs, variants
from tests.worlds import world_of


@pytest.fixture(scope="module")
def world() -> World:
    return world_of("tutorial")


def game(seed: int, points: Mapping[str, float], *, variant: int = 1, winner: str | None = "saa") -> dict[str, Any]:
    return {
        "scenario": "tutorial", "variant": variant, "seed": seed, "game": seed, "winner": winner, "ladder": 1,
        "bands": {side: "like" if value > 5 else "slower" for side, value in points.items()}, "vp": dict(points),
        "ledgers": {side: {"time": 1, "losses": 2, "harm": 3} for side in points}, "incidents": 2,
        "turns": 1, "captures": [{"date": "2017-09-06", "place": "Old Mill", "from": "isis", "to": "saa"}],
        "players": dict.fromkeys(points, "staff"),
        "tally": {"orders": {side: {} for side in points}, "assaults": {}, "counts": {side: {} for side in points}},
    }  # fmt: skip


def batch(count: int = 10) -> list[dict[str, Any]]:
    return [game(n, {"saa": 4 + n, "isis": 3, "sdf": 2}, winner="saa" if n % 2 else None) for n in range(count)]


def test_chances_and_margins_of_every_side(world: World) -> None:
    found = weighed(world, batch())
    saa, isis, sdf = found.sides
    assert saa.wins.value == found.nobody.value == 0.5 and isis.wins.value == 0
    assert saa.level.value == 0.8 and isis.level.value == sdf.level.value == 0
    assert saa.margin.value == 5.5 and isis.margin.value == -5.5
    assert margin("sdf", game(1, {"saa": 1, "isis": 9, "sdf": 4})) == -5
    assert found.rungs[1].value == 1 and found.rungs[2].value == 0
    text = "\n".join(tables(found))
    assert "balance over 10 games" in text and "Old Mill, saa" in text


def test_games_of_another_scenario_are_refused(world: World) -> None:
    with pytest.raises(UsageFault, match="is of elsewhere"):
        weighed(world, [{**game(1, {"saa": 1, "isis": 1, "sdf": 1}), "scenario": "elsewhere"}])


@pytest.mark.parametrize("runs", ROWS)
def test_designs_are_balanced_and_their_columns_independent(runs: int) -> None:
    columns = list(zip(*signs(runs - 1), strict=True))
    assert len(columns) == runs - 1 and all(len(column) == runs and sum(column) == 0 for column in columns)
    assert all(sum(a * b for a, b in zip(one, other, strict=True)) == 0 for one, other in combinations(columns, 2))


def test_a_screening_finds_what_acts_and_how_much() -> None:
    chosen = tuple(Factor(f"n{k}", 0, 10) for k in range(9))
    chance, records = Random(4), []
    for number, settings in enumerate(variants(chosen), 1):
        for seed in range(12):
            points = 20 + 0.3 * settings["n2"] - 0.5 * settings["n7"] + Random(seed).gauss(0, 8) + chance.gauss(0, 0.5)
            records.append(game(seed, {"saa": points}, variant=number))
    found = {one.factor.name: one.rise for one in effects(chosen, records, {"points": lambda one: one["vp"]["saa"]})}
    assert found["n2"].low < 3 < found["n2"].high and found["n2"].apart
    assert found["n7"].low < -5 < found["n7"].high and found["n7"].apart
    assert sum(rise.apart for name, rise in found.items() if name not in ("n2", "n7")) <= 1


def test_what_cannot_be_screened_is_said() -> None:
    with pytest.raises(UsageFault, match="does not vary"):
        factors(["a.b=1"])
    with pytest.raises(UsageFault, match="varied twice"):
        factors(["a.b=1,2", "a.b=3,4"])
    with pytest.raises(UsageFault, match="24 rule numbers are too many"):
        factors([f"a.b{k}=1,2" for k in range(24)])
    with pytest.raises(UsageFault, match="no seed was played in every variant"):
        effects(factors(["a.b=1,2"]), [game(1, {"saa": 1})], {})


def test_the_page_stands_alone(world: World) -> None:
    pytest.importorskip("matplotlib")
    from game.sim.balance_page import balance_page

    chosen = factors(["combat.shifts.engineers=0,2", "combat.cut_percent=25,75"])
    records = [game(s, {"saa": 5 + v, "isis": 1, "sdf": 1}, variant=v) for v in range(1, 5) for s in range(3)]
    found = weighed(world, batch())
    screened = Balance(
        **{name: getattr(found, name) for name in found.__slots__ if name not in ("screened", "effects")},
        screened=chosen,
        effects=effects(chosen, records, {"saa: points": lambda one: one["vp"]["saa"]}),
    )
    page = balance_page(screened)
    assert page == balance_page(screened) and page.count("<svg") == 2
    assert "<script" not in page and "combat.shifts.engineers, 0 to 2" in page


def test_in_words_it_says_whether_a_side_has_its_chance(world: World) -> None:
    few, many = (balance_words(weighed(world, batch(count))) for count in (4, 60))
    assert "balance over 60 games" in many and "| Old Mill | Syrian army | 100%" in many
    assert "**Islamic State** is hardly ever level with history" in many
    assert "**Syrian army** is level with history nearly always" in many
    assert "**Islamic State** seems to do badly against history, but more games are needed" in few
    assert "saa: {like: " in many, "the bands as lines of victory.yaml"
    tables_of_it = [line for line in many.splitlines() if line.startswith("|")]
    assert all(line.count("|") == tables_of_it[0].count("|") or line.endswith("|") for line in tables_of_it)
