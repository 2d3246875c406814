"""An editor without a screen: a scenario in a folder of its own, and hands that draw on it."""

from __future__ import annotations

import shutil
from pathlib import Path

import pygame

from game.scenario.shipped import scenarios_folder
from game.ui.editor.form_column import FormColumn
from game.ui.editor.scene import EditorScene
from game.ui.editor.tools import BY_KEY
from game.ui.kit.widgets import Button, Widget
from game.ui.scene import Desk
from game.workshop import Workshop
from tests.ui.screen_hands import SIZE, Screens

TUTORIAL = "tutorial"


def copied(folder: Path, name: str = TUTORIAL) -> Path:
    """A shipped scenario beside a test's folder, where it may be changed.

    It lies in the same place for every test, so that what its files say, and where, is known already.
    """
    target = folder.parent / "workshop" / name
    shutil.rmtree(target, ignore_errors=True)
    shutil.copytree(scenarios_folder() / name, target)
    return target


class EditorHands(Screens):
    """The editor on a stack of scenes, and the events of a designer in front of it."""

    def __init__(self, folder: Path, size: tuple[int, int] = SIZE) -> None:
        self.folder = folder
        made: list[EditorScene] = []

        def first(desk: Desk) -> EditorScene:
            made.append(EditorScene(desk, Workshop.open(folder)))
            return made[0]

        super().__init__(first, size)
        self.editor = made[0]

    def files(self) -> dict[str, bytes]:
        """Every file of the folder."""
        return {
            str(path.relative_to(self.folder)): path.read_bytes()
            for path in sorted(self.folder.rglob("*"))
            if path.is_file()
        }

    # --- hands ------------------------------------------------------------------------------------------------

    def tool(self, key: str) -> None:
        """Take a tool by its letter."""
        self.key(pygame.key.key_code(BY_KEY[key].letter.lower()))
        assert self.editor.hand.tool == key

    def hex(self, label: str) -> int:
        """Number of a hex."""
        assert self.editor.drawn is not None
        return self.editor.drawn.hexes.hex(label)

    def point(self, label: str) -> tuple[int, int]:
        """Where a hex is in the window."""
        assert self.editor.canvas is not None
        x, y = self.editor.canvas.map.camera.hex_on_screen(self.hex(label))
        assert self.editor.layout.map.collidepoint(x, y), f"{label} is out of sight"
        return round(x), round(y)

    def side_point(self, label: str) -> tuple[int, int]:
        """Middle of a hexside in the window."""
        from game.ui.camera import side_ends

        assert self.editor.canvas is not None and self.editor.drawn is not None
        camera = self.editor.canvas.map.camera
        a, b = side_ends(camera.columns, self.editor.drawn.hexes.side(label))
        x, y = camera.to_screen(((a[0] + b[0]) / 2, (a[1] + b[1]) / 2))
        return round(x), round(y)

    def move(self, at: tuple[int, int], held: bool = False) -> None:
        """Move the mouse."""
        self.post(pygame.MOUSEMOTION, pos=at, rel=(0, 0), buttons=(int(held), 0, 0))

    def click(self, at: tuple[int, int], button: int = 1) -> None:
        """Move there and click."""
        self.move(at)
        super().click(at, button)

    def drag(self, *points: tuple[int, int]) -> None:
        """Press at the first point, move through the others, let go."""
        self.move(points[0])
        self.post(pygame.MOUSEBUTTONDOWN, pos=points[0], button=1)
        for at in points[1:]:
            self.move(at, held=True)
        self.post(pygame.MOUSEBUTTONUP, pos=points[-1], button=1)

    def column(self, name: str) -> FormColumn:
        """The form, or the options of the tool."""
        return self.editor.form if name == "form" else self.editor.options

    def row(self, label: str, column: str = "form") -> Widget:
        """The field of a label in a form."""
        return next(row.widgets[0] for row in self.column(column).rows if row.label == label)

    def fill(self, label: str, text: str, column: str = "form") -> None:
        """Type into a field and finish it."""
        widget = self.row(label, column)
        form = self.column(column)
        while not form.rect.contains(widget.rect):
            form.scroll(1 if widget.rect.bottom > form.rect.bottom else -1)
        self.click(widget.rect.center)
        self.key(pygame.K_END)
        self.key(pygame.K_BACKSPACE, pygame.KMOD_CTRL)
        self.type(text)
        self.key(pygame.K_RETURN)

    def press_in(self, text: str, column: str = "form") -> None:
        """Click a button of a form."""
        form = self.column(column)
        button = next(w for w in form.widgets if isinstance(w, Button) and w.text == text)
        while not form.rect.contains(button.rect):
            form.scroll(1 if button.rect.bottom > form.rect.bottom else -1)
        self.click(button.rect.center)

    def bar(self, key: str) -> None:
        """Click a button of the bar."""
        box = next(box for action, box in self.editor.bar.boxes() if action.key == key)
        self.click(box.center)

    def checked(self) -> list[str]:
        """What the check says once it is done, errors and warnings alike."""
        self.editor.finish_check()
        return [one.problem.head() for one in self.editor.workshop.problems()]
