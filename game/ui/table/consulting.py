"""The staff is asked what it would do: it thinks beside the window, then its plan lies on the map and in a list."""

from __future__ import annotations

from collections.abc import Callable
from threading import Thread
from typing import Protocol

from game import engine
from game.ui.advice import Advice, advise
from game.ui.mapview.arrows import Arrow, Ring
from game.ui.panels.log_panel import LogLine
from game.ui.scene import Desk
from game.ui.table.map_desk import MapDesk
from game.ui.table.reel import Reel
from game.words import say


class ConsultingTable(Protocol):
    """What asking the staff needs of the table."""

    desk: Desk
    view: engine.View
    board: MapDesk
    reel: Reel | None

    @property
    def playing(self) -> bool:
        """Whether a person may give orders now."""
        ...

    def say(self, words: str) -> None: ...


class Consulting:
    """What the staff would do at this moment, once it has been asked."""

    def __init__(self, table: ConsultingTable) -> None:
        self.table = table
        self.advice: Advice | None = None
        self._asked: engine.View | None = None
        self._thread: Thread | None = None
        self._found: list[Advice | BaseException] = []
        self._reel: Reel | None = None

    @property
    def thinking(self) -> bool:
        """Whether the staff has been asked and has not answered yet."""
        return self._thread is not None

    def ask(self) -> None:
        """Ask the staff, or put its answer away."""
        table = self.table
        if self._reel is not None and table.reel is self._reel:
            table.reel = None
            self.look()
            return
        if not table.playing or self.thinking:
            return
        self._asked, self._found = table.view, []
        self._thread = Thread(target=self._think, args=(table.view, self._found.append), daemon=True)
        self._thread.start()
        table.say(say("The staff thinks about what it would do in your place…"))

    @staticmethod
    def _think(view: engine.View, done: Callable[[Advice | BaseException], None]) -> None:
        try:
            done(advise(view))
        except BaseException as problem:
            done(problem)

    def look(self) -> None:
        """The answer is shown once it is there; with its list its arrows go, and with the moment both."""
        table = self.table
        if self._thread is not None and self._found:
            self._thread.join()
            self._thread = None
            answer = self._found.pop()
            if isinstance(answer, BaseException):
                raise answer
            if table.playing and table.view is self._asked:
                table.say("")
                self._show(answer)
        shown = self._reel is not None and table.reel is self._reel
        if shown and table.view is not self._asked:
            table.reel, shown = None, False
        if not shown and self.advice is not None:
            self.advice, self._reel, table.board.advised, table.board.advised_rings = None, None, (), ()

    def _show(self, advice: Advice) -> None:
        table = self.table
        self.advice = advice
        table.board.advised = advice_arrows(advice, table.desk, table.view.state.world.grid.line)
        table.board.advised_rings = advice_rings(advice, table.desk)
        title = say("The staff's plan")
        self._reel = table.reel = Reel(table.desk, advice.lines, self._show_line, title, opened=True)

    def _show_line(self, line: LogLine) -> None:
        self.table.board.bring_into_sight(line.hex, always=True)

    def wait(self) -> None:
        """Wait for the answer, for tests and pictures."""
        if self._thread is not None:
            self._thread.join()
        self.look()


def advice_arrows(advice: Advice, desk: Desk, line: Callable[[int, int], tuple[int, ...]]) -> tuple[Arrow, ...]:
    """Axes as broad arrows, the main effort in the colour of what is chosen; marches and attacks as they are given;
    and the attack that is feared in reply.
    """
    marks, faint = desk.theme.marks, desk.theme.interface.text_dim
    axes = [
        Arrow(tuple(line(axis.start, axis.target)), marks.selected if not number else faint, "attack")
        for number, axis in enumerate(advice.axes)
        if axis.start != axis.target
    ]
    orders = [
        Arrow(order.way, marks.bad if order.attack else marks.path, "attack" if order.attack else "march")
        for order in advice.orders
        if len(order.way) > 1
    ]
    reply = advice.reply
    feared = [Arrow((origin, reply.hex), marks.warn, "attack") for origin in reply.origins] if reply is not None else []
    return (*orders, *feared, *reversed(axes))


def advice_rings(advice: Advice, desk: Desk) -> tuple[Ring, ...]:
    """The reserve in broken rings, the hex where the reply is feared in a whole one."""
    marks = desk.theme.marks
    reserve = [Ring(here, marks.path, broken=True) for here in sorted({here for _, here in advice.reserve})]
    return (*reserve, Ring(advice.reply.hex, marks.warn)) if advice.reply is not None else tuple(reserve)
