"""How factions are told apart: names of looks, of which the theme gives each its colours, an emblem and a pattern.

A scenario may choose a look for a faction; the others are dealt in order from what is left, so that a war between
anybody has colours from the start. The order keeps those apart first that most eyes tell apart best.
"""

from __future__ import annotations

from collections.abc import Iterable

LOOKS = ("red", "blue", "yellow", "black", "white", "green", "purple", "orange")
"""As many as a game may have factions."""


def dealt(asked: Iterable[str | None]) -> tuple[str, ...]:
    """A look for each faction, in their order: the one that it asks for, or the first that nobody has."""
    wanted = tuple(asked)
    free = iter([look for look in LOOKS if look not in wanted])
    return tuple(look if look is not None else next(free) for look in wanted)
