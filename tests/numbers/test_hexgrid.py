"""Geometry: labels, neighbours, sides, distances and lines against slow definitions."""

from __future__ import annotations

import random
from itertools import pairwise

import networkx as nx
import pytest

from game.hexgrid import REMEMBERED, HexGrid, grid

GRID = grid(11, 8)


def graph(of: HexGrid) -> nx.Graph:
    net = nx.Graph()
    net.add_nodes_from(range(of.size))
    net.add_edges_from((h, n) for h in range(of.size) for n in of.near[h])
    return net


def test_labels_are_column_then_row_from_one() -> None:
    assert GRID.label(0) == "0101"
    assert GRID.label(GRID.at(6, 3)) == "0704"
    assert all(GRID.hex(GRID.label(h)) == h for h in range(GRID.size))


def test_labels_have_three_digits_each_on_large_maps() -> None:
    large = grid(120, 3)
    assert large.label(large.at(104, 1)) == "105002"


def test_odd_columns_are_shifted_down() -> None:
    # 0201 is not shifted: the hex to its south-west is 0101, which is shifted down beside it.
    assert GRID.label(GRID.neighbours[GRID.hex("0201")][4]) == "0101"
    assert GRID.label(GRID.neighbours[GRID.hex("0302")][1]) == "0402"


@pytest.mark.parametrize("text", ["", "07", "0700", "1299", "07a4", "๐๗๑๔", "-104", "7,14"])
def test_a_wrong_label_is_refused_in_words(text: str) -> None:
    with pytest.raises(ValueError, match="hex"):
        GRID.hex(text)


def test_neighbours_and_sides_are_symmetric() -> None:
    for h in range(GRID.size):
        for d, n in enumerate(GRID.neighbours[h]):
            if n >= 0:
                assert GRID.neighbours[n][(d + 3) % 6] == h
                assert GRID.sides[n][(d + 3) % 6] == GRID.sides[h][d]
                assert set(GRID.ends[GRID.sides[h][d]]) == {h, n}


def test_a_side_has_one_number_from_both_hexes_and_a_label_that_reads_back() -> None:
    for h in range(GRID.size):
        for n in GRID.near[h]:
            if n >= 0:
                side = GRID.side_between(h, n)
                assert GRID.side(GRID.side_label(side)) == side == GRID.side_between(n, h)


def test_distance_is_the_length_of_the_shortest_way() -> None:
    lengths = dict(nx.all_pairs_shortest_path_length(graph(GRID)))
    assert all(GRID.distance(a, b) == lengths[a][b] for a in range(GRID.size) for b in range(GRID.size))


def test_a_disk_holds_exactly_the_hexes_within_its_radius_in_order() -> None:
    for centre in (0, 37, GRID.size - 1):
        for radius in range(4):
            assert GRID.disk(centre, radius) == tuple(h for h in range(GRID.size) if GRID.distance(centre, h) <= radius)


def test_a_grid_remembers_no_more_surroundings_than_it_may() -> None:
    """Whatever is asked for in a long game, what is kept is bounded, and the answers stay the same."""
    board = HexGrid(40, 40)
    first = board.disk(820, 9), board.within(820, 9)
    for radius in (3, 6, 9):
        for h in range(board.size):
            assert board.within(h, radius) == set(board.disk(h, radius))
    largest = max(map(len, (*board._disks.values(), *board._sets.values())))
    for memory in (board._disks, board._sets):
        assert 0 < sum(map(len, memory.values())) <= REMEMBERED + largest
    assert (board.disk(820, 9), board.within(820, 9)) == first


def test_a_line_is_a_shortest_way_between_its_ends() -> None:
    chance = random.Random(5)
    for _ in range(300):
        a, b = chance.randrange(GRID.size), chance.randrange(GRID.size)
        line = [h for h in GRID.line(a, b) if h >= 0]
        assert line[0] == a and line[-1] == b
        assert all(GRID.distance(x, y) == 1 for x, y in pairwise(line) if -1 not in (x, y))


@pytest.mark.parametrize(
    ("columns", "rows", "wrong", "says"),
    [
        (12, 9, "007014", '2 digits each, as "0714"'),
        (12, 9, "1301", "columns 01-12, rows 01-09"),
        (150, 80, "0714", '3 digits each, as "007014"'),
        (150, 80, "151001", "columns 001-150, rows 001-080"),
        (80, 150, "001151", "columns 001-080, rows 001-150"),
        (150, 80, "007014-NE", 'as "007014/NE"'),
    ],
)
def test_messages_write_labels_as_the_map_does(columns: int, rows: int, wrong: str, says: str) -> None:
    ask = grid(columns, rows).side if "-" in wrong else grid(columns, rows).hex
    with pytest.raises(ValueError, match=r"is off the map|is not a hex") as caught:
        ask(wrong)
    assert says in str(caught.value)
