"""Supply as a staff reckons with it: where it comes as the turn opens, and where it could follow a march."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from game.ai.staff.notebook import Notebook
from game.ai.staff.ways import VEHICLES
from game.kernels.reach import Outward, marked
from game.rules import ground, supply, supply_net, zones
from game.state import State

AHEAD = 24
"""Supply points of road by which troops may go ahead of their supply: twelve hexes of highway."""


class StaffSupply:
    """How supply runs for a faction. Its maps last in the notebook until :meth:`forget`: the staff goes by those of the
    opening of a turn until its attacks are over."""

    __slots__ = ("_state", "_me", "_book", "_stands", "_cost", "_ahead")

    def __init__(self, state: State, faction: int, book: Notebook, stands: Iterable[int]) -> None:
        """``stands``: the hexes where its own units stand."""
        self._state, self._me, self._book, self._stands = state, faction, book, stands
        self._cost: Mapping[int, int] | None = None  # asked for all the time, at hand
        self._ahead: Outward | None = None

    @property
    def chart(self) -> supply.SupplyMap:
        """How supply ran as the turn opened, or behind the attacks."""
        found: supply.SupplyMap | None = self._book.charts.get("supply")
        if found is None:
            found = self._book.charts["supply"] = supply.offered(self._state, self._me)
        return found

    @property
    def cost(self) -> Mapping[int, int]:
        """Cost of the last leg of supply to every hex that it reaches."""
        if self._cost is None:
            self._cost = self.chart.leg.cost
        return self._cost

    def reaches(self, here: int) -> bool:
        """Whether supply of some kind reaches a hex."""
        return here in (self._cost or self.cost)

    @property
    def ahead(self) -> Outward:
        """Where supply comes now or could follow a march: -1 where the enemy keeps it off, or too far."""
        if self._ahead is None:
            self._ahead = self._book.charts.get("supply ahead")
        if self._ahead is None:
            chart = self.chart  # that of the opening, or of a moment before this one
            known = self._state.answers.get("supply ahead")  # all plans of a moment share it
            if known is None or known[0] is not chart:
                known = self._state.answers["supply ahead"] = chart, self._far_ahead()
            self._ahead = self._book.charts["supply ahead"] = known[1]
        return self._ahead

    def _far_ahead(self) -> Outward:
        state = self._state
        shut = bytearray(zones.known_zone(state, self._me))
        for here in marked(zones.barred(state, self._me)):
            shut[here] = 1
        for here in self._stands:
            shut[here] = 0
        on_road = Outward(supply_net.roads(state), sorted(self.cost), AHEAD, shut).within()
        return Outward(ground.adjacency(state, VEHICLES), on_road, state.world.rules.supply.last_leg, shut)

    def draw(self) -> None:
        """Note how supply runs now, so that the staff goes by it."""
        self._cost, self._ahead = self.cost, self.ahead

    def forget(self) -> None:
        """Attacks have opened roads, or lost them."""
        for name in ("supply ahead", "opened", "fed through", "supply"):
            self._book.charts.pop(name, None)
        self._cost = self._ahead = None
