"""``believe``: a whole state that fits a view, on which the engine can be played forward.

A view leaves out what its faction does not see, so an army of which nothing is seen does not march in it. A belief puts
something in its place: contacts become units of a likely make, those lost from sight may have moved on, and troops
that nobody has seen stand where they are likely to: in the towns and on the roads that their faction is known to hold,
and most of all where the front runs. How strong an army is nobody knows; its sources of supply are public, and an
army is taken to be about half as strong as they could feed.

Rows of the view keep their numbers, and units their ids, so an order means the same in view, belief and truth. The view
of a belief is the view that it was made from. A sample is a number: 0 takes each contact as it was seen last.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, fields, replace
from typing import Any

from game.ai.belief.lots import Lots
from game.ai.belief.makes import Make, makes_of
from game.rules import fog, ground, prizes, supply, victory, zones
from game.scenario.world import Roster, Stance, World
from game.state import State
from game.state.codes import Knowledge, Status
from game.state.tables import IntelTable, UnitTable
from game.view import View

FED = 50
"""Percent of what its sources could feed that an army is taken to have under arms, in steps."""

MOST_UNSEEN = 60
"""Most unseen units that a belief holds of one faction."""

STAYS = 50
"""Percent chance that a contact which was lost from sight is still where it was, in samples other than 0."""

STRIDE, FARTHEST = 2, 4
"""Hexes a turn, and at most, that a lost contact may have gone."""

AT_PLACE, AT_FRONT, ON_ROAD, IN_OPEN = 8, 6, 2, 1
"""How likely unseen troops are in a hex: at a place that is a prize or a town, within two hexes of an enemy of theirs,
on a road; such reasons add up."""

FRONT = 2
ENTRENCHED = 1
"""Level of entrenchment of unseen troops at a place."""


@dataclass(slots=True)
class _Picture:
    """A belief in the making: the columns of units by row, and who stands where."""

    view: View
    lots: Lots
    seen: bytearray
    """Hexes in which one would see an unhidden stranger."""
    roster: dict[str, list[Any]]
    hex: list[int]
    steps: list[int]
    dug: list[int]
    stacks: dict[int, list[int]] = field(default_factory=dict)

    @property
    def world(self) -> World:
        """The world of the view."""
        return self.view.state.world


def believe(view: View, sample: int = 0) -> State:
    """A whole state that fits what a faction sees, the same for the same view and sample.

    >>> from game import engine
    >>> state = engine.start(engine.load_scenario("breaking_the_siege"), seed=7)
    >>> seen = engine.view(state, 0)
    >>> belief = believe(seen, 1)
    >>> engine.view(belief, 0).state == seen.state, len(belief.units.hex) > len(seen.state.units.hex)
    (True, True)
    """
    state, lots = view.state, Lots(view, sample)
    picture = _begun(view, lots)
    _place_known(picture, sample)
    for faction in range(len(state.world.factions)):
        if not state.world.friends(view.faction, faction):
            _place_unseen(picture, faction)
    return _state(picture)


def _begun(view: View, lots: Lots) -> _Picture:
    state = view.state
    roster = {f.name: list(getattr(state.world.roster, f.name)) for f in fields(Roster)}
    units = state.units
    return _Picture(view, lots, _watched(view), roster, list(units.hex), list(units.steps), list(units.dug))


def _watched(view: View) -> bytearray:
    """Hexes in sight, and those of which the people of one's towns report."""
    state, world = view.state, view.state.world
    marks = bytearray(fog.visible_hexes(state, view.faction))
    for place in world.places:
        if place.civilians and state.hexes.control[place.hex] == view.faction:
            for here in world.grid.disk(place.hex, world.rules.fog.held_ground_sight):
                marks[here] = 1
    return marks


# --- troops that are known -------------------------------------------------------------------------------------------


def _place_known(picture: _Picture, sample: int) -> None:
    """Own and friendly units as they are; strangers where they are seen, or may be by now."""
    state, me = picture.view.state, picture.view.faction
    intel, owner = state.intel[me], state.world.roster.faction
    strangers = [row for row, level in enumerate(intel.level) if level]
    lost = [row for row in strangers if not picture.seen[intel.hex[row]]]
    for row, here in enumerate(picture.hex):
        if here >= 0 and not intel.level[row]:
            picture.stacks.setdefault(here, []).append(row)
    for row in strangers:
        if intel.level[row] < Knowledge.IDENTIFIED:
            _make_up(picture, row)
    for row in sorted(strangers, key=lambda row: (row in lost, -intel.turn[row], row)):
        here = intel.hex[row]
        if row in lost and sample:
            here = _gone_to(picture, row, here)
        if not _fits(picture, row, owner[row], here):
            near = (there for there in state.world.grid.disk(here, FARTHEST) if not picture.seen[there])
            there = next((one for one in near if _fits(picture, row, owner[row], one)), -1)
            here = there if there >= 0 else _anywhere(picture, row)
        picture.hex[row] = here
        picture.stacks.setdefault(here, []).append(row)


