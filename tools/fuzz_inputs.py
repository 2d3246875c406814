"""Hostile inputs for the loader, the reader of packs and the intake of pictures: sound ones, spoilt where it hurts.

An input is a function of the seed of the run, its kind and its number, so that a failure can be made again. Scenario
files are spoilt as trees (keys, values, nesting) and as bytes; zips in their entries, their headers and their bytes;
pictures in their header, their chunks and their bytes, with checksums mended or not.
"""

from __future__ import annotations

import json
import re
import zlib
from collections.abc import Callable
from random import Random
from struct import pack, unpack_from
from typing import Any

from game.schema.nodes import ListNode, Node, TableNode, TextNode
from game.schema.reader import read_bytes
from tests.zips import BASE, base_entries, chunk, png_bytes, written

FILES = {path.relative_to(BASE).as_posix(): path.read_bytes() for path in sorted(BASE.rglob("*.*"))}
YAML_FILES = [name for name in FILES if name.endswith(".yaml")]

WORDS = [
    "", "~", "null", "No", "on", "0107", "0908", "-1", "0", "1", "7", "99", "1000000", "1000001", "9" * 30, "9" * 5000,
    "1e400", ".nan", ".inf", "-.inf", "0x7F", "2017-09-31", "2017-9-5", "0000-00-00", "9999-12-31", "0404/S", "9999/N",
    "a/b", "../../etc/passwd", "CON", "x" * 49, "x" * 257, "x" * 17000, "saa", "sdf", "isis", "Northtown", "mech",
    "{0.__class__}", "%n%s", "$HOME", "__import__('os')", "\u0627\u0644\u062f\u064a\u0631", "\U0001f405", "e\u0301",
    "\u202e", "\u200b", "\x1b[2J", "\x00", "\ud7ff", "\ufeff", "\u2028", "a: b", "- a", "# a", "'", '"', "|", ">",
    "&a", "*a", "!t", "<<", "{", "[", "}", "]", "true", "format", "\t", "a\nb", "0101, 0202",
]  # fmt: skip
RAW = [
    b"&a ", b"*a", b"!!python/object/apply:os.system [id]", b"!t ", b"<<: ", b"---\n", b"...\n", b"%YAML 1.1\n", b"\t",
    b"[" * 40, b"{a: " * 40, b"- " * 60, b"]", b"}", b": ", b"? ", b"\xff", b"\xc3", b"\xed\xa0\x80", b"\x00", b"\x85",
    b"\xe2\x80\xae", b"\r", b"\r\n", b"|\n", b">-\n", b'"', b"'", b"\\", b"#", b"\xef\xbb\xbf", b"\xff\xfe", b"@", b"`",
]  # fmt: skip


MOST_SPOTS = 5_000
"""A tree beyond that is large enough: what is doubled again and again would never come to an end."""


def spoilt_file(dice: Random) -> tuple[str, bytes]:
    """A scenario file, spoilt as a tree or as bytes."""
    name = dice.choice(YAML_FILES)
    if dice.random() < 0.7:
        return name, spoilt_tree(dice, name)
    return name, spoilt_bytes(dice, FILES[name])


def spoilt_scenario(dice: Random) -> dict[str, bytes]:
    """All files of a scenario, one or two of them spoilt a little, so that much of it is still understood."""
    files = dict(FILES)
    for _ in range(dice.randint(1, 2)):
        name = dice.choice(list(files))
        if name.endswith(".yaml") and dice.random() < 0.8:
            files[name] = spoilt_tree(dice, name, dice.randint(1, 2))
        elif name.endswith(".txt"):
            files[name] = spoilt_drawing(dice, files[name])
        elif dice.random() < 0.3:
            del files[name]
    return files


def spoilt_drawing(dice: Random, data: bytes) -> bytes:
    """The drawing of the ground with other symbols, or lines too many or too few."""
    lines = data.decode().split("\n")
    for _ in range(dice.randint(1, 4)):
        at = dice.randrange(len(lines))
        symbols = lines[at].split(" ")
        symbols[dice.randrange(len(symbols))] = dice.choice([*".,vwhmrUx~_", "?", "", "##", "\u202e", "Z"])
        lines[at] = dice.choice([" ".join(symbols)] * 4 + [""] + [lines[at] + " ."])
    return "\n".join(lines * (50 if dice.random() < 0.02 else 1)).encode("utf-8", "surrogatepass")


