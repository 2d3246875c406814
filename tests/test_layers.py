"""The layout of the code, checked: imports point downwards, and a few constructs stay out.

Everything that may change is in the tables at the top; a new module must find its place there. The tests read
the source and run none of it.
"""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

import networkx
import pytest

from tests.sources import Module, all_modules, dotted, module_at

ROOT = Path(__file__).resolve().parents[1]

# Layer of each module or package: an import may go to the same layer or down, never up.
LAYERS = {
    "game": 0,
    "game.faults": 0,
    "game.hexgrid": 0,
    "game.words": 0,
    "game.shipped": 0,
    "game.kernels": 0,
    "game.schema": 1,
    "game.ruleset": 1,
    "game.scenario": 1,
    "game.state": 2,
    "game.orders": 2,
    "game.events": 2,
    "game.dice": 2,
    "game.rules": 3,
    "game.engine": 4,
    "game.session": 4,
    "game.seats": 4,
    "game.plans": 4,
    "game.log": 4,
    "game.view": 4,
    "game.telling": 4,
    "game.records": 4,
    "game.store": 4,
    "game.packs": 4,
    "game.rulebook": 4,
    "game.ai": 5,
    "game.workshop": 5,
    "game.ui": 6,
    "game.sim": 6,
    "game.mapmaker": 6,
    "game.cli": 7,
    "game.__main__": 7,
}
LAYER_NAMES = ("numbers", "definitions", "moment", "rules", "campaign", "players", "hosts", "command line")

# Places that must not know others of their own layer: hosts are put together by the command line, the language of
# the files knows no war, and the numbers of the rules know no scenario.
STRANGERS = {
    "game.schema": ("game.ruleset", "game.scenario"),
    "game.ruleset": ("game.scenario",),
    "game.ui": ("game.sim", "game.mapmaker"),
    "game.sim": ("game.ui", "game.mapmaker"),
    "game.mapmaker": ("game.ui", "game.sim"),
}

