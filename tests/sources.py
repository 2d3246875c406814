"""Python sources as trees, for tests that ask what the code says: each is read and walked once a process."""

from __future__ import annotations

import ast
import gc
from collections.abc import Collection, Iterator
from functools import cache, cached_property
from pathlib import Path
from typing import TypeVar, cast

ROOT = Path(__file__).resolve().parents[1]
Node = TypeVar("Node", bound=ast.AST)


class Module:
    """One source file: its dotted name, its tree, and what it imports."""

    def __init__(self, name: str, source: str, *, package: bool = False) -> None:
        self.name = name
        self.package = package
        self.tree = ast.parse(source)

    @cached_property
    def nodes(self) -> tuple[ast.AST, ...]:
        """Every node of the tree but loads and stores: walked once, asked by every rule."""
        found: list[ast.AST] = [self.tree]
        for node in found:
            for value in vars(node).values():
                if type(value) is list:
                    found += [one for one in value if isinstance(one, ast.AST)]
                elif isinstance(value, ast.AST) and not isinstance(value, ast.expr_context):
                    found.append(value)
        return tuple(found)

    @cached_property
    def _by_kind(self) -> dict[type[ast.AST], list[ast.AST]]:
        found: dict[type[ast.AST], list[ast.AST]] = {}
        for node in self.nodes:
            found.setdefault(type(node), []).append(node)
        return found

    def of(self, *kinds: type[Node]) -> Iterator[Node]:
        """The nodes of some kinds, kind by kind."""
        for kind in kinds:
            yield from cast("list[Node]", self._by_kind.get(kind, []))

    def is_in(self, places: tuple[str, ...]) -> bool:
        """Whether the module is one of these, or lies in one of them."""
        return any(self.name == place or self.name.startswith(place + ".") for place in places)

    @cached_property
    def imports(self) -> list[tuple[int, str, bool]]:
        """Line, dotted name and whether it happens when the module is loaded (not inside a function)."""
        return list(self._imports())

    def _imports(self) -> Iterator[tuple[int, str, bool]]:
        lazy = {id(inner) for outer in self.of(ast.FunctionDef, ast.AsyncFunctionDef) for inner in statements(outer)}
        for node in self.of(ast.Import):
            for alias in node.names:
                yield node.lineno, alias.name, id(node) not in lazy
        for origin in self.of(ast.ImportFrom):
            base = self.absolute(origin)
            for alias in origin.names:
                yield origin.lineno, f"{base}.{alias.name}", id(origin) not in lazy

    def imported_modules(self, known: Collection[str]) -> Iterator[tuple[int, str, bool]]:
        """As ``imports``, but naming modules: those of the game that are known, and top packages of others."""
        for line, name, at_load in self.imports:
            here = name if name.split(".")[0] == "game" else name.split(".")[0]
            while here.startswith("game.") and here not in known:
                here = here.rpartition(".")[0]
            yield line, here, at_load

    def absolute(self, node: ast.ImportFrom) -> str:
        """The dotted name of the module that a ``from`` import names."""
        if not node.level:
            return node.module or ""
        parts = self.name.split(".")
        start = parts[: len(parts) - node.level + self.package]
        return ".".join([*start, *filter(None, [node.module])])

    def names_called(self) -> Iterator[tuple[int, str]]:
        """Line and dotted name of every call that is written as a plain name."""
        for node in self.of(ast.Call):
            name = dotted(node.func)
            if name:
                yield node.lineno, name


def statements(outer: ast.AST) -> Iterator[ast.stmt]:
    """The statements within a node, at any depth; an import is one, and lies in no expression."""
    for inner in ast.iter_child_nodes(outer):
        if isinstance(inner, ast.stmt | ast.excepthandler | ast.match_case):
            if isinstance(inner, ast.stmt):
                yield inner
            yield from statements(inner)


def dotted(node: ast.expr) -> str:
    """``a.b.c`` for such an expression, else an empty text."""
    if isinstance(node, ast.Name):
        return node.id
    if isinstance(node, ast.Attribute):
        base = dotted(node.value)
        return f"{base}.{node.attr}" if base else ""
    return ""


@cache
def module_at(path: Path) -> Module:
    parts = list(path.relative_to(ROOT).with_suffix("").parts)
    package = parts[-1] == "__init__"
    return Module(".".join(parts[:-1] if package else parts), path.read_text(encoding="utf-8"), package=package)


@cache
def all_modules() -> dict[str, Module]:
    """Every module by name. What is read stays, so the search for garbage in between would take twice the time."""
    gc.disable()
    found = {(module := module_at(path)).name: module for path in sorted((ROOT / "game").rglob("*.py"))}
    gc.enable()
    return found
