"""From the game to the map: the printed map of a world, and counters, crossings and overlays of one faction's view.

Everything here reads the state of a view and nothing else, so what a faction cannot know cannot be drawn. Only the
printed map comes from the scenario itself: it is public.
"""

from __future__ import annotations

from collections.abc import Iterator

from game import engine
from game.rules import combat, ladder, movement, prizes, supply, zones
from game.scenario import annals
from game.scenario.calendar import Calendar
from game.scenario.world import World
from game.state.codes import CrossingKind, CrossingState, Spent, Supplied
from game.state.tables import State
from game.ui.kit.theme import Theme
from game.ui.mapview.arrows import Fence, Ring
from game.ui.mapview.bloc_line import BlocLine
from game.ui.mapview.faces import ContactFace, Face, Stack, UnitFace
from game.ui.mapview.ghost import Ghost
from game.ui.mapview.overlays import HexStyle, control_overlay, supply_overlay, threat_overlay
from game.ui.mapview.picture import DrawnCrossing, DrawnExit, DrawnPlace, MapPicture, river_scale

SUPPLY_WORDS = ("supplied", "stretched", "cut", "cut_long")
QUALITIES = "DCBA"
UNPLAYABLE = "unplayable"
CLOSE = 2
"""How many hexes from the line troops make it glow."""
_LEVEL_COLUMNS = (5, 6, 7, 8)
"""Odds columns from which a threat counts as level 1, 2, 3, 4."""


# --- the printed map ------------------------------------------------------------------------------------------


def map_picture(world: World) -> MapPicture:
    """The printed map of a world."""
    grid, kinds, drawn = world.grid, tuple(world.rules.terrain.kinds), world.outline
    return MapPicture(
        grid.columns,
        grid.rows,
        tuple(UNPLAYABLE if kind < 0 else kinds[kind] for kind in world.terrain),
        rivers=drawn.rivers,
        escarpments=drawn.escarpments,
        borders=drawn.borders,
        roads=drawn.roads,
        places=tuple(DrawnPlace(one.name, one.hex, one.kind, one.size) for one in world.places),
        exits=tuple(DrawnExit(name, here) for name, here in world.exits.items()),
        sites=tuple(site.side for site in world.sites),
        river_scale=river_scale(world.metres_per_hex),
    )


def crossings(state: State) -> tuple[DrawnCrossing, ...]:
    """Bridges, dams, ferries and pontoons as they stand; a ferry or pontoon that is gone leaves no sign."""
    names = {site.side: site.name for site in state.world.sites}
    out = []
    for side, kind, now in zip(state.sites.side, state.sites.kind, state.sites.state, strict=True):
        if now == CrossingState.GONE and kind in (CrossingKind.FERRY, CrossingKind.PONTOON):
            continue
        shown = ("blown", "open", "planned")[now]
        out.append(DrawnCrossing(names.get(side, ""), side, CrossingKind(kind).word, shown))
    return tuple(out)


# --- counters -------------------------------------------------------------------------------------------------


def stacks(state: State, faction: int, top: str = "") -> tuple[Stack, ...]:
    """Every stack the faction knows of. ``top`` is an own unit that lies on its stack, ringed."""
    found: tuple[Stack, ...] = state.kept(
        ("stacks shown", faction), lambda: tuple(_stack(state, faction, here) for here in sorted(state.stacks))
    )
    chosen = state.world.row.get(top, -1)
    ringed = state.units.hex[chosen] if chosen >= 0 else -1
    return tuple(_stack(state, faction, ringed, chosen) if one.hex == ringed else one for one in found)


def _stack(state: State, faction: int, here: int, chosen: int = -1) -> Stack:
    ordered = sorted(state.stacks[here], key=lambda row: (row != chosen, *_rank(state, faction, row)))
    return Stack(here, tuple(face(state, faction, row) for row in ordered), selected=ordered[0] == chosen)


def _rank(state: State, faction: int, row: int) -> tuple[int, int, int]:
    # An enemy never lies under one's own counter; headquarters lie below fighting units.
    roster = state.world.roster
    friend = state.world.friends(faction, roster.faction[row])
    return int(friend), int("hq" in roster.traits[row]), -combat.strength(state, row, False)


