"""Where scenarios lie: the ones that ship with the game, the common rule numbers beside them, and any other."""

from __future__ import annotations

from pathlib import Path

from game.faults import UsageFault
from game.scenario.installed import installed_name, installed_scenario, installed_scenarios
from game.scenario.packs import is_pack
from game.schema.spelling import suggestion
from game.shipped import shipped

RULES = "rules"


def scenarios_folder() -> Path:
    """The folder of shipped scenarios: in the checkout, or inside the package when installed."""
    return shipped("scenarios")


def shipped_scenarios() -> list[str]:
    """Names of the scenarios that ship, in order of the alphabet."""
    return sorted(path.parent.name for path in scenarios_folder().glob("*/scenario.yaml"))


def scenario_folder(name_or_path: str | Path) -> Path:
    """Where a scenario lies, given as the name of a shipped one, as a path, or as the id of an installed one.

    Shipped ones come first, so that a name always means the same; raises UsageFault when there is none.
    """
    text = str(name_or_path)
    if text in shipped_scenarios():
        return scenarios_folder() / text
    path = Path(name_or_path)
    if is_pack(path):
        return path
    if path.name == "scenario.yaml" and path.is_file():
        path = path.parent
    if (path / "scenario.yaml").is_file():
        return path
    installed = installed_scenario(text)
    if installed is not None:
        return installed
    if path.is_dir():
        raise UsageFault(f"the folder {text} holds no scenario.yaml.", "name the folder of a scenario.")
    known = [*shipped_scenarios(), *(installed_name(one) for one in installed_scenarios())]
    raise UsageFault(f'there is no scenario "{text}".', f"{suggestion(text, known)}; or give a folder or a pack.")
