"""What shifts the odds: every circumstance of an attack as a term with its words and its columns (rule 5.3).

Ground and entrenchment, heights that see, the sides attacked over, the quality and kind of the troops, the
defender's supply, guns on both sides, and support from off the map.
"""

from __future__ import annotations

from enum import IntEnum

from game.orders import Attack
from game.rules import command, costs, fog, ground, strongpoints, support
from game.rules.ledger import Term
from game.rules.refusal import Refusal
from game.ruleset.combat import Shifts
from game.scenario.world import Arms, River
from game.state.codes import Knowledge, Spent, Supplied
from game.state.tables import Position
from game.words import say

PREPARED = frozenset({"fortified", "tunnels"})


class Lean(IntEnum):
    """Which way the odds lean where a commander cannot know: the worst that may be, what is known, or the best."""

    WORST = -1
    KNOWN = 0
    BEST = 1


def is_contact(state: Position, row: int) -> bool:
    """Whether a row of a view is an unidentified contact."""
    return state.world.roster.type[row].startswith("contact-")


def sure(state: Position, faction: int, row: int) -> bool:
    """Whether a faction has identified a unit and seen it this turn; its own it always knows."""
    intel, friends = state.intel[faction], state.world.friends(faction, state.world.roster.faction[row])
    return friends or (intel.level[row] == Knowledge.IDENTIFIED and intel.turn[row] == state.clock.turn)


def shift_terms(
    state: Position,
    faction: int,
    attackers: tuple[int, ...],
    foes: tuple[int, ...],
    target: int,
    set_piece: bool,
    lean: Lean = Lean.KNOWN,
) -> list[Term]:
    """All shifts of an attack but those of its support; ``lean`` decides what a view does not tell."""
    return [
        term
        for term in (
            *_ground_terms(state, faction, attackers, foes, target, lean),
            *_side_terms(state, attackers, target),
            *_force_terms(state, faction, attackers, foes, set_piece),
            *_supply_terms(state, foes, lean),
            *_fire_terms(state, faction, attackers, foes, target, lean),
        )
        if term.value
    ]


def _ground_terms(
    state: Position, faction: int, attackers: tuple[int, ...], foes: tuple[int, ...], target: int, lean: Lean
) -> list[Term]:
    world, shifts = state.world, state.world.rules.combat.shifts
    kind, traits = ground.terrain_of(world, target), world.roster.traits
    if kind is None:
        return []
    masked = tuple(row for row in foes if is_contact(state, row))
    perhaps = arms_of(state, masked).traits if lean == Lean.WORST else frozenset[str]()
    terms = [Term(say("defender in {terrain}", terrain=kind.name.lower()), -kind.shift)] if kind.shift else []
    pioneers = shifts.engineers if any("engineer" in traits[row] for row in attackers) else 0
    standing = strongpoints.defended(state, target, foes)
    dug = 0 if standing else max((state.units.dug[row] for row in foes), default=0)
    if masked and lean == Lean.WORST and not standing:
        levels = range(dug, max(dug, kind.dig, *(one.dig for one in world.rules.terrain.kinds.values())) + 1)
        dug = min(levels, key=lambda level: shifts.entrenched * level + (pioneers if level else 0))
    if dug:
        terms.append(Term(say("entrenched, level {level}", level=dug), shifts.entrenched * dug))
    if standing:
        terms.append(Term(say("behind strongpoints"), shifts.strongpoints))
    prepared = bool(perhaps & PREPARED) or any(traits[row] & PREPARED for row in foes)
    if prepared and kind.built_up and not standing:
        terms.append(Term(say("fortified town"), shifts.fortified))
    if pioneers and (dug or kind.built_up):
        terms.append(Term(say("engineers among the attackers"), pioneers))
    armour = any("armour" in traits[row] for row in attackers)
    if kind.open and armour and "armour" not in perhaps and not any("armour" in traits[row] for row in foes):
        terms.append(Term(say("armour on open terrain"), shifts.armour_open))
    if kind.built_up and all("armour" in traits[row] for row in attackers):
        terms.append(Term(say("armour alone in a built-up hex"), shifts.armour_built_up))
    return [*terms, *_height_terms(state, attackers, foes, target)]


def arms_of(state: Position, rows: tuple[int, ...]) -> Arms:
    """What is known of the order of battle of those who own some units, together."""
    every = [state.world.factions[owner].arms for owner in sorted({state.world.roster.faction[row] for row in rows})]
    return Arms(
        max((one.guns for one in every), default=0),
        any(one.hides for one in every),
        min((one.weakest for one in every), default=0),
        max((one.strongest for one in every), default=0),
        frozenset[str]().union(*(one.traits for one in every)),
        tuple(sorted({kind for one in every for kind in one.support})),
    )


