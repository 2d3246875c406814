"""Where everything stands in the editor's window: tools at the left, the map, forms and the check at the right."""

from __future__ import annotations

from dataclasses import dataclass

import pygame

from game.ui.scene import Desk

Rect = pygame.Rect


@dataclass(frozen=True, slots=True)
class EditorLayout:
    """Rectangles of one window size."""

    window: pygame.Rect
    top: pygame.Rect
    tools: pygame.Rect
    options: pygame.Rect
    minimap: pygame.Rect
    map: pygame.Rect
    status: pygame.Rect
    form: pygame.Rect
    checks: pygame.Rect


def lay_out(desk: Desk, tool_rows: int) -> EditorLayout:
    """The layout of the window as it is now; the map keeps at least two fifths of the width."""
    wide, tall = desk.size
    top, status = desk.px(40), desk.px(26)
    left = min(desk.px(204), wide * 3 // 10)
    right = min(desk.px(312), wide * 3 // 10)
    body = max(1, tall - top)
    tools = min(desk.px(8 + 30 * tool_rows), body)
    mini = max(1, min(desk.px(136), body - tools - desk.px(120)))
    checks = max(1, min(max(desk.px(176), body * 30 // 100), body // 2))
    middle = max(1, wide - left - right)
    return EditorLayout(
        window=Rect(0, 0, wide, tall),
        top=Rect(0, 0, wide, top),
        tools=Rect(0, top, left, tools),
        options=Rect(0, top + tools, left, max(1, body - tools - mini)),
        minimap=Rect(0, tall - mini, left, mini),
        map=Rect(left, top, middle, max(1, body - status)),
        status=Rect(left, tall - status, middle, status),
        form=Rect(wide - right, top, right, max(1, body - checks)),
        checks=Rect(wide - right, tall - checks, right, checks),
    )
