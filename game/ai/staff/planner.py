"""The staff: the campaign's AI. It plans once a turn and then gives the orders, one at a time, each with its reason.

The two halves are functions that others may use: :func:`game.ai.staff.thinking.think` makes a plan of a view, and
:func:`game.ai.staff.conduct.carry_out` makes orders of a plan. The staff sees a view and keeps a notebook; given the
same views it gives the same orders.
"""

from __future__ import annotations

from typing import Any

from game import engine
from game import orders as od
from game.ai.staff.conduct import Conduct
from game.ai.staff.notebook import Memory, Task, memory_from
from game.ai.staff.plan import FREE, Genes, Plan
from game.ai.staff.thinking import opened_desk, planned
from game.scenario.world import World
from game.state import State


class Staff:
    """A planning player, with genes if somebody else settles a part of its plans. ``refused`` collects orders that it
    thought of and the rules would not have accepted."""

    def __init__(self, genes: Genes = FREE) -> None:
        self.why = ""
        self.genes = genes
        self._memory = Memory()
        self._conduct: Conduct | None = None

    @property
    def plan(self) -> Plan | None:
        """The plan of this turn, None before the first."""
        return self._conduct.plan if self._conduct is not None else None

    @property
    def refused(self) -> list[tuple[od.Order, str]]:
        """Orders of this turn that were offered and not accepted, with the reason."""
        return self._conduct.book.refused if self._conduct is not None else []

    def why_waiting(self, row: int) -> str:
        """Why a unit (by its row in the view) does not march on this turn, "" when it does or has no task."""
        return self._conduct.book.waits.get(row, "") if self._conduct is not None else ""

    def tasks(self, state: State) -> list[tuple[int, Task]]:
        """What each own unit on the map of a view's state is for this turn, as (row, task)."""
        tasks = self._conduct.book.tasks if self._conduct is not None else {}
        return sorted((row, task) for row, task in tasks.items() if state.units.hex[row] >= 0)

    def memory(self) -> dict[str, Any]:
        """What the staff takes into its next turn, for a save."""
        return self._remembered().plain()

    def recall(self, plain: Any, world: World, faction: int) -> None:
        """Go on from a memory as after the turn in which it was noted; raises ValueError naming what is wrong."""
        self._memory, self._conduct = memory_from(plain, world, faction), None

    def _remembered(self) -> Memory:
        return self._memory if self._conduct is None else self._conduct.book.memory()

    def decide(self, view: engine.View) -> od.Order:
        """The next order of the turn."""
        conduct = self._conduct
        if conduct is None or not conduct.fits(view):
            desk = opened_desk(view, self._remembered(), self.genes)
            conduct = self._conduct = Conduct(planned(desk, self.genes), view, desk.book)
        proposal = conduct.next(view)
        self.why = proposal.why
        return proposal.order
