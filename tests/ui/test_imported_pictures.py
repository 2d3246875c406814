"""Pictures that a scenario brings: shown when they are sound, an empty frame and a reason when not."""

from __future__ import annotations

import json
import random
import time
from pathlib import Path

import pygame
import pytest

from game.scenario.contents import Folder
from game.scenario.pictures import PngHeader, plain_png, read_png_header
from game.schema import limits
from game.schema.problems import Problem
from game.ui.imported import EMPTY, decoded_picture, imported_picture
from tests.zips import chunk, entry_data, png_bytes

BAD = Path(__file__).parents[1] / "bad"
CASES = json.loads((BAD / "P-14" / "expect.json").read_text(encoding="utf-8"))["cases"]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_a_picture_is_shown_or_becomes_a_placeholder(case: dict[str, object], window: pygame.Surface) -> None:
    assert window
    found = decoded_picture(entry_data(case["zip"]["add"][0]), "cover.png")  # type: ignore[index]
    assert (found.problem is not None) == bool(case["problems"])
    assert found.surface.get_size() == (EMPTY if case["problems"] else (4, 3))


@pytest.mark.parametrize(("colour", "depth"), [(0, 1), (0, 2), (0, 4), (0, 8), (2, 8), (3, 1), (3, 8), (4, 8), (6, 8)])
def test_every_kind_of_pixel_is_decoded(colour: int, depth: int, window: pygame.Surface) -> None:
    assert window
    found = decoded_picture(png_bytes({"size": (13, 7), "colour": colour, "depth": depth}), "cover.png")
    assert found.problem is None
    assert found.surface.get_size() == (13, 7)


def test_p13_a_huge_header_never_reaches_the_decoder(monkeypatch: pytest.MonkeyPatch) -> None:
    def never(*_: object) -> pygame.Surface:
        raise AssertionError("the decoder was asked")

    monkeypatch.setattr(pygame.image, "load", never)
    data = png_bytes({"size": (60_000, 60_000), "rows": 1})[:100]
    started = time.process_time()
    found = decoded_picture(data, "cover.png")
    assert time.process_time() - started < 0.1
    assert found.problem is not None
    assert (found.problem.code, found.problem.severity) == ("P132", "error")


@pytest.mark.parametrize(
    ("size", "good"),
    [((4096, 4096), True), ((4097, 1), False), ((1, 4097), False), ((4096, 1), True), ((0, 1), False)],
)
def test_the_header_alone_tells_the_size(size: tuple[int, int], good: bool) -> None:
    found = read_png_header(png_bytes({"size": size, "rows": 0}))
    assert isinstance(found, PngHeader) == good
    if isinstance(found, PngHeader):
        assert found.size == size


def test_nothing_but_pixels_reaches_the_decoder() -> None:
    data = png_bytes({"text": 500})
    assert b"tEXt" in data
    plain = plain_png(data)
    assert isinstance(plain, bytes)
    assert b"tEXt" not in plain
    assert plain == png_bytes({})


def test_parts_in_the_wrong_order_are_refused() -> None:
    data = png_bytes({"colour": 3})
    palette = chunk(b"PLTE", bytes(range(48)))
    end = data[-12:]
    for wrong in (
        data.replace(palette, b""),
        data.replace(palette, palette * 2),
        data.replace(palette, b"")[:-12] + palette + end,
        data.replace(palette, chunk(b"PLTE", bytes(4))),
        data[:33] + data[8:],
        data[:-12] + chunk(b"tEXt", b"a\0b") + data[-12 - 30 : -12] + end,
        data.replace(palette, palette + chunk(b"tRNS", bytes(17))),
        data.replace(palette, palette + chunk(b"tRNS", b"")),
        data.replace(palette, chunk(b"tRNS", bytes(16)) + palette),
        png_bytes({"colour": 6}).replace(b"\0\0\0\0IEND", chunk(b"tRNS", bytes(6)) + b"\0\0\0\0IEND"),
        data[:-12] + chunk(b"IDAT", b"x") + end,
        png_bytes({"colour": 0})[:33] + palette + png_bytes({"colour": 0})[33:],
    ):
        assert isinstance(plain_png(wrong), Problem)


def test_pixels_may_be_parted_and_clear(window: pygame.Surface) -> None:
    assert window
    data = png_bytes({"colour": 3})
    palette = chunk(b"PLTE", bytes(range(48)))
    at = data.index(b"IDAT") - 4
    length = len(data) - 12 - 12 - at
    body = data[at + 8 : at + 8 + length]
    parts = b"".join(chunk(b"IDAT", body[n : n + 3]) for n in range(0, length, 3)) + chunk(b"IDAT", b"")
    clear = palette + chunk(b"tRNS", bytes(16))
    found = decoded_picture(data[:at].replace(palette, clear) + parts + data[-12:], "cover.png")
    assert found.problem is None


def test_a_picture_changed_at_random_is_shown_or_refused_never_more(window: pygame.Surface) -> None:
    assert window
    dice, data = random.Random(13), png_bytes({"size": (40, 30), "text": 20})
    for _ in range(300):
        spoilt = bytearray(data)
        for _ in range(dice.randint(1, 3)):
            spoilt[dice.randrange(len(spoilt))] = dice.randrange(256)
        assert decoded_picture(bytes(spoilt[: dice.randint(0, 2 * len(spoilt))]), "cover.png").surface.get_width()


def test_a_missing_picture_is_an_empty_frame(tmp_path: Path, window: pygame.Surface) -> None:
    assert window
    found = imported_picture(Folder(tmp_path), "cover.png")
    assert found.problem is not None
    assert found.problem.code == "P130"
    (tmp_path / "cover.png").write_bytes(png_bytes({}))
    assert imported_picture(Folder(tmp_path), "cover.png").problem is None


def test_the_file_is_bounded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    data = png_bytes({})
    monkeypatch.setattr(limits, "PICTURE_BYTES", len(data))
    assert isinstance(read_png_header(data), PngHeader)
    monkeypatch.setattr(limits, "PICTURE_BYTES", len(data) - 1)
    assert isinstance(read_png_header(data), Problem)


@pytest.mark.parametrize("sound", [True, False])
def test_the_choice_of_scenarios_shows_it_above_the_briefing(
    sound: bool, tmp_path: Path, window: pygame.Surface
) -> None:
    import shutil

    from game.ui.kit.theme import load_theme
    from game.ui.library import Library
    from game.ui.scenes.scenarios import Scenarios
    from tests.ui.screen_hands import Screens

    assert window
    folder = tmp_path / "base"
    shutil.copytree(BAD / "base", folder)
    head = folder / "scenario.yaml"
    head.write_text(head.read_text(encoding="utf-8") + "picture: cover.png\n", encoding="utf-8")
    (folder / "cover.png").write_bytes(png_bytes({"size": (64, 32)}) if sound else b"no picture")
    library = Library(load_theme(), [str(folder)])
    library.wait(library.entries[0])
    screens = Screens(lambda desk: Scenarios(desk, library))
    scene = screens.top
    assert isinstance(scene, Scenarios)
    assert scene._cover_box.height > 50
    assert scene._text_box.top >= scene._cover_box.bottom
    screens.frames()
    pixel = screens.canvas.get_at(scene._cover_box.center)[:3]
    assert (pixel == (128, 128, 128)) == sound, pixel
