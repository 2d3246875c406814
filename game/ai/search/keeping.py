"""Genes in plain values, as a save keeps them, and back."""

from __future__ import annotations

from typing import Any

from game.ai.staff.plan import HOLD, Bound, Genes
from game.scenario.world import World


def plain_genes(genes: Genes) -> dict[str, Any]:
    """Genes as a save holds them: texts, whole numbers, lists."""
    return {
        "posture": genes.posture or "", "axes": genes.axes, "boldness": genes.boldness, "risk": genes.risk,
        "bound": [list(one) for one in genes.bound],
    }  # fmt: skip


def genes_from(plain: Any, world: World) -> Genes:
    """The genes that :func:`plain_genes` gave; raises ValueError, naming the field, for anything else.

    >>> from game import engine
    >>> genes_from(plain_genes(Genes(axes=2)), engine.load_scenario("tutorial")) == Genes(axes=2)
    True
    """
    if not isinstance(plain, dict) or plain.keys() != {"posture", "axes", "boldness", "risk", "bound"}:
        raise ValueError("genes: posture, axes, boldness, risk and bound are expected")
    if not all(type(plain[name]) is int for name in ("axes", "boldness", "risk")):
        raise ValueError("genes: axes, boldness and risk are whole numbers")
    if plain["posture"] not in ("", "advance", "defend"):
        raise ValueError("genes.posture: advance, defend or nothing is expected")
    if not isinstance(plain["bound"], list):
        raise ValueError("genes.bound: a list is expected")
    known = {*world.roster.formation, *world.roster.id}
    bound = []
    for one in plain["bound"]:
        if not isinstance(one, list) or len(one) != 2 or not isinstance(one[0], str) or type(one[1]) is not int:
            raise ValueError("genes.bound: pairs of a formation and a hex are expected")
        if one[0] not in known or not HOLD <= one[1] < world.grid.size:
            raise ValueError(f"genes.bound: there is no formation {one[0][:40]!r}, or no such hex")
        bound.append(Bound(one[0], one[1]))
    try:
        return Genes(plain["posture"] or None, tuple(bound), plain["axes"], plain["boldness"], plain["risk"])
    except ValueError as error:
        raise ValueError(f"genes: {error}") from None
