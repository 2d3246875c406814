"""From a game to the menu: the game is kept, and where that fails the player is asked."""

from __future__ import annotations

from game import records
from game.faults import Fault
from game.session import Session
from game.ui.places import ToMenu
from game.ui.scene import Change, Desk, Push, Restart, Scene
from game.ui.scenes.dialog import Dialog
from game.words import say

LOST = "If you leave now, you lose everything since the last save."


def leave(desk: Desk, session: Session, here: Scene) -> Change:
    """To the menu, with the game kept as an automatic save; where that fails, only after a question.

    A test of the editor's is not kept: it must not push the player's own games out.
    """

    def menu() -> Change:
        return Restart(ToMenu())

    if desk.testing:
        return menu()
    try:
        records.autosave(session, records.autosaves_folder(), copy=desk.copy)
    except Fault as fault:
        text = say(
            "{message}\n\n**What to do:** {remedy}\n\n{lost}", message=fault.message, remedy=fault.remedy, lost=LOST
        )
        answers = [("Leave anyway", menu), ("Stay", lambda: None)]
        return Push(Dialog(desk, here, "The game could not be saved", text, answers, wide=True, copy=True, danger=True))
    return menu()
