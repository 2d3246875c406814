"""Ctrl+R: a scenario that was changed on the disk is taken over in mid-game, in the same view and turn."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Protocol

import pygame

from game import records
from game.engine import load_scenario
from game.faults import ContentFault, Fault, UsageFault
from game.records.reloading import PlayedAgain, carried, changed_parts, misfit, seats_in
from game.scenario.options import switched, with_options
from game.scenario.shipped import scenario_folder
from game.scenario.world import World
from game.session import Session
from game.ui.kit.fonts import STRONG
from game.ui.kit.lettering import panel, write
from game.ui.scene import Change, Desk, Pop, Push, Replace, Scene
from game.ui.scenes.board import Below, Board
from game.ui.scenes.dialog import fault_message, message
from game.words import count, say

BEFORE = "before the reload"
STEP = 0.03
"""Seconds of a frame for playing orders again."""


class Reloaded(Scene, Protocol):
    """The table, as far as a reload changes it."""

    desk: Desk
    session: Session
    folder: Path | None

    @property
    def seats(self) -> Mapping[int, str]:
        """Who plays what."""
        ...

    def say(self, words: str) -> None:
        """A short notice."""
        ...

    def take(self, session: Session, seats: Mapping[int, str], *, same_game: bool) -> None:
        """Go on with another session in the same view."""
        ...


def reload(table: Reloaded) -> Change | None:
    """Read the scenario again and go on with it; a faulty one opens the list of its problems and changes nothing."""
    old = table.session
    try:
        world = load_scenario(table.folder if table.folder is not None else _folder_of(old.world))
        known = {option.name for option in world.options}
        world = with_options(world, {name: on for name, on in switched(old.world).items() if name in known})
    except ContentFault as fault:
        return Push(problems(table.desk, table, fault))
    except Fault as fault:
        return Push(fault_message(table.desk, table, say("The scenario could not be reloaded"), fault))
    except OSError as error:
        return Push(message(table.desk, table, say("The scenario could not be reloaded"), str(error), danger=True))
    if world.digest == old.world.digest:
        table.say(say("The scenario's files have not changed."))
        return None
    session = carried(old, world)
    if session is not None:
        table.take(session, dict(table.seats), same_game=True)
        parts = ", ".join(changed_parts(old.world, world))
        table.say(say("Reloaded; the game continues from here. Changed: {parts}.", parts=parts))
        return None
    return Push(Again(table, world))


def _folder_of(world: World) -> Path:
    """Where the scenario of a loaded game lies, if it ships or is installed."""
    try:
        return scenario_folder(world.id)
    except UsageFault:
        what = say("the folder of {title} is not known, because this game was loaded.", title=world.title)
        raise UsageFault(what, say("start a game from its folder: run_game.py play FOLDER.")) from None


def problems(desk: Desk, below: Scene, fault: ContentFault) -> Scene:
    """The list of what is wrong, each with its file and line; the old game stays."""
    shown = "\n".join(fault.report[:200])
    text = say(
        "{message} The game continues with the earlier files.\n\n```\n{shown}\n```", message=fault.message, shown=shown
    )
    return message(desk, below, say("The changed scenario has errors"), text, danger=True)


class Again(Board):
    """The orders so far are given again in the changed scenario; Esc leaves everything as it was."""

    def __init__(self, table: Reloaded, world: World) -> None:
        super().__init__(table.desk)
        self.table, self.job = table, PlayedAgain(table.session, world)
        self.why = misfit(table.session.world, world) or say("the position does not fit the changed files")
        self.below = Below(table)

    def update(self, seconds: float) -> Change | None:
        """Some orders each frame; at the end the table takes the new game."""
        if not self.job.done and not self.job.step(STEP):
            return super().update(seconds)
        return self._taken() or self._finish()

    def _finish(self) -> Change:
        table, old, new = self.table, self.table.session, self.job.session
        told = [say("The game could not continue from here, because {why}.", why=self.why)]
        try:
            path = records.saves_folder() / records.safe_name(BEFORE, records.SAVE_SUFFIX)
            records.save_game(old, path, name=BEFORE)
        except Fault as fault:
            # Without a way back nothing is given up.
            table.say(say("Not reloaded, because the earlier game could not be saved: {why}", why=fault.message))
            return Pop()
        table.take(new, seats_in(old.world, new.world, dict(table.seats)), same_game=False)
        done, many = len(new.entries), len(old.entries)
        if not many:
            told.append(say("It starts again from turn 1."))
        elif self.job.stopped:
            told.append(
                say(
                    "Its orders were replayed up to turn {turn}: {n} of {all} still fit. Then it stopped: {why}.",
                    turn=new.state.clock.turn,
                    n=done,
                    all=many,
                    why=self.job.stopped,
                )
            )
        else:
            told.append(
                count(
                    many,
                    "The order so far was replayed with the same dice.",
                    "All {n} orders so far were replayed with the same dice.",
                )
            )
        told.append(say("The earlier game was saved as **{file}**.", file=path.name))
        return Replace(message(table.desk, table, say("The scenario was reloaded"), "\n\n".join(told)))

    def draw(self, screen: pygame.Surface) -> None:
        """How far it has come."""
        desk, colours = self.desk, self.desk.theme.interface
        screen.fill(colours.background)
        self.below.paint(screen, desk)
        box = pygame.Rect(0, 0, desk.px(420), desk.px(96))
        box.center = screen.get_rect().center
        panel(screen, desk, box)
        x, y = box.x + desk.px(20), box.y + desk.px(16)
        write(screen, desk, say("Replaying the orders so far…"), (x, y), 16, STRONG, width=box.width - desk.px(40))
        bar = pygame.Rect(x, box.bottom - desk.px(34), box.width - desk.px(40), desk.px(12))
        pygame.draw.rect(screen, colours.raised, bar, border_radius=desk.px(4))
        bar.width = round(bar.width * self.job.share)
        pygame.draw.rect(screen, colours.accent, bar, border_radius=desk.px(4))
