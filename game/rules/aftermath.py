"""What a result of the table does to those who fight, worked out as a value (rule 5.4).

:func:`aftermath` fights a result to its end on a copy of the moment: losses, the way back or the lack of one,
surrender, and who follows up. The resolver carries out the events of that value and nothing else; forecast, panel, log
and AI read the same value. What it says of a view is what the faction can know.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from game.events import (
    Event,
    StepsDisrupted,
    StepsLost,
    StrongpointsChanged,
    UnitAdvanced,
    UnitDestroyed,
    UnitRetreated,
)
from game.rules import retreat, strongpoints, zones
from game.rules.losses import Body
from game.ruleset.combat import Result
from game.scenario.world import World
from game.state import Draft, State
from game.state.codes import Supplied
from game.state.tables import Position
from game.words import count, say


@dataclass(frozen=True, slots=True)
class AttackSides:
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
    attacker_lost: int
    attacker_disrupted: int
    defender_lost: int
    defender_disrupted: int
    way_back_lost: int
    """Of the steps that the defenders lose, those for hexes that they cannot go or that cost them."""
    at_stake: int
    """Most steps that could be lost on the way back, if nothing that was known of it held."""
    fell_back: int
    """Defending units that fall back and live."""
    destroyed: int
    """Defending units that are lost with their last step."""
    cleared: bool
    """Whether none of the defenders is left in the hex."""
    strongpoint: bool
    """Whether the defenders lose a strongpoint instead of falling back."""
    leader: int
    """Row of the attacker that advances into the hex, -1 nobody."""

    @property
    def spared(self) -> bool:
        """Whether the defenders suffer nothing at all."""
        return not (self.defender_lost or self.defender_disrupted or self.fell_back or self.strongpoint)

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
        elif self.strongpoint:
            his.append(say("the defender loses a strongpoint"))
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


class Toll(NamedTuple):
    """What a result costs both sides, in steps: the figures of its :class:`Aftermath` alone, cheaper to work out."""

    attacker_lost: int
    attacker_disrupted: int
    defender_lost: int
    defender_disrupted: int
    cleared: bool
    strongpoint: bool


class _Fought(NamedTuple):
    """A result up to where somebody follows up: what happened, and the moment it happened in where units moved."""

    events: Sequence[Event]
    draft: Draft | None
    emptied: bool
    """Whether the defenders fell where they stood, to the last."""
    way_back: int = 0
    at_stake: int = 0


def in_order(world: World, rows: Iterable[int]) -> tuple[int, ...]:
    """Units in the order of their ids, which is the same for a view as for the whole truth."""
    rows = tuple(rows)
    return tuple(sorted(rows, key=world.roster.id.__getitem__)) if len(rows) > 1 else rows


def aftermath(state: State, sides: AttackSides, result: Result) -> Aftermath:
    """What a result does when it is rolled now."""
    ours = in_order(state.world, sides.attackers)
    fought = _fought(state, sides, result, _attackers_losses(state, ours, result))
    draft = fought.draft
    if draft is None:
        if not fought.emptied:
            return _summed(state.units.hex, fought.events, sides, 0, 0)
        draft = _drafted(state, fought.events)
    retreat.advance(draft, sides.attackers, sides.target, dict(zip(sides.attackers, sides.left, strict=True)))
    return _summed(draft.units.hex, draft.events, sides, fought.way_back, fought.at_stake)


Suffered = tuple[int, int, bool, bool]
"""Steps that the defenders lose and have disrupted, whether the hex is cleared, and whether a strongpoint is lost."""


class Tolls:
    """What has been worked out of the tolls of one attack.

    What the attackers lose hangs on the result's part for them alone, and what the defenders suffer on theirs: all that
    the attackers' losses could change about it is where attackers stand and exert a zone, so it is the same as long as
    all go on to do so. Where nobody falls back, not even that matters: ``standing`` keeps such answers for all attacks
    on the same defenders at the same moment, wherever they come from. ``driven`` keeps the others, for all attacks on
    them from the same hexes.
    """

    __slots__ = ("driven", "losses", "origins", "ours", "standing")

    def __init__(self, state: Position, sides: AttackSides) -> None:
        self.ours = in_order(state.world, sides.attackers)
        self.origins = frozenset([state.units.hex[row] for row in sides.attackers])
        self.losses: dict[tuple[int, int], tuple[int, int, bool]] = {}
        self.standing: dict[tuple[int, int, int, tuple[int, ...]], Suffered] = state.answers.setdefault("tolls", {})
        self.driven: dict[tuple[int, int, int, tuple[int, ...], frozenset[int]], Suffered]
        self.driven = state.answers.setdefault("driven", {})


def toll(state: State, sides: AttackSides, result: Result, known: Tolls) -> Toll:
    """What a result costs when it is rolled now. Who follows up, and how, makes no difference to it."""
    ours = result.attacker_lost, result.attacker_disrupted
    losses = known.losses.get(ours)
    if losses is None:
        losses = known.losses[ours] = _attackers_toll(state, known.ours, result)
    mine, shaken, as_before = losses
    theirs = result.defender_lost, result.defender_disrupted, result.retreat, sides.foes
    suffered = known.standing.get(theirs) or (known.driven.get((*theirs, known.origins)) if as_before else None)
    if suffered is None:
        fought = _fought(state, sides, result, [] if as_before else _attackers_losses(state, known.ours, result))
        suffered = _suffered(state, sides, fought)
        if fought.draft is None:
            known.standing[theirs] = suffered
        elif as_before:
            known.driven[*theirs, known.origins] = suffered
    return Toll(mine, shaken, *suffered)


def _suffered(state: State, sides: AttackSides, fought: _Fought) -> Suffered:
    _, lost, _, shaken, dead = _counted(fought.events, sides.foes)
    hexes = state.units.hex if fought.draft is None else fought.draft.units.hex
    stay = any(hexes[row] == sides.target and row not in dead for row in sides.foes)
    return lost, shaken, fought.emptied or not stay, _loses_strongpoint(fought.events)


def _attackers_losses(state: State, ours: tuple[int, ...], result: Result) -> list[Event]:
    events: list[Event] = []
    if result.attacker_lost or result.attacker_disrupted:
        _spread(events, _bodies(state, ours), result.attacker_lost, result.attacker_disrupted, say("attack"))
    return events


def _attackers_toll(state: State, ours: tuple[int, ...], result: Result) -> tuple[int, int, bool]:
    """Steps that the attackers lose and have disrupted, and whether all of them live, and everybody who exerts a zone
    of control still does so."""
    mine = shaken = 0
    taken: dict[int, int] = {}
    bodies = _bodies(state, ours) if result.attacker_lost or result.attacker_disrupted else []
    for body, lost, disrupted in _one_by_one(bodies, result.attacker_lost, result.attacker_disrupted):
        gone, shocked = body.suffer(lost, disrupted)
        mine += gone
        shaken += shocked
        taken[body.row] = taken.get(body.row, 0) + gone + shocked
    units, least = state.units, state.world.rules.movement.zone_steps
    keep = all(
        not zones.exerts_zone(state, row) or units.steps[row] - units.disrupted[row] - steps >= least
        for row, steps in taken.items()
    )
    return mine, shaken, keep and all(body.steps for body in bodies)


def _fought(state: State, sides: AttackSides, result: Result, events: list[Event]) -> _Fought:
    """``events`` begin with the losses of the attackers."""
    attackers, foes = sides.attackers, sides.foes
    if foes and not (result.defender_lost or result.defender_disrupted or result.retreat):
        return _Fought(events, None, False)
    theirs = _bodies(state, foes)
    besieged = result.defender_lost or result.retreat
    extra = 1 if besieged and _starved(state, foes) else 0
    _spread(events, theirs, result.defender_lost + extra, result.defender_disrupted, say("defence"))
    goes: dict[int, int] = {}
    standing = strongpoints.defended(state, sides.target, foes) if result.retreat else 0
    for body in theirs:
        if result.retreat and not standing:
            for steps, why in retreat.stands(state, body.row, result.retreat):
                events += body.take(steps, 0, why)
            goes[body.row] = retreat.goes_back(state, body.row, result.retreat) if body.steps else 0
    if standing and any(body.steps for body in theirs):
        events.append(strongpoints.taken(state, sides.target))
    if not any(goes.values()):
        return _Fought(events, None, not any(body.steps for body in theirs))
    draft = _drafted(state, events)
    at_stake = way_back = 0
    for row, hexes in goes.items():
        if hexes:
            at_stake += retreat.at_stake(draft, row, result.retreat)
            way_back += retreat.fall_back(draft, row, hexes, attackers)
    return _Fought(draft.events, draft, False, way_back, at_stake)


def _drafted(state: State, events: Iterable[Event]) -> Draft:
    draft = Draft(state)
    for event in events:
        draft.emit(event)
    return draft


def _bodies(state: State, rows: Sequence[int]) -> list[Body]:
    units = state.units
    return [Body(row, units.hex[row], units.steps[row], units.disrupted[row]) for row in rows]


def follow_up(state: State, sides: AttackSides) -> Aftermath:
    """What happens when nobody is there any more: the attack becomes an advance."""
    draft = Draft(state)
    retreat.advance(draft, sides.attackers, sides.target, dict(zip(sides.attackers, sides.left, strict=True)))
    return _summed(draft.units.hex, draft.events, sides, 0, 0)


def _summed(
    hexes: Sequence[int], events: Sequence[Event], sides: AttackSides, way_back: int, at_stake: int
) -> Aftermath:
    # ``hexes``: where the units stand afterwards; of those destroyed the events tell.
    foes = sides.foes
    mine, his, shaken_mine, shaken_his, dead = _counted(events, foes)
    moved = {event.unit for event in events if isinstance(event, UnitRetreated)}
    leader = next((event.unit for event in events if isinstance(event, UnitAdvanced)), -1)
    return Aftermath(
        tuple(events), mine, shaken_mine, his, shaken_his, way_back, at_stake, len(moved - dead),
        sum(1 for row in foes if row in dead), not any(hexes[row] == sides.target and row not in dead for row in foes),
        _loses_strongpoint(events), leader,
    )  # fmt: skip


def _loses_strongpoint(events: Iterable[Event]) -> bool:
    return any(isinstance(event, StrongpointsChanged) for event in events)


def _counted(events: Iterable[Event], foes: tuple[int, ...]) -> tuple[int, int, int, int, set[int]]:
    """Steps lost by attackers and defenders, steps disrupted of both, and who was destroyed."""
    lost, shaken, dead = [0, 0], [0, 0], set[int]()
    for event in events:
        if isinstance(event, StepsDisrupted):
            shaken[event.unit in foes] += event.steps
        elif isinstance(event, StepsLost):
            lost[event.unit in foes] += event.steps
        elif isinstance(event, UnitDestroyed):
            lost[event.unit in foes] += event.steps
            dead.add(event.unit)
    return lost[0], lost[1], shaken[0], shaken[1], dead


def _starved(state: State, foes: tuple[int, ...]) -> bool:
    turns = state.world.rules.combat.surrender_cut_turns
    return all(state.units.supply[row] == Supplied.CUT and state.units.cut[row] >= turns for row in foes)


def _spread(events: list[Event], bodies: Sequence[Body], lost: int, disrupted: int, why: str) -> None:
    """Lay losses on a stack."""
    for body, a_loss, a_shock in _one_by_one(bodies, lost, disrupted):
        events += body.take(a_loss, a_shock, why)


def _one_by_one(bodies: Sequence[Body], lost: int, disrupted: int) -> Iterator[tuple[Body, int, int]]:
    """Who takes each of some losses, and how many steps are lost and disrupted: one step at a time, each on the unit
    with most whole steps left; ties on the first id."""
    for number in range(lost + disrupted):
        alive = [body for body in bodies if body.steps]
        if not alive:
            return
        one = max(alive, key=_whole) if len(alive) > 1 else alive[0]
        yield (one, 1, 0) if number < lost else (one, 0, 1)


def _whole(body: Body) -> int:
    return body.steps - body.disrupted
