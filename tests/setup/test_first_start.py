"""The set-up, step by step: what is made, in which order, and what survives an interruption. No network, no pip."""

from __future__ import annotations

import importlib.util
import os
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from game.cli import environment, first_start, installation
from game.faults import EnvironmentFault

PROJECT = """[project]
name = "demo"
dependencies = ["alpha>=1"]
[project.optional-dependencies]
test = ["beta"]
"""


class Site:
    """A project folder whose environment is made of empty files, and a list of what the set-up did."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.folder = root / ".venv"
        self.done: list[str] = []
        self.failure: BaseException | None = None
        (root / "pyproject.toml").write_text(PROJECT)

    def make_environment(self, folder: Path) -> None:
        self.done.append("make")
        python = Path(environment.environment_python(str(self.root)))
        python.parent.mkdir(parents=True)
        python.touch()
        (folder / "pyvenv.cfg").touch()

    def fetch(self, root: str, folder: Path, wanted: list[str]) -> None:
        assert not self.is_ready("play") or "beta" in wanted, "nothing may be stamped before it is fetched"
        assert (folder / installation.NOTE).exists(), "the note must lie there while packages change"
        self.done.append("fetch " + " ".join(wanted))
        assert root == str(self.root)
        if self.failure is not None:
            raise self.failure

    def is_ready(self, part: str) -> bool:
        return environment.is_ready(str(self.root), part)

    def install(self, part: str = "play") -> list[str]:
        """Run the set-up and return what it did."""
        self.done.clear()
        installation.install(str(self.root), part)
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
    assert site.install() == ["make", "fetch alpha>=1"]
    assert site.is_ready("play")
    assert not (site.folder / installation.NOTE).exists()


def test_a_stamped_environment_is_not_touched_again(site: Site) -> None:
    site.install()
    assert site.install() == []


def test_tests_get_their_own_stamp_and_what_the_game_needs_too(site: Site) -> None:
    site.install()
    assert not site.is_ready("test")
    assert site.install("test") == ["fetch alpha>=1 beta"]
    assert site.is_ready("test") and site.is_ready("play")


def test_a_changed_project_file_completes_the_environment_without_making_it_anew(site: Site) -> None:
    site.install()
    (site.root / "pyproject.toml").write_text(PROJECT.replace("alpha>=1", "alpha>=2"))
    assert not site.is_ready("play")
    assert site.install() == ["fetch alpha>=2"]


def test_an_environment_whose_interpreter_is_gone_is_made_anew(site: Site) -> None:
    site.install()
    Path(environment.environment_python(str(site.root))).unlink()
    assert not site.is_ready("play")
    assert site.install() == ["make", "fetch alpha>=1"]


def test_another_interpreter_behind_the_same_name_counts_as_a_change(site: Site) -> None:
    site.install()
    python = Path(environment.environment_python(str(site.root)))
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
    assert site.install() == ["make", "fetch alpha>=1"]


def test_without_a_network_a_working_game_goes_on_working(site: Site) -> None:
    site.install()
    site.failure = EnvironmentFault("no network")
    with pytest.raises(EnvironmentFault):
        site.install("test")
    assert site.is_ready("play")
    site.failure = None
    assert site.install("test") == ["fetch alpha>=1 beta"], "pip gave up before it changed anything"


def test_an_environment_made_by_hand_is_completed_and_never_cleared(site: Site) -> None:
    site.make_environment(site.folder)
    own = site.folder / "mine.txt"
    own.touch()
    for failure in (KeyboardInterrupt(), None):
        site.failure = failure
        try:
            assert site.install() == ["fetch alpha>=1"]
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

    def fetch(root: str, folder: Path, wanted: list[str]) -> None:
        inside.set()
        assert go_on.wait(20)
        site.fetch(root, folder, wanted)

    monkeypatch.setattr(installation, "_fetch", fetch)
    starts = [threading.Thread(target=installation.install, args=(str(site.root), "play")) for _ in range(2)]
    starts[0].start()
    assert inside.wait(20)
    starts[1].start()
    monkeypatch.setattr(time, "sleep", lambda _: go_on.set())  # the second start is waiting now
    for start in starts:
        start.join(20)
    assert site.done == ["make", "fetch alpha>=1"]
    assert "waiting" in capsys.readouterr().err


def test_nothing_is_said_on_standard_output(site: Site, capfd: pytest.CaptureFixture[str]) -> None:
    site.install()
    said = capfd.readouterr()
    assert said.out == ""
    assert "[2/3] fetching packages: alpha>=1" in said.err


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
        ("ReadTimeoutError(\"HTTPSConnectionPool(host='pypi.org', port=443): Read timed out.", "no connection"),
        ("Temporary failure in name resolution\nERROR: No matching distribution found for numpy", "no connection"),
        ("SSLError(SSLCertVerificationError(1, '[SSL: CERTIFICATE_VERIFY_FAILED]", "certificate"),
        ("ERROR: Could not install packages due to an OSError: [Errno 28] No space left on device", "disk is full"),
        ("ERROR: No matching distribution found for numpy>=99", "no release"),
        ("something else", "could not install"),
    ],
)
def test_the_log_of_pip_tells_why_it_failed(log: str, message: str) -> None:
    fault = installation.diagnosis(log, Path("setup.log"))
    assert message in fault.message
    assert fault.remedy


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
        (["test", "-k", "river"], ["-P", "-m", "pytest", "-k", "river"]),
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
    python = environment.environment_python(str(site.root))
    assert seen["words"] == [python, *command]
    assert seen["path"] == str(site.root)
    assert seen["folder"] == (site.root if arguments[:1] == ["test"] else site.root.parent)


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
