"""What the staff would do, asked at the table: axes, reserve and orders with reasons, and nothing of it is ordered."""

from __future__ import annotations

import pygame
import pytest

from game import engine
from game import orders as od
from game.kernels.recent import Recent
from game.ui.advice import advise
from tests.situation import unit
from tests.ui.table_hands import Hands, small_world
from tests.worlds import world_of

SOLO = {0: "human", 1: "hold", 2: "hold"}


@pytest.fixture
def hands(window: pygame.Surface) -> Hands:
    assert window
    return Hands(small_world(), SOLO)


def test_the_staff_gives_orders_with_reasons_that_the_rules_allow() -> None:
    view = engine.view(engine.start(world_of("tutorial"), 7), 0)
    advice = advise(view)
    assert advice.orders and all(one.why for one in advice.orders)
    assert advice == advise(view)  # a fresh staff each time
    own = {view.state.units.hex[row] for row, owner in enumerate(view.state.world.roster.faction) if owner == 0}
    marches = [one for one in advice.orders if not one.attack and len(one.way) > 1]
    assert marches and marches[0].way[0] in own
    lines = advice.lines
    assert [line.text for line in lines if line.kind == "turn"][-1] == f"{len(advice.orders)} orders"
    assert len(lines) >= len(advice.orders) + len(advice.axes)


def test_nothing_that_the_staff_worked_out_stays_with_the_table() -> None:
    """Its reaches and fields took megabytes for every question; and it thinks in a thread of its own."""
    view = engine.view(engine.start(small_world(), 7), 0)
    engine.reach(view.state, "lions")
    kept = (dict(view.state.answers), {key: len(one) for key, one in memories(view).items()})
    assert kept[1] and all(kept)
    assert advise(view).orders
    assert kept == (dict(view.state.answers), {key: len(one) for key, one in memories(view).items()})


def memories(view: engine.View) -> dict[object, Recent[object]]:
    return {key: found for key, found in view.state.world.answers.items() if isinstance(found, Recent)}


def test_it_knows_no_more_than_the_player() -> None:
    """An enemy whom the player does not see changes nothing of the advice."""
    worlds = [small_world(), small_world(units=[*UNITS, unit("lurkers", "isis", "0907", steps=3)])]
    first, second = (advise(engine.view(engine.start(world, 3), 0)) for world in worlds)
    assert first == second


UNITS = [
    unit("lions", "saa", "0303", "mech", steps=3, quality="A"),
    unit("foxes", "saa", "0303"),
    unit("guns", "saa", "0203", "artillery"),
    unit("cellar", "isis", "0403", steps=1, quality="D"),
    unit("deep", "isis", "0908", steps=2),
    unit("hills", "sdf", "0902", steps=2),
]


def test_it_lies_on_the_map_while_its_list_is_open_and_orders_nothing(hands: Hands) -> None:
    table = hands.table
    table.reel = None
    before = hands.picture()
    hands.key(pygame.K_q)
    assert "staff thinks" in table.notice
    table.consulting.wait()
    assert table.reel is not None and table.board.advised and not hands.session.entries
    assert hands.picture() != before
    hands.key(pygame.K_ESCAPE)
    hands.frames(1)
    assert table.reel is None and table.board.advised == () and table.consulting.advice is None


def test_an_order_makes_the_advice_old(hands: Hands) -> None:
    table = hands.table
    table.reel = None
    hands.key(pygame.K_q)
    table.consulting.wait()
    assert table.give(od.DigIn("guns"))
    hands.frames(1)
    assert table.consulting.advice is None and table.reel is None
    hands.key(pygame.K_q)
    table.give(od.DigIn("foxes"))  # while it thinks
    table.consulting.wait()
    assert table.consulting.advice is None and table.reel is None


def test_the_button_of_the_idle_column_asks_it(hands: Hands) -> None:
    from game.ui.panels.acts import AskStaff

    table = hands.table
    table.reel = None
    hands.move((600, 2))
    spot = next(one for one in table.pages.upper(table).spots if one.act == AskStaff())
    box = table.pages.boxes(table)["upper"].box
    hands.click((box.x + spot.rect.centerx, box.y + spot.rect.centery))
    assert table.consulting.thinking
    table.consulting.wait()
    assert table.consulting.advice is not None


class Marcher:
    """A player that marches once and ends its turn."""

    why = ""

    def __init__(self, orders: list[od.Order]) -> None:
        self.orders = orders

    def decide(self, view: engine.View) -> od.Order:
        return self.orders.pop(0) if self.orders else od.EndTurn()


def test_the_reel_draws_on_the_map_what_the_seat_saw_of_others(hands: Hands) -> None:
    table = hands.table
    away = (hands.hex("0402"),)
    hands.session.seat(1, Marcher([od.Move("cellar", away)]), "scripted")
    hands.key(pygame.K_RETURN, pygame.KMOD_CTRL)
    hands.key(pygame.K_RETURN)
    hands.until_mine(0)
    hands.frames(5)
    assert table.reel is not None
    seen = {entry for seat, entry in table.recalling.seen if seat == 0}
    assert seen
    line = next(one for one in table.reel.lines if one.entry in seen and one.hex >= 0)
    for _ in table.reel.lines:
        hands.key(pygame.K_PERIOD)
        if table.board.arrows:
            break
    assert table.board.arrows and table.board.arrows[0].path[-1] == away[0], line
    hands.key(pygame.K_ESCAPE)
    hands.key(pygame.K_RETURN, pygame.KMOD_CTRL)
    hands.key(pygame.K_RETURN)
    assert not any(seat == 0 and entry in seen for seat, entry in table.recalling.seen)


def test_what_was_turned_down_and_the_feared_reply_are_told_and_shown(window: pygame.Surface) -> None:
    """The reply is the best attack that the rules' own forecast of threats gives the known enemy after the orders."""
    assert window
    hands = Hands(small_world(units=[*UNITS, unit("column", "isis", "0404", "mech", steps=3)]), SOLO)
    table = hands.table
    table.reel = None
    hands.key(pygame.K_q)
    table.consulting.wait()
    advice = table.consulting.advice
    assert advice is not None and advice.reply is not None
    assert advice.reply.origins
    texts = [line.text for line in advice.lines]
    assert "The reply it fears" in texts and advice.reply.words in texts
    for words, _ in advice.turned_down:
        assert words in texts and ": " in words
    rings = {ring.hex for ring in table.board.advised_rings}
    assert rings == {advice.reply.hex, *(here for _, here in advice.reserve)}
    assert any(arrow.path[-1] == advice.reply.hex for arrow in table.board.advised)
    hands.key(pygame.K_ESCAPE)
    hands.frames(1)
    assert table.board.advised_rings == ()


def test_the_campaign_has_goals_turned_down_with_their_reasons() -> None:
    view = engine.view(engine.start(world_of("breaking_the_siege"), 7), 0)
    advice = advise(view)
    assert advice.turned_down and len({here for _, here in advice.turned_down}) >= 1
    assert all(words.endswith(".") and 0 <= here < view.state.world.grid.size for words, here in advice.turned_down)
