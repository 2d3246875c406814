"""``check``: read scenarios strictly and list everything that is wrong with them."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from game.cli.arguments import path_or_name


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("check", epilog="Example: run_game.py check scenarios")(check)


def check(
    paths: Annotated[
        list[Path], typer.Argument(help="Scenarios by name, folders, packs, or a folder of them.", parser=path_or_name)
    ],
    json: Annotated[bool, typer.Option("--json", help="Print one JSON object instead of lines.")] = False,
) -> None:
    """Find what is wrong with scenarios.

    One line each: FILE:LINE:COL: error CODE: what is wrong. fix: what to do.
    """
    from game.scenario.checker import check_paths

    report = check_paths(paths)
    if json:
        print(report.to_json())
    else:
        for line in report.lines():
            print(line)
    raise typer.Exit(report.exit_code)
