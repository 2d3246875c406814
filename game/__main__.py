"""``python -m game``: the command line of the game."""

from __future__ import annotations

import sys

from game.cli.runner import main

if __name__ == "__main__":
    sys.exit(main())
