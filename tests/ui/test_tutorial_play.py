"""The tutorial played to its end with mouse and keys, from the menu to the result, as its coach says it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pygame
import pytest

from game import orders as od
from game import records
from game.rules import victory
from game.ui import app
from game.ui.library import Library
from game.ui.panels.acts import (
    ChangeSupport,
    Confirm,
    EndTheTurn,
    PrepareOrder,
    PutCoachAway,
    ShowMore,
    SkipStep,
    StepAgain,
    ToggleAttacker,
)
from game.ui.panels.flow import Flow
from game.ui.scenes.menu import Menu
from game.ui.settings import Settings
from game.ui.table.coach import FINISHED
from game.ui.table.coach_card import add_rich
from game.ui.table.dialogs import Checklist
from game.ui.table.scene import TableScene
from game.ui.window import make_desk
from tests.ui.screen_hands import Screens
from tests.ui.written import words_written
from tests.worlds import world_of

SHIFT = pygame.KMOD_SHIFT


@pytest.fixture
def screens(window: pygame.Surface, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Screens]:
    assert window
    monkeypatch.setattr(records, "autosaves_folder", lambda: tmp_path / "auto")
    monkeypatch.setattr(records, "saves_folder", lambda: tmp_path / "saves")
    monkeypatch.setattr(app, "saves_folder", lambda: tmp_path / "saves")
    monkeypatch.setattr("game.ui.settings.settings_folder", lambda: tmp_path / "settings")
    yield Screens(
        lambda desk: Menu(desk, Library(desk.theme, []), tmp_path / "auto"),
        settings=Settings(autosave=False, animation="off"),
    )


class Learner:
    """Somebody who does what the coach says."""

    def __init__(self, screens: Screens) -> None:
        self.screens = screens
        screens.press("Start here")
        screens.until("TableScene")
        screens.frames(3)
        table = screens.top
        assert isinstance(table, TableScene)
        self.table = table

    @property
    def lesson(self) -> str:
        """The step that is reached."""
        return self.table.session.lesson

    def point(self, label: str) -> tuple[int, int]:
        """Where a hex is in the window, brought into sight first."""
        here = self.table.session.world.grid.hex(label)
        if not self.table.layout.map.inflate(-60, -60).collidepoint(self.table.point_of(here)):
            self.table.board.bring_into_sight(here, always=True)
            self.screens.frames(60)
        at = self.table.point_of(here)
        assert not self.table.card.rect.collidepoint(at), f"the card covers {label}"
        return at

    def hover(self, label: str) -> None:
        """Point at a hex."""
        self.screens.post(pygame.MOUSEMOTION, pos=self.point(label), rel=(0, 0), buttons=(0, 0, 0))
        self.screens.frames(1)

    def click(self, label: str, button: int = 1, mod: int = 0, pause: float = 1.0) -> None:
        """Click a hex."""
        at = self.point(label)
        self.table.input.now += pause
        self.screens.post(pygame.MOUSEMOTION, pos=at, rel=(0, 0), buttons=(0, 0, 0))
        self.screens.post(pygame.MOUSEBUTTONDOWN, pos=at, button=button, mod=mod)
        self.screens.post(pygame.MOUSEBUTTONUP, pos=at, button=button, mod=mod)
        self.screens.frames(2)

    def select(self, unit: str) -> None:
        """Click the unit's hex until it is the one that is selected."""
        for _ in range(6):
            self.click(self.where(unit))
            if self.table.selection.unit == unit:
                return
        raise AssertionError(f"{unit} cannot be selected")

    def where(self, unit: str) -> str:
        """The hex of a unit."""
        state = self.table.view.state
        return state.world.grid.label(state.units.hex[state.world.row[unit]])

    def press(self, act: object) -> None:
        """Press what asks for an act, in whichever panel it is."""
        self.screens.frames(1)
        for one in self.table.pages.boxes(self.table).values():
            for spot in one.page.spots:
                if spot.act == act:
                    at = (one.box.x + spot.rect.centerx, one.box.y + spot.rect.centery - one.scroll)
                    self.screens.click(at)
                    self.screens.frames(2)
                    return
        raise AssertionError(f"nothing asks for {act}")

    def on_card(self, act: object) -> None:
        """Press a button of the card."""
        self.screens.frames(1)
        made = self.table.card._made
        assert made is not None
        spot = next(spot for spot in made[1].spots if spot.act == act)
        at = (self.table.card.rect.x + spot.rect.centerx, self.table.card.rect.y + spot.rect.centery)
        self.screens.click(at)
        self.screens.frames(2)

    def holds(self, place: str) -> bool:
        """Whether the learner controls a place."""
        world = self.table.session.world
        here = next(one.hex for one in world.places if one.name == place)
        return self.table.view.state.hexes.control[here] == self.table.seat

    def end_turn(self) -> None:
        """The button, and the one of the list that it opens."""
        before = self.table.session.state.clock.turn
        self.screens.click(self.table.layout.end_turn.center)
        self.screens.frames(2)
        dialog = self.table.dialog
        if isinstance(dialog, Checklist):
            assert dialog._page is not None
            spot = next(spot for spot in dialog._page.spots if spot.act == EndTheTurn())
            self.screens.click((dialog.rect.x + spot.rect.centerx, dialog.rect.y + spot.rect.centery))
        for _ in range(600):
            self.screens.frames(1)
            if self.table.session.over or (self.table.playing and self.table.session.state.clock.turn > before):
                break
        self.screens.frames(3)

    def attack_until_taken(self, label: str, place: str, turn: int) -> None:
        """Attack with both battalions, this turn and the following ones, until the place is taken."""
        while not self.holds(place):
            assert self.table.session.state.clock.turn <= turn, f"{place} was not taken by turn {turn}"
            self.select("t-1st")
            if self.where("t-2nd") == self.where("t-1st"):
                self.click(self.where("t-1st"), pause=0.0)
            else:
                self.click(self.where("t-2nd"), 1, SHIFT)
            before = len(self.table.session.entries)
            for _ in range(3):
                if len(self.table.session.entries) > before and isinstance(
                    self.table.session.entries[-1].order, od.Attack
                ):
                    break
                self.click(label, 3)
            if not self.holds(place):
                self.screens.key(pygame.K_ESCAPE)
                self.end_turn()


