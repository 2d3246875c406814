"""Declarations read against files: instances, problems at their place, plain form, reference and JSON Schema."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any, Literal

import pytest

from game.scenario.checks.names import dangling_names, repeated_names
from game.schema.binding import Notes, walk
from game.schema.canonical import PlainFault, canonical_text, digest, from_plain, to_plain
from game.schema.problems import Problem, in_order, report_lines, safe
from game.schema.reader import read_bytes
from game.schema.reference import Told, json_schema, reference_rows, undocumented
from game.schema.spec import (
    Contradiction,
    Date,
    Doc,
    Fixed,
    FormatVersion,
    Hex,
    Id,
    Int,
    Name,
    OneOf,
    Prose,
    Ref,
    Side,
    Size,
    Text,
)
from game.schema.spelling import distance, nearest


@dataclass(frozen=True, slots=True)
class Hit:
    """Steps are lost."""

    do: Literal["hit"]
    unit: Annotated[str, Ref("unit", "who is hit")]
    steps: Annotated[int, Int(1, 4, "steps", "how many are lost")] = 1


@dataclass(frozen=True, slots=True)
class Later:
    """Effects on a later day."""

    do: Literal["later"]
    day: Annotated[Date, Doc("when")]
    then: Annotated[tuple[Effect, ...], Doc("what happens then")] = ()


Effect = Annotated[Hit | Later, OneOf("do")]


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit of the order of battle."""

    id: Annotated[str, Id("unit", "its short name")]
    name: Name
    steps: Annotated[int, Int(1, 4, "steps", "steps at the start")]
    full: Annotated[int, Int(1, 4, "steps", "steps at full strength")]
    traits: Annotated[tuple[Literal["hq", "engineer", "armour"], ...], Size(unique=True), Doc("abilities")] = ()
    hex: Annotated[Hex | None, Doc("where it stands")] = None
    from_: Annotated[str | None, Ref("place", "where it comes from", also=("nowhere",))] = None

    def contradictions(self) -> Iterator[Contradiction]:
        """Strength cannot exceed full strength."""
        if self.steps > self.full:
            yield Contradiction("steps", f"{self.steps} steps of at most {self.full}", f"write {self.full} or less")


@dataclass(frozen=True, slots=True)
class Army:
    """A small file that uses every kind of declaration."""

    format: FormatVersion
    places: Annotated[Mapping[Annotated[str, Id("place", free=True)], Hex], Doc("places by name")]
    units: Annotated[tuple[Unit, ...], Size(1, 3), Doc("all units")]
    longitude: Annotated[int, Fixed(-180, 180, 5, "degrees", "centre of hex 0101")]
    table: Annotated[
        Mapping[
            Annotated[int, Int(2, 12, "pips")],
            Annotated[tuple[Annotated[int, Int(0, 6, "steps")], ...], Size(2, 2)],
        ],
        Doc("losses by roll"),
    ]
    effects: Annotated[tuple[Effect, ...], Doc("what happens")] = ()
    bridge: Annotated[Side | None, Doc("where the bridge stands")] = None
    span: Annotated[tuple[Date, Date] | None, Doc("first and last day")] = None
    losses: Annotated[
        Mapping[Literal["zone", "river"], Annotated[int, Int(0, 4, "steps")]] | None, Doc("steps lost in a retreat")
    ] = None
    level: Annotated[Literal[1, 2, 3], Doc("how well it is dug in", unit="levels")] = 1
    open: Annotated[bool, Doc("whether the road is open")] = False
    about: Annotated[Prose | None, Doc("for people")] = None
    motto: Annotated[str | None, Text(10, "short")] = None


GOOD = """\
format: 1
places: {No: 0107, Deir ez-Zor: "0714"}
units:
- {id: saa-1, name: First, steps: 2, full: 3, traits: [hq, armour], hex: 0908, from: No}
longitude: 38.312
table: {2: [0, 1], 12: [1, +2]}
effects:
- {do: hit, unit: saa-1}
- do: later
  day: 2017-09-14
  then: [{do: later, day: 2017-09-15}]
bridge: 0714/NE
span: [2017-09-05, 2017-11-19]
losses: {zone: 1, river: 2}
open: true
about: |
  Two lines
  of text.
"""


def read(text: str) -> tuple[Army | None, Notes]:
    root, problems = read_bytes(text.encode(), "army.yaml")
    notes = Notes(problems)
    return walk(root, Army, notes), notes


def changed(before: str, after: str) -> list[Problem]:
    assert before in GOOD
    return in_order(read(GOOD.replace(before, after, 1))[1].problems)


