"""The cast of these tests: a small war, and a game of it that chance has played for a while."""

from __future__ import annotations

import pytest

from game.scenario.world import World
from game.session import Session
from tests.chance import by_chance, copied, play_on
from tests.war import small_war


@pytest.fixture(scope="session")
def war() -> World:
    return small_war()


@pytest.fixture(scope="session")
def played(war: World) -> tuple[Session, Session]:
    """A game in its second or third turn, and one at its end; nobody changes them."""
    return play_on(by_chance(war, 3, end=12), 40), play_on(by_chance(war, 4, end=20), 10_000)


@pytest.fixture
def game(played: tuple[Session, Session]) -> Session:
    """A game in its second or third turn."""
    return copied(played[0])


@pytest.fixture
def finished(played: tuple[Session, Session]) -> Session:
    """A game played to its end."""
    return copied(played[1])
