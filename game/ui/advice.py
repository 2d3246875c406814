"""What the staff would do in the player's place: axes, main effort, reserve, what it turned down, the reply it fears,
and every order with its reason.

The staff sees the player's view and no more. It thinks the turn through on that view, where nobody stands but those
whom the player knows, and dice are its own: a rehearsal, never a promise. Nothing of it is ordered.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from game import engine
from game import orders as od
from game.ai.staff.conduct import carry_out
from game.ai.staff.plan import Axis, Plan
from game.ai.staff.thinking import think
from game.kernels.recent import Recent
from game.plans import CONTACT, nearest_enemy
from game.rules.threats import Threat
from game.state.tables import State
from game.ui.panels.hex_panel import hex_name
from game.ui.panels.log_panel import LogLine
from game.ui.spoken_orders import spoken
from game.words import count, listed, say, sentence

MOST_TURNED_DOWN = 6
"""Most goals turned down that are told."""


@dataclass(frozen=True, slots=True)
class AdvisedAxis:
    """Where formations go together: from the thick of them to the goal, in words; the first one is the main effort."""

    start: int
    target: int
    words: str


@dataclass(frozen=True, slots=True)
class AdvisedOrder:
    """An order with its reason: its way on the map, which for an attack leads to its target, and whether it is one."""

    way: tuple[int, ...]
    attack: bool
    words: str
    why: str


@dataclass(frozen=True, slots=True)
class FearedReply:
    """The worst that the known enemy could do next turn against what stands after the orders: where, from where."""

    hex: int
    origins: tuple[int, ...]
    words: str


@dataclass(frozen=True, slots=True)
class Advice:
    """What the staff would do in a turn. ``reserve`` are units that stay back, by name, with their hexes.

    ``turned_down`` are goals that formations could have gone for, in words that say why not, with their hexes.
    """

    turn: int
    axes: tuple[AdvisedAxis, ...]
    reserve: tuple[tuple[str, int], ...]
    orders: tuple[AdvisedOrder, ...]
    turned_down: tuple[tuple[str, int], ...] = ()
    reply: FearedReply | None = None

    @property
    def lines(self) -> list[LogLine]:
        """Everything in lines, each with the hex that it is about."""
        out = [LogLine(-1, "turn", say("Axes"))] if self.axes else []
        out += [LogLine(-1, "event", axis.words, axis.target) for axis in self.axes]
        out += _reserve_lines(self.reserve)
        if self.turned_down:
            out.append(LogLine(-1, "turn", say("Turned down")))
            out += [LogLine(-1, "event", words, here) for words, here in self.turned_down]
        if self.reply is not None:
            out.append(LogLine(-1, "turn", say("The reply it fears")))
            out.append(LogLine(-1, "combat", self.reply.words, self.reply.hex))
        out.append(LogLine(-1, "turn", count(len(self.orders), "{n} order", "{n} orders", none=say("No orders"))))
        for order in self.orders:
            text = say("{order}: {why}.", order=sentence(order.words), why=order.why) if order.why else order.words
            out.append(LogLine(-1, "combat" if order.attack else "move", text, order.way[-1] if order.way else -1))
        return out


def _reserve_lines(reserve: tuple[tuple[str, int], ...]) -> list[LogLine]:
    if not reserve:
        return []
    names = [name for name, _ in reserve]
    some = listed(names) if len(names) <= 4 else ", ".join(names[:4])
    words = say("Reserve: {some}.", some=some)
    if len(names) > 4:
        words = say("Reserve: {some} and {n} more.", some=some, n=len(names) - 4)
    return [LogLine(-1, "event", words, reserve[0][1])]


def advise(view: engine.View) -> Advice:
    """The advice of a fresh staff for the faction to play of a view; it remembers nothing of earlier turns."""
    view = _apart(view)
    state = view.state
    plan = think(view)
    given = carry_out(plan, state).orders
    axes = tuple(_axis(state, plan, axis, not number) for number, axis in enumerate(plan.axes))
    orders, now = list[AdvisedOrder](), state
    for proposal in given:
        if isinstance(proposal.order, od.EndTurn):
            break
        orders.append(_advised(now, proposal.order, proposal.why))
        now = engine.apply(now, proposal.order)[0]
    return Advice(
        state.clock.turn, axes, _reserve(state, plan), tuple(orders), _turned_down(plan), _feared(now, plan.faction)
    )


def _apart(view: engine.View) -> engine.View:
    """The same view with memories of its own: what one answer took, some megabytes, goes with it.

    The staff thinks beside the window, so it does not share with the table either what either of them forgets.
    """
    world = view.state.world
    tables = {key: found for key, found in world.answers.items() if not isinstance(found, Recent)}
    return replace(view, state=replace(view.state, world=replace(world, answers=tables), answers={}))


def _turned_down(plan: Plan) -> tuple[tuple[str, int], ...]:
    """One line for each formation and goal: the first reason is the one that counted."""
    found: dict[tuple[str, int], str] = {}
    for one in plan.alternatives:
        who = one.formation or say("A single unit")
        words = say("{who} not to {place}: {why}.", who=who, place=one.name, why=one.why)
        found.setdefault((one.formation, one.hex), words)
    return tuple((words, here) for (_, here), words in list(found.items())[:MOST_TURNED_DOWN])


def _feared(state: State, faction: int) -> FearedReply | None:
    """The attack with the best odds that known enemies could bring against own troops where they stand now."""
    world, units, roster = state.world, state.units, state.world.roster
    names = [column.name for column in world.rules.combat.columns]
    worst: tuple[int, int, int, Threat] | None = None
    for here, rows in sorted(state.stacks.items()):
        own = [row for row in rows if roster.faction[row] == faction]
        if own:
            found = engine.threat(state, roster.id[own[0]], here)
            rank = (names.index(found.column), len(found.attackers), here)
            if found.attackers and (worst is None or rank > worst[:3]):
                worst = (*rank, found)
    if worst is None:
        return None
    _, many, here, found = worst
    words = count(
        many, "{n} known enemy unit attacks {hex} in the {column} column before shifts.",
        "{n} known enemy units attack {hex} in the {column} column before shifts.",
        hex=hex_name(world, here), column=found.column,
    )  # fmt: skip
    origins = tuple(dict.fromkeys(at for at in (units.hex[row] for row in found.attackers) if at >= 0))
    return FearedReply(here, origins, words)


def _axis(state: State, plan: Plan, axis: Axis, main: bool) -> AdvisedAxis:
    units, row, distance = state.units, state.world.row, state.world.grid.distance
    going = [
        row[unit] for unit, task in plan.tasks if task.why == axis.why and task.goal == axis.target and unit in row
    ]
    hexes = [units.hex[one] for one in going if units.hex[one] >= 0]
    start = min(hexes, key=lambda here: (sum(distance(here, other) for other in hexes), here), default=axis.target)
    who = listed([one for one in axis.formations if one][:3]) or say("single units")
    where = hex_name(state.world, axis.target)
    if main:
        words = count(axis.steps, "Main effort, {n} step to {hex}: {who}.", "Main effort, {n} steps to {hex}: {who}.",
                      hex=where, who=who)  # fmt: skip
    else:
        words = count(axis.steps, "{n} step to {hex}: {who}.", "{n} steps to {hex}: {who}.", hex=where, who=who)
    return AdvisedAxis(start, axis.target, words)


def _reserve(state: State, plan: Plan) -> tuple[tuple[str, int], ...]:
    """Units that could march, have no task and no enemy near them."""
    roster, units, busy = state.world.roster, state.units, {unit for unit, _ in plan.tasks}
    return tuple(
        (roster.name[row], units.hex[row])
        for row, owner in enumerate(roster.faction)
        if owner == plan.faction and units.hex[row] >= 0 and roster.movement[row] and roster.id[row] not in busy
        and units.locked[row] <= state.clock.turn and nearest_enemy(state, plan.faction, units.hex[row]) > CONTACT
    )  # fmt: skip


def _advised(state: State, order: od.Order, why: str) -> AdvisedOrder:
    """An order as it would be given at a moment."""
    words, where, row = spoken(state.world, order), state.units.hex, state.world.row
    match order:
        case od.Move(unit, path):
            return AdvisedOrder((where[row[unit]], *path), False, words, why)
        case od.Attack(units, target):
            return AdvisedOrder((where[row[units[0]]], target), True, words, why)
        case od.Bombard(unit, target):
            return AdvisedOrder((where[row[unit]], target), True, words, why)
        case od.Notify(hexes):
            return AdvisedOrder(hexes[:1], False, words, why)
    target = getattr(order, "target", -1)
    unit = getattr(order, "unit", "")
    here = target if target >= 0 else where[row[unit]] if unit in row else -1
    return AdvisedOrder((here,) if here >= 0 else (), False, words, why)
