"""The rulebook with the numbers in force: templates of ``assets/rulebook``, filled from a world's rules.

In a template ``{combat.shift_cap}`` is a rule number by chapter and key, ``{units.stack_units|unit|units}`` the same
with what it counts, ``{q:movement.bridge}`` one read as movement points, ``{t:victory.harm}`` one kept in tenths,
``{table.…}`` a table drawn from the rules and ``{example.…}`` an example, worked out here and now. An unknown name
raises KeyError, so that no book goes stale unnoticed.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from game.rulebook.examples import EXAMPLES
from game.rulebook.parts import FACTS, TABLES
from game.rules.ground import quarters
from game.scenario.world import World
from game.shipped import shipped
from game.words import listed, say, signed, tenths

_MARK = re.compile(r"\{([a-z]+:)?([a-z_]+(?:\.[A-Za-z0-9_-]+)*)(?:\|([^|}]+)\|([^|}]+))?\}")


def pages(world: World) -> list[tuple[str, str]]:
    """(title, text) of every chapter, in order."""
    out = []
    for path in sorted(shipped("assets", "rulebook").glob("*.md")):
        text = filled(path.read_text(encoding="utf-8"), world)
        title = next((line.lstrip("# ") for line in text.splitlines() if line.startswith("#")), path.stem)
        out.append((title, text))
    return out


def book(world: World) -> str:
    """The whole rulebook as one Markdown text."""
    return "\n".join(text.rstrip() + "\n" for _, text in pages(world))


def filled(template: str, world: World) -> str:
    """A template with every mark replaced."""

    def fill(found: re.Match[str]) -> str:
        how, name, one, many = found.groups()
        if one:
            number = rule_number(world, name)
            told, single = (tenths(number), 10) if how == "t:" else (say("{n}", n=number), 1)
            return f"{told} {one if number == single else many}"
        return _value(how or "", name, world)

    return _MARK.sub(fill, template)


def _value(how: str, name: str, world: World) -> str:
    head, _, rest = name.partition(".")
    special: Mapping[str, Mapping[str, Callable[[World], str]]] = {"table": TABLES, "example": EXAMPLES, "world": FACTS}
    if head in special:
        return special[head][rest](world)
    value = rule_number(world, name)
    if how == "q:":
        return quarters(value)
    if how == "t:":
        return tenths(value)
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, Sequence) and not isinstance(value, str):
        return listed([str(item).replace("-", " ") for item in value], last=" or ")
    if isinstance(value, int):
        return signed(value) if name.split(".")[1] == "shifts" or name.endswith("_shift") else say("{n}", n=value)
    return str(value)


def rule_number(world: World, name: str) -> Any:
    """A rule number by its dotted name, such as ``combat.shifts.minor_river``; raises KeyError."""
    value: Any = world.rules
    for part in name.split("."):
        if isinstance(value, Mapping):
            value = value[part]
        elif isinstance(value, tuple) and part.isdigit():
            value = value[int(part)]
        elif hasattr(value, part):
            value = getattr(value, part)
        else:
            raise KeyError(f"the rulebook names a rule that does not exist: {name}")
    return value
