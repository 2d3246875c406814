"""The table in play: select, march, attack with forecast, undo, end of turn, by posted events."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pygame
import pytest

from game import engine, records
from game import orders as od
from game.records.autosaves import ring
from game.rules import out_of_reach
from game.state import State
from game.ui.panels.acts import Confirm, OpenDrawer, TellWhy, ToggleAttacker
from game.ui.panels.log_panel import LogLine
from game.ui.scene import Push
from game.ui.settings import Settings
from game.ui.table import order_marks
from game.ui.table.dialogs import Checklist
from game.ui.table.intentions import act
from game.ui.table.reel import Reel
from game.ui.worldview import stacks
from tests.ui.table_hands import SIZE, Hands, small_world

SAA, ISIS, SDF = range(3)
SOLO = {SAA: "human", ISIS: "hold", SDF: "hold"}


@pytest.fixture(autouse=True)
def nothing_on_the_disk(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Saves and settings of a test lie in a folder of its own."""
    monkeypatch.setattr(records, "autosaves_folder", lambda: tmp_path / "auto")
    monkeypatch.setattr(records, "saves_folder", lambda: tmp_path / "saves")
    monkeypatch.setattr("game.ui.settings.settings_folder", lambda: tmp_path / "settings")


@pytest.fixture
def hands(window: pygame.Surface) -> Iterator[Hands]:
    assert window
    yield Hands(small_world(), SOLO)


def state(hands: Hands) -> State:
    return hands.table.view.state


def lit(hands: Hands) -> frozenset[int]:
    """The hexes that lie in the light of this turn's reach."""
    reach = hands.table.board.map.reach
    return reach.bands[0] if reach is not None else frozenset()


def test_a_click_selects_and_the_reach_shows_at_once(hands: Hands) -> None:
    hands.click(hands.point("0303"))
    assert hands.table.selection.unit == "lions"
    reach = out_of_reach.stops(state(hands), state(hands).world.row["lions"])
    assert len(reach) > 10 and lit(hands) == {*reach, hands.hex("0303")}
    hands.click(hands.point("0303"))
    assert hands.table.selection.unit == "foxes"


def test_pointing_at_a_hex_in_reach_shows_the_way_and_the_forecast(hands: Hands) -> None:
    hands.click(hands.point("0303"))
    hands.move(hands.point("0305"))
    arrows = order_marks.arrows(hands.table, hands.table.desk.theme.marks)
    assert arrows[0].path[0] == hands.hex("0303")
    assert arrows[0].path[-1] == hands.hex("0305")


def test_pointing_beyond_reach_shows_where_the_march_would_stop_and_a_click_says_why(hands: Hands) -> None:
    hands.click(hands.point("0203"))
    view = state(hands)
    row, grid = view.world.row["guns"], view.world.grid
    ends = (here for here in range(grid.size) if grid.position(here)[1] == 7)
    there = next(here for here in ends if out_of_reach.why(view, row, here) is not None)
    far = hands.point(grid.label(there))
    hands.move(far)
    (arrow,) = order_marks.arrows(hands.table, hands.table.desk.theme.marks)
    assert arrow.path[0] == hands.hex("0203") and arrow.path[-1] in lit(hands)
    hands.click(far, 3)
    end = state(hands).world.grid.label(arrow.path[-1])
    assert hands.table.notice.startswith(f"Out of reach. The march to {grid.label(there)} costs ")
    assert hands.table.notice.endswith(f"It could march to {end}.")
    assert hands.session.entries == []


def test_a_map_that_moves_under_the_mouse_brings_another_hex_there(hands: Hands) -> None:
    table = hands.table
    hands.move(hands.point("0303"))
    assert table.hover == hands.hex("0303")
    table.board.map.camera = table.board.map.camera.zoomed(128.0, (0, 0)).centred_on(hands.hex("0707"))
    hands.frames(3)
    assert table.hover == table.board.map.camera.hex_at(table.mouse) != hands.hex("0303")


