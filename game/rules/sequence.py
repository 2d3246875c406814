"""The sequence of play: the turn on one screen, and which chapter carries out which order (chapter 18)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

from game import orders as od
from game.events import (
    CorridorEnded,
    DugIn,
    FactionTurnBegan,
    FactionTurnEnded,
    InterdictionEnded,
    MoveCutShort,
    OrdersBegun,
    StepsDisrupted,
    StepsLost,
    StepsRecovered,
    StepsReplaced,
    TurnBegan,
)
from game.rules import (
    acts,
    battle,
    columns,
    combat,
    command,
    concessions,
    deconfliction,
    entrenching,
    fog,
    ladder,
    liaison,
    marching,
    movement,
    people,
    reinforcements,
    river,
    scripted,
    strikes,
    strongpoints,
    supply,
    support,
    taking,
    victory,
    weather,
)
from game.rules.refusal import Refusal
from game.state import Draft
from game.state.tables import Position
from game.words import say


class Chapter(NamedTuple):
    """Which rule of the book describes a kind of order, who judges it and who carries it out."""

    rule: str
    refuse: Callable[[Position, Any], Refusal | None]
    resolve: Callable[[Draft, Any], None]


def _never(state: Position, order: od.Order) -> Refusal | None:
    return None


ORDERS: dict[type, Chapter] = {}
"""Filled below, once the functions it names exist."""

TALKS = (od.Notify, od.Hotline, od.Cede, od.Standstill, od.Grounding, od.Warn, od.CloseSky, od.EndTurn)
"""Orders that do not begin a turn: a concession may follow them."""

CHANGED = (StepsLost, StepsDisrupted, StepsRecovered, StepsReplaced, DugIn)
"""Events after which a unit looks different to those who see it."""

TURN_OPENS: tuple[Callable[[Draft], None], ...] = (weather.change, scripted.run)

FACTION_OPENS: tuple[Callable[[Draft, int], None], ...] = (
    taking.keep_ground,
    river.continue_building,
    supply.judge,
    victory.judge_roads,
    reinforcements.arrive,
    reinforcements.recover,
    scripted.faction_opens,
    command.grant,
    support.grant,
)

TURN_CLOSES: tuple[Callable[[Draft], None], ...] = (
    scripted.turn_ends, people.feed, ladder.settle, concessions.open_skies, strongpoints.settle,
    victory.end_check,
)  # fmt: skip


def refusal(state: Position, order: od.Order) -> Refusal | None:
    """Why an order cannot be carried out now, or None. Decided by what the acting faction knows."""
    if state.clock.over:
        return Refusal("18.4", say("the game has ended"))
    unknown = _unknown_unit(state, order)
    if unknown is not None:
        return unknown
    return ORDERS[type(order)].refuse(state, order) or _standing_still(state, order)


def _standing_still(state: Position, order: od.Order) -> Refusal | None:
    """What a promised standstill forbids (11.14): to close up, and to act near the other bloc."""
    if not state.factions.still[state.faction]:
        return None
    match order:
        case od.Move():
            return concessions.refuse_closing(state, state.world.row[order.unit], order.path)
        case od.Infiltrate():
            return concessions.refuse_closing(state, state.world.row[order.unit], (order.target,))
    return concessions.refuse_acting(state, (act.hex for act in acts.acts(state, order)))


def _unknown_unit(state: Position, order: od.Order) -> Refusal | None:
    names = getattr(order, "units", None) or ((order.unit,) if hasattr(order, "unit") else ())
    for name in names:
        row = state.world.row.get(name, -1)
        if row < 0 or state.world.roster.faction[row] != state.faction:
            return Refusal("4.1", say('you have no unit "{unit}"', unit=name))
    return None


def carry_out(draft: Draft, order: od.Order) -> None:
    """Carry out an order that was not refused."""
    if not isinstance(order, TALKS) and not draft.factions.begun[draft.faction]:
        draft.emit(OrdersBegun(draft.faction))
    ORDERS[type(order)].resolve(draft, order)
    if not isinstance(order, od.EndTurn | od.Move):  # these two ask the events themselves
        scripted.after_order(draft)
    if not isinstance(order, od.EndTurn):
        _keep_up(draft, 0)


def _keep_up(draft: Draft, since: int) -> None:
    fog.keep_up(draft, [event.unit for event in draft.events[since:] if isinstance(event, CHANGED)])


# --- opening and closing ------------------------------------------------------------------------------------


def open_game(draft: Draft) -> None:
    """The first turn opens."""
    for faction in range(len(draft.world.factions)):
        fog.refresh(draft, faction)
    open_turn(draft, 1)


def open_turn(draft: Draft, turn: int) -> None:
    """A new turn: weather, events, and the first faction's opening."""
    draft.emit(TurnBegan(turn))
    for phase in TURN_OPENS:
        phase(draft)
    if not draft.clock.over:
        open_faction(draft, 0)


