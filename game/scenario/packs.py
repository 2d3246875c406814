"""Scenario packs: a scenario in a zip, read where it lies.

``scenario.yaml`` is the manifest. It stands at the top of the zip or in the one folder at its top; beside it lie the
other files of the format, pictures and texts to read. Anything else is neither read nor installed, and told.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from game.scenario import zipped
from game.scenario.contents import Folder, ScenarioFiles
from game.scenario.files import FILES, MAP_TEXT, NOT_READ
from game.scenario.zipped import BadZip, Trouble, ZipMember
from game.schema import limits
from game.schema.file_bytes import file_bytes
from game.schema.leavings import is_left_behind
from game.schema.nodes import SourceText
from game.schema.problems import Problem, has_errors

MANIFEST = "scenario.yaml"
SUFFIX = ".zip"
_BESIDE = re.compile(r"forces/[^/]+\.yaml|([^/]+/)?[^/]+\.png|[^/]+\.md|LICEN[CS]E(\.txt)?", re.IGNORECASE)
_KNOWN = frozenset({*(file.name for file in FILES), MAP_TEXT, *NOT_READ})
_ARCHIVES = (".zip", ".jar", ".7z", ".rar", ".tar", ".gz", ".bz2", ".xz", ".zst")


def belongs(name: str) -> bool:
    """Whether a file of a scenario, by its name below the top, is read by the game, its tools or people."""
    return name.lower() in _KNOWN or _BESIDE.fullmatch(name) is not None


class Pack:
    """A scenario in a zip, or in the ``data`` of one. A zip with an error in its directory holds no files at all."""

    def __init__(self, path: Path, shown: str | None = None, data: bytes | None = None) -> None:
        self.path = path
        self.shown = shown if shown is not None else path.as_posix()
        self.name = ""
        self.problems: list[Problem] = []
        self.left_out: list[str] = []
        self._top = ""
        self._files: dict[str, ZipMember] = {}
        self._data = b""
        if data is None:
            data, self.problems = file_bytes(path, self.shown, limits.PACK_BYTES)
        if data is not None:
            self._open(data)

    def _open(self, data: bytes) -> None:
        if len(data) > limits.PACK_BYTES:
            what = f"the pack is larger than {limits.PACK_BYTES // 2**20} MB"
            self._refuse(Trouble("P102", what, "leave out what does not belong to the scenario"))
            return
        entries, troubles = zipped.members(data)
        for trouble in troubles:
            self._refuse(trouble)
        if troubles:
            return
        files = [entry for entry in entries if not entry.is_folder and not is_left_behind(entry.name)]
        tops = _tops(files)
        if len(tops) != 1:
            self._refuse(_without_manifest(tops, files))
            return
        self._data, self._top = data, tops[0]
        self.name = self._top.removesuffix("/")
        for entry in files:
            name = entry.name.removeprefix(self._top) if entry.name.startswith(self._top) else f"../{entry.name}"
            if belongs(name):
                self._files[name] = entry
            else:
                self.left_out.append(entry.name)
        self.problems += self._foreign()

    def _foreign(self) -> Iterator[Problem]:
        for name in sorted(self.left_out):
            packed = name.lower().endswith(_ARCHIVES)
            what = "an archive in the pack: it is not opened" if packed else "this file is not part of a scenario"
            code, fix = ("P121", "unpack it") if packed else ("P120", "leave it out; it is neither read nor installed")
            yield SourceText(f"{self.shown}!{name}").problem(1, 1, code, what, fix, severity="warning")

    def _refuse(self, trouble: Trouble) -> None:
        where = f"{self.shown}!{trouble.entry}" if trouble.entry else self.shown
        self.problems.append(SourceText(where).problem(1, 1, trouble.code, trouble.what, trouble.fix))

    @property
    def broken(self) -> bool:
        """Whether the zip itself cannot be used."""
        return has_errors(self.problems)

    def names(self) -> list[str]:
        """All files that belong to a scenario."""
        return sorted(self._files)

    def has(self, name: str) -> bool:
        """Whether the file is there."""
        return name in self._files

    def place(self, name: str) -> str:
        """A file as messages name it: ``pack.zip!folder/map.yaml``."""
        return f"{self.shown}!{self._top}{name}"

    def read(self, name: str, limit: int = limits.FILE_BYTES) -> tuple[bytes | None, list[Problem]]:
        """The bytes of a file, unpacked in memory and compared with what the directory declares."""
        entry = self._files.get(name)
        if entry is None:
            what = "the file is missing"
            return None, [SourceText(self.place(name)).problem(1, 1, "F101", what, "put it into the pack")]
        try:
            return zipped.unpacked(self._data, entry, limit), []
        except BadZip as refusal:
            found = refusal.trouble
            return None, [SourceText(self.place(name)).problem(1, 1, found.code, found.what, found.fix)]


def _tops(files: list[ZipMember]) -> list[str]:
    """Where manifests stand: "" for the top, else the folder with its stroke."""
    names = {entry.name for entry in files}
    if MANIFEST in names:
        return [""]
    return sorted(name.removesuffix(MANIFEST) for name in names if re.fullmatch(rf"[^/]+/{re.escape(MANIFEST)}", name))


def _without_manifest(tops: list[str], files: list[ZipMember]) -> Trouble:
    if tops:
        found = ", ".join(top.removesuffix("/") for top in tops[:5])
        return Trouble("P113", f"the pack holds several scenarios: {found}", "make a pack for each")
    likely = [one.name for one in files if one.name.rpartition("/")[2] != MANIFEST]
    twin = next((name for name in likely if name.lower().rpartition("/")[2] == MANIFEST), "")
    if twin:
        what = f"some systems read this file as {MANIFEST}, others do not read it"
        return Trouble("P113", what, f"rename it to {MANIFEST} and pack again", twin)
    what = f"the pack holds no {MANIFEST}, at the top or in one folder"
    return Trouble("P113", what, "make it with run_game.py pack FOLDER -o FILE.zip")


def is_pack(path: Path) -> bool:
    """Whether a path means a pack: a file that is called one, or that begins like one."""
    if not path.is_file() or is_left_behind(path.name):
        return False
    if path.suffix.lower() == SUFFIX:
        return True
    try:
        with path.open("rb") as stream:
            return stream.read(4) == b"PK\3\4"
    except OSError:
        return False


def contents_of(path: Path) -> ScenarioFiles:
    """The files of the scenario at a path: a folder, or a pack."""
    return Pack(path) if is_pack(path) else Folder(path)
