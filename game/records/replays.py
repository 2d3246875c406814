"""Replays: a whole game as text, one order a line, which any editor shows and which proves itself.

    DEZREPLAY 1
    title Race for Deir Ezzor
    scenario race_for_deir_ezzor
    seed 7
    ...
    form <the scenario in its canonical form, packed>

    # turn 1 digest 5f0c...
    saa 1 move saa-tig-taha 1917,2017 | - | 9f31c2aa01d4
    saa 1 attack saa-tig-taha 2117 - 0 0 | combat 4 3 | 03ffe1245a80
    # turn 2 digest 77ab...
    # end digest 90d1...

Lines that start with ``#`` are remarks, but for those with a digest: the state in which a turn opened, and the last.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import re
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from game import __version__, store
from game.faults import RecordFault
from game.log import RULES, BadLine, OrderLine, read_line
from game.records.contents import read_file
from game.records.envelope import BadRecord
from game.records.limits import ORDERS, UNPACKED_BYTES
from game.records.saves import faction_id, moment_of, player_names
from game.records.sound_world import sound_world
from game.records.strict_json import BadJson, canonical_bytes, strict_value
from game.rules import invariants
from game.rules.victory import outcome
from game.scenario.world import World
from game.schema.canonical import PlainFault
from game.schema.leavings import dated_files
from game.session import Session
from game.state import State
from game.state.start import first_state
from game.words import say

SUFFIX = ".replay"
MAGIC = "DEZREPLAY"
FORMAT = 1
KEYS = (
    "title", "game", "rules", "scenario", "scenario-sha256", "seed", "players", "conceded", "outcome", "orders", "form",
    "seal",
)  # fmt: skip
ENDINGS = ("", "last-turn", "rung-5", "conceded", "event")
_PLAYER = re.compile(r"[A-Za-z][A-Za-z0-9_.-]{0,47}=[!-~]{1,200}")
_GAME = re.compile(r"[0-9A-Za-z.+-]{1,40}")
_NUMBER = re.compile(r"\d{1,19}")
_DIGEST = re.compile(r"# (?:turn (?P<turn>\d{1,4})|(?P<end>end)) digest (?P<digest>[0-9a-f]{64})")


@dataclass(frozen=True, slots=True)
class Replay:
    """A replay as it was read. ``lines`` carry the number of their line in the file."""

    world: World
    seed: int
    rules: int
    game: str
    players: str
    conceded: int
    outcome: str
    """How the game ended, as :func:`outcome_text` writes it."""
    declared: int
    """How many orders the header promises."""
    lines: tuple[tuple[int, OrderLine], ...]
    digests: tuple[tuple[int, int, str], ...]
    """(line in the file, turn, digest) of each turn's opening."""
    end: tuple[int, str]
    """Line and digest of the last state; (0, "") when the file was cut before it."""
    torn: int
    """Line that was cut in its middle, 0 when none was."""
    sealed: bool
    """Whether header and orders are of one game, as the seal says; true of a cut file, whose seal cannot be judged."""


UNSEALED = ("R109", "its header is not the one of this game: seal.", "use another copy of the file")

# --- writing --------------------------------------------------------------------------------------------------------


def replay_text(session: Session) -> str:
    """A game so far as the text of a replay."""
    return "\n".join([*_header(session), "", *_orders(session), ""])


def _header(session: Session) -> list[str]:
    world = session.world
    packed = base64.b64encode(zlib.compress(canonical_bytes(world.raw), 9)).decode("ascii")
    players = player_names(session)
    values = {
        "title": " ".join(world.title.split()), "game": __version__, "rules": str(RULES), "scenario": world.id,
        "scenario-sha256": world.digest, "seed": str(session.seed),
        "players": " ".join(f"{one.id}={_in_a_word(players.get(one.id, '')) or 'human'}" for one in world.factions),
        "conceded": faction_id(world, session.conceded) or "-",
        "outcome": outcome_text(session.state, session.conceded),
        "orders": str(len(session.entries)), "form": packed,
    }  # fmt: skip
    values["seal"] = seal_of(values, session.lines)
    return [f"{MAGIC} {FORMAT}", *(f"{key} {values[key]}" for key in KEYS)]


def _in_a_word(name: str) -> str:
    return "".join(name.split())


def outcome_text(state: State, conceded: int) -> str:
    """How a game ended: by what, who won, and what each faction came to; "-" while it goes on."""
    found = outcome(state, conceded)
    if found is None:
        return "-"
    factions = state.world.factions
    winner = factions[found.winner].id if found.winner is not None else "nobody"
    standings = (f"{factions[one.faction].id}={one.score.total}:{one.band}" for one in found.standings)
    return f"{ENDINGS[found.how]} {winner} {' '.join(standings)}"


