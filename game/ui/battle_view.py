"""An attack that was fought, as the seat may see it: what the map shows of it, and its result card.

Everything comes from the view before the attack and from events that were cut for the seat.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from game import engine
from game import orders as od
from game.events import (
    AttackResolved,
    DiceRolled,
    Event,
    IncidentRolled,
    StepsDisrupted,
    StepsLost,
    UnitDestroyed,
    UnitRetreated,
)
from game.rules import forecasting
from game.rules.aftermath import Aftermath
from game.state.tables import State
from game.telling.witness import Witness
from game.ui.mapview.faces import ContactFace, Face
from game.ui.mapview.fight import OutcomeSlice, ShownFight, StepsOff, WayBack
from game.ui.outcomes import outcome_class, worth
from game.ui.panels.hex_panel import hex_name
from game.ui.worldview import face
from game.words import say, sentence, signed

FACES = 6


@dataclass(frozen=True, slots=True)
class FightCost:
    """Steps that both sides lose or have disrupted: what was to be expected, in 36ths, or what came."""

    his_lost: int
    his_disrupted: int
    my_lost: int
    my_disrupted: int


@dataclass(frozen=True, slots=True)
class AttackResult:
    """The card of an attack of one's own: what came, how likely that or better was, expected against actual."""

    hex: int
    words: str
    column: str
    dice: tuple[int, int]
    ways: tuple[int, ...]
    """Of 36 throws, those for each total of 2 to 12; the grades of their outcomes stand in ``grades``."""
    grades: tuple[int, ...]
    better: int
    """Of 36 throws, those with this outcome or a better one for the attacker."""
    expected: FightCost
    actual: FightCost
    terms: tuple[str, ...]
    incident: str
    attackers: tuple[str, ...] = ()
    """Units that took part; the card stands beside them and the hex, not beside others."""


@dataclass(frozen=True, slots=True)
class _Seen:
    """The first attack in some events as the seat saw it, and what it saw of the harm done."""

    resolved: AttackResolved
    fight: ShownFight
    actual: FightCost
    incident: str


def shown_fight(before: State, witness: Witness, events: Sequence[Event]) -> ShownFight | None:
    """What is seen of the first attack in some events; None where the seat saw none. ``before`` is the seat's view."""
    seen = _seen(before, witness, events)
    return seen.fight if seen is not None else None


def _seen(before: State, witness: Witness, events: Sequence[Event]) -> _Seen | None:
    cut: list[Event] = []
    places: list[int] = []
    for event in witness.cut(events):
        cut.append(event)
        places.append(witness.hex_of(event.unit) if isinstance(event, StepsLost) else -1)
    fought = next((event for event in cut if isinstance(event, AttackResolved) and event.target >= 0), None)
    if fought is None:
        return None
    fight = ShownFight(
        fought.target,
        tuple(dict.fromkeys(fought.origins)),
        _dice(events, fought.roll),
        say("Attack on {hex}", hex=hex_name(before.world, fought.target)),
        sentence(fought.came),
        losses=_losses(witness, fought, zip(cut, places, strict=True)),
        back=_ways_back(before, witness, cut),
    )
    return _Seen(fought, fight, _actual(fought, cut), _incident(cut))


def own_fight(
    before: State, witness: Witness, order: od.Attack, events: Sequence[Event]
) -> tuple[ShownFight, AttackResult] | None:
    """The same for an attack that the seat itself ordered, with the bar of its outcomes, and its result card."""
    seen = _seen(before, witness, events)
    if seen is None or not seen.resolved.roll:
        return None
    fight, resolved = seen.fight, seen.resolved
    odds = engine.odds(before, order).known
    world = before.world
    came = {total: forecasting.result_of(world, resolved.column, total) for total in range(2, 13)}
    afters = {total: odds.fight.after(key) for total, key in came.items()}
    outcomes = {str(after): after for after in afters.values()}  # results that come to the same are one
    ranked = sorted(outcomes, key=lambda words: (worth(outcomes[words]), words))
    grade = _grades([outcomes[words] for words in ranked])
    ways = [sum(forecasting.WAYS[n] for n, after in afters.items() if str(after) == words) for words in ranked]
    slices = tuple(map(OutcomeSlice, ways, grade))
    rolled = ranked.index(str(odds.fight.after(resolved.result)))
    chances = [(forecasting.WAYS[total], after) for total, after in afters.items()]
    expected = FightCost(
        sum(n * after.defender_lost for n, after in chances),
        sum(n * after.defender_disrupted for n, after in chances),
        sum(n * after.attacker_lost for n, after in chances),
        sum(n * after.attacker_disrupted for n, after in chances),
    )
    result = AttackResult(
        fight.target,
        fight.came,
        world.rules.combat.columns[resolved.column].name,
        fight.dice,
        tuple(forecasting.WAYS[total] for total in afters),
        tuple(grade[ranked.index(str(after))] for after in afters.values()),
        sum(ways[rolled:]),
        expected,
        seen.actual,
        tuple(say("{shift} {why}", shift=signed(term.value), why=term.words) for term in odds.shifts.terms),
        seen.incident,
        order.units,
    )
    shown = ShownFight(
        fight.target, fight.origins, fight.dice,
        say("{title}, column {column}", title=fight.title, column=result.column),
        say("Rolled {n}: {came}", n=sum(fight.dice), came=fight.came[:1].lower() + fight.came[1:]),
        slices, rolled, fight.losses, fight.back,
    )  # fmt: skip
    return shown, result


