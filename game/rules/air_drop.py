"""Air drops: supplies by parachute for units that no road feeds, at a price and at a risk (rule 7.9)."""

from __future__ import annotations

from collections.abc import Iterable

from game.events import FireResolved, SuppliesDropped
from game.orders import AirDrop
from game.rules import airspace, fog, support, zones
from game.rules.ledger import Ledger, Term, ledger
from game.rules.refusal import Refusal
from game.state import Draft
from game.state.codes import Supplied
from game.state.tables import Position
from game.words import count, say

KIND = "airdrop"


def loss_risk(state: Position, faction: int, target: int) -> Ledger:
    """Chance in percent that part of a drop is lost, as far as the faction knows the enemy."""
    return _risk(state, target, zones.known_enemies(state, faction))


def loss_range(state: Position, faction: int, target: int) -> tuple[int, int]:
    """Least and most that the chance of a loss can truly be, with enemies that are not seen or no longer there."""
    world, foes = state.world, zones.known_enemies(state, faction)
    seen = fog.visible_hexes(state, faction)
    reach = max(1, world.rules.support.air_defence_range)
    hiding, guns = False, False
    for owner in range(len(world.factions)):
        if world.at_war(faction, owner):
            arms = world.factions[owner].arms
            hiding, guns = hiding or arms.hides, guns or "air-defence" in arms.traits
    least = _risk(state, target, [(row, at) for row, at in foes if seen[at]]).total
    near = [
        world.grid.distance(target, here)
        for here in world.grid.disk(target, reach)
        if world.terrain[here] >= 0 and (hiding or not seen[here])
    ]
    most = _risk(state, target, foes, min(near, default=99), guns).total
    return least, most


def _risk(
    state: Position, target: int, foes: Iterable[tuple[int, int]], dark: int = 99, dark_guns: bool = False
) -> Ledger:
    # ``dark``: so many hexes off may be enemies that nobody sees, with air defence if ``dark_guns``.
    world, rules = state.world, state.world.rules.supply.air_drops
    reach = world.rules.support.air_defence_range
    apart = [(world.grid.distance(target, there), row) for row, there in foes]
    guns = any("air-defence" in world.roster.traits[row] and distance <= reach for distance, row in apart)
    guns = guns or (dark_guns and dark <= reach)
    beside = dark <= 1 or any(distance <= 1 for distance, _ in apart)
    terms = (
        Term(say("containers that break or drift off"), rules.lost),
        Term(("", "dust", "rain")[state.clock.weather], (0, rules.dust, rules.rain)[state.clock.weather]),
        Term(say("an enemy adjacent to the hex"), rules.near_enemy if beside else 0),
        Term(say("enemy air defence in range"), rules.air_defence if guns else 0),
    )
    return ledger(terms, high=rules.most)


def refuse_air_drop(state: Position, order: AirDrop) -> Refusal | None:
    """Why no supplies can be dropped on a hex."""
    world, faction, target = state.world, state.faction, order.target
    price, grid = world.rules.supply.air_drops.price, world.grid
    if not 0 <= target < grid.size or world.terrain[target] < 0:
        return Refusal("7.9", say("that hex is outside the map"))
    own = [row for row in state.units_at(target) if world.roster.faction[row] == faction]
    if not own:
        return Refusal("7.9", say("you have no unit in {hex} to receive an air drop", hex=grid.label(target)))
    points = state.support_of(faction).get(KIND, 0)
    if points < price:
        costs = count(price, "an air drop costs {n} air-drop point", "an air drop costs {n} air-drop points")
        return Refusal("7.9", say("{costs}; you have {left}", costs=costs, left=points))
    barred = airspace.refuse_flight(state, faction, target) if support.kinds(world)[KIND].flown else None
    if barred is not None:
        return barred
    if all(state.units.supply[row] == Supplied.FULL for row in own):
        return Refusal(
            "7.9", say("{hex} had full supply when the turn opened and needs no air drop", hex=grid.label(target))
        )
    lying = dict(state.clock.deposits).get(target, 0)
    if lying >= world.rules.supply.air_drops.turns:
        return Refusal(
            "7.9",
            count(
                lying,
                "{hex} has dropped supplies for {n} turn already",
                "{hex} has dropped supplies for {n} turns already",
                hex=grid.label(target),
            ),
        )
    return None


def resolve_air_drop(draft: Draft, order: AirDrop) -> None:
    """Fly the drop: it arrives whole, in part, or is lost."""
    world, faction, target = draft.world, draft.faction, order.target
    rules, label = world.rules.supply.air_drops, world.grid.label(target)
    support.spend(draft, faction, ((KIND, rules.price),), say("air drop on {hex}", hex=label))
    owners = world.roster.faction
    foes = [(row, at) for row, at in enumerate(draft.units.hex) if at >= 0 and world.at_war(faction, owners[row])]
    chance = _risk(draft, target, foes).total
    roll = draft.roll_percent("air drop", label)
    if roll > chance:
        turns, words = rules.turns, say("it arrives")
    elif roll * 100 <= chance * rules.all_lost:
        turns, words = 0, say("it is lost")
    else:
        turns, words = rules.part_turns, say("part of it arrives")
    draft.emit(FireResolved(faction, KIND, -1, target, chance, roll, words))
    if turns:
        draft.emit(SuppliesDropped(faction, target, turns, True))
