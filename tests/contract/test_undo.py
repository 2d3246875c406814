"""What can be taken back has taught nobody anything.

The proof is by moments that the giver of an order cannot tell apart: troops that he does not see, and cells that lie
hidden, stand elsewhere, also where the order leads. An order that can be taken back must then look the same to him in
each of them. Where it looked different in one, the player would have learnt which of them is true.
"""

from __future__ import annotations

from dataclasses import replace

import pytest

from game import engine
from game import orders as od
from game.rules import fog
from game.scenario.build import world_from
from game.scenario.world import World
from game.seats.undoing import Sighted
from game.session import Session
from game.state import State
from tests.chance import Draw, drawing, some_order
from tests.contract.test_views import plain_view
from tests.situation import situation, unit
from tests.war import small_war


def unseen_places(state: State, faction: int, sighted: Sighted, hidden: bool) -> list[int]:
    """Hexes where somebody else could stand and a faction would not know."""
    world = state.world
    told = {
        near
        for place in world.places if place.civilians and world.together(faction, max(0, state.hexes.control[place.hex]))
        for near in world.grid.disk(place.hex, world.rules.fog.held_ground_sight)
    }  # fmt: skip
    return [
        here for here in range(world.grid.size)
        if world.terrain[here] >= 0 and here not in sighted.trodden and not state.units_at(here)
        and (hidden or (not sighted.seen[here] and here not in told))
    ]  # fmt: skip


def twin_of(state: State, order: od.Order, sighted: Sighted, other: World, draw: Draw) -> State:
    """The same moment to the faction to play; those whom it does not see stand elsewhere, near the order rather."""
    world, faction = state.world, state.faction
    known, seen = state.intel[faction], fog.visible_units(state, faction)
    hexes, status = list(state.units.hex), list(state.units.status)
    hidden, steps = list(state.units.hidden), list(state.units.steps)
    named = getattr(order, "path", ()) or (getattr(order, "target", -1),)
    near = {there for here in named if here >= 0 for there in world.grid.disk(here, 3)}
    taken = set[int]()
    for row, owner in enumerate(world.roster.faction):
        if world.friends(faction, owner) or row in seen or hexes[row] < 0 or known.turn[row] == state.clock.turn:
            continue
        hidden[row] = int("cell" in world.roster.traits[row] and draw(3) > 0)
        steps[row] = 1 + draw(world.roster.steps[row])
        places = [here for here in unseen_places(state, faction, sighted, bool(hidden[row])) if here not in taken]
        close = [here for here in places if here in near]
        pool = close if close and draw(3) else places
        if pool:
            hexes[row] = pool[draw(len(pool))]
            taken.add(hexes[row])
    disrupted = tuple(min(a, b) for a, b in zip(state.units.disrupted, steps, strict=True))
    units = replace(
        state.units, hex=tuple(hexes), status=tuple(status), hidden=tuple(hidden), steps=tuple(steps),
        disrupted=disrupted, dug=tuple(0 if a != b else c for a, b, c in zip(hexes, state.units.hex, state.units.dug,
                                                                                strict=True)),
    )  # fmt: skip
    seed = bytes(draw(256) for _ in range(32))
    return State(other, seed, units, state.hexes, state.sites, state.places, state.factions, state.intel, state.clock)


def teaches(before: State, after: State, order: od.Order, sighted: Sighted, other: World, draw: Draw) -> str:
    """What the giver of an order could tell apart after it, "" when nothing."""
    faction = before.faction
    twin = twin_of(before, order, sighted, other, draw)
    if plain_view(engine.view(twin, faction)) != plain_view(engine.view(before.with_fresh_answers(), faction)):
        return ""  # the twin was no twin: he would know already
    refusal = engine.refusal(twin, order)
    if refusal is not None:
        return f"refused in the one, {refusal}"
    elsewhere, _ = engine.apply(twin, order)
    one, two = plain_view(engine.view(after, faction)), plain_view(engine.view(elsewhere, faction))
    if one == two:
        return ""
    return "; ".join(f"{name}: {one[name]} or {two[name]}" for name in one if one[name] != two[name])[:2000]


def judge_undo(world: World, seed: int, orders: int, twins: int) -> tuple[int, int, int]:
    """Play by chance; how many orders could be taken back, how many were compared, and how many could not."""
    session, draw, other = Session(world, seed), drawing(seed), world_from(world.raw)
    back = compared = final = 0
    sighted = Sighted(session.state)
    for _ in range(orders):
        if session.over:
            break
        before = session.state
        if not sighted.belongs(before):
            sighted = Sighted(before)
        views = [plain_view(engine.view(before, one)) for one in range(len(world.factions))]
        order = some_order(before, draw, end=4)
        session.give(order)
        after = session.state
        if not session.why_no_undo():
            back += 1
            for _ in range(twins):
                compared += 1
                told = teaches(before, after, order, sighted, other, draw)
                assert not told, f"{od.to_text(order, world.grid)} can be taken back: {told}"
            assert session.undo()
            again = [plain_view(engine.view(session.state, one)) for one in range(len(world.factions))]
            assert again == views, "a view is not what it was"
            assert session.redo() and session.state.digest() == after.digest()
        else:
            final += 1
            assert not session.undo() and session.state is after
        sighted.add(before, session.entries[-1].events)
    return back, compared, final


