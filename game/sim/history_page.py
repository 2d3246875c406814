"""The page of ``history``: the front day by day beside the real one, dated events, places and pace."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from functools import partial
from typing import Any

from game.scenario import annals
from game.scenario.calendar import Calendar, spoken
from game.scenario.world import World
from game.sim.history import EventDates
from game.sim.history_report import Findings
from game.sim.observers import lengthened
from game.sim.pages import LOOKS, page, plot

NAMED = 24
"""Most places with their name on the map."""


def history_page(found: Findings) -> str:
    """The whole page as HTML."""
    world = found.world
    return page(
        "history.html",
        {
            "title": f"{world.title}: {len(found.records)} games beside history",
            "subtitle": f"Played by {_players(found)}. All intervals are of 95% over whole games.",
            "count": len(found.records),
            "front": _front(found),
            "dates": found.dates,
            "restless": found.restless,
            "events_plot": plot(11, 0.6 + 0.34 * max(1, len(found.events)), partial(_draw_events, world, found.events)),
            "order": found.order,
            "holder_dates": found.holders.dates,
            "places": found.places,
            "paces": found.paces,
            "footing": f"Scenario {world.id}, digest {world.digest[:16]}; seeds {_seeds(found)}.",
        },
    )


def _players(found: Findings) -> str:
    return ", ".join(f"{side}: {player}" for side, player in found.records[0]["players"].items())


def _seeds(found: Findings) -> str:
    games = [one["game"] for one in found.records]
    return f"of games {min(games)} to {max(games)}, the first {found.records[0]['seed']}"


# --- the front ------------------------------------------------------------------------------------------------------


def _front(found: Findings) -> dict[str, Any] | None:
    """For each turn who held each hex in most games, with the share in ninths, beside the estimate of history."""
    rows = [one["front"] for one in found.records if one.get("front")]
    if not rows:
        return None
    world = found.world
    calendar = Calendar(world.first_day, world.days_per_turn, world.turns)
    held, shares, real, days = [], [], [], []
    for turn in range(1, world.turns + 1):
        moments = [lengthened(one[min(turn, len(one)) - 1]) for one in rows]
        most = [Counter(column).most_common(1)[0] for column in zip(*moments, strict=True)]
        held.append("".join(_letter(holder) for holder, _ in most))
        shares.append("".join(str(9 * count // len(rows)) for _, count in most))
        real.append("".join(map(_letter, annals.ground_on(world, calendar.last_day(turn)))))
        days.append(spoken(calendar.last_day(turn)))
    return {
        "columns": world.grid.columns,
        "rows": world.grid.rows,
        "outside": "".join("x" if kind < 0 else "." for kind in world.terrain),
        "sides": [
            {"name": one.name, "colour": LOOKS[n % len(LOOKS)][0], "ink": LOOKS[n % len(LOOKS)][1]}
            for n, one in enumerate(world.factions)
        ],
        "places": _named(world),
        "days": days,
        "held": held,
        "share": shares,
        "real": real,
    }


def _letter(holder: int) -> str:
    return "`" if holder < 0 else chr(ord("a") + holder)


def _named(world: World) -> list[dict[str, Any]]:
    largest = sorted(world.places, key=lambda place: -place.size)[:NAMED]
    return [{"name": place.name, "hex": place.hex} for place in largest]


# --- events ---------------------------------------------------------------------------------------------------------


def _draw_events(world: World, events: Sequence[EventDates], figure: Any) -> None:
    axes, bars = figure.subplots(1, 2, sharey=True, width_ratios=(6, 1))
    names = [f"{one.place} ({one.faction})" for one in events]
    for row, one in enumerate(events):
        if one.turns:
            axes.boxplot(
                [list(one.turns)], positions=[row], orientation="horizontal", whis=(10, 90), widths=0.5,
                showfliers=False, patch_artist=True, medianprops={"color": "#2b251c", "linewidth": 2},
                boxprops={"facecolor": "#e9dfc6", "hatch": "///", "edgecolor": "#6b6253"},
            )  # fmt: skip
        axes.plot([one.turn], [row], marker="D", color="#5b2e8c", markersize=7, linestyle="none", zorder=5)
    bars.barh(
        range(len(events)), [one.happened.value for one in events], color="#b3a98f", edgecolor="#6b6253", hatch="..."
    )
    axes.set_yticks(range(len(events)), names)
    axes.invert_yaxis()
    axes.set_xlim(0, world.turns + 1)
    axes.set_xlabel("turn")
    axes.grid(axis="x", alpha=0.4)
    bars.set_xlim(0, 1)
    bars.set_xticks([0, 0.5, 1], ["0", "50%", "100%"])
    bars.set_xlabel("games")
