"""Which order a plan stands for at a moment of its seat's turn, or why it ends; and what holds when one is made."""

from __future__ import annotations

from dataclasses import replace
from typing import NamedTuple

from game import engine
from game import orders as od
from game.plans.kinds import CONTACT, NOBODY, DropPlan, FollowPlan, HoldPlan, MarchOrder, Plan, Repeat
from game.rules import deconfliction, foresight, movement, supply, zones
from game.rules.deconfliction import Act
from game.state.codes import Supplied
from game.state.tables import State
from game.words import count, percent, say


class PlanVerdict(NamedTuple):
    """What becomes of a plan now: the order to give, if any, the plan that stays, if any, and what its seat is told.

    ``more`` are orders that follow the first one, as long as nothing unforeseen happens.
    """

    order: od.Order | None
    plan: Plan | None
    words: str = ""
    more: tuple[od.Order, ...] = ()


# --- making plans -----------------------------------------------------------------------------------------------


def nearest_enemy(state: State, faction: int, here: int) -> int:
    """Hexes to the nearest known enemy of a faction, :data:`NOBODY` where none is known that close."""
    distance = state.world.grid.distance
    near = min((distance(here, at) for _, at in zones.known_enemies(state, faction)), default=NOBODY)
    return near if near <= CONTACT else NOBODY


def march_order(state: State, unit: str, way: tuple[int, ...], *, road: bool = False) -> MarchOrder:
    """The order to march on by way of some hexes, with what holds now accepted."""
    row, faction = state.world.row[unit], state.faction
    path = foresight.long_march(state, row, way).path
    risk = deconfliction.march_forecast(state, faction, path).percent if path else 0
    stay = engine.incident(state, Act("friction", path[-1])).percent if path else 0
    near = nearest_enemy(state, faction, state.units.hex[row])
    return MarchOrder(unit, way, near, max(risk, stay), state.units.supply[row] == Supplied.CUT, road)


def follow(state: State, unit: str, leader: str) -> FollowPlan:
    """Follow another unit from now on."""
    return FollowPlan(unit, leader, state.units.supply[state.world.row[unit]] == Supplied.CUT)


def hold(state: State, unit: str) -> HoldPlan:
    """Hold from now on; an enemy that is close already wakes the unit only by coming closer."""
    return HoldPlan(unit, nearest_enemy(state, state.faction, state.units.hex[state.world.row[unit]]))


# --- what becomes of them ---------------------------------------------------------------------------------------


def judge(state: State, plan: Plan, *, closing: bool = False) -> PlanVerdict:
    """What a plan means at this moment of its seat's turn; ``closing`` as the turn ends, when units rest and dig in."""
    match plan:
        case MarchOrder():
            return _judge_march(state, plan) if not closing else PlanVerdict(None, plan)
        case HoldPlan():
            return _judge_hold(state, plan, closing)
        case FollowPlan():
            return _judge_follow(state, plan, closing)
        case DropPlan():
            return PlanVerdict(None, plan) if closing else _judge_drops(state, plan)
        case Repeat(order):
            if isinstance(order, od.Rest | od.DigIn) != closing:
                return PlanVerdict(None, plan)
            return _judge_repeat(state, plan)


def _row(state: State, unit: str) -> int:
    """Row of an own unit that is on the map, else -1."""
    row = state.world.row.get(unit, -1)
    there = row >= 0 and state.world.roster.faction[row] == state.faction and state.units.hex[row] >= 0
    return row if there else -1


def _contact(state: State, here: int, near: int) -> int:
    """Hexes to a known enemy that is close, and closer than was accepted; 0 where there is none."""
    now = nearest_enemy(state, state.faction, here)
    return now if now <= CONTACT and now < near else 0


