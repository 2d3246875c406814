"""Support by itself: air drops, eyes before the fight, and after it what is left against the enemy's stacks and roads.

Points lapse when they are not used, so what no attack needed is spent on the dearest target that provokes nobody.
"""

from __future__ import annotations

from collections.abc import Iterator

from game import engine
from game import orders as od
from game.ai.staff.caution import may_strike
from game.ai.staff.desk import StaffDesk
from game.ai.staff.notebook import Proposal
from game.rules import airspace, combat, ground, people, strikes, support
from game.state.codes import Knowledge


def drops(desk: StaffDesk) -> Iterator[Proposal]:
    """Supplies for the besieged, the largest body first."""
    if not desk.state.support_of(desk.me).get("airdrop"):
        return
    shut: dict[int, int] = {}
    for row in desk.own:
        if not desk.supplied(desk.at(row)):
            shut[desk.at(row)] = shut.get(desk.at(row), 0) + desk.state.units.steps[row]
    lying = dict(desk.state.clock.deposits)
    for here in sorted(shut, key=lambda h: (lying.get(h, 0), -shut[h], h)):
        if lying.get(here, 0) < 2 and shut[here] >= 2:
            yield Proposal(od.AirDrop(here), f"drops supplies on {desk.name(here)}, which no road feeds")


def scouting(desk: StaffDesk) -> Iterator[Proposal]:
    """Reconnaissance over the dearest goals that attackers are close to and whose defenders are not identified."""
    if not any(points and support.kinds(desk.world)[kind].scouts for kind, points in desk.state.clock.support[desk.me]):
        return
    intel = desk.state.intel[desk.me]
    done: list[int] = desk.book.charts.setdefault("scouted", [])
    for goal in desk.book.goals:
        if any(desk.grid.distance(goal.hex, other) <= 2 for other in done) or airspace.notice_due(
            desk.state, desk.me, goal.hex
        ):
            continue
        known = [row for here in desk.grid.disk(goal.hex, 1) for row in desk.foes.get(here, ())]
        if known and all(intel.level[row] == Knowledge.IDENTIFIED for row in known):
            continue
        near = min((desk.grid.distance(desk.at(row), goal.hex) for row in desk.own if desk.is_line(row)), default=99)
        if near <= 6 and desk.book.tasks and any(task.goal == goal.hex for task in desk.book.tasks.values()):
            done.append(goal.hex)
            yield Proposal(od.Scout(goal.hex), f"looks at what holds {goal.name} before the attack")


def bombardments(desk: StaffDesk) -> Iterator[Proposal]:
    """Guns that joined no attack fire at the strongest known enemy in range, away from the other bloc."""
    for row in desk.own:
        reach = desk.world.roster.reach[row]
        if not reach or not desk.fresh(row):
            continue
        best, best_value = -1, 0
        for target in sorted(desk.foes):
            if desk.grid.distance(desk.at(row), target) > reach or desk.rival_distance(target) <= 2:
                continue
            kind = ground.terrain_of(desk.world, target)
            value = combat.bombard_chance(desk.state, row, target) * min(60, desk.enemy_strength(target, 0))
            if kind is not None and kind.built_up and people.expected_harm(desk.state, target, 1):
                continue
            if value > best_value:
                best, best_value = target, value
        if best >= 0:
            yield Proposal(od.Bombard(desk.unit(row), best), f"shells {desk.name(best)}")


def leftovers(desk: StaffDesk) -> Iterator[Proposal]:
    """Strikes with what is left: where it hits most and harms nobody else; then the enemy's roads."""
    for kind, points in desk.state.clock.support[desk.me]:
        what = support.kinds(desk.world).get(kind)
        if what is None or not points or not what.hit:
            continue
        target = _target(desk, kind)
        if target >= 0:
            used = min(points, what.per_strike)
            chance = strikes.strike_chance(desk.state, desk.me, kind, target).total
            yield Proposal(
                od.Strike(kind, target, used), f"{what.name.lower()} on {desk.name(target)}: {chance}% a point to hit"
            )
        if what.interdicts and desk.doctrine.posture == "defend":
            yield from _interdictions(desk)


def _target(desk: StaffDesk, kind: str) -> int:
    what, best, best_value = support.kinds(desk.world)[kind], -1, 0
    for target in sorted(desk.foes):
        if support.refuse_needs(desk.state, desk.me, kind, target) is not None or not may_strike(desk, kind, target):
            continue
        if what.harm and people.expected_harm(desk.state, target, what.harm):
            continue
        chance = strikes.strike_chance(desk.state, desk.me, kind, target).total
        value = chance * min(6, sum(desk.state.units.steps[row] for row in desk.foes[target]))
        if any(goal.hex == target for goal in desk.book.goals):
            value = value * 3 // 2
        if chance >= 15 and value > best_value:
            best, best_value = target, value
    return best


def _interdictions(desk: StaffDesk) -> Iterator[Proposal]:
    for road in desk.world.stakes.roads:
        if desk.world.at_war(desk.me, road.of):
            for here in road.path:
                if not desk.hostile(here) and desk.state.hexes.control[here] == desk.me:
                    continue
                order = od.Interdict(here)
                if engine.refusal(desk.state, order) is None:
                    yield Proposal(order, f"harasses the {road.name}")
                    return
