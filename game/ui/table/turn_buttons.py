"""The buttons at the lower right: next unit, undo, end of turn; or the pace at which others play."""

from __future__ import annotations

from dataclasses import dataclass

import pygame

from game.ui.kit.fonts import BODY, NARROW, STRONG
from game.ui.kit.icons import icon
from game.ui.kit.lettering import fitted
from game.ui.panels.acts import (
    AskEndTurn,
    GiveAgain,
    NextUnit,
    OtherSpeed,
    PauseOthers,
    SkipOthers,
    TakeBack,
    TurnAct,
)
from game.ui.scene import Desk
from game.ui.spoken_orders import spoken
from game.ui.table.shown_page import ShownPage
from game.ui.worldview import idle_rows
from game.words import count, say


@dataclass(frozen=True, slots=True)
class TurnButton:
    """A button at the lower right: where, its words, what it asks for, and whether it does."""

    box: pygame.Rect
    words: str
    act: TurnAct
    able: bool = True
    icon: str = ""
    key: str = ""
    note: str = ""
    tip: str = ""
    """What it explains when the mouse rests on it."""


def turn_buttons(table: ShownPage) -> tuple[TurnButton, ...]:
    """The buttons at the lower right."""
    layout = table.layout
    if table.playing:
        no_undo, no_redo = table.session.why_no_undo(), table.session.why_no_redo()
        end = say("Ctrl+Enter ends the turn, after a list of what is still open.")
        return (
            TurnButton(layout.next_unit, say("Next"), NextUnit(), icon="next", key="N",
                       tip=say("N selects the next unit that can still act, Shift+Tab the previous one.")),
            TurnButton(layout.undo, say("Undo"), TakeBack(), not no_undo, icon="undo", key="U", tip=_undo_words(table)),
            TurnButton(layout.redo, say("Redo"), GiveAgain(), not no_redo, icon="redo", key="^Y",
                       tip=say("Cannot redo: {why}.", why=no_redo) if no_redo else say("Ctrl+Y redoes the order.")),
            TurnButton(layout.end_turn, say("End turn"), AskEndTurn(), note=_idle_words(table), tip=end),
        )  # fmt: skip
    if table.session.over and not table.recorded:
        return (TurnButton(layout.end_turn, say("Game over"), AskEndTurn(), False),)
    both = layout.next_unit.union(layout.redo)
    speed = TurnButton(both, say("Speed: {speed}", speed=table.playback.speed), OtherSpeed())
    if table.recorded:
        words = say("Play  Space") if table.playback.paused else say("Stop  Space")
        return speed, TurnButton(layout.end_turn, words, PauseOthers())
    if table.watching:
        return speed, TurnButton(
            layout.end_turn, say("Continue  Space") if table.playback.paused else say("Pause  Space"), PauseOthers()
        )
    return speed, TurnButton(layout.end_turn, say("Skip  (any key)"), SkipOthers())


def _undo_words(table: ShownPage) -> str:
    """What undo would take back, or why it cannot."""
    why = table.session.why_no_undo()
    if why:
        return say("Cannot undo: {why}.", why=why)
    return say("U undoes: {order}.", order=spoken(table.view.state.world, table.session.entries[-1].order))


def _idle_words(table: ShownPage) -> str:
    """How many units can still do something."""
    state, seat = table.view.state, table.seat
    rows = state.kept(("idle", seat), lambda: idle_rows(state, seat))
    ids, resting = state.world.roster.id, table.standing.resting
    many = sum(ids[row] not in resting for row in rows)
    return count(many, "{n} unit can still act", "{n} units can still act", none=say("nobody can still act"))


def paint_turn_button(picture: pygame.Surface, desk: Desk, box: pygame.Rect, button: TurnButton, strong: bool) -> None:
    """A button at the lower right: its sign, words and key, or big with a note below."""
    colours, able = desk.theme.interface, button.able
    gold = strong and able
    pygame.draw.rect(picture, colours.accent if gold else colours.raised, box, border_radius=desk.px(6))
    pygame.draw.rect(picture, colours.panel_edge, box, max(1, desk.px(1)), desk.px(6))
    ink = colours.on_accent if gold else colours.text if able else colours.text_dim.mixed(colours.panel, 45)
    size = desk.px(15 if strong and button.note else 13)
    face = desk.fonts.text(fitted(desk.fonts, button.words, STRONG if strong else BODY, size, box.width - 8),
                           STRONG if strong else BODY, size, ink)  # fmt: skip
    if strong:
        note = desk.fonts.text(button.note, NARROW, desk.px(12), colours.on_accent_dim if gold else colours.text_dim)
        lift = desk.px(8) if button.note else 0
        picture.blit(face, face.get_rect(center=(box.centerx, box.centery - lift)))
        if button.note:
            picture.blit(note, note.get_rect(center=(box.centerx, box.centery + desk.px(9))))
        return
    if not button.icon:
        picture.blit(face, face.get_rect(center=box.center))
        return
    sign = icon(button.icon, desk.px(14), ink)
    key = desk.fonts.text(button.key, NARROW, desk.px(12), colours.text_dim)
    spare = box.width - sign.get_width() - face.get_width()
    inset = max(desk.px(3), min(desk.px(7), (spare - desk.px(5)) // 2))
    picture.blit(sign, (box.x + inset, box.centery - sign.get_height() // 2))
    picture.blit(face, (box.x + inset + sign.get_width() + desk.px(5), box.centery - face.get_height() // 2))
    if spare > key.get_width() + desk.px(24):
        picture.blit(key, (box.right - key.get_width() - desk.px(7), box.centery - key.get_height() // 2))
