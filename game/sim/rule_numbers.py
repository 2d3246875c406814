"""Rule numbers changed for a batch: ``combat.shifts.engineers=2``; several values of several numbers make a grid."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import product
from typing import Any, TypeAlias

from game.faults import UsageFault
from game.scenario.build import world_from
from game.scenario.world import World
from game.schema.canonical import PlainFault
from game.schema.spelling import suggestion

Settings: TypeAlias = Mapping[str, Any]
"""A value by the dotted name of a rule number; {} leaves the rules as they are."""

_WHOLE = re.compile(r"[+-]?\d{1,9}")
_WORDS = {"true": True, "on": True, "yes": True, "false": False, "off": False, "no": False}


def parsed(text: str) -> tuple[str, list[Any]]:
    """``NAME=VALUE[,VALUE…]`` taken apart; raises UsageFault."""
    name, sign, values = (part.strip() for part in text.partition("="))
    given = [value.strip() for value in values.split(",")]
    if not (sign and name) or not all(given):
        raise UsageFault(f'"{text[:80]}" sets no rule number.', "write NAME=VALUE, such as combat.shifts.engineers=2.")
    read = [_value(value) for value in given]
    if any(read.count(value) > 1 for value in read):
        raise UsageFault(f'"{text[:80]}" names a value twice.', "give each value once.")
    return name, read


def _value(text: str) -> Any:
    if _WHOLE.fullmatch(text):
        return int(text)
    return _WORDS.get(text.lower(), text)


def grid(texts: Sequence[str]) -> list[dict[str, Any]]:
    """Every combination of the values asked for, the last number turning fastest; [{}] where nothing is set."""
    axes: dict[str, list[Any]] = {}
    for text in texts:
        name, values = parsed(text)
        if name in axes:
            raise UsageFault(f"the rule number {name[:60]} is set twice.", "give all its values in one --set.")
        axes[name] = values
    return [dict(zip(axes, values, strict=True)) for values in product(*axes.values())]


def with_rules(world: World, settings: Settings) -> World:
    """The scenario with some rule numbers changed; raises UsageFault for a name or value that the rules refuse."""
    if not settings:
        return world
    rules = {chapter: dict(numbers) for chapter, numbers in world.raw["rules"].items()}
    for name, value in settings.items():
        _set(rules, name, value)
    try:
        return world_from({**world.raw, "rules": rules})
    except PlainFault as fault:
        raise UsageFault(f"the rules cannot be changed like that: {fault}.", "see docs/scenario-format.md.") from None


def _set(rules: dict[str, Any], name: str, value: Any) -> None:
    known = dict(numbers_of(rules))
    if name not in known:
        raise UsageFault(f'the rules have no number "{name[:80]}".', suggestion(name, known))
    if isinstance(known[name], bool) != isinstance(value, bool) or isinstance(known[name], str) != isinstance(
        value, str
    ):
        raise UsageFault(
            f'{name} is "{known[name]}" in the rules, not a value like "{value}".', "give one of that kind."
        )
    *way, last = name.split(".")
    place: Any = rules
    for part in way:
        found = place[int(part)] if isinstance(place, list) else place[part]
        changed = list(found) if isinstance(found, list) else dict(found)
        place[int(part) if isinstance(place, list) else part] = changed
        place = changed
    place[int(last) if isinstance(place, list) else last] = value


def numbers_of(rules: Any, before: str = "") -> Iterator[tuple[str, Any]]:
    """Every rule number in plain form with its dotted name, in order; entries of lists count from 0."""
    entries = enumerate(rules) if isinstance(rules, list) else sorted(rules.items())
    for key, value in entries:
        name = f"{before}{key}"
        if isinstance(value, (Mapping, list)):
            yield from numbers_of(value, f"{name}.")
        elif name.rpartition(".")[2] not in ("format", "words", "name"):
            yield name, value
