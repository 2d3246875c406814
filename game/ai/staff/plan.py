"""The plan of a turn as a value: what a staff means to do, and the genes by which somebody else can shape it.

A plan is made from a view and a memory (:func:`game.ai.staff.thinking.think`), and carried out on the views of its turn
(:mod:`game.ai.staff.conduct`). It is frozen and speaks of units by their ids, so it can be kept, compared, and carried
out on any state in which these units stand, such as one that a faction believes in.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal, NamedTuple

from game.ai.personalities import in_manner, personalities
from game.ai.staff.notebook import Alternative, CrossingSite, Goal, Memory, Siege, Task
from game.scenario.doctrine import Doctrine

HOLD = -1
"""The target of a formation that is to stay where it stands."""

PERCENT = (25, 400)
"""Least and most percent by which genes may bend a doctrine."""

Posture = Literal["advance", "defend"]


class Bound(NamedTuple):
    """A formation (or a unit of none, by its id) and the hex that it is to go for, or HOLD."""

    formation: str
    target: int


@dataclass(frozen=True, slots=True)
class Genes:
    """What somebody else settles before a staff thinks; as made by default, nothing.

    ``boldness`` is in percent: at 200 own steps, the least promise and the least chance of an attack weigh half.
    ``risk`` is the percent of the doctrine's weight of danger at a halt. Raises ValueError for numbers beyond PERCENT.
    """

    posture: Posture | None = None
    bound: tuple[Bound, ...] = ()
    """Formations whose target is set; the staff deals out the others."""
    axes: int = 0
    """How many objectives it pursues at once; 0: as many as doctrine says."""
    boldness: int = 100
    risk: int = 100
    personality: str = ""
    """Whose manner it is, by the names of ``assets/personalities.yaml``; "" as doctrine says."""

    def __post_init__(self) -> None:
        low, high = PERCENT
        for name, percent in (("boldness", self.boldness), ("risk", self.risk)):
            if not low <= percent <= high:
                raise ValueError(f"{name}: a whole number from {low} to {high} is expected, not {percent}")
        if self.posture not in (None, "advance", "defend"):
            raise ValueError(f"posture: advance or defend is expected, not {self.posture!r}")
        if self.personality and self.personality not in personalities():
            raise ValueError(f"personality: one of {', '.join(personalities())} is expected, not {self.personality!r}")
        if not 0 <= self.axes <= 12:
            raise ValueError(f"axes: a whole number from 0 to 12 is expected, not {self.axes}")

    def target(self, formation: str) -> int | None:
        """The target that is set for a formation, None where the staff is free."""
        return next((one.target for one in self.bound if one.formation == formation), None)

    def on(self, doctrine: Doctrine) -> Doctrine:
        """The doctrine as the personality and these genes bend it."""
        doctrine = in_manner(doctrine, self.personality)
        least = doctrine.least * 100 // self.boldness if doctrine.least > 0 else doctrine.least
        return replace(
            doctrine,
            posture=self.posture or doctrine.posture,
            axes=self.axes or doctrine.axes,
            own_step=min(200, doctrine.own_step * 100 // self.boldness),
            least=min(400, least),
            least_chance=min(36, doctrine.least_chance * 100 // self.boldness),
            risk=min(400, doctrine.risk * self.risk // 100),
        )


FREE = Genes()
"""Nothing is settled: the staff plans by its doctrine alone."""


class Axis(NamedTuple):
    """Where formations go together: the hex, the kind of goal, who goes, and with how many steps."""

    target: int
    kind: str
    why: str
    formations: tuple[str, ...]
    steps: int


@dataclass(frozen=True, slots=True)
class Plan:
    """What a faction means to do in a turn."""

    faction: int
    turn: int
    doctrine: Doctrine
    """How it is to be carried out: the faction's own, as genes have bent it."""
    goals: tuple[Goal, ...]
    """What is worth having, dearest first."""
    axes: tuple[Axis, ...]
    """Where the line goes, the strongest first: that is the main effort."""
    tasks: tuple[tuple[str, Task], ...]
    """What each unit is for, by its id; units that are missing hold where they stand."""
    sites: tuple[CrossingSite, ...]
    """Where the river is to be crossed, dearest first."""
    cuts: tuple[tuple[int, int], ...]
    """Hexes of enemy supply roads that raids may cut, with their worth in tenths."""
    sieges: tuple[Siege, ...]
    """Attacks that are prepared, dearest first."""
    alternatives: tuple[Alternative, ...]
    """What formations could have gone for instead, those that had their choice first, and why they do not."""
    memory: Memory
    """What the staff knew of earlier turns as it made the plan."""

    @property
    def main_effort(self) -> Axis | None:
        """The strongest axis, None where everybody holds."""
        return self.axes[0] if self.axes else None

    @property
    def guards(self) -> tuple[tuple[str, int], ...]:
        """Who guards a road, and in which hex."""
        return tuple((unit, task.goal) for unit, task in self.tasks if task.kind == "guard")

    @property
    def intent(self) -> tuple[str, ...]:
        """The plan in sentences, main effort first."""
        return tuple(f"{axis.why} with {axis.steps} steps" for axis in self.axes)

    @property
    def passed_over(self) -> tuple[Goal, ...]:
        """What is worth having and nobody goes for this turn, dearest first."""
        going = {task.goal for _, task in self.tasks}
        return tuple(goal for goal in self.goals if goal.hex not in going)
