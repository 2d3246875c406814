"""The directory and the members of a zip, read from bytes that a stranger has sent.

Python's own reader trusts the directory: sizes, overlapping members, names. Here nothing is unpacked before the whole
directory has been judged (:func:`members`), and of each member no more is unpacked than it declares
(:func:`unpacked`). Only what every tool writes is read: members stored or deflated, no encryption, no ZIP64.
"""

from __future__ import annotations

import re
import stat
import unicodedata
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from struct import Struct

from game.schema import limits
from game.schema.leavings import without_icons
from game.schema.problems import BIDI_CONTROLS, CONTROLS

STORED, DEFLATED = 0, 8
_END = Struct("<4s4H2LH")
_ENTRY = Struct("<4s6H3L5H2L")
_LOCAL = Struct("<4s5H3L2H")
_LONGEST_COMMENT = 0xFFFF
_ENCRYPTED = 0x0001 | 0x0040 | 0x2000
_UTF8 = 0x0800
_METHODS = {1: "shrink", 9: "deflate64", 12: "bzip2", 14: "lzma", 93: "zstd", 95: "xz", 98: "ppmd"}
_RESERVED = re.compile(r"(con|prn|aux|nul|com[0-9]|lpt[0-9])(\.|$)", re.IGNORECASE)
_UNPRINTABLE = re.compile(f"[\t\n\r{CONTROLS}{BIDI_CONTROLS}\u200b\ufeff]")
REPACK = "pack it again with run_game.py pack, or with any zip program"


@dataclass(frozen=True, slots=True)
class Trouble:
    """Why a zip is refused. ``entry``: the member to blame, "" for the zip as a whole."""

    code: str
    what: str
    fix: str
    entry: str = ""


class BadZip(Exception):
    """The zip cannot be read any further."""

    def __init__(self, trouble: Trouble) -> None:
        super().__init__(trouble.what)
        self.trouble = trouble


@dataclass(frozen=True, slots=True)
class ZipMember:
    """A member as the directory lists it; ``start`` is where its own header lies."""

    name: str
    start: int
    packed: int
    size: int
    crc: int
    method: int
    flags: int
    mode: int

    @property
    def is_folder(self) -> bool:
        """Whether it only names a folder."""
        return self.name.endswith("/")


def members(data: bytes) -> tuple[list[ZipMember], list[Trouble]]:
    """All members of a zip, and everything for which it must be refused as a whole; members are sound without any."""
    try:
        entries = list(_directory(data))
        troubles = [found for entry in entries if (found := _judged(entry)) is not None]
        if not troubles:
            troubles = [*_same_names(entries), *_sizes(entries)]
        if not troubles:
            troubles = list(_ranges(data, entries))
    except BadZip as refusal:
        return [], [refusal.trouble]
    return entries, troubles


# --- the directory --------------------------------------------------------------------------------------------


def _end(data: bytes) -> tuple[int, int, int, int]:
    """Where the closing record lies, how many members it counts, and size and start of the directory."""
    place = len(data)
    lowest = max(0, len(data) - _LONGEST_COMMENT - _END.size)
    while (place := data.rfind(b"PK\5\6", lowest, place)) >= 0:
        if place + _END.size <= len(data):
            _, disk, first, here, count, size, start, comment = _END.unpack_from(data, place)
            if place + _END.size + comment == len(data) and disk == first == 0 and here == count:
                return place, count, size, start
    if data.startswith(b"PK\3\4"):
        raise BadZip(Trouble("P101", "the zip is cut off: its directory is missing", "fetch it again"))
    raise BadZip(Trouble("P101", "this is not a zip", "name a scenario pack, or a folder"))


def _directory(data: bytes) -> Iterator[ZipMember]:
    place, count, size, start = _end(data)
    if count == 0xFFFF or 0xFFFFFFFF in (size, start):
        raise BadZip(Trouble("P111", "the zip is written as ZIP64, for which no scenario is large enough", REPACK))
    if count > limits.PACK_ENTRIES:
        what = f"the zip lists {count:,} entries, more than {limits.PACK_ENTRIES:,}"
        raise BadZip(Trouble("P103", what, "leave out what does not belong to the scenario"))
    if start + size != place:
        raise BadZip(Trouble("P101", "the directory of the zip is damaged", "fetch it again"))
    at = start
    for _ in range(count):
        entry, at = _entry(data, at, place)
        yield entry
    if at != place:
        raise BadZip(Trouble("P101", "the directory of the zip lists more than it counts", "fetch it again"))


