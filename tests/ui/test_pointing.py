"""Orders by pointing: march and attack in one, several units at once, and how many clicks each takes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pygame
import pytest

from game import engine, records
from game import orders as od
from game.rules import out_of_reach
from game.scenario.world import World
from game.state import State
from game.ui import pointing, together
from game.ui import selection as sel
from game.ui.kit.fonts import Fonts
from game.ui.order_kinds import named
from game.ui.panels.acts import ChangeSupport, Confirm, PrepareOrder
from game.ui.selection import ASSAULT, Selection
from game.ui.table import order_marks
from tests.situation import situation, unit
from tests.ui.table_hands import Hands, small_world

SAA, ISIS, SDF = range(3)
SOLO = {SAA: "human", ISIS: "hold", SDF: "hold"}
SHIFT, CTRL = pygame.KMOD_SHIFT, pygame.KMOD_CTRL


@pytest.fixture(autouse=True)
def nothing_on_the_disk(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(records, "autosaves_folder", lambda: tmp_path / "auto")
    monkeypatch.setattr("game.ui.settings.settings_folder", lambda: tmp_path / "settings")


def front(**changes: object) -> World:
    """An enemy two hexes off, engineers at a river, and room all around; everything near is in sight."""
    given: dict[str, object] = {
        "factions": ("saa", "isis", "sdf"),
        "units": [
            unit("lions", "saa", "0303", "mech", steps=3, quality="A"),
            unit("foxes", "saa", "0303", steps=2),
            unit("guns", "saa", "0202", "artillery"),
            unit("pioneers", "saa", "0306", "engineer"),
            unit("post", "saa", "0106", movement=0),
            unit("cellar", "isis", "0503", steps=1, quality="D"),
            unit("attic", "isis", "0403", steps=1, quality="D"),
            unit("hills", "sdf", "1008", steps=2),
        ],
        "roads": [["0103", "0203", "0303", "0403", "0503"]],
        "rivers": [["0306/S"]],
        "sources": {"saa": [{"name": "Rear", "hex": "0103"}]},
        "support": {"saa": {"strike": 2}},
        "control": [{"faction": "saa", "box": ["0101", "0308"]}, {"faction": "isis", "box": ["0401", "0708"]}],
    }
    return situation("\n".join([". " * 10] * 8), **{**given, **changes})  # type: ignore[arg-type]


@pytest.fixture
def hands(window: pygame.Surface) -> Iterator[Hands]:
    assert window
    yield Hands(front(), SOLO)


def view(hands: Hands) -> State:
    return hands.table.view.state


def last(hands: Hands) -> od.Order:
    return hands.session.entries[-1].order


def where(hands: Hands, name: str) -> str:
    state = view(hands)
    return state.world.grid.label(state.units.hex[state.world.row[name]])


# --- how many clicks --------------------------------------------------------------------------------------------


def march(hands: Hands) -> None:
    hands.click(hands.point("0303"))
    hands.click(hands.point("0305"), 3)
    assert isinstance(last(hands), od.Move)


def attack(hands: Hands) -> None:
    hands.click(hands.point("0303"))
    hands.click(hands.point("0403"), 3)
    assert last(hands) == od.Attack(("lions",), hands.hex("0403"))


def attack_by_a_stack(hands: Hands) -> None:
    hands.click(hands.point("0303"))
    hands.click(hands.point("0303"), at_once=True)
    hands.click(hands.point("0403"), 3)
    assert last(hands) == od.Attack(("lions", "foxes"), hands.hex("0403"))


def press_order(hands: Hands, key: str) -> None:
    hands.frames(1)
    orders = hands.table.pages.boxes(hands.table)["orders"]
    spot = next(spot for spot in orders.page.spots if spot.act == PrepareOrder(key))
    hands.click((orders.box.x + spot.rect.centerx, orders.box.y + spot.rect.centery))


def pontoon(hands: Hands) -> None:
    hands.click(hands.point("0306"))
    press_order(hands, "pontoon")
    hands.click(hands.point("0307"), 3)
    assert isinstance(last(hands), od.Bridge)


def strike(hands: Hands) -> None:
    press_order(hands, "strike")
    hands.click(hands.point("0403"))
    hands.click(hands.point("0403"))
    assert isinstance(last(hands), od.Strike)


@pytest.mark.parametrize(("what", "most"), [(march, 2), (attack, 2), (attack_by_a_stack, 3), (pontoon, 3), (strike, 3)])
def test_an_order_takes_few_clicks(hands: Hands, what: object, most: int) -> None:
    assert callable(what)
    before = hands.clicks
    what(hands)
    assert hands.clicks - before <= most
    assert named("pontoon") is not None


# --- march and attack in one ------------------------------------------------------------------------------------


def test_pointing_at_a_distant_enemy_offers_march_and_attack_and_again_orders_both(hands: Hands) -> None:
    hands.click(hands.point("0303"))
    hands.click(hands.point("0503"), 3)
    hand = hands.table.selection
    assert hand.mode == ASSAULT and not hands.session.entries
    stands = pointing.stands(view(hands), "lions", hands.hex("0503"))
    assert len(stands) > 1 and set(hands.table.board.map.highlight) == {one.hex for one in stands}
    assert {(tag.hex, tag.text) for tag in hands.table.board.tags} == {(s.hex, s.found.known.name) for s in stands}
    hands.click(hands.point("0503"), 3)
    given = [entry.order for entry in hands.session.entries]
    assert isinstance(given[0], od.Move) and given[0].unit == "lions"
    if len(given) > 1:
        assert given[1] == od.Attack(("lions",), hands.hex("0503"))
    else:  # the march showed something: then the attack waits, and says why
        assert hands.table.selection.mode == "attack" and "waits" in hands.table.notice


def test_a_click_on_a_ring_chooses_where_to_attack_from(hands: Hands) -> None:
    hands.click(hands.point("0303"))
    hands.click(hands.point("0503"), 3)
    chosen = hands.table.selection.stand
    other = next(one.hex for one in pointing.stands(view(hands), "lions", hands.hex("0503")) if one.hex != chosen)
    label = view(hands).world.grid.label(other)
    hands.click(hands.point(label))
    assert hands.table.selection.stand == other and not hands.session.entries
    hands.key(pygame.K_RETURN)
    first = hands.session.entries[0].order
    assert isinstance(first, od.Move) and first.path[-1] == other


def test_the_offer_is_drawn_with_rings_arrows_and_a_button(hands: Hands) -> None:
    hands.click(hands.point("0303"))
    hands.click(hands.point("0503"), 3)
    kinds = [arrow.kind for arrow in order_marks.arrows(hands.table, hands.table.desk.theme.marks)]
    assert kinds == ["move", "attack"]
    hands.frames(1)
    assert Confirm() in [spot.act for spot in hands.table.pages.boxes(hands.table)["foot"].page.spots]
    hands.key(pygame.K_ESCAPE)
    assert hands.table.selection == Selection(hands.hex("0303"), "lions")


def test_only_the_units_in_hand_attack(hands: Hands) -> None:
    state = view(hands)
    found = pointing.assault(state, ("lions",), hands.hex("0503"))
    assert found is not None and found.attack.units == ("lions",)
    both = pointing.assault(state, ("lions", "foxes"), hands.hex("0503"))
    assert both is not None and both.attack.units == ("lions", "foxes")
    assert {march.unit for march in both.marches} == {"lions", "foxes"}


def test_a_refusal_speaks_of_the_unit_that_was_ordered(hands: Hands) -> None:
    hands.click(hands.point("0106"))
    hands.click(hands.point("0403"), 3)
    assert hands.table.selection.mode == "" and not hands.session.entries
    assert hands.table.notice.startswith("Post cannot get beside 0403 this turn.")


def test_the_odds_of_an_offer_are_in_sight_and_its_risk_is_told_once(
    hands: Hands, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Several units march and attack: the bar of outcomes and the support stand above their marches at 1280x720."""
    table, written, text = hands.table, list[str](), Fonts.text

    def noted(fonts: Fonts, words: str, *more: Any) -> pygame.Surface:
        written.append(words)
        return text(fonts, words, *more)

    table.select(sel.whole_stack(table.view.state, 0, hands.hex("0303")))
    monkeypatch.setattr(Fonts, "text", noted)
    hands.click(hands.point("0503"), 3)
    assert table.selection.mode == sel.ASSAULT and len(table.selection.units) > 1
    written.clear()
    table.pages.clear()
    box = table.pages.boxes(table)["forecast"]
    steps = [spot.rect for spot in box.page.spots if isinstance(spot.act, ChangeSupport)]
    assert steps and max(rect.bottom for rect in steps) <= box.box.height and not box.scroll
    assert sum(words.startswith("0% risk of an incident") for words in written) <= 1


