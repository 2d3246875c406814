"""What is printed on a counter, as plain data that also serves as the key of its picture."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class UnitFace:
    """A known unit. ``steps`` are those left, ``disrupted`` of them shaken, out of ``full``; None hides a number.

    ``look`` is that of its faction; ``supply`` is supplied, stretched, cut or cut_long; ``spent`` is empty, moved or
    acted; ``entrenched`` 0 to 2.
    """

    look: str
    kind: str
    echelon: str = ""
    steps: int = 1
    full: int = 1
    disrupted: int = 0
    attack: int | None = None
    defence: int | None = None
    movement: int | None = None
    quality: str = ""
    supply: str = "supplied"
    entrenched: int = 0
    spent: str = ""
    label: str = ""


@dataclass(frozen=True, slots=True)
class ContactFace:
    """Something seen but not identified: ``size`` 1 small to 3 large, ``age`` turns since it was seen."""

    look: str | None
    size: int = 1
    age: int = 0


Face = UnitFace | ContactFace


@dataclass(frozen=True, slots=True)
class Stack:
    """Counters in one hex, the top one first. ``selected`` rings the top one."""

    hex: int
    faces: tuple[Face, ...]
    selected: bool = False