def test_a_right_click_marches_and_what_the_march_showed_stays(hands: Hands) -> None:
    hands.click(hands.point("0303"))
    hands.click(hands.point("0305"), 3)
    assert state(hands).units.hex[state(hands).world.row["lions"]] == hands.hex("0305")
    assert isinstance(hands.session.entries[-1].order, od.Move)
    hands.key(pygame.K_u)
    assert state(hands).units.hex[state(hands).world.row["lions"]] == hands.hex("0305")
    assert hands.table.notice == "Cannot undo: it showed you hexes that you could not see before."


def test_undo_takes_an_order_back_and_redo_gives_it_again(hands: Hands) -> None:
    row = state(hands).world.row["lions"]
    assert hands.table.give(od.DigIn("lions")) and state(hands).units.dug[row]
    hands.key(pygame.K_u)
    assert not state(hands).units.dug[row]
    hands.key(pygame.K_y, pygame.KMOD_CTRL)
    assert state(hands).units.dug[row]
    hands.key(pygame.K_z, pygame.KMOD_CTRL)
    assert hands.session.entries == []


def test_an_undo_takes_its_lines_out_of_the_log(hands: Hands) -> None:
    before = list(hands.table.chronicle.lines(SAA))
    assert hands.table.give(od.DigIn("lions"))
    assert len(hands.table.chronicle.lines(SAA)) > len(before)
    hands.key(pygame.K_u)
    assert hands.table.chronicle.lines(SAA) == before


def test_what_cannot_be_undone_says_why(hands: Hands) -> None:
    hands.key(pygame.K_u)
    assert "Cannot undo" in hands.table.notice


def test_an_attack_is_prepared_forecast_and_given(hands: Hands) -> None:
    hands.click(hands.point("0303"))
    hands.key(pygame.K_b)
    assert hands.table.selection.attackers == ("lions",)
    assert hands.session.entries == []
    hands.frames(1)
    acts = [spot.act for spot in hands.table.pages.boxes(hands.table)["foot"].page.spots]
    assert Confirm() in acts
    hands.key(pygame.K_RETURN)
    assert hands.session.entries[-1].order == od.Attack(("lions",), hands.hex("0403"))
    assert hands.table.selection.mode == ""


def test_attackers_are_ticked_by_click(hands: Hands) -> None:
    hands.click(hands.point("0303"))
    hands.key(pygame.K_b)
    hands.frames(1)
    upper = hands.table.pages.boxes(hands.table)["upper"]
    spot = next(spot for spot in upper.page.spots if spot.act == ToggleAttacker("foxes"))
    hands.click((upper.box.x + spot.rect.centerx, upper.box.y + spot.rect.centery - upper.scroll))
    assert hands.table.selection.attackers == ("lions", "foxes")


def test_escape_lays_down_and_then_opens_the_menu(hands: Hands) -> None:
    hands.click(hands.point("0303"))
    hands.key(pygame.K_ESCAPE)
    assert hands.table.selection.unit == ""
    hands.key(pygame.K_ESCAPE)
    assert hands.changes == []
    hands.key(pygame.K_ESCAPE)
    assert isinstance(hands.changes[-1], Push)


def test_a_notice_is_a_whole_sentence(hands: Hands) -> None:
    """A reason that elsewhere follows a colon stands alone here."""
    whole = ("", "Saved.", "The staff thinks…", "1 unit selected.")
    for said, shown in (("no unit is selected", "No unit is selected."), *zip(whole, whole, strict=True)):
        hands.table.say(said)
        assert hands.table.notice == shown


def test_a_refused_order_says_why_and_changes_nothing(hands: Hands) -> None:
    before = hands.session.state
    assert not hands.table.give(od.Bombard("lions", hands.hex("0403")))
    assert "artillery" in hands.table.notice
    assert hands.session.state is before


def test_disabled_buttons_carry_the_refusal(hands: Hands) -> None:
    hands.click(hands.point("0303"))
    hands.frames(1)
    spots = hands.table.pages.more(hands.table).spots
    refused = [spot for spot in spots if isinstance(spot.act, TellWhy)]
    assert refused
    assert all(isinstance(spot.act, TellWhy) and spot.act.why[1:] in spot.tip for spot in refused)


def test_orders_are_given_by_their_letters(hands: Hands) -> None:
    hands.click(hands.point("0203"))
    hands.key(pygame.K_d, pygame.KMOD_SHIFT)
    assert hands.session.entries[-1].order == od.DigIn("guns")


