"""Support by itself: air drops, eyes before the fight, and after it what is left against the enemy's stacks and roads.

Points lapse when they are not used, so what no attack needed is spent on the dearest target that provokes nobody.
"""

from __future__ import annotations

from collections.abc import Iterator

from game import engine
from game import orders as od
from game.ai.staff.caution import may_strike, provokes_nobody
from game.ai.staff.columns import PREY
from game.ai.staff.desk import StaffDesk
from game.ai.staff.notebook import Proposal
from game.ai.staff.objectives import hanging
from game.rules import airspace, columns, combat, ground, people, strikes, support
from game.state.codes import CrossingKind, CrossingState, Knowledge


def drops(desk: StaffDesk) -> Iterator[Proposal]:
    """Supplies for the besieged, the largest body first."""
    if not desk.state.support_of(desk.me).get("airdrop"):
        return
    shut: dict[int, int] = {}
    for row in desk.own:
        if not desk.supply.reaches(desk.at(row)):
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
        if any(desk.grid.distance(goal.hex, other) <= 2 for other in done) or airspace.flight_risk(
            desk.state, desk.me, goal.hex
        ):
            continue
        known = [row for here in desk.grid.disk(goal.hex, 1) for row in desk.foes.get(here, ())]
        if known and all(intel.level[row] == Knowledge.IDENTIFIED for row in known):
            continue
        near = min((desk.grid.distance(at, goal.hex) for at in desk.line), default=99)
        if near <= 6 and desk.book.tasks and any(task.goal == goal.hex for task in desk.book.tasks.values()):
            done.append(goal.hex)
            yield Proposal(od.Scout(goal.hex), f"looks at what holds {goal.name} before the attack")


def looks(desk: StaffDesk) -> Iterator[Proposal]:
    """Reconnaissance that no attack needed, over known enemies whom strikes could then hit: the strongest first."""
    kinds = support.kinds(desk.world)
    points = [(kind, left) for kind, left in desk.state.clock.support[desk.me] if kind in kinds and left]
    striking = [kind for kind, _ in points if kinds[kind].hit and "seen" in kinds[kind].needs]
    if not striking or not any(kinds[kind].scouts for kind, _ in points):
        return
    for target in sorted(desk.foes, key=lambda here: (-desk.enemy_strength(here, 0), here)):
        for kind in striking:
            seen = support.refuse_needs(desk.state, desk.me, kind, target) is None
            if seen or not may_strike(desk, kind, target):
                continue
            if kinds[kind].harm and people.expected_harm(desk.state, target, kinds[kind].harm):
                continue
            if not airspace.flight_risk(desk.state, desk.me, target):
                yield Proposal(od.Scout(target), f"looks at {desk.name(target)} for the {kinds[kind].name.lower()}")
                break


def bombardments(desk: StaffDesk) -> Iterator[Proposal]:
    """Guns that joined no attack fire at the strongest known enemy in range, where that provokes nobody."""
    for row in desk.own:
        reach = desk.world.roster.reach[row]
        if not reach or not desk.fresh(row):
            continue
        best, best_value = -1, 0
        for target in sorted(desk.foes):
            if desk.grid.distance(desk.at(row), target) > reach:
                continue
            if not provokes_nobody(desk, od.Bombard(desk.unit(row), target)):
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
        arsenals = _arsenals(desk) if what.arsenals else []
        ripe = _ripe(desk, arsenals)
        if ripe >= 0:
            yield Proposal(od.Strike(kind, ripe), f"{what.name.lower()} at the arsenal of {desk.name(ripe)}")
        if what.interdicts and desk.doctrine.posture == "defend" and desk.state.clock.turn % LULL == 0:
            yield from _interdictions(desk)
        if what.bridge and points > 1:
            yield from _broken_crossings(desk, kind)
        target = -1 if arsenals else _target(desk, kind)
        if target >= 0:
            used = min(points, what.per_strike)
            chance = strikes.strike_chance(desk.state, desk.me, kind, target).total
            yield Proposal(
                od.Strike(kind, target, used), f"{what.name.lower()} on {desk.name(target)}: {chance}% a point to hit"
            )
        if what.interdicts:
            yield from _interdictions(desk) if desk.doctrine.posture == "defend" else _harassments(desk)


HARASSED = 12
"""Hexes of the enemy's roads that are thought of for what is left, those first on which most of him hangs."""


