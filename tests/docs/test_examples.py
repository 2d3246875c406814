"""Examples that are printed run: those of the public modules are played, all others are at least Python."""

from __future__ import annotations

import ast
import doctest
import importlib
import re
import textwrap
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PUBLIC = ("game.engine", "game.view", "game.session", "game.orders", "game.ai.players")
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]


def modules_with_examples() -> Iterator[tuple[str, ast.Module]]:
    for path in sorted((ROOT / "game").rglob("*.py")):
        source = path.read_text(encoding="utf-8")
        if ">>> " in source:
            yield path.relative_to(ROOT).as_posix(), ast.parse(source)


@pytest.mark.parametrize("name", PUBLIC)
def test_the_examples_of_a_public_module_run(name: str) -> None:
    """The example of the module first; those of its functions go on from it."""
    module = importlib.import_module(name)
    found = [test for test in doctest.DocTestFinder().find(module, name) if test.examples]
    found.sort(key=lambda test: test.name != name)
    assert found and found[0].name == name, "the module has no example"
    names = dict(vars(module))
    runner = doctest.DocTestRunner(optionflags=doctest.ELLIPSIS)
    for test in found:
        test.globs = dict(names)
        runner.run(test, clear_globs=False)
        if test.name == name:
            names |= test.globs
    assert not runner.failures


@pytest.mark.parametrize("name", ["game.engine", "game.view"])
def test_every_verb_and_question_has_an_example(name: str) -> None:
    module = importlib.import_module(name)
    tree = ast.parse(Path(str(module.__file__)).read_text(encoding="utf-8"))
    for node in tree.body:
        if isinstance(node, ast.FunctionDef) and not node.name.startswith("_"):
            assert ">>> " in (ast.get_docstring(node) or ""), f"{name}.{node.name}"


def test_every_example_in_a_docstring_is_python() -> None:
    parser = doctest.DocTestParser()
    for path, tree in modules_with_examples():
        for node in ast.walk(tree):
            if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef):
                for example in parser.get_examples(ast.get_docstring(node) or "", path):
                    ast.parse(example.source)


def code_of(page: str) -> Iterator[str]:
    """The Python of a page: what is fenced as such, and indented blocks that begin like Python."""
    yield from re.findall(r"^```(?:python|py)\n(.*?)^```", page, re.M | re.S)
    for block in re.findall(r"(?:^    .*\n|^\n(?=    ))+", page, re.M):
        text = textwrap.dedent(block).strip("\n")
        if re.match(r"(from \w[\w.]* import |import \w|class \w+|def \w+|@\w)", text):
            yield text


def test_python_on_the_pages_is_python() -> None:
    found = 0
    for path in PAGES:
        for text in code_of(path.read_text(encoding="utf-8")):
            found += 1
            if "(Protocol):" in text:
                text = text.replace("-> od.Order ", "-> od.Order: ... ")  # a protocol is shown without its bodies
            try:
                ast.parse(text)
            except SyntaxError as error:
                pytest.fail(f"{path.name}: {error}\n{text}")
    assert found >= 3


def test_the_check_sees_what_is_broken() -> None:
    assert list(code_of("text\n\n    from game import engine\n    state = engine.start(\n\nmore\n"))
    with pytest.raises(SyntaxError):
        ast.parse(next(code_of("```python\ndef f(:\n```\n")))
