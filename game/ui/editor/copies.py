"""A copy of a scenario among the user's own."""

from __future__ import annotations

from game.faults import UsageFault
from game.scenario.installed import installed_folder
from game.ui.editor.folders import require_new_id
from game.workshop import ScenarioField, Workshop


def copy_to(bench: Workshop, name: str) -> None:
    """Write a bench into the user's folder under a new id, and go on there; raises UsageFault and StoreFault."""
    require_new_id(name)
    why = bench.do(ScenarioField(("id",), name))
    if why is not None:
        raise UsageFault(f"the id cannot be changed: {why}.", "mend scenario.yaml first")
    bench.save_as(installed_folder() / name)
