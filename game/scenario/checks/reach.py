"""What a sound scenario can still get wrong: prizes out of reach, troops without supply, arrivals among enemies."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from game.ruleset.terrain import Mobility
from game.scenario.build import world_from
from game.scenario.checks.forces import Posted, units_of
from game.scenario.reading import Reading, forces_name, plain_form
from game.scenario.world import River, Road, World
from game.schema.nodes import Node
from game.schema.problems import Problem
from game.words import count


def world_of(reading: Reading) -> World:
    """The world of a scenario without errors."""
    if "world" not in reading.answers:
        reading.answers["world"] = world_from(_plain(reading))
    found: World = reading.answers["world"]
    return found


def _plain(reading: Reading) -> dict[str, Any]:
    if "plain" not in reading.answers:
        reading.answers["plain"] = plain_form(reading)
    found: dict[str, Any] = reading.answers["plain"]
    return found


def form(reading: Reading) -> Iterable[Problem]:
    """The canonical form can be written; a pass of its own, so that a check in steps has a break here."""
    _plain(reading)
    return ()


def world(reading: Reading) -> Iterable[Problem]:
    """The world can be built."""
    world_of(reading)
    return ()


def _node(reading: Reading, unit: str, key: str) -> Node:
    if "unit by id" not in reading.answers:
        reading.answers["unit by id"] = {one.unit.id: one for one in units_of(reading)}
    found: Posted = reading.answers["unit by id"][unit]
    return found.node(reading, key)


def prizes(reading: Reading) -> Iterator[Problem]:
    """R101: somebody to whom a prize is worth points can get there, given bridges."""
    world = world_of(reading)
    for number, prize in enumerate(world.prizes):
        rows = [row for row, faction in enumerate(world.roster.faction) if prize.points[faction] > 0]
        if rows and not any(prize.hex in _land(world, row) for row in rows):
            at = reading.node("victory.yaml", "prizes", number)
            what = f"no unit that could win prize {prize.id} can reach hex {world.grid.label(prize.hex)}"
            yield at.problem("R101", what, "lead a road there, or move the prize", "warning")


def _land(world: World, row: int) -> frozenset[int]:
    """All hexes a unit could ever march to from where it starts or arrives, given crossings."""
    roster = world.roster
    homes = (roster.start[row],) if roster.start[row] >= 0 else roster.entry[row]
    mobility = roster.mobility[row]
    is_open = _open_ground(world, mobility)

    def passes(here: int, there: int, side: int) -> bool:
        return is_open[there] or bool(world.road[side])

    return world.kept(("land", mobility, homes), lambda: frozenset(_spread(world, homes, passes)))


def _open_ground(world: World, mobility: int) -> tuple[bool, ...]:
    """For each hex whether a kind of troops may enter it without a road."""

    def make() -> tuple[bool, ...]:
        kinds = [kind.cost(mobility) >= 0 for kind in world.rules.terrain.kinds.values()]
        return tuple(ground >= 0 and kinds[ground] for ground in world.terrain)

    return world.kept(("open ground", mobility), make)


def _spread(world: World, seeds: Iterable[int], passes: Callable[[int, int, int], bool]) -> list[int]:
    waiting = [here for here in seeds if world.terrain[here] >= 0]
    reached = set(waiting)
    for here in waiting:
        for there, side in zip(world.grid.neighbours[here], world.grid.sides[here], strict=True):
            if there >= 0 and there not in reached and world.terrain[there] >= 0 and passes(here, there, side):
                reached.add(there)
                waiting.append(there)
    return waiting


def cut_off(reading: Reading) -> Iterator[Problem]:
    """R102: units that no source can reach at the start, as the ground is held."""
    world = world_of(reading)
    for faction, forces in enumerate(reading.forces.values()):
        if forces.supply == "none" or not forces.units:
            continue
        fed = set(_fed(world, faction))
        groups: dict[int, list[str]] = {}
        for row, here in enumerate(world.roster.start):
            if world.roster.faction[row] == faction and here >= 0 and here not in fed:
                groups.setdefault(here, []).append(world.roster.id[row])
        for here, units in sorted(groups.items()):
            what = count(
                len(units), "in hex {hex} the unit {ids} starts cut off from every source",
                "in hex {hex} the units {ids} start cut off from every source",
                hex=world.grid.label(here), ids=", ".join(units),
            )  # fmt: skip
            fix = "move them, open a way, or accept it if they are besieged"
            yield _node(reading, units[0], "id").problem("R102", what, fix, "warning")


def _fed(world: World, faction: int) -> list[int]:
    """Hexes that supply could reach on the first day, at any distance."""
    held = world.control
    hostile = [world.at_war(faction, other) for other in range(len(world.factions))]
    seeds = [
        source.hex
        for other, owner in enumerate(world.factions)
        if world.together(faction, other)
        for source in owner.sources
        if source.since <= 1 and source.kind != "depot"
    ]
    is_open = _open_ground(world, Mobility.WHEELED)
    crossed = {site.side for site in world.sites if site.state == "open"}  # ferries carry supply too (rule 7.1)

    def passes(here: int, there: int, side: int) -> bool:
        if held[there] >= 0 and hostile[held[there]]:
            return False
        if world.river[side] == River.MAJOR:
            return side in crossed
        return side in crossed or is_open[there] or world.road[side] != Road.NONE

    return _spread(world, seeds, passes)


def arrivals(reading: Reading) -> Iterator[Problem]:
    """U110: somewhere to arrive where no enemy stands at the start."""
    world = world_of(reading)
    stands = {here: world.roster.faction[row] for row, here in enumerate(world.roster.start) if here >= 0}
    for row, entry in enumerate(world.roster.entry):
        owner = world.roster.faction[row]
        if entry and all(h in stands and world.at_war(owner, stands[h]) for h in entry):
            at = _node(reading, world.roster.id[row], "entry")
            what = f"{world.roster.id[row]} arrives only where its enemies stand at the start"
            yield at.problem("U110", what, "add an entry beyond their reach, as a last resort", "warning")


def held_sources(reading: Reading) -> Iterator[Problem]:
    """S104: sources open on the first day in enemy hands. Exits work unless somebody bars them."""
    world = world_of(reading)
    edges = set(world.exits.values())
    for owner, faction in enumerate(world.factions):
        for number, source in enumerate(faction.sources):
            holder = world.control[source.hex]
            works_unheld = source.since > 1 or source.kind == "edge" or source.hex in edges
            if not works_unheld and holder >= 0 and world.at_war(owner, holder):
                at = reading.node(forces_name(faction.id), "sources", number)
                what = f"source {source.name} lies in a hex that {world.factions[holder].id} holds at the start"
                yield at.problem("S104", what, "move it, or open it later with from", "warning")


def barred_sources(reading: Reading) -> Iterator[Problem]:
    """S106: at least one source on ground where the faction's own troops may go without crossing the line."""
    world = world_of(reading)
    for owner, faction in enumerate(world.factions):
        barred = [_barred(world, owner, source.hex) for source in faction.sources]
        if barred and all(barred):
            at = reading.node(forces_name(faction.id), "sources")
            what = f"every source of {faction.id} lies where it may not go, as {faction.sources[0].name} {barred[0]}"
            yield at.problem("S106", what, "add a source on its own side, or redraw the line", "warning")


def _barred(world: World, owner: int, here: int) -> str:
    """Why troops of a faction that keeps to the line and to the peace do not stand in a hex; "" when they may."""
    beyond, holder = world.line_side[here], world.control[here]
    sided = any(world.together(owner, other) for other in set(world.line_side) if other >= 0)
    if sided and beyond >= 0 and not world.together(owner, beyond) and not world.at_war(owner, beyond):
        return f"lies on the side of the line of {world.factions[beyond].id}"
    if holder >= 0 and not world.together(owner, holder) and not world.at_war(owner, holder):
        return f"is held by {world.factions[holder].id}"
    return ""


def idle(reading: Reading) -> Iterator[Problem]:
    """R103: a faction that can move something at some time."""
    world = world_of(reading)
    for number, faction in enumerate(world.factions):
        rows = [row for row, owner in enumerate(world.roster.faction) if owner == number]
        if rows and not any(world.roster.movement[row] and len(_land(world, row)) > 1 for row in rows):
            at = reading.node(forces_name(faction.id), "units")
            yield at.problem("R103", f"no unit of {faction.id} can ever move", "check terrain and movement", "warning")
