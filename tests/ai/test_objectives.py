"""What hangs on the points of a net of roads, against a library's dominators."""

from __future__ import annotations

from random import Random

import networkx

from game.ai.staff.objectives import SOURCE, Stretch, _joined, _last_before


def test_the_last_point_before_is_the_immediate_dominator() -> None:
    for seed in range(200):
        dice = Random(seed)
        many = dice.randint(2, 14)
        roads = [tuple(dice.sample(range(many), 2)) for _ in range(dice.randint(1, 20))]
        starts = dice.sample(range(many), dice.randint(1, min(3, many)))
        net = networkx.DiGraph([(SOURCE, start) for start in starts])
        net.add_edges_from(way for road in roads for way in (road, road[::-1]))
        expected = {here: above for here, above in networkx.immediate_dominators(net, SOURCE).items() if here != SOURCE}
        assert _last_before(_joined(starts, [Stretch(road, ()) for road in roads])) == expected, seed
