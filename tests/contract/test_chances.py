"""The chance shown is the chance rolled: fire, strikes, drops, crossings and incidents, over all scenarios.

    python -m tests.contract.test_chances 2000     tries so many orders of each kind and prints, for each, how many they
                                                   were, how many not as shown, and how often what the dice decide came

What a faction's view shows before an order is compared with what the events of the order say was rolled against. Where
a chance is a range, the one rolled lies inside; nothing is rolled only where nothing may be.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from math import sqrt

import pytest

from game import engine
from game import orders as od
from game.dice import seed_bytes
from game.events import CrossingBroken, FireResolved, FireStrayed, IncidentRolled, UnitMoved
from game.rules import combat, deconfliction, options, strikes, supply, zones
from game.rules.refusal import Refusal
from game.state import State
from tests.chance import by_chance, drawing
from tests.contract.conftest import SCENARIOS
from tests.worlds import world_of

Z999 = 3.2905
"""Standard deviations within which 99.9 % of a normal distribution lie."""

KINDS: dict[str, type] = {
    "bombard": od.Bombard, "strike": od.Strike, "bridge": od.StrikeBridge, "interdict": od.Interdict,
    "scout": od.Scout, "air drop": od.AirDrop, "blow": od.Blow, "crossing": od.Bridge, "march": od.Move,
    "attack": od.Attack, "end of turn": od.EndTurn,
}  # fmt: skip


@dataclass
class Count:
    """Orders of a kind: chances thrown for, what was expected of them and what came, and what was not as shown."""

    orders: int = 0
    throws: int = 0
    expected: float = 0.0
    variance: float = 0.0
    came: int = 0
    wrong: list[str] = field(default_factory=list)

    def thrown(self, percent: int, happened: bool) -> None:
        """A chance that dice decided."""
        self.throws += 1
        self.expected += percent / 100
        self.variance += percent * (100 - percent) / 10_000
        self.came += happened

    @property
    def plausible(self) -> bool:
        """Whether as much came as the chances promise, within the interval of 99.9 %."""
        return abs(self.came - self.expected) <= Z999 * sqrt(self.variance) + 1


def shown(view: State, order: od.Order) -> tuple[int, int] | None:
    """Least and most of the chance that the view shows for the effect of an order, None for one without dice."""
    faction = view.faction
    if isinstance(order, od.Bombard):
        chance = combat.bombard_chance(view, view.world.row[order.unit], order.target)
    elif isinstance(order, od.Strike):
        chance = strikes.strike_chance(view, faction, order.kind, order.target).total
    elif isinstance(order, od.StrikeBridge):
        kind = strikes.best_kind(view, faction, view.world.grid.ends[order.side][0], "bridge")
        assert not isinstance(kind, Refusal)
        chance = strikes.bridge_chance(view, kind, order.side, faction).total
    elif isinstance(order, od.AirDrop):
        return supply.loss_range(view, faction, order.target)
    else:
        return None
    return chance, chance


def incidents_shown(view: State, order: od.Order, event: IncidentRolled) -> deconfliction.Risk | None:
    """What the view shows of the incident that was rolled for."""
    if isinstance(order, od.EndTurn):
        return engine.incident(view, deconfliction.Act("friction", event.hex))
    if isinstance(order, od.Move):
        return engine.incident(view, deconfliction.Act("move", event.hex))
    return engine.provokes(view, order)


def judge(count: Count, state: State, order: od.Order) -> None:
    """Give an order on a moment, and compare what was shown before with what was rolled."""
    faction, where = state.faction, f"{state.world.id} turn {state.clock.turn} {od.to_text(order, state.world.grid)}"
    view = engine.view(state, faction).state
    after, events = engine.apply(state, order)
    count.orders += 1
    span, risk = shown(view, order), engine.provokes(view, order)
    rolled = [event for event in events if isinstance(event, IncidentRolled) and event.faction == faction]
    for event in events:
        if isinstance(event, FireResolved) and event.faction == faction and span is not None:
            if not span[0] <= event.chance <= span[1]:
                count.wrong.append(f"{where}: {event.chance} % rolled, {span} shown")
            count.thrown(event.chance, event.roll <= event.chance)
    for event in rolled:
        said = incidents_shown(view, order, event)
        if said is None or not said.least <= event.chance <= said.most:
            count.wrong.append(f"{where}: incident {event.chance} %, shown {said}")
        count.thrown(event.chance, event.happened)
    fires = isinstance(order, od.Bombard | od.Strike | od.Interdict | od.StrikeBridge)
    astray = any(isinstance(event, FireStrayed) for event in events)  # it has hit somebody: nothing is left to roll for
    if fires and not rolled and not astray and risk is not None and risk.least and not after.clock.over:
        count.wrong.append(f"{where}: no incident rolled for, shown {risk}")
    if isinstance(order, od.Blow) and not any(isinstance(event, CrossingBroken) for event in events):
        count.wrong.append(f"{where}: nothing was blown")
    if isinstance(order, od.Bridge) and order.kind == "boats":
        far = next(end for end in state.world.grid.ends[order.side] if end != _place(state, order.unit))
        empty = not any(
            not state.world.friends(faction, state.world.roster.faction[row]) for row in state.units_at(far)
        )
        if empty != any(isinstance(event, UnitMoved) for event in events):
            count.wrong.append(f"{where}: the boats did not do what was shown")


def _place(state: State, unit: str) -> int:
    return state.units.hex[state.world.row[unit]]


def candidates(state: State) -> Iterator[od.Order]:
    """Orders that may be given now, of all kinds; of marches one a unit."""
    yield od.EndTurn()
    yield from options.faction_candidates(state)
    targets = sorted({here for _, here in zones.known_enemies(state, state.faction)})
    for row, owner in enumerate(state.world.roster.faction):
        if owner == state.faction and state.units.hex[row] >= 0:
            moves = 0
            for order in options.unit_candidates(state, row, targets):
                moves += isinstance(order, od.Move)
                if not isinstance(order, od.Move) or moves == 7:
                    yield order


def worth_a_try(state: State, order: od.Order) -> bool:
    """Whether an order may be given and dice may be thrown for it, or it is one whose effect is certain."""
    if engine.refusal(state, order) is not None:
        return False
    if isinstance(order, od.EndTurn):
        return bool(deconfliction.friction_acts(state, state.faction))
    if isinstance(order, od.Move | od.Attack | od.Scout):
        risk = engine.provokes(engine.view(state, state.faction).state, order)
        return risk is not None and risk.most > 0
    return True


def tried(most: int, orders: int, seeds: int) -> dict[str, Count]:
    """Up to ``most`` orders of each kind, at moments of games by chance, each with dice of its own."""
    counts, tries = {kind: Count() for kind in KINDS}, 0
    for seed in range(1, seeds + 1):
        for name in SCENARIOS:
            session, draw = by_chance(world_of(name), seed, end=10), drawing(seed)
            for number, _ in enumerate(session.run()):
                if number >= orders or all(one.orders >= most for one in counts.values()):
                    break
                if number % 5:
                    continue
                by_kind: dict[str, list[od.Order]] = {}
                for order in candidates(session.state):
                    kind = next((kind for kind, what in KINDS.items() if type(order) is what), "")
                    if kind and counts[kind].orders < most:
                        by_kind.setdefault(kind, []).append(order)
                for kind, found in by_kind.items():
                    for _ in range(4):
                        order = found[draw(len(found))]
                        if counts[kind].orders < most and worth_a_try(session.state, order):
                            tries += 1
                            moment = replace(session.state, seed=seed_bytes(tries), answers={})
                            judge(counts[kind], moment, order)
    return counts


def test_chances_are_rolled_as_shown() -> None:
    for kind, count in tried(10, 25, 1).items():
        assert not count.wrong, f"{kind}: {count.wrong[:3]}"


@pytest.mark.slow
def test_2000_chances_of_each_kind_are_rolled_as_shown_and_come_as_often_as_promised() -> None:
    for kind, count in tried(2_000, 1_000, 20).items():
        assert not count.wrong, f"{kind}: {count.wrong[:3]}"
        assert count.plausible, f"{kind}: {count.came} came, {count.expected:.1f} expected"


def main(most: int) -> None:
    """Try and print."""
    for kind, count in tried(most, 1_000, 45).items():
        print(
            f"{kind}: {count.orders} orders, {len(count.wrong)} not as shown; {count.throws} throws, "
            f"{count.came} came, {count.expected:.1f} expected{'' if count.plausible else ': NOT PLAUSIBLE'}"
        )
        for words in count.wrong[:5]:
            print("   ", words)


if __name__ == "__main__":
    main(int(sys.argv[1]))
