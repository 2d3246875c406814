"""A deliberation: plans are rehearsed, a counted number of times, and the best one is chosen.

Effort is counted in rehearsals, never by the clock, so that the same view brings the same plan on every machine. Each
plan is measured against the staff's own on the same beliefs: the same dice, the same hidden troops. A plan that does
better on the first belief has to show it on the others too. A plan that comes to the same orders as one before it is
no other plan: it is put aside before anybody replies to it, and does not count.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import chain, islice, zip_longest

from game import engine
from game import orders as od
from game.ai.belief.believing import believe
from game.ai.belief.lots import Lots
from game.ai.search.rehearsal import judge
from game.ai.search.variations import Variation, of_formations, of_the_whole, still_good
from game.ai.staff.conduct import Carried, try_out
from game.ai.staff.notebook import Memory, Notebook
from game.ai.staff.plan import FREE, Genes, Plan
from game.ai.staff.thinking import opened_desk, planned, think
from game.state import State

OWN = "the staff's own plan"
AGAIN = "the plan of last turn"

LEAST = 100
"""Thousandths of a band by which a plan must lead another in the mean to take its place."""


@dataclass(frozen=True, slots=True)
class Effort:
    """How much thought a turn is given: rehearsals in all, beliefs, and how many rounds a rehearsal goes on.

    ``regret``: thousandths of a band that a plan may fall behind the best and be taken all the same, by lot.
    ``sketch``: 1 when the replies are only sketched.
    """

    evaluations: int = 0
    samples: int = 1
    rounds: int = 1
    regret: int = 0
    sketch: int = 0

    @property
    def race(self) -> int:
        """Rehearsals that one race takes at most."""
        return 3 * self.samples


@dataclass(slots=True)
class Considered:
    """A plan that was rehearsed: its lead over the staff's own on each belief, as far as it kept up with the others."""

    genes: Genes
    plan: Plan
    words: str
    book: Notebook | None = field(default=None, repr=False)
    """The notebook of the desk where it was made, if that is at hand: it has the maps that were drawn for the plan."""
    leads: tuple[int, ...] = ()
    feared: str = ""
    carried: Carried | None = field(default=None, repr=False)
    """How it was carried out on the first belief, until that is judged."""

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


def deliberate(view: engine.View, memory: Memory, last: Genes, effort: Effort, personality: str = "") -> Deliberation:
    """Choose a plan for the turn that opens; with no evaluations it is the staff's own.

    The same view, memory, genes of last turn, effort and personality bring the same plan.
    """
    return _Deliberating(view, memory, effort, replace(FREE, personality=personality)).concluded(last)


