"""The staff with levels: it rehearses plans on what it believes, counts its effort, and takes the best."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from typing import Any

import pytest

from game import engine
from game import orders as od
from game.ai.belief.believing import believe
from game.ai.players import PLAYERS, make_player
from game.ai.search import prospects
from game.ai.search.deliberation import LEAST, OWN, Considered, Deliberation, Effort, deliberate, surely_better
from game.ai.search.general import LEVELS, General
from game.ai.search.keeping import genes_from, plain_genes
from game.ai.search.prospects import lead, prospect
from game.ai.search.rehearsal import own_turn, rehearse
from game.ai.search.variations import UNDER_WAY, of_formations, of_the_whole, still_good
from game.ai.staff.attacks import MOST_SKETCHED
from game.ai.staff.conduct import Walked, carry_out
from game.ai.staff.notebook import Memory, Notebook
from game.ai.staff.plan import FREE, HOLD, Bound, Genes
from game.ai.staff.thinking import think
from game.events import Event
from game.rules import victory
from game.scenario.build import world_from
from game.scenario.world import World
from game.session import Session
from game.sim.puzzle_reading import puzzles_folder, read_puzzle
from game.state import State
from tests.ai.stage import game, prize
from tests.chance import drawing
from tests.contract.test_views import hidden_twin, with_other_secrets
from tests.situation import situation, unit
from tests.worlds import shipped, world_of


@pytest.fixture(scope="module")
def siege() -> World:
    return world_of("breaking_the_siege")


def opened(world: World, turn: int = 1) -> State:
    """The moment in which the first faction's turn opens, in the one game of that world."""
    session, openings = begun(world.id)
    while turn not in openings:
        session.step()
        clock = session.state.clock
        if clock.active == 0:
            openings.setdefault(clock.turn, session.state)
    return openings[turn].with_fresh_answers()


@cache
def begun(name: str) -> tuple[Session, dict[int, State]]:
    """A game of the staff against itself, and the openings that were met in it so far."""
    world = world_of(name)
    session = Session(world, 3, {number: make_player("staff") for number in range(len(world.factions))})
    return session, {1: session.state}


# --- the value of a moment -------------------------------------------------------------------------------------------


def test_after_the_last_turn_points_alone_count(siege: World) -> None:
    session = Session(siege, 3, {number: make_player("hold") for number in range(len(siege.factions))})
    list(session.run())
    saa = siege.faction("saa")
    assert prospect(session.state, saa) == (victory.score(session.state, saa).total * prospects.TENTH, 0, 0, 0, 0)


def field(*troops: dict[str, Any], turns: int = 8) -> World:
    """A prize in the middle of a road, the enemy in it."""
    return situation(
        """
        . . . . . . . . .
        . . . . . . . . .
        """,
        units=[unit("b", "isis", "0501", steps=2), *troops],
        roads=[[f"{n:02d}01" for n in range(1, 10)]],
        places=[{"name": "Town", "hex": "0501", "size": 1}],
        sources={"saa": [{"name": "Rear", "hex": "0101"}], "isis": [{"name": "Cellars", "hex": "0901"}]},
        victory={"prizes": [prize("Town", 10)]},
        turns=turns,
    )


def worth(*troops: dict[str, Any], turns: int = 8) -> prospects.Prospect:
    return prospect(engine.start(field(*troops, turns=turns), seed=1), 0)


def test_ground_that_costs_the_troops_is_no_bargain_while_they_could_still_do_much() -> None:
    """Two steps for a point and a half: dear in the middle of a game, cheap in its last turn but one."""
    for turns, good in ((8, False), (2, True)):
        spared, spent = (worth(unit("a", "saa", "0401", "mech", steps=steps), turns=turns) for steps in (4, 2))
        assert (spent.strength + 15 * prospects.TENTH > spared.strength) is good


def test_nearer_and_stronger_troops_promise_more_ground() -> None:
    near, far = unit("a", "saa", "0401", "mech", steps=3), unit("a", "saa", "0101", "mech", steps=3)
    assert worth(near).ground > worth(far).ground > 0
    assert worth(near, unit("c", "saa", "0402", steps=3)).ground > worth(near).ground
    assert worth(near).strength > worth(unit("a", "saa", "0401", "mech", steps=2)).strength