# Which packages that are not in the standard library may be imported where. Nothing else may be imported at all.
PACKAGES: dict[str, tuple[str, ...]] = {
    "pygame": ("game.ui",),
    "numpy": ("game.ui", "game.sim", "game.mapmaker"),
    "networkx": ("game.scenario", "game.mapmaker", "game.ui.choke_points"),
    "yaml": (
        "game.schema",
        "game.records",
        "game.store",
        "game.workshop",
        "game.ui",
        "game.sim",
        "game.mapmaker",
    ),
    "rich": ("game.sim.command",),
    "distributed": ("game.sim.cluster",),
    "gymnasium": ("game.sim.environment",),
    "jinja2": ("game.sim.pages",),
    "matplotlib": ("game.sim.pages",),
    "pettingzoo": ("game.sim.environment",),
    "typer": ("game.cli", "game.mapmaker.command", "game.mapmaker.__main__"),
    "platformdirs": ("game.cli", "game.records", "game.scenario.installed", "game.store", "game.ui"),
}
# Imported inside the function that needs them, because they cost too much at the start of the game.
LAZY = {"networkx": "70 ms"}
# Every import inside a function, with its reason. A circle hidden in functions is a circle all the same: for those
# there is no list (see ``test_no_module_leads_back_to_itself``).
_COMMAND = "start-up time: a command loads what it needs when it is called, the others start without it"
_MENU = "start-up time: the menu shows before the engine is loaded"
_EDITOR = "start-up time: the editor is loaded when somebody edits"
_PRINTING = "start-up time: maps are printed in the background, the menu does not wait for them"
_READING = "the engine knows no files: a game that starts from a World needs no reader"
_SAYING = "start-up time: names are made safe to print only when something is said"
_SET_UP = "start-up time: every later start passes by here and needs nothing of the set-up"
LATE: dict[tuple[str, str], str] = {
    ("game.cli.arguments", "game.scenario.installed"): _COMMAND,
    ("game.cli.arguments", "game.scenario.shipped"): _COMMAND,
    ("game.cli.behaviour", "game.sim.behaviour"): _COMMAND,
    ("game.cli.behaviour", "game.sim.command"): _COMMAND,
    ("game.cli.bench", "game.sim.bench"): _COMMAND,
    ("game.cli.check", "game.scenario.checker"): _COMMAND,
    ("game.cli.commands", "game.cli.opening"): _COMMAND,
    ("game.cli.commands", "game.mapmaker.command"): _COMMAND,
    ("game.cli.compare", "game.sim.comparing"): _COMMAND,
    ("game.cli.compare", "game.sim.results"): _COMMAND,
    ("game.cli.edit", "game.cli.table"): _COMMAND,
    ("game.cli.first_start", "game.cli.installation"): _SET_UP,
    ("game.cli.first_start", "game.schema.problems"): _SAYING,
    ("game.cli.first_start", "subprocess"): _SET_UP,
    ("game.cli.installation", "venv"): _SET_UP,
    ("game.cli.history", "game.sim.command"): _COMMAND,
    ("game.cli.history", "game.sim.reports"): _COMMAND,
    ("game.cli.ladder", "game.sim.ladder_command"): _COMMAND,
    ("game.cli.map_picture", "game.engine"): _COMMAND,
    ("game.cli.map_picture", "game.schema.problems"): _SAYING,
    ("game.cli.map_picture", "game.ui.offscreen.picture"): _COMMAND,
    ("game.cli.map_picture", "game.ui.overlays"): _COMMAND,
    ("game.cli.new_scenario", "game.schema.problems"): _COMMAND,
    ("game.cli.new_scenario", "game.workshop.laying_out"): _COMMAND,
    ("game.cli.opening", "game.cli.table"): _COMMAND,
    ("game.cli.opening", "game.schema.problems"): _SAYING,
    ("game.cli.opening", "game.sim.terminal"): _COMMAND,
    ("game.cli.opening", "game.ui.offscreen.picture"): _COMMAND,
    ("game.cli.packs", "game.packs.installing"): _COMMAND,
    ("game.cli.packs", "game.packs.packing"): _COMMAND,
    ("game.cli.packs", "game.scenario.shipped"): _COMMAND,
    ("game.cli.packs", "game.schema.problems"): _COMMAND,
    ("game.cli.play", "game.cli.table"): _COMMAND,
    ("game.cli.replay", "game.cli.table"): _COMMAND,
    ("game.cli.runner", "game.cli.commands"): _COMMAND,
    ("game.cli.runner", "game.cli.crash"): _COMMAND,
    ("game.cli.runner", "game.cli.opening"): _COMMAND,
    ("game.cli.runner", "game.schema.problems"): _SAYING,
    ("game.cli.puzzles", "game.sim.puzzle_command"): _COMMAND,
    ("game.cli.shots", "game.ui.offscreen.shots"): _COMMAND,
    ("game.cli.shots", "game.schema.problems"): _SAYING,
    ("game.cli.streams", "game.schema.problems"): _SAYING,
    ("game.cli.simulate", "game.sim.batch"): _COMMAND,
    ("game.cli.simulate", "game.sim.command"): _COMMAND,
    ("game.cli.table", "game.ui.app"): _COMMAND,
    ("game.cli.verify", "game.ai.players"): _COMMAND,
    ("game.cli.verify", "game.records"): _COMMAND,
    ("game.cli.verify", "game.schema.problems"): _SAYING,
    ("game.engine", "game.scenario.loading"): _READING,
    ("game.mapmaker.command", "game.mapmaker.job"): _COMMAND,
    ("game.records.editions", "game.scenario.loading"): _READING,
    ("game.sim.cluster", "distributed"): "an extra: only a batch on a cluster needs it",
    ("game.sim.command", "rich"): "start-up time: only a batch that is watched at a terminal draws a bar",
    ("game.sim.pages", "jinja2"): "an extra: only pages need it",
    ("game.sim.pages", "matplotlib"): "an extra: only pages need it",
    ("game.ui.app", "game.engine"): _MENU,
    ("game.ui.app", "game.ui.choke_points"): _MENU,
    ("game.ui.app", "game.ui.editor.opening"): _EDITOR,
    ("game.ui.app", "game.ui.editor.playtest"): _EDITOR,
    ("game.ui.app", "game.ui.scenes.handover"): _MENU,
    ("game.ui.app", "game.ui.scenes.keys"): _MENU,
    ("game.ui.app", "game.ui.scenes.loading"): _MENU,
    ("game.ui.app", "game.ui.scenes.pause"): _MENU,
    ("game.ui.app", "game.ui.scenes.report"): _MENU,
    ("game.ui.app", "game.ui.scenes.saves"): _MENU,
    ("game.ui.app", "game.ui.scenes.units"): _MENU,
    ("game.ui.app", "game.ui.scenes.victory"): _MENU,
    ("game.ui.app", "game.ui.table.places"): _MENU,
    ("game.ui.app", "game.ui.table.replay"): _MENU,
    ("game.ui.app", "game.ui.table.scene"): _MENU,
    ("game.ui.choke_points", "networkx"): "a quarter of a second: it is loaded in the background while a table opens",
    ("game.ui.library", "game.engine"): _MENU,
    ("game.ui.library", "game.ui.worldview"): _PRINTING,
    ("game.ui.library", "game.ui.mapview.sheet"): _PRINTING,
    ("game.ui.library", "game.ui.scenes.small_fronts"): _PRINTING,
    ("game.ui.offscreen.measure", "resource"): "systems that are no Unix have none",
    ("game.ui.scenes.outlook", "game.ui.scenes.small_fronts"): _PRINTING,
    ("game.ui.scenes.help", "game.rulebook"): "start-up time: the rulebook is put together when the help is opened",
    ("game.ui.scenes.help", "game.ui.bindings"): _MENU,
    ("game.ui.scenes.help", "game.ui.order_kinds"): _MENU,
    ("game.ui.scenes.help", "game.ui.overlays"): _MENU,
    ("game.ui.scenes.menu", "game.ui.scenes.loading"): _MENU,
    ("game.ui.scenes.sides", "game.ai.players"): _MENU,
    ("game.ui.scenes.sides", "game.session"): _MENU,
    ("game.ui.scenes.sides", "game.ui.table.places"): _MENU,
}

