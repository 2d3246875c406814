"""``compare``: two batches of games over the same seeds, set beside each other."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from game.cli.arguments import existing_file, output_file

EPILOG = "Example: run_game.py compare before.jsonl after.jsonl"


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.command("compare", epilog=EPILOG)(compare)
    app.command("merge", epilog="Example: run_game.py merge part-*.jsonl -o games.jsonl")(merge)


def compare(
    before: Annotated[Path, typer.Argument(help="A file of simulate --json.", parser=existing_file, metavar="FILE")],
    after: Annotated[
        Path | None, typer.Argument(help="Another over the same seeds.", parser=existing_file, metavar="[FILE]")
    ] = None,
) -> None:
    """Say what a change of rules or code changed.

    Games pair by their seeds. One file alone: its first variant beside each of the others.
    """
    from game.sim.comparing import run_compare

    raise typer.Exit(run_compare([before, *([after] if after else [])]))


def merge(
    files: Annotated[
        list[Path], typer.Argument(help="Files of simulate --json.", parser=existing_file, metavar="FILE...")
    ],
    output: Annotated[Path, typer.Option("-o", "--output", metavar="FILE", help="Where the whole goes.")],
    force: Annotated[bool, typer.Option("--force", help="Overwrite existing files.")] = False,
) -> None:
    """Put the shards of a batch together.

    The games stand in the order of a batch that was played whole.
    """
    from game.sim.results import run_merge

    raise typer.Exit(run_merge(files, output_file(output, force=force)))
