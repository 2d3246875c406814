"""Is a record true? Its orders are played again, and each must bring about what the record says it did.

The first order that does not is named, with what is wrong about it: it cannot be given, its dice are others, or it
leads elsewhere. Everything before it is true, and can be looked at.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from game import engine
from game import orders as od
from game.log import RULES, OrderLine
from game.records.contents import SaveContents, changes_in, contents_of, midway_flaw, read_file
from game.records.envelope import BadRecord
from game.records.replays import MAGIC, UNSEALED, Replay, outcome_text, replay_of
from game.records.saves import MakePlayer, seat_players, session_from
from game.scenario.world import World
from game.session import Session
from game.words import say

SHOWN = 120


@dataclass(frozen=True, slots=True)
class Untrue:
    """What a record says and the game does not do. ``line`` is its line in a replay, 0 in a save."""

    code: str
    what: str
    fix: str
    line: int = 0


@dataclass(frozen=True, slots=True)
class VerifyResult:
    """What the check of a file found. ``orders`` counts those that were played again and are true."""

    path: Path
    title: str
    orders: int
    declared: int
    turns: int
    fault: Untrue | None

    @property
    def exit_code(self) -> int:
        """0 for a true record, 3 for any other."""
        return 0 if self.fault is None else 3

    def lines(self) -> list[str]:
        """The result in plain words."""
        if self.fault is None:
            told = f"{self.orders:,} orders played again, {self.turns} digests agree."
            return [f"{self.path}: true. {self.title}: {told}"]
        place = f"{self.path}:{self.fault.line}" if self.fault.line else str(self.path)
        first = say(
            "{place}: error {code}: {what} fix: {fix}.",
            place=place,
            code=self.fault.code,
            what=self.fault.what,
            fix=self.fault.fix,
        )
        if not self.title:
            return [first]
        return [first, f"{self.path}: {self.orders:,} of {self.declared:,} orders are true. {self.title}."]


def verify_file(path: Path, make_player: MakePlayer | None = None) -> VerifyResult:
    """Check a save or a replay; raises EnvironmentFault when it cannot even be read.

    With ``make_player`` the memories of a save's players are judged too, as when it is loaded.
    """
    try:
        data = read_file(path)
        if data.startswith(MAGIC.encode()):
            return _verify_replay(path, replay_of(data))
        contents = contents_of(data)
        result = _verify_save(path, contents)
        if make_player is not None and result.fault is None:
            seat_players(session_from(contents), contents.players, make_player)
        return result
    except BadRecord as fault:
        line = int(fault.where) if fault.where.isdigit() else 0
        return VerifyResult(path, "", 0, 0, 0, Untrue(fault.code, fault.what, fault.remedy, line))


def played(replay: Replay) -> Iterator[Session]:
    """The game of a replay, anew after each order; it stops before the first order that cannot be given.

    One session is handed out again and again: whoever wants to keep a moment keeps ``session.state``.
    """
    session = Session(replay.world, replay.seed)
    yield session
    for _, line in replay.lines:
        if _flaw_before(session, line) is not None:
            return
        session.give(od.parse_order(line.order, replay.world.grid))
        yield session
    session.conceded = replay.conceded


def _verify_replay(path: Path, replay: Replay) -> VerifyResult:
    lines = [line for _, line in replay.lines]
    run = SecondPlay(replay.world, replay.seed, {turn: digest for _, turn, digest in replay.digests})
    fault = run.through(lines, [number for number, _ in replay.lines])
    if fault is None:
        fault = end_of_replay(replay, run)
    return run.result(path, replay.declared, fault)


def end_of_replay(replay: Replay, run: SecondPlay) -> Untrue | None:
    """What a replay says of its end that is not so, once all of its orders were played."""
    number, digest = replay.end
    if replay.torn or len(replay.lines) < replay.declared or not number:
        where = say("order {n} of {declared}", n=len(replay.lines), declared=replay.declared)
        what = say("the file ends after {where}; it is valid so far.", where=where)
        return Untrue("R201", what, "use another copy of the file, or look at it as far as it goes", replay.torn)
    if len(replay.lines) > replay.declared:
        what = say("it holds {n} orders, its header says {declared}.", n=len(replay.lines), declared=replay.declared)
        return Untrue("R202", what, "use another copy of the file")
    if run.session.state.digest() != digest:
        return Untrue("R206", "the game does not end in the recorded state.", "use another copy of the file", number)
    missing = sorted(set(run.due) - set(run.agreed))
    if missing:
        return Untrue(
            "R206",
            say("it tells of a turn {missing} that was not reached.", missing=missing[0]),
            "use another copy of the file",
        )
    if run.session.state.clock.over and replay.conceded >= 0:
        return Untrue("R207", "conceded: the game has ended by itself before.", "use another copy of the file")
    run.session.conceded = replay.conceded
    if (ended := outcome_text(run.session)) != replay.outcome:
        what = say(
            "outcome: the game does not end as recorded: recorded {outcome}, played {ended}.",
            outcome=replay.outcome[:SHOWN],
            ended=ended[:SHOWN],
        )
        return Untrue("R207", what, "use another copy of the file")
    return None if replay.sealed else Untrue(*UNSEALED)


def _verify_save(path: Path, contents: SaveContents) -> VerifyResult:
    if contents.header.rules != RULES:
        what = say(
            "it was played under rules {rules}, this game has {rules2}: its orders cannot be judged.",
            rules=contents.header.rules,
            rules2=RULES,
        )
        fix = say(
            "verify it with the game that wrote it ({game}); it can be loaded and played on", game=contents.header.game
        )
        return VerifyResult(path, contents.world.title, 0, len(contents.lines), 0, Untrue("S206", what, fix))
    if changes := changes_in(contents):
        what = say(
            "its scenario was changed in mid-game, last after order {changes}: its orders prove nothing.",
            changes=changes[-1],
        )
        fix = "it can be loaded and played on"
        return VerifyResult(path, contents.world.title, 0, len(contents.lines), 0, Untrue("S207", what, fix))
    run = SecondPlay(contents.world, contents.seed, dict(contents.digests))
    fault = run.through(contents.lines, [0] * len(contents.lines))
    if fault is None and run.session.log.head != contents.chain:
        fault = Untrue("S204", "its orders are not the ones that were given.", "use another copy of the file")
    if fault is None and run.session.state.digest() != contents.state.digest():
        fault = Untrue("S205", "its orders do not lead to the state that it holds.", "use another copy of the file")
    if fault is None and (flaw := midway_flaw(contents)):
        fault = Untrue("S205", f"{flaw}.", "use another copy of the file")
    return run.result(path, len(contents.lines), fault)


def _flaw_before(session: Session, line: OrderLine) -> str | None:
    """Why an order cannot be given in this moment, in words, or None."""
    world, state = session.world, session.state
    if session.state.clock.over:
        return "the game has ended before it"
    if (line.faction, line.turn) != (world.factions[state.faction].id, state.clock.turn):
        return say(
            "it is the turn of {name}, turn {turn}", name=world.factions[state.faction].id, turn=state.clock.turn
        )
    try:
        order = od.parse_order(line.order, world.grid)
    except ValueError as error:
        return str(error)
    refusal = engine.refusal(state, order)
    return None if refusal is None else say("the order is refused: {refusal}", refusal=refusal)


class SecondPlay:
    """A record being played again."""

    def __init__(self, world: World, seed: int, due: Mapping[int, str]) -> None:
        self.session = Session(world, seed)
        self.due = due
        self.agreed: list[int] = []
        self.orders = 0

    def through(self, lines: Sequence[OrderLine], places: Sequence[int]) -> Untrue | None:
        """Play all orders; the first thing that is not true, or None."""
        return next((fault for fault in self.each(lines, places) if fault is not None), None)

    def each(self, lines: Sequence[OrderLine], places: Sequence[int]) -> Iterator[Untrue | None]:
        """Play all orders, one a step; the last step is the first thing that is not true, if anything is."""
        fault = self._turn_opened()
        if fault is not None:
            yield fault
            return
        for line, place in zip(lines, places, strict=True):
            fault = self._one(line, place)
            yield fault
            if fault is not None:
                return

    def _one(self, line: OrderLine, place: int) -> Untrue | None:
        which = say(
            "order {number} (turn {turn}, {faction}: {order})",
            number=self.orders + 1,
            turn=line.turn,
            faction=line.faction,
            order=line.order[:SHOWN],
        )
        fix = "the orders before it are true; use another copy of the file"
        flaw = _flaw_before(self.session, line)
        if flaw is not None:
            return Untrue("R203", f"{which}: {flaw}.", fix, place)
        self.session.give(od.parse_order(line.order, self.session.world.grid))
        again = self.session.lines[-1]
        if again.dice != line.dice:
            what = say(
                "{which}: dice do not match: recorded {dice}, rolled {dice2}.",
                which=which,
                dice=line.dice,
                dice2=again.dice,
            )
            return Untrue("R204", what, fix, place)
        if again.mark != line.mark:
            return Untrue("R205", say("{which}: it does not lead where the record says.", which=which), fix, place)
        self.orders += 1
        return self._turn_opened() if self.session.state.clock.turn > line.turn else None

    def _turn_opened(self) -> Untrue | None:
        turn, digest = self.session.digests[-1]
        if self.due.get(turn) != digest:
            what = say(
                "turn {turn} does not open in the recorded state, after {orders} orders.", turn=turn, orders=self.orders
            )
            return Untrue("R206", what, "use another copy of the file")
        self.agreed.append(turn)
        return None

    def result(self, path: Path, declared: int, fault: Untrue | None) -> VerifyResult:
        """What to tell."""
        return VerifyResult(path, self.session.world.title, self.orders, declared, len(self.agreed), fault)
