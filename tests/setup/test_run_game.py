"""run_game.py for real: a small project, a real environment and a real pip, fed by a server on this machine."""

from __future__ import annotations

import ast
import base64
import contextlib
import hashlib
import io
import json
import os
import shutil
import signal
import subprocess
import sys
import threading
import zipfile
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

import run_game

ROOT = Path(__file__).resolve().parents[2]
SHIPPED = ["run_game.py", "game/__init__.py", "game/faults.py", "game/words.py", "game/cli/__init__.py"]
SHIPPED += [f"game/cli/{name}.py" for name in ("first_start", "environment", "installation", "streams")]
SHIPPED += ["game/schema/__init__.py", "game/schema/problems.py", "game/schema/limits.py"]

GAME = """
import json, os, sys, demo_numbers
print(json.dumps({"words": sys.argv[1:], "folder": os.getcwd(), "python": sys.executable, "demo": demo_numbers.SEVEN}))
"""
FAKE_PYTEST = "import sys; print('tests', *sys.argv[1:]); sys.exit(7)"


def wheel(name: str, version: str, files: dict[str, str]) -> bytes:
    """A package in the form that pip installs without building anything."""
    info = f"{name}-{version}.dist-info"
    contents = {path: text.encode() for path, text in files.items()}
    contents[f"{info}/METADATA"] = f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n".encode()
    contents[f"{info}/WHEEL"] = b"Wheel-Version: 1.0\nGenerator: demo\nRoot-Is-Purelib: true\nTag: py3-none-any\n"
    record = ""
    for path, data in contents.items():
        digest = base64.urlsafe_b64encode(hashlib.sha256(data).digest()).rstrip(b"=").decode()
        record += f"{path},sha256={digest},{len(data)}\n"
    contents[f"{info}/RECORD"] = (record + f"{info}/RECORD,,\n").encode()
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for path, data in contents.items():
            archive.writestr(path, data)
    return packed.getvalue()


def file_name(name: str, version: str) -> str:
    return f"{name}-{version}-py3-none-any.whl"


class Index:
    """A package index with two packages; while ``stuck`` it takes requests and never answers."""

    def __init__(self) -> None:
        self.stuck = threading.Event()
        self.asked = threading.Event()
        self.files: dict[str, bytes] = {}
        self.publish("demo_numbers", "1.0", {"demo_numbers.py": "SEVEN = 7\n"})
        self.publish("demo_tests", "1.0", {"pytest/__main__.py": FAKE_PYTEST})
        index = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                index.asked.set()
                while index.stuck.is_set():
                    threading.Event().wait(0.05)
                data = index.page(self.path)
                self.send_response(200 if data else 404)
                self.send_header("Content-Type", "text/html" if self.path.endswith("/") else "application/zip")
                self.send_header("Content-Length", str(len(data)))
                self.end_headers()
                self.wfile.write(data)

            def log_message(self, format: str, *args: object) -> None:
                pass

            def handle(self) -> None:
                with contextlib.suppress(OSError):  # whoever asked was killed
                    super().handle()

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        self.address = f"http://127.0.0.1:{self.server.server_port}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def publish(self, name: str, version: str, files: dict[str, str]) -> None:
        self.files[file_name(name, version)] = wheel(name, version, files)

    def page(self, path: str) -> bytes:
        """What lies at a path: the list of a package's files, or a file; nothing where there is neither."""
        if path.startswith("/simple/"):
            name = path.strip("/").rpartition("/")[2].replace("-", "_")
            links = [f'<a href="/files/{file}">{file}</a>' for file in self.files if file.startswith(f"{name}-")]
            return f"<!DOCTYPE html><html><body>{' '.join(links)}</body></html>".encode() if links else b""
        return self.files.get(path.rpartition("/")[2], b"")

    def locked(self, name: str, version: str) -> str:
        """The line of a lock for a package."""
        return f"{name}=={version} --hash=sha256:{hashlib.sha256(self.files[file_name(name, version)]).hexdigest()}\n"


@pytest.fixture
def index() -> Iterator[Index]:
    index = Index()
    yield index
    index.stuck.clear()
    index.server.shutdown()
    index.server.server_close()


@pytest.fixture
def project(tmp_path: Path, index: Index) -> Path:
    """A checkout in a path with spaces and Arabic letters, with the real set-up and a game of two lines."""
    root = tmp_path / "my games" / "دير الزور"
    for name in SHIPPED:
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / name, root / name)
    (root / "game" / "__main__.py").write_text(GAME)
    (root / "pyproject.toml").write_text(
        """[project]
name = "demo"
dependencies = ["demo_numbers>=1.0"]
[project.optional-dependencies]
test = ["demo_tests>=1.0"]
"""
    )
    (root / "locks").mkdir()
    (root / "locks" / "play.txt").write_text(index.locked("demo_numbers", "1.0"))
    (root / "locks" / "test.txt").write_text(index.locked("demo_numbers", "1.0") + index.locked("demo_tests", "1.0"))
    # A year has gone by since the lock was written.
    index.publish("demo_numbers", "2.0", {"demo_numbers.py": "SEVEN = 7.5\n"})
    index.publish("demo_tests", "2.0", {"pytest/__main__.py": FAKE_PYTEST.replace("tests", "newest")})
    return root


def command(project: Path, *words: str) -> list[str]:
    return [sys.executable, str(project / "run_game.py"), *words]


def plain_environment() -> dict[str, str]:
    unwanted = ("PIP_", "PYTHON", "COV_", "HTTP", "http", "NO_PROXY", "no_proxy", "ALL_PROXY", "all_proxy")
    return {name: value for name, value in os.environ.items() if not name.startswith(unwanted)}