def test_next_unit_goes_through_those_that_can_act(hands: Hands) -> None:
    seen = []
    for _ in range(3):
        hands.key(pygame.K_n)
        seen.append(hands.table.selection.unit)
    assert set(seen) == {"lions", "foxes", "guns"}
    hands.key(pygame.K_SPACE)
    last = seen[-1]
    for _ in range(4):
        hands.key(pygame.K_TAB)
        assert hands.table.selection.unit != last


def test_the_checklist_asks_and_enter_ends_the_turn(hands: Hands) -> None:
    hands.key(pygame.K_RETURN, pygame.KMOD_CTRL)
    assert isinstance(hands.table.dialog, Checklist)
    assert any("nothing yet" in item.text for item in hands.table.dialog.items)
    hands.frames(1)
    hands.key(pygame.K_ESCAPE)
    assert hands.table.dialog is None
    assert hands.session.entries == []
    hands.key(pygame.K_RETURN, pygame.KMOD_CTRL)
    hands.key(pygame.K_RETURN)
    hands.until_mine(SAA)
    assert hands.session.state.clock.turn == 2
    assert hands.table.playing


def test_do_not_ask_again_is_kept(hands: Hands) -> None:
    hands.key(pygame.K_RETURN, pygame.KMOD_CTRL)
    hands.key(pygame.K_SPACE)
    hands.key(pygame.K_RETURN)
    assert not hands.table.desk.settings.checklist
    hands.until_mine(SAA)
    hands.key(pygame.K_ESCAPE)  # the reel
    hands.key(pygame.K_RETURN, pygame.KMOD_CTRL)
    assert hands.table.dialog is None
    assert hands.session.state.faction != SAA or hands.session.state.clock.turn == 3


def test_the_reel_tells_what_happened_and_a_click_puts_it_away(window: pygame.Surface) -> None:
    hands = Hands(small_world(), {SAA: "human", ISIS: "greedy", SDF: "hold"})
    hands.table.give(od.EndTurn())
    hands.until_mine(SAA)
    reel = hands.table.reel
    assert reel is not None
    assert reel.lines
    assert not any("[" in line.text for line in reel.lines)
    hands.key(pygame.K_SPACE)
    assert hands.table.reel is None


def test_the_start_of_every_factions_turn_is_kept_from_the_first_on(window: pygame.Surface, tmp_path: Path) -> None:
    hands = Hands(small_world(), SOLO, autosave=True)

    def kept() -> list[str]:
        return [f"{one.header.turn} {one.header.phase} {one.header.orders}" for one in ring(tmp_path / "auto")]

    assert kept() == ["1 saa 0"]
    hands.table.give(od.DigIn("lions"))
    hands.table.give(od.EndTurn())
    hands.until_mine(SAA)
    assert kept() == ["1 saa 0", "1 isis 2", "1 sdf 3", "2 saa 4"]
    hands.frames(9)
    loaded = Hands(small_world(), SOLO, autosave=True)
    loaded.table.take(records.load_game(ring(tmp_path / "auto")[-1].path), SOLO, same_game=False)
    loaded.frames(9)
    assert len(kept()) == 5, "a new game was begun, and what was loaded is not kept again"


def test_a_second_copy_of_the_game_keeps_its_files_apart(window: pygame.Surface, tmp_path: Path) -> None:
    Hands(small_world(), SOLO, autosave=True).key(pygame.K_F5)
    other = Hands(small_world(), SOLO, autosave=True)
    other.table.desk.copy = 2
    other.table.give(od.EndTurn())
    other.until_mine(SAA)
    other.key(pygame.K_F5)
    assert sorted(path.name for path in (tmp_path / "saves").iterdir()) == [
        "quick save of copy 2.dez",
        "quick save.dez",
    ]
    assert {slot.copy for slot in ring(tmp_path / "auto")} == {"", "2"}


def test_a_quick_save_can_be_loaded_again(hands: Hands, tmp_path: Path) -> None:
    hands.key(pygame.K_F9)
    assert "no quick save" in hands.table.notice
    hands.key(pygame.K_F5)
    found = list((tmp_path / "saves").glob("*.dez"))
    assert len(found) == 1
    assert records.load_game(found[0]).state.digest() == hands.session.state.digest()
    hands.key(pygame.K_F9)
    assert isinstance(hands.changes[-1], Push)


