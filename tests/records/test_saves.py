"""Saves: what comes back is what was saved, and what was not saved by the game does not come in."""

from __future__ import annotations

import hashlib
import json
import os
import pickle
import time
import zlib
from dataclasses import replace
from pathlib import Path
from random import Random
from typing import Any

import pytest

from game import orders as od
from game import records, store
from game.faults import RecordFault
from game.log import RULES, OrderLine
from game.records import editions, envelope, limits, migrations
from game.records.contents import BODY_KEYS, contents_of
from game.records.envelope import BadRecord, open_body, open_header, seal
from game.records.saves import header_of, save_bytes, session_from
from game.records.strict_json import BadJson, canonical_bytes, strict_value
from game.rules import invariants
from game.scenario.world import World
from game.schema.canonical import canonical_text
from game.session import Session
from tests.chance import Chance, by_chance, drawing, play_on, some_order
from tests.war import small_war


def parts_of(session: Session) -> tuple[dict[str, Any], dict[str, Any]]:
    """Header and body of a save as plain values, to be tampered with."""
    data = save_bytes(session)
    header, start = open_header(data)
    line = data.split(b"\n", 2)[1]
    return json.loads(line), open_body(header, data[start:])


def refused(data: bytes) -> BadRecord:
    """The fault with which bytes are refused."""
    with pytest.raises(BadRecord) as caught:
        contents_of(data)
    assert caught.value.exit_code == 3 and caught.value.remedy
    return caught.value


# --- what comes back --------------------------------------------------------------------------------------------------


def test_a_save_loads_to_the_same_moment(game: Session, tmp_path: Path) -> None:
    path = records.save_game(game, tmp_path / "game.dez", {"camera": [3, 4], "log": ["x", "ش"]})
    loaded = records.load_game(path, lambda name: Chance(1))
    assert loaded.state == game.state and loaded.state.digest() == game.state.digest()
    assert loaded.seed == game.seed and loaded.world.digest == game.world.digest
    assert loaded.orders == game.orders and loaded.lines == game.lines and loaded.digests == game.digests
    assert loaded.names == game.names and loaded.players.keys() == game.players.keys()
    assert records.read_header(path).name == "game" and records.read_header(path).seq == 0


def test_i40_saving_a_loaded_game_gives_the_same_bytes(game: Session) -> None:
    data = save_bytes(game, {"n": 1}, name="x")
    assert save_bytes(session_from(contents_of(data)), {"n": 1}, name="x") == data


def test_a_loaded_game_goes_on_as_if_never_saved(war: World) -> None:
    straight, saved = by_chance(war, 5), by_chance(war, 5)
    draw, same = drawing(1), drawing(1)
    for number in range(60):
        if straight.over:
            break
        straight.give(some_order(straight.state, draw, end=15))
        saved.give(some_order(saved.state, same, end=15))
        if number % 7 == 0:
            saved = session_from(contents_of(save_bytes(saved)))
    assert saved.state.digest() == straight.state.digest()
    assert saved.lines == straight.lines and saved.digests == straight.digests


def test_a_finished_game_and_a_conceded_one_stay_so(finished: Session, game: Session, tmp_path: Path) -> None:
    assert records.load_game(records.save_game(finished, tmp_path / "a.dez")).over
    game.concede(1)
    loaded = records.load_game(records.save_game(game, tmp_path / "b.dez"))
    assert loaded.over and loaded.conceded == 1 and records.read_header(tmp_path / "b.dez").phase == ""


def test_undone_orders_are_not_in_the_save(war: World) -> None:
    session = Session(war, 1)
    session.give(od.DigIn("tigers"))
    assert session.lines
    assert session.undo()
    session.give(od.DigIn("guns"))
    assert [line.order for line in contents_of(save_bytes(session)).lines] == ["dig-in guns"]
    twin = Session(war, 1)
    twin.give(od.DigIn("guns"))
    assert twin.lines == session.lines


