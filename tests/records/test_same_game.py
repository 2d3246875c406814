"""A game that is saved and loaded, however often, is the same game: its states, its views, and all that follows."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from functools import cache
from typing import Any

import pytest

from game import engine
from game import orders as od
from game.ai.players import PLAYERS, make_player
from game.records.contents import contents_of
from game.records.envelope import BadRecord, seal
from game.records.replays import replay_text
from game.records.saves import save_bytes, seat_players, session_from
from game.scenario.world import World
from game.session import Session
from tests.chance import Draw, drawing, some_order
from tests.contract.conftest import SCENARIOS
from tests.contract.test_views import plain_view
from tests.records.test_saves import parts_of
from tests.war import small_war
from tests.worlds import shipped, world_of


def seated(world: World, kind: str, seed: int = 1) -> Session:
    """A new game with the same kind of player for everybody."""
    session = Session(world, seed)
    for number in range(len(world.factions)):
        session.seat(number, make_player(kind), kind)
    return session


def reloaded(session: Session) -> Session:
    """The game from its save, with its players; its moment and every view must be what they were."""
    contents = contents_of(save_bytes(session))
    loaded = session_from(contents)
    seat_players(loaded, contents.players, make_player)
    assert loaded.state.digest() == session.state.digest() and loaded.lines == session.lines
    for number in range(len(session.world.factions)):
        views = [plain_view(engine.view(state, number)) for state in (session.state, loaded.state)]
        assert views[0] == views[1]
    return loaded


def played(session: Session, turns: int, between: Callable[[Session, bool], Session]) -> str:
    """Play some turns; ``between`` may change the session after each order, and is told when a turn has opened."""
    while not session.over and session.state.clock.turn <= turns:
        turn = session.state.clock.turn
        session.step()
        session = between(session, session.state.clock.turn != turn)
    return replay_text(session)


def undo_and_redo(session: Session, draw: Draw) -> None:
    """Somebody else takes the seat of a copy of the game, and orders this and that and takes it back."""
    copy = session_from(contents_of(save_bytes(session)))
    before, lines = copy.state.digest(), list(copy.lines)
    views = [plain_view(engine.view(copy.state, one)) for one in range(len(copy.world.factions))]
    for _ in range(4):
        order = some_order(copy.state, draw, end=0)
        if isinstance(order, od.EndTurn):
            return
        copy.give(order)
        if copy.why_no_undo():
            return
        assert copy.undo()
        assert copy.state.digest() == before and copy.lines == lines
        assert [plain_view(engine.view(copy.state, one)) for one in range(len(copy.world.factions))] == views


def check(world: World, kind: str, turns: int, every: int, seed: int = 1) -> None:
    """Play twice, the second time with a save, a load and an undo at each turn, and in the midst of turns."""
    draw, count = drawing(seed), [0]

    def between(session: Session, opened: bool) -> Session:
        count[0] += 1
        if opened:
            undo_and_redo(session, draw)
        return reloaded(session) if opened or (every and count[0] % every == 0) else session

    without = played(seated(world, kind, seed), turns, lambda session, _: session)
    assert played(seated(world, kind, seed), turns, between) == without


@pytest.mark.parametrize(
    "kind",
    [
        "staff",
        pytest.param("staff:evaluations=3,samples=1", marks=pytest.mark.slow),
        pytest.param("rca", marks=pytest.mark.slow),
        pytest.param("pro", marks=pytest.mark.slow),
        "greedy",
        pytest.param("greedy:aggression=3", marks=pytest.mark.slow),
        "random:stop=9",
        "hold",
    ],
)
def test_every_kind_of_player_plays_on_alike(kind: str) -> None:
    assert kind.partition(":")[0] in PLAYERS
    check(small_war(), kind, 4, 9)


def test_no_kind_of_player_is_left_out() -> None:
    assert {"staff", "rca", "pro", "greedy", "random", "hold"} == set(PLAYERS)


@pytest.mark.parametrize("name", shipped("breaking_the_siege"))
def test_the_staff_plays_on_alike(name: str) -> None:
    check(world_of(name), "staff", 2, 40)


@pytest.mark.slow
@pytest.mark.parametrize("name", SCENARIOS)
@pytest.mark.parametrize("kind", ["staff", "greedy", "random"])
def test_whole_games_with_a_save_at_every_turn(name: str, kind: str) -> None:
    check(world_of(name), kind, 99, 50)


def test_orders_of_a_person_taken_back_and_given_again_change_nothing_for_the_players() -> None:
    world = world_of("breaking_the_siege")

    def game(undoing: bool) -> str:
        session, draw = seated(world, "staff"), drawing(5)
        session.seat(0, None)
        taken_back = 0
        while not session.over and session.state.clock.turn <= 3:
            if not session.waiting_for_human:
                session.step()
                continue
            session.give(some_order(session.state, draw, end=5))
            if undoing and session.undo():
                taken_back += 1
                assert session.redo()
        assert taken_back > 3 or not undoing
        return replay_text(session)

    assert game(True) == game(False)


def test_a_game_that_was_loaded_without_its_players_keeps_what_they_remember() -> None:
    session = seated(world_of("breaking_the_siege"), "staff")
    played(session, 2, lambda one, _: one)
    for _ in range(5):
        session.step()
    nobody = session_from(contents_of(save_bytes(session)))
    assert save_bytes(nobody) == save_bytes(session)


def test_another_player_in_the_seat_begins_anew() -> None:
    session = seated(world_of("breaking_the_siege"), "staff")
    played(session, 2, lambda one, _: one)
    assert session.minds.memories(session.players, session.state)
    for number in (0, 1):
        session.seat(number, None)
    assert not session.minds.memories(session.players, session.state)
    assert contents_of(save_bytes(session)).midway is None


def test_a_player_that_has_changed_its_mind_meanwhile_goes_on(war: World) -> None:
    session = seated(war, "random:stop=1")
    for _ in range(3):
        session.step()
    contents = contents_of(save_bytes(session))
    assert contents.midway is not None
    loaded = session_from(contents)
    seat_players(loaded, dict.fromkeys(contents.players, "random:stop=90"), make_player)
    loaded.step()


@cache
def third_turn() -> tuple[str, str]:
    """Header and body of a save from the third turn of the staffs, as text."""
    session = seated(world_of("breaking_the_siege"), "staff")
    played(session, 2, lambda one, _: one)
    for _ in range(5):
        session.step()
    header, body = parts_of(session)
    return json.dumps(header), json.dumps(body)


@pytest.mark.parametrize(("path", "value", "said"), [
    (("memories",), [], "memories"), (("memories", "saa"), 5, "memories.saa"), (("memories", "nobody"), {}, "nobody"),
    (("memories", "saa", "aims"), [], "memories.saa.aims"), (("memories", "saa", "gates"), [-1], "memories.saa.gates"),
    (("memories", "saa", "gates"), [9, 3], "gates"), (("memories", "saa", "gates"), [1 << 20], "gates"),
    (("memories", "saa", "sieges"), [[9, 1], [3, 1]], "sieges"), (("memories", "saa", "sieges"), [[9]], "sieges"),
    (("memories", "saa", "let_be"), {}, "let_be"), (("memories", "saa", "let_be"), [[1 << 20, 1]], "let_be"),
    (("memories", "saa", "raided"), {"nobody": 1}, "raided"), (("memories", "saa", "raided"), [], "raided"),
    (("memories", "saa", "stood"), {"isis-unit": [1, 1, 1]}, "stood"),
    (("memories", "saa", "more"), 1, "memories.saa.more"),
    (("memories", "saa", "aims", "*"), [1], "aims"), (("memories", "saa", "aims", "*"), [-1, 0], "aims"),
    (("memories", "saa", "aims", "*"), [0, 2], "aims"), (("memories", "saa", "aims", "*"), [True, 0], "aims"),
    (("memories", "saa", "stood", "*"), [0, 10_000, 0], "stood"),
    (("midway",), 5, "midway"), (("midway", "orders"), -1, "midway.orders"), (("midway", "orders"), 10_000, "orders"),
    (("midway", "orders"), 0, "midway"), (("midway", "state"), {}, "midway.state"),
    (("midway", "state", "units", "steps", 0), 99, "midway.state"),
    (("midway", "state", "units", "mp", 0), 1, "midway.state"),
    (("midway", "state", "clock", "turn"), 1, "midway"), (("midway", "more"), 1, "midway"),
])  # fmt: skip
def test_a_doctored_memory_is_refused_with_its_field(path: tuple[str | int, ...], value: object, said: str) -> None:
    header, body = (json.loads(text) for text in third_turn())
    inner: Any = body
    for key in path[:-1]:
        inner = inner[key]
    last = next(iter(inner)) if path[-1] == "*" else path[-1]
    inner[last] = value
    with pytest.raises(BadRecord) as caught:
        contents = contents_of(seal(header, body))
        seat_players(session_from(contents), contents.players, make_player)
    assert said in str(caught.value)


@pytest.mark.parametrize("page", ["aims", "let_be", "turned"])
def test_a_save_older_than_a_page_of_the_staffs_memory_goes_on(page: str) -> None:
    header, body = (json.loads(text) for text in third_turn())
    for memory in body["memories"].values():
        del memory[page]
    contents = contents_of(seal(header, body))
    older = session_from(contents)
    seat_players(older, contents.players, make_player)
    given = len(older.entries)
    for _ in range(3):
        older.step()
    assert len(older.entries) > given


def test_a_memory_of_a_player_that_has_none_is_refused() -> None:
    header, body = (json.loads(text) for text in third_turn())
    body["players"] = header["players"] = dict.fromkeys(body["players"], "hold")
    contents = contents_of(seal(header, body))
    with pytest.raises(BadRecord, match="remembers nothing"):
        seat_players(session_from(contents), contents.players, make_player)


def test_units_keep_their_memory_when_others_change_sides() -> None:
    """Rows of a view shift when a friend becomes a stranger; a memory goes by ids."""
    from game.ai.staff.notebook import Aim, Memory, Notebook

    memory = Memory({"b": Aim(3, True), "gone": Aim(4, False)}, {}, {"b": 2})
    book = Notebook.opened(memory, 3, ("a", "b"))
    assert book.before == {1: Aim(3, True)} and book.raided == {1: 2}
    assert replace(book, ids=("b", "a")).memory().raided == {"a": 2}