# --- trees ----------------------------------------------------------------------------------------------------------


def tree_of(node: Node | None) -> Any:
    """A node as lists of pairs, lists and texts."""
    if isinstance(node, TableNode):
        return {"pairs": [[key.text, tree_of(value)] for key, value in node.pairs()]}
    if isinstance(node, ListNode):
        return [tree_of(item) for item in node.items]
    return node.text if isinstance(node, TextNode) else ""


def spoilt_tree(dice: Random, name: str, changes: int = 0) -> bytes:
    """A file of the base with a few changes that keep it a tree, written in one of several styles."""
    tree = tree_of(read_bytes(FILES[name], name)[0])
    for _ in range(changes or dice.choice([1, 1, 1, 2, 3])):
        spots = spots_of(tree)
        if spots and len(spots) < MOST_SPOTS:
            dice.choice(CHANGES)(dice, *dice.choice(spots))
    return emitted(dice, tree, 0).encode("utf-8", "surrogatepass") + b"\n"


def spots_of(tree: Any) -> list[tuple[list[Any], int]]:
    """Every list in the tree with every place in it: entries of lists, and pairs of mappings."""
    found: list[tuple[list[Any], int]] = []
    waiting = [tree]
    for one in waiting:
        rows = one["pairs"] if isinstance(one, dict) else one if isinstance(one, list) else []
        found += [(rows, number) for number in range(len(rows))]
        waiting += [entry[1] if isinstance(one, dict) else entry for entry in rows]
    return found


def _put(rows: list[Any], at: int, value: Any) -> None:
    if isinstance(rows[at], list) and len(rows[at]) == 2 and isinstance(rows[at][0], str):
        rows[at][1] = value
    else:
        rows[at] = value


def _word(dice: Random, rows: list[Any], at: int) -> None:
    _put(rows, at, dice.choice(WORDS))


def _drop(dice: Random, rows: list[Any], at: int) -> None:
    del rows[at]


def _twice(dice: Random, rows: list[Any], at: int) -> None:
    text = json.dumps(rows[at])
    times = dice.choice([1, 1, 2, 9, 300 if len(text) < 300 else 9])
    rows[at:at] = [json.loads(text) for _ in range(times)]


def _swap(dice: Random, rows: list[Any], at: int) -> None:
    other = dice.randrange(len(rows))
    rows[at], rows[other] = rows[other], rows[at]


def _rename(dice: Random, rows: list[Any], at: int) -> None:
    if isinstance(rows[at], list) and rows[at] and isinstance(rows[at][0], str):
        rows[at][0] = dice.choice([rows[at][0][:-1], rows[at][0] + "s", *WORDS[:40]])


def _deep(dice: Random, rows: list[Any], at: int) -> None:
    value: Any = dice.choice(WORDS)
    for _ in range(dice.choice([1, 2, 5, 30, 33, 100])):
        value = [value] if dice.random() < 0.5 else {"pairs": [["a", value]]}
    _put(rows, at, value)


def _many(dice: Random, rows: list[Any], at: int) -> None:
    _put(rows, at, [dice.choice(WORDS[:40])] * dice.choice([0, 2, 50, 3000]))


CHANGES: tuple[Callable[[Random, list[Any], int], None], ...] = (
    _word, _word, _word, _word, _drop, _drop, _twice, _swap, _rename, _rename, _deep, _many,
)  # fmt: skip


def emitted(dice: Random, tree: Any, depth: int) -> str:
    """The tree as YAML: in blocks near the top, in brackets below; texts plain, quoted or raw."""
    block = depth < 2 and dice.random() < 0.9
    if isinstance(tree, dict):
        pairs = [f"{_text(dice, key)}: {emitted(dice, value, depth + 1)}" for key, value in tree["pairs"]]
        return _indented(pairs, "", depth) if block and pairs else "{" + ", ".join(pairs) + "}"
    if isinstance(tree, list):
        items = [emitted(dice, item, depth + 1 if not block else max(depth + 1, 2)) for item in tree]
        return _indented(items, "- ", depth) if block and items else "[" + ", ".join(items) + "]"
    return _text(dice, tree)


