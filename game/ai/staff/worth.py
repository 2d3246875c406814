"""What an attack is worth: the game's own odds in tenths of a victory point, and the support that earns its price."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, NamedTuple

from game import engine
from game import orders as od
from game.ai.staff.caution import stray_price
from game.ai.staff.desk import StaffDesk
from game.ai.staff.notebook import Post
from game.rules import airspace, combat, ground, people, strongpoints, support, zones
from game.scenario.world import River
from game.state import State
from game.state.codes import Spent
from game.state.evolve import lasting

PRICES = {"strike": 2, "drones": 1, "fires": 2, "sof": 2, "svbied": 5, "kalibr": 8}
"""What a point of support must earn, in tenths, before it is committed."""

SURE = 34
"""Of 36 throws, those from which an attack needs no more help."""

SHUT_IN = 2
"""Ways out, as :func:`ways_out` counts them, with which a defender is as good as shut in."""

MAJOR = 3
"""How much the major river hampers an attack, a minor one being 1."""

GOAL_NEAR = 2
"""Hexes from a goal within which an enemy is worth more for its sake."""

HUNGRY = 6
"""Most, in tenths, that an attack is charged for posts to which no supply can follow: it is for a turn."""


def imagined(state: State, posts: list[Post]) -> State:
    """The same moment with units already where an attack wants them."""
    moved = sorted(post for post in posts if state.units.hex[post.row] != post.hex)
    return state.kept(("imagined", *moved), lambda: _imagined(state, moved)) if moved else state


def _imagined(state: State, posts: list[Post]) -> State:
    hexes, spent = list(state.units.hex), list(state.units.spent)
    for post in posts:
        hexes[post.row] = post.hex
        spent[post.row] |= Spent.MOVED
    kept = same_foes(state)
    kept["pictures"] = {state.faction: state.picture(state.faction)}
    stacks = dict(state.stacks)
    for post in posts:
        old = state.units.hex[post.row]
        stacks[old] = tuple(row for row in stacks[old] if row != post.row)
        stacks[post.hex] = tuple(sorted((*stacks.get(post.hex, ()), post.row)))
    kept["stacks"] = stacks
    return replace(state, units=replace(state.units, hex=tuple(hexes), spent=tuple(spent)), answers=kept)


def same_foes(state: State) -> dict[Any, Any]:
    """Answers that hold as long as nothing but own units moves or rests."""
    return {**lasting(state.answers), "tolls": state.answers.setdefault("tolls", {})}


def worth_of(desk: StaffDesk, target: int) -> int:
    """What it is worth, in tenths, to drive the enemy from a hex: prizes, goals, our road, and what lies on our way."""
    worth = 4
    for goal in desk.book.goals:
        distance = desk.grid.distance(goal.hex, target)
        if distance > GOAL_NEAR:
            continue
        if distance == 0:
            worth = max(worth, goal.worth if strongpoints.standing(desk.state, target) else goal.worth // 2)
        elif goal.kind in ("relief", "hold", "road"):
            worth = max(worth, goal.worth // 4)
        elif distance <= 1:
            worth = max(worth, goal.worth // 6)
    on_way: dict[int, int] = desk.book.charts.get("on way", {})
    return max(worth, min(40, on_way.get(target, 0)))


def water_between(desk: StaffDesk, here: int, target: int) -> int:
    """How much water between two adjacent hexes hampers an attack: 0 for none, 1 for a minor river, MAJOR."""
    side = desk.grid.side_between(here, target)
    if desk.world.river[side] == River.NONE or side in ground.open_crossings(desk.state):
        return 0
    return 1 if desk.world.river[side] == River.MINOR else MAJOR


def ways_out(desk: StaffDesk, target: int, origins: set[int]) -> int:
    """Ways out for the defender as far as we know: hexes not ours, not over water; those off our zones count double."""
    state, world = desk.state, desk.world
    mine = zones.zone_of(state, desk.me)
    free = 0
    for near in desk.grid.near[target]:
        side = desk.grid.side_between(target, near)
        if near in origins or ground.terrain_of(world, near) is None or not ground.carries(state, side):
            continue
        if any(world.roster.faction[row] == desk.me for row in state.units_at(near)):
            continue
        if not mine[near] and not any(desk.grid.distance(near, origin) <= 1 for origin in origins):
            free += 2
        elif not mine[near]:
            free += 1
    return free


def score_of(desk: StaffDesk, state: State, order: od.Attack, ground_worth: int, exits: int) -> tuple[int, int]:
    """(worth of an attack in tenths, throws of 36 that get on with it): by the odds as known, and what comes of them.

    A hex that is not emptied counts for the share of its defenders' steps that are lost: so towns are taken, where
    nobody falls back (6.3).
    """
    odds = engine.odds(state, order).known
    doctrine, total, chance = desk.doctrine, -harm_price(desk, order), 0
    own_step = min(doctrine.own_step, desk.world.rules.victory.step_lost) if desk.last_turn else doctrine.own_step
    pocket = 10 if exits == 0 else 5 if exits <= SHUT_IN else 0
    steps = max(1, sum(state.units.steps[row] for row in odds.fight.sides.foes))
    kind = ground.terrain_of(desk.world, order.target)
    cornered = exits <= SHUT_IN and (kind is None or not kind.built_up)  # who holds a town stays in it anyway
    mine = his = gained = 0
    results, standing = desk.world.rules.combat.results, strongpoints.standing(state, order.target)
    for key, ways in odds.rolls:
        after, drives = odds.fight.toll(key), results[key].retreat
        mine += ways * (2 * after.attacker_lost + after.attacker_disrupted)
        his += ways * (2 * after.defender_lost + after.defender_disrupted)
        if after.cleared:
            gained += ways * steps
        elif after.strongpoint:
            gained += ways * steps // (standing + 1)
        elif drives and cornered:  # half of them, and of the hex, is as good as taken
            gained += ways * (steps + min(steps, after.defender_lost)) // 2
            his += ways * max(0, steps - after.defender_lost)
        elif drives:
            gained += ways * min(steps, after.defender_lost)
        if after.cleared or drives:
            chance += ways
    total += (his * doctrine.step - mine * own_step) // 72 + gained * (ground_worth + pocket) // (36 * steps)
    return total, chance


def harm_price(desk: StaffDesk, order: od.Attack) -> int:
    """What the harm that an attack does to the people of a town takes off one's points, in tenths."""
    kind = ground.terrain_of(desk.world, order.target)
    if kind is None or not kind.built_up:
        return 0
    heavy = support.heavy_kinds(desk.world)
    points = 1 + sum(number for name, number in order.support if name in heavy)
    expected = people.expected_harm(desk.state, order.target, points)
    return expected * desk.world.rules.victory.harm * desk.doctrine.harm // 100


