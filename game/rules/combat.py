"""5. Combat: one attack, its odds with every reason, the exact chance of every outcome, and its result.

5.1 Units next to an enemy hex attack it together, each once a turn. Attack strengths are added, and so are
    the defenders'. Disrupted steps count in part; supply lowers strength.
5.2 The ratio, rounded in the defender's favour, gives a column of the table.
5.3 Circumstances shift the column: ground, river, entrenchment, quality, armour in the open, flanks,
    overlooking ground, engineers, special forces, support, supply, preparation. All together shift by a few
    columns at most.
5.4 Two dice give the result: steps lost or disrupted on each side, and how far the defender falls back.
5.5 Nobody attacks over a major river without a crossing, except on foot or by boat, at a price in command
    points and a heavy shift.
5.6 Artillery in range of the target that has not acted joins an attack; so do the defender's guns. Artillery
    may also bombard: a chance to disrupt a step.
5.7 Against contacts the forecast is a range: one end for the weakest enemy that looks like this, one for the strongest.
5.8 An attack on the other bloc must be confirmed twice. It ends the game, or begins open clash (chapter 11).

One calculation serves the resolver, the forecast and the AI: :func:`odds`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

from game.orders import Attack, Bombard
from game.rules import command, ground, support, zones
from game.rules.ledger import Ledger, Term
from game.rules.movement import may_act
from game.rules.refusal import Refusal
from game.rules.shifts import holds, is_contact, river_to_cross, shift_terms
from game.ruleset.combat import Result
from game.scenario.world import River, Stance
from game.state.codes import Supplied
from game.state.tables import Position

WAYS = (0, 0, 1, 2, 3, 4, 5, 6, 5, 4, 3, 2, 1)
"""In how many of 36 ways two dice show each total."""


class Outcome(NamedTuple):
    """One result and in how many of 36 throws it comes."""

    key: str
    result: Result
    ways: int


@dataclass(frozen=True, slots=True)
class Odds:
    """An attack worked out: strengths in tenths, the ratio column, the shifts, and the column that is rolled on."""

    attack: int
    defence: int
    base: int
    column: int
    name: str
    shifts: Ledger
    outcomes: tuple[Outcome, ...]

    def chance(self, wanted: str) -> int:
        """Of 36 throws, in how many the defender gives way ("retreat") or only the attacker suffers ("repulse")."""
        if wanted == "retreat":
            return sum(o.ways for o in self.outcomes if o.result.retreat)
        return sum(
            o.ways for o in self.outcomes if not o.result.defender_lost + o.result.defender_disrupted + o.result.retreat
        )

    def expected(self) -> tuple[int, int]:
        """Expected loss of (attacker, defender) in 72ths of a step; a disrupted step counts half."""
        mine = sum(o.ways * (2 * o.result.attacker_lost + o.result.attacker_disrupted) for o in self.outcomes)
        his = sum(o.ways * (2 * o.result.defender_lost + o.result.defender_disrupted) for o in self.outcomes)
        return mine, his

    def __str__(self) -> str:
        return f"{self.attack / 10:g} to {self.defence / 10:g}, {self.name}: {self.shifts}"


@dataclass(frozen=True, slots=True)
class Forecast:
    """What an attack may bring: ``best`` and ``worst`` are one and the same against identified defenders."""

    best: Odds
    worst: Odds

    @property
    def exact(self) -> bool:
        """Whether the defenders are identified, so that the odds are exact."""
        return self.best is self.worst


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


def foes_at(state: Position, faction: int, target: int) -> tuple[int, ...]:
    """Who would be fought in a hex: enemies, or the other bloc where there are none."""
    return defenders_at(state, faction, target) or rivals_at(state, faction, target)


def _contact_strength(state: Position, faction: int, row: int, high: bool, attacking: bool) -> int:
    size = state.world.rules.units.contacts[zones.size_class(state, faction, row)]
    return (size.high if high else size.low) * (size.attack if attacking else size.defence) * 10


# --- odds ---------------------------------------------------------------------------------------------------


def odds(state: Position, order: Attack) -> Forecast:
    """The odds of an attack from what the state (or view) holds; whether it may be made says ``refuse_attack``."""
    faction = state.world.roster.faction[state.world.row[order.units[0]]]
    attackers = tuple(state.world.row[unit] for unit in order.units)
    foes = foes_at(state, faction, order.target)
    worst = _odds(state, faction, attackers, foes, order, True)
    if not any(is_contact(state, row) for row in foes):
        return Forecast(worst, worst)
    return Forecast(_odds(state, faction, attackers, foes, order, False), worst)


def _odds(
    state: Position, faction: int, attackers: tuple[int, ...], foes: tuple[int, ...], order: Attack, high: bool
) -> Odds:
    attack = sum(strength(state, row, True) for row in attackers)
    defence = sum(
        _contact_strength(state, faction, row, high, False) if is_contact(state, row) else strength(state, row, False)
        for row in foes
    )
    ledger = Ledger(tuple(shift_terms(state, faction, attackers, foes, order)))
    return _rolled_on(state, attack, defence, ledger)


def _rolled_on(state: Position, attack: int, defence: int, ledger: Ledger) -> Odds:
    rules = state.world.rules.combat
    base = column_of(state, attack, defence)
    capped = max(-rules.shift_cap, min(rules.shift_cap, ledger.total))
    column = max(0, min(len(rules.columns) - 1, base + capped))
    return Odds(attack, defence, base, column, rules.columns[column].name, ledger, outcomes_of(state, column))


def outcomes_of(state: Position, column: int) -> tuple[Outcome, ...]:
    """What two dice can bring in a column of the table, and in how many of 36 ways."""
    rules = state.world.rules.combat
    return state.world.kept(("outcomes", column), lambda: _outcomes(rules.table, rules.results, column))


def with_terms(state: Position, odds: Odds, terms: tuple[Term, ...]) -> Odds:
    """The same attack with further shifts, such as a defender's reaction (rule 9.5)."""
    return _rolled_on(state, odds.attack, odds.defence, Ledger((*odds.shifts.terms, *terms))) if terms else odds