# --- drawing --------------------------------------------------------------------------------------------------


def test_drawing_changes_nothing(hands: Hands) -> None:
    hands.click(hands.point("0303"))
    first = hands.picture()
    digest, selection = hands.session.state.digest(), hands.table.selection
    for _ in range(3):
        hands.table.draw(hands.canvas)
    assert hands.picture() == first
    assert hands.session.state.digest() == digest
    assert hands.table.selection == selection


@pytest.mark.parametrize("key", [pygame.K_v, pygame.K_t, pygame.K_k, pygame.K_h, pygame.K_g])
def test_each_overlay_shows_and_goes_again(hands: Hands, key: int) -> None:
    hands.click(hands.point("0303"))
    before = hands.picture()
    hands.key(key)
    assert hands.picture() != before
    hands.key(key)
    assert hands.picture() == before


def test_the_window_can_take_any_size(hands: Hands) -> None:
    for size in ((960, 600), (1920, 1080), (700, 500), (320, 240), (1280, 720)):
        hands.table.desk.size = size
        hands.canvas = pygame.Surface(size)
        hands.table.resize()
        hands.frames(2)


def test_a_turn_begins_where_the_last_one_was_ended_wherever_others_led_the_map(hands: Hands) -> None:
    table = hands.table
    table.board.map.camera = table.board.map.camera.zoomed(100.0, (300, 300)).centred_on(
        next(here for here in table.view.state.units.hex if here >= 0)
    )
    left = table.board.map.camera
    table.sitting.end_turn(False)
    table.board.map.camera = table.board.map.camera.panned(900, 700)
    assert table.board.map.camera != left
    for _ in range(400):
        hands.frames(1, seconds=0.5)
        if table.playing:
            break
    assert table.playing and table.session.state.clock.turn == 2
    assert table.board.map.camera == left


def test_pan_and_zoom_move_the_camera(hands: Hands) -> None:
    hands.table.board.map.camera = hands.table.board.map.camera.zoomed(120, (400, 300))
    left = hands.table.board.map.camera.left
    middle = hands.table.layout.map.center
    hands.post(pygame.MOUSEBUTTONDOWN, pos=middle, button=3)
    hands.move((middle[0] - 60, middle[1]))
    hands.post(pygame.MOUSEBUTTONUP, pos=(middle[0] - 60, middle[1]), button=3)
    assert hands.table.board.map.camera.left > left
    zoom = hands.table.board.map.camera.zoom
    hands.post(pygame.MOUSEWHEEL, x=0, y=-1)
    hands.frames(30)
    assert hands.table.board.map.camera.zoom < zoom


def test_the_minimap_moves_the_map(hands: Hands) -> None:
    hands.table.board.map.camera = hands.table.board.map.camera.zoomed(120, (400, 300))
    before = hands.table.board.map.camera
    act(hands.table, OpenDrawer("map"))
    x, y = hands.table.board.minimap_at
    hands.click((x + hands.table.board.minimap.size[0] - 3, y + hands.table.board.minimap.size[1] - 3))
    assert hands.table.board.map.camera.left > before.left


# --- who sees what --------------------------------------------------------------------------------------------


def test_unseen_units_are_never_on_the_table(hands: Hands) -> None:
    shown = {stack.hex for stack in hands.table.board.map.stacks}
    assert hands.hex("0403") in shown
    assert hands.hex("0908") not in shown
    assert "deep" not in hands.table.view.state.world.roster.id


def test_stacks_come_from_the_view_alone(hands: Hands) -> None:
    truth = hands.session.state
    hidden = replace(
        truth.units,
        hex=tuple(-1 if truth.world.roster.id[row] == "deep" else here for row, here in enumerate(truth.units.hex)),
    )
    other = replace(truth, units=hidden, answers={})
    assert stacks(engine.view(other, SAA).state, SAA) == stacks(hands.table.view.state, SAA)


