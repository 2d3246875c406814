"""Ways into the editor: a scenario by name or folder, or a copy of one that is not to be changed itself."""

from __future__ import annotations

from pathlib import Path

from game.scenario.installed import installed_folder
from game.scenario.packs import is_pack
from game.ui.editor.copies import copy_to, unpacked
from game.ui.editor.folders import free_id, is_writable, only_copied, require_new_id
from game.ui.editor.scene import EditorScene
from game.ui.scene import Change, Desk, Replace, Scene
from game.ui.scenes.dialog import Prompt, Waiting
from game.words import say
from game.workshop import Workshop
from game.workshop.laying_out import lay_out

LAID_OUT = "Opening the scenario…"
TROUBLE = "The scenario cannot be edited"
COLUMNS, ROWS, METRES = 16, 12, 5000
"""Size of a new map, and what a hex measures."""


def editor_of(desk: Desk, scenario: str | Path) -> EditorScene:
    """The editor with a scenario; raises a Fault when there is none."""
    scene = EditorScene(desk, Workshop.open(scenario))
    if not is_writable(scene.workshop.folder):
        scene.say("This folder may not be written: Save makes a copy of your own.")
    return scene


def edit_folder(desk: Desk, here: Scene, folder: Path) -> Scene:
    """From the list of scenarios to the editor; of a copy the id is asked for first."""
    if not only_copied(folder):
        return Waiting(desk, LAID_OUT, lambda: Replace(editor_of(desk, folder)), here, TROUBLE)

    def make(name: str) -> Change | None:
        return Replace(Waiting(desk, LAID_OUT, lambda: Replace(_copy(desk, folder, name)), here, TROUBLE))

    text = (
        "What ships with the game, and every pack, stays as it is. The copy lies among your own scenarios; "
        "its id is the name of its folder: letters, digits, _ and -."
    )
    return Prompt(desk, here, "Edit a copy", text, free_id(folder.stem), "Make the copy", make, 40)


def _copy(desk: Desk, folder: Path, name: str) -> EditorScene:
    if is_pack(folder):
        workshop = unpacked(folder, name.strip())
    else:
        require_new_id(name.strip())
        workshop = Workshop.open(folder)
        copy_to(workshop, name.strip())
    scene = EditorScene(desk, workshop)
    scene.say(say("This copy lies in {folder}", folder=workshop.folder))
    return scene


def ask_new(desk: Desk, here: Scene) -> Scene:
    """A new scenario: its id is asked for, then it opens in the editor."""

    def make(name: str) -> Change | None:
        return Replace(Waiting(desk, LAID_OUT, lambda: Replace(_new(desk, name.strip())), here, TROUBLE))

    text = (
        "A small scenario that explains itself is laid out among your own: two towns on a road, a river, a bridge. "
        "Its id is the name of its folder: letters, digits, _ and -."
    )
    return Prompt(desk, here, "A new scenario", text, "my_scenario", "Lay it out", make, 40)


def _new(desk: Desk, name: str) -> EditorScene:
    require_new_id(name)
    folder = installed_folder() / name
    folder.parent.mkdir(parents=True, exist_ok=True)
    lay_out(folder, "", COLUMNS, ROWS, METRES)
    scene = EditorScene(desk, Workshop.open(folder))
    scene.say(say("Laid out in {folder}", folder=folder))
    return scene
