"""A game goes on under another edition of its scenario: what is carried over, what is played again, what fits not."""

from __future__ import annotations

from collections.abc import Callable
from copy import deepcopy
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from game import engine, records
from game import orders as od
from game.records.reloading import PlayedAgain, carried, changed_parts, misfit, seats_in
from game.rules import invariants
from game.scenario.build import world_from
from game.scenario.world import World
from game.session import Session
from tests.situation import situation, unit

Edit = Callable[[dict[str, Any]], object]
MAP = ". . . .\n. . . .\n. . . ."


@cache
def war() -> World:
    """Two battalions against one, with a town, a bridge and a prize."""
    return situation(
        MAP,
        units=[unit("a", "saa", "0101"), unit("b", "saa", "0102", steps=3), unit("foe", "isis", "0403")],
        places=[{"name": "Town", "hex": "0201", "size": 1}],
        rivers=[["0403/N"]],
        crossings=[("0403/N", "bridge", "open")],
        sources={"saa": [{"hex": "0101"}]},
        victory={"prizes": [{"id": "t", "name": "T", "place": "Town", "kind": "town", "points": {"saa": 3}}]},
    )


def edited(edit: Edit) -> World:
    """The scenario after its author has changed something in it."""
    return world_from(_raw(edit))


def _raw(edit: Edit) -> dict[str, Any]:
    raw = deepcopy(dict(war().raw))
    edit(raw)
    return raw


def setter(*path: Any) -> Edit:
    """Puts the last of some keys' value where the others lead."""
    *way, last, value = path

    def edit(raw: Any) -> None:
        for key in way:
            raw = raw[key]
        raw[last] = value

    return edit


def played(*orders: od.Order) -> Session:
    session = Session(war(), 5)
    for order in orders:
        session.give(order)
    return session


def at(label: str) -> int:
    return war().grid.hex(label)


MARCH = od.Move("a", (war().grid.hex("0201"),))


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({}, ""),
        ({"grid": situation(MAP + "\n. . . .").grid}, "the size of the map has changed"),
        ({"factions": war().factions[::-1]}, "there are other factions"),
        ({"sequence": (1, 0)}, "the factions play in another order"),
        ({"places": ()}, "there are other places"),
        ({"sites": ()}, "there are other crossings"),
        ({"prizes": ()}, "there are other prizes"),
        ({"roster": replace(war().roster, id=("a", "c", "foe"))}, "there are other units"),
        ({"roster": replace(war().roster, faction=(0, 1, 1))}, "units have changed sides"),
        ({"grid": situation(MAP + "\n. . . .").grid, "prizes": ()}, "the size of the map has changed"),
    ],
)
def test_what_does_not_fit_is_named_the_first_of_several(changed: dict[str, Any], words: str) -> None:
    assert misfit(war(), replace(war(), **changed)) == words


def test_the_parts_that_have_changed_are_told_as_people_call_them() -> None:
    for edit, parts in (
        (setter("rules", "fog", "weather_rain", 2), ["rules (fog)"]),
        (setter("forces", "saa", "units", 0, "steps", 3), ["forces (saa)"]),
        (setter("scenario", "title", "Another"), ["scenario"]),
        (setter("options", {"open_clash": True}), []),
        (lambda raw: None, []),
    ):
        assert changed_parts(war(), replace(war(), raw=_raw(edit))) == parts
    raw = {**war().raw, "news": 1}
    assert changed_parts(war(), replace(war(), raw=raw)) == changed_parts(replace(war(), raw=raw), war()) == ["news"]


def test_what_play_has_touched_stays_and_what_it_has_not_follows_the_files() -> None:
    session = played(MARCH)
    world = edited(lambda raw: (
        setter("forces", "saa", "units", 0, "hex", "0302")(raw), setter("forces", "saa", "units", 1, "hex", "0202")(raw)
    ))  # fmt: skip
    found = carried(session, world)
    assert found is not None and invariants.check(found.state) == []
    assert [found.state.units.hex[row] for row in (0, 1)] == [at("0201"), at("0202")]
    assert found.entries == session.entries and found.digests == session.digests
    assert found.changed == (1,) and found.opening == session.opening and found.log.head == session.log.head
    again = carried(found, war())
    assert again is not None and again.changed == (1, 1) and again.state.digest() == session.state.digest()


