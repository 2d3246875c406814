"""Options of a scenario: turned where sides are chosen or on the command line, and carried by every record."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pygame
import pytest

from game import engine, records
from game.ai.players import make_player
from game.cli import runner
from game.faults import UsageFault
from game.records.replays import replay_of, replay_text
from game.scenario.options import switched, with_options
from game.scenario.shipped import scenarios_folder, shipped_scenarios
from game.scenario.world import World
from game.session import Session
from game.ui.kit.widgets import Toggle
from game.ui.scenes.scenarios import briefing
from game.ui.scenes.sides import Sides
from game.ui.table.scene import TableScene
from game.ui.window import make_desk
from tests.ui.screen_hands import Screens
from tests.worlds import world_of


@pytest.fixture(scope="module")
def collision() -> World:
    return world_of("collision")


def test_a_turned_option_is_another_scenario_and_says_so(collision: World) -> None:
    world = with_options(collision, {"talks_fail": True, "open_clash": True})
    assert world.option("talks_fail") and world.digest != collision.digest
    assert switched(world) == {"talks_fail": True} and switched(collision) == {}
    turned = next(option for option in world.options if option.name == "talks_fail")
    assert turned.turned and turned.on and str(turned).endswith("**on**, turned for this game")
    assert not collision.option("talks_fail")


def test_turned_back_it_is_the_scenario_of_before(collision: World) -> None:
    back = with_options(with_options(collision, {"talks_fail": True}), {"talks_fail": False})
    assert back.digest == collision.digest
    assert with_options(collision, {"talks_fail": False}) is collision


def test_an_unknown_option_is_refused_with_the_known_ones(collision: World) -> None:
    with pytest.raises(UsageFault, match="has no option") as caught:
        with_options(collision, {"talk_fails": True})
    assert "talks_fail" in caught.value.remedy
    with pytest.raises(UsageFault):
        with_options(world_of("tutorial"), {"x": True})


@pytest.mark.parametrize("name", shipped_scenarios())
def test_every_option_of_a_shipped_scenario_has_words_and_does_something(name: str) -> None:
    world = world_of(name)
    asked = json.dumps(world.raw.get("events", []))
    for option in world.options:
        assert option.name in world.raw["scenario"]["option_words"]
        assert option.name == "open_clash" or f'"{option.name}"' in asked


def test_an_option_decides_about_events(collision: World) -> None:
    def told(world: World) -> list[str]:
        session = Session(world, 3)
        for faction in range(len(world.factions)):
            session.seat(faction, make_player("hold"), "hold")
        list(session.run())
        return [event for event, _ in session.state.clock.fired]

    asked = {one["id"] for one in collision.raw["events"] if one.get("option") == "talks_fail"}
    assert asked and not asked & set(told(collision))
    assert asked & set(told(with_options(collision, {"talks_fail": True})))


def test_the_rumoured_no_fly_zone_holds_only_where_it_was_turned_on() -> None:
    world = world_of("jazeera_storm")
    sdf, saa = world.faction("sdf"), world.faction("saa")
    for on in (False, True):
        session = Session(with_options(world, {"no_fly_zone": on}), 3)
        for faction in range(len(world.factions)):
            session.seat(faction, make_player("hold"), "hold")
        while session.state.clock.turn < 3:
            session.step()
        east = next(one for one in session.state.world.airspace if one.id == "east")
        assert sdf in east.may_fly and (saa in east.may_fly) is not on
        assert ("no-fly-rumour" in dict(session.state.clock.fired)) is not on


def test_saves_and_replays_carry_it(collision: World, tmp_path: Path) -> None:
    session = Session(with_options(collision, {"talks_fail": True}), 3)
    path = records.save_game(session, tmp_path / "a.dez")
    assert records.load_game(path).world.option("talks_fail")
    replay = replay_of(replay_text(session).encode())
    assert replay.world.option("talks_fail") and switched(replay.world) == {"talks_fail": True}


# --- on the screen ------------------------------------------------------------------------------------------


def test_switches_stand_below_the_sides_and_start_the_turned_scenario(
    window: pygame.Surface, collision: World, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    assert window
    monkeypatch.setattr(records, "autosaves_folder", lambda: tmp_path)
    screens = Screens(lambda desk: Sides(desk, collision, seed=5))
    switches = [widget for widget in screens.top.form.widgets if isinstance(widget, Toggle)]  # type: ignore[attr-defined]
    assert [one.on for one in switches] == [True, False]
    assert all(one.rect.bottom < screens.desk.size[1] - screens.desk.px(60) for one in switches)
    screens.click(switches[1].rect.center)
    screens.frames()
    screens.press("Start the game")
    screens.until("TableScene")
    table = screens.top
    assert isinstance(table, TableScene) and table.session.world.option("talks_fail")
    assert any("turned for this game" in str(option) for option in table.view.state.world.options)


def test_the_briefing_tells_the_options(window: pygame.Surface, collision: World) -> None:
    assert window
    assert "## Options" in briefing(collision)


def test_a_reload_keeps_what_was_turned(window: pygame.Surface, tmp_path: Path) -> None:
    assert window
    folder = tmp_path / "collision"
    shutil.copytree(scenarios_folder() / "collision", folder)
    world = with_options(engine.load_scenario(folder), {"talks_fail": True})
    table = TableScene(make_desk((1280, 720)), Session(world, 3), seats={0: "human"}, folder=folder)
    table.reload()
    assert "have not changed" in table.notice
    path = folder / "scenario.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("briefing: |", "briefing: |\n  New words.", 1), "utf-8")
    table.reload()
    assert "Reloaded" in table.notice and table.session.world.option("talks_fail")
    assert table.session.world.texts["briefing"].startswith("New words.")


# --- on the command line ------------------------------------------------------------------------------------


def test_simulate_turns_options_and_writes_them_down(tmp_path: Path) -> None:
    out = tmp_path / "games.jsonl"
    words = ["simulate", "collision", "--players", "all=hold", "--option", "talks_fail=on", "--json", str(out)]
    assert runner.main(words) == 0
    assert json.loads(out.read_text())["options"] == {"open_clash": True, "talks_fail": True}


@pytest.mark.parametrize(
    "words, said",
    [
        (["simulate", "collision", "--option", "talks_fail"], "NAME=on"),
        (["simulate", "collision", "--option", "talks_fail=perhaps"], "NAME=on"),
        (["simulate", "collision", "--option", "talks_fail=on", "--option", "talks_fail=off"], "given twice"),
        (["simulate", "collision", "--option", "peace=on"], "no option"),
        (["play", "--option", "talks_fail=on"], "name the scenario"),
    ],
)
def test_options_that_cannot_be_turned_are_refused(
    words: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert runner.main(words) == 2
    assert said in capsys.readouterr().err
