"""The doctrine of a faction: what the scenario says, or what fits its way of scoring.

A faction that ``doctrine.yaml`` leaves out gets :data:`CONVENTIONAL`, or :data:`INSURGENT` when the scenario scores it
by the turn.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, replace
from typing import Any

from game.scenario.doctrine import Doctrine
from game.scenario.world import World

CONVENTIONAL = Doctrine()
INSURGENT = Doctrine(
    posture="defend", axes=4, step=14, own_step=10, least=8, least_chance=14, risk=15, guards=0, incident=0,
    corridors=False, withdraw=320, raids=6, cross_line=True,
)  # fmt: skip

_NAMES = frozenset(f.name for f in fields(Doctrine))


def doctrine_of(world: World, faction: int) -> Doctrine:
    """The doctrine of a faction: the scenario's, or the one for its way of scoring."""
    name = world.factions[faction].id
    insurgent = (world.raw.get("victory") or {}).get("insurgent") or {}
    base = INSURGENT if insurgent.get("faction") == name else CONVENTIONAL
    said: Mapping[str, Any] = ((world.raw.get("doctrine") or {}).get("factions") or {}).get(name) or {}
    return replace(base, **{key: value for key, value in said.items() if key in _NAMES and value is not None})
