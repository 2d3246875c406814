"""Pairs of games that differ only in what the person at the table cannot know: every picture is the same to the pixel.

A pair has one view: enemies out of sight stand elsewhere or are stronger, stocks of others are fuller, other dice lie
ready. The table, its lists and pages, and the curtain are drawn of both. By default some pairs are drawn, with --slow
five hundred.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import replace
from functools import cache
from pathlib import Path

import pygame
import pytest

from game import engine, records
from game import orders as od
from game.rules import fog
from game.scenario.world import World
from game.session import Session
from game.state.tables import State
from game.ui import overlays
from game.ui.advice import advise
from game.ui.scene import Desk, Scene
from game.ui.scenes.handover import HandoverScene
from game.ui.scenes.report import CHAPTERS, ReportScene
from game.ui.scenes.units import UnitsScene
from game.ui.settings import Settings
from game.ui.table.scene import TableScene
from tests.situation import unit
from tests.ui.screen_hands import Screens
from tests.ui.table_hands import small_world
from tests.worlds import world_of

SEATS = {0: "human", 1: "hold", 2: "hold"}
SEAT = 0
SIZE = (1024, 640)
Pair = tuple[Session, Session]


@cache
def small() -> World:
    return small_world(
        units=[
            unit("lions", "saa", "0303", "mech", steps=3, quality="A"),
            unit("foxes", "saa", "0303"),
            unit("guns", "saa", "0203", "artillery"),
            unit("cellar", "isis", "0403", steps=1, quality="D"),
            *(unit(f"deep{n}", "isis", f"0{n}08", steps=2) for n in range(5, 10)),
            unit("hills", "sdf", "0902", steps=2),
            unit("farms", "sdf", "0904", steps=2),
        ]
    )


@cache
def campaign() -> World:
    return world_of("race_for_deir_ezzor")


def pair(world: World, number: int) -> Pair:
    """Two games with one view. The second one is another game in everything that the seat cannot know."""
    dice = random.Random(number)
    seed = dice.randrange(1000)
    one, other = Session(world, seed), Session(world, seed)
    for session in (one, other):
        for _ in range(len(world.sequence) * dice.choice((0, 1)) if session is one else len(one.entries)):
            session.give(od.EndTurn())
    other.state = meddled(other.state, dice)
    first, second = (engine.view(session.state, SEAT).state for session in (one, other))
    assert first.plain() == second.plain() and one.state.digest() != other.state.digest()
    return one, other


def meddled(state: State, dice: random.Random) -> State:
    """The same moment with other troops out of the seat's sight, other stocks of others, and other dice."""
    world, units = state.world, state.units
    seen, level, owners = fog.visible_hexes(state, SEAT), state.intel[SEAT].level, world.roster.faction
    dark = [here for here in range(world.grid.size) if world.terrain[here] >= 0 and not seen[here]]
    columns = {name: list(getattr(units, name)) for name in ("hex", "steps", "disrupted", "dug", "supply", "mp", "dry")}
    for row, owner in enumerate(owners):
        if world.friends(SEAT, owner) or level[row] or units.hex[row] < 0 or seen[units.hex[row]]:
            continue
        columns["hex"][row] = dice.choice(dark)
        columns["steps"][row] = dice.randint(1, 6)
        columns["disrupted"][row] = 0
        columns["dug"][row] = dice.randint(0, 2)
        columns["supply"][row] = dice.randint(0, 2)
        columns["mp"][row] = dice.randint(0, 20)
    others = [faction for faction in range(len(world.factions)) if not world.friends(SEAT, faction)]
    stocks = {name: list(getattr(state.factions, name)) for name in ("liaison", "pool", "lost")}
    for name, faction in ((name, faction) for name in stocks for faction in others):
        stocks[name][faction] += dice.randint(0, 9)
    return replace(
        state,
        seed=bytes(dice.randrange(256) for _ in state.seed),
        units=replace(units, **{name: tuple(column) for name, column in columns.items()}),
        factions=replace(state.factions, **{name: tuple(column) for name, column in stocks.items()}),
        clock=replace(state.clock, flags=(*state.clock.flags, "something-secret")),
        answers={},
    )


# --- what is looked at ----------------------------------------------------------------------------------------


