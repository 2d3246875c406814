"""One instant of a game: frozen tables of integer columns, and the draft that rules change by events."""

from game.state.codes import Status, Supplied
from game.state.draft import Draft
from game.state.tables import Position, State

__all__ = ["Draft", "Position", "State", "Status", "Supplied"]
