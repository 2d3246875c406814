"""Small faults for `tools/mutate.py`: where a source file can be mutated, and the code of one mutant.

A mutation changes one thing: a comparison, a whole number, `and` to `or`, `+` to `-`, a condition, a call, a return.
It is named by its file, its function and the text that changes, so the name holds when lines move.
"""

from __future__ import annotations

import ast
import sys
from collections import Counter
from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass
from pathlib import Path
from textwrap import shorten
from types import CodeType, FunctionType
from typing import Any

COMPARES: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt, ast.Eq: ast.NotEq, ast.NotEq: ast.Eq,
    ast.Is: ast.IsNot, ast.IsNot: ast.Is, ast.In: ast.NotIn, ast.NotIn: ast.In,
}  # fmt: skip
OPERATORS: dict[type[ast.operator], type[ast.operator]] = {
    ast.Add: ast.Sub, ast.Sub: ast.Add, ast.Mult: ast.FloorDiv, ast.FloorDiv: ast.Mult, ast.Mod: ast.FloorDiv,
    ast.BitAnd: ast.BitOr, ast.BitOr: ast.BitAnd, ast.LShift: ast.RShift, ast.RShift: ast.LShift,
}  # fmt: skip
TWINS = {"min": "max", "max": "min", "any": "all", "all": "any"}
"""Functions that a slip of the pen exchanges."""
PLAIN = (ast.Compare, ast.BoolOp, ast.UnaryOp)
"""Conditions that are changed themselves, and need not be denied as well."""


@dataclass(frozen=True)
class Mutation:
    """One change. ``index`` is its place among all of its file; ``function`` is "" where it is not in a function."""

    file: str
    index: int
    line: int
    function: str
    text: str

    @property
    def name(self) -> str:
        """What the list of equivalents calls it."""
        return f"{self.file} {self.function or 'module'}: {self.text}"

    @property
    def module(self) -> str:
        """The module in dots."""
        return self.file.removesuffix(".py").replace("/", ".")


@dataclass
class _Point:
    node: ast.AST
    new: ast.AST
    shown: ast.AST
    function: str


def mutations(root: Path, file: str) -> list[Mutation]:
    """Everything that can be mutated in a file."""
    points, found, names = _points(_tree(root, file)), [], Counter[tuple[str, str]]()
    for index, point in enumerate(points):
        before, after = ast.unparse(point.shown), ast.unparse(_changed(point.shown, point))
        text = shorten(f"{before} => {after}", 200, placeholder=" ...")
        names[point.function, text] += 1
        number = names[point.function, text]
        text += f" #{number}" if number > 1 else ""
        found.append(Mutation(file, index, getattr(point.node, "lineno", 0), point.function, text))
    return found


def mutant(root: Path, mutation: Mutation) -> CodeType:
    """The code of the whole module with one thing changed."""
    tree = _tree(root, mutation.file)
    tree = _changed(tree, _points(tree)[mutation.index])
    code: CodeType = compile(ast.fix_missing_locations(tree), str(root / mutation.file), "exec", dont_inherit=True)
    return code


def install(root: Path, mutation: Mutation) -> None:
    """Put a mutated function into the module that is already imported, for everybody who has imported it."""
    live: Any = sys.modules[mutation.module]
    for name in mutation.function.split("."):
        live = vars(live)[name] if isinstance(live, type) else getattr(live, name)
    live = getattr(live, "fget", getattr(live, "func", live))  # of a property, or of one that is worked out once
    live = getattr(live, "__func__", live)
    while hasattr(live, "__wrapped__"):
        live = live.__wrapped__
    assert isinstance(live, FunctionType), mutation.name
    wanted = (live.__code__.co_qualname, live.__code__.co_firstlineno)
    live.__code__ = next(c for c in codes(mutant(root, mutation)) if (c.co_qualname, c.co_firstlineno) == wanted)


