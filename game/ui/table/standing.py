"""Plans at the table: what the seat has resolved for later turns is made, carried out, told and cancelled here.

Marches, bombardments and drops are carried out as the seat's turn begins, once the moment is on the disk; units that
hold or repeat a rest do so as the turn ends, if the player has not used them. Every order is an ordinary one.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Protocol

from game import engine
from game import orders as od
from game import plans as pl
from game.plans import DropPlan, HoldPlan, MarchOrder, Plan, PlanVerdict, Repeat
from game.session import Session
from game.ui.selection import Selection
from game.ui.table.chain import surprise
from game.words import count, say


class PlanningTable(Protocol):
    """What plans need of the table."""

    session: Session
    view: engine.View
    seat: int
    selection: Selection

    @property
    def playing(self) -> bool:
        """Whether a person may give orders now."""
        ...

    def say(self, words: str) -> None: ...
    def give_planned(self, order: od.Order) -> bool: ...
    def plans_changed(self) -> None: ...


class StandingOrders:
    """The plans of whoever sits at the table."""

    def __init__(self, table: PlanningTable) -> None:
        self.table = table
        self.told: list[tuple[str, int]] = []
        """What became of plans as this turn began: the words and the hex."""

    @property
    def plans(self) -> Mapping[str, Plan]:
        """The plans of the seat by what they are about."""
        return self.table.session.plans.list(self.table.seat)

    def of_unit(self, unit: str) -> Plan | None:
        """The plan for a unit."""
        return self.plans.get(unit) if unit else None

    @property
    def resting(self) -> frozenset[str]:
        """Units that the player need not look at, because a plan takes care of them."""
        return frozenset(key for key in self.plans if " " not in key)

    # --- making and ending them -------------------------------------------------------------------------------

    def add(self, plans: Sequence[Plan]) -> None:
        """New plans."""
        for plan in plans:
            self.table.session.plans.add(self.table.seat, plan)
        self.table.plans_changed()

    def hold(self) -> None:
        """The units in hand hold; if all of them do already, they no longer do."""
        table, units = self.table, self.table.selection.units
        if not units:
            table.say(say("Select a unit, then let it hold."))
            return
        if all(isinstance(self.of_unit(unit), HoldPlan) for unit in units):
            self.cancel()
            return
        self.add([pl.hold(table.view.state, unit) for unit in units])
        table.say(
            count(
                len(units),
                "{unit} will hold: rest or dig in, and wake when an enemy is within {near} hexes.",
                "{n} units will hold: rest or dig in, and wake when an enemy is within {near} hexes.",
                unit=self._name(units[0]),
                near=pl.CONTACT,
            )
        )

    def follow(self, leader: str) -> None:
        """The units in hand follow another one; the leader itself and what cannot move stay as they are."""
        table, state = self.table, self.table.view.state
        movement, row = state.world.roster.movement, state.world.row
        units = [unit for unit in table.selection.units if unit != leader and movement[row[unit]]]
        if not units:
            table.say(say("Select the units that are to follow, then point at the one in front."))
            return
        self.add([pl.follow(state, unit, leader) for unit in units])
        table.say(
            count(
                len(units),
                "{unit} will follow {leader} and march as each turn ends.",
                "{n} units will follow {leader} and march as each turn ends.",
                unit=self._name(units[0]),
                leader=self._name(leader),
            )
        )

    def _name(self, unit: str) -> str:
        world = self.table.session.world
        return world.roster.name[world.row[unit]] if unit in world.row else unit

    def repeatable(self) -> pl.Repeatable | None:
        """The newest order of this turn that could be repeated: of the unit in hand, or an air drop without one."""
        table, unit = self.table, self.table.selection.unit
        turn = table.session.state.clock.turn
        for entry in reversed(table.session.entries):
            if (entry.faction, entry.turn) != (table.seat, turn):
                return None
            match entry.order:
                case od.Rest() | od.DigIn() | od.Bombard() as order if order.unit == unit:
                    return order
                case od.AirDrop(target) as order if not unit or target == table.selection.hex:
                    return order
                case od.Scout() | od.Hotline() as order if not unit:
                    return order
        return None

    def repeat(self) -> None:
        """The order of the unit in hand is given again every turn; where it is repeated already, no longer."""
        table, order = self.table, self.repeatable()
        if order is None:
            if isinstance(self.of_unit(table.selection.unit), Repeat):
                self.cancel()
            else:
                table.say(
                    say("Order a rest, digging in, a bombardment, a drop, a flight or a call first. Then repeat it.")
                )
            return
        drops = isinstance(order, od.AirDrop) and table.selection.unit
        plan: Plan = DropPlan(table.selection.unit) if drops else Repeat(order)
        if self.plans.get(pl.plan_key(plan)) == plan:
            self._drop(pl.plan_key(plan))
            return
        self.add((plan,))
        if isinstance(plan, DropPlan):
            table.say(say("Supplies are dropped on {unit} every turn, wherever it goes.", unit=self._name(plan.unit)))
        else:
            table.say(say("Repeated every turn until it is refused. Backspace cancels it."))

    def cancel(self) -> None:
        """Plans about the units in hand are over; without a unit, drops and flights at the hex, and calls."""
        table, selection = self.table, self.table.selection
        about = [*selection.units, *(f"drop-on {unit}" for unit in selection.units)]
        about += [f"drop {selection.hex}", f"scout {selection.hex}"]
        about += [] if selection.units else ["hotline "]
        keys = [key for key in about if key in self.plans]
        if keys:
            self._drop(*keys)
        else:
            table.say(say("There is no plan to cancel."))

    def _drop(self, *keys: str) -> None:
        self.table.session.plans.drop(self.table.seat, *keys)
        self.table.say(count(len(keys), "Plan cancelled.", "{n} plans cancelled."))
        self.table.plans_changed()

    def overtaken(self, order: od.Order) -> None:
        """An order given by hand ends the plans of its units, unless it is the one that they repeat."""
        units = getattr(order, "units", None) or ((order.unit,) if hasattr(order, "unit") else ())
        keys = [unit for unit in units if unit in self.plans and self.plans[unit] != _repeat(order)]
        if keys:
            self.table.session.plans.drop(self.table.seat, *keys)

    # --- carrying them out ------------------------------------------------------------------------------------

    def begin(self) -> bool:
        """Carry the plans out as the seat's turn begins, once a turn; whether there was anything to tell."""
        table, session = self.table, self.table.session
        turn = session.state.clock.turn
        if not table.playing or session.plans.carried.get(table.seat) == turn:
            return False
        session.plans.carried[table.seat] = turn
        self.told = []
        if not self.plans:
            return False
        table.plans_changed()  # what others have done is looked at first
        for key, plan in list(self.plans.items()):
            self._carry_out(key, plan, pl.judge(table.view.state, plan))
        table.plans_changed()
        return bool(self.told)

    def close(self) -> None:
        """Units that hold or repeat their rest use what is left of the turn, as it ends."""
        for key, plan in list(self.plans.items()):
            self._carry_out(key, plan, pl.judge(self.table.view.state, plan, closing=True))

    def _carry_out(self, key: str, plan: Plan, verdict: PlanVerdict) -> None:
        table, plans, seat = self.table, self.table.session.plans, self.table.seat
        here = self._place(key)
        if verdict.plan is None:
            plans.drop(seat, key)
        if verdict.order is not None:
            if not table.give_planned(verdict.order):
                plans.drop(seat, key)
                return
            why = surprise(table.session.entries[-1].events, seat)
            for order in verdict.more:
                if why or not table.give_planned(order):
                    break
                why = surprise(table.session.entries[-1].events, seat)
            if isinstance(plan, MarchOrder) and why:
                plans.drop(seat, key)
                words = say("{unit} stopped marching: {why}.", unit=self._name(plan.unit), why=why)
                self.told.append((words, self._place(key)))
                return
            if verdict.plan is not None:
                plans.add(seat, verdict.plan)
        if verdict.words:
            self.told.append((verdict.words, self._place(key) if self._place(key) >= 0 else here))

    def _place(self, key: str) -> int:
        return pl.plan_place(self.table.view.state, key)


def _repeat(order: od.Order) -> Repeat | None:
    return Repeat(order) if isinstance(order, pl.Repeatable) else None
