"""Support from off the map: aircraft, long-range artillery, missiles, special forces and the like (chapter 9)."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import compress
from itertools import count as count_on

from game.events import GrantChanged, SupportSet
from game.orders import Support
from game.rules import airspace, command, fog, ladder, weather
from game.rules.ledger import Term
from game.rules.refusal import Refusal
from game.ruleset.support import SupportKind
from game.scenario.world import World
from game.state import Draft
from game.state.codes import Knowledge
from game.state.tables import Position
from game.words import count, percent, say

ONCE = "once:"
"""Before a kind in ``clock.grants``: for the next grant alone."""


def kinds(world: World) -> Mapping[str, SupportKind]:
    """All kinds of support by id."""
    return world.rules.support.kinds


def heavy_kinds(world: World) -> frozenset[str]:
    """Kinds that harm civilians when they are used on a town."""
    return world.kept("heavy support", lambda: frozenset(kind for kind, what in kinds(world).items() if what.harm))


def income(state: Position, faction: int) -> dict[str, int]:
    """Points of each kind that a faction is granted this turn, after events and weather."""
    world, turn = state.world, state.clock.turn
    if turn <= state.factions.grounded[faction]:
        return {}
    points: dict[str, int] = {}
    for kind, number, first, last in world.factions[faction].support:
        if first <= turn <= last:
            points[kind] = points.get(kind, 0) + number
    for kind, change in state.clock.grants[faction]:
        points[kind] = points.get(kind, 0) + change
        if kind.startswith(ONCE):
            points[kind[len(ONCE) :]] = points.get(kind[len(ONCE) :], 0) + change
    fair = weather.sorties_percent(state)
    return {
        kind: left for kind, number in sorted(points.items())
        if kind in kinds(world) and (left := -(-number * fair // 100) if kinds(world)[kind].flown else number) > 0
    }  # fmt: skip


def grant(draft: Draft, faction: int) -> None:
    """A faction's turn opens: support anew (9.1), with what may be kept; what an event gave for one turn is used up."""
    points = income(draft, faction)
    if draft.factions.grounded[faction] < draft.clock.turn:
        for kind, left in draft.clock.support[faction]:
            kept = min(left, kinds(draft.world)[kind].kept) if kind in kinds(draft.world) else 0
            if kept:
                points[kind] = min(points.get(kind, 0) + kept, max(points.get(kind, 0), kinds(draft.world)[kind].kept))
    draft.emit(SupportSet(faction, tuple(sorted(points.items())), say("granted")))
    for kind, change in draft.clock.grants[faction]:
        if change and kind.startswith(ONCE) and kind[len(ONCE) :] in kinds(draft.world):
            draft.emit(GrantChanged(faction, kind, -change))


def spend(draft: Draft, faction: int, used: Support, why: str) -> None:
    """Points are used up."""
    have = draft.support_of(faction)
    for kind, points in used:
        have[kind] = have.get(kind, 0) - points
    draft.emit(SupportSet(faction, tuple(sorted(have.items())), why))


def refuse_points(state: Position, faction: int, kind: str, points: int, most: int) -> Refusal | None:
    """Why a faction cannot use so many points of a kind at once, or None."""
    what = kinds(state.world).get(kind)
    if what is None:
        return Refusal("9.1", say('"{kind}" is no kind of support', kind=kind))
    have = state.support_of(faction).get(kind, 0)
    if points < 1 or points > have:
        return Refusal(
            "9.1",
            say("{support}: you want {n}, but have {left} this turn", support=what.name.lower(), n=points, left=have),
        )
    if points > most:
        return Refusal("9.2", say("{support}: at most {most} at once", support=what.name.lower(), most=most))
    return None


# --- needs --------------------------------------------------------------------------------------------------


