"""How large anything in a scenario may be: one table, so that a file from a stranger cannot exhaust the machine."""

from __future__ import annotations

FILE_BYTES = 4 * 1024 * 1024
LINES = 200_000
DEPTH = 32
NODES = 500_000

SHORT_TEXT = 256
LONG_TEXT = 16 * 1024
ID_PATTERN = r"[A-Za-z][A-Za-z0-9_.-]{0,47}"
INTEGER = 1_000_000

MAP_SIDE = 200
UNITS = 5_000
TURNS = 1_000
EVENTS = 2_000
FACTIONS = 8

PACK_BYTES = 32 * 1024 * 1024
PACK_UNPACKED = 64 * 1024 * 1024
PACK_ENTRIES = 2_000
PACK_PATH = 120
PACK_DEPTH = 6
PACK_RATIO = 100
PACK_RATIO_FROM = 1024 * 1024
"""How often an entry may hold its own packed size, once it is larger than that many bytes."""

PICTURE_BYTES = 8 * 1024 * 1024
PICTURE_SIDE = 4096
PICTURE_PIXELS = 16 * 1024 * 1024
PICTURE_REMARKS = 64 * 1024
"""Bytes of a picture that are no picture: texts, profiles, dates."""

PROBLEMS_SHOWN = 50
PROBLEMS_KEPT = 1_000
SUGGESTION_DISTANCE = 2
