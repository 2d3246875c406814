"""The picture beneath the map: what is taken, where it lies, how it fades; and that unsound ones are told."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator
from pathlib import Path

import pygame
import pytest

from game.scenario.files import MapFile
from game.ui.editor.scenario_form import degrees, hundred_thousandths
from game.ui.editor.underlay import frame_of
from game.workshop.underlay import Underlay
from game.workshop.world_file import world_file_of
from tests.ui.editor_hands import EditorHands, copied


@pytest.fixture
def hands(window: pygame.Surface, tmp_path: Path) -> Iterator[EditorHands]:
    assert window
    yield EditorHands(copied(tmp_path))


def survey(folder: Path, size: tuple[int, int] = (120, 90)) -> Path:
    """A red picture."""
    board = pygame.Surface(size)
    board.fill((200, 20, 20))
    path = folder / "survey.png"
    pygame.image.save(board, path)
    return path


def lay(hands: EditorHands, path: Path) -> None:
    hands.editor.ask_picture()
    hands.frames(1)
    hands.type(str(path))
    hands.key(pygame.K_RETURN)
    hands.frames(2)


def colour_at(hands: EditorHands, label: str) -> pygame.Color:
    assert hands.editor.canvas is not None
    hands.editor.canvas.map.finish(hands.canvas)
    x, y = hands.point(label)
    return hands.canvas.get_at((x + 9, y + 14))


def test_a_picture_lies_over_the_whole_map_and_its_slider_fades_it(hands: EditorHands, tmp_path: Path) -> None:
    before = colour_at(hands, "0207")
    lay(hands, survey(tmp_path))
    under = hands.editor.workshop.underlay()
    assert under is not None and under.opacity == 50
    assert (hands.folder / "survey.png").is_file()
    half = colour_at(hands, "0207")
    assert half.g < before.g
    slider = hands.row("Opacity")
    at = slider.rect
    hands.drag((at.x + 20, at.centery), (at.centerx, at.centery), (at.right, at.centery))
    under = hands.editor.workshop.underlay()
    assert under is not None and under.opacity == 100
    assert colour_at(hands, "0207").g < half.g
    hands.key(pygame.K_z, pygame.KMOD_CTRL)
    assert laid_under(hands).opacity == 50
    hands.key(pygame.K_i)
    assert colour_at(hands, "0207") == before


def test_a_world_file_beside_it_says_where_it_lies(hands: EditorHands, tmp_path: Path) -> None:
    path = survey(tmp_path, (100, 50))
    path.with_suffix(".pgw").write_text("0.01\n0\n0\n-0.02\n10.005\n19.99\n")
    lay(hands, path)
    under = hands.editor.workshop.underlay()
    assert under is not None
    assert (under.west, under.north, under.east, under.south) == (1_000_000, 2_000_000, 1_100_000, 1_900_000)
    hands.fill("West", "9.5")
    assert laid_under(hands).west == 950_000
    hands.fill("North", "95")
    assert hands.editor.words_bad


def test_degrees_are_written_and_read_without_loss() -> None:
    for value in (0, 1, -1, 3_831_234, -17_999_999, 18_000_000):
        assert hundred_thousandths(degrees(value), -180, 180) == value
    for text in ("", "x", "1e9", "--3", "181"):
        assert hundred_thousandths(text, -180, 180) is None


def test_earth_and_map_agree_both_ways(hands: EditorHands) -> None:
    frame = frame_of(hands.editor.workshop.definition("map.yaml", MapFile))
    for point in ((0.0, 0.0), (3.2, 7.1), (12.0, 9.5)):
        assert frame.to_map(*frame.to_earth(*point)) == pytest.approx(point)


def bomb() -> bytes:
    """A header that claims far more pixels than there are."""
    head = struct.pack(">2L5B", 60_000, 60_000, 8, 2, 0, 0, 0)
    body = struct.pack(">L", 13) + b"IHDR" + head + struct.pack(">L", zlib.crc32(b"IHDR" + head))
    return b"\x89PNG\r\n\x1a\n" + body


@pytest.mark.parametrize("data", [b"", b"not a picture", bomb(), b"\x89PNG\r\n\x1a\n"])
def test_what_is_no_sound_picture_is_refused_with_the_reason(hands: EditorHands, tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "trouble.png"
    path.write_bytes(data)
    lay(hands, path)
    assert hands.name == "Dialog"
    assert hands.editor.workshop.underlay() is None
    assert not (hands.folder / "trouble.png").exists()


def test_a_picture_can_be_dropped_on_the_window_and_nothing_else(hands: EditorHands, tmp_path: Path) -> None:
    for path in (tmp_path / "notes.txt", tmp_path):
        hands.post(pygame.DROPFILE, file=str(path))
        assert hands.editor.words_bad
    (tmp_path / "bad.png").write_bytes(bomb())
    hands.post(pygame.DROPFILE, file=str(tmp_path / "bad.png"))
    assert hands.name == "Dialog"
    hands.key(pygame.K_ESCAPE)
    hands.post(pygame.DROPFILE, file=str(survey(tmp_path)))
    assert hands.editor.workshop.underlay() is not None


@pytest.mark.parametrize("path", ["/nowhere/at/all.png", "", ".", "~", "\0"])
def test_a_path_that_leads_nowhere_is_told(hands: EditorHands, path: str) -> None:
    lay(hands, Path("x")) if not path else lay(hands, Path(path.replace("\0", "zero")))
    assert hands.name in ("Dialog", "Prompt")
    assert hands.editor.workshop.underlay() is None


def test_a_picture_that_is_gone_or_spoiled_is_told_in_the_form(hands: EditorHands, tmp_path: Path) -> None:
    lay(hands, survey(tmp_path))
    (hands.folder / "survey.png").write_bytes(bomb())
    hands.editor.underlays.forget()
    hands.editor.refresh()
    assert "pixels" in hands.editor.picture_trouble
    (hands.folder / "survey.png").unlink()
    hands.editor.underlays.forget()
    hands.editor.refresh()
    assert hands.editor.picture_trouble
    assert hands.picture()


def test_a_picture_of_the_same_name_replaces_nothing(hands: EditorHands, tmp_path: Path) -> None:
    old = hands.folder / "Survey.png"
    pygame.image.save(pygame.Surface((8, 8)), old)
    before = old.read_bytes()
    lay(hands, survey(tmp_path))
    under = hands.editor.workshop.underlay()
    assert under is not None and under.picture == "survey-2.png", "names that are one on some disks do not meet"
    assert "survey-2.png" in hands.editor.words
    assert old.read_bytes() == before
    lay(hands, survey(tmp_path))
    assert hands.editor.workshop.underlay() == under, "the same picture is not copied twice"
    lay(hands, old)
    assert laid_under(hands).picture == "Survey.png"
    assert old.read_bytes() == before


NORTH_UP = "0.01\n0\n0\n-0.02\n10.005\n19.99\n"


@pytest.mark.parametrize("suffix", [".PGW", ".Wld", ".pngw"])
@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
def test_world_files_are_taken_as_programs_write_them(tmp_path: Path, suffix: str, mark: bytes) -> None:
    (tmp_path / f"m{suffix}").write_bytes(mark + NORTH_UP.replace("\n", "\r\n").encode())
    told = world_file_of(tmp_path / "m.png", (100, 50))
    assert told is not None and told.edges == (1_000_000, 2_000_000, 1_100_000, 1_900_000)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("1000\n0\n0\n-1000\n4452779\n4163881\n", "metres"),
        ("0.01\n0\n0\n0.02\n10.005\n19.99\n", "south up"),
        ("-0.01\n0\n0\n-0.02\n10.005\n19.99\n", "east is left"),
        ("0.01\n0.001\n0\n-0.02\n10.005\n19.99\n", "turned"),
        ("0,01\n0\n0\n-0,02\n10,005\n19,99\n", "not a number"),
        ("0.01\n0\n0\n-0.02\n10.005\n", "holds 5"),
        ("0.01\n0\n0\n-0.02\nnan\n19.99\n", "not a number"),
        ("0\n0\n0\n-0.02\n10.005\n19.99\n", "no size"),
        ("0.01\n0\n0\n-0.02\n179.9\n19.99\n", "off the Earth"),
        ("", "holds 0"),
        ("0.01\n" * 2000, "larger"),
    ],
)
def test_a_world_file_that_cannot_be_used_is_told(hands: EditorHands, tmp_path: Path, text: str, says: str) -> None:
    path = survey(tmp_path, (100, 50))
    path.with_suffix(".pgw").write_text(text)
    lay(hands, path)
    assert hands.editor.workshop.underlay() is not None, "the picture itself is sound: it lies over the whole map"
    assert hands.editor.words_bad
    assert "world file survey.pgw" in hands.editor.words
    assert says in hands.editor.words


def test_a_world_file_that_is_no_text_is_told(tmp_path: Path) -> None:
    (tmp_path / "m.pgw").write_bytes(NORTH_UP.encode("utf-16"))
    told = world_file_of(tmp_path / "m.png", (100, 50))
    assert told is not None and told.edges is None and "UTF-8" in told.trouble


def laid_under(hands: EditorHands) -> Underlay:
    """The picture beneath the map, which there is."""
    found = hands.editor.workshop.underlay()
    assert found is not None
    return found
