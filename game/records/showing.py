"""Games to be looked at again: of a replay, of a save, or of the table. Their orders are played anew, one by one.

Whoever looks on sees no more than he may: a game that goes on is seen through the eyes of the person to play, a game
that has ended through anybody's, and as it was.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from game import engine
from game import orders as od
from game.events import Event
from game.log import OrderLine
from game.records.contents import SaveContents, contents_of, read_file
from game.records.envelope import MAGIC as SAVED
from game.records.envelope import BadRecord
from game.records.proving import Proof, Untrue, unprovable
from game.records.replays import MAGIC, UNSEALED, Replay, replay_of
from game.records.saves import SUFFIX as SAVE_SUFFIX
from game.records.saves import player_names
from game.records.verifying import end_of_replay
from game.scenario.world import World
from game.session import Session
from game.state.tables import State
from game.words import say

EVERYTHING = -1
"""In the place of a faction: whoever looks on sees all that happened."""
PERSON = "human"


@dataclass(frozen=True, slots=True)
class Showing:
    """A game to be looked at. ``places`` are the lines of its orders in their file, 0 where there are none."""

    world: World
    seed: int
    lines: Sequence[OrderLine]
    places: Sequence[int]
    due: Mapping[int, str]
    """Digest of each turn's opening, by turn."""
    eyes: tuple[int, ...]
    """Through whose eyes it may be seen, the first of them at first; EVERYTHING stands last, where that is allowed."""
    conceded: int = -1
    path: Path | None = None
    reasons: Sequence[str] = ()
    """Why each order was given, as far as that is still known."""
    replay: Replay | None = None
    """The replay that it is of: what its end says is judged too."""

    @property
    def name(self) -> str:
        """What the game is called where it is shown."""
        return self.path.stem if self.path is not None else self.world.title


class Seated:
    """Stands for whoever played a faction. Nobody asks it anything: its orders are known."""

    why = ""

    def decide(self, view: engine.View) -> od.Order:
        """A game that is shown again decides nothing."""
        raise RuntimeError("a recorded player has nothing to decide")


def open_showing(path: Path) -> Showing:
    """The game of a replay or of a save. Raises RecordFault, with the line at fault where there is one."""
    try:
        data = read_file(path)
        if data.startswith(SAVED) or (path.suffix == SAVE_SUFFIX and not data.startswith(MAGIC.encode())):
            return _of_save(path, contents_of(data))
        return _of_replay(path, replay_of(data))
    except BadRecord as fault:
        raise fault.at(f"{path}:{fault.where}" if fault.where else str(path)) from None


def showing_of(session: Session) -> Showing:
    """The game so far of a session. Raises RecordFault for one whose scenario was changed in mid-game."""
    if session.changed:
        raise _changed()
    names = player_names(session)
    people = [number for number, one in enumerate(session.world.factions) if one.id not in names]
    eyes = _eyes(session.world, people, session.state.faction, session.over)
    reasons = [entry.why for entry in session.entries]
    lines = tuple(session.lines)
    due = dict(session.digests)
    return Showing(session.world, session.seed, lines, [0] * len(lines), due, eyes, session.conceded, reasons=reasons)


def _of_replay(path: Path, replay: Replay) -> Showing:
    if not replay.sealed:
        raise BadRecord(*UNSEALED)
    world = replay.world
    seats = dict(one.split("=", 1) for one in replay.players.split(" "))
    people = [number for number, one in enumerate(world.factions) if seats.get(one.id) == PERSON]
    lines = tuple(line for _, line in replay.lines)
    last = world.faction_row.get(lines[-1].faction, 0) if lines else world.sequence[0]
    return Showing(
        world, replay.seed, lines, [number for number, _ in replay.lines],
        {turn: digest for _, turn, digest in replay.digests}, _eyes(world, people, last, replay.outcome != "-"),
        replay.conceded, path, replay=replay,
    )  # fmt: skip


def _of_save(path: Path, contents: SaveContents) -> Showing:
    if (flaw := unprovable(contents)) is not None:
        raise flaw.fault()
    world, state = contents.world, contents.state
    people = [number for number, one in enumerate(world.factions) if one.id not in contents.players]
    over = bool(state.clock.over) or contents.conceded >= 0
    lines = contents.lines
    return Showing(
        world, contents.seed, lines, [0] * len(lines), dict(contents.digests),
        _eyes(world, people, state.faction, over), contents.conceded, path,
    )  # fmt: skip


def _changed() -> BadRecord:
    what = "the scenario of this game was changed while it was played: its earlier turns cannot be shown."
    return BadRecord("S207", what, "load it, and play on")


def _eyes(world: World, people: Sequence[int], last: int, over: bool) -> tuple[int, ...]:
    """Whose eyes: of an ended game everybody's, people first; of one that goes on, of the person to play next."""
    if over:
        return (*people, *(n for n in world.sequence if n not in people), EVERYTHING)
    if not people:
        return tuple(world.sequence)
    order = list(world.sequence)
    at = order.index(last) if last in order else 0
    return next(((one,) for one in (*order[at:], *order[:at]) if one in people), (people[0],))


class Shown(NamedTuple):
    """An order that was given again: by whom and when, what it brought about, and the state that it led to."""

    faction: int
    turn: int
    order: od.Order
    events: tuple[Event, ...]
    state: State


def shown_again(showing: Showing) -> Iterator[Shown | Untrue]:
    """The orders of a game, given again; it ends with what is wrong about the first one that is not true, if any is."""
    world = showing.world
    proof = Proof(world, showing.seed, showing.lines, showing.due, showing.places)
    while not proof.done:
        line = showing.lines[proof.orders]
        events = proof.one()
        if proof.fault is None or proof.fault.code == "R206":  # true itself, though the turn that it opens is not
            order = od.parse_order(line.order, world.grid)
            yield Shown(world.faction(line.faction), line.turn, order, events, proof.state)
    fault = proof.fault if showing.replay is None else end_of_replay(showing.replay, proof)
    if fault is not None:
        yield fault


def trouble_words(showing: Showing, fault: Untrue, shown: int) -> str:
    """What is wrong with a record and where, and how much of it can be looked at."""
    file = showing.path.name if showing.path is not None else showing.world.title
    place = f"{file}:{fault.line}" if fault.line else file
    return say(
        "{place}: error {code}: {what} The {shown} orders before it are shown.",
        place=place, code=fault.code, what=fault.what, shown=f"{shown:,}",
    )  # fmt: skip
