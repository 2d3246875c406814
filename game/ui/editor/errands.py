"""What the editor does with the scenario as a whole: save, copy, reload, test, remove, leave."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from game.faults import Fault
from game.scenario.installed import installed_folder
from game.scenario.world import World
from game.ui.editor.balance_front import sides_of
from game.ui.editor.balance_run import BalanceRun
from game.ui.editor.balance_scene import BalanceScene
from game.ui.editor.canvas import Canvas
from game.ui.editor.checks_panel import ChecksPanel
from game.ui.editor.copies import copy_to
from game.ui.editor.drawn import Drawn
from game.ui.editor.folders import ID_LETTERS, free_id, is_writable
from game.ui.editor.hand import NO_PICK, Hand, Pick, free_name
from game.ui.editor.help_scene import EditorHelp
from game.ui.editor.removals import removal
from game.ui.editor.text_scene import TextScene
from game.ui.editor.underlay import Underlays
from game.ui.places import ToPlayTest
from game.ui.scene import Change, Desk, Pop, Push, Quit, Scene
from game.ui.scenes.dialog import Dialog, Prompt, fault_message
from game.words import say
from game.workshop import (
    AddArea,
    CopyUnit,
    Edit,
    SetUnderlay,
    Workshop,
)
from game.workshop.edits.areas import AreaKind


class Errands(ABC):
    """A part of the editor's scene; the scene itself holds what these work on."""

    desk: Desk
    workshop: Workshop
    drawn: Drawn | None
    hand: Hand
    pick: Pick
    canvas: Canvas | None
    checks: ChecksPanel
    underlays: Underlays
    pending: Change | None

    # --- what the scene gives ---------------------------------------------------------------------------------

    @abstractmethod
    def do(self, edit: Edit) -> bool:
        """Do an edit; a refusal is told."""

    @abstractmethod
    def say(self, words: str, bad: bool = False) -> None:
        """A line for the status bar."""

    @abstractmethod
    def choose(self, pick: Pick, name_it: bool = False) -> None:
        """Show something in the form."""

    @abstractmethod
    def drop(self) -> bool:
        """End what is begun."""

    @abstractmethod
    def finish_check(self) -> None:
        """Check to the end, now."""

    @abstractmethod
    def refresh(self) -> None:
        """Show what the texts say now."""

    @abstractmethod
    def after_edit(self) -> None:
        """The texts have changed by no edit of the hand."""

    # --- saving -----------------------------------------------------------------------------------------------

    def save(self, then: Callable[[], Change | None] | None = None) -> None:
        """Write what has changed. Files that somebody else has changed meanwhile are asked about first."""
        self.drop()
        if not is_writable(self.workshop.folder):
            self.save_a_copy()
            return
        foreign = self.workshop.changed_on_disk()
        if foreign and self.workshop.dirty:
            self._ask_over(foreign, then)
            return
        self._write(False, then)

    def _ask_over(self, foreign: tuple[str, ...], then: Callable[[], Change | None] | None) -> None:
        names = ", ".join(foreign)
        text = say(
            "Another program has changed **{names}** since it was read here. Overwrite it, or reload?", names=names
        )
        answers: list[tuple[str, Callable[[], Change | None]]] = [
            ("Save over it", lambda: self._write(True, then)),
            ("Take it over", lambda: self.reload()),
            ("Cancel", lambda: None),
        ]
        self.pending = Push(Dialog(self.desk, self._scene, "Changed on the disk", text, answers, danger=True))

    def _write(self, over: bool, then: Callable[[], Change | None] | None = None) -> Change | None:
        try:
            written = self.workshop.save(over=over)
        except Fault as fault:
            self.pending = Push(fault_message(self.desk, self._scene, "The scenario could not be saved", fault))
            return None
        self.say(say("Saved: {names}", names=", ".join(written)) if written else "Nothing has changed.")
        self.refresh()
        if then is not None:
            self.pending = then()
        return None

    @property
    def _scene(self) -> Scene:
        return self  # type: ignore[return-value]  # errands are a part of the editor's scene, and of nothing else

    def save_a_copy(self) -> None:
        """Write the whole scenario into a folder of its own, and go on there."""
        self.drop()
        text = say(
            "The copy is written into {folder}, and the editor goes on with it. Its id is the name of its folder: "
            "letters, digits, _ and -.",
            folder=installed_folder(),
        )
        first = free_id(self.workshop.folder.name)
        self.pending = Push(Prompt(self.desk, self._scene, "Save a copy", text, first, "Save", self._copied, 40))

    def _copied(self, name: str) -> Change | None:
        try:
            copy_to(self.workshop, name.strip())
        except Fault as fault:
            self.pending = None
            return Push(fault_message(self.desk, self._scene, "The copy could not be written", fault))
        self.say(say("Saved as {folder}", folder=self.workshop.folder))
        self.refresh()
        return Pop()

    def reload(self) -> None:
        """Take over what another program has changed on the disk."""
        self.drop()
        try:
            taken = self.workshop.reload_changed_files()
        except Fault as fault:
            self.pending = Push(fault_message(self.desk, self._scene, "The files cannot be read", fault))
            return
        self.underlays.forget()
        self.say(say("Taken over: {names}", names=", ".join(taken)) if taken else "Nothing has changed on the disk.")
        self.after_edit()

    def look_at_disk(self) -> None:
        """The window has the focus again: another program may have written files meanwhile."""
        try:
            names = self.workshop.changed_on_disk()
        except Fault:
            return
        if names:
            self.say(say("Changed on the disk: {names}. Ctrl+R takes it over.", names=", ".join(names)), bad=True)

    # --- leaving ----------------------------------------------------------------------------------------------

    @property
    def unsaved(self) -> bool:
        """Whether something would be lost by leaving."""
        return self.workshop.dirty

    def leave(self) -> None:
        """Back to where the editor was opened from; what is not saved is asked about."""
        self.drop()
        self.pending = self.ask_to_leave(Pop()) if self.workshop.dirty else Pop()

    def ask_to_leave(self, leaving: Change) -> Change:
        """The question before something is lost."""

        def save() -> Change | None:
            self.save(lambda: leaving)
            return None

        text = say("**{name}** has changes that are not saved.", name=self.workshop.folder.name)
        levels = 2 if isinstance(leaving, Pop) else 0
        answers: list[tuple[str, Callable[[], Change | None]]] = [
            ("Save and leave", save),
            ("Leave without saving", lambda: Pop(levels) if levels else Quit()),
            ("Stay", lambda: None),
        ]
        return Push(Dialog(self.desk, self._scene, "Save the scenario?", text, answers, danger=True))

    # --- other scenes -----------------------------------------------------------------------------------------

    def play_test(self) -> None:
        """Play what stands here now."""
        world = self._sound_world()
        if world is not None:
            self.pending = Push(ToPlayTest(world))

    def open_balance(self) -> None:
        """Let the game play what stands here now against itself, and see whether every side has its chance."""
        world = self._sound_world()
        if world is not None:
            workshop, name = self.workshop, world.id
            self.pending = Push(
                BalanceScene(self.desk, lambda games: BalanceRun(workshop, name, games), sides_of(world))
            )

    def _sound_world(self) -> World | None:
        """What stands here now, None with a word about it while it has errors."""
        self.drop()
        world = self.workshop.world()
        self.finish_check()
        if world is None:
            self.say("Fix the errors first: a game needs a scenario without any.", bad=True)
            self.checks.step(0)
        return world

    def open_help(self) -> None:
        """Keys and tools."""
        self.drop()
        self.pending = Push(EditorHelp(self.desk))

    def open_text(self, file: str, line: int = 0, find: str = "") -> None:
        """Show a file as text, at a line or at the first one that holds some words."""
        self.drop()
        name = file or self._file_in_hand()
        if not line and find:
            lines = self.workshop.text(name).split("\n")
            line = next((n for n, text in enumerate(lines, 1) if find in text or find.replace(": ", ': "') in text), 0)
        self.pending = Push(TextScene(self.desk, self, name, line))

    def _file_in_hand(self) -> str:
        if self.pick and self.pick.kind in ("source", "unit") and self.drawn is not None:
            mark = self.drawn.unit(self.pick.name)
            return f"forces/{mark.faction if mark is not None else self.pick.of}.yaml"
        return {"prize": "victory.yaml", "crossing": "crossings.yaml", "area": "relations.yaml"}.get(
            self.pick.kind, "scenario.yaml"
        )

    def new_area(self, what: str) -> None:
        """Ask for the name of a new sector or airspace; it begins with the hex in the middle of the map's window."""
        kind: AreaKind = "sectors" if what == "sectors" else "airspace"
        word = "home sector" if what == "sectors" else "airspace"

        def make(name: str) -> Change | None:
            drawn, canvas = self.drawn, self.canvas
            if drawn is None or canvas is None:
                return None
            camera = canvas.map.camera
            here = camera.hex_at((camera.x + camera.width // 2, camera.y + camera.height // 2))
            stem = "".join(c for c in name.lower().replace(" ", "-") if c in ID_LETTERS).strip("-") or what
            taken = {area.entry.id for area in drawn.areas}
            new = stem if stem not in taken and stem[0].isalpha() else free_name(f"{kind}-", taken)
            if self.do(AddArea(kind, new, name.strip(), (max(0, here),))):
                self.hand.area = (what, new)
                self.choose(Pick("area", new, what))
            return None

        text = say("The {word} begins with the hex in the middle of the window; paint the others.", word=word)
        self.pending = Push(
            Prompt(self.desk, self._scene, say("A new {word}", word=word), text, "", "Make it", make, 60)
        )

    def ask_picture(self) -> None:
        """Ask for the file of a picture."""
        self.drop()
        text = (
            "The path of a PNG: at most 4096 pixels a side, 16 million pixels, 8 MB. "
            "It is copied into the scenario's folder."
        )

        make = self.take_picture
        self.pending = Push(Prompt(self.desk, self._scene, "A picture beneath the map", text, "", "Take it", make, 400))

    def take_picture(self, path: str) -> Change | None:
        """Lay a picture beneath the map; a dialog for one that cannot be used."""
        if self.drawn is None:
            return None
        try:
            under, kept, trouble = self.underlays.take(Path(path.strip()).expanduser(), self.drawn)
        except Fault as fault:
            return Push(fault_message(self.desk, self._scene, "This picture cannot be used", fault))
        old = self.workshop.underlay()
        self.do(SetUnderlay(replace(under, opacity=old.opacity) if old is not None else under))
        if kept or trouble:
            self.say(f"{trouble} {kept}".strip(), bad=bool(trouble))
        return None

    def take_dropped(self, path: str) -> None:
        """A file was dropped on the window: a PNG goes beneath the map."""
        self.drop()
        if path.lower().endswith(".png"):
            self.pending = self.take_picture(path)
        else:
            self.say("Of dropped files the editor takes PNG pictures, to lie beneath the map.", bad=True)

    # --- what is chosen ---------------------------------------------------------------------------------------

    def remove(self) -> None:
        """Remove what is chosen."""
        drawn, pick = self.drawn, self.pick
        if drawn is None or not pick:
            self.say("Nothing is chosen.")
            return
        edit = removal(drawn, pick)
        if edit is not None and self.do(edit):
            self.choose(NO_PICK)

    def copy(self) -> None:
        """A second unit with everything of the chosen one, in the hex under the mouse or in the same."""
        drawn = self.drawn
        mark = drawn.unit(self.pick.name) if drawn is not None and self.pick.kind == "unit" else None
        if drawn is None or mark is None:
            self.say("Choose a unit to copy.")
            return
        stem = mark.entry.id.rstrip("0123456789").rstrip("-")
        new = free_name(f"{stem}-", {other.entry.id for other in drawn.units}, 2)
        if self.do(CopyUnit(mark.entry.id, new)):
            self.choose(Pick("unit", new), name_it=True)
