"""Saves: a game in progress as one file, with its scenario, its orders and the moment it has reached.

The moment restores the game at once; the orders prove it, when somebody asks (:mod:`game.records.verifying`).
Nothing of a file is believed before it was checked, and a new Session is built before anybody sees it: a save
that cannot be used changes nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from game import engine, plans, store
from game import orders as od
from game.dice import seed_bytes
from game.faults import RecordFault, UsageFault
from game.log import MARK, RULES, BadLine, Log, OrderLine, chain_start, read_line
from game.minds import Midway, Minds, Player, Remembering
from game.records.envelope import BadRecord, Header, open_body, open_header, seal
from game.records.limits import FILE_BYTES, HEADER_BYTES, MIDWAY, NOTES_BYTES, ORDERS, SCHEMA
from game.records.migrations import NoStep, migrated
from game.records.plain_state import BadState, sound_state
from game.records.sound_world import sound_world
from game.records.strict_json import canonical_bytes
from game.rules import invariants
from game.scenario.calendar import Calendar
from game.scenario.options import edition
from game.scenario.world import World
from game.schema.canonical import PlainFault
from game.schema.leavings import is_left_behind
from game.session import Entry, Session
from game.state import State
from game.words import say

SUFFIX = ".dez"
HEAD_BYTES = 100 + HEADER_BYTES
CHECKED_IN_LISTS = 4 * 1024 * 1024
"""Largest save whose body a list looks at; an ordinary one has a hundredth of that."""
BODY_KEYS = frozenset([
    "scenario", "seed", "orders", "chain", "digests", "state", "players", "memories", "midway", "conceded", "notes",
])  # fmt: skip
DAMAGED = frozenset(["S101", "S103", "S104", "S105", "S106"])
"""Faults of files that were sound once."""
LESSON_LETTERS = 48
"""As many as an id has."""
LAST_MOMENT = 250_000_000_000
"""Seconds since 1970 beyond which a file system's clock says nothing: the year 9892."""
_HEX = frozenset("0123456789abcdef")
CHANGED = "scenario changed after"
"""Key of the notes under which a save keeps :attr:`Session.changed`."""
PLANS = "plans"
"""Key of the notes under which a save keeps :attr:`Session.plans`."""
LESSON = "lesson"
"""Key of the notes under which a save keeps :attr:`Session.lesson`."""
MakePlayer = Callable[[str], Player]


@dataclass(frozen=True, slots=True)
class SaveContents:
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
    memories: Mapping[int, Mapping[str, Any]]
    """What computer players remember, by faction; judged by the player when it sits down."""
    midway: Midway | None
    """Where the player to decide was first asked in its turn."""
    conceded: int
    notes: Mapping[str, Any]


# --- writing --------------------------------------------------------------------------------------------------------


def save_bytes(
    session: Session, notes: Mapping[str, Any] | None = None, *, name: str = "", seq: int = 0, saved: str = ""
) -> bytes:
    """A game as the bytes of a save. ``notes`` is whatever the table wants to find again: texts, integers, lists."""
    world = session.world
    if len(canonical_bytes(dict(notes or {}))) > NOTES_BYTES:
        raise RecordFault(f"the notes of the table exceed {NOTES_BYTES:,} bytes.")
    lines = session.lines
    kept = {
        **(notes or {}),
        **({CHANGED: list(session.changed)} if session.changed else {}),
        **({LESSON: session.lesson} if session.lesson else {}),
        **({PLANS: plans.plain(session.plans, world)} if any(session.plans.of.values()) else {}),
    }
    body = {
        "scenario": world.raw, "seed": session.seed, "orders": [str(line) for line in lines],
        "chain": session.log.head.hex(), "digests": session.digests, "state": session.state.plain(),
        "players": player_names(session), "memories": _memories_plain(session), "midway": _midway_plain(session),
        "conceded": faction_id(world, session.conceded), "notes": kept,
    }  # fmt: skip
    sizes = ("body_len", "zlen", "body_sha256")
    head = {
        key: value
        for key, value in asdict(header_of(session, name=name, seq=seq, saved=saved)).items()
        if key not in sizes
    }
    return seal(head, body)


def _memories_plain(session: Session) -> dict[str, Any]:
    memories = session.minds.memories(session.players, session.state)
    return {session.world.factions[number].id: memory for number, memory in sorted(memories.items())}


def _midway_plain(session: Session) -> dict[str, Any] | None:
    """Nothing where no player has given an order since it was first asked in this turn: then it can be asked again."""
    begun = session.minds.begun(session.state)
    if begun is None or not 0 < len(session.entries) - begun.orders <= MIDWAY:
        return None
    return {"orders": begun.orders, "state": begun.state.plain()}


