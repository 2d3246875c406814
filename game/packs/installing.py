"""Installing scenario packs and removing them again.

A pack is checked, unpacked beside its place, read again there, and only then swapped in; a version that was there
before goes last. Whatever happens in between, the old version is whole or the new one is. Files of a pack that are no
part of a scenario are never written.
"""

from __future__ import annotations

import contextlib
import hashlib
import itertools
import json
import os
import re
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from game.faults import ContentFault, EnvironmentFault, Fault, UsageFault
from game.packs.packing import whole_file
from game.scenario.checker import PassFailed, check_reading
from game.scenario.contents import Folder, ScenarioFiles
from game.scenario.files import ScenarioFile
from game.scenario.installed import installed_folder, installed_name, installed_scenario, installed_scenarios
from game.scenario.loading import canonical
from game.scenario.packs import MANIFEST, Pack, is_pack
from game.scenario.reading import Reading, read_scenario
from game.scenario.shipped import shipped_scenarios
from game.schema import limits
from game.schema.canonical import digest
from game.schema.problems import Problem, has_errors, report_lines, safe
from game.schema.spelling import suggestion
from game.store import REAL, SHARED, Disk, FolderLock, StoreFault, read_bounded, safe_name, write_atomic
from game.words import say

RECORD = ".installed.json"
"""What was installed, so that changes made by hand are noticed before they would be lost."""
RECORD_BYTES = 1024 * 1024
_LEFTOVER = re.compile(r"\.(?P<id>.+)\.\d+\.\d+\.(?P<kind>new|old)")
_numbers = itertools.count(1)


@dataclass(frozen=True, slots=True)
class Installation:
    """What an installation has done. ``replaced``: the edition that was there, in words, "" for none."""

    id: str
    title: str
    folder: Path
    edition: str
    replaced: str
    left_out: tuple[str, ...]
    warnings: tuple[Problem, ...]


def install(path: Path, *, force: bool = False, disk: Disk = REAL) -> Installation:
    """Install a pack; raises a Fault, and then whatever was installed before is untouched."""
    if not is_pack(path):
        remedy = (
            say("make a pack of it: run_game.py pack {path} -o FILE.zip", path=path) if path.is_dir() else "name a zip"
        )
        raise UsageFault(say("{path} is not a scenario pack.", path=path), remedy)
    pack = Pack(path)
    reading = read_scenario(pack)
    warnings = _sound(reading)
    head: ScenarioFile = reading.values[MANIFEST]
    folder = installed_folder()
    with _taken(folder):
        recover(folder)
        _require_free_id(reading, head.id, folder)
        place = folder / head.id
        replaced = _edition(place) if os.path.lexists(place) else ""
        if replaced and not force:
            _require_unchanged(place)
        try:
            new = _unpacked(pack, place, disk)
            _swap(new, place, disk)
        except StoreFault as fault:
            kept = "the old version stays" if replaced else "nothing was installed"
            raise EnvironmentFault(f"{fault.message} {kept.capitalize()}.", fault.remedy) from fault
    return Installation(
        head.id, head.title, place, _words(head.version), replaced, tuple(sorted(pack.left_out)), tuple(warnings)
    )


def uninstall(name: str, *, force: bool = False) -> Path:
    """Remove an installed scenario; raises UsageFault for others, and for one that was changed by hand."""
    place = installed_scenario(name)
    if place is None:
        if name in shipped_scenarios():
            raise UsageFault(say("{name} ships with the game.", name=name), "only installed scenarios can be removed.")
        known = [installed_name(one) for one in installed_scenarios()]
        remedy = suggestion(name, known) if known else "none is installed."
        raise UsageFault(say('no scenario "{safe}" is installed.', safe=safe(name)), remedy)
    with _taken(place.parent):
        if not force:
            _require_unchanged(place)
        aside = _beside(place, "old")
        try:
            place.replace(aside)
        except OSError as error:
            raise _store_fault("removing", place, error) from error
        _remove(aside)
    return place


def recover(folder: Path) -> None:
    """Clean up after an installation that was cut off: an old version without a successor comes back."""
    for path in sorted(folder.glob(".*.*")):
        found = _LEFTOVER.fullmatch(path.name)
        if found is None:
            continue
        place = folder / found["id"]
        if found["kind"] == "old" and not os.path.lexists(place):
            path.replace(place)
        else:
            _remove(path)


def tidy() -> None:
    """Recover from an installation that was cut off, if there was one; where that fails, the next one tries again."""
    folder = installed_folder()
    if not any(_LEFTOVER.fullmatch(path.name) for path in folder.glob(".*.*")):
        return
    with contextlib.suppress(Fault, OSError), _taken(folder):
        recover(folder)


# --- may it be installed ----------------------------------------------------------------------------------------


def _sound(reading: Reading) -> list[Problem]:
    """Warnings of a scenario without errors."""
    problems, bugs = check_reading(reading)
    if bugs:
        raise PassFailed(bugs[0])
    if has_errors(problems):
        what = say("{safe} has errors: it was not installed.", safe=safe(reading.shown))
        raise ContentFault(what, "ask its author to fix them.", tuple(report_lines(problems)))
    return problems


