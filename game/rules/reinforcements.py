"""Replacements and reinforcements: who comes, who gathers again, who is rebuilt (chapter 15)."""

from __future__ import annotations

from game.events import CommandSpent, PoolChanged, StepsRecovered, StepsReplaced, UnitArrived, UnitKeptOut, UnitSpent
from game.orders import Rest
from game.rules import command, fog, ground, movement, stacking, supply_net, taking, zones
from game.rules.refusal import Refusal
from game.scenario.world import Stance
from game.state import Draft
from game.state.codes import Spent, Status, Supplied
from game.state.tables import Position
from game.words import say

UNSEEN_THERE = say("unseen troops bar the way")

# --- arrivals -----------------------------------------------------------------------------------------------


def due_units(state: Position, faction: int) -> tuple[int, ...]:
    """Rows of a faction's units that should have arrived by now."""
    units, owners = state.units, state.world.roster.faction
    return tuple(
        row for row, status in enumerate(units.status)
        if status == Status.WAITING and owners[row] == faction and 0 < units.due[row] <= state.clock.turn
    )  # fmt: skip


def entries(state: Position, row: int) -> tuple[int, ...]:
    """Hexes where a unit may arrive, best first: one that has none comes back to where it stood at the start."""
    fixed, roster = state.units.entry[row], state.world.roster
    listed = roster.entry[row]
    if fixed < 0 and not listed and roster.start[row] >= 0:
        return (roster.start[row],)
    return listed if fixed < 0 else (fixed, *(here for here in listed if here != fixed))


def entry_hex(state: Position, row: int) -> int:
    """Where a waiting unit can enter now, -1 nowhere."""
    return next((here for here in entries(state, row) if not _why_barred(state, row, here)), -1)


def _why_kept_out(state: Position, row: int) -> str:
    where, label = entries(state, row), state.world.grid.label
    if not where:
        return say("it has no entry hex")
    return "; ".join(f"{label(here)}: {_why_it_seems_barred(state, row, here)}" for here in where)


def _why_it_seems_barred(state: Position, row: int, here: int) -> str:
    """The reason as the unit's own faction may know it: troops that it does not see are not named."""
    world, faction = state.world, state.world.roster.faction[row]
    intel, why = state.intel[faction], _why_barred(state, row, here)
    strangers = [other for other in state.units_at(here) if not world.together(faction, world.roster.faction[other])]
    if strangers:
        known = world.friends(faction, world.roster.faction[strangers[0]]) or intel.hex[strangers[0]] == here
        return why if known else UNSEEN_THERE
    holder = state.hexes.control[here]
    open_ground = holder < 0 or world.stance[faction][holder] < Stance.RIVAL
    if why and open_ground and zones.true_zone(state, faction)[here] and not zones.known_zone(state, faction)[here]:
        return UNSEEN_THERE
    return why


def _why_barred(state: Position, row: int, here: int) -> str:
    world, faction = state.world, state.world.roster.faction[row]
    for other in state.units_at(here):
        owner = world.roster.faction[other]
        if not world.together(faction, owner):
            return say("{army} troops are there", army=world.factions[owner].adjective)
    holder = state.hexes.control[here]
    if holder >= 0 and world.stance[faction][holder] >= Stance.RIVAL:
        return say("{army} control", army=world.factions[holder].adjective)
    own = any(world.together(faction, world.roster.faction[other]) for other in state.units_at(here))
    if zones.true_zone(state, faction)[here] and not own:
        return say("it is in an enemy ZOC")
    full = stacking.room_for(state, row, here)
    return full.why if full is not None else ""


def arrive(draft: Draft, faction: int) -> None:
    """Units that are due enter, and replacements come in."""
    grant_replacements(draft, faction)
    for row in due_units(draft, faction):
        here = entry_hex(draft, row)
        if here < 0:
            draft.emit(UnitKeptOut(row, _why_kept_out(draft, row)))
        else:
            draft.emit(UnitArrived(row, here, draft.world.roster.movement[row]))
            taking.take_control(draft, row, (here,), stays=True)
            fog.look_around(draft, row, here)
            fog.be_seen(draft, row, here)


def grant_replacements(draft: Draft, faction: int) -> None:
    """Replacement steps of this turn come into the pool, as far as it holds them."""
    turn, most = draft.clock.turn, draft.world.rules.supply.recovery.pool_most
    for steps, first, every in draft.world.factions[faction].replacements:
        if turn >= first and (turn - first) % every == 0:
            taken = min(steps, most - draft.factions.pool[faction])
            if taken > 0:
                draft.emit(PoolChanged(faction, taken))


# --- recovery -----------------------------------------------------------------------------------------------


def near_headquarters(state: Position, row: int) -> bool:
    """Whether a headquarters of its faction is within reach of a unit."""
    world, here = state.world, state.units.hex[row]
    reach = world.rules.command.hq_range
    homes = command.headquarters(state, world.roster.faction[row])
    return any(world.grid.distance(here, home) <= reach for home in homes)


