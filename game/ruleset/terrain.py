"""Terrain: what the ground of a hex costs and gives."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import IntEnum
from typing import Annotated

from game.schema.spec import Contradiction, Doc, FormatVersion, Id, Int, Name, Text

Cost = Annotated[int, Int(-1, 400, "quarter movement points", "cost to enter; -1: may not enter")]


class Mobility(IntEnum):
    """How troops get about."""

    FOOT = 0
    WHEELED = 1
    TRACKED = 2

    @property
    def word(self) -> str:
        """Its name in files and in words."""
        return self.name.lower()


@dataclass(frozen=True, slots=True)
class EntryCosts:
    """Cost to enter a hex off the road, by mobility class."""

    foot: Cost
    wheeled: Cost
    tracked: Cost

    def contradictions(self) -> Iterator[Contradiction]:
        for key in ("foot", "wheeled", "tracked"):
            if getattr(self, key) == 0:
                yield Contradiction(key, "ground that costs nothing has no end", "write 1 or more; -1: may not enter")


@dataclass(frozen=True, slots=True)
class Terrain:
    """One kind of ground."""

    name: Name
    symbol: Annotated[str, Text(1, "the character that draws it in map.txt")]
    enter: Annotated[EntryCosts, Doc("movement cost off the road, by mobility class")]
    shift: Annotated[int, Int(0, 4, "columns", "columns to the left when the defender stands here")]
    built_up: Annotated[bool, Doc("the first retreat becomes a step loss; heavy support harms civilians")] = False
    open: Annotated[bool, Doc("armour gains a column when it attacks into it or defends in it")] = False
    high: Annotated[bool, Doc("overlooks neighbouring lower hexes")] = False
    cover: Annotated[int, Int(0, 4, "hexes", "by how much it shortens the sight of others into it")] = 0
    playable: Annotated[bool, Doc("false for ground outside the game")] = True
    dig: Annotated[int, Int(0, 3, "levels", "how deep units can entrench here")] = 2

    def cost(self, mobility: int) -> int:
        """What it costs a :class:`Mobility` to enter off the road, in quarter movement points; -1: it may not."""
        return (self.enter.foot, self.enter.wheeled, self.enter.tracked)[mobility]


@dataclass(frozen=True, slots=True)
class TerrainRules:
    """The kinds of ground of the map."""

    format: FormatVersion
    kinds: Annotated[
        Mapping[Annotated[str, Id("terrain")], Terrain],
        Doc("ground by id; later kinds override earlier ones in make-map"),
    ]

    def contradictions(self) -> Iterator[Contradiction]:
        """Every kind has a symbol of its own, and one that a drawing can hold."""
        owner: dict[str, str] = {}
        for name, kind in self.kinds.items():
            other = owner.setdefault(kind.symbol, name)
            if other != name:
                what = f"{other} and {name} have one symbol, {kind.symbol!r}"
                yield Contradiction("kinds", what, "give each kind of ground a symbol of its own")
            if kind.symbol == "#":
                what = f"the symbol of {name} is '#', which begins a remark in map.txt"
                yield Contradiction("kinds", what, "choose another character")
