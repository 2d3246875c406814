"""What a moment promises a faction: its points, and what its position is worth beyond them.

Everything is counted in hundredths of a tenth of a victory point, so that whole numbers do, and compared in widths of
bands: 0 is what history reached, 1000 where "faster" begins. The terms:

- *points*: the score as if the game ended now (chapter 17), losses and harm taken off.
- *ground*: prizes that may still be won or lost. A prize counts by the strength that either side could bring there,
  more for whoever is nearer; less and less towards the end, when points have the last word. For insurgents, the towns
  that will go on to score, and the roads that they keep cut.
- *strength*: steps that can still fight.
- *supply*: units that are cut off or stretched.
- *ladder*: the rung of the escalation ladder, each dearer than the one below.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from game.ai.staff import ways
from game.rules import ladder, prizes, victory
from game.ruleset.terrain import Mobility
from game.scenario.world import World
from game.state import State
from game.state.codes import Supplied

TENTH = 100
"""A tenth of a victory point, in the unit of this page."""

BAND = 1000
"""The width of a band, in the unit in which moments are compared."""

NO_BAND = 100 * TENTH
"""What stands for the width of its band with a faction that has none: ten points."""

WAY = 60
"""Quarter points of a way after which a unit's strength counts a quarter: two turns of marching or so."""

LONE = 30
"""Strength, in tenths, that an empty place is given, so that a prize a long way off is not counted as won."""

TO_WIN, TO_LOSE = 80, 20
"""Percent of a prize's points that may be counted on, or written off, by the odds, before it changes hands. These and
the prices below follow what positions of played games were worth in the end, as a regression told."""

SOON = 4
"""Turns before the end over which hopes shrink to nothing: of ground, and of what troops will do."""

STEP = 8 * TENTH
"""What a step that can fight is worth, besides the price of losing it; a disrupted one half. What troops will do yet
counts: ground that is taken at their expense would often have been taken anyway."""

CUT, STRETCHED = 4 * TENTH, 40
"""What a step cut off from supply, or stretched, takes off."""

RUNGS = (0, 10, 30, 70, 160, 400)
"""What each rung of the ladder takes off, in tenths."""


class Prospect(NamedTuple):
    """What a moment promises a faction, term by term, in hundredths of a tenth of a point."""

    points: int
    ground: int
    strength: int
    supply: int
    ladder: int

    @property
    def total(self) -> int:
        """All terms together."""
        return sum(self)


def lead(state: State, me: int) -> int:
    """How far a faction is ahead, in thousandths of a band: its own prospect, less the mean of its enemies'."""
    world = state.world
    enemies = [other for other in range(len(world.factions)) if world.at_war(me, other)]
    mine = in_bands(world, me, prospect(state, me).total)
    if victory.punished(state, me):
        mine = min(mine, 0) - BAND
    theirs = sum(in_bands(world, other, prospect(state, other).total) for other in enemies)
    return mine - theirs // max(1, len(enemies))


def in_bands(world: World, faction: int, worth: int) -> int:
    """A worth in thousandths of a faction's band, 0 where "like history" begins."""
    spec = world.stakes.band_of(faction)
    if spec is None:
        return worth * BAND // NO_BAND
    return (worth - spec.like * 10 * TENTH) * BAND // ((spec.faster - spec.like) * 10 * TENTH)


def prospect(state: State, faction: int) -> Prospect:
    """What a moment promises a faction; of the last moment of a game its points are left."""
    points = victory.score(state, faction).total * TENTH
    left = 0 if state.clock.over else max(0, state.world.turns - state.clock.turn + 1)
    if not left:
        return Prospect(points, 0, 0, 0, 0)
    share = min(left, SOON)
    return Prospect(
        points,
        _ground(state, faction, left) * share // SOON,
        _strength(state, faction) * share // SOON,
        -_hunger(state, faction) * share // SOON,
        -RUNGS[state.clock.ladder] * TENTH if ladder.rivals(state.world, faction) else 0,
    )


def _strength(state: State, faction: int) -> int:
    units, owners = state.units, state.world.roster.faction
    return sum(
        (2 * steps - units.disrupted[row]) * STEP // 2
        for row, steps in enumerate(units.steps)
        if owners[row] == faction and units.hex[row] >= 0
    )


