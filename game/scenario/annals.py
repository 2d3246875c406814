"""What happened in truth, by date: the dated captures of ``history.yaml`` laid over the holders at the start.

Captures are of places. Ground between them is not recorded; :func:`ground_on` estimates it: a hex goes with the nearest
place of which something is known, on its own bank of a great river and not too far away. Whoever shows that must call
it an estimate.
"""

from __future__ import annotations

from collections import deque

from game.scenario.world import River, Taken, World

REACH = 8
"""How many hexes around a place are estimated to go with it."""


def has_history(world: World) -> bool:
    """Whether the scenario tells of any capture."""
    return bool(world.past.captures)


def known(world: World) -> dict[int, int]:
    """Hexes of which history tells, with who held them at the start: those of captures, and named holders' places."""

    return {here: world.control[here] for here in world.past.hexes}


def held_on(world: World, day: str) -> dict[int, int]:
    """Who held each hex of which history tells at the end of a day: faction numbers, -1 nobody."""

    def make() -> dict[int, int]:
        found = dict(known(world))
        for one in world.past.captures:
            if world.first_day <= one.date <= day:
                found[one.hex] = one.by
        return found

    return world.kept(("held on", day), make)


def taken_in(world: World, here: int) -> tuple[Taken, ...]:
    """The captures of a hex, by date."""

    def make() -> dict[int, tuple[Taken, ...]]:
        found: dict[int, tuple[Taken, ...]] = {}
        for one in world.past.captures:
            found[one.hex] = (*found.get(one.hex, ()), one)
        return found

    return world.kept("captures by hex", make).get(here, ())


# --- ground between the places ------------------------------------------------------------------------------


def ground_on(world: World, day: str) -> tuple[int, ...]:
    """An estimate of who held each hex at the end of a day.

    Ground changes hands together with its nearest known place; until that does, it is as the scenario begins.
    """

    def make() -> tuple[int, ...]:
        before, now = known(world), held_on(world, day)
        nearest = _nearest(world)
        return tuple(
            now[place] if place >= 0 and now[place] != before[place] else start
            for start, place in zip(world.control, nearest, strict=True)
        )

    return world.kept(("ground on", day), make)


def _nearest(world: World) -> tuple[int, ...]:
    """The known place nearest to each hex without crossing a great river, -1 where there is none."""

    def make() -> tuple[int, ...]:
        grid = world.grid
        found = [-1] * grid.size
        queue: deque[int] = deque(known(world))
        for here in queue:
            found[here] = here
        far = dict.fromkeys(queue, 0)
        while queue:
            here = queue.popleft()
            for there, side in zip(grid.neighbours[here], grid.sides[here], strict=True):
                if there < 0 or found[there] >= 0 or world.terrain[there] < 0 or world.river[side] == River.MAJOR:
                    continue
                found[there], far[there] = found[here], far[here] + 1
                if far[there] < REACH:
                    queue.append(there)
        return tuple(found)

    return world.kept("nearest known place", make)


def front(world: World, ground: tuple[int, ...]) -> tuple[int, ...]:
    """Hexsides between hexes of different holders, where both are held by somebody."""
    grid = world.grid
    return tuple(
        side
        for side, (a, b) in enumerate(grid.ends)
        if b >= 0 and a >= 0 and ground[a] >= 0 and ground[b] >= 0 and ground[a] != ground[b]
    )
