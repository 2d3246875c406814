"""Whether supply can follow a march: it runs along the way that the unit itself opens, if nobody stands beside it.

A staff does not plan marches to where nothing feeds the troops. Its own march makes the hexes of its way its own; where
an enemy's zone lies on one of them and nobody stays there, supply stops short.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from game.ai.staff.desk import StaffDesk
from game.ai.staff.notebook import Post
from game.ai.staff.worth import imagined
from game.rules import supply, supply_net, taking, zones
from game.state.codes import Supplied

EXEMPT = frozenset({"raider", "cell", "garrison"})
"""Units that live off the land, or off their stores."""


CALLED = frozenset({"relief", "road"})
"""Kinds of tasks that do not wait for supply: those who are shut in hunger more, and an open road feeds all."""


class Fed(NamedTuple):
    """What feeds a hex, in supply points: the way along roads, -1 off them, and the last leg."""

    road: int
    leg: int


def must_be_fed(desk: StaffDesk, row: int) -> bool:
    """Whether a unit goes nowhere without supply: a road feeds it now, it does not live off the land, opens no road,
    and the game goes on."""
    if desk.last_turn or desk.doctrine.posture == "defend" or desk.traits(row) & EXEMPT:
        return False
    task = desk.book.tasks.get(row)
    if task is not None and task.kind in CALLED:
        return False
    here = desk.at(row)  # where a march of this turn has led, supply follows: who goes on from there must still be fed
    return desk.state.units.supply[row] != Supplied.CUT and (desk.supply.reaches(here) or here in _opened(desk))


def follows(desk: StaffDesk, row: int, path: Sequence[int]) -> bool:
    """Whether supply would reach the end of a unit's march (a path with its start), by the net of now or along the
    way."""
    end = path[-1]
    return end in desk.supply.cost or end in _opened(desk) or end in _fed_on_the_way(desk, row, path)


def note_march(desk: StaffDesk, row: int, path: Sequence[int]) -> None:
    """A unit's march, with its start, has opened its way: whoever comes behind is fed there too."""
    found = _fed_on_the_way(desk, row, path)
    _opened(desk).update(found)
    if path[-1] in found:
        _lead_through(_through(desk), (*reversed(path[:-1]), *_way(desk, path[0])), desk.state.units.steps[row])


def hang_on(desk: StaffDesk, row: int, goal: int = -1) -> int:
    """Steps of others that supply reaches now and would not if a headquarters went to a hex, or all who stand with a
    unit went away: who stands in an enemy's zone or on ground of the other bloc holds the way open, and at a
    headquarters the way begins anew. 0 where fewer steps than the unit's own are fed through its hex."""
    here, state = desk.at(row), desk.state
    opens = zones.known_zone(state, desk.me)[here] or of_others(desk, here)
    if not opens and (goal < 0 or not _begins_anew(desk, here)):
        return 0
    if _through(desk).get(here, 0) < state.units.steps[row]:
        return 0
    if goal < 0:
        away = next(source.hex for source in desk.world.factions[desk.me].sources)
        posts = [Post(one, away) for one in desk.stack(here)]
    else:
        posts = [Post(row, goal)]
    gone = {post.row for post in posts}
    without = supply.offered(imagined(state, posts), desk.me).leg.cost
    steps = state.units.steps
    return sum(
        steps[one]
        for one in desk.own
        if one not in gone and desk.at(one) not in without and _fed(desk, desk.at(one)) is not None
    )


def _begins_anew(desk: StaffDesk, here: int) -> bool:
    """Whether the way of supply begins anew in a hex, as it does at a headquarters that is far enough from a source."""
    return here in desk.supply.chart.road.relayed or here in desk.supply.chart.leg.relayed


def _through(desk: StaffDesk) -> dict[int, int]:
    """Hex -> steps that are fed through it, by the net of now and the marches of this turn."""
    found: dict[int, int] | None = desk.book.charts.get("fed through")
    if found is None:
        found = desk.book.charts["fed through"] = {}
        for row in desk.own:
            _lead_through(found, _way(desk, desk.at(row))[1:], desk.state.units.steps[row])
    return found


def _way(desk: StaffDesk, here: int) -> tuple[int, ...]:
    return desk.supply.chart.way(here)


def _lead_through(found: dict[int, int], way: Sequence[int], steps: int) -> None:
    for here in way:
        found[here] = found.get(here, 0) + steps


def _fed_on_the_way(desk: StaffDesk, row: int, path: Sequence[int]) -> dict[int, Fed]:
    """What feeds the hexes of a unit's way as far as supply can follow, from the last one that is fed now."""
    start = next((n for n in range(len(path) - 1, -1, -1) if _fed(desk, path[n]) is not None), -1)
    if start < 0:
        return {}
    rules, shut = desk.world.rules.supply, zones.known_zone(desk.state, desk.me)
    roads, legs = supply_net.roads(desk.state), supply_net.last_leg(desk.state)
    here, found = path[start], dict[int, Fed]()
    fed = _fed(desk, here)
    for there in path[start + 1 :]:
        obeys_others = of_others(desk, here) or (here != path[0] and taking.why_not_at_once(desk.state, row, here))
        if fed is None or ((shut[here] or obeys_others) and not desk.stack(here)):
            break
        road, leg = -1, fed.leg + next((cost for one, cost in legs[here] if one == there), rules.stretched_leg)
        step = next((cost for one, cost in roads[here] if one == there), -1)
        if fed.road >= 0 and step >= 0 and fed.road + step <= rules.stretched_budget:
            road = fed.road + step
            leg = min(leg, 0 if road <= rules.road_budget else rules.last_leg + 1)
        if leg > rules.stretched_leg:
            break
        fed = found[there] = Fed(road, leg)
        here = there
    return found


def _fed(desk: StaffDesk, here: int) -> Fed | None:
    """What feeds a hex, by the net or behind a march of this turn; None where nothing does."""
    leg = desk.supply.cost.get(here)
    return _opened(desk).get(here) if leg is None else Fed(desk.supply.chart.road.cost.get(here, -1), leg)


def of_others(desk: StaffDesk, here: int) -> bool:
    """Whether the other bloc holds a hex: it stays so however often one marches through."""
    holder = desk.state.hexes.control[here]
    return (
        holder >= 0
        and holder != desk.me
        and not (desk.world.at_war(desk.me, holder) or desk.world.together(desk.me, holder))
    )


def _opened(desk: StaffDesk) -> dict[int, Fed]:
    """Hexes that marches of this turn have opened, with what feeds them."""
    found: dict[int, Fed] = desk.book.charts.setdefault("opened", {})
    return found
