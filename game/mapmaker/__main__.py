"""`python -m game.mapmaker`: the command `make-map` by itself."""

from __future__ import annotations

import sys

import typer

from game.faults import Fault

from .command import make_map_command

if __name__ == "__main__":
    try:
        typer.run(make_map_command)
    except Fault as fault:
        sys.stderr.write(f"error: {fault}\n")
        sys.exit(fault.exit_code)