def _make_up(picture: _Picture, row: int) -> None:
    """Give a contact a make and a strength that look like what was seen of it."""
    state, me = picture.view.state, picture.view.faction
    size = state.world.rules.units.contacts[zones.size_class(state, me, row)]
    makes = [one for one in makes_of(state, me, picture.roster["faction"][row]) if one.steps >= size.low]
    if not makes:
        return  # it stays what its size class is taken for
    name = f"{picture.roster['id'][row]}"
    make = picture.lots.weighted(f"make {name}", makes, [one.weight for one in makes])
    most = max(size.low, min(size.high, make.steps))
    picture.steps[row] = size.low + picture.lots.number(f"steps {name}", most - size.low + 1)
    for column, value in make.columns.items():
        picture.roster[column][row] = value
    picture.roster["steps"][row] = max(make.steps, size.high)


def _gone_to(picture: _Picture, row: int, here: int) -> int:
    """Where a contact that was lost from sight has gone: it stays, or is on ground of its own not far off."""
    state, me = picture.view.state, picture.view.faction
    age, name = state.clock.turn - state.intel[me].turn[row], f"{picture.roster['id'][row]} at {here}"
    if age < 1 or picture.lots.number(f"stays {name}", 100) < STAYS or not picture.roster["movement"][row]:
        return here
    owner = picture.roster["faction"][row]
    ways = [
        there
        for there in state.world.grid.disk(here, min(FARTHEST, STRIDE * age))
        if state.hexes.control[there] == owner and not picture.seen[there] and _fits(picture, row, owner, there)
    ]
    return picture.lots.one_of(f"gone {name}", ways) if ways else here


def _anywhere(picture: _Picture, row: int) -> int:
    """The first hex out of sight that takes a unit, where none near it does."""
    owner = picture.roster["faction"][row]
    return next(
        here for here in range(picture.world.grid.size) if not picture.seen[here] and _fits(picture, row, owner, here)
    )


def _fits(picture: _Picture, row: int, owner: int, here: int) -> bool:
    """Whether a unit could rest in a hex, by the ground, the limits of a stack, and who stands there."""
    world = picture.world
    kind = ground.terrain_of(world, here)
    if kind is None:
        return False
    by_road = any(side >= 0 and world.road[side] for side in world.grid.sides[here])
    if not by_road and kind.cost(picture.roster["mobility"][row]) < 0:
        return False
    there = picture.stacks.get(here, ())
    owners, traits = picture.roster["faction"], picture.roster["traits"]
    if any(world.stance[owner][owners[other]] > Stance.ALLIED for other in there):
        return False
    if "hq" in traits[row]:
        return True
    line = [other for other in there if "hq" not in traits[other]]
    rules = world.rules.units
    steps = sum(picture.steps[other] for other in line) + picture.steps[row]
    return len(line) < rules.stack_units and steps <= rules.stack_steps


# --- troops that nobody has seen -------------------------------------------------------------------------------------


def strength_of(view: View, faction: int) -> int:
    """Steps that a faction is taken to have in all: a share of what its sources could feed, less by lost towns."""
    state, world = view.state, view.state.world
    turn, control = state.clock.turn, state.hexes.control
    towns = [place.hex for place in world.places if place.size and world.control[place.hex] == faction]
    kept = sum(control[here] == faction for here in towns)
    fed = sum(
        source.capacity
        for source in world.factions[faction].sources
        if source.since <= turn <= source.until and control[source.hex] in (faction, -1)
    )
    return fed * FED * kept // (100 * len(towns)) if towns else fed * FED // 100


def _place_unseen(picture: _Picture, faction: int) -> None:
    """Put the rest of an army where it is likely to be, as far as its ground that is out of sight takes it."""
    state, me = picture.view.state, picture.view.faction
    owners = picture.roster["faction"]
    left = strength_of(picture.view, faction)
    left -= sum(steps for row, steps in enumerate(picture.steps) if owners[row] == faction)
    where = _likely(picture, faction)
    makes, id_ = makes_of(state, me, faction), picture.world.factions[faction].id
    for number in range(1, MOST_UNSEEN + 1):
        if left <= 0 or not where:
            return
        name = f"unseen-{id_}-{number}"
        make = picture.lots.weighted(f"make {name}", makes, [one.weight for one in makes])
        row = _enlisted(picture, name, faction, make, min(left, make.steps))
        here = picture.lots.weighted(f"where {name}", list(where), list(where.values()))
        if _fits(picture, row, faction, here):
            picture.hex[row] = here
            picture.stacks.setdefault(here, []).append(row)
            picture.dug[row] = ENTRENCHED if here in picture.world.place_at else 0
            left -= picture.steps[row]
        else:
            where.pop(here)
            _dismissed(picture)