def _height_terms(state: Position, attackers: tuple[int, ...], foes: tuple[int, ...], target: int) -> list[Term]:
    # "Ground that sees": whoever holds a height beside the fight gains a shift, and denies the other his.
    world, shifts = state.world, state.world.rules.combat.shifts
    mine = world.roster.faction[attackers[0]]
    high_target = ground.is_high(world, target)
    over = next((h for h in world.grid.near[target] if ground.is_high(world, h) and holds(state, mine, h)), -1)
    if over >= 0 and not high_target:
        return [Term(say("attackers' height at {hex}", hex=world.grid.label(over)), shifts.overlook)]
    origins = [state.units.hex[row] for row in attackers]
    if high_target and not any(ground.is_high(world, h) for h in origins):
        return [Term(say("defender on a height"), shifts.overlooked)]
    his = world.roster.faction[foes[0]] if foes else mine
    under = next((h for h in world.grid.near[target] if ground.is_high(world, h) and holds(state, his, h)), -1)
    if under >= 0 and not any(ground.is_high(world, h) for h in origins):
        return [Term(say("defenders' height at {hex}", hex=world.grid.label(under)), shifts.overlooked)]
    return []


def holds(state: Position, faction: int, here: int) -> bool:
    """Whether a faction or its allies hold a hex."""
    owner = state.hexes.control[here]
    return owner >= 0 and state.world.together(faction, owner)


def _side_terms(state: Position, attackers: tuple[int, ...], target: int) -> list[Term]:
    world, shifts = state.world, state.world.rules.combat.shifts
    grid = world.grid
    origins = sorted({state.units.hex[row] for row in attackers})
    sides = [grid.side_between(here, target) for here in origins]
    rivers = [river_to_cross(state, side) for side in sides]
    terms = []
    if all(river == River.MAJOR for river in rivers):
        terms.append(Term(say("assault across the major river"), shifts.major_river))
    elif all(rivers):
        terms.append(Term(say("attack across a minor river"), shifts.minor_river))
    elif any(rivers):
        terms.append(Term(say("some attackers cross a river"), shifts.partly_over_river))
    if all(world.scarp[side] for side in sides):
        terms.append(Term(say("attack across an escarpment"), shifts.escarpment))
    directions = {grid.direction(target, here) for here in origins}
    if len(directions) >= 3:
        terms.append(Term(say("attack from {n} hexes", n=len(directions)), shifts.flanks_three))
    if any((d + 3) % 6 in directions for d in directions):
        terms.append(Term(say("attack from opposite sides"), shifts.flanks_opposite))
    return terms


def river_to_cross(state: Position, side: int) -> int:
    """The river that an attack over a side has to cross (River), 0 where a crossing or a road takes it over."""
    river = state.world.river[side]
    if river == River.NONE or costs.is_bridged(side, ground.open_crossings(state)):
        return 0
    return 0 if river == River.MINOR and state.world.road[side] else river


def _force_terms(
    state: Position, faction: int, attackers: tuple[int, ...], foes: tuple[int, ...], set_piece: bool
) -> list[Term]:
    shifts, roster = state.world.rules.combat.shifts, state.world.roster
    terms = []
    known = [row for row in foes if state.intel[faction].level[row] == Knowledge.IDENTIFIED]
    if known:
        mine, his = max(roster.quality[row] for row in attackers), max(roster.quality[row] for row in known)
        grade = max(-shifts.quality_cap, min(shifts.quality_cap, (mine - his) * shifts.quality))
        if grade:
            terms.append(Term(say("quality {mine} against {his}", mine="DCBA"[mine], his="DCBA"[his]), grade))
    elif foes:
        terms.append(Term(say("no defender identified"), shifts.unseen))
    if any("special" in roster.traits[row] for row in attackers):
        terms.append(Term(say("special forces among the attackers"), shifts.special))
    if any(_at_home(state, row) for row in attackers):
        terms.append(Term(say("local fighters in their home sector"), shifts.home))
    if set_piece:
        terms.append(Term(say("set-piece attack"), shifts.set_piece))
    if command.coordinated(state, attackers):
        terms.append(Term(say("headquarters in range"), shifts.headquarters))
    return terms


def _at_home(state: Position, row: int) -> bool:
    sector = state.world.sectors.get(state.world.roster.sector[row])
    return sector is not None and state.units.hex[row] in sector and "irregular" in state.world.roster.traits[row]


