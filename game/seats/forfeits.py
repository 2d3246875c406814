"""What becomes of a player that fails: it forfeits the order, its turn ends, and the game goes on.

A player may be anybody's code. One that raises an error, never comes to an end, gives something that is no order, or
gives one that the rules refuse must not take the game with it: its turn is ended, with a sentence that names it. How
long it may think is counted in steps (lines of its own code and calls it makes), never by the clock, so that the same
game is the same on every machine. Of players that belong to the game only the orders of a turn are counted.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType
from typing import Any, NamedTuple, Protocol, get_args

from game import engine
from game import orders as od
from game.words import say

STEPS = 20_000_000
"""Steps that a player may take for one order. Programs of the game itself come to an end."""

ORDERS = 2_000
"""Orders that a player may give in one turn of its faction."""


class Decides(Protocol):
    """As much of a player as is asked here."""

    why: str

    def decide(self, view: engine.View) -> od.Order:
        """The next order."""
        ...


class Decision(NamedTuple):
    """An order that the rules take, and why it is given. ``forfeit`` says what went wrong, "" when nothing did."""

    order: od.Order
    why: str
    forfeit: str = ""


class _TooLong(BaseException):
    """A player has used up its steps; no Exception, so that a player's own ``except`` does not catch it."""


def decided(player: Decides, view: engine.View, given: int) -> Decision:
    """What a player orders next, or the end of its turn where it fails. ``given``: orders that it gave in this turn.

    >>> from game.ai.players import make_player
    >>> state = engine.start(engine.load_scenario("tutorial"), seed=7)
    >>> decided(make_player("hold"), engine.view(state, 0), 0)
    Decision(order=EndTurn(), why='holds everywhere', forfeit='')
    >>> decided(object(), engine.view(state, 0), 0).forfeit
    "the player object raised an error: AttributeError: 'object' object has no attribute 'decide'"
    """
    if given >= ORDERS:
        return _forfeit(player, say("gave {orders} orders in one turn and did not end it", orders=ORDERS))
    try:
        with _counted(player):
            order = player.decide(view)
    except _TooLong:
        return _forfeit(player, say("did not decide within {steps} steps", steps=STEPS))
    except Exception as error:
        return _forfeit(player, say("raised an error: {name}: {error}", name=type(error).__name__, error=error))
    wrong = _nonsense(view, order)
    if wrong:
        return _forfeit(player, wrong)
    why = getattr(player, "why", "")
    return Decision(order, why if isinstance(why, str) else "")


def _forfeit(player: Decides, wrong: str) -> Decision:
    words = say("the player {name} {wrong}", name=type(player).__name__, wrong=wrong)
    words = words if len(words) <= 300 else f"{words[:299]}…"
    return Decision(od.EndTurn(), say("forfeits the rest of its turn: {words}", words=words), words)


def _nonsense(view: engine.View, order: Any) -> str:
    """What is wrong with an order, "" when it can be carried out."""
    if not isinstance(order, get_args(od.Order)):
        return say("gave {name} instead of an order", name=type(order).__name__)
    grid = view.state.world.grid
    try:
        text = od.to_text(order, grid)
        whole = od.parse_order(text, grid) == order
    except Exception:
        whole = False
    if not whole:
        return say('gave an order "{word}" with parts that are none', word=type(order).word)
    refusal = engine.refusal(view.state, order)
    return (
        say('gave the order "{order}", which the rules refuse: {refusal}', order=text[:80], refusal=refusal)
        if refusal is not None
        else ""
    )


@contextmanager
def _counted(player: Decides) -> Iterator[None]:
    """Count the steps of a player that is not the game's own, and stop it when they are too many."""
    if type(player).__module__.partition(".")[0] == "game" or sys.gettrace() is not None:
        yield
        return
    left = STEPS

    def line(frame: FrameType, event: str, value: Any) -> Any:
        nonlocal left
        left -= 1
        if left <= 0:
            raise _TooLong
        return line

    def call(frame: FrameType, event: str, value: Any) -> Any:
        line(frame, event, value)
        return None if str(frame.f_globals.get("__name__", "")).partition(".")[0] == "game" else line

    sys.settrace(call)
    try:
        yield
    finally:
        sys.settrace(None)
