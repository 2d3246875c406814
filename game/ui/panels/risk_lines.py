"""What every forecast says of risk: the incident line, third parties in the way of fire, targets out of sight."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from game import engine
from game import orders as od
from game.rules import deconfliction, fog, ladder, strays, support
from game.state.tables import State
from game.ui.kit.theme import Colour
from game.ui.panels.acts import Confirm
from game.ui.panels.flow import Flow
from game.words import percent as percent_of
from game.words import say


def bad_ink(flow: Flow) -> Colour:
    """The ink of what is bad for the player, light enough to be read."""
    return flow.desk.theme.marks.bad.mixed(flow.desk.theme.interface.text, 45)


def upper_first(text: str) -> str:
    """A text with its first letter as a capital."""
    return text[:1].upper() + text[1:]


def incident_line(flow: Flow, state: State, order: od.Order) -> None:
    """One number and one sentence for what an order risks, and what the number does not know."""
    risk = engine.provokes(state, order)
    if risk is not None:
        risk_line(flow, risk)
        if risk.percent:
            flow.prose(ladder.next_price(state), 12, flow.desk.theme.interface.text_dim)


def incident_lines(flow: Flow, orders: Iterable[tuple[State, od.Order]]) -> None:
    """The same for several orders, each at its own moment: what is the same for some of them is told once.

    What is unknown of them is one line, and at most the sum; beside a risk no other order says that it has none.
    """
    told: dict[tuple[str, int, int], deconfliction.Risk] = {}
    price, unknown = "", list[deconfliction.Risk]()
    for state, order in orders:
        risk = engine.provokes(state, order)
        if risk is None:
            continue
        if risk.percent or not risk.most:
            told.setdefault((risk.words, risk.percent, risk.most), risk)
        else:
            unknown.append(risk)
        price = price or (ladder.next_price(state) if risk.percent else "")
    known = [risk for risk in told.values() if risk.percent or not unknown]
    for risk in [one for one in known if one.percent] or known:
        risk_line(flow, risk)
    if unknown:
        risk_line(flow, replace(unknown[0], most=min(100, sum(one.most for one in unknown))))
    if price:
        flow.prose(price, 12, flow.desk.theme.interface.text_dim)


def risk_line(flow: Flow, risk: deconfliction.Risk) -> None:
    """A risk of an incident; where nothing is known to threaten but not all is seen, it is unknown and not 0 %."""
    marks, text, dim = flow.desk.theme.marks, flow.desk.theme.interface.text, flow.desk.theme.interface.text_dim
    ink = dim if not risk.percent else marks.warn if risk.percent < 15 else marks.bad.mixed(text, 40)
    words = risk.words
    if not risk.percent and risk.most > 0:
        words = say("Unknown risk of an incident, at most {share}: you do not see all hexes near.",
                    share=percent_of(risk.most))  # fmt: skip
    flow.prose(words, 12, ink, tip="\n".join(map(str, risk.terms.terms)), mark="triangle" if risk.percent else "ring")
    if risk.unseen and risk.percent:
        flow.prose(risk.unseen, 12, dim)


def add_strays(flow: Flow, state: State, order: od.Attack | od.Strike) -> None:
    """The chance that support called in hits third parties, for each kind of it."""
    faction = state.faction
    near = strays.others_near(state, faction, order.target)
    if not near and not _unwatched_around(state, faction, order.target):
        return
    for one in strays.risks(state, faction, order.target, strays.used(order)):
        name, share = support.kinds(state.world)[one.kind].name.lower(), percent_of(one.percent)
        if near:
            words = say("A chance of {share} that {support} hit third parties nearby.", share=share, support=name)
        else:
            words = say(
                "If third parties are near, {support} hit them with a chance of {share}.", share=share, support=name
            )
        flow.prose(words, 12, bad_ink(flow), mark="triangle")


def _unwatched_around(state: State, faction: int, target: int) -> bool:
    """Whether third parties may stand unseen so near a target that fire could hit them."""
    world, seen = state.world, fog.visible_hexes(state, faction)
    others = any(
        not world.together(faction, other) and not world.at_war(faction, other) for other in range(len(world.factions))
    )
    near = world.grid.disk(target, world.rules.support.stray_range)
    return others and any(world.terrain[here] >= 0 and not seen[here] for here in near)


def add_unwatched(flow: Flow, state: State, faction: int, target: int) -> None:
    """A target that is not in sight may have left: then the fire hits nobody."""
    if not fog.visible_hexes(state, faction)[target]:
        intel = state.intel[faction]
        seen = max((intel.turn[row] for row in support.known_at(state, faction, target)), default=0)
        words = say("You last saw the target on turn {turn}. If it has left, nothing is hit.", turn=seen)
        flow.prose(words, 12, flow.desk.theme.interface.text_dim, mark="ring")


def add_order_button(flow: Flow, state: State, order: od.Order, text: str) -> None:
    """The button that gives an order, or the reason why it is refused."""
    refusal = engine.refusal(state, order)
    if refusal is not None:
        flow.prose(str(refusal), 12, bad_ink(flow), mark="cross")
    flow.button(say("{order}  (Enter)", order=text), Confirm(), enabled=refusal is None, strong=True)
