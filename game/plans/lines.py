"""Plans as a record keeps them: a line of text for each."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from game import orders as od
from game.hexgrid import HexGrid
from game.plans.kinds import (
    LONGEST,
    MOST_PLANS,
    NOBODY,
    DropPlan,
    FollowPlan,
    HoldPlan,
    MarchOrder,
    Plan,
    Plans,
    Repeat,
    plan_key,
)
from game.scenario.world import World
from game.words import say


def to_text(plan: Plan, grid: HexGrid) -> str:
    """One line that :func:`parse_plan` reads back."""
    match plan:
        case MarchOrder(unit, way, near, risk, cut, road):
            return f"march {unit} {','.join(map(grid.label, way))} {near} {risk} {int(cut)}{' 1' if road else ''}"
        case FollowPlan(unit, leader, cut):
            return f"follow {unit} {leader} {int(cut)}"
        case HoldPlan(unit, near):
            return f"hold {unit} {near}"
        case DropPlan(unit):
            return f"drop-on {unit}"
        case Repeat(order):
            return f"repeat {od.to_text(order, grid)}"


def parse_plan(text: str, grid: HexGrid) -> Plan:
    """The plan of a line; raises ValueError for what is none."""
    word, _, rest = text.partition(" ")
    parts = rest.split(" ")
    if word == "march" and len(parts) in (5, 6):
        way = tuple(grid.hex(label) for label in parts[1].split(",")[: LONGEST + 1])
        if len(way) > LONGEST:
            raise ValueError(say("a march has at most {longest} way-points", longest=LONGEST))
        near, risk = _number(parts[2], NOBODY), _number(parts[3], 100)
        cut, road = bool(_number(parts[4], 1)), len(parts) > 5 and bool(_number(parts[5], 1))
        return MarchOrder(parts[0], way, near, risk, cut, road)
    if word == "follow" and len(parts) == 3:
        return FollowPlan(parts[0], parts[1], bool(_number(parts[2], 1)))
    if word == "hold" and len(parts) == 2:
        return HoldPlan(parts[0], _number(parts[1], NOBODY))
    if word == "drop-on" and len(parts) == 1:
        return DropPlan(rest)
    if word == "repeat":
        order = od.parse_order(rest, grid)
        if isinstance(order, od.Rest | od.DigIn | od.Bombard | od.AirDrop | od.Scout | od.Hotline):
            return Repeat(order)
    raise ValueError(say('"{what}" is no plan', what=text[:60]))


def _units_of(plan: Plan) -> tuple[str, ...]:
    """The units that a plan names."""
    if isinstance(plan, FollowPlan):
        return plan.unit, plan.leader
    return () if isinstance(plan, Repeat) and " " in plan_key(plan) else (plan_key(plan).rpartition(" ")[2],)


def _number(text: str, most: int) -> int:
    if not (text.isascii() and text.isdigit() and len(text) <= 3 and int(text) <= most):
        raise ValueError(say('"{what}" is not a whole number from 0 to {most}', what=text[:20], most=most))
    return int(text)


def plain(plans: Plans, world: World) -> dict[str, dict[str, object]]:
    """The plans of all seats as a save keeps them: by faction when they were carried out, and a line for each."""
    out: dict[str, dict[str, object]] = {}
    for faction, one in enumerate(world.factions):
        lines = [to_text(plan, world.grid) for plan in plans.list(faction).values()]
        if lines:
            out[one.id] = {"turn": plans.carried.get(faction, 0), "plans": lines}
    return out


def from_plain(form: object, world: World) -> Plans:
    """The plans that :func:`plain` described; raises ValueError, naming what is wrong."""
    plans = Plans()
    if not isinstance(form, dict):
        raise ValueError("a mapping by faction is expected")
    for name, kept in form.items():
        if name not in world.faction_row or not isinstance(kept, dict) or kept.keys() != {"turn", "plans"}:
            raise ValueError(say("{name}: turn and plans of a faction are expected", name=str(name)[:40]))
        faction, turn, lines = world.faction_row[name], kept["turn"], kept["plans"]
        if type(turn) is not int or not 0 <= turn <= world.turns + 1:
            raise ValueError(f"{name}.turn")
        if not isinstance(lines, list) or len(lines) > MOST_PLANS or not all(isinstance(one, str) for one in lines):
            raise ValueError(
                say("{name}.plans: a list of at most {most_plans} texts is expected", name=name, most_plans=MOST_PLANS)
            )
        plans.carried[faction] = turn
        for plan in _read(lines, world, faction):
            plans.add(faction, plan)
    return plans


def _read(lines: Iterable[str], world: World, faction: int) -> Iterator[Plan]:
    for line in lines:
        plan = parse_plan(line, world.grid)
        for unit in _units_of(plan):
            if unit not in world.row or world.roster.faction[world.row[unit]] != faction:
                raise ValueError(f"there is no unit {unit[:40]!r} under the command of {world.factions[faction].id}")
        yield plan
