"""``compare`` and its intervals: games pair by seed, a difference is told with how far it can be trusted."""

from __future__ import annotations

import json
from pathlib import Path
from random import Random
from typing import Any

import pytest

from game.faults import UsageFault
from game.sim.comparing import comparisons, report, rows
from game.sim.intervals import difference, mean, median, share


def game(
    seed: int, points: float, *, variant: int = 1, settings: dict[str, Any] | None = None, **more: Any
) -> dict[str, Any]:
    return {
        "scenario": "war", "scenario_digest": "d", "variant": variant, "set": settings or {}, "game": seed,
        "seed": seed, "players": {"saa": "staff"}, "options": {}, "winner": "saa" if points > 10 else None,
        "bands": {"saa": "like" if points > 5 else "slower"}, "turns": 9, "vp": {"saa": points},
        "ledgers": {"saa": {"time": 0, "losses": 1, "harm": 0}}, "start": {}, "captures": [], "milestones": [],
        "incidents": 2, "ladder": 1, "tally": {}, "orders": 9, "forfeits": [], "digest": f"{seed}", **more,
    }  # fmt: skip


def written(path: Path, games: list[dict[str, Any]]) -> Path:
    path.write_text("".join(json.dumps(one) + "\n" for one in games), encoding="utf-8")
    return path


def test_intervals_cover_what_they_promise() -> None:
    chance, inside = Random(1), 0
    for _ in range(200):
        inside += (found := mean([chance.gauss(5, 2) for _ in range(40)])).low <= 5 <= found.high
    assert 180 <= inside <= 199
    assert share(0, 20).low == 0 and share(0, 20).high > 0.1
    assert median([1, 2, 9]).value == 2
    with pytest.raises(ValueError, match="no share"):
        share(3, 2)
    with pytest.raises(ValueError, match="no games"):
        mean([])


def test_a_paired_rise_is_seen_through_the_noise_of_the_seeds() -> None:
    chance = Random(2)
    before = [chance.gauss(50, 15) for _ in range(30)]
    after = [one + 2 + chance.gauss(0, 1) for one in before]
    assert difference(before, after).apart
    assert not difference(before, [one + chance.gauss(0, 1) for one in before]).apart
    assert mean(after).low < mean(before).value < mean(after).high, "unpaired it would be lost"


def test_two_files_pair_by_seed(tmp_path: Path) -> None:
    before = written(tmp_path / "a", [game(n, 4 + n % 3) for n in range(1, 9)])
    after = written(
        tmp_path / "b", [game(n, 7 + n % 3, captures=[{"place": "Town", "to": "saa"}]) for n in range(3, 12)]
    )
    ((_, pairs),) = comparisons([before, after])
    assert [a["seed"] for a, _ in pairs] == [b["seed"] for _, b in pairs] == list(range(3, 9))
    found = {row.name: row for row in rows(pairs)}
    assert found["saa: points"].rise.value == 3 and found["saa: points"].rise.apart
    assert found["Town taken by saa"].rise.value == 1
    assert "incidents" in found and not found["incidents"].rise.apart
    text = "\n".join(report([before, after]))
    assert "6 pairs of games" in text and "saa: points" in text and "6 of 6 games ended in the same state" in text


def test_the_variants_of_one_file_against_its_first(tmp_path: Path) -> None:
    games = [game(n, 4 + v, variant=v, settings={"a.b": v}) for v in (1, 2, 3) for n in (1, 2)]
    titles = [title for title, _ in comparisons([written(tmp_path / "a", games)])]
    assert titles == ["a.b=1  ->  a.b=2", "a.b=1  ->  a.b=3"]


def test_what_does_not_pair_is_said(tmp_path: Path) -> None:
    one, other = written(tmp_path / "a", [game(1, 5)]), written(tmp_path / "b", [game(2, 5)])
    with pytest.raises(UsageFault, match="no game of one side has the seed"):
        comparisons([one, other])
    with pytest.raises(UsageFault, match="one variant only"):
        comparisons([one])
