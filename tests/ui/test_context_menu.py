"""The menu of a hex: what it offers, how it is opened and left, and that nothing happens by merely opening it."""

from __future__ import annotations

import pygame
import pytest

from game import orders as od
from game.ui import selection as sel
from game.ui.context import MenuContext, menu_rows
from game.ui.selection import NOTHING
from game.ui.table.context_menu import ContextMenu
from tests.ui.table_hands import Hands, small_world

WORLD = small_world()
SOLO = {0: "human", 1: "hold", 2: "hold"}


@pytest.fixture
def hands(window: pygame.Surface) -> Hands:
    assert window
    return Hands(WORLD, SOLO)


def opened(hands: Hands, label: str) -> ContextMenu:
    hands.move(hands.point(label))
    hands.key(pygame.K_m)
    menu = hands.table.dialog
    assert isinstance(menu, ContextMenu)
    hands.frames(1)
    return menu


def test_a_march_is_offered_with_its_cost_and_given_by_a_click(hands: Hands) -> None:
    hands.click(hands.point("0203"))
    menu = opened(hands, "0204")
    row = next(number for number, one in enumerate(menu.rows) if one.title == "March here")
    assert "MP" in menu.rows[row].detail
    hands.click(menu.box_of(row).center)
    order = hands.session.entries[-1].order
    assert isinstance(order, od.Move) and (order.unit, order.path[-1]) == ("guns", hands.hex("0204"))
    assert hands.table.dialog is None


def test_an_attack_is_prepared_with_its_odds_and_not_given(hands: Hands) -> None:
    hands.click(hands.point("0303"))
    menu = opened(hands, "0403")
    row = next(one for one in menu.rows if one.title == "Attack…")
    assert "clears" in row.detail and "%" in row.detail
    hands.key(pygame.K_RETURN)
    assert hands.table.selection.mode == "attack" and hands.table.selection.target == hands.hex("0403")
    assert not hands.session.entries


def test_what_cannot_be_done_says_why_and_stays(hands: Hands) -> None:
    hands.table.give(od.DigIn("lions"))
    state = hands.table.view.state
    rows = menu_rows(state, 0, sel.choose(state, 0, "guns"), hands.hex("1008"), MenuContext(True))
    assert rows[0].title == "March order…" and "turns" in rows[0].detail
    hands.table.select(sel.choose(state, 0, "lions"))
    menu = opened(hands, "0403")
    row = next(number for number, one in enumerate(menu.rows) if one.why)
    hands.click(menu.box_of(row).center)
    assert hands.table.dialog is menu and len(hands.session.entries) == 1


def test_orders_at_the_units_own_hex(hands: Hands) -> None:
    hands.click(hands.point("0303"))
    titles = [one.title for one in opened(hands, "0303").rows]
    assert {"Dig in", "Hold until contact", "Select foxes", "Select all 2 units"} <= set(titles)
    assert "Cancel the plan" not in titles and "Repeat the last order" not in titles
    hands.key(pygame.K_ESCAPE)
    hands.key(pygame.K_SPACE, pygame.KMOD_SHIFT)
    hands.table.give(od.DigIn("lions"))
    hands.table.standing.hold()
    titles = [one.title for one in opened(hands, "0303").rows]
    assert {"Cancel the plan", "Repeat the last order"} <= set(titles)


def test_the_button_that_opened_it_chooses_when_it_is_drawn_to_a_row(hands: Hands) -> None:
    hands.click(hands.point("0203"))
    at = hands.point("0204")
    hands.move(at)
    hands.post(pygame.MOUSEBUTTONDOWN, pos=at, button=3, mod=0)
    hands.frames(40)
    menu = hands.table.dialog
    assert isinstance(menu, ContextMenu)
    over = menu.box_of(0).center
    hands.move(over)
    hands.post(pygame.MOUSEBUTTONUP, pos=over, button=3, mod=0)
    assert hands.table.dialog is None and isinstance(hands.session.entries[-1].order, od.Move)


def test_a_click_beside_it_closes_it_and_orders_nothing(hands: Hands) -> None:
    hands.click(hands.point("0203"))
    menu = opened(hands, "0204")
    beside = (menu.rect.right + 30, menu.rect.y + 5)
    before = hands.table.selection
    hands.click(beside, 3)
    assert hands.table.dialog is None and not hands.session.entries and hands.table.selection == before


def test_without_a_hex_it_says_so(hands: Hands) -> None:
    hands.table.select(NOTHING)
    hands.move(hands.table.layout.end_turn.center)
    hands.key(pygame.K_m)
    assert hands.table.dialog is None and "Point at a hex" in hands.table.notice


def test_undo_and_redo_have_buttons_that_say_why_not(hands: Hands) -> None:
    layout = hands.table.layout
    hands.click(layout.redo.center)
    assert not hands.session.entries
    hands.table.give(od.DigIn("guns"))
    hands.click(layout.undo.center)
    assert not hands.session.entries and hands.session.why_no_redo() == ""
    hands.click(layout.redo.center)
    assert hands.session.entries and hands.session.why_no_redo() == "you have undone no order"
    hands.click(layout.undo.center)
    hands.table.give(od.DigIn("foxes"))
    assert hands.session.why_no_redo() == "an order given since takes its place"
    hands.key(pygame.K_y, pygame.KMOD_CTRL)
    assert "takes its place" in hands.table.notice
