"""What a real process meets: no standard streams, a parent that is killed, odd names, a full disk."""

from __future__ import annotations

import contextlib
import errno
import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from game.cli import installation, runner
from game.cli.batches import at_most_cores
from game.cli.environment import Environment
from game.faults import EnvironmentFault

ROOT = Path(__file__).resolve().parents[2]
posix = pytest.mark.skipif(os.name == "nt", reason="descriptors, signals and names of POSIX")
GAME = [sys.executable, "-P", "-m", "game"]
ODD = "a\x1b]0;title\x07\x1b[31m\rb\nb\x9b2J\u202ed"  # what begins a line with b is forged


def settings(**more: str) -> dict[str, str]:
    # Nothing is compiled on the way: where no file may grow, Python would leave half a compiled one behind for others.
    return {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1", "PYTHONDONTWRITEBYTECODE": "1", **more}


def without(*closed: int) -> Callable[[], None]:
    """Close descriptors before the program begins, as a shell does for ``>&-`` and a windowed start by itself."""

    def close() -> None:
        for number in closed:
            os.close(number)

    return close


# --- standard streams -----------------------------------------------------------------------------------------------


@pytest.mark.slow
@posix
@pytest.mark.parametrize(
    ("words", "closed"),
    [
        (["check", "tutorial"], (1,)),
        (["check", "no-such-scenario"], (2,)),
        (["check", "no-such-scenario"], (1,)),
        (["--nonsense"], (0, 1, 2)),
    ],
)
def test_a_start_without_standard_streams_ends_as_any_other(
    words: list[str], closed: tuple[int, ...], tmp_path: Path
) -> None:
    """The exit code is that of a start with all streams, and no traceback goes into those that are left."""
    usual = subprocess.run([*GAME, *words], env=settings(), cwd=tmp_path, capture_output=True)
    done = subprocess.run(
        [*GAME, *words], env=settings(), cwd=tmp_path, capture_output=True, preexec_fn=without(*closed)
    )
    assert done.returncode == usual.returncode
    assert b"Traceback" not in done.stdout + done.stderr
    assert (b"" if 1 in closed else usual.stdout) == done.stdout
    assert (b"" if 2 in closed else usual.stderr) == done.stderr


@pytest.mark.slow
@posix
def test_a_file_never_gets_the_number_of_a_closed_stream(tmp_path: Path) -> None:
    """Otherwise what is printed would end up in it."""
    out = tmp_path / "games.jsonl"
    words = ["simulate", "tutorial", "--jobs", "1", "--json", str(out)]
    subprocess.run([*GAME, *words], env=settings(), check=True, preexec_fn=without(0, 1, 2))
    (line,) = out.read_text(encoding="utf-8").splitlines()
    assert json.loads(line)["scenario"] == "tutorial"


@posix
@pytest.mark.parametrize("closed", [(1,), (2,), (0, 1, 2)])
def test_run_game_hands_over_without_standard_streams(closed: tuple[int, ...], tmp_path: Path) -> None:
    """With an environment that is ready: this very one, in a project of two lines."""
    project = small_project(tmp_path)
    environment = Environment(str(project))
    Path(environment.python).parent.mkdir(parents=True)
    Path(environment.python).symlink_to(sys.executable)
    Path(environment.stamp_path("play")).write_text(environment.stamp_text("play"))
    done = subprocess.run(
        [sys.executable, "-I", str(project / "run_game.py")], capture_output=True, preexec_fn=without(*closed)
    )
    assert b"Traceback" not in done.stdout + done.stderr
    assert done.returncode == 7


def small_project(folder: Path) -> Path:
    """The set-up's own modules with a game that prints, looks whether all streams are there, and ends with 7."""
    project = folder / "project"
    for name in ("run_game.py", "game/__init__.py", "game/faults.py", "game/words.py", "game/cli", "game/schema"):
        (project / name).parent.mkdir(parents=True, exist_ok=True)
        if (ROOT / name).is_dir():
            shutil.copytree(ROOT / name, project / name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(ROOT / name, project / name)
    (project / "game" / "__main__.py").write_text(
        "import os, sys\nprint('here')\n[os.fstat(n) for n in range(3)]\nsys.exit(7)\n"
    )
    (project / "pyproject.toml").write_text('[project]\nname = "demo"\ndependencies = ["nothing-at-all"]\n')
    (project / "locks").mkdir()
    (project / "locks" / "play.txt").write_text("")
    return project


# --- parents and children -------------------------------------------------------------------------------------------


def children(parent: int) -> set[int]:
    """Processes below one, as the system tells it."""
    found: set[int] = set()
    for task in Path(f"/proc/{parent}/task").glob("*/children"):
        for word in task.read_text().split():
            found |= {int(word), *children(int(word))}
    return found


def alive(process: int) -> bool:
    with contextlib.suppress(OSError):
        return " Z " not in Path(f"/proc/{process}/stat").read_text()
    return False


def wait_until(what: Callable[[], bool], seconds: float) -> bool:
    end = time.monotonic() + seconds
    while not what():
        if time.monotonic() > end:
            return False
        time.sleep(0.05)
    return True


@pytest.mark.slow
@pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="looks at processes as Linux shows them")
@pytest.mark.skipif(at_most_cores(2) < 2, reason="one core plays its games alone")
@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGTERM])
def test_the_processes_of_a_batch_end_with_the_one_that_hands_out_the_games(
    how: signal.Signals, tmp_path: Path
) -> None:
    out = tmp_path / "games.jsonl"
    words = ["simulate", "tutorial", "--games", "100000", "--jobs", "2", "--json", str(out)]
    batch = subprocess.Popen([*GAME, *words], env=settings(), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        assert wait_until(lambda: out.exists() and out.read_bytes().count(b"\n") > 0, 60), "no game was ever played"
        workers = children(batch.pid)
        assert len(workers) >= 2
        batch.send_signal(how)
        batch.wait(20)
        assert wait_until(lambda: not any(alive(worker) for worker in workers), 10), "workers outlive their parent"
        assert all(json.loads(line) for line in out.read_text().splitlines()[:-1])
    finally:
        batch.kill()
        batch.wait()


@posix
def test_a_working_folder_that_is_gone_is_called_so(tmp_path: Path) -> None:
    place = tmp_path / "gone"
    place.mkdir()
    done = subprocess.run(
        [*GAME, "new-scenario", "my_war"], env=settings(), cwd=place, capture_output=True, text=True,
        preexec_fn=place.rmdir,
    )  # fmt: skip
    assert done.returncode == 4 and "the working folder is gone" in done.stderr and "fix: " in done.stderr


@pytest.mark.slow
@posix
def test_a_file_that_a_full_disk_has_left_half_compiled_is_named(tmp_path: Path) -> None:
    """Python itself writes such a file, and would fail on it at every start."""
    compiled = {**settings(PYTHONPYCACHEPREFIX=str(tmp_path)), "PYTHONDONTWRITEBYTECODE": ""}
    words = [*GAME, "check", "tutorial"]
    assert subprocess.run(words, env=compiled, capture_output=True).returncode == 0
    (half,) = tmp_path.rglob("checker.cpython-*.pyc")
    half.write_bytes(half.read_bytes()[:200])
    done = subprocess.run(words, env=compiled, capture_output=True, text=True)
    assert done.returncode == 4 and f"{half}" in done.stderr and "delete that file" in done.stderr, done.stderr
    half.unlink()
    assert subprocess.run(words, env=compiled, capture_output=True).returncode == 0


# --- names ----------------------------------------------------------------------------------------------------------


def has_controls(data: bytes) -> bool:
    text = data.decode("utf-8").replace("\r\n", "\n")
    return any(not character.isprintable() and character != "\n" for character in text)


@posix
@pytest.mark.parametrize(
    "words",
    [
        ["check", ODD],
        ["check", "{odd}"],
        ["check", "--json", "{odd}"],
        [ODD],
        [f"--{ODD}"],
        ["simulate", ODD],
        ["simulate", "tutorial", "--players", ODD],
        ["simulate", "tutorial", "--option", ODD],
        ["simulate", "tutorial", "--seed", ODD],
        ["simulate", "tutorial", "--json", "{odd}/missing/" + ODD],
        ["verify", "{odd}/file" + ODD],
        ["map", ODD, "-o", "x.png"],
        ["pack", "{odd}", "-o", "{odd}.zip"],
        ["pack", "tutorial", "-o", "{odd}.zip"],
        ["install", "{odd}"],
        ["uninstall", ODD],
        ["new-scenario", ODD],
        ["play", ODD],
        ["edit", ODD],
        ["make-map", ODD],
        ["check", "{odd}", "--debug"],
    ],
    ids=lambda words: " ".join(word.replace(ODD, "ODD") for word in words),
)
def test_no_control_character_of_a_name_reaches_the_terminal(
    words: list[str], odd: Path, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    runner.main([word.replace("{odd}", str(odd)) for word in words])
    said = capfdbinary.readouterr()
    assert not has_controls(said.out + said.err)
    if "--debug" not in words:
        assert not any(line.startswith(b"b") for line in (said.out + said.err).splitlines()), "a line is forged"
    if "--json" in words and words[0] == "check":
        assert json.loads(said.out)


@posix
@pytest.mark.parametrize("words", [["check", "{odd}"], [ODD]])
def test_no_control_character_of_a_real_command_line_reaches_the_terminal(words: list[str], odd: Path) -> None:
    given = [word.replace("{odd}", str(odd)) for word in words]
    done = subprocess.run([*GAME, *given], env=settings(), cwd=odd.parent, capture_output=True, timeout=120)
    assert done.returncode in (1, 2)
    assert b"\\x1b" in done.stdout + done.stderr
    assert not has_controls(done.stdout + done.stderr)


@pytest.fixture
def odd(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with an odd name, and odd files in it; where the game keeps its own files is elsewhere."""
    folder = tmp_path / ODD
    folder.mkdir()
    (folder / f"file{ODD}").write_text("no save")
    (folder / f"{ODD}.yaml").write_text("a: [")
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    monkeypatch.chdir(tmp_path)
    return folder


@posix
def test_the_set_up_writes_out_the_name_of_its_folder(tmp_path: Path) -> None:
    project = small_project(tmp_path / "p").rename(tmp_path / ODD)
    (project / ".venv").touch()  # a file where the folder should be
    done = subprocess.run([sys.executable, "-I", str(project / "run_game.py")], capture_output=True)
    assert done.returncode == 4
    assert b"cannot write" in done.stderr
    assert not has_controls(done.stderr)


# --- disks ----------------------------------------------------------------------------------------------------------


def full(*_: Any, **__: Any) -> None:
    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


@pytest.mark.parametrize("account", [b"OSError: [Errno 28] No space left on device\nerror: code 1", b"", b"oops"])
def test_a_full_disk_is_not_called_a_broken_python(
    account: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What makes environments ends with a code of its own, and on a full disk it often cannot even say why."""
    import venv

    def fail(*_: Any) -> None:
        raise subprocess.CalledProcessError(1, ["ensurepip"], output=account)

    monkeypatch.setattr(venv.EnvBuilder, "create", fail)
    if b"space" not in account:
        monkeypatch.setattr(Path, "write_bytes", full)
    with pytest.raises(EnvironmentFault) as told:
        installation._make_environment(tmp_path)
    assert "full" in told.value.message and "make room" in told.value.remedy
    assert "Python" not in told.value.message and "reinstall" not in told.value.remedy


def up_to(size: int) -> Callable[[], None]:
    """No file may grow beyond a size: what a full disk does to a program, on any machine."""

    def limit() -> None:
        import resource

        resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))

    return limit


@pytest.mark.slow
@posix
def test_a_batch_on_a_disk_that_fills_up_names_its_file_and_goes_on_later(tmp_path: Path) -> None:
    """What is written stays, and resumed it is what it would have been."""
    batch = [*GAME, "simulate", "tutorial", "--games", "4", "--jobs", "1", "--players", "all=hold", "--json"]
    path, whole = tmp_path / "games.jsonl", tmp_path / "whole.jsonl"
    subprocess.run([*batch, str(whole)], env=settings(), check=True, capture_output=True)
    room = len(whole.read_bytes()) * 5 // 8
    done = subprocess.run([*batch, str(path)], env=settings(), capture_output=True, text=True, preexec_fn=up_to(room))
    assert done.returncode == 4 and "Traceback" not in done.stderr
    assert f"{path}: writing failed" in done.stderr and "--resume" in done.stderr
    assert path.read_bytes() == whole.read_bytes()[: path.stat().st_size] and path.stat().st_size > room // 2
    subprocess.run([*batch, str(path), "--resume"], env=settings(), check=True, capture_output=True)
    timeless = [
        [{**json.loads(line), "seconds": 0} for line in one.read_text(encoding="utf-8").splitlines()]
        for one in (path, whole)
    ]
    assert timeless[0] == timeless[1] and len(timeless[0]) == 4


@pytest.mark.slow
@posix
def test_a_page_that_finds_no_room_leaves_the_old_one_whole(tmp_path: Path) -> None:
    games, page = tmp_path / "games.jsonl", tmp_path / "page.md"
    page.write_text("the old page", encoding="utf-8")
    ladder = [
        "ladder",
        "hold",
        "random",
        "-s",
        "tutorial",
        "--pairs",
        "1",
        "--jobs",
        "1",
        "--page",
        str(page),
        "--force",
    ]
    for words in (["merge", str(games), "-o", str(page), "--force"], ladder):
        if words[0] == "merge":
            start = [*GAME, "simulate", "tutorial", "--jobs", "1", "--players", "all=hold", "--json", str(games)]
            subprocess.run(start, env=settings(), check=True, capture_output=True)
        done = subprocess.run(
            [*GAME, *words], env=settings(), capture_output=True, text=True, cwd=tmp_path, preexec_fn=up_to(100)
        )
        assert done.returncode == 4 and f"{page}: writing failed" in done.stderr, done.stderr
        assert page.read_text(encoding="utf-8") == "the old page"
    assert sorted(one.name for one in tmp_path.iterdir()) == ["games.jsonl", "page.md"]


@pytest.mark.slow
@posix
@pytest.mark.parametrize(("size", "there"), [(0, False), (1000, False), (1000, True), (20_000, True)])
def test_a_scenario_that_could_not_be_laid_out_whole_is_not_laid_out(size: int, there: bool, tmp_path: Path) -> None:
    """Otherwise its folder would be in the way of the next try."""
    place = tmp_path / "my_war"
    if there:
        place.mkdir()
    words = [*GAME, "new-scenario", str(place)]
    done = subprocess.run(words, env=settings(), capture_output=True, text=True, preexec_fn=up_to(size))
    assert done.returncode == 4 and "Traceback" not in done.stderr
    assert place.exists() == there and not list(tmp_path.rglob("*.*"))
    assert subprocess.run(words, env=settings(), capture_output=True).returncode == 0


def test_a_broken_python_is_still_called_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import venv

    def fail(*_: Any) -> None:
        raise subprocess.CalledProcessError(1, ["ensurepip"], output=b"ImportError: no zlib")

    monkeypatch.setattr(venv.EnvBuilder, "create", fail)
    with pytest.raises(EnvironmentFault, match="no zlib") as told:
        installation._make_environment(tmp_path)
    assert "reinstall Python" in told.value.remedy


@pytest.mark.slow
@pytest.mark.parametrize("size", ["64k", "4m", "12m"])
def test_a_first_start_on_a_disk_that_fills_up(size: str, tmp_path: Path) -> None:
    """A real disk, too small: full when the environment is made, when pip is put into it, when packages come."""
    project = small_project(tmp_path)
    disk = project / ".venv"
    disk.mkdir()
    mount = f"mount -t tmpfs -o size={size} tmpfs '{disk}'"
    inside = ["unshare", *(("--user", "--map-root-user") if os.getuid() else ()), "--mount", "sh", "-c"]
    if not shutil.which("unshare") or subprocess.run([*inside, mount], capture_output=True).returncode:
        pytest.skip("no disk can be made here")
    start = f'{mount} && exec "{sys.executable}" -I "{project / "run_game.py"}"'
    done = subprocess.run([*inside, start], capture_output=True, text=True, env={**os.environ, "PIP_NO_INDEX": "1"})
    assert done.returncode == 4
    assert "disk" in done.stderr and "full" in done.stderr, done.stderr
    assert "make room" in done.stderr
    assert "Traceback" not in done.stderr and "reinstall" not in done.stderr