def _likely(picture: _Picture, faction: int) -> dict[int, int]:
    """Hex -> how likely unseen troops of a faction are to stand there; only where they would be out of sight."""
    state, world = picture.view.state, picture.world
    control, grid = state.hexes.control, world.grid
    hostile = [world.at_war(faction, other) for other in range(len(world.factions))]
    prized = {prize.hex for prize in world.prizes}
    facing = _near(grid.near, (here for here, who in enumerate(control) if who >= 0 and hostile[who]), FRONT)
    out = {}
    for here, who in enumerate(control):
        if who != faction or picture.seen[here] or world.terrain[here] < 0:
            continue
        weight = IN_OPEN
        place = world.place_at.get(here, -1)
        if here in prized:
            weight += AT_PLACE
        if place >= 0:
            weight += AT_PLACE * world.places[place].size // 2
        if here in facing:
            weight += AT_FRONT
        if any(side >= 0 and world.road[side] for side in grid.sides[here]):
            weight += ON_ROAD
        if weight > IN_OPEN:
            out[here] = weight
    return out


def _near(near: Sequence[Sequence[int]], hexes: Iterable[int], distance: int) -> set[int]:
    """Hexes within so many of some others."""
    found = set(hexes)
    edge = found
    for _ in range(distance):
        edge = {there for here in edge for there in near[here]} - found
        found |= edge
    return found


def _enlisted(picture: _Picture, name: str, faction: int, make: Make, steps: int) -> int:
    """Add a row for a unit of a make; its number."""
    blank = {
        "id": name, "name": name, "faction": faction, "formation": "", "sector": "", "start": -1, "arrives": 0,
        "entry": (), "locked": 0, "dug": 0, "hidden": 0, "dry": 0, "parent": "", "note": "",
    }  # fmt: skip
    for column, values in picture.roster.items():
        values.append(make.columns[column] if column in make.columns else blank[column])
    picture.hex.append(-1)
    picture.steps.append(steps)
    picture.dug.append(0)
    return len(picture.hex) - 1


def _dismissed(picture: _Picture) -> None:
    """Take the last row away again."""
    for values in (*picture.roster.values(), picture.hex, picture.steps, picture.dug):
        values.pop()


# --- the whole -------------------------------------------------------------------------------------------------------


def _state(picture: _Picture) -> State:
    """The state of a finished picture."""
    base, me = picture.view.state, picture.view.faction
    known, more = len(base.units.hex), len(picture.hex) - len(base.units.hex)
    world = _world(picture)
    columns = {f.name: (*getattr(base.units, f.name), *((0,) * more)) for f in fields(UnitTable)}
    status, entry, dry = list(columns["status"]), list(columns["entry"]), list(columns["dry"])
    for row in range(known, known + more):
        status[row], entry[row] = int(Status.ON_MAP), -1
    for row, owner in enumerate(world.roster.faction):
        if not world.friends(me, owner):
            dry[row] = supply.full_stores(world, row)
    columns.update(
        hex=tuple(picture.hex), steps=tuple(picture.steps), dug=tuple(picture.dug), status=tuple(status),
        entry=tuple(entry), dry=tuple(dry),
        disrupted=tuple(map(min, columns["disrupted"], picture.steps)),
    )  # fmt: skip
    nobody = _unknown(known + more)
    mine = IntelTable(
        **{f.name: (*getattr(base.intel[me], f.name), *getattr(nobody, f.name)[known:]) for f in fields(IntelTable)}
    )
    intel = tuple(mine if number == me else nobody for number in range(len(world.factions)))
    clock = replace(base.clock, flags=_flags(base))
    return State(
        world, picture.lots.seed, UnitTable(**columns), base.hexes, base.sites, base.places, base.factions, intel, clock
    )


def _world(picture: _Picture) -> World:
    world, me = picture.world, picture.view.faction
    roster = Roster(**{name: tuple(values) for name, values in picture.roster.items()})
    factions = tuple(
        one
        if world.friends(me, number)
        else replace(one, support=tuple((kind, 1, 1, world.turns) for kind in one.arms.support))
        for number, one in enumerate(world.factions)
    )
    return replace(world, roster=roster, row={name: row for row, name in enumerate(roster.id)}, factions=factions)


def _unknown(rows: int) -> IntelTable:
    return IntelTable(**{f.name: ((-1 if f.name == "hex" else 0),) * rows for f in fields(IntelTable)})


def _flags(state: State) -> tuple[str, ...]:
    """Flags that victory has set by now, as far as the map tells: prizes that changed hands were fought for, and a road
    that is open has been open."""
    world = state.world
    fought = {
        victory.fought_flag(world, prize)
        for prize in world.prizes
        if state.hexes.control[prize.hex] != world.control[prize.hex]
    }
    roads = {
        victory.open_flag(road.id)
        for faction in range(len(world.factions))
        for road in world.stakes.roads_of(faction)
        if prizes.cut_at(state, road) < 0
    }
    return tuple(sorted(fought | roads))