def test_the_forecast_of_the_offer_is_that_of_the_attack_when_it_comes(hands: Hands) -> None:
    state = view(hands)
    for stand in pointing.stands(state, "lions", hands.hex("0503")):
        found = pointing.assault(state, ("lions",), hands.hex("0503"), stand.hex)
        assert found is not None
        after = state
        for order in found.marches:
            assert engine.refusal(after, order) is None
            after, _ = engine.apply(after, order)
        foretold = stand.found
        assert foretold.worst.column <= engine.odds(after, found.attack).known.column <= foretold.best.column
        assert engine.refusal(after, found.attack) is None


def test_the_rings_tell_the_odds_of_all_who_attack(hands: Hands) -> None:
    target, state = hands.hex("0503"), view(hands)
    hands.click(hands.point("0303"), at_once=False)
    hands.click(hands.point("0303"), at_once=True)
    hands.click(hands.point("0503"), 3)
    assert hands.table.selection.mode == ASSAULT and len(hands.table.selection.units) == 2
    told = {tag.hex: tag.text for tag in hands.table.board.tags}
    alone = {one.hex: one.found.known.column for one in pointing.stands(state, "lions", target)}
    for one in pointing.vantages(state, hands.table.selection.units, target):
        found = pointing.assault(state, hands.table.selection.units, target, one.hex)
        assert found is not None and len(found.attack.units) == 2
        assert told[one.hex] == engine.odds(found.after, found.attack).known.name
        assert one.found.known.column > alone[one.hex]