def test_what_can_be_taken_back_looks_the_same_whoever_stands_unseen(one_world: World) -> None:
    back, compared, final = judge_undo(one_world, 8, 50, 1)
    assert back > 2 and compared > 2 and final > 8


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(20, 30))
def test_many_more_orders_taken_back(world: World, seed: int) -> None:
    judge_undo(world, seed, 900, 5)


def test_the_small_war_with_its_cell() -> None:
    back, _, _ = judge_undo(small_war(), 2, 200, 2)
    assert back > 10


# --- the kinds of knowledge, one by one -------------------------------------------------------------------------------


def stage(**changes: object) -> Session:
    """Open ground with a picket on each side of it that sees all of it; nobody else is there."""
    given: dict[str, object] = {
        "units": [
            unit("north", "saa", "0402"), unit("south", "saa", "0405"), unit("lions", "saa", "0303"),
            unit("foe", "isis", "1008"),
        ],
        "factions": ("saa", "isis"), "support": {"saa": {"recon": 1, "strike": 1}},
    }  # fmt: skip
    world = situation("\n".join([". " * 10] * 8), **{**given, **changes})  # type: ignore[arg-type]
    return Session(world, 1)


def told(session: Session, order: str) -> str:
    """Why an order cannot be taken back once it was given."""
    session.give(od.parse_order(order, session.world.grid))
    return session.why_no_undo()


def test_a_flight_that_found_nothing_is_final() -> None:
    session = stage()
    assert "the flight has shown" in told(session, "scout 0708")
    assert not session.undo() and not session.state.support_of(0)["recon"]


def test_a_march_among_known_hexes_can_be_taken_back() -> None:
    session = stage(units=[
        unit("scouts", "saa", "0403", "special", sight=6), unit("lions", "saa", "0303"), unit("foe", "isis", "1008"),
    ])  # fmt: skip
    assert told(session, "move lions 0304") == ""
    assert session.undo() and session.state.units.hex[1] == session.world.grid.hex("0303")


def test_a_march_that_shows_empty_hexes_is_final() -> None:
    assert "showed you hexes" in told(stage(), "move lions 0302,0301")


def test_what_was_seen_earlier_in_the_turn_is_not_learnt_again() -> None:
    session = stage(units=[unit("first", "saa", "0303"), unit("second", "saa", "0303"), unit("foe", "isis", "1008")])
    assert "showed you hexes" in told(session, "move first 0304,0305")
    assert told(session, "move second 0304") == "", "the first has seen all of this"
    assert session.undo() and not session.undo()
    assert "showed you hexes" in session.why_no_undo()


def test_a_way_on_which_a_cell_might_have_lain_is_final() -> None:
    session = stage(units=[
        unit("scouts", "saa", "0403", "special", sight=6), unit("lions", "saa", "0303"), unit("foxes", "saa", "0303"),
        unit("cell", "isis", "1008", "cell", hidden=True),
    ])  # fmt: skip
    assert "nobody is hidden" in told(session, "move lions 0304")
    assert told(session, "move foxes 0304") == "", "the lions have gone there before"


def test_the_silence_of_the_other_bloc_is_final() -> None:
    session = stage(
        units=[unit("lions", "saa", "0303"), unit("other", "sdf", "1008"), unit("foe", "isis", "1001")],
        factions=("saa", "isis", "sdf"), roads=[["0708", "0707", "0706"]],
    )  # fmt: skip
    assert "the other bloc is not near" in told(session, "interdict 0707")


def test_the_orders_of_a_computer_player_are_final() -> None:
    from game.ai.players import make_player

    session = stage()
    session.seat(0, make_player("random:stop=1"), "random:stop=1")
    session.step()
    session.seat(0, None)
    if session.state.faction == 0:
        assert "AI player" in session.why_no_undo() and not session.undo()


def test_a_unit_dug_in_by_mistake_gets_up_again() -> None:
    session = stage()
    assert told(session, "dig-in lions") == "" and session.undo()


@pytest.mark.parametrize(("effect", "final"), [
    ({"do": "points", "faction": "saa", "victory": 10}, True),
    ({"do": "points", "faction": "isis", "liaison": 3}, False),
])  # fmt: skip
def test_what_an_unseen_event_changes_before_your_eyes_is_final(effect: dict[str, object], final: bool) -> None:
    session = stage(events=[{
        "id": "it", "when": [{"on": "ladder", "from": 0}], "asked": "order", "seen_by": ["isis"], "do": [effect],
    }])  # fmt: skip
    assert ("differently" in told(session, "dig-in lions")) == final
    assert session.undo() != final
