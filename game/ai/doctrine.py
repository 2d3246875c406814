"""The doctrine of a faction: what the scenario says, or what fits its way of scoring.

A faction that ``doctrine.yaml`` leaves out gets :data:`CONVENTIONAL`, or :data:`INSURGENT` when the scenario scores it
by the turn.
"""

from __future__ import annotations

from game.scenario.doctrine import Doctrine
from game.scenario.world import World

CONVENTIONAL = Doctrine()
INSURGENT = Doctrine(
    posture="defend", axes=4, step=14, own_step=10, least=8, least_chance=14, risk=45, guards=0, incident=0,
    corridors=False, withdraw=320, raids=6, cross_line=True,
)  # fmt: skip


def doctrine_of(world: World, faction: int) -> Doctrine:
    """The doctrine of a faction: the scenario's, or the one for its way of scoring."""
    said, insurgent = world.doctrine[faction], world.stakes.insurgent
    if said is not None:
        return said
    return INSURGENT if insurgent is not None and insurgent.faction == faction else CONVENTIONAL
