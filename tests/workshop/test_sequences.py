"""Edits drawn at random: whatever was done, undo leads back to the first byte and redo forward to the last."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from game import workshop as w
from game.scenario.files.map import PLACE_KINDS
from game.workshop import Edit, Workshop

from .workshop import copied, snapshot

COLUMNS, ROWS = 12, 9
HEX = st.integers(0, COLUMNS * ROWS - 1)
SIDE = st.integers(0, COLUMNS * ROWS * 3 - 1)
HEXES = st.lists(HEX, min_size=1, max_size=5).map(tuple)
SIDES = st.lists(SIDE, min_size=1, max_size=5).map(tuple)
WORD = st.text("ab :#'\"-,[]{}&*!|>%@`~0é\\", min_size=1, max_size=12)
FACTION = st.sampled_from(["saa", "sdf", "isis"])
UNIT = st.sampled_from(["t-1st", "t-2nd", "t-boats", "t-outpost", "t-post", "t-raiders", "t-reserve", "t-new"])
PLACE = st.sampled_from(["Camp", "Riverside", "Old Mill", "Gas plant", "North Farm", "Newtown"])
PRIZE = st.sampled_from(["crossroads", "riverside", "gas", "new"])
AREA = st.sampled_from(["sectors", "airspace"])
SOURCE = st.sampled_from(["The base", "Stores of Riverside", "New source"])
POINTS = st.dictionaries(FACTION, st.integers(0, 9), min_size=1, max_size=3)

EDITS: list[st.SearchStrategy[Edit]] = [
    st.builds(w.PaintTerrain, HEXES, st.sampled_from(["hills", "desert", "urban"])),
    st.builds(w.DrawRiver, st.sampled_from(["Long River", "Brook"]), st.sampled_from(["major", "minor"]), SIDES),
    st.builds(w.DrawWall, WORD, SIDES),
    st.builds(w.DrawBorder, WORD, st.just("province"), SIDES),
    st.builds(w.DrawLine, SIDES),
    st.builds(w.EraseSides, st.sampled_from(["river", "escarpment", "border", "line"]), SIDES),
    st.builds(w.EraseRoad, HEXES),
    st.builds(w.ChangeLine, st.just("road"), st.just("Base road"), st.just("name"), WORD),
    st.builds(w.AddPlace, WORD, HEX, st.sampled_from(PLACE_KINDS)),
    st.builds(w.MovePlace, PLACE, HEX),
    st.builds(w.RenamePlace, PLACE, WORD),
    st.builds(w.ChangePlace, PLACE, st.just("alt"), WORD),
    st.builds(w.AddExit, WORD, HEX, WORD),
    st.builds(w.AddCrossing, WORD, SIDE, st.just("ferry")),
    st.builds(w.PlaceUnit, FACTION, UNIT, WORD, st.just("infantry"), st.just("btn"), st.just(2), st.just("B"), HEX),
    st.builds(w.MoveUnit, UNIT, HEX),
    st.builds(w.CopyUnit, UNIT, st.sampled_from(["t-a", "t-b", "t-c"]), WORD, HEX),
    st.builds(w.ChangeUnit, UNIT, st.sampled_from(["name", "note", "formation"]), WORD),
    st.builds(w.ChangeUnit, UNIT, st.sampled_from(["steps", "attack", "dug"]), st.integers(1, 3)),
    st.builds(w.PlaceSource, FACTION, SOURCE, HEX, st.integers(1, 40)),
    st.builds(w.MoveSource, FACTION, SOURCE, HEX),
    st.builds(w.PlacePrize, PRIZE, WORD, st.just("town"), HEX, POINTS.map(lambda points: tuple(points.items()))),
    st.builds(w.ChangePrize, PRIZE, st.just("points"), POINTS),
    st.builds(w.PaintControl, FACTION, HEXES),
    st.builds(w.AddArea, AREA, st.sampled_from(["z1", "z2"]), WORD, HEXES),
    st.builds(w.PaintArea, AREA, st.sampled_from(["z1", "z2"]), HEXES, st.booleans()),
    st.builds(w.ScenarioField, st.sampled_from([("title",), ("briefing",), ("aims", "saa")]), WORD),
    st.builds(w.ChangeFaction, FACTION, st.just("look"), st.none() | st.sampled_from(["red", "white", "green"])),
    st.builds(w.SetUnderlay, st.none() | st.just(w.Underlay("a.png", 0, 1, 2, 3))),
]
REMOVALS: list[st.SearchStrategy[Edit]] = [
    st.builds(w.RemovePlace, PLACE),
    st.builds(w.RemoveUnit, UNIT),
    st.builds(w.RemovePrize, PRIZE),
    st.builds(w.RemoveSource, FACTION, SOURCE),
    st.builds(w.RemoveArea, AREA, st.sampled_from(["z1", "z2"])),
]
SETTINGS = settings(max_examples=6, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
COMMENT = re.compile(r"(?:^|\s)#.*$", re.MULTILINE)
LAYOUT_CODES = ("Y1", "F1")


def comments(files: dict[str, bytes]) -> list[str]:
    return sorted(text.strip() for data in files.values() for text in COMMENT.findall(data.decode()))


@SETTINGS
@given(edits=st.lists(st.one_of(EDITS + REMOVALS), min_size=1, max_size=8), strokes=st.booleans())
def test_undo_leads_back_and_redo_forward(
    tmp_path_factory: pytest.TempPathFactory, edits: list[Edit], strokes: bool
) -> None:
    workshop = opened(tmp_path_factory)
    states = [snapshot(workshop)]
    for edit in edits:
        reason = workshop.do(edit, stroke=int(strokes))
        if reason is not None:
            assert snapshot(workshop) == states[-1]
        states.append(snapshot(workshop))
        # Whatever the designer writes: the files stay YAML that the reader understands.
        codes = {finding.problem.code for finding in workshop.problems()}
        assert not any(code.startswith(LAYOUT_CODES) for code in codes), codes
    while workshop.undo() is not None:
        assert snapshot(workshop) in states
    assert snapshot(workshop) == states[0] and not workshop.dirty
    while workshop.redo() is not None:
        pass
    assert snapshot(workshop) == states[-1]


@SETTINGS
@given(edits=st.lists(st.one_of(EDITS), min_size=1, max_size=8))
def test_comments_outlive_every_edit_that_removes_nothing(
    tmp_path_factory: pytest.TempPathFactory, edits: list[Edit]
) -> None:
    workshop = opened(tmp_path_factory)
    before = snapshot(workshop)
    wanted = comments(before)
    for edit in edits:
        workshop.do(edit)
    left = comments({name: data for name, data in snapshot(workshop).items() if name in before})
    assert [text for text in wanted if text not in left] == []


_folders: list[Path] = []


def opened(factory: pytest.TempPathFactory) -> Workshop:
    if not _folders:
        _folders.append(copied("tutorial", factory.mktemp("sequences")))
    return Workshop.open(_folders[0])
