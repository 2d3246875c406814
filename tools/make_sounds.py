"""Makes the sounds of the game out of nothing but sines and noise, and writes them into assets/sounds.

``python tools/make_sounds.py`` writes every file anew. Nobody else's recording is in them, so they carry no licence but
the game's own. A test makes them once more and compares.
"""

from __future__ import annotations

import io
import wave
from collections.abc import Callable
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

TARGET = Path(__file__).parent.parent / "assets" / "sounds"
RATE = 22_050  # samples a second
LOUDEST = 0.8
Wave = NDArray[np.float64]


def seconds(length: float) -> Wave:
    """Moments from 0 on, one a sample."""
    return np.arange(round(length * RATE)) / RATE


def noise(length: float, seed: int) -> Wave:
    """Hiss, always the same for a seed."""
    return np.random.default_rng(seed).uniform(-1.0, 1.0, round(length * RATE))


def dulled(values: Wave, hertz: float) -> Wave:
    """Without what is much higher than some pitch: a spectrum cut softly."""
    spectrum = np.fft.rfft(values)
    pitch = np.fft.rfftfreq(len(values), 1 / RATE)
    return np.fft.irfft(spectrum / (1.0 + (pitch / hertz) ** 4), len(values))


def tone(length: float, hertz: float, fade: float, partials: tuple[float, ...] = (1.0,)) -> Wave:
    """A struck note that dies away; ``partials`` are the loudness of its overtones."""
    t = seconds(length)
    out = sum((loud * np.sin(2 * np.pi * hertz * (n + 1) * t) for n, loud in enumerate(partials)), np.zeros_like(t))
    return out * np.exp(-t / fade) * np.minimum(1.0, t / 0.004)


def mixed(length: float, *parts: tuple[float, Wave]) -> Wave:
    """Waves laid over each other, each from its moment on."""
    out = np.zeros(round(length * RATE))
    for start, values in parts:
        first = round(start * RATE)
        room = max(0, min(len(values), len(out) - first))
        out[first : first + room] += values[:room]
    return out


def thump(length: float, high: float, low: float, fade: float) -> Wave:
    """A drum: a pitch that falls from high to low."""
    t = seconds(length)
    pitch = low + (high - low) * np.exp(-t / 0.03)
    return np.sin(2 * np.pi * np.cumsum(pitch) / RATE) * np.exp(-t / fade) * np.minimum(1.0, t / 0.002)


def click() -> Wave:
    """A key on wood."""
    return mixed(0.06, (0.0, tone(0.06, 1150, 0.008, (1.0, 0.4))), (0.0, 0.4 * dulled(noise(0.02, 1), 3000)))


def march() -> Wave:
    """Boots on gravel: four steps."""
    t = seconds(0.09)
    step = dulled(noise(0.09, 2), 1400) * np.exp(-t / 0.022) * np.minimum(1.0, t / 0.004)
    return mixed(0.62, *((0.14 * n, step * (1.0 if n % 2 == 0 else 0.7)) for n in range(4)))


def _shot(seed: int, hertz: float = 2600) -> Wave:
    t = seconds(0.16)
    return dulled(noise(0.16, seed), hertz) * np.exp(-t / 0.026)


def fight() -> Wave:
    """Bursts of fire, near and far."""
    times = (0.0, 0.08, 0.16, 0.34, 0.40, 0.46, 0.58, 0.78, 0.85)
    shots = [(at, _shot(10 + n, 2600 if n % 3 else 1500) * (1.0 if n < 6 else 0.55)) for n, at in enumerate(times)]
    return mixed(1.1, *shots, (0.30, 0.6 * thump(0.5, 120, 46, 0.14)))


def blast() -> Wave:
    """A shell or a bomb: the crack, the body, the rumble after it."""
    t = seconds(1.5)
    rumble = dulled(noise(1.5, 3), 210) * 3.2 * np.exp(-t / 0.42) * np.minimum(1.0, t / 0.01)
    crack = dulled(noise(0.2, 4), 3800) * np.exp(-seconds(0.2) / 0.03)
    return mixed(1.5, (0.0, crack), (0.0, 1.4 * thump(0.9, 150, 34, 0.22)), (0.02, rumble))


def incident() -> Wave:
    """Two notes that do not agree, twice: the other bloc has seen it."""
    pair = tone(0.34, 311, 0.16, (1.0, 0.3, 0.15)) + tone(0.34, 330, 0.16, (1.0, 0.3, 0.15))
    return mixed(0.8, (0.0, pair), (0.36, pair))


def taken() -> Wave:
    """A place is taken: three notes upwards."""
    return mixed(
        0.9, *((0.12 * n, tone(0.6, hertz, 0.22, (1.0, 0.45, 0.2))) for n, hertz in enumerate((392, 494, 587)))
    )


def lost() -> Wave:
    """A place is lost: two notes downwards."""
    return mixed(0.9, *((0.18 * n, tone(0.6, hertz, 0.24, (1.0, 0.5, 0.3))) for n, hertz in enumerate((294, 220))))


def turn() -> Wave:
    """A turn begins: a low drum and a bell far off."""
    return mixed(1.0, (0.0, thump(0.6, 110, 58, 0.16)), (0.05, 0.3 * tone(0.9, 660, 0.32, (1.0, 0.2, 0.35))))


def refused() -> Wave:
    """No: a dull knock, twice."""
    return mixed(0.24, (0.0, thump(0.12, 210, 120, 0.035)), (0.10, 0.8 * thump(0.12, 190, 105, 0.035)))


def digging() -> Wave:
    """Digging and building: a spade, a plank."""
    t = seconds(0.16)
    spade = dulled(noise(0.16, 5), 2200) * np.exp(-t / 0.05) * np.minimum(1.0, t / 0.03)
    return mixed(0.5, (0.0, spade), (0.26, thump(0.16, 300, 160, 0.04)))


SOUNDS: dict[str, Callable[[], Wave]] = {
    "click": click,
    "march": march,
    "fight": fight,
    "blast": blast,
    "incident": incident,
    "taken": taken,
    "lost": lost,
    "turn": turn,
    "refused": refused,
    "digging": digging,
}


def samples(name: str) -> NDArray[np.int16]:
    """A sound as numbers of 16 bits, as loud as all others, its last hundredth of a second faded out."""
    values = SOUNDS[name]()
    values *= LOUDEST / np.abs(values).max()
    tail = RATE // 100
    values[-tail:] *= np.linspace(1.0, 0.0, tail)
    return np.asarray(np.rint(values * 32767), dtype="<i2")


def packed(values: NDArray[np.int16]) -> bytes:
    """A WAV file, one channel."""
    out = io.BytesIO()
    with wave.open(out, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(RATE)
        file.writeframes(values.tobytes())
    return out.getvalue()


if __name__ == "__main__":
    TARGET.mkdir(parents=True, exist_ok=True)
    for word in SOUNDS:
        data = packed(samples(word))
        (TARGET / f"{word}.wav").write_bytes(data)
        print(f"{word}.wav: {len(data)} bytes")
