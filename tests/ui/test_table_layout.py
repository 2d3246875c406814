"""Where things stand at the table, what the order bar offers, the ladder's gauge and the printed frame."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

import pygame
import pytest

from game import orders as od
from game.rules import ladder
from game.scenario.world import World
from game.session import Session
from game.ui.kit.fonts import NARROW
from game.ui.kit.icons import ICONS, icon
from game.ui.kit.still import StillShown
from game.ui.kit.theme import Colour
from game.ui.mapview.frame import scale_bar
from game.ui.order_kinds import KINDS
from game.ui.overlays import on_the_bar
from game.ui.panels import order_bar
from game.ui.panels.acts import (
    ChangeSupport,
    Confirm,
    OpenDrawer,
    PrepareOrder,
    ShowMore,
    TellWhy,
    ToggleAttacker,
    ToggleSetPiece,
)
from game.ui.panels.flow import Flow
from game.ui.panels.order_bar import MOST
from game.ui.panels.portraits import Portraits
from game.ui.panels.top_bar import brief_prices, ladder_lines, next_rung
from game.ui.panels.turn_track import turn_notes
from game.ui.panels.unit_panel import add_card, whole_name
from game.ui.selection import Selection, whole_stack
from game.ui.settings import Settings
from game.ui.table.intentions import act
from game.ui.table.layout import lay_out
from game.ui.table.scene import as_notice
from game.ui.targets import why_not
from game.ui.window import make_desk
from tests.situation import unit
from tests.ui.table_hands import Hands, small_world
from tests.ui.written import words_written
from tests.worlds import world_of

SOLO = {0: "human", 1: "hold", 2: "hold"}
SIZES = ((1280, 720), (1920, 1080), (2560, 1440))


@cache
def _campaign() -> World:
    return world_of("race_for_deir_ezzor")


@pytest.fixture
def hands(window: pygame.Surface) -> Hands:
    return Hands(small_world(), SOLO)


@pytest.mark.parametrize("size", SIZES)
def test_the_map_keeps_seven_tenths_of_the_window(window: pygame.Surface, size: tuple[int, int]) -> None:
    layout = lay_out(make_desk(size))
    assert layout.map.width * layout.map.height >= 0.7 * size[0] * size[1]


@pytest.mark.parametrize("size", [*SIZES, (640, 360), (900, 600), (3840, 2160)])
@pytest.mark.parametrize("drawer", ["", "log", "map"])
def test_nothing_lies_over_anything_else(window: pygame.Surface, size: tuple[int, int], drawer: str) -> None:
    one = lay_out(make_desk(size), drawer)
    parts = [one.top, one.map, one.foot, one.orders, one.views, one.panels, one.minimap, one.log, one.drawers,
             one.next_unit, one.undo, one.redo, one.end_turn]  # fmt: skip
    there = [part for part in parts if part.width > 1 and part.height > 1]
    assert not [(a, b) for n, a in enumerate(there) for b in there[n + 1 :] if a.colliderect(b)]
    if size in SIZES:
        assert all(one.window.contains(part) for part in there)


def test_the_log_opens_at_the_foot_of_the_column_and_closes_again(hands: Hands) -> None:
    table = hands.table
    assert not table.layout.log.height
    for opened in (True, False):
        spot = next(one for one in table.pages.drawers(table).spots if one.act == OpenDrawer("log"))
        hands.click((table.layout.drawers.x + spot.rect.centerx, table.layout.drawers.y + spot.rect.centery))
        assert bool(table.layout.log.height) == opened
        assert hands.picture()


def test_the_bar_offers_what_can_be_done_now_and_keeps_the_rest_behind_one_button(hands: Hands) -> None:
    table = hands.table
    hands.click(hands.point("0303"))
    state = table.view.state
    on_bar = [spot.act for spot in table.pages.orders(table).spots if not isinstance(spot.act, ShowMore)]
    assert on_bar and len(on_bar) <= MOST and all(isinstance(act, PrepareOrder) for act in on_bar)
    assert all(isinstance(act, PrepareOrder) and not why_not(state, 0, "lions", act.kind) for act in on_bar)
    behind = [spot.act for spot in table.pages.more(table).spots]
    assert len(on_bar) + len(behind) == len(KINDS) and any(isinstance(act, TellWhy) for act in behind)


def test_with_nothing_in_hand_the_bar_has_the_orders_of_the_side(hands: Hands) -> None:
    acts = [spot.act for spot in hands.table.pages.orders(hands.table).spots]
    keys = {act.kind for act in acts if isinstance(act, PrepareOrder)}
    assert keys and keys <= {kind.key for kind in KINDS if kind.of_faction}


def test_an_order_in_preparation_is_given_from_the_bar(hands: Hands) -> None:
    table = hands.table
    hands.click(hands.point("0303"))
    hands.key(pygame.K_b)
    page, box = table.pages.orders(table), table.layout.orders
    spot = next(one for one in page.spots if isinstance(one.act, Confirm))
    assert all(box.width >= one.rect.right for one in page.spots)
    hands.click((box.x + spot.rect.centerx, box.y + spot.rect.centery))
    assert len(hands.session.entries) == 1


@pytest.mark.parametrize("size", [(1280, 720), (1920, 1080)])
@pytest.mark.parametrize("scale", [100, 125, 150])
def test_no_name_and_no_price_on_the_bar_is_cut(
    window: pygame.Surface, monkeypatch: pytest.MonkeyPatch, size: tuple[int, int], scale: int
) -> None:
    """Every unit of the campaign, at every size of text: nothing on the bar ends in dots."""
    world, written = _campaign(), words_written(monkeypatch)
    desk, state = make_desk(size, settings=Settings(scale=scale)), Session(world, 1).state
    room, portraits = lay_out(desk).orders.size, Portraits(desk)
    monkeypatch.setattr(order_bar, "why_not", lambda *ignored: "")
    for row in [row for row, here in enumerate(state.units.hex) if here >= 0][:: 1 if scale == 150 else 9]:
        who = Selection(state.units.hex[row], world.roster.id[row])
        bar = order_bar.order_bar(desk, portraits, state, world.roster.faction[row], who, room, playing=True)
        assert len(bar.spots) >= 4 and bar.spots[-1].rect.right <= room[0]
    assert not [words for words in written if words.endswith("…")]


def test_a_heading_of_a_panel_is_written_whole_however_long(window: pygame.Surface) -> None:
    desk = make_desk((1280, 720))
    short, long = Flow(desk, 212), Flow(desk, 212)
    short.heading("Attack on Anytown")
    long.heading("Attack on the northern quarter of Anytown 2719", "3 turns")
    assert long.y - short.y >= desk.px(14 * 1.3)  # a line more


@pytest.mark.parametrize("size", [(1280, 720), (1920, 1080), (900, 600)])
def test_the_button_of_an_order_is_in_sight_however_long_its_forecast(
    window: pygame.Surface, size: tuple[int, int]
) -> None:
    """The forecast scrolls above it, and a click on the button gives the order."""
    crowd = [unit(f"more{n}", "saa", f"0{2 + n % 2}0{2 + n % 3}") for n in range(6)]
    hands = Hands(small_world(units=[unit("lions", "saa", "0303", "mech"), *crowd, unit("cellar", "isis", "0403")]),
                  SOLO, size)  # fmt: skip
    hands.click(hands.point("0303"))
    hands.key(pygame.K_b)
    for at in ((0, 0), hands.table.layout.panels.move(0, -20).midbottom):
        hands.table.pages.wheel(hands.table, at, 400)
        hands.frames(1)
        foot = hands.table.pages.boxes(hands.table)["foot"]
        spot = next(one for one in foot.page.spots if one.act == Confirm())
        layout, button = hands.table.layout, spot.rect.move(foot.box.topleft)
        assert layout.column.contains(button) and button.bottom < layout.drawers.y and not foot.scroll
    hands.click((foot.box.x + spot.rect.centerx, foot.box.y + spot.rect.centery))
    assert isinstance(hands.session.entries[-1].order, od.Attack)


@pytest.mark.parametrize(("size", "drawer"), [((1920, 1080), ""), ((1280, 720), "log"), ((1280, 720), "map")])
def test_an_attack_in_preparation_takes_the_room_of_minimap_and_log_and_gives_it_back(
    window: pygame.Surface, size: tuple[int, int], drawer: str
) -> None:
    assert window
    hands = Hands(small_world(), SOLO, size=size)
    table = hands.table
    hands.frames(1)
    table.pages.drawer = drawer
    table.resize()
    minimap = table.layout.log if drawer == "log" else table.layout.minimap
    assert minimap.height and not table.pages.hides_foot(table)
    hands.click(hands.point("0303"))
    hands.key(pygame.K_b)
    hands.frames(1)
    boxes = table.pages.boxes(table)
    assert table.selection.mode == "attack" and table.pages.hides_foot(table)
    assert boxes["foot"].box.bottom == minimap.bottom and boxes["forecast"].box.bottom > minimap.y
    seen = table.board.map.camera
    hands.click(minimap.center)
    assert table.board.map.camera == seen
    hands.key(pygame.K_ESCAPE)
    hands.frames(1)
    assert not table.pages.hides_foot(table)
    assert all(not one.box.colliderect(minimap) for one in table.pages.boxes(table).values())


def test_an_attack_in_preparation_shows_all_that_can_be_added_at_once(window: pygame.Surface) -> None:
    """Two attackers, their support and the set piece are in sight at 1280x720, however long the forecast below."""
    hands = Hands(small_world(), SOLO)
    hands.click(hands.point("0303"))
    hands.key(pygame.K_b)
    boxes = hands.table.pages.boxes(hands.table)
    upper, forecast = boxes["upper"], boxes["forecast"]
    assert forecast.page.picture.get_height() > forecast.box.height, "the forecast is long enough to take room"
    sought = (ToggleAttacker, ChangeSupport, ToggleSetPiece)
    spots = [spot for spot in upper.page.spots if isinstance(spot.act, sought)]
    assert {type(spot.act) for spot in spots} == set(sought) and not upper.scroll
    assert all(spot.rect.bottom <= upper.box.height for spot in spots)


def test_what_is_selected_next_is_read_from_its_first_line(hands: Hands) -> None:
    table = hands.table
    hands.click(hands.point("0303"))
    hands.key(pygame.K_b)
    hands.frames(1)
    table.pages.scroll = table.pages.low_scroll = 15
    assert hands.table.pages.boxes(table)["forecast"].scroll == 15
    hands.key(pygame.K_ESCAPE)
    hands.key(pygame.K_n)
    boxes = table.pages.boxes(table)
    assert not boxes["upper"].scroll and not boxes["forecast"].scroll


def test_several_units_in_hand_are_counted_on_the_bar(
    window: pygame.Surface, monkeypatch: pytest.MonkeyPatch, hands: Hands
) -> None:
    written = words_written(monkeypatch)
    hands.table.select(whole_stack(hands.table.view.state, 0, hands.hex("0303")))
    hands.frames(1)
    assert "2 units" in written and "5 steps" in written


def test_while_others_play_the_bar_offers_no_orders(
    window: pygame.Surface, monkeypatch: pytest.MonkeyPatch, hands: Hands
) -> None:
    assert hands.table.pages.orders(hands.table).spots
    written = words_written(monkeypatch)
    hands.table.give(od.EndTurn())
    hands.frames(1)
    assert not hands.table.playing and not hands.table.pages.orders(hands.table).spots
    assert "move the map meanwhile" in written and "Nothing selected" not in written


def test_no_unit_of_the_campaign_has_a_cut_word_on_its_card(
    window: pygame.Surface, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Name, kind and formation, at the least width of the column."""
    world, written = _campaign(), words_written(monkeypatch)
    desk, state = make_desk((1280, 720)), Session(world, 1).state
    portraits = Portraits(desk)
    for row in [row for row, here in enumerate(state.units.hex) if here >= 0]:
        flow = Flow(desk, lay_out(desk).column.width)
        add_card(flow, portraits, state, world.roster.faction[row], row)
        flow.line(world.roster.name[row], right="12 of 14 MP")
        page = flow.page()
        assert all(spot.rect.bottom <= page.picture.get_height() for spot in page.spots)
    assert written and not [words for words in written if words.endswith("…")]


