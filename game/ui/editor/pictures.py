"""The editor's windows for the pictures: every tool at work on a copy of a shipped scenario."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pygame

from game.scenario.shipped import scenario_folder
from game.ui.camera import side_ends
from game.ui.editor.balance_front import sides_of
from game.ui.editor.balance_run import BalanceRun
from game.ui.editor.balance_scene import BalanceScene
from game.ui.editor.help_scene import EditorHelp
from game.ui.editor.scene import EditorScene
from game.ui.editor.text_scene import TextScene
from game.ui.editor.underlay import map_edges
from game.ui.scene import Desk, Scene
from game.workshop import EditText, SetUnderlay, Underlay, Workshop

SCENARIO = "tutorial"
PICTURE = "survey.png"


def editor_scenes(desk: Desk, place: Path) -> Iterator[tuple[str, Scene]]:
    """(name, scene) of every picture, ready to be drawn."""
    folder = place / f"{desk.size[0]}" / "training_ground"
    shutil.copytree(scenario_folder(SCENARIO), folder)
    workshop = Workshop.open(folder)
    world = workshop.world()
    sides = sides_of(world) if world is not None else ()
    workshop.do(
        EditText("scenario.yaml", workshop.text("scenario.yaml").replace("id: tutorial", "id: training_ground"))
    )
    editor = EditorScene(desk, workshop)
    editor.resize()
    editor.finish_check()
    yield "editor", editor
    yield from _drawing(editor)
    yield from _placing(editor)
    yield from _beneath(editor, folder)
    yield from _mending(desk, editor)
    balance = BalanceScene(desk, lambda games: BalanceRun(workshop, folder.name, games), sides)
    balance.resize()
    yield "editor-balance", balance


def _drawing(editor: EditorScene) -> Iterator[tuple[str, Scene]]:
    _key(editor, pygame.K_t)
    editor.hand.terrain, editor.hand.brush = "hills", 1
    editor.touch()
    _drag(editor, [_hex(editor, label) for label in ("0302", "0403", "0504")])
    yield "editor-terrain", editor
    _let_go(editor)
    _key(editor, pygame.K_r)
    editor.hand.kinds["river"] = "minor"
    _drag(editor, [_side(editor, label) for label in ("0507/N", "0507/NE", "0607/N", "0706/SE")])
    yield "editor-river", editor
    _let_go(editor)
    _key(editor, pygame.K_o)
    _drag(editor, [_hex(editor, label) for label in ("0207", "0408", "0708")])
    yield "editor-road", editor
    _let_go(editor)


def _placing(editor: EditorScene) -> Iterator[tuple[str, Scene]]:
    _key(editor, pygame.K_u)
    editor.hand.faction, editor.hand.unit_type = "sdf", "armour"
    editor.touch()
    _click(editor, _hex(editor, "1006"))
    yield "editor-unit", editor
    _key(editor, pygame.K_v)
    _click(editor, _hex(editor, "0805"))
    yield "editor-prize", editor
    _key(editor, pygame.K_k)
    _drag(editor, [_hex(editor, label) for label in ("0407", "0507")])
    yield "editor-areas", editor
    _let_go(editor)
    _key(editor, pygame.K_q)
    _key(editor, pygame.K_ESCAPE)


def _beneath(editor: EditorScene, folder: Path) -> Iterator[tuple[str, Scene]]:
    """A drawing of the ground, laid under the map."""
    board = pygame.Surface((600, 540))
    board.fill((214, 200, 164))
    for number in range(0, 640, 40):
        pygame.draw.line(board, (186, 170, 132), (number, 0), (number - 260, 540), 1)
    pygame.draw.lines(board, (74, 120, 160), False, [(420, 0), (400, 160), (440, 300), (410, 420), (430, 540)], 16)
    pygame.draw.lines(board, (150, 70, 50), False, [(0, 300), (200, 270), (420, 300), (600, 280)], 5)
    pygame.image.save(board, folder / PICTURE)
    if editor.drawn is not None:
        editor.do(SetUnderlay(Underlay(PICTURE, *map_edges(editor.workshop, editor.drawn), 60)))
    _click(editor, _hex(editor, "0108"))
    _key(editor, pygame.K_ESCAPE)
    yield "editor-picture", editor


def _mending(desk: Desk, editor: EditorScene) -> Iterator[tuple[str, Scene]]:
    """Mistakes in the files, and the text pane that shows where."""
    workshop = editor.workshop
    workshop.do(EditText("victory.yaml", workshop.text("victory.yaml").replace("kind: field", "kind: feild", 1)))
    forces = workshop.text("forces/saa.yaml").replace("type: special", "type: specail", 1)
    workshop.do(EditText("forces/saa.yaml", forces))
    editor.after_edit()
    editor.finish_check()
    _key(editor, pygame.K_m)
    yield "editor-check", editor
    line = next((one.problem.line for one in workshop.problems() if one.file == "forces/saa.yaml"), 1)
    text = TextScene(desk, editor, "forces/saa.yaml", line)
    text.resize()
    for _ in range(200):
        text.update(0.1)
    yield "editor-text", text
    about = EditorHelp(desk)
    about.resize()
    yield "editor-help", about


# --- hands ------------------------------------------------------------------------------------------------------


def _hex(editor: EditorScene, label: str) -> tuple[int, int]:
    assert editor.canvas is not None and editor.drawn is not None
    x, y = editor.canvas.map.camera.hex_on_screen(editor.drawn.hexes.hex(label))
    return round(x), round(y)


def _side(editor: EditorScene, label: str) -> tuple[int, int]:
    assert editor.canvas is not None and editor.drawn is not None
    camera = editor.canvas.map.camera
    a, b = (camera.to_screen(end) for end in side_ends(camera.columns, editor.drawn.hexes.side(label)))
    return round((a[0] + b[0]) / 2), round((a[1] + b[1]) / 2)


def _post(editor: EditorScene, kind: int, **values: object) -> None:
    editor.handle(pygame.event.Event(kind, values))


def _key(editor: EditorScene, key: int) -> None:
    _post(editor, pygame.KEYDOWN, key=key, mod=0, unicode="")
    _post(editor, pygame.KEYUP, key=key, mod=0)


def _drag(editor: EditorScene, points: list[tuple[int, int]]) -> None:
    """Press and drag; the button stays down, so that the preview shows."""
    _post(editor, pygame.MOUSEMOTION, pos=points[0], rel=(0, 0), buttons=(0, 0, 0))
    _post(editor, pygame.MOUSEBUTTONDOWN, pos=points[0], button=1)
    for at in points[1:]:
        _post(editor, pygame.MOUSEMOTION, pos=at, rel=(0, 0), buttons=(1, 0, 0))


def _let_go(editor: EditorScene) -> None:
    _post(editor, pygame.MOUSEBUTTONUP, pos=editor.input.mouse, button=1)
    editor.finish_check()


def _click(editor: EditorScene, at: tuple[int, int]) -> None:
    _drag(editor, [at])
    _let_go(editor)