def test_poor_odds_are_asked_for_again(window: pygame.Surface) -> None:
    world = front(
        units=[
            unit("lions", "saa", "0303", steps=1, quality="D"),
            unit("wall", "isis", "0403", "mech", steps=4, quality="A"),
        ],
        factions=("saa", "isis"),
    )
    hands = Hands(world, {SAA: "human", ISIS: "hold"})
    hands.click(hands.point("0303"))
    hands.click(hands.point("0403"), 3)
    assert hands.table.selection.mode == "attack" and "odds are poor" in hands.table.notice
    assert not hands.session.entries
    hands.click(hands.point("0403"), 3)
    assert last(hands) == od.Attack(("lions",), hands.hex("0403"))


def test_a_player_may_want_every_attack_confirmed(hands: Hands) -> None:
    hands.table.desk.settings = replace(hands.table.desk.settings, confirm_attacks=True)
    hands.click(hands.point("0303"))
    hands.click(hands.point("0403"), 3)
    assert hands.table.selection.mode == "attack" and not hands.session.entries
    hands.click(hands.point("0403"), 3)
    assert isinstance(last(hands), od.Attack)


def test_the_other_bloc_is_never_attacked_by_one_click(window: pygame.Surface) -> None:
    world = front(
        units=[unit("lions", "saa", "0303", "mech", steps=3), unit("hills", "sdf", "0403", steps=1)],
    )
    hands = Hands(world, SOLO)
    hands.click(hands.point("0303"))
    for _ in range(3):
        hands.click(hands.point("0403"), 3)
        assert not hands.session.entries
    assert hands.table.selection.confirmed == 2


# --- several units ----------------------------------------------------------------------------------------------


def test_a_stack_marches_with_one_click_and_one_undo_takes_it_back(window: pygame.Surface) -> None:
    hands = Hands(front(units=[unit(name, "saa", "0303") for name in ("lions", "foxes")], factions=("saa", "isis")),
                  {SAA: "human", ISIS: "hold"})  # fmt: skip
    hands.click(hands.point("0303"), 1, CTRL)
    assert hands.table.selection.group == ("lions", "foxes")
    hands.click(hands.point("0304"), 3)
    hands.click(hands.point("0303"), 3)
    assert [entry.order.unit for entry in hands.session.entries if isinstance(entry.order, od.Move)] == [
        "lions", "foxes", "lions", "foxes",
    ]  # fmt: skip
    assert hands.table.selection.group == ("lions", "foxes")
    hands.key(pygame.K_u)
    assert where(hands, "lions") == where(hands, "foxes") == "0304" and hands.table.notice == "2 orders undone."
    hands.key(pygame.K_y, CTRL)
    assert where(hands, "lions") == where(hands, "foxes") == "0303"
    hands.key(pygame.K_z, CTRL)
    assert where(hands, "lions") == where(hands, "foxes") == "0304"