def face(state: State, faction: int, row: int) -> Face:
    """The counter of a unit as the faction knows it."""
    world, units, roster = state.world, state.units, state.world.roster
    owner = roster.faction[row]
    look = world.factions[owner].look
    if roster.type[row].startswith("contact-"):
        return ContactFace(look, zones.size_class(state, faction, row) + 1, age(state, faction, row))
    return UnitFace(
        look,
        roster.symbol[row].replace("-", "_"),
        roster.echelon[row],
        steps=units.steps[row],
        full=roster.steps[row],
        disrupted=units.disrupted[row],
        attack=combat.strength(state, row, True) // 10,
        defence=combat.strength(state, row, False) // 10,
        movement=roster.movement[row] // 4,
        quality=QUALITIES[roster.quality[row]],
        supply=supply_word(state, row),
        entrenched=min(2, units.dug[row]),
        spent=spent_word(state, row),
        label=_short(roster.name[row]),
    )


def age(state: State, faction: int, row: int) -> int:
    """Turns since a unit of others was seen; 0 for one's own and what is in sight."""
    if state.world.friends(faction, state.world.roster.faction[row]):
        return 0
    return max(0, state.clock.turn - state.intel[faction].turn[row])


def supply_word(state: State, row: int) -> str:
    """How a unit was supplied when its faction's turn opened, as the map names it."""
    how = state.units.supply[row]
    return SUPPLY_WORDS[3] if how == Supplied.CUT and state.units.cut[row] > 1 else SUPPLY_WORDS[how]


def spent_word(state: State, row: int) -> str:
    """What a unit has done in this turn of its faction: "" nothing that binds it, moved, or acted."""
    if state.world.roster.faction[row] != state.faction:
        return ""
    bits = state.units.spent[row]
    if bits & Spent.ACTED:
        return "acted"
    tired = bits & Spent.STOPPED or (bits & Spent.MOVED and state.units.mp[row] < 4)
    return "moved" if tired else ""


def _short(name: str) -> str:
    words = name.replace(",", "").split()
    return " ".join(words[:2])[:14].rstrip()


# --- who can still do something -------------------------------------------------------------------------------


def idle_rows(state: State, faction: int) -> tuple[int, ...]:
    """Own units on the map that may still march or act, in reading order of the map."""
    if state.faction != faction:
        return ()
    rows = (row for row, owner in enumerate(state.world.roster.faction) if owner == faction and can_do(state, row))
    return tuple(sorted(rows, key=lambda row: (state.units.hex[row], row)))


def can_do(state: State, row: int) -> bool:
    """Whether a unit may still march a step or take its action."""
    units = state.units
    if units.hex[row] < 0 or units.locked[row] > state.clock.turn:
        return False
    if not units.spent[row] & Spent.ACTED:
        return True
    return not units.spent[row] & Spent.STOPPED and len(movement.within_reach(state, row).cost) > 1


# --- overlays -------------------------------------------------------------------------------------------------


def holders(state: State) -> list[str | None]:
    """Look of who holds each hex; who holds which ground is public."""
    return state.world.looks_of(state.hexes.control)


def control(state: State, theme: Theme, strong: bool) -> dict[int, HexStyle]:
    """Tint of held ground; ``strong`` when the player asks for it."""
    return control_overlay(holders(state), theme, 58 if strong else 24)


def corridors(state: State, theme: Theme) -> dict[int, HexStyle]:
    """The corridors that were notified."""
    told = HexStyle(theme.marks.good.faded(70), "level", theme.marks.good.faded(200), theme.marks.good)
    return {here: told for hexes in state.clock.corridors for here in hexes}


def bloc_line(state: State) -> tuple[BlocLine, ...]:
    """The deconfliction line, glowing where troops of both blocs are known to stand close to it; none without two."""
    world = state.world
    if not ladder.two_blocs(world):
        return ()
    side_of, ends = world.line_side, world.grid.ends
    sides = world.kept("line between blocs", lambda: tuple(
        side for side, (one, other) in enumerate(ends)
        if one >= 0 and other >= 0 and side_of[one] >= 0 and side_of[other] >= 0 and side_of[one] != side_of[other]
    ))  # fmt: skip
    if not sides:
        return ()
    leaders = sorted({side_of[here] for side in sides for here in ends[side]})
    near = {leader: _within(state, leader, CLOSE) for leader in leaders}
    tense = tuple(side for side in sides if all(not near[one].isdisjoint(ends[side]) for one in leaders))
    hexes = sorted({here for side in sides for here in ends[side]})
    return (BlocLine(sides, tuple((here, world.factions[side_of[here]].look) for here in hexes), tense),)


