"""Attacks: for each enemy hex in reach the set of units that serves best, with the game's own odds.

A set grows unit by unit, the strongest first, each on the free hex that helps most; the best beginning of the row
is kept. It is judged by what it should cost both sides, by the ground it opens, by whether the defender has a
way out, and by what the other bloc may make of it. Support is added while a point of it earns its price.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from game import engine, orders as od
from game.ai.desk import Battle, Desk, Post, Proposal
from game.rules import airspace, combat, deconfliction, ground, people, stacking, support, zones
from game.scenario.world import River
from game.state import State
from game.state.tables import MOVED

MOST = 9
"""Most units considered for one attack."""

PRICES = {"strike": 2, "drones": 1, "fires": 2, "sof": 2, "svbied": 5, "kalibr": 8}
"""What a point of support must earn, in tenths, before it is committed."""


DUG_IN = frozenset({"fortified", "tunnels", "garrison"})
"""Troops in prepared positions strike back at who takes their ground, and attack nothing else while they defend."""


def proposals(desk: Desk) -> Iterator[Proposal]:
    """The next step of the battle in hand, or the first step of the best new one."""
    battle = desk.book.battle
    if battle is None:
        battle = desk.book.battle = _best(desk)
    while battle is not None:
        step = _next_step(desk, battle)
        if step is not None:
            yield step
        desk.book.called_off[battle.target] = _steps_at(desk, battle.target)
        battle = desk.book.battle = _best(desk)


def _steps_at(desk: Desk, target: int) -> int:
    return sum(desk.state.units.steps[row] for row in desk.foes.get(target, ()))


# --- carrying out -------------------------------------------------------------------------------------------


def _next_step(desk: Desk, battle: Battle) -> Proposal | None:
    if battle.target not in desk.foes:
        return None
    ready = [post.row for post in battle.posts if desk.at(post.row) == post.hex and desk.fresh(post.row)]
    for post in battle.posts:
        if desk.at(post.row) != post.hex and post.row not in desk.book.settled and desk.fresh(post.row):
            found = desk.reach(post.row)
            if post.hex in found.cost:
                order = od.Move(desk.unit(post.row), found.path(post.hex))
                if engine.refusal(desk.state, order) is None:
                    return Proposal(order, f"moves up for the attack on {desk.name(battle.target)}")
            desk.book.settled.add(post.row)
    if not ready:
        return None
    return _strike_home(desk, battle, ready)


def _strike_home(desk: Desk, battle: Battle, ready: list[int]) -> Proposal | None:
    state = desk.state
    order = od.Attack(tuple(desk.unit(row) for row in ready), battle.target)
    if engine.refusal(state, order) is not None:
        order = od.Attack(order.units[:1], battle.target)
        if engine.refusal(state, order) is not None:
            return None
    order, score = with_support(desk, state, order)
    if score < desk.doctrine.least * 6 // 10 or _incident(desk, order) > desk.doctrine.most_incident:
        return None
    desk.book.battle = None
    odds = engine.odds(state, order).worst
    return Proposal(order, f"{battle.why}: {odds.name} with shifts {odds.shifts.total:+d}, {odds.chance('retreat') * 100 // 36} % to drive him off")


def _incident(desk: Desk, order: od.Attack) -> int:
    origin = desk.at(desk.world.row[order.units[0]])
    return engine.incident(desk.state, deconfliction.Act("attack", order.target, origin)).percent


# --- choosing -----------------------------------------------------------------------------------------------


def _best(desk: Desk) -> Battle | None:
    best: Battle | None = None
    busy = {row for row in desk.own if not desk.fresh(row) or row in desk.book.settled}
    for target in sorted(desk.foes):
        steps = _steps_at(desk, target)
        if desk.book.called_off.get(target) == steps or desk.rivals and target in desk.rivals:
            continue
        able = tuple(_candidates(desk, target, busy))
        if not able:
            continue
        units = desk.state.units
        mark = (able, steps, tuple((desk.at(row), units.mp[row]) for row in able), desk.state.clock.support[desk.me], desk.mark[2])
        known = desk.book.appraisals.get(target)
        if known is None or known[0] != mark:
            known = desk.book.appraisals[target] = (mark, _appraise(desk, target, able))
        if known[1] is not None and (best is None or known[1].score > best.score):
            best = known[1]
    return best


def _candidates(desk: Desk, target: int, busy: set[int]) -> Iterator[int]:
    world, grid = desk.world, desk.grid
    for row in desk.own:
        if row in busy or not world.roster.attack[row] or desk.traits(row) & {"hq", "artillery"}:
            continue
        here = desk.at(row)
        if desk.traits(row) & DUG_IN and desk.doctrine.posture == "defend" and desk.world.control[target] != desk.me:
            continue
        far = grid.distance(here, target)
        if far > 1 and (far > _range(desk, row) or not desk.state.units.mp[row] or _must_stay(desk, row)):
            continue
        if grid.distance(here, target) <= 1 or any(near in desk.reach(row).cost for near in grid.near[target]):
            yield row


def _range(desk: Desk, row: int) -> int:
    """Hexes from which a unit comes up for an attack: those that defend leave their towns for a counter-stroke, no more."""
    if desk.doctrine.posture == "advance":
        return 9
    return 5 if "raider" in desk.traits(row) else 3


def _must_stay(desk: Desk, row: int) -> bool:
    """Garrisons, hidden cells, raiders with a raid to make, and the last unit that keeps a threatened prize."""
    traits = desk.traits(row)
    if traits & {"garrison", "cell"} or (desk.doctrine.posture == "advance" and desk.shut_in(row)):
        return True
    here = desk.at(row)
    if not desk.prized(here) and desk.doctrine.posture == "advance":
        return False
    others = sum(desk.defence(other) for other in desk.stack(here) if desk.is_line(other) and other != row)
    return 2 * others < desk.danger.get(here, 0)


def _appraise(desk: Desk, target: int, able: tuple[int, ...]) -> Battle | None:
    """The best set of attackers against a hex, None when none is worth it."""
    order, stays = _in_turn(desk, able, target)
    total = sum(desk.attack(row) for row in order)
    against = sum(desk.defence(row) for row in desk.foes[target])
    if total * 2 < against:
        return None
    ground_worth = worth_of(desk, target)
    posts: list[Post] = []
    best: Battle | None = None
    for row in order:
        here = _post(desk, row, target, posts)
        if here < 0:
            continue
        posts.append(Post(row, here))
        if posts[0].row in stays and not _may_follow_up(desk, posts[0].row):
            return None
        if sum(desk.attack(post.row) for post in posts) * 3 < against * 2:
            continue
        state = imagined(desk.state, posts)
        attack = od.Attack(tuple(desk.unit(post.row) for post in posts), target)
        attack, score = with_support(desk, state, attack, ground_worth)
        score -= _exposure(desk, posts) + _diversion(desk, posts, target)
        if score >= desk.doctrine.least and (best is None or score > best.score + 2):
            best = Battle(target, tuple(posts), score, f"attacks {desk.name(target)}")
    return best


def _in_turn(desk: Desk, able: tuple[int, ...], target: int) -> tuple[list[int], set[int]]:
    """The units to try, in order, and those of them that ought to stay: the strong first, a party of engineers where it counts."""
    stays = {row for row in able if _must_stay(desk, row)}
    order = sorted(able, key=lambda row: (row in stays, -desk.attack(row), row))
    kind = ground.terrain_of(desk.world, target)
    if (kind is not None and kind.built_up) or any(desk.state.units.dug[row] for row in desk.foes[target]):
        sappers = [row for row in order if "engineer" in desk.traits(row)][:1]
        return [*order[: MOST - len(sappers)], *(row for row in sappers if row not in order[: MOST - 1])], stays
    return [row for row in order if "engineer" not in desk.traits(row)][:MOST], stays


def _may_follow_up(desk: Desk, row: int) -> bool:
    """Whether a unit that ought to stay may lead an attack all the same: whoever leads follows up into the hex."""
    here = desk.at(row)
    if not desk.prized(here) and here not in desk.world.place_at:
        return True
    return any(desk.is_line(other) for other in desk.stack(here) if other != row)


def _post(desk: Desk, row: int, target: int, posts: list[Post]) -> int:
    """The hex from which a unit joins an attack, -1 when there is none: where it stands, or a free one it can reach."""
    here, grid = desk.at(row), desk.grid
    taken = [post.hex for post in posts]
    if grid.distance(here, target) == 1:
        return here if _can_fight(desk, row, here, target) else -1
    found, best, best_score = desk.reach(row), -1, -(1 << 20)
    for near in grid.near[target]:
        if near not in found.cost or near in desk.foes or not _can_fight(desk, row, near, target):
            continue
        joining = [post.row for post in posts if post.hex == near and desk.at(post.row) != near]
        if not _room(desk, row, near, joining):
            continue
        score = 12 if near not in taken else 0
        if any(grid.distance(near, other) == 2 for other in taken):
            score += 8
        score -= _water(desk, near, target) * 10 + found.cost[near] // 8 + desk.danger.get(near, 0) // 60
        kind = ground.terrain_of(desk.world, near)
        score += 3 * kind.shift if kind is not None else 0
        score += 6 if desk.supplied(near) else -6
        if desk.rivals:
            score -= 12 * max(0, 3 - desk.rival_distance(near))
        if score > best_score:
            best, best_score = near, score
    return best


def _room(desk: Desk, row: int, here: int, joining: list[int]) -> bool:
    if stacking.room_for(desk.state, row, here) is not None:
        return False
    rules, steps = desk.world.rules.units, desk.state.units.steps
    line = [other for other in (*desk.state.units_at(here), *joining) if "hq" not in desk.traits(other) and other != row]
    return len(line) < rules.stack_units and sum(steps[other] for other in line) + steps[row] <= rules.stack_steps


def _can_fight(desk: Desk, row: int, here: int, target: int) -> bool:
    side = desk.grid.side_between(here, target)
    if side < 0:
        return False
    if not ground.carries(desk.state, side) and not combat.can_assault_river(desk.state, row):
        return False
    kind = ground.terrain_of(desk.world, target)
    enter = getattr(kind.enter, ground.MOBILITY[desk.world.roster.mobility[row]]) if kind is not None else -1
    return enter >= 0 or bool(desk.world.road[side])


def _water(desk: Desk, here: int, target: int) -> int:
    side = desk.grid.side_between(here, target)
    if desk.world.river[side] == River.NONE or side in ground.open_crossings(desk.state):
        return 0
    return 1 if desk.world.river[side] == River.MINOR else 3


def imagined(state: State, posts: list[Post]) -> State:
    """The same moment with units already where an attack wants them."""
    hexes, spent = list(state.units.hex), list(state.units.spent)
    moved = False
    for post in posts:
        if hexes[post.row] != post.hex:
            hexes[post.row] = post.hex
            spent[post.row] |= MOVED
            moved = True
    if not moved:
        return state
    kept: dict[Any, Any] = {key: state.answers[key] for key in ("open crossings", "patch") if key in state.answers}
    kept["known", state.faction] = zones.known_enemies(state, state.faction)
    stacks = dict(state.stacks)
    for post in posts:
        old = state.units.hex[post.row]
        if old != post.hex:
            stacks[old] = tuple(row for row in stacks[old] if row != post.row)
            stacks[post.hex] = tuple(sorted((*stacks.get(post.hex, ()), post.row)))
    kept["stacks"] = stacks
    return replace(state, units=replace(state.units, hex=tuple(hexes), spent=tuple(spent)), answers=kept)


# --- judging ------------------------------------------------------------------------------------------------


def worth_of(desk: Desk, target: int) -> int:
    """What it is worth, in tenths, to drive the enemy from a hex: prizes, goals, our road, and what lies on our way."""
    worth = 4
    for goal in desk.book.goals:
        distance = desk.grid.distance(goal.hex, target)
        if distance == 0:
            worth = max(worth, goal.worth // 2)
        elif distance <= 2 and goal.kind in ("relief", "hold", "road"):
            worth = max(worth, goal.worth // 4)
        elif distance <= 1:
            worth = max(worth, goal.worth // 6)
    on_way: dict[int, int] = desk.book.charts.get("on way", {})
    return max(worth, min(40, on_way.get(target, 0)))


def _exits(desk: Desk, target: int, origins: set[int]) -> int:
    """Hexes into which the defender could fall back, as far as we know: not ours, not under our zone, not over water."""
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


def score_of(desk: Desk, state: State, order: od.Attack, ground_worth: int, exits: int) -> tuple[int, int]:
    """(worth of an attack in tenths, chance of a retreat in 36): the middle between the ends of the forecast."""
    forecast = engine.odds(state, order)
    doctrine, total, chance = desk.doctrine, -2 * harm_price(desk, order), 0
    for odds in (forecast.worst, forecast.best):
        mine, his = odds.expected()
        retreat = odds.chance("retreat")
        pocket = 10 if exits == 0 else 5 if exits <= 2 else 0
        total += (his * doctrine.step - mine * doctrine.own_step) // 72 + retreat * (ground_worth + pocket) // 36
        chance += retreat
    return total // 2, chance // 2


def harm_price(desk: Desk, order: od.Attack) -> int:
    """What the harm that an attack does to the people of a town takes off one's points, in tenths."""
    kind = ground.terrain_of(desk.world, order.target)
    if kind is None or not kind.built_up:
        return 0
    heavy = support.heavy_kinds(desk.world)
    points = 1 + sum(number for name, number in order.support if name in heavy)
    return people.expected_harm(desk.state, order.target, points) * desk.world.rules.victory.harm


