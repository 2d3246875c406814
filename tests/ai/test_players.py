"""Players by name, and the three simple ones."""

from __future__ import annotations

import pytest

from game import engine
from game import orders as od
from game.ai.players import PLAYERS, make_player
from game.scenario.world import World
from tests.ai.stage import game, play_turns, prize
from tests.situation import situation, unit


def little_war() -> World:
    return situation(
        """
        . . . . . .
        . . U . . .
        . . . . v .
        . . . . . .
        """,
        units=[
            unit("a1", "saa", "0102", "mech", steps=3),
            unit("a2", "saa", "0103", steps=3),
            unit("a3", "saa", "0101", "artillery", steps=1),
            unit("b1", "isis", "0302", steps=1), unit("b2", "isis", "0503", steps=2),
        ],
        roads=[["0102", "0202", "0302", "0402", "0502", "0503"]],
        places=[{"name": "Town", "hex": "0302", "size": 2}, {"name": "Village", "hex": "0503", "size": 1}],
        sources={"saa": [{"name": "Rear", "hex": "0102"}], "isis": [{"name": "Cellars", "hex": "0503"}]},
        victory={"prizes": [prize("Town", 5), prize("Village", 2)]},
        turns=4,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("staf", 'did you mean "staff"'),
        ("zzz", "known are staff, rca, pro, greedy, random, hold"),
        ("random:stopp=3", 'did you mean "stop"'),
        ("random:stop", "key=number"),
        ("random:stop=-1", "key=number"),
        ("hold:depth=3", "it takes none"),
        ("staff:depth=3", "known are evaluations, samples, rounds, regret, sketch, manner"),
        ("staff:norml", 'did you mean "normal"'),
        ("staff:normal,hard", "name one of them"),
        ("staff:bold,normal,cautious", "name one of them"),
        ("staff:samples=0", "a number from 1 to 12"),
        ("staff:evaluations=9999", "a number from 0 to 2000"),
    ],
)
def test_wrong_names_are_told_in_words(text: str, said: str) -> None:
    with pytest.raises(ValueError, match="player") as caught:
        make_player(text)
    assert said in str(caught.value)


@pytest.mark.parametrize("name", sorted(PLAYERS))
def test_every_player_finishes_a_game(name: str) -> None:
    session = game(little_war(), {"saa": name, "isis": name})
    for entry in session.run(5000):
        assert entry.why, "every decision says why"
    assert session.over


def test_random_keeps_to_its_dice() -> None:
    one, two = (game(little_war(), {"saa": "random:stop=5", "isis": "random:stop=5,seed=3"}) for _ in range(2))
    first, second = play_turns(one, 4), play_turns(two, 4)
    assert [entry.order for entry in first] == [entry.order for entry in second]
    assert len({type(entry.order) for entry in first}) > 3, "many kinds of order"


def test_random_stops_as_often_as_told() -> None:
    assert (
        len(play_turns(game(little_war(), {"saa": "random:stop=100"}), 2)) == 4
    )  # two factions, two turns, no order but the end


def test_greedy_attacks_what_it_can_beat_and_walks_to_prizes() -> None:
    entries = play_turns(game(little_war(), {"saa": "greedy"}), 4)
    assert any(isinstance(entry.order, od.Attack) for entry in entries)
    assert any(isinstance(entry.order, od.Move) for entry in entries)


def test_hold_gives_nothing_but_the_end_of_its_turn() -> None:
    world = little_war()
    order = make_player("hold").decide(engine.view(engine.start(world, 1), 0))
    assert order == od.EndTurn()
