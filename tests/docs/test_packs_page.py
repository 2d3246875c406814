"""docs/packs.md says what the code does: its numbers are the limits, its codes exist."""

from __future__ import annotations

import re
from pathlib import Path

from game.scenario.checks.codes import CODES
from game.schema import limits

PAGE = (Path(__file__).parents[2] / "docs" / "packs.md").read_text(encoding="utf-8")


def test_the_limits_are_those_of_the_code() -> None:
    page = PAGE[PAGE.index("| item | limit |") :]
    rows = dict(re.findall(r"^\| (the zip|entries|length|an entry|a YAML|a picture)[^|]*\| ([^|]*) \|", page, re.M)[:6])
    assert rows == {
        "the zip": f"{limits.PACK_BYTES >> 20} MB; {limits.PACK_UNPACKED >> 20} MB",
        "entries": f"{limits.PACK_ENTRIES:,}",
        "length": f"{limits.PACK_PATH} characters; {limits.PACK_DEPTH}",
        "an entry": f"{limits.PACK_RATIO} times its packed size",
        "a YAML": f"{limits.FILE_BYTES >> 20} MB",
        "a picture": f"{limits.PICTURE_BYTES >> 20} MB, {limits.PICTURE_SIDE:,} pixels a side, "
        f"{limits.PICTURE_PIXELS:,} pixels, {limits.PICTURE_REMARKS >> 10} kB of texts and profiles",
    }


def test_every_code_of_packs_is_explained_and_exists() -> None:
    named = set(re.findall(r"\b[A-Z]\d{3}\b", PAGE))
    assert named <= set(CODES)
    assert {code for code in CODES if code.startswith("P")} <= named
