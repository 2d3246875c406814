"""``map``: a picture of a scenario's map."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from game.cli.arguments import output_file, some_text, whole_number
from game.cli.display import draw_in_memory
from game.faults import UsageFault

EXAMPLES = (
    "Example: run_game.py map race_for_deir_ezzor -o map.png; "
    'run_game.py map race_for_deir_ezzor -o city.png --around "Deir ez-Zor" --radius 6 --overlay supply:saa; '
    "run_game.py map race_for_deir_ezzor -o history.png --ghost 2017-10-14"
)


def register(app: typer.Typer, *, wanted: bool) -> None:
    """Add the command; when it is ``wanted``, with the list of overlays, which only the table knows."""
    app.command("map", epilog=f"{overlay_words() if wanted else ''}{EXAMPLES}")(draw_map)


def overlay_words() -> str:
    """Every overlay with what it shows."""
    draw_in_memory()
    from game.ui.overlays import OVERLAYS

    return f"Overlays: {' '.join(f'{kind.words}: {kind.about}' for kind in OVERLAYS)} "


def picture_size(text: str) -> tuple[int, int]:
    """``1280x720`` as two numbers."""
    found = re.fullmatch(r"(\d{1,5})x(\d{1,5})", str(text))
    size = (int(found[1]), int(found[2])) if found else (0, 0)
    if not all(100 <= pixels <= 8000 for pixels in size):
        raise typer.BadParameter(f"{str(text)[:40]!r} is not a size such as 1280x720, each from 100 to 8,000.")
    return size


def iso_day(text: str) -> str:
    """A date written year first."""
    try:
        if re.fullmatch(r"\d{4}-\d\d-\d\d", text):
            return date.fromisoformat(text).isoformat()
    except ValueError:
        pass
    raise typer.BadParameter(f"{text[:40]!r} is not a date such as 2017-10-14.")


def draw_map(
    scenario: Annotated[str, typer.Argument(help="A scenario by name, a folder or a pack.", parser=some_text)],
    output: Annotated[Path, typer.Option("--output", "-o", metavar="FILE.png", help="The picture to write.")],
    around: Annotated[
        str | None, typer.Option(help="Only the surroundings of a place or hex.", metavar="PLACE", parser=some_text)
    ] = None,
    radius: Annotated[
        int, typer.Option(help="How many hexes around it.", parser=whole_number(0, 200), metavar="HEXES")
    ] = 8,
    hexes: Annotated[
        str | None, typer.Option(help="Only the hexes between two corners.", metavar="0101-1020", parser=some_text)
    ] = None,
    overlay: Annotated[
        list[str] | None,
        typer.Option(
            help="An overlay of the table (see the list below), or none; may be given several times. "
            "Without it: control and grid.",
            metavar="OVERLAY",
        ),
    ] = None,
    ghost: Annotated[
        str | None,
        typer.Option(help="Who held what on a day in history, without units.", metavar="DATE", parser=iso_day),
    ] = None,
    units: Annotated[bool | None, typer.Option("--units/--no-units", help="With or without the counters.")] = None,
    zoom: Annotated[
        int | None, typer.Option(help="Height of a hex in pixels.", parser=whole_number(6, 128), metavar="PIXELS")
    ] = None,
    size: Annotated[
        str | None, typer.Option(help="Size of the picture, such as 1280x720.", metavar="WIDTHxHEIGHT")
    ] = None,
    width: Annotated[
        int | None, typer.Option(help="Width of the picture (1920).", parser=whole_number(200, 8000), metavar="PIXELS")
    ] = None,
    force: Annotated[bool, typer.Option("--force", help="Overwrite the file.")] = False,
) -> None:
    """Draw a scenario's map as a PNG picture.

    The whole of it or a part, with any overlay of the table, or as it was on a day of history. The units stand as they
    do at the start. Nothing is hidden.
    """
    if sum(one is not None for one in (size, width)) > 1 or (width is not None and zoom is not None):
        raise UsageFault("--width decides the size by itself.", "give --width alone, or --size and --zoom.")
    if around is not None and hexes is not None:
        raise UsageFault("--around and --hexes both choose a part.", "give one of them.")
    pixels = picture_size(size) if size is not None else (0, 0)
    path = output_file(output, force=force)
    draw_in_memory()
    from game.engine import load_scenario
    from game.schema.problems import safe
    from game.ui.offscreen import picture

    world = load_scenario(scenario)
    part: tuple[int, ...] = ()
    if around is not None:
        part = picture.hexes_around(world, around, radius)
    elif hexes is not None:
        part = picture.hexes_between(world, hexes)
    words = ["control", "grid"] if overlay is None else [word for word in overlay if word != "none"]
    wanted = picture.Wanted(
        hexes=part,
        overlays=picture.overlays_from(world, words),
        ghost=picture.ghost_day(world, ghost) if ghost is not None else "",
        units=ghost is None if units is None else units,
        width=width or 0,
        size=pixels,
        zoom=zoom or 0,
    )
    print(safe(str(picture.write_map_picture(world, path, wanted=wanted))))
