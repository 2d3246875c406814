"""Habits of the staff that a doctrine or the moment calls for: who stays entrenched, what is left to others."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from game import engine
from game import orders as od
from game.ai.doctrine import doctrine_of
from game.ai.staff import goals, supply_ways
from game.ai.staff.desk import StaffDesk
from game.ai.staff.notebook import Memory, Notebook
from game.scenario.world import World
from game.session import Session
from tests.ai.stage import game, holder, orders_of, play_turns, prize, where
from tests.situation import situation, unit

STAFF = {"saa": "staff"}
DEFENDERS = {"isis": "staff"}
PLAIN = "\n".join([". . . . . . . . ."] * 5)


def told(world: World, **doctrines: dict[str, Any]) -> World:
    """The same world with the doctrines of some factions: what fits their way of scoring, but for what is given."""
    own = {faction: replace(doctrine_of(world, world.faction(faction)), **said) for faction, said in doctrines.items()}
    return replace(world, doctrine=tuple(own.get(one.id) for one in world.factions))


def holding(world: World, **more: Any) -> World:
    """The same world with an ISIS that holds what it has."""
    return told(world, isis={"posture": "defend", "guards": 0, "withdraw": 300, "cross_line": True, **more})


def valley(*troops: dict[str, object], scored: str = "Far", **more: Any) -> World:
    """Two villages of ISIS on a road, one of them worth holding to whoever scores by the turn."""
    return situation(
        PLAIN,
        units=troops,
        roads=[[f"{n:02d}03" for n in range(1, 10)]],
        places=[{"name": "Near", "hex": "0503", "size": 1}, {"name": "Far", "hex": "0803", "size": 2}],
        sources={"saa": [{"name": "Rear", "hex": "0103"}], "isis": [{"name": "Cellars", "hex": "0903"}]},
        control=[{"faction": "isis", "box": ["0401", "0905"]}, {"faction": "saa", "box": ["0101", "0305"]}],
        victory={
            "prizes": [prize("Near", 6), prize("Far", 3)],
            "insurgent": {"faction": "isis", "towns": [{"place": scored, "value": 3}]},
        },
        **more,
    )


def strong(at: str, count: int = 2) -> list[dict[str, object]]:
    return [unit(f"s{n}{at}", "saa", at, "mech", steps=3, quality="A") for n in range(count)]


def foot(at: str, count: int) -> list[dict[str, object]]:
    return [unit(f"i{n}{at}", "saa", at, steps=3, quality="A") for n in range(count)]


# --- defenders ----------------------------------------------------------------------------------------------


def test_a_garrison_does_not_leave_its_post_for_the_next_town() -> None:
    for dug, stay in ((2, 2), (0, 1)):
        garrison = [unit(f"f{n}", "isis", "0803", steps=3, dug=dug) for n in (1, 2)]
        foes = [*foot("0403", 2), unit("n", "isis", "0503")]
        session = game(holding(valley(*foes, *garrison, scored="Near")), DEFENDERS)
        play_turns(session, 1)
        assert sum(where(session, unit["id"]) == "0803" for unit in garrison) == stay, dug


def test_a_garrison_goes_when_the_last_ways_out_close_but_not_from_a_town_that_scores() -> None:
    front = [*foot("0402", 2), *foot("0403", 2)]
    around = [*front, *foot("0502", 1)]
    for foes, scored, stays in ((front, "Far", True), (around, "Far", False), (around, "Near", True)):
        session = game(holding(valley(*foes, unit("g", "isis", "0503", dug=2), scored=scored)), DEFENDERS)
        play_turns(session, 1)
        assert (where(session, "g") == "0503") == stays, (len(foes), scored)


def test_defenders_hold_their_block_on_a_road_and_the_ring_round_a_place() -> None:
    line = [f"{n:02d}03" for n in range(1, 10)]
    world = situation(
        PLAIN,
        units=[
            unit("p", "saa", "0101"), unit("q", "saa", "0803", steps=3), unit("block", "isis", "0503"),
            unit("ring", "isis", "0802"), unit("spare", "isis", "0601"),
            unit("raider", "isis", "0703", traits=["raider"]),
        ],
        roads=[line],
        places=[{"name": "Base", "hex": "0803", "size": 1}, {"name": "Near", "hex": "0305", "size": 1}],
        control=[{"faction": "isis", "box": ["0401", "0905"]}, {"faction": "saa", "box": ["0101", "0305"]},
                 {"faction": "saa", "hexes": ["0803"]}],
        victory={"insurgent": {"faction": "isis", "towns": [], "roads": [
            {"id": "road", "name": "Highway", "of": "saa", "path": line}]}},
    )  # fmt: skip
    found = {one.hex: one.name for one in goals.goals(desk(holding(world), "isis")) if one.kind == "hold"}
    hexes = world.grid
    assert found == {hexes.hex("0503"): "the block on the Highway", hexes.hex("0802"): "the ring around Base"}


def test_defenders_fill_up_their_ranks_two_hexes_from_the_enemy() -> None:
    worn = unit("g", "isis", "0803", steps=3, dug=2)
    world = holding(
        valley(*strong("0603", 1), worn, replacements={"isis": [{"steps": 2, "from": "2017-09-05", "every": 1}]})
    )
    session = game(world, DEFENDERS)
    state, row = session.state, world.row["g"]
    steps = list(state.units.steps)
    steps[row] = 2
    pool = tuple(2 if n == world.faction("isis") else 0 for n in range(len(world.factions)))
    session.state = replace(
        state, units=replace(state.units, steps=tuple(steps)), factions=replace(state.factions, pool=pool), answers={}
    )
    play_turns(session, 2)
    assert session.state.units.steps[row] == 3


# --- attackers ----------------------------------------------------------------------------------------------


def test_a_place_without_interest_is_left_to_others() -> None:
    troops = [*strong("0403"), unit("g", "isis", "0503", steps=1)]
    for interest, taken in ((100, True), (0, False)):
        world = told(valley(*troops), saa={"interest": {"Near": interest, "Far": 0}})
        session = game(world, STAFF)
        play_turns(session, 2)
        assert (holder(session, "0503") == "saa") == taken, interest


def test_advisers_attack_with_others_or_not_at_all() -> None:
    target = unit("g", "isis", "0503", "svbied", steps=1)
    alone = game(valley(unit("adv", "saa", "0403", "sof", steps=1, quality="A"), target), STAFF)
    assert not orders_of(play_turns(alone, 2), 0, od.Attack)
    together = game(valley(unit("adv", "saa", "0403", "sof", steps=1, quality="A"), *strong("0403"), target), STAFF)
    assert orders_of(play_turns(together, 2), 0, od.Attack)


def test_on_the_last_turn_supply_and_losses_hold_nobody_back() -> None:
    def at_the_end(turns: int) -> Session:
        world = valley(*strong("0702"), *strong("0703"), unit("g", "isis", "0803", steps=3, dug=1), turns=turns)
        session = game(told(world, saa={"own_step": 200}), STAFF)
        play_turns(session, 1)
        return session

    def fought(session: Session) -> bool:
        return bool(orders_of(session.entries, 0, od.Attack))

    assert not fought(at_the_end(9))
    assert fought(at_the_end(1))


def test_harm_to_civilians_has_its_weight() -> None:
    town = [{"name": "Near", "hex": "0503", "size": 1, "population": 80}]
    for weight, heavy in ((0, True), (400, False)):
        world = situation(
            PLAIN.replace(".", "U"),
            units=[*strong("0403"), unit("g", "isis", "0503", dug=1)],
            places=town,
            sources={"saa": [{"name": "Rear", "hex": "0103"}]},
            support={"saa": {"strike": 2}},
            victory={"prizes": [prize("Near", 4)]},
        )
        session = game(told(world, saa={"harm": weight}), STAFF)
        attacks = orders_of(play_turns(session, 1), 0, od.Attack)
        assert any(order.support for order in attacks) == heavy, weight


# --- supply -------------------------------------------------------------------------------------------------


def desk(world: World, faction: str = "saa") -> StaffDesk:
    session, number = game(world, {}), world.faction(faction)
    view = engine.view(session.state, number)
    return StaffDesk(view, doctrine_of(world, number), Notebook.opened(Memory(), 1, ()))


def test_a_road_is_opened_by_standing_in_it_rather_than_by_storm() -> None:
    ahead = unit("a", "saa", "0803", steps=3)
    beside = desk(valley(ahead, unit("z", "isis", "0502", steps=3)))
    broken = supply_ways.break_before(beside, beside.grid.hex("0803"))
    assert beside.grid.label(broken) not in ("0502", "-1")
    assert not beside.foes.get(broken)
    across = desk(valley(ahead, unit("z", "isis", "0503", steps=3)))
    assert across.grid.label(supply_ways.break_before(across, across.grid.hex("0803"))) in ("0403", "0503")


def test_nothing_is_broken_where_supply_comes() -> None:
    fed = desk(valley(unit("a", "saa", "0203", steps=3)))
    assert supply_ways.break_before(fed, fed.grid.hex("0203")) == -1


def test_bombs_that_no_attack_needs_are_not_left_to_lapse() -> None:
    world = valley(unit("a", "saa", "0503", "mech", steps=4, quality="A"), unit("g", "isis", "0603", dug=2),
                   support={"isis": {"svbied": 1}})  # fmt: skip
    sent = orders_of(play_turns(game(holding(world), DEFENDERS), 1), 1, od.Strike)
    assert [order.kind for order in sent] == ["svbied"]


def test_supply_follows_a_march_into_an_enemy_s_zone_and_not_behind_it() -> None:
    seen = desk(holding(valley(unit("a", "saa", "0303", steps=3, sight=4), *garrison_of("0603"))))
    fed = {label: seen.feeds(seen.grid.hex(label)) for label in ("0403", "0503", "0603", "0703")}
    assert fed == {"0403": True, "0503": True, "0603": False, "0703": False}
    assert seen.supply.ahead[seen.grid.hex("0503")] < 0  # what goes on from there is another question


def garrison_of(at: str) -> list[dict[str, object]]:
    return [unit(f"g{n}", "isis", at, steps=3, dug=2) for n in (1, 2)]
