"""The pictures of docs/first-scenario.md: the guide's own steps are done, and what one sees then is kept."""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))
os.environ.setdefault("SDL_VIDEODRIVER", "dummy")
os.environ.setdefault("SDL_AUDIODRIVER", "dummy")


def main() -> None:
    """Do the steps in a folder that is thrown away, and write the pictures."""
    import pygame

    from game.cli.commands import application
    from tests.docs.first_scenario import NAME, PICTURES, Designer, way

    pygame.init()
    pygame.display.set_mode((1280, 720))
    PICTURES.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as place:
        os.chdir(place)
        designer: Designer | None = None
        for kind, words in way():
            if words[0] == "edit":
                designer = Designer(Path(place) / NAME)
            elif words[0] == "new-scenario":
                application()(words, standalone_mode=False)
            elif words[0] == "event":
                assert designer is not None and designer.editor.canvas is not None
                designer.checked()
                designer.editor.canvas.map.finish(designer.canvas)
                designer.frames(2)
                pygame.image.save(designer.canvas, PICTURES / "editor.png")
            if kind == "step" and words[0] != "play":
                assert designer is not None
                getattr(designer, words[0])()
        words = ["map", NAME, "--width", "640", "--force", "-o", str(PICTURES / "map.png")]
        application()(words, standalone_mode=False)


if __name__ == "__main__":
    main()