def _entry(data: bytes, at: int, end: int) -> tuple[ZipMember, int]:
    damaged = BadZip(Trouble("P101", "the directory of the zip is damaged", "fetch it again"))
    if at + _ENTRY.size > end:
        raise damaged
    found = _ENTRY.unpack_from(data, at)
    sign, _, _, flags, method, _, _, crc, packed, size, name_length, extra, comment, _, _, outer, start = found
    after = at + _ENTRY.size + name_length + extra + comment
    if sign != b"PK\1\2" or after > end:
        raise damaged
    name = _name(data[at + _ENTRY.size : at + _ENTRY.size + name_length])
    return ZipMember(name, start, packed, size, crc, method, flags, outer >> 16), after


def _name(raw: bytes) -> str:
    """The name of a member: UTF-8, whether it says so or not. Other bytes are shown as they are and refused."""
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError as error:
        shown = raw[: limits.PACK_PATH].decode("utf-8", "backslashreplace")
        fix = "give files names in plain letters"
        raise BadZip(Trouble("P108", "the name of this entry is not UTF-8 text", fix, shown)) from error


# --- one member -----------------------------------------------------------------------------------------------


def _judged(entry: ZipMember) -> Trouble | None:
    """The first reason for which a member may not be there."""
    for code, what, fix in (*_name_flaws(without_icons(entry.name)), *_kind_flaws(entry)):
        return Trouble(code, what, fix, entry.name[: 2 * limits.PACK_PATH])
    return None


def unheld_on_windows(part: str) -> bool:
    """Whether Windows cannot hold a file or folder of this name."""
    return bool(_RESERVED.match(part)) or part[-1:] in (".", " ") or re.search(r'[<>:"|?*]', part) is not None


def _name_flaws(name: str) -> Iterator[tuple[str, str, str]]:
    parts = name.removesuffix("/").split("/")
    if len(name) > limits.PACK_PATH:
        yield "P108", f"a name of {len(name)} characters, more than {limits.PACK_PATH}", "shorten it"
    if _UNPRINTABLE.search(name):
        yield "P108", "a name with characters that cannot be seen", "give files names in plain letters"
    if name.startswith(("/", "\\")) or re.match(r"[A-Za-z]:", name) or ".." in re.split(r"[/\\]", name):
        yield "P104", "a name that leads out of the folder of the scenario", "do not install packs from there"
    if "\\" in name or "" in parts or "." in parts:
        yield "P104", "a name that is no plain path", REPACK
    if len(parts) > limits.PACK_DEPTH:
        yield "P108", f"nested {len(parts)} deep, more than {limits.PACK_DEPTH}", "keep its files together"
    if any(unheld_on_windows(part) for part in parts):
        yield "P110", "a name that Windows cannot hold", "rename it"


def _kind_flaws(entry: ZipMember) -> Iterator[tuple[str, str, str]]:
    kind = stat.S_IFMT(entry.mode)
    if kind and kind != (stat.S_IFDIR if entry.is_folder else stat.S_IFREG):
        link = stat.S_ISLNK(entry.mode)
        yield "P105", "a link" if link else "an entry that is neither file nor folder", "put the file itself there"
    if entry.flags & _ENCRYPTED:
        yield "P111", "an encrypted entry", "pack it again without a password"
    if entry.method not in (STORED, DEFLATED):
        name = _METHODS.get(entry.method, f"number {entry.method}")
        yield "P111", f"an entry packed by the method {name}", "pack it again without it: stored or deflated"
    if entry.method == STORED and entry.packed != entry.size:
        yield "P106", "a stored entry of two sizes", "fetch it again"
    if entry.size > limits.PACK_RATIO_FROM and entry.size > limits.PACK_RATIO * entry.packed:
        what = f"{entry.packed:,} bytes that unpack to {entry.size:,}, more than {limits.PACK_RATIO} times as many"
        yield "P112", what, "no file of a scenario is like that; do not install packs from there"


