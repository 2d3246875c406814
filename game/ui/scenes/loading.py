"""From a saved game to the table: one that was chosen, or the newest automatic one that is sound."""

from __future__ import annotations

import contextlib
from datetime import date
from pathlib import Path

import pygame

from game import engine, records
from game.ai.players import make_player
from game.faults import Fault
from game.records.autosaves import ring
from game.records.editions import CHANGED, edition_words
from game.scenario.options import edition
from game.session import Session
from game.ui.kit.theme import Theme
from game.ui.scene import Change, Desk, Push, Replace, Restart, Scene
from game.ui.scenes.board import HUMAN
from game.ui.scenes.dialog import Dialog, Waiting, fault_message, question
from game.ui.scenes.save_card import SavedFront, read_front
from game.ui.table.places import ToReplay, ToTable
from game.words import count, say


def seats_of(session: Session) -> dict[int, str]:
    """Who plays what in a session."""
    return {
        number: session.names.get(number, "") or HUMAN if number in session.players else HUMAN
        for number in range(len(session.world.factions))
    }


SLICE = 0.025
"""Seconds of a frame in which orders are played again."""


def loading_table(desk: Desk, path: Path, back_to: Scene | None, *, unproved: bool = False) -> Scene:
    """A notice, and then the table with a saved game; a file that cannot be used leaves everything as it is.

    A game that cannot be proved is loaded if its owner trusts it: then without the proof.
    """
    loading = records.Loading(path, make_player, unproved=unproved)

    def make() -> Change | None:
        try:
            loading.step(SLICE)
        except records.BadRecord as fault:
            if fault.code not in records.UNPROVABLE:
                raise
            return Replace(_trusted(desk, path, back_to, fault))
        except ValueError as error:  # a player that this game does not have
            raise records.BadRecord("S114", f"{path}: {error}.", "load it with the game that wrote it") from error
        if (session := loading.session) is None:
            return None
        changed = edition_words(session.world.id, edition(session.world)) == CHANGED
        return Restart(ToTable(session, seats_of(session), note=say("Note: {what}", what=CHANGED) if changed else ""))

    return Waiting(desk, "Loading the game…", make, back_to, "The game could not be loaded", lambda: loading.share)


def _trusted(desk: Desk, path: Path, back_to: Scene | None, fault: records.BadRecord) -> Scene:
    """Whether a game that cannot be proved is to be loaded all the same."""
    text = say(
        "{what}\n\nThe game cannot prove that this position came about by its orders. Load it if you trust this file.",
        what=fault.message,
    )
    return question(
        desk, back_to, say("Load a game that cannot be verified?"), text, say("Load it all the same"),
        lambda: Replace(loading_table(desk, path, back_to, unproved=True)),
    )  # fmt: skip


def replay_at(path: Path, leaving: Change | None = None) -> ToReplay:
    """The table with a recorded game; ``leaving`` is what Esc does there. Raises RecordFault."""
    return ToReplay(records.open_showing(path), leaving)


def loading_replay(desk: Desk, path: Path, back_to: Scene | None) -> Scene:
    """A notice, and then a recorded game at the table; a file that cannot be shown leaves everything as it is."""

    def make() -> Change:
        return Replace(replay_at(path))

    return Waiting(desk, "Opening the replay…", make, back_to, "The replay could not be opened")


def watching_again(desk: Desk, session: Session, below: Scene) -> Change:
    """The game so far at a table where it can be wound, or why that cannot be."""
    try:
        return Push(ToReplay(records.showing_of(session)))
    except Fault as fault:
        return Push(fault_message(desk, below, "The game cannot be shown", fault))


TUTORIAL = "tutorial"
"""The scenario that a newcomer is led to."""


def start_here(desk: Desk, back_to: Scene | None) -> Scene:
    """A notice, and then the table with the lessons of the tutorial, its first player a person."""

    def make() -> Change:
        world = engine.load_scenario(TUTORIAL)
        seats = {number: faction.player or "staff" for number, faction in enumerate(world.factions)}
        learner = world.faction(world.coach.faction) if world.coach is not None else world.sequence[0]
        seats[learner] = HUMAN
        session = Session(world, world.coach.seed if world.coach is not None else 1)
        for number, text in seats.items():
            if text != HUMAN:
                session.seat(number, make_player(text), text)
        return Restart(ToTable(session, seats))

    return Waiting(desk, "Preparing the first lesson…", make, back_to, "The lessons could not be started")


def newest_words(folder: Path | None = None) -> str:
    """What the newest automatic save holds, in one line; "" where there is none."""
    newest = newest_header(folder)
    if newest is None:
        return ""
    return say(
        "{title}, turn {n} of {last}, {date}",
        title=newest.title,
        n=newest.turn,
        last=newest.turns,
        date=day(newest.date),
    )


def newest_front(theme: Theme, folder: Path | None = None) -> SavedFront | None:
    """The front of the newest automatic save; None where there is none or it cannot be read."""
    with contextlib.suppress(Fault, OSError, ValueError, pygame.error):
        slots = ring(folder or records.autosaves_folder())
        return read_front(slots[-1].path, theme) if slots else None
    return None


def newest_header(folder: Path | None = None) -> records.Header | None:
    """The header of the newest automatic save; cheap, so the body may still turn out to be damaged."""
    slots = ring(folder or records.autosaves_folder())
    return slots[-1].header if slots else None


def go_on(desk: Desk, back_to: Scene | None, folder: Path | None = None) -> Scene:
    """A notice, and then the table with the newest automatic save that is sound."""

    def make() -> Change:
        found = records.newest_autosave(folder or records.autosaves_folder())
        if found is None:
            raise records.BadRecord("S101", "no autosave can be read.", "load one of your own saves")
        loading = loading_table(desk, found.path, back_to)
        if not found.skipped:
            return Replace(loading)
        lost = count(found.missing, " {n} order is missing.", " {n} orders are missing.") if found.missing > 0 else ""
        text = "\n\n".join(
            (say("The newest autosave is damaged. This is the newest intact one.") + lost, *found.skipped)
        )
        answers = [("Continue from it", lambda: Replace(loading)), ("Cancel", lambda: None)]
        return Replace(Dialog(desk, back_to, "Continue from an older autosave?", text, answers, wide=True))

    return Waiting(desk, "Looking for your game…", make, back_to, "There is no game to continue")


def day(text: str) -> str:
    """An ISO date as people write it."""
    found = date.fromisoformat(text)
    return f"{found.day} {found:%B %Y}"
