"""Talks with the other bloc: calls when it is tense, corridors where troops will stand close."""

from __future__ import annotations

from collections.abc import Iterator

from game import orders as od
from game.ai.staff.desk import StaffDesk
from game.ai.staff.notebook import Proposal
from game.rules import ladder, liaison

CROWD = 2
"""Hexes near the other bloc, where one's troops stand or are sent, that are worth a call."""


def proposals(desk: StaffDesk) -> Iterator[Proposal]:
    """A call to come down a rung, or to calm a turn in which much happens near the other bloc; notice of a corridor."""
    if not ladder.rivals(desk.world, desk.me):
        return
    have = desk.state.factions.liaison[desk.me]
    if ladder.talks_down(desk.state) and have >= liaison.hotline_price(desk.state):
        yield Proposal(od.Hotline(), f"calls to bring the ladder down from rung {desk.state.clock.ladder}")
    if desk.rivals and desk.doctrine.corridors:
        yield from _corridor(desk, have)
    if not ladder.talks_down(desk.state) and have >= liaison.hotline_price(desk.state) and _crowded(desk):
        yield Proposal(od.Hotline(), "calls the other bloc, as many of its troops are close")


def _crowded(desk: StaffDesk) -> bool:
    """Whether several of its stacks stand where each act is a risk, or are sent there."""
    if not desk.rivals or desk.state.factions.calm[desk.me]:
        return False
    goals = (desk.book.tasks[row].goal for row in desk.own if row in desk.book.tasks)
    return sum(desk.rival_distance(here) <= 2 for here in {*map(desk.at, desk.own), *goals}) >= CROWD


def _corridor(desk: StaffDesk, have: int) -> Iterator[Proposal]:
    """Notice of the hexes near the other bloc where most of one's own troops stand or want to be."""
    if have < ladder.liaison_price(desk.state, desk.world.rules.deconfliction.corridor) or desk.book.charts.get(
        "notified"
    ):
        return
    wanted: dict[int, int] = {}
    for row in desk.own:
        here = desk.at(row)
        task = desk.book.tasks.get(row)
        if desk.rival_distance(here) <= 3:
            wanted[here] = wanted.get(here, 0) + 1
        if task is not None and desk.grid.distance(here, task.goal) <= 5 and desk.rival_distance(task.goal) <= 3:
            wanted[task.goal] = wanted.get(task.goal, 0) + 3
    if not wanted:
        return
    taken = {here for other in ladder.rivals(desk.world, desk.me) for here in desk.state.clock.corridors[other]}
    centre = max(wanted, key=lambda h: (wanted[h], -h))
    if wanted[centre] < 2 or centre in taken:
        return
    hexes, most = [centre], desk.world.rules.deconfliction.corridor_hexes
    while len(hexes) < most:
        near = [
            h for h in desk.grid.near[hexes[-1]] if h not in hexes and h not in taken and desk.world.terrain[h] >= 0
        ]
        if not near:
            break
        hexes.append(
            max(near, key=lambda h: (wanted.get(h, 0), -desk.rival_distance(h), -desk.grid.distance(h, centre), -h))
        )
    desk.book.charts["notified"] = True
    yield Proposal(od.Notify(tuple(hexes)), f"gives notice of its troops around {desk.name(centre)}")
