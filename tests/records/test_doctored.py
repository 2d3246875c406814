"""Well-signed nonsense: files that a stranger doctored with the game's own code, so that every checksum is true.

Each plain field of a save is given, in turn, values that no game gives it. All of them are refused when the save is
loaded, and the fault names the field. What is refused at loading is refused by ``verify`` in the same words.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import fields
from itertools import islice
from pathlib import Path
from typing import Any

import pytest

from game import records
from game.ai.players import make_player
from game.records import proving, saves
from game.records.envelope import BadRecord, seal
from game.records.plain_state import BadState, sound_state
from game.records.saves import save_bytes
from game.records.strict_json import canonical_bytes
from game.records.verifying import verify_file
from game.rules.ranges import intel_limits, unit_limits
from game.session import Session
from game.state.tables import Clock, FactionTable, HexTable, IntelTable, PlaceTable, SiteTable, UnitTable
from tests.records.test_saves import parts_of
from tests.war import small_war

NUMBERS: tuple[Any, ...] = (-2, 777_777, 10**12, True, None, "7", [])
"""What stands in no column of whole numbers: too low, absurdly high, and no number at all."""
Path_ = tuple[str | int, ...]
Case = tuple[str, Path_, Any]


@pytest.fixture(scope="module")
def parts() -> tuple[dict[str, Any], dict[str, Any]]:
    """Header and body of a save in the middle of a turn of the staff."""
    world = small_war()
    session = Session(world, 1)
    for number in range(len(world.factions)):
        session.seat(number, make_player("staff"), "staff")
    for _ in session.run():
        begun = session.minds.begun(session.state)
        if session.state.clock.turn == 3 and begun is not None and len(session.entries) > begun.orders + 1:
            break
    return parts_of(session)


def resealed(header: dict[str, Any], body: Any) -> bytes:
    """A save whose every hash fits its contents."""
    told: dict[str, Any] = {}
    if isinstance(body, dict):
        told = {"state_sha256": hashlib.sha256(canonical_bytes(body.get("state"))).hexdigest()}
    return seal({**header, **told}, body)


def loaded(data: bytes, folder: Path) -> Session:
    path = folder / "doctored.dez"
    path.write_bytes(data)
    return records.load_game(path, make_player)


def _last(body: dict[str, Any], path: Path_) -> Any:
    inner: Any = body
    for key in path:
        inner = inner[key]
    return inner


def given(name: str, path: Path_, values: Iterable[Any]) -> Iterator[Case]:
    """A field with each of some values."""
    return ((name, path, value) for value in values)


def cases(body: dict[str, Any]) -> Iterator[Case]:
    """(field as the fault must name it, where it stands, the value it gets)."""
    yield from _tables(body)
    yield from _clock(body)
    yield from _rest(body)


def _tables(body: dict[str, Any]) -> Iterator[Case]:
    state = body["state"]
    named: list[tuple[str, type[Any], Path_]] = [
        (name, kind, ("state", name)) for name, kind in (
            ("units", UnitTable), ("hexes", HexTable), ("sites", SiteTable), ("places", PlaceTable),
            ("factions", FactionTable),
        )
    ]  # fmt: skip
    named.append(("intel[0]", IntelTable, ("state", "intel", 0)))
    for name, kind, path in named:
        for one in fields(kind):
            column = _last(state, path[1:])[one.name]
            row = len(column) // 2
            for value in NUMBERS:
                if one.name == "points" and value == -2:
                    continue  # points may be lost
                yield f"{name}.{one.name}", (*path, one.name, row), value
            yield f"{name}.{one.name}", (*path, one.name), column[:-1]
            yield name if name == "sites" else f"{name}.{one.name}", (*path, one.name), [*column, 0]
        yield name, (*path, "more"), []
    yield "intel", ("state", "intel"), state["intel"][:-1]


def _clock(body: dict[str, Any]) -> Iterator[Case]:
    clock: dict[str, Any] = body["state"]["clock"]
    size = len(body["state"]["hexes"]["control"])
    for name, now in clock.items():
        if isinstance(now, int):
            yield from given(f"clock.{name}", ("state", "clock", name), NUMBERS)
        else:
            yield from given(f"clock.{name}", ("state", "clock", name), (5, None, "x", [5], [["x"]]))
    nonsense: dict[str, list[Any]] = {
        "support": [[["no such thing", 1]], [["strike", -1]], [["strike", 777_777]], [["strike", 1], ["strike", 1]]],
        "grants": [[["no such thing", 1]], [["strike", 777_777]], [["once:no such thing", 1]], [["once", 1]]],
        "corridors": [[-1], [size], [5, 3], [3, 3]],
    }
    for name, rows in nonsense.items():
        for row in rows:
            yield f"clock.{name}", ("state", "clock", name, 0), row
    whole: dict[str, list[Any]] = {
        "fired": [[["no such event", 1]], [["x/y", 1]]], "last": [[["no such event", 1]]],
        "held": [[[-1, 0]], [[3, 99]]],
        "flags": [["no such flag"], ["b", "a"]], "used": [["no die"], ["combat:0101#1", "combat:0101#1"]],
        "bonus": [[], [99] * len(clock["bonus"])],
        "deposits": [[[size, 1]], [[3, 0]], [[3, 777_777]], [[3, 1], [3, 1]]],
        "changes": [[["no such change", [], []]], [["ground", [99], [3]]], [["stance", [0, 0], []]]],
    }  # fmt: skip
    for name, values in whole.items():
        yield from given(f"clock.{name}", ("state", "clock", name), values)


def _rest(body: dict[str, Any]) -> Iterator[Case]:
    yield from given("seed", ("seed",), (-1, 2, "1", None))
    yield from given("chain", ("chain",), (5, "zz", "0" * 64, ""))
    yield from given("conceded", ("conceded",), (5, None, "no such thing"))
    yield from given("notes", ("notes",), (5, [], None))
    yield from given("notes", ("notes", "scenario changed after"), (5, [-1], [10**9], [3, 1]))
    yield from given("players", ("players",), (5, [], {"nobody": "staff"}, {"saa": 5}))
    yield from given("players", ("players", "saa"), ("no such player", "staff:x=1", "random:stop=x"))
    yield from given("digests", ("digests",), (5, [], [[1]], [[1, "x"]], [[2, "0" * 64]]))
    yield from given("digests", ("digests", 0, 0), (0, 2, None))
    for text in (
        "saa 1 fly me | - | 000000000000", "nobody 1 end-turn | - | 000000000000", "saa 9 end-turn | - | 000000000000",
        "saa 1 dig-in no-such-unit | - | 000000000000", "saa 1 move saa-x 9999 | - | 000000000000", "x", 5,
        "saa 1 strike no-such-thing 0505 1 | - | 000000000000",
    ):  # fmt: skip
        yield "order", ("orders", 0), text
    yield "order", ("orders",), body["orders"][:-1]
    yield from given("state", ("state",), (5, None, {}, []))
    yield from given("memories", ("memories",), (5, {"nobody": {}}, {"saa": 5}))
    for name in ("aims", "stood", "raided", "gates", "sieges", "let_be", "delays"):
        yield from (
            (f"memories.saa.{name}", ("memories", "saa", name), value) for value in (5, {"no-such-unit": [1, 1]})
        )
    yield from given("midway", ("midway",), (5, {}, {"orders": 0}))
    yield from given("midway.orders", ("midway", "orders"), (-1, 10**9, "x", None))
    yield from given("midway.state", ("midway", "state", "units", "steps", 0), (-1, 99, None))


@pytest.mark.parametrize("every", [11, pytest.param(1, marks=pytest.mark.slow)])
def test_every_plain_field_doctored_in_turn_is_refused_with_its_name(
    every: int, parts: tuple[dict[str, Any], dict[str, Any]], tmp_path: Path
) -> None:
    header, body = parts
    loaded(resealed(header, body), tmp_path)
    text, tried, accepted, unnamed = canonical_bytes(body), 0, list[str](), list[str]()
    for name, path, value in islice(cases(body), 0, None, every):
        changed: Any = json.loads(text)
        inner = _last(changed, path[:-1])
        before = inner.get(path[-1]) if isinstance(inner, dict) else inner[path[-1]]
        if type(before) is type(value) and before == value:
            continue
        inner[path[-1]] = value
        tried += 1
        what = f"{'.'.join(map(str, path))} = {str(value)[:60]}"
        try:
            loaded(resealed(header, changed), tmp_path)
        except BadRecord as fault:
            if name not in str(fault):
                unnamed.append(f"{what}: {fault}")
            if tried % 50 == 0:
                (tmp_path / "x.dez").write_bytes(resealed(header, changed))
                told = verify_file(tmp_path / "x.dez", make_player)
                assert told.fault is not None and told.fault.code == fault.code, told.lines()
        else:
            accepted.append(what)
    assert not accepted, f"{len(accepted)} of {tried} were loaded:\n" + "\n".join(accepted)
    assert not unnamed, f"{len(unnamed)} of {tried} do not name the field:\n" + "\n".join(unnamed)
    assert tried > 400 // every


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("title", "Another"), ("turn", 2), ("turns", 99), ("date", "2017-01-01"), ("date", "2017-99-01"),
        ("phase", "nobody"), ("phase", ""), ("players", {}), ("players", {"saa": "hold"}), ("orders", 1), ("seed", 9),
        ("scenario", "tutorial"), ("edition_sha256", "0" * 64), ("saved", "yesterday"), ("kind", "replay"),
        ("rules", -1),
        ("seq", -1), ("game", 5), ("name", None), ("state_sha256", "0" * 64), ("scenario_sha256", "0" * 64),
        ("schema", 0),
    ],
)  # fmt: skip
def test_a_doctored_header_is_refused(
    parts: tuple[dict[str, Any], dict[str, Any]], name: str, value: Any, tmp_path: Path
) -> None:
    header, body = parts
    with pytest.raises(BadRecord) as caught:
        loaded(seal({**header, name: value}, body), tmp_path)
    words = {"state_sha256": "state", "scenario_sha256": "scenario", "kind": "no save"}
    assert words.get(name, name) in str(caught.value)
    (tmp_path / "x.dez").write_bytes(seal({**header, name: value}, body))
    told = verify_file(tmp_path / "x.dez").fault
    assert told is not None and told.code == caught.value.code


def test_every_column_has_its_range() -> None:
    """A column that is added needs a row in the list, or nobody would look into it."""
    world = small_war()
    assert {one[1] for one in unit_limits(world)} == {one.name for one in fields(UnitTable)}
    assert {one[1] for one in intel_limits(world, 1)} == {one.name for one in fields(IntelTable)}
    assert fields(Clock)


def test_what_is_sound_is_loaded(parts: tuple[dict[str, Any], dict[str, Any]], tmp_path: Path) -> None:
    session = loaded(resealed(*parts), tmp_path)
    path = records.save_game(session, tmp_path / "a.dez")
    assert verify_file(path).exit_code == 0
    assert save_bytes(loaded(path.read_bytes(), tmp_path)) == save_bytes(session)


# --- what could be true, and is not -----------------------------------------------------------------------------------


TIED = frozenset(["clock.turn", "clock.active", "clock.orders", "clock.over"])
"""Columns that header, orders and memories tell too: the fault may name one of those, as an invariant names a rule."""


def likely(body: dict[str, Any]) -> Iterator[Case]:
    """Values that a game might well have: one more, one less, what stands in another row, other rows' order."""
    for table, columns in body["state"].items():
        tables = list(enumerate(columns)) if isinstance(columns, list) else [(-1, columns)]
        for number, one in tables:
            path: Path_ = ("state", table) if number < 0 else ("state", table, number)
            name = table if number < 0 else f"{table}[{number}]"
            for column, cells in one.items():
                if not isinstance(cells, list) or not cells:
                    if type(cells) is int:
                        yield from given(f"{name}.{column}", (*path, column), (cells + 1, max(0, cells - 1)))
                    continue
                for row in range(0, len(cells), max(1, len(cells) // 3)):
                    if type(cells[row]) is int:
                        for value in (cells[row] + 1, cells[row] - 1, cells[row - 1]):
                            yield f"{name}.{column}", (*path, column, row), value
                yield f"{name}.{column}", (*path, column), cells[::-1]
    clock = body["state"]["clock"]
    for faction, kinds in enumerate(clock["support"]):
        for row, (kind, left) in enumerate(kinds):
            yield from given("clock.support", ("state", "clock", "support", faction, row), ([kind, left + 1],))
            yield from given("clock.support", ("state", "clock", "support", faction, row), ([kind, max(0, left - 1)],))
    yield from given("digests", ("digests", 1), ([2, "0" * 64], [2, body["digests"][0][1]]))
    yield from given("chain", ("chain",), ("f" + body["chain"][1:], body["chain"][::-1]))
    for row, line in enumerate(body["orders"]):
        words, dice, mark = line.split(" | ")
        wrong = f"{int(mark, 16) ^ 1:012x}"
        yield f"order {row + 1} ", ("orders", row), f"{words} | {dice} | {wrong}"
        yield f"order {row + 1} ", ("orders", row), f"{words} | combat 6 6; weather 1 | {mark}"
        if row and line != body["orders"][row - 1]:
            yield "order ", ("orders", row), body["orders"][row - 1]


@pytest.mark.parametrize("every", [9, pytest.param(1, marks=pytest.mark.slow)])
def test_what_the_orders_do_not_lead_to_is_refused_with_its_name(
    every: int, parts: tuple[dict[str, Any], dict[str, Any]], tmp_path: Path
) -> None:
    """A step more, a salvo more, another holder: sound in itself, but not what came about."""
    header, body = parts
    text, tried, accepted, unnamed = canonical_bytes(body), 0, list[str](), list[str]()
    codes: dict[str, int] = {}
    for name, path, value in islice(likely(body), 0, None, every):
        changed: Any = json.loads(text)
        inner = _last(changed, path[:-1])
        if inner[path[-1]] == value:
            continue
        inner[path[-1]] = value
        tried += 1
        what = f"{'.'.join(map(str, path))} = {str(value)[:60]}"
        try:
            loaded(resealed(header, changed), tmp_path)
        except BadRecord as fault:
            codes[fault.code] = codes.get(fault.code, 0) + 1
            if name not in str(fault) and fault.code != "S112" and name not in TIED:
                unnamed.append(f"{what}: {fault}")
            if tried % 25 == 0:
                told = verify_file(tmp_path / "doctored.dez", make_player).fault
                assert told is not None and (told.code, told.what) == (fault.code, fault.what)
        else:
            accepted.append(what)
    assert not accepted, f"{len(accepted)} of {tried} were loaded:\n" + "\n".join(accepted)
    assert not unnamed, f"{len(unnamed)} of {tried} do not name the field:\n" + "\n".join(unnamed)
    assert tried > 400 // every and codes["S205"] > tried // 4


def test_a_refusal_tells_both_values(parts: tuple[dict[str, Any], dict[str, Any]], tmp_path: Path) -> None:
    header, body = parts
    body = json.loads(canonical_bytes(body))
    steps = body["state"]["units"]["steps"]
    row = next(row for row, one in enumerate(steps) if one > 1)
    steps[row] -= 1
    with pytest.raises(BadRecord, match=rf"S205.*is {steps[row]}, played {steps[row] + 1}"):
        loaded(resealed(header, body), tmp_path)


def test_a_site_that_is_missing_is_named(parts: tuple[dict[str, Any], dict[str, Any]], tmp_path: Path) -> None:
    header, body = parts
    sites = body["state"]["sites"]
    assert sites["side"]
    for cut in ({name: column[:-1] for name, column in sites.items()}, {**sites, "side": 3}):
        with pytest.raises(BadRecord, match=r"sites\.side"):
            loaded(resealed(header, {**body, "state": {**body["state"], "sites": cut}}), tmp_path)


def test_the_order_that_is_none_is_named(parts: tuple[dict[str, Any], dict[str, Any]], tmp_path: Path) -> None:
    header, body = parts
    for number in (1, 2):
        orders = list(body["orders"])
        words, rest = orders[number - 1].split(" | ", 1)
        orders[number - 1] = f"{' '.join(words.split(' ')[:2])} dance | {rest}"
        with pytest.raises(BadRecord, match=f"order {number}:"):
            loaded(resealed(header, {**body, "orders": orders}), tmp_path)


def test_a_game_cut_and_signed_anew_is_refused(parts: tuple[dict[str, Any], dict[str, Any]], tmp_path: Path) -> None:
    """Whoever takes orders away, puts one in or deals other dice would have to play the game to its new end."""
    header, body = parts
    orders = body["orders"]
    for kept in (orders[:-1], orders[1:], [*orders, orders[-1]], []):
        state = {**body["state"], "clock": {**body["state"]["clock"], "orders": len(kept)}}
        changed = {**body, "orders": kept, "state": state, "midway": None}
        with pytest.raises(BadRecord, match=r"R20[3-6]|S20[45]"):
            loaded(resealed({**header, "orders": len(kept)}, changed), tmp_path)
    with pytest.raises(BadRecord, match=r"R20[456].*(seed|order 1)"):
        loaded(resealed({**header, "seed": 2}, {**body, "seed": 2}), tmp_path)


@pytest.mark.parametrize("trick", ["rules", "notes"])
def test_what_cannot_be_proved_is_loaded_only_for_who_trusts_it(
    trick: str, parts: tuple[dict[str, Any], dict[str, Any]], tmp_path: Path
) -> None:
    """Calling itself a game of other rules, or of a changed scenario, opens no back door."""
    header, body = parts
    body = json.loads(canonical_bytes(body))
    body["state"]["units"]["steps"][0] -= 1
    if trick == "rules":
        data = resealed({**header, "rules": 1}, body)
    else:
        data = resealed(header, {**body, "midway": None, "notes": {"scenario changed after": [1]}})
    with pytest.raises(BadRecord, match="S206" if trick == "rules" else "S207") as caught:
        loaded(data, tmp_path)
    assert caught.value.code in records.UNPROVABLE and "unproved" in caught.value.remedy
    told = verify_file(tmp_path / "doctored.dez").fault
    assert told is not None and told.code == caught.value.code
    assert len(records.load_game(tmp_path / "doctored.dez", unproved=True).orders) == len(body["orders"])


def test_a_large_game_is_loaded_a_little_at_a_time(
    parts: tuple[dict[str, Any], dict[str, Any]], tmp_path: Path
) -> None:
    """A window that loads stays alive: no step is longer than it must be, and the share rises to the end."""
    (tmp_path / "a.dez").write_bytes(resealed(*parts))
    loading, shares = records.Loading(tmp_path / "a.dez", make_player), [0.0]
    while not loading.step(0.0):
        assert loading.session is None
        shares.append(loading.share)
    assert shares == sorted(shares) and len(set(shares)) >= len(parts[1]["orders"]) and loading.share == 1.0
    assert loading.session is not None and loading.step(0.0)


LONG = "x" * 201


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("grants", [["strike", "1"]]), ("grants", [["strike", 1.5]]), ("grants", [["strike", True]]),
        ("grants", [[1, 1]]), ("grants", [["strike"]]), ("grants", [["b", 1], ["a", 1]]), ("grants", [[LONG, 1]]),
        ("support", [["a", 1], ["a", 1]]), ("support", [["a", 10**13]]), ("fired", [["x", "1"]]),
        ("last", [["x", None]]),
        ("flags", [LONG]), ("flags", [5]), ("used", ["x"] * 5001), ("held", [[1]]), ("held", [[1, 2, 3]]),
        ("deposits", [[1, "1"]]), ("struck", [["x", 1]]), ("corridors", [["x"]]), ("bonus", ["x"]),
        ("changes", [["ground", [], []]]), ("changes", [[5, [], []]]), ("changes", [["ground", ["x"], []]]),
        ("changes", [["ground", [], ["x"]]]), ("changes", [["ground", []]]),
    ],
)  # fmt: skip
def test_each_list_of_the_clock_is_looked_into(
    parts: tuple[dict[str, Any], dict[str, Any]], name: str, value: list[Any]
) -> None:
    state = json.loads(canonical_bytes(parts[1]["state"]))
    by_faction = name in ("grants", "support", "corridors")
    state["clock"][name] = [value if by_faction and name != "corridors" else value[0], [], []] if by_faction else value
    with pytest.raises(BadState, match=rf"clock\.{name}"):
        sound_state(small_war(), b"", state)


