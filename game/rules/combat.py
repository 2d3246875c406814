"""Combat: one attack, its odds with every reason, the exact chance of every outcome, and its result (chapter 5).

One calculation serves the resolver, the forecast, the AI, panel and log: :func:`odds` for the column, with what the
faction cannot know at its best, as known, or at its worst, and :class:`Fight` for what a result does here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple

from game.orders import Attack, Bombard
from game.rules import airspace, command, fog, ground, retreat, strongpoints, support, zones
from game.rules.aftermath import Aftermath, AttackSides, Suffered, Toll, aftermath, follow_up, in_order, toll
from game.rules.deconfliction import Act
from game.rules.ledger import Ledger, Term
from game.rules.movement import may_act
from game.rules.refusal import Refusal
from game.rules.shifts import (
    Lean,
    arms_of,
    defending_guns,
    holds,
    is_contact,
    river_to_cross,
    shift_terms,
    support_terms,
    sure,
    unseen_guns,
)
from game.ruleset.combat import Result
from game.scenario.world import River, Stance, World
from game.state import Draft, State
from game.state.codes import Knowledge, Supplied
from game.state.tables import Position
from game.words import count, say, tenths

WAYS = (0, 0, 1, 2, 3, 4, 5, 6, 5, 4, 3, 2, 1)
"""In how many of 36 ways two dice show each total."""


class ResultChance(NamedTuple):
    """One result, what it really does here, and in how many of 36 throws it comes."""

    key: str
    result: Result
    ways: int
    after: Aftermath


class Unaided(NamedTuple):
    """An attack before support: strengths in tenths, and the shifts."""

    attack: int
    defence: int
    terms: tuple[Term, ...]


class Fight:
    """Who fights whom in an attack, and what each result of the table would do to them; worked out when asked."""

    def __init__(self, state: Position, order: Attack) -> None:
        world = state.world
        self.faction = world.roster.faction[world.row[order.units[0]]]
        attackers = tuple(world.row[unit] for unit in order.units)
        left = tuple(state.units.mp[row] for row in attackers)
        self.sides = AttackSides(attackers, who_defends(state, self.faction, order.target), order.target, left)
        self.results = world.rules.combat.results
        self.state = state
        self._found: dict[str, Aftermath] = {}
        self._tolls: dict[str, Toll] = {}
        self._suffered: dict[tuple[int, int, int], Suffered] = {}
        self._unaided: dict[tuple[bool, Lean], Unaided] = {}

    def after(self, key: str) -> Aftermath:
        """What a result does; of a draft, as things stand when that is asked first."""
        found = self._found.get(key)
        if found is None:
            found = self._found[key] = aftermath(self._moment(), self.sides, self.results[key])
        return found

    def toll(self, key: str) -> Toll:
        """What a result costs both sides: of :meth:`after` the steps alone, for whoever weighs many attacks."""
        found = self._tolls.get(key)
        if found is None:
            found = self._tolls[key] = toll(self._moment(), self.sides, self.results[key], self._suffered)
        return found

    def unaided(self, set_piece: bool, lean: Lean) -> Unaided:
        """The attack before support from off the map; of a draft, as things stand when that is asked first."""
        found = self._unaided.get((set_piece, lean))
        if found is None:
            state, faction, sides = self.state, self.faction, self.sides
            found = self._unaided[set_piece, lean] = Unaided(
                sum(strength(state, row, True) for row in sides.attackers),
                sum(_defence(state, faction, row, lean) for row in sides.foes),
                tuple(shift_terms(state, faction, sides.attackers, sides.foes, sides.target, set_piece, lean)),
            )
        return found

    def walk_in(self) -> Aftermath:
        """What happens when nobody is there any more."""
        return follow_up(self._moment(), self.sides)

    def _moment(self) -> State:
        if isinstance(self.state, Draft):
            return self.state.snapshot()
        assert isinstance(self.state, State)
        return self.state


@dataclass(frozen=True, slots=True)
class Odds:
    """An attack worked out: strengths in tenths, the ratio column, the shifts, and the column that is rolled on."""

    attack: int
    defence: int
    base: int
    column: int
    name: str
    shifts: Ledger
    rolls: tuple[tuple[str, int], ...]
    """The results of the column with the number of throws, of 36, in which each comes."""
    fight: Fight = field(compare=False, repr=False)

    @property
    def outcomes(self) -> tuple[ResultChance, ...]:
        """What two dice bring, as it really comes out here: losses, falling back, following up."""
        results = self.fight.results
        return tuple(ResultChance(key, results[key], ways, self.fight.after(key)) for key, ways in self.rolls)

    def chance(self, wanted: str) -> int:
        """Of 36 throws, in how many the defenders leave the hex ("cleared"), one of them falls back ("retreat"), they
        lose a step or more ("loss"), or suffer nothing ("repulse")."""
        test = _TESTS[wanted]
        return sum(ways for key, ways in self.rolls if test(self.fight.after(key)))

    def expected(self) -> tuple[int, int]:
        """Expected loss of (attacker, defender) in 72ths of a step; a disrupted step counts half."""
        mine = his = 0
        for key, ways in self.rolls:
            after = self.fight.after(key)
            mine += ways * (2 * after.attacker_lost + after.attacker_disrupted)
            his += ways * (2 * after.defender_lost + after.defender_disrupted)
        return mine, his

    def __str__(self) -> str:
        return say(
            "{attack} to {defence}, {column}: {shifts}",
            attack=tenths(self.attack), defence=tenths(self.defence), column=self.name, shifts=self.shifts,
        )  # fmt: skip


_TESTS: Mapping[str, Callable[[Aftermath], bool]] = {
    "cleared": lambda after: after.cleared,
    "retreat": lambda after: after.fell_back > 0,
    "loss": lambda after: after.defender_lost > 0,
    "repulse": lambda after: after.spared,
}


class Doubt(NamedTuple):
    """Something that a commander cannot know and that an attack hangs on: what it is about, and a sentence."""

    about: str
    """"defenders", "guns", "reaction", "cells" or "way back"."""
    words: str

    def __str__(self) -> str:
        return self.words


class Forecast:
    """What an attack may bring. ``known`` is what the faction knows of; ``worst`` and ``best`` are the ends of what it
    cannot rule out, and one and the same where it can; ``unsure`` says why the forecast is not exact."""

    def __init__(self, state: Position, order: Attack) -> None:
        self._state, self._order = state, order
        self._fight = state.kept(("fight", order.units, order.target), lambda: Fight(state, order))
        self.known = self._odds(Lean.KNOWN)

    @cached_property
    def unsure(self) -> tuple[Doubt, ...]:
        """Why the forecast is a range; nothing when it is exact."""
        table = self._state.world.rules.combat.results
        columns = range(self.worst.column, self.best.column + 1)
        furthest = max(table[key].retreat for column in columns for key, _ in rolls(self._state.world, column))
        return (*self._odds_unsure, *_outcome_unsure(self._state, self._fight, furthest))

    @cached_property
    def _odds_unsure(self) -> tuple[Doubt, ...]:
        return tuple(_odds_unsure(self._state, self._fight))

    @property
    def exact(self) -> bool:
        """Whether what is shown is what will be rolled: every end is the same, and every outcome is sure."""
        return not self.unsure

    @cached_property
    def worst(self) -> Odds:
        """The worst odds for the attacker that are possible."""
        return self._odds(Lean.WORST) if self._odds_unsure else self.known

    @cached_property
    def best(self) -> Odds:
        """The best odds for the attacker that are possible."""
        return self._odds(Lean.BEST) if self._odds_unsure else self.known

    def after(self, key: str) -> Aftermath:
        """What a result of the table does here, as far as is known."""
        return self._fight.after(key)

    def losses(self, key: str) -> tuple[int, int]:
        """Fewest and most steps that a result may cost the defenders."""
        after, world = self._fight.after(key), self._state.world
        if not self.unsure:
            return after.defender_lost, after.defender_lost
        if not all(sure(self._state, self._fight.faction, row) for row in self._fight.sides.foes):
            result, price = world.rules.combat.results[key], world.rules.movement.retreat_zone_losses
            a_hex = max(1, price.get("zone", 0) + price.get("river", 0))
            most = result.defender_lost + result.defender_disrupted + 1
            return 0, most + len(self._fight.sides.foes) * result.retreat * a_hex
        kept = after.defender_lost - after.way_back_lost
        return kept, max(after.defender_lost, kept + after.at_stake)

    def _odds(self, lean: Lean) -> Odds:
        return _odds(self._state, self._fight, self._order, lean)


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


# --- odds ---------------------------------------------------------------------------------------------------


def odds(state: Position, order: Attack) -> Forecast:
    """The forecast of an attack from what the state (or view) holds; whether it may be made says ``refuse_attack``."""
    return Forecast(state, order)


def true_odds(draft: Draft, order: Attack) -> Odds:
    """The odds as they are when the order is given, whatever anybody knows: for the resolver alone."""
    return _odds(draft, Fight(draft, order), order, Lean.KNOWN)


def _odds(state: Position, fight: Fight, order: Attack, lean: Lean) -> Odds:
    sides, unaided = fight.sides, fight.unaided(order.set_piece, lean)
    terms = (*unaided.terms, *support_terms(state, fight.faction, sides.foes, order))
    if lean == Lean.WORST:
        terms += _feared(state, sides.foes, order.target)
    return _rolled_on(state, unaided.attack, unaided.defence, Ledger(terms), fight)


def _defence(state: Position, faction: int, row: int, lean: Lean) -> int:
    """Defence strength of a unit in tenths; of a contact by its size, or the most or least that it may be."""
    if not is_contact(state, row):
        return strength(state, row, False)
    size, rules = state.world.rules.units.contacts[zones.size_class(state, faction, row)], state.world.rules.combat
    arms = arms_of(state, (row,))
    if lean == Lean.KNOWN:
        return size.defence * (size.low + size.high) * 5
    if lean == Lean.WORST:
        return arms.strongest * size.high * 10
    return arms.weakest * size.low * rules.disrupted_percent // 10 * rules.cut_defence_percent // 100


def _feared(state: Position, foes: tuple[int, ...], target: int) -> tuple[Term, ...]:
    """The reaction (9.5) to fear: which kinds of support the defender has is known, how much is left is not."""
    worst = 0
    for owner in sorted({state.world.roster.faction[row] for row in foes}):
        for kind in state.world.factions[owner].arms.support:
            what = support.kinds(state.world)[kind]
            if not what.flown or airspace.refuse_flight(state, owner, target) is None:
                worst = max(worst, what.defence_shift)
    return (Term(say("the defender may react"), -worst),) if worst else ()


def _odds_unsure(state: Position, fight: Fight) -> Iterator[Doubt]:
    """Why the odds are a range, reason by reason."""
    faction, sides, world = fight.faction, fight.sides, state.world
    name = world.roster.name
    if not all(state.intel[faction].level[row] == Knowledge.IDENTIFIED for row in sides.foes):
        yield Doubt("defenders", say("Not all defenders are identified."))
    else:
        for row in sides.foes:
            if not sure(state, faction, row):
                turn = state.intel[faction].turn[row]
                yield Doubt("defenders", say("You last saw {unit} on turn {turn}.", unit=name[row], turn=turn))
    guns = defending_guns(state, sides.foes, {state.units.hex[row] for row in sides.attackers})
    if not any(sure(state, faction, row) for row in guns) and (guns or unseen_guns(state, sides.foes)):
        yield Doubt("guns", say("Artillery that you do not see may fire for the defender."))
    if _feared(state, sides.foes, sides.target):
        yield Doubt("reaction", say("The defender may react with support."))


def _outcome_unsure(state: Position, fight: Fight, furthest: int) -> Iterator[Doubt]:
    """Why what comes of a result that drives the defenders so far may be otherwise than is known."""
    if arms_of(state, fight.sides.foes).hides:
        yield Doubt("cells", say("Cells may be hidden in the hex or behind it."))
    elif not _way_back_known(state, fight, furthest):
        yield Doubt("way back", say("You do not see all hexes behind the defender."))


def _way_back_known(state: Position, fight: Fight, furthest: int) -> bool:
    """Whether an attacker sees all that decides how the defenders fall back."""
    world, faction, sides = state.world, fight.faction, fight.sides
    hexes = max((retreat.goes_back(state, row, furthest) for row in sides.foes), default=0)
    if not hexes:
        return True
    owners = {world.roster.faction[row] for row in sides.foes}
    others = [
        other
        for other in range(len(world.factions))
        if not world.friends(faction, other) and any(world.at_war(owner, other) for owner in owners)
    ]
    if any(world.factions[other].arms.hides for other in others):
        return False
    seen = fog.visible_hexes(state, faction)
    area = world.grid.disk(sides.target, hexes + (1 if others else 0))
    return all(
        (seen[here] or world.terrain[here] < 0) and all(sure(state, faction, row) for row in state.units_at(here))
        for here in area
    )


def _rolled_on(state: Position, attack: int, defence: int, ledger: Ledger, fight: Fight) -> Odds:
    rules = state.world.rules.combat
    base = column_of(state, attack, defence)
    capped = max(-rules.shift_cap, min(rules.shift_cap, ledger.total))
    column = max(0, min(len(rules.columns) - 1, base + capped))
    return Odds(attack, defence, base, column, rules.columns[column].name, ledger, rolls(state.world, column), fight)


def rolls(world: World, column: int) -> tuple[tuple[str, int], ...]:
    """The results of a column of the table, and in how many of 36 throws each comes."""

    def make() -> tuple[tuple[str, int], ...]:
        ways: dict[str, int] = {}
        for total in range(2, 13):
            key = result_of(world, column, total)
            ways[key] = ways.get(key, 0) + WAYS[total]
        return tuple(ways.items())

    return world.kept(("rolls", column), make)


def result_of(world: World, column: int, total: int) -> str:
    """The result of a total of two dice in a column of the table."""
    return world.rules.combat.table[total - 2][column]


def with_terms(state: Position, odds: Odds, terms: tuple[Term, ...]) -> Odds:
    """The same attack with further shifts, such as a defender's reaction (rule 9.5)."""
    if not terms:
        return odds
    return _rolled_on(state, odds.attack, odds.defence, Ledger((*odds.shifts.terms, *terms)), odds.fight)


def column_of(state: Position, attack: int, defence: int) -> int:
    """The odds column of two strengths; 0 is the worst."""
    best = 0
    for number, ratio in enumerate(state.world.rules.combat.columns):
        if attack * ratio.defence >= defence * ratio.attack:
            best = number
    return best


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
        or _refuse_support(state, order, enemies[0])
        or _refuse_price(state, order, rows)
    )


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
        return Refusal("5.1", say("the target is off the map"))
    side = world.grid.side_between(here, target)
    if side < 0:
        return Refusal("5.1", say("{unit} is not adjacent to {hex}", unit=name, hex=world.grid.label(target)))
    if not strength(state, row, True):
        return Refusal("5.1", say("{unit} has no attack strength", unit=name))
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
    return _refuse_support(state, order, rivals[0])


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
        return Refusal("5.6", say("{unit} has no artillery", unit=name))
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
        return Refusal("5.6", say("{unit} is cut off and has no shells", unit=name))
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
    return Act("attack", order.target, state.units.hex[world.row[order.units[0]]], confirmed=meant)


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
