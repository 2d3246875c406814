"""Combined attacks: for an enemy hex the set of attackers that grows best, judged by the game's own odds."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace

from game import engine
from game import orders as od
from game.ai.peers.board import PeerBoard
from game.ai.staff.notebook import Post, Proposal
from game.ai.staff.worth import imagined
from game.rules import airspace, combat, ground, people, support
from game.scenario.world import River
from game.state import State
from game.state.codes import Spent

MOST = 7
"""Most units tried in one attack."""

SUPPORT = {"kalibr": 8, "svbied": 5, "drones": 1}
"""What a point of support must earn in tenths of a victory point; two where nothing is said."""


@dataclass(frozen=True, slots=True)
class Outlook:
    """What an attack should bring: steps of both sides in 72ths, and throws of 36 with the hex cleared. ``share`` is
    the part of the defenders' steps, in thousandths, that is gone from the hex on average."""

    mine: int
    his: int
    cleared: int
    share: int


@dataclass(frozen=True, slots=True)
class Assault:
    """Who attacks a hex from where, with what support, and what should come of it."""

    target: int
    posts: tuple[Post, ...]
    order: od.Attack
    outlook: Outlook


def outlook(board: PeerBoard, state: State, order: od.Attack) -> Outlook:
    """What the odds say of an attack."""
    odds = engine.odds(state, order).known
    steps = max(1, sum(state.units.steps[row] for row in odds.fight.sides.foes))
    mine = his = cleared = share = 0
    for key, ways in odds.rolls:
        after = odds.fight.after(key)
        mine += ways * (2 * after.attacker_lost + after.attacker_disrupted)
        his += ways * (2 * after.defender_lost + after.defender_disrupted)
        cleared += ways if after.cleared else 0
        share += ways * (steps if after.cleared else min(steps, after.defender_lost))
    return Outlook(mine, his, cleared, share * 1000 // (36 * steps))


def able(board: PeerBoard, barred: Collection[int]) -> dict[int, list[int]]:
    """Enemy hex -> own units that could attack it this turn."""
    found: dict[int, list[int]] = {}
    for row in board.own:
        if row in barred or not board.fresh(row) or not board.attack(row):
            continue
        traits = board.roster.traits[row]
        if traits & {"hq", "artillery"}:
            continue
        here, march = board.at(row), board.may_march(row) and not traits & {"garrison", "cell"}
        for target in board.foes:
            far = board.grid.distance(here, target)
            if far == 1 or (
                march and far <= 9 and any(near in board.reach(row).cost for near in board.grid.near[target])
            ):
                found.setdefault(target, []).append(row)
    return found


def growing(board: PeerBoard, target: int, units: Collection[int], pinned: Collection[int] = ()) -> Iterator[Assault]:
    """Sets of attackers on a hex, a unit larger each time, the strongest first; the pinned do not move."""
    posts: list[Post] = []
    against = sum(board.defence(row) for row in board.foes[target])
    for row in sorted(units, key=lambda one: (one in pinned, not board.line(one), -board.attack(one), one))[: 2 * MOST]:
        here = _post(board, row, target, posts, row in pinned)
        if here < 0:
            continue
        posts.append(Post(row, here))
        if posts[0].row in pinned and board.garrison(board.at(row), row) == 0 and board.at(row) in board.points:
            posts.pop()  # who attacks first follows up: a prize would stand empty
            continue
        if 2 * sum(board.attack(post.row) for post in posts) >= against and any(board.line(p.row) for p in posts):
            order = od.Attack(tuple(board.id(post.row) for post in posts), target)
            yield Assault(target, tuple(posts), order, outlook(board, imagined(board.state, posts), order))
        if len(posts) >= MOST:
            return


def worth(board: PeerBoard, found: Outlook, ground_worth: int, own_step: int, his_step: int) -> int:
    """An attack in tenths of a victory point: steps at their prices, and the ground for the chance to have it."""
    return (found.his * his_step - found.mine * own_step) // 72 + found.share * ground_worth // 1000


def supported(board: PeerBoard, one: Assault, ground_worth: int, own_step: int, his_step: int) -> tuple[Assault, int]:
    """The attack with the support and the preparation that earn their price, and its worth then."""
    state = imagined(board.state, list(one.posts))
    best, value = one, worth(board, one.outlook, ground_worth, own_step, his_step) - harm(board, one.order)

    def tried(order: od.Attack, price: int) -> bool:
        nonlocal best, value
        found = outlook(board, state, order)
        worthwhile = worth(board, found, ground_worth, own_step, his_step) - harm(board, order) - price
        if worthwhile <= value:
            return False
        best, value = replace(best, order=order, outlook=found), worthwhile
        return True

    for kind, points in board.state.clock.support[board.me]:
        what = support.kinds(board.world).get(kind)
        if what is None or not what.attack_shift or not points or not _may_use(board, kind, one.target):
            continue
        for number in range(1, min(points, what.per_attack) + 1):
            others = tuple(pair for pair in best.order.support if pair[0] != kind)
            order = replace(best.order, support=tuple(sorted((*others, (kind, number)))))
            if not tried(order, SUPPORT.get(kind, 2)):
                break
    spare = board.state.factions.command[board.me] - combat.price_of(state, best.order)[0]
    still = not any(post.hex != board.at(post.row) or board.units.spent[post.row] & Spent.MOVED for post in one.posts)
    if still and spare >= board.world.rules.command.set_piece:
        tried(replace(best.order, set_piece=True), 3)
    return best, value


def harm(board: PeerBoard, order: od.Attack) -> int:
    """What the harm done to the people of a town takes off one's points, in tenths."""
    kind = ground.terrain_of(board.world, order.target)
    if kind is None or not kind.built_up:
        return 0
    heavy = support.heavy_kinds(board.world)
    points = 1 + sum(number for name, number in order.support if name in heavy)
    return people.expected_harm(board.state, order.target, points) * board.world.rules.victory.harm // 100


def carried_out(board: PeerBoard, one: Assault) -> Proposal | None:
    """The next step of an assault: a unit moves up, or all that are there attack; None when it cannot go on."""
    if one.target not in board.foes:
        return None
    for post in one.posts:
        order = _moving_up(board, post)
        if order is not None and board.allowed(order):
            return Proposal(order, f"moves up for the attack on {board.name(one.target)}")
    ready = tuple(board.id(p.row) for p in one.posts if board.at(p.row) == p.hex and board.fresh(p.row))
    if not ready:
        return None
    whole = len(ready) == len(one.posts)
    attack = one.order if whole else od.Attack(ready, one.target, one.order.support)
    for tried in (attack, replace(attack, support=(), set_piece=False), od.Attack(ready[:1], one.target)):
        if board.allowed(tried):
            odds = engine.odds(board.state, tried).known
            mine, his = odds.expected()
            if not whole and mine > his:
                return None
            return Proposal(tried, f"attacks {board.name(one.target)}: {odds.name} after shifts")
    return None


def _moving_up(board: PeerBoard, post: Post) -> od.Move | None:
    row, there = post
    if board.at(row) == there or not (board.may_march(row) and board.fresh(row)):
        return None
    found = board.reach(row)
    return od.Move(board.id(row), found.path(there)) if there in found.cost and board.room(row, there) else None


def _may_use(board: PeerBoard, kind: str, target: int) -> bool:
    if support.refuse_needs(board.state, board.me, kind, target) is not None:
        return False
    return not (support.kinds(board.world)[kind].flown and airspace.flight_risk(board.state, board.me, target))


def _post(board: PeerBoard, row: int, target: int, posts: list[Post], pinned: bool) -> int:
    """The best free hex from which a unit can join, -1 when there is none."""
    here, grid = board.at(row), board.grid
    if grid.distance(here, target) == 1 and _can_fight(board, row, here, target):
        return here
    if pinned or not board.may_march(row):
        return -1
    found, best, best_score = board.reach(row), -1, 0
    for near in grid.near[target]:
        if near not in found.cost or not _can_fight(board, row, near, target) or not board.room(row, near):
            continue
        joining = [post.row for post in posts if post.hex == near and board.at(post.row) != near]
        line = [other for other in (*board.stack(near), *joining) if "hq" not in board.roster.traits[other]]
        rules, steps = board.world.rules.units, board.units.steps
        if len(line) >= rules.stack_units or sum(steps[other] for other in line) + steps[row] > rules.stack_steps:
            continue
        score = 200 - found.cost[near] - board.danger.get(near, 0) // 20
        score += 30 if not any(post.hex == near for post in posts) else 0
        score -= 40 if _over_water(board, near, target) else 0
        score += 15 if near in board.fed else 0
        kind = ground.terrain_of(board.world, near)
        score += 8 * kind.shift if kind is not None else 0
        if score > best_score:
            best, best_score = near, score
    return best


def _can_fight(board: PeerBoard, row: int, here: int, target: int) -> bool:
    side = board.grid.side_between(here, target)
    if side < 0 or (not ground.carries(board.state, side) and not combat.can_assault_river(board.state, row)):
        return False
    return ground.can_enter(board.world, row, target) or bool(board.world.road[side])


def _over_water(board: PeerBoard, here: int, target: int) -> bool:
    side = board.grid.side_between(here, target)
    return board.world.river[side] != River.NONE and side not in ground.open_crossings(board.state)
