"""Values at their limit, and files of which only a part is there: the last that is taken and the first that is not."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

import pytest

from game import engine, records
from game import events as ev
from game.faults import RecordFault
from game.plans import HoldPlan
from game.records import limits
from game.records.contents import CHANGED, contents_of
from game.records.envelope import BadRecord, open_header, seal
from game.records.saves import LAST_MOMENT, read_header, save_bytes, session_from
from game.records.strict_json import BadJson, canonical_bytes, strict_value
from game.session import Session
from game.state.codes import Ending, Knowledge, Spent, Supplied
from game.state.draft import Draft
from tests.records.test_saves import parts_of
from tests.war import small_war


def test_codes_that_records_hold_keep_their_numbers() -> None:
    assert [int(one) for one in Supplied] == [0, 1, 2]
    assert [int(one) for one in Knowledge] == [0, 1, 2]
    assert [int(one) for one in Ending] == [0, 1, 2, 3, 4]
    assert [int(one) for one in Spent] == [1, 2, 4, 8, 16, 32, 64]


def test_a_header_may_be_as_long_as_it_may_and_no_longer(game: Session) -> None:
    head = parts_of(game)[0]
    room = limits.HEADER_BYTES - len(canonical_bytes({**head, "name": ""}))
    data = seal({**head, "name": "n" * room}, parts_of(game)[1])
    assert open_header(data)[0].name == "n" * room
    with pytest.raises(RecordFault, match="header"):
        seal({**head, "name": "n" * (room + 1)}, parts_of(game)[1])
    first, line, rest = data.split(b"\n", 2)
    longer = line[:-1] + b" }"

    with pytest.raises(BadRecord, match="S103"):
        open_header(b"%s %s\n%s\n%s" % (first[:9], hashlib.sha256(longer).hexdigest().encode(), longer, rest))


@pytest.mark.parametrize(("name", "most"), [("seed", 2**63), ("orders", limits.COUNT), ("seq", limits.COUNT)])
def test_numbers_of_a_header_have_a_most(game: Session, name: str, most: int) -> None:
    header, body = parts_of(game)
    assert getattr(open_header(seal({**header, name: most}, body))[0], name) == most
    with pytest.raises(BadRecord, match=name):
        open_header(seal({**header, name: most + 1}, body))


@pytest.mark.parametrize(("name", "most"), [("body_len", limits.UNPACKED_BYTES), ("zlen", limits.FILE_BYTES)])
def test_either_size_alone_can_be_too_large(game: Session, name: str, most: int) -> None:

    def signed(value: int) -> bytes:
        line = canonical_bytes({**parts_of(game)[0], name: value})
        return b"DEZSAVE 1 %s\n%s\n" % (hashlib.sha256(line).hexdigest().encode(), line)

    assert getattr(open_header(signed(most))[0], name) == most
    with pytest.raises(BadRecord, match="S108"):
        open_header(signed(most + 1))


def test_a_list_sees_bytes_that_are_missing_or_too_many(game: Session, tmp_path: Path) -> None:
    data, path = save_bytes(game), tmp_path / "a.dez"
    header, start = open_header(data)
    for change, told in (
        (data[:start], f"S104: it ends {header.zlen:,} bytes too early"), (data[:-1], "S104: it ends 1 bytes"),
        (data + b"x", "S105: 1 bytes follow"),
    ):  # fmt: skip
        path.write_bytes(change)
        with pytest.raises(BadRecord, match=told):
            read_header(path)


def test_numbers_of_a_record_have_a_most_of_digits() -> None:
    assert strict_value(b"9" * 20) == 10**20 - 1
    with pytest.raises(BadJson):
        strict_value(b"9" * 21)


def test_the_name_of_a_player_has_a_most_of_letters(game: Session) -> None:
    header, body = parts_of(game)
    faction = next(iter(body["players"]))
    for letters, good in ((200, True), (201, False)):
        players = {**body["players"], faction: "x" * letters}
        data = seal({**header, "players": players}, {**body, "players": players})
        if good:
            assert contents_of(data).players[faction] == "x" * 200
        else:
            with pytest.raises(BadRecord, match="players"):
                contents_of(data)


def test_a_scenario_may_have_been_changed_before_the_first_order(game: Session) -> None:
    header, body = parts_of(game)
    notes = {**body["notes"], CHANGED: [0, len(body["orders"])]}
    assert session_from(contents_of(seal(header, {**body, "notes": notes}))).changed == (0, len(body["orders"]))
    for wrong in ([-1], [len(body["orders"]) + 1]):
        with pytest.raises(BadRecord, match=CHANGED):
            contents_of(seal(header, {**body, "notes": {CHANGED: wrong}}))


def test_where_a_player_was_first_asked_lies_before_the_last_order(game: Session) -> None:
    header, body = parts_of(game)
    midway = {"orders": len(body["orders"]), "state": body["state"]}
    with pytest.raises(BadRecord, match=r"midway\.orders"):
        contents_of(seal(header, {**body, "midway": midway}))


def test_a_save_without_orders_begins_at_the_start_of_the_chain() -> None:
    header, body = parts_of(Session(small_war(), 1))
    session_from(contents_of(seal(header, body)))
    with pytest.raises(BadRecord, match="S204"):
        session_from(contents_of(seal(header, {**body, "chain": "0" * 64})))
    session_from(contents_of(seal(header, {**body, "chain": "0" * 64, "notes": {CHANGED: [0]}})))


def test_verify_looks_at_the_whole_chain(game: Session, tmp_path: Path) -> None:
    header, body = parts_of(game)
    path = tmp_path / "a.dez"
    path.write_bytes(seal(header, {**body, "chain": body["chain"][:12] + "0" * 52}))
    told = records.verify_file(path).fault
    assert told is not None and told.code == "S204"


def test_plans_of_one_of_two_people_are_kept() -> None:
    session = Session(small_war(), 1)
    session.plans.add(0, HoldPlan("tigers", 3))
    session.plans.put_back(1, {})
    assert session_from(contents_of(save_bytes(session))).plans.list(0) == session.plans.list(0)


def test_a_damaged_file_is_not_offered_for_another(game: Session, tmp_path: Path) -> None:
    data = save_bytes(game)
    (tmp_path / "a.dez").write_bytes(data[:-1])
    (tmp_path / "b.dez").write_bytes(data[:-1])
    with pytest.raises(BadRecord) as caught:
        records.load_game(tmp_path / "a.dez")
    assert "b.dez" not in caught.value.remedy and "a.dez" not in caught.value.remedy


def test_a_file_that_does_not_tell_goes_by_the_clock_of_its_folder(game: Session, tmp_path: Path) -> None:
    for name, second in (("old", 1_500_000_000), ("far", LAST_MOMENT * 2), ("none", -5)):
        (tmp_path / f"{name}.dez").write_bytes(b"?")
        try:
            os.utime(tmp_path / f"{name}.dez", ns=(0, second * 10**9))
        except (OverflowError, OSError):
            (tmp_path / f"{name}.dez").unlink()
    listed = {one.path.stem: one for one in records.list_saves(tmp_path)}
    assert listed["old"].moment.startswith("2017-07-14T02:40:00")
    assert listed["old"].age == (listed["old"].moment, 0, 0)
    assert all(one.moment.endswith("Z") for one in listed.values())


def test_who_arrives_has_done_nothing_yet() -> None:
    state = engine.start(small_war(), 1)
    row = state.world.row["late"]
    draft = Draft(state)
    draft.emit(ev.UnitSpent(row, int(Spent.ACTED), 0))
    assert draft.units.spent[row] == Spent.ACTED
    draft.emit(ev.UnitArrived(row, state.world.grid.hex("0807"), 8))
    assert (draft.units.spent[row], draft.units.mp[row]) == (0, 8)


def test_ferries_have_carried_nobody_at_the_start() -> None:
    sites = engine.start(small_war(), 1).sites
    assert set(sites.load) == {0} and set(sites.ready) == {0} and set(sites.owner) == {-1}