def _hunger(state: State, faction: int) -> int:
    units, owners = state.units, state.world.roster.faction
    price = {Supplied.FULL: 0, Supplied.STRETCHED: STRETCHED, Supplied.CUT: CUT}
    return sum(
        price[Supplied(units.supply[row])] * steps
        for row, steps in enumerate(units.steps)
        if owners[row] == faction and units.hex[row] >= 0
    )


# --- ground ----------------------------------------------------------------------------------------------------------


class _Forces(NamedTuple):
    """The units of a faction that could fight for ground: their hexes, and the strength of each in tenths."""

    hexes: Sequence[int]
    power: Sequence[int]


def _ground(state: State, faction: int, left: int) -> int:
    world = state.world
    total = 0
    for number, prize in enumerate(world.prizes):
        points = prize.points[faction]
        if not points:
            continue
        bonus = victory.first_claim(state, prize, faction) if state.clock.bonus[number] < 0 else 0
        holder = prizes.holder(state, prize)
        if holder == faction:
            total += bonus * TENTH
            total -= points * 10 * TENTH * TO_LOSE * _to_lose(state, prize.hex, faction) // 10_000
        elif holder < 0 or world.at_war(faction, holder):
            total += (points * 10 + bonus) * TENTH * TO_WIN * _to_win(state, prize.hex, faction) // 10_000
    insurgent = world.stakes.insurgent
    if insurgent is not None and insurgent.faction == faction:
        total += _stream(state, left)
    return total


def _stream(state: State, turns: int) -> int:
    """What an insurgent's towns and cut roads will bring."""
    world, insurgent, total = state.world, state.world.stakes.insurgent, 0
    assert insurgent is not None
    rules = world.rules.victory
    for town in insurgent.towns:
        if state.hexes.control[town.hex] == insurgent.faction:
            safe = 100 - _to_lose(state, town.hex, insurgent.faction)
            total += town.value * rules.town_turn * TENTH * turns * safe // 100
    for road in insurgent.roads:
        if victory.open_flag(road.id) in state.clock.flags and prizes.cut_at(state, road) >= 0:
            total += rules.road_turn * TENTH
    return total


def _to_win(state: State, here: int, faction: int) -> int:
    """Percent by which a faction and its friends outweigh their enemies near a hex."""
    mine, others = _brought(state, here, faction)
    return 100 * mine // (mine + others + LONE)


def _to_lose(state: State, here: int, faction: int) -> int:
    """Percent by which its enemies outweigh a faction and its friends near a hex."""
    mine, others = _brought(state, here, faction)
    return 100 * others // (mine + others + LONE)


def _brought(state: State, here: int, faction: int) -> tuple[int, int]:
    """What a faction with its friends, and what its enemies, could bring to a hex, in tenths of strength."""
    world = state.world
    by_faction = state.kept(("brought to", here), lambda: _brought_by_each(state, here))
    return (
        sum(power for other, power in enumerate(by_faction) if world.together(faction, other)),
        sum(power for other, power in enumerate(by_faction) if world.at_war(faction, other)),
    )


def _brought_by_each(state: State, here: int) -> tuple[int, ...]:
    """Strength in tenths that each faction could bring to a hex, less the further away its units are."""
    field = ways.field_to(state, (here,), Mobility.WHEELED)
    return tuple(_in_time(forces, field.of(forces.hexes)) for forces in state.kept("forces", lambda: _forces(state)))


def _in_time(forces: _Forces, ways_there: Iterable[int]) -> int:
    """The strength of some forces, less the longer the way of each is: a quarter after WAY."""
    total = 0
    for power, way in zip(forces.power, ways_there, strict=True):
        if way >= 0:
            far = WAY + way
            total += power * (WAY * WAY) // (far * far)
    return total


def _forces(state: State) -> tuple[_Forces, ...]:
    """The forces of each faction."""
    world, units = state.world, state.units
    owners, attack, defence = world.roster.faction, world.roster.attack, world.roster.defence
    found = tuple((list[int](), list[int]()) for _ in world.factions)
    for row, here in enumerate(units.hex):
        if here >= 0:
            hexes, power = found[owners[row]]
            hexes.append(here)
            power.append(5 * (2 * units.steps[row] - units.disrupted[row]) * max(attack[row], defence[row]))
    return tuple(_Forces(*one) for one in found)
