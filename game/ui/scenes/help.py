"""Help in the game: keys, the rulebook with the numbers in force, and the sources."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import partial

import pygame

from game.scenario.world import World
from game.shipped import shipped
from game.ui.encyclopedia import FoundPlace, find, rule, shortened
from game.ui.kit.lists import ListBox, TextField
from game.ui.kit.prose import set_page
from game.ui.kit.reading import Prose
from game.ui.library import Library, ShelfEntry
from game.ui.scene import Change, Desk
from game.ui.scenes.board import Board
from game.words import say

KEYS = """# Keys and mouse

The settings have a page on which you can put the keys of the table elsewhere.{moved}

## The map
| | |
|---|---|
| Click | select a unit; again: the next one of its stack |
| Rest on a stack | its units side by side; a click selects one, with Shift one more |
| Double click, Ctrl+Click | select the whole stack; Ctrl adds it to what is selected |
| F | select the whole formation of the unit |
| Shift+Click | add one more unit, or leave the hex out again |
| Shift+Drag | select all units in a box |
| Right-click | march there; on an adjacent enemy: attack; on one further off: march and attack, again to order it |
| Shift+Right-click | add a way-point to a march; a march beyond this turn becomes a march order |
| Ctrl+Right-click on a unit | the selected units follow it: they march after it as each turn ends |
| Wheel | zoom in and out at the mouse |
| Drag, W A S D, arrows | move the map |
| Click or drag on the minimap | move the map |
| + and - | zoom in and out in your turn |
| Home | show the selected unit, or your troops |
| Alt, held | leave the counters out, so that what is under them shows |
| F2, F3, F4, F7, F8 | report: aims and points, dates compared with history, ledgers, calendar, between the blocs |
| F10 | the staff log of the report: what an AI player ordered for your side, and why |
| F6 | your units in a list, to filter and to search |

## What lies over the map
| | |
|---|---|
{overlays}
| , and . | with history shown: a day back and on, with Shift a turn; or drag along the turn track |

## Orders
| | |
|---|---|
| N or Tab, Shift+Tab | next and previous unit that can still do something |
| Space | finish with this unit and select the next |
| Shift+Space | let the units hold: they rest or dig in, and wake when an enemy comes close |
| Ctrl+Space | repeat the unit's rest, digging or bombardment, or the last drop, flight or call, every turn |
| Backspace | cancel the plan of the selected units |
| 1 to 7 | where the unit can be in that many turns |
| B | forecast of an attack on an adjacent enemy |
| Q | what the staff would do in your place: axes, orders and reasons, on the map and in a list; Q again closes it |
| M, right button held | a menu of all that can be done at the hex under the mouse |
| Enter | confirm the prepared order |
| ? | why: the supply of the unit, or why you cannot undo |
| U or Ctrl+Z | undo the last order, unless it has shown you something; Ctrl+Y redoes it |
| Ctrl+Enter | end the turn |

## Orders, also on their buttons
| | |
|---|---|
{orders}

## Other turns
| | |
|---|---|
| Any key | skip to your turn |
| Tab, when watching | the view of the next faction |
| Space, when watching | pause and continue |
| Enter or +, when watching | faster |

## In a replay
| | |
|---|---|
| Space, in a replay | play and stop |
| , and ., in a replay | the event before, and the next one; with Shift the turn of a faction, back and on |
| Page up, Page down, in a replay | a turn back, a turn on |
| Drag along the track of turns | go to a moment of the game |
| Tab, in a replay | whose eyes: the person to play, or any side and everything once the game has ended |
| Enter or +, in a replay | faster |
| Esc, in a replay | leave it |

## Everywhere
| | |
|---|---|
| Esc | back, or the menu |
| Tab and Shift+Tab | next and previous field |
| Arrow keys, Enter | choose and confirm |
| Page up, Page down | scroll a text |
| F1 | this help |
| Ctrl+F | in the help: search all rules and chapters |
| Ctrl+R | in a game: reload the scenario's files and continue from here |
| Ctrl+S | in a game: save it under a name |
| F5, F9 | in a game: quick save and quick load |
| F11 | full screen |
| F12 | a screenshot of the window |
"""


def keys(world: World | None = None, chosen: str = "") -> str:
    """The page of keys; overlays and orders as their lists say, those that have a meaning in the world.

    ``chosen`` are the keys that the player has put elsewhere, as the settings keep them.
    """
    from game.ui import bindings, order_kinds, overlays

    own = bindings.Bindings.from_text(chosen)
    moved = [f"{one.words}: **{own.chords[one.id]}**" for one in own.moved]
    shown = "\n".join(f"| {kind.key} | {kind.about} |" for kind in overlays.on_the_bar())
    given = "\n".join(
        f"| Shift+{kind.letter} | **{kind.title}**: {kind.about} |" for kind in order_kinds.offered(world)
    )
    told = say(" Yours now: {keys}.", keys=", ".join(moved)) if moved else ""
    return KEYS.format(overlays=shown, orders=given, moved=told)


SOURCES = """# Sources and credits