class _Deliberating:
    """The work of one deliberation: races, each between the best plan so far and some variations of it."""

    def __init__(self, view: engine.View, memory: Memory, effort: Effort, free: Genes) -> None:
        self.view, self.memory, self.effort, self.free = view, memory, effort, free
        desk = opened_desk(view, memory, free)
        self.own = self.best = Considered(free, planned(desk, free), OWN, desk.book)
        self.considered = [self.own]
        self.left = effort.evaluations
        self._beliefs: list[State] = []
        self._base: list[int] = []
        self._known: set[tuple[od.Order, ...]] = set()

    def concluded(self, last: Genes) -> Deliberation:
        """Race until the effort is spent or nothing new is found, and choose."""
        if self.left > self.effort.samples:
            self._beliefs = [believe(self.view, sample) for sample in range(self.effort.samples)]
            self._is_other(self.own)
            self._base = [self._lead(self.own, belief) for belief in self._beliefs]
            self.own.leads = (0,) * len(self._base)
            again = Variation(still_good(last, self.own.plan), AGAIN)
            tried = self._fresh(chain((again,), self._variations()))
            while self._race(tried):
                tried = self._fresh(self._variations())
            for belief in self._beliefs:  # what led away from it would keep it, and itself, for the garbage collector
                belief.answers.clear()
        return Deliberation(self._chosen(), tuple(self.considered), self.effort.evaluations - self.left)

    def _variations(self) -> Iterator[Variation]:
        """Variations of the best plan so far: of the whole and of its formations, in turn."""
        plan, genes = self.best.plan, self.best.genes
        return _in_turn(of_the_whole(plan, genes), of_formations(plan, genes, self.view.state))

    def _fresh(self, variations: Iterable[Variation]) -> Iterator[Considered]:
        """Variations that make another plan than those considered already, as far as the first belief can tell."""
        idle = self.effort.evaluations
        for variation in variations:
            plan = think(self.view, self.memory, variation.genes)
            if any(plan.tasks == one.plan.tasks and plan.doctrine == one.plan.doctrine for one in self.considered):
                continue
            one = Considered(variation.genes, plan, variation.words)
            self.considered.append(one)
            if self._is_other(one):
                yield one
            elif not (idle := idle - 1):
                return

    def _race(self, tried: Iterator[Considered]) -> bool:
        """Rehearse several plans on the first belief, the better half of them on the next, and so on; whoever is left
        after the last and is better than the best so far takes its place. Returns whether there was anybody to race and
        effort enough to rehearse one of them on each belief."""
        racing = list(islice(tried, self._starters())) if self.left >= len(self._beliefs) else []
        if not racing:
            return False
        for belief, base in zip(self._beliefs, self._base, strict=True):
            for one in racing:
                if self.left > 0:
                    one.leads = (*one.leads, self._lead(one, belief) - base)
            racing.sort(key=lambda one: (-len(one.leads), -one.mean))
            racing = racing[: max(1, len(racing) // 2)]
        [winner] = racing
        if len(winner.leads) == len(self._base) and surely_better(winner.leads, self.best.leads):
            self.best = winner
        return True

    def _starters(self) -> int:
        """How many plans a race begins with: as many as its effort takes to the end, and one at least."""
        most, beliefs, number = min(self.left, self.effort.race), range(len(self._beliefs)), 1
        while sum(max(1, number + 1 >> belief) for belief in beliefs) <= most:
            number += 1
        return number

    def _is_other(self, one: Considered) -> bool:
        """Whether a plan comes to orders on the first belief that none before it has come to."""
        one.carried = try_out(one.plan, self._beliefs[0])
        orders = tuple(proposal.order for proposal in one.carried.orders)
        if orders in self._known:
            one.carried = None
            return False
        self._known.add(orders)
        return True

    def _lead(self, one: Considered, belief: State) -> int:
        self.left -= 1
        carried, one.carried = one.carried or try_out(one.plan, belief), None
        found = judge(one.plan, carried, self.effort.rounds, sketch=bool(self.effort.sketch))
        one.feared = one.feared or found.feared
        return found.lead

    def _chosen(self) -> Considered:
        """The best plan, or by lot one that is hardly worse."""
        if not self.effort.regret:
            return self.best
        near = [one for one in self.considered if one.leads and one.mean >= self.best.mean - self.effort.regret]
        return Lots(self.view, 0).one_of("choice of a plan", near) if near else self.best


def surely_better(mine: Sequence[int], others: Sequence[int]) -> bool:
    """Whether leads on the same beliefs are better by enough: in the mean by LEAST, and by more than 0.7 of their
    standard deviation, so that one belief alone is not enough.

    The measure is how far the leads spread, not the error of their mean: that error shrinks with every belief, while
    what no rehearsal can know stays. So a lead that is too small on three beliefs is too small on eight.
    """
    apart = [one - other for one, other in zip(mine, others, strict=True)]
    number, total = len(apart), sum(apart)
    spread = sum((number * one - total) ** 2 for one in apart)  # the variance by the cube of their number
    return total >= LEAST * number and 2 * number * total * total > spread


def _in_turn(one: Iterable[Variation], other: Iterable[Variation]) -> Iterator[Variation]:
    """Two lists, one from each in turn, as long as there are any."""
    for pair in zip_longest(one, other):
        yield from (variation for variation in pair if variation is not None)
