"""The player's settings: how the game looks and behaves on this machine, in one small TOML file.

A settings file can never stop the game. A value that does not fit is passed over and the default holds, and the file
is copied to ``settings.toml.bad`` before it is written anew; one that cannot be read at all is put aside there. Nothing
in either is lost.
"""

from __future__ import annotations

import contextlib
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import Any

from game.store import StoreFault, settings_folder, write_atomic

FILE = "settings.toml"
LARGEST_FILE = 64 * 1024

LONGEST_KEYS = 4000
"""Letters that the keys of the table may take in the settings."""

ANIMATION = ("off", "fast", "normal", "slow")
LOG = ("brief", "full")
SCALES = (80, 90, 100, 110, 125, 140, 160)
PANELS = ("dark", "light")
COUNTERS = ("symbols", "pictures")
VOLUMES = (0, 20, 40, 60, 80, 100)

_CHOICES: dict[str, tuple[object, ...]] = {
    "animation": ANIMATION,
    "log": LOG,
    "scale": SCALES,
    "panels": PANELS,
    "counters": COUNTERS,
    "volume": VOLUMES,
    "volume_fights": VOLUMES,
}
_WORDS = {
    "scale": "size of text and panels in percent: 80, 90, 100, 110, 125, 140 or 160",
    "animation": "how fast computer turns are shown: off, fast, normal or slow",
    "full_screen": "open the window over the whole screen",
    "checklist": "ask before a turn is ended with something left to do",
    "confirm_attacks": "ask again before every attack, not only before a risky one",
    "keys": "keys of the table that were put elsewhere, as in next=m; undo=ctrl+z",
    "log": "lines of the message log: brief or full",
    "panels": "panels on dark ground or on paper: dark or light",
    "counters": "what stands on counters: symbols or pictures",
    "sound": "whether anything is heard at all",
    "volume": "how loud clicks, marches and messages are, in percent: 0, 20, 40, 60, 80 or 100",
    "volume_fights": "how loud fights and air strikes are, in percent: 0, 20, 40, 60, 80 or 100",
    "safe_colours": "colours that differ for every kind of colour vision",
    "edge_pan": "move the map when the mouse is at the edge of the window",
    "tips": "explain new things once, when they first arise",
    "tips_seen": "tips that were put away, by their ids in assets/tips.yaml",
    "autosave": "save at the start of every turn of a faction",
}


@dataclass(frozen=True, slots=True)
class Settings:
    """Every setting with its default."""

    scale: int = 100
    animation: str = "normal"
    full_screen: bool = False
    checklist: bool = True
    log: str = "full"
    safe_colours: bool = False
    edge_pan: bool = False
    autosave: bool = True
    confirm_attacks: bool = False
    keys: str = ""
    sound: bool = True
    volume: int = 60
    volume_fights: int = 60
    panels: str = "dark"
    counters: str = "symbols"
    tips: bool = True
    tips_seen: str = ""

    @property
    def pace(self) -> float:
        """Seconds that one act of a computer player is shown."""
        return {"off": 0.0, "fast": 0.08, "normal": 0.25, "slow": 0.7}[self.animation]


def settings_path() -> Path:
    """Where the settings of this user lie."""
    return settings_folder() / FILE


def load_settings(path: Path | None = None) -> Settings:
    """The settings of a file; defaults for whatever is missing or does not fit. Never raises."""
    source = path or settings_path()
    try:
        with source.open("rb") as stream:
            data = stream.read(LARGEST_FILE + 1)
    except OSError:
        return Settings()
    try:
        if len(data) > LARGEST_FILE:
            raise ValueError("too large for a settings file")
        found = tomllib.loads(data.decode("utf-8"))
    except (ValueError, RecursionError):  # what is no UTF-8 and no TOML is a ValueError too
        _put_aside(source)
        return Settings()
    settings = settings_from(found)
    if any(name in found and found[name] != getattr(settings, name) for name in _WORDS) or found.keys() - _WORDS.keys():
        _copy_aside(source, data)
    return settings


def settings_from(table: dict[str, Any]) -> Settings:
    """Settings from a table, unknown names and unfit values left out."""
    default = Settings()
    known = {f.name for f in fields(Settings)}
    fit = {name: value for name, value in table.items() if name in known and _fits(default, name, value)}
    return replace(default, **fit)


def save_settings(settings: Settings, path: Path | None = None) -> None:
    """Write the settings; raises StoreFault, and then the old file is untouched."""
    write_atomic(path or settings_path(), to_toml(settings).encode("utf-8"))


def to_toml(settings: Settings) -> str:
    """The settings as a commented TOML text."""
    lines = ["# Settings of Race for Deir Ezzor. A line that is left out has its default.", ""]
    for f in fields(Settings):
        value = getattr(settings, f.name)
        written = str(value).lower() if isinstance(value, bool | int) else f'"{value}"'
        lines += [f"# {_WORDS[f.name]}", f"{f.name} = {written}"]
    return "\n".join(lines) + "\n"


def _fits(default: Settings, name: str, value: object) -> bool:
    choices = _CHOICES.get(name)
    if type(value) is not type(getattr(default, name)):
        return False
    if isinstance(value, str) and not choices:
        return len(value) <= LONGEST_KEYS and not set(value) & set('"\\\n\r\t') and value.isprintable()
    return value in choices if choices else True


def _bad_names(path: Path) -> Iterator[Path]:
    """Names under which damaged files are kept."""
    return (path.with_name(f"{path.name}.bad{number if number > 1 else ''}") for number in range(1, 100))


def _put_aside(path: Path) -> None:
    """Keep a damaged file under another name; earlier ones stay too."""
    for bad in _bad_names(path):
        if not bad.exists():
            with contextlib.suppress(OSError):
                path.rename(bad)
            return


def _copy_aside(path: Path, data: bytes) -> None:
    """Keep a copy of a file with something in it that does not fit; one is enough."""
    for bad in _bad_names(path):
        with contextlib.suppress(OSError):
            if not bad.exists():
                bad.write_bytes(data)
                return
            if bad.read_bytes() == data:
                return


__all__ = ["Settings", "StoreFault", "load_settings", "save_settings", "settings_from", "settings_path", "to_toml"]