def _indented(rows: list[str], mark: str, depth: int) -> str:
    blank = "\n" + "  " * depth
    return (blank if depth else "") + blank.join(mark + row for row in rows)


def _text(dice: Random, text: str) -> str:
    if dice.random() < 0.03:
        return text
    plain = text and text.replace("-", "").replace(" ", "").replace("/", "").isalnum() and text == text.strip()
    if plain and dice.random() < 0.9:
        return text
    return json.dumps(text, ensure_ascii=dice.random() < 0.5)


# --- bytes ----------------------------------------------------------------------------------------------------------


def spoilt_bytes(dice: Random, data: bytes, most: int = 6) -> bytes:
    """Bytes changed, cut, doubled, or with something nasty between them."""
    found = bytearray(data)
    for _ in range(dice.randint(1, most)):
        at = dice.randrange(len(found) + 1)
        act = dice.randrange(6)
        if act == 0 and found:
            found[at % len(found)] = dice.randrange(256)
        elif act == 1:
            found[at:at] = dice.choice(RAW)
        elif act == 2:
            del found[at : at + dice.choice([1, 2, 9, 100])]
        elif act == 3:
            end = at + dice.choice([1, 4, 30, 400])
            found[at:at] = found[at:end] * dice.choice([1, 1, 3, 100])
        elif act == 4 and dice.random() < 0.3:
            del found[at:]
        elif found:
            other = dice.randrange(len(found))
            found[at % len(found)], found[other] = found[other], found[at % len(found)]
    return bytes(found)


# --- zips -----------------------------------------------------------------------------------------------------------

NAMES = [
    "../evil.py", "/etc/passwd", "C:/x", "a\\b", "base/CON", "base/aux.yaml", "base/map.yaml", "BASE/map.yaml", "base/",
    "base", "base//x.md", "base/./x.md", "base/x.", "base/x ", "n" * 121, "a/" * 7 + "x", "base/cafe\u0301.md", "",
    "base/caf\u00e9.md", "base/\u202e.md", "base/\x00.md", "base/x.zip", "base/x.py", "scenario.yaml",
    "other/scenario.yaml", "__MACOSX/x", "base/forces",
    "base/forces/zzz.yaml", "base/cover.png", "base/pictures/a.png", "base/README.md",
]  # fmt: skip
CLAIMS: dict[str, list[Any]] = {
    "size": [0, 1, 10, 10**6, 2**31, 2**32 - 1],
    "method": [0, 1, 8, 9, 12, 14, 93, 99, 65535],
    "flags": [0, 1, 8, 64, 0x800, 0x2000, 0xFFFF],
    "mode": ["100644", "120777", "040755", "020666", "010644", "140777", "0", "177777"],
    "same_bytes_as": ["base/map.yaml", "base/scenario.yaml"],
}


BASES = {top: list(base_entries(top)) for top in ("base/", "", "a/b/")}


def spoilt_zip(dice: Random) -> bytes:
    """A pack with odd entries, then headers with odd numbers, then odd bytes; seldom all of it."""
    entries: list[dict[str, Any]] = [dict(one) for one in BASES[dice.choice(["base/", "base/", "", "a/b/"])]]
    if dice.random() < 0.6:
        _odd_entries(dice, entries)
    data = written(entries)
    if dice.random() < 0.4:
        data = _odd_headers(dice, data)
    if dice.random() < 0.4:
        data = spoilt_bytes(dice, data, 3)
    return data


def _odd_entries(dice: Random, entries: list[dict[str, Any]]) -> None:
    for _ in range(dice.randint(1, 3)):
        act = dice.randrange(5)
        one = dice.choice(entries)
        if act == 0:
            new = {"name": dice.choice(NAMES), "text": "x" * dice.randrange(9)}
            entries.insert(dice.randrange(len(entries) + 1), new)
        elif act == 1:
            key = dice.choice(list(CLAIMS))
            one[key] = dice.choice(CLAIMS[key])
        elif act == 2:
            one["name"] = dice.choice(NAMES)
        elif act == 3:
            one["repeat"] = dice.choice(["\0", "ab", "- 1\n"])
            one["times"] = dice.choice([0, 10, 10**5, 10**5, 2 * 10**6])
        else:
            times = dice.choice([2, 30, 30, 30, 2500])
            entries += [{"name": f"base/{n}.md", "text": ""} for n in range(times)]