def test_who_finds_no_room_stops_beside(window: pygame.Surface) -> None:
    names = ("lions", "foxes", "bears", "wolves")
    units = [unit(name, "saa", at) for name, at in zip(names, ("0303", "0303", "0302", "0302"), strict=True)]
    hands = Hands(front(units=units, factions=("saa", "isis")), {SAA: "human", ISIS: "hold"})
    found = together.group_march(view(hands), names, hands.hex("0305"))
    ends = [view(hands).world.grid.label(leg.end) for leg in found.legs]
    most = view(hands).world.rules.units.stack_units
    assert ends.count("0305") == most and len(found.orders) == 4
    grid = view(hands).world.grid
    assert all(grid.distance(leg.end, hands.hex("0305")) <= 1 for leg in found.legs)
    assert sum(bool(leg.why) for leg in found.legs) == 4 - most


def test_every_march_of_a_group_is_accepted_in_its_turn(hands: Hands) -> None:
    state = view(hands)
    units = ("lions", "foxes", "guns", "pioneers")
    for label in ("0304", "0203", "0404", "0708", "0306"):
        after = state
        for order in together.group_march(state, units, hands.hex(label)).orders:
            assert engine.refusal(after, order) is None, (label, order)
            after, _ = engine.apply(after, order)


def test_a_march_together_stops_when_something_new_is_seen(window: pygame.Surface) -> None:
    units = [*(unit(name, "saa", "0303") for name in ("lions", "foxes")), unit("deep", "isis", "0703", steps=3)]
    hands = Hands(front(units=units, factions=("saa", "isis")), {SAA: "human", ISIS: "hold"})
    assert not any(view(hands).intel[SAA].level[row] for row in view(hands).units_at(hands.hex("0703")))
    hands.click(hands.point("0303"), 1, CTRL)
    hands.click(hands.point("0503"), 3)
    assert len(hands.session.entries) == 1
    assert hands.table.notice == "Stopped here: it revealed troops to you. 1 order was not given."
    assert hands.table.selection.group == ("lions", "foxes")


def test_a_box_takes_all_units_in_it_and_a_click_in_the_list_leaves_one_out(hands: Hands) -> None:
    (x0, y0), (x1, y1) = hands.point("0202"), hands.point("0303")
    hands.drag((x0 - 20, y0 - 40), (x1 + 20, y1 + 40), 1, SHIFT)
    assert set(hands.table.selection.group) == {"guns", "lions", "foxes"}
    hands.frames(1)
    upper = hands.table.pages.boxes(hands.table)["upper"]
    spot = next(spot for spot in upper.page.spots if spot.tip == "guns")
    hands.click((upper.box.x + spot.rect.centerx, upper.box.y + spot.rect.centery - upper.scroll))
    assert set(hands.table.selection.group) == {"lions", "foxes"}


def test_left_drag_moves_the_map_and_selects_nothing(hands: Hands) -> None:
    hands.table.board.map.camera = hands.table.board.map.camera.zoomed(140, (400, 300))
    before = hands.table.board.map.camera
    at = hands.point("0303")
    hands.drag(at, (at[0] + 90, at[1] + 10))
    assert hands.table.board.map.camera != before and hands.table.selection.unit == ""


def test_what_joins_and_leaves_is_one_hex_at_a_time() -> None:
    state = engine.view(engine.start(small_world(), 1), SAA).state
    at = state.world.grid.hex
    one = sel.joined(state, SAA, sel.NOTHING, at("0303"), stack=False)
    assert one.units == ("lions",)
    two = sel.joined(state, SAA, one, at("0303"), stack=False)
    assert two.group == ("lions", "foxes")
    three = sel.joined(state, SAA, two, at("0203"), stack=True)
    assert three.group == ("lions", "foxes", "guns")
    assert sel.joined(state, SAA, three, at("0303"), stack=True).units == ("guns",)
    assert out_of_reach.stops(state, state.world.row["lions"])
