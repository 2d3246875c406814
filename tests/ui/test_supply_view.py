"""Supply on the map: nothing flows through the hex that cuts it, and the sign there names who does."""

from __future__ import annotations

from itertools import pairwise

import pygame
import pytest

from game import engine
from game.rules import supply
from game.scenario.world import World
from game.state.codes import Supplied
from game.state.tables import State
from game.ui import supply_view
from game.ui.camera import Camera
from game.ui.kit.fonts import Fonts
from game.ui.kit.theme import load_theme
from game.ui.mapview.streams import CUT, FULL, Break, Stream, StreamPainter
from game.ui.overlays import Looking, named
from game.ui.worldview import supply_word
from tests.situation import play, situation, unit
from tests.ui.table_hands import Hands
from tests.ui.written import words_written

SAA, SOLO = 0, {0: "human", 1: "hold"}
ROAD = [f"{column:02d}04" for column in range(1, 12)]


def column_cut(at: str = "0603") -> World:
    """A road from west to east with the enemy's raiders beside it, two units of ours before them and two beyond."""
    return situation(
        "\n".join(row * 11 for row in ("x ", "x ", ". ", ". ", "x ", "x ")),
        units=[
            unit("rear", "saa", "0304"),
            unit("guard", "saa", "0404"),
            unit("lost", "saa", "0904"),
            unit("spear", "saa", "1104", steps=1),
            unit("raiders", "isis", at, steps=2),
        ],
        roads=[ROAD],
        sources={"saa": [{"name": "Rear", "hex": "0104"}]},
        control=[{"faction": "saa", "hexes": ROAD}],
    )


def seen(world: World) -> State:
    return engine.view(engine.start(world, 1), SAA).state


def flowing(streams: tuple[Stream, ...]) -> set[int]:
    return {here for one in streams if one.look != CUT for here in one.path}


@pytest.mark.parametrize("at", ["0603", "0604", "0703", "0704"])
def test_nothing_flows_through_the_hex_that_cuts_the_way_or_beyond_it(at: str) -> None:
    state = seen(column_cut(at))
    grid, row = state.world.grid, state.world.row["lost"]
    found = supply.explain(state, row)
    streams, breaks = supply_view.streams(state, SAA)
    assert breaks
    assert found.state == Supplied.CUT and found.broken >= 0
    beyond = set(found.way[: found.way.index(found.broken) + 1])
    assert not flowing(streams) & beyond
    assert {here for one in streams if one.look == CUT for here in one.path} >= beyond
    assert grid.hex("0404") in flowing(streams)
    assert supply_word(state, row) != "supplied"


def test_the_sign_stands_at_the_breaking_hex_and_names_the_culprit() -> None:
    state = seen(column_cut())
    found = supply.explain(state, state.world.row["spear"])
    (sign,) = supply_view.streams(state, SAA)[1]
    assert sign.hex == found.broken and sign.before == found.way[found.way.index(found.broken) + 1]
    assert sign.title == f"Cut at {state.world.grid.label(found.broken)}"
    assert sign.words == ("by a battalion or so, ISIS", "2 units beyond without supply")
    whole = play(column_cut())  # as nobody knows it
    assert supply_view.streams(whole, SAA)[1][0].words[0] == "by raiders, ISIS"


def test_who_closes_a_hex_is_whoever_stands_in_it_before_those_around_it() -> None:
    state = seen(column_cut("0604"))
    found = supply.explain(state, state.world.row["lost"])
    assert [state.units.hex[row] for row in found.culprits] == [state.world.grid.hex("0604")]
    assert supply.explain(state, state.world.row["rear"]).culprits == ()


def test_a_source_that_is_shut_has_its_sign_there_and_feeds_nobody() -> None:
    state = seen(column_cut("0104"))
    streams, breaks = supply_view.streams(state, SAA)
    assert [(sign.hex, sign.before) for sign in breaks] == [(state.world.grid.hex("0104"), -1)]
    assert breaks[0].words[0] == "by a battalion or so, ISIS"
    assert not flowing(streams)


