"""Players that fail: the order is forfeited with a sentence that says who and what, and the game goes on."""

from __future__ import annotations

import json
from typing import Any

import pytest

from game import engine
from game import orders as od
from game.ai.players import PLAYERS, Kind, make_player
from game.records.contents import contents_of
from game.records.saves import save_bytes, seat_players, session_from
from game.seats import forfeits
from game.session import Session
from tests.ai.stage import game
from tests.war import small_war


class Bot:
    """Plays whatever a test puts into it."""

    why = "because"

    def decide(self, view: engine.View) -> Any:
        raise NotImplementedError


class Raises(Bot):
    def decide(self, view: engine.View) -> Any:
        return view.state.units.hex[10_000]


class Hangs(Bot):
    def decide(self, view: engine.View) -> Any:
        while True:
            pass


class HangsInCalls(Bot):
    def decide(self, view: engine.View) -> Any:
        while True:
            try:
                engine.refusal(view.state, od.EndTurn())
            except Exception:
                continue


class RecursesWithoutEnd(Bot):
    def decide(self, view: engine.View) -> Any:
        return self.decide(view)


class GivesNone(Bot):
    def decide(self, view: engine.View) -> Any:
        return None


class GivesNonsenseInside(Bot):
    def decide(self, view: engine.View) -> Any:
        return od.Move("tigers", [3, "x"])  # type: ignore[arg-type]


class GivesRefused(Bot):
    def decide(self, view: engine.View) -> Any:
        return od.DigIn("nobody")


class NeverEnds(Bot):
    """Gives legal orders for ever: the same corridor would be refused, so it is the limit of orders that is low."""

    def decide(self, view: engine.View) -> Any:
        orders = engine.legal_orders(view.state)
        next(orders)
        return next(orders)


BOTS = {
    Raises: "raised an error: IndexError",
    Hangs: "did not decide within 20000 steps",
    HangsInCalls: "did not decide within 20000 steps",
    RecursesWithoutEnd: "RecursionError",
    GivesNone: "gave NoneType instead of an order",
    GivesNonsenseInside: 'gave an order "move" with parts that are none',
    GivesRefused: 'gave the order "dig-in nobody", which the rules refuse',
    NeverEnds: "gave 2 orders in one turn and did not end it",
}


@pytest.mark.parametrize("kind", BOTS, ids=lambda kind: str(kind.__name__))
def test_the_game_goes_on_without_a_player_that_fails(kind: type[Bot], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(forfeits, "STEPS", 20_000)
    monkeypatch.setattr(forfeits, "ORDERS", 2)
    session = Session(small_war(2), 1, {0: kind(), 1: make_player("hold"), 2: make_player("hold")})
    list(session.run(100))
    assert session.over and session.forfeits
    for entry in session.forfeits:
        assert entry.order == od.EndTurn() and entry.faction == 0
        assert entry.forfeit.startswith(f"the player {kind.__name__} ") and BOTS[kind] in entry.forfeit
        assert entry.forfeit in entry.why


def test_thinking_is_counted_the_same_way_each_time(monkeypatch: pytest.MonkeyPatch) -> None:
    class Counts(Bot):
        seen = 0

        def decide(self, view: engine.View) -> Any:
            while True:
                Counts.seen += 1

    monkeypatch.setattr(forfeits, "STEPS", 5_000)
    view, found = engine.view(engine.start(small_war(), 1), 0), set()
    for _ in range(3):
        Counts.seen = 0
        assert forfeits.decided(Counts(), view, 0).forfeit
        found.add(Counts.seen)
    assert len(found) == 1


def test_the_game_s_own_players_forfeit_nothing() -> None:
    session = game(small_war(3), dict.fromkeys(("saa", "sdf", "isis"), "random"))
    list(session.run())
    assert session.over and not session.forfeits


def test_a_game_with_a_failing_player_is_saved_and_loaded_like_any_other() -> None:
    session = Session(small_war(3), 1)
    session.seat(0, Raises(), "hold")
    for number in (1, 2):
        session.seat(number, make_player("hold"), "hold")
    for _ in range(4):
        session.step()
    contents = contents_of(save_bytes(session))
    loaded = session_from(contents)
    seat_players(loaded, contents.players, lambda name: Raises())
    list(loaded.run())
    assert loaded.over and loaded.forfeits


def test_the_lab_tells_who_forfeited_what(monkeypatch: pytest.MonkeyPatch) -> None:
    from game.sim.game import play_game

    monkeypatch.setattr("game.ai.players.PLAYERS", {**PLAYERS, "raises": Kind(Raises, {}, "raises")})
    played = play_game(small_war(2), 1, {"saa": "raises", "sdf": "hold", "isis": "hold"})
    told = json.loads(json.dumps(played.record["forfeits"]))
    assert [(one["faction"], one["turn"]) for one in told] == [("saa", 1), ("saa", 2)]
    assert all("Raises raised an error" in one["words"] for one in told)
