"""A made map is judged by the check of scenarios before it is written: nothing is made that the game would refuse."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from game.faults import ContentFault
from game.ruleset import Ruleset
from game.scenario.checker import errors_of
from game.scenario.contents import Folder, Held
from game.scenario.files import CrossingsFile, MapFile, ScenarioFile
from game.scenario.loading import common_rules
from game.scenario.reading import Reading, drawing_of, part_of, read_rules
from game.scenario.shipped import RULES, scenarios_folder
from game.schema.problems import Problem, has_errors, report_lines

_HEAD = "scenario.yaml"


def rules_for(*folders: Path) -> Ruleset:
    """The rules of the scenario in the first of some folders that holds one, which may define kinds of ground of its
    own; else the common ones. Raises ContentFault when they have errors.
    """
    contents = next((one for one in map(Folder, folders) if one.has(_HEAD)), None)
    if contents is None:
        return common_rules()
    reading = Reading(contents)
    reading.take(part_of(_HEAD, contents.place(_HEAD), ScenarioFile, *contents.read(_HEAD)))
    read_rules(reading, scenarios_folder() / RULES)
    if reading.rules is None:
        what = f"the rules in {contents.place(_HEAD)} have errors."
        raise ContentFault(what, "fix them first.", tuple(report_lines(reading.notes.problems)))
    return reading.rules


def checked(files: Mapping[str, str], folder: Path, rules: Ruleset) -> list[Problem]:
    """What the check warns of in a made map; raises ContentFault for a map that it refuses."""
    reading = Reading(Held({name: text.encode() for name, text in files.items()}, folder.as_posix()))
    reading.rules = rules
    contents = reading.contents
    for name, kind in (("map.yaml", MapFile), ("crossings.yaml", CrossingsFile)):
        reading.take(part_of(name, contents.place(name), kind, *contents.read(name)))
    reading.take(drawing_of(contents.place("map.txt"), *contents.read("map.txt")))
    problems = errors_of(reading)
    if has_errors(problems):
        what = "no sound map comes of this: nothing was written."
        raise ContentFault(
            what,
            "change the source data or the recipe; below stands the map as it would be.",
            tuple(report_lines(problems)),
        )
    return problems