@pytest.mark.slow
def test_the_tutorial_is_played_to_a_win_that_was_earned(screens: Screens) -> None:
    me = Learner(screens)
    assert me.lesson == "select" and me.table.coach.speaking
    # Turn 1: marching
    me.click("0205")
    assert me.lesson == "forecast-march"
    me.hover("0405")
    assert me.lesson == "march"
    me.click("0405", 3)
    assert me.lesson == "march-second"
    me.select("t-2nd")
    me.click("0504", 3)
    assert me.lesson == "together"
    me.click("0204")
    me.click("0204", pause=0.0)
    assert set(me.table.selection.group) == {"t-boats", "t-guns", "t-eng"}
    me.click("0305", 3)
    assert me.lesson == "end-1"
    me.end_turn()
    # Turn 2: the attack
    assert me.lesson == "prepare"
    me.select("t-1st")
    screens.key(pygame.K_b)
    screens.frames(2)
    assert me.lesson == "join"
    me.press(ToggleAttacker("t-2nd"))
    me.press(ChangeSupport("strike", 1))
    assert me.lesson == "attack"
    me.press(Confirm())
    assert isinstance(me.table.session.entries[-1].order, od.Attack)
    me.attack_until_taken("0505", "Crossroads", 3)
    assert me.lesson == "end-2"
    if me.table.session.state.clock.turn < 3:
        me.end_turn()
    # Turn 3: supply
    assert me.lesson == "overlay"
    screens.key(pygame.K_v)
    screens.frames(2)
    assert me.lesson == "why"
    me.select("t-1st")
    screens.post(pygame.KEYDOWN, key=pygame.K_SLASH, mod=SHIFT, unicode="?")
    screens.frames(2)
    assert "0405" in me.table.notice and me.lesson == "clear-road"
    me.select("t-guard")
    me.click("0405", 3)
    me.click("0405", 3)
    assert me.lesson == "advance"
    me.select("t-1st")
    me.click("0705", 3)
    if me.table.selection.mode:
        me.click("0705", 3)
    assert me.lesson == "advance", "one of two has marched"
    me.select("t-2nd")
    me.click("0704", 3)
    if me.table.selection.mode:
        me.click("0704", 3)
    assert me.lesson == "end-3"
    me.end_turn()
    # Turn 4: the town
    assert me.lesson == "bring-up"
    me.select("t-eng")
    me.click(me.where("t-boats"), 1, SHIFT)
    while "t-boats" not in me.table.selection.units:
        me.click(me.where("t-boats"), 1, SHIFT)
    me.click("0605", 3)
    if me.table.selection.mode:
        me.click("0605", 3)
    assert me.lesson == "town"
    me.attack_until_taken("0805", "Riverside", 6)
    assert me.lesson in ("end-4", "to-the-bank", "pontoon")
    while me.table.session.state.clock.turn < 5:
        me.end_turn()
    # Turn 5: the river
    assert me.lesson in ("to-the-bank", "pontoon")
    if me.lesson == "to-the-bank":
        me.select("t-eng")
        me.click("0805", 3)
    assert me.lesson == "pontoon"
    me.select("t-eng")
    me.press(PrepareOrder("pontoon"))
    me.click("0905", 3)
    assert me.lesson == "end-5"
    while me.table.session.state.clock.turn < 6:
        me.end_turn()
    # Turn 6: the other bloc
    assert me.lesson == "point-gas"
    me.select("t-1st")
    me.hover("1105")
    assert me.lesson == "hotline"
    screens.key(pygame.K_h, SHIFT)
    screens.frames(2)
    assert isinstance(me.table.session.entries[-1].order, od.Hotline) and me.lesson == "end-6"
    me.end_turn()
    screens.until("VictoryScene")
    session = me.table.session
    assert session.over and session.state.hexes.control[session.world.grid.hex("0805")] == me.table.seat
    assert victory.standing(session.state, me.table.seat).band in ("like", "faster")