class Weighed(NamedTuple):
    """An attack without help: where it would begin, what its hex is worth and what ways lead out of it, and its worth
    and throws as :func:`score_of` tells them."""

    state: State
    order: od.Attack
    ground_worth: int
    exits: int
    score: int
    chance: int


def weighed(desk: StaffDesk, state: State, order: od.Attack, ground_worth: int) -> Weighed:
    """An attack as it stands, with whatever support and preparation the order names."""
    exits = ways_out(desk, order.target, {state.units.hex[desk.world.row[unit]] for unit in order.units})
    score, chance = score_of(desk, state, order, ground_worth, exits)
    return Weighed(state, order, ground_worth, exits, score, chance)


def with_support(desk: StaffDesk, one: Weighed) -> tuple[od.Attack, int]:
    """The order with the help that earns its price, and its worth then; below any bar when it is hopeless."""
    if one.chance < SURE:
        one = _prepared(desk, supported(desk, one))
    if one.chance >= SURE:
        return one.order, one.score
    least_chance = desk.doctrine.least_chance // (2 if desk.last_turn else 1)
    return one.order, one.score if one.chance >= least_chance else -99


def supported(desk: StaffDesk, one: Weighed) -> Weighed:
    """The same with the support from off the map that earns its price."""
    if one.chance >= SURE or desk.book.sketch:
        return one
    target = one.order.target
    for kind, points in desk.state.clock.support[desk.me]:
        what = support.kinds(desk.world).get(kind)
        if what is None or not what.attack_shift or not points or not _may_use(desk, kind, target):
            continue
        for number in range(1, min(points, what.per_attack) + 1):
            others = tuple((k, p) for k, p in one.order.support if k != kind)
            tried = replace(one.order, support=tuple(sorted((*others, (kind, number)))))
            score, chance = score_of(desk, one.state, tried, one.ground_worth, one.exits)
            score -= PRICES.get(kind, 3) * number + stray_price(desk, kind, number, target)
            if score < one.score:
                break
            one = one._replace(order=tried, score=score, chance=chance)
    return one


