"""Prose in the game: a small part of Markdown, set in lines that fit a width.

Known are headings, paragraphs, lists with ``-``, tables with ``|``, ``**strong**``, ``*emphasis*`` and `` `code` ``.
Everything else is shown as it is written. Setting a text measures it and draws nothing; :class:`Prose` draws.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import pygame

from game.ui.fonts import BODY, MONO, NARROW, NARROW_STRONG, STRONG, Fonts
from game.ui.scene import Desk
from game.ui.widgets import panel

PLAIN, LOUD, FAINT = "plain", "loud", "faint"
"""Inks of a run of words: as the text, as a heading, or dim."""

_INLINE = re.compile(r"\*\*(.+?)\*\*|\*(\S(?:.*?\S)?)\*|`([^`]+)`|\[([^\]]+)\]\([^)]*\)|<(https?://[^>]+)>")
_RULE = re.compile(r"\|?[\s:|-]+\|?$")
_HEADINGS = (1.45, 1.2, 1.05)
_LEADING = 1.42


@dataclass(frozen=True, slots=True)
class Run:
    """Words in one font and ink."""

    text: str
    role: str
    ink: str = PLAIN


@dataclass(frozen=True, slots=True)
class Piece:
    """A run in its place: pixels from the left edge and the top of the text."""

    x: int
    y: int
    run: Run
    pixels: int


@dataclass(frozen=True, slots=True)
class Page:
    """A text that has been set. ``rules`` are fine lines: left, top, right."""

    pieces: tuple[Piece, ...]
    rules: tuple[tuple[int, int, int], ...]
    height: int


def runs(text: str, role: str = BODY, strong: str = STRONG, ink: str = PLAIN) -> list[Run]:
    """A line of Markdown as runs."""
    out, at = [], 0
    for found in _INLINE.finditer(text):
        if found.start() > at:
            out.append(Run(text[at : found.start()], role, ink))
        bold, slanted, code, link, address = found.groups()
        if bold is not None:
            out.append(Run(bold, strong, ink))
        elif slanted is not None:
            out.append(Run(slanted, role, LOUD))
        elif code is not None:
            out.append(Run(code, MONO, ink))
        else:
            out.append(Run(link or address, role, ink))
        at = found.end()
    if at < len(text):
        out.append(Run(text[at:], role, ink))
    return out


class Setter:
    """Sets one text; the state of the work is how far down the page it has come."""

    def __init__(self, fonts: Fonts, width: int, pixels: int) -> None:
        self.fonts, self.width, self.pixels = fonts, width, pixels
        self.pieces: list[Piece] = []
        self.rules: list[tuple[int, int, int]] = []
        self.y = 0

    def set(self, text: str) -> Page:
        """The whole text."""
        for kind, lines in blocks(text):
            if kind == "heading":
                self._heading(lines[0])
            elif kind == "table":
                self._table(lines)
            elif kind == "item":
                self._item(" ".join(lines))
            elif kind == "code":
                self._code(lines)
            else:
                self._paragraph(" ".join(lines))
        return Page(tuple(self.pieces), tuple(self.rules), self.y)

    def _heading(self, line: str) -> None:
        level = len(line) - len(line.lstrip("#"))
        pixels = round(self.pixels * _HEADINGS[min(level, 3) - 1])
        self.y += round(pixels * 0.5) if self.y else 0
        self._flow(runs(line.lstrip("# "), STRONG, STRONG, LOUD), 0, self.width, pixels)
        self.y += round(pixels * 0.25)

    def _paragraph(self, text: str) -> None:
        self._flow(runs(text), 0, self.width, self.pixels)
        self.y += round(self.pixels * 0.6)

    def _item(self, text: str) -> None:
        indent = round(self.pixels * 1.1)
        self.pieces.append(Piece(round(self.pixels * 0.3), self.y, Run("•", BODY, LOUD), self.pixels))
        self._flow(runs(text), indent, self.width - indent, self.pixels)
        self.y += round(self.pixels * 0.25)

    def _code(self, lines: Sequence[str]) -> None:
        for line in lines:
            for part in _cut(self.fonts, line or " ", MONO, round(self.pixels * 0.9), self.width):
                self.pieces.append(Piece(0, self.y, Run(part, MONO), round(self.pixels * 0.9)))
                self.y += round(self.pixels * 0.9 * _LEADING)
        self.y += round(self.pixels * 0.6)

    def _flow(self, words: Sequence[Run], left: int, width: int, pixels: int) -> None:
        """Runs broken into lines at blanks, from the present height downwards."""
        x, line = left, round(pixels * _LEADING)
        for run in words:
            space = self.fonts.width(" ", run.role, pixels)
            for word in re.findall(r"\s+|\S+", run.text):
                if word.isspace():
                    x += space if x > left else 0
                    continue
                for number, part in enumerate(_cut(self.fonts, word, run.role, pixels, width)):
                    wide = self.fonts.width(part, run.role, pixels)
                    if number or (x > left and x + wide > left + width):
                        x, self.y = left, self.y + line
                    self._put(Piece(x, self.y, Run(part, run.role, run.ink), pixels), space)
                    x += wide
        self.y += line

    def _put(self, piece: Piece, space: int) -> None:
        """Add a piece, joined to the one before it on the line where they look alike."""
        last = self.pieces[-1] if self.pieces else None
        if last is not None and (last.y, last.pixels, last.run.role, last.run.ink) == (
            piece.y, piece.pixels, piece.run.role, piece.run.ink,
        ):  # fmt: skip
            end = last.x + self.fonts.width(last.run.text, last.run.role, last.pixels)
            if abs(piece.x - end - space) <= 2 or piece.x == end:
                joined = f"{last.run.text}{' ' if piece.x > end else ''}{piece.run.text}"
                self.pieces[-1] = Piece(last.x, last.y, Run(joined, last.run.role, last.run.ink), last.pixels)
                return
        self.pieces.append(piece)

    def _table(self, lines: Sequence[str]) -> None:
        rows = [cells(line) for line in lines if not _RULE.fullmatch(line.strip())]
        columns = max(len(row) for row in rows)
        rows = [row + [""] * (columns - len(row)) for row in rows]
        pixels, gap = round(self.pixels * 0.93), round(self.pixels * 0.9)
        widths = self._columns(rows, pixels, gap)
        span = sum(widths) + gap * (columns - 1)
        for number, row in enumerate(rows):
            top, bottom, x = self.y, self.y, 0
            for text, width in zip(row, widths, strict=True):
                self.y = top
                role = NARROW_STRONG if number == 0 else NARROW
                self._flow(runs(text, role, NARROW_STRONG, FAINT if number == 0 else PLAIN), x, width, pixels)
                bottom, x = max(bottom, self.y), x + width + gap
            self.y = bottom + round(pixels * 0.1)
            self.rules.append((0, self.y, span))
            self.y += round(pixels * 0.2)
        self.y += round(self.pixels * 0.6)

    def _columns(self, rows: Sequence[Sequence[str]], pixels: int, gap: int) -> list[int]:
        """Column widths: as wide as the cells want, the widest ones narrowed where that is too much."""
        natural, least = [], []
        for column in zip(*rows, strict=True):
            plain = ["".join(run.text for run in runs(text)) for text in column]
            natural.append(1 + max(self.fonts.width(text, NARROW_STRONG, pixels) for text in plain))
            words = [word for text in plain for word in text.split()] or [""]
            least.append(1 + max(self.fonts.width(word, NARROW_STRONG, pixels) for word in words))
        room = self.width - gap * (len(natural) - 1)
        while sum(natural) > room:
            spare = [wide - low for wide, low in zip(natural, least, strict=True)]
            widest = max(range(len(natural)), key=lambda n: natural[n] if spare[n] > 0 else -1)
            if spare[widest] <= 0:
                widest = natural.index(max(natural))
                if natural[widest] <= pixels:
                    break
            natural[widest] -= max(1, min(sum(natural) - room, natural[widest] // 12))
        return natural


def blocks(text: str) -> Iterator[tuple[str, list[str]]]:
    """(kind, lines) of each block: heading, table, item, code or paragraph."""
    gathered: list[str] = []
    kind = "paragraph"
    code = False
    for raw in [*text.split("\n"), ""]:
        line = raw.strip()
        if line.startswith("```"):
            if gathered:
                yield kind, gathered
            code, kind, gathered = not code, "code" if not code else "paragraph", []
            continue
        if code:
            gathered.append(raw.rstrip())
            continue
        now = _kind(line, kind, raw)
        if gathered and (not line or now != kind or (now == "item" and line.startswith(("- ", "* ")))):
            yield kind, gathered
            gathered = []
        kind = now
        if not line:
            continue
        if now == "heading":
            yield now, [line]
        else:
            gathered.append(line[2:].strip() if now == "item" and line.startswith(("- ", "* ")) else line)
    if gathered:
        yield kind, gathered


def _kind(line: str, before: str, raw: str) -> str:
    if line.startswith("#"):
        return "heading"
    if line.startswith("|"):
        return "table"
    if line.startswith(("- ", "* ")) or (before == "item" and line and raw[:1].isspace()):
        return "item"
    return "paragraph"


def cells(line: str) -> list[str]:
    """The cells of a table's row."""
    return [cell.strip() for cell in line.strip().strip("|").split("|")]


