"""Many troops that hang on one road are cut off by who stands on it, and he stays there."""

from __future__ import annotations

from game import engine
from game.ai.staff import pockets
from game.ai.staff.desk import StaffDesk
from game.ai.staff.goals import may_go
from game.ai.staff.notebook import Task
from game.ai.staff.thinking import NOTHING, opened_desk
from game.rules import supply
from game.sim.puzzle_reading import puzzles_folder, read_puzzle
from tests.ai.stage import game, play_turns, where

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
