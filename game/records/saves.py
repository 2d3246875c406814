"""Saves: a game in progress as one file, with its scenario, its orders and the moment it has reached.

The moment restores the game at once; the orders prove it, when somebody asks (:mod:`game.records.verifying`).
Nothing of a file is believed before it was checked, and a new Session is built before anybody sees it: a save
that cannot be used changes nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from game import orders as od
from game import store
from game.dice import seed_bytes
from game.faults import RecordFault, UsageFault
from game.log import BadLine, Log, OrderLine, read_line
from game.records.envelope import BadRecord, Header, open_body, open_header, seal
from game.records.limits import FILE_BYTES, HEADER_BYTES, NOTES_BYTES, ORDERS, SCHEMA
from game.records.migrations import NoStep, migrated
from game.records.plain_state import BadState, sound_state
from game.records.sound_world import sound_world
from game.records.strict_json import canonical_bytes
from game.rules import invariants
from game.scenario.calendar import Calendar
from game.scenario.world import World
from game.schema.canonical import PlainFault
from game.schema.leavings import is_left_behind
from game.session import Entry, Player, Session
from game.state import State

SUFFIX = ".dez"
HEAD_BYTES = 100 + HEADER_BYTES
CHECKED_IN_LISTS = 4 * 1024 * 1024
"""Largest save whose body a list looks at; an ordinary one has a hundredth of that."""
BODY_KEYS = frozenset(["scenario", "seed", "orders", "chain", "digests", "state", "players", "conceded", "notes"])
DAMAGED = frozenset(["S101", "S103", "S104", "S105", "S106"])
"""Faults of files that were sound once."""
_HEX = frozenset("0123456789abcdef")
CHANGED = "scenario changed after"
"""Key of the notes under which a save keeps :attr:`Session.changed`."""
MakePlayer = Callable[[str], Player]


@dataclass(frozen=True, slots=True)
class Contents:
    """A save taken apart and found sound, before it becomes a game."""

    header: Header
    world: World
    seed: int
    lines: tuple[OrderLine, ...]
    orders: tuple[od.Order, ...]
    chain: bytes
    digests: tuple[tuple[int, str], ...]
    state: State
    players: Mapping[str, str]
    conceded: int
    notes: Mapping[str, Any]


# --- writing --------------------------------------------------------------------------------------------------------


def save_bytes(session: Session, notes: Mapping[str, Any] | None = None, *, name: str = "", seq: int = 0) -> bytes:
    """A game as the bytes of a save. ``notes`` is whatever the table wants to find again: texts, integers, lists."""
    world = session.world
    if len(canonical_bytes(dict(notes or {}))) > NOTES_BYTES:
        raise RecordFault(f"the notes of the table exceed {NOTES_BYTES:,} bytes.")
    lines = session.lines
    kept = {**(notes or {}), **({CHANGED: list(session.changed)} if session.changed else {})}
    body = {
        "scenario": world.raw, "seed": session.seed, "orders": [str(line) for line in lines],
        "chain": session.log.head.hex(), "digests": session.digests, "state": session.state.plain(),
        "players": player_names(session), "conceded": faction_id(world, session.conceded), "notes": kept,
    }  # fmt: skip
    sizes = ("body_len", "zlen", "body_sha256")
    head = {key: value for key, value in asdict(header_of(session, name=name, seq=seq)).items() if key not in sizes}
    return seal(head, body)


def header_of(session: Session, *, name: str = "", seq: int = 0) -> Header:
    """What the list of saves shows of a game."""
    world, clock = session.world, session.state.clock
    return Header(
        scenario=world.id, title=world.title, scenario_sha256=world.digest, seed=session.seed, turn=clock.turn,
        turns=world.turns, date=Calendar(world.first_day, world.days_per_turn, world.turns).last_day(clock.turn),
        phase="" if session.over else world.factions[session.state.faction].id, players=player_names(session),
        orders=len(session.entries), state_sha256=session.state.digest(), seq=seq, name=name,
    )  # fmt: skip


def player_names(session: Session) -> dict[str, str]:
    """Computer players by faction id; also those that a loaded game names and nobody has seated yet."""
    seats = sorted({*session.players, *session.names})
    return {session.world.factions[number].id: session.names.get(number, "") for number in seats}


def faction_id(world: World, number: int) -> str:
    """Id of a faction, "" for none."""
    return world.factions[number].id if number >= 0 else ""


def save_game(
    session: Session,
    path: Path,
    notes: Mapping[str, Any] | None = None,
    *,
    name: str = "",
    disk: store.Disk = store.REAL,
) -> Path:
    """Write a save; raises EnvironmentFault, and then whatever lay at ``path`` is untouched and the game goes on."""
    store.write_atomic(path, save_bytes(session, notes, name=name or path.stem), disk)
    store.sweep(path.parent)
    return path


# --- reading --------------------------------------------------------------------------------------------------------


def load_game(path: Path, make_player: MakePlayer | None = None) -> Session:
    """The game of a save. Computer players take their seats again if ``make_player`` can make them of their names.

    Raises RecordFault for a file that cannot be used, EnvironmentFault for one that cannot be read.
    """
    try:
        contents = read_contents(path)
    except BadRecord as fault:
        raise _with_way_out(fault, path) from None
    session = session_from(contents)
    if make_player is not None:
        seat_players(session, contents.players, make_player)
    return session


def _with_way_out(fault: BadRecord, path: Path) -> BadRecord:
    """The same fault; where the file is damaged and another one of the folder is sound, that one is offered."""
    if fault.code not in DAMAGED:
        return fault
    others = [one for one in list_saves(path.parent) if one.header is not None and one.path != path]
    if not others:
        return fault
    best = max(others, key=lambda one: (one.header.seq if one.header else 0, one.modified))
    remedy = f"load {best.path.name} instead, the newest sound save beside it"
    return BadRecord(fault.code, fault.what, remedy, fault.where)


def seat_players(session: Session, players: Mapping[str, str], make_player: MakePlayer) -> None:
    """Give every named computer player its seat."""
    for faction, name in players.items():
        session.seat(session.world.faction(faction), make_player(name), name)


def read_contents(path: Path) -> Contents:
    """A save, checked in every way short of playing it again."""
    try:
        return contents_of(read_file(path))
    except BadRecord as fault:
        raise fault.at(str(path)) from None


def read_file(path: Path) -> bytes:
    """The bytes of a save or replay within the limits."""
    try:
        return store.read_bounded(path, FILE_BYTES)
    except UsageFault as fault:
        raise BadRecord("S108", f"it is larger than {FILE_BYTES:,} bytes.", fault.remedy) from None


def contents_of(data: bytes) -> Contents:
    """The same for bytes; raises BadRecord, and nothing else, whatever the bytes."""
    header, start = open_header(data[:HEAD_BYTES])
    body = open_body(header, data[start:])
    try:
        body = migrated(body, header.schema) if isinstance(body, dict) else body
    except NoStep as error:
        what, fix = f"no way leads from {error} to schema {SCHEMA}.", "load it with the game that wrote it"
        raise BadRecord("S107", what, fix) from None
    if not isinstance(body, dict) or body.keys() != BODY_KEYS:
        raise _unfit("its parts are not those of a save")
    world = _world(header, body["scenario"])
    seed = body["seed"]
    if type(seed) is not int or seed != header.seed:
        raise _unfit("seed")
    lines = _lines(body["orders"])
    orders = _orders(world, lines)
    state = _state(header, world, seed, body["state"])
    conceded = world.faction_row.get(body["conceded"], -1) if isinstance(body["conceded"], str) else -1
    if body["conceded"] != "" and conceded < 0:
        raise _unfit("conceded")
    if state.clock.orders != len(lines) or header.orders != len(lines):
        raise _unfit("the number of orders")
    return Contents(
        header, world, seed, lines, orders, _hex(body["chain"], "chain"), _digests(body["digests"]), state,
        _players(world, body["players"]), conceded, body["notes"] if isinstance(body["notes"], dict) else {},
    )  # fmt: skip


def _world(header: Header, plain: Any) -> World:
    try:
        world = sound_world(plain)
    except PlainFault as error:
        raise BadRecord("S111", f"its scenario cannot be played: {error}.", "load another save") from None
    if world.digest != header.scenario_sha256:
        raise BadRecord("S111", "its scenario is not the one that its header names.", "load another save")
    return world


def _state(header: Header, world: World, seed: int, plain: Any) -> State:
    try:
        state = sound_state(world, seed_bytes(seed), plain)
    except BadState as error:
        raise _unfit(f"the state: {error}") from None
    broken = invariants.check(state)
    if broken:
        raise BadRecord("S112", f"its state breaks a rule: {broken[0]}.", "load another save")
    if state.digest() != header.state_sha256:
        raise BadRecord("S113", "its state is not the one that its header names.", "load another save")
    return state


def _lines(plain: Any) -> tuple[OrderLine, ...]:
    if not isinstance(plain, list) or len(plain) > ORDERS:
        raise _unfit(f"a list of at most {ORDERS:,} orders is expected")
    lines = []
    for number, text in enumerate(plain, 1):
        try:
            lines.append(read_line(text if isinstance(text, str) else ""))
        except BadLine as error:
            raise _unfit(f"order {number}: {error}") from None
    return tuple(lines)


def _orders(world: World, lines: Iterable[OrderLine]) -> tuple[od.Order, ...]:
    found = []
    for number, line in enumerate(lines, 1):
        try:
            found.append(od.parse_order(line.order, world.grid))
        except ValueError as error:
            raise _unfit(f"order {number}: {error}") from None
        if line.faction not in world.faction_row:
            raise _unfit(f"order {number}: there is no faction {line.faction}")
    return tuple(found)


def _digests(plain: Any) -> tuple[tuple[int, str], ...]:
    if not isinstance(plain, list) or len(plain) > ORDERS:
        raise _unfit("digests")
    found = []
    for pair in plain:
        if not isinstance(pair, list) or len(pair) != 2 or type(pair[0]) is not int:
            raise _unfit("digests")
        found.append((pair[0], _hex(pair[1], "digests").hex()))
    return tuple(found)


def _players(world: World, plain: Any) -> dict[str, str]:
    if not isinstance(plain, dict) or not all(isinstance(name, str) and len(name) <= 200 for name in plain.values()):
        raise _unfit("players")
    if not plain.keys() <= world.faction_row.keys():
        raise _unfit("players")
    return plain


def _hex(text: Any, where: str) -> bytes:
    if not isinstance(text, str) or len(text) != 64 or not set(text) <= _HEX:
        raise _unfit(where)
    return bytes.fromhex(text)


def _unfit(what: str) -> BadRecord:
    return BadRecord("S110", f"its contents do not fit: {what}.", "load another save")


def session_from(contents: Contents) -> Session:
    """A new session at the moment of a save. Its old orders carry no events; undo begins anew."""
    world = contents.world
    session = Session.resumed(world, contents.seed, contents.state, Log(contents.chain, list(contents.lines)))
    session.entries = [
        Entry(world.faction(line.faction), line.turn, order, ())
        for line, order in zip(contents.lines, contents.orders, strict=True)
    ]
    session.digests = list(contents.digests)
    session.changed = changes_in(contents)
    session.conceded = contents.conceded
    session.names = {world.faction(faction): name for faction, name in contents.players.items()}
    return session


def changes_in(contents: Contents) -> tuple[int, ...]:
    """After how many orders the scenario of a save was exchanged in mid-game."""
    found = contents.notes.get(CHANGED, [])
    if not isinstance(found, list) or not all(type(one) is int and 0 <= one <= len(contents.lines) for one in found):
        return ()
    return tuple(found)


# --- lists ----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Listed:
    """A save in a list: its header, or what is wrong with it. ``modified`` in nanoseconds, as the file system says."""

    path: Path
    header: Header | None
    fault: str
    modified: int


def read_header(path: Path) -> Header:
    """The header of a save, read without its body; the sizes must fit, the body may still be damaged."""
    return _looked_at(path, whole=False)


def _looked_at(path: Path, *, whole: bool) -> Header:
    try:
        size = path.stat().st_size
        data = _head(path)
        header, start = open_header(data)
        if size != start + header.zlen:
            open_body(header, bytes(max(0, min(size - start, header.zlen + 1))))
        if whole and size <= CHECKED_IN_LISTS:
            open_body(header, read_file(path)[start:])
    except BadRecord as fault:
        raise fault.at(str(path)) from None
    except OSError as error:
        raise store.StoreFault("reading", path, error.strerror or str(error), "check the rights of the file") from error
    return header


def _head(path: Path) -> bytes:
    if not path.is_file():
        raise BadRecord("S102", "it is not a file.", "choose a file that the game has saved")
    with path.open("rb") as file:
        return file.read(HEAD_BYTES)


def list_saves(folder: Path) -> list[Listed]:
    """Every save of a folder, newest first; damaged ones are marked, and none can stop the others."""
    found = []
    for path in sorted(folder.glob(f"*{SUFFIX}")) if folder.is_dir() else []:
        if is_left_behind(path.name):
            continue
        try:
            modified = path.stat().st_mtime_ns
        except OSError:
            modified = 0
        try:
            found.append(Listed(path, _looked_at(path, whole=True), "", modified))
        except (RecordFault, store.StoreFault) as fault:
            found.append(Listed(path, None, fault.message, modified))
    return sorted(found, key=lambda one: (-one.modified, one.path.name))
