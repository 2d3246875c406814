"""The staff: the campaign's AI. It plans once a turn and then gives the orders, one at a time, each with its reason.

A turn of its own goes through PHASES in order. Each phase is a function that offers orders, best first; the first
that the rules accept is given, and the phase is asked again with a fresh view. A phase that has nothing left hands over
to the next. When marches uncover an enemy, the attack phase gets another look.

The staff sees a view and keeps a notebook; given the same views it gives the same orders.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from game import engine
from game import orders as od
from game.ai.doctrine import doctrine_of
from game.ai.staff import attacks, axes, columns, crossings, fires, march, raids, talks, upkeep
from game.ai.staff.desk import StaffDesk
from game.ai.staff.goals import goals
from game.ai.staff.notebook import Memory, Notebook, Proposal, Task, memory_from
from game.ai.staff.posts import guards
from game.ai.staff.way_map import on_way
from game.scenario.doctrine import Doctrine
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
    ("attacks", attacks.proposals),
    ("withdrawals", raids.withdrawals),
    ("rests", upkeep.rests),
    ("marches", march.proposals),
    ("loads", columns.proposals),
    ("stragglers", march.spare_moves),
    ("works", crossings.proposals),
    ("demolitions", crossings.demolitions),
    ("fires", fires.bombardments),
    ("strikes", fires.leftovers),
    ("entrenchments", upkeep.entrenchments),
)
ATTACKS = next(number for number, (name, _) in enumerate(PHASES) if name == "attacks")

MARCHES = next(number for number, (name, _) in enumerate(PHASES) if name == "marches")

MOST_ORDERS, ORDERS_A_UNIT = 400, 4
"""Orders in one turn after which the staff goes home, whatever is left to do: so many, or so many a unit of a large
army, of which each may come up, fight, march on and dig in."""

REVIEWS = 5
"""How often a turn new contacts send the staff back to its attacks."""


class Staff:
    """A planning player. ``refused`` collects orders that it thought of and the rules would not have accepted."""

    def __init__(self) -> None:
        self.why = ""
        self.plan: tuple[str, ...] = ()
        """The intent of the turn in sentences: main efforts first."""
        self._memory = Memory()
        self._book: Notebook | None = None
        self._doctrine: tuple[str, Doctrine] | None = None

    @property
    def refused(self) -> list[tuple[od.Order, str]]:
        """Orders of this turn that were offered and not accepted, with the reason."""
        return self._book.refused if self._book is not None else []

    def why_waiting(self, row: int) -> str:
        """Why a unit (by its row in the view) does not march on this turn, "" when it does or has no task."""
        return self._book.waits.get(row, "") if self._book is not None else ""

    def tasks(self, state: State) -> list[tuple[int, Task]]:
        """What each own unit on the map of a view's state is for this turn, as (row, task)."""
        tasks = self._book.tasks if self._book is not None else {}
        return sorted((row, task) for row, task in tasks.items() if state.units.hex[row] >= 0)

    def memory(self) -> dict[str, Any]:
        """What the staff takes into its next turn, for a save."""
        return self._remembered().plain()

    def recall(self, plain: Any, world: World, faction: int) -> None:
        """Go on from a memory as after the turn in which it was noted; raises ValueError naming what is wrong."""
        self._memory, self._book = memory_from(plain, world, faction), None

    def _remembered(self) -> Memory:
        return self._memory if self._book is None else self._book.memory()

    def decide(self, view: engine.View) -> od.Order:
        """The next order of the turn."""
        state = view.state
        if self._doctrine is None or self._doctrine[0] != state.world.digest:
            self._doctrine = state.world.digest, doctrine_of(state.world, view.faction)
        book, ids = self._book, _own_ids(state, view.faction)
        opens = book is None or (book.turn, book.ids) != (state.clock.turn, ids)
        if book is None or opens:
            book = self._book = Notebook.opened(self._remembered(), state.clock.turn, ids)
        desk = StaffDesk(view, self._doctrine[1], book)
        if opens:
            self._open(desk)
        else:
            self._review(desk)
        proposal = self._next(desk)
        book.given += 1
        book.orders.add(proposal.order)
        self.why = proposal.why
        return proposal.order

    # --- the turn ---------------------------------------------------------------------------------------------

    def _open(self, desk: StaffDesk) -> None:
        """A new turn: what is worth having, who goes where, where the river is to be crossed."""
        book = desk.book
        axes.note_waits(desk)
        book.goals = goals(desk)
        tasks = axes.allot(desk, book.goals)
        if desk.doctrine.guards:
            tasks.update(guards(desk, tasks))
        if desk.doctrine.raids:
            tasks.update(raids.tasks(desk))
        book.sites = axes.sites(desk, tasks)
        tasks.update(crossings.engineer_tasks(desk, tasks))
        tasks.update(columns.tasks(desk))
        book.tasks = tasks
        book.charts["on way"] = on_way(desk, tasks)
        book.charts["foes"] = set(desk.foes)
        self.plan = _intent(desk, tasks)

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

    def _next(self, desk: StaffDesk) -> Proposal:
        book, most = desk.book, max(MOST_ORDERS, ORDERS_A_UNIT * len(desk.own))
        while book.phase < len(PHASES) and book.given < most:
            for proposal in PHASES[book.phase][1](desk):
                if _again(book, proposal.order):
                    continue
                refusal = engine.refusal(desk.state, proposal.order)
                if refusal is None:
                    return proposal
                book.refused.append((proposal.order, str(refusal)))
                book.orders.add(proposal.order)
            book.phase += 1
            if book.phase == MARCHES:
                book.charts.pop("supply ahead", None)
                book.charts.pop("supply", None)  # the attacks have opened roads, or lost them
        return Proposal(od.EndTurn(), "; ".join(self.plan[:3]) or "nothing left to do")


def _own_ids(state: State, faction: int) -> tuple[str, ...]:
    """Units of a view by row, as far as the rows are the same in each view of a turn: own and friendly ones."""
    world = state.world
    return tuple(
        unit for unit, owner in zip(world.roster.id, world.roster.faction, strict=True) if world.friends(faction, owner)
    )


def _again(book: Notebook, order: od.Order) -> bool:
    return order in book.orders and not isinstance(order, od.Strike | od.Scout)


def _intent(desk: StaffDesk, tasks: dict[int, Task]) -> tuple[str, ...]:
    """The turn's plan in sentences: each goal with the strength sent there, the strongest first."""
    strength: dict[str, int] = {}
    for row, task in sorted(tasks.items()):
        if desk.is_line(row):
            strength[task.why] = strength.get(task.why, 0) + desk.state.units.steps[row]
    ranked = sorted(strength.items(), key=lambda pair: (-pair[1], pair[0]))
    return tuple(f"{words} with {steps} steps" for words, steps in ranked)
