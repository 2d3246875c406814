"""F1 in the editor: its tools, keys and habits on one page."""

from __future__ import annotations

import pygame

from game.ui.editor.tools import ITEMS
from game.ui.kit.reading import Prose
from game.ui.scene import Desk
from game.ui.scenes.board import Board

TOOLS = "\n".join(f"| {item.letter} | **{item.title}**: {item.hint} |" for item in ITEMS)
PAGE = f"""# The editor

The editor changes the scenario's own files, line by line: comments, order and layout stay as they are. What has no form
of its own (events, doctrine, relations) is edited as text (F2); map and text show the same thing at any time.

## Tools
| | |
|---|---|
{TOOLS}

## Everywhere
| | |
|---|---|
| Ctrl+Z, Ctrl+Y | undo; redo |
| Ctrl+S | save; Ctrl+Shift+S: as a copy in another folder |
| F5 | play-test what stands here now; Esc and "Back to the editor" end it |
| F6 | balance: games of what stands here now, played by the game itself |
| F2 | every file as text, with its problems marked |
| M, Shift+M | next and previous message of the check |
| Ctrl+R | take over what another program has changed on the disk |
| Del, Ctrl+D | remove; copy what is chosen |
| Esc | end a line; deselect; leave |

## The map
| | |
|---|---|
| Wheel, + and - | zoom |
| Right or middle drag, W A S D, arrows | move |
| Right click, or Alt and click | pick up: the ground, a line to go on with, the kind of a unit |
| [ and ] | smaller and larger brush |
| G | hexes and their numbers |
| H | units and sources |
| I | the picture beneath the map |
| F | the set-up of one faction after the other, then of all |

## Forms
A field counts when it is left or Enter is pressed; Esc discards what you typed. Tab goes from field to field. With
nothing chosen the form is about the scenario as a whole: what is shown, the picture, units to come, title and days.

## A picture beneath
A PNG of at most 4096 pixels a side, 16 million pixels and 8 MB: its path, or dropped on the window. It is copied into
the scenario's folder. With a world file (.pgw) beside it, in degrees, it is laid where that says; otherwise over the
whole map, and its four edges can be typed in degrees. Only the editor shows it.
"""


class EditorHelp(Board):
    """The page, and a way back."""

    title = "The editor: keys and tools"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.prose: Prose | None = None

    def build(self) -> None:
        """One text over the whole page."""
        self.prose = Prose(self.desk, self.page, PAGE, 15, always=True)
        self.form.add(self.prose)
        self.footer([self.button("Back", self.back, key="Esc")], [])

    def key(self, event: pygame.event.Event) -> bool:
        """F1 closes what F1 has opened."""
        if event.key == pygame.K_F1:
            self.back()
            return True
        return False
