"""The river: bridges, ferries, pontoons, assault crossings and demolitions (chapter 8)."""

from __future__ import annotations

from game.events import CommandSpent, CrossingBegun, CrossingBroken, CrossingOpened, FerryLoaded, UnitMoved, UnitSpent
from game.orders import Blow, Bridge
from game.rules import command, deconfliction, fog, ground, movement, stacking, taking, zones
from game.rules.refusal import Refusal
from game.scenario.world import River
from game.state import Draft
from game.state.codes import CrossingKind, CrossingState, Spent
from game.state.tables import Position
from game.words import count, say

BUILT = {"pontoon": CrossingKind.PONTOON, "ferry": CrossingKind.FERRY, "repair": CrossingKind.BRIDGE}


def site_on(state: Position, side: int) -> int:
    """Number of the crossing on a hexside that stands or can be mended, open ones first; -1 none."""
    sites = state.sites
    found = [n for n, at in enumerate(sites.side) if at == side]
    best = (CrossingState.GONE, CrossingState.BUILDING, CrossingState.OPEN)
    return max(found, key=lambda n: (best.index(CrossingState(sites.state[n])), -n), default=-1)


def explain_crossing(state: Position, side: int) -> str:
    """What crosses a river hexside now, in words."""
    world, site = state.world, site_on(state, side)
    if world.river[side] == River.NONE:
        return say("no river here")
    name = world.river_names.get(side, "the river")
    if site < 0:
        minor = world.river[side] != River.MAJOR
        return say("{river}: minor river", river=name) if minor else say("{river}: no crossing", river=name)
    kind = CrossingKind(state.sites.kind[site]).word
    now = state.sites.state[site]
    if now == CrossingState.OPEN:
        return say("{river}: {kind}, open", river=name, kind=kind)
    if now == CrossingState.BUILDING:
        ready = state.sites.ready[site]
        return say("{river}: {kind} under construction, opens on turn {turn}", river=name, kind=kind, turn=ready)
    return say("{river}: {kind}, out of action", river=name, kind=kind)


# --- refusals -----------------------------------------------------------------------------------------------


def refuse_bridge(state: Position, order: Bridge) -> Refusal | None:
    """Why engineers cannot start this work here."""
    world, row = state.world, state.world.row[order.unit]
    if order.kind == "boats":
        return _refuse_boats(state, row, order.side)
    refusal = movement.may_act(state, row)
    if refusal is not None:
        return refusal
    name, here = world.roster.name[row], state.units.hex[row]
    if order.kind not in BUILT:
        return Refusal(
            "8.1", say('"{kind}" is no work on a crossing: use pontoon, ferry, repair or boats', kind=order.kind)
        )
    if "engineer" not in world.roster.traits[row]:
        return Refusal("8.1", say("only engineers do that, not {unit}", unit=name))
    if order.side not in world.grid.sides[here] or world.river[order.side] == River.NONE:
        return Refusal("8.1", say("{unit} must be adjacent to that stretch of the river", unit=name))
    if zones.known_zone(state, state.faction)[here] and world.rules.river.needs_near_bank:
        return Refusal("8.2", say("{hex} is in an enemy ZOC, where engineers cannot work", hex=world.grid.label(here)))
    far = far_bank(state, here, order.side)
    if zones.barred(state, state.faction)[far]:
        return Refusal("8.1", say("others hold the far bank at {hex}", hex=world.grid.label(far)))
    refusal = _refuse_work(state, order) or deconfliction.refuse_stand_off(state, row, (far,))
    if refusal is not None:
        return refusal
    return command.refuse_price(state, work_price(state, order.kind), _work_named(order.kind))


def _refuse_work(state: Position, order: Bridge) -> Refusal | None:
    site = site_on(state, order.side)
    now = state.sites.state[site] if site >= 0 else CrossingState.GONE
    label = state.world.grid.side_label(order.side)
    if now == CrossingState.OPEN and state.sites.kind[site] != CrossingKind.FERRY:
        return Refusal("8.1", say("there is already a crossing at {side}", side=label))
    if now == CrossingState.OPEN and order.kind == "ferry":
        return Refusal("8.1", say("there is already a ferry at {side}", side=label))
    if now == CrossingState.BUILDING:
        return Refusal("8.1", say("a crossing is already under construction at {side}", side=label))
    if order.kind == "repair" and CrossingKind.BRIDGE not in _kinds_on(state, order.side):
        return Refusal("8.1", say("there is no blown bridge at {side}", side=label))
    return None


