"""Orders by chance, for tests: any kind of order that may be given, found without listing all of them.

    session = Session(world, 1, {0: Chance(7), 1: Chance(8)})

Draws are keyed by the player's seed and by how many orders it has given, so that a test repeats.
"""

from __future__ import annotations

from collections.abc import Callable
from copy import copy, deepcopy

from game import engine
from game import orders as od
from game.dice import die, seed_bytes
from game.rules import options, sequence, zones
from game.scenario.world import World
from game.session import Session
from game.state import State

Draw = Callable[[int], int]
"""A number from 0 to below the one given."""


def drawing(seed: int) -> Draw:
    """A stream of draws."""
    key, count = seed_bytes(seed), [0]

    def draw(below: int) -> int:
        count[0] += 1
        return die(key, "test", 0, "draw", count[0], below) - 1

    return draw


def some_order(state: State, draw: Draw, *, end: int = 4) -> od.Order:
    """An order that may be given; the turn ends with a chance of ``end`` in a hundred, or when nothing is found."""
    own = [row for row, owner in enumerate(state.world.roster.faction) if owner == state.faction]
    rows = [row for row in own if state.units.hex[row] >= 0]
    if draw(100) < end or not rows:
        return od.EndTurn()
    targets = sorted({here for _, here in zones.known_enemies(state, state.faction)})
    for _ in range(6):
        found = _candidates(state, rows, targets, draw)
        for _ in range(4 if found else 0):
            order = found[draw(len(found))]
            if sequence.refusal(state, order) is None:
                return order
    return od.EndTurn()


def any_order(state: State, draw: Draw) -> od.Order:
    """An order that may well be refused: of a kind by chance, about units and hexes by chance."""
    world, grid = state.world, state.world.grid
    unit = world.roster.id[draw(len(world.roster))] if draw(20) else "nobody"
    here = draw(grid.size) if draw(2) else max(0, state.units.hex[draw(len(world.roster))])
    way = _walk(world, state.units.hex[world.row.get(unit, 0)], draw)
    kinds = ("strike", "fires", "kalibr", "recon", "vbied", "nonsense")
    side = grid.sides[here][draw(6)]
    line, works = max(side, 0), ("pontoon", "ferry", "boats", "x")
    made: tuple[od.Order, ...] = (
        od.Move(unit, way), od.Attack((unit,), here), od.Attack((unit, unit), here, ((kinds[draw(6)], draw(4)),)),
        od.Attack((unit,), here, (), True, draw(3)), od.Bombard(unit, here), od.Strike(kinds[draw(6)], here, draw(4)),
        od.Interdict(here), od.StrikeBridge(line), od.Scout(here), od.AirDrop(here), od.March(unit, bool(draw(2))),
        od.DigIn(unit), od.Rest(unit, bool(draw(2))), od.Bridge(unit, line, works[draw(4)]), od.Blow(unit, line),
        od.Infiltrate(unit, here), od.Notify(way), od.Notify((here,)), od.Hotline(), od.Cede(here),
        od.Standstill(), od.Grounding(), od.Warn(here), od.CloseSky(here), od.Unload(unit),
    )  # fmt: skip
    return made[draw(len(made))]


def _candidates(state: State, rows: list[int], targets: list[int], draw: Draw) -> list[od.Order]:
    if draw(10) < 8:
        found: list[od.Order] = list(options.unit_candidates(state, rows[draw(len(rows))], targets))
        still: list[od.Order] = [order for order in found if not isinstance(order, od.Move)]
        return still if still and draw(2) else found
    return list(options.faction_candidates(state))


def _walk(world: World, start: int, draw: Draw) -> tuple[int, ...]:
    here, way = max(0, start), list[int]()
    for _ in range(draw(4) + 1):
        near = world.grid.near[here]
        here = near[draw(len(near))] if draw(30) else draw(world.grid.size)
        way.append(here)
    return tuple(way)


class Chance:
    """A player who gives orders by chance, from the view alone."""

    def __init__(self, seed: int, end: int = 4) -> None:
        self.why = "by chance"
        self._draw, self._end = drawing(seed), end

    def decide(self, view: engine.View) -> od.Order:
        """The next order."""
        return some_order(view.state, self._draw, end=self._end)


def by_chance(world: World, seed: int, *, end: int = 4) -> Session:
    """A new game in which chance plays every faction."""
    session = Session(world, seed)
    for number in range(len(world.factions)):
        session.seat(number, Chance(1_000 * seed + number, end), "random")
    return session


def copied(session: Session) -> Session:
    """Another session in the same moment, with players who begin anew: what it does leaves the first alone."""
    other = copy(session)
    other.entries, other.digests = list(session.entries), list(session.digests)
    never_changed = (*session.log.lines, session.minds.midway)
    other.log, other.minds, other.plans = deepcopy(
        (session.log, session.minds, session.plans), {id(one): one for one in never_changed}
    )
    other._undo, other._redo = list(session._undo), list(session._redo)
    other.names = dict(session.names)
    other.players = {number: Chance(1_000 * session.seed + number) for number in session.players}
    return other


def play_on(session: Session, orders: int) -> Session:
    """Let a game go on for some orders, or to its end."""
    for number, _ in enumerate(session.run(), 1):
        if number >= orders:
            break
    return session
