"""A playable world from a scenario folder or a pack, or the list of everything that is wrong with it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from game.faults import ContentFault
from game.ruleset import Ruleset
from game.scenario.build import world_from
from game.scenario.checker import errors_of
from game.scenario.contents import Folder, ScenarioFiles
from game.scenario.reading import Reading, plain_form, read_rules, read_scenario
from game.scenario.shipped import RULES, scenario_folder, scenarios_folder
from game.scenario.world import World
from game.schema.problems import has_errors, report_lines

__all__ = ["Reading", "canonical", "common_rules", "load_scenario", "plain_form", "read_scenario"]


def load_scenario(name_or_path: str | Path) -> World:
    """The world of a scenario by name, a folder or a pack; raises ContentFault with all that is wrong with it."""
    return world_from(canonical(scenario_folder(name_or_path)))


def canonical(where: Path | ScenarioFiles) -> dict[str, Any]:
    """The one plain form of a scenario: all its files and the rules in force. Raises ContentFault."""
    reading = read_scenario(where)
    problems = errors_of(reading)
    if has_errors(problems):
        count = sum(problem.severity == "error" for problem in problems)
        name = reading.contents.name or reading.shown.rpartition("/")[2]
        what = f"the scenario {name} has {count} error{'s' * (count > 1)}."
        raise ContentFault(
            what,
            f"fix them; run_game.py check {reading.shown} confirms the fixes.",
            tuple(report_lines(problems)),
        )
    return plain_form(reading)


def common_rules() -> Ruleset:
    """The common rules as they ship, without the numbers of any scenario; raises ContentFault."""
    reading = Reading(Folder(scenarios_folder(), RULES))
    read_rules(reading, scenarios_folder() / RULES)
    if reading.rules is None:
        raise ContentFault("the common rules have errors.", "fix them.", tuple(report_lines(reading.notes.problems)))
    return reading.rules
