"""Settings survive a restart, and no settings file, however damaged, stops the game or is lost."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from game.ui.settings import Settings, load_settings, save_settings
from game.ui.window import LEAST_POINTS, layout_scale

CHANGED = Settings(125, "fast", True, False, "brief", True, True, False)


def test_what_is_kept_is_what_is_read(tmp_path: Path) -> None:
    save_settings(CHANGED, tmp_path / "settings.toml")
    assert load_settings(tmp_path / "settings.toml") == CHANGED
    assert load_settings(tmp_path / "none.toml") == Settings()


DAMAGED = {
    "no TOML": b"scale = = 3",
    "no text": b"\xff\xfe\x00scale",
    "cut": b'animation = "fas',
    "too large": b"# " + b"x" * 100_000,
    "nested without end": b"a = " + b"[" * 20_000,
}


@pytest.mark.parametrize("name", DAMAGED)
def test_a_damaged_file_gives_defaults_and_is_kept(tmp_path: Path, name: str) -> None:
    path = tmp_path / "settings.toml"
    path.write_bytes(DAMAGED[name])
    assert load_settings(path) == Settings()
    assert not path.exists()
    assert (tmp_path / "settings.toml.bad").read_bytes() == DAMAGED[name]


def test_earlier_damaged_files_stay(tmp_path: Path) -> None:
    path = tmp_path / "settings.toml"
    for number in (1, 2, 3):
        path.write_bytes(b"= %d" % number)
        load_settings(path)
    kept = sorted(one.name for one in tmp_path.iterdir())
    assert kept == ["settings.toml.bad", "settings.toml.bad2", "settings.toml.bad3"]


@pytest.mark.parametrize(
    "line",
    [
        "scale = 101",
        'scale = "100"',
        "scale = true",
        'animation = "sudden"',
        "checklist = 1",
        "unknown = 3",
        "log = []",
    ],
)
def test_a_value_that_does_not_fit_is_passed_over(tmp_path: Path, line: str) -> None:
    path = tmp_path / "settings.toml"
    path.write_text(f"{line}\nedge_pan = true\n", encoding="utf-8")
    assert load_settings(path) == replace(Settings(), edge_pan=True)
    assert path.exists()


def test_a_file_with_a_value_that_does_not_fit_is_kept_before_it_is_written_anew(tmp_path: Path) -> None:
    path = tmp_path / "settings.toml"
    text = "scale = 101\nedge_pan = true\nvolume = 55\npanels = 'pink'\n"
    path.write_text(text, encoding="utf-8")
    for _ in range(3):
        save_settings(load_settings(path), path)
    assert load_settings(path) == replace(Settings(), edge_pan=True)
    assert [one.name for one in sorted(tmp_path.glob("*.bad*"))] == ["settings.toml.bad"]
    assert (tmp_path / "settings.toml.bad").read_text(encoding="utf-8") == text


def test_a_file_that_fits_is_not_copied(tmp_path: Path) -> None:
    path = tmp_path / "settings.toml"
    save_settings(replace(Settings(), panels="light", counters="pictures", sound=False, volume=20), path)
    assert load_settings(path).counters == "pictures"
    assert [one.name for one in tmp_path.iterdir()] == ["settings.toml"]


def test_a_folder_in_place_of_the_file_gives_defaults(tmp_path: Path) -> None:
    assert load_settings(tmp_path) == Settings()


@pytest.mark.parametrize("size", [(960, 600), (1280, 720), (1920, 1080), (3840, 2160)])
@pytest.mark.parametrize("percent", [80, 100, 160])
def test_whatever_the_scale_the_layout_has_the_room_it_needs(size: tuple[int, int], percent: int) -> None:
    scale = layout_scale(size, percent)
    assert size[0] / scale >= LEAST_POINTS[0] - 1
    assert size[1] / scale >= LEAST_POINTS[1] - 1
