"""Mistakes seeded at random into shipped scenarios: told in the right file, at the right line, with a remedy.

Each mistake is one that can only be wrong: a required key removed, a key renamed, a value of another kind, a reference
to nothing. The place expected is that of the change; of a removed key, of the mapping that lacks it.
"""

from __future__ import annotations

import random
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from game.scenario.checker import check_folder
from game.scenario.reading import Reading, read_scenario
from game.scenario.shipped import scenarios_folder, shipped_scenarios
from game.schema.binding import Named
from game.schema.nodes import ListNode, Node, TableNode, TextNode
from game.schema.shapes import Flag, Number, Pair, Record, Row, Shape, Table, Variant, Word, keys_of
from game.schema.spec import Choice, Day, HexAt, SideAt
from tests.worlds import shipped


@dataclass(frozen=True)
class Mistake:
    """A change of a file: the text at a place becomes another."""

    kind: str
    file: str
    line: int
    column: int
    old: str
    new: str
    told_at: int


def mistakes(reading: Reading) -> list[Mistake]:
    """Everything that could be got wrong, one thing at a time."""
    from game.scenario.files import FILES, FORCES

    kinds = {file.name: file.kind for file in FILES}
    found: list[Mistake] = []
    for name, root in reading.nodes.items():
        found += _below(name, Record(kinds.get(name, FORCES.kind)), root)
    files = {f"{reading.shown}/{name}": name for name in reading.nodes}
    referred = [one for one in reading.notes.referred if one.node.source.name in files]
    found += [_dangling(files[one.node.source.name], one) for one in referred]
    return found


def _dangling(name: str, one: Named) -> Mistake:
    node = one.node
    assert isinstance(node, TextNode)
    return Mistake("dangle", name, node.line, node.column, _written(node), "Xyzzy", node.line)


def _written(node: TextNode) -> str:
    return node.source.lines[node.line - 1][node.column - 1 :][: node.width]


def _below(name: str, shape: Shape, node: Node) -> Iterator[Mistake]:
    match shape:
        case Record(kind) if isinstance(node, TableNode):
            yield from _record(name, kind, node)
        case Variant(tag, kinds) if isinstance(node, TableNode):
            word = node.values[tag]
            assert isinstance(word, TextNode)
            yield from _record(name, kinds[word.text], node)
        case Row(item, _) if isinstance(node, ListNode):
            for below in node.items:
                yield from _below(name, item, below)
        case Pair(items) if isinstance(node, ListNode):
            for one, below in zip(items, node.items, strict=True):
                yield from _below(name, one, below)
        case Table(value=value) if isinstance(node, TableNode):
            for below in node.values.values():
                yield from _below(name, value, below)
        case Number() | Flag() if isinstance(node, TextNode):
            yield Mistake("retype", name, node.line, node.column, node.text, "many", node.line)
        case Word(mark) if isinstance(node, TextNode) and isinstance(mark, Choice | Day | HexAt | SideAt):
            yield Mistake("retype", name, node.line, node.column, _written(node), "none-such", node.line)


def _record(name: str, kind: type, node: TableNode) -> Iterator[Mistake]:
    for key in keys_of(kind).values():
        if key.name not in node.values:
            continue
        at, value = node.keys[key.name], node.values[key.name]
        yield Mistake("rename", name, at.line, at.column, key.name, key.name[:-1] + "q", at.line)
        line = node.source.lines[at.line - 1]
        alone = isinstance(value, TextNode) and line.strip() in (f"{key.name}: {_written(value)}",)
        if key.required and alone and value.line == at.line and not line.endswith("|"):  # its lines would stay
            yield Mistake("delete", name, at.line, 1, line, "", node.line)
        yield from _below(name, key.shape, value)


def commit(folder: Path, mistake: Mistake) -> None:
    """Make the mistake in a copy of the scenario."""
    path = folder / mistake.file
    lines = path.read_text(encoding="utf-8").split("\n")
    line = lines[mistake.line - 1]
    start = mistake.column - 1
    assert line[start:].startswith(mistake.old), (mistake, line)
    lines[mistake.line - 1] = line[:start] + mistake.new + line[start + len(mistake.old) :]
    path.write_text("\n".join(lines), encoding="utf-8")


def tried(name: str, count: int, seed: int, tmp_path: Path) -> tuple[int, int, int]:
    """How many of ``count`` mistakes were told in the right file, at the right line, all with a remedy."""
    shipped = scenarios_folder() / name
    folder, dice = tmp_path / name, random.Random(seed)
    shutil.copytree(shipped, folder)
    everything = mistakes(read_scenario(shipped))
    chosen = [dice.choice([one for one in everything if one.kind == kind])
              for kind in (dice.choice(("delete", "rename", "retype", "dangle")) for _ in range(count))]  # fmt: skip
    files = lines = remedies = 0
    for mistake in chosen:
        commit(folder, mistake)
        problems = [problem for problem in check_folder(folder)[0] if problem.severity == "error"]
        there = [problem for problem in problems if problem.file == f"{folder.as_posix()}/{mistake.file}"]
        files += bool(there)
        lines += any(abs(problem.line - mistake.told_at) <= 1 for problem in there)
        remedies += bool(there) and all(problem.fix for problem in problems)
        shutil.copy(shipped / mistake.file, folder / mistake.file)
    return files, lines, remedies


@pytest.mark.parametrize("name", shipped("collision", "jazeera_storm"))
def test_a_few_mistakes_are_told_where_they_are(name: str, tmp_path: Path) -> None:
    assert tried(name, 12, 5, tmp_path) == (12, 12, 12)


@pytest.mark.slow
def test_two_hundred_mistakes_are_told_where_they_are(tmp_path: Path) -> None:
    names = shipped_scenarios()
    share = -(-200 // len(names))
    results = [tried(name, share, 2017, tmp_path) for name in names]
    files, lines, remedies = (sum(column) for column in zip(*results, strict=True))
    total = share * len(names)
    print(f"{total} mistakes: right file {files}, line within 1 {lines}, a remedy {remedies}")
    assert files == remedies == share * len(names)
    assert lines >= 95 * files // 100