def test_between_two_people_nothing_of_the_game_shows(window: pygame.Surface) -> None:
    hands = Hands(small_world(), {SAA: "human", ISIS: "human", SDF: "hold"})
    assert hands.table.curtain
    covered = pygame.image.tobytes(hands.canvas, "RGB")
    assert isinstance(hands.changes[-1], Push)
    hands.table.open_seat(SAA)
    hands.frames(2)
    assert pygame.image.tobytes(hands.canvas, "RGB") != covered
    hands.table.give(od.EndTurn())
    hands.frames(3)
    assert hands.table.curtain
    unseen = Hands(small_world(), {SAA: "human", ISIS: "human", SDF: "hold"})
    unseen.session.give(od.EndTurn())
    unseen.frames(3)
    now = pygame.image.tobytes(hands.canvas, "RGB")
    assert unseen.table.curtain and pygame.image.tobytes(unseen.canvas, "RGB") == now
    assert now != covered, "it shows whose turn it is"
    hands.table.open_seat(ISIS)
    assert hands.table.seat == ISIS
    assert hands.table.playing
    hands.frames(2)
    assert {stack.hex for stack in hands.table.board.map.stacks} >= {hands.hex("0908")}


def test_a_seat_changes_between_person_and_player_in_mid_game(hands: Hands) -> None:
    hands.table.set_seat(ISIS, "human")
    assert hands.table.places.shared
    hands.table.set_seat(ISIS, "greedy")
    hands.table.give(od.EndTurn())
    hands.until_mine(SAA)
    assert hands.session.state.clock.turn == 2
    with pytest.raises(ValueError, match="no player"):
        hands.table.set_seat(ISIS, "nobody")


def test_nobody_plays_and_the_view_can_be_changed(window: pygame.Surface) -> None:
    hands = Hands(small_world(), {SAA: "hold", ISIS: "hold", SDF: "hold"})
    hands.key(pygame.K_SPACE)  # a pause
    turn = hands.session.state.clock.turn
    hands.frames(10)
    assert hands.session.state.clock.turn == turn
    hands.key(pygame.K_TAB)
    assert hands.table.seat != SAA
    hands.key(pygame.K_SPACE)
    for _ in range(400):
        hands.frames(1)
        if hands.session.over:
            break
    hands.frames(3)
    assert hands.session.over
    assert any(isinstance(change, Push) for change in hands.changes)


def test_a_player_that_fails_is_named_and_the_game_goes_on(hands: Hands) -> None:
    class Stumbles:
        why = ""

        def decide(self, view: engine.View) -> od.Order:
            raise ZeroDivisionError("by nought")

    hands.session.seat(ISIS, Stumbles(), "hold")
    hands.session.give(od.EndTurn())
    hands.table.refresh()
    hands.until_mine(SAA)
    assert hands.session.state.clock.turn == 2
    [entry] = hands.session.forfeits
    assert entry.faction == ISIS and "Stumbles raised an error: ZeroDivisionError: by nought" in entry.why
    assert entry.why in hands.table.notice


# --- storms ---------------------------------------------------------------------------------------------------

KEYS = [
    *range(pygame.K_a, pygame.K_z + 1),
    *range(pygame.K_0, pygame.K_9 + 1),
    pygame.K_SPACE,
    pygame.K_TAB,
    pygame.K_RETURN,
    pygame.K_ESCAPE,
    pygame.K_UP,
    pygame.K_DOWN,
    pygame.K_LEFT,
    pygame.K_RIGHT,
    pygame.K_F2,
    pygame.K_SLASH,
    pygame.K_PERIOD,
    pygame.K_COMMA,
    pygame.K_PAGEUP,
    pygame.K_PAGEDOWN,
]


