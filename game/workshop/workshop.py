"""A scenario that is being worked on: its texts, what was done to them, and what the check says of them now."""

from __future__ import annotations

from collections.abc import Generator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

from game.faults import UsageFault
from game.hexgrid import HexGrid, grid
from game.scenario.files import MapFile
from game.scenario.packs import is_pack
from game.scenario.reading import Reading
from game.scenario.shipped import scenario_folder
from game.scenario.world import World
from game.schema import limits
from game.schema.leavings import holds_anything
from game.words import say
from game.workshop.checking import LiveCheck, Verdict
from game.workshop.disk import going_along, rank, read_folder, write_file
from game.workshop.edits.base import Edit
from game.workshop.findings import Finding, located
from game.workshop.refused import EditRefused
from game.workshop.sheets import RECIPE, Sheets
from game.workshop.text.document import Document
from game.workshop.underlay import EDITOR_FILE, Underlay, underlay_of

T = TypeVar("T")

HISTORY_KEPT = 500


@dataclass(frozen=True, slots=True)
class EditStep:
    """One edit that was done: its name, the stroke it belongs to, and the files before and after (None: no file)."""

    edit: Edit
    name: str
    stroke: int
    before: Mapping[str, bytes | None]
    after: Mapping[str, bytes | None]
    warnings: tuple[str, ...] = ()


