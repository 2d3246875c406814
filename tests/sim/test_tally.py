"""What a game was made of: what is counted, for whom, and how a batch tells it."""

from __future__ import annotations

from typing import Any

from game import events as ev
from game.orders import WORDS, EndTurn, Warn
from game.session import Session
from game.sim.game import play_game
from game.sim.tally import Tally, tables
from tests.worlds import world_of


def test_events_are_counted_for_those_they_belong_to() -> None:
    world = world_of("race_for_deir_ezzor")
    saa, isis = world.faction("saa"), world.faction("isis")
    column = next(row for row, traits in enumerate(world.roster.traits) if "column" in traits)
    staff = next(row for row, traits in enumerate(world.roster.traits) if "hq" in traits)
    city = next(here for here, one in world.strongholds.items() if world.places[one.place].name == "Deir ez-Zor")
    attack = ev.AttackResolved(saa, (0,), (city + 1,), city, (1,), isis, 5, 7, "D1", "", "")
    counted, state = Tally(world), Session(world, 1).state
    counted.step((ev.OrderGiven(saa, "warn 2919 sdf"), attack, ev.TurnBegan(4)), state)
    back = ev.AttackResolved(isis, (1,), (city + 1,), city, (0,), saa, 5, 7, "D1", "", "")
    counted.step((ev.OrderGiven(saa, "warn 2920 sdf"), attack, back, ev.ConcessionMade(saa, 1, 6)), state)
    gone = tuple(ev.UnitDestroyed(unit, city, 1, "") for unit in (column, staff))
    counted.step((*gone, ev.FireStrayed(saa, "vks", 3, city, 9, 4), ev.ColumnUnloaded(saa, column, city, (), 2)), state)
    told = counted.told
    assert told["orders"]["saa"] == {"warn": [2, 1]} and told["orders"]["isis"] == {}
    assert told["assaults"] == {"Deir ez-Zor": [1, 4]}  # the defenders' own attacks are none
    lost = {world.factions[world.roster.faction[unit]].id for unit in (column, staff)}
    assert lost <= set(told["counts"]) and told["counts"]["saa"]["columns unloaded"] == 1
    assert sum(one.get("columns lost", 0) for one in told["counts"].values()) == 1
    assert sum(one.get("headquarters lost", 0) for one in told["counts"].values()) == 1
    assert told["counts"]["saa"]["misdirected strikes"] == told["counts"]["saa"]["concessions"] == 1


def test_a_batch_tells_every_kind_of_order_and_where_it_was_first_given() -> None:
    world = world_of("tutorial")

    def game(seed: int, said: dict[str, list[int]], assaults: list[int]) -> dict[str, Any]:
        sides: dict[str, dict[str, list[int]]] = {one.id: {} for one in world.factions}
        stormed = {"Old Mill": assaults} if assaults else {}
        return {"seed": seed, "tally": {"orders": {**sides, "saa": said}, "assaults": stormed, "counts": sides}}

    text = list(tables(world, [game(11, {}, []), game(12, {"warn": [3, 5]}, [2, 4, 5])]))
    for word in set(WORDS) - {EndTurn.word}:
        assert any(line.startswith(word + " ") for line in text), word
    warn = next(line for line in text if line.startswith(Warn.word + " "))
    assert "1.5" in warn and warn.endswith("seed 12, turn 5, saa")
    assert next(line for line in text if line.startswith("blow ")).endswith("never")
    mill = next(line for line in text if line.startswith("Old Mill"))
    assert "50%" in mill and "3, 3 to 3" in mill and mill.endswith("4, 4 to 4")


def test_a_record_counts_every_order_of_its_game() -> None:
    played = play_game(world_of("tutorial"), 3, {"saa": "greedy", "isis": "greedy", "sdf": "greedy"})
    counted = [many for said in played.record["tally"]["orders"].values() for many, _ in said.values()]
    assert sum(counted) == played.record["orders"]
