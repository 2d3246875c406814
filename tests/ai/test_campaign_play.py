"""The staff on the shipped scenarios: legal, honest, steady, busy."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from game import engine
from game import orders as od
from game.ai.players import make_player
from game.ai.staff.planner import Staff
from game.events import UnitArrived
from game.scenario.world import World
from game.session import Player, Session
from game.state import State
from game.state.codes import Spent, Supplied
from tests.ai.stage import game
from tests.worlds import world_of

ROOT = Path(__file__).resolve().parents[2]
EVERYBODY = dict.fromkeys(("saa", "sdf", "isis", "iraq"), "staff")


@pytest.fixture(scope="module")
def campaign() -> World:
    return world_of("race_for_deir_ezzor")


@dataclass
class Record:
    """A game that was played, and who stood about in it: by unit the longest row of turns without a reason."""

    session: Session
    idle: dict[str, int]
    waited: int
    """Unit-turns of units with a goal that stood still, whatever the reason."""
    tasked: int


@pytest.fixture(scope="module")
def record(campaign: World) -> Record:
    """A whole campaign between four staffs. That it ends at all means that no order was illegal: the session raises."""
    session = game(campaign, EVERYBODY, seed=11)
    now, longest, waited, tasked = dict[str, int](), dict[str, int](), 0, 0
    while not session.over:
        before = session.state
        if isinstance(session.step().order, od.EndTurn):
            seat = session.players[before.faction]
            standing = stuck(before, seat)
            assert isinstance(seat, Staff)
            view = engine.view(before, before.faction).state
            going = [row for row, task in seat.tasks(view) if task.kind in ("prize", "town", "road", "relief")]
            tasked += len(going)
            waited += sum(1 for row in going if not view.units.spent[row] and not contact_near(view, row))
            for row, owner in enumerate(campaign.roster.faction):
                if owner == before.faction:
                    name = campaign.roster.id[row]
                    now[name] = now.get(name, 0) + 1 if name in standing else 0
                    longest[name] = max(longest.get(name, 0), now[name])
    return Record(session, longest, waited, tasked)


def contact_near(state: State, row: int) -> bool:
    """Whether a unit has a known enemy within two hexes."""
    world, here = state.world, state.units.hex[row]
    return any(
        world.at_war(state.faction, world.roster.faction[other])
        for there in world.grid.disk(here, 2) for other in state.units_at(there)
    )  # fmt: skip


def stuck(state: State, seat: Player) -> set[str]:
    """Line units far from goal and enemy, fed and free, that neither moved nor acted and cannot say why."""
    assert isinstance(seat, Staff)
    view = engine.view(state, state.faction).state
    world, out = view.world, set[str]()
    for row, task in seat.tasks(view):
        here = view.units.hex[row]
        if (
            view.units.spent[row] & (Spent.MOVED | Spent.ACTED)
            or view.units.supply[row] == Supplied.CUT
            or task.kind not in ("prize", "town")
        ):
            continue
        contact = contact_near(view, row)
        keeps = any(prize.hex == here for prize in world.prizes)
        if not contact and not keeps and world.grid.distance(here, task.goal) > 3 and not seat.why_waiting(row):
            out.add(world.roster.id[row])
    return out


@pytest.mark.slow
def test_a_campaign_ends_and_armies_have_fought(record: Record) -> None:
    played = record.session
    assert played.over
    for faction in ("saa", "sdf", "isis", "iraq"):
        number = played.world.faction(faction)
        kinds = {type(entry.order) for entry in played.entries if entry.faction == number}
        assert {od.Move, od.Attack} <= kinds, faction
    assert all(entry.why for entry in played.entries)


@pytest.mark.slow
def test_breaking_the_siege_is_won_in_time() -> None:
    world = engine.load_scenario("breaking_the_siege")
    session = game(world, EVERYBODY, seed=3)
    for _ in session.run():
        pass
    place = next(place for place in world.places if place.name == "137th Brigade base")
    assert session.state.hexes.control[place.hex] == world.faction("saa")


@pytest.mark.slow
def test_no_formation_idles_without_a_reason(record: Record) -> None:
    assert {name: turns for name, turns in record.idle.items() if turns > 2} == {}
    assert record.waited * 100 <= record.tasked * 25, (record.waited, record.tasked)


@pytest.mark.slow
def test_orders_do_not_depend_on_what_a_faction_cannot_know(campaign: World) -> None:
    """Hidden units are moved about, their strength changed; the staff gives the same orders."""
    state = engine.start(campaign, seed=5)
    seats = {n: make_player("staff") for n in range(len(campaign.factions))}
    checked = 0
    while state.clock.turn < 4:
        faction = state.faction
        view = engine.view(state, faction)
        if checked % 12 == 0:
            other = engine.view(shuffled(state, faction), faction)
            assert make_player("staff").decide(view) == make_player("staff").decide(other)
        checked += 1
        state = engine.apply(state, seats[faction].decide(view))[0]
    assert checked > 80


def shuffled(state: State, faction: int) -> State:
    """The same moment with enemies that the faction does not see elsewhere, weaker and deeper."""
    world, units = state.world, state.units
    hexes, steps, dug = list(units.hex), list(units.steps), list(units.dug)
    intel = state.intel[faction]
    for row, owner in enumerate(world.roster.faction):
        if world.friends(faction, owner) or intel.level[row] or hexes[row] < 0:
            continue
        steps[row], dug[row] = max(1, steps[row] - 1), 0
        free = [h for h in world.grid.near[hexes[row]] if world.terrain[h] >= 0 and not state.units_at(h)]
        hexes[row] = free[0] if free else hexes[row]
    return replace(state, units=replace(units, hex=tuple(hexes), steps=tuple(steps), dug=tuple(dug)), answers={})


SCRIPT = """
from game import engine
from game.ai.players import make_player
from game.session import Player, Session
world = engine.load_scenario("breaking_the_siege")
session = Session(world, 9, {n: make_player("staff") for n in range(len(world.factions))})
for entry in session.run():
    pass
print(session.state.digest())
"""


@pytest.mark.slow
def test_the_same_game_under_any_hash_seed() -> None:
    def digest(seed: str) -> str:
        env = {**os.environ, "PYTHONHASHSEED": seed}
        return subprocess.run(
            [sys.executable, "-c", SCRIPT], cwd=ROOT, env=env, capture_output=True, text=True, check=True
        ).stdout

    assert digest("1") == digest("4242") != ""


@pytest.mark.slow
def test_reinforcements_join_the_plan(record: Record) -> None:
    played = record.session
    arrived = {event.unit for entry in played.entries for event in entry.events if isinstance(event, UnitArrived)}
    moved = {entry.order.unit for entry in played.entries if isinstance(entry.order, od.Move)}
    movers = {played.world.roster.id[row] for row in arrived if played.world.roster.movement[row]}
    assert len(movers & moved) * 10 >= len(movers) * 7
