"""Combat: who fights, how strong a unit is, and what an attack or a bombardment needs and costs (chapter 5)."""

from __future__ import annotations

from game.orders import Attack, Bombard
from game.rules import airspace, command, ground, strongpoints, support, zones
from game.rules.aftermath import in_order
from game.rules.deconfliction import Act
from game.rules.movement import may_act
from game.rules.refusal import Refusal
from game.rules.shifts import (
    holds,
    river_to_cross,
)
from game.scenario.world import River, Stance
from game.state.codes import Supplied
from game.state.tables import Position
from game.words import count, say

# --- strengths ----------------------------------------------------------------------------------------------


def strength(state: Position, row: int, attacking: bool) -> int:
    """Fighting value of a unit in tenths, after disruption and supply."""
    rules, roster, units = state.world.rules.combat, state.world.roster, state.units
    value = roster.attack[row] if attacking else roster.defence[row]
    whole = units.steps[row] - units.disrupted[row]
    tenths = value * (whole * 100 + units.disrupted[row] * rules.disrupted_percent) // 10
    if attacking and "artillery" in roster.traits[row]:
        tenths = tenths * rules.artillery_percent // 100
    if units.supply[row] == Supplied.CUT:
        return tenths * (rules.cut_percent if attacking else rules.cut_defence_percent) // 100
    if attacking and units.supply[row] == Supplied.STRETCHED:
        return tenths * rules.stretched_percent // 100
    return tenths


def defenders_at(state: Position, faction: int, target: int) -> tuple[int, ...]:
    """Rows of units at war with a faction in a hex, as they stand (of a view: as they are known)."""
    world = state.world
    return tuple(row for row in state.units_at(target) if world.at_war(faction, world.roster.faction[row]))


def rivals_at(state: Position, faction: int, target: int) -> tuple[int, ...]:
    """Rows of units of the other bloc in a hex."""
    world = state.world
    return tuple(
        row for row in state.units_at(target) if world.stance[faction][world.roster.faction[row]] == Stance.RIVAL
    )


def who_defends(state: Position, faction: int, target: int) -> tuple[int, ...]:
    """Who fights for a hex, in the order of their ids: whoever stands there openly, or hides and is known to.

    Others who hide there lie low while their friends fight (5.1).
    """
    intel, hidden = state.intel[faction], state.units.hidden
    rows = [
        row
        for row in foes_at(state, faction, target)
        if not hidden[row] or (intel.level[row] and intel.hex[row] == target)
    ]
    return in_order(state.world, rows)


def foes_at(state: Position, faction: int, target: int) -> tuple[int, ...]:
    """Who would be fought in a hex: enemies, or the other bloc where there are none."""
    return defenders_at(state, faction, target) or rivals_at(state, faction, target)


# --- refusals -----------------------------------------------------------------------------------------------


def refuse_attack(state: Position, order: Attack) -> Refusal | None:
    """Why an attack may not be made, as far as the faction can know."""
    world = state.world
    if not order.units or len(set(order.units)) < len(order.units):
        return Refusal("5.1", say("an attack needs attackers, each named once"))
    rows = [world.row[unit] for unit in order.units]
    for row in rows:
        refusal = may_act(state, row) or _refuse_attacker(state, row, order.target)
        if refusal is not None:
            return refusal
    enemies = [row for row, here in zones.known_enemies(state, state.faction) if here == order.target]
    if not enemies:
        return _refuse_rival_attack(state, order) or _refuse_price(state, order, rows)
    return (
        strongpoints.refuse_assault(state, order.target)
        or _refuse_support(state, order)
        or _refuse_price(state, order, rows)
    )


def _refuse_support(state: Position, order: Attack) -> Refusal | None:
    if not order.support:
        return None
    terms = support.terms(state, state.faction, order.target, order.support, True)
    return terms if isinstance(terms, Refusal) else None


def _refuse_attacker(state: Position, row: int, target: int) -> Refusal | None:
    world, units = state.world, state.units
    name, here = world.roster.name[row], units.hex[row]
    if not 0 <= target < world.grid.size:
        return Refusal("5.1", say("the target is off the map"))
    side = world.grid.side_between(here, target)
    if side < 0:
        return Refusal("5.1", say("{unit} must be adjacent to {hex}", unit=name, hex=world.grid.label(target)))
    if not strength(state, row, True):
        return Refusal("5.1", say("{unit} cannot attack: no attack strength", unit=name))
    if river_to_cross(state, side) == River.MAJOR and not can_assault_river(state, row):
        return Refusal(
            "5.5",
            say(
                "{unit} cannot attack across {river} without a crossing",
                unit=name,
                river=world.river_names.get(side, say("the river")),
            ),
        )
    if not ground.can_enter(world, row, target) and not world.road[side]:
        return Refusal(
            "5.1", say("{unit} cannot enter {hex}, and so cannot attack it", unit=name, hex=world.grid.label(target))
        )
    return None


def can_assault_river(state: Position, row: int) -> bool:
    """Whether a unit can attack over a river without a crossing: on foot, or with boats."""
    return state.world.rules.river.assault_left and ground.has_boats(state.world, row)


