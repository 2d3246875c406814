"""Saves: a game in progress as one file, with its scenario, its orders and the moment it has reached.

Nothing of a file is believed before it was checked: loading plays the orders again (:mod:`game.records.proving`), and
they must lead to the moment that the file holds. A new Session is built before anybody sees it: a save that cannot
be used changes nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from math import inf
from pathlib import Path
from typing import Any

from game import plans, store
from game.faults import RecordFault
from game.log import MARK, RULES, Log, chain_start
from game.records.contents import (
    CHANGED,
    HEAD_BYTES,
    LESSON,
    PLANS,
    SaveContents,
    changes_in,
    midway_flaw,
    plans_in,
    read_contents,
    read_file,
    told_of,
    unfit,
)
from game.records.envelope import BadRecord, Header, open_body, open_header, seal
from game.records.limits import MIDWAY, NOTES_BYTES
from game.records.proving import Proof, end_of_save, proof_of, unprovable
from game.records.strict_json import canonical_bytes
from game.scenario.world import World
from game.schema.leavings import dated_files
from game.seats.minds import Minds, Player, Remembering
from game.session import Entry, Session
from game.words import say

SUFFIX = ".dez"
CHECKED_IN_LISTS = 4 * 1024 * 1024
"""Largest save whose body a list looks at; an ordinary one has a hundredth of that."""
DAMAGED = frozenset(["S101", "S103", "S104", "S105", "S106"])
"""Faults of files that were sound once."""
LAST_MOMENT = 250_000_000_000
"""Seconds since 1970 beyond which a file system's clock says nothing: the year 9892."""
MakePlayer = Callable[[str], Player]


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


def moment_of(modified: int) -> str:
    """When a file was changed, from the nanoseconds that the file system tells."""
    return _told(datetime.fromtimestamp(min(max(0, modified) / 1e9, LAST_MOMENT), UTC))


def header_of(session: Session, *, name: str = "", seq: int = 0, saved: str = "") -> Header:
    """What the list of saves shows of a game."""
    world = session.world
    told = told_of(world, session.state, player_names(session), session.over)
    return Header(
        **told, scenario_sha256=world.digest, seed=session.seed, orders=len(session.entries),
        state_sha256=session.state.digest(), seq=seq, name=name, saved=saved,
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
    store.write_atomic(path, save_bytes(session, notes, name=name or path.stem, saved=now()), disk)
    store.sweep(path.parent)
    return path


# --- reading --------------------------------------------------------------------------------------------------------


class Loading:
    """A save on its way to a game, a little at a time: :meth:`step` until it is ``done``, then take ``session``.

    With ``unproved`` the orders are not played again: for a save that cannot be proved, whose owner trusts it.
    """

    def __init__(self, path: Path, make_player: MakePlayer | None = None, *, unproved: bool = False) -> None:
        self.path = path
        self.session: Session | None = None
        self._make_player, self._unproved = make_player, unproved
        self._contents: SaveContents | None = None
        self._proof: Proof | None = None

    @property
    def done(self) -> bool:
        """Whether the game is there."""
        return self.session is not None

    @property
    def share(self) -> float:
        """How much is done, 0 to 1."""
        return 1.0 if self.done else self._proof.share if self._proof is not None else 0.0

    def step(self, seconds: float) -> bool:
        """Go on for about so long; whether the game is there. Raises what :func:`load_game` raises.

        To read the file, and to open the game that its orders are played in, take a step each: of a campaign either
        takes a tenth of a second.
        """
        if self._contents is None:
            self._contents = self._read()
        elif self._proof is None and not self._unproved:
            self._proof = proof_of(self._contents)
        elif self.session is None and (self._proof is None or self._proof.step(seconds)):
            self._finish(self._contents)
        return self.done

    def _read(self) -> SaveContents:
        try:
            contents = read_contents(self.path)
        except BadRecord as fault:
            raise _with_way_out(fault, self.path) from None
        if not self._unproved and (untrue := unprovable(contents)) is not None:
            raise untrue.fault().at(str(self.path))
        return contents

    def _finish(self, contents: SaveContents) -> None:
        try:
            if self._proof is not None and (untrue := end_of_save(contents, self._proof)) is not None:
                raise untrue.fault()
            session = session_from(contents)
            if self._make_player is not None:
                seat_players(session, contents.players, self._make_player)
        except BadRecord as fault:
            raise fault.at(str(self.path)) from None
        self.session = session


def load_game(path: Path, make_player: MakePlayer | None = None, *, unproved: bool = False) -> Session:
    """The game of a save. Computer players take their seats again if ``make_player`` can make them of their names.

    Raises RecordFault for a file that cannot be used or is not true, EnvironmentFault for one that cannot be read.
    ``unproved`` leaves out the proof.
    """
    loading = Loading(path, make_player, unproved=unproved)
    while loading.session is None:
        loading.step(inf)
    return loading.session


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
        raise unfit(say("memories.{who}: the player {name} remembers nothing", who=who, name=name))
    if isinstance(player, Remembering) and memory:
        try:
            player.recall(dict(memory), session.world, number)
        except ValueError as error:
            raise unfit(f"memories.{who}.{error}") from None
    session.seat(number, player, name)
    session.minds.midway = midway


def session_from(contents: SaveContents) -> Session:
    """A new session at the moment of a save. Its old orders carry no events; undo begins anew."""
    world = contents.world
    if contents.header.rules == RULES and (flaw := midway_flaw(contents)):
        raise unfit(flaw)
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


def _ends_in_its_mark(contents: SaveContents) -> bool:
    """Whether the chain is the one of the last order; proving all of it takes playing the game again."""
    if contents.lines:
        return contents.chain.hex()[:MARK] == contents.lines[-1].mark
    fresh = contents.header.rules == RULES and not changes_in(contents)
    return not fresh or contents.chain == chain_start(contents.world.digest, contents.seed)


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
        return moment_of(self.modified)

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
    for path, modified in dated_files(folder, SUFFIX):
        try:
            found.append(Listed(path, _looked_at(path, whole=True), "", modified))
        except (RecordFault, store.StoreFault) as fault:
            found.append(Listed(path, None, fault.message, modified))
    found.sort(key=lambda one: one.path.name)
    return sorted(found, key=lambda one: one.age, reverse=True)
