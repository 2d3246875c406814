"""What is in hand: clicks on a view make selections and orders, without a window."""

from __future__ import annotations

import pytest

from game import engine
from game import orders as od
from game.state import State
from game.ui import clicks, targets
from game.ui import selection as sel
from game.ui.clicks import Step
from game.ui.order_kinds import KINDS
from game.ui.selection import NOTHING, Selection
from tests.situation import at, play, situation, unit

SAA = 0


@pytest.fixture
def state() -> State:
    """Two units of ours in 0303, one in 0202, an enemy in 0403 and, across a river, a unit of the other bloc."""
    world = situation(
        """
        . . . . . . .
        . . . . . . .
        . . . . . . .
        . . . . . . .
        . . . . . . .
        """,
        factions=("saa", "isis", "sdf"),
        units=[
            unit("lions", "saa", "0303", "mech", steps=3),
            unit("foxes", "saa", "0303"),
            unit("guns", "saa", "0202", "artillery"),
            unit("cellar", "isis", "0403", steps=1),
            unit("hills", "sdf", "0604", steps=2),
        ],
        roads=[["0102", "0202", "0302", "0303"]],
        sources={"saa": [{"name": "Rear", "hex": "0102"}]},
        control=[{"faction": "saa", "hexes": ["0102", "0202", "0302", "0303"]}],
        support={"saa": {"strike": 3, "recon": 1}},
    )
    return engine.view(engine.start(world, 1), SAA).state


def click(state: State, selection: Selection, label: str) -> Selection:
    step = clicks.left_click(state, SAA, selection, at(state, label))
    assert step.order is None
    return step.selection


def test_a_click_takes_the_first_unit_of_a_stack_and_the_next_click_the_next(state: State) -> None:
    first = click(state, NOTHING, "0303")
    assert first == Selection(at(state, "0303"), "lions")
    second = click(state, first, "0303")
    assert second.unit == "foxes"
    assert click(state, second, "0303").unit == "lions"


def test_a_click_on_empty_ground_looks_at_it(state: State) -> None:
    assert click(state, Selection(at(state, "0303"), "lions"), "0505") == Selection(at(state, "0505"))


def test_an_enemy_is_looked_at_and_never_taken_in_hand(state: State) -> None:
    assert click(state, NOTHING, "0403") == Selection(at(state, "0403"))
    assert sel.choose(state, SAA, "cellar") == NOTHING


def test_a_right_click_in_reach_is_a_march(state: State) -> None:
    step = clicks.right_click(state, SAA, Selection(at(state, "0303"), "lions"), at(state, "0304"))
    after, order = step.selection, step.order
    assert order == od.Move("lions", (at(state, "0304"),))
    assert engine.refusal(state, order) is None
    assert after.unit == "lions"


def test_a_right_click_with_nothing_in_hand_does_nothing(state: State) -> None:
    assert clicks.right_click(state, SAA, NOTHING, at(state, "0304")) == Step(NOTHING)


def test_a_right_click_on_an_enemy_beside_prepares_an_attack_of_the_unit_in_hand_alone(state: State) -> None:
    step = clicks.right_click(state, SAA, Selection(at(state, "0303"), "foxes"), at(state, "0403"), ask=True)
    prepared, order = step.selection, step.order
    assert order is None and step.why.startswith("Right-click again")
    assert prepared.mode == "attack" and prepared.target == at(state, "0403")
    assert prepared.attackers == ("foxes",)
    assert clicks.fighters_beside(state, prepared) == ("lions",)
    assert clicks.with_fighters(state, prepared).attackers == ("foxes", "lions")


def test_a_right_click_of_guns_on_an_enemy_in_range_aims_at_it(state: State) -> None:
    hand = Selection(at(state, "0202"), "guns")
    aimed = clicks.right_click(state, SAA, hand, at(state, "0403"))
    assert (aimed.selection.mode, aimed.selection.target, aimed.order) == ("bombard", at(state, "0403"), None)
    assert clicks.right_click(state, SAA, aimed.selection, at(state, "0403")).order == od.Bombard(
        "guns", at(state, "0403")
    )