def test_texts_and_names_may_be_as_long_as_they_may(parts: tuple[dict[str, Any], dict[str, Any]]) -> None:
    state = json.loads(canonical_bytes(parts[1]["state"]))
    state["clock"]["flags"] = ["x" * 200] * 5000
    state["clock"]["grants"] = [[["x" * 200, 1_000_000]], [], []]
    assert len(sound_state(small_war(), b"", state).clock.flags) == 5000


def test_a_game_without_orders_is_loaded_once_it_is_opened(tmp_path: Path) -> None:
    records.save_game(Session(small_war(), 1), tmp_path / "a.dez")
    loading = records.Loading(tmp_path / "a.dez")
    assert not loading.step(0.0) and not loading.step(0.0) and loading.share == 0.0
    assert loading.step(0.0) and loading.share == 1.0


@pytest.mark.parametrize("unproved", [False, True])
def test_no_step_of_loading_does_two_long_things(
    parts: tuple[dict[str, Any], dict[str, Any]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, unproved: bool
) -> None:
    """To read the file, to open its game and to play an order of it: of a campaign each fills a frame of its own."""
    done: list[str] = []

    def told(owner: Any, name: str) -> None:
        former = getattr(owner, name)

        def telling(*given: Any) -> Any:
            done.append(name)
            return former(*given)

        monkeypatch.setattr(owner, name, telling)

    (tmp_path / "a.dez").write_bytes(resealed(*parts))
    told(saves, "read_contents")
    told(saves, "proof_of")
    told(proving.Proof, "one")
    loading, steps = records.Loading(tmp_path / "a.dez", unproved=unproved), list[list[str]]()
    while not loading.step(0.0):
        steps.append(done[:])
        done.clear()
    proof = [["proof_of"], *([["one"]] * len(parts[1]["orders"]))]
    assert [*steps, done] == [["read_contents"], *([[]] if unproved else proof)]
