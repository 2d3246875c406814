"""``bench``: how fast the game is on this machine."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from game.cli.arguments import output_file
from game.cli.display import draw_in_memory


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("bench", epilog="Example: run_game.py bench --json bench.json")(bench)


def groups(text: str) -> str:
    """Names of groups of measurements, parted by commas."""
    known = ("engine", "turns", "plans", "window", "campaign", "batch", "check", "growth", "cores", "endurance")
    unknown = [name for name in text.split(",") if name and name not in known]
    if unknown:
        raise typer.BadParameter(f"{unknown[0]!r} is not one of {', '.join(known)}.")
    return text


def bench(
    json: Annotated[Path | None, typer.Option("--json", metavar="FILE", help="Write the rows as JSON too.")] = None,
    what: Annotated[
        str,
        typer.Option(
            help="Only some: engine, turns, plans, window, campaign, batch, check; or, minutes long and never measured"
            " unasked: growth, cores, endurance.",
            metavar="GROUP,...",
            parser=groups,
        ),
    ] = "",
    force: Annotated[bool, typer.Option("--force", help="Overwrite the file.")] = False,
) -> None:
    """Measure the game's speed on this machine."""
    json_file = output_file(json, force=force) if json else None
    draw_in_memory()
    from game.sim.bench import run_bench

    raise typer.Exit(run_bench(json_file, [name for name in what.split(",") if name]))
