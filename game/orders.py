"""Orders: what a commander wants. Small frozen values without chance; the one way to change a game.

An order names own units by their id and everything else by hex or hexside, so it means the same on the
true state and on a faction's view. ``to_text`` and ``parse_order`` give each its one-line form, with hexes
as labels: ``move saa-tig-taha 0714 0715``. Rules live in :mod:`game.rules`; here is only shape.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, fields
from types import MappingProxyType
from typing import Any

from game.hexgrid import HexGrid

Support = tuple[tuple[str, int], ...]
"""Support points committed to an attack: ((kind, points), ...), sorted by kind, such as (("strike", 2),)."""


@dataclass(frozen=True, slots=True)
class Move:
    """March along ``path``, the hexes entered in order; the start hex is not part of it."""

    unit: str
    path: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Attack:
    """Attack one adjacent hex with one or more units, with support; ``set_piece`` spends command points.

    ``confirm`` must be 2 to strike the other bloc on purpose, which ends its patience: rung 5.
    """

    units: tuple[str, ...]
    target: int
    support: Support = ()
    set_piece: bool = False
    confirm: int = 0


@dataclass(frozen=True, slots=True)
class Bombard:
    """Fire artillery at a hex in range instead of moving up."""

    unit: str
    target: int


@dataclass(frozen=True, slots=True)
class Strike:
    """Send off-map support (``kind``: strike, fires, kalibr, drones ...) against units seen in a hex."""

    kind: str
    target: int
    points: int = 1


@dataclass(frozen=True, slots=True)
class Interdict:
    """Spend strikes on a road hex: enemy supply and road movement through it are slowed until one's next turn."""

    target: int


@dataclass(frozen=True, slots=True)
class StrikeBridge:
    """Spend strikes to break a bridge, ferry or pontoon from the air."""

    side: int


@dataclass(frozen=True, slots=True)
class Scout:
    """Spend a reconnaissance point over a hex: what stands near it is seen."""

    target: int


@dataclass(frozen=True, slots=True)
class AirDrop:
    """Drop supplies on a besieged hex."""

    target: int


@dataclass(frozen=True, slots=True)
class March:
    """Use the action to march half again as far, by road only; ``forced`` spends a command point to go anywhere."""

    unit: str
    forced: bool = False


@dataclass(frozen=True, slots=True)
class DigIn:
    """Use the unit's action to entrench one level deeper."""

    unit: str


@dataclass(frozen=True, slots=True)
class Rest:
    """Use the action to gather disrupted steps; ``refit`` spends command and a replacement to regain a step."""

    unit: str
    refit: bool = False


@dataclass(frozen=True, slots=True)
class Bridge:
    """An engineer starts a pontoon (``kind`` pontoon), runs a ferry (ferry) or mends a blown bridge (repair)."""

    unit: str
    side: int
    kind: str = "pontoon"


@dataclass(frozen=True, slots=True)
class Blow:
    """Blow a bridge, or scuttle a ferry or pontoon, on a side of the unit's hex."""

    unit: str
    side: int


@dataclass(frozen=True, slots=True)
class Infiltrate:
    """A raiding unit slips unseen through gaps to a hex within its infiltration range."""

    unit: str
    target: int


@dataclass(frozen=True, slots=True)
class Notify:
    """Spend liaison: tell the other bloc of a corridor, so that acts inside it are safe until one's next turn."""

    hexes: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Hotline:
    """Spend liaison on a hotline call, which calms the next incidents of this turn."""


@dataclass(frozen=True, slots=True)
class Cede:
    """Hand a prize to the other bloc, to bring the ladder down a rung."""

    target: int


@dataclass(frozen=True, slots=True)
class EndTurn:
    """End the faction's turn."""


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
    | Bridge
    | Blow
    | Infiltrate
    | Notify
    | Hotline
    | Cede
    | EndTurn
)

WORDS = MappingProxyType(
    {
        "move": Move,
        "attack": Attack,
        "bombard": Bombard,
        "strike": Strike,
        "interdict": Interdict,
        "strike-bridge": StrikeBridge,
        "scout": Scout,
        "air-drop": AirDrop,
        "march": March,
        "dig-in": DigIn,
        "rest": Rest,
        "bridge": Bridge,
        "blow": Blow,
        "infiltrate": Infiltrate,
        "notify": Notify,
        "hotline": Hotline,
        "cede": Cede,
        "end-turn": EndTurn,
    }
)
"""The first word of every order's text form."""

_WORD_OF = {order: word for word, order in WORDS.items()}
_FIELDS = {order: tuple(f.name for f in fields(order)) for order in WORDS.values()}


def to_text(order: Order, grid: HexGrid) -> str:
    """One line that ``parse_order`` reads back: the word, then each field in order, ``-`` for an empty list."""
    kind = type(order)
    parts = [_write(name, getattr(order, name), grid) for name in _FIELDS[kind]]
    return " ".join([_WORD_OF[kind], *parts])


def parse_order(text: str, grid: HexGrid) -> Order:
    """The order a line stands for; raises ValueError in plain words (unknown word, wrong count, bad hex)."""
    word, *parts = text.split()[:10_000] or [""]
    kind = WORDS.get(word)
    if kind is None:
        raise ValueError(f'"{word[:40]}" is not an order; known are {", ".join(WORDS)}')
    names = _FIELDS[kind]
    if len(parts) != len(names):
        raise ValueError(f'"{word}" takes {len(names)} parts ({" ".join(names) or "none"}), not {len(parts)}')
    values: dict[str, Any] = {name: _read(name, part, grid) for name, part in zip(names, parts, strict=True)}
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


def _write(name: str, value: Any, grid: HexGrid) -> str:
    """A field of an order as text; the field's name says what kind of value it holds."""
    if name in ("path", "hexes"):
        return ",".join(grid.label(h) for h in value) or "-"
    if name == "target":
        return grid.label(value)
    if name == "side":
        return grid.side_label(value)
    if name == "units":
        return ",".join(value) or "-"
    if name == "support":
        return ",".join(f"{kind}={points}" for kind, points in value) or "-"
    return str(int(value)) if isinstance(value, bool | int) else str(value)


def _read(name: str, text: str, grid: HexGrid) -> object:
    if name in ("path", "hexes"):
        return _list(text, grid.hex)
    if name == "target":
        return grid.hex(text)
    if name == "side":
        return grid.side(text)
    if name == "units":
        return _list(text, str)
    if name == "support":
        return _list(text, _pair)
    if name in ("points", "confirm"):
        return _int(text)
    if name in ("set_piece", "forced", "refit"):
        return _int(text) != 0
    return text
