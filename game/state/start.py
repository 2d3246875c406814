"""The first moment of a game: everything as the scenario sets it up, before the first turn opens."""

from __future__ import annotations

from game.scenario.world import World
from game.state.codes import CrossingKind, CrossingState, Status
from game.state.tables import Clock, FactionTable, HexTable, IntelTable, PlaceTable, SiteTable, State, UnitTable


def first_state(world: World, seed: bytes) -> State:
    """The state of turn 1 with nobody's turn opened: no points, no movement, nothing seen yet."""
    factions = len(world.factions)
    zero, nobody = (0,) * factions, (-1,) * len(world.places)
    return State(
        world=world,
        seed=seed,
        units=_units(world),
        hexes=HexTable(control=world.control, interdicted=(0,) * world.grid.size),
        sites=_sites(world),
        places=PlaceTable(first=nobody, checks=tuple(0 for _ in nobody), hunger=tuple(0 for _ in nobody),
                          harm=tuple(0 for _ in nobody), strongpoints=_strongpoints(world),
                          stormed=tuple(0 for _ in nobody), breached=tuple(0 for _ in nobody),
                          warned=tuple(0 for _ in nobody)),
        factions=FactionTable(command=zero, liaison=zero, points=zero, lost=zero, harm=zero, pool=zero, calm=zero,
                              corridor_until=zero, incidents=zero, begun=zero, conceded=zero, still=zero,
                              grounded=zero, blamed=zero, sky=(-1,) * factions, sky_until=zero,
                              warned=(-1,) * factions),
        intel=tuple(_nothing_known(len(world.roster)) for _ in world.factions),
        clock=_clock(world),
    )  # fmt: skip


def _strongpoints(world: World) -> tuple[int, ...]:
    standing = {one.place: one.strongpoints for one in world.strongholds.values()}
    return tuple(standing.get(place, 0) for place in range(len(world.places)))


def _units(world: World) -> UnitTable:
    roster = world.roster
    zero = (0,) * len(roster)
    there = tuple(here >= 0 for here in roster.start)
    return UnitTable(
        hex=roster.start,
        steps=roster.steps,
        disrupted=zero,
        mp=zero,
        spent=zero,
        dug=tuple(level if on else 0 for level, on in zip(roster.dug, there, strict=True)),
        supply=zero,
        cut=zero,
        status=tuple(int(Status.ON_MAP if on else Status.WAITING) for on in there),
        due=roster.arrives,
        entry=(-1,) * len(roster),
        hidden=tuple(hides if on else 0 for hides, on in zip(roster.hidden, there, strict=True)),
        locked=roster.locked,
        dry=roster.dry,
    )


def _sites(world: World) -> SiteTable:
    sites = world.sites
    return SiteTable(
        side=tuple(site.side for site in sites),
        kind=tuple(int(CrossingKind[site.kind.upper()]) for site in sites),
        state=tuple(int(CrossingState.OPEN if site.state == "open" else CrossingState.GONE) for site in sites),
        ready=tuple(0 for _ in sites),
        owner=tuple(-1 for _ in sites),
        load=tuple(0 for _ in sites),
    )


def _nothing_known(units: int) -> IntelTable:
    zero = (0,) * units
    return IntelTable(
        level=zero, hex=(-1,) * units, turn=zero, steps=zero, disrupted=zero, dug=zero, supply=zero, cut=zero
    )


def _clock(world: World) -> Clock:
    nothing = tuple(() for _ in world.factions)
    return Clock(
        turn=1, active=0, weather=0, ladder=world.first_rung, quiet=0, over=0, culprit=-1, winner=-1, orders=0,
        support=nothing, grants=nothing, corridors=nothing, fired=(), flags=(), used=(),
        bonus=tuple(-1 for _ in world.prizes), deposits=(), struck=(), last=(), held=(), changes=(),
    )  # fmt: skip
