"""A copy of a scenario among the user's own."""

from __future__ import annotations

from pathlib import Path

from game.faults import ContentFault, UsageFault
from game.scenario.installed import installed_folder
from game.scenario.packs import contents_of
from game.schema.problems import has_errors, report_lines
from game.store import SHARED, write_atomic
from game.ui.editor.folders import require_new_id
from game.words import say
from game.workshop import ScenarioField, Workshop


def copy_to(workshop: Workshop, name: str) -> None:
    """Write a workshop into the user's folder under a new id, and go on there; raises UsageFault and StoreFault."""
    require_new_id(name)
    _rename(workshop, name)
    workshop.save_as(installed_folder() / name)


def unpacked(pack: Path, name: str) -> Workshop:
    """The files of a pack in a folder of the user's own, under a new id; raises a Fault."""
    require_new_id(name)
    contents, files = contents_of(pack), {}
    problems = list(contents.problems)
    for file in contents.names():
        data, troubles = contents.read(file)
        problems += troubles
        if data is not None:
            files[file] = data
    if has_errors(problems):
        what, fix = say("the pack {name} cannot be read.", name=pack.name), "ask its author for a sound one."
        raise ContentFault(what, fix, tuple(report_lines(problems)))
    target = installed_folder() / name
    for file, data in files.items():
        write_atomic(target / file, data, mode=SHARED)
    workshop = Workshop.open(target)
    _rename(workshop, name)
    workshop.save()
    return workshop


def _rename(workshop: Workshop, name: str) -> None:
    why = workshop.do(ScenarioField(("id",), name))
    if why is not None:
        raise UsageFault(say("the id cannot be changed: {why}.", why=why), "fix scenario.yaml first")