def test_a_good_file_becomes_an_instance() -> None:
    army, notes = read(GOOD)
    assert notes.problems == []
    assert army is not None
    assert army.places == {"No": "0107", "Deir ez-Zor": "0714"}
    assert army.units == (Unit("saa-1", "First", 2, 3, ("hq", "armour"), "0908", "No"),)
    assert army.longitude == 3_831_200
    assert army.table == {2: (0, 1), 12: (1, 2)}
    assert army.effects == (
        Hit("hit", "saa-1", 1),
        Later("later", "2017-09-14", (Later("later", "2017-09-15"),)),
    )
    assert army.about == "Two lines\nof text."
    assert [(n.kind, n.text) for n in notes.declared] == [("place", "No"), ("place", "Deir ez-Zor"), ("unit", "saa-1")]
    assert [(n.kind, n.text, n.node.line) for n in notes.referred] == [("place", "No", 4), ("unit", "saa-1", 8)]
    assert [n.text for n in notes.hexes] == ["0107", "0714", "0908"]
    assert [n.text for n in notes.sides] == ["0714/NE"]


WRONG = {
    "Y-15 unknown key": ("steps: 2", "setps: 2", 4, "Y201", 'did you mean "steps"'),
    "Y-16 missing key": ("full: 3, ", "", 4, "Y202", "add full: a whole number from 1 to 4 steps"),
    "Y-17 number for list": ("effects:\n", "effects: 5\nmotto:\n", 7, "Y204", "list"),
    "Y-17 word for number": ("steps: 2", "steps: three", 4, "Y205", "whole number from 1 to 4 steps"),
    "Y-17 list for mapping": ('{No: 0107, Deir ez-Zor: "0714"}', "[No]", 2, "Y204", "mapping"),
    "quoted number": ("steps: 2", 'steps: "2"', 4, "Y204", "remove the quotes"),
    "Y-03 nothing as a name": ("name: First", "name: ~", 4, "Y204", "quotes"),
    "Y-03 no for false": ("open: true", "open: yes", 15, "Y204", "true or false"),
    "Y-04 impossible date": ("2017-09-14", "2017-09-31", 10, "Y212", "calendar"),
    "Y-04 short date": ("2017-09-14", "2017-9-5", 10, "Y212", "year-month-day"),
    "Y-04 turned date": ("2017-09-14", "05/09/2017", 10, "Y212", "year-month-day"),
    "Y-05 5,000 digits": ("steps: 2", "steps: " + "9" * 5000, 4, "Y206", "1 to 4"),
    "Y-05 exponent": ("steps: 2", "steps: 1e400", 4, "Y205", "whole number"),
    "Y-05 hexadecimal": ("steps: 2", "steps: 0x7FFFFFFFFFFFFFFFFF", 4, "Y205", "whole number"),
    "Y-06 nan": ("steps: 2", "steps: .nan", 4, "Y205", "whole number"),
    "Y-06 inf in a decimal": ("38.312", "-.inf", 5, "Y205", "-180 to 180"),
    "leading zero": ("steps: 2", "steps: 02", 4, "Y205", "write 2, without leading zeros"),
    "fraction": ("steps: 2", "steps: 2.5", 4, "Y205", "whole number"),
    "range": ("steps: 2", "steps: 0", 4, "Y206", "1 to 4 steps"),
    "decimal range": ("38.312", "181", 5, "Y206", "-180 to 180"),
    "decimals": ("38.312", "38.3123456", 5, "Y205", "at most 5 decimals"),
    "hex of three digits": ("hex: 0908", "hex: 908", 4, "Y208", "two digits each"),
    "M-14 another style of hex": ("hex: 0908", "hex: A1", 4, "Y208", "two digits each"),
    "hexside": ("0714/NE", "0714/E", 12, "Y208", "N NE SE S SW or NW"),
    "word of a list": ("armour]", "armor]", 4, "Y210", 'did you mean "armour"'),
    "twice in a list": ("armour]", "hq]", 4, "Y214", "remove one"),
    "kind of effect": ("do: hit", "do: hitt", 8, "Y210", 'did you mean "hit"'),
    "no kind of effect": ("do: hit, ", "", 8, "Y202", "add do: hit | later"),
    "Y-25 no format": ("format: 1\n", "", 1, "Y202", "add format: 1"),
    "Y-25 format 0": ("format: 1", "format: 0", 1, "Y207", "write format: 1"),
    "Y-25 format 99": ("format: 1", "format: 99", 1, "Y207", "update the game"),
    "too few": ("table: {2: [0, 1]", "table: {2: [0]", 6, "Y213", "add what is missing"),
    "pair": ("[2017-09-05, 2017-11-19]", "[2017-09-05]", 13, "Y213", "a date"),
    "key of a table": ("12: [1, +2]", "13: [1, 2]", 6, "Y206", "2 to 12"),
    "Y-24 invisible letters in an id": ("id: saa-1", "id: sa\u200ba-1", 4, "Y209", "begin with a letter"),
    "U-14 blank name": ("name: First", 'name: "  "', 4, "Y211", "at least one letter"),
    "U-14 long name": ("name: First", "name: " + "x" * 300, 4, "Y211", "shorten"),
    "table that lacks a word": (", river: 2}", "}", 14, "Y202", "add river"),
    "number of a closed list": ("open:", "level: 4\nopen:", 15, "Y206", "1 to 3"),
    "contradiction": ("steps: 2", "steps: 4", 4, "Y220", "write 3 or less"),
}