def _supply_terms(state: Position, foes: tuple[int, ...], lean: Lean) -> list[Term]:
    shifts, supply = state.world.rules.combat.shifts, state.units.supply
    if not foes:
        return []
    masked = any(is_contact(state, row) for row in foes)
    known = {supply[row] for row in foes if not is_contact(state, row)}
    found = [_supply_term(shifts, known | ({how} if masked else set())) for how in (Supplied if masked else (0,))]
    if lean == Lean.KNOWN:
        return [found[0]]  # who is not identified is believed to be supplied
    return [(max if lean == Lean.BEST else min)(found, key=lambda term: term.value)]


def _supply_term(shifts: Shifts, supply: set[int]) -> Term:
    if supply == {Supplied.CUT}:
        return Term(say("defenders cut off"), shifts.defender_cut)
    if Supplied.FULL not in supply:
        return Term(say("defenders stretched or cut off"), shifts.defender_stretched)
    return Term(say("defenders supplied"), 0)


def _fire_terms(
    state: Position, faction: int, attackers: tuple[int, ...], foes: tuple[int, ...], target: int, lean: Lean
) -> list[Term]:
    rules = state.world.rules.combat
    guns = supporting_guns(state, faction, target, attackers)
    terms = []
    if guns:
        terms.append(Term(say("artillery"), rules.fire_support_shift, state.world.roster.name[guns[0]]))
    found = defending_guns(state, foes, {state.units.hex[row] for row in attackers})
    if lean == Lean.BEST:
        found = tuple(row for row in found if sure(state, faction, row))
    if found:
        terms.append(Term(say("the defender's artillery"), -rules.defence_fire_shift))
    elif lean == Lean.WORST and unseen_guns(state, faction, foes, {state.units.hex[row] for row in attackers}):
        terms.append(Term(say("artillery that you do not see"), -rules.defence_fire_shift))
    return terms


def unseen_guns(state: Position, faction: int, foes: tuple[int, ...], origins: set[int]) -> bool:
    """Whether the defenders may have guns in range of the hexes attacked from that an attacker does not see."""
    reach = arms_of(state, foes).guns
    if not reach or not state.world.rules.combat.defence_fire_shift:
        return False
    return not all(all_seen(state, faction, here, reach) for here in origins)


def all_seen(state: Position, faction: int, centre: int, radius: int) -> bool:
    """Whether a faction sees every hex within a distance, and has identified whoever stands there."""
    world, seen = state.world, fog.visible_hexes(state, faction)
    return all(
        world.terrain[here] < 0 or (seen[here] and all(sure(state, faction, row) for row in state.units_at(here)))
        for here in world.grid.disk(centre, radius)
    )


def batteries(state: Position) -> tuple[int, ...]:
    """Rows of all artillery, on the map or off it."""
    found: tuple[int, ...] | None = state.answers.get("batteries")  # asked for every set of attackers
    if found is None:
        found = state.answers["batteries"] = tuple(row for row, reach in enumerate(state.world.roster.reach) if reach)
    return found


def supporting_guns(state: Position, faction: int, target: int, without: tuple[int, ...] = ()) -> tuple[int, ...]:
    """Artillery of a faction in range of a hex that has not acted this turn and is not cut off."""
    roster, units, grid = state.world.roster, state.units, state.world.grid
    return tuple(
        row
        for row in batteries(state)
        if (at := units.hex[row]) >= 0
        and roster.faction[row] == faction
        and row not in without
        and not units.spent[row] & Spent.ACTED
        and units.supply[row] != Supplied.CUT
        and grid.distance(at, target) <= roster.reach[row]
        and units.locked[row] <= state.clock.turn
    )


def defending_guns(state: Position, foes: tuple[int, ...], origins: set[int]) -> tuple[int, ...]:
    """Artillery of the defenders' own factions that reaches one of the hexes attacked from and has shells."""
    roster, units, grid = state.world.roster, state.units, state.world.grid
    owners = {roster.faction[row] for row in foes}
    return tuple(
        row
        for row in batteries(state)
        if (at := units.hex[row]) >= 0
        and roster.faction[row] in owners
        and row not in foes
        and units.supply[row] != Supplied.CUT
        and not units.hidden[row]
        and any(grid.distance(at, here) <= roster.reach[row] for here in origins)
    )


def support_terms(state: Position, faction: int, order: Attack) -> list[Term]:
    """The shifts of an attack's support from off the map."""
    if not order.support:
        return []
    terms = support.terms(state, faction, order.target, order.support, True)
    return [] if isinstance(terms, Refusal) else [term for term in terms if term.value]
