"""Another war, by the documentation alone: ids, ground and rivers of its own, no rivals; from the data to the table."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

os.environ.setdefault("SDL_VIDEODRIVER", "dummy")

import pygame

from game.cli.runner import main
from game.engine import load_scenario
from game.scenario.checker import check_paths
from game.scenario.world import World
from game.ui.scenes.help import keys
from game.ui.worldview import bloc_line
from tests.ui.table_hands import Hands, small_world

HERE = Path(__file__).parent
MADE = ("map.txt", "map.yaml", "crossings.yaml")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The scenario with the map that make-map makes of its recipe."""
    place = tmp_path_factory.mktemp("another_war")
    shutil.copytree(HERE / "geodata", place / "geodata")
    shutil.copytree(HERE / "two_rivers", place / "two_rivers")
    assert main(["make-map", str(place / "two_rivers" / "map_corrections.yaml")]) == 0
    return place / "two_rivers"


@pytest.fixture(scope="module")
def world(folder: Path) -> World:
    return load_scenario(folder)


@pytest.fixture(scope="module")
def window() -> Iterator[pygame.Surface]:
    pygame.display.init()
    pygame.font.init()
    yield pygame.display.set_mode((1280, 720))
    pygame.display.quit()


def test_the_map_is_sound_and_made_again_the_same(folder: Path) -> None:
    assert check_paths([folder]).problems == []
    assert main(["make-map", str(folder / "map_corrections.yaml"), "--check"]) == 0


def test_rivers_are_one_entry_each_however_they_are_drawn(world: World) -> None:
    names = [river.name for river in world.outline.rivers]
    assert names == ["Great Vel", "Moret", "Little Osk", "Dry Brook", "River 6"]
    kinds = {river.name: river.kind for river in world.outline.rivers}
    assert kinds["Great Vel"] == kinds["Moret"] == "major"
    rim = {here for here in range(world.grid.size) if len(world.grid.near[here]) < 6}

    def on_rim(name: str) -> int:
        sides = {side for river in world.outline.rivers if river.name == name for side in river.sides}
        return sum(1 for side in sides if set(world.grid.ends[side]) <= rim)

    assert on_rim("Great Vel") >= 2, "it enters the map and leaves it, over the joint of its two pieces"
    assert on_rim("Little Osk") >= 2, "it leaves the map and returns"


def test_crossings_lie_where_they_lie(world: World) -> None:
    place = {one.name: one.hex for one in world.places}
    ends = {one.name: world.grid.ends[one.side] for one in world.sites}
    assert min(world.grid.distance(place["Birch"], here) for here in ends["Ferry of Birch"]) <= 1
    assert min(world.grid.distance(place["Alder"], here) for here in ends["Alder Bridge"]) <= 2


def test_its_own_ground_and_looks_are_on_the_map(world: World) -> None:
    kinds = tuple(world.rules.terrain.kinds)
    marsh = {here for here, kind in enumerate(world.terrain) if kind >= 0 and kinds[kind] == "marsh"}
    assert world.grid.hex("1009") in marsh and world.grid.hex("0101") not in marsh
    assert [faction.look for faction in world.factions] == ["red", "green"]


@pytest.mark.slow
def test_it_can_be_drawn_and_played(folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["map", str(folder), "-o", str(tmp_path / "map.png"), "--width", "600"]) == 0
    assert (tmp_path / "map.png").read_bytes().startswith(b"\x89PNG")
    assert main(["simulate", str(folder), "--games", "1", "--seed", "5"]) == 0
    assert "league" in capsys.readouterr().out


def texts(world: World) -> str:
    """Every word that hovers over the bars of a table."""
    hands = Hands(world, {0: "human"})
    pages = hands.table.pages
    spots = [spot for page in (pages.orders, pages.more, pages.top) for spot in page(hands.table).spots]
    assert hands.picture()
    return "\n".join(spot.tip for spot in spots)


@pytest.mark.usefixtures("window")
def test_the_table_shows_nothing_between_blocs_where_there_are_none(world: World) -> None:
    without, with_blocs = texts(world), texts(small_world())
    for word in ("escalation ladder", "Notify a corridor|Corridor", "Hotline", "Cede an objective"):
        assert any(one in with_blocs for one in word.split("|")), word
        assert not any(one in without for one in word.split("|")), word
    assert "Hotline" in keys() and "Hotline" not in keys(world)
    hands = Hands(world, {0: "human"})
    assert bloc_line(hands.session.state) == ()


def test_a_finished_map_is_not_written_over_unasked(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    own = tmp_path / "own"
    own.mkdir()
    for name in MADE:
        (own / name).write_text("# drawn by hand\n", encoding="utf-8")
    asked = ["make-map", str(folder / "map_corrections.yaml"), "--out", str(own)]
    assert main(asked) == 2
    assert "--force" in capsys.readouterr().err
    assert (own / "map.txt").read_text(encoding="utf-8") == "# drawn by hand\n"
    assert main([*asked, "--force"]) == 0
    assert main(asked) == 0, "what the same recipe has made may be made again"