def codes(code: CodeType) -> Iterator[CodeType]:
    """A code object and all those within it."""
    yield code
    for constant in code.co_consts:
        if isinstance(constant, CodeType):
            yield from codes(constant)


def _tree(root: Path, file: str) -> ast.Module:
    return ast.parse((root / file).read_text(encoding="utf-8"))


def _changed(tree: Any, point: _Point) -> Any:
    """A copy of a tree with the point's node replaced."""
    memo = {id(point.node): point.new}
    return deepcopy(tree, memo)


# --- what can be changed ------------------------------------------------------------------------------------------


def _points(tree: ast.Module) -> list[_Point]:
    found: list[_Point] = []
    _visit(tree, None, "", (), found)
    return found


def _visit(node: ast.AST, parent: ast.AST | None, function: str, classes: tuple[str, ...], out: list[_Point]) -> None:
    if isinstance(node, ast.Raise | ast.JoinedStr | ast.Import | ast.ImportFrom | ast.Global):
        return  # words, and what is wrong anyway
    out += [_Point(old, new, shown, function) for old, new, shown in _changes(node, parent)]
    inner = function
    if isinstance(node, ast.FunctionDef) and not function:
        inner = ".".join((*classes, node.name))
    elif isinstance(node, ast.ClassDef) and not function:
        classes = (*classes, node.name)
    for field, value in ast.iter_fields(node):
        if field in ("annotation", "returns", "decorator_list", "type_params", "keywords") and not isinstance(
            node, ast.Call
        ):
            continue
        for child in value if isinstance(value, list) else [value]:
            if isinstance(child, ast.AST) and not _is_talk(child):
                _visit(child, node, inner if field in ("body", "orelse") or function else function, classes, out)


def _is_talk(node: ast.AST) -> bool:
    """Docstrings, and the `strict=True` of a `zip`, which only watches over what the rest of the code promises."""
    if isinstance(node, ast.keyword) and node.arg == "strict":
        return True
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)


def _changes(node: ast.AST, parent: ast.AST | None) -> Iterator[tuple[ast.AST, ast.AST, ast.AST]]:
    """What can be replaced at a node: the part of it, by what, and the piece of source that shows it."""
    match node:
        case ast.Compare(left=left, ops=ops, comparators=right):
            for number, op in enumerate(ops):
                yield node, ast.Compare(left, [*ops[:number], COMPARES[type(op)](), *ops[number + 1 :]], right), node
        case ast.BoolOp(op=op, values=values):
            yield node, ast.BoolOp(ast.Or() if isinstance(op, ast.And) else ast.And(), values), node
        case ast.BinOp(left=left, op=op, right=right) if type(op) in OPERATORS:
            yield node, ast.BinOp(left, OPERATORS[type(op)](), right), node
        case ast.AugAssign(target=target, op=op, value=value) if type(op) in OPERATORS:
            yield node, ast.AugAssign(target, OPERATORS[type(op)](), value), node
        case ast.UnaryOp(op=ast.Not(), operand=operand):
            yield node, operand, node
        case ast.Constant(value=bool() as value):
            yield node, ast.Constant(not value), parent or node
        case ast.Constant(value=int() as value):
            yield node, ast.Constant(value + 1), parent or node
            if value:
                yield node, ast.Constant(value - 1), parent or node
        case ast.If(test=test) | ast.IfExp(test=test) | ast.While(test=test) if not isinstance(test, PLAIN):
            yield test, ast.UnaryOp(ast.Not(), test), test
        case ast.Expr(value=ast.Call()) | ast.Continue() | ast.Break() | ast.Delete():
            yield node, ast.Pass(), node
        case ast.Return(value=value) if value is not None and not isinstance(value, ast.Constant):
            yield node, ast.Return(ast.Constant(None)), node
        case ast.Call(func=ast.Name(id=name), args=args, keywords=keywords) if name in TWINS:
            yield node, ast.Call(ast.Name(TWINS[name], ast.Load()), args, keywords), node
