"""Keyed dice: the same everywhere, fair, and independent of one another."""

from __future__ import annotations

from collections import Counter

from game import dice

KEY = dice.seed_bytes(7)
GOLDEN = [4, 2, 3, 4, 2, 1, 3, 4, 2, 1, 5, 5]


def test_golden_rolls_are_the_same_on_every_machine() -> None:
    assert [dice.die(KEY, "combat", turn, "0714:saa#1", 0, 6) for turn in range(1, 13)] == GOLDEN
    assert dice.percent(KEY, "incident", 4, "2020") == 2


def test_a_die_is_fair() -> None:
    counts = Counter(dice.die(KEY, "fair", 1, str(i), 0, 6) for i in range(30_000))
    chi_square = sum((counts[face] - 5_000) ** 2 / 5_000 for face in range(1, 7))
    assert chi_square < 20.5, "five degrees of freedom, 99.9 %"


def test_each_part_of_the_key_matters() -> None:
    rolls = {
        tuple(dice.die(key, label, turn, about, i, 1_000_000) for i in range(3))
        for key in (KEY, dice.seed_bytes(8))
        for label in ("combat", "air")
        for turn in (1, 2)
        for about in ("0714", "0715")
    }
    assert len(rolls) == 16


def test_seeds_of_a_batch_differ_and_are_not_negative() -> None:
    seeds = [dice.derived_seed(1, "game", i) for i in range(500)]
    assert len(set(seeds)) == 500 and min(seeds) >= 0 and max(seeds) < 2**63
