"""File work: whatever fails, the file that was there is whole."""

from __future__ import annotations

import errno
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from random import Random

import pytest

from game import store
from game.cli.runner import main
from game.faults import EnvironmentFault, UsageFault
from game.store import (
    SHARED,
    FolderLock,
    StoreFault,
    claim,
    inside,
    read_bounded,
    safe_name,
    sweep,
    write_atomic,
    write_out,
)
from tests.records.disks import FaultyDisk, LyingDisk, PowerLossDisk, PowerLost

ROOT = Path(__file__).resolve().parents[2]
OLD, NEW = b"old " * 1000, b"new " * 2000


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_a_file_is_written_whole_and_for_the_user_alone(tmp_path: Path) -> None:
    path = tmp_path / "deep" / "game.dez"
    write_atomic(path, OLD)
    write_atomic(path, NEW)
    assert path.read_bytes() == NEW
    assert names(path.parent) == ["game.dez"]
    if os.name != "nt":
        assert path.stat().st_mode & 0o777 == 0o600


def test_the_calls_of_one_save(tmp_path: Path) -> None:
    disk = FaultyDisk()
    write_atomic(tmp_path / "game.dez", NEW, disk)
    assert disk.calls == ["create", "write", "sync", "close", "read", "replace", "sync_folder"]


@pytest.mark.parametrize("lasting", [False, True])
@pytest.mark.parametrize("error", [errno.ENOSPC, errno.EIO, errno.EACCES, errno.EMFILE, errno.EROFS])
def test_n04_whatever_call_fails_the_old_file_stays(tmp_path: Path, error: int, lasting: bool) -> None:
    path = tmp_path / "game.dez"
    for fail in range(1, 8):
        write_atomic(path, OLD)
        disk = FaultyDisk(fail, error, lasting=lasting)
        with pytest.raises(StoreFault) as caught:
            write_atomic(path, NEW, disk)
        whole = NEW if disk.calls[fail - 1] == "sync_folder" else OLD  # by then the new one has its name
        assert path.read_bytes() == whole
        assert isinstance(caught.value, EnvironmentFault)
        assert caught.value.path == path and caught.value.operation and caught.value.remedy
        assert lasting or names(tmp_path) == ["game.dez"]
        sweep(tmp_path)
        for rest in tmp_path.glob(".*.tmp"):  # of this very process, which still runs
            rest.unlink()
    write_atomic(path, NEW)
    assert path.read_bytes() == NEW


def test_n04_short_writes_are_continued(tmp_path: Path) -> None:
    write_atomic(tmp_path / "game.dez", NEW, FaultyDisk(short=999))
    assert (tmp_path / "game.dez").read_bytes() == NEW


def test_a_disk_that_lies_is_found_before_the_old_file_goes(tmp_path: Path) -> None:
    path = tmp_path / "game.dez"
    write_atomic(path, OLD)
    with pytest.raises(StoreFault, match="other data"):
        write_atomic(path, NEW, LyingDisk())
    assert path.read_bytes() == OLD


@pytest.mark.parametrize("crashes", [300, pytest.param(5_000, marks=pytest.mark.slow)])
def test_n20_a_confirmed_save_survives_the_loss_of_power(crashes: int) -> None:
    chance, folder = Random(11), ROOT
    for _ in range(crashes):
        disk, confirmed = PowerLossDisk(chance.randint(1, 30), chance), b""
        try:
            for number in range(5):
                write_atomic(folder / "x.dez", b"%d " % number * 50, disk)
                confirmed = b"%d " % number * 50
        except PowerLost:
            pass
        disk.crash()
        found = disk.files.get(folder / "x.dez", b"")
        assert found >= confirmed, "a save was confirmed and is lost"
        assert len(found) in (0, 100), "a save is torn"


@pytest.mark.slow
@pytest.mark.skipif(os.name == "nt", reason="no such signal")
@pytest.mark.parametrize("kills", [8, pytest.param(200, marks=pytest.mark.slow)])
def test_n05_killed_while_saving(tmp_path: Path, kills: int) -> None:
    path, chance = tmp_path / "game.dez", Random(5)
    writer = (
        "import sys; from pathlib import Path; from game.store import write_atomic\n"
        "path = Path(sys.argv[1]); n = int(sys.argv[2])\n"
        "while True:\n"
        "    n += 1\n"
        "    write_atomic(path, b'%09d ' % n * 20_000)\n"
        "    sys.stdout.write(f'{n}\\n'); sys.stdout.flush()\n"
    )
    last = 0
    for _ in range(kills):
        command = [sys.executable, "-c", writer, str(path), str(last)]
        with subprocess.Popen(command, stdout=subprocess.PIPE, cwd=ROOT, text=True) as run:
            assert run.stdout is not None
            run.stdout.readline()
            time.sleep(chance.random() * 0.03)
            run.send_signal(signal.SIGKILL)
            told = [int(line) for line in run.stdout if line.endswith("\n")]
        data = path.read_bytes()
        found = int(data[:9])
        assert data == b"%09d " % found * 20_000
        assert found >= max(told, default=0) and found > last
        last = found
    write_atomic(tmp_path / "other.dez", b"x")
    sweep(tmp_path)
    assert names(tmp_path) == ["game.dez", "other.dez"]


