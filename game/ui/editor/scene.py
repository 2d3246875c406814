"""The editor's window: the workshop with the scenario, the map, tools, forms and the check, and what joins them."""

from __future__ import annotations

from dataclasses import replace
from itertools import count as numbers

import pygame

from game.ui.editor.canvas import Canvas
from game.ui.editor.checks_panel import ChecksPanel
from game.ui.editor.drawing_tools import Tool
from game.ui.editor.drawn import Drawn, Reader
from game.ui.editor.errands import Errands
from game.ui.editor.form_column import FormColumn
from game.ui.editor.forms import exists, fill_form
from game.ui.editor.hand import NO_PICK, Hand, Pick, Pointed
from game.ui.editor.input import EditorInput
from game.ui.editor.layout import lay_out
from game.ui.editor.options import fill_options
from game.ui.editor.painting import paint
from game.ui.editor.palette import Palette
from game.ui.editor.placing_tools import hex_of
from game.ui.editor.signs import ShownSigns, mark_findings
from game.ui.editor.tools import BY_KEY, ROWS
from game.ui.editor.top_bar import Action, TopBar
from game.ui.editor.underlay import Beneath, Underlays
from game.ui.scene import Change, Desk
from game.words import say
from game.workshop import Edit, Finding, SetUnderlay, Underlay, Workshop

SLICE = 0.006
"""Seconds a frame for the check."""
CHECK_AFTER = 0.25
"""Seconds after an edit before the check begins: a quick hand is not held up."""