# The engine: pure, so that the same orders give the same game on every machine. Standard library only.
ENGINE = (
    "game.hexgrid",
    "game.kernels",
    "game.ruleset",
    "game.scenario.world",
    "game.scenario.outline",
    "game.scenario.stakes",
    "game.state",
    "game.orders",
    "game.events",
    "game.dice",
    "game.rules",
    "game.engine",
    "game.view",
    "game.telling",
    "game.words",
)
# What the engine may not import even from the standard library: files, clock, surroundings, other dice.
IMPURE = frozenset(
    "asyncio fileinput glob io locale logging multiprocessing os pathlib platform random secrets shutil signal socket "
    "sqlite3 subprocess sys tempfile threading time uuid".split()
)
# Below the hosts nobody draws from a generator that is not keyed.
RANDOM_FROM_LAYER = 6

NEVER_IMPORTED = {
    "pickle": "a save from a stranger could run code",
    "marshal": "a save from a stranger could run code",
    "shelve": "it is pickle underneath",
    "dbm": "it is no format of ours",
    "ctypes": "nothing here needs it",
    "code": "it runs text as a program",
    "imp": "it imports files by path",
    "runpy": "it runs files by path",
    "xml": "its parsers expand entities without a limit",
}
NEVER_CALLED = {
    "eval": "it runs text as a program",
    "exec": "it runs text as a program",
    "compile": "it runs text as a program",
    "__import__": "imports stand at the top, or are lazy `import` statements",
    "breakpoint": "it is left over from debugging",
    "os.system": "the game starts no programs",
    "os.popen": "the game starts no programs",
    "yaml.load": "it guesses types and dies on hostile nesting: read with game.schema.reader",
    "yaml.load_all": "see yaml.load",
    "yaml.full_load": "see yaml.load",
    "yaml.unsafe_load": "see yaml.load",
    "yaml.safe_load": "see yaml.load",
    "yaml.safe_load_all": "see yaml.load",
    "importlib.import_module": "imports are written down, so that this test can see them",
}
# Attributes that are dangerous whatever they are called on.
NEVER_USED = {"extractall": "an archive can name files outside its folder: read members one by one"}
# In the engine: what makes two machines, or two runs, differ.
NEVER_CALLED_IN_ENGINE = {
    "hash": "it changes with the hash seed",
    "id": "it is an address",
    "open": "the engine touches no files",
    "print": "the engine says nothing; it emits events",
    "input": "the engine asks nothing",
    "float": "integers decide",
    "date.today": "the engine knows no clock",
    "datetime.now": "the engine knows no clock",
}
# Programs are started by the set-up, by the bench, which measures the table in a process of its own, and by the editor,
# which has the lab's command weigh the scenario.
SUBPROCESS = ("game.cli.installation", "game.cli.first_start", "game.sim.bench", "game.ui.editor.balance_run")
# Modules that may use one of the above, and why.
EXCEPTIONS: dict[tuple[str, str], str] = {
    ("game.engine", "pathlib"): "load_scenario takes a folder; reading it is left to game.scenario",
    ("game.mapmaker.recipe", "yaml.load"): "its loader guesses no types, and whoever runs make-map wrote the recipe",
    (
        "game.ui.free_memory",
        "ctypes",
    ): "it calls two functions of the C library with numbers of its own",
    ("game.ui.kit.theme", "yaml.load"): "assets/theme.yaml is the game's own file and never comes with a scenario",
}
# A new state comes about in `engine.apply` and `engine.opening` alone. Everybody else above the rules asks questions:
# no Draft, and no function of the rules or the state that works on one. Who may all the same, and why.
FACE = ("game.engine", ("apply", "opening"))
CHANGERS = {
    "game.rulebook.stage": "the rulebook's examples are played on a stage of their own, which nobody keeps",
    "game.rulebook.examples": "as the stage",
    "game.sim.bench": "it measures how long a draft takes",
}
# Who may read the canonical form of a scenario, ``world.raw``; everybody else asks the typed parts of the World.
FORM_READERS = {
    "game.records": "a save and a replay carry the scenario",
    "game.scenario.options": "a turned option makes another form, and from it another world",
    "game.sim.batch": "its processes are handed the scenario",
    "game.sim.ladder": "its processes are handed the scenarios",
    "game.sim.rule_numbers": "other rule numbers make another form, and from it another world",
}
# Class names that stand for the same thing in two places, and why; none does today.
SHARED_NAMES: dict[str, str] = {}
VAGUE_NAMES = {"utils", "util", "helpers", "helper", "manager", "data", "info", "misc", "common"}