def refuse_needs(state: Position, faction: int, kind: str, target: int) -> Refusal | None:
    """Why a kind of support cannot be brought to a hex, or None (9.3 and 9.4)."""
    what, label = kinds(state.world)[kind], state.world.grid.label(target)
    name = what.name.lower()
    if what.flown:
        refusal = airspace.refuse_flight(state, faction, target)
        if refusal is not None:
            return refusal
    if "seen" in what.needs and not seen_now(state, faction, target):
        return Refusal("9.3", say("{support}: you have not seen {hex} this turn", support=name, hex=label))
    if "identified" in what.needs and not identified(state, faction, target):
        return Refusal("9.3", say("{support}: no target at {hex} is identified", support=name, hex=label))
    if (
        "special" in what.needs
        and not identified(state, faction, target)
        and not _own_near(state, faction, target, 1, "special")
    ):
        words = say(
            "{support}: you need a special unit adjacent to {hex}, or an identified target", support=name, hex=label
        )
        return Refusal("9.3", words)
    if "reach" in what.needs and not _own_near(state, faction, target, what.range):
        return Refusal(
            "9.3",
            count(
                what.range,
                "{support}: you have no unit within {n} hex of {hex}",
                "{support}: you have no unit within {n} hexes of {hex}",
                support=name,
                hex=label,
            ),
        )
    if "town" in what.needs and not (
        _own_near(state, faction, target, what.range) or _town_near(state, faction, target, what.range)
    ):
        return Refusal(
            "9.3",
            count(
                what.range,
                "{support}: you have no town or unit within {n} hex of {hex}",
                "{support}: you have no town or unit within {n} hexes of {hex}",
                support=name,
                hex=label,
            ),
        )
    return None


def seen_now(state: Position, faction: int, target: int) -> bool:
    """Whether a faction sees a hex, or has seen something there this turn."""
    return target in _met(state, faction) or bool(fog.visible_hexes(state, faction)[target])


def _met(state: Position, faction: int) -> frozenset[int]:
    """Hexes in which a faction has seen somebody this turn."""

    def make() -> frozenset[int]:
        intel, now = state.intel[faction], state.clock.turn
        known = zip(intel.level, intel.hex, intel.turn, strict=True)
        return frozenset(here for level, here, turn in known if level and turn == now)

    return state.kept(("met", faction), make)


def known_at(state: Position, faction: int, target: int) -> tuple[int, ...]:
    """Rows of the enemies a faction believes to stand in a hex."""
    return state.kept(("known by hex", faction), lambda: _known_by_hex(state, faction)).get(target, ())


def _known_by_hex(state: Position, faction: int) -> dict[int, tuple[int, ...]]:
    world, intel = state.world, state.intel[faction]
    owners, found = world.roster.faction, dict[int, tuple[int, ...]]()
    for row in compress(count_on(), intel.level):
        if world.at_war(faction, owners[row]):
            here = intel.hex[row]
            found[here] = (*found.get(here, ()), row)
    return found


def identified(state: Position, faction: int, target: int) -> bool:
    """Whether a faction has identified an enemy in a hex."""
    level = state.intel[faction].level
    return any(level[row] == Knowledge.IDENTIFIED for row in known_at(state, faction, target))


def _own_near(state: Position, faction: int, target: int, within: int, trait: str = "") -> bool:
    roster, stacks = state.world.roster, state.stacks
    return any(
        roster.faction[row] == faction and (not trait or trait in roster.traits[row])
        for here in stacks.keys() & state.world.grid.within(target, within)
        for row in stacks[here]
    )


def _town_near(state: Position, faction: int, target: int, within: int) -> bool:
    world, control = state.world, state.hexes.control
    return any(control[here] == faction for here in world.place_at.keys() & world.grid.within(target, within))


# --- shifts in combat ---------------------------------------------------------------------------------------


