"""A scenario overrides any rule number, sees it in force in the rulebook, and is told of a misspelt one."""

from __future__ import annotations

import copy
import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import yaml

from game import rulebook
from game.rulebook.examples import EXAMPLES
from game.ruleset import Ruleset
from game.scenario.checker import check_folder
from game.scenario.loading import common_rules
from game.scenario.reading import read_scenario
from game.scenario.world import World
from game.schema.canonical import PlainFault, from_plain, to_plain
from game.schema.shapes import Flag, Number, Pair, Record, Row, Shape, Table, keys_of
from game.schema.spec import Format, Int
from tests.situation import situation

BASE = Path(__file__).parents[1] / "bad" / "base"
COMMON: dict[str, Any] = to_plain(common_rules())
Place = tuple[str | int, ...]


def numbers(shape: Shape, value: Any, path: Place = ()) -> Iterator[tuple[Place, Shape, Any]]:
    """Every whole number and every yes or no of the rules, with its declaration."""
    match shape:
        case Record(kind):
            for key in keys_of(kind).values():
                if key.name in value:
                    yield from numbers(key.shape, value[key.name], (*path, key.name))
        case Table(value=below):
            for name in value:
                yield from numbers(below, value[name], (*path, name))
        case Row(item, _):
            for place, one in enumerate(value):
                yield from numbers(item, one, (*path, place))
        case Pair(items):
            for place, (below, one) in enumerate(zip(items, value, strict=True)):
                yield from numbers(below, one, (*path, place))
        case Flag():
            yield path, shape, value
        case Number(mark) if not isinstance(mark, Format):
            yield path, shape, value


ALL = list(numbers(Record(Ruleset), COMMON))
OUTSIDE = ("terrain", "kinds", "outside")
"""Ground outside the game: nobody enters it, so that the book need not tell its numbers."""


def different(shape: Shape, value: Any) -> Any:
    """Another value that the declaration allows; a price is never nothing, which would let units march for ever."""
    if isinstance(shape, Flag):
        return not value
    assert isinstance(shape, Number) and isinstance(shape.mark, Int)
    more = value + 1 + (value == -1)
    return more if more <= shape.mark.high else value - 1


def changed(*places: tuple[Place, Shape, Any]) -> dict[str, Any]:
    """The common rules with other numbers in these places; chances of weather still make a hundred."""
    plain = copy.deepcopy(COMMON)
    for path, shape, value in places:
        table = plain
        for step in path[:-1]:
            table = table[step]  # type: ignore[index]
        if path[:2] == ("weather", "months"):
            step = 1 if table[path[-1]] < 100 else -1  # type: ignore[index]
            other = next(kind for kind in ("clear", "dust", "rain") if kind != path[-1] and table[kind] - step >= 0)
            table[path[-1]], table[other] = value + step, table[other] - step  # type: ignore[index]
        elif path[:2] == ("combat", "columns"):  # ratios still rise from column to column
            column: dict[str, Any] = COMMON["combat"]["columns"][path[2]]
            scale = 99 // max(column["attack"], column["defence"])
            table |= {key: column[key] * scale + (key == path[-1]) for key in ("attack", "defence")}
        else:
            table[path[-1]] = different(shape, value)  # type: ignore[index]
        if path[:2] == ("units", "contacts") and path[-1] == "low":  # least is never more than most
            table["high"] = max(table["high"], table["low"])
    return plain


def tiny() -> World:
    return situation(". . .\n. . .")


def test_the_walk_finds_the_numbers_of_every_chapter() -> None:
    assert {path[0] for path, _, _ in ALL} == set(COMMON) and len(ALL) > 600


def test_every_number_can_be_overridden_by_a_scenario(tmp_path: Path) -> None:
    folder = tmp_path / "base"
    shutil.copytree(BASE, folder)
    wanted = changed(*(one for one in ALL if one[0][:2] != ("weather", "months")))
    for month, chances in wanted["weather"]["months"].items():
        wanted["weather"]["months"][month] = {**chances, "clear": chances["clear"] - 1, "rain": chances["rain"] + 1}
    with (folder / "scenario.yaml").open("a", encoding="utf-8") as file:
        over = {chapter: {k: v for k, v in rules.items() if k != "format"} for chapter, rules in wanted.items()}
        file.write(yaml.safe_dump({"rules": over}, sort_keys=False))
    rules = read_scenario(folder).rules
    assert rules is not None and to_plain(rules) == wanted
    moved = [path for path, _, value in ALL if _at(to_plain(rules), path) == value]
    assert {path[:2] for path in moved} <= {("weather", "months")} and all(path[-1] == "dust" for path in moved)


def _at(plain: Any, path: Place) -> Any:
    for step in path:
        plain = plain[step]
    return plain


