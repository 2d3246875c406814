"""Keep the evidence of a bug: a text file with the versions, the command and the traceback.

Values of variables are left out on purpose: a report is sent to others, and must not tell one player what
the other side hides.
"""

from __future__ import annotations

import platform
import sys
import tempfile
import time
import traceback
from pathlib import Path

from game import __version__
from game.cli.folders import log_folder


def keep_report(error: BaseException, words: list[str]) -> Path | None:
    """Write the report and return where it lies, or None when no folder can be written."""
    text = report_text(error, words)
    name = f"crash-{time.strftime('%Y%m%d-%H%M%S')}-{time.time_ns() % 1_000_000:06d}.txt"
    for folder in (log_folder(), Path(tempfile.gettempdir())):
        try:
            folder.mkdir(parents=True, exist_ok=True)
            path = folder / name
            path.write_text(text, encoding="utf-8", errors="backslashreplace")
        except OSError:
            continue
        return path
    return None


def report_text(error: BaseException, words: list[str]) -> str:
    """What a report says."""
    return "\n".join(
        [
            f"Race for Deir Ezzor {__version__}",
            f"Python {sys.version.split()[0]} on {platform.platform()}",
            f"command: {words!r}",
            "",
            "".join(traceback.format_exception(error)),
        ]
    )
