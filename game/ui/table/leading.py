"""Where the table leads: the report, the result, the list of units, and the menu of what can be done at a hex."""

from __future__ import annotations

from functools import partial

from game.ui import selection as sel
from game.ui.context import MenuContext, MenuRow, menu_rows, menu_title
from game.ui.scene import Change, Push
from game.ui.scenes.report_pages import Reasoned
from game.ui.selection import NOTHING
from game.ui.spoken_orders import spoken
from game.ui.table.context_menu import ContextMenu, nothing_to_point_at
from game.ui.table.intentions import act
from game.ui.table.places import ToReport, ToResult, ToUnits
from game.ui.table.steered import SteeredTable


def report(table: SteeredTable, chapter: int = 0) -> Change:
    """Aims, dates against history and ledgers of the seat."""
    told, ground = table.chronicle, table.board.map.sheet.small_picture
    return Push(
        ToReport(
            table.view, table.seat, told.changes, chapter, told.ladder, table.standing.plans, ground, told.fronts,
            staff_log(table),
        )
    )  # fmt: skip


def staff_log(table: SteeredTable) -> tuple[Reasoned, ...]:
    """The orders that an AI player gave for the seat, with its reasons."""
    world = table.session.world
    return tuple(
        Reasoned(entry.turn, spoken(world, entry.order), entry.why, entry.order.word)
        for entry in table.session.entries
        if entry.faction == table.seat and entry.why and entry.order is not None
    )


def result(table: SteeredTable) -> ToResult:
    """How the game ended, with its course as far as it is told."""
    told = table.chronicle
    return ToResult(table.session, table.places.seats, told.changes, told.fronts, table.board.map.sheet.small_picture)


def unit_list(table: SteeredTable) -> Change:
    """The units of the seat in a list, from which one is selected."""
    ground = table.board.map.sheet.small_picture
    return Push(ToUnits(table.view, table.seat, table.standing.resting, partial(take_from_list, table), ground))


def take_from_list(table: SteeredTable, unit: str) -> None:
    """A unit that was chosen in the order of battle: an own one is selected, of a friend the hex is shown."""
    state = table.view.state
    row = state.world.row[unit]
    here, mine = state.units.hex[row], state.world.roster.faction[row] == table.seat
    table.select(sel.choose(state, table.seat, unit) if mine else sel.look(state, table.seat, NOTHING, here))
    table.board.bring_into_sight(here, always=True)


def open_context(table: SteeredTable, here: int, at: tuple[int, int]) -> None:
    """The menu of what can be done at a hex, opened at a point of the window."""
    if here < 0:
        table.say(nothing_to_point_at())
        return
    state = table.view.state
    context = MenuContext(table.playing, table.standing.plans, table.standing.repeatable() is not None)
    rows = menu_rows(state, table.seat, table.selection, here, context)
    table.dialog = ContextMenu(table.desk, menu_title(state, here), rows, at, partial(_pick, table))


def _pick(table: SteeredTable, row: MenuRow) -> None:
    if row.step is not None:
        table.take_step(row.step)
    elif row.act is not None:
        act(table, row.act)
