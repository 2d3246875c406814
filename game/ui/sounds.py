"""Which sounds belong to what a seat has seen."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from game.events import (
    AttackResolved,
    ControlChanged,
    CrossingBegun,
    CrossingBroken,
    CrossingOpened,
    DugIn,
    Event,
    FactionTurnBegan,
    FireResolved,
    IncidentRolled,
    UnitMoved,
)

NAMES = ("incident", "blast", "fight", "taken", "lost", "digging", "march", "turn", "click", "refused")
"""Every sound; of several that happen at once, the first is heard."""
AT_ONCE = 2
"""Most sounds of one order."""


def heard(events: Iterable[Event], seat: int, prizes: Collection[int]) -> tuple[str, ...]:
    """The sounds of what a seat has seen, the most telling first; ``prizes`` are the hexes worth a fanfare."""
    found = {sound for event in events if (sound := _sound(event, seat, prizes))}
    return tuple(name for name in NAMES if name in found)[:AT_ONCE]


def _sound(event: Event, seat: int, prizes: Collection[int]) -> str:
    if isinstance(event, IncidentRolled):
        return "incident" if event.happened else ""
    if isinstance(event, ControlChanged):
        before = [owner for here, owner in zip(event.hexes, event.before, strict=True) if here in prizes]
        return ("taken" if event.faction == seat else "lost" if seat in before else "") if before else ""
    if isinstance(event, FactionTurnBegan) and event.faction != seat:
        return ""
    for kinds, name in (
        ((AttackResolved,), "fight"),
        ((FireResolved, CrossingBroken), "blast"),
        ((CrossingBegun, CrossingOpened, DugIn), "digging"),
        ((UnitMoved,), "march"),
        ((FactionTurnBegan,), "turn"),
    ):
        if isinstance(event, kinds):
            return name
    return ""
