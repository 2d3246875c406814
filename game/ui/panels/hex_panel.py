"""The hex looked at: ground, who holds it, what crosses its river, what it is worth, supply and threat."""

from __future__ import annotations

from collections.abc import Sequence

from game import engine
from game.rules import airspace, ground, ladder, out_of_reach, prizes, strongpoints, supply
from game.scenario.world import River, Road, World
from game.state.codes import Supplied
from game.state.tables import State
from game.ui.comparison import HolderChange, place_lines
from game.ui.panels.flow import Flow
from game.ui.panels.portraits import Portraits
from game.ui.panels.unit_panel import add_row
from game.ui.selection import Selection
from game.words import count, say, sentence


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
    title = world.places[place].name if place >= 0 else (kind.name if kind is not None else say("Outside the map"))
    flow.heading(title, world.grid.label(here))
    if kind is None:
        return
    flow.line(", ".join(_ground_words(world, here, kind.name if place >= 0 else "")), 12, right=_holder(state, here))
    row = world.row.get(selection.unit, -1)
    if row >= 0:
        flow.prose(cost_words(state, row, here), 12, dim)
    _add_place(flow, state, faction, here, place)
    for words, tip in place_lines(world, state.hexes.control, changes, here):
        flow.prose(words, 12, flow.desk.theme.marks.ghost.mixed(flow.desk.theme.interface.text, 55), tip=tip)
    for words in _crossing_words(state, here):
        flow.prose(words, 12)
    if ladder.over_line(world, faction, here):
        flow.line(say("on the other bloc's side of the line"), 12, colour=dim)
    sky = airspace.over(state, here)
    if sky is not None:
        flow.line(
            say("airspace: {sky} (no-fly)", sky=sky.name) if sky.no_fly else say("airspace: {sky}", sky=sky.name),
            12,
            colour=dim,
        )
    _add_outlook(flow, state, faction, selection, here)
    for other in state.units_at(here):
        if other != row and not (selection.unit and here == selection.hex):
            add_row(flow, portraits, state, faction, other)


def _ground_words(world: World, here: int, name: str) -> list[str]:
    best = max((world.road[side] for side in world.grid.sides[here] if side >= 0), default=0)
    words = [name] if name else []
    words.append(Road(best).name.lower() if best else say("no road"))
    return words


def _holder(state: State, here: int) -> str:
    owner = state.hexes.control[here]
    return say("{army} control", army=state.world.factions[owner].adjective) if owner >= 0 else say("uncontrolled")


def cost_words(state: State, row: int, here: int) -> str:
    """What it costs the unit in hand to get there, or to enter, or why it cannot."""
    world, at = state.world, state.units.hex[row]
    mobility = world.roster.mobility[row]
    if here == at:
        return say("the unit is here")
    mine = world.roster.faction[row] == state.faction
    found = engine.reach(state, world.roster.id[row]) if mine else None
    if world.grid.side_between(at, here) >= 0:
        step = ground.explain_step(state, mobility, at, here)
        return step[:1].upper() + step[1:]
    if found is not None and here in found.cost:
        return say(
            "{cost} MP to get there, {left} left",
            cost=ground.quarters(found.cost[here]),
            left=ground.quarters(state.units.mp[row]),
        )
    kind = ground.terrain_of(world, here)
    price = kind.cost(mobility) if kind is not None else -1
    if price < 0:
        return say("Closed to {unit} off the road", unit=world.roster.name[row])
    return say("{price} MP to enter off the road", price=ground.quarters(price))


def reach_words(state: State, row: int, here: int) -> str:
    """Why a unit of the faction to play cannot march to a hex now, and where it would stop; "" when it can."""
    found = out_of_reach.why(state, row, here)
    if found is None:
        return ""
    if not found.path:
        return say("Out of reach. {why}", why=found.why)
    end = state.world.grid.label(found.path[-1])
    return say("Out of reach. {why} It could march to {hex}.", why=found.why, hex=end)


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
                else say("claimed by {army}", army=world.factions[owner].adjective)
            )
            bonus = say(" (+{n} first-claim bonus)", n=prize.first[faction]) if prize.first[faction] else ""
            flow.prose(
                say("{objective}: {n} points{bonus}, {whose}", objective=prize.name, n=worth, bonus=bonus, whose=whose),
                12,
                flow.desk.theme.interface.accent,
                mark="star",
            )
    left = strongpoints.standing(state, here)
    if left:
        flow.line(
            say("strongpoints: {n} of {most}", n=left, most=world.strongholds[here].strongpoints),
            12,
            tip=say("While one stands, the defenders neither retreat nor starve: a retreat takes one instead (6.6)."),
        )
    if place >= 0:
        found = world.places[place]
        if found.civilians:
            hunger = state.places.hunger[place]
            people = f"{found.civilians},000"
            if hunger:
                words = count(
                    hunger,
                    "{people} civilians, {n} turn without relief",
                    "{people} civilians, {n} turns without relief",
                    people=people,
                )
            else:
                words = say("{people} civilians", people=people)
            flow.line(words, 12, colour=flow.desk.theme.interface.text_dim)


def _crossing_words(state: State, here: int) -> list[str]:
    world = state.world
    out: list[str] = []
    standing = set(state.sites.side)
    for there, side in zip(world.grid.neighbours[here], world.grid.sides[here], strict=True):
        if there >= 0 and side in standing and world.river[side] != River.NONE:
            out.append(say("{crossing} (to {hex})", crossing=engine.crossing(state, side), hex=world.grid.label(there)))
    return out


def _add_outlook(flow: Flow, state: State, faction: int, selection: Selection, here: int) -> None:
    world, dim, marks = state.world, flow.desk.theme.interface.text_dim, flow.desk.theme.marks
    unit = selection.unit or next(
        (world.roster.id[row] for row in state.units_at(here) if world.roster.faction[row] == faction), ""
    )
    found = supply.trace(state, faction, here)
    held = supply.state_if_held(state, faction, here)
    flow.prose(_supply_words(held, found), 12, dim)
    if unit:
        warning = engine.threat(state, unit, here)
        words = str(warning)
        ink = marks.bad.mixed(flow.desk.theme.interface.text, 45) if warning.attackers else dim
        flow.prose(sentence(words), 12, ink)


def _supply_words(held: Supplied, found: supply.SupplyTrace) -> str:
    """What a unit would find there, and why; where its presence alone opens the hex, what closes it without one."""
    now = (say("in full supply"), say("stretched"), say("cut off"))[held]
    if held == found.state:
        return say("Supply for a unit there: {why}", why=found.why or now)
    return say("Supply for a unit there: {now}. With nobody there: {why}", now=now, why=found.why)
