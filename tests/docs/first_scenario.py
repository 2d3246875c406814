"""The steps of docs/first-scenario.md at the editor and at the table, by posted events."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pygame

from game import engine
from game.ui.editor.fields import Picker
from game.ui.editor.palette import Swatch
from game.ui.editor.text_scene import TextScene
from tests.ui.editor_hands import EditorHands
from tests.ui.table_hands import Hands

ROOT = Path(__file__).resolve().parents[2]
GUIDE = ROOT / "docs" / "first-scenario.md"
PICTURES = ROOT / "docs" / "guide"
NAME = "my_ford"
_STEP = r"^<!-- step: (?P<step>[a-z]+) -->$|^python3 run_game\.py (?P<command>.*)$"


def way() -> list[tuple[str, list[str]]]:
    """What the guide lets its reader do, in order: ("command", words) or ("step", [name])."""
    found = re.finditer(_STEP, GUIDE.read_text(encoding="utf-8"), re.M)
    return [("step", [one["step"]]) if one["step"] else ("command", shlex.split(one["command"])) for one in found]


def event_text() -> str:
    """The event that the guide lets its reader write."""
    found = re.search(r"^```yaml\n(.*?)^```", GUIDE.read_text(encoding="utf-8"), re.M | re.S)
    assert found is not None
    return found[1]


class Designer(EditorHands):
    """A reader of the guide in front of the editor. Each method without arguments is a step."""

    def option(self, text: str) -> None:
        """Click a line of the tool's list, such as a kind of ground or a faction."""
        found = next(w for w in self.editor.options.widgets if isinstance(w, Swatch) and w.text == text)
        self.click(found.rect.center)

    def picked(self, label: str, wanted: str) -> None:
        """Choose from a list that opens, by its first letter."""
        for _ in range(40):
            picker = self.row(label, "options")
            assert isinstance(picker, Picker)
            if picker.values[picker.chosen].startswith(wanted):
                return
            self.click(picker.rect.center)
            self.key(pygame.K_ESCAPE)
            self.post(pygame.KEYDOWN, key=ord(wanted[0].lower()), mod=0, unicode=wanted[0].lower())
        raise AssertionError(f"no {wanted} among the choices of {label}")

    def kind_onward(self) -> None:
        """The right arrow of the line's kind."""
        kind = self.row("Kind", "options").rect
        self.click((kind.right - 8, kind.centery))

    def hills(self) -> None:
        """Paint a ridge."""
        self.tool("terrain")
        self.option("Hills")
        self.drag(self.point("0802"), self.point("0803"), self.point("0804"))

    def village(self) -> None:
        """Set a place."""
        self.tool("place")
        self.click(self.point("0502"))
        self.type("Ford Village")
        self.key(pygame.K_RETURN)

    def road(self) -> None:
        """Draw a track."""
        self.tool("road")
        while "track" not in self.kind():
            self.kind_onward()
        self.click(self.point("0502"))
        self.click(self.point("0505"))
        self.key(pygame.K_ESCAPE)

    def kind(self) -> str:
        """What kind of line the options say."""
        choice = self.row("Kind", "options")
        return str(choice.values[choice.chosen])  # type: ignore[attr-defined]

    def brook(self) -> None:
        """Draw a minor river."""
        self.tool("river")
        while "minor" not in self.kind():
            self.kind_onward()
        self.fill("Name", "Mill Brook", "options")
        self.click(self.side_point("0401/SE"))
        self.click(self.side_point("0404/SE"))
        self.key(pygame.K_ESCAPE)

    def units(self) -> None:
        """Set two units a side."""
        self.tool("unit")
        kinds = (("SAA", "Infantry on trucks", ("0502", "0405")), ("ISIS", "Local militia", ("0702", "0803")))
        for faction, kind, hexes in kinds:
            self.option(faction)
            self.picked("Type", kind)
            for label in hexes:
                self.click(self.point(label))

    def prize(self) -> None:
        """Set an objective."""
        self.tool("prize")
        self.click(self.point("0502"))

    def save(self) -> None:
        """Write the files."""
        self.key(pygame.K_s, pygame.KMOD_CTRL)
        assert not self.editor.workshop.dirty

    def event(self) -> None:
        """Write an event in the text pane."""
        self.key(pygame.K_F2)
        scene = self.top
        assert isinstance(scene, TextScene) and scene.list is not None
        number = scene.files().index("events.yaml")
        scene.list.choose(number)
        self.click((scene.pane.rect.centerx, scene.pane.rect.centery))
        self.key(pygame.K_END, pygame.KMOD_CTRL)
        for line in event_text().splitlines():
            self.key(pygame.K_HOME, pygame.KMOD_SHIFT)
            self.type(line)
            self.key(pygame.K_RETURN)
        self.frames(60)
        self.key(pygame.K_s, pygame.KMOD_CTRL)
        self.key(pygame.K_ESCAPE)
        self.frames(2)
        assert not self.editor.workshop.dirty


def play_a_turn(folder: Path) -> Hands:
    """March out of the village by mouse, end the turn, and see the other side play."""
    world = engine.load_scenario(folder)
    saa = world.faction("saa")
    hands = Hands(world, {number: "human" if number == saa else "staff" for number in range(len(world.factions))})
    hands.until_mine(saa)
    state = hands.session.state
    village = world.grid.hex("0502")
    row = next(row for row in state.units_at(village) if world.roster.faction[row] == saa)
    hands.click(hands.point("0502"))
    goal = min(here for here in engine.reach(state, world.roster.id[row]).cost if here != village)
    hands.click(hands.point(world.grid.label(goal)), 3)
    hands.frames(90)
    assert hands.session.state.units.hex[row] == goal
    hands.key(pygame.K_RETURN, pygame.KMOD_CTRL)
    hands.key(pygame.K_RETURN)
    hands.until_mine(saa)
    return hands
