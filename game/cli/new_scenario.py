"""``new-scenario``: a small scenario to start from."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from game.cli.arguments import some_text, whole_number
from game.words import say

MOST, LEAST_METRES, MOST_METRES = 200, 10, 100_000


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("new-scenario", epilog="Example: run_game.py new-scenario my_war --columns 20 --rows 14")(new_scenario)


def new_scenario(
    folder: Annotated[
        str, typer.Argument(help="A folder that is not there yet; its name becomes the id.", parser=some_text)
    ],
    title: Annotated[str, typer.Option(help="Title in the list of scenarios.", metavar="TEXT")] = "",
    columns: Annotated[
        int, typer.Option(help="Hexes from west to east.", parser=whole_number(8, MOST), metavar="COLUMNS")
    ] = 12,
    rows: Annotated[
        int, typer.Option(help="Hexes from north to south.", parser=whole_number(5, MOST), metavar="ROWS")
    ] = 9,
    metres: Annotated[
        int, typer.Option(help="Metres from hex to hex.", parser=whole_number(LEAST_METRES, MOST_METRES), metavar="M")
    ] = 5000,
) -> None:
    """Lay out a small scenario to start from.

    It can be played at once. Its files explain themselves; docs/scenario-format.md has every key.
    """
    from game.schema.problems import safe
    from game.workshop.laying_out import lay_out

    path = Path(folder)
    made = lay_out(path, title.strip(), columns, rows, metres)
    print(safe(say("{path}: {files} files. Change them with any editor, then:", path=path, files=made)))
    for words in (f"check {path}", f"map {path} -o map.png", f"play {path}"):
        print(safe(f"  run_game.py {words}"))
