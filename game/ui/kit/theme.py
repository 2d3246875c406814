"""Colours, sizes and fonts of the table, read from assets/theme.yaml.

Reading is strict: an unknown, missing or misspelt key stops with the key, the nearest valid name and the file.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, fields, is_dataclass, replace
from difflib import get_close_matches
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple, get_type_hints

from game.schema import reader
from game.schema.nodes import ListNode, Node, TableNode, TextNode
from game.shipped import shipped

STYLES = ("symbols", "pictures")
"""What may stand on counters."""
_NUMBER = re.compile(r"-?\d{1,9}(\.\d{1,9})?")


class Colour(NamedTuple):
    """Red, green, blue and opacity, 0 to 255; pygame takes it as it is."""

    red: int
    green: int
    blue: int
    alpha: int = 255

    def faded(self, alpha: int) -> Colour:
        """The same colour at another opacity."""
        return Colour(self.red, self.green, self.blue, alpha)

    def mixed(self, other: Colour, percent: int) -> Colour:
        """This colour with ``percent`` of another in it."""
        mine = 100 - percent
        return Colour(*((a * mine + b * percent) // 100 for a, b in zip(self, other, strict=True)))


class ThemeError(ValueError):
    """The theme file cannot be used; the text says where and what to do."""


@dataclass(frozen=True, slots=True)
class FontFiles:
    """File of each role a text can have."""

    body: str
    strong: str
    narrow: str
    narrow_strong: str
    mono: str
    arabic: str


@dataclass(frozen=True, slots=True)
class Livery:
    """How a faction is told apart: colours, and an emblem and a pattern for eyes that confuse colours."""

    body: Colour
    ink: Colour
    edge: Colour
    paper: Colour
    tint: Colour
    emblem: str
    pattern: str


@dataclass(frozen=True, slots=True)
class MapColours:
    """Colours of what is printed on the map, terrain apart."""

    sea_of_table: Colour
    grid: Colour
    grid_label: Colour
    river: Colour
    river_edge: Colour
    river_bank: Colour
    river_light: Colour
    escarpment: Colour
    relief: Colour
    field: Colour
    dune: Colour
    dune_light: Colour
    palm: Colour
    palm_dark: Colour
    crack: Colour
    rock: Colour
    sandbar: Colour
    town_block: Colour
    town_light: Colour
    town_dot: Colour
    highway: Colour
    road: Colour
    track: Colour
    road_edge: Colour
    border: Colour
    border_band: Colour
    province: Colour
    name: Colour
    name_halo: Colour
    water_name: Colour
    exit: Colour


@dataclass(frozen=True, slots=True)
class Marks:
    """Colours of states, each always beside a shape."""

    good: Colour
    warn: Colour
    bad: Colour
    disrupted: Colour
    supplied: Colour
    stretched: Colour
    cut: Colour
    cut_long: Colour
    selected: Colour
    reach: Colour
    path: Colour
    threat: Colour
    objective: Colour
    ghost: Colour
    """Of history beside the game."""


@dataclass(frozen=True, slots=True)
class InterfaceColours:
    """Colours of panels and text around the map."""

    background: Colour
    panel: Colour
    panel_edge: Colour
    raised: Colour
    text: Colour
    text_dim: Colour
    accent: Colour
    on_accent: Colour
    on_accent_dim: Colour
    link: Colour
    incident: Colour
    history: Colour
    danger: Colour
    danger_ground: Colour


@dataclass(frozen=True, slots=True)
class Dress:
    """What differs between panels on dark ground and panels on paper."""

    interface: InterfaceColours
    marks: Marks
    safe_marks: Marks


@dataclass(frozen=True, slots=True)
class Sizes:
    """Fractions of a hex's height, except where the theme file says pixels."""

    counter: float
    counter_lift: float
    stack_step: float
    river_major: float
    river_minor: float
    highway: float
    road: float
    track: float
    smallest_text: float
    grid_label_from: float


@dataclass(frozen=True, slots=True)
class Theme:
    """The whole look of the table."""

    fonts: FontFiles
    looks: Mapping[str, Livery]
    neutral: Livery
    ground: Mapping[str, Colour]
    map: MapColours
    marks: Marks
    safe_marks: Marks
    """The same for eyes that confuse red and green."""
    counters: str
    """What stands on counters: ``symbols`` or ``pictures``."""
    interface: InterfaceColours
    light: Dress
    sizes: Sizes

    def livery(self, look: str | None) -> Livery:
        """A look by its name; nobody, and a name the theme does not know, looks neutral."""
        return self.looks.get(look or "", self.neutral)

    def ink(self, colour: Colour) -> Colour:
        """A colour for words on panels: with as much of the text's own in it as it takes to be read."""
        return _readable(colour, self.interface.text, (self.interface.panel, self.interface.background))

    def terrain(self, terrain: str) -> Colour:
        """Ground colour of a terrain id; an id the theme does not know is drawn as desert."""
        return self.ground.get(terrain, self.ground["desert"])


