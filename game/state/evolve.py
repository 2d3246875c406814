"""How an event changes a draft: what it writes (:mod:`game.state.happenings`), and which answers outlive it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from game import events as ev
from game.state.happenings import CHANGES
from game.state.tables import Working

_POSITIONS = frozenset({
    ev.UnitArrived, ev.UnitWithdrew, ev.UnitMoved, ev.UnitDisplaced, ev.UnitDestroyed, ev.UnitRetreated,
    ev.UnitAdvanced, ev.UnitInfiltrated,
})  # fmt: skip
_CROSSINGS = frozenset({ev.CrossingBegun, ev.CrossingOpened, ev.CrossingBroken})
_OF_ONE = frozenset({ev.Spotted, ev.ContactFaded})
"""Events that change what one faction knows, and what no other does."""
_PICTURES = _CROSSINGS | {ev.WeatherChanged, ev.UnitDestroyed, ev.UnitWithdrew, ev.WorldChanged}
_LASTING: tuple[tuple[str, frozenset[type]], ...] = (
    ("stacks", _POSITIONS),
    ("open crossings", _CROSSINGS),
    ("patch", _CROSSINGS),
    ("lists", _CROSSINGS | {ev.WeatherChanged, ev.WorldChanged}),
    ("pictures", _PICTURES),
    ("batteries", frozenset({ev.WorldChanged})),
)
"""Answers asked for all the time, and the events that end them; all others end with any event."""


_KEPT: Mapping[type, tuple[str, ...]] = {
    kind: tuple(key for key, ends in _LASTING if kind not in ends) for kind in CHANGES
}
"""The answers that outlive each kind of event."""


def evolve(draft: Working, event: ev.Event) -> None:
    """Change the draft's tables as the event says."""
    kind = type(event)
    change = CHANGES.get(kind)
    if change is not None:
        answers = draft.answers
        kept = [(key, answers[key]) for key in _KEPT[kind] if key in answers]
        stacks = answers.get("stacks") if kind in _POSITIONS else None
        answers.clear()
        answers.update(kept)
        if kind in _OF_ONE and "pictures" in answers:
            learned = getattr(event, "faction", -1)
            answers["pictures"] = {one: picture for one, picture in answers["pictures"].items() if one != learned}
        if stacks is None:
            change(draft, event)
            return
        row = getattr(event, "unit", -1)
        before = draft.units.hex[row]
        change(draft, event)
        answers["stacks"] = _restacked(stacks, row, before, draft.units.hex[row])


def _restacked(stacks: dict[int, tuple[int, ...]], row: int, before: int, after: int) -> dict[int, tuple[int, ...]]:
    """The units by hex after one of them moved from ``before`` to ``after`` (-1: off the map)."""
    out = dict(stacks)
    if before >= 0:
        left = tuple(other for other in out.get(before, ()) if other != row)
        if left:
            out[before] = left
        else:
            out.pop(before, None)
    if after >= 0:
        out[after] = tuple(sorted((*out.get(after, ()), row)))
    return out


def lasting(answers: dict[Any, Any]) -> dict[Any, Any]:
    """Answers that hold for the same positions and crossings, to be handed from a state to a draft and back."""
    return {key: answers[key] for key, _ in _LASTING if key in answers}