def now() -> str:
    """This moment by the clock of this machine, as a header tells it."""
    return _told(datetime.now(UTC))


def _told(moment: datetime) -> str:
    return moment.strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def header_of(session: Session, *, name: str = "", seq: int = 0, saved: str = "") -> Header:
    """What the list of saves shows of a game."""
    world = session.world
    told = _told_of(world, session.state, player_names(session), session.over)
    return Header(
        **told, scenario_sha256=world.digest, seed=session.seed, orders=len(session.entries),
        state_sha256=session.state.digest(), seq=seq, name=name, saved=saved,
    )  # fmt: skip


def _told_of(world: World, state: State, players: Mapping[str, str], over: bool) -> dict[str, Any]:
    """The fields of a header that follow from what a save holds."""
    turn = state.clock.turn
    return {
        "scenario": world.id, "title": world.title, "turn": turn, "turns": world.turns,
        "date": Calendar(world.first_day, world.days_per_turn, world.turns).last_day(turn),
        "phase": "" if over else world.factions[state.faction].id, "players": players, "edition_sha256": edition(world),
    }  # fmt: skip


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
    store.write_atomic(path, save_bytes(session, notes, name=name or path.stem, saved=now()), disk)
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
    try:
        session = session_from(contents)
        if make_player is not None:
            seat_players(session, contents.players, make_player)
    except BadRecord as fault:
        raise fault.at(str(path)) from None
    return session


def _with_way_out(fault: BadRecord, path: Path) -> BadRecord:
    """The same fault; where the file is damaged and another one of the folder is sound, that one is offered."""
    if fault.code not in DAMAGED:
        return fault
    others = [one for one in list_saves(path.parent) if one.header is not None and one.path != path]
    if not others:
        return fault
    best = max(others, key=lambda one: one.age)
    remedy = say("load {name} instead, the newest intact save in that folder", name=best.path.name)
    return BadRecord(fault.code, fault.what, remedy, fault.where)


def seat_players(session: Session, players: Mapping[str, str], make_player: MakePlayer) -> None:
    """Give every named computer player its seat and its memory; raises RecordFault for a memory that it never had."""
    for faction, name in players.items():
        number = session.world.faction(faction)
        _sit_down(session, number, name, session.minds.kept.get(number, {}), make_player)
    number, begun = session.state.faction, session.minds.begun(session.state)
    player = session.players.get(number)
    if begun is None or player is None or session.minds.thinks_again(player, session.orders, session.state):
        return
    # Another edition of the player, or a person gave some of the orders: it goes on as one that has just sat down.
    session.minds.forget(number)
    _sit_down(session, number, session.names[number], begun.memory, make_player)


def _sit_down(session: Session, number: int, name: str, memory: Mapping[str, Any], make_player: MakePlayer) -> None:
    midway, who = session.minds.midway, session.world.factions[number].id
    try:
        player = make_player(name)
    except ValueError as error:
        what = say("its contents do not fit: players.{who}: {error}.", who=who, error=error)
        raise BadRecord("S110", what, "load it with the game that wrote it") from None
    if memory and not isinstance(player, Remembering):
        raise _unfit(say("memories.{who}: the player {name} remembers nothing", who=who, name=name))
    if isinstance(player, Remembering) and memory:
        try:
            player.recall(dict(memory), session.world, number)
        except ValueError as error:
            raise _unfit(f"memories.{who}.{error}") from None
    session.seat(number, player, name)
    session.minds.midway = midway


def read_contents(path: Path) -> SaveContents:
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


def contents_of(data: bytes) -> SaveContents:
    """The same for bytes; raises BadRecord, and nothing else, whatever the bytes."""
    header, start = open_header(data[:HEAD_BYTES])
    body = open_body(header, data[start:])
    try:
        body = migrated(body, header.schema) if isinstance(body, dict) else body
    except NoStep as error:
        what, fix = (
            say("no way leads from {error} to schema {schema}.", error=error, schema=SCHEMA),
            "load it with the game that wrote it",
        )
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
    players, midway = _players(world, body["players"]), None
    memories = _memories(world, players, body["memories"])
    if body["midway"] is not None:
        midway = _midway(header, world, state, orders, memories, body["midway"])
    conceded = world.faction_row.get(body["conceded"], -1) if isinstance(body["conceded"], str) else -1
    if body["conceded"] != "" and (conceded < 0 or state.clock.over):
        raise _unfit("conceded: a faction that gave up while the game went on is expected")
    if state.clock.orders != len(lines) or header.orders != len(lines):
        raise _unfit("orders: there are not as many as header and clock.orders tell")
    _in_turn(lines, state)
    chain, notes = _hex(body["chain"], "chain"), _notes(body["notes"], len(lines))
    plans_in(world, notes)
    told = _told_of(world, state, players, bool(state.clock.over) or conceded >= 0)
    for name, value in told.items() if header.schema == SCHEMA else ():
        if getattr(header, name) != value:
            raise BadRecord(
                "S110", say("its header does not fit its contents: {name}.", name=name), "load another save"
            )
    digests = _digests(body["digests"], state.clock.turn)
    return SaveContents(
        header, world, seed, lines, orders, chain, digests, state, players, memories, midway, conceded, notes
    )


