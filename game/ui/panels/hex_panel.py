"""The hex looked at: ground, who holds it, what crosses its river, what it is worth, supply and threat."""

from __future__ import annotations

from collections.abc import Sequence

from game import engine
from game.rules import airspace, ground, ladder, prizes, strongpoints, supply
from game.scenario.world import River, Road, World
from game.state.tables import State
from game.ui.comparison import HolderChange, place_lines
from game.ui.panels.flow import Flow
from game.ui.panels.portraits import Portraits
from game.ui.panels.unit_panel import add_row
from game.ui.selection import Selection


def hex_name(world: World, here: int) -> str:
    """A hex as people say it: the place in it and its label."""
    place = world.place_at.get(here, -1)
    label = world.grid.label(here)
    return f"{world.places[place].name} {label}" if place >= 0 else label


def add_hex(
    flow: Flow, portraits: Portraits, state: State, faction: int, selection: Selection, here: int,
    changes: Sequence[HolderChange] = (),
) -> None:  # fmt: skip
    """Everything the faction may know of a hex. ``changes`` are the places that changed hands in this game."""
    world, dim = state.world, flow.desk.theme.interface.text_dim
    kind = ground.terrain_of(world, here)
    place = world.place_at.get(here, -1)
    title = world.places[place].name if place >= 0 else (kind.name if kind is not None else "Outside the game")
    flow.heading(title, world.grid.label(here))
    if kind is None:
        return
    flow.line(", ".join(_ground_words(world, here, kind.name if place >= 0 else "")), 13, right=_holder(state, here))
    row = world.row.get(selection.unit, -1)
    if row >= 0:
        flow.prose(cost_words(state, row, here), 12, dim)
    _add_place(flow, state, faction, here, place)
    for words, tip in place_lines(world, state.hexes.control, changes, here):
        flow.prose(words, 12, flow.desk.theme.marks.ghost.mixed(flow.desk.theme.interface.text, 55), tip=tip)
    for words in _crossing_words(state, here):
        flow.prose(words, 12)
    if ladder.over_line(world, faction, here):
        flow.line("on the other bloc's side of the line", 12, colour=dim)
    zone = airspace.zone_over(state, here)
    if zone is not None:
        flow.line(f"airspace: {zone.name}{' (no-fly)' if zone.no_fly else ''}", 12, colour=dim)
    _add_outlook(flow, state, faction, selection, here)
    for other in state.units_at(here):
        if other != row and not (selection.unit and here == selection.hex):
            add_row(flow, portraits, state, faction, other)


def _ground_words(world: World, here: int, name: str) -> list[str]:
    best = max((world.road[side] for side in world.grid.sides[here] if side >= 0), default=0)
    words = [name] if name else []
    words.append(Road(best).name.lower() if best else "no road")
    return words


def _holder(state: State, here: int) -> str:
    owner = state.hexes.control[here]
    return f"held by {state.world.factions[owner].adjective}" if owner >= 0 else "held by nobody"


def cost_words(state: State, row: int, here: int) -> str:
    """What it costs the unit in hand to get there, or to enter, or why it cannot."""
    world, at = state.world, state.units.hex[row]
    mobility = world.roster.mobility[row]
    if here == at:
        return "the unit stands here"
    mine = world.roster.faction[row] == state.faction
    found = engine.reach(state, world.roster.id[row]) if mine else None
    if world.grid.side_between(at, here) >= 0:
        step = ground.explain_step(state, mobility, at, here)
        return step[:1].upper() + step[1:]
    if found is not None and here in found.cost:
        return f"{ground.quarters(found.cost[here])} movement to get there, {ground.quarters(state.units.mp[row])} left"
    kind = ground.terrain_of(world, here)
    price = kind.cost(mobility) if kind is not None else -1
    return (
        f"out of reach; {ground.quarters(price)} to enter off the road"
        if price >= 0
        else "out of reach; closed to this unit off the road"
    )


def _add_place(flow: Flow, state: State, faction: int, here: int, place: int) -> None:
    world = state.world
    for prize in world.prizes:
        if prize.hex == here:
            owner = prizes.claimed(state, here)
            worth = prize.points[faction]
            whose = (
                "disputed"
                if prizes.disputed(state, here)
                else "unclaimed"
                if owner < 0
                else f"claimed by {world.factions[owner].adjective}"
            )
            bonus = f" (+{prize.first[faction]} to the first holder)" if prize.first[faction] else ""
            flow.prose(
                f"{prize.name}: {worth} points to us{bonus}, {whose}", 13, flow.desk.theme.interface.accent, mark="star"
            )
    works = strongpoints.standing(state, here)
    if works:
        flow.line(f"strongpoints: {works} of {world.strongholds[here].strongpoints}", 12)
    if place >= 0:
        found = world.places[place]
        if found.civilians:
            hunger = state.places.hunger[place]
            fed = f", {hunger} turns without relief" if hunger else ""
            flow.line(f"{found.civilians} thousand civilians{fed}", 12, colour=flow.desk.theme.interface.text_dim)


def _crossing_words(state: State, here: int) -> list[str]:
    world = state.world
    out: list[str] = []
    standing = set(state.sites.side)
    for there, side in zip(world.grid.neighbours[here], world.grid.sides[here], strict=True):
        if there >= 0 and side in standing and world.river[side] != River.NONE:
            out.append(f"{engine.crossing(state, side)} (to {world.grid.label(there)})")
    return out


def _add_outlook(flow: Flow, state: State, faction: int, selection: Selection, here: int) -> None:
    world, dim, marks = state.world, flow.desk.theme.interface.text_dim, flow.desk.theme.marks
    unit = selection.unit or next(
        (world.roster.id[row] for row in state.units_at(here) if world.roster.faction[row] == faction), ""
    )
    found = supply.trace(state, faction, here)
    held = supply.state_if_held(state, faction, here)
    now = ("in supply", "stretched", "cut off")[held]
    flow.prose(f"Supply if held: {now} ({found.why})" if found.why else f"Supply if held: {now}", 12, dim)
    if unit:
        warning = engine.threat(state, unit, here)
        words = str(warning)
        ink = marks.bad.mixed(flow.desk.theme.interface.text, 45) if warning.attackers else dim
        flow.prose(f"{words[:1].upper()}{words[1:]}", 12, ink)