def environment(index: Index, **changes: str) -> dict[str, str]:
    settings = {"PIP_INDEX_URL": f"{index.address}/simple", "PIP_CONFIG_FILE": os.devnull, "PIP_NO_CACHE_DIR": "1"}
    return {**plain_environment(), **settings, **changes}


def start(project: Path, index: Index, folder: Path, *words: str, **changes: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        command(project, *words),
        cwd=folder,
        env=environment(index, **changes),
        capture_output=True,
        text=True,
        timeout=120,
    )


@pytest.mark.slow
@pytest.mark.skipif(os.name == "nt", reason="kills by signal")
def test_a_killed_set_up_is_repaired_and_later_starts_go_straight_to_the_game(
    project: Path, index: Index, tmp_path: Path
) -> None:
    index.stuck.set()
    first = subprocess.Popen(
        command(project), cwd=tmp_path, env=environment(index), stderr=subprocess.DEVNULL, start_new_session=True
    )
    assert index.asked.wait(60), "pip never asked for the package"
    os.killpg(first.pid, signal.SIGKILL)
    first.wait(20)
    assert not list((project / ".venv").glob(".ready-*"))
    index.stuck.clear()

    second = start(project, index, tmp_path, "check", "two words")
    assert second.returncode == 0, second.stderr
    assert "[1/3] making" in second.stderr, "a half-made environment must not be trusted"
    seen = json.loads(second.stdout)
    assert seen["words"] == ["check", "two words"]
    assert seen["folder"] == str(tmp_path)
    assert seen["demo"] == 7
    assert Path(seen["python"]).parents[1] == project / ".venv"

    third = start(project, index, tmp_path)
    assert json.loads(third.stdout)["words"] == []
    assert third.stderr == "", "nothing is set up twice"

    tests = start(project, index, tmp_path, "test", "-k", "river")
    assert tests.stdout == "tests -k river\n"
    assert tests.returncode == 7, "the exit code of the tests is passed on"


@pytest.mark.slow
def test_a_year_later_the_same_packages_and_the_newest_only_when_asked_for(
    project: Path, index: Index, tmp_path: Path
) -> None:
    assert json.loads(start(project, index, tmp_path).stdout)["demo"] == 7
    newest = start(project, index, tmp_path, "test", "--newest", "-k", "river")
    assert newest.stdout == "newest -k river\n", newest.stderr
    assert json.loads(start(project, index, tmp_path).stdout)["demo"] == 7

    index.files[file_name("demo_tests", "1.0")] = wheel("demo_tests", "1.0", {"pytest/__main__.py": "print('evil')"})
    exchanged = start(project, index, tmp_path, "test")
    assert exchanged.returncode == 4
    assert exchanged.stdout == ""
    assert "not the one that was locked" in exchanged.stderr

    del index.files[file_name("demo_tests", "1.0")]
    missing = start(project, index, tmp_path, "test", "-k", "river")
    assert missing.stdout == "newest -k river\n", missing.stderr
    assert "The locked demo_tests==1.0 does not exist for this Python" in missing.stderr


@pytest.mark.slow
def test_no_connection_ends_with_a_line_and_a_remedy(project: Path, index: Index, tmp_path: Path) -> None:
    index.server.shutdown()
    index.server.server_close()
    done = start(project, index, tmp_path)
    assert done.returncode == 4
    assert done.stdout == ""
    assert "error: the packages cannot be fetched: no connection" in done.stderr
    assert "Traceback" not in done.stderr
    assert not list((project / ".venv").glob(".ready-*"))


def old_interpreters() -> list[Path]:
    """Pythons on this machine that are too old for the game, where a version manager keeps any."""
    folder = Path(os.environ.get("PYENV_ROOT", Path.home() / ".pyenv")) / "versions"
    found = [folder / f"{version}/bin/python" for version in ("2.7.18", "3.6.15", "3.8.18", "3.10.13")]
    return [python for python in found if python.exists()]


@pytest.mark.parametrize("python", old_interpreters(), ids=lambda python: python.parents[1].name)
def test_an_old_python_says_so(python: Path, tmp_path: Path) -> None:
    done = subprocess.run(
        [str(python), str(ROOT / "run_game.py")], cwd=tmp_path, env=plain_environment(), capture_output=True, text=True
    )
    assert done.returncode == 4
    assert "needs Python 3.11 or newer" in done.stderr
    assert "Traceback" not in done.stderr


def test_too_old_names_both_versions(monkeypatch: pytest.MonkeyPatch) -> None:
    assert run_game.too_old() == ""
    monkeypatch.setattr(sys, "version_info", (3, 8, 10, "final", 0))
    assert "3.11 or newer, and this is Python 3.8 (" in run_game.too_old()


def test_any_python_can_read_run_game() -> None:
    """No annotation, f-string or keyword-only argument may creep in: Python 2.7 must get as far as the message."""
    tree = ast.parse((ROOT / "run_game.py").read_text())
    newer = (ast.JoinedStr, ast.AnnAssign, ast.NamedExpr, ast.AsyncFunctionDef, ast.Nonlocal, ast.Starred)
    for node in ast.walk(tree):
        assert not isinstance(node, newer), f"line {getattr(node, 'lineno', 0)} is too new for an old Python"
        if isinstance(node, ast.arg):
            assert node.annotation is None
        if isinstance(node, ast.FunctionDef):
            assert node.returns is None and not node.args.kwonlyargs
