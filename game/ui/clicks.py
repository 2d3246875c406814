"""What a click makes of what is in hand: the next selection, an order in preparation, or an order.

Like what it starts from it is a frozen machine that asks the engine on the faction's view and knows no rule. Nothing
here needs a window.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from game import engine
from game import orders as od
from game.plans import LONGEST, Plan
from game.rules import combat, foresight, out_of_reach
from game.state.tables import State
from game.ui import order_kinds, pointing, targets, together
from game.ui.selection import ASSAULT, ROUTE, Selection, cancelled, look
from game.words import say

KEPT_BACK = frozenset(("artillery", "engineer", "hq", "adviser"))
"""Traits of units that stay out of an attack unless they are ticked one by one."""


@dataclass(frozen=True, slots=True)
class Step:
    """What a click made of the selection, the order that it gives, if any, and why what it asked for cannot be.

    ``more`` are orders that follow the first as long as nothing unforeseen happens, ``plans`` what is resolved for
    later turns.
    """

    selection: Selection
    order: od.Order | None = None
    why: str = ""
    more: tuple[od.Order, ...] = ()
    plans: tuple[Plan, ...] = ()


def chain(selection: Selection, orders: tuple[od.Order, ...], why: str = "", plans: tuple[Plan, ...] = ()) -> Step:
    """A step that gives several orders, one after the other."""
    return Step(selection, orders[0] if orders else None, why, orders[1:], plans)


# --- clicks ---------------------------------------------------------------------------------------------------


def left_click(state: State, faction: int, selection: Selection, here: int) -> Step:
    """A left click on a hex of the map."""
    if here < 0:
        return Step(cancelled(selection))
    if selection.mode == ROUTE:
        return (
            confirm(state, selection)
            if here == selection.way[-1]
            else Step(look(state, faction, selection.plain, here))
        )
    if selection.mode == ASSAULT:
        found = pointing.stands(state, selection.unit, selection.target)
        if here == selection.target or any(here == one.hex for one in found):
            return _assaulted(state, selection, here)
        return Step(look(state, faction, selection.plain, here))
    if selection.mode == "attack":
        return _aimed(state, faction, selection, here, look(state, faction, selection.plain, here))
    if selection.mode:
        return _aimed(state, faction, selection, here, selection)
    return Step(look(state, faction, selection, here))


def right_click(state: State, faction: int, selection: Selection, here: int, ask: bool = False) -> Step:
    """A right click on a hex: march there, attack, or give the order that is prepared for it.

    An adjacent enemy is attacked by the units in hand, and by no others; what is risky is shown and asked for again,
    and so is every attack with ``ask``. Against one further off a march and the attack are offered in one, or the fire
    of guns that reach it.
    """
    if here < 0 or state.faction != faction:
        return Step(selection)
    if selection.mode == ASSAULT:
        return _assaulted(state, selection, here)
    if selection.mode == ROUTE:
        return (
            confirm(state, selection)
            if here == selection.way[-1]
            else right_click(state, faction, selection.plain, here)
        )
    if selection.mode and here == selection.target:
        return confirm(state, selection)
    if selection.mode and selection.mode != "attack":
        return _ordered(state, faction, selection, here)
    if combat.foes_at(state, faction, here):
        return _attacked(state, selection, here, ask)
    if selection.mode:
        return Step(selection.plain)
    if selection.group:
        return _marched_together(state, selection, here)
    order = march_to(state, selection.unit, here) if selection.unit else None
    if order is None and selection.unit:
        return propose_route(state, selection, (here,))
    return Step(selection, order)


def propose_route(state: State, selection: Selection, way: tuple[int, ...]) -> Step:
    """Prepare a march by some way-points over as many turns as it takes; nothing where there is no way."""
    row = state.world.row[selection.unit]
    if way[-1:] == (state.units.hex[row],) or not foresight.long_march(state, row, way).path:
        return Step(selection)
    return Step(replace(selection.plain, mode=ROUTE, way=way))


def via(state: State, selection: Selection, here: int) -> Step:
    """Shift and a right click: one more way-point of a march, or the last one again to take it off."""
    if not selection.unit or here < 0 or selection.mode not in ("", ROUTE):
        return Step(selection)
    way = selection.way if selection.mode == ROUTE else ()
    if way and here == way[-1]:
        return Step(replace(selection, way=way[:-1]) if way[1:] else selection.plain)
    return propose_route(state, selection, (*way, here)[:LONGEST])


def _ordered(state: State, faction: int, selection: Selection, here: int) -> Step:
    """A hex is pointed at with the right button in a mode: the order is given at once, as far as one click says it."""
    step = _aimed(state, faction, selection, here, selection)
    if step.order is None and step.selection.mode != "corridor" and step.selection.target == here:
        return confirm(state, step.selection)
    return step


def _attacked(state: State, selection: Selection, here: int, ask: bool) -> Step:
    """An enemy is pointed at."""
    if not selection.unit:
        return propose_attack(state, selection, here)
    beside = tuple(u for u in selection.units if _is_beside(state, u, here))
    if len(beside) < len(selection.units):
        fire = targets.choices(state, "bombard", selection.unit) if not selection.group else {}
        if here in fire:
            return Step(replace(selection.plain, mode="bombard", target=here))
        return propose_assault(state, selection, here)
    able, why = [], ""
    for unit in selection.units:
        refusal = engine.refusal(state, od.Attack((unit,), here, confirm=2))
        if refusal is None:
            able.append(unit)
        else:
            why = why or str(refusal)
    if not able:
        return Step(selection.plain, why=why)
    prepared = replace(selection.plain, mode="attack", target=here, attackers=tuple(able))
    order = od.Attack(tuple(able), here)
    again = pointing.asks_first(state, order, ask)
    if again or selection.mode == "attack":
        return Step(prepared, why="" if strikes_rival(state, prepared) else again or why)
    refusal = engine.refusal(state, order)
    return Step(prepared, why=str(refusal)) if refusal is not None else Step(selection.plain, order, why)


def _is_beside(state: State, unit: str, here: int) -> bool:
    return state.world.grid.distance(state.units.hex[state.world.row[unit]], here) == 1


def propose_assault(state: State, selection: Selection, target: int, stand: int = -1) -> Step:
    """Offer to march beside an enemy and attack in one, or say why the first unit in hand cannot."""
    found = pointing.assault(state, selection.units, target, stand)
    if found is None:
        return Step(selection.plain, why=pointing.why_not(state, selection.unit, target))
    offered = replace(
        selection.plain, mode=ASSAULT, target=target, stand=found.stand, attackers=found.attack.units,
        support=selection.support if selection.mode == ASSAULT else (),
    )  # fmt: skip
    return Step(offered, why=next(iter(found.left_out), ""))


def _assaulted(state: State, selection: Selection, here: int) -> Step:
    """A click while march and attack are offered: again on the enemy orders both, on a ring it chooses the place."""
    if here == selection.target:
        return confirm(state, selection)
    if any(here == one.hex for one in pointing.stands(state, selection.unit, selection.target)):
        if here == selection.stand:
            return confirm(state, selection)
        return propose_assault(state, selection, selection.target, here)
    return right_click(state, state.faction, selection.plain, here)


def _marched_together(state: State, selection: Selection, here: int) -> Step:
    """All units in hand march to a hex, or as close to it as there is room."""
    found = together.group_march(state, selection.units, here)
    if found.later:
        return propose_route(state, selection, (here,))
    if not found.orders:
        return Step(selection, why=next((leg.why for leg in found.legs if leg.why), say("All of them are there.")))
    return chain(selection, found.orders, found.summary)


def march_to(state: State, unit: str, here: int) -> od.Move | None:
    """The march of a unit to a hex within its reach, None out of reach or where it may not stop."""
    if state.world.roster.faction[state.world.row[unit]] != state.faction:
        return None
    if here not in out_of_reach.stops(state, state.world.row[unit]):
        return None
    return od.Move(unit, engine.reach(state, unit).path(here))


def _aimed(state: State, faction: int, selection: Selection, here: int, otherwise: Selection) -> Step:
    """A hex was pointed at in a mode: it becomes the target, is confirmed, or is something else."""
    if selection.mode == "corridor":
        return Step(_gathered(state, selection, here))
    if selection.mode == "attack" and combat.foes_at(state, faction, here):
        if here == selection.target:
            return confirm(state, selection)
        return propose_attack(state, selection, here)
    if here == selection.target:
        return confirm(state, selection)
    if here in targets.choices(state, selection.mode, selection.unit, selection.kind):
        return Step(replace(selection, target=here, points=1))
    return Step(otherwise)


def _gathered(state: State, selection: Selection, here: int) -> Selection:
    so_far = selection.corridor
    if here in so_far:
        return replace(selection, corridor=so_far[: so_far.index(here)])
    if so_far and state.world.grid.side_between(so_far[-1], here) < 0:
        so_far = (*so_far, *state.world.grid.line(so_far[-1], here)[1:-1])
    return replace(selection, corridor=tuple(dict.fromkeys((*so_far, here))))


# --- preparing ------------------------------------------------------------------------------------------------


def enter(state: State, selection: Selection, mode: str, kind: str = "") -> Selection:
    """Prepare an order of a kind; with one possible target that one is taken at once."""
    prepared = replace(selection.plain, mode=mode, kind=kind)
    kind_of_order = order_kinds.named(mode)
    if mode == "attack" or (kind_of_order is not None and kind_of_order.gathers is not None):
        return prepared
    found = targets.choices(state, mode, selection.unit, kind)
    return replace(prepared, target=next(iter(found))) if len(found) == 1 else prepared


def propose_attack(state: State, selection: Selection, target: int) -> Step:
    """An attack on a hex by the unit in hand alone, or why it cannot; with none in hand nobody is ticked yet."""
    if selection.unit:
        refusal = engine.refusal(state, od.Attack((selection.unit,), target, confirm=2))
        if refusal is not None:
            return Step(selection.plain, why=str(refusal))
    team = (selection.unit,) if selection.unit else ()
    return Step(Selection(selection.hex, selection.unit, "attack", "", target, team))


def able_attackers(state: State, faction: int, target: int) -> tuple[str, ...]:
    """Units that could attack a hex now."""
    if state.faction != faction:
        return ()
    world = state.world
    near = [
        row for here in world.grid.near[target] for row in state.units_at(here) if world.roster.faction[row] == faction
    ]
    return tuple(
        world.roster.id[row]
        for row in sorted(near)
        if engine.refusal(state, od.Attack((world.roster.id[row],), target, confirm=2)) is None
    )


def toggled(selection: Selection, unit: str) -> Selection:
    """A unit joins the attack or leaves it."""
    had = unit in selection.attackers
    team = tuple(one for one in selection.attackers if one != unit) if had else (*selection.attackers, unit)
    return replace(selection, attackers=team, confirmed=0)


def fighters_beside(state: State, selection: Selection) -> tuple[str, ...]:
    """Who else could join the attack in preparation, guns, engineers and headquarters left out."""
    traits, row = state.world.roster.traits, state.world.row
    able = able_attackers(state, state.faction, selection.target)
    return tuple(one for one in able if one not in selection.attackers and KEPT_BACK.isdisjoint(traits[row[one]]))


def with_fighters(state: State, selection: Selection) -> Selection:
    """All of them join."""
    return replace(selection, attackers=(*selection.attackers, *fighters_beside(state, selection)), confirmed=0)


def with_set_piece(selection: Selection) -> Selection:
    """The attack becomes a set piece, or no longer is one."""
    return replace(selection, set_piece=not selection.set_piece, confirmed=0)


def supported(state: State, selection: Selection, kind: str, change: int) -> Selection:
    """More or fewer points of a kind of support for the order in preparation, as far as there are any."""
    have = state.support_of(state.faction).get(kind, 0)
    if selection.mode == "strike":
        most = state.world.rules.support.kinds[kind].per_strike
        return replace(selection, points=max(1, min(have, most, selection.points + change)))
    most = state.world.rules.support.kinds[kind].per_attack
    committed = dict(selection.support)
    committed[kind] = max(0, min(have, most, committed.get(kind, 0) + change))
    return replace(selection, support=tuple(sorted((k, n) for k, n in committed.items() if n)), confirmed=0)


# --- confirming -----------------------------------------------------------------------------------------------


def proposal(state: State, selection: Selection) -> od.Order | None:
    """The order that a confirmation would give; it may still be refused."""
    if selection.mode == "attack":
        if selection.target < 0 or not selection.attackers:
            return None
        return od.Attack(
            selection.attackers, selection.target, selection.support, selection.set_piece, selection.confirmed
        )
    if selection.mode == "corridor":
        return od.Notify(selection.corridor) if selection.corridor else None
    if not selection.mode or selection.target < 0:
        return None
    found = targets.choices(state, selection.mode, selection.unit, selection.kind).get(selection.target)
    return replace(found, points=selection.points) if isinstance(found, od.Strike) else found


def strikes_rival(state: State, selection: Selection) -> bool:
    """Whether the attack in preparation is one on the other bloc, which must be confirmed twice."""
    if selection.mode != "attack" or selection.target < 0:
        return False
    faction = state.faction
    return not combat.defenders_at(state, faction, selection.target) and bool(
        combat.rivals_at(state, faction, selection.target)
    )


def confirm(state: State, selection: Selection) -> Step:
    """Give the order in preparation; an attack on the other bloc counts two confirmations first."""
    if selection.mode == ROUTE:
        march = together.long_march(state, selection.units, selection.way, road=selection.road)
        return chain(selection.plain, march.orders, march.summary, march.plans)
    if selection.mode == ASSAULT:
        found = pointing.assault(state, selection.units, selection.target, selection.stand)
        if found is None:
            return Step(selection.plain)
        return chain(selection.plain, (*found.marches, replace(found.attack, support=selection.support)))
    if strikes_rival(state, selection) and selection.confirmed < 2:
        return Step(replace(selection, confirmed=selection.confirmed + 1))
    order = proposal(state, selection)
    refusal = engine.refusal(state, order) if order is not None else None
    if order is None or refusal is not None:
        return Step(selection, why=str(refusal or ""))
    return Step(selection, order)