def _kinds_on(state: Position, side: int) -> set[int]:
    return {kind for at, kind in zip(state.sites.side, state.sites.kind, strict=True) if at == side}


def _refuse_boats(state: Position, row: int, side: int) -> Refusal | None:
    world = state.world
    refusal = movement.may_act(state, row)
    if refusal is not None:
        return refusal
    name, here = world.roster.name[row], state.units.hex[row]
    if side not in world.grid.sides[here] or world.river[side] != River.MAJOR:
        return Refusal("8.4", say("{unit} must be adjacent to that stretch of the river", unit=name))
    far = far_bank(state, here, side)
    if zones.barred(state, state.faction)[far]:
        return Refusal("8.4", say("others hold the far bank at {hex}; attack it instead", hex=world.grid.label(far)))
    if not ground.can_enter(world, row, far):
        return Refusal("8.4", say("{unit} cannot land at {hex}", unit=name, hex=world.grid.label(far)))
    ferry = ferry_on(state, side)
    refusal = _refuse_ferry(state, row, ferry) if ferry >= 0 else _refuse_own_boats(state, row)
    return refusal or deconfliction.refuse_stand_off(state, row, (far,)) or stacking.room_for(state, row, far)


def _refuse_own_boats(state: Position, row: int) -> Refusal | None:
    world = state.world
    if not ground.has_boats(world, row):
        return Refusal(
            "8.4", say("{unit} can cross only by bridge, pontoon bridge or ferry", unit=world.roster.name[row])
        )
    return command.refuse_price(state, world.rules.river.assault_command, say("a boat crossing"))


def _refuse_ferry(state: Position, row: int, ferry: int) -> Refusal | None:
    carries = state.world.rules.movement.ferry_steps
    free = carries - state.sites.load[ferry]
    if state.units.steps[row] > free:
        carried = count(carries, "the ferry carries {n} step a turn", "the ferry carries {n} steps a turn")
        return Refusal("8.3", say("{carried}; it has room for {free} more", carried=carried, free=free))
    return None


def ferry_on(state: Position, side: int) -> int:
    """The open ferry on a hexside that the faction to play may use, -1 none."""
    site = site_on(state, side)
    if site < 0 or state.sites.state[site] != CrossingState.OPEN or state.sites.kind[site] != CrossingKind.FERRY:
        return -1
    owner = state.sites.owner[site]
    return site if owner < 0 or state.world.friends(state.faction, owner) else -1


def work_price(state: Position, kind: str) -> int:
    """Command points that a work costs."""
    rules = state.world.rules.river
    return {"pontoon": rules.pontoon_command, "ferry": rules.ferry_command, "repair": rules.repair_command}[kind]


def _work_named(kind: str) -> str:
    return {"pontoon": say("a pontoon bridge"), "ferry": say("a ferry"), "repair": say("repairing a bridge")}[kind]


def far_bank(state: Position, here: int, side: int) -> int:
    """The hex on the other side of a hexside."""
    one, other = state.world.grid.ends[side]
    return other if here == one else one


def crossing_act(state: Position, row: int, side: int) -> deconfliction.Act:
    """The act that work on a crossing, or a passage by boat, is to the other bloc."""
    here = state.units.hex[row]
    return deconfliction.Act("crossing", far_bank(state, here, side), here)


def refuse_blow(state: Position, order: Blow) -> Refusal | None:
    """Why a crossing cannot be blown from here."""
    world, row = state.world, state.world.row[order.unit]
    refusal = movement.may_act(state, row)
    if refusal is not None:
        return refusal
    here, site = state.units.hex[row], site_on(state, order.side)
    if order.side not in world.grid.sides[here] or site < 0:
        return Refusal("8.5", say("{unit} must be adjacent to a crossing there", unit=world.roster.name[row]))
    if state.sites.state[site] == CrossingState.GONE:
        return Refusal("8.5", say("that crossing is already out of action"))
    if state.sites.kind[site] == CrossingKind.DAM:
        return Refusal("8.5", say("you cannot blow a dam: it would flood the valley"))
    owner = state.sites.owner[site]
    if owner >= 0 and not world.together(state.faction, owner) and not world.at_war(state.faction, owner):
        return Refusal(
            "8.5", say("the crossing belongs to another faction: {faction}", faction=world.factions[owner].name)
        )
    return None