def test_a_step_can_be_started_over_and_skipped_and_the_coach_put_away(screens: Screens) -> None:
    me = Learner(screens)
    me.click("0205")
    me.hover("0405")
    me.click("0405", 3)
    assert me.where("t-1st") == "0405" and me.lesson == "march-second"
    me.select("t-2nd")
    me.click("0306", 3)
    assert me.where("t-2nd") == "0306" and me.lesson == "march-second"
    me.on_card(StepAgain())
    assert me.where("t-2nd") == "0305" and me.where("t-1st") == "0405" and me.lesson == "march-second"
    assert len(me.table.session.entries) == 1
    me.on_card(SkipStep())
    assert me.lesson == "together"
    me.on_card(PutCoachAway())
    assert not me.table.coach.speaking and not me.table.card.rect.width


def test_the_light_falls_on_the_button_behind_which_an_order_lies(screens: Screens) -> None:
    """With a unit selected the bar has no room for the hotline: the light shows where it is."""
    me = Learner(screens)
    me.click("0205")
    me.table.session.lesson = "hotline"
    screens.frames(3)
    light = me.table.coach.step.show[0] if me.table.coach.step is not None else None
    assert light is not None and light.order == "hotline"

    def lit() -> tuple[pygame.Rect, pygame.Rect]:
        boxes = me.table.pages.boxes(me.table)
        page = boxes.get("more", boxes["orders"])
        wanted = PrepareOrder("hotline") if me.table.pages.more_open else ShowMore()
        spot = next(spot for spot in page.page.spots if spot.act == wanted)
        return next(me.table.card._lit(me.table, light))[0], spot.rect.move(page.box.topleft)

    for _ in range(2):
        box, spot = lit()
        assert box.contains(spot) and box.width < spot.width + 8
        me.press(ShowMore())


def test_a_step_that_is_late_says_so(screens: Screens) -> None:
    me = Learner(screens)
    me.click("0205")
    me.hover("0405")
    assert me.lesson == "march" and not me.table.coach.late
    me.end_turn()
    assert me.lesson == "march" and me.table.coach.late
    me.on_card(StepAgain())
    assert me.table.session.state.clock.turn == 1 and not me.table.coach.late


def test_a_save_remembers_the_step(screens: Screens, tmp_path: Path) -> None:
    me = Learner(screens)
    me.click("0205")
    again = records.load_game(records.save_game(me.table.session, tmp_path / "lesson.dez"))
    assert again.lesson == "forecast-march"
    assert again.lesson != FINISHED


def test_every_step_checks_what_was_done_and_can_be_started_over(screens: Screens) -> None:
    """Whatever step it is: nothing done leaves it open, and starting over takes back what was done in it."""
    me = Learner(screens)
    file = me.table.coach.file
    assert file is not None
    open_steps = 0
    for step in file.steps:
        assert step.done or step.when, step.id
        me.table.session.lesson = step.id
        me.table.coach.look()
        if me.lesson != step.id:
            continue  # what it asks for holds already on the first turn
        open_steps += 1
        before = len(me.table.session.entries)
        assert me.table.give(od.DigIn("t-guns")) and me.lesson == step.id
        assert len(me.table.session.entries) == before + 1
        me.table.coach.start_over()
        assert len(me.table.session.entries) == before and me.lesson == step.id, step.id
    assert open_steps >= len(file.steps) - 2


def test_the_first_fight_is_seen_without_card_and_veil(screens: Screens) -> None:
    me = Learner(screens)
    me.table.desk.settings = replace(me.table.desk.settings, animation="normal")
    me.click("0205")
    me.hover("0405")
    me.click("0405", 3)
    me.table.give(od.Attack(("t-1st",), me.table.session.world.grid.hex("0505")))
    screens.frames(1)
    assert me.table.stage.running and me.table.coach.speaking and not me.table.card.rect.width
    me.table.stage.skip()
    screens.frames(1)
    assert me.table.card.rect.width


def test_the_words_of_the_card_have_no_marks_of_writing_in_them(
    window: pygame.Surface, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Keys and what is strong stand out, and no asterisk or tick is left."""
    written = words_written(monkeypatch)
    coach = world_of("tutorial").coach
    assert coach is not None
    for words in (coach.farewell or "", *(step.text for step in coach.steps)):
        flow = Flow(make_desk((1280, 720)), 344)
        add_rich(flow, words)
        flow.page()
    assert written and not [words for words in written if set(words) & set("*`")]
