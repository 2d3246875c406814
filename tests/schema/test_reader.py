"""Bytes to nodes: what is refused, where, and that nothing a file holds can hurt."""

from __future__ import annotations

import time
from itertools import pairwise

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from game.schema import limits, reader
from game.schema.nodes import ListNode, TableNode, TextNode, merged, node_at
from game.schema.reader import read_bytes, read_file

REFUSED = {
    "Y-01 key twice": (b"a: 1\nb: 2\na: 3\n", 3, 1, "Y115", "first on line 1"),
    "Y-07 python tag": (b"a: !!python/object/apply:os.system [ls]\n", 1, 4, "Y112", "tags are not allowed"),
    "Y-07 own tag": (b"a: 1\nb: !foo 1\n", 2, 4, "Y112", "tags are not allowed"),
    "Y-07 empty tag": (b"a: ! x\n", 1, 4, "Y112", "tags are not allowed"),
    "Y-09 merge key": (b"a: {b: 1}\n<<: {c: 1}\n", 2, 1, "Y114", "merge keys are not supported"),
    "Y-10 brackets": (b"a: " + b"[" * 100_000, 1, 35, "Y109", "nested more than 32"),
    "Y-10 braces": (b"{a: " * 100_000, 1, 129, "Y109", "nested more than 32"),
    "Y-10 dashes": (b"- " * 2_000_000, 1, 65, "Y109", "nested more than 32"),
    "Y-10 indentation": (b"".join(b" " * i + b"a:\n" for i in range(1500)), 33, 33, "Y109", "nested"),
    "Y-11 tab below a key": (b"a:\n\tb: 1\n", 2, 1, "Y116", "tab"),
    "Y-11 tab beside spaces": (b"a:\n  b: 1\n\tc: 2\n", 3, 1, "Y116", "tab"),
    "Y-11 tab in a list": (b"- a: 1\n\tb: 2\n", 2, 1, "Y116", "tab"),
    "Y-12 empty": (b"", 1, 1, "Y105", "empty"),
    "Y-12 comments": (b"# nothing\n\n", 1, 1, "Y105", "empty"),
    "Y-12 dashes": (b"---\n", 1, 1, "Y105", "empty"),
    "Y-13 list": (b"- 1\n", 1, 1, "Y106", "found a list"),
    "Y-13 scalar": (b"hello\n", 1, 1, "Y106", 'found "hello"'),
    "Y-14 second document": (b"a: 1\n---\nb: 2\n", 2, 1, "Y107", "second document"),
    "Y-18 Latin-1": ("a: 1\nb: é\n".encode("latin-1"), 2, 4, "Y103", "0xe9"),
    "Y-18 UTF-16 with mark": ("a: 1".encode("utf-16"), 1, 1, "Y103", "UTF-16"),
    "Y-18 UTF-16": ("a: 1".encode("utf-16-le"), 1, 1, "Y103", "UTF-16"),
    "Y-19 NUL": (b"a: 1\nb: some text x\0y\n", 2, 15, "Y104", "U+0000"),
    "Y-19 escape sequence": (b"a: \x1b]0;title\x07\n", 1, 4, "Y104", "U+001B"),
    "Y-19 escape written out": (b'a: "\\x1b]0;title"\n', 1, 4, "Y104", "U+001B"),
    "Y-20 large": (b"a: " + b"x" * limits.FILE_BYTES, 1, 1, "Y102", "4 MB"),
    "Y-20 lines": (b"a:\n" + b"- 1\n" * 1_000_000, 1, 1, "Y108", "lines"),
    "Y-22 anchor": (b"a: &x 1\n", 1, 4, "Y111", "anchors are not allowed"),
    "Y-22 alias": (b"a: 1\nb: *x\n", 2, 4, "Y111", "aliases are not allowed"),
    "Y-24 bidi override": ("a: x\u202ey\n".encode(), 1, 5, "Y104", "direction mark U+202E"),
    "Y-24 bidi written out": (b'a: "x\\u202ey"\n', 1, 4, "Y104", "direction mark U+202E"),
    "Y-27 list as key": (b"? [a]\n: 1\n", 1, 3, "Y113", "found a list"),
    "Y-27 mapping as key": (b"? {a: b}\n: [1]\n", 1, 3, "Y113", "found a mapping"),
    "no key": (b"a: 1\n? \n: 2\n", 2, 2, "Y113", "missing"),
    "colon in text": (b"a: b: c\n", 1, 5, "Y110", "not valid YAML"),
    "open bracket": (b"a: [1, 2\nb: 3\n", 2, 2, "Y110", "not valid YAML"),
    "open quote": (b'a: "abc\nb: 2\n', 3, 1, "Y110", "not valid YAML"),
    "line separator": ("a: x\u2028y\n".encode(), 1, 5, "Y104", "U+2028"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_refused_at_its_place(case: str) -> None:
    data, line, column, code, words = REFUSED[case]
    begun = time.process_time()
    _, problems = read_bytes(data, "f.yaml")
    assert time.process_time() - begun < 2
    first = problems[0]
    assert (first.line, first.column, first.code) == (line, column, code), first.head()
    assert words in first.what
    assert first.fix
    assert "\x1b" not in "".join(first.lines())


def test_y08_alias_bomb_is_refused_before_it_grows() -> None:
    letters = "abcdefghi"
    text = "a: &a [x,x,x,x,x,x,x,x,x]\n" + "".join(
        f"{here}: &{here} [{','.join(['*' + before] * 9)}]\n" for before, here in pairwise(letters)
    )
    begun = time.process_time()
    _, problems = read_bytes(text.encode(), "f.yaml")
    assert time.process_time() - begun < 1
    assert len(problems) == 9 + 8 * 9
    assert {p.code for p in problems} == {"Y111"}


def test_nodes_up_to_the_limit_and_one_more(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "NODES", 10)
    assert read_bytes(b"a: [1, 2, 3, 4, 5, 6, 7]\n", "f")[1] == []
    assert [p.code for p in read_bytes(b"a: [1, 2, 3, 4, 5, 6, 7, 8]\n", "f")[1]] == ["Y108"]


def test_depth_up_to_the_limit_and_one_more() -> None:
    def nested(depth: int) -> bytes:
        return b"a: " + b"[" * (depth - 1) + b"]" * (depth - 1)

    assert read_bytes(nested(limits.DEPTH), "f")[1] == []
    assert [p.code for p in read_bytes(nested(limits.DEPTH + 1), "f")[1]] == ["Y109"]


def test_size_up_to_the_limit_and_one_more() -> None:
    exact = b"a: " + b"x" * (limits.FILE_BYTES - 3)
    assert read_bytes(exact, "f")[1] == []
    assert [p.code for p in read_bytes(exact + b"x", "f")[1]] == ["Y102"]


def test_yaml_types_nothing() -> None:
    root, problems = read_bytes(b"hexes: [0107, 0700, 0908, 12:30, No, ~, 2017-09-31, .nan]\n", "f")
    assert not problems and root is not None
    row = root.values["hexes"]
    assert isinstance(row, ListNode)
    texts = [item.text for item in row.items if isinstance(item, TextNode)]
    assert texts == ["0107", "0700", "0908", "12:30", "No", "~", "2017-09-31", ".nan"]


@pytest.mark.parametrize("ending", [b"\r\n", b"\r", b"  \n", b" \t\r\n"])
def test_line_ends_and_byte_order_mark_do_not_matter(ending: bytes) -> None:
    plain = b"a: |\n  one\n\n  two\nb: [1,\n  2]\nc: x\n"
    root, problems = read_bytes(b"\xef\xbb\xbf" + plain.replace(b"\n", ending), "f")
    same, _ = read_bytes(plain, "f")
    assert not problems
    assert _flat(root) == _flat(same)


def test_one_run_reports_independent_mistakes() -> None:
    root, problems = read_bytes(b"a: 1\na: 2\nb: *x\nc: !t 3\nd: ok\n", "f")
    assert [(p.line, p.code) for p in problems] == [(2, "Y115"), (3, "Y111"), (4, "Y112")]
    assert root is not None and list(root.keys) == ["a", "b", "c", "d"]


def test_columns_count_letters_after_a_byte_order_mark_and_arabic() -> None:
    root, _ = read_bytes("\ufeffname: دير الزور\nlist: {a: é, b: x}\n".encode(), "f")
    assert root is not None
    inner = root.values["list"]
    assert isinstance(inner, TableNode)
    assert (inner.values["b"].line, inner.values["b"].column) == (2, 17)
    assert (root.values["name"].line, root.values["name"].column, root.values["name"].width) == (1, 7, 9)


def test_a_missing_file_is_a_problem_not_a_crash(tmp_path) -> None:  # type: ignore[no-untyped-def]
    root, problems = read_file(tmp_path / "none.yaml", "none.yaml")
    assert root is None and problems[0].head().startswith("none.yaml:1:1: error Y101: ")
    assert read_file(tmp_path)[1][0].code == "Y101"


def test_merged_nodes_keep_their_files() -> None:
    base, _ = read_bytes(b"combat: {shift: 2, columns: [1, 2]}\nfog: {sight: 3}\n", "rules.yaml")
    over, _ = read_bytes(b"x: 1\ncombat:\n  shift: 9\n  columns: [7]\n", "mine.yaml")
    assert base is not None and over is not None
    both = merged(base, over.without("x"))
    shift, sight = node_at(both, ("combat", "shift")), node_at(both, ("fog", "sight"))
    assert (shift.where, sight.where) == ("mine.yaml:3", "rules.yaml:2")
    assert _flat(both) == {"combat": {"shift": "9", "columns": ["7"]}, "fog": {"sight": "3"}}
    assert _flat(base) == {"combat": {"shift": "2", "columns": ["1", "2"]}, "fog": {"sight": "3"}}


def test_a_path_that_leads_nowhere_ends_at_the_nearest_node() -> None:
    root, _ = read_bytes(b"units:\n- id: a\n  steps: 3\n", "f")
    assert root is not None
    assert node_at(root, ("units", 0, "steps")).line == 3
    assert node_at(root, ("units", 0, "hex")).line == 2
    assert node_at(root, ("towns", 4)) is root


SEED = (
    b"format: 1\nunits:\n- {id: a, hex: 0714, \"name\": 'x'}\n- id: b\n  text: |\n    line\n"
    b"# note\nmap: {? k : [1, ~]}\nanchor: &x !t *y\n<<: 1\n---\n...\n%YAML 1.1\n"
)

JUNK = [b"", b"\0", b"\t", b"[", b"{", b": ", b"- ", b"&a", b"\xff", b"\xc3\xa9", b'"']


@settings(max_examples=120, deadline=None)
@given(st.data())
def test_mutated_files_never_raise(data: st.DataObject) -> None:
    text = bytearray(SEED)
    for _ in range(data.draw(st.integers(1, 8))):
        at = data.draw(st.integers(0, len(text)))
        junk = data.draw(st.sampled_from(JUNK))
        text[at : at + data.draw(st.integers(0, 3))] = junk
    root, problems = read_bytes(bytes(text), "f")
    assert root is not None or problems
    assert all(1 <= p.line <= text.count(b"\n") + text.count(b"\r") + 2 and p.column >= 1 for p in problems)


@settings(max_examples=100, deadline=None)
@given(st.binary(max_size=200))
def test_random_bytes_never_raise(data: bytes) -> None:
    root, problems = read_bytes(data, "f")
    assert root is not None or problems


@settings(max_examples=100, deadline=None)
@given(st.text(alphabet=" \n\t-:[]{}?&*!|>'\"%@`#,ab1~<é", max_size=60))
def test_both_parsers_never_raise(text: str) -> None:
    for parser in (reader._PARSER, yaml.SafeLoader):
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(reader, "_PARSER", parser)
            root, problems = read_bytes(text.encode(), "f")
            assert root is not None or problems


def _flat(node: object) -> object:
    if isinstance(node, TableNode):
        return {key: _flat(value) for key, value in node.values.items()}
    if isinstance(node, ListNode):
        return [_flat(item) for item in node.items]
    assert isinstance(node, TextNode)
    return node.text
