"""Texts are changed at one place and stay byte for byte the same everywhere else."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from game.scenario.shipped import scenarios_folder
from game.workshop.refused import EditRefused
from game.workshop.text.document import Document
from game.workshop.text.letters import Cut, Letters
from game.workshop.text.writing import Bare, flow, scalar, wrapped

FILES = sorted(path for path in scenarios_folder().rglob("*") if path.suffix in (".yaml", ".txt"))


def after(text: str, change: Callable[[Document], None]) -> str:
    document = Document("test.yaml", text.encode())
    change(document)
    return document.data.decode()


# --- letters --------------------------------------------------------------------------------------------------------


def test_every_shipped_file_comes_back_byte_for_byte() -> None:
    for path in FILES:
        data = path.read_bytes()
        assert Letters(data).after([]) == data, path
        if path.suffix == ".yaml":
            document = Document(path.name, data)
            for key in list(document.plain()):
                document.set((key,), document.plain(key))
            assert document.data == data, path


@pytest.mark.parametrize("dress", ["crlf", "mark", "both"])
def test_byte_mark_and_line_ends_of_windows_come_back(dress: str) -> None:
    for path in FILES:
        data = path.read_bytes()
        if dress != "mark":
            data = data.replace(b"\n", b"\r\n")
        if dress != "crlf":
            data = b"\xef\xbb\xbf" + data
        assert Letters(data).after([]) == data, path


def test_mixed_line_ends_stay_and_new_lines_take_the_most_common() -> None:
    letters = Letters(b"a\r\nb\r\nc\nd\re\r\n")
    assert letters.text == "a\nb\nc\nd\ne\n"
    at = letters.text.index("c")
    assert letters.after([Cut(at, at + 1, "c1\nc2")]) == b"a\r\nb\r\nc1\r\nc2\nd\re\r\n"
    assert letters.after([Cut(0, 0, "x"), Cut(8, 9, "E")]) == b"xa\r\nb\r\nc\nd\rE\r\n"


def test_places_are_lines_and_columns_of_the_file() -> None:
    letters = Letters("\ufeffä: 1\r\nb: 2\r\n".encode())
    assert letters.text[letters.offset(1, 3)] == "2"
    assert letters.column(letters.offset(1, 3)) == 3


def test_overlapping_cuts_are_a_mistake() -> None:
    with pytest.raises(ValueError):
        Letters(b"abcdef").after([Cut(0, 3, ""), Cut(2, 4, "")])


# --- single values --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "value", "wanted"),
    [
        ("a: 1   # one\nb: 2\n", 3, "a: 3   # one\nb: 2\n"),
        ("a: plain\n", "more words", "a: more words\n"),
        ("a: plain\n", "with: colon", 'a: "with: colon"\n'),
        ("a: plain\n", "104", 'a: "104"\n'),
        ("a: plain\n", "0714", "a: 0714\n"),
        ("a: plain\n", "yes", 'a: "yes"\n'),
        ("a: plain\n", "", 'a: ""\n'),
        ("a: plain\n", Bare("38.5"), "a: 38.5\n"),
        ("a: plain\n", True, "a: true\n"),
        ('a: "in quotes"  # kept\n', "others", 'a: "others"  # kept\n'),
        ("a: 'it''s'\n", "he's", "a: 'he''s'\n"),
        ("a: {b: 1, c: 2}\n", {"b": 1, "c": 3}, "a: {b: 1, c: 3}\n"),
        ("a:\n  b: 1  # x\n  c: 2  # y\n", {"b": 1, "c": 3}, "a:\n  b: 1  # x\n  c: 3  # y\n"),
        ("a: |\n  one\n  two\n\nb: 1\n", "three\n\nfour", "a: |\n  three\n\n  four\n\nb: 1\n"),
        ("a: >-\n  one\n  two\n\n  three\nb: 1\n", "one two\nfive", "a: >-\n  one\n  two\n\n  five\nb: 1\n"),
        ("a: one\n  two\nb: 1\n", "three", "a: three\nb: 1\n"),
    ],
)
def test_a_value_changes_in_its_own_layout(text: str, value: Any, wanted: str) -> None:
    assert after(text, lambda document: document.set(("a",), value)) == wanted


def test_a_long_text_over_several_lines_is_folded_again() -> None:
    words = "word " * 60 + "end"
    found = after('a: "one\n  two"\nb: 1\n', lambda document: document.set(("a",), words))
    assert all(len(line) <= 112 for line in found.split("\n"))
    assert Document("again", found.encode()).plain("a") == words


# --- keys -----------------------------------------------------------------------------------------------------------

ORDER = ("id", "name", "steps", "note")


@pytest.mark.parametrize(
    ("text", "key", "wanted"),
    [
        ("- {id: x, note: n}  # c\n", "steps", "- {id: x, steps: 3, note: n}  # c\n"),
        ("- {note: n}\n", "id", "- {id: 3, note: n}\n"),
        ("- {id: x}\n", "other", "- {id: x, other: 3}\n"),
        ("- id: x  # c\n  note: n\n", "steps", "- id: x  # c\n  steps: 3\n  note: n\n"),
        ("- note: n\n", "id", "- id: 3\n  note: n\n"),
        ("- id: x\n  name: |\n    long\n    text\n", "steps", "- id: x\n  name: |\n    long\n    text\n  steps: 3\n"),
        ("- id: x\n\n# next\n- id: y\n", "steps", "- id: x\n  steps: 3\n\n# next\n- id: y\n"),
        ("- id: x", "steps", "- id: x\n  steps: 3"),
    ],
)
def test_a_new_key_takes_its_place_in_the_order(text: str, key: str, wanted: str) -> None:
    head = "list:\n" + text
    assert after(head, lambda d: d.set(("list", 0, key), 3, ORDER)) == "list:\n" + wanted


@pytest.mark.parametrize(
    ("text", "key", "wanted"),
    [
        ("a: {x: 1, y: 2, z: 3}\n", "y", "a: {x: 1, z: 3}\n"),
        ("a: {x: 1, y: 2}\n", "x", "a: {y: 2}\n"),
        ("a: {x: 1, y: 2}\n", "y", "a: {x: 1}\n"),
        ("a:\n  x: 1  # one\n  # about y\n  y: 2  # two\n  z: 3\n", "y", "a:\n  x: 1  # one\n  # about y\n  z: 3\n"),
        ("a:\n  x: 1\n  y:\n    - 1\n    - 2\n", "y", "a:\n  x: 1\n"),
        ("a:\n  x: 1\n  y: 2", "y", "a:\n  x: 1"),
    ],
)
def test_a_key_goes_with_its_line_and_no_other(text: str, key: str, wanted: str) -> None:
    assert after(text, lambda document: document.drop(("a", key))) == wanted


def test_the_first_key_behind_a_dash_makes_room_for_the_next() -> None:
    text = "a:\n  - x: 1\n    y: 2\n"
    assert after(text, lambda document: document.drop(("a", 0, "x"))) == "a:\n  - y: 2\n"
    with pytest.raises(EditRefused):
        after("a:\n  - x: 1\n    # about y\n    y: 2\n", lambda document: document.drop(("a", 0, "x")))


def test_a_key_is_renamed_in_its_place() -> None:
    text = "- {id: x, at: Camp, steps: 2}  # c\n"
    assert after("a:\n" + text, lambda d: d.rekey(("a", 0, "at"), "hex", "0714")) == "a:\n" + text.replace(
        "at: Camp", "hex: 0714"
    )


# --- items ----------------------------------------------------------------------------------------------------------

LAYOUTS = [
    ("l:\n  # head\n  - {a: 1}  # one\n\n  # second\n  - {a: 2}\n# end\n", "  - {a: 9}\n"),
    ("l:\n- a: 1  # one\n  b: 1\n# between\n- a: 2\n  b: 2\nm: 1\n", "- a: 9\n"),
]


@pytest.mark.parametrize(("text", "line"), LAYOUTS)
@pytest.mark.parametrize("index", [0, 1, 2])
def test_an_item_comes_as_lines_of_its_own(text: str, line: str, index: int) -> None:
    found = after(text, lambda document: document.insert(("l",), index, {"a": 9}))
    assert found.replace(line, "", 1) == text
    assert Document("again", found.encode()).plain("l", index) == {"a": "9"}


@pytest.mark.parametrize(("text", "line"), LAYOUTS)
@pytest.mark.parametrize("index", [0, 1])
def test_an_item_goes_with_its_lines(text: str, line: str, index: int) -> None:
    found = after(text, lambda document: document.remove(("l", index)))
    kept = [line for line in text.split("\n") if line in found.split("\n")]
    assert found.split("\n") == kept
    assert [line for line in text.split("\n") if line.lstrip().startswith("#")] == [
        line for line in kept if line.lstrip().startswith("#")
    ]


def test_a_list_can_become_empty_and_fill_again() -> None:
    text = "l:  # things\n  - {a: 1}\nm: 1\n"
    empty = after(text, lambda document: document.remove(("l", 0)))
    assert empty == "l: []  # things\nm: 1\n"
    assert after(empty, lambda document: document.append(("l",), {"a": 1})) == text


def test_a_list_that_is_not_there_begins_a_section() -> None:
    text = "format: 1\n\na: 1\n\nb:\n  - {x: 1}\n"
    found = after(text, lambda document: document.append(("c",), {"x": 2}))
    assert found == text + "\nc:\n  - {x: 2}\n"


LONG = "l: [" + ", ".join(f"{number:04d}" for number in range(1000, 1018)) + ",\n  2000, 2001]  # end\nm: 1\n"


def test_lists_in_brackets_grow_on_their_line_until_it_is_full() -> None:
    assert after("l: [a, b]  # c\n", lambda d: d.append(("l",), "c")) == "l: [a, b, c]  # c\n"
    assert after("l: []\n", lambda d: d.insert(("l",), 0, Bare("1"))) == "l:\n  - 1\n"
    found = after(LONG, lambda d: d.append(("l",), "2002", "2003"))
    assert found == LONG.replace("2001]", "2001, 2002, 2003]")
    found = after(LONG, lambda d: d.insert(("l",), 17, "1500"))
    assert found == LONG.replace("1016, 1017,\n", "1016, 1500, 1017,\n")
    many = [str(number) for number in range(3000, 3030)]
    found = after(LONG, lambda d: d.append(("l",), *many))
    assert found.startswith(LONG[: LONG.index("2001")])
    assert all(len(line) < 120 for line in found.split("\n"))


def test_lists_in_brackets_shrink_on_the_lines_they_must() -> None:
    for gone in ("1000", "1005", "1017", "2000", "2001"):

        def without(document: Document, gone: str = gone) -> None:
            document.replace(("l",), [x for x in document.items("l") if x != gone])

        found = after(LONG, without)
        differing = [pair for pair in zip(LONG.split("\n"), found.split("\n"), strict=True) if pair[0] != pair[1]]
        assert len(differing) == 1
    assert after("l: [a, b]\n", lambda d: d.replace(("l",), ["b"])) == "l: [b]\n"
    assert after("l: [a,  # first\n  b]\n", lambda d: d.remove(("l", 1))).count("# first") == 1
    assert after("l: [a,  # first\n  b]\n", lambda d: d.remove(("l", 0))).count("# first") == 1


def test_what_is_laid_out_in_a_way_of_its_own_is_refused_and_stays() -> None:
    document = Document("test.yaml", b"l:\n  - - a\n    - b\n  - - c\n")
    with pytest.raises(EditRefused, match="change it in the text"):
        document.remove(("l", 0, 0))
    assert document.data == b"l:\n  - - a\n    - b\n  - - c\n"


def test_what_is_no_yaml_is_refused() -> None:
    with pytest.raises(EditRefused, match="not valid YAML"):
        Document("test.yaml", b"a: [1")
    with pytest.raises(EditRefused):
        Document("test.yaml", b"a: *x\n")


def one_of_each_kind_first(paths: list[Path]) -> list[Any]:
    """All files; the shortest one of each name is tried every time, the others are a long batch."""
    quick = {path.name: path for path in sorted(paths, key=lambda path: -path.stat().st_size)}.values()
    return [path if path in quick else pytest.param(path, marks=pytest.mark.slow) for path in paths]


@pytest.mark.parametrize(
    "path",
    one_of_each_kind_first([p for p in FILES if p.suffix == ".yaml"]),
    ids=lambda p: f"{p.parent.name}/{p.name}",
)
def test_items_of_every_shipped_list_can_go_and_all_other_lines_stay(path: Path) -> None:
    data = path.read_bytes()
    document = Document(path.name, data)
    old = data.decode().split("\n")
    for key, value in document.plain().items():
        if not isinstance(value, list) or not value or not isinstance(value[0], dict):
            continue
        for number in {0, len(value) // 2, len(value) - 1}:
            document = Document(path.name, data)
            document.remove((key, number))
            new = document.data.decode().split("\n")
            kept = iter(old)
            if len(value) > 1:
                assert all(line in kept for line in new)
            comments = [line for line in old if line.startswith("#")]
            assert [line for line in new if line.startswith("#")] == comments


# --- new text -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "value", ["a", "a b", "- a", "a: b", "#a", "a #b", "[a]", "null", "~", "1.5", "2017-09-05", "é"]
)
def test_any_text_is_read_back_as_itself(value: str) -> None:
    document = Document("test.yaml", f"a: {scalar(value)}\nb: [{flow(value)}]\n".encode())
    assert (document.plain("a"), document.items("b")) == (value, [value])


def test_long_lists_are_wrapped() -> None:
    text = wrapped([f"{n:04d}" for n in range(60)], 10, 4)
    assert all(len(line) <= 112 for line in text.split("\n"))
    assert text.split("\n")[1].startswith("    0")
