"""What the editor lays on the map: counters at the start, areas, marks of the check, strokes in the making."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import hypot

import pygame

from game.ui.camera import hex_centre
from game.ui.editor.drawn import Drawn, UnitMark
from game.ui.kit.theme import Colour, Theme
from game.ui.mapview.faces import Stack, UnitFace
from game.ui.mapview.overlays import HexStyle, Overlay
from game.workshop import Finding

LAYERS = ("control", "units", "prizes", "line", "grid", "problems", "picture")


@dataclass(frozen=True, slots=True)
class ShownSigns:
    """What is shown besides the map itself."""

    layers: frozenset[str] = frozenset(LAYERS)
    faction: str = ""
    """Units and sources of this faction alone; "" all."""


def stroke(
    screen: pygame.Surface, a: tuple[float, float], b: tuple[float, float], ink: Colour, wide: int, broken: bool
) -> None:
    """A thick line with a light rim; broken where something is to go."""
    rim = (255, 250, 235)
    if not broken:
        pygame.draw.line(screen, rim, a, b, wide + 2)
        pygame.draw.line(screen, ink, a, b, wide)
        for end in (a, b):
            pygame.draw.circle(screen, ink, end, wide / 2)
        return
    parts = max(2, round(hypot(b[0] - a[0], b[1] - a[1]) / 7))
    for n in range(0, parts, 2):
        s, e = n / parts, min(1.0, (n + 1) / parts)
        p = (a[0] + (b[0] - a[0]) * s, a[1] + (b[1] - a[1]) * s)
        q = (a[0] + (b[0] - a[0]) * e, a[1] + (b[1] - a[1]) * e)
        pygame.draw.line(screen, ink, p, q, wide)


def stacks(drawn: Drawn, shown: ShownSigns, chosen: str) -> tuple[Stack, ...]:
    """The stacks at the start; the chosen unit lies on top of its own."""
    if "units" not in shown.layers:
        return ()
    by_hex: dict[int, list[UnitMark]] = {}
    for mark in drawn.units:
        if mark.hex >= 0 and shown.faction in ("", mark.faction):
            by_hex.setdefault(mark.hex, []).append(mark)
    out = []
    for here, marks in sorted(by_hex.items()):
        ordered = sorted(marks, key=lambda mark: mark.entry.id != chosen)
        faces = tuple(face_of(drawn, mark) for mark in ordered)
        out.append(Stack(here, faces, selected=ordered[0].entry.id == chosen))
    return tuple(out)


def face_of(drawn: Drawn, mark: UnitMark) -> UnitFace:
    """The counter of a unit at full strength."""
    unit = mark.entry
    kind = drawn.rules.units.types.get(unit.type)

    def number(own: int | None, name: str) -> int | None:
        return own if own is not None else getattr(kind, name, None)

    attack, defence = number(unit.attack, "attack"), number(unit.defence, "defence")
    movement = number(unit.movement, "movement")
    return UnitFace(
        drawn.looks.get(mark.faction, ""),
        (unit.symbol or (kind.symbol if kind is not None else "infantry")).replace("-", "_"),
        unit.size,
        steps=unit.steps,
        full=unit.steps,
        attack=attack * unit.steps if attack is not None else None,
        defence=defence * unit.steps if defence is not None else None,
        movement=movement // 4 if movement is not None else None,
        quality=unit.quality,
        entrenched=min(2, unit.dug),
        label=" ".join(unit.name.replace(",", "").split()[:2])[:14].rstrip(),
    )


def area_ink(number: int, theme: Theme) -> Colour:
    """The colour of an area by its place in the list."""
    inks = (theme.marks.reach, theme.map.border, theme.marks.supplied, theme.marks.warn, theme.map.escarpment)
    return inks[number % len(inks)]


def area_overlays(drawn: Drawn, chosen: tuple[str, str], theme: Theme) -> list[Overlay]:
    """Sectors or airspaces, each with an outline; the chosen one stands out."""
    patterns = ("rising", "falling", "dots", "level")
    out: list[Overlay] = []
    for number, area in enumerate(area for area in drawn.areas if area.what == chosen[0]):
        ink, strong = area_ink(number, theme), area.entry.id == chosen[1]
        style = HexStyle(ink.faded(96 if strong else 40), patterns[number % 4], ink.faded(150 if strong else 60), ink)
        out.append(dict.fromkeys(sorted(area.hexes), style))
    return out


def area_names(drawn: Drawn, what: str) -> list[tuple[str, int]]:
    """Name of each area and the hex nearest to its middle, where it is written."""
    out = []
    for area in drawn.areas:
        if area.what == what and area.hexes:
            points = {here: hex_centre(drawn.hexes.columns, here) for here in sorted(area.hexes)}
            x, y = (sum(point[n] for point in points.values()) / len(points) for n in (0, 1))
            out.append((area.entry.name, min(points, key=lambda h: hypot(points[h][0] - x, points[h][1] - y))))
    return out


def mark_findings(findings: Sequence[Finding]) -> tuple[tuple[int, str], ...]:
    """Hexes that the check says something about, with the worst of it."""
    worst: dict[int, str] = {}
    for one in findings:
        if one.hex is not None and worst.get(one.hex) != "error":
            worst[one.hex] = one.problem.severity
    return tuple(sorted(worst.items()))
