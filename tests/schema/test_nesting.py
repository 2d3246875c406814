"""Depth and number of values are judged on the letters alone, and as the parser's own events would judge them."""

from __future__ import annotations

import re
import time
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from game.schema import limits
from game.schema.nesting import Excess, excess
from game.schema.reader import decoded, read_bytes
from game.workshop.text.letters import Letters
from game.workshop.text.marks import marked

ROOT = Path(__file__).resolve().parents[2]
ANY = 10**9
DEEP = {
    "brackets": b"a: " + b"[" * 100_000,
    "braces": b"{a: " * 50_000,
    "in turn": b"[{a: " * 50_000,
    "closed again": b"[" * 5_000 + b"]" * 5_000,
    "a bracket a line": b"[\n" * 100_000,
    "behind a key": b"key:\n  - name: x\n    list: " + b"[" * 100_000,
    "behind quotes": b"a: ['[', \"]\", " + b"[" * 100_000,
    "behind comments": b"a: [ # ]]]\n" * 1_000,
    "dashes": b"- " * 1_000_000,
    "questions": b"? " * 1_000_000,
    "indentation": b"".join(b" " * i + b"a:\n" for i in range(1_500)),
    "as a key": b"[" * 100_000 + b"]" * 100_000 + b": 1\n",
}


def parsed(text: str) -> list[Any]:
    return list(yaml.parse(text.encode("utf-8"), Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader)))


def deeper(events: list[Any], depth: int) -> tuple[int, int] | None:
    """Line and column, from 0, of the first list or mapping nested more than ``depth`` deep."""
    level = 0
    for event in events:
        if isinstance(event, yaml.CollectionStartEvent):
            level += 1
            if level > depth:
                mark: Any = event.start_mark
                return mark.line, mark.column
        elif isinstance(event, yaml.CollectionEndEvent):
            level -= 1
    return None


def begin(event: Any) -> int:
    return int(event.start_mark.index)


def place(text: str, found: Excess | None) -> tuple[int, int] | None:
    if found is None:
        return None
    return text.count("\n", 0, found.offset), found.offset - text.rfind("\n", 0, found.offset) - 1


def read(data: bytes) -> str:
    text, problems = decoded(data, "f.yaml")
    assert text is not None and not problems
    return text


@pytest.mark.parametrize("kind", DEEP)
def test_no_library_sees_a_text_that_is_nested_too_deeply(kind: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever limits a release of the parser has: our answer is the same, and it comes at once."""

    def never(*_: object, **__: object) -> None:
        raise AssertionError("the parser was asked")

    monkeypatch.setattr(yaml, "parse", never)
    begun = time.process_time()
    _, problems = read_bytes(DEEP[kind], "f.yaml")
    assert [problem.code for problem in problems] == ["Y109"]
    with pytest.raises(ValueError, match="nested"):
        marked(Letters(DEEP[kind]))
    assert time.process_time() - begun < 2


def test_no_library_sees_a_text_with_too_many_values(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(yaml, "parse", None)
    many = b"a: [" + b"1," * (limits.NODES + 10)
    _, problems = read_bytes(many, "f.yaml")
    assert [problem.code for problem in problems] == ["Y108"]


@pytest.mark.parametrize(
    "text",
    [
        'a: "' + "[" * 99 + '"',
        "a: '" + "[''" * 99 + "'",
        'a: "\\"' + "[" * 99 + '"',
        "a: |\n  " + "[" * 99 + "\n  - - -\nb: 1",
        "a: >2\n   " + "{" * 99 + "\n\n  [[\nb: 1",
        "a: words " + "[" * 99,
        "a: words\n  " + "[" * 99 + "\n  [[[\nb: 1",
        "a: it's " + "[" * 40 + " isn't",
        "# " + "[" * 99 + "\na: 1 # " + "{" * 99,
        "a: [b, # " + "[" * 99 + "\n  c]",
        "a: [don't " + ", it's" * 40 + ", '[[']",
        "a: [" + "[1, 2], " * 99 + "]",
        "a:\n" + "- [1]\n" * 99,
        "\n".join(f"k{i}: {{a: [1, 2]}}" for i in range(99)),
    ],
)
def test_brackets_that_nest_nothing_are_no_depth(text: str) -> None:
    assert deeper(parsed(text), 6) is None
    assert excess(text, 6, ANY) is None


def test_shipped_files_are_judged_as_their_events_would_be() -> None:
    for path in sorted((ROOT / "scenarios").rglob("*.yaml")):
        text = read(path.read_bytes())
        events = parsed(text)
        for depth in range(1, 7):
            assert place(text, excess(text, depth, ANY)) == deeper(events, depth), path
        values = sum(isinstance(event, yaml.NodeEvent) for event in events)
        assert excess(text, ANY, values) is None, path
        assert excess(text, ANY, values // 3) is not None, "the count must not be far off"


PIECES = [
    "a",
    "b c",
    "don't",
    '"q [x"',
    "'s ]]'",
    '"m\n  n"',
    ": ",
    ":\n",
    "\n",
    "\n  ",
    "\n    ",
    "- ",
    "[",
    "]",
    "{",
    "}",
]
PIECES += [
    ", ",
    ",",
    " # c [[\n",
    "#",
    "|\n",
    "|-\n  ",
    ">\n",
    "|2\n",
    "  ",
    "a:b",
    "-",
    "a: ",
    "k:\n  ",
    "x: [",
    "]\n",
    "\t",
]


@settings(max_examples=150, deadline=None)
@given(st.lists(st.sampled_from(PIECES), min_size=3, max_size=30), st.integers(0, 5))
def test_any_text_that_parses_is_judged_as_its_events_would_be(pieces: list[str], depth: int) -> None:
    text = read("".join(pieces).encode())
    try:
        events = parsed(text)
    except yaml.YAMLError:
        excess(text, depth, ANY)  # no exception, whatever it finds
        return
    # Not judged on the letters: a lone pair in brackets, brackets as a key; a second document is refused anyway.
    pairs = any(
        isinstance(event, yaml.MappingStartEvent) and event.flow_style and text[begin(event)] != "{" for event in events
    )
    documents = sum(isinstance(event, yaml.DocumentStartEvent) for event in events)
    if not pairs and not re.search(r"[\]}][ \t]*:", text) and documents == 1:
        assert place(text, excess(text, depth, ANY)) == deeper(events, depth)