class EditorScene(Errands):
    """One scenario being edited."""

    def __init__(self, desk: Desk, workshop: Workshop) -> None:
        self.desk, self.workshop = desk, workshop
        self.reader = Reader(workshop)
        self.drawn: Drawn | None = None
        self.hand, self.pick, self.shown = Hand(), NO_PICK, ShownSigns()
        self.tools: dict[str, Tool] = {key: item.make() for key, item in BY_KEY.items()}
        self.layout = lay_out(desk, ROWS)
        self.form = FormColumn(desk, self.layout.form)
        self.options = FormColumn(desk, self.layout.options)
        self.palette = Palette(desk, self.layout.tools)
        self.bar = TopBar(desk, self.layout.top)
        self.checks = ChecksPanel(desk, self.layout.checks, self.look_at_finding, self.open_finding)
        self.canvas: Canvas | None = None
        self.underlays = Underlays(workshop)
        self.input = EditorInput(self)
        self.spot = Pointed(-1, -1)
        self.words, self.words_bad = "", False
        self.pending: Change | None = None
        self.picture_trouble = ""
        self._strokes = numbers(1)
        self._faded: int | None = None
        self._forms_late = True
        self._waits = 0.0
        self._checking = True
        self._still = 0.0
        self.refresh()
        if self.canvas is not None:
            self.canvas.look_at_all()
        self.say(BY_KEY["select"].hint)

    # --- scene ------------------------------------------------------------------------------------------------

    def handle(self, event: pygame.event.Event) -> Change | None:
        """One event."""
        self.input.handle(event)
        self._renew_forms()
        return self._taken()

    def update(self, seconds: float) -> Change | None:
        """The map glides, the check goes on."""
        self.input.pass_time(seconds)
        if self.canvas is not None:
            self.canvas.update(seconds)
        self._check(seconds)
        self._renew_forms()
        return self._taken()

    def _taken(self) -> Change | None:
        change, self.pending = self.pending, None
        return change

    def resize(self) -> None:
        """The window has a new size, or the editor has it once more."""
        self.layout = lay_out(self.desk, ROWS)
        self.form.rect, self.options.rect = self.layout.form, self.layout.options
        self.palette.rect, self.bar.rect = self.layout.tools, self.layout.top
        self.checks.rect = self.layout.checks
        self.input.forget()
        if self.canvas is not None:
            self.canvas.resize(self.layout.map, self.layout.minimap)
        self.refresh()

    def draw(self, screen: pygame.Surface) -> None:
        """Everything."""
        paint(screen, self)

    # --- what is in the workshop ---------------------------------------------------------------------------------

    def refresh(self) -> None:
        """The texts have changed, or what is shown of them."""
        self.drawn = self.reader.read()
        if self.pick and (self.drawn is None or not exists(self.drawn, self.pick)):
            self.pick = NO_PICK
        self._show()
        self.bar.actions = self._actions()
        self._forms_late = True
        self._renew_forms()

    def _show(self) -> None:
        drawn = self.drawn
        if drawn is None:
            return
        if self.canvas is None or not self.canvas.fits(drawn):
            self.canvas = Canvas(self.desk, drawn, self.layout.map, self.layout.minimap)
            self.canvas.marks = mark_findings(self.checks.findings)
        self.canvas.show(drawn, self.shown, self.hand, self.pick, self._beneath())

    def _beneath(self) -> Beneath | None:
        made, self.picture_trouble = self.underlays.made(self.underlay)
        return made

    @property
    def underlay(self) -> Underlay | None:
        """The picture beneath the map, as faded as the slider stands."""
        under = self.workshop.underlay()
        return replace(under, opacity=self._faded) if under is not None and self._faded is not None else under

    def _renew_forms(self) -> None:
        """Fill the forms anew, but never under a pressed button: what it was pressed on must be there to let go."""
        if self._forms_late and not self.input.pressing:
            self._forms_late = False
            fill_options(self.options, self)
            fill_form(self.form, self)

    def touch(self) -> None:
        """Something about the tool or the forms has changed."""
        self._show()
        self._forms_late = True

    # --- edits ------------------------------------------------------------------------------------------------

    def do(self, edit: Edit) -> bool:
        """Do an edit; a refusal is told in the status bar."""
        return self.do_all(edit)

    def do_all(self, *edits: Edit) -> bool:
        """Several edits as one step of undo; when one is refused, those before it are taken back."""
        before = self._texts()
        stroke = next(self._strokes) if len(edits) > 1 else 0
        for number, edit in enumerate(edits):
            why = self.workshop.do(edit, stroke=stroke)
            if why is not None:
                if number:
                    self.workshop.undo()
                self.say(why, bad=True)
                self._changed()
                return False
        self.say(self.workshop.history[-1] if self._texts() != before else "Nothing to change.")
        self._changed()
        return True

    def _texts(self) -> list[bytes | None]:
        return [self.workshop.data(file) for file in self.workshop.files()]

    def _changed(self) -> None:
        self.refresh()
        self._checking, self._waits = True, CHECK_AFTER
        self.checks.show(self.checks.findings, True)

    def after_edit(self) -> None:
        """The texts have changed in the text pane, or on the disk."""
        self._changed()

    def undo(self) -> None:
        """Take the last step back."""
        self.drop()
        name = self.workshop.undo()
        self.say(say("Undone: {name}", name=name) if name is not None else "Nothing to undo.")
        if name is not None:
            self._changed()

    def redo(self) -> None:
        """Do again what was taken back."""
        self.drop()
        name = self.workshop.redo()
        self.say(say("Done again: {name}", name=name) if name is not None else "There is nothing to do again.")
        if name is not None:
            self._changed()

    def fade(self, percent: int) -> None:
        """The slider of the picture's opacity moves; the edit is done when it is let go."""
        self._faded = percent
        self._show()

    def let_go(self) -> None:
        """The mouse button is up: what was dragged in a form counts."""
        under = self.workshop.underlay()
        percent, self._faded = self._faded, None
        if percent is not None and under is not None and under.opacity != percent:
            self.do(SetUnderlay(replace(under, opacity=percent)))

    # --- tools and choice -------------------------------------------------------------------------------------

    @property
    def tool(self) -> Tool:
        """The tool in hand."""
        return self.tools[self.hand.tool]

    def take_tool(self, key: str) -> None:
        """Take another tool in hand."""
        self.drop()
        if key != self.hand.tool:
            self.hand.tool, self.hand.erase = key, False
            if self.pick and self.pick.kind not in (key, "line") and key != "select":
                self.pick = NO_PICK
            self.touch()
        self.say(BY_KEY[key].hint)

    def drop(self) -> bool:
        """End what is begun: a stroke, a line of clicks, a field being typed. Whether there was anything."""
        self.form.leave()
        self.options.leave()
        return self.tool.cancel()

    def choose(self, pick: Pick, name_it: bool = False) -> None:
        """Show something in the form."""
        if pick != self.pick:
            self.form.leave()
            self.pick = pick
        self._show()
        self._forms_late = True
        if name_it:
            self._renew_forms_now()
            self.form.put_into("Name")

    def _renew_forms_now(self) -> None:
        self._forms_late = False
        fill_options(self.options, self)
        fill_form(self.form, self)

    def set_shown(self, shown: ShownSigns) -> None:
        """Show other layers, or another faction."""
        self.shown = shown
        self.touch()

    def say(self, words: str, bad: bool = False) -> None:
        """A line for the status bar."""
        self.words, self.words_bad = words[:1].upper() + words[1:], bad

    # --- the check --------------------------------------------------------------------------------------------

    def _check(self, seconds: float) -> None:
        """A slice of the check, and the small map once the hand rests."""
        if not self._checking or self.input.pressing:
            return
        self._waits -= seconds
        if self._waits > 0:
            return
        if self.canvas is not None:
            self.canvas.renew_minimap()
        until = pygame.time.get_ticks() + SLICE * 1000
        while pygame.time.get_ticks() <= until:
            if not self.workshop.check_step():
                self._told()
                return

    def _told(self) -> None:
        """The check is done."""
        self._checking = False
        self.checks.show(self.workshop.problems(), False)
        if self.canvas is not None:
            self.canvas.marks = mark_findings(self.checks.findings)

    def finish_check(self) -> None:
        """Check to the end, now."""
        while self.workshop.check_step():
            pass
        self._told()

    def look_at_finding(self, finding: Finding) -> None:
        """Look at what a finding is about; where it is not on the map, in the text."""
        drawn = self.drawn
        if drawn is not None and finding.unit is not None and drawn.unit(finding.unit) is not None:
            self.choose(Pick("unit", finding.unit))
        elif drawn is not None and finding.place is not None and hex_of(drawn, Pick("place", finding.place)) >= 0:
            self.choose(Pick("place", finding.place))
        if self.canvas is not None and finding.hex is not None:
            self.canvas.bring_into_sight(finding.hex, always=True)
        elif not self.pick or finding.unit is None:
            self.say(
                say("A second click opens {file} at line {line}.", file=finding.file, line=max(1, finding.problem.line))
            )

    def open_finding(self, finding: Finding) -> None:
        """Show the line of a finding in the text."""
        self.open_text(finding.file, finding.problem.line)

    # --- the bar ----------------------------------------------------------------------------------------------

    def _actions(self) -> tuple[Action, ...]:
        workshop = self.workshop
        past, future = workshop.history, workshop.future
        undo = say("Ctrl+Z: undo “{name}”", name=past[-1]) if past else "Nothing to undo."
        redo = say("Ctrl+Y: do “{name}” again", name=future[0]) if future else "Nothing to do again."
        copy = "Ctrl+Shift+S: write the whole scenario into a folder of its own and go on there."
        text = "F2: every file as text, with its problems marked."
        test = "F5: play what stands here now; the editor waits."
        balance = "F6: let the game play what stands here now against itself: does every side have its chance?"
        return (
            Action("undo", "Undo", undo, bool(past), self.undo),
            Action("redo", "Redo", redo, bool(future), self.redo),
            Action("save", "Save", "Ctrl+S: write what has changed.", workshop.dirty, self.save),
            Action("copy", "Save a copy", copy, True, self.save_a_copy),
            Action("text", "Text", text, True, lambda: self.open_text("")),
            Action("play", "Play-test", test, True, self.play_test),
            Action("balance", "Balance", balance, True, self.open_balance),
            Action("help", "Help", "F1: keys and tools.", True, self.open_help),
            Action("close", "Close", "Esc: leave the editor.", True, self.leave),
        )
