"""The staff's desk: one view, what can be read off it, and the notebook that lasts from order to order.

A desk is laid anew for each decision. What is dear to work out (reaches, fields, maps of danger) is kept in the
notebook with a mark of what it depends on: where the known enemies stand, and which crossings are open.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from itertools import product
from typing import Any

from game.ai.staff import ways
from game.ai.staff.notebook import STAYS, Notebook
from game.ai.staff.staff_supply import StaffSupply
from game.ai.staff.ways import VEHICLES
from game.kernels.reach import Adjacency, Outward, Reach
from game.kernels.recent import Recent
from game.rules import combat, deconfliction, ground, ladder, movement, zones
from game.scenario.doctrine import Doctrine
from game.scenario.world import Stance
from game.state import State
from game.state.codes import CrossingKind, Spent, Supplied
from game.view import View

RANGE = 5
"""Hexes up to which the distance to the nearest enemy or rival is told apart."""

FAR_OFF = 99

DISTANCES = 24
"""Maps of such distances that are remembered."""

BLOCK = 10
"""Columns and rows of the blocks in which enemies are sorted, to find those near a hex."""

POCKET = 4
"""Hexes within which an enemy makes a pocket of a place that no road feeds."""

BEHIND = frozenset({"hq", "artillery", "engineer", "adviser"})
"""Who does not fight in the line."""

ROVING = frozenset({"raider", "cell", "armour", "special"})
"""Defenders who belong to no town: they are the reserve."""

STATIC = frozenset({"garrison", "fortified", "tunnels"})
"""Who leaves his place for nothing: an enemy of this kind comes to no road and turns no line."""


Question = Callable[["StaffDesk", int], bool]
"""What is asked of a unit."""


def once(question: Question) -> Question:
    """A question about a unit that is asked again and again, for one goal after the other, at the same desk: its answer
    hangs on nothing but the view and the charts, and so it is worked out once."""

    def answer(desk: StaffDesk, row: int) -> bool:
        found = desk.answers.get((question, row))
        if found is None:
            found = desk.answers[question, row] = question(desk, row)
        return found

    return answer


class StaffDesk:
    """Everything the parts of a staff ask of the moment."""

    __slots__ = (
        "view",
        "state",
        "world",
        "grid",
        "me",
        "doctrine",
        "book",
        "own",
        "foes",
        "rivals",
        "clashing",
        "mark",
        "answers",
        "supply",
        "_attack",
        "_defence",
        "_stacks",
        "_enemies",
        "_fields",
        "_escorted",
        "_danger",
        "_line",
        "_to_foes",
        "_to_rivals",
    )

    def __init__(self, view: View, doctrine: Doctrine, book: Notebook) -> None:
        if view.state.factions.still[view.faction]:  # it has promised not to close up
            doctrine = replace(doctrine, most_incident=0)
        self.view, self.doctrine, self.book = view, doctrine, book
        self.state: State = view.state
        self.world, self.me = view.state.world, view.faction
        self.grid = self.world.grid
        self._enemies = (*(stance == Stance.WAR for stance in self.world.stance[self.me]), False)  # at last: nobody
        hexes, owner, me = self.state.units.hex, self.world.roster.faction, self.me
        self.own = [row for row, here in enumerate(hexes) if here >= 0 and owner[row] == me]
        self.foes = self._known_foes({hexes[row] for row in self.own})
        self.rivals = [here for _, here in ladder.known_rivals(self.state, me)]
        self.clashing = self._clashing()
        self.mark = self._mark()
        self.answers: dict[tuple[Question, int], bool] = {}
        self.supply = StaffSupply(self.state, me, book, [hexes[row] for row in self.own])
        self._attack: dict[int, int] = {}  # asked of the same units for one target after the other
        self._defence: dict[int, int] = {}
        self._stacks: dict[int, tuple[int, ...]] = {}
        self._fields: dict[tuple[int, int], Outward] = {}
        self._escorted: frozenset[int] | None = None
        self._danger: dict[int, int] | None = None  # charts that are asked for all the time, at hand
        self._line: list[int] | None = None
        self._to_foes: Mapping[int, int] | None = None
        self._to_rivals: Mapping[int, int] | None = None
        if self.mark != book.mark:
            book.mark = self.mark
            book.reaches.clear()
            book.targets.clear()
            for name in ("danger", "blocked", "enemy", "around", "blocks"):
                book.charts.pop(name, None)

    def _known_foes(self, mine: set[int]) -> dict[int, list[int]]:
        """Hex of known enemies -> their rows; nobody writes into it, as it lasts as long as the picture of them."""
        picture = self.state.picture(self.me)
        found: dict[int, list[int]] | None = picture.get("foes")
        if found is None:
            found = picture["foes"] = {}
            for row, here in zones.known_enemies(self.state, self.me):
                found.setdefault(here, []).append(row)
        if mine.isdisjoint(found):
            return found
        return {here: rows for here, rows in found.items() if here not in mine}  # the others have left

    def _mark(self) -> tuple[Any, ...]:
        return self._foes_marked(), tuple(sorted(self.rivals)), ground.patch(self.state)

    def _foes_marked(self) -> tuple[tuple[int, int, int], ...]:
        picture = self.state.picture(self.me)
        known = picture.get("foes marked")
        if known is None or known[0] is not self.foes:
            steps, shaken = self.state.units.steps, self.state.units.disrupted
            every = sorted((here, steps[row], shaken[row]) for here, rows in self.foes.items() for row in rows)
            known = picture["foes marked"] = self.foes, tuple(every)
        marked_now: tuple[tuple[int, int, int], ...] = known[1]
        return marked_now

    def _clashing(self) -> frozenset[int]:
        # Hexes of the other bloc that the staff would attack on purpose: where open clash rules and doctrine allow it.
        ready = self.doctrine.clash and self.state.clock.ladder >= self.doctrine.clash_from
        if not ready or not deconfliction.open_clash(self.state):
            return frozenset()
        self.foes = {here: [*rows] for here, rows in self.foes.items()}
        for row, here in ladder.known_rivals(self.state, self.me):
            self.foes.setdefault(here, []).append(row)
        return frozenset(self.rivals)

    @property
    def last_turn(self) -> bool:
        """Whether the game ends with this turn: nothing needs to be saved for later."""
        return self.state.clock.turn >= self.world.turns

    # --- units ------------------------------------------------------------------------------------------------

    def at(self, row: int) -> int:
        """Where a unit stands."""
        return self.state.units.hex[row]

    def unit(self, row: int) -> str:
        """The id by which orders name a unit."""
        return self.world.roster.id[row]

    def traits(self, row: int) -> frozenset[str]:
        """Traits of a unit."""
        return self.world.roster.traits[row]

    def formation(self, row: int) -> str:
        """The formation of a unit, its own id where it belongs to none."""
        return self.world.roster.formation[row] or self.unit(row)

    def free(self, row: int) -> bool:
        """Whether a unit may be given orders."""
        return self.state.units.locked[row] <= self.state.clock.turn

    def fresh(self, row: int) -> bool:
        """Whether a unit has its action left."""
        return self.free(row) and not self.state.units.spent[row] & Spent.ACTED

    def attack(self, row: int) -> int:
        """Attack strength in tenths."""
        found = self._attack.get(row)
        if found is None:
            found = self._attack[row] = combat.strength(self.state, row, True)
        return found

    def defence(self, row: int) -> int:
        """Defence strength in tenths."""
        found = self._defence.get(row)
        if found is None:
            found = self._defence[row] = combat.strength(self.state, row, False)
        return found

    def is_line(self, row: int) -> bool:
        """Whether a unit fights in the line: no staff, guns, engineers, advisers or supply columns."""
        return not self.traits(row) & BEHIND and self.world.roster.attack[row] > 0

    @property
    def line(self) -> list[int]:
        """Where one's own line units stand, unit by unit."""
        if self._line is None:
            self._line = [self.at(row) for row in self.own if self.is_line(row)]
        return self._line

    def entrenched(self, row: int) -> bool:
        """Whether a defender is entrenched and gives that up for a good reason only."""
        return self.doctrine.posture == "defend" and self.state.units.dug[row] > 0 and not self.traits(row) & ROVING

    def delays(self, row: int) -> bool:
        """Whether a unit holds a line to win time, and so goes for nothing."""
        task = self.book.tasks.get(row)
        return task is not None and task.kind == "delay"

    def stays(self, row: int) -> bool:
        """Whether a unit was told from outside to stay where it is."""
        task = self.book.tasks.get(row)
        return task is not None and task.kind == STAYS

    def is_cut(self, row: int) -> bool:
        """Whether a unit is without supply."""
        return self.state.units.supply[row] == Supplied.CUT

    def prized(self, here: int) -> bool:
        """Whether a hex is a prize that counts for this faction."""
        prizes: set[int] | None = self.book.charts.get("prizes")
        if prizes is None:
            prizes = self.book.charts["prizes"] = {prize.hex for prize in self.world.prizes if prize.points[self.me]}
        return here in prizes

    def held(self, here: int) -> bool:
        """Whether a hex is one that those who defend mean to hold."""
        held: set[int] | None = self.book.charts.get("held")
        if held is None:
            held = self.book.charts["held"] = {goal.hex for goal in self.book.goals if goal.kind == "hold"}
        return here in held

    @property
    def left_alone(self) -> frozenset[int]:
        """Hexes of the places that doctrine leaves to others: their interest is 0."""
        found: frozenset[int] | None = self.book.charts.get("left alone")
        if found is None:
            said = self.doctrine.interest or {}
            found = frozenset(place.hex for place in self.world.places if said.get(place.name) == 0)
            self.book.charts["left alone"] = found
        return found

    def shut_in(self, row: int) -> bool:
        """Whether a unit is besieged: no road reaches the prize that it holds, and the enemy is close."""
        here = self.at(row)
        return self.is_hungry(row) and self.prized(here) and self.foe_distance(here) <= 2

    def in_pocket(self, row: int) -> bool:
        """Whether a unit is cut off beside a place of its side, with the enemy about: it is fed there if anywhere."""
        here, control = self.at(row), self.state.hexes.control
        if not self.is_hungry(row) or self.foe_distance(here) > POCKET:
            return False
        return any(there in self.world.place_at and control[there] == self.me for there in self.grid.disk(here, 2))

    def is_hungry(self, row: int) -> bool:
        """Whether no road reaches a unit now, and none did when the turn opened."""
        return not self.supply.reaches(self.at(row)) and self.state.units.supply[row] != Supplied.FULL

    def stack(self, here: int) -> tuple[int, ...]:
        """Own rows in a hex."""
        found = self._stacks.get(here)
        if found is None:
            owner = self.world.roster.faction
            found = self._stacks[here] = tuple(row for row in self.state.units_at(here) if owner[row] == self.me)
        return found

    def reach(self, row: int) -> Reach:
        """Where a unit can march now; kept until it moves or the enemy picture changes."""
        units = self.state.units
        key = (units.hex[row], units.mp[row], units.spent[row])
        found = self.book.reaches.get(row)
        if found is None or found[0] != key:
            found = self.book.reaches[row] = (key, movement.within_reach(self.state, row))
        return found[1]

    # --- maps -------------------------------------------------------------------------------------------------

    @property
    def bridging(self) -> bool:
        """Whether somebody is there to bridge the river; without engineers it bars the way."""
        found: bool | None = self.book.charts.get("bridging")
        if found is None:
            movement = self.world.roster.movement
            found = any("engineer" in self.traits(row) and movement[row] for row in self.own)
            self.book.charts["bridging"] = found
        return found

    def lists(self, mobility: int) -> Adjacency:
        """Where a column can go from each hex, over the river too where it can be bridged."""
        return ways.lists(self.state, mobility, self.bridging)

    def field(self, goal: int, mobility: int) -> Outward:
        """Quarter points from every hex to a goal by the crossings of now, enemies aside."""
        key = (goal, min(mobility, VEHICLES))
        found = self._fields.get(key)
        if found is None:
            found = self._fields[key] = ways.field_to(self.state, (goal,), key[1], self.bridging)
        return found

    def field_around(self, goal: int, mobility: int, most: int) -> Outward:
        """The field around hexes that enemies and the other bloc hold, up to ``most`` at least; kept for the turn."""
        kept: dict[tuple[int, int], tuple[int, Outward]] = self.book.charts.setdefault("around", {})
        key = (goal, min(mobility, VEHICLES))
        found = kept.get(key)
        if found is None or found[0] < most:
            blocked = bytearray(self.blocked)
            blocked[goal] = 0
            found = kept[key] = most, ways.field_around(self.state, goal, key[1], blocked, most, self.bridging)
        return found[1]

    @property
    def blocked(self) -> bytearray:
        """Hexes with known enemies or the other bloc's troops."""
        found: bytearray | None = self.book.charts.get("blocked")
        if found is None:
            found = bytearray(zones.barred(self.state, self.me))
            self.book.charts["blocked"] = found
        return found

    @property
    def danger(self) -> dict[int, int]:
        """Hex -> attack strength (tenths) that known enemies could bring there in their turn, at a guess."""
        if self._danger is None:
            self._danger = self.book.charts.get("danger")
        if self._danger is None:
            kept = self.state.kept(("danger", bool(self.clashing)), self._dangers)  # all plans of a moment share it
            self._danger = self.book.charts["danger"] = kept
        return self._danger

    def _dangers(self) -> dict[int, int]:
        found = dict[int, int]()
        banks = ways.banks(self.world)
        bridges = [end for side, kind in self.mark[2] if kind != CrossingKind.FERRY for end in self.grid.ends[side]]
        bridged = frozenset[int]().union(*(self.grid.within(end, 3) for end in bridges))
        for here, rows in self.foes.items():
            bank, over = banks[here], here in bridged
            for row in rows:
                power = combat.strength(self.state, row, True)
                for there in self.grid.disk(here, self._stride(row)):
                    if over or banks[there] == bank:
                        found[there] = found.get(there, 0) + power
        return found

    def _stride(self, row: int) -> int:
        traits = self.traits(row)
        if self.world.roster.movement[row] <= 16 or traits & {"garrison", "fortified", "tunnels"}:
            return 1
        return 3 if traits & {"raider", "mechanised"} else 2

    def feeds(self, here: int) -> bool:
        """Whether supply comes to a hex now, or could follow a march that halts there: whoever stands in an enemy's
        zone opens that hex to it, but none behind it."""
        ahead = self.supply.ahead
        if ahead[here] >= 0:
            return True
        if not zones.known_zone(self.state, self.me)[here] or zones.barred(self.state, self.me)[here]:
            return False
        most = self.world.rules.supply.last_leg
        return any(0 <= ahead[near] <= most - cost for near, cost in self.lists(VEHICLES)[here])

    def redraw_supply(self) -> None:
        """Forget how supply ran as the turn opened, and what was answered by it."""
        self.supply.forget()
        self.answers.clear()

    def rival_distance(self, here: int) -> int:
        """Hexes to the nearest known troops of the other bloc, as far as RANGE; FAR_OFF beyond."""
        if self._to_rivals is None:
            self._to_rivals = self._distances(self.rivals)
        return self._to_rivals.get(here, FAR_OFF)

    def foe_distance(self, here: int) -> int:
        """Hexes to the nearest known enemy, as far as RANGE; FAR_OFF beyond."""
        if self._to_foes is None:
            self._to_foes = self._distances(self.foes)
        return self._to_foes.get(here, FAR_OFF)

    def _distances(self, hexes: Iterable[int]) -> Mapping[int, int]:
        memory: Recent[dict[int, int]] = self.world.kept("distances", lambda: Recent(DISTANCES))
        start = frozenset(hexes)

        def make() -> dict[int, int]:
            found, edge, near = dict.fromkeys(start, 0), set(start), self.grid.near
            for distance in range(1, RANGE + 1):
                edge = {there for here in edge for there in near[here]}.difference(found)
                found.update(dict.fromkeys(edge, distance))
            return found

        return memory.found(start, make)

    def foes_near(self, here: int, most: int) -> list[int]:
        """Hexes of known enemies within so many hexes."""
        blocks: dict[tuple[int, int], list[int]] | None = self.book.charts.get("blocks")
        if blocks is None:
            blocks = self.book.charts["blocks"] = {}
            for at in self.foes:
                column, row = self.grid.position(at)
                blocks.setdefault((column // BLOCK, row // BLOCK), []).append(at)
        column, row = self.grid.position(here)
        across, down = (range((at - most) // BLOCK, (at + most) // BLOCK + 1) for at in (column, row))
        around = [at for block in product(across, down) for at in blocks.get(block, ())]
        return [at for at in around if self.grid.distance(here, at) <= most]

    def enemy_strength(self, here: int, radius: int) -> int:
        """Defence strength (tenths) of the known enemies within a radius."""
        strong: dict[int, int] | None = self.book.charts.get("enemy")
        if strong is None:
            strong = self.book.charts["enemy"] = {
                at: sum(combat.strength(self.state, row, False) for row in rows) for at, rows in self.foes.items()
            }
        if not radius:
            return strong.get(here, 0)
        return sum(strong[at] for at in self.grid.within(here, radius).intersection(strong))

    def hostile(self, here: int) -> bool:
        """Whether an enemy controls a hex."""
        return self._enemies[self.state.hexes.control[here]]

    def escorted(self, here: int) -> bool:
        """Whether a line unit of its side stands in a hex or beside it."""
        found = self._escorted
        if found is None:
            near = self.grid.near
            posts = {self.at(row) for row in self.own if self.is_line(row)}
            found = self._escorted = frozenset(there for post in posts for there in (post, *near[post]))
        return here in found

    def name(self, here: int) -> str:
        """The place in a hex, or its label."""
        place = self.world.place_at.get(here, -1)
        return self.world.places[place].name if place >= 0 else self.grid.label(here)

    # --- politics ---------------------------------------------------------------------------------------------

    def base_risk(self, here: int) -> int:
        """Base risk of an incident in a hex, in percent, by the rules and the other bloc's troops that are known."""
        near, rules = self.rival_distance(here), self.world.rules.deconfliction
        risk = rules.adjacent if near <= 1 else rules.two_hexes if near == 2 else 0
        return risk + (rules.warnings.risk if here in self.warned else 0)

    @property
    def warned(self) -> frozenset[int]:
        """Hexes off which the other bloc has warned this one."""
        found: frozenset[int] | None = self.book.charts.get("warned")
        if found is None:
            hexes = (self.state.factions.warned[other] for other in ladder.rivals(self.world, self.me))
            reach = self.world.rules.deconfliction.warnings.range
            found = frozenset(near for here in hexes if here >= 0 for near in self.grid.disk(here, reach))
            self.book.charts["warned"] = found
        return found

    def incident_price(self, percent: int) -> int:
        """What a risk of an incident costs, in tenths: twice as much with each rung of the ladder."""
        return (self.doctrine.incident * percent << min(6, self.state.clock.ladder)) // 100
