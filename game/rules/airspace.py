"""9. Airspace: zones over the map that say who may fly, who must give notice, and when nobody of a bloc may fly.

9.12 In a zone only the factions it names may fly; where it names nobody, everybody may.
9.13 Where notice is due and the hex is in none of one's corridors, a flight may provoke an incident.
9.14 While a no-fly declaration lasts, those it names do not fly there.

``world.airspace`` holds a mapping a zone: ``id`` and ``name`` (text), ``hexes`` (hex numbers), ``fly`` and ``notify``
(faction numbers; an empty ``fly`` is everybody), ``no_fly`` (faction numbers), ``no_fly_from`` and ``no_fly_to``
(turns). Keys that are not needed may be missing.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from game.rules.refusal import Refusal
from game.scenario.world import World
from game.state.tables import Position


def zones_at(world: World, here: int) -> tuple[Mapping[str, Any], ...]:
    """The airspace zones over a hex, in the scenario's order."""

    def make() -> dict[int, tuple[Mapping[str, Any], ...]]:
        out: dict[int, tuple[Mapping[str, Any], ...]] = {}
        for zone in world.airspace:
            hexes: Any = zone["hexes"]
            for over in hexes:
                out[over] = (*out.get(over, ()), zone)
        return out

    return world.kept("airspace", make).get(here, ())


def refuse_flight(state: Position, faction: int, here: int) -> Refusal | None:
    """Why a faction may not fly over a hex now, or None."""
    world, turn = state.world, state.clock.turn
    label, who = world.grid.label(here), world.factions[faction].adjective
    for zone in zones_at(world, here):
        name = zone.get("name") or zone.get("id", "airspace")
        if zone.get("fly") and faction not in zone["fly"]:
            return Refusal("9.12", f"{who} aircraft may not fly over {label} ({name})")
        if faction in zone.get("no_fly", ()) and zone.get("no_fly_from", 0) <= turn <= zone.get("no_fly_to", 999):
            return Refusal("9.14", f"a no-fly declaration keeps {who} aircraft from {label} ({name})")
    return None


def notice_due(state: Position, faction: int, here: int) -> bool:
    """Whether a flight over a hex should have been announced and was not."""
    if here in state.clock.corridors[faction]:
        return False
    return any(faction in zone.get("notify", ()) for zone in zones_at(state.world, here))
