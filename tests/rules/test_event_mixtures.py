"""Any mixture of effects, fired at any moment of a game: whatever happens, the invariants hold and the game goes on."""

from __future__ import annotations

import random
from typing import Any, get_args

import pytest

from game import engine, telling
from game import events as ev
from game import orders as od
from game.records.plain_state import sound_state
from game.rules import invariants
from game.scenario import effects as ef
from game.schema.shapes import tag_of
from game.session import Session
from game.state.tables import State
from tests.situation import situation, unit

UNITS = ("col", "guard", "hq", "reserve", "den", "cell", "dmc")
FACTIONS = ("saa", "sdf", "isis")
PLACES = ("Mayadin", "Camp")


class Author:
    """Writes effects at random, all of them well formed."""

    def __init__(self, seed: int) -> None:
        self.dice = random.Random(seed)

    def label(self) -> str:
        return f"{self.dice.randint(1, 8):02}{self.dice.randint(1, 5):02}"

    def spot(self) -> dict[str, str]:
        return {"hex": self.label()} if self.dice.random() < 0.6 else {"place": self.dice.choice(PLACES)}

    def area(self) -> dict[str, Any]:
        return self.dice.choice(
            [{"hexes": [self.label()]}, {"around": {"hex": self.label(), "radius": 2}}, {"places": ["Mayadin"]},
             {"everything": True}, {"zone": "sdf"}]
        )  # fmt: skip

    def effect(self) -> dict[str, Any]:
        pick, n = self.dice.choice, self.dice.randint
        who, units = pick(FACTIONS), [pick(UNITS), pick(UNITS)]
        other = pick([one for one in FACTIONS if one != who])
        return pick([
            {"do": "reinforce", "units": units, "delay": n(0, 2)},
            {"do": "appear", "units": units, "at": [self.spot()], "hidden": pick([True, False])},
            {"do": "withdraw", "units": units, "back": pick([0, 3]), "at": self.spot()},
            {"do": "lock", "units": units, "turns": n(1, 3)}, {"do": "release", "units": units},
            {"do": "hide", "units": units, "hidden": pick([True, False])},
            {"do": "dig", "units": units, "level": n(0, 3)},
            {"do": "restore", "units": units, "gathered": n(0, 2), "replaced": n(0, 3)},
            {"do": "losses", "area": self.area(), "lost": n(0, 1), "disrupted": n(0, 2)},
            {"do": "losses", "unit": units[0], "lost": n(0, 2)},
            {"do": "salvo", "area": self.area(), "shots": n(1, 4), "hit": 80, "by": who, "harm": 1},
            {"do": "points", "faction": who, "command": n(-3, 3), "liaison": n(-3, 3), "victory": n(-9, 9)},
            {"do": "grant", "faction": who, "kind": pick(["strike", "command"]), "change": n(-3, 3), "once": True},
            {"do": "pool", "faction": who, "change": n(-3, 3)},
            {"do": "source", "faction": "saa", "name": "base", "open": pick([True, False]), "capacity": n(0, 9)},
            {"do": "drop", "faction": who, "at": self.spot(), "turns": 2},
            {"do": "sight", "faction": who, "at": self.spot(), "radius": 3},
            {"do": "control", "faction": who, "at": [self.spot(), self.spot()]},
            {"do": "crossing", "side": pick(["0403/NE", "0403/SE"]), "state": pick(["open", "blown"]),
             "kind": pick(["ferry", "pontoon", "bridge"]), "faction": who},
            {"do": "terrain", "area": self.area(), "to": pick(["lake", "rough", "urban", "mountains", "outside"])},
            {"do": "interdict", "faction": who, "area": self.area()},
            {"do": "weather", "to": pick(["clear", "dust", "rain"])},
            {"do": "ladder", "change": n(-2, 3), "why": "test"}, {"do": "rung", "to": n(0, 4), "why": "test"},
            {"do": "incident", "faction": who, "at": self.spot()},
            {"do": "stance", "a": who, "b": other, "to": pick(["allied", "friendly", "rival", "war"])},
            {"do": "line", "zone": pick(["saa", "sdf"]), "area": self.area()},
            {"do": "airspace", "zone": "sky", "no_fly": pick([True, False]), "may_fly": [who]},
            {"do": "harm", "place": pick(PLACES), "harm": 2, "by": who},
            {"do": "flee", "place": pick(PLACES), "people": 5, "to": pick(PLACES)},
            {"do": "relief", "place": pick(PLACES)},
            {"do": "flag", "flag": "raid", "on": pick([True, False])},
            {"do": "message", "to": [who], "text": "words"}, {"do": "fire", "event": "other", "percent": 50},
        ])  # fmt: skip

    def event(self, number: int) -> dict[str, Any]:
        asked = self.dice.choice(["turn", "turn", "end", "order", *FACTIONS])
        effects = [self.effect() for _ in range(self.dice.randint(1, 4))]
        when = [{"on": "dice", "percent": 60}] if asked != "order" else [{"on": "dice", "percent": 15}]
        return {"id": f"e{number}", "asked": asked, "when": when, "times": 0, "do": effects}


