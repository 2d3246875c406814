"""Who sits where: people and players by faction, and where the table leads."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

import pygame

from game.ai.players import make_player
from game.session import Session
from game.ui.places import ToHelp
from game.ui.scene import Change, Push, Replace
from game.ui.scenes.dialog import question
from game.ui.scenes.loading import loading_table
from game.ui.table.places import PausedGame, ToHandover
from game.words import say

HUMAN = "human"


class Seats:
    """The seats of a session. Factions that are not named are played by the scenario's default player."""

    def __init__(self, session: Session, seats: Mapping[int, str]) -> None:
        self._session = session
        factions = session.world.factions
        self.seats: Mapping[int, str] = {
            number: seats.get(number, faction.player or "staff") for number, faction in enumerate(factions)
        }
        for faction, text in self.seats.items():
            if text == HUMAN:
                session.seat(faction, None)
            elif faction not in session.players:
                session.seat(faction, make_player(text), text)

    @property
    def humans(self) -> tuple[int, ...]:
        """Factions played by people."""
        return tuple(faction for faction, text in self.seats.items() if text == HUMAN)

    @property
    def shared(self) -> bool:
        """Whether several people share the screen, so that nothing may show while seats change."""
        return len(self.humans) > 1

    def is_human(self, faction: int) -> bool:
        """Whether a person plays a faction."""
        return self.seats.get(faction) == HUMAN

    def first(self) -> int:
        """The seat that looks at the table first: the one to play, or the first person, or the first faction."""
        playing = self._session.state.faction
        if self.is_human(playing) or not self.humans:
            return playing
        return self.humans[0]

    def set(self, faction: int, text: str) -> None:
        """Give a faction to a person or to a player by name."""
        if text == HUMAN:
            self._session.seat(faction, None)
        else:
            self._session.seat(faction, make_player(text), text)
        self.seats = {**self.seats, faction: text}

    # --- where the table leads --------------------------------------------------------------------------------

    def hand_over(
        self, faction: int, then: Callable[[], None], ground: Callable[[tuple[int, int]], pygame.Surface]
    ) -> Change:
        """The opaque screen between two people, over the printed map."""
        return Push(ToHandover(self._session, faction, self.seats, then, ground))

    def load(self, table: PausedGame, path: Path) -> Change:
        """Another game in the place of this one, after a question."""
        text = say("The game goes back to the quick save. You lose everything since then unless you saved it.")
        return Push(question(table.desk, table, say("Load the quick save?"), text, "Load",
                             lambda: Replace(loading_table(table.desk, path, table))))  # fmt: skip

    def help(self) -> Change:
        """Keys, rules and sources."""
        return Push(ToHelp(self._session.world))