def with_support(desk: Desk, state: State, order: od.Attack, ground_worth: int = -1) -> tuple[od.Attack, int]:
    """The order with the support that earns its price, and what it is then worth; hopeless ones come back below any bar."""
    worth = worth_of(desk, order.target) if ground_worth < 0 else ground_worth
    exits = _exits(desk, order.target, {state.units.hex[desk.world.row[unit]] for unit in order.units})
    score, chance = score_of(desk, state, order, worth, exits)
    if chance >= 34:
        return order, score
    for kind, points in desk.state.clock.support[desk.me]:
        what = support.kinds(desk.world).get(kind)
        if what is None or not what.attack_shift or not points or not _may_use(desk, kind, order.target):
            continue
        for number in range(1, min(points, what.per_attack) + 1):
            tried = replace(order, support=tuple(sorted((*((k, p) for k, p in order.support if k != kind), (kind, number)))))
            value, better = score_of(desk, state, tried, worth, exits)
            if value - PRICES.get(kind, 3) * number < score:
                break
            order, score, chance = tried, value - PRICES.get(kind, 3) * number, better
    order, score, chance = _prepared(desk, state, order, score, chance, worth, exits)
    return order, score if chance >= desk.doctrine.least_chance else -99


def _may_use(desk: Desk, kind: str, target: int) -> bool:
    what = support.kinds(desk.world)[kind]
    if support.refuse_needs(desk.state, desk.me, kind, target) is not None:
        return False
    return not (what.flown and airspace.notice_due(desk.state, desk.me, target))


