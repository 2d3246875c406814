"""A deliberation: plans are rehearsed, a counted number of times, and the best one is chosen.

Effort is counted in rehearsals, never by the clock, so that the same view brings the same plan on every machine. Each
plan is measured against the staff's own on the same beliefs: the same dice, the same hidden troops. A plan that does
better on the first belief has to show it on the others too.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain

from game import engine
from game.ai.belief.believing import believe
from game.ai.belief.lots import Lots
from game.ai.search.rehearsal import rehearse
from game.ai.search.variations import Variation, of_formations, of_the_whole, still_good
from game.ai.staff.notebook import Memory
from game.ai.staff.plan import FREE, Genes, Plan
from game.ai.staff.thinking import think
from game.state import State

OWN = "the staff's own plan"
AGAIN = "the plan of last turn"


@dataclass(frozen=True, slots=True)
class Effort:
    """How much thought a turn is given. ``regret``: thousandths of a band that a plan may fall behind the best and be
    taken all the same, by lot."""

    evaluations: int = 0
    samples: int = 1
    regret: int = 0


@dataclass(slots=True)
class Considered:
    """A plan that was rehearsed: its lead over the staff's own on each belief, as far as it was worth going on."""

    genes: Genes
    plan: Plan
    words: str
    leads: tuple[int, ...] = ()
    feared: str = ""

    @property
    def mean(self) -> int:
        """Its mean lead over the staff's own plan, in thousandths of a band."""
        return sum(self.leads) // max(1, len(self.leads))


@dataclass(frozen=True, slots=True)
class Deliberation:
    """What came of it: the plan that was chosen, and all that were considered, in the order in which they were."""

    chosen: Considered
    considered: tuple[Considered, ...] = ()
    evaluations: int = 0

    @property
    def turned_down(self) -> tuple[Considered, ...]:
        """The other plans, the best first."""
        return tuple(sorted((one for one in self.considered if one is not self.chosen), key=lambda one: -one.mean))


def deliberate(view: engine.View, memory: Memory, last: Genes, effort: Effort) -> Deliberation:
    """Choose a plan for the turn that opens; with no evaluations it is the staff's own.

    The same view, memory, genes of last turn and effort bring the same plan.
    """
    return _Deliberating(view, memory, effort).concluded(last)


class _Deliberating:
    """The work of one deliberation."""

    def __init__(self, view: engine.View, memory: Memory, effort: Effort) -> None:
        self.view, self.memory, self.effort = view, memory, effort
        self.own = self.best = Considered(FREE, think(view, memory), OWN)
        self.considered = [self.own]
        self.left = effort.evaluations
        self._beliefs: list[State] = []
        self._base: list[int] = []

    def concluded(self, last: Genes) -> Deliberation:
        """Rehearse until the effort is spent, and choose."""
        if self.left > self.effort.samples:
            self._beliefs = [believe(self.view, sample) for sample in range(self.effort.samples)]
            self._base = [self._lead(self.own, belief) for belief in self._beliefs]
            self.own.leads = (0,) * len(self._base)
            begun = [Variation(still_good(last, self.own.plan), AGAIN)]
            for one in chain(self._fresh((*begun, *of_the_whole(self.own.plan))), self._formations()):
                self._rehearse(one)
                if self.left <= 0:
                    break
        return Deliberation(self._chosen(), tuple(self.considered), self.effort.evaluations - self.left)

    def _fresh(self, variations: Iterable[Variation]) -> Iterator[Considered]:
        """Variations that make another plan than those considered already."""
        for variation in variations:
            plan = think(self.view, self.memory, variation.genes)
            if all(plan.tasks != one.plan.tasks or plan.doctrine != one.plan.doctrine for one in self.considered):
                one = Considered(variation.genes, plan, variation.words)
                self.considered.append(one)
                yield one

    def _formations(self) -> Iterator[Considered]:
        """One formation after another sent elsewhere, from the best plan so far; anew whenever that changes."""
        while True:
            best = self.best
            for one in self._fresh(of_formations(best.plan, best.genes, self.view.state)):
                yield one
                if self.best is not best:
                    break
            else:
                return

    def _rehearse(self, one: Considered) -> None:
        """Rehearse a plan on one belief after the other, as long as it does better than the best so far."""
        leads: list[int] = []
        for belief, base in zip(self._beliefs, self._base, strict=True):
            if self.left <= 0:
                break
            leads.append(self._lead(one, belief) - base)
            if sum(leads) <= sum(self.best.leads[: len(leads)]):
                break
        one.leads = tuple(leads)
        if len(leads) == len(self._base) and one.mean > self.best.mean:
            self.best = one

    def _lead(self, one: Considered, belief: State) -> int:
        self.left -= 1
        found = rehearse(one.plan, belief)
        one.feared = one.feared or found.feared
        return found.lead

    def _chosen(self) -> Considered:
        """The best plan, or by lot one that is hardly worse."""
        if not self.effort.regret:
            return self.best
        near = [one for one in self.considered if one.leads and one.mean >= self.best.mean - self.effort.regret]
        return Lots(self.view, 0).one_of("choice of a plan", near) if near else self.best
