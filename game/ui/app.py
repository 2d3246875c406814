"""The window: opens it, runs the stack of scenes at 60 frames a second, and leaves cleanly."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Callable, Mapping
from pathlib import Path

import pygame

from game.faults import NoDisplay
from game.records.saves import quick_save_name
from game.store import Claim, claim, saves_folder
from game.ui.kit.fonts import Fonts
from game.ui.kit.theme import load_theme
from game.ui.scene import Change, Desk, Keeper, Push, Question, Quit, Scene, Stack
from game.ui.settings import Settings, load_settings

TITLE = "Race for Deir Ezzor"
FIRST_SIZE = (1280, 720)
SMALLEST = (960, 600)
LEAST_POINTS = (880, 560)  # the room that every screen can do with
LEAST_SCALE = 0.5
FRAMES = 60


def open_window(size: tuple[int, int] = FIRST_SIZE) -> pygame.Surface:
    """The game's window; raises NoDisplay when none can be opened."""
    if not os.environ.get("DEZ_GPU"):
        # Without a graphics card SDL's path over OpenGL costs ten times a plain blit.
        os.environ.setdefault("SDL_FRAMEBUFFER_ACCELERATION", "0")
    try:
        pygame.display.init()
        pygame.font.init()
        screen = pygame.display.set_mode(size, pygame.RESIZABLE)
    except pygame.error as problem:
        raise NoDisplay(
            f"no window can be opened: {problem}.",
            "play on a machine with a display, or headless: run_game.py simulate",
        ) from problem
    pygame.display.set_caption(TITLE)
    return screen


def make_desk(size: tuple[int, int], scale: float = 0.0, settings: Settings | None = None) -> Desk:
    """The shared look for a window size; without a ``scale`` the layout grows with the window's height."""
    settings = settings or Settings()
    theme = load_theme(safe=settings.safe_colours)
    return Desk(theme, Fonts(theme.fonts), size, scale or layout_scale(size, settings.scale), settings)


def natural_scale(size: tuple[int, int]) -> float:
    """Layout scale of a window: 1 at 720 pixels, growing more slowly than the window."""
    return max(0.85, min(2.5, 1.0 + (size[1] - 720) / 1100))


def layout_scale(size: tuple[int, int], percent: int) -> float:
    """The natural scale as the player wants it larger or smaller, as far as the narrowest layout still fits."""
    room = min(size[0] / LEAST_POINTS[0], size[1] / LEAST_POINTS[1])
    return max(LEAST_SCALE, min(natural_scale(size) * percent / 100, room))


def run(screen: pygame.Surface, desk: Desk, first: Callable[[Desk], Scene], notice: str = "") -> int:
    """Run scenes until the last one is left, with a notice over the first; returns the exit code."""
    stack, clock = Stack(first(desk)), pygame.time.Clock()
    stack.top.resize()
    if notice:
        from game.ui.scenes.dialog import message

        stack.change(Push(message(desk, stack.top, "The game is running twice", notice)))
    while stack.scenes:
        for event in pygame.event.get():
            if event.type == pygame.QUIT:
                if not stack.change(closing(stack)):
                    return 0
                continue
            if event.type == pygame.VIDEORESIZE or event.type == pygame.WINDOWSIZECHANGED:
                screen = fit(desk, stack)
                continue
            if event.type == pygame.KEYDOWN and event.key == pygame.K_F11:
                toggle_full_screen()
                screen = fit(desk, stack)
                continue
            if event.type == pygame.KEYDOWN and event.key == pygame.K_F12:
                take_picture(screen, stack)
                continue
            if not stack.change(stack.top.handle(event)):
                return 0
        if not stack.change(stack.top.update(clock.tick(FRAMES) / 1000)):
            return 0
        stack.top.draw(screen)
        pygame.display.flip()
    return 0


def closing(stack: Stack) -> Change | None:
    """The window is to be closed: a scene with something to lose asks first, once."""
    keepers = [scene for scene in stack.scenes if isinstance(scene, Keeper) and scene.unsaved]
    if not keepers:
        return Quit()
    return None if isinstance(stack.top, Question) else keepers[-1].ask_to_leave(Quit())


def fit(desk: Desk, stack: Stack) -> pygame.Surface:
    """After a change of the window's size: the layout follows."""
    screen = pygame.display.get_surface()
    if screen is None:
        screen = open_window()
    desk.size = (max(1, screen.get_width()), max(1, screen.get_height()))
    desk.scale = layout_scale(desk.size, desk.settings.scale)
    for scene in stack.scenes:
        scene.resize()
    return screen


def toggle_full_screen() -> None:
    """From window to full screen and back; a system that cannot do it stays as it is."""
    with contextlib.suppress(pygame.error):
        pygame.display.toggle_fullscreen()


def take_picture(screen: pygame.Surface, stack: Stack) -> Path | None:
    """F12: the window as a file. It is drawn anew, so that nothing shows that the screen on top would hide."""
    stack.top.draw(screen)
    folder = saves_folder().parent / "pictures"
    for number in range(1, 10_000):
        path = folder / f"picture-{number:04d}.png"
        if not path.exists():
            with contextlib.suppress(OSError, pygame.error):
                folder.mkdir(parents=True, exist_ok=True)
                pygame.image.save(screen, path)
                pygame.display.set_caption(f"{TITLE}: picture saved as {path}")
                return path
            return None
    return None


def run_table(scenario: str | None, options: Mapping[str, bool] | None = None) -> int:
    """Open the window with the menu, or straight with a scenario; returns the exit code."""
    from game.ui.scenes.menu import first_scene

    place = claim(saves_folder())
    try:
        return _open_with(lambda desk: first_scene(desk, scenario, options), place)
    finally:
        place.release()


def told_of_another(place: Claim) -> str:
    """What a player is told whose game is not the only one on the folder of saves, "" when it is."""
    if place.number == 1:
        return ""
    return (
        f"Another copy of the game uses your folder of saves ({place.owner}). Your games stay apart: the quick save of "
        f"this copy is called **{quick_save_name(place.number)}**, and it keeps automatic saves of its own. "
        "The saves that you name yourself lie in one folder; the game asks before it writes over one."
    )


def run_editor(scenario: str) -> int:
    """Open the window with the editor of a scenario; returns the exit code."""
    from game.ui.editor.opening import editor_of

    return _open_with(lambda desk: editor_of(desk, scenario))


def _open_with(first: Callable[[Desk], Scene], place: Claim | None = None) -> int:
    place = place or Claim(1)
    screen = open_window()
    desk = make_desk(screen.get_size(), settings=load_settings())
    desk.copy = place.number
    if desk.settings.full_screen:
        toggle_full_screen()
    try:
        return run(screen, desk, first, told_of_another(place))
    finally:
        pygame.quit()