@pytest.mark.parametrize("case", WRONG)
def test_wrong_values_are_told_with_place_and_remedy(case: str) -> None:
    before, after, line, code, words = WRONG[case]
    problems = changed(before, after)
    first = next(p for p in problems if p.code == code)
    assert first.line == line, first.head()
    assert words in first.fix or words in first.what, first.head()
    allowed = {"Y-15 unknown key": 2, "Y-17 number for list": 2}
    assert len(problems) <= allowed.get(case, 1), [p.head() for p in problems]


@pytest.mark.parametrize("name", ["الفرقة", "🦅 Hawks", "No", "x{0.__class__}%n$HOME"])
def test_names_are_kept_as_written(name: str) -> None:
    army, notes = read(GOOD.replace("name: First", f"name: '{name}'"))
    assert not notes.problems and army is not None
    assert army.units[0].name == name


def test_a_wrong_entry_does_not_hide_the_others() -> None:
    more = "- {id: saa-2, name: Second, steps: 9, full: 3}\n- {id: saa-3, name: C}\n"
    text = GOOD.replace("longitude:", more + "longitude:")
    army, notes = read(text)
    assert army is not None
    assert [u.id for u in army.units] == ["saa-1"]
    assert [(p.line, p.code) for p in in_order(notes.problems)] == [(5, "Y206"), (6, "Y202"), (6, "Y202")]
    assert {n.text for n in notes.declared if n.kind == "unit"} == {"saa-1", "saa-2", "saa-3"}


def test_names_are_checked_against_each_other() -> None:
    text = GOOD.replace("from: No", "from: Deir ez-Zr").replace(
        "longitude:", "- {id: saa-1, name: Again, steps: 1, full: 3, from: nowhere}\nlongitude:"
    )
    _, notes = read(text)
    problems = [*repeated_names(notes.declared), *dangling_names(notes.declared, notes.referred)]
    assert [(p.line, p.code) for p in problems] == [(5, "N101"), (4, "N102")]
    assert problems[0].what == 'unit "saa-1" exists already, at army.yaml:4'
    assert problems[1].fix == 'did you mean "Deir ez-Zor"?'


def test_plain_form_and_back() -> None:
    army, _ = read(GOOD)
    plain = json.loads(canonical_text(to_plain(army)))
    assert from_plain(Army, plain) == army
    assert plain["units"][0] == {
        "from": "No", "full": 3, "hex": "0908", "id": "saa-1", "name": "First", "steps": 2, "traits": ["hq", "armour"]
    }  # fmt: skip
    turned = GOOD.replace("id: saa-1, name: First", "name: First, id: saa-1").replace("\n", " \r\n")
    reordered = read("\ufeff" + turned)[0]
    assert digest(to_plain(reordered)) == digest(plain)


@pytest.mark.parametrize(
    "path, value",
    [
        (("format",), 2), (("format",), True), (("units",), []), (("units", 0, "steps"), 9), (("units", 0, "steps"), 4),
        (("units", 0, "steps"), "2"), (("units", 0, "hex"), 908), (("units", 0, "extra"), 1), (("open",), 1),
        (("table",), {"x": [0, 1]}), (("table",), {"2": [0]}), (("effects", 0, "do"), "fly"),
        (("span",), ["2017-09-05"]), (("losses",), {"zone": 1}),
        (("longitude",), 38.3), (("places",), {"": "0101"}), (("about",), None), (("units",), {"0": 1}),
    ],
)  # fmt: skip
def test_a_damaged_plain_form_is_refused(path: tuple[Any, ...], value: object) -> None:
    plain = to_plain(read(GOOD)[0])
    below = plain
    for step in path[:-1]:
        below = below[step]
    below[path[-1]] = value
    with pytest.raises(PlainFault):
        from_plain(Army, plain)


def test_a_bottomless_plain_form_is_refused() -> None:
    plain = to_plain(read(GOOD)[0])
    inner: list[Any] = []
    for _ in range(5000):
        inner = [{"do": "later", "day": "2017-09-05", "then": inner}]
    plain["effects"] = inner
    with pytest.raises(PlainFault, match="too deep"):
        from_plain(Army, plain)