def test_with_nobody_in_hand_an_attack_has_no_attackers_until_they_are_ticked(state: State) -> None:
    step = clicks.right_click(state, SAA, NOTHING, at(state, "0403"))
    assert step.selection == Selection(-1, "", "attack", "", at(state, "0403")) and step.order is None
    assert clicks.confirm(state, step.selection).order is None
    assert clicks.toggled(step.selection, "foxes").attackers == ("foxes",)


def test_guns_engineers_and_headquarters_join_only_when_they_are_ticked() -> None:
    kinds = {"lions": "infantry", "staff": "hq", "pioneers": "engineer", "guns": "artillery", "foxes": "mech"}
    world = situation(
        "\n".join([". " * 6] * 6),
        units=[*(unit(name, "saa", "0303", kind) for name, kind in kinds.items()), unit("cellar", "isis", "0403")],
        rules={"units": {"stack_units": 9, "stack_steps": 40}},
    )
    state = engine.view(play(world), SAA).state
    prepared = clicks.right_click(state, SAA, Selection(at(state, "0303"), "lions"), at(state, "0403"), True).selection
    assert "pioneers" in clicks.able_attackers(state, SAA, at(state, "0403"))
    assert clicks.with_fighters(state, prepared).attackers == ("lions", "foxes")
    assert clicks.toggled(prepared, "pioneers").attackers == ("lions", "pioneers")
    hand = Selection(at(state, "0303"), "pioneers")
    sent = clicks.right_click(state, SAA, hand, at(state, "0403"), True).selection
    assert sent.attackers == ("pioneers",)


def test_an_attack_that_is_refused_says_why(state: State) -> None:
    prepared = clicks.propose_attack(state, Selection(at(state, "0303"), "lions"), at(state, "0403")).selection
    step = clicks.confirm(state, clicks.toggled(prepared, "guns"))
    assert step.order is None and step.why.startswith("Guns must be adjacent")


def test_the_second_right_click_gives_the_attack(state: State) -> None:
    hand = Selection(at(state, "0303"), "lions")
    prepared = clicks.right_click(state, SAA, hand, at(state, "0403"), True).selection
    order = clicks.right_click(state, SAA, prepared, at(state, "0403")).order
    assert order == od.Attack(("lions",), at(state, "0403"))


def test_attackers_support_and_set_piece_can_be_changed(state: State) -> None:
    prepared = clicks.propose_attack(state, Selection(at(state, "0303"), "lions"), at(state, "0403")).selection
    prepared = clicks.with_set_piece(clicks.supported(state, prepared, "strike", 1))
    order = clicks.proposal(state, prepared)
    assert order == od.Attack(("lions",), at(state, "0403"), (("strike", 1),), True)
    assert clicks.toggled(prepared, "foxes").attackers == ("lions", "foxes")


def test_support_stays_within_what_there_is_and_what_the_rules_allow(state: State) -> None:
    prepared = clicks.propose_attack(state, Selection(at(state, "0303"), "lions"), at(state, "0403")).selection
    most = state.world.rules.support.kinds["strike"].per_attack
    for _ in range(9):
        prepared = clicks.supported(state, prepared, "strike", 1)
    assert dict(prepared.support)["strike"] == min(3, most)
    for _ in range(9):
        prepared = clicks.supported(state, prepared, "strike", -1)
    assert prepared.support == ()


def test_escape_lays_down_the_preparation_first_and_then_the_unit(state: State) -> None:
    prepared = clicks.propose_attack(state, Selection(at(state, "0303"), "lions"), at(state, "0403")).selection
    hand = sel.cancelled(prepared)
    assert hand == Selection(at(state, "0303"), "lions")
    assert sel.cancelled(hand) == Selection(at(state, "0303"))
    assert sel.cancelled(sel.cancelled(hand)) == NOTHING


