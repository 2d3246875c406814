"""Sounds are the game's own, belong to what a seat saw, follow the settings, and are silent where nobody listens."""

from __future__ import annotations

import io
import wave
from collections.abc import Iterator
from dataclasses import replace

import numpy as np
import pygame
import pytest

from game.events import AttackResolved, ControlChanged, DugIn, Event, FactionTurnBegan, IncidentRolled, UnitMoved
from game.shipped import shipped
from game.ui.settings import Settings
from game.ui.sounds import NAMES, heard
from game.ui.speaker import FIGHTS, Speaker
from tools import make_sounds

MINE, THEIRS, PRIZE = 0, 1, 40
MARCH = UnitMoved.__new__(UnitMoved)
ATTACK = AttackResolved.__new__(AttackResolved)


def test_every_sound_has_its_file_and_every_file_its_sound() -> None:
    files = {path.stem for path in shipped("assets", "sounds").iterdir()}
    assert files == set(NAMES) == set(make_sounds.SOUNDS)
    assert set(NAMES) > FIGHTS


@pytest.mark.parametrize("name", NAMES)
def test_a_file_is_what_the_generator_makes(name: str) -> None:
    with wave.open(io.BytesIO(shipped("assets", "sounds", f"{name}.wav").read_bytes())) as file:
        assert (file.getnchannels(), file.getsampwidth(), file.getframerate()) == (1, 2, make_sounds.RATE)
        kept = np.frombuffer(file.readframes(file.getnframes()), dtype="<i2").astype(int)
    made = make_sounds.samples(name).astype(int)
    assert kept.shape == made.shape
    assert np.abs(kept - made).max() <= 4  # the last bits of a sine are the processor's
    assert np.abs(kept).max() > 20_000
    assert np.abs(kept[-3:]).max() < 500  # it does not end with a click


@pytest.mark.parametrize(
    ("events", "expected"),
    [
        ((), ()),
        ((MARCH,), ("march",)),
        ((MARCH, ATTACK), ("fight", "march")),
        ((DugIn.__new__(DugIn),), ("digging",)),
        ((FactionTurnBegan(0, MINE),), ("turn",)),
        ((FactionTurnBegan(1, THEIRS),), ()),
        ((IncidentRolled(MINE, THEIRS, 3, 20, 5, True, ""), MARCH), ("incident", "march")),
        ((IncidentRolled(MINE, THEIRS, 3, 20, 50, False, ""),), ()),
        ((ControlChanged(MINE, (PRIZE,), (THEIRS,)),), ("taken",)),
        ((ControlChanged(THEIRS, (PRIZE,), (MINE,)),), ("lost",)),
        ((ControlChanged(MINE, (PRIZE + 1,), (THEIRS,)),), ()),
        ((ControlChanged(THEIRS, (PRIZE,), (2,)),), ()),
    ],
)
def test_what_happens_is_heard(events: tuple[Event, ...], expected: tuple[str, ...]) -> None:
    assert heard(events, MINE, {PRIZE}) == expected


@pytest.fixture
def card(window: pygame.Surface, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A sound card that nobody hears, behind a window that passes for a real one."""
    assert window
    monkeypatch.setenv("SDL_AUDIODRIVER", "dummy")
    pygame.mixer.init(frequency=22_050, channels=1)
    yield
    pygame.mixer.quit()


def test_the_settings_say_how_loud_each_kind_is(card: None) -> None:
    speaker, settings = Speaker(), Settings(volume=20, volume_fights=100)
    assert speaker.play("click", settings)
    assert speaker.play("blast", settings)
    assert speaker._kept["click"].get_volume() == pytest.approx(0.2, abs=0.02)
    assert speaker._kept["blast"].get_volume() == pytest.approx(1.0, abs=0.02)
    assert not speaker.play("click", replace(settings, sound=False))
    assert not speaker.play("click", replace(settings, volume=0))
    assert speaker.play("blast", replace(settings, volume=0))


def test_without_a_window_one_can_see_the_sound_card_stays_shut(window: pygame.Surface) -> None:
    assert window
    pygame.mixer.quit()
    assert not Speaker().play("click", Settings())
    assert not pygame.mixer.get_init()