def layer_of(name: str) -> int | None:
    """The layer of a dotted name under ``game``, by the longest row of the table that fits."""
    parts = name.split(".")
    for length in range(len(parts), 1, -1):
        if ".".join(parts[:length]) in LAYERS:
            return LAYERS[".".join(parts[:length])]
    return LAYERS["game"] if name == "game" or name == "game.__version__" else None


# --- the rules: each yields (line, what is wrong) -------------------------------------------------------------------


def upward_imports(module: Module) -> Iterator[tuple[int, str]]:
    own = layer_of(module.name)
    if own is None:
        yield 1, f"{module.name} has no layer: give it one in LAYERS"
        return
    for line, name, _ in module.imports:
        if name.split(".")[0] != "game":
            continue
        other = layer_of(name)
        if other is None:
            yield line, f"{name} has no layer: give it one in LAYERS"
        elif other > own:
            yield line, f"layer {own} ({LAYER_NAMES[own]}) imports {name} of layer {other} ({LAYER_NAMES[other]})"


def strangers(module: Module) -> Iterator[tuple[int, str]]:
    for place, others in STRANGERS.items():
        if module.is_in((place,)):
            for line, name, _ in module.imports:
                if name.startswith(tuple(other + "." for other in others)):
                    yield line, f"{place} must not know {name}"


