"""Kinds of plans, what each is about, and the plans of all seats."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from game import orders as od
from game.state.tables import State

CONTACT = 3
"""Hexes within which a known enemy stops a march and wakes a unit that holds."""
NOBODY = 9
"""The distance that is noted where no enemy is known within :data:`CONTACT`."""
MOST_PLANS = 500
LONGEST = 40
"""Way-points of a march at most."""

Repeatable = od.Rest | od.DigIn | od.Bombard | od.AirDrop | od.Scout | od.Hotline


@dataclass(frozen=True, slots=True)
class MarchOrder:
    """March on, turn after turn, by way of some hexes to the last of them.

    ``near`` is how close a known enemy was when it was ordered; ``risk`` the chance of an incident, in percent, that
    was accepted; ``cut`` whether the unit was cut off already.
    """

    unit: str
    way: tuple[int, ...]
    near: int = NOBODY
    risk: int = 0
    cut: bool = False
    road: bool = False
    """Whether it uses its action for a road march each turn, as long as no enemy is near."""


@dataclass(frozen=True, slots=True)
class FollowPlan:
    """March after another unit as each turn ends, to its hex or as near as there is room and no enemy beside it.

    ``cut`` is whether the unit was cut off already when it was ordered to.
    """

    unit: str
    leader: str
    cut: bool = False


@dataclass(frozen=True, slots=True)
class HoldPlan:
    """Stay out of the way of the player: rest or dig in at the end of the turn, until an enemy comes within reach."""

    unit: str
    near: int = NOBODY


@dataclass(frozen=True, slots=True)
class DropPlan:
    """Drop supplies every turn where a unit stands, wherever it goes, as long as no road feeds it."""

    unit: str


@dataclass(frozen=True, slots=True)
class Repeat:
    """Give the same order every turn, as long as it is not refused."""

    order: Repeatable


Plan = MarchOrder | HoldPlan | FollowPlan | DropPlan | Repeat


def plan_key(plan: Plan) -> str:
    """What a plan is about: a unit has one at most, and so has the hex of a drop or flight, a call, a unit's drops.

    The key of what a unit does is its id; every other one holds a blank.
    """
    match plan:
        case Repeat(od.AirDrop(target)):
            return f"drop {target}"
        case Repeat(od.Scout(target)):
            return f"scout {target}"
        case Repeat(od.Hotline()):
            return "hotline "
        case Repeat(od.Rest(unit) | od.DigIn(unit) | od.Bombard(unit)):
            return unit
        case DropPlan(unit):
            return f"drop-on {unit}"
        case MarchOrder(unit) | HoldPlan(unit) | FollowPlan(unit):
            return unit
    raise TypeError(f"{plan!r} is about nothing")


def plan_place(state: State, key: str) -> int:
    """The hex that a plan is about, by its key: of its unit, drop or flight; -1 where there is none."""
    word, _, rest = key.rpartition(" ")
    if word in ("drop", "scout"):
        return int(rest)
    row = state.world.row.get(rest, -1)
    return state.units.hex[row] if row >= 0 else -1


@dataclass(slots=True)
class Plans:
    """The plans of all seats. ``carried`` tells in which turn those of a faction were carried out last."""

    of: dict[int, dict[str, Plan]] = field(default_factory=dict)
    carried: dict[int, int] = field(default_factory=dict)

    def list(self, faction: int) -> Mapping[str, Plan]:
        """The plans of a seat by what they are about."""
        return self.of.get(faction, {})

    def add(self, faction: int, plan: Plan) -> None:
        """A new plan in the place of any other about the same thing."""
        self.of[faction] = {**self.list(faction), plan_key(plan): plan}

    def drop(self, faction: int, *keys: str) -> None:
        """Some plans are over."""
        self.of[faction] = {key: plan for key, plan in self.list(faction).items() if key not in keys}

    def put_back(self, faction: int, plans: Mapping[str, Plan]) -> None:
        """The plans that a seat had before."""
        self.of[faction] = dict(plans)

    def forget(self, faction: int) -> None:
        """Somebody else sits down for a faction."""
        self.of.pop(faction, None)
        self.carried.pop(faction, None)
