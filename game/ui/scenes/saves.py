"""Saved games and replays: to load, watch, save, rename and delete. Nothing is overwritten or removed unasked.

Damaged files stay in the list with the reason, and cannot be loaded.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from threading import Thread

import pygame

from game import records
from game.faults import Fault
from game.records.autosaves import PREFIX as AUTOSAVE
from game.records.editions import edition_words
from game.scenario.faction_names import faction_names
from game.schema.leavings import dated_files
from game.session import Session
from game.ui.kit.fonts import BODY, STRONG
from game.ui.kit.icons import icon
from game.ui.kit.lettering import wrapped
from game.ui.kit.lists import ListBox, TextField
from game.ui.kit.reading import Prose
from game.ui.kit.tabs import Tab, Tabs
from game.ui.scene import Change, Desk, Pop, Push, Replace
from game.ui.scenes.board import ENTER, Board
from game.ui.scenes.dial import dial
from game.ui.scenes.dialog import Dialog, Prompt, fault_message, message, question
from game.ui.scenes.loading import day, loading_replay, loading_table
from game.ui.scenes.save_card import SaveCards
from game.words import say, sentence

OWN, AUTOMATIC, REPLAYS = 0, 1, 2
SHELVES = (say("Your saves"), say("Autosaves"), say("Replays"))
SIGNS = ("load", "clock", "watch")
"""What stands before the name of a shelf, and on one that is empty."""
EMPTY = (
    (say("No saved games yet"), say("Ctrl+S saves the game on the map under a name, F5 saves it at once.")),
    (say("No autosaves yet"), say("The game saves itself at the start of every turn while you play.")),
    (
        say("No replays yet"),
        say("Save a replay at the end of a game, or drop one on this window. Every save can be watched, too."),
    ),
)
"""Of each shelf, that it is empty, and what would fill it."""
DIAL = 34
"""Points that the sign before a row takes."""
Filed = records.Listed | records.ListedReplay
"""A file of any shelf."""


class Saves(Board):
    """The list at the left; what is chosen at the right. With a ``session`` it saves that game, else it loads one."""

    def __init__(
        self, desk: Desk, session: Session | None = None, notes: Mapping[str, object] | None = None,
        folders: tuple[Path, Path] | None = None, told: Callable[[str], None] | None = None,
        shelf: int | None = None,
    ) -> None:  # fmt: skip
        super().__init__(desk)
        self.session, self.notes, self.told = session, notes, told
        own, automatic = folders or (records.saves_folder(), records.autosaves_folder())
        self.folders = (own, automatic, own)
        self.title = "Load a game" if session is None else "Save the game"
        nothing_of_ones_own = session is None and not records.list_saves(self.folders[OWN])
        self.shelf = AUTOMATIC if nothing_of_ones_own and records.list_saves(self.folders[AUTOMATIC]) else OWN
        self.shelf = self.shelf if shelf is None else shelf
        self.chosen = -1 if session is not None else 0
        self.form.focus = 0 if session is not None else 1
        self.name = suggested_name(session) if session is not None else ""
        self.saves: list[Filed] = []
        self._many = [0] * len(SHELVES)
        """How many files are on each shelf."""
        self._editions: dict[str, str] = {}
        """What there is to say about the scenario of a save, by its edition; found in the background."""
        self._search: Thread | None = None
        self.cards = SaveCards(desk)

    @property
    def folder(self) -> Path:
        """The folder in sight."""
        return self.folders[self.shelf]

    @property
    def found(self) -> Filed | None:
        """The chosen file."""
        return self.saves[self.chosen] if 0 <= self.chosen < len(self.saves) else None

    # --- layout ---

    def resize(self) -> None:
        """The folder may have changed; what was chosen stays chosen."""
        held = self.found.path if self.found is not None else None
        listed = records.list_replays if self.shelf == REPLAYS else records.list_saves
        self.saves = [*listed(self.folder)]
        suffixes = (records.SAVE_SUFFIX, records.SAVE_SUFFIX, records.REPLAY_SUFFIX)
        self._many = [len([*dated_files(*one)]) for one in zip(self.folders, suffixes, strict=True)]
        paths = [one.path for one in self.saves]
        self.chosen = paths.index(held) if held in paths else min(self.chosen, len(paths) - 1)
        if held is None and self.chosen == 0:  # the newest one that can be loaded
            self.chosen = next((n for n, one in enumerate(self.saves) if one.header is not None), 0)
        super().resize()

    def build(self) -> None:
        """Name or shelf, list, details, buttons."""
        desk, page = self.desk, self.page
        wide = page.width * 48 // 100
        top = pygame.Rect(page.x, page.y, wide, desk.px(38))
        empty = self.session is None and not self.saves
        if self.session is None:
            self.form.add(Tabs(desk, top, self._tabs(), self.shelf, self._turn))
        else:
            self.form.add(TextField(desk, top, self.name, self._typed, 60))
        y = top.bottom + desk.px(10)
        rows = [(shown_name(one), row_words(one)) for one in self.saves]
        box = pygame.Rect(page.x, y, page.width if empty else wide, page.bottom - y)
        listed = ListBox(desk, box, rows, self._choose, lambda row: self._act(), row_points=48)
        listed.chosen = self.chosen
        if self.chosen >= 0:
            listed.choose(self.chosen)
        listed.sign = self._sign
        listed.marked = {n for n, one in enumerate(self.saves) if one.header is None}
        listed.enabled = bool(rows)
        self.form.add(listed)
        left = box.right + desk.px(18)
        about = pygame.Rect(left, page.y, page.right - left, page.height)
        if self._has_card:
            low = self._card.bottom + desk.px(10)
            about = pygame.Rect(left, low, about.width, max(1, page.bottom - low))
        if not empty:
            text = details(self.found, self.session is not None, self._edition())
            self.form.add(Prose(desk, about, text, 15, always=True))
        one = self.found
        own = self.shelf != AUTOMATIC and one is not None
        sound = one is not None and one.header is not None
        back = self.button("Back", self.back, key="Esc")
        if empty:  # there is nothing to do with what is not there
            self.footer([back], [])
            return
        tools = [
            back,
            self.button("Rename", self._rename, key="F2", enabled=own),
            self.button("Delete", self._delete, key="Del", enabled=one is not None),
        ]
        if self.session is not None:
            mains = [self.button("Save", self._act, key="Enter", enabled=bool(self.name.strip()), gold=True)]
        elif self.shelf == REPLAYS:
            mains = [self.button("Watch", self._act, key="Enter", enabled=sound, gold=True)]
        else:
            mains = [
                self.button("Watch from the start", self._watch, key="F3", enabled=sound),
                self.button("Load", self._act, key="Enter", enabled=sound, gold=True),
            ]
        self.footer(tools, mains)

    def _sign(self, row: int) -> tuple[int, pygame.Surface | None]:
        """How far a game has come; of a replay that is over nothing but its sign, of a damaged file a cross."""
        one, side, colours = self.saves[row], self.desk.px(DIAL), self.desk.theme.interface
        if isinstance(one, records.ListedReplay):
            return 0, icon("watch", side * 3 // 4, colours.accent if one.header is not None else colours.text_dim)
        head = one.header
        return 0, dial(self.desk, side, head.turn, head.turns) if head is not None else dial(self.desk, side, 0, 0)

    def _tabs(self) -> list[Tab]:
        """The shelves, each with how many files are on it."""
        return [Tab(title, sign, str(n)) for title, sign, n in zip(SHELVES, SIGNS, self._many, strict=True)]

    @property
    def _card(self) -> pygame.Rect:
        """Where the picture of the chosen game is; without height where there is no room."""
        page, desk = self.page, self.desk
        left = page.x + page.width * 48 // 100 + desk.px(18)
        tall = page.height * 50 // 100
        return pygame.Rect(left, page.y, page.right - left, tall if tall > desk.px(120) else 0)

    @property
    def _has_card(self) -> bool:
        """Whether a picture shows: of the chosen game, or of the one that is to be kept."""
        return bool(self._card.height) and (self.found is not None or self.session is not None)

    def _edition(self) -> str:
        """How the chosen game's scenario differs from the installed one, as far as is known yet."""
        head = self._header
        return self._editions.get(head.edition_sha256, "") if head is not None else ""

    @property
    def _header(self) -> records.Header | None:
        """The header of the chosen save, where it is one."""
        return self.found.header if isinstance(self.found, records.Listed) else None

    def update(self, seconds: float) -> Change | None:
        """Look beside the window whether the chosen game's scenario is still the installed one; then draw its map."""
        head = self._header
        if self._search is not None and not self._search.is_alive():
            self._search = None
            if self._edition():
                super().resize()
        if self._search is None and head is not None and head.edition_sha256 not in self._editions:
            self._search = Thread(target=self._compare, args=(head,), name="editions", daemon=True)
            self._search.start()
        elif self._search is None and self.found is None and self.session is not None:
            self.cards.ask_own(self.session)
        elif self._search is None:
            self.cards.ask(self.found)
        return super().update(seconds)

    def wait(self) -> None:
        """Wait for what is looked up beside the window, for tests and pictures."""
        self.cards.wait()
        if self._search is not None:
            self._search.join()

    def _compare(self, head: records.Header) -> None:
        self._editions[head.edition_sha256] = edition_words(head.scenario, head.edition_sha256)

    def paint(self, screen: pygame.Surface) -> None:
        """The picture of the chosen game; a few words where there is none."""
        if self._has_card and self.found is not None:
            self.cards.paint(screen, self._card, self.found)
        elif self._has_card and self.session is not None:
            self.cards.paint_own(screen, self._card, self.session)
        if not self.saves:
            self._paint_empty(screen)

    def _paint_empty(self, screen: pygame.Surface) -> None:
        """In the middle of the list: a sheet of the shelf, that it is empty, and what would fill it."""
        desk, colours, page = self.desk, self.desk.theme.interface, self.page
        wide = page.width if self.session is None else page.width * 48 // 100
        middle, y = page.x + wide // 2, page.y + page.height * 34 // 100
        sign = icon(SIGNS[self.shelf], desk.px(56), colours.panel_edge)
        screen.blit(sign, sign.get_rect(midbottom=(middle, y)))
        words, more = EMPTY[self.shelf] if self.session is None else EMPTY[OWN]
        title = desk.fonts.text(words, STRONG, desk.px(20), colours.text)
        screen.blit(title, title.get_rect(midtop=(middle, y + desk.px(16))))
        y += desk.px(52)
        kept = say("Folder: {folder}", folder=self.folder)
        for text, size in ((more, 15), (kept, 13)):
            for line in wrapped(desk.fonts, text, BODY, desk.px(size), min(wide - desk.px(40), desk.px(520))):
                face = desk.fonts.text(line, BODY, desk.px(size), colours.text_dim)
                screen.blit(face, face.get_rect(midtop=(middle, y)))
                y += desk.px(22)
            y += desk.px(12)

    def draw(self, screen: pygame.Surface) -> None:
        """The note about an empty folder lies over the list."""
        super().draw(screen)
        if not self.saves:
            self.paint(screen)

    # --- what one does ---

    def _turn(self, shelf: int) -> None:
        self.shelf, self.chosen = shelf, 0
        self.resize()

    def _typed(self, text: str) -> None:
        self.name = text
        self.form.widgets[-1].enabled = bool(text.strip())

    def _choose(self, row: int) -> None:
        if row == self.chosen:
            return
        self.chosen = row
        if self.session is not None and self.found is not None:
            self.name = self.found.path.stem
        super().resize()

    def key(self, event: pygame.event.Event) -> bool:
        """Enter loads or saves, F2 renames, Del removes."""
        typing = self.session is not None and self.form.focus == 0
        if event.key in ENTER and self.form.focus <= 2:
            self._act()
        elif event.key == pygame.K_F2 and self.found is not None and self.shelf != AUTOMATIC:
            self._rename()
        elif event.key == pygame.K_F3 and self.session is None:
            self._watch()
        elif event.key == pygame.K_DELETE and not typing and self.found is not None:
            self._delete()
        else:
            return False
        return True

    def _act(self) -> None:
        if self.session is not None:
            self._save(self.session)
        elif self.shelf == REPLAYS:
            self._watch()
        elif self.found is not None and self.found.header is not None:
            self.go(Push(loading_table(self.desk, self.found.path, self)))

    def _watch(self) -> None:
        """The chosen game from its start."""
        if self.found is not None and self.found.header is not None:
            self.go(Push(loading_replay(self.desk, self.found.path, self)))

    def _save(self, session: Session) -> None:
        if not self.name.strip():
            return
        try:
            path = records.inside(self.folder, records.safe_name(self.name, records.SAVE_SUFFIX))
        except Fault as fault:
            self.go(Push(fault_message(self.desk, self, "The game was not saved", fault)))
            return
        if path.exists():
            text = say("A game called **{name}** already exists. Overwrite it with this game?", name=path.stem)
            self._ask("Overwrite the saved game?", text, "Overwrite", lambda: self._write(session, path, 2))
            return
        self.go(self._write(session, path, 1))

    def _write(self, session: Session, path: Path, levels: int) -> Change:
        try:
            records.save_game(session, path, self.notes, name=self.name.strip())
        except Fault as fault:
            trouble = fault_message(self.desk, self, "The game was not saved", fault)
            return Push(trouble) if levels == 1 else Replace(trouble)
        if self.told is not None:
            self.told(say("Saved as {name}.", name=path.stem))
        return Pop(levels)

    def _ask(self, title: str, text: str, yes: str, act: Callable[[], Change | None]) -> None:
        self.go(Push(question(self.desk, self, title, text, yes, act, danger=True)))

    def _rename(self) -> None:
        one = self.found
        if one is None or self.shelf == AUTOMATIC:
            return
        text = "Only the file name changes."
        prompt = Prompt(
            self.desk, self, "Rename the saved game", text, one.path.stem, "Rename", lambda name: self._move(one, name)
        )
        self.go(Push(prompt))

    def _move(self, one: Filed, name: str) -> Change | None:
        try:
            path = records.inside(one.path.parent, records.safe_name(name, one.path.suffix))
            if path == one.path:
                return None
            if path.exists():
                return Replace(
                    self._trouble("Not renamed", say("A game called **{name}** already exists.", name=path.stem))
                )
            one.path.rename(path)
        except Fault as fault:
            return Replace(fault_message(self.desk, self, "Not renamed", fault))
        except OSError as error:
            return Replace(self._trouble("Not renamed", f"{one.path}: {error.strerror or error}."))
        self.saves[self.chosen] = replace(one, path=path)
        return None

    def _delete(self) -> None:
        one = self.found
        if one is not None:
            text = say("**{name}** will be deleted from the disk. You cannot undo this.", name=shown_name(one))
            self._ask("Delete the saved game?", text, "Delete", lambda: self._remove(one))

    def _remove(self, one: Filed) -> Change | None:
        try:
            one.path.unlink(missing_ok=True)
        except OSError as error:
            return Replace(self._trouble("Not deleted", f"{one.path}: {error.strerror or error}."))
        return None

    def _trouble(self, title: str, text: str) -> Dialog:
        return message(self.desk, self, title, text, danger=True)


