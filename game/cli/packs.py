"""``pack``, ``install``, ``uninstall``: scenarios as single files that can be passed on."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from game.cli.arguments import existing_path, output_file, some_text
from game.words import count, say


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.command("pack", epilog="Example: run_game.py pack my_war -o my_war.zip")(pack)
    app.command("install", epilog="Example: run_game.py install my_war.zip")(install)
    app.command("uninstall", epilog="Example: run_game.py uninstall my_war")(uninstall)


def pack(
    scenario: Annotated[str, typer.Argument(help="A scenario by name, a folder or a pack.", parser=some_text)],
    output: Annotated[Path, typer.Option("--output", "-o", metavar="FILE.zip", help="The pack to write.")],
    force: Annotated[bool, typer.Option("--force", help="Overwrite the file.")] = False,
) -> None:
    """Make a pack of a scenario, to pass it on.

    A pack is one zip that others can play, check or install. The same scenario gives the same bytes.
    """
    path = output_file(output, force=force)
    from game.packs.packing import write_pack
    from game.scenario.shipped import scenario_folder
    from game.schema.problems import safe

    packed, left_out = write_pack(scenario_folder(scenario), path)
    print(
        safe(
            count(
                len(packed),
                "{path}: {n} file, {size} bytes",
                "{path}: {n} files, {size} bytes",
                path=path,
                size=f"{path.stat().st_size:,}",
            )
        )
    )
    for name in left_out:
        print(safe(say("left out, as no part of a scenario: {name}", name=name)))


def install(
    pack: Annotated[Path, typer.Argument(help="A scenario pack (zip).", parser=existing_path)],
    force: Annotated[bool, typer.Option("--force", help="Replace even what was changed by hand.")] = False,
) -> None:
    """Install a scenario pack, or a newer version of one.

    It is checked first, and appears in the game's list of scenarios.
    """
    from game.packs.installing import install as install_pack
    from game.schema.problems import report_lines, safe

    done = install_pack(pack, force=force)
    for line in report_lines(done.warnings):
        print(line)
    for name in done.left_out:
        print(safe(say("not installed: {name}", name=name)))
    instead = say(", in place of {replaced}", replaced=done.replaced) if done.replaced else ""
    print(
        safe(
            say(
                "installed {name}, {edition}{instead}: {title}",
                name=done.id,
                edition=done.edition,
                instead=instead,
                title=done.title,
            )
        )
    )
    print(safe(say("It lies in {folder}. Play it with: run_game.py play {name}", folder=done.folder, name=done.id)))


def uninstall(
    scenario: Annotated[str, typer.Argument(help="Id of an installed scenario.", parser=some_text)],
    force: Annotated[bool, typer.Option("--force", help="Remove even what was changed by hand.")] = False,
) -> None:
    """Remove an installed scenario. Saves of it can still be played."""
    from game.packs.installing import uninstall as remove
    from game.schema.problems import safe

    print(safe(f"removed {remove(scenario, force=force)}"))