def seal_of(head: Mapping[str, str], lines: Sequence[OrderLine]) -> str:
    """Ties what the header says to the chain of the orders: a hash over both."""
    said = [[key, head[key]] for key in KEYS if key != "seal"]
    return hashlib.sha256(canonical_bytes([said, lines[-1].mark if lines else ""])).hexdigest()


def _orders(session: Session) -> list[str]:
    opened = dict(session.digests)
    out, turn = [], 0
    for line in session.lines:
        while turn < line.turn:
            turn += 1
            out.append(f"# turn {turn} digest {opened[turn]}")
        out.append(str(line))
    while turn < session.state.clock.turn:
        turn += 1
        out.append(f"# turn {turn} digest {opened[turn]}")
    return [*out, f"# end digest {session.state.digest()}"]


def write_replay(session: Session, path: Path, disk: store.Disk = store.REAL) -> Path:
    """Write a replay of a game so far; raises EnvironmentFault, and then whatever lay at ``path`` is untouched.

    Raises RecordFault for a game whose scenario was changed in mid-game.
    """
    if session.changed:
        raise RecordFault(
            "the scenario of this game was changed while it was played: its orders would not lead here again.",
            "save the game instead.",
        )
    store.write_atomic(path, replay_text(session).encode("utf-8"), disk, mode=store.SHARED)
    return path


# --- lists ----------------------------------------------------------------------------------------------------------