@pytest.mark.parametrize("seed", [1, *(pytest.param(seed, marks=pytest.mark.slow) for seed in (2, 3, 4))])
def test_a_storm_of_events_does_no_harm(window: pygame.Surface, seed: int) -> None:
    hands = Hands(small_world(turns=40), {SAA: "human", ISIS: "random", SDF: "greedy"})
    hands.table.desk.settings = Settings(animation="off")
    dice = random.Random(seed)
    for number in range(1000):
        at = (dice.randrange(-20, SIZE[0] + 20), dice.randrange(-20, SIZE[1] + 20))
        kind = dice.randrange(6)
        mod = dice.choice((0, 0, 0, pygame.KMOD_SHIFT, pygame.KMOD_CTRL))
        if kind == 0:
            hands.key(dice.choice(KEYS), mod)
        elif kind == 1:
            hands.click(at, dice.choice((1, 1, 2, 3, 3, 6)))
        elif kind == 2:
            hands.move(at)
        elif kind == 3:
            hands.post(pygame.MOUSEWHEEL, x=0, y=dice.choice((-3, -1, 1, 3)))
        elif kind == 4:
            hands.post(
                dice.choice((pygame.MOUSEBUTTONDOWN, pygame.MOUSEBUTTONUP)), pos=at, button=dice.choice((1, 2, 3))
            )
        else:
            hands.post(dice.choice((pygame.WINDOWFOCUSLOST, pygame.KEYUP, pygame.WINDOWENTER)), key=pygame.K_w, mod=0)
        if number % 10 == 0:
            hands.frames(1)
    assert hands.session.entries or hands.session.state.clock.turn >= 1


def test_the_hex_of_the_line_in_the_reel_is_ringed_on_the_map(window: pygame.Surface) -> None:
    assert window
    hands = Hands(small_world(), {SAA: "human", ISIS: "hold", SDF: "hold"})
    lines = [LogLine(-1, "event", words, hands.hex(label)) for words, label in (("One.", "0303"), ("Two.", "0203"))]
    hands.table.reel = Reel(hands.table.desk, lines, lambda line: None, "Told")
    for line in lines:
        hands.frames(2)
        assert [ring.hex for ring in hands.table.board.map.loose_rings] == [line.hex]
        hands.key(pygame.K_PERIOD)
        hands.key(pygame.K_PERIOD)
    hands.key(pygame.K_ESCAPE)
    hands.frames(2)
    assert hands.table.reel is None and not hands.table.board.map.loose_rings


def test_the_reel_is_a_strip_that_steps_plays_and_leaves_the_map_free(window: pygame.Surface) -> None:
    """Steps and the play button go through the lines; the map below answers clicks as ever; the cross closes it."""
    hands = Hands(small_world(), {SAA: "human", ISIS: "greedy", SDF: "hold"})
    hands.table.give(od.EndTurn())
    hands.until_mine(SAA)
    hands.frames(1)
    reel = hands.table.reel
    assert reel is not None
    assert reel.rect.height < hands.table.layout.map.height // 6 and hands.table.layout.map.contains(reel.rect)
    shown: list[str] = []
    reel.show = lambda line: shown.append(line.text)
    back, play, on, listed, away = (box.center for box in reel.buttons())
    hands.click(on)
    hands.click(on)
    assert reel._at == min(1, len(reel._told) - 1)
    hands.click(back)
    assert reel._at == 0
    hands.click(play)
    assert reel.playing
    hands.frames(4 * len(reel.lines) + 8, seconds=1.0)
    assert not reel.playing and reel._at == len(reel._told) - 1
    placed = [reel.lines[number].text for number in reel._told if reel.lines[number].hex >= 0]
    assert set(shown) == set(placed)
    assert not reel.covers((reel.rect.x + 20, reel.rect.bottom + 40))
    hands.click(listed)
    assert reel.covers((reel.rect.x + 20, reel.rect.bottom + 40))
    hands.click(listed)
    hands.click(hands.point("0303"))
    assert hands.table.selection.unit and hands.table.reel is reel
    hands.click(away)
    assert hands.table.reel is None


def test_many_orders_in_one_go_are_drawn_once(hands: Hands, monkeypatch: pytest.MonkeyPatch) -> None:
    """Reach, overlays and counters are worked out for what came of all of them, not after each."""
    table, shown = hands.table, list[int]()
    moves = [one for one in engine.legal_orders(table.view.state) if isinstance(one, od.Move)]
    orders = list({one.unit: one for one in sorted(moves, key=lambda one: -len(one.path))}.values())
    monkeypatch.setattr(table.board, "show", lambda _: shown.append(len(table.session.entries)))
    assert len(orders) > 1 and table.give_all(orders) > 1
    assert shown == [len(table.session.entries)]