@pytest.mark.parametrize("many", [5_000, pytest.param(100_000, marks=pytest.mark.slow)])
def test_s12_a_long_game_loads_fast(war: World, many: int) -> None:
    session = Session(war, 1)
    session.give(od.DigIn("tigers"))
    ways = [f"move tigers 0104,0204,{i + 101:04d}" for i in range(7)]
    session.log.lines[:] = [OrderLine("saa", 1, ways[i % 7], "-", "0" * 12) for i in range(many)]
    session.entries *= many
    session.state = replace(session.state, clock=replace(session.state.clock, orders=many))
    data = save_bytes(session)
    started = time.process_time()
    assert len(contents_of(data).orders) == many
    assert time.process_time() - started < 5


# --- what does not come in -------------------------------------------------------------------------------------------


def test_s01_s02_a_cut_file_offers_the_newest_sound_one(game: Session, tmp_path: Path) -> None:
    good = records.autosave(game, tmp_path)
    for cut, code in ((0, "S101"), (4, "S103"), (60, "S103"), (300, "S103"), (-1, "S104")):
        data = good.read_bytes()
        bad = tmp_path / "bad.dez"
        bad.write_bytes(data[:cut])
        with pytest.raises(BadRecord) as caught:
            records.load_game(bad)
        assert caught.value.code == code
        assert good.name in caught.value.remedy and str(bad) in str(caught.value)
        assert bad.read_bytes() == data[:cut], "a damaged file is kept"


@pytest.mark.parametrize("every", [37, pytest.param(1, marks=pytest.mark.slow)])
def test_s03_every_changed_byte_is_found(game: Session, every: int) -> None:
    data = save_bytes(game)
    chance = Random(1)
    for place in (*range(min(400, len(data))), *range(400, len(data), every), len(data) - 1):
        changed = bytearray(data)
        changed[place] ^= 1 << chance.randint(0, 7)
        with pytest.raises(BadRecord):
            header, start = open_header(bytes(changed))
            open_body(header, bytes(changed[start:]))


def test_s02_every_length_is_found(game: Session) -> None:
    data = save_bytes(game)
    for length in (*range(0, len(data), 101), len(data) - 1):
        refused(data[:length])
    assert refused(data + b"\0").code == "S105"


@pytest.mark.parametrize(
    "data",
    [b"\x89PNG\r\n\x1a\n" + b"x" * 99, b"PK\x03\x04" + b"\0" * 99, b"\0" * 5000, b"hello", b"\n", bytes(range(256))],
)
def test_s04_foreign_files_are_no_saves(data: bytes) -> None:
    assert refused(data).code == "S102"


def test_s04_the_magic_word_alone_is_no_save() -> None:
    assert refused(b"DEZSAVE").code == "S103"
    assert refused(b"DEZSAVE 1 " + b"0" * 64 + b"\n").code == "S103"


def test_s05_a_newer_save_names_the_version_it_needs(game: Session) -> None:
    header, body = parts_of(game)
    fault = refused(seal({**header, "schema": limits.SCHEMA + 1, "game": "9.1", "more": 1}, body))
    assert fault.code == "S107" and "9.1" in fault.remedy
    assert refused(save_bytes(game).replace(b"DEZSAVE 1", b"DEZSAVE 2", 1)).code == "S107"