def _refuse_rival_attack(state: Position, order: Attack) -> Refusal | None:
    world, faction = state.world, state.faction
    intel = state.intel[faction]
    rivals = [
        row
        for row, owner in enumerate(world.roster.faction)
        if world.stance[faction][owner] == Stance.RIVAL and intel.level[row] and intel.hex[row] == order.target
    ]
    if not rivals:
        return Refusal("5.1", say("you know of no enemy in {hex}", hex=world.grid.label(order.target)))
    if order.confirm < 2:
        who = world.factions[world.roster.faction[rivals[0]]].adjective
        return Refusal(
            "5.8",
            say(
                "an attack on {army} troops in {hex} raises the last rung and must be confirmed twice",
                army=who,
                hex=world.grid.label(order.target),
            ),
        )
    return _refuse_support(state, order)


def _refuse_price(state: Position, order: Attack, rows: list[int]) -> Refusal | None:
    price, words = price_of(state, order)
    have = state.factions.command[state.faction]
    if price > have:
        cost = say("this attack costs {price} CP ({why}); you have {left}", price=price, why=words, left=have)
        return Refusal("10.2", cost)
    if (
        order.set_piece
        and state.world.rules.combat.set_piece_turn_start
        and any(state.units.spent[row] & 1 for row in rows)
    ):
        return Refusal("5.9", say("a set-piece attack needs attackers that have not moved this turn"))
    return None


def price_of(state: Position, order: Attack) -> tuple[int, str]:
    """Command points that an attack costs, and what for."""
    world = state.world
    price, words = 0, []
    if order.set_piece:
        price += world.rules.command.set_piece
        words.append(say("set-piece"))
    hexes = {state.units.hex[world.row[unit]] for unit in order.units}
    if any(river_to_cross(state, world.grid.side_between(here, order.target)) == River.MAJOR for here in hexes):
        price += world.rules.river.assault_command
        words.append(say("assault crossing"))
    axis = command.axis_price(state, (world.row[unit] for unit in order.units))
    if axis:
        price += axis
        words.append(say("different formations without a headquarters in range"))
    return price, ", ".join(words)


def refuse_bombard(state: Position, order: Bombard) -> Refusal | None:
    """Why a battery may not fire at a hex."""
    world, row = state.world, state.world.row[order.unit]
    refusal = may_act(state, row)
    if refusal is not None:
        return refusal
    name, reach = world.roster.name[row], world.roster.reach[row]
    if not reach:
        return Refusal("5.6", say("only artillery bombards, not {unit}", unit=name))
    if not 0 <= order.target < world.grid.size or world.grid.distance(state.units.hex[row], order.target) > reach:
        return Refusal(
            "5.6",
            count(
                reach,
                "the target is not within {n} hex of {unit}",
                "the target is not within {n} hexes of {unit}",
                unit=name,
            ),
        )
    if state.units.supply[row] == Supplied.CUT:
        return Refusal("5.6", say("cut off, {unit} cannot fire: no shells", unit=name))
    if not any(here == order.target for _, here in zones.known_enemies(state, state.faction)):
        return Refusal("5.6", say("you know of no enemy in {hex}", hex=world.grid.label(order.target)))
    return None


def bombard_act(state: Position, row: int, target: int) -> Act:
    """The act that a bombardment is to the other bloc."""
    faction, here = state.world.roster.faction[row], state.units.hex[row]
    return Act("bombard", target, here, identified=support.identified(state, faction, target))


def attack_act(state: Position, order: Attack) -> Act:
    """The act that an attack is to the other bloc: one on itself, where nobody but its troops is known to stand."""
    world, faction = state.world, state.faction
    owners = {world.roster.faction[row] for row in who_defends(state, faction, order.target)}
    meant = bool(owners) and not any(world.at_war(faction, owner) for owner in owners)
    return Act(
        "attack",
        order.target,
        state.units.hex[world.row[order.units[0]]],
        confirmed=meant,
        notice=flight_risk(state, faction, order),
    )


def flight_risk(state: Position, faction: int, order: Attack) -> int:
    """Chance of an incident in percent that the flown support of an attack adds, as where notice is due (9.13)."""
    kinds = state.world.rules.support.kinds
    flown = any(kind in kinds and kinds[kind].flown for kind, _ in order.support)
    return airspace.flight_risk(state, faction, order.target) if flown else 0


def bombard_chance(state: Position, row: int, target: int) -> int:
    """Chance in percent that a bombardment disrupts a step."""
    rules, units = state.world.rules.combat, state.units
    guns = units.steps[row] - units.disrupted[row]
    kind = ground.terrain_of(state.world, target)
    base = rules.bombard_columns[min(guns, len(rules.bombard_columns)) - 1] if guns else 0
    seen = rules.bombard_overlook if _overlooks(state, state.world.roster.faction[row], target) else 0
    return max(0, base + seen - rules.bombard_cover * (kind.shift if kind is not None else 0))


def _overlooks(state: Position, faction: int, target: int) -> bool:
    """Whether a side holds a height beside a hex that is not high itself (rule 5.10)."""
    world = state.world
    if ground.is_high(world, target):
        return False
    return any(ground.is_high(world, near) and holds(state, faction, near) for near in world.grid.near[target])
