"""Airspace: hexes over which a scenario says who may fly, who must give notice, and when nobody may fly (chapter 9)."""

from __future__ import annotations

from game.rules import ladder
from game.rules.refusal import Refusal
from game.scenario.world import Airspace
from game.state.tables import Position
from game.words import say


def over(state: Position, here: int) -> Airspace | None:
    """The airspace in force over a hex, None where the sky is free."""
    turn = state.clock.turn
    return next((one for one in state.world.airspace if one.since <= turn <= one.until and here in one.hexes), None)


def refuse_flight(state: Position, faction: int, here: int) -> Refusal | None:
    """Why a faction may not fly over a hex now, or None."""
    sky = over(state, here)
    label, who = state.world.grid.label(here), state.world.factions[faction].adjective
    if sky is not None and sky.no_fly:
        return Refusal(
            "9.14", say("{sky} is closed to flights over {hex} by a no-fly declaration", sky=sky.name, hex=label)
        )
    if sky is not None and faction not in sky.may_fly:
        return Refusal("9.12", say("{army} aircraft may not fly over {hex} ({sky})", army=who, hex=label, sky=sky.name))
    return None


def notice_due(state: Position, faction: int, here: int) -> bool:
    """Whether a flight over a hex should have been announced and was not."""
    sky = over(state, here)
    return sky is not None and faction in sky.must_notify and here not in state.clock.corridors[faction]


def closed_by(state: Position, faction: int, here: int) -> int:
    """Who has closed the sky over a hex to a faction's aircraft, -1 nobody."""
    world, rules = state.world, state.world.rules.deconfliction.skies
    return next(
        (
            other for other in ladder.rivals(world, faction)
            if state.factions.sky[other] >= 0 and state.clock.ladder >= rules.rung
            and world.grid.distance(state.factions.sky[other], here) <= rules.range
        ),
        -1,
    )  # fmt: skip


def flight_risk(state: Position, faction: int, here: int) -> int:
    """Chance of an incident in percent that a flight over a hex adds: without due notice, or into a closed sky."""
    unannounced = state.world.rules.support.no_notice if notice_due(state, faction, here) else 0
    defied = state.world.rules.deconfliction.skies.risk if closed_by(state, faction, here) >= 0 else 0
    return unannounced + defied
