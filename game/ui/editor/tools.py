"""The list of tools: key, name and hint of each, and the sign on its button."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import pygame

from game.ui.editor.drawing_tools import AreaTool, TerrainTool, Tool
from game.ui.editor.line_tools import RoadTool, SideTool
from game.ui.editor.placing_tools import (
    CrossingTool,
    ExitTool,
    PlaceTool,
    PrizeTool,
    SelectTool,
    SourceTool,
    UnitTool,
)
from game.ui.kit.theme import Colour, Theme


@dataclass(frozen=True, slots=True)
class ToolItem:
    """A tool as the palette shows it."""

    key: str
    title: str
    letter: str
    hint: str
    make: Callable[[], Tool]


ITEMS = (
    ToolItem("select", "Select", "Q", "Click to select, again for the next one; drag to move; Del removes.",
             SelectTool),
    ToolItem("terrain", "Terrain", "T", "Drag paints. Alt or right click picks the ground up; [ ] change the brush.",
             TerrainTool),
    ToolItem("river", "River", "R", "Drag along hexsides, or click from one to the next; Esc ends. Shift erases.",
             lambda: SideTool("river")),
    ToolItem("road", "Road", "O", "Drag from hex to hex, or click from one to the next; Esc ends. Shift erases.",
             RoadTool),
    ToolItem("wall", "Scarp", "E", "An escarpment: drag along hexsides, or click them; Esc ends. Shift erases.",
             lambda: SideTool("wall")),
    ToolItem("border", "Border", "B", "Drag along hexsides, or click from one to the next; Esc ends. Shift erases.",
             lambda: SideTool("border")),
    ToolItem("crossing", "Crossing", "C", "Click a hexside with water: a bridge, ferry or dam.", CrossingTool),
    ToolItem("place", "Place", "P", "Click sets a named place; drag moves one; Shift sets a second in the same hex.",
             PlaceTool),
    ToolItem("exit", "Exit", "X", "Click a hex on the rim: a road enters the map there.", ExitTool),
    ToolItem("unit", "Unit", "U", "Click sets a unit; drag moves one; Shift stacks; right click takes its kind.",
             UnitTool),
    ToolItem("prize", "Objective", "V", "An objective with points: click sets it, drag moves it.", PrizeTool),
    ToolItem("source", "Supply", "Y", "Click sets a supply source; drag moves it.", SourceTool),
    ToolItem("area", "Areas", "K", "Drag paints who holds the ground, a home sector or an airspace. Shift takes out.",
             AreaTool),
    ToolItem("line", "Line", "L", "The deconfliction line: drag along hexsides, or click from one to the next.",
             lambda: SideTool("line")),
)  # fmt: skip
BY_KEY = {item.key: item for item in ITEMS}
ROWS = (len(ITEMS) + 1) // 2
DRAWS_SIDES = ("river", "wall", "border", "line", "crossing")

Box = pygame.Rect


def paint_sign(screen: pygame.Surface, theme: Theme, key: str, box: Box) -> None:
    """The sign of a tool in a square box: what it draws, as the map draws it."""
    k, c = box.width / 20, theme.map
    ink = theme.interface.text

    def at(*points: tuple[float, float]) -> list[tuple[float, float]]:
        return [(box.x + x * k, box.y + y * k) for x, y in points]

    wide = max(2, round(2 * k))
    if key == "select":
        pygame.draw.polygon(
            screen, ink, at((5, 2), (5, 16), (8.5, 12.6), (11, 18), (13, 17), (10.6, 11.8), (15.5, 11.5))
        )
    elif key == "terrain":
        for x, colour in ((0, theme.terrain("valley")), (1, theme.terrain("desert")), (2, theme.terrain("mountains"))):
            pygame.draw.polygon(screen, colour, at((2 + 5 * x, 14), (5 + 5 * x, 4), (9 + 5 * x, 14)))
    elif key in ("river", "wall", "border", "line"):
        colours = {"river": c.river, "wall": c.escarpment, "border": c.border_band, "line": theme.interface.accent}
        bend = at((2, 15), (7, 11), (10, 13), (13, 6), (18, 4))
        if key in ("border", "line"):
            for a, b in ((bend[0], bend[1]), (bend[2], bend[3]), (bend[3], bend[4])):
                pygame.draw.line(screen, colours[key], a, b, wide)
        else:
            pygame.draw.lines(screen, colours[key], False, bend, wide + (key == "river"))
        if key == "wall":
            for u, v in ((4.5, 13.0), (11.5, 9.5), (15.5, 5.0)):
                pygame.draw.polygon(screen, colours[key], at((u - 1.6, v), (u + 1.6, v - 0.6), (u + 0.6, v + 4)))
    elif key == "road":
        pygame.draw.lines(screen, c.road_edge, False, at((3, 17), (8, 11), (12, 10), (17, 3)), wide + 3)
        pygame.draw.lines(screen, c.road, False, at((3, 17), (8, 11), (12, 10), (17, 3)), wide)
    else:
        _paint_thing(screen, theme, key, at, wide, ink)


def _paint_thing(
    screen: pygame.Surface,
    theme: Theme,
    key: str,
    at: Callable[..., list[tuple[float, float]]],
    wide: int,
    ink: Colour,
) -> None:
    c, faction = theme.map, next(iter(theme.looks.values()))
    if key == "crossing":
        pygame.draw.lines(screen, c.river, False, at((2, 10), (18, 10)), wide + 3)
        pygame.draw.lines(screen, ink, False, at((7, 4), (7, 16)), wide - 1)
        pygame.draw.lines(screen, ink, False, at((12, 4), (12, 16)), wide - 1)
    elif key == "place":
        for x, y in ((4, 9), (9, 5), (9, 10), (13.5, 8)):
            (left, top), (right, bottom) = at((x, y), (x + 3.6, y + 4))
            pygame.draw.rect(screen, c.town_light, Box(left, top, right - left, bottom - top))
    elif key == "exit":
        pygame.draw.polygon(screen, ink, at((4, 8), (10, 8), (10, 4), (17, 10), (10, 16), (10, 12), (4, 12)))
    elif key == "unit":
        corners = at((2, 4), (18, 4), (18, 16), (2, 16))
        pygame.draw.polygon(screen, faction.paper, corners)
        pygame.draw.polygon(screen, faction.body, corners, wide)
        pygame.draw.lines(screen, faction.edge, False, at((3, 5), (17, 15)), max(1, wide - 1))
        pygame.draw.lines(screen, faction.edge, False, at((3, 15), (17, 5)), max(1, wide - 1))
    elif key == "prize":
        pygame.draw.polygon(screen, theme.interface.accent, at((10, 2), (16, 10), (10, 18), (4, 10)))
    elif key == "source":
        pygame.draw.polygon(screen, theme.marks.supplied, at((4, 8), (10, 4), (16, 8), (16, 16), (4, 16)))
        pygame.draw.polygon(screen, ink, at((4, 8), (10, 4), (16, 8), (16, 16), (4, 16)), max(1, wide - 1))
    elif key == "area":
        for x, y in ((6, 8), (12, 6), (11, 13)):
            six = at((x - 4, y), (x - 2, y - 3.4), (x + 2, y - 3.4), (x + 4, y), (x + 2, y + 3.4), (x - 2, y + 3.4))
            pygame.draw.polygon(screen, faction.tint.mixed(theme.interface.panel, 40), six)
            pygame.draw.polygon(screen, faction.body, six, max(1, wide - 1))