def looked_at(session: Session, number: int) -> list[bytes]:
    """Pictures of one game as a hand with the dice of this number looks around in it."""
    dice = random.Random(f"hands {number}")
    screens = Screens(lambda desk: TableScene(desk, session, seats=SEATS), SIZE, Settings(autosave=False))
    table = screens.top
    assert isinstance(table, TableScene)
    pictures = [_picture(screens, table)]
    keys = [ord(kind.key.lower()) for kind in overlays.on_the_bar()]
    for key in dice.sample(keys, 3):
        screens.key(key)
    for key in dice.sample((pygame.K_n, pygame.K_SPACE, pygame.K_b, pygame.K_1 + dice.randrange(7), pygame.K_f), 2):
        screens.key(key)
    room = table.layout.map
    at = dice.randrange(room.x, room.right), dice.randrange(room.y, room.bottom)
    screens.post(pygame.MOUSEMOTION, pos=at, rel=(0, 0), buttons=(0, 0, 0))
    pictures.append(_picture(screens, table))
    what, before = dice.randrange(4), len(session.entries)
    if what == 0:
        screens.key(pygame.K_m)
    elif what == 1:
        screens.click(at, 3)
    elif what == 2:
        screens.key(pygame.K_RETURN, pygame.KMOD_CTRL)
    else:
        screens.post(pygame.MOUSEWHEEL, x=0, y=dice.choice((-2, 2)), precise_y=0.0)
    screens.frames(2)
    if screens.top is table and len(session.entries) == before:  # what an order brings, the seat may learn
        pictures.append(_picture(screens, table))
    return pictures


def _picture(screens: Screens, table: TableScene) -> bytes:
    table.board.map.finish(screens.canvas)
    return screens.picture()


def pages(session: Session, number: int) -> list[bytes]:
    """The report's chapters, the order of battle, and the curtain before the next person."""
    view = engine.view(session.state, SEAT)
    boards: list[Callable[[Desk], Scene]] = [
        lambda desk: ReportScene(desk, view, SEAT, (), number % len(CHAPTERS)),
        lambda desk: UnitsScene(desk, view, SEAT, (), lambda unit: None),
        lambda desk: HandoverScene(desk, session, 2, {0: "human", 2: "human"}, lambda: None),
    ]
    return [Screens(board, SIZE).picture() for board in boards]


def same(world: World, number: int) -> None:
    one, other = pair(world, number)
    assert pages(one, number) == pages(other, number), f"pair {number}: a page"
    assert looked_at(one, number) == looked_at(other, number), f"pair {number}: the table"


@pytest.fixture(autouse=True)
def nothing_on_the_disk(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, window: pygame.Surface) -> None:
    assert window
    monkeypatch.setattr(records, "autosaves_folder", lambda: tmp_path / "auto")
    monkeypatch.setattr("game.ui.settings.settings_folder", lambda: tmp_path / "settings")


@pytest.mark.parametrize("number", range(2))
def test_no_pixel_tells_what_the_seat_cannot_know(number: int) -> None:
    same(small(), number)


@pytest.mark.slow
@pytest.mark.parametrize("tens", range(48))
def test_no_pixel_of_four_hundred_and_eighty_pairs_tells_it(tens: int) -> None:
    for number in range(100 + 10 * tens, 110 + 10 * tens):
        same(small(), number)


@pytest.mark.slow
@pytest.mark.parametrize("number", range(99, 119))
def test_no_pixel_of_twenty_campaigns_tells_it(number: int) -> None:
    same(campaign(), number)


@pytest.mark.parametrize("number", [0, pytest.param(1, marks=pytest.mark.slow)])
def test_the_staff_that_is_asked_knows_no_more(number: int) -> None:
    one, other = pair(campaign() if number else small(), number)
    assert advise(engine.view(one.state, SEAT)) == advise(engine.view(other.state, SEAT))


def test_a_pair_differs_where_the_seat_does_see(window: pygame.Surface) -> None:
    """A picture would tell: a known enemy who has lost a step looks different."""
    one, other = Session(small(), 3), Session(small(), 3)
    row = small().row["lions"]
    steps = other.state.units.steps
    units = replace(other.state.units, steps=(*steps[:row], steps[row] - 1, *steps[row + 1 :]))
    other.state = replace(other.state, units=units, answers={})
    assert looked_at(one, 1) != looked_at(other, 1)
