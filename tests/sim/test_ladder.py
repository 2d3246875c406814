"""The ladder: pairs that mirror, what a seat is worth, shares and ratings, and a file that goes on where it was cut."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from game.faults import UsageFault
from game.scenario.world import World
from game.sim.batch import json_line
from game.sim.ladder import KEYS, Ladder, play_ladder, sides, width
from game.sim.ladder_command import LadderWish, run_ladder
from game.sim.ladder_report import Standings, page, table
from tests.war import small_war
from tests.worlds import world_of


@pytest.fixture(scope="module")
def tutorial() -> World:
    return world_of("tutorial")


@pytest.fixture(scope="module")
def ladder(tutorial: World) -> Ladder:
    return Ladder(3, 2, ("greedy", "hold"), scenarios=(tutorial,))


@pytest.fixture(scope="module")
def lines(ladder: Ladder) -> list[dict[str, Any]]:
    return list(play_ladder(ladder, 1))


def test_a_pair_is_two_games_from_one_seed_with_the_sides_exchanged(lines: list[dict[str, Any]]) -> None:
    for line in lines:
        assert set(line) == set(KEYS)
        one, other = (game["players"] for game in line["games"])
        assert one == {"saa": "greedy", "sdf": "greedy", "isis": "hold"}
        assert other == {"saa": "hold", "sdf": "hold", "isis": "greedy"}
    assert lines[0]["seed"] != lines[1]["seed"]


def test_a_pair_goes_to_the_larger_sum_of_both_seats(tutorial: World, lines: list[dict[str, Any]]) -> None:
    mine, others = sides(tutorial)
    assert (mine, others) == ((0, 2), (1,))
    for line in lines:
        one, other = line["games"]
        greedy = sum(width(tutorial, seat, one) for seat in mine) / 2 + width(tutorial, 1, other)
        hold = sum(width(tutorial, seat, other) for seat in mine) / 2 + width(tutorial, 1, one)
        assert line["sums"] == [round(1000 * greedy), round(1000 * hold)]
        assert line["won"] == ("greedy" if greedy > hold else "hold" if hold > greedy else None)
    assert [line["won"] for line in lines] == ["greedy", "greedy"]


def test_a_seat_is_counted_in_widths_of_its_band(tutorial: World) -> None:
    told = {"vp": {"saa": 7.5, "isis": 0, "sdf": 6}, "bands": {"saa": "like", "isis": "slower", "sdf": "slower"}}
    assert width(tutorial, 0, told) == Fraction(1, 2), "half the way from like (5) to faster (10)"
    assert width(tutorial, 1, told) == -1
    assert width(tutorial, 2, told) == 0, "who is punished for a clash has reached nothing"


@pytest.mark.slow
def test_any_number_of_processes_plays_the_same_pairs(ladder: Ladder, lines: list[dict[str, Any]]) -> None:
    assert [json_line(one) for one in play_ladder(ladder, 2)] == [json_line(one) for one in lines]


@pytest.mark.slow
def test_a_file_goes_on_where_it_was_cut(
    lines: list[dict[str, Any]], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    whole = "".join(map(json_line, lines))
    path, written = tmp_path / "pairs.jsonl", tmp_path / "page.md"
    path.write_text(json_line(lines[0]) + json_line(lines[1])[:40], encoding="utf-8")
    wish = LadderWish(("greedy", "hold"), ("tutorial",), 2, 3, 1, "", path, True, written, "ladder greedy hold")
    assert run_ladder(wish) == 0
    assert path.read_text(encoding="utf-8") == whole
    assert "greedy    hold          2  100% [34, 100]" in capsys.readouterr().out
    assert "| `greedy` | `hold` | 2 | 100% [34, 100] |" in written.read_text(encoding="utf-8")
    with pytest.raises(UsageFault, match="this pair has another seed"):
        run_ladder(replace(wish, seed=4))
    with pytest.raises(UsageFault, match="another second"):
        run_ladder(replace(wish, players=("greedy", "random")))


def told(first: str, second: str, won: str | None, number: int) -> dict[str, Any]:
    sums = [1000, 0] if won == first else [0, 1000] if won == second else [500, 500]
    return {"scenario": "here", "pair": number, "seed": number, "first": first, "second": second, "games": [],
            "sums": sums, "won": won}  # fmt: skip


def test_shares_count_level_pairs_half_and_ratings_follow_the_odds() -> None:
    found = Standings(
        [told("a", "b", "a", n) for n in range(9)]
        + [told("a", "b", None, 9)]
        + [told("b", "c", "b", n) for n in range(5)]
    )
    met = found.between("a", "b")
    assert met is not None and (met.count, met.value) == (10, 0.95)
    assert found.between("b", "a").value == pytest.approx(0.05)  # type: ignore[union-attr]
    assert found.between("a", "c") is None
    assert found.lead("a", "b") == pytest.approx(0.9) and found.lead("b", "a") == pytest.approx(-0.9)
    assert [one.player for one in found.ratings] == ["a", "b", "c"]
    assert sum(one.points for one in found.ratings) == pytest.approx(0, abs=1)
    a, b, _ = found.ratings
    assert 10 ** ((a.points - b.points) / 400) == pytest.approx(10 / 1, rel=0.02), "nine and a half won, and one half"
    assert all(one.low <= one.points <= one.high for one in found.ratings)
    assert "a         b            10" in "\n".join(table(found))
    assert page(found, "ladder a b c").count("\n| `") == 5


@pytest.mark.parametrize(
    ("players", "scenarios", "anchor", "said"),
    [
        (("greedy",), ("tutorial",), "", "two players or more"),
        (("greedy", "greedy"), ("tutorial",), "", "each named once"),
        (("greedy", "gredy"), ("tutorial",), "", 'no player "gredy"'),
        (("greedy", "hold"), ("tutorial", "tutorial"), "", "named twice"),
        (("greedy", "hold"), ("tutorial",), "staff", "none of the players"),
    ],
)
def test_what_cannot_be_measured_is_refused(
    players: tuple[str, ...], scenarios: tuple[str, ...], anchor: str, said: str
) -> None:
    with pytest.raises(UsageFault, match=said):
        run_ladder(LadderWish(players, scenarios, 1, 1, 1, anchor))


def test_a_scenario_without_bands_is_refused() -> None:
    with pytest.raises(UsageFault, match="no bands"):
        sides(small_war())
