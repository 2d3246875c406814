"""The command line: what it accepts, what it says, and the exit code for every kind of end."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
import typer

import game
from game.cli import batches, runner, table, verify
from game.faults import ContentFault, EnvironmentFault, Fault, RecordFault, UsageFault

ROOT = Path(__file__).resolve().parents[2]
HEAVY = {"pygame", "numpy", "networkx", "yaml", "rich", "game.ui", "game.sim", "game.ai"}


@pytest.fixture(autouse=True)
def own_folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Crash reports of these tests stay in the test's own folder."""
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))


def outcome(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, str, str]:
    code = runner.main(words)
    said = capsys.readouterr()
    return code, said.out, said.err


def run(*words: str, **settings: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "PYTHONPATH": str(ROOT), **settings}
    return subprocess.run(
        [sys.executable, "-m", "game", *words], env=environment, capture_output=True, text=True, timeout=60
    )


@pytest.fixture
def acting(monkeypatch: pytest.MonkeyPatch) -> Callable[[Callable[[], None]], None]:
    """Put a command ``act`` into the application that does what the test wants."""

    def put(action: Callable[[], None]) -> None:
        def act() -> None:
            action()

        monkeypatch.setattr(verify, "register", lambda app: app.command("act")(act))

    return put


def raising(error: BaseException) -> Callable[[], None]:
    def action() -> None:
        raise error

    return action


# --- usage ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["chek"], "Did you mean 'check'?"),
        (["simulate", "x", "--gamse", "3"], "--games"),
        (["simulate", "x", "--seed", "abc"], "'abc' is not a whole number from 0 to 9,223,372,036,854,775,807"),
        (["simulate", "x", "--seed", "-1"], "from 0 to"),
        (["simulate", "x", "--seed", str(2**70)], "from 0 to"),
        (["simulate", "x", "--seed", "9" * 5000], "from 0 to"),
        (["simulate", "x", "--games", "0"], "from 1 to 1,000,000"),
        (["simulate", "x", "--games", "-5"], "from 1 to 1,000,000"),
        (["simulate", "x", "--games", "1e12"], "from 1 to 1,000,000"),
        (["simulate", "x", "--jobs", "0"], "from 1"),
        (["simulate", ""], "empty"),
        (["simulate", "x", "--players", "saa"], "'saa' is not FACTION=PLAYER"),
        (["simulate", "x", "--players", "saa=a,saa=b"], "saa is given twice"),
        (["simulate", "x", "--cluster", "=b"], "'=b' is no address such as tcp://10.0.0.5:8786"),
        (["simulate", "x", "--cluster", "http://10.0.0.5:8786"], "is no address"),
        (["simulate", "x", "--cluster", "tcp://[::1"], "is no address"),
        (["simulate", "x", "--cluster", "10.0.0.5:99999999"], "is no address"),
        (["simulate", "x", "--cluster", "inproc://"], "is no address"),
        (["simulate", "x", "--cluster", "x" * 300 + ":8786"], "is no address"),
        (["check", ""], "empty"),
        (["shots", ""], "empty"),
        (["simulate", "tutorial", "--record", ""], "empty"),
        (["puzzles", "--folder", ""], "empty"),
        (["check"], "Missing argument"),
        (["map", "x"], "--output"),
        (["--nonsense"], "No such option"),
    ],
)
def test_a_usage_error_is_one_line_and_code_2(capsys: pytest.CaptureFixture[str], words: list[str], said: str) -> None:
    code, out, err = outcome(capsys, *words)
    assert (code, out) == (2, "")
    assert said in err
    assert err.startswith("error: ") and " fix: see run_game.py " in err
    assert err.count("\n") == 1
    assert "Traceback" not in err


@pytest.mark.parametrize(
    ("words", "code"), [(["check", "no/such/folder"], 4), (["verify", "no-such-file"], 4), (["verify", "/"], 4)]
)
def test_a_missing_path_is_named(capsys: pytest.CaptureFixture[str], words: list[str], code: int) -> None:
    assert outcome(capsys, *words)[0] == code
    runner.main(words)
    assert words[1] in capsys.readouterr().err