def _prepared(
    desk: Desk, state: State, order: od.Attack, score: int, chance: int, worth: int, exits: int
) -> tuple[od.Attack, int, int]:
    """With a command point to spare, attackers that have not moved prepare the attack, if that gains enough."""
    spare = desk.state.factions.command[desk.me] - combat.price_of(state, order)[0]
    if spare < (3 if desk.book.sites else 1) or any(state.units.spent[desk.world.row[unit]] & MOVED for unit in order.units):
        return order, score, chance
    tried = replace(order, set_piece=True)
    value, better = score_of(desk, state, tried, worth, exits)
    return (tried, value - 3, better) if value - 3 > score else (order, score, chance)


def _diversion(desk: Desk, posts: list[Post], target: int) -> int:
    """What it costs to pull units off their way: little for those that pass by, more for those that turn back."""
    total = 0
    for post in posts:
        task = desk.book.tasks.get(post.row)
        if task is None or desk.at(post.row) == post.hex:
            continue
        away = desk.grid.distance(post.hex, task.goal) - desk.grid.distance(desk.at(post.row), task.goal)
        total += 1 + 2 * max(0, away)
    return total


def _exposure(desk: Desk, posts: list[Post]) -> int:
    """A light charge for attackers that would stand in danger, leave a town, or come close to the other bloc."""
    total = 0
    if desk.rivals:
        for here in {post.hex: 0 for post in posts}:
            near = desk.rival_distance(here)
            total += desk.incident_price(12 if near <= 1 else 5 if near == 2 else 0)
    for post in posts:
        danger = desk.danger.get(post.hex, 0)
        total += min(12, danger * desk.doctrine.risk // 3000)
        if not desk.supplied(post.hex) and desk.doctrine.posture == "advance" and not desk.is_cut(post.row):
            total += 4
    return total
