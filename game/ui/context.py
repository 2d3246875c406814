"""What can be done at a hex, as rows of a context menu: what a click would do there, and every order aimed at it.

Each row says what it costs or how likely it is before it is chosen. Nothing here needs a window.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace

from game import engine
from game import orders as od
from game.rules import combat, foresight, movement
from game.rules.ground import quarters
from game.state.tables import State
from game.ui import clicks, order_kinds, pointing, targets, together
from game.ui import selection as sel
from game.ui.clicks import Step
from game.ui.panels.acts import CancelPlan, FollowUnit, HoldUnits, LookAt, PanelAct, PrepareOrder, RepeatOrder, TakeUnit
from game.ui.panels.hex_panel import hex_name, reach_words
from game.ui.selection import Selection
from game.words import count, percent, say, sentence

MOST_UNITS = 6
"""Own units of a hex that have a row each."""


@dataclass(frozen=True, slots=True)
class MenuRow:
    """A row: its words, what it costs or promises, and what it does; ``why`` it cannot be chosen, "" when it can."""

    title: str
    detail: str = ""
    step: Step | None = None
    act: PanelAct | None = None
    why: str = ""


@dataclass(frozen=True, slots=True)
class MenuContext:
    """What the menu depends on beside the view: whether orders may be given, what is planned, what could repeat."""

    playing: bool
    planned: Collection[str] = ()
    repeatable: bool = False


def menu_rows(state: State, faction: int, selection: Selection, here: int, context: MenuContext) -> tuple[MenuRow, ...]:
    """Everything that can be done at a hex, the likeliest first."""
    plain = selection.plain
    rows: list[MenuRow] = []
    if context.playing and plain.unit:
        there = here != plain.hex
        rows += _marching(state, faction, plain, here) if there else _here(state, faction, plain, context)
    if context.playing and plain.unit and here != plain.hex:
        leaders = [unit for unit in sel.own_units(state, faction, here) if unit not in plain.units]
        rows += [_follow(state, leader) for leader in leaders[:2]]
    if context.playing:
        rows += _aimed(state, plain, here)
    rows += _units(state, faction, plain, here)
    rows.append(MenuRow(say("Centre the map here"), act=LookAt(here)))
    return tuple(rows)


def menu_title(state: State, here: int) -> str:
    """What the menu is about."""
    return hex_name(state.world, here)


# --- marches and attacks --------------------------------------------------------------------------------------


def _marching(state: State, faction: int, plain: Selection, here: int) -> Iterator[MenuRow]:
    """What a march of the units in hand to the hex would be; against an enemy, the attack."""
    if combat.foes_at(state, faction, here):
        yield _attack(state, plain, here)
        return
    if plain.group:
        found = together.group_march(state, plain.group, here)
        going = sum(bool(leg.path) for leg in found.legs)
        words = count(going, "{n} unit marches", "{n} units march")
        if going and not found.later:
            yield MenuRow(say("March here together"), words, clicks.right_click(state, faction, plain, here))
        else:
            yield _route(state, plain, here)
        return
    row, order = state.world.row[plain.unit], clicks.march_to(state, plain.unit, here)
    if order is None:
        yield _route(state, plain, here)
        return
    cost = movement.within_reach(state, row).cost[here]
    words = say("{cost} of {left} MP", cost=quarters(cost), left=quarters(state.units.mp[row]))
    risk = engine.provokes(state, order)
    if risk is not None and risk.percent:
        words = say("{cost}, incident {share}", cost=words, share=percent(risk.percent))
    yield MenuRow(say("March here"), words, Step(plain, order))
    yield MenuRow(say("March by way of here…"), say("Shift+Right-click"), clicks.via(state, plain, here))


def _route(state: State, plain: Selection, here: int) -> MenuRow:
    """A march over several turns, or why there is none."""
    step = clicks.propose_route(state, plain, (here,))
    row = state.world.row[plain.unit]
    if step.selection.mode != sel.ROUTE:
        return MenuRow(say("March here"), why=reach_words(state, row, here) or say("No way leads there."))
    turns = foresight.long_march(state, row, (here,)).turns
    return MenuRow(say("March order…"), count(turns, "this turn", "{n} turns"), step)


def _attack(state: State, plain: Selection, here: int) -> MenuRow:
    """The attack of the units in hand, with a march before it where they do not stand beside the enemy."""
    beside = all(state.world.grid.distance(state.units.hex[state.world.row[u]], here) == 1 for u in plain.units)
    if beside:
        step = clicks.propose_attack(state, plain, here)
        if step.selection.mode != "attack":
            return MenuRow(say("Attack"), why=step.why)
        team = replace(step.selection, group=plain.group, attackers=_able(state, plain, here))
        return MenuRow(say("Attack…"), _odds(state, od.Attack(team.attackers, here)), Step(team))
    found = pointing.assault(state, plain.units, here)
    if found is None:
        return MenuRow(say("March and attack"), why=pointing.why_not(state, plain.unit, here))
    return MenuRow(
        say("March and attack…"), _odds(found.after, found.attack), clicks.propose_assault(state, plain, here)
    )


def _able(state: State, plain: Selection, here: int) -> tuple[str, ...]:
    able = [unit for unit in plain.units if engine.refusal(state, od.Attack((unit,), here, confirm=2)) is None]
    return tuple(able) or (plain.unit,)


def _odds(state: State, attack: od.Attack) -> str:
    """The column, and the chance that the defender is driven out."""
    known = engine.odds(state, attack).known
    return say("{column}, clears {share}", column=known.name, share=percent(round(known.chance("cleared") * 100 / 36)))


# --- orders of the unit where it stands, and orders aimed at a hex ------------------------------------------------


def _here(state: State, faction: int, plain: Selection, context: MenuContext) -> Iterator[MenuRow]:
    """Orders that the unit in hand can carry out where it stands, and its plans."""
    for kind in order_kinds.offered(state.world) if not plain.group else ():
        if kind.at_once is None or kind.of_faction or targets.why_not(state, faction, plain.unit, kind.key):
            continue
        detail = kind.price(state, faction, "") or f"Shift+{kind.letter}"
        yield MenuRow(kind.title, detail, act=PrepareOrder(kind.key))
    yield MenuRow(say("Hold until contact"), say("Shift+Space"), act=HoldUnits())
    if context.repeatable:
        yield MenuRow(say("Repeat the last order"), say("Ctrl+Space"), act=RepeatOrder())
    if any(unit in context.planned for unit in plain.units):
        yield MenuRow(say("Cancel the plan"), say("Backspace"), act=CancelPlan())


def _aimed(state: State, plain: Selection, here: int) -> Iterator[MenuRow]:
    """Every order that can be aimed at the hex now; attacks have a row of their own."""
    for kind in order_kinds.offered(state.world):
        if kind.aim is None or kind.key == "attack" or not (plain.unit or kind.of_faction):
            continue
        for support in kind.supports(state) if kind.supports is not None else ("",):
            found = targets.choices(state, kind.key, plain.unit, support)
            if here not in found:
                continue
            title = kind.title
            if support:
                title = state.world.rules.support.kinds[support].name
            prepared = replace(plain, mode=kind.key, kind=support, target=here)
            risk = engine.provokes(state, found[here])
            detail = kind.price(state, state.faction, support)
            if risk is not None and risk.percent:
                detail = say("incident {share}", share=percent(risk.percent))
            yield MenuRow(say("{order}…", order=sentence(title)), detail, Step(prepared))


def _follow(state: State, leader: str) -> MenuRow:
    words = say("Follow {unit}", unit=state.world.roster.name[state.world.row[leader]])
    return MenuRow(words, say("Ctrl+Right-click"), act=FollowUnit(leader))


def _units(state: State, faction: int, plain: Selection, here: int) -> Iterator[MenuRow]:
    """The own units of the hex, to be selected."""
    units = sel.own_units(state, faction, here)
    names = state.world.roster.name
    for unit in units[:MOST_UNITS]:
        if unit != plain.unit or plain.group:
            yield MenuRow(say("Select {unit}", unit=names[state.world.row[unit]]), act=TakeUnit(unit))
    if len(units) > 1:
        words = count(len(units), "Select the unit", "Select all {n} units")
        yield MenuRow(words, say("double click"), Step(sel.whole_stack(state, faction, here)))