def test_a_tip_goes_with_a_key_and_lies_on_no_button(hands: Hands) -> None:
    table = hands.table
    blank = hands.picture()
    hands.move(table.layout.end_turn.center)
    hands.frames(1, 0.6)
    told = hands.picture()
    column = table.layout.column.inflate(-4, -4)
    assert told != blank
    face = hands.canvas.subsurface(column).copy()
    hands.key(pygame.K_LSHIFT)
    hands.frames(2, 0.6)
    assert hands.picture() != told
    assert pygame.image.tobytes(hands.canvas.subsurface(column), "RGB") == pygame.image.tobytes(face, "RGB")


def test_the_sheet_of_other_orders_takes_clicks_and_goes_with_one_beside_it(hands: Hands) -> None:
    table = hands.table
    hands.click(hands.point("0303"))
    page, box = table.pages.orders(table), table.layout.orders
    more = page.spots[-1]
    hands.click((box.x + more.rect.centerx, box.y + more.rect.centery))
    assert table.pages.more_open
    sheet, before = table.pages.boxes(table)["more"], table.selection
    spot = next(one for one in sheet.page.spots if isinstance(one.act, TellWhy))
    hands.click((sheet.box.x + spot.rect.centerx, sheet.box.y + spot.rect.centery))
    assert isinstance(spot.act, TellWhy) and table.notice == as_notice(spot.act.why) and table.selection == before
    hands.click((table.layout.map.x + 40, table.layout.map.y + 40))
    assert not table.pages.more_open


