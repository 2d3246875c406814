"""Attacks: for each enemy hex in reach the set of units that serves best, with the game's own odds.

A set grows unit by unit, the strongest first, each on the free hex that helps most; the best beginning of the row
is kept. It is judged by what it should cost both sides, by the ground it opens, by whether the defender has a
way out, and by what the other bloc may make of it. Help is tried for the best set of a target alone: support from off
the map, a point at a time while each earns its price, and preparation.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from game import engine
from game import orders as od
from game.ai.staff import pockets
from game.ai.staff.desk import StaffDesk, once
from game.ai.staff.goals import may_go
from game.ai.staff.march import COMES, keeps
from game.ai.staff.notebook import Battle, Post, Proposal
from game.ai.staff.posts import feeds_others, stays_at_gap
from game.ai.staff.raids import on_raid
from game.ai.staff.riders import rides_on
from game.ai.staff.worth import (
    SURE,
    Weighed,
    diversion,
    exposure,
    imagined,
    water_between,
    weighed,
    with_support,
    worth_of,
)
from game.rules import combat, deconfliction, ground, stacking, strongpoints
from game.rules.forecasting import Odds

GARRISON = 2
"""Steps of a unit that is enough to keep a place while others attack out of it."""

MOST, MOST_SKETCHED = 9, 4
"""Most units considered for one attack, in earnest and in a turn that is only sketched."""

LIFT = 40
"""What help may add to an attack, in tenths: of a hundred sets it adds more to one."""

NO_ATTACK = frozenset({"hq", "artillery"})
"""Staffs do not attack, and guns help from where they stand."""


DUG_IN = frozenset({"fortified", "tunnels", "garrison"})
"""Troops in prepared positions strike back at who takes their ground, and attack nothing else while they defend."""


class Promise(NamedTuple):
    """A set of attackers, each from a hex, and their attack without help; ``charge`` is what it costs elsewhere."""

    target: int
    posts: tuple[Post, ...]
    charge: int
    weighed: Weighed

    @property
    def promise(self) -> int:
        """What the attack is worth without help, in tenths."""
        return self.weighed.score - self.charge


def proposals(desk: StaffDesk) -> Iterator[Proposal]:
    """The next step of the battle in hand, or the first step of the best new one."""
    battle = desk.book.battle
    if battle is None or battle.mark != desk.mark:  # who comes up and uncovers somebody changes what is worth doing
        battle = desk.book.battle = _best(desk)
    while battle is not None:
        step = _next_step(desk, battle)
        if step is not None:
            yield step
        desk.book.called_off[battle.target] = _steps_at(desk, battle.target)
        battle = desk.book.battle = _best(desk)


def _steps_at(desk: StaffDesk, target: int) -> int:
    return sum(desk.state.units.steps[row] for row in desk.foes.get(target, ()))


# --- carrying out -------------------------------------------------------------------------------------------


def _next_step(desk: StaffDesk, battle: Battle) -> Proposal | None:
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


def _strike_home(desk: StaffDesk, battle: Battle, ready: list[int]) -> Proposal | None:
    state = desk.state
    meant = 2 if battle.target in desk.clashing else 0
    order = od.Attack(tuple(desk.unit(row) for row in ready), battle.target, confirm=meant)
    if engine.refusal(state, order) is not None:
        order = od.Attack(order.units[:1], battle.target, confirm=meant)
        if engine.refusal(state, order) is not None:
            return None
    order, score = with_support(desk, weighed(desk, state, order, worth_of(desk, order.target)))
    if score < desk.doctrine.least * 6 // 10 or (not meant and _incident(desk, order) > desk.doctrine.most_incident):
        return None
    desk.book.battle = None
    desk.book.sieges = tuple(
        one._replace(since=desk.book.turn) if one.target == battle.target else one for one in desk.book.sieges
    )
    for row in ready:
        desk.book.stood.pop(row, None)
    odds = engine.odds(state, order).known
    return Proposal(order, f"{battle.why}: {odds.name} after shifts, {_hope(odds)}")


def _hope(odds: Odds) -> str:
    """What an attack may bring: before the last strongpoint of a place has fallen, nobody is driven from it."""
    taken, cleared = (odds.chance(what) * 100 // 36 for what in ("strongpoint", "cleared"))
    driven = f"{cleared}% to drive the enemy off"
    if not taken:
        return driven
    return f"{taken}% to take a strongpoint" + (f", {driven}" if cleared else "")


def _incident(desk: StaffDesk, order: od.Attack) -> int:
    origin = desk.at(desk.world.row[order.units[0]])
    return deconfliction.risk(desk.state, desk.me, deconfliction.Act("attack", order.target, origin)).percent


# --- choosing -----------------------------------------------------------------------------------------------


def _best(desk: StaffDesk) -> Battle | None:
    """The best attack of all: each target is weighed without help, and help is tried where it may change the choice."""
    best: Battle | None = None
    support = desk.state.clock.support[desk.me]
    for one in sorted(_promising(desk), key=lambda one: -one.promise):
        if one.promise + LIFT < (best.score if best is not None else desk.doctrine.least):
            break
        known = desk.book.helped.get(one.target)
        if known is None or known[0] is not one or known[1] != support:
            known = desk.book.helped[one.target] = one, support, _helped(desk, one)
        battle = known[2]
        if battle is not None and (best is None or battle.score > best.score) and _worth_a_clash(desk, battle):
            best = battle
    return best


def _promising(desk: StaffDesk) -> Iterator[Promise]:
    """The best set of attackers for each target, before anybody helps."""
    places, left = desk.state.units.hex, desk.state.units.mp
    for target, able in sorted(_able(desk).items()):
        against = _steps_at(desk, target)
        if desk.book.called_off.get(target) == against or (target in desk.rivals and target not in desk.clashing):
            continue
        if target in desk.left_alone or not may_go(desk, target):  # who wins there follows up into it
            continue
        mark = (tuple((row, places[row], left[row]) for row in able), against, desk.mark[2])
        known = desk.book.appraisals.get(target)
        if known is None or known[0] != mark:
            known = desk.book.appraisals[target] = (mark, _appraise(desk, target, tuple(able)))
        if known[1] is not None:
            yield known[1]


def _helped(desk: StaffDesk, one: Promise) -> Battle | None:
    """The attack with the support and the preparation that earn their price, None when it is not worth it."""
    score = with_support(desk, one.weighed)[1] - one.charge
    if score < desk.doctrine.least:
        return None
    return Battle(one.target, one.posts, score, f"attacks {desk.name(one.target)}", desk.mark)


def _worth_a_clash(desk: StaffDesk, battle: Battle) -> bool:
    # The first blow between the blocs must promise more than any other, the more the less the doctrine thinks of it.
    return battle.target not in desk.clashing or battle.score * desk.doctrine.clash >= desk.doctrine.least * 100


def _able(desk: StaffDesk) -> dict[int, list[int]]:
    """Enemy hex -> own units that could take part in an attack on it this turn."""
    found: dict[int, list[int]] = {}
    for row in desk.own:
        if row in desk.book.settled or not desk.world.roster.attack[row] or not desk.fresh(row) or on_raid(desk, row):
            continue
        if not desk.traits(row) & NO_ATTACK and not desk.delays(row):
            for target in _targets(desk, row):
                if rides_on(desk, row, target) or pockets.is_bound(desk, row, target):
                    continue
                found.setdefault(target, []).append(row)
    return found


def _targets(desk: StaffDesk, row: int) -> tuple[int, ...]:
    """Enemy hexes that a unit stands beside, or can come beside; kept as long as its reach."""
    units = desk.state.units
    key = (units.hex[row], units.mp[row], units.spent[row])
    known = desk.book.targets.get(row)
    if known is None or known[0] != key:
        known = desk.book.targets[row] = (key, tuple(_look_for_targets(desk, row)))
    return known[1]


def _look_for_targets(desk: StaffDesk, row: int) -> Iterator[int]:
    here, grid = desk.at(row), desk.grid
    near = desk.foes_near(here, desk.doctrine.sally)
    if not near:
        return
    if not desk.state.units.mp[row] or desk.stays(row) or stays_at_gap(desk, row) or _must_stay(desk, row):
        near = [target for target in near if grid.distance(here, target) <= 1]
    if desk.traits(row) & DUG_IN and desk.doctrine.posture == "defend":
        near = [target for target in near if desk.world.control[target] == desk.me]
    beside = (here, *grid.near[here])
    found: Mapping[int, int] | None = None  # a reach is dear: not for those who stand beside all of them
    for target in near:
        if target not in beside:
            found = desk.reach(row).cost if found is None else found
            if found.keys().isdisjoint(grid.near[target]):
                continue
        yield target


@once
def _must_stay(desk: StaffDesk, row: int) -> bool:
    """Garrisons, hidden cells, the entrenched, the shut in, and the last who keep a threatened prize."""
    here = desk.at(row)
    if desk.traits(row) & {"garrison", "cell"} or strongpoints.defended(desk.state, here, (row,)):
        return True
    if feeds_others(desk, row):
        return True
    if desk.doctrine.posture == "advance" and (desk.shut_in(row) or not desk.prized(here)):
        return desk.shut_in(row)
    if desk.doctrine.posture == "defend" and not desk.held(here):
        return False
    if keeps(desk, row):
        return True
    others = sum(desk.defence(other) for other in desk.stack(here) if desk.is_line(other) and other != row)
    return 2 * others < desk.danger.get(here, 0)


def _appraise(desk: StaffDesk, target: int, able: tuple[int, ...]) -> Promise | None:
    """The best set of attackers against a hex as it stands, None when there is none."""
    order, stays = _in_turn(desk, able, target)
    total = sum(desk.attack(row) for row in order)
    against = sum(desk.defence(row) for row in desk.foes[target])
    if total * 2 < against:
        return None
    ground_worth = worth_of(desk, target)
    posts: list[Post] = []
    best: Promise | None = None
    for row in order:
        here = _post(desk, row, target, posts)
        if here < 0 or (here != desk.at(row) and _strips(desk, row, posts)):
            continue
        posts.append(Post(row, here))
        if posts[0].row in stays and not _may_follow_up(desk, posts[0].row):
            return None
        if not any(desk.is_line(post.row) for post in posts):
            continue
        if sum(desk.attack(post.row) for post in posts) * 3 < against * 2:
            continue
        attack = od.Attack(tuple(desk.unit(post.row) for post in posts), target)
        found = weighed(desk, imagined(desk.state, posts), attack, ground_worth)
        charge = exposure(desk, posts, target) + diversion(desk, posts, target)
        if best is None or found.score - charge > best.promise + 2:
            best = Promise(target, tuple(posts), charge, found)
        if found.chance >= SURE:
            break  # more of them make it no surer
    return best


def _strips(desk: StaffDesk, row: int, posts: list[Post]) -> bool:
    """Whether a place that defenders hold, with an enemy about, would have no line unit of GARRISON steps left once a
    unit has gone the way of those who leave it for the same attack."""
    home = desk.at(row)
    if desk.doctrine.posture != "defend" or desk.last_turn or not desk.held(home) or desk.foe_distance(home) > COMES:
        return False
    gone = {row, *(post.row for post in posts if post.hex != home)}
    garrison = [one for one in desk.stack(home) if desk.is_line(one) and desk.state.units.steps[one] >= GARRISON]
    return bool(garrison) and gone.issuperset(garrison)


def _in_turn(desk: StaffDesk, able: tuple[int, ...], target: int) -> tuple[list[int], set[int]]:
    """The units to try, besiegers before others and the strong first, engineers where it counts; and those of them that
    ought to stay."""
    stays = {row for row in able if _must_stay(desk, row)}
    posts = _siege_posts(desk, target)
    order = sorted(able, key=lambda row: (row in stays, _comes(desk, row, posts), -desk.attack(row), row))
    kind = ground.terrain_of(desk.world, target)
    strong = (kind is not None and kind.built_up) or any(desk.state.units.dug[row] for row in desk.foes[target])
    plain = [row for row in order if "engineer" not in desk.traits(row)]
    experts = [row for row in plain if "special" in desk.traits(row)][:1]
    if strong:
        experts += [row for row in order if "engineer" in desk.traits(row) and _spare_sapper(desk, row)][:1]
    first = plain[: (MOST_SKETCHED if desk.book.sketch else MOST) - len(experts)]
    return [*first, *(row for row in experts if row not in first)], stays


def _siege_posts(desk: StaffDesk, target: int) -> dict[int, int]:
    """Those who take part in a siege of a hex, and where each is to attack from."""
    posts = [post for siege in desk.book.sieges if siege.target == target for post in siege.posts]
    return {desk.world.row[unit]: here for unit, here in posts}


def _comes(desk: StaffDesk, row: int, posts: dict[int, int]) -> int:
    """Besiegers at their posts come first, then those on their way there, then whoever is near."""
    return 2 if row not in posts else int(desk.at(row) != posts[row])


def _spare_sapper(desk: StaffDesk, row: int) -> bool:
    """Whether engineers are not wanted at the river."""
    task = desk.book.tasks.get(row)
    return task is None or task.kind != "bridge"


def _may_follow_up(desk: StaffDesk, row: int) -> bool:
    """Whether a unit that ought to stay may lead an attack all the same: whoever leads follows up into the hex."""
    here = desk.at(row)
    if not desk.prized(here) and here not in desk.world.place_at:
        return True
    return any(desk.is_line(other) for other in desk.stack(here) if other != row)


def _post(desk: StaffDesk, row: int, target: int, posts: list[Post]) -> int:
    """The hex from which a unit joins an attack, -1 when there is none: where it stands, or a free one it can reach."""
    here, grid = desk.at(row), desk.grid
    taken = [post.hex for post in posts]
    if grid.distance(here, target) == 1:
        return here if _can_fight(desk, row, here, target) else -1
    found, best, best_score = desk.reach(row), -1, -(1 << 20)
    for near in grid.near[target]:
        if near not in found.cost or near in desk.foes or not _can_fight(desk, row, near, target):
            continue
        if (near in desk.left_alone and desk.hostile(near)) or not may_go(desk, near):
            continue
        joining = [post.row for post in posts if post.hex == near and desk.at(post.row) != near]
        if not _room(desk, row, near, joining):
            continue
        score = 12 if near not in taken else 0
        if any(grid.distance(near, other) == 2 for other in taken):
            score += 8
        score -= water_between(desk, near, target) * 10 + found.cost[near] // 8 + desk.danger.get(near, 0) // 60
        kind = ground.terrain_of(desk.world, near)
        score += 3 * kind.shift if kind is not None else 0
        score += 6 if desk.supply.reaches(near) else -6
        if desk.rivals:
            score -= 12 * max(0, 3 - desk.rival_distance(near))
        if score > best_score:
            best, best_score = near, score
    return best


def _room(desk: StaffDesk, row: int, here: int, joining: list[int]) -> bool:
    if stacking.room_for(desk.state, row, here) is not None:
        return False
    rules, steps = desk.world.rules.units, desk.state.units.steps
    line = [
        other for other in (*desk.state.units_at(here), *joining) if "hq" not in desk.traits(other) and other != row
    ]
    return len(line) < rules.stack_units and sum(steps[other] for other in line) + steps[row] <= rules.stack_steps


def _can_fight(desk: StaffDesk, row: int, here: int, target: int) -> bool:
    side = desk.grid.side_between(here, target)
    if side < 0:
        return False
    if not ground.carries(desk.state, side) and not combat.can_assault_river(desk.state, row):
        return False
    return ground.can_enter(desk.world, row, target) or bool(desk.world.road[side])
