"""Personalities: the numbers of the file bend a doctrine, a scenario or a player names one, and mistakes are told."""

from __future__ import annotations

from pathlib import Path

import pytest

from game import engine
from game.ai.personalities import in_manner, personalities
from game.ai.players import make_player
from game.ai.search.general import General
from game.ai.staff.plan import FREE, Genes
from game.ai.staff.thinking import think
from game.faults import ContentFault
from game.scenario.doctrine import Doctrine
from game.scenario.world import World
from game.shipped import shipped


@pytest.fixture(scope="module")
def world() -> World:
    return engine.load_scenario("tutorial")


def test_the_methodical_goes_by_the_doctrine() -> None:
    assert in_manner(Doctrine()) == FREE.on(Doctrine()) == Doctrine()


def test_the_bold_dares_more_and_the_cautious_less() -> None:
    low, plain, high = (in_manner(Doctrine(), name) for name in ("bold", "methodical", "cautious"))
    for weight in ("own_step", "least", "least_chance", "risk", "relieve"):
        assert getattr(low, weight) < getattr(plain, weight) < getattr(high, weight), weight


def test_weights_stay_within_their_bounds() -> None:
    most = Doctrine(own_step=200, least=400, least_chance=36, risk=400, relieve=100)
    assert in_manner(most, "cautious") == most
    assert in_manner(Doctrine(least=-20), "bold").least == -20, "who attacks at a loss does not become careful"


def test_a_scenario_names_one_and_a_player_goes_before_it() -> None:
    said = Doctrine(personality="bold")
    assert FREE.on(said) == in_manner(said, "bold")
    assert Genes(personality="cautious").on(said) == in_manner(said, "cautious")
    with pytest.raises(ValueError, match="personality"):
        Genes(personality="rash")


def test_a_player_takes_a_level_and_a_personality(world: World) -> None:
    player = make_player("staff:recruit,bold")
    assert isinstance(player, General) and player.effort.evaluations
    assert player.genes == Genes(personality="bold")
    view = engine.view(engine.start(world, 3), 0)
    player = make_player("staff:cautious")
    assert isinstance(player, General)
    player.decide(view)
    assert player.plan is not None
    assert player.plan.doctrine == think(view, genes=Genes(personality="cautious")).doctrine != think(view).doctrine
    again = make_player("staff:cautious")
    assert isinstance(again, General)
    again.recall(player.memory(), world, 0)
    assert again.genes == player.genes


def test_a_mistake_in_the_file_is_told_with_its_line(tmp_path: Path) -> None:
    text = shipped("assets", "personalities.yaml").read_text(encoding="utf-8")
    path = tmp_path / "personalities.yaml"
    path.write_text(text.replace("own_step: 80", "own_step: 8000"), encoding="utf-8")
    with pytest.raises(ContentFault, match=r"personalities\.yaml:\d+"):
        personalities(path)
    path.write_text(text.replace("  bold:", "  rash:"), encoding="utf-8")
    with pytest.raises(ContentFault, match=r"personalities\.yaml:\d+"):
        personalities(path)


def test_a_doctrine_of_its_own_is_bent_too() -> None:
    assert in_manner(Doctrine(relieve=60), "bold").relieve == 42
