"""Talks with the other bloc: concessions when the ladder costs more than they do, warnings, corridors, calls."""

from __future__ import annotations

from collections.abc import Iterator

from game import engine
from game import orders as od
from game.ai.staff.desk import StaffDesk
from game.ai.staff.notebook import Proposal
from game.ai.staff.worth import PRICES
from game.rules import concessions, deconfliction, ladder, liaison

STAY, FEARED = 2, 25
"""Turns for which a rung is feared to last without a concession, and the percent of an incident feared with it."""

INITIATIVE, HELD_BACK, CEDED = 6, 2, 15
"""What a concession costs, in tenths: a standstill, and each step that it holds back; a point of a prize ceded."""

NEAR_GOAL, REACH = 6, 4
"""Hexes within which a unit may come to its goal soon, and within which the other bloc may come to a prize."""

CROWD = 2
"""Hexes near the other bloc, where one's troops stand or are sent, that are worth a call."""


def proposals(desk: StaffDesk) -> Iterator[Proposal]:
    """A call to come down a rung, or to calm a turn in which much happens near the other bloc; notice of a corridor."""
    if not ladder.rivals(desk.world, desk.me):
        return
    yield from _concessions(desk)
    have = desk.state.factions.liaison[desk.me]
    if have >= concessions.warning_price(desk.state):
        yield from _warnings(desk)
        have = desk.state.factions.liaison[desk.me]
    if have >= concessions.sky_price(desk.state):
        yield from _skies(desk)
    if ladder.talks_down(desk.state) and have >= liaison.hotline_price(desk.state):
        yield Proposal(od.Hotline(), f"calls to bring the ladder down from rung {desk.state.clock.ladder}")
    if desk.doctrine.corridors:
        yield from _corridor(desk, have)
    if not ladder.talks_down(desk.state) and have >= liaison.hotline_price(desk.state) and _crowded(desk):
        yield Proposal(od.Hotline(), "calls the other bloc, as many of its troops are close")


def _concessions(desk: StaffDesk) -> Iterator[Proposal]:
    """The cheapest of the concessions, where the rung and what may follow cost more."""
    state, rung = desk.state, desk.state.clock.ladder
    clash = desk.doctrine.clash if deconfliction.open_clash(state) else 0
    if not rung or not desk.doctrine.concede:
        return
    gain = _price_of_staying(desk) * desk.doctrine.concede * (100 - clash) // 10_000
    offers: list[tuple[int, od.Order, str]] = []
    if concessions.steps_near(state, desk.me) >= desk.world.rules.deconfliction.concessions.steps:
        offers.append((INITIATIVE + HELD_BACK * _steps_meant_near(desk), od.Standstill(), "stands still"))
    lost = sum(PRICES.get(kind, 2) * points for kind, points in state.clock.support[desk.me])
    offers.append(
        (lost * (1 + desk.world.rules.deconfliction.concessions.grounded), od.Grounding(), "grounds its support")
    )
    for prize in desk.world.prizes:
        if prize.points[desk.me] and state.hexes.control[prize.hex] == desk.me and not state.units_at(prize.hex):
            offers.append((CEDED * prize.points[desk.me], od.Cede(prize.hex), f"cedes {prize.name}"))
    for cost, order, what in sorted(offers, key=lambda one: one[0]):
        if cost <= gain:
            yield Proposal(order, f"{what} to bring the ladder down from rung {rung}")


def _price_of_staying(desk: StaffDesk) -> int:
    """Tenths that the rung is expected to cost: its tension for some turns, and an incident with what follows it."""
    state, rungs = desk.state, desk.world.rules.deconfliction.rungs
    now, above = ladder.tension(state, desk.me), rungs[min(state.clock.ladder + 1, ladder.TOP - 1)].tension
    incident = deconfliction.incident_points(state, desk.me) + STAY * max(0, above - now)
    return STAY * now + incident * FEARED // 100


def _steps_meant_near(desk: StaffDesk) -> int:
    """Steps that a standstill would hold back: close to the other bloc already, or sent there, with an enemy about."""
    total = 0
    for row in desk.own:
        task, here = desk.book.tasks.get(row), desk.at(row)
        if task is None or not desk.is_line(row) or desk.grid.distance(here, task.goal) > NEAR_GOAL:
            continue
        if desk.rival_distance(task.goal) <= 2 and (here != task.goal or desk.foe_distance(here) <= 1):
            total += desk.state.units.steps[row]
    return total


def _warnings(desk: StaffDesk) -> Iterator[Proposal]:
    """The dearest prize that both blocs can reach and nobody has claimed."""
    least, state = desk.doctrine.warns, desk.state
    wanted = [
        (-prize.points[desk.me], prize.hex, prize.name)
        for prize in desk.world.prizes
        if least and prize.points[desk.me] * 10 >= least and desk.rival_distance(prize.hex) <= REACH
        and any(prize.points[other] for other in ladder.rivals(desk.world, desk.me))
        and prize.hex not in desk.left_alone
    ]  # fmt: skip
    for _, here, name in sorted(wanted):
        if engine.refusal(state, od.Warn(here)) is None:
            yield Proposal(od.Warn(here), f"warns the other bloc off {name}")


def _skies(desk: StaffDesk) -> Iterator[Proposal]:
    """The sky over the nearest prize that both blocs can reach and that is not this one's yet."""
    state, rules = desk.state, desk.world.rules.deconfliction.skies
    if not rules.allowed or state.clock.ladder < rules.rung or not desk.doctrine.corridors:
        return
    mine = desk.line
    wanted = [
        (min(desk.grid.distance(prize.hex, here) for here in mine), prize.hex, prize.name)
        for prize in desk.world.prizes
        if mine and prize.points[desk.me] and state.hexes.control[prize.hex] != desk.me
        and desk.rival_distance(prize.hex) <= REACH and prize.hex not in desk.left_alone
    ]  # fmt: skip
    for _, here, name in sorted(wanted):
        if engine.refusal(state, od.CloseSky(here)) is None:
            yield Proposal(od.CloseSky(here), f"closes the sky over {name}")


def _crowded(desk: StaffDesk) -> bool:
    """Whether several of its stacks stand where each act is a risk, or are sent there."""
    if not desk.rivals or desk.state.factions.calm[desk.me]:
        return False
    goals = (desk.book.tasks[row].goal for row in desk.own if row in desk.book.tasks)
    return sum(desk.rival_distance(here) <= 2 for here in {*map(desk.at, desk.own), *goals}) >= CROWD


def _acts_near_line(desk: StaffDesk) -> dict[int, int]:
    """Enemies close to the line whom one's troops go for, the other bloc's troops unseen: who has told of his attack
    beforehand provokes nobody. Hex -> units that go there."""
    near, found = ladder.near_line(desk.world, desk.me), dict[int, int]()
    for row in desk.own:
        task = desk.book.tasks.get(row)
        if task is None or not near[task.goal] or task.goal not in desk.foes or not desk.is_line(row):
            continue
        if desk.grid.distance(desk.at(row), task.goal) <= NEAR_GOAL:
            found[task.goal] = found.get(task.goal, 0) + 1
    return found


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
        wanted = _acts_near_line(desk)
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