def _cut(fonts: Fonts, word: str, role: str, pixels: int, width: int) -> list[str]:
    """A word too long for a line in parts; any other word whole."""
    if fonts.width(word, role, pixels) <= width or len(word) < 2:
        return [word]
    parts, start = [], 0
    while start < len(word):
        end = start + 1
        while end < len(word) and fonts.width(word[start : end + 1], role, pixels) <= width:
            end += 1
        parts.append(word[start:end])
        start = end
    return parts


def set_page(fonts: Fonts, text: str, width: int, pixels: int) -> Page:
    """A text set in lines of a width."""
    return Setter(fonts, max(width, pixels), pixels).set(text)


class Prose:
    """A box of prose to scroll, by wheel, keys or its bar. ``always`` takes the page keys without the focus too."""

    def __init__(
        self, desk: Desk, rect: pygame.Rect, text: str, size: int = 15, *, framed: bool = True, always: bool = False
    ) -> None:
        self.desk, self.rect, self.size, self.framed, self.always = desk, rect, size, framed, always
        self.enabled, self.offset, self._dragged = True, 0, False
        self.page = Page((), (), 0)
        self.set_text(text)

    @property
    def _inside(self) -> pygame.Rect:
        edge = self.desk.px(14) if self.framed else 0
        return pygame.Rect(
            self.rect.x + edge, self.rect.y + edge, self.rect.width - edge - self.desk.px(18), self.rect.height - 2 * edge
        )

    @property
    def longest(self) -> int:
        """How far it can be scrolled, in pixels."""
        return max(0, self.page.height - self._inside.height)

    def set_text(self, text: str) -> None:
        """Show another text from its beginning."""
        self.page, self.offset = set_page(self.desk.fonts, text, self._inside.width, self.desk.px(self.size)), 0

    def scroll(self, pixels: int) -> bool:
        """Move the text up or down."""
        self.offset = max(0, min(self.longest, self.offset + pixels))
        return True

    def handle(self, event: pygame.event.Event, focused: bool) -> bool:
        """Scroll."""
        line = self.desk.px(self.size * _LEADING)
        if event.type == pygame.MOUSEWHEEL and self.rect.collidepoint(pygame.mouse.get_pos()):
            return self.scroll(-3 * line * event.y)
        if event.type == pygame.MOUSEBUTTONDOWN and event.button == 1 and self.rect.collidepoint(event.pos):
            self._dragged = event.pos[0] >= self.rect.right - self.desk.px(18) and bool(self.longest)
            return self._to(event.pos[1]) if self._dragged else True
        if event.type == pygame.MOUSEMOTION and self._dragged:
            self._dragged = bool(event.buttons[0])
            return self._to(event.pos[1]) if self._dragged else False
        if event.type == pygame.MOUSEBUTTONUP and self._dragged:
            self._dragged = False
            return True
        return event.type == pygame.KEYDOWN and self._key(event.key, focused, line)

    def _key(self, key: int, focused: bool, line: int) -> bool:
        page = self._inside.height - line
        jumps = {pygame.K_PAGEUP: -page, pygame.K_PAGEDOWN: page}
        if focused:
            jumps |= {pygame.K_HOME: -self.page.height, pygame.K_END: self.page.height}
            if self.longest:
                jumps |= {pygame.K_UP: -2 * line, pygame.K_DOWN: 2 * line}
        if key not in jumps or not (focused or self.always):
            return False
        return self.scroll(jumps[key])

    def _to(self, y: int) -> bool:
        share = (y - self.rect.y) / max(1, self.rect.height)
        self.offset = max(0, min(self.longest, round(share * self.page.height - self._inside.height / 2)))
        return True

    def draw(self, screen: pygame.Surface, focused: bool) -> None:
        """The lines in sight, and the bar where there is more."""
        desk, colours = self.desk, self.desk.theme.interface
        if self.framed:
            panel(screen, desk, self.rect)
        if focused and self.longest:
            pygame.draw.rect(screen, colours.accent, self.rect, 1, border_radius=desk.px(5))
        inside, clip = self._inside, screen.get_clip()
        screen.set_clip(inside.clip(clip))
        inks = {PLAIN: colours.text, LOUD: colours.accent, FAINT: colours.text_dim}
        top, bottom = self.offset - 3 * desk.px(self.size), self.offset + inside.height
        for piece in self.page.pieces:
            if top <= piece.y <= bottom:
                face = desk.fonts.text(piece.run.text, piece.run.role, piece.pixels, inks[piece.run.ink])
                screen.blit(face, (inside.x + piece.x, inside.y + piece.y - self.offset))
        for left, y, right in self.page.rules:
            if top <= y <= bottom:
                at = inside.y + y - self.offset
                pygame.draw.line(screen, colours.panel_edge, (inside.x + left, at), (inside.x + right, at))
        screen.set_clip(clip)
        if self.longest:
            scroll_bar(screen, desk, self.rect, self.offset / self.longest, inside.height / self.page.height)


def scroll_bar(screen: pygame.Surface, desk: Desk, box: pygame.Rect, at: float, share: float) -> None:
    """The bar at the right edge of a box: how much of the whole is shown, and where."""
    tall = max(desk.px(24), round(box.height * share))
    y = box.y + round((box.height - tall) * min(1.0, max(0.0, at)))
    rect = pygame.Rect(box.right - desk.px(9), y + desk.px(3), desk.px(5), tall - desk.px(6))
    pygame.draw.rect(screen, desk.theme.interface.text_dim.mixed(desk.theme.interface.panel, 45), rect, border_radius=desk.px(3))
