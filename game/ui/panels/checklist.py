"""What is still open before a turn ends: one line each, with where to look."""

from __future__ import annotations

from collections.abc import Collection
from typing import NamedTuple

from game.rules import deconfliction, supply
from game.scenario.world import River
from game.state.codes import Spent, Supplied
from game.state.tables import State
from game.ui.worldview import idle_rows
from game.words import count, percent, say


class Item(NamedTuple):
    """An open point: its words and the hexes it is about."""

    text: str
    hexes: tuple[int, ...] = ()


def open_points(state: State, faction: int, resting: Collection[str] = ()) -> list[Item]:
    """What a careful commander would look at before ending the turn; empty when nothing is left.

    ``resting`` are units that plans take care of.
    """
    out = [
        *_units(state, faction, resting),
        *_engineers(state, faction),
        *_unsupplied(state, faction),
        *_points(state, faction),
    ]
    for _, act in deconfliction.friction_acts(state, faction):
        risk = deconfliction.forecast(state, faction, act)
        chance = (
            percent(risk.percent) if risk.exact else say("{least} to {most}", least=risk.least, most=percent(risk.most))
        )
        where = state.world.grid.label(act.hex)
        out.append(
            Item(say("{share} risk of an incident at {hex} when the turn ends", share=chance, hex=where), (act.hex,))
        )
    return out


def _units(state: State, faction: int, resting: Collection[str]) -> list[Item]:
    ids, units = state.world.roster.id, state.units
    rows = [row for row in idle_rows(state, faction) if ids[row] not in resting]
    fresh = [row for row in rows if not units.spent[row] and state.world.roster.movement[row]]
    begun = [row for row in rows if units.spent[row] and not units.spent[row] & Spent.ACTED]
    out = []
    if fresh:
        out.append(
            Item(
                count(len(fresh), "{n} unit has done nothing yet", "{n} units have done nothing yet"),
                _hexes(state, fresh),
            )
        )
    if begun:
        out.append(
            Item(
                count(len(begun), "{n} unit has moved and may still act", "{n} units have moved and may still act"),
                _hexes(state, begun),
            )
        )
    return out


def _hexes(state: State, rows: list[int]) -> tuple[int, ...]:
    return tuple(dict.fromkeys(state.units.hex[row] for row in rows))


def _engineers(state: State, faction: int) -> list[Item]:
    world = state.world
    rows = [
        row
        for row in idle_rows(state, faction)
        if "engineer" in world.roster.traits[row]
        and not state.units.spent[row] & Spent.ACTED
        and _beside_river(state, row)
    ]
    if not rows:
        return []
    idle = count(
        len(rows),
        "idle at the river: {unit}",
        "{n} engineer units are idle at the river",
        unit=world.roster.name[rows[0]],
    )
    return [Item(idle, _hexes(state, rows))]


def _beside_river(state: State, row: int) -> bool:
    world, here = state.world, state.units.hex[row]
    return any(side >= 0 and world.river[side] == River.MAJOR for side in world.grid.sides[here])


def _unsupplied(state: State, faction: int) -> list[Item]:
    fed = supply.supply_map(state, faction).fed
    rows = [row for row, how in fed.items() if how == Supplied.CUT and state.units.hex[row] >= 0]
    if not rows:
        return []
    cut = count(len(rows), "{n} unit has no supply line now", "{n} units have no supply line now")
    return [Item(cut, _hexes(state, rows))]


def _points(state: State, faction: int) -> list[Item]:
    out = []
    if state.factions.command[faction]:
        out.append(
            Item(
                say("{n} CP are unspent; once the turn ends only reactions use them", n=state.factions.command[faction])
            )
        )
    kinds = state.world.rules.support.kinds
    left = [
        say("{support} {n}", support=kinds[kind].name.lower(), n=points)
        for kind, points in state.clock.support[faction]
        if points and kind in kinds
    ]
    if left:
        out.append(Item(say("unspent support lapses: {support}", support=", ".join(left))))
    return out