# --- words ----------------------------------------------------------------------------------------------------


def shown_name(one: Filed) -> str:
    """What a save is called: by its player; an autosave by its turn and who is to play."""
    if one.header is None or isinstance(one, records.ListedReplay) or not one.path.name.startswith(AUTOSAVE):
        return one.path.stem
    army = faction_names(one.header.scenario).get(one.header.phase, one.header.phase)
    if not army:
        return say("Turn {turn}, the end of the game", turn=one.header.turn)
    return say("Turn {turn}, {army} to play", turn=one.header.turn, army=army)


def row_words(one: Filed) -> str:
    """The second line of a row."""
    if one.header is None:
        return say("damaged: {why}", why=short_fault(one))
    if isinstance(one, records.ListedReplay):
        return say("{title}, {ended}, {when}", title=one.header.title, ended=ended(one.header), when=when(one.moment))
    return say(
        "{title}, turn {turn} of {turns}, saved {when}",
        title=one.header.title,
        turn=one.header.turn,
        turns=one.header.turns,
        when=when(one.moment),
    )


def ended(head: records.ReplayHead) -> str:
    """How far the game of a replay has come."""
    if head.outcome != "-":
        return say("finished")
    return say("up to turn {turn}", turn=head.turn) if head.turn else say("not finished")