def test_the_ladder_tells_the_price_of_its_next_rung_and_is_absent_without_blocs(window: pygame.Surface) -> None:
    both, alone = Hands(small_world(), SOLO), Hands(small_world(factions=("saa", "isis"), units=[
        unit("lions", "saa", "0303"), unit("cellar", "isis", "0403"),
    ]), {0: "human", 1: "hold"})  # fmt: skip
    state = both.table.view.state
    now, after = ladder_lines(state, both.table.desk.fonts, 12, 400)
    assert "Rung 0" in now and state.world.rules.deconfliction.rungs[1].price in after
    tips = ["\n".join(spot.tip for spot in one.table.pages.top(one.table).spots) for one in (both, alone)]
    assert ladder.next_price(state) in tips[0] and "Rung" not in tips[1] and "ladder" not in tips[1]


@pytest.mark.parametrize("width", [60, 160, 213, 270, 340])
def test_the_bar_tells_every_rung_in_whole_words_that_fit(window: pygame.Surface, width: int) -> None:
    hands = Hands(small_world(), SOLO)
    fonts, state = hands.table.desk.fonts, hands.table.view.state
    for rung in range(len(state.world.rules.deconfliction.rungs)):
        state = replace(state, clock=replace(state.clock, ladder=rung))
        after, lines = next_rung(state), ladder_lines(state, fonts, 12, width)
        assert width < 150 or all(fonts.width(line, NARROW, 12) <= width for line in lines[1:])
        assert not any("…" in line for line in lines)
        if after is not None and width > 150:
            assert after.name.lower() in "".join(lines)
            whole = {word.strip(",;()") for word in after.price.split()} | {
                "next:",
                "more",
                *after.name.lower().split(),
            }
            words = {word.strip(",;()") for word in lines[1].split()}
            assert {word for word in words if not word.isdigit()} <= whole


