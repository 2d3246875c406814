"""A YAML file that is changed value by value. Each change is cut into the text, read again, and compared with
what was wanted: a layout that this module does not understand is refused and never spoilt."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any, TypeAlias

import yaml

from game.workshop.refused import Refused
from game.workshop.text.letters import Cut, Letters
from game.workshop.text.lists import differences, flow_insert, flow_remove
from game.workshop.text.marks import ListMark, Mark, TableMark, TextMark, mark_at, marked
from game.workshop.text.writing import WIDTH, Value, as_text, block, entry, flow, folded, literal, pair, scalar

Path: TypeAlias = tuple[str | int, ...]


class Document:
    """A YAML text and its tree. Paths lead through keys and numbers of items: ("units", 3, "hex")."""

    __slots__ = ("name", "data", "letters", "root")

    def __init__(self, name: str, data: bytes) -> None:
        self.name = name
        self._read(data)

    def _read(self, data: bytes) -> None:
        try:
            self.data, self.letters = data, Letters(data)
            self.root = marked(self.letters)
        except (yaml.YAMLError, ValueError, RecursionError) as error:
            raise Refused(f"{self.name} is not valid YAML now: mend it as text first") from error

    # --- looking ----------------------------------------------------------------------------------------------------

    def mark(self, *path: str | int) -> Mark | None:
        """The value at a path with its place, None where there is none."""
        return mark_at(self.root, path)

    def plain(self, *path: str | int) -> Any:
        """The value at a path as texts, lists and mappings; None where there is none."""
        found = self.mark(*path)
        return None if found is None else found.plain()

    def items(self, *path: str | int) -> list[Any]:
        """The list at a path, empty where there is none."""
        found = self.plain(*path)
        return found if isinstance(found, list) else []

    # --- changing ---------------------------------------------------------------------------------------------------

    def set(self, path: Path, value: Value, order: Sequence[str] = ()) -> None:
        """Give a key of a mapping a value; a new key comes where ``order``, the keys as declared, has it."""
        *above, key = path
        table = self.mark(*above)
        if not isinstance(table, TableMark) or not isinstance(key, str):
            raise Refused(f"{self.name}: there is no mapping to write {key} into")
        if key in table.values:
            self.replace(path, value)
            return
        wanted: dict[str, Any] = {k: v.plain() for k, v in table.values.items()}
        wanted[key] = _plain(value)
        self._cut(self._new_pair(table, key, value, order), tuple(above), wanted)

    def replace(self, path: Path, value: Value) -> None:
        """Another value in the place of one that is there."""
        found = self.mark(*path)
        if found is None:
            raise Refused(f"{self.name}: {_shown(path)} is not there")
        if found.plain() == _plain(value):
            return
        if isinstance(found, ListMark) and not isinstance(value, (str, int, Mapping)):
            self._relist(path, found, value)
        elif isinstance(found, TableMark) and isinstance(value, Mapping):
            self._retable(path, value)
        elif isinstance(found, TextMark) and isinstance(value, (str, int)):
            self._cut([Cut(found.start, found.end, self._rewritten(found, value))], path, _plain(value))
        elif isinstance(found, TextMark) and not found.text and found.start == found.end:
            self._cut([Cut(found.start, found.end, " " + flow(value))], path, _plain(value))
        else:
            self._cut([Cut(found.start, found.end, flow(value))], path, _plain(value))

    def rekey(self, path: Path, key: str, value: Value | None = None) -> None:
        """Rename a key of a mapping in its place, and give it another value where one is given."""
        *above, old = path
        table = self.mark(*above)
        if not isinstance(table, TableMark) or not isinstance(old, str) or old not in table.keys:
            raise Refused(f"{self.name}: {_shown(path)} is not there")
        if key in table.keys:
            raise Refused(f"{self.name}: there is a {key} already")
        name, present = table.keys[old], table.values[old]
        cuts = [Cut(name.start, name.end, scalar(key, name.style))]
        if value is not None:
            cuts.append(Cut(present.start, present.end, flow(value)))
        wanted = {
            (key if k == old else k): (_plain(value) if k == old and value is not None else v.plain())
            for k, v in table.values.items()
        }
        self._cut(cuts, tuple(above), wanted)

    def drop(self, path: Path) -> None:
        """Take a key out of a mapping; nothing happens where it is not."""
        *above, key = path
        table = self.mark(*above)
        if not isinstance(table, TableMark) or not isinstance(key, str) or key not in table.values:
            return
        wanted = {k: v.plain() for k, v in table.values.items() if k != key}
        number = list(table.values).index(key)
        cuts = flow_remove(self.letters, table, number, number + 1) if table.flow else self._without_pair(table, number)
        self._cut(cuts, tuple(above), wanted)

    def insert(self, path: Path, index: int, value: Value, *, spread: bool = False) -> None:
        """Put an item into a list, laid out like its neighbours; ``spread``: a line a key where there are none."""
        found = self.mark(*path)
        if found is None and len(path) == 1:
            self.set(path, [])
            found = self.mark(*path)
        if not isinstance(found, ListMark):
            raise Refused(f"{self.name}: {_shown(path)} is no list")
        wanted = [item.plain() for item in found.items]
        wanted.insert(index, _plain(value))
        if found.flow and (found.items or not self._in_block(path)):
            cuts = flow_insert(self.letters, found, index, [flow(value)])
        elif found.items:
            cuts = self._new_item(found, index, value)
        else:
            cuts = self._first_item(path, found, value, spread)
        self._cut(cuts, path, wanted)

    def append(self, path: Path, value: Value, *, spread: bool = False) -> None:
        """Put an item at the end of a list."""
        self.insert(path, len(self.items(*path)), value, spread=spread)

    def remove(self, path: Path) -> None:
        """Take an item out of a list; a comment on its own lines goes with it, others stay."""
        *above, index = path
        found = self.mark(*above)
        if not isinstance(found, ListMark) or not isinstance(index, int) or not 0 <= index < len(found.items):
            raise Refused(f"{self.name}: {_shown(path)} is not there")
        wanted = [item.plain() for number, item in enumerate(found.items) if number != index]
        if found.flow:
            cuts = flow_remove(self.letters, found, index, index + 1)
        else:
            cuts = self._without_item(tuple(above), found, index)
        self._cut(cuts, tuple(above), wanted)

    def respell(self, places: Sequence[tuple[int, int]], text: str) -> None:
        """Another text for the single values and keys at these lines and columns, counted from 1."""
        starts = {self.letters.offset(line - 1, column - 1) for line, column in places}
        marks = [mark for mark in _singles(self.root) if mark.start in starts]
        if len(marks) != len(starts):
            raise Refused(_UNUSUAL.format(self.name, text))
        cuts = [Cut(mark.start, mark.end, scalar(text, mark.style)) for mark in marks]
        self._cut(cuts, (), _respelt(self.root, starts, text))

    # --- cutting ----------------------------------------------------------------------------------------------------

    def _cut(self, cuts: Sequence[Cut], path: Path, wanted: Any) -> None:
        """Make the cuts, and see that the value at the path is as wanted then and all others as they were."""
        expected, before = _put(self.root.plain(), path, wanted), self.data
        try:
            self._read(self.letters.after(cuts))
        except (Refused, ValueError):
            self._read(before)
            raise Refused(_UNUSUAL.format(self.name, _shown(path))) from None
        if self.root.plain() != expected:
            self._read(before)
            raise Refused(_UNUSUAL.format(self.name, _shown(path)))

    def _rewritten(self, found: TextMark, value: str | int) -> str:
        text, letters = as_text(value), self.letters
        if found.style in ("|", ">"):
            return self._prose(found, text)
        if "\n" in letters.text[found.start : found.end]:
            second = letters.text.index("\n", found.start) + 1
            rest = letters.text[second : found.end]
            indent = len(rest) - len(rest.lstrip(" \n"))
            return folded(text, letters.column(found.start), indent, found.style)
        return scalar(value, found.style)

    def _prose(self, found: TextMark, text: str) -> str:
        head, _, body = self.letters.text[found.start : found.end].partition("\n")
        lines = [line for line in body.split("\n") if line.strip()]
        indent = min((len(line) - len(line.lstrip(" ")) for line in lines), default=2)
        if found.style == ">":
            return _refolded(head, body, text, indent)
        written = literal(text, indent)
        return head + written[1:] if written.startswith("|") else written

    def _retable(self, path: Path, value: Mapping[str, Value]) -> None:
        present = self.plain(*path)
        for key in present:
            if key not in value:
                self.drop((*path, key))
        for key, item in value.items():
            self.set((*path, key), item)

    def _relist(self, path: Path, found: ListMark, value: Sequence[Value]) -> None:
        old, new = [item.plain() for item in found.items], [_plain(item) for item in value]
        if not found.flow:
            for i1, i2, j1, j2 in reversed(differences(old, new)):
                for number in reversed(range(i1, i2)):
                    self.remove((*path, number))
                for number in range(j1, j2):
                    self.insert(path, i1 + number - j1, value[number])
            return
        cuts: list[Cut] = []
        if not old or not new:
            texts = ", ".join(flow(item) for item in value)
            cuts = [Cut(found.start + 1, found.end - 1, texts)]
        else:
            for i1, i2, j1, j2 in reversed(differences(old, new)):
                self._restretch(path, i1, i2, [flow(item) for item in value[j1:j2]])
            return
        self._cut(cuts, path, new)

    def _restretch(self, path: Path, first: int, last: int, texts: list[str]) -> None:
        """Items of a list in brackets give way to others: as many as there are in their places, then the rest."""
        found = self.mark(*path)
        if not isinstance(found, ListMark):
            raise Refused(_UNUSUAL.format(self.name, _shown(path)))
        plain = [item.plain() for item in found.items]
        same = min(last - first, len(texts))
        if same:
            cuts = [Cut(found.items[first + n].start, found.items[first + n].end, texts[n]) for n in range(same)]
            plain[first : first + same] = [_reread(text) for text in texts[:same]]
            self._cut(cuts, path, plain)
            found = self.mark(*path)
            assert isinstance(found, ListMark)
        if last - first > same:
            del plain[first + same : last]
            self._cut(flow_remove(self.letters, found, first + same, last), path, plain)
        elif len(texts) > same:
            plain[first + same : first + same] = [_reread(text) for text in texts[same:]]
            self._cut(flow_insert(self.letters, found, first + same, texts[same:]), path, plain)

    # --- block layout -----------------------------------------------------------------------------------------------

    def _in_block(self, path: Path) -> bool:
        """Whether a value stands behind a key of a block mapping, with room for lines of its own below."""
        above = self.mark(*path[:-1])
        return isinstance(above, TableMark) and not above.flow

    def _new_pair(self, table: TableMark, key: str, value: Value, order: Sequence[str]) -> list[Cut]:
        keys = list(table.values)
        behind = [number for number, k in enumerate(keys) if key in order and k in order[: list(order).index(key)]]
        number = max(behind) + 1 if behind else 0 if key in order and keys else len(keys)
        if table.flow:
            return flow_insert(self.letters, table, number, [f"{scalar(key)}: {flow(value)}"])
        indent = self.letters.column(table.start)
        text = pair(key, value, indent)
        if number == 0:
            return [Cut(table.start, table.start, text + "\n" + " " * indent)]
        before = table.values[keys[number - 1]]
        at = self.letters.line_end(max(before.end, table.keys[keys[number - 1]].end))
        gap = "\n" if not path_of_root(self.root, table) else self._gap(table, value)
        return [Cut(at, at, gap + " " * indent + text)]

    def _gap(self, table: TableMark, value: Value) -> str:
        """Sections of a file keep the empty lines between them."""
        long = isinstance(value, (list, tuple, Mapping)) and "\n\n" in self.letters.text[table.start : table.end]
        return "\n\n" if long else "\n"

    def _without_pair(self, table: TableMark, number: int) -> list[Cut]:
        letters = self.letters
        keys, values = list(table.keys.values()), list(table.values.values())
        key, end = keys[number], letters.line_end(max(values[number].end, keys[number].end))
        if letters.text[letters.line_start(key.start) : key.start].strip():
            # It stands behind a dash: the next key moves there.
            if number + 1 == len(keys):
                return [Cut(table.start, max(table.end, key.end), "{}")]
            return [Cut(key.start, keys[number + 1].start, "")]
        if number + 1 == len(keys) and number == 0:
            return [Cut(key.start, max(values[0].end, key.end), "{}")]
        return [self._lines(key.start, end)]

    def _lines(self, start: int, end: int) -> Cut:
        """Whole lines out of the text, from that of ``start`` to that which ends at ``end``."""
        first = self.letters.line_start(start)
        if end < len(self.letters.text):
            return Cut(first, end + 1, "")
        return Cut(max(0, first - 1), end, "")

    def _new_item(self, found: ListMark, index: int, value: Value) -> list[Cut]:
        indent = self.letters.column(found.start)
        near = found.items[index - 1 if index else 0]
        text = "- " + self._like(near, value, indent + 2)
        if index == 0:
            return [Cut(found.start, found.start, text + "\n" + " " * indent)]
        at = self.letters.line_end(near.end)
        return [Cut(at, at, "\n" + " " * indent + text)]

    def _like(self, near: Mark, value: Value, indent: int) -> str:
        if isinstance(value, Mapping) and isinstance(near, TableMark) and not near.flow:
            return entry(value, indent)
        return flow(value)

    def _first_item(self, path: Path, found: ListMark, value: Value, spread: bool) -> list[Cut]:
        letters = self.letters
        above = self.mark(*path[:-1])
        key = above.keys[str(path[-1])] if isinstance(above, TableMark) else None
        indent = letters.column(key.start if key else found.start) + self._step()
        body = entry(value, indent + 2) if spread and isinstance(value, Mapping) else flow(value)
        at = letters.line_end(found.end)
        blank = found.start - len(letters.text[: found.start]) + len(letters.text[: found.start].rstrip(" "))
        return [Cut(blank, found.end, ""), Cut(at, at, "\n" + " " * indent + "- " + body)]

    def _step(self) -> int:
        """How far the dashes of this file's lists stand in from their keys."""
        if isinstance(self.root, TableMark):
            for key, value in self.root.pairs():
                if isinstance(value, ListMark) and not value.flow:
                    return self.letters.column(value.start) - self.letters.column(key.start)
        return 2

    def _without_item(self, path: Path, found: ListMark, index: int) -> list[Cut]:
        letters, item = self.letters, found.items[index]
        dash = found.start
        if index:
            dash = self._dash(found, found.items[index - 1].end, item.start)
        whole = self._lines(dash, letters.line_end(item.end))
        if letters.text[letters.line_start(dash) : dash].strip():
            raise Refused(_UNUSUAL.format(self.name, _shown(path)))
        if len(found.items) > 1:
            return [whole]
        above = self.mark(*path[:-1])
        if not isinstance(above, TableMark):
            raise Refused(_UNUSUAL.format(self.name, _shown(path)))
        colon = letters.text.index(":", above.keys[str(path[-1])].end) + 1
        return [Cut(colon, colon, " []"), whole]

    def _dash(self, found: ListMark, after: int, before: int) -> int:
        column, at = self.letters.column(found.start), self.letters.line_end(after) + 1
        while at <= before:
            line = self.letters.text[at : self.letters.line_end(at)]
            if line[:column].strip() == "" and line[column : column + 1] == "-":
                return at + column
            at = self.letters.line_end(at) + 1
        raise Refused(_UNUSUAL.format(self.name, "this list"))


