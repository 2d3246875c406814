"""The first draft of a new scenario: small, sound, playable, and full of remarks that say what to change.

Two towns on a road, a river between them, a bridge. Every file of the format is there, so that nothing has to be looked
up to begin with. The texts are made for the map's size; nothing of them is read back.
"""

from __future__ import annotations

from textwrap import fill

from game.hexgrid import NE, SE, HexGrid, grid
from game.scenario.modeline import line_to, schema_name

FEWEST_COLUMNS, FEWEST_ROWS = 8, 5


def first_draft(scenario: str, title: str, columns: int, rows: int, metres: int) -> dict[str, str]:
    """Every file of the draft by its name. The map has at least 8 columns and 5 rows."""
    ground = DraftGround(columns, rows)
    files = {
        "scenario.yaml": _scenario(scenario, title, metres),
        "map.txt": ground.drawing(),
        "map.yaml": _map(ground, metres),
        "crossings.yaml": _crossings(ground),
        "relations.yaml": _relations(ground),
        "forces/saa.yaml": _army(ground),
        "forces/isis.yaml": _defenders(ground),
        "events.yaml": _EVENTS,
        "victory.yaml": _victory(ground),
        "history.yaml": _HISTORY,
        "doctrine.yaml": _DOCTRINE,
    }
    return {name: _head(name) + text for name, text in files.items()}


def _head(name: str) -> str:
    """The line that turns an editor's help on; the drawing has none."""
    return "" if name == "map.txt" else line_to(name, schema_name(name))


class DraftGround:
    """Where things lie on a map of any size: a road from rim to rim, a river from rim to rim, a town on each bank."""

    def __init__(self, columns: int, rows: int) -> None:
        self.grid: HexGrid = grid(columns, rows)
        self.columns, self.rows, self.middle = columns, rows, rows // 2
        self.west, self.bank, self.east = columns // 4, columns // 2 - 1, columns * 3 // 4

    def label(self, column: int, row: int | None = None) -> str:
        """A hex of the road, or any."""
        return self.grid.label(self.grid.at(column, self.middle if row is None else row))

    @property
    def road(self) -> str:
        """The hexes of the road."""
        return _wrapped([self.label(column) for column in range(self.columns)])

    @property
    def river(self) -> str:
        """The hexsides of the river, from north to south."""
        here = [self.grid.at(self.bank, row) for row in range(self.rows)]
        sides = [self.grid.sides[one][way] for one in here for way in (NE, SE) if self.grid.neighbours[one][way] >= 0]
        return _wrapped([self.grid.side_label(side) for side in sides])

    @property
    def bridge(self) -> str:
        """The hexside on which the road meets the river."""
        here = self.grid.at(self.bank, self.middle)
        return self.grid.side_label(self.grid.side_between(here, here + 1))

    def drawing(self) -> str:
        """The text of ``map.txt``."""
        rows = [[","] * self.columns for _ in range(self.rows)]
        for drawn in rows:
            drawn[self.bank] = drawn[self.bank + 1] = "v"
        for column in (self.west, self.east):
            rows[self.middle][column] = "U"
        for row in (self.middle - 1, self.middle - 2):
            rows[row][self.east] = "h"
        return _DRAWING + "".join(" ".join(drawn) + "\n" for drawn in rows)


def _wrapped(labels: list[str]) -> str:
    return fill(", ".join(labels), 110, initial_indent=" " * 6, subsequent_indent=" " * 6, break_on_hyphens=False)


_DRAWING = """\
# The ground, one symbol a hex, the northern row first; odd columns lie half a hex lower than even ones.
# . desert  , steppe  v irrigated valley  w wadi  _ salt flat  h hills  r rough ground  m mountains  U town
# ~ lake  x outside the game
"""


def _scenario(scenario: str, title: str, metres: int) -> str:
    return f"""\
# What the game is about, who plays, how long. docs/scenario-format.md explains every key of every file.
format: 1
id: {scenario}                    # the name of the folder
title: {_quoted(title)}
version: 1.0                  # write a higher one when you pass on a new pack
summary: |
  A first draft: one road, two towns, a bridge between them. One sentence about your scenario belongs here.
first_day: 2017-09-05
days_per_turn: 3
turns: 8

# A faction looks as its `look` says: red, blue, yellow, black, white, green, purple or orange, each with an emblem.
# Command and liaison points are granted each turn. Factions of one bloc answer together for incidents.
factions:
  - {{id: saa, name: Syrian army, adjective: SAA, bloc: government, command: 6, liaison: 2, look: red}}
  - {{id: isis, name: Islamic State, adjective: ISIS, bloc: isis, command: 4, look: black}}
sequence: [saa, isis]         # who plays first in a turn

# picture: cover.png          # a PNG of this folder, shown above the briefing
briefing: |
  What players should know before the first turn. A hex is {metres:,} metres across.
aims:
  saa: |
    Cross the river and take East Town.
  isis: |
    Hold East Town, or at least the bridge.
sources:
  - "Made up. Say here where dates, places and strengths come from."

# Any number of scenarios/rules/*.yaml may be another one here, for example:
# rules:
#   units: {{stack_units: 4}}
"""