def written(seed: int) -> Any:
    author = Author(seed)
    events = [author.event(number) for number in range(6)]
    events.append({"id": "other", "asked": "never", "do": [{"do": "pool", "faction": "saa", "change": 1}]})
    units = [
        unit("col", "saa", "0203", "mech", steps=3), unit("guard", "saa", "0204"), unit("hq", "saa", "0202", "hq"),
        unit("reserve", "saa", event=True, entry=["0101", "0105"]), unit("den", "isis", "0503", steps=2),
        unit("cell", "isis", "0604", "cell", steps=1, hidden=True), unit("dmc", "sdf", "0702", steps=3),
    ]  # fmt: skip
    return situation(
        "\n".join(". " * 8 for _ in range(5)), units=units, factions=FACTIONS, events=events, turns=6,
        places=[{"name": "Mayadin", "hex": "0503", "kind": "town", "population": 20},
                {"name": "Camp", "hex": "0701", "kind": "base"}],
        rivers=[["0403/NE", "0403/SE"]], crossings=[("0403/NE", "bridge", "open")],
        highways=[["0103", "0203", "0303", "0403", "0503"]], sources={"saa": [{"hex": "0103", "name": "base"}]},
        line={"sides": ["0403/NE", "0403/SE"], "zones": {"saa": "0101", "sdf": "0801"}},
        airspace=[{"id": "sky", "everything": True}], control=[{"faction": "saa", "hexes": ["0103", "0203"]}],
    )  # fmt: skip


def test_the_author_knows_every_effect() -> None:
    words = {tag_of(kind, "do") for kind in get_args(get_args(ef.Effect)[0])}
    author = Author(1)
    assert {author.effect()["do"] for _ in range(2000)} == words - {"end"}, "the end is no mixture"


@pytest.mark.parametrize("seed", [*range(6), *(pytest.param(seed, marks=pytest.mark.slow) for seed in range(6, 40))])
def test_whatever_events_do_the_game_stays_sound(seed: int) -> None:
    world, dice = written(seed), random.Random(seed)
    session = Session(world, seed)
    judge(session.state, "at the start")
    for _ in range(400):
        if session.over:
            break
        orders = list(engine.legal_orders(engine.view(session.state, session.state.faction).state))
        order = dice.choice(orders) if dice.random() < 0.75 else od.EndTurn()
        before = session.state
        happened = session.give(order)
        judge(session.state, str(order))
        assert invariants.check_events(before, session.state, happened) == [], order
        for faction in range(len(FACTIONS)):
            assert all(line.text for line in telling.tell(telling.Witness(faction, before, session.state), happened))
    assert session.state.clock.turn > 1
    found = sound_state(world, session.state.seed, plain(session.state))
    assert found.digest() == session.state.digest() and found.world.stance == session.state.world.stance
    assert not any(isinstance(one, ev.EventsStopped) for entry in session.entries for one in entry.events)


def judge(state: State, words: str) -> None:
    assert invariants.check(state) == [], words


def plain(state: State) -> Any:
    import json

    return json.loads(json.dumps(state.plain()))