def short_fault(one: Filed) -> str:
    """What is wrong with a file, without its path."""
    return one.fault.removeprefix(f"{one.path}: ")


def when(text: str) -> str:
    """A moment, written as records write it, on the clock of this machine."""
    moment = datetime.fromisoformat(text).astimezone()
    return f"{moment.day} {moment:%b %Y, %H:%M}"


def details(one: Filed | None, saving: bool = False, edition: str = "") -> str:
    """Everything a header tells, as prose, with how its scenario differs from the installed one."""
    if one is None and saving:
        return "Type a name, or choose a saved game from the list to overwrite it."
    if one is None:
        return "Choose a saved game to see its details."
    if one.header is None:
        reason = short_fault(one)
        return "\n".join([
            f"# {shown_name(one)}", "", say("This file cannot be loaded: {reason}", reason=reason), "",
            "The file was not changed. It stays there until you delete it.", "",
            "| | |", "|---|---|", f"| File | {one.path} |", f"| Changed | {when(one.moment)} |",
        ])  # fmt: skip
    if isinstance(one, records.ListedReplay):
        return _replay_details(one, one.header)
    head = one.header
    names = faction_names(head.scenario)
    to_play = names.get(head.phase, head.phase) or "nobody (the game has ended)"
    computer = ", ".join(f"{names.get(one, one)} ({player})" for one, player in head.players.items()) or "none"
    turn = say("{turn} of {turns}, up to {day}", turn=head.turn, turns=head.turns, day=day(head.date))
    facts = {
        "Scenario": head.title, "Turn": turn, "To play": to_play,
        "AI players": computer, "Orders given": f"{head.orders:,}", "Seed": str(head.seed),
        "Saved": when(one.moment), "Game version": head.game, "File": str(one.path),
    }  # fmt: skip
    note = [say("Note: {edition}", edition=edition), ""] if edition else []
    table = ["| | |", "|---|---|", *(f"| {a} | {b} |" for a, b in facts.items())]
    return "\n".join([f"# {shown_name(one)}", "", *note, *table])


def _replay_details(one: records.ListedReplay, head: records.ReplayHead) -> str:
    names = faction_names(head.scenario)
    seats = [seat.partition("=")[::2] for seat in head.players.split(" ")]
    facts = {
        "Scenario": head.title, "Game": sentence(ended(head)),
        "Players": ", ".join(f"{names.get(one, one)} ({who})" for one, who in seats), "Orders given": head.orders,
        "Seed": head.seed, "Written": when(one.moment), "Game version": head.game, "File": str(one.path),
    }  # fmt: skip
    return "\n".join([f"# {one.path.stem}", "", "| | |", "|---|---|", *(f"| {a} | {b} |" for a, b in facts.items())])


def suggested_name(session: Session) -> str:
    """A name for a new save: the scenario, the turn, and whose it is."""
    world = session.world
    who = "" if session.over else f" {world.factions[session.state.faction].adjective}"
    return say("{title}, turn {turn}{who}", title=world.title, turn=session.state.clock.turn, who=who)
