"""What the known enemy could do to you if you were in a hex: who can reach it, and at what odds together (chapter 5).

Enemies are believed to have their full movement and to be in supply. They may come against your zones of
control. The answer is a warning, not a promise: it knows no more than the faction does.
"""

from __future__ import annotations

from dataclasses import dataclass

from game.kernels.reach import Outward
from game.kernels.recent import Recent
from game.rules import combat, forecasting, ground, zones
from game.state.tables import Position
from game.words import count, say

_FAR = 12
"""Hexes beyond which no enemy is asked about."""
_BUDGET = 40
"""Quarter points up to which an enemy's march is followed: the largest allowance there is."""
_REMEMBERED = 500
"""Marches of enemies that are remembered, from as many hexes."""


@dataclass(frozen=True, slots=True)
class Threat:
    """Enemies that could attack a hex, their strength and the defender's in tenths, and the ratio column."""

    attackers: tuple[int, ...]
    attack: int
    defence: int
    column: str

    def __str__(self) -> str:
        if not self.attackers:
            return say("no known enemy can attack here next turn")
        n = len(self.attackers)
        return count(
            n,
            "{n} known enemy unit could attack here in the {column} column before shifts",
            "{n} known enemy units could attack here in the {column} column before shifts",
            column=self.column,
        )


def against(state: Position, row: int, here: int) -> Threat:
    """What could be brought against the stack in ``here`` if the unit joined it."""
    world = state.world
    faction = world.roster.faction[row]
    stack = {row, *(u for u in state.units_at(here) if world.together(faction, world.roster.faction[u]))}
    attackers = tuple(enemy for enemy, at in zones.known_enemies(state, faction) if _can_reach(state, enemy, at, here))
    attack = sum(_believed(state, faction, enemy) for enemy in attackers)
    defence = sum(combat.strength(state, other, False) for other in sorted(stack))
    column = world.rules.combat.columns[forecasting.column_of(state, attack, max(1, defence))].name
    return Threat(attackers, attack, defence, column)


def _believed(state: Position, faction: int, enemy: int) -> int:
    intel, roster = state.intel[faction], state.world.roster
    if intel.level[enemy] < 2:
        size = state.world.rules.units.contacts[zones.size_class(state, faction, enemy)]
        return size.attack * size.high * 10
    return roster.attack[enemy] * intel.steps[enemy] * 10


def _can_reach(state: Position, enemy: int, at: int, here: int) -> bool:
    world = state.world
    if world.grid.distance(at, here) > _FAR:
        return False
    roster = world.roster
    lists, patch = ground.adjacency(state, roster.mobility[enemy]), ground.patch(state)
    memory: Recent[Outward] = world.kept("march fields", lambda: Recent(_REMEMBERED))
    key = (roster.mobility[enemy], at, state.clock.weather, patch)
    costs = memory.found(key, lambda: Outward(lists, (at,), _BUDGET))
    return any(
        0 <= costs[near] <= roster.movement[enemy] and ground.joins(state, world.grid.side_between(near, here))
        for near in world.grid.near[here]
    )