def if_he_reacts(state: Position, odds: Odds) -> Odds:
    """The odds if the defender has command and support left to react with, which the attacker cannot know."""
    worst = max((kind.defence_shift for kind in state.world.rules.support.kinds.values()), default=0)
    return with_terms(state, odds, (Term("the defender may react", -worst),)) if worst else odds


def column_of(state: Position, attack: int, defence: int) -> int:
    """The odds column of two strengths; 0 is the worst."""
    best = 0
    for number, ratio in enumerate(state.world.rules.combat.columns):
        if attack * ratio.defence >= defence * ratio.attack:
            best = number
    return best


def _outcomes(table: tuple[tuple[str, ...], ...], results: Mapping[str, Result], column: int) -> tuple[Outcome, ...]:
    ways: dict[str, int] = {}
    for total in range(2, 13):
        key = table[total - 2][column]
        ways[key] = ways.get(key, 0) + WAYS[total]
    return tuple(Outcome(key, results[key], count) for key, count in ways.items())


# --- refusals -----------------------------------------------------------------------------------------------


def refuse_attack(state: Position, order: Attack) -> Refusal | None:
    """Why an attack may not be made, as far as the faction can know."""
    world = state.world
    if not order.units or len(set(order.units)) < len(order.units):
        return Refusal("5.1", "an attack needs attackers, each named once")
    rows = [world.row[unit] for unit in order.units]
    for row in rows:
        refusal = may_act(state, row) or _refuse_attacker(state, row, order.target)
        if refusal is not None:
            return refusal
    enemies = [row for row, here in zones.known_enemies(state, state.faction) if here == order.target]
    if not enemies:
        return _refuse_rival_attack(state, order) or _refuse_price(state, order, rows)
    return _refuse_support(state, order, enemies[0]) or _refuse_price(state, order, rows)


def _refuse_support(state: Position, order: Attack, enemy: int) -> Refusal | None:
    if not order.support:
        return None
    owner = state.world.roster.faction[enemy]
    terms = support.terms(state, state.faction, owner, order.target, order.support, True)
    return terms if isinstance(terms, Refusal) else None


