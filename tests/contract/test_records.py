"""A save loads to the same digest and a replay meets its digests, over every scenario."""

from __future__ import annotations

from pathlib import Path

import pytest

from game import orders as od
from game import records
from game.records.contents import contents_of
from game.records.replays import replay_text
from game.records.saves import save_bytes, session_from
from game.scenario.world import World
from game.session import Session
from tests.chance import drawing, some_order


def test_i40_i41_saves_and_replays_of_a_game_in_progress(one_world: World, tmp_path: Path) -> None:
    session, draw = Session(one_world, 2), drawing(22)
    for number in range(80):
        if session.over:
            break
        session.give(some_order(session.state, draw, end=10))
        if number % 40 == 0:
            loaded = session_from(contents_of(save_bytes(session)))
            assert loaded.state == session.state and loaded.state.digest() == session.state.digest()
            order = some_order(session.state, drawing(number))
            assert loaded.give(order) == Session.give(_twin(session), order)
    for path in (records.save_game(session, tmp_path / "a.dez"), records.write_replay(session, tmp_path / "a.replay")):
        result = records.verify_file(path)
        assert result.exit_code == 0, result.lines()
        assert result.orders == len(session.entries) and result.turns == session.state.clock.turn


def _twin(session: Session) -> Session:
    """Another session in the same moment, so that the first one is not changed."""
    return session_from(contents_of(save_bytes(session)))


def test_the_log_of_a_game_that_was_loaded_again_and_again_is_the_same(one_world: World) -> None:
    straight, often = Session(one_world, 3), Session(one_world, 3)
    draw, same = drawing(33), drawing(33)
    for number in range(45):
        if straight.over:
            break
        straight.give(some_order(straight.state, draw, end=20))
        often.give(some_order(often.state, same, end=20))
        if number % 13 == 0:
            often = _twin(often)
    assert replay_text(straight) == replay_text(often)


def test_a_campaign_saved_is_small_and_quick(one_world: World) -> None:
    import time

    session = Session(one_world, 1)
    while not session.over:
        session.give(od.EndTurn())
    started = time.process_time()
    data = save_bytes(session)
    contents_of(data)
    assert time.process_time() - started < 2
    assert len(data) < 300_000


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(10))
def test_g9_whole_games_go_on_as_if_never_saved(world: World, seed: int, tmp_path: Path) -> None:
    straight, saved = Session(world, seed), Session(world, seed)
    draw, same = drawing(seed), drawing(seed)
    while not straight.over:
        phase = straight.state.faction
        straight.give(some_order(straight.state, draw, end=8))
        saved.give(some_order(saved.state, same, end=8))
        if straight.state.faction != phase:
            saved = _twin(saved)
    assert saved.state == straight.state
    result = records.verify_file(records.write_replay(saved, tmp_path / "a.replay"))
    assert result.exit_code == 0, result.lines()
