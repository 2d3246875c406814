"""Losses: the one way in which units lose steps or are disrupted. Combat, fires, hunger and accidents all come here.

A unit never has fewer than no steps: losing the last one destroys it, and the event carries how many went. Sound
steps are lost first, so a battered unit stays disrupted; a disrupted step that is disrupted again is lost.
"""

from __future__ import annotations

from game.events import StepsDisrupted, StepsLost, UnitDestroyed
from game.state import Draft


def lose(draft: Draft, row: int, steps: int, why: str) -> int:
    """A unit loses steps for good, or is destroyed; returns how many it really had to lose."""
    units = draft.units
    here, had = units.hex[row], units.steps[row]
    lost = min(steps, had)
    if lost <= 0 or here < 0:
        return 0
    draft.emit(UnitDestroyed(row, here, lost, why) if lost == had else StepsLost(row, lost, why))
    return lost


def disrupt(draft: Draft, row: int, steps: int, why: str) -> int:
    """Steps are disrupted; what finds no sound step left is lost instead. Returns how many were lost."""
    units = draft.units
    if steps <= 0 or units.hex[row] < 0:
        return 0
    shaken = min(steps, units.steps[row] - units.disrupted[row])
    if shaken:
        draft.emit(StepsDisrupted(row, shaken, why))
    return lose(draft, row, steps - shaken, why)