def _refuse_attacker(state: Position, row: int, target: int) -> Refusal | None:
    world, units = state.world, state.units
    name, here = world.roster.name[row], units.hex[row]
    if not 0 <= target < world.grid.size:
        return Refusal("5.1", "the target is off the map")
    side = world.grid.side_between(here, target)
    if side < 0:
        return Refusal("5.1", f"{name} in {world.grid.label(here)} is not next to {world.grid.label(target)}")
    if not strength(state, row, True):
        return Refusal("5.1", f"{name} has no attack strength")
    if river_to_cross(state, side) == River.MAJOR and not can_assault_river(state, row):
        return Refusal(
            "5.5", f"{name} cannot attack across {world.river_names.get(side, 'the river')} without a crossing"
        )
    if not ground.can_enter(world, row, target) and not world.road[side]:
        return Refusal("5.1", f"{name} cannot fight its way into {world.grid.label(target)}")
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
        return Refusal("5.1", f"no enemy is known in {world.grid.label(order.target)}")
    if order.confirm < 2:
        who = world.factions[world.roster.faction[rivals[0]]].adjective
        return Refusal(
            "5.8",
            f"{who} troops stand in {world.grid.label(order.target)}: an attack on them raises rung 5 "
            "and must be confirmed twice",
        )
    return _refuse_support(state, order, rivals[0])


def _refuse_price(state: Position, order: Attack, rows: list[int]) -> Refusal | None:
    price, words = price_of(state, order)
    have = state.factions.command[state.faction]
    if price > have:
        return Refusal("10.1", f"this attack costs {price} command points ({words}); {have} are left")
    if (
        order.set_piece
        and state.world.rules.combat.set_piece_turn_start
        and any(state.units.spent[row] & 1 for row in rows)
    ):
        return Refusal("5.3", "a set-piece attack needs attackers that have not moved this turn")
    return None


def price_of(state: Position, order: Attack) -> tuple[int, str]:
    """Command points that an attack costs, and what for."""
    world = state.world
    price, words = 0, []
    if order.set_piece:
        price += world.rules.command.set_piece
        words.append("set-piece")
    hexes = {state.units.hex[world.row[unit]] for unit in order.units}
    if any(river_to_cross(state, world.grid.side_between(here, order.target)) == River.MAJOR for here in hexes):
        price += world.rules.river.assault_command
        words.append("assault crossing")
    axis = command.axis_price(state, (world.row[unit] for unit in order.units))
    if axis:
        price += axis
        words.append("formations without a common headquarters")
    return price, ", ".join(words)


def refuse_bombard(state: Position, order: Bombard) -> Refusal | None:
    """Why a battery may not fire at a hex."""
    world, row = state.world, state.world.row[order.unit]
    refusal = may_act(state, row)
    if refusal is not None:
        return refusal
    name, reach = world.roster.name[row], world.roster.reach[row]
    if not reach:
        return Refusal("5.6", f"{name} has no guns")
    if not 0 <= order.target < world.grid.size or world.grid.distance(state.units.hex[row], order.target) > reach:
        return Refusal("5.6", f"the target is not within {reach} hexes of {name}")
    if state.units.supply[row] == Supplied.CUT:
        return Refusal("5.6", f"{name} is cut off and has no shells")
    if not any(here == order.target for _, here in zones.known_enemies(state, state.faction)):
        return Refusal("5.6", f"no enemy is known in {world.grid.label(order.target)}")
    return None


def bombard_chance(state: Position, row: int, target: int) -> int:
    """Chance in percent that a bombardment disrupts a step."""
    rules, units = state.world.rules.combat, state.units
    guns = units.steps[row] - units.disrupted[row]
    kind = ground.terrain_of(state.world, target)
    base = rules.bombard_columns[min(guns, len(rules.bombard_columns)) - 1] if guns else 0
    seen = rules.bombard_overlook if _overlooks(state, state.world.roster.faction[row], target) else 0
    return max(0, base + seen - rules.bombard_cover * (kind.shift if kind is not None else 0))


def _overlooks(state: Position, faction: int, target: int) -> bool:
    """Whether a side holds a height beside a hex that is not high itself (rule 5.9)."""
    world = state.world
    if ground.is_high(world, target):
        return False
    return any(ground.is_high(world, near) and holds(state, faction, near) for near in world.grid.near[target])
