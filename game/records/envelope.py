"""The outside of a save: three parts, each protecting the next, so that any changed byte is found.

    DEZSAVE 1 <SHA-256 of the next line>
    {"kind":"save","schema":1, ... ,"body_len":83122,"zlen":20411,"body_sha256":"..."}
    <zlib stream>

Nothing in it names a file, and nothing is unpacked further than the header says, so that a file from a stranger
costs no more than its size.
"""

from __future__ import annotations

import hashlib
import re
import zlib
from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any

from game import __version__
from game.faults import RecordFault
from game.log import RULES
from game.records.limits import COUNT, FILE_BYTES, HEADER_BYTES, SCHEMA, UNPACKED_BYTES
from game.records.strict_json import BadJson, canonical_bytes, strict_value
from game.words import say

MAGIC = b"DEZSAVE"
FORMAT = 1
_FIRST = re.compile(rb"DEZSAVE (\d{1,6}) ([0-9a-f]{64})\n")
_SHA = re.compile(r"[0-9a-f]{64}")
_DATE = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)
_MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z", re.ASCII)


class BadRecord(RecordFault):
    """A file that cannot be used as a save or a replay; ``code`` is stable and documented."""

    def __init__(self, code: str, what: str, remedy: str, where: str = "") -> None:
        super().__init__(f"{where}: {code}: {what}" if where else f"{code}: {what}", remedy)
        self.code, self.what, self.where = code, what, where

    def at(self, where: str) -> BadRecord:
        """The same fault with the name of the file in front."""
        return BadRecord(self.code, self.what, self.remedy, where)


@dataclass(frozen=True, slots=True)
class Header:
    """What a list of saves shows without opening them."""

    scenario: str
    title: str
    scenario_sha256: str
    seed: int
    turn: int
    turns: int
    date: str
    """Last day of the turn."""
    phase: str
    """Faction to play; "" once the game has ended."""
    players: Mapping[str, str]
    """Computer players by faction; a faction without one is a human seat."""
    orders: int
    state_sha256: str
    seq: int = 0
    """Number of an autosave, counting up; 0 in a manual save."""
    name: str = ""
    """What the player called it."""
    saved: str = ""
    """When it was written, as in 2017-09-05T06:00:00.000000Z: lists are in this order."""
    edition_sha256: str = "0" * 64
    """The scenario as its files said it, switches aside: tells whether it has been changed since."""
    kind: str = "save"
    schema: int = SCHEMA
    rules: int = RULES
    game: str = __version__
    body_len: int = 0
    zlen: int = 0
    body_sha256: str = ""
    """Of the packed bytes: a changed bit that unpacks to the same text is found too."""


def seal(header: Mapping[str, Any], body: Any) -> bytes:
    """The bytes of a save; sizes and hashes of the body are filled in here. Raises RecordFault when it is too large."""
    plain = canonical_bytes(body)
    if len(plain) > UNPACKED_BYTES:
        raise RecordFault(f"the game needs {len(plain):,} bytes, a save may hold {UNPACKED_BYTES:,}.")
    packed = zlib.compress(plain, 6)
    sizes = {"body_len": len(plain), "zlen": len(packed), "body_sha256": hashlib.sha256(packed).hexdigest()}
    line = canonical_bytes({**header, **sizes})
    if len(line) > HEADER_BYTES:
        raise RecordFault(f"the header needs more than {HEADER_BYTES:,} bytes.", "choose a shorter name")
    return b"%s %d %s\n%s\n%s" % (MAGIC, FORMAT, hashlib.sha256(line).hexdigest().encode(), line, packed)