def test_a_price_is_shortened_part_by_part_and_counts_what_it_leaves_out() -> None:
    assert brief_prices("nothing") == ["nothing"]
    brief = brief_prices("the same; support is halved; 1 point a turn")
    assert brief[0] == "the same; support is halved; 1 point a turn" and brief[-1] == "the same (2 more)"
    assert len(brief) == 7 and brief[1:] == sorted(brief[1:], key=len, reverse=True)


@pytest.mark.parametrize("name", ["Liwa al-Baqir (Baqir Brigade)", "137th Brigade, base guard and artillery park"])
def test_a_unit_in_a_list_keeps_its_whole_name(window: pygame.Surface, name: str) -> None:
    fonts = make_desk((1280, 720)).fonts
    for width in (90, 120, 400):
        role, lines = whole_name(fonts, name, 12, width)
        assert " ".join(lines) == name and all(fonts.width(line, role, 12) <= width for line in lines)


def test_no_text_of_the_panels_is_smaller_than_twelve_pixels(
    window: pygame.Surface, monkeypatch: pytest.MonkeyPatch
) -> None:
    hands = Hands(small_world(), SOLO)
    table, fonts, sizes = hands.table, hands.table.desk.fonts, set()
    true_text = fonts.text

    def noted(text: str, role: str, pixels: int, colour: Colour) -> pygame.Surface:
        sizes.add(pixels)
        return true_text(text, role, pixels, colour)

    for key in (pygame.K_ESCAPE, pygame.K_n, pygame.K_b):
        hands.key(key)
        table.pages.more_open = True
        act(table, OpenDrawer("log"))
        assert hands.picture()  # map and counters are printed: their small print is a matter of the map
        table.pages._made.clear()
        table.painter.clear()
        still = StillShown()
        still.begin(hands.canvas)
        monkeypatch.setattr(fonts, "text", noted)
        table.painter.draw(hands.canvas, table, still)
        monkeypatch.undo()
    assert len(sizes) > 2 and min(sizes) >= 12 and sizes <= {12, 13, 14, 15, 16, 18, 20, 24}


