"""Events: what happens by itself, told by the scenario in plain data of :mod:`game.scenario.events` (chapter 16)."""

from __future__ import annotations

from game import events as ev
from game.rules.conditions import all_of, any_of, thrown, verdict
from game.rules.effects import EFFECTS
from game.rules.script import spot, turn_days
from game.scenario import effects as ef
from game.scenario import triggers as tr
from game.scenario.events import EventSpec
from game.state import Draft
from game.state.tables import Position

__all__ = [
    "CAP", "after_order", "faction_opens", "holds", "may_fire", "run", "spot", "turn_days", "turn_ends",
]  # fmt: skip

CAP = 1000
"""Most events that happen in one phase."""


def run(draft: Draft, moment: str = "turn") -> None:
    """Every event that is asked at a moment and whose triggers hold happens."""
    left = CAP
    for event in draft.world.script.asked.get(moment, ()):
        if draft.clock.over or not left:
            break
        if may_fire(draft, event) and _dice_allow(draft, event):
            left = _happen(draft, event, left)
    if moment == "turn":
        _note_places(draft)


def turn_ends(draft: Draft) -> None:
    """After the last faction's turn."""
    run(draft, "end")


def faction_opens(draft: Draft, faction: int) -> None:
    """As a faction's turn opens, after its supply and arrivals and before its grants."""
    run(draft, draft.world.factions[faction].id)


def after_order(draft: Draft) -> None:
    """After an order was carried out to its end, or a hex of a march was entered."""
    if not draft.clock.over:
        run(draft, "order")


# --- asking -------------------------------------------------------------------------------------------------------


def may_fire(state: Position, event: EventSpec) -> bool:
    """Whether an event's triggers hold now, dice aside."""
    return _still_may(state, event) and _asked(state, event) is not False


def holds(state: Position, trigger: tr.Trigger) -> bool:
    """Whether one trigger holds now. Dice always hold here; they are thrown when all else does."""
    return verdict(state, trigger) is not False


def _still_may(state: Position, event: EventSpec) -> bool:
    clock = state.clock
    if event.option is not None and not state.world.option(event.option):
        return False
    if event.times and dict(clock.fired).get(event.id, 0) >= event.times:
        return False
    last = dict(clock.last).get(event.id, 0)
    return not last or clock.turn >= last + event.every


def _asked(state: Position, event: EventSpec) -> bool | None:
    needed = [verdict(state, trigger) for trigger in event.when]
    if event.any:
        needed.append(any_of(verdict(state, trigger) for trigger in event.any))
    return all_of(needed)


def _dice_allow(draft: Draft, event: EventSpec) -> bool:
    if not all(thrown(draft, event.id, trigger) for trigger in event.when):
        return False
    return not event.any or thrown(draft, event.id, tr.OnAny("any", event.any))


# --- happening ----------------------------------------------------------------------------------------------------


def _happen(draft: Draft, event: EventSpec, left: int) -> int:
    """An event happens with all that it fires; returns how many more may happen in this phase."""
    due = [event]
    while due and not draft.clock.over:
        one = due.pop(0)
        if not left:
            draft.emit(ev.EventsStopped(one.id, CAP))
            return 0
        left -= 1
        due[:0] = _take_effect(draft, one)
    return left


def _take_effect(draft: Draft, event: EventSpec) -> list[EventSpec]:
    """Carry out an event's effects in their order; returns the events that it fires."""
    if not _still_may(draft, event):
        return []
    world, fired = draft.world, list[EventSpec]()
    readers = tuple(sorted(world.faction(who) for who in event.seen_by)) or tuple(range(len(world.factions)))
    draft.emit(ev.EventFired(event.id, event.text, readers))
    for number, effect in enumerate(event.do):
        if isinstance(effect, ef.DoMessage):
            to = tuple(sorted(world.faction(who) for who in effect.to))
            draft.emit(ev.EventFired(f"{event.id}/{number}", effect.text, to))
        elif isinstance(effect, ef.DoFire):
            fired += _fired_by(draft, effect)
        else:
            EFFECTS[type(effect)](draft, effect)
    return fired


def _fired_by(draft: Draft, effect: ef.DoFire) -> list[EventSpec]:
    if effect.percent < 100 and draft.roll_percent("fire", effect.event) > effect.percent:
        return []
    return [by_id for by_id in draft.world.script.events if by_id.id == effect.event]


# --- memory -------------------------------------------------------------------------------------------------------


def _note_places(draft: Draft) -> None:
    # What `taken` compares with when events are asked next.
    now = tuple((here, draft.hexes.control[here]) for here in draft.world.script.taken)
    if now != draft.clock.held:
        draft.emit(ev.PlacesNoted(now))