def _judge_march(state: State, plan: MarchOrder) -> PlanVerdict:
    row = _row(state, plan.unit)
    if row < 0:
        return PlanVerdict(None, None)
    name, here, grid = state.world.roster.name[row], state.units.hex[row], state.world.grid
    goal = grid.label(plan.way[-1])

    def over(why: str) -> PlanVerdict:
        return PlanVerdict(None, None, say("{unit} stopped on the way to {hex}: {why}.", unit=name, hex=goal, why=why))

    if here == plan.way[-1]:
        return PlanVerdict(None, None, say("{unit} reached {hex}.", unit=name, hex=goal))
    refusal = movement.may_command(state, row)
    if refusal is not None:
        return over(refusal.why)
    away = _contact(state, here, plan.near)
    if away:
        return over(count(away, "an enemy is {n} hex away", "an enemy is {n} hexes away"))
    if state.units.supply[row] == Supplied.CUT and not plan.cut:
        return over(say("cut off"))
    legs = todays_legs(state, row, plan.way, road=plan.road)
    if not legs.orders:
        if grid.distance(here, plan.way[-1]) == 1:
            words = say("{unit} arrived beside {hex}: {why}.", unit=name, hex=goal, why=legs.why)
            return PlanVerdict(None, None, words)
        return over(legs.why)
    trouble = _trouble(state, plan, legs.path)
    if trouble and len(legs.orders) > 1:  # without a road march it may still go as far as it would have gone
        legs = todays_legs(state, row, plan.way)
        trouble = _trouble(state, plan, legs.path) if legs.path else trouble
    if trouble:
        return over(trouble)
    path = legs.path
    left = ahead(plan.way, (here, *path))
    end = grid.label(path[-1])
    words = (
        say("{unit} marched on to {hex}.", unit=name, hex=end)
        if left
        else say("{unit} reached {hex}.", unit=name, hex=end)
    )
    return PlanVerdict(legs.orders[0], replace(plan, way=left) if left else None, words, legs.orders[1:])


def _trouble(state: State, plan: MarchOrder, path: tuple[int, ...]) -> str:
    """Why a march order does not go on along a way: a contact, a cut or a risk at its end; "" when it does."""
    away = _contact(state, path[-1], plan.near)
    if away:
        return count(away, "its way ends {n} hex from an enemy", "its way ends {n} hexes from an enemy")
    if supply.state_if_held(state, state.faction, path[-1]) == Supplied.CUT and not plan.cut:
        return say("it would be cut off at {hex}", hex=state.world.grid.label(path[-1]))
    risk = _risk(state, path)
    return say("it would risk an incident ({share})", share=percent(risk)) if risk > plan.risk else ""


def _risk(state: State, path: tuple[int, ...]) -> int:
    """Chance of an incident, in percent, that a march brings on its way or as the turn ends."""
    march = deconfliction.march_forecast(state, state.faction, path).percent
    return max(march, engine.incident(state, Act("friction", path[-1])).percent)


class TodaysLegs(NamedTuple):
    """What of a long march is marched in this turn: the orders, all hexes of their ways, and why there are none."""

    orders: tuple[od.Order, ...]
    path: tuple[int, ...]
    why: str = ""


def todays_legs(state: State, row: int, way: tuple[int, ...], *, road: bool = False) -> TodaysLegs:
    """What a unit marches now of a long march; with ``road`` it uses its action to go on by road, if that helps.

    There is no road march with a known enemy within :data:`CONTACT`.
    """
    unit, here = state.world.roster.id[row], state.units.hex[row]
    path, why = next_leg(state, row, way)
    legs = TodaysLegs((od.Move(unit, path),) if path else (), path, why)
    left = ahead(way, (here, *path))
    if not road or not left or nearest_enemy(state, state.faction, path[-1] if path else here) <= CONTACT:
        return legs
    now = foresight.marched(state, row, path)
    further = foresight.road_marched(now, row)
    more, _ = next_leg(further, row, left) if further is not now else ((), "")
    if not more:
        return legs
    return TodaysLegs((*legs.orders, od.March(unit), od.Move(unit, more)), (*path, *more))


def ahead(way: tuple[int, ...], path: tuple[int, ...]) -> tuple[int, ...]:
    """The way-points that are still ahead after a way was marched, from its first hex on, in their order."""
    for number, here in enumerate(path):
        if way and here == way[0]:
            return ahead(way[1:], path[number + 1 :])
    return way


def next_leg(state: State, row: int, way: tuple[int, ...]) -> tuple[tuple[int, ...], str]:
    """What of a long march a unit can march now: as far as it may stop; else nothing, and why."""
    found = foresight.long_march(state, row, way)
    if not found.path:
        return (), found.why
    unit, why = state.world.roster.id[row], ""
    for end in range(found.ends[0], 0, -1):
        refusal = engine.refusal(state, od.Move(unit, found.path[:end]))
        if refusal is None:
            return found.path[:end], ""
        why = why or refusal.why
    return (), why or say("it has no movement left")


