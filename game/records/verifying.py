"""A file judged for its owner: is this save or replay true (:mod:`game.records.proving`), and if not, what is wrong?

The first order that is not true is named, with what is wrong about it: it cannot be given, its dice are others, or it
leads elsewhere. Everything before it is true, and can be looked at.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from game import orders as od
from game.records.contents import SaveContents, contents_of, read_file
from game.records.envelope import BadRecord
from game.records.proving import ANOTHER, SHOWN, Proof, Untrue, end_of_save, proof_of, unprovable
from game.records.replays import MAGIC, UNSEALED, Replay, outcome_text, replay_of
from game.records.saves import MakePlayer, seat_players, session_from
from game.session import Session
from game.words import say


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
    """The game of a replay, anew after each order; raises BadRecord where it is not true, after all that is.

    One session is handed out again and again: whoever wants to keep a moment keeps ``session.state``.
    """
    session, proof = Session(replay.world, replay.seed), proof_of_replay(replay)
    yield session
    while not proof.done:
        proof.one()
        if proof.fault is None:
            session.give(od.parse_order(proof.lines[proof.orders - 1].order, replay.world.grid))
            yield session
    if (fault := end_of_replay(replay, proof)) is not None:
        raise fault.fault()
    session.conceded = replay.conceded


def proof_of_replay(replay: Replay) -> Proof:
    """The proof of a replay, not yet begun; ask :func:`end_of_replay` when it is done."""
    lines, places = [line for _, line in replay.lines], [number for number, _ in replay.lines]
    return Proof(replay.world, replay.seed, lines, {turn: digest for _, turn, digest in replay.digests}, places)


def _verify_replay(path: Path, replay: Replay) -> VerifyResult:
    proof = proof_of_replay(replay)
    proof.through()
    return _result(path, replay.declared, proof, end_of_replay(replay, proof))


def end_of_replay(replay: Replay, proof: Proof) -> Untrue | None:
    """What is not true of a replay all of whose orders were played again, None when all is."""
    if proof.fault is not None:
        return proof.fault
    number, digest = replay.end
    if replay.torn or len(replay.lines) < replay.declared or not number:
        where = say("order {n} of {declared}", n=len(replay.lines), declared=replay.declared)
        what = say("the file ends after {where}; it is valid so far.", where=where)
        return Untrue("R201", what, "use another copy of the file, or look at it as far as it goes", replay.torn)
    if len(replay.lines) > replay.declared:
        what = say("it holds {n} orders, its header says {declared}.", n=len(replay.lines), declared=replay.declared)
        return Untrue("R202", what, ANOTHER)
    if proof.state.digest() != digest:
        return Untrue("R206", "the game does not end in the recorded state.", ANOTHER, number)
    if missing := sorted(set(proof.due) - set(proof.agreed)):
        what = say("it names turn {missing}, which was not reached.", missing=missing[0])
        return Untrue("R206", what, ANOTHER)
    if proof.state.clock.over and replay.conceded >= 0:
        return Untrue("R207", "conceded: the game had already ended.", ANOTHER)
    if (ended := outcome_text(proof.state, replay.conceded)) != replay.outcome:
        what = say(
            "outcome: the game does not end as recorded: recorded {outcome}, played {ended}.",
            outcome=replay.outcome[:SHOWN],
            ended=ended[:SHOWN],
        )
        return Untrue("R207", what, ANOTHER)
    return None if replay.sealed else Untrue(*UNSEALED)


def _verify_save(path: Path, contents: SaveContents) -> VerifyResult:
    if (fault := unprovable(contents)) is not None:
        return VerifyResult(path, contents.world.title, 0, len(contents.lines), 0, fault)
    proof = proof_of(contents)
    proof.through()
    return _result(path, len(contents.lines), proof, end_of_save(contents, proof))


def _result(path: Path, declared: int, proof: Proof, fault: Untrue | None) -> VerifyResult:
    return VerifyResult(path, proof.world.title, proof.orders, declared, len(proof.agreed), fault)