# --- resolvers ----------------------------------------------------------------------------------------------


def resolve_bridge(draft: Draft, order: Bridge) -> None:
    """Start the work, or take the boats across."""
    world, row, faction = draft.world, draft.world.row[order.unit], draft.faction
    if order.kind == "boats":
        _cross_by_boat(draft, row, order.side)
        return
    rules = world.rules.river
    turns = {"pontoon": rules.pontoon_turns, "ferry": rules.ferry_turns, "repair": rules.repair_turns}[order.kind]
    price = work_price(draft, order.kind)
    if price:
        draft.emit(CommandSpent(faction, price, _work_named(order.kind)))
    draft.emit(UnitSpent(row, Spent.ACTED | Spent.STOPPED, 0))
    same = [
        n for n, side in enumerate(draft.sites.side) if side == order.side and draft.sites.kind[n] == BUILT[order.kind]
    ]
    site = same[0] if same else -1
    draft.emit(CrossingBegun(faction, row, site, order.side, BUILT[order.kind], draft.clock.turn + turns))
    if not turns:
        _open(draft, site if site >= 0 else len(draft.sites.side) - 1)
    deconfliction.judge(draft, faction, crossing_act(draft, row, order.side))


def _cross_by_boat(draft: Draft, row: int, side: int) -> None:
    here = draft.units.hex[row]
    far, ferry, act = far_bank(draft, here, side), ferry_on(draft, side), crossing_act(draft, row, side)
    if ferry >= 0:
        draft.emit(FerryLoaded(ferry, draft.units.steps[row]))
    else:
        draft.emit(CommandSpent(draft.faction, draft.world.rules.river.assault_command, say("boat crossing")))
    strangers = [
        u for u in draft.units_at(far) if not draft.world.friends(draft.faction, draft.world.roster.faction[u])
    ]
    if strangers:
        fog.identify(draft, draft.faction, strangers)
        draft.emit(UnitSpent(row, Spent.ACTED | Spent.STOPPED, 0))
        return
    draft.emit(UnitMoved(row, here, (far,), 0))
    draft.emit(UnitSpent(row, Spent.ACTED | Spent.STOPPED, 0))
    fog.look_around(draft, row, far)
    fog.be_seen(draft, row, far)
    taking.take_control(draft, row, (far,), stays=True)
    deconfliction.judge(draft, draft.faction, act)


def resolve_blow(draft: Draft, order: Blow) -> None:
    """Blow the crossing."""
    row = draft.world.row[order.unit]
    draft.emit(UnitSpent(row, Spent.ACTED, draft.units.mp[row]))
    draft.emit(CrossingBroken(site_on(draft, order.side), order.side, say("blown")))


def continue_building(draft: Draft, faction: int) -> None:
    """When a faction's turn opens: finished crossings open, hampered or abandoned ones are lost."""
    for site, now in enumerate(draft.sites.state):
        if now != CrossingState.BUILDING or draft.sites.owner[site] != faction:
            continue
        side = draft.sites.side[site]
        if not _worked_on(draft, faction, side):
            draft.emit(CrossingBroken(site, side, say("the engineers left or came into an enemy ZOC")))
        elif draft.sites.ready[site] <= draft.clock.turn:
            _open(draft, site)


def _worked_on(draft: Draft, faction: int, side: int) -> bool:
    world, zone = draft.world, zones.true_zone(draft, faction)
    return any(
        "engineer" in world.roster.traits[row]
        and world.together(faction, world.roster.faction[row])
        and not (world.rules.river.needs_near_bank and zone[here])
        for here in world.grid.ends[side]
        for row in draft.units_at(here)
    )


def _open(draft: Draft, site: int) -> None:
    sites = draft.sites
    draft.emit(CrossingOpened(site, sites.side[site], sites.kind[site], sites.owner[site]))