def open_header(data: bytes) -> tuple[Header, int]:
    """The header and where the body starts. ``data`` needs to hold no more than the file's first part."""
    if not data:
        raise BadRecord("S101", "the file is empty.", "load an older save")
    if data.startswith(b"DEZREPLAY"):
        raise BadRecord("S114", "it is a replay, not a save.", "check it with verify")
    first = _FIRST.match(data)
    if first is None:
        if data.startswith(MAGIC) or MAGIC.startswith(data):
            raise BadRecord("S103", "its first line is damaged.", "load an older save")
        raise BadRecord("S102", "it is not a save of this game.", "choose a file that the game has saved")
    if int(first[1]) > FORMAT:
        raise BadRecord(
            "S107",
            say("it has file format {first}, this game knows {form}.", first=int(first[1]), form=FORMAT),
            "update the game",
        )
    end = data.find(b"\n", first.end(), first.end() + HEADER_BYTES + 1)
    line = data[first.end() : end]
    if end < 0 or int(first[1]) != FORMAT or hashlib.sha256(line).hexdigest().encode() != first[2]:
        raise BadRecord("S103", "its header is damaged.", "load an older save")
    return _header(line), end + 1


def _header(line: bytes) -> Header:
    try:
        plain = strict_value(line)
    except BadJson as error:
        raise BadRecord("S109", say("its header cannot be read: {error}.", error=error), "load another save") from None
    if not isinstance(plain, dict):
        raise _unfit("an object is expected")
    schema = plain.get("schema")
    if type(schema) is not int or schema < 1:
        raise _unfit("schema")
    if plain.get("kind") != "save":
        raise BadRecord("S114", "it is no save.", "choose a file that the game has saved")
    if schema > SCHEMA:
        version = str(plain.get("game", ""))[:20]
        raise BadRecord(
            "S107",
            say("it was written by a newer game, {version}.", version=version),
            say("update the game to {version} or later", version=version),
        )
    return _checked(plain)


def _checked(plain: dict[str, Any]) -> Header:
    for f in fields(Header):
        value = plain.get(f.name)
        if f.name == "players":
            good = isinstance(value, dict) and all(isinstance(name, str) for name in value.values())
        elif f.name == "saved":
            good = isinstance(value, str) and (
                not value or (_MOMENT.fullmatch(value) is not None and _on_calendar(value))
            )
        elif f.name == "date":
            good = isinstance(value, str) and _DATE.fullmatch(value) is not None and _on_calendar(value)
        elif f.type == "int":
            good = type(value) is int and 0 <= value <= (2**63 if f.name == "seed" else COUNT)
        else:
            good = isinstance(value, str) and (not f.name.endswith("sha256") or _SHA.fullmatch(value) is not None)
        if not good:
            raise _unfit(f.name)
    if plain["body_len"] > UNPACKED_BYTES or plain["zlen"] > FILE_BYTES:
        raise BadRecord("S108", "it says that it holds more than a save may.", "load another save")
    unknown = sorted(plain.keys() - {f.name for f in fields(Header)})
    if unknown:
        raise _unfit(f"unknown key {unknown[0][:40]!r}")
    return Header(**plain)


def _on_calendar(text: str) -> bool:
    try:
        datetime.fromisoformat(text)
    except ValueError:
        return False
    return True


def _unfit(what: str) -> BadRecord:
    return BadRecord("S110", say("its header does not fit: {what}.", what=what), "load another save")


def open_body(header: Header, packed: bytes) -> Any:
    """The body that a header describes, unpacked no further than it says."""
    if len(packed) < header.zlen:
        raise BadRecord("S104", f"it ends {header.zlen - len(packed):,} bytes too early.", "load an older save")
    if len(packed) > header.zlen:
        raise BadRecord("S105", f"{len(packed) - header.zlen:,} bytes follow its end.", "load another save")
    if hashlib.sha256(packed).hexdigest() != header.body_sha256:
        raise BadRecord("S106", "its contents are damaged.", "load an older save")
    try:
        engine = zlib.decompressobj()
        plain = engine.decompress(packed, header.body_len + 1)
        whole = engine.eof and not engine.unused_data
    except zlib.error:
        whole, plain = False, b""
    if not whole or len(plain) != header.body_len:
        raise BadRecord("S108", "its contents do not have the size that it tells.", "load another save")
    try:
        return strict_value(plain)
    except BadJson as error:
        raise BadRecord(
            "S109", say("its contents cannot be read: {error}.", error=error), "load another save"
        ) from None
