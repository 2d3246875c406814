"""What is forecast is what is rolled, also in states that no game has come to: a moment of a game, stirred.

Units stand in other hexes beside others, have other strengths, works, supply and stores, and strongpoints have fallen;
then every faction looks around. Whatever breaks no invariant may come up one day.
"""

from __future__ import annotations

from dataclasses import fields, replace
from random import Random

import pytest

from game import engine
from game import orders as od
from game.events import FactionTurnBegan
from game.rules import fog, invariants
from game.scenario.world import World
from game.state import Draft, State
from game.state.codes import Supplied
from game.state.tables import IntelTable
from tests.chance import by_chance
from tests.contract.conftest import SCENARIOS
from tests.contract.foretold import differences
from tests.worlds import world_of


def moments(world: World, seed: int, turns: int) -> list[State]:
    """The first moment of every faction's turn in a game played by chance."""
    session, found = by_chance(world, seed), dict[tuple[int, int], State]()
    while not session.over and session.state.clock.turn <= turns:
        found.setdefault((session.state.clock.turn, session.state.faction), session.state)
        session.step()
    return list(found.values())


def stirred(state: State, chance: Random) -> State | None:
    """The state with some of its units changed, as a faction's turn opens; None where that breaks an invariant."""
    world, roster = state.world, state.world.roster
    units = {one.name: list(getattr(state.units, one.name)) for one in fields(state.units)}
    there = [row for row, here in enumerate(state.units.hex) if here >= 0]
    for _ in range(chance.choice((3, 8, 20, 40))):
        row, how = chance.choice(there), chance.randrange(7)
        if how <= 2:
            here = chance.choice(world.grid.near[units["hex"][chance.choice(there)]])
            others = {roster.faction[one] for one in there if units["hex"][one] == here}
            if all(world.together(roster.faction[row], other) for other in others):
                units["hex"][row] = here
        elif how == 3:
            units["steps"][row] = chance.randint(1, roster.steps[row])
            units["disrupted"][row] = chance.randint(0, units["steps"][row])
        elif how == 4:
            units["dug"][row] = chance.randint(0, 3)
        elif how == 5:
            units["supply"][row] = chance.choice(tuple(Supplied))
            units["cut"][row] = chance.randint(1, 6) if units["supply"][row] == Supplied.CUT else 0
        elif "cell" in roster.traits[row]:
            units["hidden"][row] = chance.randint(0, 1)
    works = tuple(chance.randint(0, built) for built in state.places.strongpoints)
    strange = IntelTable(*([-1 if one.name == "hex" else 0] * len(roster) for one in fields(IntelTable)))
    unknown = IntelTable(*(tuple(getattr(strange, one.name)) for one in fields(IntelTable)))
    made = replace(
        state, units=replace(state.units, **{name: tuple(column) for name, column in units.items()}),
        places=replace(state.places, strongpoints=works), intel=(unknown,) * len(world.factions), answers={},
    )  # fmt: skip
    if invariants.check(made):
        return None
    draft, position = Draft(made), chance.randrange(len(world.sequence))
    draft.emit(FactionTurnBegan(position, world.sequence[position]))
    for number in range(len(world.factions)):
        fog.refresh(draft, number)
    done = draft.finish()
    return None if invariants.check(done) else done


def not_as_foretold(world: World, seed: int, states: int) -> tuple[int, list[str]]:
    """How many attacks were compared, and what was not as foretold."""
    chance, start, attacks, wrong = Random(seed), moments(world, seed, 8), 0, list[str]()
    while states:
        state = stirred(chance.choice(start), chance)
        if state is None:
            continue
        states -= 1
        view = engine.view(state, state.faction).state
        listed = [order for order in engine.legal_orders(view) if isinstance(order, od.Attack)]
        for order in chance.sample(listed, min(4, len(listed))):
            given = replace(order, set_piece=chance.random() < 0.3)
            if engine.refusal(view, given) is None and engine.refusal(state, given) is None:
                attacks += 1
                wrong += [f"{od.to_text(given, world.grid)}: {words}" for words in differences(state, given)]
    return attacks, wrong


def test_attacks_in_stirred_states_are_rolled_as_foretold() -> None:
    attacks, wrong = not_as_foretold(world_of("tutorial"), 1, 25)
    assert attacks > 20 and not wrong, wrong[:5]


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(1, 3))
@pytest.mark.parametrize("name", SCENARIOS)
def test_attacks_in_many_stirred_states_are_rolled_as_foretold(name: str, seed: int) -> None:
    attacks, wrong = not_as_foretold(world_of(name), seed, 120)
    assert attacks > 100 and not wrong, wrong[:5]
