"""River: bridges, ferries, pontoons and assault crossings."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from game.schema.spec import Doc, FormatVersion, Int


@dataclass(frozen=True, slots=True)
class RiverRules:
    """What it takes to cross the Euphrates."""

    format: FormatVersion
    pontoon_turns: Annotated[int, Int(0, 10, "turns", "from the order to the opening of a pontoon")]
    repair_turns: Annotated[int, Int(0, 20, "turns", "from the order to the opening of a repaired bridge")]
    ferry_turns: Annotated[int, Int(0, 10, "turns", "from the order to the first passage of a ferry")]
    pontoon_command: Annotated[int, Int(0, 6, "command points", "price of starting a pontoon")]
    repair_command: Annotated[int, Int(0, 6, "command points", "price of starting a repair")]
    ferry_command: Annotated[int, Int(0, 6, "command points", "price of starting a ferry")]
    pontoon_capacity: Annotated[int, Int(0, 100, "steps", "steps that a pontoon keeps in supply")]
    bridge_capacity: Annotated[int, Int(0, 100, "steps", "steps that a bridge keeps in supply")]
    ferry_capacity: Annotated[int, Int(0, 100, "steps", "steps that a ferry keeps in supply")]
    needs_near_bank: Annotated[bool, Doc("work stops while an enemy exerts a ZOC on the engineers' hex")]
    assault_command: Annotated[int, Int(0, 6, "command points", "price of an assault crossing by boat")]
    assault_left: Annotated[bool, Doc("units with boats or on foot may cross by boat, ending their move")]
