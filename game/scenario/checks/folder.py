"""The folder: every file has a place in the format, and names agree with contents."""

from __future__ import annotations

from collections.abc import Iterator

from game.scenario.files import FILES, MAP_TEXT, NOT_READ, ForcesFile, ScenarioFile
from game.scenario.packs import belongs
from game.scenario.reading import Reading, forces_name
from game.scenario.zipped import unheld_on_windows
from game.schema.nodes import Node
from game.schema.problems import Problem, Severity, quoted
from game.schema.spelling import nearest

_ENDINGS = (".yaml", ".yml", ".txt")


def stray_files(reading: Reading) -> Iterator[Problem]:
    """F102: files that nobody reads, because their names are misspelt as a rule."""
    known = {file.name for file in FILES} | {MAP_TEXT, *NOT_READ}
    for name in reading.contents.names():
        low = name.lower()
        if "/" not in name and low.endswith(_ENDINGS) and low not in known and not belongs(name):
            near = nearest(name, known)
            fix = f"rename it to {near}" if near else "remove it, or move notes to a file that ends in .md"
            yield reading.source(name).problem(1, 1, "F102", "nothing reads this file", fix, severity="warning")


def capitals(reading: Reading) -> Iterator[Problem]:
    """F108: names that are those of the format to some systems and not to others."""
    head = reading.values.get("scenario.yaml")
    ids = [faction.id for faction in head.factions] if isinstance(head, ScenarioFile) else []
    right_names = [*(file.name for file in FILES), MAP_TEXT, *NOT_READ, *(forces_name(one) for one in ids)]
    known = {name.lower(): name for name in right_names}
    for name in reading.contents.names():
        right = known.get(name.lower(), name)
        if right != name and name not in right_names:
            what = f"some systems read this file as {right}, others do not read it"
            yield reading.source(name).problem(1, 1, "F108", what, f"rename it to {right}")


def scenario_id(reading: Reading) -> Iterator[Problem]:
    """F103: the id is the name of the folder, so that saves and commands mean the same scenario."""
    head = reading.value("scenario.yaml", ScenarioFile)
    name = reading.contents.name
    if head is not None and name and head.id != name:
        what = f"id {quoted(head.id)} differs from the name of the folder, {quoted(name)}"
        yield reading.node("scenario.yaml", "id").problem(
            "F103", what, f"write id: {name}, or rename the folder", "warning"
        )


def held_everywhere(reading: Reading) -> Iterator[Problem]:
    """F110: ids that become names of files and folders can do so on every system."""
    head = reading.value("scenario.yaml", ScenarioFile)
    if head is None:
        return
    ids: list[tuple[str, Node, Severity]] = [(head.id, reading.node("scenario.yaml", "id"), "warning")]
    for number, one in enumerate(head.factions):
        ids.append((one.id, reading.node("scenario.yaml", "factions", number, "id"), "error"))
    for name, node, severity in ids:
        if unheld_on_windows(name):
            what = f"no file or folder on Windows can be called {quoted(name)}"
            yield node.problem("F110", what, "choose another id; what bears its name is renamed with it", severity)


def forces_files(reading: Reading) -> Iterator[Problem]:
    """F104, F105, U112: each faction has one file of forces, and each file belongs to a faction."""
    head = reading.value("scenario.yaml", ScenarioFile)
    if head is None:
        return
    ids = [faction.id for faction in head.factions]
    known = {forces_name(one).lower() for one in ids}
    there = {name.lower() for name in (*reading.contents.names(), *reading.nodes, *reading.failed)}
    for name in reading.contents.names():
        folder, _, file = name.rpartition("/")
        if folder == "forces" and file.endswith((".yaml", ".yml")) and name.lower() not in known:
            near = nearest(file.rpartition(".")[0], ids)
            fix = f"rename it to {near}.yaml" if near else f"name it after a faction: {', '.join(ids)}"
            if len(set(ids)) != len(ids):
                fix = "give each faction an id of its own first"
            yield reading.source(name).problem(1, 1, "F104", "no faction has this file", fix)
    for number, faction in enumerate(ids):
        forces = reading.value(forces_name(faction), ForcesFile)
        if forces is not None and forces.faction != faction:
            what = f"faction {quoted(forces.faction)} stands in the file of {quoted(faction)}"
            yield reading.node(forces_name(faction), "faction").problem("F105", what, f"write faction: {faction}")
        without = forces is not None and not forces.units
        if without or forces_name(faction).lower() not in there:
            what = f"faction {faction} has no units"
            at = reading.node("scenario.yaml", "factions", number, "id")
            yield at.problem("U112", what, f"write {forces_name(faction)}", "warning")
