"""The set-up, step by step: what is made, in which order, and what survives an interruption. No network, no pip."""

from __future__ import annotations

import importlib.util
import os
import re
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from game.cli import first_start, installation
from game.cli.environment import PARTS, Environment
from game.faults import EnvironmentFault

PROJECT = """[project]
name = "demo"
dependencies = ["alpha>=1"]
[project.optional-dependencies]
test = ["beta"]
lint = ["gamma"]
"""
LOCKS = {"play": "alpha==1.5", "test": "alpha==1.5 beta==2", "lint": "alpha==1.5 beta==2 gamma==3"}


class Site:
    """A project folder whose environment is made of empty files, and a list of what the set-up did."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.environment = Environment(str(root))
        self.newest = Environment(str(root), newest=True)
        self.folder = root / ".venv"
        self.done: list[str] = []
        self.failure: BaseException | None = None
        self.missing: str | None = None
        (root / "pyproject.toml").write_text(PROJECT)
        (root / "locks").mkdir()
        for part, text in LOCKS.items():
            (root / "locks" / f"{part}.txt").write_text(text)

    def make_environment(self, folder: Path) -> None:
        self.done.append("make")
        python = Path((self.newest if folder.name == ".venv-newest" else self.environment).python)
        python.parent.mkdir(parents=True)
        python.touch()
        (folder / "pyvenv.cfg").touch()

    def fetch(self, environment: Environment, wanted: list[str]) -> None:
        locked = "--requirement" in wanted
        assert not self.is_ready("play") or wanted[-1] != self.environment.lock("play"), "stamped before it is fetched"
        assert Path(environment.folder, installation.NOTE).exists(), "the note must lie there while packages change"
        self.done.append("lock " + Path(wanted[-1]).stem if locked else "fetch " + " ".join(wanted))
        assert environment.root == str(self.root)
        if self.failure is not None:
            raise self.failure
        if locked and self.missing is not None:
            text = f"ERROR: No matching distribution found for {self.missing}"
            raise installation.diagnosis(text, Path("setup.log"))

    def is_ready(self, part: str) -> bool:
        return self.environment.is_ready(part)

    def install(self, part: str = "play", environment: Environment | None = None) -> list[str]:
        """Run the set-up and return what it did."""
        self.done.clear()
        installation.install(environment or self.environment, part)
        return list(self.done)


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Site:
    root = tmp_path / "a folder with spaces"
    root.mkdir()
    site = Site(root)
    monkeypatch.setattr(installation, "_make_environment", site.make_environment)
    monkeypatch.setattr(installation, "_fetch", site.fetch)
    monkeypatch.setattr(installation, "_compile", lambda _: None)
    monkeypatch.setattr(installation, "_can_run", os.path.exists)
    return site


def test_the_first_start_makes_the_environment_and_stamps_it(site: Site) -> None:
    assert not site.is_ready("play")
    assert site.install() == ["make", "lock play"]
    assert site.is_ready("play")
    assert not (site.folder / installation.NOTE).exists()


def test_a_stamped_environment_is_not_touched_again(site: Site) -> None:
    site.install()
    assert site.install() == []


def test_tests_get_their_own_stamp_and_what_the_game_needs_too(site: Site) -> None:
    site.install()
    assert not site.is_ready("test")
    assert site.install("test") == ["lock test"]
    assert site.is_ready("test") and site.is_ready("play")


def test_a_changed_project_file_completes_the_environment_without_making_it_anew(site: Site) -> None:
    site.install()
    (site.root / "pyproject.toml").write_text(PROJECT.replace("alpha>=1", "alpha>=2"))
    assert not site.is_ready("play")
    assert site.install() == ["lock play"]


def test_a_renewed_lock_completes_the_environment_without_making_it_anew(site: Site) -> None:
    site.install("test")
    (site.root / "locks" / "test.txt").write_text("alpha==1.6 beta==2")
    assert site.is_ready("play") and not site.is_ready("test")
    assert site.install("test") == ["lock test"]


def test_the_parts_hold_one_another_and_nobody_is_asked_for_more(site: Site) -> None:
    assert site.install("lint") == ["make", "lock lint"]
    assert all(site.is_ready(part) for part in PARTS)
    assert installation.requirements(str(site.root), "play") == ["alpha>=1"]
    assert installation.requirements(str(site.root), "lint") == ["alpha>=1", "beta", "gamma"]


def test_where_a_locked_package_does_not_exist_the_ranges_count_and_it_is_said(
    site: Site, capsys: pytest.CaptureFixture[str]
) -> None:
    site.missing = "alpha==1.5"
    assert site.install("test") == ["make", "lock test", "fetch alpha>=1 beta"]
    assert site.is_ready("test")
    said = capsys.readouterr().err
    assert f"The locked alpha==1.5 does not exist for this Python ({sys.version_info.major}." in said
    assert "not tested" in said
    assert site.install("test") == [], "the next start does not try again"


def test_the_newest_releases_have_an_environment_of_their_own_and_are_looked_for_each_time(site: Site) -> None:
    site.install("test")
    assert site.install("test", site.newest) == ["make", "fetch --upgrade alpha>=1 beta"]
    assert site.install("test", site.newest) == ["fetch --upgrade alpha>=1 beta"]
    assert site.is_ready("test") and (site.root / ".venv-newest").is_dir()
    assert site.install("test") == [], "the locked environment is untouched"


def test_an_environment_whose_interpreter_is_gone_is_made_anew(site: Site) -> None:
    site.install()
    Path(site.environment.python).unlink()
    assert not site.is_ready("play")
    assert site.install() == ["make", "lock play"]


def test_another_interpreter_behind_the_same_name_counts_as_a_change(site: Site) -> None:
    site.install()
    python = Path(site.environment.python)
    python.rename(python.with_name("other"))
    python.symlink_to("other")
    assert not site.is_ready("play")


@pytest.mark.parametrize("part", ["play", "test"])
def test_an_interrupted_set_up_starts_over_from_nothing(site: Site, part: str) -> None:
    site.failure = KeyboardInterrupt()
    with pytest.raises(KeyboardInterrupt):
        site.install(part)
    half = site.folder / "lib" / "half-a-package"
    half.mkdir(parents=True)
    assert not site.is_ready(part)
    site.failure = None
    assert site.install(part)[0] == "make"
    assert not half.exists()
    assert site.is_ready(part)


def test_an_interruption_before_the_environment_exists_is_repaired(site: Site) -> None:
    site.folder.mkdir()
    assert site.install() == ["make", "lock play"]


def test_without_a_network_a_working_game_goes_on_working(site: Site) -> None:
    site.install()
    site.failure = EnvironmentFault("no network")
    with pytest.raises(EnvironmentFault):
        site.install("test")
    assert site.is_ready("play")
    site.failure = None
    assert site.install("test") == ["lock test"], "pip gave up before it changed anything"


def test_an_environment_made_by_hand_is_completed_and_never_cleared(site: Site) -> None:
    site.make_environment(site.folder)
    own = site.folder / "mine.txt"
    own.touch()
    for failure in (KeyboardInterrupt(), None):
        site.failure = failure
        try:
            assert site.install() == ["lock play"]
        except KeyboardInterrupt:
            continue
    assert own.exists()


def test_a_broken_environment_made_by_hand_is_left_to_its_maker(site: Site) -> None:
    site.folder.mkdir()
    (site.folder / "mine.txt").touch()
    with pytest.raises(EnvironmentFault, match="made by hand"):
        site.install()
    assert (site.folder / "mine.txt").exists()


def test_two_starts_at_once_do_the_work_once(
    site: Site, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    inside, go_on = threading.Event(), threading.Event()

    def fetch(environment: Environment, wanted: list[str]) -> None:
        inside.set()
        assert go_on.wait(20)
        site.fetch(environment, wanted)

    monkeypatch.setattr(installation, "_fetch", fetch)
    starts = [threading.Thread(target=installation.install, args=(site.environment, "play")) for _ in range(2)]
    starts[0].start()
    assert inside.wait(20)
    starts[1].start()
    monkeypatch.setattr(time, "sleep", lambda _: go_on.set())  # the second start is waiting now
    for start in starts:
        start.join(20)
    assert site.done == ["make", "lock play"]
    assert "waiting" in capsys.readouterr().err


def test_nothing_is_said_on_standard_output(site: Site, capfd: pytest.CaptureFixture[str]) -> None:
    site.install()
    said = capfd.readouterr()
    assert said.out == ""
    assert "[2/3] fetching packages: those of locks/play.txt" in said.err


def test_a_folder_that_cannot_be_written_is_named(site: Site) -> None:
    site.folder.touch()  # a file where the folder should be: fails for root too
    with pytest.raises(EnvironmentFault, match=r"cannot write in .*\.venv"):
        site.install()


@pytest.mark.parametrize("missing", ["venv", "ensurepip"])
def test_a_python_without_the_module_gets_the_remedy(
    site: Site, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], missing: str
) -> None:
    find = importlib.util.find_spec
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None if name == missing else find(name))
    assert first_start.main(str(site.root), []) == 4
    complaint = capsys.readouterr().err
    assert missing in complaint
    assert "apt install python3-venv" in complaint
    assert not site.folder.exists()


@pytest.mark.parametrize(
    ("log", "message"),
    [
        ("NewConnectionError('<pip._vendor...>: Failed to establish a new connection", "no connection"),
        ("[Errno -3] Temporary failure in name resolution", "no connection"),
        ("ReadTimeoutError(\"HTTPSConnectionPool(host='packages.example', port=443): Read timed out.", "no connection"),
        ("Temporary failure in name resolution\nERROR: No matching distribution found for numpy", "no connection"),
        ("SSLError(SSLCertVerificationError(1, '[SSL: CERTIFICATE_VERIFY_FAILED]", "certificate"),
        ("ERROR: Could not install packages due to an OSError: [Errno 28] No space left on device", "disk is full"),
        ("OSError: [Errno 122] Disk quota exceeded", "disk is full"),
        ("OSError: [WinError 112] There is not enough space on the disk", "disk is full"),
        ("ERROR: THESE PACKAGES DO NOT MATCH THE HASHES FROM THE REQUIREMENTS FILE.", "not the one that was locked"),
        ("ERROR: No matching distribution found for numpy>=99", "no release"),
        ("something else", "could not install"),
    ],
)
def test_the_log_of_pip_tells_why_it_failed(log: str, message: str) -> None:
    fault = installation.diagnosis(log, Path("setup.log"))
    assert message in fault.message
    assert fault.remedy


def test_no_message_names_the_address_of_a_package_index() -> None:
    source = Path(installation.__file__).read_text() + Path(first_start.__file__).read_text()
    assert not re.search(r"pypi|pythonhosted|/simple", source)
    said = " ".join(message + remedy for _, message, remedy in installation.SYMPTOMS)
    assert "the Python package index" in said and "http" not in said


def test_settings_that_lead_packages_elsewhere_are_kept_from_pip(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONPATH", "/elsewhere")
    monkeypatch.setenv("PIP_TARGET", "/elsewhere")
    monkeypatch.setenv("PIP_USER", "1")
    calm = installation._calm()
    assert "/elsewhere" not in calm.values()
    assert calm["PIP_USER"] == "0"


class Handed(Exception):
    """Raised in place of becoming another program."""


@pytest.mark.skipif(os.name == "nt", reason="Windows starts a second process instead")
@pytest.mark.parametrize(
    ("arguments", "command"),
    [
        ([], ["-P", "-m", "game"]),
        (["check", "a b"], ["-P", "-m", "game", "check", "a b"]),
        (["test"], ["-P", "-m", "pytest", *first_start.WHOLE_SUITE]),
        (["test", "--slow"], ["-P", "-m", "pytest", *first_start.WHOLE_SUITE, "--slow"]),
        (["test", "-k", "river"], ["-P", "-m", "pytest", "-k", "river"]),
        (["test", "--newest"], ["-P", "-m", "pytest", *first_start.WHOLE_SUITE]),
        (["test", "-k", "river", "--newest"], ["-P", "-m", "pytest", "-k", "river"]),
        (["lint", "game"], ["-P", "{root}/tools/lint.py", "game"]),
        (["simulate", "--newest"], ["-P", "-m", "game", "simulate", "--newest"]),
    ],
)
def test_the_start_becomes_the_game_in_its_environment(
    site: Site, monkeypatch: pytest.MonkeyPatch, arguments: list[str], command: list[str]
) -> None:
    seen: dict[str, object] = {}

    def become(python: str, words: list[str], environment: dict[str, str]) -> None:
        seen.update(python=python, words=words, path=environment["PYTHONPATH"], folder=Path.cwd())
        raise Handed

    monkeypatch.setattr(os, "execve", become)
    monkeypatch.chdir(site.root.parent)
    with pytest.raises(Handed):
        first_start.main(str(site.root), arguments)
    python = (site.newest if arguments[:1] == ["test"] and "--newest" in arguments else site.environment).python
    assert seen["words"] == [python, *(word.format(root=site.root) for word in command)]
    assert seen["path"] == str(site.root)
    assert seen["folder"] == (site.root if arguments[:1] in (["test"], ["lint"]) else site.root.parent)


def test_ctrl_c_in_the_set_up_says_what_happens_next(site: Site, capsys: pytest.CaptureFixture[str]) -> None:
    site.failure = KeyboardInterrupt()
    assert first_start.main(str(site.root), []) == 130
    assert "next start" in capsys.readouterr().err


def test_a_later_start_imports_next_to_nothing() -> None:
    """The detour over run_game.py costs little because it loads little."""
    code = "import sys; from game.cli import first_start; print(*sys.modules)"
    root = Path(first_start.__file__).parents[2]
    done = subprocess.run([sys.executable, "-c", code], cwd=root, capture_output=True, text=True, check=True)
    loaded = set(done.stdout.split())
    assert not loaded & {"pathlib", "tomllib", "subprocess", "typer", "argparse", "venv", "game.cli.installation"}