HEAD_BYTES = 1024
"""Of a replay, what a list shows stands in its first bytes, before the packed scenario."""
TAIL_BYTES = 64 * 1024
_TURN = re.compile(rb"^# turn (\d{1,4}) digest ", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class ReplayHead:
    """What a list of replays shows without opening them."""

    scenario: str
    title: str
    seed: str
    players: str
    orders: str
    outcome: str
    game: str
    turn: int
    """The last turn that is told of, 0 where that is not to be seen."""


@dataclass(frozen=True, slots=True)
class ListedReplay:
    """A replay in a list: its head, or what is wrong with it."""

    path: Path
    header: ReplayHead | None
    fault: str
    modified: int

    @property
    def moment(self) -> str:
        """When the file was written."""
        return moment_of(self.modified)


def list_replays(folder: Path) -> list[ListedReplay]:
    """Every replay of a folder, newest first; damaged ones are marked, and none can stop the others."""
    found = []
    for path, modified in dated_files(folder, SUFFIX):
        try:
            found.append(ListedReplay(path, _head_of(path), "", modified))
        except BadRecord as fault:
            found.append(ListedReplay(path, None, fault.at(str(path)).message, modified))
        except OSError as error:
            found.append(ListedReplay(path, None, f"{path}: {error.strerror or error}.", modified))
    return sorted(found, key=lambda one: (-one.modified, one.path.name))


def _head_of(path: Path) -> ReplayHead:
    if not path.is_file():
        raise BadRecord("R101", "it is not a file.", "choose a file that the game has recorded")
    with path.open("rb") as file:
        first = file.read(HEAD_BYTES)
        file.seek(max(0, path.stat().st_size - TAIL_BYTES))
        tail = file.read(TAIL_BYTES)
    rows = first.decode("utf-8", "replace").split("\n")
    if rows[0].removesuffix("\r") != f"{MAGIC} {FORMAT}":
        raise BadRecord("R101", "it is not a replay of this game.", "choose a file that the game has recorded")
    head = dict(row.removesuffix("\r").partition(" ")[::2] for row in rows[1:])
    lacking = next((key for key in KEYS[: KEYS.index("form")] if key not in head), "")
    if lacking:
        raise BadRecord("R105", f"its header lacks {lacking!r}.", "use another copy of the file")
    turns = _TURN.findall(tail)
    return ReplayHead(
        head["scenario"], head["title"], head["seed"], head["players"], head["orders"], head["outcome"], head["game"],
        int(turns[-1]) if turns else 0,
    )  # fmt: skip


# --- reading --------------------------------------------------------------------------------------------------------


def open_replay(path: Path) -> Replay:
    """A replay read, not yet played. Raises RecordFault with the line at fault."""
    try:
        replay = replay_of(read_file(path))
        if not replay.sealed:
            raise BadRecord(*UNSEALED)
        return replay
    except BadRecord as fault:
        raise fault.at(f"{path}:{fault.where}" if fault.where else str(path)) from None


def replay_of(data: bytes) -> Replay:
    """The same for bytes; raises BadRecord, and nothing else, whatever the bytes."""
    if data.startswith(b"DEZSAVE"):
        raise BadRecord("R103", "it is a save, not a replay.", "load it as a game")
    if not data.startswith(MAGIC.encode()):
        raise BadRecord("R101", "it is not a replay of this game.", "choose a file that the game has recorded")
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise BadRecord("R102", "it holds bytes that are no text.", "use another copy of the file", str(line)) from None
    rows = [row.removesuffix("\r") for row in text.split("\n")]
    head, start = _read_header(rows)
    world = _world(head)
    return _body(rows, start, head, world)


def _read_header(rows: list[str]) -> tuple[dict[str, str], int]:
    if rows[0] != f"{MAGIC} {FORMAT}":
        newer = rows[0].removeprefix(MAGIC).strip()
        raise BadRecord("R104", f"it has file format {newer[:10]!r}, this game knows {FORMAT}.", "update the game", "1")
    head: dict[str, str] = {}
    for number, row in enumerate(rows[1:], 2):
        if not row:
            break
        if row.startswith("#"):
            continue
        key, _, value = row.partition(" ")
        if key not in KEYS or key in head:
            raise BadRecord("R105", f"{key[:40]!r} is not expected here.", "use another copy of the file", str(number))
        head[key] = value
    else:
        number = len(rows)
    if _NUMBER.fullmatch(head.get("rules", "")) and int(head["rules"]) != RULES:
        raise BadRecord(
            "R106",
            say("it was recorded under rules {recorded}, this game has {rules}.", recorded=head["rules"], rules=RULES),
            say("play it with the game that recorded it ({game})", game=head.get("game", "")[:20]),
        )  # fmt: skip
    for key in KEYS:
        if key not in head:
            raise BadRecord("R105", f"its header lacks {key!r}.", "use another copy of the file", str(number))
    for key in ("rules", "seed", "orders"):
        if not _NUMBER.fullmatch(head[key]):
            raise BadRecord("R105", f"{key} is not a whole number: {head[key][:30]!r}.", "use another copy of the file")
    return head, number


def _world(head: dict[str, str]) -> World:
    try:
        engine = zlib.decompressobj()
        plain = engine.decompress(base64.b64decode(head["form"], validate=True), UNPACKED_BYTES)
        if not engine.eof or engine.unused_data:
            raise BadRecord("R107", "its scenario is too large or cut.", "use another copy of the file")
        world = sound_world(strict_value(plain))
    except (binascii.Error, zlib.error) as error:
        raise BadRecord(
            "R107", say("its scenario is damaged: {error}.", error=error), "use another copy of the file"
        ) from None
    except (BadJson, PlainFault, ValueError) as error:
        raise BadRecord(
            "R107", say("its scenario cannot be played: {error}.", error=error), "use another copy of the file"
        ) from None
    if world.digest != head["scenario-sha256"] or world.id != head["scenario"]:
        raise BadRecord("R107", "its scenario is not the one that its header names.", "use another copy of the file")
    if broken := invariants.check(first_state(world, b"")):
        raise BadRecord(
            "R107", say("its scenario breaks a rule at the start: {broken}.", broken=broken[0]), "play another replay"
        )
    return world


def _body(rows: list[str], start: int, head: dict[str, str], world: World) -> Replay:
    lines: list[tuple[int, OrderLine]] = []
    digests: list[tuple[int, int, str]] = []
    end, torn = (0, ""), 0
    for number, row in enumerate(rows[start:], start + 1):
        found = _DIGEST.fullmatch(row)
        if found and found["end"]:
            end = number, found["digest"]
        elif found:
            digests.append((number, int(found["turn"]), found["digest"]))
        elif row and not row.startswith("#"):
            try:
                lines.append((number, read_line(row)))
            except BadLine as error:
                if number < len(rows):
                    raise BadRecord("R108", f"{error}.", "use another copy of the file", str(number)) from None
                torn = number
    if len(lines) > ORDERS:
        raise BadRecord("R108", f"it holds more than {ORDERS:,} orders.", "use another copy of the file")
    whole = end[0] and not torn and len(lines) == int(head["orders"])
    return Replay(
        world, int(head["seed"]), int(head["rules"]), head["game"], head["players"], _judged(head, world),
        head["outcome"], int(head["orders"]), tuple(lines), tuple(digests), end, torn,
        not whole or head["seal"] == seal_of(head, [line for _, line in lines]),
    )  # fmt: skip


def _judged(head: Mapping[str, str], world: World) -> int:
    """The faction that gave up, -1 none; raises BadRecord, naming the field, where the header does not fit."""
    players = head["players"].split(" ")
    conceded = -1 if head["conceded"] == "-" else world.faction_row.get(head["conceded"], -2)
    sound = {
        "title": head["title"] == " ".join(world.title.split()),
        "game": _GAME.fullmatch(head["game"]) is not None,
        "players": all(_PLAYER.fullmatch(one) for one in players)
        and [one.partition("=")[0] for one in players] == [one.id for one in world.factions],
        "conceded": conceded >= -1,
        "orders": int(head["orders"]) <= ORDERS,
        "seal": re.fullmatch(r"[0-9a-f]{64}", head["seal"]) is not None,
        "outcome": head["outcome"] == "-" or head["outcome"].split(" ")[0] in ENDINGS[1:],
    }
    for key, good in sound.items():
        if not good:
            raise BadRecord(
                "R105", f"{key} does not fit the scenario: {head[key][:40]!r}.", "use another copy of the file"
            )
    return conceded
