"""`python -m game.mapmaker`: the command `make-map` by itself."""

from __future__ import annotations

import typer

from .command import make_map_command

if __name__ == "__main__":
    typer.run(make_map_command)
