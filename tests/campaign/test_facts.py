"""The facts of the two articles: each is where the table says it is, and acts or is told as it should."""

from __future__ import annotations

import importlib.util
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]
# The list is closed: 18 facts and 9 comments of article A, 8 facts and 3 comments of article B.
ACTING = {
    *(f"A-{n:02d}" for n in (1, 2, 4, 5, 6, 7, 8, 11, 12, 13, 14, 18, 19, 20, 21, 22)),
    *(f"B-{n:02d}" for n in (1, 2, 3, 4, 5, 6, 7, 11)),
}
TOLD = {*(f"A-{n:02d}" for n in (3, 9, 10, 15, 16, 17, 23, 24, 25, 26)), "B-08", "B-09", "B-10"}
LEFT_OUT = {"A-27"}
WORDS_ALONE = {"message", "flag"}
NAMES = ("id", "name", "kind", "place", "faction", "a")


def tool() -> ModuleType:
    spec = importlib.util.spec_from_file_location("write_facts", ROOT / "tools/write_facts.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


TOOL = tool()
FACTS: list[dict[str, Any]] = TOOL.facts()
PLACES = [(fact["id"], fact["status"], place) for fact in FACTS for place in fact["where"]]


@cache
def content(path: Path) -> Any:
    return TOOL.read(path) if path.suffix == ".yaml" else path.read_text(encoding="utf-8")


def found(value: Any, key: list[str]) -> Any:
    """What stands at a key; an entry of a list goes by whatever names it."""
    for step in key:
        if isinstance(value, dict):
            assert step in value, f"{step} is not among {', '.join(value)}"
            value = value[step]
        else:
            near = [one for one in value if isinstance(one, dict) and step in (one.get(name) for name in NAMES)]
            assert near, f"no entry {step}"
            value = near[0]
    return value


def acts(scenario: str, file: str, key: list[str], value: Any) -> bool:
    """Whether the thing at a key changes the course of a game."""
    if scenario == "rules":
        return isinstance(value, str) and (value in ("true", "false") or value.lstrip("-").isdigit())
    kind = (file.split("/")[0], key[0])
    if kind == ("events.yaml", "events"):
        return len(key) == 2 and any(effect["do"] not in WORDS_ALONE for effect in value.get("do", []))
    if kind == ("map.yaml", "places"):
        return int(value["population"]) > 0
    return kind in {
        ("forces", "units"), ("forces", "support"), ("forces", "sources"), ("victory.yaml", "prizes"),
        ("victory.yaml", "insurgent"), ("relations.yaml", "line"), ("relations.yaml", "stances"),
        ("relations.yaml", "airspace"), ("relations.yaml", "control"), ("map.yaml", "roads"), ("map.yaml", "exits"),
    }  # fmt: skip


def test_every_fact_of_the_list_is_there_once_with_its_status() -> None:
    by_status: dict[str, list[str]] = {"play": [], "text": [], "out": []}
    for fact in FACTS:
        by_status[fact["status"]].append(fact["id"])
    assert sorted(by_status["play"]) == sorted(ACTING)
    assert sorted(by_status["text"]) == sorted(TOLD)
    assert sorted(by_status["out"]) == sorted(LEFT_OUT)
    assert sum(map(len, by_status.values())) == len(FACTS) == 38
    assert all(fact["fact"].strip() and fact["source"].strip() for fact in FACTS)


@pytest.mark.parametrize("fact, status, place", PLACES, ids=lambda value: value if isinstance(value, str) else "")
def test_a_place_of_the_table_holds_what_it_should(fact: str, status: str, place: dict[str, Any]) -> None:
    path = TOOL.file_of(place)
    assert path.is_file(), path
    value = found(content(path), place.get("key", [])) if path.suffix == ".yaml" else content(path)
    if "says" in place:
        text = value if isinstance(value, str) else str(value)
        assert place["says"] in " ".join(text.split()), f"{path.name} does not say: {place['says']}"
    else:
        assert status == "play" and acts(place["scenario"], place["file"], place["key"], value)


@pytest.mark.parametrize("fact", FACTS, ids=lambda fact: fact["id"])
def test_what_plays_acts_somewhere_and_what_is_told_is_told(fact: dict[str, Any]) -> None:
    acting = [place for place in fact["where"] if "says" not in place]
    told = [place for place in fact["where"] if "says" in place]
    if fact["status"] == "play":
        assert any(place["scenario"] != "rules" for place in acting)
    elif fact["status"] == "text":
        assert told and not acting
    else:
        assert not fact["where"]


def test_the_table_in_the_page_is_up_to_date() -> None:
    assert TOOL.page() == TOOL.PAGE.read_text(encoding="utf-8"), "run python tools/write_facts.py"
