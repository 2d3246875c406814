"""The forecast of an attack: its odds with every reason, the exact chance of every outcome, and what is in doubt
(chapter 5).

One calculation serves the resolver, the forecast, the AI, panel and log: :func:`odds` for the column, with what the
faction cannot know at its best, as known, or at its worst, and :class:`Fight` for what a result does here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple

from game.orders import Attack
from game.rules import fog, ladder, retreat, support, zones
from game.rules.aftermath import Aftermath, AttackSides, Toll, Tolls, aftermath, follow_up, toll
from game.rules.combat import strength, who_defends
from game.rules.ledger import Ledger, Term
from game.rules.shifts import (
    Lean,
    arms_of,
    defending_guns,
    is_contact,
    shift_terms,
    support_terms,
    sure,
    unseen_guns,
)
from game.ruleset.combat import Result
from game.scenario.world import Stance, World
from game.state import Draft, State
from game.state.codes import Knowledge
from game.state.tables import Position
from game.words import say, tenths

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


class _AttackNotes:
    """What has been worked out of one attack at one moment. They do not hold the moment, so it can keep them: what its
    own answers held would stay until the garbage collector finds it."""

    __slots__ = ("afters", "known", "reactions", "sides", "tolls", "unaided")

    def __init__(self, state: Position, order: Attack) -> None:
        world = state.world
        attackers = tuple(world.row[unit] for unit in order.units)
        foes = who_defends(state, world.roster.faction[attackers[0]], order.target)
        self.sides = AttackSides(attackers, foes, order.target, tuple(state.units.mp[row] for row in attackers))
        self.afters: dict[str, Aftermath] = {}
        self.tolls: dict[str, Toll] = {}
        self.known: Tolls | None = None
        self.unaided: dict[tuple[bool, Lean], Unaided] = {}
        self.reactions: tuple[Term, ...] | None = None


class Fight:
    """Who fights whom in an attack, and what each result of the table would do to them; worked out when asked.

    ``notes``: what the moment keeps of this attack; else it has its own."""

    def __init__(self, state: Position, order: Attack, notes: _AttackNotes | None = None) -> None:
        self._notes = notes = notes or _AttackNotes(state, order)
        self.state, self.sides = state, notes.sides
        self.faction = state.world.roster.faction[notes.sides.attackers[0]]
        self.results = state.world.rules.combat.results

    def after(self, key: str) -> Aftermath:
        """What a result does; of a draft, as things stand when that is asked first."""
        found = self._notes.afters.get(key)
        if found is None:
            found = self._notes.afters[key] = aftermath(self._moment(), self.sides, self.results[key])
        return found

    def toll(self, key: str) -> Toll:
        """What a result costs both sides: of :meth:`after` the steps alone, for whoever weighs many attacks."""
        notes = self._notes
        found = notes.tolls.get(key)
        if found is None:
            if notes.known is None:
                notes.known = Tolls(self.state, self.sides)
            found = notes.tolls[key] = toll(self._moment(), self.sides, self.results[key], notes.known)
        return found

    def unaided(self, set_piece: bool, lean: Lean) -> Unaided:
        """The attack before support from off the map; of a draft, as things stand when that is asked first."""
        found = self._notes.unaided.get((set_piece, lean))
        if found is None:
            state, faction, sides = self.state, self.faction, self.sides
            found = self._notes.unaided[set_piece, lean] = Unaided(
                sum(strength(state, row, True) for row in sides.attackers),
                sum(_defence(state, faction, row, lean) for row in sides.foes),
                tuple(shift_terms(state, faction, sides.attackers, sides.foes, sides.target, set_piece, lean)),
            )
        return found

    @property
    def reactions(self) -> tuple[Term, ...]:
        """How the defender may react (9.5), first as far as is known; a term of no column where nothing happens."""
        found = self._notes.reactions
        if found is None:
            found = self._notes.reactions = tuple(_reactions(self.state, self.faction, self.sides))
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
        lose a step or more ("loss"), lose a strongpoint ("strongpoint"), or suffer nothing ("repulse")."""
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
    "strongpoint": lambda after: after.strongpoint,
    "repulse": lambda after: after.spared,
}


class Doubt(NamedTuple):
    """Something that a commander cannot know and that an attack hangs on: what it is about, and a sentence."""

    about: str
    """"defenders", "guns", "reaction", "cells" or "way back"."""
    words: str


class Forecast:
    """What an attack may bring. ``known`` is what the faction knows of; ``worst`` and ``best`` are the ends of what it
    cannot rule out, and one and the same where it can; ``unsure`` says why the forecast is not exact."""

    def __init__(self, state: Position, order: Attack) -> None:
        self._state, self._order = state, order
        notes = state.kept(("fight", order.units, order.target), lambda: _AttackNotes(state, order))
        self._fight = Fight(state, order, notes)
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

    @property
    def odds_exact(self) -> bool:
        """Whether the column that is shown is the one that will be rolled on, whatever comes of the result."""
        return not self._odds_unsure

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
        reacts = self._fight.reactions  # first as far as is known
        if lean != Lean.KNOWN:
            reacts = tuple(sorted(reacts, key=lambda term: term.value))
        one = reacts[-1 if lean == Lean.BEST else 0] if reacts else None
        return _odds(self._state, self._fight, self._order, lean, one if one is not None and one.value else None)


def odds(state: Position, order: Attack) -> Forecast:
    """The forecast of an attack from what the state (or view) holds; whether it may be made says ``refuse_attack``."""
    return Forecast(state, order)


def true_odds(draft: Draft, order: Attack) -> Odds:
    """The odds as they are when the order is given, whatever anybody knows: for the resolver alone."""
    return _odds(draft, Fight(draft, order), order, Lean.KNOWN)  # the resolver lets the defender react itself


def _odds(state: Position, fight: Fight, order: Attack, lean: Lean, reacts: Term | None = None) -> Odds:
    unaided = fight.unaided(order.set_piece, lean)
    terms = (*unaided.terms, *support_terms(state, fight.faction, order))
    if reacts is not None:
        terms += (reacts,)
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


def _reactions(state: Position, faction: int, sides: AttackSides) -> Iterator[Term]:
    """The reactions that an attacker must reckon with: who has what left is public, but not always who defends, nor
    what the ladder leaves of support at a hex whose surroundings he does not see."""
    owners = [state.world.roster.faction[row] for row in sides.foes]
    if len(set(owners)) > 1 and all(sure(state, faction, row) for row in sides.foes):
        owners = owners[:1]
    for owner in dict.fromkeys(owners):
        for left in _shares(state, faction, owner, sides.target):
            found = support.reaction(state, owner, sides.target, left)
            yield Term(say("no reaction"), 0) if found is None else support.as_reaction(found[1])


def _shares(state: Position, faction: int, owner: int, target: int) -> tuple[int, ...]:
    """Percent of its support that a defender may have at a hex, first as far as is known."""
    world = state.world
    if world.stance[faction][owner] == Stance.RIVAL:
        return 0, 100  # whether it comes to a fight at all is not known
    if not ladder.other_bloc(world, owner) or world.friends(faction, owner):
        return (100,)
    left = ladder.rung(state).support
    return (left,) if left == 100 or ladder.near_line(world, owner)[target] else (100, left)


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
    if not any(sure(state, faction, row) for row in guns) and (
        guns or unseen_guns(state, faction, sides.foes, {state.units.hex[row] for row in sides.attackers})
    ):
        yield Doubt("guns", say("Artillery that you do not see may fire for the defender."))
    if len({term.value for term in fight.reactions}) > 1:
        yield Doubt("reaction", say("The defender may react with support, or with more or less of it."))


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
