"""The campaign map can be made again: the same recipe gives the same bytes."""

from __future__ import annotations

from dataclasses import replace

import pytest

from game.mapmaker.job import geography_for
from game.mapmaker.making import make_map
from game.mapmaker.recipe import read_recipe
from game.mapmaker.writing import scenario_files
from game.scenario.loading import common_rules

from .conftest import CAMPAIGN

RECIPE = CAMPAIGN / "map_corrections.yaml"
KINDS = common_rules().terrain.kinds


def test_remaking_gives_the_shipped_files_byte_for_byte() -> None:
    recipe = read_recipe(RECIPE)
    made = make_map(geography_for(recipe, KINDS), recipe, KINDS)
    for name, text in scenario_files(made, RECIPE.name, CAMPAIGN).items():
        assert (CAMPAIGN / name).read_bytes() == text.encode("utf-8"), f"{name}: make the map again"
    assert made.problems == ()


@pytest.mark.slow
def test_the_search_finds_the_recorded_origin() -> None:
    recipe = read_recipe(RECIPE)
    made = make_map(geography_for(recipe, KINDS), replace(recipe, origin=None, corrections=()), KINDS)
    assert made.lattice.origin == recipe.origin
