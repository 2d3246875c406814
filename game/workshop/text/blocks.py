"""Where to cut so that a list with dashes, or a mapping with a line a key, gets or loses an entry: whole lines."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from game.workshop.refused import EditRefused
from game.workshop.text.letters import Cut, Letters
from game.workshop.text.lists import flow_insert, flow_remove
from game.workshop.text.marks import ListMark, Mark, TableMark
from game.workshop.text.writing import Value, entry, flow, flow_lines, pair, scalar


class Unusual(EditRefused):
    """The author laid this out in a way that cannot be changed line by line."""


# --- keys of a mapping ----------------------------------------------------------------------------------------------


def new_pair(
    letters: Letters, table: TableMark, key: str, value: Value, order: Sequence[str], *, sections: bool
) -> list[Cut]:
    """A new key behind those that ``order`` has before it; ``sections``: these are a file's own keys."""
    keys = list(table.values)
    earlier = order[: list(order).index(key)] if key in order else ()
    behind = [number for number, one in enumerate(keys) if one in earlier]
    number = max(behind) + 1 if behind else 0 if key in order and keys else len(keys)
    if table.flow:
        return flow_insert(letters, table, number, [f"{scalar(key)}: {flow(value)}"])
    indent = letters.column(table.start)
    text = pair(key, value, indent)
    if number == 0:
        return [Cut(table.start, table.start, text + "\n" + " " * indent)]
    before = keys[number - 1]
    at = letters.line_end(max(table.values[before].end, table.keys[before].end))
    long = not isinstance(value, (str, int)) and "\n\n" in letters.text[table.start : table.end]
    return [Cut(at, at, "\n" * (1 + (sections and long)) + " " * indent + text)]


def without_pair(letters: Letters, table: TableMark, number: int) -> list[Cut]:
    """A key out of a mapping; the comment on its line goes with it."""
    if table.flow:
        return flow_remove(letters, table, number, number + 1)
    keys, values = list(table.keys.values()), list(table.values.values())
    key, behind = keys[number], max(values[number].end, keys[number].end)
    if len(keys) == 1:
        return [Cut(key.start, behind, "{}")]
    if not letters.text[letters.line_start(key.start) : key.start].strip():
        return [lines(letters, key.start, letters.line_end(behind))]
    # It stands behind a dash: the next key moves there, unless a comment lies between.
    gap = letters.text[behind : keys[1].start]
    if "#" in gap:
        raise Unusual("a comment stands between the dash and the next key")
    return [Cut(key.start, keys[1].start, "")]


# --- items of a list ------------------------------------------------------------------------------------------------


def new_items(letters: Letters, found: ListMark, index: int, values: Sequence[Value]) -> list[Cut]:
    """Items before the one at ``index`` of a list that has some, laid out like the one beside them."""
    indent = letters.column(found.start)
    near = found.items[index - 1 if index else 0]
    texts = ["- " + _like(near, value, indent + 2) for value in values]
    if index == 0:
        return [Cut(found.start, found.start, "".join(text + "\n" + " " * indent for text in texts))]
    at = letters.line_end(near.end)
    return [Cut(at, at, "".join("\n" + " " * indent + text for text in texts))]


def _like(near: Mark, value: Value, indent: int) -> str:
    if isinstance(value, Mapping) and isinstance(near, TableMark) and not near.flow:
        return entry(value, indent)
    return flow_lines(value, indent)


def first_items(
    letters: Letters, root: Mark, table: TableMark, key: str, values: Sequence[Value], *, spread: bool
) -> list[Cut]:
    """Items of a list that is written ``[]``, on lines of their own; ``spread``: a line a key."""
    found = table.values[key]
    indent = letters.column(table.keys[key].start) + _step(letters, root)
    bodies = [entry(v, indent + 2) if spread and isinstance(v, Mapping) else flow_lines(v, indent + 2) for v in values]
    at = letters.line_end(found.end)
    blank = len(letters.text[: found.start].rstrip(" "))
    return [Cut(blank, found.end, ""), Cut(at, at, "".join("\n" + " " * indent + "- " + body for body in bodies))]


def _step(letters: Letters, root: Mark) -> int:
    """How far the dashes of this file's lists stand in from their keys."""
    if isinstance(root, TableMark):
        for key, value in root.pairs():
            if isinstance(value, ListMark) and not value.flow:
                return letters.column(value.start) - letters.column(key.start)
    return 2


def without_item(letters: Letters, above: Mark | None, key: str | int, found: ListMark, index: int) -> list[Cut]:
    """An item out of a list; the last one leaves ``[]`` behind."""
    item = found.items[index]
    dash = _dash(letters, found, found.items[index - 1].end, item.start) if index else found.start
    if letters.text[letters.line_start(dash) : dash].strip():
        raise Unusual("a list stands in a list")
    whole = lines(letters, dash, letters.line_end(item.end))
    if len(found.items) > 1:
        return [whole]
    if not isinstance(above, TableMark):
        raise Unusual("a list stands in a list")
    colon = letters.text.index(":", above.keys[str(key)].end) + 1
    return [Cut(colon, colon, " []"), whole]


def _dash(letters: Letters, found: ListMark, after: int, before: int) -> int:
    column, at = letters.column(found.start), letters.line_end(after) + 1
    while at <= before:
        line = letters.text[at : letters.line_end(at)]
        if not line[:column].strip() and line[column : column + 1] == "-":
            return at + column
        at = letters.line_end(at) + 1
    raise Unusual("the dashes stand out of line")


def lines(letters: Letters, start: int, end: int) -> Cut:
    """Whole lines out of the text, from that of ``start`` to the one that ends at ``end``."""
    first = letters.line_start(start)
    if end < len(letters.text):
        return Cut(first, end + 1, "")
    return Cut(max(0, first - 1), end, "")
