"""Zips for tests, written byte by byte, so that they can lie: the same description gives the same bytes.

A description is a mapping, as the cases of tests/bad/P-* write it: ``base`` (folder at the top for the files of the
scenario `base`; ``without`` some, with ``changes`` in others), ``add`` (entries), and what is done to the finished zip
(``cut`` to so many percent, ``damage`` behind a word), or its ``bytes`` as Latin-1.
An entry has a ``name`` (or ``raw``, its bytes as Latin-1), a ``text`` or a text to ``repeat`` so many ``times``, or a
``png``, and may claim things: ``mode``, ``method``, ``flags``, ``size``, ``same_bytes_as`` (the name of another entry).
"""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Mapping
from functools import lru_cache
from pathlib import Path
from struct import pack
from typing import Any

BASE = Path(__file__).parent / "bad" / "base"


def zip_bytes(told: Mapping[str, Any]) -> bytes:
    """The zip that a description means."""
    if "bytes" in told:
        return bytes(told["bytes"], "latin-1")
    entries = [*base_entries(told["base"], told.get("changes", {}))] if "base" in told else []
    entries = [one for one in entries if one["name"].removeprefix(told["base"]) not in told.get("without", [])]
    for one in told.get("add", []):
        entries += [dict(one, name=one["name"].format(n)) for n in range(one["copies"])] if "copies" in one else [one]
    data = written(entries)
    if "damage" in told:
        place = data.index(told["damage"].encode()) + len(told["damage"])
        data = data[:place] + bytes([data[place] ^ 0x55]) + data[place + 1 :]
    return data[: len(data) * told["cut"] // 100] if "cut" in told else data


def base_entries(top: str, changes: Mapping[str, Mapping[str, str]] = {}) -> Iterable[dict[str, Any]]:
    """The files of the base scenario below a folder; ``changes`` replaces texts in them."""
    for path in sorted(BASE.rglob("*.*")):
        name, text = path.relative_to(BASE).as_posix(), path.read_text(encoding="utf-8")
        for old, new in changes.get(name, {}).items():
            assert old in text, (name, old)
            text = text.replace(old, new)
        yield {"name": top + name, "text": text}


def written(entries: Iterable[Mapping[str, Any]]) -> bytes:
    """Headers, data and directory."""
    starts: dict[Any, int] = {}
    body, directory, count = bytearray(), bytearray(), 0
    for entry in entries:
        name = entry["raw"].encode("latin-1") if "raw" in entry else entry["name"].encode()
        data = entry_data(entry)
        method = entry.get("method", 8)
        packed = deflated(data) if method == 8 else data
        size, flags = entry.get("size", len(data)), entry.get("flags", 0)
        start = starts.get(entry.get("same_bytes_as"), len(body))
        starts[entry.get("name")] = start
        head = pack("<5H3L2H", 20, flags, method, 0, 0x21, zlib.crc32(data), len(packed), size, len(name), 0)
        if start == len(body):
            body += b"PK\3\4" + head + name + packed
        mode = int(entry.get("mode", "100644"), 8)
        tail = pack("<3H2L", 0, 0, 0, mode << 16, start)
        directory += b"PK\1\2" + pack("<H", 0x0314) + head + tail + name
        count += 1
    end = pack("<4H2LH", 0, 0, count & 0xFFFF, count & 0xFFFF, len(directory), len(body), 0)
    return bytes(body + directory) + b"PK\5\6" + end


def entry_data(entry: Mapping[str, Any]) -> bytes:
    """What an entry holds."""
    if "png" in entry:
        return png_bytes(entry["png"])
    if "repeat" in entry:
        return bytes(entry["repeat"].encode() * entry["times"])
    return bytes(entry.get("text", "").encode())


@lru_cache(maxsize=64)
def deflated(data: bytes) -> bytes:
    """Without the frame of zlib."""
    stream = zlib.compressobj(9, zlib.DEFLATED, -15)
    return stream.compress(data) + stream.flush()


def png_bytes(told: Mapping[str, Any]) -> bytes:
    """A small picture, or one that lies: ``size``, ``depth``, ``colour``, ``interlaced``, ``text`` bytes, ``cut``."""
    width, height = told.get("size", (4, 3))
    depth, colour = told.get("depth", 8), told.get("colour", 2)
    bits = {0: 1, 2: 3, 3: 1, 4: 2, 6: 4}.get(colour, 1) * depth
    rows, line = told.get("rows", height), -(-width * bits // 8)
    raw = b"" if told.get("empty") else (b"\0" + b"\x80" * line) * rows
    head = pack(">2L5B", width, height, depth, colour, 0, 0, told.get("interlaced", 0))
    parts = [chunk(b"IHDR", head)]
    if "text" in told:
        parts.append(chunk(b"tEXt", b"Comment\0" + b"x" * told["text"]))
    if colour == 3:
        parts.append(chunk(b"PLTE", bytes(range(48))))
    parts += [chunk(b"IDAT", zlib.compress(raw)), chunk(b"IEND", b"")]
    data = b"\x89PNG\r\n\x1a\n" + b"".join(parts)
    if told.get("damage"):
        data = data[:45] + bytes([data[45] ^ 1]) + data[46:]
    return data[: told.get("cut", len(data))]


def chunk(kind: bytes, data: bytes) -> bytes:
    """A chunk of a PNG."""
    return pack(">L", len(data)) + kind + data + pack(">L", zlib.crc32(kind + data))