@dataclass(slots=True)
class Workshop:
    """A scenario folder being edited. Open one with :meth:`open`; nothing touches the disk before :meth:`save`."""

    folder: Path
    reason: str = "drawn by hand in the editor"
    """Why the map is changed, for the recipe of a made map: every correction there has a reason."""
    last_world: World | None = field(default=None, repr=False)
    """The world of the last texts that were without errors."""
    _check: LiveCheck = field(init=False, repr=False)
    _files: dict[str, bytes] = field(default_factory=dict, repr=False)
    _on_disk: dict[str, bytes] = field(default_factory=dict, repr=False)
    _past: list[EditStep] = field(default_factory=list, repr=False)
    _future: list[EditStep] = field(default_factory=list, repr=False)
    _verdict: Verdict | None = field(default=None, repr=False)
    _current: Verdict | None = field(default=None, repr=False)
    _checking: Generator[None, None, Verdict] | None = field(default=None, repr=False)
    _reading: Reading | None = field(default=None, repr=False)
    _documents: dict[str, Document] = field(default_factory=dict, repr=False)
    _grid: HexGrid | None = field(default=None, repr=False)

    # --- opening ----------------------------------------------------------------------------------------------------

    @classmethod
    def open(cls, name_or_path: str | Path, rules_folder: Path | None = None) -> Workshop:
        """Take a scenario into the workshop, sound or broken; of a pack only a copy can be saved.

        Raises UsageFault where there is none, ContentFault for a pack that cannot be read.
        """
        folder = scenario_folder(name_or_path)
        made = cls(folder)
        made._check = LiveCheck(folder) if rules_folder is None else LiveCheck(folder, rules_folder)
        made._on_disk = read_folder(folder)
        made._files = dict(made._on_disk)
        made.problems()
        return made

    # --- what the scenario is now -----------------------------------------------------------------------------------

    def files(self) -> tuple[str, ...]:
        """Names of the files, as they are listed in the format reference; recipe and editor's own last."""
        return tuple(self._files)

    def text(self, file: str) -> str:
        """A file as text with plain line ends, for a text pane; "" when there is none."""
        data = self._files.get(file, b"")
        return data.decode("utf-8-sig", "replace").replace("\r\n", "\n").replace("\r", "\n")

    def data(self, file: str) -> bytes | None:
        """The bytes of a file, as :meth:`save` would write them."""
        return self._files.get(file)

    def definition(self, file: str, kind: type[T], *, partial: bool = False) -> T | None:
        """What a file says, read as its dataclass: ``definition("map.yaml", MapFile)``; None while it is faulty.

        ``partial``: of a faulty file too, without the entries that are wrong, as far as that can be had.
        """
        reading = self._read_now()
        found = reading.values.get(file)
        return found if isinstance(found, kind) and (partial or file not in reading.failed) else None

    def _read_now(self) -> Reading:
        if self._reading is None:
            self._reading = self._check.reading(self._files)
        return self._reading

    @property
    def grid(self) -> HexGrid | None:
        """The grid of the map, the last that could be read while map.yaml is broken."""
        chart = self._read_now().values.get("map.yaml")
        if isinstance(chart, MapFile):
            self._grid = grid(chart.size.columns, chart.size.rows)
        return self._grid

    def world(self) -> World | None:
        """The world of the texts as they stand, None while they have errors."""
        return self._judged().world

    def problems(self) -> tuple[Finding, ...]:
        """All that the check says of the texts as they stand."""
        verdict = self._judged()
        return tuple(located(verdict.reading, problem, self.grid) for problem in verdict.problems)

    @property
    def findings(self) -> tuple[Finding, ...]:
        """What the last check that came to its end said; the texts may have changed since."""
        verdict = self._verdict
        if verdict is None:
            return ()
        return tuple(located(verdict.reading, problem, self.grid) for problem in verdict.problems)

    @property
    def bugs(self) -> tuple[str, ...]:
        """Passes of the check that failed: mistakes of the game, not of the designer."""
        return self._judged().bugs

    def check_step(self) -> bool:
        """Do a slice of the check, some hundredths of a second; False when nothing is left to do."""
        if self._current is not None:
            return False
        if self._checking is None:
            self._checking = self._check.steps(dict(self._files))
        try:
            next(self._checking)
        except StopIteration as end:
            self._verdict = self._current = end.value
            self._checking = None
            self.last_world = end.value.world or self.last_world
            return False
        return True

    def _judged(self) -> Verdict:
        while self.check_step():
            pass
        assert self._current is not None
        return self._current

    def _texts_changed(self) -> None:
        self._current = self._checking = self._reading = None

    def underlay(self) -> Underlay | None:
        """The picture beneath the map."""
        return underlay_of(self._files.get(EDITOR_FILE))

    @property
    def made_map(self) -> bool:
        """Whether the map is made by make-map from a recipe that lies in the folder."""
        return RECIPE in self._files

    def warnings(self) -> tuple[str, ...]:
        """What the designer should know of the edits done: parts of a made map that make-map would undo."""
        return tuple(dict.fromkeys(text for step in self._past for text in step.warnings))

    # --- doing and undoing ------------------------------------------------------------------------------------------

    def do(self, edit: Edit, *, stroke: int = 0) -> str | None:
        """Do an edit; None when it is done, or why it cannot be. Edits of one stroke number are one step of undo."""
        sheets = Sheets(self._files, self._read_now(), self.folder, self.reason, kept=self._documents)
        try:
            edit.apply(sheets)
        except EditRefused as reason:
            return str(reason)
        self._documents.update(sheets.read)
        after = dict(sheets.written)
        if not after:
            return None
        before = {name: self._files.get(name) for name in after}
        step = EditStep(edit, self._named(edit), stroke, before, after, tuple(sheets.warnings))
        self._past, self._future = [*self._past, step][-HISTORY_KEPT:], []
        self._join()
        self._put(after)
        return None

    def _named(self, edit: Edit) -> str:
        return edit.describe(self.grid or grid(limits.MAP_SIDE, limits.MAP_SIDE))

    def _join(self) -> None:
        """Make one step of the last two where they are parts of one stroke."""
        if len(self._past) < 2:
            return
        first, last = self._past[-2:]
        edit = first.edit.merged(last.edit) if first.stroke == last.stroke != 0 else None
        if edit is not None:
            before, after = {**last.before, **first.before}, {**first.after, **last.after}
            self._past[-2:] = [
                EditStep(edit, self._named(edit), last.stroke, before, after, first.warnings + last.warnings)
            ]

    def _put(self, files: Mapping[str, bytes | None]) -> None:
        for name, data in files.items():
            if data is None:
                self._files.pop(name, None)
            else:
                self._files[name] = data
        self._files = {name: self._files[name] for name in sorted(self._files, key=rank)}
        self._texts_changed()

    def undo(self) -> str | None:
        """Take back the last step; its name, None when there is nothing to take back."""
        if not self._past:
            return None
        step = self._past.pop()
        self._future.append(step)
        self._put(step.before)
        return step.name

    def redo(self) -> str | None:
        """Do again what was taken back; its name, None when there is nothing."""
        if not self._future:
            return None
        step = self._future.pop()
        self._past.append(step)
        self._put(step.after)
        return step.name

    @property
    def can_undo(self) -> bool:
        """Whether there is a step to take back."""
        return bool(self._past)

    @property
    def can_redo(self) -> bool:
        """Whether there is a step to do again."""
        return bool(self._future)

    @property
    def history(self) -> tuple[str, ...]:
        """Names of the steps done, the last one last."""
        return tuple(step.name for step in self._past)

    @property
    def future(self) -> tuple[str, ...]:
        """Names of the steps taken back, the next to be done again first."""
        return tuple(step.name for step in reversed(self._future))

    # --- the disk ---------------------------------------------------------------------------------------------------

    @property
    def dirty(self) -> bool:
        """Whether something differs from what was read or saved last."""
        return self._files != self._on_disk

    def changed_on_disk(self) -> tuple[str, ...]:
        """Files that somebody else has changed, added or removed since they were read or saved here."""
        now = read_folder(self.folder)
        names = sorted({*now, *self._on_disk}, key=rank)
        return tuple(name for name in names if now.get(name) != self._on_disk.get(name))

    def save(self, *, over: bool = False) -> tuple[str, ...]:
        """Write what changed; the files written. Raises UsageFault when somebody changed them on the disk, unless
        ``over``, and StoreFault when the disk stands in the way: then every file is whole, old or new."""
        if is_pack(self.folder):
            raise UsageFault(say("{folder} is a pack, and a pack stays as it is.", folder=self.folder), "save a copy")
        changed = [name for name in self._files if self._files[name] != self._on_disk.get(name)]
        gone = [name for name in self._on_disk if name not in self._files]
        foreign = [name for name in self.changed_on_disk() if name in changed or name in gone]
        if foreign and not over:
            raise UsageFault(
                say("{names} changed on the disk since the scenario was read.", names=", ".join(foreign)),
                "reload what changed, or save over it, or save to another folder.",
            )
        for name in changed:
            write_file(self.folder / name, self._files[name])
            self._on_disk[name] = self._files[name]
        for name in gone:
            (self.folder / name).unlink(missing_ok=True)
            del self._on_disk[name]
        return (*changed, *gone)

    def save_as(self, folder: Path) -> tuple[str, ...]:
        """Write the scenario into another folder, empty or new, and go on there. Raises UsageFault, StoreFault."""
        if folder.exists() and (not folder.is_dir() or holds_anything(folder)):
            raise UsageFault(say("{folder} is not an empty folder.", folder=folder), "choose a new name.")
        self.copy_into(folder)
        self._check = LiveCheck(folder, self._check.rules_folder)
        self.folder, self._on_disk = folder, dict(self._files)
        self._texts_changed()
        return tuple(self._files)

    def copy_into(self, folder: Path) -> None:
        """Write the scenario as it stands, and what goes along with it, into another folder. Raises StoreFault."""
        for name, data in (*self._files.items(), *going_along(self.folder)):
            write_file(folder / name, data)

    def reload_changed_files(self) -> tuple[str, ...]:
        """Take over what was changed on the disk, as one step that can be undone; the files taken over."""
        now, names = read_folder(self.folder), self.changed_on_disk()
        after = {name: now.get(name) for name in names}
        before = {name: self._files.get(name) for name in names}
        self._on_disk = now
        if before != after:
            step = EditStep(ReloadFiles(names), f"reload {', '.join(names)}", 0, before, after)
            self._past, self._future = [*self._past, step], []
        self._put(after)
        return names


@dataclass(frozen=True, slots=True)
class ReloadFiles(Edit):
    """Files taken over as somebody else wrote them."""

    names: tuple[str, ...]

    def describe(self, grid: HexGrid) -> str:
        return f"reload {', '.join(self.names)}"

    def apply(self, sheets: Sheets) -> None:
        raise EditRefused("files are taken over from the disk by reload_changed_files")