def test_reference_names_every_key_with_type_unit_and_default() -> None:
    rows = {row.path: row for row in reference_rows(Army)}
    assert rows["units[].steps"].unit == "steps"
    assert rows["units[].from"].default == "not given"
    assert rows["effects[](hit).steps"].default == "1"
    assert rows["effects"].kind == "list of: mapping, by `do`: hit, later"
    assert rows["effects[](later).then"].kind == "list of: mapping, by `do`, see `effects[]`"
    assert rows["places"].kind == "mapping from place to: a hex such as 0714"
    assert undocumented(Army) == []


def test_a_mapping_is_explained_once_also_over_several_files() -> None:
    told = Told()
    first, again = reference_rows(Army, told, "army.yaml"), reference_rows(Army, told, "navy.yaml")
    assert any(row.path == "units[].steps" for row in first) and all("[]." not in row.path for row in again)
    assert {row.path: row.kind for row in again}["units"] == "list of: mapping (Unit), see `army.yaml: units[]`"


def test_json_schema_has_hover_texts_and_ranges() -> None:
    schema = json_schema(Army)
    unit = schema["$defs"]["Unit"]
    assert unit["properties"]["steps"] == {
        "description": "steps at the start (steps)", "type": "integer", "minimum": 1, "maximum": 4
    }  # fmt: skip
    assert unit["required"] == ["id", "name", "steps", "full"]
    assert unit["additionalProperties"] is False
    assert schema["properties"]["units"]["items"] == {"$ref": "#/$defs/Unit"}
    json.dumps(schema)


def test_declarations_that_make_no_sense_fail_at_once() -> None:
    @dataclass(frozen=True)
    class Loose:
        """A number without range."""

        steps: int

    with pytest.raises(TypeError, match=r"Loose\.steps: a whole number needs"):
        reference_rows(Loose)


def test_report_has_the_promised_form() -> None:
    source = "- {id: saa-1, name: First, steps: 9, full: 3, traits: [hq, armour], hex: 0908, from: No}"
    column = source.index("9") + 1
    what, fix = '"steps": 9 is outside 1 to 4 steps', "write a whole number from 1 to 4 steps"
    assert report_lines(changed("steps: 2", "steps: 9")) == [
        f"army.yaml:4:{column}: error Y206: {what}. fix: {fix}",
        f"    4 | {source}",
        "      | " + " " * (column - 1) + "^",
    ]


def test_y26_fifty_problems_then_a_count() -> None:
    problems = [Problem("b.yaml", n, 1, "error", "Y201", f"no {n}", "remove it") for n in range(60, 0, -1)]
    problems += [Problem("a.yaml", 1, 1, "warning", "M201", "odd", "look"), problems[0]]
    lines = report_lines(problems)
    assert lines[0].startswith("b.yaml:1:1:") and lines[49].startswith("b.yaml:50:1:")
    assert lines[50:] == ["and 11 more"]


def test_nothing_of_a_file_reaches_the_terminal_raw() -> None:
    assert safe("a\x1b[2Jb\u202ec\td\n") == "a\\x1b[2Jb\\u202ec d\\x0a"
    hostile = Problem("\x1b.yaml", 1, 2, "error", "Y201", "x\ny", "z\u2066", "q\x07\u202e", 1)
    assert not any(c in line for line in hostile.lines() for c in "\x1b\x07\n\u202e\u2066")


def test_a_long_line_is_shown_around_the_place() -> None:
    problem = Problem("f", 1, 500, "error", "Y201", "w", "f", "a" * 499 + "B" + "c" * 500, 1)
    _, source, marker = problem.lines()
    assert source[marker.index("^")] == "B" and len(source) < 140


@pytest.mark.parametrize(
    "word, known, expected",
    [
        ("moevment", ["movement", "combat"], "movement"),
        ("infantery", ["infantry", "mech"], "infantry"),
        ("saa", ["sdf", "isis"], None),
        ("SAA", ["saa", "sdf"], "saa"),
        ("xyz", [], None),
    ],
)
def test_nearest_word(word: str, known: list[str], expected: str | None) -> None:
    assert nearest(word, known) == expected


def test_distance_counts_swapped_letters_once() -> None:
    assert [distance("ab", "ba"), distance("", "abc"), distance("kitten", "sitting")] == [1, 3, 3]


def test_declarations_need_the_standard_library_only() -> None:
    root = Path(__file__).resolve().parents[2]
    code = (
        f"import sys; sys.path.insert(0, {str(root)!r}); import game.schema.binding, game.schema.canonical, "
        "game.schema.reference; assert not {'yaml', 'numpy'} & set(sys.modules)"
    )
    subprocess.run([sys.executable, "-I", "-S", "-c", code], check=True)
