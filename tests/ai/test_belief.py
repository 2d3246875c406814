"""A belief is a whole legal state that fits the view it was made from, and made from nothing else."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from game import engine
from game.ai.belief.believing import believe, strength_of
from game.ai.players import make_player
from game.rules import fog, invariants
from game.scenario.build import world_from
from game.scenario.world import World
from game.session import Session
from game.state import State
from game.state.codes import Knowledge
from tests.chance import drawing
from tests.contract.test_views import hidden_twin, plain_view, with_other_secrets
from tests.situation import play, situation, unit
from tests.worlds import shipped, world_of

EVERY, POSITIONS = 41, 36
"""Orders between two positions, and how many beliefs of a scenario are looked at: over 200 in all."""


def positions(world: World) -> Iterator[State]:
    """Moments of a game of the campaign's AI."""
    session = Session(world, 11, {number: make_player("staff") for number in range(len(world.factions))})
    for number, _ in enumerate(session.run()):
        if number % EVERY == 7:
            yield session.state


@pytest.mark.parametrize(
    "name",
    shipped("tutorial", "breaking_the_siege"),
)
def test_a_belief_is_sound_and_its_view_is_the_one_it_was_made_from(name: str) -> None:
    world = world_of(name)
    seen, sample = 0, 0
    for state in positions(world):
        for faction in range(len(world.factions)):
            view = engine.view(state, faction)
            sample = (sample + 1) % 3
            belief = believe(view, sample)
            assert invariants.check(belief) == []
            assert plain_view(engine.view(belief, faction)) == plain_view(view)
            known = belief.intel[faction].level
            assert all(known[row] for row in fog.visible_units(belief, faction)), "nobody unseen stands in sight"
            seen += 1
        if seen >= POSITIONS:
            break
    assert seen >= len(world.factions)


@pytest.mark.parametrize("name", shipped("breaking_the_siege"))
def test_what_is_hidden_changes_no_belief(name: str) -> None:
    world, other, draw = world_of(name), world_from(world_of(name).raw), drawing(5)
    for number, state in enumerate(positions(world)):
        for faction in range(len(world.factions)):
            twin = hidden_twin(state, faction, with_other_secrets(other, faction, draw), draw)
            mine, theirs = believe(engine.view(state, faction), 1), believe(engine.view(twin, faction), 1)
            assert mine.seed == theirs.seed and mine.plain() == theirs.plain()
            assert mine.world.roster == theirs.world.roster
        if number >= 3:
            break


def test_samples_differ_and_each_is_the_same_again() -> None:
    view = engine.view(engine.start(world_of("breaking_the_siege"), seed=7), 0)
    assert believe(view, 1) == believe(view, 1)
    assert believe(view, 1).units.hex != believe(view, 2).units.hex


def test_the_engine_plays_on_from_a_belief_with_the_replies_of_the_others() -> None:
    state = believe(engine.view(engine.start(world_of("breaking_the_siege"), seed=7), 0), 1)
    players = {number: make_player("staff") for number in range(len(state.world.factions))}
    while state.clock.turn < 3:
        order = players[state.faction].decide(engine.view(state, state.faction))
        state, _ = engine.apply(state, order)
        assert invariants.check(state) == []


def test_an_army_of_which_nothing_is_seen_stands_on_its_own_ground_out_of_sight() -> None:
    world = world_of("jazeera_storm")
    saa, sdf = world.faction("saa"), world.faction("sdf")
    view = engine.view(engine.start(world, seed=7), saa)
    assert sdf not in view.state.world.roster.faction
    belief = believe(view)
    rows = [row for row, owner in enumerate(belief.world.roster.faction) if owner == sdf]
    assert sum(belief.units.steps[row] for row in rows) == strength_of(view, sdf) > 0
    assert all(belief.hexes.control[belief.units.hex[row]] == sdf for row in rows)


def test_a_contact_has_a_make_and_as_many_steps_as_it_looks_like() -> None:
    world = situation(
        """
        . . . . . . .
        . . . . . . .
        """,
        units=[unit("a", "saa", "0101", "recon"), unit("b", "isis", "0401", steps=2)],
    )
    view = engine.view(play(world), 0)
    row = next(row for row, level in enumerate(view.state.intel[0].level) if level)
    assert view.state.intel[0].level[row] == Knowledge.CONTACT
    size = world.rules.units.contacts[1]
    for sample in range(6):
        belief = believe(view, sample)
        assert size.low <= belief.units.steps[row] <= size.high
        assert not belief.world.roster.type[row].startswith("contact")
