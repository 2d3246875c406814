"""What is worth having: prizes, towns, open roads, relief of the besieged; for insurgents, towns held and roads cut.

Worth is counted in tenths of a victory point, so that goals of all kinds compare.
"""

from __future__ import annotations

from collections.abc import Iterator

from game.ai.staff import pockets, supply_ways
from game.ai.staff.desk import StaffDesk
from game.ai.staff.notebook import STRONGEST, Goal
from game.rules import fog, ground, ladder, strongpoints, zones

GUESS = 60
"""Defence, in tenths, that a staff expects in an enemy town of which it knows nothing, and for each of its
strongpoints."""


CLUSTERS = 4
"""Bodies of hungry troops that a staff cares for at a time, the largest first."""

GAP = 6
"""Enemy hexes in a row on a supply road that are a front; fewer are a cut."""


RELIEF = 150
"""Most strength, in tenths, that is wanted for a relief; where no road could be opened, a bridge is wanted instead."""

INSISTS, BOLD = 300, 70
"""Percent of interest from which a faction goes for a place although the other bloc stands beside it, and the percent
of its worth that is left then."""


BLOCK = 60
"""Worth of a block on an enemy supply road, in tenths, to those who defend."""


def goals(desk: StaffDesk) -> tuple[Goal, ...]:
    """All goals of the moment, dearest first."""
    best: dict[int, Goal] = {}
    holds = (*_holds(desk), *_blocks(desk)) if desk.doctrine.posture == "defend" else ()
    for goal in (
        *_prizes(desk),
        *_towns(desk),
        *_relief(desk),
        *_gates(desk),
        *_roads(desk),
        *pockets.goals(desk, may_go),
        *holds,
    ):
        known = best.get(goal.hex)
        if known is None or goal.worth > known.worth:
            best[goal.hex] = goal
    return tuple(sorted(best.values(), key=lambda goal: (-goal.worth, goal.hex)))


def goal_at(desk: StaffDesk, here: int) -> Goal:
    """A hex as a goal because somebody says so, of the worth of a prize point."""
    kind = "prize" if desk.prized(here) and desk.state.hexes.control[here] != desk.me else "town"
    return Goal(here, kind, 10, _need(desk, here), desk.name(here))


def may_go(desk: StaffDesk, here: int) -> bool:
    """Whether doctrine and the ladder let a faction plan for a hex on that side of the line."""
    if not ladder.over_line(desk.world, desk.me, here):
        return True
    return desk.doctrine.cross_line and not ladder.stand_off(desk.state)