def test_an_output_that_exists_is_kept(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    precious = tmp_path / "games.jsonl"
    precious.write_text("precious")
    for words in (["simulate", "x", "--json"], ["map", "x", "-o"], ["bench", "--json"]):
        code, _, err = outcome(capsys, *words, str(precious))
        assert code == 2
        assert "exists already" in err and "--force" in err
    assert precious.read_text() == "precious"


def test_an_output_folder_with_something_in_it_is_kept(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    (tmp_path / "old.replay").touch()
    assert outcome(capsys, "simulate", "x", "--record", str(tmp_path))[0] == 2
    assert outcome(capsys, "shots", str(tmp_path))[0] == 2


def test_a_missing_output_folder_is_told_before_the_run(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    code, _, err = outcome(capsys, "simulate", "x", "--json", str(tmp_path / "missing" / "games.jsonl"))
    assert code == 4
    assert "missing" in err


def test_seats_are_read_with_their_parameters() -> None:
    assert batches.seats_from("saa=staff:depth=2, sdf=random") == {"saa": "staff:depth=2", "sdf": "random"}
    assert batches.seats_from("") == {}


def test_more_jobs_than_cores_are_capped_with_a_warning(capsys: pytest.CaptureFixture[str]) -> None:
    cores = batches.at_most_cores(None)
    assert cores >= 1
    assert capsys.readouterr().err == ""
    assert batches.at_most_cores(1000) == min(1000, cores)
    assert "warning: --jobs 1000" in capsys.readouterr().err


# --- help ----------------------------------------------------------------------------------------------------


LOUDER = (["simulate", "--help"], ["--version"], ["simulate", "x", "--bad"])


@pytest.mark.parametrize("words", [["--help"], *(pytest.param(words, marks=pytest.mark.slow) for words in LOUDER)])
def test_help_and_usage_errors_load_nothing_heavy(words: list[str]) -> None:
    code = "import sys; from game.cli.runner import main; main(sys.argv[1:]); print(*sys.modules, file=sys.stderr)"
    done = subprocess.run([sys.executable, "-c", code, *words], cwd=ROOT, capture_output=True, text=True, timeout=60)
    assert not HEAVY & set(done.stderr.splitlines()[-1].split())


def test_every_command_has_help_with_an_example(capsys: pytest.CaptureFixture[str]) -> None:
    overview = outcome(capsys, "--help")[1]
    for command in ("play", "edit", "check", "map", "simulate", "verify", "bench", "shots"):
        assert f"\n  {command} " in overview
        code, out, _ = outcome(capsys, command, "--help")
        assert code == 0
        assert f"Example: run_game.py {command}" in out


def test_help_is_never_cut_with_dots(capsys: pytest.CaptureFixture[str]) -> None:
    assert "..." not in outcome(capsys, "--help")[1].replace("[ARGS]...", "")


def test_version_is_that_of_the_project(capsys: pytest.CaptureFixture[str]) -> None:
    assert outcome(capsys, "--version") == (0, f"{game.__version__}\n", "")


# --- ends ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("fault", "code"), [(ContentFault, 1), (UsageFault, 2), (RecordFault, 3), (EnvironmentFault, 4)]
)
def test_a_fault_gives_its_code(
    acting: Callable[[Callable[[], None]], None], capsys: pytest.CaptureFixture[str], fault: type[Fault], code: int
) -> None:
    acting(raising(fault("the save is cut.", "open the older autosave.")))
    assert outcome(capsys, "act") == (code, "", "error: the save is cut. fix: open the older autosave.\n")


def test_a_bug_leaves_a_report_and_no_traceback(
    acting: Callable[[Callable[[], None]], None], capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    acting(raising(KeyError("oops")))
    code, out, err = outcome(capsys, "act")
    assert (code, out) == (5, "")
    assert "Traceback" not in err and err.count("\n") == 1
    (report,) = (tmp_path / "state").rglob("crash-*.txt")
    assert str(report) in err
    assert "KeyError: 'oops'" in report.read_text()
    assert "command: ['act']" in report.read_text()


def test_debug_shows_the_traceback_and_keeps_the_code(
    acting: Callable[[Callable[[], None]], None], capsys: pytest.CaptureFixture[str]
) -> None:
    acting(raising(KeyError("oops")))
    code, _, err = outcome(capsys, "act", "--debug")
    assert code == 5
    assert "Traceback" in err


def test_a_report_that_cannot_be_written_does_not_hide_the_bug(
    acting: Callable[[Callable[[], None]], None], capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Path, "write_text", lambda *_, **__: raising(OSError(28, "No space left on device"))())
    acting(raising(KeyError("oops")))
    code, _, err = outcome(capsys, "act")
    assert code == 5
    assert "No report could be written" in err


@pytest.mark.parametrize(
    ("error", "code", "said"),
    [
        (KeyboardInterrupt(), 130, "interrupted"),
        (typer.Exit(3), 3, ""),
        (OSError(28, "No space left on device", "games.jsonl"), 4, "games.jsonl: No space left on device"),
        (ModuleNotFoundError("No module named 'numpy'", name="numpy"), 4, "the package numpy is not installed"),
        (ModuleNotFoundError("No module named 'yaml'", name="yaml"), 4, "the package pyyaml is not installed"),
    ],
)
def test_other_ends(
    acting: Callable[[Callable[[], None]], None],
    capsys: pytest.CaptureFixture[str],
    error: BaseException,
    code: int,
    said: str,
) -> None:
    acting(raising(error))
    ended, _, err = outcome(capsys, "act")
    assert ended == code
    assert said in err and "Traceback" not in err


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="a device of Linux")
def test_output_into_a_full_disk_is_one_line_and_a_code() -> None:
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            [sys.executable, "-m", "game", "--help"], cwd=ROOT, stdout=full, stderr=subprocess.PIPE, text=True
        )
    assert done.returncode == 4
    assert done.stderr == "error: No space left on device.\n"


@pytest.mark.skipif(os.name == "nt", reason="pipes of POSIX")
@pytest.mark.parametrize("lines", [1, 200_000])
def test_a_reader_who_leaves_is_one_line_and_a_code(lines: int) -> None:
    """A few lines fail when they are flushed at the end, many while the command still prints."""
    code = (
        "import sys; from game.cli import runner, verify\n"
        f"def talk():\n    for number in range({lines}): print('line', number)\n"
        "verify.register = lambda app: app.command('talk')(talk)\n"
        "sys.exit(runner.main(['talk']))"
    )
    reading, writing = os.pipe()
    os.close(reading)
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, stdout=writing, stderr=subprocess.PIPE, text=True)
    os.close(writing)
    assert done.returncode == 4
    assert done.stderr == "error: the program that read the output has closed it.\n"


