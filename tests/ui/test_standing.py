"""Plans at the table: march orders, holding and repeating, by mouse and keys, told, shown, cancelled and undone."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pygame
import pytest

from game import orders as od
from game import records
from game.plans import DropPlan, FollowPlan, HoldPlan, MarchOrder, Repeat
from game.records.autosaves import ring
from game.scenario.world import World
from game.state.codes import Supplied
from game.ui.panels.acts import CancelPlan, HoldUnits, RepeatOrder, ToggleRoadMarch
from game.ui.selection import NOTHING, ROUTE
from game.ui.table.context_menu import ContextMenu
from game.ui.table.dialogs import Checklist
from game.ui.table.tags import AGAIN, ONWARD, PAUSE
from tests.situation import long_road, unit
from tests.ui.table_hands import Hands

SAA, ISIS = range(2)
SHIFT, CTRL = pygame.KMOD_SHIFT, pygame.KMOD_CTRL


@pytest.fixture(autouse=True)
def nothing_on_the_disk(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(records, "autosaves_folder", lambda: tmp_path / "auto")
    monkeypatch.setattr(records, "saves_folder", lambda: tmp_path / "saves")
    monkeypatch.setattr("game.ui.settings.settings_folder", lambda: tmp_path / "settings")


def desert(*extra: dict[str, object]) -> World:
    """A long road through the desert, and a column at its western end."""
    column = (unit(name, "saa", "0204", "mech", movement=8) for name in ("lions", "foxes"))
    return long_road(*column, unit("guns", "saa", "0203", "artillery"), *extra)


@pytest.fixture
def hands(window: pygame.Surface) -> Iterator[Hands]:
    assert window
    yield Hands(desert(), {SAA: "human", ISIS: "hold"})


def where(hands: Hands, name: str) -> str:
    state = hands.table.view.state
    return state.world.grid.label(state.units.hex[state.world.row[name]])


def end_turn(hands: Hands) -> None:
    before = hands.session.state.clock.turn
    hands.key(pygame.K_RETURN, CTRL)
    if hands.table.dialog is not None:
        hands.key(pygame.K_RETURN)
    hands.until_mine(SAA)
    hands.frames(2)
    assert hands.session.state.clock.turn == before + 1


def order_march(hands: Hands, start: str, goal: str) -> None:
    hands.click(hands.point(start))
    hands.click(hands.point(goal), 3)
    assert hands.table.selection.mode == ROUTE and not hands.session.entries
    hands.click(hands.point(goal), 3)


def test_a_march_beyond_this_turn_goes_on_by_itself_until_it_is_there(hands: Hands) -> None:
    order_march(hands, "0204", "1604")
    first = hands.session.entries[-1].order
    assert isinstance(first, od.Move) and first.unit == "lions"
    assert isinstance(hands.table.standing.of_unit("lions"), MarchOrder)
    for _ in range(8):
        if where(hands, "lions") == "1604":
            break
        before = where(hands, "lions")
        end_turn(hands)
        assert where(hands, "lions") != before
        assert hands.table.reel is not None and hands.table.reel.lines[0].text.startswith("lions ")
    assert where(hands, "lions") == "1604" and not hands.table.standing.plans


def test_the_march_in_preparation_says_when_it_arrives_and_shows_where_each_turn_ends(hands: Hands) -> None:
    hands.click(hands.point("0204"))
    hands.click(hands.point("1604"), 3)
    tags = [tag.text for tag in hands.table.board.tags]
    assert tags[0] == "turn 1" and len(tags) > 1
    hands.key(pygame.K_ESCAPE)
    assert hands.table.selection.mode == "" and not hands.table.board.tags and not hands.session.entries


def test_way_points_are_kept_and_taken_off(hands: Hands) -> None:
    hands.click(hands.point("0204"))
    for label in ("0302", "0504", "0504"):
        hands.click(hands.point(label), 3, SHIFT)
    assert hands.table.selection.way == (hands.hex("0302"),)
    hands.click(hands.point("0502"), 3, SHIFT)
    hands.key(pygame.K_RETURN)
    order = hands.session.entries[0].order
    assert isinstance(order, od.Move) and order.path[0] in (hands.hex("0302"), hands.hex("0303"), hands.hex("0203"))


def test_one_undo_takes_back_the_march_and_the_plan(window: pygame.Surface) -> None:
    # All hexes are in sight from the crowd, so that the marches have shown nothing and can be undone.
    crowd = [unit(f"post{n}", "saa", f"{n:02d}02") for n in range(2, 13, 2)]
    hands = Hands(desert(*crowd), {SAA: "human", ISIS: "hold"})
    order_march(hands, "0204", "1604")
    end = where(hands, "lions")
    assert hands.table.standing.plans and end != "0204"
    hands.key(pygame.K_u)
    if where(hands, "lions") == "0204":
        assert not hands.table.standing.plans
        hands.key(pygame.K_y, CTRL)
        assert where(hands, "lions") == end and hands.table.standing.plans
    else:
        assert hands.table.notice.startswith("Cannot undo") and hands.table.standing.plans


def test_a_group_is_sent_on_a_march_order_together(hands: Hands) -> None:
    hands.click(hands.point("0204"), 1, CTRL)
    hands.click(hands.point("1604"), 3)
    hands.click(hands.point("1604"), 3)
    assert set(hands.table.standing.plans) == {"lions", "foxes"}
    assert {entry.order.unit for entry in hands.session.entries if isinstance(entry.order, od.Move)} == {
        "lions",
        "foxes",
    }
    end_turn(hands)
    assert hands.table.session.state.clock.turn == 2
    given = [entry.order for entry in hands.session.entries if entry.turn == 2 and entry.faction == SAA]
    assert sum(isinstance(order, od.March) for order in given) == 2 and len(given) == 6


def test_contact_stops_a_march_order_and_it_is_told(window: pygame.Surface) -> None:
    hands = Hands(desert(unit("raiders", "isis", "1104", steps=3)), {SAA: "human", ISIS: "hold"})
    order_march(hands, "0204", "1604")
    for _ in range(4):
        end_turn(hands)
        if not hands.table.standing.plans:
            break
    assert not hands.table.standing.plans
    assert hands.table.reel is not None
    told = hands.table.reel.lines[0].text
    assert told.startswith("lions stopped marching"), told
    assert where(hands, "lions") <= "1004"


def test_who_holds_is_left_out_and_digs_in_as_the_turn_ends(hands: Hands) -> None:
    hands.click(hands.point("0203"))
    hands.key(pygame.K_SPACE, SHIFT)
    assert isinstance(hands.table.standing.of_unit("guns"), HoldPlan)
    hands.table.select(NOTHING)
    seen = set()
    for _ in range(5):
        hands.key(pygame.K_n)
        seen.add(hands.table.selection.unit)
    assert seen == {"lions", "foxes"}
    hands.key(pygame.K_RETURN, CTRL)
    assert isinstance(hands.table.dialog, Checklist)
    assert hands.table.dialog.items[0].text == "2 units have done nothing yet"
    hands.key(pygame.K_ESCAPE)
    end_turn(hands)
    assert od.DigIn("guns") in [entry.order for entry in hands.session.entries if entry.turn == 1]


def test_an_enemy_that_comes_close_wakes_who_holds(window: pygame.Surface) -> None:
    hands = Hands(desert(unit("raiders", "isis", "0704")), {SAA: "human", ISIS: "human"})
    table = hands.table
    table.places.set(ISIS, "hold")
    table.curtain = False
    hands.frames(2)
    hands.click(hands.point("0204"))
    hands.key(pygame.K_SPACE, SHIFT)
    assert table.standing.of_unit("lions") == HoldPlan("lions", 9)
    state = table.session.state
    assert state.faction == SAA
    table.session.seat(ISIS, None)
    hands.table.give(od.EndTurn())
    table.session.give(od.parse_order("move raiders 0604,0504,0404", state.world.grid))
    table.session.give(od.EndTurn())
    hands.frames(3)
    assert table.standing.of_unit("lions") is None
    assert table.standing.told[0][0] == "lions woke: an enemy is 2 hexes away."


def test_a_bombardment_is_repeated_at_the_turns_start(window: pygame.Surface) -> None:
    hands = Hands(desert(unit("raiders", "isis", "0404", steps=4)), {SAA: "human", ISIS: "hold"})
    hands.click(hands.point("0203"))
    assert hands.table.give(od.Bombard("guns", hands.hex("0404")))
    hands.key(pygame.K_SPACE, CTRL)
    assert hands.table.standing.of_unit("guns") == Repeat(od.Bombard("guns", hands.hex("0404")))
    end_turn(hands)
    second = [entry.order for entry in hands.session.entries if entry.turn == 2 and entry.faction == SAA]
    assert second == [od.Bombard("guns", hands.hex("0404"))]


def test_an_order_by_hand_ends_the_plan_of_its_unit(hands: Hands) -> None:
    hands.click(hands.point("0203"))
    hands.key(pygame.K_SPACE, SHIFT)
    assert hands.table.give(od.DigIn("guns"))
    assert not hands.table.standing.plans
    hands.key(pygame.K_u)
    assert isinstance(hands.table.standing.of_unit("guns"), HoldPlan)


def test_plans_are_shown_on_the_map_and_in_the_panel_and_cancelled_there(hands: Hands) -> None:
    order_march(hands, "0204", "1604")
    hands.table.select(NOTHING)
    hands.click(hands.point("0203"))
    hands.frames(1)
    acts = [spot.act for spot in hands.table.pages.upper(hands.table).spots]
    assert HoldUnits() in acts and RepeatOrder() not in acts
    hands.key(pygame.K_SPACE, SHIFT)
    signs = {tag.text for tag in hands.table.board.tags if tag.sign}
    assert signs == {ONWARD, PAUSE} and hands.table.board._plan_arrows[0].kind == "march"
    hands.frames(1)
    upper = hands.table.pages.boxes(hands.table)["upper"]
    spot = next(spot for spot in upper.page.spots if spot.act == CancelPlan())
    hands.click((upper.box.x + spot.rect.centerx, upper.box.y + spot.rect.centery - upper.scroll))
    assert hands.table.standing.of_unit("guns") is None
    assert hands.table.give(od.DigIn("guns"))
    hands.frames(1)
    assert RepeatOrder() in [spot.act for spot in hands.table.pages.upper(hands.table).spots]
    hands.key(pygame.K_SPACE, CTRL)
    assert AGAIN in {tag.text for tag in hands.table.board.tags if tag.sign}


def test_the_autosave_of_a_turn_is_made_before_plans_are_carried_out(window: pygame.Surface) -> None:
    hands = Hands(desert(), {SAA: "human", ISIS: "hold"}, autosave=True)
    order_march(hands, "0204", "1604")
    end_turn(hands)
    newest = ring(records.autosaves_folder())[-1]
    assert newest.header.turn == 2 and newest.header.phase == "saa"
    again = records.load_game(newest.path)
    assert len(again.entries) < len(hands.session.entries)
    assert again.plans.list(SAA) and again.plans.carried.get(SAA, 0) < 2


def test_a_march_order_goes_by_road_and_a_tick_leaves_the_action_alone(hands: Hands) -> None:
    hands.click(hands.point("0204"))
    hands.click(hands.point("1604"), 3)
    assert hands.table.selection.mode == ROUTE and hands.table.selection.road
    hands.key(pygame.K_m, SHIFT)
    assert hands.table.selection.mode == ROUTE and not hands.table.selection.road
    forecast = hands.table.pages.forecast(hands.table)
    spot = next(one for one in forecast.spots if one.act == ToggleRoadMarch())
    box = hands.table.pages.boxes(hands.table)["forecast"].box
    hands.click((box.x + spot.rect.centerx, box.y + spot.rect.centery))
    assert hands.table.selection.road
    hands.key(pygame.K_RETURN)
    assert [type(entry.order) for entry in hands.session.entries] == [od.Move, od.March, od.Move]


def test_a_follower_comes_up_as_the_turn_ends_by_a_menu_or_a_click(hands: Hands) -> None:
    hands.click(hands.point("0203"))
    hands.move(hands.point("0204"))
    hands.key(pygame.K_m)
    menu = hands.table.dialog
    assert isinstance(menu, ContextMenu)
    number = next(number for number, row in enumerate(menu.rows) if row.title == "Follow lions")
    hands.frames(1)
    hands.click(menu.box_of(number).center)
    assert hands.table.standing.of_unit("guns") == FollowPlan("guns", "lions")
    hands.click(hands.point("0204"))
    hands.click(hands.point("0504"), 3)
    assert where(hands, "lions") == "0504" and where(hands, "guns") == "0203"
    end_turn(hands)
    grid = hands.session.world.grid
    assert grid.distance(grid.hex(where(hands, "guns")), grid.hex("0504")) <= 1
    assert hands.table.standing.of_unit("guns") == FollowPlan("guns", "lions")


def test_several_units_dig_in_by_one_order_and_one_undo_takes_it_back(hands: Hands) -> None:
    hands.click(hands.point("0204"), 1, CTRL)
    assert len(hands.table.selection.group) == 2
    hands.key(pygame.K_d, SHIFT)
    assert [entry.order for entry in hands.session.entries] == [od.DigIn("lions"), od.DigIn("foxes")]
    hands.key(pygame.K_u)
    assert not hands.session.entries


def test_drops_follow_the_unit_in_hand(hands: Hands) -> None:
    state, row = hands.session.state, hands.session.world.row["lions"]
    supply = (*state.units.supply[:row], Supplied.CUT, *state.units.supply[row + 1 :])
    clock = replace(state.clock, support=((("airdrop", 2),), ()))
    hands.session.state = replace(state, units=replace(state.units, supply=supply), clock=clock, answers={})
    hands.table.refresh()
    assert hands.table.give(od.AirDrop(hands.hex("0204"))), hands.table.notice
    hands.click(hands.point("0204"))
    hands.key(pygame.K_SPACE, CTRL)
    assert hands.table.standing.plans == {"drop-on lions": DropPlan("lions")}
    assert "lions" not in hands.table.standing.resting and hands.picture()
    hands.key(pygame.K_BACKSPACE)
    assert not hands.table.standing.plans