def _prizes(desk: StaffDesk) -> Iterator[Goal]:
    world, control, me = desk.world, desk.state.hexes.control, desk.me
    for number, prize in enumerate(world.prizes):
        points = prize.points[me]
        if not points or not may_go(desk, prize.hex):
            continue
        if prize.kind == "road":
            yield from _road_prize(desk, prize.name, points, prize.path)
            continue
        holder = control[prize.hex]
        if holder >= 0 and holder != me and not world.at_war(me, holder):
            continue
        bonus = prize.first[me] if desk.state.clock.bonus[number] < 0 else 0
        interest = _interest(desk, prize.name, prize.hex)
        worth = (points + bonus) * 10 * interest // 100
        if holder == me:
            if _unclaimed(desk, prize.hex) and bonus:
                yield Goal(prize.hex, "claim", worth // 2, 20, prize.name)
            continue
        race = max(_race(desk, prize.hex), BOLD if interest >= INSISTS else 0)
        worth = worth * race // 100 - desk.incident_price(desk.base_risk(prize.hex))
        if worth > 0:
            yield Goal(prize.hex, "prize", worth, _need(desk, prize.hex), prize.name)


def _road_prize(desk: StaffDesk, name: str, points: int, path: tuple[int, ...]) -> Iterator[Goal]:
    missing = [here for here in path if desk.hostile(here) or desk.state.hexes.control[here] < 0]
    if missing and len(missing) < len(path):
        here = supply_ways.far_along(desk, missing)
        yield Goal(here, "road prize", points * 10 // 2, _need(desk, here), name)


def _unclaimed(desk: StaffDesk, here: int) -> bool:
    place = desk.world.place_at.get(here, -1)
    return place >= 0 and not desk.state.places.checks[place]


def _interest(desk: StaffDesk, name: str, here: int) -> int:
    said = desk.doctrine.interest or {}
    place = desk.world.place_at.get(here, -1)
    return said.get(name, said.get(desk.world.places[place].name if place >= 0 else name, 100))


def _race(desk: StaffDesk, here: int) -> int:
    """Percent that a prize is still worth, by who is nearer to it: the other bloc's troops or one's own."""
    rival = min((desk.grid.distance(here, there) for there in desk.rivals), default=99)
    if rival > 12:
        return 100
    mine = min((desk.grid.distance(at, here) for at in desk.line), default=99)
    if rival <= 1:
        return 20 if ladder.over_line(desk.world, desk.me, here) else 90
    return 130 if mine <= rival else 90 if mine <= rival + 4 else 50


def _need(desk: StaffDesk, here: int) -> int:
    near, kind = desk.enemy_strength(here, 1), ground.terrain_of(desk.world, here)
    dug = max((desk.state.units.dug[row] for row in desk.foes.get(here, ())), default=0)
    strong = desk.enemy_strength(here, 0) * (dug + (kind.shift if kind is not None else 0)) * 15 // 100
    known = near + (desk.enemy_strength(here, 2) - near) // 2 + strong
    if desk.hostile(here) and desk.world.place_at.get(here, -1) >= 0:
        known = _of_a_place(desk, here, known)
    return min(known, _room(desk, here)) if known else 20


def _of_a_place(desk: StaffDesk, here: int, known: int) -> int:
    """What a place of the enemy's takes: a garrison that went out of sight is still there for all that is known."""
    met = desk.book.met
    if here in desk.foes:
        met[here] = min(known, STRONGEST)
    elif here in met and fog.visible_hexes(desk.state, desk.me)[here]:
        del met[here]
    return max(known, met.get(here, 0)) or GUESS * (1 + strongpoints.standing(desk.state, here))


def _room(desk: StaffDesk, here: int) -> int:
    """Strength, in tenths, that finds room to attack a hex: full stacks of one's own line on its dry sides. Three
    halves of it is the most that a goal ever needs, so two thirds are told."""
    world, grid = desk.world, desk.grid
    sides = [near for near in grid.near[here] if ground.carries(desk.state, grid.side_between(here, near))]
    open_ = sum(ground.terrain_of(world, near) is not None for near in sides)
    return open_ * _full_stack(desk) * 2 // 3


def _full_stack(desk: StaffDesk) -> int:
    found: int | None = desk.book.charts.get("full stack")
    if found is None:
        line = [row for row in desk.own if desk.is_line(row)]
        strength, steps = sum(map(desk.attack, line)), sum(desk.state.units.steps[row] for row in line)
        found = desk.book.charts["full stack"] = strength * desk.world.rules.units.stack_steps // max(1, steps)
    return found


def _towns(desk: StaffDesk) -> Iterator[Goal]:
    if desk.doctrine.posture == "defend":
        return
    prizes = {prize.hex for prize in desk.world.prizes}
    for here, number in desk.world.place_at.items():
        place = desk.world.places[number]
        if place.size and here not in prizes and desk.hostile(here) and may_go(desk, here) and _close(desk, here):
            worth = desk.doctrine.town * place.size * _interest(desk, place.name, here) // 100
            yield Goal(here, "town", worth * _race(desk, here) // 100, _need(desk, here), place.name)


def _close(desk: StaffDesk, here: int) -> bool:
    return any(desk.grid.distance(at, here) <= 14 for at in desk.line)


def _relief(desk: StaffDesk) -> Iterator[Goal]:
    """Own troops that no road reaches: the place they hold, and the hex that breaks their supply."""
    if desk.doctrine.posture == "defend":
        return
    shut: dict[int, int] = {}
    for row in desk.own:
        if desk.is_hungry(row) and not desk.traits(row) & {"raider", "cell"}:
            shut[desk.at(row)] = shut.get(desk.at(row), 0) + desk.state.units.steps[row]
    named: list[int] = []
    for here in sorted(shut, key=lambda h: (-shut[h], h)):
        if len(named) >= CLUSTERS:
            return
        if any(desk.grid.distance(here, other) <= 2 for other in named):
            continue
        named.append(here)
        around = sum(n for there, n in shut.items() if desk.grid.distance(here, there) <= 2)
        worth = desk.doctrine.relief * min(10, around) // 10
        at = supply_ways.break_before(desk, here)
        if around >= 3 and any(desk.shut_in(row) for row in desk.stack(here)):
            most = RELIEF if at >= 0 else 20
            yield Goal(here, "relief", worth // 2, min(most, desk.enemy_strength(here, 2)), desk.name(here))
        if at >= 0 and (at in desk.foes or desk.hostile(at)):
            yield Goal(at, "road", worth, min(RELIEF, max(20, _need(desk, at))), f"supply line at {desk.name(at)}")
        elif at >= 0 and not all(_on_its_way(desk, row) for row in desk.stack(here)):
            desk.book.gates.add(at)
            yield _gate(desk, at, worth)


def _on_its_way(desk: StaffDesk, row: int) -> bool:
    """Whether hungry troops can help themselves: they march, are shut in nowhere, and hold no prize."""
    here = desk.at(row)
    marches = bool(desk.world.roster.movement[row]) and "garrison" not in desk.traits(row)
    return marches and not desk.shut_in(row) and not (desk.prized(here) and desk.state.hexes.control[here] == desk.me)


def _gate(desk: StaffDesk, here: int, worth: int) -> Goal:
    """Whoever stands in a hex keeps the way of supply open through it, though an enemy beside it shuts it to others."""
    return Goal(here, "road", worth, 20, f"supply line through {desk.name(here)}")


def _gates(desk: StaffDesk) -> Iterator[Goal]:
    """Ways of supply that were shut from the side, and would be again if nobody stood in them."""
    zone = zones.known_zone(desk.state, desk.me)
    desk.book.gates = {here for here in desk.book.gates if zone[here] and not desk.hostile(here)}
    for here in sorted(desk.book.gates):
        yield _gate(desk, here, desk.doctrine.road)


def _roads(desk: StaffDesk) -> Iterator[Goal]:
    """A supply road of one's own that the enemy has cut, or stands beside, behind one's front."""
    for road in desk.world.stakes.roads_of(desk.me):
        name, path = road.name, road.path
        ours = [number for number, here in enumerate(path) if desk.state.hexes.control[here] == desk.me]
        if len(ours) < 2:
            continue
        front = next((n for n in ours if all(desk.hostile(here) for here in path[n + 1 : n + 1 + GAP])), ours[-1])
        broken = [here for here in path[: front + 1] if desk.hostile(here) or here in desk.foes]
        if broken:
            here = supply_ways.far_along(desk, broken)
            yield Goal(here, "road", desk.doctrine.road, max(20, _need(desk, here)), name)
        behind = set(path[ours[0] : front])
        for there in sorted(desk.foes):
            if there not in behind and _reaches(desk, there, behind):
                yield Goal(there, "road", desk.doctrine.road // 2, desk.enemy_strength(there, 1), name)


def _reaches(desk: StaffDesk, there: int, hexes: set[int]) -> bool:
    """Whether troops in a hex stand beside some others, no river between."""
    sides = zip(desk.grid.neighbours[there], desk.grid.sides[there], strict=True)
    return any(near in hexes and ground.joins(desk.state, side) for near, side in sides)


def scored_towns(desk: StaffDesk) -> dict[int, int]:
    """Hex -> what a town counts for who scores by the turn."""
    insurgent = desk.world.stakes.insurgent
    return {town.hex: town.value for town in insurgent.towns} if insurgent is not None else {}


def _holds(desk: StaffDesk) -> Iterator[Goal]:
    """Towns of one's own that the enemy comes near; dearest those that score or are prizes to him."""
    scored = scored_towns(desk)
    prize_at: dict[int, int] = {}
    for prize in desk.world.prizes:
        prize_at[prize.hex] = max(prize_at.get(prize.hex, 0), *prize.points)
    for here, number in desk.world.place_at.items():
        place = desk.world.places[number]
        if desk.state.hexes.control[here] != desk.me or not (place.size or here in prize_at):
            continue
        worth = scored.get(here, 0) * 40 + prize_at.get(here, 0) * 8 + place.size * 6
        near, wide = desk.enemy_strength(here, 3), desk.enemy_strength(here, 7)
        share = 100 if near else 60 if wide else 25
        worth = worth * share * _interest(desk, place.name, here) // 10000
        if worth > 5:
            yield Goal(here, "hold", worth, max(30, (near + wide) // 2), place.name)


def _blocks(desk: StaffDesk) -> Iterator[Goal]:
    """Hexes that shut the enemy's way: on his supply roads, or since the start beside a place that he holds, where
    one's own line units stand. Who leaves one opens it."""
    for road in desk.world.stakes.roads:
        if not desk.world.at_war(desk.me, road.of):
            continue
        for here in road.path:
            if any(_bars(desk, row) for row in desk.stack(here)) and not desk.hostile(here):
                need = max(30, desk.enemy_strength(here, 3) // 2)
                yield Goal(here, "hold", BLOCK, need, f"the block on the {road.name}")
    control, places = desk.world.control, desk.world.place_at
    for row in desk.own:
        here = desk.at(row)
        if not _bars(desk, row) or desk.world.roster.start[row] != here:
            continue
        ringed = next((at for at in desk.grid.near[here] if at in places and at in desk.foes and desk.hostile(at)), -1)
        if ringed >= 0 and control[ringed] == desk.state.hexes.control[ringed]:
            need = max(30, desk.enemy_strength(here, 3) // 2)
            yield Goal(here, "hold", BLOCK, need, f"the ring around {desk.name(ringed)}")


def _bars(desk: StaffDesk, row: int) -> bool:
    return desk.is_line(row) and not desk.traits(row) & {"raider", "cell"}