def _grades(ranked: Sequence[Aftermath]) -> list[int]:
    """The grade of each outcome, worst first: those of one plain class share its grades, so that the bar of a fight has
    the colours of its forecast."""
    out: list[int] = []
    for least, most, kind in ((0, 1, 3), (2, 3, 2), (4, 4, 1), (5, 6, 0)):
        alike = sum(outcome_class(after) == kind for after in ranked)
        out += [least + (2 * number > alike) * (most - least) for number in range(1, alike + 1)]
    return out


def _dice(events: Iterable[Event], total: int) -> tuple[int, int]:
    """Both dice of a total that the seat saw; (0, 0) where it saw none."""
    for event in events:
        if isinstance(event, DiceRolled) and event.label == "combat" and sum(event.values) == total:
            return event.values[0], event.values[1]
    return (max(1, total - FACES), total - max(1, total - FACES)) if total else (0, 0)


def _losses(witness: Witness, fought: AttackResolved, cut: Iterable[tuple[Event, int]]) -> tuple[StepsOff, ...]:
    """Where each side loses steps: defenders in the hex that they held, wherever their way back ends."""
    world = witness.world
    lost: dict[tuple[int, str], int] = {}
    for event, place in cut:
        if isinstance(event, StepsLost | UnitDestroyed):
            here = event.hex if isinstance(event, UnitDestroyed) else place
            here = fought.target if event.unit in fought.defenders else here
            look = world.factions[world.roster.faction[event.unit]].look
            if here >= 0:
                lost[here, look] = lost.get((here, look), 0) + event.steps
    return tuple(StepsOff(here, look, steps) for (here, look), steps in lost.items() if steps)


def _ways_back(before: State, witness: Witness, cut: Iterable[Event]) -> tuple[WayBack, ...]:
    return tuple(
        WayBack(_face(before, witness, event.unit), (event.start, *event.path))
        for event in cut
        if isinstance(event, UnitRetreated) and event.start >= 0 and event.path
    )


def _face(before: State, witness: Witness, row: int) -> Face:
    """The counter of a unit as the seat knew it before; what it did not know by name is a contact."""
    roster = witness.world.roster
    known = before.world.row.get(roster.id[row], -1)
    if known < 0:
        return ContactFace(witness.world.factions[roster.faction[row]].look)
    return face(before, witness.faction, known)


def _actual(resolved: AttackResolved, events: Iterable[Event]) -> FightCost:
    """What the fight cost those who took part, as far as the seat was told."""
    lost, shaken = [0, 0], [0, 0]
    for event in events:
        if isinstance(event, StepsLost | StepsDisrupted | UnitDestroyed):
            mine = event.unit in resolved.attackers
            if not mine and event.unit not in resolved.defenders:
                continue
            kind = shaken if isinstance(event, StepsDisrupted) else lost
            kind[mine] += event.steps
    return FightCost(lost[0], shaken[0], lost[1], shaken[1])


def _incident(events: Iterable[Event]) -> str:
    rolled = next((event for event in events if isinstance(event, IncidentRolled)), None)
    if rolled is None:
        return ""
    if rolled.happened:
        return say("Incident: rolled {n} against {share}%", n=rolled.roll, share=rolled.chance)
    return say("No incident: rolled {n} against {share}%", n=rolled.roll, share=rolled.chance)