@pytest.mark.parametrize("every", [7, pytest.param(1, marks=pytest.mark.slow)])
@pytest.mark.parametrize("chapter", COMMON)
def test_every_number_in_force_stands_in_the_rulebook(
    chapter: str, every: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    for example in EXAMPLES:  # sentences and tables alone must tell it
        monkeypatch.setitem(EXAMPLES, example, lambda world: "")
    world = tiny()
    common = rulebook.book(world)
    silent = []
    for one in [one for one in ALL if one[0][0] == chapter and one[0][:3] != OUTSIDE][::every]:
        rules = from_plain(Ruleset, changed(one))
        if rulebook.book(replace(world, rules=rules, answers={})) == common:
            silent.append(".".join(map(str, one[0])))
    assert not silent, f"the book says the same whatever these are: {', '.join(silent)}"


def test_the_help_of_the_game_shows_the_numbers_of_the_scenario() -> None:
    world = situation(". . .\n. . .", rules={"units": {"stack_units": 7}, "people": {"hunger_most": 33}})
    pages = dict(rulebook.pages(world))
    assert "at most 7 units" in pages["2. Stacking"] and "33" in pages["Tables"]


MISTAKES = {
    "combt: {shift_cap: 4}": '"combat"',
    "combat: {shift_cp: 4}": '"shift_cap"',
    "combat: {shifts: {minor_rver: -2}}": '"minor_river"',
    "units: {types: {mec: {attack: 4}}}": '"mech"',
    "terrain: {kinds: {desrt: {shift: 1}}}": '"desert"',
    "support: {kinds: {strke: {hit: 3}}}": '"strike"',
    "supply: {stores: {garison: 2}}": '"garrison"',
    "weather: {months: {septmber: {clear: 3}}}": '"september"',
    "weather: {months: {may: {clear: 50}}}": "make 100",
    "combat: {shift_cap: lots}": "a whole number",
    "combat: {shift_cap: 4000}": "0 to 8",
    "combat: 3": "write the numbers",
}


@pytest.mark.parametrize("mistake", MISTAKES)
def test_a_wrong_override_is_told_in_the_scenario_with_a_suggestion(mistake: str, tmp_path: Path) -> None:
    folder = tmp_path / "base"
    shutil.copytree(BASE, folder)
    with (folder / "scenario.yaml").open("a", encoding="utf-8") as file:
        file.write(f"rules: {{{mistake}}}\n")
    found, bugs = check_folder(folder)
    assert not bugs and found
    assert all(one.file.endswith("/scenario.yaml") and one.line == 14 for one in found), found
    assert MISTAKES[mistake] in found[0].fix, found[0].fix


_SALT = "terrain: {kinds: {salt: {name: Salt, symbol: '%s', enter: {foot: 4, wheeled: 4, tracked: 4}, shift: 0}}}"
CONTRADICTIONS = {
    "combat: {columns: [{name: 2, attack: 2, defence: 1}, {name: 1, attack: 1, defence: 1}]}": "do not rise",
    "combat: {columns: [{name: 1, attack: 1, defence: 1}, {name: 1, attack: 2, defence: 1}]}": "one name",
    f"combat: {{table: [{', '.join(['[A1, A1]'] * 11)}]}}": "not as many results as there are columns, 10",
    f"combat: {{table: [{', '.join(['[' + 'A1, ' * 9 + 'Zz]'] * 11)}]}}": "'Zz' is not one of `results`",
    "combat: {columns: []}": "at least 1",
    "combat: {keep_post: [garison]}": '"garison" is not one of',
    "movement: {passing_traits: [scouts]}": '"scouts" is not one of',
    "units: {contacts: []}": "at least 1",
    "units: {contacts: [{name: few, low: 2, high: 1, attack: 1, defence: 1}]}": "more steps at least",
    "units: {contacts: [{name: a, low: 1, high: 3, attack: 1, defence: 1}, {name: b, low: 1, high: 2, attack: 1, "
    "defence: 1}]}": "do not rise",
    _SALT % ".": "desert and salt have one symbol",
    _SALT % "#": "begins a remark",
}


@pytest.mark.parametrize("mistake", CONTRADICTIONS)
def test_rules_that_no_game_could_be_played_by_are_told_in_the_scenario(mistake: str, tmp_path: Path) -> None:
    folder = tmp_path / "base"
    shutil.copytree(BASE, folder)
    with (folder / "scenario.yaml").open("a", encoding="utf-8") as file:
        file.write(f"rules: {{{mistake}}}\n")
    found, bugs = check_folder(folder)
    assert not bugs and any(CONTRADICTIONS[mistake] in one.what for one in found), [one.what for one in found]
    assert all(one.file.endswith("/scenario.yaml") and one.line == 14 for one in found), found


def test_a_record_with_such_rules_is_refused() -> None:
    for chapter, name, value in (
        ("combat", "results", {"A1": COMMON["combat"]["results"]["A1"]}), ("combat", "table", [["A1"]] * 11),
        ("combat", "columns", COMMON["combat"]["columns"][::-1]), ("units", "contacts", []),
    ):  # fmt: skip
        with pytest.raises(PlainFault, match=rf"rules\.{chapter}"):
            from_plain(Ruleset, {**COMMON, chapter: {**COMMON[chapter], name: value}}, "rules")


def test_a_new_type_with_all_its_numbers_is_no_mistake(tmp_path: Path) -> None:
    folder = tmp_path / "base"
    shutil.copytree(BASE, folder)
    numbers_of = {**COMMON["units"]["types"]["mech"], "name": "Heavy"}
    with (folder / "scenario.yaml").open("a", encoding="utf-8") as file:
        file.write(yaml.safe_dump({"rules": {"units": {"types": {"mechs": numbers_of}}}}))
    assert check_folder(folder) == ([], [])
