"""The rulebook: complete, in step with the rules, and short enough to read in an evening."""

from __future__ import annotations

import dataclasses
import re
from pathlib import Path
from typing import Any

import pytest

from game import engine, rulebook
from game.rulebook.examples import EXAMPLES
from game.rulebook.parts import SHIFT_WORDS
from game.scenario.shipped import shipped_scenarios
from game.scenario.world import World
from tests.situation import situation
from tests.worlds import world_of

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def world() -> World:
    return world_of("race_for_deir_ezzor")


def test_the_book_in_docs_is_the_one_the_rules_print(world: World) -> None:
    written = (ROOT / "docs" / "rulebook.md").read_text(encoding="utf-8")
    assert written == rulebook.book(world), "run tools/write_rulebook.py"


def test_every_chapter_stands_and_no_mark_is_left(world: World) -> None:
    text = rulebook.book(world)
    for chapter in range(1, 19):
        assert re.search(rf"^## {chapter}\. ", text, re.M), f"chapter {chapter} is missing"
    assert not re.search(r"\{[a-z:]*[a-z_]+\.", text)


def test_a_changed_number_changes_the_book(world: World) -> None:
    old = world.rules.movement
    movement = dataclasses.replace(old, minor_river=dataclasses.replace(old.minor_river, foot=13))
    changed = dataclasses.replace(world, rules=dataclasses.replace(world.rules, movement=movement))
    assert "costs 3¼ MP more on foot" in rulebook.book(changed)
    assert "costs 3¼ MP more on foot" not in rulebook.book(world)


def test_every_shift_is_named_in_the_table(world: World) -> None:
    shifts = {field.name for field in dataclasses.fields(world.rules.combat.shifts)}
    assert set(SHIFT_WORDS) == shifts - {"quality_cap"}


def test_an_unknown_number_is_an_error(world: World) -> None:
    with pytest.raises(KeyError, match=r"movement\.nothing"):
        rulebook.filled("{movement.nothing}", world)


def test_the_book_reads_in_twenty_minutes(world: World) -> None:
    text = "\n".join(text for title, text in rulebook.pages(world) if title not in ("Tables", "Glossary"))
    words = len(re.sub(r"^\|.*$", "", text, flags=re.M).split())
    assert words <= 5000, "250 words a minute; tables and glossary are for reference"


# --- worked examples ----------------------------------------------------------------------------------------------


def test_every_chapter_has_an_example_and_no_number_of_it_is_typed() -> None:
    for path in sorted((ROOT / "assets" / "rulebook").glob("*.md")):
        if not path.name.startswith(("00", "19", "20")):
            told = re.findall(r"^\*Example\.\* (.*)$", path.read_text(encoding="utf-8"), re.M)
            assert told, f"{path.name} has no example"
            assert all(re.fullmatch(r"\{example\.[a-z]+\}", text) for text in told), told
    used = set(re.findall(r"\{example\.([a-z]+)\}", "".join(_templates())))
    assert used == set(EXAMPLES)


def _templates() -> list[str]:
    return [path.read_text(encoding="utf-8") for path in (ROOT / "assets" / "rulebook").glob("*.md")]


# What a changed number must make of each example: (rules that differ, words that then stand in it).
CHANGED: dict[str, tuple[dict[str, Any], str]] = {
    "map": ({"terrain": {"kinds": {"hills": {"enter": {"foot": 20}}}}}, "Hills cost 5 MP on foot"),
    "stacking": ({"units": {"stack_steps": 9}}, "finds room"),
    "zones": ({"movement": {"zone_entry": 8}}, "it pays 2½"),
    "march": ({"movement": {"cut_percent": 25}}, "cut off, it has 2 MP for 4 highway hexes"),
    "taking": ({"movement": {"zone_steps": 3}}, "falls at once"),
    "attack": ({"combat": {"shifts": {"set_piece": 3}}}, "set-piece attack +3"),
    "retreat": (
        {"movement": {"retreat_zone_losses": {"zone": 0, "river": 1}}},
        "Between three of your stacks it goes back a hex and loses no step",
    ),
    "supply": ({"supply": {"carriage": {"highway": 5}}}, "supply distance 60"),
    "river": ({"river": {"pontoon_turns": 4, "pontoon_command": 1}}, "turn 5"),
    "strike": ({"support": {"dug": 20}}, "level 1 −20%"),
    "command": ({"command": {"second_axis": 3}}, "with none near it costs 3 CP"),
    "incident": ({"deconfliction": {"over_line": 9}}, "on their side of the line 9%"),
    "blame": ({"deconfliction": {"concessions": {"blame": 25}}}, "costs it 4.5"),
    "warning": ({"deconfliction": {"warnings": {"risk": 60}}}, "it risks 30%"),
    "sky": ({"deconfliction": {"skies": {"risk": 45}}}, "risks 45% more"),
    "arsenal": ({"support": {"arsenal_turns": 9}}, "through turn 13"),
    "column": ({"people": {"columns": {"guard": 3}}}, "a 40% chance beside a battalion of 2 steps"),
    "fog": ({"fog": {"high_ground_bonus": 3}}, "5 from hills"),
    "people": ({"people": {"hunger_after": 6}}, "After 6 turns"),
    "weather": ({"weather": {"sorties_percent": {"clear": 100, "dust": 25, "rain": 75}}}, "2 fly in dust"),
    "recovery": ({"supply": {"recovery": {"rest": 0}}}, "After 1 turn it has 2 steps disrupted"),
    "events": ({}, "on turn 3 it leaves, and it is due back on turn 9"),
    "victory": ({"victory": {"abandoned_percent": 100}}, "without a fight it pays 3"),
    "sequence": ({"river": {"pontoon_turns": 3}}, "as your turn 4 opens"),
}


@pytest.mark.parametrize("name", EXAMPLES)
def test_the_engine_plays_each_example_with_the_numbers_in_force(name: str) -> None:
    over, words = CHANGED[name]
    told = EXAMPLES[name](situation(". . .\n. . .", rules=over))
    assert words in told, told
    if over:
        assert told != EXAMPLES[name](situation(". . .\n. . ."))


@pytest.mark.parametrize("scenario", shipped_scenarios())
def test_the_book_of_every_scenario_can_be_printed(scenario: str) -> None:
    world = engine.load_scenario(scenario)
    text = rulebook.book(world)
    assert text.count("*Example.*") == 18 and f"A hex is {world.metres_per_hex / 1000:g} km" in text
    assert ("here it does)" in text) == world.option("open_clash")


def test_the_example_of_an_attack_is_what_a_game_would_roll() -> None:
    from game import orders as od
    from game.rules import forecasting
    from tests.situation import play, unit

    troops = [unit("a", "saa", "0202", "mech", steps=3), unit("b", "isis", "0203", "infantry")]
    state = play(situation(". . .\n. . .\n. U .", units=troops), points=6)
    odds = forecasting.odds(state, od.Attack(("a",), state.world.grid.hex("0203"), set_piece=True)).known
    told = EXAMPLES["attack"](state.world)
    assert f"in the {odds.name} column. In 36 rolls, the defender loses a step {odds.chance('loss')} times" in told