def recovery(state: Position, row: int) -> int:
    """Disrupted steps that a unit would recover when its faction's turn opens, enemies next to it aside."""
    rules = state.world.rules.supply.recovery
    how = state.units.supply[row]
    if how == Supplied.CUT:
        return 0
    steps = rules.full if how == Supplied.FULL else rules.stretched
    return min(state.units.disrupted[row], steps + (rules.headquarters if near_headquarters(state, row) else 0))


def recover(draft: Draft, faction: int) -> None:
    """Disrupted steps of a faction recover as its turn opens."""
    owners = draft.world.roster.faction
    shaken = [row for row, steps in enumerate(draft.units.disrupted) if steps and owners[row] == faction]
    for row in shaken:
        if draft.units.hex[row] >= 0 and not _beside_enemy(draft, row):
            steps = recovery(draft, row)
            if steps:
                draft.emit(StepsRecovered(row, steps, say("recovered")))


def _beside_enemy(state: Position, row: int) -> bool:
    # The truth: asked by resolvers alone. In a view it is the truth as far as it is seen.
    world, here, faction = state.world, state.units.hex[row], state.world.roster.faction[row]
    return any(
        world.at_war(faction, world.roster.faction[other]) and not state.units.hidden[other]
        for there, side in zip(world.grid.neighbours[here], world.grid.sides[here], strict=True)
        if there >= 0 and ground.joins(state, side)
        for other in state.units_at(there)
    )  # fmt: skip


def _known_beside(state: Position, row: int) -> bool:
    world, here = state.world, state.units.hex[row]
    return any(
        ground.joins(state, world.grid.side_between(here, there))
        for _, there in zones.known_enemies(state, world.roster.faction[row]) if there >= 0
    )  # fmt: skip


# --- rest and refit -----------------------------------------------------------------------------------------


def refuse_rest(state: Position, order: Rest) -> Refusal | None:
    """Why a unit cannot rest or refit here."""
    row = state.world.row[order.unit]
    refusal = movement.may_act(state, row)
    if refusal is not None:
        return refusal
    name, rule = state.world.roster.name[row], "15.5" if order.refit else "15.4"
    if _known_beside(state, row):
        return Refusal(rule, say("an enemy is adjacent to {unit}", unit=name))
    if order.refit:
        return _refuse_refit(state, row)
    if not state.units.disrupted[row]:
        return Refusal(rule, say("{unit} cannot recover: no step is disrupted", unit=name))
    if state.units.supply[row] == Supplied.CUT:
        return Refusal(rule, say("cut off, {unit} cannot recover", unit=name))
    return None


def _refuse_refit(state: Position, row: int) -> Refusal | None:
    world, units, factions = state.world, state.units, state.factions
    name, price = world.roster.name[row], world.rules.command.refit
    if units.steps[row] >= world.roster.steps[row]:
        return Refusal("15.5", say("{unit} lost no steps", unit=name))
    if not factions.pool[state.faction]:
        return Refusal("15.5", say("your replacement pool is empty"))
    if units.supply[row] != Supplied.FULL:
        return Refusal("15.5", say("{unit} lacked full supply when the turn opened", unit=name))
    if not supply_net.on_road(world, units.hex[row]) and not near_headquarters(state, row):
        return Refusal("15.5", say("{unit} must be on a road or near a headquarters to refit", unit=name))
    if not stacking.room_to_grow(state, row):
        return Refusal(
            "15.5",
            say(
                "there is no room for another step of {unit} in {hex}", unit=name, hex=world.grid.label(units.hex[row])
            ),
        )
    return command.refuse_price(state, price, say("a refit"))


def resolve_rest(draft: Draft, order: Rest) -> None:
    """Recover disrupted steps, or rebuild lost ones."""
    row = draft.world.row[order.unit]
    draft.emit(UnitSpent(row, Spent.ACTED | Spent.STOPPED, 0))
    rules = draft.world.rules.supply.recovery
    gathered = min(rules.rest, draft.units.disrupted[row])
    if order.refit:
        _refit(draft, row)
    elif gathered and not _beside_enemy(draft, row):
        draft.emit(StepsRecovered(row, gathered, say("rested")))


def _refit(draft: Draft, row: int) -> None:
    world, faction = draft.world, draft.faction
    missing = world.roster.steps[row] - draft.units.steps[row]
    room = stacking.room_to_grow(draft, row)
    steps = min(world.rules.supply.recovery.refit_steps, missing, room, draft.factions.pool[faction])
    draft.emit(CommandSpent(faction, world.rules.command.refit, say("refit")))
    draft.emit(PoolChanged(faction, -steps))
    draft.emit(StepsReplaced(row, steps))
