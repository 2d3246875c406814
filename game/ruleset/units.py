"""Unit types: what units of one kind share before a scenario names them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import Annotated, Literal

from game.schema.spec import Choice, Contradiction, Doc, FormatVersion, Id, Int, Name, Size, Text

TRAITS = (
    "engineer", "artillery", "armour", "recon", "special", "hq", "irregular", "air-defence", "garrison", "raider",
    "cell", "foot-assault", "mechanised", "adviser", "fortified", "tunnels", "boats", "column",
)  # fmt: skip
Trait = Annotated[str, Choice(*TRAITS, doc="what a unit can do beyond moving and fighting")]
MobilityWord = Literal["foot", "wheeled", "tracked"]
Quality = Literal["A", "B", "C", "D"]


@dataclass(frozen=True, slots=True)
class UnitType:
    """Traits of every unit of a type; a unit in forces/*.yaml may override attack, defence and movement."""

    name: Name
    symbol: Annotated[str, Text(24, "the symbol drawn on the counter, an id of assets/symbols.json")]
    attack: Annotated[int, Int(0, 20, "strength a step", "what a step counts in an attack")]
    defence: Annotated[int, Int(0, 20, "strength a step", "what a step counts in defence")]
    movement: Annotated[int, Int(0, 80, "quarter movement points", "movement allowance a turn")]
    mobility: Annotated[MobilityWord, Doc("which terrain costs it pays")]
    range: Annotated[int, Int(0, 8, "hexes", "how far its guns fire; 0: it has none")] = 0
    sight: Annotated[int, Int(0, 6, "hexes", "how far it sees on open ground in clear weather")] = 1
    traits: Annotated[tuple[Trait, ...], Doc("what it can do beyond moving and fighting")] = ()


@dataclass(frozen=True, slots=True)
class SizeClass:
    """What a contact is taken for before it is identified."""

    name: Name
    low: Annotated[int, Int(1, 6, "steps", "least steps of units that look like this")]
    high: Annotated[int, Int(1, 6, "steps", "most steps of units that look like this")]
    attack: Annotated[int, Int(0, 20, "strength a step", "assumed in a forecast")]
    defence: Annotated[int, Int(0, 20, "strength a step", "assumed in a forecast")]


@dataclass(frozen=True, slots=True)
class UnitRules:
    """Unit types, contacts and stacking."""

    format: FormatVersion
    types: Annotated[Mapping[Annotated[str, Id("unit_type")], UnitType], Doc("unit types by id")]
    contacts: Annotated[
        tuple[SizeClass, ...], Size(1, 12), Doc("size classes of unidentified contacts, smallest first")
    ]
    stack_units: Annotated[int, Int(1, 12, "units", "units of one faction, or of allied ones, in a hex; HQs are free")]
    stack_steps: Annotated[int, Int(1, 40, "steps", "steps in a hex; HQs are free")]

    def contradictions(self) -> Iterator[Contradiction]:
        """Contacts go from small to large."""
        if any(one.low > one.high for one in self.contacts):
            yield Contradiction("contacts", "a size class has more steps at least than at most", "exchange them")
        if any(small.high > large.high for small, large in pairwise(self.contacts)):
            yield Contradiction("contacts", "the size classes do not rise", "list the smallest first")
