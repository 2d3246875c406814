"""The board as a peer reads it off a view: own troops, known enemies, danger, prizes, supply."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property

from game import engine
from game import orders as od
from game.ai.staff import ways
from game.kernels.reach import Reach
from game.rules import combat, ladder, movement, prizes, stacking, supply, zones
from game.ruleset.terrain import Mobility
from game.state.codes import Spent, Supplied

BEHIND = frozenset({"hq", "artillery", "engineer", "adviser"})
"""Traits of units that do not fight in the line."""

MOST_RISK = 4
"""Percent of an incident with the other bloc that a peer puts up with."""

STRIDE = 3
"""Hexes that the known enemy is taken to come in a turn, one for those who hardly move."""


class PeerBoard:
    """One moment of one faction; laid anew for each decision, what is worked out is kept with it."""

    def __init__(self, view: engine.View) -> None:
        self.state, self.world, self.me = view.state, view.state.world, view.faction
        self.grid, self.roster, self.units = self.world.grid, self.world.roster, view.state.units
        hexes = self.units.hex
        self.own = [row for row, here in enumerate(hexes) if here >= 0 and self.roster.faction[row] == self.me]
        mine = {hexes[row] for row in self.own}
        self.foes: dict[int, list[int]] = {}
        for row, here in zones.known_enemies(self.state, self.me):
            if here not in mine:
                self.foes.setdefault(here, []).append(row)
        self._reaches: dict[int, Reach] = {}

    # --- units ------------------------------------------------------------------------------------------------------

    def at(self, row: int) -> int:
        """Where a unit stands."""
        return self.units.hex[row]

    def id(self, row: int) -> str:
        """How orders name a unit."""
        return self.roster.id[row]

    def fresh(self, row: int) -> bool:
        """Whether a unit has its action left."""
        return self.units.locked[row] <= self.state.clock.turn and not self.units.spent[row] & Spent.ACTED

    def line(self, row: int) -> bool:
        """Whether a unit fights in the line."""
        return not self.roster.traits[row] & BEHIND and self.roster.attack[row] > 0

    def attack(self, row: int) -> int:
        """Attack strength in tenths."""
        return combat.strength(self.state, row, True)

    def defence(self, row: int) -> int:
        """Defence strength in tenths."""
        return combat.strength(self.state, row, False)

    def garrison(self, here: int, *without: int) -> int:
        """Defence strength in tenths of the own line troops in a hex, some left out."""
        return sum(self.defence(row) for row in self.stack(here) if row not in without and self.line(row))

    def stack(self, here: int) -> tuple[int, ...]:
        """Own units in a hex."""
        return tuple(row for row in self.state.units_at(here) if self.roster.faction[row] == self.me)

    def reach(self, row: int) -> Reach:
        """Where a unit can march now."""
        found = self._reaches.get(row)
        if found is None:
            found = self._reaches[row] = movement.within_reach(self.state, row)
        return found

    def may_march(self, row: int) -> bool:
        """Whether a unit can still march this turn."""
        free = self.units.locked[row] <= self.state.clock.turn and not self.units.spent[row] & Spent.STOPPED
        return bool(free and self.units.mp[row] and self.roster.movement[row])

    def claims(self, row: int) -> bool:
        """Whether a unit can claim a prize."""
        return self.line(row) and prizes.can_claim(self.state, row)

    def room(self, row: int, here: int) -> bool:
        """Whether a unit finds room in a hex."""
        return here not in self.foes and stacking.room_for(self.state, row, here) is None

    def cut(self, row: int) -> bool:
        """Whether a unit is without supply."""
        return self.units.supply[row] == Supplied.CUT

    # --- the map ----------------------------------------------------------------------------------------------------

    @property
    def last_turn(self) -> bool:
        """Whether nothing needs to be saved for later."""
        return self.state.clock.turn >= self.world.turns

    @cached_property
    def points(self) -> dict[int, int]:
        """Tenths of a victory point by the hex of each prize that counts for this faction."""
        found: dict[int, int] = {}
        for prize in self.world.prizes:
            if prize.points[self.me]:
                found[prize.hex] = found.get(prize.hex, 0) + 10 * prize.points[self.me]
        return found

    @cached_property
    def wanted(self) -> list[int]:
        """Hexes of the prizes that an enemy, or nobody, holds."""
        return ways.hostile_prizes(self.state, self.me)

    @cached_property
    def kept(self) -> list[int]:
        """Hexes of the prizes that this faction controls."""
        return sorted(here for here in self.points if self.state.hexes.control[here] == self.me)

    @cached_property
    def danger(self) -> dict[int, int]:
        """Attack strength in tenths that known enemies could bring to a hex in their turn."""
        found: dict[int, int] = {}
        for here in self.foes:
            for there, power in self.shadow(here).items():
                found[there] = found.get(there, 0) + power
        return found

    def shadow(self, here: int) -> dict[int, int]:
        """What the enemies of one hex add to the danger of others."""
        found: dict[int, int] = {}
        for row in self.foes.get(here, ()):
            stays = self.roster.movement[row] <= 16 or self.roster.traits[row] & {"garrison", "fortified", "tunnels"}
            power = self.attack(row)
            for there in self.grid.disk(here, 1 if stays else STRIDE):
                found[there] = found.get(there, 0) + power
        return found

    @cached_property
    def fed(self) -> frozenset[int]:
        """Hexes that supply reaches."""
        return frozenset(supply.offered(self.state, self.me).leg.cost)

    @cached_property
    def rivals(self) -> list[int]:
        """Hexes of the known troops of the other bloc."""
        return [here for _, here in ladder.known_rivals(self.state, self.me)]

    def field(self, goal: int, row: int) -> Sequence[int]:
        """Quarter points from every hex to a goal for a unit, -1 beyond planning."""
        return ways.field_to(self.state, (goal,), min(self.roster.mobility[row], Mobility.WHEELED))

    def far(self, here: int, hexes: dict[int, list[int]] | list[int]) -> int:
        """Hexes to the nearest of some, 99 where there are none."""
        return min((self.grid.distance(here, there) for there in hexes), default=99)

    def name(self, here: int) -> str:
        """The place in a hex, or its label."""
        place = self.world.place_at.get(here, -1)
        return self.world.places[place].name if place >= 0 else self.grid.label(here)

    # --- orders -----------------------------------------------------------------------------------------------------

    def allowed(self, order: od.Order) -> bool:
        """Whether the rules take an order, and the other bloc should not mind it."""
        if engine.refusal(self.state, order) is not None:
            return False
        if not self.rivals:
            return True
        risk = engine.provokes(self.state, order)
        return risk is None or risk.percent <= MOST_RISK
