"""What a faction cannot know does not change what it sees, what it is told, or what it may order.

Two moments are made that differ in nothing but hidden facts: where unseen units stand and in what state, what others
plan and know and have to come, which events have fired, and the dice. The scenario is read twice, so that nothing kept
with the one world can make the other look alike.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields, replace
from itertools import islice
from typing import Any

import pytest

from game import engine
from game import orders as od
from game.ai.doctrine import CONVENTIONAL
from game.kernels.reach import reach
from game.rules import ladder, movement, sequence, zones
from game.scenario.build import world_from
from game.scenario.world import Script, Stance, World
from game.session import Session
from game.state import State
from game.state.changes import after
from game.state.codes import Status
from game.state.tables import IntelTable
from tests.chance import Draw, any_order, by_chance, drawing, play_on, some_order
from tests.contract.conftest import SIEGE, beginning_of, moments_of
from tests.situation import situation, unit
from tests.war import small_war

APART = ("roster", "row", "answers", "digest", "rules", "grid")
"""Parts of a world that are compared by themselves, or that no scenario keeps secret."""
PUBLIC = frozenset(
    "id title digest grid rules metres_per_hex days_per_turn first_day turns sequence terrain river road scarp border "
    "river_names places place_at sites faction_row stance first_stance first_rung control prizes stakes watched "
    "line_side airspace sectors sector_names strongholds exits options past outline texts coach answers".split()
)
MASKED = frozenset("roster row factions doctrine script raw".split())


def with_other_secrets(world: World, faction: int, draw: Draw) -> World:
    """The same scenario as far as a faction may read it: other events, and other plans of those who are no friends."""
    strange = [not world.friends(faction, number) for number in range(len(world.factions))]
    drawn = tuple(
        replace(CONVENTIONAL, axes=1 + draw(9), risk=draw(200), interest={"Nowhere": 5}) if strange[number] else one
        for number, one in enumerate(world.doctrine)
    )
    factions = tuple(
        replace(one, replacements=((draw(9), 1, 1),), player="greedy") if strange[number] else one
        for number, one in enumerate(world.factions)
    )
    events = world.script.events[draw(2) :: 2]
    return replace(world, doctrine=drawn, factions=factions, script=Script(events), raw={"secret": draw(9)}, answers={})


def hidden_twin(state: State, faction: int, other_world: World, draw: Draw) -> State:
    """The same moment, as far as a faction can know, with everything else by chance."""
    world = state.world
    strange = [not world.friends(faction, owner) for owner in range(len(world.factions))]
    units = _units(state, faction, strange, draw)
    factions = state.factions
    for name in ("liaison", "pool", "lost"):
        column = tuple(draw(9) if strange[n] else value for n, value in enumerate(getattr(factions, name)))
        factions = replace(factions, **{name: column})
    clock = replace(
        state.clock,
        orders=draw(500),
        fired=(("first-convoy", 1),) if draw(2) else (),
        flags=("x",) if draw(2) else (),
        used=(
            *(key for key in state.clock.used if key.startswith(f"bridge strike:{world.factions[faction].id}:")),
            *(("combat:0101#1",) if draw(2) else ()),
        ),
        grants=tuple((("strike", draw(5)),) if strange[n] else had for n, had in enumerate(state.clock.grants)),
        corridors=tuple(
            (draw(50), 60 + draw(9)) if world.stance[faction][n] == Stance.WAR else had
            for n, had in enumerate(state.clock.corridors)
        ),
    )
    intel = tuple(
        table if number == faction else _intel(state, table, draw) for number, table in enumerate(state.intel)
    )
    seed = bytes(draw(256) for _ in range(32))
    changed = after(other_world, clock.changes)
    return State(changed, seed, units, state.hexes, state.sites, state.places, factions, intel, clock)


def _units(state: State, faction: int, strange: list[bool], draw: Draw) -> Any:
    world, table, known = state.world, state.units, state.intel[faction].level
    columns: dict[str, list[int]] = {f.name: list(getattr(table, f.name)) for f in fields(table)}
    taken = {
        here
        for row, here in enumerate(table.hex)
        if here >= 0 and (not strange[world.roster.faction[row]] or known[row])
    }
    for row, owner in enumerate(world.roster.faction):
        if not strange[owner] or table.status[row] != Status.ON_MAP:
            continue
        columns["mp"][row], columns["spent"][row] = draw(20), draw(8)
        columns["supply"][row], columns["cut"][row], columns["dry"][row] = draw(3), draw(4), draw(3)
        columns["steps"][row] = 1 + draw(world.roster.steps[row])
        columns["disrupted"][row] = draw(columns["steps"][row] + 1)
        columns["dug"][row], columns["hidden"][row], columns["locked"][row] = draw(3), draw(2), draw(30)
        if not known[row]:
            here = draw(world.grid.size)
            if world.terrain[here] >= 0 and here not in taken:
                columns["hex"][row] = here
    return type(table)(**{name: tuple(column) for name, column in columns.items()})


def _intel(state: State, table: IntelTable, draw: Draw) -> IntelTable:
    level = tuple(draw(3) for _ in table.level)
    here = tuple(draw(state.world.grid.size) if seen else -1 for seen in level)
    return replace(table, level=level, hex=here, steps=tuple(draw(4) for _ in level))


def plain_view(view: engine.View) -> dict[str, Any]:
    """Everything that a view holds, by name."""
    state, world = view.state, view.state.world
    parts = {f"state.{name}": value for name, value in state.plain().items()}
    parts |= {f"roster.{f.name}": getattr(world.roster, f.name) for f in fields(world.roster)}
    parts |= {f"world.{f.name}": getattr(world, f.name) for f in fields(world) if f.name not in APART}
    return parts | {"seed": state.seed, "rows": world.row}


def compare(state: State, other_world: World, draw: Draw) -> None:
    """Make a twin for each faction and look for a difference."""
    world = state.world
    for faction in range(len(world.factions)):
        changed = after(other_world, state.clock.changes)
        twin = hidden_twin(state, faction, with_other_secrets(changed, faction, draw), draw)
        assert twin.digest() != state.digest(), "the twin hides nothing else"
        one, other = engine.view(state.with_fresh_answers(), faction), engine.view(twin, faction)
        name = world.factions[faction].id
        assert plain_view(one) == plain_view(other), f"the view of {name} tells what it cannot know"
        if state.faction == faction:
            told = [
                [od.to_text(order, world.grid) for order in islice(engine.legal_orders(view.state), 40)]
                for view in (one, other)
            ]
            assert told[0] == told[1]
            refusals(state, twin, draw)


def refusals(state: State, twin: State, draw: Draw) -> None:
    """The referee himself, who knows everything, refuses the same orders in the same words in both."""
    for number in range(30):
        order = any_order(state, draw) if number % 2 else some_order(engine.view(state, state.faction).state, draw)
        one, other = sequence.refusal(state, order), sequence.refusal(twin, order)
        assert one == other, f"{od.to_text(order, state.world.grid)}: {one} or {other}, by what cannot be known"


def test_g13_i36_hidden_facts_change_nothing_that_is_seen_or_refused(one_world: World) -> None:
    other_world, draw = world_from(one_world.raw), drawing(1)
    for state in moments_of(one_world.id):
        compare(state, other_world, draw)


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(10, 30))
def test_g13_many_more(world: World, seed: int) -> None:
    other_world, draw = world_from(world.raw), drawing(seed)
    for state in moments_of(world.id, seed, 40, 30):
        compare(state, other_world, draw)


def test_i39_a_view_holds_no_unit_that_was_not_seen(one_world: World) -> None:
    for state in moments_of(one_world.id):
        for faction, intel in enumerate(state.intel):
            view = engine.view(state, faction)
            roster = state.world.roster
            known = {
                roster.id[row]
                for row, owner in enumerate(roster.faction)
                if state.world.friends(faction, owner) or intel.level[row] == 2
            }
            named = {name for name, kind in zip(view.state.world.roster.id, view.state.world.roster.type, strict=True)
                     if not kind.startswith("contact-")}  # fmt: skip
            assert named <= known
            everything = str(plain_view(view))
            for row, name in enumerate(roster.id):
                if name not in known and len(name) > 8:
                    assert f"'{name}'" not in everything, f"{name} (row {row}) stands in the view"


def test_i33_what_is_legal_in_a_view_is_legal_in_truth(one_world: World) -> None:
    for state in moments_of(one_world.id):
        view, draw = engine.view(state, state.faction), drawing(7)
        for _ in range(12):
            if state.clock.over:
                break
            order = some_order(view.state, draw)
            refusal = engine.refusal(state, order)
            assert refusal is None, f"{od.to_text(order, state.world.grid)}: {refusal}"


def test_every_part_of_a_world_is_public_or_masked(world: World) -> None:
    """A part that is added to the world needs a decision: whoever adds it puts it into one of the two lists."""
    assert {f.name for f in fields(World)} == PUBLIC | MASKED
    state = engine.start(world, 1)
    for faction in range(len(world.factions)):
        seen = engine.view(state, faction).state.world
        assert seen.script == Script() and seen.raw == {}
        for number, doctrine in enumerate(seen.doctrine):
            assert doctrine == (world.doctrine[number] if world.friends(faction, number) else None)
        for name in PUBLIC:
            assert getattr(seen, name) is getattr(world, name), name


def test_what_is_imagined_in_a_view_never_changes_the_game() -> None:
    """Views share tables with the true world: whoever looks ahead in all of them plays the same game on.

    The village is counted because an event asks how long it was held, which no view knows.
    """
    held = {"on": "held", "at": {"place": "Far"}, "faction": "saa", "turns": 2}
    event = {"id": "far", "when": [held], "do": [{"do": "points", "faction": "saa", "victory": 5}]}
    digests = []
    for imagined in (False, True):
        world = situation(
            ". . .\n. . .", units=[unit("a", "saa", "0101"), unit("b", "isis", "0301")],
            places=[{"name": "Far", "hex": "0101"}], sources={"saa": [{"name": "Rear", "hex": "0101"}]}, events=[event],
        )  # fmt: skip
        session = Session(world, 3)
        for _ in range(8):
            for faction in range(2) if imagined else ():
                inside = engine.view(session.state, faction).state
                for _ in range(2):
                    inside, _ = engine.apply(inside, od.EndTurn())
            session.give(od.EndTurn())
        digests.append(session.state.digest())
        assert session.state.clock.fired == (("far", 1),)
    assert digests[0] == digests[1]


def test_what_a_view_takes_over_from_the_last_one_is_what_it_would_make_afresh() -> None:
    """Columns and answers that have not changed since the last order are shared: to the letter the same."""
    carried = 0
    for _, state, _ in beginning_of(SIEGE)[::2]:
        for faction in range(len(state.world.factions)):
            seen = engine.view(state, faction).state
            fresh = engine.view(replace(state, world=replace(state.world, answers={})), faction).state
            assert seen.plain() == fresh.plain() and seen.world.roster == fresh.world.roster
            carried += len(seen.answers)
            for make in (zones.known_enemies, zones.known_zone, zones.barred):
                assert make(seen, faction) == make(fresh, faction)
            assert seen.stacks == fresh.stacks
            assert zones.field(seen, 1, faction, False) == zones.field(fresh, 1, faction, False)
    assert carried > 100


def test_the_same_look_again_is_the_same_view_with_all_that_was_worked_out_of_it(world: World) -> None:
    state = engine.start(world, 7)
    mine, theirs = engine.view(state, 0), engine.view(state, 1)
    assert engine.view(state, 0).state is mine.state and engine.view(state, 1).state is theirs.state
    afresh = engine.view(state.with_fresh_answers(), 0)
    assert afresh.state is not mine.state and plain_view(afresh) == plain_view(mine)


def test_what_hangs_on_a_picture_holds_until_the_picture_changes() -> None:
    """Answers about known enemies pass from moment to moment; after every order they are what one makes afresh."""
    pictured: list[Callable[[State, int], object]] = [
        zones.known_enemies, zones.known_zone, zones.barred, ladder.known_rivals,
        lambda state, faction: zones.field(state, 1, faction, False),
    ]  # fmt: skip
    session = by_chance(small_war(), 3, end=20)
    shared = 0
    for _ in range(120):
        if session.over:
            break
        before = session.state
        for faction in range(len(before.world.factions)):
            for ask in pictured:
                ask(before, faction)
        play_on(session, 1)
        fresh = session.state.with_fresh_answers()
        for faction in range(len(before.world.factions)):
            shared += session.state.picture(faction) is before.picture(faction)
            for ask in pictured:
                assert ask(session.state, faction) == ask(fresh, faction)
    assert shared > 100


def test_a_reach_that_is_remembered_is_the_one_that_would_be_worked_out() -> None:
    """Reaches are kept by the marks around them: a sighting nearby ends one, whoever is to play."""
    session = by_chance(small_war(), 5, end=20)
    again = 0
    for _ in range(60):
        if session.over:
            break
        play_on(session, 1)
        state = session.state.with_fresh_answers()
        roster = state.world.roster
        for row, here in enumerate(state.units.hex):
            if here >= 0:
                field = zones.field(state, roster.mobility[row], roster.faction[row], False)
                found, fresh = movement.reach_with(state, row, here, 20), reach(field, here, 20)
                assert (found.cost, found.stops) == (fresh.cost, fresh.stops)
                assert all(found.path(goal) == fresh.path(goal) for goal in fresh.cost)
                again += found.field is not field
    assert again > 20
