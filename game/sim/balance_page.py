"""The page of ``balance``: chances of every side, costs, first captures, and which rule numbers move what."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Any

from game.sim.balance import BANDS, Balance
from game.sim.pages import page, plot
from game.sim.screening import signs


def balance_page(found: Balance) -> str:
    """The whole page as HTML."""
    world = found.world
    return page(
        "balance.html",
        {
            "title": f"{world.title}: balance over {len(found.records)} games",
            "subtitle": "Played by "
            + ", ".join(f"{side}: {who}" for side, who in found.records[0]["players"].items())
            + ".",
            "sides": found.sides,
            "bands": BANDS,
            "nobody": found.nobody,
            "incidents": found.incidents,
            "rungs": found.rungs,
            "firsts": found.firsts,
            "level_plot": plot(8, 0.7 + 0.45 * len(found.sides), partial(_draw_levels, found)),
            "screened": found.screened,
            "runs": len(signs(len(found.screened))) if found.screened else 0,
            "effects_plot": _effects_plot(found) if found.screened else "",
            "footing": f"Scenario {world.id}, digest {world.digest[:16]}.",
        },
    )


def _draw_levels(found: Balance, figure: Any) -> None:
    axes = figure.subplots()
    axes.axvspan(30, 70, facecolor="#e9dfc6", hatch="..", edgecolor="#cfc2a0", linewidth=0)
    for row, one in enumerate(found.sides):
        level = one.level
        axes.plot([100 * level.low, 100 * level.high], [row, row], color="#6b6253", linewidth=5, solid_capstyle="butt")
        axes.plot([100 * level.value], [row], marker="D", color="#2b251c", markersize=8)
        axes.plot([100 * one.wins.value], [row], marker="*", color="#2b251c", markersize=11, markerfacecolor="white")
    axes.set_yticks(range(len(found.sides)), [one.name for one in found.sides])
    axes.set_ylim(len(found.sides) - 0.5, -0.5)
    axes.set_xlim(-2, 102)
    axes.set_xlabel("% of games: level with history or better (diamond, with its interval), and won (star)")


def _effects_plot(found: Balance) -> str:
    figures = list(dict.fromkeys(one.figure for one in found.effects))
    return plot(3 + 2.1 * len(figures), 0.9 + 0.34 * len(found.screened), partial(_draw_effects, found, figures))


def _draw_effects(found: Balance, figures: Sequence[str], figure: Any) -> None:
    columns = figure.subplots(1, len(figures), sharey=True, squeeze=False)[0]
    for axes, name in zip(columns, figures, strict=True):
        for row, factor in enumerate(found.screened):
            rise = next(one.rise for one in found.effects if one.factor == factor and one.figure == name)
            axes.barh([row], [rise.value], color="#2b251c" if rise.apart else "#d8ceb8", edgecolor="#6b6253")
            axes.plot([rise.low, rise.high], [row, row], color="#c8553d", linewidth=1.5)
        axes.axvline(0, color="#6b6253", linewidth=1)
        axes.set_title(name, fontsize=10)
    columns[0].set_yticks(range(len(found.screened)), [str(one) for one in found.screened])
    columns[0].invert_yaxis()
