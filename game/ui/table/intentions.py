"""What a press on a panel or an order button means at the table."""

from __future__ import annotations

from game.ui import clicks, order_kinds, overlays, targets
from game.ui import selection as sel
from game.ui.order_kinds import OrderKind
from game.ui.panels import acts
from game.ui.panels.acts import PanelAct
from game.ui.table.steered import SteeredTable
from game.words import count, say


def act(table: SteeredTable, asked: PanelAct) -> None:
    """What a spot or button of a panel asks for."""
    match asked:
        case acts.OpenMenu():
            table.open_menu()
        case acts.OpenHelp():
            table.pending = table.places.help()
        case acts.ShowOverlay(name):
            show_overlay(table, name)
        case acts.ShowDay(day):
            table.board.days.stop()
            table.board.show_day(table, day)
        case acts.PlayDays():
            table.board.days.play(table)
        case acts.ShowMore():
            table.pages.more_open = not table.pages.more_open
        case acts.OpenDrawer(name):
            table.pages.drawer = "" if table.pages.drawer == name else name
            table.resize()
        case acts.TakeUnit(unit):
            table.select(sel.choose(table.view.state, table.seat, unit))
        case acts.TakeFormation(unit):
            table.select(sel.whole_formation(table.view.state, table.seat, unit))
        case acts.LeaveGroup(unit):
            table.select(sel.without(table.view.state, table.selection, unit))
        case acts.LookAt(here):
            table.board.bring_into_sight(here, always=True)
        case acts.TellWhy(why):
            table.say(why)
        case acts.OtherSpeed():
            table.keep_setting(animation=table.playback.other_speed())
        case acts.PauseOthers():
            table.playback.paused = not table.playback.paused
        case acts.SkipOthers():
            table.playback.skip()
        case _:
            if table.playing:
                _act_of_turn(table, asked)


def _act_of_turn(table: SteeredTable, asked: PanelAct) -> None:
    """What only the person to play can ask for."""
    state = table.view.state
    match asked:
        case acts.PrepareOrder(kind):
            prepare(table, kind)
        case acts.AimAt(target):
            table.take_step(clicks.propose_attack(state, table.selection, target))
        case acts.ToggleAttacker(unit):
            table.select(clicks.toggled(table.selection, unit))
        case acts.TickFighters():
            table.select(clicks.with_fighters(state, table.selection))
        case acts.ChangeSupport(kind, by):
            table.select(clicks.supported(state, table.selection, kind, by))
        case acts.ToggleSetPiece():
            table.select(clicks.with_set_piece(table.selection))
        case acts.Confirm():
            table.take_step(clicks.confirm(state, table.selection))
        case acts.HoldUnits():
            table.standing.hold()
        case acts.FollowUnit(leader):
            table.standing.follow(leader)
        case acts.AskStaff():
            table.consulting.ask()
        case acts.ToggleRoadMarch():
            table.select(sel.with_road_march(table.selection))
        case acts.RepeatOrder():
            table.standing.repeat()
        case acts.CancelPlan():
            table.standing.cancel()
        case acts.NextUnit():
            table.next_unit()
        case acts.TakeBack():
            table.undo()
        case acts.GiveAgain():
            table.redo()
        case acts.AskEndTurn():
            table.ask_end_turn()


def prepare(table: SteeredTable, key: str) -> None:
    """An order button: give the order, prepare it, or lay it down again."""
    state, selection = table.view.state, table.selection
    kind = order_kinds.named(key)
    if selection.mode == sel.ROUTE and key == "march":
        table.select(sel.with_road_march(selection))
        return
    if kind is not None and kind.at_once is not None and selection.group and not kind.of_faction:
        _together(table, kind)
        return
    why = targets.why_not(state, table.seat, selection.unit, key)
    if why or kind is None:
        table.say(why)
    elif kind.at_once is not None:
        table.give(kind.at_once(selection.unit))
    elif kind.supports is not None:
        _prepare_support(table, kind)
    elif selection.mode == key:
        table.select(selection.plain)
    else:
        table.select(clicks.enter(state, selection, key))


def _together(table: SteeredTable, kind: OrderKind) -> None:
    """Several units carry out one order each, those that can; one undo takes all of it back."""
    state, seat = table.view.state, table.seat
    whys = {unit: targets.why_not(state, seat, unit, kind.key) for unit in table.selection.group}
    able = [unit for unit, why in whys.items() if not why]
    make = kind.at_once
    if make is None or not able:
        table.say(next((why for why in whys.values() if why), ""))
        return
    given, staying = table.give_all([make(unit) for unit in able]), len(whys) - len(able)
    done = count(given, "{n} unit: {order}.", "{n} units: {order}.", order=kind.title)
    why = next((one for one in whys.values() if one), "")
    table.say(say("{done} {n} cannot: {why}.", done=done, n=staying, why=why) if staying else done)


def _prepare_support(table: SteeredTable, kind: OrderKind) -> None:
    """With the first kind of support that can do something, then with the next one, then not at all."""
    state, selection = table.view.state, table.selection
    usable = [
        one
        for one in (kind.supports(state) if kind.supports is not None else ())
        if not targets.first_refusal(state, kind.key, selection.unit, one)
    ]
    after = usable.index(selection.kind) + 1 if selection.mode == kind.key and selection.kind in usable else 0
    if after >= len(usable):
        table.select(selection.plain)
    else:
        table.select(clicks.enter(state, selection, kind.key, usable[after]))


def show_overlay(table: SteeredTable, name: str) -> None:
    kind = overlays.named(name)
    lack = kind.missing(table.session.world) if kind is not None else ""
    if lack:
        table.say(lack)
    else:
        table.board.toggle(table, name)