# --- members against each other ---------------------------------------------------------------------------------


def _same_names(entries: list[ZipMember]) -> Iterator[Trouble]:
    """Names that are one and the same on some system, or a file where another needs a folder."""
    seen: dict[str, ZipMember] = {}
    folders: dict[str, str] = {}
    for entry in entries:
        key = unicodedata.normalize("NFC", entry.name.removesuffix("/")).casefold()
        other = seen.setdefault(key, entry)
        if other is not entry:
            yield Trouble("P109", f"the same name as {other.name} to some systems", "rename one of the two", entry.name)
        for depth in range(1, key.count("/") + 1):
            folders.setdefault("/".join(key.split("/")[:depth]), entry.name)
    for key, below in folders.items():
        if key in seen and not seen[key].is_folder:
            yield Trouble("P109", f"a file where {below} needs a folder", "rename one of the two", seen[key].name)


def _sizes(entries: list[ZipMember]) -> Iterator[Trouble]:
    total = sum(entry.size for entry in entries)
    if total > limits.PACK_UNPACKED:
        what = f"the zip declares {total:,} bytes unpacked, more than {limits.PACK_UNPACKED // 2**20} MB"
        yield Trouble("P103", what, "leave out what does not belong to the scenario")


def _ranges(data: bytes, entries: list[ZipMember]) -> Iterator[Trouble]:
    """Each member lies in bytes of its own, before the directory."""
    limit = _end(data)[3]
    free, before = 0, ""
    for entry in sorted(entries, key=lambda one: one.start):
        if entry.start < free:
            what = f"lies in the same bytes as {before}"
            yield Trouble("P107", what, "do not install packs from there", entry.name)
            return
        free, before = _data_start(data, entry) + entry.packed, entry.name
        if free > limit:
            yield Trouble("P101", "the entry reaches into the directory of the zip", "fetch it again", entry.name)
            return


def _data_start(data: bytes, entry: ZipMember) -> int:
    """Where the bytes of a member begin, behind its own header, which must tell the same as the directory."""
    damaged = BadZip(Trouble("P106", "the entry is not what the directory says", "fetch it again", entry.name))
    if entry.start + _LOCAL.size > len(data):
        raise damaged
    sign, _, _, method, _, _, _, _, _, name_length, extra = _LOCAL.unpack_from(data, entry.start)
    start: int = entry.start + _LOCAL.size + name_length + extra
    name = data[entry.start + _LOCAL.size : entry.start + _LOCAL.size + name_length]
    if sign != b"PK\3\4" or method != entry.method or name != entry.name.encode() or start + entry.packed > len(data):
        raise damaged
    return start


# --- bytes ------------------------------------------------------------------------------------------------------


def unpacked(data: bytes, entry: ZipMember, limit: int) -> bytes:
    """The bytes of a member, at most ``limit + 1`` of them; raises Refused when they are not what was declared."""
    start = _data_start(data, entry)
    packed = memoryview(data)[start : start + entry.packed]
    if entry.method == STORED:
        found = bytes(packed[: limit + 1])
    else:
        found = _inflated(packed, min(limit, entry.size) + 1, entry)
    if len(found) > entry.size:
        what = f"the entry holds more than the {entry.size:,} bytes that it declares"
        raise BadZip(Trouble("P106", what, "do not install packs from there", entry.name))
    if entry.size <= limit:
        if len(found) < entry.size:
            raise BadZip(Trouble("P106", "the entry is cut off", "fetch it again", entry.name))
        if zlib.crc32(found) != entry.crc:
            raise BadZip(Trouble("P106", "the entry is damaged: its checksum differs", "fetch it again", entry.name))
    return found


def _inflated(packed: memoryview, most: int, entry: ZipMember) -> bytes:
    try:
        return zlib.decompressobj(-zlib.MAX_WBITS).decompress(packed, most)
    except zlib.error as error:
        raise BadZip(Trouble("P106", "the entry is damaged", "fetch it again", entry.name)) from error
