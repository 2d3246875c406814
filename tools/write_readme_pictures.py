"""The four pictures of the README: a game that computer players have begun is taken over, and shown.

``python tools/write_readme_pictures.py`` plays the first turns of the campaign (about a minute) and writes them into
docs/pictures.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))
os.environ.setdefault("SDL_VIDEODRIVER", "dummy")
os.environ.setdefault("SDL_AUDIODRIVER", "dummy")

PICTURES = ROOT / "docs" / "pictures"
SIZE = (1280, 720)
SEED, TURN, PLAYER = 7, 8, "rca"


def main() -> None:
    """Play, take the first seat, and keep what it sees."""
    import pygame

    from game import engine
    from game.session import Session
    from game.ui.app import find
    from game.ui.offscreen.shots import fight_shots, photograph, reach_shots
    from game.ui.scene import Push, ScenePlace
    from game.ui.scenes.board import HUMAN
    from game.ui.settings import Settings
    from game.ui.table.scene import TableScene
    from game.ui.window import make_desk, open_window

    world = engine.load_scenario("race_for_deir_ezzor")
    seats = dict.fromkeys(range(len(world.factions)), PLAYER)
    screen = open_window(SIZE)
    desk = make_desk(SIZE, settings=Settings(autosave=False, tips=False))
    table = TableScene(desk, Session(world, SEED), seats=seats)
    table.resize()
    table.playback.skip()
    while table.session.state.clock.turn < TURN:
        table.update(0.02)
    table.set_seat(world.sequence[0], HUMAN)
    while not table.playing:
        table.update(0.02)
    table.reel, table.notice = None, ""
    PICTURES.mkdir(exist_ok=True)

    def keep(name: str, scene: object) -> None:
        path = photograph(screen, scene, PICTURES / f"{name}.jpg")  # type: ignore[arg-type]
        print(f"{path.relative_to(ROOT)}: {path.stat().st_size // 1024} KB")

    for _, scene in reach_shots(table):
        keep("march", scene)
    table.handle(pygame.event.Event(pygame.KEYDOWN, key=pygame.K_ESCAPE, mod=0, unicode=""))
    table.come_home()  # to the thick of the troops
    besieged = TableScene(desk, Session(world, SEED), seats={**seats, world.sequence[0]: HUMAN})  # on the first day
    besieged.resize()
    besieged.board.toggle(besieged, "supply")
    keep("supply", besieged)
    for name, scene in fight_shots(table):
        if name == "table-combat":
            keep("combat", scene)
    change = table.report(1)
    assert isinstance(change, Push) and isinstance(change.scene, ScenePlace)
    report = find(desk, change.scene)
    report.resize()
    keep("history", report)


if __name__ == "__main__":
    main()