def foreign_packages(module: Module) -> Iterator[tuple[int, str]]:
    for line, name, at_load in module.imports:
        top = name.split(".")[0]
        if top == "game" or top in sys.stdlib_module_names:
            continue
        if top not in PACKAGES:
            yield line, f"{top} is not a dependency of the game (see PACKAGES)"
        elif not module.is_in(PACKAGES[top]):
            yield line, f"{top} may be imported in {', '.join(PACKAGES[top])} only"
        elif top in LAZY and at_load and not module.is_in(("game.mapmaker",)):
            yield line, f"{top} costs {LAZY[top]}: import it inside the function that needs it"


def engine_imports(module: Module) -> Iterator[tuple[int, str]]:
    if not module.is_in(ENGINE):
        return
    for line, name, _ in module.imports:
        top = name.split(".")[0]
        if excepted(module, top):
            continue
        if top in IMPURE or (top != "game" and top not in sys.stdlib_module_names):
            yield line, f"the engine is pure: it may not import {top}"


def other_dice(module: Module) -> Iterator[tuple[int, str]]:
    if (layer_of(module.name) or 0) >= RANDOM_FROM_LAYER:
        return
    for line, name, _ in module.imports:
        if name.split(".")[0] in ("random", "secrets"):
            yield line, f"{name.split('.')[0]} below the hosts: draw from game.dice, keyed by what the roll is for"


def forbidden_imports(module: Module) -> Iterator[tuple[int, str]]:
    for line, name, _ in module.imports:
        top = name.split(".")[0]
        if top in NEVER_IMPORTED and not excepted(module, top):
            yield line, f"{top}: {NEVER_IMPORTED[top]}"
        if top == "subprocess" and not module.is_in(SUBPROCESS):
            yield line, "subprocess: only the set-up starts programs"
        if name in ("typing.TYPE_CHECKING", "typing_extensions.TYPE_CHECKING"):
            yield line, "TYPE_CHECKING hides a cycle: move the shared thing down a layer"


def forbidden_calls(module: Module) -> Iterator[tuple[int, str]]:
    for line, name in module.names_called():
        if name in NEVER_CALLED and not excepted(module, name):
            yield line, f"{name}(): {NEVER_CALLED[name]}"
        if name in NEVER_CALLED_IN_ENGINE and module.is_in(ENGINE) and not excepted(module, name):
            yield line, f"{name}() in the engine: {NEVER_CALLED_IN_ENGINE[name]}"
    for node in module.of(ast.Attribute):
        if node.attr in NEVER_USED and not excepted(module, node.attr):
            yield node.lineno, f".{node.attr}: {NEVER_USED[node.attr]}"
        if node.attr == "TYPE_CHECKING" and dotted(node) == "typing.TYPE_CHECKING":
            yield node.lineno, "TYPE_CHECKING hides a cycle: move the shared thing down a layer"
    for word in module.of(ast.keyword):
        if word.arg in ("allow_pickle", "shell") and _is_true(word.value):
            yield word.value.lineno, f"{word.arg}=True: it runs what a stranger wrote"


def floats_in_engine(module: Module) -> Iterator[tuple[int, str]]:
    if not module.is_in(ENGINE):
        return
    shown = {id(inner) for text in module.of(ast.JoinedStr) for inner in ast.walk(text)}
    for node in module.of(ast.Constant):
        if isinstance(node.value, float) and id(node) not in shown:  # what is only printed decides nothing
            yield node.lineno, f"{node.value} in the engine: integers decide"
    divided = [(one.lineno, id(one)) for one in module.of(ast.BinOp) if isinstance(one.op, ast.Div)]
    divided += [(one.lineno, id(one)) for one in module.of(ast.AugAssign) if isinstance(one.op, ast.Div)]
    for line, known in divided:
        if known not in shown:
            yield line, "division with / in the engine: integers decide, use //"


def changed_elsewhere(module: Module) -> Iterator[tuple[int, str]]:
    if (layer_of(module.name) or 0) < LAYERS["game.engine"] or module.is_in(tuple(CHANGERS)):
        return
    yield from uses_of_drafts(module, FACE[1] if module.name == FACE[0] else ())


