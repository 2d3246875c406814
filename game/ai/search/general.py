"""The staff with levels: it rehearses plans for its turn before it gives the first order.

Levels differ by thought alone: how many plans are rehearsed, on how many beliefs, and how far behind the best a plan
may be that is taken all the same. Sight, rules and dice are those of everybody.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Any

from game import engine
from game import orders as od
from game.ai.personalities import personalities
from game.ai.search.deliberation import Considered, Deliberation, Effort, deliberate
from game.ai.search.keeping import genes_from, plain_genes
from game.ai.staff.conduct import Conduct
from game.ai.staff.plan import FREE
from game.ai.staff.planner import Staff
from game.scenario.world import World
from game.words import signed


@dataclass(frozen=True, slots=True)
class Level:
    """A level by its title: what it does, told in a sentence, and the effort that it takes."""

    title: str
    words: str
    effort: Effort


LEVELS: Mapping[str, Level] = MappingProxyType({
    "recruit": Level(
        "Recruit",
        "Plays a few plans through once and takes any that is not far behind the best.",
        Effort(6, 1, 1, 1000),
    ),
    "easy": Level(
        "Easy", "Makes one plan by its doctrine, and does not ask what the enemy will reply.", Effort()
    ),
    "normal": Level(
        "Normal",
        "Plays some six plans two rounds ahead with the replies, the best on three guesses.",
        Effort(11, 3, 2),
    ),
    "hard": Level(
        "Hard",
        "Plays some twenty plans two rounds ahead, formation by formation, on six guesses.",
        Effort(42, 6, 2),
    ),
    "expert": Level(
        "Expert",
        "Plays every plan that it thinks of two rounds ahead, the best on eight guesses.",
        Effort(200, 8, 2),
    ),
})  # fmt: skip
"""The levels of the staff by name, the weakest first."""

SHOWN = 3
"""Plans turned down of which the staff tells."""


class General(Staff):
    """A staff that rehearses its plans. ``deliberation`` is how it came to the plan of this turn, None before.
    ``manner`` is the number of its personality, counted from 1 in the order of the file; 0: as doctrine says."""

    def __init__(
        self, evaluations: int = 0, samples: int = 1, rounds: int = 1, regret: int = 0, sketch: int = 0, manner: int = 0
    ) -> None:
        self.personality = ("", *personalities())[manner]
        super().__init__(replace(FREE, personality=self.personality))
        self.effort = Effort(evaluations, samples, rounds, regret, sketch)
        self.deliberation: Deliberation | None = None

    def memory(self) -> dict[str, Any]:
        """What it takes into its next turn, for a save: what the staff does, and the genes of its last plan."""
        plain = super().memory()
        free = replace(FREE, personality=self.personality)
        return {**plain, "genes": plain_genes(self.genes)} if self.genes != free else plain

    def recall(self, plain: Any, world: World, faction: int) -> None:
        """Go on from a memory as after the turn in which it was noted; raises ValueError naming what is wrong."""
        genes = FREE
        if isinstance(plain, dict) and "genes" in plain:
            genes = genes_from(plain["genes"], world)
            plain = {key: value for key, value in plain.items() if key != "genes"}
        super().recall(plain, world, faction)
        self.genes, self.deliberation = replace(genes, personality=self.personality), None

    def decide(self, view: engine.View) -> od.Order:
        """The next order of the turn; before the first one it deliberates."""
        conduct = self._conduct
        if conduct is None or not conduct.fits(view):
            found = self.deliberation = deliberate(view, self._remembered(), self.genes, self.effort, self.personality)
            self.genes = found.chosen.genes
            conduct = self._conduct = Conduct(found.chosen.plan, view, found.chosen.book)
        proposal = conduct.next(view)
        self.why = proposal.why
        if isinstance(proposal.order, od.EndTurn):
            self.why = "; ".join((proposal.why, *self.thoughts))
        return proposal.order

    @property
    def thoughts(self) -> tuple[str, ...]:
        """What was chosen, what was turned down, and the reply that is feared, in words; empty without a rehearsal."""
        found = self.deliberation
        if found is None or not found.chosen.leads:
            return ()
        guesses = len(found.chosen.leads)
        out = [f"chosen after {found.evaluations} rehearsals: {found.chosen.words} ({_worth(found.chosen)})"]
        rest = [one for one in found.turned_down if one.leads][:SHOWN]
        if rest:
            out.append("turned down: " + ", ".join(f"{one.words} ({_short(one, guesses)})" for one in rest))
        if found.chosen.feared:
            out.append(f"feared: {found.chosen.feared}")
        return tuple(out)


def _worth(one: Considered) -> str:
    return f"{signed(one.mean // 10)} hundredths of a band"


def _short(one: Considered, guesses: int) -> str:
    """What a plan that was turned down was worth; where that is more than the staff's own, why it was not enough."""
    tried = len(one.leads)
    if tried < guesses:
        return f"{_worth(one)} on {tried} of {guesses} guesses, not tried further"
    return f"{_worth(one)}, not surely better" if one.mean > 0 else _worth(one)
