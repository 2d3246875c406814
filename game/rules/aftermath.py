"""5.4 and 6. What a result of the table does to those who fight, worked out as a value.

:func:`aftermath` fights a result to its end on a copy of the moment: losses, the way back or the lack of one,
surrender, and who follows up. The resolver carries out the events of that value and nothing else; forecast, panel, log
and AI read the same value. What it says of a view is what the faction can know.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from game.events import Event, StepsDisrupted, StepsLost, UnitAdvanced, UnitDestroyed, UnitRetreated
from game.rules import retreat
from game.rules.losses import disrupt, lose
from game.ruleset.combat import Result
from game.scenario.world import World
from game.state import Draft, State
from game.state.codes import Supplied
from game.words import count, say


@dataclass(frozen=True, slots=True)
class Sides:
    """Who fights for a hex: rows of the attackers, the leader first, with the movement they had left, and of those whom
    they know to stand there (or who stand there openly), in the order of their ids."""

    attackers: tuple[int, ...]
    foes: tuple[int, ...]
    target: int
    left: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Aftermath:
    """What a result really does, in steps and units; ``events`` are what happens, in order."""

    events: tuple[Event, ...]
    attacker_lost: int = 0
    attacker_disrupted: int = 0
    defender_lost: int = 0
    defender_disrupted: int = 0
    way_back_lost: int = 0
    """Of the steps that the defenders lose, those for hexes that they cannot go or that cost them."""
    at_stake: int = 0
    """Most steps that could be lost on the way back, if nothing that was known of it held."""
    fell_back: int = 0
    """Defending units that fall back and live."""
    destroyed: int = 0
    """Defending units that are lost with their last step."""
    cleared: bool = False
    """Whether none of the defenders is left in the hex."""
    leader: int = -1
    """Row of the attacker that advances into the hex, -1 nobody."""

    @property
    def spared(self) -> bool:
        """Whether the defenders suffer nothing at all."""
        return not (self.defender_lost or self.defender_disrupted or self.fell_back)

    def __str__(self) -> str:
        his = []
        if self.defender_lost:
            his.append(count(self.defender_lost, "the defender loses {n} step", "the defender loses {n} steps"))
        if self.defender_disrupted:
            his.append(
                count(
                    self.defender_disrupted,
                    "the defender has {n} step disrupted",
                    "the defender has {n} steps disrupted",
                )
            )
        if self.cleared and not self.fell_back:
            his = [say("the defender is destroyed")]
        elif self.fell_back:
            his.append(say("the defender retreats") if self.cleared else say("some of the defenders retreat"))
        elif his:
            his.append(say("the defender holds"))
        mine = []
        if self.attacker_lost:
            mine.append(count(self.attacker_lost, "the attacker loses {n} step", "the attacker loses {n} steps"))
        if self.attacker_disrupted:
            mine.append(
                count(
                    self.attacker_disrupted,
                    "the attacker has {n} step disrupted",
                    "the attacker has {n} steps disrupted",
                )
            )
        return "; ".join([*his, *mine] if his else [*mine, say("the defender suffers nothing")])


def in_order(world: World, rows: Iterable[int]) -> tuple[int, ...]:
    """Units in the order of their ids, which is the same for a view as for the whole truth."""
    return tuple(sorted(rows, key=world.roster.id.__getitem__))


def aftermath(state: State, sides: Sides, result: Result) -> Aftermath:
    """What a result does when it is rolled now."""
    draft = Draft(state)
    attackers, foes, target = sides.attackers, sides.foes, sides.target
    _spread(draft, attackers, result.attacker_lost, result.attacker_disrupted, say("attack"))
    besieged = result.defender_lost or result.retreat
    extra = 1 if besieged and _starved(state, foes) else 0
    _spread(draft, foes, result.defender_lost + extra, result.defender_disrupted, say("defence"))
    at_stake = way_back = 0
    if result.retreat:
        for row in foes:
            if draft.units.hex[row] == target:
                at_stake += retreat.at_stake(draft, row, result.retreat)
                way_back += retreat.retreat(draft, row, result.retreat, attackers)
    if result.retreat or not draft.units_at(target):
        retreat.advance(draft, attackers, target, dict(zip(attackers, sides.left, strict=True)))
    return _summed(draft, sides, way_back, at_stake)


def follow_up(state: State, sides: Sides) -> Aftermath:
    """What happens when nobody is there any more: the attack becomes an advance."""
    draft = Draft(state)
    retreat.advance(draft, sides.attackers, sides.target, dict(zip(sides.attackers, sides.left, strict=True)))
    return _summed(draft, sides, 0, 0)


def _summed(draft: Draft, sides: Sides, way_back: int, at_stake: int) -> Aftermath:
    foes = frozenset(sides.foes)
    lost, shaken = [0, 0], [0, 0]
    destroyed, leader, moved = 0, -1, set[int]()
    for event in draft.events:
        if isinstance(event, StepsLost | UnitDestroyed):
            lost[event.unit in foes] += event.steps
            destroyed += isinstance(event, UnitDestroyed) and event.unit in foes
        elif isinstance(event, StepsDisrupted):
            shaken[event.unit in foes] += event.steps
        elif isinstance(event, UnitRetreated):
            moved.add(event.unit)
        elif isinstance(event, UnitAdvanced):
            leader = event.unit
    hexes = draft.units.hex
    return Aftermath(
        tuple(draft.events), lost[0], shaken[0], lost[1], shaken[1], way_back, at_stake,
        sum(1 for row in moved if hexes[row] >= 0), destroyed,
        not any(hexes[row] == sides.target for row in sides.foes), leader,
    )  # fmt: skip


def _starved(state: State, foes: tuple[int, ...]) -> bool:
    turns = state.world.rules.combat.surrender_cut_turns
    return all(state.units.supply[row] == Supplied.CUT and state.units.cut[row] >= turns for row in foes)


def _spread(draft: Draft, rows: tuple[int, ...], lost: int, disrupted: int, why: str) -> None:
    """Lay losses on a stack one step at a time, each on the unit with most whole steps left; ties on the first id."""
    rows = in_order(draft.world, rows)
    for steps, act in ((lost, lose), (disrupted, disrupt)):
        for _ in range(steps):
            units = draft.units
            alive = [row for row in rows if units.hex[row] >= 0]
            if not alive:
                return
            act(draft, max(alive, key=lambda row: units.steps[row] - units.disrupted[row]), 1, why)
