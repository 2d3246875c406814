"""Players by name: what the command line, scenarios and tests call them.

    >>> staff = make_player("staff")                 # the campaign's AI, with its doctrine
    >>> chance = make_player("random:stop=8")        # any legal order; ends its turn with a chance of 8 percent
    >>> peer = make_player("rca:caution=80")         # candidate actions: a peer to measure the staff against
    >>> greedy = make_player("greedy:aggression=2")  # each unit for itself: the yardstick
    >>> hold = make_player("hold")                   # ends its turn at once

A name may be followed by a colon and ``key=number`` pairs, separated by commas.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from types import MappingProxyType

from game.ai.baseline import Greedy, Hold, RandomPlayer
from game.ai.peers.pro import Pro
from game.ai.peers.rca import RCA
from game.ai.staff.planner import Staff
from game.minds import Player


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of player: its maker, its parameters with their defaults, and what it does."""

    make: Callable[..., Player]
    parameters: Mapping[str, int]
    words: str


PLAYERS: Mapping[str, Kind] = MappingProxyType({
    "staff": Kind(Staff, {}, "plans for the whole faction, by the scenario's doctrine"),
    "rca": Kind(
        RCA, {"aggression": 40, "caution": 50}, "candidate actions: each says what it is worth now, the best one acts"
    ),
    "pro": Kind(Pro, {"win": 60, "hold": 45}, "win and hold: attacks what it can take and keep, with just enough"),
    "greedy": Kind(Greedy, {"aggression": 1}, "each unit for itself: the best attack or the way to the nearest prize"),
    "random": Kind(RandomPlayer, {"stop": 5, "seed": 0}, "any legal order; stops with a chance of `stop` percent"),
    "hold": Kind(Hold, {}, "ends its turn at once"),
})  # fmt: skip
"""Every kind of player by name."""


def make_player(text: str) -> Player:
    """A fresh player from its name and parameters; raises ValueError in plain words.

    >>> from game import engine
    >>> make_player("hold").decide(engine.view(engine.start(engine.load_scenario("tutorial"), seed=7), 0))
    EndTurn()
    >>> make_player("greedy:aggression=much")
    Traceback (most recent call last):
    ...
    ValueError: player "greedy": write parameters as key=number, not "aggression=much"
    """
    name, _, rest = text.strip().partition(":")
    kind = PLAYERS.get(name)
    if kind is None:
        raise ValueError(f'there is no player "{name[:40]}"; {_suggest(name, PLAYERS)}')
    given = dict(kind.parameters)
    for pair in filter(None, (part.strip() for part in rest.split(","))):
        key, value = _pair(name, pair)
        if key not in given:
            known = _suggest(key, given) if given else "it takes none"
            raise ValueError(f'player "{name}" has no parameter "{key[:40]}"; {known}')
        given[key] = value
    return kind.make(**given)


def _pair(name: str, pair: str) -> tuple[str, int]:
    key, equals, value = pair.partition("=")
    if not equals or not value.isascii() or not value.isdigit() or len(value) > 6:
        raise ValueError(f'player "{name}": write parameters as key=number, not "{pair[:40]}"')
    return key, int(value)


def _suggest(word: str, known: Mapping[str, object]) -> str:
    close = get_close_matches(word, list(known), 1)
    return f'did you mean "{close[0]}"?' if close else f"known are {', '.join(known)}"
