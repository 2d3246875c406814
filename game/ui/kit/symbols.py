"""Military symbols, or pictures in their place: pieces of SVG put together and rastered at the size asked for.

All sides use the same rectangular frame, as printed counters do; lines are drawn thicker on small counters. Pictures
(``assets/pictures.json``) are silhouettes on a plain ground; echelons are the same in both styles.
"""

from __future__ import annotations

import io
import json
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import pygame

from game.shipped import shipped
from game.ui.kit.theme import STYLES, Colour

UNKNOWN_TYPE = "infantry"


@dataclass(frozen=True, slots=True)
class SymbolSheet:
    """Icons by unit type and marks by echelon, with open places for colours and line widths.

    ``framed`` icons lie in the frame of a military symbol, others on a plain ground.
    """

    icons: dict[str, str]
    echelons: dict[str, str]
    framed: bool = True

    def frame(self, kind: str, ink: Colour, paper: Colour, height: int) -> pygame.Surface:
        """The framed icon of a unit type, ``height`` pixels high and half as wide again."""
        thick = _weight(height)
        left, top, width, tall = 25 - thick / 2, 50 - thick / 2, 150 + thick, 100 + thick
        edge = f'stroke-width="{thick}" stroke="{_hex(ink)}"' if self.framed else ""
        body = f'<path d="M25,50 h150 v100 h-150 z" {edge} fill="{_hex(paper)}"/>'
        body += self.icons.get(kind, self.icons[UNKNOWN_TYPE])
        return _raster(_filled(body, ink, paper, thick), (left, top, width, tall), (round(height * 1.5), height))

    def echelon(self, size: str, ink: Colour, height: int) -> pygame.Surface | None:
        """The mark of an echelon, six times as wide as high, or None for sizes that carry none."""
        if size not in self.echelons:
            return None
        body = _filled(self.echelons[size], ink, ink, 10)
        return _raster(body, (10, 12, 180, 30), (height * 6, height))


@lru_cache(maxsize=2)
def load_symbols(style: str = STYLES[0]) -> SymbolSheet:
    """The symbols that ship with the game, or with the style ``pictures`` the silhouettes."""
    tree: dict[str, Any] = _tree("symbols.json")
    icons = tree if style == STYLES[0] else _tree("pictures.json")
    return SymbolSheet(icons=dict(icons["icons"]), echelons=dict(tree["echelons"]), framed=style == STYLES[0])


def _tree(name: str) -> dict[str, Any]:
    tree: dict[str, Any] = json.loads(shipped("assets", name).read_text(encoding="utf-8"))
    return tree


def _weight(height: int) -> float:
    """Width of the frame's line in symbol units (a frame is 100 high), about one and a half pixels or more."""
    return max(5.0, min(12.0, 170 / max(1, height)))


def _filled(body: str, ink: Colour, paper: Colour, thick: float) -> str:
    for name, value in (
        ("{ink}", _hex(ink)),
        ("{paper}", _hex(paper)),
        ("{line}", f"{thick * 0.85:.1f}"),
        ("{letter}", f"{thick * 1.25:.1f}"),
        ("{mark}", "7"),
    ):
        body = body.replace(name, value)
    return body


def _hex(colour: Colour) -> str:
    return f"#{colour.red:02X}{colour.green:02X}{colour.blue:02X}"


def _raster(body: str, box: tuple[float, float, float, float], size: tuple[int, int]) -> pygame.Surface:
    view = " ".join(f"{v:.2f}" for v in box)
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{box[2]:.2f}" height="{box[3]:.2f}" '
        f'viewBox="{view}" preserveAspectRatio="none">{body}</svg>'
    )
    return pygame.image.load_sized_svg(io.BytesIO(svg.encode()), size)
