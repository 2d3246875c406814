"""Tips: each is shown once, when its situation first arises, and never again after it was put away."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pygame
import pytest

from game.faults import ContentFault
from game.shipped import shipped
from game.state.codes import Supplied
from game.state.tables import State
from game.ui import order_kinds, overlays, tips
from game.ui.kit.fonts import BODY
from game.ui.selection import NOTHING, Selection
from game.ui.settings import load_settings
from game.ui.table import page_painter
from game.ui.tips import SITUATIONS, Situation, load_tips
from tests.rules.test_strongpoints import hex_of, siege
from tests.rules.test_taking import VILLAGE, beside_troops, marched, until_next_turn
from tests.ui.table_hands import Hands, small_world

Place = Callable[[tuple[int, int]], tuple[int, int]]
SOLO = {0: "human", 1: "hold", 2: "hold"}


@pytest.fixture
def hands(window: pygame.Surface, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Hands:
    assert window
    monkeypatch.setattr("game.ui.settings.settings_folder", lambda: tmp_path)
    found = Hands(small_world(), SOLO)
    found.table.reel = None
    return found


def cut_off(state: State) -> State:
    """The same moment with every unit cut off."""
    return replace(state, units=replace(state.units, supply=(Supplied.CUT,) * len(state.units.supply)), answers={})


def arise(hands: Hands, monkeypatch: pytest.MonkeyPatch, *when: str) -> None:
    """Let some situations arise, and no other."""
    monkeypatch.setattr(tips, "SITUATIONS", {name: lambda at, on=name in when: on for name in SITUATIONS})
    hands.table.edition += 1
    hands.frames(2 * len(load_tips()), seconds=0.3)


def test_every_tip_names_a_rule_of_the_book_and_keys_that_exist() -> None:
    book = "".join(path.read_text(encoding="utf-8") for path in sorted(shipped("assets", "rulebook").glob("*.md")))
    letters = {kind.letter for kind in order_kinds.KINDS}
    keys = {kind.key for kind in overlays.OVERLAYS}
    for tip in load_tips():
        assert re.search(rf"^{re.escape(tip.rule)} ", book, re.MULTILINE), tip
        assert set(re.findall(r"Shift\+(\w)", tip.text)) <= letters, tip
        assert set(re.findall(r"\((\w)\)", tip.text)) <= keys, tip
        assert tip.text.endswith(".")
    assert {tip.when for tip in load_tips()} == set(SITUATIONS)


def test_a_situation_is_asked_of_the_view(hands: Hands) -> None:
    state = hands.table.view.state
    at = Situation(state, 0, NOTHING)
    assert not SITUATIONS["unit_cut_off"](at) and not SITUATIONS["blamed"](at)
    assert SITUATIONS["unit_cut_off"](replace(at, state=cut_off(state)))
    blamed = replace(state, factions=replace(state.factions, blamed=(1, 0, 0)), answers={})
    assert SITUATIONS["blamed"](replace(at, state=blamed))
    assert not SITUATIONS["can_warn"](at) or "warn" in {kind.key for kind in order_kinds.offered(state.world)}


def test_the_tip_on_arsenals_asks_the_ruleset_which_support_strikes_them(hands: Hands) -> None:
    state = hands.table.view.state
    kinds = state.world.rules.support.kinds
    assert {kind.arsenals for kind in kinds.values()} == {True, False}
    for points in (0, 1):
        for name, kind in kinds.items():
            support = (((name, points),), *state.clock.support[1:])
            now = replace(state, clock=replace(state.clock, support=support), answers={})
            assert SITUATIONS["salvo_kept"](Situation(now, 0, NOTHING)) == bool(points and kind.arsenals), name


def test_a_tip_comes_once_and_a_click_puts_it_away_for_good(hands: Hands, monkeypatch: pytest.MonkeyPatch) -> None:
    table = hands.table
    arise(hands, monkeypatch, "unit_cut_off")
    assert table.tips.tip is not None and table.tips.tip.when == "unit_cut_off"
    assert table.layout.map.contains(table.tips.rect)
    before = table.selection
    hands.click(table.tips.rect.center)
    assert table.tips.tip is None and table.selection == before
    assert load_settings().tips_seen == "cut_off"
    arise(hands, monkeypatch, "unit_cut_off")
    assert table.tips.tip is None
    another = Hands(small_world(), SOLO)
    another.table.reel, another.table.desk.settings = None, load_settings()
    another.table.tips = type(another.table.tips)(another.table.desk)
    arise(another, monkeypatch, "unit_cut_off")
    assert another.table.tips.tip is None


def test_the_end_of_the_turn_takes_it_away_and_the_next_tip_waits_for_it(
    hands: Hands, monkeypatch: pytest.MonkeyPatch
) -> None:
    arise(hands, monkeypatch, "unit_cut_off", "blamed")
    first = hands.table.tips.tip
    assert first is not None
    hands.frames(20, seconds=0.3)
    assert hands.table.tips.tip is first
    hands.table.sitting.end_turn(False)
    assert hands.table.tips.tip is None


def test_one_tip_that_can_wait_comes_in_a_turn_and_what_is_about_to_be_done_is_explained_at_once(
    hands: Hands, monkeypatch: pytest.MonkeyPatch
) -> None:
    table = hands.table
    arise(hands, monkeypatch, "unit_cut_off", "blamed", "salvo_kept")
    assert table.tips.tip is not None
    first = table.tips.tip.when
    table.tips.put_away(table)
    arise(hands, monkeypatch, "unit_cut_off", "blamed", "salvo_kept")
    assert table.tips.tip is None
    arise(hands, monkeypatch, "unit_cut_off", "blamed", "salvo_kept", "attacks_strongpoints")
    assert table.tips.tip is not None and table.tips.tip.when == "attacks_strongpoints"
    table.tips.put_away(table)
    table.tips._told_in = (table.seat, table.view.state.clock.turn - 1)
    arise(hands, monkeypatch, "unit_cut_off", "blamed", "salvo_kept")
    assert table.tips.tip is not None and table.tips.tip.when != first


def test_a_notice_stands_beside_the_tip(hands: Hands, monkeypatch: pytest.MonkeyPatch) -> None:
    table, drawn = hands.table, list[pygame.Rect]()
    arise(hands, monkeypatch, "unit_cut_off")
    hands.frames(1)

    def remember(screen: pygame.Surface, desk: object, lines: list[str], place: Place, size: int) -> pygame.Rect:
        wide = max(table.desk.fonts.width(line, BODY, table.desk.px(size)) for line in lines) + 16
        drawn.append(pygame.Rect(place((wide, 40 * len(lines))), (wide, 40 * len(lines))))
        return drawn[-1]

    monkeypatch.setattr(page_painter, "draw_box", remember)
    for words in ("Short.", "A very long notice that says what came of an attack, " * 5):
        table.say(words)
        hands.frames(1)
        assert drawn[-1].collidelist([table.tips.rect]) < 0, words


def test_with_tips_switched_off_there_is_none(hands: Hands, monkeypatch: pytest.MonkeyPatch) -> None:
    hands.table.desk.settings = replace(hands.table.desk.settings, tips=False)
    arise(hands, monkeypatch, *SITUATIONS)
    assert hands.table.tips.tip is None


@pytest.mark.parametrize(
    "text", ["format: 1\ntips: none\n", "format: 1\ntips:\n  - {id: a, when: never, text: x, rule: '1.1'}\n"]
)
def test_a_file_that_says_something_else_is_refused(tmp_path: Path, text: str) -> None:
    path = tmp_path / "tips.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ContentFault):
        load_tips(path)


def test_4_5_control_that_does_not_come_at_once_raises_a_tip_before_the_march_and_after() -> None:
    state = beside_troops()
    tip, ready = SITUATIONS["at_an_enemy_place"], Selection(0, "a")
    goals = {here: tip(Situation(state, state.faction, ready, here)) for here in range(-1, state.world.grid.size)}
    assert [here for here, told in goals.items() if told] == [VILLAGE]
    assert not tip(Situation(state, state.faction, NOTHING))
    there = marched(state, "0201")
    assert tip(Situation(there, state.faction, NOTHING))
    assert not tip(Situation(until_next_turn(there), state.faction, NOTHING))


@pytest.mark.parametrize("standing", [2, 0])
def test_6_6_an_attack_on_strongpoints_raises_a_tip(standing: int) -> None:
    state = siege(standing)
    tip, attack = SITUATIONS["attacks_strongpoints"], Selection(hex_of(state), "a", mode="attack")
    assert not tip(Situation(state, state.faction, attack, hex_of(state)))
    assert tip(Situation(state, state.faction, replace(attack, target=hex_of(state)))) == bool(standing)