def test_hopes_shrink_towards_the_end() -> None:
    near = unit("a", "saa", "0401", "mech", steps=3)
    assert worth(near).ground > worth(near, turns=2).ground > worth(near, turns=1).ground > 0


def test_who_takes_a_prize_is_ahead_of_who_lies_before_it() -> None:
    before = engine.start(field(unit("a", "saa", "0401", "mech", steps=3)), seed=1)
    here = before.world.grid.hex("0501")
    held = tuple(0 if at == here else who for at, who in enumerate(before.hexes.control))
    away = tuple(here if name == "a" else before.world.grid.hex("0801") for name in before.world.roster.id)
    after = replace(
        before, units=replace(before.units, hex=away), hexes=replace(before.hexes, control=held), answers={}
    )
    assert lead(after, 0) > lead(before, 0)


# --- rehearsals and deliberation --------------------------------------------------------------------------------------


def test_a_rehearsal_is_the_same_again_and_changes_nothing(siege: World) -> None:
    state = opened(siege, 2)
    view = engine.view(state, 0)
    belief, plan, before = believe(view, 1), think(view), state.digest()
    assert rehearse(plan, belief) == rehearse(plan, believe(view, 1))
    assert state.digest() == before


def test_plans_differ_by_what_the_variations_say(siege: World) -> None:
    view = engine.view(opened(siege, 2), 0)
    own = think(view)
    assert len({one.words for one in of_the_whole(own)}) == len(of_the_whole(own))
    moved = list(of_formations(own, FREE, view.state))
    assert len(moved) > 5
    for one in moved[:6]:
        (bound,) = one.genes.bound
        told = {task.goal for unit, task in think(view, genes=one.genes).tasks
                if (view.state.world.roster.formation[view.state.world.row[unit]] or unit) == bound.formation
                and task.kind != "guard"}  # fmt: skip
        assert bound.target == HOLD or bound.target in told
    stale = Genes(axes=3, bound=(Bound("nobody", HOLD), Bound(moved[0].genes.bound[0].formation, own.goals[0].hex)))
    assert still_good(stale, own) == Genes(axes=3, bound=stale.bound[1:])


@pytest.mark.parametrize("kind", ["guard", "siege", "delay", "cut"])
def test_no_other_posture_breaks_off_what_pays_later(siege: World, kind: str) -> None:
    own = think(engine.view(opened(siege, 2), 0))
    free = replace(own, tasks=tuple((unit, task) for unit, task in own.tasks if task.kind not in UNDER_WAY))
    (unit_, task), *others = free.tasks
    busy = replace(own, tasks=((unit_, task._replace(kind=kind)), *others))
    for plan, varied in ((free, True), (busy, False)):
        assert any(one.genes.posture == "defend" for one in of_the_whole(plan)) is varied
        assert (still_good(Genes("defend"), plan).posture == "defend") is varied


def test_the_formation_of_a_guard_is_not_told_to_stay(siege: World) -> None:
    state = opened(siege, 2)
    own = think(engine.view(state, 0))
    halted = next(one.genes.bound[0].formation for one in of_formations(own, FREE, state) if "keep" in one.words)
    tasks = tuple(
        (unit_, task._replace(kind="guard") if number == 0 else task)
        for number, (unit_, task) in enumerate(
            sorted(own.tasks, key=lambda pair: formation_of(state, pair[0]) != halted)
        )
    )
    told = list(of_formations(replace(own, tasks=tasks), FREE, state))
    assert not any(one.genes.bound == (Bound(halted, HOLD),) for one in told)
    assert any("keep" in one.words for one in told)


def formation_of(state: State, unit_: str) -> str:
    """The formation of a unit."""
    return state.world.roster.formation[state.world.row[unit_]]


