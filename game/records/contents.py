"""What a save holds, taken apart: nothing of a file is believed before it was checked here.

:func:`contents_of` judges bytes in every way short of playing them again; :mod:`game.records.saves` makes a game of
what it returns, and :mod:`game.records.verifying` proves it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from game import engine, plans, store
from game import orders as od
from game.dice import seed_bytes
from game.faults import UsageFault
from game.log import BadLine, OrderLine, read_line
from game.records.envelope import BadRecord, Header, open_body, open_header
from game.records.limits import FILE_BYTES, HEADER_BYTES, MIDWAY, ORDERS, SCHEMA
from game.records.migrations import NoStep, migrated
from game.records.plain_state import BadState, sound_state
from game.records.sound_world import sound_world
from game.rules import invariants
from game.scenario.calendar import Calendar
from game.scenario.options import edition
from game.scenario.world import World
from game.schema.canonical import PlainFault
from game.seats.minds import Midway
from game.state import State
from game.words import say

HEAD_BYTES = 100 + HEADER_BYTES
BODY_KEYS = frozenset([
    "scenario", "seed", "orders", "chain", "digests", "state", "players", "memories", "midway", "conceded", "notes",
])  # fmt: skip
LESSON_LETTERS = 48
"""As many as an id has."""
_HEX = frozenset("0123456789abcdef")
CHANGED = "scenario changed after"
"""Key of the notes under which a save keeps :attr:`Session.changed`."""
PLANS = "plans"
"""Key of the notes under which a save keeps :attr:`Session.plans`."""
LESSON = "lesson"
"""Key of the notes under which a save keeps :attr:`Session.lesson`."""


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


def told_of(world: World, state: State, players: Mapping[str, str], over: bool) -> dict[str, Any]:
    """The fields of a header that follow from what a save holds."""
    turn = state.clock.turn
    return {
        "scenario": world.id, "title": world.title, "turn": turn, "turns": world.turns,
        "date": Calendar(world.first_day, world.days_per_turn, world.turns).last_day(turn),
        "phase": "" if over else world.factions[state.faction].id, "players": players, "edition_sha256": edition(world),
    }  # fmt: skip


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
        raise unfit("its parts are not those of a save")
    world = _world(header, body["scenario"])
    seed = body["seed"]
    if type(seed) is not int or seed != header.seed:
        raise unfit("seed")
    lines = _lines(body["orders"])
    orders = _orders(world, lines)
    state = _state(header, world, seed, body["state"])
    players, midway = _players(world, body["players"]), None
    memories = _memories(world, players, body["memories"])
    if body["midway"] is not None:
        midway = _midway(header, world, state, orders, memories, body["midway"])
    conceded = world.faction_row.get(body["conceded"], -1) if isinstance(body["conceded"], str) else -1
    if body["conceded"] != "" and (conceded < 0 or state.clock.over):
        raise unfit("conceded: a faction that gave up while the game went on is expected")
    if state.clock.orders != len(lines) or header.orders != len(lines):
        raise unfit("orders: there are not as many as header and clock.orders tell")
    _in_turn(lines, state)
    chain, notes = _hex(body["chain"], "chain"), _notes(body["notes"], len(lines))
    plans_in(world, notes)
    told = told_of(world, state, players, bool(state.clock.over) or conceded >= 0)
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
            raise unfit(say("order {number}: its turn is {turn}", number=number, turn=line.turn))
        before = line.turn


def _notes(plain: Any, orders: int) -> Mapping[str, Any]:
    """What the table wants to find again, and when the scenario was exchanged."""
    if not isinstance(plain, dict):
        raise unfit("notes")
    changed = plain.get(CHANGED, [])
    good = isinstance(changed, list) and all(type(one) is int and 0 <= one <= orders for one in changed)
    if not good or changed != sorted(changed):
        raise unfit(f"notes.{CHANGED}")
    lesson = plain.get(LESSON, "")
    if not isinstance(lesson, str) or len(lesson) > LESSON_LETTERS:
        raise unfit(f"notes.{LESSON}")
    return plain


def plans_in(world: World, notes: Mapping[str, Any]) -> plans.Plans:
    """What people have resolved for later turns, by the notes of a save."""
    try:
        return plans.from_plain(notes.get(PLANS, {}), world)
    except ValueError as error:
        raise unfit(f"notes.{PLANS}: {error}") from None


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
        raise unfit(say("the state: {error}", error=error)) from None
    broken = invariants.check(state)
    if broken:
        raise BadRecord("S112", say("its state breaks a rule: {broken}.", broken=broken[0]), "load another save")
    if state.digest() != header.state_sha256:
        raise BadRecord("S113", "its state is not the one that its header names.", "load another save")
    return state


def _lines(plain: Any) -> tuple[OrderLine, ...]:
    if not isinstance(plain, list) or len(plain) > ORDERS:
        raise unfit(f"a list of at most {ORDERS:,} orders is expected")
    lines = []
    for number, text in enumerate(plain, 1):
        try:
            lines.append(read_line(text if isinstance(text, str) else ""))
        except BadLine as error:
            raise unfit(f"order {number}: {error}") from None
    return tuple(lines)


def _orders(world: World, lines: Iterable[OrderLine]) -> tuple[od.Order, ...]:
    found = []
    for number, line in enumerate(lines, 1):
        try:
            found.append(od.parse_order(line.order, world.grid))
        except ValueError as error:
            raise unfit(f"order {number}: {error}") from None
        if line.faction not in world.faction_row:
            raise unfit(say("order {number}: there is no faction {faction}", number=number, faction=line.faction))
        flaw = _stranger_in(world, line.faction, found[-1])
        if flaw:
            raise unfit(f"order {number}: {flaw}")
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
        raise unfit("digests")
    found = []
    for pair in plain:
        if not isinstance(pair, list) or len(pair) != 2 or type(pair[0]) is not int:
            raise unfit("digests")
        found.append((pair[0], _hex(pair[1], "digests").hex()))
    if [number for number, _ in found] != list(range(1, turn + 1)):
        raise unfit("digests: one for each turn up to the present one is expected")
    return tuple(found)


def _players(world: World, plain: Any) -> dict[str, str]:
    if not isinstance(plain, dict) or not all(isinstance(name, str) and len(name) <= 200 for name in plain.values()):
        raise unfit("players")
    if not plain.keys() <= world.faction_row.keys():
        raise unfit("players")
    return plain


def _memories(world: World, players: Mapping[str, str], plain: Any) -> dict[int, Mapping[str, Any]]:
    if not isinstance(plain, dict):
        raise unfit("memories")
    for faction, memory in plain.items():
        if faction not in players or not isinstance(memory, dict):
            raise unfit(say("memories.{faction}: a memory of a computer player is expected", faction=faction[:40]))
    return {world.faction(faction): memory for faction, memory in plain.items()}


def _midway(
    header: Header, world: World, now: State, orders: Sequence[od.Order], memories: Mapping[int, Mapping[str, Any]],
    plain: Any,
) -> Midway:  # fmt: skip
    """Where the player to decide was first asked in its turn."""
    if not isinstance(plain, dict) or plain.keys() != {"orders", "state"}:
        raise unfit("midway: its keys are not orders, state")
    given = plain["orders"]
    if type(given) is not int or not max(0, len(orders) - MIDWAY) <= given < len(orders):
        raise unfit("midway.orders")
    try:
        then = sound_state(world, seed_bytes(header.seed), plain["state"])
    except BadState as error:
        raise unfit(f"midway.state: {error}") from None
    broken = invariants.check(then)
    if broken:
        raise BadRecord("S112", say("its midway.state breaks a rule: {broken}.", broken=broken[0]), "load another save")
    if then.faction != now.faction or then.clock.orders != given:
        raise unfit("midway.state: it is no moment of the turn that is being played")
    return Midway(then, given, memories.get(now.faction, {}))


def _hex(text: Any, where: str) -> bytes:
    if not isinstance(text, str) or len(text) != 64 or not set(text) <= _HEX:
        raise unfit(where)
    return bytes.fromhex(text)


def unfit(what: str) -> BadRecord:
    """The fault of a save whose contents do not fit; ``what`` names the field and what was expected."""
    return BadRecord("S110", say("its contents do not fit: {what}.", what=what), "load another save")


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


def changes_in(contents: SaveContents) -> tuple[int, ...]:
    """After how many orders the scenario of a save was exchanged in mid-game."""
    return tuple(contents.notes.get(CHANGED, []))