READABLE = 4.5
"""Contrast of words with their ground (WCAG 2.2, 1.4.3)."""


def contrast(one: Colour, other: Colour) -> float:
    """How far two colours differ in brightness, 1 to 21."""
    light, dark = sorted((_brightness(one), _brightness(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _brightness(colour: Colour) -> float:
    red, green, blue = (
        share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4
        for share in (value / 255 for value in colour[:3])
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@lru_cache(maxsize=512)
def _readable(colour: Colour, text: Colour, grounds: tuple[Colour, ...]) -> Colour:
    for share in range(0, 101, 5):
        mixed = colour.mixed(text, share)
        if all(contrast(mixed, ground) >= READABLE for ground in grounds):
            return mixed
    return text


@lru_cache(maxsize=16)
def load_theme(path: Path | None = None, safe: bool = False, light: bool = False, counters: str = "") -> Theme:
    """The theme of a file, or the shipped one; raises ThemeError.

    ``safe`` takes the marks that every eye can tell apart, ``light`` panels of paper; ``counters`` is what stands on
    counters, "" as the file has it.
    """
    source = path or shipped("assets", "theme.yaml")
    root, problems = reader.read_file(source)
    if problems:
        raise ThemeError("; ".join(problem.head() for problem in problems))
    tree = _plain(root) if root is not None else None
    if not isinstance(tree, dict) or tree.pop("format", None) != 1:
        raise ThemeError(f"{source}: a theme is a table that starts with `format: 1`")
    try:
        theme: Theme = _read(Theme, tree, "theme")
    except ThemeError as problem:
        raise ThemeError(f"{source}: {problem}") from None
    if "desert" not in theme.ground:
        raise ThemeError(f"{source}: theme.ground needs a colour for desert")
    if theme.counters not in STYLES:
        raise ThemeError(f"{source}: theme.counters must be one of {', '.join(STYLES)}, not {theme.counters!r}")
    if light:
        dress = theme.light
        theme = replace(theme, interface=dress.interface, marks=dress.marks, safe_marks=dress.safe_marks)
    return replace(theme, marks=theme.safe_marks if safe else theme.marks, counters=counters or theme.counters)


def _plain(node: Node) -> Any:
    """A node as mappings, lists, numbers and texts."""
    if isinstance(node, TableNode):
        return {key: _plain(value) for key, value in node.values.items()}
    if isinstance(node, ListNode):
        return [_plain(item) for item in node.items]
    text = node.text if isinstance(node, TextNode) else ""
    if isinstance(node, TextNode) and node.plain and _NUMBER.fullmatch(text):
        return float(text) if "." in text else int(text)
    return text


def _read(kind: Any, value: Any, where: str) -> Any:
    """``value`` as the type ``kind``, or a ThemeError that names the place."""
    if kind is Colour:
        return _colour(value, where)
    if is_dataclass(kind):
        return _table(kind, value, where)
    if getattr(kind, "__origin__", None) is Mapping:
        if not isinstance(value, dict):
            raise ThemeError(f"{where} must be a table")
        return {str(key): _read(kind.__args__[1], item, f"{where}.{key}") for key, item in value.items()}
    if kind is float and isinstance(value, int | float) and not isinstance(value, bool):
        return float(value)
    if kind is str and isinstance(value, str):
        return value
    raise ThemeError(f"{where} must be {'a number' if kind is float else 'text'}, not {value!r}")


def _table(kind: Any, value: Any, where: str) -> Any:
    if not isinstance(value, dict):
        raise ThemeError(f"{where} must be a table")
    names = [field.name for field in fields(kind)]
    for key in value:
        if key not in names:
            near = get_close_matches(str(key), names, 1)
            raise ThemeError(f"{where}.{key} is not known" + (f"; did you mean {near[0]}?" if near else ""))
    missing = [name for name in names if name not in value]
    if missing:
        raise ThemeError(f"{where} lacks {', '.join(missing)}")
    hints = get_type_hints(kind)
    return kind(**{name: _read(hints[name], value[name], f"{where}.{name}") for name in names})


def _colour(value: Any, where: str) -> Colour:
    digits = value[1:] if isinstance(value, str) and value.startswith("#") else ""
    try:
        if len(digits) not in (6, 8):
            raise ValueError
        return Colour(*bytes.fromhex(digits))
    except ValueError:
        raise ThemeError(f'{where} must be a colour such as "#E7D8B4", not {value!r}') from None