@pytest.mark.parametrize(("stirred", "expected"), [(False, 40), (True, None)])
def test_units_that_have_not_stirred_march_as_far_as_the_new_files_let_them(
    stirred: bool, expected: int | None
) -> None:
    session = played(*([MARCH] if stirred else []))
    found = carried(session, edited(setter("rules", "units", "types", "infantry", "movement", 40)))
    assert found is not None
    left = session.state.units.mp
    assert found.state.units.mp == ((left[0] if expected is None else expected), 40, left[2])


def test_what_would_break_a_rule_is_left_as_it_was_and_what_cannot_be_is_refused() -> None:
    session = played(MARCH)
    onto = edited(setter("forces", "isis", "units", 0, "hex", "0201"))
    found = carried(session, onto)
    assert found is not None and found.state.units.hex == session.state.units.hex, "two enemies in a hex"
    assert carried(session, replace(war(), prizes=())) is None
    late = played(*[od.EndTurn()] * 4)
    assert late.state.clock.turn == 3
    for turns, fits in ((3, True), (2, False)):
        assert (carried(late, edited(setter("scenario", "turns", turns))) is not None) == fits
    strange = replace(session.state.clock, changes=(("ground", (99,), (0,)),))
    session.state = replace(session.state, clock=strange, answers={})
    assert carried(session, war()) is None


def test_orders_are_given_again_one_by_one_until_all_are_given() -> None:
    session = played(MARCH, od.EndTurn(), od.EndTurn())
    session.concede(1)
    again = PlayedAgain(session, edited(setter("scenario", "title", "Another")))
    assert (again.share, again.done, again.stopped) == (0, False, "")
    assert not again.step(-1) and again.share == 1 / 3, "one at least"
    while not again.step(-1):
        pass
    assert again.done and again.share == 1 and not again.stopped and again.session.conceded == 1
    assert [entry.order for entry in again.session.entries] == [entry.order for entry in session.entries]
    assert again.session.state.units == session.state.units
    assert PlayedAgain(played(), war()).step(9) and PlayedAgain(session, war()).step(9)


def test_it_stops_at_the_first_order_that_does_not_fit_and_says_why() -> None:
    session = played(MARCH, od.EndTurn(), od.EndTurn())
    session.concede(0)
    locked = edited(setter("forces", "saa", "units", 0, "locked_until", "2017-10-17"))
    short = edited(setter("scenario", "turns", 1))
    swapped = edited(setter("scenario", "sequence", ["isis", "saa"]))
    gone = edited(lambda raw: raw["forces"]["saa"]["units"].pop(0))
    longer = played(MARCH, od.EndTurn(), od.EndTurn(), od.EndTurn())
    for old, world, given, words in (
        (session, locked, 0, "order 1 of 3 (turn 1, saa: move a 0201): a must stay in place"),
        (longer, short, 3, "order 4 of 4 (turn 2, saa: end-turn): the game has ended before it"),
        (session, swapped, 0, "order 1 of 3 (turn 1, saa: move a 0201): it is the turn of isis, turn 1"),
        (session, gone, 0, 'you have no unit "a"'),
    ):
        again = PlayedAgain(old, world)
        assert again.step(9) and again.done and len(again.session.entries) == given
        assert words.lower() in again.stopped.lower(), again.stopped
        assert again.session.conceded == -1
    assert engine.start(gone, 5).digest() == PlayedAgain(session, gone).session.state.digest()


def test_a_game_whose_scenario_has_changed_proves_nothing_but_can_be_played_on(tmp_path: Path) -> None:
    found = carried(played(MARCH), edited(setter("scenario", "title", "Another")))
    assert found is not None
    path = records.save_game(found, tmp_path / "a.dez")
    result = records.verify_file(path)
    assert "S207" in result.lines()[0] and "last after order 1:" in result.lines()[0] and result.exit_code == 3
    assert (result.orders, result.declared, result.turns) == (0, 1, 0)
    assert result.lines()[1] == f"{path}: 0 of 1 orders are true. Another."
    with pytest.raises(records.BadRecord, match="S207"):
        records.load_game(path)
    assert records.load_game(path, unproved=True).changed == (1,)


def test_players_keep_the_seats_of_their_factions() -> None:
    turned = replace(war(), factions=war().factions[::-1])
    assert seats_in(war(), turned, {0: "human", 1: "staff", 2: "stranger"}) == {1: "human", 0: "staff"}
    assert seats_in(war(), replace(war(), factions=war().factions[:1]), {1: "staff"}) == {}
