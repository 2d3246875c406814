"""The staff's turn as a value: a plan of a view, orders of a plan, and the genes by which others shape it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import FrozenInstanceError, replace

import pytest

from game import engine
from game import orders as od
from game.ai.staff.conduct import carry_out
from game.ai.staff.notebook import STAYS, Aim, Memory, memory_from
from game.ai.staff.plan import FREE, HOLD, Bound, Genes, Plan
from game.ai.staff.planner import Staff
from game.ai.staff.thinking import think
from game.scenario.world import World
from game.state import State
from tests.ai.stage import game, prize
from tests.situation import play, situation, unit
from tests.worlds import world_of


@pytest.fixture(scope="module")
def siege() -> World:
    return world_of("breaking_the_siege")


def turns(world: World, last: int) -> Iterator[tuple[State, Memory, list[od.Order], State]]:
    """Each turn of a staff against itself: how it opened, what was remembered, the orders, and how it ended."""
    session = game(world, dict.fromkeys([one.id for one in world.factions], "staff"), seed=5)
    while not session.over and session.state.clock.turn <= last:
        opened = session.state
        staff = session.players[opened.faction]
        assert isinstance(staff, Staff)
        memory = memory_from(staff.memory(), world, opened.faction)
        orders = list[od.Order]()
        while not orders or not isinstance(orders[-1], od.EndTurn):
            orders.append(session.step().order)
        yield opened, memory, orders, session.state


def test_a_plan_that_is_carried_out_is_the_turn_of_the_staff(siege: World) -> None:
    played = 0
    for opened, memory, orders, ended in turns(siege, 4):
        plan = think(engine.view(opened, opened.faction), memory)
        carried = carry_out(plan, opened)
        assert [proposal.order for proposal in carried.orders] == orders
        assert carried.state.digest() == ended.digest()
        assert all(proposal.why for proposal in carried.orders)
        played += len(orders)
    assert played > 20


def test_the_same_view_and_memory_bring_the_same_plan(siege: World) -> None:
    for opened, memory, _, _ in turns(siege, 2):
        view = engine.view(opened, opened.faction)
        plan = think(view, memory)
        assert think(view, memory) == plan
        assert plan.memory.raided == memory.raided and plan.turn == opened.clock.turn
        with pytest.raises(FrozenInstanceError):
            plan.turn = 3  # type: ignore[misc]


def opening(world: World, faction: str) -> tuple[State, Plan]:
    """The first turn of a faction, others having ended theirs, and its plan."""
    state = engine.start(world, seed=2)
    while state.faction != world.faction(faction):
        state, _ = engine.apply(state, od.EndTurn())
    return state, think(engine.view(state, state.faction))


def test_a_plan_names_its_main_effort_first(siege: World) -> None:
    state, plan = opening(siege, "saa")
    assert plan.main_effort is not None and plan.main_effort.steps == max(axis.steps for axis in plan.axes)
    assert plan.intent[0].startswith(plan.main_effort.why)
    named = {one for axis in plan.axes for one in axis.formations}
    world = state.world
    assert named <= {formation or unit for formation, unit in zip(world.roster.formation, world.roster.id, strict=True)}


def test_genes_send_a_formation_or_hold_it(siege: World) -> None:
    state, plan = opening(siege, "saa")
    assert plan.main_effort is not None
    formation = "Tiger Forces"
    assert formation in plan.main_effort.formations
    mine = {unit for unit in siege.row if siege.roster.formation[siege.row[unit]] == formation}
    line = {unit for unit, task in plan.tasks if unit in mine and task.kind not in ("follow", "guard")}
    here, aims = state.units.hex[siege.row[min(line)]], {goal.hex for goal in plan.goals}
    others = [place.hex for place in siege.places if place.hex not in aims]
    elsewhere = min(others, key=lambda there: siege.grid.distance(here, there))
    view = engine.view(state, state.faction)
    sent = think(view, genes=Genes(bound=(Bound(formation, elsewhere),)))
    assert line and {task.goal for unit, task in sent.tasks if unit in line and task.kind != "guard"} == {elsewhere}
    held = think(view, genes=Genes(bound=(Bound(formation, HOLD),)))
    assert {task.kind for unit, task in held.tasks if unit in line} == {STAYS}
    assert {unit for unit, _ in held.tasks} - mine, "the others go on"
    before = {unit: siege.row[unit] for unit in line}
    after = carry_out(sent, state).state
    assert any(after.units.hex[row] != state.units.hex[row] for row in before.values())


def before_a_town(town: str) -> State:
    """A battalion and a town that a weak enemy holds, the battalion to play."""
    return play(
        situation(
            """
            . . . . . . . . .
            . . . . . . . . .
            . . . . . . . . .
            """,
            units=[unit("a", "saa", "0202", "mech", steps=4), unit("b", "isis", town, steps=1)],
            places=[{"name": "Town", "hex": town, "size": 1}],
            sources={"saa": [{"name": "Rear", "hex": "0102"}]},
            victory={"prizes": [prize("Town", 10)]},
        )
    )


@pytest.mark.parametrize(("town", "attacks"), [("0402", False), ("0302", True)])
def test_a_unit_that_is_told_to_stay_fights_from_where_it_stands_and_holds_to_its_axis(
    town: str, attacks: bool
) -> None:
    state = before_a_town(town)
    view, told = engine.view(state, 0), Memory({"a": Aim(state.world.grid.hex(town), True)})
    free, stays = (carry_out(think(view, told, genes), state) for genes in (FREE, Genes(bound=(Bound("a", HOLD),))))
    assert any(isinstance(one.order, od.Attack) for one in free.orders)
    assert any(isinstance(one.order, od.Attack) for one in stays.orders) is attacks
    assert attacks or not any(isinstance(one.order, od.Move | od.March) for one in stays.orders)
    assert stays.memory.aims == told.aims, "an order to stay for a turn is no reason to turn round"


def test_genes_bend_the_doctrine_and_nothing_else(siege: World) -> None:
    state, plan = opening(siege, "saa")
    view, doctrine = engine.view(state, state.faction), plan.doctrine
    assert FREE.on(doctrine) == doctrine
    bold = think(view, genes=Genes(boldness=200, risk=50, axes=1)).doctrine
    assert bold.own_step == doctrine.own_step // 2 and bold.least_chance == doctrine.least_chance // 2
    assert bold.risk == doctrine.risk // 2 and bold.axes == 1
    assert replace(bold, own_step=0, least=0, least_chance=0, risk=0, axes=1) == replace(
        doctrine, own_step=0, least=0, least_chance=0, risk=0, axes=1
    )
    assert think(view, genes=Genes(posture="defend")).doctrine.posture == "defend"


@pytest.mark.parametrize(
    ("bad", "word"),
    [({"boldness": 0}, "boldness"), ({"risk": 500}, "risk"), ({"axes": 13}, "axes"), ({"posture": "run"}, "posture")],
)
def test_genes_out_of_range_are_refused(bad: dict[str, int], word: str) -> None:
    with pytest.raises(ValueError, match=word):
        Genes(**bad)  # type: ignore[arg-type]