def _harassments(desk: StaffDesk) -> Iterator[Proposal]:
    """What no target needs slows the supply of the enemy, where most of his known troops hang on a road."""
    for other in range(len(desk.world.factions)):
        if not desk.world.at_war(desk.me, other):
            continue
        steps = {here: sum(desk.state.units.steps[row] for row in rows) for here, rows in desk.foes.items()}
        found = {here: worth for here, worth in hanging(desk.state, other, steps).items() if desk.hostile(here)}
        for here in sorted(found, key=lambda one: (-found[one], one))[:HARASSED]:
            order = od.Interdict(here)
            if provokes_nobody(desk, order) and engine.refusal(desk.state, order) is None:
                yield Proposal(order, f"harasses the road at {desk.name(here)}, on which {found[here]} steps hang")
                return


NEAR_SIEGE, SIEGE = 4, 6
"""Hexes from an arsenal within which so many own steps make a salvo worth while: the siege follows."""


def _arsenals(desk: StaffDesk) -> list[int]:
    """Arsenals that enemies still hold."""
    hexes = (source.hex for one in desk.world.factions for source in one.sources if source.arsenal)
    return [here for here in hexes if desk.hostile(here)]


def _ripe(desk: StaffDesk, arsenals: list[int]) -> int:
    """The arsenal that gives supply and to which one's own troops have come close, -1 none."""
    for here in arsenals:
        near = (row for row in desk.own if desk.grid.distance(desk.at(row), here) <= NEAR_SIEGE and desk.is_line(row))
        if (
            sum(desk.state.units.steps[row] for row in near) >= SIEGE
            and strikes.arsenal_at(desk.state, desk.me, here) >= 0
        ):
            return here
    return -1


def _looks_like_a_column(desk: StaffDesk, target: int) -> bool:
    """Whether a supply column is known in a hex, or somebody small drives alone on a road there."""
    rows = desk.foes[target]
    if any(columns.COLUMN in desk.traits(row) for row in rows):
        return True
    alone = len(rows) == 1 and desk.state.units.steps[rows[0]] == 1
    return alone and any(side >= 0 and desk.world.road[side] for side in desk.grid.sides[target])


LEAST = 15
"""Least chance in percent, of each point to hit, with which anything is struck."""


def _target(desk: StaffDesk, kind: str) -> int:
    what, best, best_value = support.kinds(desk.world)[kind], -1, 0
    worth = {target: _struck_worth(desk, target, bool(what.ambushes)) for target in desk.foes}
    for target in sorted(desk.foes, key=lambda here: (-worth[here], here)):
        if 100 * worth[target] < best_value:
            break  # a sure hit would be worth less
        chance = strikes.strike_chance(desk.state, desk.me, kind, target).total
        value = chance * worth[target]
        if chance < LEAST or (value, -target) <= (best_value, -best):
            continue
        if support.refuse_needs(desk.state, desk.me, kind, target) is not None or not may_strike(desk, kind, target):
            continue
        if not (what.harm and people.expected_harm(desk.state, target, what.harm)):
            best, best_value = target, value
    return best


def _struck_worth(desk: StaffDesk, target: int, ambushes: bool) -> int:
    """What a hit on a stack is worth: by its steps, more if it is a column for an ambush or stands at a goal."""
    worth = 2 * min(6, sum(desk.state.units.steps[row] for row in desk.foes[target]))
    if ambushes and _looks_like_a_column(desk, target):
        worth *= PREY
    return worth * 3 // 2 if any(goal.hex == target for goal in desk.book.goals) else worth


LULL = 3
"""Every so many turns, ambushes lie on the enemy's roads before they look for his stacks."""


def _broken_crossings(desk: StaffDesk, kind: str) -> Iterator[Proposal]:
    """Ferries and pontoons on which the enemy alone relies, near enough to matter; bridges are wanted whole."""
    sites = desk.state.sites
    for number, side in enumerate(sites.side):
        ends = desk.grid.ends[side]
        if sites.state[number] != CrossingState.OPEN or sites.kind[number] not in (
            CrossingKind.FERRY, CrossingKind.PONTOON,
        ):  # fmt: skip
            continue
        theirs = all(here >= 0 and desk.hostile(here) for here in ends)
        near = any(desk.is_line(row) and desk.grid.distance(desk.at(row), ends[0]) <= NEAR_SIEGE for row in desk.own)
        if theirs and near and may_strike(desk, kind, ends[0]):
            yield Proposal(od.StrikeBridge(side), f"strikes the enemy's crossing at {desk.name(ends[0])}")


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
