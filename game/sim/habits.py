"""How players behave, counted game by game: what a staff that plans would do seldom, with where each time was.

Each habit has its chances (what it is a share of) and its cases: turn, faction, and a sentence with units and hexes, so
that whoever reads the table can look up the cause in a replay of the same seed. What a figure needs is read off states
and events; only *goals dropped* asks the player what it has in mind, and has no chances where it says nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from game import engine
from game import events as ev
from game import orders as od
from game.ai.staff.gathering import ripe_prizes
from game.ai.staff.goals import may_go
from game.ai.staff.thinking import NOTHING, opened_desk
from game.rules import fog, movement, prizes, stacking, supply, support, zones
from game.rules.columns import COLUMN
from game.scenario.world import World
from game.seats.minds import memory_of
from game.session import Session
from game.state import State
from game.state.codes import Spent, Supplied

JUMP = 6
"""Hexes between an old goal and a new one from which on the old one counts as dropped."""

THERE = 4
"""Hexes of a march that counts as there and back, when the next one or two lead back to within a hex."""

QUIET = 3
"""Hexes around a unit within which no enemy is known when it counts as idle."""

SOON = 2
"""Turns of its faction in which a cut road should be open again."""

PREPARED = 3
"""Turns of its faction within which a prize that is ripe for a set-piece attack should be attacked."""

FORBIDDEN = 4
"""Percent of an incident above which the other bloc forbids a prize."""

ROVERS = frozenset({"raider", "cell"})
"""Who lives off the land: to be out of supply is their trade."""


class Habit(NamedTuple):
    """A figure: its name in records, what it counts, and of what it is a share ("" where it is a number a game)."""

    name: str
    words: str
    share_of: str = ""


HABITS: tuple[Habit, ...] = (
    Habit("dropped", "goals dropped untaken for one six hexes away or more, no reason told", "unit-turns with a goal"),
    Habit("turned", "the same with a reason told", "unit-turns with a goal"),
    Habit("back", "there and back, four hexes or more without a fight"),
    Habit("empty", "prizes seen to be empty, in reach and not forbidden, left"),
    Habit("lapsed", "points of support that lapse", "points in hand"),
    Habit(
        "starved",
        "marches to where no supply came, as was plain by the end of the turn, empty prizes aside",
        "marches of troops in supply",
    ),
    Habit("road", "roads cut that stay cut for more than two turns", "roads cut"),
    Habit("siege", "prizes ripe for a set-piece attack that nobody attacks within three turns", "such prizes"),
    Habit("idle", "line troops that neither march nor act, with no enemy near and prizes to take", "unit-turns"),
    Habit("uneven", "attacks rolled below 1:1", "attacks"),
)
"""Every figure, in the order of the table."""


@dataclass(slots=True)
class _Turn:
    """What is remembered of one turn of a faction while it is played."""

    opening: State
    empty: tuple[int, ...]
    support: Mapping[str, int]
    marched: set[int] = field(default_factory=set)
    unfed: frozenset[str] = frozenset()
    """Units to which no supply came when the turn ended, as far as the faction could see."""


class Habits:
    """The observer that counts. ``told`` holds, by faction, for each habit the chances and the cases."""

    def __init__(self, session: Session) -> None:
        self.session, self.world = session, session.world
        self.told: dict[str, dict[str, dict[str, Any]]] = {
            one.id: {habit.name: {"chances": 0, "cases": []} for habit in HABITS} for one in self.world.factions
        }
        self._last = session.state
        self._turns: dict[int, _Turn] = {}
        self._stood: dict[int, list[int]] = {}
        self._fought: dict[int, int] = {}
        self._aims: dict[int, Mapping[str, Any]] = {}
        self._cut: dict[tuple[int, str], int] = {}
        self._ripe: dict[tuple[int, int], int] = {}
        self._even = _column(self.world, "1:1")

    def step(self, happened: tuple[ev.Event, ...], after: State) -> None:
        """Take note of an order and of the turns that ended and began with it."""
        for event in happened:  # supply is judged for the turn before, whatever opened already
            if isinstance(event, ev.SupplyJudged):
                self._judged(event)
        for event in happened:
            if isinstance(event, ev.UnitMoved):
                self._marched(event)
            elif isinstance(event, ev.AttackResolved):
                self._attacked(event)
            elif isinstance(event, ev.FactionTurnEnded):
                self._ended(event.faction, self._last)
            elif isinstance(event, ev.FactionTurnBegan):
                self._began(event.faction, after)
        self._last = after

    def _chance(self, habit: str, faction: int, number: int = 1) -> None:
        self.told[self.world.factions[faction].id][habit]["chances"] += number

    def _case(self, habit: str, faction: int, turn: int, words: str, number: int = 1) -> None:
        case: dict[str, Any] = {"turn": turn, "words": words}
        if number != 1:
            case["number"] = number
        self.told[self.world.factions[faction].id][habit]["cases"].append(case)

    def _at(self, here: int) -> str:
        return self.world.grid.label(here) if here >= 0 else "off the map"

    # --- orders -----------------------------------------------------------------------------------------------------

    def _marched(self, event: ev.UnitMoved) -> None:
        turn = self._turns.get(self.world.roster.faction[event.unit])
        if turn is not None:
            turn.marched.add(event.unit)

    def _attacked(self, event: ev.AttackResolved) -> None:
        turn = self._last.clock.turn
        for row in (*event.attackers, *event.defenders):
            self._fought[row] = turn
        self._chance("uneven", event.faction)
        if event.column < self._even:
            column = self.world.rules.combat.columns[event.column].name
            self._case("uneven", event.faction, turn, f"attack on {self._at(event.target)} at {column}")
        self._ripe.pop((event.faction, event.target), None)

    # --- turns ------------------------------------------------------------------------------------------------------

    def _began(self, faction: int, state: State) -> None:
        self._lapsed(faction, self._last)
        empty = tuple(here for here in _empty(state, faction) if not _manned(state, faction, here))
        self._turns[faction] = _Turn(state, empty, _usable(state, faction))
        for road in self.world.stakes.roads_of(faction):
            key, here = (faction, road.id), prizes.cut_at(state, road)
            if here < 0:
                self._cut[key] = -1
            elif self._cut.get(key) == -1:
                self._cut[key] = state.clock.turn
                self._chance("road", faction)
            elif self._cut.get(key) == state.clock.turn - SOON:
                self._case("road", faction, state.clock.turn, f"{road.id} is cut at {self._at(here)} since two turns")
        self._besieging(faction, state)

    def _besieging(self, faction: int, state: State) -> None:
        """Prizes that have become ripe for a set-piece attack, and those that have been so for too long."""
        now, wanted = state.clock.turn, set(_wanted(state, faction))
        for (one, here), since in sorted(self._ripe.items()):
            if one != faction or here not in wanted:
                continue
            if since == now - PREPARED:
                self._case("siege", faction, now, f"the prize at {self._at(here)}, ripe since turn {since}")
        for here in ripe_prizes(opened_desk(engine.view(state, faction), NOTHING)):
            if (faction, here) not in self._ripe:
                self._ripe[faction, here] = now
                self._chance("siege", faction)

    def _ended(self, faction: int, state: State) -> None:
        turn = self._turns.get(faction)
        if turn is None:
            return
        now = state.clock.turn
        for here in turn.empty:
            self._chance("empty", faction)
            owner = state.hexes.control[here]
            if owner < 0 or self.world.at_war(faction, owner):
                self._case("empty", faction, now, f"the prize at {self._at(here)} stood empty in reach")
        seen = engine.view(state, faction).state
        fed = supply.supply_map(seen, faction).fed
        turn.unfed = frozenset(seen.world.roster.id[row] for row, how in fed.items() if how == Supplied.CUT)
        self._units(faction, turn, state)
        self._dropped(faction, state)

    def _lapsed(self, faction: int, state: State) -> None:
        """What is left of the support of a turn as the next one opens, and is not kept; till then it could have helped
        in defence."""
        turn = self._turns.get(faction)
        if turn is None:
            return
        self._chance("lapsed", faction, sum(turn.support.values()))
        for kind, left in _usable(state, faction).items():
            points = max(0, left - support.kinds(self.world)[kind].kept)
            if points:
                words = f"{points} of {turn.support.get(kind, points)} {kind}"
                self._case("lapsed", faction, turn.opening.clock.turn, words, points)

    def _units(self, faction: int, turn: _Turn, state: State) -> None:
        roster, units, now = self.world.roster, state.units, state.clock.turn
        foes = {here for _, here in zones.known_enemies(state, faction)}
        targets = bool(_wanted(state, faction))
        for row, owner in enumerate(roster.faction):
            here = units.hex[row]
            if owner != faction or here < 0:
                continue
            stood = self._stood.setdefault(row, [turn.opening.units.hex[row]])
            stood.append(here)
            column = COLUMN in roster.traits[row]  # its trade is to go there and back
            if not column and _back(self.world, stood) and self._fought.get(row, -9) < now - 1:
                way = " ".join(self._at(one) for one in stood[-3:])
                self._case("back", faction, now, f"{roster.id[row]}: {way}")
            if row in turn.marched or not _in_line(self.world, row) or not targets:
                continue
            near = any(self.world.grid.distance(here, foe) <= QUIET for foe in foes)
            if near or units.disrupted[row] or units.locked[row] > now or state.hexes.control[here] != faction:
                continue
            self._chance("idle", faction)
            if not units.spent[row] & Spent.ACTED and here not in {prize.hex for prize in self.world.prizes}:
                self._case("idle", faction, now, f"{roster.id[row]} at {self._at(here)}")

    def _dropped(self, faction: int, state: State) -> None:
        player = self.session.players.get(faction)
        remembered = memory_of(player) if player is not None else {}
        aims, turned = remembered.get("aims", {}), remembered.get("turned", {})
        before, self._aims[faction] = self._aims.get(faction, {}), dict(aims)
        for unit, (goal, axis) in sorted(aims.items()):
            if unit not in before or not (axis and before[unit][1]):
                continue
            self._chance("dropped", faction)
            self._chance("turned", faction)
            old = before[unit][0]
            holder = state.hexes.control[old]
            taken = holder >= 0 and not self.world.at_war(faction, holder)
            if not taken and self.world.grid.distance(old, goal) >= JUMP:
                self._case(
                    "turned" if unit in turned else "dropped",
                    faction,
                    state.clock.turn,
                    f"{unit}: {self._at(old)} for {self._at(goal)}",
                )

    def _judged(self, event: ev.SupplyJudged) -> None:
        turn = self._turns.get(event.faction)
        if turn is None:
            return
        roster, was = self.world.roster, turn.opening.units.supply
        for row, now in zip(event.units, event.supply, strict=True):
            if row in turn.marched and was[row] != Supplied.CUT and not roster.traits[row] & ROVERS:
                self._chance("starved", event.faction)
                taken = self._last.units.hex[row] in turn.empty
                if now == Supplied.CUT and roster.id[row] in turn.unfed and not taken:
                    here = self._last.units.hex[row]
                    self._case(
                        "starved", event.faction, turn.opening.clock.turn, f"{roster.id[row]} to {self._at(here)}"
                    )


def _column(world: World, name: str) -> int:
    names = [column.name for column in world.rules.combat.columns]
    return names.index(name) if name in names else 0


def _in_line(world: World, row: int) -> bool:
    behind = world.roster.traits[row] & {"hq", "artillery", "engineer", "adviser", "garrison", "cell"}
    return not behind and world.roster.attack[row] > 0 and world.roster.movement[row] > 0


def _back(world: World, stood: list[int]) -> bool:
    """Whether the last two turns of a unit led it far away and back."""
    if len(stood) < 3:
        return False
    start, away, now = stood[-3:]
    return start >= 0 and world.grid.distance(start, away) >= THERE and world.grid.distance(start, now) <= 1


def _wanted(state: State, faction: int) -> list[int]:
    """Prizes that count for a faction and that an enemy, or nobody, controls."""
    control = state.hexes.control
    return sorted({
        prize.hex for prize in state.world.prizes
        if prize.points[faction] and (control[prize.hex] < 0 or state.world.at_war(faction, control[prize.hex]))
    })  # fmt: skip


def _empty(state: State, faction: int) -> Iterator[int]:
    """Of those, the ones that it sees to be without an enemy and that troops able to claim can march to now, the other
    bloc and its own doctrine allowing. What it does not see may be empty, and may be an ambush: it cannot know."""
    desk = opened_desk(engine.view(state, faction), NOTHING)
    view = desk.state
    roster, world = view.world.roster, view.world
    foes, seen = {here for _, here in zones.known_enemies(view, faction)}, fog.visible_hexes(view, faction)
    able = [
        row for row, owner in enumerate(roster.faction)
        if owner == faction and view.units.hex[row] >= 0 and _in_line(world, row) and prizes.can_claim(view, row)
        and view.units.locked[row] <= view.clock.turn
    ]  # fmt: skip
    for here in _wanted(view, faction):
        if not seen[here] or here in desk.left_alone or not may_go(desk, here):
            continue
        if here not in foes and any(_may_take(view, row, here) for row in able):
            yield here


def _manned(state: State, faction: int, here: int) -> bool:
    """Whether enemies stand in a hex, seen or not."""
    owners = state.world.roster.faction
    return any(state.world.at_war(faction, owners[row]) for row in state.units_at(here))


def _may_take(view: State, row: int, here: int) -> bool:
    found = movement.within_reach(view, row)
    if here not in found.cost or stacking.room_for(view, row, here) is not None:
        return False
    order = od.Move(view.world.roster.id[row], found.path(here))
    if engine.refusal(view, order) is not None:
        return False
    risk = engine.provokes(view, order)
    return risk is None or risk.percent <= FORBIDDEN


def _usable(state: State, faction: int) -> dict[str, int]:
    """Points of the kinds of support that hit the enemy, in attacks or alone."""
    kinds = support.kinds(state.world)
    return {
        kind: points for kind, points in state.clock.support[faction]
        if kind in kinds and (kinds[kind].attack_shift or kinds[kind].hit)
    }  # fmt: skip