def uses_of_drafts(module: Module, allowed: tuple[str, ...] = ()) -> Iterator[tuple[int, str]]:
    """Where a module takes hold of a Draft, or of a function that works on one, outside the functions allowed."""
    within = {id(inner) for outer in module.of(ast.FunctionDef) if outer.name in allowed for inner in ast.walk(outer)}
    known: dict[str, str] = {}  # name in this module -> dotted name below game.rules or game.state
    for origin in module.of(ast.ImportFrom):
        base = module.absolute(origin)
        for alias in origin.names:
            known[alias.asname or alias.name] = f"{base}.{alias.name}"
    for plain in module.of(ast.Import):
        for alias in plain.names:
            known[alias.asname or alias.name.partition(".")[0]] = (
                alias.name if alias.asname else alias.name.partition(".")[0]
            )
    for node in module.of(ast.Name, ast.Attribute):
        if id(node) in within:
            continue
        first, _, rest = dotted(node).partition(".")
        if first not in known:
            continue
        full = ".".join(filter(None, [known[first], rest]))
        if full in ("game.state.Draft", "game.state.draft.Draft") or full in workers_on_drafts():
            yield node.lineno, f"{full} changes a game: hosts ask questions, and give orders through engine.apply"


@cache
def workers_on_drafts() -> frozenset[str]:
    """Dotted names of all functions of the rules and the state that take a Draft."""
    modules = [module_at(path) for folder in ("rules", "state") for path in (ROOT / "game" / folder).rglob("*.py")]
    found = {
        f"{module.name}.{node.name}"
        for module in modules
        for node in module.of(ast.FunctionDef)
        if any(dotted(arg.annotation) in ("Draft", "Working") for arg in node.args.args if arg.annotation is not None)
    }
    handed_on = {f"{module.name}.{name.rpartition('.')[2]}" for module in modules for _, name, _ in module.imports
                 if name in found}  # fmt: skip
    return frozenset(found | handed_on)


def raw_forms(module: Module) -> Iterator[tuple[int, str]]:
    if module.is_in(tuple(FORM_READERS)):
        return
    for node in module.of(ast.Attribute):
        if node.attr == "raw":
            yield node.lineno, "play asks the typed parts of a World, not its raw form (see FORM_READERS)"


def vague_names(module: Module) -> Iterator[tuple[int, str]]:
    for part in module.name.split("."):
        if part in VAGUE_NAMES:
            yield 1, f"a module named {part} says nothing: name it after what it is about"


def excepted(module: Module, name: str) -> bool:
    return (module.name, name) in EXCEPTIONS