def terms(
    state: Position, faction: int, target: int, support: Support, attacking: bool, left: int = -1
) -> Refusal | tuple[Term, ...]:
    """Columns that committed support moves an attack on a hex, or why it cannot be committed.

    ``left`` is the percent of support that the ladder leaves there (-1: as it stands); the sign is always the
    attacker's.
    """
    world, rules = state.world, state.world.rules.support
    if len({kind for kind, _ in support}) < len(support):
        return Refusal("9.2", say("name each kind of support only once"))
    found: list[Term] = []
    if left < 0:
        left = ladder.support_percent(state, faction, target)
    for kind, points in support:
        refusal = _refuse_shift(state, kind, attacking)
        refusal = refusal or refuse_points(state, faction, kind, points, kinds(world)[kind].per_attack)
        refusal = refusal or (refuse_needs if attacking else _refuse_defence)(state, faction, kind, target)
        if refusal is not None:
            return refusal
        whole = points * kinds(world)[kind].attack_shift if attacking else points * kinds(world)[kind].defence_shift
        name = kinds(world)[kind].name.lower()
        if left == 100:
            words = say("{support} ({n})", support=name, n=points)
        else:
            words = say("{support} ({n}), {share} near the line", support=name, n=points, share=percent(left))
        found.append(Term(words, whole * left // 100))
    total = sum(term.value for term in found)
    if total > rules.shift_cap:
        found.append(
            Term(
                count(rules.shift_cap, "support shifts at most {n} column", "support shifts at most {n} columns"),
                rules.shift_cap - total,
            )
        )
    return tuple(found) if attacking else tuple(Term(term.words, -term.value) for term in found)


def _refuse_shift(state: Position, kind: str, attacking: bool) -> Refusal | None:
    what = kinds(state.world).get(kind)
    if what is None:
        return Refusal("9.1", say('"{kind}" is no kind of support', kind=kind))
    if not (what.attack_shift if attacking else what.defence_shift):
        return Refusal(
            "9.2",
            say("{support}: not for attacks", support=what.name.lower())
            if attacking
            else say("{support}: not for defence", support=what.name.lower()),
        )
    return None


def _refuse_defence(state: Position, faction: int, kind: str, target: int) -> Refusal | None:
    # One's own troops stand in the hex: they see, and everything is in range; only the airspace can forbid it.
    if not kinds(state.world)[kind].flown:
        return None
    refusal = airspace.refuse_flight(state, faction, target)
    if refusal is None and airspace.closed_by(state, faction, target) >= 0:
        return Refusal("9.15", say("the sky over {hex} is closed", hex=state.world.grid.label(target)))
    return refusal


def reaction(state: Position, faction: int, target: int, left: int = -1) -> tuple[Support, Term] | None:
    """The one point of support with which a defender would react to an attack on a hex of his, and its effect (9.5).

    ``left``: the percent of support that the ladder leaves there, -1 as it stands.
    """
    if not command.can_react(state, faction):
        return None
    best: tuple[Support, Term] | None = None
    for kind, points in state.clock.support[faction]:
        if points > 0 and kind in kinds(state.world) and kinds(state.world)[kind].defence_shift:
            found = terms(state, faction, target, ((kind, 1),), False, left)
            if (
                not isinstance(found, Refusal)
                and found[0].value < 0
                and (best is None or found[0].value < best[1].value)
            ):
                best = ((kind, 1),), found[0]
    return best


def react(draft: Draft, faction: int, target: int) -> tuple[Term, ...]:
    """A defender reacts to an attack if he can: the price is paid, and the shift comes back as terms for the odds."""
    found = reaction(draft, faction, target)
    if found is None:
        return ()
    used, term = found
    command.pay(draft, faction, draft.world.rules.command.reaction, say("reaction"))
    spend(draft, faction, used, say("defence of {hex}", hex=draft.world.grid.label(target)))
    return (as_reaction(term),)


def as_reaction(term: Term) -> Term:
    """The shift of a point of support, told as what a defender does with it."""
    return Term(say("the defender reacts: {support}", support=term.words), term.value)
