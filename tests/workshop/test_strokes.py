"""From clicks and drags to hexes and hexsides."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from game.hexgrid import grid
from game.workshop import hexes_along, sides_along, sides_around, sides_beside, sides_joining, touching

GRID = grid(9, 8)
HEX = st.integers(0, GRID.size - 1)
INNER = st.sampled_from([side for side in range(GRID.size * 3) if GRID.ends[side][1] >= 0])


@given(st.lists(HEX, max_size=5))
def test_a_path_runs_through_every_click_without_a_gap(clicked: list[int]) -> None:
    path = hexes_along(GRID, clicked)
    assert all(GRID.direction(a, b) >= 0 for a, b in pairwise(path))
    rest = iter(path)
    before = -1
    for here in clicked:
        assert here == before or here in rest
        before = here


@given(INNER)
def test_touching_goes_both_ways_and_never_to_the_rim(side: int) -> None:
    near = touching(GRID, side)
    assert 1 <= len(near) <= 4 and side not in near
    assert all(side in touching(GRID, there) and GRID.ends[there][1] >= 0 for there in near)


@given(INNER, INNER)
def test_two_sides_are_joined_by_a_chain(a: int, b: int) -> None:
    chain = sides_joining(GRID, a, b)
    assert (chain[0], chain[-1]) == (a, b) and len(set(chain)) == len(chain)
    assert all(there in touching(GRID, here) for here, there in pairwise(chain))


@given(st.lists(INNER, min_size=1, max_size=6))
def test_a_drag_leaves_one_chain_without_repeats(dragged: list[int]) -> None:
    chain = sides_along(GRID, dragged)
    assert chain[0] == dragged[0] and len(set(chain)) == len(chain)


def test_a_drag_that_turns_back_takes_its_sides_back() -> None:
    a, b = GRID.side("0203/N"), GRID.side("0603/N")
    forth = sides_along(GRID, (a, b))
    assert sides_along(GRID, (a, b, forth[2])) == forth[:3]


def test_the_rim_of_the_map_takes_no_line() -> None:
    rim = GRID.side("0201/N")
    assert GRID.ends[rim][1] < 0
    assert sides_joining(GRID, rim, GRID.side("0203/N")) == () == sides_along(GRID, (rim,))


def test_a_straight_drag_gives_a_straight_line() -> None:
    chain = sides_joining(GRID, GRID.side("0203/N"), GRID.side("0803/N"))
    assert {GRID.side_label(side)[2:4] for side in chain} <= {"02", "03"}
    assert len(chain) == 13


@pytest.mark.parametrize("hand", [-1, 1])
def test_the_sides_beside_a_path_lie_on_one_hand(hand: int) -> None:
    path = [GRID.hex(label) for label in ("0204", "0303", "0403", "0503")]
    sides = sides_beside(GRID, path, hand)
    assert sides and all(there in touching(GRID, here) for here, there in pairwise(sides))
    assert all(len({*GRID.ends[side]} & {*path}) == 1 for side in sides)
    assert not {*sides} & {*sides_beside(GRID, path, -hand)}


def test_the_sides_around_an_area_enclose_it() -> None:
    area = GRID.disk(GRID.hex("0404"), 1)
    assert len(sides_around(GRID, area)) == 18
    assert all(len({*GRID.ends[side]} & {*area}) == 1 for side in sides_around(GRID, area))
