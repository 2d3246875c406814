"""The bare command: open the game, or play it in the terminal where no window can be opened."""

from __future__ import annotations

import os
import time
from pathlib import Path

from game.cli.display import draw_in_memory, missing_display
from game.cli.folders import picture_folder
from game.faults import NoDisplay
from game.words import say

CAMPAIGN = "race_for_deir_ezzor"
SEED = 1
PICTURE_WIDTH = 1920


def open_game() -> int:
    """The table with its menu; without a display, the campaign AI against AI as lines of text."""
    reason = missing_display()
    if not reason:
        from game.cli.table import sit_down

        try:
            return sit_down(None)
        except NoDisplay as fault:
            reason = fault.message.rstrip(".")
    return play_in_the_terminal(reason)


def play_in_the_terminal(reason: str) -> int:
    """Play the campaign out, a line per turn; the last line is the path of a picture of the final map."""
    print(
        say(
            "No display ({reason}): the computer plays all sides of the campaign here, seed {seed}.",
            reason=reason,
            seed=SEED,
        ),
        flush=True,
    )
    from game.sim.terminal import play_in_terminal

    end = play_in_terminal(CAMPAIGN, seed=SEED, write=_write_line)
    draw_in_memory()
    from game.schema.problems import safe
    from game.ui.offscreen.picture import write_map_picture

    print(safe(str(write_map_picture(end, _picture_path(), width=PICTURE_WIDTH))))
    return 0


def _write_line(line: str) -> None:
    print(line, flush=True)


def _picture_path() -> Path:
    return picture_folder() / f"{CAMPAIGN}-{time.strftime('%Y%m%d-%H%M%S')}-{os.getpid()}.png"
