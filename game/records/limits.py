"""How large anything in a save or a replay may be, and which versions this game writes."""

from __future__ import annotations

UNPACKED_BYTES = 64 * 1024 * 1024
FILE_BYTES = UNPACKED_BYTES
"""Packed data may be no larger than what it holds."""
HEADER_BYTES = 8 * 1024
ORDERS = 200_000
MIDWAY = 2_000
"""Orders that a computer player may have given in a turn for a save to go on in the middle of it."""
DIGITS = 20
"""Longest whole number in a record; seeds have up to 19 digits."""
NOTES_BYTES = 256 * 1024
CELL = 1_000_000
"""Largest number in a table of the state."""
COUNT = 1_000_000_000
"""Largest count, such as points or orders."""

SCHEMA = 2
"""Version of what the body of a save holds. A change of its shape raises it and adds a step to `migrations`."""
