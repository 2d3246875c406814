"""Keyed dice: a roll is a function of the seed, what it is for, and a key with meaning. Nothing is stored.

Because a roll depends on its key alone, one more roll in one rule never shifts another, and two games with
the same seed share their luck. The stream is BLAKE2b, so it is the same on every machine; the modulo bias
is removed by drawing again.
"""

from __future__ import annotations

from hashlib import blake2b

_TOP = 1 << 64


def seed_bytes(seed: int) -> bytes:
    """The 32-byte key that a game derives from its whole-number seed."""
    return blake2b(b"race-for-deir-ezzor seed " + str(seed).encode(), digest_size=32).digest()


def die(key: bytes, label: str, turn: int, about: str, index: int, faces: int) -> int:
    """One die with 1..``faces``; ``label`` names the rule, ``about`` the thing rolled for, ``index`` which die."""
    limit = _TOP - _TOP % faces
    for again in range(1_000):
        text = f"DEZ1|{label}|{turn}|{about}|{index}|{again}".encode()
        value = int.from_bytes(blake2b(text, key=key, digest_size=8).digest(), "big")
        if value < limit:
            return 1 + value % faces
    raise RuntimeError("a thousand draws in a row fell outside the fair range")


def two_dice(key: bytes, label: str, turn: int, about: str) -> tuple[int, int]:
    """A pair of six-sided dice."""
    return die(key, label, turn, about, 0, 6), die(key, label, turn, about, 1, 6)


def percent(key: bytes, label: str, turn: int, about: str) -> int:
    """A roll from 1 to 100: an event of chance ``p`` percent happens when the roll is at most ``p``."""
    return die(key, label, turn, about, 0, 100)


def derived_seed(seed: int, purpose: str, index: int) -> int:
    """A new seed below 2**63 for the ``index``-th thing of a kind, such as the games of a batch."""
    raw = blake2b(f"{purpose}|{index}".encode(), key=seed_bytes(seed), digest_size=8).digest()
    return int.from_bytes(raw, "big") >> 1
