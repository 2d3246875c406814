"""How an event changes a draft: what it writes (:mod:`game.state.happenings`), and which answers outlive it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

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


class _EventRow(NamedTuple):
    """What a kind of event does: what it writes, the answers that outlive it, and whom else it touches."""

    change: Callable[[Working, Any], None]
    kept: tuple[str, ...]
    moves: bool
    of_one: bool


_EFFECTS: Mapping[type, _EventRow] = {
    kind: _EventRow(
        change, tuple(key for key, ends in _LASTING if kind not in ends), kind in _POSITIONS, kind in _OF_ONE
    )
    for kind, change in CHANGES.items()
}
_KEYS = tuple(key for key, _ in _LASTING)


def evolve(draft: Working, event: ev.Event) -> None:
    """Change the draft's tables as the event says."""
    effect = _EFFECTS.get(type(event))
    if effect is None:
        return
    answers = draft.answers
    kept = {key: answers[key] for key in effect.kept if key in answers}
    stacks = answers.get("stacks") if effect.moves else None
    answers.clear()
    answers.update(kept)
    if effect.of_one and "pictures" in answers:
        learned = getattr(event, "faction", -1)
        answers["pictures"] = {one: picture for one, picture in answers["pictures"].items() if one != learned}
    if stacks is None:
        effect.change(draft, event)
        return
    row = getattr(event, "unit", -1)
    before = draft.units.hex[row]
    effect.change(draft, event)
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
    return {key: answers[key] for key in _KEYS if key in answers}
