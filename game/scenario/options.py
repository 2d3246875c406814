"""The switches of a scenario: what they are, and the same scenario with some of them turned.

A turned switch becomes part of the scenario's form, so that every record of the game carries it.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from game.faults import UsageFault
from game.scenario.build import SWITCHED, world_from
from game.scenario.world import World
from game.schema.canonical import digest
from game.schema.spelling import suggestion


def switched(world: World) -> dict[str, bool]:
    """The switches that were turned before the game."""
    return {one.name: one.on for one in world.options if one.turned}


def edition(world: World) -> str:
    """Digest of a scenario as its files say it, whatever switches were turned before a game."""
    turned = switched(world)
    if not turned:
        return world.digest
    head: Mapping[str, Any] = world.raw["scenario"]
    options = {name: on != (name in turned) for name, on in (head.get("options") or {}).items()}
    form = {**world.raw, "scenario": {**head, "options": options}, "options": options}
    form.pop(SWITCHED, None)
    return digest(form)


def with_options(world: World, wanted: Mapping[str, bool]) -> World:
    """The scenario with some switches turned; raises UsageFault for a name that it does not have."""
    head: Mapping[str, Any] = world.raw["scenario"]
    known: dict[str, bool] = dict(head.get("options") or {})
    for name in wanted:
        if name not in known:
            near = f"{suggestion(name, known)}; " if known else ""
            there = f"it has {', '.join(known)}" if known else "it has none"
            raise UsageFault(f'{world.title} has no option "{name[:40]}".', f"{near}{there}.")
    turned = {name: on for name, on in wanted.items() if known[name] != on}
    if not turned:
        return world
    options, before = known | turned, switched(world)
    names = sorted({*before, *turned})
    all_turned = {name: options[name] for name in names if before.get(name) in (None, options[name])}
    form = {**world.raw, "scenario": {**head, "options": options}, "options": options}
    form.pop(SWITCHED, None)
    if all_turned:
        form[SWITCHED] = all_turned
    return world_from(form)
