"""``history`` and ``balance``: games played or read from files, told as text, and as pages on request."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from game import engine
from game.faults import UsageFault
from game.shipped import shipped
from game.sim import balance, history_report
from game.sim.balance_page import balance_page
from game.sim.balance_words import balance_words
from game.sim.command import Wish, played
from game.sim.history_page import history_page
from game.sim.holders import holders_in, read_holders, told_of
from game.sim.results import read_results
from game.sim.screening import effects, factors, variants
from game.store import write_out


def run_history(
    scenario: str, wish: Wish, *, files: Sequence[Path] = (), against: Path | None = None, page: Path | None = None
) -> int:
    """Print the tables and write the page; returns the exit code. Without files the games are played first."""
    world = engine.load_scenario(scenario)
    if not world.past.captures and against is None:
        raise UsageFault(
            f"{world.title} tells of no history.", "give it a history.yaml, or --against a table of holders."
        )
    table = against or shipped("assets", "history", "control.csv")
    holders = read_holders(table, world) if against or told_of(table, world) else holders_in(world)
    records = read_results(files) if files else played(world, wish)
    found = history_report.findings(world, holders, records)
    for line in history_report.tables(found):
        print(line)
    if page is not None:
        write_out(page, history_page(found))
        print(f"page: {page}")
    return 0


def run_balance(
    scenario: str, wish: Wish, *, files: Sequence[Path] = (), vary: Sequence[str] = (), page: Path | None = None,
    words: Path | None = None,
) -> int:  # fmt: skip
    """Print the tables, write page and words; returns the exit code. Without files the games are played first."""
    world = engine.load_scenario(scenario)
    chosen = factors(vary)
    found = balance.weighed(world, read_results(files) if files else played(world, wish))
    if chosen:
        told = played(world, replace(wish, json_file=None, resume=False), variants(chosen))
        found = replace(found, screened=chosen, effects=effects(chosen, told, balance.figures(world)))
    for line in balance.tables(found):
        print(line)
    if words is not None:
        write_out(words, balance_words(found))
        print(f"words: {words}")
    if page is not None:
        write_out(page, balance_page(found))
        print(f"page: {page}")
    return 0
