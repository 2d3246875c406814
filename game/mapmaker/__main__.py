"""`python -m game.mapmaker`: the command `make-map` by itself."""

from __future__ import annotations

import sys

from game.cli.runner import main

if __name__ == "__main__":
    sys.exit(main(["make-map", *sys.argv[1:]]))
