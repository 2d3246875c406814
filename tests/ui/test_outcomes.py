"""What an attack may come to: classes, what is better, and results of the table that come to the same."""

from __future__ import annotations

from dataclasses import replace

import pygame

from game import engine
from game import orders as od
from game.rules.aftermath import Aftermath
from game.session import Session
from game.telling.witness import Witness
from game.ui.battle_view import own_fight
from game.ui.mapview.fight import GRADES
from game.ui.outcomes import distinct, outcome_class, worth
from game.ui.panels.outcome_bar import ranked
from tests.situation import unit
from tests.ui.table_hands import small_world

NOTHING = Aftermath((), 0, 0, 0, 0, 0, 0, 0, 0, False, False, -1)
FALLS_BACK = replace(NOTHING, defender_disrupted=1, fell_back=1, cleared=True)
DESTROYED = replace(NOTHING, defender_lost=1, destroyed=1, cleared=True)


def test_who_is_destroyed_is_worth_no_less_than_who_falls_back() -> None:
    assert worth(DESTROYED) > worth(FALLS_BACK)
    assert (
        worth(FALLS_BACK) > worth(replace(FALLS_BACK, attacker_disrupted=1)) > worth(replace(NOTHING, defender_lost=2))
    )


def _attack(seed: int) -> tuple[Session, od.Attack]:
    world = small_world(
        units=[
            unit("lions", "saa", "0303", "mech", steps=3, quality="A"),
            unit("foxes", "saa", "0303", steps=3),
            unit("cellar", "isis", "0403", steps=1, quality="D"),
        ]
    )
    return Session(world, seed), od.Attack(("lions", "foxes"), world.grid.hex("0403"))


def test_results_that_come_to_the_same_stand_once(window: pygame.Surface) -> None:
    """The last step of a unit can be lost in many ways: the panel tells one of them, with all their throws."""
    session, order = _attack(1)
    outcomes = engine.odds(engine.view(session.state, 0).state, order).known.outcomes
    words = [str(one.after) for one in ranked(outcomes)]
    assert len(words) == len(set(words)) < len(outcomes)
    assert sum(one.ways for one in distinct(outcomes)) == 36


def test_the_dice_of_a_card_have_the_colours_of_the_forecast(window: pygame.Surface) -> None:
    """A throw that drives the defender out is never shown as a bad one; better throws come after worse ones."""
    for seed in range(4):
        session, order = _attack(seed)
        before = session.state
        view = engine.view(before, 0).state
        after, events = engine.apply(before, order)
        both = own_fight(view, Witness(0, before, after), order, events)
        assert both is not None
        fight, result = both
        odds = engine.odds(view, order).known
        kinds = [outcome_class(one.after) for one in ranked(odds.outcomes)]
        best = [grade for grade in result.grades if grade >= len(GRADES) - 2]
        assert kinds.count(0) and best
        driven_out = sum(one.ways for one in odds.outcomes if one.after.cleared)
        assert sum(ways for ways, grade in zip(result.ways, result.grades, strict=True) if grade >= 5) == driven_out
        assert [one.grade for one in fight.slices] == sorted(one.grade for one in fight.slices)
        rolled = odds.fight.after(next(one.result for one in events if hasattr(one, "result")))
        as_good = sum(one.ways for one in odds.outcomes if worth(one.after) >= worth(rolled))
        assert result.better <= as_good
        if rolled.cleared and not rolled.attacker_disrupted:
            assert result.better == fight.slices[-1].ways