def _in_turn(lines: Iterable[OrderLine], state: State) -> None:
    """Orders stand in the order of their turns, up to the present one."""
    before = 1
    for number, line in enumerate(lines, 1):
        if not before <= line.turn <= state.clock.turn:
            raise _unfit(say("order {number}: its turn is {turn}", number=number, turn=line.turn))
        before = line.turn


def _notes(plain: Any, orders: int) -> Mapping[str, Any]:
    """What the table wants to find again, and when the scenario was exchanged."""
    if not isinstance(plain, dict):
        raise _unfit("notes")
    changed = plain.get(CHANGED, [])
    good = isinstance(changed, list) and all(type(one) is int and 0 <= one <= orders for one in changed)
    if not good or changed != sorted(changed):
        raise _unfit(f"notes.{CHANGED}")
    lesson = plain.get(LESSON, "")
    if not isinstance(lesson, str) or len(lesson) > LESSON_LETTERS:
        raise _unfit(f"notes.{LESSON}")
    return plain


def plans_in(world: World, notes: Mapping[str, Any]) -> plans.Plans:
    """What people have resolved for later turns, by the notes of a save."""
    try:
        return plans.from_plain(notes.get(PLANS, {}), world)
    except ValueError as error:
        raise _unfit(f"notes.{PLANS}: {error}") from None


def _world(header: Header, plain: Any) -> World:
    try:
        world = sound_world(plain)
    except PlainFault as error:
        raise BadRecord(
            "S111", say("its scenario cannot be played: {error}.", error=error), "load another save"
        ) from None
    if world.digest != header.scenario_sha256:
        raise BadRecord("S111", "its scenario is not the one that its header names.", "load another save")
    return world


def _state(header: Header, world: World, seed: int, plain: Any) -> State:
    try:
        state = sound_state(world, seed_bytes(seed), plain)
    except BadState as error:
        raise _unfit(say("the state: {error}", error=error)) from None
    broken = invariants.check(state)
    if broken:
        raise BadRecord("S112", say("its state breaks a rule: {broken}.", broken=broken[0]), "load another save")
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
            raise _unfit(say("order {number}: there is no faction {faction}", number=number, faction=line.faction))
        flaw = _stranger_in(world, line.faction, found[-1])
        if flaw:
            raise _unfit(f"order {number}: {flaw}")
    return tuple(found)


def _stranger_in(world: World, faction: str, order: od.Order) -> str:
    """Units and support that an order names and its giver never had."""
    owner, row = world.roster.faction, world.row
    for unit in getattr(order, "units", None) or ((order.unit,) if hasattr(order, "unit") else ()):
        if unit not in row or owner[row[unit]] != world.faction(faction):
            return f"there is no unit {unit[:40]!r} under the command of {faction}"
    kinds = [kind for kind, _ in getattr(order, "support", ())] + ([order.kind] if isinstance(order, od.Strike) else [])
    return next(
        (f"there is no support called {kind[:40]!r}" for kind in kinds if kind not in world.rules.support.kinds), ""
    )


def _digests(plain: Any, turn: int) -> tuple[tuple[int, str], ...]:
    if not isinstance(plain, list) or len(plain) > ORDERS:
        raise _unfit("digests")
    found = []
    for pair in plain:
        if not isinstance(pair, list) or len(pair) != 2 or type(pair[0]) is not int:
            raise _unfit("digests")
        found.append((pair[0], _hex(pair[1], "digests").hex()))
    if [number for number, _ in found] != list(range(1, turn + 1)):
        raise _unfit("digests: one for each turn up to the present one is expected")
    return tuple(found)


def _players(world: World, plain: Any) -> dict[str, str]:
    if not isinstance(plain, dict) or not all(isinstance(name, str) and len(name) <= 200 for name in plain.values()):
        raise _unfit("players")
    if not plain.keys() <= world.faction_row.keys():
        raise _unfit("players")
    return plain


def _memories(world: World, players: Mapping[str, str], plain: Any) -> dict[int, Mapping[str, Any]]:
    if not isinstance(plain, dict):
        raise _unfit("memories")
    for faction, memory in plain.items():
        if faction not in players or not isinstance(memory, dict):
            raise _unfit(say("memories.{faction}: a memory of a computer player is expected", faction=faction[:40]))
    return {world.faction(faction): memory for faction, memory in plain.items()}