def test_the_scale_bar_is_a_round_length_that_fits() -> None:
    for zoom in (24.0, 46.0, 96.0):
        bar = scale_bar(5000, zoom, 96)
        assert bar.pixels <= 96 and bar.pixels == round(bar.kilometres * zoom / 5)
        longer = [length for length in (2, 5, 10, 20, 50, 100) if length > bar.kilometres]
        assert longer[0] * zoom / 5 > 96


def test_the_frame_moves_with_the_map(hands: Hands) -> None:
    table = hands.table
    table.board.map.camera = table.board.map.camera.zoomed(120, (400, 300))
    hands.frames(3)
    whole = table.layout
    edge = pygame.Rect(whole.frame.x, whole.map.y, whole.map.x - whole.frame.x, whole.map.height)
    before = pygame.image.tobytes(hands.canvas.subsurface(edge), "RGB")
    table.board.pan(0, 37)
    hands.frames(1)
    assert pygame.image.tobytes(hands.canvas.subsurface(edge), "RGB") != before


def test_the_turn_track_tells_of_arrivals(window: pygame.Surface) -> None:
    units = [unit("lions", "saa", "0303"), unit("cellar", "isis", "0908"),
             unit("late", "saa", arrives="2017-09-12", entry=["0101"])]  # fmt: skip
    hands = Hands(small_world(units=units), SOLO)
    notes = turn_notes(hands.table.view.state, 0)
    due = hands.table.view.state.units.due[hands.session.world.row["late"]]
    assert [note.turn for note in notes if note.arrivals] == [due]
    page = hands.table.pages.track(hands.table)[0]
    assert "1 unit of yours arrives" in page.spots[due - 1].tip


def test_every_order_and_overlay_has_an_icon_of_its_own() -> None:
    names = [kind.key for kind in KINDS] + [kind.name for kind in on_the_bar()]
    assert [name for name in names if name not in ICONS] == []
    ink = Colour(240, 236, 226)
    pictures = [pygame.image.tobytes(icon(name, 18, ink), "RGBA") for name in dict.fromkeys(kind.key for kind in KINDS)]
    assert len(set(pictures)) == len(pictures)
