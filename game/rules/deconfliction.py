"""Deconfliction: two blocs that are neither allies nor enemies, and the incidents between them (chapter 11).

The forecast and the judgement are one calculation; the forecast knows only what the acting faction knows.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from math import prod
from typing import Literal

from game.events import GameEnded, IncidentRolled, LadderMoved, PointsScored
from game.rules import fog, ladder
from game.rules.ledger import Ledger, Term
from game.rules.losses import disrupt
from game.rules.refusal import Refusal
from game.state import Draft
from game.state.codes import Ending, Spent
from game.state.tables import Position
from game.words import count, percent, say

Kind = Literal["move", "halt", "attack", "bombard", "strike", "crossing", "friction"]
FIRE = ("attack", "bombard", "strike")


@dataclass(frozen=True, slots=True)
class Act:
    """Something done at a hex that the other bloc may take amiss.

    ``notice`` is a chance of its own, for a flight that ought to have been announced. ``confirmed``: an attack on
    the other bloc itself, on purpose.
    """

    kind: Kind
    hex: int
    origin: int = -1
    identified: bool = True
    confirmed: bool = False
    notice: int = 0


@dataclass(frozen=True, slots=True)
class Risk:
    """How likely an act is to provoke the other bloc, why, and who that is (-1: nobody).

    ``percent`` is what is known to threaten. Where troops of the other bloc may stand unseen, or may have left, the
    true chance lies between ``least`` and ``most``, and ``unseen`` says so in a sentence.
    """

    percent: int
    terms: Ledger
    words: str
    other: int = -1
    least: int = -1
    most: int = -1
    unseen: str = ""

    @property
    def exact(self) -> bool:
        """Whether the chance shown is the chance rolled."""
        return self.least == self.percent == self.most


def risk(state: Position, faction: int, act: Act) -> Risk:
    """The incident forecast: one number and one sentence, from what the faction knows."""
    return _weigh(state, faction, act, ladder.known_rivals(state, faction))


def forecast(state: Position, faction: int, act: Act) -> Risk:
    """The incident forecast with what may be beyond what the faction knows: the chance rolled is in its range."""
    known = risk(state, faction, act)
    return _surely_none(state, faction, _ranged(known, *_bounds(state, faction, act, known)), (act.hex,))


def _surely_none(state: Position, faction: int, found: Risk, way: Sequence[int]) -> Risk:
    """The forecast says that nobody is there, and not that nobody is known, where all that matters is seen."""
    if found.other < 0 or found.most or not set(way).isdisjoint(state.clock.corridors[faction]):
        return found
    grid = state.world.grid
    if any(grid.distance(at, here) <= 2 for _, at in ladder.known_rivals(state, faction) for here in way):
        return found
    army = state.world.factions[found.other].adjective
    return replace(found, words=_words(0, [say("no {army} troops within 2 hexes", army=army)]))


def _ranged(known: Risk, least: int, most: int) -> Risk:
    least, most = min(least, known.percent), max(most, known.percent)
    words = ""
    if most > known.percent:
        words = say("Up to {share} if there are troops of the other bloc that you do not see.", share=percent(most))
    elif least < known.percent:
        words = say("Only {share} if troops that you no longer see have left.", share=percent(least))
    return replace(known, least=least, most=most, unseen=words)


def _bounds(state: Position, faction: int, act: Act, known: Risk) -> tuple[int, int]:
    """Least and most that the chance of an act can truly be."""
    world, others = state.world, ladder.known_rivals(state, faction)
    if known.other < 0 or known.percent == 100 or act.hex in state.clock.corridors[faction]:
        return known.percent, known.percent
    seen = fog.visible_hexes(state, faction)
    far = max(2, world.rules.deconfliction.over_line_range)
    hiding = any(world.factions[other].arms.hides for other in ladder.rivals(world, faction))
    dark = min(
        (
            world.grid.distance(act.hex, here)
            for here in world.grid.disk(act.hex, far)
            if world.terrain[here] >= 0 and (hiding or not seen[here])
        ),
        default=99,
    )
    there = tuple((row, at) for row, at in others if seen[at])
    least = _weigh(state, faction, act, there).percent if len(there) < len(others) else known.percent
    return least, _weigh(state, faction, act, others, dark).percent


def joined(worst: Risk, risks: Sequence[Risk]) -> Risk:
    """The forecast of acts of which the worst is rolled for."""
    return _ranged(worst, max(one.least for one in risks), max(one.most for one in risks))


def march_forecast(state: Position, faction: int, way: Sequence[int]) -> Risk:
    """The incident forecast of a march, with the range in which the chance of at least one incident truly lies."""
    known = march_risk(state, faction, way)
    every = [forecast(state, faction, Act("move", here)) for here in way]
    least, most = (_at_least_one(percents) for percents in ([one.least for one in every], [one.most for one in every]))
    return _surely_none(state, faction, _ranged(known, least, most), way)


def _at_least_one(percents: Sequence[int]) -> int:
    """Chance in percent, rounded to the nearest, that at least one of several things happens."""
    whole: int = 100 ** len(percents)
    return (200 * (whole - prod(100 - percent for percent in percents)) + whole) // (2 * whole)


def march_risk(state: Position, faction: int, way: Sequence[int]) -> Risk:
    """The incident forecast of a march through the hexes of ``way``: each that is entered is an act (rule 11.2).

    The percent is the chance of at least one incident, rounded to the nearest; the terms are the hexes' own chances.
    """
    risks = [(here, risk(state, faction, Act("move", here))) for here in way]
    some = [(here, found) for here, found in risks if found.percent]
    if len(some) < 2:
        return some[0][1] if some else risks[-1][1]
    percent = _at_least_one([found.percent for _, found in some])
    other = some[0][1].other
    terms = [Term(say("at {hex}", hex=state.world.grid.label(here)), found.percent) for here, found in some]
    alone = sum(found.percent for _, found in some)
    if percent != alone:
        terms.append(Term(say("at least one incident, not their sum"), percent - alone))
    near = count(
        len(some), "{n} hex of the march is near {army} troops", "{n} hexes of the march are near {army} troops",
        army=state.world.factions[other].adjective,
    )  # fmt: skip
    words = _words(percent, [near])
    return Risk(percent, Ledger(tuple(terms)), words, other)


def true_risk(state: Position, faction: int, act: Act) -> Risk:
    """The same from where everybody really stands: for resolvers alone. Nobody further off than this matters."""
    return _weigh(state, faction, act, _true_rivals_near(state, faction, act))


def _true_rivals_near(state: Position, faction: int, act: Act) -> tuple[tuple[int, int], ...]:
    far = max(2, state.world.rules.deconfliction.over_line_range)
    return ladder.true_rivals_near(state, faction, act.hex, far)


def _weigh(state: Position, faction: int, act: Act, others: tuple[tuple[int, int], ...], dark: int = 99) -> Risk:
    # ``dark``: so many hexes off may be troops that nobody sees; 99 when nobody need be feared.
    world, grid = state.world, state.world.grid
    near = min(((grid.distance(act.hex, here), row) for row, here in others), default=(99, -1))
    other = world.roster.faction[near[1]] if near[1] >= 0 else next(iter(ladder.rivals(world, faction)), -1)
    if other < 0:
        at_war = any(ladder.other_bloc(world, faction))
        return Risk(0, Ledger(()), say("the blocs are at war") if at_war else say("there is no other bloc"))
    if act.confirmed and near[0] == 0:
        return Risk(
            100,
            Ledger((Term(say("an attack on the other bloc"), 100),)),
            _words(100, [say("a deliberate attack on the other bloc")]),
            other,
        )
    warned = _warned(state, faction, act)
    if act.hex in state.clock.corridors[faction] and not warned and not act.notice:
        return Risk(
            0, Ledger(()), _words(0, [say("{hex} is in a corridor you notified", hex=grid.label(act.hex))]), other
        )
    terms = (
        [] if act.hex in state.clock.corridors[faction] else _base_terms(state, faction, act, min(near[0], dark), other)
    )
    terms += warned
    advised = _advisers_near(state, act.hex, others) or (
        dark <= 1 and any("adviser" in world.factions[one].arms.traits for one in ladder.rivals(world, faction))
    )
    terms += _factors(state, faction, act, sum(term.value for term in terms), advised)
    if act.notice:
        terms.append(Term(say("a flight without due notice, or into a closed sky"), act.notice))
    if not terms:
        army = world.factions[other].adjective
        why = say("no {army} troops known within 2 hexes", army=army)
        if near[0] <= 2:
            why = say("{army} troops are near, but do not take this amiss", army=army)
        return Risk(
            0,
            Ledger(()),
            _words(0, [why]),
            other,
        )
    total = sum(term.value for term in terms)
    most = world.rules.deconfliction.most
    if total > most:
        terms.append(Term(say("never more than {share}", share=percent(most)), most - total))
        total = most
    return Risk(total, Ledger(tuple(terms)), _words(total, [term.words for term in terms]), other)


def _base_terms(state: Position, faction: int, act: Act, near: int, other: int) -> list[Term]:
    # Rules 11.1 and 11.2. The share of the act is taken at once, so that each line shows what it really adds.
    world, rules = state.world, state.world.rules.deconfliction
    share = getattr(rules.acts, "friction" if act.kind == "halt" else act.kind)
    who, label = world.factions[other].adjective, world.grid.label(act.hex)
    terms = []
    if near <= 2:
        base = rules.adjacent if near <= 1 else rules.two_hexes
        if near == 2:
            words = say("{army} troops 2 hexes from {hex}", army=who, hex=label)
        elif near == 1:
            words = say("{army} troops adjacent to {hex}", army=who, hex=label)
        else:
            words = say("{army} troops at {hex}", army=who, hex=label)
        terms.append(Term(words, base * share // 100))
    if near <= rules.over_line_range and ladder.over_line(world, faction, act.hex):
        terms.append(Term(say("on their side of the line"), rules.over_line * share // 100))
    return [term for term in terms if term.value]


def _warned(state: Position, faction: int, act: Act) -> list[Term]:
    # Rule 11.15: a warning adds its share, in corridors too.
    world, rules = state.world, state.world.rules.deconfliction
    share = getattr(rules.acts, "friction" if act.kind == "halt" else act.kind)
    return [
        Term(say("a warning off {hex}", hex=world.grid.label(there)), rules.warnings.risk * share // 100)
        for there in (state.factions.warned[other] for other in ladder.rivals(world, faction))
        if there >= 0 and world.grid.distance(act.hex, there) <= rules.warnings.range
    ]


def _factors(state: Position, faction: int, act: Act, total: int, advised: bool) -> list[Term]:
    # Rules 11.3 and 11.4.
    rules, terms = state.world.rules.deconfliction, []
    if act.kind in ("bombard", "strike") and not act.identified:
        terms.append(Term(say("the target is not identified"), total * rules.unidentified // 100 - total))
    if act.kind in FIRE and advised:
        now = total + sum(term.value for term in terms)
        terms.append(Term(say("advisers of a great power adjacent"), now * rules.advisers // 100 - now))
    if state.factions.calm[faction] and not ladder.talks_down(state):
        now = total + sum(term.value for term in terms)
        terms.append(Term(say("hotline call this turn"), now * rules.calm // 100 - now))
    return [term for term in terms if term.value]


def _advisers_near(state: Position, here: int, others: tuple[tuple[int, int], ...]) -> bool:
    traits, grid = state.world.roster.traits, state.world.grid
    return any("adviser" in traits[row] and grid.distance(here, at) <= 1 for row, at in others)


def _words(chance: int, why: list[str]) -> str:
    return say("{share} risk of an incident: {why}", share=percent(chance), why=", ".join(why))


# --- judgement ----------------------------------------------------------------------------------------------


def judge(draft: Draft, faction: int, act: Act, found: Risk | None = None) -> bool:
    """Roll whether an act provoked the other bloc, and let the incident happen; returns whether it did.

    ``found`` is the risk where it was worked out before, as for acts that are judged together.
    """
    if found is None:
        others = _true_rivals_near(draft, faction, act)
        if not others and not act.notice:
            return False  # most steps of most marches: there is no need to put into words that nothing is at stake
        found = _weigh(draft, faction, act, others)
    if act.confirmed and found.percent == 100:
        clash(draft, faction, found.other, act.hex)
        return True
    if found.percent <= 0 or draft.clock.ladder == ladder.TOP:
        return False
    roll = draft.roll_percent(
        "incident", f"{draft.world.factions[faction].id}:{act.kind}:{draft.world.grid.label(act.hex)}"
    )
    happened = roll <= found.percent
    draft.emit(IncidentRolled(faction, found.other, act.hex, found.percent, roll, happened, found.words))
    if happened:
        incident(draft, faction, act)
    return happened


def incident_points(state: Position, faction: int) -> int:
    """What an incident costs the faction that causes it now, in tenths of a point, blame and all (11.6, 11.16)."""
    blame = state.world.rules.deconfliction.concessions.blame if state.factions.blamed[faction] else 0
    return state.world.rules.victory.incident + ladder.rung(state).incident + blame


def incident(draft: Draft, faction: int, act: Act) -> None:
    """An incident happened: points, disruption, and a rung (rule 11.6)."""
    world = draft.world
    where = world.grid.label(act.hex)
    draft.emit(PointsScored(faction, -incident_points(draft, faction), say("incident at {hex}", hex=where)))
    troops = _troops(draft, faction, (act.hex, act.origin)) if act.kind != "strike" else -1
    if troops >= 0:
        disrupt(draft, troops, world.rules.deconfliction.disruption, say("incident with the other bloc"))
    ladder.climb(draft, say("incident between the blocs"))


def _troops(state: Position, faction: int, hexes: Iterable[int]) -> int:
    # The strongest sound unit of the faction at the first of the hexes that has one; -1 none.
    roster, units = state.world.roster, state.units
    for here in hexes:
        own = [
            row
            for row in state.units_at(here)
            if roster.faction[row] == faction and units.steps[row] > units.disrupted[row]
        ]
        if own:
            return max(own, key=lambda row: (units.steps[row] - units.disrupted[row], -row))
    return -1


def open_clash(state: Position) -> bool:
    """Whether a scenario goes on after a clash of the blocs."""
    return state.world.option("open_clash")


def clash(draft: Draft, faction: int, other: int, here: int) -> None:
    """A deliberate attack on the other bloc: the last rung (rule 11.7)."""
    world = draft.world
    attacker, attacked = world.factions[faction].adjective, world.factions[other].adjective
    why = say("{attackers} attack on {defenders} troops", attackers=attacker, defenders=attacked)
    if draft.clock.ladder < ladder.TOP:
        draft.emit(LadderMoved(draft.clock.ladder, ladder.TOP, why))
    if open_clash(draft):
        ladder.break_open(draft)
    else:
        draft.emit(GameEnded(Ending.OPEN_CONFLICT, faction))


def friction(draft: Draft, faction: int) -> None:
    """End of a faction's turn: its late arrivals near the other bloc roll (rule 11.5)."""
    acts = [act for _, act in friction_acts(draft, faction, ladder.true_rivals(draft, faction))]
    # All are judged as the turn ends: an incident of the first stack does not change what the others risked.
    for act, found in [(act, true_risk(draft, faction, act)) for act in acts]:
        if not draft.clock.over:
            judge(draft, faction, act, found)