def _midway(
    header: Header, world: World, now: State, orders: Sequence[od.Order], memories: Mapping[int, Mapping[str, Any]],
    plain: Any,
) -> Midway:  # fmt: skip
    """Where the player to decide was first asked in its turn."""
    if not isinstance(plain, dict) or plain.keys() != {"orders", "state"}:
        raise _unfit("midway: its keys are not orders, state")
    given = plain["orders"]
    if type(given) is not int or not max(0, len(orders) - MIDWAY) <= given < len(orders):
        raise _unfit("midway.orders")
    try:
        then = sound_state(world, seed_bytes(header.seed), plain["state"])
    except BadState as error:
        raise _unfit(f"midway.state: {error}") from None
    broken = invariants.check(then)
    if broken:
        raise BadRecord("S112", say("its midway.state breaks a rule: {broken}.", broken=broken[0]), "load another save")
    if then.faction != now.faction or then.clock.orders != given:
        raise _unfit("midway.state: it is no moment of the turn that is being played")
    return Midway(then, given, memories.get(now.faction, {}))


def _hex(text: Any, where: str) -> bytes:
    if not isinstance(text, str) or len(text) != 64 or not set(text) <= _HEX:
        raise _unfit(where)
    return bytes.fromhex(text)


def _unfit(what: str) -> BadRecord:
    return BadRecord("S110", say("its contents do not fit: {what}.", what=what), "load another save")


def session_from(contents: SaveContents) -> Session:
    """A new session at the moment of a save. Its old orders carry no events; undo begins anew."""
    world = contents.world
    if contents.header.rules == RULES and (flaw := midway_flaw(contents)):
        raise _unfit(flaw)
    if not _ends_in_its_mark(contents):
        what = "its orders are not the ones that were given: chain is not where the last order's mark leads."
        raise BadRecord("S204", what, "load another save")
    session = Session.resumed(world, contents.seed, contents.state, Log(contents.chain, list(contents.lines)))
    session.entries = [
        Entry(world.faction(line.faction), line.turn, order, ())
        for line, order in zip(contents.lines, contents.orders, strict=True)
    ]
    session.digests = list(contents.digests)
    session.changed = changes_in(contents)
    session.conceded = contents.conceded
    session.names = {world.faction(faction): name for faction, name in contents.players.items()}
    session.minds = Minds(dict(contents.memories), contents.midway)
    session.plans = plans_in(world, contents.notes)
    session.lesson = contents.notes.get(LESSON, "")
    return session


def midway_flaw(contents: SaveContents) -> str:
    """Why the moment in which a player was first asked cannot have led to that of the save, "" when it can."""
    if contents.midway is None:
        return ""
    state = contents.midway.state
    try:
        for order in contents.orders[contents.midway.orders :]:
            state, _ = engine.apply(state, order)
    except (engine.Refused, ValueError, LookupError) as error:
        return say("midway.state: an order cannot be given in it: {error}", error=error)
    return (
        "" if state.digest() == contents.state.digest() else "midway.state: its orders do not lead to the save's state"
    )


def _ends_in_its_mark(contents: SaveContents) -> bool:
    """Whether the chain is the one of the last order; proving all of it takes playing the game again."""
    if contents.lines:
        return contents.chain.hex()[:MARK] == contents.lines[-1].mark
    fresh = contents.header.rules == RULES and not changes_in(contents)
    return not fresh or contents.chain == chain_start(contents.world.digest, contents.seed)


def changes_in(contents: SaveContents) -> tuple[int, ...]:
    """After how many orders the scenario of a save was exchanged in mid-game."""
    return tuple(contents.notes.get(CHANGED, []))


# --- lists ----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Listed:
    """A save in a list: its header, or what is wrong with it. ``modified`` in nanoseconds, as the file system says."""

    path: Path
    header: Header | None
    fault: str
    modified: int

    @property
    def moment(self) -> str:
        """When the game was saved; of a file that does not tell, when it was changed."""
        if self.header is not None and self.header.saved:
            return self.header.saved
        return _told(datetime.fromtimestamp(min(max(0, self.modified) / 1e9, LAST_MOMENT), UTC))

    @property
    def age(self) -> tuple[str, int, int]:
        """Greater the later it was saved, and of one moment the further it was played."""
        head = self.header
        return self.moment, head.seq if head is not None else 0, head.orders if head is not None else 0


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
    found.sort(key=lambda one: one.path.name)
    return sorted(found, key=lambda one: one.age, reverse=True)
