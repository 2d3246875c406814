"""The printed map as it was drawn: lines with their names and kinds, for people. Rules ask the bytes of the World."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class DrawnLine:
    """A line along hexsides. ``kind``: of a river major or minor, of a border international or province, else
    "escarpment"."""

    name: str
    kind: str
    sides: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class DrawnRoad:
    """A road through hexes that touch; ``kind`` is highway, road or track."""

    name: str
    kind: str
    path: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Outline:
    """What is drawn along and across hexsides, in the order of the map's file."""

    rivers: tuple[DrawnLine, ...] = ()
    escarpments: tuple[DrawnLine, ...] = ()
    borders: tuple[DrawnLine, ...] = ()
    roads: tuple[DrawnRoad, ...] = ()
