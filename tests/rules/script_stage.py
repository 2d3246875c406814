"""A stage for events: an SAA column, ISIS fighters in Mayadin, and reserves that wait off the map."""

from __future__ import annotations

from typing import Any

from game.rules import scripted
from game.state import Draft, State
from tests.situation import play, situation, unit

DESERT = "\n".join(". " * 8 for _ in range(5))
MAYADIN = {"name": "Mayadin", "hex": "0503", "kind": "city", "bank": "west", "size": 3, "population": 40}
NOW = {"on": "turn", "from": 1}


def stage(*events: dict[str, Any], turn: int = 1, **more: Any) -> State:
    """The column at 0203, the den at 0503 in Mayadin, reserves waiting; events as told."""
    units = [
        unit("col", "saa", "0203", "mech", steps=3), unit("hold", "saa", "0204", locked_until="2017-10-17"),
        unit("reserve", "saa", arrives="2017-12-01", entry=["0103"]), unit("den", "isis", "0503", steps=2),
    ]  # fmt: skip
    more.setdefault("rivers", [["0403/NE"]])
    more.setdefault("crossings", [("0403/NE", "bridge", "blown")])
    world = situation(
        DESERT,
        units=units,
        factions=("saa", "sdf", "isis"),
        places=[MAYADIN],
        holders={"Mayadin": "isis"},
        events=events,
        turns=20,
        **more,
    )
    return play(world, turn=turn)


def run(state: State) -> Draft:
    draft = Draft(state)
    scripted.run(draft)
    return draft


def event(*do: dict[str, Any], when: Any = NOW, id: str = "it", **more: Any) -> dict[str, Any]:
    triggers = list(when) if isinstance(when, list) else [when]
    return {"id": id, "when": triggers, "do": list(do), **more}


def fires(trigger: dict[str, Any], **more: Any) -> bool:
    return bool(run(stage(event(when=trigger), **more)).clock.fired)


def row(state: Draft | State, name: str) -> int:
    return state.world.row[name]