@pytest.mark.slow
def test_effort_is_counted_and_no_effort_is_the_staff_s_own_plan(siege: World) -> None:
    view = engine.view(opened(siege, 2), 0)
    own = deliberate(view, Memory(), FREE, Effort())
    assert own.chosen.plan == think(view) and not own.evaluations
    for evaluations, samples in ((4, 1), (6, 2)):
        found = deliberate(view, Memory(), FREE, Effort(evaluations, samples))
        assert found.evaluations <= evaluations
        assert sum(len(one.leads) for one in found.considered) == found.evaluations
        assert len(found.chosen.leads) == samples and found.chosen.mean >= 0


@pytest.mark.slow
def test_a_plan_that_comes_to_orders_of_one_before_it_takes_no_effort(siege: World) -> None:
    view = engine.view(opened(siege, 7), 0)
    found = deliberate(view, Memory(), FREE, Effort(8, 1))
    belief = believe(view, 0)
    orders = [tuple(one.order for one in carry_out(considered.plan, belief).orders) for considered in found.considered]
    rehearsed = [given for given, considered in zip(orders, found.considered, strict=True) if considered.leads]
    assert len(set(rehearsed)) == len(rehearsed) == found.evaluations
    assert set(orders) == set(rehearsed), "what was put aside had come to nothing new"
    assert len(orders) > len(rehearsed)


def test_a_plan_within_the_regret_may_be_taken_and_no_other() -> None:
    world = field(unit("a", "saa", "0201", "mech", steps=3), unit("c", "saa", "0301", steps=2))
    view = engine.view(engine.start(world, seed=1), 0)
    best = deliberate(view, Memory(), FREE, Effort(8, 1))
    assert len(best.considered) > 2
    for regret in (1, 200, 5000):
        found = deliberate(view, Memory(), FREE, Effort(8, 1, 1, regret))
        assert found.chosen.mean >= best.chosen.mean - regret
        assert {one.words for one in found.considered} == {one.words for one in best.considered}


@pytest.mark.slow
def test_later_races_vary_the_whole_plan_as_well_as_its_formations(siege: World) -> None:
    view = engine.view(opened(siege, 3), 0)
    own = think(view)
    few, many = (deliberate(view, Memory(), FREE, Effort(evaluations, 1)) for evaluations in (3, 13))
    whole = {one.words for one in of_the_whole(own) if think(view, genes=one.genes).tasks != own.tasks}
    assert whole - {one.words for one in few.considered}, "the first races leave some of them out"
    assert whole <= {one.words for one in many.considered}


def test_no_race_begins_that_no_plan_could_win(siege: World) -> None:
    view = engine.view(opened(siege, 2), 0)
    found = deliberate(view, Memory(), FREE, Effort(5, 3))
    assert found.evaluations == 3 and found.chosen.plan == think(view), "two are left, and there are three beliefs"
    found = deliberate(view, Memory(), FREE, Effort(6, 3))
    assert found.evaluations == 6 and [len(one.leads) for one in found.considered if one.leads] == [3, 3]


@pytest.mark.parametrize(
    ("leads", "better"),
    [
        ((190, 180, 200, 190), True),
        ((900, 0, 0, 0), False),
        ((900, 400, 0, 300), True),
        ((-90, -80, -100, -90), False),
        ((LEAST,), True),
        ((LEAST - 1,) * 3, False),
    ],
)
def test_a_plan_is_better_by_more_than_one_belief_and_more_than_a_trifle(leads: tuple[int, ...], better: bool) -> None:
    assert surely_better(leads, (0,) * len(leads)) is better
    assert surely_better(tuple(3 + one for one in leads), (3,) * len(leads)) is better


@pytest.mark.parametrize(("pair", "better"), [((350, -150), False), ((350, 50), True)])
def test_a_lead_is_no_surer_for_more_beliefs_that_say_the_same(pair: tuple[int, int], better: bool) -> None:
    assert [surely_better(pair * times, (0, 0) * times) for times in (1, 2, 3, 4)] == [better] * 4


@pytest.mark.parametrize("name", shipped("breaking_the_siege"))
def test_what_is_hidden_changes_no_order(name: str) -> None:
    world, other, draw = world_of(name), world_from(world_of(name).raw), drawing(5)
    state = opened(world, 2)
    twin = hidden_twin(state, 0, with_other_secrets(other, 0, draw), draw)
    given = []
    for moment in (state, twin):
        player = General(4, 1)
        given.append(([player.decide(engine.view(moment, 0)), player.why], player.thoughts, player.memory()))
    assert given[0] == given[1]


