"""What systems and editors leave behind is nobody's mistake: passed over in folders, packs and lists, never packed."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path
from zipfile import ZipFile

import pytest

from game.cli.runner import main
from game.packs.packing import write_pack
from game.records.saves import list_saves
from game.scenario.checker import check_paths
from game.scenario.contents import Folder
from game.scenario.installed import installed_scenarios
from game.schema.leavings import holds_anything, is_left_behind, without_icons
from game.workshop.disk import going_along, read_folder

BASE = Path(__file__).parents[1] / "bad" / "base"
LEFT = [
    "._map.yaml", ".DS_Store", "Icon\r", "Thumbs.db", "desktop.ini", "map.yaml~", ".#map.yaml", "#map.yaml#",
    ".map.yaml.swp", ".~lock.notes.txt#", "~$notes.txt", ".directory", ".map.yaml.17.1.tmp",
]  # fmt: skip
MEANT = ["map.yaml", "Icon.png", "icons.md", "thumbs.png", "notes.md", "forces/saa.yaml", "crosings.yaml", "a#b.md"]


def left_in(folder: Path) -> None:
    for name in LEFT:
        if sys.platform == "win32" and name == "Icon\r":
            continue
        (folder / name).write_bytes(b"\0\5\x16\7")
    (folder / "__MACOSX").mkdir()
    (folder / "__MACOSX" / "._map.yaml").write_bytes(b"\0\5\x16\7")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    place = tmp_path / "base"
    shutil.copytree(BASE, place)
    left_in(place)
    for name in ("._saa.yaml", ".#sdf.yaml", "sdf.yaml~", ".DS_Store"):
        (place / "forces" / name).write_bytes(b"\0\5\x16\7")
    (place / "._cover.png").write_bytes(b"\0\5\x16\7")
    return place


def test_leavings_are_known_by_their_names() -> None:
    assert [name for name in LEFT if not is_left_behind(name) or not is_left_behind(f"forces/{name}")] == []
    assert [name for name in MEANT if is_left_behind(name)] == []
    assert is_left_behind("__MACOSX/base/map.yaml")
    assert without_icons("base/Icon\r") == "base/Icon"
    assert without_icons("base/Icon\rs") == "base/Icon\rs"


def test_a_folder_with_leavings_is_sound_and_packs_without_them(folder: Path, tmp_path: Path) -> None:
    assert check_paths([folder]).problems == check_paths([BASE]).problems == []
    assert Folder(folder).names() == Folder(BASE).names()
    packed, left_out = write_pack(folder, tmp_path / "base.zip")
    assert packed == Folder(BASE).names()
    assert left_out == []


def test_a_pack_with_leavings_is_sound(folder: Path, tmp_path: Path) -> None:
    pack = tmp_path / "base.zip"
    with ZipFile(pack, "w") as archive:
        for path in sorted(folder.rglob("*")):
            if path.is_file():
                archive.write(path, f"base/{path.relative_to(folder).as_posix()}")
    assert check_paths([pack]).problems == []


def test_an_icon_does_not_excuse_a_bad_path(tmp_path: Path) -> None:
    pack = tmp_path / "base.zip"
    with ZipFile(pack, "w") as archive:
        archive.write(BASE / "scenario.yaml", "base/scenario.yaml")
        archive.writestr("../../Icon\r", b"")
    assert [one.code for one in check_paths([pack]).problems] == ["P104"]


def test_a_folder_of_scenarios_is_not_asked_about_leavings(folder: Path) -> None:
    left_in(folder.parent)
    (folder.parent / "._base.zip").write_bytes(b"PK\3\4")
    assert [shown for shown, _ in check_paths([folder.parent]).found] == [folder.as_posix()]


def test_the_list_of_installed_scenarios_has_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    monkeypatch.setattr("game.scenario.installed.installed_folder", lambda: tmp_path)
    shutil.copytree(BASE, tmp_path / "base")
    left_in(tmp_path)
    assert [path.name for path in installed_scenarios()] == ["base"]


def test_the_editor_reads_past_them(folder: Path) -> None:
    assert set(read_folder(folder)) == set(read_folder(BASE))
    assert [name for name, _ in going_along(folder)] == [name for name, _ in going_along(BASE)]


def test_the_list_of_saves_has_none(tmp_path: Path) -> None:
    (tmp_path / "._evening.dez").write_bytes(b"\0\5\x16\7")
    assert list_saves(tmp_path) == []


def test_a_folder_with_nothing_but_leavings_is_empty(tmp_path: Path) -> None:
    place = tmp_path / "war"
    place.mkdir()
    (place / ".DS_Store").write_bytes(b"")
    assert not holds_anything(place)
    assert main(["new-scenario", str(place)]) == 0
    assert holds_anything(place)
