"""Pictures of maps and of every screen, written without a display."""

from __future__ import annotations

from pathlib import Path

import pygame
import pytest

from game import engine
from game.faults import EnvironmentFault
from game.ui.offscreen.picture import write_map_picture
from game.ui.offscreen.shots import SIZES, write_shots
from tests.situation import play
from tests.ui.table_hands import small_world


def test_a_picture_of_a_world_has_the_width_asked_for(tmp_path: Path, window: pygame.Surface) -> None:
    assert window
    path = write_map_picture(small_world(), tmp_path / "map.png", width=400)
    picture = pygame.image.load(path)
    assert picture.get_width() == 400
    assert picture.get_height() > 200
    assert len({picture.get_at((x, y))[:3] for x in range(0, 400, 9) for y in range(0, 300, 9)}) > 20


def test_a_picture_of_a_state_shows_where_its_units_are(tmp_path: Path, window: pygame.Surface) -> None:
    assert window
    world = small_world()
    state = play(world)
    first = write_map_picture(state, tmp_path / "a.png", width=300).read_bytes()
    again = write_map_picture(state, tmp_path / "b.png", width=300).read_bytes()
    assert first == again
    empty = engine.start(small_world(units=[]), 1)
    assert first != write_map_picture(empty, tmp_path / "c.png", width=300).read_bytes()


def test_a_folder_that_is_not_there_is_a_fault(tmp_path: Path, window: pygame.Surface) -> None:
    assert window
    with pytest.raises(EnvironmentFault):
        write_map_picture(small_world(), tmp_path / "none" / "map.png", width=300)


@pytest.mark.slow
def test_shots_show_every_screen_at_all_sizes(tmp_path: Path) -> None:
    paths = list(write_shots(tmp_path / "shots"))
    pygame.display.set_mode((800, 600))
    names = {path.name for path in paths}
    for size in SIZES:
        for name in ("menu", "scenarios", "sides", "load", "settings", "help-combat", "pause", "handover", "result",
                     "report-aims", "report-staff-log", "units", "load-empty", "replays-empty", "replay"):  # fmt: skip
            assert f"{name}-{size[0]}x{size[1]}.png" in names
        for zoom in ("whole", "middle", "near"):
            assert f"map-{zoom}-{size[0]}x{size[1]}.png" in names
    for path in paths:
        size = pygame.image.load(path).get_size()
        assert size in SIZES
        assert f"{size[0]}x{size[1]}" in path.name