def _judge_hold(state: State, plan: HoldPlan, closing: bool) -> PlanVerdict:
    row = _row(state, plan.unit)
    if row < 0:
        return PlanVerdict(None, None)
    away = _contact(state, state.units.hex[row], plan.near)
    if away:
        name = state.world.roster.name[row]
        words = count(
            away, "{unit} woke: an enemy is {n} hex away.", "{unit} woke: an enemy is {n} hexes away.", unit=name
        )
        return PlanVerdict(None, None, words)
    if closing:
        for order in (od.Rest(plan.unit), od.DigIn(plan.unit)):
            if engine.refusal(state, order) is None:
                return PlanVerdict(order, plan)
    return PlanVerdict(None, plan)


ENDS_TRIED = 12
"""Hexes near the leader that a unit which follows tries at most."""


def _judge_follow(state: State, plan: FollowPlan, closing: bool) -> PlanVerdict:
    row, leader = _row(state, plan.unit), _row(state, plan.leader)
    if row < 0:
        return PlanVerdict(None, None)
    if leader < 0:
        return PlanVerdict(
            None,
            None,
            say("{unit} can follow no longer: the unit in front is gone.", unit=state.world.roster.name[row]),
        )
    order = _after(state, row, state.units.hex[leader], plan) if closing else None
    return PlanVerdict(order, plan)


def _after(state: State, row: int, goal: int, plan: FollowPlan) -> od.Move | None:
    """The march that brings a unit nearest to its leader without danger; None where it is there or cannot."""
    here, distance = state.units.hex[row], state.world.grid.distance
    if distance(here, goal) <= 1 or movement.may_command(state, row) is not None:
        return None
    found = movement.within_reach(state, row)
    nearer = [end for end in found.cost if distance(end, goal) < distance(here, goal)]
    for end in sorted(nearer, key=lambda end: (distance(end, goal), found.cost[end], end))[:ENDS_TRIED]:
        order = od.Move(plan.unit, found.path(end))
        if (
            nearest_enemy(state, state.faction, end) > 1
            and engine.refusal(state, order) is None
            and not _risk(state, order.path)
            and (plan.cut or supply.state_if_held(state, state.faction, end) != Supplied.CUT)
        ):
            return order
    return None


def _judge_drops(state: State, plan: DropPlan) -> PlanVerdict:
    """A drop where the unit stands; a turn in which none is possible or needed goes by."""
    row = _row(state, plan.unit)
    if row < 0:
        return PlanVerdict(None, None)
    order = od.AirDrop(state.units.hex[row])
    return PlanVerdict(order if engine.refusal(state, order) is None else None, plan)


def _judge_repeat(state: State, plan: Repeat) -> PlanVerdict:
    order, world = plan.order, state.world
    if isinstance(order, od.Rest | od.DigIn | od.Bombard) and _row(state, order.unit) < 0:
        return PlanVerdict(None, None)
    refusal = engine.refusal(state, order)
    if refusal is None:
        return PlanVerdict(order, plan)
    why = refusal.why
    if isinstance(order, od.AirDrop):
        where = world.grid.label(order.target)
        return PlanVerdict(None, None, say("The air drops at {hex} stop: {why}.", hex=where, why=why))
    if isinstance(order, od.Scout):
        where = world.grid.label(order.target)
        return PlanVerdict(None, None, say("The flights over {hex} stop: {why}.", hex=where, why=why))
    if isinstance(order, od.Hotline):
        return PlanVerdict(None, None, say("The calls on the hotline stop: {why}.", why=why))
    name = world.roster.name[world.row[order.unit]]
    template = {
        od.Rest: say("{unit} stopped resting: {why}.", unit=name, why=refusal.why),
        od.DigIn: say("{unit} stopped digging in: {why}.", unit=name, why=refusal.why),
        od.Bombard: say("{unit} stopped the bombardment: {why}.", unit=name, why=refusal.why),
    }
    return PlanVerdict(None, None, template[type(order)])
