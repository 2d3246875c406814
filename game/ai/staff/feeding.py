"""Whether supply can follow a march: it runs along the way that the unit itself opens, if nobody stands beside it.

A staff does not plan marches to where nothing feeds the troops. Its own march makes the hexes of its way its own; where
an enemy's zone lies on one of them and nobody stays there, supply stops short.
"""

from __future__ import annotations

from collections.abc import Sequence

from game.ai.staff.desk import StaffDesk
from game.rules import supply_net, zones
from game.state.codes import Supplied

EXEMPT = frozenset({"raider", "cell", "garrison"})
"""Units that live off the land, or off their stores."""


CALLED = frozenset({"relief", "road"})
"""Kinds of tasks that do not wait for supply: those who are shut in hunger more, and an open road feeds all."""


def must_be_fed(desk: StaffDesk, row: int) -> bool:
    """Whether a unit goes nowhere without supply: a road feeds it now, it does not live off the land, opens no road,
    and the game goes on."""
    if desk.last_turn or desk.doctrine.posture == "defend" or desk.traits(row) & EXEMPT:
        return False
    task = desk.book.tasks.get(row)
    if task is not None and task.kind in CALLED:
        return False
    here = desk.at(row)  # where a march of this turn has led, supply follows: who goes on from there must still be fed
    return desk.state.units.supply[row] != Supplied.CUT and (desk.supplied(here) or here in _opened(desk))


def follows(desk: StaffDesk, path: Sequence[int]) -> bool:
    """Whether supply would reach the end of a march (a path with its start), by the net of now or along the way."""
    end = path[-1]
    return end in desk.supply_cost or end in _opened(desk) or end in _fed_on_the_way(desk, path)


def note_march(desk: StaffDesk, path: Sequence[int]) -> None:
    """A march, with its start, has opened its way: whoever comes behind is fed there too."""
    _opened(desk).update(_fed_on_the_way(desk, path))


def _fed_on_the_way(desk: StaffDesk, path: Sequence[int]) -> dict[int, int]:
    """Hex -> last leg used there, for the part of a way along which supply can follow from the last hex that is fed."""
    fed, opened, shut = desk.supply_cost, _opened(desk), zones.known_zone(desk.state, desk.me)
    start = next((n for n in range(len(path) - 1, -1, -1) if path[n] in fed or path[n] in opened), -1)
    if start < 0:
        return {}
    roads, legs = supply_net.roads(desk.state), supply_net.last_leg(desk.state)
    most, here, found = desk.world.rules.supply.stretched_leg, path[start], dict[int, int]()
    on_road = here in desk.supply_chart.road.cost or opened.get(here) == 0
    used = 0 if on_road else fed.get(here, opened.get(here, 0))
    for there in path[start + 1 :]:
        if (shut[here] or of_others(desk, here)) and not desk.stack(here):
            break
        if not (on_road and any(one == there for one, _ in roads[here])):
            on_road = False
            used += next((cost for one, cost in legs[here] if one == there), most + 1)
            if used > most:
                break
        found[there] = used
        here = there
    return found


def of_others(desk: StaffDesk, here: int) -> bool:
    """Whether the other bloc holds a hex: it stays so however often one marches through."""
    holder = desk.state.hexes.control[here]
    return (
        holder >= 0
        and holder != desk.me
        and not (desk.world.at_war(desk.me, holder) or desk.world.together(desk.me, holder))
    )


def _opened(desk: StaffDesk) -> dict[int, int]:
    """Hexes that marches of this turn have opened, with the last leg used there: 0 on a road that is fed."""
    found: dict[int, int] = desk.book.charts.setdefault("opened", {})
    return found
