"""Many troops that hang on one road are cut off by who stands on it, and he stays there."""

from __future__ import annotations

from game import engine
from game.ai.staff import pockets
from game.ai.staff.desk import StaffDesk
from game.ai.staff.goals import may_go
from game.ai.staff.notebook import Task
from game.ai.staff.thinking import NOTHING, opened_desk
from game.rules import supply
from game.scenario.world import World
from game.sim.puzzle_reading import puzzles_folder, read_puzzle
from tests.ai.stage import game, play_turns, prize, where
from tests.situation import situation, unit

WORLD = read_puzzle(puzzles_folder() / "behind_the_line").world
AT = WORLD.grid.hex
SAA, ISIS = WORLD.faction("saa"), WORLD.faction("isis")


def opening() -> StaffDesk:
    """The desk of the army before the ridge, which eighteen steps hold at the end of one road."""
    return opened_desk(engine.view(engine.start(WORLD, 1), SAA), NOTHING)


def test_a_cut_is_worth_the_steps_that_lose_their_supply_by_it() -> None:
    seen = opening()
    (found,) = pockets.goals(seen, may_go)
    assert (WORLD.grid.label(found.hex), found.kind, found.worth) == ("0603", "cut", 18 * pockets.A_STEP)
    assert not list(pockets.goals(seen, lambda _, here: here != found.hex and here not in seen.grid.near[found.hex]))
    for here in [here for here in seen.foes if here != AT("0606")]:
        del seen.foes[here]
    assert not list(pockets.goals(seen, may_go))  # six steps are not many


def test_a_cut_is_made_and_kept_while_it_cuts() -> None:
    session = game(WORLD, {"saa": "staff"})
    play_turns(session, 2)
    assert "0603" in {where(session, one) for one in ("m1", "m2", "l")}
    assert AT("0606") not in supply.offered(session.state, ISIS).leg.cost


def test_who_cuts_stays_and_who_is_on_his_way_fights_for_nothing_else() -> None:
    seen = opening()
    row, near, far = WORLD.row["m1"], AT("0602"), AT("0806")
    assert not pockets.is_bound(seen, row, far)
    seen.book.tasks[row] = Task(AT("0603"), "cut", "cuts the road")
    assert pockets.is_bound(seen, row, far) and not pockets.is_bound(seen, row, near)
    seen.book.tasks[row] = Task(seen.at(row), "cut", "cuts the road")
    assert pockets.is_bound(seen, row, near)


def ring(points: int = 2) -> World:
    """A ridge that two roads feed, each along one side of rough ground, between which the army has a camp."""
    ends = [[f"{column}{row:02d}" for row in range(3, 8)] for column in ("01", "09")]
    roads = [[f"{column:02d}{row}" for column in range(1, 10)] for row in ("03", "07")]
    return situation(
        "\n".join(["r r r r r r r r . . . ."] * 9),
        units=[
            *(unit(f"e{n}", "isis", f"090{5 + n % 2}", steps=3, dug=2) for n in range(4)),
            unit("watch", "saa", "1105"),
            *(unit(f"m{n}", "saa", "0505", "mech", steps=3, quality="B", formation=f"Group {n}") for n in range(2)),
        ],
        roads=[*roads, *ends],
        places=[{"name": "Ridge", "hex": "0905", "size": 1}],
        sources={
            "saa": [{"name": "Camp", "hex": "0505"}, {"name": "Rear", "hex": "1205"}],
            "isis": [{"name": "Cellars", "hex": "0105"}],
        },
        control=[
            {"faction": "isis", "everything": True}, {"faction": "saa", "box": ["0405", "0606"]},
            {"faction": "saa", "box": ["1101", "1209"]},
        ],
        victory={"prizes": [prize("Ridge", points)]},
    )  # fmt: skip


def test_two_hexes_cut_off_whom_one_does_not() -> None:
    world = ring()
    seen = opened_desk(engine.view(engine.start(world, 1), 0), NOTHING)
    found = list(pockets.goals(seen, may_go))
    assert [goal.kind for goal in found] == ["pair", "pair"]
    assert {world.grid.label(goal.hex)[2:] for goal in found} == {"03", "07"}  # one on either road
    tasks = pockets.closers(seen, [row for row in seen.own if seen.is_line(row)], found)
    assert {task.goal for task in tasks.values()} == {goal.hex for goal in found}
    assert not pockets.closers(seen, [world.row["m0"]], found)  # both are held, or neither


def test_both_roads_to_a_ridge_are_cut_in_one_turn() -> None:
    session = game(ring(), {"saa": "staff"})
    ridge = session.world.grid.hex("0905")
    assert ridge in supply.offered(session.state, 1).leg.cost
    play_turns(session, 1)
    assert ridge not in supply.offered(session.state, 1).leg.cost
