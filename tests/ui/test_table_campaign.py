"""The campaign at the table: three whole turns with mouse and keys."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pygame
import pytest

from game import engine, records
from game import orders as od
from game.plans import CONTACT, HoldPlan, nearest_enemy
from game.rules import combat
from game.ui import together
from game.ui.clicks import able_attackers
from game.ui.order_kinds import KINDS
from game.ui.panels.acts import Confirm, EndTheTurn, TickFighters
from game.ui.selection import choose, own_units
from game.ui.settings import Settings
from game.ui.table.dialogs import Checklist
from game.ui.table.intentions import prepare
from tests.ui.table_hands import Hands
from tests.worlds import world_of

SAA = 0


@pytest.fixture(scope="module")
def hands(display: None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Hands]:
    place: Path = tmp_path_factory.mktemp("saves")
    patch = pytest.MonkeyPatch()
    patch.setattr(records, "autosaves_folder", lambda: place)
    patch.setattr("game.ui.settings.settings_folder", lambda: place)
    hands = Hands(world_of("race_for_deir_ezzor"), {SAA: "human"})
    hands.table.desk.settings = Settings(animation="off", autosave=True)
    yield hands
    patch.undo()


def march(hands: Hands, unit: str) -> bool:
    """Take a unit in hand and send it, by clicks, as far as it can go in sight."""
    table = hands.table
    state = table.view.state
    here = state.units.hex[state.world.row[unit]]
    for _ in range(8):
        hands.click(hands.point(state.world.grid.label(here)))
        if table.selection.unit == unit:
            break
    assert table.selection.unit == unit
    goals = sorted(engine.reach(state, unit).cost.items(), key=lambda pair: (-pair[1], pair[0]))
    for goal, _ in goals:
        at = table.point_of(goal)
        order = od.Move(unit, engine.reach(state, unit).path(goal))
        inside = table.layout.map.inflate(-20, -20).collidepoint(at)
        if goal != here and inside and engine.refusal(state, order) is None and not combat.foes_at(state, SAA, goal):
            hands.click(at, 3)
            return True
    return False


def attack(hands: Hands) -> bool:
    """Prepare the attack with most attackers: a right click, the button that adds the others, the one that orders.
    Where the odds are good the right click alone attacks."""
    table, state = hands.table, hands.table.view.state
    hexes = [
        hex
        for row in state.stacks.values()
        for hex in {state.units.hex[u] for u in row}
        if combat.defenders_at(state, SAA, hex)
    ]
    best = max(hexes, key=lambda here: len(able_attackers(state, SAA, here)), default=-1)
    if best < 0 or not able_attackers(state, SAA, best):
        return False
    table.select(choose(state, SAA, able_attackers(state, SAA, best)[0]))
    given = len(hands.session.entries)
    hands.click(hands.point(state.world.grid.label(best)), 3)
    if len(hands.session.entries) > given:
        assert isinstance(hands.session.entries[given].order, od.Attack)
        return True
    assert table.selection.target == best and len(table.selection.attackers) == 1
    hands.frames(2)
    upper = table.pages.boxes(table)["upper"]
    everybody = next((spot for spot in upper.page.spots if spot.act == TickFighters()), None)
    if everybody is not None:
        hands.click((upper.box.x + everybody.rect.centerx, upper.box.y + everybody.rect.centery - upper.scroll))
        assert len(table.selection.attackers) > 1
    foot = table.pages.boxes(table)["foot"]
    button = next(spot for spot in foot.page.spots if spot.act == Confirm())
    hands.click((foot.box.x + button.rect.centerx, foot.box.y + button.rect.centery))
    return True


def hold(hands: Hands) -> bool:
    """Let the next unit that is far from any enemy hold, by keys: it is then left out of those that follow."""
    table = hands.table
    for _ in range(60):
        hands.key(pygame.K_n)
        state, unit = table.view.state, table.selection.unit
        if unit and nearest_enemy(state, SAA, table.selection.hex) > CONTACT:
            hands.key(pygame.K_SPACE, pygame.KMOD_SHIFT)
            assert isinstance(table.standing.of_unit(unit), HoldPlan)
            hands.key(pygame.K_n)
            return table.selection.unit != unit
    return False


def march_together(hands: Hands) -> bool:
    """A whole stack, selected with Ctrl, marches to a hex beside it with one click."""
    table, state = hands.table, hands.table.view.state
    for here in sorted(state.stacks):
        units = [unit for unit in own_units(state, SAA, here) if state.units.mp[state.world.row[unit]] > 8]
        if len(units) < 2 or len(units) < len(own_units(state, SAA, here)):
            continue
        for goal in state.world.grid.near[here]:
            found = together.group_march(state, units, goal)
            if len(found.orders) == len(units) and not combat.foes_at(state, SAA, goal) and not found.later:
                hands.key(pygame.K_ESCAPE)
                hands.click(hands.point(state.world.grid.label(here)), 1, pygame.KMOD_CTRL)
                assert table.selection.group == tuple(units)
                before = len(hands.session.entries)
                hands.click(hands.point(state.world.grid.label(goal)), 3)
                return len(hands.session.entries) > before
    return False


def end_turn(hands: Hands) -> None:
    """Press the button, and the one of the checklist."""
    hands.click(hands.table.layout.end_turn.center)
    dialog = hands.table.dialog
    assert isinstance(dialog, Checklist)
    hands.frames(1)
    assert dialog._page is not None
    spot = next(spot for spot in dialog._page.spots if spot.act == EndTheTurn())
    hands.click((dialog.rect.x + spot.rect.centerx, dialog.rect.y + spot.rect.centery))
    hands.until_mine(SAA)


@pytest.mark.slow
@pytest.mark.parametrize("turns", [3])
def test_whole_turns_with_mouse_and_keys(hands: Hands, turns: int) -> None:
    first = hands.session.state.clock.turn  # the table is shared: one test goes on where another has ended
    for turn in range(first, first + turns):
        assert hands.session.state.clock.turn == turn
        assert hands.table.playing
        if hands.table.reel is not None:
            hands.click((hands.table.reel.rect.right - 30, hands.table.reel.rect.y + 12))
        assert attack(hands)
        assert any(isinstance(entry.order, od.Attack) for entry in hands.session.entries)
        marched = sum(march(hands, unit) for unit in ("saa-tig-taha", "saa-tig-cheetah", "saa-17d-1"))
        assert marched
        assert hold(hands)
        if turn == first:
            assert march_together(hands)
        end_turn(hands)
    assert isinstance(hands.session.plans.list(SAA), dict) and hands.table.standing.resting
    assert hands.session.state.clock.turn == first + turns
    by = {entry.faction for entry in hands.session.entries}
    assert by == {0, 1, 2, 3}
    assert all(line.text for line in hands.table.chronicle.lines(SAA))


def test_no_unit_on_the_table_is_unknown_to_the_seat(hands: Hands) -> None:
    truth, view = hands.session.state, hands.table.view.state
    known = {
        row
        for row, owner in enumerate(truth.world.roster.faction)
        if truth.world.friends(SAA, owner) or truth.intel[SAA].level[row]
    }
    assert len(view.world.roster) == len(known)
    shown = sum(len(stack.faces) for stack in hands.table.board.map.stacks)
    assert shown == sum(1 for here in view.units.hex if here >= 0)


@pytest.mark.slow
def test_every_mode_and_every_overlay_can_be_drawn(hands: Hands) -> None:
    table = hands.table
    for key in (pygame.K_v, pygame.K_t, pygame.K_k, pygame.K_o, pygame.K_h):
        hands.key(key)
        hands.frames(1)
    for unit in ("saa-tig-art", "saa-tig-hq"):
        row = table.view.state.world.row[unit]
        hands.click(hands.point(table.view.state.world.grid.label(table.view.state.units.hex[row])))
        for mode in (kind.key for kind in KINDS if kind.at_once is None):
            prepare(hands.table, mode)
            hands.frames(1)
            hands.key(pygame.K_ESCAPE)
        for digit in range(pygame.K_1, pygame.K_8):
            hands.key(digit)
            hands.frames(1)