def test_an_attack_on_the_other_bloc_takes_two_confirmations_before_the_order(state: State) -> None:
    world = situation(
        ". . . .\n. . . .\n. . . .",
        factions=("saa", "sdf"),
        units=[unit("lions", "saa", "0202"), unit("hills", "sdf", "0302")],
    )
    state = engine.view(engine.start(world, 1), SAA).state
    target = at(state, "0302")
    prepared = clicks.right_click(state, SAA, Selection(at(state, "0202"), "lions"), target).selection
    assert clicks.strikes_rival(state, prepared)
    step = clicks.confirm(state, prepared)
    once, order = step.selection, step.order
    assert (once.confirmed, order) == (1, None)
    step = clicks.confirm(state, once)
    twice, order = step.selection, step.order
    assert (twice.confirmed, order) == (2, None)
    order = clicks.confirm(state, twice).order
    assert order == od.Attack(("lions",), target, confirm=2)
    assert clicks.toggled(twice, "lions").confirmed == 0


def test_a_mode_with_one_target_takes_it_at_once(state: State) -> None:
    prepared = clicks.enter(state, Selection(at(state, "0202"), "guns"), "bombard")
    assert prepared.target == at(state, "0403")
    assert clicks.proposal(state, prepared) == od.Bombard("guns", at(state, "0403"))


def test_a_strike_is_aimed_and_confirmed_by_two_clicks(state: State) -> None:
    prepared = Selection(mode="strike", kind="strike")
    step = clicks.left_click(state, SAA, prepared, at(state, "0403"))
    aimed, order = step.selection, step.order
    assert (aimed.target, order) == (at(state, "0403"), None)
    aimed = clicks.supported(state, aimed, "strike", 1)
    order = clicks.left_click(state, SAA, aimed, at(state, "0403")).order
    assert order == od.Strike("strike", at(state, "0403"), 2)


def test_every_listed_target_is_accepted_by_the_engine(state: State) -> None:
    for mode in (kind.key for kind in KINDS if kind.aim is not None):
        for name in ("lions", "foxes", "guns"):
            for order in targets.choices(state, mode, name, "strike").values():
                assert engine.refusal(state, order) is None


def test_a_mode_without_targets_says_why(state: State) -> None:
    assert "river" in targets.first_refusal(state, "pontoon", "lions")
    assert targets.first_refusal(state, "bombard", "guns") == ""
    assert "artillery" in targets.first_refusal(state, "bombard", "lions")


def test_a_corridor_gathers_hexes_and_fills_gaps_in_line(state: State) -> None:
    gathering = clicks.enter(state, NOTHING, "corridor")
    for label in ("0302", "0304"):
        gathering = clicks.left_click(state, SAA, gathering, at(state, label)).selection
    assert gathering.corridor == tuple(at(state, label) for label in ("0302", "0303", "0304"))
    shorter = clicks.left_click(state, SAA, gathering, at(state, "0303")).selection
    assert shorter.corridor == (at(state, "0302"),)
    assert clicks.proposal(state, gathering) == od.Notify(gathering.corridor)


def test_the_next_unit_goes_round(state: State) -> None:
    rows = [state.world.row[name] for name in ("guns", "lions", "foxes")]
    hand = NOTHING
    seen = []
    for _ in range(4):
        hand = sel.following(state, SAA, hand, rows)
        seen.append(hand.unit)
    assert seen == ["guns", "lions", "foxes", "guns"]
    assert sel.following(state, SAA, hand, rows, back=True).unit == "foxes"


def test_what_is_gone_is_dropped(state: State) -> None:
    assert sel.kept(state, SAA, Selection(3, "nobody", "attack", target=5)) == Selection(3)
    prepared = clicks.propose_attack(state, Selection(at(state, "0303"), "lions"), at(state, "0403")).selection
    assert sel.kept(state, SAA, prepared) == Selection(at(state, "0303"), "lions")


def test_nothing_can_be_ordered_in_the_turn_of_others(state: State) -> None:
    step = clicks.right_click(state, 1, Selection(at(state, "0303"), "lions"), at(state, "0304"))
    after, order = step.selection, step.order
    assert order is None
    assert after == Selection(at(state, "0303"), "lions")
