#!/usr/bin/env python3
"""Set the game up on its first start, then hand over to it: ``python3 run_game.py [COMMAND ...]``.

Written so that any Python can read it, back to 2.7: one that is too old must be able to say so.
The set-up itself is in game/cli: first_start.py, environment.py and installation.py.
"""

import os
import sys

ROOT = os.path.dirname(os.path.realpath(__file__))
OLDEST = (3, 11)


def too_old():
    # type: () -> str
    """What to say to a Python that cannot run the game, or nothing."""
    if sys.version_info[:2] >= OLDEST:
        return ""
    return (
        "Race for Deir Ezzor needs Python %d.%d or newer, and this is Python %d.%d (%s).\n"
        "fix: install a newer one (https://www.python.org/downloads/, or your system's package manager)\n"
        "     and start with it, for example: python3.12 run_game.py\n"
        % (OLDEST[0], OLDEST[1], sys.version_info[0], sys.version_info[1], sys.executable)
    )


def main():
    # type: () -> int
    complaint = too_old()
    if complaint:
        if sys.stderr is not None:  # a windowed Python has none
            sys.stderr.write(complaint)
        return 4
    if ROOT not in sys.path:
        sys.path.insert(0, ROOT)
    from game.cli import first_start

    return first_start.main(ROOT, sys.argv[1:])


if __name__ == "__main__":
    sys.exit(main())
