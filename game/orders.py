"""Orders: what a commander wants. Small frozen values without chance; the one way to change a game.

An order names own units by their id and everything else by hex or hexside, so it means the same on the
true state and on a faction's view. ``to_text`` and ``parse_order`` give each its one-line form, with hexes
as labels. Rules live in :mod:`game.rules`; here is only shape.

    >>> from game.hexgrid import grid
    >>> board = grid(16, 16)
    >>> order = parse_order("move saa-tig-taha 0714,0715", board)
    >>> order.unit, len(order.path), to_text(order, board)
    ('saa-tig-taha', 2, 'move saa-tig-taha 0714,0715')
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from types import MappingProxyType
from typing import Any, ClassVar, NamedTuple, get_args

from game.hexgrid import HexGrid

Support = tuple[tuple[str, int], ...]
"""Support points committed to an attack: ((kind, points), ...), sorted by kind, such as (("strike", 2),)."""


@dataclass(frozen=True, slots=True)
class Move:
    """March along ``path``, the hexes entered in order; the start hex is not part of it."""

    word: ClassVar[str] = "move"
    unit: str
    path: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Attack:
    """Attack one adjacent hex with one or more units, with support; ``set_piece`` spends command points.

    ``confirm`` must be 2 to strike the other bloc on purpose, which ends its patience: rung 5.
    """

    word: ClassVar[str] = "attack"
    units: tuple[str, ...]
    target: int
    support: Support = ()
    set_piece: bool = False
    confirm: int = 0


@dataclass(frozen=True, slots=True)
class Bombard:
    """Fire artillery at a hex in range instead of moving up."""

    word: ClassVar[str] = "bombard"
    unit: str
    target: int


@dataclass(frozen=True, slots=True)
class Strike:
    """Send off-map support (``kind``: strike, fires, kalibr, drones ...) against units seen in a hex."""

    word: ClassVar[str] = "strike"
    kind: str
    target: int
    points: int = 1


@dataclass(frozen=True, slots=True)
class Interdict:
    """Spend strikes on a road hex: enemy supply and road movement through it are slowed until one's next turn."""

    word: ClassVar[str] = "interdict"
    target: int


@dataclass(frozen=True, slots=True)
class StrikeBridge:
    """Spend strikes to break a bridge, ferry or pontoon from the air."""

    word: ClassVar[str] = "strike-bridge"
    side: int


@dataclass(frozen=True, slots=True)
class Scout:
    """Spend a reconnaissance point over a hex: what stands near it is seen."""

    word: ClassVar[str] = "scout"
    target: int


@dataclass(frozen=True, slots=True)
class AirDrop:
    """Drop supplies on a besieged hex."""

    word: ClassVar[str] = "air-drop"
    target: int


@dataclass(frozen=True, slots=True)
class March:
    """Use the action to march half again as far, by road only; ``forced`` spends a command point to go anywhere."""

    word: ClassVar[str] = "march"
    unit: str
    forced: bool = False


@dataclass(frozen=True, slots=True)
class DigIn:
    """Use the unit's action to entrench one level deeper."""

    word: ClassVar[str] = "dig-in"
    unit: str


@dataclass(frozen=True, slots=True)
class Rest:
    """Use the action to gather disrupted steps; ``refit`` spends command and a replacement to regain a step."""

    word: ClassVar[str] = "rest"
    unit: str
    refit: bool = False


@dataclass(frozen=True, slots=True)
class Unload:
    """A supply column unloads: hungry towns and units around it are fed, and it drives back."""

    word: ClassVar[str] = "unload"
    unit: str


@dataclass(frozen=True, slots=True)
class Bridge:
    """An engineer starts a pontoon (``kind`` pontoon), runs a ferry (ferry) or mends a blown bridge (repair)."""

    word: ClassVar[str] = "bridge"
    unit: str
    side: int
    kind: str = "pontoon"


@dataclass(frozen=True, slots=True)
class Blow:
    """Blow a bridge, or scuttle a ferry or pontoon, on a side of the unit's hex."""

    word: ClassVar[str] = "blow"
    unit: str
    side: int


@dataclass(frozen=True, slots=True)
class Infiltrate:
    """A raiding unit slips unseen through gaps to a hex within its infiltration range."""

    word: ClassVar[str] = "infiltrate"
    unit: str
    target: int


@dataclass(frozen=True, slots=True)
class Notify:
    """Spend liaison: tell the other bloc of a corridor, so that acts inside it are safe until one's next turn."""

    word: ClassVar[str] = "notify"
    hexes: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Hotline:
    """Spend liaison on a hotline call, which calms the next incidents of this turn."""

    word: ClassVar[str] = "hotline"


@dataclass(frozen=True, slots=True)
class Cede:
    """Hand a prize to the other bloc, to bring the ladder down a rung."""

    word: ClassVar[str] = "cede"
    target: int