def _may_use(desk: StaffDesk, kind: str, target: int) -> bool:
    """Whether a kind of support can be brought to a hex now; the same for every set of attackers."""

    def make() -> bool:
        if support.refuse_needs(desk.state, desk.me, kind, target) is not None:
            return False
        return not (support.kinds(desk.world)[kind].flown and airspace.flight_risk(desk.state, desk.me, target))

    return desk.state.kept(("may use", kind, target), make)


def _prepared(desk: StaffDesk, one: Weighed) -> Weighed:
    """With a command point to spare, attackers that have not moved prepare the attack, if that gains enough."""
    if desk.book.sketch or one.chance >= SURE:
        return one
    order = one.order
    spare = desk.state.factions.command[desk.me] - combat.price_of(one.state, order)[0]
    if spare < (3 if desk.book.sites and not _besieged(desk, order.target) else 1) or any(
        one.state.units.spent[desk.world.row[unit]] & Spent.MOVED for unit in order.units
    ):
        return one
    tried = replace(order, set_piece=True)
    score, chance = score_of(desk, one.state, tried, one.ground_worth, one.exits)
    return one._replace(order=tried, score=score - 3, chance=chance) if score - 3 > one.score else one


def _besieged(desk: StaffDesk, here: int) -> bool:
    return any(siege.target == here for siege in desk.book.sieges)


def diversion(desk: StaffDesk, posts: list[Post], target: int) -> int:
    """What it costs to pull units off their way: little for those that pass by, more for those that turn back."""
    total = 0
    for post in posts:
        task = desk.book.tasks.get(post.row)
        if task is None or desk.at(post.row) == post.hex:
            continue
        away = desk.grid.distance(post.hex, task.goal) - desk.grid.distance(desk.at(post.row), task.goal)
        total += 1 + 2 * max(0, away)
    return total


def _fed_there(desk: StaffDesk, post: Post) -> bool:
    """Whether supply reaches the place of an attacker, or comes beside it and will follow: his axis leads there."""
    if desk.supply.reaches(post.hex):
        return True
    task, grid = desk.book.tasks.get(post.row), desk.grid
    if task is None or grid.distance(post.hex, task.goal) > grid.distance(desk.at(post.row), task.goal):
        return False
    return any(desk.supply.reaches(near) for near in grid.near[post.hex])


def exposure(desk: StaffDesk, posts: list[Post], target: int) -> int:
    """A light charge for attackers that would stand in danger, from others than those attacked, or where no supply
    comes, or close to the other bloc."""
    total = 0
    if desk.rivals and target not in desk.clashing:
        for here in {post.hex: 0 for post in posts}:
            total += desk.incident_price(desk.base_risk(here))
    if desk.last_turn:
        return total
    hungry = 0
    attacked = sum(desk.attack(row) for row in desk.foes.get(target, ()))
    for post in posts:
        danger = max(0, desk.danger.get(post.hex, 0) - attacked)
        total += min(12, danger * desk.doctrine.risk // 3000)
        if desk.doctrine.posture == "advance" and not desk.is_cut(post.row) and not _fed_there(desk, post):
            hungry += 2
    return total + min(HUNGRY, hungry)
