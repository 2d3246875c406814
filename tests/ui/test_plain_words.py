"""Words of the table that once were untrue or raw: saves, ledgers, events, victories, risks."""

from __future__ import annotations

from pathlib import Path

import pytest

from game import engine, records
from game.events import EventFired
from game.rules import deconfliction, fog, victory
from game.rules.deconfliction import Act
from game.scenario.faction_names import faction_names
from game.scenario.shipped import shipped_scenarios
from game.session import Session
from game.state.codes import Ending
from game.telling import Witness, tell
from game.ui.scenes.ledgers import ledger_bars, ledger_notes
from game.ui.scenes.saves import details
from game.ui.scenes.victory import why_won
from tests.situation import unit
from tests.ui.table_hands import small_world
from tests.worlds import world_of


def test_every_shipped_scenario_names_its_factions() -> None:
    for name in shipped_scenarios():
        world = world_of(name)
        assert faction_names(name) == {one.id: one.adjective for one in world.factions}
    assert faction_names("no such scenario") == {}


def test_a_save_names_who_is_to_play(tmp_path: Path) -> None:
    records.save_game(Session(world_of("tutorial"), 3), tmp_path / "one.dez")
    (found,) = records.list_saves(tmp_path)
    assert found.header is not None
    name = faction_names("tutorial")[found.header.phase]
    assert f"| To play | {name} |" in details(found) and name != found.header.phase


def test_a_ledger_before_the_end_leaves_out_what_is_not_taken() -> None:
    state = engine.start(world_of("race_for_deir_ezzor"), seed=3)
    every = list(victory.captures(state, 0))
    taken = [then for _, held, then in every if held]
    words = " ".join(ledger_notes(state, 0))
    assert f"{len(taken)} of {len(every)} places taken" in words and "left out until the game ends" in words
    assert victory.standing(state, 0).time.value not in [bar.mine for bar in ledger_bars(state, 0)]


def test_an_events_text_is_one_line_however_its_author_broke_it() -> None:
    state = engine.start(small_world(), 3)
    event = EventFired("rain", "It rains\nall day.\n", (0, 1, 2))
    (line,) = tell(Witness(0, state, state), [event])
    assert line.text == "It rains all day."


def test_a_victory_says_why_it_is_one() -> None:
    world = small_world()
    standings = tuple(victory.standing(engine.start(world, 1), n) for n in range(3))
    won = victory.Outcome(0, Ending.LAST_TURN, "", standings)
    assert why_won(world, won).startswith("SAA finished level with history")
    assert "event" in why_won(world, won, by_event=True)
    assert why_won(world, victory.Outcome(None, Ending.LAST_TURN, "", ())) == ""


@pytest.mark.parametrize("near", [True, False])
def test_nobody_is_known_only_where_something_is_unseen(near: bool) -> None:
    units = [unit("lions", "saa", "0303"), unit("cellar", "isis", "0908"), unit("hills", "sdf", "0901")]
    state = engine.start(small_world(units=units), 3)
    view = engine.view(state, 0).state
    seen = fog.visible_hexes(view, 0)
    grid = view.world.grid
    here = grid.hex("0303") if near else grid.hex("0606")
    found = deconfliction.forecast(view, 0, Act("friction", here))
    whole = all(seen[there] for there in grid.disk(here, 2))
    assert whole == near
    assert ("known" in found.words) == (not near) and ("no SDF troops within 2 hexes" in found.words) == near


def test_troops_that_are_near_are_never_said_to_be_absent() -> None:
    units = [unit("lions", "saa", "0303"), unit("cellar", "isis", "0908"), unit("hills", "sdf", "0503")]
    view = engine.view(engine.start(small_world(units=units), 3), 0).state
    found = deconfliction.forecast(view, 0, Act("move", view.world.grid.hex("0303")))
    assert "no SDF troops" not in found.words
    assert found.percent or "near" in found.words
