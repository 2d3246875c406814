"""The locks say the same as pyproject.toml, name every package and file, and nothing of where they came from."""

from __future__ import annotations

import re
import tomllib
from importlib import metadata
from pathlib import Path

import pytest
from packaging.markers import default_environment
from packaging.requirements import Requirement
from packaging.tags import Tag, compatible_tags, cpython_tags, mac_platforms
from packaging.utils import canonicalize_name, parse_wheel_filename

from game.cli import installation
from game.cli.environment import PARTS, Environment

ROOT = Path(__file__).resolve().parents[2]
PYTHONS = ("3.11", "3.12", "3.13", "3.14")
SYSTEMS = (("linux", "Linux", "posix"), ("win32", "Windows", "nt"), ("darwin", "Darwin", "posix"))
TARGETS = [
    {
        "python_version": python,
        "python_full_version": f"{python}.0",
        "sys_platform": platform,
        "platform_system": system,
        "os_name": name,
        "implementation_name": "cpython",
        "platform_python_implementation": "CPython",
    }
    for python in PYTHONS
    for platform, system, name in SYSTEMS
]
MACHINES = {
    "linux": ("x86_64", "aarch64"),
    "win32": ("amd64",),
    "darwin": ("arm64", "x86_64"),
}


def text_of(part: str) -> str:
    return Path(Environment(str(ROOT)).lock(part)).read_text(encoding="utf-8")


def entries(part: str) -> list[tuple[Requirement, list[str]]]:
    """Each package of a lock with the sums of its files."""
    joined = text_of(part).replace("\\\n", " ")
    lines = [line for line in joined.splitlines() if line and not line.startswith("#")]
    return [(Requirement(line.partition("--hash")[0]), re.findall(r"--hash=sha256:(\S+)", line)) for line in lines]


def versions(part: str, target: dict[str, str]) -> dict[str, str]:
    """What the lock of a part gives to one Python on one system."""
    found: dict[str, str] = {}
    for requirement, _ in entries(part):
        if requirement.marker is None or requirement.marker.evaluate(target):
            name = canonicalize_name(requirement.name)
            assert name not in found, f"{name} is locked twice for {target}"
            (pin,) = requirement.specifier
            assert pin.operator == "=="
            found[name] = pin.version
    return found


@pytest.mark.parametrize("part", PARTS)
def test_every_package_is_named_with_its_version_and_the_sums_of_its_files(part: str) -> None:
    for requirement, sums in entries(part):
        assert requirement.url is None
        assert sums and all(re.fullmatch(r"[0-9a-f]{64}", one) for one in sums), requirement
    assert not re.search(r"://|^-|file:", text_of(part), re.M), "a lock names no place"


@pytest.mark.parametrize("part", PARTS)
def test_the_locks_fit_pyproject(part: str) -> None:
    for target in TARGETS:
        locked = versions(part, target)
        for text in installation.requirements(str(ROOT), part):
            wanted = Requirement(text)
            version = locked.get(canonicalize_name(wanted.name))
            assert version is not None and wanted.specifier.contains(version), (
                f"locks/{part}.txt has no {text}: run tools/renew_lock.py"
            )


def test_each_part_holds_the_one_before_in_the_same_versions() -> None:
    for target in TARGETS:
        play, test, lint = (versions(part, target).items() for part in PARTS)
        assert play < test < lint


def test_no_player_is_asked_for_the_judges_or_the_tests() -> None:
    for target in TARGETS:
        assert not {"pytest", "hypothesis", "ruff", "mypy", "hatchling"} & versions("play", target).keys()
        assert not {"ruff", "mypy"} & versions("test", target).keys()


def test_what_a_locked_package_needs_is_locked_too() -> None:
    """As far as this Python on this system can tell: by what is installed here."""
    here = {name: str(value) for name, value in default_environment().items()}
    locked = versions("test", here)
    installed = {str(canonicalize_name(one.name)): one for one in metadata.distributions()}
    for name, version in locked.items():
        if name not in installed or installed[name].version != version:
            continue  # an environment made by hand, or one of the newest releases
        for text in installed[name].requires or ():
            needed = Requirement(text)
            if needed.marker is None or needed.marker.evaluate({**here, "extra": ""}):
                assert canonicalize_name(needed.name) in locked, f"{name} needs {text}: run tools/renew_lock.py"


def platforms(system: str, machine: str) -> list[str]:
    """What a machine calls itself: Linux with the C library of 2018 or newer, macOS 13 or newer, Windows."""
    if system == "linux":
        return [*(f"manylinux_2_{minor}_{machine}" for minor in range(28, 16, -1)), f"manylinux2014_{machine}"]
    return list(mac_platforms((13, 0), machine)) if system == "darwin" else [f"win_{machine}"]


def taken(target: dict[str, str], machine: str) -> set[Tag]:
    """The tags of the wheels that a Python takes on a machine."""
    _, minor = (int(number) for number in target["python_version"].split("."))
    names = platforms(target["sys_platform"], machine)
    return {*cpython_tags((3, minor), platforms=names), *compatible_tags((3, minor), f"cp3{minor}", names)}


def test_every_python_on_every_system_finds_a_wheel_of_each_locked_package() -> None:
    """By ``locks/wheels.txt``, each of whose files stands in the lock with the same sum."""
    sums = {
        (canonicalize_name(one.name), next(iter(one.specifier)).version): set(found) for one, found in entries("lint")
    }
    tags: dict[tuple[str, str], set[Tag]] = {}
    for line in text_of("wheels").splitlines():
        if not line.startswith("#"):
            sha, wheel = line.split("  ")
            package, release, _, fits = parse_wheel_filename(wheel)
            assert sha in sums[package, str(release)], f"{wheel} is not in locks/lint.txt: run tools/renew_lock.py"
            tags.setdefault((package, str(release)), set()).update(fits)
    for target in TARGETS:
        for machine in MACHINES[target["sys_platform"]]:
            wanted = taken(target, machine)
            for name, version in versions("lint", target).items():
                assert tags[name, version] & wanted, (
                    f"no wheel of {name} {version} for {target['python_version']} on {machine}"
                )


def test_the_judges_look_at_all_that_is_ours() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    assert {"run_game.py", "game", "tests"} <= set(project["tool"]["mypy"]["files"])
    assert project["tool"]["mypy"]["strict"] is True