def friction_acts(
    state: Position, faction: int, others: tuple[tuple[int, int], ...] | None = None
) -> tuple[tuple[int, Act], ...]:
    """Own stacks that would roll friction if the turn ended now, worst first, with their chance.

    ``others`` is where the other bloc stands; left out, it is what the faction knows (the end-turn checklist asks so).
    """
    others = ladder.known_rivals(state, faction) if others is None else others
    if not others:
        return ()
    grid, owners, spent = state.world.grid, state.world.roster.faction, state.units.spent
    close = {here for _, at in others for here in grid.disk(at, 2)}
    stirring = Spent.MOVED | Spent.STOPPED | Spent.ATTACKED
    found = []
    for here in sorted(close):
        rows = [row for row in state.units_at(here) if owners[row] == faction and spent[row] & stirring]
        if rows:
            act = Act("friction", here)
            found.append((_weigh(state, faction, act, others).percent, act))
    found.sort(key=lambda pair: (-pair[0], pair[1].hex))
    return tuple(pair for pair in found if pair[0])[: state.world.rules.deconfliction.friction_rolls]


def refuse_stand_off(state: Position, row: int, way: Sequence[int]) -> Refusal | None:
    """Why a stand-off keeps a unit from going a way, or None (rule 11.8): no step of it crosses the line, and the last
    one leads nobody closer to the other bloc than he may stop."""
    if not ladder.stand_off(state):
        return None
    world, steps = state.world, tuple(pairwise((state.units.hex[row], *way)))
    faction = world.roster.faction[row]
    if not ladder.rivals(world, faction):
        return None
    for here, there in steps:
        if ladder.over_line(world, faction, there) and not ladder.over_line(world, faction, here):
            label = world.grid.label(there)
            return Refusal("11.8", say("in a stand-off you cannot cross the line, and {hex} is beyond it", hex=label))
    (here, goal), apart = steps[-1], world.rules.deconfliction.apart
    for other, at in ladder.known_rivals(state, faction):
        near = world.grid.distance(goal, at)
        if near < apart and near <= world.grid.distance(here, at):
            who, label = world.factions[world.roster.faction[other]].adjective, world.grid.label(goal)
            return Refusal(
                "11.8",
                count(
                    apart,
                    "in a stand-off you cannot halt at {hex}, nearer than {n} hex to {army} troops",
                    "in a stand-off you cannot halt at {hex}, nearer than {n} hexes to {army} troops",
                    hex=label,
                    army=who,
                ),
            )
    return None
