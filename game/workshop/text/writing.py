"""New values as YAML text: quotes where they are needed, long lists and texts wrapped as the shipped files are."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from typing import TypeAlias

WIDTH = 112

_PLAIN = re.compile(r"[A-Za-z0-9][A-Za-z0-9 _./()+'-]*(?<! )")
_WORDS = frozenset({"true", "false", "yes", "no", "on", "off", "null", "y", "n", "~"})
_NUMBER = re.compile(r"[-+]?[0-9][0-9_]*(\.[0-9_]*)?([eE][-+]?[0-9]+)?|0[xo][0-9A-Fa-f]+")
_LABEL = re.compile(r"[0-9]{4}|[0-9]{6}")

_PIECES = re.compile(r'(?:"(?:\\.|[^"\\])*"|[^",]|,(?! ))+(?:, |$)')


class Bare(str):
    """A text that stands without quotes whatever it looks like: a decimal number."""

    __slots__ = ()


Value: TypeAlias = "str | int | bool | Sequence[Value] | Mapping[str, Value]"


def as_text(value: str | int | bool) -> str:
    """What a reader of the file gets for a single value."""
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value)


def scalar(value: str | int | bool, style: str = "") -> str:
    """A single value on one line; ``style`` is how the one before it was quoted."""
    text = as_text(value)
    if isinstance(value, (int, Bare)):
        return text
    if style == "'" and "\n" not in text:
        return "'" + text.replace("'", "''") + "'"
    if style != '"' and is_plain(text):
        return text
    return json.dumps(text, ensure_ascii=False)


def is_plain(text: str) -> bool:
    """Whether a text can stand without quotes, here and for other readers of YAML, and mean itself."""
    if not _PLAIN.fullmatch(text) or text.lower() in _WORDS:
        return False
    return bool(_LABEL.fullmatch(text)) or not _NUMBER.fullmatch(text)


def flow(value: Value) -> str:
    """Any value on one line, lists in brackets and mappings in braces."""
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{scalar(key)}: {flow(item)}" for key, item in value.items()) + "}"
    if isinstance(value, (str, int)):
        return scalar(value)
    return "[" + ", ".join(flow(item) for item in value) + "]"


def flow_lines(value: Value, indent: int) -> str:
    """The same, broken behind a comma where it grows too long; lines that follow are indented."""
    text = flow(value)
    if indent + len(text) <= WIDTH or not isinstance(value, Mapping) or all(_is_single(v) for v in value.values()):
        return text
    out, width = "", indent
    for piece in _PIECES.findall(text):
        if out and width + len(piece.rstrip()) > WIDTH:
            out, width = out.rstrip() + "\n" + " " * (indent + 2), indent + 2
        out, width = out + piece, width + len(piece)
    return out


def _is_single(value: Value) -> bool:
    return isinstance(value, (str, int))


def wrapped(value: Sequence[Value], column: int, indent: int) -> str:
    """A list in brackets that begins at a column; lines that follow are indented."""
    text, width = "[", column + 1
    for number, item in enumerate(value):
        piece = flow(item) + ("]" if number == len(value) - 1 else ",")
        if number and width + len(piece) + 1 > WIDTH:
            text, width = text + "\n" + " " * indent, indent
        elif number:
            text, width = text + " ", width + 1
        text, width = text + piece, width + len(piece)
    return text if value else "[]"


def block(value: Value, column: int, indent: int) -> str:
    """A value as it stands behind ``key:`` of a block mapping, the blank before it included.

    ``column`` is where the text behind the colon begins, ``indent`` that of the lines of the mapping.
    """
    if isinstance(value, Mapping):
        simple = all(isinstance(item, (str, int)) for item in value.values())
        if simple and len(flow(value)) + column < WIDTH:
            return " " + flow(value)
        return "".join("\n" + " " * (indent + 2) + pair(key, item, indent + 2) for key, item in value.items())
    if isinstance(value, (Bare, int)):
        return " " + scalar(value)
    if isinstance(value, str):
        return " " + (literal(value, indent + 2) if "\n" in value else scalar(value))
    if value and all(isinstance(item, Mapping) for item in value):
        return "".join("\n" + " " * (indent + 2) + "- " + flow(item) for item in value)
    return " " + wrapped(value, column + 1, indent + 2)


def pair(key: str, value: Value, indent: int) -> str:
    """A line, or several, of a block mapping: key and value."""
    name = scalar(key) + ":"
    return name + block(value, indent + len(name), indent)


def entry(value: Mapping[str, Value], indent: int) -> str:
    """A mapping behind a dash, a line a key; ``indent`` is that of its keys."""
    return ("\n" + " " * indent).join(pair(key, item, indent) for key, item in value.items())


def literal(text: str, indent: int) -> str:
    """A text of several lines behind ``|``."""
    lines = text.rstrip("\n").split("\n")
    if lines[0].startswith(" ") or any(line != line.rstrip() for line in lines):
        return json.dumps(text, ensure_ascii=False)
    return "|" + "".join("\n" + (" " * indent + line if line else "") for line in lines)


def folded(text: str, column: int, indent: int, style: str) -> str:
    """A long single value over several lines, broken at blanks; ``style`` as for :func:`scalar`."""
    words = scalar(text, style).split(" ")
    out, width = words[0], column + len(words[0])
    for word, after in zip(words[1:], [*words[2:], "x"][: len(words) - 1], strict=True):
        if width + 1 + len(word) > WIDTH and word and after and not out.endswith((" ", "\\")):
            out, width = out + "\n" + " " * indent + word, indent + len(word)
        else:
            out, width = out + " " + word, width + 1 + len(word)
    return out
