"""Who sits where: people and players by faction, and the scenes that the table opens around itself."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from game import engine
from game.ai.players import make_player
from game.session import Session
from game.ui.scene import Change, Desk, Push, Replace, Scene
from game.ui.scenes.pause import PauseScene, Table
from game.ui.table.chronicle import Chronicle

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

    # --- scenes -----------------------------------------------------------------------------------------------

    def hand_over(self, desk: Desk, faction: int, then: Callable[[], None]) -> Scene:
        """The opaque screen between two people."""
        from game.ui.scenes.handover import HandoverScene

        return HandoverScene(desk, self._session, faction, self.seats, then)

    def victory(self, desk: Desk) -> Change:
        """The screen at the end of the game."""
        from game.ui.scenes.victory import VictoryScene

        return Push(VictoryScene(desk, self._session, self.seats))

    def pause(self, table: Table) -> Change:
        """The menu over the game."""
        return Push(PauseScene(table.desk, table))

    def load(self, table: Table, path: Path) -> Change:
        """Another game in the place of this one, after a question."""
        from game.ui.scenes.dialog import question
        from game.ui.scenes.saves import loading_table

        text = "The game goes back to the quick save. What was played since is lost unless it was saved."
        return Push(question(table.desk, table, "Load the quick save?", text, "Load",
                             lambda: Replace(loading_table(table.desk, path, table))))  # fmt: skip

    def report(self, desk: Desk, view: engine.View, faction: int, chronicle: Chronicle, chapter: int) -> Change:
        """Aims, dates against history, ledgers."""
        from game.ui.scenes.report import ReportScene

        return Push(ReportScene(desk, view, faction, chronicle.changes, chapter))

    def help(self, desk: Desk) -> Change:
        """Keys, rules and sources."""
        from game.ui.scenes.help import HelpScene

        return Push(HelpScene(desk, self._session.world))