_UNUSUAL = "{}: {} is laid out in a way that cannot be changed here; change it in the text of the file"


def path_of_root(root: Mark, table: TableMark) -> bool:
    """Whether a mapping is the file itself."""
    return root is table


def _singles(mark: Mark) -> Iterator[TextMark]:
    """All single values and keys."""
    if isinstance(mark, TextMark):
        yield mark
    elif isinstance(mark, ListMark):
        for item in mark.items:
            yield from _singles(item)
    elif isinstance(mark, TableMark):
        for key, value in mark.pairs():
            yield key
            yield from _singles(value)


def _respelt(mark: Mark, starts: Collection[int], text: str) -> Any:
    if isinstance(mark, ListMark):
        return [_respelt(item, starts, text) for item in mark.items]
    if isinstance(mark, TableMark):
        return {_respelt(key, starts, text): _respelt(value, starts, text) for key, value in mark.pairs()}
    return text if mark.start in starts else mark.plain()


def _plain(value: Value) -> Any:
    if isinstance(value, Mapping):
        return {key: _plain(item) for key, item in value.items()}
    if isinstance(value, (str, int)):
        return as_text(value)
    return [_plain(item) for item in value]


def _reread(text: str) -> Any:
    return marked(Letters(text.encode("utf-8"))).plain()


def _put(plain: Any, path: Path, value: Any) -> Any:
    """The plain value with another one at a path; what lies beside it is shared."""
    if not path:
        return value
    step, *rest = path
    made: Any = dict(plain) if isinstance(plain, dict) else list(plain)
    made[step] = _put(made[step], tuple(rest), value)
    return made


def _shown(path: Path) -> str:
    return ".".join(str(step) for step in path) or "the file"


def _refolded(head: str, body: str, text: str, indent: int) -> str:
    """A folded text: paragraphs that stay keep their lines, others are broken at blanks."""
    old = {" ".join(lines.split()): lines for lines in body.split("\n\n")}
    out = []
    for paragraph in text.rstrip("\n").split("\n"):
        kept = old.get(" ".join(paragraph.split()))
        out.append(kept if kept is not None and paragraph else _broken(paragraph, indent))
    return head + "\n" + "\n\n".join(out)


def _broken(text: str, indent: int) -> str:
    lines, line = [], " " * indent
    for word in text.split(" "):
        if line.strip() and len(line) + 1 + len(word) > WIDTH:
            lines.append(line)
            line = " " * indent
        line += (" " if line.strip() else "") + word
    return "\n".join([*lines, line])


__all__ = ["Document", "Path", "block"]