# --- the player -------------------------------------------------------------------------------------------------------


def test_a_plan_that_was_better_and_was_turned_down_says_why() -> None:
    plan = think(engine.view(opened(world_of("tutorial"), 1), 0), Memory())
    own = Considered(FREE, plan, OWN, leads=(0, 0, 0))
    lucky = Considered(FREE, plan, "attack boldly", leads=(900, 0, 0))
    dropped = Considered(FREE, plan, "attack with care", leads=(200,))
    worse = Considered(FREE, plan, "advance on a broad front", leads=(-10, -10, -10))
    player = General()
    player.deliberation = Deliberation(own, (own, lucky, dropped, worse), 11)
    assert player.thoughts[1] == (
        "turned down: attack boldly (+30 hundredths of a band, not surely better), "
        "attack with care (+20 hundredths of a band on 1 of 3 guesses, not tried further), "
        "advance on a broad front (\N{MINUS SIGN}1 hundredths of a band)"
    )


def duel(seed: int = 1, **players: str) -> Session:
    return game(field(unit("a", "saa", "0201", "mech", steps=3), unit("c", "saa", "0301", steps=2)), players, seed)


@pytest.mark.parametrize("level", LEVELS)
def test_every_level_has_its_name_and_plays_a_game(level: str) -> None:
    preset = PLAYERS["staff"].presets[level]
    assert preset.title == LEVELS[level].title and preset.words.endswith(".")
    player = make_player(f"staff:{level}")
    assert isinstance(player, General) and player.effort == LEVELS[level].effort
    if level in ("normal", "hard", "expert"):
        return  # the same as the others, at greater length
    session = duel(saa=f"staff:{level}", isis=f"staff:{level}")
    for entry in session.run():
        assert entry.why and not entry.forfeit
    assert session.over


def test_a_sketched_turn_seizes_attacks_with_few_and_marches(siege: World) -> None:
    few, helped = {od.Move, od.March, od.Attack, od.EndTurn}, 0
    for turn in (3, 4, 5):
        state = opened(siege, turn)
        plan = think(engine.view(state, state.faction))
        sketched, full = (carry_out(plan, state, sketch=sketch).orders for sketch in (True, False))
        assert {type(one.order) for one in sketched} <= few
        attacks = [one.order for one in sketched if isinstance(one.order, od.Attack)]
        assert attacks and all(len(one.units) <= MOST_SKETCHED and not one.support for one in attacks)
        helped += sum(1 for one in full if isinstance(one.order, od.Attack) and one.order.support)
        assert {type(one.order) for one in full} - few
    assert helped


@pytest.mark.slow
def test_plans_tried_out_on_one_belief_come_to_what_they_come_to_alone(siege: World) -> None:
    state = opened(siege, 3)
    seen = engine.view(state, state.faction)
    own = think(seen)
    plans = [own, *(think(seen, genes=one.genes) for one in of_the_whole(own)[:3]), own]
    together = [rehearse(plan, state) for plan in plans]
    assert together == [rehearse(plan, state.with_fresh_answers()) for plan in plans]
    assert len(set(together)) > 1