def _require_free_id(reading: Reading, one: str, folder: Path) -> None:
    at = reading.node(MANIFEST, "id")
    twin = next((path.name for path in installed_scenarios() if path.name.casefold() == one.casefold()), one)
    if one.casefold() in {name.casefold() for name in shipped_scenarios()}:
        problem = at.problem(
            "P114", say('id "{one}" belongs to a scenario that ships with the game', one=one), "choose another id"
        )
    elif safe_name(one) != one:
        problem = at.problem(
            "P114", say('no folder can be named "{one}" on every system', one=one), "choose another id"
        )
    elif twin != one:
        what = say('id "{one}" differs only by case from that of an installed scenario, "{twin}"', one=one, twin=twin)
        problem = at.problem("P114", what, say("choose another id, or run_game.py uninstall {twin} first", twin=twin))
    elif is_pack(folder / f"{one}.zip"):
        what = say("{pack}.zip is there already, placed there by hand", pack=folder / one)
        problem = at.problem("P114", what, "move it away, or delete it")
    else:
        return
    raise ContentFault("the pack was not installed.", "see below.", tuple(problem.lines()))


def _require_unchanged(place: Path) -> None:
    """The player's own work is not thrown away unasked."""
    changed = changed_files(place)
    if changed is None:
        what = say("{place} was not installed from a pack", place=place)
    elif changed:
        what = say(
            "{place} has been changed since it was installed ({names}{more})",
            place=place,
            names=", ".join(changed[:5]),
            more=" …" * (len(changed) > 5),
        )
    else:
        return
    raise UsageFault(
        f"{safe(what)}.", say("keep it: run_game.py pack {place} -o FILE.zip; or give --force to lose it", place=place)
    )


def changed_files(place: Path) -> list[str] | None:
    """Files that differ from what was installed; None for a folder that nobody has installed."""
    then = _record(place).get("files")
    if not isinstance(then, dict) or place.is_symlink():
        return None
    now = {name: _fingerprint(place / name) for name in Folder(place).names() if not name.startswith(".")}
    return sorted(name for name in {*then, *now} if then.get(name) != now.get(name))


def _record(place: Path) -> dict[str, Any]:
    try:
        found = json.loads(read_bounded(place / RECORD, RECORD_BYTES))
    except (Fault, ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}


def _fingerprint(path: Path) -> str:
    try:
        return hashlib.sha256(read_bounded(path, limits.FILE_BYTES)).hexdigest()
    except Fault:
        return ""


def _edition(place: Path) -> str:
    """What is installed there, in words."""
    version = _record(place).get("version")
    return _words(version if isinstance(version, str) else None)


def _words(version: str | None) -> str:
    return f"version {safe(version)[:24]}" if version else "an unnumbered version"


# --- on the disk --------------------------------------------------------------------------------------------------


def _taken(folder: Path) -> FolderLock:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise _store_fault("making the folder", folder, error) from error
    return FolderLock(folder)


def _beside(place: Path, kind: str) -> Path:
    return place.with_name(f".{place.name}.{os.getpid()}.{next(_numbers)}.{kind}")


def _unpacked(pack: ScenarioFiles, place: Path, disk: Disk) -> Path:
    """The pack as a folder beside the place where it is to be; it says what the pack says."""
    new = _beside(place, "new")
    try:
        prints = {}
        for name in pack.names():
            data = whole_file(pack, name)
            write_atomic(new / name, data, disk, mode=SHARED)
            prints[name] = hashlib.sha256(data).hexdigest()
        plain = canonical(pack)
        if digest(canonical(Folder(new))) != digest(plain):
            raise StoreFault("reading back", new, "the disk gives back other data", "install on another disk")
        record = {"format": 1, "pack": pack.shown, "version": plain["scenario"].get("version"), "files": prints}
        write_atomic(new / RECORD, json.dumps(record, indent=1).encode(), disk)
    except BaseException:
        _remove(new)
        raise
    return new


def _swap(new: Path, place: Path, disk: Disk) -> None:
    """Put the new folder in its place. The two renames are all that a fault can part; `recover` knows that state."""
    old = _beside(place, "old")
    replaces = os.path.lexists(place)
    try:
        if replaces:
            disk.replace(place, old)
        try:
            disk.replace(new, place)
        except OSError:
            if replaces:
                old.replace(place)
            raise
    except OSError as error:
        _remove(new)
        raise _store_fault("renaming the new folder", place, error) from error
    with contextlib.suppress(OSError):  # what the disk will not promise yet, `recover` settles: the old one stays
        disk.sync_folder(place.parent)
        if replaces:
            _remove(old)


def _remove(path: Path) -> None:
    """Delete a folder or a file; what cannot be deleted is tried again by `recover`. A link goes, not its target."""
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path, ignore_errors=True)
    else:
        path.unlink(missing_ok=True)


def _store_fault(step: str, path: Path, error: OSError) -> StoreFault:
    return StoreFault(step, path, error.strerror or str(error), "make room on the disk, or change its rights")
