"""``new-scenario``: a small scenario to start from."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from game.cli.arguments import some_text, whole_number
from game.faults import EnvironmentFault, UsageFault

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
    """Lay out a small scenario that can be played at once, to be changed into another.

    Its files explain themselves; docs/scenario-format.md has every key.
    """
    from game.scenario.problems import safe

    path = Path(folder)
    made = write_draft(path, title.strip(), columns, rows, metres)
    print(safe(f"{path}: {made} files. Change them with any editor, then:"))
    for words in (f"check {path}", f"map {path} -o map.png", f"play {path}"):
        print(safe(f"  run_game.py {words}"))


def write_draft(path: Path, title: str, columns: int, rows: int, metres: int) -> int:
    """Write the files of a new scenario; how many they are. Raises a Fault for a folder that cannot take them."""
    from game.scenario.first_draft import SCHEMA, first_draft, schema_of
    from game.scenario.shipped import scenarios_folder
    from game.store import write_atomic

    scenario = path.resolve().name
    title = title or scenario.replace("_", " ").replace("-", " ").strip().capitalize()
    _require_words(scenario, title)
    _require_room(path)
    files = first_draft(scenario, title, columns, rows, metres)
    for name, text in files.items():
        write_atomic(path / name, text.encode())
    schemas = sorted({schema_of(name) for name in files if name.endswith(".yaml")})
    for name in schemas:
        write_atomic(path / SCHEMA / name, (scenarios_folder() / SCHEMA / name).read_bytes())
    return len(files)


def _require_words(scenario: str, title: str) -> None:
    from game.scenario.shipped import shipped_scenarios
    from game.scenario.spec import Id, Text
    from game.scenario.values import text_flaw

    flaw = text_flaw(Id("scenario"), scenario)
    if flaw is not None:
        raise UsageFault(f"{flaw.what}, and a scenario is named after its folder.", f"{flaw.fix}.")
    if scenario in shipped_scenarios():
        raise UsageFault(f"a scenario named {scenario} ships with the game.", "choose another name.")
    flaw = text_flaw(Text(80), title)
    if flaw is not None:
        raise UsageFault(f"--title: {flaw.what}.", f"{flaw.fix}.")


def _require_room(path: Path) -> None:
    if path.exists() and not path.is_dir():
        raise UsageFault(f"{path} is a file.", "name a folder.")
    if path.is_dir() and any(path.iterdir()):
        raise UsageFault(f"the folder {path} is not empty.", "name one that is not there yet.")
    if not path.resolve().parent.is_dir():
        raise EnvironmentFault(f"there is no folder {path.resolve().parent}.", "make it first, or choose another.")
