"""Combat: odds columns, shifts and the result table."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import Annotated

from game.ruleset.units import Trait
from game.schema.spec import Contradiction, Doc, FormatVersion, Int, Size, Text

Columns = "columns"
Row = Annotated[tuple[Annotated[str, Text(12, "result: see `results`")], ...], Size(1, 20)]


@dataclass(frozen=True, slots=True)
class Ratio:
    """An odds column and the least ratio of attack to defence that reaches it."""

    name: Annotated[str, Text(8, "how the column is called")]
    attack: Annotated[int, Int(1, 100, "parts of attack strength", "least attack strength")]
    defence: Annotated[int, Int(1, 100, "parts of defence strength", "for this much defence strength")]


@dataclass(frozen=True, slots=True)
class Shifts:
    """Columns that each circumstance moves the odds; positive is to the attacker's good."""

    minor_river: Annotated[int, Int(-6, 6, Columns, "all attackers cross a minor river")]
    major_river: Annotated[int, Int(-6, 6, Columns, "all attackers cross a major river")]
    partly_over_river: Annotated[int, Int(-6, 6, Columns, "some attackers cross a river")]
    escarpment: Annotated[int, Int(-6, 6, Columns, "all attackers climb an escarpment")]
    entrenched: Annotated[int, Int(-6, 6, Columns, "a level of entrenchment of the defender")]
    quality: Annotated[int, Int(-6, 6, Columns, "a grade of the attackers' best above the defenders' best")]
    quality_cap: Annotated[int, Int(0, 6, Columns, "most that quality can shift")]
    armour_open: Annotated[
        int, Int(-6, 6, Columns, "attackers with armour against open ground without defending armour")
    ]
    armour_built_up: Annotated[int, Int(-6, 6, Columns, "only armour attacks a built-up hex")]
    flanks_three: Annotated[int, Int(-6, 6, Columns, "attack from three or more hexes")]
    flanks_opposite: Annotated[int, Int(-6, 6, Columns, "attack from opposite sides")]
    overlook: Annotated[int, Int(-6, 6, Columns, "the attacker holds high ground over the defender")]
    overlooked: Annotated[int, Int(-6, 6, Columns, "the defender holds high ground over the attackers")]
    engineers: Annotated[int, Int(-6, 6, Columns, "engineers among the attackers of entrenched or built-up defenders")]
    set_piece: Annotated[int, Int(-6, 6, Columns, "an attack prepared with command points")]
    unseen: Annotated[int, Int(-6, 6, Columns, "no defender is identified")]
    defender_stretched: Annotated[int, Int(-6, 6, Columns, "all defenders are stretched in supply")]
    defender_cut: Annotated[int, Int(-6, 6, Columns, "all defenders are cut off")]
    special: Annotated[int, Int(-6, 6, Columns, "special forces among the attackers")]
    fortified: Annotated[int, Int(-6, 6, Columns, "the defenders hold a prepared town with tunnels")]
    strongpoints: Annotated[int, Int(-6, 6, Columns, "strongpoints; instead of entrenchment and a prepared town")]
    headquarters: Annotated[
        int, Int(-6, 6, Columns, "an attacking HQ or one within reach coordinates units of its faction")
    ]
    home: Annotated[int, Int(-6, 6, Columns, "local fighters in their home sector")]


@dataclass(frozen=True, slots=True)
class Result:
    """What a result does. Losses are steps; a disrupted step fights at half until it recovers."""

    attacker_lost: Annotated[int, Int(0, 6, "steps", "steps the attackers lose")] = 0
    attacker_disrupted: Annotated[int, Int(0, 6, "steps", "steps of the attackers disrupted")] = 0
    defender_lost: Annotated[int, Int(0, 6, "steps", "steps the defenders lose")] = 0
    defender_disrupted: Annotated[int, Int(0, 6, "steps", "steps of the defenders disrupted")] = 0
    retreat: Annotated[int, Int(0, 4, "hexes", "how far the defender falls back; 0: holds")] = 0
    words: Annotated[str, Text(80, "the result in plain words")] = ""


