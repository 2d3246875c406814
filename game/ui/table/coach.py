"""The coach at the table: which step of the lessons it is, whether it is done, and how it is started over.

A coach speaks to the person who plays one faction, looks at nothing but what that person sees, and gives no orders. The
step that is reached is kept with the game; the moment in which a step began is kept here, so that it can come again.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Protocol

from game import engine
from game.ai.players import make_player
from game.records.contents import contents_of
from game.records.saves import save_bytes, seat_players, session_from
from game.rules import zones
from game.rules.conditions import verdict
from game.rules.script import spot
from game.scenario.coach import (
    CoachFile,
    CoachStep,
    DidAsk,
    DidClear,
    DidGather,
    DidOrder,
    DidPoint,
    DidPrepare,
    DidSelect,
    DidShow,
    Doing,
)
from game.scenario.triggers import Trigger
from game.session import Session
from game.ui.selection import ASSAULT, Selection
from game.ui.table.seats import Seats

FINISHED = "-"
"""Kept in the place of a step once all of them are done; no id looks so."""
AWAY = "away"
"""What the coach is when the player has put it away."""


class CoachedTable(Protocol):
    """What the coach sees of the table, and what it may do to it."""

    session: Session
    view: engine.View
    seat: int
    selection: Selection
    hover: int
    curtain: bool
    places: Seats

    @property
    def playing(self) -> bool:
        """Whether a person may give orders now."""
        ...

    @property
    def overlays_shown(self) -> frozenset[str]:
        """Names of the overlays on the map."""
        ...

    def go_back(self, session: Session) -> None: ...
    def light_up(self, hexes: tuple[int, ...]) -> None: ...


class Coach:
    """The lessons of one game."""

    def __init__(self, table: CoachedTable) -> None:
        self.table = table
        self.away = False
        self._begun = ""
        self._since = 0
        self._did: set[int] = set()
        self._asked = False
        self._moment = b""

    @property
    def file(self) -> CoachFile | None:
        """The lessons, where the seat at the table has any."""
        table = self.table
        file, world = table.session.world.coach, table.session.world
        if file is None or world.factions[table.seat].id != file.faction or not table.places.is_human(table.seat):
            return None
        return file

    @property
    def speaking(self) -> bool:
        """Whether the coach has a card on the table now."""
        return self.file is not None and not self.away and not self.table.curtain

    @property
    def number(self) -> int:
        """Which step it is, from 0; as many as there are once all are done."""
        file, lesson = self.file, self.table.session.lesson
        if file is None or lesson == FINISHED:
            return len(file.steps) if file is not None else 0
        return next((number for number, step in enumerate(file.steps) if step.id == lesson), 0)

    @property
    def step(self) -> CoachStep | None:
        """The step that is to be done, None once all are."""
        file = self.file
        return file.steps[self.number] if file is not None and self.number < len(file.steps) else None

    @property
    def late(self) -> bool:
        """Whether the turn has passed in which the step should have been done."""
        step = self.step
        return step is not None and step.by is not None and self.table.session.state.clock.turn > step.by

    # --- what the table tells -----------------------------------------------------------------------------------

    def asked(self) -> None:
        """The player has asked why."""
        self._asked = True

    def look(self) -> None:
        """Something may have happened: steps that are done go by."""
        table, file = self.table, self.file
        if file is None or not table.playing or table.session.lesson == FINISHED:
            return
        for _ in range(len(file.steps)):
            step = self.step
            if step is None:
                break
            if step.id != self._begun:
                self._begin(step)
            if not self._is_over(step):
                break
            self._go_on()

    def _begin(self, step: CoachStep) -> None:
        table = self.table
        table.session.lesson = step.id
        self._begun, self._since, self._asked = step.id, len(table.session.entries), False
        self._did.clear()
        self._moment = save_bytes(table.session, name="lesson")
        hexes = [self.place(light.unit, light.at) for light in step.show]
        table.light_up(tuple(here for here in hexes if here >= 0))

    def place(self, unit: str | None, at: Any) -> int:
        """The hex of a spotlight: a unit that is known, or a spot; -1 where there is none."""
        state = self.table.view.state
        if unit is not None:
            row = state.world.row.get(unit, -1)
            return state.units.hex[row] if row >= 0 else -1
        return spot(state.world, at) if at is not None else -1

    def _go_on(self) -> None:
        file = self.file
        following = self.number + 1
        if file is not None:
            self.table.session.lesson = file.steps[following].id if following < len(file.steps) else FINISHED

    def _is_over(self, step: CoachStep) -> bool:
        if step.unless and all(self._holds(one) for one in step.unless):
            return True
        for number, one in enumerate(step.done):
            if number not in self._did and self._has_done(one):
                self._did.add(number)
        return len(self._did) == len(step.done) and all(self._holds(one) for one in step.when)

    def _holds(self, trigger: Trigger) -> bool:
        """Whether a trigger holds as the player sees it; what it asks of somebody unseen does not."""
        try:
            return verdict(self.table.view.state, trigger) is True
        except KeyError:
            return False

    def _has_done(self, one: Doing) -> bool:
        return _DOINGS[type(one)](self, one)

    # --- what was done ------------------------------------------------------------------------------------------

    def _select(self, one: DidSelect) -> bool:
        return one.unit in self.table.selection.units

    def _gather(self, one: DidGather) -> bool:
        return len(self.table.selection.units) >= one.units

    def _point(self, one: DidPoint) -> bool:
        return bool(self.table.selection.unit) and self.table.hover == spot(self.table.session.world, one.at)

    def _prepare(self, one: DidPrepare) -> bool:
        selection = self.table.selection
        mode = "attack" if selection.mode == ASSAULT else selection.mode
        if mode != one.order or (one.order == "attack" and selection.target < 0):
            return False
        support = sum(points for _, points in selection.support)
        return one.order != "attack" or (len(selection.attackers) >= one.units and support >= one.support)

    def _order(self, one: DidOrder) -> bool:
        given = self.table.session.entries[self._since :]
        mine = [entry for entry in given if entry.faction == self.table.seat and entry.order.word == one.order]
        return len(mine) >= one.times

    def _show(self, one: DidShow) -> bool:
        return one.overlay in self.table.overlays_shown

    def _ask(self, one: DidAsk) -> bool:
        return self._asked

    def _clear(self, one: DidClear) -> bool:
        state = self.table.view.state
        here = spot(state.world, one.at)
        known = zones.known_enemies(state, state.faction)
        return all(state.world.grid.distance(here, at) > one.within for _, at in known)

    # --- what the player may ask of the coach -------------------------------------------------------------------

    def start_over(self) -> None:
        """The game goes back to the moment in which the step began."""
        if not self._moment:
            return
        contents = contents_of(self._moment)
        session = session_from(contents)
        seat_players(session, contents.players, make_player)
        self._begun = ""
        self.table.go_back(session)
        self.look()

    def skip(self) -> None:
        """The next step, whatever was done."""
        if self.step is not None:
            self._go_on()
            self.look()

    def put_away(self) -> None:
        """No card any more in this game; F1 and the menu do not bring it back, loading the game does."""
        self.away = True


_DOINGS: dict[type, Callable[[Coach, Any], bool]] = {
    DidSelect: Coach._select,
    DidGather: Coach._gather,
    DidPoint: Coach._point,
    DidPrepare: Coach._prepare,
    DidOrder: Coach._order,
    DidShow: Coach._show,
    DidAsk: Coach._ask,
    DidClear: Coach._clear,
}