def test_beyond_the_range_of_supply_the_way_is_dots_too() -> None:
    state = seen(
        situation(
            "\n".join([". " * 30] * 3),
            units=[unit("far", "saa", "3002"), unit("near", "saa", "0302")],
            roads=[[f"{column:02d}02" for column in range(1, 31)]],
            sources={"saa": [{"name": "Rear", "hex": "0102"}]},
            control=[{"faction": "saa", "hexes": ["0102"]}],
            rules={"supply": {"road_budget": 8, "stretched_budget": 12}},
        )
    )
    chart = supply.supply_map(state, SAA)
    streams, (sign,) = supply_view.streams(state, SAA)
    assert sign.title.startswith("Out of range at ")
    assert all(chart.state_at(here) != Supplied.CUT for here in flowing(streams))


def test_the_streams_are_the_whole_sides_and_that_of_the_unit_in_hand_stands_out() -> None:
    state = seen(column_cut())
    streams, _ = supply_view.streams(state, SAA, "guard")
    chosen = {leg for one in streams if one.chosen for leg in pairwise(one.path)}
    way = supply.supply_map(state, SAA).way(state.world.grid.hex("0404"))
    assert chosen == set(pairwise(reversed(way)))
    assert not any(one.chosen for one in supply_view.streams(state, SAA)[0])


def test_a_unit_that_is_cut_never_shows_the_colour_of_full_supply(window: pygame.Surface) -> None:
    """Point by point on the picture, from the hex that cuts the way to the unit."""
    hands = Hands(column_cut(), SOLO)
    hands.table.reel = None
    hands.click(hands.point("0904"))
    hands.key(pygame.K_v)
    hands.picture()
    marks = hands.table.desk.theme.marks
    drawn = named("supply")
    assert drawn is not None
    looking = Looking(hands.table.view.state, SAA, hands.table.desk.theme, "lost")
    assert any(one.look == FULL for one in drawn.draw(looking).streams)

    def teal(label: str) -> int:
        x, y = hands.point(label)
        near = ((x + dx, y + dy) for dx in range(-20, 21) for dy in range(-20, 21))
        return sum(tuple(hands.canvas.get_at(at))[:3] == tuple(marks.supplied)[:3] for at in near)

    assert teal("0204") > 20
    for label in ("0704", "0804", "0904", "1004", "1104"):
        assert not teal(label), label


def test_the_words_at_a_break_are_as_large_as_those_of_the_panels() -> None:
    """In a large window a point is more than a pixel; on the map's own scale nobody could read them there."""
    theme = load_theme()
    painter, camera = StreamPainter(11, theme, Fonts(theme.fonts)), Camera(11, 6, 0, 0, 1200, 800, 90.0).clamped()
    sign = Break(camera.hex_at((600, 300)), -1, "Cut at 0604", ("ISIS raiders near the road",))
    screen = pygame.Surface((1200, 800))
    small, large = (painter.breaks(screen, camera, [sign], (), scale)[0] for scale in (1.0, 2.0))
    assert large.width > 1.4 * small.width and large.height > 1.2 * small.height


def test_with_the_supply_of_the_faction_shown_the_column_sums_it_up(monkeypatch: pytest.MonkeyPatch) -> None:
    hands = Hands(column_cut(), SOLO)
    written = words_written(monkeypatch)
    hands.key(pygame.K_ESCAPE)
    hands.frames(1)
    assert "Supply" not in written
    hands.key(pygame.K_v)
    hands.move((2, 2))
    hands.frames(1)
    chart = supply.supply_map(hands.table.view.state, SAA)
    cut = sum(how == Supplied.CUT for how in chart.fed.values())
    ((name, (steps, most)),) = chart.load.items()
    assert cut and {"Supply", f"{cut} cut off", name, f"{steps} of {most}"} <= written
    assert any(words.startswith("Cut at ") for words in written)


@pytest.mark.parametrize("light", [False, True])
def test_each_line_at_a_break_can_be_read_with_dark_panels_and_with_light_ones(light: bool) -> None:
    theme = load_theme(light=light)
    painter, camera = StreamPainter(11, theme, Fonts(theme.fonts)), Camera(11, 6, 0, 0, 1200, 800, 90.0).clamped()
    sign = Break(camera.hex_at((600, 300)), -1, "Cut at 0604", ("ISIS raiders near the road",))
    screen = pygame.Surface((1200, 800))
    box = painter._call_out(screen, sign, (600.0, 300.0), camera, [], [], 1.0)
    assert box is not None
    inner = box.inflate(-16, -8)
    for rows in (range(inner.top, inner.centery - 2), range(inner.centery + 6, inner.bottom)):
        tones = [sum(screen.get_at((x, y))[:3]) for x in range(inner.left, inner.right) for y in rows]
        assert max(tones) - min(tones) > 300
