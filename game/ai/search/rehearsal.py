"""A rehearsal: a plan is carried out on a belief, the enemies reply, and what comes of it is judged.

The same engine plays it, with the same rules. An enemy replies as a staff would that plans by the doctrine which
everybody would expect of it. A rival marches for the prizes that both could claim; where there is none near him, he
waits, as what he does in a turn does not hang on it.
A rehearsal ends when a turn of the planner has opened, one round later or more, so that supply has been judged; or with
the game.
"""

from __future__ import annotations

from typing import NamedTuple

from game import engine
from game import orders as od
from game.ai.search.prospects import lead
from game.ai.staff.conduct import Carried, carry_out, seen, try_out
from game.ai.staff.notebook import Memory
from game.ai.staff.plan import FREE, Plan
from game.ai.staff.thinking import NOTHING, opened_desk, planned
from game.rules import ladder
from game.state import State

RACE = 8
"""Hexes from a prize within which a rival races for it."""


class Rehearsed(NamedTuple):
    """What came of a plan: the lead in thousandths of a band, and the enemy's attack that cost most, in words."""

    lead: int
    feared: str


def rehearse(plan: Plan, belief: State, rounds: int = 1, *, sketch: bool = False) -> Rehearsed:
    """Carry a plan out on a belief in which its faction is to play, let the enemies reply, and judge the end.

    Of more than one round the faction plays the later ones by its staff's own plans. ``sketch``: replies are sketched,
    in less time: see :class:`game.ai.staff.conduct.Conduct`.
    """
    return judge(plan, try_out(plan, belief), rounds, sketch=sketch)


def judge(plan: Plan, carried: Carried, rounds: int = 1, *, sketch: bool = False) -> Rehearsed:
    """Go on from where a plan was carried out: the rest of :func:`rehearse`."""
    me, last = plan.faction, plan.turn + rounds
    state, feared = carried.state, ""
    while not state.clock.over and not (state.faction == me and state.clock.turn >= last):
        if state.faction == me:
            carried = own_turn(state, carried.memory)
            state = carried.state
        else:
            state, said = _reply(state, me, sketch)
            feared = feared or said
    return Rehearsed(lead(state, me), feared)


def _reply(state: State, me: int, sketch: bool) -> tuple[State, str]:
    """The turn of another faction, and where it attacked first, in words."""
    other = state.faction
    at_war = state.world.at_war(me, other)
    if not at_war and not _races(state, me, other):
        return engine.apply(state, od.EndTurn())[0], ""
    carried = own_turn(state, NOTHING, sketch=sketch or not at_war)
    attack = next((one.order for one in carried.orders if isinstance(one.order, od.Attack)), None)
    return carried.state, _words(state, other, attack.target) if attack is not None and at_war else ""


def own_turn(state: State, memory: Memory, *, sketch: bool = False) -> Carried:
    """The turn of a faction as its staff plans it, carried out with the notebook in which the plan was made."""
    desk = opened_desk(seen(state, state.faction), memory)
    return carry_out(planned(desk, FREE), state, book=desk.book, sketch=sketch)


def _races(state: State, me: int, other: int) -> bool:
    """Whether a faction of the other bloc stands near a prize that counts for both, and that it does not hold."""
    world, control, units = state.world, state.hexes.control, state.units
    if other not in ladder.rivals(world, me):
        return False
    open_ = [one.hex for one in world.prizes if one.points[me] and one.points[other] and control[one.hex] != other]
    owners = world.roster.faction
    return any(
        here >= 0 and owners[row] == other and world.roster.movement[row] and world.grid.distance(here, prize) <= RACE
        for prize in open_
        for row, here in enumerate(units.hex)
    )


def _words(state: State, faction: int, here: int) -> str:
    world = state.world
    place = world.place_at.get(here, -1)
    name = world.places[place].name if place >= 0 else world.grid.label(here)
    return f"{world.factions[faction].adjective} troops attack {name}"
