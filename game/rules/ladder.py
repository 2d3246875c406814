"""The escalation ladder: six public rungs from calm to clash, and what each costs the two blocs (chapter 11)."""

from __future__ import annotations

from itertools import compress

from game.events import BlameLaid, LadderMoved, PointsScored, QuietTurn, WorldChanged
from game.ruleset.deconfliction import Rung
from game.scenario.world import Stance, World
from game.state import Draft
from game.state.tables import Position
from game.words import count, say

TOP = 5
DIE = 6
"""Faces of the die that an incident may have to roll against to lift the ladder."""
INCIDENT = -1
"""Value of ``clock.quiet`` in a turn with an incident: the end of the turn counts it up to 0."""


def rivals(world: World, faction: int) -> tuple[int, ...]:
    """Factions of the other bloc."""
    found: tuple[int, ...] | None = world.answers.get(("rivals", faction))  # asked for every step of a march
    if found is None:
        stances = world.stance[faction]
        found = tuple(other for other, stance in enumerate(stances) if stance == Stance.RIVAL)
        world.answers["rivals", faction] = found
    return found


def other_bloc(world: World, faction: int) -> tuple[int, ...]:
    """The same, and after an open clash too: those who were rivals at the start and are enemies now."""

    def make() -> tuple[int, ...]:
        begun = world.first_stance[faction]
        return tuple(
            other for other, stance in enumerate(world.stance[faction])
            if stance == Stance.RIVAL or (stance == Stance.WAR and begun[other] == Stance.RIVAL)
        )  # fmt: skip

    return world.kept(("other bloc", faction), make)


def two_blocs(world: World) -> bool:
    """Whether anybody is the rival of anybody, or was: without two blocs there is no ladder to climb."""
    return any(other_bloc(world, faction) for faction in range(len(world.factions)))


def set_stance(draft: Draft, a: int, b: int, stance: Stance) -> None:
    """Two factions are something else to each other from now on; those who share a hex can only be allies."""
    owners = draft.world.roster.faction
    shared = any({a, b} <= {owners[row] for row in rows} for rows in draft.stacks.values())
    if draft.world.stance[a][b] != stance and (stance == Stance.ALLIED or not shared):
        draft.emit(WorldChanged("stance", (a, b, int(stance))))


def break_open(draft: Draft) -> None:
    """Open clash: whoever was the other bloc is the enemy (11.18)."""
    for faction in range(len(draft.world.factions)):
        for other in rivals(draft.world, faction):
            if faction < other:
                set_stance(draft, faction, other, Stance.WAR)


def rung(state: Position) -> Rung:
    """The rung on which the ladder stands."""
    return state.world.rules.deconfliction.rungs[state.clock.ladder]


def next_price(state: Position) -> str:
    """What an incident now would cost beside its points, in a sentence: the rung that it leads to, and its price."""
    rules, now = state.world.rules.deconfliction, state.clock.ladder
    if now >= rules.dice_rung:
        return say("An incident cannot raise the ladder further.")
    name, price = rules.rungs[now + 1].name, rules.rungs[now + 1].price
    if rules.rungs[now].lifts < DIE:
        return say(
            "On a roll of {roll} or less, an incident leads to rung {rung}, {name}: {price}.",
            roll=rules.rungs[now].lifts, rung=now + 1, name=name.lower(), price=price,
        )  # fmt: skip
    return say("An incident leads to rung {rung}, {name}: {price}.", rung=now + 1, name=name.lower(), price=price)


def liaison_price(state: Position, base: int) -> int:
    """What something that is paid in liaison costs now."""
    return base + rung(state).liaison


def talks_down(state: Position) -> bool:
    """Whether a hotline call made now lowers the ladder instead of calming the turn (11.11)."""
    return state.clock.ladder > 0 and state.world.rules.deconfliction.climb_down >= 0


def stand_off(state: Position) -> bool:
    """Whether nobody may cross the line and the blocs keep apart."""
    return rung(state).stand_off and state.clock.ladder < TOP


def over_line(world: World, faction: int, here: int) -> bool:
    """Whether a hex lies on the other bloc's side of the line."""
    found: bytes | None = world.answers.get(("over the line", faction))  # asked too often for a closure
    return bool((found if found is not None else _over_the_line(world, faction))[here])


def _over_the_line(world: World, faction: int) -> bytes:
    """One byte a hex: whether it lies there."""
    others = other_bloc(world, faction)
    return world.kept(("over the line", faction), lambda: bytes(leader in others for leader in world.line_side))