def test_s06_older_saves_are_brought_up_to_date(game: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    """As if the field of players had once been called seats, and before that had been missing."""
    header, body = parts_of(game)
    old = {key: value for key, value in body.items() if key != "players"}
    for module in (limits, migrations, envelope):
        monkeypatch.setattr(module, "SCHEMA", 3)
    steps: dict[int, migrations.Step] = {
        1: lambda b: {**b, "seats": {}},
        2: lambda b: {**{k: v for k, v in b.items() if k != "seats"}, "players": b["seats"]},
    }
    assert migrations.migrated(old, 1, steps, 3).keys() == BODY_KEYS and "players" not in old
    monkeypatch.setattr(migrations, "STEPS", steps)
    monkeypatch.setattr("game.records.contents.migrated", lambda b, n: migrations.migrated(b, n, steps, 3))
    assert contents_of(seal({**header, "schema": 1}, old)).state == game.state
    monkeypatch.setattr("game.records.contents.migrated", lambda b, n: migrations.migrated(b, n, {}, 3))
    assert refused(seal({**header, "schema": 1}, old)).code == "S107"


class Canary:
    """Unpickling this would leave a file behind."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def __reduce__(self) -> tuple[Any, ...]:
        return (Path.touch, (self.path,))


def test_s07_a_pickle_is_not_unpickled(tmp_path: Path) -> None:
    canary = tmp_path / "canary"
    assert refused(pickle.dumps(Canary(canary))).code == "S102"
    assert not canary.exists()


def test_s08_a_bomb_is_stopped_at_its_size(game: Session) -> None:
    header, _ = parts_of(game)
    bomb = zlib.compress(bytes(limits.UNPACKED_BYTES + 1), 1)
    sizes = {"zlen": len(bomb), "body_sha256": hashlib.sha256(bomb).hexdigest()}
    for told, code in ((200 << 20, "S108"), (1000, "S108"), (limits.UNPACKED_BYTES, "S108")):
        line = canonical_bytes({**header, **sizes, "body_len": told})
        digest = hashlib.sha256(line).hexdigest().encode()
        started = time.process_time()
        assert refused(b"DEZSAVE 1 %s\n%s\n%s" % (digest, line, bomb)).code == code
        assert time.process_time() - started < 2


@pytest.mark.parametrize(
    "text",
    [
        b'{"a":NaN}', b'{"a":1,"a":2}', b"[" * 100_000, b"[" * 900 + b"]" * 900 + b"x", b"1" * 5000, b"1.5",
        b"1e5", b"-Infinity", b'{"b":1,"a":2}', b"[1, 2]", b'"\\ud800"', b'"\xd8\xb4"', b"\xff\xfe", b"", b"[01]",
        b'"\\u0041"', b"{", b"-0", b"null ",
    ],
)  # fmt: skip
def test_s09_hostile_json(text: bytes) -> None:
    with pytest.raises(BadJson):
        strict_value(text)


def test_s09_hostile_bodies(game: Session) -> None:
    header, _ = parts_of(game)
    for plain in (b'{"a":NaN}', b"[" * 100_000, b'{"a":1,"a":2}', b"1" * 5000):
        packed = zlib.compress(plain)
        sizes = {"body_len": len(plain), "zlen": len(packed), "body_sha256": hashlib.sha256(packed).hexdigest()}
        line = canonical_bytes({**header, **sizes})
        first = b"DEZSAVE 1 " + hashlib.sha256(line).hexdigest().encode()
        assert refused(b"\n".join([first, line, packed])).code == "S109"


def test_good_json_comes_back() -> None:
    values: list[Any] = [{"a": [1, -2, True, None, "ش\n\u2028"], "b": {}}, 2**63, [], ""]
    for value in values:
        assert strict_value(canonical_bytes(value)) == value


def test_s13_a_failed_load_leaves_the_running_game_alone(game: Session, tmp_path: Path) -> None:
    before, lines = game.state.digest(), list(game.lines)
    bad = tmp_path / "bad.dez"
    bad.write_bytes(save_bytes(game)[:-5])
    with pytest.raises(RecordFault):
        records.load_game(bad)
    assert game.state.digest() == before and game.lines == lines


# --- corrected checksums: a stranger who knows the format ------------------------------------------------------------


@pytest.mark.parametrize(
    ("path", "value", "code"),
    [
        (("seed",), -1, "S110"), (("seed",), True, "S110"), (("seed",), "7", "S110"), (("orders",), [1], "S110"),
        (("orders", 0), "saa 1 fly me | - | 000000000000", "S110"), (("orders", 0), "x", "S110"),
        (("orders", 0), "nobody 1 end-turn | - | 000000000000", "S110"), (("chain",), "zz", "S110"),
        (("digests",), [[1, "x"]], "S110"), (("players",), {"nobody": "x"}, "S110"), (("conceded",), "nobody", "S110"),
        (("state", "units", "hex", 0), 10_000, "S112"), (("state", "units", "hex", 0), True, "S110"),
        (("state", "units", "hex", 0), 2_000_000, "S110"), (("state", "units", "hex"), [], "S110"),
        (("state", "units", "steps", 0), 9, "S112"), (("state", "units", "steps", 0), 0, "S112"),
        (("state", "units", "status", 0), 7, "S112"), (("state", "units", "mp", 0), 999, "S112"),
        (("state", "units", "supply", 0), 3, "S112"), (("state", "hexes", "control", 0), 8, "S112"),
        (("state", "clock", "turn"), 99, "S112"), (("state", "clock", "active"), -1, "S112"),
        (("state", "clock", "support", 0), [["strike", -3]], "S112"), (("state", "clock", "fired"), [["x", 1]], "S112"),
        (("state", "clock", "used"), [5], "S110"), (("state", "clock", "orders"), 1, "S113"),
        (("state", "clock", "bonus"), [0, 0, 0], "S110"), (("state", "intel", 0, "level", 0), 3, "S112"),
        (("state", "intel"), [], "S110"), (("state", "factions", "points", 0), 5, "S113"), (("state",), 5, "S110"),
        (("state", "sites", "side"), [], "S110"), (("state", "factions", "command", 0), -1, "S112"),
        (("scenario", "map", "terrain", 0), "........", "S111"), (("scenario", "turns"), 3, "S111"),
        (("scenario",), 5, "S111"),
        (("scenario", "forces", "saa", "units", 0, "hex"), "9999", "S111"), (("more",), 1, "S110"),
    ],
)  # fmt: skip
def test_tampered_contents_with_true_checksums(game: Session, path: tuple[Any, ...], value: Any, code: str) -> None:
    header, body = parts_of(game)
    inner = body
    for key in path[:-1]:
        inner = inner[key]
    inner[path[-1]] = value
    assert refused(seal(header, body)).code == code


def test_i44_another_scenario_under_the_same_name(game: Session) -> None:
    header, body = parts_of(game)
    body["scenario"] = dict(small_war(turns=7).raw)
    assert refused(seal(header, body)).code == "S111"


def with_true_checksums(header: dict[str, Any], body: dict[str, Any]) -> bytes:
    """A save whose every hash fits its contents."""
    state = hashlib.sha256(canonical_bytes(body["state"])).hexdigest()
    scenario = hashlib.sha256(canonical_text(body["scenario"]).encode("utf-8", "surrogatepass")).hexdigest()
    told = {"state_sha256": state, "scenario_sha256": scenario, "seed": body["seed"]}
    return seal({**header, **{key: value for key, value in told.items() if type(value) is type(header[key])}}, body)


def changed_somewhere(text: bytes, parts: list[str], chance: Random) -> dict[str, Any]:
    """A body with one value replaced by a strange one."""
    strange: list[Any] = [-1, 0, 1, 7, 99, 999, 10**6, 10**9, "", "x", "0101", "saa", True, None, [], {}, [1], 2**70]
    body: dict[str, Any] = json.loads(text)
    inner: Any = body[chance.choice(parts)]
    while True:
        key = chance.choice(list(inner) if isinstance(inner, dict) else list(range(len(inner))))
        if not isinstance(inner[key], dict | list) or not inner[key] or chance.random() < 0.03:
            break
        inner = inner[key]
    inner[key] = chance.choice(strange)
    return body


@pytest.mark.parametrize("tries", [64, pytest.param(3_000, marks=pytest.mark.slow)])
def test_g4_no_change_with_true_checksums_crashes_the_game(game: Session, tries: int) -> None:
    """Any one value changed, all hashes corrected: refused in words, or a game that can be played on."""
    header, body = parts_of(game)
    chance, text = Random(3), canonical_bytes(body)
    accepted = 0
    for _ in range(tries):
        changed = changed_somewhere(text, ["state", "scenario", "orders"], chance)
        try:
            session = session_from(contents_of(with_true_checksums(header, changed)))
        except BadRecord:
            continue
        accepted += 1
        draw = drawing(accepted)
        for _ in range(6):
            if session.over:
                break
            session.give(some_order(session.state, draw, end=30))
            assert not invariants.check(session.state)
    assert accepted


# --- lists and disks --------------------------------------------------------------------------------------------------


def test_s14_a_list_shows_everything_and_marks_what_is_damaged(game: Session, tmp_path: Path) -> None:
    data = save_bytes(game, name="good")
    for number in range(198):
        (tmp_path / f"game {number}.dez").write_bytes(data)
    (tmp_path / "damaged.dez").write_bytes(data[:-40] + b"x" * 40)
    (tmp_path / "cut.dez").write_bytes(data[:-40])
    (tmp_path / "folder.dez").mkdir()
    (tmp_path / ".half.dez.1.1.tmp").write_bytes(b"")
    started = time.process_time()
    listed = records.list_saves(tmp_path)
    assert time.process_time() - started < 1
    assert len(listed) == 201
    bad = {one.path.name: one.fault for one in listed if one.header is None}
    assert bad.keys() == {"damaged.dez", "cut.dez", "folder.dez"}
    assert "S106" in bad["damaged.dez"] and "S104" in bad["cut.dez"]
    good = next(one.header for one in listed if one.header)
    assert (good.name, good.title, good.turn, good.orders) == ("good", "A situation", game.state.clock.turn, 40)
    assert records.list_saves(tmp_path / "nowhere") == []


def test_s14_the_newest_stands_first(game: Session, tmp_path: Path) -> None:
    for number, name in enumerate(("b", "c", "a")):
        records.save_game(game, tmp_path / f"{name}.dez")
        os.utime(tmp_path / f"{name}.dez", ns=(0, number * 10**9))
    assert [one.path.stem for one in records.list_saves(tmp_path)] == ["a", "c", "b"]


def test_the_list_goes_by_when_a_game_was_saved_not_by_the_clock_of_the_files(game: Session, tmp_path: Path) -> None:
    for number, name in enumerate(("b", "c", "a")):
        records.save_game(game, tmp_path / f"{name}.dez")
        os.utime(tmp_path / f"{name}.dez", ns=(0, (9 - number) * 10**18))
    assert [one.path.stem for one in records.list_saves(tmp_path)] == ["a", "c", "b"]
    moments = [one.moment for one in records.list_saves(tmp_path)]
    assert moments == sorted(moments, reverse=True) and moments[0].endswith("Z") and len(set(moments)) == 3


def test_of_one_moment_the_game_that_was_played_further_stands_first(game: Session, tmp_path: Path) -> None:
    for name in ("a", "b"):
        (tmp_path / f"{name}.dez").write_bytes(save_bytes(game, saved="2017-09-05T06:00:00.000000Z"))
        game.step()
    assert [one.path.stem for one in records.list_saves(tmp_path)] == ["b", "a"]


@pytest.mark.parametrize(
    "saved", ["now", "2017-09-05", "2017-19-05T06:00:00.000000Z", "2017-09-05T06:00:00.000000+00:00"]
)
def test_a_moment_that_is_none_is_refused(game: Session, saved: str) -> None:
    header, body = parts_of(game)
    fault = refused(seal({**header, "saved": saved}, body))
    assert fault.code == "S110" and "saved" in fault.what


def test_a_save_tells_whether_its_scenario_has_been_changed_since() -> None:
    from game import engine
    from game.scenario.options import with_options

    world = engine.load_scenario("collision")
    for one in (world, with_options(world, {"talks_fail": True})):
        head = header_of(Session(one, 1))
        assert head.edition_sha256 == world.digest
        assert editions.edition_words(head.scenario, head.edition_sha256) == ""
    assert editions.edition_words("collision", "0" * 64) == editions.CHANGED
    for stranger in ("no_such", "../scenarios/collision", str(Path("scenarios/collision").resolve())):
        assert editions.edition_words(stranger, world.digest) == editions.MISSING


def test_s15_saving_onto_the_file_just_loaded(game: Session, tmp_path: Path) -> None:
    path = records.save_game(game, tmp_path / "game.dez")
    for _ in range(5):
        records.save_game(records.load_game(path), path)
    assert records.load_game(path).state == game.state
    assert [one.name for one in tmp_path.iterdir()] == ["game.dez"]


def test_s18_n01_a_save_that_fails_changes_nothing(game: Session, tmp_path: Path) -> None:
    from tests.records.disks import FaultyDisk

    path = records.save_game(game, tmp_path / "game.dez")
    old, before = path.read_bytes(), game.state.digest()
    game.step()
    with pytest.raises(store.StoreFault, match="No space left"):
        records.save_game(game, path, disk=FaultyDisk(2, 28))
    assert path.read_bytes() == old and game.state.digest() != before
    records.save_game(game, path)
    assert records.load_game(path).state == game.state


def test_s20_a_replay_is_told_from_a_save(game: Session, tmp_path: Path) -> None:
    replay = records.write_replay(game, tmp_path / "x.dez")
    with pytest.raises(BadRecord, match="it is a replay"):
        records.load_game(replay)
    with pytest.raises(BadRecord, match="it is a save"):
        records.open_replay(records.save_game(game, tmp_path / "y.replay"))


def test_limits_of_a_save(game: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(RecordFault, match="notes"):
        save_bytes(game, {"x": "y" * limits.NOTES_BYTES})
    with pytest.raises(RecordFault, match="header"):
        save_bytes(game, name="n" * limits.HEADER_BYTES)
    monkeypatch.setattr("game.records.contents.ORDERS", len(game.entries))
    data = save_bytes(game)
    contents_of(data)
    monkeypatch.setattr("game.records.contents.ORDERS", len(game.entries) - 1)
    assert refused(data).code == "S110"


def test_a_file_beyond_the_limit_is_refused_unread(tmp_path: Path) -> None:
    path = tmp_path / "huge.dez"
    with path.open("wb") as file:
        file.truncate(limits.FILE_BYTES + 1)
    started = time.process_time()
    with pytest.raises(BadRecord, match="S108"):
        records.load_game(path)
    assert time.process_time() - started < 1


def test_verify_says_where_a_save_is_untrue(game: Session, tmp_path: Path) -> None:
    path = records.save_game(game, tmp_path / "game.dez")
    result = records.verify_file(path)
    assert result.exit_code == 0 and "40 orders played again" in result.lines()[0]
    header, body = parts_of(game)
    state = replace(game.state, factions=replace(game.state.factions, points=(50, 0, 0)))
    body["state"] = json.loads(canonical_bytes(state.plain()))
    path.write_bytes(seal({**header, "state_sha256": state.digest()}, body))
    result = records.verify_file(path)
    assert result.exit_code == 3 and "S205" in result.lines()[0]
    path.write_bytes(seal({**header, "rules": RULES + 1}, parts_of(game)[1]))
    with pytest.raises(BadRecord, match="S206"):
        records.load_game(path)
    assert records.load_game(path, unproved=True).state == game.state, "it can be played on"
    result = records.verify_file(path)
    assert "S206" in result.lines()[0] and result.lines()[1].startswith(f"{path}: 0 of 40 orders are true.")
    assert (result.orders, result.declared, result.turns) == (0, 40, 0)


def test_header_of_a_game(game: Session) -> None:
    header = header_of(game)
    assert header.phase in ("saa", "sdf", "isis")
    assert header.players == {"saa": "random", "sdf": "random", "isis": "random"}
    last_days = {1: "2017-09-07", 2: "2017-09-10", 3: "2017-09-13", 4: "2017-09-16"}
    assert header.date == last_days[game.state.clock.turn] and header.turns == 6
    assert play_on(game, 1) is game
