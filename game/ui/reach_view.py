"""What the map shows of a unit's reach: where it gets to turn by turn, what that risks, and words at the pointer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from game import engine
from game.orders import Move
from game.rules import deconfliction, ladder, movement, out_of_reach
from game.rules.deconfliction import Act
from game.rules.ground import quarters
from game.state.tables import State
from game.ui.mapview.reach_light import ReachLight
from game.ui.risk_words import share_words
from game.words import count, say

FIRST_TURNS = 3
"""Bands of light shown before a player asks for more or fewer."""
ROUSED_WITHIN = 2
"""Hexes within which troops of the other bloc take note (rule 11.1)."""


@dataclass(frozen=True, slots=True)
class PointerWords:
    """What stands at the pointer: what a march there costs, what it risks, and by whom."""

    title: str
    risk: str = ""
    """The chance of an incident, "" where the other bloc need not be feared."""
    note: str = ""
    possible: bool = True
    roused: tuple[int, ...] = ()
    """Hexes of the known troops whom the march would rouse."""


def light(state: State, row: int, turns: int) -> ReachLight:
    """Where the unit gets to, in bands by turns: those of this turn exact, further ones as if nothing changed."""
    faction = state.world.roster.faction[row]
    now = frozenset((*out_of_reach.stops(state, row), state.units.hex[row]))
    bands = [now]
    if turns > 1:
        left, allowance = state.units.mp[row], max(1, movement.allowance(state, row))
        far = movement.reach_with(state, row, state.units.hex[row], left + allowance * (turns - 1)).cost
        for turn in range(1, turns):
            least, most = left + allowance * (turn - 1), left + allowance * turn
            bands.append(frozenset(here for here, cost in far.items() if least < cost <= most and here not in now))
    return ReachLight(tuple(bands), _risky(state, faction, now - {state.units.hex[row]}), len(now) > 1)


def common_light(state: State, rows: Sequence[int]) -> ReachLight:
    """Where every one of several units can go this turn, and where that is risky for any of them."""
    lights = [light(state, row, 1) for row in rows]
    common = frozenset.intersection(*(one.bands[0] for one in lights))
    risky = frozenset().union(*(one.risky for one in lights)) & common
    return ReachLight((common,), risky, any(one.dims for one in lights))


def _risky(state: State, faction: int, hexes: frozenset[int]) -> frozenset[int]:
    """Those hexes where a march, or staying to the end of the turn, is known to risk an incident."""
    reach = max(ROUSED_WITHIN, state.world.rules.deconfliction.over_line_range)
    troops = {here for _, here in ladder.known_rivals(state, faction)}
    near = {here for at in troops for here in state.world.grid.disk(at, reach)} & hexes
    return frozenset(
        here for here in near
        if any(deconfliction.risk(state, faction, Act(kind, here)).percent for kind in ("move", "friction"))
    )  # fmt: skip


def roused(state: State, faction: int, here: int) -> tuple[int, ...]:
    """Where known troops of the other bloc stand that are near enough to a hex to take note, the nearest first."""
    grid = state.world.grid
    troops = {at for _, at in ladder.known_rivals(state, faction) if grid.distance(at, here) <= ROUSED_WITHIN}
    return tuple(sorted(troops, key=lambda at: (grid.distance(at, here), at)))


def at_pointer(state: State, row: int, here: int, shown: ReachLight) -> PointerWords | None:
    """The words for a march of a unit to the hex under the mouse; None where none is meant."""
    if here < 0 or here == state.units.hex[row] or state.world.terrain[here] < 0:
        return None
    unit, faction = state.world.roster.id[row], state.world.roster.faction[row]
    costs = out_of_reach.stops(state, row)
    if here in costs:
        left = state.units.mp[row]
        title = say("March: {cost} of {left} MP", cost=quarters(costs[here]), left=quarters(left))
        risk = _risk_words(state, faction, unit, here)
        near = roused(state, faction, here) if here in shown.risky else ()
        return PointerWords(title, risk, _neighbour(state, faction, here, near), roused=near)
    for turn, band in enumerate(shown.bands):
        if here in band:
            words = say("{n} turns of marching, as far as you know", n=turn + 1)
            return PointerWords(words, note=say("Right-click prepares a march order."), possible=False)
    return None


def _risk_words(state: State, faction: int, unit: str, here: int) -> str:
    if not ladder.rivals(state.world, faction):
        return ""
    way = engine.provokes(state, Move(unit, engine.reach(state, unit).path(here)))
    stay = engine.incident(state, Act("friction", here))
    if max(stay.most, way.most if way is not None else 0) <= 0:
        return ""
    return say("Incident: {way} on the way; if it stays: {stay}", way=share_words(way), stay=share_words(stay))


def _neighbour(state: State, faction: int, here: int, near: tuple[int, ...]) -> str:
    if not near:
        return ""
    owner = next(state.world.roster.faction[row] for row, at in ladder.known_rivals(state, faction) if at == near[0])
    army, away = state.world.factions[owner].adjective, state.world.grid.distance(near[0], here)
    if not away:
        return say("{army} troops in the hex", army=army)
    return count(away, "{army} troops {n} hex away", "{army} troops {n} hexes away", army=army)
