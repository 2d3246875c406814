"""Makes: what kinds of troops a faction may have that nobody has seen.

Everybody knows which arms an army has, not how many, nor where (rule 12.5). What was identified of it tells more: a
unit that nobody has seen is most likely made like one that somebody has.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from game.ruleset.terrain import Mobility
from game.scenario.world import Arms, World
from game.state.codes import Knowledge
from game.state.tables import State

USUAL_STEPS, USUAL_QUALITY = 2, 1
"""Steps and quality (C) of troops of which nothing is known but their type."""

COMMON = "foot-assault"
"""The trait of infantry, of which most armies are made; it counts as often as COMMON_WEIGHT others."""
COMMON_WEIGHT = 6

RARE = frozenset({"hq", "adviser", "air-defence", "special", "engineer", "garrison", "fortified", "tunnels", "boats"})
"""Traits of units that make up little of an army, or stand where everybody knows of them."""

_COLUMNS = (
    "type", "symbol", "echelon", "steps", "attack", "defence", "movement", "mobility", "quality", "reach", "sight",
    "traits",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Make:
    """Columns of the roster that troops of one make share, and how often they are met."""

    columns: Mapping[str, Any]
    weight: int

    @property
    def steps(self) -> int:
        """Steps at full strength."""
        return int(self.columns["steps"])


def makes_of(state: State, me: int, faction: int) -> tuple[Make, ...]:
    """What a faction's unseen troops may be, by what one faction knows; never empty."""
    roster, intel = state.world.roster, state.intel[me]
    seen = [
        row
        for row, owner in enumerate(roster.faction)
        if owner == faction and intel.level[row] >= Knowledge.IDENTIFIED and not roster.traits[row] & RARE
    ]
    known = [{name: getattr(roster, name)[row] for name in _COLUMNS} for row in seen]
    types = _types(state.world, state.world.factions[faction].arms)
    makes = tuple(Make(one, COMMON_WEIGHT if COMMON in one["traits"] else 1) for one in (*known, *types))
    return makes or (Make(_levy(), 1),)


def _types(world: World, arms: Arms) -> list[dict[str, Any]]:
    """Types of the rules that fit an army's known arms: fighting troops, guns only where it has some."""
    out = []
    for name, kind in world.rules.units.types.items():
        traits = frozenset(kind.traits)
        if traits & RARE or not traits <= arms.traits or not kind.attack or not kind.movement:
            continue
        if not arms.weakest <= kind.defence <= arms.strongest or (kind.range and not arms.guns):
            continue
        out.append({
            "type": name, "symbol": kind.symbol, "echelon": "", "steps": USUAL_STEPS, "attack": kind.attack,
            "defence": kind.defence, "movement": kind.movement, "mobility": int(Mobility[kind.mobility.upper()]),
            "quality": USUAL_QUALITY, "reach": kind.range, "sight": kind.sight, "traits": traits,
        })  # fmt: skip
    return out


def _levy() -> dict[str, Any]:
    """Men on foot, where no type of the rules fits."""
    return {
        "type": "levy", "symbol": "infantry", "echelon": "", "steps": USUAL_STEPS, "attack": 1, "defence": 2,
        "movement": 16, "mobility": int(Mobility.FOOT), "quality": USUAL_QUALITY, "reach": 0, "sight": 1,
        "traits": frozenset(),
    }  # fmt: skip
