"""Support called in near the other bloc: the price of misdirected fire, and how much of a risk is taken."""

from __future__ import annotations

from game import orders as od
from game.ai.staff.desk import StaffDesk
from game.rules import acts, deconfliction, ladder, strays, strikes

MOST_RISK = 6
"""Greatest risk in percent, of an incident and of misdirected fire together, at which a strike is sent by itself."""


def _rivals_near(desk: StaffDesk, target: int) -> bool:
    return bool(desk.rivals) and desk.rival_distance(target) <= desk.world.rules.support.stray_range


def stray_price(desk: StaffDesk, kind: str, points: int, target: int) -> int:
    """What points of support at a hex are expected to cost, in tenths, for going astray on the other bloc."""
    if not _rivals_near(desk, target):
        return 0
    price = desk.world.rules.support.stray_price + (desk.doctrine.incident << min(6, desk.state.clock.ladder))
    found = strays.risks(desk.state, desk.me, target, ((kind, points),))
    return sum(one.percent for one in found) * price // 100


def may_strike(desk: StaffDesk, kind: str, target: int) -> bool:
    """Whether a strike by itself risks little enough with the other bloc."""
    if not desk.rivals or not ladder.rivals(desk.world, desk.me):
        return True
    risk = deconfliction.risk(desk.state, desk.me, strikes.strike_act(desk.state, desk.me, kind, target)).percent
    if risk and _rivals_near(desk, target):
        risk += sum(one.percent for one in strays.risks(desk.state, desk.me, target, ((kind, 1),)))
    return risk <= min(MOST_RISK, desk.doctrine.most_incident)


def provokes_nobody(desk: StaffDesk, order: od.Bombard | od.Interdict) -> bool:
    """Whether an order for what is left over carries no risk with the other bloc, as far as is known, and none of its
    ground lies beside the target: its troops may be there though nobody has seen them."""
    others = ladder.rivals(desk.world, desk.me)
    if not others:
        return True
    control = desk.state.hexes.control
    if any(control[here] in others for here in (order.target, *desk.grid.near[order.target])):
        return False
    return not any(deconfliction.risk(desk.state, desk.me, act).percent for act in acts.acts(desk.state, order))