def near_line(world: World, faction: int) -> bytes:
    """One byte a hex: whether it lies within a few hexes of the other side of the line."""

    def make() -> bytes:
        marks, near = bytearray(world.grid.size), world.rules.deconfliction.near_line
        over = [over_line(world, faction, here) for here in range(world.grid.size)]
        for here in range(world.grid.size):
            if not over[here] and any(over[there] for there in world.grid.near[here]):
                for close in world.grid.disk(here, near):
                    if over[close]:
                        marks[close] = 1
                for close in world.grid.disk(here, near - 1):
                    marks[close] = 1
        return bytes(marks)

    return world.kept(("near line", faction), make)


def known_rivals(state: Position, faction: int) -> tuple[tuple[int, int], ...]:
    """(row, hex) of the other bloc's units that a faction knows of, in row order."""

    def make() -> tuple[tuple[int, int], ...]:
        intel, owners, others = state.intel[faction], state.world.roster.faction, rivals(state.world, faction)
        return tuple(
            (row, intel.hex[row]) for row in compress(range(len(owners)), intel.level)
            if owners[row] in others and intel.hex[row] >= 0
        )  # fmt: skip

    picture = state.picture(faction)
    found: tuple[tuple[int, int], ...] | None = picture.get("rivals")
    if found is None:
        found = picture["rivals"] = make()
    return found


def true_rivals(state: Position, faction: int) -> tuple[tuple[int, int], ...]:
    """(row, hex) of all the other bloc's units on the map: for resolvers alone."""

    def make() -> tuple[tuple[int, int], ...]:
        owners, others = state.world.roster.faction, rivals(state.world, faction)
        return tuple((row, here) for row, here in enumerate(state.units.hex) if here >= 0 and owners[row] in others)

    return state.kept(("true rivals", faction), make)


def true_rivals_near(state: Position, faction: int, here: int, most: int) -> tuple[tuple[int, int], ...]:
    """Those of them within so many hexes of a hex."""
    owners, others, stacks = state.world.roster.faction, rivals(state.world, faction), state.stacks
    if not others:
        return ()
    near = stacks.keys() & state.world.grid.within(here, most)
    return tuple((row, at) for at in sorted(near) for row in stacks[at] if owners[row] in others) if near else ()


def support_percent(state: Position, faction: int, here: int) -> int:
    """Share of support that the ladder leaves at a hex: all of it away from the line and the other bloc."""
    world, left = state.world, rung(state).support
    if left == 100:
        return 100
    if near_line(world, faction)[here]:
        return left
    near = world.rules.deconfliction.near_line
    return left if any(world.grid.distance(here, at) <= near for _, at in known_rivals(state, faction)) else 100


def climb(draft: Draft, why: str) -> None:
    """An incident lifts the ladder as far as it can, on some rungs by a roll; the turn is not quiet."""
    now, lifts = draft.clock.ladder, rung(draft).lifts
    if now < draft.world.rules.deconfliction.dice_rung:
        up = lifts >= DIE or draft.roll_die("ladder", "incident", DIE) <= lifts
        draft.emit(LadderMoved(now, now + up, why))
    draft.emit(QuietTurn(INCIDENT))


def lift(draft: Draft, why: str) -> None:
    """The ladder rises a rung on purpose, as far as incidents could lift it."""
    now = draft.clock.ladder
    if now < draft.world.rules.deconfliction.dice_rung:
        draft.emit(LadderMoved(now, now + 1, why))


def descend(draft: Draft, why: str) -> None:
    """The ladder falls a rung, if it stands on one that can be left."""
    now = draft.clock.ladder
    if 0 < now < TOP:
        draft.emit(LadderMoved(now, now - 1, why))
    if draft.clock.ladder == 0 and any(draft.factions.blamed):
        draft.emit(BlameLaid(()))


def settle(draft: Draft) -> None:
    """End of the turn: what the rung costs is paid, then quiet turns are counted and bring the ladder down (11.17)."""
    if not any(rivals(draft.world, faction) for faction in range(len(draft.world.factions))):
        return
    _pay_tension(draft)
    rules, quiet = draft.world.rules.deconfliction, draft.clock.quiet + 1
    falls = draft.clock.ladder and quiet >= rules.quiet_turns and not rung(draft).stays
    if falls:
        descend(draft, count(quiet, "{n} quiet turn", "{n} quiet turns"))
    if not falls or rules.quiet_each:
        draft.emit(QuietTurn(quiet))


def tension(state: Position, faction: int) -> int:
    """Tenths of a point that the rung costs a faction as a turn ends: its share, that of both, or nothing (11.16)."""
    tenths, blamed = rung(state).tension, state.factions.blamed
    if blamed[faction]:
        return 2 * tenths
    return 0 if any(blamed[other] for other in rivals(state.world, faction)) else tenths


def _pay_tension(draft: Draft) -> None:
    for faction in range(len(draft.world.factions)):
        tenths = tension(draft, faction) if rivals(draft.world, faction) else 0
        if tenths:
            why = say("tension between the blocs, rung {rung}", rung=draft.clock.ladder)
            draft.emit(PointsScored(faction, -tenths, why))