@dataclass(frozen=True, slots=True)
class CombatRules:
    """How attacks are decided: ratio, shifts, two dice."""

    format: FormatVersion
    columns: Annotated[tuple[Ratio, ...], Size(1, 20), Doc("odds columns from worst to best for the attacker")]
    shift_cap: Annotated[int, Int(0, 8, Columns, "most that all shifts together move the odds, either way")]
    shifts: Annotated[Shifts, Doc("what moves the odds")]
    results: Annotated[Mapping[str, Result], Doc("results by the short form used in the table")]
    table: Annotated[
        tuple[Row, ...], Size(11, 11), Doc("a row for each total of two dice from 2 to 12, a result for each column")
    ]
    disrupted_percent: Annotated[int, Int(0, 100, "percent", "fighting value of a disrupted step")]
    stretched_percent: Annotated[int, Int(0, 100, "percent", "attack strength when supply is stretched")]
    cut_percent: Annotated[int, Int(0, 100, "percent", "strength when supply is cut")]
    cut_defence_percent: Annotated[int, Int(0, 100, "percent", "defence strength when supply is cut")]
    surrender_cut_turns: Annotated[
        int, Int(1, 20, "turns", "cut this long, a defender loses a further step when attacked")
    ]
    artillery_percent: Annotated[int, Int(0, 100, "percent", "strength of artillery that attacks from the next hex")]
    bombard_columns: Annotated[tuple[Annotated[int, Int(0, 100, "percent")], ...], Size(1, 12),
                               Doc("chance that a bombardment disrupts a step, by steps of guns")]  # fmt: skip
    bombard_cover: Annotated[int, Int(0, 100, "percent", "taken off the chance for each column of the terrain's shift")]
    bombard_overlook: Annotated[
        int, Int(0, 100, "percent", "added when high ground of the firing faction overlooks the target")
    ]
    fire_support_shift: Annotated[int, Int(0, 4, Columns, "shift for supporting artillery of the attacker, once")]
    defence_fire_shift: Annotated[int, Int(0, 4, Columns, "shift for artillery of the defender in range, once")]
    set_piece_turn_start: Annotated[bool, Doc("a set-piece attack needs attackers that have not moved this turn")]
    strongpoint_starves: Annotated[int, Int(1, 20, "turns", "turns cut off that cost a garrison a strongpoint")]
    strongpoint_repair: Annotated[int, Int(1, 20, "turns", "turns without an assault that restore a strongpoint")]
    dig_turns: Annotated[int, Int(1, 3, "levels", "entrenchment gained by one dig-in action")] = 1
    keep_post: Annotated[
        tuple[Trait, ...], Doc("units with one of these do not advance into a hex that they clear")
    ] = ()

    def contradictions(self) -> Iterator[Contradiction]:
        """Columns rise, and every roll has a known result in each of them."""
        if len({one.name for one in self.columns}) < len(self.columns):
            yield Contradiction("columns", "two columns have one name", "give each column a name of its own")
        if any(a.attack * b.defence >= b.attack * a.defence for a, b in pairwise(self.columns)):
            what = "the ratios do not rise from column to column"
            yield Contradiction("columns", what, "list the column of the lowest ratio first, each ratio once")
        uneven = [total for total, row in enumerate(self.table, 2) if len(row) != len(self.columns)]
        if uneven:
            what = f"the row for {uneven[0]} has not as many results as there are columns, {len(self.columns)}"
            yield Contradiction("table", what, "write a result for each of `columns` in every row")
        for unknown in sorted({result for row in self.table for result in row} - self.results.keys()):
            what = f"{unknown!r} is not one of `results`"
            yield Contradiction("table", what, f"use one of {', '.join(sorted(self.results))}, or add it there")
