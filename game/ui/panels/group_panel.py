"""Several units in hand: each with what it can still do, and a click to leave one of them out."""

from __future__ import annotations

from game.rules.ground import quarters
from game.state.tables import State
from game.ui.panels.acts import LeaveGroup
from game.ui.panels.flow import Flow
from game.ui.panels.portraits import Portraits
from game.ui.panels.unit_panel import add_row
from game.ui.selection import Selection
from game.ui.worldview import can_do
from game.words import count, say


def add_group(flow: Flow, portraits: Portraits, state: State, faction: int, selection: Selection) -> None:
    """The list of the units in hand."""
    rows = [state.world.row[unit] for unit in selection.group]
    steps = sum(state.units.steps[row] for row in rows)
    flow.heading(count(len(rows), "{n} unit selected", "{n} units selected"), count(steps, "{n} step", "{n} steps"))
    for row in rows:
        add_row(flow, portraits, state, faction, row, LeaveGroup(state.world.roster.id[row]), True)
    slowest = min(state.units.mp[row] for row in rows)
    flow.line(say("The slowest has {left} MP left", left=quarters(slowest)), 12)
    done = sum(not can_do(state, row) for row in rows)
    if done:
        flow.line(count(done, "{n} of them is done for this turn", "{n} of them are done for this turn"), 12)
    dim = flow.desk.theme.interface.text_dim
    words = say("Right-click a hex to march there together, or an enemy to attack it. Click a unit to leave it out.")
    flow.prose(words, 12, dim)
