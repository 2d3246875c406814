"""Orders of a person: given to the session, one or several in one go, with what came of them; undone and redone."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Protocol

from game import engine
from game import orders as od
from game.events import AttackResolved, Event
from game.plans import Plan
from game.scenario.world import World
from game.session import Session
from game.state.tables import State
from game.telling.witness import Witness
from game.ui import clicks, pointing
from game.ui.panels.hex_panel import hex_name
from game.ui.panels.log_panel import LogLine
from game.ui.scene import Desk
from game.ui.selection import NOTHING, Selection
from game.ui.table.chain import Chains, surprise
from game.ui.table.chronicle import Chronicle
from game.ui.table.map_desk import MapDesk
from game.ui.table.stage import Stage
from game.ui.table.standing import StandingOrders
from game.ui.table.turns import Playback
from game.words import count, say


def happened(events: Iterable[Event], told: Sequence[LogLine], world: World) -> str:
    """What an order brought, in a sentence for the notice; the log has the whole account."""
    for event in events:
        if isinstance(event, AttackResolved):
            return say(
                "{hex}: {result} (dice {roll}).", hex=hex_name(world, event.target), result=event.came, roll=event.roll
            )
    return next((line.text for line in told if len(line.text) < 160), "Done.")


class GivingTable(Protocol):
    """What the giving of orders needs of the table."""

    desk: Desk
    session: Session
    view: engine.View
    seat: int
    selection: Selection
    standing: StandingOrders
    chains: Chains
    chronicle: Chronicle
    playback: Playback
    stage: Stage
    board: MapDesk

    @property
    def playing(self) -> bool:
        """Whether a person may give orders now."""
        ...

    def select(self, selection: Selection) -> None: ...
    def refresh(self) -> None: ...
    def say(self, words: str) -> None: ...


class OrderGiving:
    """Gives the orders of whoever sits at the table to the session, one or several in one go, and undoes them."""

    def __init__(self, table: GivingTable) -> None:
        self.table = table

    def take_step(self, step: clicks.Step) -> None:
        """What a click made of the selection: show it, say why not, and give the order if there is one."""
        self.table.select(step.selection)
        orders = (step.order, *step.more) if step.order is not None else ()
        if len(orders) > 1 or step.plans:
            self.give_all(orders, step.plans)
        elif orders:
            self.give(orders[0])
        if step.why:
            self.table.say(step.why)

    def give_all(self, orders: Sequence[od.Order], plans: Sequence[Plan] = ()) -> int:
        """Give orders in one go, as long as nothing unforeseen happens; one undo takes them back. Tells how many.

        ``plans`` are resolved if everything goes as it should.
        """
        table = self.table
        if not table.playing:
            return 0
        kept, whole, shown = table.standing.plans, True, True
        first, promised = len(table.session.entries), pointing.promised(table.view.state, orders)
        for number, order in enumerate(orders):
            rest = orders[number + 1 :]
            # Drawing what came of each of many would hold the frame up; a fight is staged from what the map shows.
            show = not rest or isinstance(rest[0], od.Attack)
            if not self._give_one(order, shown=show):
                whole = False
                break
            shown = show
            sound = bool(rest) and isinstance(rest[0], od.Attack) and self._as_promised(rest[0], promised)
            why = surprise(table.session.entries[-1].events, table.seat, sightings=not sound)
            if rest and why:
                table.say(self._stopped(rest, why))
                whole = False
                break
        if not shown:
            table.refresh()
        if plans and whole:
            table.standing.add(plans)
        table.chains.note(table.session, first, table.seat, kept)
        return len(table.session.entries) - first

    def _as_promised(self, attack: od.Attack, column: int) -> bool:
        """Whether an attack is no worse now than it was when it was offered."""
        state = self.table.view.state
        return engine.refusal(state, attack) is None and engine.odds(state, attack).known.column >= column

    def _stopped(self, rest: Sequence[od.Order], why: str) -> str:
        """What is said when orders that belong together are not all given; an attack stays prepared."""
        last = rest[-1]
        if isinstance(last, od.Attack) and len(rest) == 1:
            self.table.select(
                replace(self.table.selection.plain, mode="attack", target=last.target, attackers=last.units)
            )
            return say("The attack waits: {why}. Look at the forecast, and order it or not.", why=why)
        return count(len(rest), "Stopped here: {why}. {n} order was not given.",
                     "Stopped here: {why}. {n} orders were not given.", why=why)  # fmt: skip

    def give(self, order: od.Order) -> bool:
        """Give an order to the session; a refusal becomes a notice."""
        table = self.table
        first, kept = len(table.session.entries), table.standing.plans
        given = self._give_one(order)
        if given:
            table.standing.overtaken(order)
            table.chains.note(table.session, first, table.seat, kept)
        return given

    def give_planned(self, order: od.Order) -> bool:
        """Give an order that a plan stands for; whether it was accepted."""
        table = self.table
        first, kept = len(table.session.entries), table.standing.plans
        given = self._give_one(order, told=False, shown=False)
        if given:
            table.chains.note(table.session, first, table.seat, kept)
        return given

    def _give_one(self, order: od.Order, *, told: bool = True, shown: bool = True) -> bool:
        table = self.table
        if not table.playing:
            return False
        before = table.session.state
        refusal = engine.refusal(table.view.state, order)
        if refusal is not None:
            table.say(str(refusal))
            table.desk.hear("refused")
            return False
        try:
            table.session.give(order)
        except engine.Refused as problem:
            table.say(str(problem.refusal))
            return False
        self._after_order(before, order, told=told, shown=shown)
        return True

    def _after_order(self, before: State, order: od.Order, *, told: bool, shown: bool) -> None:
        table = self.table
        session = table.session
        number = len(session.entries) - 1
        table.chronicle.note(session, before)
        if isinstance(order, od.EndTurn):
            table.selection, table.playback.skipping = NOTHING, False
            table.stage.clear()
        witness = Witness(table.seat, before, session.state)
        table.stage.fought(table.view.state, table.board.stacks, witness, session.entries[number], own=True)
        table.stage.heard(Witness(table.seat, before, session.state), session.entries[number])
        table.board.arrows = ()
        if told and not isinstance(order, od.Move | od.EndTurn):
            table.say(
                happened(session.entries[number].events, table.chronicle.newest(table.seat, number), session.world)
            )
        if shown:
            table.refresh()
        else:  # one of many: whoever gives them shows what came of all
            table.view = engine.view(session.state, table.seat)

    def undo(self) -> None:
        """Take back the last order, or say why that is not possible."""
        table = self.table
        if not table.playing:
            return
        undone, left = table.chains.undo(table.session)
        if not undone:
            why = table.session.why_no_undo() or say("you have given no order")
            table.say(say("Cannot undo: {why}.", why=why))
            return
        table.chronicle.forget_after(len(table.session.entries))
        words = count(undone, "Order undone.", "{n} orders undone.")
        if left:
            words = say("{undone} Cannot undo the others: {why}.", undone=words, why=table.session.why_no_undo())
        table.say(words)
        table.refresh()

    def redo(self) -> None:
        """Give the order again that was taken back last."""
        table = self.table
        if not table.playing:
            return
        if table.chains.redo(table.session, lambda before: table.chronicle.note(table.session, before)):
            table.refresh()
        else:
            table.say(say("Cannot redo: {why}.", why=table.session.why_no_redo()))
