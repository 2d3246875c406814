"""Combat is seen: the fight over the map, what of it a seat is shown, its result card, and the mark that stays."""

from __future__ import annotations

import pygame
import pytest

from game import engine
from game import orders as od
from game.events import AttackResolved
from game.telling.witness import Witness
from game.ui import selection as sel
from game.ui.battle_view import own_fight, shown_fight
from game.ui.mapview.fight import LENGTH, SLICE
from game.ui.settings import Settings
from tests.ui.table_hands import Hands, small_world

SOLO = {0: "human", 1: "hold", 2: "hold"}


@pytest.fixture
def hands(window: pygame.Surface) -> Hands:
    hands = Hands(small_world(), SOLO)
    assert hands.table.give(od.Attack(("lions", "foxes"), hands.hex("0403")))
    return hands


def test_an_attack_plays_for_a_second_and_leaves_a_mark_and_a_card(hands: Hands) -> None:
    table = hands.table
    assert table.stage.running and table.stage.scars == (hands.hex("0403"),)
    pictures = set()
    for _ in range(11):
        hands.frames(1, LENGTH / 10)
        pictures.add(pygame.image.tobytes(hands.canvas, "RGB"))
    assert not table.stage.running and len(pictures) > 6
    assert table.stage.result is not None and table.board.map.scars == (hands.hex("0403"),)
    table.give(od.EndTurn())
    assert table.stage.scars == () and table.stage.result is None


def test_the_bar_holds_all_throws_and_lights_the_one_that_was_rolled(hands: Hands) -> None:
    fight, result = hands.table.stage.fight, hands.table.stage.result
    event = next(one for one in hands.session.entries[-1].events if isinstance(one, AttackResolved))
    assert fight is not None and result is not None
    assert sum(one.ways for one in fight.slices) == 36 == sum(result.ways)
    assert [one.grade for one in fight.slices] == sorted(one.grade for one in fight.slices)
    assert sum(fight.dice) == event.roll and all(1 <= die <= 6 for die in fight.dice)
    assert result.better == sum(one.ways for one in fight.slices[fight.rolled :])
    assert fight.slices[fight.rolled].grade == result.grades[event.roll - 2]


def test_the_card_sets_what_came_beside_what_was_to_be_expected(window: pygame.Surface) -> None:
    for seed in range(6):
        hands = Hands(small_world(), SOLO, seed=seed)
        before = hands.session.state
        view = engine.view(before, 0).state
        order = od.Attack(("lions", "foxes"), hands.hex("0403"))
        after, events = engine.apply(before, order)
        both = own_fight(view, Witness(0, before, after), order, events)
        assert both is not None
        result = both[1]
        row = before.world.row["cellar"]
        lost = before.units.steps[row] - (after.units.steps[row] if after.units.hex[row] >= 0 else 0)
        assert result.actual.his_lost == lost
        mine = sum(before.units.steps[before.world.row[unit]] - after.units.steps[after.world.row[unit]]
                   for unit in order.units)  # fmt: skip
        assert result.actual.my_lost == mine
        outcomes = engine.odds(view, order).known.outcomes
        assert result.expected.his_lost == sum(one.ways * one.after.defender_lost for one in outcomes)


def test_the_card_stands_beside_the_hex_and_those_who_fought_and_beside_nobody_else(hands: Hands) -> None:
    table = hands.table
    hands.key(pygame.K_SPACE)

    table.select(sel.choose(table.view.state, 0, "lions"))
    beside_those = hands.table.pages.forecast(table).picture.get_height()
    table.select(sel.choose(table.view.state, 0, "guns"))
    hands.frames(1)
    beside_others = hands.table.pages.forecast(table).picture.get_height()
    assert beside_those > beside_others
    hands.move(hands.point("0403"))
    assert hands.table.pages.forecast(table).picture.get_height() == beside_those


def test_space_skips_it_and_does_no_more(hands: Hands) -> None:
    done = set(hands.table.done)
    hands.key(pygame.K_SPACE)
    assert not hands.table.stage.running and hands.table.done == done
    hands.key(pygame.K_SPACE)
    assert hands.table.done != done


def test_a_click_skips_it_and_is_heard(hands: Hands) -> None:
    hands.click(hands.point("0203"))
    assert not hands.table.stage.running and hands.table.selection.unit == "guns"


def test_orders_go_on_while_it_plays(hands: Hands) -> None:
    assert hands.table.stage.running
    assert hands.table.give(od.EndTurn()) and len(hands.session.entries) == 2


def test_counters_stay_until_the_losses_show(hands: Hands) -> None:
    table = hands.table
    hands.frames(1, 0.01)
    assert table.board.map.stacks is not table.board.stacks
    hands.frames(1, SLICE)
    assert table.board.map.stacks is table.board.stacks


def test_without_animation_only_mark_and_card_remain(window: pygame.Surface) -> None:
    hands = Hands(small_world(), SOLO)
    hands.table.desk.settings = Settings(animation="off")
    hands.table.give(od.Attack(("lions", "foxes"), hands.hex("0403")))
    assert not hands.table.stage.running and hands.table.stage.scars and hands.table.stage.result is not None


def test_who_sees_nothing_of_an_attack_is_shown_nothing(window: pygame.Surface) -> None:
    hands = Hands(small_world(), SOLO)
    before = hands.session.state
    after, events = engine.apply(before, od.Attack(("lions", "foxes"), hands.hex("0403")))
    seen = [shown_fight(engine.view(before, seat).state, Witness(seat, before, after), events) for seat in range(3)]
    assert seen[0] is not None and seen[1] is not None and seen[2] is None
    assert seen[1].slices == ()
