"""What the selection and the plans of a seat put on the map: reach, targets, rings, tags, and the arrows of orders."""

from __future__ import annotations

from game import engine
from game.plans import FollowPlan, HoldPlan, MarchOrder
from game.rules import combat, foresight, out_of_reach
from game.state.tables import State
from game.ui import pointing, reach_view, targets, together
from game.ui.kit.theme import Colour, Marks, Theme
from game.ui.mapview.arrows import Arrow, Ring
from game.ui.mapview.overlays import HexStyle, Overlay
from game.ui.mapview.reach_light import ReachLight
from game.ui.selection import ASSAULT, ROUTE
from game.ui.table.sight import Sight
from game.ui.table.tags import AGAIN, ONWARD, PAUSE, Tag
from game.words import say


def highlight(table: Sight, theme: Theme) -> Overlay:
    """The hexes that an order in preparation may be for."""
    state, selection = table.view.state, table.selection
    if selection.mode == "corridor":
        return dict.fromkeys(
            selection.corridor, HexStyle(theme.marks.good.faded(90), "level", theme.marks.good, theme.marks.good)
        )
    if selection.mode in ("attack", ROUTE):
        return {}
    if selection.mode == ASSAULT:
        return {
            one.hex: HexStyle(_odds_colour(theme, one).faded(70), "dots", _odds_colour(theme, one).faded(150),
                              _odds_colour(theme, one))
            for one in pointing.vantages(state, selection.units, selection.target)
        }  # fmt: skip
    if selection.mode:
        found = targets.choices(state, selection.mode, selection.unit, selection.kind)
        look = HexStyle(theme.marks.warn.faded(70), "dots", theme.marks.warn.faded(180), theme.marks.warn)
        return dict.fromkeys(found, look)
    return {}


def reach(table: Sight) -> ReachLight | None:
    """The light of the units in hand, where a march is what a click would order."""
    state, selection = table.view.state, table.selection
    if selection.mode or not selection.unit or state.faction != table.seat or not table.playing:
        return None
    if selection.group:
        return reach_view.common_light(state, [state.world.row[unit] for unit in selection.group])
    return reach_view.light(state, state.world.row[selection.unit], table.turns_shown)


def plans(table: Sight, theme: Theme) -> tuple[tuple[Tag, ...], tuple[Arrow, ...]]:
    """Plans of the seat: dashed ways of marches and signs on counters; and tags of what is in preparation."""
    state, selection, marks = table.view.state, table.selection, theme.marks
    tags, arrows = list[Tag](), list[Arrow]()
    for key, plan in table.standing.plans.items() if table.playing else ():
        row = state.world.row.get(key, -1)
        here = state.units.hex[row] if row >= 0 else -1
        if here < 0:
            continue
        sign = AGAIN
        if isinstance(plan, MarchOrder):
            sign, found = ONWARD, foresight.long_march(state, row, plan.way)
            arrows.append(Arrow((here, *found.path), marks.path, "march"))
            tags += _turn_tags(state, found, marks.path) if key in selection.units else []
        elif isinstance(plan, FollowPlan):
            sign = ONWARD
        elif isinstance(plan, HoldPlan):
            sign = PAUSE
        tags.append(Tag(here, sign, marks.selected, sign=True))
    if selection.mode == ROUTE:
        for line in together.long_march(state, selection.units, selection.way).lines:
            tags += _turn_tags(state, line, marks.path)
    if selection.mode == ASSAULT:
        tags += [
            Tag(one.hex, one.found.known.name, _odds_colour(theme, one))
            for one in pointing.vantages(state, selection.units, selection.target)
        ]
    return tuple(dict.fromkeys(tags)), tuple(arrows)


def _turn_tags(state: State, line: foresight.LongMarch, colour: Colour) -> list[Tag]:
    """Where a long march would be at the end of each turn."""
    stops = [(line.path[end - 1], number) for number, end in enumerate(line.ends) if end]
    return [Tag(here, say("turn {n}", n=state.clock.turn + number), colour) for here, number in stops]


def rings(table: Sight, theme: Theme) -> tuple[Ring, ...]:
    state, selection = table.view.state, table.selection
    found = list[Ring]()
    if selection.mode == "attack" and selection.target < 0 and selection.unit:
        found += [Ring(here, theme.marks.bad) for here in targets.choices(state, "attack", selection.unit)]
    if selection.mode == ASSAULT:
        found += [
            Ring(one.hex, _odds_colour(theme, one), broken=one.hex != selection.stand)
            for one in pointing.vantages(state, selection.units, selection.target)
        ]
    if selection.target >= 0:
        found.append(Ring(selection.target, theme.marks.bad))
    places = {state.units.hex[state.world.row[unit]] for unit in selection.group}
    found += [Ring(here, theme.marks.selected) for here in sorted(places - {selection.hex}) if here >= 0]
    if selection.hex >= 0:
        found.append(Ring(selection.hex, theme.marks.selected))
    return tuple(found)


def arrows(table: Sight, marks: Marks) -> tuple[Arrow, ...]:
    state, selection = table.view.state, table.selection
    if selection.mode == "attack" and selection.target >= 0:
        origins = dict.fromkeys(state.units.hex[state.world.row[unit]] for unit in selection.attackers)
        return tuple(Arrow((origin, selection.target), marks.bad, "attack") for origin in origins)
    hexes, rows = state.units.hex, state.world.row
    if selection.mode == ROUTE:
        lines = [(unit, foresight.long_march(state, rows[unit], selection.way)) for unit in selection.units]
        return tuple(Arrow((hexes[rows[unit]], *line.path), marks.path, "march") for unit, line in lines if line.path)
    if selection.mode == ASSAULT:
        stand = selection.stand
        if any(table.hover == one.hex for one in pointing.stands(state, selection.unit, selection.target)):
            stand = table.hover
        return _assault_arrows(state, marks, pointing.assault(state, selection.units, selection.target, stand))
    if selection.mode or not selection.unit or not table.playing or table.hover < 0:
        return ()
    if combat.foes_at(state, table.seat, table.hover):
        return _assault_arrows(state, marks, pointing.assault(state, selection.units, table.hover))
    if selection.group:
        legs = together.group_march(state, selection.units, table.hover).legs
        return tuple(Arrow((hexes[rows[leg.unit]], *leg.path), marks.path) for leg in legs if leg.path)
    row = state.world.row[selection.unit]
    if state.world.roster.faction[row] != state.faction:
        return ()
    if table.hover in out_of_reach.stops(state, row):
        path: tuple[int, ...] = engine.reach(state, selection.unit).path(table.hover)
    else:  # the march that gets furthest on the way there
        beyond = out_of_reach.why(state, row, table.hover)
        path = beyond.path if beyond is not None else ()
    return (Arrow((selection.hex, *path), marks.path),) if path else ()


def _assault_arrows(state: State, marks: Marks, found: pointing.MarchAndAttack | None) -> tuple[Arrow, ...]:
    """The marches that lead to an attack, and the attack from where each attacker then stands."""
    if found is None:
        return ()
    row, hexes = state.world.row, state.units.hex
    marches = [Arrow((hexes[row[march.unit]], *march.path), marks.path) for march in found.marches]
    origins = dict.fromkeys(found.after.units.hex[row[unit]] for unit in found.attack.units)
    return (*marches, *(Arrow((origin, found.attack.target), marks.bad, "attack") for origin in origins))


def _odds_colour(theme: Theme, stand: pointing.Vantage) -> Colour:
    marks = theme.marks
    return (marks.bad, marks.warn, marks.good)[stand.grade]
