"""The ring of autosaves: enough to go back, never too much, and nobody else's files."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from game import orders as od
from game import records, store
from game.records.autosaves import ring
from game.records.saves import save_bytes
from game.scenario.world import World
from game.session import Session
from tests.records.disks import FaultyDisk
from tests.war import small_war


def play_turns(session: Session, folder: Path, turns: int) -> None:
    """End turns and autosave at the start of each phase, as the table does."""
    while session.state.clock.turn <= turns and not session.over:
        records.autosave(session, folder)
        session.give(od.EndTurn())


def kept(folder: Path) -> list[str]:
    """Turn and phase of what is there, oldest first."""
    return [f"{slot.header.turn} {slot.header.phase}" for slot in ring(folder)]


def test_the_ring_keeps_phases_starts_of_turns_and_the_first(tmp_path: Path) -> None:
    play_turns(Session(small_war(turns=12), 1), tmp_path, 10)
    assert kept(tmp_path) == [
        "1 saa", "6 saa", "7 saa", "8 saa", "8 sdf", "8 isis", "9 saa", "9 sdf", "9 isis", "10 saa", "10 sdf",
        "10 isis",
    ]  # fmt: skip
    assert len(kept(tmp_path)) <= 8 + 5 + 1


def test_names_tell_number_turn_and_phase(war: World, tmp_path: Path) -> None:
    play_turns(Session(war, 1), tmp_path, 1)
    names = sorted(path.name.split("-", 2)[2] for path in tmp_path.iterdir())
    assert names == ["000001-t01-saa.dez", "000002-t01-sdf.dez", "000003-t01-isis.dez"]


def test_s15_a_ring_of_one_is_always_loadable(war: World, tmp_path: Path) -> None:
    session = Session(war, 1)
    while not session.over:
        path = records.autosave(session, tmp_path, phases=1)
        assert records.load_game(path).state == session.state
        session.give(od.EndTurn())


def test_manual_saves_and_other_files_stay(war: World, tmp_path: Path) -> None:
    session = Session(war, 1)
    mine = records.save_game(session, tmp_path / "mine.dez")
    named = records.save_game(session, tmp_path / "auto-mine.dez")
    (tmp_path / "auto-note.txt").touch()
    (tmp_path / "auto-0-000001-t01-saa.dez").write_bytes(b"damaged")
    play_turns(session, tmp_path, 6)
    for path in (mine, named, tmp_path / "auto-note.txt", tmp_path / "auto-0-000001-t01-saa.dez"):
        assert path.exists()


def test_each_game_has_its_ring_and_old_games_go(war: World, tmp_path: Path) -> None:
    for seed in range(7):
        play_turns(Session(war, seed), tmp_path, 1)
    assert {slot.header.seed for slot in ring(tmp_path)} == {2, 3, 4, 5, 6}


def test_a_failed_autosave_costs_nothing(war: World, tmp_path: Path) -> None:
    session = Session(war, 1)
    play_turns(session, tmp_path, 3)
    before = kept(tmp_path)
    with pytest.raises(store.StoreFault):
        records.autosave(session, tmp_path, disk=FaultyDisk(3))
    assert kept(tmp_path) == before


def test_s16_the_next_older_one_is_offered_when_the_newest_is_damaged(war: World, tmp_path: Path) -> None:
    session = Session(war, 1)
    records.autosave(session, tmp_path)
    session.give(od.DigIn("tigers"))
    session.give(od.EndTurn())
    newest = records.autosave(session, tmp_path)
    found = records.newest_autosave(tmp_path)
    assert found is not None and (found.path, found.missing, found.skipped) == (newest, 0, ())
    data = newest.read_bytes()
    newest.write_bytes(data[:-9] + b"x" * 9)
    found = records.newest_autosave(tmp_path)
    assert found is not None and found.missing == 2 and newest.name in found.skipped[0]
    newest.write_bytes(b"")
    found = records.newest_autosave(tmp_path)
    assert found is not None and found.missing == -1
    again = records.autosave(session, tmp_path)
    assert again != newest and newest.read_bytes() == b"", "a damaged file is kept"
    assert records.newest_autosave(tmp_path / "nowhere") is None


def test_what_is_missing_is_told_by_the_newest_of_several_damaged_ones(war: World, tmp_path: Path) -> None:
    session = Session(war, 1)
    first = records.autosave(session, tmp_path)
    for _ in range(2):
        session.give(od.EndTurn())
        path = records.autosave(session, tmp_path)
        path.write_bytes(path.read_bytes()[:-9] + b"x" * 9)
    found = records.newest_autosave(tmp_path)
    assert found is not None and (found.path, found.missing, len(found.skipped)) == (first, 2, 2)


def test_a_save_of_your_own_is_no_autosave_whatever_its_name(war: World, tmp_path: Path) -> None:
    session = Session(war, 1)
    newest = records.autosave(session, tmp_path)
    records.save_game(session, tmp_path / "auto-mine.dez")
    found = records.newest_autosave(tmp_path)
    assert found is not None and (found.path, found.skipped) == (newest, ())
    newest.unlink()
    assert records.newest_autosave(tmp_path) is None


def test_order_is_told_by_number_not_by_clock(war: World, tmp_path: Path) -> None:
    session = Session(war, 1)
    play_turns(session, tmp_path, 2)
    for number, slot in enumerate(ring(tmp_path)):
        os.utime(slot.path, ns=(0, -number * 10**9 + 10**18))
    found = records.newest_autosave(tmp_path)
    assert found is not None and found.contents.header.seq == 6


# --- what lies in the folder besides ----------------------------------------------------------------------------------


def test_nothing_in_the_folder_stops_the_ring(war: World, tmp_path: Path) -> None:
    """Files, folders and links that are named like autosaves, also with numbers no game gives."""
    sound = save_bytes(Session(war, 9), seq=999_999_999)
    for name in ("999999999", "1000000000", "000007", "0000000000000000000001", "x", "\u0663", "999999"):
        (tmp_path / f"auto-a-{name}-t01-saa.dez").write_bytes(b"")
        (tmp_path / f"auto-b-{name}-t01-saa.dez").write_bytes(sound)
        (tmp_path / f"auto-c-{name}-t01-saa.dez").mkdir()
    for name in ("auto-.dez", "auto-dez.dez", "auto----.dez"):
        (tmp_path / name).mkdir()
    (tmp_path / "auto-d-000001-t01-saa.dez").symlink_to(tmp_path / "nowhere")
    (tmp_path / "auto-e-000001-t01-saa.dez").symlink_to(tmp_path / "auto-e-000001-t01-saa.dez")
    (tmp_path / ".auto.dez.1.1.tmp").mkdir()
    os.mkfifo(tmp_path / "auto-f-000001-t01-saa.dez")
    before = set(tmp_path.iterdir())
    session = Session(small_war(turns=12), 1)
    play_turns(session, tmp_path, 10)
    assert before <= set(tmp_path.iterdir()) and len(kept(tmp_path)) == 12
    found = records.newest_autosave(tmp_path)
    assert found is not None and found.contents.world.id == session.world.id


def test_an_old_one_that_cannot_be_removed_stays_and_stops_nothing(
    war: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def held(self: Path, missing_ok: bool = False) -> None:
        raise PermissionError(13, "in use")

    monkeypatch.setattr(Path, "unlink", held)
    session = Session(war, 1)
    play_turns(session, tmp_path, 5)
    assert len(kept(tmp_path)) == 15


def test_a_folder_that_is_a_file_is_a_fault_in_words(war: World, tmp_path: Path) -> None:
    (tmp_path / "auto").write_text("")
    with pytest.raises(store.StoreFault):
        records.autosave(Session(war, 1), tmp_path / "auto")
    assert records.newest_autosave(tmp_path / "auto") is None and ring(tmp_path / "auto") == []


def test_two_copies_of_the_game_have_a_ring_each(tmp_path: Path) -> None:
    one, two = Session(small_war(turns=12), 1), Session(small_war(turns=12), 1)
    play_turns(one, tmp_path, 10)
    before = {slot.path for slot in ring(tmp_path)}
    while two.state.clock.turn <= 10:
        records.autosave(two, tmp_path, copy=2)
        two.give(od.EndTurn())
    slots = ring(tmp_path)
    assert before <= {slot.path for slot in slots}, "the second copy removed what the first had kept"
    assert sum(slot.copy == "2" for slot in slots) == 12 == len(before)
    found = records.newest_autosave(tmp_path)
    assert found is not None and found.contents.header.orders == len(two.entries) - 1