def _is_true(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and node.value is True


RULES = (
    upward_imports,
    strangers,
    foreign_packages,
    engine_imports,
    other_dice,
    forbidden_imports,
    forbidden_calls,
    floats_in_engine,
    changed_elsewhere,
    raw_forms,
    vague_names,
)


def test_every_module_keeps_every_rule() -> None:
    """One test for all rules, so that the source is read and walked once, by one process."""
    found = [
        f"{module.name}:{line}: {rule.__name__}: {what}"
        for module in all_modules().values() for rule in RULES for line, what in rule(module)
    ]  # fmt: skip
    assert not found, "\n" + "\n".join(found)


def circles(modules: Mapping[str, Module]) -> list[str]:
    """Groups of modules that lead back to each other, with imports inside functions."""
    net = networkx.DiGraph()
    for module in modules.values():
        for _, other, _ in module.imported_modules(modules):
            if other != module.name and other in modules:
                net.add_edge(module.name, other)
    found = [sorted(group) for group in networkx.strongly_connected_components(net) if len(group) > 1]
    return [" <-> ".join(group) for group in sorted(found)]


def late_imports(modules: Mapping[str, Module]) -> dict[tuple[str, str], int]:
    """Every import inside a function: (who, what), and the line of the first."""
    found: dict[tuple[str, str], int] = {}
    for module in modules.values():
        for line, other, at_load in module.imported_modules(modules):
            if not at_load:
                found.setdefault((module.name, other), line)
    return found


def test_no_module_leads_back_to_itself() -> None:
    assert circles(all_modules()) == []


def loaded_with(name: str, modules: Mapping[str, Module]) -> dict[str, str]:
    """What comes with a module when it is loaded, and who asks for it."""
    found, fresh = {name: ""}, [name]
    while fresh:
        who = fresh.pop()
        for _, other, at_load in modules[who].imported_modules(modules):
            if at_load and other not in found:
                found[other] = who
                fresh += [other] if other in modules else []
    return found


def test_the_menu_shows_before_engine_and_numbers_are_loaded() -> None:
    found = loaded_with("game.ui.app", all_modules())
    assert "game.ui.scenes.menu" in found and "game.schema.spec" in found
    slow = {other: who for other, who in found.items()
            if other in ("numpy", "networkx", "game.engine", "game.orders", "game.events")
            or other.startswith(("game.rules.", "game.ai.", "game.ui.table."))}  # fmt: skip
    assert not slow, f"a start waits for what it does not need: {slow}"


def test_every_import_inside_a_function_has_its_reason() -> None:
    found = late_imports(all_modules())
    without = [f"{who}:{line} imports {what} inside a function" for (who, what), line in found.items()
               if (who, what) not in LATE]  # fmt: skip
    assert not without, "give it a row in LATE, or put it at the top:\n" + "\n".join(without)
    stale = [f"{who} -> {what}" for who, what in LATE if (who, what) not in found]
    assert not stale, "rows of LATE that nothing needs any more:\n" + "\n".join(stale)
    assert all(len(reason) > 20 for reason in LATE.values())


def test_circles_and_late_imports_are_seen_through_functions() -> None:
    sources = {
        "game.a": "from game.b import B",
        "game.b": "def f():\n    from game.c import C",
        "game.c": "from game import a",
        "game.d": "import game.a",
    }
    modules = {name: Module(name, source) for name, source in sources.items()}
    assert circles(modules) == ["game.a <-> game.b <-> game.c"]
    assert late_imports(modules) == {("game.b", "game.c"): 2}


def test_every_row_of_the_layers_is_a_module_that_could_be() -> None:
    """A row may wait for its module, but a module that exists must have a row."""
    for path in (ROOT / "game").iterdir():
        name = f"game.{path.stem}"
        if (path.suffix == ".py" and path.stem != "__init__") or (path / "__init__.py").exists():
            assert name in LAYERS, f"{name} has no layer: give it one in LAYERS"


def test_a_class_name_means_one_thing() -> None:
    """Whoever reads a name in a traceback or a search knows what is meant; SHARED_NAMES lists what may be shared.

    A name that a module keeps for itself is one too: with and without its underscore it is the same word.
    """
    found: dict[str, list[str]] = {}
    for path in sorted((ROOT / "game").rglob("*.py")):
        for node in module_at(path).nodes:
            if isinstance(node, ast.ClassDef):
                found.setdefault(node.name.lstrip("_"), []).append(f"{path.relative_to(ROOT)}:{node.lineno}")
    assert {name: where for name, where in found.items() if len(where) > 1 and name not in SHARED_NAMES} == {}
    assert all(len(found.get(name, ())) > 1 for name in SHARED_NAMES), "a row of SHARED_NAMES is not needed any more"


def test_every_exception_is_still_needed() -> None:
    """A row of who may change a game, or read a scenario's form, goes with its reason."""
    known = {"game.rules.river.resolve_blow", "game.rules.supply.judge", "game.rules.sequence.carry_out"}
    assert known <= workers_on_drafts()
    modules = [module_at(path) for path in sorted((ROOT / "game").rglob("*.py"))]
    for place in CHANGERS:
        assert any(module.is_in((place,)) and list(uses_of_drafts(module)) for module in modules), place
    for place in FORM_READERS:
        read = [n for m in modules if m.is_in((place,)) for n in m.nodes if isinstance(n, ast.Attribute)]
        assert any(node.attr == "raw" for node in read), place


@pytest.mark.parametrize(
    ("name", "source", "said"),
    [
        ("game.rules.river", "from game.engine import apply", "layer 3 (rules) imports game.engine.apply of layer 4"),
        ("game.rules.river", "def f():\n    from game import ai", "layer 3 (rules) imports game.ai of layer 5"),
        ("game.rules.river", "from .. import engine", "layer 3 (rules) imports game.engine of layer 4"),
        ("game.rules.river", "from ..engine import apply", "layer 4"),
        ("game.newcomer", "", "has no layer"),
        ("game.ui.app", "from game.sim import batch", "must not know"),
        ("game.sim.batch", "import pygame", "pygame may be imported in game.ui only"),
        ("game.ai.planner", "import numpy as np", "numpy may be imported in"),
        ("game.ui.app", "import pydantic", "not a dependency"),
        ("game.scenario.checks.reach", "import networkx", "import it inside the function"),
        ("game.scenario.world", "import yaml", "the engine is pure"),
        ("game.state.tables", "import os", "the engine is pure"),
        ("game.rules.combat", "from random import randint", "the engine is pure"),
        ("game.ai.planner", "import random", "keyed by what the roll is for"),
        ("game.records", "import pickle", "could run code"),
        ("game.ui.app", "import subprocess", "only the set-up"),
        ("game.view", "from typing import TYPE_CHECKING", "hides a cycle"),
        ("game.view", "import typing\nif typing.TYPE_CHECKING: pass", "hides a cycle"),
        ("game.schema.reader", "import yaml\nyaml.safe_load(b'')", "see yaml.load"),
        ("game.schema.reader", "eval('1')", "runs text as a program"),
        ("game.ui.app", "import os\nos.system('ls')", "starts no programs"),
        ("game.store", "archive.extractall('.')", "read members one by one"),
        ("game.sim.batch", "np.load(path, allow_pickle=True)", "stranger"),
        ("game.state.tables", "key = hash(name)", "changes with the hash seed"),
        ("game.rules.combat", "share = 0.5", "integers decide"),
        ("game.rules.combat", "share = a / b", "integers decide"),
        ("game.ui.app", "from game.state import Draft\ndraft = Draft(state)", "hosts ask questions"),
        ("game.ui.app", "from game.rules import river\nriver.resolve_blow(draft, order)", "hosts ask questions"),
        ("game.session", "from game.rules.support import grant\ngrant(draft, 0)", "hosts ask questions"),
        ("game.ai.staff.desk", "import game.rules.fog\ngame.rules.fog.refresh(draft, 0)", "hosts ask questions"),
        (
            "game.engine",
            "from game.state import Draft\ndef odds(state):\n    return Draft(state)",
            "hosts ask questions",
        ),
        ("game.ai.doctrine", "said = world.raw['doctrine']", "typed parts"),
        ("game.rules.utils", "", "says nothing"),
    ],
)
def test_the_rules_see_what_they_forbid(name: str, source: str, said: str) -> None:
    module = Module(name, source)
    found = [what for rule in RULES for _, what in rule(module)]
    assert any(said in what for what in found), found


@pytest.mark.parametrize(
    ("name", "source"),
    [
        ("game.rules.combat", "from game.state.tables import Table\nfrom . import river\nhalf = steps // 2"),
        ("game.scenario.checks.reach", "def f():\n    import networkx"),
        ("game.ui.mapview.ground", "from random import Random\nimport pygame, numpy\nx = 0.5 / 2"),
        ("game.cli.installation", "import subprocess"),
        ("game.records.saves", "form = world.raw"),
        ("game.engine", "from game.state import Draft\ndef apply(state):\n    return Draft(state)"),
        ("game.ui.app", "from game.rules import river\nwhy = river.refuse_blow(state, order)"),
        ("game.rules.combat", "line = f'{attack / 10:g} to {defence / 10:g}'"),
        ("game.kernels.reach", "import re\nPATTERN = re.compile('x')"),
    ],
)
def test_the_rules_leave_good_code_alone(name: str, source: str) -> None:
    module = Module(name, source)
    assert [what for rule in RULES for _, what in rule(module)] == []
