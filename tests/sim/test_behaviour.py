"""Habits of players: each figure counts what it says, in games laid out so that the number is known."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest

from game import engine
from game import orders as od
from game.faults import RecordFault, UsageFault
from game.scenario.world import World
from game.session import Session
from game.sim.behaviour import cases, report, run_behaviour, run_log
from game.sim.command import Wish
from game.sim.habits import HABITS, Habits
from game.sim.observers import watch
from tests.ai.stage import prize
from tests.situation import situation, unit


class Told:
    """Gives the orders of a list, turn by turn, and remembers aims when it is given some."""

    why = "told"
    turned: Mapping[str, str] = {}

    def __init__(self, *turns: Sequence[str], aims: Sequence[dict[str, Any]] = ()) -> None:
        self._turns, self._aims, self._left, self._turn = turns, aims, list[str](), -1

    def decide(self, view: engine.View) -> od.Order:
        now = view.state.clock.turn
        if now != self._turn:
            self._turn, self._left = now, list(self._turns[now - 1]) if now <= len(self._turns) else []
        return od.parse_order(self._left.pop(0), view.state.world.grid) if self._left else od.EndTurn()

    def memory(self) -> dict[str, Any]:
        aims = {"aims": self._aims[self._turn - 1]} if 0 < self._turn <= len(self._aims) else {}
        return {**aims, "turned": self.turned}

    def recall(self, plain: Any, world: World, faction: int) -> None: ...


def plain(turns: int = 3, **more: Any) -> World:
    return situation(
        "\n".join(". " * 12 for _ in range(3)),
        units=[unit("a", "saa", "0102", "mech", sight=4), unit("b", "isis", "1203", "garrison")],
        roads=[[f"{n:02d}02" for n in range(1, 13)]],
        places=[{"name": "Home", "hex": "0102", "size": 1}, {"name": "Town", "hex": "0402", "size": 1}],
        sources={"saa": [{"hex": "0102"}], "isis": [{"hex": "1203"}]},
        victory={"prizes": [prize("Town", 5)]},
        holders={"Home": "saa", "Town": "isis"},
        turns=turns,
        **more,
    )


def habits(world: World, player: Any) -> dict[str, Any]:
    session = Session(world, 1, {0: player, 1: Told()})
    seen = Habits(session)
    for _ in watch(session, seen):
        pass
    assert not session.forfeits
    return seen.told["saa"]


def way(*hexes: str) -> str:
    return f"move a {','.join(hexes)}"


OUT, HOME = way("0202", "0302", "0402", "0502"), way("0402", "0302", "0202", "0102")


def test_a_prize_in_reach_is_left_each_turn_until_it_is_taken() -> None:
    left = habits(plain(), Told())["empty"]
    assert left["chances"] == 3
    assert [case["turn"] for case in left["cases"]] == [1, 2, 3] and "0402" in left["cases"][0]["words"]
    taken = habits(plain(), Told([way("0202", "0302", "0402")]))["empty"]
    assert taken == {"chances": 1, "cases": []}


def test_there_and_back_is_a_march_that_comes_to_nothing() -> None:
    [case] = habits(plain(), Told([OUT], [HOME]))["back"]["cases"]
    assert case == {"turn": 2, "words": "a: 0102 0502 0102"}
    assert habits(plain(), Told([OUT], []))["back"]["cases"] == []


def test_who_stands_about_while_there_are_prizes_to_take_is_idle() -> None:
    assert len(habits(plain(), Told())["idle"]["cases"]) == 3
    assert len(habits(plain(), Told(["dig-in a"], [], []))["idle"]["cases"]) == 2, "works are an act"


def test_a_goal_is_dropped_when_it_is_given_up_untaken_for_one_far_away() -> None:
    grid = plain().grid
    near, far = grid.hex("0402"), grid.hex("1202")
    told = habits(plain(), Told(aims=[{"a": [near, 1]}, {"a": [far, 1]}, {"a": [far, 1]}]))["dropped"]
    assert told == {"chances": 2, "cases": [{"turn": 2, "words": "a: 0402 for 1202"}]}
    kept = habits(plain(), Told([way("0202", "0302", "0402")], aims=[{"a": [near, 1]}, {"a": [far, 1]}]))["dropped"]
    assert kept["chances"] == 1 and not kept["cases"], "it was taken"


def test_a_goal_that_is_left_with_a_reason_is_counted_apart() -> None:
    grid = plain().grid
    player = Told(aims=[{"a": [grid.hex("0402"), 1]}, {"a": [grid.hex("1202"), 1]}])
    player.turned = {"a": "the road has to be opened"}
    told = habits(plain(), player)
    assert not told["dropped"]["cases"] and len(told["turned"]["cases"]) == 1


def test_a_prize_with_an_unseen_garrison_does_not_stand_empty() -> None:
    hidden = situation(
        "\n".join(". " * 12 for _ in range(3)),
        units=[unit("a", "saa", "0102", "mech"), unit("b", "isis", "0602", "garrison")],
        roads=[[f"{n:02d}02" for n in range(1, 13)]],
        places=[{"name": "Home", "hex": "0102", "size": 1}, {"name": "Town", "hex": "0602", "size": 1}],
        sources={"saa": [{"hex": "0102"}], "isis": [{"hex": "1203"}]},
        victory={"prizes": [prize("Town", 5)]},
        holders={"Home": "saa", "Town": "isis"},
        turns=1,
    )
    assert habits(hidden, Told())["empty"]["chances"] == 0
    assert habits(plain(), Told())["empty"]["chances"] > 0


def test_a_prize_that_is_ripe_and_left_alone_for_three_turns_is_a_case() -> None:
    walls = unit("g", "isis", "0802", steps=2)
    near = [unit(f"a{n}", "saa", "0602", "mech", steps=3, quality="A") for n in range(3)]
    world = situation(
        "\n".join(". " * 12 for _ in range(3)),
        units=[*near, walls],
        roads=[[f"{n:02d}02" for n in range(1, 13)]],
        places=[{"name": "Town", "hex": "0802", "size": 1}],
        sources={"saa": [{"hex": "0102"}], "isis": [{"hex": "1203"}]},
        control=[{"faction": "saa", "box": ["0101", "0703"]}],
        victory={"prizes": [prize("Town", 5)]},
        holders={"Town": "isis"},
        turns=5,
    )
    left = habits(world, Told())["siege"]
    assert left["chances"] == 1 and [case["turn"] for case in left["cases"]] == [4]
    stormed = habits(world, Told(["move a0 0702", "attack a0 0802 - 0 0"]))["siege"]
    assert not [case for case in stormed["cases"] if case["turn"] < 5]


def test_points_of_support_lapse_when_they_are_not_used() -> None:
    world = plain(support={"saa": {"strike": 3, "recon": 2}})
    told = habits(world, Told())["lapsed"]
    assert told["chances"] == sum(case["number"] for case in told["cases"]) > 0, "eyes are not counted"


def test_a_march_to_where_no_supply_comes_is_its_own_choice() -> None:
    out = [f"{n:02d}01" for n in range(2, 6)]
    told = habits(plain(2), Told([way("0101", *out[:1])], []))["starved"]
    assert told["chances"] >= 1


def records() -> Iterator[dict[str, Any]]:
    for game in (1, 2):
        yield {
            "scenario": "here", "game": game, "seed": 7 + game, "players": {"saa": "staff", "isis": "hold"},
            "habits": {
                side: {habit.name: {"chances": 4, "cases": told} for habit in HABITS}
                for side, told in (("saa", [{"turn": 2, "words": "w", "number": game}]), ("isis", []))
            },
        }  # fmt: skip


def test_the_table_tells_players_apart_and_lists_where_it_happened() -> None:
    lines = list(report(list(records())))
    staff, hold = lines.index("--- staff"), lines.index("--- hold")
    assert "1.5 [" in lines[staff + 2] and "38% [" in lines[staff + 2], "three of eight"
    assert "0.0 [" in lines[hold + 2]
    assert list(cases(list(records()), "empty"))[1:] == [
        "game 1, seed 8, turn 2, saa (staff): w", "game 2, seed 9, turn 2, saa (staff): w",
    ]  # fmt: skip


def test_games_that_were_not_watched_and_figures_that_are_none_are_refused() -> None:
    with pytest.raises(RecordFault, match="not watched"):
        list(report([{"scenario": "here"}]))
    with pytest.raises(UsageFault, match='no figure "emty"'):
        run_behaviour("tutorial", Wish(1, 1, 1, {"all": "hold"}), "emty")


def test_the_command_plays_and_goes_on(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "games.jsonl"
    assert run_behaviour("tutorial", Wish(1, 1, 1, {"all": "hold"}, path)) == 0
    first = path.read_text(encoding="utf-8")
    assert run_behaviour("tutorial", Wish(2, 1, 1, {"all": "hold"}, path, resume=True), "idle") == 0
    assert path.read_text(encoding="utf-8").startswith(first)
    assert "tutorial: 2 games" in capsys.readouterr().out


def test_the_log_of_a_staff_tells_its_plan_and_a_reason_for_each_order(capsys: pytest.CaptureFixture[str]) -> None:
    assert run_log("tutorial", 3, {}, "saa") == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].endswith("(staff)") and "Turn 1" in lines
    assert any(line.startswith("  main effort: ") for line in lines)
    orders = [line for line in lines if line.startswith("  attack ")]
    assert orders and all(line.partition(": ")[2] for line in orders)
    with pytest.raises(UsageFault, match="no faction"):
        run_log("tutorial", 3, {}, "sa")