def test_s17_only_leftovers_of_dead_runs_are_swept(tmp_path: Path) -> None:
    dead = subprocess.run([sys.executable, "-c", "import os; print(os.getpid())"], capture_output=True, text=True)
    (tmp_path / f".game.dez.{int(dead.stdout)}.1.tmp").touch()
    (tmp_path / f".game.dez.{os.getpid()}.1.tmp").touch()
    (tmp_path / ".someone-elses.tmp").touch()
    sweep(tmp_path)
    assert names(tmp_path) == [".game.dez." + str(os.getpid()) + ".1.tmp", ".someone-elses.tmp"]


def test_s18_a_read_only_file_is_meant_to_stay(tmp_path: Path) -> None:
    path = tmp_path / "game.dez"
    path.write_bytes(OLD)
    path.chmod(0o444)
    with pytest.raises(StoreFault, match="read-only"):
        write_atomic(path, NEW)
    assert path.read_bytes() == OLD
    path.chmod(0o644)


def test_a_folder_is_no_file(tmp_path: Path) -> None:
    with pytest.raises(StoreFault, match="not a file"):
        write_atomic(tmp_path, NEW)
    with pytest.raises(StoreFault, match="not a file"):
        read_bounded(tmp_path, 10)
    (tmp_path / "file").touch()
    with pytest.raises(StoreFault):
        write_atomic(tmp_path / "file" / "game.dez", NEW)


def test_n15_a_removed_folder_is_made_again(tmp_path: Path) -> None:
    path = tmp_path / "saves" / "game.dez"
    write_atomic(path, OLD)
    path.unlink()
    path.parent.rmdir()
    write_atomic(path, NEW)
    assert path.read_bytes() == NEW


def test_reading_is_bounded(tmp_path: Path) -> None:
    path = tmp_path / "file"
    path.write_bytes(b"x" * 10)
    assert read_bounded(path, 10) == b"x" * 10
    with pytest.raises(UsageFault, match="larger than 9"):
        read_bounded(path, 9)
    with pytest.raises(StoreFault):
        read_bounded(tmp_path / "nothing", 9)


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("before the river", "before the river.dez"),
        ("../../x", "x.dez"),
        ("a/b", "a b.dez"),
        ("C:\\windows\\x", "C windows x.dez"),
        ("CON", "_CON.dez"),
        ("lpt1.txt", "_lpt1.txt.dez"),
        ("console", "console.dez"),
        ("  .hidden. ", "hidden.dez"),
        ("دير الزور", "دير الزور.dez"),
        ("🐪", "🐪.dez"),
        ("x\x00\n\u202ey", "xy.dez"),
        ("game.dez", "game.dez"),
        ("e\u0301", "é.dez"),
    ],
)
def test_s19_names_are_made_safe(tmp_path: Path, typed: str, name: str) -> None:
    assert safe_name(typed, ".dez") == name
    write_atomic(inside(tmp_path, name), b"x")
    assert names(tmp_path) == [name]


@pytest.mark.parametrize("typed", ["", "   ", "...", "/", "\x00", "../.."])
def test_s19_no_name_is_no_name(typed: str) -> None:
    with pytest.raises(UsageFault):
        safe_name(typed, ".dez")


def test_s19_long_names_are_cut() -> None:
    assert len(safe_name("x" * 300, ".dez")) == store.NAME_LENGTH + 4
    assert len(safe_name("ش" * 300, ".dez").encode()) <= store.NAME_BYTES + 4


@pytest.mark.parametrize("name", ["../x", "a/../../x", "/etc/passwd", ".."])
def test_s19_nothing_leads_out_of_the_folder(tmp_path: Path, name: str) -> None:
    with pytest.raises(UsageFault):
        inside(tmp_path, name)


def test_n14_the_second_game_on_a_folder_is_told(tmp_path: Path) -> None:
    with FolderLock(tmp_path):
        with pytest.raises(StoreFault, match="another game uses it") as caught:
            FolderLock(tmp_path).take()
        assert os.name == "nt" or f"process {os.getpid()} on" in str(caught.value)
    FolderLock(tmp_path).take()