@dataclass(frozen=True, slots=True)
class Standstill:
    """A concession: until one's next turn, keep off the other bloc; the ladder comes down a rung."""

    word: ClassVar[str] = "standstill"


@dataclass(frozen=True, slots=True)
class Grounding:
    """A concession: give up all support for this turn and the next; the ladder comes down a rung."""

    word: ClassVar[str] = "grounding"


@dataclass(frozen=True, slots=True)
class Warn:
    """Spend liaison to warn the other bloc off a prize that nobody has claimed; the ladder goes up a rung."""

    word: ClassVar[str] = "warn"
    target: int


@dataclass(frozen=True, slots=True)
class CloseSky:
    """Spend liaison to close the sky around a hex to the other bloc's aircraft for a while."""

    word: ClassVar[str] = "close-sky"
    target: int


@dataclass(frozen=True, slots=True)
class EndTurn:
    """End the faction's turn."""

    word: ClassVar[str] = "end-turn"


Order = (
    Move
    | Attack
    | Bombard
    | Strike
    | Interdict
    | StrikeBridge
    | Scout
    | AirDrop
    | March
    | DigIn
    | Rest
    | Unload
    | Bridge
    | Blow
    | Infiltrate
    | Notify
    | Hotline
    | Cede
    | Standstill
    | Grounding
    | Warn
    | CloseSky
    | EndTurn
)

WORDS: Mapping[str, type[Order]] = MappingProxyType({kind.word: kind for kind in get_args(Order)})
"""Every kind of order by the first word of its text form."""

_FIELDS = {order: tuple(f.name for f in fields(order)) for order in WORDS.values()}


def to_text(order: Order, grid: HexGrid) -> str:
    """One line that ``parse_order`` reads back: the word, then each field in order, ``-`` for an empty list."""
    kind = type(order)
    parts = [_FORMS[name].write(getattr(order, name), grid) for name in _FIELDS[kind]]
    return " ".join([kind.word, *parts])


def parse_order(text: str, grid: HexGrid) -> Order:
    """The order a line stands for; raises ValueError in plain words (unknown word, wrong count, bad hex).

    >>> parse_order("fly home", board)
    Traceback (most recent call last):
    ...
    ValueError: "fly" is not an order; known are ...
    """
    word, *parts = text.split()[:10_000] or [""]
    kind = WORDS.get(word)
    if kind is None:
        raise ValueError(f'"{word[:40]}" is not an order; known are {", ".join(WORDS)}')
    names = _FIELDS[kind]
    if len(parts) != len(names):
        raise ValueError(f'"{word}" takes {len(names)} parts ({" ".join(names) or "none"}), not {len(parts)}')
    values: dict[str, Any] = {name: _FORMS[name].read(part, grid) for name, part in zip(names, parts, strict=True)}
    order: Order = kind(**values)
    return order


def _list(text: str, one: Callable[[str], object]) -> tuple[object, ...]:
    return () if text == "-" else tuple(one(item) for item in text.split(","))


def _pair(text: str) -> tuple[str, int]:
    kind, _, points = text.partition("=")
    return kind, _int(points)


def _int(text: str) -> int:
    if len(text) > 6 or not text.isascii() or not text.isdigit():
        raise ValueError(f'"{text[:20]}" is not a whole number from 0 to 999999')
    return int(text)


class _Written(NamedTuple):
    """How a field of an order is written and read."""

    write: Callable[[Any, HexGrid], str]
    read: Callable[[str, HexGrid], object]


_HEX = _Written(lambda here, grid: grid.label(here), lambda text, grid: grid.hex(text))
_HEXES = _Written(lambda hexes, grid: ",".join(map(grid.label, hexes)) or "-", lambda text, grid: _list(text, grid.hex))
_SIDE = _Written(lambda side, grid: grid.side_label(side), lambda text, grid: grid.side(text))
_NUMBER = _Written(lambda number, grid: str(number), lambda text, grid: _int(text))
_YES = _Written(lambda said, grid: str(int(said)), lambda text, grid: _int(text) != 0)
_TEXT = _Written(lambda text, grid: text, lambda text, grid: text)
_TEXTS = _Written(lambda texts, grid: ",".join(texts) or "-", lambda text, grid: _list(text, str))
_POINTS = _Written(
    lambda points, grid: ",".join(f"{kind}={count}" for kind, count in points) or "-",
    lambda text, grid: _list(text, _pair),
)
_FORMS: dict[str, _Written] = {
    "path": _HEXES, "hexes": _HEXES, "target": _HEX, "side": _SIDE, "unit": _TEXT, "units": _TEXTS, "kind": _TEXT,
    "support": _POINTS, "points": _NUMBER, "confirm": _NUMBER, "set_piece": _YES, "forced": _YES, "refit": _YES,
}  # fmt: skip
"""The fields of all orders: a name means the same kind of value in each."""