{scenario}

## Estimates
Strengths are rough values for play, not archival figures. Dates of captures are more reliable than claims of losses;
many reports are partisan. In the scenario files, each unit names its source and each change its reason.

{credits}
"""


FIELD = 2
"""Where the search field stands in the form, after the list and the text."""
RULEBOOK = 1
"""The chapter that opens the rulebook."""
_RULE = re.compile(r"^(\d+\.\d+) \*\*(.+?)\.?\*\*", re.MULTILINE)
_REFERENCE = re.compile(r"(?<=[( ])(\d+\.\d+)(?=[),;])")
"""A rule that another one names in brackets."""


class HelpScene(Board):
    """Chapters at the left, the chosen one at the right. Without a world the numbers are those of the campaign."""

    title = "Rules and help"

    def __init__(
        self, desk: Desk, world: World | None = None, library: Library | None = None, chapter: int = 0
    ) -> None:
        super().__init__(desk)
        self.world = world
        self._entry: ShelfEntry | None = library.campaign if library is not None and world is None else None
        if library is not None:
            library.begin()
        self.chapters = chapters(world, desk.settings.keys)
        self.chosen = chapter % len(self.chapters)
        self.prose: Prose | None = None
        self.words = ""
        """What is sought in all chapters."""
        self.found: list[FoundPlace] = []
        self._shown: FoundPlace | None = None
        self._field: TextField | None = None

    def build(self) -> None:
        """List and text."""
        desk, page = self.desk, self.page
        wide = min(desk.px(310), page.width // 3)
        search = pygame.Rect(page.x, page.y, wide, desk.px(34))
        box = pygame.Rect(page.x, search.bottom + desk.px(8), wide, max(1, page.bottom - search.bottom - desk.px(8)))
        self.form.add(self._list(box))
        left = page.x + wide + desk.px(18)
        text = linked(self.chapters, self.chosen)
        if self.chosen == RULEBOOK and self.world is not None:
            text += contents(self.chapters)
        box = pygame.Rect(left, page.y, page.right - left, page.height)
        self.prose = Prose(desk, box, text, 15, always=True, follow=self._follow)
        self.form.add(self.prose)
        caret = self._field.caret if self._field is not None else 0
        self._field = TextField(desk, search, self.words, self._typed, 40, hint=say("Search the rules (Ctrl+F)"))
        self._field.caret = min(caret, len(self.words))
        self.form.add(self._field)
        if self._shown is not None:
            self.prose.scroll(self._span(self._shown)[0] - desk.px(30))
        back = self.button("Back", self.back, key="Esc")
        former = self.button("Previous chapter", partial(self._turn, -1), enabled=self.chosen > 0)
        following = self.button("Next chapter", partial(self._turn, 1), enabled=self.chosen + 1 < len(self.chapters))
        self.footer([back], [former, following])

    def _list(self, box: pygame.Rect) -> ListBox:
        """The chapters; while something is sought, the places where it stands."""
        if not self.words:
            listed = ListBox(self.desk, box, [(title, "") for title, _ in self.chapters], self._choose, row_points=30)
            listed.choose(self.chosen)
            return listed
        rows = [(one.title, shortened(one.words, self.words)) for one in self.found]
        if not rows:
            return ListBox(
                self.desk, box, [(say("Nothing found"), say("Try fewer or shorter words."))], lambda row: None
            )
        listed = ListBox(self.desk, box, rows, self._open)
        listed.chosen = self.found.index(self._shown) if self._shown in self.found else 0
        return listed

    def draw(self, screen: pygame.Surface) -> None:
        """The form, and a bar beside the place that was found."""
        super().draw(screen)
        if self._shown is None or self.prose is None:
            return
        top, bottom = (y - self.prose.offset + self.prose.rect.y + self.desk.px(14) for y in self._span(self._shown))
        bar = pygame.Rect(self.prose.rect.x + self.desk.px(5), top, self.desk.px(3), max(1, bottom - top))
        screen.fill(self.desk.theme.interface.accent, bar.clip(self.prose.rect.inflate(0, -self.desk.px(8))))

    def _span(self, place: FoundPlace) -> tuple[int, int]:
        """Pixels from the top of the text to the beginning and end of a place."""
        if self.prose is None:
            return 0, 0
        text, desk = self.chapters[place.chapter][1], self.desk
        wide = self.prose.rect.width - desk.px(14) - desk.px(18)
        above, with_it = (
            set_page(desk.fonts, text[:end], wide, desk.px(15)).height for end in (place.start, place.end)
        )
        return above, with_it

    def _turn(self, by: int) -> None:
        self.words, self._shown = "", None
        self._choose(max(0, min(len(self.chapters) - 1, self.chosen + by)))

    def _choose(self, row: int) -> None:
        if row != self.chosen:
            self.chosen, self._shown = row, None
            self.resize()

    def _typed(self, text: str) -> None:
        """The places that hold the words, the first of them shown at once."""
        self.words = text
        self.found = find(self.chapters, text)
        self._shown = self.found[0] if self.found else None
        self.chosen = self._shown.chapter if self._shown is not None else self.chosen
        self.resize()

    def _open(self, row: int) -> None:
        """A place that was found."""
        if self.found[row] != self._shown:
            self._show(self.found[row])

    def _show(self, place: FoundPlace) -> None:
        self._shown, self.chosen = place, place.chapter
        self.resize()

    def _follow(self, link: str) -> None:
        """A click on the number or title of a rule."""
        place = rule(self.chapters, link.lstrip("#"))
        if place is not None:
            self.words = ""
            self._show(place)

    def key(self, event: pygame.event.Event) -> bool:
        """F1 closes what F1 has opened; Ctrl+F searches."""
        if event.key == pygame.K_f and event.mod & pygame.KMOD_CTRL:
            self.form.focus = FIELD
            return True
        if event.key == pygame.K_F1:
            self.back()
            return True
        return False

    def update(self, seconds: float) -> Change | None:
        """The rulebook appears as soon as a scenario has been read."""
        if self.world is None and self._entry is not None and self._entry.world is not None:
            self.world = self._entry.world
            self.chapters = chapters(self.world, self.desk.settings.keys)
            self.found = find(self.chapters, self.words)
            self._shown = None
            self.resize()
        return super().update(seconds)


def chapters(world: World | None, chosen: str = "") -> list[tuple[str, str]]:
    """(title, text) of every page of the help."""
    from game.rulebook import pages

    of_keys = ("Keys and mouse", keys(world, chosen))
    if world is None:
        return [of_keys, ("Rulebook", "# Rulebook\n\nReading the rules…")]
    rules = [(title, text[1:] if text.startswith("## ") else text) for title, text in pages(world)]
    return [of_keys, *rules, ("Sources and credits", sources(world))]


def linked(chapters: Sequence[tuple[str, str]], chosen: int) -> str:
    """The text of a chapter in which the numbers of other rules lead to them."""
    title, text = chapters[chosen]
    if not title[:1].isdigit():
        return text
    return _REFERENCE.sub(lambda found: f"[{found[1]}](#{found[1]})" if rule(chapters, found[1]) else found[1], text)


def contents(chapters: Sequence[tuple[str, str]]) -> str:
    """What is where in the rulebook: a table of its chapters and the titles of their rules."""
    lines = []
    for title, text in chapters[RULEBOOK + 1 :]:
        rules = " · ".join(f"[{words}](#{number})" for number, words in _RULE.findall(text))
        lines += [f"| [{title}](#{title.partition('.')[0]}) | {rules} |"] if rules else []
    return "\n\n".join(["", say("## Contents"), "\n".join([say("| chapter | its rules |"), "|---|---|", *lines])])


def sources(world: World) -> str:
    """Where the scenario and the assets come from."""
    lines = [line for line in world.texts.get("sources", "").splitlines() if line]
    scenario = "\n".join([f"## {world.title}", *(f"- {line}" for line in lines)]) if lines else ""
    credits = [_credits(*where) for where in (("CREDITS.md",), ("geodata", "CREDITS.md"))]
    return SOURCES.format(scenario=scenario, credits="\n\n".join(credits))


def _credits(*where: str) -> str:
    try:
        return shipped("assets", *where).read_text(encoding="utf-8").replace("\n# ", "\n## ")
    except (OSError, UnicodeDecodeError):
        return ""
