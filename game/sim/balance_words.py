"""The balance of a scenario in words and tables for a designer, as Markdown: ``balance --words``, and in the editor."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from game.sim import bands
from game.sim.balance import Balance, Side
from game.sim.intervals import Estimate

SELDOM, OFTEN = 0.3, 0.7
"""Shares of games between which a faction that is level with history has its chance."""


def balance_words(found: Balance) -> str:
    """The whole report: what it comes to first, then the figures."""
    world, count = found.world, len(found.records)
    names = {one.id: one.name for one in world.factions}
    said = ", ".join(f"{names[side]}: {who}" for side, who in found.records[0]["players"].items())
    title = f"# {world.title}: balance over {count} game{'s' * (count > 1)}"
    parts: tuple[tuple[str, list[str]], ...] = (
        (title, [f"Played by {said}. In brackets: intervals of 95%."]),
        ("## What it comes to", [*(f"- {_verdict(one)}" for one in found.sides), f"- {_peace(found)}"]),
        (
            "## Chances",
            _table("Faction|won|level with history or better|points|ahead of the best other", _chances(found)),
        ),
        ("## What it costs", _table("Faction|days behind history|own steps lost|harm to civilians", _costs(found))),
        ("## Who takes a prize first", _table("Prize|by|in games|median turn", _firsts(found))),
        ("## Bands for half the games level with history", _bands(found)),
    )
    return "\n\n".join("\n".join(lines) for head, told in parts if told for lines in ([head], told)) + "\n"


def _verdict(side: Side) -> str:
    """Whether a faction has its chance, as far as the games can tell."""
    level = side.level
    if level.low > OFTEN:
        what = "is level with history nearly always: it has it too easy, or its bands ask too little"
    elif level.high < SELDOM:
        what = "is hardly ever level with history: it has it too hard, or its bands ask too much"
    elif level.low >= SELDOM and level.high <= OFTEN:
        what = "has its chance"
    elif SELDOM <= level.value <= OFTEN:
        what = "seems to have its chance, but more games are needed to be sure"
    else:
        way = "well" if level.value > OFTEN else "badly"
        what = f"seems to do {way} against history, but more games are needed to be sure"
    return f"**{side.name}** {what}: level or better in {_share(level)}, won in {_share(side.wins)}."


def _peace(found: Balance) -> str:
    rungs = [rung for rung, one in found.rungs.items() if one.value]
    ladder = f"the ladder reaches rung {rungs[-1]} in {_share(found.rungs[rungs[-1]])}" if rungs else "the ladder rests"
    return f"Nobody wins in {_share(found.nobody)}; {found.incidents} incidents a game, and {ladder}."


def _share(one: Estimate) -> str:
    return f"{one.percent} of games"


def _table(heads: str, rows: Iterable[tuple[object, ...]]) -> list[str]:
    """A table in Markdown; nothing where there are no rows."""
    lines = [" | ".join(str(cell).replace("|", "/") for cell in row) for row in rows]
    columns = heads.split("|")
    return (
        [f"| {' | '.join(columns)} |", f"|{'---|' * len(columns)}", *(f"| {one} |" for one in lines)] if lines else []
    )


def _chances(found: Balance) -> Iterator[tuple[object, ...]]:
    for one in found.sides:
        yield one.name, one.wins.percent, one.level.percent, one.points, one.margin


def _costs(found: Balance) -> Iterator[tuple[object, ...]]:
    for one in found.sides:
        yield one.name, *(one.ledgers[name] for name in ("time", "losses", "harm"))


def _firsts(found: Balance) -> Iterator[tuple[object, ...]]:
    names = {one.id: one.name for one in found.world.factions}
    for one in found.firsts:
        yield one.place, names[one.faction], one.games.percent, one.turn


def _bands(found: Balance) -> list[str]:
    names = {one.id: one.name for one in found.world.factions}
    rows = [
        (names[one.faction], one.middle, f"{one.spec.like}: {one.now.percent}", f"{one.like}: {one.level.percent}",
         f"{one.faster}: {one.better.percent}")
        for one in found.bands
    ]  # fmt: skip
    table = _table("Faction|median points|like, as it is|like, fitted|faster, fitted", rows)
    lines = [bands.line(one).strip() for one in found.bands]
    return [*table, "", "As lines of `victory.yaml`, under `bands:`", "", "```", *lines, "```"] if rows else []
