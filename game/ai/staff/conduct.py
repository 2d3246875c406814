"""From a plan to orders: the phases of a turn, in which the plan is carried out as far as the enemy allows.

Each phase is a function that offers orders, best first; the first that the rules accept is given, and the phase is
asked again with a fresh view. A phase that has nothing left hands over to the next. When marches uncover an enemy, the
attack phase gets another look.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NamedTuple

from game import engine
from game import orders as od
from game.ai.staff import (
    attacks,
    columns,
    crossings,
    delaying,
    fires,
    march,
    posts,
    raids,
    rotation,
    seizures,
    sieges,
    talks,
    upkeep,
)
from game.ai.staff.desk import StaffDesk
from game.ai.staff.notebook import Memory, Notebook, Proposal, known_rows
from game.ai.staff.plan import Plan
from game.ai.staff.way_map import on_way
from game.kernels.recent import Recent
from game.scenario.world import World
from game.state import State

Phase = Callable[[StaffDesk], Iterator[Proposal]]

PHASES: tuple[tuple[str, Phase], ...] = (
    ("talks", talks.proposals),
    ("air drops", fires.drops),
    ("scouting", fires.scouting),
    ("crossings", crossings.proposals),
    ("refits", upkeep.refits),
    ("raids", raids.proposals),
    ("columns", columns.proposals),
    ("seizures", seizures.proposals),
    ("attacks", attacks.proposals),
    ("more seizures", seizures.proposals),
    ("sieges", sieges.proposals),
    ("reliefs", rotation.proposals),
    ("delays", delaying.proposals),
    ("withdrawals", raids.withdrawals),
    ("rests", upkeep.rests),
    ("marches", march.proposals),
    ("loads", columns.proposals),
    ("stragglers", march.spare_moves),
    ("crossings", crossings.proposals),
    ("demolitions", crossings.demolitions),
    ("fires", fires.bombardments),
    ("looks", fires.looks),
    ("strikes", fires.leftovers),
    ("entrenchments", upkeep.entrenchments),
)
ATTACKS = next(number for number, (name, _) in enumerate(PHASES) if name == "attacks")

MARCHES = next(number for number, (name, _) in enumerate(PHASES) if name == "marches")

SKETCHED = frozenset({"delays", "seizures", "attacks", "marches"})
"""The phases of a turn that is only sketched."""

MOST_ORDERS, ORDERS_A_UNIT = 400, 4
"""Orders in one turn after which the staff goes home, whatever is left to do: so many, or so many a unit of a large
army, of which each may come up, fight, march on and dig in."""

WALKED = 100
"""Moments behind one belief that are remembered."""

REVIEWS = 5
"""How often a turn new contacts send the staff back to its attacks."""


class Conduct:
    """A plan on its way through a turn. ``book``: the notebook of the desk where it was made, if that is at hand.

    A turn that is only sketched takes what stands empty, attacks with few units and without support, and marches."""

    def __init__(self, plan: Plan, view: engine.View, book: Notebook | None = None, *, sketch: bool = False) -> None:
        self.plan = plan
        if book is None:
            book = Notebook.opened(plan.memory, plan.turn, known_rows(view))
        book.sketch = sketch
        self.book = book
        desk = StaffDesk(view, plan.doctrine, book)
        row = {unit: number for number, unit in enumerate(book.ids)}
        book.tasks = {row[unit]: task for unit, task in plan.tasks if unit in row}
        book.goals, book.sites, book.sieges = plan.goals, plan.sites, plan.sieges
        book.turned = {row[unit]: why for unit, why in plan.memory.turned.items() if unit in row}
        book.charts["cuts"] = dict(plan.cuts)
        book.charts["on way"] = on_way(desk, book.tasks)
        book.charts["foes"] = set(desk.foes)
        desk.supply.draw()
        posts.hangs(desk)
        self._fitted: World | None = None

    def fits(self, view: engine.View) -> bool:
        """Whether a view is of the turn that this plan is for, with the units that it knows."""
        if view.state.clock.turn != self.book.turn:
            return False
        if view.state.world is not self._fitted and known_rows(view) == self.book.ids:
            self._fitted = view.state.world  # as long as nobody else is known of, views have their roster in common
        return view.state.world is self._fitted

    def next(self, view: engine.View) -> Proposal:
        """The next order of the turn with its reason: the end of the turn when nothing is left to do."""
        desk = StaffDesk(view, self.plan.doctrine, self.book)
        if self.book.given:
            self._review(desk)
        proposal = self._offered(desk)
        self.book.given += 1
        self.book.orders.add(proposal.order)
        return proposal

    def _review(self, desk: StaffDesk) -> None:
        """After an order: new enemies in sight send the staff back to its attacks; what happened there counts."""
        book = desk.book
        known: set[int] = book.charts["foes"]
        fresh = set(desk.foes) - known
        if fresh and book.phase > ATTACKS and book.reviews < REVIEWS:
            book.reviews += 1
            book.phase = ATTACKS
            near = {there for here in fresh for there in desk.grid.disk(here, 6)}
            book.settled -= {
                row for row in book.settled if desk.state.units.mp[row] and desk.is_line(row) and desk.at(row) in near
            }
        known |= fresh

    def _offered(self, desk: StaffDesk) -> Proposal:
        book, most = desk.book, max(MOST_ORDERS, ORDERS_A_UNIT * len(desk.own))
        while book.phase < len(PHASES) and book.given < most:
            name, phase = PHASES[book.phase]
            for proposal in phase(desk) if not book.sketch or name in SKETCHED else ():
                if _again(book, proposal.order):
                    continue
                refusal = engine.refusal(desk.state, proposal.order)
                if refusal is None:
                    return proposal
                book.refused.append((proposal.order, str(refusal)))
                book.orders.add(proposal.order)
            book.phase += 1
            if book.phase == MARCHES:
                desk.redraw_supply()
        return Proposal(od.EndTurn(), "; ".join(self.plan.intent[:3]) or "nothing left to do")


def _again(book: Notebook, order: od.Order) -> bool:
    return order in book.orders and not isinstance(order, od.Strike | od.Scout)


class Carried(NamedTuple):
    """A plan that was carried out: the orders with their reasons, the state behind them, and what is remembered."""

    orders: tuple[Proposal, ...]
    state: State
    memory: Memory


class Walked:
    """Where orders have led from one belief. Plans that are tried out on it begin alike more often than not: they share
    these moments, and what has been worked out of them. So it makes no difference to any order."""

    __slots__ = ("_steps",)

    def __init__(self) -> None:
        self._steps: Recent[tuple[State, State, engine.View | None]] = Recent(WALKED)

    def on(self, state: State, order: od.Order) -> tuple[State, engine.View | None]:
        """The moment after an order, and the view on which its faction goes on; None where its turn is over."""

        def make() -> tuple[State, State, engine.View | None]:
            after, _ = engine.apply(state, order)
            over = isinstance(order, od.EndTurn) or after.faction != state.faction or after.clock.over
            return state, after, None if over else engine.view(after, state.faction)

        _, after, view = self._steps.found((id(state), order), make)  # which keeps the state, and so its id
        return after, view


def seen(state: State, faction: int) -> engine.View:
    """What a faction sees of a whole state; kept with it, and with it all that anybody works out of the view."""
    return state.kept(("view", faction), lambda: engine.view(state, faction))


def carry_out(
    plan: Plan, state: State, *, book: Notebook | None = None, sketch: bool = False, walked: Walked | None = None
) -> Carried:
    """Carry a plan out on a whole state, as its faction would: on the views of it, order by order, to the end of its
    turn. The state is one in which that faction is to play, such as one that it believes in; ``book``: the notebook of
    the desk where the plan was made, if that was on the view of the same state."""
    view: engine.View | None = seen(state, plan.faction)
    assert view is not None
    conduct, orders, walked = Conduct(plan, view, book, sketch=sketch), list[Proposal](), walked or Walked()
    while view is not None:
        proposal = conduct.next(view)
        orders.append(proposal)
        state, view = walked.on(state, proposal.order)
    return Carried(tuple(orders), state, conduct.book.memory())


def try_out(plan: Plan, belief: State) -> Carried:
    """Carry a plan out on a belief on which others are tried out as well."""
    return carry_out(plan, belief, walked=belief.kept("walked", Walked))
