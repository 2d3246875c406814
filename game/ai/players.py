"""Players by name: what the command line, scenarios and tests call them.

    >>> staff = make_player("staff")                 # the campaign's AI, with its doctrine; it does not look ahead
    >>> normal = make_player("staff:normal")         # the same at a level: it rehearses its plans before it decides
    >>> chance = make_player("random:stop=8")        # any legal order; ends its turn with a chance of 8 percent
    >>> peer = make_player("rca:caution=80")         # candidate actions: a peer to measure the staff against
    >>> greedy = make_player("greedy:aggression=2")  # each unit for itself: the yardstick
    >>> hold = make_player("hold")                   # ends its turn at once

A name may be followed by a colon and ``key=number`` pairs, separated by commas; with the staff a level and a
personality may come first.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict, dataclass, field
from difflib import get_close_matches
from types import MappingProxyType

from game.ai.baseline import Greedy, Hold, RandomPlayer
from game.ai.peers.pro import Pro
from game.ai.peers.rca import RCA
from game.ai.personalities import personalities
from game.ai.search.general import LEVELS, General
from game.seats.minds import Player
from game.words import sentence


@dataclass(frozen=True, slots=True)
class Preset:
    """A word that stands for parameters, such as a level of the staff: its title, and what such a player does."""

    title: str
    words: str
    parameters: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of player: its maker, its parameters with their defaults, and what it does."""

    make: Callable[..., Player]
    parameters: Mapping[str, int]
    words: str
    presets: Mapping[str, Preset] = field(default_factory=dict)
    limits: Mapping[str, tuple[int, int]] = field(default_factory=dict)
    """Least and most of the parameters that are not free."""


PLAYERS: Mapping[str, Kind] = MappingProxyType({
    "staff": Kind(
        General,
        {"evaluations": 0, "samples": 1, "rounds": 1, "regret": 0, "sketch": 0, "manner": 0},
        "plans for the whole faction, by the scenario's doctrine",
        {
            **{name: Preset(level.title, level.words, asdict(level.effort)) for name, level in LEVELS.items()},
            **{
                name: Preset(name.capitalize(), one.words, {"manner": number})
                for number, (name, one) in enumerate(personalities().items(), 1)
            },
        },
        {
            "evaluations": (0, 2_000), "samples": (1, 12), "rounds": (1, 9), "regret": (0, 5_000), "sketch": (0, 1),
            "manner": (0, len(personalities())),
        },
    ),
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
    given, words = dict(kind.parameters), dict[str, str]()
    for pair in filter(None, (part.strip() for part in rest.split(","))):
        if kind.presets and "=" not in pair:
            if pair not in kind.presets:
                raise ValueError(f'player "{name}" has no level "{pair[:40]}"; {_suggest(pair, kind.presets)}')
            said = kind.presets[pair].parameters
            if before := next((words[key] for key in said if key in words), ""):
                raise ValueError(f'player "{name}": "{pair}" does not go with "{before}"; name one of them')
            given.update(said)
            words.update(dict.fromkeys(said, pair))
            continue
        key, value = _pair(name, pair)
        if key not in given:
            known = _suggest(key, given) if given else "it takes none"
            raise ValueError(f'player "{name}" has no parameter "{key[:40]}"; {known}')
        low, high = kind.limits.get(key, (0, 999_999))
        if not low <= value <= high:
            raise ValueError(f'player "{name}": {key} is a number from {low} to {high}, not {value}')
        given[key] = value
    return kind.make(**given)


def offered() -> Iterator[tuple[str, str, str]]:
    """Players to choose from: name, title and what each does. A kind is followed by its presets.

    >>> titles = [title for name, title, _ in offered() if name.startswith("staff")]
    >>> titles[:3], titles[-3:]
    (['staff', 'staff, Recruit', 'staff, Easy'], ['staff, Methodical', 'staff, Cautious', 'staff, Bold'])
    """
    for name, kind in PLAYERS.items():
        yield name, name, f"{sentence(kind.words)}."
        for word, preset in kind.presets.items():
            yield f"{name}:{word}", f"{name}, {preset.title}", preset.words


def _pair(name: str, pair: str) -> tuple[str, int]:
    key, equals, value = pair.partition("=")
    if not equals or not value.isascii() or not value.isdigit() or len(value) > 6:
        raise ValueError(f'player "{name}": write parameters as key=number, not "{pair[:40]}"')
    return key, int(value)


def _suggest(word: str, known: Mapping[str, object]) -> str:
    close = get_close_matches(word, list(known), 1)
    return f'did you mean "{close[0]}"?' if close else f"known are {', '.join(known)}"