def test_a_reply_draws_its_maps_once_and_is_the_turn_of_its_staff(
    siege: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    books: list[Notebook] = []
    opening = Notebook.opened

    def noted(memory: Memory, turn: int, ids: tuple[str, ...]) -> Notebook:
        books.append(opening(memory, turn, ids))
        return books[-1]

    state = opened(siege, 4)
    plan = think(engine.view(state, state.faction))
    alone = carry_out(plan, state.with_fresh_answers())
    monkeypatch.setattr(Notebook, "opened", noted)
    reply = own_turn(state, Memory())
    assert len(books) == 1
    assert (reply.orders, reply.state, reply.memory) == (alone.orders, alone.state, alone.memory)


def test_moments_on_which_orders_agree_are_played_once(siege: World, monkeypatch: pytest.MonkeyPatch) -> None:
    played: list[od.Order] = []
    carried_out = engine.apply

    def play(state: State, order: od.Order) -> tuple[State, tuple[Event, ...]]:
        played.append(order)
        return carried_out(state, order)

    state = opened(siege, 3)
    monkeypatch.setattr(engine, "apply", play)
    plan, walked = think(engine.view(state, state.faction)), Walked()
    first = carry_out(plan, state, walked=walked)
    assert played == [one.order for one in first.orders]
    assert carry_out(plan, state, walked=walked) == first and len(played) == len(first.orders)


def test_levels_differ_by_thought_alone() -> None:
    names = {"evaluations", "samples", "rounds", "regret", "sketch"}
    assert all(set(PLAYERS["staff"].presets[name].parameters) == names for name in LEVELS)
    efforts = [LEVELS[name].effort for name in ("easy", "normal", "hard", "expert")]
    assert [one.evaluations for one in efforts] == sorted({one.evaluations for one in efforts})


def test_the_end_of_a_turn_tells_what_was_turned_down(siege: World) -> None:
    player = make_player("staff:evaluations=4,samples=1")
    assert isinstance(player, General)
    state = opened(siege, 2)
    for _ in range(200):
        order = player.decide(engine.view(state, 0))
        state, _ = engine.apply(state, order)
        if isinstance(order, od.EndTurn):
            break
    assert "chosen after 4 rehearsals" in player.why and "turned down" in player.why


def test_memory_goes_into_a_save_and_back(siege: World) -> None:
    genes = Genes("defend", (Bound(siege.roster.formation[0], 5),), 3, 200, 50)
    plain = json.loads(json.dumps(plain_genes(genes)))
    assert genes_from(plain, siege) == genes
    player = General(4, 1)
    memory: Mapping[str, Any] = {**player.memory(), "genes": plain}
    player.recall(memory, siege, 0)
    assert player.memory() == memory


@pytest.mark.parametrize(
    ("field_", "value", "said"),
    [
        ("posture", "retreat", "genes.posture"),
        ("axes", "2", "whole numbers"),
        ("axes", 40, "genes: axes"),
        ("bound", [["no such unit", 3]], "no formation"),
        ("bound", [["", 10**9]], "no formation"),
        ("bound", 4, "a list"),
    ],
)
def test_a_memory_that_it_never_gave_is_refused(siege: World, field_: str, value: object, said: str) -> None:
    plain = {**plain_genes(FREE), field_: value}
    with pytest.raises(ValueError, match=said):
        General().recall({**General().memory(), "genes": plain}, siege, 0)


# --- what a rehearsal leaves to others ---


def test_a_rival_races_for_a_prize_near_him_and_waits_elsewhere() -> None:
    world = read_puzzle(puzzles_folder() / "first_flag").world
    view = engine.view(engine.start(world, 1), world.faction("saa"))
    stays = replace(FREE, bound=(Bound("Scouts", HOLD), Bound("Column", HOLD)))
    goes = rehearse(think(view), believe(view, 0), 2)
    late = rehearse(think(view, Memory(), stays), believe(view, 0), 2)
    assert goes.lead > late.lead  # who stays sees the rival in the town


def test_a_first_claim_counts_for_what_it_would_bring() -> None:
    world = read_puzzle(puzzles_folder() / "first_flag").world
    prize_, saa = world.prizes[0], world.faction("saa")
    state = engine.start(world, 1)
    share = world.rules.victory.abandoned_percent
    assert victory.first_claim(state, prize_, saa) == prize_.first[saa] * 10 * share // 100


def test_who_wins_time_is_not_told_to_go_elsewhere() -> None:
    world = read_puzzle(puzzles_folder() / "trade_space").world
    view = engine.view(engine.start(world, 1), world.faction("saa"))
    plan = think(view)
    assert {task.kind for _, task in plan.tasks} == {"delay"}
    assert not list(of_formations(plan, FREE, view.state))
    assert all(one.genes.posture == FREE.posture for one in of_the_whole(plan))