def _quoted(text: str) -> str:
    """A text as a YAML string whatever it holds."""
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _map(ground: DraftGround, metres: int) -> str:
    return f"""\
# What lies on the ground that map.txt draws. Hexes are named column, then row: {ground.label(0, 0)} is the first.
format: 1
size: {{columns: {ground.columns}, rows: {ground.rows}}}
scale: {{metres_per_hex: {metres}}}

rivers:                       # along hexsides; a minor river is only dear to cross, a major one needs a crossing
  - name: Long River
    kind: major
    sides: [
{ground.river}
    ]

roads:                        # through hexes that touch each other; kind highway, road or track
  - name: Town road
    kind: road
    path: [
{ground.road}
    ]

places:                       # size: how large the name is drawn; population in thousands
  - {{name: West Town, hex: {ground.label(ground.west)}, kind: town, size: 2, bank: west, population: 10}}
  - {{name: East Town, hex: {ground.label(ground.east)}, kind: town, size: 2, bank: east, population: 10}}

exits:                        # where roads leave the map, and reinforcements and supply enter it
  - {{name: West road, hex: {ground.label(0)}, from: the west}}
  - {{name: East road, hex: {ground.label(ground.columns - 1)}, from: the east}}
"""


def _crossings(ground: DraftGround) -> str:
    return f"""\
# Bridges, ferry sites and dams: the hexsides on which a major river can be crossed. state: open or blown.
format: 1
crossings:
  - {{name: Old Bridge, side: {ground.bridge}, kind: bridge, state: open}}
"""


def _relations(ground: DraftGround) -> str:
    corner = ground.label(ground.bank, ground.rows - 1)
    return f"""\
# Who fights whom, and who holds which ground at the start.
format: 1

stances:                      # every pair once: allied, friendly, rival (keep apart) or war
  - {{a: saa, b: isis, stance: war}}

control:                      # a later line overrides an earlier one; units hold the hex they stand in
  - {{faction: isis, everything: true}}
  - {{faction: saa, box: [{ground.label(0, 0)}, {corner}]}}      # all columns and rows between two corners
"""


def _army(ground: DraftGround) -> str:
    behind = ground.label(ground.west - 1)
    return f"""\
# The attacker. type: which numbers of rules/units.yaml a unit has; quality A to D; steps: its full strength.
format: 1
faction: saa

units:
  - {{id: saa-1, name: First brigade, type: mech, size: bde, steps: 3, quality: B, at: West Town}}
  - {{id: saa-2, name: Tank battalion, type: armour, size: btn, steps: 3, quality: B, at: West Town}}
  - {{id: saa-guns, name: Guns, type: artillery, size: bty, steps: 1, quality: B, hex: {behind}}}
  - {{id: saa-hq, name: Headquarters, type: hq, size: hq, steps: 1, quality: B, hex: {behind}}}
  # A unit that comes later: on which day, and where, best place first.
  - {{id: saa-3, name: Third battalion, type: infantry, size: btn, steps: 2, quality: C, arrives: 2017-09-11,
      entry: [West road, West Town]}}

sources:                      # where supply comes from, and how many steps it feeds
  - {{name: West depot, exit: West road, capacity: 30}}
support:                      # granted each turn: strike, recon and others of rules/support.yaml
  - {{kind: strike, points: 2}}
replacements:                 # lost steps that can be made good
  - {{steps: 1, every: 2}}
"""


def _defenders(ground: DraftGround) -> str:
    beyond = ground.label(ground.bank + 1)
    return f"""\
# The defender.
format: 1
faction: isis

units:
  - {{id: isis-1, name: Town garrison, type: garrison, size: btn, steps: 2, quality: B, at: East Town, dug: 1}}
  - {{id: isis-2, name: Bridge guard, type: infantry, size: coy, steps: 1, quality: C, hex: {beyond}}}

sources:                      # write supply: none instead for a faction that lives off the land
  - {{name: East depot, exit: East road, capacity: 20}}
"""


def _victory(ground: DraftGround) -> str:
    return f"""\
# What the war is about. An objective is worth points to the faction that holds it at the end.
format: 1
prizes:
  - {{id: bridge, name: Old Bridge, kind: crossing, hex: {ground.label(ground.bank + 1)}, points: {{saa: 2, isis: 2}}}}
  - {{id: east-town, name: East Town, kind: town, place: East Town, points: {{saa: 5, isis: 5}}}}

# How a faction's points compare with history: up to like slower, from faster on faster.
bands:
  saa: {{like: 2, faster: 5, slower_words: The town held., like_words: The town fell., faster_words: It fell early.}}
  isis: {{like: 2, faster: 5, slower_words: The town fell., like_words: It held long., faster_words: The town held.}}
"""


_EVENTS = """\
# What happens by itself. `when`: all of these must hold; `any`: one of them; `do`: what happens. An event without `do`
# is a message in the log.
format: 1
events:
  - id: first-news
    name: News from the river
    text: The bridge still stands. Reports say that charges have been laid.
    when: [{on: turn, from: 2}]
    seen_by: [saa]            # left out: everybody reads it
"""

_HISTORY = """\
# What happened in history, by date: the History overlay, which players race against. For example:
#  - {date: 2017-09-14, place: East Town, by: saa, from: isis, event: "The town fell.", source: "a report"}
format: 1
captures: []
"""

_DOCTRINE = """\
# How the computer plays each faction. Whatever is left out has a sensible value.
format: 1
factions:
  saa: {posture: advance, axes: 2}
  isis: {posture: defend}
"""
