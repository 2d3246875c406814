"""Is the scenario of a save still the one that is installed? A save keeps its own, so it can be played either way."""

from __future__ import annotations

from game.faults import Fault
from game.scenario.installed import installed_scenario
from game.scenario.shipped import scenarios_folder, shipped_scenarios

CHANGED = (
    "the scenario has been changed since this game began. The game goes on with the edition that it began with; "
    "Ctrl+R at the table takes over the present one."
)
MISSING = "the scenario is not installed here. The game goes on with the edition that it keeps."


def edition_words(scenario: str, edition: str) -> str:
    """How the installed scenario of that id differs from the edition of a game, in words; "" when it does not.

    Reads the scenario, which takes a moment.
    """
    from game.scenario.loading import load_scenario  # YAML is needed here alone

    where = scenarios_folder() / scenario if scenario in shipped_scenarios() else installed_scenario(scenario)
    if where is None:  # an id out of a file is no path
        return MISSING
    try:
        return "" if load_scenario(where).digest == edition else CHANGED
    except (Fault, OSError):
        return CHANGED  # in the midst of being changed, it seems: faulty as it is
