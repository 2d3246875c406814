"""What the player has in hand: the hex looked at, units, an order in preparation; and how others are taken in hand.

What a click makes of it stands in :mod:`game.ui.clicks`. Nothing here needs a window.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from game import orders as od
from game.state.tables import State

ASSAULT = "assault"
"""The mode in which a march and the attack that follows it are prepared as one."""
ROUTE = "route"
"""The mode in which a march by way-points, perhaps over several turns, is prepared."""


@dataclass(frozen=True, slots=True)
class Selection:
    """The hex looked at, the unit in hand, and an order being prepared.

    ``mode`` is "" or a key of `game.ui.order_kinds.KINDS`; ``target`` is its hex once chosen; ``kind`` the support
    of a strike. An attack has ``attackers``, ``support`` and ``set_piece``. ``confirmed`` counts how often an attack
    on the other bloc was confirmed; ``corridor`` holds the hexes gathered so far.
    """

    hex: int = -1
    unit: str = ""
    mode: str = ""
    kind: str = ""
    target: int = -1
    attackers: tuple[str, ...] = ()
    support: od.Support = ()
    set_piece: bool = False
    points: int = 1
    confirmed: int = 0
    corridor: tuple[int, ...] = ()
    group: tuple[str, ...] = ()
    """Several units in hand, ``unit`` being the first; empty where there is one or none."""
    stand: int = -1
    """Where the first unit is to attack from, in the mode of march and attack; -1 the best place."""
    way: tuple[int, ...] = ()
    """Way-points of a march in preparation, the last one its goal."""
    road: bool = True
    """Whether units on that march use their action for road marches where no enemy is near."""

    @property
    def plain(self) -> Selection:
        """The same hex and units with no order in preparation."""
        return Selection(self.hex, self.unit, group=self.group)

    @property
    def units(self) -> tuple[str, ...]:
        """Every unit in hand."""
        return self.group or ((self.unit,) if self.unit else ())


NOTHING = Selection()


def own_units(state: State, faction: int, here: int) -> tuple[str, ...]:
    """Ids of the faction's units in a hex, fighting units first."""
    roster = state.world.roster
    rows = [row for row in state.units_at(here) if roster.faction[row] == faction] if here >= 0 else []
    return tuple(roster.id[row] for row in sorted(rows, key=lambda row: ("hq" in roster.traits[row], row)))


# --- choosing -------------------------------------------------------------------------------------------------


def choose(state: State, faction: int, unit: str) -> Selection:
    """Take a unit in hand."""
    row = state.world.row.get(unit, -1)
    if row < 0 or state.world.roster.faction[row] != faction:
        return NOTHING
    return Selection(state.units.hex[row], unit)


def look(state: State, faction: int, selection: Selection, here: int) -> Selection:
    """A left click: the hex, and its own units in turn."""
    units = own_units(state, faction, here)
    if not units:
        return Selection(here)
    if here == selection.hex and selection.unit in units:
        return Selection(here, units[(units.index(selection.unit) + 1) % len(units)])
    return Selection(here, units[0])


def following(state: State, faction: int, selection: Selection, rows: Iterable[int], back: bool = False) -> Selection:
    """The next unit after the one in hand among some rows, round and round."""
    ids = [state.world.roster.id[row] for row in rows]
    if not ids:
        return selection.plain
    if selection.unit in ids:
        return choose(state, faction, ids[(ids.index(selection.unit) + (-1 if back else 1)) % len(ids)])
    here = selection.hex
    after = [unit for unit in ids if state.units.hex[state.world.row[unit]] >= here]
    return choose(state, faction, (after or ids)[0])


def kept(state: State, faction: int, selection: Selection) -> Selection:
    """The selection after the game has moved on: what is gone is dropped, preparation ends."""
    left = tuple(unit for unit in selection.units if _is_there(state, faction, unit))
    return in_hand(state, left) if left else Selection(selection.hex)


def _is_there(state: State, faction: int, unit: str) -> bool:
    row = state.world.row.get(unit, -1)
    return row >= 0 and state.world.roster.faction[row] == faction and state.units.hex[row] >= 0


def in_hand(state: State, units: tuple[str, ...]) -> Selection:
    """Some own units that are on the map, the first one leading."""
    return Selection(state.units.hex[state.world.row[units[0]]], units[0], group=units if len(units) > 1 else ())


def cancelled(selection: Selection) -> Selection:
    """Escape: first the preparation ends, then the unit is laid down."""
    if selection.mode:
        return selection.plain
    return Selection(selection.hex) if selection.unit else NOTHING


# --- several units --------------------------------------------------------------------------------------------


def whole_stack(state: State, faction: int, here: int) -> Selection:
    """Every own unit of a hex."""
    units = own_units(state, faction, here)
    return in_hand(state, units) if units else Selection(here)


def whole_formation(state: State, faction: int, unit: str) -> Selection:
    """Every own unit of a unit's formation that is on the map and can march, that unit first."""
    roster, row = state.world.roster, state.world.row.get(unit, -1)
    if row < 0 or not roster.formation[row]:
        return choose(state, faction, unit)
    rows = [other for other, name in enumerate(roster.formation) if name == roster.formation[row] and other != row]
    others = [
        roster.id[other] for other in rows if _is_there(state, faction, roster.id[other]) and roster.movement[other]
    ]
    return in_hand(state, (unit, *others))


def with_road_march(selection: Selection) -> Selection:
    """Units on the march in preparation use their action for road marches, or no longer do."""
    return replace(selection, road=not selection.road)


def joined(state: State, faction: int, selection: Selection, here: int, *, stack: bool) -> Selection:
    """A hex is added to what is in hand: its next unit, or with ``stack`` all of them; if all are, they leave."""
    there = own_units(state, faction, here)
    if not there:
        return selection
    have = selection.units
    missing = tuple(unit for unit in there if unit not in have)
    units = (*have, *(missing if stack else missing[:1])) if missing else tuple(u for u in have if u not in there)
    return in_hand(state, units) if units else Selection(here)


def boxed(state: State, faction: int, hexes: Iterable[int]) -> Selection:
    """The own units in some hexes that can still march, those that cannot move at all left out."""
    movement, row = state.world.roster.movement, state.world.row
    units = [unit for here in hexes for unit in own_units(state, faction, here) if movement[row[unit]]]
    return in_hand(state, tuple(units)) if units else NOTHING


def without(state: State, selection: Selection, unit: str) -> Selection:
    """One unit leaves what is in hand."""
    units = tuple(one for one in selection.units if one != unit)
    return in_hand(state, units) if units else Selection(selection.hex)