@pytest.mark.skipif(os.name == "nt", reason="no such signal")
def test_n14_a_killed_game_leaves_no_lock(tmp_path: Path) -> None:
    holder = (
        "import sys, time; from pathlib import Path; from game.store import FolderLock\n"
        "FolderLock(Path(sys.argv[1])).take(); print('taken', flush=True); time.sleep(60)\n"
    )
    command = [sys.executable, "-c", holder, str(tmp_path)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, cwd=ROOT, text=True) as run:
        assert run.stdout is not None and run.stdout.readline() == "taken\n"
        with pytest.raises(StoreFault, match=f"process {run.pid}"):
            FolderLock(tmp_path).take()
        run.send_signal(signal.SIGKILL)
    with FolderLock(tmp_path):
        pass


def test_n16_no_file_stays_open(tmp_path: Path) -> None:
    if not Path("/proc/self/fd").is_dir():
        pytest.skip("cannot count open files here")
    before = len(list(Path("/proc/self/fd").iterdir()))
    for _ in range(50):
        write_atomic(tmp_path / "game.dez", OLD)
    assert len(list(Path("/proc/self/fd").iterdir())) == before


@pytest.mark.skipif(os.name == "nt", reason="rights are another matter there")
def test_what_is_made_to_be_passed_on_has_the_rights_that_the_umask_leaves(tmp_path: Path) -> None:
    def mode(name: str) -> int:
        return (tmp_path / name).stat().st_mode & 0o777

    before = os.umask(0o022)
    try:
        write_atomic(tmp_path / "war.zip", OLD, mode=SHARED)
        assert mode("war.zip") == 0o644
        (tmp_path / "war.zip").chmod(0o660)
        write_atomic(tmp_path / "war.zip", NEW, mode=SHARED)
        assert mode("war.zip") == 0o660, "an old file keeps its rights"
        os.umask(0o027)
        write_atomic(tmp_path / "other.zip", NEW, mode=SHARED)
        assert mode("other.zip") == 0o640
    finally:
        os.umask(before)


@pytest.mark.skipif(os.name == "nt", reason="rights are another matter there")
def test_packs_new_scenarios_and_replays_may_be_read_by_others(tmp_path: Path) -> None:
    before = os.umask(0o022)
    try:
        assert main(["new-scenario", str(tmp_path / "war")]) == 0
        assert main(["pack", str(tmp_path / "war"), "-o", str(tmp_path / "war.zip")]) == 0
        assert main(["simulate", str(tmp_path / "war"), "--games", "1", "--record", str(tmp_path / "replays")]) == 0
    finally:
        os.umask(before)
    made = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert {path.suffix for path in made} >= {".yaml", ".zip", ".replay"}
    assert {path.name for path in made if path.stat().st_mode & 0o777 != 0o644} == set()


def test_copies_of_the_game_are_told_apart(tmp_path: Path) -> None:
    first, second = claim(tmp_path), claim(tmp_path)
    assert (first.number, first.owner) == (1, "") and second.number == 2 and str(os.getpid()) in second.owner
    assert claim(tmp_path, most=2).number > 2
    first.release()
    again = claim(tmp_path)
    assert again.number == 1
    for one in (second, again):
        one.release()


def test_where_nothing_can_be_written_nobody_is_in_the_way(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    assert claim(tmp_path / "file").number == 1


@pytest.mark.skipif(os.name == "nt", reason="links and pipes of POSIX")
@pytest.mark.parametrize("kind", ["link", "dangling", "pipe", "folder"])
def test_what_lies_where_a_game_says_that_it_is_here_is_left_alone(kind: str, tmp_path: Path) -> None:
    """Whoever may write into the folder cannot have another file emptied, and copies are told apart all the same."""
    place, other = tmp_path / ".in-use", tmp_path / "precious"
    other.write_text("mine", encoding="utf-8")
    if kind == "pipe":
        os.mkfifo(place)
    elif kind == "folder":
        place.mkdir()
    else:
        place.symlink_to(other if kind == "link" else tmp_path / "nowhere")
    with pytest.raises(StoreFault, match="not a file"):
        FolderLock(tmp_path).take()
    first, second = claim(tmp_path), claim(tmp_path)
    assert first.number != second.number and second.owner
    assert other.read_text(encoding="utf-8") == "mine" and not (tmp_path / "nowhere").exists()
    first.release()
    second.release()


@pytest.mark.skipif(os.name == "nt", reason="pipes of POSIX")
def test_what_a_command_was_told_to_write_goes_into_a_pipe_as_it_comes(tmp_path: Path) -> None:
    path = tmp_path / "pipe"
    os.mkfifo(path)
    reader = os.open(path, os.O_RDONLY | os.O_NONBLOCK)
    write_out(path, "a page\n")
    assert os.read(reader, 100) == b"a page\n"
    os.close(reader)
    write_out(tmp_path / "page.html", "a page\n")
    write_out(tmp_path / "page.html", "another\n")
    assert (tmp_path / "page.html").read_bytes() == b"another\n"
    assert sorted(one.name for one in tmp_path.iterdir()) == ["page.html", "pipe"]