def open_faction(draft: Draft, active: int) -> None:
    """A faction's turn opens."""
    faction = draft.world.sequence[active]
    draft.emit(FactionTurnBegan(active, faction))
    if draft.clock.corridors[faction]:
        draft.emit(CorridorEnded(faction))
    if faction + 1 in draft.hexes.interdicted:
        draft.emit(InterdictionEnded(faction))
    for phase in FACTION_OPENS:
        phase(draft, faction)
    marching.grant(draft, faction)
    fog.refresh(draft, faction)


def _end_turn(draft: Draft, order: od.EndTurn) -> None:
    faction = draft.faction
    deconfliction.friction(draft, faction)
    taking.hold_ground(draft, faction)
    draft.emit(FactionTurnEnded(faction))
    fog.refresh(draft, faction)
    following = draft.clock.active + 1
    if draft.clock.over:
        return
    if following < len(draft.world.sequence):
        open_faction(draft, following)
        return
    for phase in TURN_CLOSES:
        phase(draft)
    if not draft.clock.over:
        open_turn(draft, draft.clock.turn + 1)


def _move(draft: Draft, order: od.Move) -> None:
    # Each hex is an act of its own, so that it makes no difference in how many pieces somebody marches.
    told = len(draft.events)
    for here, there in marching.march(draft, order):
        since = len(draft.events)
        deconfliction.judge(draft, draft.faction, deconfliction.Act("move", there, here))
        columns.drive(draft, draft.world.row[order.unit], there)
        scripted.after_order(draft)
        _keep_up(draft, since)
        told = len(draft.events)
    if any(not isinstance(event, MoveCutShort) or event.for_good for event in draft.events[told:]):
        scripted.after_order(draft)  # it was stopped before a step, or had to go back


ORDERS.update(
    {
        od.Move: Chapter("4.1", movement.refuse_move, _move),
        od.March: Chapter("4.3", movement.refuse_march, marching.resolve_march),
        od.Infiltrate: Chapter("4.7", movement.refuse_infiltrate, marching.resolve_infiltrate),
        od.Attack: Chapter("5.1", combat.refuse_attack, battle.resolve_attack),
        od.Bombard: Chapter("5.6", combat.refuse_bombard, battle.resolve_bombard),
        od.DigIn: Chapter("4.9", entrenching.refuse_dig_in, entrenching.resolve_dig_in),
        od.Rest: Chapter("15.4", reinforcements.refuse_rest, reinforcements.resolve_rest),
        od.Unload: Chapter("13.3", columns.refuse_unload, columns.resolve_unload),
        od.Bridge: Chapter("8.1", river.refuse_bridge, river.resolve_bridge),
        od.Blow: Chapter("8.5", river.refuse_blow, river.resolve_blow),
        od.Strike: Chapter("9.6", strikes.refuse_strike, strikes.resolve_strike),
        od.Interdict: Chapter("9.9", strikes.refuse_interdict, strikes.resolve_interdict),
        od.StrikeBridge: Chapter("9.9", strikes.refuse_strike_bridge, strikes.resolve_strike_bridge),
        od.Scout: Chapter("9.10", strikes.refuse_scout, strikes.resolve_scout),
        od.AirDrop: Chapter("7.9", supply.refuse_air_drop, supply.resolve_air_drop),
        od.Notify: Chapter("11.10", liaison.refuse_notify, liaison.resolve_notify),
        od.Hotline: Chapter("11.11", liaison.refuse_hotline, liaison.resolve_hotline),
        od.Cede: Chapter("11.12", concessions.refuse_cede, concessions.resolve_cede),
        od.Standstill: Chapter("11.14", concessions.refuse_standstill, concessions.resolve_standstill),
        od.Grounding: Chapter("11.14", concessions.refuse_grounding, concessions.resolve_grounding),
        od.Warn: Chapter("11.15", concessions.refuse_warn, concessions.resolve_warn),
        od.CloseSky: Chapter("9.15", concessions.refuse_close_sky, concessions.resolve_close_sky),
        od.EndTurn: Chapter("18.3", _never, _end_turn),
    }
)
