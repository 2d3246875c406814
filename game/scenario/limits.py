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

PROBLEMS_SHOWN = 50
PROBLEMS_KEPT = 1_000
SUGGESTION_DISTANCE = 2