def test_a_terminal_without_arabic_gets_escapes() -> None:
    done = run("check", "دير-الزور", LC_ALL="C", PYTHONUTF8="0", PYTHONCOERCECLOCALE="0")
    assert done.returncode == 4
    assert "\\u062f" in done.stderr or "\\udcd8" in done.stderr
    assert "Unicode" not in done.stderr


# --- the table -----------------------------------------------------------------------------------------------


def test_play_without_a_display_names_the_headless_command(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SDL_VIDEODRIVER", "dummy")
    code, _, err = outcome(capsys, "play")
    assert code == 4
    assert "run_game.py simulate race_for_deir_ezzor" in err


def test_edit_without_a_display_names_another_way(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SDL_VIDEODRIVER", "dummy")
    code, _, err = outcome(capsys, "edit", "tutorial")
    assert code == 4
    assert "no window can be opened" in err
    assert "run_game.py check" in err


def test_edit_needs_a_scenario(capsys: pytest.CaptureFixture[str]) -> None:
    assert outcome(capsys, "edit")[0] == 2
    assert outcome(capsys, "edit", " ")[0] == 2


def test_pygame_over_pygame_ce_is_told_before_it_breaks(monkeypatch: pytest.MonkeyPatch) -> None:
    table.require_one_pygame()
    monkeypatch.setattr(table, "_is_installed", lambda distribution: distribution == "pygame")
    with pytest.raises(EnvironmentFault, match="pip uninstall -y pygame pygame-ce"):
        table.require_one_pygame()


def test_the_map_maker_brings_its_own_command(capsys: pytest.CaptureFixture[str]) -> None:
    assert "\n  make-map " in outcome(capsys, "--help")[1]
    code, out, _ = outcome(capsys, "make-map", "--help")
    assert code == 0
    assert "Example: run_game.py make-map" in out