def _odd_headers(dice: Random, data: bytes) -> bytes:
    """A number of some header becomes another."""
    found = bytearray(data)
    for _ in range(dice.randint(1, 3)):
        mark = dice.choice([b"PK\1\2", b"PK\1\2", b"PK\3\4", b"PK\5\6"])
        spots = [match.start() for match in re.finditer(re.escape(mark), found)]
        if not spots:
            continue
        width = dice.choice([2, 4])
        at = dice.choice(spots) + 4 + dice.randrange(0, 42, 2)
        number = dice.choice([0, 1, 2, 8, 20, 255, len(data), 2**16 - 1, 2**31, 2**32 - 1]) % 256**width
        found[at : at + width] = pack("<L", number)[:width]
    return bytes(found)


# --- pictures -------------------------------------------------------------------------------------------------------


ODD_HEADERS: dict[str, list[Any]] = {
    "size": [(4097, 1), (60000, 60000), (0, 1)], "depth": [16, 3], "colour": [1, 7], "interlaced": [1, 9],
}  # fmt: skip


BOMBS = [zlib.compress(bytes(size)) for size in (10, 10**5, 2 * 10**7)]


def spoilt_png(dice: Random) -> bytes:
    """A small picture of some kind with odd numbers, odd chunks, odd bytes."""
    told: dict[str, Any] = {"size": dice.choice([(4, 3), (1, 1), (64, 40), (200, 100), (4096, 2)])}
    told["colour"] = dice.choice([0, 2, 2, 3, 4, 6, 6])
    told["depth"] = dice.choice([8, 8, 1, 2, 4]) if told["colour"] in (0, 3) else 8
    if dice.random() < 0.3:
        name = dice.choice(list(ODD_HEADERS))
        told[name] = dice.choice(ODD_HEADERS[name])
    told["rows"] = min(told["size"][1], 300) if dice.random() < 0.9 else dice.choice([0, 1, 299])
    data = png_bytes(told)
    if dice.random() < 0.6:
        data = _odd_chunks(dice, data)
    return spoilt_bytes(dice, data, 3) if dice.random() < 0.4 else data


def _odd_chunks(dice: Random, data: bytes) -> bytes:
    chunks, at = [], 8
    while at + 8 <= len(data):
        (length,) = unpack_from(">L", data, at)
        chunks.append((data[at + 4 : at + 8], data[at + 8 : at + 8 + length]))
        at += 12 + length
    for _ in range(dice.randint(1, 3)):
        at = dice.randrange(len(chunks)) if chunks else 0
        act = dice.randrange(7)
        if act == 0 and chunks:
            del chunks[at]
        elif act == 1 and chunks:
            chunks[at:at] = [chunks[at]] * dice.choice([1, 2, 3000 if len(chunks[at][1]) < 100 else 5])
        elif act == 2:
            kinds = (b"tEXt", b"iCCP", b"zTXt", b"tRNS", b"PLTE", b"IDAT", b"IEND", b"IHDR", b"acTL", bytes(4))
            chunks.insert(at, (dice.choice(kinds), dice.choice([b"", b"a\0b", bytes(dice.choice([3, 6, 257, 70000]))])))
        elif act == 3:
            dice.shuffle(chunks)
        elif act == 4 and chunks:
            chunks[at] = (chunks[at][0], spoilt_bytes(dice, chunks[at][1], 2))
        elif act == 5:
            bomb = dice.choice(BOMBS)
            chunks = [(kind, bomb if kind == b"IDAT" else body) for kind, body in chunks]
        elif chunks:
            kind, body = chunks[at]
            chunks[at : at + 1] = [(kind, body[n : n + 1]) for n in range(min(len(body), 5000))] or [(kind, b"")]
    out = data[:8] + b"".join(chunk(kind, body) for kind, body in chunks)
    if dice.random() < 0.1:
        out = out.replace(b"IDAT", b"IDAT" + pack(">L", dice.getrandbits(32)), 1)
    return out
