"""The contract of orders, over every scenario, with orders by chance.

Legal orders are accepted, refused ones change nothing, and the invariants hold after each. What an order did is the
same when it is given again, and an order taken back leaves no trace.
"""

from __future__ import annotations

import pytest

from game import engine
from game import orders as od
from game.rules import invariants
from game.scenario.world import World
from game.session import Session
from tests.chance import any_order, drawing, some_order
from tests.contract.conftest import CAMPAIGN, SCENARIOS, SIEGE
from tests.worlds import world_of

MOST = 200_000


def where(session: Session, order: od.Order, number: int) -> str:
    """Where in a game something went wrong, for messages."""
    world, turn = session.world, session.state.clock.turn
    return f"{world.id} seed {session.seed} order {number} (turn {turn}): {od.to_text(order, world.grid)}"


def judged(session: Session, order: od.Order, number: int, *, fully: bool) -> None:
    """Give an order that is legal and judge what it brought."""
    before = session.state
    events = session.give(order)
    found = invariants.check_events(before, session.state, events) if fully else []
    found += invariants.check(session.state) if fully else []
    assert not found, f"{where(session, order, number)}: {found}"


def test_legal_orders_are_accepted_and_invariants_hold(one_world: World) -> None:
    session, draw = Session(one_world, 1), drawing(1)
    assert not invariants.check(session.state)
    for number in range(1, 160):
        if session.over:
            break
        judged(session, some_order(session.state, draw, end=8), number, fully=number % 3 == 0)


def test_refused_orders_change_nothing(one_world: World) -> None:
    session, draw = Session(one_world, 3), drawing(33)
    refused = 0
    for _ in range(40):
        session.give(some_order(session.state, draw, end=10))
        if session.over:
            break
        digest, entries = session.state.digest(), len(session.entries)
        for _ in range(6):
            order = any_order(session.state, draw)
            refusal = engine.refusal(session.state, order)
            if refusal is None:
                continue
            refused += 1
            assert refusal.rule and refusal.why and str(refusal)
            with pytest.raises(engine.Refused):
                session.give(order)
        assert session.state.digest() == digest and len(session.entries) == entries
    assert refused > 60


def test_i32_i33_the_whole_list_of_legal_orders_is_accepted(one_world: World) -> None:
    session, draw = Session(one_world, 4), drawing(44)
    for _ in range(2):
        legal = list(engine.legal_orders(session.state))
        assert legal[0] == od.EndTurn()
        assert len(set(legal)) == len(legal), "an order is listed twice"
        for order in legal[:: max(1, len(legal) // 30)]:
            engine.apply(session.state, order)
            assert od.parse_order(od.to_text(order, one_world.grid), one_world.grid) == order
        for _ in range(25):
            session.give(some_order(session.state, draw, end=4))


def test_apply_never_touches_its_input_and_always_does_the_same(one_world: World) -> None:
    session, draw = Session(one_world, 5), drawing(55)
    for _ in range(25):
        before, order = session.state, some_order(session.state, draw, end=12)
        digest = before.digest()
        after, events = engine.apply(before, order)
        again, same = engine.apply(before.with_fresh_answers(), order)
        assert before.digest() == digest
        assert (after.digest(), events) == (again.digest(), same), "an answer that was kept changed what happened"
        session.state = after


def test_i35_orders_taken_back_leave_no_trace(one_world: World) -> None:
    session, draw = Session(one_world, 6), drawing(66)
    taken_back = 0
    for _ in range(60):
        before = session.state.digest()
        session.give(some_order(session.state, draw, end=5))
        after, lines = session.state.digest(), [str(line) for line in session.lines]
        if session.undo():
            taken_back += 1
            assert session.state.digest() == before and len(session.lines) == len(session.entries)
            assert session.redo()
            assert session.state.digest() == after and [str(line) for line in session.lines] == lines
        if session.over:
            break
    assert taken_back > 2


def test_i28_nothing_is_accepted_after_the_end(world: World) -> None:
    session = Session(world, 1)
    while not session.over:
        session.give(od.EndTurn())
    assert list(engine.legal_orders(session.state)) == []
    with pytest.raises(engine.Refused, match="ended"):
        session.give(od.EndTurn())
    assert engine.outcome(session.state) is not None and not invariants.check(session.state)


WHOLE_GAMES = [(name, seed) for name in SCENARIOS for seed in range(100 if name in (CAMPAIGN, SIEGE) else 10)]


@pytest.mark.slow
@pytest.mark.parametrize(("name", "seed"), WHOLE_GAMES)
def test_whole_games_by_chance_end_without_a_broken_invariant(name: str, seed: int) -> None:
    world = world_of(name)
    session, draw = Session(world, seed), drawing(1_000 + seed)
    for number in range(1, MOST):
        if session.over:
            break
        judged(
            session, some_order(session.state, draw, end=3 + seed % 7), number, fully=seed % 10 == 0 or number % 10 == 0
        )
        if number % 20 == 0:
            order = any_order(session.state, draw)
            digest = session.state.digest()
            if engine.refusal(session.state, order) is not None:
                with pytest.raises(engine.Refused):
                    session.give(order)
                assert session.state.digest() == digest
    assert session.over


def test_the_campaign_and_the_siege_ship() -> None:
    assert {CAMPAIGN, SIEGE} <= set(SCENARIOS)