def _within(state: State, faction: int, far: int) -> set[int]:
    """Hexes no further than so many from known troops of a faction or its allies."""
    world = state.world
    posts = {
        here
        for row, here in enumerate(state.units.hex)
        if here >= 0 and world.together(faction, world.roster.faction[row])
    }
    return {near for here in posts for near in world.grid.disk(here, far)}


def supply_net(state: State, faction: int, theme: Theme) -> dict[int, HexStyle]:
    """Where the faction's supply reaches, and where its own units are without."""
    chart = supply.supply_map(state, faction)
    words = {
        here: SUPPLY_WORDS[chart.state_at(here)]
        for here in range(state.world.grid.size)
        if chart.state_at(here) != Supplied.CUT
    }
    for row, how in chart.fed.items():
        here = state.units.hex[row]
        if how == Supplied.CUT and here >= 0:
            words[here] = "cut_long" if state.units.cut[row] > 1 else "cut"
    return supply_overlay(words, theme)


def threat_grades(world: World) -> tuple[str, ...]:
    """The odds from which a threat counts as level 1, 2, 3, 4."""
    columns = world.rules.combat.columns
    return tuple(columns[min(least, len(columns) - 1)].name for least in _LEVEL_COLUMNS)


def threat_levels(state: State, unit: str, hexes: Iterator[int]) -> dict[int, int]:
    """How hard the known enemy could press the unit in each of some hexes, 0 to 4."""
    names = [column.name for column in state.world.rules.combat.columns]
    out = {}
    for here in hexes:
        found = engine.threat(state, unit, here)
        if found.attackers:
            column = names.index(found.column)
            out[here] = sum(column >= least for least in _LEVEL_COLUMNS)
    return out


def threat(state: State, faction: int, unit: str, theme: Theme) -> dict[int, HexStyle]:
    """Threat to the chosen unit where it can go, or to each own stack where it stands."""
    roster, units = state.world.roster, state.units
    levels: dict[int, int] = {}
    if unit and units.hex[state.world.row[unit]] >= 0:
        here = units.hex[state.world.row[unit]]
        reach = engine.reach(state, unit).cost if state.faction == faction else {here: 0}
        levels = threat_levels(state, unit, iter(sorted({*reach, *state.world.grid.disk(here, 3)})))
    else:
        for at, rows in sorted(state.stacks.items()):
            own = [row for row in rows if roster.faction[row] == faction]
            if own:
                levels |= threat_levels(state, roster.id[own[0]], iter((at,)))
    return threat_overlay(levels, theme)


def objectives(state: State, faction: int, theme: Theme) -> tuple[dict[int, HexStyle], tuple[Ring, ...]]:
    """Prizes with their points, tinted by who holds them; those worth something to the faction are ringed."""
    styles, rings = {}, []
    for prize in state.world.prizes:
        worth = prize.points[faction] if faction >= 0 else 0
        owner = prizes.claimed(state, prize.hex)
        tint = theme.livery(state.world.factions[owner].look if owner >= 0 else None).tint
        most = worth or max(prize.points, default=0)
        styles[prize.hex] = HexStyle(tint.faded(90), "", None, None, f"{most}" if most else "")
        if worth:
            rings.append(Ring(prize.hex, theme.marks.objective, broken=True))
    return styles, tuple(rings)


def present_day(state: State) -> str:
    """The day with which history is compared: the last of the turn."""
    world = state.world
    turn = max(1, min(state.clock.turn, world.turns))
    return Calendar(world.first_day, world.days_per_turn, world.turns).last_day(turn)


def ghosts(state: State, day: str) -> tuple[Ghost, ...]:
    """A flag for each place of which history tells, as held at the end of a day, compared with the game."""
    looks = [faction.look for faction in state.world.factions]
    return tuple(
        Ghost(here, looks[then] if then >= 0 else "", then != state.hexes.control[here])
        for here, then in annals.held_on(state.world, day).items()
        if then >= 0 or state.hexes.control[here] >= 0
    )


def ghost_front(world: World, day: str, theme: Theme) -> tuple[Fence, ...]:
    """Where the fronts of history are estimated to have run at the end of a day."""
    sides = world.kept(("front on", day), lambda: annals.front(world, annals.ground_on(world, day)))
    return (Fence(sides, theme.marks.ghost),) if sides else ()


def idle_rings(state: State, faction: int, theme: Theme) -> tuple[Ring, ...]:
    """Rings around stacks that can still do something."""
    hexes = sorted({state.units.hex[row] for row in idle_rows(state, faction)})
    return tuple(Ring(here, theme.marks.good) for here in hexes)
