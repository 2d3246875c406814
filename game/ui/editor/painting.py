"""How the editor's window is painted: panels, map, status, tips."""

from __future__ import annotations

from typing import Protocol

import pygame

from game.ui.editor.canvas import Canvas
from game.ui.editor.checks_panel import ChecksPanel
from game.ui.editor.drawing_tools import Tool
from game.ui.editor.drawn import Drawn
from game.ui.editor.form_column import FormColumn
from game.ui.editor.hand import NOTHING, Hand, Pointed, Studio
from game.ui.editor.input import EditorInput
from game.ui.editor.layout import EditorLayout
from game.ui.editor.palette import Palette
from game.ui.editor.signs import ShownSigns
from game.ui.editor.tools import DRAWS_SIDES
from game.ui.editor.tooltip import RESTS, draw_tip
from game.ui.editor.top_bar import TopBar
from game.ui.kit.fonts import BODY
from game.ui.kit.lettering import fitted
from game.ui.scene import Desk
from game.workshop import Workshop


class Painted(Studio, Protocol):
    """What is painted."""

    desk: Desk
    workshop: Workshop
    layout: EditorLayout
    canvas: Canvas | None
    palette: Palette
    bar: TopBar
    form: FormColumn
    options: FormColumn
    checks: ChecksPanel
    input: EditorInput
    spot: Pointed
    shown: ShownSigns
    hand: Hand
    words: str
    words_bad: bool

    @property
    def tool(self) -> Tool: ...


def paint(screen: pygame.Surface, studio: Painted) -> None:
    """The whole window."""
    desk, layout, colours = studio.desk, studio.layout, studio.desk.theme.interface
    mouse = studio.input.mouse
    screen.fill(colours.panel)
    if studio.canvas is not None and studio.drawn is not None:
        preview = studio.tool.preview(studio, studio.spot) if studio.spot.hex >= 0 or studio.input.pressing else NOTHING
        studio.canvas.draw(screen, studio.hand, studio.spot, preview, studio.shown)
        pygame.draw.rect(screen, colours.background, layout.minimap)
        studio.canvas.draw_minimap(screen)
    else:
        pygame.draw.rect(screen, colours.background, layout.map)
    _status(screen, studio)
    studio.palette.draw(screen, studio.hand.tool, mouse)
    studio.options.draw(screen)
    studio.form.draw(screen)
    studio.checks.draw(screen, mouse)
    title, note = title_of(studio.workshop, studio.drawn)
    studio.bar.draw(screen, title, note, mouse)
    for x in (layout.map.x, layout.map.right):
        pygame.draw.line(screen, colours.panel_edge, (x, layout.top.bottom), (x, layout.window.bottom), desk.px(1))
    for box in (layout.options, layout.minimap):
        pygame.draw.line(screen, colours.panel_edge, box.topleft, (box.right, box.y), desk.px(1))
    pygame.draw.line(screen, colours.panel_edge, layout.top.bottomleft, layout.top.bottomright, desk.px(1))
    studio.options.draw_over(screen)
    studio.form.draw_over(screen)
    tip = "" if studio.input.rested < RESTS or studio.input.pressing else tip_at(studio, mouse)
    if tip:
        draw_tip(screen, desk, tip, mouse)


def title_of(workshop: Workshop, drawn: Drawn | None) -> tuple[str, str]:
    """What the bar says: the scenario, and whether it is saved."""
    title = drawn.head.title if drawn is not None and drawn.head is not None else workshop.folder.name
    return title, "not saved" if workshop.dirty else ""


def tip_at(studio: Painted, mouse: tuple[int, int]) -> str:
    """What explains the thing under the mouse."""
    layout = studio.layout
    if studio.form.list_open or studio.options.list_open:
        return ""
    if layout.top.collidepoint(mouse):
        action = studio.bar.at(mouse)
        return action.hint if action is not None else str(studio.workshop.folder)
    if layout.tools.collidepoint(mouse):
        item = studio.palette.at(mouse)
        return f"{item.title} ({item.letter}). {item.hint}" if item is not None else ""
    if layout.options.collidepoint(mouse):
        return studio.options.tip_at(mouse)
    if layout.form.collidepoint(mouse):
        return studio.form.tip_at(mouse)
    return studio.checks.tip_at(mouse) if layout.checks.collidepoint(mouse) else ""


def _status(screen: pygame.Surface, studio: Painted) -> None:
    """Where the mouse is, at the left; what was done or is wrong, at the right."""
    desk, colours, box = studio.desk, studio.desk.theme.interface, studio.layout.status
    pygame.draw.rect(screen, colours.panel, box)
    place = where(studio)
    face = desk.fonts.text(place, BODY, desk.px(13), colours.text)
    screen.blit(face, (box.x + desk.px(8), box.centery - face.get_height() // 2))
    x = box.x + desk.px(8) + max(face.get_width() + desk.px(18) if place else 0, 0)
    ink = desk.theme.marks.bad.mixed(colours.text, 45) if studio.words_bad else colours.text_dim
    words = fitted(desk.fonts, studio.words, BODY, desk.px(13), max(1, box.right - x - desk.px(8)))
    said = desk.fonts.text(words, BODY, desk.px(13), ink)
    screen.blit(said, (box.right - said.get_width() - desk.px(8), box.centery - said.get_height() // 2))


def where(studio: Painted) -> str:
    """The hex under the mouse in words."""
    drawn, spot = studio.drawn, studio.spot
    if drawn is None or spot.hex < 0:
        return ""
    parts = [drawn.hexes.label(spot.hex), drawn.terrain_name(spot.hex)]
    place = drawn.place_at(spot.hex)
    parts += [place.name] if place is not None else []
    if studio.hand.tool in DRAWS_SIDES and spot.side >= 0:
        parts.append(drawn.hexes.side_label(spot.side))
        rivers = [river.name for river in drawn.picture.rivers if spot.side in river.sides]
        parts += rivers[:1]
    return "  ".join(parts)
